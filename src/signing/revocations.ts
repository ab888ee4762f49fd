/**
 * Finds the attestations by the signer that revoke a verdict. All attestations that were read are searched, in every
 * spelling, type and format: cosign itself prints only those with a spelling that it accepts, of one type and in one format.
 */
import { readFile } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import { GateError, messageOf } from '../errors.ts';
import { imageUri } from '../image/reference.ts';
import { publicKeyArguments, type Verifier } from './cosign/arguments.ts';
import { check } from './cosign/check.ts';
import type { Found } from './cosign/failures.ts';
import { type CosignSession, call, failureOf, stopIfOver } from './cosign/session.ts';
import { signedBy } from './evidence/envelope.ts';
import type { Place } from './evidence/places.ts';
import { readEvidence } from './evidence/read.ts';
import { type Attestation, type Evidence, type Subject, UnreadableEvidence } from './evidence/source.ts';
import { resourceUri } from './statements/predicate.ts';
import { isRevocation, revocationsOf } from './statements/revocation.ts';
import { isAbout, type Statement, verifiedPayloads } from './statements/statement.ts';

/** Whose attestations are searched, and those of which digest. */
export interface RevocationSearch {
  readonly session: CosignSession;
  readonly verifier: Verifier;
  readonly subject: Subject;
}

const MOST_NAMED = 5;

/**
 * Names the attestations that revoke a verdict, and the commands that delete them, one for each repository. Others may have
 * pushed copies of one; each of them revokes the verdict.
 */
export function describeRevocations(
  statements: readonly Statement[],
  attestations: readonly Attestation[],
  places: readonly Pick<Place, 'subject' | 'evidence'>[],
): { what: string; nextStep: string } {
  const revoking = attestations.filter(({ envelope }) => statements.includes(envelope.statement));
  const digests = [...new Set(revoking.map(({ manifest }) => manifest.digest))];
  const named = digests.slice(0, MOST_NAMED);
  const more = digests.length > named.length ? ` and ${digests.length - named.length} more` : '';
  const command = places
    .flatMap(({ subject: { registry, repository }, evidence }) => {
      const attached = new Set(evidence.attestations.map(({ manifest }) => manifest.digest));
      const ids = named.filter((digest) => attached.has(digest)).map((digest) => `imageDigest=${digest}`);
      if (ids.length === 0) return [];
      return `aws ecr batch-delete-image --registry-id ${registry.account} --region ${registry.region} --repository-name ${repository} --image-ids ${ids.join(' ')}`;
    })
    .join(' && ');
  const legacy = revoking.some(({ format }) => format === 'legacy')
    ? ' (in format legacy, this also deletes the other attestations of the image)'
    : '';
  return {
    what: named.length === 0 ? 'an attestation' : `${named.join(', ')}${more}`,
    nextStep: `Do not deploy this image. To allow it again, delete the attestations that revoke its verdict${legacy} and run the gate for it${named.length === 0 ? '.' : `: ${command}`}`,
  };
}

/**
 * Refuses to sign a digest whose verdict this signer revoked, in either format and at any time.
 * @throws GateError `signing` if it was revoked, or if not everything attached could be read; `timeout` or
 *   `cancelled`
 */
export async function refuseRevoked(search: RevocationSearch): Promise<void> {
  const { session, subject } = search;
  const { registry, repository, digest } = subject;
  const image = imageUri(registry, repository, digest);
  try {
    const evidence = await readEvidence(session.ports.evidence, subject, session.ports.deadline);
    const signed = await revocationsBySigner(search, evidence);
    const statements = signed.map(({ envelope }) => envelope.statement);
    const { revocations } = revocationsOf(statements, {
      digest,
      resourceUri: resourceUri(registry, repository),
    });
    const [first] = revocations;
    if (first === undefined) return;
    const revoking = revocations.map(({ statement }) => statement);
    const { what, nextStep } = describeRevocations(revoking, signed, [{ subject, evidence }]);
    throw new GateError(
      'signing',
      `The verdict on ${image} was revoked: an attestation by this signer, of ${first.time}, says ${first.result} (${what}). Nothing was signed or attested.`,
      { nextStep },
    );
  } catch (error) {
    if (!(error instanceof UnreadableEvidence)) throw error;
    throw new GateError(
      'signing',
      `Not everything that is attached to ${image} could be read, and it may revoke the verdict: ${error.message}. Nothing was signed or attested.`,
      { nextStep: error.nextStep, cause: error },
    );
  }
}

/** A type that no attestation has. cosign then reports whether there are others by the signer. */
const NO_TYPE = 'urn:ecr-deployment-gate:none';
const MOST_SERVED = 500;
const MOST_TYPES = 20;
const MOST_TYPE_CHARACTERS = 300;

