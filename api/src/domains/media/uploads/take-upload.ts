import { statement, type Querying, type Tx, t } from '../../../platform/database/database.js';
import { UploadInvalidError } from '../media.errors.js';

const params = { uploadId: t.uuid, userId: t.uuid, imageOnly: t.boolean };
const row = {
  ...{ originalKey: t.text, width: t.int.orNull, height: t.int.orNull, filename: t.text },
  ...{ sha256: t.bytea.orNull, size: t.int.orNull },
};
const COLUMNS = `original_key AS "originalKey", width, height, filename, sha256, received_size AS size`;
const CAN_BE_USED = `id = :uploadId AND user_id = :userId AND original_key IS NOT NULL AND used_at IS NULL
  AND (width IS NOT NULL OR NOT :imageOnly::boolean)`;
const findUpload = statement('media.upload-received-one', {
  params,
  row,
  sql: `SELECT ${COLUMNS} FROM upload WHERE ${CAN_BE_USED}`,
});
const useUpload = statement('media.upload-use', {
  params,
  row,
  sql: `UPDATE upload SET used_at = now() WHERE ${CAN_BE_USED} RETURNING ${COLUMNS}`,
});

export interface OwnUpload {
  readonly id: string;
  /** Who opened it: nobody else may use it. */
  readonly userId: string;
}

export interface ReceivedFile {
  /** In the private storage. */
  readonly originalKey: string;
  /** As the sender named it. */
  readonly filename: string;
  /** Null for a file that a version before this one received. */
  readonly sha256: Buffer | null;
  /** In bytes; null with `sha256`. */
  readonly size: number | null;
  /** In pixels, as the head of the file says; null for a document. */
  readonly width: number | null;
  readonly height: number | null;
}

export interface ReceivedImageFile extends ReceivedFile {
  readonly width: number;
  readonly height: number;
}

/** A received image, which stays unused. @throws UploadInvalidError if it is another's, not received yet or used, or no image */
export async function receivedUpload(
  from: Querying,
  upload: OwnUpload,
  field: string,
): Promise<ReceivedImageFile> {
  const file = await from.row(findUpload, { uploadId: upload.id, userId: upload.userId, imageOnly: true });
  return orRefused(file, field) as ReceivedImageFile;
}

/** Uses up a received image. @throws UploadInvalidError if it is another's, not received yet or used, or no image */
export async function takeUpload(tx: Tx, upload: OwnUpload, field: string): Promise<ReceivedImageFile> {
  const file = await tx.row(useUpload, { uploadId: upload.id, userId: upload.userId, imageOnly: true });
  return orRefused(file, field) as ReceivedImageFile;
}

/** Uses up a received image or document. @throws UploadInvalidError if it is another's, not received yet or used */
export async function takeFile(tx: Tx, upload: OwnUpload, field: string): Promise<ReceivedFile> {
  const file = await tx.row(useUpload, { uploadId: upload.id, userId: upload.userId, imageOnly: false });
  return orRefused(file, field);
}

function orRefused(file: ReceivedFile | null | undefined, field: string): ReceivedFile {
  if (!file) throw new UploadInvalidError('Send the file first; each upload can be used once.', [field]);
  return file;
}
