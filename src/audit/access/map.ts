/**
 * Who can do what with which repository. 400 roles and 500 repositories are 200,000 pairs with about twenty decisions
 * each, of which few differ. For each principal, repositories are grouped by everything that its decisions can depend
 * on, and each group is decided once.
 */
import {
  type Answer,
  isAllDenied,
  registryAnswer,
  registryTarget,
  repositoryAnswer,
  repositoryTarget,
  tokenVerdict,
} from './abilities.ts';
import { REPOSITORY_ACTIONS } from './actions.ts';
import { holdAll } from './conditions.ts';
import { Evaluator, isLimitedByArn, type Target, whom } from './decide.ts';
import {
  type Document,
  lowerCase,
  type ReadableDocument,
  type Statement,
  statementsFor,
} from './document.ts';
import type { AccessFacts, PrincipalFacts, PrincipalKind, RegistryFacts, RepositoryFacts } from './facts.ts';
import { contextOf, resourceTagOf } from './keys.ts';
import type { Match } from './match.ts';
import { namedPrincipals, rootOf } from './named-principals.ts';
import { matchResource, matchResources } from './resources.ts';
import { hasVariables } from './variables.ts';

export interface AccessRow {
  /** ARN of the repository, or host of the registry. */
  readonly repository: string;
  readonly principal: string;
  readonly kind: PrincipalKind;
  /** Shared by all rows of the principal with the same answer. */
  readonly answer: Answer;
}

export interface AccessMap {
  /** By principal, then by repository. Pairs without any access have no row. */
  readonly rows: readonly AccessRow[];
  /** Assumptions. */
  readonly notes: readonly string[];
  /** How many decisions it took, for measuring. */
  readonly decided: number;
}

/** Decides for every principal and every repository and registry. */
export function accessMap(facts: AccessFacts, evaluator = new Evaluator(facts)): AccessMap {
  const grouping = new Grouping(facts, evaluator);
  const rows: AccessRow[] = [];
  const before = evaluator.decided;
  for (const principal of principalsOf(facts, evaluator)) {
    for (const row of grouping.rowsOf(principal)) rows.push(row);
  }
  return { rows, notes: notesOf(facts), decided: evaluator.decided - before };
}

/**
 * All principals that get rows: those that were read, the root users of their accounts, and those that policies name.
 */
export function principalsOf(facts: AccessFacts, evaluator: Evaluator): readonly PrincipalFacts[] {
  const read = facts.accounts.flatMap((account) => [
    ...('known' in account.principals ? account.principals.known : []),
    rootOf(account),
  ]);
  const documents = [
    ...facts.repositories.flatMap(({ policy }) => documentOf(evaluator, policy, 'repository') ?? []),
    ...facts.registries.flatMap(({ policy }) => documentOf(evaluator, policy, 'registry') ?? []),
  ];
  const partition = facts.registries[0]?.partition ?? 'aws';
  return [...read, ...namedPrincipals([...new Set(documents)], facts.accounts, partition)];
}

function documentOf(
  evaluator: Evaluator,
  policy: RepositoryFacts['policy'],
  kind: 'repository' | 'registry',
): Document | undefined {
  if ('unknown' in policy) return evaluator.document(policy, kind);
  return policy.known === undefined ? undefined : evaluator.document({ known: policy.known }, kind);
}

function notesOf({ registries }: AccessFacts): readonly string[] {
  return registries.flatMap(({ host, policyScope }) =>
    'unknown' in policyScope
      ? [`The scope of the registry policy of ${host} is unknown, so V2 is assumed: ${policyScope.unknown}`]
      : [],
  );
}

/** The properties of a resource that decisions of a document depend on. */
interface Profile {
  /** Values of Resource elements, and whether their policy variables are replaced. */
  readonly patterns: ReadonlyMap<string, boolean>;
  readonly tags: ReadonlySet<string>;
}

interface Placed {
  readonly repository: RepositoryFacts;
  readonly registry: RegistryFacts;
  readonly target: Target;
  readonly document: Document | undefined;
  /** Repositories whose own policy is the same for every principal. */
  readonly policyClass: number;
}

/** What a repository's own policy means for one principal. */
interface Residue {
  readonly key: string;
  /** Whether it may allow anything. */
  readonly mayAllow: boolean;
}

/** Decides for one principal after the other. */
export class Grouping {
  private readonly evaluator: Evaluator;
  private readonly placed: readonly Placed[];
  private readonly registries: readonly { readonly facts: RegistryFacts; readonly target: Target }[];
  private readonly audited: ReadonlySet<string>;
  private readonly profiles = new Map<Document, Profile>();
  private readonly bits = new Map<string, Uint8Array>();
  private readonly shapes = new Map<string, number>();
  private readonly shapeOf = new WeakMap<Statement, number>();
  private readonly registryDocuments = new Map<string, Document | undefined>();

