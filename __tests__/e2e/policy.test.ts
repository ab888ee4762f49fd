/** Policies, exceptions, VEX and baselines through the bundle, checked by the reasons in report.json. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { CATALOGUE, finding, many } from '../../emulator/findings.ts';
import { startGitHub } from '../../emulator/github.ts';
import type { Scenario } from '../../emulator/scenario.ts';
import { HOST, image, LONG_AGO, REPOSITORY, scanned, story } from '../../emulator/scenarios/build.ts';
import { scenarios } from '../../emulator/scenarios/index.ts';
import { startEmulator } from '../../emulator/server.ts';
import { type ActionOptions, runAction } from '../../scripts/runner.ts';
import type { ImageDocument, ReportDocument } from '../../src/report/findings/document.ts';

async function play(given: string | Scenario, options: Partial<ActionOptions> = {}) {
  const scenario = typeof given === 'string' ? scenarios[given] : given;
  if (scenario === undefined) throw new Error(`no scenario ${given}`);
  const emulator = await startEmulator(scenario);
  onTestFinished(() => emulator.close());
  const run = await runAction({
    ...options,
    inputs: { image: emulator.images.join('\n'), ...scenario.inputs, ...options.inputs },
    files: { ...emulator.files, ...options.files },
    env: { ...emulator.env(), ...options.env },
  });
  onTestFinished(() => run.clean());
  expect(emulator.foreign).toEqual([]);
  const report = JSON.parse(await readFile(run.outputs.report ?? '', 'utf8')) as ReportDocument;
  return { run, emulator, report, judged: report.images[0] as ImageDocument };
}

/** The effect of each vulnerability, and its reason. */
function decided({ findings }: ImageDocument): Record<string, string> {
  return Object.fromEntries(
    findings.map(({ vulnerability, effect, reason }) => [
      vulnerability,
      `${effect} by ${reason.kind}${reason.kind === 'rule' ? ` ${reason.rule}` : ''}`,
    ]),
  );
}

const of = (...specs: (keyof typeof CATALOGUE)[]) =>
  scanned(
    specs.map((name) => finding(CATALOGUE[name])),
    0,
    LONG_AGO,
  );

