/** One report of each kind, with something in every place that there is. */

import { evaluate } from '../../src/policy/evaluate.ts';
import type { Policy } from '../../src/policy/policy.ts';
import type { Exception } from '../../src/results/exception.ts';
import type { Finding } from '../../src/results/finding.ts';
import type { Changes } from '../../src/results/modes/changes.ts';
import type { BaseAdvice } from '../../src/results/rebuild.ts';
import type { Verdict } from '../../src/results/verdict.ts';
import { createContext, createException, createPolicy, NOW } from '../policy/factories.ts';
import type { EitherResult } from './either.ts';
import * as fixtures from './fixtures.ts';

const { createError, createFailedImage, createFinding, createImage, createPackage, createProof, DIGEST } =
  fixtures;

const POLICY: Partial<Policy> = {
  ignoreUnfixed: true,
  limits: { critical: 0, high: 0 },
  rules: [
    {
      name: 'exploited',
      action: 'block',
      reason: undefined,
      when: { vulnerability: ['CVE-2026-1'], knownExploited: true },
    },
    { name: 'a week', action: 'warn', reason: 'time', when: { vulnerability: ['CVE-2026-2'] } },
    {
      name: 'not reachable',
      action: 'ignore',
      reason: 'no such code',
      when: { vulnerability: ['CVE-2026-3'] },
    },
  ],
  exceptionsAllowed: {
    maxDurationMs: 90 * 86_400_000,
    never: { severity: [], knownExploited: false, score: { operator: '>=', value: 10 } },
    required: ['ticket'],
  },
};

function exception(id: string, overrides: Partial<Exception> = {}): Exception {
  return createException({
    ids: [id],
    source: `exceptions.yml:${id}`,
    approvedBy: 'security',
    ticket: 'T-1',
    ...overrides,
  });
}

const EXCEPTIONS: readonly Exception[] = [
  exception('CVE-2026-10'),
  exception('CVE-2026-11', { origin: 'vex', status: 'not_affected', expires: undefined, since: NOW }),
  exception('CVE-2026-12', { expires: new Date(0) }),
  exception('CVE-2026-13', { expires: new Date('2027-06-01') }),
  exception('CVE-2026-14', { ticket: undefined }),
  exception('CVE-2026-15'),
  exception('CVE-2026-16', { untilFixed: true }),
  exception('CVE-2026-18', { origin: 'vex', expires: undefined, since: new Date('2026-07-01') }),
  exception('CVE-2026-19', {
    origin: 'vex',
    expires: undefined,
    since: NOW,
    scope: {
      kind: 'products',
      products: ['bookworm', 'bullseye', 'woody'].map((distro) => ({
        ...{ digest: undefined, name: 'app', repositoryUrl: undefined, tag: undefined, arch: undefined },
        subcomponents: [
          {
            purl: 'pkg:deb/debian/openssl',
            type: 'deb',
            namespace: 'debian',
            name: 'openssl',
            version: distro === 'bookworm' ? '1.0' : undefined,
            distro,
          },
        ],
      })),
    },
  }),
  exception('CVE-2026-99', {
    scope: { kind: 'globs', package: 'openssl*', image: 'team/**', platform: 'linux/*' },
  }),
];

function found(id: string, overrides: Partial<Finding> = {}): Finding {
  return createFinding({
    id: `arn:${id}`,
    vulnerabilityId: id,
    relatedIds: ['GHSA-1'],
    vendorSeverity: 'high',
    operatingSystem: 'DEBIAN_12',
    architecture: 'amd64',
    cvss: [{ baseScore: 9, version: '3.1', vector: 'AV:N', source: 'NVD' }],
    packages: [
      createPackage({
        release: '1',
        filePath: 'usr/lib/x',
        remediation: 'apt-get upgrade',
        layer: DIGEST,
        instruction: 'RUN make install',
        origin: 'application',
        reachability: 'reachable',
      }),
      createPackage({ name: 'libssl3', origin: 'base', statedOrigin: 'base', reachability: 'not-reachable' }),
    ],
    ...overrides,
  });
}

export const EVERY_FINDING: readonly Finding[] = [
  found('CVE-2026-1'),
  found('CVE-2026-2'),
  found('CVE-2026-3'),
  found('CVE-2026-4', { fixAvailable: 'NO', packages: [createPackage({ fixedIn: undefined })] }),
  found('CVE-2026-5', { fixAvailable: 'PARTIAL' }),
  found('CVE-2026-6', { severity: 'DREADFUL' }),
  found('CVE-2026-7', { severity: 'UNTRIAGED', score: undefined }),
  ...Array.from({ length: 6 }, (_, n) =>
    found(`CVE-2026-8${n}`, {
      status: 'SUPPRESSED',
      severity: 'INFORMATIONAL',
      packages: [createPackage({ manager: 'JAR', reachability: 'not-reachable' })],
    }),
  ),
  found('CVE-2026-9', { severity: 'LOW', packages: [] }),
  ...EXCEPTIONS.slice(0, -1).map(({ ids: [id = ''] }) =>
    found(id, { score: id === 'CVE-2026-15' ? 10 : 9, knownExploited: true }),
  ),
  found('CVE-2026-17', { packages: Array.from({ length: 9 }, (_, n) => createPackage({ name: `p${n}` })) }),
];

