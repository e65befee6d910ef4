import { statement } from '../../platform/database/database.js';
import { perRequest } from '../../platform/graphql/context.js';
import { loadManyBy, loadOneBy } from '../../platform/graphql/load-many-by.js';
import { SAVED_ADDRESS_COLUMNS, type SavedAddressEntity } from './customers/saved-address.entity.js';
import { USER_COLUMNS, type UserRow } from './user.entity.js';

const usersById = statement(
  'identity.users-by-id',
  `SELECT ${USER_COLUMNS} FROM app_user WHERE id = ANY($1::uuid[])`,
);
const addressesById = statement(
  'identity.addresses-by-id',
  `SELECT ${SAVED_ADDRESS_COLUMNS} FROM saved_address WHERE id = ANY($1::uuid[])`,
);
const addressesByUser = statement(
  'identity.addresses-by-user',
  `SELECT ${SAVED_ADDRESS_COLUMNS} FROM saved_address WHERE user_id = ANY($1::uuid[]) ORDER BY created_at, id`,
);

export const identityLoaders = perRequest(({ database }) => ({
  userById: loadOneBy<UserRow>(database, usersById, (user) => user.id),
  addressById: loadOneBy<SavedAddressEntity>(database, addressesById, (address) => address.id),
  addressesByUser: loadManyBy<SavedAddressEntity>(database, addressesByUser, (address) => address.userId),
}));
