/** What a run has to say, as data. Everything in this room renders it; nothing here decides. */
import type { GateError } from '../errors.ts';
import type { Verdict } from '../policy/evaluate.ts';
import type { Conflict, Weakening } from '../policy/minimum.ts';
import type { DocumentSource } from '../policy/policy.ts';
import type { Threshold } from '../policy/severity.ts';

export type RunVerdict = 'pass' | 'warn' | 'block' | 'error';

/** Where one digest's signature stands. */
export interface SignatureReport {
  readonly digest: string;
  /** `signed` by this run, or found `already-signed` by the same key; both were verified. */
  readonly state: 'signed' | 'already-signed';
  readonly format: 'bundle' | 'legacy';
  /** The platform image of an index that was signed as well, such as `linux/amd64`. */
  readonly platform: string | undefined;
  /** The Sigstore bundle, where this run made one: JSON for a file beside the report. */
  readonly bundle?: string | undefined;
}

/** Where one digest's attestation stands. */
export interface AttestationReport {
  readonly digest: string;
  readonly platform: string | undefined;
  readonly format: 'bundle' | 'legacy';
  /** The predicate's type. */
  readonly type: string;
  /** `attested` by this run and verified; `kept`: an earlier one by the same key stays, since its tag is immutable. */
  readonly state: 'attested' | 'kept';
  /** The Sigstore bundle, where there is one: JSON for a file beside the report. */
  readonly bundle?: string | undefined;
}

/** One thing that was looked at to verify an image. All texts are plain and not yet escaped. */
export interface Proof {
  readonly kind: 'signature' | 'attestation' | 'findings' | 'aws-signing' | 'notation';
  /**
   * - `proven`, `failed`: what was asked for is there, or is not.
   * - `skipped`: it was not asked for, or something before it had failed.
   * - `noted`: it is there, is not trusted and changes nothing.
   */
  readonly state: 'proven' | 'failed' | 'skipped' | 'noted';
  /** What was checked: `Signature (bundle)`. */
  readonly what: string;
  /** Who signed it: a key or an identity. */
  readonly by: string | undefined;
  /** Of when it is; undefined where nothing signed says so. */
  readonly at: Date | undefined;
  /** How old it was when it was checked, in milliseconds. */
  readonly ageMs: number | undefined;
  /** What it says, or why it does not hold. */
  readonly detail: string | undefined;
  readonly nextStep: string | undefined;
}

/** What a run in mode `verify` asked for. */
export interface VerificationReport {
  /** The key or identity that has to have signed. */
  readonly signer: string;
  readonly format: 'bundle' | 'legacy' | 'both';
  /** Undefined where none could be had. */
  readonly cosignVersion: string | undefined;
  /** Whether a verification summary has to be there. */
  readonly attestation: boolean;
  /** SHA-256 the summary's policy has to have, in hex. */
  readonly policySha256: string | undefined;
  readonly maxAttestationAgeMs: number | undefined;
  /** Whether today's findings were judged too. */
  readonly recheck: boolean;
}

export interface PlatformReport {
  readonly digest: string;
  readonly platform: string;
  /** When Inspector or ECR finished the scan that was judged; undefined where none was. */
  readonly scannedAt: Date | undefined;
  /** Whether the service keeps watching the image for new vulnerabilities (continuous scanning). */
  readonly monitored: boolean | undefined;
}

/** What an image is built on. */
export interface BaseImageReport {
  /** As the workflow or the image's annotations name it; hostile still. */
  readonly name: string;
  /** Whether the workflow named it and the image starts with its layers; false: only the image says so. */
  readonly named: boolean;
  /** The images behind the name that rules went by, `HOST/REPOSITORY@DIGEST` of each platform; hostile still. */
  readonly deciding: readonly string[];
}

