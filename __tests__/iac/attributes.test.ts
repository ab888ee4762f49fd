/**
 * The names of resources, attributes and blocks in the Terraform module, compared with those of the AWS provider. The provider
 * is not at hand in tests: scripts/terraform-attributes.ts takes the names from the types that CDKTF has of it.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type HclBlock, parseHcl, resourceTypes } from '../../scripts/hcl.ts';
import { type AttributeTable, type Block, readDeclarations } from '../../scripts/terraform-attributes.ts';

const directory = join(import.meta.dirname, '../../examples/iac/terraform');
const main = readFileSync(join(directory, 'main.tf'), 'utf8');
const table = JSON.parse(
  readFileSync(join(import.meta.dirname, 'aws-provider.json'), 'utf8'),
) as AttributeTable;

/** What every resource can have: https://developer.hashicorp.com/terraform/language/meta-arguments */
const META = ['count', 'for_each', 'depends_on', 'provider'];

/** A block with the contents of its dynamic blocks in their place. */
function written({ blocks }: HclBlock): readonly (readonly [name: string, block: HclBlock])[] {
  return blocks.flatMap((block): (readonly [string, HclBlock])[] => {
    if (block.type !== 'dynamic') return [[block.type, block]];
    const [content] = block.blocks;
    return content === undefined ? [] : [[block.labels[0] ?? '', content]];
  });
}

function problemsIn(block: HclBlock, type: Block, where: string, meta: readonly string[]): string[] {
  const problems: string[] = [];
  const inner = written(block).filter(([name]) => meta.length === 0 || name !== 'lifecycle');
  const names = [...block.attributes.keys()].filter((name) => !meta.includes(name));
  for (const name of names) {
    if (!type.required.includes(name) && !type.optional.includes(name))
      problems.push(`${where} has no attribute ${name}`);
    else if (Object.hasOwn(type.blocks, name)) problems.push(`${where}: ${name} is a block`);
  }
  for (const [name, one] of inner) {
    const of = type.blocks[name];
    if (of === undefined) problems.push(`${where} has no block ${name}`);
    else problems.push(...problemsIn(one, of, `${where}.${name}`, []));
  }
  const given = [...names, ...inner.map(([name]) => name)];
  for (const name of type.required.filter((one) => !given.includes(one)))
    problems.push(`${where} requires ${name}`);
  return problems;
}

/** What is wrong with the names in a module. */
function problemsOf(text: string): readonly string[] {
  const problems: string[] = [];
  const declared = new Map<string, string>();
  for (const block of parseHcl(text)) {
    if (block.type !== 'resource' && block.type !== 'data') continue;
    const [label = '', name = ''] = block.labels;
    const kind = block.type === 'data' ? `data.${label}` : label;
    declared.set(`${kind}.${name}`, kind);
    const type = table.types[kind];
    if (type === undefined) problems.push(`the provider has no ${kind}`);
    else problems.push(...problemsIn(block, type, kind, META));
  }
  const exported = (kind: string, attribute: string) =>
    table.types[kind]?.exports.includes(attribute) ?? false;
  const reference = /(?<![\w.])((?:data\.)?aws_\w+)\.(\w+)(?:\[[^\]]*\])?(?:\.(\w+))?/g;
  for (const [, kind = '', name = '', attribute] of text.replace(/^ *#.*$/gm, '').matchAll(reference)) {
    if (!declared.has(`${kind}.${name}`)) problems.push(`there is no ${kind}.${name}`);
    else if (attribute !== undefined && !exported(kind, attribute))
      problems.push(`${kind} exports no ${attribute}`);
  }
  // The values of for_each over another resource are its instances.
  for (const { attributes } of parseHcl(text)) {
    const [, kind] = /^(aws_\w+)\.\w+$/.exec(attributes.get('for_each') ?? '') ?? [];
    for (const value of kind === undefined ? [] : attributes.values())
      for (const [, attribute = ''] of value.matchAll(/\beach\.value\.(\w+)/g))
        if (!exported(kind ?? '', attribute)) problems.push(`${kind} exports no ${attribute}`);
  }
  return problems;
}

