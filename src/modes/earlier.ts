/** The file of an earlier report. */
import { GateError, messageOf } from '../errors.ts';
import { readRegularFile, wayToInput } from '../files.ts';

/** The report of an audit with half a million rows of access, or of a hundred images with many findings, is about this large. */
const MAX_EARLIER_BYTES = 256 * 1024 * 1024;

/**
 * Reads the file that an input names; undefined if there is none, as in the first run of a workflow.
 * @param nextStep what to do where it cannot be read
 * @throws GateError `input`
 */
export async function readEarlier(
  input: string,
  path: string,
  workspace: string,
  nextStep: string,
): Promise<Buffer | undefined> {
  const { real, missing } = await wayToInput(input, path, workspace);
  if (missing.length > 0) return undefined;
  let bytes: Buffer;
  try {
    bytes = await readRegularFile(real, MAX_EARLIER_BYTES);
  } catch (error) {
    throw unusable(input, path, `cannot be read: ${messageOf(error)}`, nextStep, error);
  }
  if (bytes.length <= MAX_EARLIER_BYTES) return bytes;
  throw unusable(input, path, `has more than ${MAX_EARLIER_BYTES / 1024 / 1024} MiB`, nextStep);
}

/** The error for a file that cannot be used as an earlier report. */
export function unusable(
  input: string,
  path: string,
  why: string,
  nextStep: string,
  cause?: unknown,
): GateError {
  return new GateError('input', `Input ${input}: ${path} ${why}.`, { nextStep, cause });
}
