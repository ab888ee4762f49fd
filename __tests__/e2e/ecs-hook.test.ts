/** examples/ecs-hook: from an ECS deployment that waits to its continuation or rollback. */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { parse } from 'yaml';
import { goToolForTests } from '../../scripts/tools.ts';
import { evaluate, readTemplate } from '../iac/template.ts';
import { copyOfActions, findActAndCosign, play } from './act.ts';
import { emulate, keyOf, needsCosign, run as runGate, uriOf } from './signed.ts';

const example = join(import.meta.dirname, '../../examples/ecs-hook');
const workflow = readFileSync(join(example, 'workflow.yml'), 'utf8');
const template = readTemplate(readFileSync(join(example, 'cloudformation/hook.yml'), 'utf8'));
const PARAMETERS = {
  GitHubRepository: 'acme/deployments',
  TokenSecret: 'gate/token',
  Cluster: 'production',
  VerifyRole: 'verify',
};
const resources = evaluate(template, PARAMETERS) as Record<string, Record<string, unknown>>;

const ECS = 'arn:aws:ecs:eu-central-1:123456789012';
const DEPLOYMENT = `${ECS}:service-deployment/production/api/EZe5RNVLH6PPzHXINuP28`;
const REVISION = `${ECS}:service-revision/production/api/4980306466373577095`;
const DEFINITION = `${ECS}:task-definition/api:7`;
const HOOK = 'ecs-pause-e7tK9G_WRJqNF_EOMjztDXfKenlJuEUVjsNStf4WLKw';
const DIGEST = `sha256:${'ab'.repeat(32)}`;
const REPOSITORY = '123456789012.dkr.ecr.eu-central-1.amazonaws.com/team/app';
const IMAGE = `${REPOSITORY}@${DIGEST}`;

/** As in AWS's documentation of the events of pause hooks. */
const WAITING = {
  version: '0',
  'detail-type': 'ECS Hook State Change',
  source: 'aws.ecs',
  account: '123456789012',
  region: 'eu-central-1',
  resources: [`${ECS}:service/production/api`],
  detail: {
    eventType: 'INFO',
    eventName: 'HOOK_AWAITING_ACTION',
    hookId: HOOK,
    hookType: 'PAUSE',
    expiresAt: '2026-11-26T12:00:00Z',
    lifecycleStage: 'PRE_SCALE_UP',
    clusterArn: `${ECS}:cluster/production`,
    serviceArn: `${ECS}:service/production/api`,
    serviceDeploymentArn: DEPLOYMENT,
  },
};

interface Answers {
  readonly deployment: Record<string, unknown>;
  readonly revision: Record<string, unknown>;
  readonly definition: Record<string, unknown>;
}

/** What ECS answers about a deployment with these images of its containers. */
function answers(images: Readonly<Record<string, string>> = { app: IMAGE }): Answers {
  const hook = { hookId: HOOK, targetType: 'PAUSE', status: 'AWAITING_ACTION', timeoutAction: 'ROLLBACK' };
  const entries = Object.entries(images);
  return {
    deployment: {
      serviceDeploymentArn: DEPLOYMENT,
      status: 'IN_PROGRESS',
      lifecycleStage: 'PRE_SCALE_UP',
      lifecycleHookDetails: [hook],
      targetServiceRevision: { arn: REVISION },
    },
    revision: {
      serviceRevisionArn: REVISION,
      taskDefinition: DEFINITION,
      containerImages: entries.map(([containerName, image]) => ({ containerName, image })),
    },
    definition: {
      taskDefinitionArn: DEFINITION,
      containerDefinitions: entries.map(([name, image]) => ({ name, image })),
    },
  };
}

