/**
 * Takes the pictures of job summaries that the documentation shows: runs scenarios of the emulator with the
 * bundled action, renders each summary with GitHub's own stylesheet in headless Chromium and writes it to
 * docs/pictures/, light and dark. Pictures of a phone's width and of other scenarios are written to demo-output/pictures/.
 * Requires Chromium, on PATH or named by CHROME, and a font with color emoji.
 *
 *     npm run pictures [SCENARIO…]
 */
import { spawnSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join, relative } from 'node:path';
import type { Scenario } from '../emulator/scenario.ts';
import { scenarios } from '../emulator/scenarios/index.ts';
import { startEmulator } from '../emulator/server.ts';
import { type Browser, type PictureOptions, startBrowser } from './browser.ts';
import { renderHtml } from './render-summary.ts';
import { inputsOf, runAction } from './runner.ts';
import { ensureCosign } from './tools.ts';
import { summaryOfSecondNight } from './two-nights.ts';

const root = join(import.meta.dirname, '..');
const TWO_NIGHTS = 'two-nights';
const SHOWN = [
  'blocked',
  'whose-layer',
  'rebuild',
  'exceptions',
  'pass-multi-arch',
  'audit',
  'access',
  TWO_NIGHTS,
];

// The width of a summary on GitHub, and that of a small phone.
const DESKTOP = { width: 1012, scale: 1 };
const PHONE = { width: 390, scale: 2 };

const PICTURES: readonly { readonly suffix: string; readonly options: PictureOptions }[] = [
  { suffix: 'light', options: { ...DESKTOP, scheme: 'light' } },
  { suffix: 'dark', options: { ...DESKTOP, scheme: 'dark' } },
  { suffix: 'phone-light', options: { ...PHONE, scheme: 'light' } },
  { suffix: 'phone-dark', options: { ...PHONE, scheme: 'dark' } },
];

/** The summary that the bundled action writes for a scenario. */
async function summaryOf(scenario: Scenario, cosign: string): Promise<string> {
  const emulator = await startEmulator(scenario);
  try {
    const run = await runAction({
      action: scenario.action ?? 'gate',
      inputs: inputsOf(emulator, scenario),
      files: emulator.files,
      env: { ...emulator.env(), PATH: [dirname(cosign), process.env.PATH].join(delimiter) },
    });
    await run.clean();
    if (emulator.foreign.length > 0) throw new Error(`the action contacted ${emulator.foreign.join(', ')}`);
    if (run.summary === '') throw new Error(`${scenario.name} ended without a summary:\n${run.log}`);
    return run.summary;
  } finally {
    await emulator.close();
  }
}

/** Reduces a picture to 256 colors, a third of the size, if pngquant is installed. */
async function quantized(picture: Buffer): Promise<Buffer> {
  const { status, stdout } = spawnSync('pngquant', ['--speed', '1', '-'], {
    input: picture,
    maxBuffer: 2 * picture.length,
  });
  return status === 0 ? stdout : picture;
}

async function show(name: string, browser: Browser, cosign: string): Promise<void> {
  const scenario = scenarios[name];
  if (scenario === undefined && name !== TWO_NIGHTS)
    throw new Error(`there is no scenario ${name}: see npm run demo -- --list`);
  const summary = await (scenario === undefined
    ? summaryOfSecondNight(dirname(cosign))
    : summaryOf(scenario, cosign));
  const html = renderHtml(summary, name);
  for (const { suffix, options } of PICTURES) {
    const shown = SHOWN.includes(name) && options.width === DESKTOP.width;
    const directory = shown ? 'docs/pictures' : 'demo-output/pictures';
    const picture = await quantized(await browser.picture(html, options));
    const path = join(root, directory, `${name}-${suffix}.png`);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, picture);
    console.log(`${relative(root, path)} ${Math.ceil(picture.length / 1024)} KiB`);
  }
}

async function main(): Promise<void> {
  const browser = await startBrowser(process.env.CHROME || undefined);
  try {
    if (!(await browser.hasEmoji())) {
      throw new Error(
        'Chromium has no font with color emoji, and the summaries contain many. Install one, on Debian with "apt-get install fonts-noto-color-emoji".',
      );
    }
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
