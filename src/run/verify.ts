/** Mode `verify`: what was signed and attested before, and today's findings. */

import { createClients } from '../aws/clients.ts';
import type { Deadline } from '../deadline.ts';
import { GateError } from '../errors.ts';
import { ecrImages } from '../image/ecr.ts';
import { type ResolvedImage, resolveImages } from '../image/resolve.ts';
import type { Inputs, VerificationInputs } from '../inputs.ts';
import { concededBy, type Weakening } from '../policy/minimum.ts';
import type { ImageReport, Proof, RunReport, SettingsReport } from '../report/report.ts';
import { day } from '../report/words.ts';
import { oldest, oldestUnwatchedScan } from '../scan/age.ts';
import { imageOrigin, whatElse } from '../signing/origin.ts';
import { weakenedPolicySha256 } from '../signing/predicate.ts';
import { type ImageVerifier, prepareVerifier, signerWords } from '../signing/verify.ts';
import { heed, readDocuments, weakeningByInputs } from './documents.ts';
import { judge } from './judge.ts';
import { refuseUnmeantFiles, signingPorts, targetsOf } from './sign.ts';
import { describePlatforms, finish, log, type Run, replace, unjudged } from './state.ts';

/** Mode `verify`: signatures, then attestations, then today's findings; what fails first ends it for an image. */
export async function verifyImages(inputs: Inputs, deadline: Deadline, run: Run): Promise<RunReport> {
  const { verification } = inputs;
  if (verification === undefined) throw new Error('nothing to verify by');
  const { document, exceptions } = await readDocuments(inputs, deadline, run);
  const demands = heed(inputs, document, deadline, run);
  const { recheck } = demands;
  const policySha256 = run.documents?.policy?.sha256;
  const summary = expectedSummary(verification, policySha256, recheck ? concededBy(demands, document) : []);
  const { signer, format, platforms } = verification;
  run.verification = {
    signer: signerWords(signer),
    format,
    cosignVersion: undefined,
    attestation: summary !== undefined,
    policySha256: summary?.policySha256,
    maxAttestationAgeMs: summary?.maxAgeMs,
    recheck,
  };
  const clients = createClients(deadline, { log });
  let verifier: ImageVerifier | undefined;
  try {
    await refuseUnmeantFiles(signer.kind === 'key' ? signer.key : undefined, verification.services);
    verifier = await prepareVerifier({ ...verification, summary }, signingPorts(clients, deadline));
    run.verification = { ...run.verification, cosignVersion: verifier.cosignVersion };
    const images = await resolveImages(inputs.images, ecrImages(clients, deadline));
    const pending = new GateError('not-proven', 'The run ended before it was verified.');
    run.images = images.map((image) => unjudged(image, pending));
    const proven: ResolvedImage[] = [];
    for (const [index, image] of images.entries()) {
      log(`Resolved ${image.references.join(', ')} to ${image.uri} (${describePlatforms(image)})`);
      const proofs: Proof[] = [];
      for (const target of targetsOf(image, platforms)) {
        proofs.push(...(await verifier.verify(target, clients.serviceTime(image.registry))));
      }
      const notes = await imageOrigin(clients, deadline, image, log);
      const { notations, bundles } = whatElse(verifier.referrers(image.digest) ?? []);
      const failed = proofs.find(({ state }) => state === 'failed');
      if (failed === undefined) proven.push(image);
      replace(run, index, {
        ...unjudged(image, failed === undefined ? pending : notVerified(image, failed)),
        ...(failed === undefined && !recheck ? { outcome: { kind: 'verified' } } : {}),
        proofs: [
          ...(format === 'legacy' ? proofs.map((proof) => withHiding(proof, bundles)) : proofs),
          ...(failed !== undefined || !recheck ? [skippedFindings(recheck)] : []),
          ...notes,
          ...notations,
        ],
      });
    }
    if (recheck) {
      const weakening = weakeningByInputs(demands, document, run);
      const parties = { inputs, demands, weakening, exceptions, clients, deadline, run };
      const rechecked = await judge(proven, parties);
      for (const [at, image] of proven.entries()) {
        const [index, judgedImage] = [images.indexOf(image), rechecked[at]];
        // Whatever is not replaced stays without a verdict.
        if (judgedImage === undefined) continue;
        const findings = findingsProof(judgedImage, clients.serviceTime(image.registry), run.settings);
        replace(run, index, { ...judgedImage, proofs: [...(run.images[index]?.proofs ?? []), findings] });
      }
    }
    return finish(run, undefined);
  } finally {
    await verifier?.close().catch(() => {});
    clients.destroy();
    deadline.clear();
  }
}

/**
 * A policy file is what the summary has to be by; a digest given besides has to be that of the file. One by the same
 * policy with a baseline, base images or basic scanning counts only where today's findings are judged with them too:
 * then the inputs of whoever deploys let the image through, not those of whoever built it.
 */
function expectedSummary(
  { summary }: VerificationInputs,
  policy: string | undefined,
  conceded: readonly Weakening[],
): VerificationInputs['summary'] {
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
