/**
 * The search itself: every small change of every answer and document, one at a time and in pairs. It knows nothing of
 * the actions: what is searched is a Subject.
 */
import { randomOf } from '../random.ts';
import { type Json, type Mutation, mutationsOf } from './mutate.ts';
import type { Alter } from './stage.ts';

/** An answer or a document as it was sent, and as it was before. */
export interface Sent {
  readonly where: string;
  readonly index: number;
  readonly was: Json;
  readonly is: Json;
}

/** Something to search: a run whose answers and documents can be changed, and what must hold of it. */
export interface Subject {
  readonly name: string;
  /** The single changes, by their names, that no sample leaves out. */
  readonly always?: RegExp | undefined;
  /** Plays one run and returns, in words, what did not hold of it. */
  run(alter: Alter): Promise<readonly string[]>;
}

/** One change of a run, or several. */
export interface Case {
  readonly name: string;
  /** The answers and documents that it changes. */
  readonly places: readonly string[];
  readonly alter: Alter;
}

/** A case of which something did not hold. */
export interface Find {
  readonly subject: string;
  readonly case: string;
  readonly wrong: readonly string[];
}

/** What AWS answers instead, by the names of its errors. */
const REFUSALS: readonly (readonly [string, number])[] = [
  ['AccessDeniedException', 400],
  ['ThrottlingException', 400],
  ['ValidationException', 400],
  ['ExpiredTokenException', 400],
  ['ResourceNotFoundException', 404],
  ['ScanNotFoundException', 400],
  ['ImageNotFoundException', 400],
  ['RepositoryNotFoundException', 400],
  ['ServerException', 500],
  ['AnErrorThatIsNew', 418],
];

/** What is sent in the unchanged run: by place, the different values in their order. */
export type Recorded = ReadonlyMap<string, readonly Json[]>;

/**
 * Plays the unchanged run.
 * @throws Error where something does not hold of it already
 */
export async function record(subject: Subject): Promise<Recorded> {
  // The first run loads what is loaded late, for which no clock waits.
  await subject.run((_, __, value) => value);
  const recorded = new Map<string, Json[]>();
  const wrong = await subject.run((where, _, value) => {
    const values = recorded.get(where) ?? [];
    recorded.set(where, values);
    values.push(value);
    return value;
  });
  if (wrong.length > 0) throw new Error(`${subject.name} does not hold unchanged: ${wrong.join('; ')}`);
  return recorded;
}

/** Of answers that are asked for again and again, the first and the last that differ. */
function shapes(values: readonly Json[]): Json[] {
  const [first = null, last = first] = [values[0], values.at(-1)];
  return JSON.stringify(first) === JSON.stringify(last) ? [first] : [first, last];
}

/** Every change of one field of one answer or document, every change of the order of pages, and every refusal. */
export function singleCases(recorded: Recorded): Case[] {
  return [...recorded].flatMap(([where, values]) => [
    ...fieldCases(where, values),
    ...pageCases(where, values),
    ...(/^(?:ecr|ecs|eks|iam|inspector2|kms|lambda|organizations|sts):/.test(where)
      ? refusalCases(where)
      : []),
  ]);
}

function fieldCases(where: string, values: readonly Json[]): Case[] {
  const mutations = new Map<string, Mutation>();
  for (const value of shapes(values)) {
    for (const mutation of allMutations(value)) mutations.set(mutation.name, mutation);
  }
  return [...mutations.values()].map(({ name, apply }) => ({
    name: `${where}${name}`,
    places: [where],
    alter: (at, _, value) => (at === where ? apply(value) : value),
  }));
}

/** A page token belongs into the body of AWS's answers, and a member that is new everywhere. */
function allMutations(value: Json): Mutation[] {
  const whole = mutationsOf(value).filter(
    ({ path }) => path.join() !== 'nextToken' || hasBody(value) === false,
  );
  if (!hasBody(value)) return whole;
  const inBody = mutationsOf(value.body)
    .filter(({ name }) => /^nextToken: a token$/.test(name))
    .map(
      ({ name, apply }): Mutation => ({
        name: `.body.${name}`,
        path: ['body', 'nextToken'],
        apply: (answer) => (hasBody(answer) ? { ...answer, body: apply(answer.body) } : answer),
      }),
    );
  return [...whole, ...inBody];
}

