/** The signer, with a program in place of cosign that returns the given output and records its arguments. */

import { appendFile, mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Deadline, startDeadline, systemClock } from '../../src/deadline.ts';
import type { Registry } from '../../src/results/registry.ts';
import { summaryClaim } from '../../src/signing/claims.ts';
import { SIGNATURE_TYPE } from '../../src/signing/cosign/arguments.ts';
import { parseCosignVersion } from '../../src/signing/cosign/release.ts';
import type { SigningPorts } from '../../src/signing/ports.ts';
import { prepareSigner, type SigningSettings } from '../../src/signing/sign.ts';
import { resourceUri, SUMMARY_TYPE } from '../../src/signing/statements/predicate.ts';
import { Attached } from './attached.ts';
import { type Answer, answerWith, askedOf, PROGRAM, putInPlace } from './stand-in.ts';

const digest = `sha256:${'a'.repeat(64)}` as const;
const other = `sha256:${'b'.repeat(64)}` as const;
const registry: Registry = {
  host: '123456789012.dkr.ecr.eu-central-1.amazonaws.com',
  account: '123456789012',
  region: 'eu-central-1',
  partition: 'aws',
  fips: false,
  dualStack: false,
};
const target = { registry, repository: 'team/app', digest, platform: undefined };

let directory = '';
let temp = '';
let secrets: string[] = [];
let lines: string[] = [];
let warnings: string[] = [];
let deadlines: Deadline[] = [];

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'gate-signer-'));
  temp = join(directory, 'temp');
  await mkdir(temp);
  await putInPlace(directory);
  secrets = [];
  lines = [];
  warnings = [];
  deadlines = [];
});

afterEach(async () => {
  for (const deadline of deadlines) deadline.clear();
  await rm(directory, { recursive: true, force: true });
});

const answers = (...list: Answer[]) => answerWith(directory, list);
const asked = () => askedOf(directory);

async function commands(): Promise<(string | undefined)[]> {
  return (await asked()).map(({ args }) => args[0]);
}

function settings(overrides: Partial<SigningSettings> = {}): SigningSettings {
  return {
    key: { kind: 'kms', reference: 'awskms:///alias/release', region: undefined },
    format: 'bundle',
    annotations: {},
    transparencyLog: false,
    cosignVersion: parseCosignVersion('v3.0.6'),
    services: undefined,
    ...overrides,
  };
}

function ports(overrides: Partial<SigningPorts> = {}, totalMs = 60_000, cancel = new AbortController()) {
  const deadline = startDeadline(totalMs, systemClock, cancel.signal);
  deadlines.push(deadline);
  return {
    deadline,
    log: (line: string) => lines.push(line),
    warn: (line: string) => warnings.push(line),
    mask: (secret: string) => secrets.push(secret),
    authorize: async () => ({ user: 'AWS', password: 'registry password' }),
    identityToken: async (): Promise<string> => expect.unreachable(),
    download: async (): Promise<string> => expect.unreachable(),
    evidence: new Attached(digest),
    ...overrides,
    environment: {
      PATH: [directory, process.env.PATH].join(delimiter),
      RUNNER_TEMP: temp,
      ...overrides.environment,
    },
  };
}

function bundle(
  of: string = digest,
  annotations: Record<string, string> = {},
  type = SIGNATURE_TYPE,
): Answer {
  const statement = {
    predicateType: type,
    subject: [{ digest: { sha256: of.slice('sha256:'.length) }, annotations }],
  };
  const payload = Buffer.from(JSON.stringify(statement)).toString('base64');
  return { out: `${JSON.stringify({ payload, payloadType: 'application/vnd.in-toto+json' })}\n` };
}

function legacy(): Answer {
  const critical = { image: { 'docker-manifest-digest': digest }, type: 'cosign container image signature' };
  return { out: `\n${JSON.stringify([{ critical, optional: null }])}\n` };
}

const failed = (text: string): Answer => ({
  err: `Error: ${text}\nerror during command execution: ${text}\n`,
  code: 1,
});
const unsigned = failed('no matching attestations: ');
const busy = failed('PUT https://registry/v2/: unexpected status code 503 Service Unavailable');
const ok: Answer = {};

