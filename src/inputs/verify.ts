/** The inputs of the verify action as one value. */
import { GateError } from '../errors.ts';
import { parseRepository, plainName } from '../image/reference.ts';
import type { InputName } from '../policy/influence.ts';
import { GITHUB_ISSUER, issuerOf } from '../results/issuer.ts';
import { RECORD_LIMITS } from '../results/records.ts';
import { anchoredPattern, IDENTITY_PATTERN_EXAMPLE } from '../signing/identity-pattern.ts';
import type { SigningKey } from '../signing/key.ts';
import { parseNotationKey } from '../signing/notation/key.ts';
import type { TrustPaths } from '../signing/notation/trust.ts';
import type { Services } from '../signing/ports.ts';
import type { ExpectedSigner, VerificationSettings } from '../signing/verify.ts';
import { clip } from '../text.ts';
import {
  type ImageInputs,
  imageInputs,
  KEY_EXAMPLE,
  notationTrust,
  refuseCosignInputs,
  signatureInputs,
  signingKey,
} from './common.ts';
import { refuseUnusedServices } from './gate.ts';
import { type IssueMode, issueMode } from './issue.ts';
import {
  boolean,
  duration,
  type InputText,
  invalid,
  LONGEST_AGE,
  lines,
  optional,
  parsed,
  trimmed,
} from './read.ts';

export interface Verification extends Omit<VerificationSettings, 'signers'> {
  /** The accepted signers for cosign. Empty if only notation verifies. */
  readonly signers: readonly ExpectedSigner[];
  /** What notation verifies in addition. */
  readonly notation: TrustPaths | undefined;
  /** The platform images of an index must be signed as well. */
  readonly platforms: boolean;
  /** Whether today's findings are judged too. */
  readonly recheck: boolean;
}

export interface VerifyInputs extends ImageInputs {
  /** Policies whose summaries are accepted besides those of `policy`, which judges today's findings. */
  readonly otherPolicies: readonly string[];
  readonly verification: Verification;
  /** Where the images are deployed; undefined if that is not recorded. */
  readonly deployment: Deployment | undefined;
  /** Path of an earlier `report.json`. */
  readonly baselineReport: string | undefined;
  readonly issue: IssueMode;
  /** Undefined: it is made from the repositories of the images. */
  readonly issueTitle: string | undefined;
}

/** Where images are deployed, as a record says. */
export interface Deployment {
  /** The stage, such as `production`. */
  readonly environment: string;
  /** The physical region. */
  readonly region: string | undefined;
  readonly cluster: string | undefined;
  /** A name for each line of `image`, in the same order. All of them are different. */
  readonly names: readonly string[];
}

/** @throws GateError `input` with the name of the input, its value and an example */
export function readVerifyInputs(get: (name: string) => string): VerifyInputs {
  const text = trimmed(get);
  const [policy = '', ...otherPolicies] = atMost('policy', lines(text('policy')), MOST_POLICIES);
  const first: InputText = (name) => (name === 'policy' ? policy : text(name));
  const inputs = imageInputs(first);
  return {
    ...inputs,
    otherPolicies,
    verification: { ...verification(text), ...promotion(text, inputs) },
    deployment: deployment(text, inputs),
    baselineReport: text('baseline-report') || undefined,
    ...issueInputs(text, inputs),
  };
}

const MAX_TITLE = 200;

function issueInputs(
  text: InputText,
  { githubToken }: ImageInputs,
): Pick<VerifyInputs, 'issue' | 'issueTitle'> {
  const issue = issueMode(text, githubToken);
  const title = text('issue-title');
  if (title === '') return { issue, issueTitle: undefined };
  if (issue === 'never') {
    throw new GateError('input', 'Input issue-title: it has no effect with issue: never.', {
      nextStep: 'Set issue: on-failure, or remove issue-title.',
    });
  }
  if (title.length > MAX_TITLE || /[\p{Cc}\p{Zl}\p{Zp}]/u.test(title)) {
    throw invalid(
      'issue-title',
      title.slice(0, MAX_TITLE),
      `one line of at most ${MAX_TITLE} characters`,
      'Images in production',
    );
  }
  return { issue, issueTitle: title };
}

/** Each key costs calls of cosign, and each policy file may be read from GitHub. A rotation needs two. */
const MOST_KEYS = 10;
const MOST_POLICIES = 10;
const MOST_DIGESTS = 100;
/** All of them are read for every image. */
const MOST_SOURCES = 10;

