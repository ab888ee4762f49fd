/**
 * The condition keys, and what decides each: the principal, its account and organization, the resource, or the request
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html). A key that is not here is
 * `unknown`.
 */
import { lowerCase, shortened } from './document.ts';
import type { Known, Organization, PrincipalFacts } from './facts.ts';
import { ANYTHING, glob, literal } from './glob.ts';

/** The value of a key. */
export type KeyValue =
  /** These values; if there are none, the request does not have the key. */
  | { readonly kind: 'known'; readonly values: readonly string[] }
  /**
   * A value that matches one of these compiled patterns. The request decides which one or, with a `reason`, data that
   * was not read.
   */
  | {
      readonly kind: 'open';
      readonly patterns: readonly string[];
      readonly mayBeAbsent: boolean;
      readonly reason: string | undefined;
    };

/** The subject of a decision, as far as conditions need it. */
export interface KeyTarget {
  /** Undefined if the request is not for a particular region. */
  readonly region: string | undefined;
  readonly account: string;
  readonly tags: Known<Readonly<Record<string, string>>>;
  readonly organization: Organization;
}

/** The source of the values of a statement's keys. */
export interface Context {
  /** @param key as written in the policy; compared without regard to case */
  value(key: string): KeyValue;
}

const ABSENT: KeyValue = { kind: 'known', values: [] };
/** The request decides, and may not have the key. */
const REQUEST: KeyValue = { kind: 'open', patterns: [ANYTHING], mayBeAbsent: true, reason: undefined };
/** The request decides, and always has the key. */
const ALWAYS: KeyValue = { kind: 'open', patterns: [ANYTHING], mayBeAbsent: false, reason: undefined };

function values(...list: string[]): KeyValue {
  return { kind: 'known', values: list };
}

function notKnown(reason: string): KeyValue {
  return { kind: 'open', patterns: [ANYTHING], mayBeAbsent: true, reason };
}

type Reader = (principal: PrincipalFacts, target: KeyTarget) => KeyValue;

const isIam = ({ kind }: PrincipalFacts) => kind === 'role' || kind === 'user' || kind === 'root';

/** A key whose value is known for IAM principals and not for others. */
function ofPrincipal(
  read: Reader,
  ofService: KeyValue = notKnown('AWS does not document the values of AWS services'),
) {
  return (principal: PrincipalFacts, target: KeyTarget): KeyValue => {
    if (principal.kind === 'anyone') return REQUEST;
    if (principal.kind === 'service') return ofService;
    if (principal.kind === 'canonical') return notKnown('the owner of a canonical user id was not read');
    return read(principal, target);
  };
}

function organizationId(organization: Organization, whose: string): KeyValue {
  if ('id' in organization) return values(organization.id);
  if ('none' in organization) return ABSENT;
  // The audit policy's `organization` decides; without it the condition is kept.
  return 'notGiven' in organization
    ? REQUEST
    : notKnown(`the organization of ${whose}: ${organization.unknown}`);
}

function organizationPaths(organization: Organization, whose: string): KeyValue {
  if ('none' in organization) return ABSENT;
  if ('notGiven' in organization) return REQUEST;
  const reason = `the organizational unit of ${whose} was not read`;
  const pattern = 'id' in organization ? glob(`${organization.id}/*`) : ANYTHING;
  return { kind: 'open', patterns: [pattern], mayBeAbsent: !('id' in organization), reason };
}

/**
 * Names of condition keys, including tag keys, are not case-sensitive. Two tags whose keys differ only in case cannot
 * be distinguished.
 */
function tag(tags: Known<Readonly<Record<string, string>>>, name: string, whose: string): KeyValue {
  if ('unknown' in tags) return notKnown(`the tags of ${whose}: ${tags.unknown}`);
  const wanted = lowerCase(name);
  const found = Object.entries(tags.known).filter(([key]) => lowerCase(key) === wanted);
  if (found.length > 1)
    return notKnown(`several tags of ${whose} have keys that differ from ${shortened(name)} only in case`);
  return values(...found.map(([, value]) => value));
}

/** Who a principal of an account can be: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html */
function arnsOf(root: string, account: string): readonly string[] {
  const [, partition = '*'] = root.split(':');
  return [
    ...['user/*', 'role/*', 'root'].map((rest) => glob(`arn:${partition}:iam::${account}:${rest}`)),
    glob(`arn:${partition}:sts::${account}:federated-user/*`),
  ];
}

const PRINCIPAL: Readonly<Record<string, Reader>> = {
  'aws:principalarn': ofPrincipal(({ arn, kind, account }) => {
    if (kind === 'account' || kind === 'federated') {
      const patterns = account === undefined ? [ANYTHING] : arnsOf(arn, account);
      return { kind: 'open', patterns, mayBeAbsent: false, reason: undefined };
    }
    return values(arn);
  }),
  'aws:principalaccount': ofPrincipal(({ account }) => (account === undefined ? ALWAYS : values(account))),
  'aws:principalorgid': ofPrincipal(({ organization, arn }) => organizationId(organization, arn)),
  'aws:principalorgpaths': ofPrincipal(({ organization, arn }) => organizationPaths(organization, arn)),
  'aws:principaltype': ofPrincipal(({ kind }) => {
    if (kind === 'role' || kind === 'federated') return values('AssumedRole');
    if (kind === 'user') return values('User');
    if (kind === 'root') return values('Account');
    return kind === 'federated-user' ? values('FederatedUser') : ALWAYS;
  }),
  'aws:principalisawsservice': ofPrincipal(() => values('false'), values('true')),
  'aws:principalservicename': (principal) => {
    if (principal.kind === 'service') return values(principal.arn.slice('service:'.length));
    return principal.kind === 'anyone' ? REQUEST : ABSENT;
  },
  'aws:principalservicenameslist': (principal) => {
    if (principal.kind === 'service') return notKnown(`the names of ${principal.arn} were not read`);
    return principal.kind === 'anyone' ? REQUEST : ABSENT;
  },
  'aws:userid': ofPrincipal((principal) => {
    const { kind, id, account } = principal;
    if (kind === 'root') return values(account ?? '');
    if (!isIam(principal)) return ALWAYS;
    if (id === undefined) return notKnown(`the unique id of ${principal.arn} was not read`);
    if (kind === 'user') return values(id);
    return { kind: 'open', patterns: [`${literal(id)}:${ANYTHING}`], mayBeAbsent: false, reason: undefined };
  }),
  'aws:username': ofPrincipal(({ kind, arn }) => {
    if (kind === 'user') return values(arn.slice(arn.lastIndexOf('/') + 1));
    return kind === 'role' || kind === 'root' ? ABSENT : REQUEST;
  }, ABSENT),
};

