/**
 * Three registries in which every call that the collector can make has something to tell: a part of the audit scenario,
 * one in another region, and one of another account, with basic scanning.
 */
import type { RegionSpec, RoleSpec, WorkloadsSpec } from '../../../emulator/account.ts';
import type { ImageSpec, RepositorySpec, Scenario } from '../../../emulator/scenario.ts';
import { HOST, REGION } from '../../../emulator/scenarios/build.ts';
import { scenarios } from '../../../emulator/scenarios/index.ts';
import { parseRegistryName, type RegistryName } from '../../../src/audit/facts/scope.ts';

const audit = scenarios.audit as Scenario;
const access = scenarios.access as Scenario;
const DAY = 86_400_000;

export const ACCOUNT = audit.account;
export const PRODUCTION = '987654321098';
export const OTHER_REGION = 'us-east-1';
export const PRODUCTION_HOST = `${PRODUCTION}.dkr.ecr.${REGION}.amazonaws.com`;
export const AUDITOR = `arn:aws:iam::${PRODUCTION}:role/auditor`;
export const CUSTOMER_KEY = '5ec2e700-1111-4222-8333-444455556666';

export const SIGNING_PROFILE = `arn:aws:signer:${OTHER_REGION}:${ACCOUNT}:/signing-profiles/images`;

export const REGISTRIES: readonly RegistryName[] = [
  parseRegistryName(REGION),
  parseRegistryName(OTHER_REGION),
  parseRegistryName(PRODUCTION_HOST),
];

/** An image that basic scanning has scanned. */
function basic(name: string, tag: string, days: number, more: object = {}): ImageSpec {
  return {
    kind: 'image',
    name,
    tag,
    pushedAgoMs: days * DAY,
    timeline: [{ at: 0, ecr: { status: 'COMPLETE', description: `The scan of ${name} is complete` } }],
    ...more,
  };
}

/** Of its images, the scans of the newest are needed: of both platforms, for which not enough calls are left. */
const basicIndex: RepositorySpec = {
  name: 'base',
  images: [
    basic('base-idle', 'v1', 50),
    {
      kind: 'index',
      name: 'base-index',
      tag: 'v5',
      pushedAgoMs: DAY,
      children: [basic('base-amd64', '', 10), basic('base-arm64', '', 10)].map(untagged),
    },
  ],
};

/** Repositories with an image that runs, which is not the newest one. */
const basicRunning: readonly RepositorySpec[] = [
  { name: 'tasks', images: [basic('base-task', 'v2', 40), basic('tasks-new', 'v3', 1)] },
  { name: 'versions', images: [basic('base-version', 'v1', 60), basic('versions-new', 'v2', 1)] },
  { name: 'functions', images: [basic('base-function', 'v3', 30), basic('functions-new', 'v4', 1)] },
  {
    name: 'watched',
    images: [
      basic('base-inspector', 'v4', 20, {
        timeline: [
          {
            at: 0,
            ecr: { status: 'COMPLETE' },
            coverage: { statusCode: 'ACTIVE', reason: 'SUCCESSFUL', scannedAgoMs: DAY },
          },
        ],
        inUse: { count: 1, clusters: [] },
      }),
      basic('watched-new', 'v5', 1),
    ],
  },
];

function untagged(spec: ImageSpec): ImageSpec {
  const { tag: _, ...rest } = spec as Extract<ImageSpec, { kind: 'image' }>;
  return rest;
}

const production: RegionSpec = {
  account: PRODUCTION,
  region: REGION,
  registryScanType: 'BASIC',
  inspectorStatus: 'ENABLED',
  repositories: [basicIndex, ...basicRunning],
  inspector: { administrator: ACCOUNT },
};

const otherRegion: RegionSpec = {
  account: ACCOUNT,
  region: OTHER_REGION,
  repositories: [{ name: 'empty', images: [] }],
  registry: { policyScope: 'V1', signing: [{ profileArn: SIGNING_PROFILE, filters: ['team/*'] }] },
};

