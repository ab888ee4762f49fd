/** Whether a ref belongs to a repository: GitHub serves the commits of forks under the name of the parent repository. */
import { GateError, messageOf } from '../errors.ts';
import { type GitHub, type GitHubAnswer, type GitHubFile, isCommit, refusal } from './client.ts';

const JSON_TYPE = 'application/vnd.github+json';

// With the default branch and the two lists: at most 24 requests.
const PAGE_SIZE = 100;
const MOST_COMPARED = 20;

// git resolves NAME as refs/NAME before it looks for a tag or a branch of that name. Below refs/, GitHub keeps the commits
// of pull requests too, those from forks included.
const NOT_ITS_OWN = /^(?:refs\/)?(?:pull|__gh__)\//;

// What git resolves to a commit if no ref has that name: an abbreviated id, and the output of `git describe`.
const LIKE_A_COMMIT = /(?:^|-g)[0-9a-f]{4,}$/i;

/**
 * Refuses the names of refs that are neither a branch nor a tag, such as `pull/7/head`: everyone who can fork a
 * repository can open a pull request.
 * @throws GateError `input`
 */
export function refuseForeignName(file: GitHubFile): void {
  const { ref } = file;
  if (NOT_ITS_OWN.test(ref) || /^refs\/(?!(?:heads|tags)\/)/.test(ref)) throw noBranchOrTag(file);
}

/**
 * Refuses a commit that is on no branch and no tag of the repository. Everyone who can fork a repository can make a commit
 * that GitHub then serves under the name of that repository.
 *
 * A commit is on a branch if it is its own merge base with the branch (`GET /repos/{owner}/{repo}/compare/{basehead}`).
 * The default branch is compared first, then the branches and tags that GitHub lists first. A ref that git could resolve
 * to a commit, such as an abbreviated id, has to be the name of a branch or tag (`GET /repos/{owner}/{repo}/git/ref/{ref}`);
 * any other name is one if GitHub serves a file at it. All of this needs the permission contents: read, as the file does.
 * @throws GateError `input` for a commit that is not, or cannot be shown to be, of the repository
 */
export async function refuseForeignCommit(github: GitHub, file: GitHubFile): Promise<void> {
  const { owner, repo, ref } = file;
  if (!LIKE_A_COMMIT.test(ref)) return;
  const ask = asker(github, file);
  if (!isCommit(ref)) {
    if (await isBranchOrTag(ref, ask)) return;
    throw noBranchOrTag(file);
  }
  const { default_branch } = fields(await ask(''));
  const branch = typeof default_branch === 'string' ? default_branch : undefined;
  if (await isOnBranchOrTag(ref.toLowerCase(), branch, ask)) return;
  throw new GateError(
    'input',
    `${nameOf(file)}: the commit was not found on any branch or tag of ${owner}/${repo}. GitHub also serves commits of forks and pull requests under that name.`,
    {
      nextStep: `Use a commit on the default branch${branch === undefined ? '' : ` (${branch})`} of ${owner}/${repo}, or a commit that a tag points at.`,
    },
  );
}

function nameOf({ owner, repo, path, ref }: GitHubFile): string {
  return `${owner}/${repo}/${path}@${ref}`;
}

function noBranchOrTag(file: GitHubFile): GateError {
  const { owner, repo, ref } = file;
  return new GateError(
    'input',
    `${nameOf(file)}: ${ref} is neither a branch nor a tag of ${owner}/${repo}.`,
    {
      nextStep: 'Use a branch, a tag, or all 40 digits of a commit.',
    },
  );
}

/** Asks for JSON about the repository; undefined if there is no such thing, or if it is too large. */
type Ask = (what: string) => Promise<unknown>;

function asker(github: GitHub, file: GitHubFile): Ask {
  const { owner, repo } = file;
  return async (what) => {
    let answer: GitHubAnswer;
    try {
      answer = await github.get(`/repos/${owner}/${repo}${what}`, JSON_TYPE);
    } catch (error) {
      if (error instanceof GateError && error.code !== 'input') throw error;
      // Too large. A comparison with a branch that has the commit is small: no commits and no files lie between them.
      if (error instanceof GateError) return undefined;
      throw new GateError('input', `${nameOf(file)} cannot be read: ${messageOf(error)}`, { cause: error });
    }
    if (answer.status === 404 || answer.status === 422) return undefined;
    if (answer.status !== 200) throw refusal(answer, nameOf(file), file);
    try {
      return JSON.parse(answer.body.toString('utf8'));
    } catch {
      return undefined;
    }
  };
}

async function isOnBranchOrTag(sha: string, defaultBranch: string | undefined, ask: Ask): Promise<boolean> {
  if (defaultBranch !== undefined && (await isOn(defaultBranch, sha, ask))) return true;
  const lists = [
    await ask(`/branches?per_page=${PAGE_SIZE}`),
    await ask(`/tags?per_page=${PAGE_SIZE}`),
  ] as const;
  const tips = new Set(lists.flatMap(tipsOf));
  if (tips.has(sha)) return true;
  for (const tip of [...tips].slice(0, MOST_COMPARED)) if (await isOn(tip, sha, ask)) return true;
  return false;
}

/** Whether a commit is the one that a branch or tag points at, or an ancestor of it. */
async function isOn(base: string, sha: string, ask: Ask): Promise<boolean> {
  const between = `${encodeURIComponent(base)}...${sha}`;
  const { status, ahead_by, base_commit, merge_base_commit } = fields(
    await ask(`/compare/${between}?per_page=1`),
  );
  return (
    (status === 'behind' || status === 'identical') &&
    ahead_by === 0 &&
    fields(merge_base_commit).sha === sha &&
    (!isCommit(base) || fields(base_commit).sha === base)
  );
}

/** The commits that the branches or tags of a list point at. */
function tipsOf(list: unknown): string[] {
  const items: unknown[] = Array.isArray(list) ? list : [];
  return items.flatMap((item) => {
    const { sha } = fields(fields(item).commit);
    return typeof sha === 'string' && isCommit(sha) ? [sha] : [];
  });
}

async function isBranchOrTag(ref: string, ask: Ask): Promise<boolean> {
  const full = /^refs\/(.+)$/.exec(ref)?.[1];
  for (const name of full === undefined ? [`tags/${ref}`, `heads/${ref}`] : [full]) {
    const encoded = name.split('/').map(encodeURIComponent).join('/');
    if (fields(await ask(`/git/ref/${encoded}`)).ref === `refs/${name}`) return true;
  }
  return false;
}

function fields(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
