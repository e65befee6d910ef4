import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer } from '@vitrine/testing/drivers/graphql-client.js';
import { StockDriver } from '@vitrine/testing/drivers/stock-driver.js';
import { storedFiles } from '@vitrine/testing/shop/stored-files.js';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';
import { ImportDriver } from '../support/imports/import-driver.js';

let shop: TestShop;
let imports: ImportDriver;
let stock: StockDriver;
/** Staff who may change stock, and not see what others import. */
let bob: ImportDriver;
const ids: Record<string, string> = {};

beforeAll(async () => {
  shop = await TestShop.open();
  imports = new ImportDriver(shop, await shop.staff());
  stock = await StockDriver.at(shop);
  await shop.sql(`UPDATE app_user SET role = 'MANAGER' WHERE email = 'bob@example.com'`);
  bob = new ImportDriver(shop, await shop.staff({ email: 'bob@example.com', password: 'Bob@123' }));
  for (const sku of ['MUG', '-DASH']) ids[sku] = await shop.stock({ name: sku, sku, price: 1000, stock: 0 });
});
afterAll(() => shop.close());

const filesOfImports = async (): Promise<string[]> =>
  (await storedFiles(shop.shop.env.dataDir)).filter((file) => file.includes('imports/'));
const status = async (url: string): Promise<number> => (await fetch(shop.url + url)).status;

describe('the file of rows with errors', () => {
  const LIST = 'SKU;Nume;Cantitate\nMUG;Cană;2\n-DASH;=1+1;doi\n=cmd|calc;@SUM(A1);1\n';

  it('has them as they were sent, with words for what is wrong in each language, and runs nothing', async () => {
    const run = await imports.checked(LIST);
    const romanian = await imports.download(run.errorsUrl.replace(/language=\w+/, 'language=ro'));
    const french = await imports.download(run.errorsUrl.replace(/language=\w+/, 'language=fr'));
    const english = await imports.download(run.errorsUrl.replace(/language=\w+/, 'language=en'));

    expect(romanian).toBe(
      "\ufeffSKU;Nume;Cantitate;Rând;Problemă\r\n'-DASH;'=1+1;doi;3;Cantitate: Nu este un număr sau semnul zecimal este altul.\r\n" +
        "'=cmd|calc;'@SUM(A1);1;4;SKU: Nicio variantă nu are acest SKU sau cod de bare.\r\n",
    );
    expect(french).toContain('Quantité: Ce n’est pas un nombre');
    expect(english).toContain('Quantity: This is not a number');
    for (const line of romanian.split('\r\n').slice(1))
      for (const cell of line.split(';')) expect(cell).not.toMatch(/^[=+\-@]/);
  });

  it('can be mended in it and sent again: only those rows are received then', async () => {
    const run = await imports.applied(LIST);
    const mended = (await imports.download(run.errorsUrl))
      .replace(';doi;', ';2;')
      .replace("'=cmd|calc", 'MUG');

    const again = await imports.applied(mended, 'mended.csv');

    expect(again).toMatchObject({ rowCount: 2, appliedRows: 2, wrongRows: 0 });
    expect((await stock.item(ids['-DASH']!)).onHand).toBe(2);
    expect((await stock.item(ids['MUG']!)).onHand).toBe(3);
    expect(await imports.download(run.reportUrl)).toContain('MUG;Cană;2;2;');
  });
});

