/** Audits with everything that a report can show. */
import { CHECK_TEXTS } from '../../../src/audit/checks/index.ts';
import { NO_EXPECTATIONS } from '../../../src/audit/expectations.ts';
import type { AccessEntry, AuditResult, Result } from '../../../src/audit/result.ts';
import { GateError } from '../../../src/errors.ts';
import type { AuditRunResult } from '../../../src/results/modes/audit.ts';

export const HOST = '123456789012.dkr.ecr.eu-central-1.amazonaws.com';
export const arnOf = (name: string) => `arn:aws:ecr:eu-central-1:123456789012:repository/${name}`;
export const roleOf = (name: string, account = '123456789012') => `arn:aws:iam::${account}:role/${name}`;

export function createResult(overrides: Partial<Result> = {}): Result {
  return {
    check: 'lifecycle/dead-rule',
    status: 'fail',
    severity: 'medium',
    registry: HOST,
    resource: arnOf('team/app'),
    message: 'Rule 3 can never act. Remove it.',
    evidence: { rules: ['3'] },
    fix: {
      command:
        'aws ecr put-lifecycle-policy --repository-name team/app --lifecycle-policy-text file://policy.json',
      document: { rules: [{ rulePriority: 1, description: 'keep' }] },
    },
    reference: 'https://docs.aws.amazon.com/AmazonECR/latest/userguide/LifecyclePolicies.html',
    missing: [],
    couldBe: undefined,
    items: ['3'],
    ignored: undefined,
    new: undefined,
    ...overrides,
  };
}

export function createEntry(overrides: Partial<AccessEntry> = {}): AccessEntry {
  return {
    repository: arnOf('team/app'),
    principal: roleOf('ci'),
    kind: 'role',
    pull: 'allowed',
    push: 'conditional',
    retag: 'conditional',
    delete: 'denied',
    administer: 'unknown',
    administerActions: ['ecr:SetRepositoryPolicy'],
    token: 'allowed',
    conditions: ['aws:SourceVpce StringEquals vpce-1'],
    unknown: ['the key aws:x is unknown'],
    because: [
      { source: 'identity', policy: 'push', sid: 'Push', effect: 'Allow' },
      { source: 'repository', policy: 'repository policy', sid: '#2', effect: 'Allow' },
      { source: 'boundary', policy: roleOf('boundary'), sid: 'B', effect: 'Allow' },
      { source: 'scp', policy: 'policies/root/deny.json', sid: 'D', effect: 'Deny' },
    ],
    ...overrides,
  };
}

const RESULTS: readonly Result[] = [
  createResult({ check: 'policy/public', severity: 'critical', resource: arnOf('team/api'), new: true }),
  createResult(),
  createResult({ resource: arnOf('team/worker'), new: false, couldBe: 'high' }),
  createResult({ check: 'scanning/enhanced', status: 'pass', resource: HOST, fix: undefined }),
  createResult({
    check: 'lifecycle/missing',
    status: 'unknown',
    resource: arnOf('team/worker'),
    message: 'Could not be determined: AWS denied ecr:GetLifecyclePolicy. Allow ecr:GetLifecyclePolicy.',
    fix: undefined,
    missing: ['ecr:GetLifecyclePolicy'],
  }),
  createResult({
    check: 'tags/mutable',
    status: 'ignored',
    ignored: { reason: 'nothing is deployed from there', expires: '2027-06-30' },
  }),
  createResult({ check: 'access/push', severity: 'high', items: [roleOf('ci')] }),
  createResult({ check: 'access/external-pull', severity: 'high', items: ['555566667777'] }),
  createResult({
    check: 'access/workload-writes',
    severity: 'high',
    registry: undefined,
    resource: roleOf('app-task'),
  }),
  createResult({ check: 'cache/open-upstream', severity: 'high', resource: `${HOST}/hub` }),
];

