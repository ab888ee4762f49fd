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

/** What is in every identity of a GitHub workflow. */
const COMMON = new Set([
  'https',
  'github.com',
  'github',
  'workflows',
  'refs',
  'heads',
  'tags',
  'pull',
  'merge',
]);

// More names than these are in no pattern that a person wrote, and each one multiplies the strangers.
const MOST_NAMES = 8;

/**
 * Identities of GitHub workflows that anyone can have: an account of their own, even one whose name begins like one in
 * the pattern, and in it repository, workflow and ref named as the pattern has it.
 */
function* namesakes(pattern: string): Generator<string> {
  const literals = pattern.replaceAll('\\.', '.').match(/[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*/g) ?? [];
  const own = literals.map((name) => name.replace(/\.ya?ml$/, '')).filter((name) => !COMMON.has(name));
  const names = [...new Set(own)].slice(0, MOST_NAMES);
  const refs = ['heads/main', 'tags/v1', 'tags/v1.2.3', 'pull/1/merge'];
  for (const name of names) refs.push(`heads/${name}`, `tags/${name}`);
  for (const owner of ['q7x-stranger', ...names.map((name) => `${name}-q7x`)]) {
    for (const repository of ['w2k-unknown', ...names]) {
      for (const workflow of ['z9v-any', ...names]) {
        for (const ref of refs) {
          const path = `https://github.com/${owner}/${repository}/.github/workflows/${workflow}`;
          yield `${path}.yml@refs/${ref}`;
          yield `${path}.yaml@refs/${ref}`;
        }
      }
    }
  }
}

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
  for (const stranger of [...STRANGERS, ...namesakes(text)]) {
    if (!pattern.test(stranger)) continue;
    throw new Error('it matches the identities of anyone, so it proves nothing');
  }
  return `^(?:${text})$`;
}