describe('a policy', () => {
  it('decides by its rules in order, and each finding names its rule', async () => {
    const { run, report, judged } = await play('policy-rules');
    expect(run).toMatchObject({ exitCode: 1, outputs: { verdict: 'block', passed: 'false' } });
    expect(decided(judged)).toEqual({
      'CVE-2021-44228': 'block by rule exploited in the wild',
      'CVE-2023-4911': 'block by rule exploited in the wild',
      'CVE-2019-10744': 'warn by rule a week to fix what can be fixed',
      'CVE-2021-33503': 'warn by rule a week to fix what can be fixed',
      'CVE-2023-45853': 'allow by rule no fix, not reachable',
      'CVE-2023-48795': 'allow by below-thresholds',
    });
    const { policy } = report.documents ?? {};
    expect(policy).toMatchObject({ uri: 'gate-policy.yml', moving: false });
    expect(run.log).toContain(policy?.sha256);
  });

  it('blocks by a limit although no finding blocks by itself', async () => {
    const policy = 'version: 1\nlimits: { high: 1 }\n';
    const { run, judged } = await play(
      story('limit', 'Two high ones.', [image([of('looneyTunables', 'urllib3Backtracking')])]),
      { files: { 'p.yml': policy }, inputs: { policy: 'p.yml' } },
    );
    expect(run.outputs).toMatchObject({ verdict: 'block', blocking: '0' });
    expect(judged.exceededLimits).toEqual([{ severity: 'high', allowed: 1, found: 2 }]);
  });

  it('requests details for ten findings per call, and only for findings whose judgement depends on them', async () => {
    const policy = `version: 1
rules:
  - { name: kev, action: block, when: { known-exploited: true, severity: [high, medium] } }
`;
    const listed = [
      ...many(23, 'DETAILS', ['MEDIUM']),
      ...many(9, 'OTHERS', ['LOW']),
      finding(CATALOGUE.log4shell),
    ];
    const { run, emulator } = await play(
      story('details', 'Many findings.', [image([scanned(listed, 0, LONG_AGO)])]),
      { files: { 'p.yml': policy }, inputs: { policy: 'p.yml', 'fail-on': 'none' } },
    );
    expect(run.outputs.verdict, run.log).toBe('warn');
    // 23 of the 33: all of them would need a fourth call.
    expect(emulator.count('BatchGetFindingDetails')).toBe(3);
  });

  it('requests no details if no rule needs them', async () => {
    const { emulator } = await play('exceptions-pass');
    expect(emulator.count('BatchGetFindingDetails')).toBe(0);
  });

  it('treats unavailable details as the stricter case, and reports that', async () => {
    const { run, report, judged } = await play('details-denied');
    expect(run.outputs.verdict).toBe('block');
    expect(judged.findings[0]?.reason).toMatchObject({ kind: 'rule', missing: ['known-exploited'] });
    expect(report.notices.join()).toContain('inspector2:BatchGetFindingDetails');
    expect(run.summary).toContain('known-exploited');
  });

  it('overrides inputs that are less strict, and reports them', async () => {
    const { run, report } = await play('minimum', {
      inputs: { 'ignore-unfixed': 'true', timeout: '2h' },
      files: {
        'gate-policy.yml':
          'version: 1\nminimum: { fail-on: high, warn-on: medium, enforce: true, ignore-unfixed: false, timeout: 20m, settle-time: 3s, scan-type: enhanced, baseline: false }\n',
      },
    });
    expect(run).toMatchObject({ exitCode: 1, outputs: { verdict: 'block' } });
    expect(report.settings).toMatchObject({
      failOn: 'high',
      warnOn: 'medium',
      enforce: true,
      ignoreUnfixed: false,
      timeoutMs: 1_200_000,
      settleTimeMs: 3_000,
    });
    expect(report.documents?.conflicts.map(({ input }) => input).sort()).toEqual([
      'enforce',
      'fail-on',
      'ignore-unfixed',
      'settle-time',
      'timeout',
      'warn-on',
    ]);
    expect(run.log).toMatch(
      /^::warning.*requires fail-on: high\. The workflow sets fail-on: none, which is not used/m,
    );
  });

  it.each([
    ['behind', -10, 'warn', 'CVE-2021-33503'],
    ['ahead of', 10, 'block', undefined],
  ])('counts days by AWS’s clock, here %s the runner’s', async (_, days, verdict, applied) => {
    const now = Date.now() + days * 86_400_000;
    const seen = (ago: number) => ({ firstObservedAt: Math.floor((now - ago * 86_400_000) / 1000) });
    const listed = [
      // By the runner's clock this one is 13 days old, or of the future.
      { ...finding(CATALOGUE.lodashDefaults), ...seen(3) },
      { ...finding(CATALOGUE.urllib3Backtracking), ...seen(30) },
    ];
    const files = {
      'p.yml': `version: 1
fail-on: high
rules: [{ name: week, action: warn, when: { newer-than: 7d } }]
`,
      'e.yml': `version: 1
exceptions:
  - { id: CVE-2021-33503, reason: a day that is over by one of the clocks, expires: ${new Date().toISOString().slice(0, 10)} }
`,
    };
    const scenario = story('clocks', 'Two clocks.', [image([scanned(listed, 0, LONG_AGO)])], {
      clockOffsetMs: days * 86_400_000,
      files,
      inputs: { policy: 'p.yml', exceptions: 'e.yml' },
    });
    const { run, judged } = await play(scenario);
    expect(run.outputs.verdict, run.log).toBe(verdict);
    const outcomes = decided(judged);
    expect(outcomes['CVE-2019-10744']).toBe('warn by rule week');
    expect(outcomes['CVE-2021-33503']).toBe(
      applied === undefined ? 'block by fail-on' : 'allow by exception',
    );
  });

  it('requires its own settle-time, whatever the workflow sets', async () => {
    const { run, report, emulator } = await play('pass-multi-arch', {
      inputs: { policy: 'p.yml', 'settle-time': '1s', 'signing-key': '' },
      files: { 'p.yml': 'version: 1\nminimum: { settle-time: 4s }\n' },
    });
    expect(run.outputs.passed, run.log).toBe('true');
    expect(report.documents?.conflicts).toEqual([{ input: 'settle-time', asked: '1 s', demanded: '4 s' }]);
    const digest = emulator.digests.get('arm64') ?? '';
    const reads = emulator.calls.filter(({ api, body }) => api === 'ListFindings' && body.includes(digest));
    expect((reads.at(-1)?.at ?? 0) - (reads[0]?.at ?? 0)).toBeGreaterThanOrEqual(4_000);
  });

  it('that leaves no time for findings to settle fails before the first AWS call', async () => {
    const { run, emulator } = await play('policy-rules', {
      inputs: { timeout: '20s' },
      files: { 'gate-policy.yml': 'version: 1\nminimum: { settle-time: 30s }\n' },
    });
    expect(run).toMatchObject({ exitCode: 1, outputs: { verdict: 'error' } });
    expect(run.log).toMatch(/Input timeout: .*longer than the settle-time that the policy requires \(30 s\)/);
    expect(emulator.calls).toEqual([]);
  });

  it('that requires enhanced scanning does not use basic scanning', async () => {
    const { report, emulator } = await play('policy-rules', {
      files: { 'gate-policy.yml': 'version: 1\nminimum: { scan-type: enhanced }\n' },
      inputs: { 'scan-type': 'basic' },
    });
    expect(report.settings?.scanType).toBe('enhanced');
    expect(emulator.count('ListFindings')).toBeGreaterThan(0);
  });

  it('that requires signing fails a run without a key before it calls AWS', async () => {
    const { run, emulator, report } = await play('signing-demanded');
    expect(run).toMatchObject({ exitCode: 1, outputs: { verdict: 'error', passed: 'false' } });
    expect(report.error?.message).toContain('signing-key');
    expect(emulator.calls).toEqual([]);
  });

  it('that is wrong fails the run with the place and an example, before it calls AWS', async () => {
    const { run, emulator } = await play('policy-rules', {
      files: { 'gate-policy.yml': 'version: 1\nfail_on: low\n' },
    });
    expect(run).toMatchObject({ exitCode: 1, outputs: { verdict: 'error' } });
    expect(run.log).toContain('gate-policy.yml:2:1: fail_on: unknown key (did you mean fail-on?)');
    expect(run.log).toContain('For example: fail-on: ');
    expect(run.log).toMatch(
      /^::error title=ECR Deployment Gate,file=gate-policy\.yml,line=2::gate-policy\.yml:2:1/m,
    );
    expect(emulator.calls).toEqual([]);
  });
});

