/** Shows a job summary outside GitHub: as a page of its own, or as text for a terminal. */

const STYLE = `
:root { color-scheme: light dark; --text: #1f2328; --back: #ffffff; --line: #d1d9e0; --soft: #f6f8fa; --mute: #59636e; --link: #0969da; }
@media (prefers-color-scheme: dark) {
  :root { --text: #f0f6fc; --back: #0d1117; --line: #3d444d; --soft: #151b23; --mute: #9198a1; --link: #4493f8; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--soft); color: var(--text); font: 14px/1.5 -apple-system, "Segoe UI", "Noto Sans", Helvetica, Arial, "Noto Color Emoji", sans-serif; }
main { max-width: 1240px; margin: 24px auto; padding: 16px 24px 24px; background: var(--back); border: 1px solid var(--line); border-radius: 6px; }
header { color: var(--mute); padding-bottom: 8px; }
h2 { margin: 16px 0; padding-bottom: .3em; border-bottom: 1px solid var(--line); font-size: 1.5em; line-height: 1.25; }
h3 { margin: 24px 0 12px; font-size: 1.15em; line-height: 1.25; }
p, ul, blockquote, details { margin: 0 0 14px; }
ul { padding-left: 2em; }
li + li { margin-top: .25em; }
a { color: var(--link); text-decoration: none; }
a:hover { text-decoration: underline; }
table { display: block; width: max-content; max-width: 100%; overflow: auto; margin: 0 0 14px; border-collapse: collapse; }
th, td { padding: 6px 12px; border: 1px solid var(--line); text-align: left; vertical-align: top; }
th { font-weight: 600; white-space: nowrap; }
tr:nth-child(2n) { background: var(--soft); }
code { padding: .15em .4em; border-radius: 6px; background: color-mix(in srgb, var(--mute) 16%, transparent); font: 85% ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; overflow-wrap: anywhere; }
td code { overflow-wrap: normal; }
td a { white-space: nowrap; }
blockquote { padding: 0 1em; border-left: .25em solid var(--line); color: var(--mute); }
pre { margin: 0 0 14px; padding: 12px 16px; overflow: auto; border-radius: 6px; background: var(--soft); border: 1px solid var(--line); }
pre code { padding: 0; background: none; }
summary { cursor: pointer; }
details > summary { padding: 2px 0; }
details[open] > summary { margin-bottom: 10px; }
details > :not(summary) { margin-left: 18px; max-width: calc(100% - 18px); }
`;

/** A summary as an HTML page that needs nothing else. The title is plain text. */
export function renderHtml(summary: string, title: string): string {
  const name = title.replace(/&/g, '&amp;').replace(/</g, '&lt;');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${name}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<header>${name}</header>
${summary}
</main>
</body>
</html>
`;
}

/** A summary of ours as plain text: tables aligned, what is folded on the page indented below its title. */
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
  for (const [token] of summary.matchAll(/<[^>]*>|[^<]+/g)) {
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
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trimEnd()}\n`;
}

function indent(depth: number): string {
  return '  '.repeat(depth);
}

/** Rows of cells of lines, as lines of columns two spaces apart. */
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

/** How many columns a terminal needs: emoji take two. */
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
