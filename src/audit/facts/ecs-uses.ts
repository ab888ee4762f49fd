/** Which images and roles the services, tasks and task definitions of ECS use. */
import type { ImageUse, RoleUse } from '../facts.ts';
import type { Context } from './context.ts';
import type { Cluster, InUse, Service, TaskDefinition } from './ecs.ts';

/** The OCI names of the architectures of ECS. */
const ARCHITECTURES: ReadonlyMap<string, string> = new Map([
  ['x86_64', 'amd64'],
  ['arm64', 'arm64'],
]);

/** The task definitions of a service, those of deployments that are under way included. */
export function definitionsOf({ taskDefinition, deployments, taskSets }: Service): readonly string[] {
  const all = [
    taskDefinition,
    ...[...(deployments ?? []), ...(taskSets ?? [])].map((one) => one.taskDefinition),
  ];
  return [...new Set(all.filter((arn): arn is string => typeof arn === 'string'))];
}

/** The images that services and running tasks use. */
export function usesOf({ clusters, definitions }: InUse): readonly ImageUse[] {
  return clusters.flatMap(({ name: cluster, services, tasks }) => [
    ...services.flatMap((service) =>
      definitionsOf(service).flatMap((arn) => {
        const definition = definitions.get(arn);
        const images = new Set(definition?.containerDefinitions.map(({ image }) => image));
        return [...images].map(
          (image): ImageUse => ({
            kind: 'ecs-service',
            by: `ecs:service/${cluster}/${service.serviceName}`,
            cluster,
            image,
            digest: undefined,
            architecture: architectureOf(definition),
          }),
        );
      }),
    ),
    ...tasks.flatMap(({ taskArn, taskDefinitionArn, containers, attributes }) => {
      const stated = attributes?.find(({ name }) => name === 'ecs.cpu-architecture')?.value;
      const architecture =
        ARCHITECTURES.get(stated ?? '') ?? architectureOf(definitions.get(taskDefinitionArn));
      return containers.map(
        ({ image, imageDigest }): ImageUse => ({
          kind: 'ecs-task',
          by: `ecs:task/${cluster}/${taskArn.slice(taskArn.lastIndexOf('/') + 1)}`,
          cluster,
          image,
          digest: imageDigest ?? undefined,
          architecture,
        }),
      );
    }),
  ]);
}

function architectureOf(definition: TaskDefinition | undefined): string | undefined {
  return ARCHITECTURES.get(definition?.runtimePlatform?.cpuArchitecture?.toLowerCase() ?? '');
}

/** The roles of task definitions, and the roles that tasks use instead. */
export function rolesOf(
  { registry }: Context,
  clusters: readonly Cluster[],
  definitions: readonly TaskDefinition[],
): readonly RoleUse[] {
  const roles: RoleUse[] = [];
  const add = (role: string | null | undefined, by: string) => {
    // A task definition can contain only the name of a role.
    const { partition, account } = registry;
    if (role)
      roles.push({
        role: role.startsWith('arn:') ? role : `arn:${partition}:iam::${account}:role/${role}`,
        by,
      });
  };
  for (const { family, revision, taskRoleArn, executionRoleArn } of definitions) {
    add(taskRoleArn, `ecs:task-definition/${family}:${revision} (task)`);
    add(executionRoleArn, `ecs:task-definition/${family}:${revision} (execution)`);
  }
  for (const { name, tasks } of clusters) {
    for (const { taskArn, overrides } of tasks) {
      const id = taskArn.slice(taskArn.lastIndexOf('/') + 1);
      add(overrides?.taskRoleArn, `ecs:task/${name}/${id} (task)`);
      add(overrides?.executionRoleArn, `ecs:task/${name}/${id} (execution)`);
    }
  }
  return roles;
}
