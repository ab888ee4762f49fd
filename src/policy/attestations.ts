/** The attestations that a policy requires: their syntax, and whether a predicate satisfies the conditions. Pure. */

import { createPublicKey } from 'node:crypto';
import * as v from 'valibot';
import type { AttestationSigner, RequiredAttestation } from '../results/attestation.ts';
import { GITHUB_ISSUER, issuerOf } from '../results/issuer.ts';
import { clip } from '../text.ts';
import { duration, exampleAsWritten, flag, globs, sourceRepositories } from './fields.ts';
import { matchesAny } from './globs.ts';
import { MAX_ATTESTATIONS, MAX_PUBLIC_KEY, MAX_TRUSTED_ROOT, MAX_URI } from './limits.ts';
import type { Fail } from './schema.ts';
import type { Path } from './source.ts';

/** SLSA provenance. Source: https://slsa.dev/spec/v1.1/provenance and https://slsa.dev/spec/v0.2/provenance */
const PROVENANCE_V1 = 'https://slsa.dev/provenance/v1';
const PROVENANCE_V02 = 'https://slsa.dev/provenance/v0.2';

const IDENTITY = 'https://github.com/team/app/.github/workflows/build.yml@refs/heads/main';
const KEY = 'arn:aws:kms:eu-central-1:123456789012:alias/build';

// A KMS key with the partitions that sigstore's provider accepts, or a public key. The groups have no names, because the
// expression is part of the JSON Schema, and not every editor supports them.
const KEY_FORMAT =
  /^(?:(?:awskms:\/\/\/)?(arn:aws(?:-us-gov|-cn)?:kms:([a-z0-9-]+):\d{12}:(?:key\/[A-Za-z0-9-]+|alias\/[A-Za-z0-9/_-]+))|\s*-----BEGIN PUBLIC KEY-----[A-Za-z0-9+/=\s]+-----END PUBLIC KEY-----\s*)$/;
const KEY_MESSAGE =
  'expected the ARN of a KMS key, or a public key that begins with -----BEGIN PUBLIC KEY-----';
const TYPE_MESSAGE = `expected the full URI of a predicate type, such as ${PROVENANCE_V1}`;
const IDENTITY_MESSAGE =
  'expected the exact identity in the certificate, without globs, such as the workflow with its ref';
const ISSUER_MESSAGE = 'expected an https URL';

function uri(pattern: RegExp, message: string) {
  return v.pipe(
    v.string(message),
    v.maxLength(MAX_URI, `expected at most ${MAX_URI} characters`),
    v.regex(pattern, message),
  );
}

const attestation = v.strictObject({
  type: v.pipe(
    uri(/^[A-Za-z][A-Za-z0-9+.-]*:[!-~]+$/, TYPE_MESSAGE),
    v.description('The type of the predicate, as a full URI.'),
    v.examples([PROVENANCE_V1]),
  ),
  key: v.optional(
    v.pipe(
      v.string(KEY_MESSAGE),
      v.maxLength(MAX_PUBLIC_KEY, `expected at most ${MAX_PUBLIC_KEY} characters`),
      v.regex(KEY_FORMAT, KEY_MESSAGE),
      v.description('The key that must have signed: the ARN of a KMS key, or a public key in PEM.'),
      v.examples([KEY]),
    ),
  ),
  'certificate-identity': v.optional(
    v.pipe(
      uri(/^[!-)+-~]+$/, IDENTITY_MESSAGE),
      v.description(
        'The exact identity in the certificate of the signature, such as a workflow with its ref.',
      ),
      v.examples([IDENTITY]),
    ),
  ),
  'certificate-oidc-issuer': v.optional(
    v.pipe(
      uri(/^https:\/\/[!-~]+$/, ISSUER_MESSAGE),
      v.description(
        'The exact issuer in that certificate. Default: that of the GitHub server that the identity names.',
      ),
      v.examples([GITHUB_ISSUER]),
    ),
  ),
  'trusted-root': v.optional(
    v.pipe(
      v.string('expected a Sigstore trusted root, as JSON'),
      v.maxLength(MAX_TRUSTED_ROOT, `expected at most ${MAX_TRUSTED_ROOT} characters`),
      v.regex(/^\s*\{[\s\S]*\}\s*$/, 'expected a Sigstore trusted root, as JSON'),
      v.description('The Sigstore trusted root, as JSON. Default: that of the public Sigstore services.'),
      v.examples(['{"mediaType":"application/vnd.dev.sigstore.trustedroot+json;version=0.1"}']),
    ),
  ),
  'transparency-log': v.optional(
    flag(
      'Whether a transparency log must contain the signature. Default: true for an identity, false for a key. For an identity, false requires a signed timestamp instead.',
      false,
    ),
  ),
  builder: v.optional(
    globs("The builder's ID, in SLSA provenance.", 'https://github.com/team/app/.github/workflows/*@refs/**'),
  ),
  'source-repository': v.optional(
    sourceRepositories('The repository of the source, in SLSA provenance, as https://HOST/OWNER/NAME.'),
  ),
  'max-age': v.optional(
    duration(
      'For an identity: the longest time since its certificate was issued, which is when it signed.',
      '30d',
    ),
  ),
});

