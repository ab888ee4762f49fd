/**
 * `results.sarif`: SARIF 2.1.0 for GitHub's code scanning and whatever else reads it. What GitHub asks beyond
 * the standard is in its "SARIF support for code scanning"; the limits are in "SARIF results exceed limits".
 *
 * - A run for each repository, of a category of its own: GitHub closes the alerts of a category that an upload
 *   no longer has. So a repository of which an image was not judged has no run, and its alerts stay as they are.
 * - A rule for each vulnerability, a result for each vulnerability and package of a repository.
 */

import { hash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type {
  Invocation,
  Location,
  Log,
  ReportingDescriptor,
  Result,
  Run,
  Notification as SarifNotification,
  Suppression,
  ToolComponent,
} from 'sarif';
import type { Finding, VulnerablePackage } from '../../results/finding.ts';
import { fixability, fixedVersion, installedVersion } from '../../results/finding.ts';
import type { ImageReport, ImagesResult } from '../../results/modes/images.ts';
import { byEffect, bySeverity } from '../../results/order.ts';
import { severityWord } from '../../results/severity.ts';
import type { Effect, ImageFinding, Reason, Verdict } from '../../results/verdict.ts';
import { clip, compareTexts } from '../../text.ts';
import { codeSpan, line, markdown, plain } from '../kit/escape.ts';
import { jsonText, oneByOne } from '../kit/json-text.ts';
import { advisoryUrl } from '../kit/links.ts';
import type { FileToWrite } from '../report.ts';
import { type Dockerfile, lineOfPackage } from './dockerfile.ts';
import { reasonWords } from './words.ts';

const SARIF_FILE = 'results.sarif';
const SCHEMA = 'https://json.schemastore.org/sarif-2.1.0.json';
const TOOL = 'ECR Deployment Gate';

/** What GitHub takes: more than this is refused, or taken and not shown. */
export interface SarifLimits {
  readonly runs: number;
  /** GitHub takes 25,000 results a run and shows 5,000. */
  readonly results: number;
  /** Of the file, compressed with gzip. */
  readonly bytes: number;
}

// GitHub takes 10 MB.
export const GITHUB_LIMITS: SarifLimits = { runs: 20, results: 5_000, bytes: 9_500_000 };

const MAX_DESCRIPTION = 1_000;
const MAX_NAME = 200;
const MAX_VERSION = 60;
const MAX_LIST = 10;

/** A log whose long lists are made one element at a time: ten thousand findings have no room twice. */
type LongLog = Omit<Log, 'runs'> & { readonly runs: readonly LongRun[] };
type LongRun = Omit<Run, 'tool' | 'results'> & {
  readonly tool: {
    readonly driver: Omit<ToolComponent, 'rules'> & { readonly rules: Iterable<ReportingDescriptor> };
  };
  readonly results: Iterable<Result>;
};

export interface SarifReport {
  /** The text of the file, in pieces; anew each time it is gone through. */
  readonly text: Iterable<string>;
  /** What the file leaves out, in words. */
  readonly omissions: readonly string[];
}

/**
 * The report as SARIF; undefined where there is no repository of which every image was judged, because a file
 * without results would say that there are none. Neither times nor the order of the findings are in it.
 * @param dockerfile the image's Dockerfile in the checkout, which the results then point at
 */
export function sarifReport(
  report: ImagesResult,
  dockerfile: Dockerfile | undefined,
  limits: SarifLimits = GITHUB_LIMITS,
): SarifReport | undefined {
  const repositories = judgedRepositories(report);
  if (repositories.length === 0) return undefined;
  const chosen = repositories.slice(0, limits.runs);
  for (let most = limits.results; ; most = Math.floor(most / 2)) {
    const runs = chosen.map((repository) => runOf(repository, report, dockerfile, most));
    const log: LongLog = { $schema: SCHEMA, version: '2.1.0', runs: runs.map(({ run }) => run) };
    const text = { [Symbol.iterator]: () => jsonText(log) };
    if (most > 0 && !fits(text, limits.bytes)) continue;
    const left = repositories.length - chosen.length;
    return {
      text,
      omissions: [
        ...runs.flatMap(({ omission }) => (omission === undefined ? [] : [omission])),
        ...(left > 0 ? [`${SARIF_FILE} has ${limits.runs} repositories and leaves ${left} out.`] : []),
      ],
    };
  }
}

/** The file of the report. */
export function sarifFile(result: ImagesResult, dockerfile: Dockerfile | undefined): FileToWrite {
  return {
    kind: 'sarif',
    name: SARIF_FILE,
    what: SARIF_FILE,
    render: () => sarifReport(result, dockerfile),
  };
}

/** On the safe side: pieces that are compressed one by one take a little more than the whole. */
function fits(text: Iterable<string>, bytes: number): boolean {
  let size = 0;
  for (const piece of text) {
    size += gzipSync(piece).length;
    if (size > bytes) return false;
  }
  return true;
}

interface Repository {
  /** `HOST/REPOSITORY`. */
  readonly address: string;
  /** Without the host. */
  readonly name: string;
  readonly images: readonly { readonly image: ImageReport; readonly verdict: Verdict }[];
}

/** The repositories of which every image was judged, in the order given. */
function judgedRepositories({ images }: ImagesResult): Repository[] {
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

/** One finding of one image in one of its packages, and what became of it. */
interface Entry {
  readonly image: ImageReport;
  readonly entry: ImageFinding;
  /** Undefined where the finding names no package. */
  readonly found: VulnerablePackage | undefined;
  readonly effect: Effect;
  /** Undefined for a finding that Inspector suppresses. */
  readonly reason: Reason | undefined;
  readonly inBaseline: boolean | undefined;
  readonly suppression: Suppression | undefined;
}

function runOf(
  repository: Repository,
  report: ImagesResult,
  dockerfile: Dockerfile | undefined,
  most: number,
): { readonly run: LongRun; readonly omission: string | undefined } {
  const keys = new Map<Entry, string>();
  const sorted = entriesOf(repository).sort((a, b) => worstFirst(a, b, keys));
  const groups = [...Map.groupBy(sorted, (entry) => fingerprint(repository, entry))];
  const shown = groups.slice(0, most);
  // A finding is there once, however many packages it has.
  const found = Map.groupBy(
    new Set(shown.flatMap(([, entries]) => entries.map(({ entry }) => entry.finding))),
    ({ vulnerabilityId }) => ruleId(vulnerabilityId),
  );
  const indexes = new Map([...found.keys()].map((id, index) => [id, index]));
  const omission =
    groups.length > shown.length
      ? `${shown.length} of ${groups.length} results of ${repository.name} are in results.sarif, the worst first; report.json has them all.`
      : undefined;
  return {
    run: {
      tool: {
        driver: {
          name: TOOL,
          version: report.version,
          semanticVersion: report.version,
          rules: oneByOne(found, ([id, findings]) => ruleOf(id, findings)),
        },
      },
      automationDetails: { id: category(repository, dockerfile) },
      invocations: [invocationOf(report, omission)],
      columnKind: 'utf16CodeUnits',
      results: oneByOne(shown, ([print, entries]) => {
        const [first] = entries as [Entry, ...Entry[]];
        const id = ruleId(first.entry.finding.vulnerabilityId);
        return resultOf(repository, entries, { id, index: indexes.get(id) ?? -1, print, dockerfile });
      }),
      properties: {
        images: repository.images.map(({ image, verdict }) => ({
          image: line(image.uri),
          verdict: verdict.verdict,
        })),
        results: groups.length,
      },
    },
    omission,
  };
}

/**
 * What GitHub tells analyses apart by, up to the last slash. It names no tag, no workflow and no job, so that
 * the analysis of a pull request is compared with that of its base branch.
 */
function category({ address }: Repository, dockerfile: Dockerfile | undefined): string {
  const built = dockerfile === undefined ? '' : `:${dockerfile.path}`;
  return `ecr-deployment-gate/${line(`${address}${built}`)}/`;
}

function invocationOf({ error }: ImagesResult, omission: string | undefined): Invocation {
  const toolExecutionNotifications: SarifNotification[] = [
    ...(error === undefined
      ? []
      : [{ level: 'error' as const, message: { text: plain(clip(error.message, MAX_DESCRIPTION)) } }]),
    ...(omission === undefined ? [] : [{ level: 'warning' as const, message: { text: plain(omission) } }]),
  ];
  return { executionSuccessful: error === undefined, toolExecutionNotifications };
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

/** Orders what is equal in everything else. */
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

/** Somebody looked at the finding and let it through: by an exception, a VEX statement or a rule with a reason. */
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
    justification: plain(clip(justification, MAX_DESCRIPTION)),
  };
}

/**
 * By effect, suppressed ones last, then by severity; what is equal in that by names, so that order is no matter.
 * @param keys what orders those, made when it is needed
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
 * What makes a result the same in the next analysis: the vulnerability and where it is, by the names that last.
 * No digest, tag, platform, version or line is in it, so that an alert outlives a rebuild and an upgrade that
 * did not mend it. GitHub reads no other fingerprint than `primaryLocationLineHash`.
 */
function fingerprint({ name }: Repository, { entry, found }: Entry): string {
  const parts = [
    name,
    entry.finding.vulnerabilityId,
    found?.name ?? '',
    found?.manager ?? '',
    found === undefined ? '' : lastingPath(found),
  ];
  return `${hash('sha256', JSON.stringify(parts)).slice(0, 32)}:1`;
}

/** The path without the package's version, which is a part of it for jars, wheels and gems. */
function lastingPath({ filePath = '', version }: VulnerablePackage): string {
  if (version === '') return filePath;
  return filePath.replaceAll(version, (match, offset: number) => {
    const before = filePath[offset - 1] ?? '/';
    const after = filePath.slice(offset + match.length);
    return /[-_@/]/.test(before) && !/^(\.?\d|[A-Za-z])/.test(after) ? '*' : match;
  });
}

/** The vulnerability's own id; a made-up one where that is no name that fits into an address. */
function ruleId(vulnerabilityId: string): string {
  if (/^[A-Za-z0-9][A-Za-z0-9._:-]{0,99}$/.test(vulnerabilityId)) return vulnerabilityId;
  return `vulnerability-${hash('sha256', vulnerabilityId).slice(0, 16)}`;
}

function ruleOf(id: string, findings: readonly Finding[]): ReportingDescriptor {
  // The worst first; which of equal ones it is must not depend on their order.
  const [finding] = [...findings].sort(
    (a, b) => bySeverity(a, b) || compareTexts(describing(a), describing(b)),
  ) as [Finding, ...Finding[]];
  const { vulnerabilityId, type } = finding;
  const title = text(finding.title, MAX_NAME) || text(vulnerabilityId, MAX_NAME) || id;
  const description = text(finding.description, MAX_DESCRIPTION) || title;
  const score = securitySeverity(findings);
  const url = advisoryUrl(vulnerabilityId);
  const word = severityWord(finding.severity);
  const facts = factsOf(finding, findings);
  return {
    id,
    name:
      type
        .split(/[^A-Za-z0-9]+/)
        .map(capitalised)
        .join('')
        .slice(0, MAX_NAME) || 'Vulnerability',
    shortDescription: { text: title },
    fullDescription: { text: description },
    ...(url === undefined ? {} : { helpUri: url }),
    help: {
      text: [
        title,
        ...facts.map(([name, value]) => `${name}: ${plain(value)}`),
        ...(url === undefined ? [] : [`Advisory: ${url}`]),
        description,
      ].join('\n'),
      markdown: [
        `**${codeSpan(clip(vulnerabilityId, MAX_NAME))}**`,
        [
          '| | |',
          '| --- | --- |',
          ...facts.map(([name, value]) => `| ${name} | ${codeSpan(value)} |`),
          ...(url === undefined ? [] : [`| Advisory | [${new URL(url).hostname}](${url}) |`]),
        ].join('\n'),
        markdown(clip(finding.description, MAX_DESCRIPTION)),
      ]
        .filter((block) => block !== '')
        .join('\n\n'),
    },
    properties: {
      tags: [
        'security',
        'vulnerability',
        ...(word === undefined ? [] : [word]),
        ...(findings.some(({ knownExploited }) => knownExploited === true) ? ['known-exploited'] : []),
      ],
      precision: 'high',
      ...(score === undefined ? {} : { 'security-severity': score.toFixed(1) }),
    },
  };
}

function describing({ title, description, type, severity, score }: Finding): string {
  return JSON.stringify([title, description, type, severity, score]);
}

function factsOf(finding: Finding, findings: readonly Finding[]): (readonly [string, string])[] {
  const { severity, vendorSeverity, score, cvss, epss, source } = finding;
  const related = [...new Set(findings.flatMap(({ relatedIds }) => relatedIds))].sort();
  const exploited = findings.some(({ knownExploited }) => knownExploited === true);
  const facts: (readonly [string, string | undefined])[] = [
    ['Severity', clip(severity, 40)],
    ['Severity by the vendor', vendorSeverity && clip(vendorSeverity, 40)],
    ['Inspector score', score?.toFixed(1)],
    ['CVSS', cvss[0] && `${cvss[0].baseScore} ${clip(cvss[0].vector, 200)}`],
    ['EPSS', epss?.toFixed(4)],
    ['Exploited in the wild (CISA KEV)', exploited ? 'yes' : undefined],
    ['Also known as', list(related.map((id) => clip(id, 80)))],
    ['Source', source && clip(source, 80)],
  ];
  return facts.flatMap(([name, value]) => (value ? [[name, value] as const] : []));
}

function capitalised(word: string): string {
  return `${word.slice(0, 1).toUpperCase()}${word.slice(1).toLowerCase()}`;
}

/** Scores for severities without one, in the middle of what GitHub calls by the same name. */
const MAPPED: Readonly<Record<string, number>> = {
  critical: 9.5,
  high: 8,
  medium: 5.5,
  low: 2,
  informational: 0.1,
};

/**
 * GitHub's `security-severity`, above 0 and up to 10: Inspector's score, else the highest CVSS base score, else
 * one that stands for the severity. None for a severity that is not decided or that nobody knows: GitHub then
 * goes by the result's level.
 */
function securitySeverity(findings: readonly Finding[]): number | undefined {
  const scores = findings.flatMap(({ score, cvss, severity }) => {
    const base = highest(
      0,
      cvss.map(({ baseScore }) => baseScore),
    );
    const known = [score, base, MAPPED[severityWord(severity) ?? '']].find(
      (value) => value !== undefined && value > 0 && value <= 10,
    );
    return known === undefined ? [] : [known];
  });
  // Whatever rounds to zero would be no severity at all.
  return scores.length === 0 ? undefined : highest(0.1, scores);
}

/** Of any number of numbers, where `Math.max` takes no more than the stack has room for. */
function highest(least: number, values: readonly number[]): number {
  return values.reduce((max, value) => Math.max(max, value), least);
}

function resultOf(
  repository: Repository,
  entries: readonly Entry[],
  {
    id,
    index,
    print,
    dockerfile,
  }: { id: string; index: number; print: string; dockerfile: Dockerfile | undefined },
): Result {
  // The worst of them stands for all: the same package on other platforms, of other images or versions.
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
    // It is suppressed only where nothing of it is left.
    ...(suppressions.length < entries.length ? {} : { suppressions: suppressions.slice(0, 1) }),
    properties: {
      effect: first.effect,
      severity: line(clip(first.entry.finding.severity, 40)),
      ...(first.found === undefined ? {} : { package: packageProperties(first.found) }),
      platforms: platformsOf(entries).map((platform) => line(clip(platform, MAX_NAME))),
    },
  };
}

function packageProperties(found: VulnerablePackage) {
  const given = {
    name: found.name,
    version: installedVersion(found),
    manager: found.manager,
    fixedIn: fixedVersion(found),
    filePath: found.filePath,
  };
  return Object.fromEntries(
    Object.entries(given).flatMap(([key, value]) =>
      value === undefined ? [] : [[key, line(clip(value, 400))]],
    ),
  );
}

/** GitHub shows the first sentence where there is little room. */
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
    ...(found?.instruction === undefined ? [] : [`Brought in by: ${clip(found.instruction, 200)}.`]),
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

function list(texts: readonly string[]): string {
  const more = texts.length - MAX_LIST;
  return more > 0 ? `${texts.slice(0, MAX_LIST).join(', ')} and ${more} more` : texts.join(', ');
}

/**
 * The Dockerfile where it is given, else the repository's name as a file, as other scanners of images do it: a
 * result without a file is refused. Without a region it is about the file as a whole.
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

function text(raw: string, max: number): string {
  return plain(clip(raw, max)).trim();
}
