/** What each form of an audit's report says. */
import { Ajv } from 'ajv';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import schema from '../../../schema/audit-report.schema.json' with { type: 'json' };
import { accessGroups } from '../../../src/report/audit/access.ts';
import { accessCsv, cell, resultsCsv } from '../../../src/report/audit/csv.ts';
import { readEarlierReport } from '../../../src/report/audit/earlier.ts';
import { dot, graphOf, mermaid } from '../../../src/report/audit/graph.ts';
import { reportText } from '../../../src/report/audit/json.ts';
import { auditReport } from '../../../src/report/audit/report.ts';
import { sarifReport } from '../../../src/report/audit/sarif.ts';
import { auditReportSchema } from '../../../src/report/audit/schema.ts';
import { auditSummary } from '../../../src/report/audit/summary.ts';
import { Names } from '../../../src/report/audit/words.ts';
import { OUTPUTS } from '../../../src/report/kit/outputs.ts';
import { NO_FILES } from '../../../src/report/report.ts';
import type { AuditRunResult } from '../../../src/results/modes/audit.ts';
import { checkForGitHub, NO_SCHEMA, officialSchema, parsedLog } from '../sarif-checks.ts';
import {
  arnOf,
  createAudit,
  createEntry,
  createResult,
  createRun,
  failedRun,
  HOST,
  roleOf,
} from './fixtures.ts';

const LIMIT = 900 * 1024;
const summary = (run: AuditRunResult) => auditSummary(run, LIMIT);
const parsed = (run: AuditRunResult) => JSON.parse([...reportText(run)].join(''));
const sarif = (run: AuditRunResult) => {
  const report = sarifReport(run);
  if (report === undefined) throw new Error('there is no SARIF');
  return parsedLog(report);
};
const official = await officialSchema();

describe('report.json', () => {
  const validate = new Ajv({ strict: false }).compile(schema);

  it.each([
    ['everything', createRun()],
    ['an error', failedRun()],
    ['nothing', failedRun({ settings: undefined, documents: undefined })],
  ])('of %s is what the schema says', (_, run) => {
    const document = parsed(run);
    expect(validate(document), JSON.stringify(validate.errors)).toBe(true);
    expect(v.safeParse(auditReportSchema, document).issues).toBeUndefined();
  });

  it('can be read as the baseline of a later audit', () => {
    const run = createRun();
    const read = readEarlierReport(Buffer.from([...reportText(run)].join('')));
    const expected = (run.audit?.results ?? []).map(({ check, resource, status, severity, items }) => {
      return { check, resource, status, severity, items };
    });
    expect(read).toEqual(expected);
  });

  it.each([
    ['{}', /schemaVersion/],
    ['[]', /schemaVersion/],
    ['1', /the document/],
    ['x', /not JSON/],
    ['{"schemaVersion":1,"mode":"gate","verdict":"pass","results":[]}', /mode is not audit/],
    ['{"schemaVersion":1,"mode":"audit","verdict":"pass","results":[{"check":"a"}]}', /results\.0/],
  ])('does not take %s for a baseline', (text, why) => {
    expect(() => readEarlierReport(Buffer.from(text))).toThrow(why);
  });
});

