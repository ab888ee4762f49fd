/**
 * What the audit knows when calls fail: each API that is called is made to fail in turn, and what depends on it, and
 * nothing else, becomes unknown.
 */
import { describe, expect, it } from 'vitest';
import type { FaultKind } from '../../../emulator/scenario.ts';
import type { CollectedFacts } from '../../../src/audit/facts/collect.ts';
import { everything, REGISTRIES } from './everything.ts';
import { collect, entriesOf, gapsOf, type Options, UNKNOWN } from './stage.ts';

const SCANS = '*].images[*].scan';
const ECS = ['*.workloads.ecs', '*.workloads.ecsRoles', SCANS];

/** The facts that need each API; `*` stands for any text. Those without one end the run. */
const NEEDED: Readonly<Record<string, readonly string[] | 'the run'>> = {
  'ecr:BatchGetImage': ['*.entries', '*.children', SCANS],
  'ecr:BatchGetRepositoryScanningConfiguration': ['*.scanFrequency'],
  'ecr:DescribeImageScanFindings': [SCANS],
  'ecr:DescribeImages': ['*].images'],
  'ecr:DescribePullThroughCacheRules': ['*.cacheRules'],
  'ecr:DescribeRegistry': ['*.replication'],
  'ecr:DescribeRepositories': 'the run',
  'ecr:DescribeRepositoryCreationTemplates': ['*.templates'],
  'ecr:GetAccountSetting': ['*.policyScope'],
  'ecr:GetLifecyclePolicy': ['*.lifecyclePolicy', '*.preview'],
  'ecr:GetLifecyclePolicyPreview': ['*.preview'],
  'ecr:GetRegistryPolicy': ['registries[*].policy'],
  'ecr:GetRegistryScanningConfiguration': ['*.scanning', SCANS],
  'ecr:GetRepositoryPolicy': ['*.repositories[*].policy'],
  'ecr:GetSigningConfiguration': ['*.signing'],
  'ecr:ListPullTimeUpdateExclusions': ['*.pullTimeExclusions'],
  'ecr:ListTagsForResource': ['*.repositories[*].tags'],
  'ecr:StartLifecyclePolicyPreview': ['*.preview'],
  'ecr:ValidatePullThroughCacheRule': ['*.validation'],
  'ecs:DescribeServices': ECS,
  'ecs:DescribeTaskDefinition': ECS,
  'ecs:DescribeTasks': ECS,
  'ecs:ListClusters': ECS,
  'ecs:ListServices': ECS,
  'ecs:ListTaskDefinitionFamilies': ['*.workloads.ecsRoles'],
  'ecs:ListTasks': ECS,
  'eks:DescribeCluster': ['*.workloads.eksClusters', '*.workloads.eksRoles'],
  'eks:DescribeFargateProfile': ['*.workloads.eksRoles'],
  'eks:DescribeNodegroup': ['*.workloads.eksRoles'],
  'eks:DescribePodIdentityAssociation': ['*.workloads.eksRoles'],
  'eks:ListClusters': ['*.workloads.eksClusters', '*.workloads.eksRoles'],
  'eks:ListFargateProfiles': ['*.workloads.eksRoles'],
  'eks:ListNodegroups': ['*.workloads.eksRoles'],
  'eks:ListPodIdentityAssociations': ['*.workloads.eksRoles'],
  'iam:GetAccountAuthorizationDetails': ['*.principals', '*.groups', '*.instanceProfiles'],
  'iam:GetOpenIDConnectProvider': ['*.oidcProviders'],
  'iam:ListOpenIDConnectProviders': ['*.oidcProviders'],
  'inspector2:BatchGetAccountStatus': ['*.inspectorStatus'],
  'inspector2:GetClustersForImage': ['*.clusters'],
  'inspector2:GetConfiguration': ['*.inspectorRescan'],
  'inspector2:GetDelegatedAdminAccount': ['*.inspectorAdministrator'],
  'inspector2:ListCoverage': ['*.coverage'],
  'inspector2:ListFilters': ['*.suppressionFilters'],
  'kms:DescribeKey': ['*.key'],
  'lambda:GetFunction': ['*.workloads.lambda', '*.workloads.lambdaVersions', SCANS],
  'lambda:ListAliases': ['*.workloads.lambda', '*.workloads.lambdaVersions', SCANS],
  'lambda:ListFunctions': ['*.workloads.lambda', '*.workloads.lambdaVersions', '*.lambdaRoles', SCANS],
  'lambda:ListVersionsByFunction': ['*.workloads.lambdaVersions', SCANS],
  'organizations:DescribeOrganization': ['managementAccount'],
  'sts:AssumeRole': ['registries[987654321098*', 'accounts[987654321098]*'],
  'sts:GetCallerIdentity': 'the run',
};

/** What also waits for an answer, but does without it. */
const WAITING: Readonly<Record<string, readonly string[]>> = {
  'iam:GetAccountAuthorizationDetails': ['*.repositories[*].tags', SCANS],
  'inspector2:ListCoverage': [SCANS],
};

const APIS = Object.entries(NEEDED);

const read = (options: Options = {}, scenario = everything) =>
  collect(scenario, { ...options, scope: { registries: REGISTRIES, ...options.scope } });
const baseline = read();

async function withFault(api: string, kind: FaultKind, options: Options = {}) {
  // It loads all modules.
  await baseline;
  return read(options, { ...everything, faults: [{ api, kind }] });
}

const known = baseline.then(({ facts }) => entriesOf(facts));

