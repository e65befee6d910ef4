import { z } from 'zod';
import { onVersion } from '../../app/seen-version';
import { ShipmentCreateDocument, ShipmentUpdateDocument } from '../../generated/orders/graphql';
import { defineForm } from '../../ui/forms/define-form';
import { optionalText } from '../../ui/forms/fields/codecs';
import type { FieldDefinition, FormValues } from '../../ui/forms/fields/field';
import type { Tools } from '../../ui/useTools';
import { onOrder, orderMessage } from '../actions/on-order';
import type { OrderView } from '../useOrder';
import { carrierNames, lastCarrier, rememberCarrier, trackingLink } from './carriers';
import { leftToShip, shipmentLines } from './shippable';

interface Tracked {
  carrier: string | null;
  trackingNumber: string | null;
  trackingUrl: string | null;
}

const isAddress = (text: string | null): boolean =>
  text === null || z.url({ protocol: /^https?$/ }).safeParse(text).success;
const trackingShape = ({ t }: Tools) => ({
  carrier: optionalText(),
  trackingNumber: optionalText(),
  trackingUrl: optionalText().refine(isAddress, t('shipment.urlInvalid')),
});

const TRACKING_FIELDS = {
  carrier: {
    ...{ label: 'shipment.carrier', kind: 'text', isOptional: true },
    suggestions: carrierNames,
  },
  trackingNumber: { label: 'shipment.trackingNumber', kind: 'text', isOptional: true },
  trackingUrl: {
    ...{ label: 'shipment.trackingUrl', help: 'shipment.urlHelp', kind: 'text', type: 'url' },
    isOptional: true,
  },
} as const satisfies Record<keyof Tracked, FieldDefinition<unknown>>;

const linkOf = ({ carrier, trackingNumber }: FormValues): string =>
  trackingLink({ carrier: String(carrier ?? ''), trackingNumber: String(trackingNumber ?? '') });
/** The link follows carrier and number until it is edited. */
const followLink = (now: FormValues, before: FormValues): FormValues =>
  now['trackingUrl'] === linkOf(before) ? { trackingUrl: linkOf(now) } : {};

function remember({ carrier, trackingNumber, trackingUrl }: Tracked): void {
  rememberCarrier({
    ...{ carrier: carrier ?? '', trackingNumber: trackingNumber ?? '' },
    trackingUrl: trackingUrl ?? '',
  });
}

/** How many pieces of an order line are shipped. */
export interface PackedLine {
  id: string;
  quantity: number;
}

/** Ships what is left of an order, or a part of it. */
export const shipmentForm = defineForm<OrderView, Tracked & { lines: PackedLine[] }>({
  name: 'order-shipment',
  isPersonal: true,
  titleOf: (_order, { t }) => t('shipment.new'),
  hint: 'shipment.hint',
  submitLabel: 'shipment.create',
  done: 'shipment.created',
  focusOn: 'trackingNumber',
  schema: (tools) =>
    z.object({
      lines: z
        .array(z.object({ id: z.string(), quantity: z.int() }))
        .refine((lines) => lines.some(({ quantity }) => quantity > 0), tools.t('shipment.nothingChosen')),
      ...trackingShape(tools),
    }),
  toFields: (order) => ({
    lines: leftToShip(order?.lines ?? []).map(({ line, left }) => ({ id: line.id, quantity: left })),
    ...{ carrier: lastCarrier() || null, trackingNumber: null, trackingUrl: null },
  }),
  follow: followLink,
  fields: { lines: { label: 'shipment.pieces', kind: 'own' }, ...TRACKING_FIELDS },
  messageOf: (error, order, { t }) => orderMessage(error, order, t),
  update: (client, order, { lines: packed, ...tracking }, key) =>
    onOrder(order, key, async (step) => {
      const quantities = Object.fromEntries(packed.map(({ id, quantity }) => [id, quantity]));
      const input = { ...step, lines: shipmentLines(order.lines, quantities), ...tracking };
      const result = await client.mutation(ShipmentCreateDocument, { input });
      const userErrors = result.data?.shipmentCreate.errors;
      if (userErrors?.length === 0) remember(tracking);
      return { result, userErrors };
    }),
});

/** A shipment, with the version of its order. */
export interface SentShipment extends Tracked {
  readonly id: string;
  readonly version: number | null;
}

/** Corrects the tracking number of a shipment. */
export const trackingForm = defineForm<SentShipment, Tracked>({
  name: 'order-tracking',
  isPersonal: true,
  titleOf: (_shipment, { t }) => t('shipment.edit'),
  hint: 'shipment.editHint',
  focusOn: 'trackingNumber',
  schema: (tools) => z.object(trackingShape(tools)),
  toFields: (shipment) => ({
    carrier: shipment?.carrier ?? null,
    trackingNumber: shipment?.trackingNumber ?? null,
    trackingUrl: shipment?.trackingUrl ?? null,
  }),
  follow: followLink,
  fields: TRACKING_FIELDS,
  update: (client, { id: shipmentId, version }, tracking, idempotencyKey) =>
    onVersion(version, async (expectedVersion) => {
      const input = { shipmentId, ...tracking, expectedVersion, idempotencyKey };
      const result = await client.mutation(ShipmentUpdateDocument, { input });
      const userErrors = result.data?.shipmentUpdate.errors;
      if (userErrors?.length === 0) remember(tracking);
      return { result, userErrors };
    }),
});
