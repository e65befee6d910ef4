import { registerEnumType } from 'type-graphql';
export enum StockHoldStatus {
  HELD = 'HELD',
  COMMITTED = 'COMMITTED',
  RELEASED = 'RELEASED',
}

registerEnumType(StockHoldStatus, {
  name: 'StockHoldStatus',
  description: 'The status of a hold by SKU.',
  valuesConfig: {
    HELD: { description: 'Held until it expires, waiting for a decision.' },
    COMMITTED: { description: 'Sold. Final.' },
    RELEASED: { description: 'Released, by request or because it expired. Final.' },
  },
});
