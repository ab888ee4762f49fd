/**
 * No regular expression of the sources takes more than linear time on any text: each is tried on repetitions of its own
 * parts, which detects expressions that backtrack. Those that are not linear are listed
 * here, with the length of the longest text that they are ever given.
 */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { parseAst } from 'vitest/node';
import { leastUntil } from './cpu.ts';

vi.setConfig({ testTimeout: 300_000 });

const root = join(import.meta.dirname, '..', '..');

interface Found {
  readonly file: string;
  readonly line: number;
  readonly pattern: string;
  readonly flags: string;
}

/** Texts that an expression which is not linear is given. */
interface Bound {
  /** How long they are at most, in characters. */
  readonly length: number;
  /** The reason for this limit. */
  readonly by: string;
  /** Whether the expression receives such a text. */
  readonly takes?: (text: string) => boolean;
}

const compiles = (text: string) => {
  try {
    return new RegExp(text, 'u') instanceof RegExp;
  } catch {
    return false;
  }
};

const BOUNDS: Readonly<Record<string, Bound>> = {
  'src/policy/globs.ts (?<=^|\\/)\\*\\*\\/|\\*+|\\?|\\[([^\\]]+)\\]|\\{([^{}]+)\\}|.': {
    length: 256,
    by: 'the schema of a glob',
  },
  'src/policy/globs.ts (.)-(.)|.': { length: 256, by: 'the schema of a glob' },
  'src/policy/yaml.ts ([a-z-]+):\\s*(>=?\\s*\\d[\\d.]*)': { length: 200, by: 'LONGEST_HINT' },
  'src/report/kit/blocks.ts ^(.*[:(] ?)(aws [a-z0-9]+ [a-z-]+[^()]*?)([).]*)$': {
    length: 4_000,
    by: 'MAX_MESSAGE',
  },
  [`src/signing/identity-pattern.ts ${String.raw`(?<class>\[(?:\\.|[^\]\\])*\])|(?<escape>\\(?:x(?<hex>[\da-f]{2})|p\{[^}]*\}|.))|(?<other>[\^$.|()])|(?<quantifier>[*+?]|\{[^}]*\})|(?<plain>.)`}`]:
    { length: 8_192, by: 'that only what compiles is read', takes: compiles },
  'src/signing/cosign/failures.ts KMS: (?:GetPublicKey|DescribeKey),.*AccessDenied': {
    length: 8_000,
    by: 'MOST_LINE_CHARACTERS',
  },
  'src/signing/cosign/failures.ts KMS: (\\w+),.*AccessDenied': { length: 8_000, by: 'MOST_LINE_CHARACTERS' },
  ...Object.fromEntries(
    ['[?#].*$', '@.*$', ':[^/]*$', String.raw`\/+$`].map((pattern) => [
      `src/signing/statements/repository-name.ts ${pattern}`,
      { length: 1_000, by: 'MOST_RESOURCE_CHARACTERS' },
    ]),
  ),
  'src/signing/cosign/failures.ts NotFoundException|Alias .* is not found': {
    length: 8_000,
    by: 'MOST_LINE_CHARACTERS',
  },
};

/** Expressions that are not literals. They are tested in the test of their file. */
const MADE: Readonly<Record<string, number>> = {
  // For instructions of at most 5,000 characters.
  'src/image/layers.ts': 1,
  // From a literal of the same file, for globs of at most 256 characters.
  'src/policy/fields.ts': 2,
  // From a literal of the same file.
  'src/report/kit/escape.ts': 1,
  // Alternatives of plain words, for lines of at most 8,000 characters.
  'src/signing/cosign/failures.ts': 1,
  // Compiled to see whether they are expressions, and for one character.
  'src/signing/identity-pattern.ts': 2,
};

type Node = Readonly<Record<string, unknown>> & { readonly type?: string };

function expressionsIn(file: string): { readonly literals: Found[]; readonly made: number } {
  const text = readFileSync(join(root, file), 'utf8');
  const literals: Found[] = [];
  let made = 0;
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    const { type, regex, callee, start } = node as Node & {
      readonly regex?: { readonly pattern: string; readonly flags: string };
      readonly callee?: { readonly name?: string };
      readonly start?: number;
    };
    if (type === 'Literal' && regex) {
      literals.push({ file, line: text.slice(0, start).split('\n').length, ...regex });
    }
    if ((type === 'NewExpression' || type === 'CallExpression') && callee?.name === 'RegExp') made += 1;
    for (const child of Object.values(node)) visit(child);
  };
  visit(parseAst(text, { lang: 'ts' }));
  return { literals, made };
}

