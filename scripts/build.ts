/**
 * Builds dist/: TypeScript's compiler emits JavaScript to lib/, and Rolldown bundles it. It leaves out what is never used, and
 * minifies nothing, so that dist/ can be read. The result depends only on the sources and the lock file, so CI compares it byte
 * for byte.
 */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import {
  type InputOptions,
  type OutputChunk,
  type OutputOptions,
  type Plugin,
  type RolldownOutput,
  rolldown,
} from 'rolldown';
import { parseAst } from 'rolldown/parseAst';

const root = join(import.meta.dirname, '..');
const out = process.argv[2] ?? join(root, 'dist');

const lib = (file: string) => join(root, 'lib', file);

/**
 * Loads the modules of Node.js with `process.getBuiltinModule`. An `import` of `node:http` would read all that it exports, which
 * includes a second HTTP client (undici) that Node.js otherwise loads on demand, and takes longer than the SDK.
 */
const builtins: Plugin = {
  name: 'builtins',
  resolveId: (id) =>
    isBuiltin(id)
      ? { id: id.startsWith('node:') ? id : `node:${id}`, external: true, moduleSideEffects: false }
      : null,
  renderChunk: (code) => {
    const changed = code
      .replaceAll(
        /^import (?:\* as )?(?<name>[\w$]+)?(?:, )?(?:\{(?<members>[^}]*)\})? ?from "(?<id>node:[^"]+)";$/gm,
        (...match) => builtinBinding(match.at(-1) as BuiltinImport),
      )
      .replaceAll(/\bimport\("(node:[^"]+)"\)/g, 'Promise.resolve(process.getBuiltinModule("$1"))');
    const left = /^(?:import|export) .*"node:.*|\bimport\(.?"node:.*/m.exec(changed);
    if (left !== null) throw new Error(`the build cannot change this import: ${left[0]}`);
    return changed;
  },
};

/** The parts of an `import` statement. */
interface BuiltinImport {
  readonly name?: string;
  readonly members?: string;
  readonly id: string;
}

function builtinBinding({ name, members, id }: BuiltinImport): string {
  const found = `process.getBuiltinModule("${id}")`;
  return [
    ...(name === undefined ? [] : [`const ${name} = ${found};`]),
    ...(members === undefined ? [] : [`const {${members.replaceAll(' as ', ': ')}} = ${name ?? found};`]),
  ].join('\n');
}

/** The functions of the language itself, such as `decodeURIComponent`. */
const languageFunctions: ReadonlySet<unknown> = new Set(
  runInNewContext(
    'Object.getOwnPropertyNames(globalThis).filter((name) => typeof globalThis[name] === "function")',
  ),
);

/**
 * Refuses statements that call a function of the language and do not use its result, as `decodeURIComponent(text);`. Rolldown
 * removes such calls, although they can throw, and then an invalid value would be accepted. It keeps `new RegExp(text);`.
 */
const exceptions: Plugin = {
  name: 'exceptions',
  transform: (code, id) => {
    if (!/\.[cm]?js$/.test(id)) return;
    visit(parseAst(code), ({ type, expression, start, end }) => {
      if (type !== 'ExpressionStatement') return;
      const { type: kind, callee } = expression as Node;
      if (kind === 'CallExpression' && languageFunctions.has((callee as Node).name))
        throw new Error(`${id}: the result of this call has to be used: ${code.slice(start, end)}`);
    });
  },
};

/** A node of a syntax tree. */
interface Node extends Readonly<Record<string, unknown>> {
  readonly type: string;
  readonly start: number;
  readonly end: number;
}

/** Calls back for each node of a syntax tree. */
function visit(tree: unknown, found: (node: Node) => void): void {
  if (typeof tree !== 'object' || tree === null) return;
  if ('type' in tree && typeof tree.type === 'string') found(tree as Node);
  for (const child of Object.values(tree)) visit(child, found);
}

/** Leaves out what a file loads on demand. */
const withoutDynamicImports: Plugin = {
  name: 'without-dynamic-imports',
  resolveId: (id, _, { kind }) => (kind === 'dynamic-import' ? { id, external: true } : null),
};

