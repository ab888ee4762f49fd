/**
 * Requests with all that decides them: every key that a condition tests has a value or is known to be absent, so that both
 * evaluators can answer yes or no.
 */
import fc from 'fast-check';

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type Statement = { [key: string]: Json };

export const ACCOUNT = '111122223333';
export const OTHER = '444455556666';
const REGION = 'eu-central-1';
const arnOf = (name: string) => `arn:aws:ecr:${REGION}:${ACCOUNT}:repository/${name}`;
const iamArn = (rest: string, account = ACCOUNT) => `arn:aws:iam::${account}:${rest}`;

export interface Who {
  readonly kind: 'role' | 'user' | 'service';
  readonly arn: string;
  readonly account: string | undefined;
  readonly id: string;
}

/** What is acted on. */
export type On =
  | { readonly type: 'repository'; readonly arn: string }
  /** The action has no resource. */
  | { readonly type: 'nothing' }
  /** sts:AssumeRole, which the role's trust policy decides. */
  | { readonly type: 'trust'; readonly arn: string }
  /** An action of IAM on a role. */
  | { readonly type: 'role'; readonly arn: string };

export interface Case {
  readonly who: Who;
  readonly action: string;
  readonly on: On;
  readonly identity: readonly Document[];
  readonly boundary: Document | undefined;
  readonly resource: Document | undefined;
  /** From the root of the organization down. */
  readonly scps: readonly (readonly Document[])[];
  readonly rcps: readonly (readonly Document[])[];
  readonly principalTags: Readonly<Record<string, string>>;
  readonly repositoryTags: Readonly<Record<string, string>>;
  readonly organization: string | undefined;
  /** Keys of the request; none: absent. */
  readonly request: Readonly<Record<string, readonly string[]>>;
}

export interface Document {
  readonly Version: string;
  readonly Statement: readonly Statement[];
}

const ON_REPOSITORY = [
  ...[
    'ecr:PutImage',
    'ecr:BatchGetImage',
    'ecr:GetDownloadUrlForLayer',
    'ecr:InitiateLayerUpload',
    'ecr:UploadLayerPart',
  ],
  ...[
    'ecr:CompleteLayerUpload',
    'ecr:SetRepositoryPolicy',
    'ecr:DeleteRepositoryPolicy',
    'ecr:BatchDeleteImage',
  ],
  ...['ecr:DeleteRepository', 'ecr:PutLifecyclePolicy', 'ecr:PutImageTagMutability', 'ecr:TagResource'],
];
const ON_ROLE = ['iam:PutRolePolicy', 'iam:AttachRolePolicy', 'iam:UpdateAssumeRolePolicy', 'iam:PassRole'];
const WITHOUT_RESOURCE = [
  'ecr:GetAuthorizationToken',
  'ecr:PutRegistryPolicy',
  'ecr:PutReplicationConfiguration',
];

const anyWho = fc.constantFrom<Who>(
  { kind: 'role', arn: iamArn('role/ci'), account: ACCOUNT, id: 'AROACI00000000000000A' },
  { kind: 'role', arn: iamArn('role/ci'), account: ACCOUNT, id: 'AROACI00000000000000A' },
  { kind: 'role', arn: iamArn('role/path/app'), account: ACCOUNT, id: 'AROAAPP0000000000000A' },
  { kind: 'user', arn: iamArn('user/dev'), account: ACCOUNT, id: 'AIDADEV0000000000000A' },
  { kind: 'role', arn: iamArn('role/deploy', OTHER), account: OTHER, id: 'AROADEPLOY0000000000A' },
  { kind: 'user', arn: iamArn('user/dev', OTHER), account: OTHER, id: 'AIDADEV1000000000000A' },
  { kind: 'service', arn: 'lambda.amazonaws.com', account: undefined, id: '' },
);

const anyActions: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom(
    '*',
    'ecr:*',
    'ecr:Put*',
    'ECR:*image',
    'ecr:Batch*',
    'ecr:?utImage',
    'ecr:*Layer*',
    's3:*',
    'ecr:*Repository*',
  ),
  fc.subarray(ON_REPOSITORY, { minLength: 1, maxLength: 6 }),
);
const anyRoleActions = fc.constantFrom<Json>(
  '*',
  'sts:*',
  'sts:AssumeRole',
  'iam:*',
  ['iam:PassRole', 'sts:Assume*'],
  'iam:*Role*',
  'ecr:*',
  ON_ROLE,
);

const variable = (text: string) => `\${${text}}`;

