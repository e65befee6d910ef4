import { statement, t, type Querying } from '../../platform/database/database.js';

// Each value is found by one step in its index, however long the log is.
const distinct = (column: string, table: string): string => `WITH RECURSIVE found (value) AS (
    (SELECT ${column} FROM ${table} WHERE ${column} IS NOT NULL ORDER BY ${column} LIMIT 1)
    UNION ALL SELECT (SELECT ${column} FROM ${table} WHERE ${column} > found.value ORDER BY ${column} LIMIT 1)
    FROM found WHERE found.value IS NOT NULL)`;

const actors = statement('audit.actors', {
  row: { id: t.uuid, name: t.text.orNull },
  sql: `${distinct('actor_id', 'audit_entry')}
    SELECT found.value AS id, u.first_name || ' ' || u.last_name AS name
    FROM found LEFT JOIN app_user u ON u.id = found.value WHERE found.value IS NOT NULL ORDER BY name, id`,
});
const operations = statement('audit.operations', {
  row: { value: t.text },
  sql: `${distinct('operation', 'audit_entry')} SELECT value FROM found WHERE value IS NOT NULL ORDER BY value`,
});
const entityTypes = statement('audit.entity-types', {
  row: { value: t.text },
  sql: `${distinct('entity_type', 'audit_change')} SELECT value FROM found WHERE value IS NOT NULL ORDER BY value`,
});

export async function auditChoices(database: Querying) {
  const [people, done, about] = await Promise.all([
    database.rows(actors),
    database.rows(operations),
    database.rows(entityTypes),
  ]);
  const values = (rows: readonly { readonly value: string }[]): string[] => rows.map(({ value }) => value);
  return { actors: people, operations: values(done), entityTypes: values(about) };
}
