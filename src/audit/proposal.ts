/**
 * The repository policy that enforces the expectations for a repository. It is proposed only after the evaluator has
 * confirmed it: expected principals keep the access that they need, all others lose it, an administrator can still
 * change it, and AWS's service-linked roles still work.
 */

import { repositoryTarget } from './access/abilities.ts';
import { ADMINISTER, DELETE, PULL, PUSH, REPOSITORY_ACTIONS } from './access/actions.ts';
import { Evaluator, type Verdict } from './access/decide.ts';
import { isAbout, parseDocument, type Statement } from './access/document.ts';
import type { PrincipalFacts } from './access/facts.ts';
import { type AccessRow, accessMap } from './access/map.ts';
import { isExpected } from './expectations.ts';
import { Fact } from './facts.ts';
import { inspectorRole, isForEveryone } from './policies.ts';
import type { Json, Proposal } from './result.ts';
import { list } from './words.ts';
import { isOfPuller, isServiceLinked, type RepositoryCase, type World } from './world.ts';

/** "Maximum length of 10240" (https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_SetRepositoryPolicy.html). */
const LONGEST = 10_240;

/** The proposal for a repository; undefined if the audit policy does not say who may push to it. */
export function proposalFor(about: RepositoryCase): Proposal | undefined {
  return proposals(about.world).get(about.repository.arn);
}

/**
 * All proposals of an audit, by the ARN of the repository. They are evaluated together, in the same way as the access
 * map.
 */
export function proposals(world: World): ReadonlyMap<string, Proposal> {
  return world.once('proposals', () => propose(world));
}

interface Draft {
  readonly about: RepositoryCase;
  readonly document: Json;
  readonly pushers: readonly string[];
  readonly pullers: readonly string[];
  readonly administrators: readonly string[];
}

function propose(world: World): ReadonlyMap<string, Proposal> {
  const found = new Map<string, Proposal>();
  const drafts = new Map<string, Draft>();
  for (const registry of world.facts.registries) {
    const content = Fact.open(registry.repositories);
    if ('gap' in content) continue;
    for (const repository of content.known) {
      const about = world.caseOf(registry, repository);
      if (about.expected.push === undefined) continue;
      const draft = draftFor(about);
      if ('withheld' in draft) found.set(repository.arn, { repository: repository.arn, ...draft });
      else drafts.set(repository.arn, draft);
    }
  }
  if (drafts.size === 0) return found;
  const facts = world.accessFacts;
  const repositories = facts.repositories
    .filter(({ arn }) => drafts.has(arn))
    .map((one) => ({ ...one, policy: { known: JSON.stringify(drafts.get(one.arn)?.document) } }));
  const proposed = { ...facts, repositories };
  const rows = Map.groupBy(accessMap(proposed).rows, ({ repository }) => repository);
  const evaluator = new Evaluator(proposed);
  for (const [arn, draft] of drafts) {
    const withheld = [
      ...faultsOf(draft, rows.get(arn) ?? []),
      ...(inspectorReads(draft, evaluator)
        ? []
        : ["It would prevent Amazon Inspector's service-linked role from reading images."]),
    ];
    const { document } = draft;
    found.set(arn, withheld.length > 0 ? { repository: arn, withheld } : { repository: arn, document });
  }
  return found;
}

type Withheld = { readonly withheld: readonly string[] };

function draftFor(about: RepositoryCase): Draft | Withheld {
  const { world, registry, repository, expected } = about;
  const own = Fact.open(world.principalsOf(registry.account));
  if ('gap' in own) {
    return { withheld: [`The users and roles of ${registry.account} are unknown: ${own.gap.reason}.`] };
  }
  const policy = Fact.open(repository.policy);
  if ('gap' in policy)
    return { withheld: [`The policy that it would replace is unknown: ${policy.gap.reason}.`] };
  const kept = keptOf(policy.known, expected.pull === undefined);
  if (typeof kept === 'string') return { withheld: [kept] };

  const others = [...world.audited]
    .filter((account) => account !== registry.account)
    .flatMap((account) => {
      const content = Fact.open(world.principalsOf(account));
      return 'gap' in content ? [] : content.known;
    });
  const everyone = [...own.known, ...others].filter(({ arn }) => !isServiceLinked(arn));
  const { administrators } = world.expectations;
  const those = (...globs: readonly (readonly string[] | undefined)[]) =>
    everyone.filter(({ arn }) => isExpected(arn, ...globs)).map(({ arn }) => arn);
  const admins = own.known
    .filter(({ arn }) => isExpected(arn, expected.administer, administrators) && !isServiceLinked(arn))
    .map(({ arn }) => arn);
  if (admins.length === 0) {
    return {
      withheld: [
        'No existing user or role matches administer or administrators, so no principal could change the policy.',
      ],
    };
  }
  const pushers = those(expected.push);
  const pullers = those(expected.pull).filter((arn) => !pushers.includes(arn));
  const document = write(about, kept, {
    pushers,
    pullers,
    services: (expected.pull ?? [])
      .filter((glob) => /^service:[a-z0-9.-]+$/.test(glob))
      .map((one) => one.slice('service:'.length)),
    everywhere: those(administrators),
    admins,
  });
  const { length } = JSON.stringify(document);
  if (length > LONGEST) {
    return {
      withheld: [
        `It would have ${length} characters; ECR allows ${LONGEST}. List fewer principals, or use one role for several of them.`,
      ],
    };
  }
  return { about, document, pushers, pullers, administrators: admins };
}

