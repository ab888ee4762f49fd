/**
 * No input makes a verdict better without a trace: the table of what each of them may do is complete, and every one is
 * varied, alone and with another, from the text of the workflow to the digest that is attested.
 */

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import schema from '../../schema/policy.schema.json' with { type: 'json' };
import { GateError } from '../../src/errors.ts';
import { plainName } from '../../src/image/reference.ts';
import type { ImageInputs } from '../../src/inputs/common.ts';
import { readGateInputs } from '../../src/inputs/gate.ts';
import { INPUTS } from '../../src/inputs/names.ts';
import { readVerifyInputs } from '../../src/inputs/verify.ts';
import { type OwnSettings, settingsOf } from '../../src/modes/documents.ts';
import { withoutOrigin } from '../../src/policy/base.ts';
import { evaluate } from '../../src/policy/evaluate.ts';
import { INFLUENCE, type InputName } from '../../src/policy/influence.ts';
import { acceptedWeakenings, effectiveSettings, weakeningByInputsOf } from '../../src/policy/minimum.ts';
import { EMPTY_POLICY, type Minimum, type PolicyDocument } from '../../src/policy/policy.ts';
import { weakenedBy } from '../../src/policy/weakening.ts';
import type { Baseline } from '../../src/results/baseline.ts';
import type { Exception } from '../../src/results/exception.ts';
import type { Finding } from '../../src/results/finding.ts';
import { THRESHOLDS } from '../../src/results/severity.ts';
import { verificationSummary, weakenedPolicySha256 } from '../../src/signing/statements/predicate.ts';
import { anyDocument, anyException, anyFinding } from './arbitraries.ts';
import { createContext } from './factories.ts';

const RUNS = { numRuns: Number(process.env.PROPERTY_RUNS ?? 1_000) * 2 };

const inputsOf = (metadata: string): string[] => {
  const { inputs } = parse(readFileSync(join(import.meta.dirname, '../..', metadata), 'utf8'));
  return Object.keys(inputs);
};
const NAMES = Object.keys(INFLUENCE) as InputName[];

describe('the table of inputs', () => {
  it('has every input of the actions, and no other', () => {
    expect([...NAMES].sort()).toEqual(
      [...new Set([...inputsOf('action.yml'), ...inputsOf('verify/action.yml')])].sort(),
    );
  });

  it.each([
    ['gate', 'action.yml'],
    ['verify', 'verify/action.yml'],
  ] as const)('lists the inputs of %s as its metadata file does', (name, metadata) => {
    expect([...INPUTS[name]].sort()).toEqual(inputsOf(metadata).sort());
  });

  it('lists as bounded the inputs that the minimum of a policy can forbid', () => {
    const bounds = Object.keys(schema.properties.minimum.properties);
    for (const name of NAMES) {
      const { gate, verify } = INFLUENCE[name];
      const isBounded = [...gate, ...verify].some((way) => way === 'bounded');
      expect([name, bounds.includes(name)]).toEqual([name, isBounded]);
    }
  });
});

it('matches the table of inputs in docs/policy.md', () => {
  const text = readFileSync(join(import.meta.dirname, '../../docs/policy.md'), 'utf8');
  const [, table = ''] = /^## What an input can change\n(.*)/ms.exec(text) ?? [];
  const rows = table.split('\n').filter((line) => line.startsWith('| `'));
  const told = rows.map((row) =>
    [...(row.split('|')[1] ?? '').matchAll(/`([a-z-]+)`/g)].map(([, name]) => name).sort(),
  );
  const having = (...ways: string[]) =>
    NAMES.filter((name) => INFLUENCE[name].gate.join() === ways.join()).sort();
  expect(told).toEqual([having('attested'), having('attested', 'bounded'), having('bounded')]);
});

const HOST = '123456789012.dkr.ecr.eu-central-1.amazonaws.com';
const KMS = 'awskms:///arn:aws:kms:eu-central-1:123456789012:alias/release';

