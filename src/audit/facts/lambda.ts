/**
 * The Lambda functions of a region: the images of functions with package type Image, and the roles of all functions.
 */
import type { LambdaClient } from '@aws-sdk/client-lambda';
import * as v from 'valibot';
import { checked } from '../../aws/checked.ts';
import { MalformedAnswer } from '../../aws/errors.ts';
import { InvalidReference, parseReference } from '../../image/reference.ts';
import type { ImageUse, WorkloadFacts } from '../facts.ts';
import { Unanswered } from './ask.ts';
import type { Context } from './context.ts';
import { arn, byKey, expectAbout, optionalText, page, roleArn, text, texts } from './shapes.ts';
import type { Promised } from './together.ts';

// The most items of one page (Lambda service model); Lambda returns at most 50 functions, whatever the request says.
const FUNCTIONS_PAGE = 50;
const ALIASES_PAGE = 100;
const VERSIONS_PAGE = 50;

/** The most published versions whose images are read. Each takes a call. */
const MOST_VERSIONS = 1_000;

const LATEST = '$LATEST';

const Functions = v.object({
  Functions: v.array(
    v.object({
      FunctionName: text,
      FunctionArn: arn,
      Role: roleArn,
      // Functions that are older than images have none.
      PackageType: v.nullish(v.picklist(['Image', 'Zip'])),
    }),
  ),
  NextMarker: v.nullish(v.string()),
});
const Aliases = v.object({
  Aliases: v.array(
    v.object({
      FunctionVersion: text,
      RoutingConfig: v.nullish(v.object({ AdditionalVersionWeights: v.nullish(v.record(text, v.number())) })),
    }),
  ),
  NextMarker: v.nullish(v.string()),
});
const Versions = v.object({
  Versions: v.array(v.object({ FunctionName: text, Version: text })),
  NextMarker: v.nullish(v.string()),
});
/** Lambda runs only images in ECR (Lambda, Create a Lambda function using a container image). */
const reference = v.pipe(v.string(), v.check(isReference));
const Described = v.object({
  Configuration: v.object({ FunctionName: text, Version: optionalText, Architectures: v.nullish(texts) }),
  Code: v.object({ ImageUri: reference, ResolvedImageUri: optionalText }),
});

const ARCHITECTURES: ReadonlyMap<string, string> = new Map([
  ['x86_64', 'amd64'],
  ['arm64', 'arm64'],
]);

function isReference(image: string): boolean {
  try {
    return parseReference(image) !== undefined;
  } catch (error) {
    if (error instanceof InvalidReference) return false;
    throw error;
  }
}

/**
 * The digest that a function runs, as Lambda resolved it; undefined if Lambda does not report it.
 * @throws MalformedAnswer if the text is not an image reference, and `ImageUri` has no digest either
 */
function resolvedDigest(
  action: string,
  { ImageUri, ResolvedImageUri: resolved }: v.InferOutput<typeof Described>['Code'],
): string | undefined {
  if (!resolved) return undefined;
  if (isReference(resolved)) return parseReference(resolved).digest;
  if (parseReference(ImageUri).digest !== undefined) return undefined;
  throw new MalformedAnswer(`${action} resolved ${ImageUri} to ${resolved}, which is not an image reference`);
}

type FunctionRow = v.InferOutput<typeof Functions>['Functions'][number];

/** Reads the functions. */
export function lambdaFacts(
  context: Context,
  notice: (text: string) => void,
): Promised<Pick<WorkloadFacts, 'lambda' | 'lambdaVersions' | 'lambdaRoles'>> {
  const { asker } = context;
  const lambda = import('@aws-sdk/client-lambda').then((sdk) => new Lambda(context, sdk));
  const functions = lambda.then((reader) => reader.functions());
  const named = functions.then((all) =>
    all.filter(({ PackageType }) => PackageType === 'Image').map(({ FunctionName }) => FunctionName),
  );
  return {
    lambda: asker.fact(async () => {
      const [reader, names] = await Promise.all([lambda, named]);
      return (await Promise.all(names.map((name) => reader.uses(name)))).flat();
    }),
    lambdaVersions: asker.fact(async () => {
      const [reader, names] = await Promise.all([lambda, named]);
      return reader.otherVersions(names, notice);
    }),
    lambdaRoles: asker.fact(async () =>
      (await functions).map(({ FunctionName, Role }) => ({
        role: Role,
        by: `lambda:function/${FunctionName}`,
      })),
    ),
  };
}

type Sdk = typeof import('@aws-sdk/client-lambda');

/** Each member throws Unanswered. */
class Lambda {
  private readonly context: Context;
  private readonly sdk: Sdk;
  private readonly client: LambdaClient;
  private readonly aliases = new Map<string, Promise<readonly string[]>>();

  constructor(context: Context, sdk: Sdk) {
    this.context = context;
    this.sdk = sdk;
    this.client = context.session.client(
      'lambda',
      context.registry,
      (configuration) => new sdk.LambdaClient(configuration),
    );
  }

