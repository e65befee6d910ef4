import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer, GraphqlClient } from '@vitrine/testing/drivers/graphql-client.js';
import { storedFiles } from '@vitrine/testing/shop/stored-files.js';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';
import { localId } from '../../src/kernel/ids.js';
import { sentFile } from '../support/sent-image.js';

const FILE = `media { id version kind visibility filename contentType byteSize status url alt translations { locale alt }
  isDecorative focalPoint { x y } tags useCount uses { place ownerId ownerName } deletedAt }
  errors { code path ... on MediaInUseError { useCount uses { place ownerId ownerName } } }`;
const mutation = (name: string, more = ''): string => {
  const input = `${name[0]!.toUpperCase()}${name.slice(1)}Input`;
  const type = ['MediaRestoreInput', 'MediaRetryInput'].includes(input) ? 'MediaIdInput' : input;
  return `mutation($input: ${type}!) { done: ${name}(input: $input) { ${FILE} ${more} } }`;
};

let shop: TestShop;
let staff: GraphqlClient;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vitrine-library-'));
  shop = await TestShop.open({ worker: false, env: { DATA_DIR: folder } });
  staff = await shop.staff();
});
afterAll(async () => {
  await shop.close();
  await rm(folder, { recursive: true, force: true });
});

/** A photo like no other: a few colors that run into each other, for noise takes seconds to compress. */
const jpeg = (width = 700, height = 500): Promise<Buffer> =>
  sharp(randomBytes(3 * 8 * 6), { raw: { width: 8, height: 6, channels: 3 } })
    .resize(width, height, { fit: 'fill' })
    .jpeg()
    .toBuffer();
const PDF = Buffer.from(
  '%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n',
);

const send = (content: Buffer, type = 'image/jpeg', name = 'cup.jpg'): Promise<string> =>
  sentFile({ staff, shop }, { content, type, name });
const change = async (name: string, input: Answer, more?: string): Promise<Answer> =>
  (await staff.ask(mutation(name, more), { input })).done;
const create = async (content: Buffer, input: Answer = {}): Promise<Answer> =>
  change('mediaCreate', { uploadId: await send(content), ...input }, 'existed');
const codes = ({ errors }: Answer): string[] => errors.map(({ code }: Answer) => code);
const remove = ({ id, version }: Answer): Promise<Answer> =>
  change('mediaDelete', { mediaId: id, expectedVersion: version }, 'deletedMediaId');
const seen = async (id: string): Promise<Answer> =>
  (
    await staff.ask(
      `query($id: ID!) { node(id: $id) { ... on Media { ${FILE.split('errors')[0]!.slice(8, -4)} } } }`,
      { id },
    )
  ).node;

/** Makes the sizes of what waits, as the worker does. */
async function made(): Promise<void> {
  const waiting = await shop.sql<{ id: string }>(`SELECT id FROM media WHERE status = 'PROCESSING'`);
  for (const { id } of waiting) await shop.shop.media.making.makeSizes(id);
}
async function product(sku: string): Promise<string> {
  await shop.stock({ name: sku, sku, price: 10_000, stock: 5 });
  const text = 'query($slug: String!) { product(slug: $slug) { id } }';
  return (await shop.guest().ask(text, { slug: sku.toLowerCase() })).product.id;
}
const show = async (productId: string, mediaId: string): Promise<Answer> =>
  (
    await staff.ask(
      'mutation($input: ProductImageAddInput!) { done: productImageAdd(input: $input) { image { id url status alt } errors { code } } }',
      { input: { productId, mediaId } },
    )
  ).done;
const status = async (path: string): Promise<number> => (await fetch(new URL(path, shop.url))).status;
const list = async (filter: Answer, search?: string): Promise<Answer[]> =>
  (
    await staff.ask(
      'query($filter: MediaFilter, $search: String) { media(first: 100, filter: $filter, search: $search) { nodes { id } } }',
      { filter, search },
    )
  ).media.nodes.map(({ id }: Answer) => id);

