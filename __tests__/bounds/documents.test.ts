/** Files of the workspace are read in linear time, whatever their content, up to the largest size that is allowed. */
import { describe, expect, it, vi } from 'vitest';
import { GateError } from '../../src/errors.ts';
import { parsePolicy } from '../../src/policy/document.ts';
import { parseExceptions } from '../../src/policy/exceptions-document.ts';
import { matchesAny, matchesGlob } from '../../src/policy/globs.ts';
import { parseJson } from '../../src/policy/json.ts';
import { InvalidPackageUrl, parsePurl } from '../../src/policy/purl.ts';
import { combineVex, parseVex } from '../../src/policy/vex.ts';
import { baseImageLine, dockerfileLine, lineOfPackage } from '../../src/report/findings/dockerfile.ts';
import { createPackage } from '../report/fixtures.ts';
import { expectLinear, expectWithin } from './cpu.ts';

vi.setConfig({ testTimeout: 300_000 });

/** Reads, or refuses in the documented way. */
function tried(work: () => unknown): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof GateError || error instanceof InvalidPackageUrl)) throw error;
  }
}

const KIB = 1024;
const MIB = 1024 * KIB;

/** A text of about a size: a piece over and over, a number in place of `#` where it has one. */
function repeated(piece: string, size: number, before = '', after = ''): string {
  const count = Math.max(1, Math.floor((size - before.length - after.length - 16) / (piece.length + 3)));
  const body = piece.includes('§')
    ? Array.from({ length: count }, (_, at) => piece.replaceAll('§', `${at}`)).join('')
    : piece.repeat(Math.floor((size - before.length - after.length) / piece.length));
  return before + body + after;
}

