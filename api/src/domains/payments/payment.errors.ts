import { defineErrors } from '../../kernel/error-codes.js';

export const paymentErrors = defineErrors({
  BANK_ACCOUNT_MISSING: 'Buyers who pay by bank transfer need the name and the IBAN of an account.',
  TRANSFERS_AWAITED:
    'Orders wait for a transfer to this account: write another one, or cancel these orders first.',
  PAYMENT_METHOD_NOT_OFFERED: 'The shop does not offer this way to pay here.',
  AMOUNT_TOO_SMALL: 'The payment provider takes no amount as small as this.',
  AMOUNT_NOT_PAYABLE: 'The total is below or above what can be paid at once.',
  PAYMENT_FAILED: 'The payment provider refused. No money moved.',
  PAYMENT_UNDECIDED: 'The payment provider has not decided yet. Try again in a moment.',
  PAYMENT_DISPUTED:
    'The buyer disputes the payment at the bank: nothing can be refunded or shipped until it is settled.',
  PAYMENT_NOT_CAPTURED: 'The money is only reserved or has not come yet; take it or wait for it first.',
  CARD_DECLINED: 'The bank declined the card. Nothing was charged.',
  INSUFFICIENT_FUNDS: 'There is not enough money on the card. Nothing was charged.',
  EXPIRED_CARD: 'The card has expired. Nothing was charged.',
  UNKNOWN_TEST_CARD: 'This is none of the cards of the test provider.',
  TEST_PAYMENTS_OFF: 'This shop takes real payments: there are no test cards.',
  NOTHING_TO_CAPTURE: 'No money is reserved for this order.',
  NOTHING_TO_RECEIVE: 'No money is awaited for this order.',
  NOTHING_TO_REPLAY: 'Messages of this type are only kept, never worked on.',
  PAYMENT_CHANGED:
    'The money of this order is not the amount that was seen: some came or went meanwhile. Look again.',
  REFUND_NOT_ALLOWED:
    'This gives money back, for which the permission ORDER_REFUND is needed. Nothing was changed.',
  REFUND_TOO_LARGE: 'More would go back than is left of the payment or of the lines.',
});

declare global {
  interface VitrineErrorCodes extends Record<keyof typeof paymentErrors, true> {}
}

/** What a request to the payment provider may be refused with. */
export const providerErrors = ['PAYMENT_FAILED', 'PAYMENT_UNDECIDED', 'PAYMENT_DISPUTED'] as const;

/** True for a text that is one of these codes, such as one made from a payment provider's. */
export function isPaymentError(code: string): code is keyof typeof paymentErrors {
  return Object.hasOwn(paymentErrors, code);
}
