/**
 * The data that the checks of one audit share: which images run, which accounts are known, and who can do what. Each
 * part is computed once, when it is first needed.
 */
import { Evaluator } from './access/decide.ts';
import type { Document } from './access/document.ts';
import { type Escalation, type Escalations, escalations } from './access/escalation.ts';
import type { AccessFacts, Organization, PrincipalFacts } from './access/facts.ts';
import { type AccessMap, type AccessRow, accessMap } from './access/map.ts';
import type { Check } from './check.ts';
import {
  type Expectations,
  expectationsFor,
  isExpected,
  type RepositoryExpectations,
} from './expectations.ts';
import {
  type AccountFacts,
  type AuditFacts,
  allOf,
  asKnown,
  type CacheRule,
  type CreationTemplate,
  Fact,
  type Gap,
  joinedGaps,
  type RegistryFacts,
  type RepositoryFacts,
  USES,
} from './facts.ts';
import { type UsesBySource, usesByRepository } from './uses.ts';

/** The subject of a check of a registry. */
export interface RegistryCase {
  readonly world: World;
  readonly registry: RegistryFacts;
}

export interface RepositoryCase extends RegistryCase {
  readonly repository: RepositoryFacts;
  readonly expected: RepositoryExpectations;
}

export interface CacheRuleCase extends RegistryCase {
  readonly rule: CacheRule;
}

export interface TemplateCase extends RegistryCase {
  readonly template: CreationTemplate;
}

export interface PrincipalCase {
  readonly world: World;
  readonly account: AccountFacts;
  readonly principal: PrincipalFacts;
}

interface EscalationsByPrincipal {
  readonly found: ReadonlyMap<string, readonly Escalation[]>;
  readonly unknown: ReadonlyMap<string, Escalations['unknown']>;
}

export class World {
  readonly facts: AuditFacts;
  readonly expectations: Expectations;
  readonly access: boolean;
  /** Accounts of the audited registries. */
  readonly audited: ReadonlySet<string>;
  /** Whether the audit policy names any known accounts. */
  readonly knowsAccounts: boolean;
  private readonly parts = new Map<string, unknown>();
  private readonly cases = new Map<RepositoryFacts, RepositoryCase>();

  /** @param access whether IAM and workloads were read, so that there is an access map and checks `access/*` */
  constructor(facts: AuditFacts, expectations: Expectations, access = true) {
    this.facts = facts;
    this.expectations = expectations;
    this.access = access;
    this.audited = new Set([
      ...facts.registries.map(({ account }) => account),
      ...facts.accounts.map(({ id }) => id),
    ]);
    this.knowsAccounts =
      expectations.accounts.size > 0 ||
      expectations.entries.some(({ pullAccounts }) => (pullAccounts?.length ?? 0) > 0);
  }

  /** Values that are computed once. */
  once<T>(key: string, make: () => T): T {
    if (!this.parts.has(key)) this.parts.set(key, make());
    return this.parts.get(key) as T;
  }

  /** The checks that this audit runs. */
  enabled<C>(checks: readonly Check<C>[]): readonly Check<C>[] {
    return this.access ? checks : checks.filter(({ family }) => family !== 'access');
  }

  caseOf(registry: RegistryFacts, repository: RepositoryFacts): RepositoryCase {
    let found = this.cases.get(repository);
    if (found === undefined) {
      const { account } = registry;
      const expected = expectationsFor(this.expectations, { name: repository.name, account });
      found = { world: this, registry, repository, expected };
      this.cases.set(repository, found);
    }
    return found;
  }

  /** The expectations for a repository, by its ARN; undefined for anything else. */
  expectedOf(arn: string): RepositoryExpectations | undefined {
    return this.once('expectations', () => {
      const found = new Map<string, RepositoryExpectations>();
      for (const registry of this.facts.registries) {
        const content = Fact.open(registry.repositories);
        if ('gap' in content) continue;
        for (const one of content.known) found.set(one.arn, this.caseOf(registry, one).expected);
      }
      return found;
    }).get(arn);
  }

