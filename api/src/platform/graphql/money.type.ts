import { Extensions, Field, ObjectType } from 'type-graphql';
import { toDecimal, type Money as MoneyValue } from '../../kernel/money.js';
import { CurrencyCode, MinorUnits } from './scalars.js';

@ObjectType({ description: 'An exact amount of money.', simpleResolvers: true })
export class Money implements MoneyValue {
  @Field(() => MinorUnits, { description: "The amount in the currency's smallest unit: 3412 is 34.12 lei." })
  amount!: number;

  @Field(() => CurrencyCode, { description: 'ISO 4217 code.' })
  currency!: string;

  @Field(() => String, {
    description: 'The same amount as a decimal string ("34.12"), for structured data; derived from `amount`.',
  })
  @Extensions({ derive: toDecimal })
  decimal?: string;
}

@ObjectType({ description: 'An amount before tax, the tax, and their sum.', simpleResolvers: true })
export class TaxedMoney {
  @Field(() => Money, { description: 'Without tax.' })
  net!: MoneyValue;

  @Field(() => Money, { description: 'With tax: what the buyer pays.' })
  gross!: MoneyValue;

  @Field(() => Money, { description: 'gross − net.' })
  tax!: MoneyValue;
}

/** The three amounts from the two that are stored, in minor units. */
export function taxedMoney(net: number, gross: number, currency: string): TaxedMoney {
  return {
    net: { amount: net, currency },
    gross: { amount: gross, currency },
    tax: { amount: gross - net, currency },
  };
}

@ObjectType({ description: 'The cheapest and the dearest of several prices.', simpleResolvers: true })
export class PriceRange {
  @Field(() => Money, { description: 'The lowest price.' })
  min!: MoneyValue;

  @Field(() => Money, { description: 'The highest price.' })
  max!: MoneyValue;
}
