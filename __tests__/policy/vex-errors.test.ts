/** What is said of an OpenVEX document that is wrong: where, what, and what would be right. */
import { describe, expect, it } from 'vitest';
import { parseVex } from '../../src/policy/vex.ts';
import { bytes, gateError } from './errors.ts';
import { FULL_VEX } from './examples.ts';

type Path = readonly (string | number)[];

/** The full document with another value at a path; undefined takes it out. */
function changed(path: Path, value: unknown): string {
  const document = JSON.parse(JSON.stringify(FULL_VEX)) as Record<string | number, unknown>;
  let at = document;
  for (const part of path.slice(0, -1)) at = at[part] as Record<string | number, unknown>;
  at[path.at(-1) ?? ''] = value;
  return JSON.stringify(document);
}

const error = (path: Path, value: unknown) =>
  gateError(() => parseVex(bytes(changed(path, value)), 'v.json'));

/** The same as messages write it. */
const written = (path: Path) =>
  path
    .map((part, index) =>
      typeof part === 'number'
        ? `[${part}]`
        : `${index === 0 ? '' : '.'}${/^[\w@-]+$/.test(part) ? part : `"${part}"`}`,
    )
    .join('');

const PRODUCT = ['statements', 0, 'products', 0] as const;
const TEXT = 'expected text';
const BLANK = 'expected text that is not blank';
const TIME = 'expected a time';
const NUMBER = 'expected a whole number, 1 or more';

