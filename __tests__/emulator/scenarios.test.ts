import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { CATALOGUE, type FindingSpec, finding, many } from '../../emulator/findings.ts';
import { type ImageSpec, registryHost, type ScanStep, type Scenario } from '../../emulator/scenario.ts';
import { accounts } from '../../emulator/scenarios/accounts.ts';
import { faults } from '../../emulator/scenarios/faults.ts';
import { images } from '../../emulator/scenarios/images.ts';
import { scenarios } from '../../emulator/scenarios/index.ts';
import { policies } from '../../emulator/scenarios/policies.ts';
import { scans } from '../../emulator/scenarios/scans.ts';
import { sizes } from '../../emulator/scenarios/sizes.ts';
import { World } from '../../emulator/world.ts';

const written: readonly Scenario[] = [...images, ...scans, ...policies, ...faults, ...sizes];
const specs: readonly (readonly [string, FindingSpec])[] = Object.entries(CATALOGUE);

// The scans of a scenario end soon, because tests and demos wait for them.
const LONGEST_STORY_MS = 6_000;

const ARCHITECTURES = ['amd64', 'arm64', 'arm', '386', 'ppc64le', 's390x', 'riscv64', 'mips64le', 'unknown'];
const ECR_STATUSES = [
  'ACTIVE',
  'COMPLETE',
  'FAILED',
  'FINDINGS_UNAVAILABLE',
  'IMAGE_ARCHIVED',
  'IN_PROGRESS',
  'LIMIT_EXCEEDED',
  'PENDING',
  'SCAN_ELIGIBILITY_EXPIRED',
  'UNSUPPORTED_IMAGE',
];
const COVERAGE_REASONS = [
  'IMAGE_ARCHIVED',
  'PENDING_INITIAL_SCAN',
  'SCAN_ELIGIBILITY_EXPIRED',
  'SCAN_FREQUENCY_MANUAL',
  'SCAN_FREQUENCY_SCAN_ON_PUSH',
  'SCAN_IN_PROGRESS',
  'SUCCESSFUL',
  'UNSUPPORTED_OS',
];
const APIS = [
  '*',
  'BatchGetAccountStatus',
  'BatchGetFindingDetails',
  'BatchGetImage',
  'DescribeImages',
  'DescribeImageScanFindings',
  'ListCoverage',
  'ListFindings',
];
const PACKAGE_MANAGERS = ['GOBINARY', 'JAR', 'NODEPKG', 'NPM', 'OS', 'PYTHONPKG'];

function inputNames(): string[] {
  const action = parse(readFileSync(new URL('../../action.yml', import.meta.url), 'utf8'));
  return Object.keys(action.inputs);
}

function flatten(image: ImageSpec): ImageSpec[] {
  if (image.kind !== 'index') return [image];
  return [image, ...[...image.children, ...(image.besides?.children ?? [])].flatMap(flatten)];
}

function everyImage(scenario: Scenario): ImageSpec[] {
  return scenario.repositories.flatMap((repository) => repository.images.flatMap(flatten));
}

function everyStep(scenario: Scenario): ScanStep[] {
  return everyImage(scenario).flatMap((image) => (image.kind === 'image' ? image.timeline : []));
}

/** The severity that CVSS gives a score. */
function band(score: number): string {
  if (score >= 9) return 'CRITICAL';
  if (score >= 7) return 'HIGH';
  return score >= 4 ? 'MEDIUM' : 'LOW';
}

/** The base score of a vector, by the equations of the CVSS 3.1 specification (section 7.1). */
function baseScore(vector: string): number {
  const metrics = new Map(vector.split('/').map((metric) => metric.split(':') as [string, string]));
  const changed = metrics.get('S') === 'C';
  const weigh = (metric: string, weights: Readonly<Record<string, number>>): number => {
    const weight = weights[metrics.get(metric) ?? ''];
    if (weight === undefined) throw new Error(`${vector} has no known ${metric}`);
    return weight;
  };
  const loss = (metric: string) => 1 - weigh(metric, { H: 0.56, L: 0.22, N: 0 });
  const base = 1 - loss('C') * loss('I') * loss('A');
  const impact = changed ? 7.52 * (base - 0.029) - 3.25 * (base - 0.02) ** 15 : 6.42 * base;
  if (impact <= 0) return 0;
  const exploitability =
    8.22 *
    weigh('AV', { N: 0.85, A: 0.62, L: 0.55, P: 0.2 }) *
    weigh('AC', { L: 0.77, H: 0.44 }) *
    weigh('PR', changed ? { N: 0.85, L: 0.68, H: 0.5 } : { N: 0.85, L: 0.62, H: 0.27 }) *
    weigh('UI', { N: 0.85, R: 0.62 });
  const score = Math.min((changed ? 1.08 : 1) * (impact + exploitability), 10);
  // Rounded up to one decimal, as the specification's appendix A does it.
  const scaled = Math.round(score * 100_000);
  return scaled % 10_000 === 0 ? scaled / 100_000 : (Math.floor(scaled / 10_000) + 1) / 10;
}

