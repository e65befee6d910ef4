import { useClientHandle } from '@urql/vue';
import { computed, ref, watch } from 'vue';
import { useI18n } from 'vue-i18n';
import { useRouter } from 'vue-router';
import { newKey } from '@vitrine/client/intent-key';
import { errorsOf } from '../app/user-errors';
import { useSession } from '../app/session';
import { ProductCreateDocument } from '../generated/catalog/graphql';
import { useDraft } from '../ui/forms/drafts/useDraft';
import type { FieldError } from '../ui/forms/fields/field-errors';
import { sortErrors } from './field-errors';
import { emptyCreation, refreshRows, toCreateInput } from './product-creation';
import type { CreationDraft, NewVariantRow } from './product-creation';

/** The form of a new product. Its variants follow the options until one of them is edited. */
export function useProductCreation() {
  const { t, locale } = useI18n();
  const router = useRouter();
  const toast = useToast();
  const handle = useClientHandle();
  const { currency } = useSession();

  const form = useDraft<CreationDraft>(emptyCreation, () => ({ form: 'product', object: 'new' }));
  const draft = computed(() => form.draft.value ?? emptyCreation());
  const saving = ref(false);
  const fieldErrors = ref<FieldError[]>([]);
  const problems = ref<string[]>([]);
  // One idempotency key for this page: pressing twice, or again after a lost response, creates one product.
  let key = newKey();
  const spelling = computed(() => ({ currency: currency.value, language: locale.value }));
  let suggested: NewVariantRow[] = refreshRows(draft.value, [], spelling.value).suggested;

  watch(
    () => [draft.value.options, draft.value.basePrice, draft.value.baseSku, draft.value.baseStock],
    () => {
      const next = refreshRows(draft.value, suggested, spelling.value);
      suggested = next.suggested;
      draft.value.rows = next.rows;
    },
    { deep: true },
  );

  async function save(): Promise<void> {
    if (saving.value) return;
    saving.value = true;
    const input = toCreateInput(draft.value, currency.value, key);
    const result = await handle.client.mutation(ProductCreateDocument, { input });
    const found = errorsOf(result, result.data?.productCreate.errors);
    const created = result.data?.productCreate.product;
    const sorted = sortErrors(
      found.map((problem) => ({ ...problem, path: toRowPath(problem.path) })),
      input.translations.map((translation) => translation.locale),
    );
    fieldErrors.value = sorted.fields;
    problems.value = sorted.general;
    if (created && found.length === 0) {
      form.forget();
      toast.add({ icon: 'i-lucide-check', color: 'success', title: t('product.created') });
      await router.replace({ name: 'product', params: { id: created.id } });
    } else if (found[0]?.code !== 'NETWORK') {
      key = newKey();
    }
    saving.value = false;
  }

  /** Indexes in errors count the variants that were sent; the form also holds the unselected rows. */
  function toRowPath(path: readonly string[] | null | undefined): readonly string[] | null | undefined {
    const at = path?.indexOf('variants') ?? -1;
    if (!path || at < 0) return path;
    const included = draft.value.rows.flatMap((row, index) => (row.isIncluded ? [index] : []));
    return ['rows', String(included[Number(path[at + 1])] ?? 0), ...path.slice(at + 2)];
  }

  function discard(): void {
    form.reset();
    suggested = draft.value.rows;
    fieldErrors.value = [];
    problems.value = [];
  }

  return { ...form, draft, saving, fieldErrors, problems, save, discard };
}
