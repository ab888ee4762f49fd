/**
 * Whether a principal can do an action on a resource, in the order in which AWS evaluates policies
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html):
 * an explicit Deny anywhere; service control and resource control policies; resource policies or identity policies
 * within the limits of a permissions boundary.
 */
import { holdAll } from './conditions.ts';
import {
  type Document,
  type DocumentKind,
  type Effect,
  parseDocument,
  type ReadableDocument,
  type Statement,
  shortened,
  statementsFor,
} from './document.ts';
import type { Known, OrganizationLevel, PolicyText, PrincipalFacts } from './facts.ts';
import { type Context, contextOf, type KeyTarget } from './keys.ts';
import { both, either, type Match, NO, not, union, unknown, YES } from './match.ts';
import { isNamed, isNotExcepted, type Naming, namings } from './principals.ts';
import { matchResources, type ResourceName } from './resources.ts';

export type Verdict = 'allowed' | 'denied' | 'conditional' | 'unknown';

export type Source = 'identity' | 'boundary' | 'repository' | 'registry' | 'trust' | 'scp' | 'rcp';

/** A statement that took part in a decision. */
export interface Because {
  readonly source: Source;
  readonly policy: string;
  /** The Sid, or `#2` for the second statement. */
  readonly sid: string;
  readonly effect: Effect;
}

export interface Decision {
  readonly verdict: Verdict;
  /** The statements that decided: those that deny, or those that allow and those that may still deny. */
  readonly because: readonly Because[];
  /** The conditions on the request; `unless …` for those of a Deny. */
  readonly conditions: readonly string[];
  /** Why the answer is unknown. */
  readonly unknown: readonly string[];
  /** Policies that would also have to allow, although they grant nothing: a boundary, a level of the organization. */
  readonly limits: readonly { readonly source: Source; readonly policy: string }[];
}

/** A policy that is attached to the resource. */
export interface AttachedPolicy extends PolicyText {
  readonly source: 'repository' | 'registry' | 'trust';
}

/** The resource of an action. */
export interface Target extends KeyTarget {
  readonly name: ResourceName;
  readonly policies: readonly AttachedPolicy[];
  /**
   * A role's trust policy always has to allow. Within an account, other resource policies are an alternative to
   * identity policies.
   */
  readonly resourcePolicyDecides: boolean;
}

export interface Question {
  readonly action: string;
  readonly principal: PrincipalFacts;
  readonly target: Target;
  /** Known keys of the request, in lower case. */
  readonly keys?: Readonly<Record<string, readonly string[]>>;
}

/** The limits of the organization. */
export interface OrganizationPolicies {
  readonly levels: readonly OrganizationLevel[];
  readonly managementAccount: Known<string | undefined>;
}

interface Applied {
  readonly because: Because;
  readonly match: Match;
  /** Only for an Allow of a resource policy. */
  readonly naming: Naming | undefined;
  /** The grant is to everyone, and limited to principals by their ARN. */
  readonly byArn: boolean;
}

interface ReadPolicy {
  readonly source: Source;
  readonly name: string;
  readonly document: Document;
}

/** The services that resource control policies apply to and whose actions are decided here. */
const RCP_SERVICES = new Set(['ecr', 'sts']);

/** Makes decisions. Each document is parsed once. */
export class Evaluator {
  private readonly organization: OrganizationPolicies;
  private readonly documents = new Map<string, Document>();
  private readonly byText = new WeakMap<
    object,
    { readonly kind: DocumentKind; readonly document: Document }
  >();
  private readonly principals = new WeakMap<PrincipalFacts, PrincipalPolicies>();
  private readonly levels = new Map<string, readonly Level[]>();
  /** How many decisions were made. */
  decided = 0;

  constructor(organization: OrganizationPolicies) {
    this.organization = organization;
  }

  /** Reads a policy's text. */
  document(text: Known<string>, kind: DocumentKind): Document {
    if ('unknown' in text) return { readable: false, reason: text.unknown };
    // Looking up a long text also takes time.
    const before = this.byText.get(text);
    if (before?.kind === kind) return before.document;
    const key = `${kind} ${text.known}`;
    let document = this.documents.get(key);
    if (document === undefined) {
      document = parseDocument(text.known, kind);
      this.documents.set(key, document);
    }
    this.byText.set(text, { kind, document });
    return document;
  }