function isListed({ name, description }: Scenario): void {
  expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/);
  expect(description).toMatch(/^[A-Z0-9][^\n]*\.$/);
}

function asksForTagsThatAreThere(scenario: Scenario): void {
  const world = new World(scenario);
  const host = registryHost(scenario);
  expect(scenario.images.length).toBeGreaterThan(0);
  for (const reference of scenario.images) {
    expect(reference.startsWith(`${host}/`)).toBe(true);
    const [repository = '', tag = ''] = reference.slice(host.length + 1).split(':');
    expect(world.store.repositories.get(repository)?.tags.has(tag), reference).toBe(true);
  }
}

function namesEveryImageOnce(scenario: Scenario): void {
  const names = everyImage(scenario).map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  for (const image of everyImage(scenario)) {
    if (image.kind !== 'image') continue;
    expect(ARCHITECTURES).toContain(image.platform?.architecture ?? 'amd64');
    expect(['linux', 'unknown']).toContain(image.platform?.os ?? 'linux');
  }
}

function givesInputsThatExist({ inputs = {}, keys = [] }: Scenario): void {
  expect(inputNames()).toEqual(expect.arrayContaining(Object.keys(inputs)));
  const key = inputs['signing-key'];
  if (key === undefined) return;
  expect(keys.map(({ id }) => id)).toContain(key.slice(key.lastIndexOf('/') + 1));
}

function tellsItsScansInOrder(scenario: Scenario): void {
  for (const image of everyImage(scenario)) {
    if (image.kind !== 'image') continue;
    const moments = image.timeline.map(({ at }) => at);
    expect(moments).toEqual(moments.toSorted((a, b) => a - b));
  }
  for (const { at, ecr, coverage } of everyStep(scenario)) {
    expect(at).toBeLessThanOrEqual(LONGEST_STORY_MS);
    if (ecr !== undefined && ecr !== 'ScanNotFound') expect(ECR_STATUSES).toContain(ecr.status);
    if (coverage === undefined || coverage === 'none') continue;
    expect(COVERAGE_REASONS).toContain(coverage.reason);
    expect(['ACTIVE', 'INACTIVE']).toContain(coverage.statusCode);
  }
}

function pointsAtWhatIsThere(scenario: Scenario): void {
  const names = everyImage(scenario).map(({ name }) => name);
  for (const { to } of scenario.repositories.flatMap(({ moves = [] }) => moves)) expect(names).toContain(to);
  for (const { api, from = 1, to = from } of scenario.faults ?? []) {
    expect(APIS).toContain(api);
    expect(to).toBeGreaterThanOrEqual(from);
  }
}

describe('the scenarios', () => {
  it('have unique names, by which they are found', () => {
    const names = [...written, ...accounts].map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(Object.keys(scenarios)).toEqual(names);
    for (const [name, scenario] of Object.entries(scenarios)) expect(scenario.name).toBe(name);
  });

  it.each(
    written.map((scenario) => [scenario.name, scenario] as const),
  )('%s is well-formed', (_, scenario) => {
    isListed(scenario);
    asksForTagsThatAreThere(scenario);
    namesEveryImageOnce(scenario);
    givesInputsThatExist(scenario);
    tellsItsScansInOrder(scenario);
    pointsAtWhatIsThere(scenario);
  });

  it.each(
    accounts.map((scenario) => [scenario.name, scenario] as const),
  )('%s is well-formed, and its roles, tasks and images are there', (_, scenario) => {
    isListed(scenario);
    namesEveryImageOnce(scenario);
    tellsItsScansInOrder(scenario);
    pointsAtWhatIsThere(scenario);
    const { ecs, eks = [], lambda = [] } = scenario.workloads ?? {};
    const roles = scenario.iam?.[scenario.account]?.roles?.map(({ name }) => name) ?? [];
    const { taskDefinitions = [], clusters = [] } = ecs ?? {};
    const used = [
      ...taskDefinitions.flatMap(({ taskRole, executionRole }) => [taskRole, executionRole]),
      ...eks.flatMap(({ role, nodegroups = [], podIdentities = [] }) =>
        [{ role }, ...nodegroups, ...podIdentities].map((one) => one.role),
      ),
      ...lambda.map(({ role }) => role),
    ];
    for (const role of used) if (role !== undefined) expect(roles).toContain(role);
    const revisions = taskDefinitions.map(({ family, revision = 1 }) => `${family}:${revision}`);
    for (const { services = [], tasks = [] } of clusters) {
      for (const { taskDefinition } of [...services, ...tasks]) expect(revisions).toContain(taskDefinition);
    }
    const names = new Set(everyImage(scenario).map(({ name }) => name));
    for (const [, name] of JSON.stringify(scenario).matchAll(/\{digest:([^}]+)\}/g)) {
      expect(names).toContain(name);
    }
  });

  it('contain only findings of known vulnerabilities, or recognizably invented ones', () => {
    const known = new Set<string>(specs.map(([, { id }]) => id));
    for (const { name, ...scenario } of written) {
      if (name === 'hostile-text') continue;
      const ids = everyStep({ name, ...scenario }).flatMap(({ findings = [] }) =>
        findings.map(({ packageVulnerabilityDetails }) => packageVulnerabilityDetails?.vulnerabilityId ?? ''),
      );
      for (const id of new Set(ids)) if (!id.startsWith('EXAMPLE-')) expect(known).toContain(id);
    }
  });
});

