/** The inputs of the verify action as one value. */
import { GateError } from '../errors.ts';
import { anchoredPattern, IDENTITY_PATTERN_EXAMPLE } from '../signing/identity-pattern.ts';
import type { Services } from '../signing/ports.ts';
import type { ExpectedSigner, VerificationSettings } from '../signing/verify.ts';
import { type ImageInputs, imageInputs, KEY_EXAMPLE, signatureInputs, signingKey } from './common.ts';
import { refuseUnusedServices } from './gate.ts';
import {
  boolean,
  duration,
  type InputText,
  invalid,
  LONGEST_AGE,
  optional,
  parsed,
  trimmed,
} from './read.ts';

export interface Verification extends VerificationSettings {
  /** The platform images of an index must be signed as well. */
  readonly platforms: boolean;
  /** Whether today's findings are judged too. */
  readonly recheck: boolean;
}

export interface VerifyInputs extends ImageInputs {
  readonly verification: Verification;
}

/** @throws GateError `input` with the name of the input, its value and an example */
export function readVerifyInputs(get: (name: string) => string): VerifyInputs {
  const text = trimmed(get);
  return { ...imageInputs(text), verification: verification(text) };
}

function verification(text: InputText): Verification {
  const recheck = boolean('recheck', text('recheck') || 'true', true);
  const maxAge = text('max-attestation-age');
  const maxAgeMs = optional(maxAge, (value) => duration('max-attestation-age', value, LONGEST_AGE));
  const policySha256 = optional(text('policy-digest'), policyDigest);
  const signer = expectedSigner(text);
  const common = signatureInputs(text);
  const trustedRoot = text('sigstore-trusted-root');
  const services: Services | undefined =
    trustedRoot === '' ? undefined : { signingConfig: undefined, trustedRoot };
  refuseUnusedServices(services, signer.kind !== 'key' || common.transparencyLog);
  return {
    signer,
    ...common,
    services,
    summary: maxAgeMs === undefined && policySha256 === undefined ? undefined : { policySha256, maxAgeMs },
    recheck,
  };
}

const GITHUB_ISSUER = 'https://token.actions.githubusercontent.com';

function expectedSigner(text: InputText): ExpectedSigner {
  const key = signingKey(text);
  const identity = text('certificate-identity');
  const pattern = text('certificate-identity-regexp');
  const given = [key !== undefined && key.kind !== 'keyless', identity !== '', pattern !== ''];
  if (given.filter((one) => one).length !== 1) {
    throw new GateError(
      'input',
      'The verify action requires exactly one of the inputs signing-key, certificate-identity and certificate-identity-regexp.',
      {
        nextStep: `For example: certificate-identity: https://github.com/team/app/.github/workflows/release.yml@refs/heads/main, or signing-key: ${KEY_EXAMPLE}`,
      },
    );
  }
  const givenIssuer = text('certificate-oidc-issuer');
  if (key !== undefined && key.kind !== 'keyless') {
    if (givenIssuer === '') return { kind: 'key', key };
    throw new GateError(
      'input',
      'Input certificate-oidc-issuer: it is not used, because a signature by a key has no certificate.',
      {
        nextStep: 'Remove certificate-oidc-issuer, or replace signing-key with certificate-identity.',
      },
    );
  }
  const issuer = givenIssuer || GITHUB_ISSUER;
  if (!/^https:\/\/[^\s]+$/.test(issuer)) {
    throw invalid(
      'certificate-oidc-issuer',
      issuer,
      'an https URL',
      /^http:\/\/\S+$/i.test(issuer) ? issuer.replace(/^http/i, 'https') : GITHUB_ISSUER,
    );
  }
  if (identity !== '') return { kind: 'identity', identity, issuer };
  return {
    kind: 'identity-pattern',
    pattern: parsed('certificate-identity-regexp', pattern, anchoredPattern, IDENTITY_PATTERN_EXAMPLE),
    issuer,
  };
}

function policyDigest(value: string): string {
  const hex = /^(?:sha256:)?([0-9a-f]{64})$/.exec(value)?.[1];
  if (hex !== undefined) return hex;
  const got = `"${value}"`;
  const expected = '"sha256:" and 64 lower-case hex digits';
  throw new GateError('input', `Input policy-digest: expected ${expected}, got ${got}.`, {
    nextStep: 'The log of the gate shows the digest of the policy. To compute it, run: sha256sum policy.yml',
  });
}
