/** The verify action's verdict in one line, without its mark. */
import type { ImageReport } from '../../results/modes/images.ts';
import type { VerifyResult } from '../../results/modes/verify.ts';
import { blockWords, warningWords } from '../findings/headline.ts';
import { enumerate, plural } from '../kit/words.ts';

/** `Verified: signature, attestation and today’s findings of 2 images`. */
export function headline(result: VerifyResult): string {
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
}

/** What was verified of how many images. */
function verifiedWords({ images, verification }: VerifyResult): string {
  const proven = [
    'signature',
    ...(verification?.attestation ? ['attestation'] : []),
    ...(verification?.recheck ? [findingsWords(images)] : []),
  ];
  return `${enumerate(proven)} of ${plural(images.length, 'image')}`;
}

/** The findings are today's only where every image is still scanned; else the proof says when they are from. */
function findingsWords(images: readonly ImageReport[]): string {
  const watched = images.every(({ platforms }) => platforms.every(({ monitored }) => monitored !== false));
  return watched ? 'today’s findings' : 'the findings of the last scan';
}

function errorWords({ error, images }: VerifyResult): string {
  if (error !== undefined) return `No verdict: ${error.message}`;
  const errors = images.flatMap(({ outcome }) => (outcome.kind === 'error' ? [outcome.error] : []));
  const message = errors[0]?.message ?? 'no image was judged';
  const unverified = errors[0]?.code === 'not-verified';
  const word = unverified ? 'Not verified' : 'No verdict';
  if (images.length < 2) return `${word}: ${message}`;
  const what = unverified ? 'lack a proof' : 'could not be judged';
  return `${word}: ${errors.length} of ${images.length} images ${what}: ${message}`;
}
