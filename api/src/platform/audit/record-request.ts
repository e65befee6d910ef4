import { statement, t, type Querying } from '../database/database.js';
import { recordingNow } from './recording.js';

const write = statement('audit.record-request', {
  params: { record: t.text, entityType: t.text, entityId: t.text },
  row: { record_request: t.nothing },
  sql: 'SELECT record_request(:record, :entityType, :entityId)',
});

/**
 * Records that staff asked for work which changes no row in this transaction, such as doing a webhook event again. What
 * changes a row is recorded by the database and never through this. No statement where nobody acts.
 */
export async function recordRequest(
  tx: Querying,
  what: { readonly record: string; readonly entityType: string; readonly entityId: string },
): Promise<void> {
  if (recordingNow()) await tx.rows(write, what);
}
