/** The job summary: the verdict first, then what to do about it, then the rest, folded. */

import type { GateError } from '../../errors.ts';
import type { RunVerdict } from '../../results/modes/envelope.ts';
import { type ImageReport, type ImagesResult, verdictOf, verdictsIn } from '../../results/modes/images.ts';
import { clip } from '../../text.ts';
import { formatDuration } from '../../time.ts';
import {
  code,
  details,
  firstLine,
  lines,
  link,
  more,
  prose,
  SEVERITY_MARKS,
  table,
  time,
} from '../kit/blocks.ts';
import { html } from '../kit/escape.ts';
import { consoleLinks } from '../kit/links.ts';
import { enumerate, MARKS, plural, shortDigest, VERDICT_WORDS } from '../kit/words.ts';
import { comparison, gone } from './comparison.ts';
import { exceptionBlocks } from './exceptions.ts';
import { findingTable, type Group, planRows, type RowPlan } from './rows.ts';
import { shortName, weakeningWords } from './words.ts';

const MAX_BLOCKING_SHOWN = 25;
const MAX_HEADLINE = 240;
const MAX_MESSAGE = 4_000;
const MAX_NOTICES = 10;

/** What the summaries of the gate and the verify action do not share. */
export interface SummaryParts {
  readonly headline: string;
  /** What to do. */
  readonly steps: readonly string[];
  /** What was verified. */
  readonly proofs: readonly string[];
  /** What was signed. */
  readonly signatures: readonly string[];
  readonly isSigned: (image: ImageReport) => boolean;
  /** Whether this run attached its verdict to an image. */
  readonly isAttested: (image: ImageReport) => boolean;
}

/**
 * Renders the summary, worst findings first. What does not fit within the limit is counted, not shown.
 * @param limitBytes the most bytes the summary may have
 */
export function renderSummary(result: ImagesResult, parts: SummaryParts, limitBytes: number): string {
  // Rows are most of a long summary, but not all of it: what is around them is known once it is rendered.
  for (let rowBytes = Math.floor(limitBytes * 0.8); rowBytes > 0; rowBytes = Math.floor(rowBytes / 4)) {
    const text = render(result, parts, planRows(result, rowBytes));
    if (Buffer.byteLength(text) <= limitBytes) return text;
  }
  return `${[heading(result.verdict, parts.headline), '<p>The rest does not fit here: see <code>report.json</code>.</p>'].join('\n\n')}\n`;
}

/** The summary where rendering it fails. */
export function bareSummary({ verdict }: ImagesResult): string {
  return `<h2>${MARKS[verdict]} ${VERDICT_WORDS[verdict]}</h2>\n`;
}

function render(result: ImagesResult, parts: SummaryParts, plan: RowPlan): string {
  const [first, ...others] = result.images;
  const several = others.length > 0;
  return `${[
    heading(result.verdict, parts.headline),
    ...(first !== undefined && !several ? [nameOf(first)] : []),
    ...judgedBy(result),
    ...weakenedBy(result, parts),
    ...errorBlocks(result),
    ...parts.proofs,
    ...(several ? [imagesTable(result, parts)] : []),
    ...parts.steps,
    ...(first !== undefined && !several ? blockingBlocks(first, plan) : []),
    ...noticeBlocks(result),
    ...comparison(result),
    ...(several
      ? result.images.map((image) => imageDetails(image, plan))
      : result.images.flatMap((image) => restOfImage(image, plan))),
    ...gone(result.images),
    ...exceptionBlocks(result),
    ...parts.signatures,
    settings(result),
  ].join('\n\n')}\n`;
}

/** The verdict in one line, where a whole digest would be half of it. */
export function heading(verdict: RunVerdict, headline: string): string {
  const words = shortDigest(firstLine(headline));
  return `<h2>${MARKS[verdict]} ${prose(clip(words, MAX_HEADLINE))}</h2>`;
}

/** The image, its digest and its platforms. */
export function nameOf(image: ImageReport): string {
  const platforms = image.platforms
    .slice(0, 8)
    .map(({ platform }) => code(platform, 60))
    .join(' ');
  const left = image.platforms.length > 8 ? ` and ${image.platforms.length - 8} more` : '';
  return `<p>${[code(shortName(image), 300), code(shortDigest(image.digest)), ...(platforms === '' ? [] : [`${platforms}${left}`])].join(' · ')}</p>`;
}

/** What the images were judged by: the policy, or the thresholds alone; nothing where none was judged. */
function judgedBy({ documents, settings: given, images }: ImagesResult): string[] {
  if (given === undefined || verdictsIn(images).length === 0) return [];
  const thresholds = `fail-on ${given.failOn}, warn-on ${given.warnOn}`;
  const policy = documents?.policy;
  if (policy === undefined) return [`<p>Judged by thresholds: ${thresholds}.</p>`];
  const moving = policy.moving ? ', read at a ref that can move' : '';
  return [
    `<p>Judged by policy ${code(policy.uri, 300)} (${code(`sha256:${policy.sha256.slice(0, 12)}`)}${moving}); what no rule matches by ${thresholds}.</p>`,
  ];
}

