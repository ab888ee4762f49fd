/** Exceptions: who may let a finding through, why, and until when. */

/** What a VEX product names, of an image: every part that is given must match. */
export interface VexProduct {
  /** `sha256:…` of the image or one of its platform images. */
  readonly digest: string | undefined;
  /** Last part of the repository's name, as `pkg:oci` has it. */
  readonly name: string;
  /** `HOST/REPOSITORY` from `repository_url`. */
  readonly repositoryUrl: string | undefined;
  readonly tag: string | undefined;
  readonly arch: string | undefined;
  /** The packages inside the image that the statement is about; empty: the image as a whole. */
  readonly subcomponents: readonly VexPackage[];
}

/** A package purl of a subcomponent: what is undefined matches anything. */
export interface VexPackage {
  readonly purl: string;
  readonly type: string;
  readonly namespace: string | undefined;
  readonly name: string;
  readonly version: string | undefined;
}

export type ExceptionScope =
  | {
      readonly kind: 'globs';
      /** Undefined: any. */
      readonly package: string | undefined;
      /** Over the repository's name. */
      readonly image: string | undefined;
      readonly platform: string | undefined;
    }
  | { readonly kind: 'products'; readonly products: readonly VexProduct[] };

export type ExceptionStatus = 'accepted' | 'false-positive' | 'mitigated' | 'not_affected' | 'fixed';

/** An exception of an exceptions file, or an OpenVEX statement that acts as one. */
export interface Exception {
  readonly origin: 'exceptions' | 'vex';
  /** File and line, or file and statement: `exceptions.yml:12`. */
  readonly source: string;
  /** Ids, exact, without regard to case; one of them is enough. Never empty, none of them blank. */
  readonly ids: readonly string[];
  readonly scope: ExceptionScope;
  readonly status: ExceptionStatus;
  /** Undefined only for a VEX statement, which need not have one. */
  readonly reason: string | undefined;
  /**
   * The moment from which it no longer applies: the end, in UTC, of the day the file names. Undefined only for
   * a VEX statement, which has none; a policy's `max-duration` then counts from `since`.
   */
  readonly expires: Date | undefined;
  /** When a VEX statement was made or last updated. */
  readonly since: Date | undefined;
  readonly approvedBy: string | undefined;
  readonly ticket: string | undefined;
  /** Applies only while the finding has no fix. */
  readonly untilFixed: boolean;
}
