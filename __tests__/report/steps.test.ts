import { describe, expect, it } from 'vitest';
import { evaluate } from '../../src/policy/evaluate.ts';
import { parseExceptions } from '../../src/policy/exceptions-document.ts';
import type { Policy } from '../../src/policy/policy.ts';
import { nextSteps } from '../../src/report/findings/steps.ts';
import type { Finding, VulnerablePackage } from '../../src/results/finding.ts';
import { createContext, createException, createPolicy } from '../policy/factories.ts';
import { expectBlocks } from './blocks.ts';
import type { EitherResult } from './either.ts';
import * as fixtures from './fixtures.ts';

const { createFinding, createImage, createPackage, createReport } = fixtures;

function stepsOf(
  findings: readonly Finding[],
  overrides: Partial<EitherResult> = {},
  policy: Partial<Policy> = {},
) {
  const verdict = evaluate(findings, createPolicy(policy), createContext());
  const image = createImage([], { outcome: { kind: 'judged', verdict } });
  const text = nextSteps(createReport({ verdict: verdict.verdict, images: [image], ...overrides })).join(
    '\n\n',
  );
  if (text !== '') expectBlocks(text);
  return text;
}

let ids = 0;
function found(name: string, overrides: Partial<Finding> = {}, of: Partial<VulnerablePackage> = {}): Finding {
  ids += 1;
  return createFinding({
    id: `finding/${ids}`,
    vulnerabilityId: `CVE-2026-${10_000 + ids}`,
    operatingSystem: 'DEBIAN_12',
    packages: [createPackage({ name, ...of })],
    ...overrides,
  });
}

/** The exceptions file that is offered, as a reader copies it. */
function yamlOf(text: string): string {
  return (/<pre><code>([^<]*)<\/code><\/pre>/.exec(text)?.[1] ?? '').replaceAll('&#39;', "'");
}

const noFix = (name: string) => found(name, { fixAvailable: 'NO' }, { fixedIn: undefined });

