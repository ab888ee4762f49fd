/** `report.json` of an audit. */
import type {
  AccessEntry,
  AuditResult,
  PrincipalEntry,
  Result,
  RuleNote,
  WhoCanAnswer,
} from '../../audit/result.ts';
import type { GateError } from '../../errors.ts';
import type { DocumentSource } from '../../results/documents.ts';
import type { AuditDocuments, AuditRunResult, AuditSettings } from '../../results/modes/audit.ts';
import { jsonText, oneByOne } from '../kit/json-text.ts';
import type { FileToWrite } from '../report.ts';
import type { AuditDocument } from './schema.ts';

/** The document. Long lists are created one element at a time. */
type LongDocument = Omit<AuditDocument, 'results' | 'access'> & {
  readonly results: Iterable<AuditDocument['results'][number]>;
  readonly access: Iterable<AuditDocument['access'][number]>;
};

/** The report as text, in pieces. */
export function reportText(run: AuditRunResult): Generator<string> {
  return jsonText(documentOf(run));
}

/** The file of the report. */
export function reportFile(run: AuditRunResult): FileToWrite {
  return {
    kind: 'report',
    name: 'report.json',
    what: 'report.json',
    render: () => ({ text: reportText(run), omissions: [] }),
  };
}

const NOTHING: Omit<AuditResult, 'verdict' | 'counts'> = {
  registries: [],
  results: [],
  access: [],
  accessIncomplete: [],
  principals: [],
  notSeen: [],
  notes: [],
  rules: { unmatched: [], expired: [] },
  gone: [],
  proposals: [],
};

// Field by field, so that the file contains only the intended data.
function documentOf(run: AuditRunResult): LongDocument {
  const { audit, verdict, enforced, version, startedAt, durationMs, judgedAt, error, notices, answers } = run;
  const found = audit ?? NOTHING;
  return {
    schemaVersion: 1,
    mode: 'audit',
    verdict,
    enforced,
    version,
    startedAt: startedAt.toISOString(),
    durationMs,
    judgedAt: judgedAt?.toISOString() ?? null,
    error: error === undefined ? null : errorDocument(error),
    settings: run.settings === undefined ? null : settingsDocument(run.settings),
    documents: run.documents === undefined ? null : documentsDocument(run.documents),
    notices: [...notices],
    notes: [...found.notes],
    counts: audit === undefined ? null : countsDocument(audit.counts),
    registries: found.registries.map(({ host, account, region, partition, repositories }) => ({
      host,
      account,
      region,
      partition,
      repositories: [...repositories],
    })),
    results: oneByOne(found.results, resultDocument),
    gone: found.gone.map(({ check, resource }) => ({ check, resource })),
    rules: {
      unmatched: found.rules.unmatched.map(ruleDocument),
      expired: found.rules.expired.map(ruleDocument),
    },
    access: oneByOne(found.access, accessDocument),
    accessIncomplete: [...found.accessIncomplete],
    principals: found.principals.map(principalDocument),
    proposals: found.proposals.map((proposal) =>
      'document' in proposal
        ? { repository: proposal.repository, document: proposal.document }
        : { repository: proposal.repository, withheld: [...proposal.withheld] },
    ),
    answers: answers.map(answerDocument),
    notSeen: [...found.notSeen],
  };
}

function countsDocument(counts: AuditResult['counts']): NonNullable<AuditDocument['counts']> {
  const { passed, critical, high, medium, low, unknown, ignored } = counts;
  return { passed, critical, high, medium, low, unknown, ignored };
}

function errorDocument({ code, message, nextStep }: GateError): NonNullable<AuditDocument['error']> {
  return { code, message, nextStep: nextStep ?? null };
}

function settingsDocument(settings: AuditSettings): NonNullable<AuditDocument['settings']> {
  const { failOn, repositories, role, access, validateCache, lifecyclePreview, enforce, timeoutMs } =
    settings;
  return {
    failOn,
    repositories: [...repositories],
    role: role ?? null,
    access,
    validateCache,
    lifecyclePreview,
    enforce,
    timeoutMs,
  };
}

function documentsDocument(documents: AuditDocuments): NonNullable<AuditDocument['documents']> {
  const { policy, organizationPolicies, baseline } = documents;
  return {
    policy: policy === undefined ? null : sourceDocument(policy),
    organizationPolicies: organizationPolicies.map(sourceDocument),
    baseline: baseline === undefined ? null : sourceDocument(baseline),
  };
}

function sourceDocument({ uri, sha256, moving }: DocumentSource) {
  return { uri, sha256, moving };
}

function resultDocument(result: Result): AuditDocument['results'][number] {
  const { check, status, severity, couldBe, registry, resource, message, evidence, fix, reference } = result;
  const { missing, items, ignored, new: isNew } = result;
  return {
    check,
    status,
    severity,
    couldBe,
    registry: registry ?? null,
    resource,
    message,
    evidence,
    fix: fix && { command: fix.command, document: fix.document },
    reference,
    missing: [...missing],
    items: [...items],
    ignored: ignored && { reason: ignored.reason, expires: ignored.expires },
    new: isNew,
  };
}

function accessDocument(entry: AccessEntry): AuditDocument['access'][number] {
  return {
    repository: entry.repository,
    principal: entry.principal,
    kind: entry.kind,
    pull: entry.pull,
    push: entry.push,
    retag: entry.retag,
    delete: entry.delete,
    administer: entry.administer,
    administerActions: [...entry.administerActions],
    token: entry.token,
    conditions: [...entry.conditions],
    unknown: [...entry.unknown],
    because: becauseDocument(entry.because),
  };
}

function becauseDocument(because: AccessEntry['because']): AuditDocument['access'][number]['because'] {
  return because.map(({ source, policy, sid, effect }) => ({ source, policy, sid, effect }));
}

function principalDocument({ arn, kind, assumedBy, usedBy, permissions }: PrincipalEntry) {
  const { summary, dangers, unknown } = permissions;
  return {
    arn,
    kind,
    assumedBy: [...assumedBy],
    usedBy: [...usedBy],
    permissions: { summary: [...summary], dangers: [...dangers], unknown: [...unknown] },
  };
}

function ruleDocument({ source, check, resource, expires }: RuleNote) {
  return { source, check, resource, expires };
}

function answerDocument(answer: WhoCanAnswer): AuditDocument['answers'][number] {
  const { question, repositories, rows, incomplete } = answer;
  return {
    question,
    repositories: [...repositories],
    rows: rows.map(({ repository, principal, kind, verdict, conditions, unknown, because }) => ({
      repository,
      principal,
      kind,
      verdict,
      conditions: [...conditions],
      unknown: [...unknown],
      because: becauseDocument(because),
    })),
    incomplete: [...incomplete],
  };
}
