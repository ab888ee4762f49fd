/** Compares the examples in the documents with the actions, so that an example that is copied does not fail. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parse } from 'yaml';
import { goToolForTests } from '../scripts/tools.ts';
import { parseAuditPolicy } from '../src/audit/expectations.ts';
import { readAuditInputs } from '../src/inputs/audit.ts';
import { readGateInputs } from '../src/inputs/gate.ts';
import { readVerifyInputs } from '../src/inputs/verify.ts';
import { SIGNATURE_TYPE } from '../src/signing/cosign/arguments.ts';
import { parseTrustPolicy } from '../src/signing/notation/trust-policy.ts';
import {
  EXTENSIONS,
  SUMMARY_TYPE,
  thresholdsPolicy,
  VULNERABILITIES_TYPE,
  verificationSummary,
  weakenedPolicySha256,
} from '../src/signing/statements/predicate.ts';

const run = promisify(execFile);
const root = join(import.meta.dirname, '..');
const guides = (await readdir(join(root, 'docs'))).filter((name) => name.endsWith('.md'));
const documents = new Map<string, string>();
for (const name of ['README.md', ...guides.map((guide) => join('docs', guide))]) {
  documents.set(name, await readFile(join(root, name), 'utf8'));
}
interface Metadata {
  inputs: Record<string, { readonly default?: string }>;
  outputs: Record<string, unknown>;
}
/** Each action by what a workflow writes behind the name of the repository. */
const ACTIONS: Readonly<
  Record<string, { readonly metadata: Metadata; readonly read: (get: (name: string) => string) => unknown }>
> = {
  '': { metadata: parse(await readFile(join(root, 'action.yml'), 'utf8')), read: readGateInputs },
  '/verify': {
    metadata: parse(await readFile(join(root, 'verify/action.yml'), 'utf8')),
    read: readVerifyInputs,
  },
  '/audit': {
    metadata: parse(await readFile(join(root, 'audit/action.yml'), 'utf8')),
    read: readAuditInputs,
  },
};
const USES = /ecr-deployment-gate(\/[a-z]+)?@/;
const actionlint = await goToolForTests('actionlint');

function blocks(text: string, language: string): string[] {
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'gms'))].map(
    ([, block = '']) => block,
  );
}

interface Step {
  readonly id?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Record<string, unknown>;
}

/** The steps of a workflow or of a list of steps; nothing of other YAML. */
function stepsOf(block: string): Step[] {
  const value = parse(block) as { jobs?: Record<string, { steps?: Step[] }> } | Step[];
  if (Array.isArray(value)) return value;
  return Object.values(value.jobs ?? {}).flatMap(({ steps = [] }) => steps);
}

const examples = [...documents].flatMap(([name, text]) =>
  blocks(text, 'yaml')
    .filter((block) => USES.test(block))
    .map((block, index) => ({ name: `${name} ${index + 1}`, block })),
);
const IMAGE = '123456789012.dkr.ecr.eu-central-1.amazonaws.com/team/app:1.4.2';
/** What an expression stands for, as the value of an input. */
const EXPRESSIONS: Readonly<Record<string, string>> = {
  image: IMAGE,
  registry: '123456789012.dkr.ecr.eu-central-1.amazonaws.com',
};

describe('examples of workflows', () => {
  it('are found', () => {
    expect(examples.filter(({ name }) => name.startsWith('docs/signing.md'))).toHaveLength(5);
  });

  it.each(examples)('$name uses only existing inputs and outputs of the action', ({ block }) => {
    const gates = stepsOf(block).filter(({ uses }) => uses !== undefined && USES.test(uses));
    expect(gates.length).toBeGreaterThan(0);
    for (const { with: given = {}, id, uses = '' } of gates) {
      const action = ACTIONS[USES.exec(uses)?.[1] ?? ''];
      if (action === undefined) throw new Error(`there is no action ${uses}`);
      expect(Object.keys(action.metadata.inputs)).toEqual(expect.arrayContaining(Object.keys(given)));
      const value = (name: string) => {
        const text = String(given[name] ?? action.metadata.inputs[name]?.default ?? '');
        return text.includes('${{') ? (EXPRESSIONS[name] ?? 'x') : text;
      };
      expect(() => action.read(value)).not.toThrow();
      const asked = [...block.matchAll(/steps\.([\w-]+)\.outputs\.([\w-]+)/g)].filter(
        ([, step]) => step === id,
      );
      for (const [, , output = ''] of asked) expect(Object.keys(action.metadata.outputs)).toContain(output);
    }
  });

  it.skipIf(actionlint === undefined).each(examples.filter(({ block }) => /^jobs:/m.test(block)))(
    '$name is a workflow that actionlint takes',
    async ({ block }) => {
      const directory = await mkdtemp(join(tmpdir(), 'gate-docs-'));
      onTestFinished(() => rm(directory, { recursive: true, force: true }));
      const file = join(directory, 'workflow.yml');
      await writeFile(file, block);
      await run(actionlint ?? '', ['-no-color', '-shellcheck=', '-pyflakes=', file]);
    },
  );
});

