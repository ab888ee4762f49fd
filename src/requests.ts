/** The HTTP requests of a run. */
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';

/** The diagnostics channel on which Node publishes every HTTP request of `node:http` and `node:https`. */
const REQUEST = 'http.client.request.start';

/**
 * Calls a function when the run starts its nth HTTP request from now on; never if there are fewer.
 * @param nth 1 for the next request
 */
export function atRequest(nth: number, act: (request: ClientRequest) => void): void {
  let started = 0;
  const count = (message: unknown) => {
    started += 1;
    if (started < nth) return;
    unsubscribe(REQUEST, count);
    act((message as { request: ClientRequest }).request);
  };
  subscribe(REQUEST, count);
}
