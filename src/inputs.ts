/** The action's inputs become one typed value before anything else happens. */
import { GateError, messageOf } from './errors.ts';
import { type ImageReference, parseReference } from './image/reference.ts';
import type { InputName } from './policy/influence.ts';
import { THRESHOLDS, type Threshold } from './policy/severity.ts';
import { anchoredPattern, IDENTITY_PATTERN_EXAMPLE } from './signing/identity.ts';
import { parseSigningKey, type SigningKey } from './signing/key.ts';
import { type CosignVersion, parseCosignVersion } from './signing/provision.ts';
import type { Services } from './signing/session.ts';
import type { ExpectedSigner, VerificationSettings } from './signing/verify.ts';

export interface SigningInputs {
  readonly key: SigningKey;
  readonly format: 'bundle' | 'legacy' | 'both';
  /** Sign every platform image of an index as well. */
  readonly platforms: boolean;
  readonly annotations: Readonly<Record<string, string>>;
  readonly transparencyLog: boolean;
  readonly cosignVersion: CosignVersion;
  /** What is attested of an image that passes; `full`: its findings as well. */
  readonly attest: 'none' | 'summary' | 'full';
  /** Sigstore services of one's own; undefined: the public ones, where any are needed. */
  readonly services: Services | undefined;
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
  readonly mode: 'gate' | 'verify';
  /** Undefined in mode `gate`. */
  readonly verification: VerificationInputs | undefined;
}

export interface VerificationInputs extends VerificationSettings {
  /** The platform images of an index have to be signed as well. */
  readonly platforms: boolean;
  /** Judge today's findings too. */
  readonly recheck: boolean;
}

/** The value of an input, without blanks around it. */
type InputText = (name: InputName) => string;

/**
 * Reads and checks every input. A blank one means its default, as if it were not there: nobody can tell the two
 * apart, and an empty variable in the workflow must not weaken what has a default.
 * @param get the value of an input by name, empty where it was not given
 * @throws GateError `input` naming the input, what it got and a right example
 */
export function readInputs(get: (name: InputName) => string): Inputs {
  const text: InputText = (name) => get(name).trim();
  const timeoutMs = duration('timeout', text('timeout') || '15m');
  const settleTimeMs = duration('settle-time', text('settle-time') || '15s');
  if (timeoutMs === 0) throw invalid('timeout', text('timeout'), 'a duration longer than zero', '15m');
  // Two reads at one moment say the same, whatever is still to come.
  if (settleTimeMs === 0) {
    throw invalid('settle-time', text('settle-time'), 'a duration longer than zero', '15s');
  }
  if (settleTimeMs >= timeoutMs) {
    throw invalid('settle-time', text('settle-time') || '15s', 'shorter than the input timeout', '15s');
  }
  const mode = oneOf('mode', text('mode') || 'gate', ['gate', 'verify'] as const);
  const verification = verificationInputs(text, mode);
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
    signing: mode === 'gate' ? signing(text) : undefined,
    reportDirectory: text('report-directory') || undefined,
    dockerfile: text('dockerfile') || undefined,
    comment: oneOf('comment', text('comment') || 'never', ['never', 'on-failure', 'always'] as const),
    mode,
    verification,
  };
}

const BASE_IMAGE = '123456789012.dkr.ecr.eu-central-1.amazonaws.com/docker-hub/library/debian:12';
const BASELINE = '123456789012.dkr.ecr.eu-central-1.amazonaws.com/team/app:prod';

function optional<T>(text: string, read: (text: string) => T): T | undefined {
  return text === '' ? undefined : read(text);
}

