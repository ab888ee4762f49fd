/** Scenarios of images: indexes, hidden images, artifacts and layers. */
import { CATALOGUE, type FindingSpec, finding } from '../findings.ts';
import type { ImageSpec, Scenario } from '../scenario.ts';
import {
  ACCOUNT,
  child,
  HOST,
  image,
  KEY,
  LONG_AGO,
  MINUTE,
  pending,
  REGION,
  REPOSITORY,
  scanned,
  story,
} from './build.ts';

const minor = [CATALOGUE.terrapin, CATALOGUE.requestsVerify, CATALOGUE.gnupgCompressed].map((spec) =>
  finding(spec),
);
const old = (findings = minor) => [scanned(findings, 0, LONG_AGO)];

const DAY = 24 * 60 * MINUTE;

/** A base image as a pull-through cache has it: an index, and the child for one platform. */
function base(
  name: string,
  tag: string | undefined,
  release: string,
  pushedAgoMs: number,
  found: readonly FindingSpec[],
): ImageSpec {
  const timeline = old(found.map((spec) => finding(spec)));
  return {
    kind: 'index',
    name,
    ...(tag === undefined ? {} : { tag }),
    pushedAgoMs,
    children: [{ kind: 'image', name: `${name}-amd64`, contents: 'base', release, pushedAgoMs, timeline }],
  };
}

