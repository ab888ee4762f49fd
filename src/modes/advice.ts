/**
 * Advice about base images: whether a newer one is in ECR, and what a rebuild on it changes. It is made after the verdicts,
 * with clients and a deadline of its own, and changes nothing but the report.
 */
import { type AwsClients, createClients } from '../aws/clients.ts';
import { MalformedAnswer } from '../aws/errors.ts';
import type { Context } from '../context.ts';
import { type Deadline, startDeadline } from '../deadline.ts';
import { messageOf } from '../errors.ts';
import {
  BaseRepository,
  type BaseTag,
  type BuiltOn,
  type BuiltPlatform,
  baseTagOf,
  readBuilt,
} from '../image/base-tags.ts';
import { ecrConfigs } from '../image/configs.ts';
import { ecrImages } from '../image/ecr.ts';
import { isBuiltOn } from '../image/layers.ts';
import { type ListedImage, listImages } from '../image/listing.ts';
import { type LayerSource, once } from '../image/origins.ts';
import { isResolved, type PlatformImage, type Resolution, type ResolvedImage } from '../image/resolve.ts';
import type { ImageInputs } from '../inputs/common.ts';
import { findingsNeedingDetails } from '../policy/details.ts';
import { evaluate } from '../policy/evaluate.ts';
import type { EffectiveSettings } from '../policy/minimum.ts';
import { compareBases, type PlatformBase } from '../remedies/rebuild.ts';
import type { Finding } from '../results/finding.ts';
import type { ImageReport } from '../results/modes/images.ts';
import type { BaseAdvice, NewerBase } from '../results/rebuild.ts';
import type { Digest } from '../results/registry.ts';
import { withDetails } from '../scan/details.ts';
import { inspectorScanner } from '../scan/inspector.ts';
import { readSettled } from '../scan/once.ts';
import type { Scanner } from '../scan/scanner.ts';
import { CLOCK_SKEW_MS } from '../time.ts';
import { newestOfLine } from '../versions/tags.ts';
import type { Basis } from './judge.ts';

/** The longest time that advice may take, and the time of the run that it does not use. */
const ADVICE_MS = 20_000;
const RESERVE_MS = 3_000;
/** The most images that get advice. */
const MOST_IMAGES = 10;
/** The most findings of a base image that are compared. */
const MOST_FINDINGS = 20_000;

export interface AdviceContext {
  readonly inputs: ImageInputs;
  readonly settings: EffectiveSettings;
  /** The data behind the verdicts. */
  readonly bases: ReadonlyMap<ResolvedImage, Basis>;
  readonly context: Context;
}

/** An image and its result. */
interface Advised {
  readonly image: ResolvedImage;
  readonly report: ImageReport;
}

/**
 * The advice about the base images of the images that are blocked or have warnings. It ends before the deadline of the run:
 * there is no advice where the data cannot be read in time.
 */
async function adviceFor(
  images: readonly Advised[],
  given: AdviceContext,
): Promise<ReadonlyMap<ResolvedImage, BaseAdvice>> {
  const found = new Map<ResolvedImage, BaseAdvice>();
  const { context } = given;
  const wanted = images.filter((one) => isAdvisable(one, given)).slice(0, MOST_IMAGES);
  const budgetMs = Math.min(ADVICE_MS, context.deadline.remainingMs() - RESERVE_MS);
  if (wanted.length === 0 || budgetMs <= 0 || context.deadline.signal.aborted) return found;
  const deadline = startDeadline(budgetMs, context.clock, context.deadline.signal);
  const { environment, awsHandler: handler } = context;
  const clients = createClients(deadline, { log: () => {}, environment, handler });
  try {
    const work = adviseAll(wanted, given, clients, deadline, found);
    // If it fails after the deadline, the failure must not be an unhandled rejection.
    work.catch(() => {});
    await Promise.race([work, over(deadline)]);
  } finally {
    deadline.clear();
    clients.destroy();
  }
  // Work that is still running must not add to the report.
  return new Map(found);
}

/**
 * The reports with their advice. It never rejects.
 * @param images in the order of the reports
 */
export async function withAdvice<I extends ImageReport>(
  images: readonly Resolution[],
  reports: readonly I[],
  given: AdviceContext,
): Promise<I[]> {
  const pairs = reports.flatMap((report, at) => {
    const image = images[at];
    return image !== undefined && isResolved(image) ? [{ image, report }] : [];
  });
  const found = await adviceFor(pairs, given).catch((error: unknown) => {
    given.context.log(`No advice about base images: ${messageOf(error)}`);
    return new Map<ResolvedImage, BaseAdvice>();
  });
  const adviceOf = new Map<ImageReport, BaseAdvice | undefined>(
    pairs.map(({ image, report }) => [report, found.get(image)]),
  );
  return reports.map((report) => {
    const advice = adviceOf.get(report);
    return advice === undefined ? report : { ...report, advice };
  });
}

