/**
 * Images that were copied by their digest to another repository, region or account: the real cosign, and an emulated ECR with
 * several regions and accounts. What passes an image where it comes from counts for the copy only if that is configured, and
 * what revokes its verdict counts in every place.
 */

import { delimiter } from 'node:path';
import { beforeAll, describe, expect, it, onTestFinished, type TestContext, vi } from 'vitest';
import type { RepositorySpec } from '../../emulator/scenario.ts';
import { ACCOUNT, image, REGION, scanned, story } from '../../emulator/scenarios/build.ts';
import { scenarios } from '../../emulator/scenarios/index.ts';
import { type Emulator, startEmulator } from '../../emulator/server.ts';
import type { Repository } from '../../emulator/store.ts';
import { createClients } from '../../src/aws/clients.ts';
import { type Clock, startDeadline, systemClock } from '../../src/deadline.ts';
import { plainName, registryOf } from '../../src/image/reference.ts';
import type { Digest } from '../../src/results/registry.ts';
import { SIGNATURE_TYPE } from '../../src/signing/cosign/arguments.ts';
import { parseCosignVersion } from '../../src/signing/cosign/release.ts';
import { ecrEvidence } from '../../src/signing/evidence/ecr.ts';
import type { Proof } from '../../src/signing/outcomes.ts';
import type { SigningPorts } from '../../src/signing/ports.ts';
import { resourceUri, SUMMARY_TYPE, VERIFIER_ID } from '../../src/signing/statements/predicate.ts';
import { prepareVerifier, type VerificationSettings } from '../../src/signing/verify.ts';
import { directoryOf, findCosign, needsCosign, OTHER_KEY, signLegacyByHand } from '../e2e/signed.ts';
import {
  bundleOf,
  digestOf,
  envelopeOf,
  type Key,
  kmsKey,
  MANIFEST_TYPE,
  referrerManifest,
  statementText,
} from './attached.ts';

vi.setConfig({ testTimeout: 120_000 });
beforeAll(findCosign, 900_000);

const PRODUCTION = '210987654321';
const OTHER_REGION = 'us-east-1';
const POLICY = 'c'.repeat(64);
const ASKED = { policies: [POLICY], maxAgeMs: 3_600_000 };

const place = (repository: string, account = ACCOUNT, region = REGION) => ({
  registry: registryOf(account, region),
  repository,
});
type Place = ReturnType<typeof place>;

const SOURCE = place('team/app');
const COPIES = {
  'another repository': place('prod/app'),
  'another region': place('team/app', ACCOUNT, OTHER_REGION),
  'another account': place('team/app', PRODUCTION),
  'another account and region': place('prod/app', PRODUCTION, OTHER_REGION),
} as const;
const COPY = COPIES['another repository'];

