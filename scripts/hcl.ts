/** Reads a Terraform file as `terraform fmt` writes it: its blocks, and the expressions of their attributes as text. */

/** A block: `resource "aws_iam_role" "gate" { … }`. */
export interface HclBlock {
  readonly type: string;
  readonly labels: readonly string[];
  readonly attributes: ReadonlyMap<string, string>;
  readonly blocks: readonly HclBlock[];
  /** Of its first line, from 1. */
  readonly line: number;
}

interface Open {
  readonly block: HclBlock;
  readonly attributes: Map<string, string>;
  readonly blocks: HclBlock[];
}

/**
 * The blocks of a file.
 * @throws Error for a line that it does not read, so that nothing is left unchecked
 */
export function parseHcl(text: string): readonly HclBlock[] {
  const lines = text.split('\n');
  const root = open('', [], 0);
  const stack = [root];
  for (let at = 0; at < lines.length; at += 1) {
    const line = (lines[at] ?? '').trim();
    const current = stack.at(-1) ?? root;
    if (line === '' || line.startsWith('#')) continue;
    if (line === '}' && stack.length > 1) {
      stack.pop();
      continue;
    }
    const [, type = '', labels = '', empty] = /^(\w+)((?: "[\w-]+")*) \{(\})?$/.exec(line) ?? [];
    if (type !== '') {
      const opened = open(
        type,
        [...labels.matchAll(/"([\w-]+)"/g)].map(([, label = '']) => label),
        at + 1,
      );
      current.blocks.push(opened.block);
      if (empty === undefined) stack.push(opened);
      continue;
    }
    const [, name, start = ''] = /^(\w+) += (.*)$/.exec(line) ?? [];
    if (name === undefined || start.includes('<<')) throw new Error(`line ${at + 1} cannot be read: ${line}`);
    if (current.attributes.has(name)) throw new Error(`line ${at + 1}: ${name} is there twice`);
    let value = start;
    while (depth(value) > 0) {
      at += 1;
      if (at >= lines.length) throw new Error(`the value of ${name} does not end`);
      value += `\n${lines[at]}`;
    }
    current.attributes.set(name, value);
  }
  if (stack.length > 1) throw new Error(`the block of line ${stack.at(-1)?.block.line} does not end`);
  return root.blocks;
}

function open(type: string, labels: readonly string[], line: number): Open {
  const attributes = new Map<string, string>();
  const blocks: HclBlock[] = [];
  return { block: { type, labels, attributes, blocks, line }, attributes, blocks };
}

/** How many brackets of an expression are not closed; those in texts and comments do not count. */
function depth(expression: string): number {
  const bare = expression.replace(/"(?:[^"\\]|\\.)*"/g, '').replace(/#.*$/gm, '');
  return (bare.match(/[([{]/g)?.length ?? 0) - (bare.match(/[)\]}]/g)?.length ?? 0);
}

/** The types of the resources and data sources of a file, such as aws_ecr_repository and data.aws_region. */
export function resourceTypes(text: string): readonly string[] {
  const types = parseHcl(text).flatMap(({ type, labels: [name = ''] }) =>
    type === 'resource' ? [name] : type === 'data' ? [`data.${name}`] : [],
  );
  return [...new Set(types)].sort();
}
