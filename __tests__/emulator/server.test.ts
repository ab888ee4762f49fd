import { existsSync, readFileSync } from 'node:fs';
import { request } from 'node:http';
import { Agent } from 'node:https';
import { DescribeImagesCommand, ECRClient } from '@aws-sdk/client-ecr';
import { BatchGetAccountStatusCommand, Inspector2Client } from '@aws-sdk/client-inspector2';
import { describe, expect, it, onTestFinished } from 'vitest';
import { scenarios } from '../../emulator/scenarios/index.ts';
import { type Emulator, startEmulator } from '../../emulator/server.ts';
import { ACCOUNT, image, REGION, SCANNED, scenario, stage } from './stage.ts';

/** The environment of a client that uses only AWS's real host names. */
function throughTheProxy(emulator: Emulator) {
  const env = emulator.env();
  const httpsAgent = new Agent({
    proxyEnv: { HTTPS_PROXY: env.HTTPS_PROXY },
    ca: readFileSync(env.SSL_CERT_FILE ?? ''),
  });
  onTestFinished(() => httpsAgent.destroy());
  return {
    region: emulator.scenario.region,
    maxAttempts: 1,
    credentials: {
      accessKeyId: env.AWS_ACCESS_KEY_ID ?? '',
      secretAccessKey: env.AWS_SECRET_ACCESS_KEY ?? '',
    },
    requestHandler: { httpsAgent },
  };
}

/** Requests a tunnel from the emulator's proxy; resolves with its response. */
async function tunnel(emulator: Emulator, target: string): Promise<void> {
  const proxy = new URL(emulator.env().HTTPS_PROXY ?? '');
  await new Promise<void>((resolve) => {
    const asking = request({ host: proxy.hostname, port: proxy.port, method: 'CONNECT', path: target });
    const done = () => {
      asking.destroy();
      resolve();
    };
    asking.on('connect', done).on('response', done).on('error', done).end();
  });
}

describe('the environment', () => {
  it('connects a process to the emulator, until it is closed', async () => {
    const emulator = await startEmulator(scenario([image(SCANNED)]));
    const env = emulator.env();
    expect(env).toMatchObject({
      AWS_ENDPOINT_URL_ECR: emulator.url,
      AWS_ENDPOINT_URL_INSPECTOR2: emulator.url,
      AWS_REGION: REGION,
    });
    expect(env.SSL_CERT_FILE).toBe(env.NODE_EXTRA_CA_CERTS);
    expect(existsSync(env.SSL_CERT_FILE ?? '')).toBe(true);
    await emulator.close();
    expect(existsSync(env.SSL_CERT_FILE ?? '')).toBe(false);
    await expect(fetch(emulator.url)).rejects.toThrow();
  });

  it('reaches the emulator under the real names of AWS, through the proxy', async () => {
    const { emulator, digest } = await stage(scenario([image(SCANNED)]));
    const ecr = new ECRClient(throughTheProxy(emulator));
    const inspector = new Inspector2Client(throughTheProxy(emulator));
    const images = await ecr.send(
      new DescribeImagesCommand({ repositoryName: 'app', imageIds: [{ imageTag: '1.0' }] }),
    );
    expect(images.imageDetails?.[0]?.imageDigest).toBe(digest('app'));
    const status = await inspector.send(new BatchGetAccountStatusCommand({}));
    expect(status.accounts?.[0]?.accountId).toBe(ACCOUNT);
    expect(emulator.foreign).toEqual([]);
  });

  it('records requests that are not emulated', async () => {
    const { emulator } = await stage(scenario([image(SCANNED)]));
    await tunnel(emulator, 'rekor.example:443');
    expect(emulator.foreign).toEqual(['rekor.example:443']);
  });
});

describe('references', () => {
  it('name images by their digests', async () => {
    const { emulator, digest } = await stage(
      scenario([image(SCANNED)], { images: [`${ACCOUNT}.dkr.ecr.${REGION}.amazonaws.com/app@{digest:app}`] }),
    );
    expect(emulator.images).toEqual([`${ACCOUNT}.dkr.ecr.${REGION}.amazonaws.com/app@${digest('app')}`]);
  });
});

describe('every named scenario', () => {
  it.each(
    Object.entries(scenarios),
  )('%s can be run, with the same result each time', async (name, played) => {
    expect(played.name).toBe(name);
    expect(played.description).not.toBe('');
    const [first, second] = [await stage(played), await stage(played)];
    expect([...second.emulator.digests]).toEqual([...first.emulator.digests]);
    expect(second.emulator.images).toEqual(first.emulator.images);
    for (const reference of first.emulator.images) {
      const [, repository, tag] =
        /^\d{12}\.dkr\.ecr\.[a-z0-9-]+\.amazonaws\.com\/([a-z0-9/-]+):([\w.-]+)$/.exec(reference) ?? [];
      expect(first.emulator.store.repositories.get(repository ?? '')?.tags.has(tag ?? '')).toBe(true);
    }
  });
});
