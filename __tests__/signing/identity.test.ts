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
    // Anyone can have a repository, a workflow and a ref of that name, or an account whose name begins like that.
    'https://github\\.com/.*/app/.*',
    'https://github\\.com/[^/]+/app/\\.github/workflows/release\\.yml@refs/heads/main',
    'https://github\\.com/[^/]+/app/\\.github/workflows/release\\.yaml@refs/tags/v\\d+',
    '.*/release\\.yml@refs/heads/main',
    'https://github\\.com/team.*',
    'https://github\\.com/team.*/app/\\.github/workflows/(?:a|b|c|d|e|f|g)\\.yml@refs/heads/main',
    'https://github.com/team[^@]*@refs/tags/v\\d+\\.\\d+\\.\\d+',
    'https://github\\.com/(?:team|.+)/app/.*@refs/pull/\\d+/merge',
  ])('refuses %s, which anyone matches', (text) => {
    expect(() => anchoredPattern(text)).toThrow(/anyone/);
  });

  it.each([
    'https://github\\.com/team/.*',
    'https://github\\.com/(?:team|others)/[^/]+/\\.github/workflows/release\\.yml@refs/heads/main',
    'https://github\\.com/team/app-[a-z]+/\\.github/workflows/.*',
    'https://gitlab\\.com/team/app//\\.gitlab-ci\\.yml@refs/tags/.*',
    '[a-z]+@example\\.com',
    'spiffe://example\\.com/.*',
  ])('takes %s, which names whose it is', (text) => {
    expect(anchoredPattern(text)).toBe(`^(?:${text})$`);
  });

  it('is quick with a long one', () => {
    const names = Array.from({ length: 200 }, (_, index) => `name-${index}`).join('|');
    const text = `https://github\\.com/team/(?:${names})/\\.github/workflows/(?:${names})\\.yml@refs/heads/main`;
    expect(anchoredPattern(text)).toContain('name-199');
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
