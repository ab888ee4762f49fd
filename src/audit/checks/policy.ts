/** What repository policies, registry policies and those of creation templates say, statement by statement. */
import { ADMINISTER, DELETE, PUSH } from '../access/actions.ts';
import { holdAll } from '../access/conditions.ts';
import { whom } from '../access/decide.ts';
import { type Condition, lowerCase, type Statement, shortened, statementsFor } from '../access/document.ts';
import type { PrincipalFacts } from '../access/facts.ts';
import { covers, glob, intersect } from '../access/glob.ts';
import { contextOf } from '../access/keys.ts';
import { exceptionsOf, isLimited } from '../access/limits.ts';
import { both, either, type Match, NO } from '../access/match.ts';
import { rootOf } from '../access/named-principals.ts';
import { rolesToCreate, whyNever } from '../access/never.ts';
import { partsOf } from '../access/operators.ts';
import { matchResources, type ResourceName } from '../access/resources.ts';
import { type Check, type CheckOf, checkFor, type Kind, need, type Report } from '../check.ts';
import { repositoryCheck } from '../checkers.ts';
import { isExpected } from '../expectations.ts';
import * as needs from '../needs.ts';
import {
  arnOf,
  attachmentOf,
  commandsFor,
  directoryOf,
  documentOf,
  edited,
  hasVariables,
  inspectorRole,
  isAbout,
  isForEveryone,
  type Lookup,
  limitsIn,
  ownSide,
  type Placed,
  type PolicyView,
  shown,
  statementsOf,
  without,
} from '../policies.ts';
import { proposalFor } from '../proposal.ts';
import type { Json } from '../result.ts';
import { list, name, some } from '../words.ts';
import { isServiceLinked, type RegistryCase, type RepositoryCase } from '../world.ts';

const ECR = 'https://docs.aws.amazon.com/AmazonECR/latest/userguide';
const IAM = 'https://docs.aws.amazon.com/IAM/latest/UserGuide';

type PolicyCase = RegistryCase | RepositoryCase;

/** What judges a policy, wherever it is attached. */
export interface PolicyJudge {
  readonly check: Check<PolicyCase>;
  readonly judge: (view: PolicyView, report: Report) => void;
}

type Definition = Omit<CheckOf<PolicyCase, Record<never, never>>, 'needs' | 'judge' | 'applies'> & {
  /** Default: repositories and registries. */
  readonly kinds?: readonly Kind[];
  /** Whether it looks up users and roles. */
  readonly looksUp: boolean;
  readonly judge: (view: PolicyView, report: Report) => void;
};

const policyNeed = need(['ecr:GetRegistryPolicy', 'ecr:GetRepositoryPolicy'], (about: PolicyCase) =>
  'repository' in about ? about.repository.policy : about.registry.policy,
);

function policyJudge({
  looksUp,
  judge,
  kinds = ['repository', 'registry'],
  ...text
}: Definition): PolicyJudge {
  const maker = checkFor<PolicyCase>(...kinds);
  const of = (policy: string | undefined, lookup: Lookup, about: PolicyCase, report: Report) => {
    if (policy === undefined) report.doesNotApply();
    else judge(viewOf(about, policy, lookup), report);
  };
  const check = looksUp
    ? maker({
        ...text,
        needs: { policy: policyNeed, directory: needs.directory },
        judge: (facts, about, report) => of(facts.policy, facts.directory, about, report),
      })
    : maker({
        ...text,
        needs: { policy: policyNeed },
        judge: (facts, about, report) => of(facts.policy, NO_LOOKUP, about, report),
      });
  return { check, judge };
}

const NO_LOOKUP: Lookup = () => {
  throw new Error('a check looks up principals that it does not declare');
};

/** A registry policy, for checks that look up nobody. */
export function viewOfRegistry({ world, registry }: RegistryCase, text: string): PolicyView {
  return viewOf({ world, registry }, text, NO_LOOKUP);
}

function viewOf(about: PolicyCase, text: string, lookup: Lookup): PolicyView {
  const { world, registry } = about;
  if (!('repository' in about)) {
    return {
      kind: 'registry',
      called: `the policy of the registry ${registry.host}`,
      text,
      world,
      registry,
      expected: undefined,
      repository: undefined,
      lookup,
      ...commandsFor(registry, 'registry'),
    };
  }
  const { repository, expected } = about;
  return {
    kind: 'repository',
    called: `the policy of ${name(repository.name)}`,
    text,
    world,
    registry,
    expected,
    repository: repository.arn,
    lookup,
    ...commandsFor(registry, { repository: repository.name }),
  };
}

