/** What a run does, from top to bottom, and the only place that ends the process. */
import { mkdtemp, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { registryCredentials } from './aws/authorization.ts';
import { type AwsClients, createClients } from './aws/clients.ts';
import {
  type Clock,
  type Deadline,
  formatAge,
  formatDuration,
  startDeadline,
  systemClock,
  withGrace,
} from './deadline.ts';
import { GateError, messageOf, toGateError } from './errors.ts';
import * as core from './github/core.ts';
import { readDockerfile } from './github/workspace.ts';
import { ecrConfigs } from './image/configs.ts';
import { ecrImages } from './image/ecr.ts';
import { attributeLayers } from './image/layers.ts';
import {
  type BaseImages,
  type LayerSource,
  once,
  readBaseImages,
  readInTime,
  readLayers,
} from './image/origins.ts';
import { type ResolvedImage, resolveImages } from './image/resolve.ts';
import { type Inputs, readInputs, type VerificationInputs } from './inputs.ts';
import { type Baseline, isItself } from './policy/baseline.ts';
import { findingsInNeedOfDetails } from './policy/details.ts';
import { type Circumstances, evaluate, type Verdict, worst } from './policy/evaluate.ts';
import type { Exception } from './policy/exceptions.ts';
import {
  concededBy,
  type Demands,
  isSoftened,
  underPolicy,
  type Weakening,
  weakeningOf,
} from './policy/minimum.ts';
import { EMPTY_POLICY, type PolicyDocument } from './policy/policy.ts';
import { annotations } from './report/annotations.ts';
import type { Dockerfile } from './report/dockerfile.ts';
import { line } from './report/escape.ts';
import { logLines } from './report/log.ts';
import { outputs } from './report/outputs.ts';
import { withPlatformName } from './report/platform.ts';
import type {
  AttestationReport,
  BaseImageReport,
  ImageReport,
  Proof,
  RunReport,
  SettingsReport,
  SignatureReport,
} from './report/report.ts';
import { verdictOf } from './report/report.ts';
import { type ReportFiles, writeReports } from './report/write.ts';
import { oldestUnwatchedScan, staleScan } from './scan/age.ts';
import { type DeployedImage, readBaseline } from './scan/baseline.ts';
import { basicScanner } from './scan/basic.ts';
import { withDetails } from './scan/details.ts';
import type { Finding } from './scan/findings.ts';
import { inspectorScanner } from './scan/inspector.ts';
import type { Scanner } from './scan/scanner.ts';
import { settledFindings } from './scan/settle.ts';
import { type ScannedLook, watchScans } from './scan/wait.ts';
import { type Claim, summaryClaim, vulnerabilitiesClaim } from './signing/attest.ts';
import { killChildren } from './signing/exec.ts';
import { PASSED_LEVEL, resourceUri, weakenedPolicySha256 } from './signing/predicate.ts';
import type { SigningPorts } from './signing/session.ts';
import { prepareSigner, refuseWithoutPermission, type Signer, type SigningTarget } from './signing/sign.ts';
import type { ImageVerifier } from './signing/verify.ts';
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

  const run = newRun(startedAt);
  const report = await gate(run, cancelled.signal);
  await publish(report, run.inputs);
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
async function gate(run: Run, cancelled: AbortSignal): Promise<RunReport> {
  try {
    const inputs = readInputs(core.getInput);
    run.inputs = inputs;
    const deadline = startDeadline(inputs.timeoutMs, systemClock, cancelled);
    const work =
      inputs.mode === 'verify' ? verifyImages(inputs, deadline, run) : judgeAndSign(inputs, deadline, run);
    const report = await withGrace(
      work,
      deadline,
      () => (deadline.expired ? GRACE_MS : CANCEL_GRACE_MS),
      () => finish(run, overtime(deadline)),
    );
    // A cancelled job reports no pass, even if it was cancelled after everything had been judged.
    return cancelled.aborted ? finish(run, new GateError('cancelled', 'The job was cancelled.')) : report;
  } catch (error) {
    return finish(run, toGateError(error));
  }
}

function overtime(deadline: Deadline): GateError {
  return deadline.expired
    ? new GateError('timeout', `The timeout of ${formatDuration(deadline.totalMs)} is over.`)
    : new GateError('cancelled', 'The job was cancelled.');
}

/** What is known of the run so far. */
interface Run {
  readonly startedAt: Date;
  /** Undefined until they are read, and where they cannot be. */
  inputs: Inputs | undefined;
  settings: SettingsReport | undefined;
  images: ImageReport[];
  documents: RunReport['documents'];
  baseline: RunReport['baseline'];
  notices: string[];
  judgedAt: Date | undefined;
  signing: RunReport['signing'];
  verification: RunReport['verification'];
}

function newRun(startedAt: Date): Run {
  return {
    startedAt,
    inputs: undefined,
    settings: undefined,
    images: [],
    documents: undefined,
    baseline: undefined,
    notices: [],
    judgedAt: undefined,
    signing: undefined,
    verification: undefined,
  };
}

async function judgeAndSign(inputs: Inputs, deadline: Deadline, run: Run): Promise<RunReport> {
  // Before anything else is read or asked for.
  if (inputs.signing) refuseWithoutPermission(inputs.signing.key, process.env);
  const { document, exceptions } = await readDocuments(inputs, deadline, run);
  const demands = heed(inputs, document, deadline, run);
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

    run.images = await judge(images, { inputs, demands, exceptions, clients, deadline, run });
    if (signer !== undefined && run.images.every(passed)) {
      // Without a policy file the thresholds are the policy, whatever they are.
      const weakening = run.documents?.policy === undefined ? {} : weakeningOf(demands, document);
      await signAll(images, { inputs, demands, weakening, run }, await signer);
    }
    return finish(run, undefined);
  } finally {
    await signer?.then((ready) => ready.close()).catch(() => {});
    clients.destroy();
    deadline.clear();
  }
}

