/** How cosign is called and how its answers are read. Pure: argv, environment and parsers. */

import { delimiter } from 'node:path';
import { isDigest } from '../image/reference.ts';
import type { Digest } from '../results/registry.ts';
import { absoluteEntries } from './exec.ts';
import type { SigningKey } from './key.ts';
import { type Statement, statementsOf } from './statement.ts';

/** The predicate type of a signature in bundle format: what tells it from any other attestation. */
export const SIGNATURE_TYPE = 'https://sigstore.dev/cosign/sign/v1';

const LEGACY_TYPE = 'cosign container image signature';

/** A signing config and a trusted root that name no service: nothing is published, nothing is contacted. */
export const NO_SERVICES = {
  signingConfig: JSON.stringify({
    mediaType: 'application/vnd.dev.sigstore.signingconfig.v0.2+json',
    rekorTlogConfig: {},
    tsaConfig: {},
  }),
  trustedRoot: JSON.stringify({ mediaType: 'application/vnd.dev.sigstore.trustedroot+json;version=0.1' }),
} as const;

export type SignatureFormat = 'bundle' | 'legacy';

export interface SignRequest {
  readonly image: string;
  readonly key: SigningKey;
  readonly format: SignatureFormat;
  readonly annotations: Readonly<Record<string, string>>;
  readonly transparencyLog: boolean;
  readonly signingConfig: string;
  readonly trustedRoot: string;
  /** Whether those two name Sigstore services of one's own, in place of the public ones. */
  readonly ownServices: boolean;
  readonly timeoutMs: number;
}

/**
 * The arguments of `cosign sign`. Every flag that matters is said, so that no default of another version
 * decides: cosign 3 publishes to the public log unless it is told not to, cosign 2 makes no bundles.
 * @throws Error for an image that is not named by its digest
 */
export function signArguments(request: SignRequest): string[] {
  return [
    'sign',
    ...makingArguments(request),
    ...annotationArguments(request.annotations),
    byDigest(request.image),
  ];
}

export interface AttestRequest extends Omit<SignRequest, 'annotations'> {
  /** The predicate's full type URI: by that cosign keeps the JSON as it is. */
  readonly type: string;
  readonly predicateFile: string;
}

/**
 * The arguments of `cosign attest`, as explicit as those of `sign`.
 * @throws Error for an image that is not named by its digest
 */
export function attestArguments(request: AttestRequest): string[] {
  const { type, predicateFile } = request;
  const what = [`--type=${type}`, `--predicate=${predicateFile}`];
  return ['attest', ...makingArguments(request), ...what, byDigest(request.image)];
}

function makingArguments(request: Omit<SignRequest, 'annotations' | 'image'>): string[] {
  const { key, format, transparencyLog, signingConfig, trustedRoot, ownServices } = request;
  const args = ['--yes', `--timeout=${seconds(request.timeoutMs)}`];
  if (key.kind === 'keyless') args.push('--oidc-provider=github-actions');
  else args.push(`--key=${keyReference(key)}`);
  const log = transparencyLog || key.kind === 'keyless';
  args.push(`--new-bundle-format=${format === 'bundle'}`);
  if (format === 'legacy') args.push('--use-signing-config=false', `--tlog-upload=${log}`);
  else if (log && !ownServices) args.push('--use-signing-config=true');
  else args.push(`--signing-config=${signingConfig}`, `--trusted-root=${trustedRoot}`);
  return args;
}

/** What a signature has to be made by: a public key, a KMS key, or an identity in a certificate. */
export type Verifier =
  | { readonly kind: 'key'; readonly reference: string }
  | { readonly kind: 'identity'; readonly identity: string; readonly issuer: string }
  /** An anchored regular expression (RE2) over identities. */
  | { readonly kind: 'identity-pattern'; readonly pattern: string; readonly issuer: string };

export interface VerifyRequest {
  readonly image: string;
  readonly verifier: Verifier;
  readonly format: SignatureFormat;
  readonly transparencyLog: boolean;
  readonly annotations: Readonly<Record<string, string>>;
  /** Used where no log is: without one cosign 2 asks the public TUF repository for it. */
  readonly trustedRoot: string;
  readonly ownServices: boolean;
  readonly timeoutMs: number;
}

/**
 * The arguments that verify a signature. For a bundle that is `verify-attestation` with the signature's own
 * type: `verify` accepts any attestation by the key, one of failure included.
 * @throws Error for an image that is not named by its digest
 */
