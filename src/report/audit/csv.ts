/** CSV files of an audit (RFC 4180), safe to open in a spreadsheet. */
import type { AccessEntry, AuditResult, Result } from '../../audit/result.ts';
import { line } from '../kit/escape.ts';
import { oneByOne } from '../kit/json-text.ts';
import { ABILITIES, becauseWords, Unexpected } from './access.ts';

/**
 * What a spreadsheet reads as the beginning of a formula, after any spaces. Source: OWASP, "CSV Injection". East Asian
 * editions of Excel also accept the fullwidth forms.
 */
const FORMULA = /^\s*[=+\-@\uff1d\uff0b\uff0d\uff20|%]/;

/** A cell: one line, always in quotation marks, never a formula. */
export function cell(text: string): string {
  const shown = line(text);
  return `"${(FORMULA.test(shown) ? `'${shown}` : shown).replaceAll('"', '""')}"`;
}

function* rows(head: readonly string[], lines: Iterable<readonly string[]>): Generator<string> {
  yield `${head.map(cell).join()}\r\n`;
  for (const cells of lines) yield `${cells.map(cell).join()}\r\n`;
}

const RESULTS = [
  'check',
  'status',
  'severity',
  'new',
  'registry',
  'resource',
  'message',
  'fix',
  'missing',
  'ignored because',
  'reference',
];

/** All results, one per line. */
export function resultsCsv({ results }: AuditResult): Iterable<string> {
  return { [Symbol.iterator]: () => rows(RESULTS, oneByOne(results, resultCells)) };
}

function resultCells(result: Result): readonly string[] {
  const { check, status, severity, registry, resource, message, fix, missing, ignored, reference } = result;
  return [
    check,
    status,
    severity,
    result.new === undefined ? '' : `${result.new}`,
    registry ?? '',
    resource,
    message,
    fix?.command ?? '',
    missing.join(' '),
    ignored?.reason ?? '',
    reference,
  ];
}

const ACCESS = [
  'repository',
  'principal',
  'kind',
  ...ABILITIES,
  'unexpected',
  'administer actions',
  'docker login',
  'conditions',
  'unknown',
  'because',
];

/** The access map, one row per line. */
export function accessCsv(audit: AuditResult): Iterable<string> {
  const unexpected = new Unexpected(audit);
  const cells = (entry: AccessEntry) => accessCells(entry, unexpected);
  return { [Symbol.iterator]: () => rows(ACCESS, oneByOne(audit.access, cells)) };
}

function accessCells(entry: AccessEntry, unexpected: Unexpected): readonly string[] {
  const { repository, principal, kind, administerActions, token, conditions, unknown, because } = entry;
  return [
    repository,
    principal,
    kind,
    ...ABILITIES.map((ability) => entry[ability] ?? ''),
    unexpected.of(entry).join(' '),
    administerActions.join(' '),
    token ?? '',
    conditions.join('; '),
    unknown.join('; '),
    because.map(becauseWords).join('; '),
  ];
}
