/** Reads the policy, exceptions and VEX files, and applies the policy's minimum to the inputs of the workflow. */
import type { Context } from '../context.ts';
import { GateError } from '../errors.ts';
import { plainName } from '../image/reference.ts';
import type { ImageInputs } from '../inputs/common.ts';
import { type Asked, type Demands, underPolicy, weakeningOf } from '../policy/minimum.ts';
import { EMPTY_POLICY, type PolicyDocument } from '../policy/policy.ts';
import type { Weakening } from '../results/documents.ts';
import type { Exception } from '../results/exception.ts';
import { formatDuration } from '../time.ts';
import type { Known } from './images.ts';

/** Whether the run has a policy, exceptions or VEX files. */
export function readsDocuments({ policy, exceptions, vex }: ImageInputs): boolean {
  return policy !== undefined || exceptions.length > 0 || vex.length > 0;
}

/**
 * Reads the policy, exceptions and VEX files.
 * @throws GateError where a file cannot be read or is not valid
 */
export async function readDocuments(
  inputs: ImageInputs,
  { workspace, environment, deadline, log, warn }: Context,
  known: Known,
): Promise<{ document: PolicyDocument; exceptions: readonly Exception[] }> {
  const { policy, exceptions, vex, githubToken: token } = inputs;
  if (!readsDocuments(inputs)) {
    known.documents = { policy: undefined, exceptions: [], vex: [], conflicts: [] };
    return { document: EMPTY_POLICY, exceptions: [] };
  }
  // Most runs have none of these files, and start faster if the code that reads them is not loaded.
  const load = await import('./load.ts');
  const { createGitHub } = await import('../github/client.ts');
  const ports = {
    workspace,
    github: token === undefined ? undefined : createGitHub({ token, deadline, environment }),
  };
  const org = policy === undefined ? undefined : await load.loadPolicy(policy, ports);
  const excepted = await load.loadExceptions(exceptions, ports);
  const stated = await load.loadVex(vex, ports);
  known.documents = {
    policy: org?.source,
    exceptions: excepted.sources,
    vex: stated.sources,
    conflicts: [],
  };
  if (org !== undefined) log(`Policy ${org.source.uri} (sha256 ${org.source.sha256})`);
  if (org?.source.moving) {
    warn(
      `The policy ${org.source.uri} is read from a branch or tag, which can change. Use a commit SHA, so that a change of the policy requires a change of the workflow.`,
    );
  }
  return {
    document: org?.document ?? EMPTY_POLICY,
    exceptions: [...excepted.exceptions, ...stated.exceptions],
  };
}

/** What the action itself does of what a policy can require. */
export type OwnAnswers = Pick<Asked, 'signing' | 'recheck'>;

/** What the inputs request, in the terms of a policy's minimum. */
export function askedBy(inputs: ImageInputs, own: OwnAnswers): Asked {
  const { failOn, warnOn, ignoreUnfixed, enforce, scanType, timeoutMs, settleTimeMs } = inputs;
  return {
    ...{ failOn, warnOn, ignoreUnfixed, enforce, scanType, timeoutMs, settleTimeMs },
    ...own,
    baseline: inputs.baseline !== undefined,
    baseImages: inputs.baseImages.map(({ registry, repository }) => plainName(registry, repository)),
    exceptions: inputs.exceptions.length > 0,
    vex: inputs.vex.length > 0,
  };
}

/**
 * Applies the policy's minimum to the inputs, and warns about each input that requested less.
 * @throws GateError `input` where the policy requires signing and no key is given, or where the settle time does not fit
 */
export function applyMinimum(
  inputs: ImageInputs,
  own: OwnAnswers,
  document: PolicyDocument,
  { deadline, warn }: Context,
  known: Known,
): Demands {
  const demands = underPolicy(askedBy(inputs, own), document);
  const { policy, enforce, scanType, timeoutMs, settleTimeMs, conflicts } = demands;
  const { failOn, warnOn, ignoreUnfixed } = policy;
  known.settings = { failOn, warnOn, ignoreUnfixed, enforce, scanType, timeoutMs, settleTimeMs };
  if (known.documents !== undefined) known.documents = { ...known.documents, conflicts };
  for (const { input, asked, demanded } of conflicts) {
    warn(`The policy requires ${input}: ${demanded}. The workflow sets ${asked}, which was not applied.`);
  }
  if (demands.signingMissing) {
    throw new GateError(
      'input',
      'Input signing-key: the policy requires signed images, and signing-key is empty.',
      {
        nextStep:
          'A right value is: signing-key: awskms:///arn:aws:kms:eu-central-1:123456789012:alias/release',
      },
    );
  }
  if (settleTimeMs >= timeoutMs) {
    throw new GateError(
      'input',
      `Input timeout: expected longer than the settle-time of ${formatDuration(settleTimeMs)} that this policy requires, got ${formatDuration(timeoutMs)}.`,
      { nextStep: 'Raise the input timeout.' },
    );
  }
  deadline.limit(timeoutMs);
  return demands;
}

/**
 * The inputs that allow more than the policy file does. Without a policy file, the thresholds are the policy.
 */
export function weakeningByInputs(demands: Demands, document: PolicyDocument, known: Known): Weakening {
  return known.documents?.policy === undefined ? {} : weakeningOf(demands, document);
}
