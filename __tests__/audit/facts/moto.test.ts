/**
 * A second opinion on what AWS's answers look like: the collector reads from moto, an emulator that others wrote from AWS's
 * service models. What moto does not have is refused as AWS refuses an operation that it does not know.
 */
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  CreateRepositoryCommand,
  ECRClient,
  PutImageCommand,
  PutLifecyclePolicyCommand,
  PutRegistryPolicyCommand,
  PutRegistryScanningConfigurationCommand,
  PutReplicationConfigurationCommand,
  SetRepositoryPolicyCommand,
} from '@aws-sdk/client-ecr';
import {
  CreateClusterCommand,
  CreateServiceCommand,
  ECSClient,
  RegisterTaskDefinitionCommand,
  RunTaskCommand,
} from '@aws-sdk/client-ecs';
import {
  CreateFargateProfileCommand,
  CreateNodegroupCommand,
  EKSClient,
  CreateClusterCommand as EksCreateCluster,
} from '@aws-sdk/client-eks';
import {
  AddRoleToInstanceProfileCommand,
  AddUserToGroupCommand,
  AttachRolePolicyCommand,
  CreateGroupCommand,
  CreateInstanceProfileCommand,
  CreateOpenIDConnectProviderCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  IAMClient,
  PutGroupPolicyCommand,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { CreateKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import {
  CreateAliasCommand,
  CreateFunctionCommand,
  LambdaClient,
  PublishVersionCommand,
} from '@aws-sdk/client-lambda';
import { CreateOrganizationCommand, OrganizationsClient } from '@aws-sdk/client-organizations';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Moto, motoForTests, startMoto } from '../../../scripts/moto.ts';
import { type CollectedFacts, collectFacts } from '../../../src/audit/facts/collect.ts';
import { parseRegistryName } from '../../../src/audit/facts/scope.ts';
import { startDeadline, systemClock } from '../../../src/deadline.ts';
import { gapOf, knownOf, ROLE, SCOPE } from './stage.ts';

const environment = await motoForTests();

// moto's own.
const ACCOUNT = '123456789012';
const OTHER = '222233334444';
const REGION = 'eu-central-1';
const HOST = `${ACCOUNT}.dkr.ecr.${REGION}.amazonaws.com`;
const OTHER_HOST = `${OTHER}.dkr.ecr.${REGION}.amazonaws.com`;
const document = (...Statement: object[]) => JSON.stringify({ Version: '2012-10-17', Statement });
const TRUST = document({
  Effect: 'Allow',
  Principal: { Service: 'ecs-tasks.amazonaws.com' },
  Action: 'sts:AssumeRole',
});
// It depends on the tags of repositories, so that these are read.
const PULL = document({
  Effect: 'Allow',
  Action: ['ecr:BatchGetImage'],
  Resource: '*',
  Condition: { StringEquals: { 'ecr:ResourceTag/team': 'app' } },
});
const REPOSITORY_POLICY = document({
  Sid: 'Pull',
  Effect: 'Allow',
  Principal: '*',
  Action: 'ecr:BatchGetImage',
});
const LIFECYCLE = JSON.stringify({
  rules: [
    {
      rulePriority: 1,
      selection: { tagStatus: 'untagged', countType: 'sinceImagePushed', countUnit: 'days', countNumber: 7 },
      action: { type: 'expire' },
    },
  ],
});
const OCI = 'application/vnd.oci.image';

function manifest(name: string): string {
  const blob = (mediaType: string) => ({
    mediaType,
    size: 2,
    digest: `sha256:${Buffer.from(name).toString('hex').padEnd(64, '0')}`,
  });
  return JSON.stringify({
    schemaVersion: 2,
    mediaType: `${OCI}.manifest.v1+json`,
    config: blob(`${OCI}.config.v1+json`),
    layers: [blob(`${OCI}.layer.v1.tar+gzip`)],
  });
}

/** One of the subnets that moto has in each region. */
async function subnetOf({ url }: Moto): Promise<string> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: {
      authorization: `AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20260101/${REGION}/ec2/aws4_request, SignedHeaders=host, Signature=0`,
    },
    body: new URLSearchParams({ Action: 'DescribeSubnets', Version: '2016-11-15' }),
  });
  const subnet = /<subnetId>([^<]+)</.exec(await answer.text())?.[1];
  if (subnet === undefined) throw new Error('moto has no subnet');
  return subnet;
}

