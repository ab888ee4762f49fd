/** The tables of findings: which there are, what a row of each says, and how many rows there is room for. */

import type { Finding, Origin, VulnerablePackage } from '../../results/finding.ts';
import { fixability, fixedVersion, installedVersion } from '../../results/finding.ts';
import type { ImageReport, ImagesResult } from '../../results/modes/images.ts';
import type { ImageFinding, JudgedFinding } from '../../results/verdict.ts';
import { clip } from '../../text.ts';
import { code, link, prose, row, severity, tableOf, vulnerability } from '../kit/blocks.ts';
import { vendorAdvisory } from '../kit/links.ts';
import { instructionWords, judgedWith, reasonWords } from './words.ts';

const MAX_PACKAGES = 3;
const MAX_REASON = 300;
/** What passed anyway is for looking something up: more of it is in report.json. */
const MAX_ALLOWED = 500;

const GROUPS = ['block', 'warn', 'allow', 'suppressed'] as const;
export type Group = (typeof GROUPS)[number];

/** The rows of a table that fit, and how many there are in all. */
export interface Rows {
  readonly rows: string[];
  readonly total: number;
}

export type RowPlan = ReadonlyMap<ImageReport, Readonly<Record<Group, Rows>>>;

/** Hands out the bytes: blocking findings of all images first, one image after the other in turns. */
export function planRows({ images }: ImagesResult, rowBytes: number): RowPlan {
  const all = images.map((image) => ({ image, placed: isPlaced(image), ...findingsOf(image) }));
  const plan = new Map(
    all.map(({ image, placed: _, ...groups }) => [
      image,
      {
        block: { rows: [] as string[], total: groups.block.length },
        warn: { rows: [] as string[], total: groups.warn.length },
        allow: { rows: [] as string[], total: groups.allow.length },
        suppressed: { rows: [] as string[], total: groups.suppressed.length },
      },
    ]),
  );
  let left = rowBytes;
  for (const group of GROUPS) {
    const most = group === 'allow' || group === 'suppressed' ? MAX_ALLOWED : Number.POSITIVE_INFINITY;
    const longest = Math.min(most, Math.max(0, ...all.map((entry) => entry[group].length)));
    for (let index = 0; index < longest; index++) {
      for (const entry of all) {
        const finding = entry[group][index];
        if (finding === undefined) continue;
        const text = findingRow(finding, entry.image, entry.placed);
        left -= Buffer.byteLength(text) + 1;
        if (left < 0) return plan;
        plan.get(entry.image)?.[group].rows.push(text);
      }
    }
  }
  return plan;
}

function findingsOf(image: ImageReport): Record<Group, readonly (ImageFinding | JudgedFinding)[]> {
  const allowed = judgedWith(image, 'allow');
  // What somebody let through is worth more than what is below the thresholds anyway.
  const [decided, below] = [
    allowed.filter(({ reason }) => reason.kind !== 'below-thresholds'),
    allowed.filter(({ reason }) => reason.kind === 'below-thresholds'),
  ];
  return {
    block: judgedWith(image, 'block'),
    warn: judgedWith(image, 'warn'),
    allow: [...decided, ...below],
    suppressed: image.outcome.kind === 'judged' ? image.outcome.verdict.suppressed : [],
  };
}

/** A table of rows of one image. */
export function findingTable(rows: readonly string[], image: ImageReport): string {
  return tableOf(
    [
      'Vulnerability',
      'Severity',
      'Package, installed → fixed',
      ...(isPlaced(image) ? ['Whose layer'] : []),
      ...(image.platforms.length > 1 ? ['Platforms'] : []),
      'Why',
    ],
    rows,
  );
}

