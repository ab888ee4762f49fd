/** AWS responses, checked against the shape that the gate needs. */
import * as v from 'valibot';
import { MalformedAnswer } from './errors.ts';

/**
 * Reads an answer with a schema. A member that is missing is not the same as an empty one.
 * @param api such as `ecr:DescribeImages`
 * @throws MalformedAnswer with the API and the member that is malformed
 */
export function checked<const S extends v.GenericSchema>(
  schema: S,
  answer: unknown,
  api: string,
): v.InferOutput<S> {
  const result = v.safeParse(schema, answer, { abortEarly: true });
  if (result.success) return result.output;
  const [issue] = result.issues;
  throw new MalformedAnswer(
    `${api} returned a malformed response (${v.getDotPath(issue) ?? 'as a whole'}: ${issue.message})`,
  );
}
