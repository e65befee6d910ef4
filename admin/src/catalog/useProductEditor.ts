import type { Client } from '@urql/core';
import { useClientHandle, useQuery } from '@urql/vue';
import { computed, nextTick, ref } from 'vue';
import { useI18n } from 'vue-i18n';
import { messagesFor } from '../app/error-messages';
import { errorsOf } from '../app/user-errors';
import { NOT_READ } from '../app/seen-version';
import { useSession } from '../app/session';
import {
  ProductUpdateDocument,
  ProductVariantUpdateDocument,
  StaffProductDocument,
} from '../generated/catalog/graphql';
import type { ProductVariantUpdateInput } from '../generated/catalog/graphql';
import type { FieldError } from '../ui/forms/fields/field-errors';
import { useDraft } from '../ui/forms/drafts/useDraft';
import { useLastData } from '../ui/useLastData';
import { sortErrors } from './field-errors';
import type { SortedErrors } from './field-errors';
import { productChanges, respelled, toDraft, variantChanges } from './product-draft';
import type { ProductDraft } from './product-draft';

/** The form of one product: loading, changes, and saving the product and its variants. */
export function useProductEditor(id: () => string) {
  const { t, locale } = useI18n();
  const toast = useToast();
  const { currency } = useSession();
  const handle = useClientHandle();
  const query = useQuery({
    query: StaffProductDocument,
    variables: computed(() => ({ id: id() })),
    requestPolicy: 'cache-and-network',
  });
  const { kept, loading, failed } = useLastData(query);
  const product = computed(() => kept.value?.staffProduct ?? null);
  const reload = async (): Promise<void> => {
    await query.executeQuery({ requestPolicy: 'network-only' });
    // Until the response has been merged into the form.
    await nextTick();
  };
  const spelling = computed(() => ({ currency: currency.value, language: locale.value }));
  const loaded = computed(() => (product.value ? toDraft(product.value, spelling.value) : undefined));
  const { reset, baseline, accept, ...form } = useDraft<ProductDraft>(
    () => loaded.value,
    () => (product.value ? { form: 'product', object: product.value.id } : null),
  );
  const { draft, clashes } = form;

  const saving = ref(false);
  const fieldErrors = ref<FieldError[]>([]);
  const problems = ref<string[]>([]);

  async function save(): Promise<void> {
    if (saving.value) return;
    saving.value = true;
    fieldErrors.value = [];
    problems.value = [];
    if (draft.value) draft.value = respelled(draft.value, spelling.value);
    // Concurrent changes are merged first. Where both sides changed a field, the user decides.
    await reload();
    const isSaved = clashes.value.length === 0 && (await sendChanges());
    saving.value = false;
    if (isSaved) toast.add({ icon: 'i-lucide-check', color: 'success', title: t('form.saved') });
  }

  async function sendChanges(): Promise<boolean> {
    const before = baseline();
    if (!draft.value || !before || !product.value) return false;
    const { version, variants: read } = product.value;
    // The product was reloaded just now: a response without a version was incomplete, so nothing is saved.
    if (typeof version !== 'number' || read.some((variant) => typeof variant.version !== 'number')) {
      problems.value = [messagesFor(NOT_READ)];
      return false;
    }
    const mine = JSON.parse(JSON.stringify(draft.value)) as ProductDraft;
    const ofProduct = await saveProduct(mine, before, version);
    const ofVariants = await saveVariants(
      handle.client,
      variantChanges(mine, before, currency.value, read),
      mine,
    );
    fieldErrors.value = [ofProduct, ofVariants].flatMap(({ fields }) => fields);
    problems.value = [ofProduct, ofVariants].flatMap(({ general }) => general);

    // Saved fields are no longer changes, also when the rest was refused.
    const { variants } = isClean(ofVariants) ? mine : before;
    accept({ ...(isClean(ofProduct) ? mine : before), variants });
    await reload();
    return isClean(ofProduct) && isClean(ofVariants);
  }

  async function saveProduct(
    mine: ProductDraft,
    before: ProductDraft,
    version: number,
  ): Promise<SortedErrors> {
    const input = productChanges(mine, before, { id: id(), version });
    if (!input) return { fields: [], general: [] };
    const result = await handle.client.mutation(ProductUpdateDocument, { input });
    const locales = input.translations?.map((translation) => translation.locale);
    return sortErrors(errorsOf(result, result.data?.productUpdate.errors), locales);
  }

  function discard(): void {
    problems.value = [];
    fieldErrors.value = [];
    reset();
  }

  return {
    ...form,
    product,
    saving,
    fieldErrors,
    problems,
    save,
    discard,
    reload,
    loading,
    failed,
  };
}

// One after another: each takes the product's row lock, and an error must name its own variant.
async function saveVariants(
  client: Client,
  changes: readonly ProductVariantUpdateInput[],
  { variants }: ProductDraft,
): Promise<SortedErrors> {
  const found: SortedErrors = { fields: [], general: [] };
  for (const input of changes) {
    const result = await client.mutation(ProductVariantUpdateDocument, { input });
    const index = variants.findIndex((variant) => variant.id === input.variantId);
    const userErrors = errorsOf(result, result.data?.productVariantUpdate.errors);
    const { fields, general } = sortErrors(userErrors, [], `variants.${index}.`);
    found.fields.push(...fields);
    found.general.push(...general);
  }
  return found;
}

const isClean = ({ fields, general }: SortedErrors): boolean => fields.length + general.length === 0;

export type EditedProduct = NonNullable<ReturnType<typeof useProductEditor>['product']['value']>;
