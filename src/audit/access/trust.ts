/**
 * Who can assume a role with a token of an identity provider, by the structure of its trust policy. A simulation with a
 * single token would show only whether that token is accepted.
 */
import {
  type Condition,
  type Document,
  lowerCase,
  type PrincipalEntry,
  parseDocument,
  type Statement,
  shortened,
  statementsFor,
} from './document.ts';
import type { Known } from './facts.ts';
import { type Issuer, issuerOf } from './issuers.ts';
import { pinOfTenant, type Tenant } from './shared.ts';
import { type Beginning, type Pin, pinOf, type Reach, stronger, weaker } from './subject.ts';

export type TrustSeverity = 'critical' | 'high' | 'medium' | 'none' | 'unknown';

/** An OIDC provider of the account. */
export interface OidcProvider {
  readonly arn: string;
  readonly clientIds: readonly string[];
}

/** A statement of a trust policy that accepts tokens of an identity provider. */
export interface TrustGrant {
  readonly sid: string;
  readonly issuer: Issuer;
  /** Whose tokens are accepted, for GitHub's issuers and shared providers; undefined for others. */
  readonly reach: Reach | undefined;
  /** The organizations or repositories that it names. */
  readonly names: readonly string[];
  /** Whether only some branches, tags or environments are accepted. */
  readonly narrow: boolean;
  /** Subjects, or other claims that name a repository, as written, for messages. */
  readonly subjects: readonly string[];
  /** The severity for a role that cannot push. */
  readonly severity: TrustSeverity;
  /** The severity for a role that can push. */
  readonly severityForPush: TrustSeverity;
  /** The possible severity of what could not be evaluated; `none` if everything was evaluated. */
  readonly couldBe: Exclude<TrustSeverity, 'unknown'>;
  /** The reasons, as sentences; empty if there is no problem. */
  readonly reasons: readonly string[];
}

export interface TrustJudgement {
  readonly grants: readonly TrustGrant[];
  readonly severity: TrustSeverity;
  readonly severityForPush: TrustSeverity;
  /** What could not be evaluated. */
  readonly unknown: readonly string[];
}

const ACTION = 'sts:AssumeRoleWithWebIdentity';
/** A known failure takes precedence over unknown data. */
const ORDER: readonly TrustSeverity[] = ['none', 'unknown', 'medium', 'high', 'critical'];

/**
 * Evaluates which identity providers a role trusts, and how. Conditions are combined with AND, values of one condition
 * are alternatives, and the worst statement counts.
 *
 * Sources: https://docs.github.com/en/actions/reference/security/oidc for what a token's claims are,
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html for those that are
 * condition keys.
 * @param providers the OIDC providers of the account
 */
export function judgeTrust(
  trust: Known<string | undefined>,
  providers: Known<readonly OidcProvider[]>,
): TrustJudgement {
  const nothing: TrustJudgement = { grants: [], severity: 'none', severityForPush: 'none', unknown: [] };
  if ('known' in trust && trust.known === undefined) return nothing;
  const document = documentOf(trust);
  if (!document.readable) {
    const reason = `The trust policy could not be read: ${document.reason}.`;
    return { ...nothing, severity: 'unknown', severityForPush: 'unknown', unknown: [reason] };
  }
  const statements = statementsFor(document, ACTION);
  const unknown = statements.flatMap((statement) => {
    if (statement.effect === 'Deny') return [];
    if (!statement.readable)
      return [`Statement ${statement.sid} of the trust policy could not be read: ${statement.reason}.`];
    return statement.principals?.except
      ? [`Statement ${statement.sid} of the trust policy has NotPrincipal, which trust policies cannot have.`]
      : [];
  });
  const readable = statements.filter((statement): statement is Statement => statement.readable);
  const grants = readable
    .filter(({ effect, principals }) => effect === 'Allow' && principals?.except === false)
    .flatMap((statement) =>
      providersOf(statement, providers).map((provider) => {
        const limits = readable.filter((other) => other.effect === 'Deny' && isAbout(other, provider));
        return judge(statement, provider, limits, providers, document.variables);
      }),
    );
  const worst = (of: (grant: TrustGrant) => TrustSeverity) =>
    [...grants.map(of), ...unknown.map((): TrustSeverity => 'unknown')].reduce(worse, 'none');
  return {
    grants,
    severity: worst(({ severity }) => severity),
    severityForPush: worst(({ severityForPush }) => severityForPush),
    unknown,
  };
}