  /** Whether an account is audited or is named by the audit policy for a repository or, without one, for a registry. */
  isKnownAccount(account: string, expected?: RepositoryExpectations): boolean {
    if (this.audited.has(account) || this.expectations.accounts.has(account)) return true;
    const pullers =
      expected === undefined
        ? this.expectations.entries.flatMap(({ pullAccounts }) => pullAccounts ?? [])
        : expected.pullAccounts;
    return pullers.includes(account);
  }

  /** The name of an account, with its id. */
  accountName(account: string): string {
    const called = this.expectations.accounts.get(account);
    return called === undefined ? account : `${called} (${account})`;
  }

  /**
   * The images of a repository that ECS and Lambda run or refer to: a separate fact for each service in the account and
   * region of each registry, so that known facts count even if others could not be read.
   */
  usesOf(registry: RegistryFacts, name: string): UsesBySource {
    const bySource = this.once('uses', () =>
      this.facts.registries
        .flatMap(({ workloads }) => USES.map((source) => workloads[source]))
        .map((uses) => uses.map(usesByRepository)),
    );
    return bySource.map((fact) => fact.map((uses) => uses.get(`${registry.host}/${name}`) ?? []));
  }

  /** The audited accounts are those of the organization that the audit policy names. */
  get organization(): Organization {
    const { organization } = this.expectations;
    return organization === undefined ? { notGiven: true } : { id: organization };
  }

  /** The facts in the form that the evaluator uses. */
  get accessFacts(): AccessFacts {
    return this.once('access facts', () => {
      const { accounts, registries, levels, managementAccount } = this.facts;
      const { organization } = this;
      return {
        accounts: accounts.map(({ id, partition }) => ({
          id,
          partition,
          organization,
          principals: asKnown(this.principalsOf(id)),
        })),
        registries: registries.map(({ host, account, region, partition, policy, policyScope }) => ({
          host,
          account,
          region,
          partition,
          policy: asKnown(policy),
          policyScope: asKnown(policyScope),
          organization,
        })),
        repositories: registries.flatMap(({ host, repositories }) => {
          const content = Fact.open(repositories);
          return 'gap' in content
            ? []
            : content.known.map(({ arn, policy, tags }) => ({
                arn,
                registry: host,
                policy: asKnown(policy),
                tags: asKnown(tags),
              }));
        }),
        levels,
        managementAccount: asKnown(managementAccount),
      };
    });
  }

  /** A resource policy, read once. */
  document(text: string, kind: 'repository' | 'registry' | 'trust'): Document {
    return this.evaluator.document({ known: text }, kind);
  }

  get evaluator(): Evaluator {
    return this.once('evaluator', () => new Evaluator(this.accessFacts));
  }

  get map(): AccessMap {
    return this.once('map', () => accessMap(this.accessFacts, this.evaluator));
  }

  /** The rows of the access map about a repository, by its ARN, or a registry, by its host. */
  rowsAbout(resource: string): readonly AccessRow[] {
    return (
      this.once('rows by resource', () => Map.groupBy(this.map.rows, (row) => row.repository)).get(
        resource,
      ) ?? []
    );
  }

  rowsOf(principal: string): readonly AccessRow[] {
    return (
      this.once('rows by principal', () => Map.groupBy(this.map.rows, (row) => row.principal)).get(
        principal,
      ) ?? []
    );
  }

  /**
   * How principals that are expected neither to push nor to administer can get that access in several steps, by their
   * ARN.
   */
  get escalations(): EscalationsByPrincipal {
    return this.once('escalations', () => {
      const { accessFacts: access, evaluator, map, facts } = this;
      const groups = facts.accounts.flatMap((account) => {
        const content = Fact.open(account.groups);
        return 'gap' in content ? [] : content.known;
      });
      const principals = access.accounts.flatMap((account) =>
        'known' in account.principals ? account.principals.known : [],
      );
      const sources = new Set(principals.map(({ arn }) => arn).filter((arn) => !this.isExpectedToWrite(arn)));
      const { found, unknown } = escalations({ access, groups, rows: map.rows, sources }, evaluator);
      return {
        found: Map.groupBy(found, ({ principal }) => principal),
        unknown: Map.groupBy(unknown, ({ principal }) => principal),
      };
    });
  }

