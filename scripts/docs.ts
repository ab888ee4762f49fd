/**
 * Writes what documents say of inputs, outputs and permissions, between their markers: docs/reference.md from the actions'
 * metadata files, docs/audit.md from the calls that an audit makes and from
 * its checks. `--check` writes nothing and fails where they differ.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { type Need, permissionsFor } from '../src/audit/facts/actions.ts';
import { auditorPolicy } from '../src/audit/facts/auditor-policy.ts';
import { checksText } from './checks.ts';

interface Action {
  readonly inputs: Record<string, { description: string; required?: boolean; default?: string }>;
  readonly outputs: Record<string, { description: string }>;
}

const root = join(import.meta.dirname, '..');
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

const policy = auditorPolicy({ needs: ['access'] });

const list = (need: Need) =>
  permissionsFor([need])
    .map(({ action }) => `\`${action}\``)
    .join(', ');

const permissions: [string, string][] = [
  ['audit-permissions', ['```json', JSON.stringify(policy, undefined, 2), '```'].join('\n')],
  [
    'audit-more-permissions',
    table(
      ['for', 'also'],
      [
        ['`role`', `${list('role')} on the role, in the account of the credentials`],
        ['`validate-cache: true`', list('validate-cache')],
        ['`lifecycle-preview: true`', list('lifecycle-preview')],
      ],
    ),
  ],
];

/** The text of a document with what is generated put between its markers. */
function generated(
  path: string,
  parts: readonly (readonly [string, string])[],
): { before: string; after: string } {
  const before = readFileSync(join(root, path), 'utf8');
  let after = before;
  for (const [name, text] of parts) {
    const marked = new RegExp(`(<!-- ${name}:start -->\\n)[^]*?(<!-- ${name}:end -->)`);
    if (!marked.test(after)) throw new Error(`${path} has no markers for ${name}`);
    after = after.replace(marked, (_, start: string, end: string) => `${start}${text}\n${end}`);
  }
  return { before, after };
}

for (const [path, parts] of [
  ['docs/reference.md', tables],
  ['docs/audit.md', [...permissions, ['checks', checksText()]]],
] as const) {
  const { before, after } = generated(path, parts);
  if (!process.argv.includes('--check')) {
    writeFileSync(join(root, path), after);
  } else if (after === before) {
    console.log(`${path} says what the code and the metadata files of the actions say`);
  } else {
    console.error(`${path} differs from the code or the metadata files of the actions: run npm run docs`);
    process.exitCode = 1;
  }
}
