/** Bundles JavaScript with Rolldown, for Node.js. */
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
export const withoutDynamicImports: Plugin = {
  name: 'without-dynamic-imports',
  resolveId: (id, _, { kind }) => (kind === 'dynamic-import' ? { id, external: true } : null),
};

/** Bundles files, each under its name. */
export async function bundle(
  files: Readonly<Record<string, string>>,
  options: OutputOptions,
  { plugins = [], ...others }: InputOptions = {},
): Promise<RolldownOutput> {
  const build = await rolldown({
    input: files,
    cwd: join(import.meta.dirname, '..'),
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

export function chunksOf({ output }: RolldownOutput): OutputChunk[] {
  return output.filter((file) => file.type === 'chunk');
}
