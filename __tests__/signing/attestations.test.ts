/** Attestations that a policy requires, with the real cosign. Bundles are signed by keys of the test, without services. */

import { createHash } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { ensureCosign } from '../../scripts/tools.ts';
import { startDeadline, systemClock } from '../../src/deadline.ts';
import { parseReference } from '../../src/image/reference.ts';
import { unmetCondition } from '../../src/policy/attestations.ts';
import type { RequiredAttestation } from '../../src/results/attestation.ts';
import type { Digest } from '../../src/results/registry.ts';
import { type AttestedImage, prepareAttestationVerifier } from '../../src/signing/attestations.ts';
import { SIGNATURE_TYPE } from '../../src/signing/cosign/arguments.ts';
import { parseCosignVersion } from '../../src/signing/cosign/release.ts';
import type { SigningPorts } from '../../src/signing/ports.ts';
import { directoryOf } from '../e2e/signed.ts';
import { Attachments, bundleOf, digestOf, envelopeOf, type Key, newKey, statementText } from './attached.ts';
import {
  BUILDKIT_MANIFEST,
  buildKitV1,
  buildKitV02,
  githubProvenance,
  PROVENANCE_V1,
  PROVENANCE_V02,
} from './provenance.ts';
import { type Answer, answerWith, putInPlace } from './stand-in.ts';

const { registry, repository } = parseReference('123456789012.dkr.ecr.eu-central-1.amazonaws.com/team/app:1');
const NOW = new Date('2026-11-26T12:00:00Z');
const NAME = `oci://123456789012.dkr.ecr.eu-central-1.amazonaws.com/team/app`;
const SPDX = 'https://spdx.dev/Document/v2.3';

const INDEX = digestOf('index');
const AMD64 = digestOf('amd64');
const ARM64 = digestOf('arm64');
const OTHER = digestOf('another image');

/** The builder, and somebody else. */
const builder = newKey();
const stranger = newKey();

let cosign = '';
let temp = '';
beforeAll(async () => {
  temp = await mkdtemp(join(tmpdir(), 'gate-attestations-'));
  cosign = (await ensureCosign(console.log)).path;
}, 900_000);
afterAll(() => rm(temp, { recursive: true, force: true }));

const single: AttestedImage = {
  registry,
  repository,
  digest: AMD64,
  isIndex: false,
  platforms: [{ digest: AMD64, platform: '' }],
  attestations: [],
};
const index: AttestedImage = {
  ...single,
  digest: INDEX,
  isIndex: true,
  platforms: [
    { digest: AMD64, platform: 'linux/amd64' },
    { digest: ARM64, platform: 'linux/arm64' },
  ],
};

const wanted = (changes: Partial<RequiredAttestation> = {}): RequiredAttestation => ({
  type: PROVENANCE_V1,
  signer: { kind: 'public-key', pem: builder.pem },
  trustedRoot: undefined,
  transparencyLog: false,
  builder: undefined,
  sourceRepository: undefined,
  maxAgeMs: undefined,
  ...changes,
});

async function check(
  attachments: Attachments,
  required: RequiredAttestation | readonly RequiredAttestation[] = wanted(),
  image: AttestedImage = single,
  { totalMs = 120_000, program = directoryOf(cosign) }: { totalMs?: number; program?: string } = {},
) {
  const deadline = startDeadline(totalMs, systemClock, new AbortController().signal);
  onTestFinished(() => deadline.clear());
  const ports: SigningPorts = {
    deadline,
    log: () => {},
    warn: () => {},
    mask: () => {},
    authorize: async () => expect.unreachable(),
    evidence: attachments,
    identityToken: async () => expect.unreachable(),
    download: async () => expect.unreachable(),
    environment: { PATH: [program, process.env.PATH].join(delimiter), RUNNER_TEMP: temp },
  };
  const verifier = await prepareAttestationVerifier(
    [required].flat() as readonly RequiredAttestation[],
    parseCosignVersion('v3.0.6'),
    unmetCondition,
    ports,
  );
  try {
    return await verifier.verify(image, NOW);
  } finally {
    await verifier.close();
    expect(await readdir(temp)).toEqual([]);
  }
}

/** The words about one required attestation that was not found. */
async function missing(...given: Parameters<typeof check>): Promise<string> {
  const [outcome] = await check(...given);
  expect(outcome).toMatchObject({ proof: { state: 'failed', kind: 'required-attestation' }, used: [] });
  return outcome?.proof.detail ?? '';
}

