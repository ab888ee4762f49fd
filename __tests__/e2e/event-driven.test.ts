/** examples/event-driven: from an event of Inspector to the gate. */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { parse } from 'yaml';
import { evaluate, readTemplate } from '../iac/template.ts';
import { copyOfActions, findActAndCosign, play } from './act.ts';
import { emulate, keyOf, uriOf } from './signed.ts';

const example = join(import.meta.dirname, '../../examples/event-driven');
const workflow = readFileSync(join(example, 'workflow.yml'), 'utf8');
const template = readTemplate(readFileSync(join(example, 'cloudformation/events.yml'), 'utf8'));
const resources = (prefix = 'team/') =>
  evaluate(template, {
    GitHubRepository: 'acme/deployments',
    TokenSecret: 'gate/token',
    RepositoryPrefix: prefix,
  }) as Record<string, Record<string, unknown>>;

const DIGEST = `sha256:${'ab'.repeat(32)}`;
const ARN = 'arn:aws:ecr:eu-central-1:123456789012:repository/team/app';
/** As in AWS's documentation of the EventBridge events of Amazon Inspector. */
const SCANNED = {
  version: '0',
  id: '739c0d3c-4f02-85c7-5a88-94a9EXAMPLE',
  'detail-type': 'Inspector2 Scan',
  source: 'aws.inspector2',
  account: '123456789012',
  time: '2026-11-25T10:00:00Z',
  region: 'eu-central-1',
  resources: [ARN],
  detail: {
    'scan-status': 'INITIAL_SCAN_COMPLETE',
    'repository-name': ARN,
    'finding-severity-counts': { CRITICAL: 7, HIGH: 61, MEDIUM: 62, TOTAL: 158 },
    'image-digest': DIGEST,
    'image-tags': ['latest'],
    version: '1.0',
  },
};
/** As in AWS's documentation for Amazon EC2, with the ARN of an image. */
const COVERAGE = {
  ...SCANNED,
  'detail-type': 'Inspector2 Coverage',
  resources: [`${ARN}/${DIGEST}`],
  detail: {
    scanStatus: { reason: 'UNSUPPORTED_OS', statusCodeValue: 'INACTIVE' },
    scanType: 'PACKAGE',
    eventTimestamp: '2026-11-25T10:00:00Z',
    version: '1.0',
  },
};

/** EventBridge's patterns, as far as the rules use them: lists of values and of prefixes, at every level. */
function matches(pattern: unknown, event: unknown): boolean {
  if (Array.isArray(pattern)) {
    const values = [event].flat();
    return pattern.some((wanted: unknown) =>
      values.some((value) =>
        typeof wanted === 'object'
          ? typeof value === 'string' && value.startsWith((wanted as { prefix: string }).prefix)
          : value === wanted,
      ),
    );
  }
  return Object.entries(pattern as object).every(([key, part]) =>
    matches(part, (event as Record<string, unknown> | undefined)?.[key]),
  );
}

interface Target {
  readonly InputTransformer: {
    readonly InputPathsMap: Record<string, string>;
    readonly InputTemplate: string;
  };
  readonly DeadLetterConfig: unknown;
}

