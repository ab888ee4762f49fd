/** Credentials for programs that connect to the registry. */

import { GetAuthorizationTokenCommand } from '@aws-sdk/client-ecr';
import type { Deadline } from '../deadline.ts';
import { GateError } from '../errors.ts';
import type { Registry } from '../results/registry.ts';
import type { AwsClients } from './clients.ts';
import { translate } from './errors.ts';

/**
 * User name and password for a registry, valid for twelve hours. The token is the caller's: it is valid for every
 * registry that the role can access.
 * @throws GateError `access-denied` and the like
 */
export async function registryCredentials(
  clients: AwsClients,
  deadline: Deadline,
  registry: Registry,
): Promise<{ user: string; password: string }> {
  try {
    const client = clients.ecr(registry);
    const answer = await client.send(new GetAuthorizationTokenCommand({}), { abortSignal: deadline.signal });
    const token = answer.authorizationData?.[0]?.authorizationToken ?? '';
    const [user, password] = Buffer.from(token, 'base64').toString('utf8').split(':', 2);
    if (!user || !password) throw noToken();
    return { user, password };
  } catch (error) {
    throw translate(error, { action: 'ecr:GetAuthorizationToken', resource: '*' }, deadline);
  }
}

function noToken(): GateError {
  return new GateError('aws', 'ecr:GetAuthorizationToken returned no token.', {
    nextStep: 'Run the step again. If it fails again, check whether a proxy modifies AWS responses.',
  });
}
