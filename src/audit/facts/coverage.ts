/** What Amazon Inspector says of the images of repositories, and in which clusters they run. */
import { GetClustersForImageCommand, ListCoverageCommand } from '@aws-sdk/client-inspector2';
import * as v from 'valibot';
import { checked } from '../../aws/checked.ts';
import { MalformedAnswer } from '../../aws/errors.ts';
import { Fact, type Gap, type ImageCoverage } from '../facts.ts';
import type { Context } from './context.ts';
import type { DescribedRepository } from './repository.ts';
import { optionalDate, page, text } from './shapes.ts';

// The most items of one page, and the most values of one filter (Inspector2 service model).
const COVERAGE_PAGE = 200;
const FILTER_VALUES = 10;

/** Of so many images that run, the clusters are read. */
const MOST_CLUSTER_READS = 200;

const Coverage = v.object({
  coveredResources: v.array(
    v.object({
      resourceId: text,
      accountId: text,
      scanStatus: v.nullish(v.object({ statusCode: text, reason: text })),
      resourceMetadata: v.nullish(
        v.object({
          ecrImage: v.nullish(
            v.object({
              inUseCount: v.nullish(v.pipe(v.number(), v.safeInteger(), v.minValue(0))),
              lastInUseAt: optionalDate,
            }),
          ),
        }),
      ),
    }),
  ),
  nextToken: v.nullish(v.string()),
});
const Clusters = v.object({
  cluster: v.array(v.object({ clusterArn: text })),
  nextToken: v.nullish(v.string()),
});

type CoverageRow = v.InferOutput<typeof Coverage>['coveredResources'][number];

/**
 * What Inspector says of the images of repositories, by the ARN of the repository.
 * @param status Inspector's status of ECR scanning: where it is off, Inspector may refuse to answer, and covers nothing
 */
export async function coverageOf(
  context: Context,
  repositories: readonly DescribedRepository[],
  status: Promise<Fact<string>>,
  notice: (text: string) => void,
): Promise<Fact<ReadonlyMap<string, readonly ImageCoverage[]>>> {
  if (repositories.length === 0) return Fact.known(new Map());
  const coverage = await context.asker.fact(async () => {
    const rows = await coverageRows(context, repositories);
    return byRepository(context, rows, await clustersOf(context, rows, notice));
  });
  if ('known' in Fact.open(coverage)) return coverage;
  const content = Fact.open(await status);
  return 'known' in content && content.known === 'DISABLED' ? Fact.known(new Map()) : coverage;
}

function coverageRows(
  context: Context,
  repositories: readonly DescribedRepository[],
): Promise<readonly CoverageRow[]> {
  const { asker, registry, session } = context;
  const action = 'inspector2:ListCoverage';
  const equals = (value: string) => ({ comparison: 'EQUALS' as const, value });
  const filterCriteria = {
    resourceType: [equals('AWS_ECR_CONTAINER_IMAGE')],
    accountId: [equals(registry.account)],
    // A few can be named; of many, all are read.
    ...(repositories.length <= FILTER_VALUES && {
      ecrRepositoryName: repositories.map(({ name }) => equals(name)),
    }),
  };
  return asker.list(
    context.question(action),
    (nextToken, abortSignal) =>
      session
        .inspector(registry)
        .send(new ListCoverageCommand({ filterCriteria, maxResults: COVERAGE_PAGE, nextToken }), {
          abortSignal,
        }),
    (answer) => {
      const { coveredResources, nextToken } = checked(Coverage, answer, action);
      return page(coveredResources, nextToken);
    },
  );
}

/**
 * The clusters in which images run, by the row's resource id, for people to see: what cannot be read is told, and changes
 * nothing else.
 */
async function clustersOf(
  context: Context,
  rows: readonly CoverageRow[],
  notice: (text: string) => void,
): Promise<ReadonlyMap<string, Fact<readonly string[]>>> {
  const inUse = rows.filter(({ resourceMetadata }) => (resourceMetadata?.ecrImage?.inUseCount ?? 0) > 0);
  const read = inUse.slice(0, MOST_CLUSTER_READS);
  const found = new Map<string, Fact<readonly string[]>>();
  if (inUse.length > read.length) {
    const reason = `the clusters of the first ${MOST_CLUSTER_READS} images alone were read`;
    for (const { resourceId } of inUse) found.set(resourceId, Fact.unknown(reason));
    notice(
      `Inspector reports ${inUse.length} images of ${context.host} in use. The clusters of the first ${MOST_CLUSTER_READS} were read.`,
    );
  }
  await Promise.all(
    read.map(async ({ resourceId }) => {
      found.set(resourceId, await context.asker.fact(() => clustersOfImage(context, resourceId)));
    }),
  );
  const gap = read.map(({ resourceId }) => gapOf(found.get(resourceId))).find((one) => one !== undefined);
  if (gap !== undefined) {
    notice(`The clusters of some images of ${context.host} that are in use were not read: ${gap.reason}.`);
  }
  return found;
}

function gapOf(fact: Fact<unknown> | undefined): Gap | undefined {
  const content = fact && Fact.open(fact);
  return content !== undefined && 'gap' in content ? content.gap : undefined;
}

/** @throws Unanswered */
function clustersOfImage(context: Context, resourceId: string): Promise<readonly string[]> {
  const { asker, registry, session } = context;
  const action = 'inspector2:GetClustersForImage';
  return asker.list(
    context.question(action, resourceId),
    (nextToken, abortSignal) =>
      session
        .inspector(registry)
        .send(new GetClustersForImageCommand({ filter: { resourceId }, nextToken }), { abortSignal }),
    (answer) => {
      const { cluster, nextToken } = checked(Clusters, answer, action);
      return page(
        cluster.map(({ clusterArn }) => clusterArn),
        nextToken,
      );
    },
  );
}

const RESOURCE = /^(arn:[^:]+:ecr:[^:]+:\d{12}:repository\/[^:]+)\/(sha256:[0-9a-f]{64})$/;

function byRepository(
  { registry }: Context,
  rows: readonly CoverageRow[],
  clusters: ReadonlyMap<string, Fact<readonly string[]>>,
): ReadonlyMap<string, readonly ImageCoverage[]> {
  const found = new Map<string, ImageCoverage[]>();
  for (const { resourceId, accountId, scanStatus, resourceMetadata } of rows) {
    if (accountId !== registry.account) continue;
    const [, arn, imageDigest] = RESOURCE.exec(resourceId) ?? [];
    if (arn === undefined || imageDigest === undefined) {
      throw new MalformedAnswer('inspector2:ListCoverage listed an image that is none of ECR');
    }
    const image = resourceMetadata?.ecrImage;
    const row: ImageCoverage = {
      digest: imageDigest,
      status: scanStatus?.statusCode ?? '',
      reason: scanStatus?.reason ?? '',
      inUseCount: image?.inUseCount ?? undefined,
      lastInUseAt: image?.lastInUseAt ?? undefined,
      ...runsIn(clusters.get(resourceId)),
    };
    const list = found.get(arn);
    if (list === undefined) found.set(arn, [row]);
    else list.push(row);
  }
  return found;
}

function runsIn(
  clusters: Fact<readonly string[]> | undefined,
): Pick<ImageCoverage, 'clusters' | 'clustersGap'> {
  if (clusters === undefined) return { clusters: [] };
  const content = Fact.open(clusters);
  return 'gap' in content ? { clusters: [], clustersGap: content.gap } : { clusters: content.known };
}
