import type { Finding } from './finding.ts';

/** The image that is deployed now. Findings that it also has are not new. */
export interface Baseline {
  /** `HOST/REPOSITORY@DIGEST`. */
  readonly uri: string;
  /** The reference as the user wrote it. */
  readonly reference: string;
  /** Its findings; only ACTIVE ones count. */
  readonly findings: readonly Finding[];
}
