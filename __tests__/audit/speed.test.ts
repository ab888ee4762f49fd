/** An audit of a large organization takes seconds, whatever its policies are like. */
import { expect, it } from 'vitest';
import type { IamPrincipal } from '../../src/audit/facts.ts';
import {
  account,
  allow,
  audited,
  coverage,
  days,
  expecting,
  facts,
  image,
  known,
  lifecycle,
  NO_WORKLOADS,
  newest,
  policy,
  registry,
  repository,
  repositoryArn,
  roleArn,
  roleThat,
  rootArn,
  tagged,
  trustOf,
  UNTAGGED,
} from './factories.ts';

const ROLES = 400;
const REPOSITORIES = 500;
const TEAMS = 25;
const PUSH = ['ecr:InitiateLayerUpload', 'ecr:UploadLayerPart', 'ecr:CompleteLayerUpload', 'ecr:PutImage'];
const PULL = ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'];

/** Roles of eight kinds, a third of which the whole account may assume. */
function roleOf(at: number): IamPrincipal {
  const statements = [
    allow(PUSH, repositoryArn(`team${at % TEAMS}/*`)),
    allow(PULL),
    allow('ecr:*'),
    allow('s3:GetObject', 'arn:aws:s3:::shop/*'),
    allow(['iam:PassRole', 'lambda:CreateFunction', 'lambda:InvokeFunction']),
    allow('sts:AssumeRole', roleArn(`role${(at + 3) % ROLES}`)),
    allow(PULL, '*', { Condition: { StringEquals: { 'aws:ResourceTag/team': `team${at % TEAMS}` } } }),
    allow('*'),
  ];
  const trust =
    at % 3 === 0 ? { AWS: rootArn() } : { Service: ['ecs-tasks.amazonaws.com', 'lambda.amazonaws.com'] };
  return {
    ...roleThat(`role${at}`, statements[at % statements.length] as object),
    trust: { known: trustOf(trust) },
  };
}

it('judges 400 roles and 500 repositories with policies of their own in seconds', {
  timeout: 120_000,
}, () => {
  const roles = Array.from({ length: ROLES }, (_, at) => roleOf(at));
  const repositories = Array.from({ length: REPOSITORIES }, (_, at) =>
    repository(`team${at % TEAMS}/app${at}`, {
      policy: known(
        policy(
          { Effect: 'Allow', Principal: { AWS: roleArn(`role${at % ROLES}`) }, Action: PULL },
          {
            Effect: 'Deny',
            Principal: '*',
            Action: PUSH,
            Condition: {
              ArnNotLike: { 'aws:PrincipalArn': [roleArn(`role${at % ROLES}`), roleArn('platform')] },
            },
          },
        ),
      ),
      tags: known({ team: `team${at % TEAMS}` }),
      images: known(Array.from({ length: 20 }, (_, one) => image(`${at} ${one}`, [`v${one}`], one))),
      coverage: known(Array.from({ length: 20 }, (_, one) => coverage(`${at} ${one}`))),
      lifecyclePolicy: known(
        lifecycle(UNTAGGED, { ...tagged('v*'), ...newest(30) }, { tagStatus: 'any', ...days(90) }),
      ),
    }),
  );
  const given = facts({
    registries: [
      registry(repositories, {
        policy: known(undefined),
        workloads: {
          ...NO_WORKLOADS,
          ecsRoles: known(
            roles.slice(0, 200).map(({ arn }) => ({ role: arn, by: 'ecs:task-definition/app:1 (task)' })),
          ),
        },
      }),
    ],
    accounts: [account(roles)],
  });
  const expected = expecting(`
repositories:
  - match: ["{team}/{app}"]
    push: ["arn:aws:iam::*:role/role0", "${roleArn('ci-{team}-{app}')}"]
    pull: ["arn:aws:iam::*:role/role1*"]
    administer: ["arn:aws:iam::*:role/role2"]
`);
  const before = process.cpuUsage();
  const { results, access, proposals } = audited(given, expected);
  const { user, system } = process.cpuUsage(before);
  expect(results.length).toBeGreaterThan(10_000);
  expect(access.length).toBeGreaterThan(50_000);
  expect(proposals).toHaveLength(REPOSITORIES);
  // CPU time, so that other programs on the machine do not count; twice what it takes.
  expect((user + system) / 1e6).toBeLessThan(10);
});
