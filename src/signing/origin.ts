/** What AWS itself says of an image's signatures. None of it speaks of a scan, so none of it is trusted here. */

import { DescribeImageSigningStatusCommand } from '@aws-sdk/client-ecr';
import { briefly } from '../aws/briefly.ts';
import type { AwsClients } from '../aws/clients.ts';
import type { Deadline } from '../deadline.ts';
import { messageOf } from '../errors.ts';
import type { ResolvedImage } from '../image/resolve.ts';
import type { Referrer } from './evidence.ts';
import type { Proof } from './made.ts';

/** The artifact types of Notation's signatures (notaryproject/specifications) and of Sigstore bundles. */
const NOTATION = 'application/vnd.cncf.notary.signature';
const BUNDLE = 'application/vnd.dev.sigstore.bundle.v0.3+json';

const NOTED = { state: 'noted', at: undefined, ageMs: undefined, nextStep: undefined } as const;

/**
 * Managed signatures by AWS Signer, which are made at the push and so prove where an image comes from and not
 * what a scan found. To get no answer costs the line and nothing else.
 */
export async function imageOrigin(
  clients: AwsClients,
  deadline: Deadline,
  image: ResolvedImage,
  log: (text: string) => void,
): Promise<Proof[]> {
  try {
    return await briefly(deadline, (signal) => managedSignatures(clients, signal, image));
  } catch (error) {
    log(`Not known of ${image.uri}: whether AWS signed it (${messageOf(error)})`);
    return [];
  }
}

/** The signatures by Notation among the referrers of an image, and how many Sigstore bundles there are. */
export function whatElse(referrers: readonly Referrer[]): { notations: Proof[]; bundles: number } {
  return {
    notations: referrers
      .filter(({ artifactType }) => artifactType === NOTATION)
      .map(({ digest }) => ({
        ...NOTED,
        kind: 'notation',
        what: 'Notation signature',
        by: undefined,
        detail: `${digest}: listed, neither verified nor trusted`,
      })),
    bundles: referrers.filter(({ artifactType }) => artifactType === BUNDLE).length,
  };
}

async function managedSignatures(
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
      'made at the push: proof of origin, not of a scan',
    ].join('; '),
  }));
}