describe('YAML', () => {
  it.each<[string, (size: number) => string]>([
    ['a long line', (size) => repeated('a', size, 'version: 1\nx: >\n')],
    ['a long line of spaces', (size) => repeated(' ', size, 'version: "', '"')],
    ['words and spaces in quotes', (size) => repeated('a  ', size, "version: '", "\n b'")],
    ['a long plain text', (size) => repeated('a ', size, 'version: ')],
    ['a long key', (size) => repeated('a', size, '', ': 1')],
    ['a long tag', (size) => repeated('a', size, 'version: !<', '> a')],
    ['a long alias', (size) => repeated('a', size, 'version: *')],
    ['a comment', (size) => repeated(' #', size, 'version: 1 ')],
    ['many comments', (size) => repeated('# a\n', size, 'version: 1\n')],
    ['many anchors', (size) => repeated('k§: &a§ 1\n', size)],
    ['many aliases', (size) => repeated('- *a\n', size, '- &a 1\n')],
    ['many keys', (size) => repeated('k§: 1\n', size)],
    ['many keys in braces', (size) => repeated('k§: 1, ', size, '{', '}')],
    ['a key over and over', (size) => repeated('a: 1\n', size)],
    ['many items', (size) => repeated('-\n', size)],
    ['commas', (size) => repeated(',', size, 'version: [', ']')],
    ['quotation marks', (size) => repeated('"', size, 'version: {', '}')],
    ['many documents', (size) => repeated('---\n', size)],
    ['many directives', (size) => repeated('%A b\n', size, '', '---\n')],
    ['deep lists', (size) => repeated('[', size)],
    ['deep mappings', (size) => repeated('{a: ', size)],
    ['deep items', (size) => repeated('- ', size, '', 'a')],
    ['deep keys', (size) => repeated('? ', size, '', 'a')],
    ['lines of a text', (size) => repeated('  a\n', size, 'version: |\n')],
    ['empty lines in quotes', (size) => repeated(' \n', size, 'version: "a\n', '"')],
    ['escapes', (size) => repeated('\\n', size, 'version: "', '"')],
    ['blocks that are none', (size) => repeated('|\n', size, 'version: >\n  ')],
    ['tabs', (size) => repeated('\t', size, 'version: a', '#')],
    ['carriage returns', (size) => repeated('\r\n', size, 'version: 1')],
  ])('of %s', (_, make) => {
    expectLinear(
      256 * KIB,
      (size) => Buffer.from(make(size)),
      (bytes) => tried(() => parsePolicy(bytes, 'a.yml')),
    );
  });

  it.each<[string, (size: number) => string]>([
    ['rules that are none', (size) => repeated('- a\n', size, 'version: 1\nrules:\n')],
    ['rules of which all is wrong', (size) => repeated('- {b§: 1, c: 2}\n', size, 'version: 1\nrules:\n')],
    [
      'rules with wrong conditions',
      (size) => repeated('- {name: §, action: x, when: {score: a, epss: b}}\n', size, 'version: 1\nrules:\n'),
    ],
    [
      'rules of one name',
      (size) =>
        repeated(
          '- {name: a, action: warn, when: {severity: low}}\n',
          Math.min(size, 8_000),
          'version: 1\nrules:\n',
        ),
    ],
    [
      'invalid globs',
      (size) =>
        repeated('"!a", ', size, 'version: 1\nrules: [{name: a, action: warn, when: {package: [', ']}}]'),
    ],
    [
      'a glob that is too long',
      (size) =>
        repeated('{a,b}', size, 'version: 1\nrules: [{name: a, action: warn, when: {package: "', '"}}]'),
    ],
    [
      'an invalid bound',
      (size) =>
        repeated('9', size, 'version: 1\nrules: [{name: a, action: warn, when: {score: ">=1.', '"}}]'),
    ],
    [
      'severities',
      (size) =>
        repeated('low, ', size, 'version: 1\nrules: [{name: a, action: warn, when: {severity: [', ']}}]'),
    ],
    ['a blank name', (size) => repeated(' ', size, 'version: 1\nrules: [{name: "', '"}]')],
  ])('of a policy with %s', (_, make) => {
    expectLinear(
      256 * KIB,
      (size) => Buffer.from(make(size)),
      (bytes) => tried(() => parsePolicy(bytes, 'a.yml')),
    );
  });

  it.each<[string, (size: number) => string]>([
    [
      'many',
      (size) =>
        repeated('- {id: CVE-§, reason: x, expires: 2026-12-31}\n', size, 'version: 1\nexceptions:\n'),
    ],
    [
      'many in one line',
      (size) =>
        repeated('{id: CVE-§, reason: x, expires: 2026-12-31}, ', size, 'version: 1\nexceptions: [', ']'),
    ],
    [
      'invalid ones',
      (size) => repeated('- {id: "CVE-*", reason: " ", expires: never}\n', size, 'version: 1\nexceptions:\n'),
    ],
    ['wrong ones in one line', (size) => repeated('{id: "*"}, ', size, 'version: 1\nexceptions: [', ']')],
    [
      'an invalid day',
      (size) =>
        repeated('- {id: CVE-1, reason: x, expires: 2026-02-31}\n', size, 'version: 1\nexceptions:\n'),
    ],
    ['a long id', (size) => repeated('a', size, 'version: 1\nexceptions: [{id: "', '*"}]')],
    ['an id of spaces', (size) => repeated(' ', size, 'version: 1\nexceptions: [{id: "', '*"}]')],
  ])('of an exceptions file: %s', (_, make) => {
    expectLinear(
      256 * KIB,
      (size) => Buffer.from(make(size)),
      (bytes) => tried(() => parseExceptions(bytes, 'a.yml')),
    );
  });
});

const HEAD =
  '{"@context":"https://openvex.dev/ns/v0.2.0","@id":"https://example.com/1","author":"E","timestamp":"2026-01-01T00:00:00Z","version":1,"statements":[';
const vexOf = (statement: string) => (size: number) =>
  `${repeated(`${statement},`, size, HEAD).slice(0, -1)}]}`;
const STATEMENT = (products: string, name = '"CVE-§"') =>
  `{"vulnerability":{"name":${name}},"products":[${products}],"status":"fixed"}`;

