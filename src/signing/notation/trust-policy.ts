/** Reads a Notation trust policy, and refuses one that would accept a signature although a check failed. Pure. */
import * as v from 'valibot';
import { givesKeyTwice } from '../../json.ts';
import { clip } from '../../text.ts';
import { type SigningProfile, signingProfile } from './profile.ts';

/** What is wrong with a trust policy. The caller adds the name of the input. */
export class InvalidTrustPolicy extends Error {
  override readonly name = 'InvalidTrustPolicy';
}

/** A trust store as a trust policy names it, such as `ca:release`. */
export interface TrustStoreName {
  readonly type: 'ca' | 'signingAuthority' | 'tsa';
  readonly name: string;
}

export interface TrustPolicy {
  /** The document with the fields of the specification and nothing else, as JSON. */
  readonly json: string;
  /** Whose signatures count: subjects of certificates, or ARNs of signing profiles of AWS Signer. */
  readonly identities: readonly [string, ...string[]];
  /** The signing profiles among them: either all identities or none. */
  readonly profiles: readonly SigningProfile[];
  readonly stores: readonly TrustStoreName[];
}

const Texts = v.array(v.string());

/** Source: notaryproject/specifications, trust-store-trust-policy.md, version 1.0. */
const DocumentSchema = v.strictObject({
  version: v.literal('1.0'),
  trustPolicies: v.array(
    v.strictObject({
      name: v.string(),
      registryScopes: Texts,
      signatureVerification: v.strictObject({
        level: v.string(),
        override: v.optional(v.record(v.string(), v.string())),
        verifyTimestamp: v.optional(v.picklist(['always', 'afterCertExpiry'])),
      }),
      trustStores: v.optional(Texts, []),
      trustedIdentities: v.optional(Texts, []),
    }),
  ),
});

type Statement = v.InferOutput<typeof DocumentSchema>['trustPolicies'][number];

/**
 * Reads a trust policy. `notation verify` ends with exit code 0 under the levels audit and skip whatever the signer, so every
 * statement has to have the level strict, without an override that weakens it. The identity `*` is refused: every
 * certificate of the trust store's authority would count, whatever it was issued for.
 *
 * Notation reads JSON with Go, which ignores the case of keys. The document is therefore written anew from what was checked.
 * @throws InvalidTrustPolicy
 */
export function parseTrustPolicy(text: string): TrustPolicy {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new InvalidTrustPolicy('it is not JSON');
  }
  if (givesKeyTwice(text, value)) throw new InvalidTrustPolicy('it has a key twice');
  const result = v.safeParse(DocumentSchema, value);
  if (!result.success) {
    const [issue] = result.issues;
    throw new InvalidTrustPolicy(
      `${clip(v.getDotPath(issue) ?? 'the document', 200)}: ${clip(issue.message, 300)}`,
    );
  }
  const { version, trustPolicies } = result.output;
  const statements = trustPolicies.map(checked);
  const identities = [...new Set(statements.flatMap(({ trustedIdentities }) => trustedIdentities))];
  const [first, ...others] = identities;
  if (first === undefined) throw new InvalidTrustPolicy('it has no statement');
  const profiles = identities.flatMap((identity) => signingProfile(identity) ?? []);
  // The plugin of AWS Signer replaces Notation's own check of the identity, so it must not decide about certificates.
  if (profiles.length > 0 && profiles.length < identities.length) {
    throw new InvalidTrustPolicy(
      'it names signing profiles of AWS Signer and subjects of certificates; use one trust policy for each',
    );
  }
  const stores = statements.flatMap(({ trustStores }) => trustStores.map(storeName));
  if (profiles.length > 0 && stores.some(({ type }) => type === 'ca')) {
    throw new InvalidTrustPolicy(
      'signing profiles of AWS Signer require trust stores of the type signingAuthority',
    );
  }
  return {
    json: JSON.stringify({ version, trustPolicies: statements }),
    identities: [first, ...others],
    profiles,
    stores: [...new Map(stores.map((store) => [`${store.type}:${store.name}`, store])).values()],
  };
}

/** A statement with every check enforced, without the override that says the same. */
function checked({ signatureVerification, ...statement }: Statement): Statement {
  const { level, override = {}, verifyTimestamp } = signatureVerification;
  const refuse = (what: string): never => {
    throw new InvalidTrustPolicy(`the statement ${JSON.stringify(clip(statement.name, 100))} ${what}`);
  };
  if (level !== 'strict') {
    refuse(
      `has the level ${JSON.stringify(clip(level, 40))}; only strict is accepted, because with any other level Notation accepts signatures that fail a check`,
    );
  }
  const weakened = Object.entries(override).find(([, action]) => action !== 'enforce');
  if (weakened !== undefined) {
    refuse(
      `overrides ${clip(weakened[0], 40)} with ${JSON.stringify(clip(weakened[1], 40))}; only enforce is accepted`,
    );
  }
  const { trustStores, trustedIdentities } = statement;
  if (trustStores.length === 0) refuse('names no trust store');
  if (trustedIdentities.length === 0) refuse('names no trusted identity');
  for (const identity of trustedIdentities) {
    if (identity === '*') {
      refuse(
        'trusts the identity *, which is every certificate that the trust store’s authority issued; name the subject',
      );
    }
    if (!identity.startsWith('x509.subject:') && signingProfile(identity) === undefined) {
      refuse(
        `trusts ${JSON.stringify(clip(identity, 200))}, which is neither x509.subject: and a subject nor the ARN of a signing profile`,
      );
    }
  }
  return {
    ...statement,
    signatureVerification: { level, ...(verifyTimestamp === undefined ? {} : { verifyTimestamp }) },
  };
}

/** @throws InvalidTrustPolicy */
function storeName(text: string): TrustStoreName {
  const match = /^(ca|signingAuthority|tsa):([A-Za-z0-9_.-]+)$/.exec(text);
  const [, type, name = ''] = match ?? [];
  if (type === undefined || name === '.' || name === '..') {
    throw new InvalidTrustPolicy(
      `${JSON.stringify(clip(text, 100))} is not a trust store; for example: ca:release`,
    );
  }
  return { type: type as TrustStoreName['type'], name };
}
