/** The policy file and the workflow's inputs made one. Inputs override the file's defaults, not its minimum. */

import type { Conflict, Weakening } from '../results/documents.ts';
import type { Exception } from '../results/exception.ts';
import type { Finding } from '../results/finding.ts';
import { THRESHOLDS, type Threshold } from '../results/severity.ts';
import type { Verdict } from '../results/verdict.ts';
import { formatDuration } from '../time.ts';
import { isWeakenedByBaseImages } from './base.ts';
import type { EvaluationContext } from './evaluate.ts';
import { matchesGlob } from './globs.ts';
import type { Minimum, Policy, PolicyDocument } from './policy.ts';

/** What the workflow asks for; undefined where it leaves the choice to the policy. */
export interface WorkflowSettings {
  readonly failOn: Threshold | undefined;
  readonly warnOn: Threshold | undefined;
  readonly ignoreUnfixed: boolean | undefined;
  readonly enforce: boolean;
  readonly scanType: 'enhanced' | 'basic';
  readonly timeoutMs: number;
  readonly settleTimeMs: number;
  /** Whether there is a signing key. */
  readonly signing: boolean;
  /** Whether there is a baseline. */
  readonly baseline: boolean;
  /** The repositories of the base images, by their plain names. */
  readonly baseImages: readonly string[];
  /** Whether there are exceptions files, and OpenVEX documents. */
  readonly exceptions: boolean;
  readonly vex: boolean;
  /** Whether today's findings are judged, which only the verify action can leave out. */
  readonly recheck: boolean;
}

/** What holds in the end. */
export interface EffectiveSettings {
  readonly policy: Policy;
  readonly enforce: boolean;
  readonly scanType: 'enhanced' | 'basic';
  readonly timeoutMs: number;
  readonly settleTimeMs: number;
  /** False: there is no baseline, or it must not be used. */
  readonly baseline: boolean;
  /** Those of the base images' repositories that rules may go by. */
  readonly baseImages: readonly string[];
  /** Whether exceptions of either origin apply. */
  readonly excepting: Readonly<Record<Exception['origin'], boolean>>;
  readonly recheck: boolean;
  /** True: a signing key is missing that the policy settings. No image of this run may pass. */
  readonly signingMissing: boolean;
  readonly conflicts: readonly Conflict[];
}

/** Makes policy file and inputs one: nothing that the policy settings is weakened, and what tried to is said. */
export function effectiveSettings(asked: WorkflowSettings, document: PolicyDocument): EffectiveSettings {
  const { minimum } = document;
  const conflicts: Conflict[] = [];
  const conflict = (input: string, was: string, demanded: string) => {
    conflicts.push({ input, asked: was, demanded });
  };
  const threshold = (
    input: 'fail-on' | 'warn-on',
    wanted: Threshold | undefined,
    base: Threshold,
    floor: Threshold | undefined,
  ): Threshold => {
    const chosen = wanted ?? base;
    if (floor === undefined || strictness(chosen) >= strictness(floor)) return chosen;
    if (wanted !== undefined) conflict(input, wanted, floor);
    return floor;
  };

  const failOn = threshold('fail-on', asked.failOn, document.failOn ?? 'critical', minimum.failOn);
  const warnOn = threshold('warn-on', asked.warnOn, document.warnOn ?? 'high', minimum.warnOn);
  const ignoreUnfixed = asked.ignoreUnfixed ?? document.ignoreUnfixed ?? false;
  if (ignoreUnfixed && !minimum.ignoreUnfixed && asked.ignoreUnfixed)
    conflict('ignore-unfixed', 'true', 'false');
  if (!asked.enforce && minimum.enforce) conflict('enforce', 'false', 'true');
  const tooLong = minimum.timeoutMs !== undefined && asked.timeoutMs > minimum.timeoutMs;
  const timeoutMs = tooLong && minimum.timeoutMs !== undefined ? minimum.timeoutMs : asked.timeoutMs;
  if (tooLong) conflict('timeout', formatDuration(asked.timeoutMs), formatDuration(timeoutMs));
  const settleTimeMs = Math.max(asked.settleTimeMs, minimum.settleTimeMs ?? 0);
  if (settleTimeMs !== asked.settleTimeMs) {
    conflict('settle-time', formatDuration(asked.settleTimeMs), formatDuration(settleTimeMs));
  }
  const scanType = minimum.scanType ?? asked.scanType;
  if (scanType !== asked.scanType) conflict('scan-type', asked.scanType, scanType);
  if (asked.baseline && !minimum.baseline) conflict('baseline', 'an image', 'none');
  const refused = asked.baseImages.filter((repository) => !isAllowed(repository, minimum.baseImage));
  if (refused.length > 0) {
    const { baseImage } = minimum;
    conflict(
      'base-image',
      refused.join(', '),
      typeof baseImage === 'boolean' ? 'none' : baseImage.join(', '),
    );
  }
  if (asked.exceptions && !minimum.exceptions) conflict('exceptions', 'files', 'none');
  if (asked.vex && !minimum.vex) conflict('vex', 'files', 'none');
  if (!asked.recheck && minimum.recheck) conflict('recheck', 'false', 'true');
  const signingMissing = minimum.signing && !asked.signing;
  if (signingMissing) conflict('signing-key', 'nothing', 'a key');

  const { minimum: _, ...rest } = document;
  return {
    policy: { ...rest, failOn, warnOn, ignoreUnfixed: ignoreUnfixed && minimum.ignoreUnfixed },
    enforce: asked.enforce || minimum.enforce,
    scanType,
    timeoutMs,
    settleTimeMs,
    baseline: asked.baseline && minimum.baseline,
    baseImages: asked.baseImages.filter((repository) => !refused.includes(repository)),
    excepting: { exceptions: minimum.exceptions, vex: minimum.vex },
    recheck: asked.recheck || minimum.recheck,
    signingMissing,
    conflicts,
  };
}

