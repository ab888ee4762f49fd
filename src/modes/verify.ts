/** The verify action: verifies signatures and attestations of earlier runs, and judges today's findings. */
import { setTimeout as sleep } from 'node:timers/promises';
import { type AwsClients, createClients } from '../aws/clients.ts';
import { loadDuringRequest } from '../aws/first-request.ts';
import type { Context } from '../context.ts';
import { endsRun, GateError, toGateError } from '../errors.ts';
import { verifySubject } from '../github/issue-subject.ts';
import { ecrImages } from '../image/ecr.ts';
import { plainName } from '../image/reference.ts';
import { isResolved, type Resolution, type ResolvedImage, resolveEach } from '../image/resolve.ts';
import { readVerifyInputs, type Verification, type VerifyInputs } from '../inputs/verify.ts';
import { acceptedWeakenings } from '../policy/minimum.ts';
import type { PublishOptions } from '../publish/publish.ts';
import type { Snapshot } from '../report/verify/snapshot.ts';
import type { PolicySource, Weakening } from '../results/documents.ts';
import type { ImageReport, SettingsReport } from '../results/modes/images.ts';
import {
  NOT_REACHED,
  type VerificationReport,
  type VerifiedImage,
  type VerifyResult,
} from '../results/modes/verify.ts';
import { oldest, oldestUnwatchedScan } from '../scan/age.ts';
import { readTrust, type Trust } from '../signing/notation/trust.ts';
import { type NotationVerifier, prepareNotationVerifier } from '../signing/notation/verify.ts';
import { managedSignatures, otherReferrers } from '../signing/other-signatures.ts';
import type { Proof } from '../signing/outcomes.ts';
import { signerText } from '../signing/proofs.ts';
import { weakenedPolicySha256 } from '../signing/statements/predicate.ts';
import { type ImageVerifier, prepareVerifier, type VerificationSettings } from '../signing/verify.ts';
import { day } from '../time.ts';
import { type AttestationChecks, checkAttestations, prepareAttestations } from './attestations.ts';
import { checkPublishingInputs } from './check-inputs.ts';
import { applyMinimum, readDocuments, readsDocuments, weakeningByInputs } from './documents.ts';
import { describeImage, imagesResult, type Known, newKnown, unjudged, unresolved } from './images.ts';
import type { Basis, JudgingContext } from './judge.ts';
import type { Run } from './mode.ts';
import { preflight } from './preflight.ts';
import { checkCosignFiles, signingPorts, targetsOf } from './sign.ts';

/** How long the removal of a verifier's files may take. */
const CLOSE_MS = 2_000;

/** The state of verification in a run. */
interface VerifyingState {
  images: VerifiedImage[];
  verification: VerificationReport | undefined;
  /** The earlier report; undefined: none was given, or none can be used. */
  earlier: Snapshot | undefined;
}

/** A new run of the verify action. */
export function newRun(startedAt: Date): Run {
  const known = newKnown(startedAt);
  const state: VerifyingState = { images: [], verification: undefined, earlier: undefined };
  let inputs: VerifyInputs | undefined;
  return {
    readInputs: (get) => {
      inputs = readVerifyInputs(get);
      const readsFiles = readsDocuments(inputs) || inputs.baselineReport !== undefined;
      return { timeoutMs: inputs.timeoutMs, readsDocuments: readsFiles };
    },
    work: async (context) => {
      if (inputs === undefined) throw new Error('the inputs were not read');
      await verifyImages(inputs, context, known, state);
    },
    publication: async (error) => {
      const verified: VerifyResult = {
        ...imagesResult(known, state.images, error, 'verify'),
        verification: state.verification,
      };
      const { verifyReport } = await import('../report/verify/report.ts');
      if (inputs?.baselineReport === undefined)
        return {
          result: verified,
          report: verifyReport(verified),
          options: inputs && publishOptions(inputs),
        };
      const { changesSince, snapshotOfResult } = await import('../report/verify/changes.ts');
      const result = { ...verified, changes: changesSince(state.earlier, snapshotOfResult(verified)) };
      return { result, report: verifyReport(result), options: publishOptions(inputs) };
    },
  };
}

