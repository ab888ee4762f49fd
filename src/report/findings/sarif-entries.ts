/** The findings of `results.sarif`: one entry per finding and package of an image. */
import { hash } from 'node:crypto';
import type { Suppression } from 'sarif';
import type { VulnerablePackage } from '../../results/finding.ts';
import type { ImageReport, ImagesResult } from '../../results/modes/images.ts';
import { byEffect, bySeverity } from '../../results/order.ts';
import type { Effect, ImageFinding, Reason, Verdict } from '../../results/verdict.ts';
import { compareTexts } from '../../text.ts';
import { MAX_DESCRIPTION, text } from './sarif-text.ts';
import { reasonWords } from './words.ts';

/** A repository and its images, all of which were judged. */
export interface Repository {
  /** `HOST/REPOSITORY`. */
  readonly address: string;
  /** Without the host. */
  readonly name: string;
  readonly images: readonly { readonly image: ImageReport; readonly verdict: Verdict }[];
}

/** The repositories whose images were all judged, in the order given. */
export function judgedRepositories({ images }: ImagesResult): Repository[] {
  const groups = Map.groupBy(images, ({ uri }) => uri.replace(/@.*$/s, ''));
  return [...groups].flatMap(([address, group]) => {
    const judged = group.flatMap((image) =>
      image.outcome.kind === 'judged' ? [{ image, verdict: image.outcome.verdict }] : [],
    );
    return judged.length < group.length
      ? []
      : [{ address, name: group[0]?.repository ?? address, images: judged }];
  });
}

/** One finding of one image in one of its packages, and how it was judged. */
export interface Entry {
  readonly image: ImageReport;
  readonly entry: ImageFinding;
  /** Undefined if the finding names no package. */
  readonly found: VulnerablePackage | undefined;
  readonly effect: Effect;
  /** Undefined for a finding that Inspector suppresses. */
  readonly reason: Reason | undefined;
  readonly inBaseline: boolean | undefined;
  readonly suppression: Suppression | undefined;
}

/** The findings of a repository, worst first. */
export function sortedEntries(repository: Repository): Entry[] {
  const keys = new Map<Entry, string>();
  return entriesOf(repository).sort((a, b) => worstFirst(a, b, keys));
}

function entriesOf({ images }: Repository): Entry[] {
  return images.flatMap(({ image, verdict }) => [
    ...verdict.judged.flatMap((judged) => {
      const { effect, reason, inBaseline } = judged;
      const suppression = suppressionOf(effect, reason);
      return entries(image, judged, { effect, reason, inBaseline, suppression });
    }),
    ...verdict.suppressed.flatMap((hidden) => {
      const suppression = accepted('Suppressed in Amazon Inspector');
      return entries(image, hidden, {
        effect: 'allow',
        reason: undefined,
        inBaseline: undefined,
        suppression,
      });
    }),
  ]);
}

function entries(
  image: ImageReport,
  entry: ImageFinding,
  judgement: Pick<Entry, 'effect' | 'reason' | 'inBaseline' | 'suppression'>,
): Entry[] {
  const { finding } = entry;
  const packages = finding.packages.length === 0 ? [undefined] : finding.packages;
  return packages.map((found) => ({ image, entry, found, ...judgement }));
}

/** Orders findings that are equal in everything else. */
function keyOf({ image, entry: { finding, platforms, ids }, found }: Entry): string {
  const { name, manager, filePath, version } = found ?? {};
  return JSON.stringify([
    finding.vulnerabilityId,
    name,
    manager,
    filePath,
    version,
    image.uri,
    platforms,
    ids,
  ]);
}

/** An exception, a VEX statement or a rule of the policy allows the finding. */
function suppressionOf(effect: Effect, reason: Reason): Suppression | undefined {
  if (effect === 'block') return undefined;
  if (reason.kind === 'exception') return accepted(reasonWords(reason));
  if (reason.kind === 'rule' && effect === 'allow') {
    return accepted(`${reasonWords(reason)}${reason.reason === undefined ? '' : `: ${reason.reason}`}`);
  }
  return undefined;
}

function accepted(justification: string): Suppression {
  return {
    kind: 'external',
    status: 'accepted',
    justification: text(justification, MAX_DESCRIPTION),
  };
}

/**
 * Orders by effect, suppressed findings last, then by severity. Equal findings are ordered by their names, so that the order
 * in which they were read has no effect.
 * @param keys the names by which equal findings are ordered, created when they are needed
 */
function worstFirst(a: Entry, b: Entry, keys: Map<Entry, string>): number {
  const key = (entry: Entry) => {
    const known = keys.get(entry) ?? keyOf(entry);
    keys.set(entry, known);
    return known;
  };
  return (
    byEffect(a, b) ||
    Number(a.suppression !== undefined) - Number(b.suppression !== undefined) ||
    bySeverity(a.entry.finding, b.entry.finding) ||
    compareTexts(key(a), key(b))
  );
}

/**
 * Identifies a result in later analyses: the vulnerability, and the package by names that stay the same. It contains no
 * digest, tag, platform, version or line, so that an alert remains open after a rebuild, or an upgrade that does not fix
 * the vulnerability. GitHub reads `primaryLocationLineHash` and no other fingerprint.
 */
export function fingerprint({ name }: Repository, { entry, found }: Entry): string {
  const parts = [
    name,
    entry.finding.vulnerabilityId,
    found?.name ?? '',
    found?.manager ?? '',
    found === undefined ? '' : lastingPath(found),
  ];
  return `${hash('sha256', JSON.stringify(parts)).slice(0, 32)}:1`;
}

/** The path without the version of the package, which the paths of jars, wheels and gems contain. */
function lastingPath({ filePath = '', version }: VulnerablePackage): string {
  if (version === '') return filePath;
  return filePath.replaceAll(version, (match, offset: number) => {
    const before = filePath[offset - 1] ?? '/';
    const after = filePath.slice(offset + match.length);
    return /[-_@/]/.test(before) && !/^(\.?\d|[A-Za-z])/.test(after) ? '*' : match;
  });
}
