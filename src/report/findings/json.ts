/** `report.json`: the whole report as plain JSON, as described by schema/report.schema.json. */

import type { GateError } from '../../errors.ts';
import type { DocumentSource, Weakening } from '../../results/documents.ts';
import type { Exception, ExceptionOutcome, Refusal } from '../../results/exception.ts';
import type { Cvss } from '../../results/finding.ts';
import type { RunVerdict } from '../../results/modes/envelope.ts';
import type { SigningReport } from '../../results/modes/gate.ts';
import {
  type DocumentsReport,
  type ImageReport,
  type ImagesResult,
  type SettingsReport,
  verdictOf,
} from '../../results/modes/images.ts';
import type { VerificationReport } from '../../results/modes/verify.ts';
import type {
  Counts,
  Effect,
  ExceededLimit,
  ImageFinding,
  JudgedFinding,
  Reason,
} from '../../results/verdict.ts';
import type { AttestationReport, Proof, SignatureReport } from '../../signing/outcomes.ts';
import { jsonText, oneByOne } from '../kit/json-text.ts';
import type { FileToWrite } from '../report.ts';

export interface ErrorDocument {
  readonly code: string;
  readonly message: string;
  readonly nextStep: string | null;
}

export interface PackageDocument {
  readonly name: string;
  readonly version: string;
  readonly epoch: number | null;
  readonly release: string | null;
  readonly arch: string | null;
  readonly manager: string | null;
  readonly fixedIn: string | null;
  readonly filePath: string | null;
  readonly layer: string | null;
  /** The Dockerfile instruction that made the layer. */
  readonly instruction: string | null;
  readonly origin: 'base' | 'application' | null;
  readonly statedOrigin: 'base' | 'application' | null;
  readonly remediation: string | null;
}

export interface FindingDocument {
  /** The findings of the service that stand behind it, one a platform. */
  readonly ids: readonly string[];
  readonly vulnerability: string;
  readonly related: readonly string[];
  readonly type: string;
  readonly title: string;
  readonly severity: string;
  readonly vendorSeverity: string | null;
  readonly status: string;
  readonly score: number | null;
  readonly cvss: readonly Cvss[];
  readonly epss: number | null;
  readonly fixAvailable: string | null;
  readonly exploitAvailable: string | null;
  /** Null where nobody asked: the judgement did not depend on it. */
  readonly knownExploited: boolean | null;
  readonly packages: readonly PackageDocument[];
  readonly platforms: readonly string[];
  /** The system in the image, as Inspector names it. */
  readonly operatingSystem: string | null;
  readonly source: string | null;
  readonly sourceUrl: string | null;
  /** There is none of when it was last seen: every scan would change every finding. */
  readonly firstObservedAt: string | null;
}

export interface ExceptionDocument {
  readonly origin: Exception['origin'];
  readonly source: string;
  readonly ids: readonly string[];
  /** The globs that limit it; null for an OpenVEX statement, which names products. */
  readonly scope: {
    readonly package: string | null;
    readonly image: string | null;
    readonly platform: string | null;
  } | null;
  readonly status: Exception['status'];
  readonly reason: string | null;
  /** From this moment on it no longer applies. */
  readonly ends: string | null;
  readonly approvedBy: string | null;
  readonly ticket: string | null;
}

export interface ExceptionOutcomeDocument extends ExceptionDocument {
  readonly applied: number;
  readonly needless: number;
  readonly refusals: readonly RefusalDocument[];
}

/** A refusal, its date in ISO 8601. */
export type RefusalDocument =
  | Exclude<Refusal, { kind: 'expired' | 'not-yet' | 'other-package' }>
  | (Omit<Extract<Refusal, { kind: 'other-package' }>, 'found'> & { readonly found: string | null })
  | { readonly kind: 'expired'; readonly since: string | null }
  | { readonly kind: 'not-yet'; readonly from: string | null };

/** A reason; an exception is named by where it stands: what it says is in the image's `exceptions`. */
export type ReasonDocument =
  | Exclude<Reason, { kind: 'exception' | 'baseline' | 'rule' }>
  | (Omit<Extract<Reason, { kind: 'rule' }>, 'reason'> & { readonly reason: string | null })
  | { readonly kind: 'exception'; readonly source: string; readonly instead: ReasonDocument }
  | { readonly kind: 'baseline'; readonly instead: ReasonDocument };

export interface JudgedFindingDocument extends FindingDocument {
  readonly effect: Effect;
  readonly reason: ReasonDocument;
  /** Null where there is no baseline. */
  readonly inBaseline: boolean | null;
}

