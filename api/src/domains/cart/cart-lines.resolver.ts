import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { requireId } from '../../kernel/require-id.js';
import { Public } from '../../platform/graphql/auth-directive.js';
import type { RequestContext } from '../../platform/graphql/context.js';
import { ListSize } from '../../platform/graphql/limits/cost-directives.js';
import { CountryCode } from '../../platform/graphql/scalars.js';
import { cartPayload, toChange, toRequestedLines } from './cart-change.js';
import { CartLinesAddInput, CartLinesRemoveInput, CartLinesUpdateInput } from './cart.input.js';
import type { CartService } from './cart.service.js';
import { Cart, CartPayload } from './cart.type.js';
import { ShippingMethodQuote } from './shipping-method-quote.type.js';
import type { CartView } from './cart-view.js';
import { UserErrors } from '../../platform/graphql/errors/user-errors-of.js';
import { cartLineErrors } from './cart.errors.js';

/** Changes of several lines at once, and shipping estimates. */
@Resolver(() => Cart)
export class CartLinesResolver {
  constructor(private readonly carts: CartService) {}

  @Public()
  @UserErrors(...cartLineErrors)
  @Mutation(() => CartPayload, {
    description:
      'Adds several variants to the cart, all or none, making it when there is none. User errors name the line: NOT_FOUND, INSUFFICIENT_STOCK, QUANTITY_LIMIT, INVALID_INPUT.',
  })
  cartLinesAdd(
    @Arg('input', () => CartLinesAddInput, { description: 'Variants and quantities.' })
    input: CartLinesAddInput,
    @Ctx() context: RequestContext,
  ): Promise<CartPayload> {
    const change: ChangeOf = (owner) => this.carts.addLines(owner, toRequestedLines(input.lines));
    return cartPayload(this.carts, { input, context, change });
  }

  @Public()
  @UserErrors(...cartLineErrors)
  @Mutation(() => CartPayload, {
    description:
      'Sets the quantities of several lines, all or none; 0 removes a line. User errors name the line: NOT_FOUND, INSUFFICIENT_STOCK, INVALID_INPUT.',
  })
  cartLinesUpdate(
    @Arg('input', () => CartLinesUpdateInput, { description: 'Lines and quantities.' })
    input: CartLinesUpdateInput,
    @Ctx() context: RequestContext,
  ): Promise<CartPayload> {
    const change: ChangeOf = (owner) =>
      this.carts.setLines(
        owner,
        input.lines.map((line, i) => toChange(line, ['lines', String(i)])),
      );
    return cartPayload(this.carts, { input, context, change });
  }

  @Public()
  @Mutation(() => CartPayload, {
    description: 'Takes several lines out, all or none. User errors name the line: NOT_FOUND, INVALID_INPUT.',
  })
  cartLinesRemove(
    @Arg('input', () => CartLinesRemoveInput, { description: 'The lines.' }) input: CartLinesRemoveInput,
    @Ctx() context: RequestContext,
  ): Promise<CartPayload> {
    const change: ChangeOf = (owner) =>
      this.carts.setLines(
        owner,
        input.lineIds.map((id, i) => {
          const at = ['lineIds', String(i)];
          return { lineId: requireId('cline', id, 'line in this cart', ...at), quantity: 0, at };
        }),
      );
    return cartPayload(this.carts, { input, context, change });
  }

  @Public()
  @UserErrors('CART_EMPTY')
  @Mutation(() => CartPayload, {
    description:
      'Takes every line out. Contact, addresses and the chosen delivery stay, and so does the token. NOT_FOUND when there is no cart.',
  })
  cartClear(@Ctx() context: RequestContext): Promise<CartPayload> {
    return cartPayload(this.carts, { input: null, context, change: (owner) => this.carts.clear(owner) });
  }

  @ListSize(5)
  @FieldResolver(() => [ShippingMethodQuote], {
    description:
      'What delivery of this cart would cost to a place, before the buyer has given an address. Empty for one that the shop does not deliver to.',
  })
  async shippingEstimate(
    @Root() cart: CartView,
    @Arg('countryCode', () => CountryCode, { description: 'Where the goods would go.' }) countryCode: string,
    @Arg('region', () => String, {
      nullable: true,
      description: 'Its county, state or province, ISO 3166-2; null while unknown.',
    })
    region: string | null,
    @Arg('postalCode', () => String, { nullable: true, description: 'Its postal code; null while unknown.' })
    postalCode: string | null,
  ): Promise<readonly object[]> {
    return this.carts.estimateShipping(cart, { countryCode, region, postalCode });
  }
}

type ChangeOf = Parameters<typeof cartPayload>[1]['change'];
