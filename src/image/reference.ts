/** Parses ECR image references into registry, repository, tag and digest. */
import type { Digest, ImageReference, Partition, Registry } from '../results/registry.ts';

/** The reason why a reference is invalid. The caller adds which input it is from. */
export class InvalidReference extends Error {
  override readonly name = 'InvalidReference';
}

interface PartitionHosts {
  readonly partition: Partition;
  readonly region: RegExp;
  /** The end of its registries' host names, after the region. */
  readonly ending: string;
  /** The same for dual-stack host names; undefined if there are none. */
  readonly dualStack: string | undefined;
}

/**
 * Sources: the partitions of AWS's SDKs (partitions.json: regionRegex, dnsSuffix); amazon-ecr-credential-helper,
 * ecr-login/api/client.go (host names).
 */
const PARTITIONS: readonly PartitionHosts[] = [
  {
    partition: 'aws-cn',
    region: /^cn-/,
    ending: 'amazonaws.com.cn',
    dualStack: 'on.amazonwebservices.com.cn',
  },
  { partition: 'aws-us-gov', region: /^us-gov-/, ending: 'amazonaws.com', dualStack: 'on.aws' },
  { partition: 'aws-eusc', region: /^eusc-/, ending: 'amazonaws.eu', dualStack: undefined },
  { partition: 'aws-iso', region: /^us-iso-/, ending: 'c2s.ic.gov', dualStack: undefined },
  { partition: 'aws-iso-b', region: /^us-isob-/, ending: 'sc2s.sgov.gov', dualStack: undefined },
  { partition: 'aws-iso-e', region: /^eu-isoe-/, ending: 'cloud.adc-e.uk', dualStack: undefined },
  { partition: 'aws-iso-f', region: /^us-isof-/, ending: 'csp.hci.ic.gov', dualStack: undefined },
  { partition: 'aws', region: /^/, ending: 'amazonaws.com', dualStack: 'on.aws' },
];

const HOST =
  /^(?<account>\d{12})\.(?:dkr\.ecr(?<fips>-fips)?|(?<dual>dkr-ecr)(?<dualFips>-fips)?)\.(?<region>[a-z]{2,}(?:-[a-z]+)+-\d+)\.(?<ending>[a-z0-9.-]+)$/;

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
  refuseCommonMistakes(text);
  const slash = text.indexOf('/');
  if (slash === -1) throw new InvalidReference('it has no "/" between registry host and repository');
  const registry = parseRegistry(text.slice(0, slash));
  const [path, digest, ...more] = text.slice(slash + 1).split('@');
  if (path === undefined || more.length > 0) throw new InvalidReference('it has more than one "@"');
  if (digest === '') throw new InvalidReference(`its digest is empty. ${EMPTY_EXPRESSION}`);
  if (digest !== undefined && !isDigest(digest)) {
    throw new InvalidReference('what follows "@" is not "sha256:" and 64 lower-case hex digits');
  }
  const colon = path.indexOf(':');
  const repository = colon === -1 ? path : path.slice(0, colon);
  const tag = colon === -1 ? undefined : path.slice(colon + 1);
  if (!isRepository(repository)) {
    throw new InvalidReference('its repository name is not one that ECR allows');
  }
  if (tag === '') throw new InvalidReference(`its tag is empty. ${EMPTY_EXPRESSION}`);
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

/**
 * Parses `HOST/REPOSITORY`: a repository in full, without a tag, a digest or a wildcard.
 * @throws InvalidReference saying which part is wrong
 */
export function parseRepository(text: string): Pick<ImageReference, 'registry' | 'repository'> {
  const [host = '', ...path] = text.split('/');
  const registry = parseRegistry(host);
  const repository = path.join('/');
  if (!isRepository(repository)) {
    throw new InvalidReference(
      'what follows its host is not the name of a repository. Give the whole name, without a tag, a digest or a wildcard',
    );
  }
  return { registry, repository };
}

const EMPTY_EXPRESSION = 'Check whether the expression that it comes from is empty';

