/** Which room may import which. docs/architecture.md draws this table; a new arrow is added here and there. */
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative } from 'node:path';
import { describe, expect, it } from 'vitest';

const source = join(import.meta.dirname, '../src');

/** Files in src/ itself that everything may import: errors, time, texts, files. They import only each other. */
const BASE = [
  'action.ts',
  'context.ts',
  'deadline.ts',
  'errors.ts',
  'files.ts',
  'json.ts',
  'memory.ts',
  'proxy.ts',
  'text.ts',
  'time.ts',
  'version.ts',
];

/** Each room with the rooms that it may import, from the lowest to the highest. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  results: [],
  aws: ['results'],
  versions: ['results'],
  watchdog: ['github'],
  github: ['results'],
  image: ['aws', 'results'],
  policy: ['image', 'results', 'versions'],
  scan: ['aws', 'image', 'results'],
  signing: ['aws', 'image', 'results', 'watchdog'],
  remedies: ['results', 'versions'],
  'audit/access': [],
  'audit/lifecycle': [],
  audit: ['audit/access', 'audit/lifecycle', 'image', 'policy', 'scan'],
  'audit/facts': ['audit', 'audit/access', 'audit/lifecycle', 'aws', 'image', 'policy', 'results'],
  'audit/checks': ['audit', 'audit/access', 'audit/lifecycle'],
  // What puts the checks to work; the checks themselves stand between these two and the rest of their room.
  'audit/run.ts': ['audit', 'audit/checks'],
  'audit/audit.ts': ['audit', 'audit/access', 'audit/checks', 'audit/run.ts'],
  inputs: ['audit', 'audit/facts', 'image', 'policy', 'results', 'signing'],
  'results/modes': ['audit', 'results', 'signing'],
  report: ['results'],
  'report/kit': ['results', 'results/modes'],
  'report/findings': ['remedies', 'report', 'report/kit', 'results', 'results/modes'],
  'report/gate': ['report', 'report/findings', 'report/kit', 'results/modes'],
  'report/verify': ['report', 'report/findings', 'report/kit', 'results', 'results/modes', 'signing'],
  'report/audit': ['audit', 'audit/access', 'report', 'report/kit', 'results', 'results/modes'],
  publish: ['github', 'report', 'results/modes', 'watchdog'],
  modes: [
    'audit',
    'audit/access',
    'audit/audit.ts',
    'audit/checks',
    'audit/facts',
    'aws',
    'github',
    'image',
    'inputs',
    'policy',
    'publish',
    'remedies',
    'report/audit',
    'report/gate',
    'report/verify',
    'results',
    'results/modes',
    'scan',
    'signing',
    'versions',
  ],
  'main.ts': ['github', 'inputs', 'modes', 'publish', 'report/kit', 'results/modes', 'watchdog'],
  'index.ts': ['main.ts'],
  'verify.ts': ['main.ts'],
  'audit.ts': ['main.ts'],
};

/** Imports of types alone that a file below makes of a room above: they cost nothing when the program runs. */
const TYPES: Readonly<Record<string, readonly string[]>> = { 'context.ts': ['aws'] };

function roomOf(file: string): string {
  const directory = posix.dirname(file);
  if (directory === '.' || file in ALLOWED) return file;
  const known = Object.keys(ALLOWED).filter((room) => directory === room || directory.startsWith(`${room}/`));
  const [room] = known.sort((a, b) => b.length - a.length);
  if (room === undefined) throw new Error(`no room is named for ${file}`);
  return room;
}

/** Modules of Node.js that do nothing but compute. */
const PURE_MODULES: ReadonlySet<string> = new Set(['node:crypto', 'node:util', 'node:zlib']);

interface Import {
  readonly file: string;
  readonly target: string;
}

function importsOf(file: string): Import[] {
  const text = readFileSync(join(source, file), 'utf8');
  return [...text.matchAll(/(?:from|import\()\s*'(\.[^']+)'/g)].map(([, path = '']) => ({
    file,
    target: relative(source, join(source, dirname(file), path)),
  }));
}

