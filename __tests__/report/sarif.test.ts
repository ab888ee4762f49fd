import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import type { Log, Result, Run } from 'sarif';
import { describe, expect, it } from 'vitest';
import { evaluate } from '../../src/policy/evaluate.ts';
import type { Policy } from '../../src/policy/policy.ts';
import { sarifReport } from '../../src/report/findings/sarif.ts';
import { GITHUB_LIMITS } from '../../src/report/findings/sarif-limits.ts';
import type { Baseline } from '../../src/results/baseline.ts';
import type { Exception } from '../../src/results/exception.ts';
import type { Finding } from '../../src/results/finding.ts';
import { createContext, createException, createPolicy } from '../policy/factories.ts';
import type { EitherImage, EitherResult } from './either.ts';
import { everyReport } from './everything.ts';
import * as fixtures from './fixtures.ts';
import { hostileText } from './hostile.ts';
import { checkForGitHub, NO_SCHEMA, officialSchema, parsedLog } from './sarif-checks.ts';

const { createError, createFailedImage, createFinding, createImage, createPackage, createReport, HOST } =
  fixtures;

const DOCKERFILE = { path: 'services/my app/Dockerfile', text: 'FROM debian:12\nRUN make install\n' };

/** An image judged with more than thresholds. */
function judged(
  findings: readonly Finding[],
  given: { policy?: Partial<Policy>; exceptions?: readonly Exception[]; baseline?: Baseline } = {},
): EitherImage {
  const { policy, exceptions = [], baseline } = given;
  const verdict = evaluate(findings, createPolicy(policy), createContext({ exceptions, baseline }));
  return createImage([], { outcome: { kind: 'judged', verdict } });
}

function logOf(
  report: EitherResult,
  ...rest: [Parameters<typeof sarifReport>[1]?, Parameters<typeof sarifReport>[2]?]
): Log {
  const made = sarifReport(report, ...([rest[0], rest[1]] as const));
  if (made === undefined) throw new Error('there is no SARIF');
  const log = parsedLog(made);
  checkForGitHub(log);
  return log;
}

function runOf(images: readonly EitherImage[], dockerfile?: typeof DOCKERFILE): Run {
  const [run] = logOf(createReport({ images }), dockerfile).runs;
  if (run === undefined) throw new Error('there is no run');
  return run;
}

function resultsOf(findings: readonly Finding[]): Result[] {
  return runOf([createImage(findings)]).results ?? [];
}

function prints(findings: readonly Finding[]): string[] {
  return resultsOf(findings).map(
    ({ partialFingerprints }) => partialFingerprints?.primaryLocationLineHash ?? '',
  );
}