/** What the account of the credentials may do in the repositories of other accounts. */
const SHARED = {
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` },
      Action: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer', 'ecr:ListImageReferrers'],
    },
  ],
} as const;

/** A clock that is ten times as fast, for pauses between attempts. */
const impatient: Clock = {
  now: () => systemClock.now() * 10,
  sleep: (ms, signal) => systemClock.sleep(ms / 10, signal),
};

class Bench {
  readonly emulator: Emulator;
  readonly key: Key;
  readonly digest: Digest;
  private readonly cosign: string;

  constructor(emulator: Emulator, cosign: string) {
    this.emulator = emulator;
    this.cosign = cosign;
    this.key = kmsKey(emulator);
    this.digest = emulator.digests.get('app') as Digest;
  }

  in({ registry, repository: name }: Place): Repository {
    const repository = this.emulator.storeOf(registry.account, registry.region).repositories.get(name);
    if (repository === undefined) throw new Error(`there is no repository ${name}`);
    return repository;
  }

  time(aheadMs: number): string {
    return new Date(this.emulator.now() + aheadMs).toISOString();
  }

  predicate(of: Place, changes: Record<string, unknown> = {}) {
    return {
      verifier: { id: VERIFIER_ID },
      timeVerified: this.time(0),
      resourceUri: resourceUri(of.registry, of.repository),
      policy: { uri: 'urn:policy', digest: { sha256: POLICY } },
      verificationResult: 'PASSED',
      verifiedLevels: ['X'],
      ...changes,
    };
  }

  /** Attaches a bundle in a repository. */
  attach(at: Place, predicate: unknown, { key = this.key, type = SUMMARY_TYPE, digest = this.digest } = {}) {
    const store = this.emulator.storeOf(at.registry.account, at.registry.region);
    const bundle = bundleOf(statementText(type, predicate, digest), key);
    const repository = this.in(at);
    store.putBlob(repository, bundle);
    store.putBlob(repository, Buffer.from('{}'));
    const manifest = Buffer.from(referrerManifest(digest, bundle));
    return store.putManifest(repository, MANIFEST_TYPE, manifest).digest;
  }

  /** Attaches a legacy attestation behind a tag in a repository. */
  attachLegacy(at: Place, predicate: unknown) {
    const store = this.emulator.storeOf(at.registry.account, at.registry.region);
    const text = statementText(SUMMARY_TYPE, predicate, this.digest);
    const layer = Buffer.from(JSON.stringify(envelopeOf(text, this.key)));
    const manifest = {
      schemaVersion: 2,
      mediaType: MANIFEST_TYPE,
      config: { mediaType: 'application/vnd.oci.image.config.v1+json', digest: digestOf('{}'), size: 2 },
      layers: [
        {
          mediaType: 'application/vnd.dsse.envelope.v1+json',
          digest: store.putBlob(this.in(at), layer),
          size: layer.length,
          annotations: { 'dev.cosignproject.cosign/signature': '' },
        },
      ],
    };
    store.putBlob(this.in(at), Buffer.from('{}'));
    const tag = `${this.digest.replace(':', '-')}.att`;
    return store.putManifest(this.in(at), MANIFEST_TYPE, Buffer.from(JSON.stringify(manifest)), tag).digest;
  }

  sign(at: Place, key = this.key) {
    return this.attach(at, {}, { key, type: SIGNATURE_TYPE });
  }

  /** What the gate attaches to an image that passed there. */
  pass(at: Place, aheadMs = 0) {
    this.sign(at);
    return this.attach(at, this.predicate(at, { timeVerified: this.time(aheadMs) }));
  }

  failed(of: Place, aheadMs = 1_000) {
    const says = { verificationResult: 'FAILED', verifiedLevels: ['FAILED'] };
    return this.predicate(of, { ...says, timeVerified: this.time(aheadMs) });
  }

  /** Copies what is attached in a repository, as `oras cp -r` does. */
  copyReferrers(from: Place, to: Place) {
    const store = this.emulator.storeOf(to.registry.account, to.registry.region);
    for (const { subject, mediaType, bytes } of [...this.in(from).manifests.values()]) {
      if (subject === this.digest) store.putManifest(this.in(to), mediaType, bytes);
    }
    for (const blob of this.in(from).blobs.values()) store.putBlob(this.in(to), blob);
  }

  /** Deletes what is attached in a repository, or the image with it. */
  remove(at: Place, digests: readonly string[]) {
    for (const digest of digests) this.in(at).manifests.delete(digest);
  }

  async verify(at: Place, changes: Partial<VerificationSettings> = {}): Promise<Proof[]> {
    const { emulator } = this;
    const env = emulator.env();
    for (const [name, value] of Object.entries(env)) {
      // The SDK takes them from the process.
      if (/^AWS_/.test(name)) vi.stubEnv(name, value);
    }
    const deadline = startDeadline(1_200_000, impatient, new AbortController().signal);
    const environment = { ...env, PATH: `${directoryOf(this.cosign)}${delimiter}${process.env.PATH}` };
    const clients = createClients(deadline, { log: () => {}, environment: {} });
    onTestFinished(() => {
      deadline.clear();
      clients.destroy();
      vi.unstubAllEnvs();
    });
    const unasked = () => Promise.reject(new Error('no call is expected'));
    const ports: SigningPorts = {
      deadline,
      environment,
      log: () => {},
      warn: () => {},
      mask: () => {},
      authorize: unasked,
      identityToken: unasked,
      download: unasked,
      evidence: ecrEvidence(clients, deadline, env),
    };
    const reference = `awskms:///${emulator.kms.arn(emulator.scenario.keys?.[0]?.id ?? '')}`;
    const verifier = await prepareVerifier(
      {
        signers: [{ kind: 'key', key: { kind: 'kms', reference, region: undefined } }],
        format: 'bundle',
        annotations: {},
        transparencyLog: false,
        cosignVersion: parseCosignVersion('v3.0.6'),
        services: undefined,
        summary: ASKED,
        promotedFrom: [SOURCE],
        ...changes,
      },
      ports,
    );
    try {
      const { registry, repository } = at;
      const target = { registry, repository, digest: this.digest, platform: undefined };
      return await verifier.verify(target, new Date(emulator.now()));
    } finally {
      await verifier.close();
    }
  }
}

