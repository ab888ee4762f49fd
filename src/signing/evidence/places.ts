/**
 * Reads what is attached to a digest in the image's own repository, and in those that it was promoted from. A copy of an
 * image has the same digest, but not necessarily what is attached to it, and its verdict may be revoked in either place.
 */
import type { Deadline } from '../../deadline.ts';
import { plainName } from '../../image/reference.ts';
import { readEvidence } from './read.ts';
import {
  type Attestation,
  type Evidence,
  type EvidenceSource,
  type Subject,
  UnreadableEvidence,
} from './source.ts';

/** A repository, whatever it contains. */
export type Repository = Pick<Subject, 'registry' | 'repository'>;

/** One repository, and what is attached to the digest there. */
export interface Place {
  readonly subject: Subject;
  /** The canonical name of a repository that the image was promoted from; undefined for the image's own. */
  readonly source: string | undefined;
  readonly evidence: Evidence;
}

/** The places of an image. The first one is its own repository. */
export type Places = readonly [Place, ...Place[]];

/**
 * Reads everything in all places. A repository that cannot be read may revoke the verdict, so it is never left out. One that
 * does not have the digest has nothing attached to it.
 * @param promotedFrom the image's own repository may be among them
 * @throws UnreadableEvidence if anything in any place could not be read
 * @throws GateError `timeout`, `cancelled` or `credentials`
 */
export async function readPlaces(
  source: EvidenceSource,
  { registry, repository, digest }: Subject,
  promotedFrom: readonly Repository[],
  deadline: Pick<Deadline, 'sleep' | 'signal'>,
): Promise<Places> {
  const own = { registry, repository, digest };
  const places: [Place, ...Place[]] = [
    { subject: own, source: undefined, evidence: await readEvidence(source, own, deadline) },
  ];
  for (const other of otherRepositories(own, promotedFrom)) {
    const [subject, name] = [{ ...other, digest }, nameOf(other)];
    const evidence = await inSource(name, () => readEvidence(source, subject, deadline));
    places.push({ subject, source: name, evidence });
  }
  return places;
}

/** The repositories without the image's own, each once, whichever host name of a registry names them. */
function otherRepositories(own: Repository, promotedFrom: readonly Repository[]): Repository[] {
  const others = new Map(promotedFrom.map((one) => [nameOf(one), one]));
  others.delete(nameOf(own));
  return [...others.values()];
}

function nameOf({ registry, repository }: Repository): string {
  return plainName(registry, repository);
}

/**
 * Identifies an attestation by its content and by how it is attached, which decides how cosign reads it. The same manifest can be
 * a referrer in one place and a legacy tag in another.
 */
export function attestationKey({ format, isForCosign, manifest, layer }: Attestation): string {
  return JSON.stringify([format, isForCosign, manifest.digest, layer.digest, layer.descriptor]);
}

/** What is attached in all places together. What is attached in several in the same way counts once. */
export function evidenceOf(places: Places): Evidence {
  const [own] = places;
  const all = places.flatMap(({ evidence }) => evidence.attestations);
  const different = new Map(all.map((one) => [attestationKey(one), one]));
  return { referrers: own.evidence.referrers, attestations: [...different.values()] };
}

/** Reads something in a place. An error about a repository that the image was promoted from says so. */
export async function inSource<T>(source: string | undefined, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (source === undefined || !(error instanceof UnreadableEvidence)) throw error;
    throw new UnreadableEvidence(`in ${source}, which promoted-from lists, ${error.message}`, error.nextStep);
  }
}
