import { registerEnumType } from 'type-graphql';

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
