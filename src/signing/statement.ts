/**
 * What attestations say. Pure: texts in, a decision out. cosign has checked the signatures of those that count for an
 * image, and that the digest is among the subjects; everything else is checked here.
 */

import { InvalidReference, isDigest, isRepository, parseReference } from '../image/reference.ts';
import { givesKeyTwice } from '../json.ts';
import type { Digest } from '../results/registry.ts';
import { CLOCK_SKEW_MS } from '../time.ts';
import {
  EXTENSIONS,
  readSummary,
  resourceUri as resourceUriOf,
  SUMMARY_TYPE,
  VERIFIER_ID,
  type VerificationSummary,
} from './predicate.ts';

/** An in-toto statement, as far as it is needed. */
export interface Statement {
  readonly predicateType: string;
  readonly subjects: readonly {
    readonly digest: Digest;
    readonly annotations: Readonly<Record<string, unknown>> | undefined;
  }[];
  /** Undefined for that of a verification summary that can be read in two ways. */
  readonly predicate: unknown;
}

/**
 * The statements that `verify-attestation` prints: one DSSE envelope a line. A line that is none is left out,
 * so garbage proves nothing, and so is a statement with a key that is there twice. Of a verification summary with one
 * the predicate alone is left out: it proves nothing either, and takes back what others say.
 */
export function statementsOf(stdout: string): Statement[] {
  return stdout.split('\n').flatMap((line) => statementOf(line) ?? []);
}

function statementOf(line: string): Statement | undefined {
  try {
    const envelope = JSON.parse(line) as { payload: string; payloadType: string };
    if (envelope.payloadType !== 'application/vnd.in-toto+json') return undefined;
    const text = Buffer.from(envelope.payload, 'base64').toString('utf8');
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
    // JSON.parse keeps the last of two values of one key; who else reads this might keep the first.
    if (!givesKeyTwice(text, statement)) return { predicateType, subjects, predicate };
    // A summary that can be read in two ways says PASSED in none; left out, it would not take one back.
    return isSummaryType(predicateType) ? { predicateType, subjects, predicate: undefined } : undefined;
  } catch {
    return undefined;
  }
}

/**
 * A statement as its author may have meant it, whatever cosign thinks of its spelling: to find what takes a verdict
 * back, never what counts for an image.
 * @param payload what an envelope holds
 * @returns undefined for what is no statement at all
 */
export function readLoosely(payload: string): Statement | undefined {
  let value: unknown;
  try {
    value = JSON.parse(payload);
  } catch {
    return undefined;
  }
  if (!isRecord(value)) return undefined;
  const isTwofold = givesKeyTwice(payload, value);
  const types = flattened(valuesOf(value, 'predicateType')).filter((type) => typeof type === 'string');
  // Of several types, some of which JSON.parse may have dropped, a summary's is the stricter one.
  const summaryType = isTwofold && isSummaryType(payload) ? SUMMARY_TYPE : types.find(isSummaryType);
  const predicateType = summaryType ?? types[0];
  if (predicateType === undefined) return undefined;
  const predicates = valuesOf(value, 'predicate');
  return {
    predicateType,
    subjects: flattened([...valuesOf(value, 'subject'), ...valuesOf(value, 'subjects')]).flatMap(subjectsIn),
    predicate: isTwofold || types.length > 1 || predicates.length > 1 ? undefined : predicates[0],
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
 * The items of lists in lists. Without recursion: whoever writes the text chooses how deep it is.
 * @param inside the items of what is no list, if it holds any
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
    // Not spread: an argument list has a limit.
    else for (let at = more.length - 1; at >= 0; at -= 1) open.push(more[at]);
  }
  return items;
}

/** What a summary has to say to count. */
export interface Expectation {
  readonly digest: Digest;
  readonly resourceUri: string;
  /** SHA-256 of the policy in hex; undefined: any policy. */
  readonly policySha256: string | undefined;
  /** Digests of the same policy, weakened in ways that are accepted as well. */
  readonly weakenedSha256?: readonly string[] | undefined;
  /** Undefined: any age. */
  readonly maxAgeMs: number | undefined;
  /** By the service's clock; undefined where it was not heard. */
  readonly now: Date | undefined;
}

