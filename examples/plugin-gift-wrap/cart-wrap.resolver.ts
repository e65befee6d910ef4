import {
  Arg,
  asPayload,
  Cart,
  cartOwner,
  Ctx,
  DateTime,
  Field,
  FieldResolver,
  globalId,
  ID,
  InputType,
  loadOneBy,
  Localized,
  Mutation,
  ObjectType,
  Order,
  Payload,
  perRequest,
  Public,
  Resolver,
  Root,
  UserErrors,
  type CartService,
  type CartView,
  type OrderEntity,
  type RequestContext,
  type Tx,
} from '@vitrine/api/plugin';
import { notOffered, readChoice } from './choice.js';
import { chooseWrap, takeOff, wrapsOfCarts, wrapsOfOrders } from './statements.js';
import { GiftWrap, shown } from './wraps.resolver.js';

const chosen = perRequest(({ database }) => loadOneBy(database, wrapsOfCarts, ({ cartId }) => cartId));
const ordered = perRequest(({ database }) => loadOneBy(database, wrapsOfOrders, ({ orderId }) => orderId));

const MESSAGE = 'What the card beside it says; empty for no card.';

@ObjectType({ description: 'How a cart is to be wrapped.', simpleResolvers: true })
class CartGiftWrap {
  @Field(() => GiftWrap, { description: 'The paper.' })
  wrap!: object;

  @Field(() => String, { description: MESSAGE })
  message!: string;
}

@ObjectType({ description: 'How an order is wrapped.', simpleResolvers: true })
class OrderGiftWrap {
  @Localized({ description: 'The name of the paper as it was ordered, in the language of the request.' })
  name!: string;

  @Field(() => String, { description: MESSAGE })
  message!: string;

  @Field(() => ID, {
    nullable: true,
    description: 'The paper; null for an order of before it was kept.',
  })
  giftWrapId!: string | null;

  @Field(() => DateTime, { nullable: true, description: 'When it was wrapped; null for not yet.' })
  wrappedAt!: Date | null;
}

@InputType({ description: 'How the cart is to be wrapped.' })
class CartGiftWrapUpdateInput {
  @Field(() => ID, { nullable: true, description: 'The paper; null to wrap nothing.' })
  giftWrapId?: string | null;

  @Field(() => String, { nullable: true, description: 'The words on the card; null or blank for no card.' })
  message?: string | null;
}

@ObjectType({ description: 'The cart with its gift wrap.', simpleResolvers: true })
class CartGiftWrapPayload extends Payload {
  @Field(() => Cart, { nullable: true, description: 'The cart as it is now; null when there is none.' })
  cart!: object | null;
}

@Resolver(() => Cart)
export class CartGiftWrapResolver {
  constructor(
    private readonly carts: CartService,
    private readonly longest: number,
  ) {}

  @FieldResolver(() => CartGiftWrap, {
    nullable: true,
    description: 'How it is to be wrapped; null for not at all.',
  })
  async giftWrap(@Root() { id }: CartView, @Ctx() context: RequestContext): Promise<CartGiftWrap | null> {
    const row = await chosen(context).load(id);
    return row && { wrap: shown(row), message: row.message };
  }

  @Public()
  @UserErrors('GIFT_MESSAGE_TOO_LONG', 'GIFT_WRAP_NOT_OFFERED', 'NOT_FOUND')
  @Mutation(() => CartGiftWrapPayload, {
    description: 'Wraps the cart in another paper, or in none.',
  })
  cartGiftWrapUpdate(
    @Arg('input', () => CartGiftWrapUpdateInput, { description: 'How it is to be wrapped.' })
    input: CartGiftWrapUpdateInput,
    @Ctx() context: RequestContext,
  ): Promise<CartGiftWrapPayload> {
    const owner = cartOwner(context);
    // Under the lock of the cart: a checkout has priced the paper of before and takes no other one over.
    return asPayload(input, async () => ({
      cart: await this.carts.change(owner, (tx, cartId) => this.write(tx, cartId, input)),
    }));
  }

  private async write(tx: Tx, cartId: string, input: CartGiftWrapUpdateInput): Promise<void> {
    const choice = readChoice(input, this.longest);
    if (!choice) return void (await tx.count(takeOff, { cartId }));
    if ((await tx.count(chooseWrap, { cartId, ...choice })) === 0) throw notOffered();
  }
}

/** Whoever may see an order may see how it is wrapped. */
@Resolver(() => Order)
export class OrderGiftWrapResolver {
  @FieldResolver(() => OrderGiftWrap, {
    nullable: true,
    description: 'How it is wrapped; null for not at all.',
  })
  async giftWrap(@Root() { id }: OrderEntity, @Ctx() context: RequestContext): Promise<object | null> {
    const row = await ordered(context).load(id);
    return row && { ...row, giftWrapId: row.wrapId && globalId('wrap', row.wrapId) };
  }
}
