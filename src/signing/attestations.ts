/**
 * Looks for the attestations that a policy requires of an image. cosign verifies who signed one; its predicate, its age and
 * its subject are checked in what cosign verified.
 */

import { createHash, createPublicKey } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AttestationSigner, RequiredAttestation } from '../results/attestation.ts';
import type { Digest, Registry } from '../results/registry.ts';
import { endOf } from '../time.ts';
import {
  MOST_REASONS,
  type Prepared,
  tryEach,
  type Unmet,
  type Verification,
} from './attestation-verification.ts';
import { SIGNATURE_TYPE } from './cosign/arguments.ts';
import { isSignature } from './cosign/output.ts';
import { provisionCosign } from './cosign/provision.ts';
import type { CosignVersion } from './cosign/release.ts';
import { type CosignSession, openSession } from './cosign/session.ts';
import { type BuildStatement, readBuildStatements, readEvidence } from './evidence/read.ts';
import {
  DELETE_UNNEEDED,
  type Evidence,
  type Layer,
  type Subject,
  UnreadableEvidence,
} from './evidence/source.ts';
import type { Proof, UsedAttestation } from './outcomes.ts';
import type { SigningPorts } from './ports.ts';
import { resourceUri } from './statements/predicate.ts';
import { isAbout } from './statements/statement.ts';

/** An image whose attestations are looked for. */
export interface AttestedImage {
  readonly registry: Registry;
  readonly repository: string;
  readonly digest: Digest;
  readonly isIndex: boolean;
  /** The platform images of an index. */
  readonly platforms: readonly { readonly digest: Digest; readonly platform: string }[];
  /** The build attestations in an index. */
  readonly attestations: readonly Digest[];
}

export interface AttestationOutcome {
  readonly proof: Proof;
  /** Empty if the attestation was not found. */
  readonly used: readonly UsedAttestation[];
  /** false: not everything could be read or verified, so whether the image has the attestation is unknown. */
  readonly isDetermined: boolean;
}

export interface AttestationVerifier {
  readonly cosignVersion: string;
  /**
   * Looks for every required attestation of an image. Calls must not overlap.
   * @param now the time by AWS's clock; undefined if it is unknown, and then nothing with a maximum age is accepted
   * @returns one outcome for each required attestation, in their order
   * @throws GateError `timeout` or `cancelled` if the run has ended, `credentials`
   */
  verify(image: AttestedImage, now: Date | undefined): Promise<AttestationOutcome[]>;
  /** Removes everything that was written to disk. */
  close(): Promise<void>;
}

/**
 * Gets cosign ready.
 * @throws GateError `signing`
 */
export async function prepareAttestationVerifier(
  required: readonly RequiredAttestation[],
  cosignVersion: CosignVersion,
  unmet: Unmet,
  ports: SigningPorts,
): Promise<AttestationVerifier> {
  const cosign = await provisionCosign(cosignVersion, { ...ports, signal: ports.deadline.signal });
  const session = await openSession(
    cosign,
    { key: 'none', keyRegion: undefined, services: undefined, transparencyLog: false },
    ports,
  );
  try {
    const prepared: Prepared[] = [];
    for (const [index, one] of required.entries()) prepared.push(await prepare(session, one, index));
    const types = new Set(required.map(({ type }) => type));
    return {
      cosignVersion: cosign.version,
      verify: async (image, now) => {
        const reading = new Reading(image, types, ports);
        const outcomes: AttestationOutcome[] = [];
        for (const one of prepared) outcomes.push(await outcomeOf({ ...one, unmet, reading, now }, image));
        return outcomes;
      },
      close: session.close,
    };
  } catch (error) {
    await session.close();
    throw error;
  }
}

