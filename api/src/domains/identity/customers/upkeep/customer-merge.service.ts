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
  /**
   * Whether the holder of the account `intoId` has just shown that the guest's mailbox is theirs: then the account shows
   * the orders. Where staff only say so, they stay hidden there.
   */
  readonly isProved: boolean;
}

/** Moves the rows of another module, in the transaction of the merge; returns how many orders it moved. */
export type MergeHandler = (tx: Tx, merge: Merge) => Promise<number>;

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

  constructor(private readonly deps: UpkeepDeps) {}

  /** Registers who moves the orders of a guest. */
  onMerge(handler: MergeHandler): void {
    this.handlers.push(handler);
  }

  /**
   * @throws NotFoundError | StaleVersionError | InvalidInputError too many tags
   * @throws DomainError MERGE_DIRECTION the one to be merged has an account
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
   * theirs. A guest who is locked stays one.
   */
  async joinProved(tx: Tx, userId: string): Promise<void> {
    const guest = await tx.row(guestOfAccount, { userId });
    if (!guest) return;
    const from = await tx.repository(CustomerEntity).lock({ id: guest.id });
    const into = await tx.repository(CustomerEntity).lock({ id: userId });
    if (!from || from.mergedInto || !into) return;
    await this.join(tx, { from, into, isProved: true });
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
    return this.join(tx, { from, into: locked.get(intoId)!, isProved: false });
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
    await customers.update(from, { mergedInto: into.id, tags: [], status: CustomerStatus.ACTIVE });
    await customers.update(into, { tags: tags.slice(0, MOST_TAGS) });
    const notes = await tx.count(moveNotes, { fromId: from.id, intoId: into.id });
    let orders = 0;
    for (const handler of this.handlers)
      orders += await handler(tx, { fromId: from.id, intoId: into.id, isProved });
    await this.deps.outbox.append(
      tx,
      customerChanged(into.id, { change: 'MERGED', version: into.version }),
      customerChanged(from.id, { change: 'MERGED', version: from.version }),
    );
    return { orders, notes, tags: added };
  }
}

export const customerEntities = [CustomerEntity, CustomerNoteEntity];
