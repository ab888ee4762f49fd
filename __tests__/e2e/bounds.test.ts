/** Files of less than 1 MB that a pull request can add, and that must not block the step. */
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { scenarios } from '../../emulator/scenarios/index.ts';
import { startEmulator } from '../../emulator/server.ts';
import { type ActionRun, runAction } from '../../scripts/runner.ts';

vi.setConfig({ testTimeout: 120_000 });

const many = <T>(count: number, make: (at: number) => T): T[] =>
  Array.from({ length: count }, (_, at) => make(at));

const vex = (statements: readonly unknown[]) =>
  JSON.stringify({
    '@context': 'https://openvex.dev/ns/v0.2.0',
    '@id': 'https://example.com/vex/1',
    author: 'Example Security',
    timestamp: '2026-01-01T00:00:00Z',
    version: 1,
    statements,
  });
const statement = (
  aliases: readonly string[],
  products: readonly object[],
  more: object = { status: 'fixed' },
) => ({
  vulnerability: { name: 'CVE-2000-1', aliases },
  products,
  ...more,
});
const AFFECTED = { status: 'affected', action_statement: 'update' };

/** A name, an input, the content of the file that it names, and the expected message. */
const FILES: readonly (readonly [string, string, string, RegExp | undefined])[] = [
  [
    'VEX statements of many aliases and products',
    'vex',
    vex([
      statement(
        many(10_000, (at) => `CVE-2026-${at}`),
        many(5_000, (at) => ({ '@id': `pkg:oci/app?tag=${at}` })),
      ),
      statement(
        many(10_000, (at) => `CVE-2026-${at}`),
        many(5_000, (at) => ({ '@id': `pkg:oci/app?tag=${at}` })),
        AFFECTED,
      ),
    ]),
    /file: .*expected at most 100 aliases, got 10000|expected at most 100 aliases, got 10000/,
  ],
  [
    'as many aliases and products as are allowed',
    'vex',
    vex(
      many(40, (of) =>
        statement(
          many(100, (at) => `CVE-2026-${at}`),
          many(200, (at) => ({
            '@id': `pkg:oci/app?tag=${at}`,
            subcomponents: [{ '@id': `pkg:deb/debian/a${at}` }],
          })),
          of % 2 === 0 ? AFFECTED : undefined,
        ),
      ),
    ),
    undefined,
  ],
  ['thousands of mistakes in VEX', 'vex', vex(many(40_000, () => ({ a: 1 }))), /statements\[0\].*is missing/],
  [
    'a VEX document with thousands of errors',
    'vex',
    vex(many(9_000, () => ({ a: 1 }))),
    /statements\[0\].*is missing \(also wrong: .* others\)/,
  ],
  [
    'slashes in a URL',
    'vex',
    vex([statement([], [{ '@id': `pkg:oci/app?repository_url=a${'/'.repeat(900_000)}b` }])]),
    /expected text of at most 2048 characters/,
  ],
  [
    'slashes in many URLs',
    'vex',
    vex([
      statement(
        [],
        many(450, () => ({ '@id': `pkg:oci/app?repository_url=a${'/'.repeat(2_000)}b` })),
      ),
    ]),
    undefined,
  ],
  [
    'here-documents in a Dockerfile',
    'dockerfile',
    `FROM debian\n${many(70_000, (at) => `RUN <<A${at}\n`).join('')}`,
    undefined,
  ],
  [
    'a long line in an exceptions file',
    'exceptions',
    `version: 1\nexceptions: >\n${'a'.repeat(250_000)}\n`,
    /not valid YAML/,
  ],
  [
    'thousands of errors in an exceptions file',
    'exceptions',
    `version: 1\nexceptions: [${'{id: "*"},'.repeat(20_000)}]`,
    /expected one exact id/,
  ],
  [
    'many rules about EPSS',
    'policy',
    `version: 1\nrules:\n${many(3_000, (at) => `- {name: r${at}, action: block, when: {epss: ">=0.${1000 + at}"}}\n`).join('')}`,
    /expected at most 100 rules, got 3000/,
  ],
  [
    'as many rules about EPSS as are allowed',
    'policy',
    `version: 1\nrules:\n${many(100, (at) => `- {name: r${at}, action: block, when: {epss: ">=0.${10 + (at % 20)}"}}\n`).join('')}`,
    undefined,
  ],
];

async function play(name: string, input: string, text: string): Promise<ActionRun> {
  const scenario = scenarios[name];
  if (scenario === undefined) throw new Error(`no scenario ${name}`);
  const { 'signing-key': _, ...inputs } = scenario.inputs ?? {};
  const emulator = await startEmulator(scenario);
  onTestFinished(() => emulator.close());
  const run = await runAction({
    inputs: { image: emulator.images.join('\n'), ...inputs, [input]: 'file' },
    files: { file: text },
    env: emulator.env(),
  });
  onTestFinished(() => run.clean());
  return run;
}

describe('the step is not blocked by', () => {
  it.each(FILES)('%s', async (_, input, text, refused) => {
    expect(Buffer.byteLength(text)).toBeLessThan(1_000_000);
    // Findings have a line in the Dockerfile if their layer is known.
    const run = await play(input === 'dockerfile' ? 'whose-layer' : 'blocked', input, text);
    expect(run, run.log).toMatchObject({ exitCode: 1, signal: null });
    expect(run.outputs).toMatchObject({
      verdict: refused === undefined ? 'block' : 'error',
      passed: 'false',
    });
    if (refused !== undefined) expect(run.log).toMatch(refused);
    // Without the file it takes a second.
    expect(run.durationMs).toBeLessThan(60_000);
  });
});
