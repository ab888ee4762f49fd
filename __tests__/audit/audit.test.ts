import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CHECK_TEXTS, checksOf } from '../../src/audit/checks/index.ts';
import { permissionsFor } from '../../src/audit/facts/actions.ts';
import type { RegistryFacts, RepositoryFacts } from '../../src/audit/facts.ts';
import type { BaselineResult, Result } from '../../src/audit/result.ts';
import { SEVERITIES } from '../../src/audit/severity.ts';
import { parseQuestion, whoCan } from '../../src/audit/who-can.ts';
import {
  ACCOUNT,
  about,
  aboutRegistry,
  account,
  allow,
  audited,
  coverage,
  days,
  expecting,
  facts,
  HOST,
  image,
  known,
  lifecycle,
  newest,
  OTHER,
  policy,
  registry,
  repository,
  repositoryArn,
  roleArn,
  roleThat,
  rootArn,
  tagged,
  template,
  UNTAGGED,
  unknown,
} from './factories.ts';
import { EXPECTATIONS, worldOf } from './worlds.ts';

const MUTABLE = { mutability: known({ setting: 'MUTABLE', exclusions: [] }) };
const of = (results: readonly Result[], check: string) => results.find((one) => one.check === check);
/** Says who may push, so that nothing is wrong with the facts otherwise. */
const QUIET = `repositories: [{ match: ["**"], push: ["${roleArn('ci')}"] }]\n`;
const checks = (...rules: string[]) =>
  expecting(`${QUIET}checks:\n${rules.map((rule) => `  - ${rule}`).join('\n')}`);
const ignored = 'action: ignore, reason: nothing is deployed from there';

/** Ids and severities of the contract. */
const CONTRACT: Readonly<Record<string, string>> = {
  'scanning/enhanced': 'medium',
  'scanning/inspector': 'high',
  'scanning/covered': 'high',
  'scanning/consistent': 'low',
  'scanning/continuous': 'low',
  'scanning/current': 'high',
  'scanning/expiring': 'low',
  'scanning/suppression': 'medium',
  'policy/missing': 'low',
  'policy/public': 'critical',
  'policy/not-principal': 'high',
  'policy/external': 'high',
  'policy/deny-others': 'low',
  'policy/denies-inspector': 'medium',
  'policy/locks-out': 'medium',
  'policy/recreatable': 'high',
  'policy/never-matches': 'medium',
  'lifecycle/missing': 'medium',
  'lifecycle/untagged': 'low',
  'lifecycle/dead-rule': 'medium',
  'lifecycle/all-patterns': 'medium',
  'lifecycle/production': 'high, medium',
  'lifecycle/signatures': 'medium',
  'lifecycle/in-use': 'high',
  'lifecycle/invalid': 'high',
  'lifecycle/preview': 'medium',
  'tags/mutable': 'medium, low',
  'encryption/key': 'high',
  'encryption/customer-key': 'low',
  'cache/credentials': 'medium',
  'cache/scanned': 'high',
  'cache/open-upstream': 'high',
  'cache/template': 'low',
  'template/policy': 'critical, high, medium',
  'template/lifecycle': 'high, medium, low',
  'registry/create-on-push': 'medium',
  'registry/replicate-into': 'high',
  'registry/replication': 'low',
  'runtime/current': 'high',
  'runtime/gone': 'high',
  'runtime/signed': 'medium',
  'access/push': 'high',
  'access/pull': 'medium',
  'access/administer': 'high',
  'access/external-pull': 'high',
  'access/workload-writes': 'high',
  'access/workload-dangers': 'medium, low',
  'access/ci-trust': 'critical, high, medium',
  'access/ci-wide': 'high',
  'access/escalation': 'high',
  'access/expectations': 'low',
};

