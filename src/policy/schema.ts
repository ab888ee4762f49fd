/** Checks a document against a schema, and says what is wrong with it in words. */
import * as v from 'valibot';
import type { GateError } from '../errors.ts';
import {
  describe,
  formatPath,
  nearest,
  type Path,
  problem,
  quote,
  type SourceDocument,
  type Vocabulary,
} from './source.ts';

/** What of valibot's schemas is looked at to explain an issue. */
interface Node {
  readonly type: string;
  readonly entries?: Readonly<Record<string, Node>>;
  readonly item?: Node;
  readonly wrapped?: Node;
  readonly options?: readonly (Node | string)[];
}

/**
 * Marks text of a fixed form, such as a duration: a message may contain the value that is in its place. The key is a
 * symbol, so that the mark is not in the JSON Schema.
 */
export const OF_A_FORM: unique symbol = Symbol('of a form');

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

/** An error at a place in a document, with the schema's own example of what is right there. */
export type Fail = (path: Path, what: string, at?: 'key' | 'value') => GateError;

/** An error in words that is about a place in a document. */
export function failer(schema: v.GenericSchema, document: SourceDocument): Fail {
  return (path, what, at = 'value') =>
    problem(document.file, document.locate(path, at), path, what, exampleAt(schema, document, path));
}

/**
 * The document's value as the schema makes it.
 * @throws GateError `input` for the first thing that is wrong, with file, line, column, path, a right example,
 * and where the others are
 */
export function validate<const T extends v.GenericSchema>(
  schema: T,
  document: SourceDocument,
): v.InferOutput<T> {
  const fail = failer(schema, document);
  const list = misplacedList(schema as unknown as Node, document.value, []);
  if (list !== undefined) throw fail(list, `expected a mapping, got ${shown(schema, document, list)}`);
  // In a large document everything can be wrong, and there is no room for all of it.
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

/** How many values a document may have in which all mistakes are looked for, and how many of them are shown. */
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
  /** Where what was meant would be; undefined: there. */
  readonly meant?: Path | undefined;
}

/** Where an issue is. Of "one or several", what is wrong with the form that was written says more. */
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

/** What an issue says in words. */
function explain(schema: v.GenericSchema, document: SourceDocument, place: Place): Problem {
  const explained = inWords(schema, document, place);
  return { ...explained, path: withoutFreeKeys(schema, explained.path) };
}

/** The part of a path before keys that the document chooses: a message contains none of those. */
function withoutFreeKeys(schema: v.GenericSchema, path: Path): Path {
  const end = path.findIndex(
    (_, at) => nodeAt(schema as unknown as Node, path.slice(0, at))?.type === 'record',
  );
  return end === -1 ? path : path.slice(0, end);
}

function inWords(schema: v.GenericSchema, document: SourceDocument, { issue, path, offset }: Place): Problem {
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
    // A key that resembles no known one is not in the message: the file may be another one than was meant.
    if (meant === undefined) {
      return { path: around, position, what: `unknown key (expected one of ${keys.join(', ')})` };
    }
    const what = `unknown key (did you mean ${meant}?)`;
    return { path, position, what, meant: [...around, meant] };
  }
  if (onKey) return { path, position, what: 'is missing' };
  const got = shown(schema, document, path);
  if (issue.type === 'strict_object') return { path, position, what: `expected a mapping, got ${got}` };
  const hint = mistake(schema as unknown as Node, document, path);
  return { path, position, what: `${issue.message}, got ${got}${hint}` };
}

/**
 * What a document has in a place, in words. Text is quoted if the schema has named values or a fixed form there, or if it
 * is a word of the schema; numbers and booleans are quoted below a known key.
 */
function shown(schema: v.GenericSchema, document: SourceDocument, path: Path): string {
  const value = valueAt(document, path);
  if (typeof value !== 'string') return describe(value, path.length > 0);
  const node = nodeAt(schema as unknown as Node, path);
  return describe(value, isOfAForm(node) || vocabularyOf(schema).has(value));
}

function isOfAForm(node: Node | undefined): boolean {
  if (node === undefined) return false;
  const metadata = v.getMetadata(node as unknown as v.GenericSchema) as Readonly<Record<symbol, unknown>>;
  return (
    metadata[OF_A_FORM] === true ||
    ['picklist', 'literal', 'boolean', 'number'].includes(node.type) ||
    (node.options ?? []).some((option) => typeof option !== 'string' && isOfAForm(unwrapped(option)))
  );
}

/** A word that is nearly right, and the booleans of YAML 1.1, which are text in 1.2. */
function mistake(schema: Node, document: SourceDocument, path: Path): string {
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

/** Valibot takes a list for an object; nobody who writes one means that. */
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

/** The schema of what is at a path; undefined where the schema has nothing there. */
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

/** The example of what is at a path or, where that has none, of what is around it; in the end, how it all begins. */
function exampleAt(schema: v.GenericSchema, document: SourceDocument, path: Path): string | undefined {
  const of = (node: Node): unknown => {
    const [example]: readonly unknown[] = v.getExamples(node as unknown as v.GenericSchema);
    return example;
  };
  for (let length = path.length; length > 0; length -= 1) {
    const key = path[length - 1];
    const node = nodeAt(schema as unknown as Node, path.slice(0, length));
    if (typeof key === 'number' || node === undefined) continue;
    const example = of(node);
    if (example !== undefined) return `A right value is: ${document.example(String(key), example)}`;
  }
  const [beginning] = Object.entries(unwrapped(schema as unknown as Node).entries ?? {});
  return beginning && `A right document begins with: ${document.example(beginning[0], of(beginning[1]))}`;
}

function valueAt(document: SourceDocument, path: Path): unknown {
  let value = document.value;
  for (const part of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined;
    value = (value as Record<string | number, unknown>)[part];
  }
  return value;
}
