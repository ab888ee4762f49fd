/**
 * The HTML blocks of summary and comment. Each block starts with a block tag at the start of a line, contains no blank line,
 * and is followed by one. GitHub does not process Markdown in such a block, so text needs HTML escaping and nothing else,
 * and cannot break a table. External text is in <code>, where GitHub creates no links, mentions or emoji.
 */

import { severityWord } from '../../results/severity.ts';
import { clip } from '../../text.ts';
import { html } from './escape.ts';
import { advisoryUrl } from './links.ts';

export function code(text: string, max = 200): string {
  return `<code>${html(clip(text, max))}</code>`;
}

/** A link. The address must be one that this room creates or knows. The label is HTML. */
export function link(address: string, label: string): string {
  return `<a href="${html(address)}">${label}</a>`;
}

/** A time to the second, in UTC. */
export function time(date: Date): string {
  return Number.isNaN(date.getTime())
    ? 'unknown'
    : `${date.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

/** Text of several lines, such as the output of another program. */
export function lines(text: string): string {
  return text
    .split(/[\r\n]+/)
    .filter((part) => part.trim() !== '')
    .map(prose)
    .join('<br>');
}

export function firstLine(text: string): string {
  return text.split(/[\r\n]/, 1)[0] ?? '';
}

// A word that contains more than letters and a final mark could become a link, a mention or an emoji.
const PLAIN_WORD = /^["'(]?(\p{L}+(['’-]\p{L}+)*|\d{1,6})["')]?[.,;:!?]?$|^[–—→(]$/u;

// A command at the end of a next step stays in one piece, so that it can be copied.
const COMMAND = /^(.*[:(] ?)(aws [a-z0-9]+ [a-z-]+[^()]*?)([).]*)$/s;

/** A sentence with names in it. Every word that is not plain, and every command, is in <code>. */
export function prose(text: string): string {
  const [, before, command, after] = COMMAND.exec(text) ?? [];
  if (before === undefined || command === undefined) return sentence(text);
  return `${sentence(before)}${before.endsWith(' ') ? ' ' : ''}<code>${html(command)}</code>${after}`;
}

function sentence(text: string): string {
  const words = text.split(' ').filter((word) => word !== '');
  return words
    .map((word, index) => {
      if (PLAIN_WORD.test(word)) return html(word);
      const opens = index === 0 || PLAIN_WORD.test(words[index - 1] ?? '');
      const closes = index === words.length - 1 || PLAIN_WORD.test(words[index + 1] ?? '');
      // A final mark belongs to the sentence, not to the name before it. So does a bracket that the name does not open.
      const end = word.includes('(') ? /^(.+?)([.,;:!?]?)$/su : /^(.+?)(\)?[.,;:!?]?)$/su;
      const [, name = word, mark = ''] = (closes ? end.exec(word) : null) ?? [];
      return `${opens ? '<code>' : ''}${html(name)}${closes ? `</code>${mark}` : ''}`;
    })
    .join(' ');
}

export function details(summary: string, content: readonly string[], open = false): string {
  return `<details${open ? ' open' : ''}>\n<summary>${summary}</summary>\n${content.join('\n')}\n</details>`;
}

export function bullets(items: readonly string[]): string {
  return `<ul>\n${items.map((item) => `<li>${item}</li>`).join('\n')}\n</ul>`;
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return tableOf(head, rows.map(row));
}

/** A table of rendered rows; without a head if all its cells are empty. */
export function tableOf(head: readonly string[], rows: readonly string[]): string {
  const heads = head.some((cell) => cell !== '')
    ? `<tr>${head.map((cell) => `<th>${cell}</th>`).join('')}</tr>\n`
    : '';
  return `<table>\n${heads}${rows.join('\n')}\n</table>`;
}

export function row(cells: readonly string[]): string {
  return `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
}

/** How many entries are not shown, and where they are. */
export function more(count: number): string[] {
  return count > 0 ? [`<p>${count} more in <code>report.json</code>.</p>`] : [];
}

/** The ID of a vulnerability, with a link if its form is known. */
export function vulnerability(id: string): string {
  const address = advisoryUrl(id);
  return address === undefined ? code(id, 80) : link(address, id);
}

export const SEVERITY_MARKS: Readonly<Record<string, string>> = {
  critical: '🔴',
  high: '🟠',
  medium: '🟡',
  low: '🔵',
  informational: '⚪',
  untriaged: '❔',
};

export function severity(value: string): string {
  const word = severityWord(value);
  return word === undefined ? `❔&nbsp;${code(value, 40)}` : `${SEVERITY_MARKS[word] ?? ''}&nbsp;${word}`;
}
