import { describe, expect, it } from 'vitest';
import { evaluate } from '../../src/policy/evaluate.ts';
import type { Policy } from '../../src/policy/policy.ts';
import { annotations } from '../../src/report/findings/annotations.ts';
import { exceptionBlocks, exceptionEntries } from '../../src/report/findings/exceptions.ts';
import { refusalWords } from '../../src/report/findings/words.ts';
import type { Exception, PackageDoubt } from '../../src/results/exception.ts';
import type { Finding } from '../../src/results/finding.ts';
import { createContext, createException, createPolicy, NOW } from '../policy/factories.ts';
import { expectBlocks } from './blocks.ts';
import { type EitherResult, logLines, renderSummary, reportOf as reportOfEither } from './either.ts';
import { createFinding, createImage, createReport } from './fixtures.ts';

const DAY_MS = 86_400_000;
const inDays = (days: number) => new Date(NOW.getTime() + days * DAY_MS);
const finding = (id: string, overrides: Partial<Finding> = {}) =>
  createFinding({ vulnerabilityId: id, id, ...overrides });

function reportOf(
  exceptions: readonly Exception[],
  images: readonly (readonly Finding[])[],
  policy: Partial<Policy> = {},
): EitherResult {
  return createReport({
    judgedAt: NOW,
    images: images.map((findings) =>
      createImage([], {
        outcome: {
          kind: 'judged',
          verdict: evaluate(findings, createPolicy(policy), createContext({ exceptions })),
        },
      }),
    ),
  });
}

const bounds = {
  maxDurationMs: 90 * DAY_MS,
  never: { severity: ['HIGH'], knownExploited: false, score: undefined },
  required: [],
};

const only = (scope: { package?: string; image?: string }) =>
  ({ kind: 'globs', package: undefined, image: undefined, platform: undefined, ...scope }) as const;

describe('exceptionEntries', () => {
  it.each([
    ['used', createException({ ids: ['CVE-1'], expires: inDays(15) })],
    ['ending', createException({ ids: ['CVE-1'], expires: inDays(14) })],
    ['expired', createException({ ids: ['CVE-1'], expires: inDays(-1) })],
    ['expired', createException({ ids: ['CVE-NOT-HERE'], expires: inDays(-1) })],
    ['refused', createException({ ids: ['CVE-1'], expires: inDays(91) })],
    ['refused', createException({ ids: ['CVE-2'], expires: inDays(30) })],
    ['needless', createException({ ids: ['CVE-3'], expires: inDays(5) })],
    [
      'other-product',
      createException({ ids: ['CVE-1'], expires: inDays(5), scope: only({ package: 'zlib' }) }),
    ],
    ['other-product', createException({ ids: ['CVE-1'], expires: inDays(5), scope: only({ image: 'b' }) })],
    ['unused', createException({ ids: ['CVE-NOT-HERE'], expires: inDays(5) })],
    ['other-image', createException({ ids: ['CVE-NOT-HERE'], scope: only({ image: 'b' }) })],
    // What the policy thinks of it is of no interest for this run.
    [
      'other-image',
      createException({ ids: ['CVE-NOT-HERE'], scope: only({ image: 'b' }), expires: inDays(-1) }),
    ],
  ])('says %s', (state, exception) => {
    const findings = [
      finding('CVE-1'),
      finding('CVE-2', { severity: 'HIGH' }),
      finding('CVE-3', { severity: 'LOW' }),
    ];
    const [entry, ...others] = exceptionEntries(
      reportOf([exception], [findings], { exceptionsAllowed: bounds }),
    );
    expect(others).toEqual([]);
    expect(entry?.state).toBe(state);
    expect(entry?.applied).toBe(state === 'used' || state === 'ending' ? 1 : 0);
  });

  it('adds up several images: used in one of them is used', () => {
    const exception = createException({ ids: ['CVE-1'], expires: inDays(30) });
    const [entry] = exceptionEntries(
      reportOf(
        [exception],
        [[finding('CVE-1')], [], [finding('CVE-1'), finding('CVE-1', { platform: 'b' })]],
      ),
    );
    expect(entry).toMatchObject({ state: 'used', applied: 2 });
  });

  it('uses the closest of several images', () => {
    const exception = createException({ ids: ['CVE-1'], scope: only({ package: 'zlib' }) });
    const states = (...images: readonly (readonly Finding[])[]) =>
      exceptionEntries(reportOf([exception], images)).map(({ state }) => state);
    expect(states([], [])).toEqual(['unused']);
    expect(states([finding('CVE-1')], [])).toEqual(['other-product']);
    expect(states([], [finding('CVE-1')])).toEqual(['other-product']);
  });

  it('lists exceptions that require attention first', () => {
    const exceptions = [
      createException({ ids: ['CVE-NOT-HERE'], scope: only({ image: 'b' }) }),
      createException({ ids: ['CVE-NOT-HERE'] }),
      createException({ ids: ['CVE-1'], scope: only({ package: 'zlib' }) }),
      createException({ ids: ['CVE-1'], expires: inDays(20) }),
      createException({ ids: ['CVE-1'], expires: inDays(-2) }),
    ];
    const states = exceptionEntries(reportOf(exceptions, [[finding('CVE-1')]])).map(({ state }) => state);
    expect(states).toEqual(['expired', 'used', 'other-product', 'unused', 'other-image']);
  });
});

