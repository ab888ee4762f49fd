/** What a run does after its first request. */
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';

/** The diagnostics channel on which Node publishes every HTTP request of `node:http` and `node:https`. */
const REQUEST = 'http.client.request.start';

/**
 * Loads code that is needed after the first response while the run waits for that response: after the next request has
 * been sent, so that loading does not delay the request. If there is no request, or it fails, nothing is loaded. The
 * code that needs it therefore imports it as well, and that import also reports a failure.
 */
export function loadDuringRequest(load: () => Promise<unknown>): void {
  const atRequest = (message: unknown) => {
    unsubscribe(REQUEST, atRequest);
    // A request is finished when all of it has been passed to the connection, after the TLS handshake.
    (message as { request: ClientRequest }).request.once('finish', () => {
      load().catch(() => {});
    });
  };
  subscribe(REQUEST, atRequest);
}
