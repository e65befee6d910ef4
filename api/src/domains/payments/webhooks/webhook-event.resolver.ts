import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { localId } from '../../../kernel/ids.js';
import { requireId } from '../../../kernel/require-id.js';
import { Auth } from '../../../platform/graphql/auth-directive.js';
import type { RequestContext } from '../../../platform/graphql/context.js';
import { asPayload } from '../../../platform/graphql/payload.js';
import { Role } from '../../../platform/graphql/roles.js';
import type { PaymentEntity } from '../payment.entity.js';
import { eventQuery, PaymentPage, type WebhookEventList } from '../payment-lists.js';
import { paymentLoaders } from '../payment.loaders.js';
import { Payment } from '../payment.type.js';
import { Refund } from '../refunds/refund.type.js';
import {
  WebhookEvent,
  WebhookEventConnection,
  WebhookEventFilter,
  WebhookEventPayload,
  WebhookReplayInput,
} from './webhook-event.type.js';
import type { WebhookInbox } from './webhook-inbox.js';
import { ListSize } from '../../../platform/graphql/limits/cost-directives.js';
import { UserErrors } from '../../../platform/graphql/errors/user-errors-of.js';

@Resolver()
export class WebhookEventResolver {
  constructor(
    private readonly inbox: WebhookInbox,
    private readonly list: WebhookEventList,
  ) {}

  @Auth(Role.ADMIN, 'SYSTEM')
  @Query(() => WebhookEventConnection, { description: 'The inbox of provider events, newest first.' })
  webhookEvents(
    @Args(() => PaymentPage) page: PaymentPage,
    @Arg('search', () => String, {
      nullable: true,
      description: "The provider's id of an event or of what it is about.",
    })
    search: string | null,
    @Arg('filter', () => WebhookEventFilter, { nullable: true, description: 'Narrows the list.' })
    filter: WebhookEventFilter | null,
  ): Promise<object> {
    return this.list.page(eventQuery(search, filter), page);
  }

  @Auth(Role.ADMIN, 'SYSTEM')
  @Query(() => WebhookEvent, {
    nullable: true,
    description: 'One event; null when there is none of this id.',
  })
  async webhookEvent(@Arg('id', () => ID, { description: 'The event.' }) id: string): Promise<object | null> {
    const uuid = localId('whev', id);
    return uuid ? this.inbox.find(uuid) : null;
  }

  @Auth(Role.ADMIN, 'SYSTEM')
  @UserErrors('NOTHING_TO_REPLAY')
  @Mutation(() => WebhookEventPayload, {
    description:
      'Works on an event again. What it means is read from the provider as it is now: an event that was done has no second effect.',
  })
  webhookReplay(
    @Arg('input', () => WebhookReplayInput, { description: 'The event.' }) input: WebhookReplayInput,
    @Ctx() { viewer }: RequestContext,
  ): Promise<WebhookEventPayload> {
    return asPayload(
      input,
      async () => {
        if (!viewer) throw new Error('A guarded field was reached without a viewer');
        const id = requireId('whev', input.webhookEventId, 'event', 'webhookEventId');
        await this.inbox.replay(id, input.idempotencyKey, viewer.userId);
        return { event: await this.inbox.find(id) };
      },
      async () => {
        const id = localId('whev', input.webhookEventId);
        return { event: id ? await this.inbox.find(id) : null };
      },
    );
  }
}

@Resolver(() => Payment)
export class PaymentResolver {
  @ListSize(2)
  @FieldResolver(() => [Refund], { description: 'Money of it on its way back, oldest first.' })
  refunds(@Root() payment: PaymentEntity, @Ctx() context: RequestContext): Promise<object[]> {
    return paymentLoaders(context).refunds.load(payment.id);
  }
}
