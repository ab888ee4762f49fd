/** What a run does, from top to bottom, and the only place that ends the process. */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as core from '@actions/core';
import { registryCredentials } from './aws/authorization.ts';
import { type AwsClients, createClients } from './aws/clients.ts';
import { type Clock, type Deadline, formatDuration, startDeadline, systemClock } from './deadline.ts';
import { GateError, messageOf, toGateError } from './errors.ts';
import { ecrImages } from './image/ecr.ts';
import { type ResolvedImage, resolveImages } from './image/resolve.ts';
import { type Inputs, readInputs } from './inputs.ts';
import { evaluate, worst } from './policy/evaluate.ts';
import { annotations } from './report/annotations.ts';
import { line } from './report/escape.ts';
import { logLines } from './report/log.ts';
import { outputs } from './report/outputs.ts';
import type { AttestationReport, ImageReport, Proof, RunReport, SignatureReport } from './report/report.ts';
import { verdictOf } from './report/report.ts';
import { writeReports } from './report/write.ts';
import { basicScanner } from './scan/basic.ts';
import { inspectorScanner } from './scan/inspector.ts';
import type { Scanner } from './scan/scanner.ts';
import { settledFindings } from './scan/settle.ts';
import { type ScannedLook, watchScans } from './scan/wait.ts';
import { type Claim, summaryClaim, vulnerabilitiesClaim } from './signing/attest.ts';
import { killChildren } from './signing/exec.ts';
import { imageOrigin } from './signing/origin.ts';
import { PASSED_LEVEL, resourceUri } from './signing/predicate.ts';
import type { SigningPorts } from './signing/session.ts';
import { prepareSigner, type Signer, type SigningTarget } from './signing/sign.ts';
import { type ImageVerifier, prepareVerifier, signerWords } from './signing/verify.ts';
import { VERSION } from './version.ts';

/** How long what is under way may take to end after the deadline; whatever hangs then is left behind. */
const GRACE_MS = 10_000;
/** The same after a cancellation: the runner kills the process about ten seconds after its first signal. */
const CANCEL_GRACE_MS = 4_000;

/** The action's entry: runs the gate, reports whatever came of it, and ends the process. */
export async function main(): Promise<void> {
  const startedAt = new Date();
  const cancelled = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => cancelled.abort());

  const report = await gate(startedAt, cancelled.signal);
  await publish(report);
  killChildren();
  // A connection or child that hangs must not keep the step alive.
  process.exit(succeeds(report) ? 0 : 1);
}

/** Pass and warn succeed; with `enforce: false` a block does as well, an error never. */
function succeeds(report: RunReport): boolean {
  return (
    report.verdict === 'pass' ||
    report.verdict === 'warn' ||
    (report.verdict === 'block' && report.settings?.enforce === false)
  );
}

/** Resolve, wait, collect, decide, sign: the result of each step goes into the report, errors included. */
async function gate(startedAt: Date, cancelled: AbortSignal): Promise<RunReport> {
  const run: Run = {
    startedAt,
    images: [],
    signing: undefined,
    settings: undefined,
    verification: undefined,
  };
  try {
    const inputs = readInputs(core.getInput);
    run.settings = inputs;
    const deadline = startDeadline(inputs.timeoutMs, systemClock, cancelled);
    const work =
      inputs.mode === 'verify' ? verifyImages(inputs, deadline, run) : judgeAndSign(inputs, deadline, run);
    const report = await withinGrace(work, deadline, run);
    // A cancelled job reports no pass, even if it was cancelled after everything had been judged.
    return cancelled.aborted ? finish(run, new GateError('cancelled', 'The job was cancelled.')) : report;
  } catch (error) {
    return finish(run, toGateError(error));
  }
}

/** What is known of the run so far. */
interface Run {
  readonly startedAt: Date;
  settings: Inputs | undefined;
  images: ImageReport[];
  signing: RunReport['signing'];
  verification: RunReport['verification'];
}

