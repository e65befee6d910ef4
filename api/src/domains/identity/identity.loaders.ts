import { rowOf, statement, t } from '../../platform/database/database.js';
import { perRequest } from '../../platform/graphql/context.js';
import { loadManyBy, loadOneBy } from '../../platform/graphql/load-many-by.js';
import { SAVED_ADDRESS_COLUMNS, SavedAddressEntity } from './customers/saved-address.entity.js';
import { customersById, notesByCustomer } from './customers/customer.statements.js';
import { rolesById } from './staff/staff.statements.js';
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

const rolesOfUsers = statement('identity.roles-of-users', {
  params: { ids: t.uuids },
  row: { userId: t.uuid, name: t.text, permissions: t.texts },
  sql: `SELECT m.user_id AS "userId", r.name, r.permissions FROM staff_member m JOIN staff_role r ON r.id = m.role_id
   WHERE m.user_id = ANY(:ids::uuid[])`,
});

export const identityLoaders = perRequest(({ database }) => ({
  userById: loadOneBy(database, usersById, (user) => user.id),
  customerById: loadOneBy(database, customersById, (customer) => customer.id),
  notesByCustomer: loadManyBy(database, notesByCustomer, (note) => note.customerId),
  staffRole: loadOneBy(database, rolesById, (role) => role.id),
  roleOfUser: loadOneBy(database, rolesOfUsers, (role) => role.userId),
  addressById: loadOneBy(database, addressesById, (address) => address.id),
  addressesByUser: loadManyBy(database, addressesByUser, (address) => address.userId),
}));
