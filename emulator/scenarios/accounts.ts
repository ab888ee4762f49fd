/** Whole accounts: a registry with a dozen problems, principals with wide access, and many repositories. */
import type { IamSpec, RegistrySpec, WorkloadsSpec } from '../account.ts';
import type { ImageSpec, JsonObject, RepositorySpec, ScanStep, Scenario } from '../scenario.ts';
import { ACCOUNT, HOST, MINUTE, REGION, scanned } from './build.ts';

const DAY = 24 * 60 * MINUTE;
const PRODUCTION = '987654321098';
const STRANGER = '555566667777';
const KEY = 'c0ffee00-1111-4222-8333-444455556666';

const GITHUB = 'token.actions.githubusercontent.com';
const role = (name: string, account = ACCOUNT) => `arn:aws:iam::${account}:role/${name}`;
const document = (...Statement: JsonObject[]): JsonObject => ({ Version: '2012-10-17', Statement });
const allow = (Action: string | string[], Resource: string | string[] = '*') =>
  document({ Effect: 'Allow', Action, Resource });
const trust = (Principal: JsonObject, Action = 'sts:AssumeRole', more: JsonObject = {}) =>
  document({ Effect: 'Allow', Principal, Action, ...more });
const serviceTrust = (service: string) => trust({ Service: `${service}.amazonaws.com` });
const githubTrust = (...subjects: string[]) =>
  trust({ Federated: `arn:aws:iam::${ACCOUNT}:oidc-provider/${GITHUB}` }, 'sts:AssumeRoleWithWebIdentity', {
    Condition: {
      StringEquals: { [`${GITHUB}:aud`]: 'sts.amazonaws.com' },
      StringLike: { [`${GITHUB}:sub`]: subjects },
    },
  });

const PULL = ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer', 'ecr:BatchCheckLayerAvailability'];
const PUSH = [
  ...PULL,
  'ecr:InitiateLayerUpload',
  'ecr:UploadLayerPart',
  'ecr:CompleteLayerUpload',
  'ecr:PutImage',
];

const old: readonly ScanStep[] = [scanned([], 0, 60 * MINUTE)];
const never: readonly ScanStep[] = [
  { at: 0, coverage: { statusCode: 'INACTIVE', reason: 'SCAN_FREQUENCY_MANUAL' } },
];
const expired: readonly ScanStep[] = [
  {
    at: 0,
    ecr: { status: 'SCAN_ELIGIBILITY_EXPIRED' },
    coverage: { statusCode: 'INACTIVE', reason: 'SCAN_ELIGIBILITY_EXPIRED' },
  },
];

type Single = Extract<ImageSpec, { kind: 'image' }>;

function image(name: string, tag: string, days: number, more: Partial<Single> = {}): Single {
  return { kind: 'image', name, tag, pushedAgoMs: days * DAY, timeline: old, ...more };
}

/** An index for two platforms. */
function multi(name: string, tag: string, days: number): ImageSpec {
  const child = (architecture: string): ImageSpec => ({
    kind: 'image',
    name: `${name}-${architecture}`,
    platform: { os: 'linux', architecture },
    timeline: old,
  });
  return {
    kind: 'index',
    name,
    tag,
    pushedAgoMs: days * DAY,
    attestations: true,
    children: [child('amd64'), child('arm64')],
  };
}

/** The policy that many teams begin with: push for CI, pull for two accounts, and a Deny for everyone else. */
const SEED_POLICY = document(
  { Sid: 'Push', Effect: 'Allow', Principal: { AWS: role('ci-team-app') }, Action: PUSH },
  {
    Sid: 'Pull',
    Effect: 'Allow',
    Principal: { AWS: [role('app-task-exec'), role('app-task-exec', PRODUCTION)] },
    Action: PULL,
  },
  {
    Sid: 'DenyOthers',
    Effect: 'Deny',
    Principal: '*',
    Action: ['ecr:PutImage', 'ecr:InitiateLayerUpload', 'ecr:UploadLayerPart', 'ecr:CompleteLayerUpload'],
    Condition: { StringNotLike: { 'aws:PrincipalArn': [role('ci-team-app')] } },
  },
);

const expire = (rulePriority: number, selection: JsonObject): JsonObject => ({
  rulePriority,
  selection,
  action: { type: 'expire' },
});