/** The schema of a list of required attestations. */
export function requiredAttestations(description: string) {
  return v.pipe(
    v.array(attestation, 'expected a list of attestations'),
    v.description(description),
    exampleAsWritten([{ type: PROVENANCE_V1, 'certificate-identity': IDENTITY }]),
  );
}

type Written = v.InferOutput<typeof attestation>;

/**
 * Reads a list of required attestations, and checks what depends on several values.
 * @param path where the list is in the document
 * @throws GateError `input`
 */
export function attestationsFrom(written: readonly Written[], path: Path, fail: Fail): RequiredAttestation[] {
  if (written.length > MAX_ATTESTATIONS) {
    throw fail(
      [...path, MAX_ATTESTATIONS],
      `expected at most ${MAX_ATTESTATIONS} attestations, got ${written.length}`,
      'value',
      'Require fewer attestations.',
    );
  }
  return written.map((one, index) => requiredFrom(one, [...path, index], fail));
}

function requiredFrom(written: Written, path: Path, fail: Fail): RequiredAttestation {
  const { type } = written;
  if (isSummary(type)) {
    throw fail(
      [...path, 'type'],
      'is the type of a verification summary, which this list does not evaluate',
      'value',
      'Use the inputs policy, policy-digest or max-attestation-age of the verify action.',
    );
  }
  for (const condition of ['builder', 'source-repository'] as const) {
    if (written[condition] === undefined || type === PROVENANCE_V1 || type === PROVENANCE_V02) continue;
    throw fail(
      [...path, condition],
      'applies only to SLSA provenance, because other types do not have it',
      'key',
      `Remove ${condition}, or set type to ${PROVENANCE_V1}.`,
    );
  }
  const signer = signerFrom(written, path, fail);
  const isKey = signer.kind !== 'identity';
  const transparencyLog = written['transparency-log'] ?? !isKey;
  if (isKey && written['max-age'] !== undefined) {
    throw fail(
      [...path, 'max-age'],
      'applies only to an identity, because anyone can get a later timestamp for a signature by a key',
      'key',
      'Remove max-age, or replace key with certificate-identity.',
    );
  }
  const trustedRoot = written['trusted-root'];
  if (trustedRoot !== undefined) {
    if (!isTrustedRoot(trustedRoot)) {
      throw fail(
        [...path, 'trusted-root'],
        'expected the JSON of one Sigstore trusted root',
        'value',
        'Set trusted-root to one JSON object whose mediaType begins with application/vnd.dev.sigstore.trustedroot.',
      );
    }
    if (isKey && !transparencyLog) {
      throw fail(
        [...path, 'trusted-root'],
        'is not used, because a signature by a key uses no log and no timestamp authority',
        'key',
        'Remove trusted-root, or set transparency-log: true.',
      );
    }
  }
  return {
    type,
    signer,
    trustedRoot,
    transparencyLog,
    builder: written.builder,
    sourceRepository: written['source-repository'],
    maxAgeMs: written['max-age'],
  };
}

function signerFrom(written: Written, path: Path, fail: Fail): AttestationSigner {
  const { key, 'certificate-identity': identity, 'certificate-oidc-issuer': issuer } = written;
  if ((key === undefined) === (identity === undefined)) {
    throw fail(
      path,
      'expected exactly one of key and certificate-identity, which say whose attestations count',
      'value',
      `For example: certificate-identity: ${IDENTITY}`,
    );
  }
  if (identity !== undefined) return { kind: 'identity', identity, issuer: issuer ?? issuerOf(identity) };
  if (issuer !== undefined) {
    throw fail(
      [...path, 'certificate-oidc-issuer'],
      'is not used, because a signature by a key has no certificate',
      'key',
      'Remove certificate-oidc-issuer, or replace key with certificate-identity.',
    );
  }
  const [, arn, region] = KEY_FORMAT.exec(key ?? '') ?? [];
  if (arn !== undefined && region !== undefined)
    return { kind: 'kms', reference: `awskms:///${arn}`, region };
  const pem = (key ?? '').trim();
  try {
    createPublicKey(pem);
  } catch {
    throw fail(
      [...path, 'key'],
      'is not a public key',
      'value',
      'Set key to the output of: cosign public-key --key KEY',
    );
  }
  return { kind: 'public-key', pem: `${pem}\n` };
}

/** A verification summary has a result, which may be FAILED. The comparison is as tolerant as that for revocations. */
function isSummary(type: string): boolean {
  return type
    .toLowerCase()
    .replaceAll(/[^a-z]/g, '')
    .includes('verificationsummary');
}