describe('a run', () => {
  it('has a rule for each vulnerability and a result for each of its packages', () => {
    const run = runOf([
      createImage([
        createFinding({ packages: [createPackage(), createPackage({ name: 'libssl3' })] }),
        createFinding({ vulnerabilityId: 'CVE-2026-2000', severity: 'LOW', score: undefined }),
      ]),
    ]);
    expect(run.tool.driver.rules?.map(({ id }) => id)).toEqual(['CVE-2026-12345', 'CVE-2026-2000']);
    expect(run.results?.map(({ ruleIndex, level }) => [ruleIndex, level])).toEqual([
      [0, 'error'],
      [0, 'error'],
      [1, 'note'],
    ]);
    expect(run.results?.[1]?.message.text).toBe(
      'CVE-2026-12345 in openssl 3.0.1 (critical), fixed in 3.0.2. Image: team/app. Platforms: linux/amd64. Decided by: fail-on: critical.',
    );
    expect(run.tool.driver.rules?.[0]).toMatchObject({
      name: 'PackageVulnerability',
      helpUri: 'https://nvd.nist.gov/vuln/detail/CVE-2026-12345',
      properties: { 'security-severity': '9.8', tags: ['security', 'vulnerability', 'critical'] },
    });
  });

  it('has the level of the effect', () => {
    const levels = resultsOf([
      createFinding(),
      createFinding({ vulnerabilityId: 'CVE-2026-2', severity: 'HIGH' }),
      createFinding({ vulnerabilityId: 'CVE-2026-3', severity: 'LOW' }),
    ]).map(({ level }) => level);
    expect(levels).toEqual(['error', 'warning', 'note']);
  });

  it.each([
    ['the score', { score: 7.25 }, '7.3'],
    ['else CVSS', { score: undefined, cvss: [6.1, 8.8].map(cvss) }, '8.8'],
    ['else the severity', { score: undefined, severity: 'MEDIUM' }, '5.5'],
    ['never zero, which would be none', { score: 0, severity: 'INFORMATIONAL' }, '0.1'],
    ['nothing for what is not decided', { score: undefined, severity: 'UNTRIAGED' }, undefined],
    ['nothing for an unknown severity', { score: 0, severity: 'DREADFUL' }, undefined],
    ['nothing for what is no score', { score: 99, severity: 'UNTRIAGED' }, undefined],
  ])('rates by %s', (_, overrides, expected) => {
    const [rule] = runOf([createImage([createFinding(overrides)])]).tool.driver.rules ?? [];
    expect(rule?.properties?.['security-severity']).toBe(expected);
  });

  it('reports its error and keeps the results of judged images', () => {
    const error = createError({ code: 'signing', message: 'cosign [failed].' });
    const [run] = logOf(
      createReport({ verdict: 'error', error, images: [createImage([createFinding()])] }),
    ).runs;
    expect(run?.results).toHaveLength(1);
    expect(run?.invocations).toEqual([
      {
        executionSuccessful: false,
        toolExecutionNotifications: [{ level: 'error', message: { text: 'cosign (failed).' } }],
      },
    ]);
  });
});

function cvss(baseScore: number) {
  return { baseScore, version: '3.1', vector: 'AV:N', source: 'NVD' };
}

describe('an image that was not judged', () => {
  it('causes no file: a file without results would close every alert', () => {
    expect(sarifReport(createReport({ verdict: 'error', images: [] }), undefined)).toBeUndefined();
    const failed = createReport({ verdict: 'error', images: [createFailedImage()] });
    expect(sarifReport(failed, undefined)).toBeUndefined();
  });

  it('omits its repository and no other', () => {
    const other = { repository: 'team/other', uri: `${HOST}/team/other@sha256:${'b'.repeat(64)}` };
    const images = [createImage([createFinding()]), createFailedImage(), createImage([], other)];
    const { runs } = logOf(createReport({ verdict: 'error', images }));
    expect(runs.map(({ automationDetails }) => automationDetails?.id)).toEqual([
      `ecr-deployment-gate/${HOST}/team/other/`,
    ]);
    expect(runs[0]?.results).toEqual([]);
  });
});