describe('a file that is not a policy', () => {
  it.each([
    ['an environment file', 'AWS_SECRET_ACCESS_KEY=hunter2Zq9\n'],
    ['a list of secrets', 'password: hunter2Zq9\nversion: 1\n'],
    ['broken YAML', 'a: "hunter2Zq9\n'],
  ])('is not printed: %s', async (_, text) => {
    const directory = await mkdtemp(join(tmpdir(), 'gate-secrets-'));
    onTestFinished(() => rm(directory, { recursive: true, force: true }));
    await writeFile(join(directory, 'secrets'), text);
    const { run, report } = await play('policy-rules', {
      inputs: { policy: join(directory, 'secrets') },
      env: { RUNNER_DEBUG: '1' },
    });
    expect(run).toMatchObject({ exitCode: 1, outputs: { verdict: 'error' } });
    expect(run.log).toContain(`${join(directory, 'secrets')}:`);
    expect(`${run.log}${run.summary}${JSON.stringify(report)}`).not.toContain('hunter2');
  });
});

describe('a policy of another repository', () => {
  const SHA = '0123456789abcdef0123456789abcdef01234567';
  const FORKED = 'f'.repeat(40);
  const PATH = 'acme/security/gate/policy.yml';
  const policy = 'version: 1\nfail-on: high\nminimum: { fail-on: high }\n';

  async function github() {
    const server = await startGitHub([
      {
        name: 'acme/security',
        tokens: ['ghs_right'],
        files: {
          'main:gate/policy.yml': policy,
          [`${SHA}:gate/policy.yml`]: policy,
          // Commits of forks, which GitHub serves too.
          [`${FORKED}:gate/policy.yml`]: 'version: 1\nfail-on: none\n',
          'pull/7/head:gate/policy.yml': 'version: 1\nfail-on: none\n',
        },
        branches: { main: [SHA] },
        foreign: [[FORKED, SHA]],
      },
    ]);
    onTestFinished(() => server.close());
    return server;
  }
  const high = story('high', 'One high finding.', [image([of('lodashDefaults', 'looneyTunables')])]);

  it.each([
    ['main', true],
    [SHA, false],
  ])('at %s is read from the server that GITHUB_API_URL names; warns of a ref that moves: %s', async (ref, moves) => {
    const server = await github();
    const { run, report } = await play(high, {
      inputs: { policy: `${PATH}@${ref}`, 'github-token': 'ghs_right', 'fail-on': 'none' },
      env: { GITHUB_API_URL: server.url },
    });
    expect(run.outputs.verdict).toBe('block');
    const api = 'GET /api/v3/repos/acme/security';
    expect(server.requests).toEqual([
      `${api}/contents/gate/policy.yml?ref=${ref}`,
      ...(moves ? [] : [api, `${api}/compare/main...${SHA}?per_page=1`]),
    ]);
    expect(report.documents?.policy).toMatchObject({ uri: `${PATH}@${ref}`, moving: moves });
    expect(/^::warning.*which can change/m.test(run.log)).toBe(moves);
  });

  it.each([
    ['with a token that may not see it', 'ghs_wrong', undefined, /does not accept the token/],
    ['with no token', '', undefined, /input github-token is empty/],
    ['at a ref that is not there', 'ghs_right', 'v9', /no such repository, file or ref/],
    [
      'at a commit that only a fork has',
      'ghs_right',
      FORKED,
      /not found on any branch or tag of acme\/security/,
    ],
    ['at a pull request', 'ghs_right', 'pull/7/head', /is neither a branch nor a tag of acme\/security/],
    ['at an abbreviated commit', 'ghs_right', SHA.slice(0, 8), /no such repository, file or ref/],
  ])('fails closed %s', async (_, token, ref, message) => {
    const server = await github();
    const { run, emulator } = await play(high, {
      inputs: { policy: `${PATH}@${ref ?? SHA}`, 'github-token': token, enforce: 'false' },
      env: { GITHUB_API_URL: server.url },
    });
    expect(run).toMatchObject({ exitCode: 1, outputs: { verdict: 'error', passed: 'false' } });
    expect(run.log).toMatch(message);
    expect(emulator.calls).toEqual([]);
  });
});

