/**
 * Compares the findings of an image with those of a newer base image: which of its findings a rebuild resolves, and
 * which it adds. It makes only claims that both lists of findings support.
 */
import type { Finding } from '../results/finding.ts';
import { severityOrder } from '../results/order.ts';
import type { RebuildChange } from '../results/rebuild.ts';
import type { Effect, JudgedFinding, Verdict } from '../results/verdict.ts';

/** The base image of one platform of an image. */
export interface PlatformBase {
  /** Digests of the layers that the image has from its base image, and from nothing else. */
  readonly layers: ReadonlySet<string>;
  /**
   * All findings of the newer base image for this platform, of every status, as findings of the image: with its digest and
   * platform. Undefined if this platform is already built on it.
   */
  readonly newer: readonly Finding[] | undefined;
}

/**
 * What a rebuild on a newer base image changes, all platforms together; undefined if it does not make the verdict
 * better, if a platform of the image has no base, or if the two lists contradict each other.
 *
 * - A finding is resolved if, on every platform that has it, all of its packages are in layers of the base image, and the
 *   newer base image has no open finding of this vulnerability, in whatever package, under any of its names. A suppressed
 *   finding is an open one.
 * - A finding of the newer base image is added unless the image keeps a finding of the same vulnerability that is at least as
 *   severe and has at least the same effect.
 * @param findings all findings of the image, as they were judged
 * @param bases by the digest of the platform image
 * @param before the verdict on `findings`
 * @param judge judges findings of the image in the same way
 */
export function compareBases(
  findings: readonly Finding[],
  bases: ReadonlyMap<string, PlatformBase>,
  before: Verdict,
  judge: (findings: readonly Finding[]) => Verdict,
): RebuildChange | undefined {
  const present = findings.filter(isOpen);
  if (present.some(({ digest }) => !bases.has(digest))) return undefined;
  const newer = [...bases.values()].flatMap(({ newer: list = [] }) => list.filter(isOpen));
  const known = new Set(findings.map(({ id }) => id));
  // The ids tell which findings a rebuild adds.
  if (newer.some(({ id }) => known.has(id))) return undefined;

  const names = new Set(newer.flatMap(namesOf));
  const isGone = (finding: Finding): boolean => {
    const base = bases.get(finding.digest);
    if (base?.newer === undefined || finding.packages.length === 0) return false;
    return (
      finding.packages.every(({ layer }) => layer !== undefined && base.layers.has(layer)) &&
      !namesOf(finding).some((name) => names.has(name))
    );
  };
  const byId = Map.groupBy(present, ({ id }) => id);
  const membersOf = ({ ids }: JudgedFinding) => ids.flatMap((id) => byId.get(id) ?? []);
  const resolves = before.judged.filter((judged) => {
    const members = membersOf(judged);
    return members.length > 0 && members.every(isGone);
  });
  const removed = new Set(resolves.flatMap(membersOf));
  const kept = findings.filter((finding) => !removed.has(finding));

  const effects = effectsIn(judge([...kept, ...newer]));
  // Of findings with the same id, it is not certain which effect is whose.
  const sure = kept.filter((finding) => isOpen(finding) && byId.get(finding.id)?.length === 1);
  const strictness = strictnessOf(sure, effects);
  const isCovered = (finding: Finding): boolean =>
    namesOf(finding).some((name) =>
      strictness
        .get(name)
        ?.slice(rank(effects.get(finding.id)))
        .some((order) => order <= severityOrder(finding.severity)),
    );
  const added = newer.filter((finding) => !isCovered(finding));
  const after = judge([...kept, ...added]);
  const addedIds = new Set(added.map(({ id }) => id));
  const adds = after.judged.filter(({ ids }) => ids.every((id) => addedIds.has(id)));
  if (!isBetter(after, before)) return undefined;
  return { resolves, adds, verdict: after.verdict, exceededLimits: after.exceededLimits };
}

/**
 * The verdict by today's findings after a rebuild, for the plan of what is left to do. What does not depend on the findings
 * that are judged stays as it is.
 */
export function verdictAfter(verdict: Verdict, change: RebuildChange): Verdict {
  const gone = new Set(change.resolves);
  const judged = [...verdict.judged.filter((finding) => !gone.has(finding)), ...change.adds];
  return {
    ...verdict,
    verdict: change.verdict,
    judged,
    blocking: judged.filter(({ effect }) => effect === 'block').length,
    exceededLimits: change.exceededLimits,
  };
}

function isOpen({ status }: Finding): boolean {
  return status !== 'CLOSED';
}

/** For each name of a vulnerability, and each effect, where the worst severity of its findings stands in the order. */
function strictnessOf(
  findings: readonly Finding[],
  effects: ReadonlyMap<string, Effect>,
): ReadonlyMap<string, readonly number[]> {
  const found = new Map<string, number[]>();
  for (const finding of findings) {
    const at = rank(effects.get(finding.id));
    for (const name of namesOf(finding)) {
      const orders = found.get(name) ?? RANK.map(() => Number.POSITIVE_INFINITY);
      orders[at] = Math.min(orders[at] ?? Number.POSITIVE_INFINITY, severityOrder(finding.severity));
      found.set(name, orders);
    }
  }
  return found;
}

/** The names of a vulnerability, such as its CVE and its GHSA, on one platform image. */
function namesOf({ digest, vulnerabilityId, relatedIds }: Finding): string[] {
  const names = [vulnerabilityId, ...relatedIds].map((name) => name.trim().toUpperCase());
  return [...new Set(names)].map((name) => `${digest} ${name}`);
}

const RANK: readonly (Effect | undefined)[] = [undefined, 'allow', 'warn', 'block'];

/** Where an effect stands, 0 for a finding that is not judged. */
function rank(effect: Effect | undefined): number {
  return RANK.indexOf(effect);
}

/** The effect of each finding by its id, the worst of several; none for what is not judged. */
function effectsIn({ judged }: Verdict): ReadonlyMap<string, Effect> {
  const effects = new Map<string, Effect>();
  for (const { ids, effect } of judged) {
    for (const id of ids) if (rank(effect) > rank(effects.get(id))) effects.set(id, effect);
  }
  return effects;
}

/**
 * Whether a verdict is better: fewer findings block or limits are exceeded by less, and neither gets worse. Of an image that
 * is not blocked: whether fewer findings warn, and none blocks.
 */
function isBetter(after: Verdict, before: Verdict): boolean {
  const [now, then] = [weigh(after), weigh(before)];
  if (now.blocking > then.blocking || now.excess > then.excess) return false;
  if (before.verdict === 'block') return now.blocking < then.blocking || now.excess < then.excess;
  return now.warning < then.warning;
}

function weigh({ judged, blocking, exceededLimits }: Verdict) {
  return {
    blocking,
    excess: exceededLimits.reduce((sum, { allowed, found }) => sum + found - allowed, 0),
    warning: judged.filter(({ effect }) => effect === 'warn').length,
  };
}
