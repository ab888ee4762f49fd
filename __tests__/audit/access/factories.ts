/** Facts for tests: each function gives a whole fact, of which a test names what it is about. */
import { repositoryTarget } from '../../../src/audit/access/abilities.ts';
import { type Decision, Evaluator } from '../../../src/audit/access/decide.ts';
import type {
  AccessFacts,
  AccountFacts,
  OrganizationLevel,
  PolicyText,
  PrincipalFacts,
  RegistryFacts,
  RepositoryFacts,
} from '../../../src/audit/access/facts.ts';

export const ACCOUNT = '111122223333';
export const OTHER = '444455556666';
export const HOST = `${ACCOUNT}.dkr.ecr.eu-central-1.amazonaws.com`;
export const REPOSITORY = `arn:aws:ecr:eu-central-1:${ACCOUNT}:repository/team/app`;

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

export const roleArn = (name: string, account = ACCOUNT) => `arn:aws:iam::${account}:role/${name}`;
export const userArn = (name: string, account = ACCOUNT) => `arn:aws:iam::${account}:user/${name}`;
export const rootArn = (account = ACCOUNT) => `arn:aws:iam::${account}:root`;

export function policy(...statements: Json[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements });
}

export function policyText(name: string, ...statements: Json[]): PolicyText {
  return { name, text: { known: policy(...statements) } };
}

/** A policy variable, as policies write it. */
export function variable(text: string): string {
  return `\${${text}}`;
}

/** A policy that says this of all resources. */
export function says(effect: 'Allow' | 'Deny', action: Json, more: { [key: string]: Json } = {}): Json {
  return { Effect: effect, Action: action, Resource: '*', ...more };
}

export function createRole(name: string, overrides: Partial<PrincipalFacts> = {}): PrincipalFacts {
  const account = overrides.account ?? ACCOUNT;
  return {
    arn: roleArn(name, account),
    kind: 'role',
    account,
    id: `AROA${name
      .replaceAll(/[^A-Z0-9]/gi, '')
      .toUpperCase()
      .padEnd(17, '0')
      .slice(0, 17)}`,
    tags: { known: {} },
    organization: { notGiven: true },
    policies: { known: [] },
    managedPolicies: [],
    boundary: { known: undefined },
    trust: { known: undefined },
    ...overrides,
  };
}

export function createUser(name: string, overrides: Partial<PrincipalFacts> = {}): PrincipalFacts {
  const account = overrides.account ?? ACCOUNT;
  return createRole(name, {
    arn: userArn(name, account),
    kind: 'user',
    id: `AIDA${'0'.repeat(17)}`,
    ...overrides,
  });
}

/** A role with one identity policy of these statements. */
export function roleThat(name: string, ...statements: Json[]): PrincipalFacts {
  return createRole(name, { policies: { known: [policyText('inline', ...statements)] } });
}

export function createRegistry(overrides: Partial<RegistryFacts> = {}): RegistryFacts {
  return {
    host: HOST,
    account: ACCOUNT,
    region: 'eu-central-1',
    partition: 'aws',
    policy: { known: undefined },
    policyScope: { known: 'V2' },
    organization: { notGiven: true },
    ...overrides,
  };
}

export function createRepository(overrides: Partial<RepositoryFacts> = {}): RepositoryFacts {
  return { arn: REPOSITORY, registry: HOST, policy: { known: undefined }, tags: { known: {} }, ...overrides };
}

export function createAccount(overrides: Partial<AccountFacts> = {}): AccountFacts {
  return {
    id: ACCOUNT,
    partition: 'aws',
    organization: { notGiven: true },
    principals: { known: [] },
    ...overrides,
  };
}

export function createFacts(overrides: Partial<AccessFacts> = {}): AccessFacts {
  return {
    accounts: [createAccount()],
    registries: [createRegistry()],
    repositories: [createRepository()],
    levels: [],
    managementAccount: { known: undefined },
    ...overrides,
  };
}

export interface Situation {
  readonly principal: PrincipalFacts;
  readonly action?: string;
  readonly repository?: Partial<RepositoryFacts>;
  readonly registry?: Partial<RegistryFacts>;
  readonly levels?: readonly OrganizationLevel[];
  readonly managementAccount?: AccessFacts['managementAccount'];
  readonly otherSide?: boolean;
  readonly keys?: Readonly<Record<string, readonly string[]>>;
}

/** Decides about one repository. */
export function decideOn(situation: Situation): Decision {
  const {
    principal,
    action = 'ecr:PutImage',
    levels = [],
    managementAccount = { known: undefined },
  } = situation;
  const target = repositoryTarget(createRepository(situation.repository), createRegistry(situation.registry));
  const question = {
    action,
    principal,
    target,
    ...(situation.keys === undefined ? {} : { keys: situation.keys }),
  };
  return new Evaluator({ levels, managementAccount }).decide(question, situation.otherSide);
}

export function level(
  kind: 'scp' | 'rcp',
  name: string,
  statements: Json[],
  account?: string,
): OrganizationLevel {
  return { kind, name, account, policies: [policyText(`${name}.json`, ...statements)] };
}
