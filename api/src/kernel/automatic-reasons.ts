/*
 * Why the shop itself gave money back or moved stock, as the books keep it beside the reasons that people type. The books
 * are read by programs and in one language; the admin reads these texts back and says them in the language of its user.
 * It imports nothing, so that a browser can use it as it is.
 */

export const AUTOMATIC_REASONS = {
  CANCELLED: 'cancelled',
  CANCELLED_BY_BUYER: 'cancelled by the buyer',
  REFUNDED: 'refunded',
  REFUNDED_BY_SHOP: 'refunded by the shop',
  ORDER_CHANGED: 'order changed',
  EXCHANGE_ENDED: 'exchange came to nothing',
  REFUSED_AT_DOOR: 'refused at the door',
  CART_EXPIRED: 'cart expired',
  DEMO_STOCK: 'demo stock',
} as const;

export type AutomaticReason = keyof typeof AUTOMATIC_REASONS | 'RETURN';

const RETURN = /^return (\S+)$/;
const CODES = new Map<string, AutomaticReason>(
  Object.entries(AUTOMATIC_REASONS).map(([code, text]) => [text, code as AutomaticReason]),
);

/** Goods or money of this return. */
export const reasonOfReturn = (number: string): string => `return ${number}`;

/** Which reason of the shop's own this is, with the number of the return it names; null for a person's words. */
export function readAutomaticReason(
  text: string,
): { code: AutomaticReason; returnNumber: string | null } | null {
  const returnNumber = RETURN.exec(text)?.[1];
  if (returnNumber) return { code: 'RETURN', returnNumber };
  // Rows of older versions began with a capital.
  const code = CODES.get(text.toLowerCase());
  return code ? { code, returnNumber: null } : null;
}