function worse(a: TrustSeverity, b: TrustSeverity): TrustSeverity {
  return ORDER.indexOf(b) > ORDER.indexOf(a) ? b : a;
}

function documentOf(trust: Known<string | undefined>): Document {
  return 'unknown' in trust
    ? { readable: false, reason: trust.unknown }
    : parseDocument(trust.known ?? '', 'trust');
}

/** The providers whose tokens a statement accepts. A statement for everyone accepts each provider of the account. */
function providersOf(
  { principals }: Statement,
  providers: Known<readonly OidcProvider[]>,
): readonly string[] {
  const found = new Set<string>();
  for (const entry of principals?.entries ?? []) {
    if (isAnyProvider(entry)) {
      // If the providers are unknown, they may include GitHub's.
      const all =
        'known' in providers
          ? providers.known.map(({ arn }) => arn)
          : ['token.actions.githubusercontent.com'];
      for (const arn of all) found.add(arn);
    } else if (entry.type === 'federated') {
      found.add(entry.provider);
    }
  }
  return [...found];
}

function isAnyProvider(entry: PrincipalEntry): boolean {
  return entry.type === 'everyone' || (entry.type === 'federated' && entry.provider === '*');
}

function isAbout({ principals }: Statement, provider: string): boolean {
  return (
    principals?.except === false &&
    principals.entries.some(
      (entry) => isAnyProvider(entry) || (entry.type === 'federated' && entry.provider === provider),
    )
  );
}

/** The effect of one condition on the tokens of a provider. */
interface Effect {
  readonly pin: Pin;
  /** The claim; undefined for keys that are not claims of the token. */
  readonly claim: string | undefined;
  /** Whether the condition is also true for tokens without the claim. */
  readonly weakened: boolean;
  /** Whether it may pin more than can be evaluated here. */
  readonly unjudged: string | undefined;
  readonly values: readonly string[];
  /** Whether no value has a wildcard or a policy variable. */
  readonly exact: boolean;
}

const NO_PIN: Pin = { reach: 'anyone', name: undefined, narrow: false };
const NO_PRINCIPAL: Pin = { reach: 'no-principal', name: undefined, narrow: false };

/** Every token has these claims, so a condition that is also true without them accepts no additional tokens. */
const ALWAYS_THERE = new Set([
  'sub',
  'aud',
  'sts:rolesessionname',
  'repository',
  'repository_id',
  'repository_owner_id',
]);

function judge(
  statement: Statement,
  provider: string,
  denies: readonly Statement[],
  providers: Known<readonly OidcProvider[]>,
  variables: boolean,
): TrustGrant {
  const issuer = issuerOf(provider);
  const effects = [
    ...statement.conditions.map((condition) => effectOf(condition, issuer, variables, false)),
    ...denies.flatMap((deny) => effectOfDeny(deny, issuer, variables)),
  ];
  const subjects = effects.flatMap(({ claim, values }) =>
    claim === undefined || (claim === 'aud' && issuer.tenant?.claim !== 'aud')
      ? []
      : values.map((value) => (claim === 'sub' ? value : `${claim}:${value}`)),
  );
  if (!isJudged(issuer)) {
    return {
      sid: statement.sid,
      issuer,
      reach: undefined,
      names: [],
      narrow: false,
      subjects,
      severity: 'none',
      severityForPush: 'none',
      couldBe: 'none',
      reasons: [],
    };
  }
  const firm = effects
    .filter(({ weakened }) => !weakened)
    .map(({ pin }) => pin)
    .reduce(stronger, NO_PIN);
  const soft = effects
    .filter(({ weakened, claim }) => !weakened || ALWAYS_THERE.has(claim ?? ''))
    .map(({ pin }) => pin)
    .reduce(stronger, NO_PIN);
  const verdict = severityOf({
    issuer,
    firm,
    soft,
    effects,
    audience: issuer.tenant === undefined ? audienceOf(effects, provider, providers) : 'limited',
  });
  return {
    sid: statement.sid,
    issuer,
    reach: firm.reach,
    names: namesOf(effects, firm.reach),
    narrow: firm.narrow,
    subjects,
    ...verdict,
  };
}