/** Whether rules may go by base images of a repository. */
function isAllowed(repository: string, allowed: Minimum['baseImage']): boolean {
  return typeof allowed === 'boolean' ? allowed : allowed.some((glob) => matchesGlob(glob, repository));
}

/**
 * What lets more through than the policy file does by itself, for every image; the policy's minimum may allow that.
 * Baseline and base images are not among it: those depend on what they have in common with an image.
 */
export function weakeningByInputsOf(
  { policy: { failOn, ignoreUnfixed }, scanType }: Pick<EffectiveSettings, 'policy' | 'scanType'>,
  document: PolicyDocument,
): Weakening {
  const own = effectiveSettings(NO_SETTINGS, document).policy;
  return {
    ...(strictness(failOn) < strictness(own.failOn) ? { 'fail-on': failOn } : {}),
    ...(ignoreUnfixed && !own.ignoreUnfixed ? { 'ignore-unfixed': true } : {}),
    // Basic scanning sees less, and no policy asks for it.
    ...(scanType === 'basic' ? { 'scan-type': 'basic' } : {}),
  };
}

/**
 * The weakenings that a run concedes to somebody else's judgement by the same policy: those by a baseline, base images
 * and basic scanning where it judges with them itself. One whose own thresholds are weaker than the policy's concedes
 * nothing.
 */
export function acceptedWeakenings(
  settings: EffectiveSettings,
  document: PolicyDocument,
): readonly Weakening[] {
  const { 'scan-type': scanType, ...thresholds } = weakeningByInputsOf(settings, document);
  if (Object.keys(thresholds).length > 0) return [];
  const own: readonly Weakening[] = [
    ...(scanType === undefined ? [] : [{ 'scan-type': scanType }]),
    ...(settings.baseline ? [{ baseline: true } as const] : []),
    ...(settings.baseImages.length > 0 ? [{ 'base-image': true } as const] : []),
  ];
  // Each of them alone, and together with any of the others.
  let together: readonly Weakening[] = [{}];
  for (const one of own) together = together.flatMap((other) => [other, { ...other, ...one }]);
  return together.filter((one) => Object.keys(one).length > 0);
}

/** What let more through for one image: the inputs that do so for every image, its baseline and its base images. */
export function weakenedBy(
  byInputs: Weakening,
  findings: readonly Finding[],
  verdict: Pick<Verdict, 'judged'>,
  policy: Policy,
  circumstances: EvaluationContext,
): Weakening {
  return {
    ...byInputs,
    ...(isWeakenedByBaseline(verdict, policy) ? { baseline: true } : {}),
    ...(isWeakenedByBaseImages(findings, policy, circumstances) ? { 'base-image': true } : {}),
  };
}

/** Whether a baseline may be why an image is not blocked: it excused a finding, or kept one from a limit. */
export function isWeakenedByBaseline(
  { judged }: Pick<Verdict, 'judged'>,
  { limits }: Pick<Policy, 'limits'>,
): boolean {
  const limited = new Set(Object.keys(limits).map((severity) => severity.toUpperCase()));
  return judged.some(
    ({ reason, inBaseline, finding }) =>
      reason.kind === 'baseline' || (inBaseline === true && limited.has(finding.severity)),
  );
}

const NO_SETTINGS: WorkflowSettings = {
  failOn: undefined,
  warnOn: undefined,
  ignoreUnfixed: undefined,
  enforce: true,
  scanType: 'enhanced',
  timeoutMs: 0,
  settleTimeMs: 0,
  signing: true,
  baseline: false,
  baseImages: [],
  exceptions: false,
  vex: false,
  recheck: true,
};

/** The lower the severity that it still reaches, the stricter a threshold. */
function strictness(threshold: Threshold): number {
  return threshold === 'none' ? -1 : THRESHOLDS.indexOf(threshold);
}
