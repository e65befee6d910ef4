import { useClientHandle } from '@urql/vue';
import { computed, onScopeDispose, ref } from 'vue';
import { messagesFor } from '../../app/error-messages';
import { errorsOf } from '../../app/user-errors';
import { ProductImageAddDocument, UploadCreateDocument } from '../../generated/catalog/graphql';
import { useUnsaved } from '../../ui/forms/useUnsaved';
import { sendBytes } from './upload';

/** The image types that the API accepts. */
export const KINDS = new Set(['image/jpeg', 'image/png', 'image/webp']);

export interface UploadRow {
  id: number;
  name: string;
  /** 0 to 1. */
  progress: number;
  problem: string;
  file: File;
}

/**
 * Uploads images one after the other, so that they keep the order in which they were dropped.
 * A failed image stays in the list with its reason and can be retried.
 */
export function useImageUpload(productId: () => string, uploaded: () => Promise<void>) {
  /** Object URLs of local files by image id, shown until the API has made the sizes. */
  const previews = ref<Record<string, string>>({});
  onScopeDispose(() => Object.values(previews.value).forEach((url) => URL.revokeObjectURL(url)));
  const handle = useClientHandle();
  const rows = ref<UploadRow[]>([]);
  const busy = ref(false);
  let lastId = 0;
  useUnsaved(() => busy.value);

  function add(files: readonly File[]): void {
    rows.value.push(
      ...files.map((file) => ({ id: ++lastId, name: file.name, progress: 0, problem: '', file })),
    );
    void work();
  }

  function retry(row: UploadRow): void {
    row.problem = '';
    row.progress = 0;
    void work();
  }

  async function work(): Promise<void> {
    if (busy.value) return;
    busy.value = true;
    for (let row = nextRow(); row; row = nextRow()) {
      row.problem = await upload(row);
      if (row.problem) continue;
      // The response contains no object that a page already shows, so the cache would not refresh the product.
      await uploaded();
      drop(row);
    }
    busy.value = false;
  }

  const nextRow = (): UploadRow | undefined => rows.value.find((row) => !row.problem);
  const drop = (row: UploadRow): void => {
    rows.value = rows.value.filter(({ id }) => id !== row.id);
  };

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

    const added = await handle.client.mutation(ProductImageAddDocument, {
      input: { productId: productId(), uploadId: target.id },
    });
    const problem = errorsOf(added, added.data?.productImageAdd.errors)[0];
    const image = added.data?.productImageAdd.image;
    if (image) previews.value = { ...previews.value, [image.id]: URL.createObjectURL(file) };
    return problem ? messagesFor(problem) : '';
  }

  return { rows, previews, busy: computed(() => busy.value), add, retry, drop };
}
