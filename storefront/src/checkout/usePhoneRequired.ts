import { useQuery } from '@urql/vue';
import { computed, type ComputedRef } from 'vue';
import { DeliveryToDocument } from '../generated/checkout/graphql';

/**
 * Whether every delivery to a country needs a telephone number, so that the address already asks for it. True until the
 * API has said which there are.
 */
export function usePhoneRequired(countryCode: () => string): ComputedRef<boolean> {
  const { data } = useQuery({
    query: DeliveryToDocument,
    variables: computed(() => ({ countryCode: countryCode() })),
    pause: computed(() => !/^[A-Z]{2}$/.test(countryCode())),
  });
  return computed(
    () => data.value?.cart?.shippingEstimate.every(({ phoneRequired }) => phoneRequired) ?? true,
  );
}
