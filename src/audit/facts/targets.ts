/** Which registries are audited, and with which credentials. */
import type { ClientFactory } from '../../aws/clients.ts';
import { GateError } from '../../errors.ts';
import { canonicalHost, InvalidReference, registryOf } from '../../image/reference.ts';
import type { Registry } from '../../results/registry.ts';
import { type Asker, orUnanswered, type Unanswered } from './ask.ts';
import { Context } from './context.ts';
import type { AuditScope, RegistryName } from './scope.ts';
import { assume, type Session } from './session.ts';

/** A registry that is audited. */
export interface Target {
  readonly registry: Registry;
  /** The context for reading it, or why there are no credentials for its account. */
  readonly context: Promise<Context | Unanswered>;
}

/**
 * The registries of a scope, each once, with the credentials of the environment or those of a role. An account whose
 * role cannot be assumed does not affect the others.
 * @throws GateError if a name is invalid, and if there is no role for a registry of another account
 */
export function targetsOf(
  names: readonly RegistryName[],
  role: AuditScope['role'],
  caller: Session,
  { asker, factory }: { readonly asker: Asker; readonly factory: ClientFactory },
): readonly Target[] {
  const registries = resolveNames(names, caller.account);
  const roles = new Map(
    registries
      .filter(({ account }) => account !== caller.account)
      .map((registry) => [registry.account, { registry, arn: roleFor(role, registry, caller) }]),
  );
  const sessions = new Map<string, Promise<Session | Unanswered>>([
    [caller.account, Promise.resolve(caller)],
    ...[...roles].map(
      ([account, { registry, arn }]) =>
        [account, assume(asker, factory, registry, arn).catch(orUnanswered)] as const,
    ),
  ]);
  return registries.map((registry) => ({
    registry,
    context: (sessions.get(registry.account) ?? Promise.resolve(caller)).then((session) =>
      'gap' in session ? session : new Context(asker, registry, session),
    ),
  }));
}

/** The endpoint for GetCallerIdentity: as close to the first registry as possible. */
export function placeOf([first]: readonly RegistryName[]) {
  const { fips = false, dualStack = false, region = '' } = (first ?? {}) as Partial<Registry>;
  return { region, fips, dualStack };
}

/**
 * The named registries, each once.
 * @throws GateError if a name is invalid
 */
function resolveNames(names: readonly RegistryName[], account: string): readonly Registry[] {
  const found = new Map<string, Registry>();
  for (const name of names) {
    const registry = 'host' in name ? name : registryIn(account, name.region);
    const host = canonicalHost(registry);
    if (!found.has(host)) found.set(host, registry);
  }
  return [...found.values()];
}

function registryIn(account: string, region: string): Registry {
  try {
    return registryOf(account, region);
  } catch (error) {
    if (!(error instanceof InvalidReference)) throw error;
    throw new GateError('input', `"${region}" is not a region of AWS.`, { cause: error });
  }
}

/**
 * The ARN of the role for a registry of another account.
 * @throws GateError if there is none, or if it belongs to a third account
 */
function roleFor(role: string | undefined, { account, host }: Registry, caller: Session): string {
  if (role === undefined) {
    throw new GateError(
      'input',
      `${host} belongs to account ${account}, and the credentials to account ${caller.account}.`,
      {
        nextStep:
          'Set the input role (for example role: arn:aws:iam::{account}:role/auditor) to a role that this job may assume in that account.',
      },
    );
  }
  const arn = role.replaceAll('{account}', account);
  if (arn.split(':')[4] === account) return arn;
  throw new GateError(
    'input',
    `The role ${role} does not belong to account ${account}, which owns ${host}.`,
    {
      nextStep: 'Write {account} in place of the account in the input role.',
    },
  );
}
