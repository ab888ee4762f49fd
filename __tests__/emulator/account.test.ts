/** What the emulator tells of an account, asked by the SDK's own clients. */
import {
  BatchGetRepositoryScanningConfigurationCommand,
  DescribeImagesCommand,
  DescribePullThroughCacheRulesCommand,
  DescribeRegistryCommand,
  DescribeRepositoriesCommand,
  DescribeRepositoryCreationTemplatesCommand,
  ECRClient,
  GetAccountSettingCommand,
  GetLifecyclePolicyCommand,
  GetLifecyclePolicyPreviewCommand,
  GetRegistryPolicyCommand,
  GetRegistryScanningConfigurationCommand,
  GetRepositoryPolicyCommand,
  GetSigningConfigurationCommand,
  ListPullTimeUpdateExclusionsCommand,
  ListTagsForResourceCommand,
  PutLifecyclePolicyCommand,
  StartLifecyclePolicyPreviewCommand,
  ValidatePullThroughCacheRuleCommand,
} from '@aws-sdk/client-ecr';
import {
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  DescribeTasksCommand,
  ECSClient,
  ListClustersCommand as EcsListClusters,
  ListServicesCommand,
  ListTaskDefinitionFamiliesCommand,
  ListTaskDefinitionsCommand,
  ListTasksCommand,
} from '@aws-sdk/client-ecs';
import {
  DescribeClusterCommand,
  DescribeFargateProfileCommand,
  DescribeNodegroupCommand,
  DescribePodIdentityAssociationCommand,
  EKSClient,
  ListClustersCommand as EksListClusters,
  ListAddonsCommand,
  ListFargateProfilesCommand,
  ListNodegroupsCommand,
  ListPodIdentityAssociationsCommand,
} from '@aws-sdk/client-eks';
import {
  GetAccountAuthorizationDetailsCommand,
  GetOpenIDConnectProviderCommand,
  IAMClient,
  ListOpenIDConnectProvidersCommand,
  ListUsersCommand,
} from '@aws-sdk/client-iam';
import {
  GetClustersForImageCommand,
  GetConfigurationCommand,
  GetDelegatedAdminAccountCommand,
  Inspector2Client,
  ListCoverageCommand,
  ListFiltersCommand,
} from '@aws-sdk/client-inspector2';
import { DescribeKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import {
  GetFunctionCommand,
  LambdaClient,
  ListAliasesCommand,
  ListFunctionsCommand,
} from '@aws-sdk/client-lambda';
import { DescribeOrganizationCommand, OrganizationsClient } from '@aws-sdk/client-organizations';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { FaultSpec, ImageSpec, Scenario } from '../../emulator/scenario.ts';
import { type Emulator, startEmulator } from '../../emulator/server.ts';
import { ACCOUNT, ARN, image, REGION, SCANNED, scenario } from './stage.ts';

const OTHER = '444455556666';
const DAY_MS = 86_400_000;
const KEY = '1234abcd-12ab-34cd-56ef-1234567890ab';
const ALLOW = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'ecr:*', Resource: '*' }] };
const CLUSTER = `arn:aws:ecs:${REGION}:${ACCOUNT}:cluster/prod`;

interface Clients {
  readonly emulator: Emulator;
  readonly ecr: ECRClient;
  readonly ecs: ECSClient;
  readonly eks: EKSClient;
  readonly iam: IAMClient;
  readonly inspector: Inspector2Client;
  readonly kms: KMSClient;
  readonly lambda: LambdaClient;
  readonly organizations: OrganizationsClient;
  readonly sts: STSClient;
}

interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

function clientsOf(emulator: Emulator, region = REGION, credentials?: Credentials): Clients {
  const env = emulator.env();
  const configuration = {
    endpoint: emulator.url,
    region,
    maxAttempts: 1,
    credentials: credentials ?? {
      accessKeyId: env.AWS_ACCESS_KEY_ID ?? '',
      secretAccessKey: env.AWS_SECRET_ACCESS_KEY ?? '',
    },
  };
  const clients = {
    ecr: new ECRClient(configuration),
    ecs: new ECSClient(configuration),
    eks: new EKSClient(configuration),
    iam: new IAMClient(configuration),
    inspector: new Inspector2Client(configuration),
    kms: new KMSClient(configuration),
    lambda: new LambdaClient(configuration),
    organizations: new OrganizationsClient(configuration),
    sts: new STSClient(configuration),
  };
  onTestFinished(() => {
    for (const client of Object.values(clients)) client.destroy();
  });
  return { emulator, ...clients };
}

async function account(more: Partial<Scenario> = {}): Promise<Clients> {
  const emulator = await startEmulator(scenario([image(SCANNED)], more));
  onTestFinished(() => emulator.close());
  return clientsOf(emulator);
}

