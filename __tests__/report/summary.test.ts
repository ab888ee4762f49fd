import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluate } from '../../src/policy/evaluate.ts';
import { annotations } from '../../src/report/annotations.ts';
import { logLines } from '../../src/report/log.ts';
import type { RunReport } from '../../src/report/report.ts';
import { renderSummary } from '../../src/report/summary.ts';
import type { Finding } from '../../src/scan/findings.ts';
import { createCircumstances, createPolicy } from '../policy/factories.ts';
import * as fixtures from './fixtures.ts';
import { hostileText } from './hostile.ts';

const { createError, createFailedImage, createFinding, createImage, createPackage, createReport } = fixtures;

const ALLOWED_TAGS = new Set(
  'h2 h3 p table tr th td code br details summary ul li b blockquote'
    .split(' ')
    .flatMap((name) => [`<${name}>`, `</${name}>`])
    .concat('<details open>', '</a>'),
);
const LINK =
  /^<a href="https:\/\/(nvd\.nist\.gov\/vuln\/detail\/CVE-[\d-]+|github\.com\/advisories\/GHSA[\w-]+)">$/;
const BLOCK_START = /^<(h2|h3|p|table|details|ul|blockquote)[ >]/;

/** The tags of a summary, checked to be ours and rightly nested. */
function tagsOf(summary: string): string[] {
  const tags = [...summary.matchAll(/<[^>]*>?/g)].map(([tag]) => tag);
  const open: string[] = [];
  expect(tags.filter((tag) => !ALLOWED_TAGS.has(tag) && !LINK.test(tag))).toEqual([]);
  for (const tag of tags) {
    const name = /^<\/?([a-z0-9]+)/.exec(tag)?.[1] ?? '';
    if (tag.startsWith('</')) {
      const last = open.pop();
      if (last !== name) throw new Error(`</${name}> closes <${last}>`);
    } else if (name !== 'br') open.push(name);
  }
  expect(open).toEqual([]);
  expect(summary.replace(/<[^>]*>/g, '')).not.toMatch(/[<>]/);
  return tags;
}

function expectBlocks(summary: string): void {
  expect(summary.endsWith('\n')).toBe(true);
  for (const block of summary.trimEnd().split('\n\n')) {
    expect(block).toMatch(BLOCK_START);
    expect(block.split('\n').filter((part) => part.trim() === '')).toEqual([]);
  }
}

function blocked(findings: readonly Finding[], overrides: Partial<RunReport> = {}): RunReport {
  return createReport({ verdict: 'block', images: [createImage(findings)], ...overrides });
}

function headingOf(report: RunReport): string {
  return /^<h2>(.*)<\/h2>/.exec(renderSummary(report))?.[1] ?? '';
}

