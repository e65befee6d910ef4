import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { requireId } from '../../kernel/require-id.js';
import { Public } from '../../platform/graphql/auth-directive.js';
import type { RequestContext } from '../../platform/graphql/context.js';
import { readAddress } from '../identity/index.js';
import { cartOwner } from './cart-cookie.js';
import { cartPayload, toChange, toRequested, toRequestedLines } from './cart-change.js';
import {
  CartAddressesUpdateInput,
  CartContactUpdateInput,
  CartCreateInput,
  CartLineAddInput,
  CartLineRemoveInput,
  CartLineUpdateInput,
  CartShippingMethodSelectInput,
} from './cart.input.js';
import type { CartDetailsService } from './cart-details.service.js';
import type { CartOwner } from './cart-owner.js';
import type { CartService, ChangedCart } from './cart.service.js';
import { Cart, CartPayload } from './cart.type.js';
import { UserErrors } from '../../platform/graphql/errors/user-errors-of.js';
import { cartLineErrors } from './cart.errors.js';

@Resolver()
export class CartResolver {
  constructor(
    private readonly carts: CartService,
    private readonly details: CartDetailsService,
  ) {}

  @Public()
  @Query(() => Cart, {
    nullable: true,
    description: "The caller's cart, or a guest's by its token; null until something was added.",
  })
  cart(
    @Arg('token', () => String, {
      nullable: true,
      description:
        "The token of a guest's cart, for a server that reads carts for its visitors; it counts before the header `x-cart-token` and the caller's own cart. Ask by POST: addresses are logged. It finds no cart of a customer.",
    })
    token: string | null,
    @Ctx() context: RequestContext,
  ): Promise<object | null> {
    return this.carts.find(token == null ? cartOwner(context) : { userId: null, token });
  }

  @Public()
  @Mutation(() => CartPayload, {
    description:
      'Makes sure that the caller has a cart, with these lines in it. Everybody has one cart at a time: if there is one already, the lines are added to it, as `cartLinesAdd` does, and what was in it stays (`cartClear` empties it).',
  })
  cartCreate(
    @Arg('input', () => CartCreateInput, { description: 'First lines.' }) input: CartCreateInput,
    @Ctx() context: RequestContext,
  ): Promise<CartPayload> {
    return this.payload(input, context, (owner) =>
      this.carts.addLines(owner, toRequestedLines(input.lines ?? [])),
    );
  }

  @Public()
  @UserErrors(...cartLineErrors)
  @Mutation(() => CartPayload, { description: 'Adds to the cart, making it when there is none.' })
  cartLineAdd(
    @Arg('input', () => CartLineAddInput, { description: 'Variant and quantity.' }) input: CartLineAddInput,
    @Ctx() context: RequestContext,
  ): Promise<CartPayload> {
    return this.payload(input, context, (owner) => this.carts.addLines(owner, [toRequested(input, [])]));
  }

  @Public()
  @UserErrors(...cartLineErrors)
  @Mutation(() => CartPayload, { description: "Sets a line's quantity; 0 removes it." })
  cartLineUpdate(
    @Arg('input', () => CartLineUpdateInput, { description: 'Line and quantity.' })
    input: CartLineUpdateInput,
    @Ctx() context: RequestContext,
  ): Promise<CartPayload> {
    return this.payload(input, context, (owner) => this.carts.setLines(owner, [toChange(input, [])]));
  }

  @Public()
  @Mutation(() => CartPayload, { description: 'Takes a line out.' })
  cartLineRemove(
    @Arg('input', () => CartLineRemoveInput, { description: 'The line.' }) input: CartLineRemoveInput,
    @Ctx() context: RequestContext,
  ): Promise<CartPayload> {
    return this.payload(input, context, (owner) =>
      this.carts.setLines(owner, [toChange({ ...input, quantity: 0 }, [])]),
    );
  }

  @Public()
  @UserErrors('CART_EMPTY', 'INVALID_PHONE')
  @Mutation(() => CartPayload, { description: 'Says where to reach the buyer.' })
  cartContactUpdate(
    @Arg('input', () => CartContactUpdateInput, { description: 'E-mail and phone.' })
    input: CartContactUpdateInput,
    @Ctx() context: RequestContext,
  ): Promise<CartPayload> {
    return this.payload(input, context, (owner) => this.details.setContact(owner, input.email, input.phone));
  }

  @Public()
  @UserErrors('CART_EMPTY', 'INVALID_PHONE', 'INVALID_POSTAL_CODE')
  @Mutation(() => CartPayload, { description: 'Says where the goods and the invoice go.' })
  cartAddressesUpdate(
    @Arg('input', () => CartAddressesUpdateInput, { description: 'Both addresses.' })
    input: CartAddressesUpdateInput,
    @Ctx() context: RequestContext,
  ): Promise<CartPayload> {
    return this.payload(input, context, (owner) =>
      this.details.setAddresses(
        owner,
        readAddress(input.shippingAddress, ['shippingAddress']),
        input.billingAddress ? readAddress(input.billingAddress, ['billingAddress']) : null,
      ),
    );
  }

  @Public()
  @UserErrors('CART_EMPTY', 'SHIPPING_METHOD_UNAVAILABLE')
  @Mutation(() => CartPayload, { description: 'Chooses the delivery.' })
  cartShippingMethodSelect(
    @Arg('input', () => CartShippingMethodSelectInput, { description: 'The method.' })
    input: CartShippingMethodSelectInput,
    @Ctx() context: RequestContext,
  ): Promise<CartPayload> {
    return this.payload(input, context, (owner) =>
      this.details.selectShippingMethod(
        owner,
        requireId('smth', input.shippingMethodId, 'shipping method', 'shippingMethodId'),
      ),
    );
  }

  private payload(
    input: object,
    context: RequestContext,
    change: (owner: CartOwner) => Promise<ChangedCart>,
  ): Promise<CartPayload> {
    return cartPayload(this.carts, { input, context, change });
  }
}
