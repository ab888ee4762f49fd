import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { parsePolicy } from '../../src/policy/document.ts';
import { EMPTY_POLICY, type PolicyDocument } from '../../src/policy/policy.ts';
import { THRESHOLDS } from '../../src/results/severity.ts';
import { bytes, gateError } from './errors.ts';
import { FULL_POLICY } from './examples.ts';

const parse = (text: string) => parsePolicy(bytes(text), 'policy.yml');
const rule = (lines: string) => `version: 1\nrules:\n  - name: a\n    ${lines.replaceAll('\n', '\n    ')}\n`;
const when = (condition: string) => rule(`action: block\nwhen:\n  ${condition}`);

describe('parsePolicy', () => {
  it('uses the defaults for everything that a policy omits', () => {
    expect(parse('version: 1')).toEqual(EMPTY_POLICY);
    expect(parse('version: 1\nrules: []\nlimits: {}\nexceptions-allowed: {}\nminimum: {}')).toEqual(
      EMPTY_POLICY,
    );
  });

  it('reads every key', () => {
    const conditions = {};
    expect(parse(FULL_POLICY)).toEqual({
      failOn: 'critical',
      warnOn: 'high',
      ignoreUnfixed: false,
      rules: [
        { name: 'exploited in the wild', action: 'block', reason: undefined, when: { knownExploited: true } },
        {
          name: 'likely to be exploited',
          action: 'block',
          reason: undefined,
          when: {
            ...conditions,
            score: { operator: '>=', value: 7 },
            epss: { operator: '>=', value: 0.5 },
            exploitAvailable: true,
          },
        },
        {
          name: 'a week to fix what can be fixed',
          action: 'warn',
          reason: undefined,
          when: { severity: ['CRITICAL'], fixAvailable: 'YES', newerThanMs: 604_800_000 },
        },
        {
          name: 'build tools are not in the path of a request',
          action: 'ignore',
          reason: 'they are there for debugging',
          when: {
            severity: ['LOW'],
            olderThanMs: 1_209_600_000,
            package: ['gcc*', 'binutils{,-common}'],
            packageManager: ['OS'],
            vulnerability: ['CVE-2026-*'],
            repository: ['team/**'],
            platform: ['linux/arm64'],
            layer: 'base',
            reachability: 'not-reachable',
          },
        },
      ],
      limits: { high: 20, untriaged: 0 },
      untriaged: 'block',
      suppressed: 'warn',
      exceptionsAllowed: {
        maxDurationMs: 7_776_000_000,
        never: { severity: ['CRITICAL'], knownExploited: true, score: { operator: '>', value: 9 } },
        required: ['approved-by', 'ticket'],
      },
      attestations: [
        {
          type: 'https://slsa.dev/provenance/v1',
          signer: {
            kind: 'identity',
            identity: 'https://github.com/team/app/.github/workflows/build.yml@refs/heads/main',
            issuer: 'https://token.actions.githubusercontent.com',
          },
          trustedRoot: '{"mediaType":"application/vnd.dev.sigstore.trustedroot+json;version=0.1"}',
          transparencyLog: false,
          builder: ['https://github.com/team/app/**'],
          sourceRepository: ['https://github.com/team/*'],
          maxAgeMs: 30 * 86_400_000,
        },
        { ...BY_KEY, type: 'https://spdx.dev/Document/v2.3' },
        { ...BY_KEY, type: 'https://cyclonedx.org/bom' },
      ],
      minimum: {
        failOn: 'critical',
        warnOn: 'medium',
        enforce: true,
        ignoreUnfixed: false,
        timeoutMs: 1_800_000,
        settleTimeMs: 30_000,
        scanType: 'enhanced',
        signing: true,
        baseline: false,
        baseImage: ['123456789012.dkr.ecr.eu-central-1.amazonaws.com/docker-hub/**'],
        exceptions: false,
        vex: false,
        recheck: true,
      },
    } satisfies PolicyDocument);
  });

  it.each([
    ['90s', 90_000],
    ['15m', 900_000],
    ['12h', 43_200_000],
    ['7d', 604_800_000],
    ['2w', 1_209_600_000],
  ])('reads the duration %s', (text, ms) => {
    expect(parse(when(`newer-than: ${text}`)).rules[0]?.when.newerThanMs).toBe(ms);
  });

  it.each([
    ['>=7.0', { operator: '>=', value: 7 }],
    ['> 9', { operator: '>', value: 9 }],
    ['<=10', { operator: '<=', value: 10 }],
    ['<0.1', { operator: '<', value: 0.1 }],
  ])('reads the bound %s', (text, bound) => {
    expect(parse(when(`score: "${text}"`)).rules[0]?.when.score).toEqual(bound);
  });

  it.each<[string, string, string | undefined]>([
    ['{}', '1:1: version: is missing.', 'version: 1'],
    ['version: "1"', '1:10: version: expected 1, the version of this format, got "1".', 'version: 1'],
    ['version: 2', '1:10: version: expected 1', 'version: 1'],
    ['[]', '1:1: expected a mapping, got an empty list.', 'version: 1'],
    ['version', '1:1: expected a mapping, got "version".', 'version: 1'],
    ['version: 1\nfail_on: high', '2:1: fail_on: unknown key (did you mean fail-on?).', 'fail-on: high'],
    ['version: 1\nconstructor: 1', '2:1: unknown key (expected one of version, ', 'version: 1'],
    ['version: 1\n__proto__: {rules: []}', '2:1: unknown key', 'version: 1'],
    ['version: 1\ntoString: 1', '2:1: unknown key', 'version: 1'],
    ['version: 1\n<<: {rules: []}', '2:1: unknown key', 'version: 1'],
    [
      'version: 1\nfail-on: HIGH',
      '2:10: fail-on: expected one severity, the lowest: one of',
      'fail-on: high',
    ],
    ['version: 1\nfail-on: critical,medium', 'fail-on: expected one severity, the lowest', 'fail-on: medium'],
    ['version: 1\nfail-on: [critical, moderate]', 'the lowest: one of critical', 'fail-on: medium'],
    ['version: 1\nminimum: {fail-on: [low, high]}', 'minimum.fail-on: expected one', 'fail-on: low'],
    ['version: 1\nfail-on:', '2:9: fail-on: expected one severity', 'fail-on: high'],
    [
      'version: 1\nignore-unfixed: no',
      'got "no" (in YAML 1.2 that is text; write false).',
      'ignore-unfixed: false',
    ],
    ['version: 1\nrules:', '2:7: rules: expected a list of rules, got nothing.', 'rules: ['],
    ['version: 1\nrules: {a: 1}', '2:8: rules: expected a list of rules, got a mapping.', 'rules: ['],
    ['version: 1\nrules: [block]', '2:9: rules[0]: expected a mapping, got "block".', 'rules: ['],
    ['version: 1\nrules: [[]]', '2:9: rules[0]: expected a mapping, got an empty list.', 'rules: ['],
    ['version: 1\nlimits: []', '2:9: limits: expected a mapping, got an empty list.', 'limits: { high: 0 }'],
    [
      'version: 1\nlimits: {high: -1}',
      '2:16: limits.high: expected a whole number, 0 or more, got -1.',
      'high: 0',
    ],
    ['version: 1\nlimits: {high: 1.5}', 'limits.high: expected a whole number', 'high: 0'],
    ['version: 1\nlimits: {high: .inf}', 'limits.high: expected a whole number', 'high: 0'],
    ['version: 1\nlimits: {high: .nan}', 'limits.high: expected a whole number', 'high: 0'],
    ['version: 1\nlimits: {hihg: 1}', '2:10: limits.hihg: unknown key (did you mean high?).', 'high: 0'],
    [
      'version: 1\nuntriaged: pass',
      'untriaged: expected one of block, warn, ignore, got "pass".',
      'untriaged: block',
    ],
    [
      'version: 1\nminimum: {scan-type: basic}',
      'minimum.scan-type: expected one of enhanced',
      'scan-type: enhanced',
    ],
    ['version: 1\nminimum: []', 'minimum: expected a mapping, got an empty list.', 'minimum: {'],
    ['version: 1\nminimum: {timeout: 0s}', 'minimum.timeout: expected a duration', 'timeout: 1s'],
    ['version: 1\nminimum: {settle-time: 0s}', 'minimum.settle-time: expected a duration', 'settle-time: 1s'],
    [
      'version: 1\nminimum: {timeout: 30s, settle-time: 30s}',
      'minimum.settle-time: expected less than minimum.timeout, the longest timeout',
      'Set minimum.timeout to a longer duration.',
    ],
    [
      'version: 1\nexceptions-allowed: {never: []}',
      'exceptions-allowed.never: expected a mapping',
      'never: {',
    ],
    ['version: 1\nexceptions-allowed: {max-duration: 90}', 'expected a duration', 'max-duration: 90d'],
    ['version: 1\nexceptions-allowed: {max-duration: 2 months}', 'a duration', 'max-duration: 60d'],
    ['version: 1\nexceptions-allowed: {max-duration: 14}', 'a duration', 'max-duration: 14d'],
    ['version: 1\nexceptions-allowed: {required: [tickets]}', 'required[0]: expected one of', 'required: ['],
    [rule('action: block\nwhen: {}'), '5:11: rules[0].when: expected at least one condition', 'when: {'],
    [rule('action: block'), '3:5: rules[0].when: is missing.', 'when: {'],
    [rule('action: allow\nwhen: {severity: low}'), '4:13: rules[0].action: expected one of', 'action: block'],
    [rule('action: ignore\nwhen: {severity: low}'), 'rules[0].reason: is missing', 'reason: '],
    [
      rule('action: ignore\nreason: " "\nwhen: {severity: low}'),
      'expected text that is not blank',
      'reason: ',
    ],
    [
      rule('action: warn\nname: b\nwhen: {severity: low}'),
      '5:5: rules[0].name: the key occurs twice.',
      undefined,
    ],
    [when('severity: []'), 'rules[0].when.severity: expected at least one severity', 'severity: ['],
    [when('severity: [low, hihg]'), '6:23: rules[0].when.severity[1]: expected one of', 'severity: [ low ]'],
    [when('severity: [high, moderate]'), 'severity[1]: expected one of', 'severity: [ high, medium ]'],
    [when('severity: none'), 'rules[0].when.severity: expected one of critical', 'severity: ['],
    [
      when('severty: low'),
      '6:7: rules[0].when.severty: unknown key (did you mean severity?).',
      'severity: [',
    ],
    [when('score: 7'), '6:14: rules[0].when.score: expected an operator', 'score: ">=7"'],
    [when('score: 70'), '6:14: rules[0].when.score: expected an operator', 'score: ">=7.0"'],
    [when('score: "9.0"'), 'rules[0].when.score: expected an operator', 'score: ">=9"'],
    [when('epss: 10%'), 'rules[0].when.epss: expected an operator', 'epss: ">=0.1"'],
    [when('score: ">=10.1"'), 'a score from 0 to 10, got ">=10.1".', 'score: ">=7.0"'],
    [when('score: "=7"'), 'rules[0].when.score: expected an operator', 'score: ">=7.0"'],
    [when('epss: ">=1.5"'), 'a probability from 0 to 1, got ">=1.5".', 'epss: ">=0.5"'],
    [when('fix-available: true'), 'got true (write yes).', 'fix-available: yes'],
    [when('fix-available: false'), 'got false (write no).', 'fix-available: no'],
    [when('known-exploited: yes'), '(in YAML 1.2 that is text; write true).', 'known-exploited: true'],
    [when('exploit-available: "true"'), 'expected true or false, got "true".', 'exploit-available: true'],
    [when('newer-than: 3'), 'rules[0].when.newer-than: expected a duration', 'newer-than: 3d'],
    [when('newer-than: 1h30m'), 'expected a duration', 'newer-than: 7d'],
    [when('package: ""'), 'rules[0].when.package: expected a glob', 'package: openssl*'],
    [when('package: " , "'), 'expected a glob', 'package: openssl*'],
    [when('package: openssl, curl'), 'expected a glob', 'package: openssl*'],
    [when('package: []'), 'expected at least one glob', 'package: openssl*'],
    [when('package: [curl, ""]'), '6:23: rules[0].when.package[1]: expected a glob', 'package: openssl*'],
    [when('package: "!curl"'), 'expected a glob', 'package: openssl*'],
    [when('package: "[!c]*"'), 'expected a glob', 'package: openssl*'],
    [when('repository: "team/[^a-c]*"'), 'expected a glob', 'repository: team/**'],
    [when('package: "@(a|b)"'), 'expected a glob', 'package: openssl*'],
    [when('package: "{a,b"'), 'expected a glob', 'package: openssl*'],
    [when('package: "lib{1..3}"'), 'expected a glob', 'package: openssl*'],
    [when('package: "lib{a,1..3}"'), 'expected a glob', 'package: openssl*'],
    [when("package: 'lib\\*'"), 'expected a glob', 'package: openssl*'],
    [when("package: 'lib[\\*]'"), 'expected a glob', 'package: openssl*'],
    [when("package: '{lib\\*,a}'"), 'expected a glob', 'package: openssl*'],
    [when(`package: ${'a'.repeat(257)}`), 'at most 256 characters', 'package: openssl*'],
    [when('vulnerability: ~'), 'expected a glob or a list of globs, got nothing.', 'vulnerability: CVE'],
    [when('layer: app'), 'rules[0].when.layer: expected one of base, application', 'layer: base'],
    [
      when('reachability: no'),
      'rules[0].when.reachability: expected one of not-reachable, reachable, unknown',
      'reachability: not-reachable',
    ],
    [when('reachability: REACHABLE'), 'expected one of not-reachable', 'reachability: reachable'],
    [when('reachability: NOT_REACHABLE'), 'expected one of not-reachable', 'reachability: not-reachable'],
    [when('reachability: unreachable'), 'expected one of not-reachable', 'reachability: not-reachable'],
    [when('reachability: Unknown'), 'expected one of not-reachable', 'reachability: unknown'],
    [when('reachability: [reachable, unknown]'), 'expected one of not-reachable', 'reachability: '],
    [when('reachability: {}'), 'expected one of not-reachable', 'reachability: '],
    [
      rule('action: ignore\nreason: r\nwhen: { severity: low, reachability: unknown }'),
      '6:42: rules[0].when.reachability: expected not-reachable or reachable, because a rule with the action ignore never applies to missing data',
      'Use reachability: unknown in a rule with the action block or warn.',
    ],
    [
      when('older-than: 7d\n  newer-than: 7d'),
      'rules[0].when.newer-than: expected a duration longer than older-than',
      'Set newer-than to a longer duration than older-than, or remove one of them.',
    ],
  ])('refuses %j', (text, message, example) => {
    const error = gateError(() => parse(text));
    expect(error.code).toBe('input');
    expect(error.message).toContain(message);
    expect(error.message).toMatch(/^policy\.yml:\d+:\d+: /);
    if (example === undefined) return;
    if (!/^(?:Set|Use) /.test(example)) {
      expect(error.nextStep).toMatch(/^(For example|The document has to begin with): /);
    }
    expect(` ${error.nextStep}`).toContain(` ${example}`);
  });

  it('refuses two rules with the same name, and names the line of the first one', () => {
    const text = `${when('severity: low')}  - name: " a "\n    action: warn\n    when: {severity: low}\n`;
    expect(gateError(() => parse(text)).message).toBe(
      'policy.yml:7:11: rules[1].name: the rule on line 3 has the same name.',
    );
  });

  it('names the first of several errors, and the places of the others', () => {
    const { message } = gateError(() => parse('version: 1\nwarn-on: x\nlimits: {low: -1}\nfail-on: y'));
    expect(message).toContain('policy.yml:2:10: warn-on: expected one severity');
    expect(message).toContain('(also wrong: 3:15 limits.low, 4:10 fail-on)');
  });

  it('names four more errors in their order, and counts the rest', () => {
    const message = (text: string) => gateError(() => parse(`version: 1\n${text}`)).message;
    expect(message('limits: {low: -1, high: -2, critical: -3}')).toContain(
      'policy.yml:2:15: limits.low: expected a whole number, 0 or more, got -1 (also wrong: 2:25 limits.high, 2:39 limits.critical).',
    );
    const five = message('fail-on: a\nwarn-on: b\nuntriaged: c\nsuppressed: d\nignore-unfixed: 1');
    expect(five).toContain(
      '(also wrong: 3:10 warn-on, 4:12 untriaged, 5:13 suppressed, 6:17 ignore-unfixed).',
    );
    const seven = message(
      'fail-on: a\nwarn-on: b\nuntriaged: c\nsuppressed: d\nignore-unfixed: 1\nrules: 1\nlimits: 1',
    );
    expect(seven).toContain('5:13 suppressed, 6:17 ignore-unfixed, 2 others).');
  });

  it.each([
    ['fail-on: critcal', 'got "critcal" (did you mean "critical"?).'],
    ['fail-on: severe', 'got "severe".'],
    ['ignore-unfixed: On', 'got "On" (in YAML 1.2 that is text; write true).'],
    ['ignore-unfixed: OFF', 'got "OFF" (in YAML 1.2 that is text; write false).'],
    ['ignore-unfixed: "yes"', 'write true).'],
    ['ignore-unfixed: yesterday', 'got "yesterday".'],
    ['ignore-unfixed: turn it on', 'got "turn it on".'],
    ['ignore-unfixed: 1', 'got 1.'],
    ['untriaged: true', 'got true.'],
    ['fail-on: no', 'got "no".'],
  ])('suggests a value for %s, or none', (text, end) => {
    const { message } = gateError(() => parse(`version: 1\n${text}`));
    expect(message.endsWith(end), message).toBe(true);
  });

  it('guesses in lists too', () => {
    const of = (condition: string) => gateError(() => parse(when(condition))).message;
    expect(of('severity: hgih')).toContain('got "hgih" (did you mean "high"?).');
    expect(of('severity: [low, mediun]')).toContain('severity[1]: expected one of');
    expect(of('severity: [low, mediun]')).toContain('got "mediun" (did you mean "medium"?).');
  });

  it('reads the written values', () => {
    fc.assert(
      fc.property(policy, ([written, expected]) => {
        expect(parse(stringify(written))).toEqual(expected);
      }),
    );
  });
});

