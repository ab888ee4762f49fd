/** The verify action: what was signed and attested earlier, and today's findings. */
import { createClients } from '../aws/clients.ts';
import type { Context } from '../context.ts';
import { GateError } from '../errors.ts';
import { ecrImages } from '../image/ecr.ts';
import { type ResolvedImage, resolveImages } from '../image/resolve.ts';
import { readVerifyInputs, type Verification, type VerifyInputs } from '../inputs/verify.ts';
import { concededBy } from '../policy/minimum.ts';
import { verifyReport } from '../report/verify/report.ts';
import type { Weakening } from '../results/documents.ts';
import type { ImageReport, SettingsReport } from '../results/modes/images.ts';
import type { VerificationReport, VerifiedImage, VerifyResult } from '../results/modes/verify.ts';
import { oldest, oldestUnwatchedScan } from '../scan/age.ts';
import { managedSignatures, otherReferrers } from '../signing/other-signatures.ts';
import type { Proof } from '../signing/outcomes.ts';
import { signerText } from '../signing/proofs.ts';
import { weakenedPolicySha256 } from '../signing/statements/predicate.ts';
import { type ImageVerifier, prepareVerifier } from '../signing/verify.ts';
import { day } from '../time.ts';
import { applyMinimum, readDocuments, readsDocuments, weakeningByInputs } from './documents.ts';
import { describeImage, imagesResult, type Known, newKnown, unjudged } from './images.ts';
import { judge, scannerOf } from './judge.ts';
import type { Run } from './mode.ts';
import { refuseUnmeantFiles, signingPorts, targetsOf } from './sign.ts';

/** What verifying adds to what is known of a run. */
interface VerifyingState {
  images: VerifiedImage[];
  verification: VerificationReport | undefined;
}

/** A run of the verify action of which nothing is known yet. */
export function newRun(startedAt: Date): Run {
  const known = newKnown(startedAt);
  const state: VerifyingState = { images: [], verification: undefined };
  let inputs: VerifyInputs | undefined;
  return {
    readInputs: (get) => {
      inputs = readVerifyInputs(get);
      return { timeoutMs: inputs.timeoutMs, readsDocuments: readsDocuments(inputs) };
    },
    work: async (context) => {
      if (inputs === undefined) throw new Error('the inputs were not read');
      await verifyImages(inputs, context, known, state);
    },
    publication: (error) => {
      const result: VerifyResult = {
        ...imagesResult(known, state.images, error),
        verification: state.verification,
      };
      return { result, report: verifyReport(result), options: inputs };
    },
  };
}

/** Signatures, then attestations, then today's findings; what fails first ends it for an image. */
async function verifyImages(
  inputs: VerifyInputs,
  context: Context,
  known: Known,
  state: VerifyingState,
): Promise<void> {
  const { verification } = inputs;
  const { deadline, environment, workspace, log, awsHandler: handler } = context;
  const { document, exceptions } = await readDocuments(inputs, context, known);
  const own = { signing: true, recheck: verification.recheck };
  const demands = applyMinimum(inputs, own, document, context, known);
  const { recheck } = demands;
  const policySha256 = known.documents?.policy?.sha256;
  const summary = expectedSummary(verification, policySha256, recheck ? concededBy(demands, document) : []);
  const { signer, format, platforms } = verification;
  state.verification = {
    signer: signerText(signer),
    format,
    cosignVersion: undefined,
    attestation: summary !== undefined,
    policySha256: summary?.policySha256,
    maxAttestationAgeMs: summary?.maxAgeMs,
    recheck,
  };
  const clients = createClients(deadline, { log, environment, handler });
  let verifier: ImageVerifier | undefined;
  try {
    const key = signer.kind === 'key' ? signer.key : undefined;
    await refuseUnmeantFiles(key, verification.services, workspace);
    verifier = await prepareVerifier({ ...verification, summary }, signingPorts(clients, context));
    state.verification = { ...state.verification, cosignVersion: verifier.cosignVersion };
    const images = await resolveImages(inputs.images, ecrImages(clients, deadline));
    const pending = new GateError('not-proven', 'The run ended before it was verified.');
    state.images = images.map((image) => ({ ...unjudged(image, pending), proofs: [] }));
    const proven: ResolvedImage[] = [];
    for (const [index, image] of images.entries()) {
      log(describeImage(image));
      const proofs: Proof[] = [];
      for (const target of targetsOf(image, platforms)) {
        proofs.push(...(await verifier.verify(target, clients.serviceTime(image.registry))));
      }
      const notes = await managedSignatures(clients, deadline, image, log);
      const { notations, bundles } = otherReferrers(verifier.referrers(image.digest) ?? []);
      const failed = proofs.find((proof) => proof.state === 'failed');
      if (failed === undefined) proven.push(image);
      state.images[index] = {
        ...unjudged(image, failed === undefined ? pending : notVerified(image, failed)),
        ...(failed === undefined && !recheck ? { outcome: { kind: 'verified' } } : {}),
        proofs: [
          ...(format === 'legacy' ? proofs.map((proof) => withHiding(proof, bundles)) : proofs),
          ...(failed !== undefined || !recheck ? [skippedFindings(recheck)] : []),
          ...notes,
          ...notations,
        ],
      };
    }
    if (recheck) {
      const weakening = weakeningByInputs(demands, document, known);
      const scanner = scannerOf(demands, clients, deadline);
      const judging = { inputs, demands, weakening, exceptions, clients, context, known, scanner };
      const rechecked = await judge(proven, { ...judging, imageCount: images.length });
      for (const [at, image] of proven.entries()) {
        const [index, judgedImage] = [images.indexOf(image), rechecked[at]];
        // An image that is not replaced stays without a verdict.
        if (judgedImage === undefined) continue;
        const findings = findingsProof(judgedImage, clients.serviceTime(image.registry), known.settings);
        state.images[index] = {
          ...judgedImage,
          proofs: [...(state.images[index]?.proofs ?? []), findings],
        };
      }
    }
  } finally {
    await verifier?.close().catch(() => {});
    clients.destroy();
  }
}

