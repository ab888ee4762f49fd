/** What Amazon Inspector tells of an account in a region: its settings, and what it covers. */
import {
  BatchGetAccountStatusCommand,
  GetClustersForImageCommand,
  GetConfigurationCommand,
  GetDelegatedAdminAccountCommand,
  ListCoverageCommand,
  ListFiltersCommand,
} from '@aws-sdk/client-inspector2';
import * as v from 'valibot';
import { checked } from '../../aws/checked.ts';
import { MalformedAnswer } from '../../aws/errors.ts';
import {
  Fact,
  type FilterValue,
  type ImageCoverage,
  type InspectorRescan,
  type RegistryFacts,
  type SuppressionFilter,
} from '../facts.ts';
import type { Context } from './context.ts';
import type { DescribedRepository } from './repository.ts';
import { byKey, optionalDate, optionalText, page, text } from './shapes.ts';
import type { Promised } from './together.ts';

// The most items of one page, and the most values of one filter (Inspector2 service model).
const COVERAGE_PAGE = 200;
const FILTERS_PAGE = 100;
const FILTER_VALUES = 10;

/** Of so many images that run, the clusters are read. */
const MOST_CLUSTER_READS = 200;

const Status = v.object({
  accounts: v.array(
    v.object({
      accountId: text,
      resourceState: v.object({ ecr: v.object({ status: text }) }),
    }),
  ),
  failedAccounts: v.nullish(
    v.array(v.object({ accountId: text, errorCode: text, errorMessage: v.nullish(v.string()) })),
  ),
});
const Configuration = v.object({
  ecrConfiguration: v.object({
    rescanDurationState: v.object({
      rescanDuration: text,
      pullDateRescanDuration: optionalText,
      pullDateRescanMode: optionalText,
    }),
  }),
});
const Filters = v.object({
  filters: v.array(
    v.object({
      arn: text,
      name: text,
      action: v.literal('SUPPRESS'),
      criteria: v.record(v.string(), v.unknown()),
    }),
  ),
  nextToken: v.nullish(v.string()),
});
const Administrator = v.object({
  delegatedAdmin: v.object({ accountId: v.pipe(v.string(), v.regex(/^\d{12}$/)) }),
});
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

type Settings = Pick<
  RegistryFacts,
  'inspectorStatus' | 'inspectorRescan' | 'suppressionFilters' | 'inspectorAdministrator'
>;

/** Reads Inspector's settings. */
export function inspectorSettings(context: Context): Promised<Settings> {
  const { asker } = context;
  return {
    inspectorStatus: asker.fact(() => statusOf(context)),
    inspectorRescan: asker.fact(() => rescanOf(context)),
    suppressionFilters: asker.fact(() => filtersOf(context)),
    inspectorAdministrator: asker.fact(() => administratorOf(context)),
  };
}

function statusOf(context: Context): Promise<string> {
  const { asker, registry, session } = context;
  const { account } = registry;
  const action = 'inspector2:BatchGetAccountStatus';
  const command = new BatchGetAccountStatusCommand({ accountIds: [account] });
  return asker.call(
    context.question(action),
    (abortSignal) => session.inspector(registry).send(command, { abortSignal }),
    (answer) => {
      const { accounts, failedAccounts } = checked(Status, answer, action);
      const failed = failedAccounts?.find(({ accountId }) => accountId === account);
      if (failed !== undefined) {
        throw new MalformedAnswer(`${action} failed: ${failed.errorMessage ?? ''} (${failed.errorCode})`);
      }
      const status = byKey(action, accounts, ({ accountId }) => accountId).get(account);
      if (status === undefined) throw new MalformedAnswer(`${action} did not answer about ${account}`);
      return status.resourceState.ecr.status;
    },
  );
}

function rescanOf(context: Context): Promise<InspectorRescan> {
  const { asker, registry, session } = context;
  const action = 'inspector2:GetConfiguration';
  return asker.call(
    context.question(action),
    (abortSignal) => session.inspector(registry).send(new GetConfigurationCommand({}), { abortSignal }),
    (answer) => {
      const { rescanDurationState: state } = checked(Configuration, answer, action).ecrConfiguration;
      return {
        pushDuration: state.rescanDuration,
        pullDuration: state.pullDateRescanDuration ?? undefined,
        pullMode: state.pullDateRescanMode ?? undefined,
      };
    },
  );
}

async function filtersOf(context: Context): Promise<readonly SuppressionFilter[]> {
  const { asker, registry, session } = context;
  const action = 'inspector2:ListFilters';
  const filters = await asker.list(
    context.question(action),
    (nextToken, abortSignal) =>
      session
        .inspector(registry)
        .send(new ListFiltersCommand({ action: 'SUPPRESS', maxResults: FILTERS_PAGE, nextToken }), {
          abortSignal,
        }),
    (answer) => {
      const { filters: found, nextToken } = checked(Filters, answer, action);
      return page(found, nextToken);
    },
  );
  return [...byKey(action, filters, ({ arn }) => arn).values()].map(({ name, arn, criteria }) => ({
    name,
    arn,
    criteria: criteriaOf(criteria),
  }));
}