export function verifyArguments(request: VerifyRequest): string[] {
  const { format, annotations } = request;
  if (format === 'bundle') return verifyAttestationArguments(request, SIGNATURE_TYPE);
  const args = ['verify', '--new-bundle-format=false', ...checkingArguments(request)];
  // verify-attestation has no such flag: provesBundle checks the annotations of a bundle.
  return [...args, ...annotationArguments(annotations), byDigest(request.image)];
}

/**
 * The arguments that verify the attestations of one type; cosign prints those that hold.
 * @throws Error for an image that is not named by its digest
 */
export function verifyAttestationArguments(
  request: Omit<VerifyRequest, 'annotations'>,
  type: string,
): string[] {
  const format = `--new-bundle-format=${request.format === 'bundle'}`;
  const args = ['verify-attestation', `--type=${type}`, format];
  return [...args, ...checkingArguments(request), byDigest(request.image)];
}

function checkingArguments(request: Omit<VerifyRequest, 'annotations' | 'image'>): string[] {
  const { verifier, transparencyLog } = request;
  const args = ['--output=json', '--check-claims=true', `--timeout=${seconds(request.timeoutMs)}`];
  if (verifier.kind === 'key') args.push(`--key=${verifier.reference}`);
  else {
    args.push(
      verifier.kind === 'identity'
        ? `--certificate-identity=${verifier.identity}`
        : `--certificate-identity-regexp=${verifier.pattern}`,
      `--certificate-oidc-issuer=${verifier.issuer}`,
    );
  }
  const logged = transparencyLog || verifier.kind !== 'key';
  args.push(`--insecure-ignore-tlog=${!logged}`);
  if (!logged || request.ownServices) args.push(`--trusted-root=${request.trustedRoot}`);
  return args;
}

/**
 * The flag takes a line of CSV: unquoted, a comma in a value would end it, and what follows would become an
 * annotation of its own.
 */
function annotationArguments(annotations: Readonly<Record<string, string>>): string[] {
  return Object.entries(annotations).map(([name, value]) => {
    const pair = `${name}=${value}`;
    return `--annotations=${/[",]/.test(pair) ? `"${pair.replaceAll('"', '""')}"` : pair}`;
  });
}

/**
 * The arguments that print the bundles of one predicate type, not verified, one a line. (`--bundle` of `sign` and
 * `attest` is no way to a copy: with it and a signing config cosign 3.0.6 attaches nothing.)
 * @throws Error for an image that is not named by its digest
 */
export function downloadArguments(image: string, type: string, timeoutMs: number): string[] {
  const timeout = `--timeout=${seconds(timeoutMs)}`;
  return ['download', 'attestation', `--predicate-type=${type}`, timeout, byDigest(image)];
}

/** The arguments that print a key's public half. */
export function publicKeyArguments(key: SigningKey & { kind: 'kms' | 'file' }): string[] {
  return ['public-key', `--key=${keyReference(key)}`];
}

function keyReference(key: SigningKey & { kind: 'kms' | 'file' }): string {
  return key.kind === 'kms' ? key.reference : key.path;
}

function byDigest(image: string): string {
  const digest = image.slice(image.indexOf('@') + 1);
  if (!isDigest(digest)) throw new Error(`cosign is only ever given digests, not ${image}`);
  return image;
}

function seconds(ms: number): string {
  return `${Math.max(1, Math.ceil(ms / 1000))}s`;
}

const PASSED_ON = [
  'PATH',
  'TMPDIR',
  'TEMP',
  'TMP',
  'SystemRoot',
  'HTTPS_PROXY',
  'https_proxy',
  'HTTP_PROXY',
  'http_proxy',
  'NO_PROXY',
  'no_proxy',
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
];

/**
 * The variables from which the AWS SDK for Go, or a credential process, takes credentials, region and endpoints. All other
 * AWS_ variables are left out, above all AWS_TLS_INSECURE_SKIP_VERIFY: with it sigstore's client does not check the
 * certificate of KMS.
 * Source: aws-sdk-go-v2, config/env_config.go, and sigstore, pkg/signature/kms/aws/client.go.
 */
