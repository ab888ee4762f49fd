/** Verifies signatures and attestations of earlier runs before a deployment. */

import { readFile } from 'node:fs/promises';
import { GateError, messageOf } from '../errors.ts';
import type { Digest } from '../results/registry.ts';
import type { SignatureFormat, Verifier } from './cosign/arguments.ts';
import { provisionCosign } from './cosign/provision.ts';
import type { CosignVersion } from './cosign/release.ts';
import { type CosignSession, openSession } from './cosign/session.ts';
import { evidenceOf, type Repository, readPlaces } from './evidence/places.ts';
import { type Referrer, UnreadableEvidence } from './evidence/source.ts';
import type { SigningKey } from './key.ts';
import type { Proof } from './outcomes.ts';
import type { Services, SigningPorts } from './ports.ts';
import {
  proofsOf,
  type SearchedSigner,
  signerText,
  unreadableProofs,
  type VerifyingSigner,
} from './proofs.ts';
import { requireKeyFile, requireSupport } from './requirements.ts';
import { revocationsBySigner } from './revocations.ts';
import type { SigningTarget } from './sign.ts';
import type { Expectation } from './statements/summaries.ts';
import { keyVerifier } from './verifier.ts';

/** Whose signature is accepted. */
export type ExpectedSigner =
  | { readonly kind: 'key'; readonly key: SigningKey & { kind: 'kms' | 'file' } }
  | (Verifier & { kind: 'identity' | 'identity-pattern' });

export interface VerificationSettings {
  /** The signature of any of them suffices. An attestation by any of them revokes a verdict. */
  readonly signers: readonly [ExpectedSigner, ...ExpectedSigner[]];
  readonly format: SignatureFormat | 'both';
  readonly annotations: Readonly<Record<string, string>>;
  readonly transparencyLog: boolean;
  readonly cosignVersion: CosignVersion;
  readonly services: Services | undefined;
  /** What a verification summary has to say; undefined: none is required. */
  readonly summary: Pick<Expectation, 'policies' | 'equivalentSha256' | 'maxAgeMs'> | undefined;
  /**
   * Repositories whose verification summaries count for the same digest. What is attached to it there is read as well. Absent:
   * none.
   */
  readonly promotedFrom?: readonly Repository[];
}

export interface ImageVerifier {
  readonly cosignVersion: string;
  /**
   * Looks for the signature of one digest, for its verification summary where one is required, and always for attestations
   * that revoke its verdict, in its own repository and in those that it was promoted from. What does not exist or could not be read is a failed check, not an error.
   * @param now the time by AWS's clock; undefined if it is unknown, and then no summary is accepted
   * @throws GateError `timeout` or `cancelled` if the run has ended, `credentials`
   */
  verify(target: SigningTarget, now: Date | undefined): Promise<Proof[]>;
  /** The referrers in its own repository of a digest that was verified; undefined if they could not be read. */
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
  const signers: { signer: ExpectedSigner; isPublic: boolean }[] = [];
  for (const signer of settings.signers) {
    const isFile = signer.kind === 'key' && signer.key.kind === 'file';
    signers.push({ signer, isPublic: isFile && (await isPublicKey(signer.key.path)) });
  }
  const usesServices = settings.transparencyLog || settings.signers.some(({ kind }) => kind !== 'key');
  const cosign = await provisionCosign(settings.cosignVersion, { ...ports, signal: ports.deadline.signal });
  const session = await openSession(
    cosign,
    {
      key: 'none',
      keyRegion: undefined,
      services: usesServices ? settings.services : undefined,
      transparencyLog: settings.transparencyLog,
    },
    ports,
  );
  try {
    requireSupport(cosign, settings);
    const verifying: VerifyingSigner[] = [];
    for (const [index, { signer, isPublic }] of signers.entries()) {
      verifying.push(await verifyingSigner(session, signer, isPublic, index));
    }
    const referrers = new Map<Digest, readonly Referrer[]>();
    return {
      cosignVersion: cosign.version,
      verify: async (target, now) => {
        try {
          const { promotedFrom = [] } = settings;
          const places = await readPlaces(ports.evidence, target, promotedFrom, ports.deadline);
          const evidence = evidenceOf(places);
          referrers.set(target.digest, evidence.referrers);
          const searched: SearchedSigner[] = [];
          for (const signer of verifying) {
            const revocations = await revocationsBySigner({ ...signer, subject: target }, evidence);
            searched.push({ ...signer, revocations });
          }
          return await proofsOf({ signers: searched, settings, target, places, evidence }, now);
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

/** What one signer is verified with. The sessions of all signers share one directory, but each has only its own key. */
async function verifyingSigner(
  common: CosignSession,
  signer: ExpectedSigner,
  isPublic: boolean,
  index: number,
): Promise<VerifyingSigner> {
  const by = signerText(signer);
  if (signer.kind !== 'key') return { by, session: common, verifier: signer };
  const { key } = signer;
  if (key.kind === 'file' && isPublic) {
    return { by, session: common, verifier: { kind: 'key', reference: key.path } };
  }
  const session: CosignSession = {
    ...common,
    key: key.kind,
    keyRegion: key.kind === 'kms' ? key.region : undefined,
  };
  return { by, session, verifier: await keyVerifier(session, key, `public-key-${index}.pem`) };
}
