import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as official from '@actions/core';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as core from '../../src/github/core.ts';

/** What is dangerous in a workflow command, and what is not. */
const text = fc.oneof(
  fc.string(),
  fc.string({ unit: fc.constantFrom('%', '\r', '\n', ':', ',', '=', '2', '5', 'A', 'é', '::', '##[', '🚢') }),
);

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'gate-core-'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  rmSync(directory, { recursive: true, force: true });
});

/** What a call prints. */
function printed(call: () => void): string {
  let out = '';
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    out += chunk;
    return true;
  });
  call();
  write.mockRestore();
  return out;
}

/** What a call appends to the runner's file; the delimiter is another each time. */
async function appended(variable: string, call: () => unknown): Promise<string> {
  const path = join(directory, 'file');
  writeFileSync(path, 'what was there\n');
  vi.stubEnv(variable, path);
  await call();
  const delimiters = new Map<string, string>();
  return readFileSync(path, 'utf8').replace(/ghadelimiter_[0-9a-f-]{36}/g, (found) => {
    delimiters.set(found, delimiters.get(found) ?? `delimiter ${delimiters.size + 1}`);
    return delimiters.get(found) ?? '';
  });
}

describe('the text of a workflow command is that of @actions/core', () => {
  it.each([
    ['error', core.error, official.error],
    ['warning', core.warning, official.warning],
    ['notice', core.notice, official.notice],
  ] as const)('%s', (level, ours, theirs) => {
    const some = text.filter((value) => value !== '');
    const place: fc.Arbitrary<core.AnnotationPlace> = fc.oneof(
      fc.record({ title: some }),
      fc.record({ title: some, file: some, startLine: fc.integer({ min: 1 }) }),
    );
    fc.assert(
      fc.property(text, place, (message, where) => {
        expect(printed(() => ours(message, where))).toBe(printed(() => theirs(message, where)));
      }),
    );
    expect(printed(() => ours('a\nb'))).toBe(`::${level}::a%0Ab\n`);
  });

  it('a group', () => {
    fc.assert(
      fc.property(text, fc.array(fc.string()), (title, lines) => {
        const theirs = () => {
          official.startGroup(title);
          for (const line of lines) official.info(line);
          official.endGroup();
        };
        expect(printed(() => core.group(title, lines))).toBe(printed(theirs));
      }),
    );
    expect(printed(() => core.group('a\n::b', ['c']))).toBe('::group::a%0A::b\nc\n::endgroup::\n');
  });

  it.each([
    ['debug', core.debug, official.debug],
    ['info', core.info, official.info],
    ['setSecret', core.setSecret, official.setSecret],
  ] as const)('%s', (_, ours, theirs) => {
    fc.assert(
      fc.property(text, (message) => {
        expect(printed(() => ours(message))).toBe(printed(() => theirs(message)));
      }),
    );
  });

  it('setOutputs', async () => {
    await fc.assert(
      fc.asyncProperty(text, async (value) => {
        const ours = await appended('GITHUB_OUTPUT', () => core.setOutputs({ verdict: value }));
        expect(ours).toBe(await appended('GITHUB_OUTPUT', () => official.setOutput('verdict', value)));
        expect(ours).toBe(`what was there\nverdict<<delimiter 1\n${value}\ndelimiter 1\n`);
      }),
      { numRuns: 50 },
    );
  });

  it('appendSummary', async () => {
    const html = '<h2>Blocked</h2>\n::set-output name=verdict::pass\n';
    const ours = await appended('GITHUB_STEP_SUMMARY', () => core.appendSummary(html));
    expect(ours).toBe(await appended('GITHUB_STEP_SUMMARY', () => official.summary.addRaw(html).write()));
  });

  it('getInput, isDebug', () => {
    for (const value of ['', ' \n', ' a b\n', 'é']) {
      vi.stubEnv('INPUT_FAIL-ON', value);
      vi.stubEnv('INPUT_TWO_WORDS', value);
      expect(core.getInput('fail-on')).toBe(official.getInput('fail-on'));
      expect(core.getInput('two words')).toBe(official.getInput('two words'));
      vi.stubEnv('RUNNER_DEBUG', value);
      expect(core.isDebug()).toBe(false);
    }
    expect(core.getInput('not given')).toBe('');
    vi.stubEnv('RUNNER_DEBUG', '1');
    expect(core.isDebug()).toBe(true);
  });
});

describe('a file that the runner did not name, or that cannot be written', () => {
  it.each(['', '/dev/null/file'])('is an error: "%s"', (path) => {
    vi.stubEnv('GITHUB_OUTPUT', path);
    vi.stubEnv('GITHUB_STEP_SUMMARY', path);
    expect(() => core.setOutputs({ verdict: 'pass' })).toThrow(/GITHUB_OUTPUT|ENOTDIR/);
    expect(() => core.appendSummary('text')).toThrow(/GITHUB_STEP_SUMMARY|ENOTDIR/);
  });
});
