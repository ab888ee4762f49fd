/** JSON text as a person reviews it. */

/** JSON text with each member on its own line, its strings and numbers as they are written. */
export function indented(json: string): string {
  let depth = 0;
  let text = '';
  const tokens = json.match(/"(?:[^"\\]|\\.)*"|[[\]{},:]|[^\s"[\]{},:]+/g) ?? [];
  for (const [at, token] of tokens.entries()) {
    const closes = token === ']' || token === '}';
    if (closes) depth -= 1;
    const before = tokens[at - 1] ?? '';
    const isEmpty = closes && (before === '[' || before === '{');
    if (!isEmpty && (closes || ['[', '{', ','].includes(before))) text += `\n${'  '.repeat(depth)}`;
    text += token === ':' ? ': ' : token;
    if (token === '[' || token === '{') depth += 1;
  }
  return `${text}\n`;
}
