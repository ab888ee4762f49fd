/** Signs and attests images that passed. */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { registryCredentials } from '../aws/authorization.ts';
import { briefly } from '../aws/briefly.ts';
import type { AwsClients } from '../aws/clients.ts';
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
import { type Claim, summaryClaim, vulnerabilitiesClaim } from '../signing/claims.ts';
import { ecrEvidence } from '../signing/evidence/ecr.ts';
import type { SigningKey } from '../signing/key.ts';
import type { Services, SigningPorts } from '../signing/ports.ts';
import { prepareSigner, type Signer, type SigningTarget } from '../signing/sign.ts';
import { PASSED_LEVEL, resourceUri } from '../signing/statements/predicate.ts';
import { VERSION } from '../version.ts';
import type { Known } from './images.ts';
import type { Check } from './preflight.ts';

/** The state of signing in a run. */
export interface SigningState {
  readonly known: Known;
  images: readonly GateImage[];
  signing: GateResult['signing'];
}

/** A signer that is being prepared, and the checks before the wait for the scan. */
export interface SigningPreparation {
  readonly signer: Promise<Signer>;
  readonly checks: readonly Check[];
  /**
   * Checks that the role may list what is attached to an image. It costs a call, so it is for runs that wait for a scan.
   * @throws GateError `access-denied`; any other failure is not reported, since it may be temporary
   */
  checkReferrers(image: ResolvedImage): Promise<void>;
}

/**
 * Prepares cosign and its credentials, and records what will sign.
 * @param registries the registries of the images; at least one
 */
export function prepare(
  signing: SigningInputs,
  registries: readonly Registry[],
  clients: AwsClients,
  context: Context,
  state: SigningState,
): SigningPreparation {
  const { key, format, transparencyLog, sign, services } = signing;
  state.signing = {
    key: key.kind === 'kms' ? key.reference : key.kind === 'file' ? key.path : 'keyless',
    format,
    transparencyLog: transparencyLog || key.kind === 'keyless',
    sign,
    cosignVersion: undefined,
    state: 'withheld',
  };
  const ports = signingPorts(clients, context);
  const signer = checkCosignFiles([key], services, context.workspace).then(() =>
    prepareSigner(signing, ports),
  );
  const [registry] = registries;
  if (registry === undefined) throw new Error('there are no images');
  return {
    signer,
    checks: [
      ['Signing', () => signer],
      ['Signing key', async () => (await signer).checkKey(registry)],
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

/** What signing and verifying need from outside. */
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
    download: async (url) => (await import('@actions/tool-cache')).downloadTool(url),
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
  signer: Signer,
): Promise<void> {
  if (state.signing === undefined) throw new Error('the signer was not prepared');
  state.signing = { ...state.signing, cosignVersion: signer.cosignVersion, state: 'failed' };
  await signer.refuseRevoked(images.flatMap((image) => targetsOf(image, signing.platforms)));
  for (const [index, image] of images.entries()) {
    await signOne(image, index, { signing, state, log, signer });
  }
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
  signer: Signer,
): Promise<void> {
  if (state.signing === undefined) throw new Error('the signer was not prepared');
  state.signing = { ...state.signing, cosignVersion: signer.cosignVersion, state: 'failed' };
  const refused = images.flatMap((image, index) => (passed(state, index) || !isResolved(image) ? [] : image));
  for (const [index, image] of images.entries()) {
    if (!isResolved(image) || !passed(state, index)) continue;
    const targets = targetsOf(image, signing.platforms);
    try {
      const shared = refused.find((other) => targets.some((target) => isTarget(target, other)));
      if (shared !== undefined) throw sharesRefused(image, shared);
      await signer.refuseRevoked(targets);
      await signOne(image, index, { signing, state, log, signer });
    } catch (error) {
      if (endsRun(error)) throw error;
      change(state, index, () => ({ outcome: { kind: 'error', error: toGateError(error) } }));
    }
  }
  const signed = state.images.filter((image) => image.signed).length;
  const complete = signed === state.images.length ? 'done' : 'partly';
  state.signing = { ...state.signing, state: signed === 0 ? 'failed' : complete };
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
    signer,
  }: {
    readonly signing: SigningInputs;
    readonly state: SigningState;
    readonly log: Context['log'];
    readonly signer: Signer;
  },
): Promise<void> {
  for (const target of targetsOf(image, signing.platforms)) {
    const judgedImage = state.images[index];
    if (judgedImage === undefined) throw new Error('an image that was not judged is never signed');
    const wanted = claims(judgedImage, target, signing.attest, state.known);
    const made = await signer.sign(target);
    change(state, index, (report) => ({ signatures: [...report.signatures, ...made] }));
    for (const { state, format } of made)
      log(`${state === 'signed' ? 'Signed' : 'Already signed'} (${format}): ${target.digest}`);
    const attested = await signer.attest(target, wanted);
    change(state, index, (report) => ({
      verdictAttestations: [...report.verdictAttestations, ...attested],
    }));
    for (const { state, format, type } of attested)
      log(`${state === 'attested' ? 'Attested' : 'Kept'} (${format}): ${type} of ${target.digest}`);
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

/** What is attested of one digest of an image that passed. Verdict and counts are those of the whole image. */
function claims(
  image: GateImage,
  { registry, repository, digest, platform }: SigningTarget,
  attest: SigningInputs['attest'],
  { settings, documents, judgedAt, baseline }: Known,
): Claim[] {
  const { outcome, weakened, baseImages = [] } = image;
  if (!allows(verdictOf(image)) || outcome.kind !== 'judged' || outcome.verdict.verdict === 'block') {
    throw new Error('an image that did not pass is never attested');
  }
  if (settings === undefined || judgedAt === undefined || weakened === undefined) {
    throw new Error('an image that was not judged is never attested');
  }
  if (attest === 'none') return [];
  const { verdict, counts, judged, exceptions, gone } = outcome.verdict;
  const scans = image.platforms.flatMap(({ scannedAt }) => scannedAt ?? []);
  const summary = summaryClaim(
    {
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
      scannedAt: oldest(scans),
      actionVersion: VERSION,
      verifiedLevels: [PASSED_LEVEL],
      inputAttestations: image.inputAttestations ?? [],
    },
    digest,
  );
  if (attest === 'summary') return [summary];
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
    vulnerabilitiesClaim({ scanType: settings.scanType, findings, scannedAt: scans }, digest, judgedAt),
  ];
}
