import {
  Arg,
  asPayload,
  Auth,
  Ctx,
  currentOrder,
  Field,
  ID,
  InputType,
  Int,
  Mutation,
  ObjectType,
  Order,
  Payload,
  requireId,
  Resolver,
  Role,
  UserErrors,
  type DraftOrderService,
  type RequestContext,
  type Tx,
} from '@vitrine/api/plugin';
import { notOffered, readChoice } from './choice.js';
import { chooseDraftWrap, takeOffDraft } from './statements.js';

@InputType({ description: 'How an order that staff draw up is to be wrapped.' })
class DraftGiftWrapUpdateInput {
  @Field(() => ID, { description: 'The draft.' })
  orderId!: string;

  @Field(() => Int, { description: 'The version the caller saw; STALE_VERSION when it is another.' })
  expectedVersion!: number;

  @Field(() => ID, { nullable: true, description: 'The paper; null to wrap nothing.' })
  giftWrapId?: string | null;

  @Field(() => String, { nullable: true, description: 'The words on the card; null or blank for no card.' })
  message?: string | null;
}

@ObjectType({ description: 'The draft with its gift wrap.', simpleResolvers: true })
class DraftGiftWrapPayload extends Payload {
  @Field(() => Order, { nullable: true, description: 'The draft at its price of now; null when refused.' })
  order!: object | null;
}

/** Staff choose for a buyer. The draft is priced again in the same transaction. */
@Resolver()
export class DraftGiftWrapResolver {
  constructor(
    private readonly drafts: DraftOrderService,
    private readonly longest: number,
  ) {}

  @Auth(Role.MANAGER, 'ORDER_WRITE')
  @UserErrors(
    'GIFT_MESSAGE_TOO_LONG',
    'GIFT_WRAP_NOT_OFFERED',
    'ILLEGAL_TRANSITION',
    'INVALID_INPUT',
    'LANGUAGE_NOT_OFFERED',
    'NOT_FOUND',
    'PLUGIN_FAILED',
    'STALE_VERSION',
  )
  @Mutation(() => DraftGiftWrapPayload, {
    description: "Wraps a draft in another paper, or in none, and prices it anew at today's prices.",
  })
  draftGiftWrapUpdate(
    @Arg('input', () => DraftGiftWrapUpdateInput, { description: 'How it is to be wrapped.' })
    input: DraftGiftWrapUpdateInput,
    @Ctx() context: RequestContext,
  ): Promise<DraftGiftWrapPayload> {
    return asPayload(
      input,
      async () => {
        const orderId = requireId('ord', input.orderId, 'order', 'orderId');
        const { expectedVersion } = input;
        const request = { orderId, expectedVersion, actorId: context.viewer?.userId ?? '' };
        return { order: await this.drafts.change(request, (tx, id) => this.write(tx, id, input)) };
      },
      () => currentOrder(context, input.orderId),
    );
  }

  private async write(tx: Tx, orderId: string, input: DraftGiftWrapUpdateInput): Promise<void> {
    const choice = readChoice(input, this.longest);
    if (!choice) return void (await tx.count(takeOffDraft, { orderId }));
    if ((await tx.count(chooseDraftWrap, { orderId, ...choice })) === 0) throw notOffered();
  }
}
