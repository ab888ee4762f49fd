import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkRelease, type ReleaseFiles, releaseNotes } from '../../scripts/release.ts';

const read = (name: string) => readFileSync(join(import.meta.dirname, '../..', name), 'utf8');

const FILES: ReleaseFiles = {
  changelog: '# Changelog\n\n## 1.2.3\n\n- One change\n\n## 1.2.2\n\n- Another\n',
  packageJson: '{"version":"1.2.3"}',
  packageLock: '{"version":"1.2.3","packages":{"":{"version":"1.2.3"}}}',
  source: "/** … */\nexport const VERSION = '1.2.3';\n",
};

describe('releaseNotes', () => {
  it('has the section of the version alone', () => {
    expect(releaseNotes(FILES.changelog, '1.2.3')).toBe('- One change');
    expect(releaseNotes(FILES.changelog, '1.2.2')).toBe('- Another');
  });

  it.each([
    ['a version without a section', FILES.changelog, '1.2.4', /has 0 sections/],
    ['the beginning of a version', FILES.changelog, '1.2', /has 0 sections/],
    ['two sections', `${FILES.changelog}\n## 1.2.3\n\n- Again\n`, '1.2.3', /has 2 sections/],
    ['an empty section', '## 1.2.3\n\n## 1.2.2\n\n- Another\n', '1.2.3', /is empty/],
  ])('refuses %s', (_, changelog, version, message) => {
    expect(() => releaseNotes(changelog, version)).toThrow(message);
  });
});

describe('checkRelease', () => {
  it('accepts a repository whose files all name the version', () => {
    expect(() => checkRelease(FILES, '1.2.3')).not.toThrow();
  });

  it('accepts the version that this repository names', () => {
    const files = {
      changelog: read('CHANGELOG.md'),
      packageJson: read('package.json'),
      packageLock: read('package-lock.json'),
      source: read('src/version.ts'),
    };
    expect(() => checkRelease(files, JSON.parse(files.packageJson).version)).not.toThrow();
  });

  it.each<[string, Partial<ReleaseFiles>, RegExp]>([
    ['package.json', { packageJson: '{"version":"1.2.2"}' }, /package\.json: 1\.2\.2/],
    [
      'package-lock.json',
      { packageLock: '{"version":"1.2.2","packages":{"":{"version":"1.2.3"}}}' },
      /package-lock\.json: 1\.2\.2/,
    ],
    [
      'the root package of package-lock.json',
      { packageLock: '{"version":"1.2.3","packages":{}}' },
      /packages: undefined/,
    ],
    ['src/version.ts', { source: "export const VERSION = '1.2.30';\n" }, /version\.ts: 1\.2\.30/],
    ['CHANGELOG.md', { changelog: '## 1.2.2\n\n- Another\n' }, /has 0 sections/],
  ])('refuses another version in %s', (_, other, message) => {
    expect(() => checkRelease({ ...FILES, ...other }, '1.2.3')).toThrow(message);
  });

  it.each([
    'v1.2.3',
    '1.2',
    '1.2.3-rc.1',
    '01.2.3',
    '',
    '1.2.3\n',
  ])('refuses "%s" as a version', (version) => {
    expect(() => checkRelease(FILES, version)).toThrow(/is not a version/);
  });
});
