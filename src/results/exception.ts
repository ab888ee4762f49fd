/** Exceptions and VEX statements, and how they were used. */

export type ExceptionField = 'reason' | 'expires' | 'approved-by' | 'ticket';

/** The image that exceptions are compared with. */
export interface ImageIdentity {
  /** The registry's host. */
  readonly host: string;
  readonly repository: string;
  /** The digests that the references resolved to. A finding has the digest of its own platform image. */
  readonly digests: readonly string[];
  /** The digests of the platform images, for reports. Nothing is decided by them. */
  readonly platformDigests?: readonly string[] | undefined;
}

/** An image that a VEX statement names as its product. Every part that is given must match. */
export interface VexProduct {
  /** `sha256:…` of the image or one of its platform images. */
  readonly digest: string | undefined;
  /** The repository's name or its last parts, in lower case. Empty if the product is known by its digest alone. */
  readonly name: string;
  /** `HOST/REPOSITORY` from `repository_url`. */
  readonly repositoryUrl: string | undefined;
  readonly tag: string | undefined;
  readonly arch: string | undefined;
  readonly os?: string | undefined;
  /** The packages in the image that the statement is about. Empty: the whole image. */
  readonly subcomponents: readonly VexPackage[];
  /**
   * The statements of all documents that can revoke this one (`by`), the ids of the vulnerability, one of which they must name,
   * and the time before which they have no effect (`since`).
   */
  readonly revocations?:
    | { readonly since: Date; readonly ids: readonly string[]; readonly by: readonly VexRevocation[] }
    | undefined;
}

/** A statement that a product is affected or under investigation. It revokes earlier statements that except. */
export interface VexRevocation {
  /** File and statement. */
  readonly source: string;
  readonly status: 'affected' | 'under_investigation';
  readonly at: Date;
  readonly ids: readonly string[];
  readonly products: readonly VexProduct[];
}

/** The package URL of a subcomponent. What is undefined matches anything. */
export interface VexPackage {
  readonly purl: string;
  readonly type: string;
  readonly namespace: string | undefined;
  readonly name: string;
  /** As the operating system's package manager writes it, with epoch and release. */
  readonly version: string | undefined;
  readonly arch?: string | undefined;
  /** The release of the operating system, as the package URL names it. */
  readonly distro?: string | undefined;
  /** Qualifiers that are not compared and that may mean another package. */
  readonly unread?: readonly string[] | undefined;
}

/** Why a statement is not certainly about a package of the finding with the same name. */
export interface PackageDoubt {
  /** The property that differs or cannot be compared. */
  readonly aspect: 'type' | 'vendor' | 'release' | 'version' | 'architecture' | 'qualifier';
  /** True: it differs. False: it cannot be compared. */
  readonly differs: boolean;
  /** The package URL of the statement. */
  readonly purl: string;
  /** The property of the finding's package. Undefined if the scanner does not name it. */
  readonly found: string | undefined;
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
  /** Exact ids, compared without regard to case. One of them is enough. Never empty, none of them blank. */
  readonly ids: readonly string[];
  readonly scope: ExceptionScope;
  readonly status: ExceptionStatus;
  /** Undefined only for a VEX statement. */
  readonly reason: string | undefined;
  /**
   * The moment from which it no longer applies: the end, in UTC, of the day in the file. Undefined only for a VEX statement,
   * for which the policy's `max-duration` counts from `since`.
   */
  readonly expires: Date | undefined;
  /** When a VEX statement was made or last updated. */
  readonly since: Date | undefined;
  readonly approvedBy: string | undefined;
  readonly ticket: string | undefined;
  /** Applies only while the finding has no fix. */
  readonly untilFixed: boolean;
}

/** Why an exception does not apply to a finding that it covers. */
export type Refusal =
  | { readonly kind: 'expired'; readonly since: Date }
  /** A VEX statement with a time in the future. No statement could be later and revoke it. */
  | { readonly kind: 'not-yet'; readonly from: Date }
  /** It ends later than the policy's `max-duration` allows: after `days` from now, rounded up. Undefined: it has no end. */
  | {
      readonly kind: 'max-duration';
      readonly maxDurationMs: number;
      readonly days: number | undefined;
    }
  | { readonly kind: 'required'; readonly field: ExceptionField }
  /** The policy does not allow exceptions for such a finding. `unknown`: it is unknown whether the finding is one. */
  | {
      readonly kind: 'never';
      readonly what: 'severity' | 'known-exploited' | 'score';
      readonly unknown: boolean;
    }
  /** `until-fixed`, and the finding may have a fix. */
  | { readonly kind: 'fix-available' }
  /** A VEX statement about a package of this name that is not certainly this package. */
  | ({ readonly kind: 'other-package' } & PackageDoubt);

/** An exception or VEX statement that names a finding and does not apply to it. */
export interface RefusedException {
  readonly exception: Exception;
  readonly refusal: Refusal;
}

/** How one exception was used, over all findings of an image. */
export interface ExceptionOutcome {
  readonly exception: Exception;
  /**
   * The closest thing of this image that the exception is about.
   * - `finding`: a finding of it.
   * - `vulnerability`: a vulnerability that was found, but in another image, platform or package than the exception names.
   * - `image`: the image; nothing that it names was found.
   * - `nothing`: other images.
   */
  readonly matches: 'finding' | 'vulnerability' | 'image' | 'nothing';
  /** How many findings it excepted that would have blocked or warned. */
  readonly applied: number;
  /** How many findings it covered that did not need it. */
  readonly needless: number;
  /** Why it did not apply to findings that it covers, each reason once, or why it applies to none. */
  readonly refusals: readonly Refusal[];
  /** The moment from which it no longer applies, by the policy's `max-duration` for VEX statements. */
  readonly ends: Date | undefined;
}
