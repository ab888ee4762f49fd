/** Whether policies depend on the tags of repositories. Tags that no policy mentions are not read. */
import type { Known, OrganizationLevel, PolicyText } from '../access/facts.ts';
import { type AccountFacts, Fact } from '../facts.ts';

/** Why tags were not read. */
export const NOT_MENTIONED = 'no policy that was read mentions tags of repositories, so they were not read';

/**
 * Whether a policy may mention tags of resources: as a condition key (`aws:ResourceTag/team`, `ecr:ResourceTag/team`) or
 * in a policy variable. JSON may write the letters of a text as escapes.
 */
export function mayMentionTags(text: string): boolean {
  return /resourcetag|\\u/i.test(text);
}

/** The same for a policy that may be unknown; if it is, the result is true. */
export function factMayMentionTags(policy: Fact<string | undefined>): boolean {
  const content = Fact.open(policy);
  return 'gap' in content || mayMentionTags(content.known ?? '');
}

/**
 * The same for the policies of an account's principals and of the organization. Policies that were not read may mention
 * tags.
 */
export function policiesMayMentionTags(
  principals: AccountFacts['principals'],
  levels: readonly OrganizationLevel[],
): boolean {
  // Many principals have the same policies.
  const texts = new Set<string>();
  const isUnread = (known: Known<string>) => {
    if ('known' in known) texts.add(known.known);
    return 'unknown' in known;
  };
  const someUnread = (policies: readonly PolicyText[]) =>
    policies.filter(({ text }) => isUnread(text)).length > 0;
  const lists = levels.map(({ policies }) => policies);
  const content = Fact.open(principals);
  if ('gap' in content) return true;
  for (const { policies, boundary } of content.known) {
    if ('unknown' in policies || 'unknown' in boundary) return true;
    lists.push(policies.known, boundary.known === undefined ? [] : [boundary.known]);
  }
  return lists.filter(someUnread).length > 0 || [...texts].some(mayMentionTags);
}
