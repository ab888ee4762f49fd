/** EKS's API as the audit uses it (REST JSON): clusters and the roles that nodes, Fargate and pods run with. */
import { createHash } from 'node:crypto';
import type { EksClusterSpec } from './account.ts';
import { epochSeconds, type Pager, ServiceError } from './answer.ts';
import { type Handler, handlerOf, operation } from './operation.ts';
import type { JsonObject } from './scenario.ts';
import { integer, structure, text } from './shapes.ts';
import type { World } from './world.ts';

interface PagedInput {
  readonly nextToken?: string;
  readonly maxResults?: number;
}

export function createEks(world: World, pager: Pager): Handler {
  const { account, region, workloads } = world.scenario;
  const clusters = workloads?.eks ?? [];
  const prefix = `arn:aws:eks:${region}:${account}`;
  const createdAt = epochSeconds(world.now());

  function clusterOf(name: string): EksClusterSpec {
    const found = clusters.find((cluster) => cluster.name === name);
    if (found === undefined) throw notFound(`No cluster found for name: ${name}.`);
    return found;
  }

  function paged<T>(items: readonly T[], query: string, { nextToken, maxResults }: PagedInput) {
    const page = pager.page(items, query, nextToken, maxResults ?? 100);
    if (page === undefined) throw invalid('Invalid nextToken');
    return { items: page.items, next: page.nextToken === undefined ? {} : { nextToken: page.nextToken } };
  }

  /** Pod Identity associations as they are listed, each with its role. */
  function associations({ name, podIdentities = [] }: EksClusterSpec) {
    return podIdentities.map(({ namespace, serviceAccount, role, targetRole }) => {
      const associationId = `a-${createHash('sha256').update(`${name} ${namespace} ${serviceAccount}`).digest('hex').slice(0, 17)}`;
      const summary = {
        clusterName: name,
        namespace,
        serviceAccount,
        associationArn: `${prefix}:podidentityassociation/${name}/${associationId}`,
        associationId,
      };
      const roles = {
        roleArn: world.roleArn(role),
        ...(targetRole === undefined ? {} : { targetRoleArn: world.roleArn(targetRole) }),
      };
      return { summary, whole: { ...summary, ...roles, createdAt, modifiedAt: createdAt, tags: {} } };
    });
  }

  const page = { maxResults: integer(1, 100), nextToken: text() };
  const clusterName = text({ min: 1 });
  const of = structure({ clusterName, ...page }, ['clusterName']);
  type OfCluster = PagedInput & { readonly clusterName: string };

  return handlerOf(
    'EKS',
    [
      {
        ListClusters: operation(structure(page), (input: PagedInput) => {
          const { items, next } = paged(
            clusters.map(({ name }) => name),
            'eks ListClusters',
            input,
          );
          return { clusters: items, ...next };
        }),

        DescribeCluster: operation(
          structure({ name: clusterName }, ['name']),
          (input: { readonly name: string }) => {
            const { name, role, issuer, autoModeRole } = clusterOf(input.name);
            const cluster: JsonObject = {
              name,
              arn: `${prefix}:cluster/${name}`,
              createdAt,
              version: '1.35',
              roleArn: world.roleArn(role),
              status: 'ACTIVE',
              ...(issuer === undefined ? {} : { identity: { oidc: { issuer: `https://${issuer}` } } }),
              ...(autoModeRole === undefined
                ? {}
                : {
                    computeConfig: {
                      enabled: true,
                      nodePools: ['general-purpose'],
                      nodeRoleArn: world.roleArn(autoModeRole),
                    },
                  }),
              tags: {},
            };
            return { cluster };
          },
        ),

        ListNodegroups: operation(of, (input: OfCluster) => {
          const names = (clusterOf(input.clusterName).nodegroups ?? []).map(({ name }) => name);
          const { items, next } = paged(names, `ListNodegroups ${input.clusterName}`, input);
          return { nodegroups: items, ...next };
        }),

        DescribeNodegroup: operation(
          structure({ clusterName, nodegroupName: text() }, ['clusterName', 'nodegroupName']),
          (input: { readonly clusterName: string; readonly nodegroupName: string }) => {
            const { clusterName: cluster, nodegroupName } = input;
            const found = clusterOf(cluster).nodegroups?.find(({ name }) => name === nodegroupName);
            if (found === undefined) throw notFound(`No node group found for name: ${nodegroupName}.`);
            return {
              nodegroup: {
                nodegroupName,
                nodegroupArn: `${prefix}:nodegroup/${cluster}/${nodegroupName}/0`,
                clusterName: cluster,
                status: 'ACTIVE',
                nodeRole: world.roleArn(found.role),
                createdAt,
              },
            };
          },
        ),

        ListFargateProfiles: operation(of, (input: OfCluster) => {
          const names = (clusterOf(input.clusterName).fargateProfiles ?? []).map(({ name }) => name);
          const { items, next } = paged(names, `ListFargateProfiles ${input.clusterName}`, input);
          return { fargateProfileNames: items, ...next };
        }),

        DescribeFargateProfile: operation(
          structure({ clusterName, fargateProfileName: text() }, ['clusterName', 'fargateProfileName']),
          (input: { readonly clusterName: string; readonly fargateProfileName: string }) => {
            const { clusterName: cluster, fargateProfileName } = input;
            const found = clusterOf(cluster).fargateProfiles?.find(({ name }) => name === fargateProfileName);
            if (found === undefined)
              throw notFound(`No Fargate Profile found with name: ${fargateProfileName}.`);
            return {
              fargateProfile: {
                fargateProfileName,
                fargateProfileArn: `${prefix}:fargateprofile/${cluster}/${fargateProfileName}/0`,
                clusterName: cluster,
                podExecutionRoleArn: world.roleArn(found.role),
                status: 'ACTIVE',
                createdAt,
              },
            };
          },
        ),

        ListPodIdentityAssociations: operation(of, (input: OfCluster) => {
          const all = associations(clusterOf(input.clusterName)).map(({ summary }) => summary);
          const { items, next } = paged(all, `ListPodIdentityAssociations ${input.clusterName}`, input);
          return { associations: items, ...next };
        }),

        DescribePodIdentityAssociation: operation(
          structure({ clusterName, associationId: text() }, ['clusterName', 'associationId']),
          (input: { readonly clusterName: string; readonly associationId: string }) => {
            const found = associations(clusterOf(input.clusterName)).find(
              ({ summary }) => summary.associationId === input.associationId,
            );
            if (found === undefined) throw notFound(`No association found with id: ${input.associationId}.`);
            return { association: found.whole };
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

function notFound(message: string): ServiceError {
  return new ServiceError('ResourceNotFoundException', message, 404);
}