describe('a file of the library', () => {
  it('is there once, however often and at once the same bytes are sent', async () => {
    const content = await jpeg();

    const both = await Promise.all([create(content), create(content), create(content)]);
    const again = await create(content);
    await shop.shop.media.making.resume();

    const ids = new Set([...both, again].map(({ media }) => media.id));
    expect(ids.size).toBe(1);
    expect(both.map(({ existed }) => existed).sort()).toEqual([false, true, true]);
    expect(again).toMatchObject({ existed: true, errors: [] });
    expect((await create(content, { visibility: 'PRIVATE' })).existed).toBe(false);
  });

  it('is described in every language, sorted by tags, and found by what was written', async () => {
    const { media } = await create(await jpeg());
    const input = {
      ...{ mediaId: media.id, expectedVersion: media.version, filename: ' ../Cană „albă”.jpg ' },
      translations: [
        { locale: 'RO', alt: 'O cană albă' },
        { locale: 'EN', alt: 'A white cup' },
      ],
      ...{ tags: ['  Winter ', 'winter', 'Market   stall'], focalPoint: { x: 20, y: 80 } },
    };

    const done = await change('mediaUpdate', input);
    const stale = await change('mediaUpdate', input);
    const wrong = await change('mediaUpdate', {
      ...{ mediaId: media.id, expectedVersion: done.media.version },
      ...{ isDecorative: true, translations: [{ locale: 'FR', alt: 'Une tasse' }] },
    });

    expect(done.media).toMatchObject({
      ...{ filename: 'Cană „albă”.jpg', tags: ['market stall', 'winter'], focalPoint: { x: 20, y: 80 } },
      ...{ alt: 'A white cup', version: media.version + 1 },
    });
    expect(codes(stale)).toEqual(['STALE_VERSION']);
    expect(codes(wrong)).toEqual(['INVALID_INPUT']);
    expect(await list({ tag: 'WINTER' })).toEqual([media.id]);
    expect(await list({}, 'white cup')).toEqual([media.id]);
    expect(await list({ isWithoutAlt: true })).not.toContain(media.id);
  });

  it('without a text is listed as such, unless it is a decoration', async () => {
    const { media } = await create(await jpeg());
    const before = await list({ isWithoutAlt: true });
    const plain = await change('mediaUpdate', {
      ...{ mediaId: media.id, expectedVersion: media.version, isDecorative: true },
    });

    expect(before).toContain(media.id);
    expect(plain.media).toMatchObject({ isDecorative: true, translations: [], alt: '' });
    expect(await list({ isWithoutAlt: true })).not.toContain(media.id);
  });
});

describe('a file that a product shows', () => {
  it('cannot be deleted, and says where it is shown; afterwards it rests in the bin', async () => {
    const { media } = await create(await jpeg());
    const productId = await product('BIN-CUP');
    const { image } = await show(productId, media.id);
    expect(await list({ isUnused: true })).not.toContain(media.id);

    const refused = await remove(await seen(media.id));
    await staff.ask(
      'mutation($id: ID!) { productImageDelete(input: { imageId: $id }) { errors { code } } }',
      {
        id: image.id,
      },
    );
    const done = await remove(await seen(media.id));
    const shownAgain = await show(productId, media.id);
    const inBin = await list({ isInBin: true });
    const restored = await change('mediaRestore', { mediaId: media.id });

    const place = { place: 'PRODUCT_IMAGES', ownerId: productId, ownerName: 'BIN-CUP' };
    expect(refused.errors).toMatchObject([{ code: 'MEDIA_IN_USE', useCount: 1, uses: [place] }]);
    expect(done).toMatchObject({ errors: [], deletedMediaId: media.id });
    expect(codes(shownAgain)).toEqual(['MEDIA_NOT_USABLE']);
    expect(inBin).toContain(media.id);
    expect(restored.media.deletedAt).toBeNull();
    expect(await list({ isInBin: true })).not.toContain(media.id);
  });

  it('deleted and shown at the same moment is either in the bin or shown, never both', async () => {
    const productId = await product('RACE-CUP');
    for (let round = 0; round < 5; round++) {
      const { media } = await create(await jpeg(60, 60));

      const [deleted, shown] = await Promise.all([remove(media), show(productId, media.id)]);
      const after = await seen(media.id);

      expect([codes(deleted).length, codes(shown).length].sort(), `round ${round}`).toEqual([0, 1]);
      expect(after.useCount === 0).toBe(after.deletedAt !== null);
    }
  });

  it('is replaced everywhere, under a new name, once the new sizes are made', async () => {
    const { media } = await create(await jpeg(), { translations: [{ locale: 'RO', alt: 'Vechi' }] });
    const productId = await product('SWAP-CUP');
    await made();
    const { image } = await show(productId, media.id);
    const file = await seen(media.id);
    const input = { mediaId: media.id, expectedVersion: file.version };

    const replaced = await change('mediaReplace', {
      ...input,
      uploadId: await send(await jpeg(900, 300)),
    });
    const between = await shown('swap-cup');
    await made();
    const after = await shown('swap-cup');

    expect(replaced).toMatchObject({ errors: [], media: { id: media.id, status: 'PROCESSING', url: null } });
    expect(between.url).toBe(image.url);
    expect(after).toMatchObject({ id: image.id, alt: 'Vechi', width: 900, height: 300 });
    expect(after.url).not.toBe(image.url);
    expect([await status(image.url), await status(after.url)]).toEqual([200, 200]);
    const stale = await change('mediaReplace', { ...input, uploadId: await send(await jpeg()) });
    expect(codes(stale)).toEqual(['STALE_VERSION']);
  });

  it('replaced by a damaged one goes on being shown as it was', async () => {
    const { media } = await create(await jpeg());
    const productId = await product('TORN-CUP');
    await made();
    const { image } = await show(productId, media.id);
    const whole = await jpeg(900, 900);
    const input = { mediaId: media.id, expectedVersion: (await seen(media.id)).version };

    await change('mediaReplace', { ...input, uploadId: await send(whole.subarray(0, whole.length / 2)) });
    await made();

    expect(await seen(media.id)).toMatchObject({ status: 'FAILED', url: null });
    expect((await shown('torn-cup')).url).toBe(image.url);
    expect(await status(image.url)).toBe(200);
  });

  it('replaced and deleted at the same moment is one of both, and the other is told why not', async () => {
    for (let round = 0; round < 5; round++) {
      const { media } = await create(await jpeg(60, 60));
      const uploadId = await send(await jpeg(70, 70));
      const input = { mediaId: media.id, expectedVersion: media.version };

      const both = await Promise.all([remove(media), change('mediaReplace', { ...input, uploadId })]);

      expect(both.flatMap(codes), `round ${round}`).toHaveLength(1);
      const { deletedAt, status: now } = await seen(media.id);
      expect([deletedAt === null, codes(both[0]!).length === 0]).toEqual(
        deletedAt === null ? [true, false] : [false, true],
      );
      expect(now).toBe('PROCESSING');
    }
  });
});