describe('JSON', () => {
  it.each<[string, (size: number) => string]>([
    ['spaces', (size) => repeated(' ', size, '[', ']')],
    ['newlines before a mistake', (size) => repeated('\n', size, '[', 'x')],
    ['a text', (size) => repeated('a', size, '["', '"]')],
    ['escapes', (size) => repeated('\\n', size, '["', '"]')],
    ['a text without an end', (size) => repeated('\\"', size, '["')],
    ['texts without an end', (size) => repeated('"a', size, '[')],
    ['a number', (size) => repeated('1', size, '[', ']')],
    ['numbers', (size) => repeated('1,', size / 8, '[', '1]')],
    ['empty objects', (size) => repeated('{},', size / 8, '[', '{}]')],
    ['keys', (size) => repeated('"k§":1,', size / 2, '{', '"k":1}')],
    ['a key over and over', (size) => repeated('"k":1,', size, '{', '"k":1}')],
    ['lists in lists', (size) => repeated('[', size)],
  ])('of %s', (_, make) => {
    expectLinear(
      8 * MIB,
      (size) => Buffer.from(make(size)),
      (bytes) => tried(() => parseJson(bytes, 'a.json')),
    );
  });

  it.each<[string, (size: number) => string, number?]>([
    ['many statements', vexOf(STATEMENT('{"@id":"pkg:oci/app"}')), 4 * MIB],
    ['statements that are none', vexOf('1'), 64 * KIB],
    ['statements of which all is wrong', vexOf('{"a§":1,"products":[{"@id":1}],"status":"x"}'), 512 * KIB],
    ['many more statements of which all is wrong', vexOf('{"a§":1,"products":[{"@id":1}],"status":"x"}')],
    [
      'slashes in a URL',
      (size) =>
        repeated(
          STATEMENT(`{"@id":"pkg:oci/app?repository_url=a${'/'.repeat(1_900)}b"},`.repeat(4).slice(0, -1)),
          size,
          HEAD,
          ']}',
        ).replaceAll('}{"v', '},{"v'),
    ],
    [
      'one long URL',
      (size) => `${HEAD + STATEMENT(`{"@id":"pkg:oci/app?repository_url=a${'/'.repeat(size)}b"}`)}]}`,
    ],
    [
      'one time',
      (size) =>
        HEAD +
        STATEMENT('{"@id":"pkg:oci/app"}').replace(
          '"status"',
          `"timestamp":"2026-01-01T00:00:00.${'0'.repeat(size)}","status"`,
        ) +
        ']}',
    ],
    ['a blank text', (size) => `${HEAD + STATEMENT('{"@id":"pkg:oci/app"}', `"${' '.repeat(size)}"`)}]}`],
    [
      'many products',
      (size) =>
        HEAD +
        STATEMENT(repeated('{"@id":"pkg:oci/app?tag=§"},', Math.min(size, 300_000)).slice(0, -1)) +
        ']}',
      300_000,
    ],
    [
      'too many products',
      (size) => `${HEAD + STATEMENT(repeated('{"@id":"pkg:oci/app?tag=§"},', size).slice(0, -1))}]}`,
    ],
    [
      'too many aliases',
      (size) =>
        HEAD +
        STATEMENT('{"@id":"pkg:oci/app"}').replace(
          '"CVE-§"',
          `"CVE-1","aliases":[${repeated('"a§",', size).slice(0, -1)}]`,
        ) +
        ']}',
    ],
  ])('of a VEX document: %s', (_, make, largest = 4 * MIB) => {
    expectLinear(
      largest,
      (size) => Buffer.from(make(size)),
      (bytes) => tried(() => combineVex([parseVex(bytes, 'a.json')])),
    );
  });

  it('of a VEX document of 16 MiB is read in seconds', () => {
    const bytes = Buffer.from(
      vexOf(
        STATEMENT(
          `{"@id":"pkg:oci/app","subcomponents":[{"@id":"pkg:deb/debian/a§@1.0?x=${'y'.repeat(250)}"}]}`,
        ),
      )(15.7 * MIB),
    );
    expect(bytes.length).toBeGreaterThan(15.5 * MIB);
    let statements = 0;
    expectWithin(8_000, () => {
      statements = combineVex([parseVex(bytes, 'a.json')]).length;
    });
    expect(statements).toBeGreaterThan(30_000);
  });
});

describe('a package URL', () => {
  it.each<[string, (size: number) => string]>([
    ['slashes', (size) => repeated('/', size, 'pkg:', 'oci/app')],
    ['segments', (size) => repeated('a/', size, 'pkg:oci/', 'app')],
    ['qualifiers', (size) => repeated('k§=v&', size, 'pkg:oci/app?')],
    ['a qualifier over and over', (size) => repeated('k=v&', size, 'pkg:oci/app?')],
    ['escapes', (size) => repeated('%2F', size, 'pkg:oci/')],
    ['broken escapes', (size) => repeated('%', size, 'pkg:oci/')],
    ['marks', (size) => repeated('@', size, 'pkg:oci/a')],
    ['hashes', (size) => repeated('#', size, 'pkg:oci/a')],
    ['a long type', (size) => repeated('a', size, 'pkg:', '!/a')],
  ])('of %s', (_, make) => {
    expectLinear(MIB, make, (text) => tried(() => parsePurl(text)));
  });
});