  async functions(): Promise<readonly FunctionRow[]> {
    const action = 'lambda:ListFunctions';
    const rows = await this.context.asker.list(
      this.context.question(action),
      (Marker, abortSignal) =>
        this.client.send(new this.sdk.ListFunctionsCommand({ MaxItems: FUNCTIONS_PAGE, Marker }), {
          abortSignal,
        }),
      (answer) => {
        const { Functions: found, NextMarker } = checked(Functions, answer, action);
        return page(found, NextMarker);
      },
    );
    return [...byKey(action, rows, ({ FunctionArn }) => FunctionArn).values()];
  }

  /** The images of the unpublished version and of the versions that aliases refer to. */
  async uses(FunctionName: string): Promise<readonly ImageUse[]> {
    const versions = new Set([LATEST, ...(await this.aliasedVersions(FunctionName))]);
    return Promise.all([...versions].map((version) => this.use(FunctionName, version)));
  }

  /** The images of all other published versions. Each can be invoked by its number as long as it exists. */
  async otherVersions(
    names: readonly string[],
    notice: (text: string) => void,
  ): Promise<readonly ImageUse[]> {
    const listed = await Promise.all(
      names.map(async (name) => {
        const [versions, aliased] = await Promise.all([this.versions(name), this.aliasedVersions(name)]);
        const told = new Set([LATEST, ...aliased]);
        return versions.filter((version) => !told.has(version)).map((version) => ({ name, version }));
      }),
    );
    const all = listed.flat();
    if (all.length > MOST_VERSIONS) {
      const { host } = this.context;
      const reason = `the Lambda functions in the account and region of ${host} have ${all.length} published versions that no alias refers to, and an audit reads the images of at most ${MOST_VERSIONS}`;
      notice(`Images of Lambda functions are unknown: ${reason}. Delete the versions that nothing invokes.`);
      throw new Unanswered({ reason, missing: [] }, new Error(reason));
    }
    return Promise.all(all.map(({ name, version }) => this.use(name, version)));
  }

  private async versions(FunctionName: string): Promise<readonly string[]> {
    const action = 'lambda:ListVersionsByFunction';
    const versions = await this.context.asker.list(
      this.context.question(action, FunctionName),
      (Marker, abortSignal) =>
        this.client.send(
          new this.sdk.ListVersionsByFunctionCommand({ FunctionName, MaxItems: VERSIONS_PAGE, Marker }),
          { abortSignal },
        ),
      (answer) => {
        const { Versions: found, NextMarker } = checked(Versions, answer, action);
        for (const one of found) expectAbout(action, [[one.FunctionName, FunctionName]]);
        return page(found, NextMarker);
      },
    );
    const found = [...byKey(action, versions, ({ Version }) => Version).keys()];
    // Each function has this version, so a list without it is incomplete.
    if (found.includes(LATEST)) return found;
    throw new MalformedAnswer(`${action} did not list the version ${LATEST} of ${FunctionName}`);
  }

  private aliasedVersions(FunctionName: string): Promise<readonly string[]> {
    const before = this.aliases.get(FunctionName);
    if (before !== undefined) return before;
    const read = this.readAliases(FunctionName);
    this.aliases.set(FunctionName, read);
    return read;
  }

  private async readAliases(FunctionName: string): Promise<readonly string[]> {
    const action = 'lambda:ListAliases';
    const aliases = await this.context.asker.list(
      this.context.question(action, FunctionName),
      (Marker, abortSignal) =>
        this.client.send(new this.sdk.ListAliasesCommand({ FunctionName, MaxItems: ALIASES_PAGE, Marker }), {
          abortSignal,
        }),
      (answer) => {
        const { Aliases: found, NextMarker } = checked(Aliases, answer, action);
        return page(found, NextMarker);
      },
    );
    return aliases.flatMap(({ FunctionVersion, RoutingConfig }) => [
      FunctionVersion,
      ...Object.keys(RoutingConfig?.AdditionalVersionWeights ?? {}),
    ]);
  }

  private use(FunctionName: string, version: string): Promise<ImageUse> {
    const action = 'lambda:GetFunction';
    const qualified = version === LATEST ? FunctionName : `${FunctionName}:${version}`;
    const command = new this.sdk.GetFunctionCommand({
      FunctionName,
      ...(version !== LATEST && { Qualifier: version }),
    });
    return this.context.asker.call(
      this.context.question(action, qualified),
      (abortSignal) => this.client.send(command, { abortSignal }),
      (answer): ImageUse => {
        const { Configuration, Code } = checked(Described, answer, action);
        expectAbout(action, [
          [Configuration.FunctionName, FunctionName],
          [Configuration.Version, version],
        ]);
        const architectures = Configuration.Architectures ?? [];
        return {
          kind: 'lambda',
          by: `lambda:function/${qualified}`,
          cluster: undefined,
          image: Code.ImageUri,
          digest: resolvedDigest(action, Code),
          architecture: architectures.length === 1 ? ARCHITECTURES.get(architectures[0] ?? '') : undefined,
        };
      },
    );
  }
}
