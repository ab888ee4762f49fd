/** The files that a run judges by, and what they demand of its inputs. */
import { type Deadline, formatDuration } from '../deadline.ts';
import { GateError } from '../errors.ts';
import * as core from '../github/core.ts';
import { plainName } from '../image/reference.ts';
import type { Inputs } from '../inputs.ts';
import type { Exception } from '../policy/exceptions.ts';
import { type Asked, type Demands, underPolicy, type Weakening, weakeningOf } from '../policy/minimum.ts';
import { EMPTY_POLICY, type PolicyDocument } from '../policy/policy.ts';
import { line } from '../report/escape.ts';
import { log, type Run } from './state.ts';

/** Reads the files that the images are judged by. A file that cannot be read ends the run. */
export async function readDocuments(
  inputs: Inputs,
  deadline: Deadline,
  run: Run,
): Promise<{ document: PolicyDocument; exceptions: readonly Exception[] }> {
  const { policy, exceptions, vex } = inputs;
  if (policy === undefined && exceptions.length === 0 && vex.length === 0) {
    run.documents = { policy: undefined, exceptions: [], vex: [], conflicts: [] };
    return { document: EMPTY_POLICY, exceptions: [] };
  }
  // Most runs have none of these files, and start faster without what reads them.
  const load = await import('../policy/load.ts');
  const { createGitHub } = await import('../github/client.ts');
  const { githubToken: token } = inputs;
  const ports = {
    workspace: process.env.GITHUB_WORKSPACE || process.cwd(),
    github: token === undefined ? undefined : createGitHub({ token, deadline, environment: process.env }),
  };
  const org = policy === undefined ? undefined : await load.loadPolicy(policy, ports);
  const excepted = await load.loadExceptions(exceptions, ports);
  const stated = await load.loadVex(vex, ports);
  run.documents = {
    policy: org?.source,
    exceptions: excepted.sources,
    vex: stated.sources,
    conflicts: [],
  };
  if (org !== undefined) log(`Policy ${org.source.uri} (sha256 ${org.source.sha256})`);
  if (org?.source.moving) {
    core.warning(
      line(
        `The policy ${org.source.uri} is read at a ref that can move: name a commit, so that a change of the policy is a change of the workflow.`,
      ),
    );
  }
  return {
    document: org?.document ?? EMPTY_POLICY,
    exceptions: [...excepted.exceptions, ...stated.exceptions],
  };
}

/** What the inputs ask of a policy. */
export function askedBy(inputs: Inputs): Asked {
  const { failOn, warnOn, ignoreUnfixed, enforce, scanType, timeoutMs, settleTimeMs } = inputs;
  return {
    ...{ failOn, warnOn, ignoreUnfixed, enforce, scanType, timeoutMs, settleTimeMs },
    signing: inputs.signing !== undefined || inputs.mode === 'verify',
    baseline: inputs.baseline !== undefined,
    baseImages: inputs.baseImages.map(({ registry, repository }) => plainName(registry, repository)),
    exceptions: inputs.exceptions.length > 0,
    vex: inputs.vex.length > 0,
    recheck: inputs.verification?.recheck ?? true,
  };
}

/** Makes policy and inputs one, and says where an input would have weakened what the policy demands. */
export function heed(inputs: Inputs, document: PolicyDocument, deadline: Deadline, run: Run): Demands {
  const demands = underPolicy(askedBy(inputs), document);
  const { policy, enforce, scanType, timeoutMs, settleTimeMs, conflicts } = demands;
  const { failOn, warnOn, ignoreUnfixed } = policy;
  run.settings = { failOn, warnOn, ignoreUnfixed, enforce, scanType, timeoutMs, settleTimeMs };
  if (run.documents !== undefined) run.documents = { ...run.documents, conflicts };
  for (const { input, asked, demanded } of conflicts) {
    core.warning(line(`The policy demands ${input}: ${demanded}; the workflow asks for ${asked}.`));
  }
  if (demands.signingMissing) {
    throw new GateError(
      'input',
      'Input signing-key: the policy demands that images are signed, got nothing.',
      {
        nextStep:
          'A right value is: signing-key: awskms:///arn:aws:kms:eu-central-1:123456789012:alias/release',
      },
    );
  }
  if (settleTimeMs >= timeoutMs) {
    throw new GateError(
      'input',
      `Input timeout: expected longer than the settle-time of ${formatDuration(settleTimeMs)} that holds under this policy, got ${formatDuration(timeoutMs)}.`,
      { nextStep: 'Raise the input timeout, or ask whoever owns the policy about its minimum.' },
    );
  }
  deadline.limit(timeoutMs);
  return demands;
}

/**
 * By which inputs more is let through than by the policy file itself. Without a policy file the thresholds are the
 * policy, whatever they are.
 */
export function weakeningByInputs(demands: Demands, document: PolicyDocument, run: Run): Weakening {
  return run.documents?.policy === undefined ? {} : weakeningOf(demands, document);
}
