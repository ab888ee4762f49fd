/**
 * OpenVEX 0.2.0 (https://github.com/openvex/spec, OPENVEX-SPEC.md): documents become exceptions. Documents come
 * from whoever wrote them; what is doubtful in one excepts nothing.
 */

import * as v from 'valibot';
import type { Exception, VexPackage, VexProduct, VexRevocation } from '../results/exception.ts';
import { withoutSlashes } from '../text.ts';
import { choice, VISIBLE } from './fields.ts';
import { parseJson } from './json.ts';
import {
  MAX_ALIASES,
  MAX_AUTHOR,
  MAX_COMPONENT_ID,
  MAX_COMPONENTS,
  MAX_ID,
  MAX_STATEMENTS,
  MAX_TEXT,
} from './limits.ts';
import { InvalidPackageUrl, type PackageUrl, parsePurl } from './purl.ts';
import { type Fail, failer, validate, vocabularyOf } from './schema.ts';
import { type Path, type SourceDocument, tooManyAt } from './source.ts';

const CONTEXT = 'https://openvex.dev/ns/v0.2.0';

/** No time is longer. */
const LONGEST_TIME = 64;

const JUSTIFICATIONS = [
  'component_not_present',
  'vulnerable_code_not_present',
  'vulnerable_code_not_in_execute_path',
  'vulnerable_code_cannot_be_controlled_by_adversary',
  'inline_mitigations_already_exist',
] as const;

function said(example: string, most = Number.POSITIVE_INFINITY) {
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
  v.check((text) => timeOf(text) !== undefined, 'expected a time as RFC 3339 writes it'),
  v.examples(['2026-01-08T18:02:03Z']),
  v.transform((text) => timeOf(text) ?? new Date(Number.NaN)),
);

const number = v.pipe(
  v.number('expected a whole number, 1 or more'),
  v.safeInteger('expected a whole number, 1 or more'),
  v.minValue(1, 'expected a whole number, 1 or more'),
  v.examples([1]),
);

const iri = said('https://openvex.dev/docs/example/vex-1');

const component = {
  '@id': v.optional(said('pkg:oci/app', MAX_COMPONENT_ID)),
  identifiers: v.optional(
    v.strictObject({
      purl: v.optional(said('pkg:oci/app', MAX_COMPONENT_ID)),
      cpe22: v.optional(said('cpe:/a:example:app:1.0')),
      cpe23: v.optional(said('cpe:2.3:a:example:app:1.0:*:*:*:*:*:*:*')),
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
        v.optional(said('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')),
      ),
    ),
  ),
};

