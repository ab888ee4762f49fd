/** Maps cosign's error output to causes and next steps. Pure. */

/** Whether a push failed because its tag exists and is immutable. */
export function isTagTaken(message: string): boolean {
  return /TAG_INVALID|tag is immutable/.test(message);
}

export interface Failure {
  readonly message: string;
  readonly nextStep: string | undefined;
  /** Whether another attempt may succeed: a failure of the network or the service, or throttling. */
  readonly transient: boolean;
}

const KEY_OF_OTHER_USE = 'Use an asymmetric key with the usage SIGN_VERIFY and the spec ECC_NIST_P256.';

const HINTS: readonly (readonly [RegExp, string])[] = [
  [
    /KMS: (?:GetPublicKey|DescribeKey),.*AccessDenied/s,
    'Allow kms:DescribeKey and kms:GetPublicKey on the key for the role of this job, and kms:Sign to sign with it.',
  ],
  [
    /KMS: (\w+),.*AccessDenied/s,
    'Allow kms:DescribeKey, kms:GetPublicKey and kms:Sign on the signing key for the role of this job.',
  ],
  [/DisabledException|is disabled|KMSInvalidState/, 'Enable the signing key in KMS, or use another key.'],
  [/Missing Region/, 'Set AWS_REGION for this step.'],
  [
    /failed to refresh cached credentials|get identity: get credentials|ExpiredToken|UnrecognizedClient/,
    'Run aws-actions/configure-aws-credentials in this job before this step. The credentials must stay valid until the end of the wait.',
  ],
  [
    /UnsupportedOperationException|InvalidKeyUsage|unsupported (?:key|elliptic curve)|unknown public key algorithm/i,
    KEY_OF_OTHER_USE,
  ],
  [
    /NotFoundException|Alias .* is not found/,
    'Check the ARN or alias of the key, its account and its region.',
  ],
  [
    /TAG_INVALID|tag is immutable/,
    'The tags of this repository are immutable. Use signature-format: bundle, or exclude sha256-* from tag immutability.',
  ],
  [
    /encrypted: decryption failed/,
    'Set the environment variable COSIGN_PASSWORD of this step to the password of the key file.',
  ],
  [/invalid pem block/, 'Use a private key that cosign generate-key-pair created.'],
  [/no such file or directory/, 'Check the path of the key file. A KMS key is written awskms:///ARN.'],
  [
    /unexpected status code 40[13]|UNAUTHORIZED|DENIED/,
    'Allow ecr:BatchGetImage, ecr:GetDownloadUrlForLayer and ecr:ListImageReferrers on the repository. Signing also requires ecr:InitiateLayerUpload, ecr:UploadLayerPart, ecr:CompleteLayerUpload, ecr:BatchCheckLayerAvailability and ecr:PutImage.',
  ],
  [
    /ACTIONS_ID_TOKEN|fetching ambient OIDC credentials|device flow/,
    'Add "permissions: id-token: write" to the job.',
  ],
];

const AGAIN = 'Every attempt failed, but such failures are usually temporary. Run the step again.';

// The last line: the errors of the clients of Fulcio, Rekor (both versions), the timestamp authority and TUF.
const TRANSIENT = new RegExp(
  [
    'unexpected status code (?:429|5\\d\\d)|StatusCode: 5\\d\\d|Throttling|TooManyRequests|TOOMANYREQUESTS',
    'connection reset|connection refused|EOF|i/o timeout|TLS handshake timeout|context deadline exceeded',
    'no such host|network is unreachable|server misbehaving',
    // If a registry gives a reason, cosign prints it without the HTTP status.
    '\\b(?:UNKNOWN|UNAVAILABLE): ',
    '(?:returned|response:|\\]\\[) ?(?:408|429|5\\d\\d)|tuf refresh failed',
  ].join('|'),
);

/** Whether a message is about the network, an unavailable service or throttling, so that another attempt may succeed. */
export function isTransient(message: string): boolean {
  return TRANSIENT.test(message);
}

/** How much of a line is read: cosign quotes the answers of registry and KMS. */
const MOST_LINE_CHARACTERS = 8_000;

/** Why cosign found no attestation: there are none by this signer, or they all have another type. */
export type Found = 'nothing' | 'other-types';

/**
 * What cosign determined where it fails because there is no matching attestation; undefined for every other failure. The
 * first error counts: the rest of the message quotes what others have attached.
 */
export function foundBy(stderr: string): Found | undefined {
  const error = stderr.split(/\r?\n/).find((line) => line.startsWith('Error: ')) ?? '';
  if (error.startsWith('Error: none of the attestations matched the predicate type: ')) return 'other-types';
  const nothing = /^Error: (?:no matching attestations|no signatures found|no matching signatures)\b/;
  return nothing.test(error) ? 'nothing' : undefined;
}

/** What cosign's error output means. It prints every error twice, with warnings in between; the last error counts. */
export function explainFailure(stderr: string): Failure {
  const lines = stderr
    .split(/\r?\n/)
    .map((line) => line.slice(0, MOST_LINE_CHARACTERS).trim())
    .filter((line) => line !== '');
  const panic = lines.find((line) => /^(?:panic|fatal error): /.test(line));
  if (panic !== undefined) {
    // A key for another use has no signing algorithms, and sigstore's client reads the first one.
    const nextStep = /kms\/aws\.\(\*cmk\)\.(?:HashFunc|Verifier)/.test(stderr) ? KEY_OF_OTHER_USE : undefined;
    return { message: `it crashed (${panic})`, nextStep, transient: false };
  }
  const error =
    lines.findLast((line) => /^Error: /.test(line)) ?? lines.findLast((line) => !/^WARNING/.test(line));
  // After a colon cosign prints what each attestation lacks, in lines of their own. Without any, the colon remains.
  const message =
    error
      ?.replace(/^Error: /, '')
      .replace(/^error during command execution: /, '')
      .replace(/:$/, '') ?? 'it printed nothing';
  const transient = isTransient(message);
  const hint = HINTS.find(([pattern]) => pattern.test(message))?.[1];
  return { message, nextStep: hint ?? (transient ? AGAIN : undefined), transient };
}
