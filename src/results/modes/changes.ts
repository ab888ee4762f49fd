/** What has changed since an earlier report of the verify action. No verdict depends on it. */
import type { RunVerdict } from './envelope.ts';

export interface Changes {
  /** When the run of the earlier report started; undefined: no earlier report can be used, and everything counts as new. */
  readonly since: Date | undefined;
  /** What ended this run as a whole, if it ended before it had verified every image, or with another error than the earlier run. */
  readonly error: string | undefined;
  /** Images that do not pass, each with the reasons that the earlier report does not have. */
  readonly blocks: readonly NewBlock[];
  /** What has expired or ends soon, and had not expired or did not end soon when the earlier report was written. */
  readonly expiries: readonly Expiry[];
  /** Images of the earlier report that are no longer in the registry or in the input `image`. */
  readonly disappeared: readonly Disappeared[];
  /** Images that did not pass in the earlier report, and do now. */
  readonly resolved: readonly string[];
}

export interface NewBlock {
  /** The first reference in the workflow. */
  readonly image: string;
  /** `absent`: the earlier report does not have it. */
  readonly before: 'absent' | 'passing' | 'failing';
  readonly verdict: RunVerdict;
  /** The new reasons, never empty. They may contain external text. */
  readonly reasons: readonly string[];
}

export interface Expiry {
  readonly state: 'soon' | 'expired';
  /** It may contain external text. */
  readonly what: string;
  /** From when it no longer counts; undefined if that is unknown. */
  readonly ends: Date | undefined;
  /** The images that it is about, by their first reference. */
  readonly images: readonly string[];
}

export interface Disappeared {
  /** The first reference in the earlier workflow. */
  readonly image: string;
  /** `not-found`: ECR does not have it. `not-listed`: the input `image` does not name it. */
  readonly why: 'not-found' | 'not-listed';
  readonly before: 'passing' | 'failing';
}

/** Whether there is anything to report. Without a usable earlier report, there always is. */
export function hasChanged({ since, error, blocks, expiries, disappeared, resolved }: Changes): boolean {
  const lists = [blocks, expiries, disappeared, resolved];
  return since === undefined || error !== undefined || lists.some(({ length }) => length > 0);
}