const files = globSync('**/*.ts', { cwd: source });
const imports = files.flatMap(importsOf);

/** What a room of the audit, and of its report, takes of packages. */
function packagesOf(file: string): string[] {
  const text = readFileSync(join(source, file), 'utf8');
  return [...text.matchAll(/(?:from|import\()\s*'([^.'][^']*)'/g)].map(([, name = '']) => name);
}

describe('the rooms of the audit', () => {
  const ofAudit = files.filter((file) => /^(report\/)?audit\//.test(file));

  it('leave AWS to the facts', () => {
    const callers = ofAudit.filter((file) => packagesOf(file).some((name) => name.startsWith('@aws-sdk/')));
    expect(callers.length).toBeGreaterThan(5);
    expect(callers.filter((file) => !file.startsWith('audit/facts/'))).toEqual([]);
  });

  it('judge and report by what they are given: no clock, no file, no network', () => {
    const pure = ofAudit.filter((file) => !file.startsWith('audit/facts/'));
    const impure = pure.flatMap((file) => {
      const builtIn = packagesOf(file).filter((name) => name.startsWith('node:'));
      const forbidden = builtIn.filter((name) => !PURE_MODULES.has(name));
      const text = readFileSync(join(source, file), 'utf8');
      const clock = /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bprocess\./.exec(text) ?? [];
      return [...forbidden, ...clock].map((what) => `${file}: ${what}`);
    });
    expect(impure).toEqual([]);
  });
});

describe('the rooms of src/', () => {
  it('are all named here', () => {
    expect(new Set([...files.map(roomOf)].filter((room) => !BASE.includes(room)))).toEqual(
      new Set(Object.keys(ALLOWED)),
    );
  });

  it('import only what stands below them', () => {
    const forbidden = imports.filter(({ file, target }) => {
      const [from, to] = [roomOf(file), roomOf(target)];
      if (from === to || BASE.includes(to)) return false;
      return !(BASE.includes(from) ? TYPES[from] : ALLOWED[from])?.includes(to);
    });
    expect(forbidden.map(({ file, target }) => `${file} imports ${target}`)).toEqual([]);
  });

  it('are imported by every room that may', () => {
    const made = new Set(imports.map(({ file, target }) => `${roomOf(file)} ${roomOf(target)}`));
    const unused = Object.entries(ALLOWED).flatMap(([from, rooms]) =>
      rooms.map((to) => `${from} ${to}`).filter((arrow) => !made.has(arrow)),
    );
    expect(unused).toEqual([]);
  });

  it.each(['main.ts', 'modes/gate.ts', 'modes/verify.ts'])('load nothing of the audit with %s', (entry) => {
    const loaded = new Set([entry]);
    for (const file of loaded) {
      const text = readFileSync(join(source, file), 'utf8');
      for (const [, path = ''] of text.matchAll(/^(?:import|export) (?!type)[^;]*?from '(\.[^']+)'/gm)) {
        loaded.add(relative(source, join(source, dirname(file), path)));
      }
    }
    expect(loaded.size).toBeGreaterThan(5);
    expect([...loaded].filter((file) => /(^|\/)audit(\/|\.ts$)/.test(file))).toEqual([]);
  });

  it('have no two that import each other, on whatever way', () => {
    const reached = (from: string, seen = new Set<string>()): Set<string> => {
      for (const to of ALLOWED[from] ?? []) {
        if (seen.has(to)) continue;
        seen.add(to);
        reached(to, seen);
      }
      return seen;
    };
    expect(Object.keys(ALLOWED).filter((room) => reached(room).has(room))).toEqual([]);
  });

  it('take types alone from above, where they do', () => {
    for (const [file, rooms] of Object.entries(TYPES)) {
      const text = readFileSync(join(source, file), 'utf8');
      for (const room of rooms) expect(text).not.toMatch(new RegExp(`^import (?!type).*'\\./${room}/`, 'm'));
    }
  });
});
