import { expect } from 'vitest';

const TAGS = 'h2 h3 p pre table tr th td code br details summary ul li b blockquote a'.split(' ');
// Where our own links lead: advisories, the AWS console, and the run that a comment is about.
const ADDRESSES = [
  String.raw`nvd\.nist\.gov/vuln/detail/CVE-[\d-]+`,
  String.raw`github\.com/advisories/GHSA[\w-]+`,
  String.raw`security-tracker\.debian\.org/tracker/CVE-[\d-]+`,
  String.raw`[a-z0-9-]+\.console\.aws\.amazon\.com/(ecr|inspector)/[\w/?=&;:#.-]+`,
  String.raw`github\.example/[\w/-]+`,
  // Of the checks of an audit.
  String.raw`docs\.(aws\.amazon|github)\.com/[\w/.#-]+`,
];
const LINK = new RegExp(`^<a href="https://(${ADDRESSES.join('|')})">$`);
// Those of our tags that say more than a name.
const OURS = new Map([
  ['<details open>', '<details>'],
  ['<td nowrap>', '<td>'],
]);
const BLOCK_START = /^<(h2|h3|p|table|details|ul|blockquote)[ >]/;

/**
 * Checks that text is made of our own HTML blocks, rightly nested, one after the other with blank lines between:
 * GitHub then takes nothing in them for Markdown.
 * @returns the tags, in their order
 */
export function expectBlocks(text: string): string[] {
  const open: string[] = [];
  const tags: string[] = [];
  // Collected, since there are many: an assertion for each would take longer than the rest.
  const wrong: string[] = [];
  for (const [tag] of text.matchAll(/<[^>]*>?/g)) {
    tags.push(tag);
    const [, closing = '', name = ''] = /^<(\/?)([a-z0-9]+)>$/.exec(OURS.get(tag) ?? tag) ?? [];
    if (name === '' && !LINK.test(tag)) wrong.push(tag);
    const known = name || 'a';
    if (!TAGS.includes(known)) wrong.push(tag);
    if (closing !== '') {
      const last = open.pop();
      if (last !== known) wrong.push(`${tag} after <${last}>`);
    } else if (known !== 'br') open.push(known);
  }
  expect({ wrong, open }).toEqual({ wrong: [], open: [] });
  expect(text.replace(/<[^>]*>/g, '')).not.toMatch(/[<>]/);
  const blocks = text.trimEnd().split('\n\n');
  expect(blocks.filter((block) => !BLOCK_START.test(block) || /^\s*$/m.test(block))).toEqual([]);
  return tags;
}