export const images: readonly Scenario[] = [
  story(
    'pass-multi-arch',
    'Two platforms with build attestations, scanned after a short wait. One HIGH finding warns, and the index is signed.',
    [
      {
        kind: 'index',
        name: 'app',
        tag: '1.4.2',
        attestations: true,
        children: [
          child('amd64', 'amd64', [
            pending,
            { ...pending, at: 1_000, coverage: { statusCode: 'ACTIVE', reason: 'SCAN_IN_PROGRESS' } },
            scanned([...minor, finding(CATALOGUE.looneyTunables)], 2_000),
          ]),
          child('arm64', 'arm64', [pending, scanned([...minor, finding(CATALOGUE.looneyTunables)], 3_000)]),
        ],
      },
    ],
    { keys: [KEY], inputs: { 'signing-key': `awskms:///arn:aws:kms:${REGION}:${ACCOUNT}:key/${KEY.id}` } },
  ),
  story('pass-single', 'One platform, scanned long ago, with no finding above MEDIUM.', [image(old())], {
    keys: [KEY],
  }),
  story(
    'blocked',
    'Three CRITICAL vulnerabilities, one of them without a fix, and some HIGH ones.',
    [
      image([
        pending,
        scanned(
          [
            CATALOGUE.log4shell,
            CATALOGUE.spring4shell,
            CATALOGUE.zlibMinizip,
            CATALOGUE.looneyTunables,
            CATALOGUE.rapidReset,
            CATALOGUE.lodashPollution,
            CATALOGUE.urllib3Backtracking,
            CATALOGUE.terrapin,
          ].map((spec) => finding(spec)),
          2_000,
        ),
      ]),
    ],
    { keys: [KEY] },
  ),
  story(
    'whose-layer',
    'CRITICAL vulnerabilities in the base image, in packages that a RUN instruction installs and in the application.',
    [],
    {
      repositories: [
        {
          name: REPOSITORY,
          images: [
            image(
              old(
                [
                  CATALOGUE.zlibInflate,
                  CATALOGUE.zlibMinizip,
                  CATALOGUE.looneyTunables,
                  CATALOGUE.curlSocks,
                  CATALOGUE.log4shell,
                ].map((spec) => finding(spec)),
              ),
            ),
          ],
        },
        {
          name: 'cache/debian',
          images: [image(old(), { name: 'debian', tag: '12', contents: 'base' })],
        },
      ],
      inputs: { 'base-image': `${HOST}/cache/debian:12` },
    },
  ),
  story(
    'rebuild',
    'The base image’s tag points at a newer digest than the image is built on, and there is a newer tag of the same line. Both have fewer findings.',
    [],
    {
      repositories: [
        {
          name: REPOSITORY,
          images: [
            image(
              old(
                [
                  CATALOGUE.zlibInflate,
                  CATALOGUE.zlibMinizip,
                  CATALOGUE.xzBackdoor,
                  CATALOGUE.looneyTunables,
                  CATALOGUE.curlSocks,
                  CATALOGUE.log4shell,
                ].map((spec) => finding(spec)),
              ),
            ),
          ],
        },
        {
          name: 'docker-hub/library/node',
          images: [
            base('22.11-before', undefined, '', 20 * DAY, [CATALOGUE.zlibInflate, CATALOGUE.zlibMinizip]),
            base('22.11', '22.11', 'rebuilt', 3 * DAY, [CATALOGUE.zlibMinizip, CATALOGUE.terrapin]),
            base('22.14', '22.14', '22.14', DAY, [CATALOGUE.terrapin]),
            base('23.1', '23.1', '23.1', DAY, []),
          ],
        },
      ],
      inputs: { 'base-image': `${HOST}/docker-hub/library/node:22.11` },
    },
  ),
  story(
    'several-images',
    'Three images of one step: one passes, one is blocked, one cannot be scanned.',
    [],
    {
      repositories: [
        { name: 'team/api', images: [image(old(), { name: 'api' })] },
        {
          name: 'team/worker',
          images: [
            image(old([finding(CATALOGUE.log4shell), finding(CATALOGUE.looneyTunables)]), { name: 'worker' }),
          ],
        },
        {
          name: 'team/tools',
          images: [
            image(
              [
                {
                  at: 0,
                  ecr: { status: 'UNSUPPORTED_IMAGE' },
                  coverage: { statusCode: 'INACTIVE', reason: 'UNSUPPORTED_OS' },
                },
              ],
              { name: 'tools' },
            ),
          ],
        },
      ],
      images: ['api', 'worker', 'tools'].map((name) => `${HOST}/team/${name}:1.4.2`),
    },
  ),
  story('nested-index', 'An index in an index; the inner one has a CRITICAL vulnerability.', [
    {
      kind: 'index',
      name: 'app',
      tag: '1.4.2',
      children: [
        child('amd64', 'amd64', old()),
        {
          kind: 'index',
          name: 'inner',
          children: [child('arm64', 'arm64', old([finding(CATALOGUE.zlibInflate)]))],
        },
      ],
    },
  ]),
  story(
    'hidden-platform',
    'A child with the platform unknown/unknown that is not an attestation is an image, and is never scanned.',
    [
      {
        kind: 'index',
        name: 'app',
        tag: '1.4.2',
        children: [
          child('amd64', 'amd64', old()),
          {
            kind: 'image',
            name: 'hidden',
            platform: { os: 'unknown', architecture: 'unknown' },
            timeline: [pending],
          },
        ],
      },
    ],
    { inputs: { timeout: '4s' } },
  ),
  story(
    'two-readings',
    'An index with a second list under the key Manifests: programs that ignore case pull the vulnerable image in it.',
    [
      {
        kind: 'index',
        name: 'app',
        tag: '1.4.2',
        children: [child('shown', 'amd64', old())],
        besides: {
          key: 'Manifests',
          children: [child('pulled', 'amd64', old([finding(CATALOGUE.log4shell)]))],
        },
      },
    ],
  ),
  story(
    'lazy-loading',
    'The index also lists an SBOM, and a SOCI index for each platform. No runtime can run them.',
    [
      {
        kind: 'index',
        name: 'app',
        tag: '1.4.2',
        children: [
          child('amd64', 'amd64', old()),
          {
            kind: 'artifact',
            name: 'soci',
            contents: 'soci-index',
            platform: { os: 'linux', architecture: 'amd64' },
          },
          { kind: 'artifact', name: 'sbom', contents: 'sbom' },
        ],
      },
    ],
  ),
  story('not-an-image', 'The tag points at a Helm chart and not at an image.', [
    { kind: 'artifact', name: 'chart', tag: '1.4.2' },
  ]),
  story(
    'foreign-layer',
    'A layer is downloaded from outside the registry, so a scanner reads only the other layers.',
    [
      image(old(), {
        topLayer: {
          mediaType: 'application/vnd.docker.image.rootfs.foreign.diff.tar.gzip',
          urls: ['https://example.com/layer.tar.gz'],
        },
      }),
    ],
  ),
  story('encrypted-layer', 'A layer is encrypted, so a scanner reads only the other layers.', [
    image(old(), { topLayer: { mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip+encrypted' } }),
  ]),
  story('archived', 'The image is archived.', [
    {
      ...image([
        {
          at: 0,
          ecr: { status: 'IMAGE_ARCHIVED' },
          coverage: { statusCode: 'INACTIVE', reason: 'IMAGE_ARCHIVED' },
        },
      ]),
      archived: true,
    },
  ]),
  story(
    'tag-moves',
    'The tag is moved to a vulnerable image while the gate waits; the digest that was resolved first is judged.',
    [
      image([pending, scanned(minor, 6_000)]),
      image(old([finding(CATALOGUE.log4shell)]), { name: 'other', tag: 'other' }),
    ],
    { repository: { moves: [{ tag: '1.4.2', to: 'other', at: 4_000 }] } },
  ),
  story('immutable-tags', 'A repository with immutable tags.', [image(old())], {
    keys: [KEY],
    repository: { tagMutability: 'IMMUTABLE' },
  }),
  story(
    'manifest-mismatch',
    'The registry returns a manifest that does not have the requested digest.',
    [image(old())],
    {
      faults: [{ api: 'BatchGetImage', kind: 'wrong-bytes' }],
      images: [`${HOST}/${REPOSITORY}:1.4.2`],
    },
  ),
];
