/**
 * A section at the end of the job summary that can be replaced later. All calls are synchronous, because the thread of the
 * watchdog makes them as well.
 */
import {
  appendFileSync,
  closeSync,
  constants,
  existsSync,
  fstatSync,
  ftruncateSync,
  openSync,
  readSync,
  writeSync,
} from 'node:fs';

export interface Section {
  /** The summary file that the runner named. */
  readonly path: string;
  /** How many bytes the file had before the section. */
  readonly offset: number;
  /** What was written. */
  readonly text: string;
}

// Without O_NONBLOCK, opening a pipe that has no reader would block.
const APPEND = constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | (constants.O_NONBLOCK ?? 0);

/**
 * Appends a section to a file.
 * @returns undefined if the file cannot be written, or is a device or pipe, in which nothing can be replaced
 */
export function beginSection(path: string, text: string): Section | undefined {
  let file: number | undefined;
  try {
    file = openSync(path, APPEND, 0o666);
    const found = fstatSync(file);
    if (!found.isFile()) return undefined;
    writeAll(file, Buffer.from(text), null);
    return { path, offset: found.size, text };
  } catch {
    return undefined;
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

/** How many bytes of the file are kept when the section is replaced. */
export function bytesBefore(section: Section): number {
  const file = openThere(section.path, 'r');
  if (file === undefined) return 0;
  try {
    return isUntouched(file, section) ? section.offset : fstatSync(file).size;
  } finally {
    closeSync(file);
  }
}

/**
 * Replaces a section by a text. If the file has been changed since the section was written, the section is kept and the text
 * is appended, so that nothing of others is lost.
 * @returns the text as a section
 * @throws Error if the file cannot be read or written
 */
export function replaceSection(section: Section, text: string): Section {
  const { path, offset } = section;
  const file = openThere(path, 'r+');
  try {
    if (file === undefined || !isUntouched(file, section)) {
      const size = file === undefined ? 0 : fstatSync(file).size;
      appendFileSync(path, text);
      return { path, offset: size, text };
    }
    const bytes = Buffer.from(text);
    // Overwritten first and truncated afterwards: if the process dies in between, the summary is not empty.
    writeAll(file, bytes, offset);
    ftruncateSync(file, offset + bytes.length);
    return { path, offset, text };
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

/** Opens a file; undefined if it no longer exists. */
function openThere(path: string, flags: 'r' | 'r+'): number | undefined {
  return existsSync(path) ? openSync(path, flags) : undefined;
}

function isUntouched(file: number, { offset, text }: Section): boolean {
  const written = Buffer.from(text);
  if (fstatSync(file).size !== offset + written.length) return false;
  const there = Buffer.alloc(written.length);
  return readSync(file, there, 0, there.length, offset) === there.length && there.equals(written);
}

/** @param position null: at the end of a file that was opened for appending */
function writeAll(file: number, bytes: Buffer, position: number | null): void {
  for (let done = 0; done < bytes.length; ) {
    done += writeSync(file, bytes, done, bytes.length - done, position === null ? null : position + done);
  }
}
