/** Finds keys of a manifest that two programs can read as different fields. */
import { givesKeyTwice } from '../json.ts';

/**
 * The fields of indexes, manifests, descriptors and platforms.
 * Source: OCI image specification ("Image Index", "Image Manifest", "Content Descriptors"); Docker's image
 * manifest, version 2, schema 2 (`features`).
 */
const FIELDS = [
  'schemaVersion',
  'mediaType',
  'artifactType',
  'manifests',
  'config',
  'layers',
  'subject',
  'annotations',
  'digest',
  'size',
  'urls',
  'data',
  'platform',
  'architecture',
  'os',
  'os.version',
  'os.features',
  'variant',
  'features',
] as const;

const FIELD_OF = new Map<string, string>(FIELDS.map((field) => [foldedKey(field), field]));

/**
 * A key in the form in which Go's encoding/json compares it. Registries, runtimes and cosign read manifests with that
 * package. Without an exact match it ignores case, and it takes the long s and the Kelvin sign for the letters that
 * they fold to.
 * Source: Go's encoding/json ("preferring exact matches but also accepting case-insensitive matches") and
 * Unicode's simple case folding, under which no other character is a variant of an ASCII letter.
 */
export function foldedKey(key: string): string {
  return key.replaceAll('\u017f', 's').replaceAll('\u212a', 'k').toLowerCase();
}

/**
 * Why a manifest can be read in two ways, so that the image that is judged may differ from the image that is pulled: it
 * has a key twice, or a key that differs from a field's name only in case. The keys of annotations are free, and every
 * program compares them exactly.
 * @param text the manifest
 * @param manifest the result of `JSON.parse`
 * @returns undefined if the manifest is unambiguous
 * @throws RangeError if it is nested more deeply than the stack allows
 */
export function ambiguityOf(text: string, manifest: unknown): string | undefined {
  if (givesKeyTwice(text, manifest)) return 'an object has the same key twice';
  const field = mistakableField(manifest);
  return (
    field && `it has a key that differs from "${field}" only in case, which many programs read as that field`
  );
}

function mistakableField(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, member] of Object.entries(value)) {
    const field = Array.isArray(value) ? undefined : FIELD_OF.get(foldedKey(key));
    if (field !== undefined && field !== key) return field;
    const below = field === 'annotations' ? undefined : mistakableField(member);
    if (below !== undefined) return below;
  }
  return undefined;
}
