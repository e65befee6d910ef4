import DataLoader from 'dataloader';
import type { QueryResultRow } from 'pg';
import { statement, type Querying, type PositionalStatement } from '../database/database.js';
import { perRequest, type RequestContext } from './context.js';

/**
 * Loads the rows that belong to each of many parents with one statement, `$1` being the array of parent ids.
 * Parents without rows get an empty list; the statement's order is kept.
 */
export function loadManyBy<T extends QueryResultRow>(
  database: Querying,
  statement: PositionalStatement,
  parentOf: (row: T) => string,
): DataLoader<string, T[]> {
  return new DataLoader<string, T[]>(async (ids) => {
    const groups = new Map<string, T[]>(ids.map((id) => [id, []]));
    for (const row of await database.rows<T>(statement, [ids])) groups.get(parentOf(row))?.push(row);
    return ids.map((id) => groups.get(id) ?? []);
  });
}

/** Loads rows by id with one statement, `$1` being the array of ids; null for an unknown id. */
export function loadOneBy<T extends QueryResultRow>(
  database: Querying,
  statement: PositionalStatement,
  keyOf: (row: T) => string,
): DataLoader<string, T | null> {
  return new DataLoader<string, T | null>(async (ids) => {
    const found = new Map((await database.rows<T>(statement, [ids])).map((row) => [keyOf(row), row]));
    return ids.map((id) => found.get(id) ?? null);
  });
}

/** Loads the result of a statement with one id, `$1`, for any number of ids of a request at once. */
export function loaderById<T extends QueryResultRow & { id: string }>(
  byId: PositionalStatement,
): (context: RequestContext) => DataLoader<string, T | null> {
  const byIds = statement(
    `${byId.name}-each`,
    `SELECT found.* FROM unnest($1::uuid[]) AS wanted(wanted_id)
       CROSS JOIN LATERAL (${byId.text.replaceAll('$1', 'wanted.wanted_id')}) found`,
  );
  return perRequest(({ database }) => loadOneBy<T>(database, byIds, (row) => row.id));
}