  /** The identity policies of a principal. */
  policiesOf(principal: PrincipalFacts): PrincipalPolicies {
    let policies = this.principals.get(principal);
    if (policies === undefined) {
      policies = this.readPolicies(principal);
      this.principals.set(principal, policies);
    }
    return policies;
  }

  private readPolicies({ policies, boundary, kind, arn }: PrincipalFacts): PrincipalPolicies {
    if (kind !== 'role' && kind !== 'user' && kind !== 'federated-user') {
      return { identity: [], boundary: undefined };
    }
    const read = (source: Source, name: string, text: Known<string>): ReadPolicy => ({
      source,
      name,
      document: this.document(text, 'principal'),
    });
    const missing = (source: Source, what: string, reason: string): ReadPolicy => ({
      source,
      name: what,
      document: { readable: false, reason },
    });
    return {
      identity:
        'unknown' in policies
          ? [missing('identity', `policies of ${arn}`, policies.unknown)]
          : policies.known.map(({ name, text }) => read('identity', name, text)),
      boundary:
        'unknown' in boundary
          ? missing('boundary', `boundary of ${arn}`, boundary.unknown)
          : boundary.known && read('boundary', boundary.known.name, boundary.known.text),
    };
  }

  /** The levels of a kind that apply to an account, with their policies. */
  levelsOf(kind: 'scp' | 'rcp', account: string): readonly Level[] {
    const key = `${kind} ${account}`;
    let levels = this.levels.get(key);
    if (levels === undefined) {
      levels = this.organization.levels
        .filter((level) => level.kind === kind && (level.account === undefined || level.account === account))
        .map((level) => ({
          source: kind,
          name: level.name,
          policies: level.policies.map(({ name, text }) => ({
            source: kind,
            name,
            document: this.document(text, kind === 'scp' ? 'principal' : 'rcp'),
          })),
        }));
      this.levels.set(key, levels);
    }
    return levels;
  }

  /**
   * Decides. For a principal of another account, the answer is what the resource's account allows. With `otherSide`, it
   * includes what the principal's own account allows.
   */
  decide(question: Question, otherSide = false): Decision {
    this.decided += 1;
    const { principal, target } = question;
    const context = contextOf(principal, target, question.keys);
    const apply = (policies: readonly ReadPolicy[], effect: Effect) =>
      policies.flatMap((policy) => applied(policy, effect, question, context));

    const { identity, boundary } = this.policiesOf(principal);
    const sameAccount = principal.account === target.account;
    // Services, identity providers and `anyone` have no account.
    const ownSide = principal.account !== undefined && (sameAccount || otherSide);
    const resource = target.policies.map(
      ({ source, name, text }): ReadPolicy => ({ source, name, document: this.document(text, source) }),
    );
    const own = ownSide ? [...identity, ...(boundary === undefined ? [] : [boundary])] : [];
    const levels = this.levelsFor(question, ownSide);

    // "If the enforcement code finds even one explicit deny that applies, the code returns a final decision of Deny."
    const denies = [
      ...apply([...own, ...resource], 'Deny'),
      ...levels.flatMap(({ level, bound }) => withCertainty(apply(level.policies, 'Deny'), bound)),
    ];
    if (denies.some(({ match }) => match.truth === 'yes')) return denied(denies);

    // Every level has to allow. The Allow statements of a level add up, and a level without any implies Allow *.
    const gates: Gate[] = levels.map(({ level, bound }) => {
      const allows = apply(level.policies, 'Allow');
      const match = hasAllow(level) ? anyOf(allows) : YES;
      return { source: level.source, name: level.name, match: either(match, not(bound)), allows };
    });

    const boundaryAllows = boundary === undefined ? [] : apply([boundary], 'Allow');
    const limit = boundary === undefined ? YES : anyOf(boundaryAllows);
    const identityAllows = ownSide ? apply(identity, 'Allow') : [];
    const byIdentity = both(anyOf(identityAllows), limit);
    const grants: Grants = {
      byResource: apply(resource, 'Allow'),
      byIdentity,
      limit: boundary === undefined ? undefined : limit,
      identity: [...identityAllows, ...boundaryAllows],
    };
    const granted =
      principal.kind === 'root' && ownSide
        ? grantedToRoot(grants, target, sameAccount)
        : sameAccount
          ? grantedWithinAccount(grants, target)
          : grantedAcrossAccounts(grants, ownSide);

    let { match } = granted;
    for (const gate of gates) match = both(match, gate.match);
    for (const deny of denies) match = both(match, not(unlessOf(deny.match)));
    const needed =
      boundary === undefined || !ownSide
        ? gates
        : [...gates, { source: boundary.source, name: boundary.name, match: limit, allows: boundaryAllows }];
    return decision(match, granted, denies, needed);
  }

