/** ECS's API as the audit uses it (AWS JSON 1.1): clusters, services, tasks and task definitions. */
import { createHash } from 'node:crypto';
import type { EcsClusterSpec, TaskDefinitionSpec } from './account.ts';
import { epochSeconds, type Pager, ServiceError } from './answer.ts';
import { type Handler, handlerOf, operation } from './operation.ts';
import type { JsonObject } from './scenario.ts';
import { integer, list, oneOf, structure, text } from './shapes.ts';
import type { World } from './world.ts';

/** The prefix of the `X-Amz-Target` header. */
export const ECS_TARGET = 'AmazonEC2ContainerServiceV20141113.';

interface PagedInput {
  readonly nextToken?: string | null;
  readonly maxResults?: number | null;
}

type ServiceSpec = NonNullable<EcsClusterSpec['services']>[number];
type TaskSpec = NonNullable<EcsClusterSpec['tasks']>[number];

export function createEcs(world: World, pager: Pager): Handler {
  const { account, region, workloads } = world.scenario;
  const { clusters = [], taskDefinitions = [] } = workloads?.ecs ?? {};
  const prefix = `arn:aws:ecs:${region}:${account}`;
  const startedAt = epochSeconds(world.now());

  const clusterArn = (name: string) => `${prefix}:cluster/${name}`;
  const serviceArn = (cluster: string, name: string) => `${prefix}:service/${cluster}/${name}`;
  const taskArn = (cluster: string, task: TaskSpec, index: number) =>
    `${prefix}:task/${cluster}/${task.id ?? createHash('sha256').update(`${cluster} ${index}`).digest('hex').slice(0, 32)}`;
  const revisionOf = ({ family, revision = 1 }: TaskDefinitionSpec) => `${family}:${revision}`;
  const definitionArn = (name: string) => `${prefix}:task-definition/${name}`;
  const roleArn = (name: string) => world.roleArn(name);

  function clusterOf(asked: string | null | undefined): EcsClusterSpec {
    const name = asked ?? 'default';
    const found = clusters.find((cluster) => name === cluster.name || name === clusterArn(cluster.name));
    if (found === undefined) throw new ServiceError('ClusterNotFoundException', 'Cluster not found.');
    return found;
  }

  /** By `FAMILY:REVISION`, by a family for its newest revision, or by an ARN. */
  function definitionOf(asked: string): TaskDefinitionSpec {
    const name = asked.startsWith('arn:') ? asked.slice(asked.indexOf('/') + 1) : asked;
    const found = taskDefinitions
      .filter((definition) => name === definition.family || name === revisionOf(definition))
      .sort((a, b) => (b.revision ?? 1) - (a.revision ?? 1))[0];
    if (found === undefined) throw new ServiceError('ClientException', 'Unable to describe task definition.');
    return found;
  }

  function paged<T>(items: readonly T[], query: string, { nextToken, maxResults }: PagedInput) {
    const page = pager.page(items, query, nextToken ?? undefined, maxResults ?? 100);
    if (page === undefined) throw invalid('Invalid token');
    return { items: page.items, next: page.nextToken === undefined ? {} : { nextToken: page.nextToken } };
  }

  function describeService(
    cluster: string,
    { name, taskDefinition, replaces, desired = 1 }: ServiceSpec,
  ): JsonObject {
    const deployment = (of: string, status: string) => ({
      id: `ecs-svc/${status.toLowerCase()}`,
      status,
      taskDefinition: definitionArn(revisionOf(definitionOf(of))),
      desiredCount: desired,
      pendingCount: 0,
      runningCount: desired,
      createdAt: startedAt,
      updatedAt: startedAt,
      launchType: 'FARGATE',
    });
    return {
      serviceArn: serviceArn(cluster, name),
      serviceName: name,
      clusterArn: clusterArn(cluster),
      status: 'ACTIVE',
      desiredCount: desired,
      runningCount: desired,
      pendingCount: 0,
      launchType: 'FARGATE',
      taskDefinition: definitionArn(revisionOf(definitionOf(taskDefinition))),
      deployments: [
        deployment(taskDefinition, 'PRIMARY'),
        ...(replaces === undefined ? [] : [deployment(replaces, 'ACTIVE')]),
      ],
      createdAt: startedAt,
      schedulingStrategy: 'REPLICA',
    };
  }

  function describeTask(cluster: string, task: TaskSpec, index: number): JsonObject {
    const definition = definitionOf(task.taskDefinition);
    const arn = taskArn(cluster, task, index);
    const containers = Object.entries(definition.containers).map(([name, image]) => {
      const digest = task.digests?.[name];
      return {
        containerArn: `${prefix}:container/${cluster}/${name}`,
        taskArn: arn,
        name,
        image: world.filled(image),
        ...(digest === undefined ? {} : { imageDigest: world.filled(digest) }),
        lastStatus: 'RUNNING',
      };
    });
    return {
      taskArn: arn,
      clusterArn: clusterArn(cluster),
      taskDefinitionArn: definitionArn(revisionOf(definition)),
      attributes:
        task.architecture === undefined ? [] : [{ name: 'ecs.cpu-architecture', value: task.architecture }],
      containers,
      desiredStatus: 'RUNNING',
      lastStatus: 'RUNNING',
      launchType: 'FARGATE',
      createdAt: startedAt,
      startedAt,
      overrides: {
        containerOverrides: [],
        ...(task.taskRole === undefined ? {} : { taskRoleArn: roleArn(task.taskRole) }),
        ...(task.executionRole === undefined ? {} : { executionRoleArn: roleArn(task.executionRole) }),
      },
    };
  }

  function describeDefinition(definition: TaskDefinitionSpec): JsonObject {
    const { family, revision = 1, taskRole, executionRole, architecture, containers } = definition;
    return {
      taskDefinitionArn: definitionArn(revisionOf(definition)),
      family,
      revision,
      status: 'ACTIVE',
      networkMode: 'awsvpc',
      compatibilities: ['EC2', 'FARGATE'],
      containerDefinitions: Object.entries(containers).map(([name, image]) => ({
        name,
        image: world.filled(image),
        essential: true,
      })),
      ...(taskRole === undefined ? {} : { taskRoleArn: roleArn(taskRole) }),
      ...(executionRole === undefined ? {} : { executionRoleArn: roleArn(executionRole) }),
      ...(architecture === undefined
        ? {}
        : { runtimePlatform: { cpuArchitecture: architecture, operatingSystemFamily: 'LINUX' } }),
      registeredAt: startedAt,
    };
  }

  /** What is asked for by ARN or name: found, or a failure of its own. */
  function described<T>(
    asked: readonly string[],
    all: readonly { readonly arn: string; readonly name: string; readonly item: T }[],
    describe: (item: T) => JsonObject,
  ) {
    const found: JsonObject[] = [];
    const failures: JsonObject[] = [];
    for (const wanted of asked) {
      const match = all.find(({ arn, name }) => wanted === arn || wanted === name);
      if (match === undefined) failures.push({ arn: wanted, reason: 'MISSING' });
      else found.push(describe(match.item));
    }
    return { found, failures };
  }

  const nextToken = text();
  const cluster = text();

  return handlerOf(
    'ECS',
    [
      {
        ListClusters: operation(
          structure({ nextToken, maxResults: integer(1, 100) }),
          (input: PagedInput) => {
            const page = paged(
              clusters.map(({ name }) => clusterArn(name)),
              'ListClusters',
              input,
            );
            return { clusterArns: page.items, ...page.next };
          },
        ),

        ListServices: operation(
          structure({ cluster, nextToken, maxResults: integer(1, 100) }),
          (input: PagedInput & { readonly cluster?: string | null }) => {
            const { name, services = [] } = clusterOf(input.cluster);
            const arns = services.map((service) => serviceArn(name, service.name));
            const page = paged(arns, `ListServices ${name}`, {
              ...input,
              maxResults: input.maxResults ?? 10,
            });
            return { serviceArns: page.items, ...page.next };
          },
        ),

        DescribeServices: operation(
          structure({ cluster, services: list(text(), 1, 10) }, ['services']),
          (input: { readonly cluster?: string | null; readonly services: readonly string[] }) => {
            const { name, services = [] } = clusterOf(input.cluster);
            const all = services.map((item) => ({ arn: serviceArn(name, item.name), name: item.name, item }));
            const { found, failures } = described(input.services, all, (item) => describeService(name, item));
            return { services: found, failures };
          },
        ),

        ListTasks: operation(
          structure({
            cluster,
            nextToken,
            maxResults: integer(1, 100),
            desiredStatus: oneOf('RUNNING', 'PENDING', 'STOPPED'),
          }),
          (
            input: PagedInput & { readonly cluster?: string | null; readonly desiredStatus?: string | null },
          ) => {
            const { name, tasks = [] } = clusterOf(input.cluster);
            const isRunning = (input.desiredStatus ?? 'RUNNING') === 'RUNNING';
            const arns = isRunning ? tasks.map((task, index) => taskArn(name, task, index)) : [];
            const page = paged(arns, `ListTasks ${name} ${isRunning}`, input);
            return { taskArns: page.items, ...page.next };
          },
        ),

        DescribeTasks: operation(
          structure({ cluster, tasks: list(text(), 1, 100) }, ['tasks']),
          (input: { readonly cluster?: string | null; readonly tasks: readonly string[] }) => {
            const { name, tasks = [] } = clusterOf(input.cluster);
            const all = tasks.map((task, index) => {
              const arn = taskArn(name, task, index);
              return { arn, name: arn.slice(arn.lastIndexOf('/') + 1), item: { task, index } };
            });
            const { found, failures } = described(input.tasks, all, ({ task, index }) =>
              describeTask(name, task, index),
            );
            return { tasks: found, failures };
          },
        ),

        DescribeTaskDefinition: operation(
          structure({ taskDefinition: text() }, ['taskDefinition']),
          ({ taskDefinition }: { readonly taskDefinition: string }) => ({
            taskDefinition: describeDefinition(definitionOf(taskDefinition)),
            tags: [],
          }),
        ),

        ListTaskDefinitionFamilies: operation(
          structure({
            familyPrefix: text(),
            status: oneOf('ACTIVE', 'INACTIVE', 'ALL'),
            nextToken,
            maxResults: integer(1, 100),
          }),
          (input: PagedInput & { readonly status?: string | null }) => {
            const families = [...new Set(taskDefinitions.map(({ family }) => family))].sort();
            const listed = input.status === 'INACTIVE' ? [] : families;
            const page = paged(listed, `ListTaskDefinitionFamilies ${input.status}`, input);
            return { families: page.items, ...page.next };
          },
        ),
      },
    ],
    invalid,
  );
}

function invalid(message: string): ServiceError {
  return new ServiceError('InvalidParameterException', message);
}
