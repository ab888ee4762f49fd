import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { MalformedAnswer } from '../../src/aws/errors.ts';
import { belongsTo, FindingRow, normalise, sharedTexts } from '../../src/scan/inspector-finding.ts';
import { createImage } from './factories.ts';

/** A finding as the recorded files have it. */
interface WireFinding extends FindingRow {
  readonly title: string;
  readonly description: string;
  readonly inspectorScore?: number;
  readonly epss?: { readonly score: number };
  readonly fixAvailable?: string;
  readonly exploitAvailable?: string;
  readonly packageVulnerabilityDetails?: {
    readonly vulnerabilityId: string;
    readonly relatedVulnerabilities: string[];
    readonly sourceUrl?: string;
    readonly vendorSeverity?: string;
    readonly cvss: { readonly baseScore: number; readonly scoringVector: string }[];
    readonly vulnerablePackages: Record<string, string | number | undefined>[];
  };
}

const image = createImage();
const other = `sha256:${'b'.repeat(64)}`;

function about(account: string, repository: string, digest: string) {
  const id = `arn:aws:ecr:eu-central-1:${account}:repository/${repository}/${digest}`;
  return { type: 'AWS_ECR_CONTAINER_IMAGE', id };
}

function finding(...resources: { type: string; id: string; details?: object }[]) {
  const basics = { findingArn: 'arn', awsAccountId: '123456789012', type: 'PACKAGE_VULNERABILITY' };
  return { ...basics, severity: 'HIGH', status: 'ACTIVE', resources };
}

describe('belongsTo', () => {
  it.each([
    ['this image', finding(about('123456789012', 'app', image.digest)), true],
    ['the digest in another repository', finding(about('123456789012', 'other', image.digest)), false],
    ['the digest in another account', finding(about('999988887777', 'app', image.digest)), false],
    [
      'both',
      finding(about('999988887777', 'app', image.digest), about('123456789012', 'app', image.digest)),
      true,
    ],
    ['an image that it does not name', finding({ type: 'AWS_ECR_CONTAINER_IMAGE', id: 'N/A' }), true],
    [
      'what its details say',
      finding({
        type: 'AWS_ECR_CONTAINER_IMAGE',
        id: 'N/A',
        details: {
          awsEcrContainerImage: { registry: '999988887777', repositoryName: 'app', imageHash: image.digest },
        },
      }),
      false,
    ],
    [
      'a place that names a repository of no well-formed name',
      finding({
        type: 'AWS_ECR_CONTAINER_IMAGE',
        id: `${about('123456789012', 'app', image.digest).id}${about('123456789012', 'app', image.digest).id}`,
      }),
      true,
    ],
    [
      'an image whose details are not well-formed',
      finding({
        type: 'AWS_ECR_CONTAINER_IMAGE',
        id: 'N/A',
        details: {
          awsEcrContainerImage: { registry: '', repositoryName: 'another word', imageHash: 'sha256:' },
        },
      }),
      true,
    ],
    [
      'another repository by its ARN, and this one by its details',
      finding({
        ...about('123456789012', 'other', image.digest),
        details: { awsEcrContainerImage: { repositoryName: 'app' } },
      }),
      true,
    ],
  ])('a finding about %s', (_, given, expected) => {
    expect(belongsTo(given, image)).toBe(expected);
  });

  it('treats findings of a digest that was not requested as a malformed answer', () => {
    expect(() => belongsTo(finding(about('123456789012', 'app', other)), image)).toThrow(MalformedAnswer);
  });
});

