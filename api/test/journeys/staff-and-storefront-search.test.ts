import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refreshProductProjection } from '../../src/domains/catalog/index.js';
import { newId } from '../../src/kernel/ids.js';
import { accepted, OrderEditingDriver } from '@vitrine/testing/drivers/order-editing.js';
import type { Answer } from '@vitrine/testing/drivers/graphql-client.js';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';

let shop: TestShop;
let driver: OrderEditingDriver;
let wanted: { number: string; returned: string; invoice: string };

const DELIVERY = {
  firstName: 'Łukasz',
  lastName: 'Popescu-Ionescu',
  company: 'Atelier Nord SRL',
  line1: "Bulevardul Ștefan cel Mare nr. 5, O'Hara",
  city: 'Cluj-Napoca',
  region: 'Cluj',
  postalCode: '400114',
  countryCode: 'RO',
  phone: '+40722123456',
};
const BILLING = {
  ...DELIVERY,
  firstName: 'Åsa',
  lastName: 'Bjørnsdóttir',
  company: 'Großmöbel æ œ GmbH',
  line1: 'Ulica Đorđa Ilıca 7',
  city: 'Timișoara',
  region: 'Timiș',
  postalCode: '300001',
  phone: '+40256123321',
};

beforeAll(async () => {
  shop = await TestShop.open();
  driver = await OrderEditingDriver.open(shop);
  const spoon = await shop.stock({ name: 'Srebrna Łyżka', sku: 'LL-LYZKA-01', price: 4200, stock: 20 });
  await shop.sql(
    `UPDATE variant SET barcode = '5941234567899', name = name || '{"fr": "Bouleau"}' WHERE sku = 'LL-LYZKA-01'`,
  );
  await shop.sql(
    `UPDATE product SET name = name || '{"fr": "Cuillère d’argent"}' WHERE slug = 'll-lyzka-01'`,
  );
  await shop.shop.database.transaction(async (tx) =>
    refreshProductProjection(tx, [
      (await shop.sql<{ id: string }>(`SELECT product_id AS id FROM variant WHERE sku = 'LL-LYZKA-01'`))[0]
        ?.id ?? '',
    ]),
  );
  const other = await shop.stock({ name: 'Cană albă', sku: 'LL-CANA-77', price: 2100, stock: 20 });
  wanted = await soldAndSentBack(spoon);
  // Somebody else's order, which none of the searches may find.
  await driver.markPaid(
    await driver.drafted([{ variantId: other, quantity: 1 }], { email: 'else@example.test' }),
  );
});
afterAll(() => shop.close());

/** An order with all that people read from: invoice, shipment with a tracking number, return. */
async function soldAndSentBack(variantId: string): Promise<typeof wanted> {
  const draft = await driver.drafted([{ variantId, quantity: 2 }], {
    email: "o'hara+shop@example.test",
    phone: '0733 987 654',
    shippingAddress: DELIVERY,
    billingAddress: BILLING,
  });
  const paid = accepted(await driver.markPaid(draft)).order;
  const sent = await driver.browser.ask(
    `mutation($input: ShipmentCreateInput!) { shipmentCreate(input: $input) { errors { code } } }`,
    { input: { orderId: paid.id, expectedVersion: paid.version, trackingNumber: '1Z 999-AA1/0123784' } },
  );
  expect(sent.shipmentCreate.errors).toEqual([]);
  const invoice = await shop.eventually(async () => {
    const rows = await shop.sql<{ series: string; number: number }>(
      'SELECT i.series, i.number FROM invoice i JOIN shop_order o ON o.id = i.order_id WHERE o.number = $1',
      [paid.number],
    );
    return rows[0];
  });
  const [made] = await shop.sql<{ number: string }>(
    `INSERT INTO order_return (id, order_id, resolution, reason)
     SELECT new_id(), id, 'REFUND', 'DAMAGED' FROM shop_order WHERE number = $1 RETURNING number`,
    [paid.number],
  );
  return {
    number: paid.number as string,
    returned: made?.number ?? '',
    invoice: `${invoice.series}-${String(invoice.number).padStart(6, '0')}`,
  };
}

