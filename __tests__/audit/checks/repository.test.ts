import { describe, expect, it } from 'vitest';
import { Fact } from '../../../src/audit/facts.ts';
import {
  ACCOUNT,
  about,
  cacheRule,
  coverage,
  digest,
  expecting,
  image,
  index,
  known,
  NO_WORKLOADS,
  OTHER,
  result,
  unknown,
  use,
  verdict,
} from '../factories.ts';

describe('tags/mutable', () => {
  const setting = (name: string, ...exclusions: string[]) => ({
    mutability: known({ setting: name, exclusions }),
  });

  it.each([
    ['IMMUTABLE', setting('IMMUTABLE'), ['v1'], 'pass'],
    ['MUTABLE with a production tag', setting('MUTABLE'), ['v1'], 'fail medium'],
    ['MUTABLE without production tags', setting('MUTABLE'), ['dev'], 'fail low'],
    [
      'exclusions that leave a production tag mutable',
      setting('IMMUTABLE_WITH_EXCLUSION', 'v*'),
      ['v1'],
      'fail medium',
    ],
    [
      'exclusions that overlap with production tags',
      setting('IMMUTABLE_WITH_EXCLUSION', '*-1'),
      ['v2'],
      'fail low',
    ],
    ['exclusions of other tags', setting('IMMUTABLE_WITH_EXCLUSION', 'latest'), ['v1', 'latest'], 'pass'],
    [
      'mutable but for the production tags',
      setting('MUTABLE_WITH_EXCLUSION', 'v*', 'prod-*', 'release-*'),
      ['v1'],
      'pass',
    ],
    [
      'mutable but for some production tags',
      setting('MUTABLE_WITH_EXCLUSION', 'v*'),
      ['prod-1'],
      'fail medium',
    ],
    ['an unknown setting', setting('NEW'), ['v1'], 'unknown medium'],
  ])('%s', (_, more, tags, expected) => {
    expect(verdict('tags/mutable', about({ ...more, images: known([image('one', tags)]) }))).toBe(expected);
  });

  it('is certainly a failure, if not how bad, if the images are unknown', () => {
    const found = result('tags/mutable', about({ ...setting('MUTABLE'), images: unknown() }));
    expect([found?.status, found?.severity, found?.couldBe]).toEqual(['fail', 'low', 'medium']);
  });

  it('exempts what a pull-through cache brings, unless a principal pushes there', () => {
    const cached = { cacheRules: known([cacheRule('team', 'docker-hub')]) };
    expect(verdict('tags/mutable', about(setting('MUTABLE'), cached))).toBe('none');
    const pushed = expecting(`repositories: [{ match: ["**"], push: ["x"] }]`);
    expect(verdict('tags/mutable', about(setting('MUTABLE'), cached), pushed)).toBe('fail medium');
    expect(verdict('tags/mutable', about(setting('MUTABLE'), { cacheRules: unknown() }))).toBe(
      'unknown medium',
    );
  });

  it('keeps the exclusions that do no harm, and latest', () => {
    const command = (more: object, tags: string[]) =>
      result('tags/mutable', about({ ...more, images: known([image('one', tags)]) }))?.fix?.command;
    expect(command(setting('IMMUTABLE_WITH_EXCLUSION', 'v*', 'dev-*'), ['v1'])).toContain(
      "--image-tag-mutability IMMUTABLE_WITH_EXCLUSION --image-tag-mutability-exclusion-filters 'filterType=WILDCARD,filter=dev-*'",
    );
    expect(command(setting('MUTABLE'), ['v1', 'latest'])).toContain('filter=latest');
    expect(command(setting('MUTABLE'), ['v1'])).toContain('--image-tag-mutability IMMUTABLE --region');
  });
});

describe('encryption', () => {
  const KEY = `arn:aws:kms:eu-central-1:${ACCOUNT}:key/1`;
  const kms = (state: string, manager = 'CUSTOMER', type = 'KMS') => ({
    encryption: known({ type, key: KEY }),
    key: known({ state, manager, deletionDate: undefined }),
  });

  it.each([
    ['AES256', {}, 'none'],
    ['a key that is enabled', kms('Enabled'), 'pass'],
    ['a key that is disabled', kms('Disabled'), 'fail high'],
    ['a key that is pending deletion', kms('PendingDeletion'), 'fail high'],
    ['a disabled key with two layers', kms('Disabled', 'CUSTOMER', 'KMS_DSSE'), 'fail high'],
    ['a state that is unknown', kms('New'), 'unknown high'],
    ['a key that was not read', { ...kms('Enabled'), key: unknown() }, 'unknown high'],
  ])('encryption/key: %s', (_, more, expected) => {
    expect(verdict('encryption/key', about(more))).toBe(expected);
  });

  it('cancels the deletion of a key', () => {
    expect(result('encryption/key', about(kms('PendingDeletion')))?.fix?.command).toBe(
      `aws kms cancel-key-deletion --key-id ${KEY} --region eu-central-1`,
    );
  });

  it.each([
    ['AES256', {}, 'fail low'],
    ['a customer managed key', kms('Enabled'), 'pass'],
    ['a key that AWS manages', kms('Enabled', 'AWS'), 'fail low'],
    ['a key that was not read', { ...kms('Enabled'), key: unknown() }, 'unknown low'],
  ])('encryption/customer-key: %s', (_, more, expected) => {
    const policy = expecting('repositories: [{ match: ["**"], customer-key: true }]');
    expect(verdict('encryption/customer-key', about(more), policy)).toBe(expected);
    expect(verdict('encryption/customer-key', about(more))).toBe('none');
  });
});

