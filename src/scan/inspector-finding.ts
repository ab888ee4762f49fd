/** Converts Inspector's findings into the gate's normal form. Pure. */
import * as v from 'valibot';
import { MalformedAnswer } from '../aws/errors.ts';
import { isDigest, isRepository } from '../image/reference.ts';
import type { PlatformImage } from '../image/resolve.ts';
import type { Cvss, Finding, VulnerablePackage } from '../results/finding.ts';

const Resource = v.object({
  type: v.string(),
  id: v.string(),
  details: v.optional(
    v.object({
      awsEcrContainerImage: v.optional(
        v.looseObject({
          repositoryName: v.optional(v.string()),
          registry: v.optional(v.string()),
          imageHash: v.optional(v.string()),
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
      accounts: [account, container?.registry].filter((one) => one !== undefined && /^\d{12}$/.test(one)),
      repositories: [repository, container?.repositoryName].filter(
        (one) => one !== undefined && isRepository(one),
      ),
      digests: [digest, container?.imageHash].filter((one) => one !== undefined && isDigest(one)),
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

/** Whether one of the names that are given is this one; where none is well-formed, it may be. */
function mayBe(given: readonly unknown[], own: string): boolean {
  return given.length === 0 || given.includes(own);
}

type Row = Readonly<Record<string, unknown>>;

/**
 * Inspector's finding in the gate's normal form. A malformed member that could only make the verdict more lenient (a
 * score, a fix, an exploit, a time) is read as unknown. A member that names what is vulnerable has to be well-formed.
 * @throws MalformedAnswer where it is not
 */
export function normalise(wire: FindingRow, image: Pick<PlatformImage, 'digest' | 'platform'>): Finding {
  const details = member(wire, 'packageVulnerabilityDetails');
  const title = text(wire.title);
  const vulnerabilityId = text(details?.vulnerabilityId);
  const packages = list(details, 'vulnerablePackages').map(vulnerablePackage);
  const containers = wire.resources.map(({ id, details: { awsEcrContainerImage } = {} }) => ({
    id,
    architecture: text(awsEcrContainerImage?.architecture),
    platform: text(awsEcrContainerImage?.platform),
  }));
  return {
    id: wire.findingArn,
    type: wire.type,
    vulnerabilityId: vulnerabilityId ?? title ?? wire.type,
    relatedIds: texts(details, 'relatedVulnerabilities'),
    title: title ?? vulnerabilityId ?? '',
    description: text(wire.description) ?? '',
    severity: wire.severity.toUpperCase(),
    status: wire.status.toUpperCase(),
    score: within(wire.inspectorScore, 10),
    cvss: list(details, 'cvss').map(cvss),
    epss: within(member(wire, 'epss')?.score, 1),
    fixAvailable: fixAvailableOf(text(wire.fixAvailable)?.toUpperCase(), packages),
    exploitAvailable: text(wire.exploitAvailable)?.toUpperCase(),
    knownExploited: undefined,
    packages,
    source: text(details?.source),
    sourceUrl: text(details?.sourceUrl),
    vendorSeverity: text(details?.vendorSeverity),
    firstObservedAt: wire.firstObservedAt instanceof Date ? wire.firstObservedAt : undefined,
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

/** The one text among the values; undefined where there is none, or two differ. */
function agreed(values: readonly (string | undefined)[]): string | undefined {
  const [first, ...others] = new Set(values.filter((value) => value !== undefined));
  return others.length === 0 ? first : undefined;
}

function vulnerablePackage(wire: Row): VulnerablePackage {
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
  };
}

function cvss({ baseScore, version, scoringVector, source }: Row): Cvss {
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

/** A member that is an object; undefined where it is missing. */
function member(of: Row, name: string): Row | undefined {
  const value = of[name];
  if (value === undefined || value === null) return undefined;
  if (!isRow(value)) throw malformed(name);
  return value;
}

/** A member that is a list of objects; empty where it is missing. */
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

/** A number from 0 to `most`; undefined for any other value. */
function within(value: unknown, most: number): number | undefined {
  return typeof value === 'number' && value >= 0 && value <= most ? value : undefined;
}