const anyResources: fc.Arbitrary<Json> = fc.oneof(
  { weight: 3, arbitrary: fc.constant<Json>('*') },
  fc.constantFrom<Json>(
    ...[
      arnOf('team/*'),
      arnOf('team/app'),
      arnOf('*'),
      arnOf('other'),
      'arn:aws:ecr:*:*:repository/*',
      'arn:aws:s3:::bucket/*',
    ],
    ...[
      `arn:*:ecr:${REGION}:${ACCOUNT}:repository/?eam/app`,
      arnOf(`${variable('aws:PrincipalTag/team')}/*`),
    ],
    ...[
      `${arnOf(variable("aws:PrincipalTag/none, 'team'"))}/app`,
      `arn:aws:ecr:${REGION}:${OTHER}:repository/*`,
    ],
  ),
  fc
    .subarray([arnOf('team/app'), arnOf('x*'), 'arn:aws:s3:::bucket'], { minLength: 1 })
    .map((list): Json => list),
);

const PRINCIPALS = [
  ...[
    iamArn('role/ci'),
    iamArn('role/path/app'),
    iamArn('user/dev'),
    iamArn('root'),
    ACCOUNT,
    iamArn('role/deploy', OTHER),
  ],
  ...[iamArn('root', OTHER), OTHER, iamArn('user/dev', OTHER), iamArn('role/nobody')],
];
const anyPrincipal: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom<Json>('*', { AWS: '*' }),
  {
    weight: 3,
    arbitrary: fc.subarray(PRINCIPALS, { minLength: 1, maxLength: 3 }).map((AWS): Json => ({ AWS })),
  },
  fc.constant<Json>({ Service: 'lambda.amazonaws.com' }),
);

const ROLE = iamArn('role/target');
const anyRoleResources = fc.constantFrom<Json>(
  '*',
  ROLE,
  iamArn('role/t*'),
  iamArn('role/*'),
  [iamArn('role/x'), 'arn:aws:iam::*:role/target'],
  iamArn('user/*'),
  iamArn(`role/${variable('aws:PrincipalTag/none')}`),
);

type KeyAndValues = readonly [string, Json];
const key = (name: string, ...values: Json[]): fc.Arbitrary<KeyAndValues> =>
  fc.tuple(fc.constant(name), fc.constantFrom(...values));

const anyText = fc.oneof(
  key(
    'aws:PrincipalArn',
    iamArn('role/ci'),
    [iamArn('role/ci'), iamArn('user/dev')],
    iamArn('role/*'),
    iamArn('root'),
  ),
  key('aws:PrincipalAccount', ACCOUNT, OTHER, [ACCOUNT, OTHER]),
  key('aws:PrincipalOrgID', 'o-abc1234567', 'o-other12345', ['o-abc1234567', 'o-x']),
  key('aws:PrincipalTag/team', 'team', 'x', 't*', 'TEAM'),
  key('aws:PrincipalType', 'User', 'AssumedRole'),
  key('aws:username', 'dev', 'd*', variable('aws:PrincipalTag/team')),
  key('aws:ResourceTag/team', 'team', variable('aws:PrincipalTag/team'), 'x'),
  key('aws:ResourceAccount', ACCOUNT, OTHER, variable('aws:PrincipalAccount')),
  key('aws:SourceVpce', 'vpce-1', ['vpce-1', 'vpce-2'], 'vpce-?'),
  key('aws:SourceVpc', 'vpc-1', 'vpc-*'),
);
const anySet = fc.oneof(
  key('aws:TagKeys', 'a', ['a', 'b'], ['*'], 'c*'),
  key('aws:CalledVia', 'cloudformation.amazonaws.com', [
    'athena.amazonaws.com',
    'cloudformation.amazonaws.com',
  ]),
);
const anyArn = key(
  'aws:PrincipalArn',
  iamArn('role/ci'),
  iamArn('role/*'),
  `arn:*:iam::*:role/ci`,
  [iamArn('role/path/?pp'), iamArn('user/dev')],
  `arn:aws:sts::${ACCOUNT}:assumed-role/ci/x`,
);