/** Passes requests on to moto, and answers as AWS does where moto has only a page that says so. */
async function startAws(moto: Moto) {
  const unknown = new Set<string>();
  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { host: _, connection: __, 'content-length': ___, ...headers } = request.headers;
    const body = Buffer.concat(chunks);
    const answer = await fetch(`${moto.url}${request.url}`, {
      method: request.method ?? 'GET',
      headers: headers as Record<string, string>,
      ...(body.length > 0 && { body }),
    });
    const text = await answer.text();
    const type = answer.headers.get('content-type') ?? '';
    response.setHeader('date', new Date().toUTCString());
    // moto has no Pod Identity. The rest of EKS is of interest.
    if (request.method === 'GET' && /^\/clusters\/[^/]+\/pod-identity-associations/.test(request.url ?? '')) {
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"associations":[]}');
    } else if (type.startsWith('text/html') && answer.status >= 400) {
      unknown.add(String(request.headers['x-amz-target'] ?? request.url));
      response
        .writeHead(400, { 'content-type': 'application/json' })
        .end('{"__type":"UnknownOperationException","message":"The operation is unknown"}');
    } else {
      const errorType = answer.headers.get('x-amzn-errortype');
      response
        .writeHead(answer.status, {
          'content-type': type,
          ...(errorType && { 'x-amzn-errortype': errorType }),
        })
        .end(text);
    }
  };
  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => response.destroy(error as Error));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    unknown,
    close: () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  };
}

