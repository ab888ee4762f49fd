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
import { parseMarker } from '../../src/github/comment-plan.ts';
import type { Dockerfile } from '../../src/report/findings/dockerfile.ts';
import { sarifReport } from '../../src/report/findings/sarif.ts';
import type { Annotation } from '../../src/report/report.ts';
import { expectBlocks } from './blocks.ts';
import {
  type EitherResult,
  logLines,
  OUTPUT_NAMES,
  outputs,
  renderComment,
  renderSummary,
  reportDocument,
  reportOf,
  reportText,
} from './either.ts';
import { EVERY_FINDING, everyReport } from './everything.ts';
import { createReport } from './fixtures.ts';
import { hostileText, withTexts } from './hostile.ts';
import { parsedLog } from './sarif-checks.ts';

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
  `kind state verdict effect origin statedOrigin reachability format threshold field missing failOn warnOn scanType account
   region repository digest references reference attestations sha256 policies weakened aspect before why`.split(
    /\s+/,
  ),
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

/**
 * Texts for all places, one after the other, and when they become hostile: after everything was judged, or already
 * when it is. Then findings are no longer told apart by what they were.
 */
const given = fc.tuple(fc.array(hostileText, { minLength: 3, maxLength: 12 }), fc.boolean());

function check(numRuns: number, property: (report: EitherResult, dockerfile: Dockerfile) => void): void {
  fc.assert(
    fc.property(given, ([pool, before]) => {
      let next = 0;
      const text = () => pool[next++ % pool.length] ?? '';
      const dockerfile = {
        path: text().replace(/[\0\n]/g, '') || 'x',
        text: `FROM debian\nRUN make install\n${text()}`,
      };
      const findings = before ? withTexts(EVERY_FINDING, text, isOwn) : EVERY_FINDING;
      for (const report of everyReport(findings)) property(withTexts(report, text, isOwn), dockerfile);
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
    check(20, (report) => {
      const text = renderSummary(report);
      expectHarmlessBlocks(text);
      // It is not executed either if the file is printed in a log.
      expect(commandsIn(text)).toEqual([]);
    });
  });

  it('stays text in a summary that has no room for it', () => {
    check(20, (report) => expectHarmlessBlocks(renderSummary(report, 4_000)));
  });

  it('stays text in the comment and the issue, and is not a marker', () => {
    const context = {
      key: 'f'.repeat(32),
      run: { id: 7, attempt: 1 },
      url: 'https://github.example/octo/app/actions/runs/7/attempts/1',
      commit: 'c'.repeat(40),
    };
    check(20, (report) => {
      const body = renderComment(report, context);
      const [marker = '', ...blocks] = body.split('\n\n');
      expect(parseMarker(marker)).toMatchObject({ key: context.key, run: context.run });
      expect(blocks.join('\n\n')).not.toContain('<!--');
      expectHarmlessBlocks(blocks.join('\n\n'));
      const { issue } = reportOf(report);
      if (issue === undefined) return;
      const place = { url: undefined, commit: undefined };
      for (const text of [issue.render(place, 60_000), issue.news(place, 60_000)]) {
        expect(text).not.toContain('<!--');
        expectHarmlessBlocks(text ?? '');
      }
    });
  });

  it('stays text in a terminal', () => {
    check(15, (report) => {
      const text = toTerminal(renderSummary(report));
      expect(text.replace(/\n/g, '').replace(/\ufe0f/g, '')).not.toMatch(UNSEEN);
      expect(commandsIn(text)).toEqual([]);
    });
  });

  it('stays text in the log: the runner executes only the annotations', () => {
    check(40, (report, dockerfile) => {
      const made: readonly Annotation[] = reportOf(report).annotations(dockerfile);
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

  it('reaches no output but the errors in results, and the commands, which quote it', () => {
    const usual = everyReport().map((report) => outputs(report, NO_FILES));
    fc.assert(
      fc.property(fc.array(hostileText, { minLength: 3, maxLength: 12 }), (pool) => {
        let next = 0;
        const text = () => pool[next++ % pool.length] ?? '';
        for (const [index, report] of everyReport().entries()) {
          const { results, ...others } = outputs(withTexts(report, text, isOwn), NO_FILES);
          const commands = others['cosign-verify-commands'];
          expect(others).toEqual({
            ...usual[index],
            results: undefined,
            'cosign-verify-commands': commands,
          } as object);
          expect(results).not.toMatch(UNSEEN);
          expect(commandsIn(results)).toEqual([]);
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
      expect(commandsIn(text)).toEqual([]);
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(reportDocument(report))));
    });
  });

  it('stays text in results.sarif', () => {
    check(40, (report, dockerfile) => {
      const made = sarifReport(report, dockerfile);
      if (made === undefined) return;
      const text = [...made.text].join('');
      expect(text.replace(/\n/g, '')).not.toMatch(UNSEEN);
      expect(commandsIn(text)).toEqual([]);
      for (const { tool, results = [], invocations = [] } of parsedLog(made).runs) {
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
    // `publish` prints such warnings by `line`; the text is the file system's.
    await writeFile(join(directory, 'file'), '');
    const { writeReports } = await import('./either.ts');
    const { line } = await import('../../src/report/kit/escape.ts');
    const warnings: string[] = [];
    await writeReports(createReport(), join(directory, 'file', '\n::error::x\u202e'), {
      summaryBytes: async () => 0,
      appendSummary: async () => {},
      warn: (text) => warnings.push(line(text)),
      workspace: directory,
    });
    expect(warnings.length).toBeGreaterThan(0);
    for (const warning of warnings) {
      expect(warning).not.toMatch(UNSEEN);
      expect(commandsIn(warning)).toEqual([]);
    }
  });
});
