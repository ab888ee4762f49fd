import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type AuditFacts, Fact } from '../../src/audit/facts.ts';
import type { Proposal } from '../../src/audit/result.ts';
import { audited, expecting } from './factories.ts';
import { EXPECTATIONS, worldOf } from './worlds.ts';

const JUDGED = /^(?:access\/(?:push|pull|administer|external-pull)|policy\/)/;

/** The facts once a proposed policy is set. */
function withPolicy(facts: AuditFacts, { repository }: Proposal, document: unknown): AuditFacts {
  return {
    ...facts,
    registries: facts.registries.map((registry) => ({
      ...registry,
      repositories: registry.repositories.map((all) =>
        all.map((one) =>
          one.arn === repository ? { ...one, policy: Fact.known(JSON.stringify(document)) } : one,
        ),
      ),
    })),
  };
}

it('proposes no policy with which a check of policies or of access would not pass', () => {
  const expectations = expecting(EXPECTATIONS);
  let proposed = 0;
  fc.assert(
    fc.property(fc.infiniteStream(fc.nat(60)), (numbers) => {
      const world = worldOf((values) => values[(numbers.next().value ?? 0) % values.length] as never);
      for (const proposal of audited(world, expectations).proposals) {
        if (!('document' in proposal)) {
          expect(proposal.withheld.join('')).toMatch(/\.$/);
          continue;
        }
        proposed += 1;
        const { results } = audited(withPolicy(world, proposal, proposal.document), expectations);
        const open = results.filter(
          ({ check, resource, status }) =>
            resource === proposal.repository && JUDGED.test(check) && status !== 'pass',
        );
        expect(open.map(({ check, message }) => `${check} ${message}`)).toEqual([]);
      }
    }),
    { numRuns: 300 },
  );
  expect(proposed).toBeGreaterThan(0);
});
