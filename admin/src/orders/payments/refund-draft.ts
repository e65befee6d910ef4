import type { OrderRefundPreviewInput } from '../../generated/orders/graphql';
import { parsePrice } from '../../ui/money';

export type RefundWay = 'lines' | 'amount';

export interface RefundLineDraft {
  orderLineId: string;
  quantity: number;
  restock: boolean;
}

export interface RefundDraft {
  way: RefundWay;
  lines: RefundLineDraft[];
  shipping: string;
  amount: string;
}

interface RefundableLine {
  id: string;
  quantity: number;
  refundedQuantity: number;
  fulfilledQuantity: number;
}

export const leftToRefund = ({
  quantity,
  refundedQuantity,
}: Pick<RefundableLine, 'quantity' | 'refundedQuantity'>): number => Math.max(0, quantity - refundedQuantity);

/**
 * Nothing is chosen at first, so that no refund happens by accident. Shipped units are not restocked by default,
 * because returned units are often damaged.
 */
export const emptyRefund = (lines: readonly RefundableLine[]): RefundDraft => ({
  way: 'lines',
  lines: lines
    .filter((line) => leftToRefund(line) > 0)
    .map(({ id, fulfilledQuantity }) => ({
      orderLineId: id,
      quantity: 0,
      restock: fulfilledQuantity === 0,
    })),
  shipping: '',
  amount: '',
});

/** The input of the preview and of the refund. Null while nothing is chosen, or the amount cannot be parsed. */
export function refundInput(
  orderId: string,
  draft: RefundDraft,
  currency: string,
): OrderRefundPreviewInput | null {
  const chosen = draft.lines.filter(({ quantity }) => quantity > 0);
  if (draft.way === 'amount') {
    const amount = parsePrice(draft.amount, currency);
    if (!amount) return null;
    // For a refund of an amount the lines state only what is restocked.
    return { orderId, amount, lines: chosen.filter(({ restock }) => restock).map((line) => ({ ...line })) };
  }
  const shipping = draft.shipping.trim() === '' ? 0 : parsePrice(draft.shipping, currency);
  if (shipping === null || (chosen.length === 0 && shipping === 0)) return null;
  return { orderId, lines: chosen.map((line) => ({ ...line })), shipping };
}
