import { registerEnumType } from 'type-graphql';
export enum StockLocationKind {
  STORE = 'STORE',
  WAREHOUSE = 'WAREHOUSE',
}

registerEnumType(StockLocationKind, {
  name: 'StockLocationKind',
  description: 'What type of location stock is kept at.',
  valuesConfig: {
    STORE: { description: 'A shop that people can walk into.' },
    WAREHOUSE: { description: 'A location that only shipments leave.' },
  },
});
