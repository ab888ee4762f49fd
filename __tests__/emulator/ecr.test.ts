import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { Agent, get } from 'node:https';
import {
  BatchGetImageCommand,
  BatchGetRepositoryScanningConfigurationCommand,
  DescribeImageScanFindingsCommand,
  DescribeImageSigningStatusCommand,
  DescribeImagesCommand,
  DescribeRepositoriesCommand,
  GetAuthorizationTokenCommand,
  GetDownloadUrlForLayerCommand,
  GetRegistryScanningConfigurationCommand,
  ListImageReferrersCommand,
  type ListImageReferrersCommandInput,
  PutImageCommand,
} from '@aws-sdk/client-ecr';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { FaultKind, ImageSpec } from '../../emulator/scenario.ts';
import { digestOf } from '../../emulator/store.ts';
import {
  ACCOUNT,
  ARN,
  image,
  REGION,
  SCANNED,
  scenario,
  stage,
  vulnerabilities,
  vulnerability,
  withFaults,
} from './stage.ts';

const MEDIA_TYPES = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.docker.distribution.manifest.v2+json',
];
const INDEX: ImageSpec = {
  kind: 'index',
  name: 'multi',
  tag: 'multi',
  children: [
    { kind: 'image', name: 'amd64', timeline: [SCANNED] },
    { kind: 'image', name: 'arm64', platform: { os: 'linux', architecture: 'arm64' }, timeline: [SCANNED] },
  ],
};
const app = { repositoryName: 'app' };
const tagged = { repositoryName: 'app', imageIds: [{ imageTag: '1.0' }] };

describe('DescribeImages', () => {
  test('describes by tag and by digest', async () => {
    const { ecr, emulator, digest } = await stage(scenario([image(SCANNED), INDEX]));
    const byTag = await ecr.send(new DescribeImagesCommand(tagged));
    expect(byTag.imageDetails).toEqual([
      expect.objectContaining({
        registryId: ACCOUNT,
        repositoryName: 'app',
        imageDigest: digest('app'),
        imageTags: ['1.0'],
        imageManifestMediaType: 'application/vnd.oci.image.manifest.v1+json',
        imageScanStatus: { status: 'ACTIVE', description: 'Continuous scan is selected for image.' },
        imageStatus: 'ACTIVE',
      }),
    ]);
    const pushedAt = byTag.imageDetails?.[0]?.imagePushedAt?.getTime() ?? 0;
    expect(pushedAt).toBeLessThanOrEqual(emulator.now() - 60_000);
    expect(pushedAt).toBeGreaterThan(emulator.now() - 600_000);

    const byDigest = new DescribeImagesCommand({ ...app, imageIds: [{ imageDigest: digest('arm64') }] });
    const [child] = (await ecr.send(byDigest)).imageDetails ?? [];
    expect(child?.imageDigest).toBe(digest('arm64'));
    expect(child?.imageTags).toBeUndefined();
  });

  test('lists in pages, by tag status', async () => {
    const { ecr, digest } = await stage(scenario([image(SCANNED), INDEX]));
    const seen: (string | undefined)[] = [];
    let nextToken: string | undefined;
    do {
      const page = await ecr.send(new DescribeImagesCommand({ ...app, maxResults: 1, nextToken }));
      expect(page.imageDetails).toHaveLength(1);
      seen.push(page.imageDetails?.[0]?.imageDigest);
      nextToken = page.nextToken;
    } while (nextToken);
    expect(new Set(seen)).toEqual(new Set(['app', 'multi', 'amd64', 'arm64'].map(digest)));

    const untagged = await ecr.send(new DescribeImagesCommand({ ...app, filter: { tagStatus: 'UNTAGGED' } }));
    expect(untagged.imageDetails).toHaveLength(2);
  });

  test('hides archived images unless they are requested', async () => {
    const { ecr } = await stage(
      scenario([{ kind: 'image', name: 'app', tag: '1.0', archived: true, timeline: [] }]),
    );
    expect((await ecr.send(new DescribeImagesCommand(app))).imageDetails).toEqual([]);
    await expect(ecr.send(new DescribeImagesCommand(tagged))).rejects.toMatchObject({
      name: 'ImageNotFoundException',
    });
    const any = await ecr.send(new DescribeImagesCommand({ ...tagged, filter: { imageStatus: 'ANY' } }));
    expect(any.imageDetails?.[0]?.imageStatus).toBe('ARCHIVED');
  });

  test('sees a tag move at the time that the scenario sets', async () => {
    const { ecr, emulator, digest } = await stage(
      scenario([], {
        repositories: [
          {
            name: 'app',
            images: [image(SCANNED), { kind: 'image', name: 'newer', timeline: [] }],
            moves: [{ tag: '1.0', to: 'newer', at: 3_600_000 }],
          },
        ],
      }),
    );
    const described = async () =>
      (await ecr.send(new DescribeImagesCommand(tagged))).imageDetails?.[0]?.imageDigest;
    expect(await described()).toBe(digest('app'));
    emulator.advance(3_600_000);
    expect(await described()).toBe(digest('newer'));
  });

  test.each([
    ['an unknown tag', { ...app, imageIds: [{ imageTag: 'none' }] }, 'ImageNotFoundException'],
    [
      'an unknown digest',
      { ...app, imageIds: [{ imageDigest: `sha256:${'0'.repeat(64)}` }] },
      'ImageNotFoundException',
    ],
    ['an unknown repository', { repositoryName: 'other' }, 'RepositoryNotFoundException'],
    ['another registry', { ...app, registryId: '999999999999' }, 'RepositoryNotFoundException'],
    ['no repository', { repositoryName: undefined }, 'InvalidParameterException'],
    ['a malformed repository', { repositoryName: 'App' }, 'InvalidParameterException'],
    ['no ids', { ...app, imageIds: [] }, 'InvalidParameterException'],
    ['too many ids', { ...app, imageIds: Array(101).fill({ imageTag: '1.0' }) }, 'InvalidParameterException'],
    ['a page of none', { ...app, maxResults: 0 }, 'InvalidParameterException'],
    ['a page too large', { ...app, maxResults: 1001 }, 'InvalidParameterException'],
    ['pages of ids', { ...tagged, maxResults: 1 }, 'InvalidParameterException'],
    ['a token of another query', { ...app, nextToken: 'x' }, 'InvalidParameterException'],
    ['an unknown filter', { ...app, filter: { imageStatus: 'GONE' as 'ANY' } }, 'InvalidParameterException'],
  ])('refuses %s', async (_, input, name) => {
    const { ecr } = await stage(scenario([image(SCANNED)]));
    await expect(ecr.send(new DescribeImagesCommand(input))).rejects.toMatchObject({ name });
  });
});

