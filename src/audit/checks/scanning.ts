/** Whether images are scanned, and continue to be scanned. */
import type { Report } from '../check.ts';
import { registryCheck, repositoryCheck } from '../checkers.ts';
import { ImageSet, isCertainlyImage, isImage, newestImages } from '../images.ts';
import { productionTest } from '../lifecycle/production.ts';
import * as needs from '../needs.ts';
import { asFrequency, asJson, frequencyByRules, rulesWith } from '../scan-rules.ts';
import { problemOf, unscanned } from '../scans.ts';
import { aws, count, list, name, some } from '../words.ts';

const GUIDE = 'https://docs.aws.amazon.com/AmazonECR/latest/userguide';
const INSPECTOR = 'https://docs.aws.amazon.com/inspector/latest/user';

const EVERYTHING = [{ frequency: 'CONTINUOUS_SCAN', filters: ['*'] }];

function putScanning(region: string, scanType = 'ENHANCED'): string {
  return aws('ecr put-registry-scanning-configuration', {
    'scan-type': scanType,
    rules: 'file://rules.json',
    region,
  });
}

/** Whether the scan type is ENHANCED; undefined for an unknown word, which is noted. */
export function isEnhanced(scanType: string, report: Report): boolean | undefined {
  if (scanType === 'ENHANCED') return true;
  if (scanType === 'BASIC') return false;
  report.unknown(`the scan type ${name(scanType)} is unknown`);
  return undefined;
}

export const enhanced = registryCheck({
  id: 'scanning/enhanced',
  title: 'The registry uses enhanced scanning.',
  severities: ['medium'],
  means: 'The scan type of the registry is BASIC.',
  why: 'Basic scanning scans only operating system packages, and only once. It does not find vulnerabilities in programming language packages, nor vulnerabilities that are published later.',
  fix: 'Set the scan type to ENHANCED, with a rule that scans continuously.',
  nearest:
    'Security Hub ECR.1 (AWS Config `ecr-private-image-scanning-enabled`) and Prowler `ecr_registry_scan_images_on_push_enabled` pass with basic scanning; Prowler `ecr_registry_enhanced_scanning_enabled` also checks the scan type.',
  reference: `${GUIDE}/image-scanning-enhanced.html`,
  needs: { scanning: needs.scanning },
  judge({ scanning }, { registry }, report) {
    if (isEnhanced(scanning.scanType, report) !== false) return;
    report.fail({
      what: `The registry ${registry.host} uses basic scanning.`,
      toDo: 'Turn on enhanced scanning.',
      evidence: { scanType: scanning.scanType },
      command: putScanning(registry.region),
      document: () => asJson(scanning.rules.length > 0 ? scanning.rules : EVERYTHING),
    });
  },
});

const INSPECTOR_STATUSES = ['DISABLED', 'DISABLING', 'ENABLING', 'SUSPENDED', 'SUSPENDING'];

export const inspector = registryCheck({
  id: 'scanning/inspector',
  title: 'Amazon Inspector scans the images of the account.',
  severities: ['high'],
  means:
    "The scan type is ENHANCED, and the status of Inspector's ECR scanning is not ENABLED for the account.",
  why: 'With enhanced scanning, only Inspector scans images. While its ECR scanning is off, no image is scanned.',
  fix: 'Enable ECR scanning in Inspector. If the organization manages Inspector, its delegated administrator enables it.',
  nearest:
    'Security Hub Inspector.2 (AWS Config `inspector-ecr-scan-enabled`) and Prowler `inspector2_is_enabled` do not check the scan type of the registry.',
  reference: `${INSPECTOR}/scanning-ecr.html`,
  needs: { scanning: needs.scanning, status: needs.inspectorStatus },
  judge(facts, { registry }, report) {
    if (isEnhanced(facts.scanning.scanType, report) !== true) return report.doesNotApply();
    const { status } = facts;
    if (status === 'ENABLED') return;
    if (!INSPECTOR_STATUSES.includes(status)) {
      return report.unknown(`Inspector's status ${name(status)} is unknown`);
    }
    report.fail({
      what: `Enhanced scanning is on, but Amazon Inspector's ECR scanning is ${status} for ${registry.account}.`,
      toDo: 'Enable it. If an organization policy prevents that, ask the delegated administrator of Inspector.',
      evidence: { status },
      command: aws('inspector2 enable', { 'resource-types': 'ECR', region: registry.region }),
    });
  },
});

