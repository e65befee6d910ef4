import { z } from 'zod';
import { onVersion } from '../app/seen-version';
import { CustomerMergeDocument, CustomerMergePreviewDocument } from '../generated/customers/graphql';
import type { CustomerDetailsFragment, CustomerMergePreviewQuery } from '../generated/customers/graphql';
import { defineForm } from '../ui/forms/define-form';
import { nameOf } from './customer-filter';
import MergeTarget from './MergeTarget.vue';

type Moved = NonNullable<CustomerMergePreviewQuery['customerMergePreview']['moved']>;

/** Joins a guest to somebody whom the shop knows already. `done` is called with the id of who is left. */
export const customerMergeForm = (done: (id: string) => void) =>
  defineForm<CustomerDetailsFragment, { intoCustomerId: string }, Moved>({
    titleOf: (customer, { t }) => t('customer.mergeTitle', { name: nameOf(customer) }),
    hint: 'customer.mergeHint',
    isDanger: true,
    done: 'customer.merged',
    submitLabel: ({ preview, tools: { t, n } }) =>
      preview ? t('customer.mergeNow', { count: n(preview.orders) }, preview.orders) : t('customer.merge'),
    schema: ({ t }) => z.object({ intoCustomerId: z.string().min(1, t('customer.mergeMissing')) }),
    toFields: () => ({ intoCustomerId: '' }),
    fields: {
      intoCustomerId: { label: 'customer.mergeInto', kind: 'own', component: MergeTarget },
    },
    preview: ({ intoCustomerId }, { id: customerId }) =>
      intoCustomerId
        ? {
            about: { intoCustomerId },
            load: async (client) => {
              const variables = { customerId, intoCustomerId };
              const result = await client.query(CustomerMergePreviewDocument, variables, {
                requestPolicy: 'network-only',
              });
              const { moved, errors } = result.data?.customerMergePreview ?? {};
              return { result: { ...result, userErrors: errors }, preview: moved };
            },
          }
        : null,
    update: (client, { id, version }, { intoCustomerId }) =>
      onVersion(version, async (expectedVersion) => {
        const input = { customerId: id, expectedVersion, intoCustomerId };
        const result = await client.mutation(
          CustomerMergeDocument,
          { input },
          { additionalTypenames: ['Customer', 'Order'] },
        );
        const payload = result.data?.customerMerge;
        if (payload?.customer && payload.errors.length === 0) done(payload.customer.id);
        return { result, userErrors: payload?.errors };
      }),
  });