describe('sign', () => {
  it('looks for a signature, signs by digest, and verifies the result', async () => {
    await answers(unsigned, ok, bundle());
    const signer = await prepareSigner(settings(), ports());
    expect(signer.cosignVersion).toBe('v3.0.6');
    expect(await signer.sign(target)).toEqual([
      { digest, format: 'bundle', platform: undefined, state: 'signed', command: expect.any(String) },
    ]);
    expect(await commands()).toEqual(['verify-attestation', 'sign', 'verify-attestation']);
    for (const { args } of await asked()) expect(args.at(-1)).toBe(`${registry.host}/team/app@${digest}`);
    await signer.close();
  });

  it('keeps an existing signature', async () => {
    await answers(bundle());
    const signer = await prepareSigner(settings(), ports());
    expect(await signer.sign({ ...target, platform: 'linux/arm64' })).toEqual([
      {
        digest,
        format: 'bundle',
        platform: 'linux/arm64',
        state: 'already-signed',
        command: expect.stringMatching(/^AWS_REGION=\S+ cosign verify-attestation .*@sha256:[0-9a-f]{64}$/),
      },
    ]);
    expect(await commands()).toEqual(['verify-attestation']);
    await signer.close();
  });

  it.each([
    ['of another digest', bundle(other)],
    ['without the annotations', bundle(digest, { commit: '0' })],
    ['of another type', bundle(digest, { commit: '1' }, 'https://slsa.dev/verification_summary/v1')],
    ['that cannot be read', { out: 'Verified OK' }],
  ])('accepts no signature %s, whatever the exit code', async (_, answer) => {
    await answers(answer, ok, bundle(digest, { commit: '1' }));
    const signer = await prepareSigner(settings({ annotations: { commit: '1' } }), ports());
    expect(await signer.sign(target)).toMatchObject([{ state: 'signed' }]);
    await signer.close();
  });

  it('signs in both formats, and verifies each separately', async () => {
    await answers(bundle(), failed('no signatures found'), ok, legacy());
    const signer = await prepareSigner(settings({ format: 'both' }), ports());
    expect(await signer.sign(target)).toMatchObject([
      { format: 'bundle', state: 'already-signed' },
      { format: 'legacy', state: 'signed' },
    ]);
    expect(await commands()).toEqual(['verify-attestation', 'verify', 'sign', 'verify']);
    await signer.close();
  });

  it('retries temporary failures, and does not sign twice if a check was not possible', async () => {
    await answers(busy, bundle());
    const first = await prepareSigner(settings(), ports());
    expect(await first.sign(target)).toMatchObject([{ state: 'already-signed' }]);
    await first.close();

    await rm(join(directory, 'calls'));
    await answers(unsigned, busy, ok, unsigned, bundle());
    const second = await prepareSigner(settings(), ports());
    expect(await second.sign(target)).toMatchObject([{ state: 'signed' }]);
    expect(await commands()).toEqual([
      'verify-attestation',
      'sign',
      'sign',
      'verify-attestation',
      'verify-attestation',
    ]);
    await second.close();
  });

  it("fails at once with cosign's message if a retry would not help", async () => {
    const text =
      'signing with kms: operation error KMS: Sign, api error AccessDeniedException: not authorized';
    await answers(unsigned, failed(text));
    const signer = await prepareSigner(settings(), ports());
    await expect(signer.sign(target)).rejects.toMatchObject({
      code: 'signing',
      message: expect.stringContaining(text),
      nextStep: expect.stringContaining('kms:Sign'),
    });
    expect(await commands()).toEqual(['verify-attestation', 'sign']);
    await signer.close();
  });

  it('fails if the new signature does not verify', async () => {
    await answers(unsigned, ok, unsigned, unsigned, unsigned, unsigned);
    const signer = await prepareSigner(settings(), ports());
    await expect(signer.sign(target)).rejects.toMatchObject({
      code: 'signing',
      message: expect.stringMatching(/could not be verified/),
    });
    await signer.close();
  }, 20_000);

  it.each([
    ['timeout', 1_500],
    ['cancelled', 60_000],
  ] as const)(
    'ends with %s when the run is over, hung program or not',
    async (code, totalMs) => {
      await answers({ hang: true });
      const cancel = new AbortController();
      const signer = await prepareSigner(settings(), ports({}, totalMs, cancel));
      if (code === 'cancelled') setTimeout(() => cancel.abort(), 500);
      await expect(signer.sign(target)).rejects.toMatchObject({ code });
      expect(await commands()).toEqual(['verify-attestation']);
      await signer.close();
    },
    20_000,
  );
});

