/** The action's inputs become one typed value before anything else happens. */
import { GateError, messageOf } from './errors.ts';
import { type ImageReference, parseReference } from './image/reference.ts';
import { THRESHOLDS, type Threshold } from './policy/severity.ts';
import { parseSigningKey, type SigningKey } from './signing/key.ts';
import { type CosignVersion, parseCosignVersion } from './signing/provision.ts';

export interface SigningInputs {
  readonly key: SigningKey;
  readonly format: 'bundle' | 'legacy' | 'both';
  /** Sign every platform image of an index as well. */
  readonly platforms: boolean;
  readonly annotations: Readonly<Record<string, string>>;
  readonly transparencyLog: boolean;
  readonly cosignVersion: CosignVersion;
}

export interface Inputs {
  readonly images: readonly ImageReference[];
  /** Undefined, as the next two: not given, so that the policy's word or the default holds. */
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
  /** Undefined: nothing is signed. */
  readonly signing: SigningInputs | undefined;
  /** Undefined: a new directory under RUNNER_TEMP. */
  readonly reportDirectory: string | undefined;
  /** A path in the workspace: the Dockerfile that results point at. */
  readonly dockerfile: string | undefined;
  /** When to comment on the pull request. */
  readonly comment: 'never' | 'on-failure' | 'always';
}

// A job on GitHub's runners ends after six hours, and with it everything that waits.
const LONGEST_MS = 6 * 60 * 60_000;

/**
 * Reads and checks every input. A blank one means its default, as if it were not there: an empty variable
 * in the workflow must not switch a guard off.
 * @param get the value of an input by name, empty where it was not given
 * @throws GateError `input` naming the input, what it got and a right example
 */
export function readInputs(get: (name: string) => string): Inputs {
  const text = (name: string) => get(name).trim();
  const timeoutMs = duration('timeout', text('timeout') || '15m');
  const settleTimeMs = duration('settle-time', text('settle-time') || '15s');
  if (timeoutMs === 0) throw invalid('timeout', text('timeout'), 'a duration longer than zero', '15m');
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
    signing: signing(text),
    reportDirectory: text('report-directory') || undefined,
    dockerfile: text('dockerfile') || undefined,
    comment: oneOf('comment', text('comment') || 'never', ['never', 'on-failure', 'always'] as const),
  };
}

const BASE_IMAGE = '123456789012.dkr.ecr.eu-central-1.amazonaws.com/docker-hub/library/debian:12';
const BASELINE = '123456789012.dkr.ecr.eu-central-1.amazonaws.com/team/app:prod';

function optional<T>(text: string, read: (text: string) => T): T | undefined {
  return text === '' ? undefined : read(text);
}

function signing(text: (name: string) => string): SigningInputs | undefined {
  // The others are checked even where nothing is signed: a wrong value is a mistake all the same.
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
  const key = text('signing-key');
  if (key === '') return undefined;
  return {
    key: parsed(
      'signing-key',
      key,
      parseSigningKey,
      'awskms:///arn:aws:kms:eu-central-1:123456789012:alias/release',
    ),
    format,
    platforms,
    annotations,
    transparencyLog,
    cosignVersion,
  };
}

function images(text: string): ImageReference[] {
  const example = '123456789012.dkr.ecr.eu-central-1.amazonaws.com/team/app:1.4.2';
  const references = lines(text).map((line) => parsed('image', line, parseReference, example));
  if (references.length === 0) throw invalid('image', text, 'at least one ECR image URI', example);
  return references;
}

function lines(text: string): string[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

function parsed<T>(name: string, value: string, parse: (value: string) => T, example: string): T {
  try {
    return parse(value);
  } catch (error) {
    throw new GateError('input', `Input ${name}: cannot use "${value}": ${messageOf(error)}.`, {
      nextStep: `A right value is: ${name}: ${example}`,
      cause: error,
    });
  }
}

function oneOf<const T extends string>(name: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((candidate) => candidate === value.toLowerCase());
  if (found === undefined) throw invalid(name, value, `one of ${allowed.join(', ')}`, allowed[0] ?? '');
  return found;
}

/** The booleans of YAML 1.2, as @actions/core reads them; `yes` is not one of them. */
function boolean(name: string, value: string): boolean {
  if (/^(true|True|TRUE)$/.test(value)) return true;
  if (/^(false|False|FALSE)$/.test(value)) return false;
  throw invalid(name, value, 'true or false', 'true');
}

const UNIT_MS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000 };

function duration(name: string, value: string): number {
  const match = /^(\d{1,6})(s|m|h)$/.exec(value);
  const ms = Number(match?.[1]) * (UNIT_MS[match?.[2] ?? ''] ?? Number.NaN);
  if (Number.isNaN(ms)) throw invalid(name, value, 'a number and a unit: s, m or h', '15m');
  if (ms > LONGEST_MS) throw invalid(name, value, 'at most 6h', '15m');
  return ms;
}

function keyValues(name: string, text: string): Record<string, string> {
  const pairs = lines(text).map((line): [string, string] => {
    const match = /^([A-Za-z0-9._/-]+)=(.*)$/.exec(line);
    if (match?.[1] === undefined || match[2] === undefined) {
      throw invalid(name, line, 'key=value, one a line', 'commit=0f3c1e2');
    }
    return [match[1], match[2]];
  });
  const twice = pairs.find(([key], index) => pairs.findIndex(([other]) => other === key) !== index);
  if (twice !== undefined) throw invalid(name, twice.join('='), 'each key once', 'commit=0f3c1e2');
  return Object.fromEntries(pairs);
}

function invalid(name: string, value: string, expected: string, example: string): GateError {
  const got = value === '' ? 'nothing' : `"${value}"`;
  return new GateError('input', `Input ${name}: expected ${expected}, got ${got}.`, {
    nextStep: `A right value is: ${name}: ${example}`,
  });
}