describe('normalise', () => {
  it('keeps the data of recorded findings', async (context) => {
    const directory = join(import.meta.dirname, '..', '..', '..', 'shared', 'data', 'inspector2');
    if (!existsSync(directory)) return context.skip('the folder of recorded findings is not here');
    for (const name of ['one_vul.json', 'many_vul.json']) {
      const { findings } = JSON.parse(await readFile(join(directory, name), 'utf8')) as {
        findings: WireFinding[];
      };
      for (const wire of findings) {
        const normal = normalise(wire, image);
        const details = wire.packageVulnerabilityDetails;
        expect(normal).toMatchObject({
          id: wire.findingArn,
          title: wire.title,
          description: wire.description,
          severity: wire.severity,
          status: wire.status,
          score: wire.inspectorScore,
          epss: wire.epss?.score,
          fixAvailable: wire.fixAvailable,
          exploitAvailable: wire.exploitAvailable,
          vulnerabilityId: details?.vulnerabilityId,
          relatedIds: details?.relatedVulnerabilities,
          sourceUrl: details?.sourceUrl,
          vendorSeverity: details?.vendorSeverity,
        });
        expect(normal.cvss.map(({ baseScore, vector }) => [baseScore, vector])).toEqual(
          details?.cvss?.map(({ baseScore, scoringVector }) => [baseScore, scoringVector]),
        );
        expect(
          normal.packages.map(({ name: packageName, version, epoch, release, arch, fixedIn, layer }) => [
            packageName,
            version,
            epoch,
            release,
            arch,
            fixedIn ?? 'NotAvailable',
            layer,
          ]),
        ).toEqual(
          details?.vulnerablePackages?.map((found) => [
            found.name,
            found.version,
            found.epoch,
            found.release,
            found.arch,
            found.fixedInVersion,
            found.sourceLayerHash,
          ]),
        );
      }
    }
  });

  const row = (overrides: object = {}): FindingRow => ({
    ...finding(about('123456789012', 'app', image.digest)),
    ...overrides,
  });
  const detailed = (details: unknown) => row({ packageVulnerabilityDetails: details });

  it.each<[unknown, string | undefined]>([
    ['DEBIAN_12', 'DEBIAN_12'],
    [undefined, undefined],
    [null, undefined],
    [12, undefined],
  ])('reads the platform %j as the operating system only if it is a string', (platform, system) => {
    const resources = [
      { type: 'AWS_ECR_CONTAINER_IMAGE', id: 'x', details: { awsEcrContainerImage: { platform } } },
    ];
    expect(normalise(row({ resources }), image).operatingSystem).toBe(system);
  });

  it('reads a time in seconds since the epoch, as Inspector sends it', () => {
    const at = new Date('2026-01-01T00:00:00.5Z');
    expect(normalise(row({ firstObservedAt: at.getTime() / 1_000 }), image).firstObservedAt).toEqual(at);
    expect(normalise(row({ firstObservedAt: 1e300 }), image).firstObservedAt).toBeUndefined();
  });

  it('reads members that are null like members that are missing', () => {
    const id = about('123456789012', 'app', image.digest).id;
    const nulls = { description: null, epss: null, packageVulnerabilityDetails: null, firstObservedAt: null };
    const resources = [{ type: 'AWS_ECR_CONTAINER_IMAGE', id, details: { awsEcrContainerImage: null } }];
    const wire = v.parse(FindingRow, row({ ...nulls, resources }));
    expect(belongsTo(wire, image)).toBe(true);
    expect(normalise(wire, image)).toEqual(normalise(row(), image));
  });

  it('shares equal texts', () => {
    const share = sharedTexts();
    const passed: string[] = [];
    normalise(row({ title: 'a title' }), image, (text) => {
      passed.push(text);
      return share(text);
    });
    expect(passed).toContain('a title');
    expect(share('a title')).toBe('a title');
  });

  it('reads no operating system if two resources name different ones', () => {
    const of = (...platforms: string[]) => {
      const resources = platforms.map((platform) => ({
        type: 'AWS_ECR_CONTAINER_IMAGE',
        id: 'x',
        details: { awsEcrContainerImage: { platform } },
      }));
      return normalise(row({ resources }), image).operatingSystem;
    };
    expect(of('DEBIAN_12', 'DEBIAN_12')).toBe('DEBIAN_12');
    expect(of('DEBIAN_12', 'ALPINE_LINUX_3_20')).toBeUndefined();
  });

  it.each<[string, object, (found: ReturnType<typeof normalise>) => unknown]>([
    ['a score above 10', { inspectorScore: 10.1 }, ({ score }) => score],
    ['a score below 0', { inspectorScore: -1 }, ({ score }) => score],
    ['a score that is text', { inspectorScore: '9' }, ({ score }) => score],
    ['a score that is no number', { inspectorScore: Number.NaN }, ({ score }) => score],
    ['a probability above 1', { epss: { score: 1.5 } }, ({ epss }) => epss],
    ['a probability below 0', { epss: { score: -0.5 } }, ({ epss }) => epss],
    ['a probability that is text', { epss: { score: '0.9' } }, ({ epss }) => epss],
    ['an answer about fixes that is no text', { fixAvailable: false }, ({ fixAvailable }) => fixAvailable],
    [
      'an answer about exploits that is no text',
      { exploitAvailable: 0 },
      ({ exploitAvailable }) => exploitAvailable,
    ],
    ['a time that is text', { firstObservedAt: '2020-01-01' }, ({ firstObservedAt }) => firstObservedAt],
    [
      'that there is no fix beside a fixed version',
      {
        fixAvailable: 'no',
        packageVulnerabilityDetails: {
          vulnerablePackages: [
            { name: 'a', version: '1', fixedInVersion: 'NotAvailable' },
            { name: 'b', version: '1', fixedInVersion: '2' },
          ],
        },
      },
      ({ fixAvailable }) => fixAvailable,
    ],
  ])('reads %s as unknown', (_, overrides, read) => {
    expect(read(normalise(row(overrides), image))).toBeUndefined();
  });

  describe('reachability', () => {
    const read = (runtimeReachability: unknown, runtimeReachabilityReason?: unknown) => {
      const found = { name: 'a', version: '1', runtimeReachability, runtimeReachabilityReason };
      return normalise(detailed({ vulnerablePackages: [found] }), image).packages[0]?.reachability;
    };
    const VALUES = ['REACHABLE', 'NOT_REACHABLE', 'UNKNOWN', undefined] as const;
    const REASONS = [
      'PACKAGE_IN_DOCKERFILE_WORKLOAD_PATH',
      'PACKAGE_NOT_IN_DOCKERFILE_WORKLOAD_PATH',
      'PROCESS_OBSERVED_IN_EC2_RUNTIME',
      'PROCESS_NOT_OBSERVED_IN_EC2_RUNTIME',
      undefined,
    ] as const;

    it.each(
      VALUES.flatMap((value) => REASONS.map((reason) => [value, reason] as const)),
    )('is known of %s with the reason %s only if that is its reason', (value, reason) => {
      const isReachable = value === 'REACHABLE' && reason === 'PACKAGE_IN_DOCKERFILE_WORKLOAD_PATH';
      const isNot = value === 'NOT_REACHABLE' && reason === 'PACKAGE_NOT_IN_DOCKERFILE_WORKLOAD_PATH';
      expect(read(value, reason)).toBe(isReachable ? 'reachable' : isNot ? 'not-reachable' : undefined);
    });

    it.each([
      null,
      false,
      0,
      '',
      {},
      [],
      ['NOT_REACHABLE'],
      { value: 'NOT_REACHABLE' },
      'not_reachable',
      'Not_Reachable',
      'NOT REACHABLE',
      'NOT-REACHABLE',
      'NOT_REACHABLE ',
      'UNREACHABLE',
      'NOT_REACHABLENOT_REACHABLE',
      '__proto__',
    ])('is unknown for the value %j', (value) => {
      expect(read(value, 'PACKAGE_NOT_IN_DOCKERFILE_WORKLOAD_PATH')).toBeUndefined();
    });

    it.each([
      null,
      0,
      '',
      {},
      ['PACKAGE_NOT_IN_DOCKERFILE_WORKLOAD_PATH'],
      'package_not_in_dockerfile_workload_path',
      'PACKAGE_NOT_IN_DOCKERFILE_WORKLOAD_PATH ',
      'PACKAGE_NOT_IN_DOCKERFILE',
      'a reason that AWS adds',
    ])('is unknown for the reason %j', (reason) => {
      expect(read('NOT_REACHABLE', reason)).toBeUndefined();
    });

    it('is that of each package by itself', () => {
      const found = (name: string, value: string, reason: string) => ({
        name,
        version: '1',
        runtimeReachability: value,
        runtimeReachabilityReason: reason,
      });
      const wire = detailed({
        vulnerablePackages: [
          found('a', 'NOT_REACHABLE', 'PACKAGE_NOT_IN_DOCKERFILE_WORKLOAD_PATH'),
          { name: 'b', version: '1' },
          found('c', 'REACHABLE', 'PACKAGE_IN_DOCKERFILE_WORKLOAD_PATH'),
        ],
      });
      expect(normalise(wire, image).packages.map(({ reachability }) => reachability)).toEqual([
        'not-reachable',
        undefined,
        'reachable',
      ]);
    });

    it('is not read from other places or inherited', () => {
      const pair = {
        runtimeReachability: 'NOT_REACHABLE',
        runtimeReachabilityReason: 'PACKAGE_NOT_IN_DOCKERFILE_WORKLOAD_PATH',
      };
      const wire = row({
        ...pair,
        packageVulnerabilityDetails: { ...pair, vulnerablePackages: [{ name: 'a', version: '1' }] },
      });
      expect(normalise(wire, image).packages[0]?.reachability).toBeUndefined();
    });
  });

  it.each<[string, FindingRow]>([
    ['details that are a list', detailed([])],
    ['details that are text', detailed('CVE-2026-1')],
    ['packages that are not a list', detailed({ vulnerablePackages: {} })],
    ['a package that is null', detailed({ vulnerablePackages: [null] })],
    ['a package without a name', detailed({ vulnerablePackages: [{ version: '1' }] })],
    ['a package whose name is a number', detailed({ vulnerablePackages: [{ name: 7, version: '1' }] })],
    ['related ids that are text', detailed({ relatedVulnerabilities: 'CVE-2026-1' })],
    ['a related id that is null', detailed({ relatedVulnerabilities: [null] })],
    ['an EPSS that is a number', row({ epss: 0.9 })],
  ])('refuses %s', (_, wire) => {
    expect(() => normalise(wire, image)).toThrow(MalformedAnswer);
  });

  it('compares severities and statuses without regard to case', () => {
    expect(normalise(row({ severity: 'Critical', status: 'active' }), image)).toMatchObject({
      severity: 'CRITICAL',
      status: 'ACTIVE',
    });
  });
});
