import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadOrganizationPolicies } from '../../src/modes/organization.ts';
import { rejection } from '../policy/errors.ts';

const SCP = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}';
const RCP = '{"Statement":{"Effect":"Deny","Principal":"*","Action":"ecr:*","Resource":"*"}}';
const NOT = '{"Statement":{"Effect":"Deny","NotPrincipal":{"AWS":"1"},"Action":"ecr:*","Resource":"*"}}';

let directory: string;
let workspace: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'organization-'));
  workspace = join(directory, 'workspace');
  await mkdir(workspace);
});
afterEach(() => rm(directory, { recursive: true, force: true }));

async function files(contents: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(contents)) {
    await mkdir(dirname(join(workspace, path)), { recursive: true });
    await writeFile(join(workspace, path), text);
  }
}

describe('organization policies', () => {
  it('of one directory are one level of each kind', async () => {
    await files({
      'root/b.json': SCP,
      'root/a.json': SCP,
      'root/c.json': RCP,
      'root/d.json': NOT,
      'root/README.md': 'x',
    });
    const { levels, sources } = await loadOrganizationPolicies(['root'], workspace);
    expect(
      levels.map(({ kind, name, account, policies }) => [
        kind,
        name,
        account,
        policies.map((one) => one.name),
      ]),
    ).toEqual([
      ['scp', 'root', undefined, ['root/a.json', 'root/b.json']],
      ['rcp', 'root', undefined, ['root/c.json', 'root/d.json']],
    ]);
    expect(sources.map(({ uri }) => uri)).toEqual([
      'root/a.json',
      'root/b.json',
      'root/c.json',
      'root/d.json',
    ]);
    expect(levels[0]?.policies[0]?.text).toEqual({ known: SCP });
  });

  it('of a directory that an account id names bind that account', async () => {
    await files({ 'units/123456789012/a.json': SCP, 'units/12345/a.json': SCP });
    const given = ['units/123456789012', 'units/123456789012/', 'units/12345'];
    const { levels } = await loadOrganizationPolicies(given, workspace);
    expect(levels.map(({ account }) => account)).toEqual(['123456789012', '123456789012', undefined]);
  });

  it('in directories below are not read', async () => {
    await files({ 'root/a.json': SCP, 'root/sub/b.json': RCP });
    const { levels } = await loadOrganizationPolicies(['root'], workspace);
    expect(levels).toHaveLength(1);
  });

  it.each([
    [{}, /there is no directory root/],
    [{ 'root/a.txt': SCP }, /no file with a name that ends in \.json/],
    [{ 'root/sub/a.json': SCP }, /no file with a name that ends in \.json/],
    [{ root: SCP }, /root cannot be read/],
    [{ 'root/a.json': '{' }, /a\.json is not JSON/],
    [{ 'root/a.json': '[]' }, /has no statements/],
    [{ 'root/a.json': 'null' }, /has no statements/],
    [{ 'root/a.json': '{"Statement":[]}' }, /has no statements/],
    [{ 'root/a.json': '{"Policy":{"Content":"{}"}}' }, /has no statements/],
    [{ 'root/a.json': '{"Statement":[{"Effect":"Allow"},{"Principal":"*"}]}' }, /and statements without one/],
    [{ 'root/a.json': '{"Statement":[{"Effect":"Deny","Effect":"Allow"}]}' }, /has a key twice/],
    [{ 'root/a.json': ' '.repeat(300_000) }, /more than 256 KiB/],
    [{ 'root/a.json/x': SCP }, /a\.json cannot be read/],
  ] as readonly (readonly [
    Readonly<Record<string, string>>,
    RegExp,
  ])[])('are refused: %j', async (contents, why) => {
    await files(contents);
    expect((await rejection(loadOrganizationPolicies(['root'], workspace))).message).toMatch(why);
  });

  it('are not read through a link of the checkout that leads out of it', async () => {
    await files({ 'root/a.json': SCP });
    await writeFile(join(directory, 'outside.json'), SCP);
    await symlink(join(directory, 'outside.json'), join(workspace, 'root/b.json'));
    expect((await rejection(loadOrganizationPolicies(['root'], workspace))).message).toMatch(
      /outside of the workspace/,
    );
    await symlink(directory, join(workspace, 'link'));
    expect((await rejection(loadOrganizationPolicies(['link'], workspace))).message).toMatch(
      /outside of the workspace/,
    );
  });

  it('are limited in number', async () => {
    await files(Object.fromEntries(Array.from({ length: 101 }, (_, at) => [`root/${at}.json`, SCP])));
    expect((await rejection(loadOrganizationPolicies(['root'], workspace))).message).toMatch(
      /at most 100 files/,
    );
  });
});
