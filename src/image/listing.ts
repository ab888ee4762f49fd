/** Lists the images of a repository with their tags. Only advice uses it, so an incomplete list affects no verdict. */
import { isDeepStrictEqual } from 'node:util';
import { DescribeImagesCommand } from '@aws-sdk/client-ecr';
import * as v from 'valibot';
import { checked } from '../aws/checked.ts';
import type { AwsClients } from '../aws/clients.ts';
import { MalformedAnswer, translate } from '../aws/errors.ts';
import { allPages } from '../aws/pages.ts';
import type { Deadline } from '../deadline.ts';
import type { Digest, Registry } from '../results/registry.ts';
import { isDigest, repositoryArn } from './reference.ts';
import type { ImageDetail } from './resolve.ts';

/** The most images of one page (ECR service model). */
const PAGE = 1_000;
/** The most pages that are read. */
const MOST_PAGES = 5;

const DESCRIBE = 'ecr:DescribeImages';

const Page = v.object({
  imageDetails: v.array(
    v.object({
      imageDigest: v.custom<Digest>((value) => typeof value === 'string' && isDigest(value)),
      imagePushedAt: v.date(),
      imageStatus: v.optional(v.nullable(v.string())),
      imageTags: v.optional(v.nullable(v.array(v.string()))),
      imageManifestMediaType: v.optional(v.nullable(v.string())),
    }),
  ),
  nextToken: v.optional(v.nullable(v.string())),
});

export interface ListedImage extends ImageDetail {
  readonly tags: readonly string[];
  /** The media type of its manifest; undefined if ECR does not report it. */
  readonly mediaType: string | undefined;
}

/** The images of a repository, by digest and by tag. Archived images are not among them. */
export interface Listing {
  readonly images: ReadonlyMap<Digest, ListedImage>;
  readonly tagged: ReadonlyMap<string, ListedImage>;
}

/**
 * Lists all images of a repository.
 * @throws MalformedAnswer if the list has more than 5,000 images, or if two records of a digest or a tag contradict
 *   each other; GateError as `translate` makes it
 */
export async function listImages(
  clients: AwsClients,
  deadline: Deadline,
  registry: Registry,
  repository: string,
): Promise<Listing> {
  let pages = 0;
  const all = await allPages(DESCRIBE, async (nextToken) => {
    pages += 1;
    if (pages > MOST_PAGES) {
      throw new MalformedAnswer(`${repository} has more images than the ${MOST_PAGES * PAGE} that are read`);
    }
    const command = new DescribeImagesCommand({
      registryId: registry.account,
      repositoryName: repository,
      maxResults: PAGE,
      nextToken,
    });
    try {
      const answer = await clients.ecr(registry).send(command, { abortSignal: deadline.signal });
      const page = checked(Page, answer, DESCRIBE);
      return { items: page.imageDetails, nextToken: page.nextToken ?? undefined };
    } catch (error) {
      throw translate(error, { action: DESCRIBE, resource: repositoryArn(registry, repository) }, deadline);
    }
  });
  const images = new Map<Digest, ListedImage>();
  const tagged = new Map<string, ListedImage>();
  for (const { imageDigest, imagePushedAt, imageStatus, imageTags, imageManifestMediaType } of all) {
    const image = {
      digest: imageDigest,
      pushedAt: imagePushedAt,
      status: imageStatus ?? undefined,
      tags: [...new Set(imageTags ?? [])].sort(),
      mediaType: imageManifestMediaType ?? undefined,
    };
    const known = images.get(imageDigest);
    if (known !== undefined && !isDeepStrictEqual(known, image)) {
      throw new MalformedAnswer(`${DESCRIBE} described ${imageDigest} twice, with different values`);
    }
    images.set(imageDigest, image);
    for (const tag of image.tags) {
      const other = tagged.get(tag);
      if (other !== undefined && other.digest !== imageDigest) {
        throw new MalformedAnswer(`${DESCRIBE} described two images with the tag ${tag}`);
      }
      tagged.set(tag, image);
    }
  }
  return { images, tagged };
}
