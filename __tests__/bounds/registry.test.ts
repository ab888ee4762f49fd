/** Responses of registries, cosign and GitHub are read in linear time: manifests, configs, statements, comments, events. */
import { createHash } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import { GateError } from '../../src/errors.ts';
import { type GitHub, readGitHubFile } from '../../src/github/client.ts';
import { parseMarker } from '../../src/github/comment-plan.ts';
import { pullRequestOf } from '../../src/github/pull-request.ts';
import {
  attributeLayers,
  cleanInstruction,
  imageLayers,
  LayersUnknown,
  parseConfig,
} from '../../src/image/layers.ts';
import { parseManifest } from '../../src/image/manifest.ts';
import { parseReference } from '../../src/image/reference.ts';
import { resolveImages } from '../../src/image/resolve.ts';
import { givesKeyTwice } from '../../src/json.ts';
import type { Digest } from '../../src/results/registry.ts';
import { explainFailure } from '../../src/signing/cosign/failures.ts';
import { provesBundle, provesLegacy, verifiedBundle } from '../../src/signing/cosign/output.ts';
import { anchoredPattern } from '../../src/signing/identity-pattern.ts';
import { SUMMARY_TYPE, VERIFIER_ID } from '../../src/signing/statements/predicate.ts';
import { statementsOf } from '../../src/signing/statements/statement.ts';
import { decideSummaries } from '../../src/signing/statements/summaries.ts';
import { createFinding, createPackage } from '../report/fixtures.ts';
import { expectLinear, expectWithin } from './cpu.ts';

vi.setConfig({ testTimeout: 300_000 });

const MIB = 1024 * 1024;
const many = <T>(count: number, make: (at: number) => T): T[] =>
  Array.from({ length: Math.floor(count) }, (_, at) => make(at));
const digestOf = (text: string | Uint8Array): Digest =>
  `sha256:${createHash('sha256').update(text).digest('hex')}`;
const D = `sha256:${'a'.repeat(64)}`;

function tried<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof GateError || error instanceof LayersUnknown)) throw error;
    return undefined;
  }
}

describe('a manifest', () => {
  const image = (layers: readonly unknown[], more: object = {}) =>
    JSON.stringify({ config: { mediaType: 'x', digest: D, size: 1 }, layers, ...more });

  it.each<[string, (size: number) => string]>([
    ['layers', (size) => image(many(size / 100, () => ({ mediaType: 'x', digest: D, size: 1 })))],
    ['layers that are none', (size) => image(many(size / 2, () => 1))],
    [
      'annotations',
      (size) => image([], { annotations: Object.fromEntries(many(size / 20, (at) => [`k${at}`, 'v'])) }),
    ],
    [
      'children',
      (size) => JSON.stringify({ manifests: many(size / 100, () => ({ mediaType: 'x', digest: D })) }),
    ],
    [
      'keys of unknown fields',
      (size) => image([], Object.fromEntries(many(size / 20, (at) => [`k${at}`, {}]))),
    ],
    ['texts', (size) => image(many(size / 3, () => ''))],
    ['escapes', (size) => image(['\\n'.repeat(size / 3)])],
    ['quotation marks', (size) => image(['"'.repeat(size / 2)])],
    ['spaces', (size) => `${image([])}${' '.repeat(size)}`],
    ['lists in lists', (size) => `{"a":${'['.repeat(size / 2)}${']'.repeat(size / 2)}}`],
    ['what is no JSON', (size) => '"'.repeat(size)],
  ])('of many %s', (_, make) => {
    expectLinear(4 * MIB, make, (text) => tried(() => parseManifest(digestOf(text), text)));
  });

  it('of quotation marks is searched for duplicate keys', () => {
    for (const piece of ['""', '"', '\\"', '"a":', '" ']) {
      expectLinear(
        4 * MIB,
        (size) => piece.repeat(size / piece.length),
        (text) => givesKeyTwice(text, {}),
      );
    }
  });

  it('of an index that lists an image a thousand times is accepted, and with more entries refused', async () => {
    const reference = parseReference('123456789012.dkr.ecr.eu-central-1.amazonaws.com/team/app:1');
    const child = image([], {
      config: { mediaType: 'application/vnd.oci.image.config.v1+json', digest: D, size: 1 },
    });
    const resolve = (count: number) => {
      const index = JSON.stringify({
        manifests: many(count, (at) => ({
          mediaType: 'x',
          digest: digestOf(child),
          platform: { os: 'unknown', architecture: 'unknown' },
          annotations: {
            'vnd.docker.reference.type': 'attestation-manifest',
            'vnd.docker.reference.digest': `${at}`,
          },
        })),
      });
      const texts = new Map([index, child].map((text) => [digestOf(text), text]));
      const detail = (digest: Digest) => ({ digest, pushedAt: new Date(0), status: 'ACTIVE' });
      return resolveImages([reference], {
        describe: async () => detail(digestOf(index)),
        describeAll: async (_registry, _repository, digests) => digests.map(detail),
        manifests: async () => texts,
      });
    };
    expect((await resolve(1_000))[0]?.platforms).toHaveLength(1);
    await expect(resolve(1_001)).rejects.toThrow(/has more than 1000 entries/);
  });
});

