/**
 * Whether the signer took a verdict back. Its attestations are looked for generously, among everything that was read of
 * the registry: cosign prints only those whose spelling it accepts, of one type and in one format.
 */
import { readFile } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import { GateError, messageOf } from '../errors.ts';
import { imageUri } from '../image/reference.ts';
import { type Found, publicKeyArguments, type Verifier, verifyAttestationArguments } from './cosign.ts';
import { signedBy } from './envelope.ts';
import { type Attestation, type Evidence, EvidenceUnread, readEvidence, type Subject } from './evidence.ts';
import { resourceUri } from './predicate.ts';
import { call, failureOf, look, type Session, stopIfOver } from './session.ts';
import { isAbout, isTakeBack, type Statement, takeBacksOf } from './statement.ts';

/** Who has to have signed, and of which digest. */
export interface Asked {
  readonly session: Session;
  readonly verifier: Verifier;
  readonly subject: Subject;
}

/**
 * The attestations that take a verdict back, and how to delete them where the image may be deployed again. Others may
 * have pushed copies of one: each of them takes the verdict back.
 */
export function takeBackWords(
  statements: readonly Statement[],
  attestations: readonly Attestation[],
  { registry, repository }: Subject,
): { what: string; nextStep: string } {
  const takers = attestations.filter(({ envelope }) => statements.includes(envelope.statement));
  const digests = [...new Set(takers.map(({ manifest }) => manifest.digest))];
  const named = digests.slice(0, MOST_NAMED);
  const more = digests.length > named.length ? ` and ${digests.length - named.length} more` : '';
  const ids = named.map((digest) => `imageDigest=${digest}`).join(' ');
  const command = `aws ecr batch-delete-image --registry-id ${registry.account} --region ${registry.region} --repository-name ${repository} --image-ids ${ids}`;
  const legacy = takers.some(({ format }) => format === 'legacy')
    ? ' (in format legacy the other attestations of the image go with it)'
    : '';
  return {
    what: named.length === 0 ? 'an attestation' : `${named.join(', ')}${more}`,
    nextStep: `Do not deploy this image. If it may be deployed again, delete what takes its verdict back${legacy} and let the gate judge it again${named.length === 0 ? '.' : `: ${command}`}`,
  };
}

const MOST_NAMED = 5;

/**
 * Refuses to sign a digest whose verdict this signer took back, in either format and whenever that was.
 * @throws GateError `signing` where it was, or where not everything attached could be read; `timeout` or `cancelled`
 */
export async function refuseTakenBack(asked: Asked): Promise<void> {
  const { session, subject } = asked;
  const { registry, repository, digest } = subject;
  const image = imageUri(registry, repository, digest);
  try {
    const evidence = await readEvidence(session.ports.evidence, subject, session.ports.deadline);
    const signed = await takeBacksBySigner(asked, evidence);
    const statements = signed.map(({ envelope }) => envelope.statement);
    const { takeBacks } = takeBacksOf(statements, { digest, resourceUri: resourceUri(registry, repository) });
    const [first] = takeBacks;
    if (first === undefined) return;
    const takers = takeBacks.map(({ statement }) => statement);
    const { what, nextStep } = takeBackWords(takers, signed, subject);
    throw new GateError(
      'signing',
      `The verdict on ${image} was taken back: an attestation of ${first.time} by this signer says ${first.says} (${what}). Nothing was signed or attested.`,
      { nextStep },
    );
  } catch (error) {
    if (!(error instanceof EvidenceUnread)) throw error;
    throw new GateError(
      'signing',
      `What is attached to ${image} could not be read completely, and may take its verdict back: ${error.message}. Nothing was signed or attested.`,
      { nextStep: error.nextStep, cause: error },
    );
  }
}

/** A type that no attestation has: cosign then says whether there are others by the signer. */
const NO_TYPE = 'urn:ecr-deployment-gate:none';
const MOST_SHOWN = 500;
const MOST_TYPES = 20;
const LONGEST_TYPE = 300;

/**
 * The attestations by the signer that take a verdict back, of whatever digest or repository they are. With a key no
 * transparency log is required: to check less strictly what counts against an image is the stricter outcome. A
 * certificate is valid for only a few minutes, and the log is what confirms that it was valid at the signature.
 * @throws EvidenceUnread where it could not be found out who signed one
 */
