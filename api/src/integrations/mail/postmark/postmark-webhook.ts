import { timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { sha256 } from '../../../kernel/tokens.js';

/** A call of Postmark about a mail that it had accepted. */
const call = z.object({
  RecordType: z.string(),
  MessageID: z.string().min(1).max(100),
  /** `HardBounce`, `SoftBounce`, `SpamComplaint`, and some forty more. */
  Type: z.string().max(100).optional(),
  Description: z.string().optional(),
  /** Postmark sends nothing to this address any more. */
  Inactive: z.boolean().optional(),
  Metadata: z.record(z.string(), z.string()).optional(),
});

export interface PostmarkBounce {
  readonly messageId: string;
  readonly key: string | null;
  /** The kind of bounce; never the recipient's address, which Postmark repeats in its texts. */
  readonly reason: string;
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** What a call says about a mail that will not arrive; null for a call about anything else, and for no call of Postmark. */
export function bounceOf(body: unknown): PostmarkBounce | null {
  const parsed = call.safeParse(body);
  if (!parsed.success) return null;
  const { RecordType, MessageID, Type, Inactive, Metadata } = parsed.data;
  const isBounce = RecordType === 'Bounce' && (Inactive === true || Type === 'HardBounce');
  if (!isBounce && RecordType !== 'SpamComplaint') return null;
  const key = Metadata?.['key'] ?? null;
  return {
    messageId: MessageID,
    key: key !== null && UUID.test(key) ? key : null,
    reason: `Postmark: ${(Type ?? RecordType).replace(/[^A-Za-z]/g, '')}`,
  };
}

/**
 * Whether the call knows one of our passwords: Postmark signs nothing and sends what stands in the address it was given,
 * `https://any-name:password@…`. Two passwords are good while one replaces the other.
 */
export function isFromPostmark(authorization: string | undefined, passwords: readonly string[]): boolean {
  const [, encoded = ''] = /^Basic ([A-Za-z0-9+/=]+)$/.exec(authorization ?? '') ?? [];
  const given = Buffer.from(encoded, 'base64').toString('utf8');
  const password = sha256(given.slice(given.indexOf(':') + 1));
  return given.includes(':') && passwords.some((known) => timingSafeEqual(sha256(known), password));
}
