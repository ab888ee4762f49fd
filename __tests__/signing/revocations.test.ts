/**
 * Revoked verdicts, and attempts to hide a revocation: the real cosign, the emulated ECR and KMS. Whatever is pushed,
 * moved or refused, an image whose verdict was revoked is not verified.
 */

import { generateKeyPairSync } from 'node:crypto';
import { delimiter } from 'node:path';
import { ECRClient } from '@aws-sdk/client-ecr';
import { beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { FaultKind, FaultSpec } from '../../emulator/scenario.ts';
import { scenarios } from '../../emulator/scenarios/index.ts';
import { type Emulator, startEmulator } from '../../emulator/server.ts';
import { DeadlineRetryStrategy } from '../../src/aws/retry.ts';
import { type Clock, startDeadline, systemClock } from '../../src/deadline.ts';
import { parseReference } from '../../src/image/reference.ts';
import type { Digest } from '../../src/results/registry.ts';
import { SIGNATURE_TYPE } from '../../src/signing/cosign/arguments.ts';
import { parseCosignVersion } from '../../src/signing/cosign/release.ts';
import { ecrEvidence } from '../../src/signing/evidence/ecr.ts';
import { signedBy } from '../../src/signing/evidence/envelope.ts';
import { readEvidence } from '../../src/signing/evidence/read.ts';
import type { Proof } from '../../src/signing/outcomes.ts';
import type { SigningPorts } from '../../src/signing/ports.ts';
import { prepareSigner, type SigningSettings } from '../../src/signing/sign.ts';
import { resourceUri, SUMMARY_TYPE, VERIFIER_ID } from '../../src/signing/statements/predicate.ts';
import { prepareVerifier, type VerificationSettings } from '../../src/signing/verify.ts';
import { directoryOf, findCosign, needsCosign, OTHER_KEY } from '../e2e/signed.ts';
import {
  bundleOf,
  digestOf,
  envelopeOf,
  type Key,
  kmsKey,
  MANIFEST_TYPE,
  newKey,
  referrerManifest,
  statementText,
} from './attached.ts';

vi.setConfig({ testTimeout: 120_000 });
beforeAll(findCosign, 900_000);

const POLICY = 'c'.repeat(64);
const ASKED = { policies: [POLICY], maxAgeMs: 3_600_000 };

/** A clock that is ten times as fast, for pauses between attempts. */
const impatient: Clock = {
  now: () => systemClock.now() * 10,
  sleep: (ms, signal) => systemClock.sleep(ms / 10, signal),
};

/** An image in an emulated registry, and artifacts that everyone with push permission can attach to it. */
class Bench {
  readonly emulator: Emulator;
  readonly key: Key;
  readonly others: Key;
  readonly registry;
  readonly repository: string;
  readonly digest: Digest;
  /** Further environment variables of the step. */
  environment: Record<string, string> = {};
  private readonly cosign: string;

  constructor(emulator: Emulator, cosign: string) {
    this.emulator = emulator;
    this.cosign = cosign;
    this.key = kmsKey(emulator);
    this.others = kmsKey(emulator, 1);
    ({ registry: this.registry, repository: this.repository } = parseReference(emulator.images[0] ?? ''));
    this.digest = emulator.digests.get('app') as Digest;
  }

  get stored() {
    const repository = this.emulator.store.repositories.get(this.repository);
    if (repository === undefined) throw new Error('no repository');
    return repository;
  }

  /** A predicate with the given differences from a valid one. */
  predicate(changes: Record<string, unknown> = {}) {
    return {
      verifier: { id: VERIFIER_ID },
      timeVerified: this.time(0),
      resourceUri: resourceUri(this.registry, this.repository),
      policy: { uri: 'urn:policy', digest: { sha256: POLICY } },
      verificationResult: 'PASSED',
      verifiedLevels: ['X'],
      ...changes,
    };
  }

  failed(changes: Record<string, unknown> = {}) {
    return this.predicate({
      verificationResult: 'FAILED',
      verifiedLevels: ['FAILED'],
      timeVerified: this.time(1_000),
      ...changes,
    });
  }

  time(aheadMs: number): string {
    return new Date(this.emulator.now() + aheadMs).toISOString();
  }

  statement(predicate: unknown, type = SUMMARY_TYPE): string {
    return statementText(type, predicate, this.digest);
  }

  /** Pushes a bundle; the digests of its manifest and of its blob. */
  push(bundle: Buffer, more: Record<string, unknown> = {}) {
    const blob = this.emulator.store.putBlob(this.stored, bundle);
    this.emulator.store.putBlob(this.stored, Buffer.from('{}'));
    const manifest = Buffer.from(referrerManifest(this.digest, bundle, more));
    const { digest } = this.emulator.store.putManifest(this.stored, MANIFEST_TYPE, manifest);
    return { digest, blob };
  }

  attest(predicate: unknown, key = this.key, type = SUMMARY_TYPE) {
    return this.push(bundleOf(this.statement(predicate, type), key));
  }

  /** Moves the tag of legacy attestations. */
  attestLegacy(...texts: readonly [text: string, key: Key][]) {
    const layers = texts.map(([text, key]) => Buffer.from(JSON.stringify(envelopeOf(text, key))));
    const manifest = {
      schemaVersion: 2,
      mediaType: MANIFEST_TYPE,
      config: { mediaType: 'application/vnd.oci.image.config.v1+json', digest: digestOf('{}'), size: 2 },
      layers: layers.map((layer) => ({
        mediaType: 'application/vnd.dsse.envelope.v1+json',
        digest: this.emulator.store.putBlob(this.stored, layer),
        size: layer.length,
        annotations: { 'dev.cosignproject.cosign/signature': '' },
      })),
    };
    this.emulator.store.putBlob(this.stored, Buffer.from('{}'));
    const tag = `${this.digest.replace(':', '-')}.att`;
    return this.emulator.store.putManifest(
      this.stored,
      MANIFEST_TYPE,
      Buffer.from(JSON.stringify(manifest)),
      tag,
    );
  }

  sign(key = this.key) {
    return this.attest({}, key, SIGNATURE_TYPE);
  }

  /** Signed, and attested as passed. */
  pass() {
    this.sign();
    return this.attest(this.predicate());
  }

  ports(totalMs = 1_200_000): SigningPorts {
    const { emulator } = this;
    const deadline = startDeadline(totalMs, impatient, new AbortController().signal);
    const environment: Record<string, string> = {
      ...emulator.env(),
      PATH: `${directoryOf(this.cosign)}${delimiter}${process.env.PATH}`,
      ...this.environment,
    };
    const ecr = new ECRClient({
      endpoint: emulator.url,
      region: emulator.scenario.region,
      credentials: {
        accessKeyId: environment.AWS_ACCESS_KEY_ID ?? '',
        secretAccessKey: environment.AWS_SECRET_ACCESS_KEY ?? '',
      },
      retryStrategy: new DeadlineRetryStrategy(deadline, () => {}),
    });
    onTestFinished(() => {
      deadline.clear();
      ecr.destroy();
    });
    const unasked = () => Promise.reject(new Error('no call is expected'));
    return {
      deadline,
      environment,
      log: () => {},
      warn: () => {},
      mask: () => {},
      authorize: unasked,
      identityToken: unasked,
      download: unasked,
      evidence: ecrEvidence({ ecr: () => ecr }, deadline, { AWS_ENDPOINT_URL_ECR: emulator.url }),
    };
  }

  async verify(changes: Partial<VerificationSettings> = {}, totalMs = 1_200_000): Promise<Proof[]> {
    const reference = `awskms:///${this.emulator.kms.arn(this.emulator.scenario.keys?.[0]?.id ?? '')}`;
    const verifier = await prepareVerifier(
      {
        signers: [{ kind: 'key', key: { kind: 'kms', reference, region: undefined } }],
        format: 'bundle',
        annotations: {},
        transparencyLog: false,
        cosignVersion: parseCosignVersion('v3.0.6'),
        services: undefined,
        summary: ASKED,
        ...changes,
      },
      this.ports(totalMs),
    );
    try {
      const { registry, repository, digest } = this;
      const now = new Date(this.emulator.now());
      return await verifier.verify({ registry, repository, digest, platform: undefined }, now);
    } finally {
      await verifier.close();
    }
  }
}

async function bench(context: Parameters<typeof needsCosign>[0]): Promise<Bench> {
  const cosign = await needsCosign(context);
  const story = scenarios['pass-single'];
  if (story === undefined) throw new Error('no scenario');
  const emulator = await startEmulator({ ...story, keys: [...(story.keys ?? []), OTHER_KEY] });
  onTestFinished(() => emulator.close());
  return new Bench(emulator, cosign);
}

const PROVEN = [{ state: 'proven' }, { state: 'proven' }];
const states = (proofs: readonly Proof[]) => proofs.map(({ state }) => state);
const details = (proofs: readonly Proof[]) => proofs.map(({ detail }) => detail).join('\n');

describe('a verdict that was revoked', () => {
  it('verifies if no attestation of the signer revokes it, and names those of others', async (context) => {
    const it_ = await bench(context);
    it_.pass();
    expect(await it_.verify()).toMatchObject(PROVEN);
    // cosign reads the copy, and needs no credentials for a registry.
    expect(it_.emulator.registryRequests).toEqual([]);
    expect(it_.emulator.count('GetAuthorizationToken')).toBe(0);
    const { digest } = it_.attest(it_.failed());
    const [signature, summary] = await it_.verify();
    expect(signature?.state).toBe('proven');
    expect(summary).toMatchObject({
      state: 'failed',
      detail: expect.stringMatching(new RegExp(`newest .* says FAILED \\(${digest}\\)`)),
      nextStep: expect.stringMatching(
        `Do not deploy.*aws ecr batch-delete-image .* --repository-name ${it_.repository} --image-ids imageDigest=${digest}`,
      ),
    });
    // It is not verified either if only the signature is required.
    expect(states(await it_.verify({ summary: undefined }))).toEqual(['proven', 'failed']);
    expect(it_.emulator.foreign).toEqual([]);
  });

  it('counts in an envelope that is a referrer by itself, if the signer made it', async (context) => {
    const it_ = await bench(context);
    it_.pass();
    const refer = (key: Key, annotations: Record<string, string>) => {
      const text = it_.statement(it_.failed());
      const bytes = Buffer.from(JSON.stringify(envelopeOf(text, key)));
      const mediaType = 'application/vnd.dsse.envelope.v1+json';
      const layers = [{ mediaType, digest: digestOf(bytes), size: bytes.length, annotations }];
      return it_.push(bytes, { artifactType: 'application/vnd.dev.cosign.artifact.att.v1+json', layers });
    };
    refer(it_.others, {});
    refer(it_.others, { 'dev.cosignproject.cosign/signature': '' });
    expect(await it_.verify()).toMatchObject(PROVEN);
    const { digest } = refer(it_.key, {});
    const proofs = await it_.verify();
    expect(states(proofs)).toEqual(['proven', 'failed']);
    expect(details(proofs)).toContain(`says FAILED (${digest})`);
  });

  it('is verified without any proxy', async (context) => {
    const it_ = await bench(context);
    it_.pass();
    const nowhere = 'http://127.0.0.1:9';
    it_.environment = { HTTP_PROXY: nowhere, http_proxy: nowhere, NO_PROXY: '' };
    expect(await it_.verify()).toMatchObject(PROVEN);
  });

  it('is valid again once a newer summary says PASSED, also if only the signature is required', async (context) => {
    const it_ = await bench(context);
    it_.pass();
    it_.attest(it_.failed({ timeVerified: it_.time(-60_000) }));
    const proofs = await it_.verify();
    expect(proofs).toMatchObject(PROVEN);
    expect(details(proofs)).toMatch(/not counted: one of \S+ that says FAILED is older/);
    expect(states(await it_.verify({ summary: undefined }))).toEqual(['proven', 'proven']);
    // A summary without a time is not older than any other.
    it_.attest({ verificationResult: 'FAILED' });
    expect(states(await it_.verify())).toEqual(['proven', 'failed']);
  });

  describe('hidden', () => {
    const of =
      (api: string, match: (pushed: { digest: string; blob: string }) => string | undefined) =>
      (kind: FaultKind, more: Partial<FaultSpec> = {}) =>
      (pushed: { digest: string; blob: string }): FaultSpec => {
        const matched = match(pushed);
        return { api, kind, ...(matched === undefined ? {} : { match: matched }), ...more };
      };
    const list = of('ListImageReferrers', () => undefined);
    const manifest = of('BatchGetImage', ({ digest }) => digest);
    const url = of('GetDownloadUrlForLayer', ({ blob }) => blob);
    const download = of('LayerDownload', ({ blob }) => blob);
    const registryManifest = of('registry', ({ digest }) => digest);
    const registryBlob = of('registry', ({ blob }) => blob);
    const registryList = of('registry', () => '/referrers/');
    const seen = /says FAILED/;

    it.for<[string, (pushed: { digest: string; blob: string }) => FaultSpec, RegExp]>([
      // Faults that cosign itself would have met. cosign no longer calls the registry.
      ['a manifest that the registry denies', registryManifest('deny'), seen],
      ['a manifest that the registry has lost', registryManifest('not-found'), seen],
      ['a manifest that the registry throttles', registryManifest('throttle'), seen],
      ['a manifest that the registry fails for', registryManifest('500'), seen],
      ['a blob that the registry denies', registryBlob('deny'), seen],
      ['a blob that the registry has lost', registryBlob('not-found', { to: 2 }), seen],
      ['a registry without referrers', registryList('not-found'), seen],
      // Faults of the calls that are made now.
      ['a list that is denied', list('deny'), /AWS denies ecr:ListImageReferrers/],
      ['a list that is missing', list('missing-member'), /returned no list/],
      ['an empty response', list('empty'), /returned no list/],
      ['a list that is missing at first', list('missing-member', { to: 1 }), seen],
      ['a page that refers to itself', list('repeat-token'), /twice|same page token/],
      ['an empty page that is not the last', list('empty-page'), /empty page/],
      ['an empty page at first', list('empty-page', { to: 1 }), seen],
      ['entries twice', list('repeat-items'), /twice/],
      ['entries without digests', list('no-digests'), /without a digest/],
      ['artifact types that are null', list('null-types'), seen],
      ['other digests', list('other-digest'), /could not be read/],
      ['temporary throttling', list('throttle', { to: 2 }), seen],
      ['a temporary malformed body', list('garbage', { to: 1 }), seen],
      ['a manifest that is denied', manifest('deny'), /AWS denies ecr:BatchGetImage/],
      ['a manifest that is lost', manifest('not-found'), /could not be read: ECR returned ImageNotFound/],
      ['a manifest that is lost at first', manifest('not-found', { to: 1 }), seen],
      ['a manifest with other bytes', manifest('wrong-bytes'), /does not match its digest/],
      ['manifests left out', manifest('missing-member'), /does not contain it/],
      ['manifests of other digests', manifest('other-digest'), /does not contain it/],
      ['a temporary HTTP 500 for the manifests', manifest('500', { to: 2 }), seen],
      ['a blob that is denied', url('deny'), /AWS denies ecr:GetDownloadUrlForLayer/],
      ['a blob that is lost', url('not-found'), /LayersNotFound|could not be found/],
      ['a blob without a URL', url('empty'), /returned no URL/],
      [
        'a download that is denied',
        download('deny'),
        /could not be downloaded: the server returned HTTP 403/,
      ],
      [
        'a download that is lost',
        download('not-found'),
        /could not be downloaded: the server returned HTTP 404/,
      ],
      [
        'a download that is throttled',
        download('throttle'),
        /could not be downloaded: the server returned HTTP 429/,
      ],
      ['a download that fails', download('500'), /could not be downloaded: the server returned HTTP 500/],
      ['a download with other bytes', download('wrong-bytes'), /do not match the digest/],
      ['an empty download', download('empty'), /do not match the digest/],
      ['a download that fails at first', download('500', { to: 2 }), seen],
      ['a download that is reset at first', download('reset', { to: 1 }), seen],
    ])('by %s', async ([, fault, why], context) => {
      const it_ = await bench(context);
      it_.pass();
      const pushed = it_.attest(it_.failed());
      it_.emulator.addFault(fault(pushed));
      const proofs = await it_.verify();
      expect(states(proofs)).toContain('failed');
      expect(details(proofs)).toMatch(why);
      if (why === seen) return;
      // The message names the reason and the next step, and does not report anything as absent.
      expect(proofs[0]).toMatchObject({ state: 'failed', nextStep: expect.stringMatching(/\.$/) });
      expect(details(proofs)).toMatch(
        /not everything that is attached to it could be read, and it may revoke the verdict/,
      );
    });

    it('by one that stays denied until the run ends', async (context) => {
      const it_ = await bench(context);
      it_.pass();
      it_.attest(it_.failed());
      it_.emulator.addFault({ api: 'ListImageReferrers', kind: '500' });
      await expect(it_.verify({}, 30_000)).rejects.toMatchObject({ code: 'timeout' });
    });

    it('on a later page, between copies of the PASSED one', async (context) => {
      const it_ = await bench(context);
      const good = [
        bundleOf(it_.statement({}, SIGNATURE_TYPE), it_.key),
        bundleOf(it_.statement(it_.predicate()), it_.key),
      ];
      const copies = (from: number) => {
        for (let count = from; count < from + 40; count += 1) {
          for (const bundle of good) it_.push(bundle, { annotations: { copy: String(count) } });
        }
      };
      copies(0);
      expect(await it_.verify()).toMatchObject(PROVEN);
      it_.attest(it_.failed());
      copies(40);
      expect(details(await it_.verify())).toMatch(seen);
      expect(it_.emulator.count('ListImageReferrers')).toBe(2 + 4);
    });

    it('by an archive', async (context) => {
      const it_ = await bench(context);
      it_.pass();
      const { digest } = it_.attest(it_.failed());
      it_.stored.archived.add(digest);
      const proofs = await it_.verify();
      expect(details(proofs)).toMatch(
        new RegExp(`${digest} could not be read: ECR returned ImageInaccessible`),
      );
      expect(proofs[0]?.nextStep).toMatch(/Restore it if it is archived/);
    });

    it('behind PASSED attestations under the legacy tag', async (context) => {
      const it_ = await bench(context);
      it_.sign();
      it_.attestLegacy([it_.statement(it_.predicate()), it_.key]);
      const { blob } = it_.attest(it_.failed());
      it_.emulator.addFault({ api: 'registry', match: blob, kind: 'not-found' });
      // In format bundle, only bundles count as summaries.
      expect(states(await it_.verify())).toEqual(['proven', 'failed']);
    });

    it('until it is deleted, and then it no longer counts', async (context) => {
      const it_ = await bench(context);
      it_.pass();
      const { digest } = it_.attest(it_.failed());
      expect(states(await it_.verify())).toEqual(['proven', 'failed']);
      it_.stored.manifests.delete(digest);
      expect(await it_.verify()).toMatchObject(PROVEN);
    });
  });

  it('is revoked in either format, whichever is required', async (context) => {
    const it_ = await bench(context);
    it_.pass();
    const text = it_.statement(it_.failed());
    const { digest } = it_.attestLegacy([it_.statement(it_.predicate()), it_.key], [text, it_.key]);
    const [, summary] = await it_.verify();
    expect(summary).toMatchObject({
      state: 'failed',
      detail: expect.stringContaining(digest),
      nextStep: expect.stringContaining('this also deletes the other attestations of the image'),
    });
    const legacy = await bench(context);
    legacy.sign();
    legacy.attestLegacy([legacy.statement(legacy.predicate()), legacy.key]);
    expect(states(await legacy.verify({ format: 'legacy' }))).toEqual(['failed', 'proven']);
    legacy.attest(legacy.failed());
    expect(details(await legacy.verify({ format: 'legacy' }))).toMatch(/says FAILED/);
  });

  it('is revoked with and without a log entry, if the log is required', async (context) => {
    const it_ = await bench(context);
    it_.pass();
    it_.attest(it_.failed());
    // The PASSED ones are in no log, so nothing is verified. The revocation is still reported.
    const services = { signingConfig: undefined, trustedRoot: '/dev/null' };
    const proofs = await it_.verify({ transparencyLog: true, services });
    expect(states(proofs)).toEqual(['failed', 'failed']);
    expect(details(proofs)).toMatch(/says FAILED/);
  });

  it.for<[string, (it_: Bench) => unknown]>([
    ['without a repository', (it_) => it_.attest(it_.failed({ resourceUri: undefined }))],
    [
      'of the repository in capitals',
      (it_) => it_.attest(it_.failed({ resourceUri: it_.predicate().resourceUri.toUpperCase() })),
    ],
    [
      'of the repository by FIPS, with a port and a tag',
      (it_) =>
        it_.attest(
          it_.failed({
            resourceUri: `docker://${it_.registry.host.replace('.ecr.', '.ecr-fips.')}:443/${it_.repository}:1`,
          }),
        ),
    ],
    [
      'by another policy',
      (it_) => it_.attest(it_.failed({ policy: { digest: { sha256: 'd'.repeat(64) } } })),
    ],
    ['by another verifier', (it_) => it_.attest(it_.failed({ verifier: { id: 'urn:another' } }))],
    ['of the type with a slash', (it_) => it_.attest(it_.failed(), it_.key, `${SUMMARY_TYPE}/`)],
    [
      'of the type of an older version',
      (it_) =>
        it_.attest({ verification_result: 'FAILED' }, it_.key, 'https://slsa.dev/verification_summary/v0.2'),
    ],
    [
      'in format legacy, of the type in capitals',
      (it_) => it_.attestLegacy([it_.statement(it_.failed(), SUMMARY_TYPE.toUpperCase()), it_.key]),
    ],
    // cosign silently omits these.
    [
      'with a field that no statement has',
      (it_) =>
        it_.push(bundleOf(statementText(SUMMARY_TYPE, it_.failed(), it_.digest, { by: 'me' }), it_.key)),
    ],
    [
      'with its result twice',
      (it_) =>
        it_.push(
          bundleOf(
            it_.statement(it_.failed()).replace('"FAILED"', '"FAILED","verificationResult":"PASSED"'),
            it_.key,
          ),
        ),
    ],
    [
      'with the digest in capitals',
      (it_) =>
        it_.push(
          bundleOf(statementText(SUMMARY_TYPE, it_.failed(), it_.digest.slice(7).toUpperCase()), it_.key),
        ),
    ],
    [
      'in a bundle of an older version',
      (it_) =>
        it_.push(
          Buffer.from(
            bundleOf(it_.statement(it_.failed()), it_.key)
              .toString()
              .replace('bundle.v0.3+json', 'bundle+json;version=0.1'),
          ),
        ),
    ],
    [
      'in a bundle with the other names of its fields',
      (it_) => {
        const bundle = bundleOf(it_.statement(it_.failed()), it_.key).toString();
        const renamed = bundle
          .replace('dsseEnvelope', 'dsse_envelope')
          .replace('payloadType', 'payload_type');
        return it_.push(Buffer.from(renamed));
      },
    ],
    [
      'in a bundle with a second layer',
      (it_) => {
        const bundle = bundleOf(it_.statement(it_.failed()), it_.key);
        const layer = {
          mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json',
          digest: digestOf(bundle),
          size: bundle.length,
        };
        return it_.push(bundle, { layers: [layer, layer] });
      },
    ],
    [
      'under another artifact type',
      (it_) =>
        it_.push(bundleOf(it_.statement(it_.failed()), it_.key), { artifactType: 'application/vnd.example' }),
    ],
  ])('is revoked by one %s', async ([, revocation], context) => {
    const it_ = await bench(context);
    it_.pass();
    revocation(it_);
    expect(states(await it_.verify())).toEqual(['proven', 'failed']);
  });

  it('is not revoked by other signers, for another digest or clearly for another repository', async (context) => {
    const it_ = await bench(context);
    it_.pass();
    it_.attest(it_.failed(), it_.others);
    it_.attestLegacy([it_.statement(it_.failed()), it_.others]);
    expect(await it_.verify()).toMatchObject(PROVEN);
    const other = `sha256:${'e'.repeat(64)}`;
    const elsewhere = it_.predicate().resourceUri.replace('team/app', 'team/other');
    it_.push(bundleOf(statementText(SUMMARY_TYPE, it_.failed(), other), it_.key));
    it_.attest(it_.failed({ resourceUri: elsewhere }));
    const proofs = await it_.verify();
    expect(proofs).toMatchObject(PROVEN);
    expect(proofs[1]?.detail).toMatch(
      new RegExp(`not counted: one of .* is for ${other}, one of .* is for ${elsewhere}`),
    );
    const [, skipped] = await it_.verify({ summary: undefined });
    expect(skipped).toMatchObject({
      state: 'skipped',
      detail: expect.stringContaining(`is for ${elsewhere}`),
    });
  });

  it('is detected with keys of other kinds', async (context) => {
    const it_ = await bench(context);
    for (const [pair, hash] of [
      [generateKeyPairSync('rsa', { modulusLength: 2048 }), 'sha256'],
      [generateKeyPairSync('ec', { namedCurve: 'P-384' }), 'sha384'],
      [generateKeyPairSync('ed25519'), null],
    ] as const) {
      const key = newKey(pair, hash);
      const { digest } = it_.attest({ verificationResult: 'FAILED' }, key);
      const { evidence, deadline } = it_.ports(1_200_000);
      const { attestations } = await readEvidence(evidence, it_, deadline);
      const signed = attestations.filter(({ envelope }) => signedBy(key.pem)(envelope));
      expect(signed.map(({ manifest }) => manifest.digest)).toEqual([digest]);
    }
  });

  it('is found among thousands of bundles by other signers, in bounded time', async (context) => {
    const it_ = await bench(context);
    const junk = (count: number) => {
      const predicate = count % 2 === 0 ? it_.predicate({ count }) : it_.failed({ count });
      it_.attest(predicate, stranger, count % 3 === 0 ? SIGNATURE_TYPE : SUMMARY_TYPE);
    };
    const stranger = newKey();
    for (let count = 0; count < 1_500; count += 1) junk(count);
    it_.pass();
    for (let count = 1_500; count < 3_000; count += 1) junk(count);
    const started = performance.now();
    expect(await it_.verify()).toMatchObject(PROVEN);
    const first = performance.now();
    it_.attest(it_.failed());
    expect(details(await it_.verify())).toMatch(/says FAILED/);
    console.log(`3,000 bundles by others: ${first - started} ms, ${performance.now() - first} ms`);
  });
});

describe('the gate', () => {
  const refuse = async (it_: Bench, changes: Partial<SigningSettings> = {}) => {
    const reference = `awskms:///${it_.emulator.kms.arn(it_.emulator.scenario.keys?.[0]?.id ?? '')}`;
    const signer = await prepareSigner(
      {
        key: { kind: 'kms', reference, region: undefined },
        format: 'bundle',
        annotations: {},
        transparencyLog: false,
        cosignVersion: parseCosignVersion('v3.0.6'),
        services: undefined,
        ...changes,
      },
      it_.ports(),
    );
    try {
      const { registry, repository, digest } = it_;
      await signer.refuseRevoked([{ registry, repository, digest, platform: undefined }]);
    } finally {
      await signer.close();
    }
  };

  it('calls ECR twice if nothing is attached, and calls neither KMS nor cosign if nothing can revoke the verdict', async (context) => {
    const it_ = await bench(context);
    const calls = () => it_.emulator.calls.map(({ api }) => api);
    await refuse(it_);
    expect(calls()).toEqual(['ListImageReferrers', 'BatchGetImage']);
    it_.pass();
    it_.attest(it_.failed(), it_.others, 'https://example.com/other');
    await refuse(it_);
    expect(calls().filter((api) => /Key/.test(api))).toEqual([]);
  });

  it.for<[string, (it_: Bench) => { digest: string }]>([
    ['in a bundle', (it_) => it_.attest(it_.failed())],
    [
      'before it passed',
      (it_) => {
        const taker = it_.attest(it_.failed({ timeVerified: it_.time(-86_400_000) }));
        it_.pass();
        return taker;
      },
    ],
    ['without a time', (it_) => it_.attest({ verificationResult: 'FAILED' })],
    ['in format legacy', (it_) => it_.attestLegacy([it_.statement(it_.failed()), it_.key])],
  ])('refuses an image whose verdict was revoked %s', async ([, revocation], context) => {
    const it_ = await bench(context);
    const { digest } = revocation(it_);
    await expect(refuse(it_)).rejects.toMatchObject({
      code: 'signing',
      message: expect.stringMatching(new RegExp(`was revoked: .* says FAILED \\(${digest}\\)`)),
      nextStep: expect.stringContaining(`imageDigest=${digest}`),
    });
  });

  it('ignores revocations by other signers', async (context) => {
    const it_ = await bench(context);
    it_.attest(it_.failed(), it_.others);
    it_.attestLegacy([it_.statement(it_.failed()), it_.others]);
    await refuse(it_);
  });

  it('does not sign an image whose attachments it cannot read', async (context) => {
    const it_ = await bench(context);
    const { digest } = it_.attest(it_.failed());
    it_.stored.archived.add(digest);
    await expect(refuse(it_)).rejects.toMatchObject({
      code: 'signing',
      message: expect.stringMatching(
        new RegExp(`Not everything that is attached .* could be read.*${digest}`),
      ),
    });
    const denied = await bench(context);
    denied.attest(denied.failed());
    denied.emulator.addFault({ api: 'GetPublicKey', kind: 'deny' });
    await expect(refuse(denied)).rejects.toMatchObject({
      code: 'signing',
      message: expect.stringMatching(/cosign could not read the public key: .*AccessDenied/),
      nextStep: expect.stringContaining('kms:GetPublicKey'),
    });
  });
});
