/** The identity that this run's own keyless signatures are verified with. */
import { describe, expect, it } from 'vitest';
import type { CosignSession } from '../../src/signing/cosign/session.ts';
import type { SigningPorts } from '../../src/signing/ports.ts';
import { ownVerifier } from '../../src/signing/verifier.ts';

const REF = 'team/central/.github/workflows/gate.yml@refs/tags/v1';

function session(environment: Record<string, string>, claims: object): CosignSession {
  const token = ['', Buffer.from(JSON.stringify(claims)).toString('base64url'), ''].join('.');
  // Reading the identity needs nothing else.
  const ports = { environment, identityToken: async () => token } as unknown as SigningPorts;
  return { ports } as CosignSession;
}

describe('the identity of the workflow', () => {
  it.each([
    [{}, 'https://token.actions.githubusercontent.com', 'https://github.com'],
    [{ GITHUB_SERVER_URL: '' }, 'https://token.actions.githubusercontent.com', 'https://github.com'],
    [
      { GITHUB_SERVER_URL: 'https://ghe.example.com' },
      'https://ghe.example.com/_services/token',
      'https://ghe.example.com',
    ],
    [
      { GITHUB_SERVER_URL: 'https://acme.ghe.com' },
      'https://token.actions.acme.ghe.com',
      'https://acme.ghe.com',
    ],
  ])('is on the server of the environment %j, and its issuer is that of the token', async (environment, iss, server) => {
    const given = session(environment, { iss, job_workflow_ref: REF });
    expect(await ownVerifier(given, { kind: 'keyless' })).toEqual({
      kind: 'identity',
      identity: `${server}/${REF}`,
      issuer: iss,
    });
  });

  it.each([
    {},
    { iss: 'https://i' },
    { job_workflow_ref: REF },
    { iss: 1, job_workflow_ref: REF },
  ])('is not assumed for a token with the claims %j', async (claims) => {
    await expect(ownVerifier(session({}, claims), { kind: 'keyless' })).rejects.toThrow(
      /does not name the workflow that signs/,
    );
  });
});
