/** Verifies signatures with the public key, without KMS and without the gate. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ECRClient, GetAuthorizationTokenCommand } from '@aws-sdk/client-ecr';
import { registryHost, type Scenario } from '../emulator/scenario.ts';
import type { Emulator } from '../emulator/server.ts';

/**
 * Verifies each image with the first key of the scenario, in a separate call of cosign, and returns the images.
 * @throws Error with the message of cosign where an image could not be verified
 */
export async function verifySignatures(
  emulator: Emulator,
  scenario: Scenario,
  images: readonly string[],
  cosign: string,
  format: 'bundle' | 'legacy' = 'bundle',
): Promise<readonly string[]> {
  const [key] = scenario.keys ?? [];
  if (key === undefined) throw new Error('the scenario has no signing key');
  const directory = await mkdtemp(join(tmpdir(), 'gate-verify-'));
  try {
    const publicKey = join(directory, 'key.pem');
    await writeFile(publicKey, emulator.kms.publicKeyPem(key.id));
    await writeFile(
      join(directory, 'config.json'),
      JSON.stringify({ auths: await credentials(emulator, scenario) }),
    );
    const env = {
      ...emulator.env(),
      PATH: process.env.PATH ?? '',
      HOME: directory,
      DOCKER_CONFIG: directory,
    };
    const command =
      format === 'bundle'
        ? ['verify-attestation', '--type', 'https://sigstore.dev/cosign/sign/v1']
        : ['verify', '--new-bundle-format=false'];
    for (const image of images) {
      await promisify(execFile)(
        cosign,
        [...command, '--key', publicKey, '--insecure-ignore-tlog=true', image],
        { env },
      );
    }
    return images;
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** Credentials for the registry, as in the configuration file of Docker. */
export async function credentials(
  emulator: Emulator,
  scenario: Scenario,
): Promise<Record<string, { auth: string }>> {
  const { AWS_ACCESS_KEY_ID: accessKeyId = '', AWS_SECRET_ACCESS_KEY: secretAccessKey = '' } = emulator.env();
  const client = new ECRClient({
    endpoint: emulator.url,
    region: scenario.region,
    credentials: { accessKeyId, secretAccessKey },
  });
  const answer = await client.send(new GetAuthorizationTokenCommand({}));
  client.destroy();
  return { [registryHost(scenario)]: { auth: answer.authorizationData?.[0]?.authorizationToken ?? '' } };
}
