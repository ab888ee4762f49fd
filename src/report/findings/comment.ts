/**
 * The comment on a pull request: what a reviewer needs to know, and where the rest is. It is made of the same
 * HTML blocks as the job summary, after a marker by which a later run finds it again.
 */

import type { CommentPlace } from '../../results/comment.ts';
import { fixability, fixedVersion, installedVersion } from '../../results/finding.ts';
import { type ImageReport, type ImagesResult, verdictOf } from '../../results/modes/images.ts';
import { clip } from '../../text.ts';
import { code, prose, severity, table, vulnerability } from '../kit/blocks.ts';
import { html } from '../kit/escape.ts';
import { plural, shortDigest } from '../kit/words.ts';
import { changes, comparison } from './comparison.ts';
import { nextSteps } from './steps.ts';
import { errorBlocks, heading, nameOf, verdictCell } from './summary.ts';
import { judgedWith, reasonWords, shortName } from './words.ts';

const MAX_ROWS = 25;
const MAX_IMAGES = 50;
const MAX_PACKAGES = 3;
const MAX_REASON = 200;

/**
 * Renders the comment. A section that does not fit is left out: all of it is in the summary of the run.
 * @param limitBytes the most bytes the comment may have
 */
export function renderComment(
  report: ImagesResult,
  headline: string,
  { url, commit }: CommentPlace,
  limitBytes: number,
): string {
  const foot = footer(url, commit);
  const [first, ...others] = report.images;
  const opening = [heading(report.verdict, headline)];
  const sections: readonly (readonly string[])[] = [
    first === undefined ? [] : others.length > 0 ? [imagesTable(report.images)] : [nameOf(first)],
    errorBlocks(report),
    comparison(report),
    nextSteps(report),
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
  const what = commit === undefined ? '' : ` About commit ${code(commit.slice(0, 12))}.`;
  return `<p>All of it is in ${where}.${what}</p>`;
}

function imagesTable(images: readonly ImageReport[]): string {
  const rows = images.slice(0, MAX_IMAGES).map((image) => {
    const verdict = image.outcome.kind === 'judged' ? image.outcome.verdict : undefined;
    return [
      code(shortName(image), 300),
      code(shortDigest(image.digest)),
      verdictCell(verdictOf(image)),
      `${verdict?.blocking ?? '?'}`,
    ];
  });
  const more = images.length - rows.length;
  return table(
    ['Image', 'Digest', 'Verdict', 'Blocking'],
    [...rows, ...(more > 0 ? [[`and ${more} more`, '', '', '']] : [])],
  );
}

function blocking({ images }: ImagesResult): string[] {
  const all = images.flatMap((image) => judgedWith(image, 'block').map((judged) => ({ image, judged })));
  if (all.length === 0) return [];
  const several = images.length > 1;
  const rows = all.slice(0, MAX_ROWS).map(({ image, judged }) => {
    const { finding, reason, inBaseline } = judged;
    const shown = finding.packages.slice(0, MAX_PACKAGES);
    const hidden = finding.packages.length - shown.length;
    return [
      ...(several ? [code(shortName(image), 100)] : []),
      `${vulnerability(finding.vulnerabilityId)}${inBaseline === false ? ' 🆕' : ''}`,
      severity(finding.severity),
      (shown.map((found) => `${code(found.name, 100)} ${code(installedVersion(found), 60)}`).join('<br>') ||
        '–') + (hidden > 0 ? `<br>and ${hidden} more` : ''),
      shown
        .map((found) => {
          const fixed = fixedVersion(found);
          if (fixed !== undefined) return code(fixed, 60);
          return fixability(finding) === 'none' ? 'no fix yet' : 'not said';
        })
        .join('<br>'),
      prose(clip(reasonWords(reason), MAX_REASON)),
    ];
  });
  const head = [...(several ? ['Image'] : []), 'Vulnerability', 'Severity', 'Package', 'Fixed in', 'Why'];
  const missing = all.length - rows.length;
  return [
    '<h3>What blocks</h3>',
    table(head, rows),
    ...(missing > 0 ? [`<p>${plural(missing, 'more blocking finding')} in the summary.</p>`] : []),
  ];
}
