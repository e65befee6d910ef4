import { createHash, randomUUID } from 'node:crypto';
import type { FileStorage } from '../../../integrations/storage/port.js';
import type { Clock } from '../../../kernel/clock.js';
import { NotFoundError } from '../../../kernel/errors.js';
import { newId } from '../../../kernel/ids.js';
import { randomToken, sha256 } from '../../../kernel/tokens.js';
import { statement, type Database, t } from '../../../platform/database/database.js';
import { UploadInvalidError } from '../media.errors.js';
import { DOCUMENT_TYPE, readDocument } from '../files/read-document.js';
import { assertImage, assertSize, collectBytes, readHeader } from '../files/read-image.js';
import { UploadEntity } from './upload.entity.js';
import type { UploadCreateInput } from './upload.input.js';

export const MAX_UPLOAD_BYTES = 10 * 1024 * 1024;

const LIFETIME_MS = 15 * 60_000;

const findUpload = statement('media.upload-open', {
  params: { token: t.bytea, expiresAt: t.timestamp },
  row: { id: t.uuid, size: t.int, contentType: t.text },
  sql: 'SELECT id, size, content_type AS "contentType" FROM upload WHERE token_hash = :token AND received_at IS NULL AND expires_at > :expiresAt',
});
const noteKey = statement('media.upload-note-key', {
  params: { uploadId: t.uuid, key: t.text },
  sql: 'UPDATE upload SET written_keys = array_append(written_keys, :key) WHERE id = :uploadId AND received_at IS NULL',
});
const receiveOnce = statement('media.upload-received', {
  params: {
    ...{ uploadId: t.uuid, key: t.text, width: t.int.orNull, height: t.int.orNull, receivedAt: t.timestamp },
    ...{ sha256: t.bytea, size: t.int },
  },
  sql: `UPDATE upload SET original_key = :key, width = :width, height = :height, sha256 = :sha256, received_size = :size, received_at = :receivedAt
   WHERE id = :uploadId AND received_at IS NULL`,
});

export interface OpenUpload {
  readonly id: string;
  readonly url: string;
  readonly method: string;
  readonly headers: { name: string; value: string }[];
  readonly expiresAt: Date;
}

/** Receives files: announced over GraphQL, sent over plain HTTP, used by the library, for products and for the brand. */
export class UploadService {
  constructor(
    private readonly database: Database,
    /** Private storage. */
    private readonly files: FileStorage,
    private readonly clock: Clock,
  ) {}

  /**
   * Opens an upload for one file, for a quarter of an hour.
   *
   * @param takesDocuments whether it may be a PDF as well as an image
   * @throws UploadInvalidError for a file that cannot be accepted
   */
  async create(
    userId: string,
    { filename, contentType, size }: UploadCreateInput,
    { takesDocuments = false } = {},
  ): Promise<OpenUpload> {
    if (takesDocuments && contentType === DOCUMENT_TYPE) assertSize(size, MAX_UPLOAD_BYTES);
    else assertImage({ contentType, size }, MAX_UPLOAD_BYTES);
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
   * Receives the file of an upload and stores it unchanged and privately. Only its head is read: a job makes the sizes
   * once it is in the library.
   *
   * @throws NotFoundError if the upload is unknown, used or expired
   * @throws UploadInvalidError if the file is none that was announced; the upload stays open
   */
  async receiveUpload(
    token: string,
    content: Buffer | AsyncIterable<Uint8Array>,
    _contentType: string,
  ): Promise<void> {
    const upload = await this.database.row(findUpload, { token: sha256(token), expiresAt: this.clock.now() });
    if (!upload) throw new NotFoundError('open upload');
    const bytes = await collectBytes(content, MAX_UPLOAD_BYTES);
    // A body without a length was let in.
    if (bytes.length > upload.size)
      throw new UploadInvalidError(`The file has ${bytes.length} bytes; ${upload.size} were announced.`);
    const file = upload.contentType === DOCUMENT_TYPE ? await readDocument(bytes) : await readHeader(bytes);
    const key = `originals/${randomUUID()}.${file.extension}`;
    // The key is noted before the file is written: whatever crashes, the nightly job finds every file that nobody uses.
    // Another sender may have been first: then there is nothing to write.
    if ((await this.database.count(noteKey, { uploadId: upload.id, key })) === 0) return;
    await this.files.write(key, bytes, file.type);
    const first = await this.database.count(receiveOnce, {
      ...{ uploadId: upload.id, key, width: file.width, height: file.height, size: bytes.length },
      ...{ sha256: createHash('sha256').update(bytes).digest(), receivedAt: this.clock.now() },
    });
    // The same file was sent twice at once: one is enough.
    if (first === 0) await this.files.remove(key);
  }
}
