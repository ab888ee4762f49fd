import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { convertIgnores } from '../../scripts/convert-ignores.ts';
import { parseExceptions } from '../../src/policy/exceptions-document.ts';

const EXPIRES = '2027-01-31';
const convert = (name: string, text: string) => convertIgnores([{ name, text }], EXPIRES);

/** The exceptions, once every reason is filled in. */
function filled(yaml: string) {
  const text = yaml.replaceAll('reason: ""', 'reason: "not reachable"');
  return parseExceptions(Buffer.from(text), 'exceptions.yml').map(({ ids, expires }) => [
    ids.join(),
    new Date(Number(expires) - 1).toISOString().slice(0, 10),
  ]);
}

describe('what is converted', () => {
  it('reads .trivyignore, with comments and dates', () => {
    const text = [
      '# Accept the risk',
      'CVE-2018-14618',
      '',
      '# No impact in our settings',
      'CVE-2019-14697 exp:2026-12-01 # until the next release',
      'GHSA-mqqf-5wvp-8fh8',
    ].join('\n');
    const { yaml, left } = convert('.trivyignore', text);
    expect(filled(yaml)).toEqual([
      ['CVE-2018-14618', EXPIRES],
      // Trivy's ignore ends when the day begins.
      ['CVE-2019-14697', '2026-11-30'],
      ['GHSA-mqqf-5wvp-8fh8', EXPIRES],
    ]);
    expect(yaml).toContain('  # .trivyignore:2: Accept the risk\n');
    expect(yaml).toContain('No impact in our settings  until the next release');
    expect(left).toEqual([]);
  });

  it('reads .trivyignore.yaml', () => {
    const text = `
vulnerabilities:
  - id: CVE-2022-40897
    statement: not used
    expired_at: 2026-10-10
  - id: CVE-2021-36159
  - id: CVE-2023-2650
    paths: [usr/bin]
  - id: CVE-2023-3446
    purls: [pkg:deb/debian/libssl1.1]
misconfigurations:
  - id: AVD-DS-0001
`;
    const { yaml, left } = convert('.trivyignore.yaml', text);
    expect(filled(yaml)).toEqual([
      ['CVE-2022-40897', '2026-10-09'],
      ['CVE-2021-36159', EXPIRES],
    ]);
    expect(left).toHaveLength(3);
    expect(yaml).toContain(
      '# Not converted: .trivyignore.yaml: vulnerabilities[2] (CVE-2023-2650) is limited by paths',
    );
  });

  it('reads .inspector-ignore and lists', () => {
    expect(
      filled(convert('.inspector-ignore', 'CVE-2021-12345 # false positive\nGHSA-mqqf-5wvp-8fh8\n').yaml),
    ).toEqual([
      ['CVE-2021-12345', EXPIRES],
      ['GHSA-mqqf-5wvp-8fh8', EXPIRES],
    ]);
    expect(
      filled(convert('ignore.txt', 'CVE-2021-1, CVE-2021-2\r\nCVE-2021-3 CVE-2021-4,').yaml).map(
        ([id]) => id,
      ),
    ).toEqual(['CVE-2021-1', 'CVE-2021-2', 'CVE-2021-3', 'CVE-2021-4']);
  });

  it('keeps one entry for an ID, with the earliest end', () => {
    const files = [
      { name: 'a', text: 'CVE-2021-1\ncve-2021-2 exp:2026-02-01' },
      { name: 'b', text: 'CVE-2021-1 exp:2026-01-01\nCVE-2021-2 exp:2026-03-01' },
    ];
    expect(filled(convertIgnores(files, EXPIRES).yaml)).toEqual([
      ['CVE-2021-1', '2025-12-31'],
      ['cve-2021-2', '2026-01-31'],
    ]);
  });

  it('writes a file without exceptions for an empty file', () => {
    expect(filled(convert('.trivyignore', '# nothing\n').yaml)).toEqual([]);
  });
});

describe('what would accept more', () => {
  it('is refused by the gate while a reason is empty', () => {
    const { yaml } = convert('.trivyignore', 'CVE-2018-14618 # Accept the risk');
    expect(() => parseExceptions(Buffer.from(yaml), 'exceptions.yml')).toThrow(/reason.*not blank/s);
    const second = convert('x', 'CVE-2018-1\nCVE-2018-2').yaml.replace('reason: ""', 'reason: fixed');
    expect(() => parseExceptions(Buffer.from(second), 'exceptions.yml')).toThrow(/exceptions\[1\]/);
  });

  it.each([
    ['AVD-AWS-0001', 'a misconfiguration'],
    ['aws-access-key-id', 'a secret'],
    ['CVE-2021-1 exp:soon', 'an end that is not a day'],
    ['CVE-2021-1 exp:2026-02-30', 'a day that does not exist'],
    ['CVE-2021-1 exp:2026-01-01 exp:2027-01-01', 'two ends'],
    ['CVE-2021-1 SNOOZE:2026-12-31', 'a word of another format'],
    ['CVE-2021-*', 'a pattern'],
    ['exp:2026-01-01', 'an end without an ID'],
  ])('%s is left out and listed (%s)', (line) => {
    const { yaml, left } = convert('.trivyignore', `${line}\nCVE-2020-9`);
    expect(filled(yaml)).toEqual([['CVE-2020-9', EXPIRES]]);
    expect(left).toHaveLength(1);
    expect(left[0]).toContain('.trivyignore:1');
    expect(yaml).toContain('# Not converted: .trivyignore:1');
  });

  it.each(['2026-02-30', '30d', '', '2026-1-1'])('the end "%s" is refused', (expires) => {
    expect(() => convertIgnores([], expires)).toThrow('is not a day');
  });

  it('a YAML file that is not one of Trivy is refused', () => {
    expect(() => convert('.trivyignore.yaml', '- CVE-2021-1')).toThrow('not an ignore file of Trivy');
  });

  it('text of a file never becomes an entry: every ID of the result is a word of the file', () => {
    const hostile = fc.array(
      fc.oneof(
        fc.constantFrom(
          'CVE-2021-1',
          '#',
          '\n',
          ' ',
          ',',
          'exp:2026-05-05',
          '  - id: CVE-9999-1',
          '\u2028',
          '\u0085',
          '\r',
          '"',
          'reason: x',
        ),
        fc.string({ unit: 'binary', maxLength: 5 }),
      ),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(hostile, fc.constantFrom('.trivyignore', '.inspector-ignore'), (parts, name) => {
        const text = parts.join('');
        const words = text.split('\n').flatMap((line) => (line.split('#')[0] ?? '').split(/[\s,]+/));
        for (const [id, last = ''] of filled(convert(name, text).yaml)) {
          expect(words).toContain(id);
          expect(last <= EXPIRES).toBe(true);
        }
      }),
    );
  });
});
