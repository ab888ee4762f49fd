/** Observes scans of enhanced scanning: Inspector's coverage, confirmed by ECR's own view of the scan. */
import { ListCoverageCommand } from '@aws-sdk/client-inspector2';
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
import { countsOfWhole, describeScan, ECR_PAGE, type EcrScan, serviceTime } from './ecr-scan.ts';
import type { Scanner, ScanObservation } from './scanner.ts';
import { type Coverage, classify, heldBackByEcr, heldBackByInspector } from './state.ts';

/** The most values of one filter (Inspector2 service model). */
export const FILTER_VALUES = 10;
// The most items of one page (Inspector2 service model).
const COVERAGE_PAGE = 200;

/** A waiting image is observed completely this often, so that a terminal status of either service ends the wait. */
const COMPLETE_EVERY_MS = 30_000;

// Only the members that a decision needs are required.
const CoverageRow = v.object({
  resourceId: v.string(),
  accountId: v.string(),
  scanStatus: v.optional(v.object({ statusCode: v.string(), reason: v.string() })),
  lastScannedAt: v.optional(v.date()),
});
const CoverageAnswer = v.object({
  coveredResources: v.array(CoverageRow),
  nextToken: v.optional(v.nullable(v.string())),
});

/** An answer of each service about one image. ECR's is undefined if it has no scan. */
type EcrView = EcrScan | undefined | MalformedAnswer;
type Rows = readonly Coverage[] | MalformedAnswer;
type Views = ReadonlyMap<PlatformImage, EcrView>;
type Coverages = ReadonlyMap<PlatformImage, Rows>;

/** An image that waits, as it was last observed completely. */
interface Waiting {
  readonly atMs: number;
  readonly ecrStatus: string | undefined;
  /** The service that keeps it waiting. It is polled; the other one is asked again when its answer changes. */
  readonly heldBackBy: 'ecr' | 'inspector';
}

/** The part of a Scanner that observes scans, for enhanced scanning. */
export class InspectorScans implements Pick<Scanner, 'observe' | 'poll' | 'imagesPerPoll'> {
  readonly imagesPerPoll = FILTER_VALUES;
  private readonly clients: AwsClients;
  private readonly deadline: Deadline;
  private readonly waiting = new Map<PlatformImage, Waiting>();

  constructor(clients: AwsClients, deadline: Deadline) {
    this.clients = clients;
    this.deadline = deadline;
  }

  async observe(
    images: readonly PlatformImage[],
    counts: boolean,
  ): Promise<Map<PlatformImage, ScanObservation>> {
    const { views, coverages } = await this.ask(images, images, counts ? ECR_PAGE : 1);
    return this.conclude(images, views, coverages);
  }

  async poll(images: readonly PlatformImage[]): Promise<Map<PlatformImage, ScanObservation>> {
    const overdue = images.find((image) => this.isOverdue(image));
    const byEcr = images.filter(
      (image) => image !== overdue && this.waiting.get(image)?.heldBackBy === 'ecr',
    );
    const byInspector = images.filter((image) => !byEcr.includes(image));
    const polled = [overdue, byEcr[0]].filter((image) => image !== undefined);
    const first = await this.ask(polled, byInspector, 1);

    // Where the answer has changed, the other service is asked too, and only both together are an observation.
    const ecrChanged = byEcr
      .slice(0, 1)
      .some((image) => heldBackByEcr(statusOf(first.views.get(image))) === undefined);
    const changed = byInspector.filter(
      (image) => image === overdue || this.heldByInspector(image, first.coverages.get(image)) === undefined,
    );
    const complete = ecrChanged ? [...changed, ...byEcr] : changed;
    const missing = <T>(known: ReadonlyMap<PlatformImage, T>) =>
      complete.filter((image) => !known.has(image));
    const second = await this.ask(missing(first.views), missing(first.coverages), ECR_PAGE);
    const observations = this.conclude(
      complete,
      new Map([...first.views, ...second.views]),
      new Map([...first.coverages, ...second.coverages]),
    );
    for (const image of images) {
      if (!observations.has(image)) observations.set(image, this.stillWaiting(image, first));
    }
    return observations;
  }

  private isOverdue(image: PlatformImage): boolean {
    const last = this.waiting.get(image);
    return last === undefined || this.deadline.elapsedMs() - last.atMs >= COMPLETE_EVERY_MS;
  }

