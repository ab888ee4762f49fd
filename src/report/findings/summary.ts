/** The job summary: the verdict, then what to do, then the details, folded. */

import type { GateError } from '../../errors.ts';
import { allows, type RunVerdict } from '../../results/modes/envelope.ts';
import {
  type ImageReport,
  type ImagesResult,
  verdictOf,
  verdictsIn,
  worstFirst,
} from '../../results/modes/images.ts';
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
import { hiddenWords } from './hidden.ts';
import { findingTable, type Group, planRows, type RowPlan } from './rows.ts';
import {
  limitsExceededBy,
  namedPlatforms,
  shortName,
  standardWord,
  verdictWords,
  weakeningWords,
  withoutHosts,
} from './words.ts';

const MAX_BLOCKING_SHOWN = 25;
const MAX_HEADLINE = 240;
const MAX_MESSAGE = 4_000;
const MAX_NOTICES = 10;
/** With more images than this, those that passed are folded together. */
const MANY_IMAGES = 10;
const MAX_IMAGE_ROWS = 25;
/** How many images that did not pass are shown open. */
const MAX_OPEN_IMAGES = 10;
/** For how many images the summary says which classes of findings suppression rules hide. */
const MAX_HIDING_IMAGES = 5;

/** What differs between the summaries of the gate and the verify action. */
export interface SummaryParts {
  readonly headline: string;
  /** What to do. */
  readonly steps: readonly string[];
  /** The checks of the verify action. */
  readonly proofs: readonly string[];
  /** The signatures of the gate. */
  readonly signatures: readonly string[];
  readonly isSigned: (image: ImageReport) => boolean;
  /** Whether this run attached its verdict to an image. */
  readonly isAttested: (image: ImageReport) => boolean;
}

/**
 * Renders the summary, worst findings first. Rows that do not fit are counted, not shown.
 * @param limitBytes the most bytes the summary may have
 */
export function renderSummary(result: ImagesResult, parts: SummaryParts, limitBytes: number): string {
  // Rows are most of a long summary. How long the rest is, is known only after rendering.
  for (let rowBytes = Math.floor(limitBytes * 0.8); rowBytes > 0; rowBytes = Math.floor(rowBytes / 4)) {
    const text = render(result, parts, planRows(result, rowBytes));
    if (Buffer.byteLength(text) <= limitBytes) return text;
  }
  return `${[heading(result.verdict, parts.headline), '<p>The rest does not fit here. See <code>report.json</code>.</p>'].join('\n\n')}\n`;
}

/** The summary if rendering fails. */
export function bareSummary({ verdict }: ImagesResult): string {
  return `<h2>${MARKS[verdict]} ${VERDICT_WORDS[verdict]}</h2>\n`;
}

function render(result: ImagesResult, parts: SummaryParts, plan: RowPlan): string {
  const [first, ...others] = result.images;
  return `${[
    heading(result.verdict, parts.headline),
    ...(first !== undefined && others.length === 0 ? [nameOf(first)] : []),
    ...judgedBy(result),
    ...weakenedBy(result, parts),
    ...errorBlocks(result),
    ...parts.steps,
    ...parts.proofs,
    ...(first !== undefined && others.length === 0
      ? singleImage(first, result, plan)
      : severalImages(result, parts, plan)),
    ...gone(result.images),
    ...exceptionBlocks(result),
    ...parts.signatures,
    settings(result),
  ].join('\n\n')}\n`;
}

function singleImage(image: ImageReport, result: ImagesResult, plan: RowPlan): string[] {
  return [
    ...noticeBlocks(result),
    ...blockingBlocks(image, plan),
    ...comparison(result),
    ...restOfImage(image, plan),
  ];
}

