import { DomainError, InvalidInputError, NotFoundError } from '../../../../kernel/errors.js';
import { statement, t, type Tx } from '../../../../platform/database/database.js';
import { customerChanged } from '../../identity.events.js';
import { CustomerEntity, CustomerNoteEntity } from '../customer.entity.js';
import { CustomerStatus } from '../customer-status.js';
import { lockCustomer, type SeenCustomer, type UpkeepDeps } from './customer-upkeep.service.js';
import { MOST_TAGS } from './customer-changes.input.js';

const moveNotes = statement('identity.move-customer-notes', {
  params: { fromId: t.uuid, intoId: t.uuid },
  sql: 'UPDATE customer_note SET customer_id = :intoId WHERE customer_id = :fromId',
});
const guestOfAccount = statement('identity.guest-of-account', {
  params: { userId: t.uuid },
  row: { id: t.uuid },
  sql: `SELECT g.id FROM customer a JOIN customer g ON g.email_key = a.email_key
   WHERE a.id = :userId AND a.user_id IS NOT NULL AND g.user_id IS NULL AND g.merged_into IS NULL AND g.status = 'ACTIVE'
   FOR NO KEY UPDATE OF g`,
});

/** Two customers who become one. */
export interface Merge {
  readonly fromId: string;
  readonly intoId: string;
}

/** Moves the rows of another module, in the transaction of the merge; returns how many orders it moved. */
export type MergeHandler = (tx: Tx, merge: Merge) => Promise<number>;

/**
 * Shows an account what is its customer's, as far as its holder has shown that the mailbox is theirs; returns how many
 * orders it had not shown before.
 */
export type ProvedHandler = (tx: Tx, userId: string) => Promise<number>;

export interface Moved {
  readonly orders: number;
  readonly notes: number;
  readonly tags: number;
}

class OnlyPreviewed extends Error {
  constructor(readonly moved: Moved) {
    super('A preview is rolled back');
  }
}

/**
 * Joins a guest to another customer.
 *
 * Transaction and locks: both customers' rows, the lower id first, then the notes and the orders of the guest. A guest's
 * checkout holds the guest's row until its order is there (`customer_of_order`): a merge that comes second moves that
 * order too; a checkout that comes second finds the guest gone and is that of a new guest with this e-mail. So no order
 * is ever left with a merged row. Where a draft is being rewritten for the guest, one of the two transactions may be
 * chosen to end by a deadlock; it is run again.
 */
export class CustomerMerging {
  private readonly handlers: MergeHandler[] = [];
  private readonly proved: ProvedHandler[] = [];

  constructor(private readonly deps: UpkeepDeps) {}

  /** Registers who moves the orders of a guest. */
  onMerge(handler: MergeHandler): void {
    this.handlers.push(handler);
  }

  /** Registers who shows an account the orders of its e-mail; called after each merge into an account, too. */
  onProved(handler: ProvedHandler): void {
    this.proved.push(handler);
  }

  /**
   * @throws NotFoundError | StaleVersionError | InvalidInputError too many tags
   * @throws DomainError MERGE_DIRECTION the one to be merged has an account, CUSTOMER_LOCKED one of them is locked: the
   *   lock of the one who is gone would be forgotten, and nobody locked the e-mail of the other
   */
  async merge({ customerId, expectedVersion }: SeenCustomer, intoId: string): Promise<void> {
    const { database, outbox } = this.deps;
    await database.transaction((tx) => this.byStaff(tx, { customerId, expectedVersion }, intoId));
    outbox.notifyRelay();
  }

  /** What `merge` would move: the same transaction, rolled back. @throws as `merge` */
  async preview(customerId: string, intoId: string): Promise<Moved> {
    try {
      return await this.deps.database.transaction(async (tx) => {
        throw new OnlyPreviewed(await this.byStaff(tx, { customerId, expectedVersion: null }, intoId));
      });
    } catch (error) {
      if (error instanceof OnlyPreviewed) return error.moved;
      throw error;
    }
  }

  /**
   * Joins the guest with the e-mail of an account to it, in the transaction in which its holder shows that the mailbox is
   * theirs, and shows the account the orders of this e-mail: those, too, that staff merged into it before. A guest who is
   * locked stays one. Returns how many orders the account had not shown before.
   */
  async joinProved(tx: Tx, userId: string): Promise<number> {
    const guest = await tx.row(guestOfAccount, { userId });
    const from = guest && (await tx.repository(CustomerEntity).lock({ id: guest.id }));
    const into = from && (await tx.repository(CustomerEntity).lock({ id: userId }));
    if (from && !from.mergedInto && into) await this.join(tx, { from, into, isProved: true });
    return this.show(tx, userId);
  }

  private async byStaff(
    tx: Tx,
    { customerId, expectedVersion }: { customerId: string; expectedVersion: number | null },
    intoId: string,
  ): Promise<Moved> {
    if (customerId === intoId)
      throw new InvalidInputError('A customer is not merged into itself.', ['intoCustomerId']);
    const versions = new Map([[customerId, expectedVersion]]);
    const locked = new Map<string, CustomerEntity>();
    for (const id of [customerId, intoId].sort())
      locked.set(id, await this.lock(tx, id, versions.get(id) ?? null, id === intoId));
    const from = locked.get(customerId)!;
    if (from.userId)
      throw new DomainError(
        'MERGE_DIRECTION',
        'One with an account is not merged: merge the guest into it.',
        ['customerId'],
      );
    const into = locked.get(intoId)!;
    for (const [customer, field] of [[from, 'customerId'] as const, [into, 'intoCustomerId'] as const])
      if (customer.status === CustomerStatus.LOCKED)
        throw new DomainError('CUSTOMER_LOCKED', 'Let the customer in again first.', [field]);
    const moved = await this.join(tx, { from, into, isProved: false });
    if (into.userId) await this.show(tx, into.userId);
    return moved;
  }

  private async lock(tx: Tx, id: string, version: number | null, isTarget: boolean): Promise<CustomerEntity> {
    try {
      return await lockCustomer(tx, id, version);
    } catch (error) {
      throw isTarget && error instanceof NotFoundError
        ? new NotFoundError('customer', ['intoCustomerId'])
        : error;
    }
  }

  private async join(
    tx: Tx,
    { from, into, isProved }: { from: CustomerEntity; into: CustomerEntity; isProved: boolean },
  ): Promise<Moved> {
    const customers = tx.repository(CustomerEntity);
    const tags = [...new Set([...into.tags, ...from.tags])].sort();
    if (tags.length > MOST_TAGS && !isProved)
      throw new InvalidInputError(`Together they have more than ${MOST_TAGS} tags.`, ['intoCustomerId']);
    const added = tags.length - into.tags.length;
    await customers.update(from, { mergedInto: into.id, tags: [] });
    await customers.update(into, { tags: tags.slice(0, MOST_TAGS) });
    const notes = await tx.count(moveNotes, { fromId: from.id, intoId: into.id });
    let orders = 0;
    for (const handler of this.handlers) orders += await handler(tx, { fromId: from.id, intoId: into.id });
    await this.deps.outbox.append(
      tx,
      customerChanged(into.id, { change: 'MERGED', version: into.version }),
      customerChanged(from.id, { change: 'MERGED', version: from.version }),
    );
    return { orders, notes, tags: added };
  }

  private async show(tx: Tx, userId: string): Promise<number> {
    let shown = 0;
    for (const handler of this.proved) shown += await handler(tx, userId);
    return shown;
  }
}

export const customerEntities = [CustomerEntity, CustomerNoteEntity];