export const covered = repositoryCheck({
  id: 'scanning/covered',
  title: 'Each image that is pushed to the repository is scanned.',
  severities: ['high'],
  means:
    'The effective scan frequency of the repository is MANUAL, so images are not scanned when they are pushed. With basic scanning, StartImageScan can still scan them.',
  why: 'Images of the repository can be deployed without a scan.',
  fix: 'Add a filter that matches the name of the repository to a scanning rule of the registry.',
  nearest:
    "Security Hub ECR.1, Prowler `ecr_repositories_scan_images_on_push_enabled`, Checkov CKV_AWS_163 and Trivy AVD-AWS-0030 check the repository's own setting, which the registry's rules override. Prowler's check of the registry passes with any rule for `*`.",
  reference: `${GUIDE}/image-scanning.html`,
  needs: { frequency: needs.scanFrequency },
  judge({ frequency }, { registry, repository }, report) {
    const known = asFrequency(frequency);
    if (known === undefined) return report.unknown(`the scan frequency ${name(frequency)} is unknown`);
    if (known !== 'MANUAL') return;
    report.fail({
      what: `Images that are pushed to ${repository.name} are not scanned.`,
      toDo: 'Add a filter for the repository to a scanning rule.',
      evidence: { frequency },
      command: (read) => putScanning(registry.region, read(registry.scanning).scanType),
      document: (read) => {
        const rules = read(registry.scanning);
        // Basic scanning has no other frequency.
        const best = rules.scanType === 'BASIC' ? 'SCAN_ON_PUSH' : 'CONTINUOUS_SCAN';
        return rulesWith(rules, best, repository.name);
      },
    });
  },
});

export const consistent = repositoryCheck({
  id: 'scanning/consistent',
  title: "The scan frequency of the repository matches the registry's rules.",
  severities: ['low'],
  means:
    "With enhanced scanning, the scan frequency according to the filters of the registry's rules differs from the effective one. In a filter, `*` is a wildcard; a filter without `*` matches every name that contains it; continuous scanning takes precedence over scanning on push.",
  why: 'According to the rules, images are scanned more or less often than they are.',
  fix: 'Set the scanning configuration again, so that ECR applies it to all repositories.',
  nearest: 'none',
  reference: `${GUIDE}/image-scanning-filters.html`,
  needs: { scanning: needs.scanning, frequency: needs.scanFrequency },
  judge(facts, { registry, repository }, report) {
    const { scanning } = facts;
    if (isEnhanced(scanning.scanType, report) !== true) return report.doesNotApply();
    const effective = asFrequency(facts.frequency);
    const byRules = frequencyByRules(scanning, repository.name);
    if (effective === undefined || byRules === undefined) {
      return report.unknown('a scan frequency of the repository or of a rule is unknown');
    }
    if (byRules === effective) return;
    report.fail({
      what: `According to the rules of the registry, ${repository.name} has the scan frequency ${byRules}; ECR reports ${effective}.`,
      toDo: 'Set the scanning configuration again, and check whether ECR then reports the frequency of the rules.',
      evidence: { byRules, effective, rules: asJson(scanning.rules) },
      command: putScanning(registry.region),
      document: () => asJson(scanning.rules),
    });
  },
});

