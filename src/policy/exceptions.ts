/** Which exceptions and VEX statements cover a finding, and why some of them do not apply under the policy. */

import type {
  Exception,
  ExceptionField,
  ExceptionScope,
  ImageIdentity,
  PackageDoubt,
  Refusal,
  VexProduct,
  VexRevocation,
} from '../results/exception.ts';
import type { Finding } from '../results/finding.ts';
import { CLOCK_SKEW_MS, DAY_MS } from '../time.ts';
import { hasSeverity, namesIds, onPlatform, type Truth, within } from './conditions.ts';
import { listOf, matchesGlob } from './globs.ts';
import type { ExceptionBounds } from './policy.ts';
import { doubtAbout, isAboutImage, matchesProducts } from './products.ts';

/** An exception that covers a finding, or may cover it. */
export interface ExceptionMatch {
  readonly exception: Exception;
  /** Why it is not certain that the exception is about the finding's packages. Undefined if it is certain. */
  readonly doubt: PackageDoubt | undefined;
}

/** The exceptions of a run, and the bounds that the policy sets for them. */
export interface Exceptions {
  /**
   * The exceptions that cover a finding, whether or not they apply to it.
   * @param onOther is called with each exception that names the finding's vulnerability and covers another image, platform
   *   or package
   */
  matching(finding: Finding, onOther?: (exception: Exception) => void): readonly ExceptionMatch[];
  /** Why an exception that covers a finding does not apply to it. Undefined if it applies. */
  refusal(match: ExceptionMatch, finding: Finding): Refusal | undefined;
  /** The exceptions that apply to no finding at all, and why. */
  readonly refused: ReadonlyMap<Exception, Refusal>;
  /** The moment from which an exception no longer applies. */
  ends(exception: Exception): Date | undefined;
  /** Whether an exception can be about the image, whatever its findings are. */
  isAboutImage(exception: Exception): boolean;
}

/**
 * Prepares the exceptions of a run for looking up.
 * @param image the image that globs and products are compared with
 * @param now the service's time. An exception applies until the moment it ends.
 */
export function prepareExceptions(
  exceptions: readonly Exception[],
  bounds: ExceptionBounds,
  image: ImageIdentity,
  now: Date,
): Exceptions {
  const refused = new Map<Exception, Refusal>();
  const byId = new Map<string, Exception[]>();
  for (const exception of exceptions) {
    const refusal = refusalOf(exception, bounds, now);
    if (refusal !== undefined) refused.set(exception, refusal);
    for (const id of idsOf(exception)) {
      const others = byId.get(id);
      if (others === undefined) byId.set(id, [exception]);
      else others.push(exception);
    }
  }
  return {
    refused,
    ends: (exception) => endOf(exception, bounds),
    isAboutImage: ({ scope }) =>
      scope.kind === 'products' ? isAboutImage(scope.products, image) : isOfRepository(scope, image),
    refusal: ({ exception, doubt }, finding) =>
      refused.get(exception) ??
      (doubt === undefined ? refusalFor(exception, finding, bounds) : { kind: 'other-package', ...doubt }),
    matching: (finding, onOther) => {
      if (byId.size === 0) return [];
      const candidates = new Set(
        [finding.vulnerabilityId, ...finding.relatedIds].flatMap((id) => byId.get(folded(id)) ?? []),
      );
      return [...candidates].flatMap((exception) => {
        if (!names(exception, finding)) return [];
        const { scope } = exception;
        if (covers(scope, finding, image)) return { exception, doubt: undefined };
        const doubt = scope.kind === 'products' ? doubtAbout(scope.products, finding, image) : undefined;
        if (doubt !== undefined) return { exception, doubt };
        onOther?.(exception);
        return [];
      });
    },
  };
}

/** Whether an exception is limited to some platforms, or can be revoked for some. */
export function dependOnPlatform(exceptions: readonly Exception[]): boolean {
  const products: VexProduct[] = [];
  const lists = new Set<readonly VexRevocation[]>();
  for (const { scope } of exceptions) {
    if (scope.kind === 'globs') {
      if (scope.platform !== undefined) return true;
      continue;
    }
    for (const product of scope.products) {
      products.push(product);
      if (product.revocations !== undefined) lists.add(product.revocations.by);
    }
  }
  for (const list of lists) for (const revocation of list) products.push(...revocation.products);
  return products.some(({ arch, os }) => arch !== undefined || os !== undefined);
}

function folded(id: string): string {
  return id.toLowerCase();
}

const foldedIds = new WeakMap<Exception, ReadonlySet<string>>();

/** The ids of an exception in lower case. */
function idsOf(exception: Exception): ReadonlySet<string> {
  let ids = foldedIds.get(exception);
  if (ids === undefined) {
    ids = new Set(exception.ids.map(folded));
    foldedIds.set(exception, ids);
  }
  return ids;
}

/** Whether an exception names the vulnerability of a finding. */
function names(exception: Exception, finding: Finding): boolean {
  const ids = idsOf(exception);
  return namesIds(finding, 'every', (id) => ids.has(folded(id)));
}

type GlobScope = Extract<ExceptionScope, { kind: 'globs' }>;

function isOfRepository({ image }: GlobScope, { repository }: ImageIdentity): boolean {
  return image === undefined || matchesGlob(image, repository);
}

/** Whether the scope of an exception covers a finding. Every package and every platform of it must match. */
function covers(scope: ExceptionScope, finding: Finding, image: ImageIdentity): boolean {
  if (scope.kind === 'products') return matchesProducts(scope.products, finding, image);
  const { package: packages, platform } = scope;
  return (
    isOfRepository(scope, image) &&
    (packages === undefined ||
      (finding.packages.length > 0 && finding.packages.every(({ name }) => matchesGlob(packages, name)))) &&
    (platform === undefined || onPlatform(listOf(platform), finding, 'every') === true)
  );
}

/** A VEX statement has no end of its own. The policy's `max-duration` counts from the time of the statement. */
function endOf({ expires, since }: Exception, { maxDurationMs }: ExceptionBounds): Date | undefined {
  if (expires !== undefined || maxDurationMs === undefined || since === undefined) return expires;
  return new Date(since.getTime() + maxDurationMs);
}

/** Why an exception applies to no finding. */
function refusalOf(exception: Exception, bounds: ExceptionBounds, now: Date): Refusal | undefined {
  const ends = endOf(exception, bounds);
  // An invalid date counts as passed.
  if (ends !== undefined && !(ends > now)) return { kind: 'expired', since: ends };
  const { since } = exception;
  if (since !== undefined && !(since.getTime() - now.getTime() <= CLOCK_SKEW_MS)) {
    return { kind: 'not-yet', from: since };
  }
  const { maxDurationMs } = bounds;
  if (maxDurationMs !== undefined && (ends === undefined || ends.getTime() - now.getTime() > maxDurationMs)) {
    const days = ends === undefined ? undefined : Math.ceil((ends.getTime() - now.getTime()) / DAY_MS);
    return { kind: 'max-duration', maxDurationMs, days };
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

/** Why an exception does not apply to a finding. */
function refusalFor(exception: Exception, finding: Finding, { never }: ExceptionBounds): Refusal | undefined {
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