/** What a workflow may write. The first one of each is what the run without it has. */
const VALUES: Readonly<Record<InputName, readonly string[]>> = {
  image: [`${HOST}/team/app:1`, `${HOST}/team/app:1\n${HOST}/team/web:1`, `${HOST}/team/app:2`],
  'github-token': ['', 'token'],
  'report-directory': ['', '/tmp/report'],
  dockerfile: ['', 'Dockerfile'],
  comment: ['never', 'always'],
  advice: ['true', 'false'],
  'deployment-record': ['false', 'true'],
  'deployment-environment': ['', 'production'],
  'deployment-name': ['', 'shop-app'],
  'deployment-cluster': ['', 'blue'],
  'deployment-region': ['', 'eu-central-1'],
  'baseline-report': ['', 'last/report.json'],
  issue: ['never', 'on-failure', 'always'],
  'issue-title': ['', 'Images in production'],
  attest: ['true', 'false', 'full'],
  sign: ['all', 'each'],
  policy: ['strict.yml', 'other.yml', ''],
  'fail-on': ['', ...THRESHOLDS],
  'warn-on': ['', ...THRESHOLDS],
  'ignore-unfixed': ['', 'true', 'false'],
  'scan-type': ['enhanced', 'basic'],
  baseline: ['', `${HOST}/team/app:prod`],
  'base-image': ['', `${HOST}/base/debian:12`, `${HOST}/team/app:0\n${HOST}/base/debian:12`],
  exceptions: ['', 'exceptions.yml'],
  vex: ['', '.vex/*.json'],
  timeout: ['15m', '5m', '2h'],
  'settle-time': ['15s', '1s', '60s'],
  enforce: ['true', 'false'],
  recheck: ['true', 'false'],
  'signing-key': [KMS, '', 'keyless'],
  'signature-format': ['bundle', 'legacy', 'both'],
  'sign-platforms': ['false', 'true'],
  'signature-annotations': ['', 'commit=0f3c1e2'],
  'transparency-log': ['false', 'true'],
  'cosign-version': ['v3.0.6', `v3.1.3@sha256:${'a'.repeat(64)}`],
  'certificate-identity': ['', 'https://github.com/team/app/.github/workflows/release.yml@refs/heads/main'],
  'certificate-identity-regexp': ['', String.raw`https://github\.com/team/.*`],
  'certificate-oidc-issuer': ['', 'https://issuer.example'],
  'max-attestation-age': ['', '30d'],
  'policy-digest': ['', `sha256:${'b'.repeat(64)}`],
  'promoted-from': ['', `${HOST}/staging/app`],
  'sigstore-signing-config': ['', 'signing-config.json'],
  'sigstore-trusted-root': ['', 'trusted-root.json'],
  'notation-trust-policy': ['', 'trustpolicy.json'],
  'notation-trust-store': ['', 'truststore'],
};

/** What is there for a run to find, whatever its inputs. */
interface World {
  readonly policies: Readonly<Record<string, PolicyDocument>>;
  readonly exceptions: readonly Exception[];
  readonly baseline: Baseline;
  /** As they are with the word of the base images. */
  readonly findings: readonly {
    readonly finding: Finding;
    readonly isLate: boolean;
    readonly isOnlyEnhanced: boolean;
  }[];
  readonly scanEndsMs: number;
}

type Mode = 'gate' | 'verify';
type Given = Partial<Record<InputName, string>>;

interface Outcome {
  readonly verdict: 'pass' | 'warn' | 'block' | 'error';
  readonly isGreen: boolean;
  /** Digests of the policies that a summary is attested by, or, in the verify action, may be by. */
  readonly digests: readonly string[];
  readonly used: {
    readonly failOn: Minimum['failOn'];
    readonly warnOn: Minimum['warnOn'];
    readonly settleTimeMs: number;
    readonly timeoutMs: number;
  };
}

const UNKNOWN: Outcome['used'] = {
  failOn: undefined,
  warnOn: undefined,
  settleTimeMs: 15_000,
  timeoutMs: 900_000,
};
const FAILED: Outcome = { verdict: 'error', isGreen: false, digests: [], used: UNKNOWN };

