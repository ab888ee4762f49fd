/** Trust in GitHub's and other identity providers. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { known } from '../../../src/audit/access/facts.ts';
import { issuerOf } from '../../../src/audit/access/issuers.ts';
import {
  assumedBy,
  buildServicesOf,
  judgeTrust,
  type OidcProvider,
} from '../../../src/audit/access/trust.ts';
import { ACCOUNT, type Json, policy, variable } from './factories.ts';
import { accepts, type Token } from './tokens.ts';

const HOST = 'token.actions.githubusercontent.com';
const arnOf = (url: string) => `arn:aws:iam::${ACCOUNT}:oidc-provider/${url}`;
const GITHUB: OidcProvider = { arn: arnOf(HOST), clientIds: ['sts.amazonaws.com'] };
const WORKFLOW = 'acme/ci/.github/workflows/a.yml@refs/heads/main';
const RUNS = { numRuns: Number(process.env.PROPERTY_RUNS ?? 5_000) };

type Conditions = Record<string, Record<string, Json>>;

function statement(conditions: Conditions | undefined, more: { [key: string]: Json } = {}, url = HOST): Json {
  const condition =
    conditions &&
    Object.fromEntries(
      Object.entries(conditions).map(([operator, claims]) => [
        operator,
        Object.fromEntries(
          Object.entries(claims).map(([claim, value]) => [
            claim.includes(':') ? claim : `${url}:${claim}`,
            value,
          ]),
        ),
      ]),
    );
  return {
    Effect: 'Allow',
    Principal: { Federated: arnOf(url) },
    Action: 'sts:AssumeRoleWithWebIdentity',
    ...(condition === undefined ? {} : { Condition: condition }),
    ...more,
  };
}

function judged(conditions: Conditions | undefined, providers: readonly OidcProvider[] = [GITHUB]) {
  return judgeTrust(known(policy(statement(conditions))), known(providers));
}

const aud = { aud: 'sts.amazonaws.com' };
const sub = (...subjects: string[]) => ({ StringEquals: aud, StringLike: { sub: subjects } });
const exactSub = (subject: string) => ({ StringEquals: { ...aud, sub: subject } });

describe('trust in github.com', () => {
  it.each<[string, Conditions | undefined, string, string, string]>([
    ['no condition', undefined, 'critical', 'critical', 'anyone'],
    ['an audience alone', { StringEquals: aud }, 'critical', 'critical', 'anyone'],
    ['any subject', sub('*'), 'critical', 'critical', 'anyone'],
    ['any repository', sub('repo:*'), 'critical', 'critical', 'anyone'],
    ['a prefix of an owner', sub('repo:acme*'), 'critical', 'critical', 'anyone'],
    [
      'a prefix of an owner before the slash',
      sub('repo:acme*/app:ref:refs/heads/main'),
      'critical',
      'critical',
      'anyone',
    ],
    ['one character of an owner open', sub('repo:acme?/app:*'), 'critical', 'critical', 'anyone'],
    ['a repository of any owner', sub('repo:*/app:ref:refs/heads/main'), 'critical', 'critical', 'anyone'],
    [
      'a repository behind a wildcard',
      sub('*repo:acme/app:ref:refs/heads/main'),
      'critical',
      'critical',
      'anyone',
    ],
    [
      'a workflow in the subject',
      sub('job_workflow_ref:acme/ci/.github/workflows/a.yml@refs/heads/main'),
      'critical',
      'critical',
      'anyone',
    ],
    ['an environment in the subject', exactSub('environment:prod'), 'critical', 'critical', 'anyone'],
    ['one pattern of several open', sub('repo:acme/app:*', 'repo:*'), 'critical', 'critical', 'anyone'],
    [
      'a reusable workflow alone',
      { StringEquals: { ...aud, job_workflow_ref: 'acme/ci/.github/workflows/a.yml@refs/heads/main' } },
      'critical',
      'critical',
      'anyone',
    ],
    [
      'a branch alone',
      { StringEquals: { ...aud, ref: 'refs/heads/main', environment: 'prod', workflow: 'x', actor: 'y' } },
      'critical',
      'critical',
      'anyone',
    ],
    [
      'what it is not',
      { StringEquals: aud, StringNotLike: { sub: 'repo:evil/*' } },
      'critical',
      'critical',
      'anyone',
    ],
    [
      'an enterprise if the token has one',
      { StringEquals: aud, StringEqualsIfExists: { enterprise_id: '7' } },
      'critical',
      'critical',
      'anyone',
    ],
    ['a prefix of an id', { StringLike: { repository_owner_id: '12*' } }, 'critical', 'critical', 'anyone'],
    ['the organization', sub('repo:acme/*'), 'high', 'high', 'organization'],
    ['the organization on a branch', sub('repo:acme/*:ref:refs/heads/main'), 'high', 'high', 'organization'],
    ['a prefix of a repository', sub('repo:acme/app*'), 'high', 'high', 'organization'],
    ['names with open ids', sub('repo:acme@*/app@*:ref:refs/heads/main'), 'high', 'high', 'organization'],
    [
      'the organization by its id',
      { StringEquals: { ...aud, repository_owner_id: '42' } },
      'high',
      'high',
      'organization',
    ],
    [
      'the organization by its id in the subject',
      exactSub('repository_owner_id:42'),
      'high',
      'high',
      'organization',
    ],
    [
      'the organization with a workflow',
      { StringEquals: { ...aud, repository_owner_id: '42', job_workflow_ref: 'acme/ci/a.yml@main' } },
      'high',
      'high',
      'organization',
    ],
    [
      'the organization with a pattern for a workflow',
      {
        StringEquals: { ...aud, repository_owner_id: '42' },
        StringLike: { job_workflow_ref: `${WORKFLOW}*` },
      },
      'high',
      'high',
      'organization',
    ],
    [
      'the organization with a workflow at any ref',
      {
        StringEquals: { ...aud, repository_owner_id: '42' },
        StringLike: { job_workflow_ref: 'acme/ci/.github/workflows/a.yml@*' },
      },
      'high',
      'high',
      'organization',
    ],
    [
      'the organization with one workflow of two at an exact ref',
      { StringEquals: { ...aud, repository_owner_id: '42', job_workflow_ref: [WORKFLOW, 'acme/ci/*'] } },
      'high',
      'high',
      'organization',
    ],
    [
      'the organization with a workflow that is only in the repository of the caller',
      { StringEquals: { ...aud, repository_owner_id: '42', workflow_ref: WORKFLOW } },
      'unknown',
      'unknown',
      'organization',
    ],
    [
      'the organization with a workflow under IfExists',
      {
        StringEquals: { ...aud, repository_owner_id: '42' },
        StringEqualsIfExists: { job_workflow_ref: WORKFLOW },
      },
      'high',
      'high',
      'organization',
    ],
    [
      'the organization without a workflow',
      {
        StringEquals: { ...aud, repository_owner_id: '42' },
        StringNotEquals: { job_workflow_ref: WORKFLOW },
      },
      'high',
      'high',
      'organization',
    ],
    [
      'the organization with a reusable workflow at a branch',
      { StringEquals: { ...aud, repository_owner_id: '42', job_workflow_ref: WORKFLOW } },
      'none',
      'none',
      'organization',
    ],
    [
      'the organization with a reusable workflow at a tag or a commit',
      {
        StringEquals: {
          ...aud,
          repository_owner_id: '42',
          job_workflow_ref: [
            'acme/ci/.github/workflows/a.yml@refs/tags/v1',
            `acme/ci/.github/workflows/a.yml@${'3f'.repeat(20)}`,
          ],
        },
      },
      'none',
      'none',
      'organization',
    ],
    ['an enterprise', { StringEquals: { ...aud, enterprise_id: '7' } }, 'high', 'high', 'organization'],
    [
      'a repository under ForAllValues',
      { StringEquals: aud, 'ForAllValues:StringLike': { sub: 'repo:acme/app:*' } },
      'high',
      'high',
      'anyone',
    ],
    [
      'a repository under IfExists',
      { StringEquals: aud, StringLikeIfExists: { sub: 'repo:acme/app:ref:refs/heads/main' } },
      'high',
      'high',
      'anyone',
    ],
    ['every branch and pull request', sub('repo:acme/app:*'), 'none', 'medium', 'repository'],
    [
      'one pattern of several with every branch',
      sub('repo:acme/app:environment:prod', 'repo:acme/app:*'),
      'none',
      'medium',
      'repository',
    ],
    ['every branch', sub('repo:acme/app:ref:refs/heads/*'), 'none', 'medium', 'repository'],
    ['pull requests', exactSub('repo:acme/app:pull_request'), 'none', 'medium', 'repository'],
    ['any environment', sub('repo:acme/app:environment:*'), 'none', 'medium', 'repository'],
    [
      'the repository as a claim',
      { StringEquals: { ...aud, repository: 'acme/app' } },
      'none',
      'medium',
      'repository',
    ],
    [
      'the repository by its id',
      { StringEquals: { ...aud, repository_id: '99' } },
      'none',
      'medium',
      'repository',
    ],
    ['a subject that is the repository alone', exactSub('repo:acme/app'), 'none', 'medium', 'repository'],
    ['a branch', exactSub('repo:acme/app:ref:refs/heads/main'), 'none', 'none', 'repository'],
    ['a branch with ids', exactSub('repo:acme@1/app@2:ref:refs/heads/main'), 'none', 'none', 'repository'],
    [
      'both forms',
      sub('repo:acme/app:ref:refs/heads/main', 'repo:acme@1/app@2:ref:refs/heads/main'),
      'none',
      'none',
      'repository',
    ],
    ['branches of a kind', sub('repo:acme/app:ref:refs/heads/release/*'), 'none', 'none', 'repository'],
    ['tags', sub('repo:acme/app:ref:refs/tags/*'), 'none', 'none', 'repository'],
    ['an environment', exactSub('repo:acme/app:environment:prod'), 'none', 'none', 'repository'],
    [
      'the repository by its id on a branch',
      { StringEquals: { ...aud, repository_id: '99', ref: 'refs/heads/main' } },
      'none',
      'none',
      'repository',
    ],
    [
      'the repository anywhere in the subject, by its branch as a claim',
      { StringLike: { sub: 'repo:acme/app:*' }, StringEquals: { ...aud, ref: 'refs/heads/main' } },
      'none',
      'none',
      'repository',
    ],
    [
      'a wildcard where there are none',
      { StringEquals: { ...aud, sub: 'repo:*' } },
      'none',
      'none',
      'no-principal',
    ],
    [
      'what a claim of another provider is not',
      { StringNotEquals: { 'gitlab.com:sub': 'x' } },
      'critical',
      'critical',
      'anyone',
    ],
    ['a workflow called like the owner', sub('workflow:acme:*'), 'critical', 'critical', 'anyone'],
    [
      'a repository, of any pull request',
      { StringLike: { sub: 'repo:acme/app:*', ref: 'refs/pull/*' } },
      'none',
      'medium',
      'repository',
    ],
    [
      'a claim of another provider',
      { StringEquals: { 'gitlab.com:sub': 'project_path:acme/app' } },
      'none',
      'none',
      'no-principal',
    ],
  ])('%s', (_, conditions, severity, severityForPush, reach) => {
    const judgement = judged(conditions);
    expect(judgement).toMatchObject({ severity, severityForPush });
    expect(judgement.grants.map((grant) => grant.reach)).toEqual([reach]);
    expect(judgement.grants[0]?.reasons.length === 0).toBe(severityForPush === 'none');
  });

  it.each<[string, Conditions]>([
    ['an operator that is unknown', { StringEquals: aud, StringMatches: { sub: 'repo:acme/app:*' } }],
    ['an operator for other types', { StringEquals: aud, ArnLike: { sub: 'repo:acme/app:*' } }],
    ['an unknown claim', { StringEquals: { ...aud, repository_owner: 'acme' } }],
  ])('is unknown if all that could pin a repository is %s', (_, conditions) => {
    expect(judged(conditions)).toMatchObject({ severity: 'unknown', severityForPush: 'unknown' });
    expect(judged({ ...conditions, StringLike: { sub: 'repo:acme/app:environment:x' } })).toMatchObject({
      severityForPush: 'none',
    });
  });

  it('has to test the audience if the provider accepts others', () => {
    const several = [{ ...GITHUB, clientIds: ['sts.amazonaws.com', 'https://github.com/acme'] }];
    const branch = { sub: 'repo:acme/app:ref:refs/heads/main' };
    expect(judged({ StringEquals: branch }, several).severity).toBe('high');
    expect(judged({ StringEquals: branch, StringLike: { aud: '*' } }, several).severity).toBe('high');
    expect(judged({ StringEquals: { ...branch, ...aud } }, several).severity).toBe('none');
    expect(judged({ StringEquals: branch }).severity).toBe('none');
    expect(judged({ StringEquals: branch }, []).severity).toBe('unknown');
    const unread = judgeTrust(known(policy(statement({ StringEquals: branch }))), {
      unknown: 'iam:GetOpenIDConnectProvider was refused',
    });
    expect(unread.severity).toBe('unknown');
    // A known failure beats what is unknown, which stays among the reasons.
    const every = judged({ StringLike: { sub: 'repo:acme/app:*' } }, []);
    expect(every).toMatchObject({ severity: 'unknown', severityForPush: 'medium' });
    expect(every.grants[0]?.reasons).toHaveLength(2);
  });

  it('counts what a Deny excepts, if that is its only condition', () => {
    const open = statement({ StringEquals: aud });
    const deny = (conditions: Conditions) => statement(conditions, { Effect: 'Deny' });
    const judge = (...statements: Json[]) =>
      judgeTrust(known(policy(...statements)), known([GITHUB])).severityForPush;
    expect(judge(open, deny({ StringNotLike: { sub: 'repo:acme/app:environment:prod' } }))).toBe('none');
    expect(judge(open, deny({ StringNotEquals: { repository_owner_id: '42' } }))).toBe('high');
    expect(
      judge(
        open,
        deny({ StringNotLike: { sub: 'repo:acme/app:*' }, Bool: { 'aws:SecureTransport': 'false' } }),
      ),
    ).toBe('critical');
    expect(judge(open, deny({ StringLike: { sub: 'repo:evil/*' } }))).toBe('critical');
    expect(judge(open, deny({ StringNotLike: { sub: ['repo:acme/app:*', '*'] } }))).toBe('critical');
    // A token without the claim is not denied.
    expect(judge(open, deny({ 'ForAnyValue:StringNotEquals': { enterprise_id: '7' } }))).toBe('critical');
    const elsewhere = statement(
      { StringNotLike: { [`${HOST}:sub`]: 'repo:acme/app:*' } },
      { Effect: 'Deny' },
      'gitlab.com',
    );
    expect(judge(open, elsewhere)).toBe('critical');
  });

  it('takes the worst of several statements, and a policy variable for a wildcard', () => {
    const fine = statement(exactSub('repo:acme/app:environment:prod'));
    const withVariable = statement(sub(`repo:${variable('aws:PrincipalTag/org')}/app:ref:refs/heads/main`));
    expect(judgeTrust(known(policy(fine, withVariable)), known([GITHUB])).severity).toBe('critical');
    const old = JSON.stringify({ Version: '2008-10-17', Statement: [fine, withVariable] });
    expect(judgeTrust(known(old), known([GITHUB])).severity).toBe('none');
  });

  it('takes everyone for each provider', () => {
    for (const principal of ['*', { AWS: '*' }, { Federated: '*' }]) {
      const open = statement(undefined, { Principal: principal as Json });
      expect(judgeTrust(known(policy(open)), known([GITHUB])).severity).toBe('critical');
      expect(judgeTrust(known(policy(open)), { unknown: 'refused' }).severity).toBe('critical');
    }
  });

  it('is unknown if the policy cannot be read, and nothing if there is none', () => {
    expect(judgeTrust({ unknown: 'refused' }, known([])).severity).toBe('unknown');
    expect(judgeTrust(known('{'), known([])).severity).toBe('unknown');
    expect(judgeTrust(known(policy(statement(undefined, { Extra: 1 }))), known([])).severity).toBe('unknown');
    expect(judgeTrust(known(undefined), known([])).severity).toBe('none');
  });
});

