/** The arguments of notation, and what its output means. Pure. */
import * as v from 'valibot';
import { isDigest } from '../../image/reference.ts';
import type { Registry } from '../../results/registry.ts';
import { resourceUri, VERIFIER_ID } from '../statements/predicate.ts';
import type { SigningProfile } from './profile.ts';

/** The plugin of AWS Signer. Source: AWS Signer Developer Guide, "Install prerequisites". */
export const SIGNER_PLUGIN = 'com.amazonaws.signer.notation.plugin';

/** The name of the key in the private configuration. */
export const KEY_NAME = 'gate';

export type Metadata = Readonly<Record<string, string>>;

interface Repository {
  readonly registry: Pick<Registry, 'account' | 'region'>;
  readonly repository: string;
}

/**
 * What the gate signs together with the digest. Without it, every signature by the same identity would count, also one that
 * ECR's managed signing made when the image was pushed. Rules of a policy can depend on the repository, so it is named too.
 * @param policySha256 the digest of the policy as the verification summary names it, in hex; undefined: any policy
 */
export function verdictMetadata(
  { registry, repository }: Repository,
  policySha256: string | undefined,
): Metadata {
  return {
    [`${VERIFIER_ID}:verdict`]: 'PASSED',
    [`${VERIFIER_ID}:resource`]: resourceUri(registry, repository),
    ...(policySha256 === undefined ? {} : { [`${VERIFIER_ID}:policy`]: `sha256:${policySha256}` }),
  };
}

/**
 * What the gate signs with a named key in addition: which certificate the key has. A trust policy can trust several
 * certificates, and Notation does not report whose signature it verified.
 * @param fingerprint SHA-256 of the certificate, in lower-case hex
 */
export function certificateMetadata(fingerprint: string): Metadata {
  return { [`${VERIFIER_ID}:certificate`]: `sha256:${fingerprint}` };
}

/**
 * The arguments of `notation sign`. By default, notation writes a tag `sha256-HEX` even if the registry has the referrers
 * API; the second signature then fails in a repository with immutable tags.
 * @param profile undefined: the key `gate` of the private configuration
 * @throws Error if the image is not named by its digest
 */
export function signArguments(
  image: string,
  metadata: Metadata,
  profile: SigningProfile | undefined,
): string[] {
  const key =
    profile === undefined
      ? [`--key=${KEY_NAME}`]
      : [`--plugin=${SIGNER_PLUGIN}`, `--id=${profile.arn}`, ...regionArguments(profile.region)];
  return [
    ...['sign', '--force-referrers-tag=false', '--signature-format=jws'],
    ...key,
    ...metadataArguments(metadata),
    byDigest(image),
  ];
}

/**
 * The arguments of `notation verify`. With `--verbose` it prints why each signature does not count.
 * @param region of the signing profiles, where all have the same
 * @throws Error if the image is not named by its digest
 */
export function verifyArguments(image: string, metadata: Metadata, region: string | undefined): string[] {
  const plugin = region === undefined ? [] : regionArguments(region);
  return ['verify', '--verbose', ...plugin, ...metadataArguments(metadata), byDigest(image)];
}

/**
 * The arguments of `notation inspect`, which prints all signatures of an image and verifies none.
 * @throws Error if the image is not named by its digest
 */
export function inspectArguments(image: string): string[] {
  return ['inspect', '--output=json', byDigest(image)];
}

const Inspected = v.object({
  Signatures: v.array(
    v.object({
      userDefinedAttributes: v.nullish(v.record(v.string(), v.string()), {}),
      certificates: v.array(v.object({ SHA256Fingerprint: v.string() })),
    }),
  ),
});

/**
 * Whether the output of `notation inspect` shows at least one signature that names a certificate in its metadata, and none
 * that names it and is by another certificate. If notation also verified a signature with this metadata, it verified one by
 * this certificate.
 * Source of the output: notation v1.3.2, cmd/notation/inspect.go. The signing certificate is the first of its chain.
 * @param stdout of a call that ended with exit code 0, so that no signature was left out
 * @param fingerprint as for {@link certificateMetadata}
 */
export function isOnlyBy(stdout: string, fingerprint: string): boolean {
  let value: unknown;
  try {
    value = JSON.parse(stdout);
  } catch {
    return false;
  }
  const inspected = v.safeParse(Inspected, value);
  if (!inspected.success) return false;
  const [[name, wanted] = ['', '']] = Object.entries(certificateMetadata(fingerprint));
  const naming = inspected.output.Signatures.filter(
    ({ userDefinedAttributes }) => userDefinedAttributes?.[name] === wanted,
  );
  return (
    naming.length > 0 &&
    naming.every(({ certificates: [signing] }) => signing?.SHA256Fingerprint === fingerprint)
  );
}

/** The plugin does not read the region in the ARN. */
function regionArguments(region: string): string[] {
  return [`--plugin-config=aws-region=${region}`];
}

function metadataArguments(metadata: Metadata): string[] {
  return Object.entries(metadata).map(([name, value]) => `--user-metadata=${name}=${value}`);
}

function byDigest(image: string): string {
  const digest = image.slice(image.indexOf('@') + 1);
  if (!isDigest(digest)) throw new Error(`notation is called with digests only, not with ${image}`);
  return image;
}

/**
 * Whether the output of `notation verify` says that a signature of this image was verified, and that no check failed that
 * was only logged. The caller checks the exit code, which is 0 for unsigned images under the level skip.
 */
export function provesSignature(
  { stdout, stderr }: { stdout: string; stderr: string },
  image: string,
): boolean {
  const [first] = stdout.split(/\r?\n/);
  return (
    first === `Successfully verified signature for ${image}` && !/^Warning: .* was set to /m.test(stderr)
  );
}

/** The version in the output of `notation version`; undefined if there is none. */
export function parseVersion(stdout: string): string | undefined {
  return /^Version:\s+(v?\d+\.\d+\.\d+\S*)\s*$/m.exec(stdout)?.[1];
}

/**
 * Whether a version is supported: 1.3 or newer in 1.x, without pre-releases of 1.3.0. Others are untested.
 */
export function isSupported(version: string): boolean {
  const match = /^v?1\.(\d+)\.(\d+)(-\S+)?(?:\+\S+)?$/.exec(version);
  if (match === null) return false;
  const [minor, patch] = [Number(match[1]), Number(match[2])];
  return minor > 3 || (minor === 3 && (patch > 0 || match[3] === undefined));
}
