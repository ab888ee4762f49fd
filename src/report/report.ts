/** A result in every form in which it is published. */
import type { GateError } from '../errors.ts';
import type { CommentText, IssueText } from '../results/comment.ts';

/** A file of the checkout: its path there, and its text. */
export interface CheckoutFile {
  readonly path: string;
  readonly text: string;
}

/** The absolute paths of files; undefined for a file that was not written. */
export interface ReportFiles {
  readonly report: string | undefined;
  readonly sarif: string | undefined;
  /** The Sigstore bundles that this run created. */
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
  /** How a warning names it, at the start of a sentence. */
  readonly what: string;
  /**
   * Its text, and what it had to omit. Undefined if there is nothing to write: the file of an earlier run is then deleted,
   * so that it is not mistaken for a result of this one.
   */
  readonly render: () =>
    | { readonly text: string | Iterable<string>; readonly omissions: readonly string[] }
    | undefined;
}

export interface Annotation {
  readonly level: 'error' | 'warning' | 'notice';
  readonly title: string;
  readonly message: string;
  /** The line of the Dockerfile that it is about; without it, the annotation is about the run. */
  readonly file?: string;
  readonly startLine?: number;
}

/** A line of the log, or lines under a title, which GitHub folds. */
export type LogPart = string | { readonly title: string; readonly lines: readonly string[] };

/** A result in every form in which it is published. All texts are safe to print as they are. */
export interface Report {
  log(): readonly LogPart[];
  /** @param dockerfile the image's Dockerfile in the checkout, for annotations to point at */
  annotations(dockerfile: CheckoutFile | undefined): readonly Annotation[];
  summary(limitBytes: number): string;
  /** The summary if rendering fails. */
  bareSummary(): string;
  files(dockerfile: CheckoutFile | undefined): readonly FileToWrite[];
  outputs(files: ReportFiles): Readonly<Record<string, string>>;
  readonly comment: CommentText;
  /** Undefined: the issue has the text of the comment, and no news. */
  readonly issue?: IssueText;
  /** Every error of the run, for step debugging. */
  errors(): readonly GateError[];
}