/** Each shared provider with the key that has to be limited, and a value of one organization. */
const SHARED: readonly (readonly [string, string, string])[] = [
  ['agent.buildkite.com', 'sub', 'organization:acme:pipeline:app:ref:refs/heads/main:commit:1:step:x'],
  ['api.pulumi.com/oidc', 'aud', 'aws:acme'],
  ['app.terraform.io', 'sub', 'organization:acme:project:p:workspace:w:run_phase:apply'],
  ['cognito-identity.amazonaws.com', 'aud', 'eu-central-1:11111111-2222-3333-4444-555555555555'],
  ['gitlab.com', 'sub', 'project_path:acme/app:ref_type:branch:ref:main'],
  ['oidc.codefresh.io', 'sub', 'account:acme:pipeline:p'],
  ['oidc.vercel.com', 'aud', 'https://vercel.com/acme'],
  ['oidc-configuration.audit-log.githubusercontent.com', 'sub', 'https://github.com/acme'],
  ['proidc.upbound.io', 'sub', 'mcp:acme/plane:provider:provider-aws'],
  ['sandboxes.cloud', 'aud', 'acme'],
  ['scalr.io', 'sub', 'account:acme:environment:e:workspace:w'],
  ['sts.windows.net/33e01921-4d64-4f8c-a055-5bdaffd5e33d', 'sts:RoleSessionName', 'MicrosoftSentinel_1'],
  ['sts.windows.net/33e01921-4d64-4f8c-a055-5bdaffd5e33d/', 'sts:RoleSessionName', 'MicrosoftSentinel_1'],
  ['studio.datachain.ai/api', 'sub', 'credentials:acme/app'],
  ['tokens.cloud.shisho.dev', 'sub', 'job:acme:x'],
  ...[
    'oidc.op1.openshiftapps.com/2c51blsaqa9gkjt0o9rt11mle8mmropu',
    'oidc.op1.openshiftapps.com/2f785sojlpb85i7402pk3qogugim5nfb',
    'rh-oidc.s3.us-east-1.amazonaws.com/22ejnvnnturfmt6km08idd0nt4hekbn7',
    'rh-oidc.s3.us-east-1.amazonaws.com/23e3sd27sju1hoou6ohfs68vbno607tr',
    'rh-oidc.s3.us-east-1.amazonaws.com/23ne21h005qjl3n33d8dui5dlrmv2tmg',
    'rh-oidc.s3.us-east-1.amazonaws.com/24jrf12m5dj7ljlfb4ta2frhrcoadm26',
  ].map((url) => [url, 'sub', 'system:serviceaccount:acme:operator'] as const),
];

