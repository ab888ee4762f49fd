/**
 * One report with hostile text in every place that a finding, a package, a policy, an exception, a VEX document,
 * a baseline, a proof, a notice or an error has for one, through everything that is printed or written of it.
 */
import { appendFileSync, readFileSync, rmSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as core from '@actions/core';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { toTerminal } from '../../scripts/render-summary.ts';
import { evaluate } from '../../src/policy/evaluate.ts';
import type { Exception } from '../../src/policy/exceptions.ts';
import type { Policy } from '../../src/policy/policy.ts';
import { type Annotation, annotations } from '../../src/report/annotations.ts';
import { parseMarker, renderComment } from '../../src/report/comment.ts';
import type { Dockerfile } from '../../src/report/dockerfile.ts';
import { reportDocument, reportText } from '../../src/report/json.ts';
import { jsonText } from '../../src/report/json-text.ts';
import { logLines } from '../../src/report/log.ts';
import { OUTPUT_NAMES, outputs } from '../../src/report/outputs.ts';
import type { RunReport } from '../../src/report/report.ts';
import { sarifReport } from '../../src/report/sarif.ts';
import { renderSummary } from '../../src/report/summary.ts';
import type { Finding } from '../../src/scan/findings.ts';
import { createCircumstances, createException, createPolicy, NOW } from '../policy/factories.ts';
import { expectBlocks } from './blocks.ts';
import * as fixtures from './fixtures.ts';
import { hostileText, withTexts } from './hostile.ts';

const { createError, createFailedImage, createFinding, createImage, createPackage, createProof, DIGEST } =
  fixtures;

const print = { error: core.error, warning: core.warning, notice: core.notice };
const NO_FILES = { report: '/tmp/report.json', sarif: '/tmp/results.sarif', bundles: [] };

/** What cannot be seen, or changes how the rest is read. */
const UNSEEN = /(?! )[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Z}\u115f\u1160\u2800\u3164\uffa0\u{e0000}-\u{e0fff}]/u;
/** What GitHub makes a link, a mention, an emoji or a formula of outside of code. */
const REFERENCES =
  /@|:\/\/|www\.|(^|[^&\w])#\d|GH-\d|:[a-z][a-z0-9_+-]*:|[$`\\*_~]|\[[^\]]*\]\(|javascript:|\.example/;

/**
 * What is the gate's own, or was checked against a list or a pattern before there is a report: enumerations by the
 * schemas of policy, exceptions and VEX, references by image/reference.ts, digests by image/manifest.ts.
 */
const OWN = new Set(
  `kind state verdict effect origin statedOrigin format threshold field missing failOn warnOn scanType account
   region repository digest references reference attestations sha256 policySha256`.split(/\s+/),
);

function isOwn(name: string, parent: object): boolean {
  const within: Readonly<Record<string, string>> = {
    version: 'images',
    status: 'untilFixed',
    severity: 'allowed',
    what: 'unknown',
  };
  if (name === 'uri') return 'digest' in parent || 'reference' in parent;
  return OWN.has(name) || (within[name] !== undefined && within[name] in parent);
}

const POLICY: Partial<Policy> = {
  ignoreUnfixed: true,
  limits: { critical: 0, high: 0 },
  rules: [
    {
      name: 'exploited',
      action: 'block',
      reason: undefined,
      when: { vulnerability: ['CVE-2026-1'], knownExploited: true },
    },
    { name: 'a week', action: 'warn', reason: 'time', when: { vulnerability: ['CVE-2026-2'] } },
    {
      name: 'not reachable',
      action: 'ignore',
      reason: 'no such code',
      when: { vulnerability: ['CVE-2026-3'] },
    },
  ],
  exceptionsAllowed: {
    maxDurationMs: 90 * 86_400_000,
    never: { severity: [], knownExploited: false, score: { operator: '>=', value: 10 } },
    required: ['ticket'],
  },
};

function exception(id: string, overrides: Partial<Exception> = {}): Exception {
  return createException({
    ids: [id],
    source: `exceptions.yml:${id}`,
    approvedBy: 'security',
    ticket: 'T-1',
    ...overrides,
  });
}

const EXCEPTIONS: readonly Exception[] = [
  exception('CVE-2026-10'),
  exception('CVE-2026-11', { origin: 'vex', status: 'not_affected', expires: undefined, since: NOW }),
  exception('CVE-2026-12', { expires: new Date(0) }),
  exception('CVE-2026-13', { expires: new Date('2027-06-01') }),
  exception('CVE-2026-14', { ticket: undefined }),
  exception('CVE-2026-15'),
  exception('CVE-2026-16', { untilFixed: true }),
  exception('CVE-2026-99'),
];

