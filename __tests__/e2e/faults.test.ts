/**
 * Every AWS call the gate makes, struck by every kind of fault: what lasts never becomes a pass and never
 * outlasts the timeout by more than 15 s, what passes costs nothing but time.
 */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { many } from '../../emulator/findings.ts';
import type { FaultKind, FaultSpec, Scenario } from '../../emulator/scenario.ts';
import { child, image, LONG_AGO, scanned, story } from '../../emulator/scenarios/build.ts';
import { scenarios } from '../../emulator/scenarios/index.ts';
import { startEmulator } from '../../emulator/server.ts';
import { type ActionRun, runAction } from '../../scripts/runner.ts';
import { registryCredentials } from '../../src/aws/authorization.ts';
import { createClients } from '../../src/aws/clients.ts';
import { startDeadline, systemClock } from '../../src/deadline.ts';
import { GateError } from '../../src/errors.ts';
import { parseReference } from '../../src/image/reference.ts';

/** Two platforms, one with two pages of findings, one with none: a pass that needs every call and both witnesses. */
const enhanced = story('enhanced', 'An index whose two platforms were scanned long ago.', [
  {
    kind: 'index',
    name: 'app',
    tag: '1.4.2',
    children: [
      child('amd64', 'amd64', [scanned(many(150, 'FAULTS'), 0, LONG_AGO)]),
      child('arm64', 'arm64', [scanned([], 0, LONG_AGO)]),
    ],
  },
]);
const basic = scenarios['basic-pass'] ?? enhanced;

const LASTING = ['throttle', '500', '503', 'reset', 'hang', 'stall', 'garbage'] as const;
const REFUSALS = ['deny', 'expired-token'] as const;
const LIES = ['empty', 'missing-member'] as const;
const EVERY = [...LASTING, ...REFUSALS, ...LIES] as const;
// A request that hangs or stalls is given up after twenty seconds: those have a test of their own.
const PASSING = ['throttle', '500', '503', 'reset', 'garbage', 'slow'] as const;

/** The calls that a verdict is made of, and the ways in which an answer to each can be wrong besides. */
const CALLS: readonly (readonly [Scenario, string, readonly FaultKind[]])[] = [
  [enhanced, 'DescribeImages', ['other-digest', 'no-date', 'repeat-token']],
  [enhanced, 'BatchGetImage', ['other-digest', 'wrong-bytes']],
  [enhanced, 'DescribeImageScanFindings', ['other-digest']],
  [enhanced, 'ListCoverage', ['other-digest', 'other-account', 'no-date', 'repeat-token']],
  [enhanced, 'ListFindings', ['other-digest', 'other-account', 'repeat-token']],
  [basic, 'GetRegistryScanningConfiguration', ['other-account']],
  [basic, 'DescribeImageScanFindings', ['other-digest', 'no-date', 'repeat-token']],
];

function cells(kindsOf: (lies: readonly FaultKind[]) => readonly FaultKind[]) {
  return CALLS.flatMap(([scenario, api, lies]) =>
    kindsOf(lies).map((kind) => ({ scenario, api, kind, of: scenario.name })),
  );
}

/** Plays a scenario under a fault; a fault that never struck would prove nothing. */
async function play(
  scenario: Scenario,
  fault: FaultSpec,
  inputs: Record<string, string>,
  strikes = 1,
): Promise<ActionRun> {
  const emulator = await startEmulator({ ...scenario, faults: [fault] });
  try {
    const run = await runAction({
      inputs: { image: emulator.images.join('\n'), ...scenario.inputs, ...inputs },
      env: emulator.env(),
    });
    await run.clean();
    expect(emulator.count(fault.api), run.log).toBeGreaterThanOrEqual(strikes);
    expect(run.log).not.toMatch(/ at .*\.js:\d+/);
    return run;
  } finally {
    await emulator.close();
  }
}

function expectNoPass(run: ActionRun, timeoutMs: number): void {
  expect(run, run.log).toMatchObject({
    exitCode: 1,
    outputs: { verdict: 'error', passed: 'false', signed: 'false' },
  });
  expect(run.log).toMatch(/^::error/m);
  expect(run.durationMs).toBeLessThan(timeoutMs + 15_000);
}

const LIMIT_MS = 60_000;
const SOON = { timeout: '2s', 'settle-time': '1s' };

