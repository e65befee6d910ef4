import { DomainError, InvalidInputError, NotFoundError } from '../../../../kernel/errors.js';
import { newId } from '../../../../kernel/ids.js';
import type { Language } from '../../../../kernel/languages.js';
import { violatedConstraint, type Database, type Tx } from '../../../../platform/database/database.js';
import type { KeyedRequest, RequestKeys } from '../../../../platform/database/request-keys.js';
import { StaleVersionError } from '../../../../platform/graphql/user-error.type.js';
import type { Outbox } from '../../../../platform/jobs/outbox.js';
import { assertOffered, languagesGroup, type SettingsService } from '../../../store/index.js';
import { EmailTakenError } from '../../identity.errors.js';
import { customerChanged } from '../../identity.events.js';
import { CustomerEntity, CustomerNoteEntity } from '../customer.entity.js';
import { countNotes, knownEmail, lockAccount, MOST_NOTES, updateAccount } from '../customer.statements.js';
import { CustomerStatus } from '../customer-status.js';
import { MOST_TAGS } from './customer-changes.input.js';
import { cleanTags } from '../customer-tags.js';
import { personName } from '../person-name.js';
import { readPhone } from '../read-address.js';

/** What staff enter; null and absent keep a field, except for `phone`, which null clears. */
export interface EnteredCustomer {
  readonly firstName?: string | null | undefined;
  readonly lastName?: string | null | undefined;
  readonly phone?: string | null | undefined;
  readonly language?: Language | null | undefined;
}

export interface SeenCustomer {
  readonly customerId: string;
  readonly expectedVersion: number;
}

export interface UpkeepDeps {
  readonly database: Database;
  readonly outbox: Outbox;
  readonly keys: RequestKeys;
  readonly settings: Pick<SettingsService, 'get'>;
}

/** One of the changes that `customer.changed` tells. */
export type Change = 'CREATED' | 'UPDATED' | 'TAGS' | 'NOTES' | 'LOCKED' | 'UNLOCKED' | 'MERGED';

/*
 * Locks of what staff change about customers: the account first, where there is one, because its trigger writes the
 * customer's row; then the customer's row. Both stay locked until the transaction ends, so of two changes based on one
 * version the second is refused.
 */

/**
 * The customer with the locks of a change.
 *
 * @throws NotFoundError also for staff, and for who was erased or merged | StaleVersionError; null skips the comparison
 */
export async function lockCustomer(
  tx: Tx,
  customerId: string,
  expectedVersion: number | null,
): Promise<CustomerEntity> {
  await tx.row(lockAccount, { userId: customerId });
  const customer = await tx.repository(CustomerEntity).lock({ id: customerId });
  if (!customer || customer.isStaff || customer.mergedInto || customer.status === CustomerStatus.ERASED)
    throw new NotFoundError('customer', ['customerId']);
  if ((expectedVersion ?? customer.version) !== customer.version)
    throw new StaleVersionError(customer.version);
  return customer;
}

/** What staff write about customers. Each method is one transaction. */
export class CustomerUpkeep {
  constructor(private readonly deps: UpkeepDeps) {}

  /**
   * Adds a guest. Returns the id; a repeat with the same key returns the first one's.
   *
   * @throws EmailTakenError | DomainError INVALID_PHONE, LANGUAGE_NOT_OFFERED | InvalidInputError too many tags
   */
  async create(
    { email, tags, ...entered }: EnteredCustomer & { readonly email: string; readonly tags: string[] },
    { language, homeCountry }: { readonly language: Language; readonly homeCountry: string },
    keyed: KeyedRequest | null,
  ): Promise<string> {
    const row = {
      ...{ email, firstName: '', lastName: '', phone: null, language, tags: assertFew(cleanTags(tags)) },
      ...columnsOf(entered, homeCountry),
    };
    if (entered.language) await this.assertRead(entered.language);
    return this.write(async (tx) => {
      const earlier = keyed && (await this.deps.keys.claim(tx, keyed));
      if (earlier) return (earlier.response as { customerId: string }).customerId;
      if (await tx.row(knownEmail, { email })) throw new EmailTakenError();
      const id = newId();
      await tx.repository(CustomerEntity).insert([{ id, source: 'STAFF', userId: null, ...row }]);
      await this.appendChange(tx, id, 'CREATED', 1);
      if (keyed) await this.deps.keys.storeResult(tx, keyed, { customerId: id });
      return id;
    });
  }

