/**
 * Worlds of one shape: the same registry, repositories, rules and principals, of which every fact has one of several values.
 * So worlds can be compared fact by fact.
 */
import { type AuditFacts, Fact, type IamPrincipal } from '../../src/audit/facts.ts';
import {
  ACCOUNT,
  account,
  allow,
  cacheRule,
  coverage,
  days,
  facts,
  HOST,
  image,
  index,
  known,
  lifecycle,
  newest,
  OTHER,
  policy,
  registry,
  repository,
  role,
  roleArn,
  roleThat,
  rootArn,
  tagged,
  template,
  trustOf,
  UNTAGGED,
  use,
} from './factories.ts';

/** Which of several values a fact gets. */
export type Choose = <T>(values: readonly T[]) => T;

const GITHUB = `arn:aws:iam::${ACCOUNT}:oidc-provider/token.actions.githubusercontent.com`;

function githubTrust(condition: object): string {
  return policy({
    Effect: 'Allow',
    Principal: { Federated: GITHUB },
    Action: 'sts:AssumeRoleWithWebIdentity',
    Condition: condition,
  });
}

const claim = (name: string) => `token.actions.githubusercontent.com:${name}`;

export const EXPECTATIONS = `
organization: o-a1b2c3d4e5
accounts: { "777788889999": partner }
administrators: [ "arn:aws:iam::*:role/break-glass" ]
repositories:
  - match: [ "team/app" ]
    push: [ "${roleArn('ci')}" ]
    pull: [ "${roleArn('exec')}" ]
    administer: [ "${roleArn('platform')}" ]
    signed: true
    customer-key: true
`;

const POLICIES = [
  undefined,
  policy({ Sid: 'Push', Effect: 'Allow', Principal: { AWS: roleArn('ci') }, Action: 'ecr:*' }),
  policy({ Sid: 'Open', Effect: 'Allow', Principal: '*', Action: 'ecr:BatchGetImage' }),
  policy(
    { Sid: 'Other', Effect: 'Allow', Principal: { AWS: rootArn(OTHER) }, Action: 'ecr:*' },
    {
      Sid: 'Gone',
      Effect: 'Allow',
      Principal: { AWS: roleArn('gone') },
      Action: 'ecr:GetDownloadUrlForLayer',
    },
  ),
  policy({ Sid: 'Not', Effect: 'Allow', NotPrincipal: { AWS: rootArn() }, Action: 'ecr:PutImage' }),
  policy({
    Sid: 'Lock',
    Effect: 'Deny',
    Principal: '*',
    Action: 'ecr:*',
    Condition: { StringNotLike: { 'aws:PrincipalArn': roleArn('ci') } },
  }),
  policy({
    Sid: 'ByName',
    Effect: 'Allow',
    Principal: '*',
    Action: 'ecr:*',
    Condition: { StringEquals: { 'aws:PrincipalArn': roleArn('later') } },
  }),
  'no JSON',
];

const LIFECYCLES = [
  undefined,
  lifecycle(UNTAGGED),
  lifecycle({ tagStatus: 'any', ...newest(1) }),
  lifecycle({ ...tagged('*'), ...newest(20) }, { ...tagged('prod-*', 'v*'), ...days(1) }),
  lifecycle({ tagStatus: 'any', ...days(30) }),
  'no JSON',
];

const SIGNATURE = `sha256-${'a'.repeat(64)}.sig`;

const IMAGES = [
  [],
  [image('one', ['v1']), image('two', ['v2'], 100)],
  [image('one', ['v1'], 3, { scan: known({ status: 'UNSUPPORTED_IMAGE', description: undefined }) })],
  [image('one', ['v1']), image('sig', [SIGNATURE], 40), image('old', [], 90)],
  [index('both', ['v3'], { one: 'linux/amd64', two: 'linux/arm64' }), image('one', []), image('two', [])],
  [image('one', ['v1'], 2, { storageClass: 'archive' }), image('two', ['dev'], 1, { tags: undefined })],
];

const COVERAGES = [
  [],
  [coverage('one')],
  [coverage('one', { inUseCount: 2, clusters: ['prod'] }), coverage('two', { reason: 'ACCESS_DENIED' })],
];

const USES = [
  [],
  [use('team/app:v1', { kind: 'ecs-service', by: 'ecs:service/prod/web', cluster: 'prod' })],
  [
    use('team/app@sha256:'.padEnd(80, '0'), {}),
    use('team/app:v2', { kind: 'lambda', by: 'lambda:function/f' }),
  ],
];

const SCANNINGS = [
  { scanType: 'ENHANCED', rules: [{ frequency: 'CONTINUOUS_SCAN', filters: ['*'] }] },
  { scanType: 'BASIC', rules: [{ frequency: 'SCAN_ON_PUSH', filters: ['team'] }] },
  { scanType: 'ENHANCED', rules: [{ frequency: 'SCAN_ON_PUSH', filters: ['team/*'] }] },
  { scanType: 'NEW', rules: [] },
];

