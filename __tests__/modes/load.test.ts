import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startGitHub } from '../../emulator/github.ts';
import { startDeadline, systemClock } from '../../src/deadline.ts';
import { createGitHub } from '../../src/github/client.ts';
import { type LoadPorts, loadExceptions, loadPolicy, loadVex } from '../../src/modes/load.ts';
import { rejection } from '../policy/errors.ts';
import { FULL_EXCEPTIONS, FULL_VEX } from '../policy/examples.ts';

const SHA = '0123456789abcdef0123456789abcdef01234567';
const VEX = JSON.stringify(FULL_VEX);
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

let directory: string;
let ports: LoadPorts;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'gate-load-'));
  ports = { workspace: join(directory, 'workspace'), github: undefined };
  await mkdir(ports.workspace);
});

afterEach(() => rm(directory, { recursive: true, force: true }));

/** Writes files, by paths relative to the workspace. */
async function files(contents: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, content] of Object.entries(contents)) {
    const file = join(ports.workspace, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content);
  }
}

describe('an error in a document', () => {
  const broken = 'version: 1\nrules: []\nfail-on: none-at-all\n';

  it.each([
    ['the path', 'gate/policy.yml'],
    ['the path from here', './gate/../gate/policy.yml'],
    ['a link in the workspace', 'link.yml'],
  ])('points at its file and line, by the path in the checkout: %s', async (_, path) => {
    await files({ 'gate/policy.yml': broken });
    await symlink(join(ports.workspace, 'gate/policy.yml'), join(ports.workspace, 'link.yml'));
    const error = await rejection(loadPolicy(path, ports));
    expect(error.location).toEqual({ file: 'gate/policy.yml', line: 3 });
    expect(error.message).toContain(`${path}:3:`);
  });

  it('points at a file that is named by its absolute path, and not at one outside of the workspace', async () => {
    await files({ 'policy.yml': broken, '../policy.yml': broken });
    const inside = await rejection(loadPolicy(join(ports.workspace, 'policy.yml'), ports));
    expect(inside.location).toEqual({ file: 'policy.yml', line: 3 });
    const outside = await rejection(loadPolicy(join(directory, 'policy.yml'), ports));
    expect(outside.location).toBeUndefined();
    expect(outside.message).toContain('policy.yml:3:');
  });

  it('points at the line of an exceptions file and of a VEX document, or at the first line', async () => {
    await files({
      'e.yml': 'version: 1\nexceptions:\n  - id: CVE-1\n    reason: x\n    expires: tomorrow\n',
      'v.json': '{\n"@context":\n"x"}',
      'broken.yml': 'version: 1\n  x: "\n',
      'empty.yml': '',
      'binary.yml': 'version: \ufffd',
    });
    await writeFile(join(ports.workspace, 'binary.yml'), Buffer.from([0xff, 0xfe, 0x00]));
    const of = async (work: Promise<unknown>) => (await rejection(work)).location;
    expect(await of(loadExceptions(['e.yml'], ports))).toEqual({ file: 'e.yml', line: 5 });
    expect(await of(loadVex(['v.json'], ports))).toEqual({ file: 'v.json', line: 3 });
    expect(await of(loadExceptions(['broken.yml'], ports))).toMatchObject({ file: 'broken.yml' });
    expect(await of(loadExceptions(['empty.yml'], ports))).toEqual({ file: 'empty.yml', line: 1 });
    expect(await of(loadExceptions(['binary.yml'], ports))).toEqual({ file: 'binary.yml', line: 1 });
    expect(await of(loadExceptions(['missing.yml'], ports))).toBeUndefined();
  });
});