export interface ImageDocument {
  readonly image: string;
  readonly digest: string;
  readonly references: readonly string[];
  readonly repository: string;
  readonly account: string;
  readonly region: string;
  readonly index: boolean;
  readonly verdict: RunVerdict;
  readonly error: ErrorDocument | null;
  /** Null where the image was not judged: no counts is not the same as no findings. */
  readonly counts: Counts | null;
  readonly blocking: number | null;
  readonly platforms: readonly {
    readonly digest: string;
    readonly platform: string;
    readonly scannedAt: string | null;
    readonly monitored: boolean | null;
  }[];
  readonly attestations: readonly string[];
  /** What it is built on, as far as anybody asked; `named`: the workflow named it, not only the image. */
  readonly baseImages: readonly {
    readonly name: string;
    readonly named: boolean;
    /** The images behind the name that rules went by. */
    readonly deciding: readonly string[];
  }[];
  /** The inputs by which more was let through than by the policy itself; null where the image was not judged. */
  readonly weakened: Weakening | null;
  readonly findings: readonly JudgedFindingDocument[];
  readonly suppressed: readonly FindingDocument[];
  readonly exceededLimits: readonly ExceededLimit[];
  readonly exceptions: readonly ExceptionOutcomeDocument[];
  /** What the baseline had and this image has not; null where there is no baseline. */
  readonly gone: readonly FindingDocument[] | null;
  readonly signatures: readonly {
    readonly digest: string;
    readonly state: SignatureReport['state'];
    readonly format: SignatureReport['format'];
    readonly platform: string | null;
  }[];
  /** The verdict as this run attached it. */
  readonly verdictAttestations: readonly {
    readonly digest: string;
    readonly type: string;
    readonly state: AttestationReport['state'];
    readonly format: AttestationReport['format'];
    readonly platform: string | null;
  }[];
  readonly proofs: readonly ProofDocument[];
}

export interface ProofDocument {
  readonly kind: Proof['kind'];
  readonly state: Proof['state'];
  readonly what: string;
  readonly by: string | null;
  readonly at: string | null;
  readonly ageMs: number | null;
  readonly detail: string | null;
}

export interface VerificationDocument {
  readonly signer: string;
  readonly format: VerificationReport['format'];
  readonly cosignVersion: string | null;
  readonly attestation: boolean;
  readonly policySha256: string | null;
  readonly maxAttestationAgeMs: number | null;
  readonly recheck: boolean;
}

export interface ReportDocument {
  readonly schemaVersion: 1;
  readonly action: { readonly name: string; readonly version: string };
  readonly verdict: RunVerdict;
  readonly startedAt: string;
  readonly durationMs: number;
  readonly settings: SettingsReport | null;
  readonly error: ErrorDocument | null;
  /** The files that the images were judged by. */
  readonly documents:
    | (Omit<DocumentsReport, 'policy'> & {
        readonly policy: DocumentSource | null;
      })
    | null;
  readonly baseline: {
    readonly reference: string;
    readonly image: string | null;
    readonly unused: string | null;
  } | null;
  readonly notices: readonly string[];
  /** The service's time by which exceptions and ages were judged. */
  readonly judgedAt: string | null;
  readonly signing: (Omit<SigningReport, 'cosignVersion'> & { readonly cosignVersion: string | null }) | null;
  readonly images: readonly ImageDocument[];
  /** Null where images were judged, not verified. */
  readonly verification: VerificationDocument | null;
}

/** What the reports of the gate and the verify action do not share. */
export interface DocumentParts<I extends ImageReport> {
  readonly signing: ReportDocument['signing'];
  readonly verification: ReportDocument['verification'];
  readonly ofImage: (image: I) => Pick<ImageDocument, 'signatures' | 'verdictAttestations' | 'proofs'>;
}

