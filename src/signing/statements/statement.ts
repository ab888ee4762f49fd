/** Reading in-toto statements. Pure. */

import { isDigest } from '../../image/reference.ts';
import { givesKeyTwice } from '../../json.ts';
import type { Digest } from '../../results/registry.ts';
import { SUMMARY_TYPE } from './predicate.ts';
import { isRecord, valuesOf } from './spelling.ts';

/** The parts of an in-toto statement that are used here. */
export interface Statement {
  readonly predicateType: string;
  readonly subjects: readonly {
    readonly digest: Digest;
    readonly annotations: Readonly<Record<string, unknown>> | undefined;
  }[];
  /** Undefined for a verification summary that can be read in two ways. */
  readonly predicate: unknown;
}

/**
 * The statements that `cosign verify-attestation` prints: one DSSE envelope per line. Lines that are no envelope and
 * statements with a duplicate key are left out. Of a verification summary with a duplicate key only the predicate is
 * left out: such a summary does not count for the image, and revokes the verdict.
 */
export function statementsOf(stdout: string): Statement[] {
  return stdout.split('\n').flatMap((line) => statementOf(line) ?? []);
}

function statementOf(line: string): Statement | undefined {
  try {
    const envelope = JSON.parse(line) as { payload: string; payloadType: string };
    if (envelope.payloadType !== 'application/vnd.in-toto+json') return undefined;
    return statementIn(Buffer.from(envelope.payload, 'base64').toString('utf8'));
  } catch {
    return undefined;
  }
}

/**
 * The payloads of the envelopes that `cosign verify-attestation` prints, in the form in which Node writes base64: an
 * envelope was verified if its payload is among them.
 */
export function verifiedPayloads(stdout: string): ReadonlySet<string> {
  return new Set(stdout.split('\n').flatMap((line) => payloadOf(line) ?? []));
}

function payloadOf(line: string): string | undefined {
  try {
    const { payload } = JSON.parse(line) as { payload?: unknown };
    return typeof payload === 'string' ? Buffer.from(payload, 'base64').toString('base64') : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The statement in a JSON text, read strictly; undefined if there is none, and if it has a duplicate key. Of a
 * verification summary with a duplicate key only the predicate is left out.
 */
export function statementIn(text: string): Statement | undefined {
  try {
    const statement: unknown = JSON.parse(text);
    const { predicateType, subject, predicate } = statement as {
      predicateType: unknown;
      subject: ({ digest?: { sha256?: unknown }; annotations?: Record<string, unknown> } | null)[];
      predicate?: unknown;
    };
    if (typeof predicateType !== 'string') return undefined;
    const subjects = subject.flatMap((one) => {
      const sha256 = one?.digest?.sha256;
      const digest = typeof sha256 === 'string' ? `sha256:${sha256}` : '';
      return isDigest(digest) ? [{ digest, annotations: one?.annotations }] : [];
    });
    // JSON.parse keeps the last value of a duplicate key; other parsers keep the first.
    if (!givesKeyTwice(text, statement)) return { predicateType, subjects, predicate };
    // A summary that can be read in two ways must not count as PASSED, but has to revoke an earlier one.
    return isSummaryType(predicateType) ? { predicateType, subjects, predicate: undefined } : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Reads a statement tolerantly, also where cosign would not accept its spelling. Used only to find statements that revoke
 * a verdict, never for what counts for an image.
 * @param payload the payload of an envelope
 * @returns undefined if it is not a statement
 */
export function readLoosely(payload: string): Statement | undefined {
  let value: unknown;
  try {
    value = JSON.parse(payload);
  } catch {
    return undefined;
  }
  if (!isRecord(value)) return undefined;
  const hasDuplicateKey = givesKeyTwice(payload, value);
  const types = flattened(valuesOf(value, 'predicateType')).filter((type) => typeof type === 'string');
  // Of several types, the type of a summary is the stricter one. JSON.parse may have dropped it.
  const summaryType = hasDuplicateKey && isSummaryType(payload) ? SUMMARY_TYPE : types.find(isSummaryType);
  const predicateType = summaryType ?? types[0];
  if (predicateType === undefined) return undefined;
  const predicates = valuesOf(value, 'predicate');
  return {
    predicateType,
    subjects: flattened([...valuesOf(value, 'subject'), ...valuesOf(value, 'subjects')]).flatMap(subjectsIn),
    predicate: hasDuplicateKey || types.length > 1 || predicates.length > 1 ? undefined : predicates[0],
  };
}

function subjectsIn(subject: unknown): Statement['subjects'] {
  const digests = isRecord(subject)
    ? flattened(valuesOf(subject, 'digest'), (digest) =>
        isRecord(digest) ? Object.values(digest) : undefined,
      )
    : [subject];
  return digests.flatMap((text) => {
    if (typeof text !== 'string') return [];
    const digest = `sha256:${text
      .trim()
      .toLowerCase()
      .replace(/^sha256:/, '')}`;
    return isDigest(digest) ? [{ digest, annotations: undefined }] : [];
  });
}

/**
 * The items of nested lists. It does not recurse: the author of the text chooses how deep the lists are.
 * @param inside the items of a value that is not a list, if it contains any
 */
function flattened(
  list: readonly unknown[],
  inside: (value: unknown) => readonly unknown[] | undefined = () => undefined,
): unknown[] {
  const items: unknown[] = [];
  const open: unknown[] = [...list].reverse();
  while (open.length > 0) {
    const item = open.pop();
    const more = Array.isArray(item) ? (item as unknown[]) : inside(item);
    if (more === undefined) items.push(item);
    // Not spread, because the number of arguments of a call is limited.
    else for (let at = more.length - 1; at >= 0; at -= 1) open.push(more[at]);
  }
  return items;
}

/** Whether a statement names the digest among its subjects. */
export function isAbout({ subjects }: Statement, digest: Digest): boolean {
  return subjects.some((subject) => subject.digest === digest);
}

/** Whether a predicate type is the type of a verification summary, in any version and spelling. */
export function isSummaryType(type: string): boolean {
  return type
    .toLowerCase()
    .replaceAll(/[^a-z]/g, '')
    .includes('verificationsummary');
}
