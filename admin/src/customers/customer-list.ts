import { h } from 'vue';
import { CustomerExportCreateDocument, CustomersDocument } from '../generated/customers/graphql';
import type { CustomerRowFragment } from '../generated/customers/graphql';
import { moment, money, quiet, rowLink, status } from '../ui/lists/cells';
import { readAgainWithOrders } from '../orders/list/with-orders';
import { defineList } from '../ui/lists/define-list';
import { listExport } from '../ui/lists/export/list-export';
import { customerBulk } from './customer-bulk';
import { CUSTOMER_SORTS, nameOf, toCustomerFilter } from './customer-filter';
import { customerTone, customerWord, STATUSES } from './customer-status';
import { customerTags } from './customer-tags';
import CustomerCard from './CustomerCard.vue';

const customerTo = ({ id }: CustomerRowFragment) => ({ name: 'customer', params: { id } });

export const customerList = defineList({
  name: 'customers',
  title: 'customers.title',
  query: CustomersDocument,
  connection: (data) => data.customers,
  types: ['Customer', 'Order'],
  search: 'customers.search',
  sorts: CUSTOMER_SORTS,
  sortMessages: 'customers.sorts',
  filters: {
    account: {
      label: 'customers.account',
      kind: 'one',
      choices: ({ t }) => [
        { value: 'yes', label: t('customers.withAccount') },
        { value: 'no', label: t('customers.guests') },
      ],
    },
    status: {
      label: 'customers.status',
      kind: 'many',
      choices: ({ t }) => STATUSES.map((value) => ({ value, label: t(`customerStatus.${value}`) })),
    },
    tags: {
      label: 'customers.tags',
      kind: 'many',
      choices: () => customerTags.value.map((value) => ({ value, label: value })),
    },
    marketing: {
      label: 'customers.marketing',
      kind: 'one',
      choices: ({ t }) => [
        { value: 'yes', label: t('common.yes') },
        { value: 'no', label: t('common.no') },
      ],
    },
    from: { label: 'customers.since', kind: 'date' },
    to: { label: 'customers.until', kind: 'date' },
  },
  toFilter: toCustomerFilter,
  exports: listExport(
    CustomerExportCreateDocument,
    (data) => data.customerExportCreate,
    {
      name: ['FIRST_NAME', 'LAST_NAME'],
      account: ['ACCOUNT', 'STATUS'],
      tags: ['TAGS'],
      email: ['EMAIL'],
      created: ['CREATED_AT'],
      last: ['LAST_ORDER_AT'],
      orders: ['ORDERS'],
      spent: ['SPENT', 'CURRENCY'],
    },
    'CUSTOMER_EXPORT',
  ),
  bulk: customerBulk,
  columns: {
    name: {
      header: 'customers.name',
      required: true,
      sorts: ['NAME_ASC'],
      ascending: 'NAME_ASC',
      cell: (row) => rowLink(customerTo(row), nameOf(row)),
    },
    email: {
      header: 'customers.email',
      sorts: ['EMAIL_ASC'],
      ascending: 'EMAIL_ASC',
      cell: ({ email }) => email,
    },
    account: {
      header: 'customers.account',
      cell: (row, { t }) => status(customerTone(row), customerWord(row, t)),
    },
    tags: { header: 'customers.tags', wideOnly: true, cell: ({ tags }) => quiet(tags.join(', ')) },
    created: {
      header: 'customers.created',
      sorts: ['NEWEST', 'OLDEST'],
      ascending: 'OLDEST',
      cell: (row) => moment(row.createdAt),
    },
    last: { header: 'customers.lastOrder', wideOnly: true, cell: (row) => moment(row.lastOrderAt) },
    orders: { header: 'customers.orders', align: 'end', cell: (row, { n }) => n(row.orderCount) },
    spent: { header: 'customers.spent', align: 'end', cell: (row) => money(row.totalSpent) },
  },
  rowTo: customerTo,
  card: (customer) => h(CustomerCard, { customer }),
  empty: { icon: 'i-lucide-users', title: 'customers.empty', hint: 'customers.emptyHint' },
  live: readAgainWithOrders,
});