describe.each(SHARED)('trust in %s, which many organizations share', (url, claim, value) => {
  const judgedFor = (...conditions: (Conditions | undefined)[]) =>
    judgeTrust(known(policy(...conditions.map((one) => statement(one, {}, url)))), known([]));
  const test = (operator: string, values: Json = value) => ({ [operator]: { [claim]: values } });
  const other = claim === 'aud' ? 'amr' : 'aud';
  /** The value up to the name of the organization, and with a wildcard in the place of it or within it. */
  const [start = ''] = value.split('acme');

  it.each<[string, Conditions | undefined]>([
    ['no condition', undefined],
    ['another claim alone', { StringEquals: { [other]: 'sts.amazonaws.com' } }],
    ['any value', test('StringLike', '*')],
    ['any value of some length', test('StringLike', '?*')],
    ['any organization', test('StringLike', `${start}*`)],
    ['less than what all values begin with', test('StringLike', `${value.slice(0, 2)}*`)],
    ['a prefix of the organization', test('StringLike', `${start}acm*`)],
    ['a name that others can begin theirs with', test('StringLike', `${start}acme*`)],
    ['one character of the organization open', test('StringLike', value.replace(/acme|1/, '?'))],
    ['a wildcard before the organization', test('StringLike', `*${value}`)],
    ['a policy variable for the organization', test('StringEquals', `${start}${variable('aws:userid')}`)],
    ['one of several open', test('StringLike', [value, '*'])],
    ['what it is not', test('StringNotEquals', 'x')],
    ['what it is not, by a pattern', test('StringNotLike', 'x*')],
    ['that it is there', test('Null', 'false')],
    ['any value of a claim that is not known', { StringLike: { [`${url}:organization_id`]: '*' } }],
    ['another beginning', test('StringLike', 'no_other_subject:begins_like_this:acme:*')],
    ['any value under IfExists', test('StringLikeIfExists', '*')],
    ['a key of the request', { Bool: { 'aws:SecureTransport': 'true' } }],
    ['what a claim of another provider is not', { StringNotEquals: { 'example.com:sub': 'x' } }],
  ])('is critical with %s', (_, conditions) => {
    const { severity, severityForPush, grants } = judgedFor(conditions);
    expect([severity, severityForPush]).toEqual(['critical', 'critical']);
    expect(grants[0]?.reasons).toHaveLength(1);
    expect(judgedFor(test('StringEquals'), conditions).severity).toBe('critical');
  });

  it('is fine with values of an organization', () => {
    for (const operator of ['StringEquals', 'StringEqualsIgnoreCase', 'StringLike', 'ForAnyValue:StringLike'])
      expect(judgedFor(test(operator), test(operator, [value, value])).severityForPush).toBe('none');
    expect(judgedFor(test('StringEquals')).grants[0]).toMatchObject({ reach: 'organization', reasons: [] });
  });

  it('is high where the condition holds without the claim', () => {
    for (const operator of ['ForAllValues:StringEquals', 'StringEqualsIfExists'])
      expect(judgedFor(test(operator)).severity).toBe('high');
  });

  it('is unknown with what cannot be judged, which may be critical', () => {
    const unjudged = [
      test('StringMatches'),
      test('ArnLike'),
      { StringEquals: { [`${url}:organization_id`]: '42' } },
    ];
    for (const conditions of unjudged) {
      expect(judgedFor(conditions)).toMatchObject({
        severity: 'unknown',
        grants: [{ couldBe: 'critical' }],
      });
      expect(judgedFor({ ...conditions, ...test('StringEquals') }).severity).toBe('none');
    }
  });

  it('counts what a Deny excepts', () => {
    const open = statement(undefined, {}, url);
    const denied = (conditions: Conditions) =>
      judgeTrust(known(policy(open, statement(conditions, { Effect: 'Deny' }, url))), known([])).severity;
    expect(denied(test('StringNotEquals'))).toBe('none');
    expect(denied(test('StringEquals', 'x'))).toBe('critical');
    expect(denied(test('StringNotLike', '*'))).toBe('critical');
  });
});