/**
 * The attestations by the signer that revoke a verdict, of any digest and repository. With a key no transparency log is
 * required: to check less strictly what counts against an image is the stricter outcome. With a certificate it is, because
 * the certificate is valid for only a few minutes, and the log confirms that it was valid when it signed.
 * @throws UnreadableEvidence if it could not be determined who signed one
 */
export async function revocationsBySigner(
  search: RevocationSearch,
  evidence: Evidence,
): Promise<Attestation[]> {
  const candidates = evidence.attestations.filter(({ envelope }) => isRevocation(envelope.statement));
  if (candidates.length === 0) return [];
  const isSigned = await signatureCheck(search);
  const signed = new Set<Attestation>();
  for (const candidate of candidates) {
    if (isSigned(candidate)) signed.add(candidate);
    // There may be thousands, and each check blocks the event loop for a moment.
    await setImmediate();
  }
  // cosign verifies the rest: it reads certificates, and supports more kinds of keys.
  const others = candidates.filter(
    (candidate) =>
      !signed.has(candidate) &&
      candidate.isForCosign &&
      isAbout(candidate.envelope.statement, search.subject.digest),
  );
  for (const format of ['bundle', 'legacy']) {
    const ofFormat = others.filter((other) => other.format === format);
    for (let at = 0; at < ofFormat.length; at += MOST_SERVED) {
      for (const one of await signedByCosign(search, ofFormat.slice(at, at + MOST_SERVED))) signed.add(one);
    }
  }
  return [...signed];
}

/** Returns a function that tells whether the signer's key signed an attestation. It does not support certificates. */
async function signatureCheck({
  session,
  verifier,
  subject,
}: RevocationSearch): Promise<(candidate: Attestation) => boolean> {
  if (verifier.kind !== 'key') return () => false;
  try {
    const isSigned = signedBy(await publicKey(session, verifier.reference, subject));
    return ({ envelope }) => isSigned(envelope);
  } catch (error) {
    if (error instanceof UnreadableEvidence) throw error;
    throw new UnreadableEvidence(
      `the public key of ${verifier.reference} cannot be used: ${messageOf(error)}`,
      'Check the key.',
    );
  }
}

async function publicKey(session: CosignSession, reference: string, { registry }: Subject): Promise<string> {
  if (!reference.startsWith('awskms:')) return readFile(reference, 'utf8');
  const args = publicKeyArguments({ kind: 'kms', reference, region: undefined });
  const result = await call(session, args, registry);
  if (result.exitCode === 0) return result.stdout;
  stopIfOver(session.ports.deadline, `reading the public key of ${reference}`);
  const { message, nextStep } = failureOf(result);
  throw unknown(`cosign could not read the public key: ${message}`, nextStep);
}

/** The attestations that cosign verifies as the signer's. */
async function signedByCosign(
  search: RevocationSearch,
  candidates: readonly Attestation[],
): Promise<Attestation[]> {
  // One call says whether there are any, however many types others have used.
  if ((await verifyWithCosign(search, candidates, NO_TYPE)).found === 'nothing') return [];
  const types = new Set(candidates.map(({ envelope }) => envelope.statement.predicateType));
  if (types.size > MOST_TYPES || [...types].some((type) => type.length > MOST_TYPE_CHARACTERS)) {
    throw unknown(
      'an attestation by this signer revokes the verdict, but there are too many predicate types to determine which',
    );
  }
  const signed: Attestation[] = [];
  for (const type of types) {
    const { stdout } = await verifyWithCosign(search, candidates, type);
    const payloads = verifiedPayloads(stdout);
    signed.push(...candidates.filter(({ envelope }) => payloads.has(envelope.payload.toString('base64'))));
  }
  if (signed.length === 0) {
    throw unknown('an attestation by this signer revokes the verdict, but cosign does not say which');
  }
  return signed;
}

async function verifyWithCosign(
  { session, verifier, subject }: RevocationSearch,
  attestations: readonly Attestation[],
  type: string,
): Promise<{ stdout: string; found: Found | undefined }> {
  const copy = await session.serve({ digest: subject.digest, attestations });
  const format = attestations[0]?.format ?? 'bundle';
  const result = await check(session, {
    subject,
    verifier,
    format,
    wanted: { type },
    copy,
    ignoresLog: true,
    mustReadAll: true,
  });
  if (result.ok) return { stdout: result.stdout, found: undefined };
  if (result.found !== undefined) return { stdout: '', found: result.found };
  throw unknown(
    `cosign could not determine who signed the attestations that may revoke the verdict: ${result.message}`,
    result.nextStep,
  );
}

function unknown(message: string, nextStep = 'Examine the attestations of the image. See docs/signing.md.') {
  return new UnreadableEvidence(message, nextStep);
}
