/** The account that examples/iac makes, played by the emulator: the bundled audit finds nothing wrong with it. */
import { readFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import * as v from 'valibot';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { Call } from '../../emulator/aws.ts';
import type { RegistryRequest } from '../../emulator/registry.ts';
import type { ImageSpec, JsonObject, Scenario } from '../../emulator/scenario.ts';
import { HOST, MINUTE, scanned } from '../../emulator/scenarios/build.ts';
import { type Emulator, startEmulator } from '../../emulator/server.ts';
import { runAction } from '../../scripts/runner.ts';
import { type AuditDocument, auditReportSchema } from '../../src/report/audit/schema.ts';
import { ACCOUNT, type Around, accountOf, REGION } from '../iac/account.ts';
import { may, roleOf } from '../iac/decide.ts';
import { readTemplate } from '../iac/template.ts';
import { findCosign, needsCosign } from './signed.ts';

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
  return v.parse(auditReportSchema, JSON.parse(await readFile(run.outputs.report ?? '', 'utf8')));
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

  it('lets the gate push to the pull-through cache only if Repositories includes it', {
    timeout: 60_000,
  }, async () => {
    const found = wrong(await audit(text, { Repositories: '*' }));
    expect(found).toContain('fail access/push ecr-public/nginx/nginx');
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

/** What a request to the registry's API requires: https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-push-iam.html */
function actionOf({ method, path }: RegistryRequest): string | undefined {
  const [url = '', query = ''] = path.split('?');
  if (/\/referrers\//.test(url)) return 'ecr:ListImageReferrers';
  if (/\/manifests\//.test(url)) return method === 'PUT' ? 'ecr:PutImage' : 'ecr:BatchGetImage';
  if (/\/blobs\/uploads\//.test(url)) {
    if (method === 'POST') return 'ecr:InitiateLayerUpload';
    return method === 'PUT' || query.includes('digest=') ? 'ecr:CompleteLayerUpload' : 'ecr:UploadLayerPart';
  }
  if (/\/blobs\//.test(url))
    return method === 'HEAD' ? 'ecr:BatchCheckLayerAvailability' : 'ecr:GetDownloadUrlForLayer';
  return undefined;
}

/** What a call is about, as IAM names it. */
function resourcesOf({ service, api, body }: Call): readonly string[] {
  const repository = (name: string) => `arn:aws:ecr:${REGION}:${ACCOUNT}:repository/${name}`;
  if (service === 'kms') return [`arn:aws:kms:${REGION}:${ACCOUNT}:key/SigningKey`];
  if (service !== 'ecr') return ['*'];
  const { repositoryName, repositoryNames, resourceArn } = JSON.parse(body) as {
    readonly repositoryName?: string;
    readonly repositoryNames?: readonly string[];
    readonly resourceArn?: string;
  };
  if (resourceArn !== undefined) return [resourceArn];
  if (repositoryName !== undefined) return [repository(repositoryName)];
  if (repositoryNames !== undefined) return repositoryNames.map(repository);
  return [api === 'DescribeRepositories' ? repository('*') : '*'];
}

/** Every request to the emulator since a moment, as actions and resources of IAM. */
function requested(
  emulator: Emulator,
  since = { calls: 0, requests: 0 },
): readonly (readonly [action: string, resource: string])[] {
  return [
    ...emulator.calls
      .slice(since.calls)
      // STS needs no permission to say who calls, and a layer is downloaded from a URL that is signed.
      .filter(({ service, api }) => service !== 'sts' && api !== 'LayerDownload')
      .flatMap((call) =>
        resourcesOf(call).map((resource) => [`${call.service}:${call.api}`, resource] as const),
      ),
    ...emulator.registryRequests.slice(since.requests).flatMap((request) => {
      const action = actionOf(request);
      const name = /^\/v2\/(.+?)\/(?:manifests|blobs|referrers)\//.exec(request.path)?.[1];
      return action === undefined
        ? []
        : [[action, `arn:aws:ecr:${REGION}:${ACCOUNT}:repository/${name}`] as const];
    }),
  ];
}

describe('the role of each mode', () => {
  beforeAll(findCosign, 900_000);

  const KEY = '0f0e0d0c-0b0a-4908-8706-050403020100';
  const images = [image('production', 'v1.4.2', 30)];

  /** Starts the account of the stack with an image that nothing has signed. */
  async function stack(): Promise<{ readonly scenario: Scenario; readonly start: () => Promise<Emulator> }> {
    const made = accountOf(readTemplate(text), PARAMETERS, { ...AROUND, images, created: {}, more: {} });
    const scenario: Scenario = {
      ...made,
      images: [`${HOST}/team/app:v1.4.2`],
      // Keys in KMS have UUIDs, and cosign refuses others.
      keys: (made.keys ?? []).map((key) => ({ ...key, id: KEY })),
    };
    return {
      scenario,
      start: async () => {
        const emulator = await startEmulator(scenario);
        onTestFinished(() => emulator.close());
        return emulator;
      },
    };
  }

  const denied = (scenario: Scenario, role: string, wanted: ReturnType<typeof requested>) => {
    const who = roleOf(scenario.iam?.[ACCOUNT] ?? {}, role);
    const found = wanted.filter(([action, resource]) => may(who, action, resource) !== 'allowed');
    return [...new Set(found.map(([action, resource]) => `${action} ${resource}`))];
  };

  it('allows the calls of gate and verify, and verify may not sign', {
    timeout: 120_000,
  }, async (context) => {
    const cosign = await needsCosign(context);
    const { scenario, start } = await stack();
    const emulator = await start();
    const inputs = {
      image: emulator.images.join('\n'),
      'signing-key': `awskms:///arn:aws:kms:${REGION}:${ACCOUNT}:alias/gate`,
    };
    const env = { ...emulator.env(), PATH: [dirname(cosign), process.env.PATH].join(delimiter) };
    const gate = await runAction({ inputs: { ...inputs, 'settle-time': '1s' }, env });
    onTestFinished(() => gate.clean());
    expect(gate.outputs, gate.log).toMatchObject({ passed: 'true', signed: 'true' });
    const byGate = requested(emulator);
    const actions = new Set(byGate.map(([action]) => action));
    for (const action of ['kms:Sign', 'ecr:PutImage', 'ecr:ListImageReferrers', 'inspector2:ListFindings'])
      expect(actions).toContain(action);
    expect(denied(scenario, 'GateRole', byGate)).toEqual([]);
    expect(denied(scenario, 'VerifyRole', byGate).map((one) => one.split(' ')[0])).toEqual(
      expect.arrayContaining(['kms:Sign', 'ecr:PutImage', 'ecr:InitiateLayerUpload']),
    );

    const since = { calls: emulator.calls.length, requests: emulator.registryRequests.length };
    const verify = await runAction({ action: 'verify', inputs, env });
    onTestFinished(() => verify.clean());
    expect(verify.outputs, verify.log).toMatchObject({ passed: 'true' });
    const byVerify = requested(emulator, since);
    expect(byVerify.length).toBeGreaterThan(5);
    expect(denied(scenario, 'VerifyRole', byVerify)).toEqual([]);
  });

  it('allows the calls of the audit in each region, which verify may not make', {
    timeout: 60_000,
  }, async () => {
    const { scenario, start } = await stack();
    const emulator = await start();
    const run = await runAction({ action: 'audit', inputs: {}, env: emulator.env() });
    onTestFinished(() => run.clean());
    const byAudit = requested(emulator);
    expect(new Set(byAudit.map(([action]) => action)).size).toBeGreaterThan(20);
    expect(denied(scenario, 'AuditRole', byAudit)).toEqual([]);
    expect(
      denied(
        scenario,
        'AuditRole',
        byAudit.map(([action, on]) => [action, on.replace(REGION, 'us-east-1')]),
      ),
    ).toEqual([]);
    expect(denied(scenario, 'VerifyRole', byAudit).length).toBeGreaterThan(10);
  });
});
