import { Field, ObjectType } from 'type-graphql';
import type { Money as MoneyValue } from '../../kernel/money.js';
import { Money } from '../../platform/graphql/money.type.js';
import { UserError } from '../../platform/graphql/user-error.type.js';

@ObjectType({
  implements: UserError,
  description:
    'PRICE_CHANGED: the cart costs something else than the buyer agreed to. Show it again and let them decide.',
  simpleResolvers: true,
})
export class PriceChangedError extends UserError {
  override readonly graphqlType = 'PriceChangedError';

  @Field(() => Money, { description: 'What the cart costs now.' })
  readonly currentTotal: MoneyValue;

  constructor(currentTotal: MoneyValue) {
    super('PRICE_CHANGED', 'The total has changed since you saw it.', ['expectedTotal']);
    this.currentTotal = currentTotal;
  }
}
