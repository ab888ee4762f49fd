/** The gate: resolve, wait, judge, sign. */
import { setTimeout as sleep } from 'node:timers/promises';
import { type AwsClients, createClients } from '../aws/clients.ts';
import { loadDuringRequest } from '../aws/first-request.ts';
import type { Context } from '../context.ts';
import { allOrFailures, GateError } from '../errors.ts';
import { ecrImages } from '../image/ecr.ts';
import {
  failureOf,
  isResolved,
  type PlatformImage,
  type Resolution,
  type ResolvedImage,
  resolveEach,
} from '../image/resolve.ts';
import { type GateInputs, readGateInputs } from '../inputs/gate.ts';
import type { EffectiveSettings } from '../policy/minimum.ts';
import { allows } from '../results/modes/envelope.ts';
import { type GateImage, type GateResult, NOT_JUDGED } from '../results/modes/gate.ts';
import { type ImageReport, verdictOf } from '../results/modes/images.ts';
import type { Scanner, ScanObservation } from '../scan/scanner.ts';
import type { AttestationVerifier } from '../signing/attestations.ts';
import { requireIdToken } from '../signing/requirements.ts';
import { type AttestationChecks, checkAttestations, prepareAttestations } from './attestations.ts';
import { checkPublishingInputs } from './check-inputs.ts';
import { applyMinimum, readDocuments, readsDocuments, weakeningByInputs } from './documents.ts';
import { describeImage, imagesResult, type Known, newKnown, unjudged, unresolved } from './images.ts';
import type { Basis } from './judge.ts';
import type { Run } from './mode.ts';
import { preflight } from './preflight.ts';
import type { SigningPreparation, SigningState } from './sign.ts';

/** How long the removal of a signer's files may take. */
const CLOSE_MS = 2_000;

/** A new run of the gate. */
export function newRun(startedAt: Date): Run {
  const known = newKnown(startedAt);
  const state: SigningState = { known, images: [], signing: undefined };
  let inputs: GateInputs | undefined;
  return {
    readInputs: (get) => {
      inputs = readGateInputs(get);
      return { timeoutMs: inputs.timeoutMs, readsDocuments: readsDocuments(inputs) };
    },
    work: async (context) => {
      if (inputs === undefined) throw new Error('the inputs were not read');
      await judgeAndSign(inputs, context, known, state);
    },
    publication: async (error) => {
      const result: GateResult = {
        ...imagesResult(known, state.images, error, 'gate'),
        signing: state.signing,
      };
      const { gateReport } = await import('../report/gate/report.ts');
      return { result, report: gateReport(result), options: inputs };
    },
  };
}

/** Runs the steps in order. An error ends the run, with the results until then. */
async function judgeAndSign(
  inputs: GateInputs,
  context: Context,
  known: Known,
  state: SigningState,
): Promise<void> {
  const { deadline, environment, log, awsHandler: handler } = context;
  const { signing } = inputs;
  // These need no request, so they come first.
  if (signing?.key !== undefined) requireIdToken(signing.key, environment);
  await checkPublishingInputs(inputs, context);
  const { document, exceptions } = await readDocuments(inputs, context, known);
  const own = { signing: signing !== undefined, recheck: true };
  const settings = applyMinimum(inputs, own, document, context, known);
  const clients = createClients(deadline, { log, environment, handler });
  const registries = [...new Map(inputs.images.map(({ registry }) => [registry.host, registry])).values()];
  loadDuringRequest(() =>
    Promise.all([
      import('../image/answers.ts'),
      import('./judge.ts'),
      import('../scan/first.ts'),
      import('../report/gate/report.ts'),
      import('../publish/publish.ts'),
    ]),
  );
  const preparation =
    signing && (await import('./sign.ts')).prepare(signing, registries, clients, context, state);
  const signers = preparation?.signers;
  const attestations = prepareAttestations(settings, inputs.cosignVersion, clients, context);
  // They are awaited later. Until then a failure must not end the process as an unhandled rejection.
  signers?.catch(() => {});
  attestations?.catch(() => {});
  try {
    const { images, scanner, observations } = await checkAll(
      inputs,
      { context, clients, settings, preparation, attestations },
      (found) => {
        const pending = new GateError('not-proven', NOT_JUDGED);
        state.images = found.map((image) => {
          if (!isResolved(image)) return unsigned(unresolved(image));
          log(describeImage(image));
          return unsigned(unjudged(image, pending));
        });
      },
    );
    const weakening = weakeningByInputs(settings, document, known);
    const judging = {
      inputs,
      settings,
      weakening,
      exceptions,
      clients,
      context,
      known,
      scanner,
      observations,
      each: signing?.sign === 'each',
      bases: new Map<ResolvedImage, Basis>(),
    };
    const resolved = images.filter(isResolved);
    const checks = await checkRequired(images, await attestations, clients, state);
    const attested = resolved.filter((image) => checks.get(image)?.error === undefined);
    const { judge } = await import('./judge.ts');
    const judged = await judge(attested, { ...judging, imageCount: images.length });
    state.images = state.images.map((image, index) => {
      const found = images[index];
      const report = found !== undefined && isResolved(found) ? judged[attested.indexOf(found)] : undefined;
      // Without a result, the image stays without a verdict.
      if (report === undefined) return image;
      const { proofs, inputAttestations = [] } = image;
      return { ...unsigned(report), proofs, inputAttestations };
    });
    if (signing !== undefined && signers !== undefined) {
      const { signAll, signEach } = await import('./sign.ts');
      const passes = (image: ImageReport) => allows(verdictOf(image));
      if (signing.sign === 'each' && state.images.some(passes)) {
        await signEach(images, signing, state, context, await signers);
      } else if (state.images.every(passes)) {
        await signAll(resolved, signing, state, context, await signers);
      }
    }
    if (inputs.advice) {
      const { withAdvice } = await import('./advice.ts');
      state.images = await withAdvice(images, state.images, judging);
    }
    // Last, so that nothing is recorded before the verdict and the signatures are final.
    if (inputs.deploymentRecord) {
      const { isRecordable, record, storageRecords } = await import('./records.ts');
      if (isRecordable(state)) await record(storageRecords(images), inputs, context, known);
    }
  } finally {
    // A signer that hangs must not turn what ended the run into a timeout. The end of the process removes its files.
    const open = [signers, attestations].map((one) => one?.then((ready) => ready.close()).catch(() => {}));
    await Promise.race([Promise.all(open), sleep(CLOSE_MS)]);
    clients.destroy();
  }
}

