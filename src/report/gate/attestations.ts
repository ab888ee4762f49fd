/** The attestations that the policy requires, as lines of the gate's summary and log. */
import type { GateImage, GateResult } from '../../results/modes/gate.ts';
import { formatAge } from '../../time.ts';
import type { LogLine } from '../findings/log.ts';
import { code } from '../kit/blocks.ts';
import { plural } from '../kit/words.ts';

const MAX_LINES = 20;

/** One line for each required attestation: who signed it, and of how many images it was verified. */
export function attestationBlocks({ images }: GateResult): string[] {
  // Every image has one check for each requirement, in the order of the policy.
  const checked = images.filter(({ proofs }) => proofs.length > 0);
  const most = Math.max(0, ...checked.map(({ proofs }) => proofs.length));
  const lines = Array.from({ length: Math.min(most, MAX_LINES) }, (_, at) =>
    requirementLine(checked.flatMap(({ proofs }) => proofs[at] ?? [])),
  );
  return lines.length === 0 ? [] : [`<p>${lines.join('<br>')}</p>`];
}

type Proof = GateImage['proofs'][number];

function requirementLine(proofs: readonly Proof[]): string {
  const [first] = proofs;
  const [verified, ...others] = proofs.filter(({ state }) => state === 'proven');
  const by = first?.by === undefined ? undefined : code(first.by, 300);
  const what = code(first?.what ?? '', 400);
  if (verified === undefined) {
    return `📜 <b>Not verified</b>: ${what}${by === undefined ? '' : `, required signer ${by}`}.`;
  }
  const count = `, of ${others.length + 1} of ${plural(proofs.length, 'image')}`;
  return `📜 <b>Verified</b>: ${what}${by === undefined ? '' : `, signed by ${by}`}${proofs.length === 1 ? details(verified) : count}.`;
}

function details({ detail, ageMs }: Proof): string {
  const where = detail === undefined ? '' : `, ${code(detail, 300)}`;
  return ageMs === undefined ? where : `${where}, ${formatAge(ageMs)} old`;
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
