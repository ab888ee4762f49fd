import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createPublisher, type Publication } from '../../src/publish/publish.ts';
import type { LogPart, Report } from '../../src/report/report.ts';
import { beginSection, type Section } from '../../src/watchdog/section.ts';
import { createReport } from '../report/fixtures.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'gate-publish-'));
  for (const name of ['GITHUB_OUTPUT', 'GITHUB_STEP_SUMMARY']) {
    writeFileSync(join(directory, name), '');
    vi.stubEnv(name, join(directory, name));
  }
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  rmSync(directory, { recursive: true, force: true });
});

/** What is printed when a report with this log is published, and the warnings. */
async function published(report: Partial<Report>): Promise<{ printed: string; warnings: string[] }> {
  let printed = '';
  const warnings: string[] = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    printed += chunk;
    return true;
  });
  const publish = publisher(warnings);
  await publish(publicationOf(report));
  vi.restoreAllMocks();
  return { printed, warnings };
}

function publicationOf(report: Partial<Report>): Publication {
  return {
    result: createReport(),
    report: {
      log: () => [],
      annotations: () => [],
      summary: () => '<h2>Summary</h2>\n',
      bareSummary: () => '<h2>Verdict</h2>\n',
      files: () => [],
      outputs: () => ({ verdict: 'pass' }),
      comment: { isFailing: false, render: () => '' },
      errors: () => [],
      ...report,
    },
    options: undefined,
  };
}

function publisher(warnings: string[], unfinished?: Section): (publication: Publication) => Promise<void> {
  return createPublisher({
    environment: { RUNNER_TEMP: directory },
    workspace: directory,
    unfinished,
    cancelled: new AbortController().signal,
    log: () => {},
    warn: (text) => void warnings.push(text),
    mask: () => {},
  });
}

describe('publish', () => {
  it('prints the log, with groups for its long parts', async () => {
    const log: readonly LogPart[] = ['⚠️ Passed', { title: 'two, lines', lines: ['one', 'two'] }, 'end'];
    const { printed, warnings } = await published({ log: () => log });
    expect(printed).toBe('⚠️ Passed\n::group::two, lines\none\ntwo\n::endgroup::\nend\n');
    expect(warnings).toEqual([]);
  });

  it('writes summary and outputs although the log fails', async () => {
    const { warnings } = await published({
      log: () => {
        throw new Error('a defect');
      },
    });
    expect(warnings).toEqual(['The log could not be written: a defect']);
    expect(readFileSync(join(directory, 'GITHUB_STEP_SUMMARY'), 'utf8')).toBe('<h2>Summary</h2>\n');
    expect(readFileSync(join(directory, 'GITHUB_OUTPUT'), 'utf8')).toContain('verdict<<');
  });
});

describe('a second result of the same run', () => {
  const render = (text: string) => () => ({ text, omissions: [] });
  const as = (name: string): Partial<Report> => ({
    summary: () => `<h2>${name}</h2>\n`,
    outputs: ({ report = '' }) => ({ verdict: name, report }),
    files: () => [{ kind: 'report', name: 'report.json', what: 'The report', render: render(name) }],
  });

  it.each([
    ['another program has added nothing', '', '<h2>error</h2>\n'],
    ['another program has added to the summary', 'more\n', '<h2>pass</h2>\nmore\n<h2>error</h2>\n'],
  ])('replaces the first in the summary, the report and the outputs: %s', async (_, more, expected) => {
    const summary = join(directory, 'GITHUB_STEP_SUMMARY');
    writeFileSync(summary, 'before\n');
    const publish = publisher([], beginSection(summary, 'unfinished'));
    await publish(publicationOf(as('pass')));
    appendFileSync(summary, more);
    await publish(publicationOf(as('error')));
    expect(readFileSync(summary, 'utf8')).toBe(`before\n${expected}`);
    const outputs = readFileSync(join(directory, 'GITHUB_OUTPUT'), 'utf8');
    const reports = outputs.match(/\/.*report\.json/g) ?? [];
    expect(reports).toHaveLength(2);
    expect(new Set(reports.map((path) => readFileSync(path, 'utf8')))).toEqual(new Set(['error']));
    expect(outputs.lastIndexOf('error')).toBeGreaterThan(outputs.lastIndexOf('pass'));
  });
});
