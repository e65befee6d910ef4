import { useQuery } from '@urql/vue';
import { computed, type ComputedRef } from 'vue';
import {
  AddressFormatDocument,
  CountryCodesDocument,
  type AddressFormatQuery,
} from '../generated/addresses/graphql';
import { usePageSettings } from '../app/settings';

export type AddressFormat = NonNullable<AddressFormatQuery['addressFormat']>;

/** The address format of a country from the API; null until it is loaded. */
export function useAddressFormat(countryCode: () => string): ComputedRef<AddressFormat | null> {
  const { data } = useQuery({
    query: AddressFormatDocument,
    variables: computed(() => ({ countryCode: countryCode() })),
    pause: computed(() => !/^[A-Z]{2}$/.test(countryCode())),
  });
  return computed(() => {
    const format = data.value?.addressFormat;
    return format?.countryCode === countryCode() ? format : null;
  });
}

/** All countries by name in the page's language, because a billing address may be in any of them. */
export function useWorldCountries(): ComputedRef<{ code: string; name: string }[]> {
  const { language } = usePageSettings();
  const { data } = useQuery({ query: CountryCodesDocument, variables: {} });
  return computed(() => {
    const names = new Intl.DisplayNames([language], { type: 'region' });
    return (data.value?.countryCodes ?? [])
      .map((code) => ({ code, name: names.of(code) ?? code }))
      .sort((a, b) => a.name.localeCompare(b.name, language));
  });
}
