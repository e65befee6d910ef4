import type { Client } from '@urql/core';
import type { Answer } from '../../app/useIntent';
import { ShipmentCreateDocument, ShipmentUpdateDocument } from '../../generated/orders/graphql';
import type { ShipmentCreateInput } from '../../generated/orders/graphql';
import type { Tracking } from './carriers';
import type { Step } from '../useOrderActions';

type Run = (send: (step: Step) => Promise<Answer>, done: string) => Promise<boolean>;

/** The staff actions on the shipments of an order. */
export function shipmentSteps(run: Run, client: Client, t: (key: string) => string) {
  const ship = (shipment: Omit<ShipmentCreateInput, 'orderId' | 'expectedVersion'>): Promise<boolean> =>
    run(async (step) => {
      const input = { ...shipment, ...step };
      const result = await client.mutation(ShipmentCreateDocument, { input });
      return { result, userErrors: result.data?.shipmentCreate.errors };
    }, t('shipment.created'));

  const markDelivered = (shipmentId: string): Promise<boolean> =>
    run(async ({ expectedVersion, idempotencyKey }) => {
      const input = { shipmentId, status: 'DELIVERED' as const, expectedVersion, idempotencyKey };
      const result = await client.mutation(ShipmentUpdateDocument, { input });
      return { result, userErrors: result.data?.shipmentUpdate.errors };
    }, t('shipment.delivered'));

  const track = (shipmentId: string, tracking: Tracking): Promise<boolean> =>
    run(async ({ expectedVersion, idempotencyKey }) => {
      const { carrier, trackingNumber, trackingUrl } = tracking;
      const input = {
        shipmentId,
        carrier: carrier || null,
        trackingNumber: trackingNumber || null,
        trackingUrl: trackingUrl || null,
        expectedVersion,
        idempotencyKey,
      };
      const result = await client.mutation(ShipmentUpdateDocument, { input });
      return { result, userErrors: result.data?.shipmentUpdate.errors };
    }, t('form.saved'));

  return { ship, track, markDelivered };
}
