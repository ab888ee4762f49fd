import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type EvaluationContext, evaluate } from '../../src/policy/evaluate.ts';
import type { Policy } from '../../src/policy/policy.ts';
import { compareBases, type PlatformBase, verdictAfter } from '../../src/remedies/rebuild.ts';
import type { Finding, VulnerablePackage } from '../../src/results/finding.ts';
import { severityOrder } from '../../src/results/order.ts';
import type { RebuildChange } from '../../src/results/rebuild.ts';
import type { Verdict } from '../../src/results/verdict.ts';
import { anyExceptions, anyFinding, anyPolicy } from '../policy/arbitraries.ts';
import { createContext, createException, createPolicy } from '../policy/factories.ts';
import { createFinding, createPackage, DIGEST } from '../report/fixtures.ts';

const RUNS = { numRuns: Number(process.env.PROPERTY_RUNS ?? 1_000) };

const BASE = `sha256:${'b'.repeat(64)}`;
const OWN = `sha256:${'c'.repeat(64)}`;
const OTHER = `sha256:${'d2'.repeat(32)}`;

let ids = 0;
function found(
  vulnerabilityId: string,
  overrides: Partial<Finding> = {},
  ...packages: Partial<VulnerablePackage>[]
): Finding {
  ids += 1;
  const given = packages.length === 0 ? [{ layer: BASE }] : packages;
  return createFinding({
    id: `finding/${ids}`,
    vulnerabilityId,
    packages: given.map((one) => createPackage({ layer: BASE, ...one })),
    ...overrides,
  });
}

function compare(
  findings: readonly Finding[],
  newer: readonly Finding[] | undefined,
  {
    policy = {},
    context = {},
    bases,
  }: {
    policy?: Partial<Policy>;
    context?: Partial<EvaluationContext>;
    bases?: ReadonlyMap<string, PlatformBase>;
  } = {},
): { before: Verdict; change: RebuildChange | undefined } {
  const judge = (some: readonly Finding[]) => evaluate(some, createPolicy(policy), createContext(context));
  const before = judge(findings);
  const base = bases ?? new Map([[DIGEST, { layers: new Set([BASE]), newer }]]);
  return { before, change: compareBases(findings, base, before, judge) };
}

const names = (entries: readonly { readonly finding: Finding }[] = []) =>
  entries.map(({ finding }) => finding.vulnerabilityId);