const running = (...uses: ReturnType<typeof use>[]) => ({
  workloads: { ...NO_WORKLOADS, ecs: known(uses) },
});
const unscanned = { scan: known({ status: 'SCAN_ELIGIBILITY_EXPIRED', description: undefined }) };

describe('runtime/current', () => {
  const images = [image('new', ['v2'], 1), image('old', ['v1'], 90, unscanned)];

  it.each([
    ['an image that is scanned', use('team/app:v2'), 'pass'],
    ['an image that left scanning', use('team/app:v1'), 'fail high'],
    ['an image that is gone, by its digest', use(`team/app@${digest('gone')}`), 'fail high'],
    [
      'a tag that is gone, of which the digest is known',
      use('team/app:v0', { digest: digest('gone') }),
      'fail high',
    ],
    ['a tag that is gone', use('team/app:v0'), 'unknown high'],
    ['what the tag led to when the task started', use('team/app:v2', { digest: digest('old') }), 'fail high'],
  ])('a task that runs %s', (_, task, expected) => {
    expect(verdict('runtime/current', about({ images: known(images) }, running(task)))).toBe(expected);
  });

  it('does not apply to services, which runtime/gone checks, or if nothing runs', () => {
    const service = use('team/app:v1', { kind: 'ecs-service' });
    expect(verdict('runtime/current', about({ images: known(images) }, running(service)))).toBe('none');
    expect(verdict('runtime/current', about({ images: known(images) }))).toBe('none');
  });

  it('knows what Inspector reports in use, with its clusters', () => {
    const found = result(
      'runtime/current',
      about({
        images: known(images),
        coverage: known([coverage('old', { inUseCount: 2, clusters: ['arn:aws:eks:x:cluster/prod'] })]),
      }),
    );
    expect(found?.status).toBe('fail');
    expect(found?.evidence.running).toMatchObject([
      { digest: digest('old'), clusters: ['arn:aws:eks:x:cluster/prod'] },
    ]);
  });

  it('looks at the platform of the task alone, if it is known', () => {
    const both = [
      index('both', ['v1'], { one: 'linux/amd64', two: 'linux/arm64' }),
      image('one', []),
      image('two', [], 1, unscanned),
    ];
    const on = (architecture: string | undefined) =>
      verdict(
        'runtime/current',
        about({ images: known(both) }, running(use('team/app:v1', { architecture }))),
      );
    expect([on('amd64'), on('arm64'), on(undefined)]).toEqual(['pass', 'fail high', 'fail high']);
  });

  it('fails by what is known if something else was not read', () => {
    const lambda = use('team/app:v1', { kind: 'lambda', by: 'lambda:function/f' });
    const workloads = {
      ...NO_WORKLOADS,
      ecs: unknown('refused', ['ecs:ListTasks']),
      lambda: known([lambda]),
    };
    const found = result('runtime/current', about({ images: known(images) }, { workloads }));
    expect([found?.status, found?.missing]).toEqual(['fail', ['ecs:ListTasks']]);
    expect(found?.evidence.notKnown).toEqual(['refused']);
  });

  it.each([
    ['ECS', { ecs: unknown() }],
    ['Lambda', { lambda: unknown() }],
    ['the versions of functions', { lambdaVersions: unknown() }],
  ])('is unknown if %s was not read', (_, more) => {
    const workloads = { ...NO_WORKLOADS, ...more };
    expect(verdict('runtime/current', about({ images: known(images) }, { workloads }))).toBe('unknown high');
  });
});

