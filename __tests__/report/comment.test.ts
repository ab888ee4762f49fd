import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commentKey, parseMarker, planComment } from '../../src/github/comment-plan.ts';
import { evaluate } from '../../src/policy/evaluate.ts';
import type { Finding } from '../../src/results/finding.ts';
import { createContext, createException, createPolicy } from '../policy/factories.ts';
import { expectBlocks } from './blocks.ts';
import { type EitherResult, renderComment } from './either.ts';
import * as fixtures from './fixtures.ts';
import { hostileText } from './hostile.ts';

const { createError, createFailedImage, createFinding, createImage, createPackage, createReport, HOST } =
  fixtures;

const KEY = '0123456789abcdef'.repeat(2);
const CONTEXT = {
  key: KEY,
  run: { id: 77, attempt: 2 },
  url: 'https://github.example/octo/app/actions/runs/77/attempts/2',
  commit: 'c'.repeat(40),
};

function bodyOf(report: EitherResult, limit?: number): string {
  const body = renderComment(report, CONTEXT, limit);
  const [marker = '', ...blocks] = body.split('\n\n');
  expect(parseMarker(marker)).toMatchObject({ key: KEY, run: CONTEXT.run });
  expectBlocks(blocks.join('\n\n'));
  return body;
}

function blocked(findings: readonly Finding[], overrides: Partial<EitherResult> = {}): EitherResult {
  return createReport({ verdict: 'block', images: [createImage(findings)], ...overrides });
}

describe('the comment', () => {
  it('contains the verdict, what to do, the blocking findings and a link to the summary', () => {
    const body = bodyOf(blocked([createFinding()]));
    expect(body).toContain('<h2>⛔ Blocked: 1 critical finding, fixable</h2>');
    expect(body).toContain('<h3>What to do</h3>');
    expect(body).toContain('<code>3.0.2</code>');
    expect(body).toContain('<h3>Blocking findings</h3>');
    expect(body).toContain(`<a href="${CONTEXT.url}">the summary of the run</a>`);
    expect(body).toContain('<code>cccccccccccc</code>');
    expect(parseMarker(body)?.state).toBe('failing');
  });

  it('says why there is no verdict, and what to do', () => {
    const body = bodyOf(createReport({ verdict: 'error', images: [createFailedImage()] }));
    expect(body).toContain('The scan was not finished after 15 m.');
    expect(body).toContain('<li>Raise timeout.</li>');
    expect(parseMarker(body)?.state).toBe('failing');
  });

  it('has a line for each of several images', () => {
    const body = bodyOf(
      createReport({ verdict: 'error', images: [createImage([createFinding()]), createFailedImage()] }),
    );
    expect(body).toContain('<th>Image</th>');
    expect(body).toMatch(/⛔ Blocked<\/td><td>1</);
    expect(body).toMatch(/❌ No verdict<\/td><td>–</);
  });

  it('compares the image with the baseline', () => {
    const old = createFinding({ vulnerabilityId: 'CVE-2026-1000', severity: 'LOW' });
    const gone = createFinding({ vulnerabilityId: 'CVE-2026-1001' });
    const added = createFinding({ vulnerabilityId: 'CVE-2026-1002', severity: 'HIGH' });
    const reference = `${HOST}/team/app:prod`;
    const uri = `${HOST}/team/app@${fixtures.DIGEST}`;
    const baseline = { uri, reference, findings: [old, gone] };
    const verdict = evaluate([old, added, createFinding()], createPolicy(), createContext({ baseline }));
    const images = [createImage([], { outcome: { kind: 'judged', verdict } })];
    const body = bodyOf(
      createReport({ verdict: 'block', images, baseline: { reference, uri, unused: undefined } }),
    );
    expect(body).toContain('<b>2 new findings</b>, 1 no longer present, 1 unchanged.');
    expect(body).toContain('CVE-2026-12345</a> 🆕');
    expect(body).toContain('🆕 1 new finding that does not block');
    expect(body).toMatch(/👋 1 finding no longer present[\s\S]*CVE-2026-1001/);
    const unused = bodyOf(
      createReport({ baseline: { reference, uri: undefined, unused: 'there is no such image' } }),
    );
    expect(unused).toMatch(
      /<b>The baseline was not used<\/b>; no finding was downgraded. <code>.*:prod<\/code>: there is no such image/,
    );
  });

  it('fits into a comment with 10,000 findings, long texts or many images', () => {
    const long = 'x'.repeat(500);
    const findings = Array.from({ length: 10_000 }, (_, n) =>
      createFinding({
        id: `${n}`,
        vulnerabilityId: `CVE-2026-${10_000 + n}`,
        packages: [createPackage({ name: `p${n}${long}`, remediation: long })],
      }),
    );
    const images = Array.from({ length: 60 }, () => createImage(findings.slice(0, 50)));
    const bodies = [blocked(findings), blocked([], { images })].map((report) => bodyOf(report));
    for (const body of bodies) {
      expect(body.length).toBeLessThan(65_536);
      expect(body).toContain('Blocking findings');
    }
    expect(bodies[0]).toContain('9975 more blocking findings in the summary.');
    const some = blocked(findings.slice(0, 200));
    for (const limit of [300, 2_000, 5_000])
      expect(Buffer.byteLength(bodyOf(some, limit))).toBeLessThan(700 + limit);
  });

  it('keeps hostile text text', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const finding = createFinding({
          vulnerabilityId: text,
          severity: text,
          title: text,
          packages: [
            createPackage({ name: text, version: text, fixedIn: text, manager: text, remediation: text }),
          ],
        });
        const exceptions = [createException({ ids: ['CVE-2026-7'], reason: text })];
        const baseline = {
          uri: 'x',
          reference: 'x',
          findings: [{ ...finding, vulnerabilityId: `${text}2` }],
        };
        const excepted = createFinding({ vulnerabilityId: 'CVE-2026-7' });
        const verdict = evaluate(
          [finding, excepted],
          createPolicy(),
          createContext({ exceptions, baseline }),
        );
        const body = bodyOf(
          createReport({
            verdict: 'error',
            images: [
              createImage([], { references: [text], outcome: { kind: 'judged', verdict } }),
              createFailedImage(createError({ message: text, nextStep: text })),
            ],
            baseline: { reference: text, uri: 'x', unused: undefined },
          }),
        );
        expect(body.replace(/\n/g, '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}`]/u);
        // What GitHub would link or mention stands in <code>, or is a link of ours.
        const bare = body.replace(/<code>.*?<\/code>/gs, '').replace(/<[^>]*>/g, '');
        expect(bare).not.toMatch(/@|:\/\/|www\.|#\d|GH-/);
      }),
      { numRuns: 100 },
    );
  });
});

