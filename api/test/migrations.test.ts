import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { DataSource, EntityMetadata } from 'typeorm';
import { modules } from '../src/app/modules.js';
import { createDataSource } from '../src/platform/database/data-source.js';
import { migrateDown, migrateUp } from '../src/platform/database/migrate.js';
import { migrationList } from '../src/platform/database/migration-list.js';
import { administer, withDatabase } from '@vitrine/testing/shop/database-server.js';

const NAME = `vitrine_migrations_${process.pid}`;
let source: DataSource;
beforeAll(async () => {
  const { url } = inject('databaseServer');
  await administer(url, [`CREATE DATABASE "${NAME}"`]);
  source = createDataSource({
    url: withDatabase(url, NAME),
    poolSize: 2,
    entities: modules.flatMap((module) => module.entities),
  });
  await source.initialize();
});
afterAll(async () => {
  await source.destroy();
  await administer(inject('databaseServer').url, [`DROP DATABASE "${NAME}" WITH (FORCE)`]);
});

// Tables without an entity: TypeORM's own, queues, filter tables, one that only the version before wrote, and the ledger of
// the test payment provider.
const WITHOUT_ENTITY = [
  'product_status_change',
  'migration',
  'typeorm_metadata',
  'outbox',
  'request_key',
  'dev_inbox',
  'variant_listing',
  'test_provider_intent',
  'test_provider_dispute',
  'test_provider_refund',
];

// Type names of information_schema by type names of the entities.
const SPELLINGS: Readonly<Record<string, string>> = {
  int: 'integer',
  int4: 'integer',
  char: 'character',
  timestamptz: 'timestamp with time zone',
  'timestamp with time zone': 'timestamp with time zone',
  varchar: 'character varying',
  bool: 'boolean',
};

interface Column {
  readonly table: string;
  readonly column: string;
  readonly type: string;
  readonly nullable: boolean;
}

async function ourObjects(): Promise<unknown[]> {
  return source.query(
    `SELECT 'column' AS kind, table_name || '.' || column_name AS name, data_type || ' ' || is_nullable || ' ' || coalesce(column_default, '') AS detail
       FROM information_schema.columns WHERE table_schema = 'public' AND table_name NOT IN ('migration', 'typeorm_metadata')
     UNION ALL SELECT 'index', indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename NOT IN ('migration', 'typeorm_metadata')
     UNION ALL SELECT 'rule', conrelid::regclass || '.' || conname, pg_get_constraintdef(oid) FROM pg_constraint
       WHERE connamespace = 'public'::regnamespace AND conrelid <> 0 AND conrelid::regclass::text NOT IN ('migration', 'typeorm_metadata') AND contype <> 'n'
     UNION ALL SELECT 'function', p.proname, pg_get_functiondef(p.oid) FROM pg_proc p
       WHERE pronamespace = 'public'::regnamespace AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
     UNION ALL SELECT 'sequence', sequencename, start_value::text FROM pg_sequences WHERE schemaname = 'public' AND sequencename NOT LIKE 'migration%'
     ORDER BY 1, 2, 3`,
  );
}

async function columns(): Promise<Column[]> {
  return source.query(
    `SELECT table_name AS "table", column_name AS "column", CASE data_type WHEN 'ARRAY' THEN ltrim(udt_name, '_') || '[]' ELSE data_type END AS type,
       is_nullable = 'YES' AS nullable
     FROM information_schema.columns WHERE table_schema = 'public' ORDER BY table_name, column_name`,
  );
}

function columnsOf(entity: EntityMetadata): Column[] {
  return entity.columns.map((column) => {
    const type = String(column.type);
    return {
      table: entity.tableName,
      column: column.databaseName,
      type: column.isArray ? `${type}[]` : (SPELLINGS[type] ?? type),
      nullable: column.isNullable,
    };
  });
}

