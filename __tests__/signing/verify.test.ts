/** The verifier, with a program in place of cosign: only its verified output counts, whatever the exit code. */
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { startDeadline, systemClock } from '../../src/deadline.ts';
import { parseReference } from '../../src/image/reference.ts';
import { SIGNATURE_TYPE } from '../../src/signing/cosign/arguments.ts';
import { parseCosignVersion } from '../../src/signing/cosign/release.ts';
import type { SigningPorts } from '../../src/signing/ports.ts';
import { resourceUri, SUMMARY_TYPE, VERIFIER_ID } from '../../src/signing/statements/predicate.ts';
import { prepareVerifier, type VerificationSettings } from '../../src/signing/verify.ts';
import { Attached, bundleOf, digestOf, envelopeOf, newKey, statementText } from './attached.ts';
import { type Answer, answerWith, askedOf, putInPlace } from './stand-in.ts';

// That of its manifest, {}.
const digest = digestOf('{}');
const other = `sha256:${'b'.repeat(64)}` as const;
const { registry, repository } = parseReference('123456789012.dkr.ecr.eu-central-1.amazonaws.com/team/app:1');
const target = { registry, repository, digest, platform: undefined };
const NOW = new Date('2026-11-25T12:00:00Z');
const POLICY = 'c'.repeat(64);

let directory = '';
let temp = '';

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'gate-verifier-'));
  temp = join(directory, 'temp');
  await mkdir(temp);
  await putInPlace(directory);
});
afterEach(() => rm(directory, { recursive: true, force: true }));

/** Artifacts of every kind, so that cosign is called. The program in its place decides who signed them. */
function attached(): Attached {
  const evidence = new Attached(digest);
  const key = newKey();
  const [signs, passes] = [
    statementText(SIGNATURE_TYPE, {}, digest),
    statementText(SUMMARY_TYPE, PASSED, digest),
  ];
  evidence.refer(bundleOf(signs, key));
  evidence.refer(bundleOf(passes, key));
  evidence.tag('sig', [Buffer.from('a signature')]);
  evidence.tag('att', [Buffer.from(JSON.stringify(envelopeOf(passes, key)))]);
  return evidence;
}

function ports(totalMs: number, evidence: Attached): SigningPorts {
  const deadline = startDeadline(totalMs, systemClock, new AbortController().signal);
  onTestFinished(() => deadline.clear());
  return {
    deadline,
    log: () => {},
    warn: () => {},
    mask: () => {},
    authorize: async () => expect.unreachable(),
    evidence,
    identityToken: async () => expect.unreachable(),
    download: async () => expect.unreachable(),
    environment: { PATH: [directory, process.env.PATH].join(delimiter), RUNNER_TEMP: temp },
  };
}

async function verify(
  answers: readonly Answer[],
  changes: Partial<VerificationSettings> = {},
  totalMs = 60_000,
  evidence = attached(),
) {
  await answerWith(directory, answers);
  await rm(join(directory, 'calls'), { force: true });
  const settings: VerificationSettings = {
    signers: [{ kind: 'key', key: { kind: 'kms', reference: 'awskms:///alias/release', region: undefined } }],
    format: 'bundle',
    annotations: {},
    transparencyLog: false,
    cosignVersion: parseCosignVersion('v3.0.6'),
    services: undefined,
    summary: undefined,
    ...changes,
  };
  const verifier = await prepareVerifier(settings, ports(totalMs, evidence));
  try {
    return await verifier.verify(target, NOW);
  } finally {
    await verifier.close();
    expect(await readdir(temp)).toEqual([]);
  }
}

function envelope(predicateType: string, predicate: unknown, of: string, annotations?: object): string {
  const subject = [{ digest: { sha256: of.slice('sha256:'.length) }, annotations }];
  const payload = Buffer.from(JSON.stringify({ predicateType, subject, predicate })).toString('base64');
  return `${JSON.stringify({ payload, payloadType: 'application/vnd.in-toto+json' })}\n`;
}

const signature = (of: string = digest, annotations?: object): Answer => ({
  out: envelope(SIGNATURE_TYPE, {}, of, annotations),
});

const PASSED = {
  verifier: { id: VERIFIER_ID },
  timeVerified: '2026-11-25T11:00:00Z',
  resourceUri: resourceUri(registry, repository),
  policy: { uri: 'urn:policy', digest: { sha256: POLICY } },
  verificationResult: 'PASSED',
  verifiedLevels: ['X'],
};
const summary = (changes: object = {}, of: string = digest, type = SUMMARY_TYPE): string =>
  envelope(type, { ...PASSED, ...changes }, of);

const none: Answer = { err: 'Error: no matching attestations: \n', code: 1 };
const empty: Answer = {};
const ASKED = { policies: [POLICY], maxAgeMs: 86_400_000 };

