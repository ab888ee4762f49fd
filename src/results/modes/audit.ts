/** The result of the audit action: what was audited, by which policy, and what was found. */
import type { CheckText } from '../../audit/check.ts';
import type { Expectations } from '../../audit/expectations.ts';
import type { AuditResult, WhoCanAnswer } from '../../audit/result.ts';
import type { Severity } from '../../audit/severity.ts';
import type { DocumentSource } from '../documents.ts';
import type { Envelope } from './envelope.ts';

export interface AuditSettings {
  readonly failOn: Severity | 'none';
  readonly repositories: readonly string[];
  readonly role: string | undefined;
  readonly access: boolean;
  readonly validateCache: boolean;
  readonly lifecyclePreview: boolean;
  readonly enforce: boolean;
  readonly timeoutMs: number;
}

/** The files that an audit used. */
export interface AuditDocuments {
  readonly policy: DocumentSource | undefined;
  readonly organizationPolicies: readonly DocumentSource[];
  /** The earlier report; undefined if none was given, or there is no such file. */
  readonly baseline: DocumentSource | undefined;
}

export interface AuditRunResult extends Envelope {
  /** Undefined if the inputs could not be read. */
  readonly settings: AuditSettings | undefined;
  /** Undefined if the run ended before they were read. */
  readonly documents: AuditDocuments | undefined;
  /** Undefined if nothing could be audited. */
  readonly audit: AuditResult | undefined;
  /** The texts of each check. */
  readonly checks: readonly CheckText[];
  /** The expectations and the names of accounts in the audit policy. */
  readonly expectations: Expectations;
  /** The answers to the questions of the input `who-can`. */
  readonly answers: readonly WhoCanAnswer[];
  /** AWS's time by which ages and expiry dates were judged; undefined if nothing was judged. */
  readonly judgedAt: Date | undefined;
}
