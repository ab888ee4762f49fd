/** The faults of a scenario: which calls they affect, and how they change the responses. */
import type { Answer } from './answer.ts';
import type { FaultKind, FaultSpec, Json, Scenario } from './scenario.ts';
import { isStructure } from './shapes.ts';

export type Service =
  | 'ecr'
  | 'ecs'
  | 'eks'
  | 'iam'
  | 'inspector2'
  | 'kms'
  | 'lambda'
  | 'organizations'
  | 'sts';

/** The most important member of each answer; by service too where two services have an operation of the same name. */
const ESSENTIAL: Readonly<Record<string, string>> = {
  DescribeImages: 'imageDetails',
  BatchGetImage: 'images',
  DescribeImageScanFindings: 'imageScanFindings',
  ListImageReferrers: 'referrers',
  DescribeImageSigningStatus: 'signingStatuses',
  GetAuthorizationToken: 'authorizationData',
  GetDownloadUrlForLayer: 'downloadUrl',
  BatchGetRepositoryScanningConfiguration: 'scanningConfigurations',
  GetRegistryScanningConfiguration: 'scanningConfiguration',
  DescribeRepositories: 'repositories',
  ListFindings: 'findings',
  ListCoverage: 'coveredResources',
  BatchGetFindingDetails: 'findingDetails',
  BatchGetAccountStatus: 'accounts',
  GetRepositoryPolicy: 'policyText',
  GetLifecyclePolicy: 'lifecyclePolicyText',
  GetLifecyclePolicyPreview: 'previewResults',
  GetRegistryPolicy: 'policyText',
  GetAccountSetting: 'value',
  GetSigningConfiguration: 'signingConfiguration',
  ListTagsForResource: 'tags',
  ListPullTimeUpdateExclusions: 'pullTimeUpdateExclusions',
  DescribeRegistry: 'replicationConfiguration',
  DescribePullThroughCacheRules: 'pullThroughCacheRules',
  ValidatePullThroughCacheRule: 'isValid',
  DescribeRepositoryCreationTemplates: 'repositoryCreationTemplates',
  GetConfiguration: 'ecrConfiguration',
  ListFilters: 'filters',
  GetDelegatedAdminAccount: 'delegatedAdmin',
  GetClustersForImage: 'cluster',
  DescribeKey: 'KeyMetadata',
  'ecs:ListClusters': 'clusterArns',
  ListServices: 'serviceArns',
  DescribeServices: 'services',
  ListTasks: 'taskArns',
  DescribeTasks: 'tasks',
  DescribeTaskDefinition: 'taskDefinition',
  ListTaskDefinitionFamilies: 'families',
  'eks:ListClusters': 'clusters',
  DescribeCluster: 'cluster',
  ListNodegroups: 'nodegroups',
  DescribeNodegroup: 'nodegroup',
  ListFargateProfiles: 'fargateProfileNames',
  DescribeFargateProfile: 'fargateProfile',
  ListPodIdentityAssociations: 'associations',
  DescribePodIdentityAssociation: 'association',
  ListFunctions: 'Functions',
  GetFunction: 'Code',
  ListAliases: 'Aliases',
  ListVersionsByFunction: 'Versions',
  GetAccountAuthorizationDetails: 'RoleDetailList',
  ListOpenIDConnectProviders: 'OpenIDConnectProviderList',
  GetOpenIDConnectProvider: 'ClientIDList',
  DescribeOrganization: 'Organization',
  GetCallerIdentity: 'Account',
  AssumeRole: 'Credentials',
};
/** Where a service's requests and answers have the token of the next page; elsewhere it is `nextToken` in both. */
const TOKENS: Partial<Readonly<Record<Service, { readonly request: string; readonly answer: string }>>> = {
  iam: { request: 'Marker', answer: 'Marker' },
  lambda: { request: 'Marker', answer: 'NextMarker' },
};
const NEXT_TOKEN = { request: 'nextToken', answer: 'nextToken' };
const DATES = new Set(['lastScannedAt', 'imagePushedAt', 'imageScanCompletedAt']);
const OTHER_ACCOUNT = '999999999999';
// The token of a list's first page, so that a page can refer to itself.
const FIRST_PAGE_AGAIN = 'the-first-page-again';

/** Counts the calls and returns the fault that affects each of them. */
export class FaultBook {
  private readonly entries: { readonly fault: FaultSpec; calls: number }[];

  constructor(faults: readonly FaultSpec[] = []) {
    this.entries = faults.map((fault) => ({ fault, calls: 0 }));
  }

  /** Adds a fault that counts calls from now on. */
  add(fault: FaultSpec): void {
    this.entries.push({ fault, calls: 0 });
  }

