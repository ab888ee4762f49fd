/** Asks the evaluator of this repository. */
import { type Decision, Evaluator, type Target } from '../../src/audit/access/decide.ts';
import type { OrganizationLevel, PolicyText, PrincipalFacts } from '../../src/audit/access/facts.ts';
import { ACCOUNT, type Case, type Document } from './cases.ts';

export function evaluate(one: Case): Decision {
  const { who, organization, on } = one;
  const principal: PrincipalFacts = {
    arn: who.kind === 'service' ? `service:${who.arn}` : who.arn,
    kind: who.kind,
    account: who.account,
    id: who.id,
    tags: { known: one.principalTags },
    organization: organization === undefined ? { none: true } : { id: organization },
    policies: { known: one.identity.map((document, index) => text(`identity-${index}`, document)) },
    managedPolicies: [],
    boundary: { known: one.boundary && text('boundary', one.boundary) },
    trust: { known: undefined },
  };
  const target: Target = {
    name: on.type === 'nothing' ? { everything: true } : { arn: on.arn },
    account: ACCOUNT,
    region: 'eu-central-1',
    tags: { known: on.type === 'repository' ? one.repositoryTags : {} },
    organization: { none: true },
    // One policy with Resource elements stands for the repository's and the registry's together.
    policies:
      one.resource === undefined
        ? []
        : [{ source: on.type === 'trust' ? 'trust' : 'registry', ...text('resource', one.resource) }],
    resourcePolicyDecides: on.type === 'trust',
  };
  const levels = [...levelsOf('scp', one.scps), ...levelsOf('rcp', one.rcps)];
  const keys = Object.fromEntries(
    Object.entries(one.request).map(([key, values]) => [key.toLowerCase(), values]),
  );
  const evaluator = new Evaluator({ levels, managementAccount: { known: undefined } });
  return evaluator.decide({ action: one.action, principal, target, keys }, true);
}

function text(name: string, document: Document): PolicyText {
  return { name, text: { known: JSON.stringify(document) } };
}

function levelsOf(kind: 'scp' | 'rcp', levels: Case['scps']): OrganizationLevel[] {
  return levels.map((documents, index) => ({
    kind,
    name: `${kind}-${index}`,
    account: undefined,
    policies: documents.map((document, number) => text(`${kind}-${index}-${number}`, document)),
  }));
}
