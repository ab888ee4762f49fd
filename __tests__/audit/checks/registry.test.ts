import { describe, expect, it } from 'vitest';
import type { AuditFacts } from '../../../src/audit/facts.ts';
import {
  ACCOUNT,
  aboutRegistry,
  cacheRule,
  days,
  expecting,
  facts,
  HOST,
  known,
  lifecycle,
  newest,
  OTHER,
  policy,
  registry,
  repository,
  result,
  results,
  roleArn,
  rootArn,
  tagged,
  template,
  UNTAGGED,
  unknown,
  verdict,
} from '../factories.ts';

const partner = expecting('accounts: { "777788889999": partner }');
const enhanced = (...filters: string[]) =>
  known({ scanType: 'ENHANCED', rules: [{ frequency: 'CONTINUOUS_SCAN', filters }] });

describe('cache/credentials', () => {
  const of = (upstream: string, more: object = {}) =>
    aboutRegistry({ cacheRules: known([cacheRule('hub', upstream, { hasCredential: false, ...more })]) });

  it.each<readonly [string, AuditFacts, string]>([
    ...[
      'docker-hub',
      'github-container-registry',
      'gitlab-container-registry',
      'azure-container-registry',
      'chainguard',
    ].map((upstream) => [`${upstream} without credentials`, of(upstream), 'fail medium'] as const),
    ['Docker Hub with credentials', of('docker-hub', { hasCredential: true }), 'pass'],
    ...['ecr-public', 'quay', 'k8s'].map(
      (upstream) => [`${upstream} without credentials`, of(upstream), 'pass'] as const,
    ),
    [
      'ECR of another account without a role',
      of('ecr', { upstreamUrl: `${OTHER}.dkr.ecr.eu-west-1.amazonaws.com` }),
      'fail medium',
    ],
    [
      'ECR of another account with a role',
      of('ecr', { upstreamUrl: `${OTHER}.dkr.ecr.eu-west-1.amazonaws.com`, hasRole: true }),
      'pass',
    ],
    [
      'ECR of the own account',
      of('ecr', { upstreamUrl: `${ACCOUNT}.dkr.ecr.eu-west-1.amazonaws.com` }),
      'pass',
    ],
    ['an upstream that is unknown', of('new', { upstreamUrl: 'registry.example' }), 'unknown medium'],
    [
      'Docker Hub by its host',
      of('', { upstream: undefined, upstreamUrl: 'registry-1.docker.io' }),
      'fail medium',
    ],
    [
      'what ECR says does not work',
      of('k8s', { validation: known({ isValid: false, failure: 'no route' }) }),
      'fail medium',
    ],
    ['what ECR says works', of('k8s', { validation: known({ isValid: true, failure: undefined }) }), 'pass'],
    ['what ECR did not answer', of('k8s', { validation: unknown() }), 'unknown medium'],
  ])('%s', (_, given, expected) => {
    expect(verdict('cache/credentials', given)).toBe(expected);
  });

  it('is about the prefix', () => {
    expect(result('cache/credentials', of('k8s'))?.resource).toBe(`${HOST}/hub`);
  });
});

describe('cache/scanned', () => {
  it.each([
    ['the prefix', 'hub', enhanced('hub/*'), 'pass'],
    ['everything', 'hub', enhanced('*'), 'pass'],
    ['a name that each name of the prefix contains', 'hub', enhanced('hub/'), 'pass'],
    ['another prefix', 'hub', enhanced('other/*'), 'fail high'],
    ['a part of the prefix', 'hub', enhanced('hub/a*'), 'fail high'],
    ['the prefix, which is given with its slash', 'hub/', enhanced('hub/*'), 'pass'],
    ['a prefix, for the whole registry', 'ROOT', enhanced('hub/*'), 'fail high'],
    ['everything, for the whole registry', 'ROOT', enhanced('*'), 'pass'],
  ])('rules for %s', (_, prefix, scanning, expected) => {
    const given = aboutRegistry({ scanning, cacheRules: known([cacheRule(prefix, 'k8s')]) });
    expect(verdict('cache/scanned', given)).toBe(expected);
  });

  it.each(['hub', 'hub/'])('adds the prefix to the rules: %s', (prefix) => {
    const given = aboutRegistry({ scanning: enhanced('x'), cacheRules: known([cacheRule(prefix, 'k8s')]) });
    expect(result('cache/scanned', given)?.fix?.document).toMatchObject([
      { repositoryFilters: [{ filter: 'x' }, { filter: 'hub/*' }] },
    ]);
  });
});