describe('a file of an import', () => {
  it('is seen by who sent it and by the owner, and by nobody else', async () => {
    const own = await imports.checked('SKU,Qty\nMUG,1\nNONE,1\n');
    const his = await bob.checked('SKU,Qty\nMUG,1\nNONE,1\n');

    expect([await bob.look(own.id), (await imports.look(his.id)).isMine]).toEqual([null, false]);
    for (const step of [bob.update(own, { decimalSign: ',' }), bob.check(own), bob.apply(own)])
      expect((await step).errors.map(({ code }: Answer) => code)).toEqual(['NOT_FOUND']);
    const { imports: list } = await bob.staff.ask(
      '{ imports { totalCount nodes { id createdByName filename } } }',
    );
    expect(list.nodes.map(({ id }: Answer) => id)).toEqual([his.id]);
    const { node } = await bob.staff.ask('query($id: ID!) { node(id: $id) { id } }', { id: own.id });
    expect(node).toBeNull();
  });

  it('needs the permission for what it does at every step, also behind its addresses', async () => {
    const his = await bob.checked('SKU,Qty\nMUG,1\nNONE,1\n');
    expect(await status(his.errorsUrl)).toBe(200);
    await shop.sql(`UPDATE app_user SET role = 'SUPPORT' WHERE email = 'bob@example.com'`);

    const support = await shop.staff({ email: 'bob@example.com', password: 'Bob@123' });
    const refused = await support.send('query($id: ID!) { import(id: $id) { id } }', { id: his.id });
    const opened = await support.send(
      `mutation { importCreate(input: { kind: STOCK_RECEIVE, filename: "a", size: 1 }) { import { id } } }`,
    );
    const guest = await shop.guest().send('{ imports { nodes { id } } }');
    const gone = await status(his.errorsUrl);
    await shop.sql(`UPDATE app_user SET role = 'MANAGER' WHERE email = 'bob@example.com'`);
    bob = new ImportDriver(shop, await shop.staff({ email: 'bob@example.com', password: 'Bob@123' }));

    expect([refused, opened].map(({ errors }) => errors?.[0]?.extensions.code)).toEqual([
      'FORBIDDEN',
      'FORBIDDEN',
    ]);
    expect(guest.errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
    expect(gone).toBe(404);
  });

  it('is no longer read by an address of a session that has ended', async () => {
    const other = new ImportDriver(shop, await shop.staff());
    const { errorsUrl, reportUrl } = await other.checked('SKU,Qty\nNONE,1\n');
    expect([await status(errorsUrl), await status(reportUrl)]).toEqual([200, 200]);

    await other.staff.ask('mutation { logout { ok } }');

    expect([await status(errorsUrl), await status(reportUrl)]).toEqual([404, 404]);
    expect(await status(errorsUrl.replace(/reports\/./, 'reports/A'))).toBe(404);
  });

  it('is refused when it cannot be read, and the address takes a better one', async () => {
    const { import: opened, upload } = await imports.open('x');
    const answers = [];
    for (const content of [Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), 'SKU,Qty\nMUG,1\n']) {
      const answer = await imports.put(upload.url, content);
      answers.push([answer.status, answer.status === 204 ? null : ((await answer.json()) as Answer)['code']]);
    }
    const late = await imports.put(upload.url, 'SKU,Qty\nMUG,1\n');

    expect(answers).toEqual([
      [422, 'FILE_UNREADABLE'],
      [204, null],
    ]);
    expect(late.status).toBe(422);
    expect(await imports.look(opened.id)).toMatchObject({ status: 'READY', rowCount: 1 });
  });

  it.each([
    ['SKU\tBuc\tPret\nMUG\t12,000\t3,50\n', ',', 12],
    ['SKU,Buc,Pret\nMUG,"12,000","3,50"\n', ',', 12],
    ['SKU;Qty;Price\nMUG;12.000;3.50\n', '.', 12],
    ['SKU;Buc\nMUG;1.200,00\n', ',', 1200],
    ['SKU\tQty\nMUG\t1,200.00\n', '.', 1200],
    ['SKU\tBuc\nMUG\t0,500\nMUG\t2,000\n', ',', 2],
  ])('has its numbers read as all of them can be meant: %j', async (content, sign, pieces) => {
    expect(await imports.checked(content)).toMatchObject({ decimalSign: sign, amount: pieces });
  });

  it('that was applied before under another name, also by a colleague, is said to have been', async () => {
    const content = 'SKU,Qty,Note\nMUG,1,delivered once\n';
    const first = await bob.checked(content, 'monday.csv');
    const unapplied = await imports.checked(content, 'looked-at-only.csv');
    const applied = await bob.applied(content, 'monday again.csv');

    const again = await imports.checked(content, 'tuesday.csv');
    const other = await imports.checked(content.replace('once', 'twice'));

    expect([first, unapplied, applied, other].map((run) => run.sameFileReceivedAt)).toEqual([
      null,
      null,
      null,
      null,
    ]);
    expect(Date.parse(again.sameFileReceivedAt)).toBeGreaterThanOrEqual(Date.parse(applied.createdAt));
    expect((await imports.look(unapplied.id)).sameFileReceivedAt).toBe(again.sameFileReceivedAt);
  });

  it('is read with zero bytes and half characters in it, which no database stores', async () => {
    const cut = `${'x'.repeat(4_999)}😀 and more`;
    const run = await imports.send(
      JSON.stringify([{ SKU: 'MUG', Quantity: 1, 'Note\0': '\ud83d', '\ud83d': cut }]),
    );

    expect(run.header).toEqual(['SKU', 'Quantity', 'Note', '\ufffd']);
    expect(run.preview[0].cells.slice(0, 3)).toEqual(['MUG', '1', '\ufffd']);
    expect(run.preview[0].cells[3]).toHaveLength(5_000);
  });

  it('is not kept when its import was put away and cleaned up while the file was read', async () => {
    const { import: opened, upload } = await imports.open('x', 'late.csv');
    const before = await filesOfImports();
    const client = await shop.shop.database.pool.connect();
    // What the clean-up does to an import that gave way to others.
    await client.query('BEGIN');
    await client.query(
      `UPDATE import_run SET expires_at = now(), token_hash = NULL, emptied_at = now() WHERE filename = 'late.csv'`,
    );
    const sending = imports.put(upload.url, 'SKU,Qty\nMUG,1\n');
    await shop.eventually(async () => {
      const waiting = await shop.sql(
        `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
      );
      return waiting.length > 0;
    });
    await client.query('COMMIT');
    client.release();

    expect((await sending).status).toBe(422);
    expect(await filesOfImports()).toEqual(before);
    expect(await imports.look(opened.id)).toMatchObject({ status: 'EXPIRED', preview: [] });
  });

  it('has at most ten megabytes', async () => {
    const { errors } = await imports.open('x'.repeat(10 * 1024 * 1024 + 1));
    expect(errors).toMatchObject([{ code: 'FILE_TOO_LARGE', path: ['size'] }]);
    const { upload } = await imports.open('x');
    // The address closes the connection before it has read so much.
    const sent = await imports.put(upload.url, 'x'.repeat(10 * 1024 * 1024 + 1)).then(
      ({ status: code }) => code,
      () => 413,
    );
    expect(sent).toBe(413);
  });

  it('is deleted after three days, with its rows: nothing of it is applied then, and who imported what stays', async () => {
    const applied = await imports.applied('SKU,Qty\nMUG,1\n', 'kept.csv');
    const forgotten = await imports.checked('SKU,Qty\nMUG,1\nNONE,1\n', 'forgotten.csv');
    const before = (await filesOfImports()).length;
    await shop.sql(`UPDATE import_run SET expires_at = now() - interval '1 second'`);

    const refused = await imports.apply(forgotten);
    expect((await imports.look(forgotten.id)).errorsUrl).toBeNull();
    expect(await status(forgotten.errorsUrl)).toBe(404);
    await stock.run('imports.clean-up');

    expect(before).toBeGreaterThan(1);
    expect(refused.errors.map(({ code }: Answer) => code)).toEqual(['IMPORT_EXPIRED']);
    expect(await filesOfImports()).toEqual([]);
    expect(await shop.sql('SELECT 1 FROM import_row')).toEqual([]);
    expect(await imports.look(forgotten.id)).toMatchObject({ status: 'EXPIRED', preview: [], rowErrors: [] });
    expect(await imports.look(applied.id)).toMatchObject({
      status: 'DONE',
      appliedRows: 1,
      filename: 'kept.csv',
    });
    await shop.sql(`UPDATE import_run SET created_at = created_at - interval '31 days'`);
    await stock.run('shop.clean-up-old-rows');
    expect(await imports.look(forgotten.id)).toBeNull();
    expect((await imports.look(applied.id)).filename).toBe('kept.csv');
  });
});
