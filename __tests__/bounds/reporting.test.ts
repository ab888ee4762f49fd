/** Reports are written in linear time: in the number of findings, in the size of one finding, and in any text. */

import { describe, it, vi } from 'vitest';
import { GateError } from '../../src/errors.ts';
import { evaluate } from '../../src/policy/evaluate.ts';
import { annotations } from '../../src/report/findings/annotations.ts';
import { sarifReport } from '../../src/report/findings/sarif.ts';
import { code, lines, prose } from '../../src/report/kit/blocks.ts';
import { codeSpan, html, inertJson, line, markdown, plain } from '../../src/report/kit/escape.ts';
import type { Finding } from '../../src/results/finding.ts';
import { clip } from '../../src/text.ts';
import { createContext, createException, createPolicy } from '../policy/factories.ts';
import {
  type EitherResult,
  logLines,
  outputs,
  renderComment,
  renderSummary,
  reportText,
} from '../report/either.ts';
import {
  createFinding,
  createImage,
  createPackage,
  createPlatform,
  createReport,
} from '../report/fixtures.ts';
import { expectLinear } from './cpu.ts';

vi.setConfig({ testTimeout: 300_000 });

const many = <T>(count: number, make: (at: number) => T): T[] =>
  Array.from({ length: count }, (_, at) => make(at));
const NO_FILES = { report: undefined, sarif: undefined, bundles: [] };
const CONTEXT = {
  key: '0'.repeat(32),
  run: { id: 1, attempt: 1 },
  url: 'https://github.com/a/b',
  commit: undefined,
};
const DOCKERFILE = { path: 'Dockerfile', text: 'FROM debian\nRUN make\n' };

const RENDERERS: Readonly<Record<string, (report: EitherResult) => unknown>> = {
  'the summary': (report) => renderSummary(report),
  'the comment': (report) => renderComment(report, CONTEXT),
  'the log': (report) => logLines(report),
  'the annotations': (report) => annotations(report, DOCKERFILE),
  'report.json': (report) => [...reportText(report)],
  'results.sarif': (report) => [...(sarifReport(report, DOCKERFILE)?.text ?? [])],
  'the outputs': (report) => outputs(report, NO_FILES),
};

const reportOf = (findings: readonly Finding[]): EitherResult =>
  createReport({ images: [createImage(findings)] });

const wide = (change: (at: number) => Partial<Parameters<typeof createPackage>[0]>) => (count: number) =>
  reportOf(
    ['linux/amd64', 'linux/arm64'].map((platform, at) =>
      createFinding({
        id: `arn:${at}`,
        platform,
        packages: many(count, (index) =>
          createPackage({ name: `lib${index}`, version: `1.${index}`, ...change(index) }),
        ),
      }),
    ),
  );

const HOSTILE = [
  ' ',
  'a',
  'a ',
  '@',
  '<',
  '&',
  '`',
  '[',
  '](',
  '{',
  '*',
  '_',
  '\u202e',
  '\ud800',
  '\n',
  '::',
  '##[',
  ':aws a b',
  '(',
  "'",
  '1.',
  '/',
  '|',
  '\u00e9',
  '.',
  '%',
];