describe('a rebuild on a newer base image', () => {
  it('resolves what is in its layers and not in the newer one, and adds what is new there', () => {
    const { change, before } = compare(
      [
        found('CVE-2026-1'),
        found('CVE-2026-2'),
        found('CVE-2026-3', {}, { layer: OWN }),
        found('CVE-2026-4', { severity: 'LOW' }),
      ],
      [found('CVE-2026-2'), found('CVE-2026-9', { severity: 'MEDIUM' })],
    );
    expect(names(change?.resolves)).toEqual(['CVE-2026-1', 'CVE-2026-4']);
    expect(names(change?.adds)).toEqual(['CVE-2026-9']);
    expect(change?.verdict).toBe('block');
    const after = change && verdictAfter(before, change);
    expect(names(after?.judged)).toEqual(['CVE-2026-2', 'CVE-2026-3', 'CVE-2026-9']);
    expect(after?.blocking).toBe(2);
  });

  it('makes the image pass if nothing else blocks it', () => {
    const { change } = compare(
      [found('CVE-2026-1'), found('CVE-2026-2', { severity: 'HIGH' }, { layer: OWN })],
      [],
    );
    expect(change?.verdict).toBe('warn');
  });

  it.each<[string, Finding, Finding[]]>([
    ['in a layer of its own', found('CVE-2026-1', {}, { layer: OWN }), []],
    ['in an unknown layer', found('CVE-2026-1', {}, { layer: undefined }), []],
    ['with one package elsewhere', found('CVE-2026-1', {}, {}, { name: 'b', layer: OWN }), []],
    ['without packages', found('CVE-2026-1', { packages: [] }), []],
    [
      'that the newer one has in another package',
      found('CVE-2026-1'),
      [found('CVE-2026-1', {}, { name: 'b' })],
    ],
    ['that is suppressed there', found('CVE-2026-1'), [found('CVE-2026-1', { status: 'SUPPRESSED' })]],
    ['of an unknown status there', found('CVE-2026-1'), [found('CVE-2026-1', { status: 'DORMANT' })]],
    ['that it lists in other letters', found('GHSA-abcd-efgh-ijkl'), [found('ghsa-ABCD-efgh-ijkl')]],
    [
      'that it lists under another name',
      found('GHSA-1', { relatedIds: ['CVE-2026-1'] }),
      [found('CVE-2026-1')],
    ],
    ['whose other name it lists', found('CVE-2026-1'), [found('GHSA-1', { relatedIds: ['CVE-2026-1'] })]],
  ])('does not resolve a finding %s', (_, finding, newer) => {
    const sure = found('CVE-2026-100');
    const { change } = compare([finding, sure], newer);
    expect(names(change?.resolves)).toEqual(['CVE-2026-100']);
  });

  it('resolves a finding that the newer one lists as closed', () => {
    const { change } = compare([found('CVE-2026-1')], [found('CVE-2026-1', { status: 'CLOSED' })]);
    expect(names(change?.resolves)).toEqual(['CVE-2026-1']);
    expect(change?.adds).toEqual([]);
  });

  it('resolves a finding of several platforms only if none of them has it after the rebuild', () => {
    const on = (digest: string, id: string) =>
      found(id, { digest, platform: digest === OTHER ? 'linux/arm64' : 'linux/amd64' });
    const findings = [
      on(DIGEST, 'CVE-2026-1'),
      on(OTHER, 'CVE-2026-1'),
      on(DIGEST, 'CVE-2026-2'),
      on(OTHER, 'CVE-2026-2'),
      on(OTHER, 'CVE-2026-3'),
    ];
    const layers = new Set([BASE]);
    const bases = (amd64: readonly Finding[] | undefined, arm64: readonly Finding[] | undefined) =>
      new Map([
        [DIGEST, { layers, newer: amd64 }],
        [OTHER, { layers, newer: arm64 }],
      ]);
    const { change } = compare(findings, [], { bases: bases([], [on(OTHER, 'CVE-2026-1')]) });
    expect(names(change?.resolves)).toEqual(['CVE-2026-2', 'CVE-2026-3']);
    // On a platform that is current, a rebuild changes nothing.
    expect(names(compare(findings, [], { bases: bases(undefined, []) }).change?.resolves)).toEqual([
      'CVE-2026-3',
    ]);
    // Nothing is claimed where the base of a platform is unknown.
    const half = new Map([[DIGEST, { layers, newer: [] }]]);
    expect(compare([...findings, on(DIGEST, 'CVE-2026-4')], [], { bases: half }).change).toBeUndefined();
    // What one platform no longer has, the newer image may have on another one, where it is new.
    const crossed = compare([on(DIGEST, 'CVE-2026-4'), on(DIGEST, 'CVE-2026-5')], [], {
      bases: bases([], [on(OTHER, 'CVE-2026-4')]),
    });
    expect(names(crossed.change?.resolves)).toEqual(['CVE-2026-4', 'CVE-2026-5']);
    expect(names(crossed.change?.adds)).toEqual(['CVE-2026-4']);
  });

  it.each<[string, Finding, Finding, readonly string[]]>([
    ['as severe as there', found('CVE-2026-2', {}, { layer: OWN }), found('CVE-2026-2'), []],
    [
      'less severe than there',
      found('CVE-2026-2', { severity: 'LOW' }, { layer: OWN }),
      found('CVE-2026-2'),
      ['CVE-2026-2'],
    ],
    [
      'suppressed, and not there',
      found('CVE-2026-2', { status: 'SUPPRESSED' }, { layer: OWN }),
      found('CVE-2026-2'),
      ['CVE-2026-2'],
    ],
  ])('counts a vulnerability that the image keeps as added by whether it is %s', (_, own, there, added) => {
    const { change } = compare([own, found('CVE-2026-1'), found('CVE-2026-5')], [there]);
    expect(names(change?.adds)).toEqual(added);
  });

  it('is not covered by a finding whose effect is not certain, because another one has its id', () => {
    const scope = { kind: 'globs', package: 'a', image: undefined, platform: undefined } as const;
    const context = { exceptions: [createException({ ids: ['CVE-2026-2'], scope })] };
    const own = found('CVE-2026-2', { id: 'twice' }, { name: 'a', layer: OWN });
    const other = found('CVE-2026-3', { id: 'twice' }, { layer: OWN });
    const more = [found('CVE-2026-4'), found('CVE-2026-5')];
    const { change } = compare([own, other, ...more], [found('CVE-2026-2', {}, { name: 'b' })], { context });
    expect(names(change?.adds)).toEqual(['CVE-2026-2']);
  });

  it('judges what it adds by the same policy and exceptions', () => {
    const context = { exceptions: [createException({ ids: ['CVE-2026-8'] })] };
    const { change } = compare(
      [found('CVE-2026-1'), found('CVE-2026-2')],
      [
        found('CVE-2026-7'),
        found('CVE-2026-8'),
        found('CVE-2026-9', { severity: 'HIGH' }),
        found('CVE-2026-10', { status: 'SUPPRESSED' }),
      ],
      { context },
    );
    expect(change?.adds.map(({ finding, effect }) => `${finding.vulnerabilityId} ${effect}`)).toEqual([
      'CVE-2026-7 block',
      'CVE-2026-9 warn',
      'CVE-2026-8 allow',
    ]);
    expect(change?.verdict).toBe('block');
  });

  it('counts towards the limits of the policy what it leaves and adds', () => {
    const high = { severity: 'HIGH' };
    const findings = [found('CVE-2026-1', high), found('CVE-2026-2', high), found('CVE-2026-3', high)];
    const limits = { high: 1 };
    const some = compare(findings, [found('CVE-2026-3', high)], { policy: { limits } }).change;
    expect(some).toMatchObject({ verdict: 'warn', exceededLimits: [] });
    const fewer = compare(findings, [found('CVE-2026-3', high), found('CVE-2026-4', high)], {
      policy: { limits },
    });
    expect(fewer.change).toMatchObject({
      verdict: 'block',
      exceededLimits: [{ severity: 'high', found: 2 }],
    });
  });

  it.each<[string, Finding[], Finding[]]>([
    ['resolves nothing', [found('CVE-2026-1')], [found('CVE-2026-1')]],
    ['adds as many that block', [found('CVE-2026-1')], [found('CVE-2026-2')]],
    [
      'resolves warnings alone of a blocked image',
      [found('CVE-2026-1', {}, { layer: OWN }), found('CVE-2026-2', { severity: 'HIGH' })],
      [],
    ],
    [
      'adds a blocking finding to a warning',
      [found('CVE-2026-1', { severity: 'HIGH' })],
      [found('CVE-2026-2')],
    ],
    [
      'adds as many warnings',
      [found('CVE-2026-1', { severity: 'HIGH' })],
      [found('CVE-2026-2', { severity: 'HIGH' })],
    ],
  ])('is not advised if it %s', (_, findings, newer) => {
    expect(compare(findings, newer).change).toBeUndefined();
  });

  it('is not advised by lists that contradict each other: the same finding in both images', () => {
    const one = found('CVE-2026-1');
    expect(
      compare([one, found('CVE-2026-2')], [{ ...one, vulnerabilityId: 'CVE-2026-3' }]).change,
    ).toBeUndefined();
  });
});

