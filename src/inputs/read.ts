/** Reads the values of inputs. Each error names the input, its value and an example that is not less strict. */
import { GateError, messageOf } from '../errors.ts';
import { suggestBoolean, suggestDuration, suggestThreshold } from '../policy/suggestions.ts';
import { THRESHOLDS, type Threshold } from '../results/severity.ts';
import { nearest } from '../text.ts';
import { DAY_MS, HOUR_MS, UNIT_MS } from '../time.ts';
import type { AnyInputName } from './names.ts';

/** The value of an input without blanks around it. Empty if it was not given. */
export type InputText = (name: AnyInputName) => string;

/**
 * Trims inputs. A blank input has its default, as if it were not given: the runner does not tell the two apart, and an empty
 * variable in the workflow must not weaken a default.
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
      nextStep: `For example: ${name}: ${example}`,
      cause: error,
    });
  }
}

export function oneOf<const T extends string>(name: AnyInputName, value: string, allowed: readonly T[]): T {
  const found = allowed.find((candidate) => candidate === value.toLowerCase());
  if (found !== undefined) return found;
  throw invalid(name, value, `one of ${allowed.join(', ')}`, nearest(value, allowed) ?? allowed[0] ?? '');
}

/** A threshold includes every severity above it, so a list of severities is not needed. */
export function threshold(name: AnyInputName, value: string): Threshold {
  const found = THRESHOLDS.find((candidate) => candidate === value.toLowerCase());
  if (found !== undefined) return found;
  const expected = `the lowest severity that ${name === 'fail-on' ? 'blocks' : 'warns'}, one of ${THRESHOLDS.join(', ')}`;
  throw invalid(name, value, expected, suggestThreshold(value));
}

/**
 * The booleans of YAML 1.2, as @actions/core reads them. `yes` is not one of them.
 * @param strict the stricter value, for the example
 */
export function boolean(name: AnyInputName, value: string, strict: boolean): boolean {
  if (/^(true|True|TRUE)$/.test(value)) return true;
  if (/^(false|False|FALSE)$/.test(value)) return false;
  throw invalid(name, value, 'true or false', String(suggestBoolean(value) ?? strict));
}

/** The limits of a duration, and an example. */
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
export const LONGEST_SETTLE_TIME: DurationBounds = { ...LONGEST_WAIT, example: '15s' };
export const LONGEST_AGE: DurationBounds = {
  units: ['s', 'm', 'h', 'd'],
  mostMs: 3650 * DAY_MS,
  most: '3650d',
  example: '30d',
};

/** A duration in milliseconds, longer than zero. */
export function duration(name: AnyInputName, value: string, bounds: DurationBounds = LONGEST_WAIT): number {
  const { units, mostMs, most, example } = bounds;
  const [, amount, unit = ''] = /^(\d{1,6})([smhd])$/.exec(value) ?? [];
  const ms = units.includes(unit) ? Number(amount) * (UNIT_MS[unit] ?? Number.NaN) : Number.NaN;
  if (Number.isNaN(ms)) {
    const allowed = `${units.slice(0, -1).join(', ')} or ${units.at(-1)}`;
    const suggested = suggestDuration(value, example.slice(-1));
    const isZero = Number.parseInt(value, 10) === 0;
    const isUsable =
      suggested !== undefined && isWithin(suggested, bounds) && !(isZero && name === 'timeout');
    throw invalid(name, value, `a number and a unit: ${allowed}`, isUsable ? suggested : example);
  }
  if (ms > mostMs) throw invalid(name, value, `at most ${most}`, most);
  if (ms === 0) {
    // The shortest timeout leaves no time for settle-time.
    const least = name === 'timeout' ? example : `1${unit}`;
    throw invalid(name, value, 'a duration longer than zero', least);
  }
  return ms;
}

function isWithin(text: string, { units, mostMs }: DurationBounds): boolean {
  const unit = text.slice(-1);
  return units.includes(unit) && Number(text.slice(0, -1)) * (UNIT_MS[unit] ?? Number.NaN) <= mostMs;
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
    nextStep: `For example: ${name}: ${example}`,
  });
}
