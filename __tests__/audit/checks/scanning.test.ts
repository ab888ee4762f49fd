import { describe, expect, it } from 'vitest';
import { ABSENT, type SuppressionFilter } from '../../../src/audit/facts.ts';
import {
  ACCOUNT,
  about,
  aboutRegistry,
  coverage,
  daysAgo,
  expecting,
  image,
  index,
  known,
  OTHER,
  result,
  unknown,
  use,
  verdict,
} from '../factories.ts';

const enhanced = (frequency: string, ...filters: string[]) =>
  known({ scanType: 'ENHANCED', rules: [{ frequency, filters }] });
const basic = known({ scanType: 'BASIC', rules: [{ frequency: 'SCAN_ON_PUSH', filters: ['*'] }] });
const scan = (status: string) => ({ scan: known({ status, description: undefined }) });

describe('scanning/enhanced', () => {
  it.each([
    ['enhanced', enhanced('CONTINUOUS_SCAN', '*'), 'pass'],
    ['basic', basic, 'fail medium'],
    ['of a type that is unknown', known({ scanType: 'NEW', rules: [] }), 'unknown medium'],
    ['not readable', unknown(), 'unknown medium'],
  ])('scanning that is %s', (_, scanning, expected) => {
    expect(verdict('scanning/enhanced', aboutRegistry({ scanning }))).toBe(expected);
  });

  it('gives the command and the rules that turn enhanced scanning on', () => {
    const { fix } = result('scanning/enhanced', aboutRegistry({ scanning: basic })) ?? {};
    expect(fix?.command).toBe(
      'aws ecr put-registry-scanning-configuration --scan-type ENHANCED --rules file://rules.json --region eu-central-1',
    );
    expect(fix?.document).toEqual([
      { scanFrequency: 'SCAN_ON_PUSH', repositoryFilters: [{ filter: '*', filterType: 'WILDCARD' }] },
    ]);
  });
});

describe('scanning/inspector', () => {
  it.each([
    ['ENABLED', enhanced('CONTINUOUS_SCAN', '*'), 'pass'],
    ['DISABLED', enhanced('CONTINUOUS_SCAN', '*'), 'fail high'],
    ['SUSPENDED', enhanced('CONTINUOUS_SCAN', '*'), 'fail high'],
    ['ENABLING', enhanced('CONTINUOUS_SCAN', '*'), 'fail high'],
    ['NEW', enhanced('CONTINUOUS_SCAN', '*'), 'unknown high'],
    ['DISABLED', basic, 'none'],
  ])('Inspector %s', (status, scanning, expected) => {
    const given = aboutRegistry({ scanning, inspectorStatus: known(status) });
    expect(verdict('scanning/inspector', given)).toBe(expected);
  });
});

describe('scanning/covered', () => {
  it.each([
    ['CONTINUOUS_SCAN', 'pass'],
    ['SCAN_ON_PUSH', 'pass'],
    ['MANUAL', 'fail high'],
    ['NEW', 'unknown high'],
  ])('the frequency %s', (frequency, expected) => {
    expect(verdict('scanning/covered', about({ scanFrequency: known(frequency) }))).toBe(expected);
  });

  it('adds the repository to the rules that there are', () => {
    const given = about(
      { scanFrequency: known('MANUAL') },
      { scanning: enhanced('CONTINUOUS_SCAN', 'other') },
    );
    expect(result('scanning/covered', given)?.fix?.document).toEqual([
      {
        scanFrequency: 'CONTINUOUS_SCAN',
        repositoryFilters: [
          { filter: 'other', filterType: 'WILDCARD' },
          { filter: 'team/app', filterType: 'WILDCARD' },
        ],
      },
    ]);
  });

  it('keeps the scan type of basic scanning, which has no continuous rules', () => {
    const given = about(
      { scanFrequency: known('MANUAL') },
      { scanning: known({ scanType: 'BASIC', rules: [] }) },
    );
    const { fix } = result('scanning/covered', given) ?? {};
    expect(fix?.command).toContain('--scan-type BASIC');
    expect(fix?.document).toEqual([
      { scanFrequency: 'SCAN_ON_PUSH', repositoryFilters: [{ filter: 'team/app', filterType: 'WILDCARD' }] },
    ]);
  });
});

