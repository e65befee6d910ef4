import { z } from 'zod';
import { CustomerBulkLockDocument, CustomerBulkTagDocument } from '../generated/customers/graphql';
import TagsField from '../ui/forms/fields/TagsField.vue';
import { bulkForm, startBulk, startForm } from '../ui/lists/selection/bulk-action';
import type { BulkAction } from '../ui/lists/selection/bulk-action';

/** Gives customers tags beside those they have. */
const tagMany: BulkAction = {
  key: 'TAG',
  label: 'customers.bulk.TAG',
  hint: 'customers.bulkHint.TAG',
  icon: 'i-lucide-tags',
  isFor: ({ can }) => can('CUSTOMER_WRITE'),
  asks: bulkForm<{ tags: string[] }, unknown>({
    titleOf: ({ count }, { t, n }) => t('customers.bulkTitle.TAG', { count: n(count) }, count),
    hintOf: (_chosen, { t }) => t('customers.bulkHint.TAG'),
    submitLabel: 'customers.bulk.TAG',
    schema: ({ t }) => z.object({ tags: z.array(z.string()).min(1, t('customers.tagMissing')) }),
    toFields: () => ({ tags: [] }),
    fields: {
      tags: { label: 'customers.tags', help: 'customer.tagsHelp', kind: 'own', component: TagsField },
    },
    update: startForm(({ tags }) =>
      startBulk(CustomerBulkTagDocument, (data) => data.customerBulkTag, { tags }),
    ),
  }),
};

/** Locks chosen customers, once their count was typed. */
const lockMany: BulkAction = {
  key: 'LOCK',
  label: 'customers.bulk.LOCK',
  hint: 'customers.bulkHint.LOCK',
  icon: 'i-lucide-lock',
  isFor: ({ can }) => can('CUSTOMER_WRITE'),
  isChosenOnly: true,
  asks: bulkForm<object, unknown>({
    isDanger: true,
    titleOf: ({ count }, { t, n }) => t('customers.bulkTitle.LOCK', { count: n(count) }, count),
    hintOf: (_chosen, { t }) => t('customers.bulkHint.LOCK'),
    submitLabel: 'customers.bulk.LOCK',
    confirmWord: (chosen) => String(chosen?.count ?? ''),
    focusOn: 'confirmWord',
    schema: () => z.object({}),
    toFields: () => ({}),
    fields: {},
    update: startForm(() => startBulk(CustomerBulkLockDocument, (data) => data.customerBulkLock)),
  }),
};

export const customerBulk = [tagMany, lockMany];
