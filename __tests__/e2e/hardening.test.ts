/** The signing path when things go wrong: a clear error, `signed=false`, and nothing left behind (run checks that). */
import { createHash } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { startGitHubComments } from '../../emulator/github-comments.ts';
import { createGitHubOidc } from '../../emulator/github-oidc.ts';
import type { FaultSpec, KeyDefinition } from '../../emulator/scenario.ts';
import { runAction } from '../../scripts/runner.ts';
import { NO_SERVICES } from '../../src/signing/cosign/arguments.ts';
import { serve } from '../emulator/serve.ts';
import {
  ATTESTED,
  emulate,
  findCosign,
  keyOf,
  needsCosign,
  run,
  signLegacyByHand,
  verify,
} from './signed.ts';

vi.setConfig({ testTimeout: 180_000 });
beforeAll(findCosign, 900_000);

const KEY: KeyDefinition = { id: '12345678-1234-4234-8234-123456789abc' };

/** A directory with a program called cosign, and its SHA-256. */
async function impostor(script: string): Promise<{ directory: string; sha256: string }> {
  const directory = await mkdtemp(join(tmpdir(), 'gate-impostor-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  const text = `#!/bin/sh\n${script}\n`;
  await writeFile(join(directory, 'cosign'), text);
  await chmod(join(directory, 'cosign'), 0o755);
  return { directory, sha256: createHash('sha256').update(text).digest('hex') };
}

// It answers the calls before the wait for the scan: the version, and whether the key can be used.
const VERSION = `case $1 in version) echo '{"gitVersion":"v3.0.6"}'; exit 0;; verify-blob) exit 1;; esac`;

describe('eight runs on one digest at once', () => {
  it.for([
    ['bundle', 'pass-single', {}],
    ['legacy', 'pass-single', {}],
    ['legacy', 'immutable-tags', {}],
    // Without the referrers API all bundles are in one index under one tag, which runs take from each other.
    ['bundle', 'pass-single', { faults: [{ api: 'registry', match: '/referrers/', kind: 'not-found' }] }],
  ] as const)('end with valid signatures, format %s, %s', async ([format, name, changes], context) => {
    await needsCosign(context);
    const emulator = await emulate(name, changes);
    const runs = await Promise.all(
      Array.from({ length: 8 }, () => run(emulator, { 'signature-format': format })),
    );
    for (const { outputs, log } of runs)
      expect(outputs, log).toMatchObject({ passed: 'true', signed: 'true' });
    const verified = await verify(emulator, { ...ATTESTED, 'signature-format': format });
    expect(verified.outputs, verified.log).toMatchObject({ verdict: 'pass', signed: 'true' });
  });
});

describe('a registry', () => {
  const fault = (more: Partial<FaultSpec>): FaultSpec => ({ api: 'registry', kind: '500', ...more });

  it.for<[string, FaultSpec]>([
    ['answers 500 once', fault({ match: 'PUT /v2/', from: 1, to: 1 })],
    ['answers 503 for a moment', fault({ match: 'GET /v2/', kind: '503', from: 2, to: 4 })],
    ['answers 429 for a moment', fault({ match: 'PUT /v2/', kind: 'throttle', from: 1, to: 2 })],
    ['resets a connection', fault({ match: 'PUT /v2/', kind: 'reset', from: 1, to: 1 })],
    [
      'loses the referrers API after the first call',
      fault({ match: '/referrers/', kind: 'not-found', from: 2 }),
    ],
  ])('that %s does not prevent signing', async ([, spec], context) => {
    await needsCosign(context);
    const emulator = await emulate('pass-single', { faults: [spec] });
    const result = await run(emulator);
    expect(result.outputs, result.log).toMatchObject({ verdict: 'pass', signed: 'true' });
  });

  it.for<[string, FaultSpec, RegExp]>([
    [
      'responds 500 to every push',
      fault({ match: 'PUT /v2/' }),
      /Trying again: .*cosign did not sign .*The registry failed/s,
    ],
    [
      'responds 429 to every push',
      fault({ match: 'PUT /v2/', kind: 'throttle' }),
      /cosign did not sign .*(429|TOOMANY)/,
    ],
    [
      'refuses pushes',
      fault({ match: 'POST /v2/', kind: 'deny' }),
      /cosign did not sign .*DENIED.*ecr:PutImage/s,
    ],
    ['answers garbage', fault({ match: '/manifests/', kind: 'garbage' }), /cosign did not sign/],
    [
      'does not return pushed content',
      fault({ match: '/referrers/', kind: 'garbage' }),
      /cosign did not sign|could not be verified/,
    ],
    ['never answers', fault({ match: '/v2/', kind: 'hang' }), /timeout of 15 s/],
  ])('that %s ends the run without a signature', async ([, spec, message], context) => {
    await needsCosign(context);
    const emulator = await emulate('pass-single', { faults: [spec] });
    const result = await run(emulator, spec.kind === 'hang' ? { timeout: '15s', 'settle-time': '1s' } : {});
    expect(result, result.log).toMatchObject({
      exitCode: 1,
      outputs: { verdict: 'error', passed: 'false', signed: 'false', bundles: '' },
    });
    expect(result.log).toMatch(message);
    expect(result.summary).toMatch(/Not signed|No verdict/);
  });

  it('that loses the referrers API and has immutable tags cannot store an attestation', async (context) => {
    await needsCosign(context);
    const faults = [fault({ match: '/referrers/', kind: 'not-found' })];
    const emulator = await emulate('immutable-tags', { faults });
    const result = await run(emulator);
    expect(result.outputs, result.log).toMatchObject({ verdict: 'error', signed: 'false' });
    expect(result.log).toMatch(/cosign did not attest .*TAG_INVALID/);
  });

  it('whose legacy tag has a signature by another key refuses the signature', async (context) => {
    await needsCosign(context);
    const emulator = await emulate('immutable-tags');
    await signLegacyByHand(emulator, 1);
    const result = await run(emulator, { 'signature-format': 'legacy' });
    expect(result.outputs, result.log).toMatchObject({ verdict: 'error', signed: 'false' });
    expect(result.log).toMatch(/TAG_INVALID.*immutable\. Use signature-format: bundle/s);
  });
});

describe('KMS', () => {
  it.for<[string, Partial<KeyDefinition>, FaultSpec[], RegExp]>([
    ['denies Sign', { deny: ['Sign'] }, [], /kms:Sign/],
    ['denies GetPublicKey', { deny: ['GetPublicKey'] }, [], /Allow kms:DescribeKey and kms:GetPublicKey/],
    ['has the key disabled', { state: 'Disabled' }, [], /Enable the signing key/],
    ['is about to delete the key', { state: 'PendingDeletion' }, [], /pending deletion/],
    ['has a symmetric key there', { spec: 'SYMMETRIC_DEFAULT' }, [], /Use an asymmetric key/],
    [
      'has a key for encryption there',
      { spec: 'RSA_2048', usage: 'ENCRYPT_DECRYPT' },
      [],
      /it crashed .*Use an asymmetric key with the usage SIGN_VERIFY/s,
    ],
    ['throttles for ever', {}, [{ api: 'Sign', kind: 'throttle' }], /Throttling/],
  ])('that %s ends the run without a signature', async ([, key, faults, message], context) => {
    await needsCosign(context);
    const emulator = await emulate('pass-single', { keys: [{ ...KEY, ...key }], faults });
    const result = await run(emulator, { 'signing-key': keyOf(emulator) });
    expect(result, result.log).toMatchObject({
      exitCode: 1,
      outputs: { verdict: 'error', passed: 'false', signed: 'false' },
    });
    expect(result.log).toMatch(message);
    // Problems of the key are reported before the wait for the scan. Other failures occur after an image has passed.
    expect(result.outputs.total !== '0').toBe(key.deny?.includes('Sign') || faults.length > 0);
  });

  it('that throttles temporarily does not prevent signing', async (context) => {
    await needsCosign(context);
    const faults: FaultSpec[] = [{ api: 'Sign', kind: 'throttle', from: 1, to: 4 }];
    const emulator = await emulate('pass-single', { faults });
    const result = await run(emulator);
    expect(result.outputs, result.log).toMatchObject({ verdict: 'pass', signed: 'true' });
  });
});

describe('a cosign', () => {
  it.for<[string, string, RegExp]>([
    ['hangs', `${VERSION}; exec sleep 600`, /timeout of 15 s/],
    ['is killed', `${VERSION}; kill -9 $$`, /terminated by SIGKILL/],
    ['prints garbage and succeeds', `${VERSION}; echo 'Verified OK'; exit 0`, /could not be verified/],
    ['prints nothing and succeeds', `${VERSION}; exit 0`, /could not be verified/],
    ['prints without end', `${VERSION}; exec yes`, /output was too large/],
  ])('that %s signs nothing, and the log names it', async ([, script, message], context) => {
    await needsCosign(context);
    const emulator = await emulate();
    const { directory, sha256 } = await impostor(script);
    const inputs = /hang/.test(script) || /sleep/.test(script) ? { timeout: '15s', 'settle-time': '1s' } : {};
    const result = await run(emulator, inputs, { path: [directory] });
    expect(result, result.log).toMatchObject({
      exitCode: 1,
      outputs: { verdict: 'error', passed: 'false', signed: 'false' },
    });
    expect(result.log).toMatch(message);
    expect(result.log).toContain(`cosign v3.0.6 from PATH: ${join(directory, 'cosign')}, sha256:${sha256}`);
  });

  it.for<[string, string, RegExp]>([
    ['hangs', `${VERSION}; exec sleep 600`, /timeout of 15 s/],
    ['is killed', `${VERSION}; kill -9 $$`, /terminated by SIGKILL/],
    ['prints garbage and succeeds', `${VERSION}; echo 'Verified OK'; exit 0`, /no valid signature/],
    ['prints nothing and succeeds', `${VERSION}; exit 0`, /no valid signature/],
  ])('that %s verifies nothing', async ([, script, message], context) => {
    await needsCosign(context);
    const emulator = await emulate();
    const { directory, sha256 } = await impostor(script);
    const inputs = { ...ATTESTED, timeout: '15s', 'settle-time': '1s' };
    const result = await verify(emulator, { ...inputs }, { path: [directory] });
    expect(result, result.log).toMatchObject({
      exitCode: 1,
      outputs: { verdict: 'error', passed: 'false', signed: 'false' },
    });
    expect(result.log).toMatch(message);
    expect(result.log).toContain(`sha256:${sha256}`);
  });

  it.for([
    ['older than the minimum', `echo '{"gitVersion":"v2.2.0"}'`],
    ['that tells no version', 'exit 3'],
  ])('%s is not used', async ([, script = ''], context) => {
    await needsCosign(context);
    const emulator = await emulate();
    const { directory } = await impostor(script);
    const result = await run(emulator, {}, { path: [directory] });
    expect(result.log).toContain(`Not used: ${join(directory, 'cosign')}`);
    expect(result.outputs, result.log).toMatchObject({ verdict: 'pass', signed: 'true' });
  });
});

describe('a job that is cancelled while it signs', () => {
  it.for([
    'SIGTERM',
    'SIGINT',
  ] as const)('by %s ends cosign and removes the credentials', async (signal, context) => {
    await needsCosign(context);
    const emulator = await emulate();
    // Signing fails once, which is in the log, and then never ends. The credentials exist, or cosign reports their absence.
    const { directory } = await impostor(`${VERSION}
here=$(dirname "$0")
case "$1" in
  sign)
    grep -q auth "$DOCKER_CONFIG/config.json" || exit 1
    if [ -e "$here/tried" ]; then echo $$ > "$here/pid"; exec sleep 600; fi
    touch "$here/tried"
    echo 'error: connection reset by peer' >&2 ;;
  *) echo 'error: no signatures found' >&2 ;;
esac
exit 1`);
    const result = await run(
      emulator,
      {},
      {
        path: [directory],
        kill: { signal, after: /Trying again/, delayMs: 3_000 },
      },
    );
    expect(result, result.log).toMatchObject({
      exitCode: 1,
      outputs: { verdict: 'error', passed: 'false', signed: 'false' },
    });
    expect(result.log).toMatch(/cancelled/);
    const pid = Number(await readFile(join(directory, 'pid'), 'utf8'));
    expect(() => process.kill(pid, 0)).toThrow(/ESRCH/);
  });
});

describe('while a result is published', () => {
  /** The environment of a step on a pull request, whose comment GitHub does not answer. */
  async function commenting() {
    const bot = { id: 41898282, login: 'github-actions[bot]', access: 'write' } as const;
    const github = await startGitHubComments('octo/app', { ghs_writer: bot });
    onTestFinished(() => github.close());
    github.reset({ faults: [{ request: /graphql/, status: 'hang' }] });
    const directory = await mkdtemp(join(tmpdir(), 'gate-event-'));
    onTestFinished(() => rm(directory, { recursive: true, force: true }));
    const event = join(directory, 'event.json');
    await writeFile(event, JSON.stringify({ pull_request: { number: 12 } }));
    return {
      inputs: { comment: 'always', 'github-token': 'ghs_writer' },
      env: {
        GITHUB_API_URL: github.url,
        GITHUB_REPOSITORY: 'octo/app',
        GITHUB_EVENT_NAME: 'pull_request',
        GITHUB_EVENT_PATH: event,
      },
      asked: vi.waitUntil(() => github.requests.includes('POST /api/graphql'), { timeout: 120_000 }),
    };
  }

  it('a job that is cancelled fails, and its report names the signatures, which stay valid', async (context) => {
    await needsCosign(context);
    const emulator = await emulate();
    const { inputs, env, asked } = await commenting();
    const result = await run(emulator, inputs, { env, kill: { signal: 'SIGTERM', after: asked } });
    expect(result, result.log).toMatchObject({
      exitCode: 1,
      outputs: { verdict: 'error', passed: 'false', signed: 'true' },
    });
    expect(result.summary).toMatch(/No verdict: The job was cancelled.*Signed and verified/s);
    const verified = await verify(emulator, ATTESTED);
    expect(verified.outputs, verified.log).toMatchObject({ verdict: 'pass', signed: 'true' });
  });

  it('nothing is signed if the watchdog could not be started', async (context) => {
    await needsCosign(context);
    const emulator = await emulate();
    const { inputs, env, asked } = await commenting();
    const options = '--permission --allow-fs-read=* --allow-fs-write=* --allow-child-process';
    // If the work went on, it would have signed by then.
    const kill = { signal: 'SIGTERM', after: asked, delayMs: 8_000 } as const;
    const result = await run(emulator, inputs, { env: { ...env, NODE_OPTIONS: options }, kill });
    expect(result, result.log).toMatchObject({ exitCode: 1, outputs: { verdict: 'error', signed: 'false' } });
    expect(result.log).toMatch(/The watchdog, .*, could not be started/);
    expect(result.log).not.toMatch(/^Signed/m);
    const verified = await verify(emulator, ATTESTED);
    expect(verified.outputs, verified.log).toMatchObject({ verdict: 'error', signed: 'false' });
  });
});

describe('a step that was killed while it signed', () => {
  it('leaves credentials, which the next run removes', async (context) => {
    await needsCosign(context);
    const emulator = await emulate();
    const temp = await mkdtemp(join(tmpdir(), 'gate-left-'));
    onTestFinished(() => rm(temp, { recursive: true, force: true }));
    const inputs = { image: emulator.images.join('\n'), 'signing-key': keyOf(emulator) };
    const env = { ...emulator.env(), RUNNER_TEMP: temp };
    const { directory } = await impostor(`${VERSION}; echo 'error: connection reset by peer' >&2; exit 1`);
    const killed = await runAction({
      inputs,
      env: { ...env, PATH: [directory, process.env.PATH].join(delimiter) },
      kill: { signal: 'SIGKILL', after: /Trying again/ },
    });
    onTestFinished(() => killed.clean());
    expect(killed.signal).toBe('SIGKILL');
    const [left = '', ...others] = (await readdir(temp)).filter((name) => name.startsWith('gate-signing-'));
    expect(others).toEqual([]);
    expect(await readFile(join(temp, left, 'config.json'), 'utf8')).toMatch(/"auth"/);

    const next = await run(emulator, {}, { env: { RUNNER_TEMP: temp } });
    expect(next.outputs, next.log).toMatchObject({ verdict: 'pass', signed: 'true' });
    expect(next.log).toContain(`Removed ${join(temp, left)}`);
    expect((await readdir(temp)).filter((name) => name.startsWith('gate-signing-'))).toEqual([]);
  });
});

describe('a checkout', () => {
  it('provides no cosign, whatever PATH contains', async (context) => {
    await needsCosign(context);
    const emulator = await emulate();
    const { directory: workspace } = await impostor(`${VERSION}; touch "$(dirname "$0")/called"; exit 0`);
    const { directory: outside } = await impostor('exit 0');
    await rm(join(outside, 'cosign'));
    await symlink(join(workspace, 'cosign'), join(outside, 'cosign'));
    const result = await run(
      emulator,
      {},
      { path: [workspace, outside], env: { GITHUB_WORKSPACE: workspace } },
    );
    expect(result.outputs, result.log).toMatchObject({ verdict: 'pass', signed: 'true' });
    expect(result.log).toContain(`Not used: PATH entry "${workspace}": ${workspace} is in the workspace`);
    expect(result.log).toContain(`Not used: ${join(outside, 'cosign')}: ${workspace} is in the workspace`);
    expect(await readdir(workspace)).toEqual(['cosign']);
  });

  it('chooses no file for cosign to read, because cosign could print it', async (context) => {
    await needsCosign(context);
    const emulator = await emulate();
    const { directory } = await impostor('exit 0');
    const workspace = join(directory, 'work');
    await mkdir(workspace);
    await writeFile(join(directory, 'secrets'), 'TOKEN=hunter2');
    await writeFile(join(directory, 'config'), NO_SERVICES.signingConfig);
    for (const name of ['key', 'config', 'root']) await symlink('../secrets', join(workspace, name));
    const env = { GITHUB_WORKSPACE: workspace };
    const at = (name: string) => join(workspace, name);
    const services = { 'sigstore-signing-config': at('config'), 'sigstore-trusted-root': at('root') };
    for (const [input, inputs, action] of [
      ['signing-key', { 'signing-key': at('key') }, 'gate'],
      ['sigstore-signing-config', { 'transparency-log': 'true', ...services }, 'gate'],
      [
        'sigstore-trusted-root',
        { 'transparency-log': 'true', ...services, 'sigstore-signing-config': join(directory, 'config') },
        'gate',
      ],
      ['signing-key', { 'signing-key': at('key') }, 'verify'],
    ] as const) {
      const result = await run(emulator, inputs, { env, action });
      expect(result, result.log).toMatchObject({
        exitCode: 1,
        outputs: { verdict: 'error', signed: 'false' },
      });
      expect(result.log).toMatch(new RegExp(`Input ${input}: .* is outside of the workspace`));
      expect(`${result.log}${result.summary}`).not.toMatch(/hunter2|TOKEN=/);
    }
  });
});

describe('a file that cosign reads', () => {
  it.for<[string, string, RegExp]>([
    ['a file of secrets', 'TOKEN=hunter2', /is not a Sigstore trusted root/],
    ['JSON of something else', '{"token": "hunter2"}', /is not a Sigstore trusted root/],
    ['a text in JSON', '"hunter2"', /is not a Sigstore trusted root/],
    ['nothing in JSON', 'null', /is not a Sigstore trusted root/],
    ['a file that is too large', ' '.repeat(1024 * 1024 + 1), /is too large/],
  ])('is not printed if its path is wrong: %s', async ([, text, message], context) => {
    await needsCosign(context);
    const emulator = await emulate();
    const { directory } = await impostor('exit 0');
    await writeFile(join(directory, 'config'), NO_SERVICES.signingConfig);
    await writeFile(join(directory, 'root'), text);
    const result = await run(emulator, {
      'transparency-log': 'true',
      'sigstore-signing-config': join(directory, 'config'),
      'sigstore-trusted-root': join(directory, 'root'),
    });
    expect(result, result.log).toMatchObject({ exitCode: 1, outputs: { verdict: 'error', signed: 'false' } });
    expect(result.log).toMatch(message);
    expect(`${result.log}${result.summary}`).not.toContain('hunter2');
  });

  it('cannot be a directory', async (context) => {
    await needsCosign(context);
    const emulator = await emulate();
    const result = await run(emulator, { 'signing-key': tmpdir() });
    expect(result.log).toMatch(/Input signing-key: .* is not a file/);
  });
});

describe('RUNNER_TEMP', () => {
  it('that is not writable ends the run at once, with its summary', async (context) => {
    await needsCosign(context);
    const emulator = await emulate();
    // Root can write to every directory, but no path can be below a file.
    const result = await run(emulator, {}, { env: { RUNNER_TEMP: '/dev/null/temp' } });
    expect(result, result.log).toMatchObject({ exitCode: 1, outputs: { verdict: 'error', signed: 'false' } });
    expect(result.log).toMatch(/Make the directory RUNNER_TEMP writable/);
    expect(result.summary).toMatch(/A private directory could not be created/);
  });
});

describe('keyless', () => {
  it('requests GitHub’s token once, and masks it', async (context) => {
    await needsCosign(context);
    const emulator = await emulate();
    const workflow = 'team/app/.github/workflows/release.yml@refs/heads/main';
    const { tokens, requestToken, issued } = createGitHubOidc({
      repository: 'team/app',
      jobWorkflowRef: workflow,
    });
    // This cosign finds no signature, prints its arguments, and signs nothing.
    const { directory } = await impostor(`${VERSION}\necho "asked: $*" >&2\nexit 1`);
    const env = {
      ACTIONS_ID_TOKEN_REQUEST_URL: `${await serve(tokens)}/token?api-version=2`,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: requestToken,
    };
    const inputs = { 'signing-key': 'keyless', 'transparency-log': 'true' };
    const result = await run(emulator, inputs, { env, path: [directory] });
    expect(result.outputs, result.log).toMatchObject({ verdict: 'error', signed: 'false' });
    expect(issued()).toBe(1);
    expect(result.log).toMatch(/^::add-mask::eyJ[\w-]+\.[\w-]+\.[\w-]+$/m);
    expect(result.log).toMatch(/cosign did not sign .*asked: sign /);
  });

  it('without the permission id-token: write ends before the first AWS call', async () => {
    const emulator = await emulate();
    const result = await run(emulator, { 'signing-key': 'keyless' });
    expect(result, result.log).toMatchObject({ exitCode: 1, outputs: { verdict: 'error', signed: 'false' } });
    expect(result.log).toMatch(/requires the permission id-token: write/);
    expect(result.summary).toMatch(/id-token: write/);
    expect(emulator.calls).toEqual([]);
  });
});