interface Named {
  readonly pushers: readonly string[];
  readonly pullers: readonly string[];
  readonly services: readonly string[];
  /** The principals that may have every ability. */
  readonly everywhere: readonly string[];
  readonly admins: readonly string[];
}

const LAYERS = 'ecr:BatchCheckLayerAvailability';

function write(
  { registry, expected }: RepositoryCase,
  kept: readonly Json[],
  { pushers, pullers, services, everywhere, admins }: Named,
): Json {
  const { account, partition } = registry;
  const accounts = expected.pullAccounts.filter((id) => id !== account);
  const rootOf = (id: string) => `arn:${partition}:iam::${id}:root`;
  const allow = (sid: string, principal: Json, actions: readonly string[], condition?: Json): Json => ({
    Sid: sid,
    Effect: 'Allow',
    Principal: principal,
    Action: actions,
    ...(condition === undefined ? {} : { Condition: condition }),
  });
  // AWS's own roles replicate, cache and scan; no other principal can use them.
  const serviceLinked = `arn:${partition}:iam::${account}:role/aws-service-role/*`;
  const deny = (
    sid: string,
    actions: readonly string[],
    except: readonly string[],
    more: object = {},
  ): Json => ({
    Sid: sid,
    Effect: 'Deny',
    Principal: '*',
    Action: actions,
    Condition: {
      ArnNotLike: { 'aws:PrincipalArn': [...new Set([...except, serviceLinked])].sort() },
      ...more,
    },
  });
  const readers = [...pullers, ...accounts.map(rootOf)];
  const statements: Json[] = [...kept];
  if (pushers.length > 0) statements.push(allow('AllowPush', { AWS: pushers }, [...PULL, LAYERS, ...PUSH]));
  if (readers.length > 0) statements.push(allow('AllowPull', { AWS: readers }, [...PULL, LAYERS]));
  for (const [index, service] of services.entries()) {
    const sources = [account, ...accounts];
    const condition =
      service === 'lambda.amazonaws.com'
        ? { ArnLike: { 'aws:SourceArn': sources.map((id) => `arn:${partition}:lambda:*:${id}:function:*`) } }
        : { StringEquals: { 'aws:SourceAccount': sources } };
    statements.push(allow(`AllowPullService${index + 1}`, { Service: service }, PULL, condition));
  }
  statements.push(deny('DenyPushToOthers', PUSH, [...pushers, ...everywhere]));
  statements.push(
    deny('DenyControlToOthers', [...DELETE, ...ADMINISTER], [...admins, ...everywhere, rootOf(account)]),
  );
  if (expected.pull !== undefined) {
    const theirs = accounts.map((id) => `arn:${partition}:iam::${id}:*`);
    statements.push(
      deny('DenyPullToOthers', PULL, [...readers, ...theirs, ...pushers, ...everywhere], {
        Bool: { 'aws:PrincipalIsAWSService': 'false' },
      }),
    );
  }
  return { Version: '2012-10-17', Statement: statements };
}

const READING = [
  ...[...PULL, LAYERS, 'ecr:DescribeImages', 'ecr:ListImages', 'ecr:DescribeRepositories'],
  ...[
    'ecr:GetRepositoryPolicy',
    'ecr:GetLifecyclePolicy',
    'ecr:DescribeImageScanFindings',
    'ecr:ListTagsForResource',
  ],
];

/**
 * The statements of today's policy that are kept: Deny statements, such as those for TLS or a VPC endpoint, and,
 * without an expectation for pull, the read actions of Allow statements. A text if something cannot be kept.
 */
function keptOf(text: string | undefined, keepsReading: boolean): readonly Json[] | string {
  if (text === undefined) return [];
  const guarded = new Set<string>([...PUSH, ...DELETE, ...ADMINISTER, ...(keepsReading ? [] : PULL)]);
  const document = parseDocument(text, 'repository');
  if (!document.readable || document.statements.some(({ readable }) => !readable)) {
    return 'The policy that it would replace could not be read.';
  }
  const written = [(JSON.parse(text) as { readonly Statement: Json }).Statement].flat() as readonly Json[];
  const kept: Json[] = [];
  for (const [at, statement] of document.statements.entries()) {
    if (!statement.readable) continue;
    const json = written[at] as Readonly<Record<string, Json>>;
    if (statement.effect === 'Deny') {
      if (!isReplaced(statement, guarded)) kept.push(json);
      continue;
    }
    if (!keepsReading) continue;
    const actions = READING.filter((action) => isAbout(statement, action));
    if (actions.length === 0) continue;
    if (statement.principals?.except)
      return 'The policy that it would replace has an Allow with NotPrincipal.';
    const { NotAction: _, ...rest } = json;
    kept.push({ ...rest, Action: actions });
  }
  return kept;
}