/** The parts of an expression, and common texts. */
function piecesOf(pattern: string): string[] {
  const own = pattern.match(/[^\\^$.*+?()[\]{}|]{1,12}/g) ?? [];
  const characters = own.flatMap((piece) => [...piece]);
  return [...new Set([...own, ...characters, ...'aA0 \n/.-_"\\([{:@=#<', '##[', '\u00e9', '\ud800'])];
}

/** Texts of any length on which an expression that backtracks would do so repeatedly. */
function* attacks(pattern: string): Generator<(length: number) => string> {
  const pieces = piecesOf(pattern);
  const many = (piece: string, length: number) =>
    piece.repeat(Math.max(1, Math.floor(length / piece.length)));
  for (const piece of pieces) {
    for (const before of ['', ...pieces.slice(0, 8)]) {
      for (const after of ['', '\u0000', `${piece}\n!`])
        yield (length) => before + many(piece, length) + after;
    }
    for (const other of pieces) {
      if (other === piece) continue;
      yield (length) => `${many(piece + other, length)}\u0000`;
      yield (length) => `${many(piece, length / 2)}${many(other, length / 2)}\u0000`;
    }
  }
}

/** The CPU time that an expression takes on a text, in milliseconds: the least of several runs, until one is within a limit. */
function timeOf(expression: RegExp, text: string, limitMs: number): number {
  const work = () => {
    expression.lastIndex = 0;
    // Finds all matches, without an object for each.
    if (expression.global) text.replace(expression, '');
    else expression.test(text);
  };
  // CPU time is never longer than the time by the clock, which takes less to read.
  const began = performance.now();
  work();
  const elapsed = performance.now() - began;
  return elapsed <= limitMs ? elapsed : leastUntil(limitMs, work);
}

// One that takes exponential time shows that on the first of these, and would never end on the last.
const SHORT = [24, 512];
const LONG = 8_192;
const SHORT_MS = 20;
/** A longer time is measured again, on a text that is four times as long. */
const SUSPECT_MS = 2;
const TIMES = 4;
const TOLERANCE = 2;
/** A linear expression never takes this long on the long text. */
const SLOW_MS = 25;
/** What a text that is never longer may take. */
const BOUNDED_MS = 100;

/** A text on which the expression takes more than linear time; undefined if there is none. */
function slowOn({ pattern, flags }: Pick<Found, 'pattern' | 'flags'>, bound?: Bound): string | undefined {
  const expression = new RegExp(pattern, flags);
  const takes = bound?.takes ?? (() => true);
  for (const attack of attacks(pattern)) {
    const slow = [...SHORT, bound?.length ?? LONG].find((length) => {
      const text = attack(length);
      if (!takes(text)) return false;
      const most = bound !== undefined ? BOUNDED_MS : length === LONG ? SUSPECT_MS : SHORT_MS;
      const time = timeOf(expression, text, most);
      if (time <= most) return false;
      if (length !== LONG || time > SLOW_MS) return true;
      const limit = time * TIMES * TOLERANCE;
      return timeOf(expression, attack(TIMES * length), limit) > limit;
    });
    if (slow !== undefined) return `${slow} characters: ${JSON.stringify(attack(40))}`;
  }
  return undefined;
}

const files = globSync('src/**/*.ts', { cwd: root })
  .map((file) => file.replaceAll('\\', '/'))
  .sort();
const found = files.flatMap((file) => expressionsIn(file).literals);

it('finds the regular expressions', () => {
  expect(found.length).toBeGreaterThan(150);
});

it('detects expressions that are not linear', () => {
  const slow = [/\/+$/, /(a+)+b/, /\.?\s*$/g, /^(\w+\s?)*$/];
  for (const { source: pattern, flags } of slow) expect(slowOn({ pattern, flags }), pattern).toBeDefined();
});

/** What was found for an expression; many are in several files. */
const results = new Map<string, string | undefined>();

it.each(
  found.map((one) => [`${one.file}:${one.line} /${one.pattern}/${one.flags}`, one] as const),
)('%s', (_, one) => {
  const bound = BOUNDS[`${one.file} ${one.pattern}`];
  const key = JSON.stringify([one.pattern, one.flags, bound?.length, bound?.by]);
  if (!results.has(key)) results.set(key, slowOn(one, bound));
  expect(results.get(key)).toBeUndefined();
});

it('lists no expression that does not exist', () => {
  const there = new Set(found.map(({ file, pattern }) => `${file} ${pattern}`));
  expect(Object.keys(BOUNDS).filter((key) => !there.has(key))).toEqual([]);
});

it('lists the expressions that are not literals', () => {
  const made = files
    .map((file): [string, number] => [file, expressionsIn(file).made])
    .filter(([, count]) => count > 0);
  expect(Object.fromEntries(made)).toEqual(MADE);
});