async function prepare(
  common: CosignSession,
  required: RequiredAttestation,
  index: number,
): Promise<Prepared> {
  const { signer, trustedRoot, transparencyLog } = required;
  const write = async (name: string, content: string) => {
    const path = join(common.home, name);
    await writeFile(path, content, { mode: 0o600 });
    return path;
  };
  const own =
    trustedRoot === undefined ? undefined : await write(`attestation-root-${index}.json`, trustedRoot);
  const session: CosignSession = {
    ...common,
    transparencyLog,
    trustedRoot: own ?? common.trustedRoot,
    ownServices: own !== undefined,
    key: signer.kind === 'kms' ? 'kms' : 'none',
    keyRegion: signer.kind === 'kms' ? signer.region : undefined,
  };
  if (signer.kind === 'identity') return { required, session, verifier: signer };
  const reference =
    signer.kind === 'kms' ? signer.reference : await write(`attestation-key-${index}.pem`, signer.pem);
  return { required, session, verifier: { kind: 'key', reference } };
}

/** The most that is kept in memory of one image: as much as `readEvidence` keeps of one digest. */
const MOST_KEPT_BYTES = 256 * 1024 * 1024;

/** What is attached to the digests of one image. Each digest is read once. */
class Reading {
  readonly image: AttestedImage;
  private readonly types: ReadonlySet<string>;
  private readonly ports: SigningPorts;
  private readonly evidence = new Map<Digest, Promise<Evidence>>();
  private readonly statements = new Map<Digest, Promise<BuildStatement[]>>();
  private keptBytes = 0;

  constructor(image: AttestedImage, types: ReadonlySet<string>, ports: SigningPorts) {
    this.image = image;
    this.types = types;
    this.ports = ports;
  }

  subject(digest: Digest): Subject {
    const { registry, repository } = this.image;
    return { registry, repository, digest };
  }

  /** @throws UnreadableEvidence */
  attachedTo(digest: Digest): Promise<Evidence> {
    return once(this.evidence, digest, async () => {
      const { evidence: source, deadline } = this.ports;
      const found = await readEvidence(source, this.subject(digest), deadline, this.types);
      this.keep(found.attestations);
      return found;
    });
  }

  /** @throws UnreadableEvidence */
  builtInto(digest: Digest): Promise<BuildStatement[]> {
    return once(this.statements, digest, async () => {
      const found = await readBuildStatements(this.ports.evidence, this.subject(digest), this.types);
      this.keep(found);
      return found;
    });
  }

  private keep(items: readonly { readonly layer: Layer }[]): void {
    for (const { layer } of items) this.keptBytes += layer.bytes.length;
    if (this.keptBytes > MOST_KEPT_BYTES) {
      const what = `the attestations of the image and its platforms have more than ${MOST_KEPT_BYTES} bytes`;
      throw new UnreadableEvidence(what, DELETE_UNNEEDED);
    }
  }
}

function once<T>(known: Map<Digest, Promise<T>>, digest: Digest, read: () => Promise<T>): Promise<T> {
  const found = known.get(digest) ?? read();
  known.set(digest, found);
  return found;
}

interface Search extends Verification {
  readonly reading: Reading;
}

async function outcomeOf(search: Search, image: AttestedImage): Promise<AttestationOutcome> {
  const { required } = search;
  const proof = {
    kind: 'required-attestation',
    what: `Required attestation ${required.type}`,
    by: attestationSignerText(required.signer),
    at: undefined,
    ageMs: undefined,
    nextStep: undefined,
  } as const;
  try {
    const result = await searchImage(search, image);
    if (!('accepted' in result)) {
      const { why, isDetermined, nextStep } = result;
      return { proof: { ...proof, state: 'failed', detail: why, nextStep }, used: [], isDetermined };
    }
    const { accepted, where } = result;
    const times = accepted.flatMap(({ at }) => at ?? []).map((at) => at.getTime());
    // The oldest of several counts for the age. If the time of one is unknown, so is that of all.
    const at =
      times.length === accepted.length && times.length > 0 ? new Date(Math.min(...times)) : undefined;
    return {
      proof: {
        ...proof,
        state: 'proven',
        detail: where,
        at,
        ageMs: at && search.now && Math.max(0, search.now.getTime() - at.getTime()),
        ends: at && endOf(at, required.maxAgeMs),
      },
      used: distinct(accepted.flatMap(({ used }) => used)),
      isDetermined: true,
    };
  } catch (error) {
    if (!(error instanceof UnreadableEvidence)) throw error;
    const detail = `not everything that is attached could be read: ${error.message}`;
    return {
      proof: { ...proof, state: 'failed', detail, nextStep: error.nextStep },
      used: [],
      isDetermined: false,
    };
  }
}