describe('attest', () => {
  const madeAt = new Date('2026-11-25T12:00:00Z');
  const claim = summaryClaim(
    {
      resourceUri: resourceUri(registry, 'team/app'),
      verifiedAt: madeAt,
      policy: undefined,
      weakening: {},
      thresholds: { failOn: 'critical', warnOn: 'high', ignoreUnfixed: false, scanType: 'enhanced' },
      verdict: 'pass',
      counts: {},
      exceptionsUsed: [],
      baseline: undefined,
      scannedAt: undefined,
      actionVersion: '1',
      verifiedLevels: ['X'],
    },
    digest,
  );
  const attested = (changes: object = {}): Answer => {
    const statement = {
      predicateType: SUMMARY_TYPE,
      subject: [{ digest: { sha256: digest.slice('sha256:'.length) } }],
      predicate: { ...claim.predicate.predicate, ...changes },
    };
    const payload = Buffer.from(JSON.stringify(statement)).toString('base64');
    return { out: `${JSON.stringify({ payload, payloadType: 'application/vnd.in-toto+json' })}\n` };
  };
  const older = { timeVerified: '2026-11-25T11:00:00Z' };

  it('accepts only statements that a consumer would accept', async () => {
    await answers(ok, attested());
    const signer = await prepareSigner(settings(), ports());
    expect(await signer.attest(target, [claim])).toMatchObject([{ state: 'attested', type: SUMMARY_TYPE }]);
    expect(await commands()).toEqual(['attest', 'verify-attestation']);
    await signer.close();
  });

  it('attests again if the push of another run removed the attestation, and fails if that does not help', async () => {
    const lost = Array.from({ length: 4 }, () => attested(older));
    await answers(ok, ...lost, ok, attested());
    const first = await prepareSigner(settings(), ports());
    expect(await first.attest(target, [claim])).toMatchObject([{ state: 'attested' }]);
    await first.close();

    await rm(join(directory, 'calls'));
    const failedOnes = Array.from({ length: 4 }, () => attested({ verificationResult: 'FAILED' }));
    await answers(ok, ...failedOnes, ok, ...failedOnes, ok, ...failedOnes);
    const second = await prepareSigner(settings(), ports());
    await expect(second.attest(target, [claim])).rejects.toMatchObject({
      code: 'signing',
      message: expect.stringMatching(/new attestation of .* could not be verified: .*says FAILED/),
    });
    await second.close();
  }, 90_000);

  it('keeps an earlier attestation only if its tag is immutable and it is still valid', async () => {
    const taken = failed('PUT https://x: TAG_INVALID: the tag is immutable');
    await answers(taken, attested(older));
    const signer = await prepareSigner(settings({ format: 'legacy' }), ports());
    expect(await signer.attest(target, [claim])).toMatchObject([{ state: 'kept', format: 'legacy' }]);
    expect(warnings).toEqual([expect.stringMatching(/could not be renewed/)]);
    await signer.close();

    await rm(join(directory, 'calls'));
    await answers(taken, attested({ policy: { uri: 'urn:x', digest: { sha256: 'd'.repeat(64) } } }));
    const other = await prepareSigner(settings({ format: 'legacy' }), ports());
    await expect(other.attest(target, [claim])).rejects.toMatchObject({ code: 'signing' });
    await other.close();
  });
});

