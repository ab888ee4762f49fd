/** Lambda's API as the audit uses it (REST JSON): functions, their images and their aliases. */
import type { FunctionSpec } from './account.ts';
import { type Pager, ServiceError } from './answer.ts';
import { type Handler, handlerOf, operation } from './operation.ts';
import type { JsonObject } from './scenario.ts';
import { integer, structure, text } from './shapes.ts';
import type { World } from './world.ts';

const PAGE = 50;
const LATEST = '$LATEST';

interface PagedInput {
  readonly Marker?: string;
  readonly MaxItems?: number;
}

export function createLambda(world: World, pager: Pager): Handler {
  const { account, region, workloads } = world.scenario;
  const functions = workloads?.lambda ?? [];
  const arnOf = (name: string) => `arn:aws:lambda:${region}:${account}:function:${name}`;

  function functionOf(asked: string): FunctionSpec {
    const found = functions.find(({ name }) => asked === name || asked === arnOf(name));
    if (found === undefined) throw notFound(`Function not found: ${arnOf(asked)}`);
    return found;
  }

  function configuration(
    { name, role, image, architecture = 'x86_64' }: FunctionSpec,
    version: string,
  ): JsonObject {
    return {
      FunctionName: name,
      FunctionArn: version === LATEST ? arnOf(name) : `${arnOf(name)}:${version}`,
      ...(image === undefined ? { Runtime: 'nodejs24.x', Handler: 'index.handler' } : {}),
      Role: world.roleArn(role),
      CodeSize: 0,
      Timeout: 3,
      MemorySize: 128,
      LastModified: new Date(world.now()).toISOString().replace('Z', '+0000'),
      Version: version,
      PackageType: image === undefined ? 'Zip' : 'Image',
      Architectures: [architecture],
      State: 'Active',
    };
  }

  function code({ image, resolved }: Pick<FunctionSpec, 'image' | 'resolved'>): JsonObject {
    if (image === undefined) return { RepositoryType: 'S3', Location: 'https://s3.invalid/code' };
    const uri = world.filled(image);
    const digest = resolved === undefined ? (uri.includes('@') ? uri : undefined) : world.filled(resolved);
    return {
      RepositoryType: 'ECR',
      ImageUri: uri,
      ...(digest === undefined ? {} : { ResolvedImageUri: digest }),
    };
  }

  function paged<T>(items: readonly T[], query: string, { Marker, MaxItems }: PagedInput) {
    // Lambda returns at most 50 functions, whatever the request says.
    const page = pager.page(items, query, Marker, Math.min(MaxItems ?? PAGE, PAGE));
    if (page === undefined) throw invalid('Invalid Marker');
    return { items: page.items, next: page.nextToken === undefined ? {} : { NextMarker: page.nextToken } };
  }

  const page = { Marker: text(), MaxItems: integer(1, 10_000) };

  return handlerOf(
    'Lambda',
    [
      {
        ListFunctions: operation(structure(page), (input: PagedInput) => {
          const { items, next } = paged(functions, 'ListFunctions', input);
          return { Functions: items.map((item) => configuration(item, LATEST)), ...next };
        }),

        GetFunction: operation(
          structure({ FunctionName: text({ min: 1, max: 170 }), Qualifier: text({ min: 1, max: 128 }) }, [
            'FunctionName',
          ]),
          ({
            FunctionName,
            Qualifier = LATEST,
          }: {
            readonly FunctionName: string;
            readonly Qualifier?: string;
          }) => {
            const found = functionOf(FunctionName);
            const version = Qualifier === LATEST ? found : found.versions?.[Qualifier];
            if (version === undefined)
              throw notFound(`Function not found: ${arnOf(found.name)}:${Qualifier}`);
            return { Configuration: configuration(found, Qualifier), Code: code(version), Tags: {} };
          },
        ),

        ListVersionsByFunction: operation(
          structure({ FunctionName: text({ min: 1 }), ...page }, ['FunctionName']),
          (input: PagedInput & { readonly FunctionName: string }) => {
            const found = functionOf(input.FunctionName);
            const names = [LATEST, ...Object.keys(found.versions ?? {})];
            const { items, next } = paged(names, `ListVersionsByFunction ${found.name}`, input);
            return { Versions: items.map((version) => configuration(found, version)), ...next };
          },
        ),

        ListAliases: operation(
          structure({ FunctionName: text({ min: 1 }), ...page }, ['FunctionName']),
          (input: PagedInput & { readonly FunctionName: string }) => {
            const { name, aliases = {} } = functionOf(input.FunctionName);
            const all = Object.entries(aliases).map(([alias, [version = LATEST, ...others]]): JsonObject => {
              const weights = Object.fromEntries(others.map((other) => [other, 0.1]));
              return {
                AliasArn: `${arnOf(name)}:${alias}`,
                Name: alias,
                FunctionVersion: version,
                Description: '',
                ...(others.length > 0 ? { RoutingConfig: { AdditionalVersionWeights: weights } } : {}),
              };
            });
            const { items, next } = paged(all, `ListAliases ${name}`, input);
            return { Aliases: items, ...next };
          },
        ),
      },
    ],
    invalid,
  );
}

function invalid(message: string): ServiceError {
  return new ServiceError('InvalidParameterValueException', message);
}

function notFound(message: string): ServiceError {
  return new ServiceError('ResourceNotFoundException', message, 404);
}
