import { statement, t } from '../../platform/database/database.js';
import { perRequest } from '../../platform/graphql/context.js';
import { loadOneBy } from '../../platform/graphql/load-many-by.js';
import type { MetadataValues } from './metadata.entity.js';
import type { MetadataEntry } from './metadata.type.js';

const metadataOf = statement('metadata.of-entities', {
  params: { ids: t.uuids },
  row: {
    id: t.uuid,
    staffValues: t.json<MetadataValues>(),
    publicValues: t.json<MetadataValues>(),
    version: t.int,
  },
  sql: `SELECT entity_id AS id, staff_values AS "staffValues", public_values AS "publicValues", version
   FROM metadata WHERE entity_id = ANY (:ids::uuid[])`,
});

/** The metadata of any entities of a request, with one statement; a request that asks for none sends none. */
export const metadataLoader = perRequest(({ database }) => loadOneBy(database, metadataOf, ({ id }) => id));

/** The values as the schema shows them, by key. */
export function entriesOf(values: MetadataValues = {}): MetadataEntry[] {
  return Object.keys(values)
    .sort()
    .map((key) => ({ key, value: values[key] ?? '' }));
}