async function bench(
  context: TestContext,
  policy: NonNullable<RepositorySpec['policy']> = SHARED,
): Promise<Bench> {
  const cosign = await needsCosign(context);
  const images = [image([scanned([])])];
  const keys = [...(scenarios['pass-single']?.keys ?? []), OTHER_KEY];
  const emulator = await startEmulator(
    story('promotion', 'An image, and its copies elsewhere.', images, {
      keys,
      repositories: [
        { name: 'team/app', images },
        { name: 'prod/app', images },
        { name: 'empty/app', images: [] },
      ],
      others: [
        { account: ACCOUNT, region: OTHER_REGION, repositories: [{ name: 'team/app', images }] },
        {
          account: PRODUCTION,
          region: REGION,
          repositories: [{ name: 'team/app', images, policy }],
        },
        {
          account: PRODUCTION,
          region: OTHER_REGION,
          repositories: [{ name: 'prod/app', images, policy }],
        },
      ],
    }),
  );
  onTestFinished(() => emulator.close());
  return new Bench(emulator, cosign);
}

const states = (proofs: readonly Proof[]) => proofs.map(({ state }) => state);
const details = (proofs: readonly Proof[]) => proofs.map(({ detail }) => detail).join('\n');
const nameOf = ({ registry, repository }: Place) => plainName(registry, repository);

