/** Records in GitHub's artifact metadata, as data. */

/**
 * The most characters that GitHub accepts in the fields of a record. Source: GitHub's OpenAPI description of api.github.com,
 * `/orgs/{org}/artifacts/metadata/storage-record` and `…/deployment-record`.
 */
export const RECORD_LIMITS = {
  name: 256,
  repository: 128,
  deploymentName: 256,
  /** Of the logical environment, the physical environment and the cluster. */
  place: 128,
} as const;

/** What a run recorded. */
export interface RecordsReport {
  /** `storage`: where images are stored. `deployment`: where they are deployed. */
  readonly kind: 'storage' | 'deployment';
  /** How many records GitHub confirmed: at least one. */
  readonly written: number;
  readonly organization: string;
  /** The address of the organization's page of linked artifacts; undefined if it is unknown. */
  readonly page: string | undefined;
}
