/** The inputs of the gate as one value. */
import { GateError } from '../errors.ts';
import { suggestBoolean } from '../policy/suggestions.ts';
import type { CosignVersion } from '../signing/cosign/release.ts';
import type { SigningKey } from '../signing/key.ts';
import { type NotationKey, parseNotationKey } from '../signing/notation/key.ts';
import type { TrustPaths } from '../signing/notation/trust.ts';
import type { Services } from '../signing/ports.ts';
import {
  type ImageInputs,
  imageInputs,
  KEY_EXAMPLE,
  notationTrust,
  refuseCosignInputs,
  type SignatureInputs,
  signatureInputs,
  signingKey,
} from './common.ts';
import { boolean, type InputText, invalid, lines, oneOf, parsed, trimmed } from './read.ts';

export interface SigningInputs extends SignatureInputs {
  /** What signs: at least one of the two. */
  readonly key: SigningKey | undefined;
  readonly notation: NotationInputs | undefined;
  /** What is attested about an image that passes. `full` includes its findings. */
  readonly attest: 'none' | 'summary' | 'full';
  /** `all`: the images are signed only if all of them pass. `each`: those that pass are signed. */
  readonly sign: 'all' | 'each';
  /** The user's own Sigstore services. Undefined: the public ones, if any are needed. */
  readonly services: Services | undefined;
}

/** What notation signs with, and what its signatures are verified with. */
export interface NotationInputs {
  readonly key: NotationKey;
  readonly trust: TrustPaths;
}

export interface GateInputs extends ImageInputs {
  /** Undefined: nothing is signed. */
  readonly signing: SigningInputs | undefined;
  /** Used to sign, and to verify attestations that the policy requires. */
  readonly cosignVersion: CosignVersion;
}

/** @throws GateError `input` with the name of the input, its value and an example */
export function readGateInputs(get: (name: string) => string): GateInputs {
  const text = trimmed(get);
  if (lines(text('policy')).length > 1) {
    throw invalid('policy', text('policy'), 'one policy file, because the gate judges by one', 'gate.yml');
  }
  const images = imageInputs(text);
  // The other inputs are checked even if nothing is signed, so that a wrong value does not go unnoticed.
  const common = signatureInputs(text);
  return {
    ...images,
    signing: signing(text, common),
    cosignVersion: common.cosignVersion,
  };
}

function signing(text: InputText, common: SignatureInputs): SigningInputs | undefined {
  const attest = attestInput(text('attest') || 'true');
  const sign = oneOf('sign', text('sign') || 'all', ['all', 'each'] as const);
  const ownServices = services(text);
  const trust = notationTrust(text);
  const { key, notationKey } = signingKeys(text);
  if (notationKey === undefined && trust !== undefined) {
    throw new GateError(
      'input',
      'Input notation-trust-policy: it is not used, because notation signs nothing.',
      {
        nextStep: `Remove notation-trust-policy and notation-trust-store, or for example: signing-key: ${NOTATION_KEY_EXAMPLE}`,
      },
    );
  }
  if (notationKey !== undefined && trust === undefined) {
    throw invalid(
      'notation-trust-policy',
      '',
      'the trust policy that the signatures of notation are verified with',
      'trustpolicy.json',
    );
  }
  const notation = notationKey === undefined || trust === undefined ? undefined : { key: notationKey, trust };
  if (key === undefined) {
    if (notation === undefined) return undefined;
    refuseCosignInputs([
      ...(common.format === 'bundle' ? [] : (['signature-format'] as const)),
      ...(common.transparencyLog ? (['transparency-log'] as const) : []),
      ...(attest === 'full' ? (['attest'] as const) : []),
      ...(ownServices === undefined ? [] : (['sigstore-trusted-root'] as const)),
    ]);
    return { key, notation, ...common, attest: 'none', sign, services: undefined };
  }
  if (common.format !== 'bundle' && ownServices !== undefined) {
    throw invalid(
      'signature-format',
      common.format,
      'bundle where sigstore-signing-config is given',
      'bundle',
    );
  }
  refuseUnusedServices(ownServices, key.kind === 'keyless' || common.transparencyLog);
  return { key, notation, ...common, attest, sign, services: ownServices };
}

const NOTATION_KEY_EXAMPLE = 'arn:aws:signer:eu-central-1:123456789012:/signing-profiles/release';

/** At most one key of cosign and one of notation, each on a line of its own. */
function signingKeys(text: InputText): { key: SigningKey | undefined; notationKey: NotationKey | undefined } {
  const keys: SigningKey[] = [];
  const notationKeys: NotationKey[] = [];
  for (const line of lines(text('signing-key'))) {
    const notationKey = parsed('signing-key', line, parseNotationKey, NOTATION_KEY_EXAMPLE);
    if (notationKey === undefined) keys.push(signingKey(line));
    else notationKeys.push(notationKey);
  }
  if (keys.length > 1 || notationKeys.length > 1) {
    throw invalid(
      'signing-key',
      text('signing-key'),
      'at most one key of cosign and one of notation',
      KEY_EXAMPLE,
    );
  }
  return { key: keys[0], notationKey: notationKeys[0] };
}

function attestInput(value: string): SigningInputs['attest'] {
  if (/^full$/i.test(value)) return 'full';
  if (!/^(true|false)$/i.test(value)) {
    throw invalid('attest', value, 'true, false or full', String(suggestBoolean(value) ?? true));
  }
  return boolean('attest', value, true) ? 'summary' : 'none';
}

/** Both or none: a signature by services that are not trusted could not be verified. */
function services(text: InputText): Services | undefined {
  const signingConfig = text('sigstore-signing-config') || undefined;
  const trustedRoot = text('sigstore-trusted-root') || undefined;
  if (signingConfig === undefined && trustedRoot === undefined) return undefined;
  if (trustedRoot === undefined) {
    throw invalid('sigstore-trusted-root', '', 'the trusted root of those services', 'trusted-root.json');
  }
  if (signingConfig === undefined) {
    throw invalid(
      'sigstore-signing-config',
      '',
      'the signing config of those services',
      'signing-config.json',
    );
  }
  return { signingConfig, trustedRoot };
}

/**
 * Refuses Sigstore services that the run would not use, because the workflow relies on them.
 * @throws GateError `input`
 */
export function refuseUnusedServices(given: Services | undefined, isUsed: boolean): void {
  if (given === undefined || isUsed) return;
  const names =
    given.signingConfig === undefined
      ? 'sigstore-trusted-root'
      : 'sigstore-trusted-root and sigstore-signing-config';
  throw new GateError(
    'input',
    'Input sigstore-trusted-root: it is not used, because signing with a key uses no Sigstore services unless transparency-log is true.',
    { nextStep: `Set transparency-log: true, or remove ${names}.` },
  );
}
