/**
 * Takes the pictures of job summaries that the documentation shows: plays scenarios of the emulator with the
 * bundled action, renders each summary with GitHub's own stylesheet in headless Chromium and writes it to
 * docs/pictures/, light and dark. Those of a phone's width are only for looking, in demo-output/pictures/.
 *
 *     npm run pictures [SCENARIO…]
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join, relative } from 'node:path';
import type { Scenario } from '../emulator/scenario.ts';
import { scenarios } from '../emulator/scenarios/index.ts';
import { startEmulator } from '../emulator/server.ts';
import { type Browser, type PictureOptions, startBrowser } from './browser.ts';
import { renderHtml } from './render-summary.ts';
import { runAction } from './runner.ts';
import { ensureCosign } from './tools.ts';

const root = join(import.meta.dirname, '..');
const SHOWN = ['blocked', 'whose-layer', 'exceptions', 'pass-multi-arch'];

// The width of GitHub's column for a summary, and that of a small phone.
const DESKTOP = { width: 1012, scale: 1 };
const PHONE = { width: 390, scale: 2 };

const PICTURES: readonly {
  readonly directory: string;
  readonly suffix: string;
  readonly options: PictureOptions;
}[] = [
  { directory: 'docs/pictures', suffix: 'light', options: { ...DESKTOP, scheme: 'light' } },
  { directory: 'docs/pictures', suffix: 'dark', options: { ...DESKTOP, scheme: 'dark' } },
  { directory: 'demo-output/pictures', suffix: 'phone-light', options: { ...PHONE, scheme: 'light' } },
  { directory: 'demo-output/pictures', suffix: 'phone-dark', options: { ...PHONE, scheme: 'dark' } },
];

/** The summary that the bundled action writes for a scenario. */
async function summaryOf(scenario: Scenario, cosign: string): Promise<string> {
  const emulator = await startEmulator(scenario);
  try {
    const run = await runAction({
      inputs: { image: emulator.images.join('\n'), ...scenario.inputs },
      files: emulator.files,
      env: { ...emulator.env(), PATH: [dirname(cosign), process.env.PATH].join(delimiter) },
    });
    await run.clean();
    if (emulator.foreign.length > 0) throw new Error(`somebody contacted ${emulator.foreign.join(', ')}`);
    if (run.summary === '') throw new Error(`${scenario.name} ended without a summary:\n${run.log}`);
    return run.summary;
  } finally {
    await emulator.close();
  }
}

async function show(name: string, browser: Browser, cosign: string): Promise<void> {
  const scenario = scenarios[name];
  if (scenario === undefined) throw new Error(`there is no scenario ${name}: see npm run demo -- --list`);
  const html = renderHtml(await summaryOf(scenario, cosign), name);
  for (const { directory, suffix, options } of PICTURES) {
    const picture = await browser.picture(html, options);
    const path = join(root, directory, `${name}-${suffix}.png`);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, picture);
    console.log(`${relative(root, path)} ${Math.ceil(picture.length / 1024)} KiB`);
  }
}

async function main(): Promise<void> {
  const browser = await startBrowser(process.env.CHROME || undefined);
  try {
    const cosign = await ensureCosign((line) => console.log(line));
    const asked = process.argv.slice(2);
    for (const name of asked.length > 0 ? asked : SHOWN) await show(name, browser, cosign.path);
  } finally {
    await browser.close();
  }
}

await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
