/** Reads the keys of Notation in the input signing-key. Pure. */
import { InvalidSigningKey } from '../key.ts';
import { type SigningProfile, signingProfile } from './profile.ts';

export type NotationKey =
  /** A signing profile of AWS Signer. */
  | ({ readonly kind: 'profile' } & SigningProfile)
  /** A key in Notation's own configuration, by its name there. */
  | { readonly kind: 'named'; readonly name: string };

const PREFIX = 'notation:';

/**
 * Reads `notation:NAME` or the ARN of a signing profile of AWS Signer.
 * @returns undefined for a key of cosign
 * @throws InvalidSigningKey
 */
export function parseNotationKey(text: string): NotationKey | undefined {
  if (text.startsWith(PREFIX)) {
    const name = text.slice(PREFIX.length);
    if (/^[A-Za-z0-9_.-]{1,200}$/.test(name)) return { kind: 'named', name };
    throw new InvalidSigningKey(
      'a Notation key has the form notation:NAME, with its name in signingkeys.json',
    );
  }
  if (!/^arn:[^:]*:signer:/.test(text)) return undefined;
  const profile = signingProfile(text);
  if (profile !== undefined) return { kind: 'profile', ...profile };
  throw new InvalidSigningKey(
    'a signing profile of AWS Signer is written arn:aws:signer:REGION:ACCOUNT:/signing-profiles/NAME, without a version',
  );
}

/** The key as the workflow wrote it. */
export function keyText(key: NotationKey): string {
  return key.kind === 'profile' ? key.arn : `${PREFIX}${key.name}`;
}
