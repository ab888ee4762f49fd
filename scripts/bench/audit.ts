/** Measures the audit on the emulator. */
import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ACCESS_KEY_ID, SECRET_ACCESS_KEY } from '../../emulator/aws.ts';
import { playInProcess } from '../../emulator/in-process.ts';
import type { Scenario } from '../../emulator/scenario.ts';
import { manyRepositories, manyRoles } from '../../emulator/scenarios/accounts.ts';
import { startEmulator } from '../../emulator/server.ts';
import { accessMap } from '../../src/audit/access/map.ts';
import { audit } from '../../src/audit/audit.ts';
import { NO_EXPECTATIONS } from '../../src/audit/expectations.ts';
import { collectFacts } from '../../src/audit/facts/collect.ts';
import { World } from '../../src/audit/world.ts';
import type { RequestHandler } from '../../src/aws/clients.ts';
import { startDeadline, systemClock } from '../../src/deadline.ts';
import { runAction } from '../runner.ts';
import { measured, root } from './measure.ts';

/** Prints what the parts of an audit and whole audits cost. */
export async function measureAudits(): Promise<void> {
  await auditFacts();
  await auditRun(manyRepositories(500, 20, 20));
  await auditRun(manyRoles(400, 500));
  for (const roles of [100, 400, 1_600]) await judging(roles, 500);
}

/** The reading part of an audit: 500 repositories with 20 images each, where every answer takes 20 ms. */
async function auditFacts(): Promise<void> {
  const emulator = await startEmulator(manyRepositories(500, 20, 20));
  try {
    const program = join(root, 'scripts', 'collect.ts');
    const env = { PATH: process.env.PATH ?? '', ...emulator.env() };
    const { stdout } = await promisify(execFile)(process.execPath, [program], { env, cwd: root });
    const { seconds, cpuSeconds, peakMiB, repositories, images } = JSON.parse(
      stdout.trim().split('\n').at(-1) ?? '',
    );
    const each = emulator.calls.length / repositories;
    console.log(
      `facts of ${repositories} repositories with ${images} images at 20 ms a call: ${seconds.toFixed(1)} s (CPU ${cpuSeconds.toFixed(1)} s), ${each.toFixed(2)} calls a repository, peak ${peakMiB.toFixed(0)} MiB`,
    );
  } finally {
    await emulator.close();
  }
}

/** A whole audit by the bundled action. */
async function auditRun(story: Scenario): Promise<void> {
  const { durationMs, cpuMs, peakMiB, calls, result } = await measured(story, async (_, env, directory) => {
    const inputs = { timeout: '10m', 'report-directory': directory };
    const run = await runAction({ action: 'audit', inputs, env, limitMs: 600_000 });
    await run.clean();
    const { size } = await stat(join(directory, 'report.json'));
    return { verdict: run.outputs.verdict, reportBytes: size, summaryBytes: Buffer.byteLength(run.summary) };
  });
  const { verdict, reportBytes, summaryBytes } = result;
  const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
  const perRepository = (calls / story.repositories.length).toFixed(1);
  const report = `report.json ${(reportBytes / 1024 / 1024).toFixed(1)} MiB, summary ${(summaryBytes / 1024).toFixed(0)} KiB`;
  console.log(
    `audit of ${story.description} ${verdict}, ${seconds(durationMs)} (${seconds(cpuMs)} of processor time), ${calls} calls (${perRepository} a repository), peak ${peakMiB.toFixed(0)} MiB, ${report}`,
  );
}

/** What judging costs beside the reads: the access map, the checks, and the report. */
async function judging(roles: number, repositories: number): Promise<void> {
  const aws = playInProcess(manyRoles(roles, repositories), Date.now);
  const credentials = { AWS_ACCESS_KEY_ID: ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY: SECRET_ACCESS_KEY };
  // The SDK reads its environment when a client makes its first call.
  Object.assign(process.env, { ...credentials, AWS_REGION: 'eu-central-1' });
  const deadline = startDeadline(600_000, systemClock, new AbortController().signal);
  try {
    const scope = {
      registries: [],
      role: undefined,
      repositories: ['**'],
      expectations: NO_EXPECTATIONS,
      levels: [],
      access: true,
      validateCache: false,
      lifecyclePreview: false,
    };
    const handler = aws.requestHandler as unknown as NonNullable<RequestHandler>;
    const facts = await collectFacts(scope, { deadline, log: () => {}, environment: {}, handler });
    const cpuOf = <T>(work: () => T): [T, number] => {
      const before = process.cpuUsage();
      const value = work();
      const { user, system } = process.cpuUsage(before);
      return [value, (user + system) / 1000];
    };
    const [{ rows, decided }, mapMs] = cpuOf(() =>
      accessMap(new World(facts, NO_EXPECTATIONS, true).accessFacts),
    );
    const options = { failOn: 'high', access: true, baseline: undefined } as const;
    const [, auditMs] = cpuOf(() => audit(facts, NO_EXPECTATIONS, options));
    console.log(
      `${roles} roles and ${repositories} repositories: ${rows.length} rows from ${decided} decisions, the map ${mapMs.toFixed(0)} ms of CPU, the whole audit ${auditMs.toFixed(0)} ms`,
    );
  } finally {
    deadline.clear();
  }
}
