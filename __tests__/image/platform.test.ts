import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { platformName, platformsOf, statedPlatform } from '../../src/image/platform.ts';
import { onPlatform } from '../../src/policy/conditions.ts';

type Stated = Record<string, unknown>;

const name = (stated: Stated) => platformName(statedPlatform(stated));

/** Whether a condition holds for an image whose index, and whose config where it was read, say this. */
const holds = (
  glob: string,
  index: Stated | undefined,
  quantifier: 'any' | 'every' = 'every',
  config?: Stated,
) =>
  onPlatform(
    [glob],
    {
      platform: index === undefined ? 'unknown' : name(index),
      configPlatform: config && statedPlatform(config),
    },
    quantifier,
  );

describe('platformName', () => {
  // Source: containerd/platforms, database.go, normalizeOS and normalizeArch.
  it.each<[Stated, string]>([
    [{ os: 'linux', architecture: 'amd64' }, 'linux/amd64'],
    [{ os: 'Linux', architecture: 'AMD64' }, 'linux/amd64'],
    [{ os: 'linux', architecture: 'x86_64' }, 'linux/amd64'],
    [{ os: 'linux', architecture: 'x86-64' }, 'linux/amd64'],
    [{ os: 'linux', architecture: 'X86_64', variant: 'V1' }, 'linux/amd64'],
    [{ os: 'linux', architecture: 'amd64', variant: 'v2' }, 'linux/amd64/v2'],
    [{ os: 'linux', architecture: 'i386' }, 'linux/386'],
    [{ os: 'linux', architecture: 'i686', variant: 'sse2' }, 'linux/386'],
    [{ os: 'linux', architecture: 'aarch64' }, 'linux/arm64'],
    [{ os: 'linux', architecture: 'arm64', variant: 'v8' }, 'linux/arm64'],
    [{ os: 'linux', architecture: 'arm64', variant: '8' }, 'linux/arm64'],
    [{ os: 'linux', architecture: 'arm64', variant: '9' }, 'linux/arm64/v9'],
    [{ os: 'linux', architecture: 'arm' }, 'linux/arm/v7'],
    [{ os: 'linux', architecture: 'arm', variant: '7' }, 'linux/arm/v7'],
    [{ os: 'linux', architecture: 'arm', variant: '6' }, 'linux/arm/v6'],
    [{ os: 'linux', architecture: 'arm', variant: 'v5' }, 'linux/arm/v5'],
    [{ os: 'linux', architecture: 'armhf' }, 'linux/arm/v7'],
    [{ os: 'linux', architecture: 'armel', variant: 'v8' }, 'linux/arm/v6'],
    [{ os: 'macos', architecture: 'arm64' }, 'darwin/arm64'],
    [
      { os: 'windows', architecture: 'amd64', 'os.version': '10.0.17763.1', 'os.features': ['x'] },
      'windows/amd64',
    ],
    [{}, 'unknown/unknown'],
    [{ os: 'unknown', architecture: 'unknown' }, 'unknown/unknown'],
    [{ architecture: 'amd64' }, 'unknown/amd64'],
    [{ os: 'linux' }, 'linux/unknown'],
    [{ os: '', architecture: 'amd64' }, 'unknown/amd64'],
    [{ os: 'linux', architecture: null }, 'linux/unknown'],
    [{ os: 'linux', architecture: '', variant: 'arm64' }, 'linux/unknown'],
    [{ os: 'linux/arm64', architecture: 'amd64' }, 'unknown/amd64'],
    [{ os: 'linux', architecture: 'amd64, linux/arm64' }, 'linux/unknown'],
    [{ os: 'linux', architecture: 'amd64', variant: 1 }, 'unknown/unknown'],
    [{ os: ['linux'], architecture: 'amd64' }, 'unknown/unknown'],
  ])('%j is %s', (stated, expected) => {
    expect(name(stated)).toBe(expected);
  });

  it('is stable for its own parts', () => {
    const part = fc.constantFrom(
      'linux',
      'Windows',
      'macos',
      'amd64',
      'x86_64',
      'arm',
      'armhf',
      '386',
      'v7',
      '8',
      '',
      5,
    );
    fc.assert(
      fc.property(part, part, part, (os, architecture, variant) => {
        const once = name({ os, architecture, variant });
        const [own, arch, rest] = once.split('/');
        expect(name({ os: own, architecture: arch, variant: rest })).toBe(once);
      }),
    );
  });
});

