/**
 * The Terraform module: OpenTofu or Terraform evaluates its policies, which need no provider, and they are compared with those
 * of the CloudFormation template. The AWS provider is not used.
 */
import { execFile } from 'node:child_process';
import { cpSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parseHcl } from '../../scripts/hcl.ts';
import { goToolForTests } from '../../scripts/tools.ts';
import { evaluate, readTemplate } from './template.ts';

const run = promisify(execFile);
const examples = join(import.meta.dirname, '../../examples/iac');
const template = readTemplate(readFileSync(join(examples, 'cloudformation/gate.yml'), 'utf8'));
const main = readFileSync(join(examples, 'terraform/main.tf'), 'utf8');

/** OpenTofu, or where it is not built, Terraform if it is on PATH. */
async function findProgram(): Promise<string | undefined> {
  const tofu = await goToolForTests('tofu');
  if (tofu !== undefined) return tofu;
  return run('terraform', ['version']).then(
    () => 'terraform',
    () => undefined,
  );
}
const program = await findProgram();

const ROLES = ['arn:aws:iam::123456789012:role/build', 'arn:aws:iam::123456789012:role/ci/other'];
const GITHUB = {
  trusted_by: 'repository',
  owner: 'acme',
  owner_id: '12345678',
  repository: 'app',
  repository_id: '987654321',
  gate_context: 'ref:refs/heads/main',
  verify_context: 'environment:production',
  audit_context: 'ref:refs/heads/audit',
  workflows: {
    gate: ['acme/central/.github/workflows/gate.yml@refs/tags/v1'],
    verify: ['acme/central/.github/workflows/verify.yml@refs/heads/main'],
    audit: ['acme/central/.github/workflows/audit.yml@refs/tags/v1'],
  },
};
const VARIABLES = {
  region: 'eu-central-1',
  account_id: '123456789012',
  github: GITHUB,
  repositories: 'team/*',
  build_role_arns: ROLES,
  administrator_role_arns: ['arn:aws:iam::123456789012:role/admin'],
  gate_role_arn: 'arn:aws:iam::123456789012:role/GateRole',
  key_arn: 'arn:aws:kms:eu-central-1:123456789012:key/SigningKey',
  production_tags: 'v*',
  temporary_tags: 'build-*',
};