  /** Whether the audit policy expects a principal to push to or administer any repository. */
  isExpectedToWrite(principal: string): boolean {
    if (this.isAdministrator(principal) || isServiceLinked(principal)) return true;
    const lists = this.once('writers', () => [
      ...new Set(
        this.facts.registries.flatMap((registry) => {
          const content = Fact.open(registry.repositories);
          return 'gap' in content
            ? []
            : content.known.flatMap((one) => {
                const { push = [], administer = [] } = this.caseOf(registry, one).expected;
                return [...push, ...administer];
              });
        }),
      ),
    ]);
    return isExpected(principal, lists);
  }

  /** Users and roles of an account. */
  principalsOf(account: string): Fact<readonly PrincipalFacts[]> {
    return this.once(`principals of ${account}`, () => {
      const found = this.facts.accounts.find(({ id }) => id === account);
      if (found === undefined) return Fact.unknown(`the account ${account} is not audited`);
      const { organization } = this;
      return found.principals.map((all) => all.map((one): PrincipalFacts => ({ ...one, organization })));
    });
  }

  /** The missing IAM actions behind the reasons of the evaluator. */
  missingFor(reasons: readonly string[]): readonly string[] {
    const gaps = this.once('gaps', () => this.gapsOfAccess());
    return [
      ...new Set(
        gaps
          .filter(({ reason }) => reasons.some((text) => text.includes(reason)))
          .flatMap(({ missing }) => missing),
      ),
    ].sort();
  }

  private gapsOfAccess(): readonly Gap[] {
    const { accounts, registries, managementAccount } = this.facts;
    const found = new Map<string, Gap>();
    const add = (fact: Fact<unknown>) => {
      const content = Fact.open(fact);
      if ('known' in content) return;
      const { reason } = content.gap;
      const before = found.get(reason);
      found.set(
        reason,
        before === undefined ? content.gap : { ...joinedGaps([before, content.gap]), reason },
      );
    };
    add(managementAccount);
    for (const { principals, groups, oidcProviders } of accounts) {
      for (const fact of [principals, groups, oidcProviders]) add(fact);
    }
    for (const { policy, policyScope, repositories } of registries) {
      add(policy);
      add(policyScope);
      const content = Fact.open(repositories);
      if ('gap' in content) continue;
      for (const repository of content.known) {
        add(repository.policy);
        add(repository.tags);
      }
    }
    return [...found.values()];
  }

  /**
   * Whether a principal is exempt from expectations: the root user of the registry's account, service-linked roles, and
   * principals that may have every ability.
   */
  isExempt(principal: string, registryAccount: string): boolean {
    return (
      (principal.endsWith(':root') && accountOf(principal) === registryAccount) ||
      isServiceLinked(principal) ||
      this.isAdministrator(principal)
    );
  }

  isAdministrator(principal: string): boolean {
    return isExpected(principal, this.expectations.administrators);
  }

  /**
   * The scopes of the existing registry policies. If a scope is unknown, the access map assumes V2, and results that
   * depend on it are uncertain.
   */
  get policyScopes(): Fact<readonly ('V1' | 'V2')[]> {
    return this.once('policy scopes', () =>
      allOf(
        this.facts.registries.flatMap(({ policy, policyScope }) => {
          const content = Fact.open(policy);
          return 'known' in content && content.known === undefined ? [] : [policyScope];
        }),
      ),
    );
  }

  /** The users and roles of all audited accounts. */
  get everyone(): Fact<readonly PrincipalFacts[]> {
    return this.once('everyone', () =>
      allOf([...this.audited].map((account) => this.principalsOf(account))).map((lists) => lists.flat()),
    );
  }
}

/** The account in the ARN of a principal or of its identity provider; empty if there is none. */
export function accountOf(principal: string): string {
  return /^(?:federated:)?arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(principal)?.[1] ?? '';
}

/** Whether a principal belongs to another account that may pull from a repository. */
export function isOfPuller(principal: string, { registry, expected }: RepositoryCase): boolean {
  const account = accountOf(principal);
  return account !== registry.account && expected.pullAccounts.includes(account);
}

/** Whether only AWS can use a role: no principal can assume, change or delete it. */
export function isServiceLinked(arn: string): boolean {
  return /^arn:[^:]*:iam::\d{12}:role\/aws-service-role\//.test(arn);
}
