import { randomUUID } from 'node:crypto';
import { fileTypeFromBuffer } from 'file-type';
import type { Sharp } from 'sharp';
import type { FileStorage } from '../../integrations/storage/port.js';
import type { Clock } from '../../kernel/clock.js';
import { NotFoundError } from '../../kernel/errors.js';
import { newId } from '../../kernel/ids.js';
import { randomToken, sha256 } from '../../kernel/tokens.js';
import { statement, type Database } from '../../platform/database/database.js';
import { UploadInvalidError } from './catalog.errors.js';
import { removePicture, writeSizes } from './make-pictures.js';
import type { UploadCreateInput } from './picture.input.js';

export const MAX_UPLOAD_BYTES = 10 * 1024 * 1024;

const LIFETIME_MS = 15 * 60_000;

// 50 megapixels, decoded 200 MB: more than any phone's picture; a crafted file of a few KB could claim far more.
const MAX_PIXELS = 50_000_000;

/** Nothing in the shop is shown larger. */
const MAX_SIDE = 3000;

const EXTENSIONS = { 'image/jpeg': 'jpg', 'image/png': 'png', 'image/webp': 'webp' } as const;
type PictureType = keyof typeof EXTENSIONS;

const insertUpload = statement(
  'catalog.upload-create',
  'INSERT INTO upload (id, user_id, filename, content_type, size, token_hash, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7)',
);
const findUpload = statement(
  'catalog.upload-open',
  'SELECT id, content_type AS "contentType" FROM upload WHERE token_hash = $1 AND received_at IS NULL AND expires_at > $2',
);
const receiveOnce = statement(
  'catalog.upload-received',
  'UPDATE upload SET storage_key = $2, width = $3, height = $4, received_at = $5 WHERE id = $1 AND received_at IS NULL',
);

export interface OpenUpload {
  readonly id: string;
  readonly url: string;
  readonly method: string;
  readonly headers: { name: string; value: string }[];
  readonly expiresAt: Date;
}

interface Picture {
  readonly content: Buffer;
  readonly type: PictureType;
  readonly width: number;
  readonly height: number;
}

/** Takes pictures in: announced over GraphQL, sent over plain HTTP, used by productImageAdd. */
export class UploadService {
  constructor(
    private readonly database: Database,
    private readonly storage: FileStorage,
    private readonly clock: Clock,
  ) {}

  /** Opens an address for one file, for a quarter of an hour. @throws UploadInvalidError for what no picture could be */
  async create(userId: string, { filename, contentType, size }: UploadCreateInput): Promise<OpenUpload> {
    if (!isPictureType(contentType))
      throw new UploadInvalidError('Send a JPEG, PNG or WebP picture.', ['contentType']);
    if (size > MAX_UPLOAD_BYTES) throw new UploadInvalidError('A picture may have at most 10 MB.', ['size']);
    const id = newId();
    const token = randomToken();
    const expiresAt = new Date(this.clock.now().getTime() + LIFETIME_MS);
    await this.database.count(insertUpload, [
      id,
      userId,
      filename.replaceAll('\0', ''),
      contentType,
      size,
      sha256(token),
      expiresAt,
    ]);
    return {
      id,
      url: `/uploads/${token}`,
      method: 'PUT',
      headers: [{ name: 'content-type', value: contentType }],
      expiresAt,
    };
  }

  /**
   * Receives the file behind an upload address. What the sender calls it counts for nothing: the bytes must begin like
   * a picture and decode like one. It is stored encoded anew, so that neither its metadata (place, camera) nor
   * anything hidden in the file survives, and in the smaller sizes.
   *
   * @throws NotFoundError when the address is unknown, used or too old
   * @throws UploadInvalidError when the bytes are no picture that we take; the address stays open
   */
  async receiveUpload(
    token: string,
    content: Buffer | AsyncIterable<Uint8Array>,
    _contentType: string,
  ): Promise<void> {
    const upload = await this.database.row<{ id: string }>(findUpload, [sha256(token), this.clock.now()]);
    if (!upload) throw new NotFoundError('open upload');
    const picture = await readPicture(await collect(content));
    const key = `products/${randomUUID()}.${EXTENSIONS[picture.type]}`;
    await writeSizes(this.storage, key, picture, 'thorough');
    await this.storage.write(key, picture.content, picture.type);
    const first = await this.database.count(receiveOnce, [
      upload.id,
      key,
      picture.width,
      picture.height,
      this.clock.now(),
    ]);
    // The same file sent twice at once: one is enough.
    if (first === 0) await removePicture(this.storage, key, picture.width);
  }
}

async function collect(content: Buffer | AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of Buffer.isBuffer(content) ? [content] : content) {
    size += chunk.length;
    if (size > MAX_UPLOAD_BYTES) throw new UploadInvalidError('A picture may have at most 10 MB.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function readPicture(content: Buffer): Promise<Picture> {
  const type = (await fileTypeFromBuffer(content))?.mime ?? '';
  // Loaded with the first picture: the library and its native code are large.
  const { default: sharp } = await import('sharp');
  if (!isPictureType(type)) throw new UploadInvalidError('This is no JPEG, PNG or WebP picture.');
  try {
    // autoOrient first: the way up is written in the metadata that is about to go.
    const upright = sharp(content, { limitInputPixels: MAX_PIXELS, failOn: 'error' })
      .autoOrient()
      .resize(MAX_SIDE, MAX_SIDE, { fit: 'inside', withoutEnlargement: true });
    const { data, info } = await encode(upright, type).toBuffer({ resolveWithObject: true });
    return { content: data, type, width: info.width, height: info.height };
  } catch {
    throw new UploadInvalidError('This picture is damaged or far too large.');
  }
}

function encode(picture: Sharp, type: PictureType): Sharp {
  if (type === 'image/png') return picture.png();
  return type === 'image/webp' ? picture.webp({ quality: 90 }) : picture.jpeg({ quality: 90, mozjpeg: true });
}

function isPictureType(type: string): type is PictureType {
  return type in EXTENSIONS;
}
