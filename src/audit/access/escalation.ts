/**
 * How a principal without push or control can get it in several steps: by becoming a principal that has it, or by
 * changing a policy of a principal that it can become. The search first uses only certain steps, then also conditional
 * ones, then also unknown ones, so that an uncertain path never hides a certain one.
 */
import type { Ability } from './abilities.ts';
import type { Evaluator, Verdict } from './decide.ts';
import type { AccessFacts, GroupFacts, PolicyText, PrincipalFacts } from './facts.ts';
import { type AccessRow, Grouping } from './map.ts';
import { type Step, Steps, withPolicies } from './steps.ts';

export type Reached = 'push' | 'administer';

export interface Escalation {
  readonly principal: string;
  readonly ability: Reached;
  /** The certainty of the least certain step, or of the ability after the last step. */
  readonly verdict: Exclude<Verdict, 'denied'>;
  readonly steps: readonly Step[];
  /** The repository, or the host of the registry, on which it then has the ability. */
  readonly repository: string;
}

export interface EscalationFacts {
  readonly access: AccessFacts;
  readonly groups: readonly GroupFacts[];
  /** The rows of the access map. */
  readonly rows: readonly AccessRow[];
  /** ARNs of the principals to search for: those that no expectation names. */
  readonly sources: ReadonlySet<string>;
}

export interface Escalations {
  readonly found: readonly Escalation[];
  /** Principals for which the search was stopped, with the reason. */
  readonly unknown: readonly { readonly principal: string; readonly reason: string }[];
}

interface Held {
  readonly verdict: Verdict;
  readonly repository: string;
}

type Holdings = Readonly<Record<Reached, Held>>;

const NONE: Held = { verdict: 'denied', repository: '' };
const CERTAINTY: readonly Verdict[] = ['allowed', 'conditional', 'unknown'];
const ABILITIES: Readonly<Record<Reached, readonly Ability[]>> = {
  push: ['push', 'retag'],
  administer: ['administer', 'delete'],
};

/** The most steps that are examined for one principal. Then the search ends without an answer. */
const MOST_STEPS = 300_000;

/** Searches, for each source and ability, the shortest path to access that the source does not have itself. */
export function escalations(facts: EscalationFacts, evaluator: Evaluator): Escalations {
  return new Search(facts, evaluator).all();
}

/** A principal that the search has reached, and the steps to it; none for the source. */
interface Node {
  readonly facts: PrincipalFacts;
  readonly path: readonly Step[];
}

interface Way {
  readonly steps: readonly Step[];
  readonly held: Held;
}

class Search {
  private readonly facts: EscalationFacts;
  private readonly steps: Steps;
  private readonly grouping: Grouping;
  private readonly principals: readonly PrincipalFacts[];
  private readonly read: ReadonlySet<PrincipalFacts>;
  private readonly held = new Map<string, Holdings>();
  private readonly edges = new Map<PrincipalFacts, ReturnType<Steps['entries']>>();
  private readonly gained = new Map<string, Holdings>();
  private readonly joined = new Map<string, ReturnType<Steps['joins']>>();

  constructor(facts: EscalationFacts, evaluator: Evaluator) {
    this.facts = facts;
    const { accounts } = facts.access;
    this.steps = new Steps(evaluator, accounts, facts.groups);
    this.grouping = new Grouping(facts.access, evaluator);
    this.principals = accounts.flatMap((account) =>
      'known' in account.principals ? account.principals.known : [],
    );
    this.read = new Set(this.principals);
    for (const row of facts.rows) {
      this.held.set(row.principal, better(this.held.get(row.principal), row));
    }
  }

  all(): Escalations {
    const found: Escalation[] = [];
    const unknown: { principal: string; reason: string }[] = [];
    const near = CERTAINTY.map((_, index) => this.nearAGoal(CERTAINTY.slice(0, index + 1)));
    for (const principal of this.principals) {
      if (!this.facts.sources.has(principal.arn)) continue;
      for (const ability of ['push', 'administer'] as const) {
        const own = this.held.get(principal.arn)?.[ability].verdict ?? 'denied';
        if (own === 'allowed' || own === 'conditional') continue;
        let gaveUp = false;
        for (const [index] of CERTAINTY.entries()) {
          if (near[index]?.has(principal) !== true) continue;
          const way = this.shortest(principal, ability, CERTAINTY.slice(0, index + 1));
          if (way === 'too many') {
            gaveUp = true;
            continue;
          }
          if (way === undefined) continue;
          gaveUp = false;
          found.push(escalationOf(principal, ability, way));
          break;
        }
        if (gaveUp) {
          unknown.push({
            principal: principal.arn,
            reason: `more than ${MOST_STEPS} steps lead from it to ${ability}`,
          });
        }
      }
    }
    return { found, unknown };
  }