describe('results.sarif', () => {
  it('has a rule for each failed check, and is what GitHub takes', (context) => {
    const log = sarif(createRun());
    checkForGitHub(log);
    if (official === undefined) return context.skip(NO_SCHEMA);
    expect(official(log)).toEqual([]);
    const [registry, iam] = log.runs;
    expect(log.runs.map(({ automationDetails }) => automationDetails?.id)).toEqual([
      `ecr-audit/${HOST}/`,
      'ecr-audit/iam/123456789012/',
    ]);
    expect(registry?.tool.driver.rules?.map(({ id }) => id).sort()).toEqual([
      'access/external-pull',
      'access/push',
      'cache/open-upstream',
      'lifecycle/dead-rule',
      'policy/public',
      'tags/mutable',
      'unknown',
    ]);
    expect(iam?.results).toHaveLength(1);
  });

  it('points at the audit policy, or else at the name of the resource', () => {
    const at = (run: AuditRunResult) =>
      new Set(
        sarif(run).runs[0]?.results?.map(
          ({ locations }) => locations?.[0]?.physicalLocation?.artifactLocation?.uri,
        ),
      );
    expect([...at(createRun())]).toEqual(['.github/audit.yml']);
    const none = { policy: undefined, organizationPolicies: [], baseline: undefined };
    expect([...at(createRun({ documents: none }))]).toContain('team/api');
    const remote = { uri: 'octo/security/audit.yml@v1', sha256: 'a', moving: true };
    expect([...at(createRun({ documents: { ...none, policy: remote } }))]).toContain('team/api');
  });

  it('keeps an alert for what is unknown, and suppresses what is ignored', () => {
    const results = sarif(createRun()).runs.flatMap((one) => one.results ?? []);
    const unknown = results.filter(({ ruleId }) => ruleId === 'unknown');
    expect(unknown.map(({ message }) => message.text)).toEqual([
      expect.stringMatching(/^team\/worker: .*lifecycle\/missing.*ecr:GetLifecyclePolicy/),
    ]);
    const ignored = results.find(({ ruleId }) => ruleId === 'tags/mutable');
    expect(ignored?.suppressions).toMatchObject([{ justification: 'nothing is deployed from there' }]);
  });

  it('is not written for a run that ended with an error: it would close all alerts', () => {
    expect(sarifReport(failedRun())).toBeUndefined();
    expect(sarifReport(failedRun({ audit: createAudit() }))).toBeUndefined();
  });

  it('keeps to the limits of GitHub, the worst first, and says what it leaves out', () => {
    const results = Array.from({ length: 6_000 }, (_, at) =>
      createResult({ resource: arnOf(`app-${at}`), severity: at === 5_999 ? 'critical' : 'low' }),
    );
    const report = sarifReport(createRun({ audit: createAudit({ results }) }));
    if (report === undefined) throw new Error('there is no SARIF');
    expect(parsedLog(report).runs[0]?.results).toHaveLength(5_000);
    expect(parsedLog(report).runs[0]?.results?.[0]?.message.text).toContain('app-5999');
    expect(report.omissions).toEqual([expect.stringContaining('5000 of 6000')]);
  });
});

