/** The outputs that the gate and the verify action share. They have safe values however the run ended. */
import { allows } from '../../results/modes/envelope.ts';
import { type ImageReport, type ImagesResult, verdictOf } from '../../results/modes/images.ts';
import type { Counts } from '../../results/verdict.ts';
import { clip } from '../../text.ts';
import { line } from '../kit/escape.ts';
import type { SharedOutputs } from '../kit/outputs.ts';
import type { ReportFiles } from '../report.ts';

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

/** What differs between the actions. */
export interface OutputParts<I extends ImageReport> {
  readonly signed: boolean;
  /** The commands that verify the images that passed by hand. */
  readonly commands: readonly string[];
  readonly ofImage: (image: I) => EntryParts;
}

interface EntryParts {
  readonly signed: boolean;
  readonly attested: boolean;
  /** The repositories whose summaries or signatures counted, besides its own. Absent: the action verifies none. */
  readonly promotedFrom?: readonly string[];
}

/**
 * The outputs for the workflow. `passed` and `signed` are true only if that was verified, and no output contains text of a
 * finding.
 * @param files the paths of the report's files
 */
export function sharedOutputs<I extends ImageReport>(
  result: ImagesResult<I>,
  { signed, commands, ofImage }: OutputParts<I>,
  files: ReportFiles,
): SharedOutputs {
  const counts = result.images.map(countsOf);
  const resolved = result.images.filter(({ digest }) => digest !== undefined);
  const sum = (name: keyof Counts) => String(counts.reduce((total, count) => total + count[name], 0));
  return {
    verdict: result.verdict,
    passed: String(allows(result.verdict)),
    // A reference that could not be resolved is not among them: it may name a tag, which must not be deployed.
    image: resolved.map(({ uri }) => uri).join('\n'),
    digest: resolved.map(({ digest }) => digest).join('\n'),
    signed: String(signed),
    critical: sum('critical'),
    high: sum('high'),
    medium: sum('medium'),
    low: sum('low'),
    informational: sum('informational'),
    untriaged: sum('untriaged'),
    total: sum('total'),
    blocking: String(result.images.reduce((total, image) => total + blockingOf(image), 0)),
    report: files.report ?? '',
    sarif: files.sarif ?? '',
    results: JSON.stringify(result.images.map((image) => entry(image, ofImage(image)))),
    'cosign-verify-commands': commands.join('\n'),
  };
}

function entry(image: ImageReport, { signed, attested, promotedFrom }: EntryParts) {
  return {
    image: image.uri,
    digest: image.digest ?? null,
    verdict: verdictOf(image),
    references: image.references,
    counts: countsOf(image),
    blocking: blockingOf(image),
    weakened: image.weakened ?? {},
    signed,
    attested,
    ...(promotedFrom === undefined ? {} : { promotedFrom }),
    ...(image.outcome.kind === 'error' ? { error: line(clip(image.outcome.error.message, MAX_ERROR)) } : {}),
  };
}

function countsOf({ outcome }: ImageReport): Counts {
  return outcome.kind === 'judged' ? outcome.verdict.counts : NO_COUNTS;
}

function blockingOf({ outcome }: ImageReport): number {
  return outcome.kind === 'judged' ? outcome.verdict.blocking : 0;
}
