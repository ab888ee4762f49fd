/** Common examples of AWS and of the field are judged right: what is wrong is found, and where teams did well it is quiet. */
import { describe, expect, it } from 'vitest';
import type { Expectations } from '../../src/audit/expectations.ts';
import type { AuditFacts, IamPrincipal, RegistryFacts, RepositoryFacts } from '../../src/audit/facts.ts';
import {
  ACCOUNT,
  account,
  allow,
  audited,
  days,
  expecting,
  facts,
  image,
  known,
  lifecycle,
  newest,
  OTHER,
  policy,
  REGION,
  registry,
  repository,
  repositoryArn,
  role,
  roleArn,
  roleThat,
  rootArn,
  tagged,
  trustOf,
} from './factories.ts';

const PULL = ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'];
const UPLOAD = ['ecr:InitiateLayerUpload', 'ecr:UploadLayerPart', 'ecr:CompleteLayerUpload', 'ecr:PutImage'];

interface Scenario {
  readonly repository: Partial<RepositoryFacts>;
  readonly name?: string;
  readonly registry?: Partial<RegistryFacts>;
  readonly principals?: readonly IamPrincipal[];
}

function scene({
  name = 'team/app',
  repository: own,
  registry: around,
  principals = [role('ci')],
}: Scenario): AuditFacts {
  return facts({
    registries: [registry([repository(name, own)], { policy: known(undefined), ...around })],
    accounts: [account(principals)],
  });
}

/** Everything that is not fine, but for the advice to write expectations. */
function found(given: AuditFacts, expectations?: Expectations): string[] {
  return audited(given, expectations)
    .results.filter(({ status, check }) => status !== 'pass' && check !== 'access/expectations')
    .map(({ check, status, severity }) => `${check} ${status} ${severity}`);
}

describe('a policy with an age behind a count of everything', () => {
  const given = scene({
    repository: {
      policy: known(policy({ Effect: 'Allow', Principal: { AWS: roleArn('ci') }, Action: UPLOAD })),
      lifecyclePolicy: known(
        lifecycle(
          { tagStatus: 'untagged', ...days(14) },
          { ...tagged('*'), ...newest(20) },
          { ...tagged('prod-*', 'release-*'), ...days(90) },
        ),
      ),
      images: known([
        ...Array.from({ length: 18 }, (_, at) => image(`dev${at}`, [`dev-${at}`], at)),
        ...Array.from({ length: 4 }, (_, at) => image(`prod${at}`, [`prod-${at}`], 20 + at)),
        image('release', ['release-1'], 30),
      ]),
    },
  });
  const of = (check: string) => audited(given).results.find((one) => one.check === check);

  it('has a dead third rule', () => {
    const dead = of('lifecycle/dead-rule');
    expect([dead?.status, dead?.severity]).toEqual(['fail', 'medium']);
    expect(dead?.message).toContain(
      'Rule 3 of the lifecycle policy of team/app can never have an effect, because rule 2 matches',
    );
  });

  it('joins by AND what is meant by OR', () => {
    expect(of('lifecycle/all-patterns')?.message).toContain('all of prod-* and release-*');
  });

  it('expires production images by a count that they share', () => {
    const production = of('lifecycle/production');
    expect([production?.status, production?.severity]).toEqual(['fail', 'high']);
    // 23 tagged images, of which the 20 newest are kept.
    expect(production?.message).toContain('expires 3 of the newest 10 production images now');
    expect(production?.message).toContain('images tagged like');
  });

  it('has no other failures', () => {
    expect(found(given)).toEqual([
      'lifecycle/dead-rule fail medium',
      'lifecycle/all-patterns fail medium',
      'lifecycle/production fail high',
      'lifecycle/in-use unknown high',
    ]);
  });
});