const DIGESTS = [DIGEST, OTHER];

/** Findings with layers, on two platforms; ids that repeat are among them. */
const anyPlaced = fc
  .tuple(
    anyFinding,
    fc.constantFrom(...DIGESTS),
    fc.array(fc.constantFrom(BASE, BASE, OWN, undefined), { minLength: 3, maxLength: 3 }),
  )
  .map(([finding, digest, layers]) => ({
    ...finding,
    digest,
    packages: finding.packages.map((one, at) => ({ ...one, layer: layers[at] })),
  }));

const anyCase = fc.record({
  findings: fc.array(anyPlaced, { minLength: 1, maxLength: 8 }),
  newer: fc.array(
    anyPlaced.map((finding) => ({ ...finding, id: `new ${finding.id}` })),
    { maxLength: 5 },
  ),
  isCurrent: fc.boolean(),
  policy: anyPolicy,
  exceptions: anyExceptions,
});

type Case = typeof anyCase extends fc.Arbitrary<infer T> ? T : never;

function play({ findings, newer, isCurrent, policy, exceptions }: Case) {
  const of = (digest: string) => newer.filter((one) => one.digest === digest);
  const bases = new Map<string, PlatformBase>([
    [DIGEST, { layers: new Set([BASE]), newer: of(DIGEST) }],
    [OTHER, { layers: new Set([BASE]), newer: isCurrent ? undefined : of(OTHER) }],
  ]);
  return { bases, ...compare(findings, [], { policy, context: { exceptions }, bases }) };
}

