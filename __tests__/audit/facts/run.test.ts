/** How a collection goes: what ends it, what it says meanwhile, and how much it asks. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { FaultSpec, Scenario } from '../../../emulator/scenario.ts';
import { manyRepositories } from '../../../emulator/scenarios/accounts.ts';
import { REGION } from '../../../emulator/scenarios/build.ts';
import { Lanes } from '../../../src/audit/facts/lanes.ts';
import { parseRegistryName } from '../../../src/audit/facts/scope.ts';
import { ACCOUNT, everything, OTHER_REGION, PRODUCTION, PRODUCTION_HOST, REGISTRIES } from './everything.ts';
import {
  collect,
  entriesOf,
  gapOf,
  gapsOf,
  knownOf,
  type Options,
  registryOf,
  repositoryOf,
} from './stage.ts';

const withFaults = (...faults: FaultSpec[]): Scenario => ({ ...everything, faults });
const ALL = { registries: REGISTRIES };

// It loads all modules, before the time of a run can end.
beforeAll(() => collect(everything, { scope: ALL }));

describe('when the timeout ends', () => {
  it('only what was not read is unknown', async () => {
    const scenario = withFaults({ api: 'DescribeImages', match: '"team/app"', kind: 'hang' });
    const run = await collect(scenario, { failing: (api) => api === 'ecr:DescribeImages' });
    const app = repositoryOf(run, 'team/app');
    expect(gapOf(app.images)).toEqual({
      reason: 'the timeout ended before AWS answered ecr:DescribeImages',
      missing: [],
    });
    expect(knownOf(app.policy)).toBeDefined();
    expect(knownOf(repositoryOf(run, 'team/worker').images)).toHaveLength(2);
  });

  it('a run returns even if nothing but the list of repositories was read', async () => {
    const answered = ['sts:GetCallerIdentity', 'ecr:DescribeRepositories'];
    const { aws } = await collect(everything);
    const silent = new Set(aws.calls.map(({ service, api }) => `${service}:${api}`));
    for (const api of answered) silent.delete(api);
    const scenario = withFaults(...[...silent].map((api) => ({ api, kind: 'hang' as const })));
    const run = await collect(scenario, { failing: (api) => silent.has(api) });
    const registry = registryOf(run);
    expect(knownOf(registry.repositories)).toHaveLength(4);
    for (const fact of [
      registry.scanning,
      registry.policy,
      registry.inspectorStatus,
      registry.workloads.ecs,
    ]) {
      expect(gapOf(fact)?.reason).toMatch(/^the timeout ended/);
    }
    const app = repositoryOf(run, 'team/app');
    for (const fact of [app.images, app.policy, app.tags, app.scanFrequency, app.coverage, app.preview]) {
      expect(gapOf(fact)?.reason).toMatch(/^the timeout ended/);
    }
  });

  it('a call that is throttled until the end is also unknown, and the log says why', async () => {
    const scenario = withFaults({ api: 'GetRepositoryPolicy', kind: 'throttle' });
    const run = await collect(scenario, { failing: (api) => api === 'ecr:GetRepositoryPolicy' });
    expect(gapOf(repositoryOf(run, 'team/app').policy)).toEqual({
      reason: 'the timeout ended before AWS answered ecr:GetRepositoryPolicy',
      missing: [],
    });
    expect(run.log.filter((line) => line.includes('will be retried'))).toEqual([
      expect.stringContaining('Rate exceeded (ThrottlingException)'),
    ]);
  });

  it('a run fails if no registry listed its repositories', async () => {
    const scenario = withFaults({ api: 'DescribeRepositories', kind: 'hang' });
    const run = collect(scenario, { failing: (api) => api === 'ecr:DescribeRepositories' });
    await expect(run).rejects.toMatchObject({
      code: 'timeout',
      message: expect.stringContaining('ecr:DescribeRepositories'),
    });
  });
});

describe('a job that is cancelled', () => {
  it.each([
    'DescribeRepositories',
    'DescribeImages',
    'GetCallerIdentity',
    'GetLifecyclePolicyPreview',
  ])('ends the run while %s is waited for', async (api) => {
    const cancelled = new AbortController();
    const options: Options = {
      cancelled: cancelled.signal,
      alter: ({ api: answered, answer }) => {
        if (answered === 'GetCallerIdentity') setTimeout(() => cancelled.abort(), 50);
        return answer;
      },
    };
    if (api === 'GetCallerIdentity') setTimeout(() => cancelled.abort(), 50);
    const run = collect(withFaults({ api, kind: 'hang' }), options);
    await expect(run).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('ends the run before it began', async () => {
    const run = collect(everything, { cancelled: AbortSignal.abort() });
    await expect(run).rejects.toMatchObject({ code: 'cancelled' });
  });
});

describe('a registry that cannot be audited', () => {
  const production = `"registryId":"${PRODUCTION}"`;

  it('is unknown, with its other settings known, and the others are audited', async () => {
    const scenario = withFaults({ api: 'DescribeRepositories', match: production, kind: 'deny' });
    const run = await collect(scenario, { scope: ALL });
    const registry = registryOf(run, PRODUCTION_HOST);
    for (const fact of [registry.repositories, registry.repositoryNames]) {
      expect(gapOf(fact)?.missing).toEqual(['ecr:DescribeRepositories']);
    }
    expect(knownOf(registry.scanning).scanType).toBe('BASIC');
    expect(knownOf(registryOf(run).repositories)).toHaveLength(4);
  });

  it('is unknown as a whole if its role cannot be assumed', async () => {
    const run = await collect({ ...everything, assumable: [] }, { scope: ALL });
    const gaps = [
      ...gapsOf(registryOf(run, PRODUCTION_HOST)).values(),
      ...gapsOf(run.facts.accounts[1]).values(),
    ];
    expect(gaps.length).toBeGreaterThan(20);
    for (const { missing } of gaps) expect(missing).toEqual(['sts:AssumeRole']);
    expect(knownOf(registryOf(run).repositories)).toHaveLength(4);
  });

  it('holds up nothing else while its role is waited for', async () => {
    const scenario = withFaults({ api: 'AssumeRole', kind: 'hang' });
    const run = await collect(scenario, { scope: ALL, failing: (api) => api === 'sts:AssumeRole' });
    const before = entriesOf(registryOf(await collect(everything, { scope: ALL })));
    expect(entriesOf(registryOf(run))).toEqual(before);
    expect(gapOf(registryOf(run, PRODUCTION_HOST).repositories)?.reason).toMatch(/sts:AssumeRole/);
  });

  it('ends the run if it is the only one', async () => {
    const only = { registries: [parseRegistryName(PRODUCTION_HOST)] };
    const denied = collect({ ...everything, assumable: [] }, { scope: only });
    await expect(denied).rejects.toMatchObject({
      code: 'access-denied',
      message: expect.stringContaining('sts:AssumeRole'),
    });
    const refused = collect(withFaults({ api: 'DescribeRepositories', kind: 'deny' }));
    await expect(refused).rejects.toMatchObject({
      code: 'access-denied',
      message: expect.stringContaining('ecr:DescribeRepositories'),
    });
    const malformed = collect(withFaults({ api: 'DescribeRepositories', kind: 'repeat-items' }));
    await expect(malformed).rejects.toMatchObject({
      code: 'aws',
      message: expect.stringContaining('twice'),
    });
  });

  it('needs a role, of its own account', async () => {
    const scope = { registries: REGISTRIES, role: undefined };
    await expect(collect(everything, { scope })).rejects.toMatchObject({
      code: 'input',
      message: expect.stringContaining(PRODUCTION),
      nextStep: expect.stringContaining('role'),
    });
    const other = { registries: REGISTRIES, role: 'arn:aws:iam::111122223333:role/auditor' };
    await expect(collect(everything, { scope: other })).rejects.toMatchObject({ code: 'input' });
  });

  it('has credentials that work', async () => {
    const scenario = withFaults({ api: 'GetCallerIdentity', kind: 'expired-token' });
    await expect(collect(scenario)).rejects.toMatchObject({ code: 'credentials' });
    await expect(collect({ ...everything, tellsNoTime: true })).rejects.toMatchObject({
      code: 'not-proven',
    });
  });
});

describe('what is asked', () => {
  it('is of the region of the credentials if no registry is named, and of each registry once', async () => {
    expect((await collect(everything)).facts.registries.map(({ region }) => region)).toEqual([REGION]);
    const names = [OTHER_REGION, `${ACCOUNT}.dkr.ecr.${OTHER_REGION}.amazonaws.com`, OTHER_REGION];
    const run = await collect(everything, { scope: { registries: names.map(parseRegistryName) } });
    expect(run.facts.registries.map(({ region }) => region)).toEqual([OTHER_REGION]);
  });

  it('is of the repositories that are selected, and the names of all are known', async () => {
    const run = await collect(everything, { scope: { repositories: ['team/{app,jobs}', '*/worker'] } });
    const registry = registryOf(run);
    const selected = knownOf(registry.repositories).map(({ name }) => name);
    expect(selected).toEqual(knownOf(registry.repositoryNames).filter((name) => selected.includes(name)));
    expect(selected).toContain('team/worker');
    expect(selected).not.toContain('team/keyed');
    expect(knownOf(registry.repositoryNames)).toContain('team/keyed');
    const asked = run.aws.calls.filter(({ api }) => api === 'DescribeImages');
    expect(asked).toHaveLength(selected.length);
    const coverage = run.aws.calls.find(({ api }) => api === 'ListCoverage')?.body ?? '';
    expect(coverage).toContain('ecrRepositoryName');
  });

  it('lists the globs of the input that match no repository, if all repositories are known', async () => {
    const of = async (repositories: string[], scenario = everything, more: Options = {}) =>
      (await collect(scenario, { scope: { ...ALL, repositories }, ...more })).facts.notices;
    expect(await of(['team/app', 'taem/*', 'nothing'])).toEqual([
      'The input repositories has globs that match no repository of the audited registries: taem/* and nothing. Check them.',
    ]);
    expect(await of(['**', 'team/app'])).toEqual([]);
    const refused = withFaults({ api: 'DescribeRepositories', match: PRODUCTION, kind: 'deny' });
    expect(await of(['team/app', 'nothing'], refused)).toEqual([]);
    const none = collect({ ...everything, repositories: [] });
    expect((await none).facts.notices).toEqual([]);
  });

  it('leaves out IAM and workloads, and says so, if access is false', async () => {
    const run = await collect(everything, { scope: { access: false } });
    for (const fact of [
      ...Object.values(registryOf(run).workloads),
      run.facts.managementAccount,
      run.facts.accounts[0]?.principals,
    ]) {
      expect(gapOf(fact)).toEqual({ reason: 'the input access is false', missing: [] });
    }
    const services = new Set(run.aws.calls.map(({ service }) => service));
    expect([...services].sort()).toEqual(['ecr', 'inspector2', 'kms', 'sts']);
  });

  it('is at most six calls for a repository, with progress on the way', async () => {
    const many = manyRepositories(60, 20, 0);
    const settings = await collect({ ...many, repositories: [] });
    const run = await collect(many, { scope: { validateCache: false, lifecyclePreview: false } });
    const perRepository = (run.aws.calls.length - settings.aws.calls.length) / 60;
    expect(perRepository).toBeLessThanOrEqual(6);
    expect(run.aws.calls.filter(({ api }) => api === 'BatchGetRepositoryScanningConfiguration')).toHaveLength(
      3,
    );
    const coverage = run.aws.calls.find(({ api }) => api === 'ListCoverage')?.body ?? '';
    expect(JSON.parse(coverage).filterCriteria.ecrRepositoryName).toHaveLength(10);
    const lines = run.log.filter((line) => line.startsWith('audited'));
    expect(lines).toEqual([10, 20, 30, 40, 50, 60].map((done) => `audited ${done} of 60 repositories`));
  });

  it('makes a call again if a response is malformed', async () => {
    const scenario = withFaults({ api: 'DescribeImages', kind: 'empty', from: 1, to: 1 });
    const run = await collect(scenario);
    for (const { images } of knownOf(registryOf(run).repositories)) expect(gapOf(images)).toBeUndefined();
  });

  it("is not for a permission if Inspector refuses the caller's account", async () => {
    const run = await collect(withFaults({ api: 'ListCoverage', kind: 'refuse-account' }));
    const gap = gapOf(repositoryOf(run, 'team/app').coverage);
    expect(gap?.missing).toEqual([]);
    expect(gap?.reason).toContain('Invoking account does not have access');
    // Where Inspector is off, it covers nothing.
    const off = {
      ...withFaults({ api: 'ListCoverage', kind: 'refuse-account' }),
      inspectorStatus: 'DISABLED',
    };
    expect(knownOf(repositoryOf(await collect(off), 'team/app').coverage)).toEqual([]);
  });
});

describe('lanes', () => {
  it('let ten pieces of work run at once, each lane by itself', async () => {
    const lanes = new Lanes(new AbortController().signal);
    const running = { a: 0, b: 0 };
    let most = 0;
    const work = (lane: 'a' | 'b') =>
      lanes.run(lane, async () => {
        running[lane] += 1;
        most = Math.max(most, running[lane]);
        await new Promise(setImmediate);
        running[lane] -= 1;
      });
    await Promise.all(Array.from({ length: 50 }, (_, at) => work(at % 2 === 0 ? 'a' : 'b')));
    expect(most).toBe(10);
  });

  it('let nothing begin after the end, and other lanes go on while one hangs', async () => {
    const over = new AbortController();
    const lanes = new Lanes(over.signal);
    let release = () => {};
    const hangs = new Promise<void>((resolve) => {
      release = resolve;
    });
    const waiting = Array.from({ length: 12 }, () => lanes.run('slow', () => hangs));
    await expect(lanes.run('fast', async () => 'done')).resolves.toBe('done');
    over.abort();
    release();
    const ends = await Promise.allSettled(waiting);
    expect(ends.filter(({ status }) => status === 'rejected')).toHaveLength(2);
  });
});
