import { describe, expect, it } from 'vitest';
import { isWeakenedByBaseImages } from '../../src/policy/base.ts';
import { findingsNeedingDetails } from '../../src/policy/details.ts';
import { type EvaluationContext, evaluate } from '../../src/policy/evaluate.ts';
import {
  acceptedWeakenings,
  type EffectiveSettings,
  effectiveSettings,
  type WorkflowSettings,
  weakeningByInputsOf,
} from '../../src/policy/minimum.ts';
import {
  EMPTY_POLICY,
  type Minimum,
  type Policy,
  type PolicyDocument,
  type Rule,
} from '../../src/policy/policy.ts';
import { isWeakenedByBaseline } from '../../src/policy/weakening.ts';
import type { Weakening } from '../../src/results/documents.ts';
import type { Finding } from '../../src/results/finding.ts';
import { normaliseBasic } from '../../src/scan/basic.ts';
import { createPackage } from '../report/fixtures.ts';
import { createFinding } from '../scan/factories.ts';
import { createContext, createException, createPolicy } from './factories.ts';

const HOST = '123456789012.dkr.ecr.eu-central-1.amazonaws.com';
const DEBIAN = `${HOST}/docker-hub/library/debian`;
const APP = `${HOST}/team/app`;

const asked: WorkflowSettings = {
  failOn: undefined,
  warnOn: undefined,
  ignoreUnfixed: undefined,
  enforce: true,
  scanType: 'enhanced',
  timeoutMs: 900_000,
  settleTimeMs: 15_000,
  signing: false,
  baseline: false,
  baseImages: [],
  exceptions: false,
  vex: false,
  recheck: true,
};

function heed(
  inputs: Partial<WorkflowSettings>,
  minimum: Partial<Minimum>,
  document: Partial<PolicyDocument> = {},
) {
  return effectiveSettings(
    { ...asked, ...inputs },
    { ...EMPTY_POLICY, ...document, minimum: { ...EMPTY_POLICY.minimum, ...minimum } },
  );
}

