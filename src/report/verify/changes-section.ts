/** What has changed since the earlier report: in the summary, the issue, its comments, the log and the annotations. */
import type { CommentPlace } from '../../results/comment.ts';
import { type Changes, type Disappeared, hasChanged, type NewBlock } from '../../results/modes/changes.ts';
import { failedImages } from '../../results/modes/enforcement.ts';
import type { VerifyResult } from '../../results/modes/verify.ts';
import { clip } from '../../text.ts';
import { annotations, errorAnnotation, levelOf, toleratedAnnotations } from '../findings/annotations.ts';
import type { Dockerfile } from '../findings/dockerfile.ts';
import { shortReference, verdictWords } from '../findings/words.ts';
import { bullets, code, details, firstLine, more, prose, table, time } from '../kit/blocks.ts';
import { html, line } from '../kit/escape.ts';
import { MARKS, plural, shortDigest, VERDICT_WORDS } from '../kit/words.ts';
import type { Annotation } from '../report.ts';
import { endWords } from './snapshot.ts';

const MAX_ROWS = 50;
/** How many rows of a list are shown, as far as there is room. */
const ROWS = [MAX_ROWS, 20, 5, 1];
const MAX_REASONS = 5;
const MAX_REASON = 300;
const MAX_IMAGES = 5;
/** GitHub shows no more than ten annotations of a level for a step. */
const MAX_SHOWN = 8;
const MAX_MESSAGE = 2_000;

const BEFORE: Readonly<Record<NewBlock['before'], string>> = {
  absent: 'not in the earlier report',
  passing: 'passed',
  failing: 'did not pass',
};

const WHY: Readonly<Record<Disappeared['why'], string>> = {
  'not-found': 'not found in ECR',
  'not-listed': 'no longer named in the input image',
};

/**
 * The section of the summary and of the issue. Nothing without an earlier report to compare with.
 * @param limitBytes the most bytes the section may have; rows that do not fit are counted
 */
export function changeBlocks(result: VerifyResult, limitBytes: number): string[] {
  const { changes } = result;
  if (changes === undefined) return [];
  for (const rows of ROWS) {
    const blocks = blocksWith(rows, changes, result);
    if (Buffer.byteLength(blocks.join('\n\n')) <= limitBytes) return blocks;
  }
  return [TITLE, `<p>${html(newsLine(changes))}</p>`];
}

const TITLE = '<h3>Since the last report</h3>';

function blocksWith(most: number, changes: Changes, result: VerifyResult): string[] {
  const { images } = result;
  const { since, error, blocks, expiries, disappeared, resolved } = changes;
  const opening =
    since === undefined
      ? 'No earlier report can be used, so everything counts as new.'
      : hasChanged(changes)
        ? `Compared with the report of ${time(since)}.`
        : `Nothing has changed since the report of ${time(since)}.${stillWords(images)}`;
  const section = <T>(all: readonly T[], title: string, render: (shown: readonly T[]) => string) =>
    all.length === 0 ? [] : [details(title, [render(all.slice(0, most)), ...more(all.length - most)], true)];
  return [
    TITLE,
    `<p>${opening}</p>`,
    ...(error === undefined ? [] : [`<p>🆕 No verdict: ${prose(clip(firstLine(error), MAX_REASON))}</p>`]),
    ...section(blocks, `🆕 ${newlyWords(blocks)}`, (rows) =>
      table(
        ['Image', 'Earlier report', 'Now', 'New reasons'],
        rows.map((block) => blockCells(block, result)),
      ),
    ),
    ...section(expiries, `⏳ ${expiryWords(changes)}`, (rows) =>
      table(
        ['What', 'When', 'Images'],
        rows.map((expiry) => [
          code(expiry.what, MAX_REASON),
          `${expiry.state === 'soon' ? '⏳' : '⌛'} ${endWords(expiry)}`,
          names(expiry.images),
        ]),
      ),
    ),
    ...section(disappeared, `👻 ${disappearedWords(disappeared)}`, (rows) =>
      bullets(
        rows.map(
          ({ image, why, before }) =>
            `${nameCell(image)}: ${WHY[why]}; it ${BEFORE[before]} in the earlier report`,
        ),
      ),
    ),
    ...section(resolved, `✔️ ${resolvedWords(resolved)}`, (rows) => bullets(rows.map(nameCell))),
  ];
}

