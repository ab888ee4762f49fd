/** What the verify action found, one line per proof: what was checked, who signed it, when, and how old it is. */

import type { VerifiedImage, VerifyResult } from '../../results/modes/verify.ts';
import type { Proof } from '../../signing/outcomes.ts';
import { formatAge } from '../../time.ts';
import { shortName } from '../findings/words.ts';
import { code, more, table, time } from '../kit/blocks.ts';
import { html } from '../kit/escape.ts';

const MAX_ROWS = 100;
const MAX_DETAIL = 1_000;

const MARKS: Readonly<Record<Proof['state'], string>> = {
  proven: '✅',
  failed: '❌',
  skipped: '⏭️',
  noted: 'ℹ️',
};

const STATE_WORDS: Readonly<Record<Proof['state'], string>> = {
  proven: 'proven',
  failed: 'not proven',
  skipped: 'not checked',
  noted: 'not trusted',
};

/** One proof in one line of the log, not yet made safe to print. */
export function proofLine({ state, what, by, at, ageMs, detail }: Proof): string {
  const signed = by === undefined ? '' : `, by ${by}`;
  const when = at === undefined ? '' : `, of ${time(at)}`;
  const age = ageMs === undefined ? '' : `, ${formatAge(ageMs)} old`;
  const more = detail === undefined ? '' : `: ${detail}`;
  return `${MARKS[state]} ${what} ${STATE_WORDS[state]}${signed}${when}${age}${more}`;
}

/** The proofs as a table of the summary, one line each, and who had to have signed. */
export function proofBlocks({ images, verification }: VerifyResult): string[] {
  if (verification === undefined) return [];
  const { signer, cosignVersion, format, policySha256, maxAttestationAgeMs } = verification;
  const all = images.flatMap((image) => image.proofs.map((proof) => ({ image, proof })));
  const shown = all.slice(0, MAX_ROWS);
  const several = images.length > 1;
  const head = [...(several ? ['Image'] : []), 'What', 'Signed by', 'Of', 'Age', 'Result'];
  const asked = [
    `Signer asked for: ${code(signer, 300)}`,
    `format ${format}`,
    ...(policySha256 === undefined ? [] : [`policy ${code(`sha256:${policySha256}`)}`]),
    ...(maxAttestationAgeMs === undefined
      ? []
      : [`attestation not older than ${formatAge(maxAttestationAgeMs)}`]),
    ...(cosignVersion === undefined ? [] : [`checked by cosign ${code(cosignVersion)}`]),
  ];
  return [
    '<h3>Proofs</h3>',
    ...(shown.length === 0
      ? []
      : [
          table(
            head,
            shown.map(({ image, proof }) => cells(image, proof, several)),
          ),
        ]),
    ...more(all.length - shown.length),
    `<p>🔎 ${asked.join('; ')}.</p>`,
  ];
}

function cells(image: VerifiedImage, proof: Proof, several: boolean): string[] {
  const { state, what, by, at, ageMs, detail } = proof;
  return [
    ...(several ? [code(shortName(image), 300)] : []),
    code(what, 300),
    by === undefined ? '–' : code(by, 300),
    at === undefined ? '–' : time(at),
    ageMs === undefined ? '–' : html(formatAge(ageMs)),
    `${MARKS[state]} ${STATE_WORDS[state]}${detail === undefined ? '' : `<br>${code(detail, MAX_DETAIL)}`}`,
  ];
}
