import { z } from 'zod';
import { StockReceiveDocument, StockTransferDocument } from '../generated/inventory/graphql';
import { defineForm } from '../ui/forms/define-form';
import { requiredText } from '../ui/forms/fields/codecs';
import type { Tools } from '../ui/useTools';
import type { LocationView } from './locations/useStockLocations';
import type { StockItemView } from './useStockItem';

/** A stock item and the locations that stock can be brought to. */
export interface StockPlace {
  readonly id: string;
  readonly item: StockItemView;
  readonly locations: readonly LocationView[];
}

interface Received {
  locationId: string;
  quantity: number;
  reason: string;
}

const pieces = ({ t }: Tools) => z.int(t('inventory.atLeastOne')).min(1, t('inventory.atLeastOne'));
const reason = { label: 'stock.reason', kind: 'text' } as const;

/** Goods that came in. */
export const stockReceiveForm = defineForm<StockPlace, Received>({
  name: 'stock-receive',
  titleOf: ({ item }, { t }) => t('inventory.receiveTitle', { variant: item.variant.name }),
  hint: 'inventory.receiveHint',
  submitLabel: 'inventory.receive',
  done: 'inventory.received',
  focusOn: 'quantity',
  schema: (tools) =>
    z.object({
      locationId: z.string().min(1, tools.t('inventory.chooseLocation')),
      quantity: pieces(tools),
      reason: requiredText(tools.t('stock.noteMissing')),
    }),
  toFields: (place, { t }) => ({
    locationId: place?.locations[0]?.id ?? '',
    quantity: 1,
    reason: t('stock.reasons.DELIVERY'),
  }),
  fields: {
    locationId: {
      label: 'inventory.location',
      kind: 'choice',
      choices: (_tools, place) =>
        (place?.locations ?? []).map(({ id, name }) => ({ value: id, label: name })),
    },
    quantity: {
      label: 'inventory.pieces',
      kind: 'number',
      least: 1,
      explain: ({ t }, place) => {
        const count = place?.item.backordered ?? 0;
        return count > 0 ? t('inventory.backorderedFirst', { count }, count) : undefined;
      },
    },
    reason,
  },
  update: async (client, { item }, values, idempotencyKey) => {
    const input = { ...values, variantId: item.variant.id, idempotencyKey };
    const result = await client.mutation(StockReceiveDocument, { input });
    return { result, userErrors: result.data?.stockReceive.errors };
  },
});

interface Transferred {
  fromLocationId: string;
  toLocationId: string;
  quantity: number;
  reason: string;
}

/** Only unreserved units can be transferred: reserved ones are fulfilled from their location. */
const freeAt = (place: StockPlace | undefined, locationId: unknown): number =>
  place?.item.levels.find(({ location }) => location.id === locationId)?.available ?? 0;
const sourcesOf = (place: StockPlace | undefined) =>
  (place?.item.levels ?? []).filter(({ available }) => available > 0);
const targetsOf = (place: StockPlace | undefined, fromLocationId: unknown) =>
  (place?.locations ?? []).filter(({ id }) => id !== fromLocationId);

/** Goods that go from one location to another. */
export const stockTransferForm = defineForm<StockPlace, Transferred>({
  name: 'stock-transfer',
  titleOf: ({ item }, { t }) => t('inventory.transferTitle', { variant: item.variant.name }),
  hint: 'inventory.transferHint',
  submitLabel: 'inventory.transfer',
  done: 'inventory.transferred',
  focusOn: 'quantity',
  schema: (tools, place) =>
    z
      .object({
        fromLocationId: z.string().min(1, tools.t('inventory.chooseLocation')),
        toLocationId: z.string().min(1, tools.t('inventory.chooseLocation')),
        quantity: pieces(tools),
        reason: requiredText(tools.t('stock.noteMissing')),
      })
      .superRefine(({ fromLocationId, quantity }, context) => {
        const count = freeAt(place, fromLocationId);
        if (quantity <= count) return;
        const message = tools.t('inventory.atMost', { count });
        context.addIssue({ code: 'custom', path: ['quantity'], message });
      }),
  toFields: (place, { t }) => {
    const fromLocationId = sourcesOf(place)[0]?.location.id ?? '';
    return {
      fromLocationId,
      toLocationId: targetsOf(place, fromLocationId)[0]?.id ?? '',
      quantity: 1,
      reason: t('inventory.transferReason'),
    };
  },
  // Goods cannot go to where they come from: the two change places.
  follow: (now, before) =>
    now['toLocationId'] === now['fromLocationId'] ? { toLocationId: before['fromLocationId'] } : {},
  fields: {
    fromLocationId: {
      label: 'inventory.from',
      kind: 'choice',
      choices: ({ t, n }, place) =>
        sourcesOf(place).map(({ location, available }) => ({
          value: location.id,
          label: t('inventory.placeWithFree', { place: location.name, count: n(available) }),
        })),
    },
    toLocationId: {
      label: 'inventory.to',
      kind: 'choice',
      choices: (_tools, place, { fromLocationId }) =>
        targetsOf(place, fromLocationId).map(({ id, name }) => ({ value: id, label: name })),
    },
    quantity: {
      label: 'inventory.pieces',
      kind: 'number',
      least: 1,
      most: (place, { fromLocationId }) => Math.max(1, freeAt(place, fromLocationId)),
    },
    reason,
  },
  update: async (client, { item }, values, idempotencyKey) => {
    const input = { ...values, variantId: item.variant.id, idempotencyKey };
    const result = await client.mutation(StockTransferDocument, { input });
    return { result, userErrors: result.data?.stockTransfer.errors };
  },
});
