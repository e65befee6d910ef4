import { useClientHandle } from '@urql/vue';
import { onScopeDispose, ref } from 'vue';
import { messagesFor } from '../../app/error-messages';
import { errorsOf } from '../../app/user-errors';
import { ProductImageAddDocument, UploadCreateDocument } from '../../generated/catalog/graphql';
import { sendBytes } from '../../media/send-bytes';
import { useUploads, type UploadRow } from '../../media/useUploads';

/** The image types that the API accepts. */
export const KINDS = new Set(['image/jpeg', 'image/png', 'image/webp']);

/** Uploads images of a product, and shows images of the media library among them. */
export function useImageUpload(productId: () => string, uploaded: () => Promise<void>) {
  /** Object URLs of local files by image id, shown until the API has made the sizes. */
  const previews = ref<Record<string, string>>({});
  onScopeDispose(() => Object.values(previews.value).forEach((url) => URL.revokeObjectURL(url)));
  const handle = useClientHandle();
  // The response contains no object that a page already shows, so the cache would not refresh the product.
  const uploads = useUploads(upload, uploaded);

  async function upload(row: UploadRow): Promise<string> {
    const { file } = row;
    if (!KINDS.has(file.type)) return messagesFor({ code: 'UPLOAD_INVALID' });
    const created = await handle.client.mutation(UploadCreateDocument, {
      input: { filename: file.name, contentType: file.type, size: file.size },
    });
    const refused = errorsOf(created, created.data?.uploadCreate.errors)[0];
    const target = created.data?.uploadCreate.upload;
    if (refused || !target) return messagesFor(refused ?? { code: 'INTERNAL' });

    const isSent = await sendBytes(target, file, (share) => (row.progress = share));
    if (!isSent) return messagesFor({ code: 'UPLOAD_INVALID' });
    const { problem, imageId } = await show({ uploadId: target.id });
    if (imageId) previews.value = { ...previews.value, [imageId]: URL.createObjectURL(file) };
    return problem;
  }

  /** Puts an upload or a image of the library at the end of the gallery. */
  async function show(
    source: { uploadId: string } | { mediaId: string },
  ): Promise<{ problem: string; imageId: string | undefined }> {
    const input = { productId: productId(), ...source };
    const added = await handle.client.mutation(
      ProductImageAddDocument,
      { input },
      { additionalTypenames: ['Media'] },
    );
    const problem = errorsOf(added, added.data?.productImageAdd.errors)[0];
    return { problem: problem ? messagesFor(problem) : '', imageId: added.data?.productImageAdd.image?.id };
  }

  async function addMedia(mediaId: string): Promise<string> {
    const { problem } = await show({ mediaId });
    if (!problem) await uploaded();
    return problem;
  }

  return { ...uploads, previews, addMedia };
}