/** Its third rule never acts. It was intended to select images with either of two prefixes. */
const SEED_LIFECYCLE: JsonObject = {
  rules: [
    expire(1, { tagStatus: 'untagged', countType: 'sinceImagePushed', countUnit: 'days', countNumber: 7 }),
    expire(2, {
      tagStatus: 'tagged',
      tagPatternList: ['*'],
      countType: 'imageCountMoreThan',
      countNumber: 3,
    }),
    expire(3, {
      tagStatus: 'tagged',
      tagPatternList: ['prod-*', 'release-*'],
      countType: 'sinceImagePushed',
      countUnit: 'days',
      countNumber: 90,
    }),
  ],
};

const repositories: readonly RepositorySpec[] = [
  {
    name: 'team/app',
    policy: SEED_POLICY,
    lifecycle: SEED_LIFECYCLE,
    preview: [
      { image: 'app-1', action: 'EXPIRE', priority: 2 },
      { image: 'app-sig', action: 'EXPIRE', priority: 2 },
    ],
    resourceTags: { team: 'app' },
    images: [
      image('app-1', 'prod-1', 120, {
        inUse: { count: 1, clusters: [`arn:aws:ecs:${REGION}:${ACCOUNT}:cluster/prod`] },
      }),
      { kind: 'signature', name: 'app-sig', of: 'app-1', form: 'tag', pushedAgoMs: 120 * DAY },
      multi('app-2', 'prod-2', 60),
      { kind: 'signature', name: 'app-2-bundle', of: 'app-2', form: 'bundle', pushedAgoMs: 60 * DAY },
      image('app-3', 'prod-3', 30),
      image('app-feature', 'feature-x', 2),
    ],
  },
  {
    name: 'team/api',
    policy: document(
      { Sid: 'Everyone', Effect: 'Allow', Principal: '*', Action: PULL },
      { Sid: 'Stranger', Effect: 'Allow', Principal: { AWS: role('puller', STRANGER) }, Action: PULL },
    ),
    images: [image('api', 'v1.0.0', 10, { timeline: expired })],
  },
  {
    name: 'team/worker',
    scanFrequency: 'MANUAL',
    images: [
      image('worker', 'prod-7', 20, { timeline: never }),
      image('worker-new', 'prod-8', 1, { timeline: never }),
    ],
  },
  {
    name: 'team/jobs',
    tagMutability: 'IMMUTABLE_WITH_EXCLUSION',
    tagMutabilityExclusions: ['prod-*'],
    encryption: { type: 'KMS', key: KEY },
    lifecycle: { rules: [expire(1, { tagStatus: 'any', countType: 'imageCountMoreThan', countNumber: 5 })] },
    images: [
      image('jobs', 'prod-1', 5),
      image('jobs-old', 'prod-0', 400, { archived: true, archivedAgoMs: 100 * DAY }),
    ],
  },
  {
    name: 'legacy/tools',
    tagMutability: 'IMMUTABLE',
    policy: document({
      Sid: 'AllButOne',
      Effect: 'Allow',
      NotPrincipal: { AWS: role('intern') },
      Action: ['ecr:*'],
    }),
    images: [image('tools', 'v3', 200, { pulledAgoMs: 100 * DAY })],
  },
  {
    name: 'hub/library/node',
    scanFrequency: 'MANUAL',
    images: [image('node', '24', 3, { timeline: never })],
  },
  { name: 'sandbox/empty', images: [] },
];