/** Reads the files that the images are judged by. A file that cannot be read ends the run. */
async function readDocuments(
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
  const load = await import('./policy/load.ts');
  const { createGitHub } = await import('./github/client.ts');
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

/** Makes policy and inputs one, and says where an input would have weakened what the policy demands. */
function heed(inputs: Inputs, document: PolicyDocument, deadline: Deadline, run: Run): Demands {
  const demands = underPolicy(
    {
      ...inputs,
      signing: inputs.signing !== undefined || inputs.mode === 'verify',
      baseline: inputs.baseline !== undefined,
    },
    document,
  );
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

/** What judging an image needs besides the image. */
interface Court {
  readonly inputs: Inputs;
  readonly demands: Demands;
  readonly exceptions: readonly Exception[];
  readonly clients: AwsClients;
  readonly deadline: Deadline;
  /** Read when somebody first asks. */
  readonly baseImages: () => Promise<BaseImages | undefined>;
  readonly run: Run;
}

/** Waits for, collects and judges every image; each ends with a verdict or with what stood in its way. */
async function judge(
  images: readonly ResolvedImage[],
  parties: Omit<Court, 'baseImages'>,
): Promise<ImageReport[]> {
  const { inputs, demands, clients, deadline } = parties;
  const baseImages = once(async () =>
    inputs.baseImages.length === 0
      ? undefined
      : readBaseImages(inputs.baseImages, layerSource(clients, deadline)),
  );
  const court: Court = { ...parties, baseImages };
  const { settleTimeMs } = demands;
  const scanner: Scanner =
    demands.scanType === 'basic' ? basicScanner(clients, deadline) : inspectorScanner(clients, deadline);
  const baseline = compareWith(scanner, court);
  // It is awaited after the scan; until then its failure must not be an unhandled one.
  baseline.catch(() => {});
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
            return settledFindings(platform, look, scanner, { settleTimeMs, clock, deadline, log });
          }),
        );
        const { verdict, baseImages } = await decide(image, findings.flat(), scanner, await baseline, court);
        const report = { ...judged(image, looks, { kind: 'judged', verdict }), baseImages };
        warnOfAge(report, clients.serviceTime(image.registry), court.run);
        return report;
      } catch (error) {
        return judged(image, looks, { kind: 'error', error: toGateError(error) });
      }
    }),
  );
}