async function judgeAndSign(inputs: Inputs, deadline: Deadline, run: Run): Promise<RunReport> {
  const clients = createClients(deadline);
  const signer = inputs.signing && prepare(inputs, clients, deadline, run);
  // It is awaited after the scan; until then its failure must not be an unhandled one.
  signer?.catch(() => {});
  try {
    const images = await resolveImages(inputs.images, ecrImages(clients, deadline));
    for (const image of images)
      log(`Resolved ${image.references.join(', ')} to ${image.uri} (${describePlatforms(image)})`);
    run.images = images.map((image) =>
      unjudged(image, new GateError('not-proven', 'The run ended before it was judged.')),
    );
    // A signer that cannot be had fails the run at once, not after the wait.
    await signer;

    run.images = await judge(images, inputs, clients, deadline);
    if (signer !== undefined && run.images.every(passed)) {
      await signAll(images, inputs, await signer, run, (image) => timeOf(clients, image));
    }
    return finish(run, undefined);
  } finally {
    await signer?.then((ready) => ready.close()).catch(() => {});
    clients.destroy();
    deadline.clear();
  }
}

/** Waits for, collects and judges every image; each ends with a verdict or with what stood in its way. */
async function judge(
  images: readonly ResolvedImage[],
  inputs: Inputs,
  clients: AwsClients,
  deadline: Deadline,
): Promise<ImageReport[]> {
  const scanner =
    inputs.scanType === 'basic' ? basicScanner(clients, deadline) : inspectorScanner(clients, deadline);
  const platforms = images.flatMap((image) => image.platforms);
  const clock: Clock = systemClock;
  const scans = watchScans(platforms, scanner, { clock, deadline, log, random: Math.random });
  return Promise.all(
    images.map(async (image) => {
      const looks = new Map<string, ScannedLook>();
      try {
        const findings = await Promise.all(
          image.platforms.map(async (platform) => {
            const look = await scans.get(platform);
            if (look === undefined) throw new GateError('not-proven', `Nobody looked at ${platform.digest}.`);
            looks.set(platform.digest, look);
            return settledFindings(platform, look, scanner as Scanner, { ...inputs, clock, deadline, log });
          }),
        );
        return judged(image, looks, { kind: 'judged', verdict: evaluate(findings.flat(), inputs) });
      } catch (error) {
        return judged(image, looks, { kind: 'error', error: toGateError(error) });
      }
    }),
  );
}

function passed(image: ImageReport): boolean {
  const verdict = verdictOf(image);
  return verdict === 'pass' || verdict === 'warn';
}

function prepare(inputs: Inputs, clients: AwsClients, deadline: Deadline, run: Run): Promise<Signer> {
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
  return prepareSigner(signing, signingPorts(clients, deadline));
}

function signingPorts(clients: AwsClients, deadline: Deadline): SigningPorts {
  return {
    deadline,
    log,
    warn: (text) => core.warning(line(text)),
    mask: core.setSecret,
    authorize: (registry) => registryCredentials(clients, deadline, registry),
    identityToken: (audience) => core.getIDToken(audience),
    download: async (url) => (await import('@actions/tool-cache')).downloadTool(url),
    environment: process.env,
  };
}

/** AWS's clock where it was heard, else the runner's. */
function timeOf(clients: AwsClients, { registry }: ResolvedImage): Date {
  return clients.serviceTime(registry) ?? new Date();
}

/**
 * Signs and attests every image, and its platforms where asked for. All or nothing counts: one failure fails
 * the run.
 */