function namesOf(effects: readonly Effect[], reach: Reach): readonly string[] {
  if (reach === 'anyone' || reach === 'no-principal') return [];
  const found = effects.filter(({ pin, weakened }) => pin.reach === reach && !weakened);
  return [...new Set(found.flatMap(({ values, claim }) => (claim === 'aud' ? [] : values)))];
}

type Audience = 'limited' | 'any' | { readonly unknown: string };

/** "no audience where the provider has client ids besides sts.amazonaws.com" */
function audienceOf(
  effects: readonly Effect[],
  provider: string,
  providers: Known<readonly OidcProvider[]>,
): Audience {
  const tested = effects.some(
    ({ claim, values, unjudged }) =>
      claim === 'aud' &&
      unjudged === undefined &&
      values.length > 0 &&
      !values.some((value) => /^[*?]*$/.test(value)),
  );
  if (tested) return 'limited';
  if ('unknown' in providers) return { unknown: providers.unknown };
  const found = providers.known.find(({ arn }) => arn === provider);
  if (found === undefined) return { unknown: `the account has no provider ${provider}` };
  return found.clientIds.every((id) => id === 'sts.amazonaws.com') ? 'limited' : 'any';
}

interface Found {
  readonly issuer: Issuer;
  /** What is pinned by conditions that are true only for tokens with the claim. */
  readonly firm: Pin;
  /** The same, including conditions with ForAllValues and IfExists. */
  readonly soft: Pin;
  readonly effects: readonly Effect[];
  readonly audience: Audience;
}

function severityOf({
  issuer,
  firm,
  soft,
  effects,
  audience,
}: Found): Pick<TrustGrant, 'severity' | 'severityForPush' | 'couldBe' | 'reasons'> {
  if (firm.reach === 'no-principal') {
    return { severity: 'none', severityForPush: 'none', couldBe: 'none', reasons: [] };
  }
  const reasons: string[] = [];
  let severity: TrustSeverity = 'none';
  const add = (found: TrustSeverity, reason: string) => {
    severity = worse(severity, found);
    reasons.push(reason);
  };
  let couldBe: TrustGrant['couldBe'] = 'none';
  const unknown = (worst: TrustGrant['couldBe'], reason: string) => {
    if (worse(couldBe, worst) === worst) couldBe = worst;
    add('unknown', reason);
  };
  const open = issuer.kind === 'github' || issuer.tenant !== undefined;
  const unjudged = effects.flatMap((effect) => effect.unjudged ?? []);
  const weakened = soft.reach !== firm.reach;
  if (weakened) {
    add(
      'high',
      'The condition that decides which tokens are accepted uses ForAllValues or IfExists, so it is also true for a token without the claim.',
    );
  }
  if (soft.reach === 'anyone') {
    const reason = `These conditions could not be evaluated: ${unjudged.join('; ')}.`;
    if (unjudged.length > 0) unknown(open ? 'critical' : 'high', reason);
    else if (issuer.tenant !== undefined)
      add(
        'critical',
        `No condition limits ${tenantKeyOf(issuer, issuer.tenant)} to an organization: ${issuer.url} serves many organizations, and each of them can assume the role.`,
      );
    else if (open)
      add(
        'critical',
        'No condition pins a repository or an organization: every repository on github.com can assume the role.',
      );
    else
      add(
        'high',
        `No condition pins a repository or an organization: every repository of ${issuer.url} can assume the role.`,
      );
  } else if (firm.reach === 'organization' && issuer.tenant === undefined && !effects.some(pinsWorkflow)) {
    if (unjudged.length > 0)
      unknown('high', `These conditions could not be evaluated: ${unjudged.join('; ')}.`);
    else
      add(
        'high',
        'The conditions pin an organization, but no repository and no reusable workflow at an exact ref: each of its repositories can assume the role.',
      );
  }
  if (audience === 'any') {
    add(
      'high',
      'No condition tests the audience, and the identity provider accepts audiences other than sts.amazonaws.com.',
    );
  } else if (audience !== 'limited') {
    unknown('high', `It is unknown which audiences the identity provider accepts: ${audience.unknown}.`);
  }
  const everyRef = firm.reach === 'repository' && !firm.narrow;
  return {
    severity,
    severityForPush: everyRef ? worse(severity, 'medium') : severity,
    couldBe,
    reasons: everyRef
      ? [...reasons, 'Every branch and pull request of the repository can assume the role.']
      : reasons,
  };
}