describe('the config of an image', () => {
  it.each<[string, (size: number) => unknown]>([
    [
      'history',
      (size) => ({
        rootfs: { diff_ids: [] },
        history: many(size / 30, (at) => ({ created_by: `RUN ${at}` })),
      }),
    ],
    ['an invalid history', (size) => ({ rootfs: { diff_ids: [] }, history: many(size / 2, () => 1) })],
    ['layers', (size) => ({ rootfs: { diff_ids: many(size / 75, () => D) } })],
    ['layers that are none', (size) => ({ rootfs: { diff_ids: many(size / 3, () => '') } })],
    ['an instruction', (size) => ({ rootfs: { diff_ids: [] }, history: [{ created_by: 'x'.repeat(size) }] })],
  ])('of much %s', (_, make) => {
    expectLinear(
      MIB,
      (size) => Buffer.from(JSON.stringify(make(size))),
      (bytes) => tried(() => parseConfig(digestOf(bytes), bytes)),
    );
  });

  it.each([
    '|1 a ',
    '/bin/sh -c ',
    '/sh -a',
    ' -a',
    '/a',
    ' ',
    '|1 /bin/sh -a pipefail ',
    'RUN ',
    '#(nop) ',
    '\n',
    '# buildkit',
  ])('of an instruction of %j', (piece) => {
    for (const before of ['', '|1 ', 'RUN ', '/bin/sh', '|1 a /bin/sh -c ']) {
      expectLinear(200_000, (size) => before + piece.repeat(size / piece.length), cleanInstruction);
    }
  });

  it('with only errors is read up to the first error', () => {
    const bytes = Buffer.from(`{"rootfs":{"diff_ids":[]},"history":[${'1,'.repeat(500_000)}1]}`);
    // Collecting all errors takes fifty times as long, and half a gigabyte.
    expectWithin(100, () => tried(() => parseConfig(digestOf(bytes), bytes)));
  });

  it('of many equal layers with many packages', () => {
    const layersOf = (size: number) => {
      const manifest = parseManifest(
        ...((text) => [digestOf(text), text] as const)(
          JSON.stringify({ config: { digest: D, size: 1 }, layers: many(size, () => ({ digest: D })) }),
        ),
      );
      if (manifest.kind !== 'image') throw new Error('no image');
      return imageLayers(
        manifest,
        {
          diffIds: many(size, () => D as Digest),
          history: many(size, (at) => ({ createdBy: `RUN ${at}`, empty: false })),
          platform: undefined,
        },
        [],
      );
    };
    expectLinear(
      20_000,
      (size) => ({
        layers: layersOf(size),
        findings: [createFinding({ digest: D, packages: many(size, () => createPackage({ layer: D })) })],
      }),
      ({ layers, findings }) => attributeLayers(findings, new Map([[D, layers]])),
    );
  });
});

