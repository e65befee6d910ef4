import { networksOf, type Networks, WIDE_TIMES } from '../../../kernel/networks.js';
import type { SecurityLog } from '../../../kernel/security-log.js';
import { sha256 } from '../../../kernel/tokens.js';
import { statement, type Database, t } from '../../../platform/database/database.js';
import { rateLimited } from '../identity.errors.js';

/** A token bucket: `burst` attempts at once, then one more every `everySeconds`. It refills within a day. */
export interface Allowance {
  readonly burst: number;
  readonly everySeconds: number;
}

/** An attempt to be counted: the action (`login`), the caller's key, and the limit. */
export interface Attempt {
  readonly action: string;
  readonly by: string;
  readonly allowance: Allowance;
}

// The condition is evaluated under the row's lock, so concurrent attempts cannot share the last token. A refused
// attempt changes nothing: the bucket continues to refill during an attack.
const consumeToken = statement('identity.take-rate-limit', {
  params: { key: t.text, burst: t.double, everySeconds: t.double },
  sql: `INSERT INTO rate_limit AS bucket (key, tokens, updated_at) VALUES (:key, :burst::float8 - 1, clock_timestamp())
   ON CONFLICT (key) DO UPDATE
   SET tokens = least(:burst::float8, bucket.tokens + extract(epoch FROM clock_timestamp() - bucket.updated_at)::float8 / :everySeconds::float8) - 1,
       updated_at = clock_timestamp()
   WHERE least(:burst::float8, bucket.tokens + extract(epoch FROM clock_timestamp() - bucket.updated_at)::float8 / :everySeconds::float8) >= 1`,
});

// Leaves `updated_at`, so that the time since then still refills the bucket.
const returnToken = statement('identity.return-rate-limit', {
  params: { key: t.text, burst: t.double },
  sql: 'UPDATE rate_limit SET tokens = least(:burst::float8, tokens + 1) WHERE key = :key',
});

/**
 * Counts attempts in the database, so that all processes share one count and a restart resets nothing.
 *
 * Keys are stored hashed: the table contains neither e-mails nor addresses.
 */
export class RateLimiter {
  constructor(
    private readonly database: Database,
    private readonly securityLog?: SecurityLog,
  ) {}

  /** Whether the attempt is within its limit; if so it is counted. */
  async allows({ action, by, allowance }: Attempt): Promise<boolean> {
    return (
      (await this.database.count(consumeToken, {
        key: keyOf(action, by),
        burst: allowance.burst,
        everySeconds: allowance.everySeconds,
      })) === 1
    );
  }

  /** Takes back the count of an attempt that was allowed. */
  async giveBack({ action, by, allowance }: Attempt): Promise<void> {
    await this.database.count(returnToken, { key: keyOf(action, by), burst: allowance.burst });
  }

  /** Counts the attempts in the given order. @throws GraphQLError RATE_LIMITED at the first one beyond its limit */
  async consume(...attempts: readonly Attempt[]): Promise<void> {
    for (const attempt of attempts) {
      if (await this.allows(attempt)) continue;
      this.securityLog?.record('rate-limited', { by: attempt.by, what: attempt.action });
      throw rateLimited(Math.ceil(attempt.allowance.everySeconds));
    }
  }
}

function keyOf(action: string, by: string): string {
  return sha256(`${action}\0${by}`).toString('base64url');
}

/** Attempts of an IP address, counted by its network and, with a higher limit, by its wide network. */
export function attemptsFrom(
  from: string | Networks,
  { action, allowance, on = null }: Omit<Attempt, 'by'> & { readonly on?: string | null },
): Attempt[] {
  const { near, wide } = typeof from === 'string' ? networksOf(from) : from;
  const named = (network: string): string => (on === null ? network : `${network} ${on}`);
  const first = { action, by: named(near), allowance };
  if (wide === null) return [first];
  const { burst, everySeconds } = allowance;
  const wider = { burst: burst * WIDE_TIMES, everySeconds: everySeconds / WIDE_TIMES };
  return [first, { action, by: named(wide), allowance: wider }];
}
