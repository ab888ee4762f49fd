/** What the indexes of a repository list. */
import { BatchGetImageCommand } from '@aws-sdk/client-ecr';
import * as v from 'valibot';
import { checked } from '../../aws/checked.ts';
import { GateError } from '../../errors.ts';
import { type Descriptor, MANIFEST_MEDIA_TYPES, parseManifest } from '../../image/manifest.ts';
import type { Digest } from '../../results/registry.ts';
import { Fact, type Gap, type IndexEntry } from '../facts.ts';
import type { Context } from './context.ts';
import { About, type DescribedRepository, expectRepository } from './repository.ts';
import { chunks, digest } from './shapes.ts';

// The most images of one call (ECR service model).
const IDS_PER_CALL = 100;

const Manifests = v.object({
  images: v.array(
    v.object({
      ...About,
      imageId: v.object({ imageDigest: digest }),
      imageManifest: v.string(),
    }),
  ),
});

/** What an index lists, or why that is unknown. */
export type Listed = { readonly entries: readonly IndexEntry[] } | { readonly entriesGap: Gap };

/** What each index lists, by its digest. */
export async function entriesOf(
  context: Context,
  repository: DescribedRepository,
  digests: readonly string[],
): Promise<ReadonlyMap<string, Listed>> {
  const batches = chunks(digests, IDS_PER_CALL).map(async (batch) => {
    const manifests = Fact.open(await context.asker.fact(() => manifestsOf(context, repository, batch)));
    return batch.map((name): [string, Listed] => [
      name,
      'gap' in manifests ? { entriesGap: manifests.gap } : parseIndex(name, manifests.known.get(name)),
    ]);
  });
  return new Map((await Promise.all(batches)).flat());
}

/** @throws Unanswered */
function manifestsOf(
  context: Context,
  { name, arn }: DescribedRepository,
  digests: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const { asker, ecr, registry } = context;
  const action = 'ecr:BatchGetImage';
  const about = { registryId: registry.account, repositoryName: name };
  const command = new BatchGetImageCommand({
    ...about,
    imageIds: digests.map((imageDigest) => ({ imageDigest })),
    acceptedMediaTypes: [...MANIFEST_MEDIA_TYPES],
  });
  return asker.call(
    context.question(action, arn),
    (abortSignal) => ecr.send(command, { abortSignal }),
    (answer) => {
      const { images } = checked(Manifests, answer, action);
      for (const image of images) expectRepository(action, image, about);
      return new Map(images.map(({ imageId, imageManifest }) => [imageId.imageDigest, imageManifest]));
    },
  );
}

function parseIndex(name: string, text: string | undefined): Listed {
  if (text === undefined) return unread(`ecr:BatchGetImage did not return the manifest of ${name}`);
  try {
    const manifest = parseManifest(name as Digest, text);
    if (manifest.kind === 'index') return { entries: manifest.children.map(entryOf) };
    return unread(`ecr:BatchGetImage returned a manifest of ${name} that is not an index`);
  } catch (error) {
    if (error instanceof GateError) return unread(error.message.replace(/\.$/, ''));
    throw error;
  }
}

function unread(reason: string): Listed {
  return { entriesGap: { reason, missing: [] } };
}

const NO_PLATFORM = 'unknown/unknown';

function entryOf({ digest: child, platform, isForNoPlatform }: Descriptor): IndexEntry {
  const { os, architecture, variant } = platform;
  if (isForNoPlatform) return { digest: child, platform: NO_PLATFORM };
  if (!os || !architecture) return { digest: child, platform: undefined };
  const name = [os, architecture, ...(variant ? [variant] : [])].join('/');
  // Only this exact platform means that an entry is for no platform.
  return { digest: child, platform: name === NO_PLATFORM ? undefined : name };
}