describe('effectiveSettings', () => {
  it('has the defaults if neither policy nor workflow sets a value', () => {
    expect(heed({}, {})).toMatchObject({
      policy: {
        failOn: 'critical',
        warnOn: 'high',
        ignoreUnfixed: false,
        untriaged: 'warn',
        suppressed: 'ignore',
      },
      enforce: true,
      scanType: 'enhanced',
      timeoutMs: 900_000,
      settleTimeMs: 15_000,
      baseline: false,
      signingMissing: false,
      conflicts: [],
    });
  });

  it('uses the policy as default, and the workflow’s inputs instead if given', () => {
    const document = { failOn: 'medium', warnOn: 'low', ignoreUnfixed: true } as const;
    expect(heed({}, {}, document).policy).toMatchObject(document);
    const inputs = { failOn: 'high', warnOn: 'none', ignoreUnfixed: false } as const;
    expect(heed(inputs, {}, document)).toMatchObject({ policy: inputs, conflicts: [] });
  });

  it.each([
    [
      'fail-on none',
      { failOn: 'none' },
      { failOn: 'critical' },
      { failOn: 'critical' },
      ['fail-on', 'none', 'critical'],
    ],
    [
      'fail-on critical',
      { failOn: 'critical' },
      { failOn: 'high' },
      { failOn: 'high' },
      ['fail-on', 'critical', 'high'],
    ],
    ['warn-on none', { warnOn: 'none' }, { warnOn: 'high' }, { warnOn: 'high' }, ['warn-on', 'none', 'high']],
    [
      'ignore-unfixed',
      { ignoreUnfixed: true },
      { ignoreUnfixed: false },
      { ignoreUnfixed: false },
      ['ignore-unfixed', 'true', 'false'],
    ],
  ] as const)('does not let %s weaken the minimum', (_, inputs, minimum, policy, [input, was, demanded]) => {
    const result = heed(inputs, minimum);
    expect(result.policy).toMatchObject(policy);
    expect(result.conflicts).toEqual([{ input, asked: was, demanded }]);
  });

  it.each([
    ['enforce', { enforce: false }, { enforce: true }, { enforce: true }, ['false', 'true']],
    [
      'scan-type',
      { scanType: 'basic' },
      { scanType: 'enhanced' },
      { scanType: 'enhanced' },
      ['basic', 'enhanced'],
    ],
    [
      'timeout',
      { timeoutMs: 3_600_000 },
      { timeoutMs: 1_800_000 },
      { timeoutMs: 1_800_000 },
      ['1 h', '30 m'],
    ],
    [
      'settle-time',
      { settleTimeMs: 1_000 },
      { settleTimeMs: 30_000 },
      { settleTimeMs: 30_000 },
      ['1 s', '30 s'],
    ],
    ['baseline', { baseline: true }, { baseline: false }, { baseline: false }, ['an image', 'none']],
  ] as const)('does not let %s weaken it', (input, inputs, minimum, expected, [was, demanded]) => {
    const result = heed(inputs, minimum);
    expect(result).toMatchObject(expected);
    expect(result.conflicts).toEqual([{ input, asked: was, demanded }]);
  });

  it('does not let a missing signing-key weaken it, and names no other value, because the run ends', () => {
    expect(heed({ signing: false }, { signing: true })).toMatchObject({
      signingMissing: true,
      conflicts: [],
    });
    expect(heed({ signing: true }, { signing: true })).toMatchObject({ signingMissing: false });
  });

  it.each<
    [string, Partial<WorkflowSettings>, Partial<Minimum>, Partial<EffectiveSettings>, [string, string]]
  >([
    ['base-image', { baseImages: [DEBIAN] }, { baseImage: false }, { baseImages: [] }, [DEBIAN, 'none']],
    [
      'base-image',
      { baseImages: [DEBIAN, APP] },
      { baseImage: [`${HOST}/docker-hub/library/*`, `${HOST}/base`] },
      { baseImages: [DEBIAN] },
      [APP, `${HOST}/docker-hub/library/*, ${HOST}/base`],
    ],
    [
      'exceptions',
      { exceptions: true },
      { exceptions: false },
      { excepting: { exceptions: false, vex: true } },
      ['files', 'none'],
    ],
    [
      'vex',
      { vex: true },
      { vex: false },
      { excepting: { exceptions: true, vex: false } },
      ['files', 'none'],
    ],
    ['recheck', { recheck: false }, { recheck: true }, { recheck: true }, ['false', 'true']],
  ])('does not let %s weaken it: %j under %j', (input, inputs, minimum, expected, [was, demanded]) => {
    const result = heed(inputs, minimum);
    expect(result).toMatchObject(expected);
    expect(result.conflicts).toEqual([{ input, asked: was, demanded }]);
  });

  it('allows base images by registry and repository, not by the name alone', () => {
    const minimum = { baseImage: [`${HOST}/docker-hub/**`, '111122223333.dkr.ecr.*.amazonaws.com/base'] };
    const allowed = (...baseImages: string[]) => heed({ baseImages }, minimum).baseImages;
    const other = '999999999999.dkr.ecr.eu-central-1.amazonaws.com';
    expect(allowed(DEBIAN, '111122223333.dkr.ecr.us-east-1.amazonaws.com/base')).toHaveLength(2);
    expect(
      allowed(
        `${other}/docker-hub/library/debian`,
        `${other}/${HOST}/docker-hub/library/debian`,
        `${HOST}/team/docker-hub/debian`,
        '111122223333.dkr.ecr.us-east-1.amazonaws.com/base/app',
        '111122223333.dkr.ecr.us-east-1.amazonaws.com/x/base',
      ),
    ).toEqual([]);
    expect(heed({ baseImages: [DEBIAN, APP] }, {}).baseImages).toEqual([DEBIAN, APP]);
  });

  it('lets the workflow be stricter, and as strict', () => {
    const minimum = {
      failOn: 'critical',
      enforce: true,
      timeoutMs: 900_000,
      settleTimeMs: 15_000,
      signing: true,
      scanType: 'enhanced',
    } as const;
    const result = heed(
      { failOn: 'low', timeoutMs: 60_000, settleTimeMs: 20_000, signing: true, baseline: true },
      minimum,
    );
    expect(result).toMatchObject({
      policy: { failOn: 'low' },
      timeoutMs: 60_000,
      settleTimeMs: 20_000,
      signingMissing: false,
      baseline: true,
      conflicts: [],
    });
    expect(heed({ failOn: 'critical', signing: true }, minimum).conflicts).toEqual([]);
  });

  it('holds the policy itself to its minimum, without calling that a conflict', () => {
    const result = heed(
      {},
      { failOn: 'high', ignoreUnfixed: false },
      { failOn: 'none', ignoreUnfixed: true },
    );
    expect(result).toMatchObject({ policy: { failOn: 'high', ignoreUnfixed: false }, conflicts: [] });
  });

  it('weakens nothing that has no minimum', () => {
    const inputs = {
      enforce: false,
      scanType: 'basic',
      baseline: true,
      ignoreUnfixed: true,
      failOn: 'none',
    } as const;
    expect(heed(inputs, {})).toMatchObject({
      policy: { ignoreUnfixed: true, failOn: 'none' },
      enforce: false,
      scanType: 'basic',
      baseline: true,
      conflicts: [],
    });
  });
});

