import { useClientHandle } from '@urql/vue';
import { computed, watch } from 'vue';
import { useI18n } from 'vue-i18n';
import { useRouter } from 'vue-router';
import { FIRST_CONTENT_LANGUAGE } from '../app/content-languages';
import { useIntent } from '../app/useIntent';
import { useSession } from '../app/session';
import { DraftOrderPreviewDocument } from '../generated/order-editing/graphql';
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
import { useDraftChanges } from './useDraftChanges';
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
  const changes = useDraftChanges(empty());
  const { draft, dirty, clashes, decide } = changes;

  const { order, readAgain, ...reading } = useEditableOrder(id, () => can('CUSTOMER_READ'));
  let savedMethod = '';

  function asSaved(): OrderDraft {
    const saved = order.value;
    savedMethod = saved?.shippingMethodName ?? '';
    if (!saved) return empty();
    const spelling = { currency: currency.value, language: locale.value };
    const language = offeredLanguage(saved.language, shop.value);
    return toDraft({ ...saved, language }, saved.customer?.id ?? '', spelling);
  }
  watch(order, () => changes.takeIn(asSaved()));

  const prices = usePreview(
    () => previewInput(draft, currency.value),
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
    const [id, wasClean] = [retainedDelivery(offered, draft.shippingMethodId, savedMethod), !dirty.value];
    if (id === draft.shippingMethodId) return;
    draft.shippingMethodId = id;
    if (wasClean && order.value) changes.settle();
  });

  async function save(): Promise<void> {
    let savedId = '';
    const isSaved = await send(async (idempotencyKey) => {
      const answer = await sendDraft(
        client,
        order.value,
        toDraftInput(draft, currency.value),
        idempotencyKey,
      );
      savedId = answer.id ?? '';
      return answer;
    }, t('draft.saved'));
    if (userErrors.value.some(({ code }) => READ_AGAIN.has(code))) await readAgain();
    if (!isSaved) return;
    changes.settle();
    await router.replace({ name: 'order', params: { id: savedId } });
  }

  return {
    draft,
    dirty,
    clashes,
    decide,
    order,
    prices,
    methods,
    saving,
    problems: computed(() => sorted.value.general),
    fieldErrors: computed(() => sorted.value.fields),
    save,
    discard: () => changes.start(asSaved()),
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