describe('the documents of repositories and of the registry', () => {
  const repositories = [
    {
      name: 'app',
      images: [image(SCANNED)],
      policy: ALLOW,
      lifecycle: '{"rules":[]}',
      resourceTags: { team: 'a' },
      encryption: { type: 'KMS' as const, key: KEY },
    },
    { name: 'bare', images: [] },
  ];

  it('are what the scenario says', async () => {
    const { ecr } = await account({ repositories, registry: { policy: 'not even JSON' } });
    const policy = await ecr.send(new GetRepositoryPolicyCommand({ repositoryName: 'app' }));
    expect(JSON.parse(policy.policyText ?? '')).toEqual(ALLOW);
    expect(policy).toMatchObject({ registryId: ACCOUNT, repositoryName: 'app' });
    const lifecycle = await ecr.send(new GetLifecyclePolicyCommand({ repositoryName: 'app' }));
    expect(lifecycle.lifecyclePolicyText).toBe('{"rules":[]}');
    const registry = await ecr.send(new GetRegistryPolicyCommand({}));
    expect(registry).toMatchObject({ registryId: ACCOUNT, policyText: 'not even JSON' });
    const tags = await ecr.send(new ListTagsForResourceCommand({ resourceArn: `${ARN}/app` }));
    expect(tags.tags).toEqual([{ Key: 'team', Value: 'a' }]);
    const { repositories: described } = await ecr.send(new DescribeRepositoriesCommand({}));
    expect(described?.map(({ encryptionConfiguration }) => encryptionConfiguration)).toEqual([
      { encryptionType: 'KMS', kmsKey: `arn:aws:kms:${REGION}:${ACCOUNT}:key/${KEY}` },
      { encryptionType: 'AES256' },
    ]);
  });

  it('are named as missing if there are none', async () => {
    const { ecr } = await account({ repositories });
    const bare = { repositoryName: 'bare' };
    await expect(ecr.send(new GetRepositoryPolicyCommand(bare))).rejects.toMatchObject({
      name: 'RepositoryPolicyNotFoundException',
    });
    await expect(ecr.send(new GetLifecyclePolicyCommand(bare))).rejects.toMatchObject({
      name: 'LifecyclePolicyNotFoundException',
    });
    await expect(ecr.send(new GetRegistryPolicyCommand({}))).rejects.toMatchObject({
      name: 'RegistryPolicyNotFoundException',
    });
    await expect(ecr.send(new GetSigningConfigurationCommand({}))).rejects.toMatchObject({
      name: 'SigningConfigurationNotFoundException',
    });
    const none = await ecr.send(new ListTagsForResourceCommand({ resourceArn: `${ARN}/bare` }));
    expect(none.tags).toEqual([]);
    for (const repositoryName of ['none', 'app']) {
      const elsewhere = new GetRepositoryPolicyCommand({ repositoryName, registryId: OTHER });
      await expect(ecr.send(elsewhere)).rejects.toMatchObject({ name: 'RepositoryNotFoundException' });
    }
  });

  it('cannot be changed', async () => {
    const { ecr } = await account({ repositories });
    const change = new PutLifecyclePolicyCommand({ repositoryName: 'app', lifecyclePolicyText: '{}' });
    await expect(ecr.send(change)).rejects.toMatchObject({ name: 'UnknownOperationException' });
  });
});

describe('the settings of a registry', () => {
  it('are what the scenario says', async () => {
    const { ecr } = await account({
      registry: {
        policyScope: 'V1',
        replication: [{ destinations: [{ region: 'us-east-1', account: OTHER }], prefixes: ['team/'] }],
        signing: [{ profileArn: 'arn:aws:signer:x', filters: ['*'] }],
        pullTimeExclusions: ['arn:aws:iam::111122223333:role/scanner'],
      },
    });
    const scope = await ecr.send(new GetAccountSettingCommand({ name: 'REGISTRY_POLICY_SCOPE' }));
    expect(scope).toMatchObject({ name: 'REGISTRY_POLICY_SCOPE', value: 'V1' });
    const described = await ecr.send(new DescribeRegistryCommand({}));
    expect(described).toMatchObject({
      registryId: ACCOUNT,
      replicationConfiguration: {
        rules: [
          {
            destinations: [{ region: 'us-east-1', registryId: OTHER }],
            repositoryFilters: [{ filter: 'team/', filterType: 'PREFIX_MATCH' }],
          },
        ],
      },
    });
    const signing = await ecr.send(new GetSigningConfigurationCommand({}));
    expect(signing.signingConfiguration?.rules).toEqual([
      {
        signingProfileArn: 'arn:aws:signer:x',
        repositoryFilters: [{ filter: '*', filterType: 'WILDCARD_MATCH' }],
      },
    ]);
    const exclusions = await ecr.send(new ListPullTimeUpdateExclusionsCommand({}));
    expect(exclusions.pullTimeUpdateExclusions).toEqual(['arn:aws:iam::111122223333:role/scanner']);
  });

  it('include cache rules, which ECR validates, and creation templates', async () => {
    const { ecr } = await account({
      registry: {
        cacheRules: [
          {
            prefix: 'hub',
            upstream: 'docker-hub',
            url: 'registry-1.docker.io',
            failure: 'The secret is gone',
          },
          { prefix: 'quay', upstream: 'quay', url: 'quay.io', upstreamPrefix: 'org' },
        ],
        templates: [{ prefix: 'ROOT', appliedFor: ['CREATE_ON_PUSH'], policy: ALLOW, lifecycle: '{}' }],
      },
    });
    const first = await ecr.send(new DescribePullThroughCacheRulesCommand({ maxResults: 1 }));
    expect(first.pullThroughCacheRules).toMatchObject([{ ecrRepositoryPrefix: 'hub', registryId: ACCOUNT }]);
    const rest = new DescribePullThroughCacheRulesCommand({ maxResults: 1, nextToken: first.nextToken });
    const second = await ecr.send(rest);
    expect(second.pullThroughCacheRules).toMatchObject([{ upstreamRepositoryPrefix: 'org' }]);
    expect(second.nextToken).toBeUndefined();
    const validate = (ecrRepositoryPrefix: string) =>
      ecr.send(new ValidatePullThroughCacheRuleCommand({ ecrRepositoryPrefix }));
    expect(await validate('hub')).toMatchObject({ isValid: false, failure: 'The secret is gone' });
    expect((await validate('quay')).isValid).toBe(true);
    await expect(validate('none')).rejects.toMatchObject({ name: 'PullThroughCacheRuleNotFoundException' });
    const templates = await ecr.send(new DescribeRepositoryCreationTemplatesCommand({}));
    expect(templates.repositoryCreationTemplates).toMatchObject([
      { prefix: 'ROOT', repositoryPolicy: JSON.stringify(ALLOW), lifecyclePolicy: '{}' },
    ]);
  });

  it('scan by rules: a filter with * as a wildcard, others by what a name contains', async () => {
    const { ecr } = await account({
      repositories: ['team/app', 'team/tool', 'xy', 'own'].map((name) => ({
        name,
        images: [],
        ...(name === 'own' ? { scanFrequency: 'CONTINUOUS_SCAN' as const } : {}),
      })),
      registry: {
        scanningRules: [
          { frequency: 'SCAN_ON_PUSH', filters: ['team/*'] },
          { frequency: 'CONTINUOUS_SCAN', filters: ['app'] },
        ],
      },
    });
    const { scanningConfiguration } = await ecr.send(new GetRegistryScanningConfigurationCommand({}));
    expect(scanningConfiguration?.rules).toHaveLength(2);
    const repositoryNames = ['team/app', 'team/tool', 'xy', 'own'];
    const effective = await ecr.send(new BatchGetRepositoryScanningConfigurationCommand({ repositoryNames }));
    expect(effective.scanningConfigurations?.map(({ scanFrequency }) => scanFrequency)).toEqual([
      'CONTINUOUS_SCAN',
      'SCAN_ON_PUSH',
      'MANUAL',
      'CONTINUOUS_SCAN',
    ]);
  });
});

