import { randomUUID } from 'node:crypto';
import type { Fixtures } from '@vitrine/testing/drivers/fixtures.js';
import { DOMAIN_CASES } from './domain-cases.js';
import { otherOrder, type KeyedCase } from './keyed-case.js';
import { BULK_ACTIONS, endOpenJobs, LIST_FILES } from './keyed-lists.js';
import { KEYED_IMPORTS } from './imports/import-cases.js';
import { RETURNS, SECOND_THOUGHTS } from './keyed-second-thoughts.js';

let named = 0;

const SIZE_L = [{ option: 'size', value: 'l' }];

const STOCK: readonly KeyedCase[] = [
  {
    mutation: 'stockReceive',
    of: 'a delivery',
    makes: { stock_movement: 1, 'units on hand': 7 },
    prepare: async (fixtures) => {
      const { variantId } = await fixtures.variant();
      const input = { variantId, locationId: fixtures.places[0], quantity: 7, reason: 'delivery' };
      return { input, other: { quantity: 8 } };
    },
  },
  {
    mutation: 'stockSet',
    of: 'a count',
    makes: { stock_movement: 1, 'units on hand': -3 },
    prepare: async (fixtures) => {
      const { variantId } = await fixtures.variant(20);
      const input = { variantId, changeFromQuantity: 20, quantity: 17, reason: 'count' };
      return { input, other: { quantity: 16 } };
    },
  },
  {
    mutation: 'stockTransfer',
    of: 'a cart-load to the cellar',
    makes: { stock_movement: 2 },
    prepare: async (fixtures) => {
      const { variantId } = await fixtures.variant();
      const [fromLocationId, toLocationId] = fixtures.places;
      const input = { variantId, fromLocationId, toLocationId, quantity: 4, reason: 'room' };
      return { input, other: { quantity: 5 } };
    },
  },
  {
    mutation: 'stockReserve',
    of: 'a hold for another point of sale',
    makes: { stock_hold: 1, reservation: 1, stock_movement: 1, 'units held': 2 },
    prepare: async (fixtures) => {
      const { sku } = await fixtures.variant();
      return {
        input: { holder: 'register 2', lines: [{ sku, quantity: 2 }] },
        other: { holder: 'register 3' },
      };
    },
  },
  {
    mutation: 'stockCommit',
    of: 'a hold that is sold',
    makes: { stock_movement: 1, 'units held': -2, 'units on hand': -2 },
    prepare: async (fixtures) => ({
      input: { holdId: await fixtures.held() },
      other: { holdId: await fixtures.held() },
    }),
  },
  {
    mutation: 'stockRelease',
    of: 'a hold that is given back',
    makes: { stock_movement: 1, 'units held': -2 },
    prepare: async (fixtures) => ({
      input: { holdId: await fixtures.held() },
      other: { holdId: await fixtures.held() },
    }),
  },
  {
    mutation: 'productCreate',
    of: 'a product',
    makes: { product: 1, variant: 1, 'units on hand': 3 },
    prepare: async () => {
      const name = `Once ${++named}`;
      const variants = [{ sku: `ONCE-NEW-${named}`, price: 500, stock: 3 }];
      const input = { translations: [{ locale: 'RO', name }], variants };
      return { input, other: { featured: true } };
    },
  },
  {
    mutation: 'productVariantCreate',
    of: 'another variant',
    makes: { variant: 1, stock_movement: 1, 'units on hand': 4 },
    prepare: async (fixtures) => {
      const { productId } = await fixtures.product();
      const variant = { sku: `ONCE-MORE-${++named}`, price: 500, stock: 4, options: SIZE_L };
      return { input: { productId, variant }, other: { variant: { ...variant, price: 501 } } };
    },
  },
];

