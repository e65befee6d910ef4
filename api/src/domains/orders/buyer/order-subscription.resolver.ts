import {
  Args,
  ArgsType,
  Ctx,
  Field,
  FieldResolver,
  ID,
  Int,
  ObjectType,
  Resolver,
  Root,
  Subscription,
} from 'type-graphql';
import { GraphQLError } from 'graphql';
import { globalId, localId } from '../../../kernel/ids.js';
import { oneOf } from '../../../kernel/one-of.js';
import type { Database } from '../../../platform/database/database.js';
import { Auth, Public } from '../../../platform/graphql/auth-directive.js';
import type { RequestContext, Viewer } from '../../../platform/graphql/context.js';
import { Derived } from '../../../platform/graphql/derived.js';
import { PerShop } from '../../../platform/graphql/per-shop.js';
import { Role } from '../../../platform/graphql/roles.js';
import { whileAllowed } from '../../../platform/jobs/while-allowed.js';
import type { EventFeed } from '../../../platform/jobs/event-feed.js';
import type { PublishedEvent } from '../../../platform/jobs/define-event.js';
import { isSessionLive } from '../../identity/index.js';
import { isOwnOrder } from './buyer-access.js';
import { FulfillmentStatus, OrderPaymentStatus, OrderStatus } from '../order-states.js';
import {
  orderChangeEvents,
  orderDocumentEvents,
  orderPlaced,
  staffPageEvents,
  type OrderEventData,
} from '../order.events.js';
import type { OrderEntity } from '../order.entity.js';
import type { OrderService } from '../order.service.js';
import type { OrderTokens } from './order-tokens.js';
import { orderById } from '../order.statements.js';
import { Order } from '../order.type.js';

type OrderUpdate = PublishedEvent<OrderEventData>;

@ObjectType({
  description: 'That an order changed, and how it stands now. Read the order for the rest.',
  simpleResolvers: true,
})
export class OrderChange {
  @Derived<OrderUpdate>(() => ID, (event) => globalId('ord', event.aggregateId), {
    description: 'The order.',
  })
  orderId!: never;

  @Field(() => String, { description: 'Its number.' })
  number!: string;

  @Field(() => OrderStatus, { description: 'Where it stands.' })
  status!: OrderStatus;

  @Field(() => OrderPaymentStatus, { description: 'Where the money is.' })
  paymentStatus!: OrderPaymentStatus;

  @Field(() => FulfillmentStatus, { description: 'How much has been shipped.' })
  fulfillmentStatus!: FulfillmentStatus;

  @Field(() => Int, {
    description:
      'Its version, which never falls: one subscription tells each change at most once, and `orderUpdated` the same version again for each document that was issued meanwhile, and to staff for each mail that was sent. The same as `Order.version`, which staff sees.',
  })
  version!: number;
}

@ArgsType()
export class OrderArguments {
  @Field(() => String, { nullable: true, description: "The token from the guest's link." })
  orderToken?: string | null;

  @Field(() => ID, { nullable: true, description: "One of the caller's orders; any order for staff." })
  orderId?: string | null;
}

function toChange({ aggregateId, payload }: OrderUpdate): object {
  return { aggregateId, ...payload };
}

/** How many orders a subscription remembers the version of; the two events of one change follow each other closely. */
const MOST_REMEMBERED = 1_000;

/**
 * Creates a filter for one subscription that passes each version of an order once. One change may append several
 * events (an order that is paid at once is placed and paid), and several relays may publish an order's events out of
 * order: only a version above the last one is new.
 */
function eachVersionOnce(): (event: OrderUpdate) => boolean {
  const lastVersions = new Map<string, number>();
  return (event) => {
    const { version } = event.payload;
    if (version <= (lastVersions.get(event.aggregateId) ?? 0)) return false;
    // The order whose last event is the oldest is removed first.
    lastVersions.delete(event.aggregateId);
    lastVersions.set(event.aggregateId, version);
    if (lastVersions.size > MOST_REMEMBERED) lastVersions.delete(lastVersions.keys().next().value as string);
    return true;
  };
}

/** Passes what the page of one order shows: each of its changes once, and each document and mail. */
function eachChangeAndDocument(): (event: OrderUpdate) => boolean {
  const isNewVersion = eachVersionOnce();
  const others = new Set([...orderDocumentEvents(), ...staffPageEvents()].map(({ kind }) => kind));
  return (event) => others.has(event.kind) || isNewVersion(event);
}

/** The event streams of orders, limited to what the subscriber may read. */
export class OrderFeed {
  private readonly sessions = new WeakMap<OrderUpdate, Map<string, Promise<boolean>>>();

  constructor(
    private readonly feed: EventFeed,
    private readonly orders: OrderService,
    private readonly tokens: OrderTokens,
    private readonly database: Database,
  ) {}

