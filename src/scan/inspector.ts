/** Enhanced scanning: Amazon Inspector's coverage and findings, with ECR as the second witness. */
import { DescribeImageScanFindingsCommand } from '@aws-sdk/client-ecr';
import {
  ListCoverageCommand,
  ListFindingsCommand,
  type Finding as WireFinding,
} from '@aws-sdk/client-inspector2';
import * as v from 'valibot';
import type { AwsClients } from '../aws/clients.ts';
import { attempt, isNamed, MalformedAnswer, translate } from '../aws/errors.ts';
import { allPages } from '../aws/pages.ts';
import type { Deadline } from '../deadline.ts';
import { repositoryArn } from '../image/reference.ts';
import type { PlatformImage } from '../image/resolve.ts';
import { inspectorOff, neverScanned } from './configuration.ts';
import type { Finding, VulnerablePackage } from './findings.ts';
import type { Look, Scanner } from './scanner.ts';
import { type Coverage, classify } from './state.ts';

// Most values of one filter, and most items of one page (Inspector2 service model).
const FILTER_VALUES = 10;
const COVERAGE_PAGE = 200;
const FINDINGS_PAGE = 100;

// Only what judging needs is demanded; everything else may be missing.
const optionalText = v.optional(v.nullable(v.string()));
const CoverageRow = v.object({
  resourceId: v.string(),
  accountId: v.string(),
  scanStatus: v.optional(v.object({ statusCode: v.string(), reason: v.string() })),
  lastScannedAt: v.optional(v.date()),
});
const CoverageAnswer = v.object({ coveredResources: v.array(CoverageRow), nextToken: optionalText });
const Resource = v.object({
  type: v.string(),
  id: v.string(),
  details: v.optional(
    v.object({
      awsEcrContainerImage: v.optional(
        v.looseObject({
          repositoryName: v.optional(v.string()),
          registry: v.optional(v.string()),
          imageHash: v.optional(v.string()),
          // A name to read: whatever it is, it spoils no answer.
          architecture: v.fallback(v.optional(v.string()), undefined),
        }),
      ),
    }),
  ),
});
const FindingRow = v.looseObject({
  findingArn: v.pipe(v.string(), v.nonEmpty()),
  awsAccountId: v.string(),
  type: v.string(),
  severity: v.pipe(v.string(), v.nonEmpty()),
  status: v.pipe(v.string(), v.nonEmpty()),
  resources: v.pipe(v.array(Resource), v.nonEmpty()),
});
const FindingsAnswer = v.object({ findings: v.array(FindingRow), nextToken: optionalText });

/** Reads an answer as its schema says; a member that is missing is never an empty one. */
export function checked<const S extends v.GenericSchema>(
  schema: S,
  answer: unknown,
  what: string,
): v.InferOutput<S> {
  const result = v.safeParse(schema, answer, { abortEarly: true });
  if (result.success) return result.output;
  const [issue] = result.issues;
  const where = v.getDotPath(issue) ?? 'the answer';
  throw new MalformedAnswer(
    `${what} answered with something else than documented (${where}: ${issue.message})`,
  );
}

/** What both kinds of scanning ask of DescribeImageScanFindings. */
export interface EcrScan {
  readonly status: string | undefined;
  /** ECR knows of no scan of this image. */
  readonly notFound: boolean;
  readonly shown: number | undefined;
}

/** Enhanced scanning as a Scanner. */
export function inspectorScanner(clients: AwsClients, deadline: Deadline): Scanner {
  const ecrScan = async (image: PlatformImage): Promise<EcrScan> => {
    const command = new DescribeImageScanFindingsCommand({
      registryId: image.registry.account,
      repositoryName: image.repository,
      imageId: { imageDigest: image.digest },
      maxResults: 1,
    });
    try {
      const answer = await clients.ecr(image.registry).send(command, { abortSignal: deadline.signal });
      if (answer.imageId?.imageDigest !== undefined && answer.imageId.imageDigest !== image.digest) {
        throw new MalformedAnswer('ECR answered with the scan of another image');
      }
      const view = answer.imageScanFindings;
      const counted = Object.values(view?.findingSeverityCounts ?? {}).reduce((sum, count) => sum + count, 0);
      const listed = (view?.enhancedFindings?.length ?? 0) + (view?.findings?.length ?? 0);
      return {
        status: answer.imageScanStatus?.status,
        notFound: false,
        shown: view === undefined ? undefined : Math.max(counted, listed),
      };
    } catch (error) {
      if (isNamed(error, 'ScanNotFoundException'))
        return { status: undefined, notFound: true, shown: undefined };
      throw translate(error, ecrCall('ecr:DescribeImageScanFindings', image), deadline);
    }
  };

  /** Coverage rows by resource id, of images that live in one registry. */
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
        throw translate(error, { action: 'inspector2:ListCoverage', resource: '*' }, deadline);
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
    look: async (images) => {
      const looks = new Map<PlatformImage, Look>();
      const scans = Promise.all(
        images.map(async (image) => [image, await attempt(() => ecrScan(image))] as const),
      );
      const covered = Promise.all(
        batches(images).map(async (batch) => {
          const rows = await attempt(() => coverage(batch));
          return batch.map((image) => [image, rows] as const);
        }),
      );
      const [ecrViews, coverages] = await Promise.all([scans, covered]);
      const rowsOf = new Map(coverages.flat());
      for (const [image, view] of ecrViews) {
        const rows = rowsOf.get(image);
        if (view instanceof MalformedAnswer || rows === undefined || rows instanceof MalformedAnswer) {
          const reason =
            view instanceof MalformedAnswer ? view.message : rows ? (rows as MalformedAnswer).message : '';
          looks.set(image, { state: { kind: 'waiting', reason }, unheardOf: false, shownByEcr: undefined });
          continue;
        }
        const own = rows.get(resourceId(image)) ?? [];
        const { status: imageStatus, pushedAt } = image;
        looks.set(image, {
          state: classify({ ecrStatus: view.status, coverage: own, imageStatus, pushedAt }),
          unheardOf: view.notFound && own.length === 0,
          shownByEcr: view.shown,
        });
      }
      return looks;
    },

    findings: async (image) => {
      const client = clients.inspector(image.registry);
      const findings = await allPages('inspector2:ListFindings', async (nextToken) => {
        const command = new ListFindingsCommand({
          // By digest alone: a filter whose format is not as assumed would silently find nothing.
          filterCriteria: { ecrImageHash: [{ comparison: 'EQUALS', value: image.digest }] },
          maxResults: FINDINGS_PAGE,
          nextToken,
        });
        try {
          const answer = await client.send(command, { abortSignal: deadline.signal });
          const page = checked(FindingsAnswer, answer, 'inspector2:ListFindings');
          const items = page.findings.filter((row) => belongsTo(row, image));
          return {
            items: items.map((row) => normalise(row as unknown as WireFinding, image)),
            nextToken: page.nextToken ?? undefined,
          };
        } catch (error) {
          throw translate(error, { action: 'inspector2:ListFindings', resource: '*' }, deadline);
        }
      });
      return findings;
    },

    shownByEcr: async (image) => (await ecrScan(image)).shown,

    whyNothingComes: async (image) => {
      const [off, manual] = await Promise.all([
        inspectorOff(clients, deadline, image),
        neverScanned(clients, deadline, image, 'enhanced'),
      ]);
      return off ?? manual;
    },

    serviceTime: (image) => clients.serviceTime(image.registry),
  };
}

