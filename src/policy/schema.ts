/** Checks a document against a schema, and describes what is wrong with it. */

import * as v from 'valibot';
import type { GateError } from '../errors.ts';
import { nearest } from '../text.ts';
import {
  describe,
  formatPath,
  type Path,
  problem,
  quote,
  type SourceDocument,
  type Vocabulary,
} from './source.ts';

/** The parts of valibot's schemas that are used to explain an issue. */
interface Node {
  readonly type: string;
  readonly entries?: Readonly<Record<string, Node>>;
  readonly item?: Node;
  readonly wrapped?: Node;
  readonly options?: readonly (Node | string)[];
}

/**
 * Marks text of a fixed format, such as a duration: a message may contain the value. The key is a symbol, so that the mark is
 * not in the JSON Schema.
 */
export const FIXED_FORMAT: unique symbol = Symbol('fixed format');

/**
 * Metadata of a schema: makes an example from a value that cannot be used. The schema's own example is shown if the result is
 * undefined. The key is a symbol, so that it is not in the JSON Schema.
 */
export const SUGGESTION: unique symbol = Symbol('suggestion');

/** The keys of a schema, and the values that it names. */
export function vocabularyOf(schema: v.GenericSchema): Vocabulary {
  const words = new Set<string>();
  const collect = (node: Node): void => {
    for (const [key, entry] of Object.entries(node.entries ?? {})) {
      words.add(key);
      collect(entry);
    }
    for (const option of node.options ?? []) {
      if (typeof option === 'string') words.add(option);
      else collect(option);
    }
    for (const inner of [node.item, node.wrapped]) if (inner !== undefined) collect(inner);
  };
  collect(schema as unknown as Node);
  return words;
}

/**
 * Makes an error at a place in a document.
 * @param nextStep what to do; default: an example of what can be there
 */
export type Fail = (path: Path, what: string, at?: 'key' | 'value', nextStep?: string) => GateError;

/** Makes errors about places in a document. */
export function failer(schema: v.GenericSchema, document: SourceDocument): Fail {
  return (path, what, at = 'value', nextStep = exampleAt(schema, document, path)) =>
    problem(document.file, document.locate(path, at), path, what, nextStep);
}

/**
 * The output of a schema for a document.
 * @throws GateError `input` for the first mistake, with file, line, column, path and an example, and the places of the others
 */
export function validate<const T extends v.GenericSchema>(
  schema: T,
  document: SourceDocument,
): v.InferOutput<T> {
  const fail = failer(schema, document);
  const list = misplacedList(schema as unknown as Node, document.value, []);
  if (list !== undefined) throw fail(list, `expected a mapping, got ${shown(schema, document, list)}`);
  // A large document can have too many mistakes to collect.
  const result = v.safeParse(schema, document.value, { abortEarly: document.size > MOST_SEARCHED });
  if (result.success) return result.output;
  const places = result.issues
    .map((issue) => placeOf(document, issue))
    .sort((a, b) => a.offset - b.offset)
    .slice(0, MOST_SHOWN);
  const [first, ...rest] = places.map((place) => explain(schema, document, place)) as [Problem, ...Problem[]];
  const more = rest.map(({ position, path }) => `${position.line}:${position.column} ${formatPath(path)}`);
  const left = result.issues.length - places.length;
  if (left > 0) more.push(`${left} others`);
  const also = more.length === 0 ? '' : ` (also wrong: ${more.join(', ')})`;
  const { path, position, what, meant = path } = first;
  throw problem(document.file, position, path, `${what}${also}`, exampleAt(schema, document, meant));
}

/** The most values of a document in which all mistakes are collected, and the most mistakes that are shown. */
const MOST_SEARCHED = 20_000;
const MOST_SHOWN = 5;

interface Place {
  readonly issue: v.BaseIssue<unknown>;
  readonly path: Path;
  readonly offset: number;
}

interface Problem {
  /** The part that a message may contain. */
  readonly path: Path;
  readonly position: { readonly line: number; readonly column: number };
  readonly what: string;
  /** The path that was probably meant. Undefined: the same path. */
  readonly meant?: Path | undefined;
}

