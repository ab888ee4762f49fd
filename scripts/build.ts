/**
 * Builds dist/: TypeScript's compiler emits JavaScript to lib/, and Rolldown bundles it. Nothing is minified, so that dist/ can
 * be read; what is never used is left out. The result depends only on the sources and the lock file, so CI compares it byte for
 * byte.
 */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { type CodeSplittingGroup, type OutputChunk, type Plugin, type RolldownOutput, rolldown } from 'rolldown';

const root = join(import.meta.dirname, '..');
const out = process.argv[2] ?? join(root, 'dist');

const lib = (file: string) => join(root, 'lib', file);

/**
 * Loads the modules of Node.js with `process.getBuiltinModule`. An `import` reads all their exports, and with them what
 * Node.js loads only when it is used: of `node:http` an HTTP client that takes as long to load as the SDK.
 */
const builtins: Plugin = {
  name: 'builtins',
  resolveId: (id) => (isBuiltin(id) ? { id: nodeModule(id), external: true, moduleSideEffects: false } : null),
  renderChunk: (code) => {
    const changed = code
      .replaceAll(
        /^import (?:\* as )?(?<name>[\w$]+)?(?:, )?(?:\{(?<members>[^}]*)\})? ?from "(?<id>node:[^"]+)";$/gm,
        (...match) => {
          const { name, members, id = '' } = match.at(-1) as Record<string, string | undefined>;
          const found = `process.getBuiltinModule("${id}")`;
          return [
            ...(name === undefined ? [] : [`const ${name} = ${found};`]),
            ...(members === undefined
              ? []
              : [`const {${members.replaceAll(' as ', ': ')}} = ${name ?? found};`]),
          ].join('\n');
        },
      )
      // The path of a module, as a comment before it, depends on where node_modules is.
      .replaceAll(/^\/\/ .*?node_modules\//gm, '// node_modules/')
      .replaceAll(/\bimport\("(node:[^"]+)"\)/g, 'Promise.resolve(process.getBuiltinModule("$1"))');
    const left = /^(?:import|export) .*"node:.*/m.exec(changed);
    if (left !== null) throw new Error(`the build cannot change this import: ${left[0]}`);
    return changed;
  },
};

function nodeModule(id: string): string {
  return id.startsWith('node:') ? id : `node:${id}`;
}

/** What can be asked about the modules of a build. */
interface Modules {
  getModuleInfo(id: string): { readonly importedIds: readonly string[] } | null;
}

/** A file with everything that it imports, at any depth; not what it loads later. */
function importedBy(entry: string, modules: Modules): ReadonlySet<string> {
  const found = new Set<string>();
  const open = [entry];
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (found.has(file)) continue;
    found.add(file);
    open.push(...(modules.getModuleInfo(file)?.importedIds ?? []));
  }
  return found;
}

/**
 * Which modules are in one file, because each further file takes time to load: `main.js` has those that every action needs and
 * those that the gate shares with another action, which are loaded before the first request; `judge.js` those that are
 * loaded while its answer is under way.
 */
function groups(): CodeSplittingGroup[] {
  const found = new Map<string, ReadonlySet<string>>();
  const importing = (file: string, id: string, modules: Modules) => {
    const imported = found.get(file) ?? importedBy(lib(file), modules);
    found.set(file, imported);
    return imported.has(id);
  };
  const group = (name: string, priority: number, isIn: (imports: (file: string) => boolean) => boolean) => ({
    debugName: name,
    name: (id: string, modules: Modules) => (isIn((file) => importing(file, id, modules)) ? name : null),
    priority,
  });
  return [
    group(
      'main',
      2,
      (isImportedBy) =>
        isImportedBy('main.js') ||
        (isImportedBy('modes/gate.js') && (isImportedBy('modes/verify.js') || isImportedBy('modes/audit.js'))),
    ),
    group('judge', 1, (isImportedBy) => isImportedBy('modes/judge.js') || isImportedBy('scan/first.js')),
  ];
}

/** The name of a package in the path of a module. */
function packageOf(id: string): string | undefined {
  return /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(id)?.[1];
}

async function bundle(input: Readonly<Record<string, string>>, directory: string): Promise<RolldownOutput> {
  const build = await rolldown({
    input,
    platform: 'node',
    plugins: [builtins],
    // The SDK has each package in two forms. Only of ES modules can the unused parts be left out.
    resolve: { mainFields: ['module', 'main'], conditionNames: ['module', 'import', 'node', 'default'] },
    preserveEntrySignatures: false,
    onLog: (level, log) => {
      // Some modules are loaded on demand by one file and imported by another.
      if (level === 'warn' && log.code !== 'INEFFECTIVE_DYNAMIC_IMPORT') throw new Error(log.message);
    },
  });
  const result = await build.write({
    dir: directory,
    format: 'esm',
    minifyInternalExports: false,
    entryFileNames: '[name].js',
    chunkFileNames: ({ name }) => (name === 'main' ? 'main.js' : 'chunks/[name].js'),
    codeSplitting: {
      groups: groups(),
    },
  });
  await build.close();
  return result;
}

/** The licenses of the packages of which code is in the bundles. */
function licenses(chunks: readonly OutputChunk[]): string {
  const packages = new Map<string, string>();
  for (const { modules } of chunks) {
    for (const [id, { renderedLength }] of Object.entries(modules)) {
      const name = packageOf(id);
      if (renderedLength > 0 && name !== undefined)
        packages.set(name, id.slice(0, id.lastIndexOf(`/node_modules/${name}/`) + `/node_modules/${name}`.length));
    }
  }
  return [...packages]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, directory]) => {
      const { license } = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8')) as { license?: string };
      if (license === undefined) throw new Error(`${name} has no license`);
      const texts = readdirSync(directory)
        .filter((file) => /^(licen[cs]e|notice)/i.test(file))
        .sort()
        .map((file) => readFileSync(join(directory, file), 'utf8').trimEnd());
      return [name, license, ...texts, ''].join('\n');
    })
    .join('\n');
}

for (const directory of [join(root, 'lib'), out]) rmSync(directory, { recursive: true, force: true });
execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', 'tsconfig.build.json'], {
  cwd: root,
  stdio: 'inherit',
});
// Each action has its own entry and shares all other files.
const actions = await bundle(
  { index: lib('index.js'), verify: lib('verify.js'), audit: lib('audit.js') },
  out,
);
// The thread of the watchdog is started from a separate file, which needs no others.
await bundle({ index: lib('watchdog/thread.js') }, join(out, 'watchdog'));
writeFileSync(join(out, 'package.json'), '{ "type": "module" }\n');
writeFileSync(
  join(out, 'licenses.txt'),
  licenses(actions.output.filter((file) => file.type === 'chunk')),
);
