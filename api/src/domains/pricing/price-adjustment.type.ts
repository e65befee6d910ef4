import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { globalId } from '../../kernel/ids.js';
import { localized, type LocalizedText } from '../../kernel/languages.js';
import { money, type Money as MoneyValue } from '../../kernel/money.js';
import type { RequestContext } from '../../platform/graphql/context.js';
import { ListSize } from '../../platform/graphql/limits/cost-directives.js';
import { Money } from '../../platform/graphql/money.type.js';
import { ratePercent } from '../../platform/graphql/tax-line.type.js';
import type { ChargeRate } from './adjustments.js';

export enum PriceAdjustmentKind {
  DISCOUNT = 'DISCOUNT',
  CHARGE = 'CHARGE',
}
registerEnumType(PriceAdjustmentKind, {
  name: 'PriceAdjustmentKind',
  description: 'Where an adjustment of a price counts.',
  valuesConfig: {
    DISCOUNT: { description: 'Taken off the goods: the totals of the lines are without it already.' },
    CHARGE: { description: 'Added beside goods and delivery: a part of the total only.' },
  },
});

@ObjectType({ description: "A line's share of a discount.", simpleResolvers: true })
export class PriceAdjustmentShare {
  @Field(() => ID, { description: 'The line of the cart or the order.' })
  readonly lineId!: string;

  @Field(() => Money, { description: 'What the line costs less because of it, tax included.' })
  readonly amount!: MoneyValue;
}

@ObjectType({ description: 'The part of a charge that has one tax rate.', simpleResolvers: true })
export class PriceAdjustmentRate {
  @Field(() => String, { description: 'The rate in percent, as a decimal string: "21", "5.5".' })
  readonly ratePercent!: string;

  @Field(() => Money, { description: 'What the charge costs at this rate, tax included.' })
  readonly amount!: MoneyValue;

  @Field(() => Money, { description: 'The tax in it.' })
  readonly tax!: MoneyValue;
}

@ObjectType({
  description: 'What is taken off a price or added to it beside the delivery, with its reason.',
  simpleResolvers: true,
})
export class PriceAdjustment {
  @Field(() => String, {
    description:
      'What it is: `STAFF_DISCOUNT`, `EXCHANGE_CREDIT`, `ACCEPTED_PRICE`, or `<plugin>.<CODE>`. Unique in a cart.',
  })
  readonly code!: string;

  @Field(() => PriceAdjustmentKind, { description: 'Whether it is taken off or added.' })
  readonly kind!: PriceAdjustmentKind;

  @Field(() => String, { description: 'The reason, in the language of the request.' })
  readonly name!: string;

  @Field(() => Money, { description: 'What is taken off or added in all, tax included; never below zero.' })
  readonly amount!: MoneyValue;

  @Field(() => Money, {
    nullable: true,
    description: 'The tax in a charge; null for a discount, whose lines are taxed after it.',
  })
  readonly tax!: MoneyValue | null;

  @Field(() => String, {
    nullable: true,
    description:
      'The tax rate of a charge in percent; null for a discount, and for a charge with several rates: see `taxRates`.',
  })
  readonly taxRatePercent!: string | null;

  @ListSize(2)
  @Field(() => [PriceAdjustmentRate], {
    description: 'The tax rates of a charge, lowest first; empty for a discount.',
  })
  readonly taxRates!: readonly PriceAdjustmentRate[];

  @ListSize(8)
  @Field(() => [PriceAdjustmentShare], {
    description: 'How a discount is shared by the lines, those with a share only; empty for a charge.',
  })
  readonly shares!: readonly PriceAdjustmentShare[];
}

/** An adjustment of a price with the ids of its lines. */
export type AdjustmentOfLines =
  | {
      readonly kind: 'DISCOUNT';
      readonly code: string;
      readonly name: LocalizedText;
      readonly amount: number;
      readonly shares: readonly { readonly lineId: string; readonly amount: number }[];
    }
  | {
      readonly kind: 'CHARGE';
      readonly code: string;
      readonly name: LocalizedText;
      readonly amount: number;
      readonly net: number;
      readonly rates: readonly ChargeRate[];
    };

/** Adjustments in the form of the API, in the language of the request; `line` is the prefix of the lines' ids. */
export function toPriceAdjustments(
  adjustments: readonly AdjustmentOfLines[],
  { currency, line }: { readonly currency: string; readonly line: 'cline' | 'line' | 'vari' },
  { language, defaultLanguage }: Pick<RequestContext, 'language' | 'defaultLanguage'>,
): PriceAdjustment[] {
  return adjustments.map((adjustment) => {
    const isCharge = adjustment.kind === 'CHARGE';
    const shares = isCharge ? [] : adjustment.shares;
    const rates = isCharge ? adjustment.rates : [];
    const [only, ...others] = rates;
    return {
      code: adjustment.code,
      kind: adjustment.kind as PriceAdjustmentKind,
      name: localized(adjustment.name, language, defaultLanguage) ?? adjustment.code,
      amount: money(adjustment.amount, currency),
      tax: isCharge ? money(adjustment.amount - adjustment.net, currency) : null,
      taxRatePercent: only && others.length === 0 ? ratePercent(only.basisPoints) : null,
      taxRates: rates.map(({ basisPoints, amount, net }) => ({
        ratePercent: ratePercent(basisPoints),
        amount: money(amount, currency),
        tax: money(amount - net, currency),
      })),
      shares: shares.map(({ lineId, amount }) => ({
        lineId: globalId(line, lineId),
        amount: money(amount, currency),
      })),
    };
  });
}
