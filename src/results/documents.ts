/** The files that images were judged by, and where the workflow and the policy disagreed. */
import type { Threshold } from './severity.ts';

/** Where a policy, an exceptions file or a VEX document came from, and proof of what it said. */
export interface DocumentSource {
  /** The path in the workspace, or `owner/repo/path@ref`. */
  readonly uri: string;
  /** SHA-256 of its bytes, in hex. */
  readonly sha256: string;
  /** Whether the ref it was read at can move: a branch or a tag, not a commit. */
  readonly moving: boolean;
}

/** An input that would have weakened what the policy demands, and what holds instead. */
export interface Conflict {
  readonly input: string;
  readonly asked: string;
  /** What holds instead, as the input would say it. */
  readonly demanded: string;
}

/** The inputs by which a workflow lets more through than the policy does by itself, with their values. */
export interface Weakening {
  readonly 'base-image'?: true;
  readonly baseline?: true;
  readonly 'fail-on'?: Threshold;
  readonly 'ignore-unfixed'?: true;
  readonly 'scan-type'?: 'basic';
}
