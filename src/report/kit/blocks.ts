/**
 * What summary and comment are made of: HTML blocks only. Each starts with a block tag at the start of a line, has
 * no blank line in it, and is followed by one. GitHub's Markdown does no inline processing in such a block, so
 * text needs HTML escaping and nothing else, and cannot break a table. Text from elsewhere stands in <code>,
 * where GitHub makes no links, mentions or emoji of it.
 */

import { severityWord } from '../../results/severity.ts';
import { clip } from '../../text.ts';
import { html } from './escape.ts';
import { advisoryUrl } from './links.ts';

export function code(text: string, max = 200): string {
  return `<code>${html(clip(text, max))}</code>`;
}

/** A link of ours: the address is made by this room, or is one it knows. The label is HTML. */
export function link(address: string, label: string): string {
  return `<a href="${html(address)}">${label}</a>`;
}

/** A moment to the second, in UTC. */
export function time(date: Date): string {
  return Number.isNaN(date.getTime())
    ? 'unknown'
    : `${date.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

/** Text of several lines, such as what another program printed. */
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

// What GitHub could make a link, a mention or an emoji of has more in it than letters and a mark at its end.
const PLAIN_WORD = /^["'(]?(\p{L}+(['’-]\p{L}+)*|\d{1,6})["')]?[.,;:!?]?$|^[–—→(]$/u;

// A command stands in one piece, to be copied: it is the end of what a next step says.
const COMMAND = /^(.*[:(] ?)(aws [a-z0-9]+ [a-z-]+[^()]*?)([).]*)$/s;

/** A sentence with names in it: whatever is not a plain word stands in <code>, and so does a command. */
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
      // A full stop or the like belongs to the sentence, not to the name before it; so does a bracket it did not open.
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

/** A table of rows that are rendered already; no head where every cell of it is empty. */
export function tableOf(head: readonly string[], rows: readonly string[]): string {
  const heads = head.some((cell) => cell !== '')
    ? `<tr>${head.map((cell) => `<th>${cell}</th>`).join('')}</tr>\n`
    : '';
  return `<table>\n${heads}${rows.join('\n')}\n</table>`;
}

export function row(cells: readonly string[]): string {
  return `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
}

/** What is not shown and where it is. */
export function more(count: number): string[] {
  return count > 0 ? [`<p>${count} more in <code>report.json</code>.</p>`] : [];
}

/** The id of a vulnerability, linked only where it is one that cannot lead anywhere else. */
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
