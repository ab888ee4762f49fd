/** GitHub's client for what is written: comments and issues. */
import type { getOctokit } from '@actions/github';
import { messageOf } from '../errors.ts';
import { clip } from '../text.ts';

export type Octokit = ReturnType<typeof getOctokit>;

/** A response with a status that is neither the expected one nor an error. */
export class Unexpected extends Error {
  constructor(status: number) {
    super(
      status >= 300 && status < 400
        ? `GitHub returned HTTP ${status}: the repository has moved, and nothing was written. Run the workflow under the new name of the repository`
        : `GitHub returned HTTP ${status}. It is unknown whether anything was written`,
    );
  }
}

/** What an error of a request says, at most 300 characters. */
export function detailOf(error: unknown): string {
  // The client has errors of its own for requests that fail, so this one is about the content of a response.
  return error instanceof TypeError
    ? 'GitHub returned a response in an unknown form. It is unknown whether anything was written'
    : clip(messageOf(error), 300);
}

/**
 * A client for the API at `GITHUB_API_URL`, through the proxy of the environment. It throws `Unexpected` for a response
 * that is neither 200 nor 201.
 */
export async function connect(token: string, signal: AbortSignal): Promise<Octokit> {
  // They are large, and most runs do not need them.
  const [{ getOctokit }, { defaults }] = await Promise.all([
    import('@actions/github'),
    import('@actions/github/lib/utils'),
  ]);
  // Options replace the defaults, which connect through the proxy. Following a redirect would use GET: nothing would be
  // written, and it would look like success.
  const github = getOctokit(token, { request: { ...defaults.request, signal, redirect: 'manual' } });
  github.hook.after('request', ({ status }) => {
    if (status !== 200 && status !== 201) throw new Unexpected(status);
  });
  return github;
}

/**
 * The account of the token. Comments and issues of other accounts are never changed, whatever they contain.
 * @throws Error if GitHub does not return it
 */
export async function accountOf(github: Octokit): Promise<{ readonly id: number; readonly login: string }> {
  const answer = await github.graphql<{ viewer?: { databaseId?: unknown; login?: unknown } } | undefined>(
    'query { viewer { databaseId login } }',
  );
  const { databaseId: id, login } = answer?.viewer ?? {};
  if (typeof id !== 'number' || typeof login !== 'string')
    throw new Error('GitHub did not return the account of the token');
  return { id, login };
}
