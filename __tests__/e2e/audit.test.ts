/** The bundled audit action against the emulator: verdicts, files, and what happens where something cannot be read. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type GitHubComments, startGitHubComments } from '../../emulator/github-comments.ts';
import type { FaultSpec, Scenario } from '../../emulator/scenario.ts';
import { scenarios } from '../../emulator/scenarios/index.ts';
import { startEmulator } from '../../emulator/server.ts';
import { type ActionRun, runAction } from '../../scripts/runner.ts';
import { type AuditDocument, auditReportSchema } from '../../src/report/audit/schema.ts';
import { checkForGitHub } from '../report/sarif-checks.ts';

const HOST = '123456789012.dkr.ecr.eu-central-1.amazonaws.com';
const OTHER = '987654321098.dkr.ecr.eu-central-1.amazonaws.com';
const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

interface Given {
  readonly inputs?: Readonly<Record<string, string>>;
  readonly files?: Readonly<Record<string, string>>;
  readonly faults?: readonly FaultSpec[];
  readonly env?: Readonly<Record<string, string>>;
  readonly change?: (scenario: Scenario) => Scenario;
}

interface Audited extends ActionRun {
  readonly report: AuditDocument;
  /** The calls of AWS that were made. */
  readonly apis: ReadonlySet<string>;
}

function scenarioOf(name: string): Scenario {
  const scenario = scenarios[name];
  if (scenario === undefined) throw new Error(`there is no scenario ${name}`);
  return scenario;
}

async function audit(name: string, given: Given = {}): Promise<Audited> {
  const scenario = (given.change ?? ((one) => one))(scenarioOf(name));
  const emulator = await startEmulator({ ...scenario, faults: given.faults ?? [] });
  cleanups.push(() => emulator.close());
  const run = await runAction({
    action: 'audit',
    inputs: { ...scenario.inputs, ...given.inputs },
    files: { ...emulator.files, ...given.files },
    env: { ...emulator.env(), ...given.env },
  });
  cleanups.push(() => run.clean());
  expect(emulator.foreign).toEqual([]);
  const { report } = run.outputs;
  const document: unknown = report ? JSON.parse(await readFile(report, 'utf8')) : undefined;
  return {
    ...run,
    report: v.parse(auditReportSchema, document),
    apis: new Set(emulator.calls.map(({ api }) => api)),
  };
}

const failed = ({ report }: Audited) => report.results.filter(({ status }) => status === 'fail');
const resultOf = ({ report }: Audited, check: string, name: string) =>
  report.results.find((one) => one.check === check && one.resource.endsWith(name));

