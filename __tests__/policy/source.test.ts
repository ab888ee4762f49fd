import { describe, expect, it } from 'vitest';
import {
  decode,
  describe as describeValue,
  formatPath,
  positionOf,
  problem,
  quote,
} from '../../src/policy/source.ts';
import { nearest } from '../../src/text.ts';
import { bytes, gateError } from './errors.ts';

describe('the description of a value in a message', () => {
  it.each([
    [null, 'nothing'],
    [undefined, 'nothing'],
    [[], 'an empty list'],
    [[1], 'a list'],
    [{}, 'an empty mapping'],
    [{ a: 1 }, 'a mapping'],
    ['text "quoted"', '"text \\"quoted\\""'],
    [7, '7'],
    [Number.POSITIVE_INFINITY, 'Infinity'],
    [true, 'true'],
  ])('%j: %s', (value, words) => {
    expect(describeValue(value)).toBe(words);
  });

  it('cuts long values, and marks them', () => {
    expect(quote('x'.repeat(60))).toBe(`"${'x'.repeat(60)}"`);
    expect(quote('x'.repeat(61))).toBe(`"${'x'.repeat(60)}…"`);
  });

  it.each([
    [[], ''],
    [['rules', 2, 'when', 'fix-available'], 'rules[2].when.fix-available'],
    [['@id'], '@id'],
    [['a b', 'c.d', ''], '"a b"."c.d".""'],
    [[0, 'a'], '[0].a'],
    [['x\n'], '"x\\n"'],
  ])('names the path %j as %s', (path, text) => {
    expect(formatPath(path)).toBe(text);
  });
});

describe('an error in a document', () => {
  it('names file, line, column, path, and the expected value', () => {
    const error = problem('a.yml', { line: 3, column: 5 }, ['a', 0], 'is wrong', 'Do this.');
    expect(error).toMatchObject({
      code: 'input',
      message: 'a.yml:3:5: a[0]: is wrong.',
      nextStep: 'Do this.',
    });
    expect(problem('a.yml', { line: 1, column: 1 }, [], 'is wrong').message).toBe('a.yml:1:1: is wrong.');
  });

  it.each([
    ['', 0, 1, 1],
    ['ab', 1, 1, 2],
    ['a\nbc\nd', 2, 2, 1],
    ['a\nbc\nd', 3, 2, 2],
    ['a\nbc\nd', 4, 2, 3],
    ['a\nbc\nd', 5, 3, 1],
    ['a\n', 2, 2, 1],
  ])('of %j, offset %i is in line %i, column %i', (text, offset, line, column) => {
    expect(positionOf(text, offset)).toEqual({ line, column });
  });
});

describe('decode', () => {
  it('takes text up to a size, of any characters that texts have', () => {
    expect(decode(bytes('a\tb\r\nc ü €\u0080'), 'a.yml', 64)).toBe('a\tb\r\nc ü €\u0080');
    expect(decode(bytes('x'.repeat(1024)), 'a.yml', 1024)).toHaveLength(1024);
    const error = gateError(() => decode(bytes('x'.repeat(1025)), 'a.yml', 1024));
    expect(error).toMatchObject({ code: 'input', message: 'a.yml: expected at most 1 KiB, got more.' });
  });

  it.each([
    '\u0000',
    '\u0008',
    '\u000b',
    '\u000c',
    '\u000e',
    '\u001f',
    '\u007f',
  ])('refuses %j', (character) => {
    const error = gateError(() => decode(bytes(`a\nb${character}`), 'a.yml', 64));
    expect(error.message).toBe('a.yml:2:2: the file has a control character.');
  });

  it('refuses text that is not UTF-8', () => {
    const error = gateError(() => decode(new Uint8Array([0xc3, 0x28]), 'a.yml', 64));
    expect(error).toMatchObject({
      code: 'input',
      message: 'a.yml: the file is not UTF-8 text.',
      nextStep: 'Save a.yml as UTF-8.',
    });
    expect(error.cause).toBeInstanceOf(TypeError);
  });
});

describe('nearest', () => {
  const KNOWN = ['fail-on', 'warn-on', 'rules', 'id'];
  it.each([
    ['fail-on', 'fail-on'],
    ['FAIL_ON', 'fail-on'],
    ['fail on', 'fail-on'],
    ['fial-on', 'fail-on'],
    ['fail-onn', 'fail-on'],
    ['fai-on', 'fail-on'],
    ['fxxl-on', 'fail-on'],
    ['fxxx-on', undefined],
    ['rule', 'rules'],
    ['rlues', 'rules'],
    ['rlue', undefined],
    ['di', 'id'],
    ['ix', 'id'],
    ['xy', undefined],
    ['', undefined],
    ['something-else', undefined],
  ])('%s: %s', (word, expected) => {
    expect(nearest(word, KNOWN)).toBe(expected);
  });

  it('has no words without a path', () => {
    expect(nearest('a', [])).toBeUndefined();
  });
});
