import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Finding as WireFinding } from '@aws-sdk/client-inspector2';
import { describe, expect, it } from 'vitest';
import { MalformedAnswer } from '../../src/aws/errors.ts';
import { belongsTo, normalise } from '../../src/scan/inspector.ts';
import { createImage } from './factories.ts';

const image = createImage();
const other = `sha256:${'b'.repeat(64)}`;

function about(account: string, repository: string, digest: string) {
  const id = `arn:aws:ecr:eu-central-1:${account}:repository/${repository}/${digest}`;
  return { type: 'AWS_ECR_CONTAINER_IMAGE', id };
}

function finding(...resources: { type: string; id: string; details?: object }[]) {
  const basics = { findingArn: 'arn', awsAccountId: '123456789012', type: 'PACKAGE_VULNERABILITY' };
  return { ...basics, severity: 'HIGH', status: 'ACTIVE', resources };
}

describe('belongsTo', () => {
  it.each([
    ['this image', finding(about('123456789012', 'app', image.digest)), true],
    ['the digest in another repository', finding(about('123456789012', 'other', image.digest)), false],
    ['the digest in another account', finding(about('999988887777', 'app', image.digest)), false],
    [
      'both',
      finding(about('999988887777', 'app', image.digest), about('123456789012', 'app', image.digest)),
      true,
    ],
    ['nobody says whom', finding({ type: 'AWS_ECR_CONTAINER_IMAGE', id: 'N/A' }), true],
    [
      'what its details say',
      finding({
        type: 'AWS_ECR_CONTAINER_IMAGE',
        id: 'N/A',
        details: {
          awsEcrContainerImage: { registry: '999988887777', repositoryName: 'app', imageHash: image.digest },
        },
      }),
      false,
    ],
  ])('a finding about %s', (_, given, expected) => {
    expect(belongsTo(given, image)).toBe(expected);
  });

  it('takes findings of a digest that was not asked for as no answer at all', () => {
    expect(() => belongsTo(finding(about('123456789012', 'app', other)), image)).toThrow(MalformedAnswer);
  });
});

describe('normalise', () => {
  it('keeps what real recorded findings say', async (context) => {
    const directory = join(import.meta.dirname, '..', '..', '..', 'shared', 'data', 'inspector2');
    if (!existsSync(directory)) return context.skip('the folder of recorded findings is not here');
    for (const name of ['one_vul.json', 'many_vul.json']) {
      const { findings } = JSON.parse(await readFile(join(directory, name), 'utf8')) as {
        findings: WireFinding[];
      };
      for (const wire of findings) {
        const normal = normalise(wire, image);
        const details = wire.packageVulnerabilityDetails;
        expect(normal).toMatchObject({
          id: wire.findingArn,
          title: wire.title,
          description: wire.description,
          severity: wire.severity,
          status: wire.status,
          score: wire.inspectorScore,
          epss: wire.epss?.score,
          fixAvailable: wire.fixAvailable,
          exploitAvailable: wire.exploitAvailable,
          vulnerabilityId: details?.vulnerabilityId,
          relatedIds: details?.relatedVulnerabilities,
          sourceUrl: details?.sourceUrl,
          vendorSeverity: details?.vendorSeverity,
        });
        expect(normal.cvss.map(({ baseScore, vector }) => [baseScore, vector])).toEqual(
          details?.cvss?.map(({ baseScore, scoringVector }) => [baseScore, scoringVector]),
        );
        expect(
          normal.packages.map(({ name: packageName, version, epoch, release, arch, fixedIn, layer }) => [
            packageName,
            version,
            epoch,
            release,
            arch,
            fixedIn ?? 'NotAvailable',
            layer,
          ]),
        ).toEqual(
          details?.vulnerablePackages?.map((found) => [
            found.name,
            found.version,
            found.epoch,
            found.release,
            found.arch,
            found.fixedInVersion,
            found.sourceLayerHash,
          ]),
        );
      }
    }
  });

  it.each<[unknown, string | undefined]>([
    ['DEBIAN_12', 'DEBIAN_12'],
    [undefined, undefined],
    [null, undefined],
    [12, undefined],
  ])('takes the platform %j for the system in the image only if it is a text', (platform, system) => {
    const resources = [
      { type: 'AWS_ECR_CONTAINER_IMAGE', id: 'x', details: { awsEcrContainerImage: { platform } } },
    ];
    expect(normalise({ resources } as unknown as WireFinding, image).operatingSystem).toBe(system);
  });

  it('knows no system where two resources name different ones', () => {
    const of = (...platforms: string[]) => {
      const resources = platforms.map((platform) => ({
        id: 'x',
        details: { awsEcrContainerImage: { platform } },
      }));
      return normalise({ resources } as unknown as WireFinding, image).operatingSystem;
    };
    expect(of('DEBIAN_12', 'DEBIAN_12')).toBe('DEBIAN_12');
    expect(of('DEBIAN_12', 'ALPINE_LINUX_3_20')).toBeUndefined();
  });
});
