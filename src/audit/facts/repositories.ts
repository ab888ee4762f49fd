/** All facts of one repository, each read as soon as what it depends on is known. */
import { expectationsFor } from '../expectations.ts';
import { Fact, type Image, type RegistryScanning, type RepositoryFacts } from '../facts.ts';
import { ImageSet } from '../images.ts';
import { digestOf, type PlacedUse } from '../uses.ts';
import type { Context } from './context.ts';
import type { Coverage } from './coverage.ts';
import { imagesOf } from './images.ts';
import { Keys } from './keys.ts';
import { previewOf } from './preview.ts';
import { type DescribedRepository, lifecyclePolicyOf, policyOf, tagsOf } from './repository.ts';
import { withScans } from './scans.ts';
import type { AuditScope } from './scope.ts';
import { together } from './together.ts';
import { unknown } from './unknown.ts';

/** What runs, by `HOST/NAME`, as one service tells it. */
export type Uses = Promise<Fact<ReadonlyMap<string, readonly PlacedUse[]>>>;

/** What is read for all repositories at once. */
export interface Common {
  readonly scanning: Promise<Fact<RegistryScanning>>;
  /** By the ARN of the repository. */
  readonly frequencies: Promise<ReadonlyMap<string, Fact<string>>>;
  readonly coverage: Coverage;
  /** Of each service in each region and account. */
  readonly uses: readonly Uses[];
  /** Is told of each repository that has been read. */
  readonly done: () => void;
}

/** Reads the repositories of a registry one by one. */
export class RepositoryReader {
  private readonly context: Context;
  private readonly scope: AuditScope;
  private readonly common: Common;
  private readonly keys: Keys;

  constructor(context: Context, scope: AuditScope, common: Common) {
    this.context = context;
    this.scope = scope;
    this.common = common;
    this.keys = new Keys(context);
  }

  async read(repository: DescribedRepository): Promise<RepositoryFacts> {
    const { context, common } = this;
    const { asker } = context;
    const own = {
      key: this.keys.of(repository.encryption),
      policy: asker.fact(() => policyOf(context, repository)),
      lifecyclePolicy: asker.fact(() => lifecyclePolicyOf(context, repository)),
      tags: asker.fact(() => tagsOf(context, repository)),
      images: asker.fact(() => imagesOf(context, repository)),
    };
    const images = this.scanned(repository, own.images);
    const preview = this.preview(repository, own.lifecyclePolicy);
    const read = await together(own);
    common.done();
    const [frequencies, coverage] = await Promise.all([common.frequencies, common.coverage.rows]);
    return {
      ...repository,
      ...read,
      scanFrequency: frequencies.get(repository.arn) ?? Fact.unknown('it was not read'),
      images: await images,
      coverage: coverage.map((rows) => rows.get(repository.arn) ?? []),
      preview: await preview,
    };
  }

  private async scanned(
    repository: DescribedRepository,
    read: Promise<Fact<readonly Image[]>>,
  ): Promise<RepositoryFacts['images']> {
    const { context, common, scope } = this;
    const { host, registry } = context;
    const content = Fact.open(await read);
    if ('gap' in content) return unknown(content.gap);
    const set = new ImageSet(content.known);
    const expected = expectationsFor(scope.expectations, {
      name: repository.name,
      account: registry.account,
    });
    const inUse = common.coverage.inUse.then((all) =>
      all.map((digests) => digests.get(repository.arn) ?? []),
    );
    const used = common.uses.map(async (uses) =>
      (await uses).map((all) =>
        (all.get(`${host}/${repository.name}`) ?? []).flatMap((use) => digestOf(use, set) ?? []),
      ),
    );
    const sources = { scanning: common.scanning, running: [inUse, ...used] };
    return Fact.known(await withScans(context, repository, content.known, expected, sources));
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
