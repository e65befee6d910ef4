import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Writable } from 'node:stream';
import { readEnv } from '../../src/app/settings/env.js';
import { moduleSettings } from '../../src/app/settings/module-settings.js';
import { paymentsGroup } from '../../src/domains/payments/payment-settings.js';
import { sellerGroup } from '../../src/domains/store/settings-groups.js';
import { SettingsService } from '../../src/domains/store/settings.service.js';
import { DomainErrors } from '../../src/kernel/errors.js';
import { createLogger } from '../../src/kernel/logger.js';
import { buy } from '@vitrine/testing/drivers/checkout.js';
import type { Answer, GraphqlClient } from '@vitrine/testing/drivers/graphql-client.js';
import { Staff } from '@vitrine/testing/drivers/staff.js';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';

let shop: TestShop;
let staff: GraphqlClient;
let variantId: string;
beforeAll(async () => {
  shop = await TestShop.open({ env: { SHOP_NAME: 'Lut', SHOP_EMAIL: 'Salut@Lut.example' } });
  staff = await shop.staff();
  variantId = await shop.stock({ name: 'Cană', sku: 'CANA', price: 12_100, stock: 500 });
});
afterAll(() => shop.close());

const GROUPS =
  'payments { methods transferHolder transferIban version } holds { checkoutMinutes transferDays cartMinutes version } lastChanges { group at by } shop { name version } contact { email phone links version } seller { name address taxId registrationNumber version } returns { days version } invoicing { series version }';
const settings = async (): Promise<Answer> => (await staff.ask(`{ settings { ${GROUPS} } }`)).settings;

async function change(group: string, input: object): Promise<Answer> {
  const name = `${group.toLowerCase()}SettingsUpdate`;
  const text = `mutation($input: ${group}SettingsUpdateInput!) { ${name}(input: $input) { settings { ${GROUPS} } errors { code path } } }`;
  return (await staff.ask(text, { input }))[name];
}

const PUBLIC =
  '{ shop { name returnDays contact { email phone links } seller { name address taxId registrationNumber } } }';
const shown = async (at = shop): Promise<Answer> => (await at.guest().ask(PUBLIC)).shop;