/** Resolves when the deadline has expired or the job is cancelled. */
function over({ signal }: Deadline): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

/** Whether an image has a verdict that can get better, findings in known layers (basic scanning names none), and a named base image. */
function isAdvisable({ image, report }: Advised, { inputs, bases }: AdviceContext): boolean {
  const { outcome, baseImages = [] } = report;
  if (outcome.kind !== 'judged' || outcome.verdict.verdict === 'pass') return false;
  const findings = bases.get(image)?.findings ?? [];
  const isPlaced = findings.some(({ packages }) => packages.some(({ layer }) => layer !== undefined));
  return isPlaced && (inputs.baseImages.some(({ tag }) => tag !== undefined) || baseImages.length > 0);
}

async function adviseAll(
  wanted: readonly Advised[],
  given: AdviceContext,
  clients: AwsClients,
  deadline: Deadline,
  found: Map<ResolvedImage, BaseAdvice>,
): Promise<void> {
  const { context } = given;
  const source = {
    images: ecrImages(clients, deadline),
    configs: ecrConfigs(clients, deadline, context.environment),
  };
  const advisor = new Advisor(given, clients, deadline, source);
  for (const one of wanted) {
    if (deadline.signal.aborted) return;
    try {
      const advice = await advisor.advise(one);
      if (advice !== undefined && !deadline.signal.aborted) found.set(one.image, advice);
    } catch (error) {
      context.log(`No advice about the base image of ${one.image.uri}: ${messageOf(error)}`);
    }
  }
}

/** What an image is built on, and the repository of the base image. */
interface Located {
  readonly base: BaseTag;
  readonly tagged: ListedImage;
  readonly repository: BaseRepository;
  readonly builtOn: ReadonlyMap<Digest, BuiltOn>;
}

class Advisor {
  private readonly given: AdviceContext;
  private readonly clients: AwsClients;
  private readonly deadline: Deadline;
  private readonly source: LayerSource;
  private readonly scanner: Scanner;
  /** Each repository is listed once. */
  private readonly repositories = new Map<string, () => Promise<BaseRepository>>();

  constructor(given: AdviceContext, clients: AwsClients, deadline: Deadline, source: LayerSource) {
    this.given = given;
    this.clients = clients;
    this.deadline = deadline;
    this.source = source;
    this.scanner = inspectorScanner(clients, deadline);
  }

  async advise({ image, report }: Advised): Promise<BaseAdvice | undefined> {
    const built = await readBuilt(image, this.source);
    if (built === undefined) return undefined;
    const { platforms, stated } = built;
    const named = this.given.inputs.baseImages.flatMap((reference) => baseTagOf(reference, true) ?? []);
    const located = await this.locate(image, platforms, [...named, ...stated]);
    if (located === undefined) return undefined;
    const { base, tagged, repository, builtOn } = located;
    const isCurrent = platforms.every(({ digest }) => builtOn.get(digest)?.isCurrent);
    const about = { image, report, platforms, located };
    const newer: NewerBase[] = [];
    if (!isCurrent) newer.push(...(await this.compare('same-tag', base.tag, tagged, about)));
    const tag = newestOfLine(base.tag, repository.listing.tagged.keys(), base.repository);
    const next = tag === undefined ? undefined : repository.listing.tagged.get(tag);
    if (tag !== undefined && next !== undefined && next.digest !== tagged.digest) {
      newer.push(...(await this.compare('newer-tag', tag, next, about)));
    }
    return { ...this.dated(base, tagged), base: base.text, named: base.named, isCurrent, newer };
  }

  /** The base image from which the image has the most layers. Those that cannot be read do not hide the others. */
  private async locate(
    image: ResolvedImage,
    platforms: readonly BuiltPlatform[],
    tags: readonly BaseTag[],
  ): Promise<Located | undefined> {
    const failures: unknown[] = [];
    let best: (Located & { readonly layers: number }) | undefined;
    for (const base of tags) {
      try {
        const repository = await this.repositoryOf(base);
        const builtOn = await repository.basesOf(image, platforms, base);
        const tagged = repository.listing.tagged.get(base.tag);
        if (builtOn === undefined || tagged === undefined) continue;
        const layers = [...builtOn.values()].reduce((sum, { layerCount }) => sum + layerCount, 0);
        if (layers > (best?.layers ?? 0)) best = { base, tagged, repository, builtOn, layers };
      } catch (error) {
        failures.push(error);
      }
    }
    if (best === undefined && failures.length > 0) throw failures[0];
    return best;
  }

  private repositoryOf({ registry, repository }: BaseTag): Promise<BaseRepository> {
    const key = `${registry.host}/${repository}`;
    const known =
      this.repositories.get(key) ??
      once(
        async () =>
          new BaseRepository(
            registry,
            repository,
            await listImages(this.clients, this.deadline, registry, repository),
            this.source,
          ),
      );
    this.repositories.set(key, known);
    return known();
  }

