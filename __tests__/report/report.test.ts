import {
  link,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import schema from '../../schema/report.schema.json' with { type: 'json' };
import { renderHtml, shownByRunner, toTerminal } from '../../scripts/render-summary.ts';
import { GateError } from '../../src/errors.ts';
import { annotationText } from '../../src/github/core.ts';
import { annotations } from '../../src/report/findings/annotations.ts';
import type { ReportDocument } from '../../src/report/findings/document.ts';
import { OUTPUTS } from '../../src/report/kit/outputs.ts';
import { NO_FILES } from '../../src/report/report.ts';
import { NOT_JUDGED } from '../../src/results/modes/gate.ts';
import { NOT_REACHED } from '../../src/results/modes/verify.ts';
import {
  type EitherResult,
  logLines,
  outputs,
  renderSummary,
  reportDocument,
  reportOf,
  reportText,
  writeReports,
} from './either.ts';
import { everyReport } from './everything.ts';
import * as fixtures from './fixtures.ts';
import { indented } from './indented.ts';
import { rebuiltReport } from './rebuild.ts';

const {
  createError,
  createFailedImage,
  createFinding,
  createImage,
  createPackage,
  createReport,
  createSigning,
  DIGEST,
} = fixtures;
const { createProof, createVerification } = fixtures;

const SUMMARY_PROOF = createProof({
  kind: 'attestation',
  what: 'Verification summary (bundle)',
  at: new Date('2026-05-01T10:20:00Z'),
  ageMs: 86_400_000,
  detail: 'PASSED by policy urn:x',
});

const FINDINGS = [
  createFinding(),
  createFinding({
    vulnerabilityId: 'CVE-2026-2000',
    severity: 'HIGH',
    score: undefined,
    fixAvailable: undefined,
  }),
  createFinding({ vulnerabilityId: 'CVE-2026-3000', severity: 'UNTRIAGED' }),
  createFinding({ vulnerabilityId: 'CVE-2026-4000', severity: 'NEW', epss: undefined }),
  createFinding({ vulnerabilityId: 'CVE-2026-5000', severity: 'LOW' }),
  createFinding({ vulnerabilityId: 'CVE-2026-6000', status: 'SUPPRESSED' }),
];

const REPORTS: Readonly<Record<string, EitherResult>> = {
  pass: createReport(),
  signed: createReport({
    images: [
      createImage([], {
        signatures: [{ digest: DIGEST, state: 'signed', format: 'bundle', platform: undefined }],
      }),
    ],
    signing: createSigning(),
  }),
  blocked: createReport({
    verdict: 'block',
    images: [createImage(FINDINGS)],
    signing: createSigning({ state: 'withheld' }),
  }),
  'signing failed': createReport({
    verdict: 'error',
    error: createError({ code: 'signing', message: 'cosign failed.' }),
    signing: createSigning({ state: 'failed', cosignVersion: undefined }),
  }),
  attested: createReport({
    images: [
      createImage([], {
        verdictAttestations: [
          {
            digest: DIGEST,
            platform: undefined,
            format: 'bundle',
            type: 'https://slsa.dev/verification_summary/v1',
            state: 'attested',
            bundle: '{}',
          },
        ],
      }),
    ],
    signing: createSigning(),
  }),
  verified: createReport({
    images: [createImage([], { outcome: { kind: 'verified' }, proofs: [createProof(), SUMMARY_PROOF] })],
    verification: createVerification(),
  }),
  'not verified': createReport({
    verdict: 'error',
    images: [
      createFailedImage(createError({ code: 'not-verified', message: 'It carries no signature.' }), {
        proofs: [createProof({ state: 'failed', detail: 'no signature' }), SUMMARY_PROOF],
      }),
      createImage([], { proofs: [createProof()] }),
    ],
    verification: createVerification({ cosignVersion: undefined, policies: undefined }),
  }),
  'no image': createReport({
    verdict: 'error',
    images: [],
    settings: undefined,
    error: createError({ nextStep: undefined }),
  }),
  several: createReport({
    verdict: 'error',
    images: [createImage(FINDINGS), createFailedImage(), createImage([createFinding()])],
  }),
};

describe('outputs', () => {
  it.each(Object.entries(REPORTS))('are all there: %s', (_, report) => {
    const names = report.verification === undefined ? OUTPUTS.gate : OUTPUTS.verify;
    expect(Object.keys(outputs(report, NO_FILES))).toEqual([...names]);
  });

  it('add up the images and keep their order', () => {
    const result = outputs(REPORTS.several ?? createReport(), {
      report: '/tmp/report.json',
      sarif: '/tmp/results.sarif',
      bundles: [],
    });
    expect(result).toMatchObject({
      verdict: 'error',
      passed: 'false',
      signed: 'false',
      critical: '2',
      high: '1',
      low: '1',
      untriaged: '1',
      total: '6',
      blocking: '3',
      report: '/tmp/report.json',
      sarif: '/tmp/results.sarif',
      bundles: '',
    });
    expect(result.digest.split('\n')).toEqual([DIGEST, DIGEST, DIGEST]);
    expect(JSON.parse(result.results)).toMatchObject([
      { verdict: 'block', blocking: 2, signed: false },
      { verdict: 'error', error: 'The scan was not finished after 15 m.' },
      { verdict: 'block', blocking: 1 },
    ]);
    expect(result.results).not.toContain('CVE-');
  });

  it('are safe if there is no image', () => {
    expect(
      outputs(REPORTS['no image'] ?? createReport(), { report: undefined, sarif: undefined, bundles: [] }),
    ).toMatchObject({
      verdict: 'error',
      passed: 'false',
      image: '',
      digest: '',
      signed: 'false',
      total: '0',
      blocking: '0',
      report: '',
      sarif: '',
      results: '[]',
    });
  });

  it('have the commands to verify by hand of images that passed and are signed', () => {
    const signature = { digest: DIGEST, state: 'signed', format: 'bundle', platform: undefined } as const;
    const made = (name: string) => ({
      signed: true,
      signatures: [
        { ...signature, command: `cosign ${name} 1` },
        { ...signature, command: undefined },
      ],
      verdictAttestations: [
        {
          digest: DIGEST,
          state: 'attested',
          format: 'bundle',
          platform: undefined,
          type: 't',
          command: `cosign ${name} 2`,
        },
      ] as const,
    });
    const images = [
      createImage([], made('a')),
      createImage(FINDINGS, made('b')),
      createFailedImage(createError(), made('c')),
      createImage([], { ...made('d'), signed: false }),
    ];
    const commands = (report: EitherResult) => outputs(report, NO_FILES)['cosign-verify-commands'];
    const partly = createReport({ verdict: 'error', images, signing: createSigning({ state: 'partly' }) });
    expect(commands(partly)).toBe('cosign a 1\ncosign a 2');
    expect(renderSummary(partly)).toContain(
      '<pre><code>cosign a 1</code></pre>\n<pre><code>cosign a 2</code></pre>',
    );
    for (const state of ['failed', 'withheld'] as const) {
      const none = createReport({ verdict: 'error', images, signing: createSigning({ state }) });
      expect(commands(none)).toBe('');
      expect(renderSummary(none)).not.toContain('Verify by hand');
    }
    const proofs = [createProof({ command: 'cosign x' }), createProof({ state: 'failed' })];
    const verified = createReport({
      verdict: 'error',
      images: [
        createImage([], { proofs }),
        createImage(FINDINGS, { proofs }),
        createFailedImage(createError(), { proofs }),
      ],
      verification: createVerification(),
    });
    expect(commands(verified)).toBe('cosign x');
  });

  it('have all commands, and the summary only some of them, none of them shortened', () => {
    const signature = { digest: DIGEST, state: 'signed', format: 'bundle', platform: undefined } as const;
    const all = Array.from(
      { length: 25 },
      (_, index) => `cosign ${index} ${'x'.repeat(index === 3 ? 3_000 : 1)} end`,
    );
    const images = [
      createImage([], { signed: true, signatures: all.map((command) => ({ ...signature, command })) }),
    ];
    const report = createReport({ images, signing: createSigning() });
    expect(outputs(report, NO_FILES)['cosign-verify-commands']).toBe(all.join('\n'));
    const summary = renderSummary(report);
    expect(summary).not.toContain('cosign 3 x');
    expect(summary.match(/^<pre><code>cosign \d+ x end<\/code><\/pre>$/gm)).toHaveLength(20);
    expect(summary).toContain('<p>5 more in <code>report.json</code>.</p>');
  });

  it.each([
    ['pass', 'true'],
    ['warn', 'true'],
    ['block', 'false'],
    ['error', 'false'],
  ] as const)('passed for %s is %s', (verdict, passed) => {
    expect(
      outputs(createReport({ verdict }), { report: undefined, sarif: undefined, bundles: [] }).passed,
    ).toBe(passed);
  });

  it('are signed in the verify action for each image that this run verified', () => {
    expect(
      outputs(REPORTS.verified ?? createReport(), { report: undefined, sarif: undefined, bundles: [] })
        .signed,
    ).toBe('true');
    const some = outputs(REPORTS['not verified'] ?? createReport(), {
      report: undefined,
      sarif: undefined,
      bundles: [],
    });
    expect(some).toMatchObject({ signed: 'false', passed: 'false' });
    expect(JSON.parse(some.results)).toMatchObject([{ signed: false }, { signed: true }]);
    const nothing = createReport({ images: [createImage()], verification: createVerification() });
    expect(outputs(nothing, { report: undefined, sarif: undefined, bundles: [] }).signed).toBe('false');
  });

  it.each([
    ['done', 'true'],
    ['partly', 'false'],
    ['withheld', 'false'],
    ['failed', 'false'],
  ] as const)('signed if signing is %s is %s', (state, signed) => {
    expect(
      outputs(createReport({ signing: createSigning({ state }) }), {
        report: undefined,
        sarif: undefined,
        bundles: [],
      }).signed,
    ).toBe(signed);
  });
});

describe('report.json', () => {
  const validate = new Ajv2020({ allErrors: true, allowUnionTypes: true }).compile(schema);

  it.each(Object.entries(REPORTS))('follows its schema: %s', (_, report) => {
    const document: unknown = JSON.parse(JSON.stringify(reportDocument(report)));
    validate(document);
    expect(validate.errors ?? []).toEqual([]);
    expect(document).toEqual(reportDocument(report));
    expect(indented([...reportText(report)].join(''))).toBe(
      `${JSON.stringify(reportDocument(report), undefined, 2)}\n`,
    );
  });

  it('has all that the summary shows', () => {
    for (const report of [...Object.values(REPORTS), ...everyReport()]) {
      const document: ReportDocument = JSON.parse([...reportText(report)].join(''));
      validate(document);
      expect(validate.errors ?? []).toEqual([]);
      expect(renderSummary(rebuiltReport(document))).toBe(renderSummary(report));
    }
  });

  it('is rejected by the schema with other members or values', () => {
    expect(validate({ ...reportDocument(createReport()), extra: true })).toBe(false);
    expect(validate({ ...reportDocument(createReport()), verdict: 'ok' })).toBe(false);
  });

  it('contains only the settings in the schema', () => {
    const settings = { ...fixtures.createSettings(), signing: { key: '/secret/path' } };
    expect(JSON.stringify(reportDocument(createReport({ settings })))).not.toContain('/secret/path');
  });
});

describe('annotations', () => {
  it('are ten of a level at most, the last with the number of the rest', () => {
    const findings = Array.from({ length: 13 }, (_, n) =>
      createFinding({ vulnerabilityId: `CVE-2026-${1000 + n}` }),
    );
    const made = annotations(createReport({ verdict: 'block', images: [createImage(findings)] }));
    expect(made).toHaveLength(10);
    expect(made[0]).toEqual({
      level: 'error',
      title: 'CVE-2026-1000 blocks this image',
      message: 'CVE-2026-1000 CRITICAL 9.8: openssl 3.0.1, fixed in 3.0.2 [linux/amd64] (fail-on: critical)',
    });
    expect(made.at(-1)?.message).toBe('4 more findings block. See the job summary.');
    const ten = annotations(createReport({ verdict: 'block', images: [createImage(findings.slice(0, 10))] }));
    expect(ten.map(({ title }) => title).at(-1)).toBe('CVE-2026-1009 blocks this image');
  });

  it('are no more than GitHub shows, whatever they are about', () => {
    const levels = (report: EitherResult) => {
      const made = annotations(report);
      for (const level of ['error', 'warning'] as const)
        expect(made.filter((one) => one.level === level).length).toBeLessThanOrEqual(10);
      return made.map(({ title }) => title);
    };
    const many = (length: number) =>
      createImage(
        Array.from({ length }, (_, n) => createFinding({ vulnerabilityId: `CVE-2026-${1000 + n}` })),
      );
    const blocked = many(5);
    const failed = Array.from({ length: 12 }, () => createFailedImage());
    const titles = levels(createReport({ verdict: 'error', images: [...failed, blocked] }));
    expect(titles.slice(0, 9)).toEqual(Array(9).fill('No verdict: team/app:1.4.2'));
    expect(titles.slice(9)).toEqual(['8 more problems']);
    // The warning that says that nothing is enforced is one of the ten.
    const settings = fixtures.createSettings({ enforce: false });
    const images = [many(40)];
    const tolerated = levels(createReport({ verdict: 'block', images, settings }));
    expect(tolerated).toHaveLength(10);
    expect([tolerated[0], tolerated.at(-1)]).toEqual(['Not enforced', '32 more blocking findings']);
  });

  it('name the limits that are exceeded, which no finding does', () => {
    const over = createImage([createFinding({ severity: 'HIGH' })]);
    if (over.outcome.kind !== 'judged') throw new Error('not judged');
    const verdict = {
      ...over.outcome.verdict,
      verdict: 'block' as const,
      exceededLimits: [{ severity: 'high' as const, allowed: 0, found: 1 }],
    };
    const limited = { ...over, outcome: { kind: 'judged' as const, verdict } };
    const one = createReport({ verdict: 'block', images: [limited] });
    expect(annotations(one)).toEqual([
      {
        level: 'error',
        title: 'A limit of the policy blocks this image',
        message: '1 high finding (the policy allows 0).',
      },
    ]);
    const several = createReport({ verdict: 'block', images: [limited, limited, createImage()] });
    expect(annotations(several).map(({ title }) => title)).toEqual(
      Array(2).fill('A limit of the policy blocks team/app:1.4.2'),
    );
    expect(
      logLines(several).filter((one) => one === '  - 1 high finding (the policy allows 0)'),
    ).toHaveLength(2);
    const summary = renderSummary(several);
    expect(summary).toContain('Blocked: limits of the policy exceeded, in 2 of 3 images');
    expect(summary.match(/<p>1 high finding \(the policy allows 0\)<\/p>/g)).toHaveLength(2);
  });

  it('point at the line of the Dockerfile that all packages come from, else at none', () => {
    const dockerfile = { path: 'app/Dockerfile', text: 'FROM debian\nRUN make\n' };
    const base = createPackage({ origin: 'base' });
    const own = createPackage({ name: 'app', instruction: 'RUN make' });
    const place = (...packages: (typeof base)[]) => {
      const images = [createImage([createFinding({ packages })])];
      const [made] = annotations(createReport({ verdict: 'block', images }), dockerfile);
      return [made?.file, made?.startLine];
    };
    expect(place(base)).toEqual(['app/Dockerfile', 1]);
    expect(place(own, { ...own, name: 'other' })).toEqual(['app/Dockerfile', 2]);
    expect(place(base, own)).toEqual([undefined, undefined]);
    expect(place(own, createPackage())).toEqual([undefined, undefined]);
    expect(place()).toEqual([undefined, undefined]);
  });

  it('are warnings if a block is not enforced', () => {
    const settings = fixtures.createSettings({ enforce: false });
    const made = annotations(
      createReport({ verdict: 'block', images: [createImage([createFinding()])], settings }),
    );
    expect(made.map(({ level, title }) => [level, title])).toEqual([
      ['warning', 'Not enforced'],
      ['warning', 'CVE-2026-12345 blocks this image'],
    ]);
  });

  it('contain every error and what to do', () => {
    const made = annotations(
      createReport({ verdict: 'error', images: [createFailedImage(), createImage()] }),
    );
    expect(made).toEqual([
      {
        level: 'error',
        title: 'No verdict: team/app:1.4.2',
        message: 'The scan was not finished after 15 m. Raise timeout.',
      },
    ]);
  });

  it('are none for images that a run did not come to, because the error of the run says why', () => {
    const error = createError({ code: 'access-denied', message: 'AWS denies it.' });
    const gone = createFailedImage(createError({ code: 'not-found', message: 'ECR has no image.' }));
    const messages = [NOT_JUDGED, NOT_REACHED];
    const pending = messages.map((message) =>
      createFailedImage(createError({ code: 'not-proven', message, nextStep: undefined })),
    );
    const images = [...pending, gone];
    expect(annotations(createReport({ verdict: 'error', error, images })).map(({ title }) => title)).toEqual([
      'ECR Deployment Gate',
      'No verdict: team/app:1.4.2',
    ]);
    expect(annotations(createReport({ verdict: 'error', images }))).toHaveLength(3);
  });

  it('point an error at the file and line that it is about', () => {
    const location = { file: 'gate/100%,policy.yml', line: 7 };
    const error = new GateError('input', 'gate/policy.yml:7:3: fail-on: expected a severity.', { location });
    const [made] = annotations(createReport({ verdict: 'error', images: [], error }));
    expect(made).toMatchObject({ level: 'error', file: location.file, startLine: 7 });
    const { level = 'error', message = '', ...place } = made ?? {};
    expect(annotationText(level, message, place)).toBe(
      '::error title=ECR Deployment Gate,file=gate/100%25%2Cpolicy.yml,line=7::gate/policy.yml:7:3: fail-on: expected a severity.',
    );
  });

  it.each([
    ['AWS denies it: User is not authorized', 'AWS denies it: User is not authorized. Allow it.'],
    ['It is late.', 'It is late. Allow it.'],
    ['cosign said "no."', 'cosign said "no." Allow it.'],
    ['cosign failed (exit code 1)', 'cosign failed (exit code 1). Allow it.'],
    ['It has two lines.\n', 'It has two lines. Allow it.'],
  ])('end %j before what to do', (message, whole) => {
    const error = createError({ message, nextStep: 'Allow it.' });
    const [made] = annotations(createReport({ verdict: 'error', images: [], error }));
    expect(made?.message).toBe(whole);
  });

  it('are none for a pass', () => {
    expect(annotations(createReport())).toEqual([]);
  });
});

describe('the log', () => {
  it('contains the verdict, the counts and the blocking findings', () => {
    expect(logLines(REPORTS.blocked ?? createReport())).toEqual([
      '⛔ Blocked: 1 critical finding and 1 finding of unknown severity, all of them fixable',
      `⛔ Blocked: ${fixtures.HOST}/team/app@${DIGEST}`,
      '  5 active findings: 1 critical, 1 high, 1 low, 1 untriaged and 1 unknown; 1 more suppressed in Inspector',
      '  - CVE-2026-4000 NEW 9.8: openssl 3.0.1, fixed in 3.0.2 [linux/amd64] (unknown severity)',
      '  - CVE-2026-12345 CRITICAL 9.8: openssl 3.0.1, fixed in 3.0.2 [linux/amd64] (fail-on: critical)',
      'Not signed: images are signed only if all of them pass.',
    ]);
  });

  it('shows twenty findings, and the others in a group', () => {
    const findings = Array.from({ length: 23 }, (_, n) =>
      createFinding({ vulnerabilityId: `CVE-2026-${1000 + n}` }),
    );
    const parts = reportOf(createReport({ verdict: 'block', images: [createImage(findings)] })).log();
    expect(parts.filter((part) => typeof part === 'string' && part.startsWith('  - CVE'))).toHaveLength(20);
    const groups = parts.filter((part) => typeof part !== 'string');
    expect(groups).toEqual([
      {
        title: `3 more blocking findings of ${fixtures.HOST}/team/app@${DIGEST}`,
        lines: [1020, 1021, 1022].map((n) => expect.stringMatching(`^  - CVE-2026-${n} CRITICAL`)),
      },
    ]);
  });

  it('ends a group of very many findings with their number', () => {
    const findings = Array.from({ length: 600 }, (_, n) =>
      createFinding({ vulnerabilityId: `CVE-2026-${1000 + n}` }),
    );
    const report = createReport({ verdict: 'block', images: [createImage(findings)] });
    expect(logLines(report).filter((text) => text.startsWith('  - CVE'))).toHaveLength(520);
    expect(logLines(report)).toContain('  and 80 more: see report.json');
  });

  it('shows images that did not pass first, and many that passed in a group', () => {
    const named = (name: string, image: typeof createImage = createImage) =>
      image([], { references: [`${fixtures.HOST}/${name}`], uri: `${fixtures.HOST}/${name}@${DIGEST}` });
    const failed = createFailedImage(createError(), { uri: 'FAILED' });
    const blocked = createImage([createFinding()], { uri: 'BLOCKED' });
    const passed = ['a', 'b', 'c', 'd'].map((name) => named(name));
    const of = (...images: EitherResult['images']) =>
      reportOf(createReport({ verdict: 'error', images })).log();
    const parts = of(...passed, blocked, failed);
    expect(parts.map((part) => (typeof part === 'string' ? part : part.title))).toEqual([
      expect.stringMatching(/^❌ No verdict: /),
      '❌ No verdict: FAILED',
      '  The scan was not finished after 15 m.',
      '  What to do: Raise timeout.',
      '⛔ Blocked: BLOCKED',
      '  1 active finding: 1 critical',
      expect.stringContaining('CVE-2026-12345'),
      '✅ 4 images passed',
      expect.stringMatching(/^Not signed: /),
    ]);
    const [group] = parts.filter((part) => typeof part !== 'string');
    expect(group?.lines.filter((text) => text.startsWith('✅ Passed: '))).toHaveLength(4);
    // A few are shown as they are.
    expect(of(blocked, ...passed.slice(1)).every((part) => typeof part === 'string')).toBe(true);
  });

  it('shows the marks of the report as emoji, and escapes those of others', () => {
    const reports = (['pass', 'warn', 'block', 'error'] as const).map((verdict) =>
      createReport({
        verdict,
        images: [
          createImage([createFinding({ packages: [createPackage({ name: 'o\u200bpenssl\ufe0f' })] })], {
            proofs: (['proven', 'failed', 'skipped', 'noted'] as const).map((state) =>
              createProof({ state }),
            ),
          }),
        ],
        verification: createVerification(),
      }),
    );
    const printed = reports.flatMap(logLines);
    expect(printed.filter((text) => /^ *[\\]u/.test(text))).toEqual([]);
    for (const mark of ['✅ ', '⚠️ ', '⛔ ', '❌ ', '  ⏭️ ', '  ℹ️ ']) {
      expect(printed.some((text) => text.startsWith(mark))).toBe(true);
    }
    expect(printed.join()).toContain('o\\u200bpenssl\\ufe0f');
    // No other escape: each emoji of the report is complete.
    const others = printed.join().replaceAll('o\\u200bpenssl\\ufe0f', '');
    expect(others).not.toMatch(/\\u/);
  });

  it('says once that nothing is signed without a key, and how a policy forbids that', () => {
    const unsigned = (lines: readonly string[]) => lines.filter((text) => text.startsWith('Not signed'));
    expect(unsigned(logLines(createReport()))).toEqual([
      'Not signed: signing-key is empty. A policy with minimum: { signing: true } does not allow that.',
    ]);
    expect(unsigned(logLines(createReport({ images: [createImage(), createImage()] })))).toHaveLength(1);
    // A run that ended before its images were resolved may have a key.
    const error = new GateError('input', 'Input image: expected at least one ECR image URI, got nothing.');
    expect(unsigned(logLines(createReport({ verdict: 'error', images: [], error })))).toEqual([]);
  });
});

describe('writeReports', () => {
  let directory = '';
  let workspace = '';
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'report-'));
    workspace = join(directory, 'workspace');
    await mkdir(workspace);
  });
  afterEach(async () => {
    await rm(directory, { recursive: true, force: true });
  });

  function sinks() {
    const written: string[] = [];
    const warnings: string[] = [];
    return {
      written,
      warnings,
      summaryBytes: async () => 0,
      appendSummary: async (text: string) => void written.push(text),
      warn: (text: string) => void warnings.push(text),
      workspace,
    };
  }

  it.each([
    ['the directory is a link', 'link', ''],
    ['a directory above it is one', 'link', 'a/b'],
    ['it leads to another directory of the workspace', 'inside', ''],
    ['it leads nowhere yet', 'dangling', ''],
  ])('follows no link in the workspace: %s', async (_, link, below) => {
    await mkdir(join(directory, 'home'));
    await mkdir(join(workspace, 'src'));
    await symlink(join(directory, 'home'), join(workspace, 'link'));
    await symlink('src', join(workspace, 'inside'));
    await symlink(join(directory, 'new'), join(workspace, 'dangling'));
    const to = sinks();
    // An earlier run's results are not removed through it either.
    await writeFile(join(directory, 'home', 'results.sarif'), 'kept');
    for (const report of [
      createReport(),
      createReport({ verdict: 'error', images: [createFailedImage()] }),
    ]) {
      expect(await writeReports(report, join(workspace, link, below), to)).toEqual({
        report: undefined,
        sarif: undefined,
        bundles: [],
      });
    }
    expect(to.warnings[0]).toContain(`leads through the symbolic link ${join(workspace, link)}`);
    expect(await readdir(join(directory, 'home'))).toEqual(['results.sarif']);
    expect(await readdir(join(workspace, 'src'))).toEqual([]);
    await expect(stat(join(directory, 'new'))).rejects.toThrow(/ENOENT/);
    // The verdict is in the summary all the same.
    expect(to.written).toHaveLength(2);
  });

  it('replaces symbolic and hard links with new files, without changing their targets', async () => {
    const [target, twin] = [join(directory, 'target'), join(directory, 'twin')];
    for (const path of [target, twin]) await writeFile(path, 'secret');
    const reports = join(workspace, 'reports');
    await mkdir(reports);
    await symlink(target, join(reports, 'report.json'));
    await link(twin, join(reports, 'results.sarif'));
    const to = sinks();
    const files = await writeReports(createReport(), reports, to);
    expect(files).toMatchObject({
      report: join(reports, 'report.json'),
      sarif: join(reports, 'results.sarif'),
    });
    expect(to.warnings).toEqual([]);
    for (const path of [target, twin]) expect(await readFile(path, 'utf8')).toBe('secret');
    for (const name of await readdir(reports)) {
      const { mode, nlink } = await lstat(join(reports, name));
      expect({ name, isFile: (mode & 0o170_000) === 0o100_000, nlink }).toEqual({
        name,
        isFile: true,
        nlink: 1,
      });
    }
    expect((await readdir(reports)).sort()).toEqual(['report.json', 'results.sarif']);
    expect((await lstat(join(reports, 'report.json'))).mode & 0o777).toBe(0o644);
  });

  it('leaves no partial file if a directory has its name', async () => {
    await mkdir(join(directory, 'report.json', 'x'), { recursive: true });
    const to = sinks();
    expect((await writeReports(createReport(), directory, to)).report).toBeUndefined();
    expect(to.warnings).toHaveLength(1);
    expect((await readdir(directory)).sort()).toEqual(['report.json', 'results.sarif', 'workspace']);
  });

  it('follows links outside of the workspace: RUNNER_TEMP may be one, and the workspace itself', async () => {
    await symlink(directory, join(directory, 'tmp'));
    await symlink(workspace, join(directory, 'checkout'));
    const to = sinks();
    for (const place of [join(directory, 'tmp', 'a'), join(directory, 'checkout', 'reports')]) {
      const { report } = await writeReports(createReport(), place, to);
      expect(report).toBe(join(place, 'report.json'));
      expect((await stat(report ?? '')).isFile()).toBe(true);
    }
    expect(to.warnings).toEqual([]);
  });

  it('writes the file into a new directory and appends the summary', async () => {
    const to = sinks();
    const files = await writeReports(createReport(), join(directory, 'a', 'b'), to);
    expect(files.report).toBe(join(directory, 'a', 'b', 'report.json'));
    expect(JSON.parse(await readFile(files.report ?? '', 'utf8'))).toMatchObject({
      schemaVersion: 1,
      verdict: 'pass',
    });
    expect((await stat(files.report ?? '')).mode & 0o111).toBe(0);
    expect(to.written.join()).toContain('✅ Passed');
    expect(to.warnings).toEqual([]);
  });

  it('deletes the results of an earlier run if it has none', async () => {
    const judged = await writeReports(createReport(), directory, sinks());
    expect(judged.sarif).toBe(join(directory, 'results.sarif'));
    const failed = createReport({ verdict: 'error', images: [createFailedImage()] });
    expect((await writeReports(failed, directory, sinks())).sarif).toBeUndefined();
    await expect(stat(join(directory, 'results.sarif'))).rejects.toThrow(/ENOENT/);
  });

  it('warns if the directory cannot be created', async () => {
    const to = sinks();
    await writeFile(join(directory, 'file'), '');
    expect(await writeReports(createReport(), join(directory, 'file'), to)).toEqual({
      report: undefined,
      sarif: undefined,
      bundles: [],
    });
    expect(to.warnings).toHaveLength(2);
    expect(to.written).toHaveLength(1);
  });

  it.each([0, 1024 * 1024 - 5_000])('leaves room for the %d bytes that are there', async (there) => {
    const to = sinks();
    const findings = Array.from({ length: 3_000 }, (_, at) =>
      createFinding({ vulnerabilityId: `CVE-2026-${10_000 + at}` }),
    );
    const report = createReport({ verdict: 'block', images: [createImage(findings)] });
    await writeReports(report, directory, { ...to, summaryBytes: async () => there });
    const text = to.written.join('');
    expect(text).toContain('⛔ Blocked: 3000 critical findings');
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(1024 * 1024 - there);
  });

  it('warns and writes nothing if the verdict does not fit', async () => {
    const to = sinks();
    await writeReports(createReport(), directory, { ...to, summaryBytes: async () => 1024 * 1024 - 10 });
    expect(to.written).toEqual([]);
    expect(to.warnings).toEqual([
      'The job summary could not be written: the step has already written 1048566 bytes to it, and GitHub allows 1048576',
    ]);
  });

  it('warns if the summary cannot be written', async () => {
    const to = sinks();
    const files = await writeReports(createReport(), directory, {
      ...to,
      appendSummary: () => Promise.reject(new Error('no space left')),
    });
    expect(files.report).toBeDefined();
    expect(to.warnings).toEqual(['The job summary could not be written: no space left']);
  });

  it('writes each bundle to the report directory under a safe name', async () => {
    const to = sinks();
    const signature = { digest: DIGEST, state: 'signed', platform: undefined } as const;
    const signatures = [
      { ...signature, format: 'bundle', bundle: '{"a":1, "b":"##[error]x"}' },
      { ...signature, format: 'legacy' },
    ] as const;
    const report = createReport({ images: [createImage([], { signatures })], signing: createSigning() });
    const { bundles } = await writeReports(report, directory, to);
    const name = `123456789012.eu-central-1.team__app@${DIGEST.replace(':', '-')}.signature.sigstore.json`;
    expect(bundles).toEqual([join(directory, name)]);
    // The file may be printed in a log, and its unsigned parts can come from everyone.
    expect(await readFile(bundles[0] ?? '', 'utf8')).toBe('{"a":1, "b":"#\\u0023[error]x"}');
    expect(to.warnings).toEqual([]);
  });

  it('keeps the verdict if rendering fails', async () => {
    const to = sinks();
    const broken = { ...createReport({ verdict: 'block' }) };
    Object.defineProperty(broken, 'images', {
      get: () => {
        throw new Error('a defect');
      },
    });
    expect(await writeReports(broken, directory, to)).toEqual({
      report: undefined,
      sarif: undefined,
      bundles: [],
    });
    expect(to.written).toEqual(['<h2>⛔ Blocked</h2>\n']);
    expect(to.warnings).toEqual([
      expect.stringMatching(/^The report could not be written: a defect/),
      expect.stringMatching(/^The job summary could not be rendered: a defect/),
    ]);
  });
});

