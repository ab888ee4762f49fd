/**
 * Writes the names of the attributes of the AWS provider that examples/iac/terraform uses, from the types of the npm package
 * below: `terraform validate` needs the provider itself, which is a program of several hundred megabytes. `--check` writes
 * nothing and fails if the file differs.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { resourceTypes } from './hcl.ts';

/** Types of the provider hashicorp/aws 6.25.0. The package has 37 MB, so it is no dependency. */
const PACKAGE = '@cdktf/provider-aws@21.22.1';

/** The attributes and blocks of a resource or of a block. */
export interface Block {
  readonly required: readonly string[];
  readonly optional: readonly string[];
  readonly blocks: Readonly<Record<string, Block>>;
}

/** What a resource or data source takes, and the attributes that expressions can read. */
export interface ResourceType extends Block {
  readonly exports: readonly string[];
}

export interface AttributeTable {
  readonly source: string;
  /** By type, such as aws_ecr_repository or data.aws_region. */
  readonly types: Readonly<Record<string, ResourceType>>;
}

const root = join(import.meta.dirname, '..');
const FILE = join(root, '__tests__', 'iac', 'aws-provider.json');
const MODULE = join(root, 'examples', 'iac', 'terraform', 'main.tf');

/** The folder of a type in the package. */
function folder(type: string): string {
  return type
    .replace(/^data\.aws_/, 'data-aws-')
    .replace(/^aws_/, '')
    .replaceAll('_', '-');
}

/**
 * Reads what a declaration file of the package says of a type.
 * @throws Error if it has no such declarations
 */
export function readDeclarations(text: string, type: string): ResourceType {
  const interfaces = new Map(
    [...text.matchAll(/^export interface (\w+)[^{]*\{\n(.*?)^\}/gms)].map(([, name = '', body = '']) => [
      name,
      body,
    ]),
  );
  const block = (name: string): Block => {
    const required: string[] = [];
    const optional: string[] = [];
    const blocks: Record<string, Block> = {};
    // The link in the comment of each member has the name that HCL uses.
    const members = (interfaces.get(name) ?? '').matchAll(
      /\{@link \S+#(\w+) [^}]*\}(?:(?!@link).)*?readonly \w+(\??): (\w*)/gs,
    );
    for (const [, attribute = '', mark, of = ''] of members) {
      (mark === '?' ? optional : required).push(attribute);
      if (interfaces.has(of)) blocks[attribute] = block(of);
    }
    return { required, optional, blocks };
  };
  const [, name, body] =
    /^export declare class (\w+) extends cdktf\.Terraform(?:Resource|DataSource) \{\n(.*?)^\}/ms.exec(text) ??
    [];
  if (name === undefined || body === undefined || !interfaces.has(`${name}Config`))
    throw new Error(`the package has no declarations of ${type}`);
  const exports = [...body.matchAll(/^ +get (\w+)\(/gm)]
    .map(([, getter = '']) => getter)
    .filter((getter) => !getter.endsWith('Input'))
    .map((getter) => getter.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`));
  return { ...block(`${name}Config`), exports };
}

async function generate(): Promise<AttributeTable> {
  const run = promisify(execFile);
  const directory = await mkdtemp(join(tmpdir(), 'terraform-attributes-'));
  try {
    const { stdout } = await run('npm', ['pack', PACKAGE, '--silent', '--pack-destination', directory]);
    const archive = join(directory, stdout.trim());
    const types = resourceTypes(await readFile(MODULE, 'utf8'));
    const paths = types.map((type) => `package/lib/${folder(type)}/index.d.ts`);
    await run('tar', ['-xzf', archive, '-C', directory, ...paths]);
    const entries = await Promise.all(
      types.map(async (type, at) => {
        const text = await readFile(join(directory, paths[at] ?? ''), 'utf8');
        return [type, readDeclarations(text, type)] as const;
      }),
    );
    return { source: PACKAGE, types: Object.fromEntries(entries) };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

if (import.meta.main) {
  const text = `${JSON.stringify(await generate(), null, 1)}\n`;
  if (!process.argv.includes('--check')) {
    await writeFile(FILE, text);
  } else if (text !== (await readFile(FILE, 'utf8'))) {
    console.error(`${FILE} is not up to date: run npm run terraform-attributes`);
    process.exitCode = 1;
  }
}
