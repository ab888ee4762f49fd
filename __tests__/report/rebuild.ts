/** Reads report.json back, as far as a summary can be rendered of it again. */

import { type ErrorCode, GateError } from '../../src/errors.ts';
import type {
  ErrorDocument,
  ExceptionOutcomeDocument,
  FindingDocument,
  ImageDocument,
  JudgedFindingDocument,
  ReasonDocument,
  RefusalDocument,
  ReportDocument,
} from '../../src/report/findings/document.ts';
import type { Exception, ExceptionOutcome, Refusal } from '../../src/results/exception.ts';
import { isTolerated } from '../../src/results/modes/enforcement.ts';
import type { ImageFinding, JudgedFinding, Reason } from '../../src/results/verdict.ts';
import type { EitherImage, EitherResult } from './either.ts';

/** Whatever is not in the file is blank or missing in the report. */
export function rebuiltReport(document: ReportDocument): EitherResult {
  const { documents, baseline, signing, verification, changes } = document;
  const ended = {
    verdict: document.verdict,
    enforced: document.settings?.enforce !== false,
    images: document.images.map(image),
    error: document.error === null ? undefined : error(document.error),
  };
  return {
    ...ended,
    tolerated: isTolerated(verification === null ? 'gate' : 'verify', ended),
    settings: document.settings ?? undefined,
    documents: documents === null ? undefined : { ...documents, policy: documents.policy ?? undefined },
    baseline:
      baseline === null
        ? undefined
        : {
            reference: baseline.reference,
            uri: baseline.image ?? undefined,
            unused: baseline.unused ?? undefined,
          },
    notices: document.notices,
    records:
      document.records === null
        ? undefined
        : { ...document.records, page: document.records.page ?? undefined },
    nextSteps: document.nextSteps,
    judgedAt: date(document.judgedAt),
    signing:
      signing === null
        ? undefined
        : {
            ...signing,
            cosignVersion: signing.cosignVersion ?? undefined,
            notationVersion: signing.notationVersion ?? undefined,
          },
    startedAt: new Date(document.startedAt),
    durationMs: document.durationMs,
    version: document.action.version,
    changes:
      changes === null
        ? undefined
        : {
            ...changes,
            since: date(changes.since),
            error: changes.error ?? undefined,
            expiries: changes.expiries.map((expiry) => ({ ...expiry, ends: date(expiry.ends) })),
          },
    verification:
      verification === null
        ? undefined
        : {
            ...verification,
            cosignVersion: verification.cosignVersion ?? undefined,
            notation:
              verification.notation === null
                ? undefined
                : { ...verification.notation, version: verification.notation.version ?? undefined },
            policies: verification.policies ?? undefined,
            maxAttestationAgeMs: verification.maxAttestationAgeMs ?? undefined,
          },
  };
}

function image(document: ImageDocument): EitherImage {
  return {
    references: document.references,
    uri: document.image,
    digest: document.digest ?? undefined,
    repository: document.repository,
    account: document.account,
    region: document.region,
    isIndex: document.index,
    platforms: document.platforms.map(({ scannedAt, monitored, ...platform }) => ({
      ...platform,
      scannedAt: date(scannedAt),
      monitored: monitored ?? undefined,
    })),
    attestations: document.attestations,
    skipped: document.skipped,
    baseImages: document.baseImages,
    weakened: document.weakened ?? {},
    ...adviceAndOutcome(document),
    signatures: document.signatures.map(withoutNull),
    verdictAttestations: document.verdictAttestations.map(withoutNull),
    signed: document.signed,
    proofs: document.proofs.map(({ by, at, ageMs, ends, promotedFrom, detail, command, ...proof }) => ({
      ...proof,
      by: by ?? undefined,
      at: date(at),
      ageMs: ageMs ?? undefined,
      ends: date(ends),
      promotedFrom: promotedFrom ?? undefined,
      detail: detail ?? undefined,
      command: command ?? undefined,
      nextStep: undefined,
    })),
  };
}

/** The advice refers to findings of the outcome. */
function adviceAndOutcome(document: ImageDocument): Pick<EitherImage, 'advice' | 'outcome'> {
  const made = outcome(document);
  const { judged = [], exceptions = [] } = made.kind === 'judged' ? made.verdict : {};
  const { advice } = document;
  if (advice === null) return { outcome: made, advice: undefined };
  const { current: isCurrent, newer, pushedAt, ...base } = advice;
  const never = new Date(Number.NaN);
  return {
    outcome: made,
    advice: {
      ...base,
      isCurrent,
      pushedAt: date(pushedAt) ?? never,
      newer: newer.map(({ change, unknown, ...one }) => ({
        ...one,
        pushedAt: date(one.pushedAt) ?? never,
        unknown: unknown ?? undefined,
        change:
          change === null
            ? undefined
            : {
                ...change,
                resolves: judged.filter(({ ids }) => ids.every((id) => change.resolves.includes(id))),
                adds: change.adds.map((finding) => judgedFinding(finding, exceptions)),
              },
      })),
    },
  };
}