describe('BatchGetImage', () => {
  test('returns manifests by digest, with bytes that match the digest', async () => {
    const { ecr, digest } = await stage(scenario([INDEX]));
    const answer = await ecr.send(
      new BatchGetImageCommand({
        ...app,
        imageIds: [{ imageDigest: digest('multi') }],
        acceptedMediaTypes: MEDIA_TYPES,
      }),
    );
    const [found] = answer.images ?? [];
    expect(found?.imageManifestMediaType).toBe('application/vnd.oci.image.index.v1+json');
    const manifest = found?.imageManifest ?? '';
    expect(`sha256:${createHash('sha256').update(manifest).digest('hex')}`).toBe(digest('multi'));
    const children = (JSON.parse(manifest) as { manifests: { digest: string }[] }).manifests;
    expect(children.map((child) => child.digest)).toEqual([digest('amd64'), digest('arm64')]);
  });

  test('lists images that it cannot return in failures', async () => {
    const { ecr, digest } = await stage(scenario([image(SCANNED), INDEX]));
    const imageIds = [
      { imageTag: 'none' },
      { imageDigest: 'sha256:x' },
      { imageTag: '1.0', imageDigest: digest('multi') },
      {},
    ];
    const answer = await ecr.send(
      new BatchGetImageCommand({ ...app, imageIds, acceptedMediaTypes: MEDIA_TYPES }),
    );
    expect(answer.images).toEqual([]);
    expect(answer.failures?.map(({ failureCode }) => failureCode)).toEqual([
      'ImageNotFound',
      'InvalidImageDigest',
      'ImageTagDoesNotMatchDigest',
      'MissingDigestAndTag',
    ]);
  });

  test('refuses to convert a manifest', async () => {
    const { ecr } = await stage(scenario([image(SCANNED)]));
    await expect(ecr.send(new BatchGetImageCommand(tagged))).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: expect.stringContaining('acceptedMediaTypes'),
    });
  });
});

