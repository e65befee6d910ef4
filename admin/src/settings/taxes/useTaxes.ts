import { useQuery } from '@urql/vue';
import { computed, nextTick, ref } from 'vue';
import { TaxCountriesDocument, TaxesDocument } from '../../generated/settings/graphql';
import type { TaxClassRowFragment, TaxesQuery, TaxRateRowFragment } from '../../generated/settings/graphql';
import { useLastData } from '../../ui/useLastData';

export type TaxClass = TaxClassRowFragment;
export type TaxRate = TaxRateRowFragment;
type Preview = TaxesQuery['taxPreview'][number];

/** How goods of one class are taxed in the chosen country. */
export interface TaxRow {
  readonly taxClass: TaxClass;
  readonly preview: Preview;
  /** Earliest first. */
  readonly planned: readonly TaxRate[];
  /** Latest first. */
  readonly past: readonly TaxRate[];
}

/** The taxes of one country as of a day, and the classes of the shop. */
export function useTaxes() {
  const countries = useQuery({ query: TaxCountriesDocument, variables: {} });
  const shop = computed(() => countries.data.value?.shop);
  /** Empty until one is chosen: then it is that of the shop. */
  const chosen = ref('');
  const country = computed(() => chosen.value || (shop.value?.homeCountry ?? ''));
  /** Empty for today. */
  const date = ref('');
  const query = useQuery({
    query: TaxesDocument,
    variables: computed(() => ({ country: country.value, date: date.value || null })),
    pause: computed(() => country.value === ''),
    requestPolicy: 'cache-and-network',
    context: { additionalTypenames: ['TaxRate', 'TaxClass'] },
  });
  const { kept, loading, failed } = useLastData(query);
  const classes = computed(() => kept.value?.taxClasses ?? []);
  async function reload(): Promise<void> {
    await query.executeQuery({ requestPolicy: 'network-only' });
    // Until the response has reached the page.
    await nextTick();
  }

  const rows = computed<TaxRow[]>(() =>
    (kept.value?.taxPreview ?? []).flatMap((preview) => {
      const taxClass = classes.value.find(({ code }) => code === preview.taxClass);
      const rates = (kept.value?.taxRates ?? []).filter((rate) => rate.taxClass === preview.taxClass);
      const planned = rates.filter(({ status }) => status === 'PLANNED').toReversed();
      return taxClass
        ? [{ taxClass, preview, planned, past: rates.filter(({ status }) => status === 'PAST') }]
        : [];
    }),
  );
  const nameOf = (code: string): string =>
    shop.value?.countries.find((each) => each.code === code)?.name ?? code;

  return {
    ...{ shop, chosen, country, date, classes, rows, nameOf, reload },
    loading: computed(() => loading.value || countries.fetching.value),
    failed: computed(() => failed.value || countries.error.value !== undefined),
  };
}