/** Where an issue is. For a value that can be one or a list, it is the issue of the form that was written. */
function placeOf(document: SourceDocument, issue: v.BaseIssue<unknown>, around: Path = []): Place {
  const path = [
    ...around,
    ...(issue.path ?? []).map(({ key }) => (typeof key === 'number' ? key : String(key))),
  ];
  const several = Array.isArray(issue.input);
  const closer = issue.issues?.find(
    ({ path, input }) => (path !== undefined) === several && typeof input === 'string',
  );
  if (closer !== undefined) return placeOf(document, closer, path);
  return { issue, path, offset: document.offsetOf(path, isOnKey(issue) ? 'key' : 'value') };
}

function isOnKey(issue: v.BaseIssue<unknown>): boolean {
  return issue.path?.at(-1)?.origin === 'key';
}

/** Describes an issue. */
function explain(schema: v.GenericSchema, document: SourceDocument, place: Place): Problem {
  const problem = describeIssue(schema, document, place);
  return { ...problem, path: withoutFreeKeys(schema, problem.path) };
}

/** The part of a path before keys that the document chooses. A message contains none of those. */
function withoutFreeKeys(schema: v.GenericSchema, path: Path): Path {
  const end = path.findIndex(
    (_, at) => nodeAt(schema as unknown as Node, path.slice(0, at))?.type === 'record',
  );
  return end === -1 ? path : path.slice(0, end);
}

function describeIssue(
  schema: v.GenericSchema,
  document: SourceDocument,
  { issue, path, offset }: Place,
): Problem {
  const key = path.at(-1);
  const onKey = isOnKey(issue);
  const position = document.positionOf(offset);
  // A key that the document chooses, such as the id of an account.
  if (onKey && issue.type !== 'strict_object')
    return { path: path.slice(0, -1), position, what: issue.message };
  if (onKey && issue.expected === 'never') {
    const around = path.slice(0, -1);
    const keys = Object.keys(nodeAt(schema as unknown as Node, around)?.entries ?? {});
    const meant = nearest(String(key), keys);
    // A key that does not resemble a known one is not shown: the file may be another one than was meant.
    if (meant === undefined) {
      return { path: around, position, what: `unknown key (expected one of ${keys.join(', ')})` };
    }
    const what = `unknown key (did you mean ${meant}?)`;
    return { path, position, what, meant: [...around, meant] };
  }
  if (onKey) return { path, position, what: 'is missing' };
  const got = shown(schema, document, path);
  if (issue.type === 'strict_object') return { path, position, what: `expected a mapping, got ${got}` };
  const hint = hintFor(schema as unknown as Node, document, path);
  return { path, position, what: `${issue.message}, got ${got}${hint}` };
}

/**
 * Describes the value at a path. Text is shown if the schema has named values or a fixed format there, or if it is a word of
 * the schema. Numbers and booleans are shown below a known key.
 */
function shown(schema: v.GenericSchema, document: SourceDocument, path: Path): string {
  const value = valueAt(document, path);
  if (typeof value !== 'string') return describe(value, path.length > 0);
  const node = nodeAt(schema as unknown as Node, path);
  return describe(value, hasFixedFormat(node) || vocabularyOf(schema).has(value));
}

function hasFixedFormat(node: Node | undefined): boolean {
  if (node === undefined) return false;
  const metadata = v.getMetadata(node as unknown as v.GenericSchema) as Readonly<Record<symbol, unknown>>;
  return (
    metadata[FIXED_FORMAT] === true ||
    ['picklist', 'literal', 'boolean', 'number'].includes(node.type) ||
    (node.options ?? []).some((option) => typeof option !== 'string' && hasFixedFormat(unwrapped(option)))
  );
}

