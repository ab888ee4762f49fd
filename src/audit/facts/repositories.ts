/** All facts of one repository, each read as soon as what it depends on is known. */
import { expectationsFor } from '../expectations.ts';
import {
  Fact,
  type Image,
  type ImageCoverage,
  type ImageScan,
  type RegistryScanning,
  type RepositoryFacts,
} from '../facts.ts';
import { digestsToScan, ImageSet } from '../images.ts';
import { digestOf, type PlacedUse } from '../uses.ts';
import type { Context } from './context.ts';
import { hasScan, imagesOf, scansOf, withScans } from './images.ts';
import { Keys } from './keys.ts';
import { type DescribedRepository, lifecyclePolicyOf, policyOf, previewOf, tagsOf } from './repository.ts';
import type { AuditScope } from './scope.ts';

/** What is read for all repositories at once. */
export interface Common {
  readonly scanning: Promise<Fact<RegistryScanning>>;
  /** By the ARN of the repository. */
  readonly frequencies: Promise<ReadonlyMap<string, Fact<string>>>;
  readonly coverage: Promise<Fact<ReadonlyMap<string, readonly ImageCoverage[]>>>;
  /** What runs, by `HOST/NAME`. */
  readonly uses: Promise<ReadonlyMap<string, readonly PlacedUse[]>>;
  /** Is told of each repository that has been read. */
  readonly done: () => void;
}

/** Reads the repositories of a registry one by one. */
export function repositoryReader(
  context: Context,
  scope: AuditScope,
  common: Common,
): (repository: DescribedRepository) => Promise<RepositoryFacts> {
  const { asker } = context;
  const keys = new Keys(context);

  /** With the scan statuses that checks need: of the newest images at once, of those that run when these are known. */
  async function scanned(
    repository: DescribedRepository,
    images: readonly Image[],
  ): Promise<readonly Image[]> {
    const content = Fact.open(await common.scanning);
    const scanType = 'known' in content ? content.known.scanType : undefined;
    const expected = expectationsFor(scope.expectations, {
      name: repository.name,
      account: context.registry.account,
    });
    const set = new ImageSet(images);
    const asked = new Map<string, Fact<ImageScan | undefined>>();
    const ask = async (running: readonly string[]) => {
      const unread = [...digestsToScan(images, expected, running)].filter((digest) => {
        const image = set.of(digest);
        return !asked.has(digest) && !(scanType === 'ENHANCED' && image !== undefined && hasScan(image));
      });
      for (const [digest, scan] of await scansOf(context, repository, unread)) asked.set(digest, scan);
    };
    await ask([]);
    await ask(await running(repository, set));
    return withScans(images, scanType, asked);
  }

  async function running({ arn, name }: DescribedRepository, set: ImageSet): Promise<readonly string[]> {
    const [coverage, uses] = await Promise.all([common.coverage, common.uses]);
    const covered = Fact.open(coverage);
    const rows = 'known' in covered ? (covered.known.get(arn) ?? []) : [];
    const inUse = rows.filter(({ inUseCount }) => (inUseCount ?? 0) > 0).map(({ digest }) => digest);
    const used = (uses.get(`${context.host}/${name}`) ?? []).flatMap((use) => digestOf(use, set) ?? []);
    return [...inUse, ...used];
  }

  async function preview(
    repository: DescribedRepository,
    lifecycle: Fact<string | undefined>,
  ): Promise<RepositoryFacts['preview']> {
    if (!scope.lifecyclePreview) return Fact.known(undefined);
    const content = Fact.open(lifecycle);
    if ('gap' in content) return Fact.unknown(content.gap.reason, content.gap.missing);
    const policy = content.known;
    return policy === undefined
      ? Fact.known(undefined)
      : asker.fact(() => previewOf(context, repository, policy));
  }

  return async (repository) => {
    const [policy, lifecyclePolicy, tags, read, key] = await Promise.all([
      asker.fact(() => policyOf(context, repository)),
      asker.fact(() => lifecyclePolicyOf(context, repository)),
      asker.fact(() => tagsOf(context, repository)),
      asker.fact(() => imagesOf(context, repository)),
      keys.of(repository.encryption),
    ]);
    const previewed = preview(repository, lifecyclePolicy);
    common.done();
    const content = Fact.open(read);
    const images = 'gap' in content ? read : Fact.known(await scanned(repository, content.known));
    const coverage = (await common.coverage).map((rows) => rows.get(repository.arn) ?? []);
    return {
      ...repository,
      key,
      policy,
      lifecyclePolicy,
      tags,
      scanFrequency: (await common.frequencies).get(repository.arn) ?? Fact.unknown('it was not asked for'),
      images,
      coverage,
      preview: await previewed,
    };
  };
}
