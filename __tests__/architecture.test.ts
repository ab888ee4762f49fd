/** Which module may import which. docs/architecture.md draws this table; add a new dependency to both. */
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative } from 'node:path';
import { describe, expect, it } from 'vitest';

const source = join(import.meta.dirname, '../src');

/** Files in src/ itself that every module may import: errors, time, texts, files. They import only each other. */
const BASE = [
  'action.ts',
  'context.ts',
  'deadline.ts',
  'errors.ts',
  'files.ts',
  'json.ts',
  'memory.ts',
  'proxy.ts',
  'requests.ts',
  'text.ts',
  'time.ts',
  'version.ts',
];

/** Each module with the modules that it may import, from the lowest to the highest. */
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
  // These two run the checks. The checks are above the rest of audit/ and below these two files.
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

/** Files that may import types, and nothing else, from a module above them: such an import does not exist at run time. */
const TYPES: Readonly<Record<string, readonly string[]>> = { 'context.ts': ['aws'] };

function moduleOf(file: string): string {
  const directory = posix.dirname(file);
  if (directory === '.' || file in ALLOWED) return file;
  const known = Object.keys(ALLOWED).filter(
    (module) => directory === module || directory.startsWith(`${module}/`),
  );
  const [module] = known.sort((a, b) => b.length - a.length);
  if (module === undefined) throw new Error(`no module is listed for ${file}`);
  return module;
}

/** Modules of Node.js that only compute. */
const PURE_MODULES: ReadonlySet<string> = new Set(['node:crypto', 'node:util', 'node:zlib']);

interface Import {
  readonly file: string;
  readonly target: string;
}

/** `from '…'`, `import '…'` and `import('…')`, with or without a comment for the bundler. */
const SPECIFIERS = /\b(?:from|import)\s*\(?\s*(?:\/\*.*?\*\/\s*)?'([^']+)'/g;

function specifiersIn(text: string): string[] {
  return [...text.matchAll(SPECIFIERS)].map(([, specifier = '']) => specifier);
}

function specifiersOf(file: string): string[] {
  return specifiersIn(readFileSync(join(source, file), 'utf8'));
}

function importsOf(file: string): Import[] {
  return specifiersOf(file)
    .filter((specifier) => specifier.startsWith('.'))
    .map((path) => ({ file, target: relative(source, join(source, dirname(file), path)) }));
}

const files = globSync('**/*.ts', { cwd: source });
const imports = files.flatMap(importsOf);

function packagesOf(file: string): string[] {
  return specifiersOf(file).filter((specifier) => !specifier.startsWith('.'));
}

describe('an import', () => {
  it.each([
    "import { a } from './a.ts';",
    "import type { A } from './a.ts';",
    "import './a.ts';",
    "export * from './a.ts';",
    "await import('./a.ts');",
    'await import(/* webpackMode: "eager" */ \'./a.ts\');',
  ])('is found in: %s', (line) => {
    expect(specifiersIn(line)).toEqual(['./a.ts']);
  });
});

describe('the modules of the audit', () => {
  const ofAudit = files.filter((file) => /^(report\/)?audit\//.test(file));

  it('call AWS only in facts/', () => {
    const callers = ofAudit.filter((file) => packagesOf(file).some((name) => name.startsWith('@aws-sdk/')));
    expect(callers.length).toBeGreaterThan(5);
    expect(callers.filter((file) => !file.startsWith('audit/facts/'))).toEqual([]);
  });

  it('judge and report without a clock, files and the network', () => {
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

describe('the modules of src/', () => {
  it('are all listed here', () => {
    expect(new Set([...files.map(moduleOf)].filter((module) => !BASE.includes(module)))).toEqual(
      new Set(Object.keys(ALLOWED)),
    );
  });

  it('import only modules below them', () => {
    const forbidden = imports.filter(({ file, target }) => {
      const [from, to] = [moduleOf(file), moduleOf(target)];
      if (from === to || BASE.includes(to)) return false;
      return !(BASE.includes(from) ? TYPES[from] : ALLOWED[from])?.includes(to);
    });
    expect(forbidden.map(({ file, target }) => `${file} imports ${target}`)).toEqual([]);
  });

  it('import every module that they may import', () => {
    const made = new Set(imports.map(({ file, target }) => `${moduleOf(file)} ${moduleOf(target)}`));
    const unused = Object.entries(ALLOWED).flatMap(([from, modules]) =>
      modules.map((to) => `${from} ${to}`).filter((arrow) => !made.has(arrow)),
    );
    expect(unused).toEqual([]);
  });

  it.each(['main.ts', 'modes/gate.ts', 'modes/verify.ts'])('do not load the audit with %s', (entry) => {
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

  it('do not import each other in a circle', () => {
    const reached = (from: string, seen = new Set<string>()): Set<string> => {
      for (const to of ALLOWED[from] ?? []) {
        if (seen.has(to)) continue;
        seen.add(to);
        reached(to, seen);
      }
      return seen;
    };
    expect(Object.keys(ALLOWED).filter((module) => reached(module).has(module))).toEqual([]);
  });

  it('import only types from above, if at all', () => {
    for (const [file, modules] of Object.entries(TYPES)) {
      const text = readFileSync(join(source, file), 'utf8');
      for (const module of modules)
        expect(text).not.toMatch(new RegExp(`^import (?!type).*'\\./${module}/`, 'm'));
    }
  });
});