describe('trust in shared providers', () => {
  it.each([
    ['agent.buildkite.com', 'organization:acme:*'],
    ['app.terraform.io', 'organization:acme:project:*:workspace:*:run_phase:*'],
    ['gitlab.com', 'project_path:acme/*'],
    ['gitlab.com', 'project_path:acme/app:ref_type:branch:ref:*'],
    ['oidc.codefresh.io', 'account:acme:*'],
    ['proidc.upbound.io', 'mcp:acme/*'],
    ['scalr.io', 'account:acme:*'],
    ['studio.datachain.ai/api', 'credentials:acme/*'],
    ['tokens.cloud.shisho.dev', 'job:acme:?'],
    ['oidc.op1.openshiftapps.com/2f785sojlpb85i7402pk3qogugim5nfb', 'system:serviceaccount:acme:*'],
  ])('accepts a pattern of %s that has the whole name of the organization: %s', (url, pattern) => {
    const judge = (value: string) =>
      judgeTrust(known(policy(statement({ StringLike: { sub: value } }, {}, url))), known([])).severity;
    expect(judge(pattern)).toBe('none');
    expect(judge(pattern.replace('acme', ''))).toBe('critical');
    expect(judge(`x${pattern}`)).toBe('critical');
  });

  it('reads a condition whose key differs from the provider in a slash at the end alone', () => {
    const url = 'sts.windows.net/33e01921-4d64-4f8c-a055-5bdaffd5e33d';
    for (const [provider, key] of [
      [url, `${url}/:aud`],
      [`${url}/`, `${url}:aud`],
    ] as const) {
      const open = statement({ StringEquals: { [key]: 'api://x' } }, {}, provider);
      expect(judgeTrust(known(policy(open)), known([])).severity).toBe('critical');
    }
  });

  it('says what is accepted where the audience decides', () => {
    const condition = { StringLike: { aud: 'https://vercel.com/acme*', sub: 'owner:*' } };
    const { grants } = judgeTrust(known(policy(statement(condition, {}, 'oidc.vercel.com'))), known([]));
    expect(grants[0]?.subjects).toEqual(['aud:https://vercel.com/acme*', 'owner:*']);
  });

  it('never calls a grant fine whose conditions do not name the claim', () => {
    const elsewhere = fc.constantFrom('aws:SourceIp', 'aws:RequestTag/x', 'sts:ExternalId', 'amr', 'x');
    fc.assert(
      fc.property(
        fc.constantFrom(...SHARED),
        fc.array(fc.tuple(anyOperator, elsewhere, fc.string({ minLength: 1 })), { maxLength: 4 }),
        ([url], list) => {
          const conditions: Conditions = {};
          for (const [operator, claim, value] of list)
            conditions[operator] = { ...conditions[operator], [claim]: value };
          const { severity } = judgeTrust(known(policy(statement(conditions, {}, url))), known([]));
          expect(severity).toMatch(list.length === 0 ? /^critical$/ : /^(?:critical|unknown)$/);
        },
      ),
      RUNS,
    );
  });

  it.each([
    'gitlab.acme.example',
    'oidc.vercel.com/acme',
    'oidc.eks.eu-central-1.amazonaws.com/id/1',
  ])('leaves %s alone, whose tokens are those of one organization', (url) => {
    const { severity, grants } = judgeTrust(known(policy(statement(undefined, {}, url))), known([]));
    expect([severity, grants[0]?.reach]).toEqual(['none', undefined]);
  });
});

