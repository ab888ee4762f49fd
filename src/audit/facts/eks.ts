/** The clusters of EKS in a region, and the roles that their nodes, Fargate profiles and pods run with. */
import type { EKSClient } from '@aws-sdk/client-eks';
import * as v from 'valibot';
import { checked } from '../../aws/checked.ts';
import type { RoleUse, WorkloadFacts } from '../facts.ts';
import type { Action } from './actions.ts';
import type { Context } from './context.ts';
import { expectAbout, optionalText, page, roleArn, text, texts } from './shapes.ts';
import type { Promised } from './together.ts';

// The most items of one page (EKS service model).
const PAGE = 100;

const nextToken = v.nullish(v.string());
const Clusters = v.object({ clusters: texts, nextToken });
const Described = v.object({
  cluster: v.object({
    name: text,
    identity: v.nullish(v.object({ oidc: v.nullish(v.object({ issuer: optionalText })) })),
    computeConfig: v.nullish(v.object({ nodeRoleArn: v.nullish(roleArn) })),
  }),
});
const Nodegroups = v.object({ nodegroups: texts, nextToken });
const Nodegroup = v.object({ nodegroup: v.object({ nodegroupName: text, nodeRole: roleArn }) });
const Profiles = v.object({ fargateProfileNames: texts, nextToken });
const Profile = v.object({
  fargateProfile: v.object({ fargateProfileName: text, podExecutionRoleArn: roleArn }),
});
const Associations = v.object({ associations: v.array(v.object({ associationId: text })), nextToken });
const Association = v.object({
  association: v.object({
    associationId: text,
    namespace: text,
    serviceAccount: text,
    roleArn,
    targetRoleArn: v.nullish(roleArn),
  }),
});

interface Cluster {
  readonly name: string;
  readonly issuer: string | undefined;
  /** The role of nodes that EKS Auto Mode creates. */
  readonly autoModeRole: string | undefined;
}

/** Reads the clusters and their roles. */
export function eksFacts(context: Context): Promised<Pick<WorkloadFacts, 'eksClusters' | 'eksRoles'>> {
  const { asker } = context;
  const eks = import('@aws-sdk/client-eks').then((sdk) => new Eks(context, sdk));
  const clusters = eks.then((reader) => reader.clusters());
  return {
    eksClusters: asker.fact(async () => (await clusters).map(({ name, issuer }) => ({ name, issuer }))),
    eksRoles: asker.fact(async () => {
      const [reader, all] = await Promise.all([eks, clusters]);
      return (await Promise.all(all.map((cluster) => reader.roles(cluster)))).flat();
    }),
  };
}

type Sdk = typeof import('@aws-sdk/client-eks');

/** Each member throws Unanswered. */
class Eks {
  private readonly context: Context;
  private readonly sdk: Sdk;
  private readonly client: EKSClient;

  constructor(context: Context, sdk: Sdk) {
    this.context = context;
    this.sdk = sdk;
    this.client = context.session.client(
      'eks',
      context.registry,
      (configuration) => new sdk.EKSClient(configuration),
    );
  }

  async clusters(): Promise<readonly Cluster[]> {
    const action = 'eks:ListClusters';
    const names = await this.context.asker.names(
      this.context.question(action),
      (nextToken, abortSignal) =>
        this.client.send(new this.sdk.ListClustersCommand({ maxResults: PAGE, nextToken }), { abortSignal }),
      (answer) => {
        const { clusters, nextToken } = checked(Clusters, answer, action);
        return page(clusters, nextToken);
      },
    );
    return Promise.all(names.map((name) => this.cluster(name)));
  }