describe('a signature', () => {
  it('is verified by an envelope for this digest with the type of a signature', async () => {
    expect(await verify([signature()])).toMatchObject([
      { kind: 'signature', state: 'proven', by: 'awskms:///alias/release' },
      { kind: 'attestation', state: 'skipped' },
    ]);
    const [call] = await askedOf(directory);
    expect(call?.args).toEqual(
      expect.arrayContaining(['verify-attestation', `--type=${SIGNATURE_TYPE}`, '--check-claims=true']),
    );
    // The content that was read from the registry, and nothing else.
    expect(call?.args.at(-1)).toMatch(new RegExp(`^127\\.0\\.0\\.1:\\d+/[0-9a-f]{32}@${digest}$`));
    expect(call?.auths).toBeUndefined();
  });

  it.each<[string, Answer]>([
    ['nothing', empty],
    ['a claim', { out: 'Verified OK\n' }],
    ['the output of `verify`', { out: JSON.stringify([{ critical: { type: SIGNATURE_TYPE } }]) }],
    ['the signature of another digest', signature(other)],
    ['an attestation', { out: summary() }],
    ['half an envelope', { out: signature().out?.slice(0, 200) ?? '' }],
    ['a signature, and fails', { ...signature(), code: 1 }],
    ['a signature without the annotations', signature(digest, { commit: '2' })],
    ['output that does not end', { out: `${'x'.repeat(1024 * 1024)}\n`, times: 200 }],
  ])('is not verified if cosign prints %s', async (_, answer) => {
    const proofs = await verify([answer, none], { annotations: { commit: '1' } });
    expect(proofs).toMatchObject([{ kind: 'signature', state: 'failed' }, { state: 'skipped' }]);
  });

  it('in the other format is reported, and does not count', async () => {
    const critical = {
      image: { 'docker-manifest-digest': digest },
      type: 'cosign container image signature',
    };
    const legacy = { out: JSON.stringify([{ critical, optional: null }]) };
    expect(await verify([none, legacy])).toMatchObject([
      { state: 'failed', nextStep: expect.stringContaining('signature-format: legacy') },
      {},
    ]);
    expect(await verify([none, signature()], { format: 'legacy' })).toMatchObject([{ state: 'failed' }, {}]);
    expect(await verify([signature(), none, signature()], { format: 'both' })).toMatchObject([
      { state: 'proven', what: 'Signature (bundle)' },
      { state: 'failed', what: 'Signature (legacy)' },
      {},
    ]);
  });

  it('that could not be read is read again, a limited number of times', async () => {
    const busy: Answer = { err: 'Error: GET https://x: unexpected status code 503\n', code: 1 };
    expect(await verify([busy, signature()])).toMatchObject([{ state: 'proven' }, {}]);
    await expect(verify(Array<Answer>(9).fill(busy), {}, 2_000)).rejects.toMatchObject({ code: 'timeout' });
  }, 20_000);
});

describe('a verification summary', () => {
  it('is verified if it says everything that is required', async () => {
    expect(await verify([signature(), { out: summary() }], { summary: ASKED })).toMatchObject([
      { state: 'proven' },
      { kind: 'attestation', state: 'proven', ageMs: 3_600_000, at: new Date(PASSED.timeVerified) },
    ]);
    const [, dated] = await verify([signature(), { out: summary() }], { summary: ASKED });
    expect(dated?.ends).toEqual(new Date(Date.parse(PASSED.timeVerified) + ASKED.maxAgeMs));
    expect((await askedOf(directory))[1]?.args).toContain(`--type=${SUMMARY_TYPE}`);
    const by = `PASSED by policy urn:policy sha256:${POLICY}`;
    const anyPolicy = { policies: undefined, maxAgeMs: undefined };
    expect(await verify([signature(), { out: summary() }], { summary: anyPolicy })).toMatchObject([
      {},
      { state: 'proven', detail: `${by} (any policy is accepted)` },
    ]);
    expect((await verify([signature(), { out: summary() }], { summary: ASKED }))[1]?.detail).toBe(by);
  });

  it.each<[string, Answer]>([
    ['nothing', empty],
    ['a signature', signature()],
    ['one of another digest', { out: summary({}, other) }],
    ['one of another type', { out: summary({}, digest, 'https://slsa.dev/provenance/v1') }],
    ['one of another repository', { out: summary({ resourceUri: `${PASSED.resourceUri}-b` }) }],
    ['one by another policy', { out: summary({ policy: { digest: { sha256: 'd'.repeat(64) } } }) }],
    ['a FAILED one', { out: summary({ verificationResult: 'FAILED' }) }],
    [
      'a good one and a newer FAILED one',
      { out: summary() + summary({ verificationResult: 'FAILED', timeVerified: '2026-11-25T11:30:00Z' }) },
    ],
    ['a stale one', { out: summary({ timeVerified: '2026-11-24T11:59:59Z' }) }],
    ['one from the future', { out: summary({ timeVerified: '2026-11-25T12:05:01Z' }) }],
    ['a valid one, and fails', { out: summary(), code: 1 }],
    ['a valid one that is truncated', { out: summary().slice(0, -30) }],
  ])('is not verified if cosign prints %s', async (_, answer) => {
    expect(await verify([signature(), answer], { summary: ASKED })).toMatchObject([
      { state: 'proven' },
      {
        kind: 'attestation',
        state: 'failed',
        nextStep: expect.stringMatching(/attest: true|Do not deploy this image/),
      },
    ]);
  });

  it('is required in every requested format', async () => {
    const critical = {
      image: { 'docker-manifest-digest': digest },
      type: 'cosign container image signature',
    };
    const legacy = { out: JSON.stringify([{ critical, optional: null }]) };
    const answers = [signature(), legacy, { out: summary() }, none];
    expect(await verify(answers, { format: 'both', summary: ASKED })).toMatchObject([
      { state: 'proven' },
      { state: 'proven' },
      { kind: 'attestation', state: 'proven' },
      { kind: 'attestation', state: 'failed' },
    ]);
  });
});