describe('the fingerprint', () => {
  const jar = (version: string, filePath = `app/lib/log4j-core-${version}.jar`) =>
    createFinding({ packages: [createPackage({ name: 'log4j-core', version, manager: 'JAR', filePath })] });

  it('stays the same after a rebuild, an upgrade and with another order of platforms', () => {
    const before = createFinding();
    const digest = `sha256:${'c'.repeat(64)}`;
    const after = createFinding({
      id: 'arn:other',
      digest,
      platform: 'linux/arm64',
      score: 5,
      packages: [createPackage({ version: '3.1.0', release: '4', fixedIn: undefined, layer: digest })],
    });
    expect(prints([after])).toEqual(prints([before]));
    expect(prints([before, { ...before, platform: 'linux/arm64' }])).toEqual(prints([before]));
    const moved = runOf([
      createImage([before], {
        uri: `${HOST}/team/app@${digest}`,
        digest,
        references: [`${HOST}/team/app:2`],
      }),
    ]);
    expect(moved.results?.[0]?.partialFingerprints?.primaryLocationLineHash).toBe(prints([before])[0]);
  });

  it.each([
    ['app/lib/log4j-core-2.14.1.jar', 'app/lib/log4j-core-2.17.0.jar'],
    ['usr/site-packages/x-2.14.1.dist-info/METADATA', 'usr/site-packages/x-2.17.0.dist-info/METADATA'],
    ['srv/x@2.14.1/package.json', 'srv/x@2.17.0/package.json'],
  ])('does not depend on a version in the path: %s', (before, after) => {
    expect(prints([jar('2.14.1', before)])).toEqual(prints([jar('2.17.0', after)]));
  });

  it('depends on other numbers in the path', () => {
    expect(prints([jar('2', 'app-2.1/x.jar')])).not.toEqual(prints([jar('3', 'app-3.1/x.jar')]));
  });

  it('differs by vulnerability, package, manager, path and repository', () => {
    const variants = [
      createFinding(),
      createFinding({ vulnerabilityId: 'CVE-2026-2' }),
      ...[{ name: 'libssl3' }, { manager: 'NPM' }, { filePath: 'a' }, { filePath: 'b' }].map((overrides) =>
        createFinding({ packages: [createPackage(overrides)] }),
      ),
    ].flatMap((finding) => prints([finding]));
    const elsewhere = runOf([
      createImage([createFinding()], {
        repository: 'team/other',
        uri: `${HOST}/team/other@${fixtures.DIGEST}`,
      }),
    ]);
    const all = [...variants, elsewhere.results?.[0]?.partialFingerprints?.primaryLocationLineHash];
    expect(new Set(all).size).toBe(7);
  });

  it.each([
    ['reachable', ['reachable']],
    ['reachable', ['not-reachable', 'reachable']],
    ['reachable', [undefined, 'reachable']],
    ['not-reachable', ['not-reachable', 'not-reachable']],
    [undefined, ['not-reachable', undefined]],
    [undefined, [undefined]],
  ] as const)('is %s if its package is %j on its platforms', (expected, given) => {
    const [result, ...others] = resultsOf(
      given.map((reachability, at) =>
        createFinding({
          id: `${at}`,
          severity: at === 0 ? 'CRITICAL' : 'LOW',
          platform: `linux/${at}`,
          packages: [createPackage({ reachability })],
        }),
      ),
    );
    expect(others).toEqual([]);
    expect(result?.properties?.package?.reachability).toBe(expected);
  });

  it('is one result for several versions of a package, described by the worst finding', () => {
    const [result, ...others] = resultsOf([
      createFinding({
        severity: 'LOW',
        packages: [createPackage({ version: '1.0' })],
        platform: 'linux/arm64',
      }),
      createFinding({ packages: [createPackage({ version: '2.0' })] }),
    ]);
    expect(others).toEqual([]);
    expect(result).toMatchObject({
      level: 'error',
      properties: { platforms: ['linux/amd64', 'linux/arm64'] },
    });
    expect(result?.message.text).toContain('openssl 1.0, 2.0 (critical)');
  });

  it('and everything else do not depend on the order of the findings', () => {
    const findings = [1, 2, 3, 4, 5].map((n) =>
      createFinding({
        id: `${n}`,
        vulnerabilityId: `CVE-2026-${Math.ceil(n / 2)}`,
        title: `Title ${n}`,
        packages: [createPackage({ name: `p${n}`, version: `${n}` }), createPackage()],
      }),
    );
    const expected = JSON.stringify(runOf([createImage(findings)]));
    fc.assert(
      fc.property(fc.shuffledSubarray(findings, { minLength: 5 }), (shuffled) => {
        expect(JSON.stringify(runOf([createImage(shuffled)]))).toBe(expected);
      }),
      { numRuns: 20 },
    );
  });
});