describe('the environment of cosign', () => {
  it('has the registry credentials in a private file that is removed with the signer', async () => {
    await answers(bundle(), bundle());
    let logins = 0;
    const authorize = async () => {
      logins += 1;
      return { user: 'AWS', password: 'registry password' };
    };
    const signer = await prepareSigner(settings(), ports({ authorize }));
    const [home = ''] = (await readdir(temp)).map((name) => join(temp, name));
    expect((await stat(home)).mode & 0o777).toBe(0o700);
    await signer.sign(target);
    await signer.sign(target);
    expect(logins).toBe(1);
    expect((await stat(join(home, 'config.json'))).mode & 0o777).toBe(0o600);
    const auth = Buffer.from('AWS:registry password').toString('base64');
    const [call] = await asked();
    expect(call?.auths).toEqual({ [registry.host]: { auth } });
    expect(JSON.stringify(call?.args)).not.toContain(auth);
    expect(secrets).toEqual(expect.arrayContaining(['registry password', auth]));
    expect(lines.join('\n')).not.toMatch(/registry password/);
    await signer.close();
    expect(await readdir(temp)).toEqual([]);
  });

  it.each<[string, string | undefined, Record<string, string>, string]>([
    ['the key’s', 'us-east-1', { AWS_REGION: 'ap-south-1' }, 'us-east-1'],
    ['else that of AWS_REGION', undefined, { AWS_REGION: 'ap-south-1' }, 'ap-south-1'],
    [
      'which comes before AWS_DEFAULT_REGION',
      undefined,
      { AWS_REGION: 'ap-south-1', AWS_DEFAULT_REGION: 'sa-east-1' },
      'ap-south-1',
    ],
    ['else that of AWS_DEFAULT_REGION', undefined, { AWS_DEFAULT_REGION: 'sa-east-1' }, 'sa-east-1'],
    [
      'also where AWS_REGION is blank',
      undefined,
      { AWS_REGION: '', AWS_DEFAULT_REGION: 'sa-east-1' },
      'sa-east-1',
    ],
    ['else the image’s', undefined, { AWS_REGION: '' }, 'eu-central-1'],
  ])('has %s region', async (_, region, environment, expected) => {
    await answers(bundle());
    const key = { kind: 'kms', reference: 'awskms:///alias/release', region } as const;
    const signer = await prepareSigner(
      settings({ key }),
      ports({ environment: { ...environment, COSIGN_CHECK_CLAIMS: 'false', GITHUB_TOKEN: 'x' } }),
    );
    await signer.sign(target);
    const [call] = await asked();
    expect(call?.env.AWS_REGION).toBe(expected);
    expect(Object.keys(call?.env ?? {}).filter((name) => /^(COSIGN|SIGSTORE|GITHUB)_/.test(name))).toEqual(
      [],
    );
    await signer.close();
  });

  it('does not start cosign if its file was changed', async () => {
    await answers(bundle(), bundle(), bundle());
    const signer = await prepareSigner(settings(), ports());
    await signer.sign(target);
    await appendFile(join(directory, 'cosign'), '\n// Another program.\n');
    await expect(signer.sign(target)).rejects.toMatchObject({
      code: 'signing',
      message: `${join(directory, 'cosign')} has changed since its checksum was logged.`,
    });
    expect(await asked()).toHaveLength(1);
    await signer.close();
    expect(await readdir(temp)).toEqual([]);
  });
});