describe('the signer of a revocation that only cosign can determine', () => {
  const signer = {
    kind: 'identity',
    identity: 'https://github.com/team/app/.github/workflows/release.yml@refs/heads/main',
    issuer: 'https://token.actions.githubusercontent.com',
  } as const;
  const revoking = { ...PASSED, verificationResult: 'FAILED', timeVerified: '2026-11-25T11:30:00Z' };
  const failedOf = (type: string) => statementText(type, revoking, digest);
  /** By unknown signers. */
  function suspects(...types: string[]): Attached {
    const evidence = attached();
    for (const type of types) evidence.refer(bundleOf(failedOf(type), newKey()));
    return evidence;
  }
  const read = (answer: Answer): Answer => ({ ...answer, reads: true });
  const otherTypes = read({
    err: 'Error: none of the attestations matched the predicate type: x, found: y\n',
    code: 1,
  });
  const printed = (type: string) =>
    read({ out: `${JSON.stringify(envelopeOf(failedOf(type), newKey()))}\n` });
  const good = [signature(), { out: summary() }];
  const ask = (answers: readonly Answer[], evidence: Attached) =>
    verify(answers, { signers: [signer], summary: ASKED }, 60_000, evidence);

  it('is determined with one call if cosign reports none by the signer', async () => {
    const proofs = await ask([read(none), ...good], suspects(SUMMARY_TYPE, `${SUMMARY_TYPE}/`));
    expect(proofs).toMatchObject([{ state: 'proven' }, { state: 'proven' }]);
    expect((await askedOf(directory)).map(({ args }) => args.find((arg) => /^--type=/.test(arg)))).toEqual([
      '--type=urn:ecr-deployment-gate:none',
      `--type=${SIGNATURE_TYPE}`,
      `--type=${SUMMARY_TYPE}`,
    ]);
  });

  it('is determined with one call per type if cosign reports some by the signer', async () => {
    const odd = `${SUMMARY_TYPE}/`;
    const proofs = await ask([otherTypes, otherTypes, printed(odd), ...good], suspects(SUMMARY_TYPE, odd));
    expect(proofs).toMatchObject([
      { state: 'proven' },
      { state: 'failed', detail: expect.stringMatching(/says FAILED \(sha256:/) },
    ]);
  });

  const many = Array.from(
    { length: 21 },
    (_, version) => `https://slsa.dev/verification_summary/v1.${version}`,
  );
  it.each<[string, Answer[], string[], RegExp]>([
    [
      'did not read all of it',
      Array<Answer>(9).fill(none),
      [SUMMARY_TYPE],
      /cosign did not read everything that is attached/,
    ],
    [
      'reports that it found some and does not print them',
      [otherTypes, otherTypes],
      [SUMMARY_TYPE],
      /does not say which/,
    ],
    ['needs a call for too many types', [otherTypes], many, /too many predicate types/],
    [
      'needs a call for an endless type',
      [otherTypes],
      [`${SUMMARY_TYPE}/${'x'.repeat(300)}`],
      /too many predicate types/,
    ],
    [
      'fails',
      [read({ err: 'Error: getting keys\n', code: 1 })],
      [SUMMARY_TYPE],
      /could not determine who signed.*getting keys/,
    ],
    [
      'fails for one type',
      [otherTypes, read({ err: 'Error: x\n', code: 1 })],
      [SUMMARY_TYPE],
      /could not determine who signed.*x/,
    ],
  ])('is unknown, and no check succeeds, if cosign %s', async (_, answers, types, why) => {
    expect(await ask(answers, suspects(...types))).toMatchObject([
      { kind: 'signature', state: 'failed', detail: expect.stringMatching(why) },
      { kind: 'attestation', state: 'skipped' },
    ]);
  });
});