describe('images', () => {
  it('have a history, other tags and signatures', async () => {
    const app = { ...image(SCANNED), moreTags: ['latest'], pulledAgoMs: DAY_MS, pushedAgoMs: 3 * DAY_MS };
    const { ecr, emulator } = await account({
      repositories: [
        {
          name: 'app',
          images: [
            app,
            { kind: 'image', name: 'old', timeline: [], archived: true, archivedAgoMs: DAY_MS },
            { kind: 'image', name: 'back', timeline: [], archivedAgoMs: 2 * DAY_MS, restoredAgoMs: DAY_MS },
            { kind: 'signature', name: 'bundle', of: 'app', form: 'bundle' },
            { kind: 'signature', name: 'notation', of: 'app', form: 'notation' },
            { kind: 'signature', name: 'legacy', of: 'app', form: 'tag' },
          ],
        },
      ],
    });
    const all = new DescribeImagesCommand({ repositoryName: 'app', filter: { imageStatus: 'ANY' } });
    const { imageDetails = [] } = await ecr.send(all);
    const of = (name: string) =>
      imageDetails.find(({ imageDigest }) => imageDigest === emulator.digests.get(name));
    const digest = emulator.digests.get('app');
    const ago = (date: Date | undefined) => Math.round((emulator.now() - Number(date)) / DAY_MS);
    expect(of('app')?.imageTags).toEqual(['1.0', 'latest']);
    expect([of('app')?.lastRecordedPullTime, of('old')?.lastArchivedAt].map(ago)).toEqual([1, 1]);
    expect(of('old')).toMatchObject({ imageStatus: 'ARCHIVED' });
    expect(of('old')?.lastRecordedPullTime).toBeUndefined();
    expect(ago(of('back')?.lastActivatedAt)).toBe(1);
    expect(of('back')?.imageStatus).toBe('ACTIVE');
    expect(of('bundle')).toMatchObject({
      subjectManifestDigest: digest,
      artifactMediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json',
    });
    expect(of('notation')).toMatchObject({
      subjectManifestDigest: digest,
      artifactMediaType: 'application/vnd.cncf.notary.signature',
    });
    expect(of('legacy')?.imageTags).toEqual([`sha256-${digest?.slice(7)}.sig`]);
    expect(of('legacy')?.subjectManifestDigest).toBeUndefined();
  });

  it('are previewed, in pages, once the preview is complete', async () => {
    const { ecr, emulator } = await account({
      repositories: [
        {
          name: 'app',
          images: [image(SCANNED), { kind: 'image', name: 'old', timeline: [] }],
          lifecycle: '{"rules":[]}',
          preview: [
            { image: 'app', action: 'EXPIRE', priority: 2 },
            { image: 'old', action: 'TRANSITION', priority: 1 },
          ],
        },
        { name: 'bare', images: [] },
      ],
    });
    const app = { repositoryName: 'app' };
    const get = (more = {}) => ecr.send(new GetLifecyclePolicyPreviewCommand({ ...app, ...more }));
    await expect(get()).rejects.toMatchObject({ name: 'LifecyclePolicyPreviewNotFoundException' });
    const start = () => ecr.send(new StartLifecyclePolicyPreviewCommand(app));
    expect((await start()).status).toBe('IN_PROGRESS');
    await expect(start()).rejects.toMatchObject({ name: 'LifecyclePolicyPreviewInProgressException' });
    expect((await get()).status).toBe('IN_PROGRESS');
    const first = await get({ maxResults: 1 });
    expect(first).toMatchObject({
      status: 'COMPLETE',
      previewResults: [
        { imageDigest: emulator.digests.get('app'), action: { type: 'EXPIRE' }, appliedRulePriority: 2 },
      ],
      summary: { expiringImageTotalCount: 1 },
    });
    const second = await get({ maxResults: 1, nextToken: first.nextToken });
    expect(second.previewResults).toMatchObject([
      { action: { type: 'TRANSITION', targetStorageClass: 'ARCHIVE' }, storageClass: 'STANDARD' },
    ]);
    await expect(
      ecr.send(new StartLifecyclePolicyPreviewCommand({ repositoryName: 'bare' })),
    ).rejects.toMatchObject({ name: 'LifecyclePolicyNotFoundException' });
  });
});

