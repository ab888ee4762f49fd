/**
 * Writes the parts of docs/ and examples/ that follow from data, between their markers: the tables of inputs and outputs from
 * the actions' metadata files, the IAM policies, and the checks of the audit. `--check` writes nothing and fails where a file
 * differs.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { type Need, permissionsFor } from '../src/audit/facts/actions.ts';
import { auditorPolicy } from '../src/audit/facts/auditor-policy.ts';
import { checksText } from './checks.ts';
import {
  AUDIT_ROLE,
  EXAMPLE,
  PERMISSIONS,
  type Permission,
  type PermissionScope,
  policyDocument,
} from './permissions.ts';

interface Action {
  readonly inputs: Record<string, { description: string; required?: boolean; default?: string }>;
  readonly outputs: Record<string, { description: string }>;
}

/** Names of markers, each with the text between them. */
type Parts = readonly (readonly [name: string, text: string])[];

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

const tables: Parts = Object.entries(actions).flatMap(([action, { inputs, outputs }]): [string, string][] => [
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

function json(document: object): string {
  return `\`\`\`json\n${JSON.stringify(document, null, 2)}\n\`\`\``;
}

function policy(permissions: readonly Permission[]): string {
  return json(policyDocument(permissions));
}

const list = (need: Need) =>
  permissionsFor([need])
    .map(({ action }) => `\`${action}\``)
    .join(', ');

/** A statement whose resource is an expression of the template language. */
interface Statement {
  readonly sid: string;
  readonly actions: readonly string[];
  readonly resource: string;
}

/** The statements of permissions, and the expression for what each scope stands for. */
function statements(
  permissions: readonly Permission[],
  resources: Readonly<Partial<Record<PermissionScope, string>>>,
): readonly Statement[] {
  return permissions.map(({ sid, actions, scope }) => {
    const resource = resources[scope];
    if (resource === undefined) throw new Error(`there is no expression for the resources of ${sid}`);
    return { sid, actions, resource };
  });
}

/** The statements of the audit's role, for all regions of the account. */
function auditStatements(
  partition: string,
  account: string,
  expression: (text: string) => string,
): readonly Statement[] {
  return auditorPolicy({ needs: AUDIT_ROLE, partition, account }).Statement.map(
    ({ Sid, Action, Resource }) => ({ sid: Sid, actions: Action, resource: expression(Resource) }),
  );
}

const templateStatements = (...permissions: readonly (readonly Permission[])[]) =>
  statements(permissions.flat(), {
    repository: '!Sub arn:${AWS::Partition}:ecr:${AWS::Region}:${AWS::AccountId}:repository/${Repositories}',
    key: '!GetAtt SigningKey.Arn',
    any: '"*"',
  });

const moduleStatements = (...permissions: readonly (readonly Permission[])[]) =>
  statements(permissions.flat(), {
    repository: 'local.resources.repository',
    key: 'local.resources.key',
    any: 'local.resources.any',
  });

/** Statements of the CloudFormation template, at the depth where it has them. */
function cloudFormation(given: readonly Statement[]): string {
  return given
    .flatMap(({ sid, actions, resource }) => [
      `- Sid: ${sid}`,
      '  Effect: Allow',
      '  Action:',
      ...actions.map((action) => `    - ${action}`),
      `  Resource: ${resource}`,
    ])
    .map((line) => `${' '.repeat(10)}${line}`)
    .join('\n');
}

/** A local value of the Terraform module, as `terraform fmt` writes it. */
function terraform(name: string, given: readonly Statement[]): string {
  const written = given.map(
    ({ sid, actions, resource }) =>
      `    {\n      Sid    = "${sid}"\n      Effect = "Allow"\n      Action = [\n${actions
        .map((action) => `        "${action}",`)
        .join('\n')}\n      ]\n      Resource = ${resource}\n    },`,
  );
  return `  ${name} = [\n${written.join('\n')}\n  ]`;
}

/** The generated parts of each document. */
const documents: Readonly<Record<string, Parts>> = {
  'docs/reference.md': [
    ...tables,
    ['permissions-gate', policy(PERMISSIONS.gate)],
    ['permissions-signing', policy(PERMISSIONS.signing)],
  ],
  'docs/signing.md': [
    ['permissions-verify', policy(PERMISSIONS.verify)],
    [
      'permissions-promotion',
      json(
        policyDocument(PERMISSIONS.promotion, {
          ...EXAMPLE,
          repository: EXAMPLE.repository.replace('team/app', 'staging/app'),
        }),
      ),
    ],
  ],
  'docs/notation.md': [
    ['permissions-signer', policy(PERMISSIONS.signerSigning)],
    ['permissions-signer-verify', policy(PERMISSIONS.signerVerifying)],
  ],
  'docs/audit.md': [
    ['audit-permissions', json(auditorPolicy({ needs: AUDIT_ROLE }))],
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
    ['checks', checksText()],
  ],
  'examples/iac/cloudformation/gate.yml': [
    ['permissions-gate', cloudFormation(templateStatements(PERMISSIONS.gate, PERMISSIONS.signing))],
    ['permissions-verify', cloudFormation(templateStatements(PERMISSIONS.gate, PERMISSIONS.verify))],
    [
      'permissions-audit',
      cloudFormation(
        auditStatements('${AWS::Partition}', '${AWS::AccountId}', (text) =>
          text === '*' ? '"*"' : `!Sub ${text}`,
        ),
      ),
    ],
  ],
  'examples/iac/terraform/policies/permissions.tf': [
    ['permissions-gate', terraform('gate', moduleStatements(PERMISSIONS.gate, PERMISSIONS.signing))],
    ['permissions-verify', terraform('verify', moduleStatements(PERMISSIONS.gate, PERMISSIONS.verify))],
    [
      'permissions-audit',
      terraform(
        'audit',
        auditStatements('${var.partition}', '${var.account_id}', (text) => `"${text}"`),
      ),
    ],
  ],
};

/** A document with its generated parts updated. */
function generate(path: string, before: string, parts: Parts): string {
  return parts.reduce((text, [name, part]) => {
    // In YAML and HCL the markers are comments.
    const marked = new RegExp(`(<!-- ${name}:start -->\\n)[^]*?([ #]*<!-- ${name}:end -->)`);
    if (!marked.test(text)) throw new Error(`${path} has no markers for ${name}`);
    return text.replace(marked, (_, start: string, end: string) => `${start}${part}\n${end}`);
  }, before);
}

const check = process.argv.includes('--check');
for (const [path, parts] of Object.entries(documents)) {
  const before = readFileSync(join(root, path), 'utf8');
  const after = generate(path, before, parts);
  if (!check) {
    writeFileSync(join(root, path), after);
  } else if (after === before) {
    console.log(`${path} is up to date`);
  } else {
    console.error(`${path} is not up to date: run npm run docs`);
    process.exitCode = 1;
  }
}