function findingRow(entry: ImageFinding | JudgedFinding, image: ImageReport, placed: boolean): string {
  const { finding } = entry;
  const shown = finding.packages.slice(0, MAX_PACKAGES);
  const hidden = finding.packages.length - shown.length;
  const each = (cell: (found: VulnerablePackage) => string) => shown.map(cell).join('<br>') || '–';
  return entitled([
    [vulnerability(finding.vulnerabilityId), ...marks(entry)].join('<br>'),
    [severity(finding.severity), ...scores(entry)].join('<br>'),
    each((found) => packageWords(found, finding)) + (hidden > 0 ? `<br>and ${hidden} more` : ''),
    ...(placed ? [each(placeWords)] : []),
    ...(image.platforms.length > 1 ? [platformsCell(entry.platforms, image)] : []),
    'reason' in entry ? prose(clip(reasonWords(entry.reason), MAX_REASON)) : 'suppression rule',
  ]);
}

/** A row whose first cell, an id that people copy and look for, stays in one line. */
function entitled(cells: readonly string[]): string {
  return row(cells).replace('<td>', '<td nowrap>');
}

/** `openssl`, and below it `3.0.1 → 3.0.2`. */
function packageWords(found: VulnerablePackage, finding: Finding): string {
  const fixed = fixedVersion(found);
  const unfixed = fixability(finding) === 'none' ? 'no fix yet' : 'not said';
  const target = fixed === undefined ? unfixed : code(fixed, 60);
  return `${code(found.name)}<br>${code(installedVersion(found), 60)} → ${target}`;
}

/** What makes it worse, and where its vendor describes it. */
function marks(entry: ImageFinding | JudgedFinding): string[] {
  const { knownExploited, exploitAvailable, sourceUrl } = entry.finding;
  const advisory = vendorAdvisory(sourceUrl);
  return [
    ...('inBaseline' in entry && entry.inBaseline === false ? ['🆕&nbsp;new'] : []),
    ...(knownExploited === true ? ['🚨&nbsp;KEV'] : []),
    ...(exploitAvailable === 'YES' && knownExploited !== true ? ['exploit exists'] : []),
    ...(advisory === undefined ? [] : [link(advisory.url, advisory.vendor)]),
  ];
}

/** Inspector's score, the CVSS base score where that is another one, and the probability of exploitation. */
function scores({ finding: { score, cvss, epss } }: ImageFinding): string[] {
  const tenths = (value: number) => `${Math.round(value * 10) / 10}`;
  const base = cvss[0]?.baseScore;
  return [
    ...(score === undefined ? [] : [tenths(score)]),
    ...(base === undefined || (score !== undefined && tenths(base) === tenths(score))
      ? []
      : [`CVSS&nbsp;${tenths(base)}`]),
    ...(epss === undefined
      ? []
      : [`EPSS&nbsp;${epss < 0.0005 ? '&lt;0.1' : Math.round(epss * 1000) / 10}&nbsp;%`]),
  ];
}

/** Whether it is known of any package of the image whose layer it is in. */
function isPlaced({ outcome }: ImageReport): boolean {
  if (outcome.kind !== 'judged') return false;
  return outcome.verdict.judged.some(({ finding }) =>
    finding.packages.some(({ origin, statedOrigin, instruction }) => origin ?? statedOrigin ?? instruction),
  );
}

const ORIGINS: Readonly<Record<Origin, string>> = { base: 'base image', application: 'yours' };

function placeWords({ origin, statedOrigin, instruction }: VulnerablePackage): string {
  const whose = origin ?? statedOrigin;
  const parts = [
    ...(whose === undefined ? [] : [ORIGINS[whose]]),
    // The base image's own instructions are nobody's here.
    ...(instruction === undefined || whose === 'base' ? [] : [code(instructionWords(instruction), 48)]),
  ];
  return parts.join(': ') || '–';
}

function platformsCell(found: readonly string[], { platforms: { length } }: ImageReport): string {
  if (length > 2 && found.length === length) return `all ${length}`;
  return found.map((platform) => code(platform, 60)).join('<br>');
}