export type SummaryDecision = (
  | {
      readonly proven: true;
      readonly summary: VerificationSummary;
      readonly at: Date;
      readonly ageMs: number;
    }
  | {
      readonly proven: false;
      readonly why: string;
      /** The one that takes the others back, where that is the reason. */
      readonly takenBackBy: Statement | undefined;
    }
) & {
  /** The summaries that do not say PASSED and did not decide, each with the reason, in words. */
  readonly passedOver: readonly string[];
};

/**
 * Whether the signer's verification summaries allow the image. Only one that says exactly what is expected counts
 * for the image. Every other one that names this digest and does not say PASSED takes back all that are not newer,
 * however it writes repository, policy, verifier and even its own type; it is passed over only if it clearly names
 * another repository. The newest decides; of two of one moment the worse one does. One that takes back and lacks a
 * field that a summary has to have, such as its time, counts until it is deleted.
 */
export function decideSummaries(statements: readonly Statement[], expected: Expectation): SummaryDecision {
  const { takeBacks, passedOver } = takeBacksOf(statements, expected);
  const refused = (why: string, takenBackBy?: Statement): SummaryDecision => ({
    proven: false,
    why,
    takenBackBy,
    passedOver,
  });
  const ofType = statements.filter(({ predicateType }) => isSummaryType(predicateType));
  const ofDigest = ofType.filter((statement) => isAbout(statement, expected.digest));
  if (ofType.length === 0) return refused('it carries no verification summary by this signer');
  if (ofDigest.length === 0) return refused('its verification summary is of another digest');
  const undated = takeBacks.find(({ at }) => at === undefined);
  if (undated !== undefined) {
    return refused(
      'a verification summary of it does not say PASSED and lacks fields that it has to have, such as its time, or has one twice',
      undated.statement,
    );
  }
  const now = expected.now?.getTime();
  const passes = ofDigest.filter((statement) => !isTakeBack(statement));
  const decided = passes.map((statement) => ({ statement, ...readPass(statement, expected, now) }));
  const good = decided.flatMap(({ summary }) => summary ?? []);
  const newest = good.toSorted((a, b) => timeOf(b) - timeOf(a))[0];
  // Of two of one moment that contradict each other, the worse one counts.
  const takesBack = takeBacks
    .toSorted((a, b) => Number(b.at) - Number(a.at))
    .find(({ at }) => newest === undefined || Number(at) >= timeOf(newest));
  if (takesBack !== undefined) {
    const why = `its newest verification summary, of ${takesBack.time}, says ${takesBack.says}`;
    return refused(why, takesBack.statement);
  }
  if (newest === undefined || now === undefined) {
    // The one that comes nearest explains most.
    const nearest = decided.toSorted((a, b) => b.distance - a.distance)[0];
    return refused(nearest?.why ?? 'it carries no verification summary by this signer that says PASSED');
  }
  const ageMs = Math.max(0, now - timeOf(newest));
  if (expected.maxAgeMs !== undefined && ageMs > expected.maxAgeMs) {
    return refused(`its verification summary, of ${newest.timeVerified}, is too old`);
  }
  const older = takeBacks.map(({ says, time }) => `one of ${time} that says ${says} is older`);
  return {
    proven: true,
    summary: newest,
    at: new Date(timeOf(newest)),
    ageMs,
    passedOver: [...passedOver, ...older],
  };
}

/** What one summary that says PASSED is worth: the summary, or why it does not count. */
type Pass =
  | { readonly summary: VerificationSummary; readonly why: undefined; readonly distance: number }
  | { readonly summary: undefined; readonly why: string; readonly distance: number };

