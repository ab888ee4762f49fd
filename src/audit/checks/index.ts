/** All checks of an audit, in the order in which people read them. */
import type { CheckText } from '../check.ts';
import * as cache from './cache.ts';
import * as encryption from './encryption.ts';
import * as lifecycle from './lifecycle.ts';
import * as policy from './policy.ts';
import * as registry from './registry.ts';
import * as runtime from './runtime.ts';
import * as scanning from './scanning.ts';
import * as tags from './tags.ts';
import * as template from './template.ts';

/** What people read about each check, by family. */
export const CHECK_TEXTS: readonly CheckText[] = [
  scanning.enhanced,
  scanning.inspector,
  scanning.covered,
  scanning.consistent,
  scanning.continuous,
  scanning.current,
  scanning.expiring,
  scanning.suppression,
  policy.missing,
  policy.open.check,
  policy.notPrincipal.check,
  policy.external.check,
  policy.denyOthers,
  policy.deniesInspector.check,
  policy.locksOut.check,
  policy.recreatable.check,
  policy.neverMatches.check,
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
];