const RESOURCE: Readonly<Record<string, Reader>> = {
  'aws:resourceaccount': (_, { account }) => values(account),
  'aws:resourceorgid': (_, { organization }) => organizationId(organization, 'the resource'),
  'aws:resourceorgpaths': (_, { organization }) => organizationPaths(organization, 'the resource'),
  'aws:requestedregion': (_, { region }) => (region === undefined ? ALWAYS : values(region)),
};

/** Keys that every request has. */
const REQUEST_ALWAYS = new Set(
  ['CurrentTime', 'EpochTime', 'SecureTransport', 'UserAgent', 'ViaAWSService'].map(
    (key) => `aws:${lowerCase(key)}`,
  ),
);

/** Keys that a request may have: its origin, its authentication, the calling service, the named resources. */
const REQUEST_SOMETIMES = new Set(
  [
    ...['SourceIp', 'SourceVpc', 'SourceVpcArn', 'SourceVpce', 'VpcSourceIp'].map((key) => `aws:${key}`),
    ...['VpceAccount', 'VpceOrgID', 'VpceOrgPaths'].map((key) => `aws:${key}`),
    ...['MultiFactorAuthAge', 'MultiFactorAuthPresent', 'TokenIssueTime'].map((key) => `aws:${key}`),
    ...['SourceIdentity', 'FederatedProvider', 'AssumedRoot', 'ChatbotSourceArn'].map((key) => `aws:${key}`),
    ...['CalledVia', 'CalledViaFirst', 'CalledViaLast', 'referer', 'TagKeys'].map((key) => `aws:${key}`),
    ...['SourceAccount', 'SourceArn', 'SourceOrgID', 'SourceOrgPaths'].map((key) => `aws:${key}`),
    ...['Ec2InstanceSourceVpc', 'Ec2InstanceSourcePrivateIPv4'].map((key) => `aws:${key}`),
    ...['ec2:RoleDelivery', 'ec2:SourceInstanceArn', 'lambda:SourceFunctionArn', 'ssm:SourceInstanceArn'],
    'ecr:AccountSetting',
    ...['ExternalId', 'RoleSessionName', 'SourceIdentity', 'TransitiveTagKeys', 'DurationSeconds'].map(
      (key) => `sts:${key}`,
    ),
    ...['PassedToService', 'AssociatedResourceArn', 'PermissionsBoundary', 'PolicyARN'].map(
      (key) => `iam:${key}`,
    ),
  ].map(lowerCase),
);

const REQUEST_TAG = 'aws:requesttag/';
const PRINCIPAL_TAG = 'aws:principaltag/';
const RESOURCE_TAGS = ['aws:resourcetag/', 'ecr:resourcetag/', 'iam:resourcetag/'];

/** The tag of the resource that a key refers to, if any. Tag keys are in lower case. */
export function resourceTagOf(key: string): string | undefined {
  const small = lowerCase(key);
  const prefix = RESOURCE_TAGS.find((start) => small.startsWith(start));
  return prefix === undefined ? undefined : small.slice(prefix.length);
}

/**
 * The keys of a request of a principal on a resource.
 * @param given values that the request is known to have, by key in small letters
 */
export function contextOf(
  principal: PrincipalFacts,
  target: KeyTarget,
  given: Readonly<Record<string, readonly string[]>> = {},
): Context {
  return {
    value(written) {
      const key = lowerCase(written);
      if (Object.hasOwn(given, key)) return { kind: 'known', values: given[key] ?? [] };
      const reader = Object.hasOwn(PRINCIPAL, key)
        ? PRINCIPAL[key]
        : Object.hasOwn(RESOURCE, key)
          ? RESOURCE[key]
          : undefined;
      if (reader !== undefined) return reader(principal, target);
      if (REQUEST_ALWAYS.has(key)) return ALWAYS;
      if (REQUEST_SOMETIMES.has(key) || key.startsWith(REQUEST_TAG)) return REQUEST;
      if (key.startsWith(PRINCIPAL_TAG))
        return principalTag(principal, written.slice(PRINCIPAL_TAG.length), target);
      const name = resourceTagOf(key);
      if (name !== undefined) return tag(target.tags, name, 'the resource');
      return notKnown(`the condition key ${shortened(written)} is unknown`);
    },
  };
}

function principalTag(principal: PrincipalFacts, name: string, target: KeyTarget): KeyValue {
  return ofPrincipal(
    ({ kind, tags, arn }) => (kind === 'account' || kind === 'federated' ? REQUEST : tag(tags, name, arn)),
    ABSENT,
  )(principal, target);
}
