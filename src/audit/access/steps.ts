/**
 * The single steps by which a principal gets access that it does not have: it becomes another principal, or changes
 * what it or another principal may do.
 */
import { allNeeded, type Decision, type Evaluator, oneNeeded, type Target } from './decide.ts';
import { type Document, statementsFor } from './document.ts';
import type { AccountFacts, GroupFacts, PrincipalFacts } from './facts.ts';
import { glob } from './glob.ts';

export type StepAction =
  | 'sts:AssumeRole'
  | 'iam:UpdateAssumeRolePolicy'
  | 'iam:CreateAccessKey'
  | 'iam:AddUserToGroup'
  | 'iam:PassRole'
  | 'iam:PutRolePolicy'
  | 'iam:AttachRolePolicy'
  | 'iam:PutUserPolicy'
  | 'iam:AttachUserPolicy'
  | 'iam:CreatePolicyVersion'
  | 'iam:SetDefaultPolicyVersion';

export interface Step {
  readonly action: StepAction;
  /** ARN of the principal that takes the step. */
  readonly by: string;
  /** ARN of the target: a role, a user, a group or a policy. */
  readonly on: string;
  /** ARN of the principal whose permissions the step gives, or of the user that is added to a group. */
  readonly gives: string;
  /** The service that runs code with a role that is passed to it. */
  readonly service: string | undefined;
  readonly decision: Decision;
}

/** A way to run code with a passed role: one action of each list is needed. */
interface Way {
  readonly needs: readonly (readonly string[])[];
  /** What else must exist. */
  readonly provided?: string;
}

/**
 * The services that run code with a role that is passed to them. A passed role can also replace an existing one: RunTask and
 * StartTask (`overrides.taskRoleArn`) and StartBuild (`serviceRoleOverride`) accept one with the command or build that they
 * run (service models of ECS, Lambda and CodeBuild).
 */
const SERVICES: readonly { service: string; prefix: string; ways: readonly Way[] }[] = [
  {
    service: 'lambda.amazonaws.com',
    prefix: 'lambda',
    ways: [
      {
        needs: [
          ['lambda:CreateFunction'],
          ['lambda:InvokeFunction', 'lambda:CreateEventSourceMapping', 'lambda:AddPermission'],
        ],
      },
      {
        needs: [['lambda:UpdateFunctionConfiguration'], ['lambda:UpdateFunctionCode']],
        provided: 'a function that is there is called',
      },
    ],
  },
  {
    service: 'ecs-tasks.amazonaws.com',
    prefix: 'ecs',
    ways: [
      {
        needs: [
          ['ecs:RegisterTaskDefinition'],
          ['ecs:RunTask', 'ecs:StartTask', 'ecs:CreateService', 'ecs:UpdateService', 'ecs:CreateTaskSet'],
        ],
      },
      { needs: [['ecs:RunTask', 'ecs:StartTask']], provided: 'there is a task definition' },
      {
        needs: [['ecs:CreateExpressGatewayService', 'ecs:UpdateExpressGatewayService']],
        provided: 'it passes the other roles of the service, too',
      },
    ],
  },
  { service: 'ec2.amazonaws.com', prefix: 'ec2', ways: [{ needs: [['ec2:RunInstances']] }] },
  // Its name in the partition aws-cn.
  { service: 'ec2.amazonaws.com.cn', prefix: 'ec2', ways: [{ needs: [['ec2:RunInstances']] }] },
  {
    service: 'codebuild.amazonaws.com',
    prefix: 'codebuild',
    ways: [
      {
        needs: [
          ['codebuild:CreateProject', 'codebuild:UpdateProject'],
          ['codebuild:StartBuild', 'codebuild:StartBuildBatch'],
        ],
      },
      { needs: [['codebuild:StartBuild', 'codebuild:StartBuildBatch']], provided: 'there is a project' },
    ],
  },
];

const OLDER_VERSION = 'an older version of the policy allows more';

/** Decides the steps of principals on each other; each decision is made once. */
export class Steps {
  private readonly evaluator: Evaluator;
  private readonly accounts: readonly AccountFacts[];
  private readonly groups: readonly GroupFacts[];
  private readonly roles: readonly PrincipalFacts[];
  private readonly users: readonly PrincipalFacts[];
  private readonly trusting: Trusting;
  private readonly powers = new WeakMap<PrincipalFacts, ReadonlySet<string>>();
  private readonly written = new WeakMap<PrincipalFacts, Map<PrincipalFacts, readonly Step[]>>();
  private readonly passing = new Map<PrincipalFacts, Map<string, Decision>>();

