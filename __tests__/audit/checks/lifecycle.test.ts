import { describe, expect, it } from 'vitest';
import { readPolicy, validate } from '../../../src/audit/lifecycle/policy.ts';
import {
  about,
  coverage,
  days,
  expecting,
  image,
  index,
  known,
  lifecycle,
  NO_WORKLOADS,
  newest,
  result,
  tagged,
  UNTAGGED,
  unknown,
  use,
  verdict,
} from '../factories.ts';

const rules = (...selections: object[]) => ({ lifecyclePolicy: known(lifecycle(...selections)) });
const any = { tagStatus: 'any' };
const SIGNATURE = (name: string) =>
  `sha256-${Buffer.from(name).toString('hex').padEnd(64, '0').slice(0, 64)}.sig`;

/** A document that a fix shows is one that ECR takes. */
function expectValid(document: unknown): void {
  const text = JSON.stringify(document);
  expect(validate(text)).toEqual([]);
  expect(readPolicy(text)).toHaveProperty('policy');
}

describe('lifecycle/missing', () => {
  it('fails without a policy, and gives one that takes nothing that is needed', () => {
    const found = result('lifecycle/missing', about({ lifecyclePolicy: known(undefined) }));
    expect([found?.status, found?.severity]).toEqual(['fail', 'medium']);
    expectValid(found?.fix?.document);
  });

  it('gives no document if it is unknown what runs', () => {
    const given = about({ lifecyclePolicy: known(undefined), coverage: unknown() });
    expect(result('lifecycle/missing', given)?.fix).toEqual({
      command:
        'aws ecr put-lifecycle-policy --repository-name team/app --lifecycle-policy-text file://lifecycle.json --region eu-central-1',
    });
  });
});

describe('lifecycle/untagged', () => {
  it.each([
    ['a rule for untagged images', rules(UNTAGGED), 'pass'],
    ['a rule for all images', rules({ ...any, ...newest(50) }), 'pass'],
    ['rules for tagged images alone', rules({ ...tagged('dev-*'), ...days(30) }), 'fail low'],
    ['no policy, which is another check', { lifecyclePolicy: known(undefined) }, 'none'],
    ['a policy that is not understood', { lifecyclePolicy: known('{"rules":[{"new":1}]}') }, 'unknown low'],
  ])('%s', (_, more, expected) => {
    expect(verdict('lifecycle/untagged', about(more))).toBe(expected);
  });

  it('does not apply if images are signed, and no document for them has such a rule', () => {
    const signed = expecting('repositories: [{ match: ["team/**"], signed: true }]');
    const other = expecting('repositories: [{ match: ["other/**"], signed: true }]');
    const given = about(rules({ ...tagged('dev-*'), ...days(30) }));
    expect(verdict('lifecycle/untagged', given, signed)).toBe('none');
    expect(verdict('lifecycle/untagged', given, other)).toBe('fail low');
    const missing = about({ lifecyclePolicy: known(undefined) });
    expect(result('lifecycle/missing', missing, signed)).toMatchObject({
      status: 'fail',
      severity: 'medium',
    });
    expect(result('lifecycle/missing', missing, signed)?.fix?.document).toBeUndefined();
  });

  it('adds the rule in front, and keeps the others', () => {
    const document = result('lifecycle/untagged', about(rules({ ...tagged('dev-*'), ...days(30) })))?.fix
      ?.document;
    expectValid(document);
    expect(verdict('lifecycle/untagged', about({ lifecyclePolicy: known(JSON.stringify(document)) }))).toBe(
      'pass',
    );
  });
});

describe('lifecycle/dead-rule', () => {
  it.each([
    [
      'everything before',
      [
        { ...tagged('*'), ...newest(20) },
        { ...tagged('prod-*'), ...days(90) },
      ],
      'fail medium',
    ],
    [
      'a wider pattern before',
      [
        { ...tagged('p*'), ...newest(20) },
        { ...tagged('prod-*'), ...days(90) },
      ],
      'fail medium',
    ],
    [
      'a narrower pattern before',
      [
        { ...tagged('prod-*'), ...newest(20) },
        { ...tagged('p*'), ...days(90) },
      ],
      'pass',
    ],
    ['untagged images, and then all', [{ ...UNTAGGED }, { ...any, ...newest(50) }], 'pass'],
  ])('%s', (_, selections, expected) => {
    expect(verdict('lifecycle/dead-rule', about(rules(...selections)))).toBe(expected);
  });

  it('names the rules, and gives the policy without the dead one', () => {
    const found = result(
      'lifecycle/dead-rule',
      about(rules({ ...tagged('*'), ...newest(20) }, { ...tagged('prod-*'), ...days(90) })),
    );
    expect(found?.message).toMatch(
      /^Rule 2 of the lifecycle policy of team\/app can never have an effect, because rule 1 matches/,
    );
    expectValid(found?.fix?.document);
    expect(found?.fix?.document).toMatchObject({ rules: [{ selection: { tagPatternList: ['*'] } }] });
  });
});

