import { everyValueOf } from '@vitrine/client/every-value';
import { z } from 'zod';
import { StockBulkAdjustDocument, StockBulkAdjustPreviewDocument } from '../generated/inventory/graphql';
import type { StockAdjustMode, StockBulkAdjustPreviewQuery } from '../generated/inventory/graphql';
import { requiredText } from '../ui/forms/fields/codecs';
import { bulkForm, startBulk, startForm } from '../ui/lists/selection/bulk-action';
import type { BulkAction } from '../ui/lists/selection/bulk-action';
import type { Tools } from '../ui/useTools';
import LocationField from './locations/LocationField.vue';

const MODES = everyValueOf<StockAdjustMode>({ ADD: true, SET: true });
const MOST = 1_000_000;

interface Adjusted {
  locationId: string;
  mode: StockAdjustMode;
  quantity: number;
  reason: string;
}
type Effects = StockBulkAdjustPreviewQuery['stockBulkAdjustPreview'];
interface AdjustMany {
  /** How many were chosen. */
  readonly chosen: number;
  /** Null when the location is gone. */
  readonly effects: Effects;
}

/** What it will do, a sentence for each effect that there is. */
export function effectsOf({ chosen, effects }: AdjustMany, { tools: { t, n } }: { tools: Tools }): string[] {
  const { variants = 0, added = 0, removed = 0, refused = 0 } = effects ?? {};
  const some = variants === chosen ? 'inventory.adjustMany.all' : 'inventory.adjustMany.some';
  return [
    variants === 0
      ? t('inventory.adjustMany.none')
      : t(some, { count: n(variants), of: n(chosen) }, variants),
    ...(added > 0 ? [t('inventory.adjustMany.added', { count: n(added) }, added)] : []),
    ...(removed > 0 ? [t('inventory.adjustMany.removed', { count: n(removed) }, removed)] : []),
    ...(refused > 0 ? [t('inventory.adjustMany.refused', { count: n(refused) }, refused)] : []),
  ];
}

/** Sets or adds to what is on hand of the chosen variants at a location. */
export const adjustMany: BulkAction = {
  key: 'ADJUST',
  label: 'inventory.bulk.ADJUST',
  hint: 'inventory.bulkHint.ADJUST',
  icon: 'i-lucide-package-plus',
  isFor: ({ can }) => can('STOCK_WRITE'),
  isChosenOnly: true,
  asks: bulkForm<Adjusted, AdjustMany>(
    {
      titleOf: ({ count }, { t, n }) => t('inventory.adjustMany.title', { count: n(count) }, count),
      hint: 'inventory.bulkHint.ADJUST',
      submitLabel: 'inventory.bulk.ADJUST',
      focusOn: 'quantity',
      schema: (tools) =>
        z
          .object({
            locationId: z.string().min(1, tools.t('inventory.chooseLocation')),
            mode: z.enum(MODES),
            quantity: z.int(tools.t('product.wholeNumber')).min(-MOST).max(MOST),
            reason: requiredText(tools.t('stock.noteMissing')),
          })
          .superRefine(({ mode, quantity }, context) => {
            const message =
              mode === 'SET' && quantity < 0 ? 'product.wholeNumber' : 'inventory.adjustMany.notZero';
            if (mode === 'SET' ? quantity < 0 : quantity === 0)
              context.addIssue({ code: 'custom', path: ['quantity'], message: tools.t(message) });
          }),
      toFields: (_chosen, { t }) => ({
        ...{ locationId: '', mode: 'ADD', quantity: 1 },
        reason: t('stock.reasons.DELIVERY'),
      }),
      fields: {
        locationId: { label: 'inventory.location', kind: 'own', component: LocationField },
        mode: {
          label: 'inventory.adjustMany.mode',
          kind: 'radio',
          choices: ({ t }) => MODES.map((value) => ({ value, label: t(`inventory.adjustMany.${value}`) })),
        },
        quantity: {
          label: 'inventory.pieces',
          kind: 'number',
          least: -MOST,
          most: MOST,
          explain: ({ t }, _chosen, { mode }) =>
            mode === 'ADD' ? t('inventory.adjustMany.takeAway') : undefined,
        },
        reason: { label: 'stock.reason', kind: 'text', letters: 200 },
      },
      preview: ({ locationId, mode, quantity }, { ids }) => {
        if (!locationId) return null;
        const input = { locationId, mode, quantity, variantIds: [...(ids ?? [])] };
        return {
          about: input,
          load: async (client) => {
            const variables = { input };
            const policy = { requestPolicy: 'network-only' } as const;
            const result = await client.query(StockBulkAdjustPreviewDocument, variables, policy);
            const { data } = result;
            const chosen = input.variantIds.length;
            return { result, preview: data && { chosen, effects: data.stockBulkAdjustPreview ?? null } };
          },
        };
      },
      update: startForm((values) =>
        startBulk(StockBulkAdjustDocument, (data) => data.stockBulkAdjust, values),
      ),
    },
    effectsOf,
  ),
};
