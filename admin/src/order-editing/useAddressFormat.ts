import { useQuery } from '@urql/vue';
import { computed, type ComputedRef } from 'vue';
import { DeskAddressFormatDocument, type DeskAddressFormatQuery } from '../generated/order-editing/graphql';

export type AddressFormat = NonNullable<DeskAddressFormatQuery['addressFormat']>;

/** The address format of a country from the API; null until it is loaded. */
export function useAddressFormat(countryCode: () => string): ComputedRef<AddressFormat | null> {
  const { data } = useQuery({
    query: DeskAddressFormatDocument,
    variables: computed(() => ({ countryCode: countryCode() })),
  });
  return computed(() => {
    const format = data.value?.addressFormat;
    return format?.countryCode === countryCode() ? format : null;
  });
}
