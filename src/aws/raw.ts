/** Answers of AWS as plain JSON, without the SDK's deserializer. */
import { StringDecoder } from 'node:string_decoder';
import type { ECRClient } from '@aws-sdk/client-ecr';

/**
 * Sends a command and returns the JSON of the answer as AWS sent it: times are seconds since the epoch, and members can
 * be null. The SDK's deserializer takes a quarter of the time of a run with many findings. The caller checks the answer
 * with a schema, as it does every other answer.
 * @param send sends this command with its client
 * @throws what `send` throws; SyntaxError, which is retried, for a body that is not JSON
 */
export async function sendRaw(
  { middlewareStack }: { readonly middlewareStack: object },
  send: () => Promise<unknown>,
): Promise<unknown> {
  let answer: unknown;
  // The stacks of commands differ only in the types of their inputs and outputs, which this does not use.
  (middlewareStack as Pick<ECRClient['middlewareStack'], 'add'>).add(
    (next) => async (args) => {
      const result = await next(args);
      const response = result.response as { readonly statusCode: number; body: unknown };
      // The SDK reads errors itself.
      if (response.statusCode >= 300) return result;
      const { body } = response;
      response.body = NOTHING;
      answer = JSON.parse(await textOf(body));
      return result;
    },
    // This step is the closest to the network. It leaves an empty body for the SDK.
    { step: 'deserialize', priority: 'low', name: 'rawAnswer' },
  );
  await send();
  return answer;
}

const NOTHING = Buffer.from('{}');

/** The text of a body, decoded as it arrives. Its bytes are not kept, to save memory with large pages. */
async function textOf(body: unknown): Promise<string> {
  const decoder = new StringDecoder('utf8');
  if (body instanceof Uint8Array) return decoder.end(Buffer.from(body.buffer, body.byteOffset, body.length));
  let text = '';
  for await (const chunk of body as AsyncIterable<Buffer>) text += decoder.write(chunk);
  return text + decoder.end();
}
