import type { MoneyAmount } from '@vitrine/client/money';
import type { OrderRefundPreviewInput } from '../../generated/orders/graphql';

/** How much of an order line is refunded; `id` is the line's. */
export interface RefundedLine {
  id: string;
  quantity: number;
  restock: boolean;
}

/** How much of a charge is refunded, in minor units; `id` is its code. Null for nothing. */
export interface RefundedCharge {
  id: string;
  amount: number | null;
}

/** A refund as it is entered. Amounts are in minor units, null for none. */
export interface RefundValues {
  way: 'lines' | 'amount';
  lines: RefundedLine[];
  shipping: number | null;
  charges: RefundedCharge[];
  amount: number | null;
  reason: string | null;
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
): RefundValues => ({
  way: 'lines',
  lines: lines
    .filter((line) => leftToRefund(line) > 0)
    .map(({ id, fulfilledQuantity }) => ({ id, quantity: 0, restock: fulfilledQuantity === 0 })),
  shipping: null,
  charges: charges.map(({ code }) => ({ id: code, amount: null })),
  amount: null,
  reason: null,
});

/** The input of the preview and of the refund. Null while nothing is chosen. */
export function refundInput(orderId: string, refund: RefundValues): OrderRefundPreviewInput | null {
  const chosen = refund.lines
    .filter(({ quantity }) => quantity > 0)
    .map(({ id, quantity, restock }) => ({ orderLineId: id, quantity, restock }));
  if (refund.way === 'amount') {
    const { amount } = refund;
    // For a refund of an amount the lines state only what is restocked.
    return amount ? { orderId, amount, lines: chosen.filter(({ restock }) => restock) } : null;
  }
  const shipping = refund.shipping ?? 0;
  const charges = refund.charges.flatMap(({ id, amount }) => (amount ? [{ code: id, amount }] : []));
  if (chosen.length === 0 && shipping === 0 && charges.length === 0) return null;
  return { orderId, lines: chosen, shipping, ...(charges.length > 0 && { charges }) };
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
