import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { DomainError } from '../../../kernel/errors.js';
import { bytesOf, rawBodies } from '../../../platform/http/raw-bodies.js';
import type { RateLimiter } from '../../identity/index.js';
import { MAX_UPLOAD_BYTES, type UploadService } from './upload.service.js';

type ByToken = { Params: { token: string } };

/** A service that receives files at upload addresses of its own. */
export interface UploadTarget {
  /** The most bytes that may be sent to an open upload address; null when it is unknown, used or expired. */
  mostBytes(token: string): Promise<number | null>;
  /**
   * Receives the file; false when the address is unknown, used or expired.
   *
   * @throws DomainError when it is no file that can be taken; the address stays open
   */
  receive(token: string, content: Buffer): Promise<boolean>;
}

interface UploadDeps {
  readonly uploads: UploadService;
  /** Asked in this order, before the uploads of this module. */
  readonly targets: readonly UploadTarget[];
  readonly limiter: RateLimiter;
}

// A failed image may be sent again, but not continuously: decoding is expensive.
const TRIES = { burst: 3, everySeconds: 3_600 };

/**
 * PUT /uploads/:token: the URL that `uploadCreate` or the mutation of another module returned, valid once and for a
 * quarter of an hour.
 */
export function uploadRoutes(deps: UploadDeps) {
  return async (app: FastifyInstance): Promise<void> => {
    const claim = claims(deps);
    rawBodies(app, MAX_UPLOAD_BYTES);
    app.put<ByToken>('/uploads/:token', { onRequest: claim }, async (request, reply) => {
      const { token } = request.params;
      try {
        if (!(await receivedElsewhere(deps.targets, token, bytesOf(request.body))))
          await deps.uploads.receiveUpload(
            token,
            bytesOf(request.body),
            request.headers['content-type'] ?? '',
          );
        return await reply.code(204).send();
      } catch (error) {
        if (!(error instanceof DomainError)) throw error;
        return reply.code(422).send({ code: error.code, message: error.message });
      }
    });
  };
}

async function receivedElsewhere(
  targets: readonly UploadTarget[],
  token: string,
  content: Buffer,
): Promise<boolean> {
  for (const target of targets) if (await target.receive(token, content)) return true;
  return false;
}

/**
 * Decides before the first byte is read whether a file may be sent: to an open upload, by one sender at a time, three
 * times at most, and not more bytes than announced.
 */
function claims({ uploads, targets, limiter }: UploadDeps) {
  const receiving = new Set<string>();

  async function mostBytes(token: string): Promise<number | null> {
    for (const target of targets) {
      const most = await target.mostBytes(token);
      if (most !== null) return most;
    }
    return uploads.announcedSize(token);
  }

  async function rejection(token: string, length: number): Promise<UploadRejection | null> {
    const most = await mostBytes(token);
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