describe('an image that was copied by its digest', () => {
  it.for(
    Object.entries(COPIES),
  )('to %s is verified by signature and summary of its source, if that is listed', async ([
    ,
    copy,
  ], context) => {
    const it_ = await bench(context);
    it_.pass(SOURCE);
    const proofs = await it_.verify(copy);
    expect(proofs).toMatchObject([
      { kind: 'signature', state: 'proven', promotedFrom: nameOf(SOURCE) },
      { kind: 'attestation', state: 'proven', promotedFrom: nameOf(SOURCE) },
    ]);
    expect(proofs[0]?.detail).toBe(`found in ${nameOf(SOURCE)}`);
    expect(proofs[1]?.detail).toMatch(`Verified by the summary of ${nameOf(SOURCE)}: PASSED by policy`);
    // cosign connects to no registry, so it needs credentials for none.
    expect(it_.emulator.registryRequests).toEqual([]);
    expect(it_.emulator.count('GetAuthorizationToken')).toBe(0);
    for (const promotedFrom of [[], [place('empty/app')]]) {
      expect(states(await it_.verify(copy, { promotedFrom }))).toEqual(['failed', 'failed']);
    }
  });

  it.for(Object.entries(COPIES))('from %s is verified by what is attached there', async ([
    ,
    source,
  ], context) => {
    const it_ = await bench(context);
    it_.pass(source);
    expect(await it_.verify(SOURCE, { promotedFrom: [source] })).toMatchObject([
      { state: 'proven', promotedFrom: nameOf(source) },
      { state: 'proven', promotedFrom: nameOf(source) },
    ]);
  });

  it('with everything that is attached is verified by it where it is', async (context) => {
    const it_ = await bench(context);
    it_.pass(SOURCE);
    it_.copyReferrers(SOURCE, COPY);
    const proofs = await it_.verify(COPY);
    expect(proofs).toMatchObject([
      { state: 'proven', detail: undefined },
      { state: 'proven', promotedFrom: nameOf(SOURCE) },
    ]);
    expect(proofs[0]?.promotedFrom).toBeUndefined();
    // Without the list, the signature still names the digest alone, and the summary names another repository.
    const alone = await it_.verify(COPY, { promotedFrom: [] });
    expect(states(alone)).toEqual(['proven', 'failed']);
    expect(details(alone)).toContain(`is for oci://${nameOf(SOURCE)}, not for oci://${nameOf(COPY)}`);
  });

  it('is verified by its own summary if the gate passed it there too', async (context) => {
    const it_ = await bench(context);
    it_.pass(SOURCE, -60_000);
    it_.pass(COPY);
    const proofs = await it_.verify(COPY, { promotedFrom: [SOURCE, COPY, SOURCE] });
    expect(states(proofs)).toEqual(['proven', 'proven']);
    expect(proofs.flatMap(({ promotedFrom }) => promotedFrom ?? [])).toEqual([]);
    expect(details(proofs)).not.toMatch('Verified by the summary');
    // Its own repository is read once, whatever the list has.
    const body = JSON.stringify({ imageDigest: it_.digest });
    const listings = it_.emulator.calls.filter(
      ({ api, body: text }) => api === 'ListImageReferrers' && text.includes(body),
    );
    expect(listings.map(({ body: text }) => JSON.parse(text).repositoryName)).toEqual([
      'prod/app',
      'team/app',
    ]);
  });

  it('is verified from any of several repositories, even if the others do not have it', async (context) => {
    const it_ = await bench(context);
    it_.pass(SOURCE);
    const promotedFrom = [place('empty/app'), COPIES['another region'], SOURCE];
    expect(states(await it_.verify(COPY, { promotedFrom }))).toEqual(['proven', 'proven']);
  });

  it('is verified in format legacy by what is attached to its source', async (context) => {
    const it_ = await bench(context);
    const image = `${nameOf(SOURCE)}@${it_.digest}`;
    await signLegacyByHand({ ...it_.emulator, images: [image] });
    it_.attachLegacy(SOURCE, it_.predicate(SOURCE));
    expect(await it_.verify(COPY, { format: 'legacy' })).toMatchObject([
      { state: 'proven', promotedFrom: nameOf(SOURCE) },
      { state: 'proven', promotedFrom: nameOf(SOURCE) },
    ]);
    // The other format is named, also where it is only there.
    expect(details(await it_.verify(COPY))).toMatch(/It has a valid signature in format legacy/);
  });

  describe('is not verified', () => {
    it.for<[string, (it_: Bench) => unknown, RegExp]>([
      [
        'by a summary of its source by another key',
        (it_) => {
          it_.sign(SOURCE);
          it_.attach(SOURCE, it_.predicate(SOURCE), { key: kmsKey(it_.emulator, 1) });
        },
        /no verification summary/,
      ],
      [
        'by a signature there by another key',
        (it_) => {
          it_.sign(SOURCE, kmsKey(it_.emulator, 1));
          it_.attach(SOURCE, it_.predicate(SOURCE));
        },
        /no valid signature by this signer was found: .*in \S+team\/app: /,
      ],
      [
        'by the summary of a repository that is not listed, wherever it is attached',
        (it_) => {
          const stranger = it_.predicate(place('team/app', PRODUCTION));
          it_.sign(COPY);
          it_.attach(COPY, stranger);
          it_.attach(SOURCE, stranger);
        },
        /is for oci:\/\/210987654321\S+, not for oci:\S+ or oci:/,
      ],
      [
        'by what is attached to another digest of its source',
        (it_) => {
          const digest = digestOf('another image');
          it_.attach(SOURCE, {}, { type: SIGNATURE_TYPE, digest });
          it_.attach(SOURCE, it_.predicate(SOURCE), { digest });
        },
        /no valid signature .*; in \S+team\/app: no signature is attached/,
      ],
      [
        'by a summary of its source that is too old',
        (it_) => {
          it_.pass(SOURCE, -7_200_000);
        },
        /too old/,
      ],
      [
        'by a summary of its source by another policy',
        (it_) => {
          it_.sign(SOURCE);
          const policy = { uri: 'urn:policy', digest: { sha256: 'd'.repeat(64) } };
          it_.attach(SOURCE, it_.predicate(SOURCE, { policy }));
        },
        /another policy/,
      ],
    ])('%s', async ([, prepare, why], context) => {
      const it_ = await bench(context);
      prepare(it_);
      const proofs = await it_.verify(COPY);
      expect(states(proofs)).toContain('failed');
      expect(details(proofs)).toMatch(why);
    });
  });
});