export const continuous = repositoryCheck({
  id: 'scanning/continuous',
  title: 'Production images are scanned continuously.',
  severities: ['low'],
  means:
    'With enhanced scanning, the repository has images with production tags and is scanned on push only.',
  why: 'Vulnerabilities that are published after the push are never found in these images.',
  fix: 'Add the repository to a rule with the frequency CONTINUOUS_SCAN.',
  nearest: 'Security Hub ECR.1 passes with either frequency.',
  reference: `${GUIDE}/image-scanning-enhanced.html`,
  needs: { scanning: needs.scanning, frequency: needs.scanFrequency, images: needs.images },
  judge(facts, { registry, repository, expected }, report) {
    if (isEnhanced(facts.scanning.scanType, report) !== true) return report.doesNotApply();
    const frequency = asFrequency(facts.frequency);
    if (frequency === undefined)
      return report.unknown(`the scan frequency ${name(facts.frequency)} is unknown`);
    // `scanning/covered` reports a repository that is not scanned.
    if (frequency !== 'SCAN_ON_PUSH') {
      if (frequency === 'MANUAL') report.doesNotApply();
      return;
    }
    const isProduction = productionTest(expected.productionTags);
    const production = facts.images.filter((image) => isImage(image) && image.tags?.some(isProduction));
    const certain = production.filter(isCertainlyImage);
    if (certain.length === 0) {
      const unknown = production.length + facts.images.filter(({ tags }) => tags === undefined).length;
      if (unknown > 0) report.unknown(`the tags or the kind of ${count(unknown, 'image')} are unknown`);
      return;
    }
    const tags = certain.flatMap((image) => (image.tags ?? []).filter(isProduction));
    report.fail({
      what: `${repository.name} has ${count(certain.length, 'production image')} (${list(tags)}) and is scanned on push only.`,
      toDo: 'Scan the repository continuously.',
      evidence: { productionTags: some(tags) },
      command: putScanning(registry.region),
      document: (read) => rulesWith(read(registry.scanning), 'CONTINUOUS_SCAN', repository.name),
    });
  },
});

export const current = repositoryCheck({
  id: 'scanning/current',
  title: 'The newest images have a current scan.',
  severities: ['high'],
  means:
    'The newest image, or the newest image of a production pattern, has no scan status, or one other than ACTIVE, COMPLETE, PENDING and IN_PROGRESS. Each platform image of an index counts. Artifacts (signatures, attestations, charts) do not count.',
  why: 'A scanning rule can cover a repository although Inspector cannot read its images, or has stopped scanning them. An image without findings can then have vulnerabilities.',
  fix: 'Take the action that the status requires: rebuild an unsupported image, restore an archived image, or push an expired image again.',
  nearest:
    'Prowler `ecr_repositories_scan_vulnerabilities_in_latest_image` checks the findings of the last image; it does not check other production images and the platforms of an index. Prowler `inspector2_coverage_scan_status_active` checks each row of the coverage; it ignores images whose eligibility expired and images without a row.',
  reference: 'https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_ImageScanStatus.html',
  needs: { images: needs.scannedImages, scanning: needs.scanning },
  judge(facts, about, report) {
    const set = new ImageSet(facts.images);
    const { wanted, gaps } = newestImages(set, about.expected);
    for (const { reason, missing } of gaps) report.unknown(reason, { missing });
    if (wanted.length === 0) return report.doesNotApply();
    const byImage = Map.groupBy(wanted, ({ image }) => image);
    const tops = [...byImage].map(([image, why]) => ({
      image,
      as: why.map(({ as }) => as),
      architectures: [undefined],
    }));
    const bad = unscanned(tops, set, report);
    if (bad.length === 0) return;
    if (gaps.length > 0)
      return report.unknown('whether the images without a current scan are the newest ones');
    let isBasic = false;
    report.attempt(() => {
      isBasic = facts.scanning.scanType === 'BASIC';
    });
    report.fail(problemOf(bad, about, isBasic));
  },
});