describe('the catalog', () => {
  it.each(specs)('%s is consistent', (_, spec) => {
    expect(spec.id).toMatch(/^CVE-\d{4}-\d{4,}$/);
    expect(baseScore(spec.vector)).toBe(spec.score);
    expect(spec.severity).toBe(band(spec.score));
    expect(PACKAGE_MANAGERS).toContain(spec.manager);
    expect(spec.fixedIn).not.toBe(spec.version);
    expect(spec.filePath === undefined).toBe(spec.manager === 'OS');
    expect(URL.canParse(spec.sourceUrl)).toBe(true);
    if (spec.source !== 'GITHUB') expect(spec.sourceUrl.endsWith(`/${spec.id}`)).toBe(true);
  });

  it('has every vulnerability once', () => {
    const ids = specs.map(([, { id }]) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('has findings of every severity, and some without a fix', () => {
    expect(new Set(specs.map(([, { severity }]) => severity))).toEqual(
      new Set(['CRITICAL', 'HIGH', 'MEDIUM', 'LOW']),
    );
    expect(specs.some(([, { severity, fixedIn }]) => severity === 'CRITICAL' && !fixedIn)).toBe(true);
  });
});

describe('a finding', () => {
  const packagesOf = (spec: FindingSpec) => finding(spec).packageVulnerabilityDetails?.vulnerablePackages;

  it('is the same every time it is created', () => {
    for (const [, spec] of specs) expect(finding(spec)).toEqual(finding(spec));
  });

  it('splits the version of an operating system’s package', () => {
    expect(packagesOf(CATALOGUE.zlibInflate)).toMatchObject([
      {
        epoch: 1,
        version: '1.2.11.dfsg',
        release: '2+deb11u1',
        fixedInVersion: '1:1.2.11.dfsg-2+deb11u2',
      },
    ]);
    expect(packagesOf(CATALOGUE.looneyTunables)).toMatchObject([
      { epoch: 0, version: '2.36', release: '9+deb12u1', fixedInVersion: '0:2.36-9+deb12u3' },
    ]);
    const [plain] = packagesOf({ ...CATALOGUE.zlibInflate, version: '1.0' }) ?? [];
    expect(plain).toMatchObject({ epoch: 0, version: '1.0' });
    expect(plain).not.toHaveProperty('release');
  });

  it('keeps the version of any other package, and has its path', () => {
    const [installed] = packagesOf(CATALOGUE.log4shell) ?? [];
    expect(installed).toMatchObject({ version: '2.14.1', fixedInVersion: '2.15.0', packageManager: 'JAR' });
    expect(installed?.filePath).toMatch(/log4j-core-2\.14\.1\.jar$/);
    expect(installed).not.toHaveProperty('epoch');
  });

  it('states if there is no fix', () => {
    expect(finding(CATALOGUE.zlibMinizip).fixAvailable).toBe('NO');
    expect(packagesOf(CATALOGUE.zlibMinizip)).toMatchObject([{ fixedInVersion: 'NotAvailable' }]);
  });

  it('can be changed', () => {
    expect(finding(CATALOGUE.log4shell, { status: 'CLOSED' })).toMatchObject({
      status: 'CLOSED',
      severity: 'CRITICAL',
    });
  });

  it('is listed under the same ARN in every run, and under another ARN for another image', () => {
    const spec = scenarios['tag-moves'];
    if (spec === undefined) throw new Error('no scenario tag-moves');
    const arns = () => {
      const world = new World(spec);
      world.advance(LONGEST_STORY_MS);
      return world.images.flatMap((image) =>
        world.state(image).findings.map(({ wire }) => String(wire.findingArn)),
      );
    };
    expect(arns()).toEqual(arns());
    expect(new Set(arns()).size).toBe(arns().length);
    for (const arn of arns())
      expect(arn).toMatch(/^arn:aws:inspector2:eu-central-1:\d{12}:finding\/[0-9a-f]{32}$/);
  });
});

describe('many findings', () => {
  it('are recognizably invented, each with its own id, the same every time', () => {
    const made = many(250, 'SEED');
    const ids = made.map((one) => one.packageVulnerabilityDetails?.vulnerabilityId ?? '');
    expect(new Set(ids).size).toBe(250);
    for (const id of ids) expect(id).toMatch(/^EXAMPLE-SEED-\d{5}$/);
    expect(many(250, 'SEED')).toEqual(made);
    expect(many(1, 'OTHER')).not.toEqual(many(1, 'SEED'));
  });

  it('have the requested severities, in turn', () => {
    expect(many(3, 'SEED', ['CRITICAL', 'LOW']).map(({ severity }) => severity)).toEqual([
      'CRITICAL',
      'LOW',
      'CRITICAL',
    ]);
  });
});
