import { useClientHandle } from '@urql/vue';
import { ref } from 'vue';
import { useI18n } from 'vue-i18n';
import { messagesFor } from '../app/error-messages';
import { errorsOf } from '../app/user-errors';
import { onVersion } from '../app/seen-version';
import type { Answer } from '../app/useIntent';
import { ProductArchiveDocument, ProductUpdateDocument } from '../generated/catalog/graphql';
import type { ProductStatus } from '../generated/catalog/graphql';

interface Archivable {
  id: string;
  name: string;
  version?: number | null;
  status?: ProductStatus | null;
}

/** Archives a product. For some seconds a notice offers to restore its previous status. */
export function useProductArchive(reload: () => Promise<void>) {
  const { t } = useI18n();
  const toast = useToast();
  const handle = useClientHandle();
  const busy = ref(false);

  async function archive(product: Archivable): Promise<void> {
    busy.value = true;
    let version = 0;
    const { result, userErrors } = await onVersion(
      product.version,
      async (expectedVersion): Promise<Answer> => {
        const input = { productId: product.id, expectedVersion };
        const result = await handle.client.mutation(ProductArchiveDocument, { input });
        const answer = result.data?.productArchive;
        version = answer?.product?.version ?? expectedVersion + 1;
        return { result, userErrors: answer?.errors };
      },
    );
    const problem = errorsOf(result, userErrors)[0];
    await reload();
    busy.value = false;
    if (problem) return complain(messagesFor(problem));

    toast.add({
      icon: 'i-lucide-archive',
      title: t('product.archived', { name: product.name }),
      duration: 10_000,
      actions: [
        {
          label: t('common.undo'),
          color: 'neutral',
          variant: 'outline',
          onClick: () => void putBack(product, version),
        },
      ],
    });
  }

  async function putBack(product: Archivable, expectedVersion: number): Promise<void> {
    const input = { productId: product.id, expectedVersion, status: product.status ?? 'DRAFT' };
    const result = await handle.client.mutation(ProductUpdateDocument, { input });
    const problem = errorsOf(result, result.data?.productUpdate.errors)[0];
    await reload();
    if (problem) complain(messagesFor(problem));
    else toast.add({ icon: 'i-lucide-check', color: 'success', title: t('product.putBack') });
  }

  const complain = (title: string): void => {
    toast.add({ icon: 'i-lucide-circle-alert', color: 'error', title });
  };

  return { busy, archive };
}
