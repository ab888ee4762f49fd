/** What the summary and the log say about classes of findings that suppression rules of Inspector hide. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluate } from '../../src/policy/evaluate.ts';
import { hiddenWords } from '../../src/report/findings/hidden.ts';
import type { Finding, Reachability } from '../../src/results/finding.ts';
import { createContext, createPolicy } from '../policy/factories.ts';
import { expectBlocks } from './blocks.ts';
import { logLines, renderSummary } from './either.ts';
import { createFailedImage, createFinding, createImage, createPackage, createReport } from './fixtures.ts';
import { hostileText } from './hostile.ts';

const REVIEW =
  ' Review these rules in the Amazon Inspector console; in an organization, the delegated administrator manages them.';

interface Given {
  readonly status?: string;
  readonly severity?: string;
  readonly manager?: string | undefined;
  readonly reachability?: Reachability;
}

let made = 0;

/** Findings of different vulnerabilities. */
function some(count: number, { manager = 'OS', reachability, ...given }: Given): Finding[] {
  return Array.from({ length: count }, () => {
    made += 1;
    return createFinding({
      id: `arn:${made}`,
      vulnerabilityId: `CVE-2026-${made}`,
      packages: [createPackage({ manager, reachability })],
      ...given,
    });
  });
}

const hidden = (count: number, given: Given) => some(count, { status: 'SUPPRESSED', ...given });
const words = (...findings: readonly (readonly Finding[])[]) => hiddenWords(createImage(findings.flat()));

