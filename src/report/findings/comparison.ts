/** The differences between the images and the baseline, the image that is deployed now. */

import { type ImageReport, type ImagesResult, verdictsIn } from '../../results/modes/images.ts';
import type { ImageFinding } from '../../results/verdict.ts';
import { clip } from '../../text.ts';
import { bullets, code, details, firstLine, prose, severity, vulnerability } from '../kit/blocks.ts';
import { plural } from '../kit/words.ts';

const MAX_REASON = 240;
const MAX_LISTED = 15;
const MAX_PACKAGES = 3;

/** The numbers in one line, or why there are none; nothing if the workflow names no baseline. */
export function comparison({ baseline, images }: ImagesResult): string[] {
  if (baseline === undefined) return [];
  const name = code(baseline.reference, 300);
  if (baseline.uri === undefined) {
    if (baseline.unused === undefined) return [];
    const why = prose(clip(firstLine(baseline.unused), MAX_REASON));
    return [`<p>↔️ <b>The baseline was not used</b>; no finding was downgraded. ${name}: ${why}</p>`];
  }
  const judged = verdictsIn(images).flatMap((verdict) => verdict.judged);
  const count = (known: boolean) => judged.filter(({ inBaseline }) => inBaseline === known).length;
  return [
    `<p>↔️ Compared with ${name}: <b>${plural(count(false), 'new finding')}</b>, ${goneFrom(images).length} no longer present, ${count(true)} unchanged.</p>`,
  ];
}

/** New findings that do not block, and findings that are no longer present, each folded. */
export function changes({ images }: ImagesResult): string[] {
  const added = verdictsIn(images)
    .flatMap(({ judged }) => judged)
    .filter(({ inBaseline, effect }) => inBaseline === false && effect !== 'block');
  return [
    ...listed(
      `🆕 ${plural(added.length, 'new finding')} that ${added.length === 1 ? 'does' : 'do'} not block`,
      added,
    ),
    ...gone(images),
  ];
}

/** The findings that the baseline has and the images do not, folded. */
export function gone(images: readonly ImageReport[]): string[] {
  const findings = goneFrom(images);
  return listed(`👋 ${plural(findings.length, 'finding')} no longer present`, findings);
}

function goneFrom(images: readonly ImageReport[]): ImageFinding[] {
  return verdictsIn(images).flatMap((verdict) => verdict.gone ?? []);
}

function listed(title: string, findings: readonly ImageFinding[]): string[] {
  if (findings.length === 0) return [];
  const items = findings.slice(0, MAX_LISTED).map(({ finding }) => {
    const names = finding.packages.slice(0, MAX_PACKAGES).map(({ name }) => code(name, 100));
    return `${vulnerability(finding.vulnerabilityId)} ${severity(finding.severity)} ${names.join(', ')}`;
  });
  const left = findings.length - items.length;
  return [details(title, [bullets([...items, ...(left > 0 ? [`and ${left} more`] : [])])])];
}
