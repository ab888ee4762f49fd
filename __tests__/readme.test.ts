/** The documents, held against the source: what they promise of permissions, messages and places has to be so. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PERMISSIONS } from '../scripts/permissions.ts';
import { parsePolicy } from '../src/policy/document.ts';

const root = join(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const files = globSync('src/**/*.ts', { cwd: root });
const source = files.map(read);
/** The audit has its own permissions in docs/audit.md, which are generated. */
const ofImages = files.filter((path) => !path.startsWith('src/audit/')).map(read);

const [, permissions = ''] = /^## Permissions\n(.*)/ms.exec(read('docs/reference.md')) ?? [];
const troubleshooting = read('docs/troubleshooting.md');

/** What cosign asks of registry and KMS. Source: its requests, and AWS's list of what a push takes. */
const COSIGN = [
  'ecr:BatchCheckLayerAvailability',
  'ecr:BatchGetImage',
  'ecr:CompleteLayerUpload',
  'ecr:GetDownloadUrlForLayer',
  'ecr:InitiateLayerUpload',
  'ecr:ListImageReferrers',
  'ecr:PutImage',
  'ecr:UploadLayerPart',
  'kms:DescribeKey',
  'kms:GetPublicKey',
  'kms:Sign',
];

describe('Permissions', () => {
  const named = new Set(
    [...permissions.matchAll(/\b(?:ecr|inspector2|kms):[A-Z][A-Za-z]+/g)].map(([action]) => action),
  );
  const called = ofImages.flatMap((text) =>
    [...text.matchAll(/import \{([^}]+)\} from '@aws-sdk\/client-(\w+)'/g)].flatMap(
      ([, names = '', service]) =>
        [...names.matchAll(/\b(\w+)Command\b/g)].map(([, name]) => `${service}:${name}`),
    ),
  );

  it('name every call that is made, and none that is not', () => {
    expect(called.length).toBeGreaterThan(10);
    expect([...named].sort()).toEqual([...new Set([...called, ...COSIGN])].sort());
  });

  it('have a policy for each call, and not only a row of a table', () => {
    const { gate, signing, verify } = PERMISSIONS;
    const allowed = [...gate, ...signing, ...verify].flatMap(({ actions }): readonly string[] => actions);
    expect([...new Set([...called, ...COSIGN])].filter((action) => !allowed.includes(action))).toEqual([]);
  });

  it('are JSON as IAM takes it, for the calls that are made', () => {
    const policies = [...permissions.matchAll(/```json\n(.*?)```/gs)].map(([, text = '']) =>
      JSON.parse(text),
    );
    expect(policies).toHaveLength(2);
    for (const { Version, Statement } of policies) {
      expect(Version).toBe('2012-10-17');
      for (const { Effect, Action, Resource } of Statement) {
        expect(Effect).toBe('Allow');
        for (const action of [Action].flat()) expect(named).toContain(action);
        // Lists of Inspector and the registry's token are for no resource in particular.
        const whole = [Action]
          .flat()
          .every((action) =>
            /^inspector2:|:Get(AuthorizationToken|RegistryScanningConfiguration)$/.test(action),
          );
        expect(Resource === '*').toBe(whole);
      }
    }
  });
});

describe('Messages', () => {
  const [, table = ''] = /<!-- messages:start -->\n(.*?)<!-- messages:end -->/s.exec(troubleshooting) ?? [];
  const messages = table
    .split('\n')
    .slice(2)
    .flatMap((row) => [...(row.split(' | ')[0] ?? '').matchAll(/`([^`]+)`/g)].map(([, text = '']) => text));

  it('has messages', () => {
    expect(messages.length).toBeGreaterThan(20);
  });

  it.each(messages)('the source can print "%s"', (message) => {
    const parts = message.split('…').map((part) => part.replace(/[^\w\s]/g, '\\$&'));
    const printed = new RegExp(`['"\`].*${parts.join('.*')}`);
    const lines = source
      .flatMap((text) => text.split('\n'))
      .filter((line) => !/^\s*(\*|\/\/|\/\*)/.test(line));
    expect(lines.some((line) => printed.test(line))).toBe(true);
  });
});

describe('README.md', () => {
  it('has at most 1,200 words', () => {
    expect(read('README.md').split(/\s+/).filter(Boolean).length).toBeLessThanOrEqual(1200);
  });

  it('shows a policy that the gate accepts', () => {
    const policies = [...read('README.md').matchAll(/^```yaml\n(version: 1\n.*?)^```/gms)];
    expect(policies).toHaveLength(1);
    for (const [, text = ''] of policies)
      expect(() => parsePolicy(Buffer.from(text), 'README.md')).not.toThrow();
  });
});

describe('emulator/README.md', () => {
  it('names files that there are', () => {
    const [, table = ''] = /\| File \|.*?\n\|.*?\n(.*?)\n\n/s.exec(read('emulator/README.md')) ?? [];
    const named = table
      .split('\n')
      .flatMap((row) => [...(row.split(' | ')[0] ?? '').matchAll(/`([^`]+)`/g)].map(([, name = '']) => name));
    expect(named.length).toBeGreaterThan(10);
    expect(named.filter((name) => !existsSync(join(root, 'emulator', name)))).toEqual([]);
  });
});

describe('links', () => {
  const documents = globSync(['*.md', '{docs,examples,src,emulator}/**/*.md'], { cwd: root });
  const links = documents.flatMap((name) =>
    [...read(name).matchAll(/\]\((?!https?:)([^)\s]+)\)/g)].map(([, target = '']) => ({ name, target })),
  );

  it.each(links)('$name leads to $target', ({ name, target }) => {
    const [path = '', anchor] = target.split('#');
    const file = path === '' ? name : join(dirname(name), path);
    expect(existsSync(join(root, file))).toBe(true);
    if (anchor === undefined) return;
    // As GitHub makes them: in lower case, without punctuation, spaces as hyphens.
    const anchors = [...read(file).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
      heading
        .toLowerCase()
        .replace(/[^\p{L}\d\s_-]/gu, '')
        .replaceAll(' ', '-'),
    );
    expect(anchors).toContain(anchor);
  });
});