describe('the upgrades', () => {
  it('make the image pass if nothing else blocks it', () => {
    const text = stepsOf([found('openssl'), found('openssl'), found('zlib')]);
    expect(text).toContain('<b>With these 2 upgrades, the image passes</b>, based on today’s findings:');
    expect(text).toContain(
      '<b><code>openssl</code></b> <code>3.0.1</code> → <code>3.0.2</code> (apt) resolves 2 critical findings',
    );
  });

  it('name the images that they are for, if there are several', () => {
    const imageOf = (tag: string, names: readonly string[]) => {
      const verdict = evaluate(
        names.map((name) => found(name)),
        createPolicy(),
        createContext(),
      );
      return createImage([], {
        outcome: { kind: 'judged', verdict },
        references: [`${fixtures.HOST}/team/app:${tag}`],
      });
    };
    const tags = ['1', '2', '3', '4', '5'];
    const images = [...tags.map((tag) => imageOf(tag, ['openssl'])), imageOf('6', ['zlib'])];
    const text = nextSteps(createReport({ verdict: 'block', images })).join('\n\n');
    expectBlocks(text);
    expect(text).toContain(
      'resolves 5 critical findings<br>for <code>team/app:1</code>, <code>team/app:2</code>, <code>team/app:3</code> and 2 more images',
    );
    expect(text).toContain('resolves 1 critical finding<br>for <code>team/app:6</code>');
    expect(stepsOf([found('openssl')])).not.toContain('<br>for ');
  });

  it('count findings of several severities by the worst', () => {
    expect(
      stepsOf([found('a'), found('a', { severity: 'HIGH' }), found('a', { severity: 'LOW' })]),
    ).toContain('resolves 3 findings, 1 critical');
  });

  it.each([
    ['a finding without a fix', [noFix('zlib')], {}],
    [
      'a limit',
      [found('curl', { severity: 'HIGH' }), found('curl', { severity: 'HIGH' })],
      { limits: { high: 1 } },
    ],
  ])('are not said to be enough beside %s', (_, others, policy) => {
    const text = stepsOf([found('openssl'), ...others], {}, policy);
    expect(text).not.toMatch(/pass/);
    expect(text).toMatch(/<b>This upgrade resolves 1 (of the 2 blocking findings|blocking finding)<\/b>:/);
  });

  it('are not said to make it pass if a finding blocks for missing data, and the permission comes first', () => {
    const rules: Policy['rules'] = [
      { name: 'exploited', action: 'block', reason: undefined, when: { knownExploited: true } },
    ];
    const [permission, other] = ['Add inspector2:BatchGetFindingDetails to the role.', 'Run it again.'];
    const missing = [found('openssl', { severity: 'LOW' })];
    const text = stepsOf(missing, { nextSteps: [permission, other] }, { rules });
    expect(text).toContain('<b>This upgrade resolves 1 blocking finding</b>:');
    expect(text).not.toMatch(/the image (passes|should pass)/);
    expect(text.indexOf('BatchGetFindingDetails')).toBeLessThan(text.indexOf('This upgrade'));
    expect(text.indexOf('Run it again')).toBeLessThan(text.indexOf('This upgrade'));
    // With the data there is nothing to add.
    const known = stepsOf([found('openssl', { severity: 'LOW', knownExploited: true })], {}, { rules });
    expect(known).toContain('<b>With this upgrade, the image passes</b>');
    // One that is missing is enough, whatever else blocks.
    expect(stepsOf([...missing, found('zlib', { knownExploited: true })], {}, { rules })).not.toMatch(
      /the image (passes|should pass)/,
    );
  });

  it('should make the image pass if no version is certain to be the newest', () => {
    const text = stepsOf([found('a', {}, { fixedIn: '2:1' }), found('a', {}, { fixedIn: 'x y' })]);
    expect(text).toMatch(/the image should pass/);
    expect(text).toContain('(whichever is newest)');
  });

  it('have the Dockerfile instruction, the files and the command that Inspector recommends', () => {
    const of = {
      instruction: `ADD file:${'0f'.repeat(32)} in /`,
      remediation: 'apt-get upgrade',
      filePath: 'a/b.jar',
    };
    const text = stepsOf([found('a', {}, of), found('b', {}, of)]);
    expect(text).toContain(
      '<br>added by <code>ADD file:0f0f0f0f0f0f… in /</code><br>in <code>a/b.jar</code>',
    );
    expect(text.split('apt-get upgrade')).toHaveLength(2);
  });

  it('for warnings are folded and have no section of their own', () => {
    const text = stepsOf([found('a', { severity: 'HIGH' })]);
    expect(text).toMatch(/^<details>\n<summary>🔧 1 upgrade for warnings<\/summary>/);
    expect(stepsOf([found('a', { severity: 'LOW' })])).toBe('');
  });

  it('are limited in number', () => {
    const text = stepsOf(Array.from({ length: 40 }, (_, at) => found(`package-${at}`)));
    expect(text.split('<li>')).toHaveLength(26);
    expect(text).toContain('15 more upgrades');
  });
});