const shown = async (slug: string): Promise<Answer> =>
  (
    await shop
      .guest()
      .ask('query($slug: String!) { product(slug: $slug) { image { id url alt width height } } }', { slug })
  ).product.image;

describe('an image of a category, of a shared page and of the shop', () => {
  const CATEGORY =
    'query($slug: String!) { category(slug: $slug) { image { url alt } seo { image { url } } } }';
  const categoryOf = async (slug: string): Promise<Answer> =>
    (await shop.guest().ask(CATEGORY, { slug })).category;
  const SHOP = '{ shop { brand { shareImage { url alt } } } }';
  const sharedByShop = async (): Promise<Answer> => (await shop.guest().ask(SHOP)).shop.brand.shareImage;

  it('is seen by visitors with its text, follows a replacement, and names its places', async () => {
    const { media } = await create(await jpeg());
    await made();
    const text = `mutation($input: CategoryCreateInput!) { done: categoryCreate(input: $input) {
      category { id version imageMedia { id } seo { imageMedia { id } } } errors { code } } }`;
    const input = {
      ...{ translations: [{ locale: 'RO', name: 'Ceainice' }], slug: 'ceainice' },
      ...{ imageId: media.id, seo: { imageId: media.id } },
    };
    const { category } = (await staff.ask(text, { input })).done;
    const first = await categoryOf('ceainice');
    const file = await seen(media.id);
    const refused = await remove(file);
    const described = await change('mediaUpdate', {
      ...{ mediaId: media.id, expectedVersion: file.version },
      translations: [{ locale: 'RO', alt: 'Un ceainic' }],
    });
    const uploadId = await send(await jpeg());
    const replacing = { mediaId: media.id, expectedVersion: described.media.version, uploadId };
    await change('mediaReplace', replacing);
    const between = await categoryOf('ceainice');
    await made();
    const after = await categoryOf('ceainice');

    expect(category).toMatchObject({ imageMedia: { id: media.id }, seo: { imageMedia: { id: media.id } } });
    expect(first).toMatchObject({ image: { alt: 'Ceainice' }, seo: { image: { url: first.image.url } } });
    expect(refused.errors[0].uses.map(({ place }: Answer) => place).sort()).toEqual([
      ...['CATEGORY_IMAGE', 'CATEGORY_SHARE_IMAGE'],
    ]);
    expect(between.image).toEqual({ url: first.image.url, alt: 'Un ceainic' });
    expect(after.image.url).not.toBe(first.image.url);
    expect(after.seo.image.url).toBe(after.image.url);
  });

  it('is of the page of a product until it is taken away, and of the shop', async () => {
    const { media } = await create(await jpeg());
    await made();
    const productId = await product('SHARED-CUP');
    const read = 'query($id: ID!) { staffProduct(id: $id) { version seo { image { url } } } }';
    const write = async (imageId: string | null): Promise<string[]> => {
      const { version: expectedVersion } = (await staff.ask(read, { id: productId })).staffProduct;
      const text =
        'mutation($input: ProductUpdateInput!) { done: productUpdate(input: $input) { errors { code } } }';
      return codes((await staff.ask(text, { input: { productId, expectedVersion, seo: { imageId } } })).done);
    };
    const brand = async (shareImageId: string | null): Promise<string[]> => {
      const text =
        'mutation($input: BrandSettingsUpdateInput!) { done: brandSettingsUpdate(input: $input) { errors { code } } }';
      return codes((await staff.ask(text, { input: { shareImageId } })).done);
    };

    expect([await write(media.id), await brand(media.id)]).toEqual([[], []]);
    const { seo } = (await staff.ask(read, { id: productId })).staffProduct;
    const shared = await sharedByShop();
    expect((await seen(media.id)).uses.map(({ place }: Answer) => place).sort()).toEqual([
      ...['PRODUCT_SHARE_IMAGE', 'SHOP_SHARE_IMAGE'],
    ]);
    expect([await write(null), await brand(null)]).toEqual([[], []]);

    expect([await status(seo.image.url), shared.url]).toEqual([200, seo.image.url]);
    expect(await sharedByShop()).toBeNull();
    expect((await seen(media.id)).useCount).toBe(0);
    expect(await brand('med_gone')).toEqual(['NOT_FOUND']);
  });
});