describe('a verdict on an image that was copied', () => {
  const everywhere = [
    ['in its source, of its source', SOURCE, SOURCE],
    ['in its source, of the copy', SOURCE, COPY],
    ['in the copy, of its source', COPY, SOURCE],
    ['in the copy, of the copy', COPY, COPY],
  ] as const;

  it.for(everywhere)('is revoked %s', async ([, at, of], context) => {
    const it_ = await bench(context);
    it_.pass(SOURCE);
    it_.copyReferrers(SOURCE, COPY);
    expect(states(await it_.verify(COPY))).toEqual(['proven', 'proven']);
    const digest = it_.attach(at, it_.failed(of));
    const [, summary] = await it_.verify(COPY);
    expect(summary).toMatchObject({ state: 'failed', detail: expect.stringContaining(digest) });
    expect(summary?.detail).toMatch(/says FAILED/);
    expect(summary?.nextStep).toMatch(
      `aws ecr batch-delete-image --registry-id ${ACCOUNT} --region ${REGION} --repository-name ${at.repository} --image-ids imageDigest=${digest}`,
    );
    expect(summary?.nextStep).not.toMatch(`--repository-name ${at === SOURCE ? 'prod' : 'team'}/app`);
    // Where only the signature is required, it counts as well.
    expect(states(await it_.verify(COPY, { summary: undefined }))).toEqual(['proven', 'failed']);
    // Deleted, it counts no more.
    it_.remove(at, [digest]);
    expect(states(await it_.verify(COPY))).toEqual(['proven', 'proven']);
  });

  it('is revoked by one in both places, and both are to be deleted', async (context) => {
    const it_ = await bench(context);
    it_.pass(SOURCE);
    const digest = it_.attach(SOURCE, it_.failed(SOURCE));
    it_.copyReferrers(SOURCE, COPY);
    const [, summary] = await it_.verify(COPY);
    const command = (repository: string) =>
      `--repository-name ${repository} --image-ids imageDigest=${digest}`;
    expect(summary?.nextStep).toContain(`${command('prod/app')} && aws ecr`);
    expect(summary?.nextStep).toContain(command('team/app'));
    it_.remove(SOURCE, [digest]);
    expect(states(await it_.verify(COPY))).toEqual(['proven', 'failed']);
  });

  it('is revoked in the other format, in its source', async (context) => {
    const it_ = await bench(context);
    it_.pass(SOURCE);
    it_.attachLegacy(SOURCE, it_.failed(SOURCE));
    const proofs = await it_.verify(COPY);
    expect(states(proofs)).toEqual(['proven', 'failed']);
    expect(details(proofs)).toMatch(/says FAILED/);
  });

  it('is not revoked by one of a repository that is not listed, and names it', async (context) => {
    const it_ = await bench(context);
    it_.pass(SOURCE);
    it_.attach(SOURCE, it_.failed(place('team/app', PRODUCTION)));
    const proofs = await it_.verify(COPY);
    expect(states(proofs)).toEqual(['proven', 'proven']);
    expect(details(proofs)).toMatch(/not counted: one of \S+ that says FAILED is for oci:\/\/210987654321/);
  });

  it.for([
    ['in the copy, by a newer summary of its source', COPY, COPY, SOURCE],
    ['in the copy and of its source, by a newer summary of its source', COPY, SOURCE, SOURCE],
    ['in its source, by a newer summary of the copy', SOURCE, SOURCE, COPY],
    ['in its source and of the copy, by a newer summary of its source', SOURCE, COPY, SOURCE],
  ] as const)('stays revoked %s: the gate did not look for the revocation there', async ([
    ,
    at,
    of,
    passedIn,
  ], context) => {
    const it_ = await bench(context);
    const digest = it_.attach(at, it_.failed(of, -60_000));
    it_.pass(passedIn);
    const proofs = await it_.verify(COPY);
    expect(states(proofs)).toEqual(['proven', 'failed']);
    expect(details(proofs)).toMatch(
      /says FAILED\. The newer summary of oci:\S+ does not count, because the gate for that repository does not look for this one/,
    );
    it_.remove(at, [digest]);
    expect(states(await it_.verify(COPY))).toEqual(['proven', 'proven']);
  });

  it('stays revoked by a bundle that others have made a legacy tag of in the repository that passed it later', async (context) => {
    const it_ = await bench(context);
    const digest = it_.attach(COPY, it_.failed(SOURCE, -60_000));
    const bundle = it_.in(COPY).manifests.get(digest)?.bytes ?? Buffer.from('');
    const store = it_.emulator.storeOf(ACCOUNT, REGION);
    for (const blob of it_.in(COPY).blobs.values()) store.putBlob(it_.in(SOURCE), blob);
    const { subject: _, ...tagged } = store.putManifest(it_.in(SOURCE), MANIFEST_TYPE, bundle);
    // It is not a referrer there, but cosign and the gate find it behind the tag, and read it in another way.
    it_.in(SOURCE).manifests.set(digest, { ...tagged, subject: undefined });
    it_.in(SOURCE).tags.set(`${it_.digest.replace(':', '-')}.att`, digest);
    it_.pass(SOURCE);
    const proofs = await it_.verify(COPY);
    expect(states(proofs)).toEqual(['proven', 'failed']);
    expect(details(proofs)).toMatch(/does not look for this one/);
  });

  it('is valid again once a newer summary of the same repository says PASSED', async (context) => {
    const it_ = await bench(context);
    it_.attach(SOURCE, it_.failed(SOURCE, -60_000));
    it_.pass(SOURCE);
    const proofs = await it_.verify(COPY);
    expect(states(proofs)).toEqual(['proven', 'proven']);
    expect(details(proofs)).toMatch(/not counted: one of \S+ that says FAILED is older/);
  });
});

