import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Publication, publish } from '../../src/publish/publish.ts';
import type { LogPart, Report } from '../../src/report/report.ts';
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
  const publication: Publication = {
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
  await publish(publication, {
    environment: { RUNNER_TEMP: directory },
    workspace: directory,
    unfinished: undefined,
    log: () => {},
    warn: (text) => void warnings.push(text),
    mask: () => {},
  });
  vi.restoreAllMocks();
  return { printed, warnings };
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
