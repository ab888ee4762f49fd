/** The image that is deployed now: what it already has is not new. */
import type { Baseline } from '../results/baseline.ts';
import type { Finding } from '../results/finding.ts';

const keysOf = new WeakMap<Baseline, ReadonlySet<string>>();

/**
 * Whether the baseline has the same vulnerability in every package of the finding, by name and package
 * manager: another version of the package is still the same finding. One that names no package is new.
 */
export function isInBaseline(finding: Finding, baseline: Baseline | undefined): boolean {
  if (baseline === undefined) return false;
  let known = keysOf.get(baseline);
  if (known === undefined) {
    known = new Set(baseline.findings.filter(({ status }) => status === 'ACTIVE').flatMap(keys));
    keysOf.set(baseline, known);
  }
  const own = keys(finding);
  return own.length > 0 && own.every((key) => known.has(key));
}

/**
 * Whether a baseline is the image that is judged, or one of them holds the other, by the digests of their platform
 * images: then it has every finding, and nothing tells what is new.
 */
export function isSameImage(baseline: readonly string[], judged: readonly string[]): boolean {
  const within = (some: readonly string[], others: readonly string[]) =>
    some.every((digest) => others.includes(digest));
  return within(baseline, judged) || within(judged, baseline);
}

/** The findings of the baseline that none of the image's own repeats: what the change mended. */
export function goneSince(baseline: Baseline, findings: readonly Finding[]): Finding[] {
  const present = new Set(findings.flatMap(keys));
  return baseline.findings.filter(
    (finding) => finding.status === 'ACTIVE' && !keys(finding).some((key) => present.has(key)),
  );
}

function keys({ vulnerabilityId, packages }: Finding): string[] {
  return packages.map(({ name, manager }) => JSON.stringify([vulnerabilityId, name, manager ?? '']));
}