  /**
   * The fault that affects a call, if any; the first in the order of the scenario.
   * @param text the text in which `match` is searched
   */
  strike(service: Service | 'registry', api: string, text: string): FaultSpec | undefined {
    let struck: FaultSpec | undefined;
    for (const entry of this.entries) {
      const { api: of, match, from = 1, to = Number.POSITIVE_INFINITY } = entry.fault;
      const concerned = of === api || of === `${service}:${api}` || (of === '*' && service !== 'registry');
      if (!concerned || (match !== undefined && !text.includes(match))) continue;
      entry.calls++;
      if (entry.calls >= from && entry.calls <= to) struck ??= entry.fault;
    }
    return struck;
  }
}

/** The error for a fault, or for a request above the account's limit; undefined for faults of other kinds. */
export function refusal(
  kind: FaultKind,
  service: Service,
  api: string,
  input: unknown,
  { account, region }: Pick<Scenario, 'account' | 'region'>,
): Answer | undefined {
  const { denied, throttled, failed, expired } = ERRORS[service];
  switch (kind) {
    case 'throttle':
      return error(...throttled, 'Rate exceeded');
    case '500':
      return error(500, failed, 'The service failed');
    case '503':
      return error(503, 'ServiceUnavailableException', 'The service is not available');
    case 'deny': {
      const user = `arn:aws:sts::${account}:assumed-role/deployment-gate/job`;
      const repository = isStructure(input) && service === 'ecr' ? input.repositoryName : undefined;
      const resource = repository ? `arn:aws:ecr:${region}:${account}:repository/${repository}` : '*';
      return error(
        ...denied,
        `User: ${user} is not authorized to perform: ${service}:${api} on resource: ${resource} because no identity-based policy allows the ${service}:${api} action`,
      );
    }
    case 'refuse-account':
      return error(403, 'AccessDeniedException', 'Invoking account does not have access to the resource.');
    case 'expired-token':
      return error(...expired, 'The security token included in the request is expired');
    case 'not-found':
      return api === 'GetDownloadUrlForLayer'
        ? error(400, 'LayersNotFoundException', 'The layers could not be found')
        : undefined;
    case 'garbage':
      return { status: 200, body: '<html><body>Bad gateway</body></html>' };
    case 'empty':
      return { status: 200, body: {} };
    default:
      return undefined;
  }
}

interface Errors {
  readonly denied: readonly [status: number, type: string];
  readonly throttled: readonly [status: number, type: string];
  readonly failed: string;
  readonly expired: readonly [status: number, type: string];
}

const JSON_ERRORS: Errors = {
  denied: [400, 'AccessDeniedException'],
  throttled: [400, 'ThrottlingException'],
  failed: 'ServerException',
  expired: [400, 'ExpiredTokenException'],
};
const REST_ERRORS: Errors = {
  denied: [403, 'AccessDeniedException'],
  throttled: [429, 'ThrottlingException'],
  failed: 'ServerException',
  expired: [403, 'ExpiredTokenException'],
};
const QUERY_ERRORS: Errors = {
  denied: [403, 'AccessDenied'],
  throttled: [400, 'Throttling'],
  failed: 'InternalFailure',
  expired: [403, 'ExpiredToken'],
};

/** What the services call their refusals. */
const ERRORS: Readonly<Record<Service, Errors>> = {
  ecr: JSON_ERRORS,
  ecs: JSON_ERRORS,
  kms: { ...JSON_ERRORS, failed: 'KMSInternalException' },
  organizations: {
    ...JSON_ERRORS,
    throttled: [400, 'TooManyRequestsException'],
    failed: 'ServiceException',
  },
  eks: REST_ERRORS,
  inspector2: { ...REST_ERRORS, failed: 'InternalServerException' },
  lambda: { ...REST_ERRORS, throttled: [429, 'TooManyRequestsException'], failed: 'ServiceException' },
  iam: QUERY_ERRORS,
  sts: QUERY_ERRORS,
};

export function error(status: number, errorType: string, message: string): Answer {
  return { status, body: { __type: errorType, message }, errorType };
}

/** The request as the services are to see it: a token that a fault made up stands for the first page. */
export function withoutMadeUpToken(service: Service, input: unknown): unknown {
  const { request } = TOKENS[service] ?? NEXT_TOKEN;
  if (!isStructure(input) || input[request] !== FIRST_PAGE_AGAIN) return input;
  const { [request]: _, ...rest } = input;
  return rest;
}

