/**
 * Defines what a check is, and is the only place that runs checks.
 *
 * A check is a pure function of the facts that it declares in `needs`. It receives their values. Reading an unknown
 * value ends the part of the check that reads it, and makes the result unknown unless the check has found a failure. No
 * check can therefore treat an unknown value as a known one.
 */
import { Fact, type Gap, joinedGaps } from './facts.ts';
import type { Fix, Json } from './result.ts';
import { bySeverity, type Severity, worst } from './severity.ts';
import { plain } from './words.ts';

export const FAMILIES = [
  'scanning',
  'policy',
  'lifecycle',
  'tags',
  'encryption',
  'cache',
  'template',
  'registry',
  'runtime',
  'access',
] as const;
export type Family = (typeof FAMILIES)[number];

/** What a check is about. */
export type Kind = 'registry' | 'repository' | 'cache-rule' | 'template' | 'role' | 'user';

/** The texts of a check, for the docs and for messages. */
export interface CheckText {
  /** `FAMILY/NAME` */
  readonly id: string;
  /** What is true if the check passes, as a sentence. */
  readonly title: string;
  readonly kinds: readonly Kind[];
  /** The worst first. */
  readonly severities: readonly [Severity, ...Severity[]];
  /** When it fails. */
  readonly means: string;
  readonly why: string;
  readonly fix: string;
  /**
   * The nearest checks of Security Hub, AWS Config, Prowler, Checkov and Trivy, and what they do not check; or `none`.
   */
  readonly nearest: string;
  /** AWS's documentation. */
  readonly reference: string;
}

/** A fact that a check needs, and the calls that return it. */
export interface Need<C, T> {
  /** IAM actions. */
  readonly actions: readonly string[];
  readonly of: (about: C) => Fact<T>;
}

export function need<C, T>(actions: readonly string[], of: (about: C) => Fact<T>): Need<C, T> {
  return { actions, of };
}

/** The values of facts. Reading an unknown one throws an error that `run` catches. */
export type Values<N> = { readonly [K in keyof N]: N[K] extends Need<never, infer T> ? T : never };

/** What is wrong. */
export interface Problem {
  /** Default: the worst severity of the check. */
  readonly severity?: Severity;
  /** What is wrong, as sentences. */
  readonly what: string;
  /** What to do, as sentences. */
  readonly toDo: string;
  readonly evidence?: Readonly<Record<string, Json>>;
  /** A command of the AWS CLI, made with `aws` of `words.ts`. Like `document`, it can read further facts. */
  readonly command?: string | ((read: Read) => string);
  /**
   * The document that the command sends. It can read further facts. If one of them is unknown, there is no document.
   */
  readonly document?: (read: Read) => Json | undefined;
  /** Further evidence, from facts that do not affect the result. */
  readonly more?: (read: Read) => Readonly<Record<string, Json>>;
  /** What the failure is about. For a baseline, a failure about something new is a new failure. */
  readonly items?: readonly string[];
}

export type Read = <T>(fact: Fact<T>) => T;

class NotKnown extends Error {
  readonly gap: Gap;

  constructor(gap: Gap) {
    super(gap.reason);
    this.gap = gap;
  }
}

const read: Read = (fact) => {
  const content = Fact.open(fact);
  if ('gap' in content) throw new NotKnown(content.gap);
  return content.known;
};

/** The value that a function computes from facts; undefined if one of them is unknown. */
function ifKnown<T>(make: () => T): T | undefined {
  try {
    return make();
  } catch (error) {
    if (error instanceof NotKnown) return undefined;
    throw error;
  }
}

interface Unknown {
  readonly gap: Gap;
  /** How bad it could be. */
  readonly severity: Severity;
}

/** Receives what a check finds. */
export class Report {
  /** For facts within the values of facts. */
  readonly read = read;
  readonly problems: Problem[] = [];
  readonly unknowns: Unknown[] = [];
  /** Whether there is a result even if nothing is wrong. */
  applies = true;
  private readonly severity: Severity;

  constructor(severity: Severity) {
    this.severity = severity;
  }

  /** There is nothing to check. */
  doesNotApply(): void {
    this.applies = false;
  }