describe('DescribeImageScanFindings', () => {
  const asked = { repositoryName: 'app', imageId: { imageTag: '1.0' } };

  test('follows the timeline', async () => {
    const { ecr, emulator } = await stage(
      scenario([
        image(
          { at: 1_000_000, ecr: { status: 'PENDING' } },
          { at: 2_000_000, ecr: { status: 'ACTIVE' }, findings: [vulnerability('CVE-2024-0001')] },
          { at: 3_000_000, ecrShows: 0 },
        ),
      ]),
    );
    const ask = () => ecr.send(new DescribeImageScanFindingsCommand(asked));
    await expect(ask()).rejects.toMatchObject({ name: 'ScanNotFoundException' });
    emulator.advance(1_000_000);
    expect(await ask()).toMatchObject({ imageScanStatus: { status: 'PENDING' } });
    emulator.advance(1_000_000);
    expect(await ask()).toMatchObject({
      imageScanStatus: { status: 'ACTIVE' },
      imageScanFindings: {
        findingSeverityCounts: { HIGH: 1 },
        enhancedFindings: [{ title: 'CVE-2024-0001 - openssl', awsAccountId: ACCOUNT, status: 'ACTIVE' }],
      },
    });
    emulator.advance(1_000_000);
    expect((await ask()).imageScanFindings?.enhancedFindings).toEqual([]);
  });

  test('returns enhanced findings in pages, with the counts of the page', async () => {
    const { ecr } = await stage(scenario([image({ ...SCANNED, findings: vulnerabilities(5) })]));
    const first = await ecr.send(new DescribeImageScanFindingsCommand({ ...asked, maxResults: 3 }));
    expect(first.imageScanFindings?.findingSeverityCounts).toEqual({ HIGH: 3 });
    const { nextToken } = first;
    const second = await ecr.send(
      new DescribeImageScanFindingsCommand({ ...asked, maxResults: 3, nextToken }),
    );
    expect(second.imageScanFindings?.enhancedFindings).toHaveLength(2);
    expect(second.nextToken).toBeUndefined();
  });

  test('shows as many findings as the scenario sets, including later ones', async () => {
    const { ecr } = await stage(
      scenario([
        image({ ...SCANNED, ecrShows: 2 }, { at: 3_600_000, findings: vulnerabilities(1) }),
        { kind: 'image', name: 'never', tag: 'never', timeline: [{ ...SCANNED, ecrShows: 1 }] },
      ]),
    );
    const shown = async (imageTag: string) => {
      const answer = await ecr.send(new DescribeImageScanFindingsCommand({ ...app, imageId: { imageTag } }));
      return answer.imageScanFindings?.enhancedFindings?.length;
    };
    expect(await shown('1.0')).toBe(2);
    expect(await shown('never')).toBe(1);
  });

  test('returns basic findings for a basic registry', async () => {
    const basic = [
      { name: 'CVE-2024-0001', severity: 'HIGH', attributes: [{ key: 'package_name', value: 'openssl' }] },
      { name: 'CVE-2024-0002', severity: 'UNDEFINED' },
    ];
    const { ecr } = await stage(
      scenario([image({ at: 0, ecr: { status: 'COMPLETE' }, basic })], { registryScanType: 'BASIC' }),
    );
    const answer = await ecr.send(new DescribeImageScanFindingsCommand(asked));
    expect(answer.imageScanFindings).toMatchObject({
      imageScanCompletedAt: expect.any(Date),
      findingSeverityCounts: { HIGH: 1, UNDEFINED: 1 },
      findings: basic,
    });
    const described = await ecr.send(new DescribeImagesCommand(tagged));
    expect(described.imageDetails?.[0]?.imageScanStatus).toBeUndefined();
  });

  test('has no scan of an index', async () => {
    const { ecr } = await stage(scenario([INDEX]));
    const command = new DescribeImageScanFindingsCommand({ ...app, imageId: { imageTag: 'multi' } });
    await expect(ecr.send(command)).rejects.toMatchObject({ name: 'ScanNotFoundException' });
  });

  test('refuses an unknown image', async () => {
    const { ecr } = await stage(scenario([image(SCANNED)]));
    const command = new DescribeImageScanFindingsCommand({ ...app, imageId: { imageTag: 'none' } });
    await expect(ecr.send(command)).rejects.toMatchObject({ name: 'ImageNotFoundException' });
  });
});

