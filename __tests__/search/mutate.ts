/** Every small change of a JSON value: what a service, a proxy or an attacker could make of an answer or a document. */

export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

export type Path = readonly (string | number)[];

export interface Mutation {
  /** Where and what: `findings[0].severity: null`. */
  readonly name: string;
  readonly path: Path;
  readonly apply: (value: Json) => Json;
}

/** A change of the value at one place; `undefined`: the member or element is left out. */
interface Change {
  readonly name: string;
  readonly to: (value: Json) => Json | undefined;
}

const FAR_PAST = '1970-01-01T00:00:00Z';
const FAR_FUTURE = '9999-12-31T23:59:59Z';

/** The changes of any value, whatever it is. */
const ANY: readonly Change[] = [
  { name: 'left out', to: () => undefined },
  { name: 'null', to: () => null },
  { name: 'true', to: () => true },
  { name: 'text', to: () => 'an unknown word' },
  { name: 'empty text', to: () => '' },
  { name: 'number', to: () => 7 },
  { name: 'list', to: () => [] },
  { name: 'structure', to: () => ({}) },
  { name: 'list of itself', to: (value) => [value] },
];

const NUMBERS: readonly number[] = [0, -1, 0.5, 1, 11, 1e9, 4e9, 253402300799, -2208988800, 2 ** 53, 1e308];

const TEXTS: readonly Change[] = [
  { name: 'upper case', to: (value) => String(value).toUpperCase() },
  { name: 'lower case', to: (value) => String(value).toLowerCase() },
  { name: 'a space behind it', to: (value) => `${value} ` },
  { name: 'a letter less', to: (value) => String(value).slice(0, -1) },
  { name: 'twice', to: (value) => `${value}${value}` },
  { name: 'far past', to: () => FAR_PAST },
  { name: 'far future', to: () => FAR_FUTURE },
  { name: '__proto__', to: () => '__proto__' },
];

const LISTS: readonly Change[] = [
  { name: 'its first element alone', to: (value) => (value as Json[]).slice(0, 1) },
  { name: 'without its first element', to: (value) => (value as Json[]).slice(1) },
  { name: 'without its last element', to: (value) => (value as Json[]).slice(0, -1) },
  { name: 'backwards', to: (value) => (value as Json[]).toReversed() },
  { name: 'each element twice', to: (value) => (value as Json[]).flatMap((item) => [item, item]) },
  { name: 'a null in front', to: (value) => [null, ...(value as Json[])] },
  { name: 'an empty structure behind', to: (value) => [...(value as Json[]), {}] },
];

function changesOf(value: Json): readonly Change[] {
  if (typeof value === 'number') {
    return [
      ...ANY,
      ...NUMBERS.filter((other) => other !== value).map((other) => ({ name: `${other}`, to: () => other })),
    ];
  }
  if (typeof value === 'string') return [...ANY, ...TEXTS];
  if (Array.isArray(value)) {
    // Another change may have made something else of it.
    const lists = LISTS.map(({ name, to }) => ({
      name,
      to: (list: Json) => (Array.isArray(list) ? to(list) : list),
    }));
    return [...ANY, ...lists];
  }
  if (typeof value === 'boolean') return [...ANY, { name: 'the opposite', to: () => !value }];
  return ANY;
}

/** The paths of all values in a value, its own first. Of long lists only the first and the last elements are visited. */
export function pathsIn(value: Json, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const children: Path[] = Array.isArray(value)
    ? [...new Set([0, value.length - 1])]
        .filter((index) => index >= 0)
        .flatMap((index) => pathsIn(value[index] as Json, [...path, index]))
    : Object.entries(value).flatMap(([name, member]) => pathsIn(member, [...path, name]));
  return [path, ...children];
}

/** Every change at every place of a value. */
export function mutationsOf(value: Json): Mutation[] {
  const single = pathsIn(value).flatMap((path) =>
    changesOf(at(value, path)).map(
      ({ name, to }): Mutation => ({
        name: `${formatPath(path)}: ${name}`,
        path,
        apply: (whole) => changed(whole, path, to),
      }),
    ),
  );
  // A page that promises another one, and a member that the service has never had.
  return isStructure(value)
    ? [
        ...single,
        {
          name: 'nextToken: a token',
          path: ['nextToken'],
          apply: (whole: Json) => member(whole, 'nextToken', 'more'),
        },
        { name: 'x: 1', path: ['x'], apply: (whole: Json) => member(whole, 'x', 1) },
      ].filter(({ name }) => !(name.startsWith('nextToken') && 'nextToken' in value))
    : single;
}

/** Both changes, one after the other. */
export function both(first: Mutation, second: Mutation): Mutation {
  return {
    name: `${first.name} and ${second.name}`,
    path: first.path,
    apply: (value) => second.apply(first.apply(value)),
  };
}

function member(value: Json, name: string, to: Json): Json {
  return isStructure(value) ? { ...value, [name]: to } : value;
}

function at(value: Json, path: Path): Json {
  return path.reduce<Json>((inside, part) => (inside as Record<string, Json>)[part as string] ?? null, value);
}

/** Leaves a value as it is where the path leads nowhere any more. */
function changed(value: Json, path: Path, to: (value: Json) => Json | undefined): Json {
  const [part, ...rest] = path;
  if (part === undefined) return to(value) ?? null;
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return value;
  const inside = (value as Record<string, Json>)[part as string] as Json;
  const next = rest.length === 0 ? to(inside) : changed(inside, rest, to);
  if (Array.isArray(value)) {
    const items = [...value] as Json[];
    if (next === undefined) items.splice(part as number, 1);
    else items[part as number] = next;
    return items;
  }
  const { [part as string]: _, ...others } = value as Record<string, Json>;
  return next === undefined ? others : { ...value, [part]: next };
}

function isStructure(value: Json): value is { readonly [name: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function formatPath(path: Path): string {
  return path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${part}`)).join('') || 'the answer';
}
