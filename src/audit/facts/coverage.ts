/** What Amazon Inspector says of the images of repositories, and in which clusters they run. */
import { GetClustersForImageCommand, ListCoverageCommand } from '@aws-sdk/client-inspector2';
import * as v from 'valibot';
import { checked } from '../../aws/checked.ts';
import { MalformedAnswer } from '../../aws/errors.ts';
import { Fact, type Gap, type ImageCoverage } from '../facts.ts';
import type { Context } from './context.ts';
import type { DescribedRepository } from './repository.ts';
import { once, optionalDate, page, text } from './shapes.ts';
import { unknown } from './unknown.ts';

// The most items of one page, and the most values of one filter (Inspector2 service model).
const COVERAGE_PAGE = 200;
const FILTER_VALUES = 10;

/** Of so many images that run, the clusters are read. */
const MOST_CLUSTER_READS = 200;

const Covered = v.object({
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
});
const Answer = v.object({ coveredResources: v.array(Covered), nextToken: v.nullish(v.string()) });
const Clusters = v.object({
  cluster: v.array(v.object({ clusterArn: text })),
  nextToken: v.nullish(v.string()),
});

/** A row of the coverage, and where it belongs. */
interface Row extends Omit<ImageCoverage, 'clusters'> {
  /** Inspector's name for the image. */
  readonly resourceId: string;
  /** The ARN of its repository. */
  readonly repository: string;
}

/** By the ARN of the repository. */
type ByRepository<T> = Promise<Fact<ReadonlyMap<string, readonly T[]>>>;

export interface Coverage {
  readonly rows: ByRepository<ImageCoverage>;
  /** Digests of the images that Inspector reports in use: known before the clusters are. */
  readonly inUse: ByRepository<string>;
}

/**
 * What Inspector says of the images of repositories.
 * @param status Inspector's status of ECR scanning: where it is off, Inspector may refuse to answer, and covers nothing
 */
export function coverageOf(
  context: Context,
  repositories: readonly DescribedRepository[],
  status: Promise<Fact<string>>,
  notice: (text: string) => void,
): Coverage {
  const read = rowsOf(context, repositories, status);
  return {
    inUse: read.then((fact) =>
      fact.map((rows) => byRepository(rows.filter(isInUse), ({ digest: name }) => name)),
    ),
    rows: read.then(async (fact) => {
      const content = Fact.open(fact);
      if ('gap' in content) return unknown(content.gap);
      const clusters = await clustersOf(context, content.known.filter(isInUse), notice);
      return Fact.known(
        byRepository(content.known, ({ resourceId, repository: _, ...row }) => ({
          ...row,
          ...runsIn(clusters.get(resourceId)),
        })),
      );
    }),
  };
}

function isInUse({ inUseCount }: Row): boolean {
  return (inUseCount ?? 0) > 0;
}

function byRepository<T>(rows: readonly Row[], make: (row: Row) => T): ReadonlyMap<string, readonly T[]> {
  const found = new Map<string, T[]>();
  for (const row of rows) {
    const list = found.get(row.repository);
    if (list === undefined) found.set(row.repository, [make(row)]);
    else list.push(make(row));
  }
  return found;
}

async function rowsOf(
  context: Context,
  repositories: readonly DescribedRepository[],
  status: Promise<Fact<string>>,
): Promise<Fact<readonly Row[]>> {
  if (repositories.length === 0) return Fact.known([]);
  const rows = await context.asker.fact(() => coverageRows(context, repositories));
  if ('known' in Fact.open(rows)) return rows;
  const content = Fact.open(await status);
  return 'known' in content && content.known === 'DISABLED' ? Fact.known([]) : rows;
}

/** @throws Unanswered */
async function coverageRows(
  context: Context,
  repositories: readonly DescribedRepository[],
): Promise<readonly Row[]> {
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
  const rows = await asker.list(
    context.question(action),
    (nextToken, abortSignal) =>
      session
        .inspector(registry)
        .send(new ListCoverageCommand({ filterCriteria, maxResults: COVERAGE_PAGE, nextToken }), {
          abortSignal,
        }),
    (answer) => {
      const { coveredResources, nextToken } = checked(Answer, answer, action);
      return page(
        coveredResources.map((row) => rowOf(row, registry.account)),
        nextToken,
      );
    },
  );
  return once(action, rows, ({ resourceId }) => resourceId);
}

const RESOURCE = /^(arn:[^:]+:ecr:[^:]+:\d{12}:repository\/[^:]+)\/(sha256:[0-9a-f]{64})$/;

function rowOf(
  { resourceId, accountId, scanStatus, resourceMetadata }: v.InferOutput<typeof Covered>,
  account: string,
): Row {
  const [, repository, imageDigest] = RESOURCE.exec(resourceId) ?? [];
  if (repository === undefined || imageDigest === undefined) {
    throw new MalformedAnswer('inspector2:ListCoverage listed an image that is none of ECR');
  }
  // It was asked for this account alone.
  if (accountId !== account) {
    throw new MalformedAnswer(`inspector2:ListCoverage listed an image of account ${accountId}`);
  }
  const image = resourceMetadata?.ecrImage;
  return {
    resourceId,
    repository,
    digest: imageDigest,
    status: scanStatus?.statusCode ?? '',
    reason: scanStatus?.reason ?? '',
    inUseCount: image?.inUseCount ?? undefined,
    lastInUseAt: image?.lastInUseAt ?? undefined,
  };
}

/**
 * The clusters in which images run, by the row's resource id, for people to see: what cannot be read is told, and changes
 * nothing else.
 */
async function clustersOf(
  context: Context,
  inUse: readonly Row[],
  notice: (text: string) => void,
): Promise<ReadonlyMap<string, Fact<readonly string[]>>> {
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
  return asker.names(
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

function runsIn(
  clusters: Fact<readonly string[]> | undefined,
): Pick<ImageCoverage, 'clusters' | 'clustersGap'> {
  if (clusters === undefined) return { clusters: [] };
  const content = Fact.open(clusters);
  return 'gap' in content ? { clusters: [], clustersGap: content.gap } : { clusters: content.known };
}
