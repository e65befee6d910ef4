import { defineModule } from '../../platform/module.js';
import { checkoutModule } from '../checkout/checkout.module.js';
import { identityModule } from '../identity/identity.module.js';
import { longJobsModule } from '../long-jobs/long-jobs.module.js';
import { notificationsModule } from '../notifications/notifications.module.js';
import { ordersModule } from '../orders/orders.module.js';
import { paymentsModule } from '../payments/payments.module.js';
import { returnsModule } from '../returns/returns.module.js';
import { checkoutBlocksRemove } from './actions/checkout-blocks.js';
import { customersLock, customersTag, handleCustomers } from './actions/customers.js';
import { emailsCancel, emailsResend } from './actions/emails.js';
import { ordersComplete, ordersShip } from './actions/orders.js';
import { handleOrdersCancel, ordersCancel } from './actions/orders-cancel.js';
import { returnsApprove } from './actions/returns.js';
import { webhookEventsReplay } from './actions/webhook-events.js';

const bulkActions = [
  ...[ordersShip, ordersComplete, returnsApprove, checkoutBlocksRemove],
  ...[emailsCancel, emailsResend, webhookEventsReplay],
];

/** Does what staff do to one object to many: `defineBulk`, and a few lines in `actions/` for each. */
export const bulkActionsModule = defineModule({
  name: 'bulkActions',
  dependsOn: [
    identityModule,
    paymentsModule,
    ordersModule,
    returnsModule,
    checkoutModule,
    notificationsModule,
    longJobsModule,
  ],
  tables: {},
  entities: [],
  bulkActions: [...bulkActions.map(({ action }) => action), ordersCancel, customersTag, customersLock],
  resolvers: [],
  setup: ({ database, cursors }, { identity, payments, orders, returns, checkout, notifications }) => ({
    services: {},
    resolvers: [],
    longJobs: [
      handleOrdersCancel(orders),
      ...handleCustomers({ database, cursors, upkeep: identity.upkeep, access: identity.access }),
      ...bulkActions.flatMap(({ handle }) =>
        handle({
          ...{ database, cursors, orders: orders.orders, fulfillment: orders.fulfillment },
          ...{ reviews: returns.reviews, blocks: checkout.blocks, webhooks: payments.webhooks },
          resending: notifications.resending,
        }),
      ),
    ],
  }),
});
