/** The verify action: verifies signatures and attestations of earlier runs, and judges today's findings. */
import { setTimeout as sleep } from 'node:timers/promises';
import { type AwsClients, createClients } from '../aws/clients.ts';
import type { Context } from '../context.ts';
import { endsRun, GateError, toGateError } from '../errors.ts';
import { ecrImages } from '../image/ecr.ts';
import { plainName } from '../image/reference.ts';
import { isResolved, type Resolution, type ResolvedImage, resolveEach } from '../image/resolve.ts';
import { readVerifyInputs, type Verification, type VerifyInputs } from '../inputs/verify.ts';
import { acceptedWeakenings } from '../policy/minimum.ts';
import { verifyReport } from '../report/verify/report.ts';
import type { DocumentSource, Weakening } from '../results/documents.ts';
import type { ImageReport, SettingsReport } from '../results/modes/images.ts';
import type { VerificationReport, VerifiedImage, VerifyResult } from '../results/modes/verify.ts';
import { oldest, oldestUnwatchedScan } from '../scan/age.ts';
import { managedSignatures, otherReferrers } from '../signing/other-signatures.ts';
import type { Proof } from '../signing/outcomes.ts';
import { signerText } from '../signing/proofs.ts';
import { weakenedPolicySha256 } from '../signing/statements/predicate.ts';
import { type ImageVerifier, prepareVerifier, type VerificationSettings } from '../signing/verify.ts';
import { day } from '../time.ts';
import { checkPublishingInputs } from './check-inputs.ts';
import { applyMinimum, readDocuments, readsDocuments, weakeningByInputs } from './documents.ts';
import { describeImage, imagesResult, type Known, newKnown, unjudged, unresolved } from './images.ts';
import { type JudgingContext, judge, scannerOf } from './judge.ts';
import type { Run } from './mode.ts';
import { preflight } from './preflight.ts';
import { checkCosignFiles, signingPorts, targetsOf } from './sign.ts';

/** How long the removal of a verifier's files may take. */
const CLOSE_MS = 2_000;

/** The state of verification in a run. */
interface VerifyingState {
  images: VerifiedImage[];
  verification: VerificationReport | undefined;
}

/** A new run of the verify action. */
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
        ...imagesResult(known, state.images, error, 'verify'),
        verification: state.verification,
      };
      return { result, report: verifyReport(result), options: inputs };
    },
  };
}

/** Verifies signatures and attestations, then judges today's findings. For each image, the first failure ends it. */
async function verifyImages(
  inputs: VerifyInputs,
  context: Context,
  known: Known,
  state: VerifyingState,
): Promise<void> {
  const { verification } = inputs;
  const { deadline, environment, log, awsHandler: handler } = context;
  await checkPublishingInputs(inputs, context);
  const { document, exceptions, others } = await readDocuments(inputs, context, known, inputs.otherPolicies);
  const own = { signing: true, recheck: verification.recheck };
  const settings = applyMinimum(inputs, own, document, context, known);
  const { recheck } = settings;
  const policy = known.documents?.policy;
  const summary = expectedSummary(
    verification,
    policy === undefined ? [] : [policy, ...others],
    recheck ? acceptedWeakenings(settings, document) : [],
  );
  const { signers, format, promotedFrom = [] } = verification;
  state.verification = {
    signers: signers.map(signerText),
    format,
    cosignVersion: undefined,
    attestation: summary !== undefined,
    policies: summary?.policies,
    maxAttestationAgeMs: summary?.maxAgeMs,
    promotedFrom: promotedFrom.map(({ registry, repository }) => plainName(registry, repository)),
    recheck,
  };
  const clients = createClients(deadline, { log, environment, handler });
  const preparing = prepareImageVerifier({ ...verification, summary }, clients, context);
  const resolving = resolveEach(inputs.images, ecrImages(clients, deadline));
  try {
    await preflight(
      [
        ['Verification', () => preparing],
        ['Images', () => resolving],
      ],
      deadline,
    );
    const [verifier, images] = [await preparing, await resolving];
    state.verification = { ...state.verification, cosignVersion: verifier.cosignVersion };
    const pending = new GateError('not-proven', 'The run ended before the image was verified.');
    state.images = images.map((image) => ({
      ...(isResolved(image) ? unjudged(image, pending) : unresolved(image)),
      proofs: [],
    }));
    const verified: ResolvedImage[] = [];
    for (const [index, image] of images.entries()) {
      if (!isResolved(image)) continue;
      log(describeImage(image));
      try {
        const { failed, proofs } = await verifyOne(image, verifier, verification, recheck, clients, context);
        if (failed === undefined) verified.push(image);
        state.images[index] = {
          ...unjudged(image, failed === undefined ? pending : notVerified(image, failed)),
          ...(failed === undefined && !recheck ? { outcome: { kind: 'verified' } } : {}),
          proofs,
        };
      } catch (error) {
        if (endsRun(error)) throw error;
        state.images[index] = { ...unjudged(image, toGateError(error)), proofs: [] };
      }
    }
    if (recheck) {
      const weakening = weakeningByInputs(settings, document, known);
      const scanner = scannerOf(settings, clients, deadline);
      const judging = {
        inputs,
        settings,
        weakening,
        exceptions,
        clients,
        context,
        known,
        scanner,
        each: true,
      };
      await judgeAgain(verified, { ...judging, imageCount: images.length }, images, state);
    }
  } finally {
    // A verifier that hangs must not turn what ended the run into a timeout. The end of the process removes its files.
    await Promise.race([preparing.then((verifier) => verifier.close()).catch(() => {}), sleep(CLOSE_MS)]);
    clients.destroy();
  }
}