describe('the marker', () => {
  it.each([
    ['quoted', `> <!-- ecr-deployment-gate v1 ${KEY} failing 1.1 -->`],
    ['of another version', `<!-- ecr-deployment-gate v2 ${KEY} failing 1.1 -->`],
    ['with another state', `<!-- ecr-deployment-gate v1 ${KEY} great 1.1 -->`],
    ['without a key', '<!-- ecr-deployment-gate v1 failing 1.1 -->'],
    ['not there', 'hello'],
  ])('is not read if it is %s', (_, body) => {
    expect(parseMarker(body)).toBeUndefined();
  });

  it('has a key that does not depend on the order of the images', () => {
    const key = (...repositories: string[]) =>
      commentKey({ repositories, dockerfile: undefined, workflow: 'w', job: 'j', step: 's' });
    expect(key('a', 'b')).toBe(key('b', 'a', 'b'));
    expect(key('a', 'b')).not.toBe(key('a'));
    expect(key('a')).toMatch(/^[0-9a-f]{32}$/);
  });
});

describe('planComment', () => {
  const own = (state: 'passing' | 'failing', id: number, attempt = 1) => [
    { id: 5, marker: { key: KEY, state, run: { id, attempt } } },
  ];
  const run = { id: 10, attempt: 1 };

  it.each([
    ['on-failure', true, [], 'create'],
    ['on-failure', false, [], 'none'],
    ['always', false, [], 'create'],
    ['on-failure', false, own('failing', 9), 'update'],
    ['on-failure', false, own('passing', 9), 'update'],
    ['on-failure', true, own('passing', 10), 'update'],
    ['always', false, own('failing', 10), 'none'],
    ['always', true, own('failing', 11), 'none'],
    ['always', true, own('failing', 10, 2), 'none'],
  ] as const)('%s, failing %s, with %j: %s', (mode, failing, comments, kind) => {
    expect(planComment(mode, failing, comments, run).kind).toBe(kind);
  });
});