describe.each(Object.entries(RENDERERS))('%s', (_, render) => {
  it.each<[string, number, (size: number) => EitherResult]>([
    [
      'many findings',
      8_000,
      (size) =>
        reportOf(
          many(size, (at) =>
            createFinding({
              id: `arn:${at}`,
              vulnerabilityId: `CVE-2026-${at}`,
              packages: [createPackage({ name: `lib${at}` })],
            }),
          ),
        ),
    ],
    [
      'many findings of one package, each fixed in another version',
      4_000,
      (size) =>
        reportOf(
          many(size, (at) =>
            createFinding({
              id: `arn:${at}`,
              vulnerabilityId: `CVE-2026-${at}`,
              packages: [createPackage({ fixedIn: `3.0.${at + 2}` })],
            }),
          ),
        ),
    ],
    [
      'many findings of one package, each fixed in a version that cannot be compared',
      4_000,
      (size) =>
        reportOf(
          many(size, (at) =>
            createFinding({
              id: `arn:${at}`,
              vulnerabilityId: `CVE-2026-${at}`,
              packages: [createPackage({ manager: 'OTHER', fixedIn: `v${at}-x` })],
            }),
          ),
        ),
    ],
    ['many packages of a finding', 8_000, wide(() => ({}))],
    ['many packages of one name', 8_000, wide(() => ({ name: 'lib' }))],
    ['many packages of one name and version', 8_000, wide(() => ({ name: 'lib', version: '1' }))],
    ['many files', 8_000, wide((at) => ({ name: 'lib', filePath: `app/lib-1.${at}/${at}.jar` }))],
    ['many instructions', 8_000, wide((at) => ({ instruction: `RUN install ${at}`, origin: 'application' }))],
    [
      'many related ids',
      50_000,
      (size) => reportOf([createFinding({ relatedIds: many(size, (at) => `CVE-2025-${at}`) })]),
    ],
    [
      'many platforms',
      1_000,
      (size) =>
        createReport({
          images: [
            createImage([], {
              isIndex: true,
              platforms: many(size, (at) => createPlatform({ platform: `linux/${at}` })),
            }),
          ],
        }),
    ],
    [
      'many images',
      400,
      (size) =>
        createReport({
          images: many(size, (at) =>
            createImage([createFinding({ id: `arn:${at}` })], {
              uri: `host/app${at}@sha256:${'a'.repeat(64)}`,
              repository: `app${at}`,
            }),
          ),
        }),
    ],
    [
      'many exceptions',
      20_000,
      (size) => {
        const exceptions = many(size, (at) =>
          createException({ ids: [`CVE-2026-${at}`], source: `e.yml:${at}` }),
        );
        const verdict = evaluate([createFinding()], createPolicy(), createContext({ exceptions }));
        return createReport({ images: [createImage([], { outcome: { kind: 'judged', verdict } })] });
      },
    ],
    [
      'a long reason for many findings',
      2_000,
      (size) => {
        const exceptions = [
          createException({ ids: many(100, (at) => `CVE-2026-${at}`), reason: 'x '.repeat(1_000) }),
        ];
        const findings = many(size, (at) =>
          createFinding({
            id: `arn:${at}`,
            vulnerabilityId: `CVE-2026-${at % 100}`,
            packages: [createPackage({ name: `lib${at}` })],
          }),
        );
        const verdict = evaluate(findings, createPolicy(), createContext({ exceptions }));
        return createReport({ images: [createImage([], { outcome: { kind: 'judged', verdict } })] });
      },
    ],
    ['many notices', 5_000, (size) => createReport({ notices: many(size, (at) => `Notice ${at}: aws a b`) })],
  ])('of %s', (_name, largest, make) => {
    expectLinear(largest, make, render);
  });

  it.each(HOSTILE)('of long texts of %j', (piece) => {
    const make = (size: number) => {
      const text = piece.repeat(size / piece.length);
      const findings = many(3, (at) =>
        createFinding({
          id: `arn:${at}`,
          vulnerabilityId: text,
          title: text,
          description: text,
          severity: at === 0 ? text : 'CRITICAL',
          sourceUrl: `https://${text}`,
          cvss: [{ baseScore: 9, version: '3', vector: text, source: text }],
          packages: [
            createPackage({
              name: text,
              version: text,
              fixedIn: text,
              filePath: text,
              remediation: text,
              instruction: `RUN ${text}`,
            }),
          ],
        }),
      );
      const report = reportOf(findings);
      return { ...report, error: new GateError('aws', text, { nextStep: text }), notices: [text] };
    };
    expectLinear(256 * 1024, make, render);
  });
});

describe('a text', () => {
  it.each<[string, (text: string) => unknown]>([
    ['html', html],
    ['line', line],
    ['plain', plain],
    ['markdown', markdown],
    ['codeSpan', codeSpan],
    ['inertJson', (text) => inertJson(JSON.stringify(text))],
    ['code', code],
    ['lines of 4,000 characters', (text) => lines(clip(text, 4_000))],
    ['prose of 4,000 characters', (text) => prose(clip(text, 4_000))],
  ])('is made safe in linear time: %s', (_, work) => {
    for (const piece of HOSTILE) expectLinear(512 * 1024, (size) => piece.repeat(size / piece.length), work);
  });
});
