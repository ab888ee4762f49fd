/** The faults of a scenario: which calls they affect, and how they change the responses. */
import type { Answer } from './answer.ts';
import type { FaultKind, FaultSpec, Json, Scenario } from './scenario.ts';
import { isStructure } from './shapes.ts';

export type Service = 'ecr' | 'inspector2' | 'kms' | 'sts';

/** The most important member of each response. */
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
};
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
  strike(api: string, text: string): FaultSpec | undefined {
    let struck: FaultSpec | undefined;
    for (const entry of this.entries) {
      const { api: of, match, from = 1, to = Number.POSITIVE_INFINITY } = entry.fault;
      const concerned = of === api || (of === '*' && api !== 'registry');
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
  const rest = service === 'inspector2';
  switch (kind) {
    case 'throttle':
      return error(rest ? 429 : 400, 'ThrottlingException', 'Rate exceeded');
    case '500':
      return error(500, SERVER_ERRORS[service], 'The service failed');
    case '503':
      return error(503, 'ServiceUnavailableException', 'The service is not available');
    case 'deny': {
      const user = `arn:aws:sts::${account}:assumed-role/deployment-gate/job`;
      const repository = isStructure(input) && service === 'ecr' ? input.repositoryName : undefined;
      const resource = repository ? `arn:aws:ecr:${region}:${account}:repository/${repository}` : '*';
      return error(
        rest ? 403 : 400,
        'AccessDeniedException',
        `User: ${user} is not authorized to perform: ${service}:${api} on resource: ${resource} because no identity-based policy allows the ${service}:${api} action`,
      );
    }
    case 'refuse-account':
      return error(403, 'AccessDeniedException', 'Invoking account does not have access to the resource.');
    case 'expired-token':
      return error(
        rest ? 403 : 400,
        'ExpiredTokenException',
        'The security token included in the request is expired',
      );
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

const SERVER_ERRORS: Readonly<Record<Service, string>> = {
  ecr: 'ServerException',
  inspector2: 'InternalServerException',
  kms: 'KMSInternalException',
  sts: 'InternalFailure',
};

export function error(status: number, errorType: string, message: string): Answer {
  return { status, body: { __type: errorType, message }, errorType };
}

/** The request as the services receive it: a token that a fault invented is replaced with that of the first page. */
export function withoutMadeUpToken(input: unknown): unknown {
  if (!isStructure(input) || input.nextToken !== FIRST_PAGE_AGAIN) return input;
  const { nextToken: _, ...rest } = input;
  return rest;
}

/** Changes a correct response as the fault defines. Errors, and responses that the kind does not apply to, stay unchanged. */
export function alter(kind: FaultKind, api: string, answer: Answer, input: unknown, account: string): Answer {
  if (answer.status !== 200) return answer;
  const body: unknown = typeof answer.body === 'string' ? JSON.parse(answer.body) : answer.body;
  if (!isStructure(body)) return answer;
  return { ...answer, body: altered(kind, api, body as Record<string, Json>, input, account) };
}

function altered(
  kind: FaultKind,
  api: string,
  body: Record<string, Json>,
  input: unknown,
  account: string,
): Record<string, Json> {
  switch (kind) {
    case 'missing-member': {
      const essential = ESSENTIAL[api];
      return Object.fromEntries(Object.entries(body).filter(([name]) => name !== essential));
    }
    case 'repeat-token': {
      const token =
        isStructure(input) && typeof input.nextToken === 'string' ? input.nextToken : FIRST_PAGE_AGAIN;
      return { ...body, nextToken: token };
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
      return { ...body, [listOf(api)]: [], nextToken: body.nextToken ?? FIRST_PAGE_AGAIN };
    case 'repeat-items':
      return mapList(body, api, (item) => [item, item]);
    case 'no-digests':
      return mapList(body, api, ({ digest: _digest, ...item }) => [item]);
    case 'null-types':
      return mapList(body, api, (item) => [{ ...item, artifactType: null }]);
    case 'no-date':
      return mapMembers(body, (name, value) => (DATES.has(name) ? undefined : value));
    default:
      return body;
  }
}

function listOf(api: string): string {
  return ESSENTIAL[api] ?? '';
}

/** Changes the structures of the list in a response. */
function mapList(
  body: Record<string, Json>,
  api: string,
  change: (item: Record<string, Json>) => readonly Json[],
): Record<string, Json> {
  const list = body[listOf(api)];
  if (!Array.isArray(list)) return body;
  return { ...body, [listOf(api)]: list.flatMap((item) => change(item as Record<string, Json>)) };
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
