/** The ECS services and tasks of a region, with their images and roles. */
import type {
  DescribeServicesCommandOutput,
  DescribeTaskDefinitionCommandOutput,
  DescribeTasksCommandOutput,
  ECSClient,
} from '@aws-sdk/client-ecs';
import * as v from 'valibot';
import { checked } from '../../aws/checked.ts';
import { MalformedAnswer } from '../../aws/errors.ts';
import type { WorkloadFacts } from '../facts.ts';
import type { Action } from './actions.ts';
import type { Context } from './context.ts';
import { definitionsOf, rolesOf, usesOf } from './ecs-uses.ts';
import {
  arn,
  chunks,
  digest,
  expectAbout,
  once,
  optionalText,
  page,
  roleOrName,
  text,
  texts,
} from './shapes.ts';
import type { Promised } from './together.ts';

// The most items of one page or call (ECS service model).
const PAGE = 100;
const SERVICES_PER_CALL = 10;
const TASKS_PER_CALL = 100;

/**
 * The most families whose newest task definition is read in addition to those in use: an account can have tens of
 * thousands of task definitions that nothing uses.
 */
const MOST_FAMILIES = 500;

const ListOf = (name: string) =>
  v.object({ [name]: name.endsWith('Arns') ? v.array(arn) : texts, nextToken: v.nullish(v.string()) });
const Failures = v.nullish(v.array(v.object({ arn: optionalText, reason: optionalText })));
const Services = v.object({
  services: v.array(
    v.object({
      serviceArn: arn,
      serviceName: text,
      taskDefinition: v.nullish(arn),
      deployments: v.nullish(v.array(v.object({ taskDefinition: v.nullish(arn) }))),
      taskSets: v.nullish(v.array(v.object({ taskDefinition: v.nullish(arn) }))),
    }),
  ),
  failures: Failures,
});
const Tasks = v.object({
  tasks: v.array(
    v.object({
      taskArn: arn,
      taskDefinitionArn: arn,
      attributes: v.nullish(v.array(v.object({ name: text, value: v.nullish(v.string()) }))),
      containers: v.array(v.object({ name: optionalText, image: text, imageDigest: v.nullish(digest) })),
      overrides: v.nullish(v.object({ taskRoleArn: roleOrName, executionRoleArn: roleOrName })),
    }),
  ),
  failures: Failures,
});
const Definition = v.object({
  taskDefinition: v.object({
    taskDefinitionArn: arn,
    family: text,
    revision: v.number(),
    containerDefinitions: v.array(v.object({ image: text })),
    taskRoleArn: roleOrName,
    executionRoleArn: roleOrName,
    runtimePlatform: v.nullish(v.object({ cpuArchitecture: optionalText })),
  }),
});

export type Service = v.InferOutput<typeof Services>['services'][number];
export type Task = v.InferOutput<typeof Tasks>['tasks'][number];
export type TaskDefinition = v.InferOutput<typeof Definition>['taskDefinition'];

export interface Cluster {
  readonly name: string;
  readonly services: readonly Service[];
  readonly tasks: readonly Task[];
}

/** Reads the services and tasks of ECS. */
export function ecsFacts(
  context: Context,
  notice: (text: string) => void,
): Promised<Pick<WorkloadFacts, 'ecs' | 'ecsRoles'>> {
  const { asker } = context;
  const ecs = import('@aws-sdk/client-ecs').then((sdk) => new Ecs(context, sdk));
  const inUse = ecs.then((reader) => reader.inUse());
  return {
    ecs: asker.fact(async () => usesOf(await inUse)),
    ecsRoles: asker.fact(async () => {
      const [{ clusters, definitions }, families] = await Promise.all([
        inUse,
        ecs.then((one) => one.families()),
      ]);
      const known = new Set([...definitions.values()].map(({ family }) => family));
      const others = families.filter((family) => !known.has(family));
      if (others.length > MOST_FAMILIES) notice(tooMany(context, others.length));
      const reader = await ecs;
      const newest = others.slice(0, MOST_FAMILIES).map((family) => reader.definition(family));
      return rolesOf(context, clusters, [...definitions.values(), ...(await Promise.all(newest))]);
    }),
  };
}

function tooMany({ registry: { region, account } }: Context, count: number): string {
  return `ECS in ${region} of ${account} has ${count} families of task definitions that no service and no running task uses. The roles of the first ${MOST_FAMILIES} were read.`;
}

export interface InUse {
  readonly clusters: readonly Cluster[];
  /** By their ARN. */
  readonly definitions: ReadonlyMap<string, TaskDefinition>;
}

type Sdk = typeof import('@aws-sdk/client-ecs');

class Ecs {
  private readonly context: Context;
  private readonly sdk: Sdk;
  private readonly client: ECSClient;

  constructor(context: Context, sdk: Sdk) {
    this.context = context;
    this.sdk = sdk;
    this.client = context.session.client(
      'ecs',
      context.registry,
      (configuration) => new sdk.ECSClient(configuration),
    );
  }