describe('findingsNeedingDetails', () => {
  const kev: Rule = { name: 'kev', action: 'block', reason: undefined, when: { knownExploited: true } };
  const likely: Rule = {
    name: 'epss',
    action: 'block',
    reason: undefined,
    when: { epss: { operator: '>', value: 0.5 } },
  };
  const need = (
    finding: Parameters<typeof createFinding>[0],
    policy: Parameters<typeof createPolicy>[0],
    circumstances: Parameters<typeof createContext>[0] = {},
  ) =>
    findingsNeedingDetails([createFinding(finding)], createPolicy(policy), createContext(circumstances))
      .length;

  it('needs no details if no rule depends on them', () => {
    expect(need({ severity: 'LOW' }, {})).toBe(0);
  });

  it('needs details of a finding only if the answer changes its effect', () => {
    expect(need({ severity: 'LOW' }, { rules: [kev] })).toBe(1);
    expect(need({ severity: 'CRITICAL' }, { rules: [kev] })).toBe(0);
    expect(need({ severity: 'LOW', knownExploited: false }, { rules: [kev] })).toBe(0);
    expect(need({ severity: 'LOW', status: 'CLOSED' }, { rules: [kev] })).toBe(0);
    expect(need({ severity: 'LOW', status: 'SUPPRESSED' }, { rules: [kev] })).toBe(0);
    expect(need({ severity: 'LOW', status: 'SUPPRESSED' }, { rules: [kev], suppressed: 'warn' })).toBe(1);
    const other: Rule = { ...kev, name: 'other', when: { severity: ['HIGH'] } };
    expect(need({ severity: 'LOW' }, { rules: [other, kev] })).toBe(1);
    expect(need({ severity: 'LOW', epss: undefined }, { rules: [other, likely] })).toBe(1);
    const narrow = { ...kev, when: { ...kev.when, severity: ['HIGH'] } };
    expect(need({ severity: 'LOW' }, { rules: [narrow] })).toBe(0);
  });

  it('needs EPSS if the finding has none, whatever the comparison', () => {
    for (const operator of ['>', '>=', '<', '<='] as const) {
      const rules = [{ ...likely, when: { epss: { operator, value: 0.5 } } }];
      expect(need({ severity: 'LOW', epss: undefined }, { rules })).toBe(1);
      expect(need({ severity: 'LOW', epss: 0.4 }, { rules })).toBe(0);
    }
    const between: Rule[] = [
      { ...likely, action: 'warn', when: { epss: { operator: '>', value: 0.5 } } },
      { ...likely, action: 'block', when: { epss: { operator: '>=', value: 0.5 } } },
      { ...likely, action: 'warn', when: { severity: ['LOW'] } },
    ];
    expect(need({ severity: 'LOW', epss: undefined }, { rules: between })).toBe(1);
  });

  it('needs details if every answer has the same result and a missing answer has another one', () => {
    // Listed, the rule ignores it; not listed, the exception applies. Unknown, neither does.
    const exceptionsAllowed = {
      maxDurationMs: undefined,
      never: { severity: [], knownExploited: true, score: undefined },
      required: [],
    };
    const ignored: Rule = { name: 'n', action: 'ignore', reason: 'r', when: { knownExploited: true } };
    const exceptions = [createException()];
    expect(need({ severity: 'CRITICAL' }, { rules: [ignored], exceptionsAllowed }, { exceptions })).toBe(1);
    const low: Rule = { ...likely, action: 'ignore', when: { epss: { operator: '<', value: 0.5 } } };
    const high: Rule = { ...low, name: 'high', when: { epss: { operator: '>=', value: 0.5 } } };
    expect(need({ severity: 'CRITICAL', epss: undefined }, { rules: [low, high] })).toBe(1);
    // Ignored or below the thresholds is the same, unless a limit counts what is not ignored.
    expect(need({ severity: 'LOW', epss: undefined }, { rules: [low, high] })).toBe(0);
    expect(need({ severity: 'LOW', epss: undefined }, { rules: [low, high], limits: { low: 0 } })).toBe(1);
    expect(need({ severity: 'LOW', epss: undefined }, { rules: [low, high], limits: { high: 0 } })).toBe(0);
  });

  it('needs details if only values between two bounds matter', () => {
    const warn = (operator: '>=' | '<=', value: number): Rule => ({
      ...likely,
      name: `${operator}${value}`,
      action: 'warn',
      when: { epss: { operator, value } },
    });
    const rules = [warn('<=', 0.3), warn('>=', 0.6)];
    expect(need({ severity: 'CRITICAL', epss: undefined }, { rules })).toBe(1);
    const every = [...rules, { ...likely, action: 'warn' as const, when: { severity: ['CRITICAL'] } }];
    expect(need({ severity: 'CRITICAL', epss: undefined }, { rules: every })).toBe(0);
  });

  it('needs details if an exception or a limit depends on them', () => {
    const exceptionsAllowed = {
      maxDurationMs: undefined,
      never: { severity: [], knownExploited: true, score: undefined },
      required: [],
    };
    const exceptions = [createException()];
    expect(need({ severity: 'CRITICAL' }, { exceptionsAllowed }, { exceptions })).toBe(1);
    expect(need({ severity: 'CRITICAL' }, { exceptionsAllowed })).toBe(0);
    const ignored: Rule = { name: 'n', action: 'ignore', reason: 'r', when: { knownExploited: false } };
    expect(need({ severity: 'LOW' }, { rules: [ignored], limits: { low: 0 } })).toBe(1);
  });
});

