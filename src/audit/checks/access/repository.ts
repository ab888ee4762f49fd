/** Compares who can push, pull and administer with what the audit policy expects. */
import type { Ability } from '../../access/abilities.ts';
import type { AccessRow } from '../../access/map.ts';
import type { Report } from '../../check.ts';
import { repositoryCheck } from '../../checkers.ts';
import { isExpected } from '../../expectations.ts';
import * as needs from '../../needs.ts';
import { commandsFor } from '../../policies.ts';
import { proposalFor } from '../../proposal.ts';
import type { Json } from '../../result.ts';
import { capital, count, list, some } from '../../words.ts';
import { isOfPuller, type RepositoryCase } from '../../world.ts';
import {
  allowingPolicy,
  changePolicy,
  changesFor,
  decisionsOf,
  distinctBecause,
  holdingOf,
  noteGaps,
  noteUnknown,
} from './reach.ts';

const GUIDE = 'https://docs.aws.amazon.com/AmazonECR/latest/userguide';

/** The facts that decide who can do what with a repository. */
const deciding = {
  policy: needs.repositoryPolicy,
  registryPolicy: needs.registryPolicy,
  scope: needs.policyScope,
  everyone: needs.everyone,
};

interface Deciding {
  readonly policy: string | undefined;
  readonly registryPolicy: string | undefined;
  readonly everyone: readonly unknown[];
}

interface Judged {
  readonly abilities: readonly Ability[];
  /** What a principal does with the repository, as the rest of a sentence: `push to`. */
  readonly does: string;
  /** What has to be removed from a statement: `push`. */
  readonly what: string;
  /** The key of the audit policy. */
  readonly key: string;
  readonly isExpected: (row: AccessRow) => boolean;
}

/** Compares the rows about a repository with an expectation. */
function judge(about: RepositoryCase, facts: Deciding, judged: Judged, report: Report): void {
  const { world, registry, repository } = about;
  const { abilities, does, what, key } = judged;
  noteGaps(about, facts, report);
  report.attempt(() => void facts.everyone);
  const others = world
    .rowsAbout(repository.arn)
    .filter((row) => !world.isExempt(row.principal, registry.account) && !judged.isExpected(row));
  const having = others.filter(({ answer }) => holdingOf(answer, abilities) === 'has');
  noteUnknown(
    others.filter(({ answer }) => holdingOf(answer, abilities) === 'unknown'),
    abilities,
    `${does} ${repository.name}`,
    world,
    report,
  );
  if (having.length === 0) return;
  const proposal = proposalFor(about);
  const document = proposal !== undefined && 'document' in proposal ? proposal.document : undefined;
  const shown = some(having);
  const changes = new Set(shown.flatMap(({ answer }) => changesFor(decisionsOf(answer, abilities), what)));
  const [example] = changes;
  const change = example === undefined ? '' : `${capital(example)}. `;
  report.fail({
    what: `${count(having.length, 'principal')} can ${does} ${repository.name} and ${having.length === 1 ? 'is' : 'are'} not listed in ${key} of the audit policy: ${list(having.map(({ principal }) => principal))}.`,
    toDo: `${change}Deny it in the repository policy to every principal that is not expected. If these principals should have this access, add them to ${key} in the audit policy.`,
    evidence: {
      principals: shown.map((row) => rowJson(row, abilities)),
      changes: some([...changes]),
      ...(proposal !== undefined && 'withheld' in proposal ? { noProposedPolicy: proposal.withheld } : {}),
    },
    ...(document === undefined
      ? commandFor(having, abilities)
      : {
          command: commandsFor(registry, { repository: repository.name }).put,
          document: () => document,
        }),
    items: having.map(({ principal }) => principal),
  });
}

/**
 * If there is no policy to set: the command that changes the first identity policy of a role that allows the access.
 */
