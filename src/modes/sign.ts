/** Signs and attests images that passed. */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { registryCredentials } from '../aws/authorization.ts';
import { briefly } from '../aws/briefly.ts';
import type { AwsClients } from '../aws/clients.ts';
import { interrupted } from '../aws/errors.ts';
import type { Context } from '../context.ts';
import { endsRun, GateError, toGateError } from '../errors.ts';
import { regularFile } from '../files.ts';
import { isResolved, type Resolution, type ResolvedImage } from '../image/resolve.ts';
import type { SigningInputs } from '../inputs/gate.ts';
import { allows } from '../results/modes/envelope.ts';
import type { GateImage, GateResult } from '../results/modes/gate.ts';
import { verdictOf } from '../results/modes/images.ts';
import type { Registry } from '../results/registry.ts';
import { oldest } from '../scan/age.ts';
import { type Claim, summaryClaim, summaryPolicy, vulnerabilitiesClaim } from '../signing/claims.ts';
import { ecrEvidence } from '../signing/evidence/ecr.ts';
import type { SigningKey } from '../signing/key.ts';
import { keyText } from '../signing/notation/key.ts';
import { type NotationSigner, prepareNotationSigner } from '../signing/notation/sign.ts';
import { readTrust } from '../signing/notation/trust.ts';
import type { SignatureReport } from '../signing/outcomes.ts';
import type { Services, SigningPorts } from '../signing/ports.ts';
import { prepareSigner, type Signer, type SigningTarget } from '../signing/sign.ts';
import { PASSED_LEVEL, resourceUri, type SummaryInput } from '../signing/statements/predicate.ts';
import { VERSION } from '../version.ts';
import type { Known } from './images.ts';
import type { Check } from './preflight.ts';

/** The state of signing in a run. */
export interface SigningState {
  readonly known: Known;
  images: readonly GateImage[];
  signing: GateResult['signing'];
}

/** What signs: at least one of the two. */
export interface Signers {
  readonly cosign: Signer | undefined;
  readonly notation: NotationSigner | undefined;
  /** Removes credentials and everything else that signing wrote to disk. */
  close(): Promise<void>;
}

/** Signers that are being prepared, and the checks before the wait for the scan. */
export interface SigningPreparation {
  readonly signers: Promise<Signers>;
  readonly checks: readonly Check[];
  /**
   * Checks that the role may list what is attached to an image. It costs a call, so it is for runs that wait for a scan.
   * @throws GateError `access-denied`; any other failure is not reported, since it may be temporary
   */
  checkReferrers(image: ResolvedImage): Promise<void>;
}

/**
 * Prepares cosign or notation and their credentials, and records what will sign.
 * @param registries the registries of the images; at least one
 */
export function prepare(
  signing: SigningInputs,
  registries: readonly Registry[],
  clients: AwsClients,
  context: Context,
  state: SigningState,
): SigningPreparation {
  const { key, notation, format, transparencyLog, sign } = signing;
  const keys = [
    ...(key === undefined ? [] : [cosignKeyText(key)]),
    ...(notation ? [keyText(notation.key)] : []),
  ];
  state.signing = {
    key: keys.join(' and '),
    format: key === undefined ? 'notation' : format,
    transparencyLog: transparencyLog || key?.kind === 'keyless',
    sign,
    cosignVersion: undefined,
    notationVersion: undefined,
    state: 'withheld',
  };
  const ports = signingPorts(clients, context);
  const signers = prepareSigners(signing, context.workspace, ports);
  const [registry] = registries;
  if (registry === undefined) throw new Error('there are no images');
  return {
    signers,
    checks: [
      ['Signing', () => signers],
      ['Signing key', async () => (await signers).cosign?.checkKey(registry)],
      ...registries.map((one): Check => ['Registry login', () => ports.authorize(one)]),
    ],
    checkReferrers: async (image) => {
      try {
        await briefly(context.deadline, () => ports.evidence.referrers(image, undefined));
      } catch (error) {
        if (error instanceof GateError && error.code === 'access-denied') throw error;
      }
    },
  };
}