const BASELINE = {
  uri: `${fixtures.HOST}/team/app@${DIGEST}`,
  reference: `${fixtures.HOST}/team/app:prod`,
  findings: [found('CVE-2026-5'), found('CVE-2026-98', { severity: 'HIGH' })],
};

/** A tag with a newer digest that resolves and adds something, and a newer tag of which that is unknown. */
function adviceOn(verdict: Verdict): BaseAdvice {
  const base = { digest: DIGEST, pushedAt: new Date('2026-04-20T10:00:00Z') };
  const added = [
    found('CVE-2026-50', { id: 'arn:new-1' }),
    found('CVE-2026-51', { id: 'arn:new-2', severity: 'LOW' }),
  ];
  const adds = evaluate(added, createPolicy(POLICY), createContext()).judged;
  const change = {
    resolves: verdict.judged.slice(0, 2),
    adds,
    verdict: 'block',
    exceededLimits: [{ severity: 'high', allowed: 0, found: 3 }],
  } as const;
  const reference = `${fixtures.HOST}/debian:12`;
  return {
    ...base,
    base: reference,
    named: true,
    isCurrent: false,
    newer: [
      { ...base, kind: 'same-tag', reference, change, unknown: undefined },
      { ...base, kind: 'same-tag', reference, change: undefined, unknown: 'ECR reports PENDING' },
      { ...base, kind: 'newer-tag', reference, change, unknown: undefined },
    ],
  };
}

const CHANGES: Changes = {
  since: new Date('2026-05-01T04:00:00Z'),
  error: 'The job was cancelled.',
  blocks: [{ image: BASELINE.reference, before: 'passing', verdict: 'block', reasons: ['CVE-2026-1'] }],
  expiries: [
    { state: 'soon', what: 'exception for CVE-2026-10', ends: NOW, images: [BASELINE.reference] },
    { state: 'expired', what: 'exception for CVE-2026-12', ends: undefined, images: [] },
  ],
  disappeared: [{ image: BASELINE.reference, why: 'not-found', before: 'passing' }],
  resolved: [BASELINE.reference],
};

/** Reports of every kind about images with these findings. */
export function everyReport(findings: readonly Finding[] = EVERY_FINDING): EitherResult[] {
  const verdict = evaluate(
    findings,
    createPolicy(POLICY),
    createContext({ exceptions: EXCEPTIONS, baseline: BASELINE }),
  );
  const command = "cosign verify 'x'";
  const proof = { by: 'key', at: NOW, ageMs: 5_000, ends: NOW, detail: 'detail', nextStep: 'do it', command };
  const image = createImage([], {
    isIndex: true,
    outcome: { kind: 'judged', verdict },
    platforms: [fixtures.createPlatform(), fixtures.createPlatform({ platform: 'linux/arm64' })],
    attestations: [DIGEST],
    baseImages: [
      { name: 'debian:12', named: true, deciding: [`host/debian@${DIGEST}`] },
      { name: 'docker.io/library/debian:12', named: false, deciding: [] },
    ],
    weakened: { 'base-image': true, 'fail-on': 'none' },
    advice: adviceOn(verdict),
    signatures: [{ digest: DIGEST, state: 'signed', format: 'bundle', platform: 'linux/amd64', command }],
    verdictAttestations: [
      {
        digest: DIGEST,
        state: 'attested',
        format: 'bundle',
        platform: 'linux/amd64',
        type: 'https://x/y',
        command,
      },
    ],
  });
  const source = (uri: string) => ({ uri, sha256: 'a'.repeat(64), moving: true });
  const gate = fixtures.createReport({
    verdict: 'block',
    images: [image],
    documents: {
      policy: { ...source('policy.yml'), policySha256: 'b'.repeat(64) },
      exceptions: [source('exceptions.yml')],
      vex: [source('vex.json')],
      conflicts: [{ input: 'fail-on', asked: 'none', demanded: 'critical' }],
    },
    baseline: { reference: BASELINE.reference, uri: BASELINE.uri, unused: undefined },
    notices: ['Something could not be read.'],
    nextSteps: ['Add inspector2:Something to the role.'],
    signing: fixtures.createSigning({ state: 'withheld' }),
  });
  const failed = createFailedImage(createError({ code: 'aws' }));
  const proofs = (['proven', 'failed', 'skipped', 'noted'] as const).map((state) =>
    createProof({ ...proof, state }),
  );
  return [
    gate,
    { ...gate, images: [image, failed, createImage(findings)], verdict: 'error' },
    {
      ...gate,
      images: [{ ...createImage(), signatures: image.signatures, signed: true }],
      verdict: 'pass',
      signing: fixtures.createSigning(),
      records: {
        kind: 'storage',
        written: 2,
        organization: 'octo',
        page: 'https://github.com/orgs/octo/artifacts',
      },
    },
    {
      ...gate,
      verdict: 'error',
      error: createError({ code: 'signing' }),
      signing: fixtures.createSigning({ state: 'failed' }),
      baseline: { reference: BASELINE.reference, uri: undefined, unused: 'there is no such image' },
    },
    {
      ...gate,
      verdict: 'error',
      images: [{ ...failed, proofs }, createImage([], { outcome: { kind: 'verified' }, proofs })],
      verification: fixtures.createVerification(),
      signing: undefined,
      changes: CHANGES,
    },
  ];
}
