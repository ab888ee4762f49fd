/** The reusable workflows: what no caller may be able to change, and whether docs/reusable-workflow.md calls them correctly. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parse } from 'yaml';
import { goToolForTests } from '../scripts/tools.ts';
import { parseAuditPolicy } from '../src/audit/expectations.ts';
import { readVerifyInputs } from '../src/inputs/verify.ts';
import { parsePolicy } from '../src/policy/document.ts';

const root = join(import.meta.dirname, '..');
const read = (path: string) => readFile(join(root, path), 'utf8');
const actionlint = await goToolForTests('actionlint');

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Record<string, unknown>;
}
interface Job {
  readonly name?: string;
  readonly if?: string;
  readonly needs?: string | readonly string[];
  readonly uses?: string;
  readonly 'runs-on'?: unknown;
  readonly env?: unknown;
  readonly permissions?: Record<string, string>;
  readonly with?: Record<string, unknown>;
  readonly secrets?: Record<string, unknown>;
  readonly steps?: readonly Step[];
}
interface Called {
  readonly on: {
    readonly workflow_call: {
      readonly inputs: Record<string, { readonly required?: boolean }>;
      readonly secrets: Record<string, unknown>;
      readonly outputs: Record<string, unknown>;
    };
  };
  readonly env: Record<string, string>;
  readonly permissions: Record<string, string>;
  readonly jobs: Record<string, Job>;
}

const NAMES = ['gate', 'verify', 'audit'] as const;
const ACTIONS = { gate: './gate', verify: './gate/verify', audit: './gate/audit' };
const METADATA = { gate: 'action.yml', verify: 'verify/action.yml', audit: 'audit/action.yml' };
const POLICIES = {
  gate: 'gate/.github/gate-policy.yml',
  verify: 'gate/.github/gate-policy.yml',
  audit: 'gate/.github/audit-policy.yml',
};
/** What callers are told to grant. */
const PERMISSIONS: Readonly<Record<(typeof NAMES)[number], Record<string, string>>> = {
  gate: { contents: 'read', 'id-token': 'write' },
  verify: { contents: 'read', 'id-token': 'write' },
  audit: { contents: 'read', 'id-token': 'write', issues: 'write' },
};
const texts = Object.fromEntries(
  await Promise.all(NAMES.map(async (name) => [name, await read(`.github/workflows/${name}.yml`)])),
) as Record<(typeof NAMES)[number], string>;
const workflows = Object.fromEntries(
  NAMES.map((name) => [name, parse(texts[name]) as Called]),
) as unknown as Record<(typeof NAMES)[number], Called>;

describe.each(NAMES)('%s.yml', (name) => {
  const workflow = workflows[name];
  const steps = Object.values(workflow.jobs).flatMap((job) => job.steps ?? []);

  it('takes its code from its own commit, and its policy from a constant', () => {
    expect(workflow.env).toEqual({ POLICY: POLICIES[name] });
    const action = steps.find(({ uses }) => uses?.startsWith('./'));
    expect(action?.uses).toBe(ACTIONS[name]);
    expect(action?.with?.policy).toBe('${{ env.POLICY }}');
    const own = steps.find((step) => step.with?.path === 'gate');
    expect(own?.with).toMatchObject({
      repository: '${{ job.workflow_repository }}',
      ref: '${{ job.workflow_sha }}',
    });
    // The check of both comes first, and the step before the action is none of the caller's.
    const order = workflow.jobs[name]?.steps ?? [];
    expect(order[0]?.run).toContain('^[0-9a-f]{40}$');
    expect(order.filter(({ uses }) => uses?.startsWith('./'))).toHaveLength(1);
  });

  it('reads only the inputs and the token of the caller, and puts no expression into a script', () => {
    for (const { run = '' } of steps) expect(run).not.toContain('${{');
    const contexts = [...texts[name].matchAll(/\$\{\{(.*?)\}\}/gs)].flatMap(([, expression = '']) =>
      [...expression.replace(/'[^']*'/g, '').matchAll(/(?<![\w.-])([a-z]+)\./g)].map(
        ([, context]) => context,
      ),
    );
    const allowed = ['env', 'github', 'inputs', 'job', 'jobs', 'matrix', 'needs', 'secrets', 'steps'];
    expect(allowed).toEqual(expect.arrayContaining(contexts));
    expect(contexts).toContain('inputs');
    expect([...texts[name].matchAll(/\bgithub\.(\w+)/g)].map(([, property]) => property)).toEqual(
      Array(2).fill('token'),
    );
  });

  it('runs on a fixed runner, and each job has only the permissions that the guide tells callers to grant', () => {
    expect(workflow.permissions).toEqual({});
    for (const job of Object.values(workflow.jobs)) {
      expect(job['runs-on']).toBe('ubuntu-24.04');
      expect(PERMISSIONS[name]).toMatchObject(job.permissions ?? {});
    }
  });

  it('ends with a job of a fixed name that always runs and waits for all others', () => {
    const { result, ...others } = workflow.jobs;
    expect(result).toMatchObject({ name: 'result', if: 'always()' });
    expect([result?.needs].flat().sort()).toEqual(Object.keys(others).sort());
    // Its script compares with one result for each of them.
    expect(result?.steps?.[0]?.run).toContain(`"${Object.keys(others).fill('success').join(' ')}"`);
  });

  it('gives the action inputs that it has', async () => {
    const metadata = parse(await read(METADATA[name])) as {
      inputs: Record<string, unknown>;
    };
    const action = steps.find(({ uses }) => uses?.startsWith('./'));
    expect(Object.keys(metadata.inputs)).toEqual(expect.arrayContaining(Object.keys(action?.with ?? {})));
  });
});