describe.concurrent('a fault that lasts never becomes a pass', () => {
  it.each(cells((lies) => [...EVERY, ...lies]))(
    '$of, $api: $kind',
    async ({ scenario, api, kind }) => {
      expectNoPass(await play(scenario, { api, kind }, SOON), 2_000);
    },
    LIMIT_MS,
  );

  it.each(['BatchGetImage', 'DescribeImages', 'DescribeImageScanFindings', 'ListFindings'])(
    'nor does one that strikes after the first %s',
    async (api) => {
      for (const kind of [...LIES, 'garbage'] as const)
        expectNoPass(await play(enhanced, { api, kind, from: 2 }, SOON, 2), 2_000);
    },
    LIMIT_MS,
  );

  it.each(cells(() => ['slow']))(
    '$of, $api: an answer after the timeout',
    async ({ scenario, api }) => {
      expectNoPass(await play(scenario, { api, kind: 'slow', ms: 30_000 }, SOON), 2_000);
    },
    LIMIT_MS,
  );
});

describe.concurrent('a fault that passes costs nothing but time', () => {
  it.each(cells(() => PASSING))(
    '$of, $api: $kind',
    async ({ scenario, api, kind }) => {
      const run = await play(scenario, { api, kind, from: 1, to: 1 }, {}, kind === 'slow' ? 1 : 2);
      expect(run, run.log).toMatchObject({ exitCode: 0, outputs: { passed: 'true' } });
    },
    LIMIT_MS,
  );

  it.each(['DescribeImageScanFindings', 'ListCoverage', 'ListFindings'])(
    'an answer to %s that says nothing is asked for again',
    async (api) => {
      for (const kind of LIES) {
        const run = await play(enhanced, { api, kind, from: 1, to: 1 }, {}, 2);
        expect(run.outputs.passed, run.log).toBe('true');
      }
    },
    LIMIT_MS,
  );

  it.each([
    ['never answered', 'hang'],
    ['answered by half', 'stall'],
  ] as const)(
    'a request that is %s is given up and made again',
    async (_, kind) => {
      const run = await play(enhanced, { api: 'ListFindings', kind, from: 1, to: 1 }, {}, 2);
      expect(run.outputs.passed, run.log).toBe('true');
    },
    LIMIT_MS,
  );
});

describe.concurrent('a fault of a question that only explains costs the explanation', () => {
  const unheardOf = story('unheard-of', 'No scan at first; the story is moved on once the gate asks why.', [
    image([{ at: 0, ecr: 'ScanNotFound', coverage: 'none' }, scanned([], 3_600_000)]),
  ]);
  it.each(
    ['BatchGetRepositoryScanningConfiguration', 'BatchGetAccountStatus'].flatMap((api) =>
      (['throttle', 'hang', 'garbage', 'deny', 'missing-member'] as const).map((kind) => ({ api, kind })),
    ),
  )(
    '$api: $kind',
    async ({ api, kind }) => {
      const emulator = await startEmulator({ ...unheardOf, faults: [{ api, kind }] });
      const asked = setInterval(() => {
        if (emulator.count(api) === 0) return;
        clearInterval(asked);
        emulator.advance(3_600_000);
      }, 50);
      try {
        const run = await runAction({
          inputs: { image: emulator.images.join('\n'), ...unheardOf.inputs, timeout: '50s' },
          env: emulator.env(),
        });
        await run.clean();
        expect(run, run.log).toMatchObject({ exitCode: 0, outputs: { verdict: 'pass' } });
        expect(emulator.count(api)).toBeGreaterThan(0);
      } finally {
        clearInterval(asked);
        await emulator.close();
      }
    },
    LIMIT_MS,
  );
});

// Not side by side: the clients find the emulator through the environment, which is one for all.
describe('GetAuthorizationToken, which signing asks for', () => {
  const { registry } = parseReference(enhanced.images[0] ?? '');
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  async function ask(
    fault: FaultSpec,
    timeoutMs: number,
    strikes: number,
  ): Promise<{ user: string; password: string }> {
    const emulator = await startEmulator({ ...enhanced, faults: [fault] });
    for (const [name, value] of Object.entries(emulator.env())) vi.stubEnv(name, value);
    const deadline = startDeadline(timeoutMs, systemClock, new AbortController().signal);
    const clients = createClients(deadline);
    try {
      return await registryCredentials(clients, deadline, registry);
    } finally {
      expect(emulator.count(fault.api)).toBeGreaterThanOrEqual(strikes);
      clients.destroy();
      deadline.clear();
      await emulator.close();
    }
  }

  it.each(EVERY)('%s that lasts gives no credentials', async (kind) => {
    const asked = ask({ api: 'GetAuthorizationToken', kind }, 1_000, 1);
    await expect(asked).rejects.toBeInstanceOf(GateError);
  });

  it.each(PASSING)('%s that passes is waited out', async (kind) => {
    const fault = { api: 'GetAuthorizationToken', kind, from: 1, to: 1 };
    const credentials = await ask(fault, LIMIT_MS, kind === 'slow' ? 1 : 2);
    expect(credentials).toMatchObject({ user: 'AWS', password: expect.stringMatching(/./) });
  });
});
