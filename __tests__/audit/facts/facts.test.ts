/** What the collector reads of accounts in which every API has something to tell. */
import { beforeAll, describe, expect, it } from 'vitest';
import { REGION } from '../../../emulator/scenarios/build.ts';
import { asKnown } from '../../../src/audit/facts.ts';
import {
  ACCOUNT,
  AUDITOR,
  CUSTOMER_KEY,
  everything,
  OTHER_REGION,
  PRODUCTION,
  PRODUCTION_HOST,
  REGISTRIES,
  SIGNING_PROFILE,
} from './everything.ts';
import { type Collected, collect, gapOf, knownOf, registryOf, repositoryOf } from './stage.ts';

const HOST = `${ACCOUNT}.dkr.ecr.${REGION}.amazonaws.com`;
const OTHER_HOST = `${ACCOUNT}.dkr.ecr.${OTHER_REGION}.amazonaws.com`;
const role = (name: string) => `arn:aws:iam::${ACCOUNT}:role/${name}`;
const text = (value: unknown) => JSON.parse(String(value));

let all: Collected;
let digest: (name: string) => string;

beforeAll(async () => {
  all = await collect(everything, { scope: { registries: REGISTRIES } });
  digest = (name) => {
    const found = all.aws.world.digests.get(name);
    if (found === undefined) throw new Error(`no image ${name}`);
    return found;
  };
});

const imageOf = (repository: string, name: string, host = HOST) => {
  const images = knownOf(repositoryOf(all, repository, host).images);
  const found = images.find((image) => image.digest === digest(name));
  if (found === undefined) throw new Error(`no image ${name}`);
  return found;
};

describe('a registry', () => {
  it('is one of those that are named, each with its own account and region', () => {
    expect(
      all.facts.registries.map(({ host, account, region, partition }) => [host, account, region, partition]),
    ).toEqual([
      [HOST, ACCOUNT, REGION, 'aws'],
      [OTHER_HOST, ACCOUNT, OTHER_REGION, 'aws'],
      [PRODUCTION_HOST, PRODUCTION, REGION, 'aws'],
    ]);
    expect(all.facts.accounts.map(({ id }) => id)).toEqual([ACCOUNT, PRODUCTION]);
    expect(all.facts.notices).toEqual([]);
  });

  it('has its scanning rules, its policy and its settings', () => {
    const registry = registryOf(all);
    expect(knownOf(registry.scanning)).toEqual({
      scanType: 'ENHANCED',
      rules: [
        { frequency: 'SCAN_ON_PUSH', filters: ['team/*'] },
        { frequency: 'CONTINUOUS_SCAN', filters: ['team/app', 'legacy'] },
      ],
    });
    expect(text(knownOf(registry.policy)).Statement).toHaveLength(2);
    expect(knownOf(registry.policyScope)).toBe('V2');
    expect(knownOf(registry.replication)).toEqual([
      { destinations: [{ region: 'us-east-1', account: '555566667777' }], prefixes: ['team/'] },
    ]);
    expect(knownOf(registry.pullTimeExclusions)).toEqual([role('app-task-exec')]);
    expect(knownOf(registry.signing)).toBeUndefined();
    expect(knownOf(registryOf(all, OTHER_HOST).signing)).toEqual([
      { profile: SIGNING_PROFILE, filters: ['team/*'] },
    ]);
    const names = ['team/app', 'team/worker', 'team/jobs', 'team/keyed'];
    expect(knownOf(registry.repositoryNames)).toEqual(names);
    expect(knownOf(registry.repositories).map(({ name }) => name)).toEqual(names);
  });

  it('has its cache rules, which ECR validates, and its creation templates', () => {
    const [rule] = knownOf(registryOf(all).cacheRules);
    expect(rule).toMatchObject({
      prefix: 'hub',
      upstream: 'docker-hub',
      upstreamUrl: 'registry-1.docker.io',
      upstreamPrefix: undefined,
      hasCredential: false,
      hasRole: false,
    });
    expect(rule && knownOf(rule.validation)).toEqual({
      isValid: false,
      failure: 'The pull through cache rule requires credentials.',
    });
    const [template] = knownOf(registryOf(all).templates);
    expect(template).toMatchObject({ prefix: 'ROOT', appliedFor: ['CREATE_ON_PUSH', 'PULL_THROUGH_CACHE'] });
    expect(text(template?.policy).Statement.Action ?? text(template?.policy).Statement[0].Action).toBe(
      'ecr:BatchGetImage',
    );
    expect(text(template?.lifecyclePolicy).rules).toHaveLength(1);
  });

  it("has Inspector's status, rescan settings, filters and administrator", () => {
    const registry = registryOf(all);
    expect(knownOf(registry.inspectorStatus)).toBe('ENABLED');
    expect(knownOf(registry.inspectorRescan)).toEqual({
      pushDuration: 'DAYS_180',
      pullDuration: 'DAYS_14',
      pullMode: 'LAST_IN_USE_AT',
    });
    expect(knownOf(registry.suppressionFilters).map(({ name, criteria }) => [name, criteria])).toEqual([
      ['hide-medium', { severity: [{ comparison: 'EQUALS', value: 'MEDIUM' }] }],
      ['one-package', { 'vulnerablePackages.name': [{ comparison: 'EQUALS', value: 'zlib' }] }],
    ]);
    expect(knownOf(registry.inspectorAdministrator)).toBeUndefined();
    expect(knownOf(registryOf(all, PRODUCTION_HOST).inspectorAdministrator)).toBe(ACCOUNT);
  });

  it('has nothing if there is nothing, and V1 if that is set', () => {
    const registry = registryOf(all, OTHER_HOST);
    expect(knownOf(registry.policy)).toBeUndefined();
    expect(knownOf(registry.policyScope)).toBe('V1');
    expect(knownOf(registry.replication)).toEqual([]);
    expect(knownOf(registry.cacheRules)).toEqual([]);
    expect(knownOf(registry.templates)).toEqual([]);
    expect(knownOf(registry.pullTimeExclusions)).toEqual([]);
    expect(knownOf(registry.workloads.ecs)).toEqual([]);
    expect(knownOf(registry.workloads.eksClusters)).toEqual([]);
    expect(knownOf(registry.workloads.lambda)).toEqual([]);
    expect(knownOf(registry.workloads.lambdaVersions)).toEqual([]);
  });
});

