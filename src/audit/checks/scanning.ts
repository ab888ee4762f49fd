/** Whether images are scanned at all, and go on being scanned. */
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

/** Whether the scan type is ENHANCED; undefined for a word that is not known, which is noted. */
export function isEnhanced(scanType: string, report: Report): boolean | undefined {
  if (scanType === 'ENHANCED') return true;
  if (scanType === 'BASIC') return false;
  report.unknown(`the scan type ${name(scanType)} is not known`);
  return undefined;
}

export const enhanced = registryCheck({
  id: 'scanning/enhanced',
  title: 'The registry uses enhanced scanning.',
  severities: ['medium'],
  means: 'The scan type of the registry is BASIC.',
  why: 'Basic scanning looks at the packages of the operating system alone, and once: vulnerabilities in the packages of a language, and those that are published later, are not found.',
  fix: 'Set the scan type to ENHANCED, with a rule that scans continuously.',
  nearest:
    'Security Hub ECR.1 (AWS Config `ecr-private-image-scanning-enabled`) and Prowler `ecr_registry_scan_images_on_push_enabled` pass with basic scanning; Prowler `ecr_registry_enhanced_scanning_enabled` looks at the scan type as well.',
  reference: `${GUIDE}/image-scanning-enhanced.html`,
  needs: { scanning: needs.scanning },
  judge({ scanning }, { registry }, report) {
    if (isEnhanced(scanning.scanType, report) !== false) return;
    report.fail({
      what: `The registry ${registry.host} uses basic scanning.`,
      toDo: 'Turn enhanced scanning on.',
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
  why: 'With enhanced scanning, only Inspector scans. While it is off, no image is scanned.',
  fix: 'Enable ECR scanning in Inspector. Where the organization manages Inspector, its administrator does it.',
  nearest:
    'Security Hub Inspector.2 (AWS Config `inspector-ecr-scan-enabled`) and Prowler `inspector2_is_enabled` do not look at the scan type of the registry.',
  reference: `${INSPECTOR}/scanning-ecr.html`,
  needs: { scanning: needs.scanning, status: needs.inspectorStatus },
  judge(facts, { registry }, report) {
    if (isEnhanced(facts.scanning.scanType, report) !== true) return report.doesNotApply();
    const { status } = facts;
    if (status === 'ENABLED') return;
    if (!INSPECTOR_STATUSES.includes(status)) {
      return report.unknown(`Inspector's status ${name(status)} is not known`);
    }
    report.fail({
      what: `Enhanced scanning is on, but Amazon Inspector's ECR scanning is ${status} for ${registry.account}.`,
      toDo: "Enable it. If the organization's policy refuses that, ask the administrator of Inspector.",
      evidence: { status },
      command: aws('inspector2 enable', { 'resource-types': 'ECR', region: registry.region }),
    });
  },
});

export const covered = repositoryCheck({
  id: 'scanning/covered',
  title: 'Each push to the repository is scanned.',
  severities: ['high'],
  means:
    'The effective scan frequency of the repository is MANUAL: a push is not scanned. With basic scanning, StartImageScan still can scan it.',
  why: 'Images of the repository can be deployed although no scanner has looked at them.',
  fix: "Add a filter that matches the repository's name to a scanning rule of the registry.",
  nearest:
    "Security Hub ECR.1, Prowler `ecr_repositories_scan_images_on_push_enabled`, Checkov CKV_AWS_163 and Trivy AVD-AWS-0030 look at the repository's own setting, which the registry's rules overrule; Prowler's check of the registry passes with any rule for `*`.",
  reference: `${GUIDE}/image-scanning.html`,
  needs: { frequency: needs.scanFrequency },
  judge({ frequency }, { registry, repository }, report) {
    const known = asFrequency(frequency);
    if (known === undefined) return report.unknown(`the scan frequency ${name(frequency)} is not known`);
    if (known !== 'MANUAL') return;
    report.fail({
      what: `Images that are pushed to ${repository.name} are not scanned.`,
      toDo: 'Add a filter for it to a scanning rule.',
      evidence: { frequency },
      command: (read) => putScanning(registry.region, read(registry.scanning).scanType),
      document: (read) => {
        const rules = read(registry.scanning);
        // Basic scanning knows no other frequency.
        const best = rules.scanType === 'BASIC' ? 'SCAN_ON_PUSH' : 'CONTINUOUS_SCAN';
        return rulesWith(rules, best, repository.name);
      },
    });
  },
});

export const consistent = repositoryCheck({
  id: 'scanning/consistent',
  title: "The repository is scanned as the registry's rules say.",
  severities: ['low'],
  means:
    "With enhanced scanning, the scan frequency that the registry's rules give by their filters is not the effective one. A filter with `*` matches as a wildcard, one without matches every name that contains it, and continuous scanning wins over scanning on push.",
  why: 'A person who reads the rules expects scans that do not happen, or does not know of scans that do.',
  fix: 'Put the scanning configuration again, so that ECR applies it to all repositories.',
  nearest: 'none',
  reference: `${GUIDE}/image-scanning-filters.html`,
  needs: { scanning: needs.scanning, frequency: needs.scanFrequency },
  judge(facts, { registry, repository }, report) {
    const { scanning } = facts;
    if (isEnhanced(scanning.scanType, report) !== true) return report.doesNotApply();
    const effective = asFrequency(facts.frequency);
    const byRules = frequencyByRules(scanning, repository.name);
    if (effective === undefined || byRules === undefined) {
      return report.unknown('a scan frequency of the repository or of a rule is not known');
    }
    if (byRules === effective) return;
    report.fail({
      what: `By the rules of the registry, ${repository.name} has the scan frequency ${byRules}; ECR reports ${effective}.`,
      toDo: 'Put the scanning configuration again, and see whether ECR then reports what the rules say.',
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
  why: 'What is published after the push is never found in these images.',
  fix: 'Add the repository to a rule with the frequency CONTINUOUS_SCAN.',
  nearest: 'Security Hub ECR.1 passes with either frequency.',
  reference: `${GUIDE}/image-scanning-enhanced.html`,
  needs: { scanning: needs.scanning, frequency: needs.scanFrequency, images: needs.images },
  judge(facts, { registry, repository, expected }, report) {
    if (isEnhanced(facts.scanning.scanType, report) !== true) return report.doesNotApply();
    const frequency = asFrequency(facts.frequency);
    if (frequency === undefined)
      return report.unknown(`the scan frequency ${name(facts.frequency)} is not known`);
    // A repository that is not scanned at all is `scanning/covered`.
    if (frequency !== 'SCAN_ON_PUSH') {
      if (frequency === 'MANUAL') report.doesNotApply();
      return;
    }
    const isProduction = productionTest(expected.productionTags);
    const production = facts.images.filter((image) => isImage(image) && image.tags?.some(isProduction));
    const certain = production.filter(isCertainlyImage);
    if (certain.length === 0) {
      const unknown = production.length + facts.images.filter(({ tags }) => tags === undefined).length;
      if (unknown > 0) report.unknown(`of ${count(unknown, 'image')} the tags or the kind are not known`);
      return;
    }
    const tags = certain.flatMap((image) => (image.tags ?? []).filter(isProduction));
    report.fail({
      what: `${repository.name} has ${count(certain.length, 'production image')} (${list(tags)}) and is scanned on push only.`,
      toDo: 'Scan it continuously.',
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
    "The newest image, or the newest image of a production pattern, has a scan status other than ACTIVE, COMPLETE, PENDING and IN_PROGRESS, or none. Of an index, each platform's image counts. Artifacts (signatures, attestations, charts) do not count.",
  why: 'A repository can be covered by a scanning rule while Inspector cannot read its images, or has stopped scanning them. Having no findings then does not mean having no vulnerabilities.',
  fix: 'Do what the status requires: rebuild an image that is not supported, restore an archived one, push an expired one again.',
  nearest:
    'Prowler `ecr_repositories_scan_vulnerabilities_in_latest_image` looks at the findings of the last image; it misses other production images and the platforms of an index. Prowler `inspector2_coverage_scan_status_active` looks at each row of the coverage; it leaves out images whose eligibility expired, and those that have no row.',
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
