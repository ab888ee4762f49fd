/**
 * The reusable workflows gate.yml, verify.yml and audit.yml, called by a workflow of another repository and run on this machine by act.
 * actions/checkout is replaced by a copy that checks which repository and commit it is asked for.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, onTestFinished, type TestContext } from 'vitest';
import { CATALOGUE, finding } from '../../emulator/findings.ts';
import { startGitHub } from '../../emulator/github.ts';
import { startGitHubComments } from '../../emulator/github-comments.ts';
import type { Scenario } from '../../emulator/scenario.ts';
import { image as imageOf, KEY, LONG_AGO, scanned, story } from '../../emulator/scenarios/build.ts';
import { type Emulator, startEmulator } from '../../emulator/server.ts';
import { startSigstore } from '../../emulator/sigstore.ts';
import { ensureCosign, goToolForTests } from '../../scripts/tools.ts';
import { copyOfActions, directoryOf, findActAndCosign, play as playWorkflow } from './act.ts';
import { emulate, keyOf, uriOf } from './signed.ts';

const root = join(import.meta.dirname, '..', '..');
const COMMIT = '5c'.repeat(20);
const POLICY_COMMIT = '3f'.repeat(20);
const CHECKOUT = 'actions/checkout@08c6903cd8c0fde910a37f88322edcfb5dd907a8';

beforeAll(findActAndCosign, 900_000);

interface Play {
  readonly event?: string;
  /** Changes a reusable workflow before it is played, as an organisation changes its copy. */
  readonly edit?: (text: string) => string;
  readonly env?: Record<string, string>;
  readonly secrets?: Record<string, string>;
  /** Files of acme/central instead of those of this repository. */
  readonly central?: Record<string, string>;
  /** Files of the calling repository. */
  readonly files?: Record<string, string>;
  /** OWNER/NAME of the calling repository. */
  readonly repository?: string;
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
  {
    event = 'push',
    edit = asGitHub,
    env = {},
    secrets = {},
    files = {},
    central: others = {},
    repository,
  }: Play = {},
): Promise<{ failed: boolean; log: string }> {
  const names = [
    ...['.github/gate-policy.yml', '.github/audit-policy.yml'],
    ...['gate', 'verify', 'audit'].map((name) => `.github/workflows/${name}.yml`),
  ];
  const own = await Promise.all(
    names.map(async (name) => [name, edit(await readFile(join(root, name), 'utf8'))] as const),
  );
  const central = await copyOfActions({ ...Object.fromEntries(own), ...others });
  const checkout = await directoryOf({
    'action.yml': `
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
        mkdir -p "$GITHUB_WORKSPACE/$TO" && cp -r '${central}/.' "$GITHUB_WORKSPACE/$TO"
`,
  });
  const result = await playWorkflow(context, emulator, {
    event,
    files: { ...files, '.github/workflows/release.yml': caller },
    repositories: { 'acme/central@v1': central, [CHECKOUT]: checkout },
    env,
    secrets,
    ...(repository === undefined ? {} : { repository }),
  });
  expect(result.log).not.toMatch(/\| WRONG CHECKOUT/);
  return result;
}