describe('a repository', () => {
  it('has its documents, tags and scan frequency', () => {
    const app = repositoryOf(all, 'team/app');
    expect(app.arn).toBe(`arn:aws:ecr:${REGION}:${ACCOUNT}:repository/team/app`);
    expect(text(knownOf(app.policy)).Statement).toHaveLength(3);
    expect(text(knownOf(app.lifecyclePolicy)).rules).toHaveLength(3);
    expect(knownOf(app.tags)).toEqual({ team: 'app' });
    expect(knownOf(app.scanFrequency)).toBe('CONTINUOUS_SCAN');
    const worker = repositoryOf(all, 'team/worker');
    expect(knownOf(worker.policy)).toBeUndefined();
    expect(knownOf(worker.lifecyclePolicy)).toBeUndefined();
    expect(knownOf(worker.tags)).toEqual({});
    expect(knownOf(worker.scanFrequency)).toBe('MANUAL');
  });

  it('has its mutability and its encryption, with the state of its key', () => {
    const jobs = repositoryOf(all, 'team/jobs');
    expect(knownOf(jobs.mutability)).toEqual({ setting: 'IMMUTABLE_WITH_EXCLUSION', exclusions: ['prod-*'] });
    expect(knownOf(jobs.encryption).type).toBe('KMS');
    expect(knownOf(jobs.key)).toMatchObject({ state: 'PendingDeletion', manager: 'CUSTOMER' });
    expect(knownOf(jobs.key)?.deletionDate).toBeInstanceOf(Date);
    const keyed = repositoryOf(all, 'team/keyed');
    expect(knownOf(keyed.encryption)).toEqual({
      type: 'KMS_DSSE',
      key: `arn:aws:kms:${REGION}:${ACCOUNT}:key/${CUSTOMER_KEY}`,
    });
    expect(knownOf(keyed.key)).toEqual({ state: 'Enabled', manager: 'CUSTOMER', deletionDate: undefined });
    const app = repositoryOf(all, 'team/app');
    expect(knownOf(app.encryption)).toEqual({ type: 'AES256', key: undefined });
    expect(knownOf(app.key)).toBeUndefined();
    expect(knownOf(app.mutability)).toEqual({ setting: 'MUTABLE', exclusions: [] });
  });

  it("has ECR's own preview of what its lifecycle policy does", () => {
    expect(knownOf(repositoryOf(all, 'team/app').preview)).toEqual([
      { digest: digest('app-1'), action: 'expire', priority: 2 },
      { digest: digest('app-sig'), action: 'expire', priority: 2 },
    ]);
    expect(knownOf(repositoryOf(all, 'team/jobs').preview)).toEqual([]);
    expect(knownOf(repositoryOf(all, 'team/worker').preview)).toBeUndefined();
  });
});

