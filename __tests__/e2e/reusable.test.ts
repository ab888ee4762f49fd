/**
 * The reusable workflows gate.yml and verify.yml, called by a workflow of another repository and run on this machine by act.
 * Two actions are replaced: actions/checkout by a copy that checks which repository and commit it is asked for, and
 * configure-aws-credentials by one that does nothing, since the emulator's credentials are in the environment.
 */
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it, onTestFinished, type TestContext } from 'vitest';
import { startGitHub } from '../../emulator/github.ts';
import type { Emulator } from '../../emulator/server.ts';
import { ensureGoTool } from '../../scripts/tools.ts';
import { emulate, findCosign, keyOf, needsCosign, uriOf } from './signed.ts';

const root = join(import.meta.dirname, '..', '..');
const COMMIT = '5c'.repeat(20);
const POLICY_COMMIT = '3f'.repeat(20);
const CHECKOUT = 'actions/checkout@08c6903cd8c0fde910a37f88322edcfb5dd907a8';
const CREDENTIALS = 'aws-actions/configure-aws-credentials@7474bc4690e29a8392af63c5b98e7449536d5c3a';

let act: string | undefined;
beforeAll(async () => {
  try {
    act = (await ensureGoTool('act', console.log)).path;
  } catch (error) {
    if (process.env.CI === 'true') throw error;
  }
  await findCosign();
}, 900_000);

interface Play {
  readonly event?: string;
  /** Changes a reusable workflow before it is played, as an organisation changes its copy. */
  readonly edit?: (text: string) => string;
  readonly env?: Record<string, string>;
  readonly secrets?: Record<string, string>;
  /** Files of the calling repository. */
  readonly files?: Record<string, string>;
}

/** act does not know the properties `job.workflow_repository` and `job.workflow_sha`; this is what GitHub puts there. */
const asGitHub = (text: string) =>
  text
    .replaceAll('${{ job.workflow_repository }}', 'acme/central')
    .replaceAll('${{ job.workflow_sha }}', COMMIT);

