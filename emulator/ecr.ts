/** ECR's API (AWS JSON 1.1): the store and the scans of its images as a caller of ECR sees them. */
import { randomBytes } from 'node:crypto';
import { type Answer, epochSeconds, type Pager, ServiceError } from './answer.ts';
import { type Json, type JsonObject, registryHost } from './scenario.ts';
import { integer, list, oneOf, problem, type Shape, structure, text } from './shapes.ts';
import type { Repository, StoredManifest } from './store.ts';
import type { ListedFinding, World } from './world.ts';

/** The prefix of the `X-Amz-Target` header. */
export const ECR_TARGET = 'AmazonEC2ContainerRegistry_V20150921.';

/** The path of downloadable layers, which S3 serves for the real registry. */
export const DOWNLOADS = '/layers/';

const URL_LIFE_MS = 60 * 60 * 1000;
const TOKEN_LIFE_MS = 12 * 60 * 60 * 1000;
const INDEX_MEDIA_TYPES = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
];
const SCANNED = new Set(['ACTIVE', 'COMPLETE', 'IN_PROGRESS', 'PENDING']);

const registryId = text({ pattern: /^[0-9]{12}$/ });
const repositoryName = text({
  min: 2,
  max: 256,
  pattern: /^(?:[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*\/)*[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/,
});
const imageId = structure({ imageDigest: text(), imageTag: text({ min: 1, max: 300 }) });
const nextToken = text();

const SHAPES = {
  DescribeImages: structure(
    {
      registryId,
      repositoryName,
      imageIds: list(imageId, 1, 100),
      nextToken,
      maxResults: integer(1, 1000),
      filter: structure({
        tagStatus: oneOf('TAGGED', 'UNTAGGED', 'ANY'),
        imageStatus: oneOf('ACTIVE', 'ARCHIVED', 'ACTIVATING', 'ANY'),
      }),
    },
    ['repositoryName'],
  ),
  BatchGetImage: structure(
    {
      registryId,
      repositoryName,
      imageIds: list(imageId, 1, 100),
      acceptedMediaTypes: list(text(), 1, 100),
    },
    ['repositoryName', 'imageIds'],
  ),
  DescribeImageScanFindings: structure(
    { registryId, repositoryName, imageId, nextToken, maxResults: integer(1, 1000) },
    ['repositoryName', 'imageId'],
  ),
  ListImageReferrers: structure(
    {
      registryId,
      repositoryName,
      subjectId: structure({ imageDigest: text({ pattern: /^sha256:[0-9a-f]{64}$/ }) }, ['imageDigest']),
      filter: structure({
        artifactTypes: list(text(), 0, 5),
        artifactStatus: oneOf('ACTIVE', 'ARCHIVED', 'ACTIVATING', 'ANY'),
      }),
      nextToken,
      maxResults: integer(1, 50),
    },
    ['repositoryName', 'subjectId'],
  ),
  GetDownloadUrlForLayer: structure(
    { registryId, repositoryName, layerDigest: text({ pattern: /^[a-zA-Z0-9-_+.]+:[a-fA-F0-9]+$/ }) },
    ['repositoryName', 'layerDigest'],
  ),
  DescribeImageSigningStatus: structure({ registryId, repositoryName, imageId }, [
    'repositoryName',
    'imageId',
  ]),
  GetAuthorizationToken: structure({ registryIds: list(registryId, 1, 10) }),
  BatchGetRepositoryScanningConfiguration: structure({ repositoryNames: list(repositoryName, 1, 25) }, [
    'repositoryNames',
  ]),
  GetRegistryScanningConfiguration: structure({}),
  DescribeRepositories: structure({
    registryId,
    repositoryNames: list(repositoryName, 1, 100),
    nextToken,
    maxResults: integer(1, 1000),
  }),
} satisfies Record<string, Shape>;

type Operation = keyof typeof SHAPES;

/** A request that the shapes accept; each operation reads its own members. */
interface Input {
  readonly registryId?: string | null;
  readonly repositoryName: string;
  readonly repositoryNames?: readonly string[] | null;
  readonly imageIds?: readonly ImageId[] | null;
  readonly imageId: ImageId;
  readonly subjectId: { readonly imageDigest: string };
  readonly layerDigest: string;
  readonly acceptedMediaTypes?: readonly string[] | null;
  readonly filter?: {
    readonly tagStatus?: string;
    readonly imageStatus?: string;
    readonly artifactTypes?: readonly string[];
    readonly artifactStatus?: string;
  } | null;
  readonly nextToken?: string | null;
  readonly maxResults?: number | null;
}

interface ImageId {
  readonly imageDigest?: string | null;
  readonly imageTag?: string | null;
}

/** The parts of a manifest that ECR's responses describe. */
interface Manifest {
  readonly artifactType?: string;
  readonly config?: { readonly mediaType: string; readonly size: number };
  readonly layers?: readonly { readonly size: number }[];
  readonly manifests?: readonly { readonly digest: string }[];
  readonly annotations?: Record<string, string>;
}

export interface Ecr {
  /** Responds to an operation; refusals are responses too. */
  handle(operation: string, input: unknown): Answer;
  /** Whether a user and password are those of a token that GetAuthorizationToken returned. */
  authenticate(user: string, password: string): boolean;
  /** The blob behind a path and query of GetDownloadUrlForLayer; undefined where it returned no such URL. */
  blob(path: string): Buffer | undefined;
}

/** @param endpoint where blobs are downloaded, without a path */
export function createEcr(world: World, pager: Pager, endpoint: () => string): Ecr {
  const { scenario, store } = world;
  const urls = new Map<string, { repository: string; digest: string; expiresAt: number }>();
  const passwords = new Map<string, number>();

  const handlers: Record<Operation, (input: Input) => JsonObject> = {
    DescribeImages: (input) => {
      const repository = repositoryOf(input);
      const { imageIds, filter, maxResults } = input;
      if (imageIds && (maxResults || input.nextToken)) {
        throw invalid("maxResults and nextToken can't be used together with imageIds");
      }
      const visible = (manifest: StoredManifest) => {
        const status = imageStatus(repository, manifest.digest);
        const wanted = filter?.imageStatus ?? 'ACTIVE';
        if (wanted !== 'ANY' && wanted !== status) return false;
        const tagged = store.tagsOf(repository, manifest.digest).length > 0;
        const tagStatus = filter?.tagStatus ?? 'ANY';
        return tagStatus === 'ANY' || (tagStatus === 'TAGGED') === tagged;
      };
      if (imageIds) {
        const asked = imageIds.map((id) => {
          const manifest = lookUp(repository, id);
          if (manifest === undefined || !visible(manifest)) throw imageNotFound(repository, id);
          return manifest;
        });
        return { imageDetails: [...new Set(asked)].map((manifest) => imageDetail(repository, manifest)) };
      }
      const page = paged([...repository.manifests.values()].filter(visible), 'DescribeImages', input, 100);
      return {
        imageDetails: page.items.map((manifest) => imageDetail(repository, manifest)),
        ...next(page.nextToken),
      };
    },

    BatchGetImage: (input) => {
      const repository = repositoryOf(input);
      const images: JsonObject[] = [];
      const failures: JsonObject[] = [];
      for (const id of input.imageIds ?? []) {
        const fail = (failureCode: string, failureReason: string) =>
          failures.push({ imageId: id as JsonObject, failureCode, failureReason });
        if (!id.imageDigest && !id.imageTag) {
          fail('MissingDigestAndTag', 'Invalid request parameters: both digest and tag are missing');
          continue;
        }
        if (id.imageDigest && !/^sha256:[0-9a-f]{64}$/.test(id.imageDigest)) {
          fail('InvalidImageDigest', 'Invalid request parameters: image digest should satisfy the regex');
          continue;
        }
        const manifest = lookUp(repository, id);
        if (manifest === undefined) {
          const elsewhere = id.imageDigest && id.imageTag && repository.tags.has(id.imageTag);
          if (elsewhere) fail('ImageTagDoesNotMatchDigest', 'The image tag does not match the digest');
          else fail('ImageNotFound', 'Requested image not found');
          continue;
        }
        if (imageStatus(repository, manifest.digest) === 'ARCHIVED') {
          fail('ImageInaccessible', 'The image is archived');
          continue;
        }
        // Where it can, ECR would convert the manifest to an accepted type. The gate must not depend on that.
        if (!(input.acceptedMediaTypes ?? []).includes(manifest.mediaType)) {
          throw invalid(
            `acceptedMediaTypes must include ${manifest.mediaType}: manifests are not converted here`,
          );
        }
        images.push({
          registryId: scenario.account,
          repositoryName: repository.name,
          imageId: { imageDigest: manifest.digest, ...(id.imageTag ? { imageTag: id.imageTag } : {}) },
          imageManifest: manifest.bytes.toString('utf8'),
          imageManifestMediaType: manifest.mediaType,
        });
      }
      return { images, failures };
    },

    DescribeImageScanFindings: (input) => {
      const repository = repositoryOf(input);
      const manifest = lookUp(repository, input.imageId);
      if (manifest === undefined) throw imageNotFound(repository, input.imageId);
      const image = world.find(repository.name, manifest.digest);
      const state = image && world.state(image);
      if (state === undefined || state.ecr === 'ScanNotFound') {
        throw new ServiceError(
          'ScanNotFoundException',
          `Image scan does not exist for the image with '${idText(input.imageId)}' in ${inRepository(repository)}`,
        );
      }
      const answer = {
        registryId: scenario.account,
        repositoryName: repository.name,
        imageId: {
          imageDigest: manifest.digest,
          ...(input.imageId.imageTag ? { imageTag: input.imageId.imageTag } : {}),
        },
        imageScanStatus: { ...state.ecr },
      };
      if (!SCANNED.has(state.ecr.status)) return answer;
      if (state.ecrView !== undefined) return { ...answer, imageScanFindings: state.ecrView };
      const times = {
        imageScanCompletedAt: epochSeconds(state.scannedAt),
        vulnerabilitySourceUpdatedAt: epochSeconds(state.scannedAt),
      };
      // The counts cover one page, not the whole image.
      if (world.scanType() === 'BASIC') {
        const page = paged(state.basic, 'DescribeImageScanFindings', input, 100);
        const findings = page.items.map((finding) => ({ ...finding }) as unknown as JsonObject);
        const findingSeverityCounts =
          state.basicCounts ?? severityCounts(page.items.map(({ severity }) => severity));
        return {
          ...answer,
          imageScanFindings: { ...times, findingSeverityCounts, findings },
          ...next(page.nextToken),
        };
      }
      const page = paged(state.shownByEcr, 'DescribeImageScanFindings', input, 100);
      const enhancedFindings = page.items.map(enhancedFinding);
      const findingSeverityCounts = severityCounts(page.items.map(({ wire }) => String(wire.severity)));
      return {
        ...answer,
        imageScanFindings: { ...times, findingSeverityCounts, enhancedFindings },
        ...next(page.nextToken),
      };
    },

    ListImageReferrers: (input) => {
      const repository = repositoryOf(input);
      const types = input.filter?.artifactTypes ?? [];
      const status = input.filter?.artifactStatus ?? 'ACTIVE';
      const referrers = [...repository.manifests.values()]
        .filter(({ subject }) => subject === input.subjectId.imageDigest)
        .map((manifest): JsonObject => {
          const { artifactType, config, annotations } = read(manifest);
          const type = artifactType ?? config?.mediaType;
          return {
            digest: manifest.digest,
            mediaType: manifest.mediaType,
            ...(type === undefined ? {} : { artifactType: type }),
            size: manifest.bytes.length,
            ...(annotations ? { annotations } : {}),
            artifactStatus: imageStatus(repository, manifest.digest),
          };
        })
        .filter(({ artifactType }) => types.length === 0 || types.includes(String(artifactType)))
        .filter(({ artifactStatus }) => status === 'ANY' || artifactStatus === status);
      const page = paged(referrers, 'ListImageReferrers', input, 20);
      return { referrers: page.items, ...next(page.nextToken) };
    },

    GetDownloadUrlForLayer: (input) => {
      const repository = repositoryOf(input);
      if (!repository.blobs.has(input.layerDigest)) {
        throw new ServiceError(
          'LayersNotFoundException',
          `The layer with digest '${input.layerDigest}' does not exist within ${inRepository(repository)}`,
        );
      }
      const signature = randomBytes(32).toString('hex');
      const expiresAt = world.now() + URL_LIFE_MS;
      urls.set(signature, { repository: repository.name, digest: input.layerDigest, expiresAt });
      return {
        downloadUrl: `${endpoint()}${DOWNLOADS}${input.layerDigest}?X-Amz-Expires=3600&X-Amz-Signature=${signature}`,
        layerDigest: input.layerDigest,
      };
    },

    DescribeImageSigningStatus: (input) => {
      const repository = repositoryOf(input);
      const manifest = lookUp(repository, input.imageId);
      if (manifest === undefined) throw imageNotFound(repository, input.imageId);
      const signingStatuses = world.repositorySpec(repository.name)?.managedSigning ?? [];
      return {
        registryId: scenario.account,
        repositoryName: repository.name,
        imageId: { imageDigest: manifest.digest },
        signingStatuses: signingStatuses.map((status) => ({ ...status })),
      };
    },

    GetAuthorizationToken: () => {
      const password = randomBytes(96).toString('base64url');
      const expiresAt = world.now() + TOKEN_LIFE_MS;
      passwords.set(password, expiresAt);
      return {
        authorizationData: [
          {
            authorizationToken: Buffer.from(`AWS:${password}`).toString('base64'),
            expiresAt: epochSeconds(expiresAt),
            proxyEndpoint: `https://${registryHost(scenario)}`,
          },
        ],
      };
    },

    BatchGetRepositoryScanningConfiguration: (input) => {
      const scanningConfigurations: JsonObject[] = [];
      const failures: JsonObject[] = [];
      const frequencies = callersRepositories();
      for (const name of input.repositoryNames ?? []) {
        const scanFrequency = frequencies.get(name);
        if (scanFrequency === undefined) {
          failures.push({
            repositoryName: name,
            failureCode: 'REPOSITORY_NOT_FOUND',
            failureReason: `The repository with name '${name}' does not exist`,
          });
          continue;
        }
        scanningConfigurations.push({
          repositoryArn: world.repositoryArn(name, world.caller()),
          repositoryName: name,
          scanOnPush: scanFrequency !== 'MANUAL',
          scanFrequency,
          appliedScanFilters: scanFrequency === 'MANUAL' ? [] : [{ filter: name, filterType: 'WILDCARD' }],
        });
      }
      return { scanningConfigurations, failures };
    },

    GetRegistryScanningConfiguration: () => {
      const repositories = [...callersRepositories()];
      return {
        registryId: world.caller(),
        scanningConfiguration: {
          scanType: scenario.caller?.registryScanType ?? world.scanType(),
          rules: ['CONTINUOUS_SCAN', 'SCAN_ON_PUSH'].flatMap((scanFrequency) => {
            const repositoryFilters = repositories
              .filter(([, frequency]) => frequency === scanFrequency)
              .map(([filter]) => ({ filter, filterType: 'WILDCARD' }));
            return repositoryFilters.length === 0 ? [] : [{ scanFrequency, repositoryFilters }];
          }),
        },
      };
    },

    DescribeRepositories: (input) => {
      const { repositoryNames } = input;
      if (repositoryNames && (input.maxResults || input.nextToken)) {
        throw invalid("maxResults and nextToken can't be used together with repositoryNames");
      }
      checkRegistry(input, repositoryNames?.[0] ?? '');
      const found = repositoryNames
        ? repositoryNames.map((name) => repositoryOf({ ...input, repositoryName: name }))
        : [...store.repositories.values()];
      const page = paged(found, 'DescribeRepositories', input, 100);
      return { repositories: page.items.map(describeRepository), ...next(page.nextToken) };
    },
  };

  function checkRegistry({ registryId: asked }: Pick<Input, 'registryId'>, name: string): void {
    const registry = asked || world.caller();
    if (registry !== scenario.account) throw repositoryNotFound(name, registry);
  }

  /** The repositories of the caller's registry, and when each is scanned. */
  function callersRepositories(): Map<string, string> {
    const { caller } = scenario;
    return caller === undefined
      ? new Map([...store.repositories.keys()].map((name) => [name, world.scanFrequency(name)]))
      : new Map(caller.repositories?.map(({ name, scanFrequency }) => [name, scanFrequency]));
  }

  function repositoryOf(input: Pick<Input, 'registryId' | 'repositoryName'>): Repository {
    checkRegistry(input, input.repositoryName);
    const repository = store.repositories.get(input.repositoryName);
    if (repository === undefined) throw repositoryNotFound(input.repositoryName, scenario.account);
    return repository;
  }

  function inRepository(repository: Repository): string {
    return `the repository with name '${repository.name}' in the registry with id '${scenario.account}'`;
  }

  function imageNotFound(repository: Repository, id: ImageId): ServiceError {
    return new ServiceError(
      'ImageNotFoundException',
      `The image with imageId ${idText(id)} does not exist within ${inRepository(repository)}`,
    );
  }

  /** ACTIVE or ARCHIVED; what was pushed through the registry is ACTIVE. */
  function imageStatus(repository: Repository, digest: string): string {
    const isArchived = repository.archived.has(digest) || world.find(repository.name, digest)?.archived;
    return isArchived ? 'ARCHIVED' : 'ACTIVE';
  }

  function imageDetail(repository: Repository, manifest: StoredManifest): JsonObject {
    const tags = store.tagsOf(repository, manifest.digest);
    const { artifactType, config } = read(manifest);
    const artifactMediaType = artifactType ?? config?.mediaType;
    const image = world.find(repository.name, manifest.digest);
    const state = image && world.state(image);
    // Neither basic scans nor images without a known scan are listed here.
    const scan = world.scanType() === 'ENHANCED' ? state?.ecr : undefined;
    return {
      registryId: scenario.account,
      repositoryName: repository.name,
      imageDigest: manifest.digest,
      ...(tags.length > 0 ? { imageTags: tags } : {}),
      imageSizeInBytes: sizeOf(repository, manifest),
      imagePushedAt: epochSeconds(manifest.pushedAt),
      ...(scan === undefined || scan === 'ScanNotFound' ? {} : { imageScanStatus: { ...scan } }),
      imageManifestMediaType: manifest.mediaType,
      ...(artifactMediaType === undefined ? {} : { artifactMediaType }),
      ...(manifest.subject === undefined ? {} : { subjectManifestDigest: manifest.subject }),
      imageStatus: imageStatus(repository, manifest.digest),
    };
  }

  function describeRepository(repository: Repository): JsonObject {
    const exclusions = repository.tagMutabilityExclusions.map((filter) => ({
      filterType: 'WILDCARD',
      filter,
    }));
    return {
      repositoryArn: world.repositoryArn(repository.name),
      registryId: scenario.account,
      repositoryName: repository.name,
      repositoryUri: `${registryHost(scenario)}/${repository.name}`,
      imageTagMutability: repository.tagMutability,
      ...(exclusions.length > 0 ? { imageTagMutabilityExclusionFilters: exclusions } : {}),
      imageScanningConfiguration: { scanOnPush: world.scanFrequency(repository.name) !== 'MANUAL' },
      encryptionConfiguration: { encryptionType: 'AES256' },
    };
  }

  function paged<T>(items: readonly T[], operation: Operation, input: Input, standard: number) {
    const { nextToken: token, maxResults, ...rest } = input;
    const query = `${operation} ${JSON.stringify(rest)}`;
    const page = pager.page(items, query, token ?? undefined, maxResults ?? standard);
    if (page === undefined)
      throw invalid("Invalid parameter at 'nextToken' failed to satisfy constraint: 'invalid token'");
    return page;
  }

  return {
    handle: (operation, input) => {
      try {
        const shape: Shape | undefined = SHAPES[operation as Operation];
        if (shape === undefined) {
          throw new ServiceError('UnknownOperationException', `ECR's ${operation} is not emulated`, 404);
        }
        const wrong = problem(shape, input, '');
        if (wrong !== undefined) throw invalid(`Invalid parameter: ${wrong}`);
        return { status: 200, body: handlers[operation as Operation](input as Input) };
      } catch (error) {
        if (error instanceof ServiceError) return error.answer();
        throw error;
      }
    },
    blob: (path) => {
      const { pathname, searchParams } = new URL(path, 'http://s3');
      const url = urls.get(searchParams.get('X-Amz-Signature') ?? '');
      const known =
        url !== undefined && url.expiresAt > world.now() && pathname === `${DOWNLOADS}${url.digest}`;
      return known ? store.repositories.get(url.repository)?.blobs.get(url.digest) : undefined;
    },
    authenticate: (user, password) => user === 'AWS' && (passwords.get(password) ?? 0) > world.now(),
  };
}

function invalid(message: string): ServiceError {
  return new ServiceError('InvalidParameterException', message);
}

function repositoryNotFound(name: string, registry: string): ServiceError {
  return new ServiceError(
    'RepositoryNotFoundException',
    `The repository with name '${name}' does not exist in the registry with id '${registry}'`,
  );
}

/** The manifest that an id names; if it has both a tag and a digest, they must agree. */
function lookUp(repository: Repository, { imageDigest, imageTag }: ImageId): StoredManifest | undefined {
  const tagged = imageTag ? repository.tags.get(imageTag) : undefined;
  const digest = imageDigest ?? tagged;
  if (digest === undefined || (imageTag && tagged !== digest)) return undefined;
  return repository.manifests.get(digest);
}

function idText({ imageDigest, imageTag }: ImageId): string {
  return `{imageDigest:'${imageDigest ?? 'null'}', imageTag:'${imageTag ?? 'null'}'}`;
}

function read(manifest: StoredManifest): Manifest {
  return JSON.parse(manifest.bytes.toString('utf8')) as Manifest;
}

/** For an image: the size of its config and layers. For an index: the size of the largest child. */
function sizeOf(repository: Repository, manifest: StoredManifest): number {
  const { config, layers, manifests } = read(manifest);
  if (INDEX_MEDIA_TYPES.includes(manifest.mediaType)) {
    const sizes = (manifests ?? []).map(({ digest }) => {
      const child = repository.manifests.get(digest);
      return child === undefined ? 0 : sizeOf(repository, child);
    });
    return Math.max(0, ...sizes);
  }
  return (layers ?? []).reduce((sum, { size }) => sum + size, config?.size ?? 0);
}

function severityCounts(severities: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const severity of severities) counts[severity] = (counts[severity] ?? 0) + 1;
  return counts;
}

/** Inspector's finding as ECR shows it: other names for some members, no EPSS score. */
function enhancedFinding({ wire }: ListedFinding): JsonObject {
  const {
    epss: _epss,
    inspectorScore,
    inspectorScoreDetails,
    exploitabilityDetails: _known,
    remediation,
    ...same
  } = wire;
  const recommendation = (remediation as { recommendation?: { text?: string; Url?: string } } | undefined)
    ?.recommendation;
  const adjusted = (inspectorScoreDetails as { adjustedCvss?: Json } | undefined)?.adjustedCvss;
  return {
    ...same,
    ...(inspectorScore === undefined ? {} : { score: inspectorScore }),
    ...(adjusted === undefined ? {} : { scoreDetails: { cvss: adjusted } }),
    remediation: {
      recommendation: {
        ...(recommendation?.text === undefined ? {} : { text: recommendation.text }),
        ...(recommendation?.Url === undefined ? {} : { url: recommendation.Url }),
      },
    },
  };
}

function next(nextToken: string | undefined): { nextToken?: string } {
  return nextToken === undefined ? {} : { nextToken };
}
