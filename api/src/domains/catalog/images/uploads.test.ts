import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { catalogShop, type Answer, type CatalogShop } from '@vitrine/testing/shop/catalog-shop.js';
import { localId } from '../../../kernel/ids.js';
import { statement, t } from '../../../platform/database/database.js';
import type { Viewer } from '../../../platform/graphql/context.js';
import { Role } from '../../../platform/graphql/roles.js';

const OPEN = `mutation ($input: UploadCreateInput!) { uploadCreate(input: $input) { errors { code message } upload { id url method headers { name value } expiresAt } } }`;
const ADD = `mutation ($input: ProductImageAddInput!) { productImageAdd(input: $input) { errors { code path } image { id alt status width height position url small: url(width: 300) } product { image { id } } } }`;
const REORDER = `mutation ($input: ProductImagesReorderInput!) { productImagesReorder(input: $input) { errors { code } product { image { id } hoverImage { id } images { id position } } } }`;
/** What an image may have at most. */
const MOST_BYTES = 10 * 1024 * 1024;

describe('images', () => {
  let shop: CatalogShop;
  let manager: Viewer;
  let productId: string;
  beforeAll(async () => {
    shop = await catalogShop();
    manager = await shop.signIn(Role.MANAGER);
    const made = await shop.ask(
      `mutation { productCreate(input: { translations: [{ locale: RO, name: "Vas" }], status: ACTIVE, variants: [{ sku: "VAS", price: 1 }] }) { product { id } } }`,
      {},
      { as: manager },
    );
    productId = made.productCreate.product.id;
  });
  afterAll(() => shop.close());

  const open = async (input: object = {}) =>
    (
      await shop.ask(
        OPEN,
        { input: { filename: 'vas.jpg', contentType: 'image/jpeg', size: 1000, ...input } },
        { as: manager },
      )
    ).uploadCreate;
  const send = async (content: Buffer) => {
    const { upload } = await open({ size: Math.min(Math.max(content.length, 1), MOST_BYTES) });
    await shop.media.uploads.receiveUpload(upload.url.split('/').at(-1), content, 'image/jpeg');
    return upload;
  };
  const add = async (uploadId: string, as = manager) =>
    (await shop.ask(ADD, { input: { productId, uploadId, alt: 'Un vas' } }, { as })).productImageAdd;
  const imageFile = (width = 1200, height = 900) =>
    sharp({ create: { width, height, channels: 3, background: '#76876A' } });

  it('go from the photographer to the product page, smaller sizes included and without the place they were taken at', async () => {
    const photo = await imageFile()
      .withExif({ IFD3: { GPSLatitude: '46/1 46/1 0/1' }, IFD0: { Copyright: 'SECRET' } })
      .jpeg()
      .toBuffer();

    const upload = await send(photo);
    const { image, product, errors } = await add(upload.id);
    await shop.workOff();
    const shown = await shop.ask('{ product(slug: "vas") { image { id status width height } } }');

    expect(upload).toMatchObject({ method: 'PUT', headers: [{ name: 'content-type', value: 'image/jpeg' }] });
    expect(errors).toEqual([]);
    expect(image).toMatchObject({
      ...{ alt: 'Un vas', status: 'PROCESSING', width: 1200, height: 900, position: 0 },
    });
    expect(product.image).toBeNull();
    expect(shown.product.image).toEqual({ id: image.id, status: 'READY', width: 1200, height: 900 });
    const stored = (await shop.storage.read(image.url.replace('/media/', '')))!;
    expect((await sharp(stored).metadata()).exif).toBeUndefined();
    expect(stored.includes('SECRET')).toBe(false);
    expect(
      await sharp((await shop.storage.read(image.small.replace('/media/', '')))!).metadata(),
    ).toMatchObject({ width: 320, format: 'webp' });
  });

  it('are used once, by the one who sent them, and only after they arrived', async () => {
    const { upload: empty } = await open();
    const upload = await send(await imageFile(400, 400).png().toBuffer());
    const colleague = await shop.signIn(Role.MANAGER);

    const early = await add(empty.id);
    const stranger = await add(upload.id, colleague);
    const both = await Promise.all([add(upload.id), add(upload.id)]);

    expect([early, stranger].map(({ errors }) => errors[0].code)).toEqual([
      'UPLOAD_INVALID',
      'UPLOAD_INVALID',
    ]);
    expect(both.map(({ errors }) => errors[0]?.code ?? 'OK').sort()).toEqual(['OK', 'UPLOAD_INVALID']);
  });

  it('are refused with a reason when they are no images', async () => {
    const whole = await imageFile().jpeg().toBuffer();
    const files: Record<string, Buffer> = {
      text: Buffer.from('hello'),
      empty: Buffer.alloc(0),
      html: Buffer.from('<html><script>alert(1)</script></html>'),
      svg: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
      gif: await imageFile(10, 10).gif().toBuffer(),
      'a picture that breaks off in its head': whole.subarray(0, 100),
      'bytes that only begin like a picture': Buffer.concat([
        Buffer.from([0xff, 0xd8, 0xff, 0xe0]),
        Buffer.alloc(2000, 1),
      ]),
      'too many bytes': Buffer.alloc(MOST_BYTES + 1),
    };
    for (const [what, content] of Object.entries(files)) {
      await expect(send(content), what).rejects.toMatchObject({
        code: 'UPLOAD_INVALID',
        message: expect.stringMatching(/image/),
      });
    }
    // The last ones are names that every object of JavaScript has.
    for (const contentType of ['image/svg+xml', 'image/avif', '', 'toString', 'constructor', '__proto__']) {
      expect((await open({ contentType })).errors, contentType).toMatchObject([
        { code: 'UPLOAD_INVALID', message: 'Send a JPEG, PNG or WebP image.' },
      ]);
    }
    expect((await open({ size: 11_000_000 })).errors).toMatchObject([{ code: 'UPLOAD_INVALID' }]);
  });

  it('cannot be sent to an address that is used, old or made up', async () => {
    const content = await imageFile(20, 20).png().toBuffer();
    const { upload } = await open();
    const token = upload.url.split('/').at(-1);
    await shop.media.uploads.receiveUpload(token, content, 'image/png');
    const { upload: old } = await open();
    await shop.database.count(
      statement('test.age', {
        sql: `UPDATE upload SET expires_at = now() - interval '1 second' WHERE received_at IS NULL`,
      }),
    );

    for (const address of [token, old.url.split('/').at(-1), 'made-up']) {
      await expect(shop.media.uploads.receiveUpload(address, content, 'image/png')).rejects.toMatchObject({
        code: 'NOT_FOUND',
      });
    }
  });

  it('that nobody used are gone after the night, used ones stay', async () => {
    const [unused, used] = [
      await send(await imageFile(400, 400).png().toBuffer()),
      await send(await imageFile(400, 400).png().toBuffer()),
    ];
    const { image } = await add(used.id);
    await shop.workOff();
    const key = statement('test.key', {
      params: { id: t.uuid },
      row: { storageKey: t.text },
      sql: 'SELECT original_key AS "storageKey" FROM upload WHERE id = :id',
    });
    const stored = await shop.database.row(key, { id: localId('upl', unused.id)! });
    expect(await shop.files.exists(stored?.storageKey ?? '?')).toBe(true);
    await shop.database.count(
      statement('test.yesterday', { sql: `UPDATE upload SET expires_at = now() - interval '2 days'` }),
    );

    await shop.media.jobs.find(({ job }) => job.queue === 'media.clean-up-uploads')?.run({});

    expect(await shop.files.exists(stored?.storageKey ?? '?')).toBe(false);
    expect(await shop.storage.exists(image.url.replace('/media/', ''))).toBe(true);
    expect((await add(unused.id)).errors).toMatchObject([{ code: 'UPLOAD_INVALID' }]);
  });

  it('stand beside the user error about texts that are too long for them', async () => {
    const { product } = await shop.ask('{ product(slug: "vas") { id images { id alt } } }');
    const [image] = product.images;

    const { productImageUpdate } = await shop.ask(
      'mutation ($input: ProductImageUpdateInput!) { productImageUpdate(input: $input) { errors { code path } image { id alt } product { id } } }',
      { input: { imageId: image.id, alt: 'x'.repeat(10_000) } },
      { as: manager },
    );

    expect(productImageUpdate).toEqual({
      errors: [{ code: 'INVALID_INPUT', path: ['alt'] }],
      image,
      product: { id: product.id },
    });
  });

  it('are shown in the order that staff give them', async () => {
    await add((await send(await imageFile(30, 30).webp().toBuffer())).id);
    await shop.workOff();
    const { product } = await shop.ask('{ product(slug: "vas") { images { id } } }');
    const ids: string[] = product.images.map(({ id }: Answer) => id);

    const turned = await shop.ask(
      REORDER,
      { input: { productId, imageIds: [...ids].reverse() } },
      { as: manager },
    );
    const partly = await shop.ask(REORDER, { input: { productId, imageIds: ids.slice(1) } }, { as: manager });
    const removed = await shop.ask(
      'mutation ($input: ProductImageDeleteInput!) { productImageDelete(input: $input) { deletedImageId errors { code } } }',
      { input: { imageId: ids.at(-1) } },
      { as: manager },
    );
    const left = await shop.ask('{ product(slug: "vas") { image { id } images { id position } } }');

    expect(turned.productImagesReorder.product).toMatchObject({
      image: { id: ids.at(-1) },
      hoverImage: { id: ids.at(-2) },
    });
    expect(partly.productImagesReorder.errors).toEqual([{ code: 'INVALID_INPUT' }]);
    expect(removed.productImageDelete).toEqual({ deletedImageId: ids.at(-1), errors: [] });
    expect(left.product.images).toEqual(
      [...ids]
        .slice(0, -1)
        .reverse()
        .map((id, position) => ({ id, position })),
    );
    expect(left.product.image.id).toBe(ids.at(-2));
  });
});
