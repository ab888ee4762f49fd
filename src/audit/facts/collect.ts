/**
 * Reads all facts of the audit from AWS. What cannot be read is unknown, with the reason and the IAM action. A run ends
 * with an error only if nothing can be audited.
 */
import { type ClientFactory, clientFactory } from '../../aws/clients.ts';
import { interrupted } from '../../aws/errors.ts';
import { GateError } from '../../errors.ts';
import { canonicalHost } from '../../image/reference.ts';
import { matchesAny, matchesGlob } from '../../policy/globs.ts';
import type { Registry } from '../../results/registry.ts';
import {
  type AccountFacts,
  type AuditFacts,
  Fact,
  type Gap,
  type RegistryFacts,
  type WorkloadFacts,
} from '../facts.ts';
import { list } from '../words.ts';
import { Asker, orUnanswered, Unanswered } from './ask.ts';
import { Context } from './context.ts';
import { coverageOf } from './coverage.ts';
import { scanFrequencies } from './frequencies.ts';
import { accountFacts, managementAccountOf } from './iam.ts';
import { inspectorSettings } from './inspector.ts';
import { Progress } from './progress.ts';
import { registrySettings } from './registry.ts';
import { RepositoryReader, type Uses } from './repositories.ts';
import { describeRepositories } from './repository.ts';
import { factMayMentionTags, policiesMayMentionTags } from './resource-tags.ts';
import type { AuditPorts, AuditScope } from './scope.ts';
import { callerOf, defaultRegion, type Session } from './session.ts';
import { placeOf, type Target, targetsOf } from './targets.ts';
import { any, type Promised, settled, together } from './together.ts';
import { unknown, unknownAccount, unknownRegistry, unknownWorkloads } from './unknown.ts';
import { usesOf, workloadsOf } from './workloads.ts';

export interface CollectedFacts extends AuditFacts {
  /** What was not read because of a limit, as sentences. */
  readonly notices: readonly string[];
}

const NO_ACCESS: Gap = { reason: 'the input access is false', missing: [] };

/**
 * Reads all facts about the registries of a scope. When the timeout ends, everything that was not read is unknown.
 * @throws GateError if nothing can be audited: no credentials, no region, no role for another account, no registry
 *   whose repositories can be listed, no time of AWS; and where the job was cancelled
 */
export async function collectFacts(scope: AuditScope, ports: AuditPorts): Promise<CollectedFacts> {
  const { deadline } = ports;
  const isCancelled = () => deadline.signal.aborted && !deadline.expired;
  const factory = clientFactory(deadline, ports);
  try {
    const facts = await new Collector(scope, ports, factory).collect();
    if (isCancelled()) throw interrupted(deadline, 'the audit');
    return facts;
  } catch (error) {
    throw isCancelled() ? interrupted(deadline, 'the audit', error) : error;
  } finally {
    factory.destroy();
  }
}

/** A registry that is audited, and what runs in its account and region. */
interface Reading extends Target {
  readonly workloads: Promise<Promised<WorkloadFacts>>;
}

