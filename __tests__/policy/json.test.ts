import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseJson } from '../../src/policy/json.ts';
import { bytes, gateError } from './errors.ts';

const read = (text: string) => JSON.parse(JSON.stringify(parseJson(bytes(text), 'a.json').value));

/** The message of what something throws; undefined if it throws nothing. */
function failure(work: () => unknown): string | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

describe('parseJson', () => {
  it('reads the same values as JSON.parse', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 5 }), fc.constantFrom(undefined, 1, '\t'), (text, space) => {
        const written = JSON.stringify(JSON.parse(text), undefined, space);
        fc.pre(!written.includes('\u007f'));
        expect(read(written)).toEqual(JSON.parse(written));
      }),
    );
  });

  it('accepts and refuses the same texts as JSON.parse', () => {
    const pieces = fc.constantFrom(
      ...'[]{},:" \n',
      '"a"',
      '"b"',
      '1',
      '-0.5e1',
      '01',
      'true',
      'nul',
      '\\u',
      "'",
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => {
        const text = parts.join('');
        const refused = failure(() => read(text));
        // JSON.parse takes a key twice, and this reader stops there.
        fc.pre(!refused?.includes('occurs twice'));
        expect(refused === undefined).toBe(failure(() => JSON.parse(text)) === undefined);
      }),
      { numRuns: Number(process.env.PROPERTY_RUNS ?? 3_000) },
    );
  });

  it('reads escapes, numbers and long texts', () => {
    const text = `{"a\\"]}\\\\":[-1.5e3,true,null,"\\u00e9 \\\\"],"long":"${'x\\n'.repeat(200_000)}"}`;
    expect(read(text)).toEqual(JSON.parse(text));
  });

  it.each([
    ['{"a": 1, "a": 2}', 'a.json:1:10: a: the key occurs twice.'],
    ['{"a": 1,\n "\\u0061": 2}', 'a.json:2:2: a: the key occurs twice.'],
    ['{"a": [{"b": 1, "b": 1}]}', 'a.json:1:17: a[0].b: the key occurs twice.'],
    ['{"a": }', 'a.json:1:7: the file is not valid JSON.'],
    ['{"a": 1', 'a.json:1:8: the file is not valid JSON.'],
    ['', 'a.json:1:1: the file is not valid JSON.'],
    ['['.repeat(33), 'is nested deeper than 32 levels'],
    ['[1,]', 'a.json:1:4: the file is not valid JSON.'],
    ['{"a": 1} x', 'a.json:1:10: the file is not valid JSON.'],
    ['{1: 2}', 'a.json:1:2: the file is not valid JSON.'],
  ])('refuses %j', (text, message) => {
    const error = gateError(() => parseJson(bytes(text), 'a.json'));
    expect(error.code).toBe('input');
    expect(error.message).toContain(message);
  });

  it('refuses what is too large', () => {
    const error = gateError(() => parseJson(new Uint8Array(16 * 1024 * 1024 + 1).fill(32), 'a.json'));
    expect(error.message).toBe('a.json: expected at most 16 MiB, got more.');
    expect(error.nextStep).toMatch(/^Split the file/);
    const values = gateError(() => parseJson(bytes(`[${'1,'.repeat(1_000_000)}1]`), 'a.json'));
    expect(values.message).toBe('a.json: expected at most 1000000 values, got more.');
  });

  it('finds keys and values', () => {
    const document = parseJson(bytes('{\n  "a": [1,\n    {"b": 2}]\n}'), 'a.json');
    expect(document.locate(['a', 1, 'b'])).toEqual({ line: 3, column: 11 });
    expect(document.locate(['a', 1, 'b'], 'key')).toEqual({ line: 3, column: 6 });
    expect(document.locate(['a', 1, 'c'], 'key')).toEqual({ line: 3, column: 5 });
    expect(document.locate(['x'])).toEqual({ line: 1, column: 1 });
  });
});