  constructor(facts: AccessFacts, evaluator: Evaluator) {
    this.evaluator = evaluator;
    this.audited = new Set(facts.accounts.map(({ id }) => id));
    this.registries = facts.registries.map((registry) => ({
      facts: registry,
      target: registryTarget(registry),
    }));
    for (const registry of facts.registries) {
      this.registryDocuments.set(registry.host, documentOf(evaluator, registry.policy, 'registry'));
    }
    const byHost = new Map(facts.registries.map((registry) => [registry.host, registry]));
    const classes = new Map<string, number>();
    this.placed = facts.repositories.flatMap((repository) => {
      const registry = byHost.get(repository.registry);
      if (registry === undefined) return [];
      const document = documentOf(evaluator, repository.policy, 'repository');
      const key = this.policyKey(document, repository, registry);
      const policyClass = classes.get(key) ?? classes.size;
      classes.set(key, policyClass);
      return [
        { repository, registry, document, policyClass, target: repositoryTarget(repository, registry) },
      ];
    });
  }

  private policyKey(
    document: Document | undefined,
    repository: RepositoryFacts,
    registry: RegistryFacts,
  ): string {
    const { policy } = repository;
    const text = 'unknown' in policy ? `unknown ${policy.unknown}` : `known ${policy.known ?? ''}`;
    if (document === undefined) return `${registry.host} none`;
    const { patterns, tags } = this.profile(document);
    const own = patterns.size === 0 ? '' : repository.arn;
    return [registry.host, own, tagKey(repository, tags), text].join('\n');
  }

  /** The rows of a principal. Each is decided when it is requested. */
  *rowsOf(principal: PrincipalFacts): Generator<AccessRow> {
    const { arn, kind, account } = principal;
    const otherSide = account !== undefined && this.audited.has(account);
    const token =
      otherSide && this.registries[0] !== undefined
        ? tokenVerdict(this.evaluator, principal, this.registries[0].facts)
        : undefined;
    const answers = new Map<string, Answer | undefined>();
    const decideOnce = (key: string, decide: () => Answer): Answer | undefined => {
      if (!answers.has(key)) {
        const answer = decide();
        answers.set(key, isAllDenied(answer) ? undefined : { ...answer, token });
      }
      return answers.get(key);
    };

    const residues = new Map<number, Residue>();
    const plans = new Map<string, Plan>();
    for (const [index, place] of this.placed.entries()) {
      const { repository, registry, target, policyClass } = place;
      let residue = residues.get(policyClass);
      if (residue === undefined) {
        residue = this.residue(place, principal);
        residues.set(policyClass, residue);
      }
      let plan = plans.get(registry.host);
      if (plan === undefined) {
        plan = this.plan(principal, registry, otherSide);
        plans.set(registry.host, plan);
      }
      // A principal of another account needs a grant in a policy of this account.
      if (account !== registry.account && !residue.mayAllow && !plan.registryMayAllow) continue;
      const key = `${registry.host}\n${residue.key}\n${this.resourceKey(plan, place, index)}`;
      const answer = decideOnce(key, () => repositoryAnswer(this.evaluator, principal, target, otherSide));
      if (answer !== undefined) yield { repository: repository.arn, principal: arn, kind, answer };
    }
    for (const { facts, target } of this.registries) {
      const answer = decideOnce(`registry ${facts.host}`, () =>
        registryAnswer(this.evaluator, principal, target, otherSide),
      );
      if (answer !== undefined) yield { repository: facts.host, principal: arn, kind, answer };
    }
  }

  /**
   * The parts of a repository that decisions for a principal can depend on, in addition to the repository's own policy.
   */
  private plan(principal: PrincipalFacts, registry: RegistryFacts, otherSide: boolean): Plan {
    const { identity, boundary } = this.evaluator.policiesOf(principal);
    const registryDocument = this.registryDocuments.get(registry.host);
    const documents: (Document | undefined)[] = [registryDocument];
    if (otherSide) {
      documents.push(...identity.map(({ document }) => document), boundary?.document);
      const levels = this.evaluator.levelsOf('scp', principal.account ?? '');
      documents.push(...levels.flatMap(({ policies }) => policies.map(({ document }) => document)));
    }
    const limits = this.evaluator.levelsOf('rcp', registry.account);
    documents.push(...limits.flatMap(({ policies }) => policies.map(({ document }) => document)));

    const patterns = new Map<string, boolean>();
    const tags = new Set<string>();
    for (const document of documents) {
      if (document === undefined) continue;
      const profile = this.profile(document);
      for (const [pattern, variables] of profile.patterns) {
        patterns.set(pattern, variables || patterns.get(pattern) === true);
      }
      for (const name of profile.tags) tags.add(name);
    }
    const columns: Uint8Array[] = [];
    for (const [pattern, variables] of patterns) {
      const column = this.column(pattern, variables);
      if (column.some((truth) => truth !== column[0]) || column[0] === DEPENDS) columns.push(column);
    }
    const registryMayAllow =
      registryDocument !== undefined &&
      (!registryDocument.readable ||
        registryDocument.statements.some(
          (statement) =>
            !statement.readable || (statement.effect === 'Allow' && whom(statement, principal).length > 0),
        ));
    return { columns, tags, registryMayAllow };
  }

