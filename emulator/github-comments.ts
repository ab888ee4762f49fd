/**
 * GitHub's API on loopback as far as comments on pull requests, issues and artifact metadata go. It refuses what it does
 * not model, so that an unexpected request is seen.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { problemOf, recordKind, type StoredRecord, withRecord } from './github-records.ts';

const MAX_BODY = 65_536;

export interface Commenter {
  readonly id: number;
  readonly login: string;
}

export interface CommentToken extends Commenter {
  /** `read`: the permission of a pull request from a fork, or of a job without `pull-requests: write`. */
  readonly access: 'write' | 'read' | 'none';
}

export interface Comment {
  readonly id: number;
  readonly issue: number;
  readonly user: Commenter;
  readonly body: string;
}

export interface Issue {
  readonly number: number;
  readonly user: Commenter;
  readonly title: string;
  readonly body: string;
  readonly state: 'open' | 'closed';
}

export interface Pull {
  readonly number: number;
  readonly state: 'open' | 'closed';
  readonly head: { readonly sha: string };
}

export interface WorkflowRun {
  readonly id: number;
  readonly attempt: number;
  /** Of the workflow's file. */
  readonly path: string;
}

/** A response that replaces the correct one, for requests whose method and path match. */
export interface CommentFault {
  readonly request: RegExp;
  /** `hang`: no response. */
  readonly status: number | 'hang';
  readonly message?: string;
  /** The target of a redirect. */
  readonly location?: string;
  /** The whole body in place of one with the message; it may be no JSON. */
  readonly body?: string;
  /** How many of these requests get the correct response first. */
  readonly after?: number;
}

/** The id of the repository, which the redirects of a renamed one contain. */
export const REPOSITORY_ID = 7;

export interface GitHubComments {
  /** The value of GITHUB_API_URL. */
  readonly url: string;
  readonly comments: readonly Comment[];
  readonly issues: readonly Issue[];
  /** The artifact metadata of the owner of the repository. */
  readonly records: readonly StoredRecord[];
  /** Method and path of every request. */
  readonly requests: readonly string[];
  /** Requests that are not modelled. */
  readonly refused: readonly string[];
  /** A comment by another account. */
  write(issue: number, user: Commenter, body: string): Comment;
  /** An issue by another account. */
  open(user: Commenter, body: string, state?: Issue['state']): Issue;
  /** Puts the state back to no comments and no faults. */
  reset(given?: {
    readonly pulls?: readonly Pull[];
    /** Default: every number up to 1,000 is that of a run of `deploy.yml`. */
    readonly runs?: readonly WorkflowRun[];
    readonly faults?: readonly CommentFault[];
    /** Default: an organization. A user has no artifact metadata. */
    readonly owner?: 'organization' | 'user';
  }): void;
  close(): Promise<void>;
}

interface Reply {
  readonly status: number;
  readonly body: unknown;
}

// An Enterprise Server has its API below a path, github.com on a host of its own.
const PATHS = {
  enterprise: { rest: '/api/v3', graphql: '/api/graphql' },
  'github.com': { rest: '', graphql: '/graphql' },
} as const;

const SOME_RUNS: readonly WorkflowRun[] = Array.from({ length: 1_000 }, (_, index) => ({
  id: index + 1,
  attempt: 1,
  path: '.github/workflows/deploy.yml',
}));

