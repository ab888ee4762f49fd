/** How a principal gets what it does not have, step by step. */
import { describe, expect, it } from 'vitest';
import { Evaluator } from '../../../src/audit/access/decide.ts';
import { escalations, sentenceOf } from '../../../src/audit/access/escalation.ts';
import type { AccessFacts, GroupFacts, PrincipalFacts } from '../../../src/audit/access/facts.ts';
import { accessMap } from '../../../src/audit/access/map.ts';
import {
  ACCOUNT,
  createAccount,
  createFacts,
  createRepository,
  createRole,
  createUser,
  type Json,
  level,
  OTHER,
  policy,
  policyText,
  roleArn,
  rootArn,
  says,
  userArn,
  variable,
} from './factories.ts';

const trusts = (principal: Json, more: { [key: string]: Json } = {}) => ({
  trust: { known: policy({ Effect: 'Allow', Principal: principal, Action: 'sts:AssumeRole', ...more }) },
});
const can = (...statements: Json[]) => ({ policies: { known: [policyText('inline', ...statements)] } });
const on = (action: Json, resource: Json, more: { [key: string]: Json } = {}): Json => ({
  Effect: 'Allow',
  Action: action,
  Resource: resource,
  ...more,
});
const PUSH = ['ecr:PutImage', 'ecr:InitiateLayerUpload', 'ecr:UploadLayerPart', 'ecr:CompleteLayerUpload'];
/** May push, and trusts no principal unless a test says so. */
const ci = (overrides: Partial<PrincipalFacts> = {}) =>
  createRole('ci', { ...can(says('Allow', PUSH)), ...overrides });

function search(principals: PrincipalFacts[], more: Partial<AccessFacts> = {}, groups: GroupFacts[] = []) {
  const access = createFacts({ accounts: [createAccount({ principals: { known: principals } })], ...more });
  const evaluator = new Evaluator(access);
  const { rows } = accessMap(access, evaluator);
  const sources = new Set(principals.map(({ arn }) => arn).filter((arn) => arn !== roleArn('ci')));
  return escalations({ access, rows, groups, sources }, evaluator);
}

/** The ways to push, as the verdict and one sentence for each step. */
function waysToPush(...args: Parameters<typeof search>): string[][] {
  return search(...args)
    .found.filter(({ ability }) => ability === 'push')
    .map(({ verdict, steps }) => [verdict, ...steps.map((step) => short(sentenceOf(step)))]);
}

const short = (sentence: string) =>
  sentence.replaceAll(/arn:aws:iam::(\d+):/g, (_, id) => (id === ACCOUNT ? '' : `${id}:`));

