/** Finds the line of a Dockerfile that created a layer; undefined if no line could have, or more than one. */
import type { VulnerablePackage } from '../../results/finding.ts';
import { oncePer } from '../kit/once.ts';

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

/** A parsed Dockerfile, for all findings. */
interface ReadDockerfile {
  readonly lines: readonly string[];
  /** The lines of each instruction in its normal form. */
  readonly linesOf: ReadonlyMap<string, readonly number[]>;
  /** The normal forms, sorted. */
  readonly forms: readonly string[];
  /** The line that names the base image. */
  readonly base: number | undefined;
}

/** The line of a package: the `FROM` of its base image, or the instruction that added it. */
export function lineOfPackage(
  dockerfile: Dockerfile,
  { origin, instruction }: VulnerablePackage,
): DockerfileLine | undefined {
  const known = readDockerfile(dockerfile);
  const line =
    origin === 'base' ? known.base : instruction === undefined ? undefined : lineIn(known, instruction);
  if (line === undefined) return undefined;
  return { line, length: known.lines[line - 1]?.length ?? 0 };
}

/**
 * The line on which an instruction starts, counted from 1; undefined if no instruction or more than one is the same.
 * Variables are not replaced, so an instruction with values that Docker filled in matches nothing.
 * @param instruction one line from the Dockerfile, with or without flags; shortened if it ends with an ellipsis
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

/** The only one of sorted texts that starts with a text; empty, which none of them is, if there is not exactly one. */
function only(sorted: readonly string[], start: string): string {
  const at = firstWhere(sorted.length, (index) => (sorted[index] ?? '') >= start);
  const [first = '', second = ''] = [sorted[at], sorted[at + 1]];
  return first.startsWith(start) && !second.startsWith(start) ? first : '';
}

/** The first of `length` indexes with a property that all later ones have too; `length` if none has it. */
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
 * The line that names the base image: the `FROM` of the last stage, or of the stage that it is built on. Undefined for
 * `scratch`, and if a variable could be the name of a stage.
 */
export function baseImageLine(dockerfile: string): number | undefined {
  return readText(dockerfile).base;
}

const readDockerfile = oncePer(({ text }: Dockerfile) => readText(text));

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
  // The stages of each name, the last one at the end: a stage can be built only on an earlier one.
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
 * An instruction in a form that is the same in Dockerfile and image history: one space between words, no flags (the history
 * omits `--mount` and `--from`), and an array as its words.
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
      // A command that looks like an array.
    }
  }
  return joined.replace(/\s+/g, ' ').trim();
}

/** The instructions of a Dockerfile, with the lines, comments and here-documents of BuildKit's parser. */
function parse(lines: readonly string[]): Instruction[] {
  const endOf = hereDocumentsIn(lines);
  const mark = escapeCharacter(lines);
  const instructions: Instruction[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const line = at + 1;
    if (isBlankOrComment(lines[at])) continue;
    const parts: string[] = [];
    for (; at < lines.length; at += 1) {
      const text = lines[at] ?? '';
      // Comments and empty lines inside an instruction do not end it.
      if (parts.length > 0 && isBlankOrComment(text)) continue;
      const continued = withoutContinuation(text, mark);
      parts.push(continued ?? text);
      if (continued === undefined) break;
    }
    const [, keyword, rest = ''] = /^\s*([A-Za-z]+)(?:\s+(.*))?$/s.exec(parts.join('')) ?? [];
    if (keyword === undefined) continue;
    instructions.push({ keyword: keyword.toUpperCase(), rest, line });
    if (/^(RUN|COPY|ADD)$/i.test(keyword)) at = endOf(at, rest);
  }
  return instructions;
}

/**
 * A line that the next one continues, without the escape character at its end; undefined if the line is complete. An escaped
 * escape character does not continue it. Source: BuildKit, frontend/dockerfile/parser/parser.go (lineContinuationRegex).
 */
function withoutContinuation(line: string, mark: string): string | undefined {
  const text = line.trimEnd();
  return text.endsWith(mark) && !text.endsWith(mark + mark) ? text.slice(0, -1) : undefined;
}

/** The parser directive `escape`, which precedes everything else; a backslash if there is none. */
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
 * Finds the end of the here-documents of an instruction: the index of their last line, or of the instruction's last line if
 * it has none.
 */
function hereDocumentsIn(lines: readonly string[]): (at: number, rest: string) => number {
  // The lines by their text, with and without leading tabs. Most files do not need it.
  let plain: Map<string, number[]> | undefined;
  let untabbed: Map<string, number[]> | undefined;
  const by = (text: (line: string) => string) =>
    Map.groupBy(lines.keys(), (index) => text(lines[index] ?? ''));
  return (at, rest) => {
    let end = at;
    for (const { name, strip } of hereDocumentNames(rest)) {
      if (strip) untabbed ??= by((line) => line.replace(/^\t+/, ''));
      else plain ??= by((line) => line);
      const same = (strip ? untabbed : plain)?.get(name) ?? [];
      const found = same[firstWhere(same.length, (index) => (same[index] ?? 0) > end)];
      // Without an end it is the shell operator `<<`.
      if (found !== undefined) end = found;
    }
    return end;
  };
}

// A word of a shell command: quoted texts, escaped characters, and everything else but white space.
const SHELL_WORD = /(?:"(?:\\[^]|[^"\\])*"|'[^']*'|\\[^]|[^\s"'\\])+/g;

/**
 * The here-documents that an instruction starts, in order. A name is any word. Source: BuildKit,
 * frontend/dockerfile/parser/parser.go (reHeredoc and ParseHeredoc).
 */
function hereDocumentNames(rest: string): { readonly name: string; readonly strip: boolean }[] {
  return [...rest.matchAll(SHELL_WORD)].flatMap(([word]) => {
    const [, dash, quoted] = /^\d*<<(-?)([^<]+)$/.exec(word) ?? [];
    return quoted === undefined ? [] : [{ name: unquoted(quoted), strip: dash === '-' }];
  });
}

function unquoted(word: string): string {
  return word.replace(/"((?:\\[^]|[^"\\])*)"|'([^']*)'|\\([^])/g, (_, double, single, escaped) =>
    double === undefined ? (single ?? escaped) : double.replace(/\\(["\\$])/g, '$1'),
  );
}
