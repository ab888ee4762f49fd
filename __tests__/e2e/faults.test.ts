/**
 * Every AWS call of the gate with every kind of fault. A permanent fault never results in a pass, and the run ends at most
 * 15 s after its timeout. A temporary fault only delays the run.
 */
import { describe, expect, it, vi } from 'vitest';
import { CATALOGUE, finding, many } from '../../emulator/findings.ts';
import type { FaultKind, FaultSpec, Scenario } from '../../emulator/scenario.ts';
import { child, image, LONG_AGO, scanned, story } from '../../emulator/scenarios/build.ts';
import { scenarios } from '../../emulator/scenarios/index.ts';
import { startEmulator } from '../../emulator/server.ts';
import { type ActionRun, runAction } from '../../scripts/runner.ts';
import { registryCredentials } from '../../src/aws/authorization.ts';
import { type AwsClients, createClients } from '../../src/aws/clients.ts';
import { type Deadline, startDeadline, systemClock } from '../../src/deadline.ts';
import { GateError } from '../../src/errors.ts';
import { ecrImages } from '../../src/image/ecr.ts';
import { parseReference } from '../../src/image/reference.ts';
import { resolveImages } from '../../src/image/resolve.ts';
import { managedSignatures } from '../../src/signing/other-signatures.ts';

/** Two platforms, one with two pages of findings, one with none: a pass that needs every call and both services. */
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
// A request that hangs or stalls is aborted after twenty seconds. Another test covers these.
const PASSING = ['throttle', '500', '503', 'reset', 'garbage', 'slow'] as const;

/** The calls that a verdict depends on, and further faults of the response to each. */
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

/** Runs a scenario with faults, and returns how often each call was made. */
async function playOnce(
  scenario: Scenario,
  faults: readonly FaultSpec[],
  inputs: Record<string, string>,
): Promise<{ run: ActionRun; counts: (api: string) => number }> {
  const emulator = await startEmulator({ ...scenario, faults });
  try {
    const run = await runAction({
      inputs: { image: emulator.images.join('\n'), ...scenario.inputs, ...inputs },
      files: emulator.files,
      env: emulator.env(),
    });
    await run.clean();
    expect(run.log).not.toMatch(/ at .*\.js:\d+/);
    return { run, counts: (api) => emulator.count(api) };
  } finally {
    await emulator.close();
  }
}

/** Runs a scenario with a fault, and fails if the fault never occurred. */
async function play(
  scenario: Scenario,
  fault: FaultSpec,
  inputs: Record<string, string>,
  strikes = 1,
): Promise<ActionRun> {
  const { run, counts } = await playOnce(scenario, [fault], inputs);
  expect(counts(fault.api), run.log).toBeGreaterThanOrEqual(strikes);
  return run;
}

// The last attempts are for busy machines.
const TIMEOUTS_S = [2, 8, 24];

/** Runs a scenario with a permanent fault until the end of the shortest possible timeout. */
async function outlast(scenario: Scenario, fault: FaultSpec, strikes = 1): Promise<ActionRun> {
  for (const seconds of TIMEOUTS_S) {
    const inputs = { timeout: `${seconds}s`, 'settle-time': '1s' };
    const { run, counts } = await playOnce(scenario, [fault], inputs);
    expect(run, run.log).toMatchObject({ exitCode: 1, outputs: { passed: 'false', signed: 'false' } });
    expect(run.durationMs).toBeLessThan((seconds + 15) * 1_000);
    if (counts(fault.api) >= strikes) return run;
  }
  throw new Error(`${fault.api} was never asked`);
}

function expectNoVerdict(run: ActionRun): void {
  expect(run.outputs.verdict, run.log).toBe('error');
  expect(run.log).toMatch(/^::error/m);
}

const LIMIT_MS = 60_000;

