import { useSubscription } from '@urql/vue';
import { computed, onScopeDispose, watch } from 'vue';
import { useSession } from '../../app/session';
import { OrdersChangedDocument } from '../../generated/orders/graphql';

/** Changes within this time cause one reload. In milliseconds. */
const TOGETHER_MS = 500;

/**
 * `live` of a list whose rows change with orders: returns, disputes, and what orders hold and take of the stock. Who may not
 * read orders is told of none.
 */
export function readAgainWithOrders({ reload }: { readonly reload: () => Promise<void> }): void {
  const { can } = useSession();
  const changes = useSubscription({
    query: OrdersChangedDocument,
    variables: {},
    pause: computed(() => !can('ORDER_READ')),
  });
  let soon: ReturnType<typeof setTimeout> | undefined;
  watch(changes.data, () => {
    soon ??= setTimeout(() => {
      soon = undefined;
      void reload();
    }, TOGETHER_MS);
  });
  onScopeDispose(() => clearTimeout(soon));
}
