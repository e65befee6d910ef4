import { useQuery } from '@urql/vue';
import { computed, type ComputedRef } from 'vue';
import { AddressFormatDocument, type AddressFormatQuery } from '../generated/order-editing/graphql';

export type AddressFormat = NonNullable<AddressFormatQuery['addressFormat']>;

/** The address format of a country from the API; null until it is loaded. */
export function useAddressFormat(countryCode: () => string): ComputedRef<AddressFormat | null> {
  const { data } = useQuery({
    query: AddressFormatDocument,
    variables: computed(() => ({ countryCode: countryCode() })),
  });
  return computed(() => {
    const format = data.value?.addressFormat;
    return format?.countryCode === countryCode() ? format : null;
  });
}