  /**
   * @throws GraphQLError FORBIDDEN for an order that is not the caller's
   * @throws InvalidInputError unless the order is named in exactly one way
   */
  async ofOrder(args: OrderArguments, context: RequestContext): Promise<AsyncIterable<OrderUpdate>> {
    const { by, value } = oneOf({ orderId: args.orderId, orderToken: args.orderToken });
    const byToken = by === 'orderToken' ? await this.tokens.open(value) : null;
    const orderId = byToken?.id ?? (await this.ownOrder(value, context));
    const isStaff = !byToken && context.viewer?.permissions.has('ORDER_READ');
    const events = this.feed.subscribe({
      aggregateId: orderId,
      events: [...orderChangeEvents(), ...orderDocumentEvents(), ...(isStaff ? staffPageEvents() : [])],
      matches: eachChangeAndDocument(),
    });
    return byToken ? events : this.whileAllowed(events, context);
  }

  placed(context: RequestContext): AsyncIterable<OrderUpdate> {
    return this.whileAllowed(this.feed.subscribe({ events: [orderPlaced] }), context);
  }

  all(context: RequestContext): AsyncIterable<OrderUpdate> {
    return this.whileAllowed(
      this.feed.subscribe({ events: orderChangeEvents(), matches: eachVersionOnce() }),
      context,
    );
  }

  private async ownOrder(id: string, { viewer }: RequestContext): Promise<string> {
    const uuid = localId('ord', id);
    const order = uuid && viewer ? await this.orders.find(uuid) : null;
    const mayRead = order && viewer && (isOwnOrder(order, viewer) || viewer.permissions.has('ORDER_READ'));
    if (!mayRead)
      throw new GraphQLError('You may not follow this order.', { extensions: { code: 'FORBIDDEN' } });
    return order.id;
  }

  /** Queries the database once for a session and an event, however many subscriptions of the session receive it. */
  private isLive(event: OrderUpdate, viewer: Viewer): Promise<boolean> {
    const asked = this.sessions.get(event) ?? new Map<string, Promise<boolean>>();
    this.sessions.set(event, asked);
    let live = asked.get(viewer.sessionId);
    if (!live) asked.set(viewer.sessionId, (live = isSessionLive(this.database, viewer)));
    return live;
  }

  /** The same events until the subscriber's session ends: a signed-out device receives nothing more. */
  private whileAllowed(
    events: AsyncIterableIterator<OrderUpdate>,
    context: RequestContext,
  ): AsyncIterableIterator<OrderUpdate> {
    const { viewer } = context;
    const isAllowed = (event: OrderUpdate): Promise<boolean> | false =>
      viewer !== null && this.isLive(event, viewer);
    return whileAllowed(events, isAllowed);
  }
}

export const orderFeed = new PerShop<OrderFeed>();

/**
 * The fields of a change that the event does not contain. Every recipient of the event may read the order: that is
 * checked again for each event.
 */
@Resolver(() => OrderChange)
export class OrderChangeResolver {
  @FieldResolver(() => Order, {
    nullable: true,
    description: 'The order as it is when the event arrives: it may have changed again, see its version.',
  })
  order(
    @Root() { aggregateId }: { aggregateId: string },
    @Ctx() { database }: RequestContext,
  ): Promise<OrderEntity | null> {
    return database.row(orderById, { id: aggregateId });
  }
}

@Resolver()
export class OrderSubscriptionResolver {
  @Public()
  @Subscription(() => OrderChange, {
    description:
      "Changes of one order, documents that are issued for it and, to staff, mails that are sent about it: by a guest's token, or by id for its customer and for staff. Checked again for each event.",
    subscribe: ({ args, context }) =>
      orderFeed.of(context as RequestContext).ofOrder(args as OrderArguments, context as RequestContext),
  })
  orderUpdated(@Root() event: OrderUpdate, @Args(() => OrderArguments) _which: OrderArguments): object {
    return toChange(event);
  }

  @Auth(Role.SUPPORT, 'ORDER_READ')
  @Subscription(() => OrderChange, {
    description: 'Each order when it was paid.',
    subscribe: ({ context }) => orderFeed.of(context as RequestContext).placed(context as RequestContext),
  })
  orderPlaced(@Root() event: OrderUpdate): object {
    return toChange(event);
  }

  @Auth(Role.SUPPORT, 'ORDER_READ')
  @Subscription(() => OrderChange, {
    description: 'Every change of any order and draft: for lists of orders that stay open.',
    subscribe: ({ context }) => orderFeed.of(context as RequestContext).all(context as RequestContext),
  })
  ordersChanged(@Root() event: OrderUpdate): object {
    return toChange(event);
  }
}
