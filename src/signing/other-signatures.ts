/**
 * Signatures by AWS Signer and Notation. They show where an image comes from, not that it was scanned, so the verify action
 * lists them and does not trust them.
 */

import { DescribeImageSigningStatusCommand } from '@aws-sdk/client-ecr';
import { briefly } from '../aws/briefly.ts';
import type { AwsClients } from '../aws/clients.ts';
import type { Deadline } from '../deadline.ts';
import { messageOf } from '../errors.ts';
import type { ResolvedImage } from '../image/resolve.ts';
import type { Referrer } from './evidence/source.ts';
import type { Proof } from './outcomes.ts';

/** The artifact types of Notation's signatures (notaryproject/specifications) and of Sigstore bundles. */
const NOTATION = 'application/vnd.cncf.notary.signature';
const BUNDLE = 'application/vnd.dev.sigstore.bundle.v0.3+json';

const NOTED = { state: 'noted', at: undefined, ageMs: undefined, nextStep: undefined } as const;

/**
 * Managed signatures by AWS Signer. They are made when an image is pushed. If AWS does not respond, the log says so and
 * nothing else changes.
 */
export async function managedSignatures(
  clients: AwsClients,
  deadline: Deadline,
  image: ResolvedImage,
  log: (text: string) => void,
): Promise<Proof[]> {
  try {
    return await briefly(deadline, (signal) => describeSigningStatus(clients, signal, image));
  } catch (error) {
    log(`Could not determine whether AWS Signer signed ${image.uri}: ${messageOf(error)}`);
    return [];
  }
}

/** The Notation signatures among the referrers of an image, and the number of its Sigstore bundles. */
export function otherReferrers(referrers: readonly Referrer[]): { notations: Proof[]; bundles: number } {
  return {
    notations: referrers
      .filter(({ artifactType }) => artifactType === NOTATION)
      .map(({ digest }) => ({
        ...NOTED,
        kind: 'notation',
        what: 'Notation signature',
        by: undefined,
        detail: `${digest}: not verified, not trusted`,
      })),
    bundles: referrers.filter(({ artifactType }) => artifactType === BUNDLE).length,
  };
}

async function describeSigningStatus(
  clients: AwsClients,
  abortSignal: AbortSignal,
  { registry, repository, digest }: ResolvedImage,
): Promise<Proof[]> {
  const command = new DescribeImageSigningStatusCommand({
    registryId: registry.account,
    repositoryName: repository,
    imageId: { imageDigest: digest },
  });
  const answer = await clients.ecr(registry).send(command, { abortSignal });
  return (answer.signingStatuses ?? []).map((status) => ({
    ...NOTED,
    kind: 'aws-signing',
    what: 'Managed signature (AWS Signer)',
    by: status.signingProfileArn,
    detail: [
      status.status ?? 'status unknown',
      ...(status.failureReason === undefined ? [] : [status.failureReason]),
      'created when the image was pushed: it shows where the image comes from, not that it was scanned',
    ].join('; '),
  }));
}
