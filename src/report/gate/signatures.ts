/** What was signed and attested, as a block of the summary. */
import type { GateImage, GateResult } from '../../results/modes/gate.ts';
import { shortName } from '../findings/words.ts';
import { code, details, more, table } from '../kit/blocks.ts';
import { plural, shortDigest } from '../kit/words.ts';

export function signatureBlock({ signing, images }: GateResult): string {
  if (signing === undefined) return '<p>🔏 Not signed: <code>signing-key</code> is empty.</p>';
  const made = images.flatMap((image) => image.signatures.map((entry) => ({ image, entry })));
  const cosign = signing.cosignVersion === undefined ? '' : `, by cosign ${code(signing.cosignVersion, 40)}`;
  const log = signing.transparencyLog
    ? 'recorded in the public transparency log'
    : 'not in a transparency log';
  const state = {
    done: `🔏 <b>Signed and verified</b> with ${code(signing.key, 300)}${cosign}; ${log}.`,
    withheld: '🔏 <b>Not signed</b>: nothing is signed unless every image passes.',
    failed:
      made.length === 0
        ? `🔏 <b>Not signed</b>: signing with ${code(signing.key, 300)} failed${cosign}.`
        : `🔏 <b>Signing is not complete</b>: signing or attesting with ${code(signing.key, 300)} failed${cosign}, and what is listed here is attached and verifies.`,
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
      entry.state === 'attested' ? 'attested by this run' : 'an earlier one stays',
    ]);
  return `\n${details(plural(made.length, 'verified attestation'), [
    table(['Image', 'What', 'Predicate', 'Format', 'State'], rows),
    ...more(made.length - rows.length),
  ])}`;
}

/** The same as lines of the log: plain text. */
export function signingLines({ signing, images }: GateResult): string[] {
  if (signing === undefined) {
    // Before an image is resolved it is not known whether there is a key.
    if (images.length === 0) return [];
    return [
      'Not signed: signing-key is empty. A policy with minimum: { signing: true } does not allow that.',
    ];
  }
  switch (signing.state) {
    case 'done':
      return [`Signed with ${signing.key}, and verified.`];
    case 'withheld':
      return ['Not signed: nothing is signed unless every image passes.'];
    case 'failed':
      return [`Not signed: signing with ${signing.key} failed.`];
  }
}