function repositoryOf(name: string, choose: Choose) {
  return repository(name, {
    mutability: known(
      choose([
        { setting: 'IMMUTABLE', exclusions: [] },
        { setting: 'MUTABLE', exclusions: [] },
        { setting: 'IMMUTABLE_WITH_EXCLUSION', exclusions: ['v*'] },
        { setting: 'NEW', exclusions: [] },
      ]),
    ),
    encryption: known(
      choose([
        { type: 'AES256', key: undefined },
        { type: 'KMS', key: `arn:aws:kms:eu-central-1:${ACCOUNT}:key/1` },
      ]),
    ),
    key: known(
      choose([
        undefined,
        { state: 'Enabled', manager: 'CUSTOMER', deletionDate: undefined },
        { state: 'PendingDeletion', manager: 'AWS', deletionDate: undefined },
      ]),
    ),
    policy: known(choose(POLICIES)),
    lifecyclePolicy: known(choose(LIFECYCLES)),
    tags: known(choose([{}, { team: 'a' }])),
    scanFrequency: known(choose(['CONTINUOUS_SCAN', 'SCAN_ON_PUSH', 'MANUAL', 'NEW'])),
    images: known(choose(IMAGES)),
    coverage: known(choose(COVERAGES)),
    preview: known(choose([undefined, []])),
  });
}

function principalsOf(choose: Choose): readonly IamPrincipal[] {
  const policies = (name: string): IamPrincipal =>
    choose([
      role(name),
      roleThat(name, allow('*')),
      roleThat(name, allow('ecr:*')),
      roleThat(name, allow('iam:PassRole'), allow(['lambda:CreateFunction', 'lambda:InvokeFunction'])),
      roleThat(name, allow('sts:AssumeRole', roleArn('ci'))),
      roleThat(name, allow('ecr:PutImage', '*', { Condition: { Bool: { 'aws:SecureTransport': 'true' } } })),
    ]);
  return ['ci', 'exec', 'platform', 'app'].map((name) => ({
    ...policies(name),
    boundary: {
      known: choose([undefined, { name: 'boundary', text: { known: policy(allow('s3:*')) } }]),
    },
    tags: { known: choose([{}, { team: 'a' }]) },
    trust: {
      known: choose([
        trustOf({ Service: ['ecs-tasks.amazonaws.com', 'lambda.amazonaws.com'] }),
        trustOf({ AWS: rootArn() }),
        githubTrust({ StringLike: { [claim('sub')]: 'repo:acme/app:*' } }),
        githubTrust({ StringLike: { [claim('sub')]: 'repo:acme*' } }),
        policy({
          Effect: 'Allow',
          Principal: {
            Federated: `arn:aws:iam::${ACCOUNT}:oidc-provider/oidc.eks.eu-central-1.amazonaws.com/id/A`,
          },
          Action: 'sts:AssumeRoleWithWebIdentity',
        }),
        githubTrust({
          StringEquals: {
            [claim('sub')]: 'repo:acme/app:ref:refs/heads/main',
            [claim('aud')]: 'sts.amazonaws.com',
          },
        }),
        'no JSON',
      ]),
    },
  }));
}

const SIGNER = `arn:aws:signer:eu-central-1:${ACCOUNT}:/signing-profiles/images`;

