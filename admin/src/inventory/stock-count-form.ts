import { everyValueOf } from '@vitrine/client/every-value';
import { z } from 'zod';
import { i18n } from '../app/i18n';
import { StockAdjustDocument } from '../generated/inventory/graphql';
import { defineForm } from '../ui/forms/define-form';
import { optionalText } from '../ui/forms/fields/codecs';
import type { StockItemView } from './useStockItem';

/** A stock item, and the location that is counted first; the item's first where none is named. */
export interface CountedItem {
  readonly id: string;
  readonly item: StockItemView;
  readonly locationId: string | undefined;
}

type Reason = 'COUNT' | 'DAMAGE' | 'RETURN' | 'OTHER';
const REASONS = everyValueOf<Reason>({ COUNT: true, DAMAGE: true, RETURN: true, OTHER: true });

/** What was counted at a location, by its id, and the quantity that was shown when counting began. */
export interface Count {
  id: string;
  shown: number;
  quantity: number;
}
interface Counted {
  locationId: string;
  counts: Count[];
  reason: Reason;
  note: string | null;
}

/**
 * Sets a stock level to a counted quantity, and sends the quantity that was shown before the count: when a sale changed it
 * in between, nothing is written. The item is read again then, and a count that was typed stands beside the quantity of
 * before and of now.
 */
export const stockCountForm = defineForm<CountedItem, Counted>({
  name: 'stock-count',
  titleOf: ({ item }, { t }) => t('stock.title', { variant: item.variant.name }),
  hint: 'stock.hint',
  submitLabel: 'stock.save',
  done: 'stock.saved',
  focusOn: 'counts',
  schema: ({ t }) =>
    z
      .object({
        locationId: z.string().min(1),
        counts: z.array(
          z.object({
            id: z.string(),
            shown: z.int(),
            quantity: z.int(t('product.wholeNumber')).min(0, t('product.wholeNumber')),
          }),
        ),
        reason: z.enum(REASONS),
        note: optionalText(),
      })
      .superRefine(({ locationId, counts, reason, note }, check) => {
        const refuse = (name: string, message: string): void =>
          check.addIssue({ code: 'custom', path: [name], message: t(message) });
        const count = counts.find(({ id }) => id === locationId);
        if (count?.quantity === count?.shown) refuse('counts', 'stock.isSo');
        if (reason === 'OTHER' && note === null) refuse('note', 'stock.noteMissing');
      }),
  toFields: (counted) => ({
    locationId: (counted?.locationId || counted?.item.levels[0]?.location.id) ?? null,
    counts: (counted?.item.levels ?? []).map(({ location: { id }, onHand }) => ({
      ...{ id, shown: onHand, quantity: onHand },
    })),
    reason: 'COUNT',
    note: null,
  }),
  fields: {
    locationId: {
      label: 'inventory.location',
      kind: 'choice',
      isFor: (counted) => (counted?.item.levels.length ?? 0) > 1,
      choices: (_tools, counted) =>
        (counted?.item.levels ?? []).map(({ location: { id, name } }) => ({ value: id, label: name })),
    },
    counts: {
      label: 'stock.newQuantity',
      kind: 'own',
      inputName: 'quantity',
      parts: { quantity: { label: 'stock.newQuantity', kind: 'number' } },
      rowName: (counted, id) =>
        counted?.item.levels.find(({ location }) => location.id === id)?.location.name,
    },
    reason: {
      label: 'stock.reason',
      kind: 'choice',
      choices: ({ t }) => REASONS.map((value) => ({ value, label: t(`stock.reasons.${value}`) })),
    },
    note: { label: 'stock.note', kind: 'text', isOptional: ({ reason }) => reason !== 'OTHER' },
  },
  update: async (client, { id: variantId }, { locationId, counts, reason, note }, idempotencyKey) => {
    const count = counts.find((each) => each.id === locationId);
    const input = {
      ...{ variantId, locationId, quantity: count?.quantity ?? 0, changeFromQuantity: count?.shown ?? 0 },
      ...{
        reason: [i18n.global.t(`stock.reasons.${reason}`), note].filter(Boolean).join(': '),
        idempotencyKey,
      },
    };
    const result = await client.mutation(StockAdjustDocument, { input });
    return { result, userErrors: result.data?.stockSet.errors };
  },
});