describe('loadPolicy', () => {
  it('reads a file of the workspace, and one that the runner has elsewhere', async () => {
    await files({ '.github/policy.yml': 'version: 1\nfail-on: low\n', '../policy.yml': 'version: 1\n' });
    expect(await loadPolicy('.github/policy.yml', ports)).toMatchObject({
      document: { failOn: 'low' },
      source: {
        uri: '.github/policy.yml',
        sha256: sha256('version: 1\nfail-on: low\n'),
        moving: false,
      },
    });
    const elsewhere = join(directory, 'policy.yml');
    expect((await loadPolicy(elsewhere, ports)).source.uri).toBe(elsewhere);
  });

  it.each([
    ['missing.yml', 'Input policy: there is no file missing.yml in the workspace.'],
    ['.', 'Input policy: . is not a file.'],
    ['a\0b', 'cannot be read'],
    ['owner/repo/policy.yml', 'there is no file owner/repo/policy.yml'],
    ['owner/repo@v1', 'expected owner/repo/path@ref'],
    ['owner/repo/policy.yml@', 'expected owner/repo/path@ref'],
    ['owner//policy.yml@v1', 'expected owner/repo/path@ref'],
    ['owner/repo/@v1', 'expected owner/repo/path@ref'],
    ['@v1', 'expected owner/repo/path@ref'],
    ['.owner/repo/policy.yml@v1', 'expected owner/repo/path@ref'],
    ['owner/repo/policy.yml@v1@v2', 'expected owner/repo/path@ref'],
    ['owner/repo/../policy.yml@v1', 'expected owner/repo/path@ref'],
    ['owner/../policy.yml/x@v1', 'expected owner/repo/path@ref'],
    ['owner/repo//policy.yml@v1', 'expected owner/repo/path@ref'],
    ['owner/repo/policy.yml@../main', 'expected owner/repo/path@ref'],
    ['owner/repo/policy.yml@a b', 'expected owner/repo/path@ref'],
    ['owner/repo/policy.yml@/main', 'expected owner/repo/path@ref'],
    ['owner/repo/policy.yml@main/', 'expected owner/repo/path@ref'],
    ['owner/repo/policy.yml@main\n', 'expected owner/repo/path@ref'],
    ['owner/repo/policy.yml@v1', 'is in another repository, and the input github-token is empty'],
  ])('refuses %j', async (where, message) => {
    const error = await rejection(loadPolicy(where, ports));
    expect(error.code).toBe('input');
    expect(error.message).toContain(message);
  });

  it('says what to do next', async () => {
    const step = async (where: string) => (await rejection(loadPolicy(where, ports))).nextStep;
    expect(await step('missing.yml')).toContain('a policy in another repository is owner/repo/path@ref');
    expect(await step('owner/repo/policy.yml@v1')).toContain('contents: read on owner/repo');
    expect(await step('owner/repo//policy.yml@v1')).toContain('example-org/security/gate/policy.yml@v1');
    const excepted = (await rejection(loadExceptions(['missing.yml'], ports))).nextStep;
    expect(excepted).toContain('actions/checkout');
    expect(excepted).not.toContain('@ref');
    await files({ '../outside.yml': '' });
    expect((await rejection(loadExceptions(['../outside.yml'], ports))).nextStep).toContain(
      'to the repository',
    );
    expect((await rejection(loadVex(['none.json'], ports))).nextStep).toBe('For example: vex: .vex/*.json');
  });

  it('names a file by its path in the workspace, and one elsewhere as it was written', async () => {
    await files({ 'a/policy.yml': 'version: 1\n', '../b/policy.yml': 'version: 1\n' });
    await symlink('a', join(ports.workspace, 'linked'));
    const uri = async (where: string) => (await loadPolicy(where, ports)).source.uri;
    for (const where of [
      'a/policy.yml',
      join(ports.workspace, 'a/policy.yml'),
      '../b/policy.yml',
      'linked/policy.yml',
    ])
      expect(await uri(where)).toBe(where);
  });

  it('refuses a file outside of the workspace that a link in the workspace leads to, however the link is reached', async () => {
    await files({ '../b/policy.yml': 'version: 1\n', 'a/x.yml': '' });
    await symlink(join(directory, 'b'), join(ports.workspace, 'directory'));
    await symlink('../b/policy.yml', join(ports.workspace, 'file.yml'));
    await symlink('../../b', join(ports.workspace, 'a', 'relative'));
    await symlink('file.yml', join(ports.workspace, 'chain.yml'));
    await symlink('/proc/self/environ', join(ports.workspace, 'environment.yml'));
    await symlink(join(directory, 'none'), join(ports.workspace, 'dangling.yml'));
    // A link outside of the workspace into it, and from there out again.
    await symlink(join(ports.workspace, 'directory'), join(directory, 'in-and-out'));
    await symlink(ports.workspace, join(directory, 'checkout'));
    const paths = [
      'directory/policy.yml',
      'file.yml',
      'a/relative/policy.yml',
      'chain.yml',
      'environment.yml',
      'dangling.yml',
      join(ports.workspace, 'file.yml'),
      join(directory, 'in-and-out', 'policy.yml'),
      join(directory, 'checkout', 'file.yml'),
    ];
    for (const workspace of [ports.workspace, join(directory, 'checkout')]) {
      for (const path of paths) {
        const error = await rejection(loadPolicy(path, { ...ports, workspace }));
        expect(error.message).toBe(`Input policy: ${path} is outside of the workspace.`);
        expect(error.code).toBe('input');
        expect(error.nextStep).toMatch(/symbolic link .*workspace.* leads there/);
      }
    }
  });

  it('follows links that do not lead out of the workspace, and those that the runner has elsewhere', async () => {
    await files({ 'a/policy.yml': 'version: 1\n', '../b/policy.yml': 'version: 1\n' });
    await symlink('a/policy.yml', join(ports.workspace, 'inside.yml'));
    await symlink('../a/../a', join(ports.workspace, 'a', 'round'));
    await symlink('b', join(directory, 'elsewhere'));
    await symlink(ports.workspace, join(directory, 'checkout'));
    for (const path of [
      'inside.yml',
      'a/round/policy.yml',
      join(directory, 'elsewhere', 'policy.yml'),
      '../elsewhere/policy.yml',
      join(directory, 'checkout', 'inside.yml'),
    ]) {
      expect((await loadPolicy(path, ports)).source.sha256, path).toBe(sha256('version: 1\n'));
    }
  });

  it('refuses circular links, and files that are not regular', async () => {
    await symlink('two.yml', join(ports.workspace, 'one.yml'));
    await symlink('one.yml', join(ports.workspace, 'two.yml'));
    expect((await rejection(loadPolicy('one.yml', ports))).message).toMatch(
      /one\.yml cannot be read: .*links/,
    );
    for (const path of ['/dev/null', '/dev/zero']) {
      expect((await rejection(loadPolicy(path, ports))).message).toBe(`Input policy: ${path} is not a file.`);
    }
  });

  it('says that it is missing if only a file outside of the workspace exists', async () => {
    const error = await rejection(loadPolicy(join(directory, 'none.yml'), ports));
    expect(error.message).toContain('there is no file');
  });

  it.each([
    'owner/repo/policy.yml@',
    'owner//policy.yml@v1',
    'owner/repo/@v1',
    'owner/repo@v1',
    '@v1',
  ])('does not read %s, of which an expression was empty, from the workspace', async (where) => {
    await files({ [where]: 'version: 1\nfail-on: none\n' });
    expect((await rejection(loadPolicy(where, ports))).message).toContain('expected owner/repo/path@ref');
    expect((await loadPolicy(`./${where}`, ports)).document.failOn).toBe('none');
    expect((await loadPolicy(join(ports.workspace, where), ports)).document.failOn).toBe('none');
  });

  it('does not look in the workspace for a policy of another repository', async () => {
    await files({ 'owner/repo/policy.yml@v1': 'version: 1\nfail-on: none\n' });
    expect((await rejection(loadPolicy('owner/repo/policy.yml@v1', ports))).message).toContain(
      'github-token',
    );
    expect((await loadPolicy('./owner/repo/policy.yml@v1', ports)).document.failOn).toBe('none');
  });

  it('says what is wrong in the file', async () => {
    await files({ 'policy.yml': 'version: 1\nfail_on: low' });
    expect((await rejection(loadPolicy('policy.yml', ports))).message).toContain(
      'policy.yml:2:1: fail_on: unknown',
    );
    await files({ 'policy.yml': 'x'.repeat(3 * 1024 * 1024) });
    expect((await rejection(loadPolicy('policy.yml', ports))).message).toContain('at most 256 KiB');
  });

  it('reads from GitHub, and distinguishes refs that can move from commits', async () => {
    const github = await startGitHub([
      {
        name: 'org/security',
        tokens: ['t'],
        files: {
          'v1:gate/policy.yml': 'version: 1\n',
          'release/v1:policy.yml': 'version: 1\n',
          [`${SHA}:gate/policy.yml`]: 'version: 1\nrules: [',
        },
      },
    ]);
    try {
      const deadline = startDeadline(20_000, systemClock, new AbortController().signal);
      const environment = { GITHUB_API_URL: github.url };
      const remote = { ...ports, github: createGitHub({ token: 't', deadline, environment }) };
      expect((await loadPolicy('org/security/gate/policy.yml@v1', remote)).source).toEqual({
        uri: 'org/security/gate/policy.yml@v1',
        sha256: sha256('version: 1\n'),
        policySha256: sha256('ecr-deployment-gate/policy/v1\n{}'),
        moving: true,
      });
      expect((await loadPolicy('org/security/policy.yml@release/v1', remote)).source.moving).toBe(true);
      const broken = await rejection(loadPolicy(`org/security/gate/policy.yml@${SHA}`, remote));
      expect(broken.message).toContain(`org/security/gate/policy.yml@${SHA}:2:9: the file is not valid YAML`);
      // GitHub would look for it in the repository of the workflow.
      expect(broken.location).toBeUndefined();
      github.fail({
        alter: (body) => ({ ...body, content: Buffer.from('version: 1\n').toString('base64'), sha: 'x' }),
      });
      expect((await rejection(loadPolicy('org/security/gate/policy.yml@v1', remote))).code).toBe(
        'not-proven',
      );
    } finally {
      await github.close();
    }
  });
});

