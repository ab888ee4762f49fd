import { GateError } from '../../src/errors.ts';
import { evaluate } from '../../src/policy/evaluate.ts';
import type { Finding, VulnerablePackage } from '../../src/results/finding.ts';
import { isTolerated } from '../../src/results/modes/enforcement.ts';
import type { SigningReport } from '../../src/results/modes/gate.ts';
import type { PlatformReport, SettingsReport } from '../../src/results/modes/images.ts';
import type { VerificationReport } from '../../src/results/modes/verify.ts';
import type { Proof } from '../../src/signing/outcomes.ts';
import { createContext, createPolicy } from '../policy/factories.ts';
import type { EitherImage, EitherResult } from './either.ts';

export const HOST = '123456789012.dkr.ecr.eu-central-1.amazonaws.com';
export const DIGEST = `sha256:${'a1'.repeat(32)}`;

export function createPackage(overrides: Partial<VulnerablePackage> = {}): VulnerablePackage {
  return {
    name: 'openssl',
    version: '3.0.1',
    manager: 'OS',
    fixedIn: '3.0.2',
    epoch: 0,
    release: undefined,
    arch: 'X86_64',
    filePath: undefined,
    remediation: undefined,
    layer: undefined,
    instruction: undefined,
    origin: undefined,
    statedOrigin: undefined,
    reachability: undefined,
    ...overrides,
  };
}

export function createFinding(overrides: Partial<Finding> = {}): Finding {
  return {
    id: 'arn:aws:inspector2:eu-central-1:123456789012:finding/1',
    type: 'PACKAGE_VULNERABILITY',
    vulnerabilityId: 'CVE-2026-12345',
    relatedIds: [],
    title: 'CVE-2026-12345 - openssl',
    description: 'A buffer is read past its end.',
    severity: 'CRITICAL',
    status: 'ACTIVE',
    score: 9.8,
    cvss: [],
    epss: 0.42,
    fixAvailable: 'YES',
    exploitAvailable: 'NO',
    knownExploited: undefined,
    packages: [createPackage()],
    source: 'NVD',
    sourceUrl: 'https://nvd.nist.gov/vuln/detail/CVE-2026-12345',
    vendorSeverity: undefined,
    firstObservedAt: new Date('2026-05-01T10:00:00Z'),
    digest: DIGEST,
    platform: 'linux/amd64',
    operatingSystem: undefined,
    ...overrides,
  };
}

export function createPlatform(overrides: Partial<PlatformReport> = {}): PlatformReport {
  return {
    digest: DIGEST,
    platform: 'linux/amd64',
    scannedAt: new Date('2026-05-02T10:15:00Z'),
    monitored: true,
    ...overrides,
  };
}

/** An image that was judged from the findings; any other outcome through the overrides. */
export function createImage(
  findings: readonly Finding[] = [],
  overrides: Partial<EitherImage> = {},
): EitherImage {
  return {
    references: [`${HOST}/team/app:1.4.2`],
    uri: `${HOST}/team/app@${DIGEST}`,
    digest: DIGEST,
    repository: 'team/app',
    account: '123456789012',
    region: 'eu-central-1',
    isIndex: false,
    platforms: [createPlatform()],
    attestations: [],
    outcome: { kind: 'judged', verdict: evaluate(findings, createPolicy(), createContext()) },
    signatures: [],
    verdictAttestations: [],
    signed: false,
    proofs: [],
    ...overrides,
  };
}

export function createFailedImage(error = createError(), overrides: Partial<EitherImage> = {}): EitherImage {
  return createImage([], { outcome: { kind: 'error', error }, ...overrides });
}

export function createError(
  overrides: Partial<Pick<GateError, 'code' | 'message' | 'nextStep'>> = {},
): GateError {
  const { code = 'timeout', message = 'The scan was not finished after 15 m.' } = overrides;
  return new GateError(code, message, {
    nextStep: 'nextStep' in overrides ? overrides.nextStep : 'Raise timeout.',
  });
}

export function createSettings(overrides: Partial<SettingsReport> = {}): SettingsReport {
  return {
    failOn: 'critical',
    warnOn: 'high',
    ignoreUnfixed: false,
    enforce: true,
    scanType: 'enhanced',
    timeoutMs: 900_000,
    settleTimeMs: 15_000,
    ...overrides,
  };
}

export function createSigning(overrides: Partial<SigningReport> = {}): SigningReport {
  return {
    key: 'awskms:///arn:aws:kms:eu-central-1:123456789012:alias/release',
    format: 'bundle',
    transparencyLog: false,
    sign: 'all',
    cosignVersion: 'v3.0.6',
    notationVersion: undefined,
    state: 'done',
    ...overrides,
  };
}

export function createProof(overrides: Partial<Proof> = {}): Proof {
  return {
    kind: 'signature',
    state: 'proven',
    what: 'Signature (bundle)',
    by: 'awskms:///alias/release',
    at: undefined,
    ageMs: undefined,
    detail: undefined,
    nextStep: undefined,
    ...overrides,
  };
}

export function createVerification(overrides: Partial<VerificationReport> = {}): VerificationReport {
  return {
    signers: ['awskms:///alias/release'],
    format: 'bundle',
    cosignVersion: 'v3.0.6',
    notation: undefined,
    attestation: true,
    policies: ['c'.repeat(64)],
    maxAttestationAgeMs: 30 * 86_400_000,
    promotedFrom: [],
    recheck: true,
    ...overrides,
  };
}

export function createReport(overrides: Partial<EitherResult> = {}): EitherResult {
  const { verdict = 'pass', images = [createImage()], error, verification } = overrides;
  const enforced = overrides.settings?.enforce !== false;
  const action = verification === undefined ? 'gate' : 'verify';
  return {
    verdict,
    enforced,
    tolerated: isTolerated(action, { verdict, enforced, error, images }),
    settings: createSettings(),
    images,
    error,
    documents: { policy: undefined, exceptions: [], vex: [], conflicts: [] },
    baseline: undefined,
    notices: [],
    nextSteps: [],
    judgedAt: new Date('2026-05-02T10:19:00Z'),
    signing: undefined,
    verification: undefined,
    startedAt: new Date('2026-05-02T10:20:00Z'),
    durationMs: 12_345,
    version: '1.0.0',
    ...overrides,
  };
}
