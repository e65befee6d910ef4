import type { FastifyInstance } from 'fastify';
import type { FileStorage } from '../../../integrations/storage/port.js';
import { NotFoundError } from '../../../kernel/errors.js';
import type { Database } from '../../../platform/database/database.js';
import { keyForWidth } from '../files/image-sizes.js';
import { ImageStatus } from '../files/image-status.js';
import type { MediaLinks } from './media-links.js';
import { MediaKind, MediaVisibility } from './media.enums.js';
import { mediaById, type MediaRow } from './media.statements.js';

interface Deps {
  readonly database: Database;
  /** Private storage. */
  readonly files: FileStorage;
  readonly links: MediaLinks;
}

type ByToken = { Params: { token: string }; Querystring: { width?: string } };

/**
 * GET /uploads/private-media/:token: a private file, by the signed URL of the schema. A document is an attachment, and
 * nothing in it can run as a page of this address.
 */
export function privateMediaRoutes({ database, files, links }: Deps) {
  return async (app: FastifyInstance): Promise<void> => {
    app.get<ByToken>('/uploads/private-media/:token', async (request, reply) => {
      const id = links.open(request.params.token);
      const media = id ? await database.row(mediaById, { id }) : null;
      const content = isShown(media) ? await files.read(keyOf(media, request.query.width)) : null;
      void reply.headers({
        'cache-control': content ? 'private, max-age=3600' : 'no-store',
        'x-robots-tag': 'noindex',
        'referrer-policy': 'no-referrer',
        'content-security-policy': "default-src 'none'; sandbox",
      });
      if (!media || !content) return reply.code(404).send(notFound());
      if (media.kind === MediaKind.DOCUMENT)
        void reply.header('content-disposition', attachment(pdfName(media.filename)));
      return reply.header('content-type', typeOf(media, request.query.width)).send(content);
    });
  };
}

function isShown(media: MediaRow | null): media is MediaRow {
  return media?.visibility === MediaVisibility.PRIVATE && media.status === ImageStatus.READY;
}

/** A width is made or it is not: anything else is the largest size. */
function widthOf({ kind, width }: MediaRow, given: string | undefined): number | null {
  const wanted = Number(given);
  return kind === MediaKind.IMAGE && Number.isInteger(wanted) && wanted > 0 && wanted < (width ?? 0)
    ? wanted
    : null;
}

function keyOf(media: MediaRow, given: string | undefined): string {
  const { storageKey, width, widths } = media;
  return keyForWidth({ storageKey, width: width ?? 0, widths }, widthOf(media, given));
}

function typeOf(media: MediaRow, given: string | undefined): string {
  return keyOf(media, given) === media.storageKey ? media.contentType : 'image/webp';
}

/** What is saved under another ending would be opened by another program: a PDF can begin a page that runs. */
function pdfName(filename: string): string {
  return /\.pdf$/i.test(filename) ? filename : `${filename}.pdf`;
}

/** The name in both spellings: browsers that do not read the second one get it without its accents. */
function attachment(filename: string): string {
  const plain = filename.normalize('NFD').replaceAll(/[^\x20-\x7e]|["\\%]/g, '');
  return `attachment; filename="${plain || 'file.pdf'}"; filename*=UTF-8''${encodeURIComponent(filename)}`;
}

function notFound(): { code: string; message: string } {
  const { code, message } = new NotFoundError('file');
  return { code, message };
}
