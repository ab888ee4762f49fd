/** Asks the other evaluator, with all that it does not derive by itself. */
import { runSimulation } from '@cloud-copilot/iam-simulate';
import { ACCOUNT, type Case, type Document } from './cases.ts';

export type Answer = 'allowed' | 'denied' | { readonly error: string };

export async function simulate(one: Case): Promise<Answer> {
  const context = contextOf(one);
  const result = await runSimulation(
    {
      request: {
        principal: one.who.arn,
        action: one.action,
        resource: { resource: one.on.type === 'nothing' ? '*' : one.on.arn, accountId: ACCOUNT },
        contextVariables: context,
      },
      identityPolicies: named('identity', one.identity),
      serviceControlPolicies: one.scps.map((documents, index) => ({
        orgIdentifier: `ou-${index}`,
        policies: named('scp', withAllow(documents)),
      })),
      resourceControlPolicies: one.rcps.map((documents, index) => ({
        orgIdentifier: `ou-${index}`,
        policies: named('rcp', documents),
      })),
      resourcePolicy: one.resource,
      ...(one.boundary === undefined
        ? {}
        : { permissionBoundaryPolicies: named('boundary', [one.boundary]) }),
    },
    {},
  );
  if (result.resultType === 'error') return { error: JSON.stringify(result.errors) };
  if (result.resultType !== 'single' && result.resultType !== 'wildcard')
    return { error: 'an unknown kind of result' };
  // A key that it leaves out of account makes its answer one to another question.
  const ignored = result.resultType === 'single' ? (result.result.ignoredContextKeys ?? []) : [];
  const tested = JSON.stringify([one.identity, one.boundary, one.resource, one.scps, one.rcps]).toLowerCase();
  const missed = ignored.find((key) => tested.includes(key.toLowerCase()));
  if (missed !== undefined) return { error: `it ignores ${missed}` };
  return result.overallResult === 'Allowed' ? 'allowed' : 'denied';
}

function named(name: string, documents: readonly Document[]): { name: string; policy: Document }[] {
  return documents.map((policy, index) => ({ name: `${name}-${index}`, policy }));
}

/** A level without any Allow implies `Allow *`, as when FullAWSAccess is attached to it. */
function withAllow(documents: readonly Document[]): readonly Document[] {
  const allows = documents.some(({ Statement }) => Statement.some(({ Effect }) => Effect === 'Allow'));
  const all: Document = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
  };
  return allows ? documents : [...documents, all];
}

function contextOf({ who, principalTags, repositoryTags, organization, request, on }: Case) {
  const context: Record<string, string | string[]> = {
    'aws:ResourceAccount': ACCOUNT,
  };
  if (who.account !== undefined) {
    context['aws:PrincipalArn'] = who.arn;
    context['aws:PrincipalAccount'] = who.account;
    context['aws:PrincipalType'] = who.kind === 'user' ? 'User' : 'AssumedRole';
    if (who.kind === 'user') context['aws:username'] = who.arn.slice(who.arn.lastIndexOf('/') + 1);
    if (organization !== undefined) context['aws:PrincipalOrgID'] = organization;
    for (const [name, value] of Object.entries(principalTags)) context[`aws:PrincipalTag/${name}`] = value;
  }
  if (on.type === 'repository') {
    for (const [name, value] of Object.entries(repositoryTags)) context[`aws:ResourceTag/${name}`] = value;
  }
  const several = new Set(['aws:TagKeys', 'aws:CalledVia']);
  for (const [name, values] of Object.entries(request)) {
    const [first] = values;
    if (first !== undefined) context[name] = several.has(name) ? [...values] : first;
  }
  return context;
}