describe('loadExceptions', () => {
  it('reads several files in order, and none', async () => {
    await files({ 'a.yml': FULL_EXCEPTIONS, 'b/b.yml': 'version: 1\nexceptions: []\n' });
    const { exceptions, sources } = await loadExceptions(['a.yml', 'b/b.yml'], ports);
    expect(exceptions.map(({ source }) => source)).toEqual(['a.yml:4', 'a.yml:14']);
    expect(sources).toEqual([
      { uri: 'a.yml', sha256: sha256(FULL_EXCEPTIONS), moving: false },
      { uri: 'b/b.yml', sha256: sha256('version: 1\nexceptions: []\n'), moving: false },
    ]);
    expect(await loadExceptions([], ports)).toEqual({ exceptions: [], sources: [] });
  });

  it('refuses files outside of the workspace, whatever path leads there', async () => {
    await files({ '../outside.yml': FULL_EXCEPTIONS, '../workspace2/a.yml': FULL_EXCEPTIONS });
    await symlink(join(directory, 'outside.yml'), join(ports.workspace, 'link.yml'));
    await symlink(directory, join(ports.workspace, 'dir'));
    const paths = [
      '..',
      '../outside.yml',
      join(directory, 'outside.yml'),
      'link.yml',
      'dir/outside.yml',
      '../workspace2/a.yml',
      '../none.yml',
    ];
    for (const path of paths) {
      const error = await rejection(loadExceptions([path], ports));
      expect(error.message).toBe(`Input exceptions: ${path} is outside of the workspace.`);
      expect(error.code).toBe('input');
    }
  });

  it('follows links inside of the workspace, the one to it included', async () => {
    await files({ 'a.yml': FULL_EXCEPTIONS });
    await symlink(join(ports.workspace, 'a.yml'), join(ports.workspace, 'link.yml'));
    await symlink(ports.workspace, join(directory, 'checkout'));
    const linked = { ...ports, workspace: join(directory, 'checkout') };
    expect((await loadExceptions(['link.yml'], linked)).exceptions).toHaveLength(2);
    expect((await loadExceptions([join(ports.workspace, 'a.yml')], linked)).exceptions).toHaveLength(2);
  });

  it('reads a file once, by whatever names it is given', async () => {
    await files({ 'a.yml': FULL_EXCEPTIONS, 'b/copy.yml': FULL_EXCEPTIONS });
    await symlink(join(ports.workspace, 'a.yml'), join(ports.workspace, 'link.yml'));
    const names = ['a.yml', 'a.yml', './b/../a.yml', 'link.yml', join(ports.workspace, 'a.yml')];
    const { exceptions, sources } = await loadExceptions([...names, 'b/copy.yml'], ports);
    // A copy is another file: what it excepts is excepted twice, and reported so.
    expect(sources.map(({ uri }) => uri)).toEqual(['a.yml', 'b/copy.yml']);
    expect(exceptions).toHaveLength(4);
  });

  it('names a file that is not there, and a workspace that is not', async () => {
    expect((await rejection(loadExceptions(['none.yml'], ports))).message).toContain(
      'there is no file none.yml',
    );
    const nowhere = { ...ports, workspace: join(directory, 'none') };
    const error = await rejection(loadExceptions(['a.yml'], nowhere));
    expect(error).toMatchObject({ code: 'input', cause: { code: 'ENOENT' } });
    expect(error.message).toContain(`The workspace ${nowhere.workspace} cannot be read`);
    // The workspace itself is inside, and no file.
    expect((await rejection(loadExceptions(['.'], ports))).message).toContain('. is not a file');
    // Reached by a link to the workspace, a file that is missing is missing, not outside.
    await symlink(ports.workspace, join(directory, 'checkout'));
    const linked = { ...ports, workspace: join(directory, 'checkout') };
    for (const base of [linked.workspace, ports.workspace]) {
      const missing = await rejection(loadExceptions([join(base, 'none.yml')], linked));
      expect(missing.message).toContain('there is no file');
    }
  });
});

