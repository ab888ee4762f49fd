import fc from 'fast-check';

/** What somebody would put into the name of a package to change how a report reads. */
const ATTACKS = [
  '</code><script>alert(1)</script>',
  '</td></tr></table>',
  '<img src=x onerror=alert(1)>',
  '<!-- ',
  '"><a href="https://evil.example">',
  '&lt;b&gt;',
  '`code` ```\n# heading\n',
  '| a | b |',
  '\n\n**bold**\n\n',
  '\r\n\r\n',
  '\n::error::pwned',
  '::set-output name=verdict::pass',
  '##[command]rm',
  '##[',
  '%0A::warning::x',
  '@octocat',
  'https://evil.example/?q=1',
  '[link](https://evil.example)',
  '\u202e\u2066\u200f',
  '\u001b[2J\u001b]8;;https://evil.example\u0007',
  '\u2028\u2029\u0085\u000b\u000c',
  '\u200b\u00ad\ufeff\u3164',
  ':tada: #1 GH-1',
  '$$x$$',
  '__proto__',
];

/** Arbitrary text mixed with attacks. */
export const hostileText: fc.Arbitrary<string> = fc
  .array(fc.oneof(fc.constantFrom(...ATTACKS), fc.string({ unit: 'binary', maxLength: 12 })), {
    minLength: 1,
    maxLength: 4,
  })
  .map((parts) => parts.join(''));
