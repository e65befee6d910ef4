import { registerEnumType } from 'type-graphql';

export enum CartStatus {
  ACTIVE = 'ACTIVE',
  ABANDONED = 'ABANDONED',
  CONVERTED = 'CONVERTED',
}
registerEnumType(CartStatus, {
  name: 'CartStatus',
  description: 'The life of a cart.',
  valuesConfig: {
    ACTIVE: { description: 'Being filled.' },
    ABANDONED: { description: 'Left behind.' },
    CONVERTED: { description: 'Became an order; frozen.' },
  },
});

export enum CheckoutStep {
  LINES = 'LINES',
  CONTACT = 'CONTACT',
  SHIPPING_ADDRESS = 'SHIPPING_ADDRESS',
  SHIPPING_METHOD = 'SHIPPING_METHOD',
  PHONE = 'PHONE',
  STOCK = 'STOCK',
  AMOUNT = 'AMOUNT',
  PRICE = 'PRICE',
  SHOP_OPEN = 'SHOP_OPEN',
}
registerEnumType(CheckoutStep, {
  name: 'CheckoutStep',
  description: 'What a cart needs before it can become an order.',
  valuesConfig: {
    LINES: { description: 'Something to buy.' },
    CONTACT: { description: 'An e-mail address.' },
    SHIPPING_ADDRESS: { description: 'Where the goods go.' },
    SHIPPING_METHOD: { description: 'How they get there; a method that delivers to the address.' },
    PHONE: {
      description:
        'A telephone number, in the contact or the shipping address: the chosen delivery needs one (`ShippingMethodQuote.phoneRequired`).',
    },
    STOCK: { description: 'Lines of which enough can be had: see warnings for those that are short.' },
    AMOUNT: { description: 'A total that one of the ways to pay here can take.' },
    PRICE: {
      description:
        'A part of the price that cannot be computed now, because a plugin failed: the totals are without it. Nothing that the buyer could change; it passes.',
    },
    SHOP_OPEN: {
      description:
        'A shop that takes orders: it is on holiday (`Shop.holiday`). Nothing that the buyer could change.',
    },
  },
});
