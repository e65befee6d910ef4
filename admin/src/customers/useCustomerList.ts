import { useQuery } from '@urql/vue';
import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import { CustomersDocument } from '../generated/customers/graphql';
import { shortDate } from '../ui/dates';
import type { FilterChip, FilterField } from '../ui/lists/list';
import { useListRows } from '../ui/lists/useListQuery';
import { useListState } from '../ui/lists/useListState';
import { customerListSpec, toCustomerFilter } from './customer-filter';
import type { CustomerFilterKey } from './customer-filter';

const CONTEXT = { additionalTypenames: ['Customer', 'Order'] };

/** The customer list for the current address. */
export function useCustomerList() {
  const list = useListState(customerListSpec);
  const variables = computed(() => ({
    ...list.page.value,
    search: list.state.value.search || null,
    filter: toCustomerFilter(list.state.value.filters),
    sort: list.state.value.sort,
  }));
  const query = useQuery({
    query: CustomersDocument,
    variables,
    requestPolicy: 'cache-and-network',
    context: CONTEXT,
  });
  const reload = (): void => {
    void query.executeQuery({ requestPolicy: 'network-only' });
  };
  return { list, reload, ...useListRows(query, (data) => data.customers) };
}

/** Labels and chips of the filters of the customer list. */
export function useCustomerFilterFields(chosen: () => Record<CustomerFilterKey, string[]>) {
  const { t, locale } = useI18n();

  const fields = computed((): (FilterField & { key: CustomerFilterKey })[] => [
    {
      key: 'marketing',
      label: t('customers.marketing'),
      kind: 'one',
      choices: [
        { value: 'yes', label: t('common.yes') },
        { value: 'no', label: t('common.no') },
      ],
    },
    { key: 'from', label: t('customers.since'), kind: 'date' },
    { key: 'to', label: t('customers.until'), kind: 'date' },
  ]);

  function labelOf(field: FilterField, value: string): string {
    if (field.kind === 'date')
      return Number.isNaN(Date.parse(value)) ? value : shortDate(value, locale.value);
    return field.choices?.find((choice) => choice.value === value)?.label ?? value;
  }
  const chips = computed((): (FilterChip & { key: CustomerFilterKey })[] =>
    fields.value.flatMap((field) =>
      chosen()[field.key].map((value) => ({
        key: field.key,
        value,
        text: `${field.label}: ${labelOf(field, value)}`,
      })),
    ),
  );
  return { fields, chips };
}