const AMD64: readonly Stated[] = [
  { os: 'linux', architecture: 'amd64' },
  { os: 'linux', architecture: 'x86_64' },
  { os: 'linux', architecture: 'x86-64' },
  { os: 'LINUX', architecture: 'X86_64' },
  { os: 'Linux', architecture: 'AMD64', variant: 'v1' },
  { os: 'linux', architecture: 'amd64', variant: 'v3' },
  { os: 'linux', architecture: 'amd64', variant: 'V99' },
  { os: 'linux', architecture: 'amd64', 'os.version': '6.1', 'os.features': ['x'] },
];

describe('a condition on the platform', () => {
  it.each(AMD64)('matches amd64 in the spelling %j, in every spelling of the condition', (stated) => {
    for (const glob of ['linux/amd64', 'Linux/AMD64', 'linux/x86_64', 'linux/x86-64', 'linux/*', '*/amd64']) {
      expect([glob, holds(glob, stated, 'any'), holds(glob, stated, 'every')]).toEqual([glob, true, true]);
    }
    for (const glob of ['linux/{amd64,s390x}', 'linux/{x86_64,s390x}', '**']) {
      expect([glob, holds(glob, stated, 'every')]).toEqual([glob, true]);
    }
    for (const glob of ['linux/arm64', 'windows/amd64', 'linux', 'amd64', 'linux/amd64/v2']) {
      expect([glob, holds(glob, stated, 'any'), holds(glob, stated, 'every')]).toEqual([glob, false, false]);
    }
  });

  it.each<[string, Stated, boolean]>([
    // Without a variant it stands for all of them.
    ['linux/arm', { os: 'linux', architecture: 'arm' }, true],
    ['linux/arm', { os: 'linux', architecture: 'arm', variant: 'v6' }, true],
    ['linux/arm/v7', { os: 'linux', architecture: 'arm' }, true],
    ['linux/arm/7', { os: 'linux', architecture: 'armhf' }, true],
    ['linux/armhf', { os: 'linux', architecture: 'arm', variant: '7' }, true],
    ['linux/armhf', { os: 'linux', architecture: 'arm', variant: '6' }, false],
    ['linux/armel', { os: 'linux', architecture: 'arm', variant: '6' }, true],
    ['linux/arm/v7', { os: 'linux', architecture: 'arm', variant: 'v6' }, false],
    ['linux/arm/*', { os: 'linux', architecture: 'arm', variant: 'v6' }, true],
    ['linux/arm', { os: 'linux', architecture: 'arm64' }, false],
    ['linux/arm64', { os: 'linux', architecture: 'aarch64', variant: 'v8' }, true],
    ['linux/arm64/v8', { os: 'linux', architecture: 'arm64' }, true],
    ['linux/arm64/v8', { os: 'linux', architecture: 'arm64', variant: 'v9' }, false],
    ['linux/aarch64', { os: 'linux', architecture: 'arm64', variant: 'v9' }, true],
    ['linux/amd64/v1', { os: 'linux', architecture: 'amd64' }, true],
    ['linux/i386', { os: 'linux', architecture: '386' }, true],
    ['macos/*', { os: 'darwin', architecture: 'arm64' }, true],
    ['darwin/*', { os: 'macos', architecture: 'arm64' }, true],
  ])('%s for %j: %s', (glob, stated, expected) => {
    expect(holds(glob, stated, 'every')).toBe(expected);
  });

  it.each<[Stated | undefined]>([
    [undefined],
    [{}],
    [{ os: 'unknown', architecture: 'unknown' }],
    [{ architecture: 'amd64' }],
    [{ os: 'linux' }],
    [{ os: 'linux', architecture: '' }],
    [{ os: '', architecture: '', variant: 'linux/amd64' }],
    [{ os: 'linux', architecture: 'unknown' }],
    [{ os: 'linux', architecture: 64 }],
    [{ os: 'linux', architecture: 'amd64', variant: {} }],
    [{ os: 'linux', architecture: 'amd64 ' }],
    [{ os: 'linux', architecture: 'x64' }],
    [{ os: 'gnu', architecture: 'amd64' }],
    [{ os: 'linux', architecture: 'constructor' }],
  ])('is unknown for %j', (stated) => {
    for (const glob of ['linux/amd64', 'linux/arm64', '**']) {
      expect(holds(glob, stated, 'any')).toBeUndefined();
      expect(holds(glob, stated, 'every')).toBeUndefined();
    }
  });

  it('includes the hosts that run the image if it blocks', () => {
    const old = { os: 'linux', architecture: 'i386' };
    expect(holds('linux/amd64', old, 'any')).toBeUndefined();
    expect(holds('linux/amd64', old, 'every')).toBe(false);
    expect(holds('linux/arm64', { os: 'linux', architecture: 'arm', variant: 'v6' }, 'any')).toBeUndefined();
    expect(holds('linux/386', { os: 'linux', architecture: 'amd64' }, 'any')).toBe(false);
    expect(holds('windows/amd64', old, 'any')).toBe(false);
  });

  it('requires all platforms of a digest that is listed under several', () => {
    const of = (glob: string, quantifier: 'any' | 'every', platform: string) =>
      onPlatform([glob], { platform }, quantifier);
    const both = 'linux/amd64, linux/arm64';
    expect([of('linux/arm64', 'any', both), of('linux/arm64', 'every', both)]).toEqual([true, false]);
    expect(of('linux/*', 'every', both)).toBe(true);
    const unknown = 'linux/amd64, unknown/unknown';
    expect([of('linux/arm64', 'any', unknown), of('linux/amd64', 'every', unknown)]).toEqual([
      undefined,
      undefined,
    ]);
    expect([of('linux/amd64', 'any', unknown), of('linux/arm64', 'every', unknown)]).toEqual([true, false]);
  });
});