describe('prepareSigner', () => {
  it('reads the public key of a key file first, because an encrypted key cannot verify', async () => {
    await writeFile(join(directory, 'cosign.key'), 'encrypted');
    const pem = '-----BEGIN PUBLIC KEY-----\nMA==\n-----END PUBLIC KEY-----\n';
    await answers({ out: pem }, bundle());
    const key = { kind: 'file', path: join(directory, 'cosign.key') } as const;
    const signer = await prepareSigner(
      settings({ key }),
      ports({ environment: { COSIGN_PASSWORD: 'secret' } }),
    );
    expect(await commands()).toEqual(['public-key']);
    await signer.sign(target);
    const calls = await asked();
    expect(calls[0]?.env).toMatchObject({ COSIGN_PASSWORD: 'secret' });
    expect(calls[1]?.args).toContainEqual(expect.stringMatching(/^--key=.*public-key\.pem$/));
    await signer.close();
  });

  it('reports a wrong password before the wait, and removes its files', async () => {
    await writeFile(join(directory, 'cosign.key'), 'encrypted');
    await answers(failed('decrypt: encrypted: decryption failed'));
    const key = { kind: 'file', path: join(directory, 'cosign.key') } as const;
    await expect(prepareSigner(settings({ key }), ports())).rejects.toMatchObject({
      code: 'signing',
      nextStep: expect.stringContaining('COSIGN_PASSWORD'),
    });
    expect(await readdir(temp)).toEqual([]);
  });

  it('refuses keys and settings that cannot work', async () => {
    const missing = { kind: 'file', path: join(directory, 'missing.key') } as const;
    await expect(prepareSigner(settings({ key: missing }), ports())).rejects.toMatchObject({ code: 'input' });
    await expect(prepareSigner(settings({ key: { kind: 'keyless' } }), ports())).rejects.toMatchObject({
      code: 'signing',
      nextStep: expect.stringContaining('id-token: write'),
    });
    await expect(
      prepareSigner(settings({ annotations: { url: 'https://x/?a=b' } }), ports()),
    ).rejects.toMatchObject({ code: 'input', message: expect.stringContaining('signature-annotations') });
    expect(await readdir(temp)).toEqual([]);
  });

  it('refuses settings that this version of cosign does not support, before the wait', async () => {
    await writeFile(join(directory, 'cosign'), PROGRAM.replace('v3.0.6', 'v2.6.4'));
    await expect(prepareSigner(settings({ format: 'both' }), ports())).rejects.toMatchObject({
      code: 'signing',
      message: expect.stringContaining('signature-format: both'),
      nextStep: expect.stringContaining('v3.0.6'),
    });
    expect(await readdir(temp)).toEqual([]);
    const signer = await prepareSigner(settings(), ports());
    expect(signer.cosignVersion).toBe('v2.6.4');
    await signer.close();
  });
});

describe('attest', () => {
  it('attests only once if the verdict is revoked in the meantime', async () => {
    const verifiedAt = new Date();
    const claim = summaryClaim(
      {
        resourceUri: resourceUri(registry, 'team/app'),
        verifiedAt,
        policy: undefined,
        weakening: {},
        thresholds: { failOn: 'critical', warnOn: 'high', ignoreUnfixed: false, scanType: 'enhanced' },
        verdict: 'pass',
        counts: {},
        exceptionsUsed: [],
        baseline: undefined,
        scannedAt: undefined,
        actionVersion: '1.0.0',
        verifiedLevels: ['X'],
      },
      digest,
    );
    const printed = (predicate: unknown) => {
      const subject = [{ digest: { sha256: digest.slice('sha256:'.length) } }];
      const text = JSON.stringify({ predicateType: SUMMARY_TYPE, subject, predicate });
      const payload = Buffer.from(text).toString('base64');
      return `${JSON.stringify({ payload, payloadType: 'application/vnd.in-toto+json' })}\n`;
    };
    const revoking = { ...claim.predicate.predicate, verificationResult: 'FAILED' };
    await answers(ok, { out: printed(claim.predicate.predicate) + printed(revoking) });
    const signer = await prepareSigner(settings(), ports());
    await expect(signer.attest(target, [claim])).rejects.toMatchObject({
      code: 'signing',
      message: expect.stringMatching(
        /could not be verified: its newest verification summary, .*, says FAILED/,
      ),
    });
    expect(await commands()).toEqual(['attest', 'verify-attestation']);
    await signer.close();
  });
});