/** The report as plain JSON: what is not known is null, dates are ISO 8601 in UTC, findings worst first. */
export function reportDocument<I extends ImageReport>(
  report: ImagesResult<I>,
  { signing, verification, ofImage }: DocumentParts<I>,
): ReportDocument {
  const { settings, documents, baseline } = report;
  return {
    schemaVersion: 1,
    action: { name: 'ecr-deployment-gate', version: report.version },
    verdict: report.verdict,
    startedAt: report.startedAt.toISOString(),
    durationMs: report.durationMs,
    // Field by field: what the run carries besides these (a key's path, say) does not belong in a file.
    settings: settings
      ? {
          failOn: settings.failOn,
          warnOn: settings.warnOn,
          ignoreUnfixed: settings.ignoreUnfixed,
          enforce: settings.enforce,
          scanType: settings.scanType,
          timeoutMs: settings.timeoutMs,
          settleTimeMs: settings.settleTimeMs,
        }
      : null,
    error: report.error ? errorDocument(report.error) : null,
    documents: documents ? { ...documents, policy: documents.policy ?? null } : null,
    baseline: baseline
      ? { reference: baseline.reference, image: baseline.uri ?? null, unused: baseline.unused ?? null }
      : null,
    notices: report.notices,
    judgedAt: iso(report.judgedAt),
    signing,
    images: report.images.map((image) => ({ ...imageDocument(image), ...ofImage(image) })),
    verification,
  };
}

/** The document as text. Findings and exceptions become part of it only when it is their turn: there may be many. */
export function documentText<I extends ImageReport>(
  report: ImagesResult<I>,
  parts: DocumentParts<I>,
): Generator<string> {
  const bare = reportDocument({ ...report, images: report.images.map(withoutLists) }, parts);
  const images = bare.images.map((image, index) => {
    const outcome = report.images[index]?.outcome;
    const verdict = outcome?.kind === 'judged' ? outcome.verdict : undefined;
    return {
      ...image,
      findings: oneByOne(verdict?.judged ?? [], judgedDocument),
      suppressed: oneByOne(verdict?.suppressed ?? [], findingDocument),
      exceptions: oneByOne(verdict?.exceptions ?? [], exceptionOutcomeDocument),
    };
  });
  return jsonText({ ...bare, images });
}

const REPORT_FILE = 'report.json';

/** The file of the report. */
export function reportFile(text: () => Iterable<string>): FileToWrite {
  return {
    kind: 'report',
    name: REPORT_FILE,
    what: 'The report',
    render: () => ({ text: text(), omissions: [] }),
  };
}

function withoutLists<I extends ImageReport>(image: I): I {
  const { outcome } = image;
  if (outcome.kind !== 'judged') return image;
  const verdict = { ...outcome.verdict, judged: [], suppressed: [], exceptions: [] };
  return { ...image, outcome: { ...outcome, verdict } };
}

function imageDocument(
  image: ImageReport,
): Omit<ImageDocument, 'signatures' | 'verdictAttestations' | 'proofs'> {
  const { outcome } = image;
  const verdict = outcome.kind === 'judged' ? outcome.verdict : undefined;
  return {
    image: image.uri,
    digest: image.digest,
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
    baseImages: (image.baseImages ?? []).map(({ name, named, deciding }) => ({ name, named, deciding })),
    weakened: verdict === undefined ? null : (image.weakened ?? {}),
    findings: verdict?.judged.map(judgedDocument) ?? [],
    suppressed: verdict?.suppressed.map(findingDocument) ?? [],
    exceededLimits: verdict?.exceededLimits ?? [],
    exceptions: verdict?.exceptions.map(exceptionOutcomeDocument) ?? [],
    gone: verdict?.gone?.map(findingDocument) ?? null,
  };
}

function judgedDocument(judged: JudgedFinding): JudgedFindingDocument {
  return {
    ...findingDocument(judged),
    effect: judged.effect,
    reason: reasonDocument(judged.reason),
    inBaseline: judged.inBaseline ?? null,
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

function exceptionOutcomeDocument(outcome: ExceptionOutcome): ExceptionOutcomeDocument {
  const { exception, applied, needless, refusals, ends } = outcome;
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
    case 'other-package':
      return { ...refusal, found: refusal.found ?? null };
    default:
      return refusal;
  }
}

function scopeDocument(scope: Exception['scope']): ExceptionDocument['scope'] {
  if (scope.kind !== 'globs') return null;
  return {
    package: scope.package ?? null,
    image: scope.image ?? null,
    platform: scope.platform ?? null,
  };
}

function findingDocument({ finding, ids, platforms }: ImageFinding): FindingDocument {
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
      remediation: found.remediation ?? null,
    })),
    platforms,
    operatingSystem: finding.operatingSystem ?? null,
    source: finding.source ?? null,
    sourceUrl: finding.sourceUrl ?? null,
    firstObservedAt: iso(finding.firstObservedAt),
  };
}

function errorDocument({ code, message, nextStep }: GateError): ErrorDocument {
  return { code, message, nextStep: nextStep ?? null };
}

export function iso(date: Date | undefined): string | null {
  return date === undefined || Number.isNaN(date.getTime()) ? null : date.toISOString();
}
