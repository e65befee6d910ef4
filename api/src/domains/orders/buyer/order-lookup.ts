import { newId } from '../../../kernel/ids.js';
import { statement, t, type Database } from '../../../platform/database/database.js';
import type { Outbox } from '../../../platform/jobs/outbox.js';
import { attemptsFrom, type RateLimiter } from '../../identity/index.js';
import { orderLinkRequested } from '../order.events.js';

const HOUR = 3_600;

const orderOf = statement('orders.id-by-number-and-email', {
  params: { number: t.text, email: t.text },
  row: { id: t.uuid },
  sql: `SELECT id FROM shop_order WHERE number = :number AND lower(email) = lower(:email) AND status <> 'DRAFT'`,
});

/** The order that a request names which fits none. */
const NO_ORDER = '00000000-0000-0000-0000-000000000000';

/**
 * Mails the link of an order to whoever ordered, for buyers who have lost their mails.
 *
 * The answer and the work of it are the same for every number and mailbox: two statements, of which the second tells the
 * worker to mail, about no order where none fits. So neither words nor time tell whether somebody has ordered. The mail
 * goes to the address in the order, whatever was typed, and its link is the one that every mail about the order has.
 */
export class OrderLookup {
  constructor(
    private readonly deps: {
      readonly database: Database;
      readonly outbox: Outbox;
      readonly limiter: RateLimiter;
    },
  ) {}

  /**
   * Five mails an hour for a mailbox: more requests are answered alike and mail nothing, because refusing them would let
   * strangers keep a buyer from the own order. For the same reason requests that fit no order are counted apart: who knows
   * an address and no number uses up nothing of it, and the same work is done.
   *
   * @throws GraphQLError RATE_LIMITED more than twenty requests an hour from one network
   */
  async request(number: string, email: string, ip: string): Promise<void> {
    const { database, outbox, limiter } = this.deps;
    await limiter.consume(
      ...attemptsFrom(ip, { action: 'order-lookup', allowance: { burst: 20, everySeconds: HOUR / 20 } }),
    );
    const found = await database.row(orderOf, { number: plainNumber(number), email });
    const mailbox = { action: found ? 'order-lookup-mail' : 'order-lookup-miss', by: email.toLowerCase() };
    const mayMail = await limiter.allows({ ...mailbox, allowance: { burst: 5, everySeconds: HOUR / 5 } });
    const orderId = (mayMail && found?.id) || NO_ORDER;
    await outbox.append(database, orderLinkRequested(orderId, {}, newId()));
    outbox.notifyRelay();
  }
}

/** "# 10 42" as people write it is 1042. */
function plainNumber(typed: string): string {
  return typed.replace(/[#\s]/g, '').toUpperCase();
}
