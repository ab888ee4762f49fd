/**
 * Which classes of findings the suppression rules of Amazon Inspector hide completely, as far as the findings of an image
 * tell. The rules themselves are not read: a member account cannot list those of its delegated administrator.
 */
import { type Finding, reachabilityOf } from '../../results/finding.ts';
import type { ImageReport } from '../../results/modes/images.ts';
import { clip, compareTexts } from '../../text.ts';
import { oncePer } from '../kit/once.ts';
import { enumerate, plural } from '../kit/words.ts';

/** With fewer findings, a class may be hidden by coincidence, by rules about single vulnerabilities. */
const LEAST_HIDDEN = 5;
const MAX_CLASSES = 3;
const MAX_NAME = 40;

const REACHABILITIES = {
  reachable: 'with a reachable package',
  'not-reachable': 'whose packages are not reachable',
} as const;

/**
 * `Suppression rules of Amazon Inspector hide 20 findings, among them all 14 whose packages are not reachable.` and what to
 * review. Undefined if the policy judges suppressed findings, or if they have no property that all other findings lack.
 * Severities and package managers are external text, which is not escaped yet.
 */
export const hiddenWords = oncePer(({ outcome }: ImageReport): string | undefined => {
  if (outcome.kind !== 'judged') return undefined;
  const { judged, suppressed } = outcome.verdict;
  if (suppressed.length < LEAST_HIDDEN) return undefined;
  const what = hiddenOf(
    suppressed.map(({ finding }) => finding),
    judged.map(({ finding }) => finding),
  );
  return what === undefined
    ? undefined
    : `Suppression rules of Amazon Inspector hide ${what}. Review these rules in the Amazon Inspector console; in an organization, the delegated administrator manages them.`;
});

function hiddenOf(hidden: readonly Finding[], others: readonly Finding[]): string | undefined {
  const { length } = hidden;
  if (others.length === 0) return `all ${length} findings of this image`;
  const counts = new Map<string, number>();
  for (const name of hidden.flatMap(classesOf)) counts.set(name, (counts.get(name) ?? 0) + 1);
  for (const name of others.flatMap(classesOf)) counts.delete(name);
  const ofReachability = (name: string) => Object.values<string>(REACHABILITIES).includes(name);
  const classes = [...counts]
    .filter(([, count]) => count >= LEAST_HIDDEN)
    .sort(
      ([a, many], [b, few]) =>
        Number(ofReachability(b)) - Number(ofReachability(a)) || few - many || compareTexts(a, b),
    )
    .slice(0, MAX_CLASSES);
  const [first] = classes;
  if (first === undefined) return undefined;
  const joint = classes.length === 1 && first[1] === length ? ':' : ', among them';
  const named = enumerate(classes.map(([name, count]) => `all ${count} ${name}`));
  return `${plural(length, 'finding')}${joint} ${named}`;
}

/** The classes by which a suppression rule can select a finding, in words. */
function classesOf({ severity, packages }: Finding): string[] {
  const reachability = reachabilityOf(packages);
  const managers = new Set(packages.map(({ manager }) => manager).filter((manager) => manager !== undefined));
  return [
    ...(reachability === undefined ? [] : [REACHABILITIES[reachability]]),
    `of severity ${clip(severity, MAX_NAME)}`,
    ...[...managers].map((manager) => `with packages of ${clip(manager, MAX_NAME)}`),
  ];
}
