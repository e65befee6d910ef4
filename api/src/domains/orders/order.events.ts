import { z } from 'zod';
import {
  defineEvent,
  type DomainEvent,
  type EventDefinition,
  type EventType,
} from '../../platform/jobs/define-event.js';
import { PaymentMethod } from '../payments/index.js';
import type { OrderEntity } from './order.entity.js';
import { FulfillmentStatus, OrderPaymentStatus, OrderStatus } from './order-states.js';

/** The data of a changed order that its events contain, for live subscriptions. */
export const orderEventData = z.object({
  number: z.string(),
  status: z.enum(OrderStatus),
  paymentStatus: z.enum(OrderPaymentStatus),
  paymentMethod: z.enum(PaymentMethod),
  fulfillmentStatus: z.enum(FulfillmentStatus),
  version: z.int(),
  userId: z.string().nullable(),
});
export type OrderEventData = z.infer<typeof orderEventData>;

/** The data of this order's event. */
export function orderData(order: OrderEntity): OrderEventData {
  const { number, status, paymentStatus, paymentMethod, fulfillmentStatus, version, userId } = order;
  return { number, status, paymentStatus, paymentMethod, fulfillmentStatus, version, userId };
}

/** An event of an order with the order's data alone. */
export function orderEvent<const Occasion extends readonly string[]>(
  definition: EventDefinition<OrderEventData, Occasion>,
  order: OrderEntity,
  ...occasion: Occasion
): DomainEvent {
  return definition(order.id, orderData(order), ...occasion);
}

interface OrderEventOptions<Occasion extends readonly string[]> {
  readonly description: string;
  readonly isKept?: boolean;
  readonly key?: (
    event: { readonly aggregateId: string; readonly payload: OrderEventData },
    ...occasion: Occasion
  ) => string;
}

type OrderPageEvent = EventType<OrderEventData>;

const changes: OrderPageEvent[] = [];
const documents: OrderPageEvent[] = [];
const ofStaff: OrderPageEvent[] = [];

/** The events that say how an order stands: live subscriptions deliver each of its versions once. */
export function orderChangeEvents(): readonly OrderPageEvent[] {
  return changes;
}

/** Other events that the page of one order receives, each of them. */
export function orderDocumentEvents(): readonly OrderPageEvent[] {
  return documents;
}

/** Defines an event of a changed order, which live subscriptions deliver. */
export function defineOrderEvent<const Occasion extends readonly string[] = []>(
  kind: string,
  options: OrderEventOptions<Occasion>,
): EventDefinition<OrderEventData, Occasion> {
  const definition = defineEvent(kind, { isKept: true, ...options, payload: orderEventData });
  changes.push(definition);
  return definition;
}

/** Lets the order's page receive an event of something that was issued for it, though the order did not change. */
export function receivedByOrderPage<E extends OrderPageEvent>(definition: E): E {
  documents.push(definition);
  return definition;
}

/** The same for the page of staff alone: of what buyers are not shown. */
export function receivedByStaffPage<E extends OrderPageEvent>(definition: E): E {
  ofStaff.push(definition);
  return definition;
}

/** The events that the page of one order receives in the admin beside those of every page. */
export function staffPageEvents(): readonly OrderPageEvent[] {
  return ofStaff;
}

const eachVersion =
  (kind: string) =>
  ({ aggregateId, payload }: { readonly aggregateId: string; readonly payload: OrderEventData }): string =>
    `${kind}:${aggregateId}:${payload.version}`;

export const orderCreated = defineOrderEvent('order.created', {
  description:
    'An order was written: by checkout, as a draft or for an exchange. It may still wait for its payment.',
});

export const orderPlaced = defineOrderEvent('order.placed', {
  description: 'An order was placed: it is paid, or is paid later and can be shipped.',
});

export const orderPaid = defineOrderEvent('order.paid', {
  description: 'All the money of an order was captured or received.',
});

export const orderShipped = defineOrderEvent('order.shipped', {
  description: 'A shipment of an order left.',
  key: (_event, shipmentId: string) => `order.shipped:${shipmentId}`,
});

/** An order that expired, was paid late and is then cancelled closes twice. */
export const orderClosed = defineOrderEvent('order.closed', {
  description: 'An order was cancelled or expired.',
  key: eachVersion('order.closed'),
});

export const orderUpdated = defineOrderEvent('order.updated', {
  description: 'An order changed in a way that has no event of its own.',
  isKept: false,
  key: eachVersion('order.updated'),
});

/** About no order, the id of zeros, where number and e-mail did not fit: nobody learns from the work whether they do. */
export const orderLinkRequested = defineEvent('order.link-requested', {
  description: 'Somebody asked for the link of an order by its number and e-mail.',
  payload: z.object({}),
  key: ({ aggregateId }, request: string) => `order.link-requested:${aggregateId}:${request}`,
});

export const orderEvents = [
  orderCreated,
  orderPlaced,
  orderPaid,
  orderShipped,
  orderClosed,
  orderUpdated,
  orderLinkRequested,
];
