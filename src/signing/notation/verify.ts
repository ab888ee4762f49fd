/** Verifies that images have a signature of the gate by Notation. */
import type { Proof } from '../outcomes.ts';
import type { SigningPorts } from '../ports.ts';
import type { SigningTarget } from '../sign.ts';
import { type Metadata, verdictMetadata } from './arguments.ts';
import { openNotation, verifySignature } from './session.ts';
import type { Trust } from './trust.ts';

export interface NotationExpectation {
  readonly annotations: Metadata;
  /** The SHA-256 of the accepted policies; the signature must name one of them. Undefined: any policy. */
  readonly policies: readonly string[] | undefined;
}

export interface NotationVerifier {
  readonly version: string;
  /**
   * Looks for a signature of one digest. What does not exist or could not be read is a failed check, not an error.
   * @throws GateError `timeout` or `cancelled` if the run has ended, `credentials`
   */
  verify(target: SigningTarget): Promise<Proof>;
  /** Removes everything that was written to disk. */
  close(): Promise<void>;
}

/**
 * Gets notation ready.
 * @throws GateError `signing`
 */
export async function prepareNotationVerifier(
  trust: Trust,
  { annotations, policies }: NotationExpectation,
  ports: SigningPorts,
): Promise<NotationVerifier> {
  const session = await openNotation(trust, ports);
  const accepted = policies === undefined ? [undefined] : [...new Set(policies)];
  return {
    version: session.version,
    verify: async (target) => {
      const proof = {
        kind: 'signature',
        what: `Signature${target.platform === undefined ? '' : ` of ${target.platform}`} (notation)`,
        by: trust.identities.join(' or '),
        at: undefined,
        ageMs: undefined,
      } as const;
      let why = 'no policy is accepted';
      let nextStep: string | undefined;
      for (const policy of accepted) {
        const metadata = { ...annotations, ...verdictMetadata(target, policy) };
        const checked = await verifySignature(session, target, metadata);
        if (checked.ok) {
          const given = Object.entries(annotations).map(([name, value]) => `${name}=${value}`);
          const by = policy === undefined ? 'any policy is accepted' : `by policy sha256:${policy}`;
          const detail = ['PASSED', by, ...given].join(', ');
          return { ...proof, state: 'proven', detail, nextStep: undefined };
        }
        why = checked.message;
        nextStep = checked.nextStep;
        if (checked.isUnsigned) break;
      }
      return {
        ...proof,
        state: 'failed',
        detail: `no valid signature by this signer was found: ${why}`,
        nextStep: nextStep ?? 'Do not deploy this image before the gate has judged and signed it.',
      };
    },
    close: session.close,
  };
}
