import { useClientHandle } from '@urql/vue';
import { ref } from 'vue';
import { useI18n } from 'vue-i18n';
import { messagesFor } from '../../app/error-messages';
import { errorsOf } from '../../app/user-errors';
import { ProductVariantDeleteDocument } from '../../generated/catalog/graphql';

/** Deletes variants of a product. */
export function useVariants() {
  const { t } = useI18n();
  const toast = useToast();
  const handle = useClientHandle();
  const busy = ref(false);
  const problems = ref<string[]>([]);

  async function remove(id: string): Promise<boolean> {
    busy.value = true;
    const result = await handle.client.mutation(ProductVariantDeleteDocument, { input: { variantId: id } });
    busy.value = false;
    problems.value = errorsOf(result, result.data?.productVariantDelete.errors).map(messagesFor);
    if (problems.value.length === 0)
      toast.add({ icon: 'i-lucide-check', color: 'success', title: t('product.variantDeleted') });
    return problems.value.length === 0;
  }

  return { busy, problems, remove, forgetErrors: () => (problems.value = []) };
}
