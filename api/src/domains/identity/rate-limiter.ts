import { isIPv6 } from 'node:net';
import type { SecurityLog } from '../../kernel/security-log.js';
import { sha256 } from '../../kernel/tokens.js';
import { statement, type Database } from '../../platform/database/database.js';
import { rateLimited } from './identity.errors.js';

/** A token bucket: `burst` attempts at once, then one more every so many seconds. It refills within a day. */
export interface Allowance {
  readonly burst: number;
  readonly everySeconds: number;
}

/** An attempt to be counted: what is done (`login`), by whom, and how much of it is allowed. */
export interface Attempt {
  readonly action: string;
  readonly by: string;
  readonly allowance: Allowance;
}

// The condition is judged under the row's lock, so attempts side by side cannot share the last token. A refused
// attempt changes nothing: the bucket goes on refilling while somebody hammers at it.
const take = statement(
  'identity.take-rate-limit',
  `INSERT INTO rate_limit AS bucket (key, tokens, updated_at) VALUES ($1, $2::float8 - 1, clock_timestamp())
   ON CONFLICT (key) DO UPDATE
   SET tokens = least($2::float8, bucket.tokens + extract(epoch FROM clock_timestamp() - bucket.updated_at)::float8 / $3::float8) - 1,
       updated_at = clock_timestamp()
   WHERE least($2::float8, bucket.tokens + extract(epoch FROM clock_timestamp() - bucket.updated_at)::float8 / $3::float8) >= 1`,
);

/**
 * Counts attempts in the database, so that all processes share one count and a restart forgets nothing.
 *
 * Keys are stored hashed: the table names neither people nor addresses.
 */
export class RateLimiter {
  constructor(
    private readonly database: Database,
    private readonly securityLog?: SecurityLog,
  ) {}

  /** Whether the attempt is within its allowance; if so it is counted. */
  async allows({ action, by, allowance }: Attempt): Promise<boolean> {
    const key = sha256(`${action}\0${by}`).toString('base64url');
    return (await this.database.count(take, [key, allowance.burst, allowance.everySeconds])) === 1;
  }

  /** Counts the attempts in the given order. @throws GraphQLError RATE_LIMITED at the first that is one too many */
  async take(...attempts: readonly Attempt[]): Promise<void> {
    for (const attempt of attempts) {
      if (await this.allows(attempt)) continue;
      this.securityLog?.tell('rate-limited', { by: attempt.by, what: attempt.action });
      throw rateLimited(Math.ceil(attempt.allowance.everySeconds));
    }
  }
}

/** An address as it is counted: of IPv6 the /64, because one household or server holds all of it. */
export function networkOf(ip: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)?.[1];
  if (mapped) return mapped;
  if (!isIPv6(ip)) return ip;
  const [head = '', tail = ''] = (ip.split('%')[0] ?? '').split('::');
  const [before, after] = [groups(head), groups(tail)];
  const gap = Array<string>(Math.max(0, 8 - before.length - after.length)).fill('0');
  const network = [...before, ...gap, ...after].slice(0, 4);
  return `${network.map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`;
}

function groups(part: string): string[] {
  return part.split(':').filter(Boolean);
}