function outcome(document: ImageDocument): EitherImage['outcome'] {
  if (document.error !== null) return { kind: 'error', error: error(document.error) };
  const { counts, verdict } = document;
  if (counts === null || verdict === 'error') return { kind: 'verified' };
  const exceptions = document.exceptions.map(exceptionOutcome);
  const judged = document.findings.map((finding) => judgedFinding(finding, exceptions));
  return {
    kind: 'judged',
    verdict: {
      verdict,
      judged,
      suppressed: document.suppressed.map(imageFinding),
      counts,
      blocking: document.blocking ?? 0,
      exceededLimits: document.exceededLimits,
      exceptions,
      gone: document.gone?.map(imageFinding),
    },
  };
}

function judgedFinding(
  finding: JudgedFindingDocument,
  exceptions: readonly ExceptionOutcome[],
): JudgedFinding {
  return {
    ...imageFinding(finding),
    effect: finding.effect,
    // As far as the reason tells: what a limit counts is not in the file.
    counts:
      finding.inBaseline !== true &&
      finding.reason.kind !== 'exception' &&
      (finding.effect !== 'allow' || finding.reason.kind === 'below-thresholds'),
    reason: reason(finding.reason, exceptions),
    inBaseline: finding.inBaseline ?? undefined,
    refused: finding.refused.map(({ source, refusal }) => ({
      exception: exceptionOf(source, exceptions),
      refusal: refusalOf(refusal),
    })),
  };
}

function imageFinding(document: FindingDocument): ImageFinding {
  const absent = <T>(value: T | null): T | undefined => value ?? undefined;
  return {
    ids: document.ids,
    platforms: document.platforms,
    finding: {
      id: document.ids[0] ?? '',
      type: document.type,
      vulnerabilityId: document.vulnerability,
      relatedIds: document.related,
      title: document.title,
      description: '',
      severity: document.severity,
      status: document.status,
      score: absent(document.score),
      cvss: document.cvss,
      epss: absent(document.epss),
      fixAvailable: absent(document.fixAvailable),
      exploitAvailable: absent(document.exploitAvailable),
      knownExploited: absent(document.knownExploited),
      packages: document.packages.map((found) => ({
        name: found.name,
        version: found.version,
        manager: absent(found.manager),
        fixedIn: absent(found.fixedIn),
        epoch: absent(found.epoch),
        release: absent(found.release),
        arch: absent(found.arch),
        filePath: absent(found.filePath),
        remediation: absent(found.remediation),
        layer: absent(found.layer),
        instruction: absent(found.instruction),
        origin: absent(found.origin),
        statedOrigin: absent(found.statedOrigin),
        reachability: absent(found.reachability),
      })),
      source: absent(document.source),
      sourceUrl: absent(document.sourceUrl),
      vendorSeverity: absent(document.vendorSeverity),
      firstObservedAt: date(document.firstObservedAt),
      digest: '',
      platform: document.platforms[0] ?? '',
      operatingSystem: absent(document.operatingSystem),
    },
  };
}

function reason(document: ReasonDocument, exceptions: readonly ExceptionOutcome[]): Reason {
  switch (document.kind) {
    case 'exception':
      return {
        kind: 'exception',
        exception: exceptionOf(document.source, exceptions),
        instead: reason(document.instead, exceptions),
      };
    case 'baseline':
      return { kind: 'baseline', instead: reason(document.instead, exceptions) };
    case 'rule':
      return { ...document, reason: document.reason ?? undefined };
    default:
      return document;
  }
}

function exceptionOf(source: string, exceptions: readonly ExceptionOutcome[]): Exception {
  const found = exceptions.find(({ exception }) => exception.source === source);
  if (found === undefined) throw new Error(`no exception has the source ${source}`);
  return found.exception;
}

function exceptionOutcome(document: ExceptionOutcomeDocument): ExceptionOutcome {
  const { matches, applied, needless, refusals, ends, scope } = document;
  const exception: Exception = {
    origin: document.origin,
    source: document.source,
    ids: document.ids,
    scope:
      scope === null
        ? { kind: 'products', products: [] }
        : {
            kind: 'globs',
            package: scope.package ?? undefined,
            image: scope.image ?? undefined,
            platform: scope.platform ?? undefined,
          },
    status: document.status,
    reason: document.reason ?? undefined,
    expires: document.origin === 'exceptions' ? date(ends) : undefined,
    since: undefined,
    approvedBy: document.approvedBy ?? undefined,
    ticket: document.ticket ?? undefined,
    untilFixed: false,
  };
  return {
    exception,
    matches,
    applied,
    needless,
    refusals: refusals.map(refusalOf),
    ends: date(ends),
  };
}

function refusalOf(refusal: RefusalDocument): Refusal {
  const never = new Date(Number.NaN);
  switch (refusal.kind) {
    case 'expired':
      return { kind: refusal.kind, since: date(refusal.since) ?? never };
    case 'not-yet':
      return { kind: refusal.kind, from: date(refusal.from) ?? never };
    case 'max-duration':
      return { ...refusal, days: refusal.days ?? undefined };
    case 'other-package':
      return { ...refusal, found: refusal.found ?? undefined };
    default:
      return refusal;
  }
}

function error({ code, message, nextStep }: ErrorDocument): GateError {
  return new GateError(code as ErrorCode, message, { nextStep: nextStep ?? undefined });
}

function date(text: string | null): Date | undefined {
  return text === null ? undefined : new Date(text);
}

function withoutNull<T extends { readonly platform: string | null; readonly command: string | null }>(
  entry: T,
) {
  return { ...entry, platform: entry.platform ?? undefined, command: entry.command ?? undefined };
}
