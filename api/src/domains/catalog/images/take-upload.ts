import { statement, type Querying, type Tx, t } from '../../../platform/database/database.js';
import { UploadInvalidError } from '../catalog.errors.js';

const row = { originalKey: t.text, width: t.int, height: t.int };
const findUpload = statement('catalog.upload-received-one', {
  params: { uploadId: t.uuid, userId: t.uuid },
  row,
  sql: `SELECT original_key AS "originalKey", width, height FROM upload
   WHERE id = :uploadId AND user_id = :userId AND original_key IS NOT NULL AND used_at IS NULL`,
});
const useUpload = statement('catalog.upload-use', {
  params: { uploadId: t.uuid, userId: t.uuid },
  row,
  sql: `UPDATE upload SET used_at = now() WHERE id = :uploadId AND user_id = :userId AND original_key IS NOT NULL AND used_at IS NULL
   RETURNING original_key AS "originalKey", width, height`,
});

interface OwnUpload {
  readonly id: string;
  /** Who opened it: nobody else may use it. */
  readonly userId: string;
}

export interface ReceivedFile {
  /** In the private storage. */
  readonly originalKey: string;
  /** In pixels, as the head of the file says. */
  readonly width: number;
  readonly height: number;
}

/** A received upload, which stays unused. @throws UploadInvalidError if it is another's, not received yet or used */
export async function receivedUpload(
  from: Querying,
  upload: OwnUpload,
  field: string,
): Promise<ReceivedFile> {
  return orRefused(await from.row(findUpload, { uploadId: upload.id, userId: upload.userId }), field);
}

/** Uses up a received upload. @throws UploadInvalidError if it is another's, not received yet or used */
export async function takeUpload(tx: Tx, upload: OwnUpload, field: string): Promise<ReceivedFile> {
  return orRefused(await tx.row(useUpload, { uploadId: upload.id, userId: upload.userId }), field);
}

function orRefused(file: ReceivedFile | null | undefined, field: string): ReceivedFile {
  if (!file) throw new UploadInvalidError('Send the file first; each upload can be used once.', [field]);
  return file;
}
