import { InvalidInputError, NotFoundError } from '../../../kernel/errors.js';
import { newId } from '../../../kernel/ids.js';
import { enteredFields, statement, type Database, type Tx, t } from '../../../platform/database/database.js';
import { StaleVersionError } from '../../../platform/graphql/user-error.type.js';
import { tidy, type StoredAddress } from './read-address.js';
import { SavedAddressEntity } from './saved-address.entity.js';

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
/**
 * A customer's saved addresses, with at most one default of each kind.
 *
 * Every change locks the user's row, so that two concurrent new defaults leave only one of them.
 */
export class AddressBook {
  constructor(private readonly database: Database) {}

  /** @throws InvalidInputError when the address book is full */
  async create(userId: string, entry: AddressEntry): Promise<SavedAddressEntity> {
    const { address, isDefaultShipping, isDefaultBilling } = entry;
    const defaults = {
      isDefaultShipping: isDefaultShipping ?? false,
      isDefaultBilling: isDefaultBilling ?? false,
    };
    return this.database.transaction(async (tx) => {
      await this.lock(tx, userId);
      const held = await tx.row(countAddresses, { userId });
      if ((held?.count ?? 0) >= MAX_ADDRESSES) {
        throw new InvalidInputError(`An address book holds at most ${MAX_ADDRESSES} addresses.`);
      }
      const row = { id: newId(), userId, label: tidy(entry.label), address, ...defaults };
      await this.clearDefaults(tx, row);
      const [saved] = await tx.repository(SavedAddressEntity).insert([row]);
      return saved!;
    });
  }

  /**
   * Changes an address. The address book is locked before the version is compared, so of two requests based on one
   * version the second is refused; a change without effect keeps the version.
   *
   * @throws NotFoundError if it is no address of this user | StaleVersionError if it was changed meanwhile
   */
  async update(userId: string, id: string, entry: AddressEntry): Promise<SavedAddressEntity> {
    const { address, isDefaultShipping, isDefaultBilling, label, expectedVersion } = entry;
    const given = { address, isDefaultShipping, isDefaultBilling };
    return this.database.transaction(async (tx) => {
      await this.lock(tx, userId);
      const addresses = tx.repository(SavedAddressEntity);
      const stored = await addresses.lock({ id, userId });
      if (!stored) throw new NotFoundError('address', ['addressId']);
      if ((expectedVersion ?? stored.version) !== stored.version) throw new StaleVersionError(stored.version);
      const changes = enteredFields(SavedAddressEntity, {
        ...given,
        label: label === undefined ? label : tidy(label),
      });
      await this.clearDefaults(tx, { ...changes, id, userId });
      await addresses.update(stored, changes);
      return stored;
    });
  }

  /** @throws NotFoundError if it is no address of this user */
  async delete(userId: string, id: string): Promise<void> {
    if ((await this.database.repository(SavedAddressEntity).delete({ id, userId })) === 0)
      throw new NotFoundError('address', ['addressId']);
  }

  /** Takes from the other addresses what the given one becomes the default for. */
  private async clearDefaults(
    tx: Tx,
    by: Pick<SavedAddressEntity, 'id' | 'userId'> & Partial<SavedAddressEntity>,
  ): Promise<void> {
    const { id, userId, isDefaultShipping: shipping = false, isDefaultBilling: billing = false } = by;
    await tx.count(clearDefaults, { userId, id, shipping, billing });
  }

  private async lock(tx: Tx, userId: string): Promise<void> {
    if ((await tx.count(lockAddressBook, { userId })) === 0) throw new NotFoundError('user');
  }
}
