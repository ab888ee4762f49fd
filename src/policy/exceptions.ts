/** Exceptions: who may let a finding through, why, and until when. */

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
import { CLOCK_SKEW_MS } from '../time.ts';
import { hasSeverity, namesIds, onPlatform, type Truth, within } from './conditions.ts';
import { listOf, matchesGlob } from './globs.ts';
import type { ExceptionBounds } from './policy.ts';
import { doubtAbout, matchesProducts } from './products.ts';

/** An exception that names a finding. */
export interface NamingException {
  readonly exception: Exception;
  /** Why it is not certain that it means the finding's packages; undefined where it is. */
  readonly doubt: PackageDoubt | undefined;
}

/** The exceptions of a run under a policy's bounds. It finds the one for a finding and keeps no account of it. */
export interface Exceptions {
  /** Every exception that names this finding, whether it applies or not. */
  naming(finding: Finding): readonly NamingException[];
  /** Why an exception that names a finding does not apply to it; undefined where it does. */
  refusal(naming: NamingException, finding: Finding): Refusal | undefined;
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
export function prepareExceptions(
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
    refusal: ({ exception, doubt }, finding) =>
      refused.get(exception) ??
      (doubt === undefined ? refuseFor(exception, finding, bounds) : { kind: 'other-package', ...doubt }),
    naming: (finding) => {
      if (byId.size === 0) return [];
      const candidates = new Set(
        [finding.vulnerabilityId, ...finding.relatedIds].flatMap((id) => byId.get(folded(id)) ?? []),
      );
      return [...candidates].flatMap((exception) => {
        if (!names(exception, finding)) return [];
        const { scope } = exception;
        if (covers(scope, finding, image)) return { exception, doubt: undefined };
        const doubt = scope.kind === 'products' ? doubtAbout(scope.products, finding, image) : undefined;
        return doubt === undefined ? [] : { exception, doubt };
      });
    },
  };
}

/** Whether any of the exceptions is for some platforms alone, or is taken back for some. */
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
  return products.some(({ arch }) => arch !== undefined);
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

function names(exception: Exception, finding: Finding): boolean {
  const ids = idsOf(exception);
  return namesIds(finding, 'every', (id) => ids.has(folded(id)));
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
    (platform === undefined || onPlatform(listOf(platform), finding, 'every') === true)
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
