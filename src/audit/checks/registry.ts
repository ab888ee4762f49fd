/** Which other accounts can create repositories in a registry and replicate into it, and where it replicates to. */

import { isAbout } from '../access/document.ts';
import type { Report } from '../check.ts';
import { registryCheck } from '../checkers.ts';
import type { ReplicationRule } from '../facts.ts';
import * as needs from '../needs.ts';
import { outsidersOf, reportOutsiders } from '../outsiders.ts';
import { type Placed, type PolicyView, statementsOf } from '../policies.ts';
import { aws, list, some } from '../words.ts';
import type { RegistryCase, World } from '../world.ts';
import { viewOfRegistry } from './policy/judge.ts';

const GUIDE = 'https://docs.aws.amazon.com/AmazonECR/latest/userguide';

/** Reports the unknown accounts to which a registry policy grants any of some actions. */
function judgeGrants(
  about: RegistryCase,
  policy: string,
  actions: readonly string[],
  report: Report,
  advice: { readonly does: string; readonly toDo: string },
): void {
  const view: PolicyView = viewOfRegistry(about, policy);
  const isKnown = (account: string) => about.world.isKnownAccount(account);
  const granting = statementsOf(view, report).filter(
    ({ statement }: Placed) =>
      statement.effect === 'Allow' &&
      statement.principals?.except === false &&
      actions.some((action) => isAbout(statement, action)),
  );
  const found = granting.map((placed) => ({ placed, who: outsidersOf(view, placed.statement, isKnown) }));
  reportOutsiders(view, found, report, advice);
}

export const createOnPush = registryCheck({
  id: 'registry/create-on-push',
  title: 'Only known accounts can create repositories.',
  severities: ['medium'],
  means:
    'A principal of an unknown account can create repositories: the registry policy allows ecr:CreateRepository, or it allows push and a creation template has CREATE_ON_PUSH. Such a template alone is not a failure.',
  why: 'An account that can create repositories chooses their names, and can use a name that a deployment expects.',
  fix: 'Limit the statement of the registry policy to known accounts.',
  nearest: 'none',
  reference: `${GUIDE}/registry-permissions.html`,
  needs: { policy: needs.registryPolicy, templates: needs.templates, scope: needs.policyScope },
  judge(facts, about, report) {
    const text = facts.policy;
    if (text === undefined) return;
    const advice = {
      does: 'create repositories',
      toDo: 'Limit the statement to known accounts, or add the account to accounts in the audit policy.',
    };
    judgeGrants(about, text, ['ecr:CreateRepository'], report, advice);
    if (report.problems.length > 0) return;
    report.attempt(() => {
      const template = facts.templates.find(({ appliedFor }) => appliedFor.includes('CREATE_ON_PUSH'));
      // A registry policy of scope V1 is not about push.
      if (template === undefined || facts.scope !== 'V2') return;
      judgeGrants(about, text, ['ecr:InitiateLayerUpload', 'ecr:PutImage'], report, advice);
    });
  },
});

export const replicateInto = registryCheck({
  id: 'registry/replicate-into',
  title: 'Only known accounts replicate into the registry.',
  severities: ['high'],
  means:
    'The registry policy allows an unknown account to replicate images into this registry (ecr:ReplicateImage).',
  why: 'Replication overwrites tags, so the other account decides which images they name.',
  fix: 'Limit the statement to known accounts.',
  nearest: 'none',
  reference: `${GUIDE}/registry-permissions-create-replication.html`,
  needs: { policy: needs.registryPolicy },
  judge(facts, about, report) {
    if (facts.policy === undefined) return;
    judgeGrants(about, facts.policy, ['ecr:ReplicateImage'], report, {
      does: 'replicate images into it',
      toDo: 'Limit the statement to known accounts, or add the account to accounts in the audit policy.',
    });
  },
});

export const replication = registryCheck({
  id: 'registry/replication',
  title: 'Images are replicated to known accounts.',
  severities: ['low'],
  means: 'A replication destination is in an unknown account.',
  why: 'Each image is copied to that account, and its owner can read it.',
  fix: 'Remove the destination, or add the account to `accounts` in the audit policy.',
  nearest: 'none',
  reference: `${GUIDE}/replication.html`,
  needs: { replication: needs.replication },
  judge({ replication: rules }, { world, registry }, report) {
    const accounts = destinationsOf(rules).map(({ account }) => account);
    const unknown = [...new Set(accounts.filter((account) => !world.isKnownAccount(account)))].sort();
    if (unknown.length === 0) return;
    if (!world.knowsAccounts) {
      const entries = unknown.map((account) => `"${account}": name`).join(', ');
      return report.unknown(
        `whether ${list(unknown, 20)} may have copies of the images: the audit policy names no account; add those that are yours to accounts: { ${entries} }`,
      );
    }
    report.fail({
      what: `Images of ${registry.host} are replicated to ${list(unknown.map((account) => `account ${account}`))}, which the audit policy does not name.`,
      toDo: 'Remove the destination, or add the account to accounts in the audit policy.',
      evidence: { accounts: some(unknown) },
      command: aws('ecr put-replication-configuration', {
        'replication-configuration': 'file://replication.json',
        region: registry.region,
      }),
      document: () => withoutDestinations(rules, new Set(unknown)),
      items: unknown,
    });
  },
});

function destinationsOf(rules: readonly ReplicationRule[]): ReplicationRule['destinations'] {
  return rules.flatMap(({ destinations }) => destinations);
}

function withoutDestinations(rules: readonly ReplicationRule[], accounts: ReadonlySet<string>) {
  return {
    rules: rules.flatMap(({ destinations, prefixes }) => {
      const left = destinations.filter(({ account }) => !accounts.has(account));
      if (left.length === 0) return [];
      const filters = prefixes.map((filter) => ({ filter, filterType: 'PREFIX_MATCH' }));
      return [
        {
          destinations: left.map(({ region, account }) => ({ region, registryId: account })),
          ...(filters.length === 0 ? {} : { repositoryFilters: filters }),
        },
      ];
    }),
  };
}

/** Known replication destinations that are not audited, for `notSeen`. */
export function unseenDestinations(rules: readonly ReplicationRule[], world: World): readonly string[] {
  const hosts = new Set(world.facts.registries.map(({ account, region }) => `${account} ${region}`));
  return destinationsOf(rules)
    .filter(({ account, region }) => world.isKnownAccount(account) && !hosts.has(`${account} ${region}`))
    .map(({ account, region }) => `replication destination ${account} ${region}`);
}
