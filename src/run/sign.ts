/** Signs and attests what passed. */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { registryCredentials } from '../aws/authorization.ts';
import type { AwsClients } from '../aws/clients.ts';
import type { Deadline } from '../deadline.ts';
import { GateError } from '../errors.ts';
import { regularFile } from '../files.ts';
import * as core from '../github/core.ts';
import type { ResolvedImage } from '../image/resolve.ts';
import type { Inputs } from '../inputs.ts';
import { line } from '../report/escape.ts';
import type { AttestationReport, ImageReport, SignatureReport } from '../report/report.ts';
import { oldest } from '../scan/age.ts';
import { type Claim, summaryClaim, vulnerabilitiesClaim } from '../signing/attest.ts';
import { ecrEvidence } from '../signing/ecr-evidence.ts';
import type { SigningKey } from '../signing/key.ts';
import { PASSED_LEVEL, resourceUri } from '../signing/predicate.ts';
import type { Services, SigningPorts } from '../signing/session.ts';
import { prepareSigner, type Signer, type SigningTarget } from '../signing/sign.ts';
import { VERSION } from '../version.ts';
import { log, passed, type Run } from './state.ts';

/** Gets cosign and its credentials ready while the scan is waited for; says in the report what will sign. */
export function prepare(inputs: Inputs, clients: AwsClients, deadline: Deadline, run: Run): Promise<Signer> {
  const { signing } = inputs;
  if (signing === undefined) throw new Error('nothing to sign with');
  run.signing = {
    key:
      signing.key.kind === 'kms'
        ? signing.key.reference
        : signing.key.kind === 'file'
          ? signing.key.path
          : 'keyless',
    format: signing.format,
    transparencyLog: signing.transparencyLog || signing.key.kind === 'keyless',
    cosignVersion: undefined,
    state: 'withheld',
  };
  return refuseUnmeantFiles(signing.key, signing.services).then(() =>
    prepareSigner(signing, signingPorts(clients, deadline)),
  );
}

/** Keys and Sigstore configurations are far smaller. */
const MOST_BYTES = 1024 * 1024;

/**
 * Checks the files that are passed to cosign. Its errors quote parts of a configuration that it cannot read, and by a
 * wrong path or a link in the checkout that could be a file of secrets.
 * @throws GateError `input`
 */
export async function refuseUnmeantFiles(
  key: SigningKey | undefined,
  services: Services | undefined,
): Promise<void> {
  const files = [
    ['signing-key', key?.kind === 'file' ? key.path : undefined, undefined],
    ['sigstore-signing-config', services?.signingConfig, 'signing config'],
    ['sigstore-trusted-root', services?.trustedRoot, 'trusted root'],
  ] as const;
  const workspace = process.env.GITHUB_WORKSPACE || process.cwd();
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

/** What signing and verifying reach the world through. */
export function signingPorts(clients: AwsClients, deadline: Deadline): SigningPorts {
  return {
    deadline,
    log,
    warn: (text) => core.warning(line(text)),
    mask: core.setSecret,
    authorize: (registry) => registryCredentials(clients, deadline, registry),
    evidence: ecrEvidence(clients, deadline, process.env),
    // It brings an HTTP client with it that no other run needs.
    identityToken: async (audience) => (await import('@actions/core')).getIDToken(audience),
    download: async (url) => (await import('@actions/tool-cache')).downloadTool(url),
    environment: process.env,
    workingDirectory: process.cwd(),
  };
}

/** What is attested besides the image. */
interface Judgement {
  readonly inputs: Inputs;
  readonly run: Run;
}

/**
 * Signs and attests every image, and its platforms where asked for. All or nothing counts: one failure fails
 * the run, and one image whose verdict was taken back keeps all of them from being signed.
 */
export async function signAll(
  images: readonly ResolvedImage[],
  judgement: Judgement,
  signer: Signer,
): Promise<void> {
  const { inputs, run } = judgement;
  if (run.signing === undefined) return;
  run.signing = { ...run.signing, cosignVersion: signer.cosignVersion, state: 'failed' };
  const targets = (image: ResolvedImage) => targetsOf(image, inputs.signing?.platforms ?? false);
  await signer.refuseTakenBack(images.flatMap(targets));
  for (const [index, image] of images.entries()) {
    for (const target of targets(image)) {
      const made = await signer.sign(target);
      addSignatures(run, index, made);
      for (const { state, format } of made)
        log(`${state === 'signed' ? 'Signed' : 'Already signed'} (${format}): ${target.digest}`);
      const judgedImage = run.images[index];
      if (judgedImage === undefined) continue;
      const attested = await signer.attest(target, claims(judgedImage, target, judgement));
      addAttestations(run, index, attested);
      for (const { state, format, type } of attested)
        log(`${state === 'attested' ? 'Attested' : 'Kept'} (${format}): ${type} of ${target.digest}`);
    }
  }
  run.signing = { ...run.signing, state: 'done' };
}

function addSignatures(run: Run, index: number, signatures: readonly SignatureReport[]): void {
  run.images = run.images.map((image, at) =>
    at === index ? { ...image, signatures: [...image.signatures, ...signatures] } : image,
  );
}

/** The digests of an image that carry signatures: its own and, where asked for, those of its platforms. */
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

/** What is attested of one digest of an image that passed. The verdict and its counts are the image's. */
function claims(
  image: ImageReport,
  { registry, repository, digest, platform }: SigningTarget,
  { inputs, run: { settings, documents, judgedAt, baseline } }: Judgement,
): Claim[] {
  const { outcome, weakened, baseImages = [] } = image;
  if (!passed(image) || outcome.kind !== 'judged' || outcome.verdict.verdict === 'block') {
    throw new Error('only what passed is attested');
  }
  if (settings === undefined || judgedAt === undefined || weakened === undefined) {
    throw new Error('only what was judged is attested');
  }
  const { attest = 'none' } = inputs.signing ?? {};
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
      // An image that is its own baseline was compared with nothing.
      baseline: gone === undefined ? undefined : baseline?.uri,
      baseImages: weakened['base-image'] ? baseImages.flatMap(({ deciding }) => deciding) : [],
      scannedAt: oldest(scans),
      actionVersion: VERSION,
      verifiedLevels: [PASSED_LEVEL],
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

function addAttestations(run: Run, index: number, made: readonly AttestationReport[]): void {
  run.images = run.images.map((image, at) =>
    at === index ? { ...image, verdictAttestations: [...(image.verdictAttestations ?? []), ...made] } : image,
  );
}
