import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { countStatements } from '@vitrine/testing/shop/statement-counter.js';
import { testDatabase, type TestDatabase } from '@vitrine/testing/shop/template-database.js';
import { ProductEntity } from '../../domains/catalog/products/product.entity.js';
import { VariantEntity } from '../../domains/catalog/variants/variant.entity.js';
import { StockLocationEntity } from '../../domains/inventory/stock.entity.js';
import { StockLocationKind } from '../../domains/inventory/locations/stock-location-kind.js';
import { newId } from '../../kernel/ids.js';
import { violatedConstraint, type Fields, type Querying } from './database.js';

let shop: TestDatabase;
beforeAll(async () => {
  shop = await testDatabase({ poolSize: 4 });
});
afterAll(() => shop.close());

const CLUJ = { line1: 'Strada Memorandumului 1', city: 'Cluj', postalCode: '400114', country: 'RO' };
const locations = (on: Querying) => on.repository(StockLocationEntity);
const stored = (id: string) => locations(shop.database).find({ id });

let id: string;
beforeEach(async () => {
  id = newId();
  const address = CLUJ as unknown as StockLocationEntity['address'];
  const row = { id, code: id, name: 'Cluj', kind: StockLocationKind.STORE, priority: 1, address };
  await locations(shop.database).insert([row]);
});

describe('a row that staff keep', () => {
  it('has what was entered, and the defaults of its table for the rest', async () => {
    expect(await stored(id)).toEqual({
      id,
      code: id,
      name: 'Cluj',
      kind: 'STORE',
      priority: 1,
      active: true,
      address: CLUJ,
      version: 1,
    });
  });

  it('is changed by one statement that writes only what is different, and its version goes up', async () => {
    const { texts, result } = await countStatements(() =>
      shop.database.transaction(async (tx) => {
        const row = (await locations(tx).lock({ id }))!;
        const isWritten = await locations(tx).update(row, {
          name: 'Cluj-Napoca',
          priority: 1,
          active: undefined,
        });
        return { isWritten, row };
      }),
    );

    expect(result.isWritten).toBe(true);
    expect(result.row).toEqual(await stored(id));
    expect(texts).toHaveLength(4);
    expect(texts[2]).toMatch(/^UPDATE "stock_location" SET "name" = \$1, "version" = "version" \+ 1 WHERE/);
    expect(await stored(id)).toMatchObject({ name: 'Cluj-Napoca', priority: 1, active: true, version: 2 });
  });

  it('is not written and keeps its version when the change is none, in whatever order an address lists its lines', async () => {
    const sameAddress = Object.fromEntries(Object.entries(CLUJ).toReversed());
    const address = { ...sameAddress, region: undefined } as unknown as StockLocationEntity['address'];

    const { texts, result } = await countStatements(() =>
      shop.database.transaction(async (tx) =>
        locations(tx).update((await locations(tx).lock({ id }))!, { name: 'Cluj', address }),
      ),
    );

    expect(result).toBe(false);
    expect(texts.filter((text) => text.startsWith('UPDATE'))).toEqual([]);
    expect(await stored(id)).toMatchObject({ version: 1 });
  });

  it('is changed by one person at a time: the second waits and sees what the first wrote', async () => {
    const rename = (name: string, pause: Promise<unknown>): Promise<string> =>
      shop.database.transaction(async (tx) => {
        const row = (await locations(tx).lock({ id }))!;
        await pause;
        const found = row.name;
        await locations(tx).update(row, { name: found + name });
        return found;
      });
    let goOn = (): void => undefined;
    const first = rename(' A', new Promise<void>((resolve) => (goOn = resolve)));
    await expect
      .poll(() =>
        shop.database.source.query('SELECT 1 FROM stock_location WHERE id = $1 FOR UPDATE SKIP LOCKED', [id]),
      )
      .toEqual([]);
    const second = rename(' B', Promise.resolve());
    goOn();

    expect([await first, await second]).toEqual(['Cluj', 'Cluj A']);
    expect(await stored(id)).toMatchObject({ name: 'Cluj A B', version: 3 });
  });

  it('is as it was when the transaction fails after the change', async () => {
    const failing = shop.database.transaction(async (tx) => {
      await locations(tx).update((await locations(tx).lock({ id }))!, { name: 'Elsewhere' });
      await locations(tx).delete({ id });
      throw new Error('refused');
    });

    await expect(failing).rejects.toThrow('refused');
    expect(await stored(id)).toMatchObject({ name: 'Cluj', version: 1 });
  });

  it('is found no more once it is marked as deleted, which happens once', async () => {
    const product = { id: newId(), slug: id, name: { ro: 'Cană' }, currency: 'RON' };
    await shop.database.repository(ProductEntity).insert([product]);
    const variant = { id: newId(), productId: product.id, sku: id, name: {}, price: 1, currency: 'RON' };
    const variants = shop.database.repository(VariantEntity);
    await variants.insert([variant]);

    const marked = [
      await variants.softDelete({ id: variant.id }),
      await variants.softDelete({ id: variant.id }),
    ];

    expect(marked).toEqual([1, 0]);
    expect(await variants.find({ id: variant.id })).toBeNull();
    const kept = await shop.database.source.query('SELECT 1 FROM variant WHERE id = $1', [variant.id]);
    expect(kept).toHaveLength(1);
  });

  it('takes no field that it has no column for', async () => {
    const wrong = { id: newId(), code: id, surface: 12 } as Fields<StockLocationEntity>;

    await expect(locations(shop.database).insert([wrong])).rejects.toThrow('no column surface');
    await expect(locations(shop.database).update((await stored(id))!, wrong)).rejects.toThrow('surface');
  });

  it('is locked inside a transaction alone', async () => {
    await expect(locations(shop.database).lock({ id })).rejects.toThrow('transaction');
  });

  it('may not have the code of another; the error names the constraint and holds nothing that was entered', async () => {
    const row = { id: newId(), code: id, name: 'Secret name', kind: StockLocationKind.STORE, priority: 1 };

    const error = await locations(shop.database)
      .insert([row])
      .catch((caught: unknown) => caught);

    expect(violatedConstraint(error)).toBe('stock_location_code_key');
    expect(JSON.stringify(error)).not.toContain('Secret name');
  });
});
