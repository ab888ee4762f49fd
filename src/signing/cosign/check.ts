/** Has cosign verify a signature or attestations. This is the only place that sets how strictly. */
import { imageUri } from '../../image/reference.ts';
import type { Subject } from '../evidence/source.ts';
import { retry } from '../retry.ts';
import {
  type SignatureFormat,
  type Verifier,
  verifyArguments,
  verifyAttestationArguments,
} from './arguments.ts';
import { type Failure, type Found, foundBy } from './failures.ts';
import type { LoopbackImage } from './loopback-registry.ts';
import { type CosignSession, call, callTime, failureOf, stopIfOver } from './session.ts';

/** How many bytes of attestations cosign may print: every run adds one, and cosign prints all of them. */
export const MOST_ATTESTATIONS_BYTES = 128 * 1024 * 1024;

/** What cosign has to verify. */
export interface Check {
  readonly subject: Subject;
  readonly verifier: Verifier;
  readonly format: SignatureFormat;
  /** A signature with these annotations, or the attestations of a predicate type. */
  readonly wanted: { readonly annotations: Readonly<Record<string, string>> } | { readonly type: string };
  /** The copy of the image that cosign reads; undefined: the image in ECR. */
  readonly copy?: LoopbackImage;
  /**
   * true: what a key signed counts without an entry in the transparency log. For what counts against an image this is
   * the stricter outcome.
   */
  readonly ignoresLog?: boolean;
  /** As `VerifyRequest` has them. */
  readonly timestampInsteadOfLog?: boolean;
  readonly ignoresCertificateLog?: boolean;
  /** true: the result counts only if cosign read the whole copy. It silently leaves out what it could not read. */
  readonly mustReadAll?: boolean;
}

/** What cosign verified, as it printed it, or why it verified nothing. */
export type Checked =
  | { readonly ok: true; readonly stdout: string }
  | (Failure & {
      readonly ok: false;
      /** Set if cosign determined that there is no match; undefined if it could not determine that. */
      readonly found: Found | undefined;
    });

/** Has cosign verify once. */
export async function checkOnce(session: CosignSession, check: Check): Promise<Checked> {
  const { copy, mustReadAll = false, subject } = check;
  const image = imageUri(subject.registry, subject.repository, subject.digest);
  const args = argumentsOf(session, check, copy?.image ?? image);
  const result = await call(session, args, subject.registry, { mostOutput: MOST_ATTESTATIONS_BYTES });
  const isComplete = !mustReadAll || copy?.isRead() === true;
  if (result.exitCode === 0 && isComplete) return { ok: true, stdout: result.stdout };
  const failure = failureOf(result);
  if (!isComplete) {
    const message = 'cosign did not read everything that is attached';
    return { ...failure, message, transient: !result.timedOut, ok: false, found: undefined };
  }
  // A process that was terminated has determined nothing.
  const found = result.exitCode === undefined ? undefined : foundBy(result.stderr);
  // The reader knows the image by its name in ECR.
  const message = copy === undefined ? failure.message : failure.message.replaceAll(copy.image, image);
  return { ...failure, message, ok: false, found };
}

const ATTEMPTS = 4;

/**
 * Has cosign verify, again after a temporary failure.
 * @throws GateError `timeout` or `cancelled` if the run has ended
 */
export async function check(session: CosignSession, task: Check): Promise<Checked> {
  const { deadline } = session.ports;
  const { registry, repository, digest } = task.subject;
  return retry<Checked>(
    async () => {
      const checked = await checkOnce(session, task);
      if (checked.ok) return { value: checked, again: false };
      stopIfOver(deadline, `verifying ${imageUri(registry, repository, digest)}`);
      return { value: checked, again: checked.found === undefined && checked.transient };
    },
    { deadline, attempts: ATTEMPTS },
  );
}

function argumentsOf(session: CosignSession, task: Check, image: string): string[] {
  const { verifier, format, wanted, ignoresLog = false, timestampInsteadOfLog, ignoresCertificateLog } = task;
  const { trustedRoot, emptyRoot, ownServices, transparencyLog } = session;
  const log =
    ignoresLog && verifier.kind === 'key'
      ? { transparencyLog: false, trustedRoot: emptyRoot, ownServices: false }
      : { transparencyLog, trustedRoot, ownServices };
  const timeoutMs = callTime(session.ports.deadline);
  const request = {
    image,
    verifier,
    format,
    ...log,
    timeoutMs,
    timestampInsteadOfLog,
    ignoresCertificateLog,
  };
  return 'type' in wanted
    ? verifyAttestationArguments(request, wanted.type)
    : verifyArguments({ ...request, annotations: wanted.annotations });
}