describe('a field of an OpenVEX document', () => {
  it.each<[Path, string, string]>([
    [['@id'], TEXT, '"@id": "https://openvex.dev/docs/example/vex-1"'],
    [['author'], TEXT, '"author": "Example Security <security@example.com>"'],
    [['timestamp'], TIME, '"timestamp": "2026-01-08T18:02:03Z"'],
    [['last_updated'], TIME, '"last_updated": "2026-01-08T18:02:03Z"'],
    [['statements'], 'expected a list of statements', ''],
    [['role'], TEXT, ''],
    [['tooling'], TEXT, ''],
    [['statements', 0, '@id'], TEXT, '"@id": "https://openvex.dev/docs/example/vex-1"'],
    [['statements', 0, 'timestamp'], TIME, '"timestamp": "2026-'],
    [['statements', 0, 'last_updated'], TIME, '"last_updated": "2026-'],
    [['statements', 0, 'supplier'], TEXT, ''],
    [['statements', 0, 'status_notes'], TEXT, ''],
    [
      ['statements', 0, 'status'],
      'expected one of not_affected, affected, fixed, under_investigation',
      '"status": "under_investigation"',
    ],
    [
      ['statements', 0, 'justification'],
      'expected one of component_not_present, vulnerable_code_not_present, vulnerable_code_not_in_execute_path, vulnerable_code_cannot_be_controlled_by_adversary, inline_mitigations_already_exist',
      '"justification": "vulnerable_code_not_in_execute_path"',
    ],
    [
      ['statements', 0, 'impact_statement'],
      TEXT,
      '"impact_statement": "TODO: why the products are not affected"',
    ],
    [['statements', 2, 'action_statement'], TEXT, '"action_statement": "update to 1.2.4"'],
    [['statements', 2, 'action_statement_timestamp'], TIME, '"action_statement_timestamp": "2026-'],
    [['statements', 0, 'vulnerability', '@id'], TEXT, '"@id": "https://'],
    [['statements', 0, 'vulnerability', 'name'], TEXT, '"name": "CVE-2026-12345"'],
    [['statements', 0, 'vulnerability', 'description'], TEXT, ''],
    [['statements', 0, 'vulnerability', 'aliases'], 'expected a list of ids', ''],
    [['statements', 0, 'vulnerability', 'aliases', 0], TEXT, ''],
    [['statements', 0, 'products'], 'expected a list of products', ''],
    [[...PRODUCT, '@id'], TEXT, '"@id": "pkg:oci/app"'],
    [[...PRODUCT, 'identifiers', 'purl'], TEXT, '"purl": "pkg:oci/app"'],
    [[...PRODUCT, 'identifiers', 'cpe22'], TEXT, '"cpe22": "cpe:/a:example:app:1.0"'],
    [[...PRODUCT, 'identifiers', 'cpe23'], TEXT, '"cpe23": "cpe:2.3:a:example:app:1.0:'],
    ...[
      'md5',
      'sha1',
      'sha-256',
      'sha-384',
      'sha-512',
      'sha3-224',
      'sha3-256',
      'sha3-384',
      'sha3-512',
      'blake2s-256',
      'blake2b-256',
      'blake2b-512',
    ].map((name): [Path, string, string] => [
      [...PRODUCT, 'hashes', name],
      TEXT,
      `"${name}": "e3b0c44298fc1c`,
    ]),
    [[...PRODUCT, 'subcomponents'], 'expected a list of components', ''],
    [[...PRODUCT, 'subcomponents', 0, '@id'], TEXT, '"@id": "pkg:oci/app"'],
  ])('%j: %s', (path, message, example) => {
    const found = error(path, 7);
    const last = path.at(-1);
    expect(found.message).toMatch(/^v\.json:1:\d+: /);
    expect(found.message).toContain(` ${written(path)}: ${message}, got 7`);
    if (example !== '') expect(found.nextStep).toContain(`For example: ${example}`);
    expect(found.nextStep, String(last)).toMatch(/^(For example|The document has to begin with): /);
  });

  it.each<[Path, unknown, string]>([
    [['author'], ' ', BLANK],
    [['version'], 'x', NUMBER],
    [['version'], 0, NUMBER],
    [['version'], 1.5, NUMBER],
    [['statements', 0, 'version'], 0, NUMBER],
    [['statements', 0, 'vulnerability', 'name'], '\u200b', BLANK],
    [['timestamp'], 'now', 'expected a time in the format of RFC 3339'],
  ])('%j of %j: %s', (path, value, message) => {
    expect(error(path, value).message).toContain(`${written(path)}: ${message}, got `);
    expect(error(path, value).nextStep).toContain('For example: ');
  });

  it.each<[Path, unknown, Path, string]>([
    [['@context'], undefined, ['@context'], 'is missing. The file is not an OpenVEX document'],
    [['@context'], 'https://openvex.dev/ns/v0.0.12', ['@context'], 'This is the format of OpenVEX 0.0.x'],
    [['@context'], 'x https://openvex.dev/ns', ['@context'], 'The file is not an OpenVEX 0.2.0 document'],
    [['@context'], 'y'.repeat(99), ['@context'], `got "${'y'.repeat(60)}". The`],
    [
      ['statements', 1, 'vulnerability'],
      'CVE-1',
      ['statements', 1, 'vulnerability'],
      'got text, which is the format of OpenVEX 0.0.x',
    ],
    [
      ['statements', 0, 'products'],
      [],
      ['statements', 0, 'products'],
      'A statement requires at least one product',
    ],
    [[...PRODUCT], {}, [...PRODUCT, '@id'], 'A component requires an @id or identifiers'],
    [
      [...PRODUCT, 'identifiers'],
      {},
      [...PRODUCT, 'identifiers'],
      'expected one of purl, cpe22, cpe23, got an empty mapping',
    ],
    [
      [...PRODUCT, 'subcomponents', 0],
      {},
      [...PRODUCT, 'subcomponents', 0, '@id'],
      'A component requires an @id',
    ],
    [
      [...PRODUCT, 'subcomponents', 0, 'identifiers'],
      {},
      [...PRODUCT, 'subcomponents', 0, 'identifiers'],
      'expected one of purl',
    ],
    [
      [...PRODUCT, '@id'],
      'pkg:oci',
      [...PRODUCT, '@id'],
      'expected a package URL, but it has no type and name',
    ],
    [
      [...PRODUCT, 'identifiers'],
      { purl: 'pkg:oci' },
      [...PRODUCT, 'identifiers', 'purl'],
      'expected a package URL, but it has no type and name',
    ],
    [
      [...PRODUCT, 'subcomponents', 0, 'identifiers', 'purl'],
      'pkg:npm',
      [...PRODUCT, 'subcomponents', 0, 'identifiers', 'purl'],
      'expected a package URL',
    ],
    ...(
      [
        [
          'repositories',
          'pkg:oci/app?repository_url=a/app',
          'pkg:oci/app?repository_url=b/app',
          'b/app, a/app',
        ],
        ['tags', 'pkg:oci/app?tag=1', 'pkg:oci/app?tag=2', '2, 1'],
        ['architectures', 'pkg:oci/app?arch=amd64', 'pkg:oci/app?arch=arm64', 'arm64, amd64'],
        ['names', 'pkg:oci/app', 'pkg:oci/web', 'web, app'],
        ['digests', 'pkg:oci/app@1', 'pkg:oci/app@2', '2, 1'],
      ] as const
    ).map(([what, id, purl, both]): [Path, unknown, Path, string] => [
      ['statements', 1, 'products', 0],
      { '@id': id, identifiers: { purl } },
      ['statements', 1, 'products', 0],
      `its identifiers have different ${what}: ${both}`,
    ]),
  ])('%j of %j', (path, value, at, message) => {
    expect(error(path, value).message).toContain(` ${written(at)}: `);
    expect(error(path, value).message).toContain(message);
  });

  it('requires a justification or an impact statement if it is missing', () => {
    const statement = {
      vulnerability: { name: 'CVE-1' },
      products: [{ '@id': 'pkg:oci/app' }],
      status: 'not_affected',
    };
    const found = error(['statements', 0], statement);
    expect(found.message).toContain(
      ' statements[0].justification: is missing. A not_affected statement requires',
    );
    // No reason is suggested: it would be copied.
    expect(found.nextStep).toMatch(/^Add the justification that applies, one of component_not_present, /);
    expect(found.nextStep).toContain('inline_mitigations_already_exist');
  });
});

