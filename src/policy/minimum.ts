/** Combines the policy file and the workflow's inputs. Inputs override the defaults of the file, but not its minimum. */

import type { Conflict, Weakening } from '../results/documents.ts';
import type { Exception } from '../results/exception.ts';
import { THRESHOLDS, type Threshold } from '../results/severity.ts';
import { formatDuration } from '../time.ts';
import { matchesGlob } from './globs.ts';
import { DEFAULT_SETTINGS, type Minimum, type Policy, type PolicyDocument } from './policy.ts';

/** The settings of the workflow's inputs. Undefined if the policy decides. */
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
  /** The repositories of the base images, by their canonical names. */
  readonly baseImages: readonly string[];
  /** Whether there are exceptions files, and OpenVEX documents. */
  readonly exceptions: boolean;
  readonly vex: boolean;
  /** Whether today's findings are judged. Only the verify action can skip that. */
  readonly recheck: boolean;
}

/** The settings of a run: those of the workflow, unless the policy's minimum is stricter. */
export interface EffectiveSettings {
  readonly policy: Policy;
  readonly enforce: boolean;
  readonly scanType: 'enhanced' | 'basic';
  readonly timeoutMs: number;
  readonly settleTimeMs: number;
  /** False: there is no baseline, or the policy does not allow one. */
  readonly baseline: boolean;
  /** The repositories of base images that rules may use. */
  readonly baseImages: readonly string[];
  /** Whether exceptions of either origin apply. */
  readonly excepting: Readonly<Record<Exception['origin'], boolean>>;
  readonly recheck: boolean;
  /** True: the policy requires signing and there is no key. No image of this run may pass. */
  readonly signingMissing: boolean;
  readonly conflicts: readonly Conflict[];
}

/** Combines the workflow's settings and the policy. Settings that are less strict than its minimum are listed as conflicts. */
export function effectiveSettings(requested: WorkflowSettings, document: PolicyDocument): EffectiveSettings {
  const { minimum } = document;
  const conflicts: Conflict[] = [];
  const conflict = (input: string, asked: string, demanded: string) => {
    conflicts.push({ input, asked, demanded });
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

  const failOn = threshold(
    'fail-on',
    requested.failOn,
    document.failOn ?? DEFAULT_SETTINGS.failOn,
    minimum.failOn,
  );
  const warnOn = threshold(
    'warn-on',
    requested.warnOn,
    document.warnOn ?? DEFAULT_SETTINGS.warnOn,
    minimum.warnOn,
  );
  const ignoreUnfixed = requested.ignoreUnfixed ?? document.ignoreUnfixed ?? DEFAULT_SETTINGS.ignoreUnfixed;
  if (ignoreUnfixed && !minimum.ignoreUnfixed && requested.ignoreUnfixed)
    conflict('ignore-unfixed', 'true', 'false');
  if (!requested.enforce && minimum.enforce) conflict('enforce', 'false', 'true');
  const tooLong = minimum.timeoutMs !== undefined && requested.timeoutMs > minimum.timeoutMs;
  const timeoutMs = tooLong && minimum.timeoutMs !== undefined ? minimum.timeoutMs : requested.timeoutMs;
  if (tooLong) conflict('timeout', formatDuration(requested.timeoutMs), formatDuration(timeoutMs));
  const settleTimeMs = Math.max(requested.settleTimeMs, minimum.settleTimeMs ?? 0);
  if (settleTimeMs !== requested.settleTimeMs) {
    conflict('settle-time', formatDuration(requested.settleTimeMs), formatDuration(settleTimeMs));
  }
  const scanType = minimum.scanType ?? requested.scanType;
  if (scanType !== requested.scanType) conflict('scan-type', requested.scanType, scanType);
  if (requested.baseline && !minimum.baseline) conflict('baseline', 'an image', 'none');
  const refused = requested.baseImages.filter((repository) => !isAllowed(repository, minimum.baseImage));
  if (refused.length > 0) {
    const { baseImage } = minimum;
    conflict(
      'base-image',
      refused.join(', '),
      typeof baseImage === 'boolean' ? 'none' : baseImage.join(', '),
    );
  }
  if (requested.exceptions && !minimum.exceptions) conflict('exceptions', 'files', 'none');
  if (requested.vex && !minimum.vex) conflict('vex', 'files', 'none');
  if (!requested.recheck && minimum.recheck) conflict('recheck', 'false', 'true');
  // This ends the run, so there is no other value that is used instead.
  const signingMissing = minimum.signing && !requested.signing;

  const { minimum: _, ...rest } = document;
  return {
    policy: { ...rest, failOn, warnOn, ignoreUnfixed: ignoreUnfixed && minimum.ignoreUnfixed },
    enforce: requested.enforce || minimum.enforce,
    scanType,
    timeoutMs,
    settleTimeMs,
    baseline: requested.baseline && minimum.baseline,
    baseImages: requested.baseImages.filter((repository) => !refused.includes(repository)),
    excepting: { exceptions: minimum.exceptions, vex: minimum.vex },
    recheck: requested.recheck || minimum.recheck,
    signingMissing,
    conflicts,
  };
}

/** Whether rules may use base images of a repository. */
function isAllowed(repository: string, allowed: Minimum['baseImage']): boolean {
  return typeof allowed === 'boolean' ? allowed : allowed.some((glob) => matchesGlob(glob, repository));
}

/**
 * The inputs that weaken the policy file for every image, within its minimum. Baseline and base images are not among them: their
 * effect depends on the image.
 */
export function weakeningByInputsOf(
  { policy: { failOn, ignoreUnfixed }, scanType }: Pick<EffectiveSettings, 'policy' | 'scanType'>,
  document: PolicyDocument,
): Weakening {
  const own = effectiveSettings(NO_SETTINGS, document).policy;
  return {
    ...(strictness(failOn) < strictness(own.failOn) ? { 'fail-on': failOn } : {}),
    ...(ignoreUnfixed && !own.ignoreUnfixed ? { 'ignore-unfixed': true } : {}),
    // Basic scanning finds less, and no policy can require it.
    ...(scanType === 'basic' ? { 'scan-type': 'basic' } : {}),
  };
}

/**
 * The weakenings of the same policy that the verify action accepts in an attestation: by a baseline, base images and basic
 * scanning, if it judges with them itself. A run whose own thresholds are weaker than the policy's accepts none.
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

/** The strictness of a threshold: the lower the severity that it includes, the higher. */
function strictness(threshold: Threshold): number {
  return threshold === 'none' ? -1 : THRESHOLDS.indexOf(threshold);
}