describe('why a VEX statement is not about the package', () => {
  it.each<[Partial<PackageDoubt>, string]>([
    [
      { aspect: 'type' },
      'it is about PURL, but the scanner reports the operating system or package manager DEBIAN_12',
    ],
    [{ aspect: 'vendor' }, 'it is about PURL, but the scanner reports the operating system DEBIAN_12'],
    [{ aspect: 'version', found: '1.2' }, 'it is about PURL, but the scanner reports the version 1.2'],
    [
      { aspect: 'vendor', differs: false },
      'it is about PURL, which cannot be compared with the operating system DEBIAN_12 that the scanner reports; add the vendor to the package URL',
    ],
    [
      { aspect: 'release', differs: false },
      'it is about PURL, which cannot be compared with the operating system DEBIAN_12 that the scanner reports',
    ],
    [
      { aspect: 'architecture', differs: false, found: undefined },
      'it is about PURL, and the scanner reports no architecture to compare',
    ],
    [
      { aspect: 'qualifier', differs: false, found: undefined },
      'it is about PURL, and not all of its qualifiers can be compared',
    ],
  ])('%j: %s', (doubt, words) => {
    const whole = { differs: true, purl: 'PURL', found: 'DEBIAN_12', aspect: 'type' as const, ...doubt };
    expect(refusalWords({ kind: 'other-package', ...whole }, NOW)).toBe(words);
  });
});