describe('the times of a document', () => {
  it.each([
    ['2026-01-08T18:02:03Z', '2026-01-08T18:02:03.000Z'],
    ['2026-01-08t18:02:03z', '2026-01-08T18:02:03.000Z'],
    ['2026-01-08T18:02:03.647787998-06:00', '2026-01-09T00:02:03.647Z'],
    ['2026-01-08T23:30:00+01:00', '2026-01-08T22:30:00.000Z'],
    ['2028-02-29T00:00:00Z', '2028-02-29T00:00:00.000Z'],
  ])('%s', (text, expected) => {
    const { exceptions } = parseVex(bytes(changed(['statements', 0, 'last_updated'], text)), 'v.json');
    // It is the later one of the two that the statement has.
    const stated = new Date('2026-02-01T00:00:00Z');
    const since = new Date(expected) > stated ? new Date(expected) : stated;
    expect(exceptions[0]?.since).toEqual(since);
    const own = parseVex(bytes(changed(['timestamp'], text)), 'v.json').exceptions[1];
    expect(own?.since?.toISOString()).toBe(expected);
  });

  it.each([
    '2026-01-08',
    '2026-01-08T18:02:03',
    '2026-01-08T18:02Z',
    '2026-01-08 18:02:03Z',
    'x2026-01-08T18:02:03Z',
    '2026-01-08T18:02:03Zx',
    '2026-01-08T25:02:03Z',
    '2026-13-08T18:02:03Z',
    '2026-02-30T18:02:03Z',
    '2026-02-29T18:02:03Z',
    'Thu, 08 Jan 2026 18:02:03 GMT',
    '1767895323',
  ])('not %s', (text) => {
    expect(error(['timestamp'], text).message).toContain(
      'timestamp: expected a time in the format of RFC 3339',
    );
  });
});