describe.concurrent('a permanent fault never results in a pass', () => {
  it.each(cells((lies) => [...EVERY, ...lies]))(
    '$of, $api: $kind',
    async ({ scenario, api, kind }) => {
      expectNoVerdict(await outlast(scenario, { api, kind }));
    },
    LIMIT_MS,
  );

  it.each(['BatchGetImage', 'DescribeImages', 'DescribeImageScanFindings', 'ListFindings'])(
    'a fault that starts after the first %s',
    async (api) => {
      for (const kind of [...LIES, 'garbage'] as const)
        expectNoVerdict(await outlast(enhanced, { api, kind, from: 2 }, 2));
    },
    LIMIT_MS,
  );

  it.each(cells(() => ['slow']))(
    '$of, $api: a response after the timeout',
    async ({ scenario, api }) => {
      expectNoVerdict(await outlast(scenario, { api, kind: 'slow', ms: 30_000 }));
    },
    LIMIT_MS,
  );
});

describe.concurrent('a temporary fault only delays the run', () => {
  const scenariosOfCalls = [...new Set(CALLS.map(([scenario]) => scenario))];
  it.each(
    scenariosOfCalls.flatMap((scenario) => PASSING.map((kind) => ({ scenario, kind, of: scenario.name }))),
  )(
    '$of, all calls once: $kind',
    async ({ scenario, kind }) => {
      const apis = CALLS.filter(([needed]) => needed === scenario).map(([, api]) => api);
      const faults = apis.map((api) => ({ api, kind, from: 1, to: 1 }));
      const { run, counts } = await playOnce(scenario, faults, {});
      expect(run, run.log).toMatchObject({ exitCode: 0, outputs: { passed: 'true' } });
      for (const api of apis) expect(counts(api), api).toBeGreaterThanOrEqual(kind === 'slow' ? 1 : 2);
    },
    LIMIT_MS,
  );

  it.each(['DescribeImageScanFindings', 'ListCoverage', 'ListFindings'])(
    'an empty response to %s is requested again',
    async (api) => {
      for (const kind of LIES) {
        const run = await play(enhanced, { api, kind, from: 1, to: 1 }, {}, 2);
        expect(run.outputs.passed, run.log).toBe('true');
      }
    },
    LIMIT_MS,
  );

  it.each([
    ['no response', 'hang'],
    ['half a response', 'stall'],
  ] as const)(
    'a request with %s is aborted and repeated',
    async (_, kind) => {
      const run = await play(enhanced, { api: 'ListFindings', kind, from: 1, to: 1 }, {}, 2);
      expect(run.outputs.passed, run.log).toBe('true');
    },
    LIMIT_MS,
  );
});