/**
 * A policy file is what the summary has to be by; a digest given besides has to be that of the file. One by the same
 * policy with a baseline, base images or basic scanning counts only where today's findings are judged with them too:
 * then the inputs of whoever deploys let the image through, not those of whoever built it.
 */
function expectedSummary(
  { summary }: Verification,
  policy: string | undefined,
  conceded: readonly Weakening[],
): Verification['summary'] {
  if (policy === undefined) return summary;
  const given = summary?.policySha256;
  if (given !== undefined && given !== policy) {
    throw new GateError('input', `Input policy-digest: expected that of the policy, got "sha256:${given}".`, {
      nextStep: `A right value is: policy-digest: sha256:${policy}`,
    });
  }
  return {
    policySha256: policy,
    weakenedSha256: conceded.map((weakening) => weakenedPolicySha256(policy, { ...weakening })),
    maxAgeMs: summary?.maxAgeMs,
  };
}

function notVerified({ uri }: ResolvedImage, { what, by, detail, nextStep }: Proof): GateError {
  return new GateError('not-verified', `${uri}: ${what} by ${by} is not proven: ${detail}.`, { nextStep });
}

/** A bundle beside it hides a legacy signature from everyone who does not ask for legacy ones alone. */
function withHiding(proof: Proof, bundles: number): Proof {
  if (proof.kind !== 'signature' || proof.state !== 'proven' || bundles === 0) return proof;
  const hint = `hidden from a plain cosign verify by ${bundles} Sigstore bundle(s) beside it: --new-bundle-format=false finds it`;
  return { ...proof, detail: proof.detail === undefined ? hint : `${proof.detail}; ${hint}` };
}

const FINDINGS = {
  kind: 'findings',
  what: 'Today’s findings',
  by: undefined,
  at: undefined,
  ageMs: undefined,
  nextStep: undefined,
} as const;

function skippedFindings(recheck: boolean): Proof {
  const detail = recheck ? 'a proof before it failed' : 'not asked for';
  return { ...FINDINGS, state: 'skipped', detail };
}

function findingsProof(
  image: ImageReport,
  now: Date | undefined,
  settings: SettingsReport | undefined,
): Proof {
  const { outcome } = image;
  if (outcome.kind !== 'judged') {
    return {
      ...FINDINGS,
      state: 'failed',
      detail: outcome.kind === 'error' ? outcome.error.message : undefined,
    };
  }
  const { counts, blocking, verdict, exceededLimits } = outcome.verdict;
  const limits =
    exceededLimits.length === 0 ? '' : `; ${exceededLimits.length} limits of the policy exceeded`;
  const unwatched = oldestUnwatchedScan(image.platforms);
  const since =
    unwatched === undefined
      ? ''
      : `; it is not scanned again by itself, so what was published since ${day(unwatched)} is not known`;
  const at = oldest(image.platforms.flatMap(({ scannedAt }) => scannedAt ?? []));
  return {
    ...FINDINGS,
    ...(unwatched === undefined ? {} : { what: 'Findings of its last scan' }),
    state: verdict === 'block' ? 'failed' : 'proven',
    at,
    ageMs: at === undefined || now === undefined ? undefined : Math.max(0, now.getTime() - at.getTime()),
    // What blocks nothing proves nothing: the reader should see by what it was judged.
    detail: `${counts.total} active, ${blocking} of them block (fail-on: ${settings?.failOn})${limits}${since}`,
  };
}
