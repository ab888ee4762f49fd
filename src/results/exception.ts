/** Exceptions and VEX statements, and what became of them. */

export type ExceptionField = 'reason' | 'expires' | 'approved-by' | 'ticket';

/** What an exception is compared with besides the finding. */
export interface ImageIdentity {
  /** The registry's host. */
  readonly host: string;
  readonly repository: string;
  /** The digests that the references resolved to. A finding has the digest of its own platform image. */
  readonly digests: readonly string[];
  /** The digests of the platform images, for reports. Nothing is decided by them. */
  readonly platformDigests?: readonly string[] | undefined;
}

/** What a VEX product names, of an image: every part that is given must match. */
export interface VexProduct {
  /** `sha256:…` of the image or one of its platform images. */
  readonly digest: string | undefined;
  /** The repository's name or its last parts, in lower case. Empty if the product is known by its digest alone. */
  readonly name: string;
  /** `HOST/REPOSITORY` from `repository_url`. */
  readonly repositoryUrl: string | undefined;
  readonly tag: string | undefined;
  readonly arch: string | undefined;
  /** The packages inside the image that the statement is about; empty: the image as a whole. */
  readonly subcomponents: readonly VexPackage[];
  /**
   * Statements of all documents that take others back; what they have to name, of a vulnerability that the statement
   * gives several names; and the time they must not be older than to do so here.
   */
  readonly revocations?:
    | { readonly since: Date; readonly ids: readonly string[]; readonly by: readonly VexRevocation[] }
    | undefined;
}

/** A statement that a product is affected or under investigation: it takes back what was said before. */
export interface VexRevocation {
  /** File and statement. */
  readonly source: string;
  readonly status: 'affected' | 'under_investigation';
  readonly at: Date;
  readonly ids: readonly string[];
  readonly products: readonly VexProduct[];
}

/** A package purl of a subcomponent: what is undefined matches anything. */
export interface VexPackage {
  readonly purl: string;
  readonly type: string;
  readonly namespace: string | undefined;
  readonly name: string;
  /** As the system's package manager writes it, epoch and release included. */
  readonly version: string | undefined;
  readonly arch?: string | undefined;
  /** The release of the system that it is of, as whoever wrote the purl names it. */
  readonly distro?: string | undefined;
  /** Qualifiers that nothing here compares, and that may make it another package. */
  readonly unread?: readonly string[] | undefined;
}

/** Why a statement is not certainly about a package of the finding that has the name it gives. */
export interface PackageDoubt {
  /** What differs, or cannot be compared. */
  readonly aspect: 'type' | 'vendor' | 'release' | 'version' | 'architecture' | 'qualifier';
  /** Whether it differs; false: that cannot be told. */
  readonly differs: boolean;
  /** The package URL of the statement. */
  readonly purl: string;
  /** What the finding has there; undefined where the scanner does not say. */
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

/** Why an exception does not apply though it names the finding. */
export type Refusal =
  | { readonly kind: 'expired'; readonly since: Date }
  /** A VEX statement that is dated later than now: no later one could ever take it back. */
  | { readonly kind: 'not-yet'; readonly from: Date }
  /** It ends later than the policy's `max-duration` allows: after `days` from now, rounded up. Undefined: it has no end. */
  | {
      readonly kind: 'max-duration';
      readonly maxDurationMs: number;
      readonly days: number | undefined;
    }
  | { readonly kind: 'required'; readonly field: ExceptionField }
  /** The policy lets nothing except such a finding; `unknown` where nobody could say whether it is one. */
  | {
      readonly kind: 'never';
      readonly what: 'severity' | 'known-exploited' | 'score';
      readonly unknown: boolean;
    }
  /** `until-fixed`, and the finding has a fix or does not say that it has none. */
  | { readonly kind: 'fix-available' }
  /** A VEX statement that names the package, but is not certainly about this one. */
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
