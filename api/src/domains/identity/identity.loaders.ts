import { rowOf, statement, t } from '../../platform/database/database.js';
import { perRequest } from '../../platform/graphql/context.js';
import { loadManyBy, loadOneBy } from '../../platform/graphql/load-many-by.js';
import { SAVED_ADDRESS_COLUMNS, SavedAddressEntity } from './customers/saved-address.entity.js';
import { USER_COLUMNS, USER_ROW } from './user.entity.js';

const usersById = statement('identity.users-by-id', {
  params: { ids: t.uuids },
  row: USER_ROW,
  sql: `SELECT ${USER_COLUMNS} FROM app_user WHERE id = ANY(:ids::uuid[])`,
});
const addressesById = statement('identity.addresses-by-id', {
  params: { ids: t.uuids },
  row: rowOf(SavedAddressEntity),
  sql: `SELECT ${SAVED_ADDRESS_COLUMNS} FROM saved_address WHERE id = ANY(:ids::uuid[])`,
});
const addressesByUser = statement('identity.addresses-by-user', {
  params: { ids: t.uuids },
  row: rowOf(SavedAddressEntity),
  sql: `SELECT ${SAVED_ADDRESS_COLUMNS} FROM saved_address WHERE user_id = ANY(:ids::uuid[]) ORDER BY created_at, id`,
});

export const identityLoaders = perRequest(({ database }) => ({
  userById: loadOneBy(database, usersById, (user) => user.id),
  addressById: loadOneBy(database, addressesById, (address) => address.id),
  addressesByUser: loadManyBy(database, addressesByUser, (address) => address.userId),
}));
