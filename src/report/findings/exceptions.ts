/** How the exceptions and VEX statements of a run were used, as data and as blocks of the summary. */

import type { Exception, Refusal } from '../../results/exception.ts';
import { type ImagesResult, verdictsIn } from '../../results/modes/images.ts';
import { clip } from '../../text.ts';
import { DAY_MS } from '../../time.ts';
import { code, details, more, prose, row, tableOf } from '../kit/blocks.ts';
import { oncePer } from '../kit/once.ts';
import { plural } from '../kit/words.ts';
import { refusalWords, untilWords } from './words.ts';

/** How long before its end a used exception is announced. */
const SOON_MS = 14 * DAY_MS;
const MAX_ROWS = 200;
const MAX_ELSEWHERE = 20;
const MAX_ANNOUNCED = 5;
const MAX_REASON = 300;

/**
 * - `used`: it allowed findings that would have blocked or warned.
 * - `ending`: the same, and it ends within 14 days.
 * - `expired`, `refused`: it did not apply, to anything or to a finding that it names.
 * - `needless`: the findings that it names are allowed without it.
 * - `elsewhere`: it names a vulnerability of the run, and another product, package, image or platform.
 * - `unused`: it names no vulnerability of the run.
 */
export type ExceptionState = 'expired' | 'refused' | 'ending' | 'used' | 'needless' | 'elsewhere' | 'unused';

/** How an exception was used for all images of a run. */
export interface ExceptionEntry {
  readonly exception: Exception;
  readonly state: ExceptionState;
  /** How many findings it allowed. */
  readonly applied: number;
  /** Why it did not apply to findings that it names. */
  readonly refusals: readonly Refusal[];
  /** It applies until this time. */
  readonly ends: Date | undefined;
}

type Usage = Omit<ExceptionEntry, 'state'> & { readonly needless: number };

const STATES: readonly ExceptionState[] = [
  'expired',
  'refused',
  'ending',
  'used',
  'needless',
  'elsewhere',
  'unused',
];

/** Every exception of the run and how it was used. Those that require attention come first. */
export const exceptionEntries = oncePer(({ images, judgedAt }: ImagesResult): ExceptionEntry[] => {
  const usages = new Map<Exception, Usage>();
  for (const { exceptions } of verdictsIn(images)) {
    for (const { exception, applied, needless, refusals, ends } of exceptions) {
      const known = usages.get(exception);
      usages.set(exception, {
        exception,
        applied: applied + (known?.applied ?? 0),
        needless: needless + (known?.needless ?? 0),
        refusals: distinct([...(known?.refusals ?? []), ...refusals]),
        ends,
      });
    }
  }
  const found = vulnerabilitiesIn(images);
  return [...usages.values()]
    .map(({ needless, ...usage }) => ({ ...usage, state: stateOf({ ...usage, needless }, found, judgedAt) }))
    .sort((a, b) => STATES.indexOf(a.state) - STATES.indexOf(b.state));
});

function distinct(refusals: readonly Refusal[]): readonly Refusal[] {
  if (refusals.length < 2) return refusals;
  return [...new Map(refusals.map((refusal) => [JSON.stringify(refusal), refusal])).values()];
}

/** The IDs of all vulnerabilities that were found, in lower case. */
function vulnerabilitiesIn(images: ImagesResult['images']): ReadonlySet<string> {
  const ids = new Set<string>();
  for (const { judged, suppressed } of verdictsIn(images)) {
    for (const { finding } of [...judged, ...suppressed]) {
      for (const id of [finding.vulnerabilityId, ...finding.relatedIds]) ids.add(id.toLowerCase());
    }
  }
  return ids;
}

function stateOf(
  { exception, applied, needless, refusals, ends }: Usage,
  found: ReadonlySet<string>,
  judgedAt: Date | undefined,
): ExceptionState {
  if (refusals.some(({ kind }) => kind === 'expired')) return 'expired';
  if (refusals.length > 0) return 'refused';
  if (applied > 0) return endsSoon(ends, judgedAt) ? 'ending' : 'used';
  if (needless > 0) return 'needless';
  return exception.ids.some((id) => found.has(id.toLowerCase())) ? 'elsewhere' : 'unused';
}

function endsSoon(ends: Date | undefined, judgedAt: Date | undefined): boolean {
  return (
    ends !== undefined &&
    judgedAt !== undefined &&
    ends > judgedAt &&
    ends.getTime() - judgedAt.getTime() <= SOON_MS
  );
}

/** The exceptions that allow findings and end within 14 days, whatever else is true of them. */
export function endingSoon(report: ImagesResult): ExceptionEntry[] {
  return exceptionEntries(report).filter(
    ({ applied, ends }) => applied > 0 && endsSoon(ends, report.judgedAt),
  );
}

