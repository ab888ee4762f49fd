/** What each input may do to a verdict. An input that is not in this table cannot be read. */

/**
 * How an input can make a verdict better than the run without it:
 * - `attested`: the verification summary then names another policy, or the same one as weakened.
 * - `bounded`: the policy's `minimum` has a key of the same name that forbids it.
 * - `expected`: it says what whoever deploys expects of an image, and nothing is attested by it.
 *
 * Several of them hold together. One that has none of them cannot make a verdict better.
 */
type Ways = readonly ('attested' | 'bounded' | 'expected')[];

export interface Influence {
  readonly gate: Ways;
  readonly verify: Ways;
}

const NONE: Influence = { gate: [], verify: [] };
/** It decides how much the findings count: attested by the gate, and judged anew by whoever verifies. */
const WEAKENS: Influence = { gate: ['attested', 'bounded'], verify: ['bounded'] };
const BOUNDED: Influence = { gate: ['bounded'], verify: ['bounded'] };
/** The gate signs and attests by it what has passed already. */
const EXPECTED: Influence = { gate: [], verify: ['expected'] };

export const INFLUENCE = {
  // What is judged, and where the result goes.
  image: NONE,
  'github-token': NONE,
  'report-directory': NONE,
  dockerfile: NONE,
  comment: NONE,
  attest: NONE,

  // What it is judged by. Another policy has another digest.
  policy: { gate: ['attested'], verify: ['expected'] },
  'fail-on': WEAKENS,
  'ignore-unfixed': WEAKENS,
  'scan-type': WEAKENS,
  baseline: WEAKENS,
  'base-image': WEAKENS,
  // The summary lists those that were used.
  exceptions: BOUNDED,
  vex: BOUNDED,
  // It decides between pass and warn alone.
  'warn-on': BOUNDED,
  // How long evidence is waited for, and whether a blocked image fails the step.
  timeout: BOUNDED,
  'settle-time': BOUNDED,
  enforce: BOUNDED,
  recheck: { gate: [], verify: ['bounded'] },

  // Who has to have signed what, and when.
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
  'sigstore-signing-config': EXPECTED,
  'sigstore-trusted-root': EXPECTED,
} as const satisfies Readonly<Record<string, Influence>>;

export type InputName = keyof typeof INFLUENCE;
