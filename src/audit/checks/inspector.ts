/** How Amazon Inspector's own settings affect scanning: how long images are scanned, and which findings are hidden. */

import { DAY_MS } from '../../time.ts';
import { registryCheck, repositoryCheck } from '../checkers.ts';
import type { Image, ImageCoverage, InspectorRescan, SuppressionFilter } from '../facts.ts';
import { ImageSet, platformImages } from '../images.ts';
import { isRunning, runningOf } from '../lifecycles.ts';
import * as needs from '../needs.ts';
import { asFrequency } from '../scan-rules.ts';
import { aws, count, dayOf, list, name, short, some } from '../words.ts';
import { isEnhanced } from './scanning.ts';

const INSPECTOR = 'https://docs.aws.amazon.com/inspector/latest/user';

const EXPIRES_WITHIN_DAYS = 3;

export const expiring = repositoryCheck({
  id: 'scanning/expiring',
  title: 'Images that run continue to be scanned.',
  severities: ['low'],
  means:
    "According to Inspector's re-scan durations, continuous scanning of an image that runs ends within 3 days. Inspector does not track the use of multi-architecture images; for these, the duration starts at the push.",
  why: 'When continuous scanning ends, Inspector finds no new vulnerabilities in the image and closes its findings.',
  fix: "Increase Inspector's re-scan duration, or push the image again before it expires.",
  nearest: 'none',
  reference: `${INSPECTOR}/scanning-ecr.html`,
  needs: {
    scanning: needs.scanning,
    frequency: needs.scanFrequency,
    rescan: needs.inspectorRescan,
    images: needs.images,
    uses: needs.uses,
    coverage: needs.coverage,
  },
  judge(facts, { world, registry, repository }, report) {
    if (isEnhanced(facts.scanning.scanType, report) !== true) return report.doesNotApply();
    const frequency = asFrequency(facts.frequency);
    if (frequency === undefined)
      return report.unknown(`the scan frequency ${name(facts.frequency)} is unknown`);
    if (frequency !== 'CONTINUOUS_SCAN') return report.doesNotApply();
    const set = new ImageSet(facts.images);
    const running = runningOf(set, facts, report, isRunning);
    if (running.all.length === 0) return report.doesNotApply();
    const { rescan } = facts;
    let coverage: ReadonlyMap<string, ImageCoverage> | undefined;
    report.attempt(() => {
      coverage = new Map(facts.coverage.map((row) => [row.digest, row]));
    });
    const limit = world.facts.now.getTime() + EXPIRES_WITHIN_DAYS * DAY_MS;
    const soon: { readonly image: Image; readonly end: Date; readonly by: readonly string[] }[] = [];
    for (const { image: top, by, architectures } of running.all) {
      // `runtime/current` reports images that no longer exist.
      if (top === undefined) continue;
      for (const architecture of new Set(architectures)) {
        const { images, gaps } = platformImages(set, top, architecture);
        for (const { reason, missing } of gaps) report.unknown(reason, { missing });
        for (const { image } of images) {
          const isPart = image !== top || set.indexes.of(image.digest).length > 0;
          const end = endOfScanning(image, isPart, coverage, rescan, world.facts.now);
          if (end === undefined) report.unknown(`until when Inspector scans ${short(image.digest)}`);
          else if (end >= world.facts.now.getTime() && end <= limit)
            soon.push({ image, end: new Date(end), by });
        }
      }
    }
    if (soon.length === 0) return;
    const [first] = soon.toSorted((a, b) => a.end.getTime() - b.end.getTime());
    report.fail({
      what: `Continuous scanning of ${count(soon.length, 'image')} of ${repository.name} that ${soon.length === 1 ? 'runs' : 'run'} ends soon, first on ${dayOf(first?.end ?? new Date(Number.NaN))}.`,
      toDo: "Increase Inspector's re-scan duration.",
      evidence: {
        images: some(soon).map(({ image, end, by }) => ({
          digest: image.digest,
          tags: some(image.tags ?? []),
          until: end.toISOString(),
          by: some(by),
        })),
      },
      command: aws('inspector2 update-configuration', {
        'ecr-configuration': 'rescanDuration=LIFETIME',
        region: registry.region,
      }),
      items: soon.map(({ image }) => image.digest),
    });
  },
});

/**
 * When Inspector stops scanning an image, in milliseconds: when both the duration since the push and the duration since
 * the last pull or last use have ended. Undefined if that is unknown.
 */
function endOfScanning(
  { digest, pushedAt, lastPulledAt }: Image,
  isPartOfIndex: boolean,
  coverage: ReadonlyMap<string, ImageCoverage> | undefined,
  rescan: InspectorRescan | undefined,
  now: Date,
): number | undefined {
  const pushed = pushedAt?.getTime();
  const sincePush = durationOf(rescan?.pushDuration);
  if (pushed === undefined || Number.isNaN(pushed) || sincePush === undefined) return undefined;
  const byPush = pushed + sincePush;
  if (byPush === Number.POSITIVE_INFINITY || rescan?.pullDuration === undefined) return byPush;
  const sinceUse = durationOf(rescan.pullDuration);
  if (sinceUse === undefined) return undefined;
  if (rescan.pullMode === 'LAST_IN_USE_AT') {
    if (isPartOfIndex) return Math.max(byPush, pushed + sinceUse);
    if (coverage === undefined) return undefined;
    const { inUseCount = 0, lastInUseAt } = coverage.get(digest) ?? {};
    const used = inUseCount > 0 ? now.getTime() : (lastInUseAt?.getTime() ?? pushed);
    return Math.max(byPush, used + sinceUse);
  }
  if (rescan.pullMode !== undefined && rescan.pullMode !== 'LAST_PULL_DATE') return undefined;
  if (lastPulledAt === undefined) return undefined;
  return Math.max(byPush, (lastPulledAt?.getTime() ?? pushed) + sinceUse);
}