describe('Inspector', () => {
  it('tells its settings, filters and administrator', async () => {
    const { inspector } = await account({
      inspector: {
        rescan: { push: 'DAYS_30', pull: 'DAYS_7', mode: 'LAST_PULL_DATE' },
        filters: [
          { name: 'all low', criteria: { severity: [{ comparison: 'EQUALS', value: 'LOW' }] } },
          { name: 'view', action: 'NONE', criteria: {} },
        ],
        administrator: OTHER,
      },
    });
    const configuration = await inspector.send(new GetConfigurationCommand({}));
    expect(configuration.ecrConfiguration?.rescanDurationState).toMatchObject({
      rescanDuration: 'DAYS_30',
      pullDateRescanDuration: 'DAYS_7',
      pullDateRescanMode: 'LAST_PULL_DATE',
    });
    const suppressing = await inspector.send(new ListFiltersCommand({ action: 'SUPPRESS' }));
    expect(suppressing.filters).toMatchObject([
      { name: 'all low', ownerId: ACCOUNT, criteria: { severity: [{ comparison: 'EQUALS', value: 'LOW' }] } },
    ]);
    const all = await inspector.send(new ListFiltersCommand({ maxResults: 1 }));
    const rest = await inspector.send(new ListFiltersCommand({ maxResults: 1, nextToken: all.nextToken }));
    expect(rest.filters).toMatchObject([{ name: 'view', action: 'NONE' }]);
    const { delegatedAdmin } = await inspector.send(new GetDelegatedAdminAccountCommand({}));
    expect(delegatedAdmin?.accountId).toBe(OTHER);
    const { inspector: alone } = await account();
    await expect(alone.send(new GetDelegatedAdminAccountCommand({}))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });

  it('sees images run', async () => {
    const { inspector, emulator } = await account({
      repositories: [
        {
          name: 'app',
          images: [
            {
              kind: 'image',
              name: 'app',
              timeline: [SCANNED],
              inUse: { count: 2, seenAgoMs: DAY_MS, clusters: [CLUSTER] },
            },
          ],
        },
      ],
    });
    const { coveredResources } = await inspector.send(new ListCoverageCommand({}));
    const [row] = coveredResources ?? [];
    expect(row?.resourceMetadata?.ecrImage?.inUseCount).toBe(2);
    expect(emulator.now() - Number(row?.resourceMetadata?.ecrImage?.lastInUseAt)).toBeGreaterThanOrEqual(
      DAY_MS,
    );
    const resourceId = `${ARN}/app/${emulator.digests.get('app')}`;
    const { cluster } = await inspector.send(new GetClustersForImageCommand({ filter: { resourceId } }));
    expect(cluster?.map(({ clusterArn }) => clusterArn)).toEqual([CLUSTER]);
    const none = new GetClustersForImageCommand({ filter: { resourceId: `${ARN}/app/sha256:0` } });
    expect((await inspector.send(none)).cluster).toEqual([]);
  });
});

it('KMS tells the state of keys', async () => {
  const { kms } = await account({
    keys: [
      { id: KEY, state: 'PendingDeletion', spec: 'SYMMETRIC_DEFAULT' },
      { id: 'aws', manager: 'AWS' },
    ],
  });
  const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId: KEY }));
  expect(KeyMetadata).toMatchObject({ KeyState: 'PendingDeletion', KeyManager: 'CUSTOMER', Enabled: false });
  expect(KeyMetadata?.DeletionDate).toBeInstanceOf(Date);
  const other = await kms.send(new DescribeKeyCommand({ KeyId: 'aws' }));
  expect(other.KeyMetadata).toMatchObject({ KeyState: 'Enabled', KeyManager: 'AWS' });
});

