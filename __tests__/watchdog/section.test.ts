import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { beginSection, bytesBefore, replaceSection, type Section } from '../../src/watchdog/section.ts';

let directory: string;
let path: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'gate-section-'));
  path = join(directory, 'summary.md');
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

function begun(before: string, text: string): Section {
  writeFileSync(path, before);
  const section = beginSection(path, text);
  if (section === undefined) throw new Error('no section');
  return section;
}

describe('a section of the summary', () => {
  it('is replaced by any other text, shorter or longer, and leaves the text before it', () => {
    const text = fc.string({ unit: 'binary' }).map((value) => value.toWellFormed());
    fc.assert(
      fc.property(text, text, text, (before, first, second) => {
        const section = begun(before, first);
        expect(readFileSync(path, 'utf8')).toBe(before + first);
        expect(bytesBefore(section)).toBe(Buffer.byteLength(before));
        const replaced = replaceSection(section, second);
        expect(readFileSync(path, 'utf8')).toBe(before + second);
        replaceSection(replaced, first);
        expect(readFileSync(path, 'utf8')).toBe(before + first);
      }),
    );
  });

  it('creates the file if there is none', () => {
    expect(beginSection(path, 'text')).toEqual({ path, offset: 0, text: 'text' });
    expect(readFileSync(path, 'utf8')).toBe('text');
  });

  it.each<[string, (text: string) => void]>([
    ['added to it', () => appendFileSync(path, 'more')],
    ['changed it', (text) => writeFileSync(path, `before${text.toUpperCase()}`)],
    ['cut it', () => writeFileSync(path, 'bef')],
    ['emptied the file', () => writeFileSync(path, '')],
  ])('is kept if another program %s, and the text follows it', (_, change) => {
    const section = begun('before', 'unfinished');
    change('unfinished');
    const changed = readFileSync(path, 'utf8');
    expect(bytesBefore(section)).toBe(Buffer.byteLength(changed));
    const report = replaceSection(section, 'report');
    expect(readFileSync(path, 'utf8')).toBe(`${changed}report`);
    replaceSection(report, 'another report');
    expect(readFileSync(path, 'utf8')).toBe(`${changed}another report`);
  });

  it('is created again if the file was removed', () => {
    const section = begun('before', 'unfinished');
    rmSync(path);
    expect(bytesBefore(section)).toBe(0);
    replaceSection(section, 'report');
    expect(readFileSync(path, 'utf8')).toBe('report');
  });

  it('is not written to a pipe', () => {
    execFileSync('mkfifo', [path]);
    expect(beginSection(path, 'text')).toBeUndefined();
  });

  it.each([
    '/dev/null',
    '/dev/null/summary',
    '',
  ])('is not written if nothing can be replaced: "%s"', (file) => {
    expect(beginSection(file, 'text')).toBeUndefined();
  });
});