/** Says so where the findings may be old: no threshold finds what was published after the last scan. */
function warnOfAge({ repository, digest, platforms }: ImageReport, now: Date | undefined, run: Run): void {
  const at = now && staleScan(platforms, now);
  if (now === undefined || at === undefined) return;
  const age = formatAge(now.getTime() - at.getTime());
  const notice = `${repository}@${digest} was last scanned ${age} ago, and is not scanned again by itself: what was published since ${day(at)} is not among its findings. Scan its repository continuously, or the image again.`;
  run.notices.push(notice);
  core.warning(line(notice));
}

function day(date: Date): string {
  return date.toISOString().slice(0, 10);
}

/** Judges an image by its findings, once it is known of them what the policy asks. */
async function decide(
  image: ResolvedImage,
  findings: readonly Finding[],
  scanner: Scanner,
  baseline: DeployedImage | undefined,
  court: Court,
): Promise<{ verdict: Verdict; baseImages: readonly BaseImageReport[] }> {
  const { demands, exceptions, run } = court;
  const { policy } = demands;
  const now = image.platforms
    .map((platform) => scanner.serviceTime(platform))
    .find((time) => time !== undefined);
  if (now === undefined) {
    throw new GateError(
      'not-proven',
      'AWS does not tell its time, so no age and no end of an exception is known.',
    );
  }
  run.judgedAt ??= now;
  const circumstances: Circumstances = {
    image: {
      host: image.registry.host,
      repository: image.repository,
      digests: [image.digest],
    },
    exceptions,
    baseline: baselineOf(image, baseline, court),
    now,
  };
  const unplaced = { findings, baseImages: [] };
  const asksForLayers = policy.rules.some(({ when }) => when.layer !== undefined);
  const placed = asksForLayers ? await withLayers(image, findings, court) : unplaced;
  const known = await withKnownExploits(image, placed.findings, circumstances, court);
  const verdict = evaluate(known, policy, circumstances);
  if (asksForLayers || verdict.verdict === 'pass') return { verdict, baseImages: placed.baseImages };
  // Whose layer it is helps whoever has to act, and changes nothing that was decided without it.
  const explained = await withLayers(image, known, court);
  return {
    verdict: evaluate(explained.findings, policy, circumstances),
    baseImages: explained.baseImages,
  };
}

/** The findings with what is known of exploits, as far as the judgement depends on it. */
async function withKnownExploits(
  image: ResolvedImage,
  findings: readonly Finding[],
  circumstances: Circumstances,
  { demands: { policy }, clients, deadline, run }: Court,
): Promise<readonly Finding[]> {
  const asked = findingsInNeedOfDetails(findings, policy, circumstances);
  if (asked.length === 0) return findings;
  const { findings: detailed, unknown } = await withDetails(asked, image.registry, clients, deadline);
  if (unknown !== undefined) {
    run.notices.push(
      `What the policy asks about exploits is not known of ${unknown.count} of ${asked.length} findings of ${image.repository}, and counted against the image: ${unknown.why}`,
    );
  }
  const known = new Map(asked.map((finding, index) => [finding, detailed[index] ?? finding]));
  return findings.map((finding) => known.get(finding) ?? finding);
}

/** The findings with the layers and instructions they come from, as far as that can be known. */
async function withLayers(
  image: ResolvedImage,
  findings: readonly Finding[],
  { clients, deadline, baseImages, run }: Court,
): Promise<{ findings: readonly Finding[]; baseImages: readonly BaseImageReport[] }> {
  if (!findings.some(({ packages }) => packages.some(({ layer }) => layer !== undefined))) {
    return { findings, baseImages: [] };
  }
  const source = layerSource(clients, deadline);
  const reading = (async () => readLayers(image, await baseImages(), source))();
  const { layers, notices } = await readInTime(reading, deadline);
  for (const notice of notices) if (!run.notices.includes(notice)) run.notices.push(notice);
  const named = [...layers.values()].flatMap(({ base, statedBase }) => {
    const name = base?.name ?? statedBase?.name;
    return name === undefined ? [] : [{ name, named: base !== undefined }];
  });
  return {
    findings: attributeLayers(findings, layers),
    baseImages: [...new Map(named.map((base) => [base.name, base])).values()],
  };
}