function isTrustedRoot(text: string): boolean {
  try {
    const { mediaType } = (JSON.parse(text) ?? {}) as { mediaType?: unknown };
    return typeof mediaType === 'string' && mediaType.startsWith('application/vnd.dev.sigstore.trustedroot');
  } catch {
    return false;
  }
}

/** The source repository in a certificate. */
export type CertificateSource =
  /** There is no certificate, or it names no repository. */
  | { readonly kind: 'none' }
  | { readonly kind: 'known'; readonly uri: string }
  /** The certificate could not be read. */
  | { readonly kind: 'unreadable' };

/** How much of a text by others a message shows. */
const MOST_SHOWN = 200;

/**
 * Which condition a predicate does not satisfy, in words; undefined if it satisfies all of them. What is missing, has another
 * form than the type has, or contradicts itself satisfies no condition.
 * @param predicate of a statement whose signature was verified
 */
export function unmetCondition(
  { type, builder, sourceRepository }: RequiredAttestation,
  predicate: unknown,
  certificate: CertificateSource,
): string | undefined {
  if (builder !== undefined) {
    const id =
      type === PROVENANCE_V1 ? at(predicate, 'runDetails', 'builder', 'id') : at(predicate, 'builder', 'id');
    if (typeof id !== 'string' || id === '') return 'it does not name its builder';
    if (!matchesAny(builder, id)) return `its builder is ${shown(id)}, which the policy does not allow`;
  }
  return sourceRepository === undefined
    ? undefined
    : unmetSource(sourcesIn(type, predicate), sourceRepository, certificate);
}

function unmetSource(
  sources: readonly unknown[],
  allowed: readonly string[],
  certificate: CertificateSource,
): string | undefined {
  if (certificate.kind === 'unreadable') return 'its certificate could not be read';
  const [first, ...others] = sources;
  if (typeof first !== 'string' || first === '') return 'it does not name its source repository';
  const repository = repositoryOf(first);
  if (repository === undefined)
    return `its source is ${shown(first)}, which is not an https URL of a repository`;
  if (others.some((other) => typeof other !== 'string' || repositoryOf(other) !== repository)) {
    return `it names several source repositories, such as ${shown(repository)}`;
  }
  if (certificate.kind === 'known' && !isSameRepository(repositoryOf(certificate.uri), repository)) {
    return `its source repository is ${shown(repository)}, but its certificate was issued for ${shown(certificate.uri)}`;
  }
  if (!matchesAny(allowed, repository)) {
    return `its source repository is ${shown(repository)}, which the policy does not allow`;
  }
  return undefined;
}

/**
 * All places where provenance names the repository that the build started from. Source: SLSA v0.2 (`invocation.configSource`);
 * GitHub's build type for v1 (`workflow.repository`); BuildKit's for v1 (`configSource`).
 */
function sourcesIn(type: string, predicate: unknown): unknown[] {
  const found =
    type === PROVENANCE_V1
      ? [
          at(predicate, 'buildDefinition', 'externalParameters', 'workflow', 'repository'),
          at(predicate, 'buildDefinition', 'externalParameters', 'configSource', 'uri'),
        ]
      : [at(predicate, 'invocation', 'configSource', 'uri')];
  return found.filter((one) => one !== undefined);
}

/**
 * `https://HOST/PATH` of a repository in the form of a URL, of SPDX (`git+https://HOST/PATH@REF`) or of BuildKit
 * (`https://HOST/PATH.git#REF:DIRECTORY`); undefined for everything else.
 */
function repositoryOf(text: string): string | undefined {
  // The parser of URLs removes some characters, and replaces others.
  if (text.length > 2_000 || !/^[!-~]+$/.test(text) || /[\\%]/.test(text)) return undefined;
  let url: URL;
  try {
    url = new URL(text.replace(/^git\+/, ''));
  } catch {
    return undefined;
  }
  if (url.protocol !== 'https:' || url.username !== '' || url.password !== '') return undefined;
  const [path = ''] = url.pathname.split('@', 1);
  const name = path.replace(/\/$/, '').replace(/\.git$/, '');
  return /^(?:\/[A-Za-z0-9._~-]+)+$/.test(name) ? `https://${url.host}${name}` : undefined;
}

/** GitHub's names are the same in any case. */
function isSameRepository(a: string | undefined, b: string): boolean {
  return a?.toLowerCase() === b.toLowerCase();
}

/** A value within nested objects; undefined if one of them is not an object. */
function at(value: unknown, ...path: readonly string[]): unknown {
  let inner = value;
  for (const key of path) {
    if (typeof inner !== 'object' || inner === null || !Object.hasOwn(inner, key)) return undefined;
    inner = (inner as Record<string, unknown>)[key];
  }
  return inner;
}

function shown(text: string): string {
  return `"${clip(text, MOST_SHOWN)}"`;
}
