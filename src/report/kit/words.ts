/** Words that all reports use: plain text that is not escaped yet. */
import type { RunVerdict } from '../../results/modes/envelope.ts';

export const MARKS: Readonly<Record<RunVerdict, string>> = {
  pass: '✅',
  warn: '⚠️',
  block: '⛔',
  error: '❌',
};

export const VERDICT_WORDS: Readonly<Record<RunVerdict, string>> = {
  pass: 'Passed',
  warn: 'Passed with warnings',
  block: 'Blocked',
  error: 'No verdict',
};

/** `1 finding`, `2 findings`. */
export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** `a`, `a and b`, `a, b and c`. */
export function enumerate(texts: readonly string[]): string {
  return texts.length < 2 ? texts.join() : `${texts.slice(0, -1).join(', ')} and ${texts.at(-1)}`;
}

/** A text in which every digest is shortened to its first twelve digits. */
export function shortDigest(text: string): string {
  return text.replace(/(sha256:[0-9a-f]{12})[0-9a-f]{52}(?![0-9a-f])/g, '$1');
}
