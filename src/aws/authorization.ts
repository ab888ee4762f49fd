/** Registry credentials for programs that speak to the registry itself. */

import { GetAuthorizationTokenCommand } from '@aws-sdk/client-ecr';
import type { Deadline } from '../deadline.ts';
import { GateError } from '../errors.ts';
import type { Registry } from '../results/registry.ts';
import type { AwsClients } from './clients.ts';
import { translate } from './errors.ts';

/**
 * User name and password for a registry, good for twelve hours. The token is valid for every registry the
 * role may reach, so the answer is the caller's, not the registry's.
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
    if (!user || !password) throw new GateError('aws', 'ecr:GetAuthorizationToken answered without a token.');
    return { user, password };
  } catch (error) {
    throw translate(error, { action: 'ecr:GetAuthorizationToken', resource: '*' }, deadline);
  }
}
