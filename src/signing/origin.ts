/** What AWS itself says of an image's signatures. None of it speaks of a scan, so none of it is trusted here. */
import { DescribeImageSigningStatusCommand, ListImageReferrersCommand } from '@aws-sdk/client-ecr';
import { briefly } from '../aws/briefly.ts';
import type { AwsClients } from '../aws/clients.ts';
import { allPages } from '../aws/pages.ts';
import type { Deadline } from '../deadline.ts';
import { messageOf } from '../errors.ts';
import type { ResolvedImage } from '../image/resolve.ts';
import type { Proof } from '../report/report.ts';

/** The artifact types of Notation's signatures (notaryproject/specifications) and of Sigstore bundles. */
const NOTATION = 'application/vnd.cncf.notary.signature';
const BUNDLE = 'application/vnd.dev.sigstore.bundle.v0.3+json';

const NOTED = { state: 'noted', at: undefined, ageMs: undefined, nextStep: undefined } as const;

/**
 * Managed signatures by AWS Signer, which are made at the push and so prove where an image comes from and not
 * what a scan found, and signatures by Notation. To get no answer costs the line and nothing else.
 */
export async function imageOrigin(
  clients: AwsClients,
  deadline: Deadline,
  image: ResolvedImage,
  log: (text: string) => void,
): Promise<{ notes: Proof[]; bundles: number | undefined }> {
  const attempt = async <T>(
    what: string,
    ask: (signal: AbortSignal) => Promise<T>,
  ): Promise<T | undefined> => {
    try {
      return await briefly(deadline, ask);
    } catch (error) {
      log(`Not known of ${image.uri}: ${what} (${messageOf(error)})`);
      return undefined;
    }
  };
  const [managed, referrers] = await Promise.all([
    attempt('whether AWS signed it', (signal) => managedSignatures(clients, signal, image)),
    attempt('what refers to it', (signal) => listReferrers(clients, signal, image)),
  ]);
  const notations = referrers?.filter(({ type }) => type === NOTATION) ?? [];
  return {
    notes: [
      ...(managed ?? []),
      ...notations.map(
        ({ digest }): Proof => ({
          ...NOTED,
          kind: 'notation',
          what: 'Notation signature',
          by: undefined,
          detail: `${digest}: listed, neither verified nor trusted`,
        }),
      ),
    ],
    bundles: referrers?.filter(({ type }) => type === BUNDLE).length,
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

async function listReferrers(
  clients: AwsClients,
  abortSignal: AbortSignal,
  { registry, repository, digest }: ResolvedImage,
): Promise<{ type: string; digest: string }[]> {
  return allPages('ListImageReferrers', async (nextToken) => {
    const command = new ListImageReferrersCommand({
      registryId: registry.account,
      repositoryName: repository,
      subjectId: { imageDigest: digest },
      nextToken,
    });
    const answer = await clients.ecr(registry).send(command, { abortSignal });
    const items = (answer.referrers ?? []).map((referrer) => ({
      type: referrer.artifactType ?? '',
      digest: referrer.digest ?? '',
    }));
    return { items, nextToken: answer.nextToken };
  });
}
