import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { parseReference } from '../../../src/image/reference.ts';
import {
  EXTENSIONS,
  readSummary,
  resourceUri,
  SUMMARY_TYPE,
  type SummaryInput,
  thresholdsPolicy,
  VERIFIER_ID,
  VULNERABILITIES_TYPE,
  verificationSummary,
  vulnerabilityReport,
} from '../../../src/signing/statements/predicate.ts';

const RESOURCE = '123456789012.dkr.ecr.eu-central-1.amazonaws.com/team/app';
const THRESHOLDS = { failOn: 'critical', warnOn: 'high', ignoreUnfixed: false, scanType: 'enhanced' };

function input(changes: Partial<SummaryInput> = {}): SummaryInput {
  return {
    resourceUri: 'oci://123456789012.dkr.ecr.eu-central-1.amazonaws.com/team/app',
    verifiedAt: new Date('2026-11-25T12:00:00Z'),
    policy: undefined,
    weakening: {},
    thresholds: THRESHOLDS,
    verdict: 'warn',
    counts: { high: 1, total: 1 },
    exceptionsUsed: [],
    baseline: undefined,
    scannedAt: new Date('2026-11-25T11:59:00Z'),
    actionVersion: '1.0.0',
    verifiedLevels: ['ECR_DEPLOYMENT_GATE_PASSED'],
    ...changes,
  };
}

describe('verificationSummary', () => {
  it('has the fields that SLSA publishes, and extension fields with URIs as names', () => {
    const { type, predicate } = verificationSummary(
      input({
        policy: { uri: 'urn:policy', policySha256: 'c'.repeat(64), sha256: 'd'.repeat(64) },
        baseline: `${RESOURCE}@sha256:${'e'.repeat(64)}`,
        exceptionsUsed: [
          {
            id: 'CVE-2026-1',
            reason: 'not reachable',
            expires: new Date('2027-01-01T00:00:00Z'),
            approvedBy: 'security@example.com',
            ticket: undefined,
          },
        ],
      }),
    );
    expect(type).toBe(SUMMARY_TYPE);
    expect(predicate).toEqual({
      verifier: { id: VERIFIER_ID, version: { 'ecr-deployment-gate': '1.0.0' } },
      timeVerified: '2026-11-25T12:00:00.000Z',
      resourceUri: 'oci://123456789012.dkr.ecr.eu-central-1.amazonaws.com/team/app',
      policy: { uri: 'urn:policy', digest: { sha256: 'c'.repeat(64) } },
      verificationResult: 'PASSED',
      verifiedLevels: ['ECR_DEPLOYMENT_GATE_PASSED'],
      [EXTENSIONS.policyFile]: { digest: { sha256: 'd'.repeat(64) } },
      [EXTENSIONS.verdict]: 'warn',
      [EXTENSIONS.thresholds]: {
        'fail-on': 'critical',
        'ignore-unfixed': false,
        'scan-type': 'enhanced',
        'warn-on': 'high',
      },
      [EXTENSIONS.counts]: { high: 1, total: 1 },
      [EXTENSIONS.exceptions]: [
        {
          id: 'CVE-2026-1',
          reason: 'not reachable',
          expires: '2027-01-01T00:00:00.000Z',
          approvedBy: 'security@example.com',
        },
      ],
      [EXTENSIONS.baseline]: `${RESOURCE}@sha256:${'e'.repeat(64)}`,
      [EXTENSIONS.scannedAt]: '2026-11-25T11:59:00.000Z',
    });
    expect(readSummary(predicate)).toMatchObject({ verificationResult: 'PASSED' });
  });

  it('names the attestations that were used, each with its digest', () => {
    const sha256 = 'd'.repeat(64);
    const used = { uri: `oci://${RESOURCE}@sha256:${sha256}`, digest: `sha256:${sha256}` };
    expect(verificationSummary(input({ inputAttestations: [used] })).predicate.inputAttestations).toEqual([
      { uri: used.uri, digest: { sha256 } },
    ]);
    expect(verificationSummary(input({ inputAttestations: [] })).predicate).not.toHaveProperty(
      'inputAttestations',
    );
    for (const wrong of [
      { ...used, digest: 'sha256:1' },
      { ...used, uri: 'not a URI' },
    ]) {
      expect(() => verificationSummary(input({ inputAttestations: [wrong] }))).toThrow();
    }
  });

  it('names the thresholds if there is no policy file, by a digest that anyone can compute', () => {
    const text = '{"fail-on":"critical","ignore-unfixed":false,"scan-type":"enhanced","warn-on":"high"}';
    const sha256 = createHash('sha256').update(text).digest('hex');
    expect(thresholdsPolicy(THRESHOLDS).sha256).toBe(sha256);
    expect(verificationSummary(input()).predicate.policy).toEqual({
      uri: 'urn:ecr-deployment-gate:thresholds',
      digest: { sha256 },
    });
    expect(thresholdsPolicy({ ...THRESHOLDS, failOn: 'high' }).sha256).not.toBe(sha256);
  });

  it.each([
    ['policies/gate.yml', 'urn:ecr-deployment-gate:policy:policies/gate.yml'],
    ['org/repo/gate policy.yml@v1', 'urn:ecr-deployment-gate:policy:org/repo/gate%20policy.yml@v1'],
    ['https://example.com/p', 'https://example.com/p'],
  ])('makes a URI of the policy %s', (uri, expected) => {
    const policy = { uri, policySha256: 'c'.repeat(64), sha256: 'd'.repeat(64) };
    expect(verificationSummary(input({ policy })).predicate.policy).toMatchObject({ uri: expected });
  });

  it('names a weakened policy by a digest that anyone can compute', () => {
    const policy = { uri: 'org/repo/gate.yml@v1', policySha256: 'c'.repeat(64), sha256: 'd'.repeat(64) };
    const weakening = { 'scan-type': 'basic', baseline: true } as const;
    const text = `{"baseline":true,"policy":"sha256:${'c'.repeat(64)}","scan-type":"basic"}`;
    const { predicate } = verificationSummary(input({ policy, weakening }));
    expect(predicate.policy).toEqual({
      uri: 'urn:ecr-deployment-gate:weakened-policy:org/repo/gate.yml@v1',
      digest: { sha256: createHash('sha256').update(text).digest('hex') },
    });
    // A consumer who expects the file must not accept the weakened policy either.
    const ofFile = text.replace('c'.repeat(64), 'd'.repeat(64));
    expect(predicate[EXTENSIONS.policyFile]).toEqual({
      digest: { sha256: createHash('sha256').update(ofFile).digest('hex') },
    });
    expect(predicate[EXTENSIONS.weakened]).toEqual(weakening);
    expect(verificationSummary(input({ policy })).predicate).not.toHaveProperty(EXTENSIONS.weakened);
  });

  it('names weakened thresholds if a baseline downgraded a finding', () => {
    const { sha256 } = thresholdsPolicy(THRESHOLDS);
    const text = `{"baseline":true,"policy":"sha256:${sha256}"}`;
    expect(verificationSummary(input({ weakening: { baseline: true } })).predicate.policy).toEqual({
      uri: 'urn:ecr-deployment-gate:weakened-thresholds',
      digest: { sha256: createHash('sha256').update(text).digest('hex') },
    });
  });

  it.each([
    'x',
    {},
    { digest: 'd'.repeat(64) },
    { digest: { sha256: 1 } },
  ])('is read without the file of its policy if that is %j', (value) => {
    const { predicate } = verificationSummary(input());
    expect(readSummary({ ...predicate, [EXTENSIONS.policyFile]: value })).toEqual(readSummary(predicate));
  });

  it.each([
    'x',
    { baseline: false },
    { baseline: { x: 1 } },
  ])('is read without the weakening inputs if these are %j', (value) => {
    const { predicate } = verificationSummary(input());
    expect(readSummary({ ...predicate, [EXTENSIONS.weakened]: value })).toEqual(readSummary(predicate));
  });

  it.each<[string, Partial<SummaryInput>]>([
    ['a resource that is not a URI', { resourceUri: 'team/app' }],
    ['a policy without a digest', { policy: { uri: 'urn:x', policySha256: '', sha256: 'd'.repeat(64) } }],
    [
      'a policy file without a digest',
      { policy: { uri: 'urn:x', policySha256: 'd'.repeat(64), sha256: '' } },
    ],
    ['a level that SLSA reserves', { verifiedLevels: ['SLSA_BUILD_LEVEL_3'] }],
    ['no level', { verifiedLevels: [] }],
  ])('refuses %s', (_, changes) => {
    expect(() => verificationSummary(input(changes))).toThrow();
  });

  it('refuses an invalid date', () => {
    expect(() => verificationSummary(input({ verifiedAt: new Date(Number.NaN) }))).toThrow();
  });
});

