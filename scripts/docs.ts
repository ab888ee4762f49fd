/**
 * Writes the README's tables of inputs and outputs from action.yml, between their markers.
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
const readme = join(root, 'README.md');
const action = parse(readFileSync(join(root, 'action.yml'), 'utf8')) as Action;

function table(heads: string[], rows: string[][]): string {
  const row = (cells: string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [row(heads), row(heads.map(() => '---')), ...rows.map(row)].join('\n');
}

const tables: Record<string, string> = {
  inputs: table(
    ['input', 'default', 'meaning'],
    Object.entries(action.inputs).map(([name, input]) => [
      `\`${name}\``,
      input.required ? 'required' : input.default ? `\`${input.default}\`` : '',
      input.description,
    ]),
  ),
  outputs: table(
    ['output', 'meaning'],
    Object.entries(action.outputs).map(([name, { description }]) => [`\`${name}\``, description]),
  ),
};

const before = readFileSync(readme, 'utf8');
let after = before;
for (const [name, text] of Object.entries(tables)) {
  const marked = new RegExp(`(<!-- ${name}:start -->\\n)[^]*?(<!-- ${name}:end -->)`);
  if (!marked.test(after)) throw new Error(`README.md has no markers for ${name}`);
  after = after.replace(marked, (_, start: string, end: string) => `${start}${text}\n${end}`);
}

if (process.argv.includes('--check')) {
  if (after !== before) {
    console.error('README.md differs from action.yml: run npm run docs');
    process.exit(1);
  }
  console.log('README.md says what action.yml says');
} else {
  writeFileSync(readme, after);
}
