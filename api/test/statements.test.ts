import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import '../src/app/create-shop.js';
import {
  registeredStatements,
  statement,
  t,
  type AnyStatement,
  type Statement,
} from '../src/platform/database/database.js';
import { declareBuiltStatements } from './support/built-statements.js';
import { describeStatement } from './support/describe-statement.js';
import { testDatabase, type TestDatabase } from '@vitrine/testing/shop/template-database.js';

/** What a statement declares otherwise than the migrated database has it; empty when they agree. */
async function differences(client: pg.Client, candidate: AnyStatement): Promise<string[]> {
  try {
    const { parameters, columns } = await describeStatement(client, candidate.text);
    const row = candidate.row ?? {};
    const returned = new Map(columns.map(({ name, type }) => [name, type]));
    return [
      ...candidate.parameters
        .filter(({ type }, index) => !type.oids.includes(parameters[index] ?? 0))
        .map(({ name, type }, index) => `:${name} is no ${type.name} but ${parameters[index]}`),
      ...Object.entries(row)
        .filter(([name]) => !returned.has(name))
        .map(([name]) => `returns no ${name}`),
      ...columns.flatMap(({ name, type }) => {
        // Whoever only counts the rows of a RETURNING need not declare them.
        const declared = row[name];
        if (!declared) return candidate.row ? [`declares no ${name}`] : [];
        return declared.oids.includes(type) ? [] : [`${name} is no ${declared.name} but ${type}`];
      }),
      ...(returned.size < columns.length ? ['returns two columns of one name'] : []),
    ].map((difference) => `${candidate.name} ${difference}`);
  } catch (error) {
    return [`${candidate.name} ${(error as Error).message}`];
  }
}

describe('Statements', () => {
  let shop: TestDatabase;
  let client: pg.Client;
  declareBuiltStatements();
  const own = registeredStatements();
  beforeAll(async () => {
    shop = await testDatabase();
    client = new pg.Client({ connectionString: shop.url });
    await client.connect();
  });
  afterAll(async () => {
    await client.end();
    await shop.close();
  });

  it('return the columns and take the parameters that they declare', async () => {
    const found: string[] = [];
    for (const candidate of own) found.push(...(await differences(client, candidate)));

    expect(found).toEqual([]);
  });

  it('are found out when a name or a type is wrong', async () => {
    const planted = [
      statement('test.alias', {
        row: { storageKey: t.text },
        sql: 'SELECT original_key AS "storageKye" FROM upload',
      }),
      statement('test.missing', { row: { id: t.uuid, gone: t.int }, sql: 'SELECT id FROM upload' }),
      statement('test.type', { row: { width: t.text }, sql: 'SELECT width FROM upload' }),
      statement('test.parameter', {
        params: { id: t.int },
        row: { id: t.uuid },
        sql: 'SELECT id FROM upload WHERE id = :id',
      }),
      statement('test.twice', {
        row: { id: t.uuid },
        sql: 'SELECT u.id, i.id FROM upload u, product_image i',
      }),
      statement('test.column', { row: { id: t.uuid }, sql: 'SELECT idd AS id FROM upload' }),
    ];
    const found: string[] = [];
    for (const candidate of planted) found.push(...(await differences(client, candidate)));

    expect(found).toEqual([
      'test.alias returns no storageKey',
      'test.alias declares no storageKye',
      'test.missing returns no gone',
      'test.type width is no text but 23',
      'test.parameter :id is no int but 2950',
      'test.twice returns two columns of one name',
      'test.column column "idd" does not exist',
    ]);
  });

  it('give no row a parameter that is missing, unknown or undefined', async () => {
    const named = statement('test.named', {
      params: { unit: t.text, count: t.int.orNull, data: t.json<{ tags: string[] }>() },
      row: { unit: t.text, quoted: t.text, count: t.int.orNull, data: t.json<{ tags: string[] }>() },
      sql: `SELECT :unit::text AS unit, ':unit' AS quoted, /* :gone */ :count::int AS count, :data::jsonb AS data -- :comment`,
    });
    const data = { tags: ['a'] };
    const call = named as unknown as Statement<Record<string, unknown>, object>;

    expect(named.text).toBe(
      `SELECT $1::text AS unit, ':unit' AS quoted, /* :gone */ $2::int AS count, $3::jsonb AS data -- :comment`,
    );
    expect(await shop.database.row(named, { unit: 'x', count: null, data })).toEqual({
      unit: 'x',
      quoted: ':unit',
      count: null,
      data,
    });
    await expect(shop.database.row(call, { unit: 'x', count: null })).rejects.toThrow('called without :data');
    await expect(shop.database.row(call, { unit: 'x', count: undefined, data })).rejects.toThrow(
      'without :count',
    );
    await expect(shop.database.row(call, { unit: 'x', count: 1, data, gone: 1 })).rejects.toThrow(
      'knows no :gone',
    );
  });

  it('are refused when their text and their declaration name different parameters', () => {
    const both = { params: { id: t.uuid, other: t.int } };

    expect(() => statement('test.unused', { ...both, sql: 'SELECT :id' })).toThrow('never uses :other');
    expect(() => statement('test.unknown', { sql: 'SELECT :id' })).toThrow('declares no parameter :id');
    expect(() => statement('test.mixed', { params: { id: t.uuid }, sql: 'SELECT :id, $2' })).toThrow(
      'mixes $2',
    );
  });
});