const PASSED_ON_OF_AWS = new Set([
  'AWS_ACCESS_KEY',
  'AWS_ACCESS_KEY_ID',
  'AWS_ACCOUNT_ID',
  'AWS_ACCOUNT_ID_ENDPOINT_MODE',
  'AWS_CA_BUNDLE',
  'AWS_CONFIG_FILE',
  'AWS_CONTAINER_AUTHORIZATION_TOKEN',
  'AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE',
  'AWS_CONTAINER_CREDENTIALS_FULL_URI',
  'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
  'AWS_DEFAULTS_MODE',
  'AWS_DEFAULT_PROFILE',
  'AWS_DEFAULT_REGION',
  'AWS_EC2_METADATA_DISABLED',
  'AWS_EC2_METADATA_SERVICE_ENDPOINT',
  'AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE',
  'AWS_EC2_METADATA_V1_DISABLED',
  'AWS_ENDPOINT_URL',
  'AWS_ENDPOINT_URL_KMS',
  'AWS_ENDPOINT_URL_SIGNIN',
  'AWS_ENDPOINT_URL_SSO',
  'AWS_ENDPOINT_URL_SSO_OIDC',
  'AWS_ENDPOINT_URL_STS',
  'AWS_IGNORE_CONFIGURED_ENDPOINT_URLS',
  'AWS_LOGIN_CACHE_DIRECTORY',
  'AWS_MAX_ATTEMPTS',
  'AWS_METADATA_SERVICE_NUM_ATTEMPTS',
  'AWS_METADATA_SERVICE_TIMEOUT',
  'AWS_PROFILE',
  'AWS_REGION',
  'AWS_RETRY_MODE',
  'AWS_ROLE_ARN',
  'AWS_ROLE_SESSION_NAME',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SECRET_KEY',
  'AWS_SESSION_TOKEN',
  'AWS_SHARED_CREDENTIALS_FILE',
  'AWS_STS_REGIONAL_ENDPOINTS',
  'AWS_USE_DUALSTACK_ENDPOINT',
  'AWS_USE_FIPS_ENDPOINT',
  'AWS_WEB_IDENTITY_TOKEN_FILE',
]);
const OIDC = ['ACTIONS_ID_TOKEN_REQUEST_URL', 'ACTIONS_ID_TOKEN_REQUEST_TOKEN'];

export interface ChildSettings {
  /** A private directory: cosign's HOME, DOCKER_CONFIG and TUF cache. */
  readonly home: string;
  /** Undefined where nothing is asked of AWS. */
  readonly region: string | undefined;
  /** `none`: nothing secret is needed, as for verifying. */
  readonly key: SigningKey['kind'] | 'none';
  /** PATH after its entries were checked; default: the absolute entries of the parent's. */
  readonly searchPath?: string | undefined;
}

/**
 * The environment cosign runs in: what it needs and nothing else. cosign takes every flag from COSIGN_
 * variables too, so a stray one could turn its checks off; only what is set here gets through.
 */
export function childEnvironment(
  parent: Readonly<Record<string, string | undefined>>,
  { home, region, key, searchPath }: ChildSettings,
): Record<string, string> {
  const environment: Record<string, string> = {};
  const keep = (name: string) => {
    const value = parent[name];
    if (value !== undefined) environment[name] = value;
  };
  for (const name of PASSED_ON) keep(name);
  // A wrapper or a credential process that is called by its name must not come from the checkout either. On Windows
  // the shell that calls it would look there first.
  if (searchPath !== undefined) environment.PATH = searchPath;
  else if (environment.PATH !== undefined) {
    environment.PATH = absoluteEntries(environment.PATH).join(delimiter);
  }
  if (process.platform === 'win32') environment.NoDefaultCurrentDirectoryInExePath = '1';
  for (const [name, value] of Object.entries(parent)) {
    // On Windows the case of a name does not matter.
    const variable = process.platform === 'win32' ? name.toUpperCase() : name;
    if (PASSED_ON_OF_AWS.has(variable) && value !== undefined) environment[variable] = value;
  }
  if (key === 'keyless') for (const name of OIDC) keep(name);
  if (key === 'file') {
    // Without one cosign would ask a terminal that is not there.
    environment.COSIGN_PASSWORD = parent.COSIGN_PASSWORD ?? '';
  }
  const userHome = parent.HOME ?? parent.USERPROFILE;
  if (userHome !== undefined) {
    // The profile files of the SDK are looked for below HOME, which is another one for the child.
    environment.AWS_CONFIG_FILE ??= `${userHome}/.aws/config`;
    environment.AWS_SHARED_CREDENTIALS_FILE ??= `${userHome}/.aws/credentials`;
  }
  // cosign does not read the region in a key's ARN.
  if (region !== undefined) environment.AWS_REGION = region;
  return { ...environment, HOME: home, DOCKER_CONFIG: home, TUF_ROOT: `${home}/tuf` };
}

