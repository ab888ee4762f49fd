/** The repositories of a registry, with their settings, documents and tags. */
import {
  DescribeRepositoriesCommand,
  GetLifecyclePolicyCommand,
  GetRepositoryPolicyCommand,
  ListTagsForResourceCommand,
} from '@aws-sdk/client-ecr';
import * as v from 'valibot';
import { checked } from '../../aws/checked.ts';
import { MalformedAnswer } from '../../aws/errors.ts';
import { isRepository, repositoryArn } from '../../image/reference.ts';
import type { Encryption, Fact, Mutability } from '../facts.ts';
import type { Context } from './context.ts';
import { byKey, expectAbout, optionalText, page, text } from './shapes.ts';

// The most items of one page (ECR service model).
const REPOSITORIES_PAGE = 1000;

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
/** The characters of tags, and `*`. */
const tagFilter = v.pipe(v.string(), v.regex(/^[A-Za-z0-9._*-]+$/));
const MutabilityShape = v.object({
  imageTagMutability: text,
  imageTagMutabilityExclusionFilters: v.nullish(
    v.array(v.object({ filter: tagFilter, filterType: v.literal('WILDCARD') })),
  ),
});
const EncryptionShape = v.object({
  encryptionConfiguration: v.object({ encryptionType: text, kmsKey: optionalText }),
});
/** The repository that a response is about. */
export const About = { registryId: optionalText, repositoryName: optionalText };
const PolicyShape = v.object({ ...About, policyText: text });
const LifecycleShape = v.object({ ...About, lifecyclePolicyText: text });
const Tags = v.object({ tags: v.array(v.object({ Key: text, Value: v.string() })) });
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
    (all) => [...byKey(action, all, ({ repositoryName }) => repositoryName).values()],
  );
  return Promise.all(
    described.map(
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
  const exclusions = (imageTagMutabilityExclusionFilters ?? []).map(({ filter }) => filter);
  const isExcluding = imageTagMutability.endsWith('_WITH_EXCLUSION');
  if (isExcluding !== exclusions.length > 0) {
    throw new MalformedAnswer(
      `ecr:DescribeRepositories described the mutability ${imageTagMutability} ${isExcluding ? 'without' : 'with'} exclusion filters`,
    );
  }
  return { setting: imageTagMutability, exclusions };
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

/** The text of a repository's policy; undefined if it has none. */
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

/** The text of a repository's lifecycle policy; undefined if it has none. */
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

/** @throws MalformedAnswer if the response is about another repository */
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
 * @throws MalformedAnswer if a key occurs twice
 */
export function tagRecord(
  what: string,
  tags: readonly { readonly Key: string; readonly Value: string }[],
): Readonly<Record<string, string>> {
  const values = byKey(what, tags, ({ Key }) => Key);
  return Object.fromEntries([...values].map(([key, { Value }]) => [key, Value]));
}
