import type { FastifyInstance } from 'fastify';
import { refuse } from './socket-limits.js';

const BODY_MS = 30_000;
// Ten megabytes from a telephone in the country.
const UPLOAD_MS = 180_000;

/** How long the server lets others take; node gives each server one `requestTimeout`, so it is the longest. */
export const SERVER_TIMEOUTS = {
  /** A whole request, body included. */
  requestTimeout: UPLOAD_MS + 20_000,
  /** A connection on which nothing moves, in either direction. */
  connectionTimeout: 120_000,
  /** After so many requests a connection is closed and its client opens another. */
  maxRequestsPerSocket: 1_000,
  http: { headersTimeout: 20_000, connectionsCheckingInterval: 5_000 },
} as const;

/** Ends requests whose body trickles in, so that nobody holds connections open by sending a byte now and then. */
export function endSlowBodies(
  app: FastifyInstance,
  limits: { body: number; upload: number } = { body: BODY_MS, upload: UPLOAD_MS },
): void {
  app.addHook('onRequest', (request, _reply, done) => {
    const { raw } = request;
    if (!raw.complete && (raw.headers['transfer-encoding'] ?? raw.headers['content-length'] ?? '0') !== '0') {
      const limit = raw.url?.startsWith('/uploads/') ? limits.upload : limits.body;
      const timer = setTimeout(() => {
        if (!raw.complete) refuse(raw.socket, '408 Request Timeout');
      }, limit);
      raw.once('close', () => clearTimeout(timer));
      raw.once('end', () => clearTimeout(timer));
    }
    done();
  });
}