describe.concurrent('a fault of a call that only helps to explain omits the explanation', () => {
  const uncovered = story(
    'uncovered',
    'No scan at first; the scenario continues once the gate asks for the reason.',
    [image([{ at: 0, ecr: 'ScanNotFound', coverage: 'none' }, scanned([], 4 * 60_000)])],
  );
  it.each(
    ['BatchGetRepositoryScanningConfiguration', 'BatchGetAccountStatus'].flatMap((api) =>
      (['throttle', 'hang', 'garbage', 'deny', 'missing-member'] as const).map((kind) => ({ api, kind })),
    ),
  )(
    '$api: $kind',
    async ({ api, kind }) => {
      const emulator = await startEmulator({ ...uncovered, faults: [{ api, kind }] });
      const asked = setInterval(() => {
        if (emulator.count(api) === 0) return;
        clearInterval(asked);
        emulator.advance(4 * 60_000);
      }, 50);
      try {
        const run = await runAction({
          inputs: { image: emulator.images.join('\n'), ...uncovered.inputs, timeout: '50s' },
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

describe.concurrent('a fault of the details that a rule requires', () => {
  const asking = story(
    'asking',
    'A rule blocks findings that are exploited in the wild, and the only finding is not.',
    [image([scanned([finding(CATALOGUE.terrapin)], 0, LONG_AGO)])],
    {
      files: {
        'policy.yml':
          'version: 1\nrules:\n  - { name: exploited, action: block, when: { known-exploited: true } }\n',
      },
      inputs: { policy: 'policy.yml' },
    },
  );
  const api = 'BatchGetFindingDetails';

  it.each([...EVERY, 'slow'] as const)(
    'is treated as the stricter case if it is permanent: %s',
    async (kind) => {
      const run = await outlast(asking, { api, kind, ms: 30_000 });
      expect(['block', 'error']).toContain(run.outputs.verdict);
    },
    LIMIT_MS,
  );

  it.each(PASSING)(
    'does not change the verdict if it is temporary: %s',
    async (kind) => {
      const run = await play(asking, { api, kind, from: 1, to: 1 }, {}, kind === 'slow' ? 1 : 2);
      expect(run, run.log).toMatchObject({ exitCode: 0, outputs: { passed: 'true' } });
    },
    LIMIT_MS,
  );
});

describe.concurrent('a fault of calls that only explain layers changes no verdict', () => {
  const blocked = scenarios['whose-layer'] ?? enhanced;
  const base = { 'base-image': (blocked.images[0] ?? '').replace(/\/.*$/, '/cache/debian:12') };
  it.each(
    ['GetDownloadUrlForLayer', 'LayerDownload'].flatMap((api) =>
      (['throttle', '503', 'reset', 'hang', 'stall', 'garbage', 'empty'] as const).map((kind) => ({
        api,
        kind,
      })),
    ),
  )(
    '$api: $kind',
    async ({ api, kind }) => {
      const run = await play(blocked, { api, kind }, base);
      expect(run, run.log).toMatchObject({ exitCode: 1, outputs: { verdict: 'block', blocking: '4' } });
    },
    LIMIT_MS,
  );
});

// Not concurrently, because all clients find the emulator through the same environment.
/** Makes one call with a fault, without the rest of a run. */
async function alone<T>(
  fault: FaultSpec,
  timeoutMs: number,
  ask: (clients: AwsClients, deadline: Deadline) => Promise<T>,
  strikes = 1,
): Promise<T> {
  const emulator = await startEmulator({ ...enhanced, faults: [fault] });
  for (const [name, value] of Object.entries(emulator.env())) vi.stubEnv(name, value);
  const deadline = startDeadline(timeoutMs, systemClock, new AbortController().signal);
  const clients = createClients(deadline, { log: () => {}, environment: process.env });
  try {
    return await ask(clients, deadline);
  } finally {
    expect(emulator.count(fault.api)).toBeGreaterThanOrEqual(strikes);
    clients.destroy();
    deadline.clear();
    vi.unstubAllEnvs();
    await emulator.close();
  }
}

describe('GetAuthorizationToken, which signing calls', () => {
  const { registry } = parseReference(enhanced.images[0] ?? '');
  const ask = (fault: FaultSpec, timeoutMs: number, strikes: number) =>
    alone(fault, timeoutMs, (clients, deadline) => registryCredentials(clients, deadline, registry), strikes);

  it.each(EVERY)('returns no credentials after a permanent fault: %s', async (kind) => {
    const asked = ask({ api: 'GetAuthorizationToken', kind }, 1_000, 1);
    await expect(asked).rejects.toBeInstanceOf(GateError);
  });

  it.each(PASSING)('is retried after a temporary fault: %s', async (kind) => {
    const fault = { api: 'GetAuthorizationToken', kind, from: 1, to: 1 };
    const credentials = await ask(fault, LIMIT_MS, kind === 'slow' ? 1 : 2);
    expect(credentials).toMatchObject({ user: 'AWS', password: expect.stringMatching(/./) });
  });
});

describe('a fault of the call for managed signatures, which the verify action only lists', () => {
  it.each(['throttle', 'hang', 'deny'] as const)(
    'omits a line and takes a few seconds: %s',
    async (kind) => {
      const lines: string[] = [];
      const started = performance.now();
      const fault: FaultSpec = { api: 'DescribeImageSigningStatus', kind };
      await alone(fault, LIMIT_MS, async (clients, deadline) => {
        const [image] = await resolveImages(
          [parseReference(enhanced.images[0] ?? '')],
          ecrImages(clients, deadline),
        );
        if (image === undefined) throw new Error('no image');
        const notes = await managedSignatures(clients, deadline, image, (line) => lines.push(line));
        expect(notes).toEqual([]);
        expect(deadline.signal.aborted).toBe(false);
      });
      expect(lines).toEqual([expect.stringMatching(/^Could not determine whether AWS Signer signed .*: ./)]);
      expect(performance.now() - started).toBeLessThan(LIMIT_MS / 2);
    },
    LIMIT_MS,
  );
});
