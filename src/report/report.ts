/** A result in every form in which it is published, as the code that publishes it needs it. */
import type { GateError } from '../errors.ts';
import type { CommentText } from '../results/comment.ts';

/** A file of the checkout: its path there, and its text. */
export interface CheckoutFile {
  readonly path: string;
  readonly text: string;
}

/** Absolute paths; undefined for a file that was not written. */
export interface ReportFiles {
  readonly report: string | undefined;
  readonly sarif: string | undefined;
  /** Of the Sigstore bundles that this run made. */
  readonly bundles: readonly string[];
  /** Of the audit: the access map as CSV, and the graph of access as DOT. */
  readonly accessMap?: string | undefined;
  readonly graph?: string | undefined;
}

export const NO_FILES: ReportFiles = { report: undefined, sarif: undefined, bundles: [] };

/** A file of the report, rendered when it is written. */
export interface FileToWrite {
  readonly kind: 'report' | 'sarif' | 'bundle' | 'results' | 'access-map' | 'graph';
  readonly name: string;
  /** What a warning calls it, as the beginning of a sentence. */
  readonly what: string;
  /**
   * Its text, and what had to be left out of it. Undefined where there is nothing to write: a file that an earlier run
   * left is removed then, so that it is not taken for this one's.
   */
  readonly render: () =>
    | { readonly text: string | Iterable<string>; readonly omissions: readonly string[] }
    | undefined;
}

export interface Annotation {
  readonly level: 'error' | 'warning' | 'notice';
  readonly title: string;
  readonly message: string;
  /** The Dockerfile's line it is about; without these it is about the run. */
  readonly file?: string;
  readonly startLine?: number;
}

/** A result in every form in which it is published. All texts are safe to print as they are. */
export interface Report {
  log(): readonly string[];
  /** @param dockerfile the image's Dockerfile in the checkout, for annotations to point at */
  annotations(dockerfile: CheckoutFile | undefined): readonly Annotation[];
  summary(limitBytes: number): string;
  /** What the summary says where rendering it fails. */
  bareSummary(): string;
  files(dockerfile: CheckoutFile | undefined): readonly FileToWrite[];
  outputs(files: ReportFiles): Readonly<Record<string, string>>;
  readonly comment: CommentText;
  /** Every error of the run, for step debugging. */
  errors(): readonly GateError[];
}
