/** Converts Inspector's findings into the gate's normal form. Pure. */
import * as v from 'valibot';
import { MalformedAnswer } from '../aws/errors.ts';
import { isDigest, isRepository } from '../image/reference.ts';
import type { PlatformImage } from '../image/resolve.ts';
import type { Cvss, Finding, Reachability, VulnerablePackage } from '../results/finding.ts';

// The answer is read as AWS sends it, so a member that is missing can also be null.
const missingOr = <const T extends v.GenericSchema>(schema: T) => v.nullish(schema);

const Resource = v.object({
  type: v.string(),
  id: v.string(),
  details: missingOr(
    v.object({
      awsEcrContainerImage: missingOr(
        v.looseObject({
          repositoryName: missingOr(v.string()),
          registry: missingOr(v.string()),
          imageHash: missingOr(v.string()),
        }),
      ),
    }),
  ),
});

/** The members that every finding must have; the other members are read one by one. */
export const FindingRow = v.looseObject({
  findingArn: v.pipe(v.string(), v.nonEmpty()),
  awsAccountId: v.string(),
  type: v.string(),
  severity: v.pipe(v.string(), v.nonEmpty()),
  status: v.pipe(v.string(), v.nonEmpty()),
  resources: v.pipe(v.array(Resource), v.nonEmpty()),
});

export type FindingRow = v.InferOutput<typeof FindingRow>;

/**
 * Whether a finding is about this image. The same digest can be in other repositories and, for a delegated
 * administrator, in other accounts. A finding is left out only if it is certainly about one of those; a finding that
 * does not name its image counts against this image.
 * @throws MalformedAnswer when it is about another digest, which was not requested
 */
export function belongsTo(finding: FindingRow, image: PlatformImage): boolean {
  const places = finding.resources.map(({ id, details }) => {
    const { awsEcrContainerImage: container } = details ?? {};
    const [, account, repository, digest] =
      /^arn:[^:]*:ecr:[^:]*:(\d{12}):repository\/(.+)\/(sha256:[0-9a-f]{64})$/.exec(id) ?? [];
    return {
      accounts: wellFormed([account, container?.registry], (one) => /^\d{12}$/.test(one)),
      repositories: wellFormed([repository, container?.repositoryName], isRepository),
      digests: wellFormed([digest, container?.imageHash], isDigest),
    };
  });
  if (!places.some(({ digests }) => mayBe(digests, image.digest))) {
    throw new MalformedAnswer('inspector2:ListFindings returned findings of another image');
  }
  return places.some(
    ({ accounts, repositories, digests }) =>
      mayBe(digests, image.digest) &&
      mayBe(accounts, image.registry.account) &&
      mayBe(repositories, image.repository),
  );
}

function wellFormed(
  names: readonly (string | null | undefined)[],
  isWellFormed: (name: string) => boolean,
): string[] {
  return names.filter((name): name is string => typeof name === 'string' && isWellFormed(name));
}

/** Whether one of the names that are given is this one; where none is well-formed, it may be. */
function mayBe(given: readonly string[], own: string): boolean {
  return given.length === 0 || given.includes(own);
}

type Row = Readonly<Record<string, unknown>>;

/** Returns equal texts as one string, to save memory: most texts of a list of findings are repeated. */
export function sharedTexts(): (text: string) => string {
  const known = new Map<string, string>();
  return (text) => {
    const first = known.get(text);
    if (first === undefined) known.set(text, text);
    return first ?? text;
  };
}

/**
 * Inspector's finding in the gate's normal form. A malformed member that could only make the verdict more lenient (a
 * score, a fix, an exploit, a time) is read as unknown. A member that names what is vulnerable has to be well-formed.
 * @param share returns equal texts as one string
 * @throws MalformedAnswer if it is not
 */
export function normalise(
  wire: FindingRow,
  image: Pick<PlatformImage, 'digest' | 'platform'>,
  share: (text: string) => string = (text) => text,
): Finding {
  const details = member(wire, 'packageVulnerabilityDetails');
  const shared = (value: unknown) => (typeof value === 'string' ? share(value) : undefined);
  const title = shared(wire.title);
  const vulnerabilityId = shared(details?.vulnerabilityId);
  const packages = list(details, 'vulnerablePackages').map((row) => vulnerablePackage(row, shared));
  const containers = wire.resources.map(({ id, details: about }) => ({
    id,
    architecture: shared(about?.awsEcrContainerImage?.architecture),
    platform: shared(about?.awsEcrContainerImage?.platform),
  }));
  return {
    id: wire.findingArn,
    type: share(wire.type),
    vulnerabilityId: vulnerabilityId ?? title ?? wire.type,
    relatedIds: texts(details, 'relatedVulnerabilities').map(share),
    title: title ?? vulnerabilityId ?? '',
    description: shared(wire.description) ?? '',
    severity: share(wire.severity.toUpperCase()),
    status: share(wire.status.toUpperCase()),
    score: within(wire.inspectorScore, 10),
    cvss: list(details, 'cvss').map((row) => cvss(row, shared)),
    epss: within(member(wire, 'epss')?.score, 1),
    fixAvailable: fixAvailableOf(shared(text(wire.fixAvailable)?.toUpperCase()), packages),
    exploitAvailable: shared(text(wire.exploitAvailable)?.toUpperCase()),
    knownExploited: undefined,
    packages,
    source: shared(details?.source),
    sourceUrl: shared(details?.sourceUrl),
    vendorSeverity: shared(details?.vendorSeverity),
    firstObservedAt: time(wire.firstObservedAt),
    digest: image.digest,
    platform: image.platform,
    architecture: containers.find(({ id }) => id.endsWith(image.digest))?.architecture,
    operatingSystem: agreed(containers.map(({ platform }) => platform)),
  };
}

