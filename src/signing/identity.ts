/** Regular expressions over the identities in certificates, made safe to trust. */

/** A pattern that names whose workflow it is. */
export const IDENTITY_PATTERN_EXAMPLE =
  'https://github\\.com/team/app/\\.github/workflows/release\\.yml@refs/tags/v.*';

// Identities of people nobody trusts. Whoever writes a pattern that one of them matches means "anyone".
const STRANGERS = [
  'https://github.com/q7x-stranger/w2k-unknown/.github/workflows/z9v-any.yml@refs/heads/k3j-any',
  'https://gitlab.com/q7x-stranger/w2k-unknown//.gitlab-ci.yml@refs/heads/k3j-any',
  'q7x-stranger@w2k-unknown.example',
  'spiffe://w2k-unknown.example/q7x-stranger',
  'q7x',
];

/**
 * Anchors a pattern at both ends: cosign's own search would be satisfied by a part of an identity.
 * @throws Error for what is no pattern by itself, what JavaScript and RE2 read differently, and what anyone's
 *   identity matches
 */
export function anchoredPattern(text: string): string {
  // Groups of other kinds are not the same in RE2, in which cosign reads the pattern; POSIX classes neither.
  if (/\(\?(?!:)|\[\[:|\[:/.test(text)) throw new Error('only plain groups, (…) and (?:…), are supported');
  let pattern: RegExp;
  try {
    // By itself: ")|(" would be sound only between the brackets that are put around it.
    new RegExp(text, 'u');
    pattern = new RegExp(`^(?:${text})$`, 'u');
  } catch (error) {
    throw new Error(`it is no regular expression: ${error instanceof Error ? error.message : error}`);
  }
  if (STRANGERS.some((stranger) => pattern.test(stranger))) {
    throw new Error('it matches the identities of anyone, so it proves nothing');
  }
  return `^(?:${text})$`;
}
