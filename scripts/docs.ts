/**
 * Writes the tables of inputs and outputs in docs/reference.md from the actions' metadata files, between their markers.
 * `--check` writes nothing and fails where they differ.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

interface Action {
  readonly inputs: Record<string, { description: string; required?: boolean; default?: string }>;
  readonly outputs: Record<string, { description: string }>;
}

const root = join(import.meta.dirname, '..');
const path = 'docs/reference.md';
const actions: Readonly<Record<string, Action>> = {
  gate: parse(readFileSync(join(root, 'action.yml'), 'utf8')) as Action,
  verify: parse(readFileSync(join(root, 'verify/action.yml'), 'utf8')) as Action,
  audit: parse(readFileSync(join(root, 'audit/action.yml'), 'utf8')) as Action,
};

function table(heads: string[], rows: string[][]): string {
  const row = (cells: string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [row(heads), row(heads.map(() => '---')), ...rows.map(row)].join('\n');
}

const tables = Object.entries(actions).flatMap(([action, { inputs, outputs }]): [string, string][] => [
  [
    `${action}-inputs`,
    table(
      ['input', 'default', 'meaning'],
      Object.entries(inputs).map(([name, input]) => [
        `\`${name}\``,
        input.required ? 'required' : input.default ? `\`${input.default}\`` : '',
        input.description,
      ]),
    ),
  ],
  [
    `${action}-outputs`,
    table(
      ['output', 'meaning'],
      Object.entries(outputs).map(([name, { description }]) => [`\`${name}\``, description]),
    ),
  ],
]);

const before = readFileSync(join(root, path), 'utf8');
let after = before;
for (const [name, text] of tables) {
  const marked = new RegExp(`(<!-- ${name}:start -->\\n)[^]*?(<!-- ${name}:end -->)`);
  if (!marked.test(after)) throw new Error(`${path} has no markers for ${name}`);
  after = after.replace(marked, (_, start: string, end: string) => `${start}${text}\n${end}`);
}

if (process.argv.includes('--check')) {
  if (after !== before) {
    console.error(`${path} differs from the metadata files of the actions: run npm run docs`);
    process.exit(1);
  }
  console.log(`${path} says what the metadata files of the actions say`);
} else {
  writeFileSync(join(root, path), after);
}
