import { newId } from '../../kernel/ids.js';
import { statement, t, type Database } from '../../platform/database/database.js';
import { announceRedirects } from './routing.statements.js';

// Two addresses that the demo shop had before: a category under another name, and a fair that is over.
const addRedirects = statement('routing.demo-redirects', {
  params: { ids: t.uuids },
  sql: `INSERT INTO redirect (id, from_path, to_path, code)
   SELECT * FROM unnest(:ids::uuid[], ARRAY['/cesti', '/targ-de-craciun-2024'], ARRAY['/c/cani-si-cesti', NULL], ARRAY[301, 410])
   WHERE NOT EXISTS (SELECT FROM redirect) ON CONFLICT (from_path) DO NOTHING`,
});

/** Adds nothing to a shop that has redirects. */
export async function seedDemoRedirects(database: Database): Promise<void> {
  await database.count(addRedirects, { ids: [newId(), newId()] });
  await database.rows(announceRedirects);
}