describe('the layer', () => {
  const base = { origin: 'base' } as const;
  const own = { origin: 'application' } as const;
  const baseImages = [{ name: `${fixtures.HOST}/cache/debian:12`, named: true, deciding: [] }];
  const withBase = (findings: readonly Finding[], named = true) => {
    const verdict = evaluate(findings, createPolicy(), createContext());
    const image = createImage([], {
      outcome: { kind: 'judged', verdict },
      baseImages: baseImages.map((known) => ({ ...known, named })),
    });
    return nextSteps(createReport({ verdict: 'block', images: [image] })).join('\n\n');
  };

  it('separates findings of the base image from those of other layers', () => {
    const text = withBase([
      found('zlib', {}, base),
      found('zlib', {}, base),
      found('app', {}, own),
      found('x'),
    ]);
    expect(text).toContain(
      '4 blocking findings: 2 in the base image <code>cache/debian:12</code>, 1 in your own layers, 1 in an unknown layer.',
    );
    const [, ofBase = '', ofOwn = '', unknown = ''] = text.split(/🧱|🛠️|Unknown layer/);
    expect(ofBase).toContain('<b>Base image</b> <code>cache/debian:12</code>: rebuild on a newer one');
    expect(ofBase).toContain('zlib');
    expect(ofOwn).toContain('<b>Your own layers</b>');
    expect(ofOwn).toContain('app');
    expect(unknown).toContain('<code>x</code>');
  });

  it('is named once if all findings are in the base image, or none', () => {
    expect(withBase([found('a', {}, base)])).toContain(
      'All blocking findings are in the base image <code>cache/debian:12</code>.',
    );
    expect(withBase([found('a', {}, own)])).toContain('All blocking findings are in your own layers.');
  });

  it('is marked if only the image names its base image', () => {
    expect(withBase([found('a', {}, { statedOrigin: 'base' })], false)).toContain(
      '<code>cache/debian:12</code> (according to the image)',
    );
  });

  it('is not generalized if a limit blocks too', () => {
    const text = stepsOf(
      [found('a', {}, base), found('b', { severity: 'HIGH' }, own)],
      {},
      { limits: { high: 0 } },
    );
    expect(text).toContain('1 blocking finding apart from the limits: 1 in the base image.');
  });

  it('is omitted if it is unknown', () => {
    expect(stepsOf([found('a')])).not.toMatch(/layer|base image/);
  });
});

describe('a finding that no upgrade resolves', () => {
  it('has its package, the vendor’s advisory and a template for an exceptions file', () => {
    const finding = { ...noFix('zlib'), sourceUrl: 'https://security-tracker.debian.org/tracker/CVE-2026-1' };
    const text = stepsOf([finding], { judgedAt: new Date('2026-05-02T10:19:00Z') });
    expect(text).toContain(
      'in <code>zlib</code> (<a href="https://security-tracker.debian.org/tracker/CVE-2026-1">Debian</a>): there is no fix yet',
    );
    const yaml = yamlOf(text);
    const [exception, ...others] = parseExceptions(Buffer.from(yaml), 'exceptions.yml');
    expect(others).toEqual([]);
    expect(exception).toMatchObject({
      ids: [finding.vulnerabilityId],
      scope: { package: 'zlib' },
      // The whole of 2026-06-01, thirty days later.
      expires: new Date('2026-06-02T00:00:00Z'),
      untilFixed: true,
    });
  });

  it('has the packages of all findings of the vulnerability', () => {
    const id = { vulnerabilityId: 'CVE-2026-77' };
    const text = stepsOf([
      { ...noFix('liba'), ...id },
      { ...noFix('libb'), ...id },
    ]);
    expect(text).toContain('in <code>liba</code>, <code>libb</code>: there is no fix yet');
  });

  it.each(['null', '123', '@scope/name', 'golang.org/x/net'])('quotes the package %s', (name) => {
    const [exception] = parseExceptions(Buffer.from(yamlOf(stepsOf([noFix(name)]))), 'exceptions.yml');
    expect(exception?.scope).toMatchObject({ package: name });
  });

  it('is allowed by the exception of the template', () => {
    const finding = noFix('zlib');
    const yaml = yamlOf(stepsOf([finding]));
    const exceptions = parseExceptions(Buffer.from(yaml), 'exceptions.yml');
    const circumstances = createContext({ exceptions, now: new Date('2026-05-02T10:19:00Z') });
    expect(evaluate([finding], createPolicy(), circumstances).verdict).toBe('pass');
  });

  it.each([
    ['an id', found('zlib', { vulnerabilityId: 'CVE-1: [x]\n- y', fixAvailable: 'NO' })],
    [
      'two packages',
      { ...noFix('a'), packages: [createPackage({ name: 'a' }), createPackage({ name: 'b' })] },
    ],
    ['a glob', noFix('a*')],
  ])('has no template that cannot be copied as it is, such as %s', (_, finding) => {
    const text = stepsOf([finding]);
    expect(text).not.toContain('    package:');
    if (finding.vulnerabilityId.includes('\n')) expect(text).not.toContain('<pre>');
  });

  it('has no template if an upgrade resolves it', () => {
    expect(stepsOf([found('a')])).not.toContain('<pre>');
  });
});