describe('resourceUri', () => {
  it.each([
    ['123456789012.dkr.ecr.eu-central-1.amazonaws.com', 'eu-central-1.amazonaws.com'],
    ['123456789012.dkr.ecr-fips.us-east-1.amazonaws.com', 'us-east-1.amazonaws.com'],
    ['123456789012.dkr-ecr.eu-central-1.on.aws', 'eu-central-1.amazonaws.com'],
    ['123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn', 'cn-north-1.amazonaws.com.cn'],
  ])('is the same whichever host name of the registry is used: %s', (host, ending) => {
    const { registry, repository } = parseReference(`${host}/team/app:1`);
    expect(resourceUri(registry, repository)).toBe(`oci://123456789012.dkr.ecr.${ending}/team/app`);
  });
});

describe('vulnerabilityReport', () => {
  const finding = {
    id: 'CVE-2026-1',
    severity: 'HIGH',
    score: 7.5,
    effect: 'warn',
    packages: ['openssl@3.0.1'],
    platforms: ['linux/amd64', 'linux/arm64'],
  };
  const scannedAt = [new Date('2026-11-25T11:59:00Z'), new Date('2026-11-25T11:58:00Z')];

  it('has the fields that in-toto publishes', () => {
    const { type, predicate } = vulnerabilityReport({ scanType: 'enhanced', findings: [finding], scannedAt });
    expect(type).toBe(VULNERABILITIES_TYPE);
    expect(predicate).toMatchObject({
      scanner: {
        uri: 'https://aws.amazon.com/inspector/',
        db: { lastUpdate: '2026-11-25T11:58:00.000Z' },
        result: [
          {
            id: 'CVE-2026-1',
            severity: [
              { method: 'amazon-inspector', score: 'HIGH' },
              { method: 'amazon-inspector-score', score: '7.5' },
            ],
            annotations: [
              { effect: 'warn', packages: 'openssl@3.0.1', platforms: 'linux/amd64, linux/arm64' },
            ],
          },
        ],
      },
      metadata: { scanStartedOn: '2026-11-25T11:58:00.000Z', scanFinishedOn: '2026-11-25T11:59:00.000Z' },
    });
  });

  it('refuses findings without an id, and a report without a scan', () => {
    const nameless = { ...finding, id: '' };
    expect(() => vulnerabilityReport({ scanType: 'basic', findings: [nameless], scannedAt })).toThrow();
    expect(() => vulnerabilityReport({ scanType: 'basic', findings: [], scannedAt: [] })).toThrow();
  });
});
