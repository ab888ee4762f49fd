/**
 * Everything the audit knows, read from AWS. What cannot be read is unknown, with the reason and the IAM action; a run ends
 * with an error only where nothing can be audited.
 */
import { type ClientFactory, clientFactory } from '../../aws/clients.ts';
import { interrupted } from '../../aws/errors.ts';
import { GateError } from '../../errors.ts';
import { canonicalHost, InvalidReference, registryOf } from '../../image/reference.ts';
import { matchesAny } from '../../policy/globs.ts';
import type { Registry } from '../../results/registry.ts';
import { type AccountFacts, type AuditFacts, Fact, type Gap, type RegistryFacts } from '../facts.ts';
import { type PlacedUse, usesByRepository } from '../uses.ts';
import { Asker, Unanswered } from './ask.ts';
import { Context } from './context.ts';
import { accountFacts, managementAccountOf } from './iam.ts';
import { coverageOf, inspectorSettings } from './inspector.ts';
import { Progress } from './progress.ts';
import { registrySettings } from './registry.ts';
import { repositoryReader } from './repositories.ts';
import { describeRepositories, scanFrequencies } from './repository.ts';
import type { AuditPorts, AuditScope, RegistryName } from './scope.ts';
import { assume, callerOf, defaultRegion, type Session } from './session.ts';
import { together } from './together.ts';
import { unknownAccount, unknownRegistry, unknownWorkloads } from './unknown.ts';
import { usesOf, workloadsOf } from './workloads.ts';

export interface CollectedFacts extends AuditFacts {
  /** What was not read because of a limit, as sentences. */
  readonly notices: readonly string[];
}

const NO_ACCESS: Gap = { reason: 'the input access is false', missing: [] };

/**
 * Reads all facts about the registries of a scope.
 * @throws GateError where nothing can be audited: no credentials, no region, no role for another account, no registry
 *   whose repositories can be listed, no time of AWS; and where the job was cancelled
 */
export async function collectFacts(scope: AuditScope, ports: AuditPorts): Promise<CollectedFacts> {
  const { deadline } = ports;
  const factory = clientFactory(deadline, ports);
  try {
    return await new Collector(scope, ports, factory).collect();
  } catch (error) {
    throw deadline.signal.aborted && !deadline.expired ? interrupted(deadline, 'the audit', error) : error;
  } finally {
    factory.destroy();
  }
}

/** A registry, and its account's credentials or why there are none. */
interface Target {
  readonly registry: Registry;
  readonly context: Context | Unanswered;
}

/** What was read of a registry, and why its repositories were not. */
interface Read {
  readonly facts: RegistryFacts;
  readonly failure: Unanswered | undefined;
}

class Collector {
  private readonly scope: AuditScope;
  private readonly factory: ClientFactory;
  private readonly asker: Asker;
  private readonly progress: Progress;
  private readonly notices: string[] = [];

  constructor(scope: AuditScope, { deadline, log }: AuditPorts, factory: ClientFactory) {
    this.scope = scope;
    this.factory = factory;
    this.asker = new Asker(deadline);
    this.progress = new Progress(log);
  }

  async collect(): Promise<CollectedFacts> {
    const { scope, asker } = this;
    const names = scope.registries.length > 0 ? scope.registries : [{ region: await defaultRegion() }];
    const caller = await callerOf(asker, this.factory, placeOf(names));
    const registries = resolveNames(names, caller.account);
    const targets = await this.targets(registries, caller);

    const workloads = new Map(
      targets.flatMap(({ registry, context }) =>
        context instanceof Context ? [[registry, this.workloads(context)] as const] : [],
      ),
    );
    const uses = Promise.all(workloads.values()).then((all) => usesByRepository(usesOf(all)));
    const [reads, accounts, managementAccount] = await Promise.all([
      Promise.all(targets.map((target) => this.registry(target, workloads.get(target.registry), uses))),
      this.accounts(targets),
      this.managementAccount(targets, registries, caller),
    ]);
    const failures = reads.flatMap(({ failure }) => failure ?? []);
    if (failures.length === reads.length) throw fatal(failures);
    return {
      now: this.now(registries),
      registries: reads.map(({ facts }) => facts),
      accounts,
      levels: scope.levels,
      managementAccount,
      notices: this.notices,
    };
  }

  private readonly notice = (text: string) => {
    this.notices.push(text);
  };

