import { Field, Int, ObjectType } from 'type-graphql';
import { Derived, MoneyField } from '../../../platform/graphql/derived.js';
import { TaxLine, toTaxLines } from '../../../platform/graphql/tax-line.type.js';
import { Money, TaxedMoney, taxedMoney } from '../../../platform/graphql/money.type.js';
import { money } from '../../../kernel/money.js';
import { localized } from '../../../kernel/languages.js';
import { ShippingMethodQuote } from '../../cart/index.js';
import { ProductVariant } from '../../catalog/index.js';
import {
  shownTaxes,
  PriceAdjustment,
  toPriceAdjustments,
  type AdjustmentOfLines,
  type AppliedAdjustment,
} from '../../pricing/index.js';
import { storedAdjustments } from '../../orders/index.js';
import type { DraftLine, PricedDraft } from './price-draft.js';
import { ListSize } from '../../../platform/graphql/limits/cost-directives.js';

@ObjectType({ description: 'A line of a draft at today’s price.', simpleResolvers: true })
export class DraftLinePreview {
  @Field(() => ProductVariant, { description: 'The variant.' })
  variant!: object;

  @Derived<DraftLine>(
    () => String,
    ({ product }, { language, defaultLanguage }) => localized(product.name, language, defaultLanguage) ?? '',
    { description: "The product's name." },
  )
  productName!: never;

  @Field(() => Int, { description: 'How many.' })
  quantity!: number;

  @MoneyField({ description: 'The price of one, tax included.' })
  unitPrice!: never;

  @MoneyField({ description: "This line's share of the discount, tax included." })
  discount!: never;

  @Derived<DraftLine>(
    () => TaxedMoney,
    ({ total, currency }) => taxedMoney(total.net, total.gross, currency),
    { description: 'quantity × unitPrice − discount.' },
  )
  total!: never;

  @Field(() => Int, {
    nullable: true,
    description: 'How many can be had now; null for any number (it is sold before it is there).',
  })
  availableQuantity!: number | null;
}

@ObjectType({ description: 'What a draft would cost today.', simpleResolvers: true })
export class DraftOrderPreview {
  @ListSize(8)
  @Field(() => [DraftLinePreview], { description: 'The lines, in the order given.' })
  lines!: object[];

  @Derived<PricedDraft>(() => Money, ({ price, currency }) => money(price.discount, currency), {
    description: 'What is taken off in all, tax included: never more than the goods cost.',
  })
  discount!: never;

  @Derived<PricedDraft>(
    () => TaxedMoney,
    ({ price: { subtotal }, currency }) => taxedMoney(subtotal.net, subtotal.gross, currency),
    { description: 'The sum of the lines.' },
  )
  subtotal!: never;

  @Derived<PricedDraft>(
    () => TaxedMoney,
    ({ price: { shipping }, currency }) => shipping && taxedMoney(shipping.net, shipping.gross, currency),
    { nullable: true, description: 'The delivery; null while none is chosen, or it does not go there.' },
  )
  shipping!: never;

  @Derived<PricedDraft>(
    () => TaxedMoney,
    ({ price: { total }, currency }) => taxedMoney(total.net, total.gross, currency),
    { description: 'subtotal + shipping + the charges in `adjustments`.' },
  )
  total!: never;

  @ListSize(3)
  @Derived<PricedDraft>(
    () => [PriceAdjustment],
    ({ price, lines, currency }, context) =>
      toPriceAdjustments(adjustmentsOf(price.adjustments, lines), { currency, line: 'vari' }, context),
    {
      description:
        'What is taken off and added beside the delivery, with its reason. Shares name the variants: a preview has no lines.',
    },
  )
  adjustments!: never;

  @Field(() => String, {
    nullable: true,
    description:
      'A plugin that failed, so that the price is without the parts of any plugin, and the draft is not written: PLUGIN_FAILED. Null when none failed.',
  })
  failedPlugin!: string | null;

  @ListSize(3)
  @Derived<PricedDraft>(() => [TaxLine], (of, context) => toTaxLines(shownTaxes(of), of.currency, context), {
    description: 'The total by tax rate; none where the seller charges no tax.',
  })
  taxLines!: never;

  @ListSize(5)
  @Field(() => [ShippingMethodQuote], { description: 'Deliveries to the country, priced for these goods.' })
  shippingMethods!: object[];
}

function adjustmentsOf(
  adjustments: readonly AppliedAdjustment[],
  lines: readonly DraftLine[],
): AdjustmentOfLines[] {
  return storedAdjustments(
    adjustments,
    lines.map(({ variantId: id }) => ({ id })),
  );
}