function blockCells({ image, before, verdict, reasons }: NewBlock, result: VerifyResult): string[] {
  const shown = reasons.slice(0, MAX_REASONS).map((text) => code(firstLine(shortDigest(text)), MAX_REASON));
  const left = reasons.length - shown.length;
  return [
    nameCell(image),
    BEFORE[before],
    `${MARKS[verdict]} ${nowWords(image, result)}`,
    `${shown.join('<br>')}${left > 0 ? `<br>and ${left} more` : ''}`,
  ];
}

/** `Blocked`, `Not verified` or `No verdict`. */
function nowWords(image: string, { images }: VerifyResult): string {
  const found = images.find(({ references }) => references[0] === image);
  return found === undefined ? VERDICT_WORDS.error : verdictWords(found);
}

function nameCell(image: string): string {
  return code(shortDigest(shortReference(image)), MAX_REASON);
}

function names(images: readonly string[]): string {
  const left = images.length - MAX_IMAGES;
  return `${images.slice(0, MAX_IMAGES).map(nameCell).join('<br>')}${left > 0 ? `<br>and ${left} more` : ''}`;
}

/**
 * The comment on the issue, so that its subscribers are told; undefined if nothing has changed.
 * @param limitBytes the most bytes the comment may have
 */
export function renderNews(
  result: VerifyResult,
  { url }: CommentPlace,
  limitBytes: number,
): string | undefined {
  if (result.changes === undefined || !hasChanged(result.changes)) return undefined;
  const foot =
    url === undefined
      ? '<p>See the summary of the run.</p>'
      : `<p>See <a href="${html(url)}">the summary of the run</a>.</p>`;
  const room = limitBytes - Buffer.byteLength(`\n\n${foot}`);
  return [...changeBlocks(result, room), foot].join('\n\n');
}

/** The changes as lines of the log. */
export function changeLines({ changes, images }: VerifyResult): string[] {
  if (changes === undefined) return [];
  const { since, blocks, expiries, disappeared, resolved } = changes;
  if (!hasChanged(changes)) {
    return [`Nothing has changed since the report of ${timeOf(since)}.${stillWords(images)}`];
  }
  const short = (image: string) => shortDigest(shortReference(image));
  const lines = [
    `Since the report of ${timeOf(since)}: ${newsLine(changes)}`,
    ...blocks.map(
      ({ image, before, reasons }) =>
        `  ${short(image)} (${BEFORE[before]}): ${clip(reasons.slice(0, MAX_REASONS).join('; '), MAX_REASON)}`,
    ),
    ...expiries.map((expiry) => `  ${expiry.what}: ${endWords(expiry)}`),
    ...disappeared.map(({ image, why }) => `  ${short(image)}: ${WHY[why]}`),
    ...resolved.map((image) => `  ${short(image)} now passes`),
  ];
  const left = lines.length - MAX_ROWS;
  return [...lines.slice(0, MAX_ROWS), ...(left > 0 ? [`  and ${left} more: see report.json`] : [])];
}

/**
 * The annotations: only what is new, and an error of the run as a whole. Without an earlier report that can be used, all of
 * them. Safe to print as they are.
 */