function sidsOf(statements: readonly Placed[]): string {
  return list(statements.map(({ statement }) => statement.sid));
}

function itemsOf(statements: readonly Placed[]): readonly string[] {
  return statements.map(({ statement }) => shortened(statement.sid));
}

function isAllow({ statement }: Placed): boolean {
  return statement.effect === 'Allow';
}

export const missing = repositoryCheck({
  id: 'policy/missing',
  title: 'A policy limits who may push.',
  severities: ['low'],
  means: 'The repository has no policy, and no registry policy limits who may push.',
  why: 'Whoever has permissions for all of ECR in the account can push, and so decides what is deployed.',
  fix: 'Set a repository policy that denies push and control to everyone but those who are meant to have them.',
  nearest: 'none',
  reference: `${ECR}/repository-policies.html`,
  needs: {
    policy: needs.repositoryPolicy,
    registryPolicy: needs.registryPolicy,
    scope: needs.policyScope,
  },
  judge(facts, about, report) {
    if (facts.policy !== undefined) return;
    const { registry, repository } = about;
    const text = facts.registryPolicy;
    if (text !== undefined && facts.scope === 'V2') {
      const view = viewOfRegistry(about, text);
      const limiting = statementsOf(view, report).some(
        ({ statement }) =>
          statement.effect === 'Deny' &&
          isAbout(statement, 'ecr:PutImage') &&
          isOnResource(view, statement, { arn: repository.arn }).truth === 'yes',
      );
      if (limiting) return;
      if (report.unknowns.length > 0) return;
    }
    report.fail({
      what: `${repository.name} has no policy, and no registry policy limits who may push to it.`,
      toDo: 'Set a repository policy.',
      command: commandsFor(registry, { repository: repository.name }).put,
      document: () => proposedDocument(about),
    });
  },
});

function proposedDocument(about: RepositoryCase): Json | undefined {
  const proposal = proposalFor(about);
  return proposal !== undefined && 'document' in proposal ? proposal.document : undefined;
}

/** Whether a statement's Resource element is about something, whoever asks. */
function isOnResource(view: PolicyView, { resources }: Statement, resource: ResourceName): Match {
  const attachment = attachmentOf(view);
  const { account, partition } = view.registry;
  const { organization } = attachment;
  const root = rootOf({ id: account, partition, organization });
  return matchResources(resources, resource, view.kind, hasVariables(view), contextOf(root, attachment));
}

export const open = policyJudge({
  id: 'policy/public',
  title: 'No policy is open to everyone.',
  severities: ['critical'],
  means:
    'An Allow for everyone (`*`) that no condition limits to accounts, an organization or its paths, principals, source addresses other than everywhere, a VPC or an endpoint, or a source account or ARN. Tags, the type of principal, TLS, MFA, time, and wildcards in the ids of accounts or organizations limit nobody, and neither do IfExists and ForAllValues where the key can be absent. A Deny that excepts none but such principals counts as a limit.',
  why: 'Every AWS account in the world has what the statement allows: with push, anyone decides what is deployed.',
  fix: 'Name the principals, or limit the statement to your organization or accounts.',
  nearest:
    'Prowler `ecr_repositories_not_publicly_accessible`, Checkov CKV_AWS_32 and Trivy AVD-AWS-0032 take any condition, or only some keys, for a limit, and do not read the registry policy.',
  reference: `${ECR}/repository-policies.html`,
  looksUp: false,
  judge(view, report) {
    const statements = statementsOf(view, report);
    const found = statements.filter((placed) => {
      if (!isAllow(placed) || !isForEveryone(placed.statement)) return false;
      const limits = limitsIn(view, placed.statement);
      const limited = isLimited(limits);
      if (limited === true || isTakenBack(view, placed.statement, statements)) return false;
      if (limited === false) return true;
      const conditions = list(limits.unknown);
      report.unknown(`whether ${conditions} in statement ${sidsOf([placed])} limits who has it`);
      return false;
    });
    if (found.length === 0) return;
    report.fail({
      what: `${capital(view.called)} lets everyone in the world have what ${statementWord(found)} ${sidsOf(found)} ${found.length === 1 ? 'allows' : 'allow'}.`,
      toDo: 'Limit it to your organization or accounts, or name the principals.',
      evidence: { statements: some(found).map(shown) },
      command: view.put,
      document: () => limitedTo(view, found),
      items: itemsOf(found),
    });
  },
});