  private resourceKey({ columns, tags }: Plan, { repository }: Placed, index: number): string {
    let key = '';
    let own = false;
    for (const column of columns) {
      const truth = column[index] ?? 0;
      key += truth;
      own ||= truth === DEPENDS;
    }
    if (own) key += repository.arn;
    return tags.size === 0 ? key : `${key}\n${tagKey(repository, tags)}`;
  }

  /** How a value of a Resource element matches each repository. */
  private column(pattern: string, variables: boolean): Uint8Array {
    const key = `${variables} ${pattern}`;
    let column = this.bits.get(key);
    if (column === undefined) {
      const dynamic = variables && hasVariables(pattern);
      // With wildcards instead of its variables, the pattern matches at least what it matches with their values.
      const widest = dynamic ? pattern.replace(/\$\{[^}]*\}?/g, '*') : pattern;
      column = Uint8Array.from(this.placed, ({ repository }) => {
        const match = matchResource(widest, { arn: repository.arn }, 'identity', undefined);
        if (match === 'nothing' || match.truth === 'no') return 0;
        return dynamic ? DEPENDS : match.truth === 'yes' ? 1 : 2;
      });
      this.bits.set(key, column);
    }
    return column;
  }

  private profile(document: Document): Profile {
    let profile = this.profiles.get(document);
    if (profile === undefined) {
      profile = profileOf(document);
      this.profiles.set(document, profile);
    }
    return profile;
  }

  private residue({ document, target }: Placed, principal: PrincipalFacts): Residue {
    if (document === undefined) return { key: '', mayAllow: false };
    if (!document.readable) return { key: document.reason, mayAllow: true };
    const context = contextOf(principal, target);
    let key = '';
    let mayAllow = false;
    for (const statement of document.statements) {
      if (!statement.readable) {
        key += `${statement.sid} ${statement.effect} ${statement.reason}\n`;
        mayAllow ||= statement.effect !== 'Deny';
        continue;
      }
      const who = whom(statement, principal);
      if (who.length === 0) continue;
      const { resources, conditions } = statement;
      const about = matchResources(resources, target.name, 'repository', document.variables, context);
      const holds = holdAll(conditions, context, document.variables);
      if (about.truth === 'no' || holds.truth === 'no') continue;
      mayAllow ||= statement.effect === 'Allow';
      key += `${this.shape(statement, document)} ${who.map(({ naming, match }) => `${naming} ${outcome(match)}`)} ${outcome(about)} ${outcome(holds)}\n`;
    }
    return { key, mayAllow };
  }

  /** A number for everything in a statement except its principals and conditions. */
  private shape(statement: Statement, { variables }: ReadableDocument): number {
    let shape = this.shapeOf.get(statement);
    if (shape === undefined) {
      const { sid, effect, actions, resources, principals } = statement;
      const key = JSON.stringify([
        variables,
        sid,
        effect,
        actions,
        resources,
        principals?.except,
        isLimitedByArn(statement),
      ]);
      shape = this.shapes.get(key) ?? this.shapes.size;
      this.shapes.set(key, shape);
      this.shapeOf.set(statement, shape);
    }
    return shape;
  }
}

interface Plan {
  readonly columns: readonly Uint8Array[];
  readonly tags: ReadonlySet<string>;
  readonly registryMayAllow: boolean;
}

/** The value of a policy variable decides whether the pattern matches. */
const DEPENDS = 3;

function outcome({ truth, conditions, reasons }: Match): string {
  return conditions.length + reasons.length === 0 ? truth : JSON.stringify([truth, conditions, reasons]);
}

/**
 * Only statements about the actions that are decided here count. Tags in the names of resources need no entry: if a
 * policy variable is part of a name, the whole ARN is part of the key.
 */
function profileOf(document: Document): Profile {
  const patterns = new Map<string, boolean>();
  const tags = new Set<string>();
  if (!document.readable) return { patterns, tags };
  const statements = new Set(REPOSITORY_ACTIONS.flatMap((action) => statementsFor(document, action)));
  for (const statement of statements) {
    if (!statement.readable) continue;
    for (const pattern of statement.resources?.patterns ?? []) {
      patterns.set(pattern, document.variables);
    }
    for (const { key, values } of statement.conditions) {
      const name = resourceTagOf(key);
      if (name !== undefined) tags.add(name);
      for (const value of values) addVariables(value, tags);
    }
  }
  return { patterns, tags };
}

function addVariables(text: string, tags: Set<string>): void {
  if (!hasVariables(text)) return;
  for (const [, inside = ''] of text.matchAll(/\$\{([^,}]*)/g)) {
    const name = resourceTagOf(inside.trim());
    if (name !== undefined) tags.add(name);
  }
}

function tagKey({ tags }: RepositoryFacts, names: ReadonlySet<string>): string {
  if (names.size === 0) return '';
  if ('unknown' in tags) return `unknown ${tags.unknown}`;
  return JSON.stringify(Object.entries(tags.known).filter(([name]) => names.has(lowerCase(name))));
}
