/**
 * What is compared of two reports of the verify action. Both are read from the same data, so that a report has no
 * difference from itself.
 */

import type { Expiry } from '../../results/modes/changes.ts';
import { allows, type RunVerdict } from '../../results/modes/envelope.ts';
import { NOT_REACHED } from '../../results/modes/verify.ts';
import { lastDay } from '../../time.ts';
import type {
  ExceptionOutcomeDocument,
  ImageDocument,
  JudgedFindingDocument,
  ProofDocument,
} from '../findings/document.ts';
import { SOON_MS } from '../findings/exceptions.ts';

/** The part of an image in `report.json` that is compared. */
export interface ComparedImage extends Pick<ImageDocument, 'image' | 'digest' | 'references' | 'verdict'> {
  readonly error: { readonly code: string; readonly message: string } | null;
  readonly findings: readonly (Pick<JudgedFindingDocument, 'vulnerability' | 'severity' | 'effect'> & {
    readonly packages: readonly Pick<JudgedFindingDocument['packages'][number], 'name' | 'manager'>[];
  })[];
  readonly exceededLimits: readonly {
    readonly severity: string;
    readonly allowed: number;
    readonly found: number;
  }[];
  readonly exceptions: readonly (Pick<
    ExceptionOutcomeDocument,
    'origin' | 'source' | 'ids' | 'scope' | 'ends' | 'matches' | 'applied'
  > & { readonly refusals: readonly { readonly kind: string }[] })[];
  readonly proofs: readonly (Pick<ProofDocument, 'state' | 'what' | 'by' | 'at' | 'ageMs' | 'detail'> & {
    readonly kind: string;
    /** Undefined in the reports of earlier versions. */
    readonly ends?: ProofDocument['ends'] | undefined;
  })[];
}

/** The same of a whole report. */
export interface ComparedReport {
  readonly startedAt: Date;
  readonly judgedAt: Date | undefined;
  /** The message of what ended the run. */
  readonly error: string | undefined;
  readonly images: Iterable<ComparedImage>;
}

export interface Snapshot {
  readonly startedAt: Date;
  readonly error: string | undefined;
  readonly images: readonly ImageState[];
  /** By their keys. */
  readonly expiries: ReadonlyMap<string, Expiry>;
}

export interface ImageState {
  /** The first reference in the workflow. */
  readonly name: string;
  /** As the workflow names it. */
  readonly references: readonly string[];
  /** `HOST/REPOSITORY@DIGEST`; its reference if it could not be resolved. */
  readonly uri: string;
  /** What identifies it in another report: its references, and its digest in its repository. */
  readonly names: readonly string[];
  readonly verdict: RunVerdict;
  /** ECR does not have it. */
  readonly isMissing: boolean;
  /** The run ended before it came to it. The error of the run says why. */
  readonly isPending: boolean;
  /** Why it does not pass. Empty if it does, and only then. */
  readonly reasons: readonly BlockReason[];
}

/** A reason is known to another report that has all of its keys with counts at least as high. */
export interface BlockReason {
  readonly keys: readonly string[];
  readonly count: number;
  readonly text: string;
}

/** What is compared of a report. Images are read one at a time: each may have many findings. */
export function snapshotOf({ startedAt, judgedAt, error, images }: ComparedReport): Snapshot {
  const states: ImageState[] = [];
  const found = new Map<string, { readonly expiry: Ending; readonly images: Set<string> }>();
  for (const image of images) {
    const state = stateOf(image);
    states.push(state);
    for (const [key, expiry] of expiriesOf(image, state.name, judgedAt)) {
      const known = found.get(key) ?? { expiry, images: new Set() };
      known.images.add(state.name);
      found.set(key, known);
    }
  }
  const expiries = new Map(
    [...found].map(([key, { expiry, images: all }]) => [key, { ...expiry, images: [...all] }]),
  );
  return { startedAt, error, images: states, expiries };
}

/**
 * A text in which numbers, times, digests and request IDs are not compared: ages in a message change every day, and the same
 * failure of AWS has another request ID each time. Names with digits, such as `app1`, are compared.
 */
export function withoutNumbers(text: string): string {
  return text.replace(/[0-9a-z_-]+/gi, (word) =>
    /^-*\d/.test(word) || /^(?=[^\d]*\d)[0-9a-f-]+$/i.test(word) ? '#' : word,
  );
}

function stateOf(image: ComparedImage): ImageState {
  const { image: uri, digest, references, verdict, error } = image;
  return {
    name: references[0] ?? uri,
    references,
    uri,
    names: [...new Set([...references, uri])],
    verdict,
    // With a digest, the error is about something else, such as a repository that the image was promoted from.
    isMissing: verdict === 'error' && digest === null && error?.code === 'not-found',
    isPending: verdict === 'error' && error?.code === 'not-proven' && error.message === NOT_REACHED,
    reasons: allows(verdict) ? [] : reasonsOf(image),
  };
}

