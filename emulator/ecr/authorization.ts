/** Tokens for the registry: GetAuthorizationToken, and whether a password is one of them. */
import { randomBytes } from 'node:crypto';
import { epochSeconds } from '../answer.ts';
import { type Operations, operation } from '../operation.ts';
import { registryHost } from '../scenario.ts';
import { list, structure } from '../shapes.ts';
import type { World } from '../world.ts';
import { registryId } from './operation.ts';

const TOKEN_LIFE_MS = 12 * 60 * 60 * 1000;

export function createAuthorization(world: World): {
  readonly operations: Operations;
  authenticate(user: string, password: string): boolean;
} {
  const passwords = new Map<string, number>();
  return {
    operations: {
      GetAuthorizationToken: operation(structure({ registryIds: list(registryId, 1, 10) }), () => {
        const password = randomBytes(96).toString('base64url');
        const expiresAt = world.now() + TOKEN_LIFE_MS;
        passwords.set(password, expiresAt);
        return {
          authorizationData: [
            {
              authorizationToken: Buffer.from(`AWS:${password}`).toString('base64'),
              expiresAt: epochSeconds(expiresAt),
              proxyEndpoint: `https://${registryHost(world.scenario)}`,
            },
          ],
        };
      }),
    },
    authenticate: (user, password) => user === 'AWS' && (passwords.get(password) ?? 0) > world.now(),
  };
}