describe('an image', () => {
  it('has its tags, times and kind', () => {
    const image = imageOf('team/app', 'app-1');
    expect(image).toMatchObject({
      tags: ['prod-1'],
      lastPulledAt: null,
      lastActivatedAt: null,
      archivedAt: null,
      storageClass: 'standard',
      isIndex: false,
      children: [],
      subject: null,
      entries: undefined,
    });
    const age = all.facts.now.getTime() - Number(image.pushedAt);
    expect(Math.round(age / 86_400_000)).toBe(120);
  });

  it('is archived, a signature with a subject, or one under a tag', () => {
    expect(imageOf('team/jobs', 'jobs-old')).toMatchObject({ storageClass: 'archive' });
    expect(imageOf('team/jobs', 'jobs-old').archivedAt).toBeInstanceOf(Date);
    expect(imageOf('team/app', 'app-2-bundle')).toMatchObject({
      subject: digest('app-2'),
      artifactType: 'application/vnd.dev.sigstore.bundle.v0.3+json',
    });
    expect(imageOf('team/app', 'app-sig').tags).toEqual([`sha256-${digest('app-1').slice(7)}.sig`]);
  });

  it('is an index with the platforms that it lists', () => {
    const index = imageOf('team/app', 'app-2');
    expect(index.isIndex).toBe(true);
    expect(index.entries?.slice(0, 2)).toEqual([
      { digest: digest('app-2-amd64'), platform: 'linux/amd64' },
      { digest: digest('app-2-arm64'), platform: 'linux/arm64' },
    ]);
    expect(index.entries?.slice(2).map(({ platform }) => platform)).toEqual([
      'unknown/unknown',
      'unknown/unknown',
    ]);
    expect(index.children).toEqual(index.entries?.map((entry) => entry.digest));
  });

  it('has the status in DescribeImages with enhanced scanning; otherwise it is read if needed', () => {
    expect(knownOf(imageOf('team/app', 'app-1').scan)).toMatchObject({ status: 'ACTIVE' });
    // ECR knows no scan of the newest one.
    expect(knownOf(imageOf('team/worker', 'worker-new').scan)).toBeUndefined();
    expect(gapOf(imageOf('team/app', 'app-sig').scan)?.reason).toMatch(/neither new nor in use/);
  });

  it('has, with basic scanning, the status of the newest ones and of those that run, wherever they run', () => {
    const scan = (repository: string, name: string) =>
      asKnown(imageOf(repository, name, PRODUCTION_HOST).scan);
    for (const [repository, name] of [
      ['base', 'base-amd64'],
      ['tasks', 'tasks-new'],
      ['tasks', 'base-task'],
      ['functions', 'base-function'],
    ] as const) {
      expect(scan(repository, name), name).toEqual({
        known: { status: 'COMPLETE', description: `The scan of ${name} is complete` },
      });
    }
    // Of this one the clusters are read, and so no call is left for a second scan.
    expect(scan('watched', 'watched-new')).toHaveProperty('known');
    expect(scan('watched', 'base-inspector')).toEqual({
      unknown: expect.stringContaining('at most 6 calls'),
    });
    expect(scan('base', 'base-arm64')).toEqual({ unknown: expect.stringContaining('at most 6 calls') });
    expect(scan('base', 'base-idle')).toHaveProperty('unknown');
  });

  it('has a row of coverage if Inspector covers it, with the clusters that run it', () => {
    const rows = knownOf(repositoryOf(all, 'team/app').coverage);
    expect(rows.find((row) => row.digest === digest('app-1'))).toEqual({
      digest: digest('app-1'),
      status: 'ACTIVE',
      reason: 'SUCCESSFUL',
      inUseCount: 1,
      lastInUseAt: expect.any(Date),
      clusters: [`arn:aws:ecs:${REGION}:${ACCOUNT}:cluster/prod`],
    });
    const [row] = knownOf(repositoryOf(all, 'team/worker').coverage);
    expect(row).toMatchObject({ status: 'INACTIVE', reason: 'SCAN_FREQUENCY_MANUAL', clusters: [] });
  });
});