describe('the output of cosign', () => {
  const HEX = 'a'.repeat(64);
  const envelope = (predicate: unknown, more: object = {}) =>
    JSON.stringify({
      payloadType: 'application/vnd.in-toto+json',
      payload: Buffer.from(
        JSON.stringify({
          predicateType: SUMMARY_TYPE,
          subject: [{ digest: { sha256: HEX } }],
          predicate,
          ...more,
        }),
      ).toString('base64'),
      signatures: [{ sig: 'x' }],
    });
  const summary = (at: number) => ({
    verifier: { id: VERIFIER_ID },
    timeVerified: new Date(at * 1000).toISOString(),
    resourceUri: `oci://a/${at % 7}`,
    policy: { uri: `urn:${at}`, digest: { sha256: HEX } },
    verificationResult: at % 5 === 0 ? 'FAILED' : 'PASSED',
    verifiedLevels: ['X'],
  });
  const read = (stdout: string) => {
    const expected = {
      digest: D as Digest,
      resourceUri: 'oci://a/1',
      policies: undefined,
      maxAgeMs: undefined,
      now: new Date(),
    };
    decideSummaries(statementsOf(stdout), expected);
    provesBundle(stdout, D as Digest, { a: 'b' });
    provesLegacy(stdout, D as Digest);
    verifiedBundle(stdout, stdout, () => true);
  };

  it.each<[string, (size: number) => string]>([
    ['statements', (size) => many(size / 500, (at) => envelope(summary(at))).join('\n')],
    // Each such line costs an error in each reader: as many lines as the longest of the other outputs has parts are enough.
    ['statements that are none', (size) => '{}\n'.repeat(size / 24)],
    ['lines that are no JSON', (size) => '"\n'.repeat(size / 24)],
    ['subjects', (size) => envelope({}, { subject: many(size / 100, () => ({ digest: { sha256: HEX } })) })],
    ['subjects that are none', (size) => envelope({}, { subject: many(size / 8, () => null) })],
    ['levels', (size) => envelope({ ...summary(1), verifiedLevels: many(size / 4, () => '') })],
    ['keys', (size) => envelope(Object.fromEntries(many(size / 20, (at) => [`k${at}`, at])))],
    [
      'signatures of the old format',
      (size) => JSON.stringify(many(size / 60, () => ({ critical: { type: 'x', image: {} } }))),
    ],
  ])('of many %s', (_, make) => {
    expectLinear(2 * MIB, make, read);
  });

  it.each([
    'Error: ',
    'KMS: GetPublicKey, ',
    'KMS: a, AccessDenied',
    'Alias ',
    'WARNING\n',
    'a',
    ' ',
    '\n',
    'panic: ',
    'unexpected status code ',
  ])('of an error of %j', (piece) => {
    for (const before of ['', 'Error: ']) {
      expectLinear(4 * MIB, (size) => before + piece.repeat(size / piece.length), explainFailure);
    }
  });
});

describe('the pattern of an identity', () => {
  it.each([
    'a',
    '(a)',
    '(a|b)',
    '|',
    '[a-z]',
    '\\.',
    '.*',
    '@a',
    'https://a/b/',
    '@a\\.b|',
    '\\x41',
    '(?:a)',
  ])('of many %s', (piece) => {
    for (const before of ['', 'https://github\\.com/team/']) {
      expectLinear(
        64 * 1024,
        (size) => before + piece.repeat(size / piece.length),
        (text) => {
          try {
            anchoredPattern(text);
          } catch {
            // Most of them name no owner.
          }
        },
      );
    }
  });
});

describe('GitHub', () => {
  it('sends responses that are read in linear time', async () => {
    const answers = [
      (size: number) => '['.repeat(size),
      (size: number) => JSON.stringify({ message: 'x'.repeat(size) }),
      (size: number) =>
        JSON.stringify({
          type: 'file',
          encoding: 'base64',
          content: '/'.repeat(size),
          path: 'p',
          url: `https://a?${'ref=&'.repeat(1_000)}`,
          sha: 'x',
        }),
    ];
    for (const make of answers) {
      for (const status of [200, 400, 403]) {
        // One request, with an immediate response: the test measures only the reading.
        const reading = (body: Buffer) => {
          const github: GitHub = { get: async () => ({ status, headers: {}, body }) };
          return readGitHubFile(github, { owner: 'o', repo: 'r', path: 'p', ref: 'v1' });
        };
        await expect(reading(Buffer.from(make(MIB)))).rejects.toBeInstanceOf(GateError);
      }
    }
  });

  it.each<[string, (size: number) => unknown]>([
    [
      'pull requests',
      (size) => ({
        repository: { id: 1 },
        workflow_run: { pull_requests: many(size / 20, () => ({ base: { repo: { id: 1 } } })) },
      }),
    ],
    [
      'text',
      (size) => ({ pull_request: { body: 'x'.repeat(size), number: 1, head: { sha: 'a'.repeat(size) } } }),
    ],
    ['a ref', (size) => ({ merge_group: { head_ref: '/pr-1-'.repeat(size / 6) } })],
  ])('sends an event with many %s', (_, make) => {
    for (const name of ['workflow_run', 'merge_group', 'push']) {
      expectLinear(4 * MIB, make, (payload) => pullRequestOf({ name, sha: 'x', payload }));
    }
  });

  it('has comments with any text', () => {
    for (const piece of [
      '<!-- ecr-deployment-gate v1 ',
      '<!-- ',
      ' ',
      '0',
      '<!-- ecr-deployment-gate v1 0',
    ]) {
      expectLinear(MIB, (size) => piece.repeat(size / piece.length), parseMarker);
    }
  });
});