describe.skipIf(environment === undefined)('moto, read by the collector', () => {
  let moto: Moto;
  let aws: Awaited<ReturnType<typeof startAws>>;
  let facts: CollectedFacts;
  let keyArn: string | undefined;
  const digests = new Map<string, string>();

  beforeAll(async () => {
    moto = await startMoto(environment ?? '');
    aws = await startAws(moto);
    process.env.AWS_ENDPOINT_URL = aws.url;
    await fill();
    const deadline = startDeadline(10 * 60_000, systemClock, new AbortController().signal);
    facts = await collectFacts(
      { ...SCOPE, registries: [REGION, OTHER_HOST].map(parseRegistryName), role: ROLE },
      { deadline, environment: {}, log: () => {} },
    );
    deadline.clear();
  }, 400_000);

  afterAll(async () => {
    delete process.env.AWS_ENDPOINT_URL;
    await aws?.close();
    await moto?.stop();
  });

  async function fill(): Promise<void> {
    const configuration = { endpoint: moto.url, region: REGION };
    const kms = new KMSClient(configuration);
    keyArn = (await kms.send(new CreateKeyCommand({}))).KeyMetadata?.Arn;
    await fillEcr(new ECRClient(configuration));
    await fillIam(new IAMClient(configuration));
    await fillEcs(new ECSClient(configuration));
    await fillEks(new EKSClient(configuration));
    await fillLambda(new LambdaClient(configuration));
    await new OrganizationsClient(configuration).send(new CreateOrganizationCommand({}));
    const { Credentials } = await new STSClient(configuration).send(
      new AssumeRoleCommand({ RoleArn: ROLE.replace('{account}', OTHER), RoleSessionName: 'fill' }),
    );
    const other = new ECRClient({
      ...configuration,
      credentials: {
        accessKeyId: Credentials?.AccessKeyId ?? '',
        secretAccessKey: Credentials?.SecretAccessKey ?? '',
        sessionToken: Credentials?.SessionToken ?? '',
      },
    });
    await other.send(new CreateRepositoryCommand({ repositoryName: 'theirs' }));
  }

  async function fillEcr(ecr: ECRClient): Promise<void> {
    await ecr.send(
      new CreateRepositoryCommand({
        repositoryName: 'team/app',
        imageTagMutability: 'IMMUTABLE_WITH_EXCLUSION',
        imageTagMutabilityExclusionFilters: [{ filter: 'dev-*', filterType: 'WILDCARD' }],
        encryptionConfiguration: { encryptionType: 'KMS', kmsKey: keyArn },
        tags: [{ Key: 'team', Value: 'app' }],
      }),
    );
    await ecr.send(new CreateRepositoryCommand({ repositoryName: 'bare' }));
    await ecr.send(
      new SetRepositoryPolicyCommand({ repositoryName: 'team/app', policyText: REPOSITORY_POLICY }),
    );
    await ecr.send(
      new PutLifecyclePolicyCommand({ repositoryName: 'team/app', lifecyclePolicyText: LIFECYCLE }),
    );
    // Where moto is given none, it makes up a digest that is not the manifest's.
    const put = async (name: string, imageManifest: string, imageTag: string) => {
      const imageDigest = `sha256:${createHash('sha256').update(imageManifest).digest('hex')}`;
      await ecr.send(
        new PutImageCommand({ repositoryName: 'team/app', imageManifest, imageDigest, imageTag }),
      );
      digests.set(name, imageDigest);
    };
    await put('amd64', manifest('amd64'), 'v1-amd64');
    await put('arm64', manifest('arm64'), 'v1-arm64');
    const child = (name: string) => ({
      mediaType: `${OCI}.manifest.v1+json`,
      size: manifest(name).length,
      digest: digests.get(name),
      platform: { os: 'linux', architecture: name },
    });
    const index = {
      schemaVersion: 2,
      mediaType: `${OCI}.index.v1+json`,
      manifests: ['amd64', 'arm64'].map(child),
    };
    await put('index', JSON.stringify(index), 'v1');
    await ecr.send(
      new PutRegistryScanningConfigurationCommand({
        scanType: 'BASIC',
        rules: [
          {
            scanFrequency: 'SCAN_ON_PUSH',
            repositoryFilters: [{ filter: 'team/*', filterType: 'WILDCARD' }],
          },
        ],
      }),
    );
    await ecr.send(
      new PutReplicationConfigurationCommand({
        replicationConfiguration: {
          rules: [
            {
              destinations: [{ region: 'us-east-1', registryId: OTHER }],
              repositoryFilters: [{ filter: 'team/', filterType: 'PREFIX_MATCH' }],
            },
          ],
        },
      }),
    );
    await ecr.send(
      new PutRegistryPolicyCommand({
        policyText: document({
          Sid: 'Replicate',
          Effect: 'Allow',
          Principal: { AWS: `arn:aws:iam::${OTHER}:root` },
          Action: ['ecr:ReplicateImage'],
          Resource: `arn:aws:ecr:${REGION}:${ACCOUNT}:repository/*`,
        }),
      }),
    );
  }

  async function fillIam(iam: IAMClient): Promise<void> {
    const { Policy } = await iam.send(new CreatePolicyCommand({ PolicyName: 'pull', PolicyDocument: PULL }));
    const PolicyArn = Policy?.Arn;
    await iam.send(
      new CreateRoleCommand({
        RoleName: 'app',
        Path: '/team/',
        AssumeRolePolicyDocument: TRUST,
        PermissionsBoundary: PolicyArn,
        Tags: [{ Key: 'team', Value: 'app' }],
      }),
    );
    await iam.send(new PutRolePolicyCommand({ RoleName: 'app', PolicyName: 'inline', PolicyDocument: PULL }));
    await iam.send(new AttachRolePolicyCommand({ RoleName: 'app', PolicyArn }));
    await iam.send(new CreateInstanceProfileCommand({ InstanceProfileName: 'nodes' }));
    await iam.send(new AddRoleToInstanceProfileCommand({ InstanceProfileName: 'nodes', RoleName: 'app' }));
    await iam.send(new CreateUserCommand({ UserName: 'developer', Tags: [{ Key: 'team', Value: 'app' }] }));
    await iam.send(new CreateGroupCommand({ GroupName: 'developers' }));
    await iam.send(
      new PutGroupPolicyCommand({ GroupName: 'developers', PolicyName: 'group', PolicyDocument: PULL }),
    );
    await iam.send(new AddUserToGroupCommand({ GroupName: 'developers', UserName: 'developer' }));
    await iam.send(
      new CreateOpenIDConnectProviderCommand({
        Url: 'https://token.actions.githubusercontent.com',
        ClientIDList: ['sts.amazonaws.com'],
        ThumbprintList: ['a'.repeat(40)],
      }),
    );
  }

  const role = `arn:aws:iam::${ACCOUNT}:role/team/app`;

  async function fillEcs(ecs: ECSClient): Promise<void> {
    await ecs.send(new CreateClusterCommand({ clusterName: 'prod' }));
    const awsvpcConfiguration = { subnets: [await subnetOf(moto)], securityGroups: [] };
    for (const family of ['app', 'spare']) {
      await ecs.send(
        new RegisterTaskDefinitionCommand({
          family,
          taskRoleArn: role,
          executionRoleArn: role,
          networkMode: 'awsvpc',
          requiresCompatibilities: ['FARGATE'],
          cpu: '256',
          memory: '512',
          runtimePlatform: { cpuArchitecture: 'ARM64', operatingSystemFamily: 'LINUX' },
          containerDefinitions: [{ name: 'app', image: `${HOST}/team/app:v1`, memory: 512 }],
        }),
      );
    }
    await ecs.send(
      new CreateServiceCommand({
        cluster: 'prod',
        serviceName: 'web',
        taskDefinition: 'app',
        desiredCount: 1,
        launchType: 'FARGATE',
        networkConfiguration: { awsvpcConfiguration },
      }),
    );
    await ecs.send(
      new RunTaskCommand({
        cluster: 'prod',
        taskDefinition: 'app',
        launchType: 'FARGATE',
        networkConfiguration: { awsvpcConfiguration },
      }),
    );
  }

  async function fillEks(eks: EKSClient): Promise<void> {
    const subnets = ['subnet-1', 'subnet-2'];
    await eks.send(
      new EksCreateCluster({ name: 'prod', roleArn: role, resourcesVpcConfig: { subnetIds: subnets } }),
    );
    await eks.send(
      new CreateNodegroupCommand({ clusterName: 'prod', nodegroupName: 'blue', nodeRole: role, subnets }),
    );
    await eks.send(
      new CreateFargateProfileCommand({
        clusterName: 'prod',
        fargateProfileName: 'jobs',
        podExecutionRoleArn: role,
        selectors: [{ namespace: 'jobs' }],
      }),
    );
  }

  async function fillLambda(lambda: LambdaClient): Promise<void> {
    await lambda.send(
      new CreateFunctionCommand({
        FunctionName: 'orders',
        Role: role,
        PackageType: 'Image',
        Architectures: ['arm64'],
        Code: { ImageUri: `${HOST}/team/app@${digests.get('arm64')}` },
      }),
    );
    const { Version } = await lambda.send(new PublishVersionCommand({ FunctionName: 'orders' }));
    await lambda.send(
      new CreateAliasCommand({ FunctionName: 'orders', Name: 'live', FunctionVersion: Version }),
    );
  }

  const registry = () => {
    const [first] = facts.registries;
    if (first === undefined) throw new Error('no registry');
    return first;
  };
  const repository = (name: string) => {
    const found = knownOf(registry().repositories).find((one) => one.name === name);
    if (found === undefined) throw new Error(`no repository ${name}`);
    return found;
  };

  it('has registries with their scanning, replication and policy', () => {
    expect(knownOf(registry().scanning)).toEqual({
      scanType: 'BASIC',
      rules: [{ frequency: 'SCAN_ON_PUSH', filters: ['team/*'] }],
    });
    expect(knownOf(registry().replication)).toEqual([
      { destinations: [{ region: 'us-east-1', account: OTHER }], prefixes: ['team/'] },
    ]);
    expect(knownOf(registry().policy)).toContain('ecr:ReplicateImage');
    const [, other] = facts.registries;
    expect(other && knownOf(other.repositoryNames)).toEqual(['theirs']);
    expect(other && knownOf(other.policy)).toBeUndefined();
  });

  it('has repositories with documents, tags, keys and frequencies', () => {
    const app = repository('team/app');
    expect(JSON.parse(knownOf(app.policy) ?? '')).toEqual(JSON.parse(REPOSITORY_POLICY));
    expect(JSON.parse(knownOf(app.lifecyclePolicy) ?? '')).toEqual(JSON.parse(LIFECYCLE));
    expect(knownOf(app.tags)).toEqual({ team: 'app' });
    expect(knownOf(app.mutability)).toEqual({ setting: 'IMMUTABLE_WITH_EXCLUSION', exclusions: ['dev-*'] });
    expect(knownOf(app.encryption)).toEqual({ type: 'KMS', key: keyArn });
    expect(knownOf(app.key)).toEqual({ state: 'Enabled', manager: 'CUSTOMER', deletionDate: undefined });
    expect(knownOf(app.scanFrequency)).toBe('SCAN_ON_PUSH');
    const bare = repository('bare');
    expect(knownOf(bare.policy)).toBeUndefined();
    expect(knownOf(bare.lifecyclePolicy)).toBeUndefined();
    expect(knownOf(bare.tags)).toEqual({});
    expect(knownOf(bare.images)).toEqual([]);
  });

  it('has images, and what indexes list', () => {
    const images = knownOf(repository('team/app').images);
    expect(images.map(({ digest }) => digest).sort()).toEqual([...digests.values()].sort());
    const index = images.find(({ digest }) => digest === digests.get('index'));
    expect(index).toMatchObject({ tags: ['v1'], isIndex: true, mediaType: `${OCI}.index.v1+json` });
    expect(index?.entries).toEqual([
      { digest: digests.get('amd64'), platform: 'linux/amd64' },
      { digest: digests.get('arm64'), platform: 'linux/arm64' },
    ]);
    const image = images.find(({ digest }) => digest === digests.get('arm64'));
    expect(image).toMatchObject({ tags: ['v1-arm64'], isIndex: false });
    expect(image?.pushedAt).toBeInstanceOf(Date);
  });

  it('has principals, with all that gives them permissions', () => {
    const [account] = facts.accounts;
    const principals = account === undefined ? [] : knownOf(account.principals);
    expect(principals.map(({ arn }) => arn)).toEqual([`arn:aws:iam::${ACCOUNT}:user/developer`, role]);
    const [developer, app] = principals;
    const policy = { name: `arn:aws:iam::${ACCOUNT}:policy/pull`, text: { known: PULL } };
    expect(app).toMatchObject({
      tags: { known: { team: 'app' } },
      policies: { known: [{ name: 'inline', text: { known: PULL } }, policy] },
      boundary: { known: policy },
      trust: { known: TRUST },
    });
    expect(developer?.policies).toEqual({
      known: [{ name: 'group (group developers)', text: { known: PULL } }],
    });
    expect(account && knownOf(account.instanceProfiles)).toEqual([
      { arn: `arn:aws:iam::${ACCOUNT}:instance-profile/nodes`, roles: [role] },
    ]);
    expect(account && knownOf(account.oidcProviders)).toEqual([
      {
        arn: `arn:aws:iam::${ACCOUNT}:oidc-provider/token.actions.githubusercontent.com`,
        clientIds: ['sts.amazonaws.com'],
      },
    ]);
    expect(knownOf(facts.managementAccount)).toBe(ACCOUNT);
  });

  it('has workloads with images and roles', () => {
    const { workloads } = registry();
    const image = `${HOST}/team/app:v1`;
    expect(knownOf(workloads.ecs)).toContainEqual({
      kind: 'ecs-service',
      by: 'ecs:service/prod/web',
      cluster: 'prod',
      image,
      digest: undefined,
      architecture: 'arm64',
    });
    expect(knownOf(workloads.ecs).some(({ kind }) => kind === 'ecs-task')).toBe(true);
    const ecsRoles = knownOf(workloads.ecsRoles).map((use) => use.by);
    expect(ecsRoles).toEqual(
      expect.arrayContaining(['ecs:task-definition/app:1 (task)', 'ecs:task-definition/spare:1 (execution)']),
    );
    expect(knownOf(workloads.eksRoles)).toEqual([
      { role, by: 'eks:nodegroup/prod/blue (nodes)' },
      { role, by: 'eks:fargateprofile/prod/jobs (pod execution)' },
    ]);
    expect(knownOf(workloads.eksClusters)).toMatchObject([
      { name: 'prod', issuer: expect.stringContaining('oidc.eks') },
    ]);
    expect(knownOf(workloads.lambdaRoles)).toEqual([{ role, by: 'lambda:function/orders' }]);
    expect(knownOf(workloads.lambda).map(({ by }) => by)).toEqual([
      'lambda:function/orders',
      'lambda:function/orders:1',
    ]);
    for (const use of knownOf(workloads.lambda)) {
      expect(use).toMatchObject({ image: `${HOST}/team/app@${digests.get('arm64')}`, architecture: 'arm64' });
    }
  });

  it('leaves unknown what it does not have, and says which call', () => {
    for (const fact of [registry().policyScope, registry().cacheRules, registry().templates]) {
      expect(gapOf(fact)?.reason).toContain('UnknownOperationException');
    }
    expect([...aws.unknown].join(' ')).toContain('GetAccountSetting');
  });
});