describe('the verdict line', () => {
  const critical = (n: number, overrides: Partial<Finding> = {}) =>
    createFinding({ vulnerabilityId: `CVE-2026-000${n}`, ...overrides });

  it('says how many findings block and how many of them have a fix', () => {
    const findings = [critical(1), critical(2), critical(3, { fixAvailable: 'NO' })];
    expect(headingOf(blocked(findings))).toBe('⛔ Blocked: 3 critical findings, 2 of them fixable');
  });

  it('says so when a block is not enforced, and that nothing is signed', () => {
    const report = blocked([critical(1)], { settings: fixtures.createSettings({ enforce: false }) });
    expect(headingOf(report)).toBe('⛔ Blocked (not enforced): 1 critical finding, fixable');
    expect(renderSummary(report)).toContain('the step stays green, but the image is not signed');
  });

  it('counts what is between the thresholds as warnings', () => {
    const images = [createImage([critical(1, { severity: 'HIGH' })])];
    expect(headingOf(createReport({ verdict: 'warn', images }))).toBe(
      '⚠️ Passed with warnings: 1 high finding',
    );
  });

  it('says that an image without findings passed, and whether it is signed', () => {
    expect(headingOf(createReport())).toBe('✅ Passed: no findings');
    expect(headingOf(createReport({ signing: fixtures.createSigning() }))).toBe(
      '✅ Passed and signed: no findings',
    );
  });

  it('does not hide findings below the thresholds behind a pass', () => {
    const images = [createImage([critical(1, { severity: 'LOW' })])];
    expect(headingOf(createReport({ images }))).toBe('✅ Passed: 1 finding, none severe enough to warn');
  });

  it('gives the reason where there is no verdict', () => {
    const error = createError({ message: 'The tag 1.4.2 is not in team/app.', nextStep: 'Push it first.' });
    const report = createReport({ verdict: 'error', images: [], settings: undefined, error });
    expect(headingOf(report)).toBe(
      '❌ No verdict: The tag <code>1.4.2</code> is not in <code>team/app</code>.',
    );
    expect(renderSummary(report)).toContain('<li>Push it first.</li>');
  });

  it('does not call a signing failure a missing verdict', () => {
    const error = createError({ code: 'signing', message: 'cosign failed.' });
    const report = createReport({
      verdict: 'error',
      error,
      signing: fixtures.createSigning({ state: 'failed' }),
    });
    expect(headingOf(report)).toBe('❌ Not signed: cosign failed.');
    expect(renderSummary(report)).toContain('Active findings by severity');
  });

  it('counts images where there are several', () => {
    const images = [createImage([critical(1)]), createImage()];
    expect(headingOf(createReport({ verdict: 'block', images }))).toBe(
      '⛔ Blocked: 1 critical finding, fixable, in 1 of 2 images',
    );
  });
});

describe('the summary', () => {
  it('shows what blocks, with its package, versions, severity and platforms', () => {
    const both = ['linux/amd64', 'linux/arm64'].map((platform, index) =>
      createFinding({ platform, id: `finding-${index}`, exploitAvailable: 'YES' }),
    );
    expect(renderSummary(blocked(both))).toContain(
      '<tr><td><a href="https://nvd.nist.gov/vuln/detail/CVE-2026-12345">CVE-2026-12345</a></td>' +
        '<td>🔴 critical</td><td><code>openssl</code></td><td><code>3.0.1</code></td><td><code>3.0.2</code></td>' +
        '<td>9.8</td><td><code>linux/amd64</code><br><code>linux/arm64</code></td>' +
        '<td>fail-on: critical<br>exploit exists</td></tr>',
    );
  });

  it.each(['CVE-2026-1', 'CVE-2026-12345/../x', 'GHSA-xxxx', 'cve-2026-12345'])('does not link %s', (id) => {
    const summary = renderSummary(blocked([createFinding({ vulnerabilityId: id })]));
    expect(summary).toContain(`<code>${id}</code>`);
    expect(summary).not.toContain('<a ');
  });

  it('groups upgrades by package and goes to the newest where that is certain', () => {
    const found = (id: string, fixedIn: string) =>
      createFinding({ vulnerabilityId: id, packages: [createPackage({ fixedIn })] });
    const summary = renderSummary(
      blocked([found('CVE-2026-1001', '3.0.9'), found('CVE-2026-1002', '3.0.10')]),
    );
    expect(summary).toContain(
      'Upgrade <code>openssl</code> <code>3.0.1</code> → <code>3.0.10</code> (<code>OS</code>): clears 2 findings, 2 critical',
    );
  });

  it('leaves the choice to the reader where versions cannot be compared', () => {
    const found = (id: string, fixedIn: string) =>
      createFinding({ vulnerabilityId: id, packages: [createPackage({ fixedIn })] });
    const summary = renderSummary(
      blocked([found('CVE-2026-1001', '3.1~rc1'), found('CVE-2026-1002', '3.1')]),
    );
    expect(summary).toContain('<code>3.1</code>, <code>3.1~rc1</code> (the newest of them)');
  });

  it('keeps a command of a next step in one piece', () => {
    const nextStep = 'Turn it on (aws inspector2 enable --resource-types ECR).';
    const report = createReport({ verdict: 'error', images: [], error: createError({ nextStep }) });
    expect(renderSummary(report)).toContain(
      '<li>Turn it on (<code>aws inspector2 enable --resource-types ECR</code>).</li>',
    );
  });

  it('says which findings have no fix', () => {
    const finding = createFinding({ fixAvailable: 'NO', packages: [createPackage({ fixedIn: undefined })] });
    expect(renderSummary(blocked([finding]))).toContain(
      'no fix yet. Remove the package or change the base image',
    );
  });

  it('lists suppressed findings without judging them', () => {
    const summary = renderSummary(
      createReport({ images: [createImage([createFinding({ status: 'SUPPRESSED' })])] }),
    );
    expect(summary).toContain('1 finding suppressed in Inspector');
    expect(summary).toContain('✅ Passed: no findings');
  });

  it('shows every image of several, the failed ones with their reason', () => {
    const failed = createFailedImage(createError({ message: 'first line\n\nsecond line' }));
    const summary = renderSummary(
      createReport({ verdict: 'error', images: [createImage([createFinding()]), createImage(), failed] }),
    );
    expectBlocks(summary);
    tagsOf(summary);
    expect(summary).toContain('<blockquote>first line<br>second line</blockquote>');
    for (const word of ['Blocked', 'Passed', 'No verdict']) expect(summary).toContain(`<b>${word}</b>`);
  });
});