describe('scanning/consistent', () => {
  it.each([
    ['a wildcard that matches', enhanced('SCAN_ON_PUSH', 'team/*'), 'SCAN_ON_PUSH', 'pass'],
    [
      'a filter without a wildcard, which the name contains',
      enhanced('SCAN_ON_PUSH', 'm/a'),
      'SCAN_ON_PUSH',
      'pass',
    ],
    ['a wildcard that has to match the whole name', enhanced('SCAN_ON_PUSH', 'm/*'), 'MANUAL', 'pass'],
    ['a rule that ECR does not apply', enhanced('CONTINUOUS_SCAN', '*'), 'MANUAL', 'fail low'],
    ['a frequency without a rule', enhanced('SCAN_ON_PUSH', 'other'), 'SCAN_ON_PUSH', 'fail low'],
    ['basic scanning', basic, 'MANUAL', 'none'],
  ])('%s', (_, scanning, frequency, expected) => {
    const given = about({ scanFrequency: known(frequency) }, { scanning });
    expect(verdict('scanning/consistent', given)).toBe(expected);
  });

  it('takes continuous scanning over scanning on push', () => {
    const scanning = known({
      scanType: 'ENHANCED',
      rules: [
        { frequency: 'SCAN_ON_PUSH', filters: ['*'] },
        { frequency: 'CONTINUOUS_SCAN', filters: ['team/*'] },
      ],
    });
    expect(verdict('scanning/consistent', about({}, { scanning }))).toBe('pass');
  });
});

describe('scanning/continuous', () => {
  it.each([
    ['production images, on push', ['v1'], 'SCAN_ON_PUSH', 'fail low'],
    ['production images, continuously', ['v1'], 'CONTINUOUS_SCAN', 'pass'],
    ['no production images, on push', ['dev'], 'SCAN_ON_PUSH', 'pass'],
    ['production images that are not scanned at all', ['v1'], 'MANUAL', 'none'],
  ])('%s', (_, tags, frequency, expected) => {
    const given = about({ scanFrequency: known(frequency), images: known([image('one', tags)]) });
    expect(verdict('scanning/continuous', given)).toBe(expected);
  });

  it('uses the production tags of the audit policy', () => {
    const given = about({ scanFrequency: known('SCAN_ON_PUSH'), images: known([image('one', ['live-1'])]) });
    const policy = expecting('repositories: [{ match: ["**"], production-tags: ["live-*"] }]');
    expect(verdict('scanning/continuous', given, policy)).toBe('fail low');
  });
});

describe('scanning/current', () => {
  it.each(['ACTIVE', 'COMPLETE', 'PENDING', 'IN_PROGRESS'])('passes with the status %s', (status) => {
    expect(
      verdict('scanning/current', about({ images: known([image('one', ['v1'], 1, scan(status))]) })),
    ).toBe('pass');
  });

  it.each([
    ...['FAILED', 'UNSUPPORTED_IMAGE', 'SCAN_ELIGIBILITY_EXPIRED', 'FINDINGS_UNAVAILABLE', 'LIMIT_EXCEEDED'],
    ...['IMAGE_ARCHIVED', 'IMAGE_SIZE_EXCEEDED', 'NEW'],
  ])('fails with the status %s, and names it', (status) => {
    const found = result(
      'scanning/current',
      about({ images: known([image('one', ['v1'], 1, scan(status))]) }),
    );
    expect([found?.status, found?.severity]).toEqual(['fail', 'high']);
    expect(found?.message).toContain(status);
  });

  it('never passes without a status', () => {
    const given = (more: object) => about({ images: known([image('one', ['v1'], 1, more)]) });
    expect(verdict('scanning/current', given({ scan: ABSENT }))).toBe('fail high');
    expect(verdict('scanning/current', given({ scan: unknown() }))).toBe('unknown high');
  });

  it('looks at the newest image of each production pattern as well', () => {
    const images = [
      image('new', ['dev'], 1),
      image('prod', ['prod-1'], 50, scan('UNSUPPORTED_IMAGE')),
      image('older', ['prod-0'], 60, scan('FAILED')),
    ];
    const found = result('scanning/current', about({ images: known(images) }));
    expect(found?.message).toContain('prod-1: UNSUPPORTED_IMAGE');
    expect(found?.message).not.toContain('prod-0');
  });

  it('looks at each platform of an index', () => {
    const images = [
      index('both', ['v1'], { one: 'linux/amd64', two: 'linux/arm64' }),
      image('one', []),
      image('two', [], 1, scan('UNSUPPORTED_IMAGE')),
    ];
    const found = result('scanning/current', about({ images: known(images) }));
    expect(found?.status).toBe('fail');
    expect(found?.message).toContain('linux/arm64');
  });

  it('leaves attestations of an index out', () => {
    const images = [
      index('both', ['v1'], { one: 'linux/amd64', proof: 'unknown/unknown' }),
      image('one', []),
      image('proof', [], 1, { scan: ABSENT }),
    ];
    expect(verdict('scanning/current', about({ images: known(images) }))).toBe('pass');
  });

  it.each([
    ['an artifact with a subject', image('sig', [], 0, { subject: 'sha256:1', scan: ABSENT })],
    [
      'a chart',
      image('chart', ['v9'], 0, { artifactType: 'application/vnd.cncf.helm.config.v1+json', scan: ABSENT }),
    ],
    ['a legacy signature', image('sig', [`sha256-${'a'.repeat(64)}.sig`], 0, { scan: ABSENT })],
  ])('leaves %s out', (_, artifact) => {
    expect(verdict('scanning/current', about({ images: known([image('one', ['v1']), artifact]) }))).toBe(
      'pass',
    );
    expect(verdict('scanning/current', about({ images: known([artifact]) }))).toBe('none');
  });

  it('is unknown if the kind of an image without a scan is unknown', () => {
    const images = [image('one', ['v1'], 1, { subject: undefined, scan: ABSENT })];
    expect(verdict('scanning/current', about({ images: known(images) }))).toBe('unknown high');
  });

  it('starts a scan with basic scanning', () => {
    const given = about({ images: known([image('one', ['v1'], 1, { scan: ABSENT })]) }, { scanning: basic });
    expect(result('scanning/current', given)?.fix?.command).toContain('aws ecr start-image-scan');
  });
});