describe('a repository that promoted-from lists', () => {
  const whole = (it_: Bench, at: Place) => {
    it_.pass(SOURCE);
    it_.copyReferrers(SOURCE, at);
    it_.pass(at);
  };

  it.for([
    'ListImageReferrers',
    'BatchGetImage',
    'GetDownloadUrlForLayer',
  ])('has to be readable, also if the copy has everything: %s', async (api, context) => {
    const it_ = await bench(context);
    whole(it_, COPY);
    it_.emulator.addFault({ api, kind: 'deny', match: '"repositoryName":"team/app"' });
    const proofs = await it_.verify(COPY);
    expect(states(proofs)).toEqual(['failed', 'skipped']);
    expect(proofs[0]?.detail).toMatch(
      `it may revoke the verdict: in ${nameOf(SOURCE)}, which promoted-from lists, `,
    );
    expect(proofs[0]?.nextStep).toMatch(
      `Allow ecr:${api} on arn:aws:ecr:${REGION}:${ACCOUNT}:repository/team/app`,
    );
  });

  it('of another account that does not share it is unknown', async (context) => {
    const it_ = await bench(context, { Version: '2012-10-17', Statement: [] });
    whole(it_, COPY);
    const proofs = await it_.verify(COPY, { promotedFrom: [COPIES['another account']] });
    expect(states(proofs)).toEqual(['failed', 'skipped']);
    expect(details(proofs)).toMatch(/because no resource-based policy allows/);
  });

  it.for([
    ['was deleted, or never existed', place('gone/app')],
    ['is in an account without one', place('gone/app', PRODUCTION)],
  ] as const)('%s is unknown', async ([, source], context) => {
    const it_ = await bench(context);
    whole(it_, COPY);
    const proofs = await it_.verify(COPY, { promotedFrom: [SOURCE, source] });
    expect(states(proofs)).toEqual(['failed', 'skipped']);
    expect(details(proofs)).toMatch(/ECR has no repository arn:aws:ecr:\S+:repository\/gone\/app/);
    expect(proofs[0]?.nextStep).toBe('Check the account, the region and the name of the repository.');
  });

  it('without the digest has nothing attached to it', async (context) => {
    const it_ = await bench(context);
    it_.pass(SOURCE);
    it_.copyReferrers(SOURCE, COPY);
    it_.in(SOURCE).manifests.clear();
    expect(await it_.verify(COPY)).toMatchObject([
      { state: 'proven' },
      { state: 'proven', promotedFrom: nameOf(SOURCE) },
    ]);
  });

  it.for([
    ['the repository that passed it', SOURCE, COPY, COPY, COPY],
    ['its source', COPY, SOURCE, SOURCE, SOURCE],
  ] as const)('stays revoked if the revocation is copied to %s', async ([
    ,
    at,
    of,
    passedIn,
    copyTo,
  ], context) => {
    const it_ = await bench(context);
    it_.attach(at, it_.failed(of, -60_000));
    it_.pass(passedIn);
    expect(states(await it_.verify(COPY))).toEqual(['proven', 'failed']);
    it_.copyReferrers(at, copyTo);
    expect(states(await it_.verify(COPY))).toEqual(['proven', 'failed']);
  });
});
