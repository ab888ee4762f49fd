/** The workflows in examples/workflows: their inputs, their form, and what their scripts do. */
import { execFile } from 'node:child_process';
import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parse } from 'yaml';
import { goToolForTests } from '../scripts/tools.ts';
import { readGateInputs } from '../src/inputs/gate.ts';
import { INPUTS } from '../src/inputs/names.ts';
import { readVerifyInputs } from '../src/inputs/verify.ts';

const run = promisify(execFile);
const root = join(import.meta.dirname, '../examples/workflows');
const names = (await readdir(root)).filter((name) => name.endsWith('.yml'));
const actionlint = await goToolForTests('actionlint');

interface Step {
  readonly id?: string;
  readonly name?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Workflow {
  readonly permissions: unknown;
  readonly jobs: Readonly<Record<string, { readonly steps: readonly Step[] }>>;
}

const HOST = '123456789012.dkr.ecr.eu-central-1.amazonaws.com';
const digest = (seed: string) => `sha256:${seed.repeat(64)}`;

async function read(name: string): Promise<Workflow> {
  return parse(await readFile(join(root, name), 'utf8')) as Workflow;
}

describe('examples/workflows', () => {
  it.skipIf(actionlint === undefined).each(names)(
    '%s is a workflow that actionlint accepts',
    async (name) => {
      await run(actionlint ?? '', ['-no-color', '-shellcheck=', '-pyflakes=', join(root, name)]);
    },
  );

  it.each(
    names,
  )('%s grants nothing by default, and gives the actions inputs that they have', async (name) => {
    const { permissions, jobs } = await read(name);
    expect(permissions).toEqual({});
    const uses = Object.values(jobs)
      .flatMap(({ steps }) => steps)
      .flatMap((step) => {
        const match = /^OWNER\/ecr-deployment-gate(\/verify)?@/.exec(step.uses ?? '');
        if (match === null) return [];
        return [{ given: step.with ?? {}, action: match[1] === undefined ? 'gate' : 'verify' } as const];
      });
    expect(uses.length).toBeGreaterThan(0);
    for (const { given, action } of uses) {
      expect(INPUTS[action]).toEqual(expect.arrayContaining(Object.keys(given)));
      const value = (input: string) => {
        const text = String(given[input] ?? (input === 'github-token' ? 'token' : ''));
        return text.includes('${{') ? `${HOST}/team/app@${digest('a')}` : text;
      };
      expect(() => (action === 'gate' ? readGateInputs : readVerifyInputs)(value)).not.toThrow();
    }
  });
});

describe('sign-existing.yml', () => {
  /** Runs the scripts of the job that finds the images, with programs in place of aws and kubectl. */
  async function find(
    source: string,
    { programs = {}, env = {} }: { programs?: Record<string, string>; env?: Record<string, string> },
  ) {
    const { jobs } = await read('sign-existing.yml');
    const directory = await mkdtemp(join(tmpdir(), 'gate-example-'));
    onTestFinished(() => rm(directory, { recursive: true, force: true }));
    for (const [name, body] of Object.entries(programs)) {
      await writeFile(join(directory, name), `#!/bin/bash\n${body}\n`);
      await chmod(join(directory, name), 0o755);
    }
    const output = join(directory, 'output');
    await writeFile(output, '');
    const environment = {
      PATH: [directory, process.env.PATH].join(delimiter),
      RUNNER_TEMP: directory,
      GITHUB_OUTPUT: output,
      ...env,
    };
    let log = '';
    for (const id of [source, 'batches']) {
      const script = jobs.find?.steps.find((step) => step.id === id)?.run ?? 'exit 1';
      log += (await run('bash', ['-e', '-c', script], { env: environment })).stdout;
    }
    const text = (await readFile(output, 'utf8')).trim();
    const batches = JSON.parse(text.slice('batches='.length)) as { number: number; images: string }[];
    return { log, batches };
  }

  const hasJq = run('jq', ['--version']).then(
    () => true,
    () => false,
  );

  it('signs each image that passes, and blocks no job for one that does not', async () => {
    const { jobs } = await read('sign-existing.yml');
    const gate = jobs.sign?.steps.at(-1)?.with;
    expect(gate).toMatchObject({ sign: 'each', enforce: false });
  });

  it('reads a list, each digest once, in batches of ten', async (context) => {
    if (!(await hasJq)) return context.skip('jq is not on this machine');
    const images = Array.from({ length: 21 }, (_, index) => `${HOST}/team/app-${index}@${digest('b')}`);
    const { batches } = await find('list', { env: { IMAGES: [...images, ...images, ''].join('  ') } });
    expect(batches.map(({ number, images: lines }) => [number, lines.split('\n').length])).toEqual([
      [1, 10],
      [2, 10],
      [3, 1],
    ]);
    expect(batches.flatMap(({ images: lines }) => lines.split('\n')).sort()).toEqual(images.sort());
  });

  it('reads the tasks of an ECS cluster, and warns of what it leaves out', async (context) => {
    if (!(await hasJq)) return context.skip('jq is not on this machine');
    const containers = [
      { image: `${HOST}/team/app:1.4.2`, imageDigest: digest('a') },
      { image: `${HOST}/team/app@${digest('c')}`, imageDigest: digest('c') },
      { image: `${HOST}/team/starting:1` },
      { image: 'public.ecr.aws/nginx/nginx:1', imageDigest: digest('d') },
    ];
    const aws = `case "$*" in
      'ecs list-tasks --cluster prod '*) echo '{"taskArns":["arn:1","arn:2"]}' ;;
      'ecs describe-tasks --cluster prod '*'--tasks arn:1 arn:2') echo '${JSON.stringify({ tasks: [{ containers }] })}' ;;
      *) exit 9 ;;
    esac`;
    const { batches, log } = await find('ecs', { programs: { aws }, env: { CLUSTER: 'prod' } });
    expect(batches).toEqual([
      { number: 1, images: `${HOST}/team/app@${digest('a')}\n${HOST}/team/app@${digest('c')}` },
    ]);
    expect(log).toContain(`Not a digest in Amazon ECR: ${HOST}/team/starting@unknown`);
    expect(log).toContain('Not a digest in Amazon ECR: public.ecr.aws/nginx/nginx@');
  });

  it('reads the pods of an EKS cluster', async (context) => {
    if (!(await hasJq)) return context.skip('jq is not on this machine');
    const imageID = `${HOST}/team/app@${digest('a')}`;
    const pods = { items: [{ status: { containerStatuses: [{ imageID }] } }, { status: {} }] };
    const programs = { aws: ':', kubectl: `echo '${JSON.stringify(pods)}'` };
    const { batches } = await find('eks', { programs, env: { CLUSTER: 'prod' } });
    expect(batches).toEqual([{ number: 1, images: imageID }]);
  });

  it('fails if nothing was found, and if a call was denied', async (context) => {
    if (!(await hasJq)) return context.skip('jq is not on this machine');
    await expect(find('list', { env: { IMAGES: 'debian:12' } })).rejects.toThrow();
    const denied = { programs: { aws: 'exit 254' }, env: { CLUSTER: 'prod' } };
    await expect(find('ecs', denied)).rejects.toThrow();
    await expect(find('eks', denied)).rejects.toThrow();
  });
});

describe('verify-scheduled.yml', () => {
  const FILE = 'verify-scheduled.yml';
  const stepsOf = async () => (await read(FILE)).jobs.verify?.steps ?? [];

  /** Runs the script that gets the last report, with a program in place of gh. */
  async function lastReport(gh: string) {
    const script = (await stepsOf()).find(({ name }) => name === 'Get the last report')?.run ?? 'exit 1';
    const directory = await mkdtemp(join(tmpdir(), 'gate-example-'));
    onTestFinished(() => rm(directory, { recursive: true, force: true }));
    await writeFile(join(directory, 'gh'), `#!/bin/bash\necho "$*" >> "$RUNNER_TEMP/calls"\n${gh}\n`);
    await chmod(join(directory, 'gh'), 0o755);
    const env = { PATH: [directory, process.env.PATH].join(delimiter), RUNNER_TEMP: directory };
    await run('bash', ['-e', '-c', script], { env });
    const calls = (await readFile(join(directory, 'calls'), 'utf8')).trim().split('\n');
    const report = await readFile(join(directory, 'last', 'report.json'), 'utf8').catch(() => undefined);
    return { calls, report: report?.trim() };
  }

  it('takes the report of the last run that has one, and only of scheduled runs of its own file', async () => {
    const { calls, report } = await lastReport(`case "$*" in
      'run list '*) printf '9\\n8\\n7\\n' ;;
      'run download 9 '*) exit 1 ;;
      *) mkdir -p "$RUNNER_TEMP/last"; echo "report of $3" > "$RUNNER_TEMP/last/report.json" ;;
    esac`);
    expect(report).toBe('report of 8');
    expect(calls).toHaveLength(3);
    expect(calls[0]).toContain(`--workflow ${FILE} --event schedule --status completed`);
  });

  it('goes on without a report if there is none, or GitHub does not answer', async () => {
    for (const gh of ['exit 1', 'if [ "$2" = list ]; then echo 9; else exit 1; fi', 'exit 0']) {
      expect((await lastReport(gh)).report).toBeUndefined();
    }
  });

  it('keeps every report that can be used, under the name that it looks for', async () => {
    const steps = await stepsOf();
    const upload = steps.find(({ uses }) => uses?.startsWith('actions/upload-artifact@'));
    expect(upload).toMatchObject({
      // A cancelled run writes no issue, and a report without images cannot be compared with.
      if: "${{ !cancelled() && steps.verify.outputs.report != '' && steps.verify.outputs.results != '[]' }}",
      with: { name: 'verify-report', path: '${{ steps.verify.outputs.report }}' },
    });
    const verify = steps.find(({ id }) => id === 'verify');
    expect(verify?.with).toMatchObject({
      'baseline-report': '${{ runner.temp }}/last/report.json',
      // With on-failure there may be no issue for a comment on what ends soon or has disappeared while all images pass.
      issue: 'always',
    });
  });

  it('fails unless everything passes or nothing has changed, also if verify said nothing', async () => {
    const last = (await stepsOf()).at(-1);
    expect(last).toMatchObject({
      if: "always() && steps.verify.outputs.passed != 'true' && steps.verify.outputs.changed != 'false'",
      run: 'exit 1',
    });
  });
});
