/** The metadata files of the actions, as the GitHub Marketplace and the runner require them. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

const root = join(import.meta.dirname, '..');
const FILES = ['action.yml', 'verify/action.yml', 'audit/action.yml'];
const read = (file: string) => parse(readFileSync(join(root, file), 'utf8')) as Record<string, unknown>;

// Source: GitHub Docs, "Metadata syntax reference", branding. The icons are a part of those of Feather 4.28.
const COLORS = ['white', 'black', 'yellow', 'blue', 'green', 'orange', 'red', 'purple', 'gray-dark'];
const ICONS = ['shield', 'check-circle', 'search'];

describe.each(FILES)('%s', (file) => {
  const metadata = read(file);

  it('has what the Marketplace shows', () => {
    const { name, description, author, branding } = metadata as Record<string, string> & {
      branding: { icon: string; color: string };
    };
    expect(name).toMatch(/^ECR Deployment Gate\b/);
    expect(author).toMatch(/\S/);
    expect(description).toMatch(/^[A-Z].*\.$/);
    // Short enough for the form with which an action is published.
    expect((description ?? '').length).toBeLessThanOrEqual(125);
    expect(COLORS).toContain(branding.color);
    expect(ICONS).toContain(branding.icon);
  });

  it('starts a file of the repository with Node.js 24', () => {
    const { using, main } = metadata.runs as { using: string; main: string };
    expect(using).toBe('node24');
    expect(existsSync(join(root, file, '..', main)), main).toBe(true);
  });
});

it('have different names', () => {
  expect(new Set(FILES.map((file) => read(file).name)).size).toBe(FILES.length);
});

it('OWNER is explained in README.md', () => {
  const text = readFileSync(join(root, 'README.md'), 'utf8');
  expect(text.match(/`OWNER` stands for/g)).toHaveLength(1);
});
