import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newestOfLine } from '../../src/versions/tags.ts';

describe('the newest tag of a line', () => {
  it.each<[string, readonly string[], string | undefined, string?]>([
    ['22.11', ['22.9', '22.14', '22.12'], '22.14'],
    ['22.11', ['22.11', '22.9'], undefined],
    // Another major version, another precision, another variant.
    ['22.11', ['23.1', '22', '22.14.0', '22.14-slim', 'v22.14'], undefined],
    [
      '22.11-bookworm-slim',
      ['22.14-bookworm', '22.14-slim', '22.14-bookworm-slim', '22.14-trixie-slim'],
      '22.14-bookworm-slim',
    ],
    ['1.27.2-alpine3.20', ['1.27.3-alpine3.20', '1.27.4-alpine3.21'], '1.27.3-alpine3.20'],
    ['v1.2.3', ['v1.10.0', '1.11.0', 'v2.0.0'], 'v1.10.0'],
    ['3.12.1', ['3.12.10', '3.12.9', '3.13.0'], '3.13.0'],
    // Before version 1, the second number is the major version.
    ['0.5.1', ['0.6.0', '0.5.9', '1.0.0'], '0.5.9'],
    // Pre-releases, on either side.
    ['22.11', ['22.14-rc1', '22.14-beta', '22.15rc1', '22.16.0a1'], undefined],
    ['22.11-rc1', ['22.14-rc1'], undefined],
    ['22.11-nightly', ['22.14-nightly'], undefined],
    ['22.11-slim.rc.1', ['22.14-slim.rc.1'], undefined],
    // A tag with one number moves by itself.
    ['22', ['23', '24'], undefined],
    ['22-slim', ['22.11-slim', '23-slim'], undefined],
    ['latest', ['22.14', 'stable'], undefined],
    ['bookworm', ['trixie'], undefined],
    // The release of a distribution is its major version.
    ['12.5', ['12.8', '13.1'], '12.8', 'library/debian'],
    ['3.20', ['3.21', '3.22'], undefined, 'docker-hub/library/alpine'],
    ['3.20.1', ['3.20.3', '3.21.0'], '3.20.3', 'docker-hub/library/alpine'],
    ['22.04', ['22.10', '24.04'], undefined, 'library/ubuntu'],
    ['22.04', ['22.10', '24.04'], undefined, 'base/hardened'],
    ['9.3', ['9.4', '10.0'], '9.4', 'rockylinux'],
    ['15.5', ['15.6'], undefined, 'bci/suse-base'],
    // A codename with a date.
    [
      'bookworm-20261001-slim',
      ['bookworm-20261123-slim', 'bookworm-20261124', 'trixie-20261124-slim'],
      'bookworm-20261123-slim',
    ],
    ['jammy-20240911.1', ['jammy-20240911', 'jammy-20240911.2'], 'jammy-20240911.2'],
    ['nightly-20261001', ['nightly-20261123'], undefined],
    // Numbers that no tool writes.
    ['1.99999999999999999999', ['1.999999999999999999999'], undefined],
    ['1.2.3.4.5', ['1.2.3.4.6'], undefined],
    ['1.2.3.4', ['1.2.3.5'], '1.2.3.5'],
  ])('after %s in %j is %s', (tag, tags, expected, repository = 'docker-hub/library/node') => {
    expect(newestOfLine(tag, tags, repository)).toBe(expected);
    expect(newestOfLine(tag, tags.toReversed(), repository)).toBe(expected);
  });

  const anyTag = fc.oneof(
    fc
      .tuple(
        fc.constantFrom('', 'v'),
        fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 3 }),
        fc.constantFrom('', '-slim', '-slim-1', '-rc1'),
      )
      .map(([prefix, numbers, suffix]) => `${prefix}${numbers.join('.')}${suffix}`),
    fc.string({ maxLength: 12 }),
  );

  it('has the same text around its numbers, as many of them, the same major version, and is later', () => {
    let found = 0;
    fc.assert(
      fc.property(anyTag, fc.array(anyTag, { minLength: 10, maxLength: 60, size: 'max' }), (tag, tags) => {
        const newest = newestOfLine(tag, tags, 'docker-hub/library/node');
        if (newest === undefined) return;
        found += 1;
        expect(tags).toContain(newest);
        const parts = (text: string) => /^(v?)([\d.]+)(.*)$/s.exec(text) ?? [];
        const [[, prefix, own = '', suffix], [, ...other]] = [parts(tag), parts(newest)];
        expect([other[0], other[2]]).toEqual([prefix, suffix]);
        const [a, b] = [own.split('.').map(Number), (other[1] ?? '').split('.').map(Number)];
        expect(b.length).toBe(a.length);
        expect(b[0]).toBe(a[0]);
        const at = a.findIndex((number, index) => number !== b[index]);
        expect(b[at]).toBeGreaterThan(a[at] ?? Number.NaN);
      }),
      { numRuns: 5_000 },
    );
    expect(found).toBeGreaterThan(20);
  });
});