const SPELLINGS: [said: string, search: () => string][] = [
  ['the telephone as it was given', () => '0733 987 654'],
  ['in one piece', () => '0733987654'],
  ['with the country', () => '+40733987654'],
  ['with 00', () => '0040 733 987 654'],
  ['with 00 apart', () => '00 40 733 987 654'],
  ['with dashes', () => '0733-987-654'],
  ['with slash and dots', () => '+40 733/987.654'],
  ['with (0)', () => '+40 (0)733 987 654'],
  ['without its zero', () => '733987654'],
  ['its end', () => '987654'],
  ['with a word before it', () => 'tel. 0733 987 654'],
  ['of the delivery address', () => '0722/123.456'],
  ['of the billing address', () => '0256 123321'],
  ['with a name', () => 'Popescu 0722 123 456'],
  ['first name first', () => 'lukasz popescu'],
  ['last name first', () => 'Popescu Łukasz'],
  ['half of a double name', () => 'ionescu'],
  ['a double name without its hyphen', () => 'Popescu Ionescu'],
  ['with a comma and two spaces', () => 'Popescu-Ionescu,  Łukasz'],
  ['without the Polish l', () => 'LUKASZ'],
  ['with an accent taken apart', () => 'Bjørnsdo\u0301ttir'],
  ['Scandinavian letters', () => 'asa bjornsdottir'],
  ['a sharp s', () => 'grossmobel'],
  ['ligatures', () => 'ae oe gmbh'],
  ['d with a stroke and dotless i', () => 'dorda ilica'],
  ['the cedilla of old keyboards', () => 'Timişoara'],
  ['the comma below', () => 'ștefan cel mare'],
  ['a hidden sign pasted along', () => 'Popescu\u200b-Ionescu'],
  ['the company', () => 'atelier nord'],
  ['the town', () => 'cluj napoca'],
  ['the town with its hyphen', () => 'Cluj-Napoca'],
  ['the street', () => 'stefan cel mare nr. 5'],
  ['an apostrophe of a telephone', () => 'o’hara'],
  ['the postal code', () => '400114'],
  ['the e-mail', () => "O'Hara+shop@Example.test"],
  ['a part of the e-mail', () => 'hara+shop@'],
  ['the number', () => wanted.number],
  ['as the list prints it', () => `#${wanted.number}`],
  ['with a space', () => `# ${wanted.number}`],
  ['as people write it', () => `nr. ${wanted.number}`],
  ['in a sentence', () => `Comanda nr ${wanted.number}`],
  ['in English', () => `order no. ${wanted.number}`],
  ['as one sign', () => `№ ${wanted.number}`],
  ['the return', () => wanted.returned],
  ['the return as printed', () => `#${wanted.returned}`],
  ['the invoice', () => wanted.invoice],
  ['the invoice in small letters', () => wanted.invoice.toLowerCase().replace('-', '')],
  ['its bare number', () => wanted.invoice.split('-')[1] ?? ''],
  ['the parcel', () => '1Z 999-AA1/0123784'],
  ['the parcel in one piece', () => '1z999aa10123784'],
  ['the product', () => 'srebrna lyzka'],
  ['the product turned round', () => 'Łyżka srebrna'],
  ['the SKU', () => 'LL-LYZKA-01'],
  ['the SKU without hyphens', () => 'lllyzka01'],
  ['the SKU with spaces', () => 'LL LYZKA 01'],
  ['a part of the SKU', () => 'lyzka-01'],
  ['product and person', () => 'łyżka popescu'],
  ['the product in a language that the buyer does not speak', () => 'cuillere argent'],
  ['the choice in that language', () => 'bouleau'],
  ['the barcode', () => '5941234567899'],
  ['the barcode as it is printed', () => '5 941234 567899'],
];

async function found(list: string, field: string, search: string): Promise<string[]> {
  const answer = await driver.browser.ask(
    `query($search: String) { ${list}(first: 20, search: $search) { totalCount nodes { ${field} } } }`,
    { search },
  );
  const { nodes, totalCount } = answer[list] as { nodes: Answer[]; totalCount: number };
  expect(totalCount).toBe(nodes.length);
  return nodes.map((node) => String(node[field]));
}

describe('staff find an order', () => {
  it.each(SPELLINGS)('by what the buyer says: %s', async (_said, search) => {
    expect(await found('orders', 'number', search())).toEqual([wanted.number]);
  });

  it.each(SPELLINGS)('and its return: %s', async (_said, search) => {
    expect(await found('returns', 'number', search())).toEqual([wanted.returned]);
  });

  it.each(['Popescu Maria', '0733 987 655', '#R999', 'LL-LYZKA-02', 'łyżka cană', '34567899', '%', '#'])(
    'not by what nobody has said: %s',
    async (search) => {
      expect(await found('orders', 'number', search)).toEqual([]);
    },
  );
});

