/**
 * Reads OpenVEX 0.2.0 documents (https://github.com/openvex/spec, OPENVEX-SPEC.md) and makes exceptions of their
 * statements. The documents are not trusted: a statement whose meaning is in doubt excepts nothing.
 */

import type { Exception, VexRevocation } from '../results/exception.ts';
import { parseJson } from './json.ts';
import { MAX_TEXT } from './limits.ts';
import { type Fail, failer, validate, vocabularyOf } from './schema.ts';
import type { Path } from './source.ts';
import {
  checkCounts,
  checkForm,
  checkStatement,
  vexSchema,
  type WrittenDocument,
  type WrittenStatement,
} from './vex-document.ts';
import { type Need, productOf } from './vex-products.ts';

/** The statements of one document. */
export interface VexDocument {
  /** Statements with the status `not_affected` or `fixed`. */
  readonly exceptions: readonly Exception[];
  /** Statements with the status `affected` or `under_investigation`. */
  readonly revocations: readonly VexRevocation[];
  /** How many products and subcomponents the statements name. */
  readonly components: number;
  /** The `affected` statements without the `action_statement` that the specification requires: file and statement. */
  readonly withoutAction: readonly string[];
}

/**
 * Reads an OpenVEX document. Use `combineVex` on the result: a statement can be revoked by one in another document.
 * @throws GateError `input` with file, line, column, the path in the document and an example
 */
export function parseVex(bytes: Uint8Array, file: string): VexDocument {
  const source = parseJson(bytes, file, vocabularyOf(vexSchema));
  const fail = failer(vexSchema, source);
  checkForm(source.value, fail);
  const components = checkCounts(source);
  const document = validate(vexSchema, source);
  const exceptions: Exception[] = [];
  const revocations: VexRevocation[] = [];
  const withoutAction: string[] = [];
  for (const [index, written] of document.statements.entries()) {
    const path = ['statements', index];
    checkStatement(written, path, fail);
    const { status, vulnerability, action_statement: action } = written;
    const about = {
      source: `${file}: statement ${index + 1}`,
      ids: [...new Set([vulnerability.name, ...(vulnerability.aliases ?? [])])],
    };
    if (status === 'affected' || status === 'under_investigation') {
      // govulncheck writes none. The statement can only make a verdict worse, so it is still used.
      if (status === 'affected' && action === undefined) withoutAction.push(about.source);
      const products = productsOf(written, 'possible', path, fail);
      revocations.push({ ...about, status, at: revokingTime(written, document), products });
    } else {
      exceptions.push({
        ...about,
        origin: 'vex',
        status,
        scope: { kind: 'products', products: productsOf(written, 'certain', path, fail) },
        reason: reasonOf(written),
        expires: undefined,
        since: exceptingTime(written, document),
        // By the specification the author is the individual or organization responsible for the document.
        approvedBy: document.author,
        ticket: undefined,
        untilFixed: false,
      });
    }
  }
  return { exceptions, revocations, components, withoutAction };
}

/**
 * The exceptions of several documents, each with the statements that can revoke it. Of all statements about one product
 * and vulnerability, the latest one counts, in any document. If two have the same time, the one that does not allow the
 * finding counts.
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

function productsOf({ products = [] }: WrittenStatement, need: Need, path: Path, fail: Fail) {
  return products.flatMap((product, index) => productOf(product, need, [...path, 'products', index], fail));
}

/** When an excepting statement was made or last confirmed. */
function exceptingTime(written: WrittenStatement, { timestamp }: WrittenDocument): Date {
  // The document's last_updated may be due to another statement, so it does not confirm this one.
  return latest(written.timestamp, written.last_updated) ?? timestamp;
}

/** The latest time at which a revoking statement can have been made. */
function revokingTime(written: WrittenStatement, { timestamp, last_updated }: WrittenDocument): Date {
  return latest(written.timestamp, written.last_updated) ?? latest(timestamp, last_updated) ?? timestamp;
}

function latest(...times: readonly (Date | undefined)[]): Date | undefined {
  return times.filter((candidate) => candidate !== undefined).sort((a, b) => b.getTime() - a.getTime())[0];
}

/** Justification, impact statement and notes as one text, cut to the length that reports show. */
function reasonOf({ justification, impact_statement, status_notes }: WrittenStatement): string | undefined {
  const parts = [justification, impact_statement, status_notes?.trim()];
  const text = parts.filter((part) => part !== undefined && part !== '').join(': ');
  if (text === '') return undefined;
  return text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT - 1).toWellFormed()}…` : text;
}
