import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluate } from '../../src/policy/evaluate.ts';
import { clearedBy, type Remedies, remedies, sourceName, type Upgrade } from '../../src/remedies/plan.ts';
import type { Finding, VulnerablePackage } from '../../src/results/finding.ts';
import { installedVersion } from '../../src/results/finding.ts';
import { type FindingRow, normalise } from '../../src/scan/inspector-finding.ts';
import { compareVersions } from '../../src/versions/compare.ts';
import { createContext, createPolicy } from '../policy/factories.ts';
import { createFinding, createPackage } from '../report/fixtures.ts';

const DEBIAN = { operatingSystem: 'DEBIAN_12' };

function plan(findings: readonly Finding[]): Remedies {
  return remedies(evaluate(findings, createPolicy(), createContext()).judged);
}

function found(
  id: string,
  packages: readonly Partial<VulnerablePackage>[],
  more: Partial<Finding> = {},
): Finding {
  return createFinding({
    vulnerabilityId: id,
    id,
    ...DEBIAN,
    packages: packages.map(createPackage),
    ...more,
  });
}

function idsOf(findings: readonly { readonly finding: Finding }[]): string[] {
  return findings.map(({ finding }) => finding.vulnerabilityId);
}

/** `openssl 3.0.1 -> 3.0.2 (apt)`. */
function inShort(upgrade: Upgrade): string {
  const { names, installed, versions } = upgrade;
  return `${names.join()} ${installed} -> ${versions.join(' or ')} (${sourceName(upgrade) ?? '?'})`;
}

function remaining({ remaining: left }: Remedies): string[] {
  return left.map(({ finding, obstacle }) => `${finding.finding.vulnerabilityId} ${obstacle}`);
}