describe('scanning/expiring', () => {
  const rescan = (pushDuration: string, pullDuration?: string, pullMode?: string) =>
    known({ pushDuration, pullDuration, pullMode });
  const running = (days: number, more: object = {}) => ({
    images: known([image('one', ['v1'], days, more)]),
    coverage: known([coverage('one', { inUseCount: 1 })]),
  });

  it.each([
    ['two days before the end', 12, rescan('DAYS_14'), 'fail low'],
    ['long before the end', 5, rescan('DAYS_14'), 'pass'],
    ['after the end, which is another check', 20, rescan('DAYS_14'), 'pass'],
    ['without an end', 500, rescan('LIFETIME'), 'pass'],
    ['with a duration that is unknown', 12, rescan('NEW'), 'unknown low'],
    ['without settings', 12, known(undefined), 'unknown low'],
  ])('an image that runs, %s', (_, days, inspectorRescan, expected) => {
    expect(verdict('scanning/expiring', about(running(days), { inspectorRescan }))).toBe(expected);
  });

  it('lasts as long as the image is pulled', () => {
    const given = about(running(100, { lastPulledAt: daysAgo(1) }), {
      inspectorRescan: rescan('DAYS_14', 'DAYS_14', 'LAST_PULL_DATE'),
    });
    expect(verdict('scanning/expiring', given)).toBe('pass');
  });

  it('lasts as long as the image is used, except for one of several platforms', () => {
    const inspectorRescan = rescan('DAYS_14', 'DAYS_14', 'LAST_IN_USE_AT');
    expect(verdict('scanning/expiring', about(running(12), { inspectorRescan }))).toBe('pass');
    const images = known([index('both', ['v1'], { one: 'linux/amd64' }), image('one', [], 12)]);
    const given = about({ ...running(12), images }, { inspectorRescan });
    expect(verdict('scanning/expiring', given)).toBe('fail low');
  });

  it('is about images that run alone', () => {
    const given = about(
      { images: known([image('one', ['v1'], 12)]), coverage: known([]) },
      { inspectorRescan: rescan('DAYS_14') },
    );
    expect(verdict('scanning/expiring', given)).toBe('none');
  });

  it('knows what ECS runs', () => {
    const given = about(
      { images: known([image('one', ['v1'], 12)]), coverage: known([]) },
      { inspectorRescan: rescan('DAYS_14') },
    );
    const [registry] = given.registries;
    const workloads = { ...registry?.workloads, ecs: known([use('team/app:v1')]) };
    const withTask = { ...given, registries: [{ ...registry, workloads }] } as typeof given;
    expect(verdict('scanning/expiring', withTask)).toBe('fail low');
  });
});

