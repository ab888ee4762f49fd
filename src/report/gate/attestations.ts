/** The attestations that the policy requires, as lines of the gate's summary and log. */
import type { GateImage, GateResult } from '../../results/modes/gate.ts';
import { formatAge } from '../../time.ts';
import type { LogLine } from '../findings/log.ts';
import { code } from '../kit/blocks.ts';
import { plural } from '../kit/words.ts';

const MAX_LINES = 20;

/** One line for each required attestation: who signed it, and of how many images it was verified. */
export function attestationBlocks({ images }: GateResult): string[] {
  const checked = images.filter(({ proofs }) => proofs.length > 0);
  const all = checked.flatMap(({ proofs }) => proofs);
  const keys = [...new Set(all.map(keyOf))];
  const lines = keys.slice(0, MAX_LINES).map((key) => {
    const proofs = all.filter((proof) => keyOf(proof) === key);
    const verified = proofs.filter(({ state }) => state === 'proven');
    const [first] = proofs;
    const by = first?.by === undefined ? '' : `, signed by ${code(first.by, 300)}`;
    const what = code(first?.what ?? '', 400);
    if (verified.length === 0) return `📜 <b>Not verified</b>: ${what}${by}.`;
    const count = checked.length === 1 ? '' : `, of ${verified.length} of ${plural(checked.length, 'image')}`;
    return `📜 <b>Verified</b>: ${what}${by}${checked.length === 1 ? details(verified[0]) : ''}${count}.`;
  });
  return lines.length === 0 ? [] : [`<p>${lines.join('<br>')}</p>`];
}

type Proof = GateImage['proofs'][number];

/** The same requirement can be met by each image with another attestation. */
function keyOf({ what, by }: Proof): string {
  return JSON.stringify([what, by]);
}

function details(proof: Proof | undefined): string {
  const where = proof?.detail === undefined ? '' : `, ${code(proof.detail, 300)}`;
  return proof?.ageMs === undefined ? where : `${where}, ${formatAge(proof.ageMs)} old`;
}

/** The checks of an image as lines of the log. */
export function attestationLines({ proofs }: GateImage): LogLine[] {
  return proofs.map(({ state, what, by, detail, ageMs }) => {
    const isVerified = state === 'proven';
    const signer = by === undefined ? '' : `${isVerified ? ', signed by' : ', required signer'} ${by}`;
    const age = ageMs === undefined ? '' : `, ${formatAge(ageMs)} old`;
    const why = detail === undefined ? '' : `: ${detail}`;
    return {
      lead: `  ${isVerified ? '✅' : '❌'} `,
      text: `${what}: ${isVerified ? 'verified' : 'not verified'}${signer}${age}${why}`,
    };
  });
}