describe('cache/open-upstream', () => {
  const pushed = expecting(`repositories: [{ match: ["team/**"], push: ["${roleArn('ci')}"] }]`);
  const of = (prefix: string, upstream: string, more: object = {}, registryMore: object = {}) =>
    aboutRegistry({ cacheRules: known([cacheRule(prefix, upstream, more)]), ...registryMore });

  it.each([
    ['its own prefix', of('hub', 'docker-hub'), 'pass'],
    ['the prefix of own repositories', of('team', 'docker-hub'), 'fail high'],
    ['the whole registry', of('ROOT', 'docker-hub'), 'fail high'],
    ['the prefix of own repositories with its slash', of('team/', 'docker-hub'), 'fail high'],
    ['an upstream where only its owner may register names', of('team', 'k8s'), 'pass'],
    ['an upstream prefix of its own', of('team', 'docker-hub', { upstreamPrefix: 'acme' }), 'pass'],
    ['an upstream that is unknown', of('team', 'new'), 'unknown high'],
    [
      'repositories that are left out',
      of('web', 'docker-hub', {}, { repositoryNames: known(['team/app', 'web/shop']) }),
      'unknown high',
    ],
  ])('a cache with %s', (_, given, expected) => {
    expect(verdict('cache/open-upstream', given, pushed)).toBe(expected);
  });

  it('sees that a repository policy grants push', () => {
    const text = policy({ Effect: 'Allow', Principal: { AWS: roleArn('ci') }, Action: 'ecr:PutImage' });
    const given = facts({
      registries: [
        registry([repository('team/app', { policy: known(text) })], {
          cacheRules: known([cacheRule('team', 'docker-hub')]),
        }),
      ],
    });
    expect(verdict('cache/open-upstream', given)).toBe('fail high');
  });
});

describe('cache/template', () => {
  const of = (...templates: ReturnType<typeof template>[]) =>
    aboutRegistry({ cacheRules: known([cacheRule('hub', 'k8s')]), templates: known(templates) });

  it.each([
    ['a template for the prefix', of(template('hub')), 'pass'],
    ['a template for the prefix with its slash', of(template('hub/')), 'pass'],
    ['the default template', of(template('ROOT')), 'pass'],
    ['none', of(), 'fail low'],
    [
      'a template without a lifecycle policy',
      of(template('hub', { lifecyclePolicy: undefined })),
      'fail low',
    ],
    [
      'one for the prefix without, before the default with',
      of(template('hub', { lifecyclePolicy: undefined }), template('ROOT')),
      'fail low',
    ],
    [
      'one for the prefix with its slash without, before the default with',
      of(template('hub/', { lifecyclePolicy: undefined }), template('ROOT')),
      'fail low',
    ],
    ['a template for another prefix', of(template('hu')), 'fail low'],
    ['a template for another prefix with its slash', of(template('hu/')), 'fail low'],
    ['a template for replication', of(template('hub', { appliedFor: ['REPLICATION'] })), 'fail low'],
  ])('%s', (_, given, expected) => {
    expect(verdict('cache/template', given)).toBe(expected);
  });

  it('shows a policy that `template/lifecycle` accepts, and none if images are expected to be signed', () => {
    const document = result('cache/template', of())?.fix?.document;
    expect(document).toMatchObject({ rules: [{ selection: { tagStatus: 'untagged', countNumber: 90 } }] });
    const applied = of(template('hub', { lifecyclePolicy: JSON.stringify(document) }));
    expect([verdict('cache/template', applied), verdict('template/lifecycle', applied)]).toEqual([
      'pass',
      'pass',
    ]);
    const signed = expecting('repositories: [{ match: ["hub/*"], signed: true }]');
    expect(result('cache/template', of(), signed)).toMatchObject({ status: 'fail' });
    const withSlash = aboutRegistry({ cacheRules: known([cacheRule('hub/', 'k8s')]) });
    expect(result('cache/template', withSlash, signed)?.fix).not.toHaveProperty('document');
    expect(result('cache/template', of(), signed)?.fix).not.toHaveProperty('document');
  });
});

describe('template', () => {
  const of = (more: object) => aboutRegistry({ templates: known([template('team', more)]) });
  const everyone = policy({ Effect: 'Allow', Principal: '*', Action: 'ecr:*' });

  it.each([
    [
      'sound',
      { policy: policy({ Effect: 'Allow', Principal: { AWS: roleArn('ci') }, Action: 'ecr:PutImage' }) },
      'pass',
    ],
    ['open to everyone', { policy: everyone }, 'fail critical'],
    [
      'with NotPrincipal',
      { policy: policy({ Effect: 'Allow', NotPrincipal: { AWS: rootArn() }, Action: 'ecr:*' }) },
      'fail high',
    ],
    [
      'without effect',
      { policy: policy({ Effect: 'Allow', Principal: { AWS: roleArn('gone') }, Action: 'ecr:*' }) },
      'fail medium',
    ],
    ['unreadable', { policy: '{' }, 'unknown critical'],
    ['absent', {}, 'none'],
  ])('template/policy: a policy that is %s', (_, more, expected) => {
    expect(verdict('template/policy', of(more))).toBe(expected);
  });

  it('names the check and the resource', () => {
    const found = result('template/policy', of({ policy: everyone }));
    expect(found?.message).toMatch(/^policy\/public: /);
    expect(found?.resource).toBe(`${HOST}/team`);
    expect(found?.evidence.checks).toEqual(['policy/public']);
    expect(found?.fix?.command).toContain('aws ecr update-repository-creation-template --prefix team');
  });

  it.each([
    ['sound', lifecycle(UNTAGGED), 'pass'],
    ['against the rules', lifecycle({ tagStatus: 'any', ...newest(5) }, UNTAGGED), 'fail high'],
    ['no JSON', '{', 'fail high'],
    [
      'with a dead rule',
      lifecycle(UNTAGGED, { ...tagged('dev*'), ...days(3) }, { ...tagged('dev-*'), ...days(9) }),
      'fail medium',
    ],
    ['without a rule for untagged images', lifecycle({ ...tagged('dev-*'), ...days(3) }), 'fail low'],
    ['able to expire production images', lifecycle(UNTAGGED, { ...tagged('v*'), ...days(3) }), 'fail medium'],
  ])('template/lifecycle: a policy that is %s', (_, lifecyclePolicy, expected) => {
    expect(verdict('template/lifecycle', of({ lifecyclePolicy }))).toBe(expected);
  });

  it('template/lifecycle: requires no rule for untagged images if images are signed', () => {
    const given = of({ lifecyclePolicy: lifecycle({ ...tagged('dev-*'), ...days(3) }) });
    const signed = expecting('repositories: [{ match: ["team/**"], signed: true }]');
    expect(verdict('template/lifecycle', given, signed)).toBe('pass');
  });

  it('reports lifecycle/invalid by its name, and nowhere else', () => {
    const given = of({ lifecyclePolicy: '{' });
    expect(result('template/lifecycle', given)?.message).toMatch(/^lifecycle\/invalid: /);
    expect(results('lifecycle/invalid', given)).toEqual([]);
  });
});

