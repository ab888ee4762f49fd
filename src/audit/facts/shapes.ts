/** Parts of the schemas for AWS responses. */
import { isDeepStrictEqual } from 'node:util';
import * as v from 'valibot';
import { MalformedAnswer } from '../../aws/errors.ts';
import type { Page } from '../../aws/pages.ts';

/** A text that is not empty: AWS omits empty texts. */
export const text = v.pipe(v.string(), v.nonEmpty());
export const optionalText = v.nullish(text);
export const optionalDate = v.nullish(v.date());
export const digest = v.pipe(v.string(), v.regex(/^sha256:[0-9a-f]{64}$/));
export const texts = v.array(text);
/** A tag, by the rule of the OCI distribution specification. */
export const tag = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/));
/** A media type in lower case. Media types are not case-sensitive (RFC 6838, section 4.2). */
export const mediaType = v.pipe(v.string(), v.regex(/^[\w.+-]+\/[\w.+-]+$/), v.toLowerCase());
/** A prefix of repository names, or `ROOT` (ECR service model, PullThroughCacheRuleRepositoryPrefix and Prefix). */
export const prefix = v.pipe(
  v.string(),
  v.regex(/^(?:ROOT|[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*\/?)$/),
);
/**
 * An ARN. If anything else were requested, AWS would report it as missing, which would mean "deleted in the meantime".
 */
export const arn = v.pipe(v.string(), v.regex(/^arn:aws[a-z-]*:[a-z0-9-]+:[a-z0-9-]*:(?:\d{12}|aws)?:\S+$/));
/** ARN of a role of IAM. */
export const roleArn = v.pipe(v.string(), v.regex(/^arn:aws[a-z-]*:iam::\d{12}:role\/\S+$/));
/** A role in a task definition: its ARN or its name. */
export const roleOrName = v.nullish(
  v.pipe(v.string(), v.regex(/^(?:arn:aws[a-z-]*:iam::\d{12}:role\/\S+|[\w+=,.@-]{1,64})$/)),
);

/**
 * Checks that a response is about what was requested.
 * @throws MalformedAnswer if it is about something else. A response that does not say what it is about is accepted
 */
export function expectAbout(what: string, pairs: readonly (readonly [said: unknown, asked: string])[]): void {
  for (const [said, asked] of pairs) {
    if (said !== undefined && said !== null && said !== asked) {
      throw new MalformedAnswer(`${what} returned something else than ${asked}`);
    }
  }
}

/** A page of a list. */
export function page<T>(items: readonly T[], nextToken: string | null | undefined): Page<T> {
  return { items, nextToken: nextToken ?? undefined };
}

/**
 * Items by their key.
 * @throws MalformedAnswer if two items have the same key, because it is unknown which of them is right
 */
export function byKey<T>(what: string, items: readonly T[], key: (item: T) => string): Map<string, T> {
  const found = new Map<string, T>();
  for (const item of items) {
    const name = key(item);
    if (found.has(name)) throw new MalformedAnswer(`${what} listed ${name} twice`);
    found.set(name, item);
  }
  return found;
}

/**
 * Items, each once.
 * @throws MalformedAnswer if two items have the same key and differ, because it is unknown which of them is right
 */
export function once<T>(what: string, items: readonly T[], key: (item: T) => string): readonly T[] {
  const found = new Map<string, T>();
  for (const item of items) {
    const name = key(item);
    const same = found.get(name) ?? item;
    if (!isDeepStrictEqual(same, item)) {
      throw new MalformedAnswer(`${what} described ${name} twice, with different values`);
    }
    found.set(name, same);
  }
  return [...found.values()];
}

/** In groups of at most `size`. */
export function chunks<T>(items: readonly T[], size: number): T[][] {
  const result: T[][] = [];
  for (let start = 0; start < items.length; start += size) result.push(items.slice(start, start + size));
  return result;
}