describe('a limit', () => {
  it('has no upgrade for findings that do not count', () => {
    const excepted = found('excepted', { severity: 'HIGH' });
    const exceptions = [createException({ ids: [excepted.vulnerabilityId] })];
    const verdict = evaluate(
      [excepted, found('counted', { severity: 'HIGH' }), noFix('stuck')].map((one) => ({
        ...one,
        severity: 'HIGH',
      })),
      createPolicy({ limits: { high: 0 } }),
      createContext({ exceptions }),
    );
    const image = createImage([], { outcome: { kind: 'judged', verdict } });
    const text = nextSteps(createReport({ verdict: 'block', images: [image] })).join('\n\n');
    const [, limit = ''] = text.split('(the policy allows 0). ');
    expect(limit).toMatch(
      /^Fix at least 2: upgrading <code>counted<\/code> to <code>3.0.2<\/code> resolves 1\./,
    );
  });

  it('says so if no upgrade resolves any finding', () => {
    const stuck = { ...noFix('stuck'), severity: 'HIGH' };
    expect(stepsOf([stuck], {}, { limits: { high: 0 } })).toContain('no upgrade resolves any of them');
  });

  it('says how many findings to fix, and which upgrades resolve most of them', () => {
    const high = (name: string) => found(name, { severity: 'HIGH' });
    const text = stepsOf([high('a'), high('b'), high('b'), high('c')], {}, { limits: { high: 2 } });
    expect(text).toContain(
      '4 high findings (the policy allows 2). Fix at least 2: upgrading <code>b</code> to <code>3.0.2</code> resolves 2, upgrading <code>a</code> to <code>3.0.2</code> resolves 1, upgrading <code>c</code> to <code>3.0.2</code> resolves 1.',
    );
  });

  it('names its image if there are several', () => {
    const limited = (tag: string) => {
      const high = [found('a', { severity: 'HIGH' }), found('b', { severity: 'HIGH' })];
      const verdict = evaluate(high, createPolicy({ limits: { high: 1 } }), createContext());
      return createImage([], {
        outcome: { kind: 'judged', verdict },
        references: [`${fixtures.HOST}/team/app:${tag}`],
      });
    };
    const text = nextSteps(createReport({ verdict: 'block', images: [limited('1'), limited('2')] })).join();
    for (const tag of ['1', '2'])
      expect(text).toContain(
        `<code>team/app:${tag}</code>: 2 high findings (the policy allows 1). Fix at least 1:`,
      );
    expect(stepsOf([found('a', { severity: 'HIGH' })], {}, { limits: { high: 0 } })).toContain(
      '<li>1 high finding (the policy allows 0)',
    );
  });

  it('is about the findings that count: only one of three MEDIUM findings if the other two are excepted', () => {
    const medium = (name: string) => found(name, { severity: 'MEDIUM' });
    const findings = [medium('excepted-a'), medium('excepted-b'), medium('counted')];
    const exceptions = findings
      .slice(0, 2)
      .map(({ vulnerabilityId }) => createException({ ids: [vulnerabilityId] }));
    const verdict = evaluate(
      findings,
      createPolicy({ limits: { medium: 0 } }),
      createContext({ exceptions }),
    );
    expect(verdict.exceededLimits).toEqual([{ severity: 'medium', allowed: 0, found: 1 }]);
    const image = createImage([], { outcome: { kind: 'judged', verdict } });
    const text = nextSteps(createReport({ verdict: verdict.verdict, images: [image] })).join('\n\n');
    expectBlocks(text);
    const [advice = ''] = /1 medium finding \(the policy allows 0\)[^<]*(?:<[^l][^<]*)*/.exec(text) ?? [];
    expect(advice).toContain('counted');
    expect(advice).not.toContain('excepted');
  });
});
