/** The inputs that the gate and the verify action share. */
import { parseReference } from '../image/reference.ts';
import type { ImageReference } from '../results/registry.ts';
import { THRESHOLDS, type Threshold } from '../results/severity.ts';
import { type CosignVersion, parseCosignVersion } from '../signing/cosign/provision.ts';
import { parseSigningKey, type SigningKey } from '../signing/key.ts';
import {
  boolean,
  duration,
  type InputText,
  invalid,
  keyValues,
  lines,
  oneOf,
  optional,
  parsed,
} from './read.ts';

/** What images are judged by, and where the result goes. */
export interface ImageInputs {
  readonly images: readonly ImageReference[];
  /** Undefined, as the next two: not given, so that the policy or the default decides. */
  readonly failOn: Threshold | undefined;
  readonly warnOn: Threshold | undefined;
  readonly ignoreUnfixed: boolean | undefined;
  /** A path in the workspace, or `owner/repo/path@ref`. */
  readonly policy: string | undefined;
  /** Paths of exceptions files. */
  readonly exceptions: readonly string[];
  /** Globs of OpenVEX documents. */
  readonly vex: readonly string[];
  /** The image that is deployed now. */
  readonly baseline: ImageReference | undefined;
  /** For a policy in another repository, and for the comment. */
  readonly githubToken: string | undefined;
  /** Images that the judged ones may be built on: whose layers are whose. */
  readonly baseImages: readonly ImageReference[];
  readonly enforce: boolean;
  readonly scanType: 'enhanced' | 'basic';
  readonly timeoutMs: number;
  readonly settleTimeMs: number;
  /** Undefined: a new directory under RUNNER_TEMP. */
  readonly reportDirectory: string | undefined;
  /** A path in the workspace: the Dockerfile that results point at. */
  readonly dockerfile: string | undefined;
  /** When to comment on the pull request. */
  readonly comment: 'never' | 'on-failure' | 'always';
}

/** What signing and verifying signatures share. */
export interface SignatureInputs {
  readonly format: 'bundle' | 'legacy' | 'both';
  /** The platform images of an index carry signatures as well. */
  readonly platforms: boolean;
  readonly annotations: Readonly<Record<string, string>>;
  readonly transparencyLog: boolean;
  readonly cosignVersion: CosignVersion;
}

const IMAGE = '123456789012.dkr.ecr.eu-central-1.amazonaws.com/team/app:1.4.2';
const BASE_IMAGE = '123456789012.dkr.ecr.eu-central-1.amazonaws.com/docker-hub/library/debian:12';
const BASELINE = '123456789012.dkr.ecr.eu-central-1.amazonaws.com/team/app:prod';
export const KEY_EXAMPLE = 'awskms:///arn:aws:kms:eu-central-1:123456789012:alias/release';

/** @throws GateError `input` naming the input, what it got and a right example */
export function imageInputs(text: InputText): ImageInputs {
  const timeoutMs = duration('timeout', text('timeout') || '15m');
  const settleTimeMs = duration('settle-time', text('settle-time') || '15s');
  if (timeoutMs === 0) throw invalid('timeout', text('timeout'), 'a duration longer than zero', '15m');
  // Two reads at the same moment return the same, whatever is still to come.
  if (settleTimeMs === 0) {
    throw invalid('settle-time', text('settle-time'), 'a duration longer than zero', '15s');
  }
  if (settleTimeMs >= timeoutMs) {
    throw invalid('settle-time', text('settle-time') || '15s', 'shorter than the input timeout', '15s');
  }
  return {
    images: images(text('image')),
    failOn: optional(text('fail-on'), (value) => oneOf('fail-on', value, THRESHOLDS)),
    warnOn: optional(text('warn-on'), (value) => oneOf('warn-on', value, THRESHOLDS)),
    ignoreUnfixed: optional(text('ignore-unfixed'), (value) => boolean('ignore-unfixed', value)),
    policy: text('policy') || undefined,
    exceptions: lines(text('exceptions')),
    vex: lines(text('vex')),
    baseline: optional(text('baseline'), (value) => parsed('baseline', value, parseReference, BASELINE)),
    baseImages: lines(text('base-image')).map((value) =>
      parsed('base-image', value, parseReference, BASE_IMAGE),
    ),
    githubToken: text('github-token') || undefined,
    enforce: boolean('enforce', text('enforce') || 'true'),
    scanType: oneOf('scan-type', text('scan-type') || 'enhanced', ['enhanced', 'basic'] as const),
    timeoutMs,
    settleTimeMs,
    reportDirectory: text('report-directory') || undefined,
    dockerfile: text('dockerfile') || undefined,
    comment: oneOf('comment', text('comment') || 'never', ['never', 'on-failure', 'always'] as const),
  };
}

function images(text: string): ImageReference[] {
  const references = lines(text).map((line) => parsed('image', line, parseReference, IMAGE));
  if (references.length === 0) throw invalid('image', text, 'at least one ECR image URI', IMAGE);
  return references;
}

export function signatureInputs(text: InputText): SignatureInputs {
  const format = oneOf('signature-format', text('signature-format') || 'bundle', [
    'bundle',
    'legacy',
    'both',
  ] as const);
  const platforms = boolean('sign-platforms', text('sign-platforms') || 'false');
  const annotations = keyValues('signature-annotations', text('signature-annotations'));
  const transparencyLog = boolean('transparency-log', text('transparency-log') || 'false');
  const cosignVersion = parsed(
    'cosign-version',
    text('cosign-version') || 'v3.0.6',
    parseCosignVersion,
    'v3.0.6',
  );
  return { format, platforms, annotations, transparencyLog, cosignVersion };
}

export function signingKey(text: InputText): SigningKey | undefined {
  return optional(text('signing-key'), (key) => parsed('signing-key', key, parseSigningKey, KEY_EXAMPLE));
}
