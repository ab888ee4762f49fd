import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anchoredPattern, IDENTITY_PATTERN_EXAMPLE } from '../../src/signing/identity-pattern.ts';

describe('anchoredPattern', () => {
  it('anchors the pattern at both ends', () => {
    expect(anchoredPattern(IDENTITY_PATTERN_EXAMPLE)).toBe(`^(?:${IDENTITY_PATTERN_EXAMPLE})$`);
    const pattern = new RegExp(anchoredPattern('https://github\\.com/team/a|https://github\\.com/team/b'));
    expect(pattern.test('https://github.com/team/b')).toBe(true);
    expect(pattern.test('https://github.com/team/bad')).toBe(false);
    expect(pattern.test('https://evil.example/?https://github.com/team/b')).toBe(false);
  });

  it.each([
    ['.*', 'anything'],
    ['.+', 'anything'],
    ['^.*$', 'anything between anchors'],
    ['(.*)', 'anything in a group'],
    ['(?:.|x)*', 'anything in a group that repeats'],
    ['', 'nothing'],
    ['^', 'an anchor'],
    ['$', 'an anchor'],
    ['\\S+', 'no space'],
    ['[^ ]+', 'no space'],
    ['https://.*', 'any host'],
    ['https?://github\\.com/team/.*', 'a scheme that is none'],
    ['http://github\\.com/team/.*', 'no TLS'],
    ['https://github.com/team/.*', 'a dot that is any character'],
    ['https://github\\.com/.*', 'any owner'],
    ['https://github\\.com/', 'no owner'],
    ['https://github\\.com//.*', 'an empty owner'],
    ['https://github\\.com/team', 'an owner without its slash'],
    ['https://github\\.com/team.*', 'an owner that goes on, such as team-evil'],
    ['https://github\\.com/team[/]app/.*', 'a slash in a class'],
    ['https://github\\.com/team/?.*', 'a slash that may be missing'],
    ['https://github\\.com/team/*evil/.*', 'a slash that may be missing'],
    ['https://github\\.com/team/{0,1}.*', 'a slash that may be missing'],
    ['https://github\\.com/team/??.*', 'a slash that may be missing, lazily'],
    ['https://github\\.com/team\\/?.*', 'an escaped slash that may be missing'],
    ['https://github\\.com/team\\x2f?.*', 'the same by its code'],
    ['https://github\\.com/team\\x2F?.*', 'the same by its code'],
    ['https://github\\.com/team?/.*', 'an owner whose last letter may be missing'],
    ['https://github\\.com/team+/.*', 'an owner whose last letter may repeat'],
    ['https://github\\.com/team{2}/.*', 'an owner whose last letter repeats'],
    ['https://github\\.com/te.m/.*', 'an owner with a dot'],
    ['https://github\\.com/tea[m]/.*', 'an owner with a class'],
    ['https://github\\.com/[a-z]+/.*', 'an owner of a class'],
    ['https://github\\.com/[^/]+/[^/]+/\\.github/workflows/.*', 'any owner'],
    ['https://github\\.com/[^/]+/[^/]+/\\.github/workflows/release\\.yml@refs/heads/main', 'any owner'],
    ['https://github\\.com/.*/app/\\.github/.*', 'any owner'],
    ['https://github.com/[a-z]+/.*', 'any owner'],
    ['https://github\\.com/\\w+/.*', 'any owner'],
    ['https://github\\.com/\\p{L}+/.*', 'any owner'],
    ['https://github\\.com/(team|.+)/.*', 'an owner that may be any'],
    ['https://github\\.com/(?:team|)/.*', 'an owner that may be missing'],
    ['https://github\\.com/(team|others).*', 'owners that go on'],
    ['https://github\\.com/(team|others)*/.*', 'owners that repeat'],
    ['https://github\\.com/(team|a/b)/.*', 'an owner that is two'],
    ['https://(github|evil)/.*', 'no owner'],
    ['https(://)github\\.com/team/.*', 'a group'],
    ['https://github\\.com/(?:team)?/.*', 'an owner that may be missing'],
    ['(https://github\\.com/team/.*)', 'a group'],
    ['(?:https://github\\.com/team/.*)|release@team\\.example', 'a group'],
    ['https://github\\.com/team/.*|.*', 'an alternative that is anyone’s'],
    ['.*|https://github\\.com/team/.*', 'an alternative that is anyone’s'],
    ['https://github\\.com/team/.*|', 'an empty alternative'],
    ['https://github\\.com/(a|b)|https://github\\.com/team/.*', 'an alternative behind a group'],
    ['https://github\\.com/team/[|]|https://.*', 'an alternative behind a class'],
    ['https://github\\.com/team/[\\]|]|https://.*', 'an alternative behind a class with an escape'],
    ['https://github\\.com/team/\\[|https://.*[\\]]', 'an alternative behind an escaped bracket'],
    ['https://github\\.com/team/\\\\|https://.*', 'an alternative behind an escaped backslash'],
    ['https://github\\.com/team/\\(|https://.*\\)', 'an alternative behind an escaped parenthesis'],
    ['https://github\\.com@evil\\.example/team/.*', 'a host that is a user'],
    ['.*@refs/heads/.*', 'any workflow'],
    ['.*@refs/heads/main', 'any workflow of a branch'],
    ['.*/release\\.yml@.*', 'any workflow of a name'],
    ['spiffe://.*', 'any trust domain'],
    ['spiffe://team.example/.*', 'a trust domain with a dot that is any character'],
    ['.*@team\\.example', 'a workflow on a branch named x@team.example'],
    ['.+@team\\.example', 'the same'],
    ['\\S+@team\\.example', 'the same'],
    ['[^@]+@team\\.example', 'the same'],
    ['[a-z/]+@team\\.example', 'the same'],
    ['[\\W]+@team\\.example', 'the same'],
    ['[!-0]+@team\\.example', 'the same'],
    ['(x|/)+@team\\.example', 'the same, in a group'],
    ['https://github\\.com/[a-z]+/x@team\\.example', 'the same'],
    ['[^/]+@.*', 'any domain'],
    ['[^/]+@team.example', 'a dot that is any character'],
    ['[^/]+@team\\.example?', 'a domain whose last letter may be missing'],
    ['[^/]+@team\\.exampl[e]', 'a domain with a class'],
    ['[^/]+.team\\.example', 'no @'],
    ['[^/]+team\\.example', 'no @'],
    ['[^/]+@?team\\.example', 'an @ that may be missing'],
    ['@team\\.example', 'an empty user name'],
    ['[^/]+@example', 'a domain that is none'],
  ])('refuses %s: %s', (text) => {
    expect(() => anchoredPattern(text)).toThrow(/does not say whose.*https:\/\/github\\\.com\/team\//);
  });

  it.each(
    [
      ['https://github\\.com/team/.*', 'https://github.com/team/app/.github/workflows/a.yml@refs/heads/x'],
      ['^https://github\\.com/team/.*$', 'https://github.com/team/app/.github/workflows/a.yml@refs/heads/x'],
      ['https:\\/\\/github\\.com\\/team\\/.*', 'https://github.com/team/app'],
      ['https://github\\.com/my\\-team/.*', 'https://github.com/my-team/app'],
      ['https\\:\\/\\/github\\.com\\/my\\_team/[\\w\\-]+', 'https://github.com/my_team/my-app'],
      ['https://github\\x2ecom\\x2Fteam/.*', 'https://github.com/team/app'],
      ['https://github\\.com/team/a\\|b', 'https://github.com/team/a|b'],
      ['https://github\\.com/team/[a|b]+', 'https://github.com/team/a|b'],
      ['https://github\\.com/(?:team|others)/[^/]+/a\\.yml@.*', 'https://github.com/others/app/a.yml@x'],
      ['https://github\\.com/team/(?:a|b)/.*', 'https://github.com/team/b/x'],
      ['^https://github\\.com/team/.*|^https://github\\.com/my-team/.*$', 'https://github.com/my-team/b'],
      ['https://git\\.team\\.example:8443/team/.*', 'https://git.team.example:8443/team/app'],
      [
        'https://gitlab\\.com/team/app//\\.gitlab-ci\\.yml@.*',
        'https://gitlab.com/team/app//.gitlab-ci.yml@v1',
      ],
      ['spiffe://team\\.example/.*', 'spiffe://team.example/app'],
      ['release@team\\.example', 'release@team.example'],
      ['[^/]+@team\\.example', 'release@team.example'],
      ['^[\\w.+\\-]+@build\\.team\\.example$', 'release@build.team.example'],
      ['https://github\\.com/team/.*|release@team\\.example', 'release@team.example'],
    ].slice(0, -1),
  )('takes %s', (text, identity) => {
    expect(anchoredPattern(text)).toBe(`^(?:${text})$`);
    expect(identity).toMatch(new RegExp(anchoredPattern(text)));
  });

  it('accepts no generated pattern that matches the identity of another owner', () => {
    const strangers = [
      'https://github.com/stranger/app/.github/workflows/release.yml@refs/heads/main',
      'https://github.com/team-evil/app/.github/workflows/release.yml@refs/heads/main',
      'https://github.com/tea/app/.github/workflows/release.yml@refs/heads/main',
      'https://github.com/stranger/team/.github/workflows/release.yml@refs/heads/x@team.example',
      'https://githubXcom/team/app/',
      'https://evil.example/https://github.com/team/app',
      'release@team.example.evil.example',
      'release@evil-team.example',
      'spiffe://evil.example/team/',
    ];
    const part = fc.oneof(
      fc.constantFrom('https://', 'github', '\\.', 'com', '/', 'team', '@', 'example', 'spiffe://', '\\/'),
      fc.constantFrom(
        '.*',
        '.',
        '[^/]',
        '[^@]',
        '\\w',
        '\\-',
        '(',
        ')',
        '(?:',
        '|',
        '^',
        '$',
        '[',
        ']',
        '\\\\',
      ),
      fc.constantFrom('?', '*', '+', '{0}', '{1,2}', '\\x2f', '\\S', '\\b', '[]', '[^]', '[|]', '\\[', '\\('),
      fc.constantFrom(
        '(team|x)',
        'https://github\\.com/team/',
        '[^/]+@team\\.example',
        'spiffe://team\\.example/',
      ),
    );
    let taken = 0;
    fc.assert(
      fc.property(fc.array(part, { maxLength: 9 }), (parts) => {
        let pattern: string;
        try {
          pattern = anchoredPattern(parts.join(''));
        } catch {
          return;
        }
        taken += 1;
        for (const stranger of strangers) expect(stranger).not.toMatch(new RegExp(pattern));
      }),
      { numRuns: 5_000 },
    );
    expect(taken).toBeGreaterThan(20);
  });

  it('checks a long pattern quickly', () => {
    const names = Array.from({ length: 2_000 }, (_, index) => `name-${index}`).join('|');
    const text = `https://github\\.com/(?:${names})/(?:${names})/\\.github/workflows/(?:${names})\\.yml@refs/heads/main`;
    expect(anchoredPattern(text)).toContain('name-1999');
  });

  it.each([
    'x)|(.*',
    '(',
    'a{2,1}',
    '\\Qx\\E',
    '[z-a]',
    '(?i)x',
    '(?i:x)',
    '(?=x)y',
    '(?!x).*',
    '(?P<n>x)',
    '(?<n>x)',
    '[[:alpha:]]+',
    '[]x]',
    '[^]x]',
    '\\u002f',
    '\\cA',
    '(x)\\1',
    '\\x2',
    'x\\',
  ])('refuses %s, which is not a pattern by itself or differs in RE2', (text) => {
    for (const after of ['', 'https://github\\.com/team/', 'https://github\\.com/team/.*|']) {
      expect(() => anchoredPattern(`${after}${text}`)).toThrow(/supported|not a regular expression/);
    }
  });
});
