/** What a newer base image changes, in words: plain text without any external text. */
import type { ImageReport } from '../../results/modes/images.ts';
import { severityOrder } from '../../results/order.ts';
import type { NewerBase, RebuildChange } from '../../results/rebuild.ts';
import { severityWord } from '../../results/severity.ts';
import type { JudgedFinding, Verdict } from '../../results/verdict.ts';
import { DAY_MS, day } from '../../time.ts';
import { enumerate, plural } from '../kit/words.ts';

/** A pull-through cache that is older than this may have missed a newer image. */
export const OLD_MS = 7 * DAY_MS;

/** The newer base image that comes first, with what it changes; undefined if none is known to make the verdict better. */
export function recommended({ advice }: ImageReport): RebuildChange | undefined {
  return advice?.newer.find(({ change }) => change !== undefined)?.change;
}

/** `in ECR since 2026-11-23, 3 days ago`. */
export function sinceWords(pushedAt: Date, judgedAt: Date | undefined): string {
  const days = judgedAt === undefined ? undefined : Math.round(ageOf(pushedAt, judgedAt) / DAY_MS);
  if (days === undefined || Number.isNaN(days)) return `in ECR since ${day(pushedAt)}`;
  return days < 1
    ? 'in ECR for less than a day'
    : `in ECR since ${day(pushedAt)}, ${plural(days, 'day')} ago`;
}

/** How long ago ECR received an image when the findings were judged, in milliseconds. */
export function ageOf(pushedAt: Date, judgedAt: Date): number {
  return Math.max(0, judgedAt.getTime() - pushedAt.getTime());
}

/** `resolves 5 of the 7 blocking findings and adds 1 medium finding`. */
export function changeWords(change: RebuildChange, before: Verdict): string {
  return `resolves ${resolvedWords(change, before)} and ${addedWords(change)}`;
}

function resolvedWords({ resolves }: RebuildChange, { verdict, judged, blocking }: Verdict): string {
  const [effect, noun] =
    verdict === 'block' ? (['block', 'blocking finding'] as const) : (['warn', 'warning'] as const);
  const all = verdict === 'block' ? blocking : judged.filter((finding) => finding.effect === effect).length;
  const count = resolves.filter((finding) => finding.effect === effect).length;
  // It resolves findings that count towards a limit.
  if (count === 0) return plural(resolves.length, 'finding');
  if (count === all) return all === 1 ? `the ${noun}` : `all ${plural(all, noun)}`;
  return `${count} of the ${plural(all, noun)}`;
}

/** `adds 1 critical finding (blocks) and 2 medium findings`. */
function addedWords({ adds }: RebuildChange): string {
  if (adds.length === 0) return 'adds none';
  const groups = Map.groupBy(
    adds.toSorted((a, b) => order(a) - order(b)),
    ({ effect, finding }) => `${severityWord(finding.severity) ?? 'unknown'} ${effect}`,
  );
  const parts = [...groups].map(([key, { length }]) => {
    const [severity = '', effect = ''] = key.split(' ');
    return `${plural(length, `${severity} finding`)}${EFFECTS[effect] ?? ''}`;
  });
  return `adds ${enumerate(parts)}`;
}

const EFFECTS: Readonly<Record<string, string>> = { block: ' (blocks)', warn: ' (warns)' };

function order({ finding }: JudgedFinding): number {
  return severityOrder(finding.severity);
}

/** `Then the image passes`; undefined if it is still blocked, or was not blocked before. */
export function thenWords({ verdict }: RebuildChange, before: Verdict): string | undefined {
  if (before.verdict !== 'block' || verdict === 'block') return undefined;
  return `Then the image passes${verdict === 'warn' ? ' with warnings' : ''}`;
}

/** Whether a newer base image is worth a line: what it changes is known, or it is the newer image behind the same tag. */
export function isShown({ kind, change }: NewerBase): boolean {
  return change !== undefined || kind === 'same-tag';
}