describe('the checks', () => {
  it('are those of the contract, each with its severities', () => {
    expect(Object.fromEntries(CHECK_TEXTS.map(({ id, severities }) => [id, severities.join(', ')]))).toEqual(
      CONTRACT,
    );
    expect(CHECK_TEXTS).toHaveLength(Object.keys(CONTRACT).length);
  });

  it('say what they mean in sentences, with a reference', () => {
    for (const { id, title, means, why, fix, reference } of CHECK_TEXTS) {
      for (const text of [title, means, why, fix])
        expect([id, text]).toEqual([id, expect.stringMatching(/^[A-Z`].*\.$/s)]);
      expect([id, reference]).toEqual([
        id,
        expect.stringMatching(/^https:\/\/docs\.(?:aws\.amazon|github)\.com\//),
      ]);
    }
  });

  it('need no permission but those that the auditor has', () => {
    const given: readonly string[] = permissionsFor([
      'always',
      'access',
      'validate-cache',
      'lifecycle-preview',
    ]).map(({ action }) => action);
    const kinds = ['registry', 'repository', 'cache-rule', 'template', 'role', 'user'] as const;
    const needed = kinds.flatMap((kind) => checksOf(kind).flatMap(({ actions }) => actions));
    expect(needed.filter((action) => !given.includes(action))).toEqual([]);
  });
});

describe('a result', () => {
  it('is one for each check and resource, with the members of the report, in whatever world', () => {
    fc.assert(
      fc.property(fc.infiniteStream(fc.nat(60)), (numbers) => {
        const world = worldOf((values) => values[(numbers.next().value ?? 0) % values.length] as never);
        const { results, counts } = audited(world, expecting(EXPECTATIONS));
        const keys = results.map(({ check, resource }) => `${check} ${resource}`);
        expect(new Set(keys).size).toBe(keys.length);
        for (const one of results) {
          expect(CONTRACT).toHaveProperty([one.check]);
          if (one.status === 'fail') expect(CONTRACT[one.check]).toContain(one.severity);
          expect(SEVERITIES).toContain(one.severity);
          expect(one.message).not.toMatch(/undefined|NaN|\[object/);
          expect(JSON.parse(JSON.stringify(one.evidence))).toEqual(one.evidence);
          expect(one.fix?.command ?? 'aws x y').toMatch(/^aws [a-z0-9]+ [a-z-]+/);
        }
        expect(Object.values(counts).reduce((all, count) => all + count, 0)).toBe(results.length);
      }),
      { numRuns: 40 },
    );
  });

  it('does not depend on the order of the facts', () => {
    const world = worldOf((values) => values[1 % values.length] as never);
    const [own] = world.registries;
    const [people] = world.accounts;
    const turned = {
      ...world,
      registries: [{ ...own, repositories: own?.repositories.map((all) => all.toReversed()) }],
      accounts: [{ ...people, principals: people?.principals.map((all) => all.toReversed()) }],
    } as typeof world;
    const inWords = (given: typeof world) =>
      audited(given, expecting(EXPECTATIONS))
        .results.map(({ check, resource, status, severity }) => [check, resource, status, severity].join(' '))
        .sort();
    expect(inWords(turned)).toEqual(inWords(world));
  });

  it('is about the registry if its repositories are unknown', () => {
    const { results } = audited(
      facts({
        registries: [registry([], { repositories: unknown('refused', ['ecr:DescribeRepositories']) })],
      }),
    );
    const found = of(results, 'tags/mutable');
    expect([found?.status, found?.resource, found?.registry, found?.missing]).toEqual([
      'unknown',
      HOST,
      HOST,
      ['ecr:DescribeRepositories'],
    ]);
    expect(found?.message).toContain('Allow ecr:DescribeRepositories.');
  });

  it('joins what is known of the registry with what is unknown of its repositories', () => {
    const open = policy({ Effect: 'Allow', Principal: '*', Action: 'ecr:PutImage', Resource: '*' });
    const of_ = (text: string | undefined) =>
      of(
        audited(
          facts({ registries: [registry([], { policy: known(text), repositories: unknown('refused') })] }),
        ).results,
        'policy/public',
      );
    expect([of_(undefined)?.status, of_(undefined)?.severity]).toEqual(['unknown', 'critical']);
    expect(of_(policy())?.status).toBe('unknown');
    expect(of_(open)).toMatchObject({ status: 'fail', severity: 'critical', missing: ['ecr:Something'] });
    expect(of_(open)?.message).toContain('Could not be determined: refused.');
  });

  it('keeps a name with hostile characters out of the shell and on one line', () => {
    const name = "team/$(x)'\n\u202e";
    const { results } = audited(facts({ registries: [registry([repository(name, MUTABLE)])] }));
    const found = of(results, 'tags/mutable');
    expect(found?.fix?.command).toContain("--repository-name '…'");
    expect(found?.message).not.toMatch(/[\n\u202e]/);
  });
});

describe('the verdict', () => {
  const given = about(MUTABLE);
  const verdict = (yaml: string, options: Parameters<typeof audited>[2], what = given) =>
    audited(what, expecting(QUIET + yaml), options).verdict;

  it.each([
    ['low', 'block'],
    ['medium', 'block'],
    ['high', 'warn'],
    ['critical', 'warn'],
    ['none', 'warn'],
  ] as const)('of a medium failure with fail-on %s is %s', (failOn, expected) => {
    expect(verdict('', { failOn })).toBe(expected);
  });

  it('passes if nothing is wrong', () => {
    const found = audited(facts(), expecting(QUIET));
    const open = found.results.filter(({ status }) => status !== 'pass');
    expect(open.map(({ check }) => check)).toEqual(['policy/deny-others']);
    expect(audited(facts(), checks(`{ check: policy/deny-others, ${ignored} }`)).verdict).toBe('pass');
  });

  it('of an unknown result blocks only if the audit policy says so, and from fail-on', () => {
    const blind = about({ key: unknown(), encryption: known({ type: 'KMS', key: 'x' }) });
    expect(verdict('', { failOn: 'high' }, blind)).toBe('warn');
    expect(verdict('unknown: block', { failOn: 'high' }, blind)).toBe('block');
    expect(verdict('unknown: block', { failOn: 'critical' }, blind)).toBe('warn');
    expect(verdict('unknown: block', { failOn: 'none' }, blind)).toBe('warn');
  });

  it('of a failure that could be worse blocks in the same way', () => {
    const blind = about({ ...MUTABLE, images: unknown() }, { cacheRules: known([]) });
    const only = `checks: [{ check: "{scanning,lifecycle,runtime}/*", ${ignored} }]\n`;
    expect(of(audited(blind, expecting(QUIET)).results, 'tags/mutable')?.severity).toBe('low');
    expect(verdict(only, { failOn: 'medium' }, blind)).toBe('warn');
    expect(verdict(`${only}unknown: block`, { failOn: 'medium' }, blind)).toBe('block');
  });
});

describe('rules under checks', () => {
  const given = about(MUTABLE);

  it('ignore failures, with the reason', () => {
    const { results, counts } = audited(
      given,
      checks(`{ check: "tags/*", ${ignored}, expires: 2027-06-30 }`),
    );
    const found = of(results, 'tags/mutable');
    expect([found?.status, found?.ignored]).toEqual([
      'ignored',
      { reason: 'nothing is deployed from there', expires: '2027-06-30' },
    ]);
    expect(counts.ignored).toBe(1);
  });

  it('give another severity, to what could be worse as well', () => {
    const blind = about({ ...MUTABLE, images: unknown() });
    const found = of(
      audited(blind, checks('{ check: tags/mutable, action: critical, reason: x }')).results,
      'tags/mutable',
    );
    expect([found?.status, found?.severity, found?.couldBe]).toEqual(['fail', 'critical', undefined]);
  });

  it('decide in order, and by the resource', () => {
    const two = facts({
      registries: [registry([repository('a/sandbox/x', MUTABLE), repository('a/b', MUTABLE)])],
    });
    const rules = checks(
      `{ check: "tags/*", resource: "**/sandbox/**", ${ignored} }`,
      '{ check: "**", action: critical, reason: x }',
    );
    const found = audited(two, rules).results.filter(({ check }) => check === 'tags/mutable');
    expect(found.map(({ status, severity }) => `${status} ${severity}`)).toEqual([
      'ignored medium',
      'fail critical',
    ]);
  });

  it('leave passed checks alone, and are named if they match nothing', () => {
    const { results, rules } = audited(facts(), checks(`{ check: "tags/*", ${ignored} }`));
    expect(of(results, 'tags/mutable')?.status).toBe('pass');
    expect(rules.unmatched).toEqual([
      { source: 'audit.yml:4', check: 'tags/*', resource: undefined, expires: undefined },
    ]);
  });

  it('match though an earlier rule decides', () => {
    const { rules } = audited(
      given,
      checks(`{ check: "tags/*", ${ignored} }`, `{ check: "tags/mutable", ${ignored} }`),
    );
    expect(rules.unmatched).toEqual([]);
  });

  it('no longer apply once they have expired, and are named then', () => {
    const on = (day: string) => audited(given, checks(`{ check: "tags/*", ${ignored}, expires: ${day} }`));
    const over = on('2026-11-24');
    expect(of(over.results, 'tags/mutable')?.status).toBe('fail');
    expect(over.rules).toMatchObject({
      unmatched: [],
      expired: [{ check: 'tags/*', expires: '2026-11-24' }],
    });
    // The last day is part of it.
    const last = on('2026-11-25');
    expect(of(last.results, 'tags/mutable')?.status).toBe('ignored');
    expect(last.rules).toEqual({ unmatched: [], expired: [] });
  });
});

describe('a baseline', () => {
  const given = about(MUTABLE);
  const before = (results: readonly Result[]): readonly BaselineResult[] => results;
  const options = (baseline: readonly BaselineResult[], failOn: 'medium' | 'high' = 'medium') => ({
    failOn,
    baseline,
  });

  it('lets known failures warn, and new ones block', () => {
    const first = audited(given);
    expect(audited(given, undefined, options(before(first.results))).verdict).toBe('warn');
    const found = audited(given, undefined, options([]));
    expect([found.verdict, of(found.results, 'tags/mutable')?.new]).toEqual(['block', true]);
  });

  it.each(['pass', 'unknown', 'ignored'] as const)('takes what was %s before for new', (status) => {
    const first = audited(given).results.map((one) => ({ ...one, status }));
    const found = audited(given, undefined, options(first));
    expect(of(found.results, 'tags/mutable')?.new).toBe(true);
  });

  it('takes a failure that is worse, or about more, for new', () => {
    const milder = audited(given).results.map((one) => ({ ...one, severity: 'low' as const }));
    expect(of(audited(given, undefined, options(milder)).results, 'tags/mutable')?.new).toBe(true);
    const expected = expecting(`repositories: [{ match: ["**"], push: [] }]`);
    const with_ = (...names: string[]) =>
      facts({
        accounts: [account(names.map((name) => roleThat(name, allow('ecr:*'))))],
        registries: [registry([repository()], { policy: known(undefined) })],
      });
    const first = audited(with_('a', 'b'), expected).results;
    const second = (...names: string[]) =>
      of(audited(with_(...names), expected, options(first)).results, 'access/push')?.new;
    expect([second('a', 'b'), second('a'), second('a', 'c')]).toEqual([false, false, true]);
  });

  const withRules = (...rules: object[]) => ({ lifecyclePolicy: known(lifecycle(...rules)) });
  const all = { ...tagged('*'), ...newest(100) };
  const deny = (...Action: string[]) =>
    policy({
      Effect: 'Deny',
      Principal: '*',
      Action,
      Condition: { ArnNotLike: { 'aws:PrincipalArn': roleArn('ci') } },
    });
  const dead = (pattern: string) => ({ ...tagged(pattern), ...days(9) });

  it.each<readonly [string, Partial<RepositoryFacts>, Partial<RepositoryFacts>, string]>([
    [
      'lifecycle/dead-rule',
      withRules(all, dead('a-*')),
      withRules(all, dead('a-*'), dead('b-*')),
      'repositories: []',
    ],
    [
      'lifecycle/production',
      withRules({ ...tagged('v*'), ...days(400) }),
      withRules({ ...tagged('v*'), ...days(400) }, { ...tagged('prod-*'), ...days(400) }),
      'repositories: []',
    ],
    [
      'lifecycle/all-patterns',
      { ...withRules({ ...tagged('v*', 'x'), ...days(400) }), images: known([image('one', ['v1', 'w1'])]) },
      {
        ...withRules({ ...tagged('v*', 'x'), ...days(400) }, { ...tagged('w*', 'x'), ...days(400) }),
        images: known([image('one', ['v1', 'w1'])]),
      },
      'repositories: []',
    ],
    [
      'tags/mutable',
      { mutability: known({ setting: 'IMMUTABLE_WITH_EXCLUSION', exclusions: ['v*'] }) },
      { mutability: known({ setting: 'IMMUTABLE_WITH_EXCLUSION', exclusions: ['v*', 'prod-*'] }) },
      'repositories: []',
    ],
    [
      'policy/deny-others',
      { policy: known(deny('ecr:*Layer*', 'ecr:PutImage')) },
      { policy: known(deny('ecr:*Layer*')) },
      'repositories: [{ match: ["**"], push: [] }]',
    ],
  ])('marks a failure of %s as new if it is about another part of the same resource', (check, first, second, yaml) => {
    const expected = expecting(yaml);
    const NO_POLICY = { policy: known(undefined) };
    const earlier = audited(about(first, NO_POLICY), expected).results;
    const isNew = (now: Partial<RepositoryFacts>) =>
      of(audited(about(now, NO_POLICY), expected, options(earlier)).results, check)?.new;
    expect([isNew(first), isNew(second)]).toEqual([false, true]);
  });

  it('marks a failure as new if further images will soon leave scanning', () => {
    const running = (...names: string[]) =>
      about(
        {
          images: known(names.map((name) => image(name, [name], 13))),
          coverage: known(names.map((name) => coverage(name, { inUseCount: 1 }))),
        },
        {
          inspectorRescan: known({ pushDuration: 'DAYS_14', pullDuration: undefined, pullMode: undefined }),
        },
      );
    const earlier = audited(running('a')).results;
    const isNew = (...names: string[]) =>
      of(audited(running(...names), undefined, options(earlier)).results, 'scanning/expiring')?.new;
    expect([isNew('a'), isNew('a', 'b')]).toEqual([false, true]);
  });

  it('marks a failure as new if further rules of a template break the rules of ECR', () => {
    const of_ = (...selections: object[]) =>
      aboutRegistry({ templates: known([template('team', { lifecyclePolicy: lifecycle(...selections) })]) });
    const wrong = { tagStatus: 'untagged', countType: 'imageCountMoreThan', countNumber: 0 };
    const earlier = audited(of_(wrong)).results;
    const isNew = (...selections: object[]) =>
      of(audited(of_(...selections), undefined, options(earlier)).results, 'template/lifecycle')?.new;
    expect([isNew(wrong), isNew(wrong, { ...tagged('a-*'), ...newest(0) })]).toEqual([false, true]);
  });

  it('marks nothing without a baseline, and no results that are not failures', () => {
    const found = audited(given, undefined, options([]));
    expect(
      found.results.filter(({ status, new: isNew }) => status !== 'fail' && isNew !== undefined),
    ).toEqual([]);
    expect(audited(given).results.filter(({ new: isNew }) => isNew !== undefined)).toEqual([]);
  });

  it('lists failures that no longer exist: the check passes now, or the resource was deleted', () => {
    const first = audited(given).results;
    const gone = (now: ReturnType<typeof facts>) =>
      audited(now, undefined, options(first)).gone.map(({ check, resource }) => `${check} ${resource}`);
    expect(gone(facts())).toEqual([`tags/mutable ${repositoryArn('team/app')}`]);
    expect(gone(given)).toEqual([]);
    const deleted = facts({ registries: [registry([repository('team/web')])] });
    expect(gone(deleted)).toEqual([`tags/mutable ${repositoryArn('team/app')}`]);
  });

  it('does not list failures that are now unknown, ignored, not selected or not audited', () => {
    const first = audited(given).results;
    const gone = (now: ReturnType<typeof facts>, expected?: ReturnType<typeof expecting>) =>
      audited(now, expected, options(first)).gone.filter(({ check }) => check === 'tags/mutable');
    expect(gone(about({ mutability: unknown() }))).toEqual([]);
    expect(gone(facts({ registries: [registry([], { repositories: unknown() })] }))).toEqual([]);
    expect(gone(facts({ registries: [registry([], { repositoryNames: known(['team/app']) })] }))).toEqual([]);
    expect(gone(facts({ registries: [registry([], { region: 'eu-west-1', host: 'x' })] }))).toEqual([]);
    expect(gone(given, checks(`{ check: "tags/*", ${ignored} }`))).toEqual([]);
  });
});

describe('who-can', () => {
  const given = facts({
    registries: [
      registry([repository('team/app'), repository('team/web'), repository('other')], {
        policy: known(undefined),
      }),
    ],
    accounts: [
      account([
        roleThat('all', allow('ecr:*')),
        roleThat(
          'app',
          allow(['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'], repositoryArn('team/app')),
        ),
        roleThat('maybe', allow('ecr:*', '*', { Condition: { StringEquals: { 'aws:NewKey': 'x' } } })),
      ]),
    ],
  });
  const ask = (question: string, what = given) => whoCan(parseQuestion(question), audited(what));
  const rows = (question: string) =>
    ask(question).rows.map(({ repository: arn, principal, verdict }) => [
      arn.split('/').slice(1).join('/'),
      principal,
      verdict,
    ]);

  it('answers by repository, the most certain first', () => {
    expect(rows('pull team/app')).toEqual([
      ['team/app', roleArn('all'), 'allowed'],
      ['team/app', roleArn('app'), 'allowed'],
      ['team/app', rootArn(), 'allowed'],
      ['team/app', roleArn('maybe'), 'unknown'],
    ]);
    expect(rows('push team/*')).toHaveLength(6);
    expect(ask('delete **').repositories).toHaveLength(3);
  });

  it('says where the answer may lack a principal', () => {
    expect(ask('pull **').incomplete).toEqual([]);
    const blind = { ...given, accounts: [account([], { principals: unknown('IAM was not read') })] };
    expect(ask('pull **', blind).incomplete).toEqual([
      `The users and roles of ${ACCOUNT} are unknown: IAM was not read.`,
    ]);
    const closed = about({ policy: unknown() });
    expect(ask('pull **', closed).incomplete).toHaveLength(1);
    // What the registry policy denies counts with scope V2 alone.
    const denies = known(policy({ Effect: 'Deny', Principal: '*', Action: 'ecr:PutImage', Resource: '*' }));
    const ofScope = (policyScope: RegistryFacts['policyScope'], text: RegistryFacts['policy'] = denies) =>
      ask('push **', about({}, { policy: text, policyScope }));
    expect(ofScope(unknown('it was refused'))).toMatchObject({
      rows: [],
      incomplete: [
        `What the policy of the registry ${HOST} denies may not count: its scope is not known (it was refused).`,
      ],
    });
    for (const scope of ['V1', 'V2'] as const) expect(ofScope(known(scope)).incomplete).toEqual([]);
    expect(ofScope(unknown(), known(undefined)).incomplete).toEqual([]);
  });

  it.each(['push', 'own team/app', 'push a b', '', 'PUSH **'])('refuses %j', (question) => {
    expect(() => parseQuestion(question)).toThrow(/is not a valid question for who-can/);
  });

  it('reads questions with any space', () => {
    expect(parseQuestion('  push \t team/app ')).toEqual({ ability: 'push', repositories: 'team/app' });
  });
});

describe('the rest of the answer', () => {
  it('lists what is not seen', () => {
    const always = ['session policies', 'session tags', 'VPC endpoint policies'];
    expect(audited(facts()).notSeen).toEqual(['scp', 'rcp', ...always]);
    const levels = [{ kind: 'scp' as const, name: 'root', account: undefined, policies: [] }];
    const partner = expecting(`accounts: { "${OTHER}": partner }`);
    const replicating = facts({
      levels,
      registries: [
        registry([], {
          replication: known([{ destinations: [{ region: 'eu-west-1', account: OTHER }], prefixes: [] }]),
        }),
      ],
    });
    expect(audited(replicating, partner).notSeen).toEqual([
      'rcp',
      ...always,
      `replication destination ${OTHER} eu-west-1`,
    ]);
  });

  it('describes each user and role', () => {
    const trust = {
      known: policy({
        Effect: 'Allow',
        Principal: { Federated: `arn:aws:iam::${ACCOUNT}:oidc-provider/token.actions.githubusercontent.com` },
        Action: 'sts:AssumeRoleWithWebIdentity',
        Condition: {
          StringEquals: { 'token.actions.githubusercontent.com:sub': 'repo:acme/app:ref:refs/heads/main' },
        },
      }),
    };
    const one = {
      ...roleThat('ci', allow('s3:GetObject', 'arn:aws:s3:::shop/*'), allow('iam:PassRole')),
      trust,
    };
    const workloads = {
      ...registry().workloads,
      ecsRoles: known([{ role: one.arn, by: 'ecs:task-definition/app:7 (execution)' }]),
    };
    const { principals } = audited(
      facts({ accounts: [account([one])], registries: [registry([repository()], { workloads })] }),
    );
    expect(principals).toEqual([
      {
        arn: roleArn('ci'),
        kind: 'role',
        assumedBy: ['github-oidc repo:acme/app:ref:refs/heads/main'],
        usedBy: ['ecs:task-definition/app:7 (execution)'],
        permissions: {
          summary: ['s3:getobject on arn:aws:s3:::shop/*', 'iam:passrole on *'],
          dangers: ['iam:PassRole on *'],
          unknown: [],
        },
      },
    ]);
  });

  it('proposes policies for the repositories to which a principal is expected to push', () => {
    const expected = expecting(
      `repositories: [{ match: ["team/app"], push: ["${roleArn('ci')}"], administer: ["${roleArn('ci')}"] }]`,
    );
    const two = facts({
      registries: [registry([repository('team/app'), repository('other')])],
      accounts: [account([roleThat('ci', allow('ecr:*'))])],
    });
    expect(audited(two, expected).proposals).toMatchObject([
      { repository: repositoryArn('team/app'), document: { Version: '2012-10-17' } },
    ]);
  });
});

it('a lifecycle policy that takes production images is said in the words of the evidence', () => {
  const given = about({
    lifecyclePolicy: known(lifecycle({ ...tagged('v*'), ...days(30) }, UNTAGGED)),
    images: known([image('old', ['v1'], 60)]),
  });
  const found = of(audited(given).results, 'lifecycle/production');
  expect(found?.message).toContain('expires 1 of the newest 10 production images now (v1), by rule 1.');
  expect(found?.evidence.images).toMatchObject([
    { tags: ['v1'], fate: 'expired by rule 1, by age since 2026-10-26' },
  ]);
});