describe('hostile text', () => {
  /** A report with text in every place that a finding, an image or a platform has for it. */
  function reportOf(text: () => string, changes: Partial<RunReport> = {}): RunReport {
    const finding = (severity: string, status: string, index: number) =>
      createFinding({
        // An index keeps equal texts from becoming one finding.
        vulnerabilityId: `${index}${text()}`,
        id: `${index}${text()}`,
        severity,
        status,
        type: text(),
        title: text(),
        description: text(),
        relatedIds: [text()],
        exploitAvailable: text(),
        recommendation: text(),
        sourceUrl: text(),
        platform: text(),
        packages: [
          createPackage({
            name: `${index}${text()}`,
            version: text(),
            release: `-${text()}`,
            manager: `-${text()}`,
            fixedIn: `-${text()}`,
            filePath: text(),
            remediation: `-${text()}`,
          }),
        ],
      });
    const findings = [
      finding('CRITICAL', 'ACTIVE', 1),
      finding(`?${text()}`, text(), 2),
      finding('HIGH', 'ACTIVE', 3),
      finding('UNTRIAGED', 'ACTIVE', 4),
      finding('CRITICAL', 'SUPPRESSED', 5),
    ];
    const image = createImage(findings, {
      references: [text()],
      outcome: { kind: 'judged', verdict: evaluate(findings, createPolicy(), createCircumstances()) },
      platforms: [fixtures.createPlatform({ platform: text() })],
      signatures: [{ digest: text(), state: 'signed', format: 'bundle', platform: text() }],
      proofs: [
        fixtures.createProof({ what: text(), by: text(), detail: text() }),
        fixtures.createProof({ what: text(), by: text(), detail: text(), state: 'failed' }),
      ],
    });
    return createReport({
      verdict: 'block',
      images: [image],
      signing: fixtures.createSigning({ key: text(), cosignVersion: text(), state: 'failed' }),
      ...changes,
    });
  }

  const texts = fc.array(hostileText, { minLength: 5, maxLength: 12 }).map((pool) => {
    let next = 0;
    return () => pool[next++ % pool.length] ?? '';
  });

  it('takes no effect in the summary', () => {
    const ours = tagsOf(renderSummary(reportOf(() => 'x'))).sort();
    fc.assert(
      fc.property(texts, (text) => {
        const summary = renderSummary(reportOf(text));
        expectBlocks(summary);
        expect(tagsOf(summary).sort()).toEqual(ours);
        // Outside <code> (and our own links) nothing is left that GitHub could link or mention.
        const bare = summary.replace(/<code>[^<]*<\/code>/g, '').replace(/<[^>]*>/g, '');
        expect(bare).not.toMatch(/@|https?:|evil|octocat/);
      }),
      { numRuns: 150 },
    );
  });

  it('takes no effect in proofs, nor in the log', () => {
    const of = (text: () => string) =>
      reportOf(text, {
        verification: fixtures.createVerification({ signer: text(), cosignVersion: text() }),
      });
    const ours = tagsOf(renderSummary(of(() => 'x'))).sort();
    fc.assert(
      fc.property(texts, (text) => {
        const summary = renderSummary(of(text));
        expectBlocks(summary);
        expect(tagsOf(summary).sort()).toEqual(ours);
        const bare = summary.replace(/<code>[^<]*<\/code>/g, '').replace(/<[^>]*>/g, '');
        expect(bare).not.toMatch(/@|https?:|evil|octocat/);
        for (const line of logLines(of(text))) expect(line).not.toMatch(/\n|\r|^ *::|##\[/);
      }),
      { numRuns: 100 },
    );
  });

  it('takes no effect in an error', () => {
    fc.assert(
      fc.property(hostileText, hostileText, (message, nextStep) => {
        const error = createError({ message, nextStep });
        for (const report of [
          createReport({ verdict: 'error', images: [], error }),
          createReport({ verdict: 'error', images: [createFailedImage(error), createImage()] }),
        ]) {
          const summary = renderSummary(report);
          expectBlocks(summary);
          tagsOf(summary);
          const bare = summary.replace(/<code>[^<]*<\/code>/g, '').replace(/<[^>]*>/g, '');
          expect(bare).not.toMatch(/@|https?:|:tada:|#\d|GH-\d/);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('takes no effect in the log and in annotations', () => {
    fc.assert(
      fc.property(texts, hostileText, (text, message) => {
        const error = createError({ message, nextStep: message });
        const reports = [
          reportOf(text),
          createReport({ verdict: 'error', error, images: [createFailedImage(error)] }),
        ];
        const printed = reports.flatMap((report) => [
          ...logLines(report),
          ...annotations(report).flatMap(({ title, message }) => [title, message]),
        ]);
        for (const one of printed) {
          expect(one).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]|##\[/u);
          expect(one.trimStart().startsWith('::')).toBe(false);
        }
      }),
      { numRuns: 150 },
    );
  });
});

describe('size', () => {
  const many = (text: string) =>
    Array.from({ length: 10_000 }, (_, index) =>
      createFinding({
        vulnerabilityId: `CVE-2026-${10_000 + index}`,
        packages: [createPackage({ name: `${text}${index}` })],
        severity: index < 9_000 ? 'CRITICAL' : 'HIGH',
      }),
    );

  it.each([
    ['ordinary', 'package-'],
    ['hostile', '\u{e0041}'.repeat(500)],
  ])('stays under the limit of GitHub for 10,000 findings with %s names', (_, name) => {
    const report = blocked(many(name));
    const started = performance.now();
    const summary = renderSummary(report);
    expect(performance.now() - started).toBeLessThan(2_000);
    expect(Buffer.byteLength(summary)).toBeLessThan(1024 * 1024);
    expect(Buffer.byteLength(summary)).toBeGreaterThan(500 * 1024);
    expect(summary).toMatch(/<p>\d+ more in <code>report\.json<\/code>\.<\/p>/);
    expectBlocks(summary);
    tagsOf(summary);
  });

  it('gives every image its share', () => {
    const images = [createImage(many('a')), createImage(many('b')), createImage(many('c'))];
    const summary = renderSummary(createReport({ verdict: 'block', images }));
    expect(Buffer.byteLength(summary)).toBeLessThan(1024 * 1024);
    for (const name of ['a0', 'b0', 'c0']) expect(summary).toContain(`<code>${name}</code>`);
  });

  it.each([200, 2_000, 20_000])('keeps the verdict whatever does not fit in %d bytes', (limit) => {
    const summary = renderSummary(blocked(many('x').slice(0, 100)), limit);
    expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(limit);
    expect(summary).toContain('⛔ Blocked: 100 critical findings');
    expectBlocks(summary);
    tagsOf(summary);
  });
});
