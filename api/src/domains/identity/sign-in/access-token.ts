import { createHmac, webcrypto } from 'node:crypto';
import { jwtVerify, SignJWT } from 'jose';
import type { Clock } from '../../../kernel/clock.js';
import { isUuid } from '../../../kernel/ids.js';
import { Role } from '../../../platform/graphql/roles.js';

const ISSUER = 'vitrine';

/** The claims of an access token: account, session and role. */
export interface AccessClaims {
  readonly userId: string;
  readonly sessionId: string;
  readonly role: Role;
}

/** Short-lived JWTs (HS256) that are verified without the database. */
export class AccessTokens {
  // Imported once: jose would otherwise import the raw secret for each request.
  private readonly key: Promise<webcrypto.CryptoKey>;

  constructor(
    secret: string,
    private readonly minutes: number,
    private readonly clock: Clock,
  ) {
    // A derived key, so that nothing else that is signed with the secret is a valid access token.
    const raw = createHmac('sha256', secret).update('access-token').digest();
    this.key = webcrypto.subtle.importKey('raw', raw, { name: 'HMAC', hash: 'SHA-256' }, false, [
      'sign',
      'verify',
    ]);
  }

  async issue({ userId, sessionId, role }: AccessClaims): Promise<{ token: string; expiresAt: Date }> {
    const now = Math.floor(this.clock.now().getTime() / 1000);
    const expires = now + Math.ceil(this.minutes * 60);
    const token = await new SignJWT({ sid: sessionId, role })
      .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
      .setSubject(userId)
      .setIssuer(ISSUER)
      .setIssuedAt(now)
      .setExpirationTime(expires)
      .sign(await this.key);
    return { token, expiresAt: new Date(expires * 1000) };
  }

  /** The claims of the token, or null if it is forged, expired or of another kind. */
  open(token: string): Promise<(AccessClaims & { expiresAt: Date }) | null> {
    return this.read(token, this.clock.now());
  }

  /**
   * The session of the token, even if the token has expired; null if it is forged or of another kind. Its holder may
   * end that session with it, and do nothing else.
   */
  async sessionOf(token: string): Promise<string | null> {
    return (await this.read(token, new Date(0)))?.sessionId ?? null;
  }

  private async read(token: string, at: Date): Promise<(AccessClaims & { expiresAt: Date }) | null> {
    try {
      const { payload } = await jwtVerify(token, await this.key, {
        algorithms: ['HS256'],
        issuer: ISSUER,
        requiredClaims: ['sub', 'sid', 'role', 'exp'],
        currentDate: at,
      });
      const { sub = '', sid, role, exp = 0 } = payload;
      if (!isUuid(sub) || typeof sid !== 'string' || !isUuid(sid) || !isRole(role)) return null;
      return { userId: sub, sessionId: sid, role, expiresAt: new Date(exp * 1000) };
    } catch {
      return null;
    }
  }
}

function isRole(value: unknown): value is Role {
  return typeof value === 'string' && Object.hasOwn(Role, value);
}
