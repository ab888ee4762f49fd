/** Identifies the comments of the action on a pull request, and decides what a run does with them. */
import { createHash } from 'node:crypto';

/** An attempt of a workflow run. Later ones have higher numbers. */
export interface WorkflowRun {
  readonly id: number;
  readonly attempt: number;
}

/** Below zero if the first of two runs is the earlier one. */
export function compareRuns(a: WorkflowRun, b: WorkflowRun): number {
  return a.id - b.id || a.attempt - b.attempt;
}

/** The first line of a comment, as data. */
export interface Marker {
  /** Identifies the comment: 32 hexadecimal digits. */
  readonly key: string;
  readonly state: 'passing' | 'failing';
  readonly run: WorkflowRun;
}

/**
 * Identifies the comment of a step and its images: every run of the step has the same key, and no other step has it. It is
 * not a secret: another workflow that comments with the same account can compute it.
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

const MARKER = /^<!-- ecr-deployment-gate v1 ([0-9a-f]{32}) (passing|failing) (\d{1,15})\.(\d{1,9}) -->/;

/** The first line of a comment. */
export function formatMarker({ key, state, run: { id, attempt } }: Marker): string {
  return `<!-- ecr-deployment-gate v1 ${key} ${state} ${id}.${attempt} -->`;
}

/** The marker at the start of a comment; undefined for a marker anywhere else, which is a quotation. */
export function parseMarker(body: string): Marker | undefined {
  const [, key, state, id, attempt] = MARKER.exec(body) ?? [];
  if (key === undefined || (state !== 'passing' && state !== 'failing')) return undefined;
  return { key, state, run: { id: Number(id), attempt: Number(attempt) } };
}

export type Plan =
  | { readonly kind: 'create' }
  /** All of them: two runs at the same time may have created more than one. */
  | { readonly kind: 'update'; readonly ids: readonly number[] }
  | { readonly kind: 'none'; readonly why: string };

// Two runs at the same time create two. More of them come from elsewhere, and updating all would take too long.
const MOST_UPDATED = 10;

/**
 * What to do with the comment. An existing comment is updated in both modes, so that no outdated failure remains. A run does
 * not replace the comment of a newer run, and a job that passes does not replace that of a failed job of the same run.
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
    return { kind: 'none', why: 'another job of this run has failed and commented' };
  }
  if (own.length > 0) return { kind: 'update', ids: own.slice(0, MOST_UPDATED).map(({ id }) => id) };
  if (failing || mode === 'always') return { kind: 'create' };
  return { kind: 'none', why: 'the run passed' };
}