  constructor(evaluator: Evaluator, accounts: readonly AccountFacts[], groups: readonly GroupFacts[]) {
    this.evaluator = evaluator;
    this.accounts = accounts;
    this.groups = groups;
    const principals = accounts.flatMap((account) =>
      'known' in account.principals ? account.principals.known : [],
    );
    this.roles = principals.filter(({ kind }) => kind === 'role');
    this.users = principals.filter(({ kind }) => kind === 'user');
    this.trusting = new Trusting(this.roles, evaluator);
  }

  /**
   * Whether an Allow in a principal's own policies mentions an action. If not, no decision is needed, because resource
   * policies cannot grant IAM actions.
   */
  private mayEver(principal: PrincipalFacts, action: string): boolean {
    let powers = this.powers.get(principal);
    if (powers === undefined) {
      const documents = this.evaluator.policiesOf(principal).identity.map(({ document }) => document);
      powers = new Set(DECIDED.filter((one) => documents.some((document) => mentions(document, one))));
      this.powers.set(principal, powers);
    }
    return powers.has(action);
  }

  /** Whether it can change any policy or trust policy, so that pairs of principals have to be checked. */
  isWriter(principal: PrincipalFacts): boolean {
    return WRITES.some((action) => this.mayEver(principal, action));
  }

  /** How a principal becomes another one. */
  entries(principal: PrincipalFacts): readonly { step: Step; to: PrincipalFacts }[] {
    const found: { step: Step; to: PrincipalFacts }[] = [];
    const add = (to: PrincipalFacts, step: Step | undefined) => {
      if (step !== undefined) found.push({ step, to });
    };
    for (const role of this.trusting.candidates(principal, this.mayEver(principal, 'sts:AssumeRole'))) {
      if (role !== principal) add(role, this.assume(principal, role));
    }
    if (this.mayEver(principal, 'iam:UpdateAssumeRolePolicy')) {
      for (const role of this.roles) {
        if (role !== principal)
          add(role, this.change('iam:UpdateAssumeRolePolicy', principal, role, role.arn));
      }
    }
    if (this.mayEver(principal, 'iam:CreateAccessKey')) {
      for (const user of this.users) {
        if (user.arn !== principal.arn)
          add(user, this.change('iam:CreateAccessKey', principal, user, user.arn));
      }
    }
    if (this.mayEver(principal, 'iam:PassRole')) {
      for (const role of this.roles) {
        if (role !== principal) for (const step of this.pass(principal, role)) add(role, step);
      }
    }
    return found;
  }

  /** How a principal can give another principal, or itself, every permission. */
  writes(by: PrincipalFacts, to: PrincipalFacts): readonly Step[] {
    if (!this.isWriter(by) || by.account !== to.account) return [];
    let known = this.written.get(by);
    if (known === undefined) {
      known = new Map();
      this.written.set(by, known);
    }
    let steps = known.get(to);
    if (steps === undefined) {
      steps = this.decideWrites(by, to);
      known.set(to, steps);
    }
    return steps;
  }

  private decideWrites(by: PrincipalFacts, to: PrincipalFacts): readonly Step[] {
    const [put, attach]: readonly StepAction[] =
      to.kind === 'user'
        ? ['iam:PutUserPolicy', 'iam:AttachUserPolicy']
        : ['iam:PutRolePolicy', 'iam:AttachRolePolicy'];
    const found: (Step | undefined)[] = [
      put && this.change(put, by, to, to.arn),
      attach && this.change(attach, by, to, to.arn),
    ];
    for (const policy of to.managedPolicies) {
      // AWS managed policies cannot be changed.
      if (!policy.includes(`:iam::${to.account}:policy/`)) continue;
      found.push(this.change('iam:CreatePolicyVersion', by, to, policy));
      const older = this.change('iam:SetDefaultPolicyVersion', by, to, policy);
      found.push(older && { ...older, decision: onCondition(older.decision, OLDER_VERSION) });
    }
    return found.filter((step) => step !== undefined);
  }

  /** The groups to which a principal can add a user, and the user with the permissions of the group. */
  joins(by: PrincipalFacts, user: PrincipalFacts): readonly { step: Step; to: PrincipalFacts }[] {
    if (user.kind !== 'user' || by.account !== user.account || !this.mayEver(by, 'iam:AddUserToGroup'))
      return [];
    return this.groups.flatMap((group) => {
      if (group.account !== user.account) return [];
      const decision = this.decideIam('iam:AddUserToGroup', by, group.arn, user, {});
      if (decision.verdict === 'denied') return [];
      const step: Step = {
        action: 'iam:AddUserToGroup',
        by: by.arn,
        on: group.arn,
        gives: user.arn,
        service: undefined,
        decision,
      };
      return [{ step, to: withPolicies(user, group.policies) }];
    });
  }

