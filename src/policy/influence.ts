/** Whether and how each input can make a verdict better. Only inputs in this table can be read. */

/**
 * What keeps an input from making a verdict better unnoticed:
 * - `attested`: the verification summary names another policy, or the same one as weakened.
 * - `bounded`: a key of the same name in the policy's `minimum` can forbid it.
 * - `expected`: it says what a deployment requires of an image, and nothing is attested by it.
 *
 * An input can have several. An input with none cannot make a verdict better.
 */
type Safeguards = readonly ('attested' | 'bounded' | 'expected')[];

export interface Influence {
  readonly gate: Safeguards;
  readonly verify: Safeguards;
}

const NONE: Influence = { gate: [], verify: [] };
/** It changes the effect of findings. The gate attests it, and the verify action judges again. */
const WEAKENS: Influence = { gate: ['attested', 'bounded'], verify: ['bounded'] };
const BOUNDED: Influence = { gate: ['bounded'], verify: ['bounded'] };
/** The gate uses it only to sign and attest images that have passed. */
const EXPECTED: Influence = { gate: [], verify: ['expected'] };

export const INFLUENCE = {
  // The image, and where the result is published.
  image: NONE,
  'github-token': NONE,
  'report-directory': NONE,
  dockerfile: NONE,
  comment: NONE,
  // It is made after the verdict, and only the report has it.
  advice: NONE,
  // They are written after the verdict, and nothing reads them.
  'deployment-record': NONE,
  'deployment-environment': NONE,
  'deployment-name': NONE,
  'deployment-cluster': NONE,
  'deployment-region': NONE,
  // They affect only what is reported about a verdict, and where.
  'baseline-report': NONE,
  issue: NONE,
  'issue-title': NONE,
  attest: NONE,
  // Which of the images that passed are signed.
  sign: NONE,

  // The policy. Another policy has another digest.
  policy: { gate: ['attested'], verify: ['expected'] },
  'fail-on': WEAKENS,
  'ignore-unfixed': WEAKENS,
  'scan-type': WEAKENS,
  baseline: WEAKENS,
  'base-image': WEAKENS,
  // The verification summary lists the exceptions that were used.
  exceptions: BOUNDED,
  vex: BOUNDED,
  // It only decides between pass and warn.
  'warn-on': BOUNDED,
  // How long the run waits for evidence, and whether a blocked image fails the step.
  timeout: BOUNDED,
  'settle-time': BOUNDED,
  enforce: BOUNDED,
  recheck: { gate: [], verify: ['bounded'] },

  // Which signatures and attestations an image must have.
  'signing-key': EXPECTED,
  'signature-format': EXPECTED,
  'sign-platforms': EXPECTED,
  'signature-annotations': EXPECTED,
  'transparency-log': EXPECTED,
  'cosign-version': EXPECTED,
  'certificate-identity': EXPECTED,
  'certificate-identity-regexp': EXPECTED,
  'certificate-oidc-issuer': EXPECTED,
  'max-attestation-age': EXPECTED,
  'policy-digest': EXPECTED,
  'promoted-from': EXPECTED,
  'sigstore-signing-config': EXPECTED,
  'sigstore-trusted-root': EXPECTED,
  'notation-trust-policy': EXPECTED,
  'notation-trust-store': EXPECTED,
} as const satisfies Readonly<Record<string, Influence>>;

export type InputName = keyof typeof INFLUENCE;
