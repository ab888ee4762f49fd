import { describe, expect, it } from 'vitest';
import { anchoredPattern, IDENTITY_PATTERN_EXAMPLE } from '../../src/signing/identity.ts';

describe('anchoredPattern', () => {
  it('holds at both ends', () => {
    expect(anchoredPattern(IDENTITY_PATTERN_EXAMPLE)).toBe(`^(?:${IDENTITY_PATTERN_EXAMPLE})$`);
    const pattern = new RegExp(anchoredPattern('https://github\\.com/team/a|https://github\\.com/team/b'));
    expect(pattern.test('https://github.com/team/b')).toBe(true);
    expect(pattern.test('https://github.com/team/bad')).toBe(false);
    expect(pattern.test('https://evil.example/?https://github.com/team/b')).toBe(false);
  });

  it.each([
    '.*',
    '.+',
    '^.*$',
    '(.*)',
    '(?:.|x)*',
    'a|.*',
    '[^ ]+',
    'https://.*',
    'https://github.com/.*',
    'https://github\\.com/[^/]+/[^/]+/\\.github/workflows/.*',
    '.*@refs/heads/.*',
    '\\S+',
  ])('refuses %s, which anyone matches', (text) => {
    expect(() => anchoredPattern(text)).toThrow(/anyone/);
  });

  it.each([
    'x)|(.*',
    '(',
    'a{2,1}',
    '\\Qx\\E',
    '[z-a]',
    '(?i)x',
    '(?=x)y',
    '(?!x).*',
    '(?P<n>x)',
    '[[:alpha:]]+',
  ])('refuses %s, which is no pattern by itself or not the same in RE2', (text) => {
    expect(() => anchoredPattern(text)).toThrow();
  });
});