async function emulateScenario(scenario: Scenario): Promise<Emulator> {
  const emulator = await startEmulator(scenario);
  onTestFinished(() => emulator.close());
  return emulator;
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
const REFUSED = /\/result *\] .*Failure - Main Require that every job succeeded/;
/** An action that succeeds with these outputs, whatever they say. */
const standIn = (passed: string, image: string) => `
name: stand-in
inputs: {}
outputs:
  passed: { value: "\${{ steps.all.outputs.passed }}" }
  image: { value: "\${{ steps.all.outputs.image }}" }
runs:
  using: composite
  steps:
    - id: all
      shell: bash
      run: |
        echo 'passed=${passed}' >>"$GITHUB_OUTPUT"
        echo 'image=${image}' >>"$GITHUB_OUTPUT"
`;
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
      secrets: { GATE_READ_TOKEN: 'org-token' },
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

  it.for([
    ['true', '', true],
    ['false', '', false],
    ['', '', false],
    ['true', 'x', false],
  ] as const)(
    'if a step succeeds with passed=%s and the digest with "%s" behind it: deploys %s',
    {
      timeout: 120_000,
    },
    async ([passed, more, deploys], context) => {
      const emulator = await emulate('pass-single');
      const image = uriOf(emulator);
      const { failed, log } = await play(context, emulator, release(list(image)), {
        central: { 'action.yml': standIn(passed, `${image}${more}`) },
      });
      expect(deployed(list(image)).test(log)).toBe(deploys);
      expect(REFUSED.test(log)).toBe(!deploys);
      expect(failed).toBe(!deploys);
    },
  );

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
  it.for([
    ['', false],
    ['exceptions: security/exceptions.yml', true],
  ] as const)(
    'with the exceptions "%s", hands out an image that passed by an exception: %s',
    { timeout: 240_000 },
    async ([inputs, passes], context) => {
      const emulator = await emulateScenario(
        story(
          'excepted',
          'One finding that an exception allows.',
          [imageOf([scanned([finding(CATALOGUE.lodashDefaults)], 0, LONG_AGO)])],
          { keys: [KEY] },
        ),
      );
      const signers = `signing-key: ${keyOf(emulator)}`;
      const day = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
      const files = {
        'security/exceptions.yml': `version: 1\nexceptions:\n  - { id: ${CATALOGUE.lodashDefaults.id}, reason: x, expires: ${day} }\n`,
      };
      const verify = `
  verify:
    needs: gate
    uses: acme/central/.github/workflows/verify.yml@v1
    permissions: { contents: read, id-token: write }
    with:
      images: \${{ needs.gate.outputs.images }}
      role-to-assume: arn:aws:iam::123456789012:role/verify
      aws-region: eu-central-1
      ${signers}
      ${inputs}
  verified:
    needs: verify
    runs-on: ubuntu-24.04
    steps:
      - run: echo "VERIFIED [$IMAGES]"
        env: { IMAGES: "\${{ needs.verify.outputs.images }}" }
`;
      const own = `${signers}\nexceptions: security/exceptions.yml`;
      const { failed, log } = await play(context, emulator, release(list(uriOf(emulator)), own, verify), {
        files,
      });
      expect(log).toMatch(deployed(list(uriOf(emulator))));
      expect(/\| VERIFIED \[/.test(log), log).toBe(passes);
      expect(failed).toBe(!passes);
    },
  );

  it.for([
    ['true', true],
    ['false', false],
    ['', false],
  ] as const)(
    'if the step succeeds with passed=%s: deploys %s',
    {
      timeout: 120_000,
    },
    async ([passed, deploys], context) => {
      const emulator = await emulate('pass-single');
      const image = uriOf(emulator);
      const caller = release(list(image)).replace('gate.yml@', 'verify.yml@');
      const { failed, log } = await play(context, emulator, caller, {
        central: { 'verify/action.yml': standIn(passed, image) },
      });
      expect(deployed(list(image)).test(log)).toBe(deploys);
      expect(failed).toBe(!deploys);
    },
  );

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

describe('audit.yml', () => {
  const host = (region: string) => `123456789012.dkr.ecr.${region}.amazonaws.com`;
  const registry = (region: string) => ({
    registry: host(region),
    role: 'arn:aws:iam::123456789012:role/audit',
  });
  const audit = (registries: unknown, inputs = '', permissions = '') => `
on: push
permissions: {}
jobs:
  audit:
    uses: acme/central/.github/workflows/audit.yml@v1
    permissions: { contents: read, id-token: write, issues: write }
    with:
      registries: '${typeof registries === 'string' ? registries : JSON.stringify(registries)}'
${inputs.replace(/^/gm, '      ')}
${permissions}
  after:
    needs: audit
    runs-on: ubuntu-24.04
    steps:
      - run: echo "PASSED [$PASSED]"
        env: { PASSED: "\${{ needs.audit.outputs.passed }}" }
`;
  const handsOut = (passed: string) => new RegExp(`\\| PASSED \\[${passed}\\]`);

  /** A registry that is scanned, and in another region one that is not. */
  const twoRegions = () =>
    emulateScenario({
      name: 'two-regions',
      description: 'A registry that is scanned, and one that is not',
      action: 'audit',
      account: '123456789012',
      region: 'eu-central-1',
      images: [],
      repositories: [{ name: 'team/app', tagMutability: 'IMMUTABLE', images: [] }],
      others: [
        {
          account: '123456789012',
          region: 'us-east-1',
          repositories: [{ name: 'team/app', scanFrequency: 'MANUAL', images: [] }],
        },
      ],
      iam: { '123456789012': {} },
    });

  async function issues() {
    const github = await startGitHubComments(
      'acme/app',
      { token: { id: 41898282, login: 'github-actions[bot]', access: 'write' } },
      'github.com',
    );
    onTestFinished(() => github.close());
    const options = (run: number): Play => ({
      env: { GITHUB_API_URL: github.url, GITHUB_RUN_ID: `${run}` },
      secrets: { GITHUB_TOKEN: 'token' },
      repository: 'acme/app',
    });
    return { github, options };
  }

  it('audits each registry with its role, and keeps an issue for the one that fails', {
    timeout: 240_000,
  }, async (context) => {
    const emulator = await twoRegions();
    const { github, options } = await issues();
    const both = [registry('eu-central-1'), registry('us-east-1')];
    const first = await play(context, emulator, audit(both), options(1));
    expect(first.log).toContain('ASSUMED arn:aws:iam::123456789012:role/audit in us-east-1');
    expect(first.log).toContain('ASSUMED arn:aws:iam::123456789012:role/audit in eu-central-1');
    expect(first.log).toContain('Audit policy gate/.github/audit-policy.yml');
    expect(first.log).toMatch(REFUSED);
    expect(first.log).not.toMatch(/\| PASSED/);
    expect(first.failed).toBe(true);
    expect(github.issues).toMatchObject([{ title: `ECR audit of ${host('us-east-1')}`, state: 'open' }]);
    expect(github.issues[0]?.body).toContain('scanning/covered');

    const second = await play(context, emulator, audit(both, 'fail-on: none'), options(2));
    expect(second.log).toMatch(handsOut('true'));
    expect(second.failed).toBe(false);
    expect(github.issues).toMatchObject([{ state: 'closed' }]);
    expect(github.refused).toEqual([]);
  });

  it('reads the audit policy of another repository, at a commit', { timeout: 240_000 }, async (context) => {
    const emulator = await twoRegions();
    const policy = `acme/security/audit.yml@${POLICY_COMMIT}`;
    const github = await startGitHub([
      {
        name: 'acme/security',
        tokens: ['org-token'],
        files: {
          [`${POLICY_COMMIT}:audit.yml`]:
            'version: 1\nchecks:\n  - { check: scanning/covered, action: ignore, reason: a test }\n',
        },
      },
    ]);
    onTestFinished(() => github.close());
    const caller = audit([registry('us-east-1')], 'issue: never', '    secrets: inherit');
    const { failed, log } = await play(context, emulator, caller, {
      edit: (text) => asGitHub(text).replace(/^ {2}POLICY: .*$/m, `  POLICY: ${policy}`),
      secrets: { AUDIT_TOKEN: 'org-token' },
      env: { GITHUB_API_URL: github.url },
    });
    expect(log).toContain('acme/security/audit.yml');
    expect(log).toMatch(handsOut('true'));
    expect(failed).toBe(false);
  });

  it('reports without failing if enforce is false, and hands out nothing', {
    timeout: 240_000,
  }, async (context) => {
    const emulator = await twoRegions();
    const caller = audit([registry('us-east-1')], 'issue: never\nenforce: false');
    const { failed, log } = await play(context, emulator, caller);
    expect(log).toMatch(handsOut(''));
    expect(failed).toBe(false);
  });

  it.for([
    [
      'a role of another account',
      [{ ...registry('eu-central-1'), role: 'arn:aws:iam::987654321098:role/audit' }],
    ],
    [
      'the same registry twice',
      [
        registry('eu-central-1'),
        { ...registry('eu-central-1'), role: 'arn:aws:iam::123456789012:role/other' },
      ],
    ],
    ['a registry without a role', [{ registry: host('eu-central-1') }]],
    ['a further key', [{ ...registry('eu-central-1'), policy: 'x.yml' }]],
    ['one of two that is wrong', [registry('eu-central-1'), { registry: 'x', role: 'y' }]],
    ['an empty list', []],
    ['a second list', '[] []'],
    ['text behind the host', [{ ...registry('eu-central-1'), registry: `${host('eu-central-1')}\\n` }]],
  ] as const)('refuses %s', { timeout: 120_000 }, async ([, registries], context) => {
    const emulator = await twoRegions();
    const { failed, log } = await play(context, emulator, audit(registries));
    expect(log).toMatch(/Failure - Main Check the list of registries/);
    expect(log).not.toMatch(/\| PASSED/);
    expect(emulator.calls).toEqual([]);
    expect(failed).toBe(true);
  });

  it.for([
    ['true', true],
    ['false', false],
    ['', false],
  ] as const)(
    'if the step succeeds with passed=%s: passes %s',
    {
      timeout: 120_000,
    },
    async ([passed, passes], context) => {
      const emulator = await twoRegions();
      const { failed, log } = await play(context, emulator, audit([registry('eu-central-1')]), {
        central: { 'audit/action.yml': standIn(passed, '') },
      });
      expect(handsOut('true').test(log)).toBe(passes);
      expect(failed).toBe(!passes);
    },
  );

  it('runs no code if the runner does not name the commit of the workflow', {
    timeout: 240_000,
  }, async (context) => {
    const emulator = await twoRegions();
    const { failed, log } = await play(context, emulator, audit([registry('eu-central-1')]), {
      edit: (text) => text,
    });
    expect(log).toMatch(/Failure - Main Find the commit of this workflow/);
    expect(log).toMatch(REFUSED);
    expect(emulator.calls).toEqual([]);
    expect(failed).toBe(true);
  });
});

const [fulcio, rekor, tesseract, timestampAuthority] = [
  await goToolForTests('fulcio'),
  await goToolForTests('rekor'),
  await goToolForTests('tesseract'),
  await goToolForTests('timestamp-authority'),
];

describe.skipIf(!(fulcio && rekor && tesseract && timestampAuthority))('keyless signatures', () => {
  it('have the identity that docs/reusable-workflow.md names for a tag, and no other', {
    timeout: 400_000,
  }, async (context) => {
    const text = await readFile(join(root, 'docs/reusable-workflow.md'), 'utf8');
    const rows = [...text.matchAll(/^\| `\S+` \(a (tag|branch|commit)\) \| `(\S+)` \|$/gm)];
    const identities = Object.fromEntries(rows.map(([, kind, identity]) => [kind, identity]));
    const sigstore = await startSigstore(
      {
        cosign: (await ensureCosign(console.log)).path,
        fulcio: fulcio ?? '',
        rekor: rekor ?? '',
        tesseract: tesseract ?? '',
        timestampAuthority: timestampAuthority ?? '',
      },
      // GitHub's claims in a job of gate.yml that acme/app calls at the tag v1.
      {
        repository: 'acme/app',
        jobWorkflowRef: 'acme/ecr-deployment-gate/.github/workflows/gate.yml@refs/tags/v1',
      },
    );
    onTestFinished(() => sigstore.close());
    const emulator = await emulate('pass-single');
    const trust = `          sigstore-trusted-root: ${sigstore.trustedRoot}\n`;
    const services = `${trust}          sigstore-signing-config: ${sigstore.signingConfig}\n`;
    const options: Play = {
      // An organisation's own Sigstore.
      edit: (workflow) =>
        asGitHub(workflow).replace(
          /^ {10}signing-key: .*\n/m,
          (line) => line + (workflow.includes('./gate/verify') ? trust : services),
        ),
      env: sigstore.env(),
    };
    const image = list(uriOf(emulator));
    const signed = await play(context, emulator, release(image, 'signing-key: keyless'), options);
    expect(signed.log).toMatch(deployed(image));
    for (const [kind, verified] of [
      ['tag', true],
      ['branch', false],
      ['commit', false],
    ] as const) {
      const inputs = `certificate-identity: ${identities[kind]}`;
      const caller = release(image, inputs).replace('gate.yml@', 'verify.yml@');
      const { failed } = await play(context, emulator, caller, options);
      expect([kind, failed]).toEqual([kind, !verified]);
    }
  });
});