function commandFor(
  rows: readonly AccessRow[],
  abilities: readonly Ability[],
): { readonly command?: string } {
  for (const { kind, principal, answer } of rows) {
    const policy = kind === 'role' ? allowingPolicy(decisionsOf(answer, abilities)) : undefined;
    if (policy !== undefined) return { command: changePolicy(principal, policy) };
  }
  return {};
}

function rowJson({ principal, kind, answer }: AccessRow, abilities: readonly Ability[]): Json {
  const decisions = decisionsOf(answer, abilities);
  const conditions = new Set(decisions.flatMap((one) => one.conditions));
  const because = new Set(decisions.flatMap((one) => one.because));
  return {
    principal,
    kind,
    ...Object.fromEntries(abilities.map((ability) => [ability, answer[ability] ?? 'denied'])),
    ...(conditions.size === 0 ? {} : { conditions: [...conditions].slice(0, MOST_REASONS) }),
    because: distinctBecause([...because]).slice(0, MOST_REASONS),
  };
}

const MOST_REASONS = 5;

export const push = repositoryCheck({
  id: 'access/push',
  title: 'Only principals that are expected to push can push.',
  severities: ['high'],
  means:
    'A principal can push or move tags, perhaps only under conditions, and is not listed in `push`. The root user of the account, service-linked roles and `administrators` are not checked.',
  why: 'Anyone who can push can replace what is deployed, whatever the pipeline checks.',
  fix: 'Remove the permission from the statement in the evidence, or set the proposed repository policy.',
  nearest:
    'IAM Access Analyzer finds external access and unused permissions. No tool compares the principals that can push with those that should.',
  reference: `${GUIDE}/security-iam.html`,
  needs: deciding,
  applies: ({ expected }) => expected.push !== undefined,
  judge(facts, about, report) {
    const { expected } = about;
    const judged: Judged = {
      abilities: ['push', 'retag'],
      does: 'push to',
      what: 'push',
      key: 'push',
      isExpected: ({ principal }) => isExpected(principal, expected.push),
    };
    judge(about, facts, judged, report);
  },
});

export const pull = repositoryCheck({
  id: 'access/pull',
  title: 'Only principals that are expected to pull can pull.',
  severities: ['medium'],
  means:
    'A principal can pull, perhaps only under conditions, is listed neither in `pull` nor in `push`, and is not in an account in `pull-accounts`.',
  why: 'Images contain code, and often other data that should not leave the team.',
  fix: 'Remove the permission from the statement in the evidence, or set the proposed repository policy.',
  nearest: 'none',
  reference: `${GUIDE}/security-iam.html`,
  needs: deciding,
  applies: ({ expected }) => expected.pull !== undefined,
  judge(facts, about, report) {
    const { expected } = about;
    const judged: Judged = {
      abilities: ['pull'],
      does: 'pull from',
      what: 'pull',
      key: 'pull',
      isExpected: ({ principal }) =>
        isExpected(principal, expected.pull, expected.push) || isOfPuller(principal, about),
    };
    judge(about, facts, judged, report);
  },
});

export const administer = repositoryCheck({
  id: 'access/administer',
  title: 'Only principals that are expected to administer can delete or change settings.',
  severities: ['high'],
  means:
    'A principal can delete images or the repository, or change its policies or settings, perhaps only under conditions, and is not listed in `administer`.',
  why: 'A principal that can change the repository policy can allow itself to push. A principal that can delete can remove images that run.',
  fix: 'Remove the permission from the statement in the evidence, or set the proposed repository policy.',
  nearest: 'none',
  reference: `${GUIDE}/security-iam.html`,
  needs: deciding,
  applies: ({ expected }) => expected.administer !== undefined,
  judge(facts, about, report) {
    const { expected } = about;
    const judged: Judged = {
      abilities: ['administer', 'delete'],
      does: 'administer',
      what: 'delete and control actions',
      key: 'administer',
      isExpected: ({ principal }) => isExpected(principal, expected.administer),
    };
    judge(about, facts, judged, report);
  },
});
