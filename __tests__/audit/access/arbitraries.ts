/** Policies, principals and repositories that can meet each other. */
import fc from 'fast-check';
import type {
  OrganizationLevel,
  PrincipalFacts,
  RegistryFacts,
  RepositoryFacts,
} from '../../../src/audit/access/facts.ts';
import { rootOf } from '../../../src/audit/access/named-principals.ts';
import {
  ACCOUNT,
  createAccount,
  createRegistry,
  createRepository,
  createRole,
  createUser,
  type Json,
  OTHER,
  roleArn,
  rootArn,
  userArn,
  variable,
} from './factories.ts';

export type StatementJson = { [key: string]: Json };

const arnOf = (name: string) => `arn:aws:ecr:eu-central-1:${ACCOUNT}:repository/${name}`;

export const anyAction = fc.constantFrom(
  'ecr:PutImage',
  'ecr:BatchGetImage',
  'ecr:SetRepositoryPolicy',
  'ecr:DeleteRepository',
);

const anyActions: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom('*', 'ecr:*', 'ecr:Put*', 'ecr:*Image', 'ECR:putimage', 'ecr:BatchGet?mage', 's3:*'),
  fc.subarray(['ecr:PutImage', 'ecr:BatchGetImage', 'ecr:SetRepositoryPolicy', 'ecr:DeleteRepository'], {
    minLength: 1,
  }),
);

const anyResources: fc.Arbitrary<Json> = fc.oneof(
  { weight: 2, arbitrary: fc.constant('*') },
  fc.constantFrom(
    ...[
      arnOf('team/*'),
      arnOf('team/app'),
      arnOf('*'),
      arnOf('other'),
      'arn:aws:ecr:*:*:repository/*',
      'arn:aws:s3:::*',
    ],
    ...[arnOf(variable('aws:PrincipalTag/team')), 'arn:aws:ecr:*', arnOf('team/ap?')],
  ),
  fc.constant<Json>([arnOf('team/app'), 'arn:aws:s3:::*']),
);

const anyPrincipalElement: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom<Json>(
    '*',
    { AWS: '*' },
    { Service: 'lambda.amazonaws.com' },
    { AWS: 'AROADELETED0000000000' },
  ),
  fc
    .subarray(
      [
        roleArn('ci'),
        roleArn('app'),
        userArn('dev'),
        rootArn(),
        OTHER,
        `arn:aws:sts::${ACCOUNT}:assumed-role/ci/build`,
      ],
      { minLength: 1, maxLength: 2 },
    )
    .map((AWS): Json => ({ AWS })),
);

const anyKeyAndValues = fc.oneof(
  fc.tuple(
    fc.constant('aws:PrincipalArn'),
    fc.constantFrom<Json>(
      roleArn('ci'),
      [roleArn('ci'), userArn('dev')],
      `arn:aws:iam::${ACCOUNT}:role/*`,
      rootArn(),
    ),
  ),
  fc.tuple(fc.constant('aws:PrincipalAccount'), fc.constantFrom<Json>(ACCOUNT, OTHER)),
  fc.tuple(fc.constant('aws:PrincipalOrgID'), fc.constantFrom<Json>('o-abc123', 'o-other')),
  fc.tuple(fc.constant('aws:PrincipalTag/team'), fc.constantFrom<Json>('team', 'x')),
  fc.tuple(
    fc.constant('aws:ResourceTag/team'),
    fc.constantFrom<Json>('team', variable('aws:PrincipalTag/team')),
  ),
  fc.tuple(fc.constant('aws:SourceVpce'), fc.constantFrom<Json>('vpce-1', 'vpce-*')),
  fc.tuple(fc.constant('strange:Key'), fc.constantFrom<Json>('a')),
);
const anyOperator = fc
  .tuple(
    fc.constantFrom('', '', '', 'ForAllValues:', 'ForAnyValue:'),
    fc.constantFrom(
      'StringEquals',
      'StringLike',
      'StringNotEquals',
      'StringNotLike',
      'ArnLike',
      'ArnNotLike',
      'Strange',
    ),
    fc.constantFrom('', '', '', 'IfExists'),
  )
  .map((parts) => parts.join(''));
const anyCondition: fc.Arbitrary<Json | undefined> = fc.oneof(
  { weight: 2, arbitrary: fc.constant(undefined) },
  fc
    .array(fc.tuple(anyOperator, anyKeyAndValues), { minLength: 1, maxLength: 2 })
    .map((list) =>
      Object.fromEntries(list.map(([operator, [key, values]]) => [operator, { [key]: values }])),
    ),
  fc.constantFrom<Json>(
    { Null: { 'aws:PrincipalOrgID': 'true' } },
    { Bool: { 'aws:SecureTransport': 'true' } },
  ),
);

const maybeNot = (name: string) => fc.constantFrom(name, name, name, `Not${name}`);