/** A copy of the module that has the policies, in which the program can be called. */
async function policies(): Promise<{
  readonly directory: string;
  readonly of: (...args: string[]) => Promise<{ stdout: string }>;
}> {
  const directory = await mkdtemp(join(tmpdir(), 'gate-terraform-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  cpSync(join(examples, 'terraform/policies'), directory, { recursive: true });
  // The configuration of this machine has no influence.
  const env = { PATH: process.env.PATH ?? '', HOME: directory };
  const of = (...args: string[]) => run(program ?? '', [`-chdir=${directory}`, ...args], { env });
  await of('init', '-input=false', '-backend=false');
  return { directory, of };
}

/** The outputs of the module that has the policies. */
async function outputs(changes: object): Promise<Record<string, { value: never }>> {
  const { directory, of } = await policies();
  await writeFile(join(directory, 'x.auto.tfvars.json'), JSON.stringify({ ...VARIABLES, ...changes }));
  await of('apply', '-input=false', '-auto-approve', '-no-color');
  return JSON.parse((await of('output', '-json')).stdout) as Record<string, { value: never }>;
}

describe.skipIf(program === undefined)('the Terraform module', () => {
  it.for([
    ['repository', GITHUB],
    ['workflow', { ...GITHUB, trusted_by: 'workflow' }],
  ] as const)('trusted by a %s, has the policies of the CloudFormation template', {
    timeout: 60_000,
  }, async ([trustedBy, github]) => {
    const made = await outputs({ github });
    const stack = evaluate(template, {
      TrustedBy: trustedBy,
      GateWorkflows: GITHUB.workflows.gate.join(','),
      VerifyWorkflows: GITHUB.workflows.verify.join(','),
      AuditWorkflows: GITHUB.workflows.audit.join(','),
      AuditContext: GITHUB.audit_context,
      CachePrefix: 'ecr-public',
      GitHubOwner: 'acme',
      GitHubOwnerId: '12345678',
      GitHubRepository: 'app',
      GitHubRepositoryId: '987654321',
      BuildRoleArns: ROLES.join(','),
      AdministratorRoleArns: 'arn:aws:iam::123456789012:role/admin',
      Repositories: 'team/*',
    }) as Record<string, Record<string, unknown>>;
    const value = (name: string) => made[name]?.value as unknown as Record<string, string> & string;
    const json = (text: string | undefined) => JSON.parse(text ?? '') as unknown;
    for (const [name, of] of [
      ['gate', 'Gate'],
      ['verify', 'Verify'],
      ['audit', 'Audit'],
    ]) {
      expect(json(value('trust')[name ?? ''])).toEqual(stack[`${of}Role`]?.AssumeRolePolicyDocument);
      expect(json(value('permissions')[name ?? ''])).toEqual(stack[`${of}Permissions`]?.PolicyDocument);
    }
    expect(Object.keys(value('trust'))).toEqual(['audit', 'gate', 'verify']);
    expect(json(value('key'))).toEqual(stack.SigningKey?.KeyPolicy);
    expect(json(value('repository'))).toEqual(json(String(stack.Defaults?.RepositoryPolicy)));
    expect(json(value('lifecycle'))).toEqual(json(String(stack.Defaults?.LifecyclePolicy)));
    expect(json(value('cache_lifecycle'))).toEqual(json(String(stack.CacheDefaults?.LifecyclePolicy)));
  });

  it.for([
    ['a pattern as the context', { github: { ...GITHUB, gate_context: '*' } }, 'gate_context'],
    ['a pattern as the repository', { github: { ...GITHUB, repository: '*' } }, 'repository must be'],
    ['no ID', { github: { ...GITHUB, owner_id: '' } }, 'owner_id and repository_id'],
    [
      'a branch without refs/heads/',
      {
        github: {
          ...GITHUB,
          workflows: { gate: ['acme/central/.github/workflows/gate.yml@main'], verify: [], audit: [] },
        },
      },
      'workflows must be',
    ],
    [
      'no workflow',
      { github: { ...GITHUB, trusted_by: 'workflow', workflows: { gate: [], verify: [], audit: [] } } },
      'requires a list of workflows',
    ],
    [
      'no workflow of the audit',
      { github: { ...GITHUB, trusted_by: 'workflow', workflows: { ...GITHUB.workflows, audit: [] } } },
      'requires a list of workflows',
    ],
    [
      'a pull request as the context',
      { github: { ...GITHUB, audit_context: 'pull_request' } },
      'audit_context',
    ],
    ['every principal as a build', { build_role_arns: ['*'] }, 'build_role_arns'],
    ['no administrator', { administrator_role_arns: [] }, 'administrator_role_arns'],
    ['every tag as temporary', { temporary_tags: '*' }, 'temporary_tags'],
    ['tags of signatures as temporary', { temporary_tags: 'sha256-*' }, 'tags of signatures'],
    ['a pattern that signatures match as temporary', { temporary_tags: 'sha*' }, 'tags of signatures'],
  ] as const)('refuses %s', { timeout: 60_000 }, async ([, changes, message]) => {
    await expect(outputs(changes)).rejects.toThrow(message);
  });

  it('has policies that are valid', { timeout: 60_000 }, async () => {
    const { of } = await policies();
    await of('validate', '-no-color');
  });

  it('is formatted', async () => {
    await run(program ?? '', ['fmt', '-check', '-recursive', join(examples, 'terraform')]);
  });
});

describe('the resources of the Terraform module', () => {
  const stack = evaluate(template, {
    GitHubOwner: 'acme',
    GitHubOwnerId: '12345678',
    GitHubRepository: 'app',
    GitHubRepositoryId: '987654321',
    BuildRoleArns: ROLES.join(','),
    AdministratorRoleArns: 'arn:aws:iam::123456789012:role/admin',
    RepositoryName: 'team/app',
    CachePrefix: 'ecr-public',
  }) as Record<string, Record<string, unknown>>;
  const blocks = parseHcl(main);
  /** The value of an attribute, of a block in a block by its path; what is no literal is a text. */
  const value = (type: string, name: string, ...path: readonly string[]): unknown => {
    let block = blocks.find(({ labels }) => labels[0] === type && labels[1] === name);
    for (const one of path.slice(0, -1)) block = block?.blocks.find((inner) => inner.type === one);
    const text = block?.attributes.get(path.at(-1) ?? '') ?? '';
    try {
      return JSON.parse(text);
    } catch {
      return text;
    }
  };

  it('have the settings of those of the CloudFormation template', () => {
    const { OidcProvider, SigningKey, Scanning, Defaults, CacheDefaults, Cache } = stack;
    const rule = (Scanning?.Rules as { ScanFrequency: string; RepositoryFilters: unknown[] }[])[0];
    const scanning = 'aws_ecr_registry_scanning_configuration';
    const creation = 'aws_ecr_repository_creation_template';
    expect([
      value('aws_iam_openid_connect_provider', 'github', 'url'),
      value('aws_iam_openid_connect_provider', 'github', 'client_id_list'),
      value('aws_kms_key', 'signing', 'customer_master_key_spec'),
      value('aws_kms_key', 'signing', 'key_usage'),
      value(scanning, 'this', 'scan_type'),
      value(scanning, 'this', 'rule', 'scan_frequency'),
      {
        Filter: value(scanning, 'this', 'rule', 'repository_filter', 'filter'),
        FilterType: value(scanning, 'this', 'rule', 'repository_filter', 'filter_type'),
      },
      value(creation, 'defaults', 'prefix'),
      value(creation, 'defaults', 'applied_for'),
      value(creation, 'cache', 'applied_for'),
      value(creation, 'cache', 'image_tag_mutability'),
      value('aws_ecr_pull_through_cache_rule', 'public', 'upstream_registry_url'),
    ]).toEqual([
      OidcProvider?.Url,
      OidcProvider?.ClientIdList,
      SigningKey?.KeySpec,
      SigningKey?.KeyUsage,
      Scanning?.ScanType,
      rule?.ScanFrequency,
      rule?.RepositoryFilters[0],
      Defaults?.Prefix,
      Defaults?.AppliedFor,
      CacheDefaults?.AppliedFor,
      CacheDefaults?.ImageTagMutability,
      Cache?.UpstreamRegistryUrl,
    ]);
    // A second rule or filter would scan something else.
    expect(Scanning?.Rules).toHaveLength(1);
    expect(main.match(/^ +rule \{|^ +repository_filter \{/gm)).toHaveLength(2);
  });

  it('take every policy from the module that is compared', () => {
    for (const role of ['gate', 'verify', 'audit']) {
      expect(main.split(`module.policies.trust["${role}"]`)).toHaveLength(2);
      expect(main.split(`module.policies.permissions["${role}"]`)).toHaveLength(2);
    }
    for (const policy of ['key', 'cache_lifecycle'])
      expect(main.split(` module.policies.${policy}\n`)).toHaveLength(2);
    for (const policy of ['repository', 'lifecycle'])
      expect(main.split(`module.policies.${policy}\n`)).toHaveLength(3);
  });

  it('keep tags immutable, but those of the pull-through cache', () => {
    const values = [...main.matchAll(/^ +image_tag_mutability += (.*)$/gm)].map(([, value]) => value);
    const immutable = 'var.legacy_signatures ? "IMMUTABLE_WITH_EXCLUSION" : "IMMUTABLE"';
    expect(values).toEqual([immutable, immutable, '"MUTABLE"']);
    expect(main).toMatch(/applied_for += \["PULL_THROUGH_CACHE"\]\n +image_tag_mutability = "MUTABLE"/);
  });
});
