import { newId } from '../../../kernel/ids.js';
import type { Database } from '../../../platform/database/database.js';
import type { Outbox } from '../../../platform/jobs/outbox.js';
import { loginsRefused } from '../identity.events.js';
import type { RateLimiter } from './rate-limiter.js';

/** The owner is notified of more refused logins than these within an hour. */
export interface RefusedLoginLimits {
  readonly shop: number;
  readonly account: number;
}

const HOUR_SECONDS = 3_600;
const MOST_REMEMBERED = 1_000;

/**
 * Detects many refused logins, in the whole shop or of one account, from any networks.
 *
 * Counting costs the same for an e-mail without an account, so response times reveal nothing. The owner is notified
 * once in six hours of each account and of the shop, so that a continuing attack causes no further mails.
 */
export class RefusedLogins {
  /** Events that this process has already appended: repeating them costs no statement. */
  private readonly appendedKeys = new Set<string>();

  constructor(
    private readonly deps: {
      database: Database;
      limiter: RateLimiter;
      outbox: Outbox;
      limits: RefusedLoginLimits;
    },
  ) {}

  /** Counts a login with a wrong password, or of an account that does not exist (null). */
  async note(email: string, accountId: string | null): Promise<void> {
    const { shop, account } = this.deps.limits;
    const [isShopCalm, isAccountCalm] = await Promise.all([
      this.isWithin('shop', shop),
      this.isWithin(`account\0${email.toLowerCase()}`, account),
    ]);
    if (!isShopCalm) await this.appendEvent(null, shop);
    if (!isAccountCalm && accountId) await this.appendEvent(accountId, account);
  }

  private isWithin(by: string, most: number): Promise<boolean> {
    const allowance = { burst: most, everySeconds: HOUR_SECONDS / most };
    return this.deps.limiter.allows({ action: 'login-refused', by, allowance });
  }

  private async appendEvent(accountId: string | null, most: number): Promise<void> {
    const { database, outbox } = this.deps;
    // The shop has no id, so its event gets one of its own.
    const event = loginsRefused(accountId ?? newId(), { accountId, count: most });
    if (this.appendedKeys.has(event.dedupeKey)) return;
    await database.transaction((tx) => outbox.append(tx, event));
    if (this.appendedKeys.size >= MOST_REMEMBERED) this.appendedKeys.clear();
    this.appendedKeys.add(event.dedupeKey);
    outbox.notifyRelay();
  }
}
