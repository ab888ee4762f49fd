/**
 * The parts that the operations of all services share: the shape of an input, and the function that returns the
 * response.
 */
import { type Answer, ServiceError } from './answer.ts';
import type { JsonObject } from './scenario.ts';
import { problem, type Shape } from './shapes.ts';

/** An operation: the shape of its input, and its response. */
export interface Operation {
  readonly shape: Shape;
  readonly handle: (input: unknown) => JsonObject;
}

/** Operations by name. */
export type Operations = Readonly<Record<string, Operation>>;

/** A service, or a part of one. */
export interface Handler {
  /** Answers an operation; refusals are answers too. */
  handle(operation: string, input: unknown): Answer;
}

/** An operation whose input has a type of its own: the type that its shape accepts. */
export function operation<Input>(shape: Shape, handle: (input: Input) => JsonObject): Operation {
  return { shape, handle: (input) => handle(input as Input) };
}

/**
 * Creates a service from operations.
 * @param service its name in the refusal of what is not emulated
 * @param invalid the refusal of an input that does not have the operation's shape
 */
export function handlerOf(
  service: string,
  families: readonly Operations[],
  invalid: (problem: string) => ServiceError,
): Handler {
  const operations = new Map(families.flatMap((family) => Object.entries(family)));
  return {
    handle: (name, input) => {
      try {
        const found = operations.get(name);
        if (found === undefined) {
          throw new ServiceError('UnknownOperationException', `${service}'s ${name} is not emulated`, 404);
        }
        const wrong = problem(found.shape, input, '');
        if (wrong !== undefined) throw invalid(wrong);
        return { status: 200, body: found.handle(input) };
      } catch (error) {
        if (error instanceof ServiceError) return error.answer();
        throw error;
      }
    },
  };
}