/**
 * Whether the output of `verify-attestation` holds a signature of exactly this digest with these
 * annotations: one DSSE envelope a line, already verified by cosign, whose exit code the caller checks.
 */
export function provesBundle(
  stdout: string,
  digest: Digest,
  annotations: Readonly<Record<string, string>> = {},
): boolean {
  return statementsOf(stdout).some((statement) => isSignature(statement, digest, annotations));
}

/** Whether a statement is a signature of this digest with these annotations. */
export function isSignature(
  { predicateType, subjects }: Statement,
  digest: Digest,
  annotations: Readonly<Record<string, string>>,
): boolean {
  return (
    predicateType === SIGNATURE_TYPE &&
    subjects.some((subject) => subject.digest === digest && holds(subject.annotations, annotations))
  );
}

/**
 * The last of the downloaded bundles whose envelope is among those that cosign verified and printed, and whose
 * statement is wanted; undefined where there is none.
 */
export function verifiedBundle(
  downloaded: string,
  verified: string,
  isWanted: (statement: Statement) => boolean,
): string | undefined {
  const envelopes = new Set(verified.split('\n').flatMap((line) => envelopeKey(line, isWanted) ?? []));
  return downloaded.split('\n').findLast((line) => {
    try {
      const { dsseEnvelope } = JSON.parse(line) as { dsseEnvelope?: unknown };
      const key = envelopeKey(JSON.stringify(dsseEnvelope) ?? '', isWanted);
      return key !== undefined && envelopes.has(key);
    } catch {
      return false;
    }
  });
}

/** What makes an envelope this one: its payload and its signatures. */
function envelopeKey(line: string, isWanted: (statement: Statement) => boolean): string | undefined {
  const [statement] = statementsOf(line);
  if (statement === undefined || !isWanted(statement)) return undefined;
  const { payload, signatures } = JSON.parse(line) as { payload: string; signatures?: unknown };
  const all: unknown[] = Array.isArray(signatures) ? signatures : [];
  return JSON.stringify([payload, all.map((one) => (one as { sig?: unknown } | null)?.sig)]);
}

/** What provesBundle is for bundles, for the JSON array that `verify` prints of legacy signatures. */
export function provesLegacy(
  stdout: string,
  digest: Digest,
  annotations: Readonly<Record<string, string>> = {},
): boolean {
  try {
    const claims = JSON.parse(stdout) as {
      critical: { image: { 'docker-manifest-digest': string }; type: string };
      optional: Record<string, string> | null;
    }[];
    return claims.some(
      ({ critical, optional }) =>
        critical.type === LEGACY_TYPE &&
        critical.image['docker-manifest-digest'] === digest &&
        holds(optional ?? undefined, annotations),
    );
  } catch {
    return false;
  }
}

function holds(
  actual: Readonly<Record<string, unknown>> | undefined,
  wanted: Readonly<Record<string, string>>,
): boolean {
  return Object.entries(wanted).every(([name, value]) => actual?.[name] === value);
}

/** Whether a push failed because its tag is there already and may not move. */
export function isTagTaken(message: string): boolean {
  return /TAG_INVALID|tag is immutable/.test(message);
}

export interface Failure {
  readonly message: string;
  readonly nextStep: string | undefined;
  /** Worth another try: the network, throttling, or the service itself. */
  readonly transient: boolean;
}

const KEY_OF_OTHER_USE = 'The key must be asymmetric: usage SIGN_VERIFY, spec ECC_NIST_P256.';