describe('a registry with problems', () => {
  it('blocks, and says so in every form', async () => {
    const run = await audit('audit');
    expect(run, run.log).toMatchObject({ exitCode: 1, outputs: { verdict: 'block', passed: 'false' } });
    expect(run.summary).toMatch(/^<h2>⛔ ECR audit: Blocked: /);
    const { counts } = run.report;
    for (const name of ['critical', 'high', 'medium', 'low', 'unknown'] as const) {
      expect(run.outputs[name]).toBe(`${counts?.[name]}`);
    }
    expect(failed(run).map(({ check }) => check)).toEqual(
      expect.arrayContaining([
        'policy/public',
        'lifecycle/dead-rule',
        'scanning/covered',
        'runtime/gone',
        'access/push',
      ]),
    );
    checkForGitHub(JSON.parse(await readFile(run.outputs.sarif ?? '', 'utf8')));
    const csv = await readFile(run.outputs['access-map'] ?? '', 'utf8');
    expect(csv.split('\r\n')).toHaveLength(run.report.access.length + 2);
    expect(await readFile(run.outputs.graph ?? '', 'utf8')).toMatch(/^digraph access \{/);
    expect(run.report.rules.expired).toMatchObject([{ check: 'tags/mutable' }]);
  });

  it('changes nothing in AWS', async () => {
    const run = await audit('audit');
    const writes = [...run.apis].filter((api) => !/^(BatchGet|Describe|Get|List|AssumeRole$)/.test(api));
    // Both are asked for by the inputs of the scenario.
    expect(writes.sort()).toEqual(['StartLifecyclePolicyPreview', 'ValidatePullThroughCacheRule']);
    const plain = await audit('audit', {
      inputs: { 'lifecycle-preview': 'false', 'validate-cache': 'false' },
    });
    expect([...plain.apis].filter((api) => /^(Start|Validate)/.test(api))).toEqual([]);
  });

  it.each([
    ['enforce', 'false', { exitCode: 0, verdict: 'block' }],
    ['fail-on', 'none', { exitCode: 0, verdict: 'warn' }],
    ['fail-on', 'critical', { exitCode: 1, verdict: 'block' }],
  ] as const)('with %s: %s', async (name, value, { exitCode, verdict }) => {
    const run = await audit('audit', { inputs: { [name]: value } });
    expect(run, run.log).toMatchObject({ exitCode, outputs: { verdict } });
  });

  it('reads neither IAM nor workloads with access: false, and maps nothing', async () => {
    const run = await audit('audit', { inputs: { access: 'false' } });
    expect(run, run.log).toMatchObject({ outputs: { verdict: 'block', 'access-map': '', graph: '' } });
    expect(
      [...run.apis].filter((api) => /Authorization|OpenID|ListClusters|Task|ListFunctions/.test(api)),
    ).toEqual([]);
    expect(run.report.access).toEqual([]);
    expect(run.summary).not.toContain('Who has access');
  });

  it('audits only the repositories that are selected', async () => {
    const run = await audit('audit', { inputs: { repositories: 'team/a*' } });
    expect(run.report.registries[0]?.repositories.toSorted()).toEqual(['team/api', 'team/app']);
  });

  it('refuses inputs that it does not have, or cannot use', async () => {
    const run = await audit('audit', { env: { INPUT_IMAGE: 'x' } });
    expect(run, run.log).toMatchObject({ exitCode: 1, outputs: { verdict: 'error', critical: '' } });
    expect(run.log).toContain('The input image does not exist in this action.');
    const other = await audit('audit', { inputs: { 'fail-on': 'informational' } });
    expect(other.log).toContain('expected one of critical, high, medium, low, none');
  });
});

describe('what cannot be read', () => {
  it('is unknown, with the permission that would decide it', async () => {
    const run = await audit('audit', { faults: [{ api: 'GetLifecyclePolicy', kind: 'deny' }] });
    expect(run, run.log).toMatchObject({ exitCode: 1, outputs: { verdict: 'block' } });
    expect(resultOf(run, 'lifecycle/missing', 'team/app')).toMatchObject({
      status: 'unknown',
      missing: ['ecr:GetLifecyclePolicy'],
    });
    expect(run.summary).toContain('&quot;ecr:GetLifecyclePolicy&quot;');
    expect(run.log).toContain('For some of them, the role lacks permissions: ecr:GetLifecyclePolicy');
  });

  it('is an error only if no repository can be listed', async () => {
    const run = await audit('audit', { faults: [{ api: 'DescribeRepositories', kind: 'deny' }] });
    expect(run, run.log).toMatchObject({
      exitCode: 1,
      outputs: { verdict: 'error', sarif: '', unknown: '' },
    });
    expect(run.log).toContain('ecr:DescribeRepositories');
  });

  it('makes the map incomplete if IAM is denied, and so are answers', async () => {
    const run = await audit('access', {
      faults: [{ api: 'GetAccountAuthorizationDetails', kind: 'deny' }],
    });
    expect(run.report.accessIncomplete[0]).toContain('iam:GetAccountAuthorizationDetails');
    expect(run.log).toContain('Not complete: ');
    expect(
      run.report.results.filter(({ check, status }) => check === 'access/push' && status === 'pass'),
    ).toEqual([]);
  });

  it('is what was not read when the timeout ended; the report is written', async () => {
    const run = await audit('audit', {
      inputs: { timeout: '5s' },
      faults: [{ api: 'DescribeImages', kind: 'hang' }],
    });
    expect(run, run.log).toMatchObject({ exitCode: 1, outputs: { verdict: 'block' } });
    expect(run.summary).toContain('The timeout ended before everything was read.');
    const unknown = resultOf(run, 'scanning/current', 'team/app');
    expect(unknown?.status).toBe('unknown');
    expect(unknown?.message).toContain('the timeout ended');
    expect(run.durationMs).toBeLessThan(25_000);
  });

  it('blocks if the audit policy says so', async () => {
    const quiet = { 'audit.yml': 'version: 1\nunknown: block\n' };
    const inputs = { policy: 'audit.yml', repositories: 'sandbox/*' };
    const change = (one: Scenario) => ({
      ...one,
      repositories: [{ name: 'sandbox/empty', images: [] }],
      registry: {},
      workloads: {},
      iam: { '123456789012': {} },
    });
    const faults = [{ api: 'BatchGetRepositoryScanningConfiguration', kind: 'deny' }] as const;
    expect((await audit('audit', { inputs, files: quiet, change })).outputs.verdict).toBe('warn');
    const run = await audit('audit', { inputs, files: quiet, change, faults });
    expect(run, run.log).toMatchObject({ exitCode: 1, outputs: { verdict: 'block' } });
  });
});

describe('several registries', () => {
  const inputs = { registry: `eu-central-1\n${OTHER}`, role: 'arn:aws:iam::{account}:role/auditor' };

  it('are audited with a role in the other account', async () => {
    const run = await audit('access', { inputs });
    expect(run.report.registries.map(({ host }) => host)).toEqual([HOST, OTHER]);
    expect(run.report.principals.map(({ arn }) => arn)).toContain(
      'arn:aws:iam::987654321098:role/app-task-exec',
    );
    expect(run.apis).toContain('AssumeRole');
  });

  it('need that role', async () => {
    const run = await audit('access', { inputs: { registry: OTHER } });
    expect(run, run.log).toMatchObject({ exitCode: 1, outputs: { verdict: 'error' } });
    expect(run.log).toContain('Set the input role');
  });

  it('are unknown if the role cannot be assumed, and the others are audited', async () => {
    const run = await audit('access', { inputs: { ...inputs, role: 'arn:aws:iam::{account}:role/nobody' } });
    expect(run.outputs.verdict, run.log).toBe('block');
    expect(run.report.registries.map(({ repositories }) => repositories.length)).toEqual([3, 0]);
    expect(run.report.results.some(({ registry, status }) => registry === OTHER && status === 'pass')).toBe(
      false,
    );
  });
});

describe('the baseline', () => {
  it('lets known failures warn, and new ones block', async () => {
    const first = await audit('access');
    const text = await readFile(first.outputs.report ?? '', 'utf8');
    const same = await audit('access', { inputs: { baseline: 'old.json' }, files: { 'old.json': text } });
    expect(same, same.log).toMatchObject({ exitCode: 0, outputs: { verdict: 'warn', passed: 'true' } });
    expect(failed(same).every((result) => result.new === false)).toBe(true);
    expect(same.summary).toContain('No new problem.');

    const before = JSON.parse(text) as { results: { check: string; resource: string }[] };
    const without = { ...before, results: before.results.filter(({ check }) => check !== 'access/ci-trust') };
    const more = await audit('access', {
      inputs: { baseline: 'old.json' },
      files: { 'old.json': JSON.stringify(without) },
    });
    expect(more, more.log).toMatchObject({ exitCode: 1, outputs: { verdict: 'block' } });
    expect(
      new Set(
        failed(more)
          .filter((result) => result.new === true)
          .map(({ check }) => check),
      ),
    ).toEqual(new Set(['access/ci-trust']));
  });

  it('accepts nothing if there is no such file, and fails if it is something else', async () => {
    const none = await audit('access', { inputs: { baseline: 'none.json' } });
    expect(none.outputs.verdict).toBe('block');
    expect(none.summary).toContain('There is no baseline');
    const other = await audit('access', { inputs: { baseline: 'x.json' }, files: { 'x.json': '{}' } });
    expect(other, other.log).toMatchObject({ exitCode: 1, outputs: { verdict: 'error' } });
    expect(other.log).toContain('is not the report of an audit');
  });
});

describe('questions', () => {
  it('are answered in the log and the summary', async () => {
    const run = await audit('access', { inputs: { 'who-can': 'push team/app\npull none/*' } });
    expect(run.log).toMatch(/Who can push team\/app\?\n {2}team\/app {2}role\/ci-team-app {2}allowed/);
    expect(run.log).toContain('No audited repository matches.');
    expect(run.summary).toContain('Who can <code>push team/app</code>');
    expect(run.report.answers[0]?.rows.map(({ principal }) => principal)).toEqual([
      'arn:aws:iam::123456789012:role/ci-team-app',
    ]);
  });
});

describe('organization policies', () => {
  it('limit everyone but the management account', async () => {
    const deny = JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Action: '*', Resource: '*' },
        { Sid: 'NoPush', Effect: 'Deny', Action: 'ecr:PutImage', Resource: '*' },
      ],
    });
    const run = await audit('access', {
      inputs: { 'organization-policies': 'scp' },
      files: { 'scp/deny.json': deny },
    });
    expect(run.log).toMatch(/Who can push team\/app\?\n {2}No principal\./);
    expect(run.report.notSeen).not.toContain('scp');
    expect(run.report.notSeen).toContain('rcp');
  });
});

