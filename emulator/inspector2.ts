/** Amazon Inspector's API (REST JSON): coverage, findings and the account's status. */
import { type Answer, epochSeconds, type Pager, ServiceError } from './answer.ts';
import { inspectorAccountOperations, invalidForInspector as invalid } from './inspector2-account.ts';
import { type Handler, handlerOf } from './operation.ts';
import type { Json, JsonObject } from './scenario.ts';
import { integer, isStructure, list, number, oneOf, problem, type Shape, structure, text } from './shapes.ts';
import type { ListedFinding, PlayedImage, World } from './world.ts';

/** The operations by their path; all are POST. */
export const INSPECTOR_PATHS: Readonly<Record<string, string>> = {
  '/findings/list': 'ListFindings',
  '/coverage/list': 'ListCoverage',
  '/findings/details/batch/get': 'BatchGetFindingDetails',
  '/status/batch/get': 'BatchGetAccountStatus',
  '/configuration/get': 'GetConfiguration',
  '/filters/list': 'ListFilters',
  '/delegatedadminaccounts/get': 'GetDelegatedAdminAccount',
  '/cluster/get': 'GetClustersForImage',
};

interface StringFilter {
  readonly comparison: 'EQUALS' | 'NOT_EQUALS' | 'PREFIX';
  readonly value: string;
}

interface RangeFilter {
  readonly lowerInclusive?: number;
  readonly upperInclusive?: number;
  readonly startInclusive?: number;
  readonly endInclusive?: number;
}

type Criteria = Readonly<Record<string, readonly (StringFilter | RangeFilter)[]>>;

/** The values that a filter is compared with: none, one or several. */
type Field<T> = (item: T) => string | number | readonly (string | number)[] | undefined;

const filterValue = text({ min: 1, max: 1024 });
const findingString = structure({ comparison: oneOf('EQUALS', 'PREFIX', 'NOT_EQUALS'), value: filterValue }, [
  'comparison',
  'value',
]);
const coverageString = structure({ comparison: oneOf('EQUALS', 'NOT_EQUALS'), value: filterValue }, [
  'comparison',
  'value',
]);
const numberRange = structure({ lowerInclusive: number, upperInclusive: number });
const dateRange = structure({ startInclusive: number, endInclusive: number });
const nextToken = text({ max: 1_000_000 });
const accountId = text({ pattern: /^\d{12}$/ });

// Filters of Inspector that the emulator does not have are refused, because a wrong response would mislead.
const FINDING_STRINGS: Record<string, Field<ListedFinding>> = {
  findingArn: ({ wire }) => string(wire.findingArn),
  awsAccountId: ({ wire }) => string(wire.awsAccountId),
  findingType: ({ wire }) => string(wire.type),
  severity: ({ wire }) => string(wire.severity),
  findingStatus: ({ wire }) => string(wire.status),
  title: ({ wire }) => string(wire.title),
  fixAvailable: ({ wire }) => string(wire.fixAvailable),
  exploitAvailable: ({ wire }) => string(wire.exploitAvailable),
  vulnerabilityId: ({ wire }) => string(vulnerability(wire).vulnerabilityId),
  vulnerabilitySource: ({ wire }) => string(vulnerability(wire).source),
  vendorSeverity: ({ wire }) => string(vulnerability(wire).vendorSeverity),
  relatedVulnerabilities: ({ wire }) => strings(vulnerability(wire).relatedVulnerabilities),
  resourceType: () => 'AWS_ECR_CONTAINER_IMAGE',
  ecrImageHash: ({ image }) => image.digest,
  ecrImageRepositoryName: ({ image }) => image.repository,
  ecrImageArchitecture: ({ image }) => image.platform?.architecture,
};
const FINDING_NUMBERS: Record<string, Field<ListedFinding>> = {
  inspectorScore: ({ wire }) => numeric(wire.inspectorScore),
  epssScore: ({ wire }) => (isStructure(wire.epss) ? numeric(wire.epss.score) : undefined),
};
const FINDING_DATES: Record<string, Field<ListedFinding>> = {
  firstObservedAt: ({ wire }) => numeric(wire.firstObservedAt),
  lastObservedAt: ({ wire }) => numeric(wire.lastObservedAt),
  updatedAt: ({ wire }) => numeric(wire.updatedAt),
};
const SORTS: Record<string, Field<ListedFinding>> = {
  SEVERITY: ({ wire }) =>
    ['UNTRIAGED', 'INFORMATIONAL', 'LOW', 'MEDIUM', 'HIGH', 'CRITICAL'].indexOf(String(wire.severity)),
  INSPECTOR_SCORE: FINDING_NUMBERS.inspectorScore ?? (() => undefined),
  FIRST_OBSERVED_AT: FINDING_DATES.firstObservedAt ?? (() => undefined),
  LAST_OBSERVED_AT: FINDING_DATES.lastObservedAt ?? (() => undefined),
  VULNERABILITY_ID: FINDING_STRINGS.vulnerabilityId ?? (() => undefined),
};

