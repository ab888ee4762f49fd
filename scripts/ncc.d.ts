/** The part of ncc's API that the build uses. Source: the package's readme.md, and its index.js. */
declare module '@vercel/ncc' {
  export interface Options {
    /** The name of the file that is built of the entry. */
    readonly filename: string;
    /** Whether ES modules are built. */
    readonly esm: boolean;
    /** The fields of package.json in which the main file of a package is found, best first. */
    readonly mainFields: readonly string[];
    /** Whether results of earlier builds are used. */
    readonly cache: boolean;
    readonly quiet: boolean;
  }

  export interface Module {
    /** The file; absent for what webpack makes. */
    readonly nameForCondition?: string | null;
    /** The modules that were joined to this one. */
    readonly modules?: readonly Module[];
  }

  export interface Output {
    readonly code: string;
    /** The other files, by name. */
    readonly assets: Readonly<Record<string, { readonly source: string | Uint8Array }>>;
    /** The statistics of webpack. */
    readonly stats: {
      toJson(options: Readonly<Record<string, boolean | number>>): { readonly modules: readonly Module[] };
    };
  }

  export default function ncc(entry: string, options: Options): Promise<Output>;
}