describe('IAM', () => {
  const iam = {
    users: [
      { name: 'alice', groups: ['ops'], tags: { team: 'a' } },
      { name: 'bob', inline: { own: ALLOW }, boundary: 'Limit' },
    ],
    groups: [{ name: 'ops', attached: ['PowerUserAccess'] }],
    roles: [
      {
        name: 'ci',
        path: '/build/',
        trust: ALLOW,
        inline: { "it's (a) <policy>": ALLOW },
        attached: ['Limit', 'arn:aws:iam::aws:policy/NotListed'],
        instanceProfile: 'nodes',
      },
    ],
    policies: [
      { name: 'Limit', document: ALLOW, earlier: ['{}'] },
      { name: 'PowerUserAccess', document: ALLOW, aws: true },
    ],
    oidcProviders: [{ url: 'token.actions.githubusercontent.com', clientIds: ['sts.amazonaws.com'] }],
  };

  it('tells users, groups, roles and policies', async () => {
    const { iam: client } = await account({ iam: { [ACCOUNT]: iam } });
    const details = await client.send(new GetAccountAuthorizationDetailsCommand({}));
    expect(details.IsTruncated).toBe(false);
    const [alice, bob] = details.UserDetailList ?? [];
    expect(alice).toMatchObject({ GroupList: ['ops'], Tags: [{ Key: 'team', Value: 'a' }] });
    // As IAM does for a user without inline policies.
    expect(alice?.UserPolicyList).toBeUndefined();
    expect(bob?.PermissionsBoundary).toMatchObject({
      PermissionsBoundaryArn: `arn:aws:iam::${ACCOUNT}:policy/Limit`,
    });
    const [role] = details.RoleDetailList ?? [];
    expect(role?.Arn).toBe(`arn:aws:iam::${ACCOUNT}:role/build/ci`);
    expect(role?.RolePolicyList?.[0]?.PolicyName).toBe("it's (a) <policy>");
    expect(role?.RolePolicyList?.[0]?.PolicyDocument).not.toMatch(/["*{]/);
    expect(JSON.parse(decodeURIComponent(role?.RolePolicyList?.[0]?.PolicyDocument ?? ''))).toEqual(ALLOW);
    expect(role?.AttachedManagedPolicies?.map(({ PolicyArn }) => PolicyArn)).toEqual([
      `arn:aws:iam::${ACCOUNT}:policy/Limit`,
      'arn:aws:iam::aws:policy/NotListed',
    ]);
    expect(role?.InstanceProfileList).toMatchObject([
      { Arn: `arn:aws:iam::${ACCOUNT}:instance-profile/nodes`, Roles: [{ RoleName: 'ci' }] },
    ]);
    const [limit] = details.Policies ?? [];
    expect(limit).toMatchObject({
      DefaultVersionId: 'v2',
      PolicyVersionList: [
        { VersionId: 'v2', IsDefaultVersion: true },
        { VersionId: 'v1', IsDefaultVersion: false },
      ],
    });
  });

  it('does so in pages, and by kind', async () => {
    const { iam: client } = await account({ iam: { [ACCOUNT]: iam } });
    const seen: (string | undefined)[] = [];
    let marker: string | undefined;
    do {
      const page = new GetAccountAuthorizationDetailsCommand({ MaxItems: 2, Marker: marker });
      const answer = await client.send(page);
      seen.push(...(answer.UserDetailList ?? []).map(({ UserName }) => UserName));
      seen.push(...(answer.GroupDetailList ?? []).map(({ GroupName }) => GroupName));
      seen.push(...(answer.RoleDetailList ?? []).map(({ RoleName }) => RoleName));
      seen.push(...(answer.Policies ?? []).map(({ PolicyName }) => PolicyName));
      marker = answer.IsTruncated ? answer.Marker : undefined;
    } while (marker !== undefined);
    expect(seen).toEqual(['alice', 'bob', 'ops', 'ci', 'Limit', 'PowerUserAccess']);
    const roles = new GetAccountAuthorizationDetailsCommand({ Filter: ['Role', 'Group'] });
    const answer = await client.send(roles);
    expect([answer.UserDetailList, answer.Policies]).toEqual([[], []]);
    expect(answer.RoleDetailList).toHaveLength(1);
    const wrong = new GetAccountAuthorizationDetailsCommand({ Marker: 'x' });
    await expect(client.send(wrong)).rejects.toMatchObject({ name: 'ValidationError' });
  });

  it('tells identity providers, and nothing else', async () => {
    const { iam: client } = await account({ iam: { [ACCOUNT]: iam } });
    const { OpenIDConnectProviderList } = await client.send(new ListOpenIDConnectProvidersCommand({}));
    const arn = `arn:aws:iam::${ACCOUNT}:oidc-provider/token.actions.githubusercontent.com`;
    expect(OpenIDConnectProviderList).toEqual([{ Arn: arn }]);
    const get = (OpenIDConnectProviderArn: string) =>
      client.send(new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn }));
    expect(await get(arn)).toMatchObject({ ClientIDList: ['sts.amazonaws.com'] });
    await expect(get(`${arn}2`)).rejects.toMatchObject({ name: 'NoSuchEntityException' });
    await expect(client.send(new ListUsersCommand({}))).rejects.toMatchObject({
      name: 'UnknownOperationException',
    });
  });
});

describe('ECS', () => {
  const ecs = {
    taskDefinitions: [
      { family: 'web', revision: 1, containers: { app: 'old' } },
      {
        family: 'web',
        revision: 2,
        taskRole: 'task',
        executionRole: 'arn:aws:iam::444455556666:role/x',
        architecture: 'ARM64' as const,
        containers: { app: 'host/app@{digest:app}' },
      },
    ],
    clusters: [
      {
        name: 'prod',
        services: [{ name: 'web', taskDefinition: 'web:2', replaces: 'web:1', desired: 0 }],
        tasks: [
          {
            id: '0123',
            taskDefinition: 'web:2',
            digests: { app: '{digest:app}' },
            architecture: 'arm64' as const,
          },
          { taskDefinition: 'web:1', taskRole: 'other' },
        ],
      },
    ],
  };
  const role = { name: 'task', path: '/apps/', trust: '{}' };

  it('tells clusters, services, tasks and task definitions', async () => {
    const { ecs: client, emulator } = await account({
      workloads: { ecs },
      iam: { [ACCOUNT]: { roles: [role] } },
    });
    expect((await client.send(new EcsListClusters({}))).clusterArns).toEqual([CLUSTER]);
    const { serviceArns = [] } = await client.send(new ListServicesCommand({ cluster: CLUSTER }));
    const described = await client.send(
      new DescribeServicesCommand({ cluster: 'prod', services: [...serviceArns, 'none'] }),
    );
    expect(described.services).toMatchObject([
      {
        serviceName: 'web',
        desiredCount: 0,
        taskDefinition: expect.stringMatching(/web:2$/),
        deployments: [
          { status: 'PRIMARY', taskDefinition: expect.stringMatching(/web:2$/) },
          { status: 'ACTIVE', taskDefinition: expect.stringMatching(/web:1$/) },
        ],
      },
    ]);
    expect(described.failures).toEqual([{ arn: 'none', reason: 'MISSING' }]);
    const { taskArns = [] } = await client.send(new ListTasksCommand({ cluster: 'prod' }));
    const { tasks } = await client.send(new DescribeTasksCommand({ cluster: 'prod', tasks: taskArns }));
    expect(tasks).toMatchObject([
      {
        taskArn: `arn:aws:ecs:${REGION}:${ACCOUNT}:task/prod/0123`,
        attributes: [{ name: 'ecs.cpu-architecture', value: 'arm64' }],
        containers: [{ name: 'app', imageDigest: emulator.digests.get('app') }],
      },
      { overrides: { taskRoleArn: `arn:aws:iam::${ACCOUNT}:role/other` } },
    ]);
    const { families } = await client.send(new ListTaskDefinitionFamiliesCommand({ status: 'ACTIVE' }));
    expect(families).toEqual(['web']);
    const newest = await client.send(new DescribeTaskDefinitionCommand({ taskDefinition: 'web' }));
    expect(newest.taskDefinition).toMatchObject({
      revision: 2,
      taskRoleArn: `arn:aws:iam::${ACCOUNT}:role/apps/task`,
      executionRoleArn: 'arn:aws:iam::444455556666:role/x',
      runtimePlatform: { cpuArchitecture: 'ARM64' },
      containerDefinitions: [{ image: `host/app@${emulator.digests.get('app')}` }],
    });
  });

  it('does so in pages, and refuses what it does not have', async () => {
    const services = Array.from({ length: 12 }, (_, index) => ({
      name: `s${index}`,
      taskDefinition: 'web:1',
    }));
    const clusters = [{ name: 'prod', services }];
    const { ecs: client } = await account({ workloads: { ecs: { ...ecs, clusters } } });
    const first = await client.send(new ListServicesCommand({ cluster: 'prod' }));
    expect(first.serviceArns).toHaveLength(10);
    const rest = new ListServicesCommand({ cluster: 'prod', nextToken: first.nextToken });
    expect((await client.send(rest)).serviceArns).toHaveLength(2);
    await expect(client.send(new ListTasksCommand({ cluster: 'none' }))).rejects.toMatchObject({
      name: 'ClusterNotFoundException',
    });
    const tooMany = Array.from({ length: 11 }, (_, index) => `s${index}`);
    await expect(
      client.send(new DescribeServicesCommand({ cluster: 'prod', services: tooMany })),
    ).rejects.toMatchObject({ name: 'InvalidParameterException' });
    await expect(client.send(new ListTaskDefinitionsCommand({}))).rejects.toMatchObject({
      name: 'UnknownOperationException',
    });
  });
});