/** Verifies the signatures and the attestations of one image. The first check that failed is `failed`. */
async function verifyOne(
  image: ResolvedImage,
  verifier: ImageVerifier,
  { format, platforms }: Verification,
  recheck: boolean,
  clients: AwsClients,
  { deadline, log }: Context,
): Promise<{ failed: Proof | undefined; proofs: Proof[] }> {
  const proofs: Proof[] = [];
  for (const target of targetsOf(image, platforms)) {
    proofs.push(...(await verifier.verify(target, clients.serviceTime(image.registry))));
  }
  const managed = await managedSignatures(clients, deadline, image, log);
  const { notations, bundles } = otherReferrers(verifier.referrers(image.digest) ?? []);
  const failed = proofs.find((proof) => proof.state === 'failed');
  return {
    failed,
    proofs: [
      ...(format === 'legacy' ? proofs.map((proof) => withHiding(proof, bundles)) : proofs),
      ...(failed !== undefined || !recheck ? [skippedFindings(recheck)] : []),
      ...managed,
      ...notations,
    ],
  };
}

/** Checks the files that cosign reads, and gets cosign ready. */
async function prepareImageVerifier(
  settings: VerificationSettings,
  clients: AwsClients,
  context: Context,
): Promise<ImageVerifier> {
  const keys = settings.signers.flatMap((signer) => (signer.kind === 'key' ? [signer.key] : []));
  await checkCosignFiles(keys, settings.services, context.workspace);
  return prepareVerifier(settings, signingPorts(clients, context));
}

/** Judges today's findings of the images whose signatures and attestations were verified. */
async function judgeAgain(
  verified: readonly ResolvedImage[],
  judging: JudgingContext,
  images: readonly Resolution[],
  state: VerifyingState,
): Promise<void> {
  const { clients, known } = judging;
  const judged = await judge(verified, judging);
  for (const [at, image] of verified.entries()) {
    const [index, judgedImage] = [images.indexOf(image), judged[at]];
    // Without a result, the image stays without a verdict.
    if (judgedImage === undefined) continue;
    const findings = findingsProof(judgedImage, clients.serviceTime(image.registry), known.settings);
    state.images[index] = {
      ...judgedImage,
      proofs: [...(state.images[index]?.proofs ?? []), findings],
    };
  }
}

/**
 * What the summary has to say. It has to name one of the policy files, or a digest in the input `policy-digest`. With both
 * inputs, `policy-digest` has to list every policy file, so that it also pins them. A summary by a policy file, weakened by a
 * baseline, base images or basic scanning, counts only if today's findings are judged with the same inputs: then the inputs of
 * the deployment allow the image, not those of the build.
 * @param files the policy files; the first one judges today's findings
 * @throws GateError `input` where `policy-digest` does not list a policy file
 */
function expectedSummary(
  { summary }: Verification,
  files: readonly DocumentSource[],
  conceded: readonly Weakening[],
): Verification['summary'] {
  if (files.length === 0) return summary;
  const given = summary?.policies;
  const unlisted = files.find(({ sha256 }) => given !== undefined && !given.includes(sha256));
  if (given !== undefined && unlisted !== undefined) {
    throw new GateError(
      'input',
      `Input policy-digest: expected the digest of the policy file ${unlisted.uri}, got ${given.map((sha256) => `"sha256:${sha256}"`).join(', ')}.`,
      { nextStep: `For example: policy-digest: sha256:${unlisted.sha256}` },
    );
  }
  const digests = files.map(({ sha256 }) => sha256);
  return {
    policies: [...new Set([...digests, ...(given ?? [])])],
    weakenedSha256: digests.flatMap((sha256) =>
      conceded.map((weakening) => weakenedPolicySha256(sha256, { ...weakening })),
    ),
    maxAgeMs: summary?.maxAgeMs,
  };
}

function notVerified({ uri }: ResolvedImage, { what, by, detail, nextStep }: Proof): GateError {
  return new GateError('not-verified', `${uri}: ${what} by ${by} could not be verified: ${detail}.`, {
    nextStep,
  });
}

/** If an image has a bundle, cosign ignores its legacy signatures unless it is told to read only those. */
function withHiding(proof: Proof, bundles: number): Proof {
  if (proof.kind !== 'signature' || proof.state !== 'proven' || bundles === 0) return proof;
  const hint = `cosign verify finds it only with --new-bundle-format=false, because the image also has ${bundles} Sigstore ${bundles === 1 ? 'bundle' : 'bundles'}`;
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
  const detail = recheck ? 'an earlier check failed' : 'not required';
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
    exceededLimits.length === 0 ? '' : `; ${exceededLimits.length} limits of the policy are exceeded`;
  const unwatched = oldestUnwatchedScan(image.platforms);
  const since =
    unwatched === undefined
      ? ''
      : `; the image is not scanned continuously, so vulnerabilities published since ${day(unwatched)} are unknown`;
  const at = oldest(image.platforms.flatMap(({ scannedAt }) => scannedAt ?? []));
  return {
    ...FINDINGS,
    ...(unwatched === undefined ? {} : { what: 'Findings of its last scan' }),
    state: verdict === 'block' ? 'failed' : 'proven',
    at,
    ageMs: at === undefined || now === undefined ? undefined : Math.max(0, now.getTime() - at.getTime()),
    // The reader should see the threshold: with fail-on: none, no finding blocks.
    detail: `${counts.total} active, ${blocking} of them block (fail-on: ${settings?.failOn})${limits}${since}`,
  };
}
