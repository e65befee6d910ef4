import { registerEnumType } from 'type-graphql';

export enum CheckoutBlockKind {
  NETWORK = 'NETWORK',
  EMAIL = 'EMAIL',
  PHONE = 'PHONE',
}
registerEnumType(CheckoutBlockKind, {
  name: 'CheckoutBlockKind',
  description: 'By what a buyer is recognized who may not order.',
  valuesConfig: {
    NETWORK: {
      description:
        'The network that the order came from. A mobile operator has thousands of people behind one: block it for a short time only.',
    },
    EMAIL: { description: 'The mailbox, however it is written (case, +tags).' },
    PHONE: { description: 'The phone number, however it is written.' },
  },
});