function publishOptions({ issue, issueTitle, ...inputs }: VerifyInputs): PublishOptions {
  if (issue === 'never') return inputs;
  return { ...inputs, issue: { mode: issue, subject: verifySubject(issueTitle, inputs.images) } };
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
  if (inputs.baselineReport !== undefined) {
    const { readBaselineReport } = await import('./baseline-report.ts');
    state.earlier = await readBaselineReport(inputs.baselineReport, context, known);
  }
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
  const trust = verification.notation && (await readTrust(verification.notation, context.workspace));
  const usesCosign = signers.length > 0;
  state.verification = {
    signers: signers.map(signerText),
    format: usesCosign ? format : 'notation',
    cosignVersion: undefined,
    notation: trust && { identities: trust.identities, version: undefined },
    attestation: usesCosign && summary !== undefined,
    policies: summary?.policies,
    maxAttestationAgeMs: summary?.maxAgeMs,
    promotedFrom: promotedFrom.map(({ registry, repository }) => plainName(registry, repository)),
    recheck,
  };
  const clients = createClients(deadline, { log, environment, handler });
  loadDuringRequest(() =>
    Promise.all([
      ...(recheck ? [import('./judge.ts')] : []),
      import('../report/verify/report.ts'),
      import('../publish/publish.ts'),
    ]),
  );
  const preparing = prepareVerifiers({ ...verification, summary }, trust, clients, context);
  const attestations = prepareAttestations(settings, verification.cosignVersion, clients, context);
  // It is awaited later. Until then a failure must not end the process as an unhandled rejection.
  attestations?.catch(() => {});
  const resolving = resolveEach(inputs.images, ecrImages(clients, deadline));
  try {
    await preflight(
      [
        ['Verification', () => preparing],
        ...(attestations === undefined ? [] : [['Required attestations', () => attestations] as const]),
        ['Images', () => resolving],
      ],
      deadline,
    );
    const [verifier, images] = [await preparing, await resolving];
    const attestationVerifier = await attestations;
    state.verification = {
      ...state.verification,
      cosignVersion: verifier.cosign?.cosignVersion,
      notation: trust && { identities: trust.identities, version: verifier.notation?.version },
    };
    const pending = new GateError('not-proven', NOT_REACHED);
    state.images = images.map((image) => ({
      ...(isResolved(image) ? unjudged(image, pending) : unresolved(image)),
      proofs: [],
    }));
    const verified: ResolvedImage[] = [];
    for (const [index, image] of images.entries()) {
      if (!isResolved(image)) continue;
      log(describeImage(image));
      try {
        const required =
          attestationVerifier && (await checkAttestations(image, attestationVerifier, clients));
        const { failed, proofs } = await verifyOne(
          image,
          verifier,
          verification,
          recheck,
          required,
          clients,
          context,
        );
        const error = failed === undefined ? required?.error : notVerified(image, failed);
        if (error === undefined) verified.push(image);
        state.images[index] = {
          ...unjudged(image, error ?? pending),
          ...(error === undefined && !recheck ? { outcome: { kind: 'verified' } } : {}),
          proofs,
        };
      } catch (error) {
        if (endsRun(error)) throw error;
        state.images[index] = { ...unjudged(image, toGateError(error)), proofs: [] };
      }
    }
    if (recheck) {
      const { scannerOf } = await import('./judge.ts');
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
        bases: new Map<ResolvedImage, Basis>(),
      };
      await judgeAgain(verified, { ...judging, imageCount: images.length }, images, state);
      if (inputs.advice) {
        const { withAdvice } = await import('./advice.ts');
        state.images = await withAdvice(images, state.images, judging);
      }
    }
    // Last, so that nothing is recorded before the verdict is final.
    if (inputs.deployment !== undefined) {
      const { deploymentRecords, isRecordable, record } = await import('./records.ts');
      const records = deploymentRecords(inputs.images, images, inputs.deployment);
      if (isRecordable(state)) await record(records, inputs, context, known);
    }
  } finally {
    // A verifier that hangs must not turn what ended the run into a timeout. The end of the process removes its files.
    const open = [preparing.then(close), attestations?.then((ready) => ready.close())];
    await Promise.race([Promise.allSettled(open), sleep(CLOSE_MS)]);
    clients.destroy();
  }
}

