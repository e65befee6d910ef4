import DataLoader from 'dataloader';
import { statement, t, type Querying, type Statement } from '../database/database.js';
import { perRequest, type RequestContext } from './context.js';

/** A statement that reads the rows of many ids at once. */
type ByIds<T> = Statement<{ readonly ids: readonly string[] }, T>;

/**
 * Loads the rows that belong to each of many parents with one statement, `:ids` being the array of parent ids.
 * Parents without rows get an empty list; the statement's order is kept.
 */
export function loadManyBy<T extends object>(
  database: Querying,
  statement: ByIds<T>,
  parentOf: (row: T) => string,
): DataLoader<string, T[]> {
  return new DataLoader<string, T[]>(async (ids) => {
    const groups = new Map<string, T[]>(ids.map((id) => [id, []]));
    for (const row of await database.rows(statement, { ids })) groups.get(parentOf(row))?.push(row);
    return ids.map((id) => groups.get(id) ?? []);
  });
}

/** Loads rows by id with one statement, `:ids` being the array of ids; null for an unknown id. */
export function loadOneBy<T extends object>(
  database: Querying,
  statement: ByIds<T>,
  keyOf: (row: T) => string,
): DataLoader<string, T | null> {
  return new DataLoader<string, T | null>(async (ids) => {
    const found = new Map((await database.rows(statement, { ids })).map((row) => [keyOf(row), row]));
    return ids.map((id) => found.get(id) ?? null);
  });
}

/** Loads the result of a statement with one id, `:id`, for any number of ids of a request at once. */
export function loaderById<T extends { id: string }>(
  byId: Statement<{ readonly id: string }, T>,
): (context: RequestContext) => DataLoader<string, T | null> {
  const { sql, row } = byId;
  const byIds: Statement<{ readonly ids: readonly string[] }, unknown> = statement(`${byId.name}-each`, {
    params: { ids: t.uuids },
    ...(row && { row }),
    sql: `SELECT found.* FROM unnest(:ids::uuid[]) AS wanted(wanted_id)
       CROSS JOIN LATERAL (${sql.replaceAll(/:id\b/g, 'wanted.wanted_id')}) found`,
  });
  return perRequest(({ database }) =>
    loadOneBy(database, byIds as Statement<{ readonly ids: readonly string[] }, T>, (loaded) => loaded.id),
  );
}