/** The inputs of the workflow by which more was let through than by the policy, or the thresholds, by themselves. */
function weakenedBy({ images, documents }: ImagesResult, { isAttested }: SummaryParts): string[] {
  const inputs = [...new Set(images.flatMap(weakeningWords))];
  if (inputs.length === 0) return [];
  const what = documents?.policy === undefined ? 'the thresholds do' : 'the policy does';
  const attested = images.some((image) => weakeningWords(image).length > 0 && isAttested(image));
  const note = attested ? ' What is attested of this verdict names another policy.' : '';
  return [
    `<p>⚖️ <b>Weakened by the workflow</b>: ${enumerate(inputs.map((input) => code(input, 100)))} let more through than ${what} alone.${note}</p>`,
  ];
}

/** Every error in full: the headline has no more than the beginning of one. */
export function errorBlocks({ error, images }: ImagesResult): string[] {
  const ofImages =
    images.length > 1
      ? []
      : images.flatMap(({ outcome }) => (outcome.kind === 'error' ? [outcome.error] : []));
  // The error of the run ended its images as well, so theirs have nothing to add.
  const shown = error === undefined ? ofImages : [error];
  return shown
    .filter(({ message }) => clip(firstLine(message), MAX_HEADLINE - 60) !== message)
    .map(errorBlock);
}

function errorBlock({ message }: GateError): string {
  return `<blockquote>${lines(clip(message, MAX_MESSAGE))}</blockquote>`;
}

function imagesTable({ images }: ImagesResult, { isSigned }: SummaryParts): string {
  return table(
    ['Image', 'Digest', 'Verdict', 'Blocking', 'Critical', 'High', 'All findings', 'Signed'],
    images.map((image) => {
      const verdict = image.outcome.kind === 'judged' ? image.outcome.verdict : undefined;
      return [
        code(shortName(image), 300),
        code(shortDigest(image.digest)),
        verdictCell(verdictOf(image)),
        ...[verdict?.blocking, verdict?.counts.critical, verdict?.counts.high, verdict?.counts.total].map(
          (count) => `${count ?? '?'}`,
        ),
        isSigned(image) ? 'yes' : 'no',
      ];
    }),
  );
}

export function verdictCell(verdict: RunVerdict): string {
  return `${MARKS[verdict]} ${VERDICT_WORDS[verdict]}`;
}

function imageDetails(image: ImageReport, plan: RowPlan): string {
  const verdict = verdictOf(image);
  const error = image.outcome.kind === 'error' ? [errorBlock(image.outcome.error)] : [];
  return details(
    `${MARKS[verdict]} <b>${VERDICT_WORDS[verdict]}</b>: ${code(shortName(image), 300)}`,
    [...error, ...blockingBlocks(image, plan), ...restOfImage(image, plan)],
    verdict === 'block' || verdict === 'error',
  );
}

function blockingBlocks(image: ImageReport, plan: RowPlan): string[] {
  const group = plan.get(image)?.block;
  if (group === undefined || group.total === 0) return [];
  const open = group.rows.slice(0, MAX_BLOCKING_SHOWN);
  const folded = group.rows.slice(MAX_BLOCKING_SHOWN);
  const missing = group.total - group.rows.length;
  return [
    '<h3>What blocks</h3>',
    ...(open.length > 0 ? [findingTable(open, image)] : []),
    ...(folded.length > 0
      ? [
          details(plural(group.total - open.length, 'more blocking finding'), [
            findingTable(folded, image),
            ...more(missing),
          ]),
        ]
      : more(missing)),
  ];
}

/** Where the policy overruled the workflow, and what could not be learnt. */
function noticeBlocks({ documents, notices }: ImagesResult): string[] {
  const conflicts = (documents?.conflicts ?? []).map(
    ({ input, asked, demanded }) =>
      `<p>⚖️ <b>The policy overrules the workflow</b>: ${code(input)} is ${code(demanded)}, not ${code(asked)}.</p>`,
  );
  const shown = notices
    .slice(0, MAX_NOTICES)
    .map((notice) => `<p>ℹ️ ${prose(clip(firstLine(notice), MAX_MESSAGE))}</p>`);
  return [...conflicts, ...shown, ...more(notices.length - shown.length)];
}

function restOfImage(image: ImageReport, plan: RowPlan): string[] {
  const groups = plan.get(image);
  const folded = (group: Group, title: (total: number) => string) => {
    const { rows, total } = groups?.[group] ?? { rows: [], total: 0 };
    if (total === 0) return [];
    const content = rows.length > 0 ? [findingTable(rows, image)] : [];
    return [details(title(total), [...content, ...more(total - rows.length)])];
  };
  return [
    ...folded('warn', (total) => `⚠️ ${plural(total, 'warning')}`),
    ...countsTable(image),
    ...folded('allow', (total) => `✔️ ${plural(total, 'finding')} that may pass, and why`),
    ...folded('suppressed', (total) => `🔇 ${plural(total, 'finding')} suppressed in Inspector`),
    platforms(image),
  ];
}

