import { i18n } from './i18n';
import type { Problem } from './problems';

/** What the admin can say in words of its own. Any other code gets the general sentence. */
export const KNOWN_CODES = [
  'NETWORK',
  'INTERNAL',
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'NOT_STAFF',
  'NOT_FOUND',
  'INVALID_INPUT',
  'INVALID_CREDENTIALS',
  'RATE_LIMITED',
  'IDEMPOTENCY_KEY_REUSED',
  'IN_PROGRESS',
  'ILLEGAL_TRANSITION',
  'STALE_VERSION',
  'STALE_QUANTITY',
  'INSUFFICIENT_STOCK',
  'SLUG_TAKEN',
  'SKU_TAKEN',
  'UPLOAD_INVALID',
  'CURRENCY_NOT_ALLOWED',
  'AMOUNT_TOO_SMALL',
  'PAYMENT_FAILED',
  'PAYMENT_UNDECIDED',
  'LAST_VARIANT',
  'VARIANT_EXISTS',
  'PRICE_CHANGED',
  'PAYMENT_DISPUTED',
  'REFUND_TOO_LARGE',
  'ALREADY_SHIPPED',
  'BARCODE_TAKEN',
  'CAPTURE_FIRST',
  'GOODS_GONE',
  'LAST_LOCATION',
  'NOTHING_TO_CAPTURE',
  'NOTHING_TO_RECEIVE',
  'NOTHING_TO_REPLAY',
] as const;

type KnownCode = (typeof KNOWN_CODES)[number];

const isKnown = (code: string): code is KnownCode => KNOWN_CODES.some((known) => known === code);

/** One sentence in the person's language that says what to do next; the server's own message is never shown. */
export function wordsFor(problem: Problem): string {
  const code = isKnown(problem.code) ? problem.code : 'UNKNOWN';
  return i18n.global.t(`errors.${code}`, { code: problem.code, quantity: problem.currentQuantity ?? 0 });
}