  /**
   * Changes name, telephone number and language: of the account where there is one. The e-mail stays: an account is
   * signed in to with it, and a guest is known by it. A language that buyers do not read (any more) stays where it is.
   *
   * @throws NotFoundError | StaleVersionError | DomainError INVALID_PHONE, LANGUAGE_NOT_OFFERED
   */
  async update(
    { customerId, expectedVersion }: SeenCustomer,
    entered: EnteredCustomer,
    homeCountry: string,
  ): Promise<void> {
    const changes = columnsOf(entered, homeCountry);
    await this.write(async (tx) => {
      const customer = await lockCustomer(tx, customerId, expectedVersion);
      if (changes.language && changes.language !== customer.language) await this.assertRead(changes.language);
      if (customer.userId) {
        const { firstName = null, lastName = null, language = null, phone = null } = changes;
        const setsPhone = changes.phone !== undefined;
        await tx.count(updateAccount, {
          userId: customer.userId,
          ...{ firstName, lastName, language, phone, setsPhone },
        });
      } else if (!(await tx.repository(CustomerEntity).update(customer, changes))) return;
      await this.appendChange(tx, customerId, 'UPDATED', expectedVersion + 1);
    });
  }

  /** @throws NotFoundError | StaleVersionError | InvalidInputError */
  async setTags({ customerId, expectedVersion }: SeenCustomer, tags: readonly string[]): Promise<void> {
    const clean = assertFew(cleanTags(tags));
    await this.write(async (tx) => {
      const customer = await lockCustomer(tx, customerId, expectedVersion);
      if (await tx.repository(CustomerEntity).update(customer, { tags: clean }))
        await this.appendChange(tx, customerId, 'TAGS', customer.version);
    });
  }

  /**
   * Adds tags, in this transaction; for work on many.
   *
   * @throws NotFoundError | InvalidInputError too many tags
   */
  async addTagsIn(tx: Tx, customerId: string, added: readonly string[]): Promise<void> {
    const customer = await lockCustomer(tx, customerId, null);
    const tags = assertFew(cleanTags([...customer.tags, ...added]));
    if (await tx.repository(CustomerEntity).update(customer, { tags }))
      await this.appendChange(tx, customerId, 'TAGS', customer.version);
  }

  /** What staff call a customer, whose row is locked; null for one who is gone. */
  async nameOf(tx: Tx, customerId: string): Promise<string | null> {
    await tx.row(lockAccount, { userId: customerId });
    const customer = await tx.repository(CustomerEntity).lock({ id: customerId });
    return customer && customer.status !== CustomerStatus.ERASED && !customer.mergedInto
      ? customer.email
      : null;
  }

  /** A repeat with the same key adds nothing. @throws NotFoundError | InvalidInputError too many notes */
  async addNote(
    note: { readonly customerId: string; readonly body: string; readonly authorId: string },
    keyed: KeyedRequest | null,
  ): Promise<void> {
    await this.write(async (tx) => {
      if (keyed && (await this.deps.keys.claim(tx, keyed))) return;
      const { version } = await lockCustomer(tx, note.customerId, null);
      const held = await tx.row(countNotes, { customerId: note.customerId });
      if ((held?.count ?? 0) >= MOST_NOTES)
        throw new InvalidInputError(`A customer has at most ${MOST_NOTES} notes.`, ['body']);
      const body = note.body.replaceAll('\0', '').trim();
      await tx.repository(CustomerNoteEntity).insert([{ ...note, id: newId(), body }]);
      await this.appendChange(tx, note.customerId, 'NOTES', version);
      if (keyed) await this.deps.keys.storeResult(tx, keyed, {});
    });
  }

  /** @throws NotFoundError */
  async deleteNote(customerId: string, noteId: string): Promise<void> {
    await this.write(async (tx) => {
      const { version } = await lockCustomer(tx, customerId, null);
      if ((await tx.repository(CustomerNoteEntity).delete({ id: noteId, customerId })) === 0)
        throw new NotFoundError('note', ['noteId']);
      await this.appendChange(tx, customerId, 'NOTES', version);
    });
  }

  private async write<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    try {
      const result = await this.deps.database.transaction(work);
      this.deps.outbox.notifyRelay();
      return result;
    } catch (error) {
      throw violatedConstraint(error) === 'customer_guest' ? new EmailTakenError() : error;
    }
  }

  /** @throws DomainError LANGUAGE_NOT_OFFERED */
  private async assertRead(language: Language): Promise<void> {
    const { offered } = await this.deps.settings.get(languagesGroup);
    assertOffered(offered, language, ['language']);
  }

  private appendChange(tx: Tx, customerId: string, change: Change, version: number): Promise<unknown> {
    return this.deps.outbox.append(tx, customerChanged(customerId, { change, version }));
  }
}

/** The columns of what was entered. @throws DomainError INVALID_PHONE */
function columnsOf({ firstName, lastName, phone: given, language }: EnteredCustomer, homeCountry: string) {
  const phone = readPhone(given, homeCountry);
  if (given && phone === undefined)
    throw new DomainError('INVALID_PHONE', 'This is no telephone number.', ['phone']);
  return {
    ...(firstName && { firstName: personName(firstName) }),
    ...(lastName && { lastName: personName(lastName) }),
    ...(given !== undefined && { phone: phone ?? null }),
    ...(language && { language }),
  };
}

/** @throws InvalidInputError */
function assertFew(tags: string[]): string[] {
  if (tags.length > MOST_TAGS)
    throw new InvalidInputError(`A customer has at most ${MOST_TAGS} tags.`, ['tags']);
  return tags;
}
