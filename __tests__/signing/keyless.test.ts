/**
 * Keyless signing from the job's identity token to the verifier's verdict, with no part replaced: the
 * real cosign, Fulcio, Rekor, certificate transparency log and timestamp authority, on loopback.
 */

import { execFile } from 'node:child_process';
import { createHash, generateKeyPairSync, sign as signBytes, X509Certificate } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { GetAuthorizationTokenCommand } from '@aws-sdk/client-ecr';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { GITHUB_ISSUER } from '../../emulator/github-oidc.ts';
import { registryHost } from '../../emulator/scenario.ts';
import { type Sigstore, startSigstore } from '../../emulator/sigstore.ts';
import { runAction } from '../../scripts/runner.ts';
import { ensureCosign, goToolForTests } from '../../scripts/tools.ts';
import { startDeadline, systemClock } from '../../src/deadline.ts';
import { unmetCondition } from '../../src/policy/attestations.ts';
import type { RequiredAttestation } from '../../src/results/attestation.ts';
import type { Digest, Registry } from '../../src/results/registry.ts';
import { prepareAttestationVerifier } from '../../src/signing/attestations.ts';
import { summaryClaim } from '../../src/signing/claims.ts';
import { parseCosignVersion } from '../../src/signing/cosign/release.ts';
import { ecrEvidence } from '../../src/signing/evidence/ecr.ts';
import { anchoredPattern } from '../../src/signing/identity-pattern.ts';
import type { SigningKey } from '../../src/signing/key.ts';
import type { Proof } from '../../src/signing/outcomes.ts';
import type { SigningPorts } from '../../src/signing/ports.ts';
import { prepareSigner, type SigningTarget } from '../../src/signing/sign.ts';
import { resourceUri, SUMMARY_TYPE } from '../../src/signing/statements/predicate.ts';
import { type ExpectedSigner, prepareVerifier } from '../../src/signing/verify.ts';
import { directoryOf, shell } from '../e2e/signed.ts';
import { ACCOUNT, image, REGION, SCANNED, type Stage, scenario, stage } from '../emulator/stage.ts';
import { Attachments } from './attached.ts';
import { githubProvenance, PROVENANCE_V1 } from './provenance.ts';

interface Bundle {
  readonly verificationMaterial: {
    readonly tlogEntries?: readonly object[];
    readonly timestampVerificationData?: object;
  };
}

/** The bundle that is attached to a digest, and the manifest around it. */
async function bundleOf(
  evidence: SigningPorts['evidence'],
  target: SigningTarget,
): Promise<[Bundle, { annotations: object; layers: { digest: Digest }[] }]> {
  const { referrers } = (await evidence.referrers(target, undefined)) as { referrers: { digest: Digest }[] };
  const [referrer] = referrers;
  const { images } = (await evidence.manifests(target, [{ imageDigest: referrer?.digest }])) as {
    images: { imageManifest: string }[];
  };
  const manifest = JSON.parse(images[0]?.imageManifest ?? '') as {
    annotations: object;
    layers: { digest: Digest }[];
  };
  const blob = await evidence.blob(target, manifest.layers[0]?.digest ?? 'sha256:', 1_000_000);
  return [JSON.parse(blob.toString()) as Bundle, manifest];
}

function withMaterial(bundle: Bundle, changes: Partial<Bundle['verificationMaterial']>): Bundle {
  return { ...bundle, verificationMaterial: { ...bundle.verificationMaterial, ...changes } };
}

interface SignedBundle {
  readonly dsseEnvelope: { readonly signatures: readonly { readonly sig: string }[] };
  readonly verificationMaterial: { readonly certificate: { readonly rawBytes: string } };
}

/** The annotation of a legacy attestation with the certificate of its signature. */
const CERTIFICATE = 'dev.sigstore.cosign/certificate';

function pemOf(der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}