describe('the migrations', () => {
  it('are all listed, oldest first, as the command that makes them lists them', async () => {
    const folder = join(import.meta.dirname, '../src/platform/database/migrations');

    expect(await readFile(join(folder, 'index.ts'), 'utf8')).toBe(await migrationList(folder));
  });

  it('go up, come down to nothing, and go up again to the same', async () => {
    await migrateUp(source);
    const before = await ourObjects();
    for (let i = 0; i < source.migrations.length; i++) await migrateDown(source);
    const between = await ourObjects();
    await migrateUp(source);

    const after = await ourObjects();

    expect(before.length).toBeGreaterThan(300);
    expect(between).toEqual([]);
    expect(after).toEqual(before);
  });

  it('give the tax of changes that wait for their money its names, as those of orders, and take them back', async () => {
    const FIRST = 'WhatALineIsWorth1763900000000';
    const downBefore = async (): Promise<void> => {
      const has = async (): Promise<boolean> =>
        (await source.query('SELECT 1 FROM migration WHERE name = $1', [FIRST])).length > 0;
      while (await has()) await migrateDown(source);
    };
    const names = async (): Promise<unknown> =>
      (
        await source.query(
          `SELECT jsonb_path_query_array(plan, '$.taxLines[*].name') AS names FROM order_edit`,
        )
      )[0].names;
    await downBefore();
    const plan = {
      taxLines: ['TVA 21%', 'Ecotaxă 1%'].map((name) => ({ name, basisPoints: 1, net: 1, tax: 1 })),
    };
    await source.transaction(async (manager) => {
      await manager.query(`SET LOCAL session_replication_role = 'replica'`);
      await manager.query(
        `INSERT INTO order_edit (id, order_id, state, plan, difference) VALUES (gen_random_uuid(), gen_random_uuid(), 'AWAITING_PAYMENT', $1, 1)`,
        [plan],
      );
    });

    await migrateUp(source);
    const up = await names();
    await downBefore();
    const down = await names();
    await source.query('DELETE FROM order_edit');
    await migrateUp(source);

    expect(up).toEqual([{ ro: 'TVA', en: 'VAT', fr: 'TVA' }, { ro: 'Ecotaxă' }]);
    expect(down).toEqual(['TVA', 'Ecotaxă']);
  });

  it('store what the shop calls otherwise since under its new name, and under the old one again', async () => {
    const FIRST = 'StandardWords1764140000000';
    const isUp = async (): Promise<boolean> =>
      (await source.query('SELECT 1 FROM migration WHERE name = $1', [FIRST])).length > 0;
    const stored = async (): Promise<unknown> =>
      (
        await source.query(
          `SELECT (SELECT coalesce(to_jsonb(refund)->>'status', to_jsonb(refund)->>'state') FROM refund) AS refund, (SELECT kind FROM attribute) AS attribute,
             (SELECT array_agg(payload ORDER BY dedupe_key) FROM outbox) AS events, (SELECT to_jsonb(tag) - '{id,former_slugs,version,created_at,updated_at}'::text[] FROM tag) AS tag`,
        )
      )[0];
    while (await isUp()) await migrateDown(source);
    await source.transaction(async (manager) => {
      await manager.query(`SET LOCAL session_replication_role = 'replica'`);
      await manager.query(`
        INSERT INTO refund (id, payment_id, amount, reason, key, state) VALUES (gen_random_uuid(), gen_random_uuid(), 1, '', 'r', 'CANCELED');
        INSERT INTO attribute (id, code, name, kind) VALUES (gen_random_uuid(), 'glaze', '{}', 'COLOUR');
        INSERT INTO tag (id, slug, title) VALUES (gen_random_uuid(), 'gift', '{"en":"Gift"}');
        INSERT INTO outbox (id, kind, aggregate_id, dedupe_key, payload) VALUES
          (new_id(), 'refund.changed', new_id(), '1', '{"state":"CANCELED"}'), (new_id(), 'order.updated', new_id(), '2', '{"fulfilmentStatus":"FULFILLED"}')`);
    });
    const before = await stored();

    await migrateUp(source);
    const up = await stored();
    while (await isUp()) await migrateDown(source);
    const down = await stored();
    await source.query('DELETE FROM attribute; DELETE FROM tag; DELETE FROM outbox; TRUNCATE refund');
    await migrateUp(source);

    expect(up).toEqual({
      refund: 'CANCELLED',
      attribute: 'COLOR',
      events: [{ status: 'CANCELLED' }, { fulfillmentStatus: 'FULFILLED' }],
      tag: { slug: 'gift', name: { en: 'Gift' } },
    });
    expect(down).toEqual(before);
  });

  it('make the tables that the entities describe, column by column', async () => {
    const inTables = (await columns()).filter(({ table }) => !WITHOUT_ENTITY.includes(table));
    // Generated columns are never missing, whatever the declaration of the column says.
    const generated = new Set(
      source.entityMetadatas.flatMap((entity) =>
        entity.columns
          .filter((c) => c.generatedType || (!c.isUpdate && !c.isInsert))
          .map((c) => `${entity.tableName}.${c.databaseName}`),
      ),
    );
    const comparable = (list: Column[]): string[] =>
      list
        .map(
          ({ table, column, type, nullable }) =>
            `${table}.${column} ${type}${nullable && !generated.has(`${table}.${column}`) ? ' null' : ''}`,
        )
        .sort();

    const inEntities = source.entityMetadatas.flatMap(columnsOf);

    expect(comparable(inEntities)).toEqual(comparable(inTables));
  });
});
