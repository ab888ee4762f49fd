/**
 * A repository policy, a registry policy or the policy of a creation template, in the form that the checks of policies
 * use.
 */
import { type Document, type Statement, shortened } from './access/document.ts';
import type { Organization, PrincipalFacts } from './access/facts.ts';
import { type Limits, limitsOf } from './access/limits.ts';
import type { Attachment, Directory } from './access/never.ts';
import type { Read, Report } from './check.ts';
import type { RepositoryExpectations } from './expectations.ts';
import type { Fact, RegistryFacts } from './facts.ts';
import type { Json } from './result.ts';
import { aws, list } from './words.ts';
import type { World } from './world.ts';

/** How the users and roles of an account are looked up; undefined for an account that is not audited. */
export type Lookup = (account: string) => Fact<readonly PrincipalFacts[]> | undefined;

/** An existing policy. */
export interface PolicyView {
  readonly kind: 'repository' | 'registry' | 'trust';
  /** Its name in messages: `the policy of team/app`. */
  readonly called: string;
  readonly text: string;
  readonly world: World;
  readonly registry: RegistryFacts;
  /** Of a repository; undefined for a registry or a template. */
  readonly expected: RepositoryExpectations | undefined;
  /** ARN of the repository; undefined for a registry or a template. */
  readonly repository: string | undefined;
  readonly lookup: Lookup;
  /** The command that writes the policy `policy.json`. */
  readonly put: string;
  /** The command that removes it. */
  readonly remove: string;
}

/** A statement, with its place in the document. */
export interface Placed {
  readonly statement: Statement;
  readonly at: number;
}

/** The statements that can be read. The others are reported as unknown. */
export function statementsOf(view: PolicyView, report: Pick<Report, 'unknown'>): readonly Placed[] {
  const document = documentOf(view);
  if (!document.readable) {
    report.unknown(`${view.called} could not be read: ${document.reason}`);
    return [];
  }
  return document.statements.flatMap((statement, at) => {
    if (statement.readable) return [{ statement, at }];
    const sid = shortened(statement.sid);
    report.unknown(`statement ${sid} of ${view.called} could not be read: ${statement.reason}`);
    return [];
  });
}

export function documentOf({ text, kind, world }: PolicyView): Document {
  return world.document(text, kind);
}

/** Whether the policy's version has policy variables. */
export function hasVariables(view: PolicyView): boolean {
  const document = documentOf(view);
  return document.readable && document.variables;
}

export function limitsIn(view: PolicyView, statement: Statement): Limits {
  return limitsOf(statement, hasVariables(view), ownSide(view));
}

export function ownSide({ registry, world }: PolicyView) {
  return { account: registry.account, organization: world.expectations.organization };
}

/** What the policy is attached to, for the evaluator. */
export function attachmentOf({ registry, world, repository }: PolicyView): Attachment {
  return {
    partition: registry.partition,
    region: registry.region,
    account: registry.account,
    tags: { unknown: 'the check does not read the tags of the repository' },
    organization: world.organization,
    resources: repository ?? arnOf(registry, '*'),
    organizationId: world.expectations.organization,
  };
}

/** ARN of a repository, or a pattern of ARNs. */
export function arnOf({ partition, region, account }: RegistryFacts, repository: string): string {
  return `arn:${partition}:ecr:${region}:${account}:repository/${repository}`;
}

/** The existing principals, as far as the check declares them. */
export function directoryOf({ lookup, world }: PolicyView, read: Read): Directory {
  const of = (account: string) => {
    const fact = lookup(account);
    return fact === undefined ? undefined : read(fact);
  };
  return {
    of,
    hasId: (wanted) =>
      [...world.audited].some((account) => of(account)?.some(({ id }) => id === wanted) === true),
  };
}

/** Whether an Allow is for everyone. */
export function isForEveryone({ principals }: Statement): boolean {
  return principals?.except === false && principals.entries.some(({ type }) => type === 'everyone');
}

/** Their Sids, for messages. */
export function sidsOf(statements: readonly Placed[]): string {
  return list(statements.map(({ statement }) => statement.sid));
}

export function statementWord(statements: readonly Placed[]): string {
  return statements.length === 1 ? 'statement' : 'statements';
}

type Fields = Readonly<Record<string, unknown>>;

/** The value as an object; an empty one for anything else. */
export function objectOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

/**
 * The policy with some statements changed or, if `change` returns undefined, left out; undefined if no statement is
 * left. The text was parsed before, so it is JSON with these statements.
 */
export function edited(
  { text }: Pick<PolicyView, 'text'>,
  change: (statement: Fields, at: number) => Fields | undefined,
): Json | undefined {
  const policy = JSON.parse(text) as { readonly Statement: Fields | readonly Fields[] };
  const statements = [policy.Statement].flat() as readonly Fields[];
  const left = statements.map(change).filter((statement) => statement !== undefined);
  return left.length === 0 ? undefined : ({ ...policy, Statement: left } as Json);
}

/** The fix that removes statements: the policy without them or, if none is left, the deletion of the policy. */
export function without(
  view: PolicyView,
  statements: readonly Placed[],
): { readonly command: string; readonly document: () => Json | undefined } {
  const places = new Set(statements.map(({ at }) => at));
  const document = edited(view, (statement, at) => (places.has(at) ? undefined : statement));
  return { command: document === undefined ? view.remove : view.put, document: () => document };
}

/** A statement for the evidence. */
export function shown({ statement }: Placed): Json {
  const { sid, effect, conditions } = statement;
  return {
    sid: shortened(sid),
    effect,
    conditions: conditions.slice(0, 10).map(({ text }) => text),
  };
}

/** The commands that write and remove a policy. */
export function commandsFor(
  registry: RegistryFacts,
  about: { readonly repository: string } | { readonly template: string } | 'registry',
): { readonly put: string; readonly remove: string } {
  const { region } = registry;
  const file = 'file://policy.json';
  if (about === 'registry') {
    return {
      put: aws('ecr put-registry-policy', { 'policy-text': file, region }),
      remove: aws('ecr delete-registry-policy', { region }),
    };
  }
  if ('template' in about) {
    const change = (policy: string) =>
      aws('ecr update-repository-creation-template', {
        prefix: about.template,
        'repository-policy': policy,
        region,
      });
    return { put: change(file), remove: change('') };
  }
  const options = { 'repository-name': about.repository, region };
  return {
    put: aws('ecr set-repository-policy', { ...options, 'policy-text': file }),
    remove: aws('ecr delete-repository-policy', options),
  };
}

const INSPECTOR_ROLE = 'aws-service-role/inspector2.amazonaws.com/AWSServiceRoleForAmazonInspector2';

/** Inspector's service-linked role, with which it reads images. */
export function inspectorRole(
  { account, partition }: Pick<RegistryFacts, 'account' | 'partition'>,
  organization: Organization,
): PrincipalFacts {
  return {
    arn: `arn:${partition}:iam::${account}:role/${INSPECTOR_ROLE}`,
    kind: 'role',
    account,
    id: undefined,
    tags: { known: {} },
    organization,
    policies: { known: [] },
    managedPolicies: [],
    boundary: { known: undefined },
    trust: { known: undefined },
  };
}