  private cluster(name: string): Promise<Cluster> {
    return this.one(
      'eks:DescribeCluster',
      name,
      (abortSignal) => this.client.send(new this.sdk.DescribeClusterCommand({ name }), { abortSignal }),
      (answer, action) => {
        const { cluster } = checked(Described, answer, action);
        expectAbout(action, [[cluster.name, name]]);
        return {
          name,
          issuer: cluster.identity?.oidc?.issuer?.replace(/^https:\/\//, ''),
          autoModeRole: cluster.computeConfig?.nodeRoleArn ?? undefined,
        };
      },
    );
  }

  async roles({ name, autoModeRole }: Cluster): Promise<readonly RoleUse[]> {
    const [nodes, fargate, pods] = await Promise.all([
      this.nodegroups(name),
      this.fargateProfiles(name),
      this.podIdentities(name),
    ]);
    const auto =
      autoModeRole === undefined ? [] : [{ role: autoModeRole, by: `eks:cluster/${name} (nodes)` }];
    return [...auto, ...nodes, ...fargate, ...pods];
  }

  private async nodegroups(clusterName: string): Promise<readonly RoleUse[]> {
    const list = 'eks:ListNodegroups';
    const names = await this.context.asker.names(
      this.context.question(list, clusterName),
      (nextToken, abortSignal) =>
        this.client.send(new this.sdk.ListNodegroupsCommand({ clusterName, maxResults: PAGE, nextToken }), {
          abortSignal,
        }),
      (answer) => {
        const { nodegroups, nextToken } = checked(Nodegroups, answer, list);
        return page(nodegroups, nextToken);
      },
    );
    const reads = names.map((nodegroupName) =>
      this.one(
        'eks:DescribeNodegroup',
        nodegroupName,
        (abortSignal) =>
          this.client.send(new this.sdk.DescribeNodegroupCommand({ clusterName, nodegroupName }), {
            abortSignal,
          }),
        (answer, action): RoleUse => {
          const { nodegroup } = checked(Nodegroup, answer, action);
          expectAbout(action, [[nodegroup.nodegroupName, nodegroupName]]);
          return { role: nodegroup.nodeRole, by: `eks:nodegroup/${clusterName}/${nodegroupName} (nodes)` };
        },
      ),
    );
    return Promise.all(reads);
  }

  private async fargateProfiles(clusterName: string): Promise<readonly RoleUse[]> {
    const list = 'eks:ListFargateProfiles';
    const names = await this.context.asker.names(
      this.context.question(list, clusterName),
      (nextToken, abortSignal) =>
        this.client.send(
          new this.sdk.ListFargateProfilesCommand({ clusterName, maxResults: PAGE, nextToken }),
          { abortSignal },
        ),
      (answer) => {
        const { fargateProfileNames, nextToken } = checked(Profiles, answer, list);
        return page(fargateProfileNames, nextToken);
      },
    );
    const reads = names.map((fargateProfileName) =>
      this.one(
        'eks:DescribeFargateProfile',
        fargateProfileName,
        (abortSignal) =>
          this.client.send(new this.sdk.DescribeFargateProfileCommand({ clusterName, fargateProfileName }), {
            abortSignal,
          }),
        (answer, action): RoleUse => {
          const { fargateProfile: profile } = checked(Profile, answer, action);
          expectAbout(action, [[profile.fargateProfileName, fargateProfileName]]);
          return {
            role: profile.podExecutionRoleArn,
            by: `eks:fargateprofile/${clusterName}/${fargateProfileName} (pod execution)`,
          };
        },
      ),
    );
    return Promise.all(reads);
  }

  private async podIdentities(clusterName: string): Promise<readonly RoleUse[]> {
    const list = 'eks:ListPodIdentityAssociations';
    const ids = await this.context.asker.names(
      this.context.question(list, clusterName),
      (nextToken, abortSignal) =>
        this.client.send(
          new this.sdk.ListPodIdentityAssociationsCommand({ clusterName, maxResults: PAGE, nextToken }),
          { abortSignal },
        ),
      (answer) => {
        const { associations, nextToken } = checked(Associations, answer, list);
        return page(
          associations.map(({ associationId }) => associationId),
          nextToken,
        );
      },
    );
    const reads = ids.map((associationId) =>
      this.one(
        'eks:DescribePodIdentityAssociation',
        associationId,
        (abortSignal) =>
          this.client.send(
            new this.sdk.DescribePodIdentityAssociationCommand({ clusterName, associationId }),
            { abortSignal },
          ),
        (answer, action): readonly RoleUse[] => {
          const { association } = checked(Association, answer, action);
          expectAbout(action, [[association.associationId, associationId]]);
          const { namespace, serviceAccount, roleArn, targetRoleArn } = association;
          const by = `eks:pod/${clusterName}/${namespace}/${serviceAccount}`;
          const target = targetRoleArn ? [{ role: targetRoleArn, by: `${by} (target role)` }] : [];
          return [{ role: roleArn, by }, ...target];
        },
      ),
    );
    return (await Promise.all(reads)).flat();
  }

  private one<A, T>(
    action: Action,
    resource: string,
    make: (abortSignal: AbortSignal) => Promise<A>,
    read: (answer: A, action: Action) => T,
  ): Promise<T> {
    return this.context.asker.call(this.context.question(action, resource), make, (answer) =>
      read(answer, action),
    );
  }
}