/** A hint for a misspelled word, and for the booleans of YAML 1.1, which are text in 1.2. */
function hintFor(schema: Node, document: SourceDocument, path: Path): string {
  const value = valueAt(document, path);
  const node = nodeAt(schema, path);
  if (typeof value === 'boolean' && optionsOf(node).includes('yes')) {
    return ` (write ${value ? 'yes' : 'no'})`;
  }
  if (typeof value !== 'string') return '';
  if (node?.type === 'boolean' && /^(yes|no|on|off)$/i.test(value)) {
    return ` (in YAML 1.2 that is text; write ${/^(yes|on)$/i.test(value) ? 'true' : 'false'})`;
  }
  const meant = nearest(value, optionsOf(node));
  return meant === undefined ? '' : ` (did you mean ${quote(meant)}?)`;
}

function optionsOf(node: Node | undefined): string[] {
  return (node?.options ?? []).flatMap((option) =>
    typeof option === 'string' ? [option] : optionsOf(option),
  );
}

/** The path of a list where an object is expected: valibot accepts one. */
function misplacedList(node: Node, value: unknown, path: Path): Path | undefined {
  const inner = unwrapped(node);
  if (inner.entries !== undefined) {
    if (Array.isArray(value)) return path;
    if (typeof value !== 'object' || value === null) return undefined;
    for (const [key, child] of Object.entries(inner.entries)) {
      const found = misplacedList(child, (value as Record<string, unknown>)[key], [...path, key]);
      if (found !== undefined) return found;
    }
  } else if (inner.item !== undefined && Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      const found = misplacedList(inner.item, item, [...path, index]);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

function unwrapped(node: Node): Node {
  return node.wrapped === undefined ? node : unwrapped(node.wrapped);
}

/** The schema at a path. Undefined if the schema has nothing there. */
function nodeAt(schema: Node, path: Path): Node | undefined {
  let node: Node | undefined = unwrapped(schema);
  for (const part of path) {
    const entries: Readonly<Record<string, Node>> = node?.entries ?? {};
    if (typeof part === 'number') {
      node = node?.item ?? lists(node).find(({ item }) => item !== undefined)?.item;
    } else {
      node = Object.hasOwn(entries, part) ? entries[part] : undefined;
    }
    if (node === undefined) return undefined;
    node = unwrapped(node);
  }
  return node;
}

function lists(node: Node | undefined): Node[] {
  return (node?.options ?? []).flatMap((option) => (typeof option === 'string' ? [] : [unwrapped(option)]));
}

/** An example for a path or, if there is none, for what is around it. The last resort is how the document begins. */
function exampleAt(schema: v.GenericSchema, document: SourceDocument, path: Path): string | undefined {
  for (let length = path.length; length > 0; length -= 1) {
    const key = path[length - 1];
    const node = nodeAt(schema as unknown as Node, path.slice(0, length));
    if (typeof key === 'number' || node === undefined) continue;
    // An example is made from a value only if the value itself is wrong, or an item of the list that it is.
    const isWrong = path.slice(length).every((part) => typeof part === 'number');
    const written = isWrong ? valueAt(document, path.slice(0, length)) : undefined;
    const example = exampleOf(node, written);
    if (example !== undefined) return `For example: ${document.example(String(key), example)}`;
  }
  const [beginning] = Object.entries(unwrapped(schema as unknown as Node).entries ?? {});
  return (
    beginning &&
    `The document has to begin with: ${document.example(beginning[0], exampleOf(beginning[1], undefined))}`
  );
}

/** An example for a schema: one that is made from a wrong value, or the schema's own. */
function exampleOf(node: Node, written: unknown): unknown {
  const schema = node as unknown as v.GenericSchema;
  const { [SUGGESTION]: suggest } = v.getMetadata(schema) as {
    readonly [SUGGESTION]?: (value: unknown) => unknown;
  };
  const [example]: readonly unknown[] = v.getExamples(schema);
  return (written === undefined || written === null ? undefined : suggest?.(written)) ?? example;
}

function valueAt(document: SourceDocument, path: Path): unknown {
  let value = document.value;
  for (const part of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined;
    value = (value as Record<string | number, unknown>)[part];
  }
  return value;
}