function cosignKeyText(key: SigningKey): string {
  return key.kind === 'kms' ? key.reference : key.kind === 'file' ? key.path : 'keyless';
}

/** Prepares cosign and notation. If one of the two fails, the files of the other are removed. */
async function prepareSigners(
  { key, notation, ...settings }: SigningInputs,
  workspace: string,
  ports: SigningPorts,
): Promise<Signers> {
  if (key !== undefined) await checkCosignFiles([key], settings.services, workspace);
  const trust = notation && (await readTrust(notation.trust, workspace));
  const cosign = key && (await prepareSigner({ ...settings, key }, ports));
  try {
    const notationSigner =
      notation &&
      trust &&
      (await prepareNotationSigner(notation.key, trust, settings.annotations, workspace, ports));
    return {
      cosign,
      notation: notationSigner,
      close: async () => {
        await Promise.all([cosign?.close(), notationSigner?.close()]);
      },
    };
  } catch (error) {
    await cosign?.close();
    throw error;
  }
}

/** Keys and Sigstore configurations are much smaller. */
const MOST_BYTES = 1024 * 1024;

/**
 * Checks the files that are passed to cosign. Errors of cosign quote parts of a configuration that it cannot parse. With a
 * wrong path, or a link in the checkout, that could be a file with secrets.
 * @throws GateError `input`
 */
export async function checkCosignFiles(
  keys: readonly SigningKey[],
  services: Services | undefined,
  workspace: string,
): Promise<void> {
  const files = [
    ...keys.map((key) => ['signing-key', key.kind === 'file' ? key.path : undefined, undefined] as const),
    ['sigstore-signing-config', services?.signingConfig, 'signing config'],
    ['sigstore-trusted-root', services?.trustedRoot, 'trusted root'],
  ] as const;
  for (const [input, path, what] of files) {
    if (path === undefined) continue;
    const real = await regularFile(input, resolve(path), workspace, MOST_BYTES);
    if (real === undefined || what === undefined || isOfSigstore(await readFile(real, 'utf8'))) continue;
    throw new GateError('input', `Input ${input}: ${path} is not a Sigstore ${what}.`, {
      nextStep: `Set ${input} to the JSON file of the ${what}. Its mediaType begins with ${OF_SIGSTORE}`,
    });
  }
}

const OF_SIGSTORE = 'application/vnd.dev.sigstore.';

/** Whether a text is a signing config or a trusted root. Source: sigstore/protobuf-specs, both in JSON. */
function isOfSigstore(text: string): boolean {
  try {
    const { mediaType } = (JSON.parse(text) ?? {}) as { mediaType?: unknown };
    return typeof mediaType === 'string' && mediaType.startsWith(OF_SIGSTORE);
  } catch {
    return false;
  }
}

/** Requests the credentials of a registry once. ECR's are valid for twelve hours, longer than a run. */
function oncePerHost<T>(request: (registry: Registry) => Promise<T>): (registry: Registry) => Promise<T> {
  const requested = new Map<string, Promise<T>>();
  return (registry) => {
    const known = requested.get(registry.host) ?? request(registry);
    requested.set(registry.host, known);
    return known;
  };
}

/** The adapters for signing and verifying. */
export function signingPorts(clients: AwsClients, context: Context): SigningPorts {
  const { deadline, environment, log, warn, mask } = context;
  return {
    deadline,
    log,
    warn,
    mask,
    authorize: oncePerHost((registry) => registryCredentials(clients, deadline, registry)),
    evidence: ecrEvidence(clients, deadline, environment),
    // The package has its own HTTP client, which no other run needs.
    identityToken: async (audience) => (await import('@actions/core')).getIDToken(audience),
    download: async (url) => {
      // It cannot be aborted, so it must not begin when the run is over.
      if (deadline.signal.aborted) throw interrupted(deadline, `the download of ${url}`);
      return (await import('@actions/tool-cache')).downloadTool(url);
    },
    environment,
    workingDirectory: process.cwd(),
  };
}

/**
 * Signs and attests every image and, where the inputs require it, its platforms. One failure fails the run. If the verdict
 * on one image was revoked, none is signed.
 */
