import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { catalogShop, type Answer, type CatalogShop } from '@vitrine/testing/shop/catalog-shop.js';
import { storedFiles } from '@vitrine/testing/shop/stored-files.js';
import { localId } from '../../../kernel/ids.js';
import { statement, t } from '../../../platform/database/database.js';
import type { Viewer } from '../../../platform/graphql/context.js';
import { Role } from '../../../platform/graphql/roles.js';

const OPEN = `mutation ($size: Int!) { uploadCreate(input: { filename: "vas.jpg", contentType: "image/jpeg", size: $size }) { upload { id url } } }`;
const ADD = `mutation ($input: ProductImageAddInput!) { productImageAdd(input: $input) { errors { code } image { id status } } }`;
const DELETE = `mutation ($id: ID!) { productImageDelete(input: { imageId: $id }) { errors { code } } }`;
const RETRY = `mutation ($id: ID!) { productImageRetry(input: { imageId: $id }) { errors { code } image { id status failure } } }`;
const GALLERY = `{ product(slug: "vas") { image { id } hoverImage { id } variants { image { id } inWork: image(statuses: [PROCESSING, FAILED]) { id } } images(statuses: [PROCESSING, READY, FAILED]) { id status failure } } }`;
const ADDRESSES = `{ product(slug: "vas") { images { id url small: url(width: 320) middle: url(width: 640) large: url(width: 1600) width height } } }`;

let shop: CatalogShop;
let manager: Viewer;
let productId: string;
let variantId: string;
beforeAll(async () => {
  shop = await catalogShop();
  manager = await shop.signIn(Role.MANAGER);
  const made = await shop.ask(
    `mutation { productCreate(input: { translations: [{ locale: RO, name: "Vas" }], status: ACTIVE, variants: [{ sku: "VAS", price: 1 }] }) { product { id variants { id } } } }`,
    {},
    { as: manager },
  );
  productId = made.productCreate.product.id;
  variantId = made.productCreate.product.variants[0].id;
});
afterAll(() => shop.close());

let photos = 0;
/** A photograph of stripes, which every unnecessary encoding would blur. No two are alike. */
async function photo(width: number, height: number): Promise<Buffer> {
  const stripes = Buffer.alloc(width * height * 3);
  for (let i = 0; i < stripes.length; i += 3) stripes.fill((((i / 3) % width) % 7) * 36, i, i + 3);
  stripes.fill(++photos, 0, width * 12);
  return sharp(stripes, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 95 })
    .toBuffer();
}

async function send(content: Buffer): Promise<string> {
  const { upload } = (await shop.ask(OPEN, { size: content.length }, { as: manager })).uploadCreate;
  await shop.media.uploads.receiveUpload(upload.url.split('/').at(-1), content, 'image/jpeg');
  return upload.id;
}

async function add(content: Buffer): Promise<Answer> {
  const uploadId = await send(content);
  return (await shop.ask(ADD, { input: { productId, uploadId } }, { as: manager })).productImageAdd.image;
}

const seenBy = async (viewer: Viewer | null): Promise<Answer> =>
  (await shop.ask(GALLERY, {}, { as: viewer })).product;
const statusOf = async (id: string): Promise<Answer> =>
  (await seenBy(manager)).images.find((image: Answer) => image.id === id);
const remove = (id: string): Promise<Answer> => shop.ask(DELETE, { id }, { as: manager });
const make = async (id: string): Promise<void> => shop.media.making.makeSizes(await mediaOf(id));
const retry = async (id: string, as: Viewer = manager): Promise<Answer> =>
  (await shop.ask(RETRY, { id }, { as })).productImageRetry;
const files = (): Promise<string[]> => storedFiles(shop.folder);
const stored = async (url: string): Promise<Buffer> =>
  (await shop.storage.read(url.replace('/media/', ''))) ?? Buffer.alloc(0);
