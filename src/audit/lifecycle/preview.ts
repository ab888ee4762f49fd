/** Compares ECR's own lifecycle preview with the evaluation. */
import { DAY_MS } from '../../time.ts';
import type { Evaluation, Fate } from './evaluate.ts';
import type { Action } from './policy.ts';

/** An image that a complete preview of the policy lists (`previewResults` of GetLifecyclePolicyPreview). */
export interface PreviewedImage {
  readonly digest: string;
  /** EXPIRE, or TRANSITION to ARCHIVE; undefined for anything else. */
  readonly action: Action | undefined;
  /** `appliedRulePriority` */
  readonly priority: number | undefined;
}

/** The result of one side for an image; undefined if nothing happens to the image. */
export interface Statement {
  readonly action: Action | undefined;
  readonly priority: number | undefined;
}

export interface PreviewDifference {
  readonly digest: string;
  readonly preview: Statement | undefined;
  readonly evaluator: Statement | undefined;
}

export interface PreviewComparison {
  /** Images for which ECR and the evaluator have different results. */
  readonly differences: readonly PreviewDifference[];
  /** Images about which nothing can be concluded, and why. */
  readonly undecided: readonly { readonly digest: string; readonly reason: string }[];
}

/**
 * Compares ECR's preview of a policy with the evaluation of the same policy. Nothing is concluded if the evaluator is
 * uncertain, if an image reaches the age of its rule within a day (the clock by which ECR counts days is not
 * documented), for artifacts that follow their subject (it is not documented whether a preview lists them), and for
 * images that did not exist when the repository was read.
 */
export function comparePreview(
  { images, fates, now }: Evaluation,
  preview: readonly PreviewedImage[],
): PreviewComparison {
  const differences: PreviewDifference[] = [];
  const undecided: { digest: string; reason: string }[] = [];
  const previewed = new Map(preview.map((image) => [image.digest, image]));
  const digests = new Set(images.map(({ digest }) => digest));
  for (const digest of new Set([...digests, ...previewed.keys()])) {
    const fate = fates.get(digest);
    const listed = previewed.get(digest);
    const theirs = listed && { action: listed.action, priority: listed.priority };
    if (fate === undefined) {
      undecided.push({ digest, reason: 'the image was not in the repository when it was read' });
      continue;
    }
    const ours = statementOf(fate);
    if (theirs?.action === ours?.action && theirs?.priority === ours?.priority) {
      if (fate.is === 'uncertain' || (theirs !== undefined && theirs.action === undefined)) {
        undecided.push({ digest, reason: reasonOf(fate, now) ?? 'the preview names no action' });
      }
      continue;
    }
    const reason = reasonOf(fate, now);
    if (reason === undefined) differences.push({ digest, preview: theirs, evaluator: ours });
    else undecided.push({ digest, reason });
  }
  return { differences, undecided };
}

function statementOf(fate: Fate): Statement | undefined {
  return fate.is === 'acted-on' ? { action: fate.action, priority: fate.rule.priority } : undefined;
}

/** Why a difference for an image would not be conclusive. */
function reasonOf(fate: Fate, now: Date): string | undefined {
  if (fate.is === 'uncertain') return fate.reasons.join('; ');
  const follows = fate.is === 'kept' ? fate.why === 'subject' : fate.subject !== undefined;
  if (follows) return 'the image follows the one that it refers to';
  const since =
    fate.is === 'acted-on'
      ? 'since' in fate
        ? fate.since
        : undefined
      : fate.why === 'age'
        ? fate.after
        : undefined;
  if (since !== undefined && Math.abs(since.getTime() - now.getTime()) <= DAY_MS) {
    return 'the image reaches the age of the rule within a day of the evaluation';
  }
  return undefined;
}
