/** The arguments of cosign. Pure. */

import { isDigest } from '../../image/reference.ts';
import type { SigningKey } from '../key.ts';

/** The predicate type of a signature in bundle format. It distinguishes a signature from other attestations. */
export const SIGNATURE_TYPE = 'https://sigstore.dev/cosign/sign/v1';

/** A signing config and a trusted root that name no service, so that nothing is published or contacted. */
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
  /** Whether `signingConfig` and `trustedRoot` name private Sigstore services. */
  readonly ownServices: boolean;
  readonly timeoutMs: number;
}

/**
 * The arguments of `cosign sign`. Every flag that matters is set, so that no default of a version decides: cosign 3
 * publishes to the public log by default, cosign 2 makes no bundles by default.
 * @throws Error if the image is not named by its digest
 */
export function signArguments(request: SignRequest): string[] {
  return [
    'sign',
    ...createArguments(request),
    ...annotationArguments(request.annotations),
    byDigest(request.image),
  ];
}

export interface AttestRequest extends Omit<SignRequest, 'annotations'> {
  /** The full type URI of the predicate: with it, cosign does not change the JSON. */
  readonly type: string;
  readonly predicateFile: string;
}

/**
 * The arguments of `cosign attest`, as explicit as those of `sign`.
 * @throws Error if the image is not named by its digest
 */
export function attestArguments(request: AttestRequest): string[] {
  const { type, predicateFile } = request;
  const what = [`--type=${type}`, `--predicate=${predicateFile}`];
  return ['attest', ...createArguments(request), ...what, byDigest(request.image)];
}

function createArguments(request: Omit<SignRequest, 'annotations' | 'image'>): string[] {
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

/** Whose signatures count: those of a public key, a KMS key, or an identity in a certificate. */
export type Verifier =
  | {
      readonly kind: 'key';
      readonly reference: string;
      /** The key itself as PEM, where the reference is a temporary file. */
      readonly publicKey?: string | undefined;
    }
  | { readonly kind: 'identity'; readonly identity: string; readonly issuer: string }
  /** An anchored regular expression (RE2) that the identity has to match. */
  | { readonly kind: 'identity-pattern'; readonly pattern: string; readonly issuer: string };

export interface VerifyRequest {
  readonly image: string;
  readonly verifier: Verifier;
  readonly format: SignatureFormat;
  readonly transparencyLog: boolean;
  readonly annotations: Readonly<Record<string, string>>;
  /** Used where no log is required: without it, cosign 2 downloads one from the public TUF repository. */
  readonly trustedRoot: string;
  readonly ownServices: boolean;
  readonly timeoutMs: number;
  /** Whether a timestamp authority must have signed the time, instead of the log. */
  readonly timestampInsteadOfLog?: boolean | undefined;
  /** true: the trusted root names no log of certificates, so that none has to contain the certificate. */
  readonly ignoresCertificateLog?: boolean | undefined;
}

/**
 * The arguments that verify a signature. For a bundle, this is `verify-attestation` with the type of a signature:
 * `cosign verify` accepts any attestation by the key as a signature, also one that says FAILED.
 * @throws Error if the image is not named by its digest
 */
export function verifyArguments(request: VerifyRequest): string[] {
  const { format, annotations } = request;
  if (format === 'bundle') return verifyAttestationArguments(request, SIGNATURE_TYPE);
  const args = ['verify', '--new-bundle-format=false', ...checkArguments(request)];
  // verify-attestation has no flag for annotations: provesBundle checks those of a bundle.
  return [...args, ...annotationArguments(annotations), byDigest(request.image)];
}

/**
 * The arguments that verify the attestations of one type. cosign prints those that are valid.
 * @throws Error if the image is not named by its digest
 */
export function verifyAttestationArguments(
  request: Omit<VerifyRequest, 'annotations'>,
  type: string,
): string[] {
  const format = `--new-bundle-format=${request.format === 'bundle'}`;
  const args = ['verify-attestation', `--type=${type}`, format];
  return [...args, ...checkArguments(request), byDigest(request.image)];
}

function checkArguments(request: Omit<VerifyRequest, 'annotations' | 'image'>): string[] {
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
  const { timestampInsteadOfLog = false, ignoresCertificateLog = false } = request;
  const logged = !timestampInsteadOfLog && (transparencyLog || verifier.kind !== 'key');
  args.push(`--insecure-ignore-tlog=${!logged}`);
  if (timestampInsteadOfLog) args.push('--use-signed-timestamps=true');
  if (ignoresCertificateLog) args.push('--insecure-ignore-sct=true');
  // A timestamp is verified with the authorities of a trusted root.
  const isOffline = !logged && !timestampInsteadOfLog;
  if (isOffline || request.ownServices) args.push(`--trusted-root=${request.trustedRoot}`);
  return args;
}

/**
 * The flag is parsed as a line of CSV: without quotes, a comma would end the value, and the rest would become another
 * annotation.
 */
export function annotationArguments(annotations: Readonly<Record<string, string>>): string[] {
  return Object.entries(annotations).map(([name, value]) => {
    const pair = `${name}=${value}`;
    return `--annotations=${/[",]/.test(pair) ? `"${pair.replaceAll('"', '""')}"` : pair}`;
  });
}

/**
 * The arguments that print the bundles of one predicate type, not verified, one per line. The flag `--bundle` of `sign` and
 * `attest` is not used for this: with it and a signing config, cosign 3.0.6 attaches nothing.
 * @throws Error if the image is not named by its digest
 */
export function downloadArguments(image: string, type: string, timeoutMs: number): string[] {
  const timeout = `--timeout=${seconds(timeoutMs)}`;
  return ['download', 'attestation', `--predicate-type=${type}`, timeout, byDigest(image)];
}

/** The arguments that print the public key of a signing key. */
export function publicKeyArguments(key: SigningKey & { kind: 'kms' | 'file' }): string[] {
  return ['public-key', `--key=${keyReference(key)}`];
}

/**
 * The arguments that verify a bundle of a file. Used with a bundle that cannot be valid, to find out whether cosign can use
 * a KMS key: it then calls GetPublicKey and DescribeKey and chooses a signing algorithm, but signs nothing.
 */
export function verifyBlobArguments(
  key: SigningKey & { kind: 'kms' },
  files: { readonly bundle: string; readonly blob: string; readonly trustedRoot: string },
): string[] {
  const flags = ['--new-bundle-format=true', '--insecure-ignore-tlog=true'];
  return [
    ...['verify-blob', `--key=${key.reference}`, `--bundle=${files.bundle}`],
    ...[`--trusted-root=${files.trustedRoot}`, ...flags, files.blob],
  ];
}

function keyReference(key: SigningKey & { kind: 'kms' | 'file' }): string {
  return key.kind === 'kms' ? key.reference : key.path;
}

function byDigest(image: string): string {
  const digest = image.slice(image.indexOf('@') + 1);
  if (!isDigest(digest)) throw new Error(`cosign is called with digests only, not with ${image}`);
  return image;
}

function seconds(ms: number): string {
  return `${Math.max(1, Math.ceil(ms / 1000))}s`;
}