describe('the issue', () => {
  const BOT = { id: 41898282, login: 'github-actions[bot]' };
  let github: GitHubComments;
  let directory = '';
  beforeAll(async () => {
    github = await startGitHubComments('octo/app', {
      ghs_writer: { ...BOT, access: 'write' },
      ghs_reader: { ...BOT, access: 'read' },
    });
    directory = await mkdtemp(join(tmpdir(), 'audit-issue-'));
  });
  afterAll(async () => {
    await github.close();
    await rm(directory, { recursive: true, force: true });
  });

  const env = (run: number): Record<string, string> => ({
    GITHUB_API_URL: github.url,
    GITHUB_SERVER_URL: 'https://github.example',
    GITHUB_REPOSITORY: 'octo/app',
    GITHUB_EVENT_NAME: 'schedule',
    GITHUB_RUN_ID: `${run}`,
    GITHUB_RUN_ATTEMPT: '1',
  });

  it('is opened, updated and closed', async () => {
    const inputs = { issue: 'on-failure', 'github-token': 'ghs_writer' };
    const first = await audit('access', { inputs, env: env(1) });
    expect(first.log).toContain('Opened issue #1.');
    expect(first.log).toContain('::add-mask::ghs_writer');
    expect(github.issues).toMatchObject([{ title: 'ECR audit', state: 'open' }]);
    expect(github.issues[0]?.body).toContain('access/ci-trust');
    const passing = await audit('access', { inputs: { ...inputs, 'fail-on': 'none' }, env: env(2) });
    expect(passing.log).toContain('Updated issue #1 and closed it.');
    const again = await audit('access', { inputs, env: env(3) });
    expect(again.log).toContain('Updated issue #1 and opened it again.');
    expect(github.issues).toHaveLength(1);
    expect(github.refused).toEqual([]);
  });

  it('that cannot be written changes no verdict', async () => {
    github.reset();
    const inputs = { issue: 'always', 'github-token': 'ghs_reader', enforce: 'false' };
    const run = await audit('access', { inputs, env: env(1) });
    expect(run).toMatchObject({ exitCode: 0, outputs: { verdict: 'block' } });
    expect(run.log).toContain('issues: write');
    expect(github.issues).toEqual([]);
  });

  it('needs a token, which is said before anything is read', async () => {
    const run = await audit('access', { inputs: { issue: 'always' } });
    expect(run, run.log).toMatchObject({ exitCode: 1, outputs: { verdict: 'error' } });
    expect(run.log).toContain('requires the input github-token');
  });
});

it('puts its files where the workflow says', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'audit-report-'));
  cleanups.push(() => rm(directory, { recursive: true, force: true }));
  await writeFile(join(directory, 'access.csv'), 'of an earlier run');
  const run = await audit('access', {
    inputs: { 'report-directory': directory, access: 'false', 'who-can': '' },
  });
  expect(run.outputs.report).toBe(join(directory, 'report.json'));
  await expect(readFile(join(directory, 'access.csv'))).rejects.toThrow();
  expect(await readFile(join(directory, 'results.csv'), 'utf8')).toMatch(/^"check","status"/);
});
