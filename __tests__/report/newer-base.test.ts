/** What the summary, the comment and the log say about newer base images. */
import { describe, expect, it } from 'vitest';
import { evaluate } from '../../src/policy/evaluate.ts';
import type { Policy } from '../../src/policy/policy.ts';
import { nextSteps } from '../../src/report/findings/steps.ts';
import type { Finding, VulnerablePackage } from '../../src/results/finding.ts';
import type { BaseAdvice, NewerBase, RebuildChange } from '../../src/results/rebuild.ts';
import { createContext, createPolicy } from '../policy/factories.ts';
import { expectBlocks } from './blocks.ts';
import { type EitherImage, logLines, renderComment } from './either.ts';
import { createFinding, createImage, createPackage, createReport, DIGEST, HOST } from './fixtures.ts';

const TAG = `${HOST}/docker-hub/library/node:22.11`;
const NEXT = `${HOST}/docker-hub/library/node:22.14`;
const JUDGED_AT = new Date('2026-05-10T12:00:00Z');
const PUSHED_AT = new Date('2026-05-07T11:00:00Z');

function found(id: string, overrides: Partial<Finding> = {}, of: Partial<VulnerablePackage> = {}): Finding {
  return createFinding({
    id: `finding/${id}`,
    vulnerabilityId: id,
    operatingSystem: 'DEBIAN_12',
    packages: [createPackage({ name: id.toLowerCase(), ...of })],
    ...overrides,
  });
}

/** An image, and the change that resolves the findings with these ids. */
function advised(
  findings: readonly Finding[],
  resolved: readonly string[],
  added: readonly Finding[] = [],
  { policy = {}, advice = {} }: { policy?: Partial<Policy>; advice?: Partial<BaseAdvice> } = {},
): EitherImage {
  const judge = (some: readonly Finding[]) => evaluate(some, createPolicy(policy), createContext());
  const verdict = judge(findings);
  const after = judge([
    ...findings.filter(({ vulnerabilityId }) => !resolved.includes(vulnerabilityId)),
    ...added,
  ]);
  const change: RebuildChange = {
    resolves: verdict.judged.filter(({ finding }) => resolved.includes(finding.vulnerabilityId)),
    adds: judge(added).judged,
    verdict: after.verdict,
    exceededLimits: after.exceededLimits,
  };
  return createImage([], {
    outcome: { kind: 'judged', verdict },
    advice: {
      ...{ base: TAG, named: true, digest: DIGEST, pushedAt: PUSHED_AT, isCurrent: false },
      newer: [newer({ change })],
      ...advice,
    },
  });
}

function newer(overrides: Partial<NewerBase> = {}): NewerBase {
  return {
    ...{ kind: 'same-tag', reference: TAG, digest: DIGEST, pushedAt: PUSHED_AT },
    ...{ change: undefined, unknown: undefined },
    ...overrides,
  };
}

function reportOn(...images: readonly EitherImage[]) {
  const verdicts = images.map(({ outcome }) =>
    outcome.kind === 'judged' ? outcome.verdict.verdict : 'error',
  );
  const verdict = verdicts.includes('block') ? 'block' : 'warn';
  return createReport({ verdict, images, judgedAt: JUDGED_AT });
}

function stepsOf(...images: readonly EitherImage[]): string {
  const text = nextSteps(reportOn(...images)).join('\n\n');
  if (text !== '') expectBlocks(text);
  return text;
}

const A = found('CVE-2026-1001');
const B = found('CVE-2026-1002');
const C = found('CVE-2026-1003');
const ids = (...findings: readonly Finding[]) => findings.map(({ vulnerabilityId }) => vulnerabilityId);

