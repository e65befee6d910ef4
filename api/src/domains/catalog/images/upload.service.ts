import { randomUUID } from 'node:crypto';
import type { FileStorage } from '../../../integrations/storage/port.js';
import type { Clock } from '../../../kernel/clock.js';
import { NotFoundError } from '../../../kernel/errors.js';
import { newId } from '../../../kernel/ids.js';
import { randomToken, sha256 } from '../../../kernel/tokens.js';
import { statement, type Database, t } from '../../../platform/database/database.js';
import type { UploadCreateInput } from './image.input.js';
import { UploadEntity } from './image.entity.js';
import { assertImage, collectBytes, readHeader } from './read-image.js';

export const MAX_UPLOAD_BYTES = 10 * 1024 * 1024;

const LIFETIME_MS = 15 * 60_000;

const findUpload = statement('catalog.upload-open', {
  params: { token: t.bytea, expiresAt: t.timestamp },
  row: { id: t.uuid, size: t.int },
  sql: 'SELECT id, size FROM upload WHERE token_hash = :token AND received_at IS NULL AND expires_at > :expiresAt',
});
const receiveOnce = statement('catalog.upload-received', {
  params: { uploadId: t.uuid, key: t.text, width: t.int, height: t.int, receivedAt: t.timestamp },
  sql: 'UPDATE upload SET original_key = :key, width = :width, height = :height, received_at = :receivedAt WHERE id = :uploadId AND received_at IS NULL',
});

export interface OpenUpload {
  readonly id: string;
  readonly url: string;
  readonly method: string;
  readonly headers: { name: string; value: string }[];
  readonly expiresAt: Date;
}

/** Receives images: announced over GraphQL, sent over plain HTTP, used by productImageAdd. */
export class UploadService {
  constructor(
    private readonly database: Database,
    /** Private storage. */
    private readonly files: FileStorage,
    private readonly clock: Clock,
  ) {}

  /**
   * Opens an upload for one file, for a quarter of an hour. @throws UploadInvalidError for a file that cannot be an
   * accepted image
   */
  async create(userId: string, { filename, contentType, size }: UploadCreateInput): Promise<OpenUpload> {
    assertImage({ contentType, size }, MAX_UPLOAD_BYTES);
    const id = newId();
    const token = randomToken();
    const expiresAt = new Date(this.clock.now().getTime() + LIFETIME_MS);
    const upload = { id, userId, filename: filename.replaceAll('\0', ''), contentType, size, expiresAt };
    await this.database.repository(UploadEntity).insert([{ ...upload, tokenHash: sha256(token) }]);
    return {
      id,
      url: `/uploads/${token}`,
      method: 'PUT',
      headers: [{ name: 'content-type', value: contentType }],
      expiresAt,
    };
  }

  /** The announced size of an open upload; null if it is unknown, used or expired. */
  async announcedSize(token: string): Promise<number | null> {
    const upload = await this.database.row(findUpload, { token: sha256(token), expiresAt: this.clock.now() });
    return upload?.size ?? null;
  }

  /**
   * Receives the file of an upload and stores it unchanged and privately. Only its head is read: a job makes the sizes,
   * once it is an image of a product.
   *
   * @throws NotFoundError if the upload is unknown, used or expired
   * @throws UploadInvalidError if the file is no accepted image; the upload stays open
   */
  async receiveUpload(
    token: string,
    content: Buffer | AsyncIterable<Uint8Array>,
    _contentType: string,
  ): Promise<void> {
    const upload = await this.database.row(findUpload, { token: sha256(token), expiresAt: this.clock.now() });
    if (!upload) throw new NotFoundError('open upload');
    const image = await readHeader(await collectBytes(content, MAX_UPLOAD_BYTES));
    const key = `originals/${randomUUID()}.${image.extension}`;
    // The file is written first: a crash in between leaves an unreferenced file, never an upload without its file.
    await this.files.write(key, image.content, image.type);
    const first = await this.database.count(receiveOnce, {
      uploadId: upload.id,
      key,
      width: image.width,
      height: image.height,
      receivedAt: this.clock.now(),
    });
    // The same file was sent twice at once: one is enough.
    if (first === 0) await this.files.remove(key);
  }
}