describe('exceptions and VEX', () => {
  it('allow findings within the policy, and each reports how it was used', async () => {
    const { run, judged } = await play('exceptions');
    expect(run.outputs.verdict).toBe('block');
    const outcomes = judged.exceptions.map(({ ids, applied, needless, refusals }) => [
      ids.join(),
      applied,
      needless,
      refusals.map(({ kind }) => kind).join(),
    ]);
    expect(outcomes).toEqual([
      ['CVE-2019-10744', 1, 0, ''],
      ['CVE-2023-45853', 0, 1, ''],
      ['CVE-2021-33503', 0, 0, 'expired'],
      ['CVE-2021-44228', 0, 0, 'never'],
      ['CVE-2023-4911', 0, 0, 'required'],
      ['CVE-2020-0001', 0, 0, ''],
    ]);
    expect(
      judged.findings.find(({ vulnerability }) => vulnerability === 'CVE-2019-10744')?.reason,
    ).toMatchObject({
      kind: 'exception',
      source: 'exceptions.yml:3',
    });
  });

  it('let an image pass that would otherwise be blocked', async () => {
    const { run } = await play('exceptions-pass');
    expect(run).toMatchObject({ exitCode: 0, outputs: { passed: 'true' } });
    const without = await play('exceptions-pass', { inputs: { exceptions: '' } });
    expect(without.run.outputs.verdict).toBe('block');
  });

  it('from VEX allow findings that are not affected, with the justification', async () => {
    const { run, judged } = await play('vex');
    expect(run.outputs.verdict).toBe('block');
    expect(decided(judged)).toEqual({
      'CVE-2021-44228': 'allow by exception',
      'CVE-2022-22965': 'block by fail-on',
    });
    expect(judged.exceptions[0]).toMatchObject({
      origin: 'vex',
      status: 'not_affected',
      reason: 'vulnerable_code_not_in_execute_path: Lookups are off in log4j2.xml.',
      applied: 1,
    });
  });

  it('from VEX are limited by the policy like exceptions', async () => {
    const policy = 'version: 1\nexceptions-allowed: { never: { known-exploited: true } }\n';
    const { run, judged } = await play('vex', { files: { 'p.yml': policy }, inputs: { policy: 'p.yml' } });
    expect(run.outputs.verdict).toBe('block');
    expect(judged.exceptions[0]).toMatchObject({ applied: 0, refusals: [{ kind: 'never' }] });
  });
});