const keyOfOriginal = statement('test.original', {
  params: { id: t.uuid },
  row: { key: t.text },
  sql: 'SELECT original_key AS key FROM product_image WHERE id = :id',
});
const run = async (text: string, values: unknown[] = []): Promise<number> =>
  (await shop.database.pool.query(text, values)).rowCount ?? 0;
const idOf = (id: string): string => localId('img', id)!;
const mediaOfImage = statement('test.media-of-image', {
  params: { id: t.uuid },
  row: { id: t.uuid },
  sql: 'SELECT media_id AS id FROM product_image WHERE id = :id',
});
const mediaOf = async (id: string): Promise<string> =>
  (await shop.database.row(mediaOfImage, { id: idOf(id) }))?.id ?? '';

/** Runs work that crashes once the first file of an image has been written. */
async function crashIn(work: () => Promise<void>): Promise<void> {
  const realWrite = shop.storage.write.bind(shop.storage);
  const write = vi.spyOn(shop.storage, 'write').mockImplementationOnce(realWrite);
  write.mockRejectedValueOnce(new Error('The power is gone'));
  await work().finally(() => write.mockRestore());
}

/** Whether a statement waits for a lock of another transaction. */
const isWaiting = async (): Promise<boolean> =>
  (await run(
    `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
  )) > 0;

/** Takes an image out of the gallery, and its file out of the library for good. */
async function goneForGood(imageId: string): Promise<void> {
  const mediaId = await mediaOf(imageId);
  await remove(imageId);
  await run(`UPDATE media SET deleted_at = now() - interval '31 days' WHERE id = $1`, [mediaId]);
  await shop.media.former.emptyBin();
  await shop.workOff();
}

/** Runs a test in an empty storage, so that it knows whose files exist. */
async function emptied(work: (before: readonly string[]) => Promise<void>): Promise<void> {
  await shop.workOff();
  await work(await files());
  for (const { id } of (await seenBy(manager)).images) await remove(id);
  await shop.workOff();
}

describe('an image', () => {
  it('is made in every size from the original itself, which stays as it was sent', () =>
    emptied(async () => {
      const original = await photo(6000, 4000);
      const { id } = await add(original);
      await shop.workOff();

      const { images } = (await shop.ask(ADDRESSES)).product;
      const kept = await shop.database.row(keyOfOriginal, { id: idOf(id) });

      expect(images).toMatchObject([{ id, width: 4096, height: 2731 }]);
      expect(await sharp(await stored(images[0].url)).metadata()).toMatchObject({
        ...{ width: 4096, height: 2731, format: 'jpeg' },
      });
      for (const [url, width] of [
        [images[0].small, 320],
        [images[0].middle, 640],
        [images[0].large, 1600],
      ]) {
        const straight = await sharp(original).resize(width).webp({ quality: 80, effort: 4 }).toBuffer();
        expect((await stored(url)).equals(straight), `${width} px`).toBe(true);
      }
      expect((await shop.files.read(kept?.key ?? ''))?.equals(original)).toBe(true);
    }));

  it('is turned the way up that the camera noted, in its width too', () =>
    emptied(async () => {
      const mislabelled = await sharp(await photo(900, 600))
        .withMetadata({ orientation: 6 })
        .jpeg()
        .toBuffer();
      const { id } = await add(mislabelled);
      const expected = await shop.database.row(
        statement('test.size', {
          params: { id: t.uuid },
          row: { width: t.int, height: t.int },
          sql: 'SELECT width, height FROM product_image WHERE id = :id',
        }),
        { id: idOf(id) },
      );
      await shop.workOff();

      const { images } = (await shop.ask(ADDRESSES)).product;

      expect(expected).toEqual({ width: 600, height: 900 });
      expect(images).toMatchObject([{ width: 600, height: 900 }]);
      expect(await sharp(await stored(images[0].url)).metadata()).toMatchObject({ width: 600, height: 900 });
    }));

  it('in work is seen by staff only, and stands in its place, on its variant and on the card when it is ready', () =>
    emptied(async () => {
      const first = await add(await photo(400, 500));
      const second = await add(await photo(400, 500));
      await shop.ask(
        'mutation ($input: ProductVariantUpdateInput!) { productVariantUpdate(input: $input) { errors { code } } }',
        { input: { variantId, imageId: first.id } },
        { as: manager },
      );
      await make(second.id);

      const [guest, staff] = [await seenBy(null), await seenBy(manager)];
      const asked = await shop.ask('query ($id: ID!) { node(id: $id) { id } }', { id: first.id });
      await make(first.id);
      const later = await seenBy(null);

      expect(guest).toEqual({
        image: { id: second.id },
        hoverImage: null,
        variants: [{ image: null, inWork: null }],
        images: [{ id: second.id, status: 'READY', failure: null }],
      });
      expect(asked.node).toBeNull();
      expect(staff.variants).toEqual([{ image: null, inWork: { id: first.id } }]);
      expect(staff.images).toMatchObject([
        { id: first.id, status: 'PROCESSING' },
        { id: second.id, status: 'READY' },
      ]);
      expect(later).toMatchObject({
        image: { id: first.id },
        hoverImage: { id: second.id },
        variants: [{ image: { id: first.id } }],
        images: [{ id: first.id }, { id: second.id }],
      });
    }));

  it('whose file breaks off fails with a reason for staff, and can be tried again', () =>
    emptied(async (before) => {
      const whole = await photo(1200, 900);
      const { id } = await add(whole.subarray(0, whole.length / 2));
      await shop.workOff();

      const failed = await statusOf(id);
      const guest = await seenBy(null);
      const again = await retry(id);
      await shop.workOff();

      expect(failed).toEqual({ id, status: 'FAILED', failure: 'DAMAGED' });
      expect(guest.images).toEqual([]);
      expect(again).toEqual({ errors: [], image: { id, status: 'PROCESSING', failure: null } });
      expect((await statusOf(id)).status).toBe('FAILED');
      expect((await files()).length).toBe(before.length + 1);
    }));

  it('whose original is not there fails in the end, and is made when the folder is back', () =>
    emptied(async () => {
      const { id } = await add(await photo(400, 400));
      const read = vi.spyOn(shop.files, 'read').mockResolvedValue(null);

      for (let i = 0; i < 3; i++) await expect(make(id)).rejects.toThrow('is not there');
      expect((await statusOf(id)).status).toBe('PROCESSING');
      await make(id);
      const failed = await statusOf(id);
      read.mockRestore();
      await shop.workOff();
      await retry(id);
      await shop.workOff();

      expect(failed).toMatchObject({ status: 'FAILED', failure: 'FILE_MISSING' });
      expect(await statusOf(id)).toMatchObject({ status: 'READY', failure: null });
    }));

  it('whose file kills the worker each time is given up', () =>
    emptied(async () => {
      const { id } = await add(await photo(400, 400));
      await run('UPDATE media SET attempts = 4 WHERE id = $1', [await mediaOf(id)]);

      await shop.workOff();

      expect(await statusOf(id)).toMatchObject({ status: 'FAILED', failure: 'UNEXPECTED' });
    }));

  it('is picked up after a crash in the middle of its files', () =>
    emptied(async (before) => {
      const { id } = await add(await photo(1200, 900));

      await expect(crashIn(() => make(id))).rejects.toThrow('The power is gone');
      const meanwhile = [(await statusOf(id)).status, (await seenBy(null)).images.length];
      await make(id);

      expect(meanwhile).toEqual(['PROCESSING', 0]);
      expect((await statusOf(id)).status).toBe('READY');
      // The original, the largest size, 320, 640 and 1000.
      expect((await files()).length).toBe(before.length + 5);
    }));

  it('whose job was lost is asked for again', () =>
    emptied(async () => {
      const { id } = await add(await photo(400, 400));
      await run('UPDATE outbox SET published_at = now() WHERE published_at IS NULL');
      const resume = (): Promise<void> => shop.media.making.resume();

      await resume();
      await shop.workOff();
      const early = (await statusOf(id)).status;
      await run(`UPDATE media SET queued_at = now() - interval '16 minutes'`);
      await resume();
      await shop.workOff();

      expect([early, (await statusOf(id)).status]).toEqual(['PROCESSING', 'READY']);
    }));

  it('made twice is the same image, and no cache is told a second time', () =>
    emptied(async () => {
      const { id } = await add(await photo(700, 700));
      await make(id);
      const before = [await files(), (await shop.ask(ADDRESSES)).product];
      const version = statement('test.version', {
        row: { version: t.int },
        sql: 'SELECT version FROM catalog_version',
      });
      const versionBefore = await shop.database.row(version);

      await Promise.all([make(id), make(id), shop.workOff()]);

      expect([await files(), (await shop.ask(ADDRESSES)).product]).toEqual(before);
      expect(await shop.database.row(version)).toEqual(versionBefore);
    }));

  it('deleted for good before, while or after its sizes are made leaves no file behind', () =>
    emptied(async (before) => {
      const early = await add(await photo(700, 700));
      const earlyFile = await mediaOf(early.id);
      await goneForGood(early.id);
      await shop.media.making.makeSizes(earlyFile);
      expect(await files()).toEqual(before);

      const during = await add(await photo(700, 700));
      const duringFile = await mediaOf(during.id);
      let gone: Promise<unknown> = Promise.resolve();
      const realWrite = shop.storage.write.bind(shop.storage);
      const write = vi.spyOn(shop.storage, 'write').mockImplementationOnce(async (...file) => {
        gone = goneForGood(during.id);
        await vi.waitUntil(isWaiting, 60_000);
        return realWrite(...file);
      });
      await make(during.id);
      await gone;
      write.mockRestore();
      await shop.media.making.makeSizes(duringFile);
      expect(await files()).toEqual(before);

      const crashed = await add(await photo(700, 700));
      await expect(crashIn(() => make(crashed.id))).rejects.toThrow('The power is gone');
      await goneForGood(crashed.id);
      expect(await files()).toEqual(before);
    }));

  it('that is taken out of the gallery stays in the library, with all its files', () =>
    emptied(async () => {
      const { id } = await add(await photo(700, 700));
      await shop.workOff();
      const before = await files();

      await remove(id);
      await shop.workOff();

      expect(await files()).toEqual(before);
    }));

  it('from before there were jobs is shown as it was, and gains the sizes that it lacks', () =>
    emptied(async () => {
      const { id } = await add(await photo(1200, 900));
      await shop.workOff();
      const { url, middle } = (await shop.ask(ADDRESSES)).product.images[0];
      await shop.storage.remove(middle.replace('/media/', ''));
      await run(`UPDATE product_image SET original_key = NULL, widths = '{320}' WHERE id = $1`, [idOf(id)]);
      await run(`UPDATE media SET original_key = NULL, widths = '{320}' WHERE id = $1`, [await mediaOf(id)]);

      const old = (await shop.ask(ADDRESSES)).product.images[0];
      const asked = await shop.media.making.remake();
      await shop.workOff();
      const now = (await shop.ask(ADDRESSES)).product.images[0];

      expect([old.middle, now.middle, asked]).toEqual([url, middle, 1]);
      expect(await sharp(await stored(middle)).metadata()).toMatchObject({ width: 640, format: 'webp' });
      expect(await shop.media.making.remake()).toBe(0);
    }));
});

describe('trying again', () => {
  it('does nothing to an image that is ready, and is for staff who may write the catalogue', () =>
    emptied(async () => {
      const { id } = await add(await photo(100, 100));
      await shop.workOff();

      expect(await retry(id)).toMatchObject({ errors: [], image: { id, status: 'READY' } });
      expect((await retry('img_00000000000000000000000000')).errors).toEqual([{ code: 'NOT_FOUND' }]);
      await expect(retry(id, await shop.signIn(Role.SUPPORT))).rejects.toThrow('You may not do this');
    }));
});