const provenance = (of: Digest, key: Key = builder, predicate: unknown = githubProvenance()) =>
  bundleOf(statementText(PROVENANCE_V1, predicate, of), key);

describe('an attestation that is attached to the image', { timeout: 120_000 }, () => {
  it('counts if the key signed it for this digest', async () => {
    const attachments = new Attachments();
    const bundle = provenance(AMD64);
    attachments.of(AMD64).refer(bundle);
    expect(await check(attachments)).toMatchObject([
      {
        proof: {
          state: 'proven',
          what: `Required attestation ${PROVENANCE_V1}`,
          detail: 'attached to the image',
          at: undefined,
        },
        used: [{ uri: `${NAME}@${digestOf(bundle)}`, digest: digestOf(bundle) }],
        isDetermined: true,
      },
    ]);
  });

  it('counts in legacy format', async () => {
    const attachments = new Attachments();
    const layer = Buffer.from(
      JSON.stringify(envelopeOf(statementText(PROVENANCE_V1, githubProvenance(), AMD64), builder)),
    );
    attachments.of(AMD64).tag('att', [layer]);
    expect(await check(attachments)).toMatchObject([
      { proof: { state: 'proven', detail: 'attached to the image' }, used: [{ digest: digestOf(layer) }] },
    ]);
  });

  it('does not count if it is absent, of another type or by another signer', async () => {
    const attachments = new Attachments();
    expect(await missing(attachments)).toBe('the image has no attestation of this type');
    attachments.of(AMD64).refer(bundleOf(statementText(SPDX, {}, AMD64), builder));
    expect(await missing(attachments)).toBe('the image has no attestation of this type');
    attachments.of(AMD64).refer(provenance(AMD64, stranger));
    expect(await missing(attachments)).toMatch(
      /^the image has 1 attestation of this type, which is not signed by this signer \(/,
    );
    attachments.of(AMD64).refer(provenance(AMD64, newKey()));
    expect(await missing(attachments)).toContain('2 attestations of this type, neither of which is signed');
  });

  it.each<[string, (attachments: Attachments) => void, RegExp]>([
    [
      'is that of another image, copied here',
      (attachments) => void attachments.of(AMD64).refer(provenance(OTHER)),
      /no attestation of this type; 1 more is about another image/,
    ],
    [
      'has a changed payload',
      (attachments) => {
        const bundle = JSON.parse(provenance(OTHER).toString()) as { dsseEnvelope: { payload: string } };
        bundle.dsseEnvelope.payload = Buffer.from(
          statementText(PROVENANCE_V1, githubProvenance(), AMD64),
        ).toString('base64');
        attachments.of(AMD64).refer(Buffer.from(JSON.stringify(bundle)));
      },
      /not signed by this signer/,
    ],
    [
      'has a key twice',
      (attachments) => {
        const text = statementText(PROVENANCE_V1, githubProvenance(), AMD64).replace(
          '"predicate":',
          '"predicate":{},"predicate":',
        );
        attachments.of(AMD64).refer(bundleOf(text, builder));
      },
      /not signed by this signer|can be read in two ways/,
    ],
    [
      'has no predicate',
      (attachments) => void attachments.of(AMD64).refer(provenance(AMD64, builder, null)),
      /has no predicate/,
    ],
    [
      'is the signature of the image by the same key',
      (attachments) =>
        void attachments.of(AMD64).refer(bundleOf(statementText(SIGNATURE_TYPE, {}, AMD64), builder)),
      /no attestation of this type/,
    ],
  ])('does not count if it %s', async (_, attach, words) => {
    const attachments = new Attachments();
    attach(attachments);
    expect(await missing(attachments)).toMatch(words);
  });

  it('is found among others, which are ignored', async () => {
    const attachments = new Attachments();
    const app = attachments.of(AMD64);
    for (let at = 0; at < 6; at += 1) app.refer(provenance(AMD64, stranger, { at }));
    app.refer(provenance(AMD64, builder, githubProvenance({ repository: 'https://github.com/other/app' })));
    const required = wanted({ sourceRepository: ['https://github.com/team/*'] });
    expect(await missing(attachments, required)).toMatch(
      /has 1 attestation of this type by this signer, but its source repository is "https:\/\/github\.com\/other\/app", which the policy does not allow; 6 by other signers were ignored$/,
    );
    const right = provenance(AMD64);
    app.refer(right);
    expect(await check(attachments, required)).toMatchObject([
      { proof: { state: 'proven' }, used: [{ digest: digestOf(right) }] },
    ]);
  });

  it('has to satisfy all conditions', async () => {
    const attachments = new Attachments();
    attachments.of(AMD64).refer(provenance(AMD64));
    const both = {
      builder: ['https://github.com/team/app/.github/workflows/build.yml@refs/heads/*'],
      sourceRepository: ['https://github.com/team/*'],
    };
    expect(await check(attachments, wanted(both))).toMatchObject([{ proof: { state: 'proven' } }]);
    expect(await missing(attachments, wanted({ ...both, builder: ['https://github.com/other/**'] }))).toMatch(
      /its builder is "https:\/\/github\.com\/team\/app\/\.github\/workflows\/build\.yml@refs\/heads\/main", which/,
    );
    expect(
      await missing(attachments, wanted({ ...both, sourceRepository: ['https://github.com/other/*'] })),
    ).toMatch(/its source repository is/);
  });

  it('without a time has no age, so it is refused if the policy limits the age', async () => {
    const attachments = new Attachments();
    attachments.of(AMD64).refer(provenance(AMD64));
    expect(await missing(attachments, wanted({ maxAgeMs: 86_400_000 }))).toMatch(
      /no log and no timestamp authority states when it was signed, and the policy allows 24 h$/,
    );
  });

  it.each([
    '1764158400',
    1764158400,
  ])('cannot be made newer by a time that nothing signed: %j', async (integratedTime) => {
    const attachments = new Attachments();
    const bundle = JSON.parse(provenance(AMD64).toString()) as { verificationMaterial: object };
    bundle.verificationMaterial = {
      ...bundle.verificationMaterial,
      tlogEntries: [{ integratedTime, inclusionPromise: { signedEntryTimestamp: 'AAAA' } }],
    };
    attachments.of(AMD64).refer(Buffer.from(JSON.stringify(bundle)));
    await missing(attachments, wanted({ maxAgeMs: 86_400_000 }));
  });

  it('is unknown if something that is attached cannot be read', async () => {
    const attachments = new Attachments();
    const app = attachments.of(AMD64);
    app.refer(provenance(AMD64));
    app.changeBlob = () => undefined;
    const [outcome] = await check(attachments);
    expect(outcome).toMatchObject({ isDetermined: false, proof: { state: 'failed' }, used: [] });
    expect(outcome?.proof.detail).toMatch(/^not everything that is attached could be read: /);
  });

  it('is required of every type that the policy lists', async () => {
    const attachments = new Attachments();
    attachments.of(AMD64).refer(provenance(AMD64));
    const both = [wanted(), wanted({ type: SPDX })];
    expect(await check(attachments, both)).toMatchObject([
      { proof: { state: 'proven' } },
      { proof: { state: 'failed', what: `Required attestation ${SPDX}` } },
    ]);
    attachments.of(AMD64).refer(bundleOf(statementText(SPDX, { spdxVersion: 'SPDX-2.3' }, AMD64), builder));
    expect(await check(attachments, both)).toMatchObject([
      { proof: { state: 'proven' } },
      { proof: { state: 'proven' } },
    ]);
  });
});

describe('an attestation of an index', { timeout: 120_000 }, () => {
  it('that is attached to the index covers its platforms', async () => {
    const attachments = new Attachments();
    attachments.of(INDEX).refer(provenance(INDEX));
    expect(await check(attachments, wanted(), index)).toMatchObject([
      { proof: { state: 'proven', detail: 'attached to the index' } },
    ]);
  });

  it('has to be attached to every platform otherwise', async () => {
    const attachments = new Attachments();
    attachments.of(AMD64).refer(provenance(AMD64));
    expect(await missing(attachments, wanted(), index)).toBe(
      'the index has no attestation of this type, and its image for linux/arm64 has no attestation of this type',
    );
    // A copy of the other platform's says nothing about this one.
    attachments.of(ARM64).refer(provenance(AMD64));
    expect(await missing(attachments, wanted(), index)).toMatch(
      /linux\/arm64 has no attestation .*another image/,
    );
    attachments.of(ARM64).refer(provenance(ARM64));
    expect(await check(attachments, wanted(), index)).toMatchObject([
      {
        proof: { state: 'proven', detail: 'for each of 2 platform images, attached to each of them' },
        used: [{}, {}],
      },
    ]);
  });
});

/** Pushes BuildKit's attestation of a platform image, and returns the digest of its manifest. */
function buildAttestation(
  attachments: Attachments,
  platform: Digest,
  statements: readonly (readonly [type: string, text: string])[],
  mediaType = 'application/vnd.in-toto+json',
): Digest {
  const store = attachments.of(platform);
  const layers = statements.map(([type, text]) => {
    store.blobs.set(digestOf(text), Buffer.from(text));
    return {
      mediaType,
      digest: digestOf(text),
      size: text.length,
      annotations: { 'in-toto.io/predicate-type': type },
    };
  });
  const manifest = JSON.stringify({
    schemaVersion: 2,
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    config: { mediaType: 'application/vnd.oci.image.config.v1+json', digest: digestOf('{}'), size: 2 },
    layers,
  });
  const digest = digestOf(manifest);
  store.texts.set(digest, manifest);
  return digest;
}

const statement = (type: string, predicate: unknown, of: Digest) =>
  statementText(type, predicate, of, {
    subject: [{ name: 'pkg:docker/team/app@1?platform=linux%2Famd64', digest: { sha256: of.slice(7) } }],
  });

describe('a build attestation of BuildKit', { timeout: 120_000 }, () => {
  function built(sign: boolean, key: Key = builder, type = PROVENANCE_V1, predicate: unknown = buildKitV1()) {
    const attachments = new Attachments();
    const manifests = [AMD64, ARM64].map((platform) =>
      buildAttestation(attachments, platform, [
        [SPDX, statement(SPDX, { spdxVersion: 'SPDX-2.3' }, platform)],
        [type, statement(type, predicate, platform)],
      ]),
    );
    for (const manifest of manifests) {
      attachments.of(manifest);
      if (sign) attachments.of(manifest).refer(bundleOf(statementText(SIGNATURE_TYPE, {}, manifest), key));
    }
    return { attachments, image: { ...index, attestations: manifests } };
  }

  it('counts if its manifest is signed', async () => {
    const { attachments, image } = built(true);
    const required = wanted({
      builder: ['https://github.com/team/app/actions/runs/**'],
      sourceRepository: ['https://github.com/team/app'],
    });
    const [outcome] = await check(attachments, required, image);
    expect(outcome).toMatchObject({
      proof: {
        state: 'proven',
        detail: 'for each of 2 platform images, in build attestations whose manifests are signed',
      },
    });
    // The statement and the signature, for each platform.
    expect(outcome?.used).toHaveLength(4);
    expect(outcome?.used[0]?.digest).toBe(digestOf(statement(PROVENANCE_V1, buildKitV1(), AMD64)));
    // An SBOM beside it is signed by the same signature.
    expect(await check(attachments, wanted({ type: SPDX }), image)).toMatchObject([
      { proof: { state: 'proven' } },
    ]);
  });

  it('counts in SLSA v0.2', async () => {
    const { attachments, image } = built(true, builder, PROVENANCE_V02, buildKitV02());
    const required = wanted({
      type: PROVENANCE_V02,
      builder: ['https://github.com/team/app/actions/runs/**'],
      sourceRepository: ['https://github.com/team/app'],
    });
    expect(await check(attachments, required, image)).toMatchObject([{ proof: { state: 'proven' } }]);
  });

  it('is no evidence without a signature, and the words say so', async () => {
    const { attachments, image } = built(false);
    expect(await missing(attachments, wanted(), image)).toBe(
      'the index has no attestation of this type, and its image for linux/amd64 has no attestation of this type. 1 build attestation of BuildKit has this type, but its manifest is not signed by this signer, and unsigned attestations do not count',
    );
  });

  it('is no evidence with the signature of another', async () => {
    const { attachments, image } = built(true, stranger);
    expect(await missing(attachments, wanted(), image)).toMatch(/not signed by this signer/);
  });

  it('has to satisfy the conditions', async () => {
    const { attachments, image } = built(true);
    expect(
      await missing(attachments, wanted({ sourceRepository: ['https://github.com/other/*'] }), image),
    ).toMatch(/A build attestation that this signer signed does not count: its source repository is/);
  });

  it('does not count for another platform, nor with the signature of another manifest', async () => {
    const { attachments, image } = built(true);
    const [first] = image.attestations;
    expect(
      await missing(attachments, wanted(), { ...image, attestations: first === undefined ? [] : [first] }),
    ).toMatch(/linux\/arm64 has no attestation of this type$/);
    const unsigned = built(false);
    const [amd64, arm64] = unsigned.image.attestations;
    if (amd64 === undefined || arm64 === undefined) throw new Error('there are two');
    const signature = bundleOf(statementText(SIGNATURE_TYPE, {}, amd64), builder);
    unsigned.attachments.of(amd64).refer(signature);
    unsigned.attachments.of(arm64).refer(signature);
    expect(await missing(unsigned.attachments, wanted(), unsigned.image)).toMatch(/linux\/arm64 .*unsigned/);
  });

  it('does not count if it can be read in two ways', async () => {
    const attachments = new Attachments();
    const text = statement(PROVENANCE_V1, buildKitV1('https://github.com/evil/app.git'), AMD64);
    const twice = text.replace('"uri":', `"uri":"https://github.com/team/app.git","uri":`);
    const manifest = buildAttestation(attachments, AMD64, [[PROVENANCE_V1, twice]]);
    attachments.of(manifest).refer(bundleOf(statementText(SIGNATURE_TYPE, {}, manifest), builder));
    const image = { ...index, platforms: index.platforms.slice(0, 1), attestations: [manifest] };
    expect(await missing(attachments, wanted(), image)).toMatch(/has no attestation of this type$/);
  });

  it('is not an image that the signer signed: every layer has to be a statement', async () => {
    const attachments = new Attachments();
    const manifests = [AMD64, ARM64].map((platform) =>
      buildAttestation(
        attachments,
        platform,
        [[PROVENANCE_V1, statement(PROVENANCE_V1, buildKitV1(), platform)]],
        'application/vnd.oci.image.layer.v1.tar+gzip',
      ),
    );
    for (const manifest of manifests) {
      attachments.of(manifest).refer(bundleOf(statementText(SIGNATURE_TYPE, {}, manifest), builder));
    }
    expect(await missing(attachments, wanted(), { ...index, attestations: manifests })).toMatch(
      /linux\/amd64 has no attestation of this type$/,
    );
  });

  it('counts as a referrer of the image that is deployed by the digest of its platform', async () => {
    const { attachments, image } = built(true);
    const [manifest] = image.attestations;
    attachments.of(AMD64).listed.push({ digest: manifest ?? '', artifactType: BUILDKIT_MANIFEST, size: 500 });
    expect(await check(attachments, wanted(), single)).toMatchObject([
      { proof: { state: 'proven', detail: 'in a build attestation whose manifest is signed' } },
    ]);
  });

  it('is unknown if one of its statements does not match its digest', async () => {
    const { attachments, image } = built(true);
    attachments.of(AMD64).changeBlob = (_, bytes) => bytes && Buffer.concat([bytes, Buffer.from(' ')]);
    const [outcome] = await check(attachments, wanted(), image);
    expect(outcome).toMatchObject({ isDetermined: false, proof: { state: 'failed' } });
    expect(outcome?.proof.detail).toMatch(/do not match the digest/);
  });
});

it('ends in time if cosign hangs', async () => {
  const program = await mkdtemp(join(tmpdir(), 'gate-hanging-'));
  onTestFinished(() => rm(program, { recursive: true, force: true }));
  await putInPlace(program);
  await answerWith(program, [{ hang: true }]);
  const attachments = new Attachments();
  attachments.of(AMD64).refer(provenance(AMD64));
  const checked = check(attachments, wanted(), single, { totalMs: 3_000, program });
  await expect(checked).rejects.toMatchObject({ code: 'timeout' });
}, 60_000);

it.each<[string, Answer]>([
  ['nothing', {}],
  ['a claim', { out: 'Verified OK\n' }],
  ['the attestation of another digest', { out: printed(provenance(OTHER)) }],
  ['an attestation of another type', { out: printed(bundleOf(statementText(SPDX, {}, AMD64), builder)) }],
  ['the attestation, and fails', { out: printed(provenance(AMD64)), code: 1 }],
  ['that there is none', { err: 'Error: no matching attestations: \n', code: 1 }],
])(
  'does not count if cosign prints %s',
  async (_, answer) => {
    const program = await mkdtemp(join(tmpdir(), 'gate-stand-in-'));
    onTestFinished(() => rm(program, { recursive: true, force: true }));
    await putInPlace(program);
    await answerWith(program, [answer]);
    const attachments = new Attachments();
    attachments.of(AMD64).refer(provenance(AMD64));
    await missing(attachments, wanted(), single, { program });
  },
  60_000,
);

/** What cosign prints of a bundle that it has verified. */
function printed(bundle: Buffer): string {
  const { dsseEnvelope } = JSON.parse(bundle.toString()) as { dsseEnvelope: object };
  return `${JSON.stringify(dsseEnvelope)}\n`;
}

it('names a public key by its digest', async () => {
  const [outcome] = await check(new Attachments());
  const der = Buffer.from(builder.pem.replaceAll(/-----.*-----|\n/g, ''), 'base64');
  expect(outcome?.proof.by).toBe(`the public key sha256:${createHash('sha256').update(der).digest('hex')}`);
}, 60_000);
