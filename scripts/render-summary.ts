/** Shows a job summary and a log outside GitHub: the summary as a page or as text for a terminal, the log line by line. */

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { noCommand } from '../src/report/kit/escape.ts';

/** GitHub's stylesheet for Markdown, light and dark. */
const MARKDOWN_STYLE = readFileSync(
  createRequire(import.meta.url).resolve('github-markdown-css/github-markdown.css'),
  'utf8',
);

// The surroundings of a summary on GitHub, and its emoji font where the system has none.
const PAGE_STYLE = `
:root { color-scheme: light dark; }
body { margin: 0; background: light-dark(#ffffff, #0d1117); }
main { box-sizing: border-box; max-width: 1012px; margin: 0 auto; padding: 16px; }
`;

/** A summary as a self-contained HTML page. The title is plain text. */
export function renderHtml(summary: string, title: string): string {
  const name = title.replace(/&/g, '&amp;').replace(/</g, '&lt;');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${name}</title>
<style>${MARKDOWN_STYLE}${PAGE_STYLE}</style>
</head>
<body>
<main class="markdown-body">
${withoutFences(summary)}
</main>
</body>
</html>
`;
}

/** A summary of the gate as plain text, with aligned tables. Folded parts are indented below their titles. */
export function toTerminal(summary: string): string {
  const out: string[] = [];
  let text = '';
  let depth = 0;
  let verbatim = false;
  let rows: string[][][] | undefined;
  const flush = () => {
    const parts = text.split('\n').filter((part) => part.trim() !== '');
    const hanging = text.startsWith('• ') ? '  ' : '';
    for (const [at, part] of parts.entries()) out.push(indent(depth) + (at > 0 ? hanging : '') + part.trim());
    text = '';
  };
  for (const [token] of withoutFences(summary).matchAll(/<[^>]*>|[^<]+/g)) {
    const name = /^<(\/?[a-z0-9]+)/.exec(token)?.[1];
    switch (name) {
      case undefined:
        text += decode(verbatim ? token : token.replace(/\s*\n\s*/g, ' '));
        break;
      case 'pre':
        flush();
        verbatim = true;
        break;
      case '/pre':
        for (const part of text.split('\n')) out.push(indent(depth) + part);
        out.push('');
        text = '';
        verbatim = false;
        break;
      case 'br':
        text += '\n';
        break;
      case 'h2':
      case 'h3':
        flush();
        if (out.length > 0) out.push('');
        break;
      case '/h2': {
        const title = text.trim();
        flush();
        out.push(indent(depth) + '═'.repeat(width(title)), '');
        break;
      }
      case 'table':
        flush();
        rows = [];
        break;
      case 'tr':
        rows?.push([]);
        break;
      case '/th':
      case '/td':
        rows?.at(-1)?.push(text.split('\n').map((part) => part.trim()));
        text = '';
        break;
      case '/table':
        out.push(...align(rows ?? []).map((part) => indent(depth) + part), '');
        rows = undefined;
        text = '';
        break;
      case 'li':
        text = '• ';
        break;
      case '/ul':
        out.push('');
        break;
      case 'details':
        flush();
        if (out.at(-1) !== '') out.push('');
        depth += 1;
        break;
      case 'summary':
        text = '';
        break;
      case '/summary':
        out.push(`${indent(depth - 1)}▸ ${text.trim()}`);
        text = '';
        break;
      case '/details':
        flush();
        depth -= 1;
        break;
      case '/p':
      case '/h3':
      case '/li':
      case '/blockquote':
        flush();
        break;
    }
  }
  flush();
  return `${out
    .map(noCommand)
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trimEnd()}\n`;
}

/**
 * A line of the log as the runner shows it: a title for a group, and nothing for a mask, whose value is a secret, or for the
 * end of a group. Source: GitHub Docs, "Workflow commands for GitHub Actions".
 */
export function shownByRunner(line: string): string | undefined {
  if (/^::(add-mask|endgroup|debug)::/.test(line)) return undefined;
  const [, title] = /^::group::(.*)$/.exec(line) ?? [];
  if (title === undefined) return line;
  return `▸ ${title.replaceAll('%0A', ' ').replaceAll('%0D', ' ').replaceAll('%25', '%')}`;
}

/** GitHub draws graphs of Mermaid; elsewhere their text is shown. */
function withoutFences(summary: string): string {
  return summary.replace(/^```mermaid\n([\s\S]*?)\n```$/gm, (_, graph: string) => {
    const text = graph.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
    return `<pre>${text}</pre>`;
  });
}

function indent(depth: number): string {
  return '  '.repeat(depth);
}

/** Rows of cells, each of several lines, as lines with columns two spaces apart. */
function align(rows: readonly (readonly (readonly string[])[])[]): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [column, cell] of row.entries()) {
      widths[column] = Math.max(widths[column] ?? 0, ...cell.map(width));
    }
  }
  return rows.flatMap((row) => {
    const height = Math.max(...row.map((cell) => cell.length));
    return Array.from({ length: height }, (_, at) =>
      row
        .map((cell, column) => {
          const part = cell[at] ?? '';
          return part + ' '.repeat((widths[column] ?? 0) - width(part));
        })
        .join('  ')
        .trimEnd(),
    );
  });
}

/** The width in a terminal, in columns. An emoji has two. */
function width(text: string): number {
  let columns = 0;
  for (const { segment } of new Intl.Segmenter('en').segment(text)) {
    columns += /\p{Emoji_Presentation}|\ufe0f/u.test(segment) ? 2 : 1;
  }
  return columns;
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  '#39': "'",
  '#96': '`',
  nbsp: ' ',
};

function decode(text: string): string {
  return text.replace(/&(amp|lt|gt|quot|#39|#96|nbsp);/g, (_, name: string) => ENTITIES[name] ?? '');
}
