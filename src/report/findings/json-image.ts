/** An image in `report.json`: its findings, exceptions and errors. */
import type { GateError } from '../../errors.ts';
import type { Exception, ExceptionOutcome, Refusal } from '../../results/exception.ts';
import { type ImageReport, verdictOf } from '../../results/modes/images.ts';
import type { BaseAdvice } from '../../results/rebuild.ts';
import type { ImageFinding, JudgedFinding, Reason } from '../../results/verdict.ts';
import type {
  AdviceDocument,
  ErrorDocument,
  ExceptionOutcomeDocument,
  FindingDocument,
  ImageDocument,
  JudgedFindingDocument,
  ReasonDocument,
  RefusalDocument,
} from './document.ts';

/** An image, without what only one of the actions reports. */
export function imageDocument(
  image: ImageReport,
): Omit<ImageDocument, 'signatures' | 'verdictAttestations' | 'signed' | 'proofs'> {
  const { outcome } = image;
  const verdict = outcome.kind === 'judged' ? outcome.verdict : undefined;
  return {
    image: image.uri,
    digest: image.digest ?? null,
    references: image.references,
    repository: image.repository,
    account: image.account,
    region: image.region,
    index: image.isIndex,
    verdict: verdictOf(image),
    error: outcome.kind === 'error' ? errorDocument(outcome.error) : null,
    counts: verdict?.counts ?? null,
    blocking: verdict?.blocking ?? null,
    platforms: image.platforms.map(({ digest, platform, scannedAt, monitored }) => ({
      digest,
      platform,
      scannedAt: iso(scannedAt),
      monitored: monitored ?? null,
    })),
    attestations: image.attestations,
    skipped: image.skipped ?? [],
    baseImages: (image.baseImages ?? []).map(({ name, named, deciding }) => ({ name, named, deciding })),
    advice: image.advice === undefined ? null : adviceDocument(image.advice),
    weakened: verdict === undefined ? null : (image.weakened ?? {}),
    findings: verdict?.judged.map(judgedDocument) ?? [],
    suppressed: verdict?.suppressed.map(findingDocument) ?? [],
    exceededLimits: verdict?.exceededLimits ?? [],
    exceptions: verdict?.exceptions.map(exceptionOutcomeDocument) ?? [],
    gone: verdict?.gone?.map(findingDocument) ?? null,
  };
}

function adviceDocument({ base, named, digest, pushedAt, isCurrent, newer }: BaseAdvice): AdviceDocument {
  return {
    base,
    named,
    digest,
    pushedAt: iso(pushedAt),
    current: isCurrent,
    newer: newer.map(({ change, unknown, ...one }) => ({
      kind: one.kind,
      reference: one.reference,
      digest: one.digest,
      pushedAt: iso(one.pushedAt),
      change:
        change === undefined
          ? null
          : {
              resolves: change.resolves.flatMap(({ ids }) => ids),
              adds: change.adds.map(judgedDocument),
              verdict: change.verdict,
              exceededLimits: change.exceededLimits,
            },
      unknown: unknown ?? null,
    })),
  };
}

export function judgedDocument(judged: JudgedFinding): JudgedFindingDocument {
  return {
    ...findingDocument(judged),
    effect: judged.effect,
    reason: reasonDocument(judged.reason),
    inBaseline: judged.inBaseline ?? null,
    refused: judged.refused.map(({ exception, refusal }) => ({
      source: exception.source,
      refusal: refusalDocument(refusal),
    })),
  };
}

function reasonDocument(reason: Reason): ReasonDocument {
  switch (reason.kind) {
    case 'exception':
      return { kind: 'exception', source: reason.exception.source, instead: reasonDocument(reason.instead) };
    case 'baseline':
      return { kind: 'baseline', instead: reasonDocument(reason.instead) };
    case 'rule':
      return { ...reason, reason: reason.reason ?? null };
    default:
      return reason;
  }
}

export function exceptionOutcomeDocument(outcome: ExceptionOutcome): ExceptionOutcomeDocument {
  const { exception, matches, applied, needless, refusals, ends } = outcome;
  return {
    origin: exception.origin,
    source: exception.source,
    ids: exception.ids,
    scope: scopeDocument(exception.scope),
    status: exception.status,
    reason: exception.reason ?? null,
    ends: iso(ends),
    approvedBy: exception.approvedBy ?? null,
    ticket: exception.ticket ?? null,
    matches,
    applied,
    needless,
    refusals: refusals.map(refusalDocument),
  };
}

function refusalDocument(refusal: Refusal): RefusalDocument {
  switch (refusal.kind) {
    case 'expired':
      return { kind: refusal.kind, since: iso(refusal.since) };
    case 'not-yet':
      return { kind: refusal.kind, from: iso(refusal.from) };
    case 'max-duration':
      return { ...refusal, days: refusal.days ?? null };
    case 'other-package':
      return { ...refusal, found: refusal.found ?? null };
    default:
      return refusal;
  }
}

function scopeDocument(scope: Exception['scope']): ExceptionOutcomeDocument['scope'] {
  if (scope.kind !== 'globs') return null;
  return {
    package: scope.package ?? null,
    image: scope.image ?? null,
    platform: scope.platform ?? null,
  };
}

export function findingDocument({ finding, ids, platforms }: ImageFinding): FindingDocument {
  return {
    ids,
    vulnerability: finding.vulnerabilityId,
    related: finding.relatedIds,
    type: finding.type,
    title: finding.title,
    severity: finding.severity,
    vendorSeverity: finding.vendorSeverity ?? null,
    status: finding.status,
    score: finding.score ?? null,
    cvss: finding.cvss.map(({ baseScore, version, vector, source }) => ({
      baseScore,
      version,
      vector,
      source,
    })),
    epss: finding.epss ?? null,
    fixAvailable: finding.fixAvailable ?? null,
    exploitAvailable: finding.exploitAvailable ?? null,
    knownExploited: finding.knownExploited ?? null,
    packages: finding.packages.map((found) => ({
      name: found.name,
      version: found.version,
      epoch: found.epoch ?? null,
      release: found.release ?? null,
      arch: found.arch ?? null,
      manager: found.manager ?? null,
      fixedIn: found.fixedIn ?? null,
      filePath: found.filePath ?? null,
      layer: found.layer ?? null,
      instruction: found.instruction ?? null,
      origin: found.origin ?? null,
      statedOrigin: found.statedOrigin ?? null,
      reachability: found.reachability ?? null,
      remediation: found.remediation ?? null,
    })),
    platforms,
    operatingSystem: finding.operatingSystem ?? null,
    source: finding.source ?? null,
    sourceUrl: finding.sourceUrl ?? null,
    firstObservedAt: iso(finding.firstObservedAt),
  };
}

export function errorDocument({ code, message, nextStep }: GateError): ErrorDocument {
  return { code, message, nextStep: nextStep ?? null };
}

/** A date as the report has it; null if it is no date. */
export function iso(date: Date | undefined): string | null {
  return date === undefined || Number.isNaN(date.getTime()) ? null : date.toISOString();
}