describe('the settings of the shop', () => {
  it('begin with what the environment says', async () => {
    expect(await settings()).toMatchObject({
      shop: { name: 'Lut', version: 1 },
      contact: { email: 'Salut@lut.example', phone: null, links: [] },
      seller: { name: 'Lut & Lână SRL', registrationNumber: null },
      returns: { days: 30 },
      holds: { checkoutMinutes: 30, transferDays: 7, cartMinutes: 20 },
      payments: { methods: ['CARD', 'CASH_ON_DELIVERY', 'BANK_TRANSFER'] },
      lastChanges: [],
      invoicing: { series: 'LL' },
    });
  });

  it('changed in one process are what buyers see at another with the next request, also of an answer that it held', async () => {
    const other = await shop.beside();
    try {
      for (let round = 1; round <= 10; round++) {
        // Both have answered before, so both hold an answer.
        await Promise.all([shown(shop), shown(other)]);
        const { errors } = await change('Shop', { name: `Atelier ${round}` });
        expect(errors).toEqual([]);
        expect((await shown()).name).toBe(`Atelier ${round}`);
        expect((await shown(other)).name).toBe(`Atelier ${round}`);
      }
    } finally {
      await other.close();
    }
  });

  it('are told to buyers as staff wrote them, and an empty field is published as nothing', async () => {
    const contact = { email: 'Ana@Lut.example', phone: '0268 123 456', links: ['https://instagram.com/lut'] };
    await change('Contact', contact);
    await change('Seller', {
      ...{ name: 'Lut SRL', address: ['Strada Olarilor 12', '500026 Brașov'], taxId: 'RO123' },
      registrationNumber: 'J08/1/2020',
    });
    await change('Returns', { days: 45 });

    expect(await shown()).toMatchObject({
      returnDays: 45,
      contact: { ...contact, email: 'Ana@lut.example' },
      seller: {
        name: 'Lut SRL',
        address: ['Strada Olarilor 12', '500026 Brașov'],
        registrationNumber: 'J08/1/2020',
      },
    });
    await change('Contact', { phone: null });
    expect((await shown()).contact).toMatchObject({ phone: null, email: 'Ana@lut.example' });
  });

  it('refuse what is no name, address, number of days, and leave what stands', async () => {
    const before = await settings();

    expect((await change('Shop', { name: '  ' })).errors).toEqual([
      { code: 'INVALID_INPUT', path: ['name'] },
    ]);
    expect((await change('Shop', { name: null })).errors).toEqual([
      { code: 'INVALID_INPUT', path: ['name'] },
    ]);
    expect((await change('Contact', { email: 'ana@' })).errors).toEqual([
      { code: 'INVALID_EMAIL', path: ['email'] },
    ]);
    expect((await change('Contact', { phone: 'call me' })).errors).toEqual([
      { code: 'INVALID_INPUT', path: ['phone'] },
    ]);
    expect((await change('Contact', { links: ['javascript:alert(1)'] })).errors).toEqual([
      { code: 'INVALID_URL', path: ['links', '0'] },
    ]);
    expect((await change('Seller', { address: [] })).errors).toEqual([
      { code: 'INVALID_INPUT', path: ['address'] },
    ]);
    expect((await change('Seller', { name: 'Lut\r\nBcc: x' })).errors).toEqual([
      { code: 'INVALID_INPUT', path: ['name'] },
    ]);
    expect((await change('Returns', { days: 13 })).errors).toEqual([
      { code: 'BELOW_LEGAL_MINIMUM', path: ['days'] },
    ]);
    expect((await change('Returns', { days: 366 })).errors).toEqual([
      { code: 'INVALID_INPUT', path: ['days'] },
    ]);
    expect(await settings()).toEqual(before);
  });

  it('changed by two people at once keep one change and tell the other', async () => {
    for (let round = 0; round < 10; round++) {
      const { version } = (await settings()).seller;
      const answers = await Promise.all(
        ['A', 'B', 'C'].map((name) =>
          change('Seller', { name: `${name}${round} SRL`, expectedVersion: version }),
        ),
      );

      expect(answers.filter(({ errors }) => errors.length === 0)).toHaveLength(1);
      expect(answers.flatMap(({ errors }) => errors.map(({ code }: Answer) => code))).toEqual([
        'STALE_VERSION',
        'STALE_VERSION',
      ]);
      expect((await settings()).seller.version).toBe(version + 1);
    }
  });

  it('tell who changed each group last', async () => {
    await change('Returns', { days: 31 });
    const [last] = (await settings()).lastChanges;

    expect(last).toMatchObject({ group: 'returns', by: expect.stringMatching(/\w+ \w+/) });
    expect(Date.parse(last.at)).toBeGreaterThan(0);
    await change('Returns', { days: 30 });
  });

  it('can be read and changed by those who may', async () => {
    const guest = await shop.guest().send('{ settings { shop { name } } }');
    expect(guest.errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
    await shop.sql(`UPDATE app_user SET role = 'MANAGER' WHERE email = 'alice@example.com'`);
    const manager = await Staff.signIn(shop.url, { email: 'alice@example.com', password: 'Alice@123' });
    const refused = await manager.send('{ settings { shop { name } } }');
    expect(refused.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });
});

describe('the seller', () => {
  it('stands on invoices from the next one on; those that were issued stay as they are', async () => {
    await change('Seller', { name: 'Before SRL', registrationNumber: 'J08/1/2020' });
    const first = await invoiceOf(await buy(shop.guest(), [{ variantId, quantity: 1 }]));
    await change('Seller', { name: 'After SRL', registrationNumber: null });
    const second = await invoiceOf(await buy(shop.guest(), [{ variantId, quantity: 1 }]));

    expect(await sellerOf(first)).toMatchObject({ name: 'Before SRL', registrationNumber: 'J08/1/2020' });
    expect(await sellerOf(second)).toMatchObject({ name: 'After SRL', registrationNumber: null });
  });

  it('keeps the series of the invoices once one has a number of it', async () => {
    await invoiceOf(await buy(shop.guest(), [{ variantId, quantity: 1 }]));

    expect((await change('Invoicing', { series: 'NEW' })).errors).toEqual([
      { code: 'SERIES_LOCKED', path: ['series'] },
    ]);
    expect((await change('Invoicing', { series: 'LL' })).errors).toEqual([]);
  });
});

describe('another series of invoices', () => {
  it('is begun by a command after a backup was restored, and never one that gave numbers before', async () => {
    await invoiceOf(await buy(shop.guest(), [{ variantId, quantity: 1 }]));
    const { invoicing } = shop.shop;

    await expect(invoicing.beginSeries('LL')).rejects.toThrow('gave');
    await expect(invoicing.beginSeries('new-1')).rejects.toThrow('capital letters');
    await invoicing.beginSeries('NEW');
    const order = await invoiceOf(await buy(shop.guest(), [{ variantId, quantity: 1 }]));

    const [row] = await shop.sql<{ printed: string }>(
      `SELECT i.printed_number AS printed FROM invoice i JOIN shop_order o ON o.id = i.order_id WHERE o.number = $1`,
      [order],
    );
    expect(row?.printed).toBe('NEW-000001');
    await expect(invoicing.beginSeries('LL')).rejects.toThrow('gave');
  });
});

describe('a shop that is started again', () => {
  it('keeps what staff decided, and says where the environment differs', async () => {
    await change('Shop', { name: 'Kept' });
    const lines: string[] = [];
    const sink = new Writable({ write: (chunk, _, done) => (lines.push(String(chunk)), done()) });
    const again = await shop.beside({
      env: { SHOP_NAME: 'Other', LOG_LEVEL: 'warn' },
      logger: createLogger('warn', sink),
    });
    try {
      expect((await shown(again)).name).toBe('Kept');
      expect(lines.join('')).toContain('The environment says something else');
      expect(lines.join('')).not.toContain('"seller"');
    } finally {
      await again.close();
    }
  });

  it('says nothing of an environment that names the same languages in another order', async () => {
    const lines: string[] = [];
    const sink = new Writable({ write: (chunk, _, done) => (lines.push(String(chunk)), done()) });
    const again = await shop.beside({
      env: { SHOP_LANGUAGES: 'fr, en,RO,en', LOG_LEVEL: 'warn' },
      logger: createLogger('warn', sink),
    });
    await again.close();

    expect(lines.filter((line) => line.includes('"languages"'))).toEqual([]);
  });

  it('sells on with a row of settings that cannot be read', async () => {
    await shop.sql(`UPDATE shop_setting SET value = '{"days": "many"}' WHERE key = 'returns'`);
    const again = await shop.beside();
    try {
      expect((await shown(again)).returnDays).toBe(30);
    } finally {
      await again.close();
    }
  });
});

describe('a shop that goes public', () => {
  const PUBLIC = {
    NODE_ENV: 'production',
    DATABASE_URL: 'postgres://shop@localhost/vitrine',
    JWT_SECRET: 'a-secret-of-a-shop-that-is-long-enough',
    STOREFRONT_URL: 'https://shop.example',
    API_PUBLIC_URL: 'https://api.shop.example',
    PAYMENT_PROVIDER: 'stripe',
    STRIPE_SECRET_KEY: 'sk_live_abc',
    STRIPE_PUBLISHABLE_KEY: 'pk_live_abc',
    STRIPE_WEBHOOK_SECRET: 'whsec_0123456789abcdef',
    SMTP_URL: 'smtp://mail.example',
    MAIL_FROM: 'Shop <comenzi@lana-noua.ro>',
  };
  const SELLER = {
    SELLER_NAME: 'Shop SRL',
    SELLER_ADDRESS: 'Strada 1|500000 Brașov',
    SELLER_TAX_ID: 'RO12345678',
  };
  /** What a process does with the settings at its start, on the database of this shop. */
  const start = (env: Record<string, string> = {}): Promise<void> => {
    const { store } = moduleSettings(readEnv({ ...PUBLIC, ...env }), { askAgainSeconds: 2 });
    return new SettingsService({ ...shop.shop, ...store }).storeFirst();
  };

  it('does not start the first time without its seller; once it is stored, without the variables', async () => {
    await shop.sql(`DELETE FROM shop_setting WHERE key IN ('seller', 'payments')`);
    await expect(start()).rejects.toThrow(/SELLER_NAME is missing[^]*SELLER_TAX_ID is missing/);
    await expect(start({ ...SELLER, PAYMENT_METHODS: 'card,bank_transfer' })).rejects.toThrow(
      /BANK_TRANSFER_HOLDER is missing[^]*BANK_TRANSFER_IBAN is missing/,
    );

    await start({ ...SELLER, PAYMENT_METHODS: 'card' });
    await start();
    expect((await shown()).seller.name).toBe('Shop SRL');
    expect((await settings()).payments).toMatchObject({ methods: ['CARD'], transferIban: null });
  });

  it('asks again for a seller and an account that are still those of the demonstration', async () => {
    await change('Seller', { name: 'Lut & Lână SRL' });
    const account = { transferHolder: 'Ana SRL', transferIban: 'RO49AAAA1B31007593840000' };
    await change('Payments', account);
    await expect(start()).rejects.toThrow('SELLER_NAME is missing');

    await start(SELLER);
    expect((await shown()).seller.name).toBe('Shop SRL');
    expect((await settings()).payments).toMatchObject({ transferHolder: null, transferIban: null });
  });

  it('takes neither from staff, since it would not start again with them', async () => {
    const { store } = moduleSettings(readEnv({ ...PUBLIC, ...SELLER }), { askAgainSeconds: 2 });
    const service = new SettingsService({ ...shop.shop, ...store });
    const [staff] = await shop.sql<{ id: string }>('SELECT id FROM app_user LIMIT 1');
    const by = { expectedVersion: null, actorId: staff?.id ?? null };
    const refused = async (change: Promise<void>): Promise<unknown> =>
      change.then(
        () => [],
        (error: unknown) => error instanceof DomainErrors && error.errors.map(({ path }) => path),
      );
    const [seller, account] = [
      (changes: object) => refused(service.update(sellerGroup, { changes, ...by })),
      (changes: object) => refused(service.update(paymentsGroup, { changes, ...by })),
    ];

    expect(await seller({ taxId: 'RO 00.000.000' })).toEqual([['taxId']]);
    expect(await seller({ name: 'Lut & Lână SRL', address: ['Str. Olarilor 12', '500026 Brașov'] })).toEqual([
      ['name'],
      ['address'],
    ]);
    expect(await account({ transferIban: 'RO49 AAAA 1B31 0075 9384 0000' })).toEqual([['transferIban']]);
    expect(await seller({ name: 'Ana Lână SRL' })).toEqual([]);
    expect(await account({ transferHolder: 'Ana SRL', transferIban: 'RO66BACX0000001234567890' })).toEqual(
      [],
    );
    await start();
    expect((await shown()).seller.name).toBe('Ana Lână SRL');
  });
});

async function invoiceOf(order: Answer): Promise<string> {
  return shop.eventually(async () => {
    const [row] = await shop.sql<{ number: number }>(
      `SELECT i.number FROM invoice i JOIN shop_order o ON o.id = i.order_id WHERE o.number = $1`,
      [order.number],
    );
    return row ? order.number : null;
  });
}

async function sellerOf(orderNumber: string): Promise<object> {
  const [row] = await shop.sql<{ seller: object }>(
    `SELECT i.content -> 'seller' AS seller FROM invoice i JOIN shop_order o ON o.id = i.order_id WHERE o.number = $1`,
    [orderNumber],
  );
  return row?.seller ?? {};
}