// A name without a dot and a colon before the first slash is an image of Docker Hub.
const OTHER_REGISTRIES: readonly (readonly [RegExp, string])[] = [
  [/^public\.ecr\.aws\//, 'Amazon ECR Public'],
  [/^(?:(?:index\.|registry-1\.)?docker\.io\/|(?!localhost\/)[^/.:]+(?:[/@]|:[^/]*$|$))/, 'Docker Hub'],
  [/^ghcr\.io\//, 'GitHub Packages'],
];

/** @throws InvalidReference with a message of its own for each common mistake */
function refuseCommonMistakes(text: string): void {
  const variable = /\$\{\{|\$\{?[A-Za-z_]\w*\}?|%[A-Za-z_]\w*%/.exec(text)?.[0];
  if (variable !== undefined) {
    throw new InvalidReference(
      `it has a variable that was not expanded (${variable}). Inputs of an action are not expanded by a shell: use an expression such as \${{ env.NAME }}`,
    );
  }
  if (/[\s,;]/.test(text))
    throw new InvalidReference('it has a space or a comma. Give one reference per line');
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) {
    throw new InvalidReference(
      'it begins with a scheme. Give the reference in the form that docker push accepts',
    );
  }
  const other = OTHER_REGISTRIES.find(([pattern]) => pattern.test(text))?.[1];
  if (other !== undefined) {
    throw new InvalidReference(
      `it is an image in ${other}. Amazon Inspector scans only images in private ECR registries: push the image to one, or pull it once through a pull-through cache`,
    );
  }
}

/**
 * Parses the host name of a registry, in any of its forms.
 * @throws InvalidReference
 */
export function parseRegistry(host: string): Registry {
  const { account, fips, dual, dualFips, region, ending } = HOST.exec(host)?.groups ?? {};
  const hosts = region === undefined ? undefined : hostsOf(region);
  const known = PARTITIONS.flatMap((one) => [one.ending, one.dualStack]);
  if (account === undefined || region === undefined || hosts === undefined || !known.includes(ending)) {
    throw new InvalidReference(
      'its host is not a private ECR registry (ACCOUNT.dkr.ecr.REGION.amazonaws.com)',
    );
  }
  if (ending !== (dual === undefined ? hosts.ending : hosts.dualStack)) {
    throw new InvalidReference(`the end of its host name is not that of region ${region}`);
  }
  return {
    host,
    account,
    region,
    partition: hosts.partition,
    fips: (fips ?? dualFips) !== undefined,
    dualStack: dual !== undefined,
  };
}

function hostsOf(region: string): PartitionHosts | undefined {
  return PARTITIONS.find((one) => one.region.test(region));
}

/**
 * The canonical host name of a registry: without FIPS and dual-stack. It is the same for all host names of a
 * registry.
 */
export function canonicalHost({ account, region }: Pick<Registry, 'account' | 'region'>): string {
  return `${account}.dkr.ecr.${region}.${hostsOf(region)?.ending}`;
}

/**
 * The registry of an account in a region.
 * @throws InvalidReference if the region or the account is in no form that AWS has
 */
export function registryOf(account: string, region: string): Registry {
  return parseRegistry(canonicalHost({ account, region }));
}

/** The ARN of a repository, the resource of most ECR permissions. */
export function repositoryArn(registry: Registry, repository: string): string {
  return `arn:${registry.partition}:ecr:${registry.region}:${registry.account}:repository/${repository}`;
}

/** `HOST/REPOSITORY@DIGEST`: the form in which an image is signed, reported and set as an output. */
export function imageUri(registry: Registry, repository: string, digest: Digest): string {
  return `${registry.host}/${repository}@${digest}`;
}

/** The canonical name of a repository, with the canonical host name of its registry: `HOST/REPOSITORY`. */
export function plainName(registry: Pick<Registry, 'account' | 'region'>, repository: string): string {
  return `${canonicalHost(registry)}/${repository}`;
}