describe('a finding whose exception does not apply', () => {
  const refusedBy = (
    exception: Partial<Exception>,
    policy: Partial<Policy> = {},
    found: Partial<Finding> = {},
  ) => reportOf([createException({ ids: ['CVE-1'], ...exception })], [[finding('CVE-1', found)]], policy);
  const rowOf = (report: EitherResult) =>
    /<tr><td nowrap>.*CVE-1<.*<\/tr>/.exec(renderSummary(report))?.[0] ?? '';
  const plain = (html: string) => html.replace(/<\/?code>/g, '');

  it.each<[string, Partial<Exception>, Partial<Policy>, Partial<Finding>]>([
    [
      'exception expired after 2026-05-20, 12 days ago',
      { expires: new Date('2026-05-21T00:00:00Z') },
      {},
      {},
    ],
    ['exception expired after 2026-05-31, 1 day ago', { expires: new Date('2026-06-01T00:00:00Z') }, {}, {}],
    ['exception expired after 2026-06-01, today', { expires: NOW }, {}, {}],
    [
      'exception refused: 200 days, the policy allows 90',
      { expires: inDays(200) },
      { exceptionsAllowed: bounds },
      {},
    ],
    [
      'exception refused: it has no ticket, which the policy requires',
      {},
      { exceptionsAllowed: { ...bounds, required: ['ticket'] } },
      {},
    ],
    [
      'exception refused: the policy allows no exception for findings of this severity',
      {},
      { exceptionsAllowed: { ...bounds, never: { ...bounds.never, severity: ['CRITICAL'] } } },
      {},
    ],
    [
      'exception refused: the policy allows no exception for known exploited vulnerabilities, and whether this is one is unknown',
      {},
      { exceptionsAllowed: { ...bounds, never: { ...bounds.never, knownExploited: true } } },
      { knownExploited: undefined },
    ],
    [
      'exception refused: it applies only until there is a fix, and the scanner does not report that there is none',
      { untilFixed: true },
      {},
      { fixAvailable: undefined },
    ],
    [
      'VEX statement refused: its date is in the future',
      { origin: 'vex', since: inDays(3), expires: undefined },
      {},
      {},
    ],
  ])('says so in its row, the log and the annotation: %s', (words, exception, policy, found) => {
    const report = { ...refusedBy(exception, policy, found), verdict: 'block' } as const;
    expect(plain(rowOf(report))).toContain(`fail-on: critical<br>🚫 ${words}</td>`);
    expect(logLines(report).join('\n')).toContain(`(fail-on: critical; ${words})`);
    const [annotation] = annotations(report);
    expect(annotation?.message).toContain(`(fail-on: critical; ${words})`);
    const comment = reportOfEither(report).comment.render({ url: undefined, commit: undefined }, 60_000);
    expect(plain(comment)).toContain(`fail-on: critical<br>🚫 ${words}</td>`);
  });

  it('has no reason if another exception allows the finding, or none names it', () => {
    const both = reportOf(
      [
        createException({ ids: ['CVE-1'], expires: inDays(-3) }),
        createException({ ids: ['CVE-1'], source: 'exceptions.yml:9' }),
      ],
      [[finding('CVE-1')]],
    );
    expect(rowOf(both)).not.toContain('🚫');
    expect(rowOf(reportOf([createException({ ids: ['CVE-2'] })], [[finding('CVE-1')]]))).not.toContain('🚫');
  });

  it('shows the exception of a file before VEX statements, and that there are others', () => {
    const vex = {
      origin: 'vex',
      since: inDays(3),
      expires: undefined,
      source: 'a.json: statement 1',
    } as const;
    const report = reportOf(
      [
        createException({ ids: ['CVE-1'], ...vex }),
        createException({ ids: ['CVE-1'], expires: inDays(-3), source: 'z.yml:1' }),
      ],
      [[finding('CVE-1')]],
    );
    expect(plain(rowOf(report))).toContain(
      '🚫 exception expired after 2026-05-29, 3 days ago, and others that do not apply',
    );
  });

  it('keeps at most ten exceptions of thousands, whatever their order', () => {
    const many = Array.from({ length: 3_000 }, (_, n) =>
      createException({ ids: ['CVE-1'], expires: inDays(-3), source: `exceptions.yml:${n + 1_000}` }),
    );
    const refusedIn = (exceptions: readonly Exception[]) => {
      const [image] = reportOf(exceptions, [[finding('CVE-1')]]).images;
      if (image?.outcome.kind !== 'judged') throw new Error('not judged');
      return image.outcome.verdict.judged[0]?.refused.map(({ exception }) => exception.source);
    };
    expect(refusedIn(many)).toEqual(Array.from({ length: 10 }, (_, n) => `exceptions.yml:${n + 1_000}`));
    expect(refusedIn(many.toReversed())).toEqual(refusedIn(many));
  });
});

describe('exceptions that end soon', () => {
  const soon = (days: number, source: string) =>
    createException({ ids: ['CVE-1'], expires: inDays(days), source });

  it('are one warning, with the days that are left', () => {
    const found = annotations(
      reportOf(
        [soon(10, 'exceptions.yml:4'), { ...soon(0.5, 'exceptions.yml:9'), ids: ['CVE-2', 'CVE-3'] }],
        [[finding('CVE-1'), finding('CVE-2')]],
      ),
    );
    expect(found).toEqual([
      {
        level: 'warning',
        title: '2 exceptions end within 14 days',
        message:
          'CVE-1 (exceptions.yml:4): until 2026-06-11, in 10 days; CVE-2 and 1 more (exceptions.yml:9): until 2026-06-01, today. The findings that they allow will then count again.',
      },
    ]);
  });

  it.each([
    ['ends later', soon(15, 'a:1')],
    ['allows nothing', { ...soon(10, 'a:1'), ids: ['CVE-9'] }],
    ['has expired', soon(-1, 'a:1')],
  ])('are none if the only one %s', (_, exception) => {
    const report = reportOf([exception], [[finding('CVE-1')]]);
    expect(annotations(report).filter(({ level }) => level === 'warning')).toEqual([]);
  });

  it('are limited to those that fit into the warning', () => {
    const ids = Array.from({ length: 60 }, (_, n) => `CVE-2026-${1_000 + n}`);
    const [warning] = annotations(
      reportOf(
        ids.map((id, n) => ({ ...soon(3, `exceptions.yml:${n}`), ids: [id] })),
        [ids.map((id) => finding(id))],
      ),
    );
    expect(warning?.title).toBe('60 exceptions end within 14 days');
    expect(warning?.message).toContain('; and 50 more. The findings');
  });
});

