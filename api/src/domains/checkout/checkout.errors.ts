import { Field, ObjectType } from 'type-graphql';
import { DomainError } from '../../kernel/errors.js';
import { defineErrors } from '../../kernel/error-codes.js';
import { DateTime } from '../../platform/graphql/scalars.js';
import { UserError } from '../../platform/graphql/user-error.type.js';

export const checkoutErrors = defineErrors({
  TOO_MANY_UNPAID_ORDERS:
    'Too many orders of this buyer or network are unpaid, or were cancelled or expired. Pay or cancel one, or try again later.',
  CHECKOUT_BLOCKED: 'Staff keeps this customer, mailbox, phone number or network from ordering.',
  SHOP_NOT_OPEN: 'The shop has not opened yet and takes no orders: see Shop.isOpen. The cart is kept.',
  SHOP_CLOSED: 'The shop is on holiday and takes no orders: see Shop.holiday. The cart is kept.',
});

declare global {
  interface VitrineErrorCodes extends Record<keyof typeof checkoutErrors, true> {}
}

/** The same words whoever is kept from ordering, and whatever for. */
export function checkoutBlocked(): DomainError {
  return new DomainError('CHECKOUT_BLOCKED', 'Orders are not taken from here now. Please contact the shop.');
}

@ObjectType({
  implements: UserError,
  description: 'SHOP_CLOSED: the shop is on holiday. Nothing was ordered, and the cart is kept.',
  simpleResolvers: true,
})
export class ShopClosedError extends UserError {
  override readonly graphqlType = 'ShopClosedError';

  @Field(() => DateTime, {
    nullable: true,
    description: 'When it takes orders again; null when that is not known yet.',
  })
  readonly until: Date | null;

  constructor(until: Date | null) {
    super('SHOP_CLOSED', 'The shop is on holiday and takes no orders.');
    this.until = until;
  }
}
