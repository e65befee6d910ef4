import { money } from '../../kernel/money.js';
import { WarningCode, type Warning } from '../../platform/graphql/warning.type.js';
import { leftMessage, shownQuantity } from '../catalog/index.js';
import type { ShippingQuote } from '../pricing/index.js';
import type { CartEntity } from './cart.entity.js';
import { availableOf, isForSale } from './line-availability.js';
import type { CartLineView } from './cart-line.js';

export const cartGone: Warning = {
  code: WarningCode.CART_NOT_FOUND,
  message: 'There is no cart behind the token that was sent; this is a new one.',
};

export const priceIncomplete: Warning = {
  code: WarningCode.PRICE_INCOMPLETE,
  message: 'A part of the price cannot be computed now: the totals are without it.',
};

export const mergeCut = (cartLineId: string): Warning => ({
  code: WarningCode.CART_MERGE_REDUCED,
  message: 'The line holds fewer than the two carts did together.',
  cartLineId,
});

/** What has changed about a line since it was added. */
export function lineWarnings(line: CartLineView): Warning[] {
  const cartLineId = line.id;
  if (!isForSale(line)) {
    return [{ code: WarningCode.VARIANT_UNAVAILABLE, message: 'This is no longer sold.', cartLineId }];
  }
  const warnings: Warning[] = [];
  const availableQuantity = availableOf(line);
  if (availableQuantity === 0) {
    warnings.push({
      code: WarningCode.OUT_OF_STOCK,
      message: 'This is sold out.',
      cartLineId,
      availableQuantity,
    });
  } else if (availableQuantity < line.quantity) {
    warnings.push({
      code: WarningCode.QUANTITY_REDUCED,
      message: leftMessage(shownQuantity(availableQuantity)),
      cartLineId,
      availableQuantity: shownQuantity(availableQuantity),
    });
  }
  if (line.unitPrice !== line.unitPriceAtAdd) {
    warnings.push({
      code: WarningCode.PRICE_CHANGED,
      message: 'The price has changed since this was added.',
      cartLineId,
      oldPrice: money(line.unitPriceAtAdd, line.currency),
      newPrice: money(line.unitPrice, line.currency),
    });
  }
  if (line.taxBefore !== null)
    warnings.push({
      code: WarningCode.TAX_CHANGED,
      message: 'The tax in this price has changed since this was added.',
      cartLineId,
    });
  return warnings;
}

/** What has changed about the chosen shipping method. */
export function shippingWarnings(cart: CartEntity, shipping: ShippingQuote | null): Warning[] {
  if (!cart.shippingMethodId || cart.shippingPriceQuoted === null) return [];
  if (!shipping)
    return [
      { code: WarningCode.SHIPPING_CHANGED, message: 'The chosen method does not deliver to this address.' },
    ];
  if (shipping.price.gross === cart.shippingPriceQuoted) return [];
  return [
    {
      code: WarningCode.SHIPPING_CHANGED,
      message: 'The shipping price has changed.',
      oldPrice: money(cart.shippingPriceQuoted, cart.currency),
      newPrice: money(shipping.price.gross, cart.currency),
    },
  ];
}