  /** The principals with a path to a principal that has an ability or can change a policy. */
  private nearAGoal(accepted: readonly Verdict[]): ReadonlySet<PrincipalFacts> {
    const before = new Map<PrincipalFacts, PrincipalFacts[]>();
    for (const principal of this.principals) {
      for (const { to, step } of this.entries(principal)) {
        if (!accepted.includes(step.decision.verdict)) continue;
        const list = before.get(to);
        if (list === undefined) before.set(to, [principal]);
        else list.push(principal);
      }
    }
    const near = new Set(
      this.principals.filter((principal) => this.held.has(principal.arn) || this.steps.isWriter(principal)),
    );
    // The set grows during the iteration. Each principal is reached once.
    for (const principal of near) for (const one of before.get(principal) ?? []) near.add(one);
    return near;
  }

  private entries(principal: PrincipalFacts): ReturnType<Steps['entries']> {
    let entries = this.edges.get(principal);
    if (entries === undefined) {
      entries = this.steps.entries(principal);
      this.edges.set(principal, entries);
    }
    return entries;
  }

  /**
   * Breadth first. At each depth, the order is: what a principal has, what it can be given, whom it can become. The
   * first path that is found is one of the shortest.
   */
  private shortest(
    source: PrincipalFacts,
    ability: Reached,
    accepted: readonly Verdict[],
  ): Way | 'too many' | undefined {
    const start: Node = { facts: source, path: [] };
    const reached = new Map<string, Node>([[keyOf(start), start]]);
    const writers: Node[] = [];
    const accept = ({ decision }: Step) => accepted.includes(decision.verdict);
    let best: Way | undefined;
    const consider = (steps: readonly Step[], held: Held) => {
      if (accepted.includes(held.verdict) && steps.length < (best?.steps.length ?? Infinity))
        best = { steps, held };
    };
    const isFound = (length: number) => best !== undefined && best.steps.length <= length;
    let looked = 0;
    let level = [start];
    for (let depth = 0; level.length > 0; depth += 1) {
      const next: Node[] = [];
      const visit = (facts: PrincipalFacts, path: readonly Step[]) => {
        const node: Node = { facts, path };
        const key = keyOf(node);
        if (reached.has(key)) return;
        reached.set(key, node);
        next.push(node);
      };
      for (const node of level) if (node !== start) consider(node.path, this.holdings(node)[ability]);
      if (isFound(depth)) return best;
      for (const node of level) {
        for (const [by, to] of pairsOf(node, this.steps.isWriter(node.facts), writers, reached)) {
          looked += 1;
          if (looked > MOST_STEPS) return best ?? 'too many';
          const write = this.steps.writes(by.facts, to.facts).filter(accept).sort(byCertainty)[0];
          if (write !== undefined) consider([...together(by, to), write], this.gains(to)[ability]);
          for (const { step, to: joined } of this.joins(by.facts, to.facts)) {
            if (accept(step)) visit(joined, [...together(by, to), step]);
          }
          if (isFound(depth + 1)) return best;
        }
      }
      for (const node of level) {
        for (const { step, to } of this.entries(node.facts)) {
          looked += 1;
          if (looked > MOST_STEPS) return best ?? 'too many';
          if (accept(step)) visit(to, [...node.path, step]);
        }
      }
      level = next;
    }
    return best;
  }

  /** A user joins at most one group on a path. With several groups, there would be as many nodes as sets of groups. */
  private joins(by: PrincipalFacts, user: PrincipalFacts): ReturnType<Steps['joins']> {
    if (user.kind !== 'user' || !this.read.has(user)) return [];
    const key = `${by.arn} ${user.arn} ${policiesKey(user)} ${policiesKey(by)}`;
    let joins = this.joined.get(key);
    if (joins === undefined) {
      joins = this.steps.joins(by, user);
      this.joined.set(key, joins);
    }
    return joins;
  }