const registry: RegistrySpec = {
  policy: document(
    {
      Sid: 'Replicate',
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${STRANGER}:root` },
      Action: ['ecr:ReplicateImage', 'ecr:CreateRepository'],
      Resource: `arn:aws:ecr:${REGION}:${ACCOUNT}:repository/*`,
    },
    {
      Sid: 'NoScanChanges',
      Effect: 'Deny',
      Principal: '*',
      Action: 'ecr:PutRegistryScanningConfiguration',
      Resource: '*',
    },
  ),
  scanningRules: [
    { frequency: 'SCAN_ON_PUSH', filters: ['team/*'] },
    { frequency: 'CONTINUOUS_SCAN', filters: ['team/app', 'legacy'] },
  ],
  replication: [{ destinations: [{ region: 'us-east-1', account: STRANGER }], prefixes: ['team/'] }],
  cacheRules: [
    {
      prefix: 'hub',
      upstream: 'docker-hub',
      url: 'registry-1.docker.io',
      failure: 'The pull through cache rule requires credentials.',
    },
  ],
  templates: [
    {
      prefix: 'ROOT',
      appliedFor: ['CREATE_ON_PUSH', 'PULL_THROUGH_CACHE'],
      policy: document({ Effect: 'Allow', Principal: '*', Action: 'ecr:BatchGetImage' }),
      lifecycle: {
        rules: [expire(1, { tagStatus: 'tagged', countType: 'imageCountMoreThan', countNumber: 5 })],
      },
    },
  ],
  pullTimeExclusions: [role('app-task-exec')],
};

const workloads: WorkloadsSpec = {
  ecs: {
    taskDefinitions: [
      {
        family: 'app',
        revision: 12,
        taskRole: 'app-task',
        executionRole: 'app-task-exec',
        containers: { app: `${HOST}/team/app:prod-1`, proxy: 'public.ecr.aws/nginx/nginx:1' },
      },
      {
        family: 'worker',
        revision: 3,
        executionRole: 'app-task-exec',
        architecture: 'X86_64',
        containers: { worker: `${HOST}/team/worker:prod-6` },
      },
      { family: 'report', taskRole: 'report-task', containers: { report: `${HOST}/team/jobs:prod-1` } },
    ],
    clusters: [
      {
        name: 'prod',
        services: [
          { name: 'app', taskDefinition: 'app:12' },
          { name: 'worker', taskDefinition: 'worker:3', desired: 0 },
        ],
        tasks: [
          { taskDefinition: 'app:12', digests: { app: '{digest:app-1}' }, architecture: 'x86_64' },
          { taskDefinition: 'worker:3', digests: { worker: '{digest:worker}' } },
        ],
      },
    ],
  },
  lambda: [
    {
      name: 'nightly',
      role: 'nightly',
      image: `${HOST}/team/jobs:prod-0`,
      resolved: `${HOST}/team/jobs@{digest:jobs-old}`,
    },
  ],
};

const iam: IamSpec = {
  roles: [
    {
      name: 'ci-team-app',
      trust: githubTrust('repo:acme/app:ref:refs/heads/main'),
      inline: { push: allow(PUSH, `arn:aws:ecr:${REGION}:${ACCOUNT}:repository/team/app`) },
    },
    { name: 'app-task-exec', trust: serviceTrust('ecs-tasks'), inline: { pull: allow(PULL) } },
    { name: 'app-task', trust: serviceTrust('ecs-tasks') },
    { name: 'report-task', trust: serviceTrust('ecs-tasks'), inline: { all: allow('ecr:*') } },
    { name: 'nightly', trust: serviceTrust('lambda'), inline: { read: allow('s3:GetObject') } },
  ],
  oidcProviders: [{ url: GITHUB, clientIds: ['sts.amazonaws.com'] }],
};

/** The expectations of the teams of these accounts. */
const EXPECTATIONS = `version: 1
organization: o-abc123
accounts:
  "${ACCOUNT}": shared
  "${PRODUCTION}": production
administrators:
  - "arn:aws:iam::*:role/platform-*"
repositories:
  - match: ["team/app"]
    push: ["arn:aws:iam::${ACCOUNT}:role/ci-team-app"]
    pull: ["arn:aws:iam::*:role/app-task-exec"]
  - match: ["**"]
    push: []
    pull: ["arn:aws:iam::*:role/*-exec", "arn:aws:iam::*:role/eks-node"]
    administer: ["arn:aws:iam::*:role/platform-*"]
`;

const audit: Scenario = {
  name: 'audit',
  action: 'audit',
  files: {
    '.github/audit.yml': `${EXPECTATIONS}checks:
  - check: lifecycle/missing
    resource: "**/sandbox/**"
    action: ignore
    reason: nothing is deployed from there
  - check: tags/mutable
    resource: "**/sandbox/**"
    action: ignore
    reason: nothing is deployed from there
    expires: "{day:-1}"
`,
  },
  inputs: { policy: '.github/audit.yml', 'validate-cache': 'true', 'lifecycle-preview': 'true' },
  description:
    'A registry with a dozen problems, such as a public policy, images that are not scanned, and a lifecycle policy that expires images that run.',
  account: ACCOUNT,
  region: REGION,
  repositories,
  registry,
  workloads,
  iam: { [ACCOUNT]: iam },
  inspector: {
    rescan: { push: 'DAYS_180', pull: 'DAYS_14', mode: 'LAST_IN_USE_AT' },
    filters: [
      { name: 'hide-medium', criteria: { severity: [{ comparison: 'EQUALS', value: 'MEDIUM' }] } },
      {
        name: 'one-package',
        criteria: { vulnerablePackages: [{ name: { comparison: 'EQUALS', value: 'zlib' } }] },
      },
    ],
  },
  keys: [{ id: KEY, spec: 'SYMMETRIC_DEFAULT', state: 'PendingDeletion' }],
  organization: { id: 'o-abc123', managementAccount: PRODUCTION },
  images: [],
};

const NODE = 'eks-node';

const access: Scenario = {
  name: 'access',
  action: 'audit',
  files: { '.github/audit.yml': EXPECTATIONS },
  inputs: { policy: '.github/audit.yml', 'who-can': 'push team/app' },
  description:
    'Principals with wide access: CI roles of other repositories, pods that may push, a developer who can become an administrator, and another account.',
  account: ACCOUNT,
  region: REGION,
  repositories: [
    { name: 'team/app', policy: SEED_POLICY, images: [image('app', 'prod-1', 10)] },
    { name: 'team/api', images: [image('api', 'prod-1', 10)] },
    {
      name: 'shared/base',
      policy: document({
        Sid: 'Organization',
        Effect: 'Allow',
        Principal: '*',
        Action: PULL,
        Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-abc123' } },
      }),
      images: [image('base', 'v1', 30)],
    },
  ],
  registry: { policyScope: 'V2' },
  iam: {
    [ACCOUNT]: {
      users: [
        {
          name: 'developer',
          groups: ['developers'],
          inline: { become: allow('sts:AssumeRole', role('platform-admin')) },
          tags: { team: 'app' },
        },
        { name: 'limited', attached: ['AdministratorAccess'], boundary: 'ReadOnlyBoundary' },
      ],
      groups: [{ name: 'developers', attached: ['DeveloperAccess'] }],
      roles: [
        {
          name: 'ci-team-app',
          trust: githubTrust('repo:acme/app:ref:refs/heads/main'),
          inline: { push: allow(PUSH, `arn:aws:ecr:${REGION}:${ACCOUNT}:repository/team/app`) },
        },
        { name: 'ci-everything', trust: githubTrust('repo:acme/*'), attached: ['AdministratorAccess'] },
        { name: 'ci-anyone', trust: githubTrust('repo:acme*'), inline: { push: allow(PUSH) } },
        {
          name: 'platform-admin',
          trust: trust({ AWS: `arn:aws:iam::${ACCOUNT}:root` }),
          attached: ['AdministratorAccess'],
          tags: { team: 'platform' },
        },
        { name: 'app-task-exec', trust: serviceTrust('ecs-tasks'), inline: { pull: allow(PULL) } },
        {
          name: 'app-task',
          trust: serviceTrust('ecs-tasks'),
          inline: { all: allow(['ecr:*', 'secretsmanager:GetSecretValue']) },
        },
        {
          name: NODE,
          trust: serviceTrust('ec2'),
          attached: ['AmazonEC2ContainerRegistryReadOnly'],
          instanceProfile: 'eks-node',
        },
        { name: 'eks-cluster', trust: serviceTrust('eks') },
        {
          name: 'builder-pod',
          path: '/pods/',
          trust: trust({ Service: 'pods.eks.amazonaws.com' }),
          inline: { push: allow([...PUSH, 'iam:PassRole']) },
        },
        {
          name: 'AWSServiceRoleForAmazonInspector2',
          path: '/aws-service-role/inspector2.amazonaws.com/',
          trust: serviceTrust('inspector2'),
          attached: ['AmazonInspector2ServiceRolePolicy'],
        },
      ],
      policies: [
        { name: 'AdministratorAccess', document: allow('*'), aws: true },
        { name: 'AmazonEC2ContainerRegistryReadOnly', document: allow(PULL), aws: true },
        { name: 'AmazonInspector2ServiceRolePolicy', document: allow(PULL), aws: true },
        { name: 'DeveloperAccess', document: allow(PULL), earlier: [allow('*')] },
        { name: 'ReadOnlyBoundary', document: allow(PULL) },
      ],
      oidcProviders: [{ url: GITHUB, clientIds: ['sts.amazonaws.com'] }],
    },
    [PRODUCTION]: {
      roles: [{ name: 'app-task-exec', trust: serviceTrust('ecs-tasks'), inline: { pull: allow(PULL) } }],
    },
  },
  workloads: {
    ecs: {
      taskDefinitions: [
        {
          family: 'app',
          taskRole: 'app-task',
          executionRole: 'app-task-exec',
          containers: { app: `${HOST}/team/app:prod-1` },
        },
      ],
      clusters: [{ name: 'prod', services: [{ name: 'app', taskDefinition: 'app:1' }] }],
    },
    eks: [
      {
        name: 'prod',
        issuer: `oidc.eks.${REGION}.amazonaws.com/id/0123456789ABCDEF`,
        role: 'eks-cluster',
        nodegroups: [{ name: 'blue', role: NODE }],
        podIdentities: [{ namespace: 'build', serviceAccount: 'builder', role: 'builder-pod' }],
      },
    ],
  },
  others: [{ account: PRODUCTION, region: REGION, repositories: [] }],
  assumable: [role('auditor', PRODUCTION)],
  organization: { id: 'o-abc123', managementAccount: PRODUCTION },
  images: [],
};

export const accounts: readonly Scenario[] = [audit, access];

/** Many repositories with documents and images, for measurements. */
export function manyRepositories(count: number, images: number, latencyMs: number): Scenario {
  return {
    name: 'many-repositories',
    description: `${count} repositories with ${images} images each.`,
    account: ACCOUNT,
    region: REGION,
    latencyMs,
    repositories: Array.from({ length: count }, (_, at) => ({
      name: `team-${at % 20}/app-${at}`,
      policy: SEED_POLICY,
      lifecycle: SEED_LIFECYCLE,
      images: Array.from({ length: images }, (_, nth) =>
        image(`${at}-${nth}`, `prod-${nth}`, images - nth, {
          contents: 'base',
          annotations: { at: `${at}-${nth}` },
        }),
      ),
    })),
    images: [],
  };
}

/**
 * Many roles and many repositories: a CI role and an execution role for each team, roles of all kinds besides, and an
 * administrator for each fifty of them.
 */
export function manyRoles(roles: number, repositories: number): Scenario {
  const teams = Math.max(1, Math.floor(roles / 4));
  const inTeam = (team: number) => `arn:aws:ecr:${REGION}:${ACCOUNT}:repository/team-${team}/*`;
  const policyOf = (team: number) =>
    document(
      { Sid: 'Push', Effect: 'Allow', Principal: { AWS: role(`ci-${team}`) }, Action: PUSH },
      {
        Sid: 'DenyOthers',
        Effect: 'Deny',
        Principal: '*',
        Action: ['ecr:PutImage'],
        Condition: { ArnNotLike: { 'aws:PrincipalArn': [role(`ci-${team}`), role('admin-*')] } },
      },
    );
  const roleAt = (at: number): NonNullable<IamSpec['roles']>[number] => {
    const team = Math.floor(at / 4) % teams;
    if (at % 50 === 0) {
      return {
        name: `admin-${at}`,
        trust: trust({ AWS: `arn:aws:iam::${ACCOUNT}:root` }),
        inline: { all: allow('*') },
      };
    }
    switch (at % 4) {
      case 0:
        return {
          name: `ci-${team}`,
          trust: githubTrust(`repo:acme/app-${team}:ref:refs/heads/main`),
          inline: { push: allow(PUSH, inTeam(team)) },
        };
      case 1:
        return { name: `exec-${at}`, trust: serviceTrust('ecs-tasks'), inline: { pull: allow(PULL) } };
      case 2:
        return {
          name: `task-${at}`,
          trust: serviceTrust('ecs-tasks'),
          inline: { read: allow('s3:GetObject') },
        };
      default:
        return {
          name: `tool-${at}`,
          trust: serviceTrust('lambda'),
          inline: { some: allow(['ecr:Batch*', 'ecr:Get*', 'ecr:PutImage'], inTeam(team)) },
        };
    }
  };
  return {
    name: 'many-roles',
    description: `${roles} roles and ${repositories} repositories.`,
    action: 'audit',
    account: ACCOUNT,
    region: REGION,
    repositories: Array.from({ length: repositories }, (_, at) => ({
      name: `team-${at % teams}/app-${at}`,
      policy: policyOf(at % teams),
      images: [],
    })),
    iam: { [ACCOUNT]: { roles: Array.from({ length: roles }, (_, at) => roleAt(at)) } },
    images: [],
  };
}