/** Runs a workflow of a calling repository. The reusable workflows are those of acme/central@v1. */
async function play(
  context: TestContext,
  emulator: Emulator,
  caller: string,
  { event = 'push', edit = asGitHub, env = {}, secrets = {}, files = {} }: Play = {},
): Promise<{ failed: boolean; log: string }> {
  if (act === undefined)
    return context.skip('act is not available on this machine: Go is needed to build it');
  const cosign = await needsCosign(context);
  const directory = await mkdtemp(join(tmpdir(), 'gate-reusable-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  const at = (...path: string[]) => join(directory, ...path);
  const put = async (path: string, text: string) => {
    await mkdir(dirname(at(path)), { recursive: true });
    await writeFile(at(path), text);
  };
  for (const name of ['action.yml', 'verify', 'dist', '.github/gate-policy.yml'])
    await cp(join(root, name), at('central', name), { recursive: true });
  for (const name of ['.github/workflows/gate.yml', '.github/workflows/verify.yml'])
    await put(`central/${name}`, edit(await readFile(join(root, name), 'utf8')));
  await put(
    'checkout/action.yml',
    `
name: checkout
inputs: { repository: {}, ref: {}, token: {}, path: {}, persist-credentials: {} }
runs:
  using: composite
  steps:
    - shell: bash
      env:
        ASKED: \${{ inputs.repository }}@\${{ inputs.ref }}
        TO: \${{ inputs.path }}
      run: |
        [ "$ASKED" = 'acme/central@${COMMIT}' ] || { echo "WRONG CHECKOUT $ASKED"; exit 1; }
        mkdir -p "$GITHUB_WORKSPACE/$TO" && cp -r '${at('central')}/.' "$GITHUB_WORKSPACE/$TO"
`,
  );
  await put(
    'credentials/action.yml',
    `
name: credentials
inputs: { role-to-assume: {}, aws-region: {} }
runs:
  using: composite
  steps:
    - shell: bash
      env: { ROLE: "\${{ inputs.role-to-assume }}" }
      run: echo "ASSUMED $ROLE"
`,
  );
  for (const [name, text] of Object.entries(files)) await put(`caller/${name}`, text);
  await put('caller/.github/workflows/release.yml', caller);
  const git = (...args: string[]) =>
    promisify(execFile)('git', [
      '-C',
      at('caller'),
      '-c',
      'user.name=x',
      '-c',
      'user.email=x@example.com',
      ...args,
    ]);
  await git('init', '--quiet', '--initial-branch=main');
  await git('add', '--all');
  await git('commit', '--quiet', '--message=x');
  const variables = {
    ...emulator.env(),
    PATH: `${dirname(cosign)}:${process.env.PATH}`,
    ...env,
  };
  const args = [
    event,
    '--directory',
    at('caller'),
    '--platform',
    'ubuntu-24.04=-self-hosted',
    '--local-repository',
    `acme/central@v1=${at('central')}`,
    '--local-repository',
    `${CHECKOUT}=${at('checkout')}`,
    '--local-repository',
    `${CREDENTIALS}=${at('credentials')}`,
    ...Object.entries(variables).flatMap(([key, value]) => ['--env', `${key}=${value}`]),
    ...Object.entries(secrets).flatMap(([key, value]) => ['--secret', `${key}=${value}`]),
  ];
  const result = await promisify(execFile)(act, args, {
    timeout: 200_000,
    maxBuffer: 64 * 1024 * 1024,
    // Without a container, steps also get the variables of act's own process: none of this machine may be among them.
    env: { ...variables, HOME: process.env.HOME },
  }).then(
    ({ stdout, stderr }) => ({ failed: false, log: stdout + stderr }),
    ({ stdout, stderr }: { stdout: string; stderr: string }) => ({ failed: true, log: stdout + stderr }),
  );
  expect(result.log).not.toMatch(/\| WRONG CHECKOUT/);
  return result;
}

/** A workflow that gates images and deploys what the gate hands out. */
const release = (images: string, inputs = '', more = '') => `
on: [push, merge_group]
permissions: {}
jobs:
  gate:
    uses: acme/central/.github/workflows/gate.yml@v1
    permissions: { contents: read, id-token: write }
    with:
      images: '${images}'
      role-to-assume: arn:aws:iam::123456789012:role/gate
      aws-region: eu-central-1
${inputs.replace(/^/gm, '      ')}
${more}
  deploy:
    needs: gate
    runs-on: ubuntu-24.04
    steps:
      - run: echo "DEPLOY [$IMAGES]"
        env: { IMAGES: "\${{ needs.gate.outputs.images }}" }
`;
/** The job that is required failed. act may lose the last line of a step that fails, so this is not the message. */
const REFUSED = /\/result\] .*Failure - Main Require that every job succeeded/;
const list = (...images: string[]) => JSON.stringify(images);
const deployed = (images: string) => new RegExp(`\\| DEPLOY \\[${images.replace(/[[\].]/g, '\\$&')}\\]`);

describe('gate.yml', () => {
  it('hands a digest that passed to verify.yml and to the deployment, also in a merge queue', {
    timeout: 240_000,
  }, async (context) => {
    const emulator = await emulate('pass-single');
    const image = uriOf(emulator);
    const signers = `signing-key: ${keyOf(emulator)}`;
    const verify = `
  verify:
    needs: gate
    uses: acme/central/.github/workflows/verify.yml@v1
    permissions: { contents: read, id-token: write }
    with:
      images: \${{ needs.gate.outputs.images }}
      role-to-assume: arn:aws:iam::123456789012:role/verify
      aws-region: eu-central-1
      max-attestation-age: 1h
      ${signers}
  verified:
    needs: verify
    runs-on: ubuntu-24.04
    steps:
      - run: echo "VERIFIED [$IMAGES]"
        env: { IMAGES: "\${{ needs.verify.outputs.images }}" }
`;
    const exceptions =
      'version: 1\nexceptions:\n  - { id: CVE-2020-0001, reason: not reachable, expires: 2099-01-01 }\n';
    const caller = release(list(image), `${signers}\nexceptions: security/exceptions.yml`, verify);
    const { failed, log } = await play(context, emulator, caller, {
      event: 'merge_group',
      files: { 'security/exceptions.yml': exceptions },
    });
    expect(log).toMatch(deployed(list(image)));
    expect(log).toMatch(new RegExp(`\\| VERIFIED \\[${list(image).replace(/[[\].]/g, '\\$&')}\\]`));
    expect(log).toContain('ASSUMED arn:aws:iam::123456789012:role/verify');
    expect(failed).toBe(false);
  });

  it('deploys nothing if the policy of another repository, at a commit, blocks the image', {
    timeout: 240_000,
  }, async (context) => {
    const emulator = await emulate('blocked');
    const policy = `acme/security/gate/policy.yml@${POLICY_COMMIT}`;
    const github = await startGitHub([
      {
        name: 'acme/security',
        tokens: ['org-token'],
        files: { [`${POLICY_COMMIT}:gate/policy.yml`]: 'version: 1\n' },
      },
    ]);
    onTestFinished(() => github.close());
    const caller = release(list(uriOf(emulator)), '', '    secrets: inherit');
    const { failed, log } = await play(context, emulator, caller, {
      edit: (text) => asGitHub(text).replace(/^ {2}POLICY: .*$/m, `  POLICY: ${policy}`),
      secrets: { 'read-token': 'org-token' },
      env: { GITHUB_API_URL: github.url },
    });
    expect(github.requests.some((request) => request.includes('/contents/gate/policy.yml'))).toBe(true);
    expect(log).toMatch(REFUSED);
    expect(log).not.toMatch(/\| DEPLOY/);
    expect(failed).toBe(true);
  });

  it('reports without failing if enforce is false, and hands out nothing', {
    timeout: 240_000,
  }, async (context) => {
    const emulator = await emulate('blocked');
    const { failed, log } = await play(context, emulator, release(list(uriOf(emulator)), 'enforce: false'));
    expect(log).toMatch(/\| DEPLOY \[\]/);
    expect(failed).toBe(false);
  });

  it.for([
    ['a tag', (image: string) => list(image.replace(/@.*/, ':1.4.2'))],
    ['the same image twice', (image: string) => list(image, image)],
    ['an empty list', () => '[]'],
    ['a second list', (image: string) => `${list(image)}\\n${list(image)}`],
    ['text behind the digest', (image: string) => list(`${image}\\nx`)],
  ] as const)('refuses %s', { timeout: 120_000 }, async ([, images], context) => {
    const emulator = await emulate('pass-single');
    const { failed, log } = await play(context, emulator, release(images(uriOf(emulator))));
    expect(log).toMatch(/Failure - Main Check the list of images/);
    expect(log).not.toMatch(/\| DEPLOY/);
    expect(emulator.calls).toEqual([]);
    expect(failed).toBe(true);
  });

  it('runs no code if the runner does not name the commit of the workflow', {
    timeout: 240_000,
  }, async (context) => {
    const emulator = await emulate('pass-single');
    const { failed, log } = await play(context, emulator, release(list(uriOf(emulator))), {
      edit: (text) => text,
    });
    expect(log).toMatch(/Failure - Main Find the commit of this workflow/);
    expect(log).toMatch(REFUSED);
    expect(log).not.toMatch(/\| DEPLOY/);
    expect(emulator.calls).toEqual([]);
    expect(failed).toBe(true);
  });
});

describe('verify.yml', () => {
  it('hands out nothing for an image that is not signed', { timeout: 240_000 }, async (context) => {
    const emulator = await emulate('pass-single');
    const caller = release(list(uriOf(emulator)), `signing-key: ${keyOf(emulator)}`).replace(
      'gate.yml@',
      'verify.yml@',
    );
    const { failed, log } = await play(context, emulator, caller);
    expect(log).toMatch(REFUSED);
    expect(log).not.toMatch(/\| DEPLOY/);
    expect(failed).toBe(true);
  });
});
