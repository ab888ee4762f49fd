/** The schema of OpenVEX 0.2.0 documents, and further requirements of the specification. */

import * as v from 'valibot';
import { choice, VISIBLE } from './fields.ts';
import {
  MAX_ALIASES,
  MAX_AUTHOR,
  MAX_COMPONENT_ID,
  MAX_COMPONENTS,
  MAX_ID,
  MAX_STATEMENTS,
} from './limits.ts';
import type { Fail } from './schema.ts';
import { type Path, type SourceDocument, tooManyAt } from './source.ts';

const CONTEXT = 'https://openvex.dev/ns/v0.2.0';

/** The most characters that are read as a time. */
const LONGEST_TIME = 64;

const JUSTIFICATIONS = [
  'component_not_present',
  'vulnerable_code_not_present',
  'vulnerable_code_not_in_execute_path',
  'vulnerable_code_cannot_be_controlled_by_adversary',
  'inline_mitigations_already_exist',
] as const;

/** Text that is not blank. */
function nonBlank(example: string, most = Number.POSITIVE_INFINITY) {
  return v.pipe(
    v.string('expected text'),
    v.maxLength(most, `expected text of at most ${most} characters`),
    v.regex(VISIBLE, 'expected text that is not blank'),
    v.examples([example]),
    v.trim(),
  );
}

const time = v.pipe(
  v.string('expected a time'),
  v.check((text) => timeOf(text) !== undefined, 'expected a time in the format of RFC 3339'),
  v.examples(['2026-01-08T18:02:03Z']),
  v.transform((text) => timeOf(text) ?? new Date(Number.NaN)),
);

const number = v.pipe(
  v.number('expected a whole number, 1 or more'),
  v.safeInteger('expected a whole number, 1 or more'),
  v.minValue(1, 'expected a whole number, 1 or more'),
  v.examples([1]),
);

const iri = nonBlank('https://openvex.dev/docs/example/vex-1');

const component = {
  '@id': v.optional(nonBlank('pkg:oci/app', MAX_COMPONENT_ID)),
  identifiers: v.optional(
    v.strictObject({
      purl: v.optional(nonBlank('pkg:oci/app', MAX_COMPONENT_ID)),
      cpe22: v.optional(nonBlank('cpe:/a:example:app:1.0')),
      cpe23: v.optional(nonBlank('cpe:2.3:a:example:app:1.0:*:*:*:*:*:*:*')),
    }),
  ),
  hashes: v.optional(
    v.strictObject(
      v.entriesFromList(
        [
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
        ],
        v.optional(nonBlank('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')),
      ),
    ),
  ),
};

const statement = v.strictObject({
  '@id': v.optional(iri),
  version: v.optional(number),
  vulnerability: v.strictObject({
    '@id': v.optional(iri),
    name: nonBlank('CVE-2026-12345', MAX_ID),
    description: v.optional(v.string('expected text')),
    aliases: v.optional(v.array(nonBlank('GHSA-jfh8-c2jp-5v3q', MAX_ID), 'expected a list of ids')),
  }),
  timestamp: v.optional(time),
  last_updated: v.optional(time),
  products: v.optional(
    v.array(
      v.strictObject({
        ...component,
        subcomponents: v.optional(v.array(v.strictObject(component), 'expected a list of components')),
      }),
      'expected a list of products',
    ),
  ),
  status: choice(
    ['not_affected', 'affected', 'fixed', 'under_investigation'],
    'The status of the products.',
    'under_investigation',
  ),
  supplier: v.optional(v.string('expected text')),
  status_notes: v.optional(v.string('expected text')),
  justification: v.optional(
    choice(JUSTIFICATIONS, 'Why the products are not affected.', 'vulnerable_code_not_in_execute_path'),
  ),
  impact_statement: v.optional(nonBlank('TODO: why the products are not affected')),
  action_statement: v.optional(nonBlank('update to 1.2.4')),
  action_statement_timestamp: v.optional(time),
});

export const vexSchema = v.strictObject({
  '@context': v.pipe(v.string('expected text'), v.examples([CONTEXT])),
  '@id': iri,
  author: nonBlank('Example Security <security@example.com>', MAX_AUTHOR),
  role: v.optional(v.string('expected text')),
  timestamp: time,
  last_updated: v.optional(time),
  version: number,
  tooling: v.optional(v.string('expected text')),
  statements: v.array(statement, 'expected a list of statements'),
});

export type WrittenDocument = v.InferOutput<typeof vexSchema>;
export type WrittenStatement = WrittenDocument['statements'][number];
export type WrittenProduct = NonNullable<WrittenStatement['products']>[number];
export type WrittenComponent = Omit<WrittenProduct, 'subcomponents'>;

