import { Extensions, Field, ObjectType } from 'type-graphql';
import { localized, type LocalizedText } from '../../kernel/languages.js';
import { toDecimal, type Money as MoneyValue } from '../../kernel/money.js';
import type { RequestContext } from './context.js';
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

@ObjectType({ description: 'What one tax rate contributes to a total.', simpleResolvers: true })
export class TaxLine {
  @Field(() => String, {
    description: 'Name of the tax in the language of the request, without its rate: "VAT", "TVA".',
  })
  name!: string;

  @Field(() => String, { description: 'The rate in percent, as a decimal string: "21", "5.5".' })
  ratePercent!: string;

  @Field(() => Money, { description: 'Net amount the rate applies to.' })
  base!: MoneyValue;

  @Field(() => Money, { description: 'Tax on it.' })
  tax!: MoneyValue;
}

/** "21" for 2100 basis points, "5.5" for 550. */
export function ratePercent(basisPoints: number): string {
  return String(basisPoints / 100);
}

/** A rate's share of a total, in minor units, with the name of the tax. */
export interface NamedTaxShare {
  readonly name: LocalizedText;
  readonly basisPoints: number;
  readonly net: number;
  readonly tax: number;
}

/** Tax lines in the form of the API, in the language of the request. */
export function toTaxLines(
  shares: readonly NamedTaxShare[],
  currency: string,
  { language, defaultLanguage }: Pick<RequestContext, 'language' | 'defaultLanguage'>,
): TaxLine[] {
  return shares.map(({ name, basisPoints, net, tax }) => ({
    name: localized(name, language, defaultLanguage) ?? '',
    ratePercent: ratePercent(basisPoints),
    base: { amount: net, currency },
    tax: { amount: tax, currency },
  }));
}