describe('what runs', () => {
  const uses = (kind: string, by?: string) =>
    (['ecs', 'lambda'] as const)
      .flatMap((service) => knownOf(registryOf(all).workloads[service]))
      .filter((use) => use.kind === kind && (by === undefined || use.by === by));

  it('are the images of services, of deployments that are being replaced too', () => {
    const of = (name: string) => uses('ecs-service', `ecs:service/blue/${name}`).map(({ image }) => image);
    expect(of('base')).toEqual([`${PRODUCTION_HOST}/tasks:v2`, `${HOST}/team/app:prod-3`]);
    expect(uses('ecs-service', 'ecs:service/prod/worker')).toEqual([
      {
        kind: 'ecs-service',
        by: 'ecs:service/prod/worker',
        cluster: 'prod',
        image: `${HOST}/team/worker:prod-6`,
        digest: undefined,
        architecture: 'amd64',
      },
    ]);
  });

  it('are the containers of tasks, with their digests and architecture if ECS says them', () => {
    const task = uses('ecs-task').find(({ image }) => image === `${HOST}/team/app:prod-1`);
    expect(task).toMatchObject({ cluster: 'prod', digest: digest('app-1'), architecture: 'amd64' });
    const sidecar = uses('ecs-task').find(({ image }) => image.startsWith('public.ecr.aws/'));
    expect(sidecar?.digest).toBeUndefined();
    expect(uses('ecs-task', `ecs:task/blue/${'a'.repeat(32)}`)).toMatchObject([{ architecture: 'arm64' }]);
  });

  it('are the images of functions, and of the versions that aliases lead to', () => {
    const functions = uses('lambda').map(({ by, image, digest: runs, architecture }) => [
      by,
      image,
      runs,
      architecture,
    ]);
    expect(functions).toEqual([
      ['lambda:function/nightly', `${HOST}/team/jobs:prod-0`, digest('jobs-old'), 'amd64'],
      ['lambda:function/orders', `${HOST}/team/app:feature-x`, undefined, 'arm64'],
      ['lambda:function/orders:3', `${PRODUCTION_HOST}/functions:v3`, digest('base-function'), 'arm64'],
      ['lambda:function/orders:4', `${HOST}/team/app:prod-3`, undefined, 'arm64'],
    ]);
  });

  it('are the images of published versions that no alias leads to', () => {
    expect(knownOf(registryOf(all).workloads.lambdaVersions)).toEqual([
      {
        kind: 'lambda',
        by: 'lambda:function/orders:7',
        cluster: undefined,
        image: `${PRODUCTION_HOST}/versions:v1`,
        digest: digest('base-version'),
        architecture: 'arm64',
      },
    ]);
    expect(knownOf(imageOf('versions', 'base-version', PRODUCTION_HOST).scan)?.status).toBe('COMPLETE');
  });

  it('has roles: of task definitions, also unused ones, and of tasks that have another', () => {
    const roles = knownOf(registryOf(all).workloads.ecsRoles).map((use) => [use.role, use.by]);
    expect(roles).toContainEqual([role('app-task'), 'ecs:task-definition/app:12 (task)']);
    expect(roles).toContainEqual([role('app-task-exec'), 'ecs:task-definition/worker:3 (execution)']);
    expect(roles).toContainEqual([role('report-task'), 'ecs:task-definition/report:1 (task)']);
    expect(roles).toContainEqual([role('old-exec'), 'ecs:task-definition/old:2 (execution)']);
    expect(roles).toContainEqual([role('base-override'), `ecs:task/blue/${'a'.repeat(32)} (task)`]);
  });

  it('has roles: of functions, zipped ones too', () => {
    expect(knownOf(registryOf(all).workloads.lambdaRoles)).toEqual([
      { role: role('nightly'), by: 'lambda:function/nightly' },
      { role: role('orders'), by: 'lambda:function/orders' },
      { role: role('zipped'), by: 'lambda:function/zipped' },
    ]);
  });

  it('has roles: of nodes, Fargate profiles and pods', () => {
    const { eksClusters, eksRoles } = registryOf(all).workloads;
    expect(knownOf(eksClusters)).toEqual([
      { name: 'prod', issuer: `oidc.eks.${REGION}.amazonaws.com/id/0123456789ABCDEF` },
    ]);
    expect(knownOf(eksRoles)).toEqual([
      { role: role('eks-auto'), by: 'eks:cluster/prod (nodes)' },
      { role: role('eks-node'), by: 'eks:nodegroup/prod/blue (nodes)' },
      { role: role('app-task-exec'), by: 'eks:fargateprofile/prod/jobs (pod execution)' },
      { role: role('pods/builder-pod'), by: 'eks:pod/prod/build/builder' },
      { role: role('builder-target'), by: 'eks:pod/prod/build/builder (target role)' },
    ]);
  });
});

