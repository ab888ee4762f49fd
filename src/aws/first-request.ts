/** What a run does after its first request. */
import { atRequest } from '../requests.ts';

/**
 * Loads code that is needed after the first response while the run waits for that response: after the next request has
 * been sent, so that loading does not delay the request. If there is no request, or it fails, nothing is loaded. The
 * code that needs it therefore imports it as well, and that import also reports a failure.
 */
export function loadDuringRequest(load: () => Promise<unknown>): void {
  atRequest(1, (request) => {
    // A request is finished when all of it has been passed to the connection, after the TLS handshake.
    request.once('finish', () => {
      load().catch(() => {});
    });
  });
}
