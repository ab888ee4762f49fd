/** Accounts with problems that an audit finds, each of which no single answer of AWS may hide. */
import type { IamSpec } from '../../emulator/account.ts';
import type { ImageSpec, JsonObject, RepositorySpec, Scenario } from '../../emulator/scenario.ts';
import { ACCOUNT, LONG_AGO, MINUTE, REGION, scanned } from '../../emulator/scenarios/build.ts';
import { everything, REGISTRIES } from '../audit/facts/everything.ts';
import { type AuditClaim, auditSubject } from './audit-subject.ts';
import { saysSomethingElse } from './believable.ts';
import type { Subject } from './search.ts';

const DAY = 24 * 60 * MINUTE;
const STRANGER = '555566667777';
const PULL = ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'];
const PUSH = ['ecr:InitiateLayerUpload', 'ecr:UploadLayerPart', 'ecr:CompleteLayerUpload', 'ecr:PutImage'];

const roleArn = (name: string, account = ACCOUNT) => `arn:aws:iam::${account}:role/${name}`;
const document = (...Statement: JsonObject[]): JsonObject => ({ Version: '2012-10-17', Statement });
const allow = (Action: readonly string[] | string, more: JsonObject) =>
  document({ Effect: 'Allow', Action, ...more });
const trust = (Service: string) =>
  document({ Effect: 'Allow', Principal: { Service }, Action: 'sts:AssumeRole' });

const POLICY = `version: 1
organization: o-abc123
repositories:
  - match: ["team/app"]
    push: ["${roleArn('ci-team-app')}"]
    pull: ["arn:aws:iam::*:role/app-task-exec"]
    signed: true
  - match: ["**"]
    push: []
    customer-key: true
`;

const image = (name: string, tag: string, days: number, more: object = {}): ImageSpec => ({
  kind: 'image',
  name,
  tag,
  pushedAgoMs: days * DAY,
  timeline: [scanned([], 0, LONG_AGO)],
  ...more,
});

/** An account with one repository, in which only one thing is wrong. */
function small(
  own: Partial<RepositorySpec>,
  more: Partial<Scenario> & { readonly account?: string } = {},
): Scenario {
  return {
    name: 'searched',
    description: '',
    account: ACCOUNT,
    region: REGION,
    repositories: [{ name: 'team/app', images: [image('app', 'prod-1', 10)], ...own }],
    organization: { id: 'o-abc123', managementAccount: STRANGER },
    images: [],
    ...more,
  };
}

const iam = (spec: IamSpec): Partial<Scenario> => ({ iam: { [ACCOUNT]: spec } });

function subject(claim: Omit<AuditClaim, 'isBelievable'>): Subject {
  return auditSubject({ isBelievable: saysSomethingElse, policy: POLICY, ...claim });
}