const statement = v.strictObject({
  '@id': v.optional(iri),
  version: v.optional(number),
  vulnerability: v.strictObject({
    '@id': v.optional(iri),
    name: said('CVE-2026-12345', MAX_ID),
    description: v.optional(v.string('expected text')),
    aliases: v.optional(v.array(said('GHSA-jfh8-c2jp-5v3q', MAX_ID), 'expected a list of ids')),
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
    'What is said of the products.',
    'not_affected',
  ),
  supplier: v.optional(v.string('expected text')),
  status_notes: v.optional(v.string('expected text')),
  justification: v.optional(choice(JUSTIFICATIONS, 'Why.', 'vulnerable_code_not_in_execute_path')),
  impact_statement: v.optional(said('the vulnerable function is not called')),
  action_statement: v.optional(said('update to 1.2.4')),
  action_statement_timestamp: v.optional(time),
});

const vexSchema = v.strictObject({
  '@context': v.pipe(v.string('expected text'), v.examples([CONTEXT])),
  '@id': iri,
  author: said('Example Security <security@example.com>', MAX_AUTHOR),
  role: v.optional(v.string('expected text')),
  timestamp: time,
  last_updated: v.optional(time),
  version: number,
  tooling: v.optional(v.string('expected text')),
  statements: v.array(statement, 'expected a list of statements'),
});

type Written = v.InferOutput<typeof vexSchema>;
type WrittenStatement = Written['statements'][number];
type WrittenProduct = NonNullable<WrittenStatement['products']>[number];
type WrittenComponent = Omit<WrittenProduct, 'subcomponents'>;

/** What one document says. */
export interface VexDocument {
  /** Its statements that a product is not affected or fixed. */
  readonly exceptions: readonly Exception[];
  /** Its statements that a product is affected or under investigation. */
  readonly revocations: readonly VexRevocation[];
  /** How many products and subcomponents its statements name. */
  readonly components: number;
}

/**
 * Reads an OpenVEX document. Its statements mean something together with those of the other documents: see
 * `combineVex`.
 * @throws GateError `input` with file, line, column, the path in the document and a right example
 */
export function parseVex(bytes: Uint8Array, file: string): VexDocument {
  const source = parseJson(bytes, file, vocabularyOf(vexSchema));
  const fail = failer(vexSchema, source);
  checkForm(source.value, fail);
  const components = checkCounts(source);
  const document = validate(vexSchema, source);
  const exceptions: Exception[] = [];
  const revocations: VexRevocation[] = [];
  for (const [index, written] of document.statements.entries()) {
    const path = ['statements', index];
    checkStatement(written, path, fail);
    const about = {
      source: `${file}: statement ${index + 1}`,
      ids: [...new Set([written.vulnerability.name, ...(written.vulnerability.aliases ?? [])])],
    };
    const { status, products = [] } = written;
    if (status === 'affected' || status === 'under_investigation') {
      revocations.push({
        ...about,
        status,
        at: revokingTime(written, document),
        products: products.flatMap((product, at) =>
          productOf(product, 'possible', [...path, 'products', at], fail),
        ),
      });
    } else {
      exceptions.push({
        ...about,
        origin: 'vex',
        status,
        scope: {
          kind: 'products',
          products: products.flatMap((product, at) =>
            productOf(product, 'certain', [...path, 'products', at], fail),
          ),
        },
        reason: reasonOf(written),
        expires: undefined,
        since: exceptingTime(written, document),
        // The specification wants an individual or an organisation here, who answers for the document.
        approvedBy: document.author,
        ticket: undefined,
        untilFixed: false,
      });
    }
  }
  return { exceptions, revocations, components };
}

/**
 * The exceptions of several documents, each knowing what takes it back: of the statements about one product and
 * vulnerability the latest holds, whatever document it is in; of two at the same time, the one that does not except.
 */
export function combineVex(documents: readonly VexDocument[]): Exception[] {
  const by = documents.flatMap(({ revocations }) => revocations);
  return documents
    .flatMap(({ exceptions }) => exceptions)
    .map((exception) => {
      const { scope, since, ids } = exception;
      if (scope.kind !== 'products' || since === undefined || by.length === 0) return exception;
      const revocations = { since, ids, by };
      const products = scope.products.map((product) => ({ ...product, revocations }));
      return { ...exception, scope: { ...scope, products } };
    });
}

/** An exception needs certainty; what takes one back only has to be possible. */
type Need = 'certain' | 'possible';

function isObject(candidate: unknown): candidate is Record<string, unknown> {
  return typeof candidate === 'object' && candidate !== null && !Array.isArray(candidate);
}

function listAt(value: unknown, key: string): readonly unknown[] {
  const list = isObject(value) ? value[key] : undefined;
  return Array.isArray(list) ? list : [];
}

/**
 * What multiplies: each of these may be compared with each finding.
 * @returns how many products and subcomponents there are
 */
function checkCounts(source: SourceDocument): number {
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

/** What people put into `vex` that is no OpenVEX 0.2.0, told apart before the schema lists every difference. */
function checkForm(value: unknown, fail: Fail): void {
  if (!isObject(value)) return;
  const context = value['@context'];
  if (context === undefined) throw fail(['@context'], 'is missing: this is no OpenVEX document', 'key');
  if (typeof context === 'string' && context !== CONTEXT) {
    const old = /^https:\/\/openvex\.dev\/ns(\/v0\.0\.\d+)?$/.test(context);
    const what = old ? 'this is OpenVEX 0.0.x' : 'this is no OpenVEX 0.2.0 document';
    throw fail(['@context'], `expected ${CONTEXT}, got ${JSON.stringify(context.slice(0, 60))}: ${what}`);
  }
  if (!Array.isArray(value.statements)) return;
  for (const [index, written] of value.statements.entries()) {
    if (isObject(written) && typeof written.vulnerability === 'string') {
      const what = 'expected an object with a name, got text, the form of OpenVEX 0.0.x';
      throw fail(['statements', index, 'vulnerability'], what);
    }
  }
}

/** What the specification demands of a statement beyond the form of its fields. */
function checkStatement(written: WrittenStatement, path: Path, fail: Fail): void {
  const { status, justification, impact_statement, action_statement, products } = written;
  if (status === 'not_affected' && justification === undefined && impact_statement === undefined) {
    throw fail(
      [...path, 'justification'],
      'is missing: not_affected takes a justification or an impact_statement',
    );
  }
  if (status === 'affected' && action_statement === undefined) {
    throw fail([...path, 'action_statement'], 'is missing: affected takes an action_statement');
  }
  if (products === undefined || products.length === 0) {
    throw fail([...path, 'products'], 'is missing: a statement takes at least one product');
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
    throw fail([...path, '@id'], 'is missing: a component takes an @id or identifiers');
  }
  if (identifiers !== undefined && Object.keys(identifiers).length === 0) {
    throw fail([...path, 'identifiers'], 'expected one of purl, cpe22, cpe23, got an empty mapping');
  }
}

/** When a statement that excepts was made, or last confirmed by itself. */
function exceptingTime(written: WrittenStatement, { timestamp }: Written): Date {
  // That the document was touched for another statement's sake does not confirm this one.
  return latest(written.timestamp, written.last_updated) ?? timestamp;
}

/** The latest time that a statement that takes others back can have been made. */
function revokingTime(written: WrittenStatement, { timestamp, last_updated }: Written): Date {
  return latest(written.timestamp, written.last_updated) ?? latest(timestamp, last_updated) ?? timestamp;
}

function latest(...times: readonly (Date | undefined)[]): Date | undefined {
  return times.filter((candidate) => candidate !== undefined).sort((a, b) => b.getTime() - a.getTime())[0];
}

function reasonOf({ justification, impact_statement, status_notes }: WrittenStatement): string | undefined {
  const parts = [justification, impact_statement, status_notes?.trim()];
  const text = parts.filter((part) => part !== undefined && part !== '').join(': ');
  if (text === '') return undefined;
  // Of what is longer the beginning is shown.
  return text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT - 1).toWellFormed()}…` : text;
}

/**
 * The image that a product names; none if it names no image, or packages in it that cannot be told. What takes others
 * back may be about this image under the older pkg:docker too, or about a package wherever it is.
 */
function productOf(written: WrittenProduct, need: Need, path: Path, fail: Fail): VexProduct[] {
  const types = need === 'certain' ? ['oci'] : ['oci', 'docker'];
  const urls = purlsOf(written, path, fail).filter(({ type }) => types.includes(type));
  const hash = written.hashes?.['sha-256']?.toLowerCase();
  const hashed = hash === undefined ? undefined : `sha256:${hash.replace(/^sha256:/, '')}`;
  if (urls.length === 0 && hashed === undefined) {
    return need === 'certain' ? [] : packageAnywhere(written, path, fail);
  }
  if (urls.length === 0 && need === 'certain') return [];
  if (urls.some(({ type, namespace }) => type === 'oci' && namespace !== undefined)) {
    const what = 'a pkg:oci has no namespace: the whole name goes into repository_url';
    throw fail([...path, '@id'], what);
  }
  const one = (what: string, values: readonly (string | undefined)[]): string | undefined => {
    const given = new Set(values.filter((value) => value !== undefined));
    if (given.size > 1) throw fail(path, `its identifiers have different ${what}: ${[...given].join(', ')}`);
    return [...given][0];
  };
  const qualifier = (key: string) =>
    urls.filter(({ type }) => type === 'oci').map(({ qualifiers }) => qualifiers.get(key));
  const digest = one('digests', [
    ...urls
      .map(({ version }) => version?.toLowerCase())
      .filter((text) => need === 'certain' || isDigest(text)),
    hashed,
  ]);
  const repositoryUrl = one('repositories', qualifier('repository_url').map(repositoryOf));
  const subcomponents = (written.subcomponents ?? []).flatMap((part, index) =>
    packageOf(part, need, [...path, 'subcomponents', index], fail),
  );
  // An empty list stands for the whole image, which is not what a list of packages that nobody can tell says.
  const unknown = written.subcomponents?.some((part) => purlTexts(part).length === 0) ?? false;
  const none = subcomponents.length === 0 && (written.subcomponents ?? []).length > 0;
  if (need === 'certain' && none) return [];
  return [
    {
      digest,
      name:
        one(
          'names',
          urls.map(({ name }) => name.toLowerCase()),
        ) ?? '',
      repositoryUrl,
      tag: one('tags', qualifier('tag')),
      arch: one('architectures', qualifier('arch')),
      subcomponents: need === 'possible' && unknown ? [] : subcomponents,
    },
  ];
}

// The qualifiers that are compared, and those that say how a package came about or where it is found, not which it is.
const READ = [
  ...['arch', 'distro', 'epoch'],
  ...['checksum', 'checksums', 'download_url', 'file_name', 'package-id', 'type', 'upstream', 'vcs_url'],
];

/** The packages of a product that is no image, in whatever image they are: the product itself, and what it contains. */
function packageAnywhere(written: WrittenProduct, path: Path, fail: Fail): VexProduct[] {
  const parts = (written.subcomponents ?? []).flatMap((part, index) =>
    packageOf(part, 'possible', [...path, 'subcomponents', index], fail),
  );
  const packages = [...packageOf(written, 'possible', path, fail), ...parts];
  if (packages.length === 0) return [];
  const image = { digest: undefined, name: '', repositoryUrl: undefined, tag: undefined, arch: undefined };
  return [{ ...image, subcomponents: packages }];
}

/** The package that a subcomponent names; none if nobody can tell, all where one of them is enough. */
function packageOf(written: WrittenComponent, need: Need, path: Path, fail: Fail): VexPackage[] {
  const urls = purlsOf(written, path, fail);
  const packages = urls.map((url, index): VexPackage => {
    const epoch = url.qualifiers.get('epoch');
    const unread = [...url.qualifiers.keys()].filter((key) => !READ.includes(key));
    return {
      purl: purlTexts(written)[index] ?? '',
      type: url.type,
      namespace: url.namespace,
      name: url.name,
      version: epoch !== undefined && url.version !== undefined ? `${epoch}:${url.version}` : url.version,
      arch: url.qualifiers.get('arch'),
      distro: url.qualifiers.get('distro'),
      unread: unread.length === 0 ? undefined : unread,
    };
  });
  if (need === 'possible') return packages;
  // A subpath is less than the package that a finding is about.
  const whole = urls.every(({ subpath }) => subpath === undefined);
  const same = new Set(packages.map(({ purl: _, ...rest }) => JSON.stringify(rest))).size === 1;
  return whole && same ? packages.slice(0, 1) : [];
}

function purlTexts({ '@id': id, identifiers }: WrittenComponent): string[] {
  const candidates = [identifiers?.purl, id?.toLowerCase().startsWith('pkg:') ? id : undefined];
  return [...new Set(candidates.filter((text) => text !== undefined))];
}

function purlsOf(written: WrittenComponent, path: Path, fail: Fail): PackageUrl[] {
  return purlTexts(written).map((text) => {
    try {
      return parsePurl(text);
    } catch (error) {
      if (!(error instanceof InvalidPackageUrl)) throw error;
      const at = text === written['@id'] ? ['@id'] : ['identifiers', 'purl'];
      throw fail([...path, ...at], `expected a package URL, but ${error.message}`);
    }
  });
}

function isDigest(text: string | undefined): boolean {
  return text !== undefined && /^sha256:[0-9a-f]{64}$/.test(text);
}

/** `HOST/REPOSITORY` of a repository_url, which some write with a scheme or a slash at the end. */
function repositoryOf(url: string | undefined): string | undefined {
  return url === undefined ? undefined : withoutSlashes(url.replace(/^[a-z]+:\/\//i, ''));
}

/** The time that RFC 3339 text means; undefined if it is none, or no day of the calendar. */
function timeOf(text: string): Date | undefined {
  if (text.length > LONGEST_TIME) return undefined;
  const match = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/i.exec(text);
  const time = new Date(text.toUpperCase());
  const day = new Date(`${match?.[1]}T00:00:00Z`);
  if (match === null || Number.isNaN(time.getTime()) || Number.isNaN(day.getTime())) return undefined;
  return day.toISOString().startsWith(match[1] ?? '-') ? time : undefined;
}