describe('DescribeImageSigningStatus', () => {
  test('returns the status that the scenario sets for the repository, for images that exist', async () => {
    const signingProfileArn = `arn:aws:signer:${REGION}:${ACCOUNT}:/signing-profiles/origin`;
    const played = scenario([], {
      repositories: [
        {
          name: 'app',
          images: [image(SCANNED)],
          managedSigning: [{ signingProfileArn, status: 'COMPLETE' }],
        },
      ],
    });
    const { ecr, digest } = await stage(played);
    const ask = (imageDigest: string) =>
      ecr.send(new DescribeImageSigningStatusCommand({ repositoryName: 'app', imageId: { imageDigest } }));
    expect((await ask(digest('app'))).signingStatuses).toEqual([{ signingProfileArn, status: 'COMPLETE' }]);
    await expect(ask(`sha256:${'0'.repeat(64)}`)).rejects.toMatchObject({ name: 'ImageNotFoundException' });
  });
});

describe('ListImageReferrers', () => {
  test('lists manifests with a subject, by type and in pages', async () => {
    const { ecr, emulator, digest } = await stage(scenario([image(SCANNED)]));
    const repository = emulator.store.create('app');
    for (const artifactType of ['application/a', 'application/b']) {
      const manifest = {
        schemaVersion: 2,
        mediaType: MEDIA_TYPES[1],
        artifactType,
        config: {
          mediaType: 'application/vnd.oci.empty.v1+json',
          digest: `sha256:${'0'.repeat(64)}`,
          size: 2,
        },
        layers: [],
        subject: { mediaType: MEDIA_TYPES[1], digest: digest('app'), size: 1 },
      };
      emulator.store.putManifest(repository, String(MEDIA_TYPES[1]), Buffer.from(JSON.stringify(manifest)));
    }
    const subjectId = { imageDigest: digest('app') };
    const first = await ecr.send(new ListImageReferrersCommand({ ...app, subjectId, maxResults: 1 }));
    expect(first.referrers).toMatchObject([{ artifactType: 'application/a', artifactStatus: 'ACTIVE' }]);
    const { nextToken } = first;
    const second = await ecr.send(
      new ListImageReferrersCommand({ ...app, subjectId, maxResults: 1, nextToken }),
    );
    expect(second.referrers).toMatchObject([{ artifactType: 'application/b' }]);
    const filter = { artifactTypes: ['application/b'] };
    expect(
      (await ecr.send(new ListImageReferrersCommand({ ...app, subjectId, filter }))).referrers,
    ).toHaveLength(1);
    const tooMany = new ListImageReferrersCommand({ ...app, subjectId, maxResults: 51 });
    await expect(ecr.send(tooMany)).rejects.toMatchObject({ name: 'InvalidParameterException' });
  });
});