describe('weakeningByInputsOf', () => {
  it.each<[Weakening, Partial<WorkflowSettings>, Partial<PolicyDocument>, Partial<Minimum>?]>([
    [{}, {}, { failOn: 'high' }],
    [{}, { failOn: 'high' }, { failOn: 'high' }],
    [{}, { failOn: 'low', warnOn: 'none' }, { failOn: 'high' }],
    [{ 'fail-on': 'critical' }, { failOn: 'critical' }, { failOn: 'high' }],
    [{ 'fail-on': 'none' }, { failOn: 'none' }, {}],
    [{ 'fail-on': 'critical' }, { failOn: 'none' }, { failOn: 'high' }, { failOn: 'critical' }],
    [{}, { failOn: 'none' }, { failOn: 'high' }, { failOn: 'high' }],
    [{}, { failOn: 'none' }, { failOn: 'none' }],
    [{ 'ignore-unfixed': true }, { ignoreUnfixed: true }, {}],
    [{}, { ignoreUnfixed: true }, { ignoreUnfixed: true }],
    [{}, { ignoreUnfixed: false }, { ignoreUnfixed: true }],
    [{}, { ignoreUnfixed: true }, {}, { ignoreUnfixed: false }],
    [{ 'scan-type': 'basic' }, { scanType: 'basic' }, {}],
    [{}, { scanType: 'basic' }, {}, { scanType: 'enhanced' }],
    [{}, { baseline: true }, {}],
    [
      { 'fail-on': 'none', 'ignore-unfixed': true, 'scan-type': 'basic' },
      { failOn: 'none', ignoreUnfixed: true, scanType: 'basic' },
      {},
    ],
  ])('is %j for %j under %j', (weakening, inputs, document, minimum = {}) => {
    const whole = { ...EMPTY_POLICY, ...document, minimum: { ...EMPTY_POLICY.minimum, ...minimum } };
    expect(weakeningByInputsOf(effectiveSettings({ ...asked, ...inputs }, whole), whole)).toEqual(weakening);
  });
});

