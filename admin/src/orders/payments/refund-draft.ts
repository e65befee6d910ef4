import type { OrderRefundPreviewInput } from '../../generated/orders/graphql';
import type { MoneyAmount } from '@vitrine/client/money';
import { parsePrice } from '../../ui/money';

export type RefundWay = 'lines' | 'amount';

export interface RefundLineDraft {
  orderLineId: string;
  quantity: number;
  restock: boolean;
}

/** How much of a charge is refunded, as typed. */
export interface RefundChargeDraft {
  code: string;
  amount: string;
}

export interface RefundDraft {
  way: RefundWay;
  lines: RefundLineDraft[];
  shipping: string;
  charges: RefundChargeDraft[];
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
export const emptyRefund = (
  lines: readonly RefundableLine[],
  charges: readonly { code: string }[] = [],
): RefundDraft => ({
  way: 'lines',
  lines: lines
    .filter((line) => leftToRefund(line) > 0)
    .map(({ id, fulfilledQuantity }) => ({
      orderLineId: id,
      quantity: 0,
      restock: fulfilledQuantity === 0,
    })),
  shipping: '',
  charges: charges.map(({ code }) => ({ code, amount: '' })),
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
  const sumOf = (text: string): number | null => (text.trim() === '' ? 0 : parsePrice(text, currency));
  const shipping = sumOf(draft.shipping);
  const charges = draft.charges.map(({ code, amount }) => ({ code, amount: sumOf(amount) }));
  if (shipping === null || charges.some(({ amount }) => amount === null)) return null;
  const parts = charges.flatMap(({ code, amount }) => (amount ? [{ code, amount }] : []));
  if (chosen.length === 0 && shipping === 0 && parts.length === 0) return null;
  return {
    ...{ orderId, lines: chosen.map((line) => ({ ...line })), shipping },
    ...(parts.length > 0 && { charges: parts }),
  };
}

interface OrderWithCharges {
  readonly adjustments: readonly {
    readonly code: string;
    readonly kind: string;
    readonly name: string;
    readonly amount: MoneyAmount;
  }[];
  readonly refunds: readonly {
    readonly status: string;
    readonly charges: readonly { readonly code: string; readonly amount: MoneyAmount }[];
  }[];
}

/** The charges of an order of which something can still be refunded, with what was paid for each. */
export function chargesLeft({ adjustments, refunds }: OrderWithCharges): OrderWithCharges['adjustments'] {
  const given = refunds.filter(({ status }) => status !== 'FAILED' && status !== 'CANCELLED');
  const refunded = (code: string): number =>
    given
      .flatMap(({ charges }) => charges)
      .reduce((sum, charge) => sum + (charge.code === code ? charge.amount.amount : 0), 0);
  return adjustments.filter(({ kind, code, amount }) => kind === 'CHARGE' && refunded(code) < amount.amount);
}