it('.github/gate-policy.yml is a policy', async () => {
  expect(() => parsePolicy(Buffer.from(policy), 'gate-policy.yml')).not.toThrow();
});
const policy = await read('.github/gate-policy.yml');

it('.github/audit-policy.yml and the audit policy of examples/iac are audit policies', async () => {
  for (const path of ['.github/audit-policy.yml', 'examples/iac/ecr-audit.yml']) {
    const text = await read(path);
    expect(() => parseAuditPolicy(Buffer.from(text), path)).not.toThrow();
  }
});

describe('docs/reusable-workflow.md', async () => {
  const text = await read('docs/reusable-workflow.md');
  const blocks = [...text.matchAll(/^```yaml\n(.*?)^```/gms)].map(([, block = '']) => block);
  const calls = blocks.flatMap((block) =>
    Object.values((parse(block) as { jobs: Record<string, Job> }).jobs).flatMap((job) => {
      const called = /^acme\/ecr-deployment-gate\/\.github\/workflows\/(gate|verify|audit)\.yml@v1$/.exec(
        job.uses ?? '',
      )?.[1];
      return called === undefined ? [] : [{ job, called: called as (typeof NAMES)[number] }];
    }),
  );

  it.each(calls)('calls $called.yml with what it takes and the permissions that it needs', ({
    job,
    called,
  }) => {
    const { inputs, secrets } = workflows[called].on.workflow_call;
    expect(Object.keys(inputs)).toEqual(expect.arrayContaining(Object.keys(job.with ?? {})));
    expect(Object.keys(job.with ?? {})).toEqual(
      expect.arrayContaining(Object.keys(inputs).filter((input) => inputs[input]?.required)),
    );
    expect(Object.keys(secrets)).toEqual(expect.arrayContaining(Object.keys(job.secrets ?? {})));
    expect(job.permissions).toEqual(PERMISSIONS[called]);
    expect(job.if).toBeUndefined();
  });

  it('calls each workflow', () => {
    expect(calls.map(({ called }) => called).sort()).toEqual([...NAMES].sort());
  });

  it.skipIf(actionlint === undefined).each(blocks.map((block, index) => [index + 1, block] as const))(
    'has an example %i that actionlint takes',
    async (_, block) => {
      const directory = await mkdtemp(join(tmpdir(), 'gate-docs-'));
      onTestFinished(() => rm(directory, { recursive: true, force: true }));
      const file = join(directory, 'workflow.yml');
      await writeFile(file, block);
      await promisify(execFile)(actionlint ?? '', ['-no-color', '-shellcheck=', '-pyflakes=', file]);
    },
  );

  /** Fulcio's SAN is https://github.com/ and the claim job_workflow_ref: the called file at the ref that the caller wrote. */
  const rows = [...text.matchAll(/^\| `(acme\/\S+)@(\S+)` \(a (tag|branch|commit)\) \| `(\S+)` \|$/gm)];
  const PREFIX = { tag: 'refs/tags/', branch: 'refs/heads/', commit: '' };

  it('has the exact identity of each way to pin', () => {
    expect(rows.map(([, , , kind]) => kind)).toEqual(['tag', 'branch', 'commit']);
    for (const [, path, ref, kind, identity = ''] of rows) {
      expect(identity).toBe(`https://github.com/${path}@${PREFIX[kind as keyof typeof PREFIX]}${ref}`);
      const inputs: Record<string, string> = {
        image: '123456789012.dkr.ecr.eu-central-1.amazonaws.com/team/app:1',
        'certificate-identity': identity,
      };
      expect(() => readVerifyInputs((input) => inputs[input] ?? '')).not.toThrow();
    }
  });
});