describe('after thirty days in the bin', () => {
  /** The night, as many days later. */
  async function night(): Promise<void> {
    await shop.sql(
      `UPDATE media SET deleted_at = deleted_at - interval '31 days' WHERE deleted_at IS NOT NULL`,
    );
    await shop.sql(`UPDATE media_former_file SET due_at = due_at - interval '31 days'`);
    await shop.shop.media.former.emptyBin();
  }

  async function originalOf(id: string): Promise<string> {
    const text = 'SELECT original_key AS key FROM media WHERE id = $1';
    return (await shop.sql<{ key: string }>(text, [localId('med', id)]))[0]!.key;
  }

  it('a file is gone with its bytes, and what was replaced with its own', async () => {
    await made();
    await night();
    const before = await storedFiles(folder);
    const { media } = await create(await jpeg());
    await made();
    const input = { mediaId: media.id, expectedVersion: media.version };
    await change('mediaReplace', { ...input, uploadId: await send(await jpeg()) });
    await made();
    await remove(await seen(media.id));
    const held = (await storedFiles(folder)).length - before.length;

    await night();
    const after = await storedFiles(folder);

    // Twice an original, the largest size, 320 and 640.
    expect(held).toBe(8);
    expect(after).toEqual(before);
    expect(await seen(media.id)).toBeNull();
    expect(codes(await change('mediaRestore', { mediaId: media.id }))).toEqual(['NOT_FOUND']);
  });

  it('what was ordered still shows what it was; only the original is gone', async () => {
    const { media } = await create(await jpeg());
    const productId = await product('SOLD-CUP');
    await made();
    const { image } = await show(productId, media.id);
    const variantId = await shop.guest().variantOf('sold-cup');
    const email = 'cup@example.test';
    await shop.guest().order({ variantId, quantity: 1, email, paymentMethod: 'CASH_ON_DELIVERY' });
    await staff.ask(
      'mutation($id: ID!) { productImageDelete(input: { imageId: $id }) { errors { code } } }',
      {
        id: image.id,
      },
    );
    await remove(await seen(media.id));
    const original = await originalOf(media.id);
    const before = await storedFiles(folder);

    await night();
    const after = await storedFiles(folder);

    expect(await status(image.url)).toBe(200);
    expect(before.filter((file) => file.endsWith(original))).toHaveLength(1);
    expect(after.filter((file) => file.endsWith(original))).toEqual([]);
  });
});