const open = ({ status }: Finding) => status !== 'CLOSED';
const namesOf = ({ vulnerabilityId, relatedIds }: Finding) =>
  [vulnerabilityId, ...relatedIds].map((name) => name.toUpperCase());
const shareName = (a: Finding, b: Finding) => namesOf(a).some((name) => namesOf(b).includes(name));

describe('whatever both images list, a rebuild', () => {
  it('resolves only findings whose packages are all in the base, on every platform, and which the newer one does not list', () => {
    let resolved = 0;
    fc.assert(
      fc.property(anyCase, (given) => {
        const { change, bases } = play(given);
        for (const { ids: of } of change?.resolves ?? []) {
          const members = given.findings.filter((finding) => open(finding) && of.includes(finding.id));
          expect(members.length).toBeGreaterThan(0);
          for (const finding of members) {
            resolved += 1;
            const newer = bases.get(finding.digest)?.newer;
            expect(newer).toBeDefined();
            expect(finding.packages.length).toBeGreaterThan(0);
            expect(finding.packages.every(({ layer }) => layer === BASE)).toBe(true);
            expect(newer?.filter(open).some((one) => shareName(one, finding))).toBe(false);
          }
        }
      }),
      RUNS,
    );
    expect(resolved).toBeGreaterThan(5);
  });

  it('never leaves out a finding of the newer one that is stricter than what the image keeps', () => {
    let adds = 0;
    fc.assert(
      fc.property(anyCase, (given) => {
        const { change, bases } = play(given);
        if (change === undefined) return;
        const gone = new Set(change.resolves.flatMap(({ ids: of }) => of));
        const kept = given.findings.filter(({ id }) => !gone.has(id));
        const { policy, exceptions } = given;
        const judge = (some: readonly Finding[]) => evaluate(some, policy, createContext({ exceptions }));
        for (const finding of [...bases.values()].flatMap(({ newer = [] }) => newer.filter(open))) {
          const [alone] = judge([finding]).judged;
          if (alone?.effect !== 'block') continue;
          adds += 1;
          const isAdded = change.adds.some(({ ids: of }) => of.includes(finding.id));
          const isKept = kept.some(
            (own) =>
              judge([own]).judged[0]?.effect === 'block' &&
              severityOrder(own.severity) <= severityOrder(finding.severity) &&
              shareName(own, finding),
          );
          expect(isAdded || isKept).toBe(true);
          expect(change.verdict).toBe('block');
        }
      }),
      RUNS,
    );
    expect(adds).toBeGreaterThan(3);
  });

  it('is advised only if the verdict gets better, which is the verdict on what is left', () => {
    fc.assert(
      fc.property(anyCase, (given) => {
        const { change, before } = play(given);
        if (change === undefined) return;
        const after = verdictAfter(before, change);
        expect(after.blocking).toBeLessThanOrEqual(before.blocking);
        expect(after.verdict === 'block').toBe(after.blocking > 0 || after.exceededLimits.length > 0);
        expect(change.resolves.length).toBeGreaterThan(0);
        for (const resolved of change.resolves) expect(before.judged).toContain(resolved);
      }),
      RUNS,
    );
  });

  it('does not resolve more if the newer image has an additional finding', () => {
    fc.assert(
      fc.property(anyCase, anyPlaced, (given, more) => {
        const extra = { ...more, id: 'one more' };
        const fewer = play({ ...given, newer: [...given.newer, extra] }).change;
        const claimed = play(given).change;
        if (fewer === undefined || claimed === undefined) return;
        const was = names(claimed.resolves);
        expect(names(fewer.resolves).filter((name) => !was.includes(name))).toEqual([]);
      }),
      RUNS,
    );
  });
});
