import type { IncomingMessage, ServerResponse } from 'node:http';
import { refuse } from './early-answers';

/** How long a request may take to be received, in milliseconds; all but the last are options of Node's server. */
export interface RequestTimes {
  /** The whole request, body included. */
  readonly requestTimeout: number;
  readonly headersTimeout: number;
  /** How often Node looks for requests that take longer. */
  readonly connectionsCheckingInterval: number;
  /** A request that is no upload, which is small; Node has only one `requestTimeout` for the whole server. */
  readonly formTimeout: number;
}

/** Uploads of staff pass through this server, so the limit is that of the API. */
export const REQUEST_TIMES: RequestTimes = {
  requestTimeout: 200_000,
  headersTimeout: 20_000,
  connectionsCheckingInterval: 5_000,
  formTimeout: 20_000,
};

/**
 * Ends a request whose body arrives too slowly, so that connections cannot be held open by sending single bytes: also one
 * that is answered already, because its connection stays open until the body is there.
 */
export function endSlowBody(request: IncomingMessage, response: ServerResponse, milliseconds: number): void {
  const { socket } = request;
  const timer = setTimeout(() => {
    if (request.complete) return;
    if (response.headersSent) return void socket.destroy();
    refuse(socket, 408);
  }, milliseconds);
  for (const event of ['end', 'close']) request.once(event, () => clearTimeout(timer));
}