export interface ImageReport {
  /** The references as the user wrote them, more than one where they name the same digest. */
  readonly references: readonly string[];
  /** `HOST/REPOSITORY@DIGEST`. */
  readonly uri: string;
  readonly digest: string;
  readonly repository: string;
  readonly account: string;
  readonly region: string;
  readonly isIndex: boolean;
  readonly platforms: readonly PlatformReport[];
  /** Build attestations of the index, which are no images and were skipped. */
  readonly attestations: readonly string[];
  /** The base images of its platforms, each once, as far as anybody asked. */
  readonly baseImages?: readonly BaseImageReport[];
  /** The inputs by which more was let through than by the policy itself; empty where there were none. */
  readonly weakened?: Weakening;
  /** Either the judgement, or why there is none; `verified` where none was asked for. */
  readonly outcome:
    | { readonly kind: 'judged'; readonly verdict: Verdict }
    | { readonly kind: 'verified' }
    | { readonly kind: 'error'; readonly error: GateError };
  readonly signatures: readonly SignatureReport[];
  /** The verdict as this run attached it. */
  readonly verdictAttestations?: readonly AttestationReport[];
  /** In mode `verify`: what was looked at. */
  readonly proofs?: readonly Proof[];
}

export interface SettingsReport {
  readonly failOn: Threshold;
  readonly warnOn: Threshold;
  readonly ignoreUnfixed: boolean;
  readonly enforce: boolean;
  readonly scanType: 'enhanced' | 'basic';
  readonly timeoutMs: number;
  readonly settleTimeMs: number;
}

/** The files that the images were judged by. */
export interface DocumentsReport {
  /** Undefined: thresholds only. */
  readonly policy: DocumentSource | undefined;
  readonly exceptions: readonly DocumentSource[];
  readonly vex: readonly DocumentSource[];
  /** Inputs that would have weakened the policy, and what held instead. */
  readonly conflicts: readonly Conflict[];
}

/** The image that is deployed now, which the others were compared with. */
export interface BaselineReport {
  /** As the user wrote it. */
  readonly reference: string;
  /** `HOST/REPOSITORY@DIGEST`; undefined where there is no such image, or it could not be used. */
  readonly uri: string | undefined;
  /** Why it softened nothing. */
  readonly unused: string | undefined;
}

export interface SigningReport {
  /** The key as cosign was given it, or `keyless`. */
  readonly key: string;
  readonly format: 'bundle' | 'legacy' | 'both';
  readonly transparencyLog: boolean;
  /** The version of cosign that was used; undefined where none could be had. */
  readonly cosignVersion: string | undefined;
  /**
   * - `done`: every image of the run carries a verified signature.
   * - `withheld`: not every image passed, so none was signed.
   * - `failed`: signing was tried and did not succeed for all.
   */
  readonly state: 'done' | 'withheld' | 'failed';
}

export interface RunReport {
  readonly verdict: RunVerdict;
  /** Undefined where the inputs themselves could not be read. */
  readonly settings: SettingsReport | undefined;
  /** One entry an image, in the order given. Empty where the run ended before any was resolved. */
  readonly images: readonly ImageReport[];
  /** What ended the run as a whole: bad inputs, an image that is not there, signing, cancellation. */
  readonly error: GateError | undefined;
  /** Undefined where the run ended before they were read. */
  readonly documents: DocumentsReport | undefined;
  /** Undefined where none was asked for. */
  readonly baseline: BaselineReport | undefined;
  /** What could not be learnt, and what that changed, in words from elsewhere too. */
  readonly notices: readonly string[];
  /** The service's time by which exceptions and ages were judged; undefined where nothing was judged. */
  readonly judgedAt: Date | undefined;
  /** Undefined where no signing was asked for. */
  readonly signing: SigningReport | undefined;
  /** When the run began, by the runner's clock. */
  readonly startedAt: Date;
  /** How long it took, in milliseconds. */
  readonly durationMs: number;
  /** The action's own version. */
  readonly version: string;
  /** Only in mode `verify`. */
  readonly verification?: VerificationReport | undefined;
}

/** The verdicts of the images that were judged. */
export function verdictsIn(images: readonly ImageReport[]): Verdict[] {
  return images.flatMap(({ outcome }) => (outcome.kind === 'judged' ? [outcome.verdict] : []));
}

/** The verdict of one image, with `error` for one that could not be judged. */
export function verdictOf(image: ImageReport): RunVerdict {
  if (image.outcome.kind === 'verified') return 'pass';
  return image.outcome.kind === 'judged' ? image.outcome.verdict.verdict : 'error';
}
