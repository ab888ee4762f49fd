import { createServer, get, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadDuringRequest } from '../../src/aws/first-request.ts';

let server: Server;
beforeAll(async () => {
  server = createServer((_, response) => response.end());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => {
  server.close();
});

/** The events of a request, and of what is loaded during it, in order. */
async function events(load: () => Promise<unknown>): Promise<string[]> {
  const found: string[] = [];
  loadDuringRequest(() => {
    found.push('load');
    return load();
  });
  for (const name of ['first', 'second']) {
    const { port } = server.address() as AddressInfo;
    await new Promise<void>((resolve) => {
      const request = get({ port, host: '127.0.0.1' }, (response) => {
        found.push(`${name} answered`);
        response.resume().once('end', resolve);
      });
      request.once('socket', () => found.push(`${name} started`));
    });
  }
  return found;
}

describe('what is loaded during the first request', () => {
  it('is loaded once, after the request has been sent and before its answer', async () => {
    const order = ['first started', 'load', 'first answered', 'second started', 'second answered'];
    expect(await events(async () => {})).toEqual(order);
  });

  it('does not end the process if it cannot be loaded', async () => {
    expect(await events(() => Promise.reject(new Error('no such file')))).toContain('second answered');
  });
});