async function signAll(
  images: readonly ResolvedImage[],
  inputs: Inputs,
  signer: Signer,
  run: Run,
  now: (image: ResolvedImage) => Date,
): Promise<void> {
  if (run.signing === undefined) return;
  run.signing = { ...run.signing, cosignVersion: signer.cosignVersion, state: 'failed' };
  for (const [index, image] of images.entries()) {
    for (const target of targetsOf(image, inputs.signing?.platforms ?? false)) {
      const made = await signer.sign(target);
      addSignatures(run, index, made);
      for (const { state, format } of made)
        log(`${state === 'signed' ? 'Signed' : 'Already signed'} (${format}): ${target.digest}`);
      const judgedImage = run.images[index];
      if (judgedImage === undefined) continue;
      const attested = await signer.attest(target, claims(judgedImage, target, inputs, now(image)));
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
function targetsOf(image: ResolvedImage, platforms: boolean): SigningTarget[] {
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
  inputs: Inputs,
  now: Date,
): Claim[] {
  const { outcome } = image;
  if (outcome.kind !== 'judged' || outcome.verdict.verdict === 'block') {
    throw new Error('only what passed is attested');
  }
  const { attest = 'none' } = inputs.signing ?? {};
  if (attest === 'none') return [];
  const { verdict, counts, judged } = outcome.verdict;
  const scans = image.platforms.flatMap(({ scannedAt }) => scannedAt ?? []);
  const summary = summaryClaim(
    {
      resourceUri: resourceUri(registry, repository),
      verifiedAt: now,
      policy: undefined,
      thresholds: inputs,
      verdict,
      counts: { ...counts },
      exceptionsUsed: [],
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
    vulnerabilitiesClaim({ scanType: inputs.scanType, findings, scannedAt: scans }, digest, now),
  ];
}

function oldest(dates: readonly Date[]): Date | undefined {
  return dates.length === 0 ? undefined : new Date(Math.min(...dates.map((date) => date.getTime())));
}

function addAttestations(run: Run, index: number, made: readonly AttestationReport[]): void {
  run.images = run.images.map((image, at) =>
    at === index ? { ...image, verdictAttestations: [...(image.verdictAttestations ?? []), ...made] } : image,
  );
}

/** Mode `verify`: signatures, then attestations, then today's findings; what fails first ends it for an image. */
async function verifyImages(inputs: Inputs, deadline: Deadline, run: Run): Promise<RunReport> {
  const { verification } = inputs;
  if (verification === undefined) throw new Error('nothing to verify by');
  const { signer, format, summary, recheck, platforms } = verification;
  run.verification = {
    signer: signerWords(signer),
    format,
    cosignVersion: undefined,
    attestation: summary !== undefined,
    policySha256: summary?.policySha256,
    maxAttestationAgeMs: summary?.maxAgeMs,
    recheck,
  };
  const clients = createClients(deadline);
  let verifier: ImageVerifier | undefined;
  try {
    verifier = await prepareVerifier(verification, signingPorts(clients, deadline));
    run.verification = { ...run.verification, cosignVersion: verifier.cosignVersion };
    const images = await resolveImages(inputs.images, ecrImages(clients, deadline));
    const pending = new GateError('not-proven', 'The run ended before it was verified.');
    run.images = images.map((image) => unjudged(image, pending));
    const proven: ResolvedImage[] = [];
    for (const [index, image] of images.entries()) {
      log(`Resolved ${image.references.join(', ')} to ${image.uri} (${describePlatforms(image)})`);
      const proofs: Proof[] = [];
      for (const target of targetsOf(image, platforms)) {
        proofs.push(...(await verifier.verify(target, timeOf(clients, image))));
      }
      const { notes, bundles = 0 } = await imageOrigin(clients, deadline, image, log);
      const failed = proofs.find(({ state }) => state === 'failed');
      if (failed === undefined) proven.push(image);
      replace(run, index, {
        ...unjudged(image, failed === undefined ? pending : notVerified(image, failed)),
        ...(failed === undefined && !recheck ? { outcome: { kind: 'verified' } } : {}),
        proofs: [
          ...(format === 'legacy' ? proofs.map((proof) => withHiding(proof, bundles)) : proofs),
          ...(failed !== undefined || !recheck ? [skippedFindings(recheck)] : []),
          ...notes,
        ],
      });
    }
    if (recheck) {
      const rechecked = await judge(proven, inputs, clients, deadline);
      for (const [at, image] of proven.entries()) {
        const [index, judgedImage] = [images.indexOf(image), rechecked[at]];
        // Whatever is not replaced stays without a verdict.
        if (judgedImage === undefined) continue;
        const findings = findingsProof(judgedImage, timeOf(clients, image));
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

function replace(run: Run, index: number, image: ImageReport): void {
  run.images = run.images.map((other, at) => (at === index ? image : other));
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

function findingsProof(image: ImageReport, now: Date): Proof {
  const { outcome } = image;
  if (outcome.kind !== 'judged') {
    return {
      ...FINDINGS,
      state: 'failed',
      detail: outcome.kind === 'error' ? outcome.error.message : undefined,
    };
  }
  const { counts, blocking, verdict } = outcome.verdict;
  const at = oldest(image.platforms.flatMap(({ scannedAt }) => scannedAt ?? []));
  return {
    ...FINDINGS,
    state: verdict === 'block' ? 'failed' : 'proven',
    at,
    ageMs: at === undefined ? undefined : Math.max(0, now.getTime() - at.getTime()),
    detail: `${counts.total} active, ${blocking} of them block`,
  };
}

/** The run as it ends: with the worst verdict of its images, or with the error that ended it. */
function finish(run: Run, error: GateError | undefined): RunReport {
  return {
    verdict: error === undefined ? worst(run.images.map(verdictOf)) : 'error',
    settings: run.settings,
    images: run.images,
    error,
    signing: run.signing,
    startedAt: run.startedAt,
    durationMs: Date.now() - run.startedAt.getTime(),
    version: VERSION,
    verification: run.verification,
  };
}

/** Whatever does not heed the deadline is not waited for: the step ends within seconds of it. */
async function withinGrace(work: Promise<RunReport>, deadline: Deadline, run: Run): Promise<RunReport> {
  const over = new Promise<RunReport>((resolve) => {
    deadline.signal.addEventListener('abort', () => {
      const graceMs = deadline.expired ? GRACE_MS : CANCEL_GRACE_MS;
      setTimeout(() => {
        const why = deadline.expired
          ? new GateError('timeout', `The timeout of ${formatDuration(deadline.totalMs)} is over.`)
          : new GateError('cancelled', 'The job was cancelled.');
        resolve(finish(run, why));
      }, graceMs).unref();
    });
  });
  return Promise.race([work, over]);
}

function judged(
  image: ResolvedImage,
  looks: ReadonlyMap<string, ScannedLook>,
  outcome: ImageReport['outcome'],
): ImageReport {
  return {
    references: image.references,
    uri: image.uri,
    digest: image.digest,
    repository: image.repository,
    account: image.registry.account,
    region: image.registry.region,
    isIndex: image.isIndex,
    platforms: image.platforms.map(({ digest, platform }) => ({
      digest,
      platform,
      scannedAt: looks.get(digest)?.state.scannedAt,
      monitored: looks.get(digest)?.state.monitored,
    })),
    attestations: image.attestations,
    outcome,
    signatures: [],
  };
}

function unjudged(image: ResolvedImage, error: GateError): ImageReport {
  return judged(image, new Map(), { kind: 'error', error });
}

function describePlatforms({ isIndex, platforms, attestations }: ResolvedImage): string {
  if (!isIndex) return 'one image';
  const skipped = attestations.length === 0 ? '' : `, ${attestations.length} build attestations skipped`;
  return `index of ${platforms.map(({ platform }) => platform).join(', ')}${skipped}`;
}

const annotate = { error: core.error, warning: core.warning, notice: core.notice };

function log(text: string): void {
  core.info(line(text));
}

/** Log, annotations, files, summary and outputs. None of them can change the verdict. */
async function publish(report: RunReport): Promise<void> {
  const attempt = async (what: string, work: () => void | Promise<void>) => {
    try {
      await work();
    } catch (error) {
      core.warning(line(`${what} could not be written: ${messageOf(error)}`));
    }
  };
  let files: { report: string | undefined; bundles: string[] } = { report: undefined, bundles: [] };
  await attempt('The log', () => {
    for (const text of logLines(report)) core.info(text);
    for (const { level, title, message } of annotations(report)) annotate[level](message, { title });
    debugErrors(report);
  });
  await attempt('The report', async () => {
    files = await writeReports(report, await reportDirectory(report), {
      appendSummary: async (text) => {
        await core.summary.addRaw(text).write();
      },
      warn: (text) => core.warning(line(text)),
    });
  });
  await attempt('The outputs', () => {
    for (const [name, value] of Object.entries(outputs(report, files))) core.setOutput(name, value);
  });
}

async function reportDirectory(report: RunReport): Promise<string> {
  const asked = (report.settings as Inputs | undefined)?.reportDirectory;
  if (asked !== undefined) return asked;
  const parent = process.env.RUNNER_TEMP || tmpdir();
  // Where nothing can be made, writing says so, and the summary does not depend on it.
  return mkdtemp(join(parent, 'ecr-deployment-gate-')).catch(() => join(parent, 'ecr-deployment-gate'));
}

/** Stack traces are for whoever turned step debugging on. */
function debugErrors(report: RunReport): void {
  if (!core.isDebug()) return;
  const errors = [
    report.error,
    ...report.images.map(({ outcome }) => (outcome.kind === 'error' ? outcome.error : undefined)),
  ];
  for (const error of errors) {
    for (let cause: unknown = error; cause instanceof Error; cause = cause.cause)
      core.debug(cause.stack ?? cause.message);
  }
}