describe('the location', () => {
  it('is the repository if there is no Dockerfile', () => {
    expect(resultsOf([createFinding()])[0]?.locations).toEqual([
      {
        physicalLocation: { artifactLocation: { uri: 'team/app' } },
        logicalLocations: [{ name: 'openssl', fullyQualifiedName: 'team/app/openssl', kind: 'package' }],
      },
    ]);
  });

  it('is the Dockerfile, with its line if that is known', () => {
    const packages = [
      createPackage({ name: 'a', origin: 'base' }),
      createPackage({ name: 'b', instruction: 'RUN make install' }),
      createPackage({ name: 'c', instruction: 'RUN make' }),
    ];
    const run = runOf([createImage([createFinding({ packages })])], DOCKERFILE);
    const places = run.results?.map(({ locations }) => locations?.[0]?.physicalLocation);
    const uri = 'services/my%20app/Dockerfile';
    expect(places).toEqual([
      { artifactLocation: { uri }, region: { startLine: 1, startColumn: 1, endLine: 1, endColumn: 15 } },
      { artifactLocation: { uri }, region: { startLine: 2, startColumn: 1, endLine: 2, endColumn: 17 } },
      { artifactLocation: { uri } },
    ]);
    expect(run.automationDetails?.id).toBe(
      `ecr-deployment-gate/${HOST}/team/app:services/my app/Dockerfile/`,
    );
  });
});

describe('an allowed finding', () => {
  const id = createFinding().vulnerabilityId;

  it.each([
    ['an exception', {}, 'exception until 2026-06-30: TLS ends at the load balancer'],
    [
      'a VEX statement',
      { origin: 'vex', status: 'not_affected', expires: undefined, reason: 'the [code] is not there' },
      'VEX not_affected: the (code) is not there',
    ],
  ] as const)('by %s is suppressed with the reason', (_, overrides, justification) => {
    const exceptions = [createException({ ids: [id], ...overrides })];
    const [result] = runOf([judged([createFinding()], { exceptions })]).results ?? [];
    expect(result).toMatchObject({ suppressions: [{ kind: 'external', status: 'accepted', justification }] });
    expect(result?.level).not.toBe('error');
  });

  it('is suppressed if a rule ignores it, and not if a rule warns', () => {
    const rule = (action: 'ignore' | 'warn') => ({
      name: 'minizip',
      action,
      reason: 'it is not built',
      when: { vulnerability: [id] },
    });
    const by = (action: 'ignore' | 'warn') =>
      runOf([judged([createFinding()], { policy: { rules: [rule(action)] } })]).results?.[0];
    expect(by('ignore')).toMatchObject({
      level: 'note',
      suppressions: [
        { kind: 'external', status: 'accepted', justification: 'rule minizip: it is not built' },
      ],
    });
    expect(by('warn')).toMatchObject({ level: 'warning' });
    expect(by('warn')).not.toHaveProperty('suppressions');
  });

  it('is suppressed if Inspector suppresses it', () => {
    const [result] = resultsOf([createFinding({ status: 'SUPPRESSED' })]);
    expect(result).toMatchObject({
      level: 'note',
      suppressions: [{ justification: 'Suppressed in Amazon Inspector' }],
    });
  });

  it('is not suppressed if it blocks on another platform', () => {
    const scope = { kind: 'globs', package: undefined, image: undefined, platform: 'linux/amd64' } as const;
    const exceptions = [createException({ ids: [id], scope })];
    const findings = [createFinding(), createFinding({ id: '2', platform: 'linux/arm64' })];
    const [result, ...others] = runOf([judged(findings, { exceptions })]).results ?? [];
    expect(others).toEqual([]);
    expect(result?.level).toBe('error');
    expect(result).not.toHaveProperty('suppressions');
  });

  it('is not suppressed if it is below the thresholds', () => {
    expect(resultsOf([createFinding({ severity: 'LOW' })])[0]).not.toHaveProperty('suppressions');
  });
});

