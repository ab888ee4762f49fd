/** Bundles JavaScript with ncc, for Node.js. */
import ncc, { type Module } from '@vercel/ncc';

export interface Bundle {
  /** The text of each file, by name. */
  readonly files: ReadonlyMap<string, string | Uint8Array>;
  /** The files that it was made of, with absolute paths. */
  readonly sources: readonly string[];
}

/**
 * Bundles a file, and what it imports. It leaves out modules that are not used, and minifies nothing. The `paths` of a
 * tsconfig.json in the current directory apply.
 * @param filename the name of the result
 */
export async function bundle(entry: string, filename: string): Promise<Bundle> {
  const { code, assets, stats } = await ncc(entry, {
    filename,
    esm: true,
    // Packages of the SDK exist in two forms. Only of ES modules can unused parts be left out.
    mainFields: ['module', 'main'],
    cache: false,
    quiet: true,
  });
  const files = new Map<string, string | Uint8Array>([[filename, code]]);
  for (const [name, { source }] of Object.entries(assets)) files.set(name, source);
  const { modules } = stats.toJson({
    all: false,
    modules: true,
    nestedModules: true,
    modulesSpace: Number.POSITIVE_INFINITY,
    nestedModulesSpace: Number.POSITIVE_INFINITY,
  });
  return { files, sources: [...new Set(modules.flatMap(sourcesOf))] };
}

function sourcesOf({ nameForCondition, modules = [] }: Module): string[] {
  return [...(nameForCondition ? [nameForCondition] : []), ...modules.flatMap(sourcesOf)];
}