describe("an image's config", () => {
  const amd64 = { os: 'linux', architecture: 'amd64' };
  const arm64 = { os: 'linux', architecture: 'arm64' };

  it('completes the platform of a child for which the index states none or a part', () => {
    for (const index of [
      {},
      { os: 'linux' },
      { architecture: 'x86_64' },
      { os: 'unknown', architecture: 'unknown' },
    ]) {
      expect(holds('linux/amd64', index, 'every', amd64)).toBe(true);
      expect(holds('linux/arm64', index, 'any', amd64)).toBe(false);
    }
  });

  it('is not used for an image that is not part of an index, which containerd runs on any host', () => {
    expect(holds('linux/arm64', undefined, 'any', amd64)).toBeUndefined();
    expect(holds('linux/amd64', undefined, 'every', amd64)).toBeUndefined();
  });

  it('leaves the platform unknown if it contradicts the index', () => {
    for (const quantifier of ['any', 'every'] as const) {
      expect(holds('linux/amd64', amd64, quantifier, arm64)).toBeUndefined();
      expect(holds('linux/arm64', amd64, quantifier, arm64)).toBeUndefined();
      expect(holds('linux/amd64', { os: 'windows' }, quantifier, amd64)).toBeUndefined();
      expect(holds('linux/arm64', { architecture: 'arm64' }, quantifier, amd64)).toBeUndefined();
    }
    expect(
      holds('linux/arm', { ...arm64, architecture: 'arm', variant: 'v6' }, 'every', {
        os: 'linux',
        architecture: 'arm',
        variant: 'v7',
      }),
    ).toBeUndefined();
  });

  it('may use another spelling or leave out the variant', () => {
    for (const config of AMD64.slice(0, 5)) expect(holds('linux/amd64', amd64, 'every', config)).toBe(true);
    const arm = { os: 'linux', architecture: 'arm', variant: 'v6' };
    expect(holds('linux/arm/v6', arm, 'every', { os: 'linux', architecture: 'arm' })).toBe(true);
  });

  it('cannot add a variant to an architecture of the index, which containerd reads as the baseline without one', () => {
    for (const [index, variant] of [
      [amd64, 'v3'],
      [{ ...amd64, variant: 'v1' }, 'v3'],
      [arm64, 'v9'],
    ] as const) {
      const config = { ...index, variant };
      const plain = `linux/${index.architecture}`;
      expect(holds(`${plain}/${variant}`, index, 'every', config)).toBe(false);
      expect(holds(plain, index, 'every', config)).toBe(true);
      for (const glob of [plain, `${plain}/${variant}`]) {
        expect([glob, holds(glob, index, 'any', config)]).toEqual([glob, true]);
      }
    }
    expect(holds('linux/amd64/v1', amd64, 'any', { ...amd64, variant: 'v3' })).toBe(true);
    // The same variant in other words.
    expect(holds('linux/arm64/v8', arm64, 'every', { ...arm64, variant: 'v8' })).toBe(true);
    // An index that states no architecture leaves the platform to the config.
    for (const index of [{}, { os: 'linux' }]) {
      expect(holds('linux/amd64/v3', index, 'every', { ...amd64, variant: 'v3' })).toBe(true);
    }
    // What arm means without a variant is v7, which contradicts v6.
    const arm = { os: 'linux', architecture: 'arm' };
    expect(holds('linux/arm/v6', arm, 'every', { ...arm, variant: 'v6' })).toBeUndefined();
  });

  it('is unknown if the config is unknown, which may contradict the index', () => {
    for (const quantifier of ['any', 'every'] as const) {
      for (const glob of ['linux/arm64', 'linux/amd64', '**']) {
        const unread = { platform: 'linux/arm64', configPlatform: 'unknown' } as const;
        expect(onPlatform([glob], unread, quantifier)).toBeUndefined();
      }
    }
  });

  it('is compared with every platform that shares the digest', () => {
    const listed = { platform: 'linux/amd64, linux/arm64', configPlatform: statedPlatform(amd64) };
    expect(platformsOf(listed).map((platform) => platform?.own[0])).toEqual(['linux/amd64', undefined]);
    expect(onPlatform(['linux/amd64'], listed, 'every')).toBeUndefined();
    expect(onPlatform(['linux/s390x'], listed, 'any')).toBeUndefined();
  });
});

