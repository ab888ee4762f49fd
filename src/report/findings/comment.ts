/**
 * The comment on a pull request: what a reviewer needs to know, and a link to the rest. It consists of the same HTML blocks
 * as the job summary, after a marker by which a later run finds it.
 */

import type { CommentPlace } from '../../results/comment.ts';
import { fixability, fixedVersion, installedVersion, type VulnerablePackage } from '../../results/finding.ts';
import { type ImageReport, type ImagesResult, worstFirst } from '../../results/modes/images.ts';
import { code, severity, table, vulnerability } from '../kit/blocks.ts';
import { html } from '../kit/escape.ts';
import { plural } from '../kit/words.ts';
import { changes, comparison } from './comparison.ts';
import { reasonCell } from './rows.ts';
import { nextSteps } from './steps.ts';
import { digestCell, errorBlocks, heading, nameOf, verdictCell } from './summary.ts';
import { judgedWith, reachabilityWords, shortName } from './words.ts';

const MAX_ROWS = 25;
const MAX_IMAGES = 50;
const MAX_PACKAGES = 3;

/**
 * Renders the comment. A section that does not fit is omitted: the summary of the run contains all of them.
 * @param limitBytes the most bytes the comment may have
 * @param news what comes before all other sections
 */
export function renderComment(
  report: ImagesResult,
  headline: string,
  { url, commit }: CommentPlace,
  limitBytes: number,
  news: readonly string[] = [],
): string {
  const foot = footer(url, commit);
  const [first, ...others] = report.images;
  const opening = [heading(report.verdict, headline)];
  const sections: readonly (readonly string[])[] = [
    first === undefined || others.length > 0 ? [] : [nameOf(first)],
    errorBlocks(report),
    news,
    comparison(report),
    nextSteps(report),
    others.length > 0 ? [imagesTable(report.images)] : [],
    blocking(report),
    changes(report),
  ];
  const body = [...opening];
  for (const section of sections) {
    if (size([...body, ...section, foot]) <= limitBytes) body.push(...section);
  }
  return [...body, foot].join('\n\n');
}

function size(blocks: readonly string[]): number {
  return Buffer.byteLength(blocks.join('\n\n'));
}

function footer(url: string | undefined, commit: string | undefined): string {
  const where =
    url === undefined ? 'the summary of the run' : `<a href="${html(url)}">the summary of the run</a>`;
  const what = commit === undefined ? '' : ` Commit: ${code(commit.slice(0, 12))}.`;
  return `<p>See ${where} for the details.${what}</p>`;
}

function imagesTable(images: readonly ImageReport[]): string {
  const rows = worstFirst(images)
    .slice(0, MAX_IMAGES)
    .map((image) => {
      const verdict = image.outcome.kind === 'judged' ? image.outcome.verdict : undefined;
      return [
        code(shortName(image), 300),
        digestCell(image),
        verdictCell(image),
        `${verdict?.blocking ?? '–'}`,
      ];
    });
  const more = images.length - rows.length;
  return table(
    ['Image', 'Digest', 'Verdict', 'Blocking'],
    [...rows, ...(more > 0 ? [[`and ${more} more`, '', '', '']] : [])],
  );
}

function blocking({ images, judgedAt }: ImagesResult): string[] {
  const all = images.flatMap((image) => judgedWith(image, 'block').map((judged) => ({ image, judged })));
  if (all.length === 0) return [];
  const several = images.length > 1;
  const rows = all.slice(0, MAX_ROWS).map(({ image, judged }) => {
    const { finding, inBaseline } = judged;
    const shown = finding.packages.slice(0, MAX_PACKAGES);
    const hidden = finding.packages.length - shown.length;
    return [
      ...(several ? [code(shortName(image), 100)] : []),
      `${vulnerability(finding.vulnerabilityId)}${inBaseline === false ? ' 🆕' : ''}`,
      severity(finding.severity),
      (shown.map(packageCell).join('<br>') || '–') + (hidden > 0 ? `<br>and ${hidden} more` : ''),
      shown
        .map((found) => {
          const fixed = fixedVersion(found);
          if (fixed !== undefined) return code(fixed, 60);
          return fixability(finding) === 'none' ? 'no fix yet' : 'no version given';
        })
        .join('<br>'),
      reasonCell(judged, judgedAt),
    ];
  });
  const head = [...(several ? ['Image'] : []), 'Vulnerability', 'Severity', 'Package', 'Fixed in', 'Reason'];
  const missing = all.length - rows.length;
  return [
    '<h3>Blocking findings</h3>',
    table(head, rows),
    ...(missing > 0 ? [`<p>${plural(missing, 'more blocking finding')} in the summary.</p>`] : []),
  ];
}

/** `openssl 3.0.1, reachable`. */
function packageCell(found: VulnerablePackage): string {
  const reach = reachabilityWords(found);
  return `${code(found.name, 100)} ${code(installedVersion(found), 60)}${reach === '' ? '' : `, ${reach}`}`;
}