/** A log with the entries of Rekor's first version. Source: cosign, pkg/cosign/bundle/rekor.go. */
function createLog() {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const der = publicKey.export({ type: 'spki', format: 'der' });
  const id = createHash('sha256').update(der).digest();
  const hash = (content: Buffer | string) => ({
    algorithm: 'sha256',
    value: createHash('sha256').update(content).digest('hex'),
  });
  return {
    /** The log in a trusted root. */
    trusted: {
      baseUrl: 'https://rekor.example',
      hashAlgorithm: 'SHA2_256',
      publicKey: {
        rawBytes: der.toString('base64'),
        keyDetails: 'PKIX_ECDSA_P256_SHA_256',
        validFor: { start: '2020-01-01T00:00:00Z' },
      },
      logId: { keyId: id.toString('base64') },
    },
    /** The annotation of a legacy attestation with its entry. */
    entry: (envelope: Buffer, signature: string, certificate: string): string => {
      const { payload } = JSON.parse(envelope.toString()) as { payload: string };
      const body = {
        apiVersion: '0.0.1',
        kind: 'dsse',
        spec: {
          envelopeHash: hash(envelope),
          payloadHash: hash(Buffer.from(payload, 'base64')),
          signatures: [{ signature, verifier: Buffer.from(certificate).toString('base64') }],
        },
      };
      // In the order in which the log signs them.
      const Payload = {
        body: Buffer.from(JSON.stringify(body)).toString('base64'),
        integratedTime: Math.floor(Date.now() / 1000),
        logID: id.toString('hex'),
        logIndex: 1,
      };
      const promise = signBytes('sha256', Buffer.from(JSON.stringify(Payload)), privateKey);
      return JSON.stringify({ SignedEntryTimestamp: promise.toString('base64'), Payload });
    },
  };
}

const REPOSITORY = 'team/app';
const JOB = {
  repository: 'example/app',
  // A reusable workflow of another repository, whose identity is in the certificate.
  jobWorkflowRef: 'example/workflows/.github/workflows/release.yml@refs/tags/v1',
};
const IDENTITY = `https://github.com/${JOB.jobWorkflowRef}`;
const US: ExpectedSigner = { kind: 'identity', identity: IDENTITY, issuer: GITHUB_ISSUER };
const VERSION = parseCosignVersion('v3.0.6');
const RUN_MS = 120_000;

const [fulcio, rekor, tesseract, timestampAuthority] = [
  await goToolForTests('fulcio'),
  await goToolForTests('rekor'),
  await goToolForTests('tesseract'),
  await goToolForTests('timestamp-authority'),
];

