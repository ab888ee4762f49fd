/** The repositories of a registry, and what ECR tells of each: its settings, documents, tags and lifecycle preview. */
import { isDeepStrictEqual } from 'node:util';
import {
  BatchGetRepositoryScanningConfigurationCommand,
  DescribeRepositoriesCommand,
  GetLifecyclePolicyCommand,
  GetLifecyclePolicyPreviewCommand,
  GetRepositoryPolicyCommand,
  ListTagsForResourceCommand,
  StartLifecyclePolicyPreviewCommand,
} from '@aws-sdk/client-ecr';
import * as v from 'valibot';
import { checked } from '../../aws/checked.ts';
import { MalformedAnswer } from '../../aws/errors.ts';
import { isRepository, repositoryArn } from '../../image/reference.ts';
import { type Encryption, Fact, type Mutability } from '../facts.ts';
import type { PreviewedImage } from '../lifecycle/preview.ts';
import type { Context } from './context.ts';
import { byKey, chunks, digest, expectAbout, optionalText, page, text } from './shapes.ts';

// The most items of one page, and the most repositories of one call (ECR service model).
const REPOSITORIES_PAGE = 1000;
const FREQUENCIES_BATCH = 25;
const PREVIEW_PAGE = 100;

const PREVIEW_POLL_MS = 2_000;

const Repositories = v.object({
  repositories: v.array(
    v.object({
      repositoryArn: text,
      registryId: optionalText,
      repositoryName: v.pipe(v.string(), v.check(isRepository)),
      imageTagMutability: v.optional(v.unknown()),
      imageTagMutabilityExclusionFilters: v.optional(v.unknown()),
      encryptionConfiguration: v.optional(v.unknown()),
    }),
  ),
  nextToken: v.nullish(v.string()),
});
const MutabilityShape = v.object({
  imageTagMutability: text,
  imageTagMutabilityExclusionFilters: v.nullish(
    v.array(v.object({ filter: text, filterType: v.literal('WILDCARD') })),
  ),
});
const EncryptionShape = v.object({
  encryptionConfiguration: v.object({ encryptionType: text, kmsKey: optionalText }),
});
const About = { registryId: optionalText, repositoryName: optionalText };
const PolicyShape = v.object({ ...About, policyText: text });
const LifecycleShape = v.object({ ...About, lifecyclePolicyText: text });
const Tags = v.object({ tags: v.array(v.object({ Key: text, Value: v.string() })) });
const Frequencies = v.object({
  scanningConfigurations: v.array(v.object({ repositoryArn: text, scanFrequency: text })),
  failures: v.nullish(
    v.array(v.object({ repositoryName: text, failureCode: text, failureReason: v.nullish(v.string()) })),
  ),
});
const Preview = v.object({
  ...About,
  lifecyclePolicyText: text,
  status: text,
  previewResults: v.nullish(
    v.array(
      v.object({
        imageDigest: digest,
        action: v.nullish(v.object({ type: optionalText, targetStorageClass: optionalText })),
        appliedRulePriority: v.nullish(v.number()),
      }),
    ),
  ),
  nextToken: v.nullish(v.string()),
});

/** A repository as DescribeRepositories describes it. */
export interface DescribedRepository {
  readonly name: string;
  readonly arn: string;
  readonly mutability: Fact<Mutability>;
  readonly encryption: Fact<Encryption>;
}

/**
 * All repositories of a registry.
 * @throws Unanswered
 */
export async function describeRepositories(context: Context): Promise<readonly DescribedRepository[]> {
  const { asker, ecr, registry } = context;
  const action = 'ecr:DescribeRepositories';
  const described = await asker.list(
    context.question(action),
    (nextToken, abortSignal) =>
      ecr.send(
        new DescribeRepositoriesCommand({
          registryId: registry.account,
          maxResults: REPOSITORIES_PAGE,
          nextToken,
        }),
        { abortSignal },
      ),
    (answer) => {
      const { repositories, nextToken } = checked(Repositories, answer, action);
      for (const { registryId, repositoryName, repositoryArn: arn } of repositories) {
        expectAbout(action, [
          [registryId, registry.account],
          [arn, repositoryArn(registry, repositoryName)],
        ]);
      }
      return page(repositories, nextToken);
    },
  );
  const byName = byKey(action, described, ({ repositoryName }) => repositoryName);
  return Promise.all(
    [...byName.values()].map(
      async (repository): Promise<DescribedRepository> => ({
        name: repository.repositoryName,
        arn: repository.repositoryArn,
        mutability: await asker.fact(async () => mutabilityOf(repository)),
        encryption: await asker.fact(async () => encryptionOf(repository)),
      }),
    ),
  );
}

