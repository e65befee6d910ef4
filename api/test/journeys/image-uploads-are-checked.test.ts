import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';

let shop: TestShop;
beforeAll(async () => {
  shop = await TestShop.open({ worker: false });
});
afterAll(() => shop.close());

const OPEN = `mutation($size: Int!) { uploadCreate(input: { filename: "p.jpg", contentType: "image/jpeg", size: $size }) { upload { url } errors { code } } }`;

async function address(size: number): Promise<string> {
  const { uploadCreate } = await (await shop.staff()).ask(OPEN, { size });
  return uploadCreate.upload.url;
}

async function put(path: string, content: Buffer): Promise<{ status: number; message: string }> {
  const answer = await fetch(new URL(path, shop.url), {
    method: 'PUT',
    headers: { 'content-type': 'image/jpeg' },
    body: new Uint8Array(content),
  });
  const text = await answer.text();
  return { status: answer.status, message: text ? (JSON.parse(text) as { message: string }).message : '' };
}

const jpeg = (width: number, height: number): Promise<Buffer> =>
  sharp({ create: { width, height, channels: 3, background: '#76876A' }, limitInputPixels: false })
    .jpeg()
    .toBuffer();

describe('an image that is sent', () => {
  it('from a telephone of today is taken from staff', async () => {
    const photo = await jpeg(8160, 6144);

    expect(await put(await address(photo.length), photo)).toEqual({ status: 204, message: '' });
  });

  it('to an address that nobody gave out, or that is larger than was announced, is not read', async () => {
    const small = await jpeg(40, 40);

    expect((await put('/uploads/bogus-token', small)).status).toBe(422);
    expect((await put(await address(100), small)).status).toBe(413);
    // Nor does one that keeps its length to itself come in.
    const answer = await fetch(new URL(await address(100), shop.url), {
      method: 'PUT',
      headers: { 'content-type': 'image/jpeg' },
      body: new Blob([new Uint8Array(small)]).stream(),
      duplex: 'half',
    } as RequestInit);
    expect(answer.status).toBe(422);
    expect(await shop.sql('SELECT FROM upload WHERE received_at IS NOT NULL AND size = 100')).toEqual([]);
  });

  it('may fail three times, and then needs another address', async () => {
    const [path, broken] = [await address(1_000), Buffer.from('no picture')];
    const statuses = [];

    for (let i = 0; i < 4; i++) statuses.push((await put(path, broken)).status);

    expect(statuses).toEqual([422, 422, 422, 429]);
  });

  it('twice at once is read once', async () => {
    const photo = await jpeg(2_000, 2_000);
    const path = await address(photo.length);

    const statuses = (await Promise.all([1, 2, 3].map(() => put(path, photo)))).map(({ status }) => status);

    expect(statuses.filter((status) => status === 204)).toHaveLength(1);
  });
});
