/** Verifies signatures and attestations of earlier runs before a deployment. */

import { readFile } from 'node:fs/promises';
import { GateError, messageOf } from '../errors.ts';
import type { Digest } from '../results/registry.ts';
import type { SignatureFormat, Verifier } from './cosign/arguments.ts';
import { type CosignVersion, provisionCosign } from './cosign/provision.ts';
import { type CosignSession, openSession } from './cosign/session.ts';
import { readEvidence } from './evidence/read.ts';
import { type Referrer, UnreadableEvidence } from './evidence/source.ts';
import type { SigningKey } from './key.ts';
import type { Proof } from './outcomes.ts';
import type { Services, SigningPorts } from './ports.ts';
import { proofsOf, unreadableProofs } from './proofs.ts';
import { requireKeyFile, requireSupport } from './requirements.ts';
import { revocationsBySigner } from './revocations.ts';
import type { SigningTarget } from './sign.ts';
import type { Expectation } from './statements/summaries.ts';
import { keyVerifier } from './verifier.ts';

/** Whose signature is required. */
export type ExpectedSigner =
  | { readonly kind: 'key'; readonly key: SigningKey & { kind: 'kms' | 'file' } }
  | (Verifier & { kind: 'identity' | 'identity-pattern' });

export interface VerificationSettings {
  readonly signer: ExpectedSigner;
  readonly format: SignatureFormat | 'both';
  readonly annotations: Readonly<Record<string, string>>;
  readonly transparencyLog: boolean;
  readonly cosignVersion: CosignVersion;
  readonly services: Services | undefined;
  /** What a verification summary has to say; undefined: none is required. */
  readonly summary: Pick<Expectation, 'policySha256' | 'weakenedSha256' | 'maxAgeMs'> | undefined;
}

export interface ImageVerifier {
  readonly cosignVersion: string;
  /**
   * Looks for the signature of one digest, for its verification summary where one is required, and always for attestations
   * that revoke its verdict. What does not exist or could not be read is a failed check, not an error.
   * @param now the time by AWS's clock; undefined where it is unknown, and then no summary is accepted
   * @throws GateError `timeout` or `cancelled` where the run is over, `credentials`
   */
  verify(target: SigningTarget, now: Date | undefined): Promise<Proof[]>;
  /** The referrers of a digest that was verified; undefined where they could not be read. */
  referrers(digest: Digest): readonly Referrer[] | undefined;
  /** Removes credentials and everything else that was written to disk. */
  close(): Promise<void>;
}

/**
 * Gets cosign ready, and the public key of a key file.
 * @throws GateError `signing` or `input`
 */
export async function prepareVerifier(
  settings: VerificationSettings,
  ports: SigningPorts,
): Promise<ImageVerifier> {
  const { signer } = settings;
  const isPublic =
    signer.kind === 'key' && signer.key.kind === 'file' ? await isPublicKey(signer.key.path) : false;
  const cosign = await provisionCosign(settings.cosignVersion, { ...ports, signal: ports.deadline.signal });
  const session = await openSession(
    cosign,
    {
      key: signer.kind !== 'key' || isPublic ? 'none' : signer.key.kind,
      keyRegion: signer.kind === 'key' && signer.key.kind === 'kms' ? signer.key.region : undefined,
      services: signer.kind !== 'key' || settings.transparencyLog ? settings.services : undefined,
      transparencyLog: settings.transparencyLog,
    },
    ports,
  );
  try {
    requireSupport(cosign, settings);
    const verifier = await verifierOf(session, signer, isPublic);
    const referrers = new Map<Digest, readonly Referrer[]>();
    return {
      cosignVersion: cosign.version,
      verify: async (target, now) => {
        try {
          const evidence = await readEvidence(ports.evidence, target, ports.deadline);
          referrers.set(target.digest, evidence.referrers);
          const revocations = await revocationsBySigner({ session, verifier, subject: target }, evidence);
          return await proofsOf({ session, settings, target, verifier, evidence, revocations }, now);
        } catch (error) {
          if (!(error instanceof UnreadableEvidence)) throw error;
          return unreadableProofs(settings, target, error);
        }
      },
      referrers: (digest) => referrers.get(digest),
      close: session.close,
    };
  } catch (error) {
    await session.close();
    throw error;
  }
}

/** Whether a key file is a public key, which can be checked into a repository. */
async function isPublicKey(path: string): Promise<boolean> {
  await requireKeyFile(path);
  try {
    return (await readFile(path, 'utf8')).includes('BEGIN PUBLIC KEY');
  } catch (error) {
    throw new GateError('input', `Input signing-key: ${path} cannot be read: ${messageOf(error)}`, {
      cause: error,
    });
  }
}

async function verifierOf(
  session: CosignSession,
  signer: ExpectedSigner,
  isPublic: boolean,
): Promise<Verifier> {
  if (signer.kind !== 'key') return signer;
  if (signer.key.kind === 'file' && isPublic) return { kind: 'key', reference: signer.key.path };
  return keyVerifier(session, signer.key);
}
