/** Words that this project does not use in text for people, because readers do not know them from AWS's or GitHub's documentation. */
import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '..');
const PLACES = [
  'src',
  'docs',
  'emulator',
  'examples',
  'scripts',
  'action.yml',
  'verify/action.yml',
  'README.md',
  'CHANGELOG.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
];
const TEXTS = new Set(['.ts', '.md', '.yml', '.yaml', '.json']);

/** What is used instead of each of them. */
const INSTEAD: Readonly<Record<string, string>> = {
  mend: 'fix',
  soften: 'downgrade',
  heed: 'apply',
  whoever: 'everyone who',
  nobody: 'no one, or the passive',
  somebody: 'someone, or the role that is meant',
  nought: 'zero',
  learnt: 'learned, or read',
  'one a line': 'one per line',
  'let through': 'allow',
  lest: 'so that … not',
  thus: 'so, or therefore',
  hence: 'so, or therefore',
};
const UNUSED =
  /\b(mend|soften|heed)(s|ed|ing)?\b|\b(whoever|nobody|somebody|nought|learnt|one a line|lest|thus|hence)\b|\blet(s|ting)? through\b/giu;

function wordsIn(text: string): string[] {
  return text
    .split('\n')
    .flatMap((line, index) => (line.match(UNUSED) ?? []).map((word) => `${index + 1}: ${word}`));
}

async function filesOf(place: string): Promise<string[]> {
  if (extname(place) !== '') return [place];
  const entries = await readdir(join(ROOT, place), { recursive: true });
  return entries.map((entry) => join(place, entry)).filter((file) => TEXTS.has(extname(file)));
}

describe('text for people', () => {
  it.each(PLACES)('contains none of the words that this project avoids: %s', async (place) => {
    const files = await filesOf(place);
    expect(files).not.toEqual([]);
    const found = await Promise.all(
      files.map(async (file) =>
        wordsIn(await readFile(join(ROOT, file), 'utf8')).map((word) => `${file}:${word}`),
      ),
    );
    expect(found.flat(), `use instead: ${JSON.stringify(INSTEAD)}`).toEqual([]);
  });
});

describe('the words', () => {
  it.each(Object.keys(INSTEAD))('are found in a sentence: %s', (word) => {
    expect(wordsIn(`First line.\n${word[0]?.toUpperCase()}${word.slice(1)} it.`)).toHaveLength(1);
    expect(wordsIn(`// a comment with ${word}, in a line`)).toHaveLength(1);
  });

  it.each(['softened', 'mending', 'heeds', 'lets through'])('are found in another form: %s', (word) => {
    expect(wordsIn(`a finding that it ${word}`)).toHaveLength(1);
  });

  it.each([
    'recommend',
    'amended',
    'heedless',
    'unsoftened',
    'letter throughput',
  ])('are not found in other words: %s', (word) => {
    expect(wordsIn(word)).toEqual([]);
  });
});
