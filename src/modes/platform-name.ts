/** The name of a platform where no index names it. */

import { architectureName, NO_PLATFORM } from '../image/platform.ts';
import type { ImageReport } from '../results/modes/images.ts';
import type { ImageFinding } from '../results/verdict.ts';

const ARCHITECTURE = /^[A-Za-z0-9._/-]{1,40}$/;

/**
 * Names the platform of a single image by the architecture that all of its findings have. The name is for the report
 * only: the image has been judged before.
 */
export function withPlatformName(image: ImageReport): ImageReport {
  const { outcome } = image;
  if (image.isIndex || outcome.kind !== 'judged') return image;
  const { judged, suppressed } = outcome.verdict;
  const told = new Set(
    [...judged, ...suppressed].map(
      ({ finding: { architecture } }) => architecture && architectureName(architecture),
    ),
  );
  const [name] = told;
  if (name === undefined || told.size > 1 || !ARCHITECTURE.test(name)) return image;
  const named = (platform: string) => (platform === NO_PLATFORM ? name : platform);
  const inFinding = <T extends ImageFinding>(entry: T): T => ({
    ...entry,
    platforms: entry.platforms.map(named),
  });
  return {
    ...image,
    platforms: image.platforms.map((entry) => ({ ...entry, platform: named(entry.platform) })),
    outcome: {
      ...outcome,
      verdict: {
        ...outcome.verdict,
        judged: judged.map(inFinding),
        suppressed: suppressed.map(inFinding),
      },
    },
  };
}