/** What signing and verifying have in common. */
function signatureInputs(text: InputText) {
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

function signing(text: InputText): SigningInputs | undefined {
  // The others are checked even where nothing is signed: a wrong value is a mistake all the same.
  const common = signatureInputs(text);
  const attest = attestInput(text('attest') || 'true');
  const ownServices = services(text, 'gate');
  const key = signingKey(text);
  if (key === undefined) return undefined;
  if (common.format !== 'bundle' && ownServices !== undefined) {
    throw invalid(
      'signature-format',
      common.format,
      'bundle where sigstore-signing-config is given',
      'bundle',
    );
  }
  refuseIdleServices(ownServices, key.kind === 'keyless' || common.transparencyLog);
  return { key, ...common, attest, services: ownServices };
}

const KEY_EXAMPLE = 'awskms:///arn:aws:kms:eu-central-1:123456789012:alias/release';

function signingKey(text: InputText): SigningKey | undefined {
  const key = text('signing-key');
  return key === '' ? undefined : parsed('signing-key', key, parseSigningKey, KEY_EXAMPLE);
}

function attestInput(value: string): SigningInputs['attest'] {
  if (/^full$/i.test(value)) return 'full';
  if (!/^(true|false)$/i.test(value)) throw invalid('attest', value, 'true, false or full', 'true');
  return boolean('attest', value) ? 'summary' : 'none';
}

/** Both or none for signing: a signature by services that nothing here trusts could not be verified. */
function services(text: InputText, mode: Inputs['mode']): Services | undefined {
  const signingConfig = text('sigstore-signing-config') || undefined;
  const trustedRoot = text('sigstore-trusted-root') || undefined;
  if (signingConfig === undefined && trustedRoot === undefined) return undefined;
  if (trustedRoot === undefined) {
    throw invalid('sigstore-trusted-root', '', 'the trusted root of those services', 'trusted-root.json');
  }
  if (signingConfig === undefined && mode === 'gate') {
    throw invalid(
      'sigstore-signing-config',
      '',
      'the signing config of those services',
      'signing-config.json',
    );
  }
  return { signingConfig, trustedRoot };
}

/** Services that nothing is recorded in prove nothing, and whoever named them believes that they do. */
function refuseIdleServices(given: Services | undefined, isUsed: boolean): void {
  if (given === undefined || isUsed) return;
  throw new GateError(
    'input',
    'Input sigstore-trusted-root: with a key and without transparency-log: true no Sigstore service is asked, so it would check nothing.',
    {
      nextStep: 'Set transparency-log: true, or leave sigstore-trusted-root and sigstore-signing-config out.',
    },
  );
}

const GITHUB_ISSUER = 'https://token.actions.githubusercontent.com';

/** What only mode `verify` reads. In mode `gate` it would check nothing, and look as if it did. */
const VERIFY_ONLY = [
  'certificate-identity',
  'certificate-identity-regexp',
  'certificate-oidc-issuer',
  'max-attestation-age',
  'policy-digest',
] as const;

function verificationInputs(text: InputText, mode: Inputs['mode']): VerificationInputs | undefined {
  const recheck = boolean('recheck', text('recheck') || 'true');
  const maxAge = text('max-attestation-age');
  const maxAgeMs = maxAge === '' ? undefined : duration('max-attestation-age', maxAge, LONGEST_AGE);
  if (maxAgeMs === 0) throw invalid('max-attestation-age', maxAge, 'a duration longer than zero', '30d');
  const policySha256 = policyDigest(text('policy-digest'));
  if (mode === 'gate') {
    const given = VERIFY_ONLY.find((name) => text(name) !== '');
    if (given !== undefined) {
      throw new GateError(
        'input',
        `Input ${given}: it is for mode: verify alone, and would check nothing here.`,
        {
          nextStep: `Set mode: verify for this step, or leave ${given} out.`,
        },
      );
    }
    return undefined;
  }
  const signer = expectedSigner(text);
  const common = signatureInputs(text);
  const ownServices = services(text, mode);
  refuseIdleServices(ownServices, signer.kind !== 'key' || common.transparencyLog);
  return {
    signer,
    ...common,
    services: ownServices,
    summary: maxAgeMs === undefined && policySha256 === undefined ? undefined : { policySha256, maxAgeMs },
    recheck,
  };
}

function expectedSigner(text: InputText): ExpectedSigner {
  const key = signingKey(text);
  const identity = text('certificate-identity');
  const pattern = text('certificate-identity-regexp');
  const given = [key !== undefined && key.kind !== 'keyless', identity !== '', pattern !== ''];
  if (given.filter((one) => one).length !== 1) {
    throw new GateError(
      'input',
      'Mode verify needs exactly one of the inputs signing-key, certificate-identity and certificate-identity-regexp.',
      {
        nextStep: `A right value is: certificate-identity: https://github.com/team/app/.github/workflows/release.yml@refs/heads/main, or signing-key: ${KEY_EXAMPLE}`,
      },
    );
  }
  const givenIssuer = text('certificate-oidc-issuer');
  if (key !== undefined && key.kind !== 'keyless') {
    if (givenIssuer === '') return { kind: 'key', key };
    throw new GateError(
      'input',
      'Input certificate-oidc-issuer: a signature by a key has no certificate, so it would check nothing.',
      {
        nextStep: 'Leave certificate-oidc-issuer out, or give certificate-identity in place of signing-key.',
      },
    );
  }
  const issuer = givenIssuer || GITHUB_ISSUER;
  if (!/^https:\/\/[^\s]+$/.test(issuer)) {
    throw invalid('certificate-oidc-issuer', issuer, 'an https URL', GITHUB_ISSUER);
  }
  if (identity !== '') return { kind: 'identity', identity, issuer };
  return {
    kind: 'identity-pattern',
    pattern: parsed('certificate-identity-regexp', pattern, anchoredPattern, IDENTITY_PATTERN_EXAMPLE),
    issuer,
  };
}

function policyDigest(value: string): string | undefined {
  if (value === '') return undefined;
  const hex = /^(?:sha256:)?([0-9a-f]{64})$/.exec(value)?.[1];
  if (hex !== undefined) return hex;
  throw invalid('policy-digest', value, '"sha256:" and 64 lower-case hex digits', `sha256:${'0'.repeat(64)}`);
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

const UNIT_MS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** How long a duration may be, and how the reader is told. */
interface DurationBounds {
  readonly units: readonly string[];
  readonly mostMs: number;
  readonly most: string;
  readonly example: string;
}

// A job on GitHub's runners ends after six hours, and with it everything that waits.
const LONGEST_WAIT: DurationBounds = {
  units: ['s', 'm', 'h'],
  mostMs: 6 * 60 * 60_000,
  most: '6h',
  example: '15m',
};
const LONGEST_AGE: DurationBounds = {
  units: ['s', 'm', 'h', 'd'],
  mostMs: 3650 * 86_400_000,
  most: '3650d',
  example: '30d',
};

function duration(name: string, value: string, bounds: DurationBounds = LONGEST_WAIT): number {
  const { units, mostMs, most, example } = bounds;
  const [, amount, unit = ''] = /^(\d{1,6})([smhd])$/.exec(value) ?? [];
  const ms = units.includes(unit) ? Number(amount) * (UNIT_MS[unit] ?? Number.NaN) : Number.NaN;
  if (Number.isNaN(ms)) {
    const allowed = `${units.slice(0, -1).join(', ')} or ${units.at(-1)}`;
    throw invalid(name, value, `a number and a unit: ${allowed}`, example);
  }
  if (ms > mostMs) throw invalid(name, value, `at most ${most}`, example);
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