describe('scanning/suppression', () => {
  const filter = (criteria: SuppressionFilter['criteria']) => ({
    suppressionFilters: known([{ name: 'filter', arn: 'arn:aws:inspector2:x', criteria }]),
  });
  const equals = (value: string) => [{ comparison: 'EQUALS', value }];
  const prefix = (value: string) => [{ comparison: 'PREFIX', value }];
  const not = (value: string) => [{ comparison: 'NOT_EQUALS', value }];

  it.each([
    ['a severity', { severity: equals('LOW') }, 'fail medium'],
    ['reachability', { 'vulnerablePackages.runtimeReachability': equals('NOT_REACHABLE') }, 'fail medium'],
    ['nothing', {}, 'fail medium'],
    ['a vulnerability', { vulnerabilityId: equals('CVE-2026-1') }, 'pass'],
    ['vulnerabilities of a year', { vulnerabilityId: prefix('CVE-2026-') }, 'pass'],
    ['all vulnerabilities', { vulnerabilityId: prefix('CVE-') }, 'fail medium'],
    ['all vulnerabilities of a century', { vulnerabilityId: prefix('CVE-20') }, 'fail medium'],
    ['all vulnerabilities of a decade', { relatedVulnerabilities: prefix('CVE-202') }, 'fail medium'],
    ['all vulnerabilities of a distribution', { vulnerabilityId: prefix('ALAS2023-') }, 'fail medium'],
    ['vulnerabilities that begin alike', { vulnerabilityId: prefix('GHSA-ab') }, 'pass'],
    ['all but a vulnerability', { vulnerabilityId: not('CVE-2026-1') }, 'fail medium'],
    ['a package', { 'vulnerablePackages.name': equals('openssl') }, 'pass'],
    ['a repository', { ecrImageRepositoryName: prefix('sandbox/'), severity: equals('LOW') }, 'pass'],
    ['every repository', { ecrImageRepositoryName: prefix('') }, 'fail medium'],
    ['one repository or all', { ecrImageRepositoryName: [...equals('a'), ...prefix('')] }, 'fail medium'],
    ['an image', { ecrImageHash: equals('sha256:1') }, 'pass'],
    ['images that begin alike', { ecrImageHash: prefix('sha256:1') }, 'pass'],
    ['every image', { ecrImageHash: prefix('sha256:') }, 'fail medium'],
    [
      'the images of a repository by ARN',
      { resourceId: prefix(`arn:aws:ecr:eu-central-1:${ACCOUNT}:repository/team/app`) },
      'pass',
    ],
    [
      'the images of every repository by ARN',
      { resourceId: prefix(`arn:aws:ecr:eu-central-1:${ACCOUNT}:repository/`) },
      'fail medium',
    ],
    ['every resource by ARN', { resourceId: prefix('arn:aws:') }, 'fail medium'],
    ['every finding by ARN', { findingArn: prefix('arn:aws:inspector2:eu-central-1:') }, 'fail medium'],
    [
      'a finding by ARN',
      { findingArn: equals(`arn:aws:inspector2:eu-central-1:${ACCOUNT}:finding/1`) },
      'pass',
    ],
    ['a tag', { ecrImageTags: equals('dev') }, 'pass'],
    ['EC2 instances', { resourceType: equals('AWS_EC2_INSTANCE') }, 'pass'],
    ['images by their type', { resourceType: equals('AWS_ECR_CONTAINER_IMAGE') }, 'fail medium'],
    ['Lambda functions', { lambdaFunctionName: equals('orders') }, 'pass'],
  ])('a filter that names %s', (_, criteria, expected) => {
    expect(verdict('scanning/suppression', aboutRegistry(filter(criteria)))).toBe(expected);
  });

  it('is unknown for a member account, whose administrator may have filters', () => {
    const given = aboutRegistry({ inspectorAdministrator: known(OTHER) });
    expect(verdict('scanning/suppression', given)).toBe('unknown medium');
    const both = aboutRegistry({ ...filter({}), inspectorAdministrator: known(OTHER) });
    expect(verdict('scanning/suppression', both)).toBe('fail medium');
  });
});