export function createInspector2(world: World, pager: Pager): Handler {
  const { scenario } = world;
  /** The images whose scans Inspector shows to the caller. */
  const visible = (): readonly PlayedImage[] =>
    scenario.caller?.delegatedAdministrator === false ? [] : world.images;
  const findingFields: Record<string, Field<ListedFinding>> = {
    ...FINDING_STRINGS,
    resourceId: ({ image }) => `${world.repositoryArn(image.repository)}/${image.digest}`,
    ecrImageRegistry: () => scenario.account,
    ecrImageTags: ({ image }) => tags(world, image),
  };
  const coverageFields: Record<string, Field<Covered>> = {
    accountId: ({ row }) => string(row.accountId),
    resourceId: ({ row }) => string(row.resourceId),
    resourceType: ({ row }) => string(row.resourceType),
    scanType: ({ row }) => string(row.scanType),
    scanStatusCode: ({ code }) => code,
    scanStatusReason: ({ reason }) => reason,
    ecrRepositoryName: ({ image }) => image.repository,
    ecrImageTags: ({ image }) => tags(world, image),
  };
  const coverageDates: Record<string, Field<Covered>> = {
    lastScannedAt: ({ row }) => numeric(row.lastScannedAt),
  };
  const shapes: Record<string, Shape> = {
    ListFindings: structure({
      maxResults: integer(1, 100),
      nextToken,
      filterCriteria: structure({
        ...filters(findingFields, findingString),
        ...filters(FINDING_NUMBERS, numberRange),
        ...filters(FINDING_DATES, dateRange),
      }),
      sortCriteria: structure({ field: oneOf(...Object.keys(SORTS)), sortOrder: oneOf('ASC', 'DESC') }, [
        'field',
        'sortOrder',
      ]),
    }),
    ListCoverage: structure({
      maxResults: integer(1, 200),
      nextToken,
      filterCriteria: structure({
        ...filters(coverageFields, coverageString),
        ...filters(coverageDates, dateRange),
      }),
    }),
    BatchGetFindingDetails: structure(
      {
        findingArns: list(
          text({
            pattern:
              /^arn:(aws[a-zA-Z-]*)?:inspector2:[a-z]{2}(-gov)?-[a-z]+-\d{1}:\d{12}:finding\/[a-f0-9]{32}$/,
          }),
          1,
          10,
        ),
      },
      ['findingArns'],
    ),
    BatchGetAccountStatus: structure({ accountIds: list(accountId, 0, 100) }),
  };
  const account = handlerOf('Inspector', [inspectorAccountOperations(world, pager)], (wrong) =>
    invalid(`1 validation error detected: ${wrong}`),
  );
  // A query's result is kept while what it was taken from is the same: a hundred pages are one search.
  const searched = new Map<string, { from: readonly (readonly ListedFinding[])[]; found: ListedFinding[] }>();

  function search(
    criteria: Criteria,
    sort: { field: string; sortOrder: string } | undefined,
  ): ListedFinding[] {
    const byDigest = criteria.ecrImageHash?.every(isEquals) ? criteria.ecrImageHash : undefined;
    const images = visible().filter(({ digest }) => byDigest?.some((hash) => holds(hash, digest)) ?? true);
    const from = images.map((image) => world.state(image).findings);
    const query = JSON.stringify([criteria, sort]);
    const earlier = searched.get(query);
    if (earlier && same(earlier.from, from)) return earlier.found;
    const fields = { ...findingFields, ...FINDING_NUMBERS, ...FINDING_DATES };
    const found = from.flat().filter((finding) => matches(finding, criteria, fields));
    const key = sort && SORTS[sort.field];
    if (sort && key) found.sort((a, b) => order(key(a), key(b)) * (sort.sortOrder === 'ASC' ? 1 : -1));
    searched.set(query, { from, found });
    return found;
  }

  const handlers: Record<string, (input: Record<string, Json>) => Answer['body']> = {
    ListFindings: ({ filterCriteria, sortCriteria, maxResults, nextToken: token }) => {
      const criteria = (filterCriteria ?? {}) as unknown as Criteria;
      // Inspector would return every finding of the account, which takes very long in a large account.
      if (Object.keys(criteria).length === 0)
        throw invalid('The emulator does not support ListFindings without filterCriteria');
      const sort = (sortCriteria ?? undefined) as { field: string; sortOrder: string } | undefined;
      const query = `ListFindings ${JSON.stringify([criteria, sort])}`;
      const page = paged(search(criteria, sort), query, token, maxResults, 100);
      const end = page.nextToken === undefined ? '' : `,"nextToken":${JSON.stringify(page.nextToken)}`;
      return `{"findings":[${page.items.map(({ json }) => json).join(',')}]${end}}`;
    },

    ListCoverage: ({ filterCriteria, maxResults, nextToken: token }) => {
      const criteria = (filterCriteria ?? {}) as unknown as Criteria;
      const fields = { ...coverageFields, ...coverageDates };
      const rows = visible()
        .map(covered)
        .filter((row) => row !== undefined)
        .filter((row) => matches(row, criteria, fields));
      const page = paged(rows, `ListCoverage ${JSON.stringify(criteria)}`, token, maxResults, 200);
      const coveredResources = page.items.map(({ row }) => row);
      return { coveredResources, ...(page.nextToken === undefined ? {} : { nextToken: page.nextToken }) };
    },

    BatchGetFindingDetails: ({ findingArns }) => {
      const known = new Map<string, ListedFinding>();
      for (const image of visible()) {
        for (const finding of world.state(image).findings)
          known.set(String(finding.wire.findingArn), finding);
      }
      const findingDetails: JsonObject[] = [];
      const errors: JsonObject[] = [];
      for (const findingArn of findingArns as string[]) {
        const finding = known.get(findingArn);
        if (finding === undefined) {
          errors.push({
            findingArn,
            errorCode: 'FINDING_DETAILS_NOT_FOUND',
            errorMessage: 'Finding details not found',
          });
          continue;
        }
        const epssScore = isStructure(finding.wire.epss) ? numeric(finding.wire.epss.score) : undefined;
        findingDetails.push({
          findingArn,
          cwes: [],
          evidences: [],
          referenceUrls: strings(vulnerability(finding.wire).referenceUrls),
          tools: [],
          ttps: [],
          ...(epssScore === undefined ? {} : { epssScore }),
          ...finding.details,
        });
      }
      return { findingDetails, errors };
    },

    BatchGetAccountStatus: ({ accountIds }) => {
      const asked = (accountIds ?? []) as string[];
      const status = scenario.inspectorStatus ?? (world.scanType() === 'ENHANCED' ? 'ENABLED' : 'DISABLED');
      const state = (value: string) => ({ status: value, errorCode: 'ALREADY_ENABLED', errorMessage: '' });
      const isShown = scenario.caller?.delegatedAdministrator !== false;
      const own = isShown && (asked.length === 0 || asked.includes(scenario.account));
      const off = state('DISABLED');
      return {
        accounts: own
          ? [
              {
                accountId: scenario.account,
                state: state(status),
                resourceState: {
                  ec2: off,
                  ecr: state(status),
                  lambda: off,
                  lambdaCode: off,
                  codeRepository: off,
                },
              },
            ]
          : [],
        failedAccounts: asked
          .filter((account) => !isShown || account !== scenario.account)
          .map((account) => ({
            accountId: account,
            errorCode: 'ACCESS_DENIED',
            errorMessage: 'The account is not a member of the organization',
          })),
      };
    },
  };

  interface Covered {
    readonly image: PlayedImage;
    readonly code: string;
    readonly reason: string;
    readonly row: JsonObject;
  }

  function covered(image: PlayedImage): Covered | undefined {
    const { coverage } = world.state(image);
    if (coverage === undefined) return undefined;
    const { statusCode, reason, lastScannedAt } = coverage;
    const row = {
      resourceType: 'AWS_ECR_CONTAINER_IMAGE',
      resourceId: `${world.repositoryArn(image.repository)}/${image.digest}`,
      accountId: scenario.account,
      scanType: 'PACKAGE',
      scanStatus: { statusCode, reason },
      resourceMetadata: {
        ecrRepository: { name: image.repository, scanFrequency: world.scanFrequency(image.repository) },
        ecrImage: {
          tags: tags(world, image),
          inUseCount: image.inUse?.count ?? 0,
          ...(image.inUse && { lastInUseAt: epochSeconds(world.seenInUse(image) ?? 0) }),
          ...(image.pulledAt === undefined ? {} : { imagePulledAt: epochSeconds(image.pulledAt) }),
        },
      },
      ...(lastScannedAt === undefined ? {} : { lastScannedAt: epochSeconds(lastScannedAt) }),
    };
    return { image, code: statusCode, reason, row };
  }

  function paged<T>(
    items: readonly T[],
    query: string,
    token: Json | undefined,
    size: Json | undefined,
    most: number,
  ) {
    const page = pager.page(items, query, string(token), numeric(size) ?? most);
    if (page === undefined) throw invalid('The nextToken is not one that this request was given');
    return page;
  }

  return {
    handle: (operation, input) => {
      try {
        const shape = shapes[operation];
        const handler = handlers[operation];
        if (shape === undefined || handler === undefined) return account.handle(operation, input);
        const wrong = problem(shape, input, '');
        if (wrong !== undefined) throw invalid(`1 validation error detected: ${wrong}`);
        return { status: 200, body: handler(input as Record<string, Json>) };
      } catch (error) {
        if (error instanceof ServiceError) return error.answer();
        throw error;
      }
    },
  };
}