export function changeAnnotations(result: VerifyResult, dockerfile?: Dockerfile): Annotation[] {
  const { changes, error } = result;
  if (changes?.since === undefined) return annotations(result, dockerfile);
  const { since, blocks, expiries, disappeared } = changes;
  const level = levelOf(result);
  const rest = blocks.slice(MAX_SHOWN);
  const ofRun = error === undefined ? [] : [errorAnnotation(error, 'ECR Deployment Gate', level)];
  const still = stillWords(result.images);
  if (!hasChanged(changes)) {
    const quiet = { level: 'notice', title: 'Nothing has changed' } as const;
    const message = `Nothing has changed since the report of ${timeOf(since)}.${still}`;
    return [...ofRun, ...(still === '' ? [] : [{ ...quiet, message }])];
  }
  return [
    ...toleratedAnnotations(result),
    ...ofRun,
    ...blocks.slice(0, MAX_SHOWN).map(({ image, reasons }) => ({
      level,
      title: text(`New: ${nowWords(image, result)}: ${shortDigest(shortReference(image))}`, 200),
      message: text(reasons.slice(0, MAX_REASONS).join('; '), MAX_MESSAGE),
    })),
    ...grouped(
      level,
      newlyWords(rest),
      rest.map(({ image }) => shortReference(image)),
    ),
    ...grouped(
      'warning',
      expiryWords(changes),
      expiries.map((expiry) => `${expiry.what} (${endWords(expiry)})`),
    ),
    ...grouped(
      'warning',
      disappearedWords(disappeared),
      disappeared.map(({ image, why }) => `${shortReference(image)} (${WHY[why]})`),
    ),
  ];
}

function grouped(level: Annotation['level'], title: string, entries: readonly string[]): Annotation[] {
  if (entries.length === 0) return [];
  const left = entries.length - MAX_ROWS;
  const message = `${entries.slice(0, MAX_ROWS).join('; ')}${left > 0 ? `; and ${left} more` : ''}`;
  return [{ level, title, message: text(message, MAX_MESSAGE) }];
}

function text(value: string, max: number): string {
  return line(clip(value, max));
}

/** `2 images do not pass, for new reasons; 1 image now passes.` */
function newsLine(changes: Changes): string {
  const { since, error, blocks, expiries, disappeared, resolved } = changes;
  const parts = [
    ...(since === undefined ? ['no earlier report can be used, so everything counts as new'] : []),
    ...(error === undefined ? [] : ['there is no verdict']),
    ...(blocks.length === 0 ? [] : [newlyWords(blocks)]),
    ...(expiries.length === 0 ? [] : [expiryWords(changes)]),
    ...(disappeared.length === 0 ? [] : [disappearedWords(disappeared)]),
    ...(resolved.length === 0 ? [] : [resolvedWords(resolved)]),
  ];
  return `${parts.join('; ')}.`;
}

function newlyWords({ length }: readonly unknown[]): string {
  return `${plural(length, 'image')} ${length === 1 ? 'does' : 'do'} not pass, for new reasons`;
}

function expiryWords({ expiries }: Changes): string {
  const expired = expiries.filter(({ state }) => state === 'expired').length;
  const soon = expiries.length - expired;
  const parts = [
    ...(expired === 0 ? [] : [`${plural(expired, 'exception')} ${expired === 1 ? 'has' : 'have'} expired`]),
    ...(soon === 0
      ? []
      : [
          soon === 1
            ? '1 exception or attestation ends within 14 days'
            : `${soon} exceptions or attestations end within 14 days`,
        ]),
  ];
  return parts.join(', ');
}

function disappearedWords({ length }: readonly unknown[]): string {
  return `${plural(length, 'image')} disappeared`;
}

function resolvedWords({ length }: readonly unknown[]): string {
  return `${plural(length, 'image')} now ${length === 1 ? 'passes' : 'pass'}`;
}

/** ` 2 of 3 images still do not pass.` */
function stillWords(images: VerifyResult['images']): string {
  const { length } = failedImages(images);
  if (length === 0) return '';
  return ` ${length} of ${plural(images.length, 'image')} still ${length === 1 ? 'does' : 'do'} not pass.`;
}

function timeOf(since: Date | undefined): string {
  return since === undefined ? 'an earlier run' : time(since);
}
