/** What a change brought and took, against the image that is deployed now. */

import { type ImageReport, type ImagesResult, verdictsIn } from '../../results/modes/images.ts';
import type { ImageFinding } from '../../results/verdict.ts';
import { clip } from '../../text.ts';
import { bullets, code, details, firstLine, prose, severity, vulnerability } from '../kit/blocks.ts';
import { plural } from '../kit/words.ts';

const MAX_REASON = 240;
const MAX_LISTED = 15;
const MAX_PACKAGES = 3;

/** The numbers in one line, or why there are none; nothing where no comparison was asked for. */
export function comparison({ baseline, images }: ImagesResult): string[] {
  if (baseline === undefined) return [];
  const name = code(baseline.reference, 300);
  if (baseline.uri === undefined) {
    if (baseline.unused === undefined) return [];
    const why = prose(clip(firstLine(baseline.unused), MAX_REASON));
    return [`<p>↔️ <b>No baseline</b>, so nothing is softened: ${name}: ${why}</p>`];
  }
  const judged = verdictsIn(images).flatMap((verdict) => verdict.judged);
  const count = (known: boolean) => judged.filter(({ inBaseline }) => inBaseline === known).length;
  return [
    `<p>↔️ Compared with ${name}: <b>${plural(count(false), 'new finding')}</b>, ${goneFrom(images).length} gone, ${count(true)} unchanged.</p>`,
  ];
}

/** What else is new, and what is gone, each folded. */
export function changes({ images }: ImagesResult): string[] {
  const added = verdictsIn(images)
    .flatMap(({ judged }) => judged)
    .filter(({ inBaseline, effect }) => inBaseline === false && effect !== 'block');
  return [...listed('🆕', 'new finding that does not block', added), ...gone(images)];
}

/** What the baseline had and the images no longer have, folded. */
export function gone(images: readonly ImageReport[]): string[] {
  return listed('👋', 'finding gone', goneFrom(images));
}

function goneFrom(images: readonly ImageReport[]): ImageFinding[] {
  return verdictsIn(images).flatMap((verdict) => verdict.gone ?? []);
}

function listed(mark: string, noun: string, findings: readonly ImageFinding[]): string[] {
  if (findings.length === 0) return [];
  const [word = '', ...rest] = noun.split(' ');
  const items = findings.slice(0, MAX_LISTED).map(({ finding }) => {
    const names = finding.packages.slice(0, MAX_PACKAGES).map(({ name }) => code(name, 100));
    return `${vulnerability(finding.vulnerabilityId)} ${severity(finding.severity)} ${names.join(', ')}`;
  });
  const more = findings.length - items.length;
  return [
    details(`${mark} ${[plural(findings.length, word), ...rest].join(' ')}`, [
      bullets([...items, ...(more > 0 ? [`and ${more} more`] : [])]),
    ]),
  ];
}
