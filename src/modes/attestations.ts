/** The attestations that the policy requires of every image. */
import type { AwsClients } from '../aws/clients.ts';
import type { Context } from '../context.ts';
import { endsRun, GateError, toGateError } from '../errors.ts';
import type { ResolvedImage } from '../image/resolve.ts';
import type { EffectiveSettings } from '../policy/minimum.ts';
import type { RequiredAttestation } from '../results/attestation.ts';
import type { AttestationVerifier } from '../signing/attestations.ts';
import type { CosignVersion } from '../signing/cosign/release.ts';
import type { Proof, UsedAttestation } from '../signing/outcomes.ts';

/** Gets cosign ready to verify what the policy requires; undefined if it requires nothing. */
export function prepareAttestations(
  { policy: { attestations = [] } }: Pick<EffectiveSettings, 'policy'>,
  cosignVersion: CosignVersion,
  clients: AwsClients,
  context: Context,
): Promise<AttestationVerifier> | undefined {
  return attestations.length === 0 ? undefined : prepare(attestations, cosignVersion, clients, context);
}

async function prepare(
  required: readonly RequiredAttestation[],
  cosignVersion: CosignVersion,
  clients: AwsClients,
  context: Context,
): Promise<AttestationVerifier> {
  // Most runs have no such policy, and start faster if this code is not loaded.
  const { prepareAttestationVerifier } = await import('../signing/attestations.ts');
  const { unmetCondition } = await import('../policy/attestations.ts');
  const { signingPorts } = await import('./sign.ts');
  return prepareAttestationVerifier(required, cosignVersion, unmetCondition, signingPorts(clients, context));
}

/** What was found of the attestations that the policy requires of an image. */
export interface AttestationChecks {
  /** Undefined if the image has all of them. */
  readonly error: GateError | undefined;
  readonly proofs: readonly Proof[];
  readonly used: readonly UsedAttestation[];
}

/**
 * Looks for the required attestations of one image.
 * @throws GateError an error that ends the whole run
 */
export async function checkAttestations(
  image: ResolvedImage,
  verifier: AttestationVerifier,
  clients: AwsClients,
): Promise<AttestationChecks> {
  try {
    const outcomes = await verifier.verify(image, clients.serviceTime(image.registry));
    const failed = outcomes.find(({ proof }) => proof.state !== 'proven');
    const used = new Map(outcomes.flatMap((outcome) => outcome.used.map((one) => [one.digest, one])));
    return {
      error: failed && missingAttestation(image, failed),
      proofs: outcomes.map(({ proof }) => proof),
      used: [...used.values()],
    };
  } catch (error) {
    if (endsRun(error)) throw error;
    return { error: toGateError(error), proofs: [], used: [] };
  }
}

/** `not-verified` where the image lacks it; `not-proven` where that could not be determined. */
function missingAttestation(
  { uri }: ResolvedImage,
  {
    proof: { what, by, detail, nextStep },
    isDetermined,
  }: { readonly proof: Proof; readonly isDetermined: boolean },
): GateError {
  const message = `${uri}: ${what} by ${by} could not be verified: ${detail}.`;
  return new GateError(isDetermined ? 'not-verified' : 'not-proven', message, { nextStep });
}
