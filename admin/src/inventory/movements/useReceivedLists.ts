import { useQuery } from '@urql/vue';
import { computed } from 'vue';
import type { ComputedRef } from 'vue';
import { useI18n } from 'vue-i18n';
import { useSession } from '../../app/session';
import { ReceivedListsDocument } from '../../generated/inventory/graphql';
import { listDate } from '../../ui/dates';

/** The newest deliveries that were received by list, to narrow the movements to one of them. */
export function useReceivedLists(): ComputedRef<{ value: string; label: string }[]> {
  const { can } = useSession();
  const { locale } = useI18n();
  const { data } = useQuery({ query: ReceivedListsDocument, variables: {}, pause: !can('IMPORT') });
  return computed(() =>
    (data.value?.imports.nodes ?? [])
      .filter(({ appliedRows }) => appliedRows > 0)
      .map(({ id, filename, createdAt }) => ({
        value: id,
        label: `${filename} · ${listDate(createdAt, locale.value)}`,
      })),
  );
}