function anyStatement(parts: readonly ('Principal' | 'Resource')[]): fc.Arbitrary<StatementJson> {
  return fc
    .record({
      effect: fc.constantFrom('Allow', 'Allow', 'Deny'),
      actionName: maybeNot('Action'),
      action: anyActions,
      resourceName: maybeNot('Resource'),
      resource: anyResources,
      principalName: maybeNot('Principal'),
      principal: anyPrincipalElement,
      condition: anyCondition,
    })
    .map((one) => ({
      Effect: one.effect,
      [one.actionName]: one.action,
      ...(parts.includes('Resource') ? { [one.resourceName]: one.resource } : {}),
      ...(parts.includes('Principal') ? { [one.principalName]: one.principal } : {}),
      ...(one.condition === undefined ? {} : { Condition: one.condition }),
    }));
}

export const anyIdentityStatement = anyStatement(['Resource']);
// ECR's own examples have no Resource in a repository policy; it may have one.
export const anyRepositoryStatement = fc.oneof(
  { weight: 4, arbitrary: anyStatement(['Principal']) },
  { weight: 1, arbitrary: anyStatement(['Principal', 'Resource']) },
);
export const anyRegistryStatement = anyStatement(['Principal', 'Resource']);

/** Policies as lists of statements, so that a test can change them. */
export interface Policies {
  readonly identity: readonly StatementJson[];
  readonly boundary: readonly StatementJson[] | undefined;
  readonly repository: readonly StatementJson[] | undefined;
  readonly registry: readonly StatementJson[] | undefined;
  readonly scp: readonly StatementJson[] | undefined;
  readonly rcp: readonly StatementJson[] | undefined;
}

const few = (statement: fc.Arbitrary<StatementJson>, minLength = 0) =>
  fc.array(statement, { minLength, maxLength: 3 });
const maybe = (statement: fc.Arbitrary<StatementJson>, often: number) =>
  fc.oneof({ weight: often, arbitrary: few(statement, 1) }, { weight: 3, arbitrary: fc.constant(undefined) });

export const anyPolicies: fc.Arbitrary<Policies> = fc.record({
  identity: few(anyIdentityStatement),
  boundary: maybe(anyIdentityStatement, 1),
  repository: maybe(anyRepositoryStatement, 6),
  registry: maybe(anyRegistryStatement, 1),
  scp: maybe(anyIdentityStatement, 1),
  rcp: maybe(
    anyRegistryStatement
      .filter((one) => !('NotPrincipal' in one))
      .map((one): StatementJson => ({ ...one, Principal: '*' })),
    1,
  ),
});

/** Everything about who asks but its policies. */
export const anyWho: fc.Arbitrary<PrincipalFacts> = fc
  .record({
    principal: fc.constantFrom(
      ...[
        createRole('ci'),
        createRole('app'),
        createRole('aws-service-role/x.amazonaws.com/X'),
        createUser('dev'),
      ],
      ...[rootOf(createAccount()), createRole('x', { account: OTHER }), createUser('y', { account: OTHER })],
    ),
    team: fc.constantFrom(undefined, 'team', 'other'),
    organization: fc.constantFrom<PrincipalFacts['organization']>(
      { notGiven: true },
      { id: 'o-abc123' },
      { unknown: 'refused' },
    ),
  })
  .map(({ principal, team, organization }) => ({
    ...principal,
    organization,
    tags: { known: team === undefined ? {} : { team } },
  }));

export const anyTags: fc.Arbitrary<RepositoryFacts['tags']> = fc.constantFrom<RepositoryFacts['tags']>(
  { known: {} },
  { known: { team: 'team' } },
  { known: { Team: 'other' } },
  { unknown: 'refused' },
);

const textOf = (statements: readonly StatementJson[] | undefined) =>
  statements && JSON.stringify({ Version: '2012-10-17', Statement: statements });

/** The facts that policies are for a principal, a repository, a registry and an organization. */
export function situationOf(
  policies: Policies,
  who: PrincipalFacts,
  tags: RepositoryFacts['tags'] = { known: {} },
): {
  principal: PrincipalFacts;
  repository: RepositoryFacts;
  registry: RegistryFacts;
  levels: OrganizationLevel[];
} {
  const { identity, boundary, repository, registry, scp, rcp } = policies;
  const text = (statements: readonly StatementJson[]) => ({ known: textOf(statements) ?? '' });
  const levelOf = (
    kind: 'scp' | 'rcp',
    statements: readonly StatementJson[] | undefined,
  ): OrganizationLevel[] =>
    statements
      ? [{ kind, name: kind, account: undefined, policies: [{ name: kind, text: text(statements) }] }]
      : [];
  return {
    principal:
      who.kind === 'root'
        ? who
        : {
            ...who,
            policies: { known: [{ name: 'identity', text: text(identity) }] },
            boundary: { known: boundary && { name: 'boundary', text: text(boundary) } },
          },
    repository: createRepository({ policy: { known: textOf(repository) }, tags }),
    registry: createRegistry({ policy: { known: textOf(registry) } }),
    levels: [...levelOf('scp', scp), ...levelOf('rcp', rcp)],
  };
}
