/** The registry under the conformance suite of the OCI distribution-spec: pull, push and content discovery. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it, onTestFinished } from 'vitest';
import { parse } from 'yaml';
import { createRegistry } from '../../emulator/registry.ts';
import { Store } from '../../emulator/store.ts';
import { ensureGoTool } from '../../scripts/tools.ts';
import { serve } from './serve.ts';

const BUILD_MS = 900_000;
const SUITE_MS = 120_000;
const PASSWORD = 'an authorization token';

it(
  'passes pull, push and content discovery',
  async (context) => {
    const tool = await ensureGoTool('conformance', console.log).catch((error: Error) => {
      if (process.env.CI === 'true') throw error;
      return context.skip(`the conformance suite cannot be had on this machine: ${error.message}`);
    });
    const store = new Store(Date.now);
    const repositories = ['conformance/one', 'conformance/two'] as const;
    for (const name of repositories) store.create(name);
    const registry = createRegistry(store, {
      authenticate: (user, password) => user === 'AWS' && password === PASSWORD,
      digestAlgorithms: ['sha256', 'sha512'],
    });
    const results = await mkdtemp(join(tmpdir(), 'conformance-'));
    onTestFinished(() => rm(results, { recursive: true, force: true }));
    const { host } = new URL(await serve(registry.listener));

    // An exit code other than 0 means a failure; the reports below have the details.
    const { stdout } = await promisify(execFile)(tool.path, [], {
      cwd: results,
      maxBuffer: 64 * 1024 * 1024,
      timeout: SUITE_MS,
      env: {
        OCI_VERSION: '1.1',
        OCI_REGISTRY: host,
        OCI_TLS: 'disabled',
        OCI_REPO1: repositories[0],
        OCI_REPO2: repositories[1],
        OCI_USERNAME: 'AWS',
        OCI_PASSWORD: PASSWORD,
        OCI_RESULTS_DIR: results,
        // ECR's registry deletes nothing either: images go through its API.
        OCI_API_BLOBS_DELETE: 'false',
        OCI_API_MANIFESTS_DELETE: 'false',
        OCI_API_TAGS_DELETE: 'false',
      },
    }).catch((error: { stdout?: string }) => ({ stdout: error.stdout ?? String(error) }));

    const count = (status: string) => Number(new RegExp(`^  ${status}\\.+: +(\\d+)$`, 'm').exec(stdout)?.[1]);
    expect([count('FAIL'), count('Error'), count('Skip')], stdout).toEqual([0, 0, 0]);
    expect(count('Pass')).toBeGreaterThan(500);
    expect(stdout).toContain('OCI Conformance Result: Pass');

    const { apis } = parse(await readFile(join(results, 'results.yaml'), 'utf8')) as {
      apis: Record<string, string>;
    };
    const statuses = new Set(Object.values(apis));
    expect([...statuses].sort()).toEqual(['Disabled', 'Pass']);
    const disabled = Object.keys(apis).filter((api) => apis[api] === 'Disabled');
    // All tests of pull, push and discovery ran. Those of deletion, and of features that version 1.1 lacks, did not.
    expect(disabled.filter((api) => !/delete|cancel|tag.?param/i.test(api))).toEqual([]);
  },
  BUILD_MS,
);
