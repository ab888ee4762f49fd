/** Which versions of cosign are supported, and which one is downloaded. */

/** The version that is downloaded if PATH has no supported cosign. */
export const COSIGN_VERSION = 'v3.0.6';

/** The SHA-256 of its release files. Source: sigstore/cosign-installer, which pins the same values. */
export const COSIGN_CHECKSUMS: Readonly<Record<string, string>> = {
  'cosign-linux-amd64': 'c956e5dfcac53d52bcf058360d579472f0c1d2d9b69f55209e256fe7783f4c74',
  'cosign-linux-arm64': 'bedac92e8c3729864e13d4a17048007cfafa79d5deca993a43a90ffe018ef2b8',
  'cosign-linux-arm': '67bd25d32daff5664caf51208c95defcb2ad7ac1296f394fa677bb8bacee62f5',
  'cosign-linux-ppc64le': '08c3e5e0a09c440f49e9a69d8639d37fbec522ec8c5c0ac805243b098e6ea512',
  'cosign-linux-riscv64': 'e25952e798958b0f9168d044153ccc353f5469ca4b71a1707dffad0534d27017',
  'cosign-linux-s390x': '3cf4b769258ed9cc3c2a93268c0d5c1cc3fbd094af8df21035cbac8fb0d7c088',
  'cosign-darwin-amd64': '4c3e7af8372d3ca3296e62fa56f23fcbb5721cc6ac1827900d398f110d7cd280',
  'cosign-darwin-arm64': '5fadd012ae6381a6a29ff86a7d39aa873878852f1073fc90b15995961ecfb084',
  'cosign-windows-amd64.exe': '9b85a88ebff2d9dd30ff4984a6f61f2cedc232dd87d81fa7f2ff3c0ed96c241c',
};

const SYSTEMS: Readonly<Record<string, string>> = { linux: 'linux', darwin: 'darwin', win32: 'windows' };
const ARCHITECTURES: Readonly<Record<string, string>> = {
  x64: 'amd64',
  arm64: 'arm64',
  arm: 'arm',
  ppc64: 'ppc64le',
  riscv64: 'riscv64',
  s390x: 's390x',
};

/** The name of the release file for a platform in Node's terms; undefined if cosign has none. */
export function cosignAsset(platform: string, architecture: string): string | undefined {
  const name = `cosign-${SYSTEMS[platform]}-${ARCHITECTURES[architecture]}${platform === 'win32' ? '.exe' : ''}`;
  return Object.hasOwn(COSIGN_CHECKSUMS, name) ? name : undefined;
}

/** The version in the output of `cosign version --json`; undefined if there is none. */
export function parseVersion(stdout: string): string | undefined {
  try {
    const { gitVersion } = JSON.parse(stdout) as { gitVersion?: unknown };
    return typeof gitVersion === 'string' && /^v\d+\.\d+\.\d+/.test(gitVersion) ? gitVersion : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Whether a version is supported: it verifies predicate types (GHSA-w6c6-c85g-mmv6, fixed in 3.0.6 and 2.6.4) and has the
 * flags for the transparency log. Other major versions are untested.
 */
export function isSupported(version: string): boolean {
  const match = /^v(\d+)\.(\d+)\.(\d+)(-.+)?$/.exec(version);
  if (match === null) return false;
  const [major = 0, minor = 0, patch = 0] = match.slice(1, 4).map(Number);
  const atLeast = (wantedMinor: number, wantedPatch: number) =>
    minor > wantedMinor ||
    (minor === wantedMinor && (patch > wantedPatch || (patch === wantedPatch && match[4] === undefined)));
  return (major === 3 && atLeast(0, 6)) || (major === 2 && atLeast(6, 4));
}

/** The version to download, with the SHA-256 of the release file where this action does not contain it. */
export interface CosignVersion {
  readonly version: string;
  readonly sha256: string | undefined;
}

/**
 * Reads `v3.0.6`, whose checksums are known, or `vX.Y.Z@sha256:HEX`.
 * @throws Error that says what is wrong
 */
export function parseCosignVersion(text: string): CosignVersion {
  const match = /^(v\d+\.\d+\.\d+)(?:@sha256:([0-9a-f]{64}))?$/.exec(text);
  const [, version, sha256] = match ?? [];
  if (version === undefined) throw new Error('a version is written vX.Y.Z or vX.Y.Z@sha256:HEX');
  if (!isSupported(version))
    throw new Error('supported are cosign 3.0.6 or newer in 3.x, and 2.6.4 or newer in 2.x');
  if (version !== COSIGN_VERSION && sha256 === undefined) {
    throw new Error(
      `the checksum is only known for ${COSIGN_VERSION}; for this version write ${version}@sha256:HEX`,
    );
  }
  return { version, sha256 };
}

/**
 * What a supported version cannot do although the settings require it, in words; undefined if it can do everything.
 * cosign 2 leaves annotations out of bundles (sign.signDigestBundle). If an image has a bundle, cosign 2 ignores legacy
 * signatures, whichever format its flags name (verify.VerifyCommand). Source: sigstore/cosign v2.6.4.
 */
export function unsupportedRequest(
  version: string,
  {
    format,
    annotations,
  }: { readonly format: string; readonly annotations: Readonly<Record<string, string>> },
): string | undefined {
  if (!version.startsWith('v2.')) return undefined;
  if (format === 'both')
    return 'cannot verify a legacy signature if there is also a bundle (signature-format: both)';
  return format === 'bundle' && Object.keys(annotations).length > 0
    ? 'leaves annotations out of bundles (signature-annotations)'
    : undefined;
}
