import { registerEnumType } from 'type-graphql';

export enum ProductAvailability {
  IN_STOCK = 'IN_STOCK',
  LOW_STOCK = 'LOW_STOCK',
  BACKORDER = 'BACKORDER',
  SOLD_OUT = 'SOLD_OUT',
}
registerEnumType(ProductAvailability, {
  name: 'Availability',
  description: 'Whether something can be bought.',
  valuesConfig: {
    IN_STOCK: { description: 'Enough is left.' },
    LOW_STOCK: { description: 'Only a few are left.' },
    BACKORDER: {
      description: 'Not in stock, but it can be ordered: it is shipped once it has been received.',
    },
    SOLD_OUT: { description: 'Nothing is left.' },
  },
});

export enum StockPolicyEnum {
  DENY = 'DENY',
  CONTINUE = 'CONTINUE',
}
registerEnumType(StockPolicyEnum, {
  name: 'StockPolicy',
  description: 'Whether a variant can be sold without stock.',
  valuesConfig: {
    DENY: { description: 'Only stock on hand is sold.' },
    CONTINUE: { description: 'It can be back-ordered, up to the limit for back-orders.' },
  },
});

export enum ProductLabel {
  NEW = 'NEW',
  LIMITED = 'LIMITED',
  FREE_SHIPPING = 'FREE_SHIPPING',
  SALE = 'SALE',
}
registerEnumType(ProductLabel, {
  name: 'ProductLabel',
  description: "A label on a product's card.",
  valuesConfig: {
    NEW: { description: 'New in the shop.' },
    LIMITED: { description: 'Made in a limited series.' },
    FREE_SHIPPING: { description: 'Delivered free of charge.' },
    SALE: { description: 'Reduced: follows from the prices and cannot be set by hand.' },
  },
});

export enum ProductStatusEnum {
  DRAFT = 'DRAFT',
  ACTIVE = 'ACTIVE',
  ARCHIVED = 'ARCHIVED',
}
registerEnumType(ProductStatusEnum, {
  name: 'ProductStatus',
  description: 'Who can see a product.',
  valuesConfig: {
    DRAFT: { description: 'Being written: staff only.' },
    ACTIVE: { description: 'On sale, seen by everybody.' },
    ARCHIVED: { description: 'Taken from sale: staff only, kept for its orders.' },
  },
});

export enum ProductSort {
  RELEVANCE = 'RELEVANCE',
  NEWEST = 'NEWEST',
  PRICE_ASC = 'PRICE_ASC',
  PRICE_DESC = 'PRICE_DESC',
  NAME_ASC = 'NAME_ASC',
}
registerEnumType(ProductSort, {
  name: 'ProductSort',
  description: 'The order of a product list; each has its index.',
  valuesConfig: {
    RELEVANCE: { description: 'Best match first; without a search, newest first.' },
    NEWEST: { description: 'Newest first.' },
    PRICE_ASC: { description: 'Lowest starting price first.' },
    PRICE_DESC: { description: 'Highest starting price first.' },
    NAME_ASC: { description: 'By name, without regard to accents.' },
  },
});

export enum StaffProductSort {
  NEWEST = 'NEWEST',
  OLDEST = 'OLDEST',
  NAME_ASC = 'NAME_ASC',
  NAME_DESC = 'NAME_DESC',
  UPDATED_DESC = 'UPDATED_DESC',
  UPDATED_ASC = 'UPDATED_ASC',
  PRICE_ASC = 'PRICE_ASC',
  PRICE_DESC = 'PRICE_DESC',
}
registerEnumType(StaffProductSort, {
  name: 'StaffProductSort',
  description: "The order of the staff's product list.",
  valuesConfig: {
    NEWEST: { description: 'Newest first.' },
    OLDEST: { description: 'Oldest first.' },
    NAME_ASC: { description: 'By name.' },
    NAME_DESC: { description: 'By name, backwards.' },
    UPDATED_DESC: { description: 'Last changed first.' },
    UPDATED_ASC: {
      description:
        'Longest unchanged first. To follow changes: read with it, page on with `after`, and next time begin with updatedFrom five minutes before the last updatedAt you saw, as a change bears the moment at which it began; what you know already has the same version.',
    },
    PRICE_ASC: { description: 'Lowest starting price first.' },
    PRICE_DESC: { description: 'Highest starting price first.' },
  },
});

export enum AttributeKind {
  COLOR = 'COLOR',
  ENUM = 'ENUM',
  BOOLEAN = 'BOOLEAN',
  NUMBER = 'NUMBER',
  DATE = 'DATE',
  TEXT = 'TEXT',
}
registerEnumType(AttributeKind, {
  name: 'AttributeKind',
  description: 'What the values of an attribute are, and how they are shown.',
  valuesConfig: {
    COLOR: { description: 'Colors from a list that staff keep, shown as swatches.' },
    ENUM: { description: 'Words from a list that staff keep.' },
    BOOLEAN: { description: 'Yes or no.' },
    NUMBER: { description: 'A number, with a unit or none; lists are narrowed by a range.' },
    DATE: { description: 'A day. Lists are not narrowed by it.' },
    TEXT: { description: 'A text of the product itself, in each language. Lists are not narrowed by it.' },
  },
});

export enum AttributeLevel {
  PRODUCT = 'PRODUCT',
  VARIANT = 'VARIANT',
}
registerEnumType(AttributeLevel, {
  name: 'AttributeLevel',
  description: 'What has an attribute.',
  valuesConfig: {
    PRODUCT: { description: 'The product, hence all its variants.' },
    VARIANT: { description: 'Each variant by itself.' },
  },
});
