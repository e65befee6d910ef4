import { DomainError } from '../../../../kernel/errors.js';
import { statement, t, type Tx } from '../../../../platform/database/database.js';
import { recordRequest } from '../../../../platform/audit/record-request.js';
import { customerChanged } from '../../identity.events.js';
import type { PasswordService } from '../../sign-in/password.service.js';
import type { SessionService } from '../../sign-in/session.service.js';
import { CustomerEntity } from '../customer.entity.js';
import { CustomerStatus } from '../customer-status.js';
import { lockCustomer, type SeenCustomer, type UpkeepDeps } from './customer-upkeep.service.js';

const setLocked = statement('identity.lock-account', {
  params: { userId: t.uuid, isLocked: t.boolean },
  sql: `UPDATE app_user SET locked_at = CASE WHEN :isLocked THEN now() END, updated_at = now()
   WHERE id = :userId AND role = 'CUSTOMER' AND (locked_at IS NOT NULL) <> :isLocked`,
});

/** Those who were merged into a customer, straight or by another: it is theirs, too, by whose e-mail nobody orders. */
const setMergedStatus = statement('identity.lock-merged-guests', {
  params: { customerId: t.uuid, status: t.textOf<CustomerStatus>() },
  sql: `WITH RECURSIVE merged AS (
     SELECT id FROM customer WHERE merged_into = :customerId
     UNION SELECT c.id FROM customer c JOIN merged m ON c.merged_into = m.id)
   UPDATE customer SET status = :status, version = version + 1, updated_at = now()
   WHERE id IN (SELECT id FROM merged) AND status <> 'ERASED' AND status <> :status`,
});

function assertMayReset({ userId, status }: CustomerEntity): void {
  if (!userId) throw new DomainError('NO_ACCOUNT', 'A guest has no password.', ['customerId']);
  if (status === CustomerStatus.LOCKED)
    throw new DomainError('CUSTOMER_LOCKED', 'Let the customer in again first.', ['customerId']);
}

interface Deps extends UpkeepDeps {
  readonly passwords: PasswordService;
  readonly sessions: SessionService;
}

/**
 * Who may sign in and order.
 *
 * Transaction and locks of locking: the account, the customer's row, the rows of guests who were merged into it, then
 * links and sessions. A sign-in and a checkout of the account take FOR SHARE on it (`identity.open-session`,
 * `customer_of_order`), a guest's checkout locks the row: each waits for a lock that came first and is refused, and a lock
 * waits for those that came first, whose orders stand.
 */
export class CustomerAccess {
  constructor(private readonly deps: Deps) {}

  /**
   * Ends all sessions and the links for a new password. From then on nobody signs in to the account, and neither it nor a
   * guest with its e-mail, or with that of a guest who was merged into it, can order; all are told no more than anybody
   * else who is refused.
   *
   * @throws NotFoundError | StaleVersionError
   */
  lock(seen: SeenCustomer): Promise<void> {
    return this.set(seen, true);
  }

  /** The same in this transaction, whatever the version; for work on many. @throws NotFoundError */
  async lockIn(tx: Tx, customerId: string): Promise<void> {
    await this.setIn(tx, { customerId, expectedVersion: null }, true);
  }

  /** @throws NotFoundError | StaleVersionError */
  unlock(seen: SeenCustomer): Promise<void> {
    return this.set(seen, false);
  }

  /**
   * Mails the holder of an account a link for a new password, as if they had asked for it; three, then one every half
   * hour, whoever asks.
   *
   * @throws NotFoundError | DomainError NO_ACCOUNT a guest, CUSTOMER_LOCKED | GraphQLError RATE_LIMITED
   */
  async sendPasswordReset(customerId: string): Promise<void> {
    const { database, outbox, passwords } = this.deps;
    const customer = await database.transaction(async (tx) => {
      const found = await lockCustomer(tx, customerId, null);
      assertMayReset(found);
      await recordRequest(tx, { record: 'customer', entityType: 'Customer', entityId: customerId });
      return found;
    });
    await passwords.sendReset(customer.email);
    outbox.notifyRelay();
  }

  private async set(seen: SeenCustomer, isLocked: boolean): Promise<void> {
    const { database, outbox, sessions } = this.deps;
    const userId = await database.transaction((tx) => this.setIn(tx, seen, isLocked));
    outbox.notifyRelay();
    if (userId && isLocked) sessions.forgetAllOf(userId);
  }

  /** Returns the account whose sessions ended; null for a guest and where nothing changed. */
  private async setIn(
    tx: Tx,
    { customerId, expectedVersion }: { customerId: string; expectedVersion: number | null },
    isLocked: boolean,
  ): Promise<string | null> {
    const { outbox, passwords, sessions } = this.deps;
    const customer = await lockCustomer(tx, customerId, expectedVersion);
    const { userId } = customer;
    const version = customer.version + 1;
    const status = isLocked ? CustomerStatus.LOCKED : CustomerStatus.ACTIVE;
    if (customer.status === status) return null;
    await tx.count(setMergedStatus, { customerId, status });
    if (!userId) await tx.repository(CustomerEntity).update(customer, { status });
    else {
      await tx.count(setLocked, { userId, isLocked });
      if (isLocked) await passwords.voidLinks(tx, userId);
      if (isLocked) await sessions.revokeAllBut(tx, userId, null);
    }
    const change = isLocked ? 'LOCKED' : 'UNLOCKED';
    await outbox.append(tx, customerChanged(customerId, { change, version }));
    return userId;
  }
}