describe('a single step', () => {
  it('assumes a role that both sides allow, or that trusts the principal by its ARN', () => {
    const dev = createRole('dev', can(on('sts:AssumeRole', roleArn('ci'))));
    const way = [['allowed', 'role/dev assumes role/ci.']];
    expect(waysToPush([dev, ci(trusts({ AWS: rootArn() }))])).toEqual(way);
    expect(waysToPush([createRole('dev'), ci(trusts({ AWS: roleArn('dev') }))])).toEqual(way);
    expect(waysToPush([createRole('dev'), ci(trusts({ AWS: rootArn() }))])).toEqual([]);
    expect(waysToPush([dev, ci(trusts({ AWS: roleArn('other') }))])).toEqual([]);
    expect(waysToPush([dev, ci()])).toEqual([]);
  });

  it('keeps the statements that allow it', () => {
    const dev = createRole('dev', can(on('sts:AssumeRole', roleArn('ci'), { Sid: 'Assume' })));
    const { found } = search([dev, ci(trusts({ AWS: rootArn() }, { Sid: 'Account' }))]);
    expect(found[0]).toMatchObject({ principal: roleArn('dev'), repository: createRepository().arn });
    expect(found[0]?.steps[0]?.decision.because).toEqual([
      { source: 'trust', policy: `trust policy of ${roleArn('ci')}`, sid: 'Account', effect: 'Allow' },
      { source: 'identity', policy: 'inline', sid: 'Assume', effect: 'Allow' },
    ]);
  });

  it('is conditional or unknown as the step is', () => {
    const dev = createRole('dev');
    const external = { Condition: { StringEquals: { 'sts:ExternalId': 'x' } } };
    expect(waysToPush([dev, ci(trusts({ AWS: roleArn('dev') }, external))])[0]?.[0]).toBe('conditional');
    const strange = { Condition: { StringEquals: { 'strange:Key': 'x' } } };
    expect(waysToPush([dev, ci(trusts({ AWS: roleArn('dev') }, strange))])[0]?.[0]).toBe('unknown');
    expect(waysToPush([dev, ci({ trust: { unknown: 'refused' } })])[0]?.[0]).toBe('unknown');
  });

  it('writes a policy of its own', () => {
    const action = ['iam:PutRolePolicy', 'iam:AttachRolePolicy'].map((name) => on(name, roleArn('dev')));
    for (const statement of action) {
      expect(waysToPush([createRole('dev', can(statement))])[0]?.[0]).toBe('allowed');
    }
    expect(waysToPush([createRole('dev', can(on('iam:PutUserPolicy', '*')))])).toEqual([]);
    const self = { [variable('aws:username')]: 0 };
    const user = createUser(
      'u',
      can(on(['iam:PutUserPolicy'], `arn:aws:iam::${ACCOUNT}:user/${Object.keys(self)[0]}`)),
    );
    expect(waysToPush([user])).toEqual([['allowed', 'user/u writes a policy into user/u.']]);
  });

  it('changes a managed policy that it has, but none of AWS', () => {
    const own = `arn:aws:iam::${ACCOUNT}:policy/dev`;
    const dev = (managed: string, action: string) =>
      createRole('dev', { ...can(on(action, '*')), managedPolicies: [managed] });
    expect(waysToPush([dev(own, 'iam:CreatePolicyVersion')])).toEqual([
      ['allowed', 'role/dev changes policy/dev, which role/dev has.'],
    ]);
    expect(waysToPush([dev(own, 'iam:SetDefaultPolicyVersion')])[0]?.[0]).toBe('conditional');
    expect(waysToPush([dev('arn:aws:iam::aws:policy/PowerUserAccess', 'iam:CreatePolicyVersion')])).toEqual(
      [],
    );
  });

  it('creates an access key, joins a group, changes a trust policy', () => {
    const bot = createUser('bot', can(says('Allow', PUSH)));
    const dev = createUser('dev', can(on('iam:CreateAccessKey', userArn('bot'))));
    expect(waysToPush([dev, bot])).toEqual([['allowed', 'user/dev creates an access key of user/bot.']]);

    const group: GroupFacts = {
      arn: `arn:aws:iam::${ACCOUNT}:group/builders`,
      account: ACCOUNT,
      policies: { known: [policyText('builders', says('Allow', PUSH))] },
    };
    const joining = createUser('dev', can(on('iam:AddUserToGroup', group.arn)));
    expect(waysToPush([joining], {}, [group])).toEqual([
      ['allowed', 'user/dev adds user/dev to group/builders.'],
    ]);
    expect(waysToPush([createRole('dev', can(on('iam:AddUserToGroup', group.arn)))], {}, [group])).toEqual(
      [],
    );

    const editor = createRole('dev', can(on('iam:UpdateAssumeRolePolicy', '*')));
    expect(waysToPush([editor, ci()])).toEqual([
      ['allowed', 'role/dev changes the trust policy of role/ci and assumes it.'],
    ]);
  });

  it.each([
    ['lambda.amazonaws.com', ['lambda:CreateFunction', 'lambda:InvokeFunction']],
    ['ecs-tasks.amazonaws.com', ['ecs:RegisterTaskDefinition', 'ecs:RunTask']],
    ['ec2.amazonaws.com', ['ec2:RunInstances']],
    ['codebuild.amazonaws.com', ['codebuild:CreateProject', 'codebuild:StartBuild']],
  ])('passes a role to %s, which has to trust the service, and runs code with it', (service, actions) => {
    const dev = (...statements: Json[]) => createRole('dev', can(...statements));
    const pass = on('iam:PassRole', roleArn('ci'), {
      Condition: { StringEquals: { 'iam:PassedToService': service } },
    });
    const able = dev(pass, on(actions, '*'));
    const target = ci(trusts({ Service: service }));
    expect(waysToPush([able, target])).toEqual([
      ['allowed', `role/dev passes role/ci to ${service} and runs code with it.`],
    ]);
    expect(waysToPush([able, ci(trusts({ Service: 'glue.amazonaws.com' }))])).toEqual([]);
    expect(waysToPush([dev(pass, on(actions.slice(0, -1).concat('s3:GetObject'), '*')), target])).toEqual([]);
    expect(waysToPush([dev(on(actions, '*')), target])).toEqual([]);
    const elsewhere = on('iam:PassRole', '*', {
      Condition: { StringEquals: { 'iam:PassedToService': 'x.amazonaws.com' } },
    });
    expect(waysToPush([dev(elsewhere, on(actions, '*')), target])).toEqual([]);
  });

  it.each([
    [
      'updates a service',
      'ecs-tasks.amazonaws.com',
      ['ecs:RegisterTaskDefinition', 'ecs:UpdateService'],
      'allowed',
    ],
    [
      'creates a task set',
      'ecs-tasks.amazonaws.com',
      ['ecs:RegisterTaskDefinition', 'ecs:CreateTaskSet'],
      'allowed',
    ],
    [
      'creates an Express Mode service',
      'ecs-tasks.amazonaws.com',
      ['ecs:CreateExpressGatewayService'],
      'conditional',
    ],
    ['overrides the role of a task', 'ecs-tasks.amazonaws.com', ['ecs:RunTask'], 'conditional'],
    [
      'changes a function',
      'lambda.amazonaws.com',
      ['lambda:UpdateFunctionConfiguration', 'lambda:UpdateFunctionCode'],
      'conditional',
    ],
    ['overrides the role of a build', 'codebuild.amazonaws.com', ['codebuild:StartBuild'], 'conditional'],
    ['changes a task definition alone', 'ecs-tasks.amazonaws.com', ['ecs:RegisterTaskDefinition'], 'none'],
    [
      'changes the role of a function alone',
      'lambda.amazonaws.com',
      ['lambda:UpdateFunctionConfiguration'],
      'none',
    ],
    ['changes the code of a function alone', 'lambda.amazonaws.com', ['lambda:UpdateFunctionCode'], 'none'],
    ['creates a project alone', 'codebuild.amazonaws.com', ['codebuild:CreateProject'], 'none'],
  ])('passes a role to what is there already: it %s', (_, service, actions, expected) => {
    const dev = createRole('dev', can(on('iam:PassRole', roleArn('ci')), on(actions, '*')));
    const target = ci(trusts({ Service: service }));
    const way = [[expected, `role/dev passes role/ci to ${service} and runs code with it.`]];
    expect(waysToPush([dev, target])).toEqual(expected === 'none' ? [] : way);
    // Without PassRole, none of it gives a role.
    expect(waysToPush([createRole('dev', can(on(actions, '*'))), target])).toEqual([]);
  });

  it('is conditional if the trust in the service is', () => {
    const able = createRole('dev', can(on(['iam:PassRole', 'ec2:*'], '*')));
    const account = { Condition: { StringEquals: { 'aws:SourceAccount': ACCOUNT } } };
    expect(waysToPush([able, ci(trusts({ Service: 'ec2.amazonaws.com' }, account))])[0]?.[0]).toBe(
      'conditional',
    );
  });

  it('is conditional if the caller can run code with some resources only', () => {
    const able = createRole(
      'dev',
      can(on('iam:PassRole', '*'), on('lambda:*', `arn:aws:lambda:*:${ACCOUNT}:function:dev-*`)),
    );
    expect(waysToPush([able, ci(trusts({ Service: 'lambda.amazonaws.com' }))])[0]?.[0]).toBe('conditional');
    const foreign = createRole(
      'dev',
      can(on('iam:PassRole', '*'), on('lambda:*', `arn:aws:lambda:*:${OTHER}:function:*`)),
    );
    expect(waysToPush([foreign, ci(trusts({ Service: 'lambda.amazonaws.com' }))])).toEqual([]);
  });
});

