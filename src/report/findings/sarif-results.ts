/** The results of `results.sarif`: one for each vulnerability and package of a repository. */
import type { Location, Result } from 'sarif';
import type { VulnerablePackage } from '../../results/finding.ts';
import { fixability, fixedVersion, installedVersion, reachabilityOf } from '../../results/finding.ts';
import { clip } from '../../text.ts';
import { line, plain } from '../kit/escape.ts';
import { type Dockerfile, lineOfPackage } from './dockerfile.ts';
import type { Entry, Repository } from './sarif-entries.ts';
import { list, MAX_NAME } from './sarif-text.ts';
import { instructionWords, reasonWords } from './words.ts';

const MAX_VERSION = 60;

/** A result for the findings with the same fingerprint, worst first. */
export function resultOf(
  repository: Repository,
  entries: readonly Entry[],
  {
    id,
    index,
    print,
    dockerfile,
  }: { id: string; index: number; print: string; dockerfile: Dockerfile | undefined },
): Result {
  // The worst one represents the same package on other platforms, in other images or with other versions.
  const [first] = entries as [Entry, ...Entry[]];
  const level = { block: 'error', warn: 'warning', allow: 'note' } as const;
  const suppressions = entries.flatMap(({ suppression }) => (suppression === undefined ? [] : [suppression]));
  const known = entries.flatMap(({ inBaseline }) => (inBaseline === undefined ? [] : [inBaseline]));
  return {
    ruleId: id,
    ruleIndex: index,
    level: level[first.effect],
    message: { text: messageOf(repository, entries) },
    locations: [locationOf(repository, entries, dockerfile)],
    partialFingerprints: { primaryLocationLineHash: print },
    ...(known.length === 0 ? {} : { baselineState: known.every((value) => value) ? 'unchanged' : 'new' }),
    // The result is suppressed only if every finding of it is.
    ...(suppressions.length < entries.length ? {} : { suppressions: suppressions.slice(0, 1) }),
    properties: {
      effect: first.effect,
      severity: line(clip(first.entry.finding.severity, 40)),
      ...(first.found === undefined ? {} : { package: packageProperties(first.found, entries) }),
      platforms: platformsOf(entries).map((platform) => line(clip(platform, MAX_NAME))),
    },
  };
}

/** @param entries the same package on other platforms, in other images or with other versions, each with its reachability */
function packageProperties(found: VulnerablePackage, entries: readonly Entry[]) {
  const given = {
    name: found.name,
    version: installedVersion(found),
    manager: found.manager,
    fixedIn: fixedVersion(found),
    filePath: found.filePath,
    reachability: reachabilityOf(entries.flatMap((entry) => entry.found ?? [])),
  };
  return Object.fromEntries(
    Object.entries(given).flatMap(([key, value]) =>
      value === undefined ? [] : [[key, line(clip(value, 400))]],
    ),
  );
}

/** GitHub shows only the first sentence in lists. */
function messageOf({ name, images }: Repository, entries: readonly Entry[]): string {
  const [{ entry, found, reason }] = entries as [Entry, ...Entry[]];
  const { finding } = entry;
  const versions = list(
    unique(entries, (one) => one.found && clip(installedVersion(one.found), MAX_VERSION)),
  );
  const fixes = list(unique(entries, (one) => one.found && clip(fixedVersion(one.found) ?? '', MAX_VERSION)));
  const what = found === undefined ? 'no package named' : `${clip(found.name, MAX_NAME)} ${versions}`;
  const fix =
    fixes !== '' ? `fixed in ${fixes}` : fixability(finding) === 'none' ? 'no fix yet' : 'no fix known';
  const references = unique(entries, ({ image }) => image.references[0]);
  return [
    `${clip(finding.vulnerabilityId, 80)} in ${what} (${clip(finding.severity, 40).toLowerCase()}), ${fix}.`,
    `Image: ${images.length > 1 ? list(references.map((one) => clip(one, 400))) : name}.`,
    `Platforms: ${list(platformsOf(entries).map((platform) => clip(platform, 80)))}.`,
    ...(found?.filePath === undefined ? [] : [`File: ${clip(found.filePath, 400)}.`]),
    ...(found?.instruction === undefined
      ? []
      : [`Added by: ${clip(instructionWords(found.instruction), 200)}.`]),
    `Decided by: ${clip(reason === undefined ? 'suppressed in Amazon Inspector' : reasonWords(reason), 400)}.`,
  ]
    .map(plain)
    .join(' ');
}

function platformsOf(entries: readonly Entry[]): string[] {
  return [...new Set(entries.flatMap(({ entry }) => entry.platforms))].sort();
}

function unique(entries: readonly Entry[], text: (entry: Entry) => string | undefined): string[] {
  const texts = entries.map(text).filter((value) => value !== undefined && value !== '');
  return [...new Set(texts as string[])].sort();
}

/**
 * The Dockerfile if it is given, else the name of the repository as a file, as other image scanners do: GitHub rejects a
 * result without a file. A location without a region means the whole file.
 */
function locationOf(
  { name }: Repository,
  entries: readonly Entry[],
  dockerfile: Dockerfile | undefined,
): Location {
  const [{ found, entry }] = entries as [Entry, ...Entry[]];
  const at = dockerfile && found && lineOfPackage(dockerfile, found);
  const thing = plain(clip(found?.name ?? entry.finding.vulnerabilityId, MAX_NAME)) || 'unknown';
  return {
    physicalLocation: {
      artifactLocation: { uri: asUri(dockerfile?.path ?? name) },
      ...(at === undefined
        ? {}
        : {
            region: {
              startLine: at.line,
              startColumn: 1,
              endLine: at.line,
              endColumn: at.length + 1,
            },
          }),
    },
    logicalLocations: [
      {
        name: thing,
        fullyQualifiedName: `${plain(name)}/${thing}`,
        kind: found === undefined ? 'vulnerability' : 'package',
      },
    ],
  };
}

function asUri(path: string): string {
  return path
    .split('/')
    .map((segment) => encodeURIComponent(segment.toWellFormed()))
    .join('/');
}