interface Read {
  readonly facts: RegistryFacts;
  /** Why its repositories were not listed. */
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
    const { scope, asker, factory } = this;
    const names = scope.registries.length > 0 ? scope.registries : [{ region: await defaultRegion() }];
    const caller = await callerOf(asker, factory, placeOf(names));
    const targets = targetsOf(names, scope.role, caller, { asker, factory });
    const readings = targets.map((target): Reading => ({ ...target, workloads: this.workloads(target) }));
    const uses = new Map(readings.map((reading) => [reading, usesOf(reading.workloads)]));
    const parts = this.accounts(targets);
    const tagsMatter = any(
      parts.map(
        async (account) =>
          scope.access && policiesMayMentionTags(await (await account).principals, scope.levels),
      ),
    );
    const [reads, accounts, managementAccount] = await Promise.all([
      Promise.all(
        readings.map((reading) => {
          const others = readings.filter((one) => one !== reading);
          // The workloads in the account of the registry are read first: another account may not respond.
          const ordered = [reading, ...others].flatMap((one) => uses.get(one) ?? []);
          return this.registry(reading, ordered, tagsMatter);
        }),
      ),
      Promise.all(parts.map(async (account) => together(await account))),
      this.managementAccount(targets, caller),
    ]);
    const failures = reads.flatMap(({ failure }) => failure ?? []);
    if (failures.length === reads.length) throw fatal(failures);
    if (failures.length === 0) this.noteUnmatched(reads);
    return {
      now: this.now(targets),
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

  private async workloads({ context }: Target): Promise<Promised<WorkloadFacts>> {
    if (!this.scope.access) return settled(unknownWorkloads(NO_ACCESS));
    const given = await context;
    return given instanceof Context ? workloadsOf(given, this.notice) : settled(unknownWorkloads(given.gap));
  }

  private async registry(
    reading: Reading,
    uses: readonly Uses[],
    tagsMatter: Promise<boolean>,
  ): Promise<Read> {
    const context = await reading.context;
    if (!(context instanceof Context)) {
      return { facts: unknownRegistry(reading.registry, context.gap), failure: context };
    }
    const settings = registrySettings(context, this.scope.validateCache);
    const inspector = inspectorSettings(context);
    const listed = await describeRepositories(context).catch(orUnanswered);
    const isListed = !(listed instanceof Unanswered);
    const selected = isListed ? listed.filter(({ name }) => matchesAny(this.scope.repositories, name)) : [];
    this.progress.expect(selected.length);
    const reader = new RepositoryReader(context, this.scope, {
      scanning: settings.scanning,
      frequencies: scanFrequencies(context, selected),
      coverage: coverageOf(context, selected, inspector.inspectorStatus),
      tagsMatter: any([settings.policy.then(factMayMentionTags), tagsMatter]),
      uses,
      done: () => this.progress.advance(),
    });
    const [repositories, settingFacts, inspectorFacts, workloads] = await Promise.all([
      Promise.all(selected.map((repository) => reader.read(repository))),
      together(settings),
      together(inspector),
      reading.workloads.then((parts) => together(parts)),
    ]);
    for (const text of reader.notices) this.notice(text);
    return {
      facts: {
        ...identityOf(reading.registry),
        ...settingFacts,
        ...inspectorFacts,
        repositories: isListed ? Fact.known(repositories) : unknown(listed.gap),
        repositoryNames: isListed ? Fact.known(listed.map(({ name }) => name)) : unknown(listed.gap),
        workloads,
      },
      failure: isListed ? undefined : listed,
    };
  }

  /** What a glob with a typing error does not select would be missing from the audit without a word. */
  private noteUnmatched(reads: readonly Read[]): void {
    const names = reads.flatMap(({ facts }) => {
      const content = Fact.open(facts.repositoryNames);
      return 'gap' in content ? [] : content.known;
    });
    if (names.length === 0) return;
    const unmatched = this.scope.repositories.filter(
      (glob) => !names.some((name) => matchesGlob(glob, name)),
    );
    if (unmatched.length === 0) return;
    this.notice(
      `The input repositories has globs that match no repository of the audited registries: ${list(unmatched)}. Check them.`,
    );
  }

  private accounts(targets: readonly Target[]): readonly Promise<Promised<AccountFacts>>[] {
    const first = new Map(targets.toReversed().map((target) => [target.registry.account, target]));
    return [...first.values()].toReversed().map(async ({ registry, context }) => {
      if (!this.scope.access) return settled(unknownAccount(registry, NO_ACCESS));
      const given = await context;
      return given instanceof Context ? accountFacts(given) : settled(unknownAccount(registry, given.gap));
    });
  }

  private async managementAccount(
    targets: readonly Target[],
    caller: Session,
  ): Promise<Fact<string | undefined>> {
    if (!this.scope.access) return Fact.unknown(NO_ACCESS.reason);
    const own = targets.find(({ registry }) => registry.account === caller.account) ?? targets[0];
    if (own === undefined) return Fact.unknown('there is no registry');
    // The call is about the caller's own account, whatever the registry.
    const context = new Context(this.asker, own.registry, caller);
    return this.asker.fact(() => managementAccountOf(context));
  }

  /** @throws GateError if AWS's time is unknown, because ages and expiry dates then cannot be checked */
  private now(targets: readonly Target[]): Date {
    for (const { registry } of targets) {
      const time = this.factory.serviceTime(registry.region);
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

/** Why nothing can be audited. */
function fatal(failures: readonly Unanswered[]): Error {
  const [first] = failures;
  if (first === undefined) return new GateError('input', 'There is no registry to audit.');
  const { error } = first;
  return error instanceof GateError
    ? error
    : new GateError('aws', `No registry could be audited: ${error.message}.`, { cause: error });
}
