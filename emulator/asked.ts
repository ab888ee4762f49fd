/** Identifies the service and the operation of an HTTP request. */
import { ECR_TARGET } from './ecr/index.ts';
import { ECS_TARGET } from './ecs.ts';
import type { Service } from './faults.ts';
import { INSPECTOR_PATHS } from './inspector2.ts';
import { ORGANIZATIONS_TARGET } from './organizations.ts';

/** The prefixes of the `X-Amz-Target` header by which services with AWS JSON are told apart. */
const TARGETS: readonly (readonly [string, Service])[] = [
  [ECR_TARGET, 'ecr'],
  ['TrentService.', 'kms'],
  [ECS_TARGET, 'ecs'],
  [ORGANIZATIONS_TARGET, 'organizations'],
];

/** The versions of APIs with the query protocol. */
const VERSIONS: Readonly<Record<string, Service>> = { '2011-06-15': 'sts', '2010-05-08': 'iam' };

/** Operations that are a GET request for a path; what its groups match is part of their input. */
const PATHS: readonly (readonly [RegExp, Service, string])[] = [
  [/^\/clusters$/, 'eks', 'ListClusters'],
  [/^\/clusters\/(?<name>[^/]+)$/, 'eks', 'DescribeCluster'],
  [/^\/clusters\/(?<clusterName>[^/]+)\/node-groups$/, 'eks', 'ListNodegroups'],
  [/^\/clusters\/(?<clusterName>[^/]+)\/node-groups\/(?<nodegroupName>[^/]+)$/, 'eks', 'DescribeNodegroup'],
  [/^\/clusters\/(?<clusterName>[^/]+)\/fargate-profiles$/, 'eks', 'ListFargateProfiles'],
  [
    /^\/clusters\/(?<clusterName>[^/]+)\/fargate-profiles\/(?<fargateProfileName>[^/]+)$/,
    'eks',
    'DescribeFargateProfile',
  ],
  [/^\/clusters\/(?<clusterName>[^/]+)\/pod-identity-associations$/, 'eks', 'ListPodIdentityAssociations'],
  [
    /^\/clusters\/(?<clusterName>[^/]+)\/pod-identity-associations\/(?<associationId>[^/]+)$/,
    'eks',
    'DescribePodIdentityAssociation',
  ],
  [/^\/2015-03-31\/functions\/?$/, 'lambda', 'ListFunctions'],
  [/^\/2015-03-31\/functions\/(?<FunctionName>[^/]+)$/, 'lambda', 'GetFunction'],
  [/^\/2015-03-31\/functions\/(?<FunctionName>[^/]+)\/aliases$/, 'lambda', 'ListAliases'],
  [/^\/2015-03-31\/functions\/(?<FunctionName>[^/]+)\/versions$/, 'lambda', 'ListVersionsByFunction'],
];
const NUMBERS = new Set(['maxResults', 'MaxItems']);

/** A request to an AWS API. */
export interface ApiRequest {
  readonly service: Service;
  readonly api: string;
  readonly input: unknown;
}

export interface HttpRequest {
  readonly method: string;
  /** Its path, with or without a query. */
  readonly url: string;
  /** Its `X-Amz-Target` header. */
  readonly target: string | undefined;
  readonly body: string;
}

/** The service and operation of a request; undefined if the emulator does not have it. */
export function identify({ method, url, target, body }: HttpRequest): ApiRequest | undefined {
  const { pathname, searchParams } = new URL(url, 'http://aws');
  if (method === 'GET') return byPath(pathname, searchParams);
  if (method !== 'POST') return undefined;
  const operation = INSPECTOR_PATHS[pathname];
  if (operation !== undefined) return { service: 'inspector2', api: operation, input: parse(body) };
  if (target !== undefined) {
    const [prefix, service] = TARGETS.find(([prefix]) => target.startsWith(prefix)) ?? [];
    if (prefix === undefined || service === undefined) return undefined;
    return { service, api: target.slice(prefix.length), input: parse(body) };
  }
  return byAction(new URLSearchParams(body));
}

function byPath(path: string, query: URLSearchParams): ApiRequest | undefined {
  for (const [pattern, service, api] of PATHS) {
    const match = pattern.exec(path);
    if (match === null) continue;
    const input: Record<string, unknown> = {};
    for (const [name, value] of Object.entries(match.groups ?? {})) input[name] = decodeURIComponent(value);
    for (const [name, value] of query) input[name] = NUMBERS.has(name) ? Number(value) : value;
    return { service, api, input };
  }
  return undefined;
}

/** Of the query protocol: `Filter.member.1=User` is an element of a list, and every value is a text. */
function byAction(parameters: URLSearchParams): ApiRequest | undefined {
  const api = parameters.get('Action');
  const service = VERSIONS[parameters.get('Version') ?? ''];
  if (api === null || service === undefined) return undefined;
  const input: Record<string, string | string[]> = {};
  for (const [name, value] of parameters) {
    if (name === 'Action' || name === 'Version') continue;
    const list = /^(\w+)\.member\.\d+$/.exec(name)?.[1];
    if (list === undefined) input[name] = value;
    else input[list] = [...(input[list] ?? []), value];
  }
  return { service, api, input };
}

/** The JSON value of the body; undefined if it is not JSON, which every operation refuses. */
function parse(body: string): unknown {
  if (body === '') return {};
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
