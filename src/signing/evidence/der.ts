/** Reads DER, the encoding of certificates and timestamps, strictly: one form of each length, and no bytes left over. Pure. */

export interface DerValue {
  /** The whole first byte: class, form and number. */
  readonly tag: number;
  readonly content: Buffer;
}

export const SEQUENCE = 0x30;
export const SET = 0x31;
export const OBJECT_ID = 0x06;
export const OCTET_STRING = 0x04;
export const UTF8_STRING = 0x0c;
export const GENERALIZED_TIME = 0x18;

/** The constructed value with a number of its own in the context, such as `[0]`. */
export function context(number: number): number {
  return 0xa0 + number;
}

/** Length bytes beyond four would be more than any file here has. */
const MOST_LENGTH_BYTES = 4;

/** The values that follow each other in some bytes; undefined if they are not DER. */
export function derValues(bytes: Buffer): DerValue[] | undefined {
  const values: DerValue[] = [];
  let at = 0;
  while (at < bytes.length) {
    const tag = bytes[at];
    const first = bytes[at + 1];
    // A tag in several bytes is used nowhere in these structures.
    if (tag === undefined || first === undefined || (tag & 0x1f) === 0x1f) return undefined;
    let start = at + 2;
    let length = first;
    if (first >= 0x80) {
      const count = first - 0x80;
      if (count === 0 || count > MOST_LENGTH_BYTES || start + count > bytes.length) return undefined;
      length = bytes.readUIntBE(start, count);
      const isShortest = length >= 0x80 && bytes[start] !== 0;
      if (!isShortest) return undefined;
      start += count;
    }
    if (start + length > bytes.length) return undefined;
    values.push({ tag, content: bytes.subarray(start, start + length) });
    at = start + length;
  }
  return values;
}

/** The content of the only value in some bytes, if it has this tag; undefined otherwise. */
export function only(bytes: Buffer | undefined, tag: number): Buffer | undefined {
  const [value, ...others] = (bytes && derValues(bytes)) ?? [];
  return others.length === 0 && value?.tag === tag ? value.content : undefined;
}

/** The values in a sequence that is all of some bytes; undefined otherwise. */
export function sequence(bytes: Buffer | undefined): DerValue[] | undefined {
  const content = only(bytes, SEQUENCE);
  return content && derValues(content);
}