/**
 * Looks for the attestations that the policy requires of each image, before the wait for the scan. An image without one of
 * them is not judged. The others are.
 */
async function checkRequired(
  images: readonly Resolution[],
  verifier: AttestationVerifier | undefined,
  clients: AwsClients,
  state: SigningState,
): Promise<ReadonlyMap<ResolvedImage, AttestationChecks>> {
  const checks = new Map<ResolvedImage, AttestationChecks>();
  if (verifier === undefined) return checks;
  for (const [index, image] of images.entries()) {
    if (!isResolved(image)) continue;
    const found = await checkAttestations(image, verifier, clients);
    checks.set(image, found);
    const { error, proofs, used } = found;
    state.images = state.images.map((report, at) =>
      at === index
        ? {
            ...(error === undefined ? report : unsigned(unjudged(image, error))),
            proofs,
            inputAttestations: used,
          }
        : report,
    );
  }
  return checks;
}

/**
 * Resolves the images and checks, at the same time, all that can be known before the wait for the scan: the signer, and
 * the calls to AWS that the run needs.
 * @param onResolved called with the images as soon as they are known
 * @throws GateError one error for everything that is missing
 */
async function checkAll(
  { images: references, signing }: GateInputs,
  {
    context: { deadline },
    clients,
    settings,
    preparation,
    attestations,
  }: {
    readonly context: Context;
    readonly clients: AwsClients;
    readonly settings: EffectiveSettings;
    readonly preparation: SigningPreparation | undefined;
    readonly attestations: Promise<AttestationVerifier> | undefined;
  },
  onResolved: (images: readonly Resolution[]) => void,
): Promise<{
  images: Resolution[];
  scanner: Scanner;
  observations: Map<PlatformImage, ScanObservation>;
}> {
  const source = ecrImages(clients, deadline);
  const resolving = resolveEach(references, source).then((images) => {
    // If there is nothing to wait for, the run ends at once.
    const failure = images.some(isResolved) ? undefined : failureOf(images);
    if (failure !== undefined) throw failure;
    onResolved(images);
    return images;
  });
  const scanning = async () => {
    const [{ scannerOf }, first] = await Promise.all([import('./judge.ts'), import('../scan/first.ts')]);
    return { scanner: scannerOf(settings, clients, deadline), ...first };
  };
  const observing = resolving.then(
    async (images) => {
      const { scanner, observeFirst } = await scanning();
      const platforms = images.filter(isResolved).flatMap((image) => image.platforms);
      const observations = await observeFirst(platforms, scanner, deadline, signing?.sign === 'each');
      return { scanner, observations };
    },
    async () => {
      const { scanner, checkPermissions } = await scanning();
      await allOrFailures(
        references.map((reference) => [
          'Permissions',
          checkPermissions(reference, source, scanner, deadline),
        ]),
      );
      return { scanner, observations: new Map<PlatformImage, ScanObservation>() };
    },
  );
  await preflight(
    [
      ['Images', () => resolving],
      ['Scan', () => observing],
      ...(preparation?.checks ?? []),
      ...(attestations === undefined ? [] : [['Required attestations', () => attestations] as const]),
      ['Attestations', () => checkReferrers(observing, resolving, preparation)],
    ],
    deadline,
  );
  return { images: await resolving, ...(await observing) };
}

/** Checks the permission to read attestations in runs that sign and wait for a scan. Other failures are reported elsewhere. */
async function checkReferrers(
  observing: Promise<{ readonly observations: ReadonlyMap<PlatformImage, ScanObservation> }>,
  resolving: Promise<readonly Resolution[]>,
  preparation: SigningPreparation | undefined,
): Promise<void> {
  const found: readonly Resolution[] = await resolving.catch(() => []);
  const images = found.filter(isResolved);
  const observed = await observing.catch(() => undefined);
  const waits = ({ platforms }: ResolvedImage) =>
    platforms.some((platform) => observed?.observations.get(platform)?.state.kind !== 'scanned');
  const waiting = images.find(waits);
  if (waiting !== undefined) await preparation?.checkReferrers(waiting);
}

function unsigned(image: ImageReport): GateImage {
  return { ...image, proofs: [], signatures: [], verdictAttestations: [], signed: false };
}
