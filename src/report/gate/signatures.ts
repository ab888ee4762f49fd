/** The signatures and attestations of the gate, as a block of the summary. */
import {
  type GateImage,
  type GateResult,
  isImageSigned,
  type SigningReport,
} from '../../results/modes/gate.ts';
import { shortName } from '../findings/words.ts';
import { code, details, more, table } from '../kit/blocks.ts';
import { plural, shortDigest } from '../kit/words.ts';

const MAX_NAMES = 10;

/** `2 of 3 images`. */
function signedCount({ images }: GateResult): string {
  return `${images.filter(({ signed }) => signed).length} of ${plural(images.length, 'image')}`;
}

function withheldWords({ sign }: SigningReport): string {
  return sign === 'each' ? 'no image passed' : 'images are signed only if all of them pass';
}

/** The images that `sign: each` did not sign. */
function unsignedNames(result: GateResult): string {
  const names = result.images
    .filter((image) => !isImageSigned(result, image))
    .map((image) => code(shortName(image), 300));
  const left = names.length - MAX_NAMES;
  return `${names.slice(0, MAX_NAMES).join(', ')}${left > 0 ? ` and ${left} more` : ''}`;
}

export function signatureBlock(result: GateResult): string {
  const { signing, images } = result;
  if (signing === undefined) return '<p>🔏 Not signed: <code>signing-key</code> is empty.</p>';
  const made = images.flatMap((image) => image.signatures.map((entry) => ({ image, entry })));
  const { cosignVersion, notationVersion } = signing;
  const programs = [
    ...(cosignVersion === undefined ? [] : [`cosign ${code(cosignVersion, 40)}`]),
    ...(notationVersion === undefined ? [] : [`notation ${code(notationVersion, 40)}`]),
  ];
  const by = programs.length === 0 ? '' : `, by ${programs.join(' and ')}`;
  const log = signing.transparencyLog
    ? 'recorded in the public transparency log'
    : 'not recorded in a transparency log';
  const state = {
    done: `🔏 <b>Signed and verified</b> with ${code(signing.key, 300)}${by}; ${log}.`,
    partly: `🔏 <b>Signed and verified: ${signedCount(result)}</b>, with ${code(signing.key, 300)}${by}; ${log}. Not signed: ${unsignedNames(result)}.`,
    withheld: `🔏 <b>Not signed</b>: ${withheldWords(signing)}.`,
    failed:
      made.length === 0
        ? `🔏 <b>Not signed</b>: signing with ${code(signing.key, 300)} failed${by}.`
        : `🔏 <b>Signing is incomplete</b>: signing or attesting with ${code(signing.key, 300)} failed${by}. The signatures and attestations listed here are attached and verified.`,
  }[signing.state];
  if (made.length === 0) return `<p>${state}</p>`;
  const rows = made
    .slice(0, 200)
    .map(({ image, entry }) => [
      code(shortName(image), 300),
      entry.platform === undefined ? (image.isIndex ? 'index' : 'image') : code(entry.platform, 60),
      code(shortDigest(entry.digest)),
      entry.format,
      entry.state === 'signed' ? 'signed by this run' : 'already signed',
    ]);
  return `<p>${state}</p>\n${details(plural(made.length, 'verified signature'), [
    table(['Image', 'What', 'Digest', 'Format', 'State'], rows),
    ...more(made.length - rows.length),
  ])}${attested(images)}`;
}

function attested(images: readonly GateImage[]): string {
  const made = images.flatMap((image) => image.verdictAttestations.map((entry) => ({ image, entry })));
  if (made.length === 0) return '';
  const rows = made
    .slice(0, 200)
    .map(({ image, entry }) => [
      code(shortName(image), 300),
      entry.platform === undefined ? (image.isIndex ? 'index' : 'image') : code(entry.platform, 60),
      code(entry.type),
      entry.format,
      entry.state === 'attested' ? 'attested by this run' : 'kept from an earlier run',
    ]);
  return `\n${details(plural(made.length, 'verified attestation'), [
    table(['Image', 'What', 'Predicate', 'Format', 'State'], rows),
    ...more(made.length - rows.length),
  ])}`;
}

/** The same as lines of the log: plain text that is not escaped yet. */
export function signingLines(result: GateResult): string[] {
  const { signing, images } = result;
  if (signing === undefined) {
    // If no image was resolved, it is unknown whether there is a key.
    if (images.length === 0) return [];
    return [
      'Not signed: signing-key is empty. A policy with minimum: { signing: true } does not allow that.',
    ];
  }
  switch (signing.state) {
    case 'done':
      return [`Signed with ${signing.key} and verified.`];
    case 'partly':
      return [
        `Signed with ${signing.key} and verified: ${signedCount(result)}.`,
        ...images.map((image) => `${isImageSigned(result, image) ? 'Signed' : 'Not signed'}: ${image.uri}`),
      ];
    case 'withheld':
      return [`Not signed: ${withheldWords(signing)}.`];
    case 'failed':
      return [
        images.some(({ signatures }) => signatures.length > 0)
          ? `Signing is incomplete: signing or attesting with ${signing.key} failed.`
          : `Not signed: signing with ${signing.key} failed.`,
      ];
  }
}