describe('against a baseline', () => {
  it('a result is new or unchanged, and a finding that is no longer present has no result', () => {
    const gone = createFinding({ vulnerabilityId: 'CVE-2026-3' });
    const fresh = createFinding({ vulnerabilityId: 'CVE-2026-2' });
    const baseline = {
      uri: `${HOST}/team/app@${fixtures.DIGEST}`,
      reference: 'x',
      findings: [createFinding(), gone],
    };
    const run = runOf([judged([createFinding(), fresh], { baseline })]);
    expect(run.results?.map(({ ruleId, baselineState }) => [ruleId, baselineState])).toEqual([
      ['CVE-2026-2', 'new'],
      ['CVE-2026-12345', 'unchanged'],
    ]);
    expect(resultsOf([createFinding()])[0]).not.toHaveProperty('baselineState');
  });
});

describe("GitHub's limits", () => {
  const many = (count: number, overrides: Partial<Finding> = {}) =>
    Array.from({ length: count }, (_, n) =>
      createFinding({ id: `${n}`, vulnerabilityId: `CVE-2026-${10_000 + n}`, severity: 'LOW', ...overrides }),
    );

  it('keep the worst of 10,000 findings, and the file says what it omits', () => {
    const worst = createFinding({ vulnerabilityId: 'CVE-2027-9999' });
    const report = createReport({ images: [createImage([...many(10_000), worst])] });
    const made = sarifReport(report, undefined);
    const said =
      'results.sarif contains the worst 5000 of 10001 results of team/app. report.json contains all of them.';
    expect(made?.omissions).toEqual([said]);
    const [run] = made === undefined ? [] : parsedLog(made).runs;
    expect(run?.results).toHaveLength(5_000);
    expect(run?.results?.[0]?.ruleId).toBe('CVE-2027-9999');
    expect(run?.tool.driver.rules).toHaveLength(5_000);
    expect(run?.invocations?.[0]?.toolExecutionNotifications).toEqual([
      { level: 'warning', message: { text: said } },
    ]);
    expect(run?.properties).toMatchObject({ results: 10_001 });
  });

  it('hold for text that does not compress', () => {
    const findings = many(300).map((finding, n) => ({
      ...finding,
      description: Array.from({ length: 120 }, (_, m) => ((n * 7919 + m * 104729) ** 3).toString(36)).join(
        ' ',
      ),
    }));
    const bytes = 50_000;
    const made = sarifReport(createReport({ images: [createImage(findings)] }), undefined, {
      ...GITHUB_LIMITS,
      bytes,
    });
    expect(made?.omissions).toHaveLength(1);
    const text = [...(made?.text ?? [])].join('');
    expect(JSON.parse(text).runs[0].results.length).toBeGreaterThan(0);
    expect(gzipSync(text).length).toBeLessThanOrEqual(bytes);
  });

  it('keep twenty repositories', () => {
    const images = Array.from({ length: 23 }, (_, n) =>
      createImage([createFinding()], { repository: `app${n}`, uri: `${HOST}/app${n}@${fixtures.DIGEST}` }),
    );
    const made = sarifReport(createReport({ images }), undefined);
    expect(made === undefined ? [] : parsedLog(made).runs).toHaveLength(20);
    expect(made?.omissions).toEqual([
      'results.sarif contains 20 repositories and omits 3. GitHub accepts no more; report.json contains all of them.',
    ]);
  });
});

