import { randomUUID } from 'node:crypto';
import { getDirective } from '@graphql-tools/utils';
import type { Fixtures } from '@vitrine/testing/drivers/fixtures.js';
import { GraphqlClient, type Answer } from '@vitrine/testing/drivers/graphql-client.js';
import { shopSchema } from '@vitrine/testing/shop/shop-schema.js';
import type { TestShop } from '@vitrine/testing/shop/test-shop.js';
import { globalId, localId } from '../../src/kernel/ids.js';
import { PLAIN_CASES } from './plain-cases.js';

/** The mutations that need a permission: what staff can write. */
export const STAFF_MUTATIONS = Object.values(shopSchema.getMutationType()?.getFields() ?? {})
  .filter((field) => getDirective(shopSchema, field, 'auth')?.[0]?.['permission'])
  .map(({ name }) => name);

/** A client of the admin that shares a session and sends a request id of its own. */
export function underRequestId(shop: TestShop, staff: GraphqlClient, requestId: string): GraphqlClient {
  const headers = { 'x-vitrine-client': 'admin', 'x-request-id': requestId };
  return new GraphqlClient(shop.url, headers).shareCookiesWith(staff);
}

/** Who signs in as staff of a test shop. */
export const OWNER = 'admin@example.com';

export interface Recorded {
  readonly actor: string | null;
  readonly operation: string;
  /** What was written: `product CHANGED`. */
  readonly records: string[];
}

/** The entries of the audit log of one request. */
export function entriesOf(shop: TestShop, requestId: string): Promise<Recorded[]> {
  return shop.sql<Recorded>(
    `SELECT u.email AS actor, e.operation, (SELECT array_agg(c.record || ' ' || c.kind ORDER BY c.id)
       FROM audit_change c WHERE c.entry_id = e.id) AS records
     FROM audit_entry e LEFT JOIN app_user u ON u.id = e.actor_id WHERE e.request_id = $1`,
    [requestId],
  );
}

/** What the inputs of other tests leave as it is, so that there is something to record. */
const DIFFERENT: Readonly<Record<string, Answer>> = {
  productUpdate: { featured: true },
  productVariantUpdate: { price: 4_321 },
  brandSettingsUpdate: { accent: '#205080' },
  languagesSettingsUpdate: { offered: ['RO'], defaultLanguage: 'RO' },
  // Far off, so that the cases that follow can sell.
  holidaySettingsUpdate: {
    ...{ from: '2100-12-24T10:00:00Z', until: '2100-12-27T10:00:00Z' },
    translations: [{ locale: 'EN', message: 'Back soon.' }],
  },
  taxSettingsUpdate: { mention: [{ locale: 'RO', message: 'Neplătitor.' }] },
  holdsSettingsUpdate: { cartMinutes: 21 },
  paymentsSettingsUpdate: { methods: ['CARD', 'BANK_TRANSFER'] },
  stockSettingsUpdate: { lowStockThreshold: 4 },
  returnsSettingsUpdate: { days: 31 },
  invoicingSettingsUpdate: { series: 'AUD' },
  savedViewUpdate: { expectedVersion: 1 },
};

/** An image of a product whose sizes are made, or could not be made; returns its id. */
async function image({ shop }: Fixtures, productId: string, status: 'READY' | 'FAILED'): Promise<string> {
  const [row] = await shop.sql<{ id: string }>(
    `INSERT INTO product_image (id, product_id, storage_key, width, height, position, original_key, status, failure)
     SELECT new_id(), $1, new_id()::text || '.jpg', 10, 10, (SELECT count(*)::int FROM product_image WHERE product_id = $1), 'gone', $2::text,
       CASE $2::text WHEN 'FAILED' THEN 'DAMAGED' END RETURNING id`,
    [localId('prod', productId), status],
  );
  return globalId('img', row!.id);
}

type Prepare = (fixtures: Fixtures) => Promise<Answer>;

