import { InvalidInputError, NotFoundError } from '../../../kernel/errors.js';
import { newId } from '../../../kernel/ids.js';
import { rowOf, statement, type Database, type Tx, t } from '../../../platform/database/database.js';
import { StaleVersionError } from '../../../platform/graphql/user-error.type.js';
import { tidy, type StoredAddress } from './read-address.js';
import { SAVED_ADDRESS_COLUMNS, SavedAddressEntity } from './saved-address.entity.js';

/** A new or changed address; null and absent keep a field, except for `label`, which null clears. */
export interface AddressEntry {
  readonly label?: string | null;
  readonly address: StoredAddress;
  readonly isDefaultShipping?: boolean | null;
  readonly isDefaultBilling?: boolean | null;
  /** For a change: the version it is based on; null skips the comparison. */
  readonly expectedVersion?: number | null;
}

const MAX_ADDRESSES = 50;

const lockAddressBook = statement('identity.lock-addresses', {
  params: { userId: t.uuid },
  sql: 'SELECT id FROM app_user WHERE id = :userId FOR NO KEY UPDATE',
});
const countAddresses = statement('identity.count-addresses', {
  params: { userId: t.uuid },
  row: { count: t.int },
  sql: 'SELECT count(*) AS "count" FROM saved_address WHERE user_id = :userId',
});
const clearDefaults = statement('identity.clear-default-addresses', {
  params: { userId: t.uuid, id: t.uuid, shipping: t.boolean, billing: t.boolean },
  sql: `UPDATE saved_address
   SET is_default_shipping = is_default_shipping AND NOT :shipping, is_default_billing = is_default_billing AND NOT :billing,
     version = version + 1
   WHERE user_id = :userId AND id <> :id AND (is_default_shipping AND :shipping OR is_default_billing AND :billing)`,
});
const insertAddress = statement('identity.insert-address', {
  params: {
    id: t.uuid,
    userId: t.uuid,
    label: t.text.orNull,
    address: t.json<StoredAddress>(),
    shipping: t.boolean,
    billing: t.boolean,
  },
  row: rowOf(SavedAddressEntity),
  sql: `INSERT INTO saved_address (id, user_id, label, address, is_default_shipping, is_default_billing)
   VALUES (:id, :userId, :label, :address, :shipping, :billing) RETURNING ${SAVED_ADDRESS_COLUMNS}`,
});
const updateAddress = statement('identity.update-address', {
  params: {
    userId: t.uuid,
    id: t.uuid,
    setsLabel: t.boolean,
    label: t.text.orNull,
    address: t.json<StoredAddress>(),
    shipping: t.boolean.orNull,
    billing: t.boolean.orNull,
  },
  row: rowOf(SavedAddressEntity),
  sql: `UPDATE saved_address SET
     label = CASE WHEN :setsLabel THEN :label ELSE label END,
     address = :address,
     is_default_shipping = coalesce(:shipping, is_default_shipping),
     is_default_billing = coalesce(:billing, is_default_billing),
     version = version + ((label, address, is_default_shipping, is_default_billing) IS DISTINCT FROM
       (CASE WHEN :setsLabel THEN :label ELSE label END, :address, coalesce(:shipping, is_default_shipping),
        coalesce(:billing, is_default_billing)))::int
   WHERE user_id = :userId AND id = :id RETURNING ${SAVED_ADDRESS_COLUMNS}`,
});
const versionOf = statement('identity.address-version', {
  params: { userId: t.uuid, id: t.uuid },
  row: { version: t.int },
  sql: 'SELECT version FROM saved_address WHERE user_id = :userId AND id = :id',
});
const deleteAddress = statement('identity.delete-address', {
  params: { userId: t.uuid, id: t.uuid },
  sql: 'DELETE FROM saved_address WHERE user_id = :userId AND id = :id',
});

/**
 * A customer's saved addresses, with at most one default of each kind.
 *
 * Every change locks the user's row, so that two concurrent new defaults leave only one of them.
 */
export class AddressBook {
  constructor(private readonly database: Database) {}

  /** @throws InvalidInputError when the address book is full */
  async create(userId: string, entry: AddressEntry): Promise<SavedAddressEntity> {
    const [shipping, billing] = [entry.isDefaultShipping ?? false, entry.isDefaultBilling ?? false];
    return this.database.transaction(async (tx) => {
      await this.lock(tx, userId);
      const held = await tx.row(countAddresses, { userId });
      if ((held?.count ?? 0) >= MAX_ADDRESSES) {
        throw new InvalidInputError(`An address book holds at most ${MAX_ADDRESSES} addresses.`);
      }
      const id = newId();
      await tx.count(clearDefaults, { userId, id, shipping, billing });
      const { address } = entry;
      const inserted = await tx.row(insertAddress, {
        ...{ id, userId, label: tidy(entry.label), address, shipping, billing },
      });
      return inserted as SavedAddressEntity;
    });
  }

  /**
   * Changes an address. The address book is locked before the version is compared, so of two requests based on one
   * version the second is refused; a change without effect keeps the version.
   *
   * @throws NotFoundError if it is no address of this user | StaleVersionError if it was changed meanwhile
   */
  async update(userId: string, id: string, entry: AddressEntry): Promise<SavedAddressEntity> {
    const { isDefaultShipping: shipping = null, isDefaultBilling: billing = null } = entry;
    return this.database.transaction(async (tx) => {
      await this.lock(tx, userId);
      const stored = await tx.row(versionOf, { userId, id });
      if (!stored) throw new NotFoundError('address', ['addressId']);
      if ((entry.expectedVersion ?? stored.version) !== stored.version)
        throw new StaleVersionError(stored.version);
      await tx.count(clearDefaults, { userId, id, shipping: shipping ?? false, billing: billing ?? false });
      const address = await tx.row(updateAddress, {
        userId,
        id,
        setsLabel: entry.label !== undefined,
        label: tidy(entry.label),
        address: entry.address,
        shipping,
        billing,
      });
      if (!address) throw new NotFoundError('address', ['addressId']);
      return address;
    });
  }

  /** @throws NotFoundError if it is no address of this user */
  async delete(userId: string, id: string): Promise<void> {
    if ((await this.database.count(deleteAddress, { userId, id })) === 0)
      throw new NotFoundError('address', ['addressId']);
  }

  private async lock(tx: Tx, userId: string): Promise<void> {
    if ((await tx.count(lockAddressBook, { userId })) === 0) throw new NotFoundError('user');
  }
}
