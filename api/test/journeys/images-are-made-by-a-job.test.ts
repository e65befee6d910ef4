import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startApi } from '@vitrine/testing/shop/api-process.js';
import type { Answer, GraphqlClient } from '@vitrine/testing/drivers/graphql-client.js';
import { storedFiles } from '@vitrine/testing/shop/stored-files.js';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';
import { timePasses } from '@vitrine/testing/shop/time-passes.js';

let shop: TestShop;
let staff: GraphqlClient;
/** Where all processes of this shop keep their files. */
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vitrine-images-'));
  shop = await TestShop.open({ worker: false, env: { DATA_DIR: folder } });
  staff = await shop.staff();
});
afterAll(async () => {
  await shop.close();
  await rm(folder, { recursive: true, force: true });
});

const CARD = `{ products(first: 50) { nodes { slug image { url small: url(width: 320) } } } product(slug: "SLUG") { image { id } images { id status } } }`;
const OPEN = `mutation($size: Int!) { uploadCreate(input: { filename: "p.jpg", contentType: "image/jpeg", size: $size }) { upload { id url } } }`;
const ADD = `mutation($input: ProductImageAddInput!) { productImageAdd(input: $input) { errors { code } image { id status url small: url(width: 320) } } }`;

async function product(sku: string): Promise<string> {
  await shop.stock({ name: sku, sku, price: 1000, stock: 1 });
  const { product: made } = await shop
    .guest()
    .ask('query($slug: String!) { product(slug: $slug) { id } }', { slug: sku.toLowerCase() });
  return made.id as string;
}

async function add(productId: string, content: Buffer): Promise<Answer> {
  const { upload } = (await staff.ask(OPEN, { size: content.length })).uploadCreate;
  const sent = await fetch(shop.url + upload.url, {
    method: 'PUT',
    headers: { 'content-type': 'image/jpeg' },
    body: new Uint8Array(content),
  });
  expect(sent.status).toBe(204);
  return (await staff.ask(ADD, { input: { productId, uploadId: upload.id } })).productImageAdd.image;
}

/** As a visitor asks: answered from the cache where that is possible. */
async function seen(slug: string): Promise<{ card: Answer; page: Answer }> {
  const { products, product: page } = await shop.guest().ask(CARD.replace('SLUG', slug));
  return { card: products.nodes.find((node: Answer) => node.slug === slug), page };
}

const status = async (path: string): Promise<number> => (await fetch(shop.url + path)).status;

it('a photograph comes into the shop when its sizes are made, and says to nobody where it was taken', async () => {
  const photo = await sharp({ create: { width: 1200, height: 900, channels: 3, background: '#76876A' } })
    .withExif({ IFD3: { GPSLatitude: '46/1 46/1 0/1' }, IFD0: { Copyright: 'SECRET' } })
    .jpeg()
    .toBuffer();
  const image = await add(await product('VAS'), photo);

  const before = await seen('vas');
  const early = await status(image.url);
  const worker = await shop.beside({ env: { DATA_DIR: folder } });
  const after = await shop.eventually(async () => {
    const now = await seen('vas');
    return now.page.image && now;
  });
  const served = Buffer.from(await (await fetch(shop.url + after.card.image.url)).arrayBuffer());
  const original = (await storedFiles(folder)).find((file) => file.includes('originals')) ?? '';

  expect([image.status, early]).toEqual(['PROCESSING', 404]);
  expect(before).toEqual({ card: { slug: 'vas', image: null }, page: { image: null, images: [] } });
  expect(after.page).toEqual({ image: { id: image.id }, images: [{ id: image.id, status: 'READY' }] });
  expect(after.card.image).toEqual({ url: image.url, small: image.small });
  expect(await status(image.small)).toBe(200);
  expect((await sharp(served).metadata()).exif).toBeUndefined();
  expect(served.includes('SECRET')).toBe(false);
  for (const path of [original, original.replace('private/', ''), `../${original}`])
    expect(await status(`/media/${path}`), path).toBe(404);
  await worker.close();
});

it('an image whose worker was killed while it made the sizes is made by the next one', async () => {
  const noise = Buffer.alloc(3000 * 2000 * 3);
  for (let i = 0; i < noise.length; i++) noise[i] = (i * i * 31 + (i >> 5)) % 251;
  const photo = await sharp(noise, { raw: { width: 3000, height: 2000, channels: 3 } })
    .jpeg()
    .toBuffer();
  const { url } = shop.shop.env.database;
  const image = await add(await product('CANA'), photo);
  const attempts = async (): Promise<number> =>
    (
      await shop.sql<{ attempts: number }>(
        `SELECT m.attempts FROM product_image i JOIN media m ON m.id = i.media_id JOIN product p ON p.id = i.product_id WHERE p.slug = 'cana'`,
      )
    )[0]?.attempts ?? 0;

  const first = await startApi(url, { DATA_DIR: folder });
  // It cannot finish before it is killed: the listing, which shows the image in the end, is locked.
  await shop.shop.database.transaction(async (tx) => {
    await tx.client.query('SELECT 1 FROM catalog_version FOR UPDATE');
    await shop.eventually(async () => {
      // A connection that is idle in a transaction for long is closed.
      await tx.client.query('SELECT 1');
      return (await attempts()) === 1;
    });
    await first.kill();
  });
  const meanwhile = await seen('cana');
  // Before the next one works: it is not to lose its own job as well.
  await timePasses(shop);
  const next = await shop.beside({ env: { DATA_DIR: folder } });
  const after = await shop.eventually(async () => {
    const now = await seen('cana');
    return now.page.image && now;
  });

  expect(meanwhile.page.images).toEqual([]);
  expect(await attempts()).toBe(2);
  expect(after.page.images).toEqual([{ id: image.id, status: 'READY' }]);
  expect(await status(image.small)).toBe(200);
  await next.close();
});