/** Starts the API for one repository. */
export async function startGitHubComments(
  repository: `${string}/${string}`,
  tokens: Readonly<Record<string, CommentToken>>,
  form: keyof typeof PATHS = 'enterprise',
): Promise<GitHubComments> {
  const paths = PATHS[form];
  let comments: Comment[] = [];
  let pulls: readonly Pull[] = [];
  let runs: readonly WorkflowRun[] = SOME_RUNS;
  let issues: readonly Issue[] = [];
  let faults: readonly CommentFault[] = [];
  let records: readonly StoredRecord[] = [];
  let owner: 'organization' | 'user' = 'organization';
  const requests: string[] = [];
  const refused: string[] = [];
  let lastId = 0;

  function add(issue: number, { id, login }: Commenter, body: string): Comment {
    lastId += 1;
    const made = { id: lastId, issue, user: { id, login }, body };
    comments = [...comments, made];
    return made;
  }

  function addIssue(
    { id, login }: Commenter,
    { title, body, state = 'open' }: Pick<Issue, 'title' | 'body'> & Partial<Pick<Issue, 'state'>>,
  ): Issue {
    const made = { number: issues.length + 1, user: { id, login }, title, body, state };
    issues = [...issues, made];
    return made;
  }

  /** Lists, opens and changes issues; undefined for other requests. */
  function answerAboutIssues(
    method: string,
    path: string,
    searchParams: URLSearchParams,
    token: CommentToken,
    input: unknown,
  ): Reply | undefined {
    if (path === 'issues' && method === 'GET') {
      if (!only(searchParams, ['state', 'creator', 'per_page', 'page'])) return notModelled();
      const size = Number(searchParams.get('per_page') ?? 30);
      const page = Number(searchParams.get('page') ?? 1);
      if (size > 100 || searchParams.get('state') !== 'all') return notModelled();
      const listed = issues.filter(({ user }) => user.login === searchParams.get('creator')).toReversed();
      return { status: 200, body: listed.slice((page - 1) * size, page * size) };
    }
    const number = Number(/^issues\/(\d+)$/.exec(path)?.[1]);
    const opens = path === 'issues' && method === 'POST';
    if (!opens && !(number > 0 && method === 'PATCH')) return undefined;
    if (token.access !== 'write') {
      return { status: 403, body: { message: 'Resource not accessible by integration' } };
    }
    const { title, body, state, ...rest } = input as Record<string, unknown>;
    if (typeof body !== 'string' || body.length > MAX_BODY || Object.keys(rest).length > 0)
      return notModelled();
    if (opens) {
      if (typeof title !== 'string' || state !== undefined) return notModelled();
      return { status: 201, body: addIssue(token, { title, body }) };
    }
    if (title !== undefined || (state !== undefined && state !== 'open' && state !== 'closed')) {
      return notModelled();
    }
    const found = issues.find((issue) => issue.number === number);
    if (found === undefined) return { status: 404, body: { message: 'Not Found' } };
    const changed: Issue = { ...found, body, state: state ?? found.state };
    issues = issues.map((issue) => (issue === found ? changed : issue));
    return { status: 200, body: changed };
  }

  /** Writes a record; undefined for other requests. */
  function answerAboutRecords(
    method: string,
    path: string,
    token: CommentToken,
    input: unknown,
  ): Reply | undefined {
    const [name] = repository.split('/');
    const base = `${paths.rest}/orgs/${name}/artifacts/metadata/`;
    const kind = path.startsWith(base) ? recordKind(path.slice(base.length)) : undefined;
    if (kind === undefined || method !== 'POST') return undefined;
    if (owner === 'user' || token.access === 'none') return { status: 404, body: { message: 'Not Found' } };
    if (token.access !== 'write') {
      return { status: 403, body: { message: 'Resource not accessible by integration' } };
    }
    const problem = problemOf(kind, input);
    if (problem === 'not modelled') return notModelled();
    if (problem !== undefined) return { status: 422, body: { message: problem } };
    const made = withRecord(records, kind, input);
    records = made.records;
    return { status: 200, body: made.answer };
  }

  function answer(method: string, target: URL, token: CommentToken, input: unknown): Reply {
    const { searchParams } = target;
    const aboutRecords = answerAboutRecords(method, target.pathname, token, input);
    if (aboutRecords !== undefined) return aboutRecords;
    const api = `${paths.rest}/repos/${repository}/`;
    if (target.pathname === paths.graphql && method === 'POST') {
      const { query } = input as { query?: unknown };
      if (query !== 'query { viewer { databaseId login } }') return notModelled();
      return { status: 200, body: { data: { viewer: { databaseId: token.id, login: token.login } } } };
    }
    const byNumber = `${paths.rest}/repositories/${REPOSITORY_ID}/`;
    const base = [api, byNumber].find((one) => target.pathname.startsWith(one));
    if (base === undefined) return notModelled();
    if (token.access === 'none') return { status: 404, body: { message: 'Not Found' } };
    const path = target.pathname.slice(base.length);

    const commit = /^commits\/([0-9a-f]{40})\/pulls$/.exec(path)?.[1];
    if (commit !== undefined && method === 'GET' && only(searchParams, ['per_page'])) {
      return { status: 200, body: pulls };
    }
    const runId = /^actions\/runs\/(\d+)$/.exec(path)?.[1];
    if (runId !== undefined && method === 'GET' && only(searchParams, [])) {
      const found = runs.find(({ id }) => id === Number(runId));
      if (found === undefined) return { status: 404, body: { message: 'Not Found' } };
      return { status: 200, body: { id: found.id, run_attempt: found.attempt, path: found.path } };
    }
    const aboutIssues = answerAboutIssues(method, path, searchParams, token, input);
    if (aboutIssues !== undefined) return aboutIssues;
    const issue = Number(/^issues\/(\d+)\/comments$/.exec(path)?.[1]);
    if (issue > 0 && method === 'GET' && only(searchParams, ['per_page', 'page'])) {
      const size = Number(searchParams.get('per_page') ?? 30);
      const page = Number(searchParams.get('page') ?? 1);
      if (size > 100) return notModelled();
      const listed = comments.filter((comment) => comment.issue === issue);
      return { status: 200, body: listed.slice((page - 1) * size, page * size) };
    }
    const id = Number(/^issues\/comments\/(\d+)$/.exec(path)?.[1]);
    const creates = issue > 0 && method === 'POST';
    if (!creates && !(id > 0 && method === 'PATCH')) return notModelled();
    if (token.access !== 'write') {
      return { status: 403, body: { message: 'Resource not accessible by integration' } };
    }
    const { body, ...rest } = input as { body?: unknown };
    if (typeof body !== 'string' || Object.keys(rest).length > 0) return notModelled();
    if (body === '' || body.length > MAX_BODY) {
      return {
        status: 422,
        body: { message: 'Validation Failed: body is too long (maximum is 65536 characters)' },
      };
    }
    if (creates) return { status: 201, body: add(issue, token, body) };
    const found = comments.find((comment) => comment.id === id);
    if (found === undefined) return { status: 404, body: { message: 'Not Found' } };
    // A token with write permission may change every comment.
    comments = comments.map((comment) => (comment.id === id ? { ...comment, body } : comment));
    return { status: 200, body: { ...found, body } };
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', headers } = request;
    const target = new URL(request.url ?? '/', 'http://github.invalid');
    const name = `${method} ${target.pathname}`;
    requests.push(name);
    const text = await read(request);
    const seen = requests.filter((one) => one === name).length;
    const fault = faults.find((one) => one.request.test(name) && seen > (one.after ?? 0));
    if (fault?.status === 'hang') return;
    const token = tokens[/^(?:token|bearer) (.+)$/i.exec(headers.authorization ?? '')?.[1] ?? ''];
    const reply =
      fault !== undefined
        ? { status: fault.status, body: { message: fault.message ?? 'A fault' } }
        : token === undefined
          ? { status: 401, body: { message: 'Bad credentials' } }
          : answer(method, target, token, text === '' ? {} : JSON.parse(text));
    if (reply.status === 501) refused.push(`${name}${target.search} ${text}`);
    response.writeHead(Number(reply.status), {
      'content-type': 'application/json; charset=utf-8',
      ...(fault?.location === undefined ? {} : { location: fault.location }),
    });
    response.end(fault?.body ?? JSON.stringify(reply.body));
  }

  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      refused.push(String(error));
      response.destroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${paths.rest}`,
    get comments() {
      return comments;
    },
    requests,
    refused,
    get issues() {
      return issues;
    },
    get records() {
      return records;
    },
    write: add,
    open: (user, body, state) =>
      addIssue(user, { title: 'An issue', body, ...(state !== undefined && { state }) }),
    reset: (given = {}) => {
      comments = [];
      issues = [];
      requests.length = 0;
      refused.length = 0;
      pulls = given.pulls ?? [];
      runs = given.runs ?? SOME_RUNS;
      faults = given.faults ?? [];
      records = [];
      owner = given.owner ?? 'organization';
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function notModelled(): Reply {
  return { status: 501, body: { message: 'Not modelled' } };
}

function only(given: URLSearchParams, names: readonly string[]): boolean {
  return [...given.keys()].every((name) => names.includes(name));
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