describe('globs', () => {
  it.each([
    '*',
    '**',
    '?',
    '*a',
    '**/',
    '{a,b}',
    '*{a,*}',
    '[a-z]*',
    '*?',
    'a',
  ])('of many %s on a long name', (piece) => {
    const glob = `${piece.repeat(Math.floor(256 / piece.length))}!`;
    expectLinear(
      64 * KIB,
      (size) => 'ab/'.repeat(size / 3),
      (text) => matchesGlob(glob, text),
    );
  });

  it.each(['lib§*', '*lib§', '**/lib§', '[a-l]ib§?', '{lib§,bil§}'])('of many %s on many names', (piece) => {
    const globs = Array.from({ length: 500 }, (_, at) => piece.replaceAll('§', `${at}`));
    expectLinear(
      20_000,
      (size) => Array.from({ length: size }, (_, at) => `libx${at}`),
      (names) => names.filter((name) => matchesAny(globs, name)),
    );
  });

  it('take the same time if all names are different', () => {
    const globs = Array.from({ length: 500 }, (_, at) => `*${at}*`);
    const names = (size: number) =>
      Array.from({ length: size / 100 }, (_, at) =>
        String.fromCodePoint(
          ...Array.from({ length: 100 }, (__, index) => 0x20000 + ((at * 100 + index) % 40_000)),
        ),
      );
    // A new list each time, so that no result is cached.
    expectLinear(40_000, names, (all) => {
      const list = [...globs];
      return all.filter((name) => matchesAny(list, name));
    });
  });
});

describe('a Dockerfile', () => {
  it.each<[string, (size: number) => string]>([
    ['here-documents without an end', (size) => repeated('RUN <<A§\n', size, 'FROM a\n')],
    ['here-documents', (size) => repeated('RUN <<A§\nmake\nA§\n', size, 'FROM a\n')],
    ['here-documents of one name', (size) => repeated('RUN <<A\nA\n', size, 'FROM a\n')],
    ['here-documents with tabs', (size) => repeated('RUN <<-A§\n\t\tA§\n', size, 'FROM a\n')],
    ['many of them in one line', (size) => repeated(' <<A§', size, 'FROM a\nRUN')],
    ['quotation marks of them', (size) => repeated('<<"a', size, 'FROM a\nRUN ')],
    [
      'stages that are each built on the previous one',
      (size) =>
        repeated('FROM s§ AS S§\n', size).replace(
          /FROM s(\d+)/g,
          (_, at: string) => `FROM s${Number(at) - 1}`,
        ),
    ],
    ['stages of one name', (size) => repeated('FROM s AS s\n', size)],
    ['one instruction over and over', (size) => repeated('RUN make\n', size, 'FROM a\n')],
    ['lines that go on', (size) => repeated('RUN a \\\n', size, 'FROM a\n')],
    ['a long line', (size) => repeated('a ', size, 'FROM a\nRUN ')],
    ['flags', (size) => repeated('--a=b ', size, 'FROM a\nRUN ')],
    ['flags that are none', (size) => repeated('--a', size, 'FROM a\nRUN ')],
    ['an array', (size) => repeated('"a",', size, 'FROM a\nRUN [', '"a"]')],
    ['brackets', (size) => repeated(']', size, 'FROM a\nRUN [', 'x')],
    ['spaces', (size) => repeated(' ', size, 'FROM a\nRUN', 'x')],
    ['comments', (size) => repeated('# a=b\n', size)],
    ['empty lines', (size) => repeated(' \n', size)],
  ])('of %s', (_, make) => {
    expectLinear(MIB, make, (text) => {
      dockerfileLine(text, 'RUN make');
      dockerfileLine(text, 'RUN ma…');
      baseImageLine(text);
    });
  });

  it('is read once, however many findings point at it', () => {
    const text = repeated('RUN install §\n', MIB, 'FROM a\n');
    const dockerfile = { path: 'Dockerfile', text };
    expectLinear(
      20_000,
      (size) => Array.from({ length: size }, (_, at) => createPackage({ instruction: `RUN install ${at}` })),
      (packages) => {
        for (const found of packages) lineOfPackage(dockerfile, found);
      },
    );
  });
});