describe('a rebuild', () => {
  it('comes before the upgrades, which are planned for what it leaves', () => {
    const text = stepsOf(advised([A, B, C], ids(A, B), [found('CVE-2026-1009', { severity: 'MEDIUM' })]));
    expect(text).toContain(
      '<li>🔁 <b>Rebuild on today’s <code>docker-hub/library/node:22.11</code></b> (<code>sha256:a1a1a1a1a1a1</code>, in ECR since 2026-05-07, 3 days ago): resolves 2 of the 3 blocking findings and adds 1 medium finding.</li>',
    );
    expect(text).toContain(
      '<b>After the rebuild, the image passes with this upgrade</b>, based on today’s findings:',
    );
    expect(text.indexOf('Rebuild')).toBeLessThan(text.indexOf('After the rebuild'));
    expect(text).toContain('<b><code>cve-2026-1003</code></b>');
    expect(text).not.toContain('cve-2026-1001');
  });

  it('needs no upgrade if the image passes with it', () => {
    const text = stepsOf(advised([A, B], ids(A, B)));
    expect(text).toContain(
      'resolves all 2 blocking findings and adds none. <b>Then the image passes</b>, based on today’s findings of both images.',
    );
    expect(text).not.toMatch(/upgrade|→/);
    expect(stepsOf(advised([A], ids(A), [found('CVE-2026-1008', { severity: 'HIGH' })]))).toContain(
      'resolves the blocking finding and adds 1 high finding (warns). <b>Then the image passes with warnings</b>',
    );
  });

  it('leaves findings that it adds to be upgraded', () => {
    const text = stepsOf(advised([A, B, C], ids(A, B), [found('CVE-2026-1007')]));
    expect(text).toContain('resolves 2 of the 3 blocking findings and adds 1 critical finding (blocks).');
    expect(text).toContain('<b>After the rebuild, the image passes with these 2 upgrades</b>');
    expect(text).toContain('cve-2026-1007');
  });

  it('says what no upgrade resolves after it', () => {
    const noFix = found('CVE-2026-1004', { fixAvailable: 'NO' }, { fixedIn: undefined });
    const text = stepsOf(advised([A, B, noFix], ids(A)));
    expect(text).toContain(
      '<b>After the rebuild, this upgrade resolves 1 of the 2 remaining blocking findings</b>:',
    );
    expect(text).toContain('Not resolved by any upgrade');
    // There is a template for what is left alone.
    expect(stepsOf(advised([A, noFix], ids(A, noFix)))).not.toContain('Template');
  });

  it('that also needs a newer tag is the second choice', () => {
    const image = advised([A, B, C], ids(A));
    const [first] = image.advice?.newer ?? [];
    if (image.advice === undefined || first?.change === undefined) throw new Error('there is no advice');
    const second = newer({ ...first, kind: 'newer-tag', reference: NEXT });
    const both = stepsOf({ ...image, advice: { ...image.advice, newer: [first, second] } });
    expect(both).toContain(
      '🔁 <b>Or build on <code>docker-hub/library/node:22.14</code></b>, the newest tag of its line (',
    );
    expect(both).toContain('After the first rebuild, ');
    const alone = stepsOf({ ...image, advice: { ...image.advice, newer: [second] } });
    expect(alone).toContain('🔁 <b>Build on <code>docker-hub/library/node:22.14</code></b>, the newest tag');
    expect(alone).toContain('After the rebuild, ');
  });

  it('resolves findings that count towards a limit', () => {
    const high = (id: string) => found(id, { severity: 'HIGH' });
    const some = [high('CVE-2026-1'), high('CVE-2026-2'), high('CVE-2026-3')];
    const text = stepsOf(
      advised(some, ['CVE-2026-1', 'CVE-2026-2'], [], { policy: { limits: { high: 1 } } }),
    );
    expect(text).toContain('resolves 2 findings and adds none. <b>Then the image passes with warnings</b>');
    expect(text).not.toContain('the policy allows 1');
  });

  it('for warnings is folded', () => {
    const high = [found('CVE-2026-1', { severity: 'HIGH' }), found('CVE-2026-2', { severity: 'HIGH' })];
    const text = stepsOf(advised(high, ['CVE-2026-1']));
    expect(text).toMatch(/^<details>\n<summary>🔁 Rebuild on a newer base image, for warnings<\/summary>/);
    expect(text).toContain('resolves 1 of the 2 warnings and adds none.');
    expect(text).toContain('🔧 1 upgrade for warnings');
    expect(text).not.toContain('What to do');
  });

  it('of one of several images has its name, and leaves the others as they are', () => {
    const other = createImage([B], { references: [`${HOST}/team/web:2`] });
    const text = stepsOf(advised([A], ids(A)), other);
    expect(text).toContain('🔁 <code>team/app:1.4.2</code>: <b>Rebuild on today’s');
    expect(text).toContain('<b>After the rebuild, all images pass with this upgrade</b>');
  });
});

describe('without a known change', () => {
  it('the newer image is named, with the reason', () => {
    const advice = { newer: [newer({ unknown: 'it is not scanned: ECR reports <b>PENDING</b>' })] };
    const text = stepsOf(advised([A], [], [], { advice }));
    expect(text).toContain(
      '🔁 <code>docker-hub/library/node:22.11</code> points at a newer image now (<code>sha256:a1a1a1a1a1a1</code>, in ECR since 2026-05-07, 3 days ago) than the image is built on. What a rebuild on it resolves is unknown: it is not scanned: ECR reports <code>&lt;b&gt;PENDING&lt;/b&gt;</code>.',
    );
    expect(text).toContain('<b>With this upgrade, the image passes</b>');
    // A newer tag of which nothing is known is not worth a line.
    const tag = { newer: [newer({ kind: 'newer-tag', reference: NEXT, unknown: 'it is not scanned' })] };
    expect(stepsOf(advised([A], [], [], { advice: tag }))).not.toContain('22.14');
    expect(stepsOf(advised([found('CVE-2026-1', { severity: 'HIGH' })], [], [], { advice }))).not.toContain(
      '22.11',
    );
  });

  it('a current base image is said to be current if findings in it block', () => {
    const inBase = found('CVE-2026-1', {}, { statedOrigin: 'base', layer: DIGEST });
    const current = { isCurrent: true, newer: [] };
    const text = stepsOf(advised([inBase], [], [], { advice: current }));
    expect(text).toContain(
      'The image is built on the current <code>docker-hub/library/node:22.11</code> (in ECR since 2026-05-07, 3 days ago), so a rebuild on it does not resolve the findings in the base image.</li>',
    );
    const old = { ...current, pushedAt: new Date('2026-04-01T00:00:00Z') };
    expect(stepsOf(advised([inBase], [], [], { advice: old }))).toContain('pull the tag once');
    expect(stepsOf(advised([A], [], [], { advice: current }))).not.toContain('is built on the current');
  });
});

it('is in the comment and in the log', () => {
  const report = reportOn(advised([A, B], ids(A)));
  expect(
    renderComment(report, { key: 'k', run: { id: 77, attempt: 1 }, url: undefined, commit: undefined }),
  ).toContain('Rebuild on today’s <code>docker-hub/library/node:22.11</code>');
  expect(logLines(report)).toContain(
    `  Rebuild on ${TAG}@${DIGEST}, in ECR since 2026-05-07, 3 days ago: resolves 1 of the 2 blocking findings and adds none.`,
  );
  const unknown = reportOn(
    advised([A], [], [], { advice: { newer: [newer({ unknown: 'it is not scanned' })] } }),
  );
  expect(logLines(unknown)).toContain(
    `  Newer base image: ${TAG}@${DIGEST}, in ECR since 2026-05-07, 3 days ago. What a rebuild resolves is unknown: it is not scanned.`,
  );
});