const SHIPMENTS: readonly KeyedCase[] = [
  {
    mutation: 'shipmentCreate',
    of: 'one of three units',
    makes: { shipment: 1, shipment_line: 1, 'versions of orders': 1, order_event: 1 },
    prepare: async (fixtures) => {
      const sold = await fixtures.paid();
      const lines = [{ orderLineId: sold.lineId, quantity: 1 }];
      return { input: { ...fixtures.order(sold), lines, carrier: 'Fan' }, other: { carrier: 'Sameday' } };
    },
  },
  {
    mutation: 'shipmentUpdate',
    of: 'a parcel that arrived',
    makes: { 'versions of orders': 1, order_event: 1 },
    prepare: async (fixtures) => ({
      input: { shipmentId: await fixtures.shipment(), status: 'DELIVERED' },
      other: { trackingNumber: '1' },
    }),
  },
  {
    mutation: 'orderStatusUpdate',
    of: 'goods handed over',
    makes: { shipment: 1, 'versions of orders': 1 },
    prepare: async (fixtures) => ({
      input: { ...fixtures.order(await fixtures.paid()), status: 'FULFILLED' },
      other: { status: 'COMPLETED' },
    }),
  },
  {
    mutation: 'orderStatusUpdate',
    of: 'an order that is done',
    makes: { 'versions of orders': 1, order_event: 1 },
    prepare: async (fixtures) => ({
      input: { ...fixtures.order(await fixtures.shipped()), status: 'COMPLETED' },
      other: { status: 'FULFILLED' },
    }),
  },
];