describe('a way of several steps', () => {
  it('is the shortest one', () => {
    const a = createRole('a', can(on('sts:AssumeRole', '*')));
    const b = createRole('b', { ...can(on('sts:AssumeRole', '*')), ...trusts({ AWS: roleArn('a') }) });
    const c = createRole('c', { ...can(on('sts:AssumeRole', '*')), ...trusts({ AWS: roleArn('b') }) });
    const target = ci(trusts({ AWS: roleArn('c') }));
    expect(waysToPush([a, b, c, target])[0]).toEqual([
      'allowed',
      'role/a assumes role/b.',
      'role/b assumes role/c.',
      'role/c assumes role/ci.',
    ]);
    expect(waysToPush([a, b, c, ci(trusts({ AWS: [roleArn('c'), roleArn('a')] }))])[0]).toHaveLength(2);
  });

  it('is a certain one rather than a shorter one that is not', () => {
    const a = createRole('a');
    const b = createRole('b', trusts({ AWS: roleArn('a') }));
    const target = ci({
      trust: {
        known: policy(
          { Effect: 'Allow', Principal: { AWS: roleArn('b') }, Action: 'sts:AssumeRole' },
          {
            Effect: 'Allow',
            Principal: { AWS: roleArn('a') },
            Action: 'sts:AssumeRole',
            Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
          },
        ),
      },
    });
    expect(waysToPush([a, b, target])[0]).toEqual([
      'allowed',
      'role/a assumes role/b.',
      'role/b assumes role/ci.',
    ]);
  });

  it('writes to a role that it can enter; one that it cannot enter is no step', () => {
    const dev = createRole('dev', can(on('iam:PutRolePolicy', roleArn('app')), on('sts:AssumeRole', '*')));
    expect(waysToPush([dev, createRole('app', trusts({ AWS: roleArn('dev') }))])).toEqual([
      ['allowed', 'role/dev assumes role/app.', 'role/dev writes a policy into role/app.'],
    ]);
    expect(waysToPush([dev, createRole('app', trusts({ AWS: roleArn('else') }))])).toEqual([]);
  });

  it('writes as one principal to another, of two that it can become', () => {
    const dev = createRole('dev');
    const writer = createRole('writer', {
      ...can(on('iam:PutRolePolicy', roleArn('app'))),
      ...trusts({ AWS: roleArn('dev') }),
    });
    const app = createRole('app', trusts({ AWS: roleArn('dev') }));
    const [way] = waysToPush([dev, writer, app]);
    expect(way?.at(-1)).toBe('role/writer writes a policy into role/app.');
    expect([...(way?.slice(1, -1) ?? [])].sort()).toEqual([
      'role/dev assumes role/app.',
      'role/dev assumes role/writer.',
    ]);
  });

  it('goes on from a group', () => {
    const group: GroupFacts = {
      arn: `arn:aws:iam::${ACCOUNT}:group/g`,
      account: ACCOUNT,
      policies: { known: [policyText('g', on('sts:AssumeRole', roleArn('ci')))] },
    };
    const dev = createUser('dev', can(on('iam:AddUserToGroup', '*')));
    expect(waysToPush([dev, ci(trusts({ AWS: rootArn() }))], {}, [group])).toEqual([
      ['allowed', 'user/dev adds user/dev to group/g.', 'user/dev assumes role/ci.'],
    ]);
  });

  it('crosses accounts that are both audited', () => {
    const dev = createRole('dev', { account: OTHER, ...can(on('sts:AssumeRole', roleArn('ci'))) });
    const lazy = createRole('lazy', { account: OTHER });
    const accounts = [
      createAccount({ principals: { known: [ci(trusts({ AWS: [dev.arn, lazy.arn] }))] } }),
      createAccount({ id: OTHER, principals: { known: [dev, lazy] } }),
    ];
    // Only its own account changes a role.
    const editor = createRole('editor', { account: OTHER, ...can(on('iam:*', '*')) });
    const withEditor = [
      accounts[0] ?? createAccount(),
      createAccount({ id: OTHER, principals: { known: [editor] } }),
    ];
    expect(waysToPush([editor], { accounts: withEditor })).toEqual([]);
    expect(waysToPush([dev, lazy], { accounts })).toEqual([
      ['allowed', `${OTHER}:role/dev assumes role/ci.`],
    ]);
  });
});

