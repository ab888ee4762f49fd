import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { MalformedAnswer } from '../../src/aws/errors.ts';
import { GateError } from '../../src/errors.ts';
import { parseReference } from '../../src/image/reference.ts';
import type { ImageSource } from '../../src/image/resolve.ts';
import type { Digest } from '../../src/results/registry.ts';
import { readBaseline } from '../../src/scan/baseline.ts';
import type { Scanner, ScanObservation } from '../../src/scan/scanner.ts';
import { stillTime } from '../clock.ts';
import { createFinding, createScanner, finishedScan, waitingScan } from './factories.ts';

const REFERENCE = parseReference('123456789012.dkr.ecr.eu-central-1.amazonaws.com/team/app:prod');

const digestOf = (text: string): Digest => `sha256:${createHash('sha256').update(text).digest('hex')}`;
const manifest = (seed: string) =>
  JSON.stringify({
    schemaVersion: 2,
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    config: { mediaType: 'application/vnd.oci.image.config.v1+json', digest: digestOf(seed), size: 1 },
    layers: [{ mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip', digest: digestOf(seed), size: 1 }],
  });
const [amd64, arm64] = ['amd64', 'arm64'].map(manifest) as [string, string];
const index = JSON.stringify({
  schemaVersion: 2,
  mediaType: 'application/vnd.oci.image.index.v1+json',
  manifests: [amd64, arm64].map((text, at) => ({
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    digest: digestOf(text),
    size: text.length,
    platform: { os: 'linux', architecture: ['amd64', 'arm64'][at] },
  })),
});

/** A registry whose tag `prod` is an index of two platforms. */
const registry: ImageSource = {
  describe: async () => ({ digest: digestOf(index), pushedAt: new Date(0), status: 'ACTIVE' }),
  describeAll: async (_, __, digests) =>
    digests.map((digest) => ({ digest, pushedAt: new Date(0), status: 'ACTIVE' })),
  manifests: async (_, __, digests) =>
    new Map(
      [index, amd64, arm64].flatMap((text) =>
        digests.includes(digestOf(text)) ? [[digestOf(text), text]] : [],
      ),
    ),
};

/** A scanner to which the platforms look as they are said to; every platform has a finding of its own. */
function scanner(
  observations: Readonly<Record<string, ScanObservation>>,
  overrides: Partial<Scanner> = {},
): Scanner {
  return createScanner({
    observe: async (images) =>
      new Map(images.map((image) => [image, observations[image.platform] ?? waitingScan()])),
    findings: async ({ platform }) => [createFinding({ id: platform, platform })],
    ...overrides,
  });
}

const read = (given: Scanner, source = registry, deadline = stillTime(1_000).deadline) =>
  readBaseline(REFERENCE, source, given, deadline);

describe('readBaseline', () => {
  it('has the findings of every platform, read once', async () => {
    const { baseline, unused } = await read(
      scanner({ 'linux/amd64': finishedScan(), 'linux/arm64': finishedScan() }),
    );
    expect(unused).toBeUndefined();
    expect(baseline).toMatchObject({
      uri: `123456789012.dkr.ecr.eu-central-1.amazonaws.com/team/app@${digestOf(index)}`,
      reference: REFERENCE.text,
      platforms: [digestOf(amd64), digestOf(arm64)],
    });
    expect(baseline?.findings.map(({ id }) => id)).toEqual(['linux/amd64', 'linux/arm64']);
  });

  it('leaves out platforms that are not scanned, and does not read their findings', async () => {
    const { baseline } = await read(scanner({ 'linux/arm64': finishedScan() }));
    expect(baseline?.findings.map(({ id }) => id)).toEqual(['linux/arm64']);
  });

  it.each<[string, ScanObservation, string]>([
    ['never scanned', waitingScan('ECR reports no scan yet', true), 'ECR reports no scan yet'],
    [
      'not to be scanned',
      { ...waitingScan(), state: { kind: 'unscannable', reason: 'the image is archived', nextStep: '' } },
      'the image is archived',
    ],
  ])('is missing if it was %s', async (_, observation, why) => {
    const answer = await read(scanner({ 'linux/amd64': observation, 'linux/arm64': observation }));
    expect(answer).toEqual({ baseline: undefined, unused: `it is not scanned: ${why}` });
  });

  it.each([
    ['it does not exist', new GateError('not-found', 'there is no image team/app:prod')],
    ['it may not be read', new GateError('access-denied', 'AWS denies ecr:DescribeImages')],
    ['the answer is malformed', new MalformedAnswer('no list')],
  ])('is missing if %s, with the reason', async (_, error) => {
    const missing: ImageSource = { ...registry, describe: () => Promise.reject(error) };
    expect(await read(scanner({}), missing)).toEqual({ baseline: undefined, unused: error.message });
  });

  it('is missing if its findings cannot be read completely', async () => {
    const observations = { 'linux/amd64': finishedScan(), 'linux/arm64': finishedScan() };
    const failing = scanner(observations, {
      findings: async ({ platform }) => {
        if (platform === 'linux/arm64') throw new MalformedAnswer('a page repeats');
        return [createFinding()];
      },
    });
    expect(await read(failing)).toEqual({ baseline: undefined, unused: 'a page repeats' });
  });

  it('ends with the run, and does not hide a defect', async () => {
    const { deadline, cancel } = stillTime(1_000);
    cancel.abort();
    const missing: ImageSource = {
      ...registry,
      describe: () => Promise.reject(new GateError('not-found', 'x')),
    };
    await expect(read(scanner({}), missing, deadline)).rejects.toMatchObject({ code: 'cancelled' });
    const defect: ImageSource = { ...registry, describe: () => Promise.reject(new TypeError('defect')) };
    await expect(read(scanner({}), defect)).rejects.toThrow('defect');
  });
});