  private assume(by: PrincipalFacts, role: PrincipalFacts): Step | undefined {
    const question = { action: 'sts:AssumeRole', principal: by, target: roleTarget(role) };
    const decision = this.evaluator.decide(question, true);
    return stepOf('sts:AssumeRole', by, role.arn, role.arn, decision);
  }

  /** A change of a role, a user or a policy, which is only possible from its own account. */
  private change(action: StepAction, by: PrincipalFacts, to: PrincipalFacts, on: string): Step | undefined {
    if (by.account !== to.account || isServiceLinked(to) || !this.mayEver(by, action)) return undefined;
    return stepOf(action, by, on, to.arn, this.decideIam(action, by, on, to, {}));
  }

  private decideIam(
    action: string,
    principal: PrincipalFacts,
    arn: string,
    { account, tags, organization }: PrincipalFacts,
    keys: Readonly<Record<string, readonly string[]>>,
  ): Decision {
    const target: Target = {
      name: { arn },
      account: account ?? '',
      region: undefined,
      tags,
      organization,
      policies: [],
      resourcePolicyDecides: false,
    };
    return this.evaluator.decide({ action, principal, target, keys });
  }

  private pass(by: PrincipalFacts, role: PrincipalFacts): readonly Step[] {
    if (by.account !== role.account || isServiceLinked(role)) return [];
    return SERVICES.flatMap(({ service, prefix, ways }) => {
      if (!this.trusting.trustsService(role, service)) return [];
      const runs = this.runs(by, service, prefix, ways);
      if (runs.verdict === 'denied') return [];
      const passes = this.decideIam('iam:PassRole', by, role.arn, role, { 'iam:passedtoservice': [service] });
      const trusts = this.evaluator.decide({
        action: 'sts:AssumeRole',
        principal: serviceFacts(service),
        target: roleTarget(role),
      });
      const step = stepOf('iam:PassRole', by, role.arn, role.arn, allNeeded([passes, runs, trusts]));
      return step === undefined ? [] : [{ ...step, service }];
    });
  }

  /** Whether a principal can run code with a service, on any resource that it chooses. */
  private runs(by: PrincipalFacts, service: string, prefix: string, ways: readonly Way[]): Decision {
    let known = this.passing.get(by);
    if (known === undefined) {
      known = new Map();
      this.passing.set(by, known);
    }
    let decision = known.get(service);
    if (decision === undefined) {
      const partition = this.accounts.find(({ id }) => id === by.account)?.partition ?? 'aws';
      const target: Target = {
        name: { any: glob(`arn:${partition}:${prefix}:*:${by.account}:*`) },
        account: by.account ?? '',
        region: undefined,
        tags: { unknown: `the tags of resources of ${service}` },
        organization: by.organization,
        policies: [],
        resourcePolicyDecides: false,
      };
      const decide = (action: string) => this.evaluator.decide({ action, principal: by, target });
      decision = oneNeeded(
        ways.map(({ needs, provided }) => {
          const able = allNeeded(needs.map((actions) => oneNeeded(actions.map(decide))));
          return provided === undefined ? able : onCondition(able, provided);
        }),
      );
      known.set(service, decision);
    }
    return decision;
  }
}

const WRITES: readonly StepAction[] = [
  'iam:PutRolePolicy',
  'iam:AttachRolePolicy',
  'iam:PutUserPolicy',
  'iam:AttachUserPolicy',
  'iam:CreatePolicyVersion',
  'iam:SetDefaultPolicyVersion',
  'iam:AddUserToGroup',
];

const DECIDED: readonly StepAction[] = [
  ...WRITES,
  'sts:AssumeRole',
  'iam:UpdateAssumeRolePolicy',
  'iam:CreateAccessKey',
  'iam:PassRole',
];

function mentions(document: Document, action: string): boolean {
  return !document.readable || statementsFor(document, action).some(({ effect }) => effect !== 'Deny');
}

function stepOf(
  action: StepAction,
  by: PrincipalFacts,
  on: string,
  gives: string,
  decision: Decision,
): Step | undefined {
  return decision.verdict === 'denied'
    ? undefined
    : { action, by: by.arn, on, gives, service: undefined, decision };
}

function onCondition(decision: Decision, condition: string): Decision {
  return {
    ...decision,
    verdict: decision.verdict === 'allowed' ? 'conditional' : decision.verdict,
    conditions: [...decision.conditions, condition],
  };
}