export function createAudit(overrides: Partial<AuditResult> = {}): AuditResult {
  return {
    verdict: 'block',
    registries: [
      {
        host: HOST,
        account: '123456789012',
        region: 'eu-central-1',
        partition: 'aws',
        repositories: ['team/app', 'team/api', 'team/worker'],
      },
    ],
    results: RESULTS,
    access: [
      createEntry(),
      createEntry({ principal: roleOf('puller', '555566667777') }),
      createEntry({ principal: 'anyone', kind: 'anyone', push: 'denied' }),
      createEntry({ principal: 'service:lambda.amazonaws.com', kind: 'service' }),
      createEntry({ principal: 'arn:aws:iam::123456789012:root', kind: 'root' }),
      createEntry({ repository: arnOf('team/api') }),
      createEntry({
        repository: HOST,
        pull: undefined,
        push: undefined,
        retag: undefined,
        delete: undefined,
        token: undefined,
      }),
    ],
    accessIncomplete: ['The users and roles of 987654321098 are unknown: AWS denied it.'],
    principals: [
      {
        arn: roleOf('ci'),
        kind: 'role',
        assumedBy: ['github-oidc repo:acme/app:ref:refs/heads/main'],
        usedBy: ['ecs:task-definition/app:7 (execution)'],
        permissions: {
          summary: ['s3:GetObject on *'],
          dangers: ['iam:PassRole on *'],
          unknown: ['a reason'],
        },
      },
    ],
    notSeen: ['scp', 'session policies'],
    notes: ['The scope of the registry policy is taken for V2.'],
    rules: {
      unmatched: [{ source: 'audit.yml:12', check: 'tags/*', resource: '**/x/**', expires: undefined }],
      expired: [{ source: 'audit.yml:20', check: 'lifecycle/*', resource: undefined, expires: '2026-01-01' }],
    },
    gone: [{ check: 'lifecycle/missing', resource: arnOf('team/old') }],
    counts: { passed: 1, critical: 1, high: 4, medium: 2, low: 0, unknown: 1, ignored: 1 },
    proposals: [
      { repository: arnOf('team/app'), document: { Version: '2012-10-17', Statement: [] } },
      { repository: arnOf('team/api'), withheld: ['No principal could change the policy.'] },
    ],
    ...overrides,
  };
}

export function createRun(overrides: Partial<AuditRunResult> = {}): AuditRunResult {
  const source = { uri: '.github/audit.yml', sha256: 'a'.repeat(64), moving: false };
  return {
    verdict: 'block',
    enforced: true,
    tolerated: false,
    error: undefined,
    notices: ['Only the first 1,000 task definitions were read.'],
    startedAt: new Date('2026-11-26T03:00:00Z'),
    durationMs: 12_345,
    version: '1.0.0',
    settings: {
      failOn: 'high',
      repositories: ['**'],
      role: roleOf('auditor'),
      access: true,
      validateCache: false,
      lifecyclePreview: false,
      enforce: true,
      timeoutMs: 1_800_000,
    },
    documents: { policy: source, organizationPolicies: [source], baseline: source },
    audit: createAudit(),
    checks: CHECK_TEXTS,
    expectations: { ...NO_EXPECTATIONS, accounts: new Map([['555566667777', 'partner']]) },
    answers: [
      {
        question: 'push team/*',
        repositories: [arnOf('team/app')],
        rows: [
          {
            repository: arnOf('team/app'),
            principal: roleOf('ci'),
            kind: 'role',
            verdict: 'conditional',
            conditions: ['aws:SourceIp IpAddress 10.0.0.0/8'],
            unknown: ['a reason'],
            because: [{ source: 'registry', policy: 'registry policy', sid: 'X', effect: 'Allow' }],
          },
        ],
        incomplete: ['The users and roles of 987654321098 are unknown: AWS denied it.'],
      },
      { question: 'pull nothing/*', repositories: [], rows: [], incomplete: [] },
    ],
    judgedAt: new Date('2026-11-26T03:00:01Z'),
    ...overrides,
  };
}

/** A run that ended with an error, before or after something was audited. */
export function failedRun(overrides: Partial<AuditRunResult> = {}): AuditRunResult {
  return createRun({
    verdict: 'error',
    error: new GateError('access-denied', 'AWS denied ecr:DescribeRepositories.', { nextStep: 'Allow it.' }),
    audit: undefined,
    answers: [],
    judgedAt: undefined,
    ...overrides,
  });
}