/** The id under which Inspector covers an image: the repository's ARN and the digest. */
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

type FindingRowOutput = v.InferOutput<typeof FindingRow>;

/**
 * Whether a finding is about this image. The same digest may lie in other repositories and, for a delegated
 * administrator, in other accounts: those findings are not ours. Only what is provably somebody else's is
 * left out; a finding that does not say whose it is counts against the image.
 * @throws MalformedAnswer when it is about another digest, which was not asked for
 */
export function belongsTo(finding: FindingRowOutput, image: PlatformImage): boolean {
  const places = finding.resources.map((resource) => {
    const match = /^arn:[^:]*:ecr:[^:]*:(\d{12}):repository\/(.+)\/(sha256:[0-9a-f]{64})$/.exec(resource.id);
    const details = resource.details?.awsEcrContainerImage;
    return {
      account: match?.[1] ?? details?.registry,
      repository: match?.[2] ?? details?.repositoryName,
      digest: match?.[3] ?? details?.imageHash,
    };
  });
  if (!places.some(({ digest }) => digest === undefined || digest === image.digest)) {
    throw new MalformedAnswer('inspector2:ListFindings answered with findings of another image');
  }
  return places.some(
    ({ account, repository, digest }) =>
      (digest ?? image.digest) === image.digest &&
      (account ?? image.registry.account) === image.registry.account &&
      (repository ?? image.repository) === image.repository,
  );
}

/** Inspector's finding in the gate's normal form. */
export function normalise(wire: WireFinding, image: Pick<PlatformImage, 'digest' | 'platform'>): Finding {
  const details = wire.packageVulnerabilityDetails;
  return {
    id: wire.findingArn ?? '',
    type: wire.type ?? '',
    vulnerabilityId: details?.vulnerabilityId ?? wire.title ?? wire.type ?? '',
    relatedIds: details?.relatedVulnerabilities ?? [],
    title: wire.title ?? details?.vulnerabilityId ?? '',
    description: wire.description ?? '',
    severity: upper(wire.severity) ?? '',
    status: upper(wire.status) ?? '',
    score: wire.inspectorScore,
    cvss: (details?.cvss ?? []).map(({ baseScore, version, scoringVector, source }) => ({
      baseScore: baseScore ?? 0,
      version: version ?? '',
      vector: scoringVector ?? '',
      source: source ?? '',
    })),
    epss: wire.epss?.score,
    fixAvailable: upper(wire.fixAvailable),
    exploitAvailable: upper(wire.exploitAvailable),
    knownExploited: undefined,
    packages: (details?.vulnerablePackages ?? []).map(
      (found): VulnerablePackage => ({
        name: found.name ?? '',
        version: found.version ?? '',
        manager: found.packageManager,
        // Inspector writes this word where there is no fixed version.
        fixedIn: found.fixedInVersion === 'NotAvailable' ? undefined : found.fixedInVersion,
        epoch: found.epoch,
        release: found.release,
        arch: found.arch,
        filePath: found.filePath,
        remediation: found.remediation,
        layer: found.sourceLayerHash,
        instruction: undefined,
        origin: undefined,
        statedOrigin: undefined,
      }),
    ),
    source: details?.source,
    sourceUrl: details?.sourceUrl,
    vendorSeverity: details?.vendorSeverity,
    firstObservedAt: wire.firstObservedAt,
    digest: image.digest,
    platform: image.platform,
    architecture: wire.resources?.find(({ id }) => id?.endsWith(image.digest))?.details?.awsEcrContainerImage
      ?.architecture,
    operatingSystem: wire.resources
      ?.map(({ details: resource }): unknown => resource?.awsEcrContainerImage?.platform)
      .find((system) => typeof system === 'string'),
  };
}

function upper(text: string | undefined): string | undefined {
  return text?.toUpperCase();
}

function ecrCall(action: string, { registry, repository }: PlatformImage) {
  return { action, resource: repositoryArn(registry, repository) };
}