describe('a baseline', () => {
  it('downgrades findings that are deployed already, and no others', async () => {
    const { run, report, judged } = await play('baseline');
    expect(run.outputs.verdict).toBe('block');
    expect(decided(judged)).toEqual({
      'CVE-2021-44228': 'warn by baseline',
      'CVE-2022-22965': 'block by fail-on',
    });
    expect(report.baseline).toMatchObject({ reference: `${HOST}/${REPOSITORY}:prod`, unused: null });
    expect(judged.gone?.map(({ vulnerability }) => vulnerability)).toEqual([CATALOGUE.zlibInflate.id]);
  });

  it.each([
    ['baseline-missing', /no image/],
    ['baseline-unscanned', /not scanned/],
  ])('that cannot be used downgrades nothing, with a warning: %s', async (name, why) => {
    const { run, report } = await play(name);
    expect(run.outputs.verdict).toBe('block');
    expect(report.baseline).toMatchObject({ image: null, unused: expect.stringMatching(why) });
    expect(run.log).toMatch(/^::warning.*The baseline was not used; no finding was downgraded/m);
  });

  it('that is the image itself downgrades nothing, with a warning', async () => {
    const { run, report } = await play('baseline', {
      inputs: { baseline: `${HOST}/${REPOSITORY}:1.4.2`, image: `${HOST}/${REPOSITORY}:1.4.2` },
    });
    expect(run.outputs).toMatchObject({ verdict: 'block', blocking: '2' });
    expect(report.baseline).toMatchObject({
      image: null,
      unused: expect.stringContaining('the same image'),
    });
    expect(run.log).toMatch(/^::warning.*The baseline was not used.*the same image/m);
  });

  it('that is one of several images is not used for that image, and is used for the other', async () => {
    const both = [`${HOST}/${REPOSITORY}:1.4.2`, `${HOST}/${REPOSITORY}:prod`].join('\n');
    const { report } = await play('baseline', { inputs: { image: both } });
    const [app, prod] = report.images;
    expect(decided(app as ImageDocument)['CVE-2021-44228']).toBe('warn by baseline');
    expect(decided(prod as ImageDocument)['CVE-2021-44228']).toBe('block by fail-on');
    expect(report.notices.join()).toContain('the same image');
  });

  it('does not downgrade findings that a rule blocks as known exploited', async () => {
    const policy = 'version: 1\nrules: [{ name: kev, action: block, when: { known-exploited: true } }]\n';
    const { run, judged } = await play('baseline', {
      files: { 'p.yml': policy },
      inputs: { policy: 'p.yml' },
    });
    expect(run.outputs.verdict).toBe('block');
    expect(decided(judged)['CVE-2021-44228']).toBe('block by rule kev');
  });

  it('that the policy does not allow is not used', async () => {
    const policy = 'version: 1\nminimum: { baseline: false }\n';
    const { run, report } = await play('baseline', {
      files: { 'p.yml': policy },
      inputs: { policy: 'p.yml' },
    });
    expect(run.outputs.blocking).toBe('2');
    expect(report.documents?.conflicts).toMatchObject([{ input: 'baseline' }]);
    expect(report.baseline?.unused).toBe('the policy does not allow a baseline');
  });
});
