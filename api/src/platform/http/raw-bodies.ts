import type { FastifyInstance } from 'fastify';

/** Gives the routes of this plugin the bytes of a body, whatever its content type, up to `limit` bytes. */
export function rawBodies(app: FastifyInstance, limit: number): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: limit }, (_request, body, done) =>
    done(null, body),
  );
}

/** The bytes that `rawBodies` read; none for a request without a body. */
export function bytesOf(body: unknown): Buffer {
  return Buffer.isBuffer(body) ? body : Buffer.alloc(0);
}