/** The file of a workflow at a branch, a tag or a commit, as GitHub writes it in the claim. */
const WORKFLOW_AT_REF =
  /^[^/:@]+\/[^/:@]+\/\.github\/workflows\/[^/:@]+@(?:refs\/(?:heads|tags)\/.+|[0-9a-f]{40})$/;

/**
 * Whether a condition accepts only jobs of certain reusable workflows. Every repository of an organization can call
 * such a workflow, but only the code of the workflow runs with the role
 * (https://docs.github.com/en/actions/how-tos/secure-your-work/security-harden-deployments/oidc-with-reusable-workflows).
 */
function pinsWorkflow({ claim, weakened, exact, values }: Effect): boolean {
  return (
    claim === 'job_workflow_ref' &&
    !weakened &&
    exact &&
    values.length > 0 &&
    values.every((value) => WORKFLOW_AT_REF.test(value))
  );
}

/** A Deny pins what its condition excludes, if it has no other condition. */
function effectOfDeny({ conditions }: Statement, issuer: Issuer, variables: boolean): readonly Effect[] {
  const [condition, ...more] = conditions;
  const pins: Effect = {
    pin: NO_PRINCIPAL,
    claim: undefined,
    weakened: false,
    unjudged: undefined,
    values: [],
    exact: false,
  };
  if (condition === undefined) return [pins];
  const { operator, set } = condition;
  if (more.length > 0 || set !== undefined || operator === undefined || !operator.negated) return [];
  return [effectOf(condition, issuer, variables, true)];
}

/**
 * Which tokens a condition accepts.
 * @param excepts the condition belongs to a Deny, which refuses tokens that it does not match
 */
function effectOf(condition: Condition, issuer: Issuer, variables: boolean, excepts: boolean): Effect {
  const { key, values, operator, set, ifExists, text } = condition;
  const claim = claimOf(key, issuer);
  const weakened = (set === 'all' || ifExists) && !excepts;
  const effect: Effect = { pin: NO_PIN, claim, weakened, unjudged: undefined, values: [], exact: false };
  const known = operator?.type;
  if (claim === undefined) {
    // A claim of another provider, which tokens of this provider do not have.
    const foreign = /^[^:][^:.]*\.[^:]+:[^:]+$/.test(key) && !/^(?:aws|sts|iam):/i.test(key);
    const positive = operator !== undefined && !operator.negated && known !== 'null' && !weakened;
    return foreign && positive && !excepts ? { ...effect, pin: NO_PRINCIPAL } : effect;
  }
  if (operator === undefined) return { ...effect, unjudged: `the operator of "${text}"` };
  if (known === 'null') return effect;
  if (operator.negated !== excepts) return effect;
  if (known !== 'text' && known !== 'text-ignoring-case' && known !== 'pattern') {
    return { ...effect, unjudged: `"${text}"` };
  }
  if (claim === 'aud' && issuer.tenant === undefined) return { ...effect, values };
  let pin: Pin = NO_PRINCIPAL;
  let exact = true;
  for (const value of values) {
    const beginning = beginningOf(value, known === 'pattern', variables);
    const one =
      issuer.tenant === undefined ? pinOf(claim, beginning) : pinOfTenant(issuer.tenant, claim, beginning);
    if (one === undefined) return { ...effect, values, unjudged: `the claim ${shortened(claim)}` };
    pin = weaker(pin, one);
    exact &&= beginning.whole;
  }
  return { ...effect, pin, values, exact };
}

