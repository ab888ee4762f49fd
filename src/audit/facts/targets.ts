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
  /** What its readers are given, or why there are no credentials for its account. */
  readonly context: Promise<Context | Unanswered>;
}

/**
 * The registries of a scope, each once, with the credentials of the environment or those of a role. An account whose role
 * cannot be assumed does not hold up the others.
 * @throws GateError where a name cannot be one, and where there is no role for a registry of another account
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

/** Where the caller is asked who it is: as near to the first registry as can be. */
export function placeOf([first]: readonly RegistryName[]) {
  const { fips = false, dualStack = false, region = '' } = (first ?? {}) as Partial<Registry>;
  return { region, fips, dualStack };
}

/**
 * The registries that are named, each once.
 * @throws GateError where a name cannot be one
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
 * @throws GateError where there is none, or it is of a third account
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
    `The role ${role} is not one of account ${account}, to which ${host} belongs.`,
    {
      nextStep: 'Write {account} in place of the account in the input role.',
    },
  );
}
