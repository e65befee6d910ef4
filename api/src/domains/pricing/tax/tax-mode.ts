import { registerEnumType } from 'type-graphql';

/** As `shop_order.tax_mode` has it. */
export enum TaxMode {
  TAXED = 'TAXED',
  NOT_REGISTERED = 'NOT_REGISTERED',
}

registerEnumType(TaxMode, {
  name: 'TaxMode',
  description: 'Whether prices contain a tax.',
  valuesConfig: {
    TAXED: { description: 'They contain tax, by the rates of the day.' },
    NOT_REGISTERED: {
      description:
        'The seller is not registered for tax and charges none: there are no tax lines, and nothing says a word about tax.',
    },
  },
});