  /** @throws Unanswered */
  async inUse(): Promise<InUse> {
    const arns = await this.names('ecs:ListClusters', 'clusterArns', (nextToken, abortSignal) =>
      this.client.send(new this.sdk.ListClustersCommand({ maxResults: PAGE, nextToken }), { abortSignal }),
    );
    const clusters = await Promise.all(
      arns.map(async (cluster): Promise<Cluster> => {
        const [services, tasks] = await Promise.all([this.services(cluster), this.tasks(cluster)]);
        return { name: cluster.slice(cluster.lastIndexOf('/') + 1), services, tasks };
      }),
    );
    const used = new Set(
      clusters.flatMap(({ services, tasks }) => [
        ...services.flatMap(definitionsOf),
        ...tasks.map(({ taskDefinitionArn }) => taskDefinitionArn),
      ]),
    );
    const definitions = await Promise.all(
      [...used].map(async (arn) => [arn, await this.definition(arn)] as const),
    );
    return { clusters, definitions: new Map(definitions) };
  }

  /** @throws Unanswered */
  families(): Promise<readonly string[]> {
    return this.names('ecs:ListTaskDefinitionFamilies', 'families', (nextToken, abortSignal) =>
      this.client.send(
        new this.sdk.ListTaskDefinitionFamiliesCommand({ status: 'ACTIVE', maxResults: PAGE, nextToken }),
        { abortSignal },
      ),
    );
  }

  /**
   * @param taskDefinition its ARN, or a family for its newest one
   * @throws Unanswered
   */
  definition(taskDefinition: string): Promise<TaskDefinition> {
    const action = 'ecs:DescribeTaskDefinition';
    return this.context.asker.call<DescribeTaskDefinitionCommandOutput, TaskDefinition>(
      this.context.question(action, taskDefinition),
      (abortSignal) =>
        this.client.send(new this.sdk.DescribeTaskDefinitionCommand({ taskDefinition }), { abortSignal }),
      (answer) => {
        const { taskDefinition: described } = checked(Definition, answer, action);
        const said = taskDefinition.startsWith('arn:') ? described.taskDefinitionArn : described.family;
        expectAbout(action, [[said, taskDefinition]]);
        return described;
      },
    );
  }

  private async services(cluster: string): Promise<readonly Service[]> {
    const { asker } = this.context;
    const arns = await this.names('ecs:ListServices', 'serviceArns', (nextToken, abortSignal) =>
      this.client.send(new this.sdk.ListServicesCommand({ cluster, maxResults: PAGE, nextToken }), {
        abortSignal,
      }),
    );
    const action = 'ecs:DescribeServices';
    const batches = chunks(arns, SERVICES_PER_CALL).map((services) =>
      asker.call<DescribeServicesCommandOutput, readonly Service[]>(
        this.context.question(action, cluster),
        (abortSignal) =>
          this.client.send(new this.sdk.DescribeServicesCommand({ cluster, services }), { abortSignal }),
        (answer) => {
          const { services: found, failures } = checked(Services, answer, action);
          return complete(action, services, found, ({ serviceArn }) => serviceArn, failures);
        },
      ),
    );
    return (await Promise.all(batches)).flat();
  }

  private async tasks(cluster: string): Promise<readonly Task[]> {
    const { asker } = this.context;
    const arns = await this.names('ecs:ListTasks', 'taskArns', (nextToken, abortSignal) =>
      this.client.send(
        new this.sdk.ListTasksCommand({ cluster, desiredStatus: 'RUNNING', maxResults: PAGE, nextToken }),
        { abortSignal },
      ),
    );
    const action = 'ecs:DescribeTasks';
    const batches = chunks(arns, TASKS_PER_CALL).map((tasks) =>
      asker.call<DescribeTasksCommandOutput, readonly Task[]>(
        this.context.question(action, cluster),
        (abortSignal) =>
          this.client.send(new this.sdk.DescribeTasksCommand({ cluster, tasks }), { abortSignal }),
        (answer) => {
          const { tasks: found, failures } = checked(Tasks, answer, action);
          return complete(action, tasks, found, ({ taskArn }) => taskArn, failures);
        },
      ),
    );
    return (await Promise.all(batches)).flat();
  }

  private names(
    action: Action,
    member: string,
    make: (nextToken: string | undefined, abortSignal: AbortSignal) => Promise<unknown>,
  ): Promise<readonly string[]> {
    return this.context.asker.names(this.context.question(action), make, (answer) => {
      const { [member]: listed, nextToken } = checked(ListOf(member), answer, action);
      const names = listed as readonly string[];
      if (member.endsWith('Arns')) for (const name of names) this.expectOwn(action, name);
      return page(names, nextToken as string | undefined);
    });
  }

  /** @throws MalformedAnswer if an ARN is of another account or region */
  private expectOwn(action: Action, arn: string): void {
    const [, , , region = '', account = ''] = arn.split(':');
    const { registry } = this.context;
    expectAbout(action, [
      [region, registry.region],
      [account, registry.account],
    ]);
  }
}

/**
 * Everything that was requested, each once, except what was deleted after it was listed.
 * @throws MalformedAnswer if something else is missing
 */
function complete<T>(
  action: Action,
  asked: readonly string[],
  found: readonly T[],
  arnOf: (item: T) => string,
  failures: v.InferOutput<typeof Failures>,
): readonly T[] {
  const arns = new Set(found.map(arnOf));
  for (const { arn, reason } of failures ?? []) {
    if (reason !== 'MISSING') throw new MalformedAnswer(`${action} failed for ${arn}: ${reason}`);
    if (arn) arns.add(arn);
  }
  const missing = asked.find((arn) => !arns.has(arn));
  if (missing !== undefined) throw new MalformedAnswer(`${action} did not return ${missing}`);
  return once(action, found, arnOf);
}
