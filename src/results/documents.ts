/** The files that images were judged by, and the inputs that the policy overrides. */
import type { Threshold } from './severity.ts';

/** The source of a policy, an exceptions file or a VEX document, and the digest of its content. */
export interface DocumentSource {
  /** The path in the workspace, or `owner/repo/path@ref`. */
  readonly uri: string;
  /** SHA-256 of its bytes, in hex. */
  readonly sha256: string;
  /** Whether its ref can move: a branch or a tag, not a commit. */
  readonly moving: boolean;
}

/** The source of a policy. */
export interface PolicySource extends DocumentSource {
  /** SHA-256 of the policy, in hex. It depends on the meaning of the policy, not on how the file is written. */
  readonly policySha256: string;
}

/** An input that is less strict than the policy's minimum, and the value that is used instead. */
export interface Conflict {
  readonly input: string;
  readonly asked: string;
  /** The value that is used instead, in the format of the input. */
  readonly demanded: string;
}

/** The inputs by which a workflow weakens the policy, with their values. */
export interface Weakening {
  readonly 'base-image'?: true;
  readonly baseline?: true;
  readonly 'fail-on'?: Threshold;
  readonly 'ignore-unfixed'?: true;
  readonly 'scan-type'?: 'basic';
}
