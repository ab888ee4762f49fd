/** An emulator with one scenario, and the SDK's own clients on it; each ends with its test. */
import { ECRClient } from '@aws-sdk/client-ecr';
import { Inspector2Client } from '@aws-sdk/client-inspector2';
import { onTestFinished } from 'vitest';
import type { FaultSpec, ImageSpec, ScanStep, Scenario, WireFinding } from '../../emulator/scenario.ts';
import { type Emulator, startEmulator } from '../../emulator/server.ts';
import type { RecordedFindings } from '../../emulator/world.ts';

export const ACCOUNT = '111122223333';
export const REGION = 'eu-central-1';
export const ARN = `arn:aws:ecr:${REGION}:${ACCOUNT}:repository`;

export const SCANNED: ScanStep = {
  at: 0,
  ecr: { status: 'ACTIVE', description: 'Continuous scan is selected for image.' },
  coverage: { statusCode: 'ACTIVE', reason: 'SUCCESSFUL', scannedAgoMs: 30_000 },
};

export function vulnerability(id: string, severity = 'HIGH', more: Partial<WireFinding> = {}): WireFinding {
  return {
    severity,
    title: `${id} - openssl`,
    packageVulnerabilityDetails: {
      vulnerabilityId: id,
      source: 'DEBIAN_CVE',
      vulnerablePackages: [{ name: 'openssl', version: '3.0.11', packageManager: 'OS' }],
    },
    ...more,
  };
}

export function vulnerabilities(count: number): WireFinding[] {
  return Array.from({ length: count }, (_, index) => vulnerability(`CVE-2024-${10_000 + index}`));
}

/** A single image `app`, tag `1.0`, in the repository `app`. */
export function image(...timeline: ScanStep[]): ImageSpec {
  return { kind: 'image', name: 'app', tag: '1.0', timeline };
}

export function scenario(images: ImageSpec[], more: Partial<Scenario> = {}): Scenario {
  return {
    name: 'test',
    description: 'A scenario of a test.',
    account: ACCOUNT,
    region: REGION,
    repositories: [{ name: 'app', images }],
    images: [],
    ...more,
  };
}

export interface Stage {
  readonly emulator: Emulator;
  readonly ecr: ECRClient;
  readonly inspector: Inspector2Client;
  digest(name: string): string;
}

/** @param client further options of the clients; by default they do not retry */
export async function stage(
  played: Scenario,
  client: {
    region?: string;
    maxAttempts?: number;
    credentials?: { accessKeyId: string; secretAccessKey: string };
  } = {},
  recordedFindings: RecordedFindings = {},
): Promise<Stage> {
  const emulator = await startEmulator(played, { recordedFindings });
  const env = emulator.env();
  const configuration = {
    endpoint: emulator.url,
    region: played.region,
    credentials: {
      accessKeyId: env.AWS_ACCESS_KEY_ID ?? '',
      secretAccessKey: env.AWS_SECRET_ACCESS_KEY ?? '',
    },
    maxAttempts: 1,
    ...client,
  };
  const ecr = new ECRClient(configuration);
  const inspector = new Inspector2Client(configuration);
  onTestFinished(async () => {
    ecr.destroy();
    inspector.destroy();
    await emulator.close();
  });
  return {
    emulator,
    ecr,
    inspector,
    digest: (name) => {
      const digest = emulator.digests.get(name);
      if (digest === undefined) throw new Error(`no image ${name}`);
      return digest;
    },
  };
}

export function withFaults(...faults: FaultSpec[]): Partial<Scenario> {
  return { faults };
}
