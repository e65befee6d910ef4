import { newId } from '../../../kernel/ids.js';
import { statement, t, type Database, type Tx } from '../../../platform/database/database.js';
import {
  handleImport,
  type AppliedRow,
  type HandledImport,
  type ImportRow,
  type ImportRowError,
  type ImportRun,
  type ImportVerdict,
  type ReadRow,
} from '../../../platform/imports/define-import.js';
import { MAIN_LOCATION } from '../../catalog/index.js';
import { fillWaiting } from '../backorders.js';
import { byVariants, lockStockLevels } from '../lock-stock-levels.js';
import type { StockEvents } from '../stock-events.js';
import type { StockLevels } from '../stock-levels.js';
import { locations } from '../stock-rows.js';
import { spellingsOf, VariantsByCode } from './variants-by-code.js';
import { stockReceiveImport } from './stock-receive.import.js';

type Row = ImportRow<typeof stockReceiveImport.columns>;

interface Delivery {
  readonly variantId: string;
  readonly locationId: string;
}

type Received = AppliedRow<Row, Delivery>;

/** What a stock level may hold: a delivery that would make it more is refused. */
const MOST_ON_HAND = 1_000_000_000;

const variantsByCode = statement('inventory.variants-by-code', {
  params: { skus: t.texts, barcodes: t.texts },
  row: { id: t.uuid, sku: t.text, barcode: t.text.orNull },
  sql: `SELECT id, sku, barcode FROM variant WHERE deleted_at IS NULL AND lower(sku) = ANY(:skus::text[])
   UNION SELECT id, sku, barcode FROM variant WHERE deleted_at IS NULL AND barcode = ANY(:barcodes::text[])`,
});
const ensureLevels = statement('inventory.ensure-levels-of-list', {
  params: { variantIds: t.uuids, locationIds: t.uuids },
  sql: `INSERT INTO stock_level (variant_id, location_id)
   SELECT DISTINCT v.id, p.location_id FROM unnest(:variantIds::uuid[], :locationIds::uuid[]) AS p(variant_id, location_id)
     JOIN variant v ON v.id = p.variant_id AND v.deleted_at IS NULL
   ORDER BY 1, 2 ON CONFLICT DO NOTHING`,
});
const receiveList = statement('inventory.receive-list', {
  params: {
    ...{ importId: t.uuid, actorId: t.uuid.orNull, ids: t.uuids, variantIds: t.uuids, locationIds: t.uuids },
    ...{ quantities: t.ints, reasons: t.texts, lines: t.ints },
  },
  sql: `INSERT INTO stock_movement (id, variant_id, location_id, delta_on_hand, delta_reserved, kind, reason, actor_id, import_id, import_line)
   SELECT m.id, m.variant_id, m.location_id, m.quantity, 0, 'RECEIVE', m.reason, :actorId, :importId, m.line
   FROM unnest(:ids::uuid[], :variantIds::uuid[], :locationIds::uuid[], :quantities::int[], :reasons::text[], :lines::int[])
     AS m(id, variant_id, location_id, quantity, reason, line)`,
});

/*
 * Locks of a step: the job and the import before (`import-jobs.ts`), then the stock levels of all variants of its rows in
 * the one order of `lock-stock-levels.ts`, then what back-orders and labels need, as for a delivery that is received by
 * hand. Two lists, or a list and a sale, about the same variants wait for each other at the first common stock level.
 * Rows of one variant add up; a movement for each row names the import and the row, and a unique index refuses a second.
 */

/** Receives deliveries by list. */
export function receiveByList(database: Database, stockEvents: StockEvents): HandledImport {
  return handleImport<typeof stockReceiveImport.columns, Delivery>(stockReceiveImport, {
    choices: async () => ({
      location: (await database.rows(locations)).map(({ code, name }) => ({ value: code, label: name })),
    }),
    validate,
    apply: (tx, rows, run) => receive(tx, rows, { run, stockEvents }),
  });
}