function readPass(
  { predicateType, predicate }: Statement,
  expected: Expectation,
  now: number | undefined,
): Pass {
  const not = (distance: number, why: string): Pass => ({ summary: undefined, why, distance });
  const summary = readSummary(predicate);
  if (predicateType !== SUMMARY_TYPE) {
    return not(0, `its verification summary has the type ${predicateType}, not ${SUMMARY_TYPE}`);
  }
  if (summary === undefined) return not(1, 'its verification summary lacks fields that it has to have');
  const contradiction = contradictionIn(predicate, summary);
  if (contradiction !== undefined) return not(1, `its verification summary ${contradiction}`);
  const { verifier, policy, timeVerified } = summary;
  if (verifier.id !== VERIFIER_ID) {
    return not(2, `its verification summary was made by ${verifier.id}, not by this gate`);
  }
  if (summary.resourceUri !== expected.resourceUri) {
    return not(3, `its verification summary is of ${summary.resourceUri}, not of ${expected.resourceUri}`);
  }
  if (!isExpectedPolicy(policy.digest?.sha256, expected)) {
    const by = policyText(summary);
    return not(
      4,
      `its verification summary is by another policy (${by}), not by sha256:${expected.policySha256}`,
    );
  }
  if (!isSha256(policy.digest?.sha256)) {
    return not(4, 'its verification summary does not name its policy by a SHA-256');
  }
  if (now === undefined) {
    return not(5, 'AWS does not tell its time, so the age of its verification summary is not known');
  }
  // A PASSED from the future proves nothing yet; one that takes back counts whatever its date.
  if (timeOf(summary) - now > CLOCK_SKEW_MS) {
    return not(5, `its verification summary is dated ${timeVerified}, which is in the future`);
  }
  return { summary, why: undefined, distance: 6 };
}

/** Whether a statement names the digest among its subjects. */
export function isAbout({ subjects }: Statement, digest: Digest): boolean {
  return subjects.some((subject) => subject.digest === digest);
}

/** A summary of a digest that takes earlier ones back. */
export interface TakeBack {
  readonly statement: Statement;
  /** Undefined where it lacks a field that a summary has to have: it then counts whatever its date. */
  readonly at: Date | undefined;
  /** Its time as it is written, for a person. */
  readonly time: string;
  /** The result that it names, for a person. */
  readonly says: string;
}

/**
 * The statements that take back what was said of this digest in this repository, and, in words, those that would if
 * they did not name another digest, or clearly another repository.
 */
export function takeBacksOf(
  statements: readonly Statement[],
  { digest, resourceUri }: Pick<Expectation, 'digest' | 'resourceUri'>,
): { takeBacks: TakeBack[]; passedOver: string[] } {
  const takeBacks: TakeBack[] = [];
  const passedOver: string[] = [];
  for (const statement of statements.filter(isTakeBack)) {
    const said: Readonly<Record<string, unknown>> = isRecord(statement.predicate) ? statement.predicate : {};
    const resources = valuesOf(said, 'resourceUri');
    const isOther = resources.length > 0 && resources.every((uri) => isClearlyOther(uri, resourceUri));
    const time = quoted(said.timeVerified) ?? 'an unknown time';
    const result = quoted(said.verificationResult) ?? 'nothing';
    // One that says PASSED and FAILED says FAILED.
    const says = result === 'PASSED' ? 'FAILED' : result;
    if (isAbout(statement, digest) && !isOther) {
      takeBacks.push({ statement, at: dateOf(statement), time, says });
    } else {
      const of = isOther ? quoted(resources[0]) : (statement.subjects[0]?.digest ?? 'no digest');
      passedOver.push(`one of ${time} that says ${says} is of ${of}`);
    }
  }
  return { takeBacks, passedOver };
}

const MOST_QUOTED = 300;

function quoted(value: unknown): string | undefined {
  return typeof value === 'string' ? value.slice(0, MOST_QUOTED) : undefined;
}

// There were no verification summaries before. Programs write a time that they do not have as one of the year 1 or 1970.
const FIRST_SUMMARIES = Date.parse('2020-01-01T00:00:00Z');

/** When a summary was made, if it has every field that a summary has to have, each in one spelling. */
function dateOf({ predicate }: Statement): Date | undefined {
  const summary = readSummary(predicate);
  if (summary === undefined || spelledTwice(predicate)) return undefined;
  return timeOf(summary) < FIRST_SUMMARIES ? undefined : new Date(timeOf(summary));
}

/** Whether a predicate type is that of a verification summary, in whatever version and spelling. */
export function isSummaryType(type: string): boolean {
  return type
    .toLowerCase()
    .replaceAll(/[^a-z]/g, '')
    .includes('verificationsummary');
}

/**
 * Whether a statement is a verification summary that does not say PASSED, or says something else as well: in a
 * second spelling of the field, in its levels (FAILED is SLSA's word there) or in this gate's own verdict.
 */
