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

const run = promisify(execFile);
const root = join(import.meta.dirname, '../examples/workflows');
const names = (await readdir(root)).filter((name) => name.endsWith('.yml'));
const actionlint = await goToolForTests('actionlint');

interface Step {
  readonly id?: string;
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

  it.each(names)('%s grants nothing by default, and gives the gate inputs that it has', async (name) => {
    const { permissions, jobs } = await read(name);
    expect(permissions).toEqual({});
    const gates = Object.values(jobs)
      .flatMap(({ steps }) => steps)
      .filter(({ uses }) => uses?.startsWith('OWNER/ecr-deployment-gate@'));
    expect(gates.length).toBeGreaterThan(0);
    for (const { with: given = {} } of gates) {
      expect(INPUTS.gate).toEqual(expect.arrayContaining(Object.keys(given)));
      const value = (input: string) => {
        const text = String(given[input] ?? '');
        return text.includes('${{') ? `${HOST}/team/app@${digest('a')}` : text;
      };
      expect(() => readGateInputs(value)).not.toThrow();
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

  it('fails where nothing was found, and where a call was denied', async (context) => {
    if (!(await hasJq)) return context.skip('jq is not on this machine');
    await expect(find('list', { env: { IMAGES: 'debian:12' } })).rejects.toThrow();
    const denied = { programs: { aws: 'exit 254' }, env: { CLUSTER: 'prod' } };
    await expect(find('ecs', denied)).rejects.toThrow();
    await expect(find('eks', denied)).rejects.toThrow();
  });
});
