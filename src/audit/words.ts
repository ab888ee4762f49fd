/** Words that the messages of checks share. Names are external text and are shown as plain text. */
import { shortened } from './access/document.ts';

/** How many of the same kind a message names; the evidence has more. */
const MOST_NAMED = 3;
/** How many of the same kind the evidence has. */
const MOST_SHOWN = 50;
const LONGEST_NAME = 200;

/** A text on one line, without characters that change how it is shown. */
export function plain(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these characters are removed
  const control = /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;
  return text.replace(control, '\ufffd');
}

/** A name for messages: plain, and cut if it is long. */
export function name(text: string, longest = LONGEST_NAME): string {
  return shortened(plain(text.slice(0, longest + 1)), longest);
}

/** `a, b, c and 4 more` */
export function list(texts: readonly string[], most = MOST_NAMED): string {
  const unique = [...new Set(texts)];
  const shown = unique.slice(0, most).map((text) => name(text));
  if (unique.length > most) return `${shown.join(', ')} and ${unique.length - most} more`;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}

/** `1 image`, `2 images` */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}

/** The first of many, for the evidence. */
export function some<T>(all: readonly T[]): readonly T[] {
  return all.slice(0, MOST_SHOWN);
}

/** A day, in UTC. */
export function dayOf(date: Date): string {
  return Number.isNaN(date.getTime()) ? 'an unknown day' : date.toISOString().slice(0, 10);
}

/** The first characters of a digest. */
export function short(digest: string): string {
  return name(digest).slice(0, 19);
}

/**
 * A command of the AWS CLI for a POSIX shell: `aws ecr put-x --repository-name NAME --force`. Values are quoted if
 * necessary. A value with characters that a terminal does not show is replaced by a placeholder.
 */
export function aws(
  what: string,
  options: Readonly<Record<string, string | readonly string[] | true | undefined>> = {},
): string {
  const words = Object.entries(options).flatMap(([key, value]) => {
    if (value === undefined) return [];
    if (value === true) return [`--${key}`];
    const values = (typeof value === 'string' ? [value] : value).map(quoted);
    // A value that looks like an option must be part of the same word.
    return values[0]?.startsWith('-')
      ? [`--${key}=${values[0]}`, ...values.slice(1)]
      : [`--${key}`, ...values];
  });
  return ['aws', what, ...words].join(' ');
}

function quoted(word: string): string {
  if (/^[A-Za-z0-9_./:@=+,%-]+$/.test(word)) return word;
  if (/[^\u0020-\u007e]/.test(word)) return "'…'";
  return `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

/** A sentence's beginning. */
export function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
