/** A running scenario: its images in the store, and the current state of each scan. */
import { createHash } from 'node:crypto';
import { epochSeconds } from './answer.ts';
import { pushArtifact, pushImage, pushIndex, pushSignature } from './image.ts';
import type {
  BasicFinding,
  ImageSpec,
  InUseSpec,
  Json,
  JsonObject,
  PlatformSpec,
  RepositorySpec,
  ScanStep,
  Scenario,
  WireFinding,
} from './scenario.ts';
import { type Repository, Store, type StoredManifest } from './store.ts';
import { matchesWildcards } from './wildcard.ts';

const DEFAULT_AGE_MS = 60_000;
const DEFAULT_PLATFORM: PlatformSpec = { os: 'linux', architecture: 'amd64' };

/** An image of the scenario in the store. */
export interface PlayedImage {
  readonly name: string;
  readonly repository: string;
  readonly digest: string;
  readonly platform: PlatformSpec | undefined;
  readonly system: string;
  readonly archived: boolean;
  /** Milliseconds since the epoch; undefined if it never was. */
  readonly pulledAt: number | undefined;
  readonly archivedAt: number | undefined;
  readonly restoredAt: number | undefined;
  readonly inUse: InUseSpec | undefined;
  readonly steps: readonly ScanStep[];
  /** The findings that Inspector always lists, instead of those of the steps. */
  readonly recorded: readonly JsonObject[] | undefined;
}

/** The current state of an image's scan. Times are milliseconds since the epoch. */
export interface ScanState {
  readonly ecr: { readonly status: string; readonly description?: string } | 'ScanNotFound';
  readonly coverage:
    | { readonly statusCode: string; readonly reason: string; readonly lastScannedAt: number | undefined }
    | undefined;
  readonly findings: readonly ListedFinding[];
  /** The findings in ECR's own view. */
  readonly shownByEcr: readonly ListedFinding[];
  readonly ecrView: JsonObject | null | undefined;
  readonly basic: readonly BasicFinding[];
  readonly basicCounts: Readonly<Record<string, number>> | undefined;
  readonly scannedAt: number;
}

/** A finding as Inspector lists it, serialized once. */
export interface ListedFinding {
  readonly wire: JsonObject;
  readonly json: string;
  readonly image: PlayedImage;
  /** What BatchGetFindingDetails adds to it. */
  readonly details: JsonObject;
}

interface BuiltLayer {
  readonly digest: string;
  readonly createdBy: string;
}

/** Findings recorded from the real Inspector, by image name. They are listed for that image, with adapted dates and resources. */
export type RecordedFindings = Readonly<Record<string, readonly JsonObject[]>>;

export class World {
  readonly scenario: Scenario;
  readonly store: Store;
  /** By the names of the images, those of other regions of the scenario included. */
  readonly digests: Map<string, string>;
  readonly images: PlayedImage[] = [];
  private readonly found = new Map<string, PlayedImage>();
  private readonly clock: () => number;
  private start: number;
  private advanced = 0;
  /** During setup: the moment of the push. */
  private pushing: number | undefined;
  /** During setup: the names of the images in the repository. */
  private readonly named = new Set<string>();
  private readonly pending: { repository: Repository; tag: string; digest: string; at: number }[] = [];
  private readonly built = new Map<PlayedImage, readonly BuiltLayer[]>();
  private readonly active = new WeakMap<readonly ListedFinding[], readonly ListedFinding[]>();
  private readonly listed = new WeakMap<
    readonly (WireFinding | JsonObject)[],
    Map<PlayedImage, ListedFinding[]>
  >();

  /**
   * @param clock the clock outside of the scenario, in milliseconds since the epoch
   * @param digests of images that are already in the store
   */
  constructor(
    scenario: Scenario,
    recorded: RecordedFindings = {},
    clock: () => number = Date.now,
    digests: Map<string, string> = new Map(),
  ) {
    this.scenario = scenario;
    this.digests = digests;
    this.clock = clock;
    this.start = clock() + (scenario.clockOffsetMs ?? 0);
    this.store = new Store(() => this.pushing ?? this.now());
    for (const spec of scenario.repositories) this.layOut(spec, recorded);
    for (const name of Object.keys(recorded)) {
      if (!this.digests.has(name)) throw new Error(`The scenario ${scenario.name} has no image ${name}`);
    }
  }

