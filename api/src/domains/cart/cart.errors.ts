import { defineErrors } from '../../kernel/error-codes.js';
import { Field, ObjectType } from 'type-graphql';
import { DomainError } from '../../kernel/errors.js';
import { ListSize } from '../../platform/graphql/limits/cost-directives.js';
import { UserError } from '../../platform/graphql/user-error.type.js';
import { MAX_LINE_QUANTITY } from './cart.statements.js';
import type { MissingStep } from './cart-view.js';
import { CheckoutStep } from './cart.enums.js';

export const cartErrors = defineErrors({
  QUANTITY_LIMIT: 'One line holds at most 999 pieces of a variant.',
  CART_EMPTY: 'There is nothing in the cart.',
  CART_NOT_READY: 'The cart lacks what an order needs: see Cart.missingSteps.',
  UNPAID_QUANTITY_TOO_LARGE:
    'So many pieces are not held without being paid. Path names paymentMethod where another way to pay would allow more.',
});

declare global {
  interface VitrineErrorCodes extends Record<keyof typeof cartErrors, true> {}
}

/** What putting a variant into a cart may be refused with. */
export const cartLineErrors = ['INSUFFICIENT_STOCK', 'QUANTITY_LIMIT', 'UNPAID_QUANTITY_TOO_LARGE'] as const;

@ObjectType({
  implements: UserError,
  description: 'CART_NOT_READY: the buyer has still something to say before this can be ordered.',
  simpleResolvers: true,
})
export class CartNotReadyError extends UserError {
  override readonly graphqlType = 'CartNotReadyError';

  @ListSize(2)
  @Field(() => [CheckoutStep], { description: 'What is missing, in the order of the checkout.' })
  readonly missingSteps: readonly MissingStep[];

  constructor(missing: readonly MissingStep[]) {
    super('CART_NOT_READY', `The cart still needs: ${missing.join(', ')}.`);
    this.missingSteps = missing;
  }
}

export function noCart(): DomainError {
  return new DomainError('CART_EMPTY', 'There is no cart yet: add something first.');
}

export function lineTooLong(quantity: number, at: readonly string[]): DomainError {
  return new DomainError(
    'QUANTITY_LIMIT',
    `A line holds at most ${MAX_LINE_QUANTITY} pieces; this one has ${quantity} already.`,
    [...at, 'quantity'],
  );
}