describe('a repository policy with a Deny by StringNotLike', () => {
  const exec = (of: string) => `arn:aws:iam::${of}:role/*-task-exec`;
  const text = policy(
    { Sid: 'Push', Effect: 'Allow', Principal: { AWS: roleArn('ci') }, Action: UPLOAD },
    {
      Sid: 'Pull',
      Effect: 'Allow',
      Principal: { AWS: [roleArn('web-task-exec'), roleArn('web-task-exec', OTHER)] },
      Action: PULL,
    },
    {
      Sid: 'DenyPush',
      Effect: 'Deny',
      Principal: '*',
      Action: UPLOAD,
      Condition: { StringNotLike: { 'aws:PrincipalArn': roleArn('ci') } },
    },
  );
  const principals = [
    role('ci'),
    role('web-task-exec'),
    roleThat('wide', allow('ecr:*')),
    roleThat('platform', allow('ecr:*')),
  ];
  const given = scene({ repository: { policy: known(text) }, principals });
  const expected = expecting(`
accounts: { "${OTHER}": production }
repositories:
  - match: ["**"]
    push: ["${roleArn('ci')}"]
    pull: ["${exec(ACCOUNT)}"]
    administer: ["${roleArn('platform')}"]
`);

  it('is judged statement by statement', () => {
    expect(found(given, expected)).toEqual([
      // The Deny is about push alone: who has ecr:* can pull, and can remove the Deny.
      'policy/deny-others fail low',
      'access/pull fail medium',
      'access/administer fail high',
    ]);
  });

  it('shows who has what', () => {
    const rows = Object.fromEntries(
      audited(given, expected)
        .access.filter(({ repository: arn }) => arn === repositoryArn('team/app'))
        .map(({ principal, push, pull, administer }) => [principal, [push, pull, administer].join(' ')]),
    );
    expect(rows).toEqual({
      [roleArn('ci')]: 'allowed denied denied',
      [roleArn('web-task-exec')]: 'denied allowed denied',
      [roleArn('web-task-exec', OTHER)]: 'denied allowed denied',
      [roleArn('wide')]: 'denied allowed allowed',
      [roleArn('platform')]: 'denied allowed allowed',
      [rootArn()]: 'denied allowed allowed',
    });
  });

  it('names the account that is unknown', () => {
    expect(found(given, expecting('accounts: { "777788889999": partner }'))).toEqual([
      'policy/external fail high',
      'access/external-pull fail high',
    ]);
  });
});

it('scanning on push for every repository is covered, and not continuous', () => {
  const given = scene({
    repository: { policy: known(policy(allowPull(roleArn('ci')))), scanFrequency: known('SCAN_ON_PUSH') },
    registry: {
      scanning: known({ scanType: 'ENHANCED', rules: [{ frequency: 'SCAN_ON_PUSH', filters: ['*'] }] }),
    },
  });
  expect(found(given)).toEqual(['scanning/continuous fail low']);
});

function allowPull(...arns: string[]) {
  return {
    Sid: 'PrivateReadOnly',
    Effect: 'Allow',
    Principal: { AWS: arns },
    Action: ['ecr:GetAuthorizationToken', ...PULL, 'ecr:DescribeImages'],
  };
}

