/** How the exceptions and VEX statements of a run were used, as data and as blocks of the summary. */

import type { Exception, ExceptionOutcome, Refusal } from '../../results/exception.ts';
import { type ImagesResult, verdictsIn } from '../../results/modes/images.ts';
import { clip } from '../../text.ts';
import { DAY_MS } from '../../time.ts';
import { code, details, more, prose, row, tableOf } from '../kit/blocks.ts';
import { oncePer } from '../kit/once.ts';
import { plural } from '../kit/words.ts';
import { refusalWords, untilWords } from './words.ts';

/** How long before its end a used exception is announced. */
export const SOON_MS = 14 * DAY_MS;
const MAX_ROWS = 200;
const MAX_OTHER_PRODUCTS = 20;
const MAX_ANNOUNCED = 5;
const MAX_REASON = 300;

/**
 * - `used`: it allowed findings that would have blocked or warned.
 * - `ending`: the same, and it ends within 14 days.
 * - `expired`, `refused`: it did not apply, to anything or to a finding that it names.
 * - `needless`: the findings that it names are allowed without it.
 * - `other-product`: it names a vulnerability that was found, and another image, platform or package.
 * - `unused`: it names nothing that was found.
 * - `other-image`: it is about images that are not in this run.
 */
export type ExceptionState =
  | 'expired'
  | 'refused'
  | 'ending'
  | 'used'
  | 'needless'
  | 'other-product'
  | 'unused'
  | 'other-image';

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

type Usage = Omit<ExceptionEntry, 'state'> & Pick<ExceptionOutcome, 'matches' | 'needless'>;

const STATES: readonly ExceptionState[] = [
  'expired',
  'refused',
  'ending',
  'used',
  'needless',
  'other-product',
  'unused',
  'other-image',
];
const MATCHES: readonly ExceptionOutcome['matches'][] = ['finding', 'vulnerability', 'image', 'nothing'];

/** Every exception of the run and how it was used. Those that require attention come first. */
export const exceptionEntries = oncePer(({ images, judgedAt }: ImagesResult): ExceptionEntry[] => {
  const usages = new Map<Exception, Usage>();
  for (const { exceptions } of verdictsIn(images)) {
    for (const { exception, matches, applied, needless, refusals, ends } of exceptions) {
      const known = usages.get(exception);
      usages.set(exception, {
        exception,
        matches: closest(matches, known?.matches ?? 'nothing'),
        applied: applied + (known?.applied ?? 0),
        needless: needless + (known?.needless ?? 0),
        refusals: distinct([...(known?.refusals ?? []), ...refusals]),
        ends,
      });
    }
  }
  return [...usages.values()]
    .map(({ matches, needless, ...usage }) => ({
      ...usage,
      state: stateOf({ ...usage, matches, needless }, judgedAt),
    }))
    .sort((a, b) => STATES.indexOf(a.state) - STATES.indexOf(b.state));
});

function distinct(refusals: readonly Refusal[]): readonly Refusal[] {
  if (refusals.length < 2) return refusals;
  return [...new Map(refusals.map((refusal) => [JSON.stringify(refusal), refusal])).values()];
}

/** Of several images, the closest thing that an exception is about. */
function closest(
  a: ExceptionOutcome['matches'],
  b: ExceptionOutcome['matches'],
): ExceptionOutcome['matches'] {
  return MATCHES.indexOf(a) < MATCHES.indexOf(b) ? a : b;
}

function stateOf(
  { matches, applied, needless, refusals, ends }: Usage,
  judgedAt: Date | undefined,
): ExceptionState {
  // What the policy says about it has no meaning for the images of this run.
  if (matches === 'nothing') return 'other-image';
  if (refusals.some(({ kind }) => kind === 'expired')) return 'expired';
  if (refusals.length > 0) return 'refused';
  if (applied > 0) return endsSoon(ends, judgedAt) ? 'ending' : 'used';
  if (needless > 0) return 'needless';
  return matches === 'vulnerability' ? 'other-product' : 'unused';
}

function endsSoon(ends: Date | undefined, judgedAt: Date | undefined): boolean {
  return (
    ends !== undefined &&
    judgedAt !== undefined &&
    ends > judgedAt &&
    ends.getTime() - judgedAt.getTime() <= SOON_MS
  );
}

