/** Building blocks of the scenarios. */
import {
  type ImageSpec,
  type RepositorySpec,
  registryHost,
  type ScanStep,
  type Scenario,
  type WireFinding,
} from '../scenario.ts';

export const ACCOUNT = '123456789012';
export const REGION = 'eu-central-1';
export const REPOSITORY = 'team/app';
export const HOST = registryHost({ account: ACCOUNT, region: REGION });
export const KEY = { id: '0f0e0d0c-0b0a-4908-8706-050403020100', alias: 'alias/release' } as const;

export const MINUTE = 60_000;
export const LONG_AGO = 60 * MINUTE;

/** A scan that has finished at some time, with its findings. */
export function scanned(findings: readonly WireFinding[], at = 0, scannedAgoMs = 0): ScanStep {
  return {
    at,
    ecr: { status: 'ACTIVE' },
    coverage: { statusCode: 'ACTIVE', reason: 'SUCCESSFUL', scannedAgoMs },
    findings,
  };
}

/** A push whose scan has not started yet. */
export const pending: ScanStep = {
  at: 0,
  ecr: { status: 'PENDING' },
  coverage: { statusCode: 'ACTIVE', reason: 'PENDING_INITIAL_SCAN' },
};

type SingleImage = Extract<ImageSpec, { kind: 'image' }>;
type ImageOptions = Partial<Omit<SingleImage, 'kind' | 'timeline'>>;

/** An image that was pushed two hours ago, before all scans of the scenarios. */
export function image(timeline: readonly ScanStep[], options: ImageOptions = {}): SingleImage {
  return { kind: 'image', name: 'app', tag: '1.4.2', pushedAgoMs: 120 * MINUTE, ...options, timeline };
}

/** The child of an index: without a tag. */
export function child(name: string, architecture: string, timeline: readonly ScanStep[]): ImageSpec {
  return {
    kind: 'image',
    name,
    platform: { os: 'linux', architecture },
    pushedAgoMs: 120 * MINUTE,
    timeline,
  };
}

type Overrides = Partial<Omit<Scenario, 'name' | 'description'>> & {
  readonly repository?: Partial<RepositorySpec>;
};

/** A scenario of one repository and one reference, with a short settle time. */
export function story(
  name: string,
  description: string,
  images: readonly ImageSpec[],
  { repository, inputs, ...overrides }: Overrides = {},
): Scenario {
  return {
    name,
    description,
    account: ACCOUNT,
    region: REGION,
    repositories: [{ name: REPOSITORY, ...repository, images }],
    images: [`${HOST}/${REPOSITORY}:1.4.2`],
    ...overrides,
    inputs: { 'settle-time': '1s', ...inputs },
  };
}
