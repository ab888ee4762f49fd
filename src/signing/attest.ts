/** Attaches a claim to an image with cosign, and verifies it as a consumer would. */

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { GateError } from '../errors.ts';
import { imageUri } from '../image/reference.ts';
import type { Digest, Registry } from '../results/registry.ts';
import type { Claim } from './claims.ts';
import { attestArguments, type SignatureFormat, type Verifier } from './cosign/arguments.ts';
import { summaryCommand } from './cosign/by-hand.ts';
import { checkOnce } from './cosign/check.ts';
import { attachedBundle, create } from './cosign/create.ts';
import { type Failure, isTagTaken } from './cosign/failures.ts';
import { byHand, type CosignSession, callTime, stopIfOver } from './cosign/session.ts';
import type { SigningKey } from './key.ts';
import type { AttestationReport } from './outcomes.ts';
import { retry } from './retry.ts';
import { readSummary, SUMMARY_TYPE } from './statements/predicate.ts';
import { type Statement, statementsOf } from './statements/statement.ts';

export interface AttestTask {
  readonly session: CosignSession;
  readonly key: SigningKey;
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

// Where a registry keeps attestations under a tag, runs that push at the same time overwrite each other's.
const ATTEST_ATTEMPTS = 3;
const VERIFY_ATTEMPTS = 4;

/**
 * Attaches one claim, and verifies it: cosign checks the signature, the rest is checked in what it prints.
 * @throws GateError `signing`; `timeout` or `cancelled` if the run has ended
 */
export async function attestOnce(task: AttestTask): Promise<AttestationReport> {
  const { session, target, format, claim } = task;
  const { deadline } = session.ports;
  const { type, predicate } = claim.predicate;
  const predicateFile = join(session.home, 'predicate.json');
  await writeFile(predicateFile, JSON.stringify(predicate), { mode: 0o600 });
  const command = summaryCommandOf(task);
  const report = { digest: target.digest, platform: target.platform, format, type, command };
  const result = await retry<Attested>(
    async () => {
      const failure = await attach(task, predicateFile);
      if (failure !== undefined) return { value: await afterFailure(task, failure), again: false };
      const found = await lookForClaim(task);
      const value: Attested = found.isCurrent
        ? { state: 'attested', output: found.output }
        : { state: 'missing', why: found.why };
      return { value, again: !found.isCurrent && !found.isRevoked };
    },
    { deadline, attempts: ATTEST_ATTEMPTS },
  );
  if (result.state === 'kept') return { ...report, state: 'kept', bundle: undefined };
  if (result.state === 'attested') {
    const bundle = format === 'bundle' ? await claimBundle(task, result.output) : undefined;
    return { ...report, state: 'attested', bundle };
  }
  throw new GateError(
    'signing',
    `The new attestation of ${imageOf(task)} could not be verified: ${result.why}`,
    {
      nextStep:
        'Check that the registry supports OCI referrers, and that the verdict was not revoked by another attestation. Then run the step again.',
    },
  );
}

type Attested =
  | { readonly state: 'attested'; readonly output: string }
  | { readonly state: 'kept' }
  | { readonly state: 'missing'; readonly why: string };

/** The command that verifies the claim by hand, if it is a verification summary. */
function summaryCommandOf({ session, verifier, target, format, claim }: AttestTask): string | undefined {
  const { type, predicate } = claim.predicate;
  const summary = type === SUMMARY_TYPE ? readSummary(predicate) : undefined;
  if (summary === undefined) return undefined;
  const { resourceUri, policy } = summary;
  const says = { type, resourceUri, policySha256: policy.digest?.sha256 ?? '' };
  return summaryCommand(byHand(session, verifier, target, format), says);
}

function imageOf({ target }: AttestTask): string {
  return imageUri(target.registry, target.repository, target.digest);
}

function doing(task: AttestTask): string {
  return `attesting ${imageOf(task)}`;
}

function attach(task: AttestTask, predicateFile: string): Promise<Failure | undefined> {
  const { session, key, target, format, claim } = task;
  const request = {
    ...session,
    key,
    image: imageOf(task),
    format,
    type: claim.predicate.type,
    predicateFile,
  };
  return create(
    session,
    () => attestArguments({ ...request, timeoutMs: callTime(session.ports.deadline) }),
    target.registry,
    doing(task),
  );
}

/**
 * Keeps an earlier attestation where its tag is immutable.
 * @throws GateError in every other case
 */
async function afterFailure(task: AttestTask, failure: Failure): Promise<Attested> {
  const { session, claim } = task;
  const { exists } = await findClaim(task);
  if (exists && isTagTaken(failure.message)) {
    session.ports.warn(
      `The attestation (${claim.predicate.type}) of ${imageOf(task)} could not be renewed: in format legacy it is stored under a tag, and the tags of this repository are immutable. The existing attestation was kept. Use signature-format: bundle, or exclude sha256-*.att from tag immutability.`,
    );
    return { state: 'kept' };
  }
  stopIfOver(session.ports.deadline, doing(task));
  throw new GateError('signing', `cosign did not attest ${imageOf(task)}: ${failure.message}`, {
    nextStep: failure.nextStep,
  });
}

function claimBundle(task: AttestTask, verified: string): Promise<string | undefined> {
  const { session, target, claim } = task;
  const isOurs = (statement: Statement) => claim.find([statement]).since !== undefined;
  const where = { image: imageOf(task), type: claim.predicate.type, registry: target.registry };
  return attachedBundle(session, where, verified, isOurs);
}

interface FoundClaim {
  /** Whether there is a statement that a consumer would accept, from any run. */
  readonly exists: boolean;
  /** Whether that statement is not older than the claim. */
  readonly isCurrent: boolean;
  readonly isRevoked: boolean;
  readonly why: string;
  /** What cosign printed. */
  readonly output: string;
}

/** @throws GateError `timeout` or `cancelled` if the claim was not found and the run has ended */
function lookForClaim(task: AttestTask): Promise<FoundClaim> {
  const { deadline } = task.session.ports;
  return retry(
    async () => {
      const found = await findClaim(task);
      if (!found.isCurrent) stopIfOver(deadline, doing(task));
      return { value: found, again: !found.isCurrent && !found.isRevoked };
    },
    { deadline, attempts: VERIFY_ATTEMPTS },
  );
}

async function findClaim(task: AttestTask): Promise<FoundClaim> {
  const { session, target, format, claim, verifier } = task;
  const wanted = { type: claim.predicate.type };
  const checked = await checkOnce(session, { subject: target, verifier, format, wanted });
  const none = { exists: false, isCurrent: false, isRevoked: false, output: '' };
  if (!checked.ok) return { ...none, why: checked.message };
  const found = claim.find(statementsOf(checked.stdout));
  if (found.since === undefined) return { ...none, isRevoked: found.isRevoked ?? false, why: found.why };
  return {
    exists: true,
    isCurrent: found.since >= claim.madeAt,
    isRevoked: false,
    why: 'the newest attestation that could be verified is older',
    output: checked.stdout,
  };
}
