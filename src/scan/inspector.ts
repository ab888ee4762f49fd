/** Enhanced scanning: Amazon Inspector's coverage and findings, confirmed by ECR's own view of the scan. */
import { ListCoverageCommand, ListFindingsCommand } from '@aws-sdk/client-inspector2';
import * as v from 'valibot';
import { checked } from '../aws/checked.ts';
import type { AwsClients } from '../aws/clients.ts';
import { attempt, MalformedAnswer, translate } from '../aws/errors.ts';
import { allPages } from '../aws/pages.ts';
import type { Deadline } from '../deadline.ts';
import { allOrFailures, GateError } from '../errors.ts';
import { repositoryArn } from '../image/reference.ts';
import type { PlatformImage } from '../image/resolve.ts';
import { explainMissingInspectorScan } from './configuration.ts';
import { countsOfPage, countsOfWhole, describeScan, ECR_PAGE, serviceTime, sumOfPages } from './ecr-scan.ts';
import { belongsTo, FindingRow, normalise } from './inspector-finding.ts';
import type { Scanner, ScanObservation } from './scanner.ts';
import { type Coverage, classify } from './state.ts';

// The most values of one filter and the most items of one page (Inspector2 service model).
const FILTER_VALUES = 10;
const COVERAGE_PAGE = 200;
const FINDINGS_PAGE = 100;

// Only the members that a decision needs are required.
const optionalText = v.optional(v.nullable(v.string()));
const CoverageRow = v.object({
  resourceId: v.string(),
  accountId: v.string(),
  scanStatus: v.optional(v.object({ statusCode: v.string(), reason: v.string() })),
  lastScannedAt: v.optional(v.date()),
});
const CoverageAnswer = v.object({ coveredResources: v.array(CoverageRow), nextToken: optionalText });
const FindingsAnswer = v.object({ findings: v.array(FindingRow), nextToken: optionalText });

