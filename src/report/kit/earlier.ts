/** Reads the `report.json` of an earlier run, which comes from an artifact or the repository and is not trusted. */
import * as v from 'valibot';
import { clip } from '../../text.ts';

/** A message may quote what the report says instead. */
const MAX_MESSAGE = 300;

/**
 * Reads what a schema describes.
 * @throws Error that says what is wrong with the report
 */
export function parseEarlier<const S extends v.GenericSchema>(
  bytes: Uint8Array,
  schema: S,
): v.InferOutput<S> {
  let document: unknown;
  try {
    document = JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    throw new Error('it is not JSON');
  }
  // A report of 20 MB can have ten million mistakes.
  const { success, output, issues } = v.safeParse(schema, document, { abortEarly: true });
  if (success) return output;
  const [first] = issues;
  throw new Error(`${v.getDotPath(first) ?? 'the document'}: ${clip(first.message, MAX_MESSAGE)}`);
}