/**
 * The Deny statements of the proposal replace a Deny for everyone except some principals, unless it covers an action
 * that they do not cover. Any other Deny is kept.
 */
function isReplaced(statement: Statement, guarded: ReadonlySet<string>): boolean {
  const { conditions, principals } = statement;
  if (principals === undefined) return false;
  const isOfOthers = principals.except
    ? conditions.length === 0
    : isForEveryone(statement) &&
      conditions.length > 0 &&
      conditions.every(({ key, operator }) => {
        const small = key.toLowerCase();
        if (small === 'aws:principalisawsservice') return operator?.type === 'bool';
        return small.startsWith('aws:principal') && operator?.negated === true;
      });
  return (
    isOfOthers && REPOSITORY_ACTIONS.every((action) => guarded.has(action) || !isAbout(statement, action))
  );
}

/** Why the evaluator rejects a draft, as sentences. */
function faultsOf(
  { about, pushers, pullers, administrators }: Draft,
  rows: readonly AccessRow[],
): readonly string[] {
  const { world, expected } = about;
  const byPrincipal = new Map(rows.map((row) => [row.principal, row]));
  const faults: string[] = [];
  const has = (verdict: Verdict | undefined) => verdict === 'allowed' || verdict === 'conditional';
  const keeps = (
    principals: readonly string[],
    what: string,
    verdictOf: (row: AccessRow) => (Verdict | undefined)[],
  ) => {
    const losers = principals.filter((arn) => {
      const row = byPrincipal.get(arn);
      return row === undefined || !verdictOf(row).every(has);
    });
    if (losers.length > 0)
      faults.push(`According to the evaluator, ${list(losers)} could no longer ${what}.`);
  };
  keeps(pushers, 'push', ({ answer }) => [answer.push, answer.retag, answer.pull]);
  keeps(pullers, 'pull', ({ answer }) => [answer.pull]);
  const before = new Map(world.rowsAbout(about.repository.arn).map((row) => [row.principal, row.answer]));
  keeps(
    administrators.filter((arn) => has(before.get(arn)?.administer)),
    'administer',
    ({ answer }) => [answer.administer],
  );
  if (!administrators.some((arn) => has(byPrincipal.get(arn)?.answer.administer))) {
    faults.push('According to the evaluator, no principal could change the policy.');
  }
  const gains = (
    row: AccessRow,
    verdicts: readonly (Verdict | undefined)[],
    ...globs: readonly (readonly string[] | undefined)[]
  ) =>
    verdicts.some((verdict) => verdict !== undefined && verdict !== 'denied') &&
    !isExpected(row.principal, ...globs);
  for (const row of rows) {
    const { answer, principal } = row;
    if (world.isExempt(principal, about.registry.account)) continue;
    const wrong = [
      ...(gains(row, [answer.push, answer.retag], expected.push) ? ['push'] : []),
      ...(gains(row, [answer.delete, answer.administer], expected.administer) ? ['administer'] : []),
      ...(expected.pull !== undefined &&
      !isOfPuller(principal, about) &&
      gains(row, [answer.pull], expected.pull, expected.push)
        ? ['pull']
        : []),
    ];
    if (wrong.length > 0)
      faults.push(`According to the evaluator, ${list([principal])} could still ${wrong.join(' and ')}.`);
  }
  return faults.slice(0, 10);
}

/** Whether Inspector's service-linked role, whose own policy allows reading images, still can. */
function inspectorReads({ about, document }: Draft, evaluator: Evaluator): boolean {
  const { world, registry, repository } = about;
  const everything = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };
  const principal: PrincipalFacts = {
    ...inspectorRole(registry, world.organization),
    policies: {
      known: [{ name: 'AmazonInspector2ServiceRolePolicy', text: { known: JSON.stringify(everything) } }],
    },
  };
  const facts = world.accessFacts.repositories.find(({ arn }) => arn === repository.arn);
  const owner = world.accessFacts.registries.find(({ host }) => host === registry.host);
  if (facts === undefined || owner === undefined) return false;
  const target = repositoryTarget({ ...facts, policy: { known: JSON.stringify(document) } }, owner);
  return PULL.every((action) => {
    const { verdict } = evaluator.decide({ action, principal, target });
    return verdict === 'allowed' || verdict === 'conditional';
  });
}