describe('exceptionBlocks', () => {
  it('show who approved which exception, why, until when, and its source', () => {
    const exception = createException({
      ids: ['CVE-1'],
      expires: inDays(10),
      approvedBy: 'security@example.com',
      ticket: 'SEC-7',
      scope: { kind: 'globs', package: 'openssl*', image: undefined, platform: undefined },
    });
    const text = exceptionBlocks(reportOf([exception], [[finding('CVE-1')]])).join('\n\n');
    expectBlocks(text);
    expect(text).toContain(
      '<p>⏳ <b>Exception that ends soon</b>: <code>CVE-1</code> (until 2026-06-11, in 10 days). The findings that it allows will then count again.</p>',
    );
    expect(text).toContain('📝 1 exception: 1 used and ending soon');
    for (const part of [
      'only <code>openssl*</code>',
      'TLS ends at the load balancer',
      '<code>security@example.com</code><br><code>SEC-7</code>',
      '<code>exceptions.yml:4</code>',
    ]) {
      expect(text).toContain(part);
    }
  });

  it('announce the end of an exception that is used and refused', () => {
    const exception = createException({ ids: ['CVE-1', 'CVE-2'], expires: inDays(2), untilFixed: true });
    const findings = [finding('CVE-1', { fixAvailable: 'NO' }), finding('CVE-2')];
    const text = exceptionBlocks(reportOf([exception], [findings])).join('\n\n');
    expect(text).toContain('<b>Exception that ends soon</b>');
    expect(text).toContain('🚫 refused');
  });

  it('count those for other images in one line, however many there are', () => {
    const elsewhere = Array.from({ length: 3_000 }, (_, index) =>
      createException({
        origin: 'vex',
        ids: [`CVE-2020-${index}`],
        source: `vendor.json: statement ${index}`,
        scope: { kind: 'products', products: [] },
      }),
    );
    const own = createException({ ids: ['CVE-1'] });
    const text = exceptionBlocks(reportOf([...elsewhere, own], [[finding('CVE-1')]])).join('\n\n');
    expectBlocks(text);
    expect(text).toContain('📝 3001 exceptions and VEX statements: 1 used, 3000 for other images');
    expect(text).toContain('<p>3000 exceptions or VEX statements are about other images and products.</p>');
    expect(text).toContain('exceptions.yml:4');
    expect(text).not.toContain('vendor.json');
    const alone = exceptionBlocks(reportOf(elsewhere.slice(0, 1), [[finding('CVE-1')]])).join('\n\n');
    expectBlocks(alone);
    expect(alone).toContain('1 exception or VEX statement is about other images and products.');
    expect(alone).not.toContain('<table');
  });

  it('list the same vulnerability of another product before entries that match nothing', () => {
    const exceptions = [
      createException({ ids: ['CVE-9'], source: 'exceptions.yml:1' }),
      createException({ ids: ['CVE-1'], scope: only({ package: 'zlib' }), source: 'exceptions.yml:2' }),
    ];
    const text = exceptionBlocks(reportOf(exceptions, [[finding('CVE-1')]])).join('\n\n');
    expect(text).toMatch(
      /same vulnerability, other image or package[\s\S]*yml:2[\s\S]*matches nothing[\s\S]*yml:1/,
    );
    expect(text).toContain('1 for another image or package, 1 unused');
  });

  it('say why one was refused', () => {
    const text = exceptionBlocks(
      reportOf([createException({ ids: ['CVE-1'], expires: inDays(91) })], [[finding('CVE-1')]], {
        exceptionsAllowed: bounds,
      }),
    ).join('\n\n');
    expect(text).toContain('🚫 refused<br>91 days, the policy allows 90<');
  });

  it('give at most twenty VEX statements about other products a row', () => {
    const other = Array.from({ length: 500 }, (_, index) =>
      createException({
        origin: 'vex',
        ids: ['CVE-1'],
        source: `vendor.json: statement ${index}`,
        scope: { kind: 'products', products: [] },
      }),
    );
    const text = exceptionBlocks(reportOf(other, [[finding('CVE-1')]])).join('\n\n');
    expectBlocks(text);
    expect(text).toContain('📝 500 VEX statements: 500 for another image or package');
    expect(text.split('vendor.json')).toHaveLength(21);
    expect(text).toContain('480 exceptions or VEX statements are about other images and products.');
  });

  it('are counted in the log too', () => {
    const exceptions = [createException({ ids: ['CVE-1'] }), createException({ ids: ['CVE-9'] })];
    expect(logLines(reportOf(exceptions, [[finding('CVE-1')]]))).toContain('2 exceptions: 1 used, 1 unused.');
    expect(logLines(reportOf([], [[finding('CVE-1')]])).join()).not.toContain('exception');
  });

  it('are omitted if there are no exceptions', () => {
    expect(exceptionBlocks(reportOf([], [[finding('CVE-1')]]))).toEqual([]);
  });
});
