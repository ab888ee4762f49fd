/** The checks of the verify action: what was checked, who signed it, when, and how old it is. */

import { allows } from '../../results/modes/envelope.ts';
import { type ImageReport, verdictOf } from '../../results/modes/images.ts';
import type { VerificationReport, VerifiedImage, VerifyResult } from '../../results/modes/verify.ts';
import type { Proof } from '../../signing/outcomes.ts';
import { formatAge } from '../../time.ts';
import type { LogLine } from '../findings/log.ts';
import { shortName } from '../findings/words.ts';
import { code, details, more, table, time } from '../kit/blocks.ts';
import { html } from '../kit/escape.ts';
import { plural, shortDigest } from '../kit/words.ts';

const MAX_ROWS = 100;
const MAX_DETAIL = 1_000;
const MAX_POLICIES = 10;

const MARKS: Readonly<Record<Proof['state'], string>> = {
  proven: '✅',
  failed: '❌',
  skipped: '⏭️',
  noted: 'ℹ️',
};

const STATE_WORDS: Readonly<Record<Proof['state'], string>> = {
  proven: 'verified',
  failed: 'not verified',
  skipped: 'not checked',
  noted: 'present, not trusted',
};

/** The checks of an image without those that the workflow does not require. */
function requiredProofs(
  { proofs }: VerifiedImage,
  verification: VerificationReport | undefined,
): readonly Proof[] {
  return proofs.filter(({ kind, state }) => {
    if (state !== 'skipped' || verification === undefined) return true;
    if (kind === 'attestation') return verification.attestation;
    return kind === 'findings' ? verification.recheck : true;
  });
}

/** The checks of an image as lines of the log. */
export function proofLines(image: VerifiedImage, { verification }: VerifyResult): LogLine[] {
  return requiredProofs(image, verification).map((proof) => ({
    lead: `  ${MARKS[proof.state]} `,
    text: proofLine(proof),
  }));
}

function proofLine({ state, what, by, at, ageMs, detail }: Proof): string {
  const signed = by === undefined ? '' : `, signed by ${by}`;
  const required = by === undefined ? '' : `, required signer ${by}`;
  const when = at === undefined ? '' : `, dated ${time(at)}`;
  const age = ageMs === undefined ? '' : `, ${formatAge(ageMs)} old`;
  const why = detail === undefined ? '' : `: ${detail}`;
  return `${what}: ${STATE_WORDS[state]}${state === 'proven' || state === 'noted' ? signed : required}${when}${age}${why}`;
}

/** The checks as tables of the summary: those of images that failed, then the others, which are folded if there are many. */
export function proofBlocks({ images, verification }: VerifyResult): string[] {
  if (verification === undefined) return [];
  const several = images.length > 1;
  const failed = images.filter((image) => !allows(verdictOf(image)));
  const verified = images.filter((image) => allows(verdictOf(image)));
  return [
    '<h3>Checks</h3>',
    ...proofTable(failed, verification, several),
    ...(several && verified.length > 0
      ? [
          details(
            `✅ ${plural(verified.length, 'verified image')}`,
            proofTable(verified, verification, several),
          ),
        ]
      : proofTable(verified, verification, several)),
    `<p>🔎 ${requirements(verification).join('; ')}.</p>`,
  ];
}

/** The first policies that are accepted; there may be many. */
function policyWords(policies: readonly string[]): string {
  const shown = policies.slice(0, MAX_POLICIES).map((sha256) => code(shortDigest(`sha256:${sha256}`)));
  const left = policies.length - shown.length;
  return `${shown.join(' or ')}${left > 0 ? ` or ${left} more` : ''}`;
}

function requirements(verification: VerificationReport): string[] {
  const { signers, cosignVersion, notation, format, policies, maxAttestationAgeMs, promotedFrom } =
    verification;
  const anyOf = (all: readonly string[]) => all.map((signer) => code(signer, 300)).join(' or ');
  const required = [
    ...(signers.length === 0 ? [] : [anyOf(signers)]),
    ...(notation === undefined ? [] : [`${anyOf(notation.identities)} (Notation)`]),
  ];
  return [
    `Required signer: ${required.join(' and ')}`,
    `format: ${format}`,
    ...(policies === undefined ? [] : [`policy: ${policyWords(policies)}`]),
    ...(maxAttestationAgeMs === undefined
      ? []
      : [`maximum age of the attestation: ${formatAge(maxAttestationAgeMs)}`]),
    ...(promotedFrom.length === 0
      ? []
      : [`promoted from: ${promotedFrom.map((name) => code(name, 300)).join(' or ')}`]),
    ...(cosignVersion === undefined ? [] : [`cosign ${code(cosignVersion)}`]),
    ...(notation?.version === undefined ? [] : [`notation ${code(notation.version)}`]),
  ];
}

function proofTable(
  images: readonly VerifiedImage[],
  verification: VerificationReport,
  several: boolean,
): string[] {
  const all = images.flatMap((image) =>
    requiredProofs(image, verification).map((proof) => ({ image, proof })),
  );
  if (all.length === 0) return [];
  // A failed check comes before what else is known of its image.
  const sorted = all.toSorted(
    (a, b) => Number(b.proof.state === 'failed') - Number(a.proof.state === 'failed'),
  );
  const shown = sorted.slice(0, MAX_ROWS);
  const head = [...(several ? ['Image'] : []), 'Check', 'Signer', 'Date', 'Age', 'Result'];
  return [
    table(
      head,
      shown.map(({ image, proof }) => cells(image, proof, several)),
    ),
    ...more(all.length - shown.length),
  ];
}

function cells(image: ImageReport, proof: Proof, several: boolean): string[] {
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
