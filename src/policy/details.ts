/** For which findings it matters what is known of exploits: asking costs a call for ten of them. */
import type { Finding } from '../scan/findings.ts';
import { byRules, dependsOnBase, isLimited, withoutOrigin } from './base.ts';
import { type Circumstances, isHidden, judgeOne } from './evaluate.ts';
import { exceptionsUnder } from './exceptions.ts';
import type { Policy } from './policy.ts';

// Just over a bound: what `>` needs to hold.
const STEP = 1e-9;
const KEV = [undefined, true, false] as const;

/**
 * The findings whose judgement would change with what they do not say of exploits (KEV, EPSS). Each is judged
 * as if every answer had come, and as if none had; where they all lead to the same, nobody needs to ask.
 */
export function findingsInNeedOfDetails(
  findings: readonly Finding[],
  policy: Policy,
  circumstances: Circumstances,
): Finding[] {
  const bounds = policy.rules.flatMap(({ when }) => (when.epss === undefined ? [] : [when.epss.value]));
  const asksKev =
    policy.exceptionsAllowed.never.knownExploited ||
    policy.rules.some(({ when }) => when.knownExploited !== undefined);
  if (bounds.length === 0 && !asksKev) return [];
  // What lies between two bounds is just above one of them.
  const probabilities = [undefined, 0, ...bounds.flatMap((bound) => [bound, bound + STEP])];
  const ask = exceptionsUnder(
    circumstances.exceptions,
    policy.exceptionsAllowed,
    circumstances.image,
    circumstances.now,
  );
  return findings.filter((finding) => {
    if (finding.status === 'CLOSED' || isHidden(finding, policy)) return false;
    const kev = finding.knownExploited === undefined && asksKev ? KEV : [finding.knownExploited];
    const epss = finding.epss === undefined && bounds.length > 0 ? probabilities : [finding.epss];
    if (kev.length === 1 && epss.length === 1) return false;
    const limited = isLimited(finding, policy);
    const known = kev.flatMap((knownExploited) =>
      epss.map((probability) => ({ ...finding, knownExploited, epss: probability })),
    );
    const judges = [
      (one: Finding) => judgeOne(one, policy, circumstances, ask).judgement,
      // What base images changed is told by rules alone, with them and without.
      ...(dependsOnBase(finding, policy)
        ? [
            (one: Finding) => byRules(one, policy, circumstances),
            (one: Finding) => byRules(withoutOrigin(one), policy, circumstances),
          ]
        : []),
    ];
    return judges.some((judge) => {
      const outcomes = known.map((one) => {
        const { effect, counts } = judge(one);
        return `${effect} ${limited && counts}`;
      });
      return new Set(outcomes).size > 1;
    });
  });
}