/** Images that did not pass come first. If there are many, those that passed are folded together. */
function severalImages(result: ImagesResult, parts: SummaryParts, plan: RowPlan): string[] {
  const images = worstFirst(result.images);
  const passed = images.filter((image) => allows(verdictOf(image)));
  const folded = images.length > MANY_IMAGES ? passed : [];
  const shown = images.slice(0, images.length - folded.length);
  // If the images were not judged, the tables of the checks contain everything about them except their digests.
  const judged = verdictsIn(images).length > 0 || parts.proofs.length === 0;
  const open = new Set(judged ? shown.slice(0, MAX_OPEN_IMAGES) : []);
  const tableOfImages = (rows: readonly ImageReport[]) =>
    judged && rows.length > 0 ? [imagesTable(rows, parts)] : [];
  const about = (image: ImageReport) => imageDetails(image, plan, open.has(image));
  return [
    ...tableOfImages(shown.slice(0, MAX_IMAGE_ROWS)),
    ...(judged ? more(shown.length - MAX_IMAGE_ROWS) : []),
    ...noticeBlocks(result),
    ...comparison(result),
    ...shown.map(about),
    ...(folded.length > 0
      ? [
          details(
            judged
              ? `${MARKS.pass} ${plural(folded.length, 'image')} passed`
              : `📦 Digests of ${plural(folded.length, 'verified image')}`,
            [...tableOfImages(folded), ...folded.map(about)],
          ),
        ]
      : []),
  ];
}

/** The verdict in one line, with short digests and images without their hosts, which are in the details. */
export function heading(verdict: RunVerdict, headline: string): string {
  const words = withoutHosts(shortDigest(firstLine(headline)));
  return `<h2>${MARKS[verdict]} ${prose(clip(words, MAX_HEADLINE))}</h2>`;
}

/** The image, its digest and its platforms. */
export function nameOf(image: ImageReport): string {
  const named = namedPlatforms(image.platforms.map(({ platform }) => platform));
  const shown = named.slice(0, 8).map((platform) => code(platform, 60));
  const left = named.length > shown.length ? ` and ${named.length - shown.length} more` : '';
  const platforms = shown.length === 0 ? [] : [`${shown.join(' ')}${left}`];
  const digest = image.digest === undefined ? [] : [digestCell(image)];
  return `<p>${[code(shortName(image), 300), ...digest, ...platforms].join(' · ')}</p>`;
}

/** The policy, or the thresholds alone; nothing if no image was judged. */
function judgedBy({ documents, settings: given, images }: ImagesResult): string[] {
  if (given === undefined || verdictsIn(images).length === 0) return [];
  const thresholds = `<code>fail-on: ${given.failOn}</code> and <code>warn-on: ${given.warnOn}</code>`;
  const policy = documents?.policy;
  if (policy === undefined) return [`<p>Judged by the thresholds ${thresholds}.</p>`];
  const moving = policy.moving ? ', read from a branch or tag' : '';
  return [
    `<p>Judged by the policy ${code(policy.uri, 300)} (${code(shortDigest(`sha256:${policy.policySha256}`))}${moving}). The thresholds ${thresholds} apply to findings that match no rule.</p>`,
  ];
}

/** The inputs with which the workflow allows more than the policy, or the thresholds, alone. */
function weakenedBy(result: ImagesResult, { isAttested }: SummaryParts): string[] {
  const { images } = result;
  const inputs = [...new Set(images.flatMap(weakeningWords))];
  if (inputs.length === 0) return [];
  const what = standardWord(result);
  const attested = images.some((image) => weakeningWords(image).length > 0 && isAttested(image));
  const note = attested ? ' The attestation of this verdict therefore names a different policy.' : '';
  return [
    `<p>⚖️ <b>Less strict than the ${what}</b>: the workflow sets ${enumerate(inputs.map((input) => code(input, 100)))}, which allows more than the ${what} alone.${note}</p>`,
  ];
}

/** Every error that the headline shows only in part. */
export function errorBlocks({ error, images }: ImagesResult): string[] {
  const ofImages =
    images.length > 1
      ? []
      : images.flatMap(({ outcome }) => (outcome.kind === 'error' ? [outcome.error] : []));
  // The error of the run ended its images as well, so theirs add nothing.
  const shown = error === undefined ? ofImages : [error];
  return shown
    .filter(({ message }) => clip(firstLine(message), MAX_HEADLINE - 60) !== message)
    .map(errorBlock);
}

