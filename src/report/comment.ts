/**
 * The comment on a pull request: what a reviewer needs to know, and where the rest is. It is made of the same
 * HTML blocks as the job summary, after a marker by which a later run finds it again.
 */
import { createHash } from 'node:crypto';
import { code, prose, severity, table, vulnerability } from './blocks.ts';
import { changes, comparison } from './comparison.ts';
import { clip, html } from './escape.ts';
import { type ImageReport, type RunReport, verdictOf } from './report.ts';
import { nextSteps } from './steps.ts';
import { errorBlocks, heading, nameOf, verdictCell } from './summary.ts';
import {
  fixability,
  fixedVersion,
  installedVersion,
  judgedWith,
  plural,
  reasonWords,
  shortDigest,
  shortName,
} from './words.ts';

// GitHub takes 65,536 characters.
const LIMIT_BYTES = 65_000;
const MAX_ROWS = 25;
const MAX_IMAGES = 50;
const MAX_PACKAGES = 3;
const MAX_REASON = 200;

/** One attempt of one workflow run; a later one has higher numbers. */
export interface WorkflowRun {
  readonly id: number;
  readonly attempt: number;
}

/** Below zero where the first of two runs is the earlier one. */
export function compareRuns(a: WorkflowRun, b: WorkflowRun): number {
  return a.id - b.id || a.attempt - b.attempt;
}

/** What a comment's first line says of it. */
export interface Marker {
  /** Which comment it is: 32 hexadecimal digits. */
  readonly key: string;
  readonly state: 'passing' | 'failing';
  readonly run: WorkflowRun;
}

export interface CommentContext {
  readonly key: string;
  readonly run: WorkflowRun;
  /** Where the run's summary is. */
  readonly url: string | undefined;
  /** The commit that the pull request ends with. */
  readonly commit: string | undefined;
}

/**
 * The same for every run of a step that gates the same images, and for no other step. It is not a secret: another workflow
 * that comments by the same account can compute it.
 */
export function commentKey(parts: {
  /** `HOST/REPOSITORY` of every image. */
  readonly repositories: readonly string[];
  readonly dockerfile: string | undefined;
  readonly workflow: string;
  readonly job: string;
  readonly step: string;
}): string {
  const { repositories, dockerfile, workflow, job, step } = parts;
  const identity = [[...new Set(repositories)].sort(), dockerfile ?? '', workflow, job, step];
  return createHash('sha256').update(JSON.stringify(identity)).digest('hex').slice(0, 32);
}

/** Whether the run ended in a way that `on-failure` speaks up for, enforced or not. */
export function isFailing({ verdict }: RunReport): boolean {
  return verdict === 'block' || verdict === 'error';
}

const MARKER = /^<!-- ecr-deployment-gate v1 ([0-9a-f]{32}) (passing|failing) (\d{1,15})\.(\d{1,9}) -->/;

/** The marker that a comment begins with; one anywhere else in it is a quotation. */
export function parseMarker(body: string): Marker | undefined {
  const [, key, state, id, attempt] = MARKER.exec(body) ?? [];
  if (key === undefined || (state !== 'passing' && state !== 'failing')) return undefined;
  return { key, state, run: { id: Number(id), attempt: Number(attempt) } };
}

export type Plan =
  | { readonly kind: 'create' }
  /** All of them, where two runs at once have made more than one. */
  | { readonly kind: 'update'; readonly ids: readonly number[] }
  | { readonly kind: 'none'; readonly why: string };

// Two runs at the same time create two. More can only come from others, and updating all would take too long.
const MOST_UPDATED = 10;

/**
 * What to do about the comment. Once there is one it is kept up to date in either mode, so that no failure
 * stays that is none any more; but a run does not speak over a newer one, nor a job that passes over one of
 * the same run that does not.
 * @param own comments with the run's own key by the account of the token; their runs exist
 */
export function planComment(
  mode: 'on-failure' | 'always',
  failing: boolean,
  own: readonly { readonly id: number; readonly marker: Marker }[],
  run: WorkflowRun,
): Plan {
  const since = ({ marker }: { marker: Marker }) => compareRuns(marker.run, run);
  if (own.some((comment) => since(comment) > 0)) {
    return { kind: 'none', why: 'a newer run has commented already' };
  }
  if (!failing && own.some((comment) => since(comment) === 0 && comment.marker.state === 'failing')) {
    return { kind: 'none', why: 'another job of this run has a failure to tell' };
  }
  if (own.length > 0) return { kind: 'update', ids: own.slice(0, MOST_UPDATED).map(({ id }) => id) };
  if (failing || mode === 'always') return { kind: 'create' };
  return { kind: 'none', why: 'the run passed' };
}

/**
 * Renders the comment. A section that does not fit is left out: all of it is in the summary of the run.
 * @param limitBytes the most bytes the comment may have
 */
export function renderComment(
  report: RunReport,
  context: CommentContext,
  limitBytes: number = LIMIT_BYTES,
): string {
  const { key, run, url, commit } = context;
  const marker = `<!-- ecr-deployment-gate v1 ${key} ${isFailing(report) ? 'failing' : 'passing'} ${run.id}.${run.attempt} -->`;
  const foot = footer(url, commit);
  const [first, ...others] = report.images;
  const opening = [marker, heading(report)];
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

function blocking({ images }: RunReport): string[] {
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
