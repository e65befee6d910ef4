import type { FastifyInstance } from 'fastify';
import { NotFoundError } from '../../../kernel/errors.js';
import type { ReturnPhotoService } from './return-photo.service.js';

/** GET /uploads/return-photos/:token: the photo of a return, by the signed URL of the schema. */
export function photoRoutes(photos: ReturnPhotoService) {
  return async (app: FastifyInstance): Promise<void> => {
    app.get<{ Params: { token: string } }>('/uploads/return-photos/:token', async (request, reply) => {
      const image = await photos.open(request.params.token);
      void reply.headers({
        'cache-control': 'private, max-age=3600',
        'x-robots-tag': 'noindex',
        'referrer-policy': 'no-referrer',
      });
      if (!image) return reply.header('cache-control', 'no-store').code(404).send(notFound());
      return reply.headers({ 'content-type': image.type }).send(image.content);
    });
  };
}

function notFound(): { code: string; message: string } {
  const { code, message } = new NotFoundError('image');
  return { code, message };
}
