/**
 * Checks a release: `check VERSION` fails unless the files of the repository have that version,
 * and `notes VERSION` prints the section of CHANGELOG.md about it.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const SEMVER = /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)$/;

/** The files of a release, as text. */
export interface ReleaseFiles {
  readonly changelog: string;
  readonly packageJson: string;
  readonly packageLock: string;
  /** src/version.ts. */
  readonly source: string;
}

/**
 * The section of the change log about a version, without its heading.
 * @throws Error where there is none, more than one, or nothing in it
 */
export function releaseNotes(changelog: string, version: string): string {
  const sections = changelog.split(/^## /m).slice(1);
  const own = sections.filter((section) => /^\S+/.exec(section)?.[0] === version);
  if (own.length !== 1) {
    throw new Error(
      `CHANGELOG.md has ${own.length} sections "## ${version}". Add one section that describes the release.`,
    );
  }
  const notes = own.join('').split('\n').slice(1).join('\n').trim();
  if (notes === '')
    throw new Error(`The section "## ${version}" of CHANGELOG.md is empty. Describe the release.`);
  return notes;
}

/**
 * Fails unless every file names this version.
 * @throws Error with each file that names another
 */
export function checkRelease(files: ReleaseFiles, version: string): void {
  if (!SEMVER.test(version)) {
    throw new Error(`"${version}" is not a version. Use MAJOR.MINOR.PATCH without a "v", such as 1.2.3.`);
  }
  const lock = JSON.parse(files.packageLock) as {
    version?: unknown;
    packages?: Record<string, { version?: unknown }>;
  };
  const named: [string, unknown][] = [
    ['package.json', (JSON.parse(files.packageJson) as { version?: unknown }).version],
    ['package-lock.json', lock.version],
    ['package-lock.json, packages', lock.packages?.['']?.version],
    ['src/version.ts', /^export const VERSION = '([^']*)';$/m.exec(files.source)?.[1]],
  ];
  const others = named.filter(([, value]) => value !== version).map(([file, value]) => `${file}: ${value}`);
  if (others.length > 0) {
    throw new Error(`The release is ${version}, but these files name another version: ${others.join(', ')}.`);
  }
  releaseNotes(files.changelog, version);
}

function main([command, version = '']: string[]): void {
  const read = (name: string) => readFileSync(join(import.meta.dirname, '..', name), 'utf8');
  const files = {
    changelog: read('CHANGELOG.md'),
    packageJson: read('package.json'),
    packageLock: read('package-lock.json'),
    source: read('src/version.ts'),
  };
  if (command === 'check') {
    checkRelease(files, version);
  } else if (command === 'notes') {
    console.log(releaseNotes(files.changelog, version));
  } else {
    throw new Error('Usage: node scripts/release.ts check|notes VERSION');
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    main(process.argv.slice(2));
  } catch (error) {
    console.error((error as Error).message);
    process.exit(1);
  }
}
