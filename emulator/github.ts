/**
 * GitHub's REST API on loopback: the contents of files, and the branches and tags of commits, for tokens that may
 * read them, and nothing else. As GitHub does, it serves the commits of forks under the name of the repository.
 */
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface GitHubRepository {
  readonly name: `${string}/${string}`;
  /** The tokens that can read it. */
  readonly tokens: readonly string[];
  /**
   * Content by `REF:PATH`; the text `/` stands for a directory. A ref may be a commit that is on no branch and no tag,
   * as those of forks are, or `pull/7/head`.
   */
  readonly files: Readonly<Record<string, string | Uint8Array>>;
  /** Default: main. */
  readonly defaultBranch?: string;
  /**
   * The commits of each branch, newest first. Default: every ref of `files` that is not a commit, and the default branch,
   * which has all commits of `files`.
   */
  readonly branches?: Readonly<Record<string, readonly string[]>>;
  /** The commits of each tag, newest first. */
  readonly tags?: Readonly<Record<string, readonly string[]>>;
  /** Histories that only forks and pull requests have, newest commit first: compared, but listed nowhere. */
  readonly foreign?: readonly (readonly string[])[];
}

/** A response that replaces the correct one, for the next request. */
export interface GitHubFault {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Changes the body of the correct response. */
  readonly alter?: (body: object) => unknown;
  readonly kind?: 'reset' | 'hang';
}

export interface GitHubEmulator {
  /** The value of GITHUB_API_URL. */
  readonly url: string;
  /** Method and target of every request. */
  readonly requests: readonly string[];
  /** Replaces the next responses, in order. */
  fail(...faults: GitHubFault[]): void;
  close(): Promise<void>;
}

/** Starts the API under `/api/v3`, as on an Enterprise Server. */
export async function startGitHub(repositories: readonly GitHubRepository[]): Promise<GitHubEmulator> {
  const requests: string[] = [];
  const faults: GitHubFault[] = [];

  function handle(request: IncomingMessage, response: ServerResponse): void {
    requests.push(`${request.method} ${request.url}`);
    const fault = faults.shift();
    if (fault?.kind === 'hang') return;
    if (fault?.kind === 'reset') {
      request.socket.resetAndDestroy();
      return;
    }
    if (fault?.status !== undefined) {
      send(response, fault.status, { message: 'A fault of the scenario' }, fault.headers);
      return;
    }
    const { status, body } = answer(request);
    send(response, status, fault?.alter === undefined ? body : fault.alter(Object(body)), fault?.headers);
  }

  function answer(request: IncomingMessage): Reply {
    const target = new URL(request.url ?? '/', url);
    const [match, question] = asked(target);
    if (request.method !== 'GET' || question === undefined) return notEmulated();
    if (request.headers['x-github-api-version'] !== '2022-11-28') return notEmulated();
    if (request.headers.accept !== question.accept) return notEmulated();
    // GitHub refuses requests without one.
    if (!request.headers['user-agent']) return { status: 403, body: { message: 'Request forbidden' } };
    const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
    if (token === undefined || !repositories.some(({ tokens }) => tokens.includes(token))) {
      return { status: 401, body: { message: 'Bad credentials' } };
    }
    const repository = repositories.find(({ name }) => name === match);
    // For a token without access, the repository does not exist.
    if (!repository?.tokens.includes(token)) return notFound();
    return question.answer(repository, `${target}`) ?? notFound();
  }

  const server = createServer(handle);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v3`;
  return {
    url,
    requests,
    fail: (...given) => {
      faults.push(...given);
    },
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

export interface Reply {
  readonly status: number;
  readonly body: unknown;
}

/**
 * The same responses without a socket, for a token that can read every repository.
 * @param path below the API's address, with its query
 */
export function answerGitHub(repositories: readonly GitHubRepository[], path: string): Reply {
  const target = new URL(`http://github.invalid/api/v3${path}`);
  const [name, question] = asked(target);
  if (question === undefined) return notEmulated();
  const repository = repositories.find((one) => one.name === name);
  return (repository && question.answer(repository, `${target}`)) ?? notFound();
}

/** The repository in a request, and the rest of the request. */
function asked(target: URL): [string | undefined, Question | undefined] {
  const match = /^\/api\/v3\/repos\/([^/]+\/[^/]+)(\/.+)?$/.exec(target.pathname);
  return [match?.[1], match === null ? undefined : questionIn(match[2] ?? '', target.searchParams)];
}

interface Question {
  readonly accept: string;
  /** Undefined: it does not exist. */
  readonly answer: (repository: GitHubRepository, url: string) => Reply | undefined;
}