/** Undefined for NO where a package has a fixed version: only that there is no fix can make a verdict more lenient. */
function fixAvailableOf(
  stated: string | undefined,
  packages: readonly VulnerablePackage[],
): string | undefined {
  return stated === 'NO' && packages.some(({ fixedIn }) => fixedIn) ? undefined : stated;
}

/** The one text among the values; undefined if there is none, or two differ. */
function agreed(values: readonly (string | undefined)[]): string | undefined {
  const [first, ...others] = new Set(values.filter((value) => value !== undefined));
  return others.length === 0 ? first : undefined;
}

type Text = (value: unknown) => string | undefined;

function vulnerablePackage(wire: Row, text: Text): VulnerablePackage {
  const name = text(wire.name);
  if (name === undefined) throw malformed('vulnerablePackages.name');
  const fixedIn = text(wire.fixedInVersion);
  return {
    name,
    version: text(wire.version) ?? '',
    manager: text(wire.packageManager),
    // Inspector returns this word where there is no fixed version.
    fixedIn: fixedIn === 'NotAvailable' ? undefined : fixedIn,
    epoch: typeof wire.epoch === 'number' && Number.isSafeInteger(wire.epoch) ? wire.epoch : undefined,
    release: text(wire.release),
    arch: text(wire.arch),
    filePath: text(wire.filePath),
    remediation: text(wire.remediation),
    layer: text(wire.sourceLayerHash),
    instruction: undefined,
    origin: undefined,
    statedOrigin: undefined,
    reachability: reachability(wire),
  };
}

/**
 * Whether the image's own command reaches the package. Only a value with the reason that Inspector gives for it in images is
 * known: UNKNOWN has no reason, and a process that Inspector observed on an EC2 instance says nothing about an image.
 * Source: Amazon Inspector's user guide, "Understanding runtime reachability for your Amazon Inspector findings", and the
 * service model, RuntimeReachabilityReason.
 */
function reachability({
  runtimeReachability: value,
  runtimeReachabilityReason: reason,
}: Row): Reachability | undefined {
  if (value === 'REACHABLE' && reason === 'PACKAGE_IN_DOCKERFILE_WORKLOAD_PATH') return 'reachable';
  if (value === 'NOT_REACHABLE' && reason === 'PACKAGE_NOT_IN_DOCKERFILE_WORKLOAD_PATH')
    return 'not-reachable';
  return undefined;
}

function cvss({ baseScore, version, scoringVector, source }: Row, text: Text): Cvss {
  return {
    baseScore: typeof baseScore === 'number' ? baseScore : 0,
    version: text(version) ?? '',
    vector: text(scoringVector) ?? '',
    source: text(source) ?? '',
  };
}

function malformed(name: string): MalformedAnswer {
  return new MalformedAnswer(`inspector2:ListFindings returned a finding whose member ${name} is malformed`);
}

/** A member that is an object; undefined if it is missing. */
function member(of: Row, name: string): Row | undefined {
  const value = of[name];
  if (value === undefined || value === null) return undefined;
  if (!isRow(value)) throw malformed(name);
  return value;
}

/** A member that is a list of objects; empty if it is missing. */
function list(of: Row | undefined, name: string): readonly Row[] {
  const value = of?.[name] ?? [];
  if (!Array.isArray(value) || !value.every(isRow)) throw malformed(name);
  return value;
}

function texts(of: Row | undefined, name: string): readonly string[] {
  const value = of?.[name] ?? [];
  if (!Array.isArray(value) || !value.every((item) => typeof item === 'string')) throw malformed(name);
  return value;
}

function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** A time in seconds since the epoch, as Inspector sends it; undefined for any other value. */
function time(value: unknown): Date | undefined {
  const date = typeof value === 'number' ? new Date(value * 1_000) : undefined;
  return date === undefined || Number.isNaN(date.getTime()) ? undefined : date;
}

/** A number from 0 to `most`; undefined for any other value. */
function within(value: unknown, most: number): number | undefined {
  return typeof value === 'number' && value >= 0 && value <= most ? value : undefined;
}
