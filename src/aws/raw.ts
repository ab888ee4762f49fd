/** Answers of AWS as plain JSON, without the SDK's deserializer. */
import type { ECRClient } from '@aws-sdk/client-ecr';

/**
 * Sends a command and returns the JSON of the answer as AWS sent it: times are seconds since the epoch, and members can
 * be null. The SDK's deserializer takes a quarter of the time of a run with many findings. The caller checks the answer
 * with a schema, as it does every other answer.
 * @param send sends this command with its client
 * @throws what `send` throws; SyntaxError, which is retried, for a body that is not JSON
 */
export async function sendRaw(
  { config }: { readonly config: Pick<ECRClient['config'], 'streamCollector'> },
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
      const bytes = body instanceof Uint8Array ? body : await config.streamCollector(body);
      answer = JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8'));
      response.body = NOTHING;
      return result;
    },
    // Of this step, the nearest to the network: what is left for the SDK is empty.
    { step: 'deserialize', priority: 'low', name: 'rawAnswer' },
  );
  await send();
  return answer;
}

const NOTHING = Buffer.from('{}');