/** Criteria by name; those of structures within structures by both names: `vulnerablePackages.name`. */
function criteriaOf(
  criteria: Readonly<Record<string, unknown>>,
): Readonly<Record<string, readonly FilterValue[]>> {
  const found = new Map<string, FilterValue[]>();
  const add = (name: string, value: FilterValue) => {
    const list = found.get(name);
    if (list === undefined) found.set(name, [value]);
    else list.push(value);
  };
  const visit = (name: string, condition: unknown) => {
    if (typeof condition !== 'object' || condition === null || condition instanceof Date) {
      throw new MalformedAnswer(
        `inspector2:ListFilters answered with a condition on ${name} that is no structure`,
      );
    }
    const { comparison, value, key } = condition as Readonly<Record<string, unknown>>;
    if (typeof comparison === 'string' && (typeof value === 'string' || typeof key === 'string')) {
      add(name, { comparison, value: [key, value].filter((part) => typeof part === 'string').join('=') });
      return;
    }
    const members = Object.entries(condition).filter(([, member]) => member !== undefined && member !== null);
    if (members.length === 0) {
      throw new MalformedAnswer(`inspector2:ListFilters answered with an empty condition on ${name}`);
    }
    if (members.every(([, member]) => typeof member === 'number' || member instanceof Date)) {
      add(name, { comparison: undefined, value: members.map((member) => rangeText(member)).join(' ') });
      return;
    }
    for (const [inner, member] of members) visit(`${name}.${inner}`, member);
  };
  for (const [name, conditions] of Object.entries(criteria)) {
    if (conditions === undefined || conditions === null) continue;
    if (!Array.isArray(conditions)) {
      throw new MalformedAnswer(`inspector2:ListFilters answered with criteria on ${name} that are no list`);
    }
    for (const condition of conditions) visit(name, condition);
  }
  return Object.fromEntries(found);
}

function rangeText([name, member]: [string, unknown]): string {
  return `${name} ${member instanceof Date ? member.toISOString() : member}`;
}

async function administratorOf(context: Context): Promise<string | undefined> {
  const { asker, registry, session } = context;
  const action = 'inspector2:GetDelegatedAdminAccount';
  const administrator = await asker.optional(
    context.question(action),
    ['ResourceNotFoundException'],
    (abortSignal) =>
      session.inspector(registry).send(new GetDelegatedAdminAccountCommand({}), { abortSignal }),
    (answer) => checked(Administrator, answer, action).delegatedAdmin.accountId,
  );
  return administrator === registry.account ? undefined : administrator;
}

type CoverageRow = v.InferOutput<typeof Coverage>['coveredResources'][number];

/**
 * What Inspector says of the images of repositories, by the ARN of the repository.
 * @param status Inspector's status of ECR scanning: where it is off, it covers nothing
 */
export async function coverageOf(
  context: Context,
  repositories: readonly DescribedRepository[],
  status: Fact<string>,
  notice: (text: string) => void,
): Promise<Fact<ReadonlyMap<string, readonly ImageCoverage[]>>> {
  const content = Fact.open(status);
  if (repositories.length === 0 || ('known' in content && content.known === 'DISABLED')) {
    return Fact.known(new Map());
  }
  return context.asker.fact(async () => {
    const rows = await coverageRows(context, repositories);
    const clusters = await clustersOf(context, rows, notice);
    return byRepository(context, rows, clusters);
  });
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

/** The clusters in which images run, by the row's resource id, for people to see: a failure is told and costs no more. */
async function clustersOf(
  context: Context,
  rows: readonly CoverageRow[],
  notice: (text: string) => void,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const { asker, registry, session } = context;
  const action = 'inspector2:GetClustersForImage';
  const inUse = rows.filter(({ resourceMetadata }) => (resourceMetadata?.ecrImage?.inUseCount ?? 0) > 0);
  if (inUse.length > MOST_CLUSTER_READS) {
    notice(
      `Inspector reports ${inUse.length} images of ${context.host} in use. The clusters of the first ${MOST_CLUSTER_READS} were read.`,
    );
  }
  const found = new Map<string, readonly string[]>();
  const reads = inUse.slice(0, MOST_CLUSTER_READS).map(async ({ resourceId }) => {
    const clusters = await asker.fact(() =>
      asker.list(
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
      ),
    );
    const content = Fact.open(clusters);
    if ('known' in content) found.set(resourceId, content.known);
    return content;
  });
  const failed = (await Promise.all(reads)).find((content) => 'gap' in content);
  if (failed !== undefined && 'gap' in failed) {
    notice(
      `The clusters of some images of ${context.host} that are in use were not read: ${failed.gap.reason}.`,
    );
  }
  return found;
}

const RESOURCE = /^(arn:[^:]+:ecr:[^:]+:\d{12}:repository\/[^:]+)\/(sha256:[0-9a-f]{64})$/;

function byRepository(
  { registry }: Context,
  rows: readonly CoverageRow[],
  clusters: ReadonlyMap<string, readonly string[]>,
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
      clusters: clusters.get(resourceId) ?? [],
    };
    const list = found.get(arn);
    if (list === undefined) found.set(arn, [row]);
    else list.push(row);
  }
  return found;
}
