/** Reads the policy, exceptions and VEX files, and applies the policy's minimum to the inputs of the workflow. */
import type { Context } from '../context.ts';
import { GateError } from '../errors.ts';
import { plainName } from '../image/reference.ts';
import type { ImageInputs } from '../inputs/common.ts';
import {
  type EffectiveSettings,
  effectiveSettings,
  type WorkflowSettings,
  weakeningByInputsOf,
} from '../policy/minimum.ts';
import { EMPTY_POLICY, type PolicyDocument } from '../policy/policy.ts';
import type { PolicySource, Weakening } from '../results/documents.ts';
import type { Exception } from '../results/exception.ts';
import { formatDuration } from '../time.ts';
import type { Known } from './images.ts';

/** Whether the run has a policy, exceptions or VEX files. */
export function readsDocuments({ policy, exceptions, vex }: ImageInputs): boolean {
  return policy !== undefined || exceptions.length > 0 || vex.length > 0;
}

/**
 * Reads the policy, exceptions and VEX files.
 * @param others policies that do not judge; only their digests are used. They have to be valid all the same
 * @throws GateError if a file cannot be read or is not valid
 */
export async function readDocuments(
  inputs: ImageInputs,
  { workspace, environment, deadline, log, warn }: Context,
  known: Known,
  others: readonly string[] = [],
): Promise<{
  document: PolicyDocument;
  exceptions: readonly Exception[];
  others: readonly PolicySource[];
}> {
  const { policy, exceptions, vex, githubToken: token } = inputs;
  if (!readsDocuments(inputs)) {
    known.documents = { policy: undefined, exceptions: [], vex: [], conflicts: [] };
    return { document: EMPTY_POLICY, exceptions: [], others: [] };
  }
  // Most runs have none of these files, and start faster if the code that reads them is not loaded.
  const load = await import('./load.ts');
  const { createGitHub } = await import('../github/client.ts');
  const ports = {
    workspace,
    github: token === undefined ? undefined : createGitHub({ token, deadline, environment }),
  };
  const org = policy === undefined ? undefined : await load.loadPolicy(policy, ports);
  const sources: PolicySource[] = [];
  for (const other of others) sources.push((await load.loadPolicy(other, ports)).source);
  const excepted = await load.loadExceptions(exceptions, ports);
  const stated = await load.loadVex(vex, ports);
  known.documents = {
    policy: org?.source,
    exceptions: excepted.sources,
    vex: stated.sources,
    conflicts: [],
  };
  if (org !== undefined) log(policyLine(org.source));
  for (const source of sources) log(`${policyLine(source)}; its verification summaries are accepted too`);
  for (const warning of stated.warnings) warn(warning);
  for (const { uri, moving } of [...(org === undefined ? [] : [org.source]), ...sources]) {
    if (!moving) continue;
    warn(
      `The policy ${uri} is read from a branch or tag, which can change. Use a commit SHA, so that a change of the policy requires a change of the workflow.`,
    );
  }
  return {
    document: org?.document ?? EMPTY_POLICY,
    exceptions: [...excepted.exceptions, ...stated.exceptions],
    others: sources,
  };
}

/** A policy and its digests, as a line of the log. */
function policyLine({ uri, policySha256, sha256 }: PolicySource): string {
  return `Policy ${uri}: sha256:${policySha256} (its file: sha256:${sha256})`;
}

/** The settings that the gate and the verify action do not share. */
export type OwnSettings = Pick<WorkflowSettings, 'signing' | 'recheck'>;

/** The settings of the workflow's inputs that a policy can restrict. */
export function settingsOf(inputs: ImageInputs, own: OwnSettings): WorkflowSettings {
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
 * @throws GateError `input` if the policy requires signing and no key is given, or if the settle time does not fit
 */
export function applyMinimum(
  inputs: ImageInputs,
  own: OwnSettings,
  document: PolicyDocument,
  { deadline, warn }: Context,
  known: Known,
): EffectiveSettings {
  const settings = effectiveSettings(settingsOf(inputs, own), document);
  const { policy, enforce, scanType, timeoutMs, settleTimeMs, conflicts } = settings;
  const { failOn, warnOn, ignoreUnfixed } = policy;
  known.settings = { failOn, warnOn, ignoreUnfixed, enforce, scanType, timeoutMs, settleTimeMs };
  if (known.documents !== undefined) known.documents = { ...known.documents, conflicts };
  for (const { input, asked, demanded } of conflicts) {
    warn(
      `The policy requires ${input}: ${demanded}. The workflow sets ${input}: ${asked}, which is not used.`,
    );
  }
  if (settings.signingMissing) {
    throw new GateError('input', 'Input signing-key is empty, but the policy requires signed images.', {
      nextStep: 'For example: signing-key: awskms:///arn:aws:kms:eu-central-1:123456789012:alias/release',
    });
  }
  if (settleTimeMs >= timeoutMs) {
    throw new GateError(
      'input',
      `Input timeout: expected longer than the settle-time that the policy requires (${formatDuration(settleTimeMs)}), got ${formatDuration(timeoutMs)}.`,
      { nextStep: 'Set timeout to a longer duration.' },
    );
  }
  deadline.limit(timeoutMs);
  return settings;
}

/**
 * The inputs that allow more than the policy file does. Without a policy file, the thresholds are the policy.
 */
export function weakeningByInputs(
  settings: EffectiveSettings,
  document: PolicyDocument,
  known: Known,
): Weakening {
  return known.documents?.policy === undefined ? {} : weakeningByInputsOf(settings, document);
}
