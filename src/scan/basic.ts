/** Basic scanning: ECR's own scan, status and findings from one API. */
import { isDeepStrictEqual } from 'node:util';
import { GetRegistryScanningConfigurationCommand } from '@aws-sdk/client-ecr';
import * as v from 'valibot';
import { checked } from '../aws/checked.ts';
import type { AwsClients } from '../aws/clients.ts';
import { attempt, MalformedAnswer, translate } from '../aws/errors.ts';
import { allPages } from '../aws/pages.ts';
import type { Deadline } from '../deadline.ts';
import { allOrFailures, GateError } from '../errors.ts';
import type { PlatformImage } from '../image/resolve.ts';
import type { Finding } from '../results/finding.ts';
import { neverScanned } from './configuration.ts';
import {
  countsOfPage,
  countsOfWhole,
  describeScan,
  ECR_PAGE,
  type EcrScan,
  serviceTime,
  sumOfPages,
} from './ecr-scan.ts';
import type { Scanner, ScanObservation } from './scanner.ts';
import { classifyBasic } from './state.ts';

// Only the members that a decision needs are required.
const BasicPage = v.object({
  imageScanFindings: v.object({
    findings: v.array(
      v.object({
        name: v.pipe(v.string(), v.nonEmpty()),
        severity: v.pipe(v.string(), v.nonEmpty()),
        description: v.nullish(v.string()),
        uri: v.nullish(v.string()),
        attributes: v.nullish(v.array(v.object({ key: v.string(), value: v.nullish(v.string()) }))),
      }),
    ),
    findingSeverityCounts: v.nullish(v.record(v.string(), v.number())),
  }),
});

/**
 * Basic scanning as a Scanner. It refuses a registry that uses enhanced scanning, because Inspector has its findings,
 * and a registry whose scan type it cannot read.
 */
export function basicScanner(clients: AwsClients, deadline: Deadline): Scanner {
  const confirmed = new Map<string, Promise<void>>();

  const ask = async (image: PlatformImage, nextToken?: string): Promise<EcrScan | undefined> => {
    const answer = await describeScan(clients, deadline, image, { maxResults: ECR_PAGE, nextToken });
    const enhanced = answer?.imageScanFindings?.enhancedFindings;
    if (Array.isArray(enhanced) && enhanced.length > 0) throw enhancedRegistry(image);
    return answer;
  };

  /** A registry with enhanced scanning can answer COMPLETE with an empty list of basic findings. */
  const confirmBasic = (image: PlatformImage): Promise<void> => {
    const { account, region } = image.registry;
    const key = `${account} ${region}`;
    const known = confirmed.get(key) ?? registryIsBasic(clients, deadline, image);
    confirmed.set(key, known);
    return known;
  };

  const observe = async (images: readonly PlatformImage[]): Promise<Map<PlatformImage, ScanObservation>> => {
    const observations = await Promise.all(
      images.map(async (image): Promise<[PlatformImage, ScanObservation]> => {
        const confirming = confirmBasic(image);
        const asking = attempt(() => ask(image));
        await allOrFailures<unknown>([
          ['Scan type', confirming],
          ['Scan', asking],
        ]);
        const answer = await asking;
        if (answer instanceof MalformedAnswer) {
          const state = { kind: 'waiting', reason: answer.message } as const;
          return [image, { state, isMissing: false, countedByEcr: undefined }];
        }
        const state = classifyBasic({
          ecrStatus: answer?.imageScanStatus?.status ?? undefined,
          completedAt: answer?.imageScanFindings?.imageScanCompletedAt ?? undefined,
          imageStatus: image.status,
          pushedAt: image.pushedAt,
          now: serviceTime(clients, image),
        });
        const countedByEcr = countsOfWhole(answer, 'findings');
        return [image, { state, isMissing: answer === undefined, countedByEcr }];
      }),
    );
    return new Map(observations);
  };

  return {
    observe,

    imagesPerPoll: 1,
    poll: observe,

    findings: async (image) => {
      const pages = await allPages('ecr:DescribeImageScanFindings', async (token) => {
        const answer = await ask(image, token);
        const complete = answer?.imageScanStatus?.status === 'COMPLETE';
        if (!complete || countsOfPage(answer, 'findings') === undefined) {
          throw new MalformedAnswer('ecr:DescribeImageScanFindings returned no list of findings');
        }
        const { imageScanFindings } = checked(BasicPage, answer, 'ecr:DescribeImageScanFindings');
        const { findings, findingSeverityCounts: counts } = imageScanFindings;
        return {
          items: [{ findings, counts: counts ?? undefined }],
          nextToken: answer.nextToken ?? undefined,
        };
      });
      const listed = pages.map(({ findings, counts }) => ({
        severities: findings.map(({ severity }) => severity),
        counts,
      }));
      if (!isWholeList(listed)) {
        throw new MalformedAnswer('ecr:DescribeImageScanFindings returned fewer findings than it counts');
      }
      return pages.flatMap(({ findings }) => findings.map((finding) => normaliseBasic(finding, image)));
    },

    countedByEcr: async (image) => {
      const pages = await allPages('ecr:DescribeImageScanFindings', async (token) => {
        const answer = await ask(image, token);
        return { items: [countsOfPage(answer, 'findings')], nextToken: answer?.nextToken ?? undefined };
      });
      return sumOfPages(pages);
    },

    explainMissingScan: async (image) => ({ error: await neverScanned(clients, deadline, image, 'basic') }),

    serviceTime: (image) => serviceTime(clients, image),
  };
}

