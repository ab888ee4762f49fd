/** The findings of the image that is deployed now, for comparison. */

import { interrupted, MalformedAnswer } from '../aws/errors.ts';
import type { Deadline } from '../deadline.ts';
import { GateError } from '../errors.ts';
import { type ImageSource, resolveImages } from '../image/resolve.ts';
import type { Baseline } from '../results/baseline.ts';
import type { Finding } from '../results/finding.ts';
import type { ImageReference } from '../results/registry.ts';
import type { Scanner } from './scanner.ts';

/** A baseline as it is in the registry. */
export interface DeployedImage extends Baseline {
  /** The digests of its platform images. */
  readonly platforms: readonly string[];
}

export type BaselineRead =
  | { readonly baseline: DeployedImage; readonly unused?: undefined }
  | { readonly baseline: undefined; readonly unused: string };

/**
 * Reads the baseline once, without waiting and without settling: a finding that is missing in it makes the
 * judgement stricter, never softer. Where it cannot be had there is no baseline, and the reason is returned.
 * @throws GateError only where the run is over
 */
export async function readBaseline(
  reference: ImageReference,
  source: ImageSource,
  scanner: Scanner,
  deadline: Deadline,
): Promise<BaselineRead> {
  try {
    const [image] = await resolveImages([reference], source);
    if (image === undefined) return { baseline: undefined, unused: 'it does not exist' };
    const observations = await scanner.observe(image.platforms, false);
    const scanned = image.platforms.filter(
      (platform) => observations.get(platform)?.state.kind === 'scanned',
    );
    if (scanned.length === 0) {
      const state = [...observations.values()][0]?.state;
      const why =
        state?.kind === 'scanned' || state === undefined ? 'nothing is known of its scan' : state.reason;
      return { baseline: undefined, unused: `it is not scanned: ${why}` };
    }
    const findings: Finding[] = (
      await Promise.all(scanned.map((platform) => scanner.findings(platform)))
    ).flat();
    const platforms = image.platforms.map(({ digest }) => digest);
    return { baseline: { uri: image.uri, reference: reference.text, platforms, findings } };
  } catch (error) {
    if (deadline.signal.aborted) throw interrupted(deadline, 'reading the baseline', error);
    if (error instanceof GateError || error instanceof MalformedAnswer) {
      return { baseline: undefined, unused: error.message };
    }
    throw error;
  }
}
