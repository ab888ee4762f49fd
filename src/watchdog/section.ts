/**
 * A section at the end of the job summary that may be replaced later. Synchronous throughout: the watchdog's thread
 * writes it as well, while the event loop of the process may stand still.
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

// Whoever opens a pipe that nobody reads would wait for somebody to do so.
const APPEND = constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | (constants.O_NONBLOCK ?? 0);

/**
 * Appends a section to a file.
 * @returns undefined where the file cannot be written, or is a device or pipe, which takes nothing back
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

/** How many bytes of the file stay when the section is replaced. */
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
 * Writes a text in place of a section. Where anybody has changed the file since, the section stays and the text is
 * appended: nothing of somebody else's is lost.
 * @throws Error where the file cannot be read or written
 */
export function replaceSection(section: Section, text: string): void {
  const file = openThere(section.path, 'r+');
  try {
    if (file === undefined || !isUntouched(file, section)) {
      appendFileSync(section.path, text);
      return;
    }
    const bytes = Buffer.from(text);
    // Over what is there, and cut afterwards: a process that dies in between leaves no empty summary.
    writeAll(file, bytes, section.offset);
    ftruncateSync(file, section.offset + bytes.length);
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

/** Undefined where the file is not there any more. */
function openThere(path: string, flags: 'r' | 'r+'): number | undefined {
  return existsSync(path) ? openSync(path, flags) : undefined;
}

function isUntouched(file: number, { offset, text }: Section): boolean {
  const written = Buffer.from(text);
  if (fstatSync(file).size !== offset + written.length) return false;
  const there = Buffer.alloc(written.length);
  return readSync(file, there, 0, there.length, offset) === there.length && there.equals(written);
}

/** @param position null: at the end of a file that was opened to append */
function writeAll(file: number, bytes: Buffer, position: number | null): void {
  for (let done = 0; done < bytes.length; ) {
    done += writeSync(file, bytes, done, bytes.length - done, position === null ? null : position + done);
  }
}
