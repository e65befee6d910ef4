import { useQuery } from '@urql/vue';
import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import { localeOf } from '@vitrine/client/languages';
import { DeliveryDocument, DeliveryPlacesDocument } from '../../generated/settings/graphql';
import type { FilterChoice } from '../../ui/lists/list';

/** Stands for every country that no zone names. */
export const REST = 'ZZ';

/** Countries and the counties of the home country, as choices and in words. */
export function usePlaces() {
  const { t, locale } = useI18n();
  const page = useQuery({ query: DeliveryDocument, variables: {} });
  const home = computed(() => page.data.value?.shop.homeCountry ?? '');
  const places = useQuery({
    query: DeliveryPlacesDocument,
    variables: computed(() => ({ countryCode: home.value })),
    pause: computed(() => home.value === ''),
  });
  const names = computed(() => new Intl.DisplayNames([localeOf(locale.value)], { type: 'region' }));
  const counties = computed(() => places.data.value?.addressFormat?.regions ?? []);

  function countryName(code: string): string {
    return code === REST ? t('delivery.rest') : (names.value.of(code) ?? code);
  }
  const countryChoices = computed((): FilterChoice[] => [
    { value: REST, label: t('delivery.rest') },
    ...(places.data.value?.countryCodes ?? [])
      .map((value) => ({ value, label: countryName(value) }))
      .sort((one, other) => one.label.localeCompare(other.label, locale.value)),
  ]);
  const countyChoices = computed((): FilterChoice[] =>
    counties.value.map(({ code, name }) => ({ value: code, label: name })),
  );
  const countyName = (code: string): string =>
    counties.value.find((county) => county.code === code)?.name ?? code;
  /** Whether the counties are known; a country may have none. */
  const isKnown = computed(() => places.data.value !== undefined);
  return { home, isKnown, countryName, countyName, countryChoices, countyChoices };
}