const workloads: WorkloadsSpec = {
  ...audit.workloads,
  ecs: {
    taskDefinitions: [
      ...(audit.workloads?.ecs?.taskDefinitions ?? []),
      { family: 'base', taskRole: 'base-task', containers: { base: `${PRODUCTION_HOST}/tasks:v2` } },
      {
        family: 'old',
        revision: 2,
        executionRole: 'old-exec',
        containers: { old: `${HOST}/team/app:prod-3` },
      },
    ],
    clusters: [
      ...(audit.workloads?.ecs?.clusters ?? []),
      {
        name: 'blue',
        services: [{ name: 'base', taskDefinition: 'base:1', replaces: 'old:2' }],
        tasks: [
          { id: 'a'.repeat(32), taskDefinition: 'base:1', taskRole: 'base-override', architecture: 'arm64' },
        ],
      },
    ],
  },
  eks: [
    {
      ...(access.workloads?.eks?.[0] ?? { name: 'prod', role: 'eks-cluster' }),
      autoModeRole: 'eks-auto',
      fargateProfiles: [{ name: 'jobs', role: 'app-task-exec' }],
      podIdentities: [
        { namespace: 'build', serviceAccount: 'builder', role: 'builder-pod', targetRole: 'builder-target' },
      ],
    },
  ],
  lambda: [
    ...(audit.workloads?.lambda ?? []),
    {
      name: 'orders',
      role: 'orders',
      architecture: 'arm64',
      image: `${HOST}/team/app:feature-x`,
      versions: {
        '3': {
          image: `${PRODUCTION_HOST}/functions:v3`,
          resolved: `${PRODUCTION_HOST}/functions@{digest:base-function}`,
        },
        '4': { image: `${HOST}/team/app:prod-3` },
        '7': {
          image: `${PRODUCTION_HOST}/versions:v1`,
          resolved: `${PRODUCTION_HOST}/versions@{digest:base-version}`,
        },
      },
      aliases: { live: ['3', '4'] },
    },
    { name: 'zipped', role: 'zipped' },
  ],
};

const roles = [
  ...(access.iam?.[ACCOUNT]?.roles ?? []),
  ...(audit.iam?.[ACCOUNT]?.roles ?? []),
  ...['base-task', 'base-override', 'old-exec', 'eks-auto', 'builder-target', 'orders', 'zipped'].map(
    (name) => ({
      name,
      trust: { Version: '2012-10-17', Statement: [] },
    }),
  ),
];

/** Whether it may push and administer depends on the tags of the repository, so that these are read. */
const tagged: RoleSpec = {
  name: 'tagged',
  trust: { Version: '2012-10-17', Statement: [] },
  inline: {
    push: {
      Version: '2012-10-17',
      Statement: {
        Effect: 'Allow',
        Action: ['ecr:PutImage', 'ecr:SetRepositoryPolicy'],
        Resource: '*',
        Condition: { StringEquals: { 'ecr:ResourceTag/team': 'app' } },
      },
    },
  },
};

export const everything: Scenario = {
  ...audit,
  name: 'everything',
  repositories: [
    ...audit.repositories.filter(({ name }) => ['team/app', 'team/worker', 'team/jobs'].includes(name)),
    {
      name: 'team/keyed',
      images: [],
      encryption: { type: 'KMS_DSSE', key: CUSTOMER_KEY },
      policy: {
        Version: '2012-10-17',
        Statement: {
          Effect: 'Allow',
          Principal: { AWS: ACCOUNT },
          Action: 'ecr:BatchGetImage',
          Condition: { StringEquals: { 'aws:ResourceTag/team': 'app' } },
        },
      },
    },
  ],
  iam: {
    [ACCOUNT]: {
      ...access.iam?.[ACCOUNT],
      roles: [...new Map(roles.map((role) => [role.name, role])).values(), tagged],
    },
    [PRODUCTION]: access.iam?.[PRODUCTION] ?? {},
  },
  keys: [...(audit.keys ?? []), { id: CUSTOMER_KEY, spec: 'SYMMETRIC_DEFAULT' }],
  workloads,
  others: [otherRegion, production],
  assumable: [AUDITOR],
};