describe('keyless', () => {
  const environment = { ACTIONS_ID_TOKEN_REQUEST_URL: 'https://token', ACTIONS_ID_TOKEN_REQUEST_TOKEN: 't' };
  const token = (claims: unknown) =>
    ['e30', Buffer.from(JSON.stringify(claims)).toString('base64url'), 'c2ln'].join('.');

  it('verifies by the workflow that its token names', async () => {
    await answers(bundle());
    const identityToken = async () =>
      token({
        iss: 'https://token.actions.githubusercontent.com',
        job_workflow_ref: 'org/ci/.github/workflows/gate.yml@refs/tags/v1',
        workflow_ref: 'org/app/.github/workflows/release.yml@refs/heads/main',
      });
    const signer = await prepareSigner(
      settings({ key: { kind: 'keyless' } }),
      ports({ environment, identityToken }),
    );
    await signer.sign(target);
    const [call] = await asked();
    expect(call?.args).toEqual(
      expect.arrayContaining([
        '--certificate-identity=https://github.com/org/ci/.github/workflows/gate.yml@refs/tags/v1',
        '--certificate-oidc-issuer=https://token.actions.githubusercontent.com',
        '--insecure-ignore-tlog=false',
      ]),
    );
    expect(call?.env).toMatchObject(environment);
    await signer.close();
  });

  const identityToken = async () =>
    token({ iss: 'https://token.actions.githubusercontent.com', job_workflow_ref: 'org/ci/gate.yml@v1' });

  it('retries for longer than with KMS if Fulcio and Rekor fail', async () => {
    const fulcio = failed('signing bundle: Fulcio returned 503: no backend');
    await answers(unsigned, fulcio, fulcio, fulcio, fulcio, ok, bundle());
    const signer = await prepareSigner(
      settings({ key: { kind: 'keyless' } }),
      ports({ environment, identityToken }),
    );
    expect(await signer.sign(target)).toMatchObject([{ state: 'signed' }]);
    expect((await commands()).filter((command) => command === 'sign')).toHaveLength(5);
    await signer.close();
  }, 60_000);

  it('does not retry a request that Fulcio refuses, and never retries past the deadline', async () => {
    await answers(unsigned, failed('signing bundle: Fulcio returned 400: bad token'));
    const refused = await prepareSigner(
      settings({ key: { kind: 'keyless' } }),
      ports({ environment, identityToken }),
    );
    await expect(refused.sign(target)).rejects.toMatchObject({ code: 'signing' });
    expect(await commands()).toEqual(['verify-attestation', 'sign']);
    await refused.close();

    await rm(join(directory, 'calls'));
    const rekor = failed('signing bundle: [POST /api/v1/log/entries][502] createLogEntryDefault');
    await answers(unsigned, ...Array.from({ length: 20 }, () => rekor));
    const late = await prepareSigner(
      settings({ key: { kind: 'keyless' } }),
      ports({ environment, identityToken }, 3_000),
    );
    await expect(late.sign(target)).rejects.toMatchObject({ code: 'timeout' });
    await late.close();
  }, 60_000);

  it.each([
    ['not known to be public', {}, 1],
    ['acknowledged', { transparencyLog: true }, 0],
    [
      'signed by services of one’s own',
      { services: { signingConfig: 'sc.json', trustedRoot: 'tr.json' } },
      0,
    ],
  ])('warns of the public log for a repository %s, before anything is published', async (_, more, times) => {
    await answers();
    const signer = await prepareSigner(
      settings({ key: { kind: 'keyless' }, ...more }),
      ports({ environment, identityToken }),
    );
    expect(warnings).toHaveLength(times);
    expect(await commands()).toEqual([]);
    await signer.close();
  });

  it.each([
    ['no token', async () => Promise.reject(new Error('no answer'))],
    ['invalid JSON', async () => 'a.secret.b'],
    ['null', async () => token(null)],
    ['no workflow', async () => token({ iss: 'https://token.actions.githubusercontent.com' })],
  ])('fails with a message for a token with %s, and signs nothing', async (_, identityToken) => {
    await answers();
    const signer = await prepareSigner(
      settings({ key: { kind: 'keyless' } }),
      ports({ environment, identityToken }),
    );
    await expect(signer.sign(target)).rejects.toMatchObject({
      code: 'signing',
      message: expect.not.stringContaining('secret'),
    });
    expect(await commands()).toEqual([]);
    await signer.close();
  });
});
