import { parseReference } from '../../src/image/reference.ts';
import type { PlatformImage } from '../../src/image/resolve.ts';
import type { Finding } from '../../src/results/finding.ts';
import type { SeverityCounts } from '../../src/scan/ecr-scan.ts';
import type { Scanner, ScanObservation } from '../../src/scan/scanner.ts';
import type { FinishedScan } from '../../src/scan/wait.ts';

export function createImage(overrides: Partial<PlatformImage> = {}): PlatformImage {
  const { registry, repository } = parseReference('123456789012.dkr.ecr.eu-central-1.amazonaws.com/app:1');
  return {
    registry,
    repository,
    digest: `sha256:${'a'.repeat(64)}`,
    platform: 'unknown',
    pushedAt: new Date('2026-01-01T00:00:00Z'),
    status: 'ACTIVE',
    ...overrides,
  };
}

export function createFinding(overrides: Partial<Finding> = {}): Finding {
  return {
    id: 'arn:aws:inspector2:eu-central-1:123456789012:finding/0',
    type: 'PACKAGE_VULNERABILITY',
    vulnerabilityId: 'CVE-2022-0778',
    relatedIds: [],
    title: 'CVE-2022-0778 - openssl',
    description: '',
    severity: 'HIGH',
    status: 'ACTIVE',
    score: 7.5,
    cvss: [],
    epss: undefined,
    fixAvailable: 'YES',
    exploitAvailable: 'NO',
    knownExploited: undefined,
    packages: [],
    source: undefined,
    sourceUrl: undefined,
    vendorSeverity: undefined,
    firstObservedAt: undefined,
    digest: `sha256:${'a'.repeat(64)}`,
    platform: 'unknown',
    operatingSystem: undefined,
    ...overrides,
  };
}

export const scannedAt = new Date('2026-01-01T00:01:00Z');

export function finishedScan(countedByEcr: SeverityCounts | undefined = new Map()): FinishedScan {
  return { state: { kind: 'scanned', scannedAt, monitored: true }, isMissing: false, countedByEcr };
}

export function waitingScan(reason = 'ECR reports PENDING', isMissing = false): ScanObservation {
  return { state: { kind: 'waiting', reason }, isMissing, countedByEcr: undefined };
}

/** A scanner that answers as it is told; what is not told throws. */
export function createScanner(answers: Partial<Scanner>): Scanner {
  const untold = (): never => {
    throw new Error('the test did not expect this question');
  };
  return {
    observe: untold,
    imagesPerPoll: 1,
    poll: (images) => (answers.observe ?? untold)(images, false),
    findings: untold,
    countedByEcr: untold,
    explainMissingScan: async () => ({}),
    serviceTime: () => new Date(scannedAt.getTime() + 1000),
    ...answers,
  };
}
