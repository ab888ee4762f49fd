/** What became of the exceptions and VEX statements of a run, as data and as a block. */

import type { Exception, ExceptionOutcome, Refusal } from '../../results/exception.ts';
import { type ImagesResult, verdictsIn } from '../../results/modes/images.ts';
import { clip } from '../../text.ts';
import { DAY_MS, lastDay } from '../../time.ts';
import { code, details, prose, row, tableOf } from '../kit/blocks.ts';
import { plural } from '../kit/words.ts';
import { refusalWords } from './words.ts';

/** How long before its end a used exception is announced. */
const SOON_MS = 14 * DAY_MS;
const MAX_ROWS = 200;
const MAX_ANNOUNCED = 5;
const MAX_REASON = 300;

/**
 * - `used`: it let findings through that would have blocked or warned.
 * - `ending`: the same, and it ends within 14 days.
 * - `expired`, `refused`: it did not apply, to anything or to a finding it names.
 * - `needless`: what it names would have passed without it.
 * - `other-product`: it names a vulnerability that was found, but another image, platform or package.
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

/** What became of one exception over all images of a run. */
export interface ExceptionEntry {
  readonly exception: Exception;
  readonly state: ExceptionState;
  /** The closest thing of any image of the run that it is about. */
  readonly matches: ExceptionOutcome['matches'];
  /** How many findings it let through. */
  readonly applied: number;
  /** Why it did not apply to what it names. */
  readonly refusals: readonly Refusal[];
  /** From when it applies no longer. */
  readonly ends: Date | undefined;
}

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

/** Every exception of the run with what became of it, those first that somebody has to look at. */
export function exceptionEntries({ images, judgedAt }: ImagesResult): ExceptionEntry[] {
  const entries = new Map<Exception, Omit<ExceptionEntry, 'state'> & { readonly needless: number }>();
  for (const { exceptions } of verdictsIn(images)) {
    for (const { exception, matches, applied, needless, refusals, ends } of exceptions) {
      const known = entries.get(exception);
      entries.set(exception, {
        exception,
        matches: closest(matches, known?.matches ?? 'nothing'),
        applied: applied + (known?.applied ?? 0),
        needless: needless + (known?.needless ?? 0),
        refusals: distinct([...(known?.refusals ?? []), ...refusals]),
        ends,
      });
    }
  }
  return [...entries.values()]
    .map(({ needless, ...entry }) => ({ ...entry, state: stateOf({ ...entry, needless }, judgedAt) }))
    .sort((a, b) => STATES.indexOf(a.state) - STATES.indexOf(b.state));
}

function closest(
  a: ExceptionOutcome['matches'],
  b: ExceptionOutcome['matches'],
): ExceptionOutcome['matches'] {
  return MATCHES.indexOf(a) < MATCHES.indexOf(b) ? a : b;
}

function distinct(refusals: readonly Refusal[]): Refusal[] {
  return [...new Map(refusals.map((refusal) => [JSON.stringify(refusal), refusal])).values()];
}

function stateOf(
  {
    matches,
    applied,
    needless,
    refusals,
    ends,
  }: Omit<ExceptionEntry, 'state'> & { readonly needless: number },
  judgedAt: Date | undefined,
): ExceptionState {
  // A vendor's document can have thousands of them, and what the policy says about them is of no interest here.
  if (matches === 'nothing') return 'other-image';
  if (refusals.some(({ kind }) => kind === 'expired')) return 'expired';
  if (refusals.length > 0) return 'refused';
  if (applied === 0 && needless === 0) return matches === 'vulnerability' ? 'other-product' : 'unused';
  if (applied === 0) return 'needless';
  return endsSoon(ends, judgedAt) ? 'ending' : 'used';
}

function endsSoon(ends: Date | undefined, judgedAt: Date | undefined): boolean {
  return (
    ends !== undefined &&
    judgedAt !== undefined &&
    ends > judgedAt &&
    ends.getTime() - judgedAt.getTime() <= SOON_MS
  );
}

