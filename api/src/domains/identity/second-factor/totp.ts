import { Secret, TOTP } from 'otpauth';

/** What every authenticator app takes: RFC 6238 with SHA-1, six digits and 30 seconds. */
const STEP_SECONDS = 30;
const DIGITS = 6;
/** 160 bits, as RFC 4226 (section 4, R6) recommends. */
const SECRET_BYTES = 20;
/** Codes of the step before and after are taken too: clocks differ, and people type slowly (RFC 6238, section 5.2). */
const WINDOW = 1;

const CODE = /^\d{6}$/;

/** A new secret in base32, as people type it into an app. */
export const newSecret = (): string => new Secret({ size: SECRET_BYTES }).base32;

/** The address that the app reads from the image. */
export function addressOf(secret: string, { shop, account }: { shop: string; account: string }): string {
  // The colon separates the two in the address; an app would take the rest of the name for the account.
  return totpOf(secret, { issuer: shop.replaceAll(':', ' '), label: account }).toString();
}

/** The step of which this is the code, counted from 1970; null for another code. */
export function stepOf(typed: string, secret: string, now: Date): number | null {
  const token = typed.replaceAll(/\s/g, '');
  if (!CODE.test(token)) return null;
  const timestamp = now.getTime();
  const delta = totpOf(secret).validate({ token, timestamp, window: WINDOW });
  return delta === null ? null : Math.floor(timestamp / 1_000 / STEP_SECONDS) + delta;
}

function totpOf(secret: string, names: { issuer?: string; label?: string } = {}): TOTP {
  const options = { algorithm: 'SHA1', digits: DIGITS, period: STEP_SECONDS };
  return new TOTP({ ...names, ...options, secret: Secret.fromBase32(secret) });
}