describe.skipIf(!(fulcio && rekor && tesseract && timestampAuthority))('keyless', { timeout: RUN_MS }, () => {
  let cosign = '';
  let ours: Sigstore;
  /** Another Sigstore, with its own keys and the same identity of the job. */
  let theirs: Sigstore;
  beforeAll(async () => {
    cosign = (await ensureCosign(console.log)).path;
    const programs = {
      cosign,
      fulcio: fulcio ?? '',
      rekor: rekor ?? '',
      tesseract: tesseract ?? '',
      timestampAuthority: timestampAuthority ?? '',
    };
    ours = await startSigstore(programs, JOB);
    theirs = await startSigstore(programs, JOB);
  }, 900_000);
  afterAll(() => Promise.all([ours?.close(), theirs?.close()]));

  const registry: Registry = {
    host: registryHost({ account: ACCOUNT, region: REGION }),
    account: ACCOUNT,
    region: REGION,
    partition: 'aws',
    fips: false,
    dualStack: false,
  };

  async function bench() {
    const staged = await stage(
      scenario([], { repositories: [{ name: REPOSITORY, images: [image(SCANNED)] }] }),
    );
    const target: SigningTarget = {
      registry,
      repository: REPOSITORY,
      digest: staged.digest('app') as Digest,
      platform: undefined,
    };
    return { staged, target };
  }

  /** The arguments of the signing room in a job that uses that Sigstore. */
  function ports(
    { emulator, ecr }: Stage,
    sigstore: Sigstore,
    log: (line: string) => void = () => {},
  ): SigningPorts {
    const deadline = startDeadline(RUN_MS, systemClock, new AbortController().signal);
    onTestFinished(() => deadline.clear());
    const environment: Record<string, string> = {
      ...emulator.env(),
      ...sigstore.env(),
      PATH: `${directoryOf(cosign)}${delimiter}${process.env.PATH}`,
    };
    return {
      deadline,
      environment,
      log,
      warn: () => {},
      mask: () => {},
      authorize: async () => {
        const { authorizationData } = await ecr.send(new GetAuthorizationTokenCommand({}));
        const token = authorizationData?.[0]?.authorizationToken ?? '';
        const [user = '', password = ''] = Buffer.from(token, 'base64').toString().split(':');
        return { user, password };
      },
      identityToken: async (audience) => {
        const url = `${environment.ACTIONS_ID_TOKEN_REQUEST_URL}&audience=${audience}`;
        const authorization = `bearer ${environment.ACTIONS_ID_TOKEN_REQUEST_TOKEN}`;
        const response = await fetch(url, { headers: { authorization } });
        return ((await response.json()) as { value: string }).value;
      },
      download: () => Promise.reject(new Error('cosign is on PATH')),
      evidence: ecrEvidence({ ecr: () => ecr }, deadline, { AWS_ENDPOINT_URL_ECR: emulator.url }),
    };
  }

  async function sign(
    staged: Stage,
    target: SigningTarget,
    sigstore: Sigstore,
    log?: (line: string) => void,
    key: SigningKey = { kind: 'keyless' },
  ) {
    const signer = await prepareSigner(
      {
        key,
        format: 'bundle',
        annotations: { commit: '0f3c1e2' },
        transparencyLog: true,
        cosignVersion: VERSION,
        services: { signingConfig: sigstore.signingConfig, trustedRoot: sigstore.trustedRoot },
      },
      ports(staged, sigstore, log),
    );
    onTestFinished(() => signer.close());
    return {
      signed: () => signer.sign(target),
      refused: () => signer.refuseRevoked([target]),
      attached: (type: string, predicate: Readonly<Record<string, unknown>>) =>
        signer.attest(target, [
          { predicate: { type, predicate }, madeAt: new Date(0), find: () => ({ since: new Date() }) },
        ]),
      takenBack: (type = SUMMARY_TYPE) => {
        const predicate = { verificationResult: 'FAILED', timeVerified: new Date().toISOString() };
        const found = { since: new Date() };
        return signer.attest(target, [
          { predicate: { type, predicate }, madeAt: new Date(0), find: () => found },
        ]);
      },
      attested: () => {
        const claim = summaryClaim(
          {
            resourceUri: resourceUri(registry, REPOSITORY),
            verifiedAt: new Date(),
            policy: undefined,
            weakening: {},
            thresholds: { failOn: 'critical', warnOn: 'high', ignoreUnfixed: false, scanType: 'enhanced' },
            verdict: 'pass',
            counts: {},
            exceptionsUsed: [],
            baseline: undefined,
            scannedAt: undefined,
            actionVersion: '1.0.0',
            verifiedLevels: ['ECR_DEPLOYMENT_GATE_PASSED'],
          },
          target.digest,
        );
        return signer.attest(target, [claim]);
      },
    };
  }

  /** The states of the proofs of a signature and of a summary. */
  async function verify(
    staged: Stage,
    target: SigningTarget,
    signer: ExpectedSigner = US,
    sigstore: Sigstore = ours,
  ): Promise<Proof['state'][]> {
    const verifier = await prepareVerifier(
      {
        signers: [signer],
        format: 'bundle',
        annotations: {},
        transparencyLog: true,
        cosignVersion: VERSION,
        services: { signingConfig: undefined, trustedRoot: sigstore.trustedRoot },
        summary: { policies: undefined, maxAgeMs: 3_600_000 },
      },
      ports(staged, sigstore),
    );
    try {
      return (await verifier.verify(target, new Date())).map(({ state }) => state);
    } finally {
      await verifier.close();
    }
  }

  it('signs, attests and verifies by the identity of the workflow', async () => {
    const { staged, target } = await bench();
    expect(await verify(staged, target)).toEqual(['failed', 'failed']);
    const [entries, tokens] = [await ours.logSize().catch(() => 0), ours.tokens()];

    const { signed, attested } = await sign(staged, target, ours);
    expect(await signed()).toMatchObject([{ state: 'signed', format: 'bundle' }]);
    expect(await verify(staged, target)).toEqual(['proven', 'failed']);
    expect(await attested()).toMatchObject([{ state: 'attested' }]);
    expect(await verify(staged, target)).toEqual(['proven', 'proven']);
    // One entry for each. Nothing else was published.
    expect(await ours.logSize()).toBe(entries + 2);
    expect(ours.tokens()).toBeGreaterThanOrEqual(tokens + 2);
    // Signed once.
    expect(await signed()).toMatchObject([{ state: 'already-signed' }]);
    expect(staged.emulator.foreign).toEqual([]);
  });

  it('signs in one job and verifies in another, as the bundled action', async () => {
    const { staged } = await bench();
    const act = async (
      inputs: Record<string, string>,
      env: Record<string, string> = {},
      action: 'gate' | 'verify' = 'verify',
    ) => {
      const run = await runAction({
        action,
        inputs: {
          image: `${registry.host}/${REPOSITORY}:1.0`,
          'sigstore-trusted-root': ours.trustedRoot,
          'settle-time': '1s',
          ...inputs,
        },
        env: {
          ...staged.emulator.env(),
          PATH: `${directoryOf(cosign)}${delimiter}${process.env.PATH}`,
          ...env,
        },
      });
      onTestFinished(() => run.clean());
      expect(staged.emulator.foreign).toEqual([]);
      return run;
    };
    const signing = { 'signing-key': 'keyless', 'sigstore-signing-config': ours.signingConfig };
    const made = await act(signing, ours.env(), 'gate');
    expect(made.outputs, made.log).toMatchObject({ verdict: 'pass', signed: 'true' });
    expect((made.outputs.bundles ?? '').split('\n')).toHaveLength(2);

    const sh = await shell(staged.emulator, cosign);
    const commands = made.outputs['cosign-verify-commands'] ?? '';
    expect(commands.split('\n')).toHaveLength(2);
    expect(await sh(commands)).toMatchObject({ code: 0 });
    for (const command of commands.split('\n')) {
      for (const wrong of [
        command.replace('release.yml', 'other.yml'),
        command.replace(GITHUB_ISSUER, `${GITHUB_ISSUER}/x`),
        command.replace(ours.trustedRoot, theirs.trustedRoot),
      ]) {
        expect(wrong).not.toBe(command);
        expect([wrong, (await sh(wrong)).code]).not.toEqual([wrong, 0]);
      }
    }

    const asked = { 'max-attestation-age': '1h' };
    const verified = await act({ ...asked, 'certificate-identity': IDENTITY });
    expect(verified.outputs, verified.log).toMatchObject({ verdict: 'pass', passed: 'true', signed: 'true' });
    expect(verified.log).toContain(`by ${IDENTITY} (${GITHUB_ISSUER})`);
    expect(verified.outputs['cosign-verify-commands']).toBe(commands);
    const identity = `https://github.com/${JOB.repository}/.github/workflows/deploy.yml@refs/heads/main`;
    const refused = await act({ ...asked, 'certificate-identity': identity });
    expect(refused.outputs, refused.log).toMatchObject({
      verdict: 'error',
      passed: 'false',
      signed: 'false',
    });
    const elsewhere = await act({
      ...asked,
      'certificate-identity': IDENTITY,
      'sigstore-trusted-root': theirs.trustedRoot,
    });
    expect(elsewhere.outputs, elsewhere.log).toMatchObject({ verdict: 'error', passed: 'false' });
  });

  it('accepts no other identity, issuer or Sigstore', async () => {
    const { staged, target } = await bench();
    const { signed, attested } = await sign(staged, target, ours);
    await signed();
    await attested();
    const pattern = (text: string): ExpectedSigner => ({
      kind: 'identity-pattern',
      pattern: anchoredPattern(text),
      issuer: GITHUB_ISSUER,
    });
    const ownWorkflow =
      'https://github\\.com/example/workflows/\\.github/workflows/release\\.yml@refs/tags/v.*';
    expect(await verify(staged, target, pattern(ownWorkflow))).toEqual(['proven', 'proven']);
    for (const signer of [
      // The caller's workflow is not the one that signs.
      {
        ...US,
        identity: `https://github.com/${JOB.repository}/.github/workflows/deploy.yml@refs/heads/main`,
      },
      { ...US, identity: IDENTITY.replace('/v1', '/v2') },
      { ...US, identity: IDENTITY.slice(0, -1) },
      { ...US, issuer: 'https://gitlab.com' },
      pattern('https://github\\.com/example/workflows/\\.github/workflows/release\\.yml'),
    ] as ExpectedSigner[]) {
      expect(await verify(staged, target, signer)).toEqual(['failed', 'failed']);
    }
    expect(await verify(staged, target, US, theirs)).toEqual(['failed', 'failed']);
  });

  it('does not trust another Sigstore, whatever identity its certificates have', async () => {
    const { staged, target } = await bench();
    const { signed, attested } = await sign(staged, target, theirs);
    await signed();
    await attested();
    expect(await verify(staged, target, US, theirs)).toEqual(['proven', 'proven']);
    expect(await verify(staged, target)).toEqual(['failed', 'failed']);

    // Existing attestations do not prevent signing either.
    const again = await sign(staged, target, ours);
    expect(await again.signed()).toMatchObject([{ state: 'signed' }]);
    await again.attested();
    expect(await verify(staged, target)).toEqual(['proven', 'proven']);
  });

  it.each([
    SUMMARY_TYPE,
    `${SUMMARY_TYPE}/`,
  ])('revokes a verdict by the same identity, type %s', async (type) => {
    const { staged, target } = await bench();
    const { signed, attested, takenBack, refused } = await sign(staged, target, ours);
    await signed();
    await attested();
    // One by an unknown authority revokes nothing.
    const theirOwn = await sign(staged, target, theirs);
    await theirOwn.takenBack(type);
    expect(await verify(staged, target)).toEqual(['proven', 'proven']);
    await refused();
    await takenBack(type);
    expect(await verify(staged, target)).toEqual(['proven', 'failed']);
    await expect(refused()).rejects.toMatchObject({
      code: 'signing',
      message: expect.stringMatching(/was revoked: .* says FAILED \(sha256:/),
    });
  });

  describe('an attestation that a policy requires', () => {
    const DAY_MS = 86_400_000;
    const source = `https://github.com/${JOB.repository}`;
    const required = async (changes: Partial<RequiredAttestation> = {}): Promise<RequiredAttestation> => ({
      type: PROVENANCE_V1,
      signer: { kind: 'identity', identity: IDENTITY, issuer: GITHUB_ISSUER },
      trustedRoot: await readFile(ours.trustedRoot, 'utf8'),
      transparencyLog: true,
      builder: [`https://github.com/${JOB.jobWorkflowRef}`],
      sourceRepository: ['https://github.com/example/*'],
      maxAgeMs: DAY_MS,
      ...changes,
    });

    /** An image with provenance that the real cosign attached. */
    async function provenanceBy(
      sigstore: Sigstore,
      changes: Parameters<typeof githubProvenance>[0] = {},
      key?: SigningKey,
    ) {
      const { staged, target } = await bench();
      const signer = await sign(staged, target, sigstore, undefined, key);
      const predicate = githubProvenance({
        repository: source,
        builder: `https://github.com/${JOB.jobWorkflowRef}`,
        ...changes,
      });
      await signer.attached(PROVENANCE_V1, predicate);
      return { staged, target };
    }

    async function look(
      { staged, target }: { staged: Stage; target: SigningTarget },
      wanted: RequiredAttestation,
      {
        now = new Date(),
        changed = (bundle) => bundle,
        more = () => ({}),
      }: {
        now?: Date;
        changed?: (bundle: Bundle) => Bundle;
        /** More fields of the manifest. */
        more?: (bundle: Bundle) => Readonly<Record<string, unknown>>;
      } = {},
    ) {
      const given = ports(staged, ours);
      // Changes the bundle, as someone could who may push to the repository: manifest and list follow it.
      const [bundle, manifest] = await bundleOf(given.evidence, target);
      const bytes = Buffer.from(JSON.stringify(changed(bundle)));
      const attachments = new Attachments();
      attachments.of(target.digest).refer(bytes, { annotations: manifest.annotations, ...more(bundle) });
      const verifier = await prepareAttestationVerifier([wanted], VERSION, unmetCondition, {
        ...given,
        evidence: attachments,
      });
      try {
        const image = { ...target, isIndex: false, platforms: [], attestations: [] };
        const [outcome] = await verifier.verify(image, now);
        return outcome;
      } finally {
        await verifier.close();
      }
    }

    const words = async (...given: Parameters<typeof look>) => {
      const outcome = await look(...given);
      expect(outcome?.proof.state).toBe('failed');
      return outcome?.proof.detail;
    };

    it('is verified by the identity, with its age by the timestamp of the bundle', async () => {
      const image = await provenanceBy(ours);
      const outcome = await look(image, await required());
      expect(outcome?.proof, outcome?.proof.detail).toMatchObject({
        state: 'proven',
        by: `${IDENTITY} (${GITHUB_ISSUER})`,
      });
      expect(Math.abs(Date.now() - (outcome?.proof.at?.getTime() ?? 0))).toBeLessThan(RUN_MS);
      expect(Number(outcome?.proof.ends) - Number(outcome?.proof.at)).toBe(DAY_MS);
      // As GitHub signs for private repositories: a timestamp, no entry in a log, and a trusted root without logs.
      const { tlogs, ctlogs, ...authorities } = JSON.parse(
        await readFile(ours.trustedRoot, 'utf8'),
      ) as Record<string, unknown>;
      expect([tlogs, ctlogs]).toEqual([expect.any(Array), expect.any(Array)]);
      const unlogged = { changed: (bundle: Bundle) => withMaterial(bundle, { tlogEntries: [] }) };
      const byTimestamp = await required({
        transparencyLog: false,
        trustedRoot: JSON.stringify(authorities),
      });
      expect(await look(image, byTimestamp, unlogged)).toMatchObject({ proof: { state: 'proven' } });
      expect(await words(image, await required(), unlogged)).toMatch(/not signed by this signer/);

      const later = new Date(Date.now() + 3 * DAY_MS);
      expect(await words(image, await required(), { now: later })).toMatch(
        /signed 3 days ago, and the policy allows 24 h/,
      );
      const earlier = new Date(Date.now() - 3_600_000);
      expect(await words(image, await required({ maxAgeMs: undefined }), { now: earlier })).toMatch(
        /signed in the future/,
      );
    });

    it('is refused by any other signer', async () => {
      const image = await provenanceBy(ours);
      for (const signer of [
        { kind: 'identity', identity: `${IDENTITY}0`, issuer: GITHUB_ISSUER },
        { kind: 'identity', identity: IDENTITY.slice(0, -1), issuer: GITHUB_ISSUER },
        { kind: 'identity', identity: IDENTITY, issuer: 'https://gitlab.com' },
      ] as const) {
        expect(await words(image, await required({ signer }))).toMatch(/not signed by this signer/);
      }
      const trustedRoot = await readFile(theirs.trustedRoot, 'utf8');
      expect(await words(image, await required({ trustedRoot }))).toMatch(/not signed by this signer/);
      const foreign = await provenanceBy(theirs);
      expect(await words(foreign, await required())).toMatch(/not signed by this signer/);
    });

    it('is refused if its source contradicts the certificate', async () => {
      // The same reusable workflow, called by another repository, could write any source into the provenance.
      const image = await provenanceBy(ours, { repository: 'https://github.com/example/other' });
      expect(await words(image, await required())).toMatch(
        /its source repository is "https:\/\/github\.com\/example\/other", but its certificate was issued for "https:\/\/github\.com\/example\/app"/,
      );
    });

    it('by a key has no age, because anyone can get a later timestamp for its signature', async () => {
      const home = await mkdtemp(join(tmpdir(), 'gate-key-'));
      onTestFinished(() => rm(home, { recursive: true, force: true }));
      await promisify(execFile)(cosign, ['generate-key-pair'], {
        cwd: home,
        env: { HOME: home, COSIGN_PASSWORD: '' },
      });
      const image = await provenanceBy(ours, {}, { kind: 'file', path: join(home, 'cosign.key') });
      const pem = await readFile(join(home, 'cosign.pub'), 'utf8');
      const byKey = (changes: Partial<RequiredAttestation> = {}) =>
        required({ signer: { kind: 'public-key', pem }, ...changes });
      const unstamped = (bundle: Bundle) => withMaterial(bundle, { timestampVerificationData: {} });
      for (const transparencyLog of [true, false]) {
        const wanted = await byKey({ transparencyLog });
        expect(await words(image, wanted)).toMatch(/no log and no timestamp authority/);
        expect(await look(image, { ...wanted, maxAgeMs: undefined })).toMatchObject({
          proof: { state: 'proven', at: undefined },
        });
      }
      expect(await look(image, await byKey({ maxAgeMs: undefined }), { changed: unstamped })).toMatchObject({
        proof: { state: 'proven', at: undefined },
      });
    });

    it('in the legacy format does not count if a timestamp is required instead of the log', async () => {
      const { staged, target } = await provenanceBy(ours);
      const given = ports(staged, ours);
      const [bundle] = await bundleOf(given.evidence, target);
      const { dsseEnvelope: envelope, verificationMaterial: material } = bundle as unknown as {
        dsseEnvelope: { payload: string; payloadType: string; signatures: { sig: string }[] };
        verificationMaterial: { certificate: { rawBytes: string } };
      };
      const certificate = new X509Certificate(Buffer.from(material.certificate.rawBytes, 'base64'));
      const attachments = new Attachments();
      attachments
        .of(target.digest)
        .tag('att', [Buffer.from(JSON.stringify(envelope))], 'application/vnd.dsse.envelope.v1+json', {
          'dev.sigstore.cosign/certificate': certificate.toString(),
        });
      const wanted = await required({ transparencyLog: false, maxAgeMs: undefined });
      const verifier = await prepareAttestationVerifier([wanted], VERSION, unmetCondition, {
        ...given,
        evidence: attachments,
      });
      try {
        const [outcome] = await verifier.verify(
          { ...target, isIndex: false, platforms: [], attestations: [] },
          new Date(),
        );
        expect(outcome?.proof).toMatchObject({
          state: 'failed',
          detail: expect.stringMatching(/in the legacy format only, without a timestamp/),
        });
      } finally {
        await verifier.close();
      }
    });

    it.each<[string, (own: string, forged: string) => Readonly<Record<string, unknown>>]>([
      [
        'before the certificate, a PEM block that Node reads and Go skips',
        // Node ends base64 at a dash. Go does not decode such a block, and goes on to the next one.
        (own, forged) => ({ [CERTIFICATE]: forged.replace('\n-----END', '\n-\n-----END') + own }),
      ],
      [
        'the certificate in a field that Go reads in another case',
        (own, forged) => ({ [CERTIFICATE]: forged, more: { Annotations: { [CERTIFICATE]: own } } }),
      ],
    ])('in the legacy format cannot hide what its certificate was issued for: %s', async (_, forge) => {
      const log = createLog();
      const root = JSON.parse(await readFile(ours.trustedRoot, 'utf8')) as { tlogs: object[] };
      const trustedRoot = JSON.stringify({ ...root, tlogs: [...root.tlogs, log.trusted] });
      const wanted = await required({ trustedRoot, maxAgeMs: undefined });
      const tried = async (repository: string, annotate: typeof forge) => {
        const { staged, target } = await provenanceBy(ours, { repository });
        const given = ports(staged, ours);
        const [bundle] = await bundleOf(given.evidence, target);
        const { dsseEnvelope: envelope, verificationMaterial: material } = bundle as unknown as SignedBundle;
        const der = Buffer.from(material.certificate.rawBytes, 'base64');
        const own = pemOf(der);
        // Another repository with a name of the same length. The signature of the certificate is then wrong.
        const forged = pemOf(Buffer.from(der.toString('latin1').replaceAll(source, repository), 'latin1'));
        const { more, ...annotations } = annotate(own, forged);
        const bytes = Buffer.from(JSON.stringify(envelope));
        const entry = log.entry(bytes, envelope.signatures[0]?.sig ?? '', own);
        const evidence = new Attachments();
        evidence
          .of(target.digest)
          .tag(
            'att',
            [bytes],
            'application/vnd.dsse.envelope.v1+json',
            { ...(annotations as Record<string, string>), 'dev.sigstore.cosign/bundle': entry },
            more as Readonly<Record<string, unknown>> | undefined,
          );
        const verifier = await prepareAttestationVerifier([wanted], VERSION, unmetCondition, {
          ...given,
          evidence,
        });
        try {
          const image = { ...target, isIndex: false, platforms: [], attestations: [] };
          const [outcome] = await verifier.verify(image, new Date());
          return `${outcome?.proof.state}: ${outcome?.proof.detail}`;
        } finally {
          await verifier.close();
        }
      };
      const plainly: typeof forge = (own) => ({ [CERTIFICATE]: own });
      expect(await tried(source, plainly)).toMatch(/^proven/);
      const other = source.replace(/app$/, 'bad');
      expect(await tried(other, plainly)).toMatch(/^failed: .*its certificate was issued for/);
      expect(await tried(other, forge)).toMatch(/^failed: /);
    });

    it('counts only as the bundle that cosign reads, however its manifest is written', async () => {
      // Go ignores the case of names, and takes a layer from its descriptor if that contains it.
      const instead = (bundle: Bundle) => {
        const bytes = Buffer.from(JSON.stringify(bundle));
        const digest = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
        const mediaType = 'application/vnd.dev.sigstore.bundle.v0.3+json';
        return { Layers: [{ mediaType, digest, size: bytes.length, data: bytes.toString('base64') }] };
      };
      const repository = source.replace(/app$/, 'bad');
      const forge = (bundle: Bundle) => {
        const { certificate } =
          bundle.verificationMaterial as unknown as SignedBundle['verificationMaterial'];
        const der = Buffer.from(certificate.rawBytes, 'base64').toString('latin1');
        const rawBytes = Buffer.from(der.replaceAll(source, repository), 'latin1').toString('base64');
        return withMaterial(bundle, { certificate: { rawBytes } } as never);
      };
      const image = await provenanceBy(ours, { repository });
      expect(await words(image, await required(), { changed: forge })).toMatch(/not signed by this signer/);
      const hidden = { changed: forge, more: instead };
      expect(await words(image, await required(), hidden)).toMatch(/not signed by this signer/);
    });

    it('cannot be made newer by a changed copy of the bundle', async () => {
      const image = await provenanceBy(ours);
      const later = new Date(Date.now() + 3 * DAY_MS);
      const recent = String(Math.floor(later.getTime() / 1000) - 60);
      const entry = (bundle: Bundle) => bundle.verificationMaterial.tlogEntries?.[0] ?? {};
      const changes: readonly ((bundle: Bundle) => Bundle)[] = [
        // A time that the log did not sign.
        (bundle) => withMaterial(bundle, { tlogEntries: [{ ...entry(bundle), integratedTime: recent }] }),
        // Go reads a promise of line breaks as none.
        (bundle) =>
          withMaterial(bundle, {
            tlogEntries: [
              {
                ...entry(bundle),
                integratedTime: recent,
                inclusionPromise: { signedEntryTimestamp: '\n\n\n\n' },
              },
            ],
            timestampVerificationData: {},
          }),
        (bundle) =>
          withMaterial(bundle, {
            tlogEntries: [
              entry(bundle),
              {
                ...entry(bundle),
                logIndex: '7',
                logId: { keyId: Buffer.alloc(32).toString('base64') },
                integratedTime: recent,
                inclusionPromise: { signedEntryTimestamp: 'AAAA' },
              },
            ],
          }),
        // Without the timestamp, or in a spelling in which it is not found.
        (bundle) => withMaterial(bundle, { timestampVerificationData: {} }),
        (bundle) => {
          const { timestampVerificationData: data, ...rest } = bundle.verificationMaterial;
          return {
            ...bundle,
            verificationMaterial: {
              ...rest,
              timestamp_verification_data: data,
              tlogEntries: [{ ...entry(bundle), integratedTime: recent }],
            } as never,
          };
        },
      ];
      for (const transparencyLog of [true, false]) {
        for (const changed of changes) {
          await words(image, await required({ transparencyLog }), { now: later, changed });
        }
      }
    });
  });

  it('retries while the transparency log is unavailable', async () => {
    const { staged, target } = await bench();
    const tried = Promise.withResolvers<void>();
    const { signed } = await sign(staged, target, ours, (line) => {
      if (line.startsWith('Trying again')) tried.resolve();
    });
    await ours.stopLog();
    const signing = signed();
    try {
      await Promise.race([tried.promise, signing]);
    } finally {
      await ours.startLog();
    }
    expect(await signing).toMatchObject([{ state: 'signed' }]);
  });
});
