import { Field, ObjectType } from 'type-graphql';
import { localized, type LocalizedText } from '../../kernel/languages.js';
import { type Money as MoneyValue } from '../../kernel/money.js';
import type { RequestContext } from './context.js';
import { Money } from './money.type.js';
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