describe('it is quiet about', () => {
  it('the defaults of terraform-aws-modules/ecr with the lifecycle policy of its example', () => {
    const given = scene({
      repository: {
        policy: known(
          policy(allowPull(roleArn('ci')), {
            Sid: 'ReadWrite',
            Effect: 'Allow',
            Principal: { AWS: roleArn('ci') },
            Action: UPLOAD,
          }),
        ),
        lifecyclePolicy: known(
          JSON.stringify({
            rules: [
              {
                rulePriority: 1,
                description: 'Keep last 30 images',
                selection: { tagStatus: 'tagged', tagPrefixList: ['v'], ...newest(30) },
                action: { type: 'expire' },
              },
            ],
          }),
        ),
      },
    });
    // Untagged images are kept for ever.
    expect(found(given)).toEqual(['lifecycle/untagged fail low']);
  });

  it('its policy if no principal is named: the own account', () => {
    const given = scene({ repository: { policy: known(policy(allowPull(rootArn()))) } });
    expect(found(given)).toEqual([]);
  });

  it("the defaults of cloudposse's module, but for a count that production images share", () => {
    const given = scene({
      repository: {
        images: known([image('one', ['1.2.3']), image('two', ['v2'])]),
        lifecyclePolicy: known(
          lifecycle({ tagStatus: 'untagged', ...newest(1) }, { tagStatus: 'any', ...newest(500) }),
        ),
      },
    });
    expect(found(given)).toEqual(['policy/missing fail low', 'lifecycle/production fail medium']);
  });

  it('its protected tags, which answer that', () => {
    const given = scene({
      repository: {
        lifecyclePolicy: known(
          lifecycle(
            ...['prod-', 'release-', 'v'].map((prefix) => ({
              tagStatus: 'tagged',
              tagPrefixList: [prefix],
              ...newest(999_999),
            })),
            { tagStatus: 'untagged', ...newest(1) },
            { tagStatus: 'any', ...newest(500) },
          ),
        ),
      },
    });
    expect(found(given)).toEqual(['policy/missing fail low']);
  });

  it("CDK's Repository, of which the defaults protect nothing", () => {
    const given = scene({
      repository: {
        mutability: known({ setting: 'MUTABLE', exclusions: [] }),
        lifecyclePolicy: known(undefined),
        images: known([image('one', ['build-1'])]),
      },
    });
    expect(found(given)).toEqual([
      'policy/missing fail low',
      'lifecycle/missing fail medium',
      'tags/mutable fail low',
    ]);
  });

  it("CDK's bootstrap", () => {
    const name = `cdk-hnb659fds-container-assets-${ACCOUNT}-${REGION}`;
    const retrieval = (service: string, resource: string) => ({
      Effect: 'Allow',
      Principal: { Service: `${service}.amazonaws.com` },
      Action: PULL,
      Condition: { StringLike: { 'aws:SourceArn': `arn:aws:${service}:${REGION}:${ACCOUNT}:${resource}` } },
    });
    const trust = { known: trustOf({ AWS: rootArn() }) };
    const given = scene({
      name,
      repository: {
        policy: known(
          policy(retrieval('lambda', 'function:*'), retrieval('emr-serverless', '/applications/*')),
        ),
        lifecyclePolicy: known(lifecycle({ tagStatus: 'untagged', ...days(365) })),
        images: known([image('asset', ['f'.repeat(64)])]),
      },
      principals: [
        {
          ...roleThat(
            'cdk-hnb659fds-image-publishing-role',
            allow([...UPLOAD, ...PULL], repositoryArn(name)),
            allow('ecr:GetAuthorizationToken'),
          ),
          trust,
        },
        {
          ...roleThat('cdk-hnb659fds-cfn-exec-role', allow('*')),
          trust: { known: trustOf({ Service: 'cloudformation.amazonaws.com' }) },
        },
      ],
    });
    expect(found(given)).toEqual([]);
  });

  it.each([
    [
      'users of the account who push and pull',
      [
        {
          Sid: 'AllowPushPull',
          Effect: 'Allow',
          Principal: { AWS: [`arn:aws:iam::${ACCOUNT}:user/push-pull-user-1`] },
          Action: [...PULL, ...UPLOAD],
        },
      ],
    ],
    [
      'CodeBuild of the account',
      [
        {
          Sid: 'CodeBuildAccess',
          Effect: 'Allow',
          Principal: { Service: 'codebuild.amazonaws.com' },
          Action: PULL,
          Condition: {
            ArnLike: { 'aws:SourceArn': `arn:aws:codebuild:${REGION}:${ACCOUNT}:project/app` },
            StringEquals: { 'aws:SourceAccount': ACCOUNT },
          },
        },
      ],
    ],
  ])("the user guide's policy for %s", (_, statements) => {
    const user = role('x', {
      arn: `arn:aws:iam::${ACCOUNT}:user/push-pull-user-1`,
      kind: 'user',
      trust: { known: undefined },
    });
    const given = scene({ repository: { policy: known(policy(...statements)) }, principals: [user] });
    expect(found(given)).toEqual([]);
  });

  it("the user guide's policy that lets all accounts pull is what it says", () => {
    const statement = { Sid: 'AllowPull', Effect: 'Allow', Principal: '*', Action: PULL };
    const given = scene({ repository: { policy: known(policy(statement)) } });
    expect(found(given)).toEqual(['policy/public fail critical', 'access/external-pull fail high']);
  });

  it('continuous scanning, immutable tags and a rule for each pattern of production tags', () => {
    const given = scene({
      repository: {
        policy: known(policy(allowPull(rootArn()))),
        lifecyclePolicy: known(
          lifecycle(
            { ...tagged('prod-*'), ...newest(30) },
            { ...tagged('release-*'), ...newest(30) },
            { ...tagged('v*'), ...newest(30) },
            { tagStatus: 'any', ...days(90) },
          ),
        ),
      },
    });
    expect(found(given)).toEqual([]);
  });
});
