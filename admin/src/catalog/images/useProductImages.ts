import { useClientHandle } from '@urql/vue';
import { computed, onScopeDispose, ref, watch } from 'vue';
import { useI18n } from 'vue-i18n';
import { messagesFor } from '../../app/error-messages';
import { errorsOf } from '../../app/user-errors';
import {
  ProductImageDeleteDocument,
  ProductImageRetryDocument,
  ProductImagesReorderDocument,
  ProductImageUpdateDocument,
} from '../../generated/catalog/graphql';
import { usePolling } from '../../ui/usePolling';
import { moveItem } from '../move-item';
import type { EditedProduct } from '../useProductEditor';

type Image = EditedProduct['images'][number];
const UNDO_MS = 6000;

/** Order, alternative text and deletion of a product's images. Each change is saved at once and reverted when it fails. */
export function useProductImages(product: () => EditedProduct, reload: () => Promise<void>) {
  const handle = useClientHandle();
  const { t } = useI18n();
  const toast = useToast();
  const problem = ref('');
  /** Images that are hidden and not deleted yet, each with its notice. */
  const leaving = ref<Record<string, { notice: string | number; isShown: boolean; isSent: boolean }>>({});
  const order = ref<string[]>([]);
  watch(
    () => product().images,
    (images) => (order.value = images.map(({ id }) => id)),
    { immediate: true },
  );
  const images = computed(() =>
    order.value.flatMap((id): Image[] =>
      product().images.filter((image) => image.id === id && !(id in leaving.value)),
    ),
  );

  usePolling(() => product().images.some(({ status }) => status === 'PROCESSING'), reload);

  async function moveImage(from: number, to: number): Promise<void> {
    const visible = images.value.map(({ id }) => id);
    const next = moveItem(visible, from, to);
    if (next === visible) return;
    // The API requires every image in the list, also one that is about to be deleted.
    order.value = [...next, ...order.value.filter((id) => !next.includes(id))];
    const input = { productId: product().id, imageIds: order.value };
    const result = await handle.client.mutation(ProductImagesReorderDocument, { input });
    await settle(errorsOf(result, result.data?.productImagesReorder.errors));
  }

  async function describe(image: Image, alt: string): Promise<void> {
    if (alt.trim() === image.alt) return;
    const result = await handle.client.mutation(ProductImageUpdateDocument, {
      input: { imageId: image.id, alt: alt.trim() },
    });
    await settle(errorsOf(result, result.data?.productImageUpdate.errors));
  }

  /** Retries making the sizes of an image. */
  async function retry(image: Image): Promise<void> {
    const result = await handle.client.mutation(ProductImageRetryDocument, { input: { imageId: image.id } });
    await settle(errorsOf(result, result.data?.productImageRetry.errors));
  }

  /**
   * Hides the image at once and deletes it when its notice goes, so that the deletion can be undone for as long as the
   * notice offers it: it stays while the pointer or the focus is in it (F8 leads there).
   */
  function remove(image: Image): void {
    const { id: notice } = toast.add({
      icon: 'i-lucide-trash-2',
      title: t('image.deleted'),
      duration: UNDO_MS,
      actions: [
        { label: t('common.undo'), color: 'neutral', variant: 'outline', onClick: () => restore(image.id) },
      ],
    });
    leaving.value = { ...leaving.value, [image.id]: { notice, isShown: false, isSent: false } };
  }
  // A notice goes when its time is over, when it is closed, and when newer ones take its place.
  const openNotices = computed(() =>
    toast.toasts.value.filter(({ open }) => open !== false).map(({ id }) => id),
  );
  watch(openNotices, (open) => {
    for (const [id, one] of Object.entries(leaving.value)) {
      if (open.includes(one.notice)) one.isShown = true;
      else if (one.isShown) void reallyRemove(id);
    }
  });

  function restore(id: string): void {
    if (!leaving.value[id]?.isSent) bringBack(id);
  }

  function bringBack(id: string): void {
    const { [id]: _kept, ...others } = leaving.value;
    leaving.value = others;
  }

  async function reallyRemove(id: string): Promise<void> {
    const one = leaving.value[id];
    if (!one || one.isSent) return;
    one.isSent = true;
    const result = await handle.client.mutation(ProductImageDeleteDocument, { input: { imageId: id } });
    await settle(errorsOf(result, result.data?.productImageDelete.errors));
    bringBack(id);
  }
  // Leaving the page must not cancel the deletion.
  onScopeDispose(() => Object.keys(leaving.value).forEach((id) => void reallyRemove(id)));

  async function settle(problems: ReturnType<typeof errorsOf>): Promise<void> {
    problem.value = problems[0] ? messagesFor(problems[0]) : '';
    if (problems.length > 0) order.value = product().images.map(({ id }) => id);
    await reload();
  }

  return { images, problem, moveImage, describe, retry, remove };
}