  /** @throws GateError where a registry is of another account and no role for it is given */
  private async targets(registries: readonly Registry[], caller: Session): Promise<readonly Target[]> {
    const sessions = new Map<string, Promise<Session | Unanswered>>();
    for (const registry of registries) {
      const { account } = registry;
      if (sessions.has(account)) continue;
      if (account === caller.account) sessions.set(account, Promise.resolve(caller));
      else {
        const role = roleFor(this.scope.role, registry, caller);
        const session = assume(this.asker, this.factory, registry, role);
        sessions.set(account, session.catch(unanswered));
      }
    }
    return Promise.all(
      registries.map(async (registry): Promise<Target> => {
        const session = (await sessions.get(registry.account)) ?? caller;
        const context = session instanceof Unanswered ? session : new Context(this.asker, registry, session);
        return { registry, context };
      }),
    );
  }

  private async workloads(context: Context) {
    return this.scope.access ? workloadsOf(context, this.notice) : unknownWorkloads(NO_ACCESS);
  }

  private async registry(
    { registry, context }: Target,
    workloads: ReturnType<Collector['workloads']> | undefined,
    uses: Promise<ReadonlyMap<string, readonly PlacedUse[]>>,
  ): Promise<Read> {
    if (!(context instanceof Context) || workloads === undefined) {
      const failure = context as Unanswered;
      return { facts: unknownRegistry(registry, failure.gap), failure };
    }
    const { asker } = this;
    const settings = registrySettings(context, this.scope.validateCache);
    const inspector = inspectorSettings(context);
    const listed = await describeRepositories(context).catch(unanswered);
    const selected =
      listed instanceof Unanswered
        ? []
        : listed.filter(({ name }) => matchesAny(this.scope.repositories, name));
    this.progress.expect(selected.length);
    const frequencies = scanFrequencies(context, selected);
    const coverage = inspector.inspectorStatus.then((status) =>
      coverageOf(context, selected, status, this.notice),
    );
    const read = repositoryReader(context, this.scope, {
      scanning: settings.scanning,
      frequencies,
      coverage,
      uses,
      done: () => this.progress.advance(),
    });
    const [repositories, ...parts] = await Promise.all([
      Promise.all(selected.map(read)),
      together(settings),
      together(inspector),
    ]);
    return {
      facts: {
        ...identityOf(registry),
        ...parts[0],
        ...parts[1],
        repositories: await asker.fact(async () => orThrow(listed) && repositories),
        repositoryNames: await asker.fact(async () => orThrow(listed).map(({ name }) => name)),
        workloads: await workloads,
      },
      failure: listed instanceof Unanswered ? listed : undefined,
    };
  }

  private accounts(targets: readonly Target[]): Promise<readonly AccountFacts[]> {
    const first = new Map(targets.toReversed().map((target) => [target.registry.account, target]));
    return Promise.all(
      [...first.values()].toReversed().map(({ registry, context }) => {
        if (!this.scope.access) return unknownAccount(registry, NO_ACCESS);
        return context instanceof Context ? accountFacts(context) : unknownAccount(registry, context.gap);
      }),
    );
  }

  private async managementAccount(
    targets: readonly Target[],
    [first]: readonly Registry[],
    caller: Session,
  ): Promise<Fact<string | undefined>> {
    const own = targets.find(({ registry }) => registry.account === caller.account)?.context;
    if (!this.scope.access) return Fact.unknown(NO_ACCESS.reason);
    const context = own instanceof Context ? own : new Context(this.asker, first as Registry, caller);
    return this.asker.fact(() => managementAccountOf(context));
  }

  /** @throws GateError where AWS does not tell its time: then no age and no expiry can be judged */
  private now(registries: readonly Registry[]): Date {
    for (const { region } of registries) {
      const time = this.factory.serviceTime(region);
      if (time !== undefined) return time;
    }
    throw new GateError(
      'not-proven',
      'AWS responses had no Date header, or Date headers that contradict each other, so ages and expiry dates cannot be checked.',
      {
        nextStep:
          'Check whether a proxy between the runner and AWS removes or changes the header, then run the step again.',
      },
    );
  }
}

function identityOf(registry: Registry) {
  const { account, region, partition } = registry;
  return { host: canonicalHost(registry), account, region, partition };
}

/** What was not answered, as a value. */
function unanswered(error: unknown): Unanswered {
  if (error instanceof Unanswered) return error;
  throw error;
}

function orThrow<T>(value: T | Unanswered): T {
  if (value instanceof Unanswered) throw value;
  return value;
}

/** Where the caller is asked who it is: as near to the first registry as can be. */
function placeOf([first]: readonly RegistryName[]) {
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

function fatal(failures: readonly Unanswered[]): Error {
  const [first] = failures;
  if (first === undefined) return new GateError('input', 'There is no registry to audit.');
  const { error } = first;
  return error instanceof GateError
    ? error
    : new GateError('aws', `No registry could be audited: ${error.message}.`, { cause: error });
}
