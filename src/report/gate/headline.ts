/** The gate's verdict in one line, without its mark. */
import { type GateResult, isSigned } from '../../results/modes/gate.ts';
import { blockWords, failureWords, passWords, warningWords } from '../findings/headline.ts';
import { verdictWords as imageVerdictWords } from '../findings/words.ts';
import { oncePer } from '../kit/once.ts';

/** `Passed and signed: no findings`, `Blocked: 3 critical findings, 2 of them fixable`. */
export const headline = oncePer(
  (result: GateResult): string => `${verdictWords(result)}${partlyWords(result)}`,
);

/** How many images `sign: each` signed, where not all of them are. */
function partlyWords({ signing, images }: GateResult): string {
  if (signing?.state !== 'partly') return '';
  return `; ${images.filter(({ signed }) => signed).length} of ${images.length} images signed`;
}

function verdictWords(result: GateResult): string {
  const passed = isSigned(result) ? 'Passed and signed' : 'Passed';
  switch (result.verdict) {
    case 'pass':
      return `${passed}: ${passWords(result)}`;
    case 'warn':
      return `${passed} with warnings: ${warningWords(result)}`;
    case 'block':
      return blockWords(result);
    case 'error':
      return errorWords(result);
  }
}

function errorWords({ error, images, signing, tolerated }: GateResult): string {
  if (error !== undefined) {
    const judged = images.length > 0 && images.every(({ outcome }) => outcome.kind === 'judged');
    if (!judged || error.code !== 'signing') return `No verdict: ${error.message}`;
    const made = images.some(({ signatures }) => signatures.length > 0);
    return `${made ? 'Signing is incomplete' : 'Not signed'}: ${error.message}`;
  }
  if (images.some((image) => imageVerdictWords(image) === 'Not verified')) {
    const suffix = tolerated ? ' (not enforced)' : '';
    return `Not verified${suffix}: ${failureWords(images, 'could not be verified')}`;
  }
  return `No verdict: ${failureWords(images, signing?.sign === 'each' ? 'could not be judged or signed' : 'could not be judged')}`;
}