const anyCondition: fc.Arbitrary<Json> = fc
  .array(
    fc.oneof(
      {
        weight: 4,
        arbitrary: fc.tuple(
          fc.constantFrom(
            'StringEquals',
            'StringLike',
            'StringNotEquals',
            'StringNotLike',
            'StringEqualsIgnoreCase',
            'StringNotEqualsIgnoreCase',
          ),
          fc.constantFrom('', '', 'IfExists'),
          anyText,
        ),
      },
      fc.tuple(
        fc
          .tuple(
            fc.constantFrom('ForAllValues:', 'ForAnyValue:'),
            fc.constantFrom('StringEquals', 'StringLike', 'StringNotEquals', 'StringNotLike'),
          )
          .map(([set, name]) => set + name),
        fc.constantFrom('', '', 'IfExists'),
        anySet,
      ),
      fc.tuple(
        fc.constantFrom('ArnEquals', 'ArnLike', 'ArnNotEquals', 'ArnNotLike'),
        fc.constantFrom('', 'IfExists'),
        anyArn,
      ),
      fc.tuple(
        fc.constantFrom(
          ...['Equals', 'NotEquals', 'LessThan', 'LessThanEquals', 'GreaterThan', 'GreaterThanEquals'].map(
            (name) => `Numeric${name}`,
          ),
        ),
        fc.constantFrom('', 'IfExists'),
        key('aws:MultiFactorAuthAge', '300', '60', '3600'),
      ),
      fc.tuple(
        fc.constantFrom(
          ...['Equals', 'NotEquals', 'LessThan', 'LessThanEquals', 'GreaterThan', 'GreaterThanEquals'].map(
            (name) => `Date${name}`,
          ),
        ),
        fc.constantFrom('', 'IfExists'),
        key('aws:CurrentTime', '2026-11-23T10:00:00Z', '2026-01-01T00:00:00Z', '2027-01-01T00:00:00Z'),
      ),
      fc.tuple(
        fc.constant('Bool'),
        fc.constantFrom('', 'IfExists'),
        fc.oneof(
          key('aws:SecureTransport', 'true', 'false'),
          key('aws:MultiFactorAuthPresent', 'true', 'false'),
        ),
      ),
      fc.tuple(
        fc.constantFrom('IpAddress', 'NotIpAddress'),
        fc.constantFrom('', 'IfExists'),
        key('aws:SourceIp', '203.0.113.0/24', ['198.51.100.7', '2001:db8::/32'], '0.0.0.0/0'),
      ),
      fc.tuple(
        fc.constant('Null'),
        fc.constant(''),
        fc.oneof(
          ...['aws:SourceVpce', 'aws:PrincipalOrgID', 'aws:PrincipalTag/team', 'aws:TagKeys'].map((name) =>
            key(name, 'true', 'false'),
          ),
        ),
      ),
    ),
    { minLength: 1, maxLength: 2 },
  )
  .map((list) => {
    const conditions: { [operator: string]: { [key: string]: Json } } = {};
    for (const [operator, ifExists, [name, values]] of list) {
      conditions[operator + ifExists] = { ...conditions[operator + ifExists], [name]: values };
    }
    return conditions;
  });

const maybeNot = (name: string) => fc.constantFrom(name, name, name, name, `Not${name}`);

interface Shape {
  readonly principal: boolean;
  readonly resource: boolean;
  readonly role: boolean;
  /** In a resource control policy everyone is denied something, and `*` alone is not an action. */
  readonly rcp: boolean;
}

function anyStatement({ principal, resource, role, rcp }: Shape): fc.Arbitrary<Statement> {
  return fc
    .record({
      effect: rcp ? fc.constant('Deny') : fc.constantFrom('Allow', 'Allow', 'Allow', 'Deny'),
      actionName: rcp ? fc.constant('Action') : maybeNot('Action'),
      action: role ? anyRoleActions : anyActions,
      resourceName: maybeNot('Resource'),
      resource: role ? anyRoleResources : anyResources,
      principalName: rcp || role ? fc.constant('Principal') : maybeNot('Principal'),
      principal: rcp ? fc.constant<Json>('*') : anyPrincipal,
      condition: fc.option(anyCondition, { freq: 2 }),
    })
    .map((one) => {
      const inverted = principal && one.principalName === 'NotPrincipal';
      return {
        // NotPrincipal is supported with Deny alone.
        Effect: inverted ? 'Deny' : one.effect,
        ...(principal ? { [one.principalName]: one.principal } : {}),
        [one.actionName]: rcp && one.action === '*' ? 'ecr:*' : one.action,
        ...(resource ? { [one.resourceName]: one.resource } : {}),
        ...(one.condition === null ? {} : { Condition: one.condition }),
      };
    });
}

const anyVersion = fc.constantFrom('2012-10-17', '2012-10-17', '2012-10-17', '2008-10-17');

function anyDocument(
  shape: Partial<Shape>,
  version: fc.Arbitrary<string> = anyVersion,
): fc.Arbitrary<Document> {
  const statement = anyStatement({ principal: false, resource: true, role: false, rcp: false, ...shape });
  return fc
    .tuple(version, fc.array(statement, { minLength: 1, maxLength: 3 }))
    .map(([Version, list]): Document => ({ Version, Statement: list }));
}

const allowAll: Document = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
};

const absentOr = (...values: string[]) =>
  fc.constantFrom<readonly string[]>([], ...values.map((value) => [value]));