function mutabilityOf(repository: unknown): Mutability {
  const { imageTagMutability, imageTagMutabilityExclusionFilters } = checked(
    MutabilityShape,
    repository,
    'ecr:DescribeRepositories',
  );
  return {
    setting: imageTagMutability,
    exclusions: (imageTagMutabilityExclusionFilters ?? []).map(({ filter }) => filter),
  };
}

function encryptionOf(repository: unknown): Encryption {
  const { encryptionConfiguration } = checked(EncryptionShape, repository, 'ecr:DescribeRepositories');
  const { encryptionType: type, kmsKey } = encryptionConfiguration;
  const hasKey = typeof kmsKey === 'string';
  if (hasKey === (type === 'AES256')) {
    throw new MalformedAnswer(
      `ecr:DescribeRepositories described the encryption ${type} ${hasKey ? 'with' : 'without'} a key`,
    );
  }
  return { type, key: kmsKey ?? undefined };
}

/** The text of a repository's policy; undefined where it has none. */
export function policyOf(context: Context, { name, arn }: DescribedRepository): Promise<string | undefined> {
  const { asker, ecr, registry } = context;
  const action = 'ecr:GetRepositoryPolicy';
  const about = { registryId: registry.account, repositoryName: name };
  return asker.optional(
    context.question(action, arn),
    ['RepositoryPolicyNotFoundException'],
    (abortSignal) => ecr.send(new GetRepositoryPolicyCommand(about), { abortSignal }),
    (answer) => {
      const { policyText, ...said } = checked(PolicyShape, answer, action);
      expectRepository(action, said, about);
      return policyText;
    },
  );
}

/** The text of a repository's lifecycle policy; undefined where it has none. */
export function lifecyclePolicyOf(
  context: Context,
  { name, arn }: DescribedRepository,
): Promise<string | undefined> {
  const { asker, ecr, registry } = context;
  const action = 'ecr:GetLifecyclePolicy';
  const about = { registryId: registry.account, repositoryName: name };
  return asker.optional(
    context.question(action, arn),
    ['LifecyclePolicyNotFoundException'],
    (abortSignal) => ecr.send(new GetLifecyclePolicyCommand(about), { abortSignal }),
    (answer) => {
      const { lifecyclePolicyText, ...said } = checked(LifecycleShape, answer, action);
      expectRepository(action, said, about);
      return lifecyclePolicyText;
    },
  );
}

interface Repository {
  readonly registryId: string;
  readonly repositoryName: string;
}

/** @throws MalformedAnswer where an answer says that it is about another repository */
export function expectRepository(
  what: string,
  said: {
    readonly registryId?: string | null | undefined;
    readonly repositoryName?: string | null | undefined;
  },
  { registryId, repositoryName }: Repository,
): void {
  expectAbout(what, [
    [said.registryId, registryId],
    [said.repositoryName, repositoryName],
  ]);
}

/** The tags of a repository as a resource. */
export function tagsOf(
  context: Context,
  { arn }: DescribedRepository,
): Promise<Readonly<Record<string, string>>> {
  const { asker, ecr } = context;
  const action = 'ecr:ListTagsForResource';
  return asker.call(
    context.question(action, arn),
    (abortSignal) => ecr.send(new ListTagsForResourceCommand({ resourceArn: arn }), { abortSignal }),
    (answer) => tagRecord(action, checked(Tags, answer, action).tags),
  );
}

/**
 * Tags by their key.
 * @throws MalformedAnswer where a key is there twice
 */
export function tagRecord(
  what: string,
  tags: readonly { readonly Key: string; readonly Value: string }[],
): Readonly<Record<string, string>> {
  const values = byKey(what, tags, ({ Key }) => Key);
  return Object.fromEntries([...values].map(([key, { Value }]) => [key, Value]));
}

/** The effective scan frequency of each repository by its ARN. */
export async function scanFrequencies(
  context: Context,
  repositories: readonly DescribedRepository[],
): Promise<ReadonlyMap<string, Fact<string>>> {
  const found = new Map<string, Fact<string>>();
  const batches = chunks(repositories, FREQUENCIES_BATCH).map(async (batch) => {
    const answer = await context.asker.fact(() => frequenciesOf(context, batch));
    for (const { arn } of batch) {
      const content = Fact.open(answer);
      found.set(
        arn,
        'gap' in content
          ? Fact.unknown(content.gap.reason, content.gap.missing)
          : (content.known.get(arn) ?? NO_FREQUENCY),
      );
    }
  });
  await Promise.all(batches);
  return found;
}