/** A world; every fact has the value that `choose` takes. */
export function worldOf(choose: Choose): AuditFacts {
  const repositories = ['team/app', 'team/web'].map((name) => repositoryOf(name, choose));
  const roleUses = () => choose([[], [{ role: roleArn('app'), by: 'ecs:task-definition/app:7 (task)' }]]);
  return facts({
    registries: [
      registry(repositories, {
        scanning: known(choose(SCANNINGS)),
        inspectorStatus: known(choose(['ENABLED', 'DISABLED', 'NEW'])),
        inspectorRescan: known(
          choose([
            undefined,
            { pushDuration: 'DAYS_14', pullDuration: undefined, pullMode: undefined },
            { pushDuration: 'LIFETIME', pullDuration: undefined, pullMode: undefined },
            { pushDuration: 'DAYS_3', pullDuration: 'DAYS_14', pullMode: 'LAST_IN_USE_AT' },
          ]),
        ),
        suppressionFilters: known(
          choose([
            [],
            [
              {
                name: 'all low',
                arn: 'arn:aws:inspector2:eu-central-1:111122223333:owner/1/filter/1',
                criteria: { severity: [{ comparison: 'EQUALS', value: 'LOW' }] },
              },
            ],
          ]),
        ),
        inspectorAdministrator: known(choose([undefined, OTHER])),
        policy: known(
          choose([
            undefined,
            policy({
              Sid: 'Replicate',
              Effect: 'Allow',
              Principal: { AWS: rootArn(OTHER) },
              Action: ['ecr:ReplicateImage', 'ecr:CreateRepository'],
              Resource: '*',
            }),
            policy({
              Sid: 'OnlyCi',
              Effect: 'Deny',
              Principal: '*',
              Action: 'ecr:*',
              Resource: '*',
              Condition: { ArnNotLike: { 'aws:PrincipalArn': roleArn('ci') } },
            }),
            policy({ Sid: 'Push', Effect: 'Allow', Principal: '*', Action: 'ecr:PutImage', Resource: '*' }),
          ]),
        ),
        policyScope: known(choose(['V2', 'V1'] as const)),
        replication: known(
          choose([[], [{ destinations: [{ region: 'eu-west-1', account: OTHER }], prefixes: [] }]]),
        ),
        cacheRules: known([
          cacheRule('team', choose(['docker-hub', 'k8s', 'new']), {
            hasCredential: choose([true, false]),
            validation: known(choose([undefined, { isValid: false, failure: 'no secret' }])),
          }),
        ]),
        templates: known([
          template('team', {
            appliedFor: choose([['PULL_THROUGH_CACHE'], ['CREATE_ON_PUSH']]),
            policy: choose(POLICIES),
            lifecyclePolicy: choose(LIFECYCLES),
          }),
        ]),
        pullTimeExclusions: known(choose([[], [roleArn('app')]])),
        signing: known(choose([undefined, [{ profile: SIGNER, filters: ['team*'] }]])),
        workloads: {
          ecs: known(choose(USES)),
          lambda: known(choose(USES)),
          lambdaVersions: known(choose(USES)),
          ecsRoles: known(roleUses()),
          eksRoles: known(roleUses()),
          lambdaRoles: known(roleUses()),
          eksClusters: known(choose([[], [{ name: 'prod', issuer: 'oidc.example/1' }]])),
        },
      }),
    ],
    accounts: [
      account(principalsOf(choose), {
        groups: known(
          choose([
            [],
            [
              {
                arn: `arn:aws:iam::${ACCOUNT}:group/admins`,
                account: ACCOUNT,
                policies: { known: [{ name: 'admin', text: { known: policy(allow('*')) } }] },
              },
            ],
          ]),
        ),
        oidcProviders: known(
          choose([
            [],
            [{ arn: GITHUB, clientIds: ['sts.amazonaws.com', 'other'] }],
            [{ arn: GITHUB, clientIds: ['sts.amazonaws.com'] }],
          ]),
        ),
      }),
    ],
    managementAccount: known(choose([undefined, ACCOUNT, OTHER])),
    levels: [
      {
        kind: 'scp',
        name: 'root',
        account: undefined,
        policies: [
          {
            name: 'root.json',
            text: {
              known: policy(allow('*'), { Effect: 'Deny', Action: 'ecr:DeleteRepository', Resource: '*' }),
            },
          },
        ],
      },
    ],
  });
}

/** A place of a fact, as the members on the way to it; `FACT` leads into what a fact holds. */
export type Path = readonly (string | number | typeof FACT)[];
export const FACT = Symbol('fact');

/** Every fact of a world that is known, those within facts included, and what is known of principals. */
export function factsIn(value: unknown, path: Path = [], found: Path[] = []): readonly Path[] {
  if (value instanceof Fact) {
    const content = Fact.open(value);
    if ('known' in content) {
      found.push(path);
      factsIn(content.known, [...path, FACT], found);
    }
  } else if (Array.isArray(value)) {
    for (const [at, item] of value.entries()) factsIn(item, [...path, at], found);
  } else if (typeof value === 'object' && value !== null && !(value instanceof Date)) {
    if (isKnown(value)) found.push(path);
    for (const [name, member] of Object.entries(value)) factsIn(member, [...path, name], found);
  }
  return found;
}

function isKnown(value: object): boolean {
  return Object.keys(value).join() === 'known';
}

/** What is at a place; undefined where there is no such place. */
export function valueAt(value: unknown, [first, ...rest]: Path): unknown {
  if (first === undefined) return value;
  if (first === FACT) {
    const content = value instanceof Fact ? Fact.open(value) : {};
    return 'known' in content ? valueAt(content.known, rest) : undefined;
  }
  return typeof value === 'object' && value !== null
    ? valueAt((value as Record<string | number, unknown>)[first], rest)
    : undefined;
}

/** The world with another value at a place. */
export function withValue<T>(value: T, [first, ...rest]: Path, replacement: unknown): T {
  if (first === undefined) return replacement as T;
  if (first === FACT) {
    return (value as Fact<unknown>).map((inner) => withValue(inner, rest, replacement)) as T;
  }
  if (Array.isArray(value))
    return value.with(first as number, withValue(value[first as number], rest, replacement)) as T;
  return {
    ...value,
    [first]: withValue((value as Record<string | number, unknown>)[first], rest, replacement),
  };
}

/** A fact that was not read, in the form of what is at a place. */
export function unreadable(value: unknown): unknown {
  return value instanceof Fact ? Fact.unknown('AWS refused it', ['x:Y']) : { unknown: 'AWS refused it' };
}

/** For people: `registries.0.policy`. */
export function inWords(path: Path): string {
  return path.filter((part) => part !== FACT).join('.');
}

export { HOST };