/** A report with the same hostile text wherever a finding, an exception or an error can carry one. */
function hostile(text: string): EitherResult {
  const finding = createFinding({
    vulnerabilityId: text,
    title: text,
    description: text,
    type: text,
    relatedIds: [text],
    vendorSeverity: text,
    source: text,
    sourceUrl: text,
    platform: text,
    cvss: [{ baseScore: 5, version: text, vector: text, source: text }],
    packages: [
      createPackage({
        name: text,
        version: text,
        manager: text,
        fixedIn: text,
        filePath: text,
        instruction: text,
      }),
      createPackage({ name: text, filePath: `${text}2` }),
    ],
  });
  const excepted = createFinding({ id: '2', severity: text, vulnerabilityId: 'CVE-2026-7' });
  const exceptions = [createException({ ids: ['CVE-2026-7'], reason: text })];
  return createReport({
    verdict: 'error',
    images: [{ ...judged([finding, excepted], { exceptions }), references: [text] }, createImage([finding])],
    error: createError({ message: text }),
  });
}

describe('hostile text', () => {
  const strings = (value: unknown): string[] =>
    typeof value === 'string'
      ? [value]
      : typeof value === 'object' && value !== null
        ? Object.values(value).flatMap(strings)
        : [];

  it('stays text in every field', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const log = logOf(hostile(text), { path: 'Dockerfile', text: `FROM a\n${text}\n` });
        for (const value of strings(log))
          expect(value.replace(/\n/g, '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\u3164\u2800]/u);
        for (const { tool, results = [], invocations = [] } of log.runs) {
          const rules = tool.driver.rules ?? [];
          const messages = [
            ...results.map(({ message }) => message.text),
            ...results.flatMap(({ suppressions = [] }) =>
              suppressions.map(({ justification }) => justification),
            ),
            ...rules.flatMap(({ shortDescription, fullDescription }) => [
              shortDescription?.text,
              fullDescription?.text,
            ]),
            ...invocations.flatMap(({ toolExecutionNotifications = [] }) =>
              toolExecutionNotifications.map(({ message }) => message.text),
            ),
          ];
          for (const message of messages) expect(message).not.toMatch(/[[\]{}<>\n]/);
          for (const rule of rules) expectInertMarkdown(rule.help?.markdown ?? '');
        }
      }),
      { numRuns: 60 },
    );
  });

  /** Outside of code spans there is nothing but our own words, tables and links. */
  function expectInertMarkdown(markdown: string): void {
    const [head = '', table = '', ...prose] = markdown.split('\n\n');
    expect(head).toMatch(/^\*\*(`[^`\n]+`|–)\*\*$/);
    for (const row of table.split('\n').slice(2)) {
      expect(row).toMatch(
        /^\| [\w ()]+ \| (`[^`|\n]*`|–|\[[\w.]+\]\(https:\/\/(nvd\.nist\.gov|github\.com)\/[\w/-]+\)) \|$/,
      );
    }
    expect(prose.length).toBeLessThanOrEqual(1);
    const [text = ''] = prose;
    expect(text.split('`').length % 2).toBe(1);
    expect(text.replace(/`[^`]*`/g, '')).toMatch(/^(\p{L}|[ '’.,;:!?-])*$/u);
  }
});

describe('the schema', () => {
  it('of OASIS is followed', async (context) => {
    const validate = await officialSchema();
    if (validate === undefined) return context.skip(NO_SCHEMA);
    const baseline = { uri: 'x', reference: 'x', findings: [createFinding()] };
    const reports = [
      createReport(),
      createReport({ images: [judged([createFinding()], { baseline })] }),
      createReport({ images: [createImage([createFinding({ packages: [], title: '', description: '' })])] }),
      hostile('</script>\u202e[x](y) {0} `'),
      ...everyReport().filter(({ images }) => images.every(({ outcome }) => outcome.kind === 'judged')),
    ];
    for (const report of reports) {
      for (const dockerfile of [undefined, DOCKERFILE])
        expect(validate(logOf(report, dockerfile))).toEqual([]);
    }
    const broken = structuredClone(logOf(createReport({ images: [createImage([createFinding()])] })));
    Object.assign(broken.runs[0]?.results?.[0] ?? {}, { level: 'fatal' });
    expect(validate(broken)).not.toEqual([]);
  });
});