describe('what suppression rules hide', () => {
  const reachable = some(3, { severity: 'LOW', reachability: 'reachable' });

  it('is a class: all findings that are not reachable', () => {
    const low = hidden(14, { severity: 'LOW', reachability: 'not-reachable' });
    expect(words(reachable, low)).toBe(
      `Suppression rules of Amazon Inspector hide 14 findings: all 14 whose packages are not reachable.${REVIEW}`,
    );
    expect(words(reachable, low, hidden(5, { severity: 'HIGH', reachability: 'not-reachable' }))).toBe(
      `Suppression rules of Amazon Inspector hide 19 findings, among them all 19 whose packages are not reachable and all 5 of severity HIGH.${REVIEW}`,
    );
    expect(words(reachable, low, hidden(6, { severity: 'LOW' }))).toBe(
      `Suppression rules of Amazon Inspector hide 20 findings, among them all 14 whose packages are not reachable.${REVIEW}`,
    );
  });

  it.each<[string, Given, string]>([
    ['reachability', { severity: 'LOW', reachability: 'reachable' }, 'all 5 with a reachable package'],
    ['severity', { severity: 'HIGH' }, 'all 5 of severity HIGH'],
    ['package manager', { severity: 'LOW', manager: 'JAR' }, 'all 5 with packages of JAR'],
  ])('is a class by %s', (_, given, expected) => {
    const others = some(1, { severity: 'LOW', reachability: 'not-reachable' });
    expect(words(others, hidden(5, given))).toContain(`hide 5 findings: ${expected}. `);
    // Fewer may be a coincidence, and one that is not hidden shows that the class is not.
    expect(words(others, hidden(4, given))).toBeUndefined();
    expect(words(others, hidden(5, given), some(1, given))).toBeUndefined();
    expect(words(others, hidden(5, given), some(1, { ...given, status: 'REOPENED' }))).toBeUndefined();
    // What is closed is not in the image any more.
    expect(words(others, hidden(5, given), some(1, { ...given, status: 'CLOSED' }))).toBeDefined();
  });

  it('is all that the image has', () => {
    expect(words(hidden(5, {}))).toBe(
      `Suppression rules of Amazon Inspector hide all 5 findings of this image.${REVIEW}`,
    );
    expect(words(hidden(5, {}), some(3, { status: 'CLOSED' }))).toContain(
      'hide all 5 findings of this image',
    );
    expect(words(hidden(4, {}))).toBeUndefined();
  });

  it('are at most three classes, the reachability first, then the largest', () => {
    const jars = hidden(5, { severity: 'MEDIUM', manager: 'JAR', reachability: 'not-reachable' });
    const gems = hidden(6, { severity: 'HIGH', manager: 'GEM' });
    expect(words(reachable, jars, gems)).toContain(
      'hide 11 findings, among them all 5 whose packages are not reachable, all 6 of severity HIGH and all 6 with packages of GEM.',
    );
  });

  it('is not a class with unknown reachability, or with a package that may be reachable', () => {
    const others = some(1, { severity: 'LOW', reachability: 'reachable' });
    const mixed = hidden(9, { severity: 'LOW' }).map((finding) => ({
      ...finding,
      packages: [createPackage({ reachability: 'not-reachable' }), createPackage({ name: 'b' })],
    }));
    expect(words(others, mixed)).toBeUndefined();
    expect(words(others, hidden(9, { severity: 'LOW' }))).toBeUndefined();
  });

  it.each([
    'warn',
    'block',
  ] as const)('is nothing with suppressed: %s, because they are judged', (suppressed) => {
    const verdict = evaluate(hidden(9, {}), createPolicy({ suppressed }), createContext());
    expect(hiddenWords(createImage([], { outcome: { kind: 'judged', verdict } }))).toBeUndefined();
  });

  it('is empty for an image that was not judged', () => {
    expect(hiddenWords(createFailedImage())).toBeUndefined();
    expect(hiddenWords(createImage([], { outcome: { kind: 'verified' } }))).toBeUndefined();
  });

  it('has no effect on the verdict', () => {
    const all = [...hidden(14, { reachability: 'not-reachable' }), ...reachable];
    const verdict = (findings: readonly Finding[]) =>
      evaluate(findings, createPolicy(), createContext()).verdict;
    expect(verdict(all)).toBe(verdict(reachable));
  });

  it('names only classes without a judged finding, with the number of hidden findings', () => {
    const any = fc.record({
      status: fc.constantFrom('ACTIVE', 'SUPPRESSED', 'SUPPRESSED', 'SUPPRESSED'),
      severity: fc.constantFrom('HIGH', 'LOW'),
      manager: fc.constantFrom('OS', 'JAR'),
      reachability: fc.constantFrom('reachable' as const, 'not-reachable' as const, undefined),
    });
    fc.assert(
      fc.property(fc.array(any, { minLength: 5, maxLength: 20 }), (given) => {
        const text = words(...given.map((one) => some(1, one as Given))) ?? '';
        const having = (status: string, holds: (one: (typeof given)[number]) => boolean) =>
          given.filter((one) => one.status === status && holds(one)).length;
        for (const [, count, name] of text.matchAll(/all (\d+) (with|whose|of)/g)) {
          expect(['with', 'whose', 'of']).toContain(name);
          expect(Number(count)).toBeGreaterThanOrEqual(5);
        }
        const claims: readonly (readonly [RegExp, (one: (typeof given)[number]) => boolean])[] = [
          [/all (\d+) whose packages are not reachable/, (one) => one.reachability === 'not-reachable'],
          [/all (\d+) with a reachable package/, (one) => one.reachability === 'reachable'],
          [/all (\d+) of severity LOW/, (one) => one.severity === 'LOW'],
          [/all (\d+) of severity HIGH/, (one) => one.severity === 'HIGH'],
          [/all (\d+) with packages of OS/, (one) => one.manager === 'OS'],
          [/all (\d+) with packages of JAR/, (one) => one.manager === 'JAR'],
        ];
        let whole = 0;
        for (const [pattern, holds] of claims) {
          const isWhole = having('SUPPRESSED', holds) >= 5 && having('ACTIVE', holds) === 0;
          if (isWhole) whole += 1;
          const [, count] = pattern.exec(text) ?? [];
          if (count === undefined) continue;
          expect(isWhole).toBe(true);
          expect(Number(count)).toBe(having('SUPPRESSED', holds));
        }
        if (whole > 0 || given.every(({ status }) => status === 'SUPPRESSED')) expect(text).not.toBe('');
      }),
    );
  });

  it('is in the summary and the log, of several images with their names', () => {
    const of = (tag: string) => createImage(hidden(5, {}), { references: [`host/team/app:${tag}`] });
    const one = renderSummary(createReport({ images: [of('1')] }));
    expect(one).toContain('<p>🔇 Suppression rules of Amazon Inspector hide all 5 findings of this image.');
    const images = Array.from({ length: 7 }, (_, tag) => of(`${tag}`));
    const several = renderSummary(createReport({ images }));
    expect(several.match(/<p>🔇 <code>/g)).toHaveLength(5);
    expect(several).toContain(
      '<code>host/team/app:4</code>: Suppression rules of Amazon Inspector hide all 5',
    );
    expect(several).toContain('<p>🔇 They also hide whole classes of findings in 2 more images.</p>');
    const log = logLines(createReport({ images: [of('1')] }));
    expect(log).toContain(
      `  Suppression rules of Amazon Inspector hide all 5 findings of this image.${REVIEW}`,
    );
  });

  it('takes no effect in the summary, whatever a severity or a package manager is called', () => {
    fc.assert(
      fc.property(hostileText, hostileText, (severity, manager) => {
        const findings = [...hidden(6, { severity, manager }), ...some(1, { severity: 'LOW' })];
        expectBlocks(renderSummary(createReport({ images: [createImage(findings)] })));
      }),
      { numRuns: 50 },
    );
  });
});
