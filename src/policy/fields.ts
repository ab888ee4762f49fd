/** Schemas of the values that policies and exceptions share. */

import * as v from 'valibot';
import { SEVERITIES, THRESHOLDS, UNTRIAGED } from '../results/severity.ts';
import { DAY_MS, UNIT_MS } from '../time.ts';
import { MAX_TEXT } from './limits.ts';
import type { Bound } from './policy.ts';
import { FIXED_FORMAT, SUGGESTION } from './schema.ts';
import {
  suggestBoolean,
  suggestBound,
  suggestDuration,
  suggestSeverities,
  suggestThreshold,
} from './suggestions.ts';

/** `90s`, `15m`, `12h`, `7d`, `2w`, longer than zero, as milliseconds. A day has 24 hours. */
export function duration(description: string, example: string) {
  const message = 'expected a duration: a number and a unit, s, m, h, d or w';
  return v.pipe(
    v.string(message),
    v.regex(/^[1-9]\d{0,4}[smhdw]$/, message),
    v.metadata({
      [FIXED_FORMAT]: true,
      [SUGGESTION]: (value: unknown) => suggestDuration(value, example.slice(-1)),
    }),
    v.description(description),
    v.examples([example]),
    v.transform((text) => Number(text.slice(0, -1)) * (UNIT_MS[text.slice(-1)] ?? Number.NaN)),
  );
}

const SCORE = /^(>=|>|<=|<) ?(10(\.0+)?|\d(\.\d+)?)$/;
const PROBABILITY = /^(>=|>|<=|<) ?(1(\.0+)?|0?\.\d+|0)$/;

/** `>=7.0`: a bound on Inspector's score, 0 to 10. */
export function score(description: string) {
  const message = 'expected an operator (>=, >, <=, <) and a score from 0 to 10';
  return bound(SCORE, message, description, '>=7.0', 10);
}

/** `>=0.5`: a bound on a probability, 0 to 1. */
export function probability(description: string) {
  const message = 'expected an operator (>=, >, <=, <) and a probability from 0 to 1';
  return bound(PROBABILITY, message, description, '>=0.5', 1);
}

function bound(pattern: RegExp, message: string, description: string, example: string, most: number) {
  return v.pipe(
    v.string(message),
    v.regex(pattern, message),
    v.metadata({ [FIXED_FORMAT]: true, [SUGGESTION]: (value: unknown) => suggestBound(value, most) }),
    v.description(description),
    v.examples([example]),
    v.transform((text): Bound => {
      const [, operator, value] = /^([<>]=?) ?(.*)$/.exec(text) ?? [];
      return { operator: operator as Bound['operator'], value: Number(value) };
    }),
  );
}

// Refused are usual mistakes: an exclamation mark in front, or that or a circumflex in front of the characters of a class (there
// is no negation, so they would mean the opposite), a comma or space outside of brackets (meant to separate two globs),
// parentheses (extended globs), a backslash (escapes nothing), and two dots in braces (there are no ranges).
const GLOB = /^\s*(?!!)([^\s,(){}[\]\\]|\[(?![!^])[^\s,(){}[\]\\]+\]|\{(?![^}]*\.\.)[^\s(){}[\]\\]+\})+\s*$/;
const GLOB_MESSAGE = 'expected a glob, such as openssl* or team/**, without spaces and commas';

/** One glob: `*` for anything but a slash, `**` for anything, `?`, `[abc]`, `{a,b}`. */
export function glob(description: string, example: string) {
  return v.pipe(globText, v.description(description), v.examples([example]));
}

/** One glob or a list of globs. */
export function globs(description: string, example: string | readonly string[]) {
  return v.pipe(
    v.union(
      [globText, v.pipe(v.array(globText), v.nonEmpty('expected at least one glob'))],
      'expected a glob or a list of globs',
    ),
    v.description(description),
    v.examples([typeof example === 'string' ? example : [...example]]),
    v.transform((value) => (typeof value === 'string' ? [value] : [...new Set(value)])),
  );
}

export const globText = v.pipe(
  v.string(GLOB_MESSAGE),
  v.maxLength(256, 'expected a glob of at most 256 characters'),
  v.regex(GLOB, GLOB_MESSAGE),
  v.trim(),
);

// The account must be literal, so that a repository of the same name in another account does not match.
const REPOSITORY = new RegExp(GLOB.source.replace('(?!!)', String.raw`(?=\d{12}\.dkr\.ecr\.[^\s/]+/\S)`));
const REPOSITORY_MESSAGE =
  'expected a glob over registry and repository that begins with an account, ACCOUNT.dkr.ecr.REGION.amazonaws.com/REPOSITORY';
const repositoryGlob = v.pipe(
  v.string(REPOSITORY_MESSAGE),
  v.maxLength(256, 'expected a glob of at most 256 characters'),
  v.regex(REPOSITORY, REPOSITORY_MESSAGE),
  v.trim(),
);

