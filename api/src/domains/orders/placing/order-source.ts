import { registerEnumType } from 'type-graphql';

export enum OrderSource {
  STOREFRONT = 'STOREFRONT',
  STAFF = 'STAFF',
  EXCHANGE = 'EXCHANGE',
}
registerEnumType(OrderSource, {
  name: 'OrderSource',
  description: 'Where an order came from.',
  valuesConfig: {
    STOREFRONT: { description: 'The buyer checked out a cart.' },
    STAFF: { description: 'Staff drew it up for the buyer.' },
    EXCHANGE: { description: 'In place of goods that were sent back.' },
  },
});
