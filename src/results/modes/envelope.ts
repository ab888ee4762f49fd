/** What the results of all actions have in common. */
import type { GateError } from '../../errors.ts';

/** `error`: there is no verdict. It is never treated as a pass. */
export type RunVerdict = 'pass' | 'warn' | 'block' | 'error';

export interface Envelope {
  readonly verdict: RunVerdict;
  /** False: the input `enforce` is false. */
  readonly enforced: boolean;
  /** Whether `enforce: false` lets the step succeed although the verdict is `block` or `error`. See enforcement.ts. */
  readonly tolerated: boolean;
  /** What ended the run as a whole: invalid inputs, an image that does not exist, signing, cancellation. */
  readonly error: GateError | undefined;
  /** What could not be read or recorded, and the effect of that. It may quote external text. */
  readonly notices: readonly string[];
  /** When the run began, by the runner's clock. */
  readonly startedAt: Date;
  /** How long it took, in milliseconds. */
  readonly durationMs: number;
  /** The action's own version. */
  readonly version: string;
}

/** Whether a verdict allows an image to be signed and deployed. */
export function allows(verdict: RunVerdict): boolean {
  return verdict === 'pass' || verdict === 'warn';
}

const BY_BADNESS: readonly RunVerdict[] = ['error', 'block', 'warn', 'pass'];

/** Orders verdicts, the worst first. */
export function byVerdict(a: RunVerdict, b: RunVerdict): number {
  return BY_BADNESS.indexOf(a) - BY_BADNESS.indexOf(b);
}

/** The worst of several verdicts; `error` if there are none. */
export function worst(verdicts: readonly RunVerdict[]): RunVerdict {
  return BY_BADNESS.find((verdict) => verdicts.includes(verdict)) ?? 'error';
}
