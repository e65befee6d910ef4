import { useSubscription } from '@urql/vue';
import { useI18n } from 'vue-i18n';
import { useRouter } from 'vue-router';
import { announceOrder } from '../app/order-updates';
import { useSession } from '../app/session';
import { OrderPlacedDocument } from '../generated/shell/graphql';
import { watch } from 'vue';

/** Subscribes to new orders. An open order list adds the order; on other pages a notice offers to open it. */
export function useOrderBell(): void {
  const { t } = useI18n();
  const toast = useToast();
  const router = useRouter();
  const { can } = useSession();

  const { data } = useSubscription({ query: OrderPlacedDocument, pause: !can('ORDER_READ') });

  watch(data, (answer) => {
    const updates = answer?.orderPlaced;
    if (!updates || announceOrder(updates)) return;
    toast.add({
      id: `order-${updates.orderId}`,
      icon: 'i-lucide-bell',
      title: t('orders.newOrder', { number: updates.number }),
      actions: [
        {
          label: t('orders.show'),
          color: 'neutral',
          variant: 'outline',
          onClick: () => void router.push({ name: 'order', params: { id: updates.orderId } }),
        },
      ],
    });
  });
}
