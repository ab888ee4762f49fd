import { Readable } from 'node:stream';
import { DescribeImagesCommand, ECRClient } from '@aws-sdk/client-ecr';
import { expect, it } from 'vitest';
import { sendRaw } from '../../src/aws/raw.ts';

/** Sends a call that is answered with this body. */
async function answered(body: unknown): Promise<unknown> {
  const client = new ECRClient({
    region: 'eu-central-1',
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
    maxAttempts: 1,
    requestHandler: {
      handle: async () => ({ response: { statusCode: 200, headers: {}, body } as never }),
    },
  });
  const command = new DescribeImagesCommand({ repositoryName: 'app' });
  return sendRaw(command, () => client.send(command));
}

const ANSWER = { name: 'Zürich 🚢 東京', seconds: 1.5, none: null };
const BYTES = Buffer.from(JSON.stringify(ANSWER));

it('reads an answer wherever its bytes are split, also in the middle of a character', async () => {
  expect(await answered(new Uint8Array(BYTES))).toEqual(ANSWER);
  for (let at = 0; at <= BYTES.length; at += 1) {
    const chunks = [BYTES.subarray(0, at), BYTES.subarray(at)].filter(({ length }) => length > 0);
    expect(await answered(Readable.from(chunks)), `split at ${at}`).toEqual(ANSWER);
  }
});

it('does not read an answer that ends early or breaks off', async () => {
  for (let at = 0; at < BYTES.length; at += 1)
    await expect(answered(Readable.from([BYTES.subarray(0, at)])), `${at} bytes`).rejects.toThrow(
      SyntaxError,
    );
  const broken = Readable.from(
    (async function* () {
      yield BYTES;
      throw Object.assign(new Error('aborted'), { code: 'ECONNRESET' });
    })(),
  );
  await expect(answered(broken)).rejects.toThrow('aborted');
});
