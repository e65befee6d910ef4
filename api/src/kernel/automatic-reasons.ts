/*
 * Reasons that the shop itself gives for refunds and stock movements, stored beside the reasons that people type. They
 * are stored in one language for programs; the admin parses them and shows them in its user's language. This file
 * imports nothing, so that a browser can use it.
 */

export const AUTOMATIC_REASONS = {
  CANCELLED: 'cancelled',
  CANCELLED_BY_BUYER: 'cancelled by the buyer',
  REFUNDED: 'refunded',
  REFUNDED_BY_SHOP: 'refunded by the shop',
  ORDER_CHANGED: 'order changed',
  EXCHANGE_ENDED: 'exchange came to nothing',
  REFUSED_AT_DOOR: 'refused at the door',
  PAID_TOO_MUCH: 'paid too much',
  CART_EXPIRED: 'cart expired',
  DEMO_STOCK: 'demo stock',
} as const;

export type AutomaticReason = keyof typeof AUTOMATIC_REASONS | 'RETURN';

const RETURN = /^return (\S+)$/;
const CODES = new Map<string, AutomaticReason>(
  Object.entries(AUTOMATIC_REASONS).map(([code, text]) => [text, code as AutomaticReason]),
);

/** The reason for goods or money of this return. */
export const reasonOfReturn = (number: string): string => `return ${number}`;

/** Parses an automatic reason, with the number of the return it names; null for a reason that a person typed. */
export function readAutomaticReason(
  text: string,
): { code: AutomaticReason; returnNumber: string | null } | null {
  const returnNumber = RETURN.exec(text)?.[1];
  if (returnNumber) return { code: 'RETURN', returnNumber };
  // Rows of older versions began with a capital.
  const code = CODES.get(text.toLowerCase());
  return code ? { code, returnNumber: null } : null;
}