function found(id: string, overrides: Partial<Finding> = {}): Finding {
  return createFinding({
    id: `arn:${id}`,
    vulnerabilityId: id,
    relatedIds: ['GHSA-1'],
    vendorSeverity: 'high',
    recommendation: 'upgrade',
    operatingSystem: 'DEBIAN_12',
    architecture: 'amd64',
    referenceUrls: ['https://example.com/advisory'],
    cvss: [{ baseScore: 9, version: '3.1', vector: 'AV:N', source: 'NVD' }],
    packages: [
      createPackage({
        release: '1',
        filePath: 'usr/lib/x',
        remediation: 'apt-get upgrade',
        layer: DIGEST,
        instruction: 'RUN make install',
        origin: 'application',
      }),
      createPackage({ name: 'libssl3', origin: 'base', statedOrigin: 'base' }),
    ],
    ...overrides,
  });
}

const FINDINGS: readonly Finding[] = [
  found('CVE-2026-1'),
  found('CVE-2026-2'),
  found('CVE-2026-3'),
  found('CVE-2026-4', { fixAvailable: 'NO', packages: [createPackage({ fixedIn: undefined })] }),
  found('CVE-2026-5', { fixAvailable: 'PARTIAL' }),
  found('CVE-2026-6', { severity: 'DREADFUL' }),
  found('CVE-2026-7', { severity: 'UNTRIAGED', score: undefined }),
  found('CVE-2026-8', { status: 'SUPPRESSED' }),
  found('CVE-2026-9', { severity: 'LOW', packages: [] }),
  ...EXCEPTIONS.slice(0, -1).map(({ ids: [id = ''] }) =>
    found(id, { score: id === 'CVE-2026-15' ? 10 : 9, knownExploited: true }),
  ),
  found('CVE-2026-17', { packages: Array.from({ length: 9 }, (_, n) => createPackage({ name: `p${n}` })) }),
];

const BASELINE = {
  uri: `${fixtures.HOST}/team/app@${DIGEST}`,
  reference: `${fixtures.HOST}/team/app:prod`,
  findings: [found('CVE-2026-5'), found('CVE-2026-98', { severity: 'HIGH' })],
};

/** Reports of every kind, with harmless texts wherever there can be one. */
function reports(findings: readonly Finding[]): RunReport[] {
  const verdict = evaluate(
    findings,
    createPolicy(POLICY),
    createCircumstances({ exceptions: EXCEPTIONS, baseline: BASELINE }),
  );
  const proof = { by: 'key', at: NOW, ageMs: 5_000, detail: 'detail', nextStep: 'do it' };
  const image = createImage([], {
    isIndex: true,
    outcome: { kind: 'judged', verdict },
    platforms: [fixtures.createPlatform(), fixtures.createPlatform({ platform: 'linux/arm64' })],
    attestations: [DIGEST],
    baseImages: [
      { name: 'debian:12', named: true },
      { name: 'docker.io/library/debian:12', named: false },
    ],
    signatures: [{ digest: DIGEST, state: 'signed', format: 'bundle', platform: 'linux/amd64' }],
    verdictAttestations: [
      { digest: DIGEST, state: 'attested', format: 'bundle', platform: 'linux/amd64', type: 'https://x/y' },
    ],
  });
  const source = (uri: string) => ({ uri, sha256: 'a'.repeat(64), moving: true });
  const gate = fixtures.createReport({
    verdict: 'block',
    images: [image],
    documents: {
      policy: source('policy.yml'),
      exceptions: [source('exceptions.yml')],
      vex: [source('vex.json')],
      conflicts: [{ input: 'fail-on', asked: 'none', demanded: 'critical' }],
    },
    baseline: { reference: BASELINE.reference, uri: BASELINE.uri, unused: undefined },
    notices: ['Something could not be learnt.'],
    signing: fixtures.createSigning({ state: 'withheld' }),
  });
  const failed = createFailedImage(createError({ code: 'aws' }));
  const proofs = (['proven', 'failed', 'skipped', 'noted'] as const).map((state) =>
    createProof({ ...proof, state }),
  );
  return [
    gate,
    { ...gate, images: [image, failed, createImage(findings)], verdict: 'error' },
    {
      ...gate,
      verdict: 'error',
      error: createError({ code: 'signing' }),
      signing: fixtures.createSigning({ state: 'failed' }),
      baseline: { reference: BASELINE.reference, uri: undefined, unused: 'there is no such image' },
    },
    {
      ...gate,
      verdict: 'error',
      images: [{ ...failed, proofs }, createImage([], { outcome: { kind: 'verified' }, proofs })],
      verification: fixtures.createVerification(),
      signing: undefined,
    },
  ];
}

/**
 * Texts for all places, one after the other, and when they become hostile: after everything was judged, or already
 * when it is. Then findings are no longer told apart by what they were.
 */