/** EventBridge's input transformer: a variable is replaced by the JSON of its value. */
function transform({ InputTransformer: { InputPathsMap, InputTemplate } }: Target, event: unknown): string {
  return InputTemplate.replace(/<(\w+)>/g, (_, name: string) => {
    const path = (InputPathsMap[name] ?? '').slice('$.'.length).split(/\.|(?=\[)/);
    const value = path.reduce<unknown>(
      (node, key) => (node as Record<string, unknown>)[key.replace(/^\[(\d+)\]$/, '$1')],
      event,
    );
    return JSON.stringify(value);
  });
}

const rule = (name: string) => resources()[name] as { EventPattern: object; Targets: Target[] };

describe('the rules', () => {
  it.each([
    ['Scanned', SCANNED, { event_type: 'inspector-scan', client_payload: { resource: ARN, digest: DIGEST } }],
    [
      'NotScanned',
      COVERAGE,
      { event_type: 'inspector-coverage', client_payload: { resource: `${ARN}/${DIGEST}` } },
    ],
  ])('%s sends what GitHub takes', (name, event, body) => {
    const { EventPattern, Targets } = rule(name);
    expect(matches(EventPattern, event)).toBe(true);
    expect(Targets.map((target) => JSON.parse(transform(target, event)) as unknown)).toEqual([body]);
    expect(Targets[0]?.DeadLetterConfig).toBeDefined();
    expect(
      (parse(workflow) as { on: { repository_dispatch: { types: string[] } } }).on.repository_dispatch.types,
    ).toContain(body.event_type);
  });

  it.each([
    ['Scanned', { ...SCANNED, source: 'acme.inspector2' }],
    ['Scanned', COVERAGE],
    ['Scanned', { ...SCANNED, detail: { ...SCANNED.detail, 'scan-status': 'FAILED' } }],
    [
      'Scanned',
      { ...SCANNED, detail: { ...SCANNED.detail, 'repository-name': ARN.replace('team/', 'other/') } },
    ],
    ['Scanned', { ...SCANNED, detail: { ...SCANNED.detail, 'repository-name': 'team/app' } }],
    ['NotScanned', SCANNED],
    ['NotScanned', { ...COVERAGE, resources: ['arn:aws:ec2:eu-central-1:123456789012:instance/i-1'] }],
    [
      'NotScanned',
      {
        ...COVERAGE,
        detail: { ...COVERAGE.detail, scanStatus: { reason: 'SUCCESSFUL', statusCodeValue: 'ACTIVE' } },
      },
    ],
  ])('%s leaves another event alone', (name, event) => {
    expect(matches(rule(name).EventPattern, event)).toBe(false);
  });
});

describe('the workflow', () => {
  const script = (
    parse(workflow) as { jobs: { gate: { steps: { id?: string; run?: string }[] } } }
  ).jobs.gate.steps.find(({ id }) => id === 'event')?.run;

  /** The output of the step that reads the image; undefined if it fails. */
  async function imageOf(payload: unknown): Promise<string | undefined> {
    const directory = await mkdtemp(join(tmpdir(), 'gate-event-'));
    onTestFinished(() => rm(directory, { recursive: true, force: true }));
    const output = join(directory, 'output');
    await writeFile(output, '');
    const env = {
      PATH: process.env.PATH,
      GITHUB_OUTPUT: output,
      PAYLOAD: JSON.stringify(payload),
      ACCOUNT: '123456789012',
      REGION: 'eu-central-1',
    };
    const ended = await promisify(execFile)('bash', ['-e', '-c', script ?? 'exit 1'], { env }).then(
      () => true,
      () => false,
    );
    const text = await readFile(output, 'utf8');
    if (!ended) expect(text).toBe('');
    return ended ? text : undefined;
  }
  const IMAGE = `image=123456789012.dkr.ecr.eu-central-1.amazonaws.com/team/app@${DIGEST}\n`;

  it('reads the image of both events', async () => {
    expect(await imageOf({ resource: ARN, digest: DIGEST })).toBe(IMAGE);
    expect(await imageOf({ resource: `${ARN}/${DIGEST}` })).toBe(IMAGE);
  });

  it.each([
    ['no payload', null],
    ['an empty payload', {}],
    ['a list', [ARN, DIGEST]],
    ['no digest', { resource: ARN }],
    ['a null digest', { resource: ARN, digest: null }],
    ['a tag', { resource: ARN, digest: 'latest' }],
    ['two digests', { resource: `${ARN}/${DIGEST}`, digest: DIGEST }],
    ['another account', { resource: ARN.replace('123456789012', '999999999999'), digest: DIGEST }],
    ['another region', { resource: ARN.replace('eu-central-1', 'us-east-1'), digest: DIGEST }],
    ['a line break', { resource: `${ARN}\nimage=evil`, digest: DIGEST }],
    ['text behind the digest', { resource: ARN, digest: `${DIGEST}\nx=y` }],
    ['a command', { resource: `${ARN}$(touch x)`, digest: DIGEST }],
    ['lists', { resource: [ARN], digest: [DIGEST] }],
  ])('refuses %s', async (_, payload) => {
    expect(await imageOf(payload)).toBeUndefined();
  });
});

describe('the whole', () => {
  beforeAll(findActAndCosign, 900_000);

  it.for([
    ['pass-single', false],
    ['unsupported-os', true],
  ] as const)('%s: the event starts the gate', { timeout: 240_000 }, async ([scenario, fails], context) => {
    const emulator = await emulate(scenario);
    const image = uriOf(emulator);
    const name = /^[^/]+\/([^@]+)@/.exec(image)?.[1];
    const { Targets } = rule('Scanned');
    const event = {
      ...SCANNED,
      detail: {
        ...SCANNED.detail,
        'repository-name': `arn:aws:ecr:eu-central-1:123456789012:repository/${name}`,
        'image-digest': image.slice(image.indexOf('@') + 1),
      },
    };
    const [sent] = Targets.map((target) => transform(target, event));
    const { event_type: action, client_payload } = JSON.parse(sent ?? '') as Record<string, unknown>;
    const { failed, log } = await play(context, emulator, {
      event: 'repository_dispatch',
      payload: { action, client_payload },
      files: {
        '.github/workflows/scanned.yml': workflow.replace(/awskms:\S+/, keyOf(emulator)),
        'security/gate.yml': 'version: 1\n',
      },
      repositories: { 'OWNER/ecr-deployment-gate@v1': await copyOfActions() },
    });
    expect(log).toContain(`Resolved ${image}`);
    expect(log).toMatch(fails ? /verdict=error/ : /verdict=pass/);
    expect(failed).toBe(fails);
  });
});