  /** What a rebuild on a newer base image changes; nothing where it does not make the verdict better. */
  private async compare(
    kind: NewerBase['kind'],
    tag: string,
    listed: ListedImage,
    about: Advised & { readonly platforms: readonly BuiltPlatform[]; readonly located: Located },
  ): Promise<NewerBase[]> {
    const { image, report, platforms, located } = about;
    const { base, repository, builtOn } = located;
    const basis = this.given.bases.get(image);
    if (report.outcome.kind !== 'judged' || basis === undefined) return [];
    const known = {
      ...this.dated(base, listed),
      kind,
      reference: `${base.registry.host}/${base.repository}:${tag}`,
    };
    const unknown = (why: string) => [{ ...known, change: undefined, unknown: why }];
    const bases = new Map<string, PlatformBase>();
    for (const platform of platforms) {
      const own = builtOn.get(platform.digest);
      if (own === undefined) return [];
      const child = await repository.childOf(listed.digest, platform.platform);
      const detail = child && repository.listing.images.get(child.digest);
      if (child === undefined || detail === undefined) {
        return unknown(`ECR has no image of it for ${platform.platform}`);
      }
      if (isBuiltOn(platform, child)) {
        bases.set(platform.digest, { layers: own.layers, newer: undefined });
        continue;
      }
      // A tag can also be moved back to an earlier image.
      if (kind === 'same-tag' && !(detail.pushedAt > own.pushedAt)) return [];
      const { digest, pushedAt, status } = detail;
      const { registry } = base;
      const scanned = { registry, repository: base.repository, platform: platform.platform };
      const findings = await this.findingsOf({ ...scanned, digest, pushedAt, status });
      if (typeof findings === 'string') return unknown(findings);
      bases.set(platform.digest, { layers: own.layers, newer: findings });
    }
    const { policy } = this.given.settings;
    const { findings, evaluation } = basis;
    const moved = await this.asOfImage(image, base, bases, basis);
    const judge = (some: readonly Finding[]) => evaluate(some, policy, evaluation);
    const change = compareBases(findings, moved, report.outcome.verdict, judge);
    return change === undefined ? [] : [{ ...known, change, unknown: undefined }];
  }

  /** The findings of a base image, or why they are unknown. */
  private async findingsOf(image: PlatformImage): Promise<readonly Finding[] | string> {
    try {
      const { findings, unknown } = await readSettled(image, this.scanner);
      if (findings === undefined) return unknown;
      return findings.length > MOST_FINDINGS ? `it has more than ${MOST_FINDINGS} findings` : findings;
    } catch (error) {
      if (error instanceof MalformedAnswer) return error.message;
      throw error;
    }
  }

  /** Findings of base images as findings of the image, with the exploit data that the policy needs. */
  private async asOfImage(
    image: ResolvedImage,
    { registry }: BaseTag,
    bases: ReadonlyMap<string, PlatformBase>,
    { findings, evaluation }: Basis,
  ): Promise<Map<string, PlatformBase>> {
    const configs = new Map(findings.map(({ digest, configPlatform }) => [digest, configPlatform]));
    // Where configs were read for the others, a platform without findings has one that is unknown here.
    const otherwise = findings.some(({ configPlatform }) => configPlatform !== undefined)
      ? 'unknown'
      : undefined;
    const names = new Map<string, string>(image.platforms.map(({ digest, platform }) => [digest, platform]));
    const moved = new Map<string, PlatformBase>();
    for (const [digest, base] of bases) {
      const own = base.newer?.map((finding) => ({
        ...finding,
        digest,
        platform: names.get(digest) ?? finding.platform,
        configPlatform: configs.get(digest) ?? otherwise,
      })) satisfies readonly Finding[] | undefined;
      const asked = findingsNeedingDetails(own ?? [], this.given.settings.policy, evaluation);
      const { findings: detailed } = await withDetails(asked, registry, this.clients, this.deadline);
      const answered = new Map(asked.map((finding, at) => [finding, detailed[at] ?? finding]));
      moved.set(digest, { ...base, newer: own?.map((finding) => answered.get(finding) ?? finding) });
    }
    return moved;
  }

  /**
   * What a tag points at, and since when ECR has it.
   * @throws MalformedAnswer if that is in the future
   */
  private dated(
    { registry }: BaseTag,
    { digest, pushedAt }: ListedImage,
  ): Pick<BaseAdvice, 'digest' | 'pushedAt'> {
    const now = this.clients.serviceTime(registry);
    if (now === undefined || !(pushedAt.getTime() - now.getTime() <= CLOCK_SKEW_MS)) {
      throw new MalformedAnswer(`ecr:DescribeImages reports a push of ${digest} at an unknown time`);
    }
    return { digest, pushedAt };
  }
}