/** A boolean, or one glob or several over registries and repositories. */
export function repositories(description: string) {
  return v.pipe(
    v.union(
      [
        repositoryGlob,
        v.pipe(v.array(repositoryGlob), v.nonEmpty('expected at least one glob')),
        v.boolean('expected true or false'),
      ],
      'expected false, or a glob or a list of globs over registry and repository',
    ),
    v.description(description),
    v.examples([['123456789012.dkr.ecr.eu-central-1.amazonaws.com/docker-hub/library/*']]),
    v.transform((value) => (typeof value === 'string' ? [value] : value)),
  );
}

// Host and owner must be literal: anyone can register an owner whose name begins like another's.
const SOURCE = new RegExp(
  GLOB.source.replace('(?!!)', String.raw`(?=https:\/\/[A-Za-z0-9.:-]+\/[A-Za-z0-9._-]+\/\S)`),
);
const SOURCE_MESSAGE = 'expected a glob over a repository that begins with a literal https://HOST/OWNER/';
const sourceGlob = v.pipe(
  v.string(SOURCE_MESSAGE),
  v.maxLength(256, 'expected a glob of at most 256 characters'),
  v.regex(SOURCE, SOURCE_MESSAGE),
  v.trim(),
);

/** One glob or several over the repositories of sources. */
export function sourceRepositories(description: string) {
  return v.pipe(
    v.union(
      [sourceGlob, v.pipe(v.array(sourceGlob), v.nonEmpty('expected at least one glob'))],
      `${SOURCE_MESSAGE}, or a list of them`,
    ),
    v.description(description),
    v.examples(['https://github.com/team/*']),
    v.transform((value) => (typeof value === 'string' ? [value] : [...new Set(value)])),
  );
}

const NAMES = [...SEVERITIES, UNTRIAGED].map((name) => name.toLowerCase()) as Lowercase<
  (typeof SEVERITIES)[number] | typeof UNTRIAGED
>[];
const severityWord = v.picklist(NAMES, `expected one of ${NAMES.join(', ')}`);

/** One severity or a list of severities. The output is in upper case. */
export function severities(description: string) {
  return v.pipe(
    v.union(
      [severityWord, v.pipe(v.array(severityWord), v.nonEmpty('expected at least one severity'))],
      `expected a severity or a list of severities (${NAMES.join(', ')})`,
    ),
    v.metadata({ [SUGGESTION]: suggestSeverities }),
    v.description(description),
    v.examples([['critical', 'high']]),
    v.transform((value) =>
      [...new Set(typeof value === 'string' ? [value] : value)].map((name) => name.toUpperCase()),
    ),
  );
}

export function flag(description: string, example = true) {
  return v.pipe(
    v.boolean('expected true or false'),
    v.metadata({ [SUGGESTION]: suggestBoolean }),
    v.description(description),
    v.examples([example]),
  );
}

export function choice<const T extends readonly string[]>(
  options: T,
  description: string,
  example: T[number],
) {
  return v.pipe(
    v.picklist(options, `expected one of ${options.join(', ')}`),
    v.description(description),
    v.examples([example]),
  );
}

/** The lowest severity that has an effect. */
export function threshold(description: string) {
  const message = `expected one severity, the lowest: one of ${THRESHOLDS.join(', ')}`;
  return v.pipe(
    v.picklist(THRESHOLDS, message),
    v.metadata({ [SUGGESTION]: suggestThreshold }),
    v.description(description),
    v.examples(['high']),
  );
}

/** An example as it is written in the file, for a schema whose output has another type. */
export function exampleAsWritten<T>(example: unknown) {
  return v.examples<T, readonly [T]>([example as T]);
}

/** Text with a visible character: characters without width, fillers and direction marks count as blank. */
export const VISIBLE =
  /[^\s\u00ad\u061c\u115f\u1160\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164\uffa0]/;

/** Stands for a reason in examples. A real reason would be copied. */
export const REASON_TO_WRITE = 'TODO: why this risk is accepted';

/** Text that is not blank. */
export function text(description: string, example: string) {
  return v.pipe(
    v.string('expected text'),
    v.maxLength(MAX_TEXT, `expected text of at most ${MAX_TEXT} characters`),
    v.regex(VISIBLE, 'expected text that is not blank'),
    v.description(description),
    v.examples([example]),
    v.trim(),
  );
}

export const DAY_MESSAGE = 'expected a date, YYYY-MM-DD';

/** `2026-12-31`; `endOfDay` tells whether the calendar has it. */
export function day(description: string, example: string) {
  return v.pipe(
    v.string(DAY_MESSAGE),
    v.regex(/^[12]\d{3}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, DAY_MESSAGE),
    v.metadata({ [FIXED_FORMAT]: true }),
    v.description(description),
    v.examples([example]),
  );
}

/** The first moment after a day, in UTC; undefined for a day that no calendar has. */
export function endOfDay(date: string): Date | undefined {
  const start = new Date(`${date}T00:00:00Z`);
  if (Number.isNaN(start.getTime()) || start.toISOString().slice(0, 10) !== date) return undefined;
  return new Date(start.getTime() + DAY_MS);
}

export const version = v.pipe(
  v.literal(1, 'expected 1, the version of this format'),
  v.description('The version of this format.'),
  v.examples([1]),
);
