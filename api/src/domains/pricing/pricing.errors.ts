import { defineErrors } from '../../kernel/error-codes.js';
import { Field, ObjectType } from 'type-graphql';
import type { Money as MoneyValue } from '../../kernel/money.js';
import { Money } from '../../platform/graphql/money.type.js';
import { UserError } from '../../platform/graphql/user-error.type.js';

export const pricingErrors = defineErrors({
  SHIPPING_METHOD_UNAVAILABLE: 'The chosen delivery is not offered for this cart any more. Choose another.',
  PRICE_CHANGED: 'It costs something else than was agreed to: see currentTotal of PriceChangedError.',
  TAX_RATES_MISSING: 'The shop has no rates of tax for the country.',
});

declare global {
  interface VitrineErrorCodes extends Record<keyof typeof pricingErrors, true> {}
}

@ObjectType({
  implements: UserError,
  description:
    'PRICE_CHANGED: the price differs from the one agreed to. Show it again and let the buyer decide.',
  simpleResolvers: true,
})
export class PriceChangedError extends UserError {
  override readonly graphqlType = 'PriceChangedError';

  @Field(() => Money, { description: 'What it costs now.' })
  readonly currentTotal: MoneyValue;

  constructor(currentTotal: MoneyValue, path: readonly string[] | null = ['expectedTotal']) {
    super('PRICE_CHANGED', 'The total has changed since you saw it.', path);
    this.currentTotal = currentTotal;
  }
}
