/** What repository policies, registry policies and those of creation templates say, statement by statement. */
import { deniesInspector, locksOut } from './denies.ts';
import { neverMatches, recreatable } from './effect.ts';
import { external, notPrincipal, open } from './everyone.ts';
import type { PolicyJudge } from './judge.ts';

export { denyOthers, missing } from './others.ts';

/** The checks of a policy's text, which also judge the documents of creation templates. */
export const POLICY_JUDGES: readonly PolicyJudge[] = [
  open,
  notPrincipal,
  external,
  deniesInspector,
  locksOut,
  recreatable,
  neverMatches,
];