/** Verifies the signature and the verification summary of one image. The first of these that failed is `failed`. */
async function verifyOne(
  image: ResolvedImage,
  { cosign, notation }: Verifiers,
  { format, platforms }: Verification,
  recheck: boolean,
  required: AttestationChecks | undefined,
  clients: AwsClients,
  { deadline, log }: Context,
): Promise<{ failed: Proof | undefined; proofs: Proof[] }> {
  const proofs: Proof[] = [];
  for (const target of targetsOf(image, platforms)) {
    if (cosign !== undefined)
      proofs.push(...(await cosign.verify(target, clients.serviceTime(image.registry))));
    if (notation !== undefined) proofs.push(await notation.verify(target));
  }
  const managed = await managedSignatures(clients, deadline, image, log);
  const { notations, bundles } = otherReferrers(cosign?.referrers(image.digest) ?? []);
  const failed = proofs.find((proof) => proof.state === 'failed');
  return {
    failed,
    proofs: [
      ...(cosign !== undefined && format === 'legacy'
        ? proofs.map((proof) => withHiding(proof, bundles))
        : proofs),
      ...(required?.proofs ?? []),
      ...(failed !== undefined || required?.error !== undefined || !recheck
        ? [skippedFindings(recheck)]
        : []),
      ...managed,
      // Where notation verifies, its check says which signature counts.
      ...(notation === undefined ? notations : []),
    ],
  };
}

/** What verifies: at least one of the two. Both have to accept an image. */
interface Verifiers {
  readonly cosign: ImageVerifier | undefined;
  readonly notation: NotationVerifier | undefined;
}

/** Prepares cosign and notation. If one of the two fails, the files of the other are removed. */
async function prepareVerifiers(
  { signers: [signer, ...others], ...settings }: Verification,
  trust: Trust | undefined,
  clients: AwsClients,
  context: Context,
): Promise<Verifiers> {
  const cosign =
    signer && (await prepareImageVerifier({ ...settings, signers: [signer, ...others] }, clients, context));
  try {
    const { summary, annotations } = settings;
    const { policies, equivalentSha256 = [] } = summary ?? {};
    const accepted = policies && [...policies, ...equivalentSha256];
    const expected = { annotations, policies: accepted };
    const notation =
      trust && (await prepareNotationVerifier(trust, expected, signingPorts(clients, context)));
    if (cosign === undefined && notation === undefined) throw new Error('nothing verifies');
    return { cosign, notation };
  } catch (error) {
    await cosign?.close();
    throw error;
  }
}

async function close({ cosign, notation }: Verifiers): Promise<void> {
  await Promise.all([cosign?.close(), notation?.close()]);
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
  const { judge } = await import('./judge.ts');
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
 * What the summary has to say. It has to name one of the policies, by its digest or by that of its file, or a digest in the input
 * `policy-digest`. With both inputs, `policy-digest` has to list every policy, so that it also pins them. A summary by a policy,
 * weakened by a baseline, base images or basic scanning, counts only if today's findings are judged with the same inputs: then the inputs of
 * the deployment allow the image, not those of the build.
 * @param files the policy files; the first one judges today's findings
 * @throws GateError `input` if `policy-digest` does not list a policy file
 */
function expectedSummary(
  { summary }: Verification,
  files: readonly PolicySource[],
  conceded: readonly Weakening[],
): Verification['summary'] {
  if (files.length === 0) return summary;
  const given = summary?.policies;
  const unlisted = files.find(
    ({ policySha256, sha256 }) =>
      given !== undefined && !given.includes(policySha256) && !given.includes(sha256),
  );
  if (given !== undefined && unlisted !== undefined) {
    throw new GateError(
      'input',
      `Input policy-digest: expected the digest of the policy ${unlisted.uri}, got ${given.map((sha256) => `"sha256:${sha256}"`).join(', ')}.`,
      { nextStep: `For example: policy-digest: sha256:${unlisted.policySha256}` },
    );
  }
  const digests = files.flatMap(({ policySha256, sha256 }) => [policySha256, sha256]);
  return {
    policies: [...new Set([...files.map(({ policySha256 }) => policySha256), ...(given ?? [])])],
    equivalentSha256: [
      ...digests,
      ...digests.flatMap((sha256) =>
        conceded.map((weakening) => weakenedPolicySha256(sha256, { ...weakening })),
      ),
    ],
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
  const over = exceededLimits.length;
  const limits =
    over === 0
      ? ''
      : `; ${over} ${over === 1 ? 'limit of the policy is' : 'limits of the policy are'} exceeded`;
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
    detail: `${counts.total} active, ${blocking} of them ${blocking === 1 ? 'blocks' : 'block'} (fail-on: ${settings?.failOn})${limits}${since}`,
  };
}