  /** AWS's clock, milliseconds since the epoch. */
  now(): number {
    return this.clock() + (this.scenario.clockOffsetMs ?? 0) + this.advanced;
  }

  /** Starts the scenario now, with every finding serialized in advance, so that no response is delayed. */
  begin(): void {
    for (const image of this.images) {
      for (const { findings = [] } of image.steps) this.list(image, image.recorded ?? findings);
    }
    this.start = this.now();
  }

  /** Moves the scenario and AWS's clock forward by some milliseconds. */
  advance(milliseconds: number): void {
    this.advanced += milliseconds;
  }

  /** How far the scenario has been moved forward. */
  ahead(): number {
    return this.advanced;
  }

  /** A text of the scenario with the values of this run: digests, and days from now. */
  filled(text: string): string {
    return text
      .replaceAll(/\{digest:([^}]+)\}/g, (_, name: string) => {
        const digest = this.digests.get(name);
        if (digest === undefined) throw new Error(`The scenario ${this.scenario.name} has no image ${name}`);
        return digest;
      })
      .replaceAll(/\{day:([+-]\d+)\}/g, (_, days: string) =>
        new Date(this.now() + Number(days) * 86_400_000).toISOString().slice(0, 10),
      );
  }

  /** Moves the tags whose time has come. */
  moveTags(): void {
    const now = this.now();
    while (this.pending[0] && this.start + this.pending[0].at <= now) {
      const move = this.pending.shift();
      move?.repository.tags.set(move.tag, move.digest);
    }
  }

  find(repository: string, digest: string): PlayedImage | undefined {
    return this.found.get(`${repository}@${digest}`);
  }

  /** When Inspector last saw an image run, in milliseconds since the epoch; undefined if it never did. */
  seenInUse(image: PlayedImage | undefined): number | undefined {
    return image?.inUse && this.start - (image.inUse.seenAgoMs ?? 0);
  }

  repositorySpec(name: string): RepositorySpec | undefined {
    return this.scenario.repositories.find((spec) => spec.name === name);
  }

  scanType(): 'BASIC' | 'ENHANCED' {
    return this.scenario.registryScanType ?? 'ENHANCED';
  }

  /** The account of the caller's role. */
  caller(): string {
    return this.scenario.caller?.account ?? this.scenario.account;
  }

  scanFrequency(repository: string): string {
    const given = this.repositorySpec(repository)?.scanFrequency;
    if (given !== undefined) return given;
    const rules = this.scenario.registry?.scanningRules;
    if (rules !== undefined) {
      const applied = rules.filter(({ filters }) =>
        filters.some((filter) => matchesFilter(filter, repository)),
      );
      const frequencies = applied.map(({ frequency }) => frequency);
      return frequencies.includes('CONTINUOUS_SCAN') ? 'CONTINUOUS_SCAN' : (frequencies[0] ?? 'MANUAL');
    }
    return this.scanType() === 'ENHANCED' ? 'CONTINUOUS_SCAN' : 'SCAN_ON_PUSH';
  }

  repositoryArn(repository: string, account = this.scenario.account): string {
    return `arn:aws:ecr:${this.scenario.region}:${account}:repository/${repository}`;
  }

  /** The ARN of a role of the account by its name; an ARN as it is. */
  roleArn(name: string): string {
    const { account, iam } = this.scenario;
    if (name.startsWith('arn:')) return name;
    const path = iam?.[account]?.roles?.find((role) => role.name === name)?.path ?? '/';
    return `arn:aws:iam::${account}:role${path}${name}`;
  }

  manifest(image: PlayedImage): StoredManifest | undefined {
    return this.store.repositories.get(image.repository)?.manifests.get(image.digest);
  }

  /** The current scan state of an image: its steps so far, each of which overrides the previous one. */
  state(image: PlayedImage): ScanState {
    const now = this.now();
    let ecr: ScanStep['ecr'] = 'ScanNotFound';
    let coverage: ScanState['coverage'];
    let findings: readonly (WireFinding | JsonObject)[] = [];
    let basic: readonly BasicFinding[] = [];
    let basicCounts: ScanStep['basicCounts'];
    let ecrShows: number | 'same' = 'same';
    let ecrView: ScanStep['ecrView'];
    let scannedAt = this.start;
    for (const step of image.steps) {
      const at = this.start + step.at;
      if (at > now && step.at > 0) break;
      if (step.ecr !== undefined) {
        ecr = step.ecr;
        scannedAt = at;
      }
      if (step.coverage === 'none') coverage = undefined;
      else if (step.coverage !== undefined) {
        const { statusCode, reason, scannedAgoMs } = step.coverage;
        const lastScannedAt = scannedAgoMs === undefined ? undefined : at - scannedAgoMs;
        coverage = { statusCode, reason, lastScannedAt };
      }
      findings = step.findings ?? findings;
      basic = step.basic ?? basic;
      basicCounts = step.basicCounts ?? basicCounts;
      ecrShows = step.ecrShows ?? ecrShows;
      if (step.ecrView !== undefined) ecrView = step.ecrView;
    }
    const listed = this.list(image, image.recorded ?? findings);
    return {
      ecr,
      coverage,
      findings: listed,
      shownByEcr: this.shown(image, listed, ecrShows),
      ecrView,
      basic,
      basicCounts,
      scannedAt: coverage?.lastScannedAt ?? scannedAt,
    };
  }

  /** The ACTIVE findings, or as many as the scenario sets: ECR can show findings before Inspector lists them. */
  private shown(
    image: PlayedImage,
    listed: readonly ListedFinding[],
    ecrShows: number | 'same',
  ): readonly ListedFinding[] {
    const active = this.active.get(listed) ?? listed.filter(({ wire }) => wire.status === 'ACTIVE');
    this.active.set(listed, active);
    if (ecrShows === 'same') return active;
    const last = image.steps.findLast(({ findings }) => (findings?.length ?? 0) > 0)?.findings ?? PADDING;
    const pool = active.length >= ecrShows ? active : this.list(image, last);
    return Array.from({ length: ecrShows }, (_, index) => pool[index % pool.length]).filter(
      (finding) => finding !== undefined,
    );
  }

  private list(image: PlayedImage, findings: readonly (WireFinding | JsonObject)[]): ListedFinding[] {
    const ofImage = this.listed.get(findings) ?? new Map<PlayedImage, ListedFinding[]>();
    this.listed.set(findings, ofImage);
    const known = ofImage.get(image);
    if (known) return known;
    const seen = new Map<string, number>();
    const list = findings.map((finding): ListedFinding => {
      const wire = image.recorded
        ? this.adapt(finding as JsonObject, image)
        : this.fill(finding as WireFinding, image, seen);
      const { details = {} } = image.recorded ? {} : (finding as WireFinding);
      return { wire, json: JSON.stringify(wire), image, details };
    });
    ofImage.set(image, list);
    return list;
  }

  /** A finding as it is listed: the members that its template omits are filled in for the image. */
  private fill(
    { raw, details: _, ...template }: WireFinding,
    image: PlayedImage,
    seen: Map<string, number>,
  ): JsonObject {
    if (raw) return template as unknown as JsonObject;
    const { account, region } = this.scenario;
    const id = template.packageVulnerabilityDetails?.vulnerabilityId ?? template.title ?? template.severity;
    const occurrence = (seen.get(id) ?? 0) + 1;
    seen.set(id, occurrence);
    const hash = createHash('sha256')
      .update([image.repository, image.digest, id, occurrence].join())
      .digest('hex');
    const observed = epochSeconds(this.manifest(image)?.pushedAt ?? this.start);
    return {
      findingArn: `arn:aws:inspector2:${region}:${account}:finding/${hash.slice(0, 32)}`,
      awsAccountId: account,
      type: 'PACKAGE_VULNERABILITY',
      title: id,
      description: `${id} was found.`,
      status: 'ACTIVE',
      firstObservedAt: observed,
      lastObservedAt: observed,
      updatedAt: observed,
      fixAvailable: 'NO',
      exploitAvailable: 'NO',
      remediation: { recommendation: { text: 'None Provided' } },
      resources: [this.resource(image)],
      ...(template as unknown as JsonObject),
      ...this.details(template.packageVulnerabilityDetails, image),
    };
  }

  /** The layers that Inspector reports: the layer that installs it for a package of the system, and the top layer for others. */
  private details(details: WireFinding['packageVulnerabilityDetails'], image: PlayedImage): JsonObject {
    if (details?.vulnerablePackages === undefined) return {};
    const layers = this.layers(image);
    const vulnerablePackages = details.vulnerablePackages.map((found) => {
      const installs = layers.find(({ createdBy }) => createdBy.split(' ').includes(found.name));
      const layer = found.packageManager === 'OS' ? (installs ?? layers[0]) : layers.at(-1);
      return { ...(layer && { sourceLayerHash: layer.digest }), ...found };
    });
    return { packageVulnerabilityDetails: { ...details, vulnerablePackages } as unknown as JsonObject };
  }

  private layers(image: PlayedImage): readonly BuiltLayer[] {
    const known = this.built.get(image) ?? this.readLayers(image);
    this.built.set(image, known);
    return known;
  }

  private readLayers(image: PlayedImage): BuiltLayer[] {
    const manifest = this.manifest(image);
    if (manifest === undefined) return [];
    const { config, layers } = JSON.parse(manifest.bytes.toString('utf8')) as {
      config: { digest: string };
      layers: { digest: string }[];
    };
    const blob = this.store.repositories.get(image.repository)?.blobs.get(config.digest);
    const { history } = JSON.parse(String(blob)) as { history: { created_by: string; empty_layer?: true }[] };
    const made = history.filter(({ empty_layer: empty }) => !empty);
    return layers.map(({ digest }, at) => ({ digest, createdBy: made[at]?.created_by ?? '' }));
  }

  /** A recorded finding, adapted to this image and account. Times of the AWS CLI become wire times. */
  private adapt(finding: JsonObject, image: PlayedImage): JsonObject {
    const { account, region } = this.scenario;
    const arn = String(finding.findingArn).replace(
      /^arn:aws:inspector2:[^:]*:[^:]*:/,
      `arn:aws:inspector2:${region}:${account}:`,
    );
    const dates = wireTimes(finding) as JsonObject;
    return { ...dates, findingArn: arn, awsAccountId: account, resources: [this.resource(image)] };
  }

  private resource(image: PlayedImage): JsonObject {
    const manifest = this.manifest(image);
    const repository = this.store.repositories.get(image.repository);
    return {
      type: 'AWS_ECR_CONTAINER_IMAGE',
      id: `${this.repositoryArn(image.repository)}/${image.digest}`,
      partition: 'aws',
      region: this.scenario.region,
      details: {
        awsEcrContainerImage: {
          repositoryName: image.repository,
          registry: this.scenario.account,
          imageHash: image.digest,
          imageTags: repository ? this.store.tagsOf(repository, image.digest) : [],
          architecture: image.platform?.architecture ?? 'amd64',
          platform: image.system,
          inUseCount: 0,
          pushedAt: epochSeconds(manifest?.pushedAt ?? this.start),
        },
      },
    };
  }

  private layOut(spec: RepositorySpec, recorded: RecordedFindings): void {
    const repository = this.store.create(spec.name, spec.tagMutability, [
      ...(spec.tagMutabilityExclusions ?? []),
    ]);
    this.named.clear();
    for (const image of spec.images) this.push(repository, image, recorded);
    for (const { tag, to, at } of spec.moves ?? []) {
      const digest = this.digests.get(to);
      if (digest === undefined)
        throw new Error(`The tag ${tag} moves to an image that does not exist: ${to}`);
      this.pending.push({ repository, tag, digest, at });
    }
    this.pending.sort((a, b) => a.at - b.at);
    this.pushing = undefined;
  }

  private push(
    repository: Repository,
    spec: ImageSpec,
    recorded: RecordedFindings,
    parentAge = DEFAULT_AGE_MS,
  ): Pushed {
    if (this.named.has(spec.name)) throw new Error(`Two images of ${repository.name} are named ${spec.name}`);
    const age = spec.pushedAgoMs ?? parentAge;
    const pushAll = (images: readonly ImageSpec[]) =>
      images.map((child) => this.push(repository, child, recorded, age));
    const children = spec.kind === 'index' ? pushAll(spec.children) : [];
    const hidden = spec.kind === 'index' ? pushAll(spec.besides?.children ?? []) : [];
    // After the children, which have their own push times.
    this.pushing = this.start - age;
    const platform = spec.kind === 'image' ? (spec.platform ?? DEFAULT_PLATFORM) : undefined;
    const pushed = this.put(repository, spec, platform, children, hidden);
    // In another repository or region it is a copy, as replication makes it.
    if ((this.digests.get(spec.name) ?? pushed.digest) !== pushed.digest) {
      throw new Error(`Images named ${spec.name} differ`);
    }
    this.named.add(spec.name);
    this.digests.set(spec.name, pushed.digest);
    for (const tag of spec.moreTags ?? []) repository.tags.set(tag, pushed.digest);
    const before = (ms: number | undefined) => (ms === undefined ? undefined : this.start - ms);
    const archived = (spec.kind === 'image' || spec.kind === 'index') && (spec.archived ?? false);
    const image: PlayedImage = {
      name: spec.name,
      repository: repository.name,
      digest: pushed.digest,
      platform,
      system: (spec.kind === 'image' ? spec.system : undefined) ?? 'DEBIAN_12',
      archived,
      pulledAt: before(spec.pulledAgoMs),
      archivedAt: before(spec.archivedAgoMs ?? (archived ? age : undefined)),
      restoredAt: before(spec.restoredAgoMs),
      inUse: spec.kind === 'image' ? spec.inUse : undefined,
      steps: spec.kind === 'image' ? spec.timeline.toSorted((a, b) => a.at - b.at) : [],
      recorded: recorded[spec.name],
    };
    this.images.push(image);
    // Equal images are one: the first one counts.
    const key = `${repository.name}@${pushed.digest}`;
    if (!this.found.has(key)) this.found.set(key, image);
    return pushed;
  }

  private put(
    repository: Repository,
    spec: ImageSpec,
    platform: PlatformSpec | undefined,
    children: readonly Pushed[],
    hidden: readonly Pushed[],
  ): Pushed {
    const tag = spec.tag === undefined ? {} : { tag: spec.tag };
    if (spec.kind === 'artifact') {
      const { name: seed, contents, platform: stated } = spec;
      return pushArtifact(this.store, repository, { ...tag, seed, contents, platform: stated });
    }
    if (spec.kind === 'signature') {
      const subject = repository.manifests.get(this.digests.get(spec.of) ?? '');
      if (subject === undefined) throw new Error(`The signature ${spec.name} is of no image: ${spec.of}`);
      const signature = pushSignature(this.store, repository, { subject, form: spec.form, seed: spec.name });
      if (spec.tag !== undefined) repository.tags.set(spec.tag, signature.digest);
      return signature;
    }
    const mediaTypes = spec.mediaTypes === undefined ? {} : { mediaTypes: spec.mediaTypes };
    if (spec.kind === 'image') {
      return pushImage(this.store, repository, {
        ...tag,
        ...mediaTypes,
        ...(platform ? { platform } : {}),
        ...(spec.contents === undefined ? {} : { contents: spec.contents }),
        ...(spec.release === undefined ? {} : { release: spec.release }),
        topLayer: spec.topLayer,
        ...(spec.annotations === undefined ? {} : { annotations: spec.annotations }),
        ...(spec.listedAs === undefined ? {} : { listedAs: spec.listedAs }),
        seed: spec.seed ?? spec.name,
      });
    }
    return pushIndex(this.store, repository, {
      ...tag,
      ...mediaTypes,
      children,
      attestations: spec.attestations ?? false,
      besides: spec.besides && { key: spec.besides.key, children: hidden },
    });
  }
}

type Pushed = ReturnType<typeof pushImage>;

/**
 * Whether a scanning filter selects a repository: one with `*` as a wildcard, one without it every name that contains it.
 * Source: ECR user guide, "Filters to choose which repositories are scanned".
 */
function matchesFilter(filter: string, repository: string): boolean {
  return filter.includes('*') ? matchesWildcards(filter, repository) : repository.includes(filter);
}

const PADDING: readonly WireFinding[] = [
  { severity: 'MEDIUM', title: 'A finding that Inspector does not list' },
];

/** Times as the AWS CLI prints them (ISO 8601), turned into the wire's epoch seconds. */
function wireTimes(value: Json, name = ''): Json {
  if (Array.isArray(value)) return value.map((item) => wireTimes(item));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, wireTimes(member, key)]));
  }
  return typeof value === 'string' && name.endsWith('At') ? epochSeconds(Date.parse(value)) : value;
}
