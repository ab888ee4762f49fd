/** The account that examples/iac makes, played by the emulator: the bundled audit finds nothing wrong with it. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { ImageSpec, JsonObject } from '../../emulator/scenario.ts';
import { HOST, MINUTE, scanned } from '../../emulator/scenarios/build.ts';
import { startEmulator } from '../../emulator/server.ts';
import { runAction } from '../../scripts/runner.ts';
import { type AuditDocument, auditReportSchema } from '../../src/report/audit/schema.ts';
import { ACCOUNT, type Around, accountOf, REGION } from '../iac/account.ts';
import { readTemplate } from '../iac/template.ts';

const examples = join(import.meta.dirname, '../../examples/iac');
const text = await readFile(join(examples, 'cloudformation/gate.yml'), 'utf8');
const auditPolicy = await readFile(join(examples, 'ecr-audit.yml'), 'utf8');

const DAY = 24 * 60 * MINUTE;
const GITHUB = 'token.actions.githubusercontent.com';
const role = (name: string) => `arn:aws:iam::${ACCOUNT}:role/${name}`;

const PARAMETERS = {
  GitHubOwner: 'acme',
  GitHubOwnerId: '12345678',
  GitHubRepository: 'app',
  GitHubRepositoryId: '987654321',
  GateWorkflows: 'acme/central/.github/workflows/gate.yml@refs/tags/v1',
  VerifyWorkflows: 'acme/central/.github/workflows/verify.yml@refs/tags/v1',
  AuditWorkflows: 'acme/central/.github/workflows/audit.yml@refs/tags/v1',
  BuildRoleArns: role('build'),
  AdministratorRoleArns: role('admin'),
  RepositoryName: 'team/app',
  Repositories: 'team/*',
  CachePrefix: 'ecr-public',
};

const document = (...Statement: JsonObject[]): JsonObject => ({ Version: '2012-10-17', Statement });
const PULL = ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'];
const PUSH = ['ecr:CompleteLayerUpload', 'ecr:InitiateLayerUpload', 'ecr:PutImage', 'ecr:UploadLayerPart'];

function image(name: string, tag: string, days: number, moreTags: readonly string[] = []): ImageSpec {
  const timeline = [scanned([], 0, 60 * MINUTE)];
  return { kind: 'image', name, tag, moreTags, pushedAgoMs: days * DAY, timeline };
}

/** An account that already built, signed, deployed and cached images. */
const AROUND: Around = {
  images: [
    image('production', 'v1.4.2', 30),
    { kind: 'signature', name: 'signature', of: 'production', form: 'bundle', pushedAgoMs: 30 * DAY },
    image('build', 'build-7', 100),
    // Promoted by a second tag.
    image('promoted', 'build-3', 120, ['v1.4.1']),
  ],
  created: {
    'team/other': { for: 'CREATE_ON_PUSH', images: [image('other', 'build-1', 5)] },
    'ecr-public/nginx/nginx': { for: 'PULL_THROUGH_CACHE', images: [image('cached', '1.29', 5)] },
  },
  roles: [
    {
      name: 'build',
      trust: document({
        Effect: 'Allow',
        Principal: { Federated: `arn:aws:iam::${ACCOUNT}:oidc-provider/${GITHUB}` },
        Action: 'sts:AssumeRoleWithWebIdentity',
        Condition: {
          StringEquals: {
            [`${GITHUB}:aud`]: 'sts.amazonaws.com',
            [`${GITHUB}:sub`]: 'repo:acme@12345678/app@987654321:ref:refs/heads/main',
          },
        },
      }),
      inline: {
        push: document({
          Effect: 'Allow',
          Action: [...PULL, ...PUSH],
          Resource: `arn:aws:ecr:${REGION}:${ACCOUNT}:repository/team/*`,
        }),
      },
    },
    {
      name: 'admin',
      trust: document({
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` },
        Action: 'sts:AssumeRole',
      }),
      inline: { all: document({ Effect: 'Allow', Action: '*', Resource: '*' }) },
    },
    {
      name: 'app-task-exec',
      trust: document({
        Effect: 'Allow',
        Principal: { Service: 'ecs-tasks.amazonaws.com' },
        Action: 'sts:AssumeRole',
      }),
      inline: {
        pull: document({ Effect: 'Allow', Action: [...PULL, 'ecr:GetAuthorizationToken'], Resource: '*' }),
      },
    },
  ],
  more: {
    workloads: {
      ecs: {
        taskDefinitions: [
          {
            family: 'app',
            executionRole: 'app-task-exec',
            containers: { app: `${HOST}/team/app@{digest:production}` },
          },
        ],
        clusters: [
          {
            name: 'production',
            services: [{ name: 'app', taskDefinition: 'app:1' }],
            tasks: [{ taskDefinition: 'app:1', digests: { app: '{digest:production}' } }],
          },
        ],
      },
    },
  },
};

/** The shipped audit policy, with the ARNs of the stack in the places that it says are to be replaced. */
const policyOfStack = auditPolicy
  .replaceAll('role/gate"', 'role/GateRole"')
  .replaceAll('role/verify"', 'role/VerifyRole"');

async function audit(
  template: string,
  parameters = {},
  around: Partial<Around> = {},
): Promise<AuditDocument> {
  const scenario = accountOf(
    readTemplate(template),
    { ...PARAMETERS, ...parameters },
    { ...AROUND, ...around },
  );
  const emulator = await startEmulator(scenario);
  onTestFinished(() => emulator.close());
  const run = await runAction({
    action: 'audit',
    inputs: { policy: 'ecr-audit.yml' },
    files: { 'ecr-audit.yml': policyOfStack },
    env: emulator.env(),
  });
  onTestFinished(() => run.clean());
  expect(emulator.foreign).toEqual([]);
  return v.parse(auditReportSchema, JSON.parse(await readFile(run.outputs['report'] ?? '', 'utf8')));
}

const wrong = ({ results }: AuditDocument) =>
  results
    .filter(({ status }) => status === 'fail' || status === 'unknown')
    .map(({ check, status, resource }) => `${status} ${check} ${resource.replace(/.*:repository\//, '')}`);

/** The template with one text replaced wherever it is. */
function changed(from: string | RegExp, to: string): string {
  const result = text.replaceAll(from instanceof RegExp ? new RegExp(from, 'gms') : from, to);
  if (result === text) throw new Error(`the template does not have ${from}`);
  return result;
}

describe('the account of the CloudFormation template', () => {
  const legacy: ImageSpec = { kind: 'signature', name: 'legacy', of: 'production', form: 'tag' };

  it.for([
    ['trusts one repository', {}],
    ['trusts reusable workflows', { TrustedBy: 'workflow' }],
    [
      'takes signatures in format legacy',
      { LegacySignatures: 'true' },
      { images: [...AROUND.images, { ...legacy, pushedAgoMs: 30 * DAY }] },
    ],
    ['has no repository yet', { RepositoryName: '', CachePrefix: '' }, { created: {}, more: {} }],
  ] as const)('has no failed check if it %s', { timeout: 60_000 }, async ([, parameters, around]) => {
    const report = await audit(text, parameters, around);
    expect(wrong(report)).toEqual([]);
    expect(report.verdict).toBe('pass');
    const of = (wanted: string) =>
      report.results
        .filter(({ status }) => status === wanted)
        .map(({ check, resource }) => ({ check, resource }));
    const passed = of('pass').map(({ check }) => check);
    for (const check of ['scanning/enhanced', 'template/policy', 'template/lifecycle', 'access/ci-trust'])
      expect(passed).toContain(check);
    // The audit policy ignores nothing but what a pull-through cache needs.
    for (const { check, resource } of of('ignored')) {
      expect(['tags/mutable', 'policy/missing', 'policy/deny-others']).toContain(check);
      expect(resource).toMatch(/:repository\/ecr-public\/nginx\/nginx$/);
    }
  });

  it.for([
    ['scanning on push alone', 'CONTINUOUS_SCAN', 'SCAN_ON_PUSH', 'scanning/continuous team/app'],
    [
      'a filter that leaves repositories out',
      'Filter: "*"',
      'Filter: "other/*"',
      'scanning/covered team/app',
    ],
    ['mutable tags', /, IMMUTABLE\]/, ', MUTABLE]', 'tags/mutable team/app'],
    ['push for everyone', /\{ "Sid": "OnlyBuilds.*?\} \} \},/, '', 'policy/deny-others team/app'],
    [
      'control for everyone',
      '"ecr:UpdateImageStorageClass"',
      '"ecr:StartImageScan"',
      'policy/deny-others team/app',
    ],
    [
      'a lifecycle without production',
      '"tagPatternList": ["${ProductionTags}"]',
      '"tagPatternList": ["x"]',
      'lifecycle/production team/app',
    ],
    ['a cache that keeps everything', /^ {6}LifecyclePolicy: \|\n.*?\n {8}\}\n/, '', 'cache/template'],
    [
      'a role for each repository of the owner',
      /repository_id: !Ref GitHubRepositoryId\n +token\.actions\.githubusercontent\.com:sub:\n.*?GateContext\}\n.*?GateContext\}/,
      'repository_owner_id: !Ref GitHubOwnerId',
      'access/ci-trust arn:aws:iam::123456789012:role/GateRole',
    ],
    [
      'a verify role that pushes',
      /PolicyName: verify.*?ecr:BatchGetImage/,
      `PolicyName: verify
      PolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Sid: Read
            Effect: Allow
            Action:
              - ecr:*`,
      'access/ci-wide arn:aws:iam::123456789012:role/VerifyRole',
    ],
  ] as const)('fails a check with %s', { timeout: 60_000 }, async ([, from, to, expected]) => {
    const found = wrong(await audit(changed(from, to)));
    expect(
      found.some((one) => one.startsWith(`fail ${expected}`)),
      found.join('; '),
    ).toBe(true);
  });

  it('is played as a whole', () => {
    const more = `${text.split('\nOutputs:')[0]}\n  Other:\n    Type: AWS::ECR::RegistryPolicy\n    Properties: {}\n`;
    expect(() => accountOf(readTemplate(more), PARAMETERS, AROUND)).toThrow(
      'AWS::ECR::RegistryPolicy is not played',
    );
    const property = changed(
      '      ImageTagMutability: MUTABLE',
      '      ImageTagMutability: MUTABLE\n      CustomRoleArn: x',
    );
    expect(() => accountOf(readTemplate(property), PARAMETERS, AROUND)).toThrow('CustomRoleArn');
  });
});