const SALES: readonly KeyedCase[] = [
  {
    mutation: 'checkoutComplete',
    of: 'a cart, by card',
    makes: { shop_order: 1, payment: 1, test_provider_intent: 1, reservation: 1, 'units held': 2 },
    prepare: async (fixtures) => {
      const { browser, cart } = await fixtures.cart();
      const input = { cartVersion: cart['version'], expectedTotal: cart['total'].gross.amount };
      return { input, other: { paymentMethod: 'BANK_TRANSFER' }, by: browser };
    },
  },
  {
    mutation: 'checkoutComplete',
    of: 'a cart, to be paid to the courier',
    makes: { shop_order: 1, payment: 1, 'units on hand': -2 },
    prepare: async (fixtures) => {
      const { browser, cart } = await fixtures.cart();
      const input = { cartVersion: cart['version'], expectedTotal: cart['total'].gross.amount };
      return {
        input: { ...input, paymentMethod: 'CASH_ON_DELIVERY' },
        other: { expectedTotal: 1 },
        by: browser,
      };
    },
  },
  {
    mutation: 'draftOrderCreate',
    of: 'a draft',
    makes: { shop_order: 1, order_line: 1, order_event: 1, outbox: 1, customer: 1 },
    prepare: async (fixtures) => {
      const { variantId } = await fixtures.variant();
      const email = `draft-${randomUUID()}@example.test`;
      const draft = await fixtures.driver.draft([{ variantId, quantity: 2 }], { email });
      return { input: { draft }, other: { draft: { ...draft, note: 'other' } } };
    },
  },
  {
    mutation: 'draftOrderUpdate',
    of: 'a draft written anew',
    makes: { 'versions of orders': 1, order_event: 1 },
    prepare: async (fixtures) => {
      const order = await fixtures.draft();
      const draft = { ...order['draft'], discount: 300 };
      return { input: { ...fixtures.order(order), draft }, other: { draft: { ...draft, discount: 200 } } };
    },
  },
  {
    mutation: 'draftOrderSend',
    of: 'a draft that is sent',
    makes: { 'versions of orders': 1, payment: 1, test_provider_intent: 1, 'units held': 2 },
    prepare: async (fixtures) => ({ input: fixtures.order(await fixtures.draft()), other: { holdDays: 5 } }),
  },
  {
    mutation: 'draftOrderMarkPaid',
    of: 'a draft that was paid',
    makes: { 'versions of orders': 1, payment: 1, 'units on hand': -2 },
    prepare: async (fixtures) => ({
      input: fixtures.order(await fixtures.draft()),
      other: { note: 'by cheque' },
    }),
  },
  {
    mutation: 'paymentCapture',
    of: 'reserved money',
    makes: { 'versions of orders': 1, order_event: 1 },
    prepare: async (fixtures) => otherOrder(fixtures, await fixtures.reserved(), await fixtures.reserved()),
  },
  {
    mutation: 'paymentAccept',
    of: 'another amount than agreed',
    makes: { 'versions of orders': 1, order_event: 1, 'units on hand': -2 },
    prepare: async (fixtures) => ({ input: await fixtures.inReview(), other: { expectedAmount: 1 } }),
  },
  {
    mutation: 'paymentMarkReceived',
    of: 'a bank transfer',
    makes: { 'versions of orders': 1, 'units on hand': -2, 'units held': -2 },
    prepare: async (fixtures) => ({
      input: fixtures.order(await fixtures.unpaid('BANK_TRANSFER')),
      other: { note: 'by messenger' },
    }),
  },
  {
    mutation: 'emailResend',
    of: 'a mail that was sent',
    makes: { email: 1, outbox: 1 },
    prepare: async (fixtures) => ({
      input: { emailId: await fixtures.mail() },
      other: { recipient: 'other@example.test' },
    }),
  },
  {
    mutation: 'emailTestSend',
    of: 'a mail to look at',
    makes: { email: 1, outbox: 1 },
    prepare: async () => ({
      input: { template: 'order-confirmation', language: 'EN' },
      other: { template: 'order-shipped' },
    }),
  },
  {
    mutation: 'webhookReplay',
    of: 'a call of the provider',
    makes: { outbox: 1 },
    prepare: async (fixtures) => ({
      input: { webhookEventId: await fixtures.called() },
      other: { webhookEventId: await fixtures.called() },
    }),
  },
  ...LIST_FILES,
  ...BULK_ACTIONS,
  {
    mutation: 'productStatusBulkUpdate',
    of: 'a status for many products',
    makes: { long_job: 1 },
    prepare: async (fixtures) => {
      await endOpenJobs(fixtures);
      const status = 'DRAFT';
      return { input: { search: 'once', status }, other: { search: 'twice', status } };
    },
  },
  {
    mutation: 'jobUndo',
    of: 'what a job did to the status of many products',
    makes: { long_job: 1 },
    prepare: async (fixtures) => ({
      input: { jobId: await changedStatuses(fixtures) },
      other: { jobId: await changedStatuses(fixtures) },
    }),
  },
];

/** A long job that has changed the status of a product, as if a worker had done it. */
async function changedStatuses(fixtures: Fixtures): Promise<string> {
  await fixtures.product();
  await endOpenJobs(fixtures);
  const { job } = await fixtures.done('productStatusBulkUpdate', { search: randomUUID(), status: 'DRAFT' });
  await fixtures.shop.sql(
    `WITH ended AS (
       UPDATE long_job SET status = 'SUCCEEDED', finished_at = now() WHERE id = (
         SELECT id FROM long_job WHERE kind = 'PRODUCT_STATUS' ORDER BY created_at DESC, id DESC LIMIT 1) RETURNING id)
     INSERT INTO long_job_change (job_id, row_id, before)
     SELECT ended.id, p.id, jsonb_build_object('status', 'DRAFT', 'version', p.version) FROM ended, product p LIMIT 1`,
  );
  return (job as { id: string }).id;
}

/** Every mutation with an idempotency key, each at least once. */
export const KEYED_CASES: readonly KeyedCase[] = [
  ...STOCK,
  ...SHIPMENTS,
  ...SALES,
  ...SECOND_THOUGHTS,
  ...RETURNS,
  ...KEYED_IMPORTS,
  ...DOMAIN_CASES.flatMap(({ keyed = [] }) => keyed),
];
