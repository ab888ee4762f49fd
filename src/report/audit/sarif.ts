/**
 * `results.sarif` of an audit: SARIF 2.1.0, a run for each registry and one for the roles and users of each account, a
 * rule for each check. GitHub closes alerts that an upload no longer contains. Each resource with unknown results
 * therefore has one result of the rule `unknown`, so that an alert is not closed silently because something could not
 * be read.
 */
import { hash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { Invocation, Log, ReportingDescriptor, Run, Result as SarifResult } from 'sarif';
import type { CheckText } from '../../audit/check.ts';
import type { Result } from '../../audit/result.ts';
import { bySeverity, type Severity } from '../../audit/severity.ts';
import type { AuditRunResult } from '../../results/modes/audit.ts';
import { clip, compareTexts } from '../../text.ts';
import { line, markdown, plain } from '../kit/escape.ts';
import { jsonText } from '../kit/json-text.ts';
import type { FileToWrite } from '../report.ts';
import { Names } from './words.ts';

const SARIF_FILE = 'results.sarif';
const SCHEMA = 'https://json.schemastore.org/sarif-2.1.0.json';
const TOOL = 'ECR Deployment Gate audit';
const UNKNOWN = 'unknown';

/** GitHub's limits: a file that exceeds them is refused, or not all of it is shown ("SARIF results exceed limits"). */
export const LIMITS = { runs: 20, results: 5_000, bytes: 9_500_000 } as const;

/** GitHub requires a region. */
const FIRST_LINE = { startLine: 1, startColumn: 1, endLine: 1, endColumn: 2 };

const MAX_MESSAGE = 1_000;
const MAX_NAME = 200;

const LEVELS: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
};

/** GitHub's bounds are 9.0, 7.0 and 4.0. */
const SECURITY: Readonly<Record<Severity, string>> = {
  critical: '9.5',
  high: '8.0',
  medium: '5.5',
  low: '2.0',
};

export interface SarifText {
  readonly text: Iterable<string>;
  /** What the file omits, in words. */
  readonly omissions: readonly string[];
}

/** The file of the report. */
export function sarifFile(run: AuditRunResult): FileToWrite {
  return { kind: 'sarif', name: SARIF_FILE, what: SARIF_FILE, render: () => sarifReport(run) };
}

/** The results as SARIF; undefined if nothing was audited, because a file without results would close all alerts. */
export function sarifReport(run: AuditRunResult, limits: typeof LIMITS = LIMITS): SarifText | undefined {
  // An audit that was cancelled or failed has not checked everything.
  if (run.audit === undefined || run.error !== undefined) return undefined;
  const parts = partsOf(run);
  const chosen = parts.slice(0, limits.runs);
  for (let most: number = limits.results; ; most = Math.floor(most / 2)) {
    const runs = chosen.map((part) => runOf(part, run, most));
    const log: Log = { $schema: SCHEMA, version: '2.1.0', runs: runs.map(({ sarif }) => sarif) };
    const text = { [Symbol.iterator]: () => jsonText(log) };
    if (most > 0 && !fits(text, limits.bytes)) continue;
    const left = parts.length - chosen.length;
    return {
      text,
      omissions: [
        ...runs.flatMap(({ omission }) => (omission === undefined ? [] : [omission])),
        ...(left > 0 ? [`${SARIF_FILE} contains ${limits.runs} registries and omits ${left}.`] : []),
      ],
    };
  }
}

/** The sum is an upper bound: pieces that are compressed one by one take slightly more space than the whole. */
function fits(text: Iterable<string>, bytes: number): boolean {
  let size = 0;
  for (const piece of text) {
    size += gzipSync(piece).length;
    if (size > bytes) return false;
  }
  return true;
}

/** The results of a registry, or those about the roles and users of an account. */
interface Part {
  readonly name: string;
  readonly results: readonly Result[];
}

function partsOf({ audit }: AuditRunResult): readonly Part[] {
  const byRegistry = new Map<string, Result[]>((audit?.registries ?? []).map(({ host }) => [host, []]));
  for (const result of audit?.results ?? []) {
    const name =
      result.registry ?? `iam/${/^[^:]*:[^:]*:iam::(\d{12}):/.exec(result.resource)?.[1] ?? 'other'}`;
    const list = byRegistry.get(name);
    if (list === undefined) byRegistry.set(name, [result]);
    else list.push(result);
  }
  return [...byRegistry].map(([name, results]) => ({ name, results }));
}

interface Shown {
  readonly rule: string;
  readonly severity: Severity;
  readonly resource: string;
  readonly message: string;
  /** The reason for which the audit policy ignores it. */
  readonly ignored: string | undefined;
}

function shownOf({ results }: Part): readonly Shown[] {
  const unknown = Map.groupBy(
    results.filter(({ status }) => status === 'unknown'),
    ({ resource }) => resource,
  );
  const shown = [
    ...results
      .filter(({ status }) => status === 'fail' || status === 'ignored')
      .map(
        ({ check, severity, resource, message, ignored }): Shown => ({
          rule: check,
          severity,
          resource,
          message,
          ignored: ignored?.reason,
        }),
      ),
    ...[...unknown].map(
      ([resource, group]): Shown => ({
        rule: UNKNOWN,
        severity: 'low',
        resource,
        message: `These checks could not be evaluated: ${group.map(({ check }) => check).join(', ')}. ${group[0]?.message ?? ''}`,
        ignored: undefined,
      }),
    ),
  ].sort(
    (a, b) =>
      Number(a.ignored !== undefined) - Number(b.ignored !== undefined) ||
      bySeverity(a.severity, b.severity) ||
      compareTexts(a.rule, b.rule) ||
      compareTexts(a.resource, b.resource),
  );
  // GitHub treats two results with the same fingerprint as one.
  return [...new Map(shown.toReversed().map((one) => [fingerprint(one), one])).values()].toReversed();
}