describe('docs/signing.md', () => {
  const text = documents.get(join('docs', 'signing.md')) ?? '';

  it('has every field of the summary, and every type', () => {
    const { predicate } = verificationSummary({
      resourceUri: 'oci://x/y',
      verifiedAt: new Date(0),
      policy: undefined,
      weakening: { baseline: true },
      thresholds: { failOn: 'critical', warnOn: 'high', ignoreUnfixed: false, scanType: 'enhanced' },
      verdict: 'pass',
      counts: {},
      exceptionsUsed: [],
      baseline: 'x/y@sha256:0',
      scannedAt: new Date(0),
      actionVersion: '1',
      verifiedLevels: ['X'],
    });
    const rows = text.split('\n').filter((line) => line.startsWith('| `'));
    const first = rows.map((row) => row.split('|')[1] ?? '').join();
    for (const field of Object.keys(predicate)) expect(first).toMatch(new RegExp(`\`${field}[\`.]`));
    const extensions = [...first.matchAll(/urn:ecr-deployment-gate:[a-z-]+/g)].map(([name]) => name);
    expect(extensions.sort()).toEqual(Object.values(EXTENSIONS).sort());
    for (const type of [SIGNATURE_TYPE, SUMMARY_TYPE, VULNERABILITIES_TYPE])
      expect(text).toContain(`\`${type}\``);
  });

  it('tells how to work out the digest of thresholds', () => {
    const json = /printf '%s' '([^']+)' \| sha256sum/.exec(text)?.[1] ?? '';
    const thresholds = JSON.parse(json) as Record<string, string | boolean>;
    expect(createHash('sha256').update(json).digest('hex')).toBe(
      thresholdsPolicy({
        failOn: String(thresholds['fail-on']),
        warnOn: String(thresholds['warn-on']),
        ignoreUnfixed: thresholds['ignore-unfixed'] === true,
        scanType: String(thresholds['scan-type']),
      }).sha256,
    );
  });

  it('tells how to work out the digest of a policy that inputs weaken', () => {
    const hex = 'c'.repeat(64);
    const json = (/printf '%s' '([^']+HEX[^']+)' \| sha256sum/.exec(text)?.[1] ?? '').replace('HEX', hex);
    const { policy, ...weakening } = JSON.parse(json) as Record<string, string | true>;
    expect(policy).toBe(`sha256:${hex}`);
    expect(createHash('sha256').update(json).digest('hex')).toBe(weakenedPolicySha256(hex, weakening));
  });

  it('finds the images that run, each once, whatever kind of container', async (context) => {
    const jq = await run('jq', ['--version']).then(
      () => true,
      () => false,
    );
    if (!jq) return context.skip('jq is not on this machine');
    const script = blocks(text, 'yaml')
      .flatMap(stepsOf)
      .find(({ id }) => id === 'running')?.run;
    const directory = await mkdtemp(join(tmpdir(), 'gate-docs-'));
    onTestFinished(() => rm(directory, { recursive: true, force: true }));
    const [repository] = IMAGE.split(':');
    const status = (imageID: string) => ({ name: 'x', imageID });
    const pods = {
      items: [
        { status: { containerStatuses: [status(`${repository}@sha256:a`), status('docker.io/x@sha256:b')] } },
        {
          status: {
            initContainerStatuses: [status(`${repository}@sha256:c`)],
            containerStatuses: [status(`${repository}@sha256:a`), status('')],
            ephemeralContainerStatuses: [status(`${repository}@sha256:d`)],
          },
        },
        { status: {} },
      ],
    };
    await writeFile(join(directory, 'pods.json'), JSON.stringify(pods));
    for (const [name, body] of [
      ['aws', ':'],
      ['kubectl', `cat '${join(directory, 'pods.json')}'`],
    ] as const) {
      await writeFile(join(directory, name), `#!/bin/sh\n${body}\n`);
      await chmod(join(directory, name), 0o755);
    }
    const output = join(directory, 'output');
    const env = { PATH: [directory, process.env.PATH].join(delimiter), GITHUB_OUTPUT: output };
    await run('bash', ['-e', '-c', script ?? 'exit 1'], { env });
    const found = ['a', 'c', 'd'].map((digest) => `${repository}@sha256:${digest}\n`).join('');
    expect(await readFile(output, 'utf8')).toBe(`images<<END\n${found}END\n`);
  });
});

describe('docs/audit.md', () => {
  const text = documents.get(join('docs', 'audit.md')) ?? '';

  it('has the workflow of the example', async () => {
    const [, shown = ''] = /<!-- workflow:start -->\n```yaml\n(.*?)```/s.exec(text) ?? [];
    const example = await readFile(join(root, 'examples/audit/workflow.yml'), 'utf8');
    expect(example.replace(/^#.*\n/, '')).toBe(shown);
  });

  it.skipIf(actionlint === undefined)('has an example that actionlint accepts', async () => {
    const file = join(root, 'examples/audit/workflow.yml');
    await run(actionlint ?? '', ['-no-color', '-shellcheck=', '-pyflakes=', file]);
  });

  it('shows audit policies that can be read', async () => {
    const policies = [
      await readFile(join(root, 'examples/audit/ecr-audit.yml'), 'utf8'),
      ...blocks(text, 'yaml').filter((block) => block.startsWith('version: 1\n')),
    ];
    expect(policies).toHaveLength(2);
    for (const policy of policies) expect(() => parseAuditPolicy(Buffer.from(policy), 'x.yml')).not.toThrow();
  });

  it('says what the code says of permissions', async () => {
    const script = join(root, 'scripts/docs.ts');
    expect((await run(process.execPath, [script, '--check'])).stdout).toContain(
      'docs/audit.md is up to date',
    );
  });
});

describe('docs/notation.md', () => {
  it('has trust policies that the actions accept', () => {
    const policies = blocks(documents.get(join('docs', 'notation.md')) ?? '', 'json').filter((block) =>
      block.includes('trustPolicies'),
    );
    expect(policies).toHaveLength(2);
    expect(policies.map((policy) => parseTrustPolicy(policy).identities)).toEqual([
      ['arn:aws:signer:eu-central-1:123456789012:/signing-profiles/release'],
      ['x509.subject: C=US, ST=WA, O=Acme, CN=release'],
    ]);
  });
});
