/** Exceptions: who may let a finding through, why, and until when. */
import type { Finding } from '../scan/findings.ts';
import { CLOCK_SKEW_MS, hasSeverity, namesIds, onPlatform, type Truth, within } from './conditions.ts';
import { listOf, matchesGlob } from './globs.ts';
import type { ExceptionBounds, ExceptionField } from './policy.ts';
import { matchesProducts } from './products.ts';

/** What an exception is compared with besides the finding. */
export interface ImageIdentity {
  /** The registry's host. */
  readonly host: string;
  readonly repository: string;
  /** The digests that were asked for. Those of platform images do not belong here: a finding knows its own. */
  readonly digests: readonly string[];
}

/** What a VEX product names, of an image: every part that is given must match. */
export interface VexProduct {
  /** `sha256:…` of the image or one of its platform images. */
  readonly digest: string | undefined;
  /** Last part of the repository's name, as `pkg:oci` has it. */
  readonly name: string;
  /** `HOST/REPOSITORY` from `repository_url`. */
  readonly repositoryUrl: string | undefined;
  readonly tag: string | undefined;
  readonly arch: string | undefined;
  /** The packages inside the image that the statement is about; empty: the image as a whole. */
  readonly subcomponents: readonly VexPackage[];
  /**
   * Statements of all documents that take others back; what they have to name, of a vulnerability that the statement
   * gives several names; and the time they must not be older than to do so here.
   */
  readonly revocations?:
    | { readonly since: Date; readonly ids: readonly string[]; readonly by: readonly VexRevocation[] }
    | undefined;
}

/** A statement that a product is affected or under investigation: it takes back what was said before. */
export interface VexRevocation {
  /** File and statement. */
  readonly source: string;
  readonly status: 'affected' | 'under_investigation';
  readonly at: Date;
  readonly ids: readonly string[];
  readonly products: readonly VexProduct[];
}

/** A package purl of a subcomponent: what is undefined matches anything. */
export interface VexPackage {
  readonly purl: string;
  readonly type: string;
  readonly namespace: string | undefined;
  readonly name: string;
  /** As the system's package manager writes it, epoch and release included. */
  readonly version: string | undefined;
  readonly arch?: string | undefined;
}

export type ExceptionScope =
  | {
      readonly kind: 'globs';
      /** Undefined: any. */
      readonly package: string | undefined;
      /** Over the repository's name. */
      readonly image: string | undefined;
      readonly platform: string | undefined;
    }
  | { readonly kind: 'products'; readonly products: readonly VexProduct[] };

export type ExceptionStatus = 'accepted' | 'false-positive' | 'mitigated' | 'not_affected' | 'fixed';

/** An exception of an exceptions file, or an OpenVEX statement that acts as one. */
export interface Exception {
  readonly origin: 'exceptions' | 'vex';
  /** File and line, or file and statement: `exceptions.yml:12`. */
  readonly source: string;
  /** Ids, exact, without regard to case; one of them is enough. Never empty, none of them blank. */
  readonly ids: readonly string[];
  readonly scope: ExceptionScope;
  readonly status: ExceptionStatus;
  /** Undefined only for a VEX statement, which need not have one. */
  readonly reason: string | undefined;
  /**
   * The moment from which it no longer applies: the end, in UTC, of the day the file names. Undefined only for
   * a VEX statement, which has none; a policy's `max-duration` then counts from `since`.
   */
  readonly expires: Date | undefined;
  /** When a VEX statement was made or last updated. */
  readonly since: Date | undefined;
  readonly approvedBy: string | undefined;
  readonly ticket: string | undefined;
  /** Applies only while the finding has no fix. */
  readonly untilFixed: boolean;
}

/** Why an exception does not apply though it names the finding. */
export type Refusal =
  | { readonly kind: 'expired'; readonly since: Date }
  /** A VEX statement that is dated later than now: no later one could ever take it back. */
  | { readonly kind: 'not-yet'; readonly from: Date }
  /** It ends later than the policy's `max-duration` allows. */
  | { readonly kind: 'max-duration'; readonly maxDurationMs: number }
  | { readonly kind: 'required'; readonly field: ExceptionField }
  /** The policy lets nothing except such a finding; `unknown` where nobody could say whether it is one. */
  | {
      readonly kind: 'never';
      readonly what: 'severity' | 'known-exploited' | 'score';
      readonly unknown: boolean;
    }
  /** `until-fixed`, and the finding has a fix or does not say that it has none. */
  | { readonly kind: 'fix-available' };

/** What became of one exception, over all findings of an image. */
export interface ExceptionOutcome {
  readonly exception: Exception;
  /** How many findings it let through that would have blocked or warned. */
  readonly applied: number;
  /** How many findings it named that needed no exception. */
  readonly needless: number;
  /** Why it did not apply to findings it named, each reason once; or why it can apply to none. */
  readonly refusals: readonly Refusal[];
  /** From when it applies no longer, a policy's `max-duration` for VEX statements included. */
  readonly ends: Date | undefined;
}

