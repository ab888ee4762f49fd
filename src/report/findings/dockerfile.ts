/** Finds the line of a Dockerfile that made a layer. If several lines could have made it, or none, there is no result. */
import type { VulnerablePackage } from '../../results/finding.ts';
import {
  firstWhere,
  type Instruction,
  instructionsOf,
  stringsIn,
  withoutFlags,
} from './dockerfile-instructions.ts';

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

/** The line to point at for a package: the `FROM` of its base image, or the instruction that installed it. */
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
 * The line on which an instruction starts, counted from 1. Undefined if no instruction or several are the same. Variables
 * are not expanded, so an instruction in which Docker has expanded one is not found.
 * @param instruction in one line, with its flags or without. If it ends with an ellipsis, only its beginning is compared.
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

/** The only one of sorted texts that begins with another text. Empty if there is none, or more than one. */
function only(sorted: readonly string[], start: string): string {
  const at = firstWhere(sorted.length, (index) => (sorted[index] ?? '') >= start);
  const [first = '', second = ''] = [sorted[at], sorted[at + 1]];
  return first.startsWith(start) && !second.startsWith(start) ? first : '';
}

/**
 * The line that names the base image: the last stage's `FROM`, or that of the stage that it is built on. Undefined if a
 * variable could be the name of a stage, and for `scratch`.
 */
export function baseImageLine(dockerfile: string): number | undefined {
  return readText(dockerfile).base;
}

function readText(text: string): ReadDockerfile {
  const lines = text.replace(/^\ufeff/, '').split(/\r?\n/);
  const instructions = instructionsOf(lines);
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
  // The stages of each name, the last one at the end. A stage can only be built on an earlier one.
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
 * An instruction in the form that the Dockerfile and the image's history share: one space between words, no flags (the
 * history leaves out `--mount` and `--from`), and the strings of the JSON form as words.
 */
function normalForm(instruction: string): string | undefined {
  const [, keyword, given = ''] = /^\s*([A-Za-z]+)\s+(.*)$/s.exec(instruction) ?? [];
  const text = withoutFlags(given);
  const rest = (stringsIn(text)?.join(' ') ?? text).replace(/\s+/g, ' ').trim();
  return keyword === undefined || rest === '' ? undefined : `${keyword.toUpperCase()} ${rest}`;
}