describe('registry', () => {
  const granting = (Principal: object | string, Action: string, more: object = {}) =>
    aboutRegistry({ policy: known(policy({ Effect: 'Allow', Principal, Action, Resource: '*' })), ...more });
  const onPush = { templates: known([template('ROOT', { appliedFor: ['CREATE_ON_PUSH'] })]) };

  it.each([
    ['another account', granting({ AWS: rootArn(OTHER) }, 'ecr:CreateRepository'), 'fail medium'],
    ['everyone', granting('*', 'ecr:CreateRepository'), 'fail medium'],
    ['a known account', granting({ AWS: rootArn('777788889999') }, 'ecr:CreateRepository'), 'pass'],
    ['the own account', granting({ AWS: rootArn() }, 'ecr:*'), 'pass'],
    [
      'another account by push, with such a template',
      granting({ AWS: rootArn(OTHER) }, 'ecr:PutImage', onPush),
      'fail medium',
    ],
    [
      'another account by push, without such a template',
      granting({ AWS: rootArn(OTHER) }, 'ecr:PutImage'),
      'pass',
    ],
    [
      'another account by push, in scope V1',
      granting({ AWS: rootArn(OTHER) }, 'ecr:PutImage', { ...onPush, policyScope: known('V1') }),
      'pass',
    ],
    ['no principal, with such a template', aboutRegistry({ ...onPush, policy: known(undefined) }), 'pass'],
  ])('registry/create-on-push: %s', (_, given, expected) => {
    expect(verdict('registry/create-on-push', given, partner)).toBe(expected);
  });

  it.each([
    ['another account', granting({ AWS: rootArn(OTHER) }, 'ecr:ReplicateImage'), 'fail high'],
    ['another account by a wildcard', granting({ AWS: rootArn(OTHER) }, 'ecr:Repl*'), 'fail high'],
    ['a known account', granting({ AWS: rootArn('777788889999') }, 'ecr:ReplicateImage'), 'pass'],
    ['another account, for another action', granting({ AWS: rootArn(OTHER) }, 'ecr:BatchGetImage'), 'pass'],
  ])('registry/replicate-into: %s', (_, given, expected) => {
    expect(verdict('registry/replicate-into', given, partner)).toBe(expected);
  });

  it('is unknown if the audit policy names no account', () => {
    const given = granting({ AWS: rootArn(OTHER) }, 'ecr:ReplicateImage');
    expect(verdict('registry/replicate-into', given)).toBe('unknown high');
    expect(result('registry/replicate-into', given)?.message).toContain(OTHER);
  });

  const replicating = (account: string) =>
    aboutRegistry({
      replication: known([
        {
          destinations: [
            { region: 'eu-west-1', account },
            { region: 'eu-west-1', account: ACCOUNT },
          ],
          prefixes: ['team/'],
        },
      ]),
    });

  it.each([
    ['another account', replicating(OTHER), partner, 'fail low'],
    ['a known account', replicating('777788889999'), partner, 'pass'],
    ['the own account', replicating(ACCOUNT), partner, 'pass'],
    ['another account, where none is named', replicating(OTHER), undefined, 'unknown low'],
  ])('registry/replication: %s', (_, given, policyOfAudit, expected) => {
    expect(verdict('registry/replication', given, policyOfAudit)).toBe(expected);
  });

  it('leaves the other destinations in the corrected configuration', () => {
    expect(result('registry/replication', replicating(OTHER), partner)?.fix?.document).toEqual({
      rules: [
        {
          destinations: [{ region: 'eu-west-1', registryId: ACCOUNT }],
          repositoryFilters: [{ filter: 'team/', filterType: 'PREFIX_MATCH' }],
        },
      ],
    });
  });
});