/** The exceptions that allow findings and end within 14 days, including those that have another state. */
export function endingSoon(report: ImagesResult): ExceptionEntry[] {
  return exceptionEntries(report).filter(
    ({ applied, ends }) => applied > 0 && endsSoon(ends, report.judgedAt),
  );
}

/** The exceptions of a run: a paragraph on those that end soon, and all of them folded. */
export function exceptionBlocks(report: ImagesResult): string[] {
  const entries = exceptionEntries(report);
  if (entries.length === 0) return [];
  const listed = withOwnRow(entries);
  const rows = listed.slice(0, MAX_ROWS).map((entry) => row(cells(entry, report.judgedAt)));
  return [
    ...announcement(report),
    details(`📝 ${entriesWords(entries)}: ${counted(entries)}`, [
      ...(rows.length > 0
        ? [tableOf(['State', 'Exception', 'Reason', 'Approved by', 'Until', 'Findings', 'Source'], rows)]
        : []),
      ...more(listed.length - rows.length),
      ...others(entries.length - listed.length),
    ]),
  ];
}

/** The entries with a row of their own: a published VEX document has thousands of statements about other products. */
function withOwnRow(entries: readonly ExceptionEntry[]): ExceptionEntry[] {
  let otherProducts = 0;
  return entries.filter(({ exception, state }) => {
    if (state === 'other-product' && exception.origin === 'vex') otherProducts += 1;
    return state !== 'other-image' && (state !== 'other-product' || otherProducts <= MAX_OTHER_PRODUCTS);
  });
}

function others(count: number): string[] {
  if (count === 0) return [];
  const what = count === 1 ? 'exception or VEX statement is' : 'exceptions or VEX statements are';
  return [`<p>${count} ${what} about other images and products.</p>`];
}

const STATE_WORDS: Readonly<Record<ExceptionState, string>> = {
  expired: '⌛ expired',
  refused: '🚫 refused',
  ending: '⏳ used, ends soon',
  used: '✔️ used',
  needless: '➖ not needed',
  'other-product': '➖ same vulnerability, other image or package',
  unused: '➖ matches nothing',
  'other-image': '➖ other image',
};

const COUNT_WORDS: Readonly<Record<ExceptionState, string>> = {
  expired: 'expired',
  refused: 'refused',
  ending: 'used and ending soon',
  used: 'used',
  needless: 'not needed',
  'other-product': 'for another image or package',
  unused: 'unused',
  'other-image': 'for other images',
};

/** `2 exceptions`, `1 VEX statement`, or `3 exceptions and VEX statements`. */
export function entriesWords(entries: readonly ExceptionEntry[]): string {
  const vex = entries.filter(({ exception }) => exception.origin === 'vex').length;
  if (vex === 0) return plural(entries.length, 'exception');
  if (vex === entries.length) return plural(vex, 'VEX statement');
  return `${entries.length} exceptions and VEX statements`;
}

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
    `<p>⏳ <b>${ending.length === 1 ? 'Exception that ends' : 'Exceptions that end'} soon</b>: ${shown.join(', ')}${rest}. ${countAgain(ending.length)}</p>`,
  ];
}

/** What happens when exceptions end. */
export function countAgain(exceptions: number): string {
  return `The findings that ${exceptions === 1 ? 'it allows' : 'they allow'} will then count again.`;
}

function cells(
  { exception, state, applied, refusals, ends }: ExceptionEntry,
  judgedAt: Date | undefined,
): string[] {
  const { reason, approvedBy, ticket, source, status, scope } = exception;
  const who = [approvedBy, ticket].filter((text) => text !== undefined).map((text) => code(text, 120));
  const where = scope.kind === 'globs' ? [scope.package, scope.image, scope.platform] : [];
  const limited = where.filter((glob) => glob !== undefined).map((glob) => code(glob, 120));
  // The state of an expired exception already says that it has expired.
  const why = refusals
    .filter(({ kind }) => kind !== 'expired')
    .map((refusal) => prose(clip(refusalWords(refusal, judgedAt), MAX_REASON)));
  return [
    [STATE_WORDS[state], ...why].join('<br>'),
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
