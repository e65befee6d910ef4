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
    return Buffer.concat([id, signature(this.secret, this.purpose, id)]).toString('base64url');
  }

  /** The id inside, or null for a token that we did not sign for this purpose. */
  open(token: string): string | null {
    const bytes = Buffer.from(token, 'base64url');
    if (bytes.length !== 40) return null;
    const id = bytes.subarray(0, 16);
    if (!timingSafeEqual(bytes.subarray(16), signature(this.secret, this.purpose, id))) return null;
    return uuidOf(id);
  }
}

/** Like SignedTokens, with the moment until which it is good written inside and signed along. */
export class ExpiringTokens {
  constructor(
    private readonly secret: string,
    private readonly purpose: string,
  ) {}

  sign(uuid: string, expiresAt: Date): string {
    const body = Buffer.alloc(20);
    body.write(uuid.replaceAll('-', ''), 'hex');
    body.writeUInt32BE(Math.floor(expiresAt.getTime() / 1000), 16);
    return Buffer.concat([body, signature(this.secret, this.purpose, body)]).toString('base64url');
  }

  /** The id inside, or null for a token that is too old or that we did not sign for this purpose. */
  open(token: string, now: Date): string | null {
    const bytes = Buffer.from(token, 'base64url');
    if (bytes.length !== 44) return null;
    const body = bytes.subarray(0, 20);
    if (!timingSafeEqual(bytes.subarray(20), signature(this.secret, this.purpose, body))) return null;
    return body.readUInt32BE(16) * 1000 > now.getTime() ? uuidOf(body.subarray(0, 16)) : null;
  }
}

function signature(secret: string, purpose: string, body: Buffer): Buffer {
  return createHmac('sha256', secret).update(purpose).update(body).digest().subarray(0, 24);
}

function uuidOf(id: Buffer): string {
  const hex = id.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