describe('faults of artifacts that are attached to an image', () => {
  /** An image with three referrers. */
  async function attached() {
    const staged = await stage(scenario([image(SCANNED)]));
    const { emulator, ecr, digest } = staged;
    const repository = emulator.store.create('app');
    const mediaType = String(MEDIA_TYPES[1]);
    const blob = emulator.store.putBlob(repository, Buffer.from('{}'));
    const referrers = ['a', 'b', 'c'].map((type) => {
      const subject = { mediaType, digest: digest('app'), size: 1 };
      const manifest = {
        schemaVersion: 2,
        mediaType,
        artifactType: `application/${type}`,
        layers: [],
        subject,
      };
      return emulator.store.putManifest(repository, mediaType, Buffer.from(JSON.stringify(manifest))).digest;
    });
    const list = (more: Partial<ListImageReferrersCommandInput> = {}) =>
      ecr.send(new ListImageReferrersCommand({ ...app, subjectId: { imageDigest: digest('app') }, ...more }));
    const manifests = (...digests: string[]) =>
      ecr.send(
        new BatchGetImageCommand({
          ...app,
          imageIds: digests.map((imageDigest) => ({ imageDigest })),
          acceptedMediaTypes: [mediaType],
        }),
      );
    return { ...staged, repository, blob, referrers, list, manifests };
  }

  test('an archived artifact is listed if all are requested, and is not returned', async () => {
    const { repository, referrers, list, manifests } = await attached();
    const [first = '', second = ''] = referrers;
    repository.archived.add(first);
    expect((await list()).referrers?.map(({ digest }) => digest)).toEqual(referrers.slice(1));
    const all = await list({ filter: { artifactStatus: 'ANY' } });
    expect(all.referrers).toMatchObject([{ digest: first, artifactStatus: 'ARCHIVED' }, {}, {}]);
    const { images, failures } = await manifests(first, second);
    expect(images).toMatchObject([{ imageId: { imageDigest: second } }]);
    expect(failures).toMatchObject([{ imageId: { imageDigest: first }, failureCode: 'ImageInaccessible' }]);
  });

  test('lists are wrong from the given call on', async () => {
    const { emulator, referrers, list } = await attached();
    expect((await list()).referrers).toHaveLength(3);
    const strike = (kind: FaultKind) => {
      emulator.addFault({ api: 'ListImageReferrers', kind, to: 1 });
      return list();
    };
    const empty = await strike('empty-page');
    expect(empty).toMatchObject({ referrers: [], nextToken: expect.stringMatching(/./) });
    expect((await list({ nextToken: empty.nextToken })).referrers).toHaveLength(3);
    const twice = (await strike('repeat-items')).referrers?.map(({ digest }) => digest);
    expect(twice).toEqual(referrers.flatMap((digest) => [digest, digest]));
    for (const { digest, artifactType } of (await strike('no-digests')).referrers ?? []) {
      expect({ digest, artifactType }).toEqual({ digest: undefined, artifactType: expect.anything() });
    }
    for (const { digest, artifactType } of (await strike('null-types')).referrers ?? []) {
      expect({ digest, artifactType: artifactType ?? undefined }).toEqual({ digest: expect.anything() });
    }
    expect((await list()).referrers).toHaveLength(3);
  });

  test('manifests are not found, and downloads are refused', async () => {
    const { emulator, ecr, blob, referrers, manifests } = await attached();
    const [first = ''] = referrers;
    emulator.addFault({ api: 'BatchGetImage', kind: 'not-found', match: first });
    expect(await manifests(first)).toMatchObject({
      images: [],
      failures: [{ imageId: { imageDigest: first }, failureCode: 'ImageNotFound' }],
    });
    expect((await manifests(referrers[1] ?? '')).images).toHaveLength(1);
    const ask = () => ecr.send(new GetDownloadUrlForLayerCommand({ ...app, layerDigest: blob }));
    const { downloadUrl = '' } = await ask();
    expect((await fetch(downloadUrl)).status).toBe(200);
    for (const [kind, status] of [
      ['deny', 403],
      ['not-found', 404],
      ['throttle', 429],
      ['500', 500],
    ] as const) {
      emulator.addFault({ api: 'LayerDownload', kind, to: 1 });
      expect((await fetch(downloadUrl)).status).toBe(status);
    }
    expect((await fetch(downloadUrl)).status).toBe(200);
    emulator.addFault({ api: 'GetDownloadUrlForLayer', kind: 'not-found' });
    await expect(ask()).rejects.toMatchObject({ name: 'LayersNotFoundException' });
  });
});