/** Changes a correct answer as a fault says. Errors, and answers that the kind does not apply to, stay unchanged. */
export function alter(
  kind: FaultKind,
  service: Service,
  api: string,
  answer: Answer,
  input: unknown,
  account: string,
): Answer {
  if (answer.status !== 200) return answer;
  const body: unknown = typeof answer.body === 'string' ? JSON.parse(answer.body) : answer.body;
  if (!isStructure(body)) return answer;
  return { ...answer, body: altered(kind, service, api, body as Record<string, Json>, input, account) };
}

function altered(
  kind: FaultKind,
  service: Service,
  api: string,
  body: Record<string, Json>,
  input: unknown,
  account: string,
): Record<string, Json> {
  switch (kind) {
    case 'missing-member': {
      const essential = essentialOf(service, api);
      return Object.fromEntries(Object.entries(body).filter(([name]) => name !== essential));
    }
    case 'repeat-token': {
      const { request } = TOKENS[service] ?? NEXT_TOKEN;
      const given = isStructure(input) ? input[request] : undefined;
      return { ...body, ...nextPage(service, typeof given === 'string' ? given : FIRST_PAGE_AGAIN) };
    }
    case 'other-digest':
      return mapTexts(body, (text) => text.replaceAll(/sha256:[0-9a-f]{64}/g, otherDigest));
    case 'other-account':
      return mapTexts(body, (text) => text.replaceAll(account, OTHER_ACCOUNT));
    case 'wrong-bytes':
      return mapMembers(body, (name, value) => (name === 'imageManifest' ? `${value} ` : value));
    case 'not-found':
      return api === 'BatchGetImage' ? { images: [], failures: notFound(input) } : body;
    case 'empty-page':
      return {
        ...nextPage(service, FIRST_PAGE_AGAIN),
        ...body,
        ...(service === 'iam' ? { IsTruncated: true } : {}),
        [essentialOf(service, api)]: [],
      };
    case 'repeat-items':
      return mapList(body, essentialOf(service, api), (item) => [item, item]);
    case 'no-digests':
      return mapList(body, essentialOf(service, api), ({ digest: _digest, ...item }) => [item]);
    case 'null-types':
      return mapList(body, essentialOf(service, api), (item) => [{ ...item, artifactType: null }]);
    case 'no-date':
      return mapMembers(body, (name, value) => (DATES.has(name) ? undefined : value));
    default:
      return body;
  }
}

function essentialOf(service: Service, api: string): string {
  return ESSENTIAL[`${service}:${api}`] ?? ESSENTIAL[api] ?? '';
}

/** What leads to the next page. */
function nextPage(service: Service, token: string): Record<string, Json> {
  const { answer } = TOKENS[service] ?? NEXT_TOKEN;
  return { [answer]: token, ...(service === 'iam' ? { IsTruncated: true } : {}) };
}

/** Changes the structures of the list in a response. */
function mapList(
  body: Record<string, Json>,
  name: string,
  change: (item: Record<string, Json>) => readonly Json[],
): Record<string, Json> {
  const list = body[name];
  if (!Array.isArray(list)) return body;
  return { ...body, [name]: list.flatMap((item) => change(item as Record<string, Json>)) };
}

/** The response of BatchGetImage for images that do not exist. */
function notFound(input: unknown): Json {
  const ids = isStructure(input) && Array.isArray(input.imageIds) ? (input.imageIds as Json[]) : [];
  return ids.map((imageId) => ({
    imageId,
    failureCode: 'ImageNotFound',
    failureReason: 'Requested image not found',
  }));
}

function otherDigest(digest: string): string {
  return `sha256:${[...digest.slice('sha256:'.length)].toReversed().join('')}`;
}

/** Changes all strings except manifests, whose bytes have faults of their own. */
function mapTexts(body: Record<string, Json>, change: (text: string) => string): Record<string, Json> {
  return mapMembers(body, (name, value) => {
    if (name === 'imageManifest') return value;
    if (typeof value === 'string') return change(value);
    return Array.isArray(value)
      ? value.map((item) => (typeof item === 'string' ? change(item) : item))
      : value;
  });
}

/** Changes the members of structures at every depth; undefined leaves one out. */
function mapMembers(
  structure: Record<string, Json>,
  change: (name: string, value: Json) => Json | undefined,
): Record<string, Json> {
  const result: Record<string, Json> = {};
  for (const [name, value] of Object.entries(structure)) {
    const changed = change(name, value);
    if (changed !== undefined) result[name] = deeper(changed, change);
  }
  return result;
}

function deeper(value: Json, change: (name: string, value: Json) => Json | undefined): Json {
  if (Array.isArray(value)) return value.map((item) => deeper(item, change));
  return isStructure(value) ? mapMembers(value as Record<string, Json>, change) : value;
}
