import type { FastifyInstance } from 'fastify';
import { DomainError, NotFoundError } from '../kernel/errors.js';
import type { UploadService } from '../domains/catalog/index.js';
import type { ReturnPhotoService } from '../domains/returns/index.js';

type ByToken = { Params: { token: string } };

interface UploadParts {
  readonly uploads: UploadService;
  readonly photos: ReturnPhotoService;
}

/**
 * PUT /uploads/:token: the address that `uploadCreate` or `returnPhotoUploadCreate` gave out, good once and for a quarter
 * of an hour. GET /uploads/return-photos/:token: a picture of a return, by the signed address that a return answers.
 */
export async function uploadRoutes(app: FastifyInstance, { uploads, photos }: UploadParts): Promise<void> {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: 10 * 1024 * 1024 }, (_request, body, done) =>
    done(null, body),
  );
  app.put<ByToken>('/uploads/:token', async (request, reply) => {
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    const { token } = request.params;
    try {
      if (!(await photos.receive(token, body)))
        await uploads.receiveUpload(token, body, request.headers['content-type'] ?? '');
      return await reply.code(204).send();
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      return reply.code(422).send({ code: error.code, message: error.message });
    }
  });
  app.get<ByToken>('/uploads/return-photos/:token', async (request, reply) => {
    const picture = await photos.open(request.params.token);
    void reply.headers({
      'cache-control': 'private, max-age=3600',
      'x-robots-tag': 'noindex',
      'referrer-policy': 'no-referrer',
    });
    if (!picture) return reply.header('cache-control', 'no-store').code(404).send(notFound());
    return reply.headers({ 'content-type': picture.type }).send(picture.content);
  });
}

function notFound(): { code: string; message: string } {
  const { code, message } = new NotFoundError('picture');
  return { code, message };
}
