/** Keys of a manifest that two programs could take for different fields. */
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
 * A key as Go's encoding/json compares it, which registries, runtimes and cosign read manifests with: it falls
 * back on a match without regard to case, and takes the long s and the Kelvin sign for the letters that they
 * fold to.
 * Source: Go's encoding/json ("preferring exact matches but also accepting case-insensitive matches") and
 * Unicode's simple case folding, under which no other character is a variant of an ASCII letter.
 */
export function foldedKey(key: string): string {
  return key.replaceAll('\u017f', 's').replaceAll('\u212a', 'k').toLowerCase();
}

/**
 * Why a manifest could be read in two ways, so that the image judged here is not the one that is pulled:
 * a key given twice, or one that is a field's but for its case. What annotations are called is up to whoever
 * writes them, and compared exactly by everyone.
 * @param text the manifest
 * @param manifest what `JSON.parse` makes of it
 * @returns undefined if there is one way alone
 * @throws RangeError where it nests deeper than the stack
 */
export function ambiguityOf(text: string, manifest: unknown): string | undefined {
  if (givesKeyTwice(text, manifest)) return 'it has a key twice in one object';
  const field = mistakableField(manifest);
  return field && `it has a key that only its case tells from "${field}", which many programs take for it`;
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