const anyRequest = fc
  .record({
    'aws:SourceVpce': absentOr('vpce-1', 'vpce-9'),
    'aws:SourceVpc': absentOr('vpc-1', 'vpc-2'),
    'aws:TagKeys': fc.constantFrom<readonly string[]>([], ['a'], ['a', 'b'], ['c1', 'a'], ['x']),
    'aws:CalledVia': fc.constantFrom<readonly string[]>(
      [],
      ['cloudformation.amazonaws.com'],
      ['athena.amazonaws.com', 'glue.amazonaws.com'],
    ),
    'aws:MultiFactorAuthAge': absentOr('60', '300', '4000'),
    'aws:CurrentTime': fc.constantFrom(['2026-11-23T10:00:00Z'], ['2026-06-01T00:00:00Z']),
    'aws:SecureTransport': fc.constantFrom(['true'], ['false']),
    'aws:MultiFactorAuthPresent': absentOr('true', 'false'),
    'aws:SourceIp': absentOr('203.0.113.9', '198.51.100.7', '2001:db8::5'),
  })
  .map((request): Readonly<Record<string, readonly string[]>> => request);

const anyTagsOf = fc.constantFrom<Readonly<Record<string, string>>>({}, { team: 'team' }, { team: 'x' });

const TRUSTS_ACCOUNT: Document = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: ACCOUNT }, Action: 'sts:AssumeRole' }],
};

const oftenAll = (all: boolean, list: readonly Document[]) => (all ? [...list, allowAll] : list);

function caseOf(onRole: boolean, on: fc.Arbitrary<readonly [string, On]>): fc.Arbitrary<Case> {
  const identity = anyDocument({ role: onRole });
  const limit = fc.oneof(identity, fc.constant(allowAll));
  const policy = onRole
    ? anyDocument({ principal: true, resource: false, role: true })
    : anyDocument({ principal: true });
  return fc
    .record({
      who: anyWho,
      on,
      // Most requests are denied for want of an Allow; those that are not tell more.
      identity: fc
        .tuple(fc.boolean(), fc.array(identity, { maxLength: 2 }))
        .map(([all, list]) => oftenAll(all, list)),
      boundary: fc.option(limit, { freq: 2 }),
      resource: fc.option(policy, { freq: 4 }),
      scps: fc.array(fc.array(limit, { minLength: 1, maxLength: 2 }), { maxLength: 2 }),
      hasScps: fc.constantFrom(true, false, false),
      rcps: fc.array(
        fc.array(anyDocument({ principal: true, rcp: true }, fc.constant('2012-10-17')), {
          minLength: 1,
          maxLength: 1,
        }),
        { maxLength: 2 },
      ),
      hasRcps: fc.constantFrom(true, false, false, false),
      principalTags: anyTagsOf,
      repositoryTags: anyTagsOf,
      organization: fc.constantFrom(undefined, 'o-abc1234567', 'o-other12345'),
      request: anyRequest,
    })
    .map(
      ({ hasScps, hasRcps, scps, rcps, on: [action, on], boundary, resource, identity, ...rest }): Case => {
        const ofService = rest.who.kind === 'service';
        const hasPolicy = on.type === 'repository';
        return {
          ...rest,
          action,
          on,
          identity: ofService ? [] : identity,
          boundary: ofService ? undefined : (boundary ?? undefined),
          // A role always has a trust policy.
          resource:
            on.type === 'trust'
              ? (resource ?? TRUSTS_ACCOUNT)
              : hasPolicy
                ? (resource ?? undefined)
                : undefined,
          scps: hasScps && !ofService ? scps : [],
          rcps: hasRcps && on.type === 'repository' ? rcps : [],
        };
      },
    );
}

const anyRepository = fc
  .constantFrom('team/app', 'team/app', 'other', 'x1')
  .map((name): On => ({ type: 'repository', arn: arnOf(name) }));

export const anyCase: fc.Arbitrary<Case> = fc.oneof(
  { weight: 10, arbitrary: caseOf(false, fc.tuple(fc.constantFrom(...ON_REPOSITORY), anyRepository)) },
  {
    weight: 1,
    arbitrary: caseOf(
      false,
      fc.tuple(fc.constantFrom(...WITHOUT_RESOURCE), fc.constant<On>({ type: 'nothing' })),
    ),
  },
  {
    weight: 3,
    arbitrary: caseOf(true, fc.constant<[string, On]>(['sts:AssumeRole', { type: 'trust', arn: ROLE }])),
  },
  {
    weight: 2,
    arbitrary: caseOf(
      true,
      fc.tuple(fc.constantFrom(...ON_ROLE), fc.constant<On>({ type: 'role', arn: ROLE })),
    ),
  },
);