describe('acceptedWeakenings', () => {
  const basic = { 'scan-type': 'basic' } as const;
  const baseline = { baseline: true } as const;
  const base = { 'base-image': true } as const;

  it.each<[Partial<WorkflowSettings>, readonly Weakening[], Partial<Minimum>?]>([
    [{}, []],
    [{ baseline: true }, [baseline]],
    [{ scanType: 'basic' }, [basic]],
    [{ baseImages: [DEBIAN] }, [base]],
    [{ baseline: true, scanType: 'basic' }, [basic, baseline, { ...basic, ...baseline }]],
    [{ baseline: true, baseImages: [DEBIAN] }, [baseline, base, { ...baseline, ...base }]],
    [
      { baseline: true, scanType: 'basic', baseImages: [DEBIAN] },
      [
        ...[basic, baseline, base],
        ...[
          { ...basic, ...baseline },
          { ...basic, ...base },
          { ...baseline, ...base },
        ],
        { ...basic, ...baseline, ...base },
      ],
    ],
    [{ baseline: true, baseImages: [DEBIAN] }, [baseline], { baseImage: false }],
    [{ baseline: true, baseImages: [DEBIAN] }, [baseline], { baseImage: [`${HOST}/other`] }],
    [{ baseImages: [DEBIAN, APP] }, [base], { baseImage: [DEBIAN] }],
    [{ baseline: true, scanType: 'basic' }, [basic], { baseline: false }],
    [{ baseline: true, scanType: 'basic' }, [baseline], { scanType: 'enhanced' }],
    [{ baseline: true, scanType: 'basic', failOn: 'none' }, []],
    [{ baseline: true, ignoreUnfixed: true }, []],
    [{ baseImages: [DEBIAN], ignoreUnfixed: true }, []],
    [{ baseline: true, failOn: 'none' }, [baseline], { failOn: 'critical' }],
  ])('has for %j %j', (inputs, weakenings, minimum = {}) => {
    const whole = { ...EMPTY_POLICY, minimum: { ...EMPTY_POLICY.minimum, ...minimum } };
    const conceded = acceptedWeakenings(effectiveSettings({ ...asked, ...inputs }, whole), whole);
    expect(conceded).toHaveLength(weakenings.length);
    expect(conceded).toEqual(expect.arrayContaining([...weakenings]));
  });
});

