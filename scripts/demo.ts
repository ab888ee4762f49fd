/**
 * Runs the bundled action with the real cosign on the emulator: one image passes, is signed, and is then verified by a
 * separate call of cosign; another image is blocked. `--scenario NAME` runs another scenario, `--list` names all of them.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { parseArgs, styleText } from 'node:util';
import type { Scenario } from '../emulator/scenario.ts';
import { scenarios } from '../emulator/scenarios/index.ts';
import { startEmulator } from '../emulator/server.ts';
import { renderHtml, shownByRunner, toTerminal } from './render-summary.ts';
import { type ActionRun, inputsOf, runAction } from './runner.ts';
import { ensureCosign } from './tools.ts';
import { verifySignatures } from './verify.ts';

const root = join(import.meta.dirname, '..');
const { values } = parseArgs({ options: { scenario: { type: 'string' }, list: { type: 'boolean' } } });

interface Played {
  readonly name: string;
  readonly run: ActionRun;
  readonly html: string;
  /** The images of the run by digest, each verified by a separate cosign call; empty where none was signed. */
  readonly verified: readonly string[];
}

/** Runs one scenario and shows its log while it runs. */
async function play(scenario: Scenario, cosign: string): Promise<Played> {
  console.log(`\n${styleText('bold', `▶ ${scenario.name}`)}  ${scenario.description}\n`);
  const emulator = await startEmulator(scenario);
  try {
    const run = await runAction({
      action: scenario.action ?? 'gate',
      inputs: inputsOf(emulator, scenario),
      files: emulator.files,
      env: { ...emulator.env(), PATH: [dirname(cosign), process.env.PATH].join(delimiter) },
      onLine: (line) => {
        const shown = shownByRunner(line);
        if (shown !== undefined) console.log(styleText('dim', `  │ ${shown}`));
      },
    });
    const verified =
      run.outputs.signed === 'true'
        ? await verifySignatures(emulator, scenario, (run.outputs.image ?? '').split('\n'), cosign)
        : [];
    if (emulator.foreign.length > 0) throw new Error(`the action contacted ${emulator.foreign.join(', ')}`);
    const html = join(root, 'demo-output', `${scenario.name}.html`);
    await mkdir(dirname(html), { recursive: true });
    await writeFile(html, renderHtml(run.summary, scenario.name));
    return { name: scenario.name, run, html, verified };
  } finally {
    await emulator.close();
  }
}

function show({ name, run, html, verified }: Played): void {
  const rule = '─'.repeat(78);
  console.log(`\n${rule}\n${styleText('bold', `Summary of ${name}`)} (exit code ${run.exitCode})\n${rule}`);
  console.log(toTerminal(run.summary));
  for (const image of verified) console.log(`A separate cosign call verified the signature of ${image}`);
  console.log(`Rendered: ${html}`);
}

function expectation(condition: boolean, text: string): void {
  if (!condition) throw new Error(`The demo failed. This check failed: ${text}`);
}

async function main(): Promise<void> {
  if (values.list) {
    for (const scenario of Object.values(scenarios))
      console.log(`${scenario.name.padEnd(24)} ${scenario.description}`);
    return;
  }
  const { path, version, how } = await ensureCosign((line) => console.log(line));
  console.log(`cosign ${version} (${how})`);
  if (values.scenario !== undefined) {
    const scenario = scenarios[values.scenario];
    if (scenario === undefined)
      throw new Error(`there is no scenario ${values.scenario}: see npm run demo -- --list`);
    const played = await play(scenario, path);
    show(played);
    await played.run.clean();
    return;
  }
  const stories = [scenarios['pass-multi-arch'], scenarios.blocked].filter(
    (scenario) => scenario !== undefined,
  );
  const played: Played[] = [];
  for (const scenario of stories) played.push(await play(scenario, path));
  for (const one of played) show(one);
  const [pass, blocked] = played;
  expectation(
    pass?.run.exitCode === 0 && pass.run.outputs.signed === 'true',
    'the first image passes and is signed',
  );
  expectation((pass?.verified.length ?? 0) > 0, 'its signature is verified by a separate call');
  expectation(
    blocked?.run.exitCode === 1 && blocked.run.outputs.verdict === 'block',
    'the second image is blocked',
  );
  expectation(blocked?.run.outputs.signed === 'false', 'the second image is not signed');
  for (const one of played) await one.run.clean();
  console.log('\nOne image passed, was signed and verified; one was blocked.');
}

await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
