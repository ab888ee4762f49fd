/** The inputs that the gate and the verify action share. */
import { GateError } from '../errors.ts';
import { parseReference } from '../image/reference.ts';
import { suggestBoolean } from '../policy/suggestions.ts';
import type { ImageReference } from '../results/registry.ts';
import type { Threshold } from '../results/severity.ts';
import { COSIGN_VERSION, type CosignVersion, parseCosignVersion } from '../signing/cosign/release.ts';
import { parseSigningKey, type SigningKey } from '../signing/key.ts';
import type { TrustPaths } from '../signing/notation/trust.ts';
import { nearest } from '../text.ts';
import { MINUTE_MS } from '../time.ts';
import type { AnyInputName } from './names.ts';
import {
  boolean,
  duration,
  type InputText,
  invalid,
  keyValues,
  LONGEST_SETTLE_TIME,
  lines,
  oneOf,
  optional,
  parsed,
  threshold,
} from './read.ts';

/** The inputs of every action that judges images. */
export interface ImageInputs {
  readonly images: readonly ImageReference[];
  /** Undefined, like the next two, if not given. The policy or the default decides then. */
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
  /** Reads a policy in another repository, and writes the comment and the records. */
  readonly githubToken: string | undefined;
  /** Images that the judged images may be built on. */
  readonly baseImages: readonly ImageReference[];
  readonly enforce: boolean;
  readonly scanType: 'enhanced' | 'basic';
  readonly timeoutMs: number;
  readonly settleTimeMs: number;
  /** Undefined: a new directory under RUNNER_TEMP. */
  readonly reportDirectory: string | undefined;
  /** The path in the workspace of the Dockerfile that results point at. */
  readonly dockerfile: string | undefined;
  /** When to comment on the pull request. */
  readonly comment: 'never' | 'on-failure' | 'always';
  /** Whether newer base images are looked for after the verdict. */
  readonly advice: boolean;
  /** Whether images that pass are recorded in GitHub's artifact metadata. */
  readonly deploymentRecord: boolean;
}

/** The inputs about signatures that the gate and the verify action share. */
export interface SignatureInputs {
  readonly format: 'bundle' | 'legacy' | 'both';
  /** The platform images of an index carry signatures as well. */
  readonly platforms: boolean;
  readonly annotations: Readonly<Record<string, string>>;
  readonly transparencyLog: boolean;
  readonly cosignVersion: CosignVersion;
}

// As action.yml has them.
const DEFAULT_TIMEOUT = '15m';
const DEFAULT_SETTLE_TIME = '15s';

const IMAGE = '123456789012.dkr.ecr.eu-central-1.amazonaws.com/team/app:1.4.2';
const BASE_IMAGE = '123456789012.dkr.ecr.eu-central-1.amazonaws.com/docker-hub/library/debian:12';
const BASELINE = '123456789012.dkr.ecr.eu-central-1.amazonaws.com/team/app:prod';
export const KEY_EXAMPLE = 'awskms:///arn:aws:kms:eu-central-1:123456789012:alias/release';

/** @throws GateError `input` with the name of the input, its value and an example */
export function imageInputs(text: InputText): ImageInputs {
  const timeoutMs = duration('timeout', text('timeout') || DEFAULT_TIMEOUT);
  const settleTimeMs = duration(
    'settle-time',
    text('settle-time') || DEFAULT_SETTLE_TIME,
    LONGEST_SETTLE_TIME,
  );
  if (settleTimeMs >= timeoutMs) {
    const settleTime = text('settle-time') || DEFAULT_SETTLE_TIME;
    const got = `"${text('timeout') || DEFAULT_TIMEOUT}"`;
    throw new GateError(
      'input',
      `Input timeout: expected longer than settle-time (${settleTime}), got ${got}.`,
      {
        nextStep: `For example: timeout: ${Math.ceil((2 * settleTimeMs) / MINUTE_MS)}m`,
      },
    );
  }
  return {
    images: images(text('image')),
    failOn: optional(text('fail-on'), (value) => threshold('fail-on', value)),
    warnOn: optional(text('warn-on'), (value) => threshold('warn-on', value)),
    ignoreUnfixed: optional(text('ignore-unfixed'), (value) => boolean('ignore-unfixed', value, false)),
    policy: text('policy') || undefined,
    exceptions: lines(text('exceptions')),
    vex: lines(text('vex')),
    baseline: optional(text('baseline'), (value) => parsed('baseline', value, parseReference, BASELINE)),
    baseImages: lines(text('base-image')).map((value) =>
      parsed('base-image', value, parseReference, BASE_IMAGE),
    ),
    githubToken: text('github-token') || undefined,
    enforce: boolean('enforce', text('enforce') || 'true', true),
    scanType: oneOf('scan-type', text('scan-type') || 'enhanced', ['enhanced', 'basic'] as const),
    timeoutMs,
    settleTimeMs,
    reportDirectory: text('report-directory') || undefined,
    dockerfile: text('dockerfile') || undefined,
    comment: comment(text('comment') || 'never'),
    advice: boolean('advice', text('advice') || 'true', true),
    deploymentRecord: boolean('deployment-record', text('deployment-record') || 'false', false),
  };
}

const COMMENTS = ['never', 'on-failure', 'always'] as const;

function comment(value: string): ImageInputs['comment'] {
  const found = COMMENTS.find((candidate) => candidate === value.toLowerCase());
  if (found !== undefined) return found;
  const example = suggestBoolean(value) === false ? 'never' : (nearest(value, COMMENTS) ?? 'always');
  throw invalid('comment', value, `one of ${COMMENTS.join(', ')}`, example);
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
  const platforms = boolean('sign-platforms', text('sign-platforms') || 'false', true);
  const annotations = keyValues('signature-annotations', text('signature-annotations'));
  const transparencyLog = boolean('transparency-log', text('transparency-log') || 'false', true);
  const cosignVersion = parsed(
    'cosign-version',
    text('cosign-version') || COSIGN_VERSION,
    parseCosignVersion,
    COSIGN_VERSION,
  );
  return { format, platforms, annotations, transparencyLog, cosignVersion };
}

/**
 * The trust policy and the trust stores of Notation. One is of no use without the other.
 * @throws GateError `input`
 */
export function notationTrust(text: InputText): TrustPaths | undefined {
  const [policy, store] = [text('notation-trust-policy'), text('notation-trust-store')];
  if (policy === '' && store === '') return undefined;
  if (policy === '')
    throw invalid('notation-trust-policy', '', 'the path of a trust policy', 'trustpolicy.json');
  if (store === '') {
    throw invalid(
      'notation-trust-store',
      '',
      'the directory with the trust stores of that policy',
      'truststore',
    );
  }
  return { policy, store };
}

/**
 * Refuses inputs that only cosign uses, where cosign neither signs nor verifies: the workflow relies on them.
 * @throws GateError `input`
 */
export function refuseCosignInputs(names: readonly AnyInputName[]): void {
  const [name] = names;
  if (name === undefined) return;
  throw new GateError('input', `Input ${name}: it is not used, because it applies only to cosign.`, {
    nextStep: `Remove ${name}, or also give a key or an identity of cosign.`,
  });
}

export function signingKey(text: string): SigningKey {
  return parsed('signing-key', text, parseSigningKey, KEY_EXAMPLE);
}
