/** ECR's own view of a scan (DescribeImageScanFindings): its status and the number of its findings. */
import { DescribeImageScanFindingsCommand } from '@aws-sdk/client-ecr';
import * as v from 'valibot';
import { checked } from '../aws/checked.ts';
import type { AwsClients } from '../aws/clients.ts';
import { isNamed, MalformedAnswer, translate } from '../aws/errors.ts';
import { sendRaw } from '../aws/raw.ts';
import type { Deadline } from '../deadline.ts';
import { GateError } from '../errors.ts';
import { repositoryArn } from '../image/reference.ts';
import type { PlatformImage } from '../image/resolve.ts';
import { isScannedByEcr } from './state.ts';

/** The most findings of one page (ECR service model). */
export const ECR_PAGE = 1000;

const optionalText = v.nullish(v.string());
const seconds = v.pipe(
  v.number(),
  v.transform((time) => new Date(time * 1_000)),
);

// The findings are checked where they are read. A member that is missing can also be null.
const ScanAnswer = v.object({
  imageId: v.nullish(v.object({ imageDigest: optionalText })),
  repositoryName: optionalText,
  registryId: optionalText,
  imageScanStatus: v.nullish(v.object({ status: optionalText })),
  imageScanFindings: v.nullish(
    v.object({
      imageScanCompletedAt: v.nullish(seconds),
      findings: v.optional(v.unknown()),
      enhancedFindings: v.optional(v.unknown()),
      findingSeverityCounts: v.optional(v.unknown()),
    }),
  ),
  nextToken: optionalText,
});

/** One page of ECR's view of a scan. */
export type EcrScan = v.InferOutput<typeof ScanAnswer>;

/** The number of findings that ECR counts, by severity in upper case; none for a severity that is not a key. */
export type SeverityCounts = ReadonlyMap<string, number>;

/**
 * Reads one page of an image's scan; undefined if ECR has no scan of the image (ScanNotFoundException).
 * @throws MalformedAnswer if the answer is about another image; GateError as `translate` makes it
 */
export async function describeScan(
  clients: AwsClients,
  deadline: Deadline,
  image: PlatformImage,
  page: { readonly maxResults: number; readonly nextToken?: string | undefined },
): Promise<EcrScan | undefined> {
  const { registry, repository, digest } = image;
  const command = new DescribeImageScanFindingsCommand({
    registryId: registry.account,
    repositoryName: repository,
    imageId: { imageDigest: digest },
    ...page,
  });
  let answer: EcrScan;
  try {
    const client = clients.ecr(registry);
    const raw = await sendRaw(command, () => client.send(command, { abortSignal: deadline.signal }));
    answer = checked(ScanAnswer, raw, 'ecr:DescribeImageScanFindings');
  } catch (error) {
    if (isNamed(error, 'ScanNotFoundException')) return undefined;
    const resource = repositoryArn(registry, repository);
    throw translate(error, { action: 'ecr:DescribeImageScanFindings', resource }, deadline);
  }
  const about: readonly (readonly [unknown, string])[] = [
    [answer.imageId?.imageDigest, digest],
    [answer.repositoryName, repository],
    [answer.registryId, registry.account],
  ];
  if (about.some(([given, requested]) => (given ?? requested) !== requested)) {
    throw new MalformedAnswer('ecr:DescribeImageScanFindings returned the scan of another image');
  }
  return answer;
}

/**
 * AWS's time.
 * @throws GateError `not-proven` if it is unknown: then scans, ages and expiry dates cannot be checked
 */
export function serviceTime(clients: AwsClients, { registry }: PlatformImage): Date {
  const time = clients.serviceTime(registry);
  if (time !== undefined) return time;
  throw new GateError(
    'not-proven',
    'AWS responses had no Date header, or Date headers that contradict each other, so scans, ages and expiry dates cannot be checked.',
    {
      nextStep:
        'Check whether a proxy between the runner and AWS removes or modifies the header, then run the step again.',
    },
  );
}

type Lists = 'findings' | 'enhancedFindings';

/**
 * The counts of one page: for each severity the larger of ECR's count and the number of findings that the page lists.
 * Undefined if the page does not report them: it has neither counts nor the list of its scan type, or a member is
 * malformed.
 * @param list the list that this scan type fills
 */
export function countsOfPage(
  answer: { readonly imageScanFindings?: unknown } | undefined,
  list: Lists,
): SeverityCounts | undefined {
  const view: unknown = answer?.imageScanFindings;
  if (!isRecord(view)) return undefined;
  const { findingSeverityCounts: counted, findings, enhancedFindings } = view;
  if (isMissing(counted) && isMissing(view[list])) return undefined;
  if (!isMissing(counted) && !isRecord(counted)) return undefined;
  const listed: string[] = [];
  for (const items of [findings, enhancedFindings]) {
    if (isMissing(items)) continue;
    if (!Array.isArray(items)) return undefined;
    for (const item of items as unknown[]) {
      const severity = isRecord(item) ? item.severity : undefined;
      if (typeof severity !== 'string') return undefined;
      listed.push(severity);
    }
  }
  const counts = new Map<string, number>();
  for (const severity of listed) add(counts, nameOf(severity), 1);
  for (const [severity, count] of Object.entries(counted ?? {})) {
    if (typeof count !== 'number' || !Number.isSafeInteger(count) || count < 0) return undefined;
    const name = nameOf(severity);
    counts.set(name, Math.max(counts.get(name) ?? 0, count));
  }
  return counts;
}

/**
 * The counts of an image from one page, if the page is the whole list. AWS does not document whether the counts of one
 * page of several are about the page or about the image; observed counts are about the page.
 */
export function countsOfWhole(
  answer:
    | { readonly imageScanFindings?: unknown; readonly nextToken?: string | null | undefined }
    | undefined,
  list: Lists,
): SeverityCounts | undefined {
  return answer?.nextToken ? undefined : countsOfPage(answer, list);
}

/**
 * The counts of one page of an enhanced scan, if ECR reports with them that the image is scanned. The counts of any other
 * status are no evidence: the findings of a scan that has not finished, or that is no longer kept up to date, may be missing.
 */
export function countsOfScanned(answer: EcrScan | undefined): SeverityCounts | undefined {
  return isScannedByEcr(answer?.imageScanStatus?.status ?? undefined)
    ? countsOfPage(answer, 'enhancedFindings')
    : undefined;
}

/** The sum of the counts of several pages; undefined if one of the pages does not report its counts. */
export function sumOfPages(pages: readonly (SeverityCounts | undefined)[]): SeverityCounts | undefined {
  const sum = new Map<string, number>();
  for (const page of pages) {
    if (page === undefined) return undefined;
    for (const [severity, count] of page) add(sum, severity, count);
  }
  return sum;
}

/** Basic scanning says UNDEFINED where Inspector says UNTRIAGED. */
function nameOf(severity: string): string {
  const name = severity.toUpperCase();
  return name === 'UNDEFINED' ? 'UNTRIAGED' : name;
}

function add(counts: Map<string, number>, severity: string, count: number): void {
  counts.set(severity, (counts.get(severity) ?? 0) + count);
}

function isMissing(value: unknown): value is undefined | null {
  return value === undefined || value === null;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
