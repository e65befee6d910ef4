import { fileTypeFromBuffer } from 'file-type';
import { UploadInvalidError } from '../media.errors.js';

export const DOCUMENT_TYPE = 'application/pdf';

/** Where a whole PDF says that it ends; programs write some bytes after it. */
const TAIL_BYTES = 2_048;

export interface ReceivedDocument {
  readonly type: typeof DOCUMENT_TYPE;
  readonly extension: 'pdf';
  readonly width: null;
  readonly height: null;
}

/**
 * Checks that bytes begin and end like a PDF. What is in between is never opened here: the file is only handed on, as
 * an attachment.
 *
 * @throws UploadInvalidError
 */
export async function readDocument(content: Buffer): Promise<ReceivedDocument> {
  const type = (await fileTypeFromBuffer(content))?.mime;
  if (type !== DOCUMENT_TYPE || !content.subarray(0, 5).equals(Buffer.from('%PDF-')))
    throw new UploadInvalidError('This is no PDF.');
  if (!content.subarray(-TAIL_BYTES).includes('%%EOF'))
    throw new UploadInvalidError('This PDF breaks off before its end.');
  return { type, extension: 'pdf', width: null, height: null };
}
