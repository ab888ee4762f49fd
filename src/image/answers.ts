/** Parses the responses of ECR about images and manifests. */
import * as v from 'valibot';
import { checked } from '../aws/checked.ts';
import type { Digest } from '../results/registry.ts';
import { isDigest } from './reference.ts';

const digest = v.custom<Digest>((value) => typeof value === 'string' && isDigest(value), 'Invalid digest');
const token = v.optional(v.nullable(v.string()));

// Only the members that a decision needs are required.
const DescribedImages = v.object({
  imageDetails: v.array(
    v.object({
      imageDigest: digest,
      imagePushedAt: v.date(),
      imageStatus: v.optional(v.nullable(v.string())),
    }),
  ),
  nextToken: token,
});
const ImageId = v.optional(v.nullable(v.object({ imageDigest: v.optional(v.nullable(v.string())) })));
const FetchedImages = v.object({
  images: v.optional(
    v.nullable(v.array(v.object({ imageId: ImageId, imageManifest: v.optional(v.nullable(v.string())) }))),
  ),
  failures: v.optional(
    v.nullable(
      v.array(
        v.object({
          imageId: ImageId,
          failureCode: v.optional(v.nullable(v.string())),
          failureReason: v.optional(v.nullable(v.string())),
        }),
      ),
    ),
  ),
});
const ArchivedImages = v.object({
  imageDetails: v.pipe(
    v.array(v.unknown()),
    v.someItem((item) => v.is(v.object({ imageStatus: v.literal('ARCHIVED') }), item)),
  ),
});

/**
 * Reads an answer of DescribeImages.
 * @param api the action that was called
 * @throws MalformedAnswer
 */
export function describedImages(answer: unknown, api: string): v.InferOutput<typeof DescribedImages> {
  return checked(DescribedImages, answer, api);
}

/**
 * Reads an answer of BatchGetImage.
 * @param api the action that was called
 * @throws MalformedAnswer
 */
export function fetchedImages(answer: unknown, api: string): v.InferOutput<typeof FetchedImages> {
  return checked(FetchedImages, answer, api);
}

/** Whether an answer of DescribeImages contains an archived image. */
export function hasArchivedImage(answer: unknown): boolean {
  return v.is(ArchivedImages, answer);
}
