/** How values of inputs are read. Each error names the input, what it got and a right example. */
import { GateError, messageOf } from '../errors.ts';
import { DAY_MS, HOUR_MS, UNIT_MS } from '../time.ts';
import type { AnyInputName } from './names.ts';

/** The value of an input, without blanks around it; empty where it was not given. */
export type InputText = (name: AnyInputName) => string;

/**
 * A blank input means its default, as if it were not there: the two cannot be told apart, and an empty variable in the
 * workflow must not weaken what has a default.
 */
export function trimmed(get: (name: string) => string): InputText {
  return (name) => get(name).trim();
}

export function optional<T>(text: string, read: (text: string) => T): T | undefined {
  return text === '' ? undefined : read(text);
}

export function lines(text: string): string[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

export function parsed<T>(
  name: AnyInputName,
  value: string,
  parse: (value: string) => T,
  example: string,
): T {
  try {
    return parse(value);
  } catch (error) {
    throw new GateError('input', `Input ${name}: cannot use "${value}": ${messageOf(error)}.`, {
      nextStep: `A right value is: ${name}: ${example}`,
      cause: error,
    });
  }
}

export function oneOf<const T extends string>(name: AnyInputName, value: string, allowed: readonly T[]): T {
  const found = allowed.find((candidate) => candidate === value.toLowerCase());
  if (found === undefined) throw invalid(name, value, `one of ${allowed.join(', ')}`, allowed[0] ?? '');
  return found;
}

/** The booleans of YAML 1.2, as @actions/core reads them; `yes` is not one of them. */
export function boolean(name: AnyInputName, value: string): boolean {
  if (/^(true|True|TRUE)$/.test(value)) return true;
  if (/^(false|False|FALSE)$/.test(value)) return false;
  throw invalid(name, value, 'true or false', 'true');
}

/** How long a duration may be, and how the reader is told. */
interface DurationBounds {
  readonly units: readonly string[];
  readonly mostMs: number;
  readonly most: string;
  readonly example: string;
}

// A job on GitHub's runners ends after six hours, and with it everything that waits.
const LONGEST_WAIT: DurationBounds = {
  units: ['s', 'm', 'h'],
  mostMs: 6 * HOUR_MS,
  most: '6h',
  example: '15m',
};
export const LONGEST_AGE: DurationBounds = {
  units: ['s', 'm', 'h', 'd'],
  mostMs: 3650 * DAY_MS,
  most: '3650d',
  example: '30d',
};

/** Milliseconds. */
export function duration(name: AnyInputName, value: string, bounds: DurationBounds = LONGEST_WAIT): number {
  const { units, mostMs, most, example } = bounds;
  const [, amount, unit = ''] = /^(\d{1,6})([smhd])$/.exec(value) ?? [];
  const ms = units.includes(unit) ? Number(amount) * (UNIT_MS[unit] ?? Number.NaN) : Number.NaN;
  if (Number.isNaN(ms)) {
    const allowed = `${units.slice(0, -1).join(', ')} or ${units.at(-1)}`;
    throw invalid(name, value, `a number and a unit: ${allowed}`, example);
  }
  if (ms > mostMs) throw invalid(name, value, `at most ${most}`, example);
  return ms;
}

export function keyValues(name: AnyInputName, text: string): Record<string, string> {
  const pairs = lines(text).map((line): [string, string] => {
    const match = /^([A-Za-z0-9._/-]+)=(.*)$/.exec(line);
    if (match?.[1] === undefined || match[2] === undefined) {
      throw invalid(name, line, 'key=value, one per line', 'commit=0f3c1e2');
    }
    return [match[1], match[2]];
  });
  const seen = new Set<string>();
  const twice = pairs.find(([key]) => seen.size === seen.add(key).size);
  if (twice !== undefined) throw invalid(name, twice.join('='), 'each key once', 'commit=0f3c1e2');
  return Object.fromEntries(pairs);
}

export function invalid(name: AnyInputName, value: string, expected: string, example: string): GateError {
  const got = value === '' ? 'nothing' : `"${value}"`;
  return new GateError('input', `Input ${name}: expected ${expected}, got ${got}.`, {
    nextStep: `A right value is: ${name}: ${example}`,
  });
}
