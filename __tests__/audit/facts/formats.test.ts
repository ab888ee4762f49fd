/** Names in answers are held to their format: a name that AWS cannot have given would hide what it stands for. */
import { describe, expect, it } from 'vitest';
import type { Json } from '../../../emulator/scenario.ts';
import { HOST } from '../../../emulator/scenarios/build.ts';
import { Fact, type RegistryFacts } from '../../../src/audit/facts.ts';
import { usesByRepository } from '../../../src/audit/uses.ts';
import { everything } from './everything.ts';
import { collect, gapOf, knownOf, registryOf, repositoryOf } from './stage.ts';

/** Every value of the members of one name, changed at any depth. */
function changed(value: Json, name: string, change: (text: string) => string): Json {
  if (Array.isArray(value)) return value.map((item: Json) => changed(item, name, change));
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).map(([key, member]): [string, Json] => {
    if (key !== name) return [key, changed(member, name, change)];
    if (Array.isArray(member)) return [key, member.map((item: Json) => change(String(item)))];
    return [key, typeof member === 'string' ? change(member) : member];
  });
  return Object.fromEntries(members);
}

const answering = (api: string, name: string, change: (text: string) => string) =>
  collect(everything, {
    alter: ({ service, api: answered, answer }) =>
      `${service}:${answered}` === api && answer.status === 200
        ? { ...answer, body: changed(answer.body as Json, name, change) as typeof answer.body }
        : answer,
  });

const MISSING = Fact.unknown('there is no such repository');

type Pick = (registry: RegistryFacts) => Fact<unknown>;

describe('what an answer names in no format of AWS is unknown', () => {
  it.each<[string, string, Pick]>([
    ['ecs:ListClusters', 'clusterArns', ({ workloads }) => workloads.ecs],
    ['ecs:ListServices', 'serviceArns', ({ workloads }) => workloads.ecs],
    ['ecs:ListTasks', 'taskArns', ({ workloads }) => workloads.ecs],
    ['ecs:DescribeTaskDefinition', 'taskRoleArn', ({ workloads }) => workloads.ecsRoles],
    ['ecs:DescribeTaskDefinition', 'executionRoleArn', ({ workloads }) => workloads.ecsRoles],
    ['ecs:DescribeTasks', 'taskRoleArn', ({ workloads }) => workloads.ecsRoles],
    ['eks:DescribeNodegroup', 'nodeRole', ({ workloads }) => workloads.eksRoles],
    ['eks:DescribeCluster', 'nodeRoleArn', ({ workloads }) => workloads.eksRoles],
    ['eks:DescribeFargateProfile', 'podExecutionRoleArn', ({ workloads }) => workloads.eksRoles],
    ['eks:DescribePodIdentityAssociation', 'roleArn', ({ workloads }) => workloads.eksRoles],
    ['eks:DescribePodIdentityAssociation', 'targetRoleArn', ({ workloads }) => workloads.eksRoles],
    ['lambda:ListFunctions', 'Role', ({ workloads }) => workloads.lambdaRoles],
    ['lambda:GetFunction', 'ImageUri', ({ workloads }) => workloads.lambda],
    ['lambda:GetFunction', 'ResolvedImageUri', ({ workloads }) => workloads.lambda],
    ['lambda:GetFunction', 'ImageUri', ({ workloads }) => workloads.lambdaVersions],
    ['ecr:GetRegistryScanningConfiguration', 'filter', ({ scanning }) => scanning],
    ['ecr:DescribeRegistry', 'filter', ({ replication }) => replication],
    ['ecr:DescribeRegistry', 'region', ({ replication }) => replication],
    [
      'ecr:DescribeRepositories',
      'filter',
      (registry) =>
        knownOf(registry.repositories).find(({ name }) => name === 'team/jobs')?.mutability ?? MISSING,
    ],
    ['ecr:DescribePullThroughCacheRules', 'ecrRepositoryPrefix', ({ cacheRules }) => cacheRules],
    ['ecr:DescribeRepositoryCreationTemplates', 'prefix', ({ templates }) => templates],
  ])('%s: %s', async (api, member, pick) => {
    expect(gapOf(pick(registryOf(await answering(api, member, (text) => text))))).toBeUndefined();
    for (const other of ['an unknown word', '9999-12-31T23:59:59Z']) {
      const registry = registryOf(await answering(api, member, () => other));
      expect(gapOf(pick(registry))?.reason, other).toContain(api);
    }
  });

  it.each([
    'imageTags',
    'artifactMediaType',
    'imageManifestMediaType',
  ])('ecr:DescribeImages: %s', async (member) => {
    const run = await answering('ecr:DescribeImages', member, (text) => `${text}: `);
    expect(gapOf(repositoryOf(run, 'team/app').images)?.reason).toContain('ecr:DescribeImages');
  });

  it.each([
    ['IMMUTABLE_WITH_EXCLUSION', []],
    ['IMMUTABLE_WITH_EXCLUSION', undefined],
    ['MUTABLE_WITH_EXCLUSION', null],
    ['IMMUTABLE', [{ filter: 'prod-*', filterType: 'WILDCARD' }]],
  ])('ecr:DescribeRepositories: %s with the exclusion filters %j', async (setting, filters) => {
    const run = await collect(everything, {
      alter: ({ api, answer }) => {
        if (api !== 'DescribeRepositories' || answer.status !== 200) return answer;
        const body = answer.body as { readonly repositories: readonly object[] };
        const repositories = body.repositories.map((one) => ({
          ...one,
          imageTagMutability: setting,
          imageTagMutabilityExclusionFilters: filters,
        }));
        return { ...answer, body: { ...body, repositories } as unknown as typeof answer.body };
      },
    });
    const { mutability, encryption } = repositoryOf(run, 'team/jobs');
    expect(gapOf(mutability)?.reason).toContain(`${setting} with`);
    expect(gapOf(encryption)).toBeUndefined();
  });

  it('a media type in upper case is the same media type', async () => {
    const types = async (change: (text: string) => string) => {
      const run = await answering('ecr:DescribeImages', 'artifactMediaType', change);
      return knownOf(repositoryOf(run, 'team/app').images).map(({ artifactType }) => artifactType);
    };
    expect(await types((text) => text.toUpperCase())).toEqual(await types((text) => text));
  });
});

describe('an image that a container runtime pulls from the registry is one of the registry', () => {
  it.each([HOST, HOST.toUpperCase(), `${HOST}:443`])('%s', (host) => {
    const use = {
      kind: 'ecs-task' as const,
      by: 'ecs:task/prod/1',
      cluster: 'prod',
      image: `${host}/team/app:prod-1`,
      digest: undefined,
      architecture: undefined,
    };
    expect([...usesByRepository([use]).keys()]).toEqual([`${HOST}/team/app`]);
  });
});