function isObject(candidate: unknown): candidate is Record<string, unknown> {
  return typeof candidate === 'object' && candidate !== null && !Array.isArray(candidate);
}

function listAt(value: unknown, key: string): readonly unknown[] {
  const list = isObject(value) ? value[key] : undefined;
  return Array.isArray(list) ? list : [];
}

/**
 * Checks how many statements, aliases, products and subcomponents there are: each may be compared with each finding.
 * @returns how many products and subcomponents there are
 * @throws GateError `input` if there are too many of one
 */
export function checkCounts(source: SourceDocument): number {
  const atMost = (path: Path, most: number, what: string, got: number) => {
    if (got > most) throw tooManyAt(source, path, { most, what, got });
  };
  const statements = listAt(source.value, 'statements');
  atMost(['statements'], MAX_STATEMENTS, 'statements', statements.length);
  let all = 0;
  for (const [index, written] of statements.entries()) {
    const { vulnerability } = isObject(written) ? written : {};
    const aliases = listAt(vulnerability, 'aliases').length;
    atMost(['statements', index, 'vulnerability', 'aliases'], MAX_ALIASES, 'aliases', aliases);
    const products = listAt(written, 'products');
    const components = products.reduce<number>(
      (sum, product) => sum + 1 + listAt(product, 'subcomponents').length,
      0,
    );
    const what = 'products and subcomponents in one statement';
    atMost(['statements', index, 'products'], MAX_COMPONENTS, what, components);
    all += components;
  }
  return all;
}

/** Refuses other formats by name, before the schema would list every difference. */
export function checkForm(value: unknown, fail: Fail): void {
  if (!isObject(value)) return;
  const context = value['@context'];
  if (context === undefined)
    throw fail(['@context'], 'is missing. The file is not an OpenVEX document', 'key');
  if (typeof context === 'string' && context !== CONTEXT) {
    const old = /^https:\/\/openvex\.dev\/ns(\/v0\.0\.\d+)?$/.test(context);
    const what = old ? 'This is the format of OpenVEX 0.0.x' : 'The file is not an OpenVEX 0.2.0 document';
    throw fail(['@context'], `expected ${CONTEXT}, got ${JSON.stringify(context.slice(0, 60))}. ${what}`);
  }
  if (!Array.isArray(value.statements)) return;
  for (const [index, written] of value.statements.entries()) {
    if (isObject(written) && typeof written.vulnerability === 'string') {
      const what = 'expected an object with a name, got text, which is the format of OpenVEX 0.0.x';
      throw fail(['statements', index, 'vulnerability'], what);
    }
  }
}

/** Checks what the specification requires of a statement besides the format of its fields. */
export function checkStatement(written: WrittenStatement, path: Path, fail: Fail): void {
  const { status, justification, impact_statement, products } = written;
  if (status === 'not_affected' && justification === undefined && impact_statement === undefined) {
    throw fail(
      [...path, 'justification'],
      'is missing. A not_affected statement requires a justification or an impact_statement',
      'value',
      `Add the justification that applies, one of ${JUSTIFICATIONS.join(', ')}, or describe the reason in an impact_statement.`,
    );
  }
  if (products === undefined || products.length === 0) {
    throw fail([...path, 'products'], 'is missing. A statement requires at least one product');
  }
  for (const [index, product] of products.entries()) {
    const at = [...path, 'products', index];
    checkComponent(product, at, fail);
    for (const [part, subcomponent] of (product.subcomponents ?? []).entries()) {
      checkComponent(subcomponent, [...at, 'subcomponents', part], fail);
    }
  }
}

function checkComponent({ '@id': id, identifiers }: WrittenComponent, path: Path, fail: Fail): void {
  if (id === undefined && identifiers === undefined) {
    throw fail([...path, '@id'], 'is missing. A component requires an @id or identifiers');
  }
  if (identifiers !== undefined && Object.keys(identifiers).length === 0) {
    throw fail([...path, 'identifiers'], 'expected one of purl, cpe22, cpe23, got an empty mapping');
  }
}

/** The time that a text in the format of RFC 3339 means; undefined for other text and for dates that do not exist. */
function timeOf(text: string): Date | undefined {
  if (text.length > LONGEST_TIME) return undefined;
  const match = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/i.exec(text);
  const time = new Date(text.toUpperCase());
  const day = new Date(`${match?.[1]}T00:00:00Z`);
  if (match === null || Number.isNaN(time.getTime()) || Number.isNaN(day.getTime())) return undefined;
  return day.toISOString().startsWith(match[1] ?? '-') ? time : undefined;
}