describe('a rule about reachability', () => {
  const ignored: Rule = {
    name: 'idle',
    action: 'ignore',
    reason: 'not reached',
    when: { reachability: 'not-reachable' },
  };
  const blocked: Rule = {
    name: 'active',
    action: 'block',
    reason: undefined,
    when: { reachability: 'reachable' },
  };
  const verdictOf = ({ policy }: EffectiveSettings, packages: Finding['packages']) =>
    evaluate([createFinding({ severity: 'CRITICAL', packages })], policy, createContext()).verdict;
  const idle = [createPackage({ reachability: 'not-reachable' })];
  const { packages: basic } = normaliseBasic(
    { name: 'CVE-2026-1', severity: 'CRITICAL', attributes: [{ key: 'package_name', value: 'openssl' }] },
    { digest: `sha256:${'a'.repeat(64)}`, platform: 'linux/amd64' },
  );

  it('is of the policy: its minimum forbids inputs, and no rule', () => {
    const settings = heed({ failOn: 'none' }, { failOn: 'critical' }, { rules: [ignored] });
    expect(settings.conflicts).toEqual([{ input: 'fail-on', asked: 'none', demanded: 'critical' }]);
    expect(verdictOf(settings, idle)).toBe('pass');
    expect(verdictOf(settings, [...idle, createPackage()])).toBe('block');
  });

  it('finds no reachability in basic scanning, which never makes a verdict better', () => {
    expect(verdictOf(heed({ scanType: 'basic' }, {}, { rules: [ignored] }), basic)).toBe('block');
    const lenient = heed({ scanType: 'basic', failOn: 'none' }, {}, { rules: [blocked] });
    expect(verdictOf(lenient, basic)).toBe('block');
    expect(verdictOf(lenient, idle)).not.toBe('block');
  });
});

describe('isWeakenedByBaseImages', () => {
  const layered: Rule = { name: 'base', action: 'warn', reason: undefined, when: { layer: 'base' } };
  const found = (origin: 'base' | 'application' | undefined, changes: Partial<Finding> = {}) =>
    createFinding({ severity: 'CRITICAL', packages: [createPackage({ origin })], ...changes });
  const softened = (
    findings: readonly Finding[],
    policy: Partial<Policy> = {},
    circumstances: Partial<EvaluationContext> = {},
  ) =>
    isWeakenedByBaseImages(
      findings,
      createPolicy({ rules: [layered], ...policy }),
      createContext(circumstances),
    );

  it('is true if a finding would block or warn without a base image', () => {
    expect(softened([found('base')])).toBe(true);
    expect(softened([found('application'), found('base')])).toBe(true);
    const own: Rule = { ...layered, when: { layer: 'application' } };
    expect(softened([found('application')], { rules: [own] })).toBe(true);
    const ignored: Rule = { ...layered, action: 'ignore', reason: 'r' };
    expect(softened([found('base', { severity: 'HIGH' })], { rules: [ignored] })).toBe(true);
    // It keeps a rule that blocks from holding.
    const blocks: Rule = { ...layered, action: 'block', when: { layer: 'application' } };
    expect(softened([found('base', { severity: 'LOW' })], { rules: [blocks] })).toBe(true);
  });

  it('is false if it is as bad without', () => {
    expect(softened([found(undefined)])).toBe(false);
    expect(softened([found('application')])).toBe(false);
    expect(softened([found('base')], { rules: [] })).toBe(false);
    expect(softened([found('base', { severity: 'LOW' })])).toBe(false);
    expect(softened([found('base', { severity: 'HIGH' })])).toBe(false);
    expect(softened([found('base', { status: 'CLOSED' })])).toBe(false);
    expect(softened([found('base', { status: 'SUPPRESSED' })])).toBe(false);
    expect(softened([found('base', { status: 'SUPPRESSED' })], { suppressed: 'block' })).toBe(true);
    const blocks: Rule = { ...layered, action: 'block' };
    expect(softened([found('base', { severity: 'LOW' })], { rules: [blocks] })).toBe(false);
  });

  it('is true if it keeps a finding from a limit', () => {
    const ignored: Rule = {
      ...layered,
      action: 'ignore',
      reason: 'r',
      when: { layer: 'base', severity: ['LOW'] },
    };
    const low = found('base', { severity: 'LOW' });
    expect(softened([low], { rules: [ignored] })).toBe(false);
    expect(softened([low], { rules: [ignored], limits: { low: 9 } })).toBe(true);
    expect(softened([low], { rules: [ignored], limits: { high: 9 } })).toBe(false);
  });

  it('is not hidden by an exception or baseline that would also allow the finding', () => {
    const ignored: Rule = { ...layered, action: 'ignore', reason: 'r' };
    const baseline = { uri: 'x', reference: 'x', findings: [found('base')] };
    for (const rules of [[layered], [ignored]]) {
      expect(softened([found('base')], { rules }, { exceptions: [createException()] })).toBe(true);
      expect(softened([found('base')], { rules }, { baseline })).toBe(true);
    }
  });

  it('needs details about exploits if the comparison depends on them', () => {
    const kev: Rule = { name: 'kev', action: 'block', reason: undefined, when: { knownExploited: true } };
    const ignored: Rule = { ...layered, action: 'ignore', reason: 'r' };
    const policy = createPolicy({ rules: [ignored, kev] });
    const asked = (finding: Finding, more: Partial<EvaluationContext> = {}) =>
      findingsNeedingDetails([finding], policy, createContext(more)).length;
    // Known to be in the base image it is ignored; otherwise it blocks if it is exploited.
    expect(asked(found('base', { severity: 'LOW' }))).toBe(1);
    expect(asked(found(undefined, { severity: 'LOW' }))).toBe(1);
    expect(asked(found('base'))).toBe(0);
    const exploited = (knownExploited: boolean | undefined) =>
      isWeakenedByBaseImages([found('base', { severity: 'LOW', knownExploited })], policy, createContext());
    expect([exploited(true), exploited(false), exploited(undefined)]).toEqual([true, false, true]);
  });
});