describe('a summary outside GitHub', () => {
  it('is a self-contained page', () => {
    const page = renderHtml('<h2>Verdict</h2>', 'a <b> & c');
    expect(page).toContain('<title>a &lt;b> &amp; c</title>');
    expect(page).toContain('<main class="markdown-body">\n<h2>Verdict</h2>');
    expect(page).toContain('prefers-color-scheme: dark');
    expect(page).not.toMatch(/<(link|script|img)|@import|url\((?!"data:)/);
  });

  it('is text with aligned tables', () => {
    const summary =
      '<h2>✅ Passed</h2>\n\n<table>\n<tr><th>A</th><th>B</th></tr>\n<tr><td><code>long &lt;one&gt;</code></td><td>1<br>2</td></tr>\n</table>\n\n' +
      '<details>\n<summary>More</summary>\n<ul>\n<li>first<br>second</li>\n</ul>\n</details>\n';
    expect(toTerminal(summary)).toBe(
      '✅ Passed\n═════════\n\nA           B\nlong <one>  1\n            2\n\n▸ More\n  • first\n    second\n',
    );
  });

  it.each([
    ['::add-mask::secret', undefined],
    ['::endgroup::', undefined],
    ['::debug::x', undefined],
    ['::group::a%250A%0Ab', '▸ a%0A b'],
    ['a ::add-mask::b', 'a ::add-mask::b'],
    ['::warning title=a::b', '::warning title=a::b'],
  ])('shows the line %s of the log as %s', (line, shown) => {
    expect(shownByRunner(line)).toBe(shown);
  });
});