const HINTS: readonly (readonly [RegExp, string])[] = [
  [
    /KMS: (?:GetPublicKey|DescribeKey),.*AccessDenied/s,
    'Allow kms:DescribeKey and kms:GetPublicKey on the key for the role of this job, and kms:Sign to sign with it.',
  ],
  [
    /KMS: (\w+),.*AccessDenied/s,
    'Allow kms:DescribeKey, kms:GetPublicKey and kms:Sign on the signing key for the role of this job.',
  ],
  [/DisabledException|is disabled|KMSInvalidState/, 'Enable the signing key in KMS, or use another one.'],
  [/Missing Region/, 'Set AWS_REGION for this step.'],
  [
    /failed to refresh cached credentials|get identity: get credentials|ExpiredToken|UnrecognizedClient/,
    'Run aws-actions/configure-aws-credentials in this job, before this step; credentials must outlast the wait.',
  ],
  [/UnsupportedOperationException|InvalidKeyUsage|unsupported key/i, KEY_OF_OTHER_USE],
  [/NotFoundException|Alias .* is not found/, 'Check the key’s ARN or alias, its account and its region.'],
  [
    /TAG_INVALID|tag is immutable/,
    'The repository’s tags are immutable: use signature-format: bundle, or exclude sha256-* from immutability.',
  ],
  [
    /encrypted: decryption failed/,
    'Put the key file’s password into the environment variable COSIGN_PASSWORD of this step.',
  ],
  [/invalid pem block/, 'The key file must be a private key made by cosign generate-key-pair.'],
  [/no such file or directory/, 'Check the path of the key file; a KMS key is written awskms:///ARN.'],
  [
    /unexpected status code 40[13]|UNAUTHORIZED|DENIED/,
    'Allow ecr:BatchGetImage, ecr:GetDownloadUrlForLayer and ecr:ListImageReferrers on the repository, and to sign the push actions: ecr:InitiateLayerUpload, ecr:UploadLayerPart, ecr:CompleteLayerUpload, ecr:BatchCheckLayerAvailability, ecr:PutImage.',
  ],
  [
    /ACTIONS_ID_TOKEN|fetching ambient OIDC credentials|device flow/,
    'Add "permissions: id-token: write" to the job.',
  ],
];

const AGAIN = 'Run the step again: what failed passes as a rule, and was tried more than once.';

// The last line: what the clients of Fulcio, Rekor (both versions), the timestamp authority and TUF say.
const TRANSIENT = new RegExp(
  [
    'unexpected status code (?:429|5\\d\\d)|StatusCode: 5\\d\\d|Throttling|TooManyRequests|TOOMANYREQUESTS',
    'connection reset|connection refused|EOF|i/o timeout|TLS handshake timeout|context deadline exceeded',
    'no such host|network is unreachable|server misbehaving',
    // Registries that explain themselves are quoted without their HTTP status.
    '\\b(?:UNKNOWN|UNAVAILABLE): ',
    '(?:returned|response:|\\]\\[) ?(?:408|429|5\\d\\d)|tuf refresh failed',
  ].join('|'),
);

/** How much of a line is looked at: what a registry or KMS answers is quoted in it. */
const LONGEST_LINE = 8_000;

/** Of the attestations that cosign was asked for: there are none by this signer, or those there are have another type. */
export type Found = 'nothing' | 'other-types';

/**
 * What cosign says that it found when it fails for want of what was asked for; undefined for every other failure. Its
 * first error counts: what follows in the same message quotes what others have attached.
 */
export function foundBy(stderr: string): Found | undefined {
  const error = stderr.split(/\r?\n/).find((line) => line.startsWith('Error: ')) ?? '';
  if (error.startsWith('Error: none of the attestations matched the predicate type: ')) return 'other-types';
  const nothing = /^Error: (?:no matching attestations|no signatures found|no matching signatures)\b/;
  return nothing.test(error) ? 'nothing' : undefined;
}

/** What cosign's error output means. It says everything twice and warns in between; the last error counts. */
export function explainFailure(stderr: string): Failure {
  const lines = stderr
    .split(/\r?\n/)
    .map((line) => line.slice(0, LONGEST_LINE).trim())
    .filter((line) => line !== '');
  const panic = lines.find((line) => /^(?:panic|fatal error): /.test(line));
  if (panic !== undefined) {
    // A key for another use has no signing algorithms, and sigstore's client takes the first of them.
    const nextStep = stderr.includes('kms/aws.(*cmk).HashFunc') ? KEY_OF_OTHER_USE : undefined;
    return { message: `it crashed (${panic})`, nextStep, transient: false };
  }
  const error =
    lines.findLast((line) => /^Error: /.test(line)) ?? lines.findLast((line) => !/^WARNING/.test(line));
  const message =
    error?.replace(/^Error: /, '').replace(/^error during command execution: /, '') ?? 'it printed nothing';
  const transient = TRANSIENT.test(message);
  const hint = HINTS.find(([pattern]) => pattern.test(message))?.[1];
  return { message, nextStep: hint ?? (transient ? AGAIN : undefined), transient };
}