  /**
   * The levels that apply to a request: service control policies apply to the principals of their accounts, resource
   * control policies to the resources. Neither applies to the management account or to service-linked roles
   * (https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html,
   * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html).
   */
  private levelsFor({ principal, target, action }: Question, ownSide: boolean): readonly BoundLevel[] {
    const { kind, account, arn } = principal;
    if (kind === 'role' && arn.includes(':role/aws-service-role/')) return [];
    const bound: BoundLevel[] = [];
    if (ownSide && account !== undefined) {
      bound.push(...this.bind(this.levelsOf('scp', account), account));
    }
    if (RCP_SERVICES.has(action.slice(0, action.indexOf(':')))) {
      bound.push(...this.bind(this.levelsOf('rcp', target.account), target.account));
    }
    return bound;
  }

  private bind(levels: readonly Level[], account: string): readonly BoundLevel[] {
    const management = this.organization.managementAccount;
    if ('known' in management) {
      return management.known === account ? [] : levels.map((level) => ({ level, bound: YES }));
    }
    const bound = unknown(
      `whether ${account} is the organization's management account: ${management.unknown}`,
    );
    return levels.map((level) => ({ level, bound }));
  }
}

export interface PrincipalPolicies {
  readonly identity: readonly ReadPolicy[];
  readonly boundary: ReadPolicy | undefined;
}

export interface Level {
  readonly source: 'scp' | 'rcp';
  readonly name: string;
  readonly policies: readonly ReadPolicy[];
}

interface BoundLevel {
  readonly level: Level;
  /** Whether the level applies to the request. */
  readonly bound: Match;
}

interface Gate {
  readonly source: Source;
  readonly name: string;
  readonly match: Match;
  readonly allows: readonly Applied[];
}

/** The policies that allow a request. */
interface Grants {
  readonly byResource: readonly Applied[];
  /** Whether identity policies allow it within the boundary. */
  readonly byIdentity: Match;
  /** Whether the boundary allows it; undefined if there is none. */
  readonly limit: Match | undefined;
  /** The statements behind `byIdentity`. */
  readonly identity: readonly Applied[];
}

interface Granted {
  readonly match: Match;
  readonly used: readonly Applied[];
}

/**
 * "By default, all requests are implicitly denied with the exception of the AWS account root user, which has full
 * access." A role's trust policy cannot allow the root user, because the root user cannot assume roles
 * (https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html).
 */
function grantedToRoot(
  { byResource }: Grants,
  { resourcePolicyDecides }: Target,
  sameAccount: boolean,
): Granted {
  if (resourcePolicyDecides) return { match: NO, used: [] };
  return sameAccount ? { match: YES, used: [] } : { match: anyOf(byResource), used: byResource };
}

/**
 * Either the policies of the resource or those of the identity have to allow. A role's trust policy always has to
 * allow.
 */
function grantedWithinAccount(
  { byResource, byIdentity, limit, identity }: Grants,
  { resourcePolicyDecides }: Target,
): Granted {
  const delegations = resourcePolicyDecides ? byResource.filter(({ naming }) => naming === 'account') : [];
  let match = resourcePolicyDecides ? both(anyOf(delegations), byIdentity) : byIdentity;
  const used = match.truth === 'no' ? [] : [...delegations, ...identity];
  for (const grant of byResource) {
    const worth = withinBoundary(grant, limit);
    match = either(match, worth);
    if (worth.truth !== 'no') used.push({ ...grant, match: worth });
  }
  return { match, used };
}

/** "The request is allowed only if both evaluations return a decision of Allow." */
function grantedAcrossAccounts({ byResource, byIdentity, identity }: Grants, otherSide: boolean): Granted {
  const match = anyOf(byResource);
  return otherSide
    ? { match: both(match, byIdentity), used: [...byResource, ...identity] }
    : { match, used: byResource };
}