/** Bundles files, each under its name. */
async function bundle(
  files: Readonly<Record<string, string>>,
  options: OutputOptions,
  { plugins = [], ...others }: InputOptions = {},
): Promise<RolldownOutput> {
  const build = await rolldown({
    input: files,
    cwd: root,
    platform: 'node',
    // Packages of the SDK exist in two forms. Only of ES modules can the unused parts be left out.
    resolve: {
      mainFields: ['module', 'main'],
      conditionNames: ['module', 'import', 'node', 'default'],
      // A worktree whose node_modules is a symbolic link builds the same.
      symlinks: false,
    },
    plugins: [plugins, exceptions, builtins],
    onLog: (level, log) => {
      // One file may load on demand what another one imports.
      if (level === 'warn' && log.code !== 'INEFFECTIVE_DYNAMIC_IMPORT') throw new Error(log.message);
    },
    ...others,
  });
  try {
    return options.dir === undefined ? await build.generate(options) : await build.write(options);
  } finally {
    await build.close();
  }
}

function chunksOf({ output }: RolldownOutput): OutputChunk[] {
  return output.filter((file) => file.type === 'chunk');
}

/** The modules of which code is in chunks. */
function modulesIn(chunks: readonly OutputChunk[]): string[] {
  return chunks.flatMap(({ modules }) =>
    Object.entries(modules).flatMap(([id, { renderedLength }]) => (renderedLength > 0 ? [id] : [])),
  );
}

/**
 * A chunk of its own for all that some files use, except what they load on demand: to load one file takes less time than to
 * load many.
 */
async function groupOf(name: string, priority: number, files: readonly string[]) {
  const named = Object.fromEntries(files.map((file) => [file, lib(file)]));
  const used = new Set(
    modulesIn(chunksOf(await bundle(named, { format: 'esm' }, { plugins: [withoutDynamicImports] }))),
  );
  return { name, priority, test: (id: string) => used.has(id) };
}

/** The name of the package that a module is of, without its scope; undefined for others. */
function packageOf(id = ''): string | undefined {
  return /^.*\/node_modules\/(?:@[^/]+\/)?([^/]+)/.exec(id)?.[1];
}

/** The licenses of the packages of which code is in chunks. */
function licensesOf(chunks: readonly OutputChunk[]): string {
  const directories = new Map<string, string>();
  for (const id of modulesIn(chunks)) {
    const [directory, name] = /^.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(id) ?? [];
    if (directory !== undefined && name !== undefined) directories.set(name, directory);
  }
  return [...directories]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, directory]) => {
      const { license } = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8'));
      if (typeof license !== 'string') throw new Error(`the package ${name} names no license`);
      const texts = readdirSync(directory)
        .filter((file) => /^(licen[cs]e|notice)\b/i.test(file))
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
  {
    dir: out,
    format: 'esm',
    minify: false,
    minifyInternalExports: false,
    entryFileNames: '[name].js',
    // Chunks of packages would have the name of the directory of their entry.
    chunkFileNames: ({ name, moduleIds }) =>
      name === 'main'
        ? 'main.js'
        : `chunks/${(name === 'dist-es' && packageOf(moduleIds.at(-1))) || '[name]'}.js`,
    codeSplitting: {
      groups: [
        // What the gate needs before its first request, and what it loads while the answer is under way.
        await groupOf('main', 2, ['main.js', 'modes/gate.js']),
        await groupOf('judge', 1, [
          'modes/judge.js',
          'scan/first.js',
          'report/gate/report.js',
          'publish/publish.js',
        ]),
      ],
    },
  },
  { preserveEntrySignatures: false },
);
// The thread of the watchdog is started from a file that needs no others.
await bundle({ index: lib('watchdog/thread.js') }, { dir: join(out, 'watchdog'), format: 'esm' });
writeFileSync(join(out, 'package.json'), '{ "type": "module" }\n');
writeFileSync(join(out, 'licenses.txt'), licensesOf(chunksOf(actions)));
