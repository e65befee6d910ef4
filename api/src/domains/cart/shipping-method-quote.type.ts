import { createHash } from 'node:crypto';
import { ID, Int, ObjectType } from 'type-graphql';
import { globalId } from '../../kernel/ids.js';
import { money } from '../../kernel/money.js';
import { localized } from '../../kernel/languages.js';
import { Derived } from '../../platform/graphql/derived.js';
import { Money, TaxedMoney, taxedMoney } from '../../platform/graphql/money.type.js';
import type { ShippingQuote } from '../pricing/index.js';
import { ShippingKind } from '../shipping/index.js';

/**
 * The id of a quote: of this method at this price. With the id of the method alone, a client that normalizes objects
 * by id would show one cart's price in another, or in a draft.
 */
function quoteId({ method, price, currency }: ShippingQuote): string {
  const what = JSON.stringify([method.id, price.net, price.gross, method.freeFrom, currency]);
  return globalId('quot', createHash('sha256').update(what).digest('hex').slice(0, 32));
}

@ObjectType({ description: 'A way of delivery with its price for this cart.', simpleResolvers: true })
export class ShippingMethodQuote {
  @Derived<ShippingQuote>(() => ID, quoteId, { description: 'Opaque global id.' })
  id!: never;

  @Derived<ShippingQuote>(() => ID, ({ method }) => globalId('smth', method.id), {
    description:
      'The method, as `cartShippingMethodSelect` and drafts name it. The same in each cart, whatever it costs there.',
  })
  shippingMethodId!: never;

  @Derived<ShippingQuote>(() => String, ({ method }) => method.code, {
    description: 'Stable code, such as "courier".',
  })
  code!: never;

  @Derived<ShippingQuote>(() => ShippingKind, ({ method }) => method.kind, {
    description: 'How goods reach the buyer.',
  })
  kind!: never;

  @Derived<ShippingQuote>(
    () => String,
    ({ method }, ctx) => localized(method.name, ctx.language, ctx.defaultLanguage),
    {
      description: 'Name for the buyer.',
    },
  )
  name!: never;

  @Derived<ShippingQuote>(
    () => String,
    ({ method }, ctx) => localized(method.description, ctx.language, ctx.defaultLanguage),
    {
      nullable: true,
      description: 'A line of explanation; null when there is none.',
    },
  )
  description!: never;

  @Derived<ShippingQuote>(
    () => TaxedMoney,
    ({ price, currency }) => taxedMoney(price.net, price.gross, currency),
    {
      description: 'What it costs for this cart; 0 when free.',
    },
  )
  price!: never;

  @Derived<ShippingQuote>(
    () => Money,
    ({ method, currency }) => (method.freeFrom === null ? null : money(method.freeFrom, currency)),
    {
      nullable: true,
      description:
        'Goods that cost this much or more, after any discount, are delivered free; null when none are.',
    },
  )
  freeFrom!: never;

  @Derived<ShippingQuote>(() => Int, ({ method }) => method.estimatedDaysMin, {
    nullable: true,
    description: 'Working days at the quickest; null when unknown.',
  })
  estimatedDaysMin!: never;

  @Derived<ShippingQuote>(() => Int, ({ method }) => method.estimatedDaysMax, {
    nullable: true,
    description: 'Working days at the slowest; null when unknown.',
  })
  estimatedDaysMax!: never;

  @Derived<ShippingQuote>(() => Boolean, ({ method }) => method.phoneRequired, {
    description:
      'True where the carrier calls first: the cart then needs a telephone number, in its contact or its shipping address.',
  })
  phoneRequired!: never;
}