function hasAllow({ policies }: Level): boolean {
  return policies.some(
    ({ document }) => !document.readable || document.statements.some(({ effect }) => effect !== 'Deny'),
  );
}

function withCertainty(list: readonly Applied[], bound: Match): readonly Applied[] {
  return list.map((item) => ({ ...item, match: both(item.match, bound) }));
}

function anyOf(list: readonly Applied[]): Match {
  let match = NO;
  for (const item of list) {
    match = either(match, item.match);
    if (match.truth === 'yes') return YES;
  }
  return match;
}

/**
 * The effect of a grant in a resource policy for a principal of the same account.
 *
 * - "Resource-based policies that grant permissions to an IAM role ARN are limited by an implicit deny in a permissions
 *   boundary"; those to a user's ARN or a session's ARN are not. - Naming the account delegates to it, and grants
 *   nothing to its users and roles.
 * - "Permissions boundaries … do not limit permissions granted using the aws:PrincipalArn condition key with a
 *   wildcard(*) in the Principal element". How a boundary affects other grants to everyone is not documented.
 *
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html#access_policies_boundaries-eval-logic
 */
function withinBoundary({ naming, match, byArn }: Applied, limit: Match | undefined): Match {
  if (naming === 'account') return NO;
  if (limit === undefined || naming === 'direct' || naming === 'session') return match;
  if (naming === 'role' || match.truth === 'no') return both(match, limit);
  if (byArn) return match;
  return either(
    both(match, limit),
    both(match, unknown('whether a permissions boundary limits a grant to everyone is not documented')),
  );
}

function unlessOf(match: Match): Match {
  return match.truth === 'conditional' || match.truth === 'unknown'
    ? { ...match, conditions: match.conditions.map((condition) => `unless ${condition}`) }
    : match;
}

/** The statements with an effect that apply, or may apply, to a request. */
function applied(
  policy: ReadPolicy,
  effect: Effect,
  question: Question,
  context: Context,
): readonly Applied[] {
  const { document, source, name } = policy;
  if (!document.readable) {
    const match = unknown(`${name} could not be read: ${document.reason}`);
    return [{ because: { source, policy: name, sid: '', effect }, match, naming: undefined, byArn: false }];
  }
  const found: Applied[] = [];
  for (const statement of statementsFor(document, question.action)) {
    if ((statement.effect ?? effect) !== effect) continue;
    const because: Because = { source, policy: name, sid: shortened(statement.sid), effect };
    if (!statement.readable) {
      const match = unknown(`statement ${because.sid} of ${name} could not be read: ${statement.reason}`);
      found.push({ because, match, naming: undefined, byArn: false });
      continue;
    }
    found.push(...appliedStatement(statement, document, because, question, context));
  }
  return found;
}

function appliedStatement(
  statement: Statement,
  document: ReadableDocument,
  because: Because,
  { principal, target }: Question,
  context: Context,
): readonly Applied[] {
  const who = whom(statement, principal);
  if (who.length === 0) return [];
  const resources = matchResources(
    statement.resources,
    target.name,
    because.source,
    document.variables,
    context,
  );
  if (resources.truth === 'no') return [];
  const holds = together(holdAll(statement.conditions, context, document.variables));
  if (holds.truth === 'no') return [];
  const rest = both(resources, holds);
  const byArn = isLimitedByArn(statement);
  return who.map(({ naming, match }) => ({ because, match: both(match, rest), naming, byArn }));
}

/** All conditions of a statement have to be true. */
function together(match: Match): Match {
  return match.conditions.length < 2 ? match : { ...match, conditions: [match.conditions.join(' and ')] };
}

interface Whom {
  readonly naming: Naming | undefined;
  readonly match: Match;
}

const ITSELF: readonly Whom[] = [{ naming: undefined, match: YES }];

/** How a statement names a principal, without its conditions. */
export function whom({ principals, effect }: Statement, principal: PrincipalFacts): readonly Whom[] {
  if (principals === undefined) return ITSELF;
  if (!principals.except && effect === 'Allow') return namings(principals, principal);
  const match = !principals.except
    ? isNamed(principals, principal)
    : effect === 'Deny'
      ? isNotExcepted(principals, principal)
      : isAllowedByExclusion(principals, principal);
  return match.truth === 'no' ? [] : [{ naming: 'everyone', match }];
}

