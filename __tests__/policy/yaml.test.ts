import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { parseYaml } from '../../src/policy/yaml.ts';
import { nearest } from '../../src/text.ts';
import { bytes, gateError } from './errors.ts';

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
const read = (text: string) => plain(parseYaml(bytes(text), 'a.yml').value);

describe('parseYaml', () => {
  it('reads YAML 1.2: words of YAML 1.1, dates and keys are text', () => {
    expect(read('a: yes\nb: 2026-12-31\nc: off\nnull: 010\n1: ~\nd: 0x1F\n<<: {a: 2}')).toEqual({
      a: 'yes',
      b: '2026-12-31',
      c: 'off',
      null: 10,
      1: null,
      d: 31,
      '<<': { a: 2 },
    });
  });

  it('accepts a byte order mark, Windows line ends, comments and a version directive for 1.2', () => {
    expect(read('\ufeffa: 1\r\nb: [x, y]\r\n')).toEqual({ a: 1, b: ['x', 'y'] });
    expect(read('%YAML 1.2\n---\n# a comment\na: 1\n...\n')).toEqual({ a: 1 });
  });

  it.each([
    ['a: 1\na: 2', 'a.yml:2:1: a: the key occurs twice.'],
    ['x:\n  - b: 1\n    "b": 2', 'a.yml:3:5: x[0].b: the key occurs twice.'],
    ['a: &x 1\nb: *x', 'a.yml:2:4: b: uses the alias *x.'],
    ['a: !!str 1', 'a.yml:1:10: a: has the tag "tag:yaml.org,2002:str".'],
    ['a: ! 1', 'a.yml:1:6: a: has the tag "!".'],
    ['a: !!map {}', 'a.yml:1:10: a: has the tag "tag:yaml.org,2002:map".'],
    ['!!str a: 1', 'a.yml:1:7: expected text as key, got "a".'],
    ['a: !custom 1', 'Unresolved tag: !custom'],
    ['a: !!binary aGk=', 'Unresolved tag: tag:yaml.org,2002:binary'],
    ['? [a]\n: 1', 'all keys must be strings'],
    ['a: 1\n---\nb: 2', 'a.yml:2:1: expected one YAML document, got a second one.'],
    ['a: 1\n...\nb', 'a.yml:3:1: expected one YAML document'],
    ['%YAML 1.1\n---\na: yes', 'expected YAML 1.2'],
    ['%FOO\n---\na: 1', 'Unknown directive %FOO'],
    ['a:\n\t- b', 'Tabs are not allowed as indentation'],
    ['a: [1', 'a.yml:1:6'],
    ['a: b\u0000', 'a.yml:1:5: the file has a control character.'],
    ['', 'got an empty file'],
    ['# nothing', 'got an empty file'],
    [`a: ${'['.repeat(40)}${']'.repeat(40)}`, 'is nested deeper than 32 levels'],
  ])('refuses %j', (text, message) => {
    const error = gateError(() => parseYaml(bytes(text), 'a.yml'));
    expect(error.code).toBe('input');
    expect(error.message).toContain(message);
  });

  it('refuses text that is not UTF-8 or too large', () => {
    expect(gateError(() => parseYaml(new Uint8Array([0x61, 0xff]), 'a.yml')).message).toContain('not UTF-8');
    expect(gateError(() => parseYaml(new Uint8Array([0xff, 0xfe, 0x61, 0]), 'a.yml')).message).toContain(
      'not UTF-8',
    );
    const large = gateError(() => parseYaml(bytes(`a: ${'x'.repeat(256 * 1024)}`), 'a.yml'));
    expect(large.message).toBe('a.yml: expected at most 256 KiB, got more.');
  });

  it('comes to an end with hostile documents of the largest size', () => {
    for (const unit of ['{', '? ', '&a '] as const) {
      const text = unit.repeat(Math.floor((256 * 1024) / unit.length));
      expect(gateError(() => parseYaml(bytes(text), 'a.yml')).code).toBe('input');
    }
  }, 120_000);

  it('has a hint for text with a special meaning in YAML', () => {
    const step = (text: string) => gateError(() => parseYaml(bytes(text), 'a.yml')).nextStep;
    expect(step('when:\n  score: >=7.0')).toContain('Write: score: ">=7.0"');
    expect(step('when: { epss: >0.5 }')).toContain('Write: epss: ">0.5"');
    expect(step('reason: not reachable: no route')).toContain('Quote text that contains');
  });

  it('keeps keys that objects have by nature harmless', () => {
    const { value } = parseYaml(bytes('__proto__: {polluted: 1}\nconstructor: 2'), 'a.yml');
    expect(Object.getPrototypeOf(value)).toBeNull();
    expect(Object.keys(value as object)).toEqual(['__proto__', 'constructor']);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  it('finds keys and values', () => {
    const document = parseYaml(bytes('a:\n  - b: 1\n    c:   2\n'), 'a.yml');
    expect(document.locate(['a', 0, 'c'])).toEqual({ line: 3, column: 10 });
    expect(document.locate(['a', 0, 'c'], 'key')).toEqual({ line: 3, column: 5 });
    expect(document.locate(['a', 0, 'missing', 3])).toEqual({ line: 2, column: 5 });
    expect(document.locate([])).toEqual({ line: 1, column: 1 });
  });

  it('reads what is written', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 }), { minKeys: 1 }), (value) => {
        const text = stringify(value);
        // biome-ignore lint/suspicious/noControlCharactersInRegex: those are refused
        fc.pre(!/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ud800-\udfff]/.test(text));
        expect(read(text)).toEqual(plain(value));
      }),
    );
  });
});

describe('nearest', () => {
  it.each([
    ['fail_on', 'fail-on'],
    ['Fail-On', 'fail-on'],
    ['failon', 'fail-on'],
    ['wran-on', 'warn-on'],
    ['constructor', undefined],
    ['', undefined],
    ['x'.repeat(100_000), undefined],
  ])('%s: %s', (word, expected) => {
    expect(nearest(word, ['fail-on', 'warn-on', 'rules'])).toBe(expected);
  });
});
