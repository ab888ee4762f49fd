/** Finds in a Dockerfile what made a layer. Where more than one line could have, or none, it says nothing. */
import type { VulnerablePackage } from '../scan/findings.ts';

/** The Dockerfile of the image, as it is in the checkout. */
export interface Dockerfile {
  /** Its path in the workspace, with `/`. */
  readonly path: string;
  readonly text: string;
}

/** A line of the Dockerfile, counted from 1. */
export interface DockerfileLine {
  readonly line: number;
  /** How many characters the line has. */
  readonly length: number;
}

interface Instruction {
  /** In capitals. */
  readonly keyword: string;
  /** What follows the keyword, continuation lines joined. */
  readonly rest: string;
  readonly line: number;
}

/** The line to look at for a package: of its base image's `FROM`, or of the instruction that brought it in. */
export function lineOfPackage(
  { text }: Dockerfile,
  { origin, instruction }: VulnerablePackage,
): DockerfileLine | undefined {
  const line =
    origin === 'base'
      ? baseImageLine(text)
      : instruction === undefined
        ? undefined
        : dockerfileLine(text, instruction);
  if (line === undefined) return undefined;
  const content = text.split('\n')[line - 1]?.replace(/\r$/, '') ?? '';
  return { line, length: content.length };
}

/**
 * The line on which an instruction starts, counted from 1; undefined where none or several are the same.
 * Variables are not filled in: what Docker has filled in matches nothing.
 * @param instruction as it stood in the Dockerfile, in one line, without flags or with them; cut off where it
 *   ends with an ellipsis
 */
export function dockerfileLine(dockerfile: string, instruction: string): number | undefined {
  const wanted = normalForm(instruction);
  const start = wanted?.endsWith('…') ? wanted.slice(0, -1) : undefined;
  if (wanted === undefined) return undefined;
  const found = parse(dockerfile).filter(({ keyword, rest }) => {
    const form = normalForm(`${keyword} ${rest}`);
    return start === undefined ? form === wanted : form?.startsWith(start);
  });
  return found.length === 1 ? found[0]?.line : undefined;
}

/**
 * The line that names the base image: the last stage's `FROM`, or that of the stage it is built on. Undefined
 * where a variable could stand for a stage, and for `scratch`.
 */
export function baseImageLine(dockerfile: string): number | undefined {
  const stages = parse(dockerfile)
    .filter(({ keyword }) => keyword === 'FROM')
    .map(({ rest, line }) => {
      const [image = '', as, name] = rest.split(/\s+/).filter((word) => !word.startsWith('--'));
      return { image, name: as?.toUpperCase() === 'AS' ? name?.toLowerCase() : undefined, line };
    });
  let at = stages.length - 1;
  for (;;) {
    const stage = stages[at];
    if (stage === undefined || stage.image.toLowerCase() === 'scratch') return undefined;
    if (stage.image.includes('$') && stages.length > 1) return undefined;
    const earlier = stages.slice(0, at).findLastIndex(({ name }) => name === stage.image.toLowerCase());
    if (earlier === -1) return stage.line;
    at = earlier;
  }
}

/**
 * An instruction in the form that Dockerfile and history share: one space between words, no flags (the history
 * leaves `--mount` and `--from` out), an array as its words.
 */
function normalForm(text: string): string | undefined {
  const [, keyword, given = ''] = /^\s*([A-Za-z]+)\s+(.*)$/s.exec(text) ?? [];
  const rest = words(given.replace(/^(\s*--[a-z-]+(=\S*)?(?=\s))+/, ''));
  return keyword === undefined || rest === '' ? undefined : `${keyword.toUpperCase()} ${rest}`;
}

function words(text: string): string {
  let joined = text;
  if (/^\s*\[.*\]\s*$/s.test(text)) {
    try {
      const list: unknown = JSON.parse(text);
      if (Array.isArray(list) && list.every((word) => typeof word === 'string')) joined = list.join(' ');
    } catch {
      // No array, but a command that looks like one.
    }
  }
  return joined.replace(/\s+/g, ' ').trim();
}

/** The instructions of a Dockerfile, as the Dockerfile reference defines lines, comments and here-documents. */
function parse(dockerfile: string): Instruction[] {
  const lines = dockerfile.replace(/^\ufeff/, '').split(/\r?\n/);
  const continues = escapeCharacter(lines);
  const instructions: Instruction[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const line = at + 1;
    if (isBlankOrComment(lines[at])) continue;
    const parts: string[] = [];
    for (; at < lines.length; at += 1) {
      const text = lines[at] ?? '';
      // Comments and empty lines inside an instruction do not end it.
      if (parts.length > 0 && isBlankOrComment(text)) continue;
      const open = text.trimEnd();
      if (!open.endsWith(continues)) {
        parts.push(text);
        break;
      }
      parts.push(open.slice(0, -1));
    }
    const [, keyword, rest = ''] = /^\s*([A-Za-z]+)(?:\s+(.*))?$/s.exec(parts.join('')) ?? [];
    if (keyword === undefined) continue;
    instructions.push({ keyword: keyword.toUpperCase(), rest, line });
    if (/^(RUN|COPY|ADD)$/i.test(keyword)) at = endOfHereDocuments(lines, at, rest);
  }
  return instructions;
}

/** The parser directive `escape`, which stands before everything else; a backslash without it. */
function escapeCharacter(lines: readonly string[]): string {
  for (const line of lines) {
    const [, name, value] = /^\s*#\s*([A-Za-z]+)\s*=\s*(\S+)\s*$/.exec(line) ?? [];
    if (name === undefined) return '\\';
    if (name.toLowerCase() === 'escape') return value === '`' ? '`' : '\\';
  }
  return '\\';
}

function isBlankOrComment(line: string | undefined): boolean {
  return /^\s*(#|$)/.test(line ?? '');
}

/** The index of the line that ends the here-documents which an instruction begins; its own where it has none. */
function endOfHereDocuments(lines: readonly string[], at: number, rest: string): number {
  let end = at;
  for (const [, dash, , name] of rest.matchAll(/(?<!<)<<(-?)(["']?)([A-Za-z_]\w*)\2/g)) {
    const found = lines.findIndex(
      (line, index) => index > end && (dash === '-' ? line.replace(/^\t+/, '') : line) === name,
    );
    // One without an end is no here-document, but a shell's `<<`.
    if (found !== -1) end = found;
  }
  return end;
}