/** Enhanced scanning as a Scanner. */
export function inspectorScanner(clients: AwsClients, deadline: Deadline): Scanner {
  const describe = (image: PlatformImage, maxResults: number, nextToken?: string) =>
    describeScan(clients, deadline, image, { maxResults, nextToken });

  const explainMissingScan = (image: PlatformImage) => explainMissingInspectorScan(clients, deadline, image);

  /** Coverage rows by resource id, of images of one registry. */
  const coverage = async (images: readonly PlatformImage[]): Promise<Map<string, Coverage[]>> => {
    const [first] = images;
    if (first === undefined) return new Map();
    const client = clients.inspector(first.registry);
    const rows = await allPages('inspector2:ListCoverage', async (nextToken) => {
      const command = new ListCoverageCommand({
        filterCriteria: {
          resourceId: images.map((image) => ({ comparison: 'EQUALS' as const, value: resourceId(image) })),
        },
        maxResults: COVERAGE_PAGE,
        nextToken,
      });
      try {
        const answer = await client.send(command, { abortSignal: deadline.signal });
        const page = checked(CoverageAnswer, answer, 'inspector2:ListCoverage');
        return { items: page.coveredResources, nextToken: page.nextToken ?? undefined };
      } catch (error) {
        const refused = translate(error, { action: 'inspector2:ListCoverage', resource: '*' }, deadline);
        if (!(refused instanceof GateError) || refused.code !== 'configuration') throw refused;
        const { error: explained, possibleReason } = await explainMissingScan(first);
        throw explained ?? (possibleReason === undefined ? refused : withReason(refused, possibleReason));
      }
    });
    const found = new Map<string, Coverage[]>();
    for (const { resourceId: id, accountId, scanStatus, lastScannedAt } of rows) {
      if (accountId !== first.registry.account) continue;
      const row = {
        statusCode: scanStatus?.statusCode ?? '',
        reason: scanStatus?.reason ?? '',
        lastScannedAt,
      };
      const others = found.get(id);
      if (others === undefined) found.set(id, [row]);
      else others.push(row);
    }
    return found;
  };

  return {
    observe: async (images, first) => {
      const observations = new Map<PlatformImage, ScanObservation>();
      // Only the status is needed until the scan has finished.
      const page = first ? ECR_PAGE : 1;
      const scans = Promise.all(
        images.map(async (image) => [image, await attempt(() => describe(image, page))] as const),
      );
      const covered = Promise.all(
        batches(images).map(async (batch) => {
          const rows = await attempt(() => coverage(batch));
          return batch.map((image) => [image, rows] as const);
        }),
      );
      await allOrFailures([
        ['ECR', scans.then(() => undefined)],
        ['Amazon Inspector', covered.then(() => undefined)],
      ]);
      const [ecrViews, coverages] = await Promise.all([scans, covered]);
      const rowsOf = new Map(coverages.flat());
      for (const [image, view] of ecrViews) {
        const rows = rowsOf.get(image);
        if (view instanceof MalformedAnswer || rows === undefined || rows instanceof MalformedAnswer) {
          const reason =
            view instanceof MalformedAnswer ? view.message : rows ? (rows as MalformedAnswer).message : '';
          observations.set(image, {
            state: { kind: 'waiting', reason },
            isMissing: false,
            countedByEcr: undefined,
          });
          continue;
        }
        const own = rows.get(resourceId(image)) ?? [];
        const { status: imageStatus, pushedAt } = image;
        observations.set(image, {
          state: classify({
            ecrStatus: view?.imageScanStatus?.status,
            coverage: own,
            imageStatus,
            pushedAt,
            now: serviceTime(clients, image),
          }),
          isMissing: own.length === 0,
          countedByEcr: countsOfWhole(view, 'enhancedFindings'),
        });
      }
      return observations;
    },

    findings: async (image) => {
      const client = clients.inspector(image.registry);
      const findings = await allPages('inspector2:ListFindings', async (nextToken) => {
        const command = new ListFindingsCommand({
          // By digest alone: any other filter could match nothing if its format differs from what is documented.
          filterCriteria: { ecrImageHash: [{ comparison: 'EQUALS', value: image.digest }] },
          maxResults: FINDINGS_PAGE,
          nextToken,
        });
        try {
          const answer = await client.send(command, { abortSignal: deadline.signal });
          const page = checked(FindingsAnswer, answer, 'inspector2:ListFindings');
          const items = page.findings.filter((row) => belongsTo(row, image));
          return {
            items: items.map((row) => normalise(row, image)),
            nextToken: page.nextToken ?? undefined,
          };
        } catch (error) {
          throw translate(error, { action: 'inspector2:ListFindings', resource: '*' }, deadline);
        }
      });
      return findings;
    },

    countedByEcr: async (image) => {
      const pages = await allPages('ecr:DescribeImageScanFindings', async (token) => {
        const answer = await describe(image, ECR_PAGE, token);
        return { items: [countsOfPage(answer, 'enhancedFindings')], nextToken: answer?.nextToken };
      });
      return sumOfPages(pages);
    },

    explainMissingScan,

    serviceTime: (image) => serviceTime(clients, image),
  };
}

function withReason({ code, message, nextStep, cause }: GateError, reason: string): GateError {
  return new GateError(code, `${message} ${reason}`, { nextStep, cause });
}

/** The id of an image in Inspector's coverage: the repository's ARN and the digest. */
function resourceId({ registry, repository, digest }: PlatformImage): string {
  return `${repositoryArn(registry, repository)}/${digest}`;
}

function batches(images: readonly PlatformImage[]): PlatformImage[][] {
  const regions = Map.groupBy(images, ({ registry }) => `${registry.account} ${registry.host}`);
  return [...regions.values()].flatMap((group) => {
    const result: PlatformImage[][] = [];
    for (let at = 0; at < group.length; at += FILTER_VALUES) result.push(group.slice(at, at + FILTER_VALUES));
    return result;
  });
}