function claimOf(key: string, issuer: Issuer): string | undefined {
  const name = lowerCase(key);
  if (name === 'sts:rolesessionname' && issuer.tenant?.claim === 'sts:RoleSessionName') return name;
  // Microsoft's issuer ends with a slash; a key that differs in it alone is not that of another provider.
  const url = issuer.url.endsWith('/') ? issuer.url.slice(0, -1) : issuer.url;
  const start = [`${url}:`, `${url}/:`].find((one) => name.startsWith(one));
  return start === undefined ? undefined : name.slice(start.length);
}

/** The condition key that says for which organization a token of a shared provider is: `gitlab.com:sub`. */
export function tenantKeyOf({ url }: Issuer, { claim }: Tenant): string {
  return claim === 'sts:RoleSessionName' ? claim : `${url}:${claim}`;
}

/** Whether it is known what the claims of an issuer's tokens say. */
export function isJudged({ kind, tenant }: Issuer): boolean {
  return kind.startsWith('github') || tenant !== undefined;
}

/** The text of a value before its first wildcard. A policy variable can stand for anything. */
function beginningOf(value: string, wildcards: boolean, variables: boolean): Beginning {
  const end = value.search(wildcards ? (variables ? /[*?]|\$\{/ : /[*?]/) : variables ? /\$\{/ : /$/);
  return end < 0 || end === value.length
    ? { text: value, whole: true }
    : { text: value.slice(0, end), whole: false };
}

/** Which services run builds with a role: `GitHub`, `GitLab`, …, `CodeBuild`. */
export function buildServicesOf(trust: Known<string | undefined>): readonly string[] {
  const found = trustedOf(trust).flatMap(({ entry, action }) => {
    if (entry.type === 'service' && action === 'sts:AssumeRole') {
      return entry.name.startsWith('codebuild.') ? ['CodeBuild'] : [];
    }
    if (entry.type !== 'federated' || action !== ACTION) return [];
    const { kind, name } = issuerOf(entry.provider);
    return kind === 'other' ? [] : [name];
  });
  return [...new Set(found)];
}

function trustedOf(trust: Known<string | undefined>): readonly { entry: PrincipalEntry; action: string }[] {
  const document = documentOf(trust);
  if (!document.readable) return [];
  return ['sts:AssumeRole', ACTION, 'sts:AssumeRoleWithSAML'].flatMap((action) =>
    statementsFor(document, action)
      .filter((statement): statement is Statement => statement.readable && statement.effect === 'Allow')
      .flatMap(({ principals }) => (principals?.except ? [] : (principals?.entries ?? [])))
      .map((entry) => ({ entry, action })),
  );
}

/**
 * Who can assume a role, for messages: `github-oidc repo:acme/app:ref:refs/heads/main`, `oidc gitlab.com …`, ARNs,
 * names of services.
 */
export function assumedBy(trust: Known<string | undefined>): readonly string[] {
  const tokens = judgeTrust(trust, { unknown: 'not needed' }).grants.flatMap(({ issuer, subjects }) => {
    const github = issuer.kind === 'github';
    const start = github ? 'github-oidc' : `oidc ${issuer.url}`;
    return subjects.length === 0 ? [start] : subjects.map((subject) => `${start} ${shortened(subject)}`);
  });
  const others = trustedOf(trust).flatMap(({ entry, action }) => nameOf(entry, action));
  return [...new Set([...tokens, ...others])];
}

function nameOf(entry: PrincipalEntry, action: string): readonly string[] {
  switch (entry.type) {
    case 'everyone':
      return ['anyone'];
    case 'account':
      return [entry.account];
    case 'role':
    case 'user':
    case 'federated-user':
      return [entry.arn];
    case 'session':
      return [`session ${entry.session} of ${entry.role} in ${entry.account}`];
    case 'service':
      return [entry.name];
    case 'federated':
      return action === 'sts:AssumeRoleWithSAML' ? [`saml ${entry.provider}`] : [];
    case 'canonical':
    case 'id':
    case 'unreadable':
      return [];
  }
}