describe('lifecycle/all-patterns', () => {
  const both = rules({ ...tagged('prod-*', 'release-*'), ...days(90) });

  it.each([
    ['images that match one of them', [image('a', ['prod-1']), image('b', ['release-1'])], 'fail medium'],
    ['an image that matches both', [image('a', ['prod-1', 'release-1'])], 'pass'],
    ['no image that matches any', [image('a', ['dev'])], 'pass'],
    ['no images', [], 'pass'],
  ])('%s', (_, images, expected) => {
    expect(verdict('lifecycle/all-patterns', about({ ...both, images: known(images) }))).toBe(expected);
  });

  it('needs no images if each rule has one pattern', () => {
    const given = about({ ...rules({ ...tagged('prod-*'), ...days(90) }), images: unknown() });
    expect(verdict('lifecycle/all-patterns', given)).toBe('pass');
    expect(verdict('lifecycle/all-patterns', about({ ...both, images: unknown() }))).toBe('unknown medium');
  });
});

describe('lifecycle/production', () => {
  const production = (count: number, pushed = 1) =>
    Array.from({ length: count }, (_, at) => image(`p${at}`, [`v${at}`], pushed + at));

  it.each([
    ['by age, now', { ...tagged('v*'), ...days(30) }, production(3, 60), 'fail high'],
    ['by age, later', { ...tagged('v*'), ...days(30) }, production(3, 1), 'fail medium'],
    ['by a count below what is needed, now', { ...tagged('v*'), ...newest(2) }, production(3), 'fail high'],
    [
      'by a count below what is needed, later',
      { ...tagged('v*'), ...newest(2) },
      production(2),
      'fail medium',
    ],
    ['by a count of what is needed', { ...tagged('v*'), ...newest(10) }, production(30), 'pass'],
    ['by a count that all share', { ...any, ...newest(100) }, production(3), 'fail medium'],
    ['nothing of production', { ...tagged('dev-*'), ...days(1) }, production(3, 60), 'pass'],
  ])('a rule that takes images %s', (_, selection, images, expected) => {
    const given = about({ ...rules(selection), images: known(images) });
    expect(verdict('lifecycle/production', given)).toBe(expected);
  });

  it('looks at the patterns alone if there are no images', () => {
    expect(
      verdict('lifecycle/production', about({ ...rules({ ...tagged('*'), ...days(1) }), images: known([]) })),
    ).toBe('fail medium');
  });

  it('uses keep and the production tags of the audit policy', () => {
    const policy = expecting('repositories: [{ match: ["**"], keep: 2, production-tags: ["live-*"] }]');
    const given = (pattern: string, count: number) =>
      about({ ...rules({ ...tagged(pattern), ...newest(count) }), images: known([image('a', ['live-1'])]) });
    expect(verdict('lifecycle/production', given('live-*', 2), policy)).toBe('pass');
    expect(verdict('lifecycle/production', given('live-*', 1), policy)).toBe('fail medium');
    expect(verdict('lifecycle/production', given('v*', 1), policy)).toBe('pass');
  });

  it('protects an image that runs, though it is no longer one of the newest', () => {
    const images = [...production(12, 1), image('old', ['dev-1'], 90)];
    const given = about({
      ...rules({ ...tagged('dev-*'), ...days(30) }),
      images: known(images),
      coverage: known([coverage('old', { inUseCount: 1 })]),
    });
    const found = result('lifecycle/production', given);
    expect([found?.status, found?.severity]).toEqual(['fail', 'high']);
    expect(found?.message).toContain('images that run');
  });

  it('gives a policy that the evaluator finds safe', () => {
    const images = known(production(12, 40));
    const found = result('lifecycle/production', about({ ...rules({ ...any, ...days(30) }), images }));
    expect(found?.severity).toBe('high');
    expectValid(found?.fix?.document);
    const fixed = about({ lifecyclePolicy: known(JSON.stringify(found?.fix?.document)), images });
    expect(verdict('lifecycle/production', fixed)).toBe('pass');
  });
});

describe('lifecycle/signatures', () => {
  const images = [image('one', ['v1'], 90), image('sig', [SIGNATURE('one')], 90)];

  it.each([
    ['counted with everything else', { ...any, ...newest(50) }, images, 'fail medium'],
    ['expired while their image stays', { ...tagged('sha256-*'), ...days(30) }, images, 'fail medium'],
    ['of no rule', { ...tagged('dev-*'), ...days(30) }, images, 'pass'],
    [
      'counted by a rule for more than them',
      { ...tagged('sha*'), ...newest(100_000) },
      images,
      'fail medium',
    ],
    ['that there are none of', { ...any, ...newest(50) }, [image('one', ['v1'])], 'none'],
  ])('signatures %s', (_, selection, list, expected) => {
    expect(verdict('lifecycle/signatures', about({ ...rules(selection), images: known(list) }))).toBe(
      expected,
    );
  });
});