it('EKS tells clusters and the roles of nodes, Fargate and pods', async () => {
  const { eks } = await account({
    workloads: {
      eks: [
        {
          name: 'prod',
          issuer: `oidc.eks.${REGION}.amazonaws.com/id/ABC`,
          role: 'cluster',
          autoModeRole: 'auto',
          nodegroups: [{ name: 'blue', role: 'node' }],
          fargateProfiles: [{ name: 'jobs', role: 'fargate' }],
          podIdentities: [{ namespace: 'web', serviceAccount: 'app', role: 'pod', targetRole: 'far' }],
        },
        { name: 'bare', role: 'cluster' },
      ],
    },
  });
  const clusterName = 'prod';
  const first = await eks.send(new EksListClusters({ maxResults: 1 }));
  expect(first.clusters).toEqual(['prod']);
  const second = await eks.send(new EksListClusters({ maxResults: 1, nextToken: first.nextToken }));
  expect(second.clusters).toEqual(['bare']);
  const { cluster } = await eks.send(new DescribeClusterCommand({ name: 'prod' }));
  expect(cluster).toMatchObject({
    identity: { oidc: { issuer: `https://oidc.eks.${REGION}.amazonaws.com/id/ABC` } },
    computeConfig: { nodeRoleArn: `arn:aws:iam::${ACCOUNT}:role/auto` },
  });
  expect((await eks.send(new ListNodegroupsCommand({ clusterName }))).nodegroups).toEqual(['blue']);
  const node = await eks.send(new DescribeNodegroupCommand({ clusterName, nodegroupName: 'blue' }));
  expect(node.nodegroup?.nodeRole).toBe(`arn:aws:iam::${ACCOUNT}:role/node`);
  const profiles = await eks.send(new ListFargateProfilesCommand({ clusterName }));
  expect(profiles.fargateProfileNames).toEqual(['jobs']);
  const profile = new DescribeFargateProfileCommand({ clusterName, fargateProfileName: 'jobs' });
  expect((await eks.send(profile)).fargateProfile?.podExecutionRoleArn).toMatch(/role\/fargate$/);
  const { associations = [] } = await eks.send(new ListPodIdentityAssociationsCommand({ clusterName }));
  const associationId = associations[0]?.associationId ?? '';
  expect(associations).toMatchObject([{ namespace: 'web', serviceAccount: 'app' }]);
  const one = new DescribePodIdentityAssociationCommand({ clusterName, associationId });
  expect((await eks.send(one)).association).toMatchObject({
    roleArn: `arn:aws:iam::${ACCOUNT}:role/pod`,
    targetRoleArn: `arn:aws:iam::${ACCOUNT}:role/far`,
  });
  const empty = await eks.send(new ListNodegroupsCommand({ clusterName: 'bare' }));
  expect(empty.nodegroups).toEqual([]);
  await expect(eks.send(new DescribeClusterCommand({ name: 'none' }))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  });
  await expect(eks.send(new ListAddonsCommand({ clusterName }))).rejects.toThrow(/not emulated/);
});