/** `DAYS_14` in milliseconds; undefined for an unknown word. */
function durationOf(word: string | undefined): number | undefined {
  if (word === 'LIFETIME') return Number.POSITIVE_INFINITY;
  const days = /^DAYS_(\d{1,4})$/.exec(word ?? '')?.[1];
  return days === undefined ? undefined : Number(days) * DAY_MS;
}

/** The beginning of an id that says no more than a database and a part of a year: `CVE-`, `CVE-20`, `ALAS2023-`. */
const isOfADatabase = (start: string) => /^[A-Z]*\d*(?:-\d{0,3})?$/i.test(start);
const isEmpty = (start: string) => start === '';

/**
 * Criteria that name a vulnerability, a package, an image, a tag or a repository, each with a function that tells whether a
 * prefix names none of them.
 */
const NAMING: ReadonlyMap<string, (start: string) => boolean> = new Map([
  ['vulnerabilityId', isOfADatabase],
  ['relatedVulnerabilities', isOfADatabase],
  ['findingArn', (start) => !/^arn:[^:]+:inspector2:[^:]*:\d{12}:finding\/./.test(start)],
  ['resourceId', (start) => !/^arn:[^:]+:ecr:[^:]*:\d{12}:repository\/./.test(start)],
  ['ecrImageHash', (start) => 'sha256:'.startsWith(start)],
  ['ecrImageTags', isEmpty],
  ['ecrImageRepositoryName', isEmpty],
  ['vulnerablePackages.name', isEmpty],
]);

export const suppression = registryCheck({
  id: 'scanning/suppression',
  title: 'No suppression rule of Inspector hides a whole class of findings.',
  severities: ['medium'],
  means:
    'An Inspector filter with the action SUPPRESS can match images, and names neither a vulnerability id nor a package, an image, a tag or a repository. EQUALS and PREFIX name one; NOT_EQUALS and prefixes that all ids, images or ARNs have, such as `CVE-`, do not. A member account cannot see the filters of its administrator; there, the result is unknown.',
  why: 'Such a filter hides findings that no one has reviewed, such as all findings of one severity, or all findings in packages that Inspector reports as not reachable.',
  fix: 'Name specific vulnerabilities, packages, images, tags or repositories in the filter, or delete it.',
  nearest: 'none',
  reference: `${INSPECTOR}/findings-managing-supression-rules.html`,
  needs: {
    scanning: needs.scanning,
    filters: needs.suppressionFilters,
    administrator: needs.inspectorAdministrator,
  },
  judge(facts, { registry }, report) {
    if (isEnhanced(facts.scanning.scanType, report) !== true) return report.doesNotApply();
    report.attempt(() => {
      const { administrator } = facts;
      if (administrator !== undefined) {
        report.unknown(
          `the filters of ${administrator}, which administers Inspector for this account, cannot be seen from here`,
        );
      }
    });
    const wide = facts.filters.filter((filter) => canMatchImages(filter) && !namesSomething(filter));
    for (const { name: called, arn, criteria } of wide) {
      report.fail({
        what: `Inspector's suppression filter ${name(called)} hides every finding that matches its criteria (${list(Object.keys(criteria)) || 'none'}).`,
        toDo: 'Name a vulnerability, a package, an image, a tag or a repository in it, or delete it.',
        evidence: {
          filters: [
            {
              name: called,
              arn,
              criteria: Object.fromEntries(
                Object.entries(criteria).map(([one, values]) => [
                  one,
                  some(values).map(({ comparison, value }) => `${comparison ?? ''} ${value}`.trim()),
                ]),
              ),
            },
          ],
        },
        command: aws('inspector2 delete-filter', { arn, region: registry.region }),
        items: [arn],
      });
    }
  },
});

const IMAGE = 'AWS_ECR_CONTAINER_IMAGE';

/** Criteria about images cannot match other resources. */
function canMatchImages({ criteria }: SuppressionFilter): boolean {
  const { resourceType = [] } = criteria;
  const wanted = resourceType.filter(({ comparison }) => comparison === 'EQUALS' || comparison === 'PREFIX');
  const isWanted = wanted.some(({ comparison, value }) =>
    comparison === 'EQUALS' ? value === IMAGE : IMAGE.startsWith(value),
  );
  if (wanted.length > 0 && !isWanted) return false;
  if (resourceType.some(({ comparison, value }) => comparison === 'NOT_EQUALS' && value === IMAGE))
    return false;
  return !Object.keys(criteria).some((key) => /^(?:ec2Instance|lambdaFunction|codeRepository)/.test(key));
}

/** The values of one criterion are alternatives, so each of them has to be specific. */
function namesSomething({ criteria }: SuppressionFilter): boolean {
  return Object.entries(criteria).some(([key, values]) => {
    const namesNothing = NAMING.get(key);
    if (namesNothing === undefined || values.length === 0) return false;
    return values.every(({ comparison, value }) => {
      if (comparison === 'EQUALS') return value !== '';
      return comparison === 'PREFIX' && !namesNothing(value);
    });
  });
}