export async function signAll(
  images: readonly ResolvedImage[],
  signing: SigningInputs,
  state: SigningState,
  { log }: Context,
  signers: Signers,
): Promise<void> {
  begin(state, signers);
  await signers.cosign?.refuseRevoked(images.flatMap((image) => targetsOf(image, signing.platforms)));
  for (const [index, image] of images.entries()) {
    await signOne(image, index, { signing, state, log, signers });
  }
  if (state.signing === undefined) throw new Error('the signers were not prepared');
  state.signing = { ...state.signing, state: 'done' };
}

/**
 * Signs and attests each image that passed and whose verdict was not revoked. A failure is the error of its image, and
 * the others are still signed. An image is not signed if one of the digests to sign is that of an image of this run that
 * did not pass, such as a platform image that was judged by itself as well.
 * @param images all images of the run, in the order of the state
 * @throws GateError an error that ends the whole run; then no signature of the run counts
 */
export async function signEach(
  images: readonly Resolution[],
  signing: SigningInputs,
  state: SigningState,
  { log }: Context,
  signers: Signers,
): Promise<void> {
  begin(state, signers);
  const refused = images.flatMap((image, index) => (passed(state, index) || !isResolved(image) ? [] : image));
  for (const [index, image] of images.entries()) {
    if (!isResolved(image) || !passed(state, index)) continue;
    const targets = targetsOf(image, signing.platforms);
    try {
      const shared = refused.find((other) => targets.some((target) => isTarget(target, other)));
      if (shared !== undefined) throw sharesRefused(image, shared);
      await signers.cosign?.refuseRevoked(targets);
      await signOne(image, index, { signing, state, log, signers });
    } catch (error) {
      if (endsRun(error)) throw error;
      change(state, index, () => ({ outcome: { kind: 'error', error: toGateError(error) } }));
    }
  }
  const signed = state.images.filter((image) => image.signed).length;
  const complete = signed === state.images.length ? 'done' : 'partly';
  if (state.signing === undefined) throw new Error('the signers were not prepared');
  state.signing = { ...state.signing, state: signed === 0 ? 'failed' : complete };
}

/** Records that signing begins. Until it is complete, it counts as failed. */
function begin(state: SigningState, { cosign, notation }: Signers): void {
  if (state.signing === undefined) throw new Error('the signers were not prepared');
  state.signing = {
    ...state.signing,
    cosignVersion: cosign?.cosignVersion,
    notationVersion: notation?.version,
    state: 'failed',
  };
}

function passed({ images }: SigningState, index: number): boolean {
  const image = images[index];
  return image !== undefined && allows(verdictOf(image));
}

function isTarget({ registry, repository, digest }: SigningTarget, image: ResolvedImage): boolean {
  return (
    digest === image.digest &&
    repository === image.repository &&
    registry.account === image.registry.account &&
    registry.region === image.registry.region
  );
}

function sharesRefused({ uri }: ResolvedImage, other: ResolvedImage): GateError {
  return new GateError(
    'signing',
    `${uri} was not signed: ${other.uri}, which would be signed with it, did not pass in this run.`,
    { nextStep: `Fix ${other.uri}, or remove it from the index, and run the step again.` },
  );
}

/** Signs and attests one image that passed and, where the inputs require it, its platforms. */
async function signOne(
  image: ResolvedImage,
  index: number,
  {
    signing,
    state,
    log,
    signers: { cosign, notation },
  }: {
    readonly signing: SigningInputs;
    readonly state: SigningState;
    readonly log: Context['log'];
    readonly signers: Signers;
  },
): Promise<void> {
  for (const target of targetsOf(image, signing.platforms)) {
    const judgedImage = state.images[index];
    if (judgedImage === undefined) throw new Error('an image that was not judged is never signed');
    const summary = summaryInput(judgedImage, target, state.known);
    const wanted = claims(judgedImage, target, signing.attest, summary, state.known);
    const report = (made: readonly SignatureReport[]) => {
      change(state, index, ({ signatures }) => ({ signatures: [...signatures, ...made] }));
      for (const { state, format } of made)
        log(`${state === 'signed' ? 'Signed' : 'Already signed'} (${format}): ${target.digest}`);
    };
    if (cosign !== undefined) {
      report(await cosign.sign(target));
      const attested = await cosign.attest(target, wanted);
      change(state, index, ({ verdictAttestations }) => ({
        verdictAttestations: [...verdictAttestations, ...attested],
      }));
      for (const { state, format, type } of attested)
        log(`${state === 'attested' ? 'Attested' : 'Kept'} (${format}): ${type} of ${target.digest}`);
    }
    if (notation !== undefined) report([await notation.sign(target, summaryPolicy(summary))]);
  }
  change(state, index, () => ({ signed: true }));
}

