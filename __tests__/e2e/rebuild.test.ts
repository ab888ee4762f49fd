/** Advice about a newer base image, by the bundled actions, the real cosign and the emulator: it changes nothing but the report. */
import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { CATALOGUE, finding } from '../../emulator/findings.ts';
import type { FaultSpec, Scenario } from '../../emulator/scenario.ts';
import { image, LONG_AGO, REPOSITORY, scanned } from '../../emulator/scenarios/build.ts';
import { scenarios } from '../../emulator/scenarios/index.ts';
import { startEmulator } from '../../emulator/server.ts';
import { runAction } from '../../scripts/runner.ts';
import type { ReportDocument } from '../../src/report/findings/document.ts';
import { emulate, findCosign, needsCosign, run, verify } from './signed.ts';

vi.setConfig({ testTimeout: 120_000 });
beforeAll(findCosign, 900_000);

/** The image of the scenario with one HIGH finding in its base image, which warns. */
function warning(faults: readonly FaultSpec[] = []): Partial<Scenario> {
  const [, base] = scenarios.rebuild?.repositories ?? [];
  if (base === undefined) throw new Error('the scenario has no base image');
  const app = image([scanned([finding(CATALOGUE.looneyTunables)], 0, LONG_AGO)]);
  return { repositories: [{ name: REPOSITORY, images: [app] }, base], faults };
}

const adviceIn = async (path = '') =>
  (JSON.parse(await readFile(path, 'utf8')) as ReportDocument).images[0]?.advice;

it('is in the reports of the gate and of the verify action', async (context) => {
  await needsCosign(context);
  const emulator = await emulate('rebuild', warning());
  const signed = await run(emulator);
  expect(signed.outputs, signed.log).toMatchObject({ verdict: 'warn', signed: 'true' });
  const verified = await verify(emulator);
  expect(verified.exitCode, verified.log).toBe(0);
  for (const { summary, outputs, log } of [signed, verified]) {
    expect(summary).toContain('<summary>🔁 Rebuild on a newer base image, for warnings</summary>');
    // What the tag of the workflow points at now has a finding that blocks.
    expect(summary).toMatch(/Build on <code>docker-hub\/library\/node:22\.14<\/code>.*resolves the warning/);
    expect(log).toMatch(/newest tag of its line, \S+\/library\/node:22\.14@sha256:[0-9a-f]{64}, in ECR/);
    expect((await adviceIn(outputs.report))?.newer.map(({ kind }) => kind)).toEqual(['newer-tag']);
  }
});

// Only the advice lists a repository, and only it reads the scan of a base image.
const LISTING = { api: 'DescribeImages', match: 'maxResults' };
const SCAN = { api: 'ListCoverage', match: 'docker-hub' };

describe('if the calls for it do not succeed', () => {
  it.concurrent.each<FaultSpec>([
    { ...LISTING, kind: 'deny' },
    { ...LISTING, kind: 'expired-token' },
    { ...LISTING, kind: 'empty' },
    { ...LISTING, kind: 'repeat-token' },
    { ...LISTING, kind: 'no-date' },
    { ...LISTING, kind: 'hang' },
    { ...LISTING, kind: 'throttle' },
    { ...SCAN, kind: 'deny' },
    { ...SCAN, kind: 'other-digest' },
    { ...SCAN, kind: 'no-date' },
    { ...SCAN, kind: 'garbage' },
  ])('$api $kind: there is none, and the image passes and is signed as without it', async (fault) => {
    const emulator = await startEmulator({
      ...(scenarios.rebuild as Scenario),
      keys: scenarios['pass-single']?.keys ?? [],
      ...warning([fault]),
    });
    try {
      const result = await runAction({
        inputs: { image: emulator.images.join('\n'), ...emulator.scenario.inputs },
        env: emulator.env(),
      });
      expect(result.outputs, result.log).toMatchObject({ verdict: 'warn', passed: 'true' });
      expect(result.exitCode).toBe(0);
      expect(result.log).not.toMatch(/[Bb]uild on|::error| at .*\.js:\d+/);
      expect(emulator.count(fault.api)).toBeGreaterThan(1);
      expect(result.durationMs).toBeLessThan(45_000);
      const advice = await adviceIn(result.outputs.report);
      expect(advice?.newer.some(({ change }) => change !== null) ?? false).toBe(false);
      await result.clean();
    } finally {
      await emulator.close();
    }
  });

  it('an image is signed all the same', async (context) => {
    await needsCosign(context);
    const emulator = await emulate('rebuild', warning([{ ...LISTING, kind: 'deny' }]));
    const { outputs, log, summary } = await run(emulator);
    expect(outputs, log).toMatchObject({ verdict: 'warn', signed: 'true' });
    expect(log).toContain('No advice about the base image of');
    expect(summary).not.toContain('Build on');
  });
});

it('is not made with advice: false, and costs a few calls otherwise', async () => {
  const counts: number[] = [];
  for (const advice of ['false', 'true']) {
    const emulator = await startEmulator(scenarios.rebuild as Scenario);
    try {
      const result = await runAction({
        inputs: { image: emulator.images.join('\n'), ...emulator.scenario.inputs, advice },
        env: emulator.env(),
      });
      expect(result.outputs.verdict, result.log).toBe('block');
      expect(result.summary.includes('Rebuild on')).toBe(advice === 'true');
      counts.push(emulator.calls.length);
      await result.clean();
    } finally {
      await emulator.close();
    }
  }
  const [without = 0, made = 0] = counts;
  expect(made - without).toBeGreaterThan(0);
  expect(made - without).toBeLessThan(25);
});
