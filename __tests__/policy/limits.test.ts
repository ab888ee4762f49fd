/** What documents may have at most: refused is what has one more, and the message names the limit and what to do. */
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { GateError } from '../../src/errors.ts';
import { loadExceptions } from '../../src/modes/load.ts';
import { parsePolicy } from '../../src/policy/document.ts';
import { parseExceptions } from '../../src/policy/exceptions-document.ts';
import * as limits from '../../src/policy/limits.ts';
import { parseVex } from '../../src/policy/vex.ts';
import { bytes, gateError, rejection } from './errors.ts';

function expectLimit(error: GateError, message: RegExp): void {
  expect(error.code).toBe('input');
  expect(error.message).toMatch(message);
  expect(error.nextStep).toMatch(/^(Remove|Split|For example)/);
}

describe('docs/policy.md', () => {
  it('names each of the limits', () => {
    const text = readFileSync(join(import.meta.dirname, '../../docs/policy.md'), 'utf8');
    const [, table = ''] = /<!-- limits:start -->(.*?)<!-- limits:end -->/s.exec(text) ?? [];
    const numbers = new Set(table.match(/[\d,]+(?: [KM]iB)?/g));
    for (const [name, limit] of Object.entries(limits)) {
      const size =
        limit % 1_048_576 === 0
          ? `${limit / 1_048_576} MiB`
          : limit % 1_024 === 0 && limit > 100_000
            ? `${limit / 1_024} KiB`
            : limit.toLocaleString('en');
      expect(numbers, name).toContain(size);
    }
  });
});

const policy = (text: string) => parsePolicy(bytes(text), 'policy.yml');
const rules = (count: number, when: (index: number) => string) =>
  `version: 1\nrules:\n${Array.from({ length: count }, (_, at) => `  - {name: r${at}, action: block, when: {${when(at)}}}\n`).join('')}`;

describe('a policy', () => {
  it('has at most 100 rules', () => {
    expect(policy(rules(100, () => 'severity: low')).rules).toHaveLength(100);
    const error = gateError(() => policy(rules(101, () => 'severity: low')));
    expectLimit(error, /^policy\.yml:2:1: rules: expected at most 100 rules, got 101\.$/);
  });

  it('has at most 500 globs in all rules', () => {
    const globs = (count: number) => `[${Array.from({ length: count }, (_, at) => `p${at}`).join(', ')}]`;
    const text = (more: number) =>
      rules(20, (at) => `package: ${globs(10)}, platform: ${globs(15 + (at === 0 ? more : 0))}`);
    expect(policy(text(0)).rules).toHaveLength(20);
    expectLimit(
      gateError(() => policy(text(1))),
      /expected at most 500 globs in all rules, got 501/,
    );
  });

  it('has at most 20 different bounds of epss', () => {
    const text = (bounds: number) => rules(100, (at) => `epss: ">=0.${10 + (at % bounds)}"`);
    expect(policy(text(20)).rules).toHaveLength(100);
    expectLimit(
      gateError(() => policy(text(21))),
      /expected at most 20 different bounds of epss, got 21/,
    );
  });

  it('has texts of at most 2000 characters', () => {
    const text = (length: number) =>
      `version: 1\nrules: [{name: a, action: warn, reason: ${'x'.repeat(length)}, when: {severity: low}}]`;
    expect(policy(text(2_000)).rules).toHaveLength(1);
    expectLimit(
      gateError(() => policy(text(2_001))),
      /reason: expected text of at most 2000 characters, got text/,
    );
  });

  it('gives the same error for the same document', () => {
    const twice = policy(
      `version: 1\nrules: [{name: a, action: block, when: {severity: [${'low, '.repeat(1_000)}low], package: [${'a, '.repeat(1_000)}a]}}]\nexceptions-allowed: {required: [${'reason, '.repeat(1_000)}reason]}`,
    );
    expect(twice.rules[0]?.when).toMatchObject({ severity: ['LOW'], package: ['a'] });
    expect(twice.exceptionsAllowed.required).toEqual(['reason']);
  });

  it('has at most 256 KiB', () => {
    const text = (size: number) => `version: 1\n#${'x'.repeat(size - 12)}`;
    expect(policy(text(256 * 1024)).rules).toEqual([]);
    expectLimit(
      gateError(() => policy(text(256 * 1024 + 1))),
      /^policy\.yml: expected at most 256 KiB, got more\.$/,
    );
  });
});

