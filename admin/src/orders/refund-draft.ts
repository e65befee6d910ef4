import type { OrderRefundPreviewInput } from '../generated/orders/graphql';
import { parsePrice } from '../ui/money';

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
 * Nothing is chosen at first: giving money back is decided line by line, never by accident. Goods that were shipped stay
 * off the shelf unless somebody says otherwise: what comes back is often broken.
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

/** What to ask the preview and to send in the end: the same words for both. Null while nothing, or nothing readable, is chosen. */
export function refundInput(
  orderId: string,
  draft: RefundDraft,
  currency: string,
): OrderRefundPreviewInput | null {
  const chosen = draft.lines.filter(({ quantity }) => quantity > 0);
  if (draft.way === 'amount') {
    const amount = parsePrice(draft.amount, currency);
    if (!amount) return null;
    // With a plain amount the lines say only what goes back on the shelf.
    return { orderId, amount, lines: chosen.filter(({ restock }) => restock).map((line) => ({ ...line })) };
  }
  const shipping = draft.shipping.trim() === '' ? 0 : parsePrice(draft.shipping, currency);
  if (shipping === null || (chosen.length === 0 && shipping === 0)) return null;
  return { orderId, lines: chosen.map((line) => ({ ...line })), shipping };
}