/** The exceptions of a run: those that end soon aloud, all of them folded. */
export function exceptionBlocks(report: ImagesResult): string[] {
  const entries = exceptionEntries(report);
  if (entries.length === 0) return [];
  const listed = entries.filter(({ state }) => state !== 'other-image');
  const rows = listed.slice(0, MAX_ROWS).map((entry) => row(cells(entry, report.judgedAt)));
  const left = listed.length - rows.length;
  const other = entries.length - listed.length;
  return [
    ...announcement(entries, report.judgedAt),
    details(`📝 ${plural(entries.length, 'exception')}: ${counted(entries)}`, [
      ...(rows.length > 0
        ? [tableOf(['State', 'Exception', 'Why', 'Who', 'Until', 'Findings', 'Stands in'], rows)]
        : []),
      ...(left > 0 ? [`<p>${left} more in <code>report.json</code>.</p>`] : []),
      ...(other > 0 ? [`<p>${otherWords(other)}</p>`] : []),
    ]),
  ];
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

/** `1 expired, 2 used`, in the order of the entries' states. */
export function counted(entries: readonly ExceptionEntry[]): string {
  return STATES.map((state) => ({ state, count: entries.filter((entry) => entry.state === state).length }))
    .filter(({ count }) => count > 0)
    .map(({ state, count }) => `${count} ${COUNT_WORDS[state]}`)
    .join(', ');
}

/** `12 exceptions or VEX statements are about no image of this run.` */
function otherWords(count: number): string {
  return count === 1
    ? '1 exception or VEX statement is about no image of this run.'
    : `${count} exceptions or VEX statements are about no image of this run.`;
}

function announcement(entries: readonly ExceptionEntry[], judgedAt: Date | undefined): string[] {
  // Whatever else became of it: what it lets through ends with it.
  const ending = entries.filter(({ applied, ends }) => applied > 0 && endsSoon(ends, judgedAt));
  if (ending.length === 0) return [];
  const shown = ending
    .slice(0, MAX_ANNOUNCED)
    .map(({ exception, ends }) => `${ids(exception)} ${ends === undefined ? '' : endWords(ends, judgedAt)}`);
  const left = ending.length - shown.length;
  const rest = left > 0 ? ` and ${left} more` : '';
  return [`<p>⏳ <b>Ends soon</b>: ${shown.join('; ')}${rest}. What it lets through will count again.</p>`];
}

/** `on 2026-12-05, in 10 days`. */
function endWords(ends: Date, judgedAt: Date | undefined): string {
  const days =
    judgedAt === undefined ? undefined : Math.floor((ends.getTime() - judgedAt.getTime()) / DAY_MS);
  const left = days === undefined ? '' : days < 1 ? ', today' : `, in ${plural(days, 'day')}`;
  return `after ${lastDay(ends)}${left}`;
}

function cells(
  { exception, state, applied, refusals, ends }: ExceptionEntry,
  judgedAt: Date | undefined,
): string[] {
  const { reason, approvedBy, ticket, source, status, scope } = exception;
  const who = [approvedBy, ticket].filter((text) => text !== undefined).map((text) => code(text, 120));
  const where = scope.kind === 'globs' ? [scope.package, scope.image, scope.platform] : [];
  const limited = where.filter((glob) => glob !== undefined).map((glob) => code(glob, 120));
  const why = refusals.map((refusal) => prose(clip(refusalWords(refusal), MAX_REASON)));
  return [
    [STATE_WORDS[state], ...why].join('<br>'),
    [ids(exception), ...(limited.length > 0 ? [`only ${limited.join(', ')}`] : [])].join('<br>'),
    [code(status), ...(reason === undefined ? [] : [code(reason, MAX_REASON)])].join('<br>'),
    who.join('<br>') || '–',
    ends === undefined ? 'no end' : state === 'expired' ? lastDay(ends) : endWords(ends, judgedAt),
    `${applied}`,
    code(source, 200),
  ];
}

function ids({ ids: all }: Exception): string {
  const shown = all.slice(0, 3).map((id) => code(id, 80));
  return `${shown.join(', ')}${all.length > shown.length ? ` and ${all.length - shown.length} more` : ''}`;
}
