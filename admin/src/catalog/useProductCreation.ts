import { computed, watch } from 'vue';
import { useRouter } from 'vue-router';
import { useSession } from '../app/session';
import { useForm } from '../ui/forms/useForm';
import { creationForm, refreshRows } from './product-creation';
import type { CreationDraft, NewVariantRow } from './product-creation';

/** The form of a new product. Its variants follow the options until one of them is edited. */
export function useProductCreation() {
  const router = useRouter();
  const { currency } = useSession();
  let createdId = '';
  const form = useForm(
    creationForm(currency.value, (id) => (createdId = id)),
    () => undefined,
  );
  const draft = computed(() => form.draft.value as CreationDraft | undefined);
  let suggested: NewVariantRow[] = [];

  /** Rows follow what they are made of; the first time nothing has been typed over yet but what was brought back. */
  function suggest(isFirst: boolean): void {
    if (!draft.value) return;
    const next = refreshRows(draft.value, suggested, form.tools.value);
    suggested = next.suggested;
    if (!isFirst) draft.value.rows = next.rows;
  }
  suggest(true);
  watch(
    () =>
      draft.value && [draft.value.options, draft.value.basePrice, draft.value.baseSku, draft.value.baseStock],
    () => suggest(false),
    { deep: true },
  );

  async function save(): Promise<void> {
    if (await form.submit()) await router.replace({ name: 'product', params: { id: createdId } });
  }

  function discard(): void {
    form.discard();
    suggested = draft.value?.rows ?? [];
  }

  return { form, draft, save, discard };
}
