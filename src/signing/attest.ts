/** Attaching the verdict to the image, and believing it only when a consumer would. */

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { GateError } from '../errors.ts';
import { imageUri } from '../image/reference.ts';
import type { Digest, Registry } from '../results/registry.ts';
import {
  attestArguments,
  isTagTaken,
  type SignatureFormat,
  type Verifier,
  verifyAttestationArguments,
} from './cosign.ts';
import type { SigningKey } from './key.ts';
import type { AttestationReport } from './made.ts';
import {
  type Predicate,
  type SummaryInput,
  VULNERABILITIES_TYPE,
  type VulnerabilitiesInput,
  verificationSummary,
  vulnerabilityReport,
} from './predicate.ts';
import {
  attachedBundle,
  call,
  callTime,
  failureOf,
  MOST_ATTESTATIONS,
  make,
  pause,
  type Session,
  stopIfOver,
} from './session.ts';
import { decideSummaries, isAbout, type Statement, statementsOf } from './statement.ts';

/** Something to attest of one digest, and what a consumer of it looks for. */
export interface Claim {
  readonly predicate: Predicate;
  readonly madeAt: Date;
  /** What a consumer of this claim would find in these statements. */
  readonly find: (statements: readonly Statement[]) => Found;
}

/** Of when the newest statement is that would satisfy a consumer, or why none does. */
type Found =
  | { readonly since: Date }
  | {
      readonly since: undefined;
      readonly why: string;
      /** Whether the verdict was taken back, so that attesting it again would change nothing. */
      readonly takenBack?: boolean;
    };

/**
 * That the image passed.
 * @throws ValiError where a value does not fit the predicate's published fields
 */
export function summaryClaim(input: SummaryInput, digest: Digest): Claim {
  const predicate = verificationSummary(input);
  const { policy } = predicate.predicate as { policy: { digest: { sha256: string } } };
  return {
    predicate,
    madeAt: input.verifiedAt,
    find: (statements) => {
      const decision = decideSummaries(statements, {
        digest,
        resourceUri: input.resourceUri,
        policySha256: policy.digest.sha256,
        maxAgeMs: undefined,
        now: input.verifiedAt,
      });
      if (decision.proven) return { since: decision.at };
      const { why, takenBackBy } = decision;
      return { since: undefined, why, takenBack: takenBackBy !== undefined };
    },
  };
}

/**
 * Which findings it has.
 * @throws ValiError where a value does not fit the predicate's published fields
 */
export function vulnerabilitiesClaim(input: VulnerabilitiesInput, digest: Digest, madeAt: Date): Claim {
  const predicate = vulnerabilityReport(input);
  return {
    predicate,
    madeAt,
    find: (statements) => {
      const about = statements.filter(
        (statement) => statement.predicateType === VULNERABILITIES_TYPE && isAbout(statement, digest),
      );
      const same = about.some((statement) => isDeepStrictEqual(statement.predicate, predicate.predicate));
      // An older report says of itself when it was scanned, not when it was attached.
      if (same) return { since: madeAt };
      return about.length > 0
        ? { since: new Date(0) }
        : { since: undefined, why: 'it carries no report of its findings by this signer' };
    },
  };
}

export interface AttestSettings {
  readonly key: SigningKey;
  readonly transparencyLog: boolean;
}

export interface AttestTask {
  readonly target: {
    readonly registry: Registry;
    readonly repository: string;
    readonly digest: Digest;
    readonly platform: string | undefined;
  };
  readonly format: SignatureFormat;
  readonly claim: Claim;
  readonly verifier: Verifier;
}

// Where a registry keeps attestations under a tag, runs that push at one moment lose each other's.
const ATTEST_TRIES = 3;
const VERIFY_TRIES = 4;

/**
 * Attaches one claim and verifies it as a consumer would: cosign checks the signature, the rest is read from
 * what it prints.
 * @throws GateError `signing`; `timeout` or `cancelled` where the run is over
 */
export async function attestOnce(
  session: Session,
  settings: AttestSettings,
  task: AttestTask,
): Promise<AttestationReport> {
  const { target, format, claim } = task;
  const { ports } = session;
  const { type } = claim.predicate;
  const image = imageUri(target.registry, target.repository, target.digest);
  const doing = `attesting ${image}`;
  const report = { digest: target.digest, platform: target.platform, format, type };
  const predicateFile = join(session.home, 'predicate.json');
  await writeFile(predicateFile, JSON.stringify(claim.predicate.predicate), { mode: 0o600 });
  for (let attempt = 1; ; attempt += 1) {
    const failure = await make(
      session,
      () =>
        attestArguments({
          ...session,
          ...settings,
          image,
          format,
          type,
          predicateFile,
          timeoutMs: callTime(ports.deadline),
        }),
      target.registry,
      doing,
    );
    if (failure !== undefined) {
      const { since } = await lookUp(session, settings, task);
      if (since !== undefined && isTagTaken(failure.message)) {
        ports.warn(
          `The attestation (${type}) of ${image} could not be renewed: in format legacy it is kept under a tag, and this repository's tags are immutable. The one that is there stays. Use signature-format: bundle, or exclude sha256-*.att from immutability.`,
        );
        return { ...report, state: 'kept', bundle: undefined };
      }
      stopIfOver(ports.deadline, doing);
      throw new GateError('signing', `cosign did not attest ${image}: ${failure.message}`, {
        nextStep: failure.nextStep,
      });
    }
    let why = '';
    let takenBack = false;
    for (let look = 1; look <= VERIFY_TRIES; look += 1) {
      const found = await lookUp(session, settings, task);
      if (found.since !== undefined && found.since >= claim.madeAt) {
        const isOurs = (statement: Statement) => claim.find([statement]).since !== undefined;
        const where = { image, type, registry: target.registry };
        const bundle =
          format === 'bundle' ? await attachedBundle(session, where, found.output, isOurs) : undefined;
        return { ...report, state: 'attested', bundle };
      }
      stopIfOver(ports.deadline, doing);
      ({ why, takenBack } = found);
      if (takenBack) break;
      await pause(ports.deadline, look);
    }
    if (takenBack || attempt === ATTEST_TRIES) {
      throw new GateError('signing', `The attestation just made of ${image} does not verify: ${why}`, {
        nextStep:
          'See whether the registry keeps OCI referrers, and whether somebody took the verdict back by an attestation of their own; then run the step again.',
      });
    }
  }
}

async function lookUp(
  session: Session,
  { transparencyLog }: AttestSettings,
  { target, format, claim, verifier }: AttestTask,
): Promise<{ since: Date | undefined; why: string; takenBack: boolean; output: string }> {
  const { ports, trustedRoot, ownServices } = session;
  const image = imageUri(target.registry, target.repository, target.digest);
  const timeoutMs = callTime(ports.deadline);
  const request = { image, verifier, format, transparencyLog, trustedRoot, ownServices, timeoutMs };
  const args = verifyAttestationArguments(request, claim.predicate.type);
  const result = await call(session, args, target.registry, MOST_ATTESTATIONS);
  if (result.exitCode !== 0) {
    return { since: undefined, why: failureOf(result).message, takenBack: false, output: '' };
  }
  const found = claim.find(statementsOf(result.stdout));
  const { since } = found;
  if (found.since === undefined) {
    const { why, takenBack = false } = found;
    return { since, why, takenBack, output: result.stdout };
  }
  return { since, why: 'the newest one that verifies is older', takenBack: false, output: result.stdout };
}
