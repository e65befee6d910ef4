import { formatMoney } from '@vitrine/client/money';
import { z } from 'zod';
import { OrderBulkCancelDocument, OrderBulkCancelPreviewDocument } from '../../generated/orders/graphql';
import type { OrderBulkCancelPreviewQuery } from '../../generated/orders/graphql';
import { optionalText } from '../../ui/forms/fields/codecs';
import { bulkForm, startBulk, startForm } from '../../ui/lists/selection/bulk-action';
import type { BulkAction } from '../../ui/lists/selection/bulk-action';
import type { Tools } from '../../ui/useTools';

interface Cancelled {
  restock: boolean;
  reason: string | null;
}
interface CancelMany {
  /** How many were chosen. */
  readonly chosen: number;
  /** Null when none of them can be cancelled. */
  readonly effects: OrderBulkCancelPreviewQuery['orderBulkCancelPreview'];
}

/** What it will do, a sentence for each effect that there is. */
function effectsOf(
  { chosen, effects }: CancelMany,
  { values, tools: { t, n, locale } }: { values: Readonly<Record<string, unknown>>; tools: Tools },
): string[] {
  const of = n(chosen);
  if (!effects) return [t('orders.cancelMany.none', { of }, chosen)];
  const { orders, withheld, refund, voided, released, restocked } = effects;
  const back = values['restock'] === true ? 'cancel.restocked' : 'cancel.notRestocked';
  return [
    orders === chosen
      ? t('orders.cancelMany.all', { of }, chosen)
      : t('orders.cancelMany.some', { count: n(orders), of }, orders),
    ...(withheld > 0 ? [t('orders.cancelMany.withheld', { count: n(withheld) }, withheld)] : []),
    ...(refund.amount > 0 ? [t('cancel.refund', { amount: formatMoney(refund, locale) })] : []),
    ...(voided.amount > 0 ? [t('cancel.voided', { amount: formatMoney(voided, locale) })] : []),
    ...(released > 0 ? [t('cancel.released', { count: n(released) }, released)] : []),
    ...(restocked > 0 ? [t(back, { count: n(restocked) }, restocked)] : []),
  ];
}

/** Cancels the chosen orders, once their count was typed. */
export const cancelMany: BulkAction = {
  key: 'CANCEL',
  label: 'orders.bulk.CANCEL',
  hint: 'orders.bulkHint.CANCEL',
  icon: 'i-lucide-circle-x',
  isFor: ({ can }) => can('ORDER_WRITE'),
  isChosenOnly: true,
  asks: bulkForm<Cancelled, CancelMany>(
    {
      isDanger: true,
      titleOf: ({ count }, { t, n }) => t('orders.cancelMany.title', { count: n(count) }, count),
      hintOf: (_chosen, { t }) => t('orders.bulkHint.CANCEL'),
      submitLabel: 'orders.bulk.CANCEL',
      confirmWord: (chosen) => String(chosen?.count ?? ''),
      focusOn: 'confirmWord',
      schema: () => z.object({ restock: z.boolean(), reason: optionalText() }),
      toFields: () => ({ restock: true, reason: null }),
      fields: {
        restock: { label: 'cancel.restock', kind: 'checkbox' },
        reason: { label: 'order.cancelReason', kind: 'long-text', isOptional: true },
      },
      preview: (_values, { ids }) => ({
        about: { ids },
        load: async (client) => {
          const orderIds = [...(ids ?? [])];
          const result = await client.query(
            OrderBulkCancelPreviewDocument,
            { orderIds },
            { requestPolicy: 'network-only' },
          );
          const { data } = result;
          return {
            result,
            preview: data && { chosen: orderIds.length, effects: data.orderBulkCancelPreview },
          };
        },
      }),
      // Without a word about it the API puts nothing back that had left and came back: it may be broken.
      update: startForm(({ restock, reason }) =>
        startBulk(OrderBulkCancelDocument, (data) => data.orderBulkCancel, {
          reason,
          restock: restock ? null : false,
        }),
      ),
    },
    effectsOf,
  ),
};
