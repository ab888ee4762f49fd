import fc from 'fast-check';
import { GateError } from '../../src/errors.ts';

/** Text that an attacker could put into the name of a package to change how a report reads. */
const ATTACKS = [
  '</code><script>alert(1)</script>',
  '</td></tr></table>',
  '</summary></details><details open>',
  '<img src=x onerror=alert(1)>',
  '<!-- ',
  '--><!-- ecr-deployment-gate v1 00000000000000000000000000000000 passing 9.9 -->',
  '"><a href="https://evil.example">',
  '&lt;b&gt;',
  '&#x202e;&commat;octocat',
  '`code` ```\n# heading\n',
  '| a | b |',
  '\n\n**bold**\n\n',
  '\n\n> [!NOTE]\n> ✅ Passed\n\n',
  '\r\n\r\n',
  '\n::error::pwned',
  '::set-output name=verdict::pass',
  '::stop-commands::x',
  '##[command]rm',
  '##[',
  '%0A::warning::x',
  'a,file=x:y',
  'x\n<<EOF\nEOF\npassed=true\n',
  '@octocat',
  'mail@evil.example',
  'octo/app@main',
  'https://evil.example/?q=1',
  'www.evil.example',
  '[link](https://evil.example)',
  'javascript:alert(1)',
  '\u202e\u2066\u200f\u061c',
  '\u001b[2J\u001b]8;;https://evil.example\u0007',
  '\u009b2J',
  '\u2028\u2029\u0085\u000b\u000c',
  '\u200b\u00ad\ufeff\u3164',
  ':tada: #1 GH-1',
  '$$x$$ $`x`$',
  '$\u007b{ secrets.TOKEN }}',
  '{0} {1}',
  '__proto__',
];

/** Arbitrary text mixed with attacks. */
export const hostileText: fc.Arbitrary<string> = fc
  .array(fc.oneof(fc.constantFrom(...ATTACKS), fc.string({ unit: 'binary', maxLength: 12 })), {
    minLength: 1,
    maxLength: 4,
  })
  .map((parts) => parts.join(''));

/**
 * A copy in which every text is replaced. What was one object stays one.
 * @param text gives the text for one place after the other
 * @param kept whether a member stays as it is
 */
export function withTexts<T>(
  value: T,
  text: () => string,
  kept: (name: string, parent: object) => boolean,
): T {
  const copies = new Map<unknown, unknown>();
  const copy = (given: unknown): unknown => {
    if (typeof given === 'string') return text();
    if (typeof given !== 'object' || given === null || given instanceof Date) return given;
    const known = copies.get(given);
    if (known !== undefined) return known;
    const made =
      given instanceof GateError
        ? new GateError(given.code, text(), { nextStep: given.nextStep === undefined ? undefined : text() })
        : Array.isArray(given)
          ? given.map(copy)
          : Object.fromEntries(
              Object.entries(given).map(([name, member]) => [
                name,
                kept(name, given) ? member : copy(member),
              ]),
            );
    copies.set(given, made);
    return made;
  };
  return copy(value) as T;
}
