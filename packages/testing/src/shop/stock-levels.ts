import { newId } from '../../../../api/src/kernel/ids.js';
import type { TestShop } from './test-shop.js';

/** Receives units of a variant at a new location. */
export async function moveElsewhere(shop: TestShop, sku: string, count: number): Promise<void> {
  const [location, movement] = [newId(), newId()];
  await shop.shop.database.transaction(async (tx) => {
    await tx.client.query('INSERT INTO stock_location (id, code, name) VALUES ($1, $2, $3)', [
      location,
      `place-${location}`,
      'Another place',
    ]);
    await tx.client.query(
      `INSERT INTO stock_level (variant_id, location_id) SELECT id, $2 FROM variant WHERE sku = $1`,
      [sku, location],
    );
    await tx.client.query(
      `INSERT INTO stock_movement (id, variant_id, location_id, delta_on_hand, delta_reserved, kind)
       SELECT $4, id, $2, $3, 0, 'RECEIVE' FROM variant WHERE sku = $1`,
      [sku, location, count, movement],
    );
  });
}

/** The stock of a variant over all locations. */
export async function unitsInStock(
  shop: TestShop,
  sku: string,
): Promise<{ onHand: number; reserved: number } | undefined> {
  const rows = await shop.sql<{ onHand: number; reserved: number }>(
    `SELECT sum(on_hand)::int AS "onHand", sum(reserved)::int AS reserved
     FROM stock_level s JOIN variant v ON v.id = s.variant_id WHERE v.sku = $1`,
    [sku],
  );
  return rows[0];
}
