/**
 * Starts the emulator for a person or a script: prints the environment variables for a process that uses it, then
 * serves until it is interrupted.
 *
 *     node emulator/main.ts --scenario NAME
 */
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { scenarios } from './scenarios/index.ts';
import { startEmulator } from './server.ts';

const { values } = parseArgs({ options: { scenario: { type: 'string' } } });
const scenario = values.scenario === undefined ? undefined : scenarios[values.scenario];
if (scenario === undefined) {
  console.error('usage: node emulator/main.ts --scenario NAME\n\nThe scenarios:');
  for (const { name, description } of Object.values(scenarios)) console.error(`  ${name}: ${description}`);
  process.exitCode = 2;
} else {
  const emulator = await startEmulator(scenario);
  const variables = { ...emulator.env(), INPUT_IMAGE: emulator.images.join('\n') };
  for (const [name, value] of Object.entries(variables)) {
    console.log(`export ${name}='${value.replaceAll("'", `'\\''`)}'`);
  }
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
  await emulator.close();
}