function hasBody(value: Json): value is { readonly body: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && 'body' in value;
}

/** Answers in each other's place: a page that comes twice, too early or too late. */
function pageCases(where: string, values: readonly Json[]): Case[] {
  const count = Math.min(values.length, 3);
  const pairs = Array.from({ length: count }, (_, at) =>
    Array.from({ length: count }, (__, from) => [at, from] as const),
  ).flat();
  return pairs
    .filter(([at, from]) => at !== from)
    .map(([at, from]) => ({
      name: `${where}: answer ${from + 1} in place of answer ${at + 1}`,
      places: [where],
      alter: (place, index, value) => (place === where && index === at ? (values[from] ?? value) : value),
    }));
}

function refusalCases(where: string): Case[] {
  return REFUSALS.flatMap(([errorType, status]) =>
    (['always', 'once'] as const).map((when) => ({
      name: `${where}: ${errorType} ${when}`,
      places: [where],
      alter: (place, index, value) =>
        place === where && (when === 'always' || index === 0)
          ? { ...Object(value), status, errorType, body: { __type: errorType, message: 'no' } }
          : value,
    })),
  );
}

/** The same change of one answer alone: the others are right. */
export function onlyOnce(one: Case, index: number): Case {
  return {
    name: `${one.name}, answer ${index + 1} alone`,
    places: one.places,
    alter: (where, at, value) => (at === index ? one.alter(where, at, value) : value),
  };
}

/** Both changes in one run. */
export function pairOf(first: Case, second: Case): Case {
  return {
    name: `${first.name} AND ${second.name}`,
    places: [...first.places, ...second.places],
    alter: (where, index, value) => second.alter(where, index, first.alter(where, index, value)),
  };
}

/** The items in an order that is the same for a seed. */
export function shuffled<T>(items: readonly T[], random: () => number): T[] {
  return items
    .map((item) => ({ item, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}

/** No run takes this long by the real clock: one that does stands still. */
const STANDS_STILL_MS = 20_000;

/** Plays one case. */
export async function tryCase(subject: Subject, one: Case): Promise<Find | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const still = new Promise<readonly string[]>((resolve) => {
    timer = setTimeout(() => resolve(['it stands still']), STANDS_STILL_MS);
  });
  const wrong = await Promise.race([subject.run(one.alter), still]);
  clearTimeout(timer);
  return wrong.length === 0 ? undefined : { subject: subject.name, case: one.name, wrong };
}

export interface Extent {
  readonly seed: number;
  /** How many single changes besides those that are always tried, and how many pairs; the seed chooses them. */
  readonly singles: number;
  readonly pairs: number;
  /** Ends the search early; tells the real time. */
  readonly isOver?: () => boolean;
}

export interface Searched {
  readonly finds: readonly Find[];
  readonly runs: number;
  /** How many single changes there are. */
  readonly singles: number;
}

/** Searches a subject. */
export async function search(
  subject: Subject,
  { seed, singles, pairs, isOver = () => false }: Extent,
): Promise<Searched> {
  const random = randomOf(seed);
  const all = singleCases(await record(subject));
  const finds: Find[] = [];
  let runs = 0;
  const attempt = async (one: Case) => {
    runs += 1;
    const find = await tryCase(subject, one);
    if (find !== undefined) finds.push(find);
  };
  const any = () => all[Math.floor(random() * all.length)];
  const isAlways = ({ name }: Case) => subject.always?.test(name) ?? false;
  const others = shuffled(
    all.filter((one) => !isAlways(one)),
    random,
  );
  for (const one of [...all.filter(isAlways), ...others.slice(0, singles)]) {
    if (isOver()) break;
    await attempt(one);
  }
  for (let count = 0; count < pairs && !isOver(); count += 1) {
    const [first, second] = [any(), any()];
    if (first === undefined || second === undefined) break;
    await attempt(random() < 0.25 ? onlyOnce(first, Math.floor(random() * 3)) : pairOf(first, second));
  }
  return { finds, runs, singles: all.length };
}