function layerSource(clients: AwsClients, deadline: Deadline): LayerSource {
  return { images: ecrImages(clients, deadline), configs: ecrConfigs(clients, deadline, process.env) };
}

/** The baseline, where there is one that may be used; otherwise the run says why there is none. */
async function compareWith(
  scanner: Scanner,
  { inputs, demands, clients, deadline, run }: Court,
): Promise<DeployedImage | undefined> {
  const reference = inputs.baseline;
  if (reference === undefined) return undefined;
  const { baseline, unused } = demands.baseline
    ? await readBaseline(reference, ecrImages(clients, deadline), scanner, deadline)
    : { baseline: undefined, unused: 'the policy allows none' };
  run.baseline = { reference: reference.text, uri: baseline?.uri, unused };
  if (unused !== undefined)
    core.warning(line(`No baseline, so nothing is softened: ${reference.text}: ${unused}`));
  return baseline;
}

/**
 * The baseline for one image. A tag that was moved before the gate was asked names the image itself, and would let it
 * through by its own findings. So would what runs, judged again: what was published since is in both.
 */
function baselineOf(
  image: ResolvedImage,
  baseline: DeployedImage | undefined,
  { run }: Court,
): Baseline | undefined {
  if (baseline === undefined) return undefined;
  const platforms = image.platforms.map(({ digest }) => digest);
  if (!isItself(baseline.platforms, platforms)) return baseline;
  const { reference } = baseline;
  const unused = 'it is the image itself, which does not tell what is new';
  core.warning(line(`No baseline, so nothing is softened: ${reference}: ${unused}`));
  if (run.images.length === 1) run.baseline = { reference, uri: undefined, unused };
  else run.notices.push(`The baseline ${reference} was not used for ${image.uri}: ${unused}`);
  return undefined;
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
    // It brings an HTTP client with it that no other run needs.
    identityToken: async (audience) => (await import('@actions/core')).getIDToken(audience),
    download: async (url) => (await import('@actions/tool-cache')).downloadTool(url),
    environment: process.env,
  };
}

/** What is attested besides the image. */
interface Judgement {
  readonly inputs: Inputs;
  readonly demands: Demands;
  /** By which inputs more is let through than by the policy file itself. */
  readonly weakening: Weakening;
  readonly run: Run;
}

/**
 * Signs and attests every image, and its platforms where asked for. All or nothing counts: one failure fails
 * the run.
 */