describe('trust in other issuers', () => {
  it.each([
    [HOST, 'github'],
    [`${HOST}/acme-inc`, 'github-enterprise'],
    ['token.actions.acme.ghe.com', 'github-enterprise'],
    ['github.acme.example/_services/token', 'github-enterprise'],
    ['gitlab.com', 'ci'],
    ['gitlab.acme.example', 'ci'],
    ['api.bitbucket.org/2.0/workspaces/acme/pipelines-config/identity/oidc', 'ci'],
    ['oidc.circleci.com/org/1', 'ci'],
    ['agent.buildkite.com', 'ci'],
    ['oidc.eks.eu-central-1.amazonaws.com/id/1', 'other'],
    [`evil.example/${HOST}`, 'other'],
  ])('knows %s', (url, kind) => {
    expect(issuerOf(arnOf(url)).kind).toBe(kind);
  });

  it.each([
    `${HOST}/acme-inc`,
    'token.actions.acme.ghe.com',
    'github.acme.example/_services/token',
  ])('judges %s by its own claims, and calls what its members can do high', (url) => {
    const provider = { arn: arnOf(url), clientIds: ['sts.amazonaws.com'] };
    const judge = (conditions: Conditions | undefined) =>
      judgeTrust(known(policy(statement(conditions, {}, url))), known([provider])).severityForPush;
    expect(judge(undefined)).toBe('high');
    expect(judge(sub('repo:acme/*'))).toBe('high');
    expect(judge(sub('repo:acme/app:*'))).toBe('medium');
    expect(judge(exactSub('repo:acme/app:environment:prod'))).toBe('none');
    expect(judge({ StringLike: { [`${HOST}:sub`]: 'repo:acme/*' } })).toBe('none');
  });

  it('names the services that run builds with a role, and who can assume it', () => {
    const trust = known(
      policy(
        statement(exactSub('repo:acme/app:ref:refs/heads/main')),
        statement(undefined, {}, 'gitlab.com'),
        {
          Effect: 'Allow',
          Principal: { Service: ['codebuild.amazonaws.com', 'ec2.amazonaws.com'] },
          Action: 'sts:AssumeRole',
        },
        { Effect: 'Allow', Principal: { AWS: ACCOUNT }, Action: 'sts:AssumeRole' },
        {
          Effect: 'Allow',
          Principal: { Federated: `arn:aws:iam::${ACCOUNT}:saml-provider/gitlab` },
          Action: 'sts:AssumeRoleWithSAML',
        },
      ),
    );
    expect(buildServicesOf(trust)).toEqual(['CodeBuild', 'GitHub', 'GitLab']);
    expect(assumedBy(trust)).toEqual([
      'github-oidc repo:acme/app:ref:refs/heads/main',
      'oidc gitlab.com',
      'codebuild.amazonaws.com',
      'ec2.amazonaws.com',
      ACCOUNT,
      `saml arn:aws:iam::${ACCOUNT}:saml-provider/gitlab`,
    ]);
    expect(buildServicesOf({ unknown: 'refused' })).toEqual([]);
  });
});