/** What a run knows less than the one without failures; fails where it knows anything else. */
async function lostIn(now: CollectedFacts): Promise<string[]> {
  const before = await known;
  const entries = entriesOf(now);
  const lost: string[] = [];
  for (const [path, value] of before) {
    const after = entries.get(path);
    if (after === undefined) {
      const isPart = lost.some((whole) => path.startsWith(whole) && path !== whole);
      expect(isPart, `${path}, part of something that is unknown as a whole`).toBe(true);
    } else if (after !== UNKNOWN) {
      expect(after, path).toBe(value);
    } else if (value !== UNKNOWN) {
      lost.push(path);
    }
  }
  expect([...entries.keys()].filter((path) => !before.has(path))).toEqual([]);
  return lost;
}

function matching(paths: readonly string[], pattern: string): string[] {
  const escaped = pattern.split('*').map((part) => part.replaceAll(/[.[\]]/g, '\\$&'));
  const regex = new RegExp(`^${escaped.join('.*')}$`);
  return paths.filter((path) => regex.test(path));
}

/** Expects that what is lost needs the API. */
function expectNeeded(lost: readonly string[], patterns: readonly string[]): void {
  const needed = new Set(patterns.flatMap((pattern) => matching(lost, pattern)));
  expect(lost.filter((path) => !needed.has(path))).toEqual([]);
}

/** Reads with an API that fails; the error where the run ends with one. */
async function reading(api: string, run: () => ReturnType<typeof withFault>) {
  if (NEEDED[api] !== 'the run') return (await run()).facts;
  await expect(run(), api).rejects.toThrow(/./);
  return undefined;
}

describe('an API that fails', () => {
  it('is one of those whose dependents are listed here', async () => {
    const { aws } = await baseline;
    const called = new Set(aws.calls.map(({ service, api }) => `${service}:${api}`));
    expect([...called].sort()).toEqual(Object.keys(NEEDED).sort());
  });

  it.each(
    APIS,
  )('%s, denied, leaves unknown what needs it, and names the permission', async (api, patterns) => {
    const now = await reading(api, () => withFault(api, 'deny'));
    if (now === undefined || patterns === 'the run') return;
    const lost = await lostIn(now);
    expectNeeded(lost, patterns);
    for (const pattern of patterns) expect(matching(lost, pattern), pattern).not.toEqual([]);
    const gaps = gapsOf(now);
    for (const path of lost) {
      expect(gaps.get(path)?.missing, path).toEqual([api]);
      expect(gaps.get(path)?.reason, path).toContain(`AWS denied ${api}`);
    }
  });

  // What never answers is waited for until the time is over.
  it.each(APIS)('%s, silent to the end, leaves unknown what needs it', async (api, patterns) => {
    const now = await reading(api, () => withFault(api, 'hang', { failing: (name) => name === api }));
    if (now === undefined || patterns === 'the run') return;
    const lost = await lostIn(now);
    const all = [...patterns, ...(WAITING[api] ?? [])];
    expectNeeded(lost, all);
    for (const pattern of all) expect(matching(lost, pattern), pattern).not.toEqual([]);
    const gaps = gapsOf(now);
    for (const path of lost) {
      expect(gaps.get(path)?.missing, path).toEqual([]);
      expect(gaps.get(path)?.reason, path).toMatch(/timeout ended before AWS answered/);
    }
  });

  it.each(APIS)('%s, with an empty answer, leaves unknown what needs it', async (api, patterns) => {
    const now = await reading(api, () => withFault(api, 'empty'));
    if (now === undefined || patterns === 'the run') return;
    const lost = await lostIn(now);
    expectNeeded(lost, patterns);
    expect(lost).not.toEqual([]);
    const gaps = gapsOf(now);
    for (const path of lost) expect(gaps.get(path)?.missing, path).toEqual([]);
  });

  it.each(
    APIS.filter(([api]) => wrongAnswers(api).length > 0),
  )('%s, with a wrong answer, changes nothing that is known', async (api, patterns) => {
    for (const kind of wrongAnswers(api)) {
      const now = await withFault(api, kind).catch((error: unknown) => {
        expect(patterns, `${kind}: ${error}`).toBe('the run');
      });
      if (now === undefined || patterns === 'the run') continue;
      expectNeeded(await lostIn(now.facts), patterns);
    }
  });

  it('may fail in many ways for a while, and changes nothing', async () => {
    const kinds = ['throttle', '500', 'garbage', 'reset', '503'] as const;
    const faults = Object.keys(NEEDED).flatMap((api) =>
      kinds.map((kind, at) => ({ api, kind, from: at + 1, to: at + 1 })),
    );
    const { facts } = await read({}, { ...everything, faults });
    expect(await lostIn(facts)).toEqual([]);
  });
});

const NO_PAGES = new Set(['ecr:ListTagsForResource', 'iam:ListOpenIDConnectProviders']);
const LIST =
  /:(List|Describe(\w+ies|\w+s|Images)$|GetAccountAuthorizationDetails|GetClustersForImage|GetLifecyclePolicyPreview)/;
/** Answers that say whose they are. */
const OF_AN_ACCOUNT =
  /^ecr:(?!ListPull|ListTags|GetAccountSetting)|^ecs:(?!ListTaskDefinitionF)|^inspector2:(BatchGet|ListCoverage)|^iam:GetAccount|^kms:/;

/** Pages that lead nowhere are for lists; answers about something else, for all that say what they are about. */
function wrongAnswers(api: string): readonly FaultKind[] {
  return [
    ...(LIST.test(api) ? (['repeat-items'] as const) : []),
    ...(LIST.test(api) && !NO_PAGES.has(api) ? (['repeat-token', 'empty-page'] as const) : []),
    ...(OF_AN_ACCOUNT.test(api) ? (['other-account'] as const) : []),
    ...(/BatchGetImage$|DescribeImageScanFindings/.test(api) ? (['other-digest'] as const) : []),
  ];
}
