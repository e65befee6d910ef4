import type { FastifyInstance } from 'fastify';
import { DomainError } from '../kernel/errors.js';
import type { UploadService } from '../domains/catalog/index.js';

/** PUT /uploads/:token: the address that `uploadCreate` gave out, good once and for a quarter of an hour. */
export async function uploadRoutes(
  app: FastifyInstance,
  { uploads }: { uploads: UploadService },
): Promise<void> {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: 10 * 1024 * 1024 }, (_request, body, done) =>
    done(null, body),
  );
  app.put<{ Params: { token: string } }>('/uploads/:token', async (request, reply) => {
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    try {
      await uploads.receiveUpload(request.params.token, body, request.headers['content-type'] ?? '');
      return await reply.code(204).send();
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      return reply.code(422).send({ code: error.code, message: error.message });
    }
  });
}