describe('exceptions', () => {
  const file = (count: number) =>
    `version: 1\nexceptions:\n${'- {id: CVE-1, reason: x, expires: 2026-12-31}\n'.repeat(count)}`;

  it('have texts of at most 2000 characters', () => {
    const text = (length: number) =>
      bytes(`{version: 1, exceptions: [{id: CVE-1, reason: ${'x'.repeat(length)}, expires: 2026-12-31}]}`);
    expect(parseExceptions(text(2_000), 'e.yml')).toHaveLength(1);
    expectLimit(
      gateError(() => parseExceptions(text(2_001), 'e.yml')),
      /reason: expected text of at most 2000 characters/,
    );
  });

  it('are at most 5000, in at most 50 files', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'gate-limits-'));
    onTestFinished(() => rm(directory, { recursive: true, force: true }));
    const ports = { workspace: directory, github: undefined };
    const names = Array.from({ length: 51 }, (_, at) => `${at}.yml`);
    for (const name of names) await writeFile(join(directory, name), file(100));
    expect((await loadExceptions(names.slice(0, 50), ports)).exceptions).toHaveLength(5_000);
    expectLimit(
      await rejection(loadExceptions(names, ports)),
      /^Input exceptions: expected at most 50 files, got 51\.$/,
    );
    await writeFile(join(directory, '0.yml'), file(101));
    expectLimit(
      await rejection(loadExceptions(names.slice(0, 50), ports)),
      /^Input exceptions: expected at most 5000 exceptions in all files, got 5001\.$/,
    );
  });
});

describe('a VEX document', () => {
  const product = { '@id': 'pkg:oci/app' };
  const vex = (statements: readonly object[], more: object = {}) =>
    parseVex(
      bytes(
        JSON.stringify({
          '@context': 'https://openvex.dev/ns/v0.2.0',
          '@id': 'https://example.com/vex/1',
          author: 'Example Security',
          timestamp: '2026-01-01T00:00:00Z',
          version: 1,
          statements,
          ...more,
        }),
      ),
      'a.json',
    );
  const statement = (more: object = {}) => ({
    vulnerability: { name: 'CVE-1' },
    products: [product],
    status: 'fixed',
    ...more,
  });
  const many = (count: number, of: object) => Array.from({ length: count }, () => of);

  it.each<[string, number, (count: number) => unknown, RegExp]>([
    [
      'statements',
      50_000,
      (count) => vex(many(count, statement())),
      /statements: expected at most 50000 statements, got 50001/,
    ],
    [
      'aliases of a vulnerability',
      100,
      (count) =>
        vex([
          statement({
            vulnerability: { name: 'CVE-1', aliases: Array.from({ length: count }, (_, at) => `A-${at}`) },
          }),
        ]),
      /statements\[0\]\.vulnerability\.aliases: expected at most 100 aliases, got 101/,
    ],
    [
      'products of a statement',
      10_000,
      (count) => vex([statement({ products: many(count, product) })]),
      /statements\[0\]\.products: expected at most 10000 products and subcomponents in one statement, got 10001/,
    ],
    [
      'subcomponents of a statement',
      9_998,
      (count) =>
        vex([
          statement({
            products: [product, { ...product, subcomponents: many(count, { '@id': 'pkg:deb/debian/a' }) }],
          }),
        ]),
      /expected at most 10000 products and subcomponents in one statement, got 10001/,
    ],
    [
      'characters of an id',
      256,
      (count) => vex([statement({ vulnerability: { name: 'x'.repeat(count) } })]),
      /vulnerability\.name: expected text of at most 256 characters/,
    ],
    [
      'characters of a purl',
      2_048,
      (count) => vex([statement({ products: [{ '@id': `pkg:oci/${'x'.repeat(count - 8)}` }] })]),
      /products\[0\]\.@id: expected text of at most 2048 characters/,
    ],
    [
      'characters of an author',
      1_000,
      (count) => vex([], { author: 'x'.repeat(count) }),
      /author: expected text of at most 1000 characters/,
    ],
  ])('has at most so many %s: %i', (_, most, parse, message) => {
    parse(most);
    expectLimit(
      gateError(() => parse(most + 1)),
      message,
    );
  });

  it('names only the first mistake in a large document', () => {
    const wrong = { vulnerability: { name: 1 } };
    expect(gateError(() => vex(many(6_000, wrong))).message).toMatch(
      /statements\[0\].* \(also wrong: .*, \d+ others\)\.$/,
    );
    expect(gateError(() => vex(many(7_000, wrong))).message).not.toContain('also wrong');
  });

  it('keeps 2000 characters of a reason', () => {
    const [exception] = vex([statement({ status_notes: 'x'.repeat(10_000) })]).exceptions;
    expect(exception?.reason).toBe(`${'x'.repeat(1_999)}…`);
  });

  it.each([
    '2026-01-01T00:00:00.'.padEnd(64, '0'),
    `2026-01-01T00:00:00.${'0'.repeat(100_000)}Z`,
  ])('has times, which are short', (timestamp) => {
    expect(gateError(() => vex([], { timestamp })).message).toContain(
      'expected a time in the format of RFC 3339',
    );
  });
});
