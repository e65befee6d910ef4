import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** 32 random bytes for a cookie, a mail link or an upload address. Only its hash is ever stored. */
export function randomToken(): string {
  return randomBytes(32).toString('base64url');
}

export function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/**
 * A self-contained token: the id plus a keyed signature, so that nothing is stored and a repeated request returns the
 * same token. `purpose` prevents a token of one purpose from being used for another.
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

  /** The id in the token, or null for a token that was not signed for this purpose. */
  open(token: string): string | null {
    const bytes = Buffer.from(token, 'base64url');
    if (bytes.length !== 40) return null;
    const id = bytes.subarray(0, 16);
    if (!timingSafeEqual(bytes.subarray(16), signature(this.secret, this.purpose, id))) return null;
    return uuidOf(id);
  }
}

/** Like SignedTokens, with a signed expiry. */
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

  /** The id in the token, or null for a token that has expired or was not signed for this purpose. */
  open(token: string, now: Date): string | null {
    const bytes = Buffer.from(token, 'base64url');
    if (bytes.length !== 44) return null;
    const body = bytes.subarray(0, 20);
    if (!timingSafeEqual(bytes.subarray(20), signature(this.secret, this.purpose, body))) return null;
    return body.readUInt32BE(16) * 1000 > now.getTime() ? uuidOf(body.subarray(0, 16)) : null;
  }
}

/** Like ExpiringTokens, for one session: whoever opens it has to look whether that session is live. */
export class SessionTokens {
  constructor(
    private readonly secret: string,
    private readonly purpose: string,
  ) {}

  sign(uuid: string, sessionId: string, expiresAt: Date): string {
    const body = Buffer.alloc(36);
    body.write(uuid.replaceAll('-', ''), 'hex');
    body.write(sessionId.replaceAll('-', ''), 16, 'hex');
    body.writeUInt32BE(Math.floor(expiresAt.getTime() / 1000), 32);
    return Buffer.concat([body, signature(this.secret, this.purpose, body)]).toString('base64url');
  }

  /** The ids in the token, or null for a token that has expired or was not signed for this purpose. */
  open(token: string, now: Date): { readonly id: string; readonly sessionId: string } | null {
    const bytes = Buffer.from(token, 'base64url');
    if (bytes.length !== 60) return null;
    const body = bytes.subarray(0, 36);
    if (!timingSafeEqual(bytes.subarray(36), signature(this.secret, this.purpose, body))) return null;
    if (body.readUInt32BE(32) * 1000 <= now.getTime()) return null;
    return { id: uuidOf(body.subarray(0, 16)), sessionId: uuidOf(body.subarray(16, 32)) };
  }
}

function signature(secret: string, purpose: string, body: Buffer): Buffer {
  return createHmac('sha256', secret).update(purpose).update(body).digest().subarray(0, 24);
}

function uuidOf(id: Buffer): string {
  const hex = id.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
