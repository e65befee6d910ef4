import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { DomainError, NotFoundError } from '../../kernel/errors.js';
import type { UploadService } from '../../domains/catalog/index.js';
import type { RateLimiter } from '../../domains/identity/index.js';
import type { ReturnPhotoService } from '../../domains/returns/index.js';

type ByToken = { Params: { token: string } };

interface UploadDeps {
  readonly uploads: UploadService;
  readonly photos: ReturnPhotoService;
  readonly limiter: RateLimiter;
}

// A failed image may be sent again, but not continuously: decoding is expensive.
const TRIES = { burst: 3, everySeconds: 3_600 };

/**
 * PUT /uploads/:token: the URL that `uploadCreate` or `returnPhotoUploadCreate` returned, valid once and for a quarter
 * of an hour. GET /uploads/return-photos/:token: the photo of a return, by the signed URL of the schema.
 */
export async function uploadRoutes(app: FastifyInstance, deps: UploadDeps): Promise<void> {
  const { uploads, photos } = deps;
  const claim = claims(deps);
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: 10 * 1024 * 1024 }, (_request, body, done) =>
    done(null, body),
  );
  app.put<ByToken>('/uploads/:token', { onRequest: claim }, async (request, reply) => {
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
    const image = await photos.open(request.params.token);
    void reply.headers({
      'cache-control': 'private, max-age=3600',
      'x-robots-tag': 'noindex',
      'referrer-policy': 'no-referrer',
    });
    if (!image) return reply.header('cache-control', 'no-store').code(404).send(notFound());
    return reply.headers({ 'content-type': image.type }).send(image.content);
  });
}

/**
 * Decides before the first byte is read whether a file may be sent: to an open upload, by one sender at a time, three
 * times at most, and not more bytes than announced.
 */
function claims({ uploads, photos, limiter }: UploadDeps) {
  const receiving = new Set<string>();

  async function rejection(token: string, length: number): Promise<UploadRejection | null> {
    const most = (await photos.mostBytes(token)) ?? (await uploads.announcedSize(token));
    if (most === null) return [422, 'NOT_FOUND', 'There is no such open upload.'];
    if (length > most)
      return [413, 'UPLOAD_INVALID', `The file has ${length} bytes; ${most} were announced or can be taken.`];
    const isWithin = await limiter.allows({ action: 'upload', by: token, allowance: TRIES });
    return isWithin ? null : [429, 'RATE_LIMITED', 'This address was tried too often: ask for another.'];
  }

  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> => {
    const { token } = request.params as ByToken['Params'];
    if (receiving.has(token))
      return refuse(reply, [409, 'UPLOAD_INVALID', 'The file is being sent already.']);
    // Claimed before the first await, and released when the response is sent or the connection breaks.
    receiving.add(token);
    reply.raw.once('close', () => receiving.delete(token));
    const refused = await rejection(token, Number(request.headers['content-length'] ?? 0));
    return refused ? refuse(reply, refused) : undefined;
  };
}

type UploadRejection = readonly [status: number, code: string, message: string];

/** The rest of the body is not read: the connection closes after the response. */
function refuse(reply: FastifyReply, [status, code, message]: UploadRejection): FastifyReply {
  return reply.code(status).header('connection', 'close').send({ code, message });
}

function notFound(): { code: string; message: string } {
  const { code, message } = new NotFoundError('image');
  return { code, message };
}