function atMost(name: InputName, values: readonly string[], most: number): readonly string[] {
  const different = [...new Set(values)];
  if (different.length <= most) return different;
  throw new GateError('input', `Input ${name}: expected at most ${most} lines, got ${different.length}.`, {
    nextStep: `Remove the lines of ${name} that no deployed image needs any more.`,
  });
}

function verification(text: InputText): Verification {
  const recheck = boolean('recheck', text('recheck') || 'true', true);
  const maxAge = text('max-attestation-age');
  const maxAgeMs = optional(maxAge, (value) => duration('max-attestation-age', value, LONGEST_AGE));
  const digests = atMost('policy-digest', lines(text('policy-digest')), MOST_DIGESTS).map(policyDigest);
  const policies = digests.length === 0 ? undefined : [...new Set(digests)];
  const signers = expectedSigners(text);
  const common = signatureInputs(text);
  const trustedRoot = text('sigstore-trusted-root');
  const services: Services | undefined =
    trustedRoot === '' ? undefined : { signingConfig: undefined, trustedRoot };
  const notation = notationTrust(text);
  const [signer] = signers;
  if (signer === undefined) {
    if (notation === undefined) throw noSigner();
    refuseCosignInputs([
      ...(common.format === 'bundle' ? [] : (['signature-format'] as const)),
      ...(common.transparencyLog ? (['transparency-log'] as const) : []),
      ...(maxAgeMs === undefined ? [] : (['max-attestation-age'] as const)),
      ...(services === undefined ? [] : (['sigstore-trusted-root'] as const)),
      ...(text('promoted-from') === '' ? [] : (['promoted-from'] as const)),
    ]);
  } else refuseUnusedServices(services, signer.kind !== 'key' || common.transparencyLog);
  return {
    signers,
    notation,
    ...common,
    services,
    summary: maxAgeMs === undefined && policies === undefined ? undefined : { policies, maxAgeMs },
    recheck,
  };
}

function noSigner(): GateError {
  return new GateError(
    'input',
    'The verify action requires one of the inputs signing-key, certificate-identity, certificate-identity-regexp and notation-trust-policy. Set at most one of the first three.',
    {
      nextStep: `For example: certificate-identity: https://github.com/team/app/.github/workflows/release.yml@refs/heads/main, or signing-key: ${KEY_EXAMPLE}`,
    },
  );
}

const REPOSITORY = '123456789012.dkr.ecr.eu-central-1.amazonaws.com/staging/app';

/** The repositories that the images were promoted from, each once, for all host names of a registry. */
function promotion(text: InputText, { images }: ImageInputs): Pick<Verification, 'promotedFrom'> {
  const partitions = new Set(images.map(({ registry }) => registry.partition));
  const sources = atMost('promoted-from', lines(text('promoted-from')), MOST_SOURCES).map((line) => {
    const source = parsed('promoted-from', line, parseRepository, REPOSITORY);
    const { partition } = source.registry;
    if (partitions.has(partition)) return source;
    const expected = `a repository in the partition of the images (${[...partitions].join(', ')})`;
    throw new GateError('input', `Input promoted-from: expected ${expected}, got "${line}" (${partition}).`, {
      nextStep:
        'AWS credentials of one partition are not valid in another. Run the gate for the image in its own partition.',
    });
  });
  const byName = new Map(sources.map((source) => [plainName(source.registry, source.repository), source]));
  return { promotedFrom: [...byName.values()] };
}

const DEPLOYMENT = [
  'deployment-environment',
  'deployment-name',
  'deployment-cluster',
  'deployment-region',
] as const;

/**
 * Where the images are deployed. GitHub replaces an earlier record with the same environment, region, cluster and name, so
 * each image needs a name of its own.
 */