/** The organization that is trusted; its id is 42, that of its repository 99. An attacker owns any other. */
const OWN = 'acme';

const anyOwner = fc
  .oneof(
    fc.constantFrom(
      'acm',
      'acme-',
      'acme-evil',
      'acmee',
      'xacme',
      'a',
      'evil',
      'app',
      'repo',
      'Acme1',
      'acme0',
      'ac-me',
    ),
    fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,8}$/),
  )
  .filter((name) => name.toLowerCase() !== OWN);
const anyId = fc.constantFrom('1', '4', '420', '142', '12', '999', '9', '990');
const escaped = (text: string) => text.replaceAll(':', '%3A');

/** Words that patterns are about, where an attacker may choose freely. */
const anyWord = fc.constantFrom(
  ...[
    'main',
    'prod',
    'acme',
    'acme/app',
    'repo:acme/app',
    'repo:acme/app:ref:refs/heads/main',
    '42',
    '99',
    'app',
    '*',
  ],
  ...[
    'x/acme/app',
    'acme@42/app@99',
    'repository_owner_id:42',
    'refs/heads/main',
    'pull_request',
    'repo',
    'environment',
  ],
);

const anyToken: fc.Arbitrary<Token> = fc
  .record({
    owner: anyOwner,
    ownerId: anyId,
    name: fc.oneof(
      fc.constantFrom('app', 'acme', 'lib', 'repo'),
      anyWord.map((word) => word.replaceAll(/[^a-z0-9.-]/g, '-')),
    ),
    id: anyId,
    event: fc.constantFrom('ref', 'environment', 'pull_request'),
    branch: anyWord.filter((word) => !word.includes(':') && word !== '*'),
    environment: anyWord,
    workflow: anyWord,
    actor: anyOwner,
    // Anyone may call a reusable workflow of a public repository.
    jobWorkflow: fc.constantFrom(
      'acme/app/.github/workflows/deploy.yml@refs/heads/main',
      'acme/ci/.github/workflows/build.yml@refs/heads/main',
      'evil/x/.github/workflows/build.yml@refs/heads/main',
    ),
    withIds: fc.boolean(),
    template: fc.option(
      fc
        .subarray(
          [
            ...[
              'repo',
              'context',
              'job_workflow_ref',
              'environment',
              'workflow',
              'ref',
              'actor',
              'repository_id',
            ],
            ...['repository_owner', 'repository_owner_id'],
          ],
          { minLength: 1 },
        )
        .chain((keys) => fc.shuffledSubarray(keys, { minLength: keys.length })),
    ),
    audience: fc.constantFrom('sts.amazonaws.com', 'https://github.com/acme', 'anything'),
    enterprise: fc.constantFrom(undefined, '8', '70'),
  })
  .map((choice): Token => {
    const repository = `${choice.owner}/${choice.name}`;
    const repo = choice.withIds
      ? `${choice.owner}@${choice.ownerId}/${choice.name}@${choice.id}`
      : repository;
    const ref = choice.event === 'pull_request' ? 'refs/pull/1/merge' : `refs/heads/${choice.branch}`;
    const context =
      choice.event === 'pull_request'
        ? 'pull_request'
        : choice.event === 'environment'
          ? `environment:${escaped(choice.environment)}`
          : `ref:${ref}`;
    const claims: Record<string, string> = {
      repository,
      repository_id: choice.id,
      repository_owner: choice.owner,
      repository_owner_id: choice.ownerId,
      job_workflow_ref: choice.jobWorkflow,
      workflow: choice.workflow,
      ref,
      actor: choice.actor,
      aud: choice.audience,
      ...(choice.event === 'environment' ? { environment: choice.environment } : {}),
      ...(choice.enterprise === undefined ? {} : { enterprise_id: choice.enterprise }),
    };
    const keys = choice.template ?? ['repo', 'context'];
    const subject = keys
      .map((key) =>
        key === 'context'
          ? context
          : key === 'repo'
            ? `repo:${repo}`
            : `${key}:${escaped(claims[key] ?? '')}`,
      )
      .join(':');
    return { ...claims, sub: subject };
  });