function errorBlock({ message }: GateError): string {
  return `<blockquote>${lines(shortDigest(clip(message, MAX_MESSAGE)))}</blockquote>`;
}

function imagesTable(images: readonly ImageReport[], { isSigned }: SummaryParts): string {
  const judged = images.some(({ outcome }) => outcome.kind === 'judged');
  return table(
    [
      'Image',
      'Digest',
      'Verdict',
      ...(judged ? ['Blocking', 'Critical', 'High', 'All findings'] : []),
      'Signed',
    ],
    images.map((image) => {
      const verdict = image.outcome.kind === 'judged' ? image.outcome.verdict : undefined;
      const counts = [
        verdict?.blocking,
        verdict?.counts.critical,
        verdict?.counts.high,
        verdict?.counts.total,
      ];
      return [
        code(shortName(image), 300),
        digestCell(image),
        verdictCell(image),
        ...(judged ? counts.map((count) => `${count ?? '–'}`) : []),
        isSigned(image) ? 'yes' : 'no',
      ];
    }),
  );
}

export function digestCell({ digest }: ImageReport): string {
  return digest === undefined ? '–' : code(shortDigest(digest));
}

export function verdictCell(image: ImageReport): string {
  return `${MARKS[verdictOf(image)]} ${verdictWords(image)}`;
}

/** @param isFirst only the first images are open, so that the summary stays readable */
function imageDetails(image: ImageReport, plan: RowPlan, isFirst: boolean): string {
  const verdict = verdictOf(image);
  const error = image.outcome.kind === 'error' ? [errorBlock(image.outcome.error)] : [];
  return details(
    `${MARKS[verdict]} <b>${verdictWords(image)}</b>: ${code(shortName(image), 300)}`,
    [...error, ...limitBlocks(image), ...blockingBlocks(image, plan), ...restOfImage(image, plan)],
    isFirst && !allows(verdict),
  );
}

/** The limits that an image exceeds: of several images, the list of what to do is not next to the image. */
function limitBlocks(image: ImageReport): string[] {
  const words = limitsExceededBy(image);
  return words.length === 0 ? [] : [`<p>${words.join('<br>')}</p>`];
}

