/**
 * The canonical form of a policy, and its digest: two files have the same digest if and only if they have the same
 * meaning. Comments, the order of keys, quotes, the order of lists whose order has no meaning, and values that equal
 * the default do not change it. Pure.
 */

import { createHash } from 'node:crypto';
import type { RequiredAttestation } from '../results/attestation.ts';
import { issuerOf } from '../results/issuer.ts';
import {
  type Bound,
  type Conditions,
  DEFAULT_SETTINGS,
  EMPTY_POLICY,
  type ExceptionBounds,
  type Minimum,
  type PolicyDocument,
  type Rule,
} from './policy.ts';

/**
 * The first line of the canonical form. No policy file begins with it, so this digest is never that of a file. Change
 * it if a default changes, or if the meaning of the same text changes.
 */
const FORM = 'ecr-deployment-gate/policy/v1';

/** The SHA-256, in hex, of the canonical form of a policy. */
export function policySha256(document: PolicyDocument): string {
  return createHash('sha256').update(canonicalPolicy(document)).digest('hex');
}

/**
 * The canonical form: the line `ecr-deployment-gate/policy/v1`, and the policy as JSON in the form of RFC 8785, with the keys and
 * words of the policy file. What is undefined or equals the default is left out, so that a condition or setting that a later
 * version adds does not change the digests of earlier policies.
 */
export function canonicalPolicy(document: PolicyDocument): string {
  return `${FORM}\n${JSON.stringify(write(DOCUMENT, document, DEFAULTS))}`;
}

type Json = string | number | boolean | readonly Json[] | { readonly [name: string]: Json };

/** The key in the file and the form of every property. The type requires all of them: one without a form would not count. */
type Form<T> = {
  readonly [K in keyof T]-?: readonly [key: string, write: (value: NonNullable<T[K]>) => Json];
};

