/** Finds in a Dockerfile what made a layer. Where more than one line could have, or none, it says nothing. */
import type { VulnerablePackage } from '../../results/finding.ts';

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

/** A Dockerfile as it was read, once for all findings. */
interface ReadDockerfile {
  readonly lines: readonly string[];
  /** The lines of each instruction in its normal form. */
  readonly linesOf: ReadonlyMap<string, readonly number[]>;
  /** The normal forms, sorted. */
  readonly forms: readonly string[];
  /** The line of the base image. */
  readonly base: number | undefined;
}

const read = new WeakMap<Dockerfile, ReadDockerfile>();

/** The line to look at for a package: of its base image's `FROM`, or of the instruction that brought it in. */
export function lineOfPackage(
  dockerfile: Dockerfile,
  { origin, instruction }: VulnerablePackage,
): DockerfileLine | undefined {
  const known = read.get(dockerfile) ?? readText(dockerfile.text);
  read.set(dockerfile, known);
  const line =
    origin === 'base' ? known.base : instruction === undefined ? undefined : lineIn(known, instruction);
  if (line === undefined) return undefined;
  return { line, length: known.lines[line - 1]?.length ?? 0 };
}

/**
 * The line on which an instruction starts, counted from 1; undefined where none or several are the same.
 * Variables are not filled in: what Docker has filled in matches nothing.
 * @param instruction as it stood in the Dockerfile, in one line, without flags or with them; cut off where it
 *   ends with an ellipsis
 */
export function dockerfileLine(dockerfile: string, instruction: string): number | undefined {
  return lineIn(readText(dockerfile), instruction);
}

function lineIn({ linesOf, forms }: ReadDockerfile, instruction: string): number | undefined {
  const wanted = normalForm(instruction);
  if (wanted === undefined) return undefined;
  const [line, ...others] =
    linesOf.get(wanted.endsWith('…') ? only(forms, wanted.slice(0, -1)) : wanted) ?? [];
  return others.length === 0 ? line : undefined;
}

/** The one of sorted texts that begins with another; an empty one, which none of them is, if it is not one. */
function only(sorted: readonly string[], start: string): string {
  const at = firstWhere(sorted.length, (index) => (sorted[index] ?? '') >= start);
  const [first = '', second = ''] = [sorted[at], sorted[at + 1]];
  return first.startsWith(start) && !second.startsWith(start) ? first : '';
}

/** The first of `length` indexes for which something holds, as it does for all behind it; `length` if for none. */
function firstWhere(length: number, holds: (index: number) => boolean): number {
  let from = 0;
  let to = length;
  while (from < to) {
    const middle = Math.floor((from + to) / 2);
    if (holds(middle)) to = middle;
    else from = middle + 1;
  }
  return from;
}

/**
 * The line that names the base image: the last stage's `FROM`, or that of the stage it is built on. Undefined
 * where a variable could stand for a stage, and for `scratch`.
 */
export function baseImageLine(dockerfile: string): number | undefined {
  return readText(dockerfile).base;
}

function readText(text: string): ReadDockerfile {
  const lines = text.replace(/^\ufeff/, '').split(/\r?\n/);
  const instructions = parse(lines);
  const linesOf = new Map<string, number[]>();
  for (const { keyword, rest, line } of instructions) {
    const form = normalForm(`${keyword} ${rest}`);
    if (form === undefined) continue;
    const others = linesOf.get(form);
    if (others === undefined) linesOf.set(form, [line]);
    else others.push(line);
  }
  return { lines, linesOf, forms: [...linesOf.keys()].sort(), base: baseIn(instructions) };
}

function baseIn(instructions: readonly Instruction[]): number | undefined {
  const stages = instructions
    .filter(({ keyword }) => keyword === 'FROM')
    .map(({ rest, line }) => {
      const [image = '', as, name] = rest.split(/\s+/).filter((word) => !word.startsWith('--'));
      return { image, name: as?.toUpperCase() === 'AS' ? name?.toLowerCase() : undefined, line };
    });
  // The stages of each name, the last one at the end: from stage to stage the search goes only upwards.
  const named = Map.groupBy(stages.keys(), (index) => stages[index]?.name);
  let at = stages.length - 1;
  for (;;) {
    const stage = stages[at];
    if (stage === undefined || stage.image.toLowerCase() === 'scratch') return undefined;
    if (stage.image.includes('$') && stages.length > 1) return undefined;
    const candidates = named.get(stage.image.toLowerCase()) ?? [];
    while ((candidates.at(-1) ?? -1) >= at) candidates.pop();
    const earlier = candidates.at(-1);
    if (earlier === undefined) return stage.line;
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
function parse(lines: readonly string[]): Instruction[] {
  const endOf = hereDocumentsIn(lines);
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
    if (/^(RUN|COPY|ADD)$/i.test(keyword)) at = endOf(at, rest);
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

/**
 * Tells where the here-documents end that an instruction begins: the index of a line, that of the instruction's own
 * last one where it has none.
 */
function hereDocumentsIn(lines: readonly string[]): (at: number, rest: string) => number {
  // Which lines say what, without regard to tabs at their beginning or with it; most files never need it.
  let plain: Map<string, number[]> | undefined;
  let untabbed: Map<string, number[]> | undefined;
  const by = (text: (line: string) => string) =>
    Map.groupBy(lines.keys(), (index) => text(lines[index] ?? ''));
  return (at, rest) => {
    let end = at;
    for (const [, dash, , name = ''] of rest.matchAll(/(?<!<)<<(-?)(["']?)([A-Za-z_]\w*)\2/g)) {
      if (dash === '-') untabbed ??= by((line) => line.replace(/^\t+/, ''));
      else plain ??= by((line) => line);
      const same = (dash === '-' ? untabbed : plain)?.get(name) ?? [];
      const found = same[firstWhere(same.length, (index) => (same[index] ?? 0) > end)];
      // One without an end is no here-document, but a shell's `<<`.
      if (found !== undefined) end = found;
    }
    return end;
  };
}
