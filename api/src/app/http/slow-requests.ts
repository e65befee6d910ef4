import type { IncomingMessage } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { refuse } from './early-answers.js';

const BODY_MS = 30_000;
// Enough for ten megabytes over a slow mobile connection.
const UPLOAD_MS = 180_000;

/** Timeouts of the server. Node has one `requestTimeout` per server, so it is the longest one needed. */
export const SERVER_TIMEOUTS = {
  /** A whole request, body included. */
  requestTimeout: UPLOAD_MS + 20_000,
  /** A connection without traffic in either direction. */
  connectionTimeout: 120_000,
  /** After so many requests a connection is closed and its client opens another. */
  maxRequestsPerSocket: 1_000,
  http: { headersTimeout: 20_000, connectionsCheckingInterval: 5_000, requireHostHeader: false },
} as const;

/** Ends requests whose body arrives too slowly, so that no client holds connections open by sending single bytes. */
export function endSlowBodies(
  app: FastifyInstance,
  limits: { body: number; upload: number } = { body: BODY_MS, upload: UPLOAD_MS },
): void {
  app.addHook('onRequest', (request, _reply, done) => {
    const { raw } = request;
    if (!raw.complete && (raw.headers['transfer-encoding'] ?? raw.headers['content-length'] ?? '0') !== '0') {
      const limit = raw.url?.startsWith('/uploads/') ? limits.upload : limits.body;
      const timer = setTimeout(() => {
        if (!raw.complete) refuse(raw.socket, 408);
      }, limit);
      raw.once('close', () => clearTimeout(timer));
      raw.once('end', () => clearTimeout(timer));
    }
    done();
  });
}

const REFUSED_BYTES = 16 * 1024 * 1024;
const REFUSED_MS = 2_000;

/**
 * Reads and discards the rest of a body that was refused as too large, before the error is sent. Closing a connection
 * with unread bytes resets it, and most clients would report the reset instead of the 413. Uploads are refused by their
 * announced size before a byte is sent, so there is nothing to read.
 */
export function readRefusedBodies(app: FastifyInstance): void {
  app.addHook('onSend', async ({ raw }, reply) => {
    if (reply.statusCode !== 413 || raw.url?.startsWith('/uploads/')) return;
    reply.header('connection', 'close');
    await readToTheEnd(raw);
  });
}

/** Waits for the end of a body, or until it is too large or too slow even for discarding. */
function readToTheEnd(body: IncomingMessage): Promise<void> {
  if (body.complete || Number(body.headers['content-length'] ?? 0) > REFUSED_BYTES) return Promise.resolve();
  return new Promise((resolve) => {
    let bytes = 0;
    const timer = setTimeout(resolve, REFUSED_MS);
    const end = (): void => {
      clearTimeout(timer);
      resolve();
    };
    body.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > REFUSED_BYTES) end();
    });
    for (const event of ['end', 'close', 'error']) body.once(event, end);
    body.resume();
  });
}
