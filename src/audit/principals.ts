/**
 * The report about each user and role: who can assume it, which workloads run with it, and what it may do outside
 * Amazon ECR.
 */
import { permissionsOf } from './access/dangers.ts';
import type { PrincipalFacts } from './access/facts.ts';
import { assumedBy } from './access/trust.ts';
import { Fact } from './facts.ts';
import type { PrincipalEntry } from './result.ts';
import { name } from './words.ts';
import { workloadsOf } from './workloads.ts';
import type { World } from './world.ts';

/** The most permissions that are listed for a principal. Dangerous permissions are always listed. */
const MOST_PERMISSIONS = 50;

/** One entry for each user and role of the accounts that were read. */
export function principalEntries(world: World): readonly PrincipalEntry[] {
  return world.accessFacts.accounts.flatMap(({ principals }) =>
    'known' in principals ? principals.known.map((principal) => entryOf(world, principal)) : [],
  );
}

function entryOf(world: World, principal: PrincipalFacts): PrincipalEntry {
  const { dangers, summary, unknown } = permissionsOf(principal, world.evaluator);
  const notKnown = [...unknown];
  const usedBy: string[] = [];
  if (principal.kind === 'role') {
    for (const fact of workloadsOf(world, principal)) {
      const content = Fact.open(fact);
      if ('known' in content) usedBy.push(...content.known);
      else notKnown.push(`what runs with it: ${content.gap.reason}`);
    }
  }
  return {
    arn: principal.arn,
    kind: principal.kind === 'user' ? 'user' : 'role',
    assumedBy: assumedBy(principal.trust).map((one) => name(one)),
    usedBy: [...new Set(usedBy)],
    permissions: {
      summary: summary.slice(0, MOST_PERMISSIONS),
      dangers: [
        ...new Set(
          dangers.map(({ text, conditioned }) => `${text}${conditioned ? ' under conditions' : ''}`),
        ),
      ],
      unknown: [...new Set(notKnown)],
    },
  };
}