  /** The state of an image if at most one service was polled and nothing has changed. */
  private stillWaiting(
    image: PlatformImage,
    { views, coverages }: { readonly views: Views; readonly coverages: Coverages },
  ): ScanObservation {
    const rows = coverages.get(image);
    const view = views.get(image);
    const malformed = [rows, view].find((answer) => answer instanceof MalformedAnswer);
    const ecrStatus = this.waiting.get(image)?.ecrStatus;
    const reason =
      malformed?.message ??
      heldBackByEcr(statusOf(view) ?? ecrStatus) ??
      this.heldByInspector(image, rows) ??
      'its scan has not finished';
    const isMissing = Array.isArray(rows) && rows.length === 0;
    return { state: { kind: 'waiting', reason }, isMissing, countedByEcr: undefined };
  }

  /** Why Inspector keeps the image waiting; undefined if it does not, or was not asked. A malformed answer does. */
  private heldByInspector(image: PlatformImage, rows: Rows | undefined): string | undefined {
    if (rows === undefined) return undefined;
    if (rows instanceof MalformedAnswer) return rows.message;
    const { status: imageStatus, pushedAt } = image;
    return heldBackByInspector({
      coverage: rows,
      imageStatus,
      pushedAt,
      now: serviceTime(this.clients, image),
    });
  }

  /** Classifies images by the answers of both services, and records which service keeps each waiting. */
  private conclude(
    images: readonly PlatformImage[],
    views: Views,
    coverages: Coverages,
  ): Map<PlatformImage, ScanObservation> {
    const observations = new Map<PlatformImage, ScanObservation>();
    for (const image of images) {
      const view = views.get(image);
      const rows = coverages.get(image);
      const observation = this.observation(image, view, rows);
      observations.set(image, observation);
      if (observation.state.kind !== 'waiting') {
        this.waiting.delete(image);
        continue;
      }
      this.waiting.set(image, {
        atMs: this.deadline.elapsedMs(),
        ecrStatus: statusOf(view),
        heldBackBy: this.heldByInspector(image, rows) === undefined ? 'ecr' : 'inspector',
      });
    }
    return observations;
  }

  private observation(image: PlatformImage, view: EcrView, rows: Rows | undefined): ScanObservation {
    const malformed = [view, rows].find((answer) => answer instanceof MalformedAnswer);
    if (malformed !== undefined || view instanceof MalformedAnswer || !Array.isArray(rows)) {
      const reason = malformed?.message ?? '';
      return { state: { kind: 'waiting', reason }, isMissing: false, countedByEcr: undefined };
    }
    const coverage = rows as readonly Coverage[];
    const { status: imageStatus, pushedAt } = image;
    return {
      state: classify({
        ecrStatus: statusOf(view),
        coverage,
        imageStatus,
        pushedAt,
        now: serviceTime(this.clients, image),
      }),
      isMissing: coverage.length === 0,
      countedByEcr: countsOfWhole(view, 'enhancedFindings'),
    };
  }

  /**
   * Asks both services at the same time.
   * @throws GateError one error for all calls that AWS denied
   */
  private async ask(
    ofEcr: readonly PlatformImage[],
    ofInspector: readonly PlatformImage[],
    ecrPage: number,
  ): Promise<{ views: Views; coverages: Coverages }> {
    const views = Promise.all(
      ofEcr.map(async (image) => {
        const asking = () => describeScan(this.clients, this.deadline, image, { maxResults: ecrPage });
        return [image, await attempt(asking)] as const;
      }),
    );
    const coverages = Promise.all(
      batches(ofInspector).map(async (batch) => {
        const rows = await attempt(() => this.coverage(batch));
        return batch.map((image): readonly [PlatformImage, Rows] => [
          image,
          rows instanceof MalformedAnswer ? rows : (rows.get(resourceId(image)) ?? []),
        ]);
      }),
    );
    await allOrFailures([
      ['ECR', views.then(() => undefined)],
      ['Amazon Inspector', coverages.then(() => undefined)],
    ]);
    return { views: new Map(await views), coverages: new Map((await coverages).flat()) };
  }

  /** Coverage rows by resource id, of images of one registry. */
  private async coverage(images: readonly PlatformImage[]): Promise<Map<string, Coverage[]>> {
    const { clients, deadline } = this;
    const [first] = images;
    if (first === undefined) return new Map();
    const client = await clients.inspector(first.registry);
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
        const { error: explained, possibleReason } = await explainMissingInspectorScan(
          clients,
          deadline,
          first,
        );
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
  }
}

/** ECR's status; undefined if it has no scan, reports no status, or its answer is malformed. */
function statusOf(view: EcrView): string | undefined {
  return view instanceof MalformedAnswer ? undefined : (view?.imageScanStatus?.status ?? undefined);
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