export async function takeBacksBySigner(asked: Asked, evidence: Evidence): Promise<Attestation[]> {
  const suspects = evidence.attestations.filter(({ envelope }) => isTakeBack(envelope.statement));
  if (suspects.length === 0) return [];
  const isSigned = await signatureCheck(asked);
  const signed = new Set<Attestation>();
  for (const suspect of suspects) {
    if (isSigned(suspect)) signed.add(suspect);
    // There may be thousands, and each takes a moment in which nothing else happens.
    await setImmediate();
  }
  // The rest is shown to cosign: it reads certificates, and more kinds of keys.
  const others = suspects.filter(
    (suspect) =>
      !signed.has(suspect) &&
      suspect.isForCosign &&
      isAbout(suspect.envelope.statement, asked.subject.digest),
  );
  for (const format of ['bundle', 'legacy']) {
    const shown = others.filter((other) => other.format === format);
    for (let at = 0; at < shown.length; at += MOST_SHOWN) {
      for (const one of await signedByCosign(asked, shown.slice(at, at + MOST_SHOWN))) signed.add(one);
    }
  }
  return [...signed];
}

/** Whether the signer's key signed a suspect; with a certificate only cosign can tell. */
async function signatureCheck({
  session,
  verifier,
  subject,
}: Asked): Promise<(suspect: Attestation) => boolean> {
  if (verifier.kind !== 'key') return () => false;
  try {
    const isSigned = signedBy(await publicKey(session, verifier.reference, subject));
    return ({ envelope }) => isSigned(envelope);
  } catch (error) {
    if (error instanceof EvidenceUnread) throw error;
    throw new EvidenceUnread(
      `the public key of ${verifier.reference} cannot be used: ${messageOf(error)}`,
      'Check the key.',
    );
  }
}

async function publicKey(session: Session, reference: string, { registry }: Subject): Promise<string> {
  if (!reference.startsWith('awskms:')) return readFile(reference, 'utf8');
  const args = publicKeyArguments({ kind: 'kms', reference, region: undefined });
  const result = await call(session, args, registry);
  if (result.exitCode === 0) return result.stdout;
  stopIfOver(session.ports.deadline, `reading the public key of ${reference}`);
  const { message, nextStep } = failureOf(result);
  throw unknown(`cosign cannot read the public key: ${message}`, nextStep);
}

/** Those of the suspects that cosign takes for the signer's. */
async function signedByCosign(asked: Asked, suspects: readonly Attestation[]): Promise<Attestation[]> {
  // One call says whether there are any at all, however many types others have used.
  if ((await lookAt(asked, suspects, NO_TYPE)).found === 'nothing') return [];
  const types = new Set(suspects.map(({ envelope }) => envelope.statement.predicateType));
  if (types.size > MOST_TYPES || [...types].some((type) => type.length > LONGEST_TYPE)) {
    throw unknown(
      'an attestation by this signer takes it back, but there are too many others to find out which',
    );
  }
  const signed: Attestation[] = [];
  for (const type of types) {
    const { stdout } = await lookAt(asked, suspects, type);
    const payloads = new Set(stdout.split('\n').flatMap((line) => payloadOf(line) ?? []));
    signed.push(...suspects.filter(({ envelope }) => payloads.has(envelope.payload.toString('base64'))));
  }
  if (signed.length === 0) {
    throw unknown('an attestation by this signer takes it back, but cosign does not say which');
  }
  return signed;
}

async function lookAt(
  { session, verifier, subject }: Asked,
  attestations: readonly Attestation[],
  type: string,
): Promise<{ stdout: string; found: Found | undefined }> {
  const showing = await session.show({ digest: subject.digest, attestations });
  const format = attestations[0]?.format ?? 'bundle';
  const services =
    verifier.kind === 'key'
      ? { transparencyLog: false, trustedRoot: session.emptyRoot, ownServices: false }
      : { transparencyLog: true, trustedRoot: session.trustedRoot, ownServices: session.ownServices };
  const args = (image: string, timeoutMs: number) =>
    verifyAttestationArguments({ image, verifier, format, ...services, timeoutMs }, type);
  const result = await look(session, subject, showing, args, { wholly: true });
  if (result.ok) return { stdout: result.stdout, found: undefined };
  if (result.found !== undefined) return { stdout: '', found: result.found };
  throw unknown(
    `cosign could not find out who signed what takes it back: ${result.message}`,
    result.nextStep,
  );
}

/** The payload of an envelope, in the one way in which Node writes base64. */
function payloadOf(line: string): string | undefined {
  try {
    const { payload } = JSON.parse(line) as { payload?: unknown };
    return typeof payload === 'string' ? Buffer.from(payload, 'base64').toString('base64') : undefined;
  } catch {
    return undefined;
  }
}

function unknown(message: string, nextStep = 'Look at the attestations of the image; see docs/signing.md.') {
  return new EvidenceUnread(message, nextStep);
}