/** Values as policies have them, from tight to careless. */
const anyPiece = fc.constantFrom(
  ...[
    'repo:',
    'acme',
    'acme/',
    '/',
    'app',
    'lib',
    ':',
    '*',
    '?',
    '@',
    '@42',
    '@99',
    '@*',
    'ref:refs/heads/main',
    'ref:',
  ],
  ...[
    'environment:prod',
    'environment:',
    'pull_request',
    'job_workflow_ref:',
    'repository_owner_id:42',
    'repository_id:99',
  ],
  ...['repository_owner:acme', 'workflow:', 'actor:', 'x', 'refs/heads/', 'repo'],
);
const anySubject = fc.oneof(
  fc.array(anyPiece, { minLength: 1, maxLength: 6 }).map((pieces) => pieces.join('')),
  fc.constantFrom(
    ...[
      'repo:acme/app:*',
      'repo:acme/*',
      'repo:acme*',
      'repo:acme/app:ref:refs/heads/main',
      'repo:acme@42/app@99:*',
    ],
    ...[
      'repo:acme@*/app@*:*',
      '*acme/app*',
      'repo:*/app:*',
      'environment:prod',
      'repo:acme/app:environment:*',
    ],
    ...['*:ref:refs/heads/main', 'repo:acm?/app:*', '*', 'repo:*', 'repo:acme?app:*'],
  ),
);
const anyClaim = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(fc.constant('sub'), anySubject) },
  fc.tuple(
    fc.constant('repository'),
    fc.constantFrom('acme/app', 'acme/*', 'acme*', '*/app', '*', 'acme/app*', 'acme?/app'),
  ),
  fc.tuple(fc.constant('repository_id'), fc.constantFrom('99', '9*', '*', '??')),
  fc.tuple(fc.constant('repository_owner_id'), fc.constantFrom('42', '4*', '*42', '*')),
  fc.tuple(fc.constant('enterprise_id'), fc.constantFrom('7', '7*', '*')),
  fc.tuple(fc.constant('ref'), fc.constantFrom('refs/heads/main', 'refs/heads/*', '*')),
  fc.tuple(fc.constant('environment'), fc.constantFrom('prod', '*')),
  fc.tuple(fc.constant('workflow'), anyWord),
  fc.tuple(fc.constant('actor'), fc.constantFrom('acme', '*')),
  fc.tuple(
    fc.constant('job_workflow_ref'),
    fc.constantFrom('acme/app/.github/workflows/deploy.yml@refs/heads/main', 'acme/*', '*'),
  ),
  fc.tuple(fc.constant('aud'), fc.constantFrom('sts.amazonaws.com', '*', 'https://github.com/acme')),
);
const anyOperator = fc
  .tuple(
    fc.constantFrom('', '', '', 'ForAllValues:', 'ForAnyValue:'),
    fc.constantFrom(
      'StringLike',
      'StringLike',
      'StringEquals',
      'StringEqualsIgnoreCase',
      'StringNotLike',
      'StringNotEquals',
    ),
    fc.constantFrom('', '', '', 'IfExists'),
  )
  .map((parts) => parts.join(''));