const ACTION = 'ecr:BatchGetRepositoryScanningConfiguration';
const NO_FREQUENCY = Fact.unknown(`${ACTION} did not answer about the repository`);

async function frequenciesOf(
  context: Context,
  batch: readonly DescribedRepository[],
): Promise<ReadonlyMap<string, Fact<string>>> {
  const { asker, ecr } = context;
  const command = new BatchGetRepositoryScanningConfigurationCommand({
    repositoryNames: batch.map(({ name }) => name),
  });
  return asker.call(
    context.question(ACTION),
    (abortSignal) => ecr.send(command, { abortSignal }),
    (answer) => {
      const { scanningConfigurations, failures } = checked(Frequencies, answer, ACTION);
      const configurations = byKey(ACTION, scanningConfigurations, ({ repositoryArn: arn }) => arn);
      const failed = new Map((failures ?? []).map((failure) => [failure.repositoryName, failure]));
      return new Map(
        batch.flatMap(({ name, arn }): [string, Fact<string>][] => {
          const failure = failed.get(name);
          const configuration = configurations.get(arn);
          // An answer that has both contradicts itself.
          if (failure !== undefined) {
            const reason = `${ACTION} failed: ${failure.failureReason ?? ''} (${failure.failureCode})`;
            return [[arn, Fact.unknown(reason)]];
          }
          return configuration === undefined ? [] : [[arn, Fact.known(configuration.scanFrequency)]];
        }),
      );
    },
  );
}

/**
 * Starts ECR's preview of the repository's own lifecycle policy, and reads it when it is complete.
 * @param policy the text of that policy
 * @throws Unanswered
 */
export async function previewOf(
  context: Context,
  { name, arn }: DescribedRepository,
  policy: string,
): Promise<readonly PreviewedImage[]> {
  const { asker, ecr, registry } = context;
  const about = { registryId: registry.account, repositoryName: name };
  const start = 'ecr:StartLifecyclePolicyPreview';
  const read = 'ecr:GetLifecyclePolicyPreview';
  await asker.optional(
    context.question(start, arn),
    // Its own, of which no answer came, or somebody else's.
    ['LifecyclePolicyPreviewInProgressException'],
    (abortSignal) => ecr.send(new StartLifecyclePolicyPreviewCommand(about), { abortSignal }),
    () => undefined,
  );
  const get = (nextToken: string | undefined, abortSignal: AbortSignal) =>
    ecr.send(new GetLifecyclePolicyPreviewCommand({ ...about, maxResults: PREVIEW_PAGE, nextToken }), {
      abortSignal,
    });
  const whenComplete = async (nextToken: string | undefined, abortSignal: AbortSignal) => {
    let answer = await get(nextToken, abortSignal);
    while (answer.status === 'IN_PROGRESS' && !abortSignal.aborted) {
      await asker.deadline.sleep(PREVIEW_POLL_MS);
      answer = await get(nextToken, abortSignal);
    }
    return answer;
  };
  const results = await asker.list(context.question(read, arn), whenComplete, (answer) => {
    const preview = checked(Preview, answer, read);
    const { status, previewResults, nextToken } = preview;
    expectRepository(read, preview, about);
    if (!isSame(preview.lifecyclePolicyText, policy)) {
      throw new MalformedAnswer('the lifecycle preview is of another policy than the one in force');
    }
    if (status !== 'COMPLETE') throw new MalformedAnswer(`the lifecycle preview ended as ${status}`);
    if (!previewResults) throw new MalformedAnswer(`${read} answered without previewResults`);
    return page(previewResults, nextToken);
  });
  return results.map(({ imageDigest, action, appliedRulePriority }) => ({
    digest: imageDigest,
    action: actionOf(action?.type, action?.targetStorageClass),
    priority: appliedRulePriority ?? undefined,
  }));
}

/** Whether two texts are the same JSON, written alike or not. */
function isSame(one: string, other: string): boolean {
  try {
    return isDeepStrictEqual(JSON.parse(one), JSON.parse(other));
  } catch {
    return one === other;
  }
}

function actionOf(
  type: string | null | undefined,
  target: string | null | undefined,
): PreviewedImage['action'] {
  if (type === 'EXPIRE') return 'expire';
  return type === 'TRANSITION' && target === 'ARCHIVE' ? 'archive' : undefined;
}