  /** What a principal of the search has. A user that was added to a group on the path has more than its rows. */
  private holdings(node: Node): Holdings {
    if (node.path.at(-1)?.action !== 'iam:AddUserToGroup') {
      return this.held.get(node.facts.arn) ?? { push: NONE, administer: NONE };
    }
    return this.best(node.facts, keyOf(node));
  }

  /**
   * What a principal has if its identity policies allow everything. Its boundary and Deny statements still limit it.
   */
  private gains(node: Node): Holdings {
    const everything: PolicyText = { name: 'any policy', text: { known: ALLOW_EVERYTHING } };
    return this.best(withPolicies(node.facts, { known: [everything] }), `${keyOf(node)} everything`);
  }

  private best(principal: PrincipalFacts, key: string): Holdings {
    let holdings = this.gained.get(key);
    if (holdings === undefined) {
      holdings = { push: NONE, administer: NONE };
      for (const row of this.grouping.rowsOf(principal)) {
        holdings = better(holdings, row);
        if (holdings.push.verdict === 'allowed' && holdings.administer.verdict === 'allowed') break;
      }
      this.gained.set(key, holdings);
    }
    return holdings;
  }
}

const ALLOW_EVERYTHING = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
});

function better(before: Holdings | undefined, { answer, repository }: AccessRow): Holdings {
  const of = (ability: Reached): Held => {
    let held = before?.[ability] ?? NONE;
    for (const one of ABILITIES[ability]) {
      const verdict = answer[one] ?? 'denied';
      if (rank(verdict) < rank(held.verdict)) held = { verdict, repository };
    }
    return held;
  };
  return { push: of('push'), administer: of('administer') };
}

function rank(verdict: Verdict): number {
  return verdict === 'denied' ? CERTAINTY.length : CERTAINTY.indexOf(verdict);
}

function byCertainty(a: Step, b: Step): number {
  return rank(a.decision.verdict) - rank(b.decision.verdict);
}

/** A user in another group is another node. */
function keyOf({ facts }: Node): string {
  return `${facts.arn} ${policiesKey(facts)}`;
}

function policiesKey({ policies, kind }: PrincipalFacts): string {
  return kind === 'user' && 'known' in policies ? policies.known.map(({ name }) => name).join() : '';
}

/**
 * The new pairs of a principal that can change policies and another principal. Such a principal is kept for later
 * pairs.
 */
function pairsOf(
  node: Node,
  isWriter: boolean,
  writers: Node[],
  reached: ReadonlyMap<string, Node>,
): readonly (readonly [Node, Node])[] {
  const pairs = writers.map((writer) => [writer, node] as const);
  if (!isWriter) return pairs;
  writers.push(node);
  return [...pairs, ...[...reached.values()].map((to) => [node, to] as const)];
}

/** The steps to both, without duplicates. */
function together(a: Node, b: Node): readonly Step[] {
  return [...new Set([...a.path, ...b.path])];
}

function escalationOf(principal: PrincipalFacts, ability: Reached, { steps, held }: Way): Escalation {
  const verdicts = [held.verdict, ...steps.map(({ decision }) => decision.verdict)];
  const verdict = verdicts.includes('unknown')
    ? 'unknown'
    : verdicts.includes('conditional')
      ? 'conditional'
      : 'allowed';
  return { principal: principal.arn, ability, verdict, steps, repository: held.repository };
}

/** A step as a sentence. */
export function sentenceOf({ action, by, on, gives, service }: Step): string {
  switch (action) {
    case 'sts:AssumeRole':
      return `${by} assumes ${on}.`;
    case 'iam:UpdateAssumeRolePolicy':
      return `${by} changes the trust policy of ${on} and assumes it.`;
    case 'iam:CreateAccessKey':
      return `${by} creates an access key of ${on}.`;
    case 'iam:AddUserToGroup':
      return `${by} adds ${gives} to ${on}.`;
    case 'iam:PassRole':
      return `${by} passes ${on} to ${service} and runs code with it.`;
    case 'iam:PutRolePolicy':
    case 'iam:PutUserPolicy':
      return `${by} writes a policy into ${on}.`;
    case 'iam:AttachRolePolicy':
    case 'iam:AttachUserPolicy':
      return `${by} attaches a policy to ${on}.`;
    case 'iam:CreatePolicyVersion':
      return `${by} changes ${on}, which ${gives} has.`;
    case 'iam:SetDefaultPolicyVersion':
      return `${by} sets an older version of ${on}, which ${gives} has.`;
  }
}
