import { timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { sha256 } from '../../../kernel/tokens.js';
import type { MailBounce, MailWebhook } from '../port.js';

/** A webhook of Postmark about a mail that it had accepted. */
const call = z.object({
  RecordType: z.string(),
  // PostgreSQL cannot store every character.
  MessageID: z.string().regex(/^[\x20-\x7E]{1,100}$/),
  /** `HardBounce`, `SoftBounce`, `SpamComplaint`, and some forty more. */
  Type: z.string().max(100).optional(),
  Description: z.string().optional(),
  /** True if Postmark no longer sends to this address. */
  Inactive: z.boolean().optional(),
  Metadata: z.record(z.string(), z.string()).optional(),
});

/** POST /webhooks/postmark, with the passwords of now. Without one every request is refused. */
export function postmarkWebhook(passwords: () => readonly string[]): MailWebhook {
  return {
    name: 'postmark',
    isAuthentic: (authorization) => isFromPostmark(authorization, passwords()),
    bounceOf,
  };
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The bounce of a mail that will not arrive; null for any other webhook or body. */
function bounceOf(body: unknown): MailBounce | null {
  const parsed = call.safeParse(body);
  if (!parsed.success) return null;
  const { RecordType, MessageID, Type, Inactive, Metadata } = parsed.data;
  const isBounce = RecordType === 'Bounce' && (Inactive === true || Type === 'HardBounce');
  if (!isBounce && RecordType !== 'SpamComplaint') return null;
  const key = Metadata?.['key'] ?? null;
  return {
    messageId: MessageID,
    key: key !== null && UUID.test(key) ? key : null,
    // Only letters: Postmark repeats the recipient's address in its texts.
    reason: `Postmark: ${(Type ?? RecordType).replace(/[^A-Za-z]/g, '')}`,
  };
}

/**
 * Whether the request carries one of our passwords: Postmark does not sign webhooks but sends the credentials of its
 * configured URL, `https://any-name:password@…`. Two passwords are accepted during a rotation.
 */
function isFromPostmark(authorization: string | undefined, passwords: readonly string[]): boolean {
  const [, encoded = ''] = /^Basic ([A-Za-z0-9+/=]+)$/.exec(authorization ?? '') ?? [];
  const given = Buffer.from(encoded, 'base64').toString('utf8');
  const password = sha256(given.slice(given.indexOf(':') + 1));
  return given.includes(':') && passwords.some((known) => timingSafeEqual(sha256(known), password));
}