/** A program in place of the AWS CLI. It writes the calls that change something to a file. */
async function awsCli({ deployment, revision, definition }: Answers) {
  const directory = await mkdtemp(join(tmpdir(), 'gate-ecs-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  const calls = join(directory, 'calls');
  await writeFile(calls, '');
  const put = async (name: string, value: unknown) => {
    await writeFile(join(directory, name), JSON.stringify(value));
    return `cat '${join(directory, name)}'`;
  };
  await writeFile(
    join(directory, 'aws'),
    `#!/bin/bash
case "$*" in
  "ecs describe-service-deployments --output json --service-deployment-arns ${DEPLOYMENT}")
    ${await put('deployment', { serviceDeployments: [deployment], failures: [] })} ;;
  "ecs describe-service-revisions --output json --service-revision-arns ${REVISION}")
    ${await put('revision', { serviceRevisions: [revision], failures: [] })} ;;
  "ecs describe-task-definition --output json --task-definition ${DEFINITION}")
    ${await put('definition', { taskDefinition: definition })} ;;
  "ecs continue-service-deployment "*) echo "$*" >>'${calls}' ;;
  *) echo "not expected: $*" >&2; exit 9 ;;
esac
`,
  );
  await chmod(join(directory, 'aws'), 0o755);
  return { directory, calls: async () => (await readFile(calls, 'utf8')).split('\n').filter(Boolean) };
}

const ANSWER = `ecs continue-service-deployment --service-deployment-arn ${DEPLOYMENT} --hook-id ${HOOK} --action`;

describe('the template', () => {
  const { EventPattern, Targets } = resources.Waiting as {
    EventPattern: { detail: Record<string, string[]>; source: string[]; 'detail-type': string[] };
    Targets: { InputTransformer: { InputPathsMap: Record<string, string>; InputTemplate: string } }[];
  };
  const fits = (event: typeof WAITING) =>
    EventPattern.source.includes(event.source) &&
    EventPattern['detail-type'].includes(event['detail-type']) &&
    Object.entries(EventPattern.detail).every(([key, values]) =>
      values.includes((event.detail as Record<string, string>)[key] ?? ''),
    );

  it('sends what GitHub takes and the workflow listens to', () => {
    expect(fits(WAITING)).toBe(true);
    const { InputPathsMap, InputTemplate } = Targets[0]?.InputTransformer ?? {
      InputPathsMap: {},
      InputTemplate: '',
    };
    expect(InputPathsMap).toEqual({ deployment: '$.detail.serviceDeploymentArn' });
    expect(
      JSON.parse(InputTemplate.replace('<deployment>', JSON.stringify(WAITING.detail.serviceDeploymentArn))),
    ).toEqual({ event_type: 'ecs-hook', client_payload: { deployment: DEPLOYMENT } });
    expect(
      (parse(workflow) as { on: { repository_dispatch: { types: string[] } } }).on.repository_dispatch.types,
    ).toEqual(['ecs-hook']);
  });

  it.each([
    ['eventName', 'HOOK_SUCCEEDED'],
    ['hookType', 'AWS_LAMBDA'],
    ['lifecycleStage', 'POST_SCALE_UP'],
    ['clusterArn', `${ECS}:cluster/test`],
  ])('leaves an event with another %s alone', (key, value) => {
    expect(fits({ ...WAITING, detail: { ...WAITING.detail, [key]: value } })).toBe(false);
  });

  it.each([
    ['https://api.github.com', {}],
    ['https://ghe.example.com/api/v3', { GitHubApi: 'https://ghe.example.com/api/v3' }],
  ])('sends it to %s', (api, changes) => {
    const made = evaluate(template, { ...PARAMETERS, ...changes }) as typeof resources;
    expect(made.Destination).toMatchObject({
      HttpMethod: 'POST',
      InvocationEndpoint: `${api}/repos/acme/deployments/dispatches`,
    });
  });

  it('lets the workflow continue deployments of this cluster alone', () => {
    const { PolicyDocument } = resources.Continue as {
      PolicyDocument: { Statement: { Action: string | string[]; Resource: string | string[] }[] };
    };
    for (const { Action, Resource } of PolicyDocument.Statement) {
      if (Action === 'ecs:DescribeTaskDefinition') continue;
      for (const resource of [Resource].flat()) {
        expect(resource).toMatch(
          /^arn:aws:ecs:eu-central-1:123456789012:service(-deployment|-revision)?\/production\//,
        );
      }
    }
  });
});

describe('the workflow', () => {
  interface Step {
    readonly id?: string;
    readonly run?: string;
    readonly if?: string;
  }
  const { steps } = (parse(workflow) as { jobs: { verify: { steps: Step[] } } }).jobs.verify;

  /** The output of the steps that find the hook and the images; undefined if one of them fails. */
  async function found(payload: unknown, given: Answers): Promise<string | undefined> {
    const { directory, calls } = await awsCli(given);
    const output = join(directory, 'output');
    await writeFile(output, '');
    for (const id of ['event', 'hook', 'images']) {
      const env = {
        PATH: [directory, process.env.PATH].join(delimiter),
        GITHUB_OUTPUT: output,
        RUNNER_TEMP: directory,
        PAYLOAD: JSON.stringify(payload),
        ACCOUNT: '123456789012',
        REGION: 'eu-central-1',
        CLUSTER: 'production',
        DEPLOYMENT: /^deployment=(.*)$/m.exec(await readFile(output, 'utf8'))?.[1] ?? '',
      };
      const script = steps.find((step) => step.id === id)?.run ?? 'exit 1';
      const ended = await promisify(execFile)('bash', ['-e', '-c', script], { env }).then(
        () => true,
        () => false,
      );
      if (!ended) return undefined;
    }
    expect(await calls()).toEqual([]);
    return readFile(output, 'utf8');
  }
  const GOOD = { deployment: DEPLOYMENT };
  const OUTPUT = (...images: string[]) =>
    `deployment=${DEPLOYMENT}\nhook=${HOOK}\nimages<<END_OF_IMAGES\n${images.join('\n')}\nEND_OF_IMAGES\n`;

  it('finds the hook, and each image once, without its tag', async () => {
    const other = `${REPOSITORY}/sidecar@sha256:${'0'.repeat(64)}`;
    const images = { app: `${REPOSITORY}:1.4.2@${DIGEST}`, again: IMAGE, other };
    expect(await found(GOOD, answers(images))).toBe(
      OUTPUT(other, IMAGE).replace(`${other}\n${IMAGE}`, [other, IMAGE].sort().join('\n')),
    );
  });

  it('does without the images of the revision, which ECS may not have resolved yet', async () => {
    const { revision, ...given } = answers();
    const { containerImages: _, ...rest } = revision;
    expect(await found(GOOD, { ...given, revision: rest })).toBe(OUTPUT(IMAGE));
    const resolved = [{ containerName: 'app', image: IMAGE, imageDigest: DIGEST }];
    expect(await found(GOOD, { ...given, revision: { ...rest, containerImages: resolved } })).toBe(
      OUTPUT(IMAGE),
    );
  });

  it.each([
    ['no payload', null],
    ['no deployment', {}],
    ['a list', { deployment: [DEPLOYMENT] }],
    ['another account', { deployment: DEPLOYMENT.replace('123456789012', '999999999999') }],
    ['another region', { deployment: DEPLOYMENT.replace('eu-central-1', 'us-east-1') }],
    ['another cluster', { deployment: DEPLOYMENT.replace('production', 'test') }],
    ['a service', { deployment: `${ECS}:service/production/api` }],
    ['a line break', { deployment: `${DEPLOYMENT}\nhook=x` }],
    ['a command', { deployment: `${DEPLOYMENT}$(touch x)` }],
  ])('refuses a payload with %s', async (_, payload) => {
    expect(await found(payload, answers())).toBeUndefined();
  });

  const hooks = (...changes: object[]) => ({
    deployment: {
      ...answers().deployment,
      lifecycleHookDetails: changes.map((change) => ({
        hookId: HOOK,
        targetType: 'PAUSE',
        status: 'AWAITING_ACTION',
        ...change,
      })),
    },
  });
  it.each<[string, Partial<Answers>]>([
    ['a deployment without hooks', { deployment: { ...answers().deployment, lifecycleHookDetails: null } }],
    ['a hook that was answered', hooks({ status: 'SUCCEEDED' })],
    ['a Lambda hook', hooks({ targetType: 'AWS_LAMBDA' })],
    ['two hooks that wait', hooks({}, { hookId: 'ecs-pause-other' })],
    ['a hook with another form of ID', hooks({ hookId: '--action CONTINUE' })],
    [
      'another deployment',
      { deployment: { ...answers().deployment, serviceDeploymentArn: `${DEPLOYMENT}x` } },
    ],
    ['another stage', { deployment: { ...answers().deployment, lifecycleStage: 'POST_SCALE_UP' } }],
    ['no revision', { deployment: { ...answers().deployment, targetServiceRevision: null } }],
    ['another revision', { revision: { ...answers().revision, serviceRevisionArn: `${REVISION}1` } }],
    ['a revision without a task definition', { revision: { ...answers().revision, taskDefinition: null } }],
    ['a family without a revision', { revision: { ...answers().revision, taskDefinition: 'api' } }],
    [
      'another task definition',
      { definition: { ...answers().definition, taskDefinitionArn: `${DEFINITION}1` } },
    ],
    ['no containers', answers({})],
    ['a tag', answers({ app: `${REPOSITORY}:latest` })],
    ['a tag beside a digest', answers({ app: IMAGE, sidecar: `${REPOSITORY}:latest` })],
    ['another registry', answers({ app: IMAGE, sidecar: `public.ecr.aws/nginx/nginx@${DIGEST}` })],
    ['another account', answers({ app: IMAGE.replace('123456789012', '999999999999') })],
    ['another region', answers({ app: IMAGE.replace('eu-central-1', 'us-east-1') })],
    ['a line break', answers({ app: `${IMAGE}\n${IMAGE}` })],
    [
      'two containers of one name',
      {
        definition: {
          ...answers().definition,
          containerDefinitions: [
            { name: 'app', image: IMAGE.replace('team', 'evil') },
            { name: 'app', image: IMAGE },
          ],
        },
      },
    ],
    ['a container that only the revision has', { revision: answers({ app: IMAGE, other: IMAGE }).revision }],
    [
      'a container without an image that only the revision has',
      { revision: { ...answers().revision, containerImages: [{ containerName: 'other' }] } },
    ],
    ['another image in the revision', { revision: answers({ app: IMAGE.replace('team', 'evil') }).revision }],
    [
      'another digest in the revision',
      {
        revision: {
          ...answers().revision,
          containerImages: [{ containerName: 'app', image: IMAGE, imageDigest: `sha256:${'cd'.repeat(32)}` }],
        },
      },
    ],
  ])('does not verify %s', async (_, changes) => {
    expect(await found(GOOD, { ...answers(), ...changes })).toBeUndefined();
  });

  it('answers with an action in every case', () => {
    const calls = steps.filter(({ run }) => run?.includes('continue-service-deployment'));
    expect(calls.map(({ run }) => / --action (\w+)$/.exec(run ?? '')?.[1])).toEqual(['CONTINUE', 'ROLLBACK']);
  });

  it('is a workflow that actionlint accepts', async (context) => {
    const actionlint = await goToolForTests('actionlint');
    if (actionlint === undefined) return context.skip('actionlint is not on this machine');
    await promisify(execFile)(actionlint, [
      '-no-color',
      '-shellcheck=',
      '-pyflakes=',
      join(example, 'workflow.yml'),
    ]);
  });
});

describe('the whole', () => {
  beforeAll(findActAndCosign, 900_000);

  it.for([
    ['a signed image', true, (image: string) => ({ app: image }), 'CONTINUE'],
    ['an image that is not signed', false, (image: string) => ({ app: image }), 'ROLLBACK'],
    [
      'a signed image given by its tag',
      true,
      (image: string) => ({ app: image.replace(/@.*/, ':1.4.2') }),
      'ROLLBACK',
    ],
  ] as const)('%s', { timeout: 240_000 }, async ([, signed, images, action], context) => {
    const cosign = await needsCosign(context);
    const emulator = await emulate('pass-single');
    const image = uriOf(emulator);
    const { directory, calls } = await awsCli(answers(images(image)));
    const policy = join(directory, 'gate.yml');
    await writeFile(policy, 'version: 1\n');
    if (signed) expect((await runGate(emulator, { policy })).outputs.signed).toBe('true');
    const { failed, log } = await play(context, emulator, {
      event: 'repository_dispatch',
      payload: { action: 'ecs-hook', client_payload: { deployment: DEPLOYMENT } },
      files: {
        '.github/workflows/ecs-hook.yml': workflow.replace(/awskms:\S+/, keyOf(emulator)),
        'security/gate.yml': 'version: 1\n',
      },
      repositories: { 'OWNER/ecr-deployment-gate@v1': await copyOfActions() },
      env: { PATH: [directory, dirname(cosign), process.env.PATH].join(delimiter) },
    });
    expect(await calls(), log).toEqual([`${ANSWER} ${action}`]);
    expect(failed).toBe(action === 'ROLLBACK');
  });
});