/**
 * The call has no parameter for a registry: ECR answers for the account of the caller, whatever account the image is
 * in.
 * Source: ECR's service model, GetRegistryScanningConfiguration.
 */
async function registryIsBasic(clients: AwsClients, deadline: Deadline, image: PlatformImage): Promise<void> {
  const { account } = image.registry;
  try {
    const client = clients.ecr(image.registry);
    const answer = await client.send(new GetRegistryScanningConfigurationCommand({}), {
      abortSignal: deadline.signal,
    });
    if (answer.registryId !== account) throw otherRegistry(account, answer.registryId);
    if (answer.scanningConfiguration?.scanType !== 'BASIC') throw enhancedRegistry(image);
  } catch (error) {
    throw translate(error, { action: 'ecr:GetRegistryScanningConfiguration', resource: '*' }, deadline);
  }
}

function otherRegistry(account: string, answered: string | undefined): GateError {
  return new GateError(
    'configuration',
    `scan-type is basic, but the scan type of the registry of account ${account} cannot be read. ECR reports only the scan type of the caller's own registry, and its response is for ${answered === undefined ? 'no account' : `account ${answered}`}.`,
    { nextStep: `Run this step with a role of account ${account}, or set scan-type: enhanced.` },
  );
}

function enhancedRegistry({ registry }: PlatformImage): GateError {
  return new GateError(
    'configuration',
    `scan-type is basic, but the registry of account ${registry.account}, region ${registry.region} does not use basic scanning.`,
    { nextStep: 'Set scan-type: enhanced, or remove the input.' },
  );
}

/** A page of basic findings: the severity of each, and the counts that ECR reports in addition to the list. */
export interface ListedPage {
  readonly severities: readonly (string | undefined)[];
  readonly counts: Readonly<Record<string, number>> | undefined;
}

/**
 * Whether the list has at least as many findings of every severity as ECR counts. AWS does not document whether the
 * counts of one page of several are about that page or about the image. Counts of the image are the same on every page,
 * and their sum is the number of findings.
 */
export function isWholeList(pages: readonly ListedPage[]): boolean {
  if (pages.every(({ severities, counts }) => holds(severities, counts))) return true;
  const [first, ...others] = pages.map(({ counts }) => counts);
  const all = pages.flatMap(({ severities }) => severities);
  return (
    others.every((counts) => isDeepStrictEqual(counts, first)) &&
    all.length === sum(first) &&
    holds(all, first)
  );
}

function holds(severities: ListedPage['severities'], counts: ListedPage['counts'] = {}): boolean {
  return Object.entries(counts).every(
    ([severity, count]) => severities.filter((listed) => listed === severity).length >= count,
  );
}

function sum(counts: ListedPage['counts'] = {}): number {
  return Object.values(counts).reduce((total, count) => total + count, 0);
}

type BasicFinding = v.InferOutput<typeof BasicPage>['imageScanFindings']['findings'][number];

/** A score from 0 to 10; undefined for any other text. An empty text is not the score 0, which would be the lenient case. */
function scoreOf(text: string | undefined): number | undefined {
  const score = /^\d{1,2}(?:\.\d+)?$/.test(text ?? '') ? Number(text) : Number.NaN;
  return score <= 10 ? score : undefined;
}

/** ECR's basic finding in the gate's normal form. Its attributes name the package; it has no status. */
export function normaliseBasic(
  wire: BasicFinding,
  image: Pick<PlatformImage, 'digest' | 'platform'>,
): Finding {
  // A key that occurs several times must not hide a package or a score.
  const valuesOf = (name: string) =>
    new Set((wire.attributes ?? []).flatMap(({ key, value }) => (key === name ? (value ?? []) : [])));
  const only = (values: ReadonlySet<string>) => (values.size === 1 ? [...values][0] : undefined);
  const names = [...valuesOf('package_name')].filter((name) => name !== '');
  const version = only(valuesOf('package_version')) ?? '';
  const scores = valuesOf('CVSS3_SCORE');
  const score = scoreOf(only(scores.size > 0 ? scores : valuesOf('CVSS2_SCORE')));
  return {
    id: [wire.name, names.join(), version, image.digest].join('|'),
    type: 'PACKAGE_VULNERABILITY',
    vulnerabilityId: wire.name,
    relatedIds: [],
    title: wire.name,
    description: wire.description ?? '',
    // Basic scanning says UNDEFINED where Inspector says UNTRIAGED.
    severity: wire.severity === 'UNDEFINED' ? 'UNTRIAGED' : wire.severity.toUpperCase(),
    status: 'ACTIVE',
    score,
    cvss: [],
    epss: undefined,
    fixAvailable: undefined,
    exploitAvailable: undefined,
    knownExploited: undefined,
    packages: names.map((name) => ({
      name,
      version,
      manager: 'OS',
      fixedIn: undefined,
      epoch: undefined,
      release: undefined,
      arch: undefined,
      filePath: undefined,
      remediation: undefined,
      layer: undefined,
      instruction: undefined,
      origin: undefined,
      statedOrigin: undefined,
      reachability: undefined,
    })),
    source: undefined,
    sourceUrl: wire.uri ?? undefined,
    vendorSeverity: undefined,
    firstObservedAt: undefined,
    digest: image.digest,
    platform: image.platform,
    operatingSystem: undefined,
  };
}
