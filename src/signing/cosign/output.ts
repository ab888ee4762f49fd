/** What cosign prints when it has verified something. Pure. */
import type { Digest } from '../../results/registry.ts';
import { type Statement, statementsOf } from '../statements/statement.ts';
import { SIGNATURE_TYPE } from './arguments.ts';

const LEGACY_TYPE = 'cosign container image signature';

/**
 * Whether the output of `verify-attestation` contains a signature of exactly this digest with these annotations. The
 * output has one DSSE envelope per line, verified by cosign. The caller checks the exit code.
 */
export function provesBundle(
  stdout: string,
  digest: Digest,
  annotations: Readonly<Record<string, string>> = {},
): boolean {
  return statementsOf(stdout).some((statement) => isSignature(statement, digest, annotations));
}

/** Whether a statement is a signature of this digest with these annotations. */
export function isSignature(
  { predicateType, subjects }: Statement,
  digest: Digest,
  annotations: Readonly<Record<string, string>>,
): boolean {
  return (
    predicateType === SIGNATURE_TYPE &&
    subjects.some((subject) => subject.digest === digest && holds(subject.annotations, annotations))
  );
}

/**
 * The last of the downloaded bundles whose envelope cosign has verified and printed, and whose statement is wanted;
 * undefined if there is none.
 */
export function verifiedBundle(
  downloaded: string,
  verified: string,
  isWanted: (statement: Statement) => boolean,
): string | undefined {
  const envelopes = new Set(verified.split('\n').flatMap((line) => envelopeKey(line, isWanted) ?? []));
  return downloaded.split('\n').findLast((line) => {
    try {
      const { dsseEnvelope } = JSON.parse(line) as { dsseEnvelope?: unknown };
      const key = envelopeKey(JSON.stringify(dsseEnvelope) ?? '', isWanted);
      return key !== undefined && envelopes.has(key);
    } catch {
      return false;
    }
  });
}

/** Identifies an envelope by its payload and signatures. */
function envelopeKey(line: string, isWanted: (statement: Statement) => boolean): string | undefined {
  const [statement] = statementsOf(line);
  if (statement === undefined || !isWanted(statement)) return undefined;
  const { payload, signatures } = JSON.parse(line) as { payload: string; signatures?: unknown };
  const all: unknown[] = Array.isArray(signatures) ? signatures : [];
  return JSON.stringify([payload, all.map((one) => (one as { sig?: unknown } | null)?.sig)]);
}

/** The same for legacy signatures: `verify` prints them as a JSON array. */
export function provesLegacy(
  stdout: string,
  digest: Digest,
  annotations: Readonly<Record<string, string>> = {},
): boolean {
  try {
    const claims = JSON.parse(stdout) as {
      critical: { image: { 'docker-manifest-digest': string }; type: string };
      optional: Record<string, string> | null;
    }[];
    return claims.some(
      ({ critical, optional }) =>
        critical.type === LEGACY_TYPE &&
        critical.image['docker-manifest-digest'] === digest &&
        holds(optional ?? undefined, annotations),
    );
  } catch {
    return false;
  }
}

function holds(
  actual: Readonly<Record<string, unknown>> | undefined,
  wanted: Readonly<Record<string, string>>,
): boolean {
  return Object.entries(wanted).every(([name, value]) => actual?.[name] === value);
}
