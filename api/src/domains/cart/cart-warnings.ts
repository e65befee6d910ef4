import { WarningCode, type Warning } from '../../platform/graphql/warning.type.js';
export const cartGone: Warning = {
  code: WarningCode.CART_NOT_FOUND,
  message: 'There is no cart behind the token that was sent; this is a new one.',
};

export const mergeCut = (cartLineId: string): Warning => ({
  code: WarningCode.CART_MERGE_REDUCED,
  message: 'The line holds fewer than the two carts did together.',
  cartLineId,
});