export function isTakeBack({ predicateType, predicate }: Statement): boolean {
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

/** The values of a field in every spelling that is the same but for case, underscores and hyphens. */
function valuesOf(record: Readonly<Record<string, unknown>>, field: string): unknown[] {
  return Object.entries(record).flatMap(([key, value]) => (spelling(key) === spelling(field) ? [value] : []));
}

function spelling(key: string): string {
  return key.toLowerCase().replaceAll(/[\s_-]/g, '');
}

/** Whether a structure has a field in two spellings. */
function spelledTwice(record: unknown): boolean {
  if (!isRecord(record)) return false;
  const keys = Object.keys(record).map(spelling);
  return new Set(keys).size < keys.length;
}

/** In what a summary that says PASSED contradicts itself, or leaves open what passed; undefined: in nothing. */
function contradictionIn(predicate: unknown, { verifiedLevels }: VerificationSummary): string | undefined {
  const { verifier, policy } = predicate as { verifier: unknown; policy: { digest?: unknown } };
  if ([predicate, verifier, policy, policy.digest].some(spelledTwice)) {
    return 'has a field in two spellings';
  }
  return verifiedLevels.length === 0 ? 'says PASSED and names no level that was verified' : undefined;
}

// More than any name of an image has: longer ones are not taken apart.
const MOST_RESOURCE = 1_000;

// What a scheme may be that names an image or its registry.
const SCHEME = /^(?:(oci|docker|https?):\/\/)?/i;
const DOMAIN = /^[a-z0-9-]+(?:\.[a-z0-9-]+)+(?::\d+)?$/;

/**
 * Whether a resource URI certainly names another repository than the expected one: a registry and a repository, both
 * well-formed, that are others whichever host name, port, scheme, case, tag and digest they are written with. What
 * is not there, malformed or of another kind may mean this one.
 * @param expected as `resourceUri` makes it
 */
export function isClearlyOther(resource: unknown, expected: string): boolean {
  if (typeof resource !== 'string' || resource.length > MOST_RESOURCE) return false;
  const text = resource.trim().toLowerCase();
  const [start, scheme] = SCHEME.exec(text) ?? [''];
  const [host = '', ...path] = text.slice(start.length).split('/');
  const registry = host.replace(/\.$|\.?:(?:443|80)$/, '');
  const repository = path
    .join('/')
    .replace(/[?#].*$/, '')
    .replace(/@.*$/, '')
    .replace(/:[^/]*$/, '')
    .replace(/\/+$/, '');
  // As a registry's own API spells it.
  const spelled = [repository, repository.replace(/^v2\//, '')].map((name) =>
    canonical(registry, name, scheme),
  );
  return spelled.every((name) => name !== undefined && name !== expected);
}

/** A repository as `resourceUri` writes it; undefined where it is not well-formed, or no image's repository for sure. */
function canonical(host: string, repository: string, scheme: string | undefined): string | undefined {
  try {
    const { registry, repository: name } = parseReference(`${host}/${repository}`);
    return resourceUriOf(registry, name);
  } catch (error) {
    if (!(error instanceof InvalidReference)) throw error;
    // A host that only resembles one of ECR's may be a slip of the pen, and https may lead to anything.
    const isRegistry = DOMAIN.test(host) && !host.includes('dkr') && !scheme?.startsWith('http');
    return isRegistry && isRepository(repository) ? `oci://${host}/${repository}` : undefined;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function timeOf({ timeVerified }: VerificationSummary): number {
  return Date.parse(timeVerified);
}

function isSha256(text: string | undefined): boolean {
  return text !== undefined && isDigest(`sha256:${text}`);
}

function isExpectedPolicy(
  sha256: string | undefined,
  { policySha256, weakenedSha256 = [] }: Expectation,
): boolean {
  if (policySha256 === undefined || sha256 === policySha256) return true;
  return sha256 !== undefined && weakenedSha256.includes(sha256);
}

/** The policy of a summary in words, and what weakened it. */
export function policyText({ policy, [EXTENSIONS.weakened]: weakening = {} }: VerificationSummary): string {
  const { uri = 'no URI', digest } = policy;
  const name = digest?.sha256 === undefined ? uri : `${uri} sha256:${digest.sha256}`;
  const by = Object.entries(weakening).map(([input, value]) =>
    value === true ? input : `${input}: ${value}`,
  );
  return by.length === 0 ? name : `${name}, weakened by ${by.join(' and ')}`;
}