it('Lambda tells functions, their images, versions and aliases', async () => {
  const functions = [
    {
      name: 'orders',
      role: 'fn',
      image: 'host/app:1.0',
      resolved: 'host/app@{digest:app}',
      architecture: 'arm64' as const,
      versions: { '3': { image: 'host/app@{digest:app}' } },
      aliases: { live: ['3', '$LATEST'], next: ['$LATEST'] },
    },
    ...Array.from({ length: 60 }, (_, index) => ({ name: `zip${index}`, role: 'fn' })),
  ];
  const { lambda, emulator } = await account({ workloads: { lambda: functions } });
  const first = await lambda.send(new ListFunctionsCommand({}));
  expect(first.Functions).toHaveLength(50);
  expect(first.Functions?.[0]).toMatchObject({
    FunctionName: 'orders',
    PackageType: 'Image',
    Role: `arn:aws:iam::${ACCOUNT}:role/fn`,
    Architectures: ['arm64'],
  });
  expect(first.Functions?.[1]?.PackageType).toBe('Zip');
  const rest = await lambda.send(new ListFunctionsCommand({ Marker: first.NextMarker }));
  expect(rest.Functions).toHaveLength(11);
  expect(rest.NextMarker).toBeUndefined();
  const get = (Qualifier?: string) =>
    lambda.send(new GetFunctionCommand({ FunctionName: 'orders', ...(Qualifier && { Qualifier }) }));
  const resolved = `host/app@${emulator.digests.get('app')}`;
  expect((await get()).Code).toMatchObject({ ImageUri: 'host/app:1.0', ResolvedImageUri: resolved });
  expect((await get('3')).Code).toMatchObject({ ImageUri: resolved, ResolvedImageUri: resolved });
  await expect(get('4')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  const { Aliases } = await lambda.send(new ListAliasesCommand({ FunctionName: 'orders' }));
  expect(Aliases).toMatchObject([
    { Name: 'live', FunctionVersion: '3', RoutingConfig: { AdditionalVersionWeights: { $LATEST: 0.1 } } },
    { Name: 'next', FunctionVersion: '$LATEST' },
  ]);
});

it('Organizations tells the organization, if there is one', async () => {
  const { organizations } = await account({ organization: { id: 'o-abc123', managementAccount: OTHER } });
  const { Organization } = await organizations.send(new DescribeOrganizationCommand({}));
  expect(Organization).toMatchObject({ Id: 'o-abc123', MasterAccountId: OTHER });
  const { organizations: alone } = await account();
  await expect(alone.send(new DescribeOrganizationCommand({}))).rejects.toMatchObject({
    name: 'AWSOrganizationsNotInUseException',
  });
});

describe('other accounts and regions', () => {
  const role = `arn:aws:iam::${OTHER}:role/auditor`;
  const more: Partial<Scenario> = {
    assumable: [role],
    iam: { [OTHER]: { roles: [{ name: 'theirs', trust: '{}' }] } },
    others: [
      { account: ACCOUNT, region: 'us-west-2', repositories: [{ name: 'west', images: [] }] },
      {
        account: OTHER,
        region: REGION,
        repositories: [{ name: 'far', images: [{ kind: 'image', name: 'far', timeline: [] }] }],
        workloads: { lambda: [{ name: 'f', role: 'theirs', image: 'host/app@{digest:app}' }] },
      },
    ],
  };
  const names = async (ecr: ECRClient) =>
    (await ecr.send(new DescribeRepositoriesCommand({}))).repositories?.map(
      ({ repositoryArn }) => repositoryArn,
    );

  it('are identified by the region and by the account of the credentials', async () => {
    const { ecr, sts, emulator } = await account(more);
    expect(await names(ecr)).toEqual([`${ARN}/app`]);
    const west = clientsOf(emulator, 'us-west-2');
    expect(await names(west.ecr)).toEqual([`arn:aws:ecr:us-west-2:${ACCOUNT}:repository/west`]);
    const { Credentials } = await sts.send(
      new AssumeRoleCommand({ RoleArn: role, RoleSessionName: 'audit' }),
    );
    const far = clientsOf(emulator, REGION, {
      accessKeyId: Credentials?.AccessKeyId ?? '',
      secretAccessKey: Credentials?.SecretAccessKey ?? '',
      sessionToken: Credentials?.SessionToken ?? '',
    });
    expect(await names(far.ecr)).toEqual([`arn:aws:ecr:${REGION}:${OTHER}:repository/far`]);
    expect((await far.sts.send(new GetCallerIdentityCommand({}))).Account).toBe(OTHER);
    const { RoleDetailList } = await far.iam.send(new GetAccountAuthorizationDetailsCommand({}));
    expect(RoleDetailList?.map(({ Arn }) => Arn)).toEqual([`arn:aws:iam::${OTHER}:role/theirs`]);
    const { Code } = await far.lambda.send(new GetFunctionCommand({ FunctionName: 'f' }));
    expect(Code?.ImageUri).toBe(`host/app@${emulator.digests.get('app')}`);
  });

  it('share images with the accounts that the policy of a repository names', async () => {
    const allow = (Principal: string, Action: string) => ({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { AWS: Principal }, Action }],
    });
    const root = `arn:aws:iam::${ACCOUNT}:root`;
    const far = (name: string, policy?: ReturnType<typeof allow>) => ({
      name,
      images: [image(SCANNED)],
      ...(policy === undefined ? {} : { policy }),
    });
    const repositories = [
      far('shared', allow(root, 'ecr:DescribeImages')),
      far('private'),
      far('stranger', allow(`arn:aws:iam::${OTHER}:root`, 'ecr:*')),
      far('write-only', allow(root, 'ecr:PutImage')),
    ];
    const { ecr, emulator } = await account({ others: [{ account: OTHER, region: REGION, repositories }] });
    const describeIn = (repositoryName: string) =>
      ecr.send(new DescribeImagesCommand({ registryId: OTHER, repositoryName }));
    // Images of one name are copies of each other.
    const [detail] = (await describeIn('shared')).imageDetails ?? [];
    expect(detail).toMatchObject({ registryId: OTHER, imageDigest: emulator.digests.get('app') });
    expect(emulator.storeOf(OTHER, REGION).repositories.has('shared')).toBe(true);
    expect(() => emulator.storeOf(OTHER, 'us-west-2')).toThrow(/no region/);
    for (const name of ['private', 'stranger', 'write-only']) {
      await expect(describeIn(name)).rejects.toMatchObject({ name: 'AccessDeniedException' });
    }
    await expect(describeIn('gone')).rejects.toMatchObject({ name: 'RepositoryNotFoundException' });
  });

  it('have no two images of one name in a repository, or with different bytes', async () => {
    const twice = { name: 'app', images: [image(SCANNED), image(SCANNED)] };
    await expect(startEmulator(scenario([], { repositories: [twice] }))).rejects.toThrow(/Two images of app/);
    const others = [{ ...image(SCANNED), annotations: { a: 'b' } } as ImageSpec];
    const repositories = [
      { name: 'app', images: [image(SCANNED)] },
      { name: 'copy', images: others },
    ];
    await expect(startEmulator(scenario([], { repositories }))).rejects.toThrow(/Images named app differ/);
  });

  it('are refused if the scenario has none, and to roles that it does not name', async () => {
    const { sts, emulator } = await account(more);
    const nowhere = clientsOf(emulator, 'eu-north-1');
    await expect(names(nowhere.ecr)).rejects.toMatchObject({ name: 'InvalidSignatureException' });
    const other = new AssumeRoleCommand({ RoleArn: `${role}s`, RoleSessionName: 'audit' });
    await expect(sts.send(other)).rejects.toMatchObject({ name: 'AccessDenied' });
  });
});

