/** docs/threat-model.md names the test that holds each invariant: the test has to exist. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const text = readFileSync(join(import.meta.dirname, '../docs/threat-model.md'), 'utf8');
const [, table = ''] = /<!-- invariants:start -->\n(.*?)<!-- invariants:end -->/s.exec(text) ?? [];
const rows = table
  .trim()
  .split('\n')
  .slice(2)
  .map((row) => {
    const [number = '', , held = ''] = row.replace(/^\| | \|$/g, '').split(' | ');
    const [, file = '', title = ''] = /^`([^`]+)`: (.+)$/.exec(held) ?? [];
    return { number, file, title };
  });

describe('the threat model', () => {
  it('numbers its invariants from 1', () => {
    expect(rows.length).toBeGreaterThan(15);
    expect(rows.map(({ number }) => Number(number))).toEqual(rows.map((_, index) => index + 1));
  });

  it.each(rows)('invariant $number is held by a test of $file', ({ file, title }) => {
    expect(title).not.toBe('');
    expect(readFileSync(join(import.meta.dirname, file), 'utf8')).toContain(title);
  });
});