async function signAll(
  images: readonly ResolvedImage[],
  judgement: Judgement,
  signer: Signer,
): Promise<void> {
  const { inputs, run } = judgement;
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
  { inputs, demands, weakening, run: { settings, documents, judgedAt, baseline } }: Judgement,
): Claim[] {
  const { outcome } = image;
  if (!passed(image) || outcome.kind !== 'judged' || outcome.verdict.verdict === 'block') {
    throw new Error('only what passed is attested');
  }
  if (settings === undefined || judgedAt === undefined) throw new Error('only what was judged is attested');
  const { attest = 'none' } = inputs.signing ?? {};
  if (attest === 'none') return [];
  const { verdict, counts, judged, exceptions, gone } = outcome.verdict;
  const scans = image.platforms.flatMap(({ scannedAt }) => scannedAt ?? []);
  const summary = summaryClaim(
    {
      resourceUri: resourceUri(registry, repository),
      verifiedAt: judgedAt,
      policy: documents?.policy,
      weakening: { ...weakening, ...(isSoftened(outcome.verdict, demands.policy) ? { baseline: true } : {}) },
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
  const { document, exceptions } = await readDocuments(inputs, deadline, run);
  const demands = heed(inputs, document, deadline, run);
  // Most runs judge and sign; they start faster without this.
  const [{ prepareVerifier, signerWords }, { imageOrigin }] = await Promise.all([
    import('./signing/verify.ts'),
    import('./signing/origin.ts'),
  ]);
  const summary = expectedSummary(verification, run.documents?.policy?.sha256, concededBy(demands, document));
  const { signer, format, recheck, platforms } = verification;
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
      const rechecked = await judge(proven, { inputs, demands, exceptions, clients, deadline, run });
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
 * policy with a baseline or basic scanning counts only where today's findings are judged with them too: then the
 * inputs of whoever deploys let the image through, not those of whoever built it.
 */
function expectedSummary(
  { summary, recheck }: VerificationInputs,
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
    weakenedSha256: recheck
      ? conceded.map((weakening) => weakenedPolicySha256(policy, { ...weakening }))
      : undefined,
    maxAgeMs: summary?.maxAgeMs,
  };
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

/** The run as it ends: with the worst verdict of its images, or with the error that ended it. */
function finish(run: Run, error: GateError | undefined): RunReport {
  return {
    verdict: error === undefined ? worst(run.images.map(verdictOf)) : 'error',
    settings: run.settings,
    images: run.images,
    error,
    documents: run.documents,
    baseline: run.baseline,
    notices: run.notices,
    judgedAt: run.judgedAt,
    signing: run.signing,
    startedAt: run.startedAt,
    durationMs: Date.now() - run.startedAt.getTime(),
    version: VERSION,
    verification: run.verification,
  };
}

function judged(
  image: ResolvedImage,
  looks: ReadonlyMap<string, ScannedLook>,
  outcome: ImageReport['outcome'],
): ImageReport {
  return withPlatformName({
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
  });
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

/** Log, annotations, files, summary, outputs and the comment. None of them can change the verdict. */
async function publish(report: RunReport, inputs: Inputs | undefined): Promise<void> {
  const attempt = async (what: string, work: () => void | Promise<void>) => {
    try {
      await work();
    } catch (error) {
      core.warning(line(`${what} could not be written: ${messageOf(error)}`));
    }
  };
  const dockerfile = await findDockerfile(inputs?.dockerfile);
  let files: ReportFiles = { report: undefined, sarif: undefined, bundles: [] };
  await attempt('The log', () => {
    for (const text of logLines(report)) core.info(text);
    for (const { level, message, ...place } of annotations(report, dockerfile)) {
      annotate[level](message, place);
    }
    debugErrors(report);
  });
  await attempt('The report', async () => {
    const sinks = {
      summaryBytes: summarySize,
      appendSummary: core.appendSummary,
      warn: (text: string) => core.warning(line(text)),
    };
    files = await writeReports(report, await reportDirectory(inputs?.reportDirectory), sinks, dockerfile);
  });
  await attempt('The outputs', () => {
    for (const [name, value] of Object.entries(outputs(report, files))) core.setOutput(name, value);
  });
  await attempt('The comment', () => commentOn(report, inputs));
}

/** What the step's summary has already, from a tool that wrote into it before. */
async function summarySize(): Promise<number> {
  const path = process.env.GITHUB_STEP_SUMMARY;
  if (!path) return 0;
  return (await stat(path).catch(() => undefined))?.size ?? 0;
}

/** Results point at the Dockerfile only if it is in the checkout. */
async function findDockerfile(path: string | undefined): Promise<Dockerfile | undefined> {
  if (path === undefined) return undefined;
  try {
    return await readDockerfile(path, process.env.GITHUB_WORKSPACE || process.cwd());
  } catch (error) {
    core.warning(line(`Nothing points at the Dockerfile: ${messageOf(error)}`));
    return undefined;
  }
}

/** A run that was cancelled has nothing to say that the next one will not say better, and no time to say it. */
async function commentOn(report: RunReport, inputs: Inputs | undefined): Promise<void> {
  if (inputs === undefined || inputs.comment === 'never' || report.error?.code === 'cancelled') return;
  const { comment: mode, githubToken: token, images, dockerfile } = inputs;
  if (token === undefined) throw new Error('input github-token is empty');
  core.setSecret(token);
  const { commentFromActions } = await import('./github/comment.ts');
  const repositories = images.map(({ registry, repository }) => `${registry.host}/${repository}`);
  log(await commentFromActions(report, { mode, token, repositories, dockerfile }, process.env));
}

async function reportDirectory(asked: string | undefined): Promise<string> {
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
