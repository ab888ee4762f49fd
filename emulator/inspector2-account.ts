/** Amazon Inspector's settings, its suppression filters, its administrator, and where images run. */
import { epochSeconds, type Pager, ServiceError } from './answer.ts';
import { type Operations, operation } from './operation.ts';
import type { JsonObject } from './scenario.ts';
import { integer, list, oneOf, structure, text } from './shapes.ts';
import type { World } from './world.ts';

const nextToken = text({ max: 1_000_000 });

interface PagedInput {
  readonly nextToken?: string | null;
  readonly maxResults?: number | null;
}

/** Inspector's refusal of an input. */
export function invalidForInspector(message: string): ServiceError {
  return new ServiceError('ValidationException', message, 400, { reason: 'FIELD_VALIDATION_FAILED' });
}

export function inspectorAccountOperations(world: World, pager: Pager): Operations {
  const { scenario } = world;
  const spec = scenario.inspector ?? {};
  const changedAt = epochSeconds(world.now());

  function paged<T>(items: readonly T[], query: string, input: PagedInput) {
    const page = pager.page(items, query, input.nextToken ?? undefined, input.maxResults ?? 100);
    if (page === undefined) throw invalidForInspector('The nextToken is not one that this request was given');
    return { items: page.items, next: page.nextToken === undefined ? {} : { nextToken: page.nextToken } };
  }

  return {
    GetConfiguration: operation(structure({}), () => {
      const { push, pull, mode } = spec.rescan ?? {
        push: 'LIFETIME',
        pull: 'DAYS_14',
        mode: 'LAST_IN_USE_AT',
      };
      return {
        ecrConfiguration: {
          rescanDurationState: {
            rescanDuration: push,
            pullDateRescanDuration: pull,
            pullDateRescanMode: mode,
            status: 'SUCCESS',
            updatedAt: changedAt,
          },
        },
        ec2Configuration: { scanModeState: { scanMode: 'EC2_HYBRID', scanModeStatus: 'SUCCESS' } },
      };
    }),

    ListFilters: operation(
      structure({
        arns: list(text(), 1, 10),
        action: oneOf('NONE', 'SUPPRESS'),
        nextToken,
        maxResults: integer(1, 100),
      }),
      (input: PagedInput & { readonly action?: string | null }) => {
        const filters = (spec.filters ?? []).map(
          ({ name, action = 'SUPPRESS', criteria }, index): JsonObject => ({
            arn: `arn:aws:inspector2:${scenario.region}:${scenario.account}:owner/${scenario.account}/filter/${String(index).padStart(16, '0')}`,
            ownerId: scenario.account,
            name,
            criteria,
            action,
            createdAt: changedAt,
            updatedAt: changedAt,
            tags: {},
          }),
        );
        const found = filters.filter(({ action }) => !input.action || action === input.action);
        const page = paged(found, `ListFilters ${input.action}`, input);
        return { filters: page.items, ...page.next };
      },
    ),

    GetDelegatedAdminAccount: operation(structure({}), () => {
      if (spec.administrator === undefined) {
        throw new ServiceError(
          'ResourceNotFoundException',
          'There is no delegated administrator for this organization.',
          404,
        );
      }
      return { delegatedAdmin: { accountId: spec.administrator, relationshipStatus: 'ENABLED' } };
    }),

    GetClustersForImage: operation(
      structure(
        {
          filter: structure({ resourceId: text({ min: 10, max: 341 }) }, ['resourceId']),
          maxResults: integer(1, 100),
          nextToken,
        },
        ['filter'],
      ),
      (input: PagedInput & { readonly filter: { readonly resourceId: string } }) => {
        const { resourceId } = input.filter;
        const image = world.images.find(
          ({ repository, digest }) => `${world.repositoryArn(repository)}/${digest}` === resourceId,
        );
        const clusters = (image?.inUse?.clusters ?? []).map(
          (clusterArn): JsonObject => ({
            clusterArn,
            clusterDetails: [
              {
                lastInUse: epochSeconds(world.seenInUse(image) ?? 0),
                runningUnitCount: 1,
                stoppedUnitCount: 0,
                clusterMetadata: clusterArn.includes(':eks:')
                  ? { awsEksMetadataDetails: { namespace: 'default' } }
                  : { awsEcsMetadataDetails: { detailsGroup: 'service', taskDefinitionArn: clusterArn } },
              },
            ],
          }),
        );
        const page = paged(clusters, `GetClustersForImage ${resourceId}`, input);
        return { cluster: page.items, ...page.next };
      },
    ),
  };
}
