import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse as parseYaml, stringify } from 'yaml';
import { GateError } from '../../src/errors.ts';
import { parsePolicy } from '../../src/policy/document.ts';
import { parseExceptions } from '../../src/policy/exceptions-document.ts';
import { parseVex } from '../../src/policy/vex.ts';
import { bytes } from './errors.ts';
import { FULL_EXCEPTIONS, FULL_POLICY, FULL_VEX } from './examples.ts';

const VEX = JSON.stringify(FULL_VEX, undefined, 1);

/** Fails if a parser throws anything but the documented error, or an error without its place. */
function survives(parse: (bytes: Uint8Array, file: string) => unknown, input: Uint8Array): void {
  try {
    parse(input, 'file');
  } catch (error) {
    expect(error).toBeInstanceOf(GateError);
    expect((error as GateError).code).toBe('input');
    expect((error as GateError).message).toMatch(/^file:( |\d+:\d+: )/);
    expect((error as GateError).message.length).toBeLessThan(2_000);
    const [, line] = /^file:(\d+):/.exec((error as GateError).message) ?? [];
    expect((error as GateError).location).toEqual(line && { file: 'file', line: Number(line) });
  }
}

const parsers = [
  ['parsePolicy', parsePolicy, FULL_POLICY],
  ['parseExceptions', parseExceptions, FULL_EXCEPTIONS],
  ['parseVex', parseVex, VEX],
] as const;

/** The pieces of which documents of these languages are made. */
const piece = fc.oneof(
  fc.constantFrom(
    ...[
      'version: 1',
      '\n',
      '  ',
      '- ',
      ': ',
      '{',
      '}',
      '[',
      ']',
      ',',
      '"',
      "'",
      '&a ',
      '*a',
      '!!str ',
      '!x ',
    ],
    ...[
      '|',
      '>',
      '>-\n',
      '---\n',
      '...\n',
      '%YAML 1.1\n',
      '#',
      '? ',
      '<<: ',
      '\t',
      '\r\n',
      '\ufeff',
      '~',
      '.inf',
    ],
    ...[
      'rules:',
      'when:',
      'exceptions:',
      'statements',
      '__proto__: ',
      'constructor',
      'score: >=7',
      '0x',
      '\\u0000',
    ],
  ),
  fc.string({ maxLength: 5, unit: 'binary' }),
);

const keys = fc.constantFrom(
  ...[
    'version',
    'rules',
    'when',
    'severity',
    'limits',
    'exceptions',
    'id',
    'statements',
    '@context',
    'products',
  ],
  ...['__proto__', 'constructor', 'toString', '', '<<', '0'],
);
const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { maxDepth: 5 },
    fc.constantFrom<unknown>(
      1,
      0,
      -1,
      1.5,
      true,
      null,
      '',
      ' ',
      ',',
      '*',
      'low',
      '>=7',
      '7d',
      '2026-12-31',
      'x',
    ),
    fc.string(),
    fc.array(tie('any'), { maxLength: 4 }),
    fc.dictionary(keys, tie('any'), { maxKeys: 5 }),
  ),
})).any;

describe.each(parsers)('%s', (_, parse, right) => {
  const runs = { numRuns: Number(process.env.PROPERTY_RUNS ?? 400) };

  it('survives any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (input) => survives(parse, input)),
      runs,
    );
  });

  it('survives any text made of the language', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (parts) => survives(parse, bytes(parts.join('')))),
      runs,
    );
  });

  it('survives any values', () => {
    fc.assert(
      fc.property(value, (given) => {
        survives(parse, bytes(JSON.stringify(given)));
        survives(parse, bytes(stringify(given)));
        if (typeof given === 'object' && given !== null && !Array.isArray(given)) {
          survives(parse, bytes(JSON.stringify({ ...given, version: 1 })));
        }
      }),
      runs,
    );
  });

  it('survives changes of a right document', () => {
    const change = fc.tuple(fc.nat(right.length), fc.nat(20), fc.oneof(piece, fc.constant('')));
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
        const text = changes.reduce(
          (written, [at, length, inserted]) => written.slice(0, at) + inserted + written.slice(at + length),
          right,
        );
        survives(parse, bytes(text));
      }),
      runs,
    );
  });

  it('survives any value in the place of any other', () => {
    const document: unknown = parse === parseVex ? FULL_VEX : parseYaml(right);
    const places = paths(document);
    fc.assert(
      fc.property(fc.constantFrom(...places), value, (path, given) => {
        survives(parse, bytes(JSON.stringify(replaced(document, path, given))));
      }),
      runs,
    );
  });
});

type Path = readonly (string | number)[];

function paths(value: unknown, at: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [at];
  const entries = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return [at, ...entries.flatMap(([key, child]) => paths(child, [...at, key]))];
}

function replaced(value: unknown, [key, ...rest]: Path, by: unknown): unknown {
  if (key === undefined) return by;
  if (Array.isArray(value))
    return value.map((item, index) => (index === key ? replaced(item, rest, by) : item));
  const object = value as Record<string, unknown>;
  return { ...object, [key]: replaced(object[key], rest, by) };
}