describe('the Terraform module', () => {
  it('uses the names of the AWS provider', () => {
    expect(problemsOf(main)).toEqual([]);
    // Every type that it uses is in the table, and no other one.
    expect(Object.keys(table.types).sort()).toEqual(resourceTypes(main));
  });

  it.each([
    [
      'an attribute',
      'assume_role_policy =',
      'asume_role_policy =',
      'aws_iam_role has no attribute asume_role_policy',
    ],
    [
      'a required attribute',
      /^ +key_usage .*\n|^ +url +=.*\n/m,
      '',
      'aws_iam_openid_connect_provider requires url',
    ],
    ['a block', 'repository_filter {', 'repository_filters {', 'has no block repository_filters'],
    [
      'an attribute of a block',
      'scan_frequency =',
      'frequency =',
      'aws_ecr_registry_scanning_configuration.rule has no attribute frequency',
    ],
    [
      'an attribute of a dynamic block',
      'filter      = image',
      'filters     = image',
      'image_tag_mutability_exclusion_filter has no attribute filters',
    ],
    [
      'a dynamic block',
      'dynamic "image_tag_mutability_exclusion_filter"',
      'dynamic "exclusion"',
      'has no block exclusion',
    ],
    ['a block as an attribute', /^ {2}rule \{\n.*?^ {2}\}\n/ms, '  rule = []\n', 'rule is a block'],
    [
      'a type',
      'resource "aws_kms_alias"',
      'resource "aws_kms_aliases"',
      'the provider has no aws_kms_aliases',
    ],
    [
      'an attribute that is read',
      'aws_iam_role.gate.arn\n',
      'aws_iam_role.gate.role_arn\n',
      'aws_iam_role exports no role_arn',
    ],
    [
      'a resource that is read',
      'aws_kms_key.signing.key_id',
      'aws_kms_key.other.key_id',
      'there is no aws_kms_key.other',
    ],
    [
      'an attribute of a data source',
      'data.aws_region.current.region',
      'data.aws_region.current.regions',
      'data.aws_region exports no regions',
    ],
    [
      'an attribute of an instance',
      'each.value.name',
      'each.value.names',
      'aws_ecr_repository exports no names',
    ],
  ] as const)('fails this test with %s that is wrong', (_, from, to, problem) => {
    const text = main.replace(from, to);
    expect(text).not.toBe(main);
    expect(problemsOf(text).join('; ')).toContain(problem);
  });
});

describe('parseHcl', () => {
  it.each([
    'locals {',
    'locals {\n  a = [\n}\n',
    'locals {\n  a = <<EOT\nx\nEOT\n}\n',
    'a b c',
    'locals {\n  a = 1\n  a = 2\n}\n',
    '}',
  ])('refuses %j', (text) => {
    expect(() => parseHcl(text)).toThrow();
  });

  it('reads values of several lines, and brackets in texts', () => {
    const [block] = parseHcl('locals {\n  a = {\n    b = "}" # }\n  }\n  c = "["\n}\n');
    expect([...(block?.attributes.keys() ?? [])]).toEqual(['a', 'c']);
  });
});

it('readDeclarations reads attributes, blocks and what is exported', () => {
  const link = (name: string) => `    /**\n    * {@link https://x/r#${name} X#${name}}\n    */\n`;
  const text = `export interface XConfig extends cdktf.TerraformMetaArguments {
${link('full_name')}    readonly fullName: string;
${link('tags')}    readonly tags?: {
        [key: string]: string;
    };
${link('rule')}    readonly rule?: XRule[] | cdktf.IResolvable;
}
export interface XRule {
${link('filter_type')}    readonly filterType: string;
}
export declare class X extends cdktf.TerraformResource {
    get arn(): string;
    get fullName(): string;
    get fullNameInput(): string | undefined;
}
`;
  expect(readDeclarations(text, 'x')).toEqual({
    required: ['full_name'],
    optional: ['tags', 'rule'],
    blocks: { rule: { required: ['filter_type'], optional: [], blocks: {} } },
    exports: ['arn', 'full_name'],
  });
  expect(() => readDeclarations('export {};', 'aws_x')).toThrow('no declarations of aws_x');
});