describe('a document', () => {
  it('is handed out to be saved, and never as a page', async () => {
    const uploadId = await send(PDF, 'application/pdf', 'Îngrijire.pdf');
    const { media } = await change('mediaCreate', { uploadId });
    await made();
    const { url, kind } = await seen(media.id);

    const answer = await fetch(new URL(url, shop.url));

    expect([kind, answer.status, Buffer.from(await answer.arrayBuffer()).equals(PDF)]).toEqual([
      ...['DOCUMENT', 200, true],
    ]);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      ...{ 'content-type': 'application/pdf', 'content-disposition': 'attachment' },
      ...{ 'x-content-type-options': 'nosniff', 'content-security-policy': "default-src 'none'; sandbox" },
    });
    expect(codes(await show(await product('DOC-CUP'), media.id))).toEqual(['MEDIA_NOT_USABLE']);
  });

  it('that is private is opened by its signed address only, under its name', async () => {
    const uploadId = await send(
      Buffer.concat([PDF, Buffer.from('\n%')]),
      'application/pdf',
      'Contract ț.pdf',
    );
    const { media } = await change('mediaCreate', { uploadId, visibility: 'PRIVATE' });
    await made();
    const { url } = await seen(media.id);

    const answer = await fetch(new URL(url, shop.url));

    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-disposition')).toBe(
      `attachment; filename="Contract t.pdf"; filename*=UTF-8''Contract%20%C8%9B.pdf`,
    );
    const { version } = await seen(media.id);
    const named = { mediaId: media.id, expectedVersion: version, filename: 'Prices.html' };
    expect(codes(await change('mediaUpdate', named))).toEqual([]);
    const asPage = await fetch(new URL(url, shop.url));
    expect(asPage.headers.get('content-disposition')).toContain('filename="Prices.html.pdf"');
    expect(await status(`${url.slice(0, -2)}xx`)).toBe(404);
    const [stored] = await shop.sql<{ key: string }>('SELECT storage_key AS key FROM media WHERE id = $1', [
      localId('med', media.id),
    ]);
    expect(await status(`/media/${stored!.key}`)).toBe(404);
  });
});

describe('what is no image and no PDF', () => {
  it.each([
    ['an SVG', 'image/png', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')],
    ['a page', 'image/jpeg', Buffer.from('<html><script>alert(1)</script></html>')],
    ['a page that calls itself a PDF', 'application/pdf', Buffer.from('<html>%PDF-1.4 %%EOF</html>')],
    ['a PDF that breaks off', 'application/pdf', PDF.subarray(0, 40)],
    ['a image that calls itself a PDF', 'application/pdf', null],
  ])('%s does not come in', async (_what, type, content) => {
    const uploadId = await send(content ?? (await jpeg(20, 20)), type);

    expect(codes(await change('mediaCreate', { uploadId }))).toEqual(['UPLOAD_INVALID']);
  });

  it('an SVG is refused before it is sent, and a page behind a image is dropped with it', async () => {
    const opened = await staff.ask(
      'mutation { mediaUploadCreate(input: { filename: "a.svg", contentType: "image/svg+xml", size: 10 }) { errors { code } } }',
    );
    const { media } = await create(
      Buffer.concat([await jpeg(50, 50), Buffer.from('<script>alert("hidden")</script>')]),
    );
    await made();
    const { url } = await seen(media.id);

    const served = Buffer.from(await (await fetch(new URL(url, shop.url))).arrayBuffer());

    expect(codes(opened.mediaUploadCreate)).toEqual(['UPLOAD_INVALID']);
    expect(served.includes('hidden')).toBe(false);
  });

  it('nobody but staff who may read content sees the library', async () => {
    await expect(shop.guest().ask('{ media(first: 1) { nodes { id } } }')).rejects.toThrow();
  });
});

describe('a file that is older than the library', () => {
  it('is known by its bytes after a while, so that sending it again finds it', async () => {
    const content = await jpeg();
    const { media } = await create(content);
    await made();
    await shop.sql('UPDATE media SET sha256 = NULL, size = NULL, hashed_at = NULL WHERE id = $1', [
      localId('med', media.id),
    ]);

    await shop.shop.media.hashes.readOlder();
    const again = await create(content);

    expect(again).toMatchObject({ existed: true, media: { id: media.id, byteSize: content.length } });
  });
});