const given = fc.tuple(fc.array(hostileText, { minLength: 3, maxLength: 12 }), fc.boolean());

function check(numRuns: number, property: (report: RunReport, dockerfile: Dockerfile) => void): void {
  fc.assert(
    fc.property(given, ([pool, before]) => {
      let next = 0;
      const text = () => pool[next++ % pool.length] ?? '';
      const dockerfile = {
        path: text().replace(/[\0\n]/g, '') || 'x',
        text: `FROM debian\nRUN make install\n${text()}`,
      };
      const findings = before ? withTexts(FINDINGS, text, isOwn) : FINDINGS;
      for (const report of reports(findings)) property(withTexts(report, text, isOwn), dockerfile);
    }),
    { numRuns },
  );
}

/** Every text in a value. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** What the runner takes for commands in the lines of a step, as its ActionCommand reads them. */
function commandsIn(log: string) {
  return log.split(/\r\n|\r|\n/).flatMap((text) => {
    const [, name, properties = '', message] = /^\s*::([^:\s]+)(?: (.*?))?::(.*)$/s.exec(text) ?? [];
    if (name === undefined) {
      if (/^\s*::|##\[/.test(text)) throw new Error(`the runner could take this for a command: ${text}`);
      return [];
    }
    const unescaped = (escaped = '') =>
      ['%0D \r', '%0A \n', '%3A :', '%2C ,', '%25 %'].reduce((result, pair) => {
        return result.replaceAll(pair.slice(0, 3), pair.slice(4));
      }, escaped);
    return [
      {
        name,
        message: unescaped(message),
        properties: Object.fromEntries(
          properties
            .split(',')
            .filter((pair) => pair !== '')
            .map((pair) => [pair.split('=', 1)[0], unescaped(pair.replace(/^[^=]*=/, ''))]),
        ),
      },
    ];
  });
}

/** What lies in no code and is no tag: GitHub may make something of it. */
function bareText(blocks: string): string {
  return blocks.replace(/<code>[^<]*<\/code>/g, '').replace(/<[^>]*>/g, '');
}

function expectHarmlessBlocks(blocks: string): void {
  expectBlocks(blocks);
  expect(blocks.replace(/\n/g, '').replace(/\ufe0f/g, '')).not.toMatch(UNSEEN);
  expect(bareText(blocks)).not.toMatch(REFERENCES);
}

describe('hostile text', () => {
  let printed = '';
  let directory = '';
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'escapes-'));
  });
  afterAll(() => rm(directory, { recursive: true, force: true }));
  afterEach(() => {
    vi.restoreAllMocks();
    vi.unstubAllEnvs();
  });

  /** What the work prints to standard output. */
  function capture(work: () => void): string {
    printed = '';
    const write = vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
      printed += String(chunk);
      return true;
    });
    try {
      work();
    } finally {
      write.mockRestore();
    }
    return printed;
  }

  it('stays text in the summary', () => {
    check(30, (report) => expectHarmlessBlocks(renderSummary(report)));
  });

  it('stays text in a summary that has no room for it', () => {
    check(20, (report) => expectHarmlessBlocks(renderSummary(report, 4_000)));
  });

  it('stays text in the comment, and is no marker', () => {
    const context = {
      key: 'f'.repeat(32),
      run: { id: 7, attempt: 1 },
      url: 'https://github.example/octo/app/actions/runs/7/attempts/1',
      commit: 'c'.repeat(40),
    };
    check(40, (report) => {
      const body = renderComment(report, context);
      const [marker = '', ...blocks] = body.split('\n\n');
      expect(parseMarker(marker)).toMatchObject({ key: context.key, run: context.run });
      expect(blocks.join('\n\n')).not.toContain('<!--');
      expectHarmlessBlocks(blocks.join('\n\n'));
    });
  });

  it('stays text in a terminal', () => {
    check(40, (report) => {
      const text = toTerminal(renderSummary(report));
      expect(text.replace(/\n/g, '').replace(/\ufe0f/g, '')).not.toMatch(UNSEEN);
      expect(commandsIn(text)).toEqual([]);
    });
  });

  it('stays text in the log: the runner obeys nothing but the annotations, each as it is meant', () => {
    check(40, (report, dockerfile) => {
      const made: Annotation[] = annotations(report, dockerfile);
      const log = capture(() => {
        for (const text of logLines(report)) core.info(text);
        for (const { level, message, ...place } of made) print[level](message, place);
      });
      const commands = commandsIn(log);
      expect(commands.map(({ name, message, properties }) => [name, message, properties])).toEqual(
        made.map(({ level, title, message, file, startLine }) => [
          level,
          message,
          { title, ...(file !== undefined && { file, line: String(startLine) }) },
        ]),
      );
      for (const { level, title, message } of made) {
        expect(['error', 'warning', 'notice']).toContain(level);
        expect(`${title} ${message}`).not.toMatch(UNSEEN);
      }
      expect(log.replace(/\n/g, '').replace(/\ufe0f/g, '')).not.toMatch(UNSEEN);
    });
  });

  it('reaches no output but the errors in results', () => {
    const usual = reports(FINDINGS).map((report) => outputs(report, NO_FILES));
    fc.assert(
      fc.property(fc.array(hostileText, { minLength: 3, maxLength: 12 }), (pool) => {
        let next = 0;
        const text = () => pool[next++ % pool.length] ?? '';
        for (const [index, report] of reports(FINDINGS).entries()) {
          const { results, ...others } = outputs(withTexts(report, text, isOwn), NO_FILES);
          expect(others).toEqual({ ...usual[index], results: undefined } as object);
          expect(results).not.toMatch(UNSEEN);
          const without = (json = '[]') =>
            JSON.parse(json).map((result: object) => ({ ...result, error: undefined }));
          expect(without(results)).toEqual(without(usual[index]?.results));
        }
      }),
      { numRuns: 60 },
    );
  });

  it('makes no output of its own in the file that they are written to', async () => {
    const file = join(directory, 'output');
    check(40, (report) => {
      rmSync(file, { force: true });
      appendFileSync(file, '');
      vi.stubEnv('GITHUB_OUTPUT', file);
      const wanted = outputs(report, NO_FILES);
      for (const [name, value] of Object.entries(wanted)) core.setOutput(name, value);
      const read: Record<string, string> = {};
      const lines = readFileSync(file, 'utf8').split('\n');
      while (lines.length > 1) {
        const [name = '', delimiter = ''] = (lines.shift() ?? '').split('<<');
        expect(OUTPUT_NAMES).toContain(name);
        read[name] = lines.splice(0, lines.indexOf(delimiter)).join('\n');
        lines.shift();
      }
      expect(read).toEqual(wanted);
    });
  });

  it('is in report.json as it is, and nothing in the file is unseen', () => {
    check(40, (report) => {
      const text = [...reportText(report)].join('');
      expect(text.replace(/\n/g, '')).not.toMatch(UNSEEN);
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(reportDocument(report))));
    });
  });

  it('stays text in results.sarif', () => {
    check(40, (report, dockerfile) => {
      const made = sarifReport(report, dockerfile);
      if (made === undefined) return;
      const text = [...jsonText(made.log)].join('');
      expect(text.replace(/\n/g, '')).not.toMatch(UNSEEN);
      for (const { tool, results = [], invocations = [] } of made.log.runs) {
        const rules = tool.driver.rules ?? [];
        const plain = [
          results.map(({ message, suppressions }) => [message, suppressions]),
          rules.map(({ shortDescription, fullDescription }) => [shortDescription, fullDescription]),
          invocations.map(({ toolExecutionNotifications }) => toolExecutionNotifications),
        ].flatMap(textsIn);
        // Brackets make links and braces arguments (SARIF 2.1.0, 3.11.5 and 3.11.6).
        for (const one of plain) expect(one).not.toMatch(/[[\]{}<>\n]/);
        for (const one of textsIn([results, rules])) {
          expect(one.replace(/\n/g, '')).not.toMatch(UNSEEN);
        }
        for (const { help } of rules) {
          const outside = (help?.markdown ?? '')
            .replace(/`[^`\n]*`/g, '')
            .replace(/\[[\w.]+\]\(https:\/\/(nvd\.nist\.gov|github\.com)\/[\w/-]+\)/g, '');
          expect(outside).toMatch(/^[\p{L}\d\s'’.,;:!?|*()–-]*$/u);
        }
        for (const { locations = [] } of results) {
          for (const { physicalLocation } of locations) {
            expect(physicalLocation?.artifactLocation?.uri).toMatch(/^(?![/.]*\/)[\w.~!*'()%/-]+$/);
          }
        }
      }
    });
  });

  it('stays text in a warning about a file that could not be written', async () => {
    // `publish` of run.ts prints such warnings by `line`; the text is the file system's.
    await writeFile(join(directory, 'file'), '');
    const { writeReports } = await import('../../src/report/write.ts');
    const { line } = await import('../../src/report/escape.ts');
    const warnings: string[] = [];
    await writeReports(fixtures.createReport(), join(directory, 'file', '\n::error::x\u202e'), {
      appendSummary: async () => {},
      warn: (text) => warnings.push(line(text)),
    });
    expect(warnings.length).toBeGreaterThan(0);
    for (const warning of warnings) {
      expect(warning).not.toMatch(UNSEEN);
      expect(commandsIn(warning)).toEqual([]);
    }
  });
});
