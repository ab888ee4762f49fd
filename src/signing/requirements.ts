/** What signing and verifying require of inputs, job and cosign. All of it is checked before the wait for the scan. */
import { access, constants } from 'node:fs/promises';
import { GateError } from '../errors.ts';
import type { Cosign } from './cosign/provision.ts';
import { COSIGN_VERSION, unsupportedRequest } from './cosign/release.ts';
import type { SigningKey } from './key.ts';
import type { SigningPorts } from './ports.ts';

/**
 * Without the permission cosign would wait for a person to log in. The runner sets both variables if the job has it.
 * Source: https://docs.github.com/actions/reference/security/oidc
 * @throws GateError `signing`
 */
export function requireIdToken(key: SigningKey, environment: SigningPorts['environment']): void {
  const { ACTIONS_ID_TOKEN_REQUEST_URL: url, ACTIONS_ID_TOKEN_REQUEST_TOKEN: token } = environment;
  if (key.kind !== 'keyless' || (url && token)) return;
  throw new GateError(
    'signing',
    'Keyless signing requires the permission id-token: write, which this job does not have.',
    { nextStep: 'Add "permissions: id-token: write" to the job.' },
  );
}

/**
 * Refuses annotations that cosign 3.0.6 cannot sign: it splits an annotation at every "=" and allows only one. Later
 * versions allow more, but whether a workflow works must not depend on the cosign on PATH.
 * @throws GateError `input`
 */
export function requireAnnotations(annotations: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(annotations)) {
    if (value.includes('=')) {
      throw new GateError(
        'input',
        `Input signature-annotations: the value of ${name} contains "=", which cosign cannot sign.`,
        { nextStep: 'For example: signature-annotations: commit=0f3c1e2' },
      );
    }
  }
}

/**
 * Refuses what this cosign can never do.
 * @throws GateError `signing`
 */
export function requireSupport(
  { version, path }: Cosign,
  settings: { readonly format: string; readonly annotations: Readonly<Record<string, string>> },
): void {
  const unsupported = unsupportedRequest(version, settings);
  if (unsupported === undefined) return;
  throw new GateError('signing', `cosign ${version} (${path}) ${unsupported}.`, {
    nextStep: `Use cosign ${COSIGN_VERSION} or newer: remove cosign 2 from PATH, and do not set cosign-version to it.`,
  });
}

/** @throws GateError `input` if a key file cannot be read */
export async function requireKeyFile(path: string): Promise<void> {
  try {
    await access(path, constants.R_OK);
  } catch (error) {
    throw new GateError('input', `Input signing-key: the key file ${path} cannot be read.`, {
      nextStep: 'Give the path of a cosign private key, or a KMS key: awskms:///ARN.',
      cause: error,
    });
  }
}