/** The properties that are defined and differ from the default, sorted by their keys. */
function write<T extends object>(form: Form<T>, values: T, defaults: Partial<T> = {}): Json {
  const entries: [key: string, value: Json][] = [];
  for (const property in form) {
    const [key, writeValue] = form[property];
    const [value, byDefault] = [values[property], defaults[property]].map((one) =>
      one === undefined || one === null ? undefined : writeValue(one),
    );
    if (value !== undefined && JSON.stringify(value) !== JSON.stringify(byDefault)) {
      entries.push([key, value]);
    }
  }
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

const same = <T extends Json>(value: T): Json => value;
const lower = (word: string): Json => word.toLowerCase();
/** Items of which one or all have to match, so that their order and repetition have no meaning. */
const set = (items: readonly string[]): Json => [...new Set(items)].sort();
const lowerSet = (items: readonly string[]): Json => set(items.map((item) => item.toLowerCase()));
const bound = ({ operator, value }: Bound): Json => `${operator}${value}`;
const duration = (ms: number): Json => `${ms / 1000}s`;

const CONDITIONS: Form<Conditions> = {
  severity: ['severity', lowerSet],
  score: ['score', bound],
  epss: ['epss', bound],
  exploitAvailable: ['exploit-available', same],
  knownExploited: ['known-exploited', same],
  fixAvailable: ['fix-available', lower],
  olderThanMs: ['older-than', duration],
  newerThanMs: ['newer-than', duration],
  package: ['package', set],
  packageManager: ['package-manager', set],
  vulnerability: ['vulnerability', set],
  repository: ['repository', set],
  platform: ['platform', set],
  layer: ['layer', same],
  reachability: ['reachability', same],
};

const RULE: Form<Rule> = {
  name: ['name', same],
  action: ['action', same],
  reason: ['reason', same],
  when: ['when', (when) => write(CONDITIONS, when)],
};

const LIMITS: Form<PolicyDocument['limits']> = {
  critical: ['critical', same],
  high: ['high', same],
  medium: ['medium', same],
  low: ['low', same],
  informational: ['informational', same],
  untriaged: ['untriaged', same],
};

const NEVER: Form<ExceptionBounds['never']> = {
  severity: ['severity', lowerSet],
  knownExploited: ['known-exploited', same],
  score: ['score', bound],
};

const EXCEPTIONS_ALLOWED: Form<ExceptionBounds> = {
  maxDurationMs: ['max-duration', duration],
  never: ['never', (never) => write(NEVER, never, EMPTY_POLICY.exceptionsAllowed.never)],
  required: ['required', set],
};

const MINIMUM: Form<Minimum> = {
  failOn: ['fail-on', same],
  warnOn: ['warn-on', same],
  enforce: ['enforce', same],
  ignoreUnfixed: ['ignore-unfixed', same],
  timeoutMs: ['timeout', duration],
  settleTimeMs: ['settle-time', duration],
  scanType: ['scan-type', same],
  signing: ['signing', same],
  baseline: ['baseline', same],
  baseImage: ['base-image', (allowed) => (typeof allowed === 'boolean' ? allowed : set(allowed))],
  exceptions: ['exceptions', same],
  vex: ['vex', same],
  recheck: ['recheck', same],
};

/** A required attestation with the signer among its properties, as a policy file has it. */
interface WrittenAttestation extends Omit<RequiredAttestation, 'signer'> {
  readonly key?: string;
  readonly identity?: string;
  readonly issuer?: string | undefined;
}

const ATTESTATION: Form<WrittenAttestation> = {
  type: ['type', same],
  key: ['key', same],
  identity: ['certificate-identity', same],
  issuer: ['certificate-oidc-issuer', same],
  trustedRoot: ['trusted-root', same],
  transparencyLog: ['transparency-log', same],
  builder: ['builder', set],
  sourceRepository: ['source-repository', set],
  maxAgeMs: ['max-age', duration],
};

function attestation({ signer, ...conditions }: RequiredAttestation): Json {
  const isIdentity = signer.kind === 'identity';
  const defaults = {
    issuer: isIdentity ? issuerOf(signer.identity) : undefined,
    transparencyLog: isIdentity,
  };
  switch (signer.kind) {
    case 'kms':
      return write(ATTESTATION, { ...conditions, key: signer.reference }, defaults);
    case 'public-key':
      return write(ATTESTATION, { ...conditions, key: signer.pem }, defaults);
    case 'identity': {
      const { identity, issuer } = signer;
      return write(ATTESTATION, { ...conditions, identity, issuer }, defaults);
    }
  }
}

/** All attestations are required, so that their order and repetition have no meaning. */
function attestations(required: readonly RequiredAttestation[]): Json {
  const texts = new Set(required.map((one) => JSON.stringify(attestation(one))));
  return [...texts].sort().map((text) => JSON.parse(text) as Json);
}

const DOCUMENT: Form<PolicyDocument> = {
  failOn: ['fail-on', same],
  warnOn: ['warn-on', same],
  ignoreUnfixed: ['ignore-unfixed', same],
  // The first rule that matches decides, so their order is kept.
  rules: ['rules', (rules) => rules.map((rule) => write(RULE, rule))],
  limits: ['limits', (limits) => write(LIMITS, limits)],
  untriaged: ['untriaged', same],
  suppressed: ['suppressed', same],
  exceptionsAllowed: [
    'exceptions-allowed',
    (allowed) => write(EXCEPTIONS_ALLOWED, allowed, EMPTY_POLICY.exceptionsAllowed),
  ],
  attestations: ['attestations', attestations],
  minimum: ['minimum', (minimum) => write(MINIMUM, minimum, DEFAULTS.minimum)],
};

/** The policy without any settings, with the thresholds that then apply. A minimum of `none` demands nothing. */
const DEFAULTS: PolicyDocument = {
  ...EMPTY_POLICY,
  ...DEFAULT_SETTINGS,
  minimum: { ...EMPTY_POLICY.minimum, failOn: 'none', warnOn: 'none' },
};
