import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type AuditFacts, Fact } from '../../src/audit/facts.ts';
import type { Proposal, Result } from '../../src/audit/result.ts';
import { audited, expecting, template } from './factories.ts';
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

const LIFECYCLE = /^(?:lifecycle\/(?!preview)|template\/lifecycle$|cache\/template$)/;
type Document = NonNullable<Result['fix']>['document'];

/** The facts once a proposed lifecycle policy is put where the command of the fix puts it. */
function withLifecycle(world: AuditFacts, { check, resource }: Result, document: Document): AuditFacts {
  const lifecyclePolicy = JSON.stringify(document);
  return {
    ...world,
    registries: world.registries.map((registry) => ({
      ...registry,
      repositories: registry.repositories.map((all) =>
        all.map((one) =>
          one.arn === resource ? { ...one, lifecyclePolicy: Fact.known(lifecyclePolicy) } : one,
        ),
      ),
      templates: registry.templates.map((all) => {
        if (check !== 'cache/template') return all;
        const prefix = resource.slice(`${registry.host}/`.length);
        const own = template(prefix, { lifecyclePolicy });
        return [...all.filter((one) => one.prefix !== prefix), own];
      }),
    })),
  };
}

it.each([
  ['expects what the worlds are about', EXPECTATIONS],
  ['expects signatures everywhere', 'repositories: [{ match: ["**"], signed: true }]'],
  ['takes every tag for production', 'repositories: [{ match: ["**"], production-tags: ["*"], keep: 30 }]'],
])('proposes no lifecycle policy with which its check would not pass, or another check would fail: an audit that %s', (_, text) => {
  const expectations = expecting(text);
  const proposed = new Set<string>();
  fc.assert(
    fc.property(fc.infiniteStream(fc.nat(60)), (numbers) => {
      const world = worldOf((values) => values[(numbers.next().value ?? 0) % values.length] as never);
      const openIn = (facts: AuditFacts) =>
        audited(facts, expectations)
          .results.filter(({ check, status }) => LIFECYCLE.test(check) && status !== 'pass')
          .map((one) => [`${one.check} ${one.resource}`, one] as const);
      const before = new Map(openIn(world));
      for (const [key, one] of before) {
        const document = one.fix?.document;
        if (document === undefined) continue;
        proposed.add(one.check);
        const after = openIn(withLifecycle(world, one, document));
        // Whether images that a sound policy expires run outside of what is tracked can be unknown.
        const wrong = after.filter(
          ([open, { status }]) => open === key || (status === 'fail' && before.get(open)?.status !== 'fail'),
        );
        expect(wrong.map(([open, { message }]) => `${open}: ${message}`)).toEqual([]);
      }
    }),
    { numRuns: 40 },
  );
  expect(proposed.size).toBeGreaterThan(0);
});
