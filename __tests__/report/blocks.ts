import { expect } from 'vitest';

const TAGS = 'h2 h3 p pre table tr th td code br details summary ul li b blockquote a'.split(' ');
// Where our own links lead: advisories, the AWS console, and the run that a comment is about.
const ADDRESSES = [
  String.raw`nvd\.nist\.gov/vuln/detail/CVE-[\d-]+`,
  String.raw`github\.com/advisories/GHSA[\w-]+`,
  String.raw`security-tracker\.debian\.org/tracker/CVE-[\d-]+`,
  String.raw`[a-z0-9-]+\.console\.aws\.amazon\.com/(ecr|inspector)/[\w/?=&;:#.-]+`,
  String.raw`github\.example/[\w/-]+`,
];
const LINK = new RegExp(`^<a href="https://(${ADDRESSES.join('|')})">$`);
const BLOCK_START = /^<(h2|h3|p|table|details|ul|blockquote)[ >]/;

/**
 * Checks that text is made of our own HTML blocks, rightly nested, one after the other with blank lines between:
 * GitHub then takes nothing in them for Markdown.
 * @returns the tags, in their order
 */
export function expectBlocks(text: string): string[] {
  const open: string[] = [];
  const tags: string[] = [];
  for (const [tag] of text.matchAll(/<[^>]*>?/g)) {
    tags.push(tag);
    const [, closing = '', name = ''] = /^<(\/?)([a-z0-9]+)>$/.exec(tag) ?? [];
    if (name === '' && tag !== '<details open>') expect(tag).toMatch(LINK);
    const known = name || (tag === '<details open>' ? 'details' : 'a');
    expect(TAGS).toContain(known);
    if (closing !== '') expect(open.pop()).toBe(known);
    else if (known !== 'br') open.push(known);
  }
  expect(open).toEqual([]);
  expect(text.replace(/<[^>]*>/g, '')).not.toMatch(/[<>]/);
  for (const block of text.trimEnd().split('\n\n')) {
    expect(block).toMatch(BLOCK_START);
    expect(block.split('\n').filter((part) => part.trim() === '')).toEqual([]);
  }
  return tags;
}
