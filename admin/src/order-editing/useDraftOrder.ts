import { useClientHandle } from '@urql/vue';
import { computed, watch } from 'vue';
import { useI18n } from 'vue-i18n';
import { useRouter } from 'vue-router';
import { FIRST_CONTENT_LANGUAGE } from '../app/content-languages';
import { useIntent } from '../app/useIntent';
import { useSession } from '../app/session';
import { DraftOrderPreviewDocument } from '../generated/order-editing/graphql';
import { useDraft } from '../ui/forms/drafts/useDraft';
import { usePreview } from '../ui/usePreview';
import {
  emptyDraft,
  offeredLanguage,
  previewInput,
  sortErrors,
  toDraft,
  toDraftInput,
  type OrderDraft,
} from './draft-order';
import { sendDraft } from './send-draft';
import { useDraftCustomer } from './useDraftCustomer';
import { useEditableOrder } from './useEditableOrder';

const READ_AGAIN = new Set(['NOT_READ', 'STALE_VERSION']);

/** The form of a draft order, new or saved, with its current prices. */
export function useDraftOrder(id: () => string | undefined) {
  const { t, locale } = useI18n();
  const { client } = useClientHandle();
  const router = useRouter();
  const { currency, shop, can } = useSession();
  const { busy: saving, userErrors, send } = useIntent();
  const sorted = computed(() => sortErrors(userErrors.value));

  const empty = (): OrderDraft =>
    emptyDraft(shop.value?.defaultLanguage ?? FIRST_CONTENT_LANGUAGE, shop.value?.homeCountry ?? '');
  const { order, readAgain, ...reading } = useEditableOrder(id, () => can('CUSTOMER_READ'));

  function asSaved(): OrderDraft | undefined {
    const saved = order.value;
    if (!saved) return id() ? undefined : empty();
    const spelling = { currency: currency.value, language: locale.value };
    const language = offeredLanguage(saved.language, shop.value);
    return toDraft({ ...saved, language }, saved.customer?.id ?? '', spelling);
  }
  const { accept, reset, ...form } = useDraft(asSaved, () => ({
    form: 'draft-order',
    object: id() ?? 'new',
    // It holds the address of a buyer.
    isPersonal: true,
  }));
  const { draft, dirty } = form;

  const prices = usePreview(
    () => (draft.value ? previewInput(draft.value, currency.value, id() ?? null) : null),
    async (input) => {
      const result = await client.query(
        DraftOrderPreviewDocument,
        { input },
        { requestPolicy: 'network-only' },
      );
      return { result, preview: result.data?.draftOrderPreview };
    },
  );
  const methods = computed(() => prices.preview.value?.shippingMethods ?? []);
  /** Keeps the chosen shipping method if the country offers it. A saved draft stores its shipping method only by name. */
  watch(methods, (offered) => {
    if (!draft.value) return;
    const savedMethod = order.value?.shippingMethodName ?? '';
    const method = retainedDelivery(offered, draft.value.shippingMethodId, savedMethod);
    if (method === draft.value.shippingMethodId) return;
    const wasClean = !dirty.value;
    draft.value.shippingMethodId = method;
    if (wasClean && order.value) accept(draft.value);
  });

  async function save(): Promise<void> {
    const mine = draft.value;
    if (!mine) return;
    let savedId = '';
    const isSaved = await send(async (idempotencyKey) => {
      const answer = await sendDraft(client, order.value, toDraftInput(mine, currency.value), idempotencyKey);
      savedId = answer.id ?? '';
      return answer;
    }, t('draft.saved'));
    if (userErrors.value.some(({ code }) => READ_AGAIN.has(code))) await readAgain();
    if (!isSaved) return;
    accept(mine);
    await router.replace({ name: 'order', params: { id: savedId } });
  }

  return {
    ...form,
    order,
    prices,
    methods,
    saving,
    problems: computed(() => sorted.value.general),
    fieldErrors: computed(() => sorted.value.fields),
    save,
    discard: reset,
    ...useDraftCustomer(draft, () => shop.value),
    ...reading,
  };
}

interface Offered {
  readonly shippingMethodId: string;
  readonly name: string;
}

/** The chosen shipping method while it is offered, else the one with the saved draft's name, else the first. */
function retainedDelivery(offered: readonly Offered[], chosenId: string, savedName: string): string {
  const chosen = offered.find(({ shippingMethodId }) => shippingMethodId === chosenId);
  const kept = chosen ?? offered.find(({ name }) => name === savedName) ?? offered[0];
  return kept?.shippingMethodId ?? chosenId;
}
