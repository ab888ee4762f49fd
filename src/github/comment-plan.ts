/** Which comment on a pull request is whose, and what a run does about it. */
import { createHash } from 'node:crypto';

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

const MARKER = /^<!-- ecr-deployment-gate v1 ([0-9a-f]{32}) (passing|failing) (\d{1,15})\.(\d{1,9}) -->/;

/** The first line of a comment. */
export function formatMarker({ key, state, run: { id, attempt } }: Marker): string {
  return `<!-- ecr-deployment-gate v1 ${key} ${state} ${id}.${attempt} -->`;
}

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