describe('isWeakenedByBaseline', () => {
  const finding = createFinding({ severity: 'CRITICAL', packages: [createPackage()] });
  const baseline = { uri: 'x', reference: 'x', findings: [finding] };
  const softened = (
    changes: Partial<Finding>,
    policy: Partial<Policy> = {},
    circumstances: Partial<EvaluationContext> = { baseline },
  ) => {
    const whole = createPolicy(policy);
    const findings = [{ ...finding, ...changes }];
    return isWeakenedByBaseline(evaluate(findings, whole, createContext(circumstances)), whole);
  };

  it('is true if a baseline downgrades a finding that would block', () => {
    expect(softened({})).toBe(true);
    expect(softened({}, {}, {})).toBe(false);
  });

  it('is false if its findings still block, or would not block without it', () => {
    const rules: Rule[] = [
      {
        name: 'r',
        action: 'block',
        reason: undefined,
        when: { severity: ['CRITICAL'], knownExploited: true },
      },
    ];
    expect(softened({ knownExploited: true }, { rules })).toBe(false);
    expect(softened({ severity: 'LOW' })).toBe(false);
    expect(softened({ severity: 'HIGH' })).toBe(false);
    expect(softened({}, {}, { baseline, exceptions: [createException()] })).toBe(false);
  });

  it('is true if it keeps a finding from a limit', () => {
    expect(softened({ severity: 'HIGH' }, { limits: { high: 0 } })).toBe(true);
    expect(softened({ severity: 'UNTRIAGED' }, { limits: { untriaged: 0 } })).toBe(true);
    expect(softened({ severity: 'HIGH' }, { limits: { medium: 0 } })).toBe(false);
    expect(softened({ severity: 'HIGH' }, { limits: { high: 1 } }, {})).toBe(false);
  });
});