describe('staff find a draft', () => {
  it('by the telephone number of who called', async () => {
    const variantId = await shop.stock({ name: 'Vază', sku: 'DRAFT-VASE', price: 100, stock: 5 });
    const draft = await driver.drafted([{ variantId, quantity: 1 }], { phone: '+36 20 123 4567' });

    expect(await found('orders', 'number', '06 20 123-4567')).toEqual([draft.number]);
    expect(await found('orders', 'number', '0036201234567')).toEqual([draft.number]);
  });
});

describe('staff find a variant', () => {
  it.each([
    'Łyżka',
    'lyzka',
    'srebrna Łyżka',
    'Łyżka srebrna',
    'LL-LYZKA-01',
    'lllyzka01',
    'lyzka-01',
    '5941234567899',
    '5 941234 567899',
    '34567899',
  ])('by what is on it: %s', async (search) => {
    expect(await found('stockItems', 'onHand', search)).toHaveLength(1);
    expect(await found('staffProducts', 'slug', search)).toEqual(['ll-lyzka-01']);
  });
});

describe('staff find a customer', () => {
  it.each([
    ['account', '+40 744 555 666'],
    ['account', '0744-555.666'],
    ['account', 'Müller Jürgen'],
    ['account', 'jurgen'],
    ['address book', 'Alba Iulia'],
    ['address book', '0258 811 222'],
  ])('by the %s: %s', async (_where, search) => {
    await shop.sql(
      `INSERT INTO app_user (id, email, password_hash, first_name, last_name, phone)
       SELECT new_id(), 'jm@example.test', '-', 'Jürgen', 'Müller', '0744 555 666'
       WHERE NOT EXISTS (SELECT FROM app_user WHERE email = 'jm@example.test')`,
    );
    await shop.sql(
      `INSERT INTO saved_address (id, user_id, address) SELECT new_id(), id, $1 FROM app_user WHERE email = 'jm@example.test'`,
      [JSON.stringify({ ...DELIVERY, city: 'Alba Iulia', phone: '+40258811222' })],
    );

    expect(await found('customers', 'email', search)).toEqual(['jm@example.test']);
  });
});

describe('a buyer finds a product', () => {
  it.each(['5941234567899', 'lllyzka01', 'LL-LYZKA-01', 'Łyżka srebrna'])('by %s', async (search) => {
    const { products } = await shop
      .guest()
      .ask('query($search: String) { products(first: 5, search: $search) { nodes { slug } } }', { search });

    expect(products.nodes).toEqual([{ slug: 'll-lyzka-01' }]);
  });
});

describe('a buyer finds what stands in a category', () => {
  it('by the name of the category, which no product bears', async () => {
    const category = newId();
    await shop.sql(
      `INSERT INTO category (id, slug, name) VALUES ($1, 'cutlery', '{"ro":"Tacâmuri","en":"Cutlery","fr":"Couverts"}')`,
      [category],
    );
    const [product] = await shop.sql<{ id: string }>(
      `UPDATE product SET category_ids = ARRAY[$1::uuid], own_category_ids = ARRAY[$1::uuid] WHERE slug = 'll-lyzka-01' RETURNING id`,
      [category],
    );
    await shop.shop.database.transaction(async (tx) => refreshProductProjection(tx, [product?.id ?? '']));
    const search = async (term: string): Promise<unknown> =>
      (
        await shop
          .guest()
          .ask('query($term: String) { products(first: 5, search: $term) { nodes { slug } } }', { term })
      ).products.nodes;

    expect(await search('tacamuri')).toEqual([{ slug: 'll-lyzka-01' }]);
    expect(await search('couverts')).toEqual([{ slug: 'll-lyzka-01' }]);
  });
});

describe('a hundred thousand orders', () => {
  it('are searched through the index of their text', async () => {
    const client = await shop.shop.database.pool.connect();
    try {
      await client.query('BEGIN');
      await client.query('SET LOCAL enable_seqscan = off');
      const { rows } = await client.query(
        `EXPLAIN SELECT m.id FROM search_patterns('popescu lyzka') w CROSS JOIN LATERAL (
           SELECT id FROM shop_order WHERE search_text LIKE w.pattern UNION SELECT order_id FROM order_line WHERE search_text LIKE w.pattern) m (id)`,
      );
      const plan = rows.map((row: Answer) => row['QUERY PLAN']).join('\n');

      expect(plan).toContain('Bitmap Index Scan on shop_order_search');
      expect(plan).toContain('Bitmap Index Scan on order_line_search');
    } finally {
      await client.query('ROLLBACK');
      client.release();
    }
  });
});
