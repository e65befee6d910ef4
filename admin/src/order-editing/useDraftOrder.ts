import { useClientHandle } from '@urql/vue';
import { computed, watch } from 'vue';
import { useRouter } from 'vue-router';
import { useSession } from '../app/session';
import { DraftOrderPreviewDocument } from '../generated/order-editing/graphql';
import { useForm } from '../ui/forms/useForm';
import { usePreview } from '../ui/usePreview';
import { draftForm } from './draft-form';
import { previewInput } from './draft-order';
import type { DraftState, SavedDraft } from './draft-order';
import { useDeliveries } from './useDeliveries';
import { useDraftCustomer } from './useDraftCustomer';

/** The form of a draft order, new or saved, with its current prices. */
export function useDraftOrder(saved: () => SavedDraft | undefined, reload: () => Promise<void>) {
  const { client } = useClientHandle();
  const router = useRouter();
  const { currency, shop } = useSession();
  let savedId = '';
  const customer = useDraftCustomer(saved, () => state.value);
  const form = useForm(
    draftForm({
      home: shop.value?.homeCountry ?? '',
      saved: (id) => (savedId = id),
      customers: () => customer.known.value,
      deliveries: () => deliveries.value,
    }),
    saved,
    saved() ? reload : undefined,
  );
  const state = computed(() => form.draft.value as DraftState | undefined);

  // Asked while it is filled in, long before it could be sent.
  const prices = usePreview(
    () => (state.value ? previewInput(state.value, saved(), currency.value) : null),
    async (input) => {
      const result = await client.query(
        DraftOrderPreviewDocument,
        { input },
        { requestPolicy: 'network-only' },
      );
      return { result, preview: result.data?.draftOrderPreview };
    },
  );
  const deliveries = useDeliveries(() => prices.preview.value?.shippingMethods ?? []);
  /** A delivery that does not go to the country gives way to the first that does. */
  watch(deliveries, ([first, ...others]) => {
    const isOffered = [first, ...others].some((one) => one?.value === state.value?.shippingMethodId);
    if (first && state.value && !isOffered && !form.isAgain.value) state.value.shippingMethodId = first.value;
  });

  async function save(): Promise<void> {
    if (await form.submit()) await router.replace({ name: 'order', params: { id: savedId } });
  }

  return { form, state, prices, deliveries, customer, save };
}