/** The signer in words. A public key has no name of its own. */
function attestationSignerText(signer: AttestationSigner): string {
  if (signer.kind === 'kms') return signer.reference;
  if (signer.kind === 'identity') return `${signer.identity} (${signer.issuer})`;
  const der = createPublicKey(signer.pem).export({ type: 'spki', format: 'der' });
  return `the public key sha256:${createHash('sha256').update(der).digest('hex')}`;
}

function distinct(used: readonly UsedAttestation[]): UsedAttestation[] {
  return [...new Map(used.map((one) => [one.digest, one])).values()];
}

interface Accepted {
  readonly at: Date | undefined;
  readonly used: readonly UsedAttestation[];
}

interface Refused {
  readonly why: string;
  readonly isDetermined: boolean;
  readonly nextStep: string | undefined;
}

const NEXT_STEP =
  'Attest the image by its digest in the workflow that builds it, with the signer that the policy names. Then run the step again.';

/**
 * Searches an image: the digest itself must carry the attestation, or else each of its platforms. The digest of an index
 * covers its platforms, because it contains their digests.
 */
async function searchImage(
  search: Search,
  image: AttestedImage,
): Promise<{ readonly accepted: readonly Accepted[]; readonly where: string } | Refused> {
  const own = await searchAttached(search, image.digest);
  if (own.accepted !== undefined) {
    return {
      accepted: [own.accepted],
      where: image.isIndex ? 'attached to the index' : 'attached to the image',
    };
  }
  if (!image.isIndex) {
    // Build attestations refer to the image if BuildKit pushed them as referrers.
    const built = await searchBuilt(search, image.digest);
    if (built.accepted !== undefined) {
      return { accepted: [built.accepted], where: 'in a build attestation whose manifest is signed' };
    }
    return refused(`the image ${own.words}`, [own, built]);
  }
  const accepted: Accepted[] = [];
  let isBuilt = false;
  for (const { digest, platform } of image.platforms) {
    const attached = await searchAttached(search, digest);
    const built = attached.accepted === undefined ? await searchBuilt(search, digest) : undefined;
    const found = attached.accepted ?? built?.accepted;
    if (found === undefined) {
      const words = `the index ${own.words}, and its image for ${platform} ${attached.words}`;
      return refused(words, [own, attached, ...(built === undefined ? [] : [built])]);
    }
    isBuilt ||= built !== undefined;
    accepted.push(found);
  }
  if (accepted.length === 0) return refused(`the index ${own.words}`, [own]);
  const how = isBuilt ? 'in build attestations whose manifests are signed' : 'attached to each of them';
  return { accepted, where: `for each of ${accepted.length} platform images, ${how}` };
}

function refused(words: string, found: readonly Found[]): Refused {
  const built = found.find(({ isBuild }) => isBuild)?.words;
  return {
    why: built === undefined || built === '' ? words : `${words}. ${built}`,
    isDetermined: found.every(({ isDetermined }) => isDetermined),
    nextStep: found.find(({ nextStep }) => nextStep !== undefined)?.nextStep ?? NEXT_STEP,
  };
}

interface Found {
  readonly accepted: Accepted | undefined;
  /** What was found, as the end of a sentence about the image; empty if it was accepted. */
  readonly words: string;
  readonly isDetermined: boolean;
  readonly nextStep: string | undefined;
  readonly isBuild: boolean;
}