/** The exceptions of a run: a paragraph on those that end soon, and all of them folded. */
export function exceptionBlocks(report: ImagesResult): string[] {
  const entries = exceptionEntries(report);
  if (entries.length === 0) return [];
  const { listed, without } = rowsOf(entries);
  const shown = listed.slice(0, MAX_ROWS).map((entry) => row(cells(entry, report.judgedAt)));
  const rows = [...shown, ...(without > 0 ? [row(withoutEffect(without))] : [])];
  return [
    ...announcement(report),
    details(`📝 ${plural(entries.length, 'exception')}: ${counted(entries)}`, [
      tableOf(['State', 'Exception', 'Reason', 'Approved by', 'Until', 'Findings', 'Source'], rows),
      ...more(listed.length - shown.length),
    ]),
  ];
}

/**
 * The entries with a row of their own, and how many VEX statements share one: a published document has thousands of
 * statements about other products.
 */
function rowsOf(entries: readonly ExceptionEntry[]): {
  readonly listed: readonly ExceptionEntry[];
  readonly without: number;
} {
  let elsewhere = 0;
  const listed = entries.filter(({ exception, state }) => {
    if (exception.origin !== 'vex') return true;
    if (state === 'elsewhere') {
      elsewhere += 1;
      return elsewhere <= MAX_ELSEWHERE;
    }
    return state !== 'unused';
  });
  return { listed, without: entries.length - listed.length };
}

function withoutEffect(count: number): string[] {
  const what = 'they name other products, or vulnerabilities that were not found';
  return [STATE_WORDS.unused, plural(count, 'VEX statement'), what, '–', '–', '0', '–'];
}

const STATE_WORDS: Readonly<Record<ExceptionState, string>> = {
  expired: '⌛ expired',
  refused: '🚫 refused',
  ending: '⏳ used, ends soon',
  used: '✔️ used',
  needless: '➖ not needed',
  elsewhere: '➖ same vulnerability, other scope',
  unused: '➖ matches nothing',
};

/** What `elsewhere` means for a VEX statement, which names products. */
const OTHER_PRODUCT = '➖ same vulnerability, other product';

const COUNT_WORDS: Readonly<Record<ExceptionState, string>> = {
  expired: 'expired',
  refused: 'refused',
  ending: 'used and ending soon',
  used: 'used',
  needless: 'not needed',
  elsewhere: 'for other products',
  unused: 'unused',
};

/** `1 expired, 2 used`, in the order of the entries' states. */
export function counted(entries: readonly ExceptionEntry[]): string {
  const states = Map.groupBy(entries, ({ state }) => state);
  return [...states].map(([state, { length }]) => `${length} ${COUNT_WORDS[state]}`).join(', ');
}

function announcement(report: ImagesResult): string[] {
  const ending = endingSoon(report);
  if (ending.length === 0) return [];
  const shown = ending
    .slice(0, MAX_ANNOUNCED)
    .map(({ exception, ends }) => `${ids(exception)} (${untilWords(ends, report.judgedAt)})`);
  const left = ending.length - shown.length;
  const rest = left > 0 ? ` and ${left} more` : '';
  return [
    `<p>⏳ <b>Exceptions that end soon</b>: ${shown.join(', ')}${rest}. The findings that they allow will then count again.</p>`,
  ];
}

function cells(
  { exception, state, applied, refusals, ends }: ExceptionEntry,
  judgedAt: Date | undefined,
): string[] {
  const { reason, approvedBy, ticket, source, status, scope, origin } = exception;
  const who = [approvedBy, ticket].filter((text) => text !== undefined).map((text) => code(text, 120));
  const where = scope.kind === 'globs' ? [scope.package, scope.image, scope.platform] : [];
  const limited = where.filter((glob) => glob !== undefined).map((glob) => code(glob, 120));
  // The state says of an expired exception that it is.
  const why = refusals
    .filter(({ kind }) => kind !== 'expired')
    .map((refusal) => prose(clip(refusalWords(refusal, exception, judgedAt), MAX_REASON)));
  const word = state === 'elsewhere' && origin === 'vex' ? OTHER_PRODUCT : STATE_WORDS[state];
  return [
    [word, ...why].join('<br>'),
    [ids(exception), ...(limited.length > 0 ? [`only ${limited.join(', ')}`] : [])].join('<br>'),
    [code(status), ...(reason === undefined ? [] : [code(reason, MAX_REASON)])].join('<br>'),
    who.join('<br>') || '–',
    untilCell(ends, judgedAt),
    `${applied}`,
    code(source, 200),
  ];
}

/** The column is called "Until" already. */
function untilCell(ends: Date | undefined, judgedAt: Date | undefined): string {
  const isOver = ends !== undefined && judgedAt !== undefined && !(ends > judgedAt);
  return untilWords(ends, isOver ? undefined : judgedAt).replace(/^until /, '');
}

/** The first IDs that an exception names. HTML. */
function ids({ ids: all }: Exception): string {
  const shown = all.slice(0, 3).map((id) => code(id, 80));
  return `${shown.join(', ')}${all.length > shown.length ? ` and ${all.length - shown.length} more` : ''}`;
}