function countsTable({ outcome }: ImageReport): string[] {
  if (outcome.kind !== 'judged') return [];
  const { counts, suppressed } = outcome.verdict;
  const ranked = ['critical', 'high', 'medium', 'low', 'informational', 'untriaged'] as const;
  const columns: readonly (readonly [string, number])[] = [
    // What is rare is left out where there is none: a phone shows no more than six columns.
    ...ranked
      .filter((name, at) => at < 4 || counts[name] > 0)
      .map((name): readonly [string, number] => [`${SEVERITY_MARKS[name] ?? ''}&nbsp;${name}`, counts[name]]),
    ...(counts.unknown > 0 ? [['❔ unknown', counts.unknown] as const] : []),
    ['all', counts.total],
    ...(suppressed.length > 0 ? [['🔇 suppressed', suppressed.length] as const] : []),
  ];
  return [
    '<h3>Active findings by severity</h3>',
    table(
      columns.map(([name]) => name),
      [columns.map(([, count]) => `${count}`)],
    ),
  ];
}

function platforms(image: ImageReport): string {
  const rows = image.platforms.map(({ platform, digest, scannedAt, monitored }) => [
    code(platform, 60),
    code(digest),
    scannedAt === undefined ? 'not scanned' : time(scannedAt),
    monitored === undefined ? '–' : monitored ? 'yes' : 'no',
  ]);
  const scanned = table(['Platform', 'Digest', 'Scan finished', 'Still monitored'], rows);
  const references = image.references.slice(0, 10).map((reference) => code(reference, 600));
  const bases = (image.baseImages ?? []).map(
    ({ name, named }) => `${code(name, 300)}${named ? '' : ', as the image says'}`,
  );
  const consoles = consoleLinks(image).map(({ name, url }) => link(url, name));
  const skipped = skippedChildren(image);
  const identity: readonly (readonly [string, string])[] = [
    ['Image', code(image.uri, 600)],
    ['Given as', references.join('<br>')],
    ...(bases.length > 0 ? [['Built on', bases.join('<br>')] as const] : []),
    ...(skipped.length > 0 ? [['Not scanned', skipped.join('<br>')] as const] : []),
    ...(consoles.length > 0 ? [['AWS console', consoles.join(' · ')] as const] : []),
  ];
  const title = image.isIndex
    ? `Image index of ${plural(image.platforms.length, 'platform')}, digests and scan times`
    : 'Image, digest and scan time';
  return details(`📦 ${title}`, [table(['', ''], identity), ...(rows.length > 0 ? [scanned] : [])]);
}

/** How many artifacts of an index are listed one by one. */
const MOST_ARTIFACTS = 10;

/** The children of an index that are not scanned because nothing can run them. */
function skippedChildren({ attestations, skipped = [] }: ImageReport): string[] {
  const count = attestations.length;
  const more = skipped.length - MOST_ARTIFACTS;
  return [
    ...(count === 0 ? [] : [`${plural(count, 'build attestation')}, which no runtime can run`]),
    ...skipped
      .slice(0, MOST_ARTIFACTS)
      .map(({ digest, type }) => `${code(shortDigest(digest))}, an artifact of type ${code(type, 100)}`),
    ...(more > 0 ? [`${plural(more, 'more artifact')}`] : []),
  ];
}

function settings({ settings: given, documents, version, startedAt, durationMs }: ImagesResult): string {
  const run = [
    ['Started', time(startedAt)],
    ['Took', html(formatDuration(durationMs))],
    ['Version', code(version, 40)],
  ];
  const inputs =
    given === undefined
      ? []
      : [
          ['<code>fail-on</code>', given.failOn],
          ['<code>warn-on</code>', given.warnOn],
          ['<code>ignore-unfixed</code>', `${given.ignoreUnfixed}`],
          ['<code>enforce</code>', `${given.enforce}`],
          ['<code>scan-type</code>', given.scanType],
          ['<code>timeout</code>', html(formatDuration(given.timeoutMs))],
          ['<code>settle-time</code>', html(formatDuration(given.settleTimeMs))],
        ];
  const { policy, exceptions = [], vex = [] } = documents ?? {};
  const files = [
    ...(policy === undefined ? [] : [{ kind: 'policy', source: policy }]),
    ...exceptions.map((source) => ({ kind: 'exceptions', source })),
    ...vex.map((source) => ({ kind: 'vex', source })),
  ];
  const read = files
    .slice(0, 50)
    .map(({ kind, source }) => [
      `<code>${kind}</code>`,
      `${code(source.uri, 300)}<br>${code(`sha256:${source.sha256}`)}`,
    ]);
  return details('⚙️ Settings of this run', [
    table(['Setting', 'Value'], [...inputs, ...read, ...run]),
    ...more(files.length - read.length),
  ]);
}
