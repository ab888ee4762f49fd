/** Answers of AWS, held to the shape that is needed of them. */
import * as v from 'valibot';
import { MalformedAnswer } from './errors.ts';

/** Reads an answer as its schema says; a member that is missing is never an empty one. */
export function checked<const S extends v.GenericSchema>(
  schema: S,
  answer: unknown,
  what: string,
): v.InferOutput<S> {
  const result = v.safeParse(schema, answer, { abortEarly: true });
  if (result.success) return result.output;
  const [issue] = result.issues;
  const where = v.getDotPath(issue) ?? 'the answer';
  throw new MalformedAnswer(
    `${what} answered with something else than documented (${where}: ${issue.message})`,
  );
}