describe('the builder of the index', () => {
  const stated = fc.record(
    {
      os: fc.constantFrom('linux', 'Linux', 'unknown', '', 'gnu', 1),
      architecture: fc.constantFrom(
        'amd64',
        'AMD64',
        'x86_64',
        'x86-64',
        'i386',
        'unknown',
        '',
        'x64',
        null,
        [],
        'arm64',
      ),
      variant: fc.constantFrom('v1', 'v2', 'v3', 'V1', '', 'unknown', 7, 'v8'),
    },
    { requiredKeys: [] },
  );

  it('cannot avoid a block for linux/amd64 on what an amd64 host runs, or get an exception of another platform', () => {
    // What containerd on linux/amd64 chooses: by os (empty: its own) and architecture, whatever the variant.
    const runs = ({ os, architecture, variant }: Stated) => {
      if (
        ![os, architecture, variant].every(
          (part) => part === undefined || part === null || typeof part === 'string',
        )
      ) {
        return false;
      }
      const system = `${os ?? ''}`.toLowerCase();
      return (
        (system === '' || system === 'linux') &&
        ['amd64', 'x86_64', 'x86-64', '386', 'i386'].includes(`${architecture ?? ''}`.toLowerCase())
      );
    };
    fc.assert(
      fc.property(stated, (index) => {
        const isNone = Object.keys(index).length === 0;
        if (runs(index) || isNone) expect(holds('linux/amd64', index, 'any')).not.toBe(false);
        if (runs(index) || isNone) expect(holds('linux/arm64', index, 'every')).not.toBe(true);
      }),
    );
  });
});
