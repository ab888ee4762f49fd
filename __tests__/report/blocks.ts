import { expect } from 'vitest';

const TAGS = 'h2 h3 p table tr th td code br details summary ul li b blockquote a'.split(' ');
const LINK =
  /^<a href="https:\/\/(nvd\.nist\.gov\/vuln\/detail\/CVE-[\d-]+|github\.com\/advisories\/GHSA[\w-]+|github\.example\/[\w/-]+)">$/;
const BLOCK_START = /^<(h2|h3|p|table|details|ul|blockquote)[ >]/;

/**
 * Checks that text is made of our own HTML blocks, rightly nested, one after the other with blank lines between:
 * GitHub then takes nothing in them for Markdown.
 */
export function expectBlocks(text: string): void {
  const open: string[] = [];
  for (const [tag] of text.matchAll(/<[^>]*>?/g)) {
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
}
