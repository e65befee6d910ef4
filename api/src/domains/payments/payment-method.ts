import { registerEnumType } from 'type-graphql';

export enum PaymentMethod {
  CARD = 'CARD',
  CASH_ON_DELIVERY = 'CASH_ON_DELIVERY',
  BANK_TRANSFER = 'BANK_TRANSFER',
  MANUAL = 'MANUAL',
}
const OFFLINE: readonly PaymentMethod[] = [
  PaymentMethod.CASH_ON_DELIVERY,
  PaymentMethod.BANK_TRANSFER,
  PaymentMethod.MANUAL,
];

/** Whether staff says that the money has come, and no provider does. */
export function isOffline(method: PaymentMethod): boolean {
  return OFFLINE.includes(method);
}

registerEnumType(PaymentMethod, {
  name: 'PaymentMethod',
  description: 'How an order is paid.',
  valuesConfig: {
    CARD: { description: 'By card, through the payment provider.' },
    CASH_ON_DELIVERY: { description: 'To the courier, when the goods arrive.' },
    BANK_TRANSFER: { description: "To the shop's account; staff says when the money is there." },
    MANUAL: { description: 'In another way that staff agreed with the buyer.' },
  },
});