/** A run, from the inputs' text on, without its adapters. */
function run(mode: Mode, given: Given, world: World, minimum: Partial<Minimum> = {}): Outcome {
  const read = (name: string) => given[name as InputName] ?? VALUES[name as InputName][0] ?? '';
  let inputs: ImageInputs;
  let own: OwnSettings;
  try {
    if (mode === 'gate') {
      const gate = readGateInputs(read);
      [inputs, own] = [gate, { signing: gate.signing !== undefined, recheck: true }];
    } else {
      const verify = readVerifyInputs(read);
      [inputs, own] = [verify, { signing: true, recheck: verify.verification.recheck }];
    }
  } catch (error) {
    if (error instanceof GateError) return FAILED;
    throw error;
  }
  const policyFile =
    (inputs.policy === undefined ? undefined : world.policies[inputs.policy]) ?? EMPTY_POLICY;
  const document = { ...policyFile, minimum: { ...policyFile.minimum, ...minimum } };
  const settings = effectiveSettings(settingsOf(inputs, own), document);
  const { policy, scanType, settleTimeMs, timeoutMs } = settings;
  const used = { failOn: policy.failOn, warnOn: policy.warnOn, settleTimeMs, timeoutMs };
  if (settings.signingMissing || settleTimeMs >= timeoutMs) return { ...FAILED, used };
  const sha256 = createHash('sha256')
    .update(inputs.policy ?? '')
    .digest('hex');
  const accepted = [
    sha256,
    ...(settings.recheck ? acceptedWeakenings(settings, document) : []).map((one) =>
      weakenedPolicySha256(sha256, { ...one }),
    ),
  ];
  if (mode === 'verify' && !settings.recheck)
    return { verdict: 'pass', isGreen: true, digests: accepted, used };
  if (timeoutMs < world.scanEndsMs) return { ...FAILED, used };

  const isProven = inputs.baseImages.some(({ registry, repository }) =>
    settings.baseImages.includes(plainName(registry, repository)),
  );
  const findings = world.findings
    .filter(
      ({ isLate, isOnlyEnhanced }) =>
        !(isLate && settleTimeMs < 15_000) && !(isOnlyEnhanced && scanType === 'basic'),
    )
    .map(({ finding }) => (isProven ? finding : withoutOrigin(finding)));
  const circumstances = createContext({
    exceptions: world.exceptions.filter(
      ({ origin }) => settings.excepting[origin] && inputs[origin].length > 0,
    ),
    baseline: settings.baseline ? world.baseline : undefined,
  });
  const judged = evaluate(findings, policy, circumstances);
  const byInputs = inputs.policy === undefined ? {} : weakeningByInputsOf(settings, document);
  const { predicate } = verificationSummary({
    resourceUri: `oci://${HOST}/team/app`,
    verifiedAt: circumstances.now,
    policy:
      inputs.policy === undefined
        ? undefined
        : { uri: inputs.policy, policySha256: sha256, sha256: 'f'.repeat(64) },
    weakening: { ...weakenedBy(byInputs, findings, judged, policy, circumstances) },
    thresholds: {
      failOn: policy.failOn,
      warnOn: policy.warnOn,
      ignoreUnfixed: policy.ignoreUnfixed,
      scanType,
    },
    verdict: 'pass',
    counts: {},
    exceptionsUsed: [],
    baseline: undefined,
    scannedAt: undefined,
    actionVersion: '1.0.0',
    verifiedLevels: ['PASSED'],
  });
  const attested = (predicate as { policy: { digest: { sha256: string } } }).policy.digest.sha256;
  return {
    verdict: judged.verdict,
    isGreen: judged.verdict !== 'block' || !settings.enforce,
    digests: mode === 'verify' ? accepted : [attested],
    used,
  };
}

const VERDICTS = ['pass', 'warn', 'block', 'error'];

/** Whether a run is better than another. */
function isBetter(one: Outcome, other: Outcome): boolean {
  return VERDICTS.indexOf(one.verdict) < VERDICTS.indexOf(other.verdict) || (one.isGreen && !other.isGreen);
}

/** What a policy says that forbids inputs to make anything better than a run is. */
function forbidding(names: readonly InputName[], { used }: Outcome): Partial<Minimum> {
  const all: Readonly<Partial<Record<InputName, Partial<Minimum>>>> = {
    'fail-on': { failOn: used.failOn },
    'warn-on': { warnOn: used.warnOn },
    'ignore-unfixed': { ignoreUnfixed: false },
    'scan-type': { scanType: 'enhanced' },
    baseline: { baseline: false },
    'base-image': { baseImage: false },
    exceptions: { exceptions: false },
    vex: { vex: false },
    timeout: { timeoutMs: used.timeoutMs },
    'settle-time': { settleTimeMs: used.settleTimeMs },
    enforce: { enforce: true },
    recheck: { recheck: true },
  };
  return Object.assign({}, ...names.map((name) => all[name] ?? {}));
}

