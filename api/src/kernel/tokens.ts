import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** 32 random bytes for a cookie, a mail link or an upload address. Only its hash is ever stored. */
export function randomToken(): string {
  return randomBytes(32).toString('base64url');
}

export function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/**
 * A link that proves itself: the id plus a keyed signature, so that nothing needs to be stored and a replayed
 * request answers with the same token. `purpose` keeps a token for one thing from opening another.
 */
export class SignedTokens {
  constructor(
    private readonly secret: string,
    private readonly purpose: string,
  ) {}

  sign(uuid: string): string {
    const id = Buffer.from(uuid.replaceAll('-', ''), 'hex');
    return Buffer.concat([id, this.signature(id)]).toString('base64url');
  }

  /** The id inside, or null for a token that we did not sign for this purpose. */
  open(token: string): string | null {
    const bytes = Buffer.from(token, 'base64url');
    if (bytes.length !== 40) return null;
    const id = bytes.subarray(0, 16);
    if (!timingSafeEqual(bytes.subarray(16), this.signature(id))) return null;
    const hex = id.toString('hex');
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
  }

  private signature(id: Buffer): Buffer {
    return createHmac('sha256', this.secret).update(this.purpose).update(id).digest().subarray(0, 24);
  }
}
