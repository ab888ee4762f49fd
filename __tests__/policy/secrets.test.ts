/** What was read by mistake: no message repeats a file that is no policy, no exceptions file and no OpenVEX document. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { parsePolicy } from '../../src/policy/document.ts';
import { parseExceptions } from '../../src/policy/exceptions-document.ts';
import { parseVex } from '../../src/policy/vex.ts';
import { bytes, gateError } from './errors.ts';
import { FULL_EXCEPTIONS, FULL_VEX } from './examples.ts';

const SECRET = 'hunter2Zq9';

const READERS = { parsePolicy, parseExceptions, parseVex } as const;

/** Everything that is printed of an error, with step debugging on too. */
function printed(read: (content: Uint8Array, file: string) => unknown, text: string): string {
  const error = gateError(() => read(bytes(text), 'file'));
  const causes = [];
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) causes.push(cause.stack);
  return [error.message, error.nextStep, ...causes].join('\n');
}

describe('a file of secrets', () => {
  it.each([
    ['a token', SECRET],
    ['a number', '8675309'],
    ['an environment file', `AWS_SECRET_ACCESS_KEY=${SECRET}\nPATH=/${SECRET}\n`],
    ['an environment of a process', `A=${SECRET}\0B=${SECRET}\0`],
    ['YAML', `password: ${SECRET}\nuser: ${SECRET}\n`],
    ['YAML with a secret as key', `version: 1\n${SECRET}: 1\n`],
    ['YAML with secrets below keys of ours', `version: 1\nrules: { ${SECRET}: ${SECRET} }\n`],
    ['YAML with a secret for a mapping', `version: 1\nlimits: ${SECRET}\n`],
    ['YAML with a secret for a list', `version: 1\nrules: ${SECRET}\nexceptions: ${SECRET}\n`],
    ['YAML with a secret in a list', `version: 1\nrules: [${SECRET}]\nexceptions: [${SECRET}]\n`],
    ['YAML with a key twice', `${SECRET}: 1\n${SECRET}: 2\n`],
    ['YAML with a key twice below', `a:\n  - ${SECRET}:\n      b: 1\n      b: 2\n`],
    ['YAML with a tag', `a: !${SECRET} 1\n`],
    ['YAML with a resolved tag', `${SECRET}: !!str ${SECRET}\n`],
    ['YAML with a tag on a key', `!!str ${SECRET}: 1\n`],
    ['YAML with an alias', `a: *${SECRET}\n`],
    ['YAML with an alias of an anchor', `${SECRET}: &${SECRET} 1\nb: *${SECRET}\n`],
    ['YAML with a directive', `%${SECRET}\n---\na: 1\n`],
    ['YAML with a version', `%YAML ${SECRET}\n---\na: 1\n`],
    ['YAML with a quote that is open', `a: "${SECRET}\n`],
    ['YAML with a bracket that is open', `a: [${SECRET}\n`],
    ['YAML with an escape that is none', `a: "\\${SECRET}"\n`],
    ['YAML with a block header that is none', `a: |${SECRET}\n  b\n`],
    ['YAML with a bound that is none', 'hunterword: >=7.0\n'],
    ['YAML with nested mappings', `a: ${SECRET}: ${SECRET}\n`],
    ['YAML with text after a value', `a: "b" ${SECRET}\n`],
    ['YAML with two documents', `a: 1\n---\n${SECRET}: 1\n`],
    ['YAML that begins with a character of YAML', `@${SECRET}\n`],
    ['YAML with an empty key', `? [${SECRET}]\n: 1\n`],
    ['JSON', JSON.stringify({ password: SECRET })],
    ['JSON with a key twice', `{"${SECRET}": 1, "${SECRET}": 2}`],
    ['JSON with a key twice below', `{"${SECRET}": {"a": 1, "a": 2}}`],
    ['JSON that ends early', `{"a": "${SECRET}`],
    ['JSON with a bad value', `{"a": ${SECRET}}`],
    ['JSON of a text', `"${SECRET}"`],
    ['JSON with a secret as key beside keys of ours', JSON.stringify({ ...FULL_VEX, [SECRET]: 1 })],
    ['JSON with a secret for a list', JSON.stringify({ ...FULL_VEX, statements: SECRET })],
    ['JSON with a secret for a mapping', JSON.stringify({ ...FULL_VEX, statements: [SECRET] })],
    ['a private key', `-----BEGIN PRIVATE KEY-----\n${SECRET}\n-----END PRIVATE KEY-----\n`],
    ['a git configuration', `[http]\n\textraheader = AUTHORIZATION: basic ${SECRET}\n`],
    ['credentials of AWS', `[default]\naws_secret_access_key = ${SECRET}\n`],
    ['a netrc', `machine github.com login x password ${SECRET}\n`],
    ['an HTTP header', `Authorization: Bearer ${SECRET}\n`],
    ['TOML', `[a]\ntoken = "${SECRET}"\n`],
    ['XML', `<a token="${SECRET}">${SECRET}</a>`],
    ['a shell script', `#!/bin/sh\nexport TOKEN="${SECRET}"\n`],
  ])('is not repeated: %s', (_, text) => {
    for (const [name, read] of Object.entries(READERS)) {
      const said = printed(read, text);
      expect(said, name).not.toContain(SECRET);
      expect(said, name).not.toMatch(/867530|hunterword/);
      expect(said, name).toMatch(/^file(:\d+:\d+)?: /);
    }
  });

  it('is not repeated, whatever its structure', () => {
    const word = fc.constantFrom(SECRET, `${SECRET}-more`, `x.${SECRET}`);
    const key = fc.oneof(word, fc.constantFrom('rules', 'statements', 'exceptions', 'when', 'a'));
    const { node } = fc.letrec((tie) => ({
      node: fc.oneof(
        { depthSize: 'small' },
        word,
        fc.array(tie('node'), { maxLength: 3 }),
        fc.dictionary(key, tie('node'), { maxKeys: 3 }),
      ),
    }));
    const line = fc.oneof(
      word,
      fc.constantFrom(
        ': ',
        ' ',
        '\n',
        '- ',
        '"',
        "'",
        '{',
        '[',
        '}',
        '#',
        '!',
        '&',
        '*',
        '|',
        '>',
        '\t',
        '%',
        '=',
        ',',
      ),
    );
    const text = fc.oneof(
      node.map((value) => JSON.stringify(value)),
      node.map((value) => stringify(value)),
      fc.array(line, { minLength: 1, maxLength: 12 }).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(text, fc.constantFrom(...Object.values(READERS)), (content, read) => {
        expect(printed(read, content)).not.toContain(SECRET);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('a misspelled value', () => {
  it.each<[keyof typeof READERS, string, string]>([
    ['parsePolicy', 'version: 1\nfail_on: low\n', 'fail_on: unknown key (did you mean fail-on?)'],
    ['parsePolicy', 'version: 1\nfail-on: hihg\n', 'got "hihg" (did you mean "high"?)'],
    ['parsePolicy', 'version: 1\nminimum: { timeout: 15 minutes }\n', 'got "15 minutes"'],
    ['parsePolicy', 'version: 1\nlimits: { high: ten }\n', 'got "ten"'],
    ['parsePolicy', 'version: 1\nrules: [block]\n', 'got "block"'],
    ['parsePolicy', 'version: 1\nversion: 1\n', 'version: the key occurs twice'],
    ['parseExceptions', FULL_EXCEPTIONS.replace(/expires: \S+/, 'expires: tomorrow'), 'got "tomorrow"'],
  ])('is shown if the schema has it: %s of %j', (name, text, said) => {
    expect(gateError(() => READERS[name](bytes(text), 'file')).message).toContain(said);
  });

  it('is repeated at most so far', () => {
    const { message } = gateError(() =>
      parsePolicy(bytes(`version: 1\nfail-on: ${'x'.repeat(500)}\n`), 'file'),
    );
    expect(message).toContain(`"${'x'.repeat(60)}…"`);
    expect(message).not.toContain('x'.repeat(61));
  });
});
