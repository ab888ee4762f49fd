/**
 * The commands that verify by hand what a run verified: lines for a POSIX shell, with cosign 3 and, where the content of a
 * statement counts, jq. Pure.
 */

import { VERIFIER_ID } from '../statements/predicate.ts';
import { annotationArguments, SIGNATURE_TYPE, type SignatureFormat, type Verifier } from './arguments.ts';

export interface ByHand {
  /** `HOST/REPOSITORY@DIGEST`. */
  readonly image: string;
  readonly format: SignatureFormat;
  readonly verifier: Verifier;
  /** The region in which cosign looks for a KMS key. */
  readonly region: string | undefined;
  /** Whether signatures by a key have to be in the transparency log. */
  readonly transparencyLog: boolean;
  /** The trusted root of private Sigstore services; undefined: the public ones. */
  readonly trustedRoot: string | undefined;
}

/**
 * The command that verifies the signature of an image. For a bundle, this is `verify-attestation` with the type of a signature:
 * `cosign verify` accepts any attestation by the key as a signature. It does not compare annotations, so jq does.
 */
export function signatureCommand(of: ByHand, annotations: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(annotations);
  if (of.format === 'legacy') {
    return line(of, ['verify', '--new-bundle-format=false', ...annotationArguments(annotations)]);
  }
  const command = line(of, ['verify-attestation', `--type=${SIGNATURE_TYPE}`]);
  if (pairs.length === 0) return command;
  const wanted = pairs.map(([name, value]) => `.annotations[${jq(name)}] == ${jq(value)}`);
  return filtered(command, `any(.[].payload | @base64d | fromjson | .subject[]; ${wanted.join(' and ')})`);
}

/** What a verification summary has to say. */
export interface SummaryByHand {
  readonly type: string;
  readonly resourceUri: string;
  /** The digest of the policy that it names, in hex. */
  readonly policySha256: string;
}

/**
 * The command that verifies the verification summary of an image: at least one says PASSED by this policy for this repository, and
 * none says anything but PASSED.
 */
export function summaryCommand(of: ByHand, { type, resourceUri, policySha256 }: SummaryByHand): string {
  const format = of.format === 'legacy' ? ['--new-bundle-format=false'] : [];
  const wanted = [
    `.verifier.id == ${jq(VERIFIER_ID)}`,
    `.resourceUri == ${jq(resourceUri)}`,
    `.policy.digest.sha256 == ${jq(policySha256)}`,
  ];
  return filtered(
    line(of, ['verify-attestation', `--type=${type}`, ...format]),
    `map(.payload | @base64d | fromjson | .predicate) | all(.[]; .verificationResult == "PASSED") and any(.[]; ${wanted.join(' and ')})`,
  );
}

function line({ image, verifier, region, transparencyLog, trustedRoot }: ByHand, what: string[]): string {
  const args = ['cosign', ...what];
  const variables: string[] = [];
  if (verifier.kind !== 'key') {
    args.push(
      verifier.kind === 'identity'
        ? `--certificate-identity=${verifier.identity}`
        : `--certificate-identity-regexp=${verifier.pattern}`,
      `--certificate-oidc-issuer=${verifier.issuer}`,
    );
  } else if (verifier.publicKey !== undefined) {
    const lines = verifier.publicKey.trim().split(/\r?\n/).map(quoted);
    variables.push(`PUBLIC_KEY="$(printf '%s\\n' ${lines.join(' ')})"`);
    args.push('--key=env://PUBLIC_KEY');
  } else {
    // cosign takes the region of a KMS key from the environment, also if its ARN has one.
    const isKms = verifier.reference.startsWith('awskms:');
    if (isKms && region !== undefined) variables.push(`AWS_REGION=${quoted(region)}`);
    args.push(`--key=${verifier.reference}`);
  }
  const isLogged = transparencyLog || verifier.kind !== 'key';
  if (!isLogged) args.push('--insecure-ignore-tlog=true');
  else if (trustedRoot !== undefined) args.push(`--trusted-root=${trustedRoot}`);
  return [...variables, ...[...args, image].map(quoted)].join(' ');
}

/** With `--exit-status`, jq fails if the last result is false, and if there is none. */
function filtered(command: string, filter: string): string {
  return `${command} | jq --exit-status --slurp ${quoted(filter)}`;
}

/** A word of a POSIX shell. Everything between single quotes is literal, and a single quote itself cannot be there. */
function quoted(word: string): string {
  return /^[A-Za-z0-9_@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

/** A string of jq: as in JSON, where a backslash is escaped, so that none begins an interpolation. */
function jq(text: string): string {
  return JSON.stringify(text);
}
