/** docs/scale.md: its numbers of calls, counted on a run that signs, and its arithmetic. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { emulate, findCosign, needsCosign, run } from './signed.ts';

const text = readFileSync(join(import.meta.dirname, '../../docs/scale.md'), 'utf8');
const [, table = ''] = /<!-- calls:start -->\n(.*)<!-- calls:end -->/s.exec(text) ?? [];
const rows = [...table.matchAll(/^\| `\w+:(\w+)` \| (\d+) \| ([\d.]+) \| (.+) \|$/gm)].map(
  ([, api = '', calls, perSecond, quota = '']) => ({
    api,
    calls: Number(calls),
    perSecond: Number(perSecond),
    quota: Number(quota.replace(',', '')),
  }),
);
const GATES_AN_HOUR = 10_000;

/** Which API a request to the registry is counted as. */
const REGISTRY: readonly (readonly [RegExp, string])[] = [
  [/^(GET|HEAD) .*\/manifests\//, 'BatchGetImage'],
  [/^GET .*\/referrers\//, 'ListImageReferrers'],
  [/^GET .*\/blobs\/sha256/, 'GetDownloadUrlForLayer'],
  [/^HEAD .*\/blobs\/sha256/, 'BatchCheckLayerAvailability'],
  [/^POST .*\/blobs\/uploads/, 'InitiateLayerUpload'],
  [/^PATCH .*\/blobs\/uploads/, 'UploadLayerPart'],
  [/^PUT .*\/blobs\/uploads/, 'CompleteLayerUpload'],
  [/^PUT .*\/manifests\//, 'PutImage'],
];

describe('docs/scale.md', () => {
  beforeAll(findCosign, 900_000);

  it('computes calls per second from calls per run, and names the quotas that are reached', () => {
    expect(rows.length).toBeGreaterThan(10);
    for (const { api, calls, perSecond, quota } of rows) {
      expect(perSecond, api).toBeCloseTo((calls * GATES_AN_HOUR) / 3600, 1);
      if (!Number.isNaN(quota)) expect(perSecond, api).toBeLessThan(quota);
    }
  });

  it('has at least the calls that a gate that signs makes', { timeout: 120_000 }, async (context) => {
    await needsCosign(context);
    const emulator = await emulate('pass-single');
    const result = await run(emulator);
    expect(result.outputs.signed, result.log).toBe('true');
    const registry = emulator.registryRequests.flatMap(({ method, path }) => {
      const api = REGISTRY.find(([request]) => request.test(`${method} ${path}`))?.[1];
      return api === undefined ? [] : [api];
    });
    const made = [...emulator.calls.map(({ api }) => api), ...registry];
    for (const api of new Set(made)) {
      const count = made.filter((one) => one === api).length;
      expect(rows.find((row) => row.api === api)?.calls, `${api}: ${count}`).toBeGreaterThanOrEqual(count);
    }
    expect(rows.filter(({ api }) => !made.includes(api))).toEqual([]);
  });
});
