/** Checks a document against a schema, and says what is wrong with it in words. */
import * as v from 'valibot';
import type { GateError } from '../errors.ts';
import { describe, formatPath, nearest, type Path, problem, quote, type SourceDocument } from './source.ts';

/** What of valibot's schemas is looked at to explain an issue. */
interface Node {
  readonly type: string;
  readonly entries?: Readonly<Record<string, Node>>;
  readonly item?: Node;
  readonly wrapped?: Node;
  readonly options?: readonly (Node | string)[];
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
  if (list !== undefined) throw fail(list, `expected a mapping, got ${describe(valueAt(document, list))}`);
  // In a large document everything can be wrong, and there is no room for all of it.
  const result = v.safeParse(schema, document.value, { abortEarly: document.size > MOST_SEARCHED });
  if (result.success) return result.output;
  const places = result.issues
    .map((issue) => placeOf(document, issue))
    .sort((a, b) => a.offset - b.offset)
    .slice(0, MOST_SHOWN);
  const more = places.slice(1).map(({ offset, path }) => {
    const { line, column } = document.positionOf(offset);
    return `${line}:${column} ${formatPath(path)}`;
  });
  const left = result.issues.length - places.length;
  if (left > 0) more.push(`${left} others`);
  const also = more.length === 0 ? '' : ` (also wrong: ${more.join(', ')})`;
  const [{ issue, path, offset }] = places as [Place, ...Place[]];
  const { what, meant = path } = explain(schema as unknown as Node, document, { issue, path });
  const position = document.positionOf(offset);
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
  return issue.type === 'strict_object' && issue.path?.at(-1)?.origin === 'key';
}

/** What an issue says in words, and where what was meant would be; undefined: there. */
function explain(
  schema: Node,
  document: SourceDocument,
  { issue, path }: Pick<Place, 'issue' | 'path'>,
): { readonly what: string; readonly meant?: Path | undefined } {
  const key = path.at(-1);
  const onKey = isOnKey(issue);
  if (onKey && issue.expected === 'never') {
    const known = Object.keys(nodeAt(schema, path.slice(0, -1))?.entries ?? {});
    const meant = nearest(String(key), known);
    const hint = meant === undefined ? `expected one of ${known.join(', ')}` : `did you mean ${meant}?`;
    const instead = meant === undefined ? undefined : [...path.slice(0, -1), meant];
    return { what: `unknown key (${hint})`, meant: instead };
  }
  if (onKey) return { what: 'is missing' };
  if (issue.type === 'strict_object') {
    return { what: `expected a mapping, got ${describe(valueAt(document, path))}` };
  }
  return {
    what: `${issue.message}, got ${describe(valueAt(document, path))}${mistake(schema, document, path)}`,
  };
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
