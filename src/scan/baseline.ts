/** Reads the baseline: the findings of the image that is deployed now. */

import { interrupted, MalformedAnswer } from '../aws/errors.ts';
import type { Deadline } from '../deadline.ts';
import { GateError } from '../errors.ts';
import { type ImageSource, resolveImages } from '../image/resolve.ts';
import type { Baseline } from '../results/baseline.ts';
import type { Finding } from '../results/finding.ts';
import type { ImageReference } from '../results/registry.ts';
import type { Scanner } from './scanner.ts';

/** A baseline and its platform images in the registry. */
export interface DeployedImage extends Baseline {
  /** The digests of its platform images. */
  readonly platforms: readonly string[];
}

export type BaselineRead =
  | { readonly baseline: DeployedImage; readonly unused?: undefined }
  | { readonly baseline: undefined; readonly unused: string };

/**
 * Reads the baseline once, without a wait for its scan to finish or its findings to settle: a finding that is missing
 * in it can only make the verdict stricter. Where the baseline cannot be read, the reason is returned instead.
 * @throws GateError only if the run has ended
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
        state?.kind === 'scanned' || state === undefined ? 'the state of its scan is unknown' : state.reason;
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