async function validate(tx: Tx, rows: readonly ReadRow<Row>[]): Promise<ImportVerdict<Delivery>[]> {
  const spellings = rows.flatMap(({ values: { sku, barcode } }) =>
    [sku, barcode].flatMap((one) => spellingsOf(one)),
  );
  const skus = rows.flatMap(({ values: { sku } }) => (sku ? [sku.toLowerCase()] : []));
  const found = await tx.rows(variantsByCode, { skus, barcodes: [...new Set(spellings)] });
  const variants = new VariantsByCode(found);
  const places = await tx.rows(locations);
  return rows.map(({ values }) => {
    const variant = variants.of(values.sku, values.barcode);
    const place = values.location === null ? MAIN_LOCATION : placeOf(places, values.location);
    const errors: ImportRowError[] = [];
    if ('code' in variant) errors.push(variant);
    if (place === null) errors.push({ column: 'location', code: 'LOCATION_UNKNOWN' });
    if ('code' in variant || place === null) return { errors };
    return {
      outcome: 'CHANGED',
      key: `${variant.id} ${place}`,
      amount: values.quantity ?? 0,
      target: { variantId: variant.id, locationId: place },
    };
  });
}

/** By its code, or by its name where only one location has it. */
function placeOf(
  places: readonly { readonly id: string; readonly code: string; readonly name: string }[],
  named: string,
): string | null {
  const wanted = named.toLowerCase();
  const byCode = places.find((place) => place.code.toLowerCase() === wanted);
  const byName = places.filter((place) => place.name.toLowerCase() === wanted);
  return (byCode ?? (byName.length === 1 ? byName[0] : undefined))?.id ?? null;
}

async function receive(
  tx: Tx,
  rows: readonly Received[],
  { run, stockEvents }: { run: ImportRun; stockEvents: StockEvents },
): Promise<ReadonlyMap<number, ImportRowError>> {
  if (rows.length === 0) return new Map();
  await tx.count(ensureLevels, {
    variantIds: rows.map(({ target }) => target.variantId),
    locationIds: rows.map(({ target }) => target.locationId),
  });
  const variantIds = [...new Set(rows.map(({ target }) => target.variantId))];
  const levels = await lockStockLevels(tx, byVariants, { variantIds });
  const { good, refused } = sorted(rows, levels);
  if (good.length > 0) {
    await tx.count(receiveList, {
      importId: run.importId,
      actorId: run.actorId,
      ...columnsOf(good, run.filename),
    });
    for (const { target, values } of good)
      levels.recordChange(target.variantId, target.locationId, values.quantity ?? 0);
    await fillWaiting(tx, levels, variantIds);
    await stockEvents.publish(tx, levels);
  }
  return refused;
}

/** Those that can be received, and those whose variant was deleted since, or whose stock would be more than can be. */
function sorted(
  rows: readonly Received[],
  levels: StockLevels,
): { good: Received[]; refused: Map<number, ImportRowError> } {
  const good: Received[] = [];
  const refused = new Map<number, ImportRowError>();
  const added = new Map<string, number>();
  for (const row of rows) {
    const { variantId, locationId } = row.target;
    const level = levels.row(variantId, locationId);
    const key = `${variantId} ${locationId}`;
    const sum = (added.get(key) ?? 0) + (row.values.quantity ?? 0);
    if (!level) refused.set(row.line, { column: 'sku', code: 'VARIANT_UNKNOWN' });
    else if (level.onHand + sum > MOST_ON_HAND)
      refused.set(row.line, { column: 'quantity', code: 'NUMBER_OUT_OF_RANGE' });
    else {
      added.set(key, sum);
      good.push(row);
    }
  }
  return { good, refused };
}

function columnsOf(rows: readonly Received[], filename: string) {
  return {
    ids: rows.map(() => newId()),
    variantIds: rows.map(({ target }) => target.variantId),
    locationIds: rows.map(({ target }) => target.locationId),
    quantities: rows.map(({ values }) => values.quantity ?? 0),
    reasons: rows.map(({ values }) => values.note ?? filename.slice(0, 200)),
    lines: rows.map(({ line }) => line),
  };
}