  fail(problem: Problem): void {
    this.problems.push(problem);
  }

  /**
   * Reports something that the check itself cannot determine. @param severity how severe it could be; default: the
   * worst severity of the check
   */
  unknown(reason: string, { missing = [], severity = this.severity }: UnknownOptions = {}): void {
    this.unknowns.push({ gap: { reason, missing }, severity });
  }

  /** Adds what another report could not determine. */
  include({ unknowns }: Report): void {
    this.unknowns.push(...unknowns);
  }

  /**
   * Runs a part of the check. If it reads an unknown value, that is recorded, and the rest of the check continues.
   * @param severity how severe the part could be; default: the worst severity of the check
   */
  attempt(part: () => void, severity = this.severity): void {
    try {
      part();
    } catch (error) {
      if (!(error instanceof NotKnown)) throw error;
      this.unknowns.push({ gap: error.gap, severity });
    }
  }
}

export interface UnknownOptions {
  readonly missing?: readonly string[];
  readonly severity?: Severity;
}

export interface CheckOf<C, N extends Needs<C>> extends Omit<CheckText, 'kinds'> {
  readonly needs: N;
  /** Whether there is anything to check, by data that is always known. Default: yes. */
  readonly applies?: (about: C) => boolean;
  judge(facts: Values<N>, about: C, report: Report): void;
}

export type Needs<C> = Readonly<Record<string, Need<C, unknown>>>;

/** The result of a check for one resource. */
export type Outcome =
  | { readonly status: 'pass'; readonly severity: Severity; readonly message: string }
  | {
      readonly status: 'fail';
      readonly severity: Severity;
      readonly couldBe: Severity | undefined;
      readonly message: string;
      readonly evidence: Readonly<Record<string, Json>>;
      readonly fix: Fix | undefined;
      readonly items: readonly string[];
      readonly missing: readonly string[];
    }
  | {
      readonly status: 'unknown';
      readonly severity: Severity;
      readonly message: string;
      readonly evidence: Readonly<Record<string, Json>>;
      readonly missing: readonly string[];
    };

/** A check of any kind of resource. */
export interface Check<C> extends CheckText {
  readonly family: Family;
  /** IAM actions of the facts that it needs. */
  readonly actions: readonly string[];
  /** Undefined if the check does not apply. */
  run(about: C): Outcome | undefined;
  /** The result if it is unknown which resources exist. */
  withoutFacts(gap: Gap): Outcome;
}

/** Creates checks for some kinds of resources. */
export function checkFor<C>(...kinds: readonly Kind[]) {
  return <const N extends Needs<C>>(definition: CheckOf<C, N>): Check<C> => makeCheck(kinds, definition);
}

function makeCheck<C, const N extends Needs<C>>(
  kinds: readonly Kind[],
  { needs, applies, judge, ...written }: CheckOf<C, N>,
): Check<C> {
  const text = { ...written, kinds };
  const family = FAMILIES.find((one) => text.id.startsWith(`${one}/`));
  if (family === undefined) throw new Error(`${text.id} is of no family`);
  const [severity] = text.severities;
  return {
    ...text,
    family,
    actions: [...new Set(Object.values(needs).flatMap(({ actions }) => actions))].sort(),
    run(about) {
      if (applies?.(about) === false) return undefined;
      const report = new Report(severity);
      report.attempt(() => judge(valuesOf(needs, about), about, report));
      if (report.problems.length > 0) return failed(report, text.severities);
      if (report.unknowns.length > 0) return notKnown(report.unknowns);
      return report.applies ? { status: 'pass', severity, message: text.title } : undefined;
    },
    withoutFacts: (gap) => notKnown([{ gap, severity }]),
  };
}