/** Identifies a result in later analyses. GitHub reads only the fingerprint `primaryLocationLineHash`. */
function fingerprint({ rule, resource }: Shown): string {
  return `${hash('sha256', JSON.stringify([rule, resource])).slice(0, 32)}:1`;
}

function runOf(
  part: Part,
  run: AuditRunResult,
  most: number,
): { readonly sarif: Run; readonly omission: string | undefined } {
  const all = shownOf(part);
  const shown = all.slice(0, most);
  const texts = new Map(run.checks.map((text) => [text.id, text]));
  const rules = [...new Set(shown.map(({ rule }) => rule))];
  const indexes = new Map(rules.map((rule, index) => [rule, index]));
  const names = new Names(run);
  const omission =
    all.length > shown.length
      ? `${shown.length} of ${all.length} results of ${line(part.name)} are in ${SARIF_FILE}, worst first. report.json contains all of them.`
      : undefined;
  return {
    sarif: {
      tool: {
        driver: {
          name: TOOL,
          version: run.version,
          semanticVersion: run.version,
          rules: rules.map((id) => ruleOf(id, texts.get(id))),
        },
      },
      automationDetails: { id: `ecr-audit/${line(part.name)}/` },
      invocations: [invocationOf(omission)],
      columnKind: 'utf16CodeUnits',
      results: shown.map((one) => resultOf(one, indexes.get(one.rule) ?? -1, run, names)),
    },
    omission,
  };
}

function invocationOf(omission: string | undefined): Invocation {
  return {
    executionSuccessful: true,
    toolExecutionNotifications:
      omission === undefined ? [] : [{ level: 'warning', message: { text: plain(omission) } }],
  };
}

function ruleOf(id: string, text: CheckText | undefined): ReportingDescriptor {
  if (text === undefined) {
    const what = id === UNKNOWN ? 'Something could not be read or evaluated.' : `The check ${id} passes.`;
    return {
      id: line(id),
      name: ruleName(id),
      shortDescription: { text: plain(what) },
      fullDescription: { text: plain(what) },
      help: { text: plain(what), markdown: markdown(what) },
      defaultConfiguration: { level: 'note' },
      properties: { 'security-severity': SECURITY.low, precision: 'very-high', tags: ['security', 'ecr'] },
    };
  }
  const { title, means, why, fix, reference, severities } = text;
  const [severity] = severities;
  const help = [`It fails when: ${means}`, why, fix];
  return {
    id: line(id),
    name: ruleName(id),
    shortDescription: { text: plain(title) },
    fullDescription: { text: plain(clip(`${title} ${why}`, MAX_MESSAGE)) },
    helpUri: reference,
    help: {
      text: plain(`${help.join(' ')} ${reference}`),
      markdown: `${help.map(markdown).join('\n\n')}\n\n${reference}`,
    },
    defaultConfiguration: { level: LEVELS[severity] },
    properties: {
      'security-severity': SECURITY[severity],
      precision: 'very-high',
      tags: ['security', 'ecr', ...(/^[a-z]+/.exec(id) ?? [])],
    },
  };
}

/** `policy/deny-others` as `PolicyDenyOthers`. */
function ruleName(id: string): string {
  return id
    .split(/[^A-Za-z0-9]+/)
    .map((word) => `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`)
    .join('');
}

function resultOf(shown: Shown, ruleIndex: number, run: AuditRunResult, names: Names): SarifResult {
  const { rule, severity, resource, message, ignored } = shown;
  const name = names.resource(resource);
  return {
    ruleId: line(rule),
    ruleIndex,
    level: LEVELS[severity],
    message: { text: plain(clip(`${name}: ${message}`, MAX_MESSAGE)) },
    locations: [
      {
        physicalLocation: { artifactLocation: { uri: locationOf(run, name) }, region: FIRST_LINE },
        logicalLocations: [{ fullyQualifiedName: line(clip(resource, 2 * MAX_NAME)), kind: 'resource' }],
      },
    ],
    partialFingerprints: {
      primaryLocationLineHash: fingerprint(shown),
    },
    ...(ignored !== undefined && {
      suppressions: [
        { kind: 'external', status: 'accepted', justification: plain(clip(ignored, MAX_MESSAGE)) },
      ],
    }),
  };
}

/** The audit policy, if it is a file of this repository; otherwise the name of the resource. */
function locationOf({ documents }: AuditRunResult, name: string): string {
  const uri = documents?.policy?.uri;
  const isLocal =
    uri !== undefined && !uri.startsWith('/') && !uri.includes('@') && !uri.split('/').includes('..');
  const path = isLocal ? uri.replace(/^(\.\/)+/, '') : clip(name.replace(/^\/+/, ''), MAX_NAME);
  return path.split('/').map(encoded).join('/');
}

/**
 * As a part of a relative URI reference. Characters that cannot be encoded, such as half a surrogate pair, are
 * replaced.
 */
function encoded(part: string): string {
  const text = encodeURIComponent(part.toWellFormed());
  return text === '' || text === '.' || text === '..' ? '_' : text;
}