describe('the registry and its repositories', () => {
  test('returns a token for the registry', async () => {
    const { ecr, emulator } = await stage(scenario([]));
    const [data] = (await ecr.send(new GetAuthorizationTokenCommand({}))).authorizationData ?? [];
    expect(data?.proxyEndpoint).toBe(`https://${ACCOUNT}.dkr.ecr.${REGION}.amazonaws.com`);
    expect(data?.expiresAt?.getTime()).toBeGreaterThan(emulator.now());
    expect(Buffer.from(data?.authorizationToken ?? '', 'base64').toString()).toMatch(/^AWS:.+/);
  });

  test('accepts the token at the registry under its real name, through the proxy', async () => {
    const { ecr, emulator } = await stage(scenario([image(SCANNED)]));
    const env = emulator.env();
    const agent = new Agent({ proxyEnv: env, ca: await readFile(env.SSL_CERT_FILE ?? '') });
    onTestFinished(() => agent.destroy());
    const status = (headers: Record<string, string>, host = `${ACCOUNT}.dkr.ecr.${REGION}.amazonaws.com`) =>
      new Promise((resolve, reject) => {
        get(`https://${host}/v2/app/manifests/1.0`, { agent, headers }, (response) => {
          response.resume().on('end', () => resolve(response.statusCode));
        }).on('error', reject);
      });
    const [data] = (await ecr.send(new GetAuthorizationTokenCommand({}))).authorizationData ?? [];
    expect(await status({})).toBe(401);
    expect(await status({ authorization: `Basic ${btoa('AWS:guess')}` })).toBe(401);
    expect(await status({ authorization: `Basic ${data?.authorizationToken}` })).toBe(200);
    expect(emulator.registryRequests.map((request) => request.status)).toEqual([401, 401, 200]);
    expect(emulator.foreign).toEqual([]);
    await expect(status({}, 'example.com')).rejects.toThrow();
    expect(emulator.foreign).toEqual(['example.com:443']);
  });

  test('applies a fault of every operation to the matching calls', async () => {
    const { ecr, emulator } = await stage(
      scenario([], withFaults({ api: '*', from: 1, to: 1, kind: 'deny' })),
    );
    await expect(ecr.send(new GetAuthorizationTokenCommand({}))).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringContaining('ecr:GetAuthorizationToken on resource: *'),
    });
    await ecr.send(new GetAuthorizationTokenCommand({}));
    expect(emulator.count('GetAuthorizationToken')).toBe(2);
  });

  test('returns how repositories are scanned', async () => {
    const { ecr } = await stage(
      scenario([], {
        repositories: [
          { name: 'watched', images: [] },
          { name: 'once', images: [], scanFrequency: 'SCAN_ON_PUSH' },
          { name: 'never', images: [], scanFrequency: 'MANUAL' },
        ],
      }),
    );
    const answer = await ecr.send(
      new BatchGetRepositoryScanningConfigurationCommand({
        repositoryNames: ['watched', 'never', 'missing'],
      }),
    );
    expect(answer.scanningConfigurations).toMatchObject([
      { repositoryName: 'watched', repositoryArn: `${ARN}/watched`, scanFrequency: 'CONTINUOUS_SCAN' },
      { repositoryName: 'never', scanFrequency: 'MANUAL' },
    ]);
    expect(answer.failures).toMatchObject([
      { repositoryName: 'missing', failureCode: 'REPOSITORY_NOT_FOUND' },
    ]);

    const registry = await ecr.send(new GetRegistryScanningConfigurationCommand({}));
    expect(registry.scanningConfiguration).toEqual({
      scanType: 'ENHANCED',
      rules: [
        {
          scanFrequency: 'CONTINUOUS_SCAN',
          repositoryFilters: [{ filter: 'watched', filterType: 'WILDCARD' }],
        },
        { scanFrequency: 'SCAN_ON_PUSH', repositoryFilters: [{ filter: 'once', filterType: 'WILDCARD' }] },
      ],
    });
  });

  test('uses the registry of the caller’s account, unless the request names the images’ account', async () => {
    const caller = {
      account: '999900001111',
      registryScanType: 'BASIC',
      repositories: [{ name: 'app', scanFrequency: 'MANUAL' }],
    } as const;
    const { ecr } = await stage(scenario([image(SCANNED)], { caller }));
    expect(await ecr.send(new GetRegistryScanningConfigurationCommand({}))).toMatchObject({
      registryId: caller.account,
      scanningConfiguration: { scanType: 'BASIC', rules: [] },
    });
    const repositories = new BatchGetRepositoryScanningConfigurationCommand({ repositoryNames: ['app'] });
    expect((await ecr.send(repositories)).scanningConfigurations).toMatchObject([
      { repositoryArn: `${ARN.replace(ACCOUNT, caller.account)}/app`, scanFrequency: 'MANUAL' },
    ]);
    const unasked = new DescribeImagesCommand({ repositoryName: 'app' });
    await expect(ecr.send(unasked)).rejects.toMatchObject({ name: 'RepositoryNotFoundException' });
    const asked = new DescribeImagesCommand({ registryId: ACCOUNT, repositoryName: 'app' });
    expect((await ecr.send(asked)).imageDetails).toHaveLength(1);
  });

  test('describes repositories and their tag mutability', async () => {
    const { ecr } = await stage(
      scenario([], {
        repositories: [
          {
            name: 'app',
            images: [],
            tagMutability: 'IMMUTABLE_WITH_EXCLUSION',
            tagMutabilityExclusions: ['sha256-*'],
          },
        ],
      }),
    );
    expect((await ecr.send(new DescribeRepositoriesCommand({}))).repositories).toMatchObject([
      {
        repositoryName: 'app',
        repositoryUri: `${ACCOUNT}.dkr.ecr.${REGION}.amazonaws.com/app`,
        imageTagMutability: 'IMMUTABLE_WITH_EXCLUSION',
        imageTagMutabilityExclusionFilters: [{ filterType: 'WILDCARD', filter: 'sha256-*' }],
      },
    ]);
    const missing = new DescribeRepositoriesCommand({ repositoryNames: ['missing'] });
    await expect(ecr.send(missing)).rejects.toMatchObject({ name: 'RepositoryNotFoundException' });
  });

  test('refuses operations that are not emulated', async () => {
    const { ecr } = await stage(scenario([]));
    await expect(ecr.send(new PutImageCommand({ ...app, imageManifest: '{}' }))).rejects.toMatchObject({
      name: 'UnknownOperationException',
    });
  });
});

