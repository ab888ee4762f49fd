/**
 * GitHub's artifact metadata: records of where an image is stored and where it is deployed, which an organization sees on its
 * page of linked artifacts. No failure here changes the verdict.
 *
 * Sources: GitHub Docs, "REST API endpoints for artifact metadata" (`POST /orgs/{org}/artifacts/metadata/storage-record` and
 * `…/deployment-record`); for the limits, GitHub's OpenAPI description of api.github.com. The descriptions of GitHub
 * Enterprise Server do not have these paths. actions/attest (src/attest.ts) names an image as it is named here.
 */
import type { Environment } from '../context.ts';
import { RECORD_LIMITS } from '../results/records.ts';
import { sentences } from '../text.ts';
import { statusOf, stepOf } from './comment.ts';
import { connect, detailOf, type Octokit, Unexpected } from './octokit.ts';

/** An image as a record names it. */
export interface RecordedImage {
  /** `HOST/REPOSITORY`. */
  readonly name: string;
  /** `sha256:HEX`. */
  readonly digest: string;
}

/** Where an image is deployed. GitHub replaces an earlier record with the same four values. */
export interface DeploymentPlace {
  /** The stage, such as `production`. */
  readonly environment: string;
  /** The physical region. */
  readonly region: string | undefined;
  readonly cluster: string | undefined;
  readonly name: string;
}

/** A record before it is written. */
export type ArtifactRecord =
  | {
      readonly kind: 'storage';
      readonly body: {
        readonly name: string;
        readonly digest: string;
        readonly registry_url: string;
        readonly repository?: string;
        readonly status: 'active';
      };
    }
  | {
      readonly kind: 'deployment';
      readonly body: {
        readonly name: string;
        readonly digest: string;
        readonly status: 'deployed';
        readonly logical_environment: string;
        readonly physical_environment?: string;
        readonly cluster?: string;
        readonly deployment_name: string;
      };
    };

/**
 * The record of where an image is stored. It has no `artifact_url`: GitHub accepts 152 characters, and the URL of an image in
 * ECR can be longer. A repository name that is too long is left out, because the name of the image contains it.
 */
export function storageRecord({ name, digest }: RecordedImage): ArtifactRecord {
  const slash = name.indexOf('/');
  const repository = name.slice(slash + 1);
  return {
    kind: 'storage',
    body: {
      name,
      digest,
      registry_url: `https://${name.slice(0, slash)}`,
      ...(repository.length <= RECORD_LIMITS.repository && { repository }),
      status: 'active',
    },
  };
}

/** The record of an image that is deployed. */
export function deploymentRecord(
  { name, digest }: RecordedImage,
  { environment, region, cluster, name: deployment }: DeploymentPlace,
): ArtifactRecord {
  return {
    kind: 'deployment',
    body: {
      name,
      digest,
      status: 'deployed',
      logical_environment: environment,
      ...(region !== undefined && { physical_environment: region }),
      ...(cluster !== undefined && { cluster }),
      deployment_name: deployment,
    },
  };
}

/** What was written, and what was not. */
export interface WrittenRecords {
  readonly organization: string;
  /** The address of the organization's page of linked artifacts; undefined if the server is unknown. */
  readonly page: string | undefined;
  readonly written: number;
  /** Why records were not written, as sentences that may quote GitHub. Empty if all of them were. */
  readonly problems: readonly string[];
}

/**
 * Writes records to the organization that owns the repository of the workflow, one after the other, as GitHub Docs ("Best
 * practices for using the REST API") require. It does not repeat a request, because GitHub may have applied the first one. A
 * failure ends it, except that of a single record.
 * @param signal ends it
 * @throws Error if the environment names no repository
 */
export async function writeRecords(
  records: readonly ArtifactRecord[],
  { token, environment }: { readonly token: string; readonly environment: Environment },
  signal: AbortSignal,
): Promise<WrittenRecords> {
  const { owner, repo, server } = stepOf(environment);
  const page = server === undefined ? undefined : `${server}/orgs/${owner}/artifacts`;
  const github = await connect(token, signal);
  const problems: string[] = [];
  let written = 0;
  for (const record of records) {
    const { name, digest } = record.body;
    const image = `${name}@${digest}`;
    if (name.length > RECORD_LIMITS.name) {
      problems.push(
        `GitHub allows ${RECORD_LIMITS.name} characters for the name of an image, so there can be no record of ${image}.`,
      );
      continue;
    }
    try {
      await write(record, { org: owner, github_repository: repo }, github);
      written += 1;
    } catch (error) {
      if (signal.aborted) {
        problems.push('GitHub did not respond in time. Run the job again.');
        break;
      }
      const isOfRecord = statusOf(error) === 422;
      problems.push(isOfRecord ? `${image}: ${adviceOn(error)}` : adviceOn(error));
      if (!isOfRecord) break;
    }
  }
  return { organization: owner, page, written, problems };
}

/** @throws an error with a status, or one that says that GitHub did not confirm the record */
async function write(
  record: ArtifactRecord,
  owner: { readonly org: string; readonly github_repository: string },
  github: Octokit,
): Promise<void> {
  // An image with a provenance attestation belongs to the repository in that attestation: GitHub then ignores the repository
  // that is given here.
  const answer: unknown = (
    record.kind === 'storage'
      ? await github.request('POST /orgs/{org}/artifacts/metadata/storage-record', {
          ...owner,
          ...record.body,
        })
      : await github.request('POST /orgs/{org}/artifacts/metadata/deployment-record', {
          ...owner,
          ...record.body,
        })
  ).data;
  if (!isConfirmed(answer, record)) {
    throw new Error('its response does not contain it, so it is unknown whether it was written');
  }
}

/** Whether a response contains a record of the same digest. */
function isConfirmed(answer: unknown, { kind, body }: ArtifactRecord): boolean {
  if (typeof answer !== 'object' || answer === null) return false;
  const records: unknown = Reflect.get(answer, `${kind}_records`);
  return (
    Array.isArray(records) &&
    records.some(
      (one: unknown) => typeof one === 'object' && one !== null && Reflect.get(one, 'digest') === body.digest,
    )
  );
}

function adviceOn(error: unknown): string {
  const said = detailOf(error).replace(/\s+/g, ' ');
  if (error instanceof Unexpected) return `${said}.`;
  const status = statusOf(error);
  // Source: GitHub Docs, "Rate limits for the REST API": 403 or 429.
  if (status === 429 || (status === 403 && /rate limit/i.test(said))) {
    return sentences(`GitHub limits the requests of this token: ${said}`, 'Run the job again later.');
  }
  switch (status) {
    case 401:
      return sentences(
        `GitHub does not accept the token of github-token: ${said}`,
        'Remove github-token from the step, so that it uses the token of the job.',
      );
    case 403:
      return sentences(
        `GitHub does not allow the token of github-token to write records: ${said}`,
        'Give the job the permission artifact-metadata: write.',
      );
    case 404:
      return sentences(
        `GitHub has no such records here: ${said}`,
        'They exist for a repository of an organization, and not on GitHub Enterprise Server. In such a repository, give the job the permission artifact-metadata: write. Otherwise, remove deployment-record.',
      );
    case 422:
      return sentences(`GitHub refused the record: ${said}`, 'The other records do not depend on it.');
    default:
      return sentences(
        `GitHub did not confirm the record: ${said}`,
        'Check whether GitHub responds to the runner, and run the job again.',
      );
  }
}