const BY_KEY = {
  signer: {
    kind: 'kms',
    reference: 'awskms:///arn:aws:kms:eu-central-1:123456789012:alias/build',
    region: 'eu-central-1',
  },
  trustedRoot: undefined,
  transparencyLog: false,
  builder: undefined,
  sourceRepository: undefined,
  maxAgeMs: undefined,
} as const;

const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const threshold = maybe(fc.constantFrom(...THRESHOLDS));
const severityNames = fc.uniqueArray(
  fc.constantFrom('critical', 'high', 'medium', 'low', 'informational', 'untriaged'),
  { minLength: 1 },
);
const days = fc.integer({ min: 1, max: 9999 });
const word = fc.string({ minLength: 1, maxLength: 20 }).filter((text) => /^[!-~]( ?[!-~])*$/.test(text));
const tenths = fc.integer({ min: 0, max: 100 });
const DAY_MS = 86_400_000;

/** A policy as a file says it, and as it is read. */
const policy = fc
  .record({
    failOn: threshold,
    warnOn: threshold,
    rules: fc.uniqueArray(
      fc.record({
        name: word,
        action: fc.constantFrom('block', 'warn', 'ignore'),
        reason: word,
        severity: severityNames,
        score: maybe(tenths),
        known: maybe(fc.boolean()),
        age: maybe(days),
      }),
      { selector: ({ name }) => name, maxLength: 5 },
    ),
    high: maybe(fc.nat()),
    untriaged: maybe(fc.constantFrom('block', 'warn', 'ignore')),
    maxDuration: maybe(days),
    minimumFailOn: threshold,
    enforce: maybe(fc.boolean()),
    baseline: maybe(fc.boolean()),
  })
  .map((given): [unknown, PolicyDocument] => [
    {
      version: 1,
      'fail-on': given.failOn,
      'warn-on': given.warnOn,
      rules: given.rules.map(({ name, action, reason, severity, score, known, age }) => ({
        name,
        action,
        reason,
        when: {
          severity,
          score: score === undefined ? undefined : `>=${score / 10}`,
          'known-exploited': known,
          'older-than': age === undefined ? undefined : `${age}d`,
        },
      })),
      limits: given.high === undefined ? undefined : { high: given.high },
      untriaged: given.untriaged,
      'exceptions-allowed': {
        'max-duration': given.maxDuration === undefined ? undefined : `${given.maxDuration}d`,
      },
      minimum: { 'fail-on': given.minimumFailOn, enforce: given.enforce, baseline: given.baseline },
    },
    {
      ...EMPTY_POLICY,
      failOn: given.failOn,
      warnOn: given.warnOn,
      rules: given.rules.map(({ name, action, reason, severity, score, known, age }) => ({
        name,
        action,
        reason,
        when: {
          severity: severity.map((one) => one.toUpperCase()),
          score: score === undefined ? undefined : { operator: '>=', value: score / 10 },
          knownExploited: known,
          olderThanMs: age === undefined ? undefined : age * DAY_MS,
        },
      })),
      limits: given.high === undefined ? {} : { high: given.high },
      untriaged: given.untriaged ?? 'warn',
      exceptionsAllowed: {
        ...EMPTY_POLICY.exceptionsAllowed,
        maxDurationMs: given.maxDuration === undefined ? undefined : given.maxDuration * DAY_MS,
      },
      minimum: {
        ...EMPTY_POLICY.minimum,
        failOn: given.minimumFailOn,
        enforce: given.enforce ?? false,
        baseline: given.baseline ?? true,
      },
    },
  ]);