export const auditSubjects: readonly Subject[] = [
  subject({
    name: 'audit: three registries',
    scenario: everything,
    scope: { registries: REGISTRIES },
    finds: ['runtime/signed', 'lifecycle/in-use', 'template/policy', 'access/workload-writes'],
  }),
  subject({
    name: 'audit: a policy that lets everyone pull',
    scenario: small({ policy: allow(PULL, { Principal: '*' }) }),
    finds: ['policy/public'],
  }),
  subject({
    name: 'audit: a role that may push and must not',
    scenario: small(
      {},
      iam({
        roles: [
          {
            name: 'intruder',
            trust: trust('ec2.amazonaws.com'),
            inline: { push: allow([...PUSH, 'ecr:GetAuthorizationToken'], { Resource: '*' }) },
          },
        ],
      }),
    ),
    finds: ['access/push'],
  }),
  subject({
    name: 'audit: scanning by hand',
    scenario: small({ scanFrequency: 'MANUAL' }),
    finds: ['scanning/covered'],
  }),
  subject({
    name: 'audit: a filter that hides findings',
    scenario: small(
      {},
      {
        inspector: {
          filters: [{ name: 'hide', criteria: { severity: [{ comparison: 'EQUALS', value: 'CRITICAL' }] } }],
        },
      },
    ),
    finds: ['scanning/suppression'],
  }),
  subject({
    name: 'audit: a lifecycle rule that never acts',
    scenario: small({
      lifecycle: {
        rules: [
          { selection: { tagStatus: 'any', countType: 'imageCountMoreThan', countNumber: 5 } },
          {
            selection: {
              tagStatus: 'tagged',
              tagPatternList: ['prod-*', 'release-*'],
              countType: 'sinceImagePushed',
              countUnit: 'days',
              countNumber: 90,
            },
          },
        ]
          .toReversed()
          .map((rule, at) => ({ rulePriority: at + 1, ...rule, action: { type: 'expire' } })),
      },
    }),
    finds: ['lifecycle/all-patterns'],
  }),
  subject({
    name: 'audit: a scan that has ended',
    scenario: small({
      images: [
        image('app', 'prod-1', 100, {
          timeline: [
            {
              at: 0,
              ecr: { status: 'SCAN_ELIGIBILITY_EXPIRED' },
              coverage: { statusCode: 'INACTIVE', reason: 'SCAN_ELIGIBILITY_EXPIRED' },
            },
          ],
        }),
      ],
    }),
    finds: ['scanning/current'],
  }),
  subject({
    name: 'audit: a user who can become an administrator',
    scenario: small(
      {},
      iam({
        users: [
          {
            name: 'developer',
            inline: { become: allow('sts:AssumeRole', { Resource: roleArn('admin') }) },
          },
        ],
        roles: [
          {
            name: 'admin',
            trust: document({
              Effect: 'Allow',
              Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` },
              Action: 'sts:AssumeRole',
            }),
            attached: ['AdministratorAccess'],
          },
        ],
        policies: [{ name: 'AdministratorAccess', document: allow('*', { Resource: '*' }), aws: true }],
      }),
    ),
    finds: ['access/escalation'],
  }),
  subject({
    name: 'audit: another account that may pull',
    scenario: small({
      policy: allow(PULL, { Principal: { AWS: `arn:aws:iam::${STRANGER}:root` } }),
    }),
    finds: ['policy/external'],
  }),
  // Subjects whose checks have several severities: no answer may turn a bad one into a milder one.
  subject({
    name: 'audit: a rule that expires production images now',
    scenario: small({
      lifecycle: {
        rules: [
          {
            rulePriority: 1,
            selection: {
              tagStatus: 'tagged',
              tagPatternList: ['prod-*'],
              countType: 'imageCountMoreThan',
              countNumber: 1,
            },
            action: { type: 'expire' },
          },
        ],
      },
      images: [image('app', 'prod-1', 20), image('newer', 'prod-2', 10)],
    }),
    finds: ['lifecycle/production'],
  }),
  subject({
    name: 'audit: a production tag that can be moved',
    scenario: small({ tagMutability: 'IMMUTABLE_WITH_EXCLUSION', tagMutabilityExclusions: ['prod-*'] }),
    finds: ['tags/mutable'],
  }),
  subject({
    name: 'audit: a CI role that anyone on GitHub can assume',
    scenario: small(
      {},
      iam({
        roles: [
          {
            name: 'ci-team-app',
            trust: document({
              Effect: 'Allow',
              Principal: {
                Federated: `arn:aws:iam::${ACCOUNT}:oidc-provider/token.actions.githubusercontent.com`,
              },
              Action: 'sts:AssumeRoleWithWebIdentity',
              Condition: {
                StringLike: { 'token.actions.githubusercontent.com:sub': 'repo:acme*' },
                StringEquals: { 'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com' },
              },
            }),
            inline: { push: allow(PUSH, { Resource: '*' }) },
          },
        ],
        oidcProviders: [
          { url: 'token.actions.githubusercontent.com', clientIds: ['sts.amazonaws.com', 'other'] },
        ],
      }),
    ),
    finds: ['access/ci-trust'],
  }),
  subject({
    name: 'audit: templates with a public policy and a broken lifecycle policy',
    scenario: small(
      {},
      {
        registry: {
          templates: [
            {
              prefix: 'ROOT',
              appliedFor: ['CREATE_ON_PUSH'],
              policy: allow(PULL, { Principal: '*' }),
              lifecycle: {
                rules: [
                  {
                    rulePriority: 1,
                    selection: { tagStatus: 'tagged', countType: 'imageCountMoreThan', countNumber: 5 },
                    action: { type: 'expire' },
                  },
                ],
              },
            },
          ],
        },
      },
    ),
    finds: ['template/policy', 'template/lifecycle'],
  }),
  subject({
    name: 'audit: a task with dangerous permissions',
    scenario: small(
      {},
      {
        ...iam({
          roles: [
            {
              name: 'task',
              trust: trust('ecs-tasks.amazonaws.com'),
              inline: { all: allow('*', { Resource: '*' }) },
            },
          ],
        }),
        workloads: {
          ecs: {
            taskDefinitions: [
              {
                family: 'app',
                taskRole: 'task',
                containers: { app: `${ACCOUNT}.dkr.ecr.${REGION}.amazonaws.com/team/app:prod-1` },
              },
            ],
            clusters: [{ name: 'prod', services: [{ name: 'app', taskDefinition: 'app:1' }] }],
          },
        },
      },
    ),
    finds: ['access/workload-dangers', 'access/workload-writes'],
  }),
  subject({
    name: 'audit: an unsigned image that a version of a function runs',
    scenario: small(
      { images: [image('app', 'prod-1', 10), image('old', 'prod-0', 20)] },
      {
        workloads: {
          lambda: [
            {
              name: 'orders',
              role: 'orders',
              versions: {
                '7': { image: `${ACCOUNT}.dkr.ecr.${REGION}.amazonaws.com/team/app:prod-0` },
              },
              image: `${ACCOUNT}.dkr.ecr.${REGION}.amazonaws.com/other:prod-1`,
            },
          ],
        },
      },
    ),
    finds: ['runtime/signed'],
  }),
  subject({
    name: 'audit: a role that may push to repositories with a tag, and basic scanning of an index',
    scenario: small(
      {
        resourceTags: { team: 'app' },
        images: [
          {
            kind: 'index',
            name: 'both',
            tag: 'prod-1',
            children: ['amd64', 'arm64'].map((architecture) => ({
              kind: 'image' as const,
              name: architecture,
              platform: { os: 'linux', architecture },
              timeline: [{ at: 0, ecr: { status: 'FAILED' } }],
            })),
          },
        ],
      },
      {
        registryScanType: 'BASIC',
        ...iam({
          roles: [
            {
              name: 'intruder',
              trust: trust('ec2.amazonaws.com'),
              inline: {
                push: allow(PUSH, {
                  Resource: '*',
                  Condition: { StringEquals: { 'ecr:ResourceTag/team': 'app' } },
                }),
              },
            },
          ],
        }),
      },
    ),
    finds: ['access/push', 'scanning/current', 'scanning/enhanced'],
  }),
];