function blockingBlocks(image: ImageReport, plan: RowPlan): string[] {
  const group = plan.get(image)?.block;
  if (group === undefined || group.total === 0) return [];
  const open = group.rows.slice(0, MAX_BLOCKING_SHOWN);
  const folded = group.rows.slice(MAX_BLOCKING_SHOWN);
  const missing = group.total - group.rows.length;
  return [
    '<h3>Blocking findings</h3>',
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

/** Inputs that the policy overrides, what could not be read, and what suppression rules hide. */
function noticeBlocks({ documents, notices, images }: ImagesResult): string[] {
  const conflicts = (documents?.conflicts ?? []).map(
    ({ input, asked, demanded }) =>
      `<p>⚖️ <b>The policy overrides the workflow</b>: ${code(input)} is ${code(demanded)}, not ${code(asked)}.</p>`,
  );
  const shown = notices
    .slice(0, MAX_NOTICES)
    .map((notice) => `<p>ℹ️ ${prose(clip(firstLine(notice), MAX_MESSAGE))}</p>`);
  return [...conflicts, ...shown, ...more(notices.length - shown.length), ...hidingBlocks(images)];
}

/** The images in which suppression rules of Inspector hide whole classes of findings. */
function hidingBlocks(images: readonly ImageReport[]): string[] {
  const hiding = images.flatMap((image) => {
    const words = hiddenWords(image);
    if (words === undefined) return [];
    const name = images.length > 1 ? `${code(shortName(image), 300)}: ` : '';
    return [`<p>🔇 ${name}${prose(words)}</p>`];
  });
  const left = hiding.length - MAX_HIDING_IMAGES;
  return [
    ...hiding.slice(0, MAX_HIDING_IMAGES),
    ...(left > 0
      ? [`<p>🔇 They also hide whole classes of findings in ${plural(left, 'more image')}.</p>`]
      : []),
  ];
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
    ...folded('allow', (total) => `✔️ ${plural(total, 'allowed finding')}, with reasons`),
    ...folded('suppressed', (total) => `🔇 ${plural(total, 'finding')} suppressed in Inspector`),
    platforms(image),
  ];
}

function countsTable({ outcome }: ImageReport): string[] {
  if (outcome.kind !== 'judged') return [];
  const { counts, suppressed } = outcome.verdict;
  const ranked = ['critical', 'high', 'medium', 'low', 'informational', 'untriaged'] as const;
  const columns: readonly (readonly [string, number])[] = [
    // Rare severities are omitted if there are none: a phone shows no more than six columns.
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
  const title = image.isIndex
    ? `Image index of ${plural(image.platforms.length, 'platform')}: digests and scan times`
    : 'Image, digest and scan time';
  const scans = image.platforms.map(({ platform, digest, scannedAt, monitored }) => [
    namedPlatforms([platform]).map((name) => code(name, 60))[0] ?? '–',
    // The digest of an image without an index is in its URI already.
    code(digest === image.digest ? shortDigest(digest) : digest),
    scannedAt === undefined ? unscannedCell(image) : time(scannedAt),
    monitored === undefined ? '–' : monitored ? 'yes' : 'no',
  ]);
  return details(`📦 ${title}`, [
    table(['', ''], identityOf(image)),
    ...(scans.length > 0 ? [table(['Platform', 'Digest', 'Scan finished', 'Still monitored'], scans)] : []),
  ]);
}

/** Without a verdict, it is often unknown whether the image is scanned: the scan was not looked at, or the run ended. */
function unscannedCell({ outcome }: ImageReport): string {
  const isUnscanned =
    outcome.kind === 'error' && ['unscannable', 'configuration'].includes(outcome.error.code);
  return isUnscanned ? 'not scanned' : '–';
}

function identityOf(image: ImageReport): (readonly [string, string])[] {
  const references = image.references.slice(0, 10).map((reference) => code(reference, 600));
  const bases = (image.baseImages ?? []).map(
    ({ name, named }) => `${code(name, 300)}${named ? '' : ' (according to the image)'}`,
  );
  const { digest } = image;
  const pages = digest === undefined ? [] : consoleLinks({ ...image, digest });
  const consoles = pages.map(({ name, url }) => link(url, name));
  const skipped = skippedChildren(image);
  const rows: readonly (readonly [string, string | undefined])[] = [
    ['Image', code(image.uri, 600)],
    ['Reference', references.join('<br>')],
    ['Base image', bases.length > 0 ? bases.join('<br>') : undefined],
    ['Not scanned', skipped.length > 0 ? skipped.join('<br>') : undefined],
    ['AWS console', consoles.length > 0 ? consoles.join(' · ') : undefined],
  ];
  return rows.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
}

/** How many artifacts of an index are listed one by one. */
const MOST_ARTIFACTS = 10;

/** The children of an index that are not scanned because nothing can run them. */
function skippedChildren({ attestations, skipped = [] }: ImageReport): string[] {
  const count = attestations.length;
  const more = skipped.length - MOST_ARTIFACTS;
  return [
    ...(count === 0
      ? []
      : [
          `${plural(count, 'build attestation')}, which ${count === 1 ? 'is not an image' : 'are not images'}`,
        ]),
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
    ...(policy === undefined ? [] : [{ kind: 'policy', source: policy, policySha256: policy.policySha256 }]),
    ...exceptions.map((source) => ({ kind: 'exceptions', source, policySha256: undefined })),
    ...vex.map((source) => ({ kind: 'vex', source, policySha256: undefined })),
  ];
  const read = files
    .slice(0, 50)
    .map(({ kind, source, policySha256 }) => [
      `<code>${kind}</code>`,
      policySha256 === undefined
        ? `${code(source.uri, 300)}<br>${code(`sha256:${source.sha256}`)}`
        : `${code(source.uri, 300)}<br>${code(`sha256:${policySha256}`)}, file ${code(`sha256:${source.sha256}`)}`,
    ]);
  return details('⚙️ Settings of this run', [
    table(['Setting', 'Value'], [...inputs, ...read, ...run]),
    ...more(files.length - read.length),
  ]);
}