/** "You cannot edit or delete a service-linked role": no principal can pass one or change its permissions. */
function isServiceLinked({ arn }: PrincipalFacts): boolean {
  return arn.includes(':role/aws-service-role/');
}

/** The role as the target of sts:AssumeRole, which its trust policy decides. */
export function roleTarget({ arn, account, tags, organization, trust }: PrincipalFacts): Target {
  const text = 'unknown' in trust ? trust : trust.known === undefined ? undefined : { known: trust.known };
  return {
    name: { arn },
    account: account ?? '',
    region: undefined,
    tags,
    organization,
    policies: text === undefined ? [] : [{ source: 'trust', name: `trust policy of ${arn}`, text }],
    resourcePolicyDecides: true,
  };
}

function serviceFacts(service: string): PrincipalFacts {
  const unread = { unknown: 'services have none' };
  return {
    arn: `service:${service}`,
    kind: 'service',
    account: undefined,
    id: undefined,
    tags: unread,
    organization: unread,
    policies: unread,
    managedPolicies: [],
    boundary: unread,
    trust: unread,
  };
}

/** The principal with further policies. */
export function withPolicies(principal: PrincipalFacts, more: PrincipalFacts['policies']): PrincipalFacts {
  const { policies } = principal;
  if ('unknown' in policies) return principal;
  return { ...principal, policies: 'unknown' in more ? more : { known: [...policies.known, ...more.known] } };
}

/** Which roles trust which principals, so that not every pair has to be decided. */
class Trusting {
  private readonly byArn = new Map<string, PrincipalFacts[]>();
  private readonly byAccount = new Map<string, PrincipalFacts[]>();
  private readonly services = new Map<PrincipalFacts, Set<string>>();
  /** Roles that trust everyone, or whose trust could not be read. */
  private readonly anyone = new Set<PrincipalFacts>();

  constructor(roles: readonly PrincipalFacts[], evaluator: Evaluator) {
    for (const role of roles) this.add(role, evaluator);
  }

  private add(role: PrincipalFacts, evaluator: Evaluator): void {
    const { trust } = role;
    if ('known' in trust && trust.known === undefined) return;
    const document = evaluator.document('unknown' in trust ? trust : { known: trust.known ?? '' }, 'trust');
    const services = new Set<string>();
    this.services.set(role, services);
    if (!document.readable) {
      this.anyone.add(role);
      return;
    }
    const [arns, accounts] = [new Set<string>(), new Set<string>()];
    let anyone = false;
    for (const statement of statementsFor(document, 'sts:AssumeRole')) {
      if (statement.effect === 'Deny') continue;
      if (!statement.readable || statement.principals?.except !== false) {
        anyone = true;
        continue;
      }
      for (const entry of statement.principals.entries) {
        if (entry.type === 'role' || entry.type === 'user') arns.add(entry.arn);
        else if (entry.type === 'session') arns.add(`${entry.account} ${entry.role}`);
        else if (entry.type === 'id') arns.add(entry.id);
        else if (entry.type === 'account' || entry.type === 'federated-user') accounts.add(entry.account);
        else if (entry.type === 'service') services.add(entry.name);
        else if (entry.type !== 'federated' && entry.type !== 'canonical') anyone = true;
      }
    }
    if (anyone) {
      this.anyone.add(role);
      return;
    }
    for (const arn of arns) append(this.byArn, arn, role);
    for (const account of accounts) append(this.byAccount, account, role);
  }

  /** Whether a role may trust a service. */
  trustsService(role: PrincipalFacts, service: string): boolean {
    const services = this.services.get(role);
    return services !== undefined && (services.has(service) || services.has('*') || this.anyone.has(role));
  }

  /** The roles that may trust a principal. @param mayAssume whether its own policies may allow it to assume roles */
  candidates({ arn, account, id }: PrincipalFacts, mayAssume: boolean): ReadonlySet<PrincipalFacts> {
    const session = `${account} ${arn.slice(arn.lastIndexOf('/') + 1)}`;
    return new Set([
      ...(this.byArn.get(arn) ?? []),
      ...(this.byArn.get(session) ?? []),
      ...(this.byArn.get(id ?? '') ?? []),
      ...(mayAssume ? (this.byAccount.get(account ?? '') ?? []) : []),
      ...this.anyone,
    ]);
  }
}

function append(map: Map<string, PrincipalFacts[]>, key: string, role: PrincipalFacts): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [role]);
  else list.push(role);
}
