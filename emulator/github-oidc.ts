/**
 * GitHub's OIDC provider for a job: an endpoint that issues identity tokens for the job's secret, and the discovery
 * document and keys with which Fulcio verifies them.
 * Source: https://docs.github.com/actions/reference/security/oidc
 */
import { generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import type { RequestListener } from 'node:http';

/** The issuer of every token of github.com. */
export const GITHUB_ISSUER = 'https://token.actions.githubusercontent.com';

/** The job that a token identifies. */
export interface Job {
  /** `OWNER/NAME`. */
  readonly repository: string;
  /** `OWNER/NAME/.github/workflows/FILE@REF`: the workflow that runs the job, which may be a reusable one. */
  readonly jobWorkflowRef: string;
  /** Default refs/heads/main. */
  readonly ref?: string;
}

export interface GitHubOidc {
  /** Serves the issuer's host. */
  readonly issuer: RequestListener;
  /** Serves a job's requests for tokens, at `/token`. */
  readonly tokens: RequestListener;
  /** The secret that a request for a token must contain. */
  readonly requestToken: string;
  /** How many tokens were issued. */
  readonly issued: () => number;
}

const KEY_ID = 'emulated';
const LIFETIME_S = 300;
const SHA = '0f3c1e2a4b5c6d7e8f90112233445566778899aa';

/** A provider with a key of its own for one job. */
export function createGitHubOidc({ repository, jobWorkflowRef, ref = 'refs/heads/main' }: Job): GitHubOidc {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const requestToken = randomUUID();
  const [owner = ''] = repository.split('/');
  let issued = 0;

  function token(audience: string): string {
    issued += 1;
    const now = Math.floor(Date.now() / 1000);
    const claims = {
      jti: randomUUID(),
      sub: `repo:${repository}:ref:${ref}`,
      aud: audience,
      iss: GITHUB_ISSUER,
      iat: now,
      nbf: now - 60,
      exp: now + LIFETIME_S,
      actor: 'octocat',
      event_name: 'push',
      job_workflow_ref: jobWorkflowRef,
      job_workflow_sha: SHA,
      ref,
      ref_type: 'branch',
      repository,
      repository_id: '74',
      repository_owner: owner,
      repository_owner_id: '65',
      repository_visibility: 'private',
      run_attempt: '1',
      run_id: '4711',
      run_number: '10',
      runner_environment: 'github-hosted',
      sha: SHA,
      workflow: 'deploy',
      workflow_ref: `${repository}/.github/workflows/deploy.yml@${ref}`,
      workflow_sha: SHA,
    };
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const signed = `${part({ alg: 'RS256', typ: 'JWT', kid: KEY_ID })}.${part(claims)}`;
    return `${signed}.${sign('sha256', Buffer.from(signed), privateKey).toString('base64url')}`;
  }

  const answers: Readonly<Record<string, object>> = {
    '/.well-known/openid-configuration': {
      issuer: GITHUB_ISSUER,
      jwks_uri: `${GITHUB_ISSUER}/.well-known/jwks`,
      subject_types_supported: ['public', 'pairwise'],
      response_types_supported: ['id_token'],
      id_token_signing_alg_values_supported: ['RS256'],
      scopes_supported: ['openid'],
    },
    '/.well-known/jwks': {
      keys: [{ ...publicKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256', kid: KEY_ID }],
    },
  };

  return {
    requestToken,
    issued: () => issued,
    issuer: (request, response) => {
      const answer = answers[request.url ?? ''];
      response.writeHead(answer === undefined ? 404 : 200, { 'Content-Type': 'application/json' });
      response.end(JSON.stringify(answer ?? {}));
    },
    tokens: (request, response) => {
      const { pathname, searchParams } = new URL(request.url ?? '/', 'http://job');
      const allowed =
        pathname === '/token' &&
        request.headers.authorization?.toLowerCase() === `bearer ${requestToken}`.toLowerCase();
      const value = allowed
        ? token(searchParams.get('audience') ?? `https://github.com/${owner}`)
        : undefined;
      response.writeHead(allowed ? 200 : 401, { 'Content-Type': 'application/json' });
      response.end(JSON.stringify(allowed ? { count: value?.length, value } : { message: 'Unauthorized' }));
    },
  };
}