describe('remedies', () => {
  it('looks for nothing that clears only what may pass anyway, and still counts what an upgrade clears with it', () => {
    const { judged } = evaluate(
      [
        found('CVE-2026-1', [{ name: 'a' }]),
        found('CVE-2026-2', [{ name: 'a' }], { severity: 'LOW' }),
        found('CVE-2026-3', [{ name: 'b' }], { severity: 'LOW' }),
        found('CVE-2026-4', [{ name: 'a' }, { name: 'b' }], { severity: 'LOW' }),
        found('CVE-2026-5', [{ name: 'c' }], { severity: 'HIGH' }),
      ],
      createPolicy(),
      createContext(),
    );
    const { needed, further } = remedies(judged, ({ effect }) => effect !== 'allow');
    // The fourth needs the upgrade of b as well, which is not requested.
    expect(needed.map(({ names, clears }) => [names, idsOf(clears)])).toEqual([
      [['a'], ['CVE-2026-1', 'CVE-2026-2']],
    ]);
    expect(needed.flatMap(({ clearsWithOthers }) => clearsWithOthers)).toEqual([]);
    expect(further.map(({ names }) => names)).toEqual([['c']]);
  });

  it('plans upgrades for what blocks, whatever else matters', () => {
    const { judged } = evaluate([found('CVE-2026-1', [{}])], createPolicy(), createContext());
    expect(remedies(judged, () => false).needed).toHaveLength(1);
  });

  it('goes to the lowest version that clears all findings of a package, by the rules of its system', () => {
    const {
      needed,
      further,
      remaining: left,
    } = plan([
      found('CVE-2026-1', [{ fixedIn: '0:3.0.9-1' }]),
      found('CVE-2026-2', [{ fixedIn: '3.0.10-1~deb12u1' }], { severity: 'HIGH' }),
      found('CVE-2026-3', [{ fixedIn: '3.0.2-1' }], { severity: 'LOW' }),
    ]);
    expect(needed.map(inShort)).toEqual(['openssl 3.0.1 -> 3.0.10-1~deb12u1 (apt)']);
    expect(needed[0]?.certain).toBe(true);
    expect(idsOf(needed[0]?.clears ?? [])).toEqual(['CVE-2026-1', 'CVE-2026-2', 'CVE-2026-3']);
    expect([further, left]).toEqual([[], []]);
  });

  it('puts what makes the image pass first, and what clears most of it before the rest', () => {
    const npm = { manager: 'NPM', filePath: 'app/package-lock.json' };
    const { needed, further } = plan([
      found('CVE-2026-1', [{ ...npm, name: 'lodash', fixedIn: '4.0.0' }]),
      found('CVE-2026-2', [{ name: 'zlib', fixedIn: '3.0.2' }]),
      found('CVE-2026-3', [{ name: 'zlib', fixedIn: '3.0.3' }]),
      ...['4', '5', '6'].map((id) =>
        found(`CVE-2026-${id}`, [{ name: 'curl', fixedIn: '4.0.0' }], { severity: 'HIGH' }),
      ),
    ]);
    expect(needed.map(inShort)).toEqual(['zlib 3.0.1 -> 3.0.3 (apt)', 'lodash 3.0.1 -> 4.0.0 (npm)']);
    expect(needed[1]?.filePaths).toEqual(['app/package-lock.json']);
    expect(further.map(inShort)).toEqual(['curl 3.0.1 -> 4.0.0 (apt)']);
  });

  it('takes the packages of one source for one upgrade', () => {
    const both = (fixedIn: string) => [
      { name: 'openssl', fixedIn },
      { name: 'libssl3', fixedIn },
    ];
    const { needed } = plan([found('CVE-2026-1', both('3.0.2')), found('CVE-2026-2', both('3.0.9'))]);
    expect(needed.map(inShort)).toEqual(['libssl3,openssl 3.0.1 -> 3.0.9 (apt)']);
    expect(idsOf(needed[0]?.clears ?? [])).toEqual(['CVE-2026-1', 'CVE-2026-2']);
  });

  it('clears a finding only with all of its packages', () => {
    const { needed } = plan([
      found('CVE-2026-1', [
        { name: 'curl', fixedIn: '8.0' },
        { name: 'openssl', fixedIn: '3.0.2' },
      ]),
      found('CVE-2026-2', [{ name: 'curl', fixedIn: '8.1' }]),
    ]);
    expect(needed.map(inShort)).toEqual(['curl 3.0.1 -> 8.1 (apt)', 'openssl 3.0.1 -> 3.0.2 (apt)']);
    expect(needed.map(({ clears }) => idsOf(clears))).toEqual([['CVE-2026-2'], []]);
    expect(needed.map(({ clearsWithOthers }) => idsOf(clearsWithOthers))).toEqual([
      ['CVE-2026-1'],
      ['CVE-2026-1'],
    ]);
  });

  it('lists what stays blocked, and why', () => {
    const {
      needed,
      further,
      remaining: left,
    } = plan([
      found('CVE-2026-1', [{ fixedIn: undefined }], { fixAvailable: 'NO' }),
      found('CVE-2026-2', [{ fixedIn: '3.0.2' }, { name: 'other', fixedIn: undefined }], {
        fixAvailable: 'PARTIAL',
      }),
      found('CVE-2026-3', [{ fixedIn: undefined }]),
      found('CVE-2026-4', []),
      found('CVE-2026-5', [{ name: 'zlib', version: '2.0', fixedIn: '1.9' }]),
      found('CVE-2026-6', [{ fixedIn: undefined }], { fixAvailable: 'NO', severity: 'HIGH' }),
    ]);
    expect(remaining({ needed, further, remaining: left })).toEqual([
      'CVE-2026-1 no-fix',
      'CVE-2026-2 partly',
      'CVE-2026-3 no-version',
      'CVE-2026-4 no-version',
      'CVE-2026-5 not-newer',
    ]);
    expect(needed).toEqual([]);
    // It fixes one package, but not the finding.
    expect(further.map(inShort)).toEqual(['openssl 3.0.1 -> 3.0.2 (apt)']);
    expect(further.flatMap(clearedBy)).toEqual([]);
  });

  it('never recommends to go back, nor to stay', () => {
    const same = found('CVE-2026-1', [{ version: '2.0', epoch: 1, release: '3', fixedIn: '1:2.0-3' }]);
    const older = found('CVE-2026-2', [{ version: '2.0', fixedIn: '0:2.0~rc1' }]);
    const result = plan([same, older]);
    expect([result.needed, result.further]).toEqual([[], []]);
    expect(remaining(result)).toEqual(['CVE-2026-1 not-newer', 'CVE-2026-2 not-newer']);
  });

  it('names every version that may be the newest if that is not certain', () => {
    const { needed } = plan(
      ['4.0~rc1', '4.0', '3.9.1', '3.9'].map((fixedIn, index) =>
        found(`CVE-2026-${index}`, [{ fixedIn }], { operatingSystem: undefined }),
      ),
    );
    expect(needed.map(inShort)).toEqual(['openssl 3.0.1 -> 4.0 or 4.0~rc1 (OS)']);
    expect(needed[0]?.certain).toBe(false);
  });

  it('is not certain of a version that cannot be compared with the one installed', () => {
    const { needed } = plan([
      found('CVE-2026-1', [{ manager: 'JAR', version: '31.1-jre', fixedIn: '31.1-android' }]),
    ]);
    expect(needed.map(({ versions, certain }) => ({ versions, certain }))).toEqual([
      { versions: ['31.1-android'], certain: false },
    ]);
  });

  it('keeps apart what has to be done in different places', () => {
    const { needed } = plan([
      found('CVE-2026-1', [
        {
          name: 'lodash',
          manager: 'NPM',
          version: '4.17.11',
          fixedIn: '4.17.12',
          filePath: 'a/package-lock.json',
        },
        {
          name: 'lodash',
          manager: 'NPM',
          version: '4.17.11',
          fixedIn: '4.17.12',
          filePath: 'b/package-lock.json',
        },
        { name: 'lodash', manager: 'NPM', version: '3.0.0', fixedIn: '4.17.12' },
        {
          name: 'lodash',
          manager: 'NPM',
          version: '3.0.0',
          fixedIn: '4.17.12',
          origin: 'base',
          instruction: 'RUN npm i',
        },
        { name: 'lodash', manager: 'OS', version: '3.0.0', fixedIn: '4.17.12' },
      ]),
    ]);
    expect(
      needed.map(({ installed, manager, origin, filePaths, instructions }) => [
        installed,
        manager,
        origin,
        filePaths,
        instructions,
      ]),
    ).toEqual([
      ['3.0.0', 'NPM', undefined, [], []],
      ['3.0.0', 'NPM', 'base', [], ['RUN npm i']],
      ['3.0.0', 'OS', undefined, [], []],
      ['4.17.11', 'NPM', undefined, ['a/package-lock.json', 'b/package-lock.json'], []],
    ]);
  });

  it('ends soon for 10,000 findings', () => {
    const findings = Array.from({ length: 10_000 }, (_, index) =>
      found(`CVE-2026-${index}`, [{ name: `package-${index % 3000}`, fixedIn: `4.0.${index}` }]),
    );
    const { needed } = plan(findings);
    expect(needed).toHaveLength(3000);
  });
});

