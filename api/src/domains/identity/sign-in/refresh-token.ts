import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

const ID_BYTES = 16;
const SEED_BYTES = 32;
const TAG_BYTES = 16;
const LENGTH = ID_BYTES + SEED_BYTES + TAG_BYTES;

/**
 * Refresh tokens: session id, 32 secret bytes, and a keyed tag over both. Only a token's hash is stored.
 *
 * The tag makes every token that we ever issued recognizable without a record of it. So any spent token, however old,
 * is detected when it is used again, while a forged token with a valid session id ends no session.
 *
 * The first 32 bytes are random; a successor's are derived from its predecessor with the server's key. So concurrent
 * requests with one token get the same successor, without its being stored in clear, and the holder of a token alone
 * cannot compute the next one.
 */
export class RefreshTokens {
  constructor(private readonly secret: string) {}

  first(sessionId: string): string {
    return this.assemble(sessionId, randomBytes(SEED_BYTES));
  }

  successor(token: string, sessionId: string): string {
    return this.assemble(sessionId, this.keyed('refresh-token:next', Buffer.from(token)));
  }

  /** The session of the token, or null for a token that is not ours. */
  sessionOf(token: string): string | null {
    const bytes = Buffer.from(token, 'base64url');
    // Another encoding of the same bytes would have another hash and look like a spent token.
    if (bytes.length !== LENGTH || bytes.toString('base64url') !== token) return null;
    const body = bytes.subarray(0, ID_BYTES + SEED_BYTES);
    if (!timingSafeEqual(bytes.subarray(ID_BYTES + SEED_BYTES), this.tag(body))) return null;
    const hex = body.subarray(0, ID_BYTES).toString('hex');
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
  }

  private assemble(sessionId: string, seed: Buffer): string {
    const body = Buffer.concat([Buffer.from(sessionId.replaceAll('-', ''), 'hex'), seed]);
    return Buffer.concat([body, this.tag(body)]).toString('base64url');
  }

  private tag(body: Buffer): Buffer {
    return this.keyed('refresh-token:tag', body).subarray(0, TAG_BYTES);
  }

  private keyed(purpose: string, value: Buffer): Buffer {
    return createHmac('sha256', this.secret).update(purpose).update('\0').update(value).digest();
  }
}