/** The request that a path below a repository's path stands for; undefined if it is not emulated. */
function questionIn(path: string, query: URLSearchParams): Question | undefined {
  const given = `${[...query.keys()].sort()}`;
  const json = (answer: Question['answer']) => ({ accept: 'application/vnd.github+json', answer });
  const contents = /^\/contents\/(.+)$/.exec(path)?.[1];
  if (contents !== undefined && given === 'ref') {
    const file = decodeURIComponent(contents);
    return {
      accept: 'application/vnd.github.object+json',
      answer: ({ files }, url) => {
        const content = files[`${query.get('ref')}:${file}`];
        return content === undefined ? undefined : { status: 200, body: describe(content, file, url) };
      },
    };
  }
  if (path === '' && given === '') {
    return json(({ name, defaultBranch = 'main' }) => ({
      status: 200,
      body: { full_name: name, default_branch: defaultBranch },
    }));
  }
  const [, kind] = /^\/(branches|tags)$/.exec(path) ?? [];
  if (kind !== undefined && given === 'per_page') {
    return json((repository) => ({
      status: 200,
      body: linesOf(repository)
        .filter((line) => line.kind === kind)
        .slice(0, Number(query.get('per_page')))
        .map(({ name, commits }) => ({ name, commit: { sha: commits[0] } })),
    }));
  }
  const [, space, name] = /^\/git\/ref\/(heads|tags)\/(.+)$/.exec(path) ?? [];
  if (space !== undefined && name !== undefined && given === '') {
    const wanted = decodeURIComponent(name);
    return json((repository) => {
      const line = linesOf(repository).find(
        (one) => one.name === wanted && one.kind === (space === 'heads' ? 'branches' : 'tags'),
      );
      return (
        line && { status: 200, body: { ref: `refs/${space}/${wanted}`, object: { sha: line.commits[0] } } }
      );
    });
  }
  const [, base, head] = /^\/compare\/([^/]+)\.\.\.([0-9a-f]{40})$/.exec(path) ?? [];
  if (base !== undefined && head !== undefined && given === 'per_page') {
    return json((repository) => compare(repository, decodeURIComponent(base), head));
  }
  return undefined;
}

interface Line {
  readonly kind: 'branches' | 'tags';
  readonly name: string;
  /** Newest first. */
  readonly commits: readonly string[];
}

const isCommit = (ref: string) => /^[0-9a-f]{40}$/.test(ref);

/** The branches and tags of a repository. */
function linesOf({ files, defaultBranch = 'main', branches, tags = {} }: GitHubRepository): Line[] {
  const refs = [...new Set(Object.keys(files).map((key) => key.slice(0, key.indexOf(':'))))];
  const tip = (name: string) => createHash('sha1').update(name).digest('hex');
  const others = refs.filter((ref) => !isCommit(ref) && !ref.startsWith('pull/') && ref !== defaultBranch);
  const given = branches ?? {
    [defaultBranch]: [tip(defaultBranch), ...refs.filter(isCommit)],
    ...Object.fromEntries(others.map((name) => [name, [tip(name)]])),
  };
  const lines = (kind: Line['kind'], named: typeof given) =>
    Object.entries(named).map(([name, commits]) => ({ kind, name, commits }));
  return [...lines('branches', given), ...lines('tags', tags)];
}

/** How the histories of two commits differ. Each commit has one parent; a commit outside of all histories has none. */
function compare(repository: GitHubRepository, base: string, head: string): Reply | undefined {
  const lines = linesOf(repository);
  const history = (ref: string): readonly string[] | undefined => {
    const named = lines.find(({ name }) => name === ref);
    if (named !== undefined) return named.commits;
    const histories = [...lines.map(({ commits }) => commits), ...(repository.foreign ?? [])];
    const found = histories.find((commits) => commits.includes(ref));
    if (found !== undefined) return found.slice(found.indexOf(ref));
    const isThere = Object.keys(repository.files).some((key) => key.startsWith(`${ref}:`));
    return isThere ? [ref] : undefined;
  };
  const [before, after] = [history(base), history(head)];
  const mergeBase = before?.find((commit) => after?.includes(commit));
  if (before === undefined || after === undefined || mergeBase === undefined) return undefined;
  const [behind, ahead] = [before.indexOf(mergeBase), after.indexOf(mergeBase)];
  return {
    status: 200,
    body: {
      status: ahead > 0 ? (behind > 0 ? 'diverged' : 'ahead') : behind > 0 ? 'behind' : 'identical',
      ahead_by: ahead,
      behind_by: behind,
      base_commit: { sha: before[0] },
      merge_base_commit: { sha: mergeBase },
      commits: after
        .slice(0, ahead)
        .slice(-1)
        .map((sha) => ({ sha })),
    },
  };
}

function describe(content: string | Uint8Array, path: string, url: string): Record<string, unknown> {
  if (content === '/') return { type: 'dir', path, url, entries: [] };
  const bytes = Buffer.from(content);
  const blob = createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes);
  const shared = { type: 'file', name: path.split('/').at(-1), path, url, size: bytes.length };
  // Above 1 MB the API leaves the content out.
  if (bytes.length > 1024 * 1024) {
    return { ...shared, sha: blob.digest('hex'), encoding: 'none', content: '' };
  }
  const lines = bytes.toString('base64').replace(/(.{60})/g, '$1\n');
  return { ...shared, sha: blob.digest('hex'), encoding: 'base64', content: lines };
}

function notEmulated(): Reply {
  return { status: 501, body: { message: 'Not emulated' } };
}

function notFound(): Reply {
  return { status: 404, body: { message: 'Not Found' } };
}

function send(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
  response.end(JSON.stringify(body));
}
