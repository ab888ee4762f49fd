/** What a rebuild on a newer base image changes, by today's findings. It is advice: no verdict depends on it. */
import type { ExceededLimit, JudgedFinding, Verdict } from './verdict.ts';

/** What is known about the base image of an image that is blocked or has warnings. */
export interface BaseAdvice {
  /** The base image with its tag, as the workflow or the image's annotations name it; not escaped. */
  readonly base: string;
  /** Whether the workflow names it; false: only the image does. In both cases the image starts with layers of its repository. */
  readonly named: boolean;
  /** The digest that the tag points at in ECR now. */
  readonly digest: string;
  /** When ECR received that digest. A pull-through cache may be older than its upstream registry. */
  readonly pushedAt: Date;
  /** Whether every platform of the image starts with the layers of that digest. */
  readonly isCurrent: boolean;
  /** The newer base images: what the same tag points at now comes first, then the newest tag of the same line. */
  readonly newer: readonly NewerBase[];
}

/** A newer base image: either what a rebuild on it changes, or why that is unknown. */
export interface NewerBase {
  /** `same-tag`: the tag points at another digest now. `newer-tag`: the newest tag of the same line. */
  readonly kind: 'same-tag' | 'newer-tag';
  /** `HOST/REPOSITORY:TAG`. */
  readonly reference: string;
  readonly digest: string;
  readonly pushedAt: Date;
  readonly change: RebuildChange | undefined;
  /** Why there is no `change`. The text may be hostile. */
  readonly unknown: string | undefined;
}

/** What a rebuild changes for the whole image, all platforms together. */
export interface RebuildChange {
  /** The findings of the verdict that the image no longer has. */
  readonly resolves: readonly JudgedFinding[];
  /** The findings that it gets, judged by the same policy and exceptions. */
  readonly adds: readonly JudgedFinding[];
  /** The verdict by today's findings after the rebuild, if nothing else changes. */
  readonly verdict: Verdict['verdict'];
  /** The limits that are still exceeded then. */
  readonly exceededLimits: readonly ExceededLimit[];
}
