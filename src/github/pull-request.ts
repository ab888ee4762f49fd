/** The pull request that an event of GitHub Actions belongs to. */

/** The event of the run, as GitHub Actions describes it. */
export interface WorkflowEvent {
  /** `GITHUB_EVENT_NAME`. */
  readonly name: string;
  /** `GITHUB_SHA`. */
  readonly sha: string;
  /** The content of `GITHUB_EVENT_PATH`. */
  readonly payload: unknown;
}

export interface PullRequest {
  readonly kind: 'number';
  readonly number: number;
  /** Its last commit; undefined if the event does not say. */
  readonly head: string | undefined;
  /** Whether it comes from a fork: the token of its `pull_request` runs can only read. */
  readonly fork: boolean;
}

export type Target =
  | PullRequest
  /** The open pull request whose last commit this is. */
  | { readonly kind: 'commit'; readonly sha: string }
  | { readonly kind: 'none' };

/**
 * The pull request of an event: its own, that of a comment, that of a merge queue, or the one that triggered the run. Else
 * the one whose last commit this is, as after a push to its branch. Source of the fields: GitHub Docs, "Webhook events and
 * payloads" and "Events that trigger workflows".
 */
export function pullRequestOf({ name, sha, payload }: WorkflowEvent): Target {
  const own = pullRequest(field(payload, 'pull_request'), payload);
  if (own !== undefined) return own;
  const issue = field(payload, 'issue');
  if (issue !== undefined) {
    const number = positive(field(issue, 'number'));
    return number !== undefined && field(issue, 'pull_request') !== undefined
      ? { kind: 'number', number, head: undefined, fork: false }
      : { kind: 'none' };
  }
  if (name === 'merge_group') {
    // refs/heads/gh-readonly-queue/BRANCH/pr-NUMBER-COMMIT names the last pull request of the group.
    const ref = field(payload, 'merge_group', 'head_ref');
    const number = typeof ref === 'string' ? /\/pr-(\d{1,9})-[0-9a-f]{40,64}$/.exec(ref)?.[1] : undefined;
    const found = positive(Number(number));
    return found === undefined
      ? { kind: 'none' }
      : { kind: 'number', number: found, head: undefined, fork: false };
  }
  if (name === 'workflow_run') return ofWorkflowRun(payload);
  return commit(sha);
}

/** GITHUB_SHA is that of the default branch here; the run that triggered this one names its commit. */
function ofWorkflowRun(payload: unknown): Target {
  const requests = field(payload, 'workflow_run', 'pull_requests');
  const repository = field(payload, 'repository', 'id');
  // The list includes pull requests inside forks.
  const ours = (Array.isArray(requests) ? requests : []).filter(
    (request) => repository !== undefined && field(request, 'base', 'repo', 'id') === repository,
  );
  const found = ours.length === 1 ? pullRequest(ours[0], payload) : undefined;
  if (found !== undefined) return { ...found, fork: false };
  return commit(field(payload, 'workflow_run', 'head_sha'));
}

function pullRequest(request: unknown, payload: unknown): PullRequest | undefined {
  const number = positive(field(request, 'number'));
  if (number === undefined) return undefined;
  const from = field(request, 'head', 'repo', 'full_name');
  return {
    kind: 'number',
    number,
    head: commitId(field(request, 'head', 'sha')),
    // A deleted fork has no name.
    fork: from !== field(payload, 'repository', 'full_name'),
  };
}

function commit(sha: unknown): Target {
  const id = commitId(sha);
  return id === undefined ? { kind: 'none' } : { kind: 'commit', sha: id };
}

function commitId(value: unknown): string | undefined {
  return typeof value === 'string' && /^([0-9a-f]{40}|[0-9a-f]{64})$/.test(value) ? value : undefined;
}

function positive(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : undefined;
}

function field(value: unknown, ...names: readonly string[]): unknown {
  let at = value;
  for (const name of names) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, name)) return undefined;
    at = (at as Record<string, unknown>)[name];
  }
  return at ?? undefined;
}