const anyWorld: fc.Arbitrary<World> = fc
  .record({
    strict: anyDocument,
    other: anyDocument,
    exceptions: fc.array(anyException, { maxLength: 3 }),
    baseline: fc.array(anyFinding, { maxLength: 6 }),
    findings: fc.array(
      fc.record({ finding: anyFinding, isLate: fc.boolean(), isOnlyEnhanced: fc.boolean() }),
      { maxLength: 4 },
    ),
    scanEndsMs: fc.constantFrom(1_000, 1_000, 1_000, 600_000, 3_600_000),
  })
  .map(({ strict, other, baseline, ...rest }) => ({
    ...rest,
    // A policy that rules nothing out, so that what the inputs do shows.
    policies: {
      'strict.yml': { ...strict, minimum: EMPTY_POLICY.minimum, ignoreUnfixed: false },
      'other.yml': other,
    },
    baseline: { uri: `${HOST}/team/app@sha256:b`, reference: `${HOST}/team/app:prod`, findings: baseline },
  }));

/** One or two inputs that a workflow changes. */
function anyChange(names: readonly InputName[]): fc.Arbitrary<Given> {
  const one = fc
    .constantFrom(...names)
    .chain((name) => fc.constantFrom(...VALUES[name]).map((value): Given => ({ [name]: value })));
  return fc.tuple(one, fc.option(one)).map(([first, second]) => ({ ...first, ...second }));
}

const changedIn = (change: Given) =>
  (Object.keys(change) as InputName[]).filter((name) => change[name] !== VALUES[name][0]);

const ways = (name: InputName, mode: 'gate' | 'verify'): readonly string[] => INFLUENCE[name][mode];

describe.each(['gate', 'verify'] as const)('in mode %s', (mode) => {
  const usual: Given =
    mode === 'gate'
      ? {}
      : { 'signing-key': '', 'certificate-identity': VALUES['certificate-identity'][1] ?? '' };
  // What a deployment requires is its own choice. Only the inputs that judge findings are compared here.
  const names = INPUTS[mode].filter((name) => !ways(name, mode).includes('expected'));

  /** What came of a change: whether it made the run better, left a trace, and can be forbidden. */
  const effectOf = (change: Given, world: World) => {
    const [before, after] = [run(mode, usual, world), run(mode, { ...usual, ...change }, world)];
    const minimum = forbidding(changedIn(change), before);
    const isMore = (one: Outcome, other: Outcome) =>
      isBetter(one, other) ||
      (mode === 'verify' && one.digests.some((digest) => !other.digests.includes(digest)));
    return {
      isBetter: isMore(after, before),
      isTraced: mode === 'gate' && !after.digests.some((digest) => before.digests.includes(digest)),
      isForbidden: !isMore(
        run(mode, { ...usual, ...change }, world, minimum),
        run(mode, usual, world, minimum),
      ),
    };
  };

  it('cannot improve a verdict unless the attestation shows it or a bound can forbid it', () => {
    fc.assert(
      fc.property(anyWorld, anyChange(names), (world, change) => {
        const effect = effectOf(change, world);
        if (!effect.isBetter) return;
        const changed = changedIn(change);
        expect([changed, effect.isTraced || effect.isForbidden]).toEqual([changed, true]);
        const allowed = changed.flatMap((name) => ways(name, mode));
        expect(allowed).not.toEqual([]);
        // What all of them attest shows, whether it can be forbidden or not.
        const isAttested = changed.every((name) => ways(name, mode).includes('attested'));
        if (isAttested) expect([changed, effect.isTraced]).toEqual([changed, true]);
      }),
      RUNS,
    );
  });

  it('finds an improvement by every input of the table', () => {
    const improving = new Set<InputName>();
    const candidates = names.filter((name) => ways(name, mode).length > 0);
    for (const world of fc.sample(anyWorld, { numRuns: 400, seed: 7 })) {
      for (const name of candidates) {
        if (improving.has(name)) continue;
        const better = VALUES[name].some((value) => effectOf({ [name]: value }, world).isBetter);
        if (better) improving.add(name);
      }
    }
    expect([...improving].sort()).toEqual([...candidates].sort());
  });
});
