/** Validates requests against the shapes of the service models. */

export type Shape =
  | {
      readonly kind: 'text';
      readonly min?: number;
      readonly max?: number;
      readonly pattern?: RegExp;
      readonly values?: readonly string[];
    }
  | { readonly kind: 'number'; readonly integer?: boolean; readonly min?: number; readonly max?: number }
  | { readonly kind: 'list'; readonly of: Shape; readonly min: number; readonly max: number }
  | {
      readonly kind: 'structure';
      readonly members: Readonly<Record<string, Shape>>;
      readonly required: readonly string[];
    };

export function text(limits: Omit<Extract<Shape, { kind: 'text' }>, 'kind'> = {}): Shape {
  return { kind: 'text', ...limits };
}

export function oneOf(...values: string[]): Shape {
  return { kind: 'text', values };
}

export function integer(min: number, max: number): Shape {
  return { kind: 'number', integer: true, min, max };
}

/** A number with a fraction, or a time in epoch seconds. */
export const number: Shape = { kind: 'number' };

export function list(of: Shape, min: number, max: number): Shape {
  return { kind: 'list', of, min, max };
}

export function structure(members: Record<string, Shape>, required: string[] = []): Shape {
  return { kind: 'structure', members, required };
}

/** The validation error for a value, in AWS's words; undefined if the value has the shape. */
export function problem(shape: Shape, value: unknown, at: string): string | undefined {
  switch (shape.kind) {
    case 'text':
      return textProblem(shape, value, at);
    case 'number':
      return numberProblem(shape, value, at);
    case 'list': {
      if (!Array.isArray(value)) return wrongType(at, 'a list');
      if (value.length < shape.min) return failed(at, value, `length greater than or equal to ${shape.min}`);
      if (value.length > shape.max) return failed(at, value, `length less than or equal to ${shape.max}`);
      return first(value.map((item, index) => () => problem(shape.of, item, `${at}.${index + 1}.member`)));
    }
    case 'structure': {
      if (!isStructure(value)) return wrongType(at, 'a structure');
      const place = (name: string) => (at === '' ? name : `${at}.${name}`);
      for (const name of shape.required) {
        // A null member counts as missing.
        if (value[name] === undefined || value[name] === null) {
          return `Value null at '${place(name)}' failed to satisfy constraint: Member must not be null`;
        }
      }
      return first(
        Object.entries(value).map(([name, member]) => () => {
          const inner = shape.members[name];
          if (inner === undefined) return `'${place(name)}' is not a member of this request`;
          return member === null ? undefined : problem(inner, member, place(name));
        }),
      );
    }
  }
}

export function isStructure(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textProblem(
  { min = 0, max = Number.POSITIVE_INFINITY, pattern, values }: Extract<Shape, { kind: 'text' }>,
  value: unknown,
  at: string,
): string | undefined {
  if (typeof value !== 'string') return wrongType(at, 'a string');
  if (value.length < min) return failed(at, value, `length greater than or equal to ${min}`);
  if (value.length > max) return failed(at, value, `length less than or equal to ${max}`);
  if (values && !values.includes(value)) {
    return `Value '${value}' at '${at}' failed to satisfy constraint: Member must satisfy enum value set: [${values.join(', ')}]`;
  }
  if (pattern && !pattern.test(value)) {
    return `Value '${value}' at '${at}' failed to satisfy constraint: Member must satisfy regular expression pattern: ${pattern.source}`;
  }
  return undefined;
}

function numberProblem(
  { integer: whole, min, max }: Extract<Shape, { kind: 'number' }>,
  value: unknown,
  at: string,
): string | undefined {
  if (typeof value !== 'number') return wrongType(at, 'a number');
  if (whole && !Number.isInteger(value)) return wrongType(at, 'an integer');
  if (min !== undefined && value < min) return failed(at, value, `value greater than or equal to ${min}`);
  if (max !== undefined && value > max) return failed(at, value, `value less than or equal to ${max}`);
  return undefined;
}

function wrongType(at: string, expected: string): string {
  return `'${at}' must be ${expected}`;
}

function failed(at: string, value: unknown, constraint: string): string {
  return `Value '${typeof value === 'object' ? JSON.stringify(value) : value}' at '${at}' failed to satisfy constraint: Member must have ${constraint}`;
}

function first(checks: (() => string | undefined)[]): string | undefined {
  for (const check of checks) {
    const found = check();
    if (found !== undefined) return found;
  }
  return undefined;
}