describe('no way', () => {
  const admin = createRole('dev', can(on('iam:*', '*')));

  it('leads past a boundary, a Deny of the repository, or the organization', () => {
    const boundary = { known: policyText('boundary', says('Allow', ['s3:*', 'iam:*'])) };
    expect(waysToPush([{ ...admin, boundary }])).toEqual([]);
    const levels = [level('scp', 'root', [says('Deny', 'ecr:*')])];
    expect(search([admin], { levels }).found).toEqual([]);
    const others = policy({
      Effect: 'Deny',
      Principal: '*',
      Action: 'ecr:*',
      Condition: { ArnNotEquals: { 'aws:PrincipalArn': roleArn('ci') } },
    });
    const repositories = [createRepository({ policy: { known: others } })];
    expect(waysToPush([admin], { repositories })).toEqual([]);
    // Nor does writing to the role that the Deny spares, without entering it.
    const limited = createRole('dev', can(on('iam:PutRolePolicy', '*')));
    expect(waysToPush([limited, ci()], { repositories })).toEqual([]);
    expect(waysToPush([admin, ci()], { repositories })[0]).toEqual([
      'allowed',
      'role/dev changes the trust policy of role/ci and assumes it.',
    ]);
  });

  it('is looked for by who may push already, or is not asked about', () => {
    const pusher = createRole('dev', can(says('Allow', [...PUSH, 'iam:PutRolePolicy'])));
    const { found } = search([pusher]);
    expect(found.map(({ ability }) => ability)).toEqual(['administer']);
    expect(search([ci({ ...can(on('iam:*', '*')) })]).found).toEqual([]);
  });

  it('changes a service-linked role', () => {
    const linked = createRole('aws-service-role/x.amazonaws.com/X', can(says('Allow', PUSH)));
    expect(waysToPush([createRole('dev', can(on('iam:UpdateAssumeRolePolicy', '*'))), linked])).toEqual([]);
  });
});

