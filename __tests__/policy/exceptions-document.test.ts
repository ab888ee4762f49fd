import { describe, expect, it } from 'vitest';
import { parseExceptions } from '../../src/policy/exceptions-document.ts';
import { bytes, gateError } from './errors.ts';

const parse = (text: string) => parseExceptions(bytes(text), 'exceptions.yml');
const entry = (lines: string) => `version: 1\nexceptions:\n  - ${lines.replaceAll('\n', '\n    ')}\n`;
const right = 'id: CVE-2026-1\nreason: x\nexpires: 2026-12-31';

describe('parseExceptions', () => {
  it('reads every key', () => {
    const text = entry(
      `id: " CVE-2026-12345 "
package: openssl*
image: team/**
platform: linux/arm64
reason: not reachable, TLS ends at the load balancer
expires: 2026-12-31
approved-by: security@example.com
ticket: SEC-1
until-fixed: true
status: mitigated`,
    );
    expect(parse(text)).toEqual([
      {
        origin: 'exceptions',
        source: 'exceptions.yml:3',
        ids: ['CVE-2026-12345'],
        scope: { kind: 'globs', package: 'openssl*', image: 'team/**', platform: 'linux/arm64' },
        status: 'mitigated',
        reason: 'not reachable, TLS ends at the load balancer',
        expires: new Date('2027-01-01T00:00:00Z'),
        since: undefined,
        approvedBy: 'security@example.com',
        ticket: 'SEC-1',
        untilFixed: true,
      },
    ]);
  });

  it('accepts an empty list, defaults, quoted dates and duplicates', () => {
    expect(parse('version: 1\nexceptions: []')).toEqual([]);
    const [first, second] = parse(
      `${entry(right)}  - id: cve-2026-1\n    reason: y\n    expires: "2028-02-29"\n`,
    );
    expect(first).toMatchObject({ status: 'accepted', untilFixed: false, approvedBy: undefined });
    expect(first?.scope).toEqual({
      kind: 'globs',
      package: undefined,
      image: undefined,
      platform: undefined,
    });
    expect(second).toMatchObject({ source: 'exceptions.yml:6', expires: new Date('2028-03-01T00:00:00Z') });
  });

  it.each<[string, string]>([
    ['version: 1', '1:1: exceptions: is missing.'],
    ['version: 1\nexceptions:', '2:12: exceptions: expected a list of exceptions, got nothing.'],
    ['version: 1\nexceptions: {}', 'exceptions: expected a list of exceptions, got an empty mapping.'],
    ['exceptions: []', '1:1: version: is missing.'],
    [entry('id: CVE-1\nexpires: 2026-12-31'), '3:5: exceptions[0].reason: is missing.'],
    [entry('id: CVE-1\nreason: x'), '3:5: exceptions[0].expires: is missing.'],
    [entry('reason: x\nexpires: 2026-12-31'), '3:5: exceptions[0].id: is missing.'],
    [entry(`${right}\npackge: x`), '6:5: exceptions[0].packge: unknown key (did you mean package?).'],
    [entry(right.replace('CVE-2026-1', '""')), 'exceptions[0].id: expected one exact id'],
    [entry(right.replace('CVE-2026-1', '" "')), 'exceptions[0].id: expected one exact id'],
    [entry(right.replace('CVE-2026-1', '"*"')), 'exceptions[0].id: expected one exact id'],
    [entry(right.replace('CVE-2026-1', 'CVE-2026-?')), 'exceptions[0].id: expected one exact id'],
    [entry(right.replace('CVE-2026-1', 'CVE-1, CVE-2')), 'exceptions[0].id: expected one exact id'],
    [entry(right.replace('CVE-2026-1', '","')), 'exceptions[0].id: expected one exact id'],
    [entry(right.replace('CVE-2026-1', '[CVE-1]')), 'exceptions[0].id: expected one exact id'],
    [
      entry(right.replace('reason: x', 'reason: ""')),
      'exceptions[0].reason: expected text that is not blank',
    ],
    [
      entry(right.replace('reason: x', 'reason: "\\u200b \\u2800"')),
      'exceptions[0].reason: expected text that is not blank',
    ],
    [entry(right.replace('reason: x', 'reason: 7')), 'exceptions[0].reason: expected text, got 7.'],
    [entry(right.replace('2026-12-31', 'never')), 'exceptions[0].expires: expected a day of the calendar'],
    [
      entry(right.replace('2026-12-31', '2026-02-29')),
      '5:14: exceptions[0].expires: expected a day of the calendar',
    ],
    [entry(right.replace('2026-12-31', '2026-13-01')), 'expected a day of the calendar'],
    [entry(right.replace('2026-12-31', '31.12.2026')), 'expected a day of the calendar'],
    [entry(right.replace('2026-12-31', '2026-12-31T00:00:00Z')), 'expected a day of the calendar'],
    [entry(`${right}\npackage: ","`), 'exceptions[0].package: expected a glob'],
    [entry(`${right}\nimage:`), 'exceptions[0].image: expected a glob'],
    [entry(`${right}\nimage: [a, b]`), 'exceptions[0].image: expected a glob'],
    [entry(`${right}\nplatform: " "`), 'exceptions[0].platform: expected a glob'],
    [entry(`${right}\nticket: 12`), 'exceptions[0].ticket: expected text, got 12.'],
    [entry(`${right}\napproved-by: ""`), 'exceptions[0].approved-by: expected text that is not blank'],
    [entry(`${right}\nuntil-fixed: yes`), 'exceptions[0].until-fixed: expected true or false, got "yes"'],
    [entry(`${right}\nstatus: wontfix`), 'exceptions[0].status: expected one of accepted'],
  ])('refuses %j', (text, message) => {
    const error = gateError(() => parse(text));
    expect(error.code).toBe('input');
    expect(error.message).toMatch(/^exceptions\.yml:\d+:\d+: \S+: /);
    expect(error.message).toContain(message);
    expect(error.nextStep).toMatch(/^For example: \S+: \S/);
  });

  it('suggests no reason that could be copied', () => {
    const text = 'version: 1\nexceptions:\n  - id: CVE-1\n    expires: 2026-12-31\n';
    const error = gateError(() => parseExceptions(bytes(text), 'exceptions.yml'));
    expect(error.message).toContain('exceptions[0].reason: is missing.');
    expect(error.nextStep).toBe('For example: reason: "TODO: why this risk is accepted"');
  });
});
