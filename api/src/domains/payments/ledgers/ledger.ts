import type { LocalizedText } from '../../../kernel/languages.js';
import type { Querying, Tx } from '../../../platform/database/database.js';

/*
 * Ledgers: money that the shop owes to buyers, such as gift cards
 *
 * A ledger pays a part of an order's price, or all of it: a tender. It changes no price and no tax. What is left is
 * due, and is paid by a payment as ever (at least by what its provider takes: `due-minimum.ts`). A tender is stored as a payment of purpose TENDER, so whatever adds up the
 * money of an order counts it:
 * - AUTHORIZED: the amount was taken off the account when the order was written, and is held for it
 * - CAPTURED: the order is paid; what goes back of it is a refund to the account
 * - CANCELLED: the order ended before it was paid, and the amount is back on the account
 * An order that is paid after it expired takes the amounts again, all of them or none.
 *
 * Locks: after cart, order and payments, before stock levels; ledgers by name, their accounts by id. Each change of an
 * account and the change of its tender's status are one transaction.
 *
 * Refunds take what was captured by other means first, and then the tenders, the last one first.
 */

/** An account of a ledger as it is now. */
export interface LedgerAccount {
  readonly id: string;
  /** What buyers, staff and mails call it, such as "Gift card … 7QF2". Orders keep it. */
  readonly name: LocalizedText;
  readonly currency: string;
  /** What it can pay now, minor units, from 0 up: 0 for one that has expired or is blocked. */
  readonly balance: number;
}

/** An amount that moves between an account and an order. */
export interface LedgerMove {
  readonly accountId: string;
  /** Minor units, above 0. */
  readonly amount: number;
  readonly orderId: string;
  /** The tender: the id of its payment. */
  readonly tenderId: string;
}

/** What a module implements whose accounts pay for orders. Nothing of it may ask anybody over the network. */
export interface Ledger {
  /** Stored with carts and tenders; never changes. */
  readonly name: string;
  /**
   * Those of the accounts that exist, in the order in which they are to pay. `isLocked`: in a transaction that may
   * debit them, locked by id until it ends.
   */
  accounts(
    querying: Querying,
    ids: readonly string[],
    options: { readonly isLocked: boolean },
  ): Promise<readonly LedgerAccount[]>;
  /**
   * Takes an amount off a locked account. Returns false and changes nothing when it cannot pay so much (any more).
   */
  debit(tx: Tx, move: LedgerMove): Promise<boolean>;
  /** Gives back what was held for an order that ended before it was paid, whatever became of the account since. */
  release(tx: Tx, move: LedgerMove): Promise<void>;
  /** Gives back a part of a paid order, whatever became of the account since; each refund once. */
  refund(tx: Tx, move: LedgerMove & { readonly refundId: string }): Promise<void>;
}

/** An account that a buyer wants to pay with, as the cart stores it. */
export interface ChosenAccount {
  readonly ledger: string;
  readonly accountId: string;
}

/** What an account pays of a price. */
export interface AppliedTender extends ChosenAccount {
  readonly name: LocalizedText;
  /** Minor units; 0 when others pay all of it, or the account is empty. */
  readonly amount: number;
  /** What the account could pay, minor units. */
  readonly balance: number;
}

/** What a tender's row keeps beside its amount. */
export type StoredTender = Pick<AppliedTender, 'ledger' | 'accountId' | 'name'>;

/** The ledgers that modules have registered. */
export class Ledgers {
  private readonly known = new Map<string, Ledger>();

  /** @throws Error when another module has registered the name */
  register(ledger: Ledger): void {
    if (this.known.has(ledger.name)) throw new Error(`Two modules have a ledger named ${ledger.name}`);
    this.known.set(ledger.name, ledger);
  }

  /** @throws Error for a ledger whose module was taken out: nothing is written then, and its money stays visible */
  of(name: string): Ledger {
    const ledger = this.known.get(name);
    if (!ledger) throw new Error(`No module has the ledger ${name}`);
    return ledger;
  }

  /**
   * What the chosen accounts pay of a total, in the order of the ledgers' names and then as each ledger says. Accounts
   * that are gone, of another currency, or of a module that was taken out are left out. Sends no statement when none
   * are chosen.
   */
  async apply(
    querying: Querying,
    chosen: readonly ChosenAccount[],
    {
      total,
      currency,
      isLocked,
    }: { readonly total: number; readonly currency: string; readonly isLocked: boolean },
  ): Promise<AppliedTender[]> {
    const applied: AppliedTender[] = [];
    let open = total;
    for (const name of [...new Set(chosen.map(({ ledger }) => ledger))].toSorted()) {
      const ids = chosen.flatMap(({ ledger, accountId }) => (ledger === name ? [accountId] : []));
      const accounts = (await this.known.get(name)?.accounts(querying, ids, { isLocked })) ?? [];
      const seen = new Set<string>();
      for (const account of accounts) {
        const { id: accountId } = account;
        // Each pays once, and only one that the buyer chose, whatever a module answers.
        if (account.currency !== currency || seen.has(accountId) || !ids.includes(accountId)) continue;
        seen.add(accountId);
        const balance = spendable(account);
        const amount = Math.min(open, balance);
        open -= amount;
        applied.push({ ledger: name, accountId, name: account.name, amount, balance });
      }
    }
    return applied;
  }
}

/** A fault of a module must not make an order dearer, nor pay what is no amount. */
function spendable({ balance }: LedgerAccount): number {
  return Number.isSafeInteger(balance) ? Math.max(0, balance) : 0;
}
