/** All checks of an audit, in the order of the report. */
import type { Check, CheckText, Kind } from '../check.ts';
import type { CacheRuleCase, PrincipalCase, RegistryCase, RepositoryCase, TemplateCase } from '../world.ts';
import * as access from './access/index.ts';
import * as cache from './cache.ts';
import * as encryption from './encryption.ts';
import * as inspector from './inspector.ts';
import * as lifecycle from './lifecycle/index.ts';
import * as policy from './policy/index.ts';
import * as registry from './registry.ts';
import * as runtime from './runtime.ts';
import * as scanning from './scanning.ts';
import * as tags from './tags.ts';
import * as template from './template.ts';

/** What a check of each kind is about. */
interface Cases {
  readonly registry: RegistryCase;
  readonly repository: RepositoryCase;
  readonly 'cache-rule': CacheRuleCase;
  readonly template: TemplateCase;
  readonly role: PrincipalCase;
  readonly user: PrincipalCase;
}

const LISTED: readonly (CheckText | Check<never>)[] = [
  scanning.enhanced,
  scanning.inspector,
  scanning.covered,
  scanning.consistent,
  scanning.continuous,
  scanning.current,
  inspector.expiring,
  inspector.suppression,
  policy.missing,
  ...policy.POLICY_JUDGES.map(({ check }) => check),
  policy.denyOthers,
  lifecycle.missing,
  lifecycle.untagged,
  lifecycle.deadRule,
  lifecycle.allPatterns,
  lifecycle.production,
  lifecycle.signatures,
  lifecycle.inUse,
  lifecycle.invalid,
  lifecycle.preview,
  tags.mutable,
  encryption.key,
  encryption.customerKey,
  cache.credentials,
  cache.scanned,
  cache.openUpstream,
  cache.template,
  template.policy,
  template.lifecycle,
  registry.createOnPush,
  registry.replicateInto,
  registry.replication,
  runtime.current,
  runtime.gone,
  runtime.signed,
  access.push,
  access.pull,
  access.administer,
  access.externalPull,
  access.workloadWrites,
  access.workloadDangers,
  access.ciTrust,
  access.ciWide,
  access.escalation,
  access.expectations,
];

/** The texts of each check, by family. */
export const CHECK_TEXTS: readonly CheckText[] = LISTED;

/** The checks of one kind of thing. */
export function checksOf<K extends Kind>(kind: K): readonly Check<Cases[K]>[] {
  // `checkFor` ties the kinds of a check to the type of its subject.
  return LISTED.filter((check): check is Check<Cases[K]> => 'run' in check && check.kinds.includes(kind));
}