function filters(fields: Readonly<Record<string, unknown>>, of: Shape): Record<string, Shape> {
  return Object.fromEntries(Object.keys(fields).map((name) => [name, list(of, 1, 10)]));
}

/** Fields are ANDed. Within a field, EQUALS, PREFIX and ranges are ORed, and NOT_EQUALS must all hold. */
function matches<T>(item: T, criteria: Criteria, fields: Readonly<Record<string, Field<T>>>): boolean {
  return Object.entries(criteria).every(([name, conditions]) => {
    const value = fields[name]?.(item);
    const values = value === undefined ? [] : typeof value === 'object' ? value : [value];
    const unwanted = conditions.filter(
      (condition) => 'comparison' in condition && condition.comparison === 'NOT_EQUALS',
    );
    const wanted = conditions.filter((condition) => !unwanted.includes(condition));
    return (
      unwanted.every((condition) => 'value' in condition && !values.includes(condition.value)) &&
      (wanted.length === 0 || wanted.some((condition) => values.some((one) => holds(condition, one))))
    );
  });
}

function holds(condition: StringFilter | RangeFilter, value: string | number): boolean {
  if ('comparison' in condition) {
    const actual = String(value);
    return condition.comparison === 'PREFIX'
      ? actual.startsWith(condition.value)
      : actual === condition.value;
  }
  const from = condition.lowerInclusive ?? condition.startInclusive ?? Number.NEGATIVE_INFINITY;
  const to = condition.upperInclusive ?? condition.endInclusive ?? Number.POSITIVE_INFINITY;
  return Number(value) >= from && Number(value) <= to;
}

function isEquals(condition: StringFilter | RangeFilter): boolean {
  return 'comparison' in condition && condition.comparison === 'EQUALS';
}

function order(a: ReturnType<Field<ListedFinding>>, b: ReturnType<Field<ListedFinding>>): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return String(a ?? '').localeCompare(String(b ?? ''));
}

function same<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index]);
}

function tags(world: World, image: PlayedImage): string[] {
  const repository = world.store.repositories.get(image.repository);
  return repository ? world.store.tagsOf(repository, image.digest) : [];
}

function vulnerability(wire: JsonObject): Record<string, unknown> {
  return isStructure(wire.packageVulnerabilityDetails) ? wire.packageVulnerabilityDetails : {};
}

function string(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

function numeric(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}
