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

export enum StockMovementKind {
  RECEIVE = 'RECEIVE',
  RESERVE = 'RESERVE',
  RELEASE = 'RELEASE',
  SALE = 'SALE',
  RETURN = 'RETURN',
  ADJUST = 'ADJUST',
  TRANSFER = 'TRANSFER',
}
registerEnumType(StockMovementKind, {
  name: 'StockMovementKind',
  description: 'Why stock changed.',
  valuesConfig: {
    RECEIVE: { description: 'Goods arrived.' },
    RESERVE: { description: 'Units were held for an order, a cart or another system.' },
    RELEASE: { description: 'Held units became free again.' },
    SALE: { description: 'Units were sold.' },
    RETURN: { description: 'Sold units came back.' },
    ADJUST: { description: 'Stock was counted or corrected.' },
    TRANSFER: { description: 'Units went from one location to another; both ends are written.' },
  },
});

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

export enum StockSort {
  SKU_ASC = 'SKU_ASC',
  NAME_ASC = 'NAME_ASC',
  AVAILABLE_ASC = 'AVAILABLE_ASC',
  AVAILABLE_DESC = 'AVAILABLE_DESC',
}
registerEnumType(StockSort, {
  name: 'StockSort',
  description: "The order of the staff's list of stock.",
  valuesConfig: {
    SKU_ASC: { description: 'By SKU.' },
    NAME_ASC: { description: "By the product's name." },
    AVAILABLE_ASC: { description: 'Fewest available first.' },
    AVAILABLE_DESC: { description: 'Most available first.' },
  },
});
