/** Compares a result of the verify action with an earlier report. */
import type { Changes, Disappeared, NewBlock } from '../../results/modes/changes.ts';
import { allows } from '../../results/modes/envelope.ts';
import type { VerifyResult } from '../../results/modes/verify.ts';
import { imageDocument } from '../findings/json-image.ts';
import { proofDocument } from '../findings/json-proof.ts';
import {
  type ComparedImage,
  type ImageState,
  type Snapshot,
  snapshotOf,
  withoutNumbers,
} from './snapshot.ts';

/** What is compared of a result: the same as of its `report.json`. */
export function snapshotOfResult({ startedAt, judgedAt, error, images }: VerifyResult): Snapshot {
  return snapshotOf({ startedAt, judgedAt, error: error?.message, images: documents(images) });
}

function* documents(images: VerifyResult['images']): Generator<ComparedImage> {
  for (const image of images) {
    yield { ...imageDocument(image), proofs: image.proofs.map(proofDocument) };
  }
}

/**
 * What has changed. Of several entries of the earlier report for one image, only what all of them say is known, so that
 * duplicates hide nothing.
 * @param earlier undefined: everything is new
 */
export function changesSince(earlier: Snapshot | undefined, now: Snapshot): Changes {
  const index = indexOf(earlier?.images ?? []);
  const blocks: NewBlock[] = [];
  const disappeared: Disappeared[] = [];
  const resolved: string[] = [];
  for (const image of now.images) {
    const { name, verdict, isMissing, isPending } = image;
    const before = counterparts(image, index);
    if (allows(verdict)) {
      // What the earlier run could not determine, because it ended early, it did not report as a failure of the image.
      if (before.some((one) => isFailing(one) && !isUnsaid(one, earlier))) resolved.push(name);
      continue;
    }
    if (isMissing && before.length > 0) {
      if (!before.every((one) => one.isMissing)) {
        disappeared.push({ image: name, why: 'not-found', before: stateOf(before) });
      }
      continue;
    }
    // The error of the run explains it.
    if (isPending && now.error !== undefined) continue;
    const known = knownTo(before, earlier);
    const reasons = image.reasons.filter(
      ({ keys, count }) => !keys.every((key) => (known.get(key) ?? -1) >= count),
    );
    if (reasons.length === 0) continue;
    blocks.push({
      image: name,
      before: before.length === 0 ? 'absent' : stateOf(before),
      verdict,
      reasons: [...new Set(reasons.map(({ text }) => text))],
    });
  }
  return {
    since: earlier?.startedAt,
    error: newError(earlier, now),
    blocks,
    expiries: [...now.expiries].flatMap(([key, expiry]) => (earlier?.expiries.has(key) ? [] : [expiry])),
    disappeared: [...disappeared, ...notListed(earlier, now)],
    resolved,
  };
}

/** A run that ended before it had verified every image does not know whether anything else has changed. */
function newError(earlier: Snapshot | undefined, { error, images }: Snapshot): string | undefined {
  if (images.length === 0 || images.some(({ isPending }) => isPending)) return error;
  if (error === undefined || earlier?.error === undefined) return error;
  return withoutNumbers(earlier.error) === withoutNumbers(error) ? undefined : error;
}

type Index = ReadonlyMap<string, readonly ImageState[]>;

function indexOf(images: readonly ImageState[]): Index {
  const index = new Map<string, ImageState[]>();
  for (const image of images) {
    for (const name of image.names) {
      const known = index.get(name);
      if (known === undefined) index.set(name, [image]);
      else known.push(image);
    }
  }
  return index;
}

/** The entries of the earlier report for an image. */
function counterparts({ names }: ImageState, index: Index): readonly ImageState[] {
  return [...new Set(names.flatMap((name) => index.get(name) ?? []))];
}

function isFailing({ verdict }: ImageState): boolean {
  return !allows(verdict);
}

/** `passing` if any entry says so: then its failure is new. */
function stateOf(images: readonly ImageState[]): 'passing' | 'failing' {
  return images.every(isFailing) ? 'failing' : 'passing';
}

/** Whether the earlier run did not list the failure of an image, because its own error explained it. */
function isUnsaid({ isPending }: ImageState, earlier: Snapshot | undefined): boolean {
  return isPending && earlier?.error !== undefined;
}

/** The keys that all entries have, with the lowest count. Anything else is unknown. */
function knownTo(images: readonly ImageState[], earlier: Snapshot | undefined): ReadonlyMap<string, number> {
  const maps = images
    .map((image) => countsOf(isUnsaid(image, earlier) ? [] : image.reasons))
    .toSorted((a, b) => a.size - b.size);
  const [smallest = new Map<string, number>(), ...others] = maps;
  return new Map(
    [...smallest].flatMap(([key, count]) => {
      let lowest = count;
      for (const other of others) lowest = Math.min(lowest, other.get(key) ?? -1);
      return lowest < 0 ? [] : [[key, lowest]];
    }),
  );
}

function countsOf(reasons: ImageState['reasons']): ReadonlyMap<string, number> {
  return new Map(reasons.flatMap(({ keys, count }) => keys.map((key): [string, number] => [key, count])));
}

/**
 * Images that the input `image` no longer names. It still names an image if it contains the digest, or all references
 * that the image had: two references of the same digest are one image in the earlier report. A run that ended before it
 * had read its images does not know.
 */
function notListed(earlier: Snapshot | undefined, now: Snapshot): readonly Disappeared[] {
  if (earlier === undefined || now.images.length === 0) return [];
  const listed = new Set(now.images.flatMap(({ names }) => names));
  const gone = earlier.images.flatMap((image) => {
    if (listed.has(image.uri)) return [];
    const { references, name } = image;
    const unnamed = references.length === 0 ? name : references.find((reference) => !listed.has(reference));
    return unnamed === undefined ? [] : [{ name: unnamed, image }];
  });
  return [...Map.groupBy(gone, ({ name }) => name)].map(([name, entries]) => ({
    image: name,
    why: 'not-listed',
    before: entries.some(({ image }) => isFailing(image)) ? 'failing' : 'passing',
  }));
}