/**
 * "NotPrincipal must be used with "Effect":"Deny". Using it with "Effect":"Allow" is not supported." Old policies may
 * still contain it.
 */
function isAllowedByExclusion(
  principals: NonNullable<Statement['principals']>,
  principal: PrincipalFacts,
): Match {
  return isNamed(principals, principal).truth === 'yes'
    ? NO
    : unknown(
        'AWS no longer supports NotPrincipal with Allow, but an old policy may still grant access with it',
      );
}

/** Whether the conditions of a statement name principals by ARN, so that it applies to no other principals. */
export function isLimitedByArn({ conditions }: Statement): boolean {
  return conditions.some(
    ({ key, operator, ifExists, set }) =>
      key.toLowerCase() === 'aws:principalarn' &&
      operator !== undefined &&
      operator.type !== 'null' &&
      !operator.negated &&
      !ifExists &&
      set !== 'all',
  );
}

const MOST_NAMED = 20;

/** Each statement once, up to a readable number. */
function named(list: readonly Applied[]): readonly Because[] {
  const found = new Map<string, Because>();
  for (const { because } of list) {
    if (found.size === MOST_NAMED) break;
    found.set(`${because.source} ${because.policy} ${because.sid} ${because.effect}`, because);
  }
  return [...found.values()];
}

function denied(denies: readonly Applied[]): Decision {
  const because = named(denies.filter(({ match }) => match.truth === 'yes'));
  return { verdict: 'denied', because, conditions: [], unknown: [], limits: [] };
}

const VERDICTS = { yes: 'allowed', no: 'denied', conditional: 'conditional', unknown: 'unknown' } as const;

function decision(
  match: Match,
  { match: granted, used }: Granted,
  denies: readonly Applied[],
  gates: readonly Gate[],
): Decision {
  if (match.truth === 'no') {
    const limits = gates
      .filter((gate) => gate.match.truth === 'no')
      .map(({ source, name }) => ({ source, policy: name }));
    return { verdict: 'denied', because: [], conditions: [], unknown: [], limits };
  }
  // If one grant is certain, uncertain ones add nothing.
  const grants = granted.truth === 'yes' ? used.filter((item) => item.match.truth === 'yes') : used;
  const open = [...denies, ...gates.flatMap((gate) => (gate.match.truth === 'yes' ? [] : gate.allows))];
  return {
    verdict: VERDICTS[match.truth],
    because: named([...grants, ...open]),
    conditions: match.conditions,
    unknown: match.reasons,
    limits: [],
  };
}

/** The strictest of several decisions that are all needed. */
export function allNeeded(decisions: readonly Decision[]): Decision {
  const no = decisions.filter(({ verdict }) => verdict === 'denied');
  if (no.length > 0) return merged('denied', no);
  const verdict = (['unknown', 'conditional'] as const).find((word) =>
    decisions.some((one) => one.verdict === word),
  );
  return merged(verdict ?? 'allowed', decisions);
}

/** The most permissive of several decisions, any of which is enough. */
export function oneNeeded(decisions: readonly Decision[]): Decision {
  const verdict = (['allowed', 'conditional', 'unknown'] as const).find((word) =>
    decisions.some((one) => one.verdict === word),
  );
  return merged(
    verdict ?? 'denied',
    decisions.filter((one) => one.verdict === (verdict ?? 'denied')),
  );
}

function merged(verdict: Verdict, decisions: readonly Decision[]): Decision {
  const because = new Map<string, Because>();
  const limits = new Map<string, Decision['limits'][number]>();
  let conditions: readonly string[] = [];
  let reasons: readonly string[] = [];
  for (const one of decisions) {
    for (const item of one.because) {
      if (because.size < MOST_NAMED)
        because.set(`${item.source} ${item.policy} ${item.sid} ${item.effect}`, item);
    }
    for (const item of one.limits) limits.set(`${item.source} ${item.policy}`, item);
    conditions = union(conditions, one.conditions);
    reasons = union(reasons, one.unknown);
  }
  return {
    verdict,
    because: [...because.values()],
    conditions,
    unknown: reasons,
    limits: [...limits.values()],
  };
}
