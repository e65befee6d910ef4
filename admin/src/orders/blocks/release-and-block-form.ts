import { everyValueOf } from '@vitrine/client/every-value';
import { z } from 'zod';
import { OrderReleaseAndBlockDocument } from '../../generated/orders/graphql';
import type { CheckoutBlockKind, UnpaidOrderRelationsQuery } from '../../generated/orders/graphql';
import { defineForm } from '../../ui/forms/define-form';
import { optionalText } from '../../ui/forms/fields/codecs';

/** An unpaid order, and the other unpaid orders of its buyer. */
export interface UnpaidOrder {
  readonly id: string;
  readonly number: string;
  readonly relations: NonNullable<UnpaidOrderRelationsQuery['unpaidOrderRelations']>;
}
interface Block {
  kinds: CheckoutBlockKind[];
  days: number;
  includeRelated: boolean;
  reason: string | null;
}

const BLOCK_KINDS = everyValueOf<CheckoutBlockKind>({ EMAIL: true, PHONE: true, NETWORK: true });
const MOST_DAYS = 365;

/** Gives the reserved stock of an unpaid order back, and keeps its buyer from reserving more. */
export const releaseAndBlockForm = defineForm<UnpaidOrder, Block>({
  name: 'order-release',
  isPersonal: true,
  titleOf: ({ number }, { t }) => t('unpaid.releaseTitle', { number }),
  hint: 'unpaid.releaseText',
  submitLabel: 'unpaid.release',
  done: 'unpaid.done',
  isDanger: true,
  schema: ({ t }) =>
    z.object({
      kinds: z.array(z.enum(BLOCK_KINDS)).min(1, t('unpaid.chooseOne')),
      days: z
        .int(t('product.wholeNumber'))
        .min(1, t('product.wholeNumber'))
        .max(MOST_DAYS, t('inventory.atMost', { count: MOST_DAYS })),
      includeRelated: z.boolean(),
      reason: optionalText(),
    }),
  toFields: () => ({ kinds: ['EMAIL'], days: 7, includeRelated: false, reason: null }),
  fields: {
    kinds: {
      label: 'unpaid.by',
      kind: 'choices',
      // Only identifiers that the order holds can be blocked.
      choices: ({ t }, order) =>
        BLOCK_KINDS.filter((kind) => isHeld(order, kind)).map((value) => ({
          value,
          label: t(`blockKind.${value}`),
          ...(value === 'NETWORK' && { description: t('unpaid.networkHint') }),
        })),
    },
    days: { label: 'unpaid.days', kind: 'number', least: 1, most: MOST_DAYS },
    includeRelated: { label: 'unpaid.includeRelated', help: 'unpaid.includeRelatedHint', kind: 'checkbox' },
    reason: { label: 'unpaid.reason', kind: 'text', isOptional: true },
  },
  update: async (client, { id }, values, idempotencyKey) => {
    const input = { ...values, orderId: id, idempotencyKey };
    const result = await client.mutation(OrderReleaseAndBlockDocument, { input });
    return { result, userErrors: result.data?.orderReleaseAndBlock.errors };
  },
});

const isHeld = (order: UnpaidOrder | undefined, kind: CheckoutBlockKind): boolean => {
  if (kind === 'EMAIL') return true;
  return order?.relations[kind === 'PHONE' ? 'samePhone' : 'sameNetwork'] != null;
};