function statementWord(statements: readonly Placed[]): string {
  return statements.length === 1 ? 'statement' : 'statements';
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

/** Whether a Deny of the policy takes an Allow for everyone back from all but those whom it excepts. */
function isTakenBack(view: PolicyView, allow: Statement, statements: readonly Placed[]): boolean {
  return statements.some(({ statement: deny }) => {
    if (deny.effect !== 'Deny' || !isForEveryone(deny) || allow.actions.except || deny.actions.except) {
      return false;
    }
    if (!allow.actions.patterns.every((one) => deny.actions.patterns.some((wide) => covers(wide, one)))) {
      return false;
    }
    if (!coversResources(deny, allow)) return false;
    const exceptions = exceptionsOf(deny, hasVariables(view), ownSide(view));
    return exceptions === undefined ? deny.conditions.length === 0 : isLimited(exceptions) === true;
  });
}

function coversResources(outer: Statement, inner: Statement): boolean {
  if (outer.resources === undefined) return true;
  if (outer.resources.except) return false;
  const wide = outer.resources.patterns.map(glob);
  if (wide.some((pattern) => covers(pattern, glob('*')))) return true;
  if (inner.resources === undefined || inner.resources.except) return false;
  return inner.resources.patterns.every((one) => wide.some((pattern) => covers(pattern, glob(one))));
}

/** The policy with the statements limited to the organization, or else to the accounts that are known. */
function limitedTo(view: PolicyView, statements: readonly Placed[]): Json | undefined {
  const { world, registry } = view;
  const { organization, accounts } = world.expectations;
  const places = new Set(statements.map(({ at }) => at));
  const test =
    organization === undefined
      ? { 'aws:PrincipalAccount': [...new Set([registry.account, ...world.audited, ...accounts.keys()])] }
      : { 'aws:PrincipalOrgID': organization };
  return edited(view, (statement, at) => {
    if (!places.has(at)) return statement;
    const condition = objectOf(statement.Condition);
    return {
      ...statement,
      Condition: { ...condition, StringEquals: { ...objectOf(condition.StringEquals), ...test } },
    };
  });
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : {};
}

export const notPrincipal = policyJudge({
  id: 'policy/not-principal',
  title: 'No Allow has NotPrincipal.',
  severities: ['high'],
  means: 'An Allow with NotPrincipal.',
  why: 'It allows everyone whom it does not name, people outside of the organization included. AWS no longer supports it; a policy from before may still grant by it.',
  fix: 'Name those who are meant in Principal.',
  nearest: 'none',
  reference: `${IAM}/reference_policies_elements_notprincipal.html`,
  looksUp: false,
  judge(view, report) {
    const found = statementsOf(view, report).filter(
      (placed) => isAllow(placed) && placed.statement.principals?.except === true,
    );
    if (found.length === 0) return;
    report.fail({
      what: `${capital(view.called)} allows everyone but those that NotPrincipal names, in ${statementWord(found)} ${sidsOf(found)}.`,
      toDo: 'Name those who are meant in Principal instead.',
      evidence: { statements: some(found).map(shown) },
      ...without(view, found),
      items: itemsOf(found),
    });
  },
});

/** What a statement allows of whom it is not known that they belong here. */
export interface Outsiders {
  /** Accounts that nothing names as known. */
  readonly accounts: readonly string[];
  /** Ids of organizations other than the audited one. */
  readonly organizations: readonly string[];
  /** Everyone. */
  readonly everyone: boolean;
  /** What could not be decided. */
  readonly unknown: readonly string[];
}

/**
 * Who of those to whom an Allow grants is not known to belong here.
 * @param isKnown whether an account is known
 */
export function outsidersOf(
  view: PolicyView,
  statement: Statement,
  isKnown: (account: string) => boolean,
): Outsiders {
  const { organization } = view.world.expectations;
  const limits = limitsIn(view, statement);
  const unknown: string[] = [];
  const ids = [...(limits.organizations ?? [])];
  const foreign = ids.filter((id) => id !== organization && id !== OWN_ORGANIZATION);
  const none: Outsiders = { accounts: [], organizations: [], everyone: false, unknown };
  if (ids.length > 0 && foreign.length === 0) return none;

  const named = accountsIn(statement, limits.accounts);
  for (const reason of named.unknown) unknown.push(reason);
  const accounts = named.accounts.filter((account) => !isKnown(account));
  const byCondition = named.everyone && limits.accounts === undefined;
  if (byCondition && ids.length > 0) {
    if (organization !== undefined) return { ...none, organizations: foreign };
    unknown.push(
      `whether ${list(ids)} is the organization of the audited accounts: the audit policy names none`,
    );
    return none;
  }
  const limited = isLimited(limits);
  if (byCondition && limited === undefined) unknown.push(`whether ${list(limits.unknown)} limits who has it`);
  return { accounts, organizations: [], everyone: byCondition && limited === false, unknown };
}

const OWN_ORGANIZATION = 'the organization of the resource';

/** The accounts that a Principal element names, or, where it is for everyone, those that conditions require. */
function accountsIn(
  { principals }: Statement,
  byCondition: ReadonlySet<string> | undefined,
): { readonly accounts: readonly string[]; readonly everyone: boolean; readonly unknown: readonly string[] } {
  const accounts = new Set<string>();
  const unknown: string[] = [];
  let everyone = false;
  for (const entry of principals?.entries ?? []) {
    if ('account' in entry) accounts.add(entry.account);
    else if (entry.type === 'everyone') everyone = true;
    else if (entry.type === 'federated') {
      const account = partsOf(entry.provider)?.[4];
      if (account !== undefined && /^\d{12}$/.test(account)) accounts.add(account);
    } else if (entry.type === 'canonical') {
      unknown.push(`the account of the canonical user id ${shortened(entry.id, 12)}`);
    } else if (entry.type === 'unreadable') {
      unknown.push(`who ${entry.text} is`);
    }
  }
  if (everyone) for (const account of byCondition ?? []) if (/^\d{12}$/.test(account)) accounts.add(account);
  const narrowed =
    byCondition === undefined ? [...accounts] : [...accounts].filter((account) => byCondition.has(account));
  return { accounts: narrowed, everyone, unknown };
}

/** Says that accounts are not known: a failure where the audit policy names any that are, and else unknown. */
export function reportOutsiders(
  view: PolicyView,
  found: readonly { readonly placed: Placed; readonly who: Outsiders }[],
  report: Report,
  { does, toDo }: { readonly does: string; readonly toDo: string },
): void {
  const accounts = [...new Set(found.flatMap(({ who }) => who.accounts))].sort();
  const organizations = [...new Set(found.flatMap(({ who }) => who.organizations))].sort();
  const everyone = found.some(({ who }) => who.everyone);
  for (const { who } of found) for (const reason of who.unknown) report.unknown(reason);
  const certain = organizations.length > 0 || everyone;
  if (accounts.length > 0 && !view.world.knowsAccounts) {
    report.unknown(
      `whether ${list(accounts, 20)} may ${does}: the audit policy names no account; add those that are yours to accounts: { ${accounts
        .slice(0, 20)
        .map((account) => `"${account}": name`)
        .join(', ')} }`,
    );
  }
  if (!certain && (accounts.length === 0 || !view.world.knowsAccounts)) return;
  const whom = [
    ...accounts.map((account) => `account ${account}`),
    ...organizations.map((id) => `organization ${id}`),
    ...(everyone ? ['everyone'] : []),
  ];
  const statements = found
    .filter(({ who }) => who.accounts.length + who.organizations.length > 0 || who.everyone)
    .map(({ placed }) => placed);
  report.fail({
    what: `${capital(view.called)} lets ${list(whom)} ${does}, in ${statementWord(statements)} ${sidsOf(statements)}.`,
    toDo,
    evidence: {
      accounts: some(accounts),
      organizations: some(organizations),
      statements: some(statements).map(shown),
    },
    command: view.put,
    document: () => withoutOutsiders(view, statements, new Set([...accounts, ...organizations])),
    items: whom,
  });
}

/** The policy without what some statements say of some accounts and organizations. */
function withoutOutsiders(
  view: PolicyView,
  statements: readonly Placed[],
  outsiders: ReadonlySet<string>,
): Json | undefined {
  const places = new Set(statements.map(({ at }) => at));
  const isTheirs = (value: unknown) =>
    typeof value === 'string' && (outsiders.has(value) || outsiders.has(partsOf(value)?.[4] ?? ''));
  return edited(view, (statement, at) => {
    if (!places.has(at)) return statement;
    const { AWS: named, ...others } = objectOf(statement.Principal);
    const before = named === undefined ? [] : [named].flat();
    const left = before.filter((principal) => !isTheirs(principal));
    if (left.length < before.length) {
      if (left.length > 0) return { ...statement, Principal: { ...others, AWS: left } };
      return Object.keys(others).length > 0 ? { ...statement, Principal: others } : undefined;
    }
    return withoutValues(statement, isTheirs);
  });
}

const NAMES_OUTSIDERS = ['aws:principalaccount', 'aws:principalarn', 'aws:principalorgid'];

/** The statement without some values of its conditions; undefined where one of them would have no value left. */
function withoutValues(
  statement: Readonly<Record<string, unknown>>,
  isTheirs: (value: unknown) => boolean,
): Readonly<Record<string, unknown>> | undefined {
  let isChanged = false;
  const conditions: Record<string, Record<string, unknown>> = {};
  for (const [operator, tests] of Object.entries(objectOf(statement.Condition))) {
    const kept: Record<string, unknown> = {};
    for (const [key, value] of Object.entries(objectOf(tests))) {
      const values = [value].flat();
      const left = NAMES_OUTSIDERS.includes(lowerCase(key)) ? values.filter((one) => !isTheirs(one)) : values;
      if (left.length === 0) return undefined;
      isChanged ||= left.length < values.length;
      kept[key] = left.length < values.length ? left : value;
    }
    conditions[operator] = kept;
  }
  return isChanged ? { ...statement, Condition: conditions } : undefined;
}

export const external = policyJudge({
  id: 'policy/external',
  title: 'Policies name known accounts only.',
  severities: ['high'],
  means:
    'An Allow names, by Principal or by a condition on aws:PrincipalAccount or aws:PrincipalArn, an account that is neither audited, nor in `accounts` or `pull-accounts` of the audit policy, nor limited by a condition to its `organization`. Where the audit policy names no account, the result is unknown and lists them.',
  why: 'Accounts of former partners, of vendors and of trials keep their access until someone takes it away.',
  fix: 'Remove the account from the policy, or add it to `accounts` in the audit policy.',
  nearest:
    'IAM Access Analyzer lists external access to repositories, without knowing which accounts are yours beyond its zone of trust.',
  reference: `${ECR}/repository-policies.html`,
  looksUp: false,
  judge(view, report) {
    const isKnown = (account: string) => view.world.isKnownAccount(account, view.expected);
    const found = statementsOf(view, report)
      .filter((placed) => isAllow(placed) && placed.statement.principals?.except === false)
      .map((placed) => {
        const who = outsidersOf(view, placed.statement, isKnown);
        // Everyone is `policy/public`.
        return { placed, who: { ...who, everyone: false } };
      });
    reportOutsiders(view, found, report, {
      does: 'have what it allows',
      toDo: 'Remove what does not belong there, or add the account to accounts in the audit policy.',
    });
  },
});

/** What has to be denied to everyone else for expectations to hold, whatever identity policies say. */
const GUARDED: readonly string[] = [...PUSH, ...DELETE, ...ADMINISTER];

export const denyOthers = repositoryCheck({
  id: 'policy/deny-others',
  title: 'Everyone who is not expected to push is denied push and control.',
  severities: ['low'],
  means:
    '`push` is expected, and no Deny for everyone else (`*` with a condition on who they are, or NotPrincipal) covers push, retag, delete and control actions. Several Denies count together, and so do those of the registry policy. It also fails where no exception is in `administer` or `administrators`.',
  why: 'An Allow in a repository policy keeps nobody out: in the same account, an identity policy with `ecr:*` is enough to push. Only a Deny is not overruled, and only while nobody else can change the policy.',
  fix: 'Add a Deny for everyone but the expected principals, for push, deletion and control actions.',
  nearest: 'none',
  reference: `${IAM}/reference_policies_evaluation-logic_policy-eval-denyallow.html`,
  needs: {
    policy: needs.repositoryPolicy,
    registryPolicy: needs.registryPolicy,
    scope: needs.policyScope,
  },
  applies: ({ expected }) => expected.push !== undefined,
  judge(facts, about, report) {
    const { registry, repository, world, expected } = about;
    const views: PolicyView[] = [];
    report.attempt(() => {
      if (facts.policy !== undefined) views.push(viewOf(about, facts.policy, NO_LOOKUP));
    });
    const denies = views.flatMap((view) => deniesOfOthers(view, repository.arn, report));
    const isCovered = (action: string) => denies.some(({ statement }) => isAbout(statement, action));
    if (!GUARDED.every(isCovered)) {
      report.attempt(() => {
        if (facts.registryPolicy === undefined || facts.scope !== 'V2') return;
        const view = viewOfRegistry(about, facts.registryPolicy);
        denies.push(...deniesOfOthers(view, repository.arn, report));
      });
    }
    const open = GUARDED.filter((action) => !isCovered(action));
    const control = denies.filter(({ statement }) => ADMINISTER.some((action) => isAbout(statement, action)));
    const administers = control.some(({ exceptions }) =>
      exceptions.some((arn) => couldBeExpected(arn, expected.administer, world.expectations.administrators)),
    );
    if (open.length === 0 && administers) return;
    if (report.unknowns.length > 0) return;
    report.fail({
      what:
        open.length > 0
          ? `No Deny keeps everyone who is not expected from ${list(open)} on ${repository.name}.`
          : `No Deny on control of ${repository.name} excepts a principal that administer or administrators names.`,
      toDo: 'Deny these actions to everyone but the expected principals.',
      evidence: { open, denies: some(denies).map(shown) },
      command: commandsFor(registry, { repository: repository.name }).put,
      document: () => proposedDocument(about),
    });
  },
});

interface DenyOfOthers extends Placed {
  /** ARNs, or patterns of ARNs, of those whom it excepts. */
  readonly exceptions: readonly string[];
}

/** Keys that say who somebody is. An exception for a whole account or organization keeps nobody in it from anything. */
function isWho(key: string): boolean {
  const small = lowerCase(key);
  return (
    ['aws:principalarn', 'aws:userid', 'aws:username'].includes(small) ||
    small.startsWith('aws:principaltag/')
  );
}

/** Conditions that except AWS services, which have no ARN. */
function exceptsServices({ key, operator, values, set }: Condition): boolean {
  const small = lowerCase(key);
  if (small === 'aws:principalisawsservice') {
    return operator?.type === 'bool' && values.every((value) => lowerCase(value) === 'false');
  }
  return small.startsWith('aws:principalservicename') && operator?.negated === true && set !== 'any';
}

function deniesOfOthers(view: PolicyView, arn: string, report: Report): DenyOfOthers[] {
  return statementsOf(view, report).flatMap((placed): DenyOfOthers[] => {
    const { statement } = placed;
    const { effect, principals, conditions } = statement;
    if (effect !== 'Deny' || principals === undefined) return [];
    if (isOnResource(view, statement, { arn }).truth !== 'yes') return [];
    const others = conditions.filter((condition) => !exceptsServices(condition));
    if (principals.except) {
      if (others.length > 0) return [];
      return [
        { ...placed, exceptions: principals.entries.flatMap((entry) => ('arn' in entry ? [entry.arn] : [])) },
      ];
    }
    if (!isForEveryone(statement)) return [];
    if (!others.every(({ key, operator, set }) => isWho(key) && operator?.negated === true && set !== 'any'))
      return [];
    const arns = others.filter(({ key }) => lowerCase(key) === 'aws:principalarn');
    return [{ ...placed, exceptions: arns.flatMap(({ values }) => values) }];
  });
}

/** Whether an ARN or a pattern of ARNs can stand for a principal that globs expect. */
function couldBeExpected(arn: string, ...globs: readonly (readonly string[] | undefined)[]): boolean {
  if (isExpected(arn, ...globs)) return true;
  const pattern = glob(arn);
  return globs.some((all) => all?.some((one) => intersect(pattern, glob(one.replace(/\*+/g, '*')))));
}

const NEEDED_TO_SCAN = ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'];
const NEEDED_TO_CONFIGURE = 'ecr:PutRegistryScanningConfiguration';

export const deniesInspector = policyJudge({
  id: 'policy/denies-inspector',
  title: 'No Deny keeps Amazon Inspector from scanning.',
  severities: ['medium'],
  means:
    "A Deny catches Inspector's service-linked role on an action that a scan needs (ecr:BatchGetImage, ecr:GetDownloadUrlForLayer; in a registry policy also ecr:PutRegistryScanningConfiguration).",
  why: 'Images are then not scanned, or enhanced scanning cannot be set up, and the reason is seen in Inspector alone.',
  fix: "Except Inspector's service-linked role from the Deny.",
  nearest: 'none',
  reference: 'https://docs.aws.amazon.com/inspector/latest/user/scanning-ecr.html',
  looksUp: false,
  judge(view, report) {
    const role = inspectorRole(view.registry, view.world.organization);
    const { registry, repository } = view;
    const found: Placed[] = [];
    const denied = new Set<string>();
    for (const placed of statementsOf(view, report)) {
      if (placed.statement.effect !== 'Deny') continue;
      for (const action of view.kind === 'registry'
        ? [...NEEDED_TO_SCAN, NEEDED_TO_CONFIGURE]
        : NEEDED_TO_SCAN) {
        if (!isAbout(placed.statement, action)) continue;
        const resource: ResourceName =
          action === NEEDED_TO_CONFIGURE
            ? { everything: true }
            : repository === undefined
              ? { any: glob(arnOf(registry, '*')) }
              : { arn: repository };
        const match = denies(view, placed.statement, role, resource);
        if (match.truth === 'yes') {
          denied.add(action);
          if (!found.includes(placed)) found.push(placed);
        } else if (match.truth !== 'no') {
          const reasons = [...match.conditions, ...match.reasons];
          report.unknown(
            `whether ${list(reasons)} makes statement ${sidsOf([placed])} of ${view.called} deny ${action} to Amazon Inspector`,
          );
        }
      }
    }
    if (found.length === 0) return;
    report.fail({
      what: `${capital(view.called)} denies ${list([...denied])} to Amazon Inspector, in ${statementWord(found)} ${sidsOf(found)}.`,
      toDo: "Except Inspector's service-linked role from the Deny.",
      evidence: { statements: some(found).map(shown), role: role.arn },
      command: view.put,
      document: () => excepting(view, found, role.arn),
      more: (read) => {
        const facts = view.registry.repositories;
        const of = read(facts).find(({ arn }) => arn === repository);
        const rows =
          of === undefined ? [] : read(of.coverage).filter(({ reason }) => reason === 'ACCESS_DENIED');
        return rows.length === 0 ? {} : { accessDenied: some(rows.map(({ digest }) => digest)) };
      },
      items: itemsOf(found),
    });
  },
});

/**
 * Whether a Deny catches a role. Its calls are encrypted and come from AWS; what else its requests are like is not
 * documented. A Deny about some of the repositories catches it there.
 */
function denies(view: PolicyView, statement: Statement, role: PrincipalFacts, resource: ResourceName): Match {
  const attachment = attachmentOf(view);
  const context = contextOf(role, attachment, { 'aws:securetransport': ['true'] });
  const who = whom(statement, role).reduce((match, one) => either(match, one.match), NO);
  const holds = holdAll(statement.conditions, context, hasVariables(view));
  const about = matchResources(statement.resources, resource, view.kind, hasVariables(view), context);
  const isPart = 'any' in resource && about.truth === 'conditional';
  return both(both(who, holds), isPart ? { ...about, truth: 'yes' } : about);
}

/** The policy with a role excepted from some Denies; undefined where that takes more than a further condition. */
function excepting(view: PolicyView, statements: readonly Placed[], role: string): Json | undefined {
  if (statements.some(({ statement }) => statement.principals?.except)) return undefined;
  const places = new Set(statements.map(({ at }) => at));
  return edited(view, (statement, at) => {
    if (!places.has(at)) return statement;
    const condition = objectOf(statement.Condition);
    const tests = objectOf(condition.ArnNotLike);
    const key = Object.keys(tests).find((one) => lowerCase(one) === 'aws:principalarn') ?? 'aws:PrincipalArn';
    const before = tests[key] === undefined ? [] : [tests[key]].flat();
    return {
      ...statement,
      Condition: { ...condition, ArnNotLike: { ...tests, [key]: [...before, role] } },
    };
  });
}

const LOCKS = ['ecr:SetRepositoryPolicy', 'ecr:DeleteRepositoryPolicy'] as const;

export const locksOut = policyJudge({
  id: 'policy/locks-out',
  kinds: ['repository'],
  title: 'Somebody can change the policy.',
  severities: ['medium'],
  means:
    'Denies on both ecr:SetRepositoryPolicy and ecr:DeleteRepositoryPolicy have no exception, or only exceptions that name nobody who exists. A condition that the request decides counts as an exception.',
  why: "No principal but perhaps the account's root can change the policy again.",
  fix: "Except a role that exists and that is kept for emergencies. If nobody is left, delete the policy as the account's root user.",
  nearest: 'none',
  reference: `${ECR}/repository-policies.html`,
  looksUp: true,
  judge(view, report) {
    const statements = statementsOf(view, report).filter(({ statement }) => statement.effect === 'Deny');
    const locks = LOCKS.map((action) => statements.filter(({ statement }) => isAbout(statement, action)));
    if (locks.some((denying) => denying.length === 0)) return;
    const found = [...new Set(locks.flat())];
    const fail = (what: string) =>
      report.fail({
        what: `${capital(view.called)} denies to ${what} to change or to delete it, in ${statementWord(found)} ${sidsOf(found)}.`,
        toDo: "Except a role that exists, as the account's root user.",
        evidence: { statements: some(found).map(shown) },
        ...without(view, found),
        items: itemsOf(found),
      });
    const isAbsolute = ({ statement }: Placed) =>
      isForEveryone(statement) &&
      statement.conditions.length === 0 &&
      isOnResource(view, statement, { arn: attachmentOf(view).resources }).truth === 'yes';
    if (locks.every((denying) => denying.some(isAbsolute))) return fail('everyone');
    const directory = directoryOf(view, report.read);
    const { account } = view.registry;
    const existing = (directory.of(account) ?? []).filter(({ arn }) => !isServiceLinked(arn));
    const reasons: string[] = [];
    for (const principal of existing) {
      for (const denying of locks) {
        const match = denying
          .map(({ statement }) => denies(view, statement, principal, { arn: attachmentOf(view).resources }))
          .reduce(either, NO);
        if (match.truth === 'no' || match.truth === 'conditional') return;
        if (match.truth === 'unknown') reasons.push(...match.reasons);
      }
    }
    if (reasons.length > 0) return report.unknown(`whether ${view.called} excepts anybody: ${list(reasons)}`);
    const foreign = foreignExceptions(view, found);
    if (foreign.length > 0)
      return report.unknown(`whether ${list(foreign)} exists: the account is not audited`);
    fail('everyone who exists');
  },
});

/** Principals of other accounts that the Denies except, if the policy allows anyone to change it from there. */
function foreignExceptions(view: PolicyView, denying: readonly Placed[]): readonly string[] {
  const document = documentOf(view);
  const mayBeAllowed =
    document.readable &&
    LOCKS.some((action) => statementsFor(document, action).some(({ effect }) => effect !== 'Deny'));
  if (!mayBeAllowed) return [];
  return denying.flatMap(({ statement }) =>
    statement.conditions
      .filter(({ key }) => lowerCase(key) === 'aws:principalarn')
      .flatMap(({ values }) => values)
      .filter((arn) => partsOf(arn)?.[4] !== view.registry.account),
  );
}

export const recreatable = policyJudge({
  id: 'policy/recreatable',
  title: 'Nobody gets push by creating a role.',
  severities: ['high'],
  means:
    'Push is granted by a condition on aws:PrincipalArn to a role of an audited account that does not exist.',
  why: 'Who creates a role of that name can push. A Principal element does not outlive the role that it names; a condition does.',
  fix: 'Name roles that exist, in Principal.',
  nearest: 'none',
  reference: `${IAM}/reference_policies_elements_principal.html`,
  looksUp: true,
  judge(view, report) {
    for (const placed of statementsOf(view, report)) {
      report.attempt(() => {
        const roles = rolesToCreate(placed.statement, directoryOf(view, report.read));
        if (roles.length === 0) return;
        report.fail({
          what: `${capital(view.called)} lets ${list(roles)} push, in statement ${sidsOf([placed])}, and no such role exists.`,
          toDo: 'Remove the role from the condition, or name one that exists in Principal.',
          evidence: { roles: some(roles), statements: [shown(placed)] },
          ...without(view, [placed]),
          items: roles,
        });
      });
    }
  },
});

export const neverMatches = policyJudge({
  id: 'policy/never-matches',
  title: 'Each statement can take effect.',
  severities: ['medium'],
  means:
    'A statement cannot take effect: it names no principal that exists in an audited account, or a deleted one (`AIDA…`, `AROA…`); StringEquals or StringEqualsIgnoreCase has `*` or `?` in its value; aws:PrincipalArn is compared with the ARN of an assumed-role session; its conditions contradict each other; its resources are of another registry.',
  why: 'A Deny that never applies protects nothing, although it looks as if it did; an Allow that never applies hides who was meant.',
  fix: 'Correct the statement, or remove it.',
  nearest:
    "IAM Access Analyzer's policy validation finds some of these in a single document, without knowing who exists.",
  reference: `${IAM}/reference_policies_elements_condition_operators.html`,
  looksUp: true,
  judge(view, report) {
    const document = documentOf(view);
    if (!document.readable) {
      statementsOf(view, report);
      return;
    }
    for (const placed of statementsOf(view, report)) {
      report.attempt(() => {
        const directory = directoryOf(view, report.read);
        const why = whyNever(placed.statement, document, attachmentOf(view), directory);
        if (why === undefined) return;
        report.fail({
          what: `Statement ${sidsOf([placed])} of ${view.called} cannot take effect: ${name(why)}.`,
          toDo: 'Correct the statement, or remove it.',
          evidence: { statements: [shown(placed)] },
          ...without(view, [placed]),
          items: itemsOf([placed]),
        });
      });
    }
  },
});

/** The checks of a policy's text, which also judge the documents of creation templates. */
export const POLICY_JUDGES: readonly PolicyJudge[] = [
  open,
  notPrincipal,
  external,
  deniesInspector,
  locksOut,
  recreatable,
  neverMatches,
];
