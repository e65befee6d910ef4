import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer, GraphqlClient } from '@vitrine/testing/drivers/graphql-client.js';
import { Staff } from '@vitrine/testing/drivers/staff.js';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';

const OPEN =
  'mutation($size: Int!) { uploadCreate(input: { filename: "logo.png", contentType: "image/png", size: $size }) { upload { id url } errors { code } } }';
const CHANGE = `mutation($input: BrandSettingsUpdateInput!) { brandSettingsUpdate(input: $input) {
  settings { brand { accent version logo { url width height } darkLogo { url } icon { url width height } } } errors { code path } } }`;
const SHOWN =
  '{ shop { brand { colors { accent onAccent accentText darkAccent } logo { url width height } darkLogo { url } icon { url } } } }';

let shop: TestShop;
let owner: GraphqlClient;
beforeAll(async () => {
  shop = await TestShop.open({ env: { SHOP_ACCENT: '#336699', SHOP_NAME: 'Cups & More' } });
  owner = await shop.staff();
});
afterAll(() => shop.close());

const drawing = (width: number, height: number): Promise<Buffer> =>
  sharp({ create: { width, height, channels: 4, background: { r: 20, g: 90, b: 160, alpha: 0.5 } } })
    .png()
    .toBuffer();

async function sent(content: Buffer): Promise<string> {
  const { upload } = (await owner.ask(OPEN, { size: content.length })).uploadCreate;
  const { status } = await fetch(new URL(upload.url, shop.url), {
    method: 'PUT',
    headers: { 'content-type': 'image/png' },
    body: new Uint8Array(content),
  });
  expect(status).toBe(204);
  return upload.id;
}
const change = async (input: object, who = owner): Promise<Answer> =>
  (await who.ask(CHANGE, { input })).brandSettingsUpdate;
const brand = async (): Promise<Answer> => (await shop.guest().ask(SHOWN)).shop.brand;
const file = async (url: string): Promise<Buffer> =>
  Buffer.from(await (await fetch(new URL(url, shop.url))).arrayBuffer());
const mail = async (): Promise<string> =>
  (await owner.ask('{ emailPreview(template: "order-confirmation", language: EN) { html } }')).emailPreview
    .html;

describe('the look of the shop', () => {
  it('begins as the environment says, and from then on is what staff chose', async () => {
    expect(await brand()).toMatchObject({ colors: { accent: '#336699' }, logo: null, icon: null });

    const { settings, errors } = await change({ accent: '#FFD800' });

    expect(errors).toEqual([]);
    expect(settings.brand).toMatchObject({ accent: '#ffd800', version: 2 });
  });

  it('lets buyers read buttons and links, whatever the color is', async () => {
    const { colors } = await brand();

    expect(colors.onAccent).toBe('#1f1b16');
    expect(colors.accentText).not.toBe('#ffd800');
    expect(await mail()).toMatch(/background:\s?#ffd800/);
  });

  it('shows a logo of four megapixels small, with its transparency, and in mails under an address that anybody can open', async () => {
    const { settings, errors } = await change({ logo: await sent(await drawing(4000, 1000)) });

    expect(errors).toEqual([]);
    const { logo } = settings.brand;
    expect([logo.width, logo.height]).toEqual([800, 200]);
    const made = await sharp(await file(logo.url)).metadata();
    expect(made).toMatchObject({ format: 'png', width: 800, hasAlpha: true });
    expect((await brand()).logo.url).toBe(logo.url);
    expect(await mail()).toMatch(
      /<img class="plate" src="https?:\/\/[^"]+\/media\/brand\/[\w-]+\.png" alt="Cups &#38; More" width="220" height="55"/,
    );
  });

  it('fits a wide icon into a square, whole', async () => {
    const { settings } = await change({ icon: await sent(await drawing(900, 300)) });

    expect([settings.brand.icon.width, settings.brand.icon.height]).toEqual([512, 512]);
  });

  it('keeps what a change does not name, and removes an image only when asked to', async () => {
    const before = await brand();

    await change({ accent: '#225588' });
    expect((await brand()).logo).toEqual(before.logo);
    await change({ logo: null });
    expect(await brand()).toMatchObject({ logo: null, icon: before.icon });
    // A mail that was sent shows it still.
    expect((await file(before.logo.url)).length).toBeGreaterThan(100);
  });

  it('uses each upload once, and none of somebody else', async () => {
    const upload = await sent(await drawing(100, 40));
    expect((await change({ logo: upload })).errors).toEqual([]);

    expect((await change({ darkLogo: upload })).errors).toEqual([
      { code: 'UPLOAD_INVALID', path: ['darkLogo'] },
    ]);
    expect((await change({ darkLogo: 'upl_nobody' })).errors).toMatchObject([{ path: ['darkLogo'] }]);
  });

  it('refuses what is no color, and an image that is damaged, with the field', async () => {
    expect((await change({ accent: 'clay' })).errors).toEqual([{ code: 'INVALID_INPUT', path: ['accent'] }]);
    const whole = await drawing(600, 600);
    const damaged = whole.subarray(0, Math.floor(whole.length / 2));

    expect((await change({ logo: await sent(damaged) })).errors).toEqual([
      { code: 'UPLOAD_INVALID', path: ['logo'] },
    ]);
  });

  it('of two people who change it on one version the second hears so, and uses up no upload', async () => {
    const upload = await sent(await drawing(100, 40));
    const { version } = (await change({ accent: '#111111' })).settings.brand;
    await change({ accent: '#222222', expectedVersion: version });

    const late = await change({ logo: upload, expectedVersion: version });

    expect(late.errors).toMatchObject([{ code: 'STALE_VERSION' }]);
    expect((await change({ logo: upload })).errors).toEqual([]);
  });

  it('is told to the log of changes, and belongs to the owner alone', async () => {
    const { settings } = await owner.ask('{ settings { lastChanges { group by } } }');
    expect(settings.lastChanges).toContainEqual({ group: 'brand', by: expect.any(String) });

    await shop.sql(`UPDATE app_user SET role = 'MANAGER' WHERE email = 'alice@example.com'`);
    const manager = await Staff.signIn(shop.url, { email: 'alice@example.com', password: 'Alice@123' });
    const refused = await manager.send(CHANGE, { input: { accent: '#333333' } });
    expect(refused.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });
});
