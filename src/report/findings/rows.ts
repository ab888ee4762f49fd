/** The tables of findings: their rows, and how many of them fit. */

import type { Finding, Origin, VulnerablePackage } from '../../results/finding.ts';
import { fixability, fixedVersion, installedVersion } from '../../results/finding.ts';
import type { ImageReport, ImagesResult } from '../../results/modes/images.ts';
import type { ImageFinding, JudgedFinding } from '../../results/verdict.ts';
import { clip } from '../../text.ts';
import { code, link, prose, row, severity, tableOf, vulnerability } from '../kit/blocks.ts';
import { vendorAdvisory } from '../kit/links.ts';
import { oncePer } from '../kit/once.ts';
import {
  instructionWords,
  judgedWith,
  namedPlatforms,
  reachabilityWords,
  reasonWords,
  refusedWords,
} from './words.ts';

const MAX_PACKAGES = 3;
const MAX_REASON = 300;
/** Allowed findings are for reference: report.json has more of them. */
const MAX_ALLOWED = 500;

const GROUPS = ['block', 'warn', 'allow', 'suppressed'] as const;
export type Group = (typeof GROUPS)[number];

/** The rows of a table that fit, and how many there are in all. */
export interface Rows {
  readonly rows: readonly string[];
  readonly total: number;
}

export type RowPlan = ReadonlyMap<ImageReport, Readonly<Record<Group, Rows>>>;

/** A rendered row. */
interface Candidate {
  readonly image: ImageReport;
  readonly group: Group;
  readonly text: string;
}

interface Candidates {
  readonly totals: ReadonlyMap<ImageReport, Readonly<Record<Group, number>>>;
  /** The rows in their order of importance, as far as they are rendered. */
  readonly rendered: Candidate[];
  /** Renders the others. */
  readonly rest: Iterator<Candidate, undefined>;
}

/** Chooses the rows that fit into a number of bytes: blocking findings first, one of each image in turn. */
export function planRows(report: ImagesResult, rowBytes: number): RowPlan {
  const candidates = candidatesOf(report);
  const plan = new Map(
    [...candidates.totals].map(([image, totals]) => {
      const none = (group: Group) => ({ rows: [] as string[], total: totals[group] });
      return [
        image,
        { block: none('block'), warn: none('warn'), allow: none('allow'), suppressed: none('suppressed') },
      ];
    }),
  );
  let left = rowBytes;
  for (let at = 0; ; at += 1) {
    const candidate = candidateAt(candidates, at);
    if (candidate === undefined) return plan;
    left -= Buffer.byteLength(candidate.text) + 1;
    if (left < 0) return plan;
    plan.get(candidate.image)?.[candidate.group].rows.push(candidate.text);
  }
}

/** Once per run: a summary that is too long is planned again with fewer bytes. */
const candidatesOf = oncePer(({ images, judgedAt }: ImagesResult): Candidates => {
  const all = images.map((image) => ({ image, groups: findingsOf(image) }));
  const totals = new Map(
    all.map(({ image, groups }) => [
      image,
      {
        block: groups.block.length,
        warn: groups.warn.length,
        allow: groups.allow.length,
        suppressed: groups.suppressed.length,
      },
    ]),
  );
  return { totals, rendered: [], rest: rendering(all, judgedAt) };
});

function candidateAt({ rendered, rest }: Candidates, index: number): Candidate | undefined {
  const known = rendered[index];
  if (known !== undefined) return known;
  const { value } = rest.next();
  if (value !== undefined) rendered.push(value);
  return value;
}

type FindingGroups = Readonly<Record<Group, readonly (ImageFinding | JudgedFinding)[]>>;

function* rendering(
  all: readonly { readonly image: ImageReport; readonly groups: FindingGroups }[],
  judgedAt: Date | undefined,
): Generator<Candidate, undefined> {
  for (const group of GROUPS) {
    const most = group === 'allow' || group === 'suppressed' ? MAX_ALLOWED : Number.POSITIVE_INFINITY;
    const longest = Math.min(most, Math.max(0, ...all.map(({ groups }) => groups[group].length)));
    for (let index = 0; index < longest; index++) {
      for (const { image, groups } of all) {
        const finding = groups[group][index];
        if (finding !== undefined) yield { image, group, text: findingRow(finding, image, judgedAt) };
      }
    }
  }
}