function deployment(text: InputText, { images, deploymentRecord }: ImageInputs): Deployment | undefined {
  const unused = DEPLOYMENT.find((name) => text(name) !== '');
  if (!deploymentRecord) {
    if (unused === undefined) return undefined;
    throw new GateError('input', `Input ${unused}: it is not used, because deployment-record is false.`, {
      nextStep: `Set deployment-record: true, or remove ${unused}.`,
    });
  }
  const environment = optional(text('deployment-environment'), (value) =>
    recordText('deployment-environment', value, RECORD_LIMITS.place, 'production'),
  );
  if (environment === undefined) {
    throw invalid(
      'deployment-environment',
      '',
      'the stage in which the images are deployed, because deployment-record is true',
      'production',
    );
  }
  const given = lines(text('deployment-name')).map((value) =>
    recordText('deployment-name', value, RECORD_LIMITS.deploymentName, NAME_EXAMPLE),
  );
  const names = given.length === 0 ? images.map(({ repository }) => repository) : given;
  const wrong =
    names.length !== images.length
      ? `expected one name for each image (${images.length}), got ${names.length}`
      : names.length !== new Set(names).size
        ? 'expected a different name for each image. By default, it is the name of the repository'
        : undefined;
  if (wrong !== undefined) {
    throw new GateError('input', `Input deployment-name: ${wrong}.`, {
      nextStep: `Give a name for each image, one per line, in the order of image. For example: deployment-name: ${NAME_EXAMPLE}`,
    });
  }
  return {
    environment,
    region: optional(text('deployment-region'), (value) =>
      recordText('deployment-region', value, RECORD_LIMITS.place, 'eu-central-1'),
    ),
    cluster: optional(text('deployment-cluster'), (value) =>
      recordText('deployment-cluster', value, RECORD_LIMITS.place, 'blue'),
    ),
    names,
  };
}

const NAME_EXAMPLE = 'shop-checkout-app';

/** A text of one line that GitHub accepts in a record. */
function recordText(name: InputName, value: string, most: number, example: string): string {
  if ([...value].length > most) throw invalid(name, clip(value, 100), `at most ${most} characters`, example);
  if (/\p{Cc}/u.test(value)) throw invalid(name, clip(value, 100), 'one line of text', example);
  return value;
}

/** One signer, or several keys, any of which is enough. None if only notation verifies. */
function expectedSigners(text: InputText): Verification['signers'] {
  const all = atMost('signing-key', lines(text('signing-key')), MOST_KEYS).map(cosignKey);
  const keys = all.flatMap((key): (ExpectedSigner & { kind: 'key' })[] =>
    key.kind === 'keyless' ? [] : [{ kind: 'key', key }],
  );
  if (keys.length > 0 && keys.length < all.length) {
    throw invalid(
      'signing-key',
      'keyless',
      'a KMS key or the path of a key, because there are several keys',
      KEY_EXAMPLE,
    );
  }
  const [key, ...others] = keys;
  const identity = text('certificate-identity');
  const pattern = text('certificate-identity-regexp');
  const given = [key !== undefined, identity !== '', pattern !== ''];
  const count = given.filter((one) => one).length;
  if (count > 1) throw noSigner();
  const givenIssuer = text('certificate-oidc-issuer');
  if (count === 0) {
    if (givenIssuer !== '' && text('notation-trust-policy') !== '')
      refuseCosignInputs(['certificate-oidc-issuer']);
    return [];
  }
  if (key !== undefined) {
    if (givenIssuer === '') return [key, ...others];
    throw new GateError(
      'input',
      'Input certificate-oidc-issuer: it is not used, because a signature by a key has no certificate.',
      {
        nextStep: 'Remove certificate-oidc-issuer, or replace signing-key with certificate-identity.',
      },
    );
  }
  const issuer = givenIssuer || issuerOf(identity);
  if (!/^https:\/\/[^\s]+$/.test(issuer)) {
    throw invalid(
      'certificate-oidc-issuer',
      issuer,
      'an https URL',
      /^http:\/\/\S+$/i.test(issuer) ? issuer.replace(/^http/i, 'https') : GITHUB_ISSUER,
    );
  }
  if (identity !== '') return [{ kind: 'identity', identity, issuer }];
  return [
    {
      kind: 'identity-pattern',
      pattern: parsed('certificate-identity-regexp', pattern, anchoredPattern, IDENTITY_PATTERN_EXAMPLE),
      issuer,
    },
  ];
}

/** @throws GateError `input` for a key of notation, whose signatures a trust policy verifies */
function cosignKey(value: string): SigningKey {
  if (parsed('signing-key', value, parseNotationKey, KEY_EXAMPLE) === undefined) return signingKey(value);
  throw new GateError(
    'input',
    `Input signing-key: "${value}" is a key of notation, which cosign cannot verify.`,
    {
      nextStep: 'Name the signer in notation-trust-policy instead.',
    },
  );
}

function policyDigest(value: string): string {
  const hex = /^(?:sha256:)?([0-9a-f]{64})$/.exec(value)?.[1];
  if (hex !== undefined) return hex;
  const got = `"${value}"`;
  const expected = '"sha256:" and 64 lower-case hex digits';
  throw new GateError('input', `Input policy-digest: expected ${expected}, got ${got}.`, {
    nextStep: 'The log of the gate and of the verify action shows the digest of a policy.',
  });
}
