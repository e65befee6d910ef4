import {
  Arg,
  asPayload,
  Cart,
  cartOwner,
  Ctx,
  DomainError,
  Field,
  FieldResolver,
  InputType,
  loadOneBy,
  Mutation,
  NotFoundError,
  ObjectType,
  Order,
  Payload,
  perRequest,
  Public,
  Resolver,
  Root,
  UserErrors,
  type CartOwner,
  type CartView,
  type Database,
  type OrderEntity,
  type RequestContext,
} from '@vitrine/api/plugin';
import { deleteMessage, messagesOfCarts, messagesOfOrders, writeMessage } from './statements.js';

const cartMessages = perRequest(({ database }) => loadOneBy(database, messagesOfCarts, ({ id }) => id));
const orderMessages = perRequest(({ database }) => loadOneBy(database, messagesOfOrders, ({ id }) => id));

@InputType({ description: 'What the card in the shipment says.' })
class CartGiftMessageUpdateInput {
  @Field(() => String, { nullable: true, description: 'The words; null or blank for no card.' })
  message?: string | null;
}

@ObjectType({ description: 'The cart with its card.', simpleResolvers: true })
class CartGiftMessagePayload extends Payload {
  @Field(() => Cart, { nullable: true, description: 'The cart as it is now; null when there is none.' })
  cart!: object | null;
}

@Resolver(() => Cart)
export class CartGiftMessageResolver {
  constructor(
    private readonly database: Database,
    private readonly findCart: (owner: CartOwner) => Promise<CartView | null>,
    private readonly longest: number,
  ) {}

  @FieldResolver(() => String, { nullable: true, description: 'What the card in the shipment says.' })
  async giftMessage(@Root() { id }: CartView, @Ctx() context: RequestContext): Promise<string | null> {
    return (await cartMessages(context).load(id))?.message ?? null;
  }

  @Public()
  @UserErrors('GIFT_MESSAGE_TOO_LONG', 'NOT_FOUND')
  @Mutation(() => CartGiftMessagePayload, { description: 'Writes the card that goes into the shipment.' })
  cartGiftMessageUpdate(
    @Arg('input', () => CartGiftMessageUpdateInput, { description: 'The words.' })
    input: CartGiftMessageUpdateInput,
    @Ctx() context: RequestContext,
  ): Promise<CartGiftMessagePayload> {
    return asPayload(input, async () => {
      const cart = await this.findCart(cartOwner(context));
      if (!cart) throw new NotFoundError('cart');
      await this.write(cart.id, input.message?.trim() ?? '');
      return { cart };
    });
  }

  private async write(cartId: string, message: string): Promise<void> {
    if ([...message].length > this.longest)
      throw new DomainError('GIFT_MESSAGE_TOO_LONG', `At most ${this.longest} characters.`, ['message']);
    if (message === '') await this.database.count(deleteMessage, { cartId });
    else await this.database.count(writeMessage, { cartId, message });
  }
}

/** Whoever may see an order may see its card. */
@Resolver(() => Order)
export class OrderGiftMessageResolver {
  @FieldResolver(() => String, { nullable: true, description: 'What the card in the shipment says.' })
  async giftMessage(@Root() { id }: OrderEntity, @Ctx() context: RequestContext): Promise<string | null> {
    return (await orderMessages(context).load(id))?.message ?? null;
  }
}