describe('IAM', () => {
  const accountOf = (index: number) => {
    const found = all.facts.accounts[index];
    if (found === undefined) throw new Error(`no account ${index}`);
    return found;
  };
  const principal = (arn: string) => {
    const found = knownOf(accountOf(0).principals).find((one) => one.arn === arn);
    if (found === undefined) throw new Error(`no principal ${arn}`);
    return found;
  };
  const actionsOf = (known: unknown) => {
    const { Statement } = text((known as { known: string }).known);
    return [Statement].flat().map(({ Action }: { Action: unknown }) => Action);
  };

  it('has users with their own policies and those of their groups', () => {
    const developer = principal(`arn:aws:iam::${ACCOUNT}:user/developer`);
    expect(developer).toMatchObject({
      kind: 'user',
      account: ACCOUNT,
      tags: { known: { team: 'app' } },
      managedPolicies: [`arn:aws:iam::${ACCOUNT}:policy/DeveloperAccess`],
      boundary: { known: undefined },
      trust: { known: undefined },
    });
    const policies = 'known' in developer.policies ? developer.policies.known : [];
    expect(policies.map(({ name }) => name)).toEqual([
      'become',
      `arn:aws:iam::${ACCOUNT}:policy/DeveloperAccess (group developers)`,
    ]);
    expect(actionsOf(policies[0]?.text)).toEqual(['sts:AssumeRole']);
    // Of its versions, the default one.
    expect(actionsOf(policies[1]?.text)[0]).toContain('ecr:BatchGetImage');
    expect(knownOf(accountOf(0).groups).map(({ arn }) => arn)).toEqual([
      `arn:aws:iam::${ACCOUNT}:group/developers`,
    ]);
  });

  it('has boundaries, trust policies, paths, tags and instance profiles', () => {
    const limited = principal(`arn:aws:iam::${ACCOUNT}:user/limited`);
    expect(limited.boundary).toMatchObject({
      known: { name: `arn:aws:iam::${ACCOUNT}:policy/ReadOnlyBoundary` },
    });
    const pod = principal(role('pods/builder-pod'));
    expect(pod.kind).toBe('role');
    expect(actionsOf(pod.trust)).toEqual(['sts:AssumeRole']);
    expect(principal(role('platform-admin')).tags).toEqual({ known: { team: 'platform' } });
    const [profile] = knownOf(accountOf(0).instanceProfiles);
    expect(profile).toEqual({
      arn: `arn:aws:iam::${ACCOUNT}:instance-profile/eks-node`,
      roles: [role('eks-node')],
    });
  });

  it('has identity providers, and the organization its management account', () => {
    expect(knownOf(accountOf(0).oidcProviders)).toEqual([
      {
        arn: `arn:aws:iam::${ACCOUNT}:oidc-provider/token.actions.githubusercontent.com`,
        clientIds: ['sts.amazonaws.com'],
      },
    ]);
    expect(knownOf(all.facts.managementAccount)).toBe(PRODUCTION);
  });

  it('is asked in the other account by the role that was assumed there, once', () => {
    const roles = knownOf(accountOf(1).principals);
    expect(roles.map(({ arn }) => arn)).toEqual([`arn:aws:iam::${PRODUCTION}:role/app-task-exec`]);
    const assumed = all.aws.calls.filter(({ api }) => api === 'AssumeRole');
    expect(assumed.map(({ body }) => new URLSearchParams(body).get('RoleArn'))).toEqual([AUDITOR]);
  });
});
