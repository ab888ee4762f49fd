/**
 * `results.sarif`: SARIF 2.1.0 for GitHub code scanning and other readers. GitHub requires more than the standard; source:
 * GitHub Docs, "SARIF support for code scanning".
 *
 * - One run for each repository, with its own category. GitHub closes the alerts of a category that a later upload does not
 *   contain. So a repository with an image that was not judged has no run, and its alerts do not change.
 * - One rule for each vulnerability, and one result for each vulnerability and package of a repository.
 */

import type {
  Invocation,
  Log,
  ReportingDescriptor,
  Result,
  Run,
  Notification as SarifNotification,
  ToolComponent,
} from 'sarif';
import type { Finding } from '../../results/finding.ts';
import type { ImagesResult } from '../../results/modes/images.ts';
import { line, plain } from '../kit/escape.ts';
import { jsonText, oneByOne } from '../kit/json-text.ts';
import type { FileToWrite } from '../report.ts';
import type { Dockerfile } from './dockerfile.ts';
import {
  type Entry,
  fingerprint,
  judgedRepositories,
  type Repository,
  sortedEntries,
} from './sarif-entries.ts';
import { fitted, GITHUB_LIMITS, type SarifLimits } from './sarif-limits.ts';
import { resultOf } from './sarif-results.ts';
import { ruleId, ruleOf } from './sarif-rules.ts';
import { MAX_DESCRIPTION, text } from './sarif-text.ts';

const SARIF_FILE = 'results.sarif';
const SCHEMA = 'https://json.schemastore.org/sarif-2.1.0.json';
const TOOL = 'ECR Deployment Gate';

/** A log whose long lists are created one element at a time, to save memory. */
type LongLog = Omit<Log, 'runs'> & { readonly runs: readonly LongRun[] };
type LongRun = Omit<Run, 'tool' | 'results'> & {
  readonly tool: {
    readonly driver: Omit<ToolComponent, 'rules'> & { readonly rules: Iterable<ReportingDescriptor> };
  };
  readonly results: Iterable<Result>;
};

export interface SarifReport {
  /** The text of the file, in pieces; rendered again each time it is iterated. */
  readonly text: Iterable<string>;
  /** What the file omits, as sentences. */
  readonly omissions: readonly string[];
}

/**
 * The report as SARIF. Undefined if no repository has all of its images judged, because a file without results would mean
 * that there are no findings. The file contains no times, and does not depend on the order of the findings.
 * @param dockerfile the image's Dockerfile in the checkout, as the location of the results
 */
export function sarifReport(
  report: ImagesResult,
  dockerfile: Dockerfile | undefined,
  limits: SarifLimits = GITHUB_LIMITS,
): SarifReport | undefined {
  const repositories = judgedRepositories(report);
  if (repositories.length === 0) return undefined;
  const groups = repositories.slice(0, limits.runs).map(groupsOf);
  const left = repositories.length - groups.length;
  return fitted(limits, (most) => {
    const runs = groups.map((grouped) => runOf(grouped, report, dockerfile, most));
    const log: LongLog = { $schema: SCHEMA, version: '2.1.0', runs: runs.map(({ run }) => run) };
    return {
      text: { [Symbol.iterator]: () => jsonText(log) },
      omissions: [
        ...runs.flatMap(({ omission }) => (omission === undefined ? [] : [omission])),
        ...(left > 0
          ? [
              `${SARIF_FILE} contains ${limits.runs} repositories and omits ${left}. GitHub accepts no more; report.json contains all of them.`,
            ]
          : []),
      ],
    };
  });
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

/** A repository with its findings, grouped by the result that they are part of; worst first. */
interface Grouped {
  readonly repository: Repository;
  readonly groups: readonly (readonly [fingerprint: string, entries: readonly Entry[]])[];
}

function groupsOf(repository: Repository): Grouped {
  const groups = Map.groupBy(sortedEntries(repository), (entry) => fingerprint(repository, entry));
  return { repository, groups: [...groups] };
}

function runOf(
  { repository, groups }: Grouped,
  report: ImagesResult,
  dockerfile: Dockerfile | undefined,
  most: number,
): { readonly run: LongRun; readonly omission: string | undefined } {
  const shown = groups.slice(0, most);
  const findings = findingsByRule(shown.flatMap(([, entries]) => entries));
  const indexes = new Map([...findings.keys()].map((id, index) => [id, index]));
  const omission =
    groups.length > shown.length
      ? `${SARIF_FILE} contains the worst ${shown.length} of ${groups.length} results of ${repository.name}. report.json contains all of them.`
      : undefined;
  return {
    run: {
      tool: {
        driver: {
          name: TOOL,
          version: report.version,
          semanticVersion: report.version,
          rules: oneByOne(findings, ([id, of]) => ruleOf(id, of)),
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

/** The findings of each rule. A finding is listed once, however many packages it has. */
function findingsByRule(entries: readonly Entry[]): Map<string, Finding[]> {
  return Map.groupBy(new Set(entries.map(({ entry }) => entry.finding)), ({ vulnerabilityId }) =>
    ruleId(vulnerabilityId),
  );
}

/**
 * The category of the analysis for GitHub, up to the last slash. It contains no tag, workflow or job, so that GitHub compares
 * the analysis of a pull request with that of its base branch.
 */
function category({ address }: Repository, dockerfile: Dockerfile | undefined): string {
  const built = dockerfile === undefined ? '' : `:${dockerfile.path}`;
  return `ecr-deployment-gate/${line(`${address}${built}`)}/`;
}

function invocationOf({ error }: ImagesResult, omission: string | undefined): Invocation {
  const toolExecutionNotifications: SarifNotification[] = [
    ...(error === undefined
      ? []
      : [{ level: 'error' as const, message: { text: text(error.message, MAX_DESCRIPTION) } }]),
    ...(omission === undefined ? [] : [{ level: 'warning' as const, message: { text: plain(omission) } }]),
  ];
  return { executionSuccessful: error === undefined, toolExecutionNotifications };
}