describe('runtime/gone', () => {
  const service = (image: string, more: object = {}) =>
    use(image, { kind: 'ecs-service', by: 'ecs:service/prod/web', ...more });

  it.each([
    ['an image that is there', service('team/app:v1'), 'pass'],
    ['a tag that is missing', service('team/app:v0'), 'fail high'],
    ['a digest that is missing', service(`team/app@${digest('gone')}`), 'fail high'],
    ['an archived image', service('team/app:cold'), 'fail high'],
    [
      'a tag that is missing, with a digest that is there',
      service('team/app:v0', { digest: digest('one') }),
      'fail high',
    ],
    [
      'another registry',
      { ...service('x'), image: `${OTHER}.dkr.ecr.eu-central-1.amazonaws.com/team/app:v0` },
      'none',
    ],
  ])('a service that refers to %s', (_, one, expected) => {
    const images = known([image('one', ['v1']), image('cold', ['cold'], 90, { storageClass: 'archive' })]);
    expect(verdict('runtime/gone', about({ images }, running(one)))).toBe(expected);
  });

  it('leaves a function with the digest that it resolved', () => {
    const images = known([image('one', ['v2'])]);
    const lambda = use('team/app:v1', { kind: 'lambda', by: 'lambda:function/f', digest: digest('one') });
    expect(verdict('runtime/gone', about({ images }, running(lambda)))).toBe('pass');
    const gone = use('team/app:v1', { kind: 'lambda', by: 'lambda:function/f', digest: digest('gone') });
    expect(verdict('runtime/gone', about({ images }, running(gone)))).toBe('fail high');
  });

  it('is unknown if the tags of an image are unknown', () => {
    const images = known([image('one', [], 1, { tags: undefined })]);
    expect(verdict('runtime/gone', about({ images }, running(service('team/app:v0'))))).toBe('unknown high');
  });

  it('restores an archived image', () => {
    const images = known([image('cold', ['cold'], 90, { storageClass: 'archive' })]);
    expect(
      result('runtime/gone', about({ images }, running(service('team/app:cold'))))?.fix?.command,
    ).toContain(
      'aws ecr update-image-storage-class --repository-name team/app --image-id imageTag=cold --target-storage-class STANDARD',
    );
  });
});

describe('runtime/signed', () => {
  const policy = expecting('repositories: [{ match: ["**"], signed: true }]');
  const one = image('one', ['v1']);
  const hex = one.digest.slice('sha256:'.length);
  const referrer = (artifactType: string | undefined, subject = one.digest) =>
    image('sig', [], 1, { subject, artifactType });

  it.each([
    ['nothing', [], 'fail medium'],
    ['a Sigstore bundle', [referrer('application/vnd.dev.sigstore.bundle.v0.3+json')], 'pass'],
    ['a Notation signature', [referrer('application/vnd.cncf.notary.signature')], 'pass'],
    ['a legacy tag', [image('sig', [`sha256-${hex}.sig`])], 'pass'],
    ['an SBOM', [referrer('application/spdx+json')], 'fail medium'],
    ['a legacy attestation', [image('att', [`sha256-${hex}.att`])], 'fail medium'],
    [
      'a signature of another image',
      [referrer('application/vnd.dev.sigstore.bundle.v0.3+json', digest('x'))],
      'fail medium',
    ],
    ['an artifact of a type that is unknown', [referrer(undefined)], 'unknown medium'],
    [
      'an artifact of which the subject is unknown',
      [image('sig', [], 1, { subject: undefined })],
      'unknown medium',
    ],
  ])('an image that runs with %s', (_, artifacts, expected) => {
    const given = about({ images: known([one, ...artifacts]) }, running(use('team/app:v1')));
    expect(verdict('runtime/signed', given, policy)).toBe(expected);
    expect(verdict('runtime/signed', given)).toBe('none');
  });

  it('takes the signature of the index', () => {
    const both = index('both', ['v1'], { one: 'linux/amd64' });
    const images = known([
      both,
      image('one', []),
      referrer('application/vnd.dev.sigstore.bundle.v0.3+json', both.digest),
    ]);
    const task = use('team/app:v1', { digest: digest('one') });
    expect(verdict('runtime/signed', about({ images }, running(task)), policy)).toBe('pass');
  });

  it.each([
    ['no configuration', known(undefined), [], 'list-image-referrers'],
    [
      'a rule for every repository',
      known([{ profile: 'p', filters: [] }]),
      ['p'],
      'describe-image-signing-status',
    ],
    [
      'a rule for the repository',
      known([{ profile: 'p', filters: ['x', 'team/*'] }]),
      ['p'],
      'describe-image-signing-status',
    ],
    [
      'a rule for others',
      known([{ profile: 'p', filters: ['other/*', 'team'] }]),
      [],
      'list-image-referrers',
    ],
    [
      'a configuration that was not read',
      unknown('refused', ['ecr:GetSigningConfiguration']),
      [],
      'list-image-referrers',
    ],
  ])('says of %s whether managed signing covers the repository', (_, signing, profiles, command) => {
    const given = about({ images: known([one]) }, { ...running(use('team/app:v1')), signing });
    const found = result('runtime/signed', given, policy);
    expect(found?.status).toBe('fail');
    expect(found?.evidence.managedSigning).toEqual(profiles);
    expect(found?.fix?.command).toContain(command);
    expect(found?.missing).toEqual(
      'gap' in Fact.open<unknown>(signing) ? ['ecr:GetSigningConfiguration'] : [],
    );
  });

  it('counts the published versions of functions', () => {
    const version = use('team/app:v1', { kind: 'lambda', by: 'lambda:function/f:7' });
    const lambdaVersions = known([version]);
    const of = (workloads: object) =>
      verdict(
        'runtime/signed',
        about({ images: known([one]) }, { workloads: { ...NO_WORKLOADS, ...workloads } }),
        policy,
      );
    expect(of({ lambdaVersions })).toBe('fail medium');
    expect(of({ lambdaVersions: unknown() })).toBe('unknown medium');
  });

  it('does not apply if nothing runs', () => {
    expect(verdict('runtime/signed', about({ images: known([one]) }), policy)).toBe('none');
  });
});
