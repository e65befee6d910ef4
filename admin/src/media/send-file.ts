import type { Client } from '@urql/vue';
import { messagesFor } from '../app/error-messages';
import { errorsOf } from '../app/user-errors';
import { MediaCreateDocument, MediaUploadCreateDocument } from '../generated/media/graphql';
import { MEDIA_CONTEXT } from './media-context';
import { sendBytes } from './send-bytes';

/** The types that the library takes. */
export const MEDIA_TYPES: ReadonlySet<string> = new Set([
  'image/jpeg',
  'image/png',
  'image/webp',
  'application/pdf',
]);

interface Sending {
  readonly file: File;
  readonly onProgress: (share: number) => void;
}

/** Sends a file; the id of its upload, or why it was refused. */
export async function sendFile(
  client: Client,
  { file, onProgress }: Sending,
): Promise<{ uploadId: string } | { problem: string }> {
  if (!MEDIA_TYPES.has(file.type)) return { problem: messagesFor({ code: 'UPLOAD_INVALID' }) };
  const input = { filename: file.name, contentType: file.type, size: file.size };
  const created = await client.mutation(MediaUploadCreateDocument, { input });
  const refused = errorsOf(created, created.data?.mediaUploadCreate.errors)[0];
  const target = created.data?.mediaUploadCreate.upload;
  if (refused || !target) return { problem: messagesFor(refused ?? { code: 'INTERNAL' }) };
  const isSent = await sendBytes(target, file, onProgress);
  return isSent ? { uploadId: target.id } : { problem: messagesFor({ code: 'UPLOAD_INVALID' }) };
}

/** Sends a file into the library. */
export async function addToLibrary(
  client: Client,
  sending: Sending,
  visibility: 'PUBLIC' | 'PRIVATE' = 'PUBLIC',
): Promise<{ mediaId: string; existed: boolean } | { problem: string }> {
  const sent = await sendFile(client, sending);
  if ('problem' in sent) return sent;
  const input = { uploadId: sent.uploadId, visibility };
  const result = await client.mutation(MediaCreateDocument, { input }, MEDIA_CONTEXT);
  const problem = errorsOf(result, result.data?.mediaCreate.errors)[0];
  const media = result.data?.mediaCreate.media;
  if (problem || !media) return { problem: messagesFor(problem ?? { code: 'INTERNAL' }) };
  return { mediaId: media.id, existed: result.data?.mediaCreate.existed === true };
}
