/**
 * Compares the files that the bundle writes for several scenarios with reviewed files: the summary, report.json and
 * results.sarif. `npm test -- __tests__/e2e/golden.test.ts --update` writes them anew; read the difference.
 */

import { readFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { scenarios } from '../../emulator/scenarios/index.ts';
import { startEmulator } from '../../emulator/server.ts';
import schema from '../../schema/report.schema.json' with { type: 'json' };
import { runAction } from '../../scripts/runner.ts';
import type { ReportDocument } from '../../src/report/findings/document.ts';
import { VERSION } from '../../src/version.ts';
import { expectBlocks } from '../report/blocks.ts';
import { renderSummary } from '../report/either.ts';
import { indented } from '../report/indented.ts';
import { rebuiltReport } from '../report/rebuild.ts';
import { checkForGitHub, officialSchema } from '../report/sarif-checks.ts';
import { findCosign, needsCosign } from './signed.ts';

const GOLDEN = join(import.meta.dirname, '..', 'report', 'golden');
const DAY_MS = 86_400_000;
/** Dates as near as this are counted from today; others are in what was found. */
const NEAR_DAYS = 400;

const validate = new Ajv2020({ allErrors: true, allowUnionTypes: true }).compile(schema);
const cleanups: (() => Promise<void>)[] = [];
beforeAll(findCosign);
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

/** The text without what differs from one run to the next: moments, durations, and files that name dates. */
function lasting(text: string, { startedAt, documents, signing }: ReportDocument): string {
  const today = Math.floor(Date.parse(startedAt) / DAY_MS);
  const dated = [...(documents?.exceptions ?? []), ...(documents?.vex ?? [])].map(({ sha256 }) => sha256);
  let result = text;
  for (const sha256 of dated) {
    result = result.replaceAll(sha256, 'SHA256').replaceAll(sha256.slice(0, 12), 'SHA256');
  }
  if (signing?.cosignVersion) result = result.replaceAll(signing.cosignVersion, 'COSIGN-VERSION');
  return result
    .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g, 'TIME')
    .replace(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC/g, 'TIME')
    .replace(/\b\d{4}-\d\d-\d\d\b/g, (date) => {
      const days = Math.floor(Date.parse(date) / DAY_MS) - today;
      return Math.abs(days) > NEAR_DAYS ? date : `TODAY${days < 0 ? '' : '+'}${days}`;
    })
    .replace(/("durationMs": )\d+/g, '$10')
    .replace(/(<td>Took<\/td><td>)[^<]*/g, '$1DURATION')
    .replaceAll(`<code>${VERSION}</code>`, '<code>VERSION</code>')
    .replace(/("(?:version|semanticVersion)": )"[\d.]+"/g, (all, name: string) =>
      all.endsWith(`"${VERSION}"`) ? `${name}"VERSION"` : all,
    );
}

describe('golden files', () => {
  it.for([
    'pass-single',
    'pass-multi-arch',
    'blocked',
    'whose-layer',
    'rebuild',
    'several-images',
    'exceptions',
    'vex',
    'baseline',
    'minimum',
    'reachability',
    'suppressed-class',
    'details-denied',
    'unsupported-os',
    'hostile-text',
  ])('%s', async (name, context) => {
    const scenario = scenarios[name];
    if (scenario === undefined) throw new Error(`no scenario ${name}`);
    const cosign = scenario.inputs?.['signing-key'] === undefined ? undefined : await needsCosign(context);
    const emulator = await startEmulator(scenario);
    cleanups.push(() => emulator.close());
    const run = await runAction({
      inputs: { image: emulator.images.join('\n'), ...scenario.inputs },
      files: emulator.files,
      env: {
        ...emulator.env(),
        // As on a runner, where the action is started for the first time.
        NODE_COMPILE_CACHE: '',
        ...(cosign !== undefined && { PATH: [dirname(cosign), process.env.PATH].join(delimiter) }),
      },
    });
    cleanups.push(() => run.clean());
    expect(emulator.foreign).toEqual([]);

    const text = await readFile(run.outputs.report ?? '', 'utf8');
    const report: ReportDocument = JSON.parse(text);
    validate(report);
    expect(validate.errors ?? []).toEqual([]);
    expectBlocks(run.summary);
    // The file is enough to render the summary again.
    expect(renderSummary(rebuiltReport(report))).toBe(run.summary);
    await expect(lasting(run.summary, report)).toMatchFileSnapshot(join(GOLDEN, `${name}.md`));
    await expect(lasting(indented(text), report)).toMatchFileSnapshot(join(GOLDEN, `${name}.report.json`));

    const sarif = run.outputs.sarif === '' ? undefined : await readFile(run.outputs.sarif ?? '', 'utf8');
    expect(sarif === undefined).toBe(report.images.every(({ error }) => error !== null));
    if (sarif === undefined) return;
    const log = JSON.parse(sarif);
    checkForGitHub(log);
    expect((await officialSchema())?.(log) ?? []).toEqual([]);
    await expect(lasting(indented(sarif), report)).toMatchFileSnapshot(join(GOLDEN, `${name}.sarif.json`));
  });
});

describe('two runs', () => {
  it('with the same findings differ only in their times', async () => {
    const scenario = scenarios.exceptions;
    if (scenario === undefined) throw new Error('no scenario exceptions');
    const emulator = await startEmulator(scenario);
    cleanups.push(() => emulator.close());
    const texts = [];
    for (let run = 0; run < 2; run += 1) {
      const { outputs, clean } = await runAction({
        inputs: { image: emulator.images.join('\n'), ...scenario.inputs },
        files: emulator.files,
        env: emulator.env(),
      });
      cleanups.push(clean);
      const report = await readFile(outputs.report ?? '', 'utf8');
      texts.push({
        report: report.replace(/"(startedAt|durationMs|judgedAt|scannedAt)": [^,\n]+/g, '"$1": 0'),
        sarif: await readFile(outputs.sarif ?? '', 'utf8'),
      });
    }
    expect(texts[1]).toEqual(texts[0]);
  });
});