/** The exceptions of a run under a policy's bounds. It finds the one for a finding and keeps no account of it. */
export interface Exceptions {
  /** Every exception that names this finding, whether it applies or not. */
  naming(finding: Finding): readonly Exception[];
  /** Why an exception that names a finding does not apply to it; undefined where it does. */
  refusal(exception: Exception, finding: Finding): Refusal | undefined;
  /** Why an exception can apply to no finding at all. */
  readonly refused: ReadonlyMap<Exception, Refusal>;
  /** From when an exception applies no longer. */
  ends(exception: Exception): Date | undefined;
}

/**
 * Makes exceptions ready to be asked.
 * @param image what the exceptions' image globs and products are compared with
 * @param now the service's time: an exception applies until the moment it ends
 */
export function exceptionsUnder(
  exceptions: readonly Exception[],
  bounds: ExceptionBounds,
  image: ImageIdentity,
  now: Date,
): Exceptions {
  const refused = new Map<Exception, Refusal>();
  const byId = new Map<string, Exception[]>();
  for (const exception of exceptions) {
    const refusal = refuse(exception, bounds, now);
    if (refusal !== undefined) refused.set(exception, refusal);
    if (!isOfRepository(exception.scope, image)) continue;
    for (const id of idsOf(exception)) {
      const others = byId.get(id);
      if (others === undefined) byId.set(id, [exception]);
      else others.push(exception);
    }
  }
  return {
    refused,
    ends: (exception) => endOf(exception, bounds),
    refusal: (exception, finding) => refused.get(exception) ?? refuseFor(exception, finding, bounds),
    naming: (finding) => {
      if (byId.size === 0) return [];
      const candidates = new Set(
        [finding.vulnerabilityId, ...finding.relatedIds].flatMap((id) => byId.get(folded(id)) ?? []),
      );
      return [...candidates].filter((exception) => names(exception, finding, image));
    },
  };
}

function folded(id: string): string {
  return id.toLowerCase();
}

const foldedIds = new WeakMap<Exception, ReadonlySet<string>>();

/** The ids of an exception, without their case. */
function idsOf(exception: Exception): ReadonlySet<string> {
  let ids = foldedIds.get(exception);
  if (ids === undefined) {
    ids = new Set(exception.ids.map(folded));
    foldedIds.set(exception, ids);
  }
  return ids;
}

function names(exception: Exception, finding: Finding, image: ImageIdentity): boolean {
  const ids = idsOf(exception);
  return namesIds(finding, 'every', (id) => ids.has(folded(id))) && covers(exception.scope, finding, image);
}

/** Whether an exception may be about images of this repository; a VEX statement's products say more. */
function isOfRepository(scope: ExceptionScope, { repository }: ImageIdentity): boolean {
  return scope.kind === 'products' || scope.image === undefined || matchesGlob(scope.image, repository);
}

/** Whether the scope of an exception that is of the image's repository covers the finding. */
function covers(scope: ExceptionScope, finding: Finding, image: ImageIdentity): boolean {
  if (scope.kind === 'products') return matchesProducts(scope.products, finding, image);
  const { package: packages, platform } = scope;
  return (
    (packages === undefined ||
      (finding.packages.length > 0 && finding.packages.every(({ name }) => matchesGlob(packages, name)))) &&
    (platform === undefined || onPlatform(listOf(platform), finding.platform, 'every') === true)
  );
}

/** A VEX statement has no end of its own: a policy that limits how long exceptions last limits it too. */
function endOf({ expires, since }: Exception, { maxDurationMs }: ExceptionBounds): Date | undefined {
  if (expires !== undefined || maxDurationMs === undefined || since === undefined) return expires;
  return new Date(since.getTime() + maxDurationMs);
}

/** Why an exception applies to nothing. */
function refuse(exception: Exception, bounds: ExceptionBounds, now: Date): Refusal | undefined {
  const ends = endOf(exception, bounds);
  // An end that is no date has passed.
  if (ends !== undefined && !(ends > now)) return { kind: 'expired', since: ends };
  const { since } = exception;
  if (since !== undefined && !(since.getTime() - now.getTime() <= CLOCK_SKEW_MS)) {
    return { kind: 'not-yet', from: since };
  }
  const { maxDurationMs } = bounds;
  if (maxDurationMs !== undefined && (ends === undefined || ends.getTime() - now.getTime() > maxDurationMs)) {
    return { kind: 'max-duration', maxDurationMs };
  }
  const present: Readonly<Record<ExceptionField, boolean>> = {
    reason: exception.reason !== undefined,
    expires: ends !== undefined,
    'approved-by': exception.approvedBy !== undefined,
    ticket: exception.ticket !== undefined,
  };
  const field = bounds.required.find((name) => !present[name]);
  return field === undefined ? undefined : { kind: 'required', field };
}

/** Why it does not apply to this finding. */
function refuseFor(exception: Exception, finding: Finding, { never }: ExceptionBounds): Refusal | undefined {
  const forbidden = (what: 'severity' | 'known-exploited' | 'score', truth: Truth): Refusal | undefined =>
    truth === false ? undefined : { kind: 'never', what, unknown: truth === undefined };
  return (
    (exception.untilFixed && finding.fixAvailable !== 'NO' ? { kind: 'fix-available' } : undefined) ??
    (never.severity.length > 0
      ? forbidden('severity', hasSeverity(never.severity, finding.severity))
      : undefined) ??
    (never.score && forbidden('score', within(finding.score, never.score))) ??
    (never.knownExploited ? forbidden('known-exploited', finding.knownExploited) : undefined)
  );
}