describe('loadVex', () => {
  it('reads the files that match globs, each once, in the order of their names', async () => {
    await files({ '.vex/b.json': VEX, '.vex/a.json': VEX, '.vex/deep/c.json': VEX, '.vex/notes.txt': '' });
    const { exceptions, sources } = await loadVex(['.vex/*.json', '.vex/**/*.json'], ports);
    expect(sources.map(({ uri }) => uri)).toEqual(['.vex/a.json', '.vex/b.json', '.vex/deep/c.json']);
    expect(sources[0]).toMatchObject({ sha256: sha256(VEX), moving: false });
    expect(exceptions).toHaveLength(6);
    // In the order of their names, whatever the order of the globs.
    const again = await loadVex(['.vex/deep/*.json', '.vex/b.json', '.vex/a.json'], ports);
    expect(again.sources).toEqual(sources);
  });

  it('combines documents: a statement in one revokes a statement in another', async () => {
    await files({ 'a.json': VEX });
    const [first] = (await loadVex(['a.json'], ports)).exceptions;
    expect(first?.scope.kind === 'products' && first.scope.products[0]?.revocations?.by).toHaveLength(2);
  });

  it('warns once of affected statements without an action_statement, and uses them', async () => {
    const [, , affected] = FULL_VEX.statements;
    const { action_statement: _, ...bare } = affected;
    const document = JSON.stringify({ ...FULL_VEX, statements: [bare, bare] });
    await files({ 'a.json': document, 'b.json': document, 'c.json': VEX });
    const [exception] = (await loadVex(['*.json'], ports)).exceptions;
    expect(exception?.scope.kind === 'products' && exception.scope.products[0]?.revocations?.by).toHaveLength(
      6,
    );
    expect((await loadVex(['*.json'], ports)).warnings).toEqual([
      'a.json: statement 1 and 3 more: an affected statement has no action_statement, which OpenVEX requires. The statement is used, because it can only make a verdict stricter.',
    ]);
    expect((await loadVex(['c.json'], ports)).warnings).toEqual([]);
  });

  it('leaves dependencies alone', async () => {
    await files({ 'node_modules/evil/x.vex.json': VEX, 'app.vex.json': VEX });
    expect((await loadVex(['**/*.vex.json'], ports)).sources.map(({ uri }) => uri)).toEqual(['app.vex.json']);
    expect((await loadVex(['node_modules/*/*.json'], ports)).sources).toHaveLength(1);
    await files({ '.git/x.vex.json': VEX, 'deep/node_modules/b/x.vex.json': VEX });
    expect((await loadVex(['**/*.vex.json'], ports)).sources.map(({ uri }) => uri)).toEqual(['app.vex.json']);
    expect((await loadVex(['{.git,.}/*.vex.json'], ports)).sources.map(({ uri }) => uri)).toEqual([
      'app.vex.json',
    ]);
    expect((await loadVex(['.git/*.vex.json'], ports)).sources).toHaveLength(1);
  });

  it('passes over directories that a glob matches', async () => {
    await files({ 'a.json/b.json': VEX, 'c.json': VEX });
    expect((await loadVex(['*.json'], ports)).sources.map(({ uri }) => uri)).toEqual(['c.json']);
    expect((await rejection(loadVex(['a.json'], ports))).message).toContain('matches no file');
  });

  it('reads a document once, however often it is named', async () => {
    await files({ 'app.vex.json': VEX });
    await symlink(join(ports.workspace, 'app.vex.json'), join(ports.workspace, 'b-link.vex.json'));
    const once = await loadVex(['*.vex.json', './app.vex.json'], ports);
    expect(once.sources).toHaveLength(1);
  });

  it.each([
    ['*.json', 'matches no file in the workspace'],
    ['none.json', 'matches no file in the workspace'],
    ['../*.json', 'leads out of the workspace'],
    ['/etc/*', 'leads out of the workspace'],
    ['a/../../x.json', 'leads out of the workspace'],
    ['!a.json', 'begins with'],
    ['a\0', 'Input vex'],
  ])('refuses %j', async (pattern, message) => {
    await files({ '../outside.json': VEX });
    const error = await rejection(loadVex([pattern], ports));
    expect(error.code).toBe('input');
    expect(error.message).toContain(message);
  });

  it('refuses links that lead out of the workspace, or nowhere', async () => {
    await files({ '../outside.json': VEX });
    await symlink(join(directory, 'outside.json'), join(ports.workspace, 'link.json'));
    expect((await rejection(loadVex(['*.json'], ports))).message).toContain('link.json is outside');
    await rm(join(directory, 'outside.json'));
    expect((await rejection(loadVex(['*.json'], ports))).message).toContain('link.json');
  });

  it('refuses too many files', async () => {
    const empty = JSON.stringify({ ...FULL_VEX, statements: [] });
    await files(Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`${index}.json`, empty])));
    expect((await loadVex(['*.json'], ports)).sources).toHaveLength(200);
    await files({ '200.json': empty });
    const error = await rejection(loadVex(['*.json'], ports));
    expect(error.code).toBe('input');
    expect(error.message).toContain('at most 200 files');
  });

  it('refuses too many statements, of all kinds and in all files together', async () => {
    const statements = (status: string, count: number) => {
      const statement = {
        vulnerability: { name: 'CVE-1' },
        products: [{ '@id': 'pkg:oci/app' }],
        status,
        ...(status === 'affected' ? { action_statement: 'update' } : {}),
      };
      return JSON.stringify({ ...FULL_VEX, statements: Array(count).fill(statement) });
    };
    await files({ 'a.json': statements('fixed', 25_000), 'b.json': statements('affected', 25_000) });
    expect((await loadVex(['*.json'], ports)).exceptions).toHaveLength(25_000);
    await files({ 'c.json': statements('fixed', 1) });
    const error = await rejection(loadVex(['*.json'], ports));
    expect(error).toMatchObject({ code: 'input' });
    expect(error.message).toBe('Input vex: expected at most 50000 statements, got 50001.');
  });

  it('refuses too many components in all files together', async () => {
    const products = Array.from({ length: 10_000 }, (_, index) => ({ '@id': `pkg:oci/app${index}` }));
    const statement = { vulnerability: { name: 'CVE-1' }, products, status: 'fixed' };
    const text = JSON.stringify({ ...FULL_VEX, statements: Array(20).fill(statement) });
    await files({ 'a.json': text });
    expect((await loadVex(['*.json'], ports)).exceptions).toHaveLength(20);
    await files({
      'b.json': JSON.stringify({
        ...FULL_VEX,
        statements: [{ ...statement, products: products.slice(0, 1) }],
      }),
    });
    const error = await rejection(loadVex(['*.json'], ports));
    expect(error).toMatchObject({ code: 'input' });
    expect(error.message).toBe(
      'Input vex: expected at most 200000 products and subcomponents in all documents, got 200001.',
    );
  });

  it('reads a file of 16 MiB, and at most 32 MiB in total', async () => {
    const padded = (size: number) => {
      const text = JSON.stringify({ ...FULL_VEX, tooling: '' });
      return text.replace('"tooling":""', `"tooling":"${'x'.repeat(size - Buffer.byteLength(text))}"`);
    };
    const most = 16 * 1024 * 1024;
    await files({ 'a.json': padded(most), 'b.json': padded(most) });
    expect((await loadVex(['*.json'], ports)).sources).toHaveLength(2);
    await files({ 'c.json': '{}' });
    const all = await rejection(loadVex(['*.json'], ports));
    expect(all.message).toBe('Input vex: expected at most 32 MiB in all files, got more.');
    await files({ 'd.json': padded(most + 1) });
    const one = await rejection(loadVex(['d.json'], ports));
    expect(one).toMatchObject({ code: 'input', message: 'd.json: expected at most 16 MiB, got more.' });
  });
});