function reasonsOf({ verdict, error, findings, exceededLimits, proofs }: ComparedImage): BlockReason[] {
  const reasons = [
    ...proofs
      // The findings are listed one by one.
      .filter(({ kind, state }) => state === 'failed' && kind !== 'findings')
      .map(({ kind, what, by, detail }) =>
        reason(
          // The policy can require attestations of one type by several signers.
          [['proof', kind, what, by ?? '', withoutNumbers(detail ?? '')]],
          detail === null ? `${what}: not verified` : `${what}: ${detail}`,
        ),
      ),
    ...findings.filter(({ effect }) => effect === 'block').map(findingReason),
    ...exceededLimits.map(({ severity, allowed, found }) =>
      reason(
        [['limit', severity]],
        `${found} findings with severity ${severity}, the policy allows ${allowed}`,
        found,
      ),
    ),
  ];
  // The error of an image whose check failed says the same as the check.
  if (reasons.length > 0) return reasons;
  if (error === null) return [reason([['verdict', verdict]], 'no reason given')];
  return [reason([['error', error.code, withoutNumbers(error.message)]], error.message)];
}

/** Packages are compared by name and package manager, as those of a baseline are. */
function findingReason({
  vulnerability,
  severity,
  packages,
}: ComparedImage['findings'][number]): BlockReason {
  const named = packages.length === 0 ? [{ name: '', manager: null }] : packages;
  const names = [...new Set(packages.map(({ name }) => name))];
  const where = names.length === 0 ? '' : ` in ${names.slice(0, 3).join(', ')}`;
  const more = names.length > 3 ? ` and ${names.length - 3} more` : '';
  return reason(
    named.map(({ name, manager }) => ['finding', vulnerability, name, manager ?? '']),
    `${vulnerability} (${severity.toLowerCase()})${where}${more}`,
  );
}

function reason(keys: readonly (readonly string[])[], text: string, count = 0): BlockReason {
  return { keys: keys.map((key) => JSON.stringify(key)), count, text };
}

/** What ends, whatever image it is about. */
type Ending = Omit<Expiry, 'images'>;

function* expiriesOf(
  { exceptions, proofs }: ComparedImage,
  name: string,
  judgedAt: Date | undefined,
): Generator<[string, Ending]> {
  for (const exception of exceptions) {
    const state = exceptionExpiry(exception, judgedAt);
    if (state === undefined) continue;
    const { origin, source, ids, scope, ends } = exception;
    // Lines of an exceptions file move. A VEX statement has no scope that would distinguish it from others.
    const identity = [origin, origin === 'vex' ? source : '', ids.toSorted(), scope, ends];
    yield [
      JSON.stringify([state, ...identity]),
      { state, what: exceptionText(exception), ends: dateOf(ends) },
    ];
  }
  for (const { kind, state, what, by, at, ageMs, ends } of proofs) {
    if (state !== 'proven' || !tooOldSoon(dateOf(at), ageMs, dateOf(ends))) continue;
    // What is renewed in time is not too old soon for a while. Its date is therefore not part of the key.
    yield [
      JSON.stringify(['soon', 'proof', kind, what, by, name]),
      { state: 'soon', what, ends: dateOf(ends) },
    ];
  }
}

/** Whether an exception allows findings and ends soon, or has expired and names a finding. */
function exceptionExpiry(
  { matches, applied, refusals, ends }: ComparedImage['exceptions'][number],
  judgedAt: Date | undefined,
): Expiry['state'] | undefined {
  if (matches === 'finding' && refusals.some(({ kind }) => kind === 'expired')) return 'expired';
  const end = dateOf(ends);
  if (applied === 0 || end === undefined || judgedAt === undefined) return undefined;
  const leftMs = end.getTime() - judgedAt.getTime();
  return leftMs > 0 && leftMs <= SOON_MS ? 'soon' : undefined;
}

function exceptionText({ origin, source, ids }: ComparedImage['exceptions'][number]): string {
  const more = ids.length > 1 ? ` and ${ids.length - 1} more` : '';
  return `${origin === 'vex' ? 'VEX statement' : 'exception'} for ${ids[0] ?? 'nothing'}${more} (${source})`;
}

/** Within 14 days of the check, and in the second half of the time for which it counts: that may be shorter. */
function tooOldSoon(at: Date | undefined, ageMs: number | null, ends: Date | undefined): boolean {
  if (at === undefined || ageMs === null || ends === undefined) return false;
  const validMs = ends.getTime() - at.getTime();
  const leftMs = validMs - ageMs;
  return leftMs <= SOON_MS && leftMs <= validMs / 2;
}

function dateOf(text: string | null | undefined): Date | undefined {
  if (text === null || text === undefined) return undefined;
  const date = new Date(text);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

/** `until 2026-12-31`, `expired after 2026-12-31`. */
export function endWords({ state, ends }: Ending): string {
  if (ends === undefined) return state === 'soon' ? 'ends soon' : 'expired';
  return `${state === 'soon' ? 'until' : 'expired after'} ${lastDay(ends)}`;
}