describe('properties', () => {
  const name = fc.constantFrom('openssl', 'libssl3', 'zlib', 'curl');
  const version = fc.constantFrom(
    '1.0-1',
    '1.0-2',
    '1.0~rc1-1',
    '1:0.9',
    '1.0-1+deb12u1',
    '1.10-1',
    '1.9-1',
    'none?',
  );
  const pack = fc.record({
    name,
    version: fc.constantFrom('1.0', '1.1', '1.9'),
    release: fc.constantFrom('1', '2', undefined),
    fixedIn: fc.option(version, { nil: undefined }),
    manager: fc.constantFrom('OS', 'NPM'),
    origin: fc.constantFrom('base' as const, undefined),
  });
  const findings = fc
    .array(
      fc.record({
        id: fc.integer({ min: 1, max: 6 }),
        packages: fc.array(pack, { maxLength: 3 }),
        severity: fc.constantFrom('CRITICAL', 'HIGH', 'LOW', 'NEW'),
        fixAvailable: fc.constantFrom('YES', 'YES', 'YES', 'NO', 'PARTIAL', undefined),
      }),
      { maxLength: 8 },
    )
    .map((rows) =>
      rows.map(({ id, packages, ...more }, index) =>
        found(`CVE-2026-${id}`, packages, { ...more, id: `finding-${index}` }),
      ),
    );
  const ecosystemOf = (found: VulnerablePackage) => (found.manager === 'OS' ? 'dpkg' : 'npm');
  const upgradeOf = (upgrades: readonly Upgrade[], one: VulnerablePackage) =>
    upgrades.filter(
      ({ names, installed, manager, origin }) =>
        names.includes(one.name) &&
        installed === installedVersion(one) &&
        manager === one.manager &&
        origin === one.origin,
    );

  it('every finding of clears is cleared by that upgrade', () => {
    fc.assert(
      fc.property(findings, (given) => {
        const { needed, further } = plan(given);
        for (const upgrade of [...needed, ...further]) {
          expect(upgrade.versions.length).toBeGreaterThan(0);
          for (const { finding } of clearedBy(upgrade)) {
            for (const one of finding.packages) {
              const [taken, ...others] = upgradeOf([...needed, ...further], one);
              expect(others).toEqual([]);
              const fixes = taken?.versions.some(
                (to) => to === one.fixedIn || compareVersions(ecosystemOf(one), to, one.fixedIn ?? '') !== -1,
              );
              expect(fixes).toBe(true);
            }
          }
          for (const { finding } of upgrade.clears) {
            for (const one of finding.packages) expect(upgradeOf([upgrade], one)).toEqual([upgrade]);
          }
        }
      }),
      { numRuns: 500 },
    );
  });

  it('the version is at least every fixed version, and newer than the installed one', () => {
    fc.assert(
      fc.property(findings, (given) => {
        const { needed, further } = plan(given);
        for (const { versions, installed, manager, certain, ...upgrade } of [...needed, ...further]) {
          const ecosystem = manager === 'OS' ? 'dpkg' : 'npm';
          for (const to of versions) expect(compareVersions(ecosystem, to, installed) ?? 1).toBe(1);
          if (!certain) continue;
          for (const { finding } of clearedBy({ ...upgrade, versions, installed, manager, certain })) {
            for (const one of finding.packages.filter((other) => upgrade.names.includes(other.name))) {
              if (
                installedVersion(one) !== installed ||
                one.manager !== manager ||
                one.origin !== upgrade.origin
              )
                continue;
              expect(compareVersions(ecosystem, versions[0] ?? '', one.fixedIn ?? '')).toBeGreaterThanOrEqual(
                0,
              );
            }
          }
        }
      }),
      { numRuns: 500 },
    );
  });

  it('every blocking finding is either cleared by the needed upgrades or listed as remaining, and each upgrade is needed', () => {
    fc.assert(
      fc.property(findings, (given) => {
        const judged = evaluate(given, createPolicy(), createContext()).judged;
        const { needed, further, remaining: left } = remedies(judged);
        const cleared = new Set(needed.flatMap(clearedBy));
        const stays = new Set(left.map(({ finding }) => finding));
        for (const finding of judged.filter(({ effect }) => effect === 'block')) {
          expect(cleared.has(finding)).toBe(!stays.has(finding));
        }
        const blocks = (upgrade: Upgrade) => clearedBy(upgrade).some(({ effect }) => effect === 'block');
        expect(needed.every(blocks)).toBe(true);
        expect(further.some(blocks)).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  it('does not depend on the order of the findings or of their packages', () => {
    fc.assert(
      fc.property(findings, fc.infiniteStream(fc.nat()), (given, numbers) => {
        const judged = evaluate(given, createPolicy(), createContext()).judged;
        const shuffled = judged
          .map((finding) => ({ finding, at: numbers.next().value }))
          .sort((a, b) => a.at - b.at)
          .map(({ finding }) => finding);
        const straight = remedies(judged);
        const mixed = remedies(shuffled);
        expect(mixed.needed).toEqual(straight.needed);
        expect(mixed.further).toEqual(straight.further);
        expect(remaining(mixed).sort()).toEqual(remaining(straight).sort());
      }),
      { numRuns: 500 },
    );
  });
});

it.for(['one_vul.json', 'many_vul.json'])('names certain upgrades for the recorded findings of %s', (file, {
  skip,
}) => {
  const directory = join(import.meta.dirname, '../../../shared/data/inspector2');
  if (!existsSync(directory)) return skip('the folder of recorded findings is not here');
  const { findings } = JSON.parse(readFileSync(join(directory, file), 'utf8')) as { findings: FindingRow[] };
  const image = { digest: `sha256:${'a'.repeat(64)}`, platform: 'linux/amd64' } as const;
  const blocking = findings.map((wire) => ({
    ...normalise(wire, image),
    severity: 'CRITICAL',
    status: 'ACTIVE',
  }));
  const { needed, remaining: left } = plan(blocking);
  expect(needed.length + left.length).toBeGreaterThan(0);
  for (const { certain, ecosystem } of needed) {
    expect(certain).toBe(true);
    expect(['dpkg', 'rpm']).toContain(ecosystem);
  }
});