describe('what goes wrong', () => {
  const cases: readonly (readonly [string, (clients: Clients) => Promise<unknown>, string, number])[] = [
    [
      'ecr:GetLifecyclePolicy',
      ({ ecr }) => ecr.send(new GetLifecyclePolicyCommand({ repositoryName: 'app' })),
      'AccessDeniedException',
      400,
    ],
    ['ecs:ListClusters', ({ ecs }) => ecs.send(new EcsListClusters({})), 'AccessDeniedException', 400],
    ['eks:ListClusters', ({ eks }) => eks.send(new EksListClusters({})), 'AccessDeniedException', 403],
    [
      'inspector2:ListFilters',
      ({ inspector }) => inspector.send(new ListFiltersCommand({})),
      'AccessDeniedException',
      403,
    ],
    [
      'iam:GetAccountAuthorizationDetails',
      ({ iam }) => iam.send(new GetAccountAuthorizationDetailsCommand({})),
      'AccessDenied',
      403,
    ],
    [
      'kms:DescribeKey',
      ({ kms }) => kms.send(new DescribeKeyCommand({ KeyId: KEY })),
      'AccessDeniedException',
      400,
    ],
    [
      'lambda:ListFunctions',
      ({ lambda }) => lambda.send(new ListFunctionsCommand({})),
      'AccessDeniedException',
      403,
    ],
    [
      'organizations:DescribeOrganization',
      ({ organizations }) => organizations.send(new DescribeOrganizationCommand({})),
      'AccessDeniedException',
      400,
    ],
    ['sts:GetCallerIdentity', ({ sts }) => sts.send(new GetCallerIdentityCommand({})), 'AccessDenied', 403],
  ];

  it.each(cases)('%s can be denied', async (api, call, name, status) => {
    const clients = await account({ faults: [{ api, kind: 'deny' }] });
    await expect(call(clients)).rejects.toMatchObject({
      name,
      message: expect.stringContaining(`is not authorized to perform: ${api}`),
      $metadata: { httpStatusCode: status },
    });
  });

  it.each(cases)('%s can be throttled and fail', async (api, call) => {
    const throttled = await account({ faults: [{ api, kind: 'throttle' }] });
    await expect(call(throttled)).rejects.toMatchObject({
      name: expect.stringMatching(/^(ThrottlingException|Throttling|TooManyRequestsException)$/),
    });
    const failing = await account({ faults: [{ api, kind: '500' }] });
    await expect(call(failing)).rejects.toMatchObject({ $metadata: { httpStatusCode: 500 } });
    const reset = await account({ faults: [{ api, kind: 'reset' }] });
    await expect(call(reset)).rejects.toMatchObject({ code: 'ECONNRESET' });
  });

  it('strikes one of two services that have an operation of the same name', async () => {
    const { ecs, eks } = await account({ faults: [{ api: 'eks:ListClusters', kind: 'deny' }] });
    await expect(eks.send(new EksListClusters({}))).rejects.toThrow();
    expect((await ecs.send(new EcsListClusters({}))).clusterArns).toEqual([]);
  });

  it('leads in circles, and leaves out what an answer is about', async () => {
    const faults: FaultSpec[] = [
      { api: 'GetAccountAuthorizationDetails', kind: 'repeat-token', to: 2 },
      { api: 'GetAccountAuthorizationDetails', kind: 'missing-member', from: 3 },
      { api: 'ListFunctions', kind: 'repeat-token' },
      { api: 'eks:ListClusters', kind: 'missing-member' },
    ];
    const { iam, lambda, eks } = await account({ faults });
    const first = await iam.send(new GetAccountAuthorizationDetailsCommand({}));
    expect(first.IsTruncated).toBe(true);
    const again = new GetAccountAuthorizationDetailsCommand({ Marker: first.Marker });
    expect((await iam.send(again)).Marker).toBe(first.Marker);
    const partial = await iam.send(new GetAccountAuthorizationDetailsCommand({}));
    expect(partial.RoleDetailList).toBeUndefined();
    const functions = await lambda.send(new ListFunctionsCommand({}));
    expect((await lambda.send(new ListFunctionsCommand({ Marker: functions.NextMarker }))).NextMarker).toBe(
      functions.NextMarker,
    );
    expect((await eks.send(new EksListClusters({}))).clusters).toBeUndefined();
  });
});
