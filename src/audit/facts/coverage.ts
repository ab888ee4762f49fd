/** Amazon Inspector's coverage of the images of repositories. */
import { ListCoverageCommand } from '@aws-sdk/client-inspector2';
import * as v from 'valibot';
import { checked } from '../../aws/checked.ts';
import { MalformedAnswer } from '../../aws/errors.ts';
import { Fact, type ImageCoverage } from '../facts.ts';
import type { Context } from './context.ts';
import type { DescribedRepository } from './repository.ts';
import { chunks, once, optionalDate, page, text } from './shapes.ts';

// The most items of one page, and the most values of one filter (Inspector2 service model).
const COVERAGE_PAGE = 200;
const FILTER_VALUES = 10;

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
/** A row of the coverage. */
export interface CoverageRow extends Omit<ImageCoverage, 'clusters' | 'clustersGap'> {
  /** Inspector's name for the image. */
  readonly resourceId: string;
}

interface PlacedRow extends CoverageRow {
  /** The ARN of its repository. */
  readonly repository: string;
}

/** The rows of each repository, by its ARN. */
export type Coverage = ReadonlyMap<string, Promise<Fact<readonly CoverageRow[]>>>;

/**
 * Reads Inspector's coverage of the images of repositories. The filter names these repositories, as many per call as it
 * accepts, because a registry can have many more repositories than are audited.
 * @param status Inspector's status of ECR scanning. If it is off, Inspector may refuse the call, and covers nothing
 */
export function coverageOf(
  context: Context,
  repositories: readonly DescribedRepository[],
  status: Promise<Fact<string>>,
): Coverage {
  return new Map(
    chunks(repositories, FILTER_VALUES).flatMap((batch) => {
      const read = rowsOf(context, batch, status).then((fact) =>
        fact.map((rows) => Map.groupBy(rows, ({ repository }) => repository)),
      );
      return batch.map(
        ({ arn }) =>
          [arn, read.then((fact) => fact.map((rows) => (rows.get(arn) ?? []).map(unplaced)))] as const,
      );
    }),
  );
}

function unplaced({ repository: _, ...row }: PlacedRow): CoverageRow {
  return row;
}

export function isInUse({ inUseCount }: CoverageRow): boolean {
  return (inUseCount ?? 0) > 0;
}

async function rowsOf(
  context: Context,
  repositories: readonly DescribedRepository[],
  status: Promise<Fact<string>>,
): Promise<Fact<readonly PlacedRow[]>> {
  const rows = await context.asker.fact(() => coverageRows(context, repositories));
  if ('known' in Fact.open(rows)) return rows;
  const content = Fact.open(await status);
  return 'known' in content && content.known === 'DISABLED' ? Fact.known([]) : rows;
}

/** @throws Unanswered */
async function coverageRows(
  context: Context,
  repositories: readonly DescribedRepository[],
): Promise<readonly PlacedRow[]> {
  const { asker, registry, session } = context;
  const action = 'inspector2:ListCoverage';
  const equals = (value: string) => ({ comparison: 'EQUALS' as const, value });
  const filterCriteria = {
    resourceType: [equals('AWS_ECR_CONTAINER_IMAGE')],
    accountId: [equals(registry.account)],
    ecrRepositoryName: repositories.map(({ name }) => equals(name)),
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
): PlacedRow {
  const [, repository, imageDigest] = RESOURCE.exec(resourceId) ?? [];
  if (repository === undefined || imageDigest === undefined) {
    throw new MalformedAnswer('inspector2:ListCoverage listed an image that is not in ECR');
  }
  // The filter names only this account.
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
