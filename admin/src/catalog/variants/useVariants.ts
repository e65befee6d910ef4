import { useClientHandle } from '@urql/vue';
import { makeIntent } from '@vitrine/client/intent-key';
import { ref } from 'vue';
import { useI18n } from 'vue-i18n';
import { messagesFor } from '../../app/error-messages';
import { errorsOf } from '../../app/user-errors';
import { ProductVariantCreateDocument, ProductVariantDeleteDocument } from '../../generated/catalog/graphql';
import type { ProductVariantInput } from '../../generated/catalog/graphql';

/** Adds and deletes variants of an existing product. */
export function useVariants() {
  const { t } = useI18n();
  const toast = useToast();
  const handle = useClientHandle();
  const busy = ref(false);
  const problems = ref<string[]>([]);
  const intent = makeIntent();

  async function add(productId: string, variant: ProductVariantInput): Promise<boolean> {
    busy.value = true;
    const result = await handle.client.mutation(ProductVariantCreateDocument, {
      input: { productId, variant, idempotencyKey: intent.keyFor({ productId, variant }) },
    });
    busy.value = false;
    const found = errorsOf(result, result.data?.productVariantCreate.errors);
    if (found[0]?.code !== 'NETWORK') intent.settled();
    problems.value = found.map(messagesFor);
    if (problems.value.length === 0)
      toast.add({ icon: 'i-lucide-check', color: 'success', title: t('product.variantAdded') });
    return problems.value.length === 0;
  }

  async function remove(id: string): Promise<boolean> {
    busy.value = true;
    const result = await handle.client.mutation(ProductVariantDeleteDocument, { input: { variantId: id } });
    busy.value = false;
    problems.value = errorsOf(result, result.data?.productVariantDelete.errors).map(messagesFor);
    if (problems.value.length === 0)
      toast.add({ icon: 'i-lucide-check', color: 'success', title: t('product.variantDeleted') });
    return problems.value.length === 0;
  }

  return { busy, problems, add, remove, forgetErrors: () => (problems.value = []) };
}
