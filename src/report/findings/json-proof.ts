/** A check of what is attached to an image, in `report.json`. */
import type { VerifiedImage } from '../../results/modes/verify.ts';
import type { ProofDocument } from './document.ts';
import { iso } from './json-image.ts';

export function proofDocument({
  kind,
  state,
  what,
  by,
  at,
  ageMs,
  ends,
  promotedFrom,
  detail,
  command,
}: VerifiedImage['proofs'][number]): ProofDocument {
  return {
    kind,
    state,
    what,
    by: by ?? null,
    at: iso(at),
    ageMs: ageMs ?? null,
    ends: iso(ends),
    promotedFrom: promotedFrom ?? null,
    detail: detail ?? null,
    command: command ?? null,
  };
}