describe('request signatures', () => {
  test('refuses another region, an unknown key and a missing signature', async () => {
    const elsewhere = await stage(scenario([]), { region: 'us-east-1' });
    await expect(elsewhere.ecr.send(new DescribeRepositoriesCommand({}))).rejects.toMatchObject({
      name: 'InvalidSignatureException',
    });
    const stranger = await stage(scenario([]), {
      credentials: { accessKeyId: 'AKIDOTHER', secretAccessKey: 'x' },
    });
    await expect(stranger.ecr.send(new DescribeRepositoriesCommand({}))).rejects.toMatchObject({
      name: 'UnrecognizedClientException',
    });
    const headers = { 'x-amz-target': 'AmazonEC2ContainerRegistry_V20150921.DescribeRepositories' };
    const bare = await fetch(stranger.emulator.url, { method: 'POST', headers, body: '{}' });
    expect(bare.status).toBe(403);
    expect(bare.headers.get('x-amzn-errortype')).toBe('MissingAuthenticationTokenException');
  });

  test('uses the clock of the scenario', async () => {
    const clockOffsetMs = 3_600_000;
    const { ecr, emulator } = await stage(scenario([], { clockOffsetMs }));
    await expect(ecr.send(new DescribeRepositoriesCommand({}))).rejects.toMatchObject({
      name: 'InvalidSignatureException',
    });
    // The SDK has read AWS's time from that response.
    await ecr.send(new DescribeRepositoriesCommand({}));
    expect(emulator.now()).toBeGreaterThan(Date.now() + clockOffsetMs - 60_000);
  });
});

