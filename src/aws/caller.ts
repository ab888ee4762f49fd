/** The account of a run's credentials. */
import type { Registry } from '../results/registry.ts';
import type { AwsClients } from './clients.ts';

/**
 * The account of the credentials. The call needs no permission.
 * Source: STS API, GetCallerIdentity.
 * @returns undefined if the answer does not name an account
 */
export async function callerAccount(
  clients: AwsClients,
  registry: Registry,
  abortSignal: AbortSignal,
): Promise<string | undefined> {
  // Most runs do not need it, and start faster without the client.
  const { GetCallerIdentityCommand } = await import('@aws-sdk/client-sts');
  const client = await clients.sts(registry);
  const { Account: account } = await client.send(new GetCallerIdentityCommand({}), { abortSignal });
  return typeof account === 'string' && /^\d{12}$/.test(account) ? account : undefined;
}
