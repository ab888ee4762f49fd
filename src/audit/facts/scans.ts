/** The scan statuses of images. */
import { DescribeImageScanFindingsCommand } from '@aws-sdk/client-ecr';
import * as v from 'valibot';
import { checked } from '../../aws/checked.ts';
import { MalformedAnswer } from '../../aws/errors.ts';
import type { RepositoryExpectations } from '../expectations.ts';
import { Fact, type Gap, type Image, type ImageScan, joinedGaps, type RegistryScanning } from '../facts.ts';
import { digestsToScan } from '../images.ts';
import { type Budget, OVER_BUDGET } from './budget.ts';
import type { Context } from './context.ts';
import { About, type DescribedRepository, expectRepository } from './repository.ts';
import { digest, text } from './shapes.ts';

const Scan = v.object({
  ...About,
  imageId: v.nullish(v.object({ imageDigest: v.nullish(digest) })),
  imageScanStatus: v.object({ status: text, description: v.nullish(v.string()) }),
});

/** The scan status of an image until it is read from ECR. */
const NOT_ASKED = Fact.unknown(
  'the scan status of this image was not read, because the image is neither new nor in use',
);

/** The status that DescribeImages reports. Images with the same status share a fact. */
export function statedScan(
  stated:
    | { readonly status?: string | null | undefined; readonly description?: string | null | undefined }
    | null
    | undefined,
  shared: Map<string, Fact<ImageScan>>,
): Fact<ImageScan | undefined> {
  const { status, description } = stated ?? {};
  if (!status) return NOT_ASKED;
  const key = `${status} ${description}`;
  const known = shared.get(key) ?? Fact.known({ status, description: description ?? undefined });
  shared.set(key, known);
  return known;
}

/** The data on which the scan statuses of a repository's images depend. */
export interface ScanSources {
  readonly scanning: Promise<Fact<RegistryScanning>>;
  /** Digests of images that run, by source. Each source waits for the sources before it. */
  readonly running: readonly Promise<Fact<readonly string[]>>[];
}

export interface ScannedRepository {
  readonly context: Context;
  readonly repository: DescribedRepository;
  readonly expected: Pick<RepositoryExpectations, 'productionTags'>;
  readonly budget: Budget;
}

/**
 * The images, with the scan statuses that checks need. With enhanced scanning, DescribeImages reports them. Otherwise
 * they are read while calls are left, one call per image: first for the newest images, then for images that run. With
 * basic scanning, the scan status in DescribeImages is outdated: "The new version of Amazon ECR basic scanning doesn't
 * use the imageScanFindingsSummary and imageScanStatus attributes" (ECR API reference, ImageDetail). Only
 * DescribeImageScanFindings returns it, for one image per call.
 */
export async function withScans(
  { context, repository, expected, budget }: ScannedRepository,
  images: readonly Image[],
  { scanning, running }: ScanSources,
): Promise<readonly Image[]> {
  const configuration = Fact.open(await scanning);
  const isEnhanced = 'known' in configuration && configuration.known.scanType === 'ENHANCED';
  const isStated = ({ scan }: Image) => isEnhanced && scan !== NOT_ASKED;
  const stated = new Set(images.filter(isStated).map(({ digest: name }) => name));

  const unconfigured = 'gap' in configuration ? [configuration.gap] : [];
  const noCallLeft = unreadBecause([{ reason: OVER_BUDGET, missing: [] }, ...unconfigured]);
  const asked = new Map<string, Promise<Fact<ImageScan | undefined>>>();
  const ask = async (digests: readonly string[]) => {
    for (const name of digestsToScan(images, expected, digests)) {
      if (stated.has(name) || asked.has(name)) continue;
      const mayAsk = await budget.take();
      asked.set(
        name,
        mayAsk
          ? context.asker.fact(() => describeScan(context, repository, name))
          : Promise.resolve(noCallLeft),
      );
    }
  };
  await ask([]);
  const gaps: Gap[] = [];
  // One after the other and sorted, so that every run spends the remaining calls on the same images.
  for (const source of running) {
    const content = Fact.open(await source);
    if ('gap' in content) gaps.push(content.gap);
    else await ask(content.known.toSorted());
  }
  const answers = new Map(
    await Promise.all([...asked].map(async ([name, scan]) => [name, await scan] as const)),
  );
  const unread = notAsked([
    ...unconfigured,
    ...gaps,
    ...images.map(({ entriesGap, storageClass }) => (storageClass === 'archive' ? undefined : entriesGap)),
  ]);
  return images.map((image) => {
    const scan = answers.get(image.digest) ?? (isStated(image) ? image.scan : unread);
    return scan === image.scan ? image : { ...image, scan };
  });
}

/** The status of an image that was not read from ECR, with the reason why it is unknown whether it has to be read. */
function notAsked(gaps: readonly (Gap | undefined)[]): Fact<never> {
  const all = gaps.filter((gap) => gap !== undefined);
  return all.length === 0 ? NOT_ASKED : unreadBecause(all);
}

function unreadBecause(gaps: readonly Gap[]): Fact<never> {
  const { reason, missing } = joinedGaps(gaps);
  return Fact.unknown(`the scan status of this image was not read: ${reason}`, missing);
}

function describeScan(
  context: Context,
  { name, arn }: DescribedRepository,
  imageDigest: string,
): Promise<ImageScan | undefined> {
  const { asker, ecr, registry } = context;
  const action = 'ecr:DescribeImageScanFindings';
  const about = { registryId: registry.account, repositoryName: name };
  const command = new DescribeImageScanFindingsCommand({ ...about, imageId: { imageDigest }, maxResults: 1 });
  return asker.optional(
    context.question(action, arn),
    ['ScanNotFoundException'],
    (abortSignal) => ecr.send(command, { abortSignal }),
    (answer) => {
      const { imageId, imageScanStatus, ...said } = checked(Scan, answer, action);
      expectRepository(action, said, about);
      const other = imageId?.imageDigest;
      if (other && other !== imageDigest) throw new MalformedAnswer(`${action} returned another image`);
      return { status: imageScanStatus.status, description: imageScanStatus.description ?? undefined };
    },
  );
}
