/** ECR image references: who owns the registry, where it is, and which image is meant. */

/** `sha256:` and 64 lower-case hex digits. */
export type Digest = `sha256:${string}`;

export interface Registry {
  /** The host name as the user wrote it: what cosign and the cluster will see too. */
  readonly host: string;
  /** The 12-digit account that owns the registry. */
  readonly account: string;
  readonly region: string;
  readonly partition: 'aws' | 'aws-cn' | 'aws-us-gov';
  readonly fips: boolean;
  /** The `on.aws` host names, which answer over IPv6 too. */
  readonly dualStack: boolean;
}

export interface ImageReference {
  readonly registry: Registry;
  readonly repository: string;
  /** `latest` where the reference names neither tag nor digest, as docker reads it. */
  readonly tag: string | undefined;
  readonly digest: Digest | undefined;
  /** The reference as it was written. */
  readonly text: string;
}

/** Says what is wrong with a reference; the caller adds where it came from. */
export class InvalidReference extends Error {
  override readonly name = 'InvalidReference';
}

const HOST =
  /^(?<account>\d{12})\.(?:dkr\.ecr(?<fips>-fips)?\.(?<region>[a-z]{2,}(?:-[a-z]+)+-\d+)\.amazonaws\.com(?<china>\.cn)?|dkr-ecr(?<dualFips>-fips)?\.(?<dualRegion>[a-z]{2,}(?:-[a-z]+)+-\d+)\.on\.aws)$/;

// The repository name rule of ECR's service model, 2 to 256 characters.
const REPOSITORY = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$/;

// The tag rule of the OCI distribution specification.
const TAG = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/;

const DIGEST = /^sha256:[0-9a-f]{64}$/;

export function isDigest(text: string): text is Digest {
  return DIGEST.test(text);
}

/** Whether a text is a repository name that ECR allows. */
export function isRepository(text: string): boolean {
  return text.length >= 2 && text.length <= 256 && REPOSITORY.test(text);
}

/**
 * Parses `HOST/REPOSITORY[:TAG][@sha256:…]`.
 * @throws InvalidReference saying which part is wrong
 */
export function parseReference(text: string): ImageReference {
  const slash = text.indexOf('/');
  if (slash === -1) throw new InvalidReference('it has no "/" between registry host and repository');
  const registry = parseHost(text.slice(0, slash));
  const [path, digest, ...more] = text.slice(slash + 1).split('@');
  if (path === undefined || more.length > 0) throw new InvalidReference('it has more than one "@"');
  if (digest !== undefined && !isDigest(digest)) {
    throw new InvalidReference('what follows "@" is not "sha256:" and 64 lower-case hex digits');
  }
  const colon = path.indexOf(':');
  const repository = colon === -1 ? path : path.slice(0, colon);
  const tag = colon === -1 ? undefined : path.slice(colon + 1);
  if (!isRepository(repository)) {
    throw new InvalidReference('its repository name is not one that ECR allows');
  }
  if (tag !== undefined && !TAG.test(tag)) {
    throw new InvalidReference('its tag is not one that registries allow');
  }
  return {
    registry,
    repository,
    tag: tag ?? (digest === undefined ? 'latest' : undefined),
    digest,
    text,
  };
}

function parseHost(host: string): Registry {
  const groups = HOST.exec(host)?.groups;
  const region = groups?.region ?? groups?.dualRegion;
  if (groups?.account === undefined || region === undefined) {
    throw new InvalidReference(
      'its host is not a private ECR registry (ACCOUNT.dkr.ecr.REGION.amazonaws.com)',
    );
  }
  const china = region.startsWith('cn-');
  if (groups.region !== undefined && china !== (groups.china !== undefined)) {
    throw new InvalidReference(`region ${region} and the ending of its host do not belong together`);
  }
  return {
    host,
    account: groups.account,
    region,
    partition: china ? 'aws-cn' : region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws',
    fips: (groups.fips ?? groups.dualFips) !== undefined,
    dualStack: groups.dualRegion !== undefined,
  };
}

/** The ARN of a repository, the resource of most ECR permissions. */
export function repositoryArn(registry: Registry, repository: string): string {
  return `arn:${registry.partition}:ecr:${registry.region}:${registry.account}:repository/${repository}`;
}

/** `HOST/REPOSITORY@DIGEST`: the only form in which an image is signed, reported or handed on. */
export function imageUri(registry: Registry, repository: string, digest: Digest): string {
  return `${registry.host}/${repository}@${digest}`;
}
