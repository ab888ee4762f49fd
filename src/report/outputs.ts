/** The action's outputs: the same names with safe values however the run ended. */
import type { Counts } from '../policy/evaluate.ts';
import { clip, line } from './escape.ts';
import { type ImageReport, type RunReport, verdictOf } from './report.ts';
import { allSigned } from './verification.ts';
import type { ReportFiles } from './write.ts';

export const OUTPUT_NAMES = [
  'verdict',
  'passed',
  'image',
  'digest',
  'signed',
  'critical',
  'high',
  'medium',
  'low',
  'informational',
  'untriaged',
  'total',
  'blocking',
  'report',
  'sarif',
  'results',
  'bundles',
] as const;

export type OutputName = (typeof OUTPUT_NAMES)[number];

const NO_COUNTS: Counts = {
  critical: 0,
  high: 0,
  medium: 0,
  low: 0,
  informational: 0,
  untriaged: 0,
  unknown: 0,
  total: 0,
};

const MAX_ERROR = 1_000;

/**
 * Every output as the workflow gets it. `passed` and `signed` are true only on proof, and no text of a
 * finding is in any of them.
 * @param paths where the files of the report are, undefined for one that could not be written
 */
export function outputs(report: RunReport, paths: ReportFiles): Record<OutputName, string> {
  const counts = report.images.map(countsOf);
  const sum = (name: keyof Counts) => String(counts.reduce((total, count) => total + count[name], 0));
  return {
    verdict: report.verdict,
    passed: String(report.verdict === 'pass' || report.verdict === 'warn'),
    image: report.images.map(({ uri }) => uri).join('\n'),
    digest: report.images.map(({ digest }) => digest).join('\n'),
    signed: String(isSigned(report)),
    critical: sum('critical'),
    high: sum('high'),
    medium: sum('medium'),
    low: sum('low'),
    informational: sum('informational'),
    untriaged: sum('untriaged'),
    total: sum('total'),
    blocking: String(report.images.reduce((total, image) => total + blockingOf(image), 0)),
    report: paths.report ?? '',
    sarif: paths.sarif ?? '',
    results: JSON.stringify(report.images.map((image) => result(image, report))),
    bundles: paths.bundles.join('\n'),
  };
}

function result(image: ImageReport, report: RunReport) {
  return {
    image: image.uri,
    digest: image.digest,
    verdict: verdictOf(image),
    references: image.references,
    counts: countsOf(image),
    blocking: blockingOf(image),
    weakened: image.weakened ?? {},
    signed: isSigned(report, image),
    attested: (image.verdictAttestations?.length ?? 0) > 0 && isSigned(report, image),
    ...(image.outcome.kind === 'error' ? { error: line(clip(image.outcome.error.message, MAX_ERROR)) } : {}),
  };
}

/**
 * All or nothing: a run that could not sign every image has signed none that a later step may rely on. In mode
 * `verify`, whether the signatures asked for were verified by this run.
 */
function isSigned(report: RunReport, image?: ImageReport): boolean {
  if (report.verification !== undefined) return allSigned(image === undefined ? report.images : [image]);
  return report.signing?.state === 'done';
}

function countsOf({ outcome }: ImageReport): Counts {
  return outcome.kind === 'judged' ? outcome.verdict.counts : NO_COUNTS;
}

function blockingOf({ outcome }: ImageReport): number {
  return outcome.kind === 'judged' ? outcome.verdict.blocking : 0;
}
