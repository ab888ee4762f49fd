/** All facts of one repository. Each is read as soon as the facts that it depends on are known. */
import { expectationsFor } from '../expectations.ts';
import { Fact, type Image, type RegistryScanning, type RepositoryFacts } from '../facts.ts';
import { ImageSet } from '../images.ts';
import { digestOf, type PlacedUse } from '../uses.ts';
import { Budget } from './budget.ts';
import { Clusters } from './clusters.ts';
import type { Context } from './context.ts';
import { type Coverage, type CoverageRow, isInUse } from './coverage.ts';
import { imagesOf } from './images.ts';
import { Keys } from './keys.ts';
import { previewOf } from './preview.ts';
import { type DescribedRepository, lifecyclePolicyOf, policyOf, tagsOf } from './repository.ts';
import { factMayMentionTags, NOT_MENTIONED } from './resource-tags.ts';
import { withScans } from './scans.ts';
import type { AuditScope } from './scope.ts';
import { any, together } from './together.ts';
import { unknown } from './unknown.ts';

/** The images that run, by `HOST/NAME`, as one service reports them. */
export type Uses = Promise<Fact<ReadonlyMap<string, readonly PlacedUse[]>>>;

/** Facts that are read for all repositories together. */
export interface Common {
  readonly scanning: Promise<Fact<RegistryScanning>>;
  /** By the ARN of the repository. */
  readonly frequencies: Promise<ReadonlyMap<string, Fact<string>>>;
  readonly coverage: Coverage;
  /** Whether a policy of IAM, the organization or the registry may mention tags of repositories. */
  readonly tagsMatter: Promise<boolean>;
  /** Of each service in each region and account. */
  readonly uses: readonly Uses[];
  /** Receives each repository that has been read. */
  readonly done: () => void;
}

/**
 * The calls that are made for each repository: its policy, its lifecycle policy, its images, and its tags if needed.
 */
const ALWAYS_READ = 4;

/** Reads the repositories of a registry one by one. */
export class RepositoryReader {
  private readonly context: Context;
  private readonly scope: AuditScope;
  private readonly common: Common;
  private readonly keys: Keys;
  private readonly clusters: Clusters;

  constructor(context: Context, scope: AuditScope, common: Common) {
    this.context = context;
    this.scope = scope;
    this.common = common;
    this.keys = new Keys(context);
    this.clusters = new Clusters(context);
  }

  async read(repository: DescribedRepository): Promise<RepositoryFacts> {
    const { context, common } = this;
    const { asker } = context;
    const { key, calls } = this.keys.of(repository.encryption);
    const policy = asker.fact(() => policyOf(context, repository));
    const tagsMatter = any([policy.then(factMayMentionTags), common.tagsMatter]);
    const own = {
      key,
      policy,
      lifecyclePolicy: asker.fact(() => lifecyclePolicyOf(context, repository)),
      tags: tagsMatter.then((matter) =>
        matter ? asker.fact(() => tagsOf(context, repository)) : Fact.unknown(NOT_MENTIONED),
      ),
      images: asker.fact(() => imagesOf(context, repository)),
    };
    const rows = this.rowsOf(repository);
    const mayAskClusters = calls === 0;
    const spares = [
      tagsMatter.then((matter) => !matter),
      ...(mayAskClusters ? [rows.then((fact) => !hasImageInUse(fact))] : []),
    ];
    const images = this.scanned(repository, own.images, calls + (mayAskClusters ? 1 : 0), spares);
    const coverage = this.covered(rows, mayAskClusters);
    const preview = this.preview(repository, own.lifecyclePolicy);
    const read = await together(own);
    common.done();
    const frequencies = await common.frequencies;
    return {
      ...repository,
      ...read,
      scanFrequency: frequencies.get(repository.arn) ?? Fact.unknown('it was not read'),
      images: await images,
      coverage: await coverage,
      preview: await preview,
    };
  }

  /** What was not read, as sentences. */
  get notices(): readonly string[] {
    return this.clusters.notices;
  }

  private async covered(
    rows: Promise<Fact<readonly CoverageRow[]>>,
    mayAskClusters: boolean,
  ): Promise<RepositoryFacts['coverage']> {
    const content = Fact.open(await rows);
    return 'gap' in content
      ? unknown(content.gap)
      : Fact.known(await this.clusters.of(content.known, mayAskClusters));
  }

  private async rowsOf({ arn }: DescribedRepository): Promise<Fact<readonly CoverageRow[]>> {
    return (await this.common.coverage.get(arn)) ?? Fact.unknown('it was not read');
  }

  /** @param more calls for the repository in addition to those for every repository */
  private async scanned(
    repository: DescribedRepository,
    read: Promise<Fact<readonly Image[]>>,
    more: number,
    spares: readonly Promise<boolean>[],
  ): Promise<RepositoryFacts['images']> {
    const { context, common, scope } = this;
    const { host, registry } = context;
    const content = Fact.open(await read);
    if ('gap' in content) return unknown(content.gap);
    const manifests = content.known.some(isReadIndex) ? 1 : 0;
    const budget = new Budget(ALWAYS_READ + more + manifests, spares);
    const set = new ImageSet(content.known);
    const expected = expectationsFor(scope.expectations, {
      name: repository.name,
      account: registry.account,
    });
    const inUse = this.rowsOf(repository).then((fact) =>
      fact.map((rows) => rows.filter(isInUse).map(({ digest }) => digest)),
    );
    const used = common.uses.map(async (uses) =>
      (await uses).map((all) =>
        (all.get(`${host}/${repository.name}`) ?? []).flatMap((use) => digestOf(use, set) ?? []),
      ),
    );
    const sources = { scanning: common.scanning, running: [inUse, ...used] };
    return Fact.known(await withScans({ context, repository, expected, budget }, content.known, sources));
  }

  private async preview(
    repository: DescribedRepository,
    lifecycle: Promise<Fact<string | undefined>>,
  ): Promise<RepositoryFacts['preview']> {
    const { context, scope } = this;
    if (!scope.lifecyclePreview) return Fact.known(undefined);
    const content = Fact.open(await lifecycle);
    if ('gap' in content) return unknown(content.gap);
    const policy = content.known;
    return policy === undefined
      ? Fact.known(undefined)
      : context.asker.fact(() => previewOf(context, repository, policy));
  }
}

/** Whether the entries of an image are read from ECR. */
function isReadIndex({ isIndex, storageClass }: Image): boolean {
  return isIndex === true && storageClass !== 'archive';
}

/** Whether Inspector reports an image as in use, so that its clusters are read. */
function hasImageInUse(rows: Fact<readonly CoverageRow[]>): boolean {
  const content = Fact.open(rows);
  return 'known' in content && content.known.some(isInUse);
}
