import { describe, expect, it } from 'vitest';
import { evaluate } from '../../src/policy/evaluate.ts';
import type { Policy } from '../../src/policy/policy.ts';
import { exceptionBlocks, exceptionEntries } from '../../src/report/findings/exceptions.ts';
import { refusalWords } from '../../src/report/findings/words.ts';
import type { Exception, PackageDoubt } from '../../src/results/exception.ts';
import type { Finding } from '../../src/results/finding.ts';
import { createContext, createException, createPolicy, NOW } from '../policy/factories.ts';
import { expectBlocks } from './blocks.ts';
import { type EitherResult, logLines } from './either.ts';
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

  it('takes the closest of several images', () => {
    const exception = createException({ ids: ['CVE-1'], scope: only({ package: 'zlib' }) });
    const states = (...images: readonly (readonly Finding[])[]) =>
      exceptionEntries(reportOf([exception], images)).map(({ state }) => state);
    expect(states([], [])).toEqual(['unused']);
    expect(states([finding('CVE-1')], [])).toEqual(['other-product']);
    expect(states([], [finding('CVE-1')])).toEqual(['other-product']);
  });

  it('puts first what somebody has to look at', () => {
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

describe('exceptionBlocks', () => {
  it('say who let what through, why, until when and where that is written', () => {
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
      '<p>⏳ <b>Exceptions that end soon</b>: <code>CVE-1</code> (until 2026-06-11, in 10 days). The findings that they allow will then count again.</p>',
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

  it('announce the end of one that is used, whatever else became of it', () => {
    const exception = createException({ ids: ['CVE-1', 'CVE-2'], expires: inDays(2), untilFixed: true });
    const findings = [finding('CVE-1', { fixAvailable: 'NO' }), finding('CVE-2')];
    const text = exceptionBlocks(reportOf([exception], [findings])).join('\n\n');
    expect(text).toContain('<b>Exceptions that end soon</b>');
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
    expect(text).toContain('📝 3001 exceptions: 1 used, 3000 for other images');
    expect(text).toContain('<p>3000 exceptions or VEX statements are about other images and products.</p>');
    expect(text).toContain('exceptions.yml:4');
    expect(text).not.toContain('vendor.json');
    const alone = exceptionBlocks(reportOf(elsewhere.slice(0, 1), [[finding('CVE-1')]])).join('\n\n');
    expectBlocks(alone);
    expect(alone).toContain('1 exception or VEX statement is about other images and products.');
    expect(alone).not.toContain('<table');
  });

  it('name the same vulnerability of another product before what matches nothing', () => {
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

  it('are counted in the log too', () => {
    const exceptions = [createException({ ids: ['CVE-1'] }), createException({ ids: ['CVE-9'] })];
    expect(logLines(reportOf(exceptions, [[finding('CVE-1')]]))).toContain('2 exceptions: 1 used, 1 unused.');
    expect(logLines(reportOf([], [[finding('CVE-1')]])).join()).not.toContain('exception');
  });

  it('are not there where there are no exceptions', () => {
    expect(exceptionBlocks(reportOf([], [[finding('CVE-1')]]))).toEqual([]);
  });
});