describe('many roles', () => {
  const time = (work: () => void) => {
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1_000_000;
  };

  it('are searched in bounded time if each can assume each and none leads anywhere', {
    timeout: 120_000,
  }, () => {
    const principals = Array.from({ length: 250 }, (_, index) =>
      createRole(`r${index}`, { ...can(on('sts:AssumeRole', '*')), ...trusts({ AWS: rootArn() }) }),
    );
    let found: readonly unknown[] = [0];
    expect(
      time(() => {
        found = search(principals).found;
      }),
    ).toBeLessThan(30);
    expect(found).toEqual([]);
  });

  it('are searched in bounded time if 1,600 roles trust the account and some may do a lot', {
    timeout: 120_000,
  }, () => {
    const principals = Array.from({ length: 1_600 }, (_, index) => {
      const statements =
        index % 40 === 0
          ? [on('*', '*')]
          : index % 40 === 1
            ? [on(['iam:PassRole', 'ecs:*', 'lambda:*'], '*')]
            : [on('s3:*', '*')];
      const trust =
        index % 3 === 0
          ? { AWS: rootArn() }
          : { Service: index % 3 === 1 ? 'ecs-tasks.amazonaws.com' : 'lambda.amazonaws.com' };
      return createRole(`r${index}`, { ...can(...statements), ...trusts(trust) });
    });
    let found: { principal: string; ability: string }[] = [];
    expect(
      time(() => {
        found = [...search([...principals, ci(trusts({ Service: 'ecs-tasks.amazonaws.com' }))]).found];
      }),
    ).toBeLessThan(30);
    expect(found.filter(({ ability }) => ability === 'push')).toHaveLength(40);
  });
});
