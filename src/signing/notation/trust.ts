/** Reads the trust policy and the certificates that Notation verifies with. */
import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { GateError, messageOf } from '../../errors.ts';
import { readRegularFile, regularFile, wayToInput } from '../../files.ts';
import { parseTrustPolicy, type TrustPolicy, type TrustStoreName } from './trust-policy.ts';

/** The paths that the workflow gives. */
export interface TrustPaths {
  readonly policy: string;
  /** A directory with `x509/TYPE/NAME/CERTIFICATE`, as Notation has it below its configuration directory. */
  readonly store: string;
}

export interface Trust extends TrustPolicy {
  readonly certificates: readonly {
    readonly store: TrustStoreName;
    readonly name: string;
    readonly bytes: Buffer;
  }[];
}

/** Notation compares every identity of a trust policy with every other one. */
const MOST_POLICY_BYTES = 64 * 1024;
const MOST_CERTIFICATE_BYTES = 1024 * 1024;
const MOST_CERTIFICATES = 100;

/**
 * Reads the trust policy and the trust stores that it names. Notation gets a copy, so that it verifies with what was checked.
 * @throws GateError `input`
 */
export async function readTrust({ policy, store }: TrustPaths, workspace: string): Promise<Trust> {
  const text = await readInput('notation-trust-policy', policy, workspace);
  let trust: TrustPolicy;
  try {
    trust = parseTrustPolicy(text.toString('utf8'));
  } catch (error) {
    throw new GateError(
      'input',
      `Input notation-trust-policy: ${policy} cannot be used: ${messageOf(error)}.`,
      {
        nextStep:
          'Correct the trust policy. docs/notation.md has an example for certificates and one for AWS Signer.',
        cause: error,
      },
    );
  }
  const certificates: Trust['certificates'][number][] = [];
  for (const named of trust.stores) {
    for (const name of await namesIn(named, store, workspace)) {
      const path = join(store, 'x509', named.type, named.name, name);
      certificates.push({
        store: named,
        name,
        bytes: await readInput('notation-trust-store', path, workspace),
      });
      if (certificates.length > MOST_CERTIFICATES) {
        throw new GateError(
          'input',
          `Input notation-trust-store: ${store} has more than ${MOST_CERTIFICATES} certificates for this trust policy.`,
          { nextStep: 'Remove the certificates that are no longer needed.' },
        );
      }
    }
  }
  return { ...trust, certificates };
}

type Input = 'notation-trust-policy' | 'notation-trust-store';

async function readInput(input: Input, path: string, workspace: string): Promise<Buffer> {
  const most = input === 'notation-trust-policy' ? MOST_POLICY_BYTES : MOST_CERTIFICATE_BYTES;
  const real = await regularFile(input, resolve(path), workspace, most);
  try {
    if (real === undefined) throw new Error('it does not exist');
    return await readRegularFile(real, most);
  } catch (error) {
    throw new GateError('input', `Input ${input}: ${path} cannot be read: ${messageOf(error)}.`, {
      cause: error,
    });
  }
}

async function namesIn(
  { type, name }: TrustStoreName,
  store: string,
  workspace: string,
): Promise<readonly string[]> {
  const path = join(store, 'x509', type, name);
  const { real, missing } = await wayToInput('notation-trust-store', resolve(path), workspace);
  let names: string[] = [];
  if (missing.length === 0) {
    try {
      names = await readdir(real);
    } catch (error) {
      throw new GateError(
        'input',
        `Input notation-trust-store: ${path} cannot be read: ${messageOf(error)}.`,
        {
          cause: error,
        },
      );
    }
  }
  if (names.length > 0) return names.toSorted();
  throw new GateError(
    'input',
    `Input notation-trust-store: the trust policy names the trust store ${type}:${name}, but ${path} has no certificates.`,
    { nextStep: `Put the certificates into ${path}, or correct the trust policy.` },
  );
}