describe('lifecycle/in-use', () => {
  const old = [image('new', ['dev-2'], 1), image('old', ['dev-1'], 90)];
  const expiring = rules({ ...tagged('dev-*'), ...days(30) });
  const running = (more: object) => ({ workloads: { ...NO_WORKLOADS, ...more } });

  it.each([
    ['a task', { ecs: known([use('team/app:dev-1')]) }],
    ['a service', { ecs: known([use('team/app:dev-1', { kind: 'ecs-service' })]) }],
    ['a function', { lambda: known([use('team/app:dev-1', { kind: 'lambda', by: 'lambda:function/f' })]) }],
  ])('fails if %s runs what expires', (_, more) => {
    const given = about({ ...expiring, images: known(old) }, running(more));
    expect(verdict('lifecycle/in-use', given)).toBe('fail high');
  });

  it('fails for an image that runs, whatever artifact type its manifest states', () => {
    const artifactType = 'application/vnd.acme.bundle.v1+json';
    const typed = old.map((one) => ({ ...one, artifactType, isIndex: false }));
    const given = about(
      { ...expiring, images: known(typed) },
      running({ ecs: known([use('team/app:dev-1')]) }),
    );
    expect(verdict('lifecycle/in-use', given)).toBe('fail high');
  });

  it('fails if Inspector reports it in use', () => {
    const given = about({
      ...expiring,
      images: known(old),
      coverage: known([coverage('old', { inUseCount: 3 })]),
    });
    expect(verdict('lifecycle/in-use', given)).toBe('fail high');
  });

  it('passes if Inspector tracks the image and reports no use, and if nothing expires', () => {
    const tracked = known([coverage('old', { inUseCount: 0 })]);
    expect(verdict('lifecycle/in-use', about({ ...expiring, images: known(old), coverage: tracked }))).toBe(
      'pass',
    );
    const young = known([image('new', ['dev-2'], 1)]);
    const given = about({ ...expiring, images: young, coverage: unknown() }, running({ ecs: unknown() }));
    expect(verdict('lifecycle/in-use', given)).toBe('pass');
  });

  it.each([
    ['does not track the image', { coverage: known([]) }],
    [
      'does not scan continuously',
      { scanFrequency: known('SCAN_ON_PUSH'), coverage: known([coverage('old')]) },
    ],
    ['was not read', { coverage: unknown() }],
  ])('is unknown if Inspector %s', (_, more) => {
    expect(verdict('lifecycle/in-use', about({ ...expiring, images: known(old), ...more }))).toBe(
      'unknown high',
    );
  });

  it('counts an index as running when one of its platforms does', () => {
    const images = [
      index('both', ['dev-1'], { one: 'linux/amd64', two: 'linux/arm64' }, { pushedAt: old[1]?.pushedAt }),
      image('one', [], 90),
      image('two', [], 90),
    ];
    const given = about({
      ...expiring,
      images: known(images),
      coverage: known([coverage('two', { inUseCount: 1 })]),
    });
    expect(verdict('lifecycle/in-use', given)).toBe('fail high');
  });

  it('is unknown for an index without a known use, because Inspector does not track it', () => {
    const images = [
      index('both', ['dev-1'], { one: 'linux/amd64' }, { pushedAt: old[1]?.pushedAt }),
      image('one', [], 90),
    ];
    const given = about({ ...expiring, images: known(images), coverage: known([coverage('one')]) });
    expect(verdict('lifecycle/in-use', given)).toBe('unknown high');
  });
});

describe('lifecycle/preview', () => {
  const expiring = {
    ...rules({ ...tagged('dev-*'), ...days(30) }),
    images: known([image('old', ['dev-1'], 90)]),
  };
  const preview = (action: 'expire' | undefined) =>
    known(
      action === undefined
        ? []
        : [
            {
              digest: image('old', []).digest,
              action,
              priority: 1,
            },
          ],
    );

  it.each([
    ['agrees', preview('expire'), 'pass'],
    ['keeps what the evaluator expires', preview(undefined), 'fail medium'],
    ['was not asked for', known(undefined), 'none'],
    ['was refused', unknown(), 'unknown medium'],
  ])('a preview that %s', (_, given, expected) => {
    expect(verdict('lifecycle/preview', about({ ...expiring, preview: given }))).toBe(expected);
  });
});