describe('CSV', () => {
  it.each([
    '=1+1',
    '+1',
    '-1',
    '@SUM(A1)',
    ' =1',
    '\t=1',
    '\r=1',
    '＝1',
    '|calc',
    '%x',
  ])('makes %j no formula', (text) => {
    expect(cell(text)).toMatch(/^"['\\]/);
  });

  it('doubles quotation marks and keeps a cell on one line', () => {
    expect(cell('a "b", c\nd')).toBe('"a ""b"", c\\nd"');
  });

  it('has a line for each result and each row of access', () => {
    const audit = createAudit();
    expect([...resultsCsv(audit)]).toHaveLength(audit.results.length + 1);
    const access = [...accessCsv(audit)];
    expect(access).toHaveLength(audit.access.length + 1);
    expect(access[1]).toMatch(/"pull push"|"push retag"/);
  });
});

describe('outputs', () => {
  it('are all set', () => {
    const files = { ...NO_FILES, report: '/r.json', sarif: '/r.sarif', accessMap: '/a.csv', graph: '/a.dot' };
    expect(auditReport(createRun()).outputs(files)).toEqual({
      verdict: 'block',
      passed: 'false',
      critical: '1',
      high: '4',
      medium: '2',
      low: '0',
      unknown: '1',
      report: '/r.json',
      sarif: '/r.sarif',
      'access-map': '/a.csv',
      graph: '/a.dot',
    });
    expect(Object.keys(auditReport(failedRun()).outputs(NO_FILES)).sort()).toEqual([...OUTPUTS.audit].sort());
  });

  it('count nothing if nothing was audited', () => {
    expect(auditReport(failedRun()).outputs(NO_FILES)).toMatchObject({
      verdict: 'error',
      passed: 'false',
      critical: '',
      unknown: '',
    });
  });
});

describe('the summary', () => {
  it('begins with the verdict, the worst problems and the answers', () => {
    const text = summary(createRun());
    const places = [
      '<h2>⛔',
      'The worst problems',
      'policy/public',
      'Who can <code>push',
      'Since the baseline',
      'By repository',
    ];
    const found = places.map((place) => text.indexOf(place));
    expect(found).toEqual(found.toSorted((a, b) => a - b));
    expect(Math.min(...found)).toBeGreaterThanOrEqual(0);
  });

  it('names new and resolved failures, unknown results with the missing permission, and rules without an effect', () => {
    const text = summary(createRun());
    expect(text).toContain('1 new problem');
    expect(text).toContain('1 problem gone');
    expect(text).toContain('&quot;ecr:GetLifecyclePolicy&quot;');
    expect(text).toMatch(/audit.yml:12/);
    expect(text).toMatch(/expired on/);
  });

  it('shows unexpected principals first, with the statement and the smallest change', () => {
    const text = summary(createRun());
    expect(text).toContain('2 unexpected principals');
    expect(text).toMatch(/Remove the actions for push and retag from statement Push of the policy push/);
    expect(text).toContain('partner 555566667777');
    // A boundary allows nothing by itself.
    expect(text).not.toContain('Change statement B of the permissions boundary');
  });

  it('folds the table of more than 30 repositories, the worst first', () => {
    const repositories = Array.from({ length: 40 }, (_, at) => `app-${at}`);
    const registries = [
      { host: HOST, account: '123456789012', region: 'eu-central-1', partition: 'aws', repositories },
    ];
    const results = [createResult({ resource: arnOf('app-39'), severity: 'critical' })];
    const text = summary(createRun({ audit: createAudit({ registries, results }) }));
    expect(text).toContain('<summary>📋 40 repositories, the worst first</summary>');
    expect(text.indexOf('<td><code>app-39')).toBeLessThan(text.indexOf('<td><code>app-0<'));
  });

  it('fits, however much there is', () => {
    const results = Array.from({ length: 12_000 }, (_, at) =>
      createResult({
        resource: arnOf(`app-${at % 500}`),
        check: `lifecycle/${['missing', 'production'][at % 2]}`,
      }),
    );
    const access = Array.from({ length: 5_000 }, (_, at) =>
      createEntry({ principal: roleOf(`r-${at % 50}`), repository: arnOf(`app-${Math.floor(at / 50)}`) }),
    );
    const run = createRun({ audit: createAudit({ results, access }) });
    for (const limit of [LIMIT, 100_000, 20_000, 3_000]) {
      expect(Buffer.byteLength(auditSummary(run, limit))).toBeLessThanOrEqual(limit);
    }
  });

  it('says what holds where rendering it fails', () => {
    expect(auditReport(createRun()).bareSummary()).toContain('Blocked');
  });

  it('has the error in full', () => {
    expect(summary(failedRun())).toMatch(/No verdict: AWS denied.*What to do.*Allow it\./s);
  });

  it('has no map if the input access is false', () => {
    const run = createRun();
    const settings = run.settings && { ...run.settings, access: false };
    expect(summary({ ...run, settings })).not.toContain('Who has access');
    const files = auditReport({ ...run, settings }).files(undefined);
    expect(files.filter((file) => file.render() === undefined).map(({ name }) => name)).toEqual([
      'access.csv',
      'access.dot',
    ]);
  });
});

describe('the graph', () => {
  const names = new Names(createRun());

  it('leaves out the account’s root user and service-linked roles', () => {
    const access = [
      createEntry({ principal: 'arn:aws:iam::123456789012:root', kind: 'root' }),
      createEntry({ principal: roleOf('aws-service-role/inspector2.amazonaws.com/X') }),
      createEntry(),
    ];
    const { nodes, edges } = graphOf(createAudit({ access }), names);
    expect(nodes.filter(({ kind }) => kind === 'principal')).toHaveLength(1);
    expect(edges.map(({ label }) => label)).toEqual(['pull, push?, administer?', 'assumes', 'runs with']);
  });

  it.each([
    ['allowed', 'allowed', 'push'],
    ['conditional', 'allowed', 'push?, retag'],
    ['unknown', 'allowed', 'push?, retag'],
    ['unknown', 'conditional', 'push?'],
    ['denied', 'unknown', 'retag?'],
  ] as const)('of push that is %s and retag that is %s says %s', (push, retag, label) => {
    const denied = { pull: 'denied', delete: 'denied', administer: 'denied' } as const;
    const access = [createEntry({ ...denied, push, retag })];
    const { edges } = graphOf(createAudit({ access, principals: [], results: [] }), names);
    expect(edges.map((edge) => edge.label)).toEqual([label]);
  });

  it('has one node for principals that can do the same, and counts what leads to them', () => {
    const access = Array.from({ length: 30 }, (_, at) => createEntry({ principal: roleOf(`exec-${at}`) }));
    const principals = access.map(({ principal }) => ({
      arn: principal,
      kind: 'role' as const,
      assumedBy: ['ecs-tasks.amazonaws.com'],
      usedBy: [`ecs:task-definition/${principal.slice(-2)}`],
      permissions: { summary: [], dangers: [], unknown: [] },
    }));
    const { nodes } = graphOf(createAudit({ access, principals, results: [] }), names);
    expect(nodes.map(({ label }) => label)).toEqual([
      'role/exec-0 and 29 more',
      'team/app',
      'ecs-tasks.amazonaws.com',
      '30 workloads',
    ]);
  });

  it('is drawn in the summary while it has at most 40 nodes', () => {
    const withRoles = (count: number) =>
      createRun({
        audit: createAudit({
          access: Array.from({ length: count }, (_, at) =>
            createEntry({ principal: roleOf(`r${at}`), repository: arnOf(`app-${at}`) }),
          ),
          principals: [],
        }),
      });
    expect(summary(withRoles(20))).toContain('```mermaid\nflowchart LR\n');
    expect(summary(withRoles(21))).not.toContain('```mermaid');
  });

  it('marks what is unexpected', () => {
    const graph = graphOf(createAudit(), names);
    expect(mermaid(graph)).toMatch(/linkStyle [\d,]+ stroke/);
    expect([...dot(graph)].join('')).toMatch(/-> .*color="#d1242f"/);
  });
});

describe('the issue', () => {
  it('says what failed and where the rest is, within its limit', () => {
    const { comment } = auditReport(createRun());
    const url = 'https://github.example/octo/app/actions/runs/1';
    const text = comment.render({ url, commit: undefined }, 65_000);
    expect(comment.isFailing).toBe(true);
    expect(text).toContain('policy/public');
    expect(text).toContain(url);
    expect(Buffer.byteLength(comment.render({ url, commit: undefined }, 1_000))).toBeLessThanOrEqual(1_000);
  });
});

describe('the issue and the log', () => {
  const unknown = (...missing: string[]) =>
    createResult({ check: 'lifecycle/missing', status: 'unknown', fix: undefined, missing });

  it.each([
    ['none', [], undefined, undefined],
    ['one', [unknown()], '1 result is unknown.', '1 result is unknown.'],
    [
      'several, some of which lack a permission',
      [unknown(), unknown('ecr:GetLifecyclePolicy', 'no name'), unknown('ecr:DescribeImages')],
      '3 results are unknown. For some of them, the role lacks permissions: <code>ecr:DescribeImages</code> <code>ecr:GetLifecyclePolicy</code>.',
      '3 results are unknown. For some of them, the role lacks permissions: ecr:DescribeImages, ecr:GetLifecyclePolicy.',
    ],
  ])('say how many results are unknown: %s', (_, results, inIssue, inLog) => {
    const { comment, log } = auditReport(createRun({ audit: createAudit({ results }) }));
    const issue = comment.render({ url: undefined, commit: undefined }, 65_000);
    const lines = [...log()].filter((line) => typeof line === 'string' && line.startsWith('❔'));
    expect(lines).toEqual(inLog === undefined ? [] : [`❔ ${inLog}`]);
    if (inIssue === undefined) expect(issue).not.toContain('❔');
    else expect(issue).toContain(`<p>❔ ${inIssue}</p>`);
  });

  it('say in the log what is unknown and why, those that could be the worst first', () => {
    const results = [
      { ...unknown(), severity: 'low' as const, message: 'It was not read.' },
      ...['team/a', 'team/b'].map((name) => ({
        ...unknown(),
        check: 'scanning/current',
        severity: 'high' as const,
        resource: arnOf(name),
        message: 'AWS denied it.',
      })),
    ];
    const lines = [...auditReport(createRun({ audit: createAudit({ results }) })).log()];
    const at = lines.indexOf('❔ 3 results are unknown.');
    expect(lines.slice(at + 1, at + 3)).toEqual([
      '  - scanning/current (could be high), 2 resources: AWS denied it.',
      '  - lifecycle/missing (could be low), team/app: It was not read.',
    ]);
    const many = Array.from({ length: 12 }, (_, n) => ({ ...unknown(), message: `Reason ${n}.` }));
    expect([...auditReport(createRun({ audit: createAudit({ results: many }) })).log()]).toContain(
      '  - 2 more: see the job summary',
    );
  });
});

describe('repositories with the same access', () => {
  it('are one group, apart from those with other access', () => {
    const access = [
      createEntry(),
      createEntry({ repository: arnOf('team/worker') }),
      createEntry({ repository: arnOf('team/api'), pull: 'denied' }),
    ];
    const groups = accessGroups(createAudit({ access, results: [] }));
    expect(groups.map(({ resources }) => resources.length)).toEqual([2, 1]);
  });

  it('are apart if one has unexpected access', () => {
    const access = [createEntry(), createEntry({ repository: arnOf('team/worker') })];
    const groups = accessGroups(createAudit({ access }));
    expect(groups.map(({ resources }) => resources)).toEqual([[arnOf('team/app')], [arnOf('team/worker')]]);
    expect(groups[0]?.rows[0]?.unexpected).toEqual(['push', 'retag']);
  });
});
