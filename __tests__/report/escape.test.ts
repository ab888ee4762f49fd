import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codeSpan, html, inertJson, line, markdown, plain } from '../../src/report/kit/escape.ts';
import { clip } from '../../src/text.ts';
import { hostileText } from './hostile.ts';

describe('html', () => {
  it.each([
    ['markup', '<b>&"\'`', '&lt;b&gt;&amp;&quot;&#39;&#96;'],
    ['line breaks', 'a\nb\r\tc', 'a\\nb\\r\\tc'],
    ['bidi controls', '\u202eevil\u2066', '\\u202eevil\\u2066'],
    ['zero-width and filler characters', 'a\u200bb\ufeff\u3164\u2800', 'a\\u200bb\\ufeff\\u3164\\u2800'],
    ['line and paragraph separators', '\u2028\u2029\u0085', '\\u2028\\u2029\\u0085'],
    ['terminal escapes', '\u001b[31mred', '\\u001b[31mred'],
    ['tags and lone surrogates', '\u{e0041}\ud800', '\\u{e0041}\\ud800'],
    ['spaces that are not one', 'a\u00a0b\u3000', 'a\\u00a0b\\u3000'],
    ['ordinary text of any script', 'Größe 漢字 🙂', 'Größe 漢字 🙂'],
    ['commands of the runner', '###[error]x ##[', '##&#35;[error]x #&#35;['],
    ['commands at the start of a line', '  ::error::x', '  &#58;:error::x'],
    ['a character that the runner does not see', '#\u{1d159}#[', '#\\u{1d159}#['],
  ])('makes %s inert', (_, text, expected) => {
    expect(html(text)).toBe(expected);
  });

  it('leaves nothing that HTML or a reader could be fooled by', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        expect(html(text)).not.toMatch(/[<>"'`\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]|##\[|^\s*::/u);
      }),
    );
  });
});

describe('line', () => {
  it.each([
    ['::error::x', '\\u003a:error::x'],
    ['  ::stop-commands::x', '  \\u003a:stop-commands::x'],
    ['a ##[command]x ##[error]', 'a #\\u0023[command]x #\\u0023[error]'],
    ['###[group]', '##\\u0023[group]'],
    ['#\u0488#\u0591[error]x', '#\u0488\\u0023\u0591[error]x'],
    ['\u0488::error::x', '\u0488\\u003a:error::x'],
    [' :\u0489:error::x', ' \\u003a\u0489:error::x'],
    ['std::vector', 'std::vector'],
  ])('defuses %j', (text, expected) => {
    expect(line(text)).toBe(expected);
  });

  it('never gives the runner a command or a second line', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const safe = line(text);
        expect(safe).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]|##\[/u);
        expect(safe.trimStart().startsWith('::')).toBe(false);
      }),
    );
  });
});

// Source: actions/runner, ActionCommand.cs, which compares by the rules of the culture: those of Unicode collation.
describe('a character that the comparison of the runner ignores', () => {
  const { compare } = new Intl.Collator('en-US', { sensitivity: 'variant', ignorePunctuation: false });
  const ignored = Array.from({ length: 0x11_0000 }, (_, code) => code)
    .filter((code) => code < 0xd800 || code > 0xdfff)
    .map((code) => String.fromCodePoint(code))
    .filter((character) => compare(`#${character}#`, '##') === 0);
  const isSeen = (
    (all) => (one: string) =>
      !all.has(one)
  )(new Set(ignored));
  const json = (text: string) => inertJson(JSON.stringify(text)).slice(1, -1);

  it('does not hide a command', () => {
    expect(ignored.length).toBeGreaterThan(100);
    for (const character of ignored) {
      for (const text of [
        `#${character}#[error]x`,
        `##${character}[error]x`,
        `#${character}#${character}[x`,
      ]) {
        for (const make of [line, html, json]) {
          const seen = [...make(text)].filter(isSeen).join('');
          expect(seen, `${make.name} of U+${character.codePointAt(0)?.toString(16)}`).not.toContain('##[');
        }
      }
      for (const text of [`${character}::error::x`, `:${character}:error::x`]) {
        for (const make of [line, html]) {
          const seen = [...make(text)].filter(isSeen).join('');
          expect(seen.startsWith('::')).toBe(false);
        }
      }
    }
  });
});

describe('inertJson', () => {
  it('keeps the value of any JSON, and has no command in any line of it', () => {
    fc.assert(
      fc.property(
        fc.dictionary(hostileText, hostileText),
        fc.constantFrom(undefined, 1, '\t'),
        (value, space) => {
          const text = JSON.stringify(value, undefined, space).replaceAll('\n', '\r\n');
          const inert = inertJson(text);
          expect(JSON.parse(inert)).toEqual(JSON.parse(text));
          for (const one of inert.split(/\r\n|\r|\n/)) {
            expect(one).not.toContain('##[');
            expect(one.trimStart().startsWith('::')).toBe(false);
          }
        },
      ),
    );
  });

  it('changes nothing that is inert already', () => {
    const text = JSON.stringify({ 'a#[': ['# ## [', 'std::vector', 'C#', { b: '#&#35;[' }] }, undefined, 2);
    expect(inertJson(text)).toBe(text);
    expect(inertJson('["###[group]"]')).toBe('["##\\u0023[group]"]');
  });
});

describe('plain', () => {
  it('contains no SARIF syntax and is one line', () => {
    expect(plain('see [x](1) {0} <b>\n')).toBe('see (x)(1) (0) ‹b›\\n');
  });
});

describe('markdown', () => {
  it.each([
    ['A plain sentence, with words.', 'A plain sentence, with words.'],
    ['Before version 1.2 *all* of it.', 'Before version `1.2 *all*` of it.'],
    ['# Heading', '`#` Heading'],
    ['a `b` | c', "a `'b' ¦` c"],
    ['@octocat [x](https://evil.example) <img src=x>', '`@octocat [x](https://evil.example) <img src=x>`'],
    ['1. first', '`1.` first'],
    ['', ''],
  ])('of %j is %j', (text, expected) => {
    expect(markdown(text)).toBe(expected);
  });

  it('leaves only words outside of code spans', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const safe = markdown(text);
        expect(safe.split('`').length % 2).toBe(1);
        expect(safe.replace(/`[^`]*`/g, '')).toMatch(/^(\p{L}|[ '’.,;:!?-])*$/u);
        expect(codeSpan(text)).toMatch(/^(`[^`|\n]+`|–)$/);
      }),
    );
  });
});

describe('clip', () => {
  it('keeps the text that fits and marks the omission', () => {
    expect(clip('abc', 3)).toBe('abc');
    expect(clip('abcd', 3)).toBe('ab…');
  });

  it('does not cut a character in two', () => {
    expect(clip('a🙂bc', 3)).toBe('a…');
  });
});