/** Searches the attestations that are attached to a digest. */
async function searchAttached(search: Search, digest: Digest): Promise<Found> {
  const { reading, required } = search;
  const { attestations } = await reading.attachedTo(digest);
  const ofType = attestations.filter(
    ({ isForCosign, envelope: { statement } }) => isForCosign && statement.predicateType === required.type,
  );
  const own = ofType.filter(({ envelope }) => isAbout(envelope.statement, digest));
  const foreign = ofType.length - own.length;
  const tried = await tryEach(search, reading.subject(digest), own, {
    type: required.type,
    predicateOf: (statements) =>
      statements.find((statement) => statement.predicateType === required.type && isAbout(statement, digest))
        ?.predicate,
  });
  if (tried.accepted !== undefined) {
    const { attestation, at } = tried.accepted;
    return found({ at, used: [usedOf(search, attestation.layer.digest)] });
  }
  const others =
    foreign === 0
      ? ''
      : `; ${foreign} more ${foreign === 1 ? 'is' : 'are'} about another image, and do not count`;
  return { ...tried, accepted: undefined, words: `${tried.words}${others}`, isBuild: false };
}

function found(accepted: Accepted): Found {
  return { accepted, words: '', isDetermined: true, nextStep: undefined, isBuild: false };
}

const BUILD_ATTESTATION = 'application/vnd.docker.attestation.manifest.v1+json';
/** An index has no more build attestations that belong to images; see image/resolve.ts. */
const MOST_BUILD_ATTESTATIONS = 200;

/** Searches the build attestations about a platform image. They count only if the manifest of the attestation is signed. */
async function searchBuilt(search: Search, platform: Digest): Promise<Found> {
  const { reading, required } = search;
  const { referrers } = await reading.attachedTo(platform);
  const manifests = [
    ...new Set([
      ...reading.image.attestations,
      ...referrers.flatMap(({ digest, artifactType }) =>
        artifactType === BUILD_ATTESTATION ? [digest] : [],
      ),
    ]),
  ];
  const none: Found = {
    accepted: undefined,
    words: '',
    isDetermined: true,
    nextStep: undefined,
    isBuild: true,
  };
  if (manifests.length > MOST_BUILD_ATTESTATIONS) {
    return {
      ...none,
      words: `It has more than ${MOST_BUILD_ATTESTATIONS} build attestations`,
      isDetermined: false,
    };
  }
  let unsigned = 0;
  let isDetermined = true;
  const reasons = new Set<string>();
  for (const manifest of manifests) {
    const statements = await reading.builtInto(manifest);
    const matching = statements.filter(
      ({ statement }) =>
        statement !== undefined && statement.predicateType === required.type && isAbout(statement, platform),
    );
    for (const { layer, statement } of matching) {
      const subject = reading.subject(manifest);
      const { attestations } = await reading.attachedTo(manifest);
      const signatures = attestations.filter(
        ({ format, isForCosign, envelope }) =>
          format === 'bundle' &&
          isForCosign &&
          envelope.statement.predicateType === SIGNATURE_TYPE &&
          isAbout(envelope.statement, manifest),
      );
      const tried =
        signatures.length === 0
          ? undefined
          : await tryEach(search, subject, signatures, {
              type: SIGNATURE_TYPE,
              predicateOf: (verified) =>
                verified.some((one) => isSignature(one, manifest, {})) ? statement?.predicate : undefined,
            });
      if (tried?.accepted !== undefined) {
        const { attestation, at } = tried.accepted;
        return {
          ...found({
            at,
            used: [usedOf(search, layer.digest), usedOf(search, attestation.layer.digest)],
          }),
          isBuild: true,
        };
      }
      if (tried !== undefined) isDetermined &&= tried.isDetermined;
      if (tried === undefined || tried.reasons.length === 0) unsigned += 1;
      for (const reason of tried?.reasons ?? []) reasons.add(reason);
    }
  }
  const many =
    unsigned === 1
      ? '1 build attestation of BuildKit has this type, but its manifest is'
      : `${unsigned} build attestations of BuildKit have this type, but their manifests are`;
  const words = [
    ...(unsigned === 0 ? [] : [`${many} not signed by this signer, and unsigned attestations do not count`]),
    ...[...reasons]
      .slice(0, MOST_REASONS)
      .map((reason) => `A build attestation that this signer signed does not count: ${reason}`),
  ];
  return { ...none, words: words.join('. '), isDetermined };
}

function usedOf({ reading: { image } }: Search, digest: Digest): UsedAttestation {
  return { uri: `${resourceUri(image.registry, image.repository)}@${digest}`, digest };
}