/** A known failure takes precedence over unknown data. The worst problem comes first. */
function failed({ problems, unknowns }: Report, severities: CheckText['severities']): Outcome {
  const severityOf = ({ severity = severities[0] }: Problem) => severity;
  const sorted = problems.toSorted((a, b) => bySeverity(severityOf(a), severityOf(b)));
  const is = worst(sorted.map(severityOf)) ?? severities[0];
  const could = worst([is, ...unknowns.map((one) => one.severity)]);
  const { reason, missing } = joinedGaps(unknowns.map(({ gap }) => gap));
  const sentences = [...new Set(sorted.map(({ what }) => what))];
  const toDo = [...new Set(sorted.map((problem) => problem.toDo))].slice(0, MOST_ADVICE);
  const evidence = sorted.flatMap(({ evidence = {}, more }) => [evidence, ifKnown(() => more?.(read)) ?? {}]);
  return {
    status: 'fail',
    severity: is,
    couldBe: could === is ? undefined : could,
    message: limited([...sentences, ...toDo].join(' ')),
    evidence: merged([...evidence, unknowns.length === 0 ? {} : { notKnown: [reason] }]),
    fix: fixOf(sorted),
    items: [...new Set(sorted.flatMap(({ items = [] }) => items))].sort(),
    missing,
  };
}

/** Combines two outcomes of one check for the same resource. */
export function joined(a: Outcome, b: Outcome): Outcome {
  if (a.status === 'pass' || b.status === 'pass') return a.status === 'pass' ? b : a;
  const [first, second] = a.status === 'unknown' && b.status === 'fail' ? [b, a] : [a, b];
  const isFailure = second.status === 'fail';
  const message = first.message === second.message ? first.message : `${first.message} ${second.message}`;
  const both = {
    message: limited(message),
    evidence: merged([first.evidence, second.evidence]),
    missing: [...new Set([...first.missing, ...second.missing])].sort(),
  };
  if (first.status === 'unknown') {
    return {
      status: 'unknown',
      severity: worst([first.severity, second.severity]) ?? first.severity,
      ...both,
    };
  }
  const is = isFailure ? (worst([first.severity, second.severity]) ?? first.severity) : first.severity;
  const could = worst([is, first.couldBe ?? is, (isFailure ? second.couldBe : second.severity) ?? is]);
  return {
    status: 'fail',
    severity: is,
    couldBe: could === is ? undefined : could,
    fix: first.fix,
    items: isFailure ? [...new Set([...first.items, ...second.items])].sort() : first.items,
    ...both,
  };
}

const MOST_ADVICE = 3;
const LONGEST_MESSAGE = 2_000;

/** A message, cut and made plain: the names in it are external text. */
function limited(message: string): string {
  return plain(message.length > LONGEST_MESSAGE ? `${message.slice(0, LONGEST_MESSAGE)}…` : message);
}

/** The fix of the worst problem that has one. */
function fixOf(problems: readonly Problem[]): Fix | undefined {
  for (const { command, document } of problems) {
    const line = typeof command === 'function' ? ifKnown(() => command(read)) : command;
    if (line === undefined) continue;
    const sent = ifKnown(() => document?.(read));
    return sent === undefined ? { command: line } : { command: line, document: sent };
  }
  return undefined;
}

/** Lists with the same name are joined. Of other values, the first is kept. */
function merged(parts: readonly Readonly<Record<string, Json>>[]): Readonly<Record<string, Json>> {
  const all: Record<string, Json> = {};
  for (const part of parts) {
    for (const [key, value] of Object.entries(part)) {
      const before = all[key];
      if (before === undefined) all[key] = value;
      else if (Array.isArray(before) && Array.isArray(value)) all[key] = [...before, ...value];
    }
  }
  return all;
}

function notKnown(unknowns: readonly Unknown[]): Outcome {
  const { reason, missing } = joinedGaps(unknowns.map(({ gap }) => gap));
  const toDo = missing.length === 0 ? '' : ` Allow ${missing.join(', ')}.`;
  return {
    status: 'unknown',
    severity: worst(unknowns.map(({ severity }) => severity)) ?? 'critical',
    message: limited(`Could not be determined: ${reason}.${toDo}`),
    evidence: {},
    missing,
  };
}

/** Reads a fact when its value is asked for. */
function valuesOf<C, N extends Needs<C>>(needs: N, about: C): Values<N> {
  const values = {};
  for (const [key, { of }] of Object.entries(needs)) {
    Object.defineProperty(values, key, { enumerable: true, get: () => read(of(about)) });
  }
  return values as Values<N>;
}