/** Mutations whose case elsewhere has nothing to change, or that have none. */
const OWN: Readonly<Record<string, Prepare>> = {
  uploadCreate: async () => ({ filename: 'mug.png', contentType: 'image/png', size: 1_000 }),
  mediaUploadCreate: async () => ({ filename: 'care.pdf', contentType: 'application/pdf', size: 1_000 }),
  mediaRetry: async ({ shop }) => {
    const [file] = await shop.sql<{ id: string }>(
      `INSERT INTO media (id, kind, storage_key, original_key, filename, content_type, status, failure, width, height)
       VALUES (new_id(), 'IMAGE', new_id()::text, 'gone', 'p.png', 'image/png', 'FAILED', 'DAMAGED', 10, 10) RETURNING id`,
    );
    return { mediaId: globalId('med', file!.id) };
  },
  mediaRestore: async ({ shop }) => {
    const [file] = await shop.sql<{ id: string }>(
      `INSERT INTO media (id, kind, storage_key, filename, content_type, status, width, height, deleted_at)
       VALUES (new_id(), 'IMAGE', new_id()::text, 'p.png', 'image/png', 'READY', 10, 10, now()) RETURNING id`,
    );
    return { mediaId: globalId('med', file!.id) };
  },
  importCreate: async () => ({ kind: 'STOCK_RECEIVE', filename: 'goods.csv', size: 100 }),
  productVariantDelete: async (fixtures) => {
    const { productId } = await fixtures.product();
    const variant = { sku: `GOES-${randomUUID()}`, price: 100, options: [{ option: 'size', value: 'l' }] };
    const input = { productId, variant, idempotencyKey: randomUUID() };
    return { variantId: (await fixtures.done('productVariantCreate', input))['variant'].id };
  },
  productImagesReorder: async (fixtures) => {
    const { productId } = await fixtures.product();
    const [first, second] = [
      await image(fixtures, productId, 'READY'),
      await image(fixtures, productId, 'READY'),
    ];
    return { productId, imageIds: [second, first] };
  },
  productImageRetry: async (fixtures) => {
    const { productId } = await fixtures.product();
    return { imageId: await image(fixtures, productId, 'FAILED') };
  },
  returnPhotoRetry: async (fixtures) => {
    const { back } = await fixtures.asked();
    const [photo] = await fixtures.shop.sql<{ id: string }>(
      `INSERT INTO return_photo (id, order_id, return_id, token_hash, original_key, status, failure, expires_at)
       SELECT new_id(), order_id, id, sha256(id::text::bytea), 'gone', 'FAILED', 'DAMAGED', now() + interval '1 day'
       FROM order_return WHERE id = $1 RETURNING id`,
      [localId('ret', back['id'])],
    );
    return { photoId: globalId('rpic', photo!.id) };
  },
  checkoutBlockRemove: async ({ shop }) => {
    const [block] = await shop.sql<{ id: string }>(
      `INSERT INTO checkout_block (id, kind, contact, expires_at)
       VALUES (new_id(), 'EMAIL', 'blocked@example.test', now() + interval '1 day') RETURNING id`,
    );
    return { blockId: globalId('block', block!.id) };
  },
  savedViewReorder: async ({ staff, requests }) => {
    const kept = async (name: string): Promise<string> => {
      const view = { list: 'stock', name, address: '', isShared: false };
      return (await requests.done('savedViewCreate', view, staff))['view'].id;
    };
    const [first, second] = [await kept('First'), await kept('Second')];
    return { list: 'stock', isShared: false, viewIds: [second, first] };
  },
  integrationTest: async ({ staff }) => {
    // Nobody listens there, so the test ends at once.
    const values = [{ name: 'url', value: 'smtp://127.0.0.1:9' }];
    await staff.do('integrationUpdate', 'IntegrationUpdateInput', { code: 'smtp', values });
    return { code: 'smtp' };
  },
};

/** What the staff of these tests may not do; where its entry is looked for instead. */
export const ELSEWHERE: Readonly<Record<string, string>> = {
  ownerTransfer: 'only the owner may: people.test.ts',
  shopOpen: 'a shop opens once: set-up-of-a-shop.test.ts',
};

/** Inputs of staff mutations without a key that have something to record. */
export const PLAIN_WRITES: readonly { readonly mutation: string; readonly prepare: Prepare }[] = [
  ...PLAIN_CASES.filter(
    ({ mutation }) => STAFF_MUTATIONS.includes(mutation) && !(mutation in OWN) && !(mutation in ELSEWHERE),
  ).map(({ mutation, prepare }) => ({
    mutation,
    prepare: async (fixtures: Fixtures) => ({ ...(await prepare(fixtures)).input, ...DIFFERENT[mutation] }),
  })),
  ...Object.entries(OWN).map(([mutation, prepare]) => ({ mutation, prepare })),
];
