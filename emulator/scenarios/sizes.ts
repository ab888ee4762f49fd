/** Scenarios of large accounts and images. */
import { CATALOGUE, finding, many } from '../findings.ts';
import type { Scenario } from '../scenario.ts';
import { child, HOST, image, LONG_AGO, scanned, story } from './build.ts';

const LATENCY_MS = 20;
const ARCHITECTURES = ['amd64', 'arm64', 'arm', '386', 'ppc64le', 's390x', 'riscv64', 'mips64le'];

export const sizes: readonly Scenario[] = [
  story(
    'ten-thousand',
    '10,000 findings of one image.',
    [image([scanned(many(10_000, 'LARGE'), 0, LONG_AGO)])],
    { latencyMs: LATENCY_MS },
  ),
  story(
    'eight-platforms',
    'An index of eight platforms with 300 findings each.',
    [
      {
        kind: 'index',
        name: 'app',
        tag: '1.4.2',
        children: ARCHITECTURES.map((name) =>
          child(name, name, [scanned(many(300, 'PLATFORM'), 0, LONG_AGO)]),
        ),
      },
    ],
    { latencyMs: LATENCY_MS },
  ),
  story(
    'ten-images',
    'Ten images of one step, 200 findings each.',
    Array.from({ length: 10 }, (_, index) =>
      image([scanned(many(200, `IMAGE${index}`), 0, LONG_AGO)], { name: `app-${index}`, tag: `v${index}` }),
    ),
    { latencyMs: LATENCY_MS, images: Array.from({ length: 10 }, (_, index) => `${HOST}/team/app:v${index}`) },
  ),
  story(
    'crowd',
    'An account that allows twenty requests a second.',
    [image([scanned([finding(CATALOGUE.terrapin)], 0, LONG_AGO)])],
    {
      requestsPerSecond: 20,
      inputs: { timeout: '5m' },
    },
  ),
];
