import { describe, expect, it } from 'vitest';
import { withPlatformName } from '../../src/modes/platform-name.ts';
import type { Finding } from '../../src/results/finding.ts';
import type { ImageReport } from '../../src/results/modes/images.ts';
import { createFailedImage, createFinding, createImage, createPlatform } from '../report/fixtures.ts';

function unnamed(architectures: readonly (string | undefined)[], overrides: Partial<ImageReport> = {}) {
  const findings = architectures.map(
    (architecture, index): Finding =>
      createFinding({
        id: `arn:${index}`,
        vulnerabilityId: `CVE-2026-${1000 + index}`,
        status: index === 1 ? 'SUPPRESSED' : 'ACTIVE',
        platform: 'unknown',
        architecture,
      }),
  );
  return createImage(findings, { platforms: [createPlatform({ platform: 'unknown' })], ...overrides });
}

function names(image: ImageReport): string[] {
  const { outcome } = image;
  const entries = outcome.kind === 'judged' ? [...outcome.verdict.judged, ...outcome.verdict.suppressed] : [];
  return [
    ...image.platforms.map(({ platform }) => platform),
    ...entries.flatMap(({ platforms }) => platforms),
  ];
}

describe('withPlatformName', () => {
  it('names the platform of a single image if all its findings agree', () => {
    expect(names(withPlatformName(unnamed(['arm64', 'arm64', 'arm64'])))).toEqual(Array(4).fill('arm64'));
    expect(names(withPlatformName(unnamed(['AARCH64', 'arm64', 'aarch64'])))).toEqual(Array(4).fill('arm64'));
  });

  it.each([
    ['the findings disagree', ['arm64', 'arm64', 'amd64']],
    ['one does not say', ['arm64', undefined]],
    ['there is none', []],
    ['it is no name of an architecture', ['<b>x</b>']],
  ])('leaves it unknown if %s', (_, architectures) => {
    const image = unnamed(architectures);
    expect(withPlatformName(image)).toBe(image);
  });

  it('leaves the names that an index gives, and what was not judged', () => {
    const index = unnamed(['arm64'], { isIndex: true });
    expect(withPlatformName(index)).toBe(index);
    const failed = createFailedImage();
    expect(withPlatformName(failed)).toBe(failed);
    expect(names(withPlatformName(createImage([createFinding({ architecture: 'arm64' })])))).toEqual([
      'linux/amd64',
      'linux/amd64',
    ]);
  });
});
