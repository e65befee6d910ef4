import { statement, t } from '../../platform/database/database.js';
import type { StoredFieldValues } from '../../platform/fields/field-declaration.js';
import { perRequest } from '../../platform/graphql/context.js';
import { loadOneBy } from '../../platform/graphql/load-many-by.js';

const valuesOf = statement('customFields.of-entities', {
  params: { ids: t.uuids },
  row: { id: t.uuid, values: t.json<StoredFieldValues>(), version: t.int },
  sql: `SELECT entity_id AS id, field_values AS values, version FROM custom_field_values WHERE entity_id = ANY (:ids::uuid[])`,
});

/** The stored values of any entities of a request, with one statement; a request that asks for none sends none. */
export const customFieldsLoader = perRequest(({ database }) => loadOneBy(database, valuesOf, ({ id }) => id));
