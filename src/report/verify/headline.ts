/** The verify action's verdict in one line, without its mark. */
import type { ImageReport } from '../../results/modes/images.ts';
import type { VerifiedImage, VerifyResult } from '../../results/modes/verify.ts';
import { blockWords, failureWords, warningWords } from '../findings/headline.ts';
import { verdictWords } from '../findings/words.ts';
import { oncePer } from '../kit/once.ts';
import { enumerate, plural } from '../kit/words.ts';

/** `Verified: signature, attestation and today’s findings of 2 images`. */
export const headline = oncePer((result: VerifyResult): string => {
  switch (result.verdict) {
    case 'pass':
      return `Verified: ${verifiedWords(result)}`;
    case 'warn':
      return `Verified with warnings: ${warningWords(result)}`;
    case 'block':
      return blockWords(result);
    case 'error':
      return errorWords(result);
  }
});

/** What was verified, and of how many images. */
function verifiedWords({ images, verification }: VerifyResult): string {
  const verified = [
    'signature',
    ...(verification?.attestation ? ['attestation'] : []),
    ...(images.some(hasRequired) ? ['required attestations'] : []),
    ...(verification?.recheck ? [findingsWords(images)] : []),
  ];
  return `${enumerate(verified)} of ${plural(images.length, 'image')}`;
}

/** Whether the policy requires attestations. */
function hasRequired({ proofs }: VerifiedImage): boolean {
  return proofs.some(({ kind }) => kind === 'required-attestation');
}

/** The findings are today's only if every image is still scanned; else the checks say how old they are. */
function findingsWords(images: readonly ImageReport[]): string {
  const watched = images.every(({ platforms }) => platforms.every(({ monitored }) => monitored !== false));
  return watched ? 'today’s findings' : 'the findings of the last scan';
}

function errorWords({ error, images, tolerated }: VerifyResult): string {
  const suffix = tolerated ? ' (not enforced)' : '';
  if (error !== undefined) return `No verdict${suffix}: ${error.message}`;
  return images.some((image) => verdictWords(image) === 'Not verified')
    ? `Not verified${suffix}: ${failureWords(images, 'could not be verified')}`
    : `No verdict${suffix}: ${failureWords(images, 'could not be judged')}`;
}
