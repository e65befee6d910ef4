import { useQuery } from '@urql/vue';
import { computed, type ComputedRef } from 'vue';
import { DeliveryToDocument } from '../../generated/checkout/graphql';

/**
 * Whether every shipping method to a country requires a phone number, so that the address form requires it. True until
 * the methods are loaded.
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