function change(state: SigningState, index: number, by: (image: GateImage) => Partial<GateImage>): void {
  state.images = state.images.map((image, at) => (at === index ? { ...image, ...by(image) } : image));
}

/** The digests of an image that are signed: its own and, where required, those of its platforms. */
export function targetsOf(image: ResolvedImage, platforms: boolean): SigningTarget[] {
  const { registry, repository } = image;
  const own = { digest: image.digest, platform: undefined };
  return [own, ...(platforms && image.isIndex ? image.platforms : [])].map(({ digest, platform }) => ({
    registry,
    repository,
    digest,
    platform,
  }));
}

/** What the summary says of one digest of an image that passed. Verdict and counts are those of the whole image. */
function summaryInput(
  image: GateImage,
  { registry, repository }: SigningTarget,
  { settings, documents, judgedAt, baseline }: Known,
): SummaryInput {
  const { outcome, weakened, baseImages = [] } = image;
  if (!allows(verdictOf(image)) || outcome.kind !== 'judged' || outcome.verdict.verdict === 'block') {
    throw new Error('an image that did not pass is never attested');
  }
  if (settings === undefined || judgedAt === undefined || weakened === undefined) {
    throw new Error('an image that was not judged is never attested');
  }
  const { verdict, counts, exceptions, gone } = outcome.verdict;
  return {
    resourceUri: resourceUri(registry, repository),
    verifiedAt: judgedAt,
    policy: documents?.policy,
    weakening: { ...weakened },
    thresholds: settings,
    verdict,
    counts: { ...counts },
    exceptionsUsed: exceptions
      .filter(({ applied }) => applied > 0)
      .map(({ exception: { ids, reason, approvedBy, ticket }, ends }) => ({
        id: ids.join(', '),
        reason,
        expires: ends,
        approvedBy,
        ticket,
      })),
    // If the baseline is the image itself, it was not used.
    baseline: gone === undefined ? undefined : baseline?.uri,
    baseImages: weakened['base-image'] ? baseImages.flatMap(({ deciding }) => deciding) : [],
    scannedAt: oldest(scansOf(image)),
    actionVersion: VERSION,
    verifiedLevels: [PASSED_LEVEL],
    inputAttestations: image.inputAttestations ?? [],
  };
}

function scansOf({ platforms }: GateImage): Date[] {
  return platforms.flatMap(({ scannedAt }) => scannedAt ?? []);
}

/** What is attested of one digest of an image that passed. */
function claims(
  image: GateImage,
  { digest, platform }: SigningTarget,
  attest: SigningInputs['attest'],
  input: SummaryInput,
  { settings, judgedAt }: Known,
): Claim[] {
  if (attest === 'none') return [];
  const summary = summaryClaim(input, digest);
  if (attest === 'summary') return [summary];
  const { outcome } = image;
  if (outcome.kind !== 'judged' || settings === undefined || judgedAt === undefined) {
    throw new Error('an image that was not judged is never attested');
  }
  const { judged } = outcome.verdict;
  const findings = judged
    .filter(({ platforms }) => platform === undefined || platforms.includes(platform))
    .map(({ finding, platforms, effect }) => ({
      id: finding.vulnerabilityId,
      severity: finding.severity,
      score: finding.score,
      effect,
      packages: finding.packages.map(({ name, version }) => `${name}@${version}`),
      platforms,
    }));
  return [
    summary,
    vulnerabilitiesClaim(
      { scanType: settings.scanType, findings, scannedAt: scansOf(image) },
      digest,
      judgedAt,
    ),
  ];
}
