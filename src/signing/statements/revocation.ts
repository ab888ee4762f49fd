/** Verification summaries that revoke the verdict on an image. Pure. */

import type { Digest } from '../../results/registry.ts';
import { EXTENSIONS, readSummary, summaryTime } from './predicate.ts';
import { isClearlyOther } from './repository-name.ts';
import { isRecord, spelledTwice, valuesOf } from './spelling.ts';
import { isAbout, isSummaryType, type Statement } from './statement.ts';

/** A summary that revokes every summary of the same digest that is not newer. */
export interface Revocation {
  readonly statement: Statement;
  /** Undefined if it lacks a required field. It then counts until it is deleted. */
  readonly at: Date | undefined;
  /** Its time as it is written, for a message. */
  readonly time: string;
  /** Its result, for a message. */
  readonly result: string;
}

/**
 * Whether a statement is a verification summary that does not say PASSED, or says something else as well: in a second
 * spelling of the field, in its levels (FAILED is SLSA's word there) or in the gate's own verdict.
 */
export function isRevocation({ predicateType, predicate }: Statement): boolean {
  if (!isSummaryType(predicateType)) return false;
  if (!isRecord(predicate)) return true;
  const results = valuesOf(predicate, 'verificationResult');
  const levels = [...valuesOf(predicate, 'verifiedLevels'), ...valuesOf(predicate, 'policyLevel')].flat();
  const verdicts = valuesOf(predicate, EXTENSIONS.verdict);
  return (
    results.length === 0 ||
    results.some((result) => result !== 'PASSED') ||
    levels.some((level) => typeof level === 'string' && /^\s*fail(?:ed)?\s*$/i.test(level)) ||
    verdicts.some((verdict) => verdict !== 'pass' && verdict !== 'warn')
  );
}

/** The image whose verdict may have been revoked. */
export interface RevocableImage {
  readonly digest: Digest;
  /** Its own repository. */
  readonly resourceUri: string;
  /** Other repositories whose summaries of the same digest count; absent: none. */
  readonly promotedFrom?: readonly string[] | undefined;
}

/**
 * The statements that revoke the verdict on a digest in a repository, or in one that it was promoted from.
 * @returns also, in words, those that do not count because they name another digest, or clearly another repository
 */
export function revocationsOf(
  statements: readonly Statement[],
  { digest, resourceUri, promotedFrom = [] }: RevocableImage,
): { revocations: Revocation[]; notCounted: string[] } {
  const revocations: Revocation[] = [];
  const notCounted: string[] = [];
  for (const statement of statements.filter(isRevocation)) {
    const summary = isRecord(statement.predicate) ? statement.predicate : {};
    const resources = valuesOf(summary, 'resourceUri');
    const counted = [resourceUri, ...promotedFrom];
    const isOther =
      resources.length > 0 &&
      resources.every((uri) => counted.every((expected) => isClearlyOther(uri, expected)));
    const time = quoted(summary.timeVerified) ?? 'an unknown time';
    const written = quoted(summary.verificationResult) ?? 'nothing';
    // A summary that says both PASSED and FAILED counts as FAILED.
    const result = written === 'PASSED' ? 'FAILED' : written;
    if (isAbout(statement, digest) && !isOther) {
      revocations.push({ statement, at: dateOf(statement), time, result });
    } else {
      const subject = isOther ? quoted(resources[0]) : (statement.subjects[0]?.digest ?? 'no digest');
      notCounted.push(`one of ${time} that says ${result} is for ${subject}`);
    }
  }
  return { revocations, notCounted };
}

const MOST_QUOTED_CHARACTERS = 300;

function quoted(value: unknown): string | undefined {
  return typeof value === 'string' ? value.slice(0, MOST_QUOTED_CHARACTERS) : undefined;
}

// Verification summaries did not exist before. Programs write a missing time as one in the year 1 or 1970.
const FIRST_SUMMARIES = Date.parse('2020-01-01T00:00:00Z');

/** When a summary was made; undefined if it lacks a required field, or has one in two spellings. */
function dateOf({ predicate }: Statement): Date | undefined {
  const summary = readSummary(predicate);
  if (summary === undefined || spelledTwice(predicate)) return undefined;
  return summaryTime(summary) < FIRST_SUMMARIES ? undefined : new Date(summaryTime(summary));
}