describe('faults', () => {
  const describe_ = (kind: FaultKind, more: { from?: number; to?: number; ms?: number } = {}) =>
    stage(scenario([image(SCANNED)], withFaults({ api: 'DescribeImages', kind, ...more })));

  test.each([
    ['throttle', 'ThrottlingException', 400],
    ['500', 'ServerException', 500],
    ['503', 'ServiceUnavailableException', 503],
    ['deny', 'AccessDeniedException', 400],
    ['expired-token', 'ExpiredTokenException', 400],
  ] as const)('%s', async (kind, name, httpStatusCode) => {
    const { ecr, emulator } = await describe_(kind);
    await expect(ecr.send(new DescribeImagesCommand(tagged))).rejects.toMatchObject({
      name,
      $metadata: { httpStatusCode },
    });
    expect(emulator.calls).toMatchObject([{ api: 'DescribeImages', status: httpStatusCode }]);
  });

  test('reset, for the matching calls only', async () => {
    const { ecr, emulator } = await describe_('reset', { from: 2, to: 2 });
    await ecr.send(new DescribeImagesCommand(tagged));
    await expect(ecr.send(new DescribeImagesCommand(tagged))).rejects.toMatchObject({ code: 'ECONNRESET' });
    await ecr.send(new DescribeImagesCommand(tagged));
    expect(emulator.calls.map(({ status }) => status)).toEqual([200, 0, 200]);
    expect(emulator.count('DescribeImages')).toBe(3);
  });

  test('hang, until the emulator is closed', async () => {
    const { ecr, emulator } = await describe_('hang');
    const hung = expect(ecr.send(new DescribeImagesCommand(tagged))).rejects.toThrow();
    await expect.poll(() => emulator.count('DescribeImages')).toBe(1);
    await emulator.close();
    await hung;
  });

  test('garbage and empty', async () => {
    const garbage = await describe_('garbage');
    await expect(garbage.ecr.send(new DescribeImagesCommand(tagged))).rejects.toThrow();
    const empty = await describe_('empty');
    expect((await empty.ecr.send(new DescribeImagesCommand(tagged))).imageDetails).toBeUndefined();
  });

  test('slow', async () => {
    const { ecr, emulator } = await describe_('slow', { ms: 50 });
    const before = emulator.now();
    await ecr.send(new DescribeImagesCommand(tagged));
    expect(emulator.now() - before).toBeGreaterThanOrEqual(49);
  });

  test('missing-member, other-digest, other-account and no-date', async () => {
    const missing = await describe_('missing-member');
    expect((await missing.ecr.send(new DescribeImagesCommand(tagged))).imageDetails).toBeUndefined();
    const digest = await describe_('other-digest');
    const [other] = (await digest.ecr.send(new DescribeImagesCommand(tagged))).imageDetails ?? [];
    expect(other?.imageDigest).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(other?.imageDigest).not.toBe(digest.digest('app'));
    const account = await describe_('other-account');
    const [foreign] = (await account.ecr.send(new DescribeImagesCommand(tagged))).imageDetails ?? [];
    expect(foreign?.registryId).toBe('999999999999');
    const date = await describe_('no-date');
    const [undated] = (await date.ecr.send(new DescribeImagesCommand(tagged))).imageDetails ?? [];
    expect(undated?.imagePushedAt).toBeUndefined();
    expect(undated?.imageDigest).toBe(date.digest('app'));
  });

  test('wrong-bytes', async () => {
    const { ecr, digest } = await stage(
      scenario([image(SCANNED)], withFaults({ api: 'BatchGetImage', kind: 'wrong-bytes' })),
    );
    const answer = await ecr.send(new BatchGetImageCommand({ ...tagged, acceptedMediaTypes: MEDIA_TYPES }));
    const manifest = answer.images?.[0]?.imageManifest ?? '';
    expect(`sha256:${createHash('sha256').update(manifest).digest('hex')}`).not.toBe(digest('app'));
  });

  test('only requests that match', async () => {
    const { ecr } = await stage(
      scenario([image(SCANNED)], withFaults({ api: '*', match: '"maxResults":7', kind: 'deny' })),
    );
    await ecr.send(new DescribeImagesCommand({ ...app, maxResults: 6 }));
    await expect(ecr.send(new DescribeImagesCommand({ ...app, maxResults: 7 }))).rejects.toMatchObject({
      name: 'AccessDeniedException',
    });
  });
});

test('an account with a low rate limit throttles requests, and retries succeed', async () => {
  const { ecr, emulator } = await stage(scenario([image(SCANNED)], { requestsPerSecond: 1 }), {
    maxAttempts: 10,
  });
  await Promise.all(Array.from({ length: 3 }, () => ecr.send(new DescribeImagesCommand(tagged))));
  expect(emulator.calls.some(({ status }) => status === 400)).toBe(true);
});

test('returns URLs of existing blobs, and serves only those URLs', async () => {
  const { ecr, emulator, digest } = await stage(scenario([image(SCANNED)]));
  const { images } = await ecr.send(
    new BatchGetImageCommand({
      repositoryName: 'app',
      imageIds: [{ imageDigest: digest('app') }],
      acceptedMediaTypes: ['application/vnd.oci.image.manifest.v1+json'],
    }),
  );
  const { config } = JSON.parse(images?.[0]?.imageManifest ?? '') as {
    config: { digest: string; size: number };
  };
  const ask = (layerDigest: string) =>
    ecr.send(new GetDownloadUrlForLayerCommand({ repositoryName: 'app', layerDigest }));
  const { downloadUrl = '', layerDigest } = await ask(config.digest);
  expect(layerDigest).toBe(config.digest);
  const answer = await fetch(downloadUrl);
  const bytes = Buffer.from(await answer.arrayBuffer());
  expect([answer.status, bytes.length, digestOf(bytes)]).toEqual([200, config.size, config.digest]);

  for (const url of [downloadUrl.replace(/Signature=../, 'Signature=xx'), downloadUrl.split('?')[0] ?? '']) {
    expect((await fetch(url)).status).toBe(403);
  }
  emulator.advance(2 * 60 * 60_000);
  expect((await fetch(downloadUrl)).status).toBe(403);
  await expect(ask(`sha256:${'0'.repeat(64)}`)).rejects.toMatchObject({ name: 'LayersNotFoundException' });
  await expect(ask('nonsense')).rejects.toMatchObject({ name: 'InvalidParameterException' });
});