const anyConditions = fc
  .array(fc.tuple(anyOperator, anyClaim, fc.option(anyClaim)), { maxLength: 3 })
  .map((list) => {
    const conditions: Conditions = {};
    for (const [operator, [claim, value], more] of list) {
      const values: Json = more !== null && more[0] === claim ? [value, more[1]] : value;
      conditions[operator] = { ...conditions[operator], [claim]: values };
    }
    return conditions;
  });
const anyTrust = fc.record({
  version: fc.constantFrom('2012-10-17', '2008-10-17'),
  allows: fc.array(anyConditions, { minLength: 1, maxLength: 2 }),
  denies: fc.array(anyConditions, { maxLength: 1 }),
});

describe('a trust that is called fine', () => {
  it('accepts no token that an attacker can get who owns another organization', () => {
    let fine = 0;
    let open = 0;
    fc.assert(
      fc.property(
        anyTrust,
        fc.array(anyToken, { minLength: 1, maxLength: 12 }),
        ({ version, allows, denies }, tokens) => {
          const document = {
            Version: version,
            Statement: [
              ...allows.map((conditions) => statement(conditions)),
              ...denies.map((conditions) => statement(conditions, { Effect: 'Deny' })),
            ],
          };
          const { severity } = judgeTrust(known(JSON.stringify(document)), known([GITHUB]));
          const isFine = severity === 'none';
          if (isFine) fine += 1;
          const accepted = tokens.filter((token) => accepts(document.Statement, HOST, token));
          if (accepted.length > 0) open += 1;
          if (accepted.length > 0)
            expect(severity, JSON.stringify(accepted[0])).toMatch(/^(?:critical|high)$/);
        },
      ),
      RUNS,
    );
    // Both happen often enough to tell something.
    if (RUNS.numRuns >= 5_000) expect(Math.min(fine, open)).toBeGreaterThan(500);
  });

  it('accepts the token of the repository that it names', () => {
    const token: Token = {
      sub: 'repo:acme/app:ref:refs/heads/main',
      aud: 'sts.amazonaws.com',
      repository: 'acme/app',
      repository_id: '99',
      repository_owner_id: '42',
      ref: 'refs/heads/main',
    };
    for (const conditions of [
      exactSub(token.sub ?? ''),
      sub('repo:acme/app:*'),
      { StringEquals: { ...aud, repository_id: '99' } },
    ]) {
      expect(accepts([statement(conditions)], HOST, token)).toBe(true);
      expect(judged(conditions).severity).toBe('none');
    }
  });
});