function findingsOf(image: ImageReport): FindingGroups {
  const allowed = judgedWith(image, 'allow');
  // Findings that a decision allows matter more than those below the thresholds.
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
      ...(isPlaced(image) ? ['Layer'] : []),
      ...(image.platforms.length > 1 ? ['Platforms'] : []),
      'Reason',
    ],
    rows,
  );
}

function findingRow(
  entry: ImageFinding | JudgedFinding,
  image: ImageReport,
  judgedAt: Date | undefined,
): string {
  const { finding } = entry;
  const shown = finding.packages.slice(0, MAX_PACKAGES);
  const hidden = finding.packages.length - shown.length;
  const each = (cell: (found: VulnerablePackage) => string) => shown.map(cell).join('<br>') || '–';
  return entitled([
    [vulnerability(finding.vulnerabilityId), ...marks(entry)].join('<br>'),
    [severity(finding.severity), ...scores(entry)].join('<br>'),
    each((found) => packageWords(found, finding)) + (hidden > 0 ? `<br>and ${hidden} more` : ''),
    ...(isPlaced(image) ? [each(placeWords)] : []),
    ...(image.platforms.length > 1 ? [platformsCell(entry.platforms, image)] : []),
    'reason' in entry ? reasonCell(entry, judgedAt) : 'suppression rule',
  ]);
}

/** A row whose first cell, an ID that people copy and search for, stays on one line. */
function entitled(cells: readonly string[]): string {
  return row(cells).replace('<td>', '<td nowrap>');
}

/** The reason, and why an exception that names the finding does not apply. */
export function reasonCell(judged: JudgedFinding, judgedAt: Date | undefined): string {
  const refused = refusedWords(judged, judgedAt);
  return [
    prose(clip(reasonWords(judged.reason), MAX_REASON)),
    ...(refused === undefined ? [] : [`🚫 ${prose(clip(refused, MAX_REASON))}`]),
  ].join('<br>');
}

/** `openssl`, and below it `3.0.1 → 3.0.2` and `not reachable`. */
function packageWords(found: VulnerablePackage, finding: Finding): string {
  const fixed = fixedVersion(found);
  const unfixed = fixability(finding) === 'none' ? 'no fix yet' : 'no version given';
  const target = fixed === undefined ? unfixed : code(fixed, 60);
  const versions = `${code(installedVersion(found), 60)} → ${target}`;
  return [code(found.name), versions, reachabilityWords(found)].filter((part) => part !== '').join('<br>');
}

/** What makes a finding worse, and the vendor's advisory. */
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

/** Inspector's score, the CVSS base score if it differs, and the probability of exploitation. */
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

/** Whether the layer of any package of the image is known. */
const isPlaced = oncePer(({ outcome }: ImageReport): boolean => {
  if (outcome.kind !== 'judged') return false;
  return outcome.verdict.judged.some(({ finding }) =>
    finding.packages.some(({ origin, statedOrigin, instruction }) => origin ?? statedOrigin ?? instruction),
  );
});

const ORIGINS: Readonly<Record<Origin, string>> = { base: 'base image', application: 'your layers' };

function placeWords({ origin, statedOrigin, instruction }: VulnerablePackage): string {
  const whose = origin ?? statedOrigin;
  const parts = [
    ...(whose === undefined ? [] : [ORIGINS[whose]]),
    // The instructions of the base image are in another Dockerfile.
    ...(instruction === undefined || whose === 'base' ? [] : [code(instructionWords(instruction), 48)]),
  ];
  return parts.join(': ') || '–';
}

function platformsCell(found: readonly string[], { platforms: { length } }: ImageReport): string {
  if (length > 2 && found.length === length) return `all ${length}`;
  return (
    namedPlatforms(found)
      .map((platform) => code(platform, 60))
      .join('<br>') || '–'
  );
}
